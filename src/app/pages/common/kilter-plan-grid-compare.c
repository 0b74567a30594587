/* kilter-plan-grid-compare.c: what is different from a snapshot or another scenario
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-grid-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static KilterVersion
get_version (KilterPlanGrid *self)
{
  KilterSession *session = kilter_page_get_session (self->page);
  KilterVersion version = session != NULL ? kilter_session_get_compared (session) : 0;

  /* a scenario may have been deleted meanwhile */
  return version != 0 && version != kilter_page_get_version (self->page) &&
             kilter_plan_get_record (kilter_page_get_plan (self->page), KILTER_TABLE_VERSION,
                                     version) != NULL
           ? version
           : 0;
}

static const double *
ensure_compared (KilterPlanGrid *self, KilterPlanGridRow *row, KilterVersion version)
{
  KilterSubject subject = kilter_plan_grid_get_subject (self, row);

  if (row->compared == NULL)
    {
      subject.version = version;
      row->compared = g_new (double, kilter_plan_get_n_buckets (subject.plan));
      kilter_subject_get (&subject, (KilterMeasure) row->row.measure, row->compared);
    }
  return row->compared;
}

double
kilter_plan_grid_get_compared (KilterPlanGrid *self, KilterPlanGridRow *row, int col)
{
  KilterVersion version = get_version (self);
  const KilterMeasureInfo *info;
  const double *values;
  double sum = NAN;
  int first, n;

  if (version == 0 || row->row.measure < 0 || row->row.read != NULL ||
      kilter_plan_grid_peek_column (self, col)->is_horizon)
    return NAN;
  info = kilter_measure_get_info ((KilterMeasure) row->row.measure);
  values = ensure_compared (self, row, version);
  kilter_plan_grid_get_span (self, row, col, &first, &n);
  if (n > 1 && info->aggregate == KILTER_AGGREGATE_LAST)
    return values[first + n - 1];
  if (n > 1 && info->aggregate != KILTER_AGGREGATE_SUM)
    return NAN;
  for (int t = first; t < first + n; t++)
    if (!isnan (values[t]))
      sum = isnan (sum) ? values[t] : sum + values[t];
  return sum;
}

/* What would be written in the same way is not different. */
void
kilter_plan_grid_set_compared_flags (KilterPlanGrid *self,
                                     KilterPlanGridRow *row,
                                     int col,
                                     KilterGridCell *out)
{
  double compared = get_version (self) != 0 ? kilter_plan_grid_get_compared (self, row, col) : NAN;
  g_autofree char *text = NULL;

  if (isnan (compared) || isnan (out->value))
    return;
  text = kilter_format_value (kilter_plan_grid_ensure_format (self, row), compared);
  if (strcmp (text, out->text) != 0)
    out->flags |= out->value > compared ? KILTER_GRID_CELL_FLAG_HIGHER
                                        : KILTER_GRID_CELL_FLAG_LOWER;
}

static const char *
get_name (KilterPlanGrid *self, KilterVersion version)
{
  return version == KILTER_BASELINE
           ? _ ("Baseline")
           : kilter_record_text (kilter_plan_get_record (kilter_page_get_plan (self->page),
                                                         KILTER_TABLE_VERSION, version),
                                 KILTER_VERSION_NAME);
}

char *
kilter_plan_grid_get_tooltip (KilterGridModel *model, int index, int col)
{
  KilterPlanGrid *self = KILTER_PLAN_GRID (model);
  KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, index);
  KilterVersion version = get_version (self);
  KilterGridCell cell = { 0 };
  g_autofree char *value = NULL, *delta = NULL;
  double compared;

  kilter_grid_model_get_cell (model, index, col, &cell);
  if (cell.flags & KILTER_GRID_CELL_FLAG_TEXT)
    return g_strdup (cell.text);
  if (version == 0)
    return NULL;
  compared = kilter_plan_grid_get_compared (self, row, col);
  if (isnan (compared) || isnan (cell.value))
    return NULL;
  value = kilter_format_value (kilter_plan_grid_ensure_format (self, row), compared);
  delta = kilter_format_delta (kilter_plan_grid_ensure_format (self, row), cell.value - compared);
  /* Translators: %1$s is the name of a snapshot, %2$s a number in it, %3$s the difference, "+1.7"
   */
  return g_strdup_printf (_ ("%1$s: %2$s (difference %3$s)"), get_name (self, version), value,
                          delta);
}

/* --- what it is compared with --- */

static void
stop_cb (KilterPlanGrid *self)
{
  if (kilter_page_get_session (self->page) != NULL)
    kilter_session_set_compared (kilter_page_get_session (self->page), 0);
}

GtkWidget *
kilter_plan_grid_make_compared_bar (KilterPlanGrid *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (content), label);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "kilter-chip");
  gtk_widget_set_tooltip_text (button, _ ("Compare No More"));
  gtk_widget_add_css_class (bar, "kilter-chips");
  gtk_widget_set_visible (bar, FALSE);
  gtk_box_append (GTK_BOX (bar), button);
  g_object_set_data (G_OBJECT (bar), "label", label);
  g_signal_connect_object (button, "clicked", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);
  self->compared_bar = bar;
  g_object_add_weak_pointer (G_OBJECT (bar), (gpointer *) &self->compared_bar);
  return bar;
}

void
kilter_plan_grid_refresh_compared_bar (KilterPlanGrid *self)
{
  KilterVersion version = get_version (self);
  g_autofree char *text = NULL;

  if (self->compared_bar == NULL)
    return;
  gtk_widget_set_visible (self->compared_bar, version != 0);
  if (version == 0)
    return;
  /* Translators: %s is the name of a snapshot or scenario */
  text = g_strdup_printf (_ ("Compared with “%s”"), get_name (self, version));
  gtk_label_set_label (g_object_get_data (G_OBJECT (self->compared_bar), "label"), text);
}
