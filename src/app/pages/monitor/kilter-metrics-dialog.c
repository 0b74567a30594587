/* kilter-metrics-dialog.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/monitor/kilter-metrics-dialog.h"

#include "app/widgets/kilter-form.h"
#include "base/kilter-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  KilterForm *form;    /* not owned */
  GtkWidget *too_many; /* says why it cannot be saved */
  AdwExpanderRow *rows[KILTER_N_METRICS];
  AdwEntryRow *targets[KILTER_N_METRICS];
  AdwEntryRow *tolerances[KILTER_N_METRICS];
} Editor;

/* Ratios are typed in per cent, the tolerance of money too: it is a share of the target. */
static double
get_scale (const KilterMetricInfo *info, gboolean is_tolerance)
{
  return info->unit == KILTER_UNIT_RATIO || (is_tolerance && info->unit == KILTER_UNIT_MONEY) ? 100
                                                                                              : 1;
}

static double
read_number (AdwEntryRow *row, double scale)
{
  double value;

  return kilter_number_parse (gtk_editable_get_text (GTK_EDITABLE (row)), &value) ? value / scale
                                                                                  : NAN;
}

static gboolean
differs (double a, double b)
{
  return isnan (a) != isnan (b) || fabs (a - b) > 1e-9 * (1 + fabs (a));
}

static void
save_metric (Editor *self, KilterCommand *command, KilterPlan *plan, KilterMetric metric)
{
  const KilterMetricInfo *info = kilter_metric_get_info (metric);
  const KilterRecord *record = kilter_plan_find_record (plan, KILTER_TABLE_TARGET, info->key);
  double target = read_number (self->targets[metric], get_scale (info, FALSE));
  double tolerance = read_number (self->tolerances[metric], get_scale (info, TRUE));
  gboolean is_shown = adw_expander_row_get_enable_expansion (self->rows[metric]);
  double old_target = record != NULL ? kilter_record_number (record, KILTER_TARGET_VALUE) : NAN;
  double old_tolerance = record != NULL ? kilter_record_number (record, KILTER_TARGET_TOLERANCE)
                                        : NAN;
  int id;

  if (isnan (old_target))
    old_target = info->default_target;
  if (isnan (old_tolerance))
    old_tolerance = info->default_tolerance;
  if (!differs (target, old_target) && !differs (tolerance, old_tolerance) &&
      is_shown == kilter_metric_is_shown (plan, metric))
    return;
  id = record != NULL ? record->id : kilter_command_add_record (command, plan, KILTER_TABLE_TARGET);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_TARGET, id, KILTER_TARGET_METRIC,
                                 info->key);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_TARGET, id, KILTER_TARGET_VALUE,
                                   target);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_TARGET, id, KILTER_TARGET_TOLERANCE,
                                   tolerance);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_TARGET, id, KILTER_TARGET_SHOWN,
                                   is_shown);
}

static gboolean
save_cb (KilterForm *form, gpointer data)
{
  Editor *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  KilterCommand *command = kilter_command_new ("targets", _ ("Changed metrics and targets"));

  for (KilterMetric metric = 0; metric < KILTER_N_METRICS; metric++)
    save_metric (self, command, plan, metric);
  if (kilter_command_is_empty (command))
    {
      kilter_command_unref (command);
      return TRUE;
    }
  return kilter_form_apply (form, command);
}

static void
check_cb (Editor *self)
{
  gboolean is_valid = TRUE;
  int n_shown = 0;

  for (KilterMetric metric = 0; metric < KILTER_N_METRICS; metric++)
    {
      AdwEntryRow *rows[] = { self->targets[metric], self->tolerances[metric] };

      n_shown += adw_expander_row_get_enable_expansion (self->rows[metric]);
      for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        {
          const char *text = gtk_editable_get_text (GTK_EDITABLE (rows[i]));
          double value;
          gboolean ok = *text == '\0' ||
                        (kilter_number_parse (text, &value) && (i == 0 || value >= 0));

          is_valid &= ok;
          if (ok)
            gtk_widget_remove_css_class (GTK_WIDGET (rows[i]), "error");
          else
            gtk_widget_add_css_class (GTK_WIDGET (rows[i]), "error");
        }
    }
  gtk_widget_set_visible (self->too_many, n_shown > KILTER_MAX_METRICS);
  gtk_widget_set_sensitive (self->form->button, is_valid && n_shown <= KILTER_MAX_METRICS);
}

static AdwEntryRow *
add_number (AdwExpanderRow *parent, const char *title, double value, double scale)
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *text = isnan (value) ? g_strdup ("")
                                        : kilter_number_format_plain (value * scale, 2);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_expander_row_add_row (parent, row);
  return ADW_ENTRY_ROW (row);
}

static void
add_metric (Editor *self, AdwPreferencesGroup *group, const KilterPlan *plan, KilterMetric metric)
{
  const KilterMetricInfo *info = kilter_metric_get_info (metric);
  const KilterRecord *record = kilter_plan_find_record (plan, KILTER_TABLE_TARGET, info->key);
  GtkWidget *row = adw_expander_row_new ();
  double target = record != NULL ? kilter_record_number (record, KILTER_TARGET_VALUE) : NAN;
  double tolerance = record != NULL ? kilter_record_number (record, KILTER_TARGET_TOLERANCE) : NAN;
  gboolean is_percent = get_scale (info, FALSE) > 1;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (info->name));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), _ (info->formula));
  adw_expander_row_set_show_enable_switch (ADW_EXPANDER_ROW (row), TRUE);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row),
                                         kilter_metric_is_shown (plan, metric));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), FALSE);
  self->rows[metric] = ADW_EXPANDER_ROW (row);
  self->targets[metric] = add_number (
    ADW_EXPANDER_ROW (row), is_percent ? _ ("Target, %") : _ ("Target"),
    isnan (target) ? info->default_target : target, get_scale (info, FALSE));
  self->tolerances[metric] = add_number (
    ADW_EXPANDER_ROW (row), get_scale (info, TRUE) > 1 ? _ ("Tolerance, %") : _ ("Tolerance"),
    isnan (tolerance) ? info->default_tolerance : tolerance, get_scale (info, TRUE));
  g_signal_connect_swapped (self->targets[metric], "changed", G_CALLBACK (check_cb), self);
  g_signal_connect_swapped (self->tolerances[metric], "changed", G_CALLBACK (check_cb), self);
  g_signal_connect_swapped (row, "notify::enable-expansion", G_CALLBACK (check_cb), self);
  adw_preferences_group_add (group, row);
}

void
kilter_metrics_dialog_present (KilterPage *page)
{
  KilterDocument *document = kilter_page_get_document (page);
  Editor *self = g_new0 (Editor, 1);
  AdwPreferencesGroup *group;

  self->form = kilter_form_new (GTK_WIDGET (page), document, _ ("Choose Metrics"), _ ("_Save"),
                                save_cb, self, g_free);
  group = kilter_form_add_group (
    self->form, NULL,
    _ ("A metric without a target of its own takes the budget, the last plan or last year."));
  self->too_many = gtk_label_new (_ ("Choose at most 15 metrics."));
  gtk_label_set_xalign (GTK_LABEL (self->too_many), 0);
  gtk_widget_add_css_class (self->too_many, "error");
  gtk_widget_set_visible (self->too_many, FALSE);
  adw_preferences_group_add (group, self->too_many);
  for (KilterMetric metric = 0; metric < KILTER_N_METRICS; metric++)
    add_metric (self, group, kilter_document_get_plan (document), metric);
  adw_dialog_set_content_height (self->form->dialog, 620);
  kilter_form_present (self->form);
}
