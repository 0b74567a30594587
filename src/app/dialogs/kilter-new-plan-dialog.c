/* kilter-new-plan-dialog.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dialogs/kilter-new-plan-dialog.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/help/kilter-help-window.h"
#include "app/kilter-open.h"
#include "app/kilter-settings.h"
#include "base/kilter-calendar.h"

/* months and the like around the one of today that can be the first cycle */
#define CYCLES_BEFORE 24
#define CYCLES_AFTER 12

struct _KilterNewPlanDialog
{
  AdwDialog parent_instance;

  AdwEntryRow *name_row;
  AdwComboRow *currency_row;
  AdwComboRow *bucket_row;
  AdwComboRow *cycle_row;
  AdwSpinRow *history_row;
  AdwSpinRow *horizon_row;

  KilterBucket first_cycle; /* of the list */
  KilterDocumentSetup setup;
  char *name;
};

G_DEFINE_FINAL_TYPE (KilterNewPlanDialog, kilter_new_plan_dialog, ADW_TYPE_DIALOG)

static const char *const currencies[] = {
  "USD", "EUR", "CNY", "VND", "GBP", "JPY", "AUD", "BRL", "CAD", "CHF",
  "CZK", "DKK", "HKD", "HUF", "IDR", "INR", "KRW", "MXN", "MYR", "NOK",
  "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TRY", "TWD", "ZAR", NULL,
};

static KilterBucketKind
chosen_kind (KilterNewPlanDialog *self)
{
  static const KilterBucketKind kinds[] = { KILTER_BUCKET_MONTH, KILTER_BUCKET_QUARTER,
                                            KILTER_BUCKET_WEEK, KILTER_BUCKET_445 };

  return kinds[MIN (adw_combo_row_get_selected (self->bucket_row), 3)];
}

const char *const *
kilter_new_plan_get_currencies (void)
{
  return currencies;
}

/* The money of the locale, when it is one of ours. */
guint
kilter_new_plan_get_local_currency (void)
{
  const char *code = localeconv ()->int_curr_symbol;

  for (guint i = 0; code != NULL && currencies[i] != NULL; i++)
    if (strncmp (code, currencies[i], 3) == 0)
      return i;
  return 0;
}

/* the search of a list needs to know what the text of an item is */
void
kilter_new_plan_make_searchable (AdwComboRow *row)
{
  g_autoptr (GtkExpression)
    text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  adw_combo_row_set_expression (row, text);
  adw_combo_row_set_search_match_mode (row, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
}

static void
fill_cycles (KilterNewPlanDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  KilterBucketKind kind = chosen_kind (self);
  KilterBucket current = kilter_bucket_from_ymd (kind, g_date_time_get_year (now),
                                                 g_date_time_get_month (now),
                                                 g_date_time_get_day_of_month (now));
  int season = kilter_bucket_kind_season (kind);

  self->first_cycle = current - CYCLES_BEFORE;
  for (int i = 0; i <= CYCLES_BEFORE + CYCLES_AFTER; i++)
    {
      g_autofree char *label = kilter_bucket_get_label (kind, self->first_cycle + i);

      gtk_string_list_append (list, label);
    }
  adw_combo_row_set_model (self->cycle_row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->cycle_row, CYCLES_BEFORE);
  /* three years back, a year and a half ahead, in whatever periods */
  adw_spin_row_set_range (self->history_row, 0, 10 * season);
  adw_spin_row_set_range (self->horizon_row, MAX (3, season / 4), 5 * season);
  adw_spin_row_set_value (self->history_row, 3 * season);
  adw_spin_row_set_value (self->horizon_row,
                          kind == KILTER_BUCKET_MONTH || kind == KILTER_BUCKET_445
                            ? g_settings_get_int (kilter_settings_get (), "forecast-horizon")
                            : season + season / 2);
}

static void
name_changed_cb (KilterNewPlanDialog *self)
{
  g_autofree char *name = g_strstrip (
    g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.create", *name != '\0');
}

/* --- creating -----------------------------------------------------------------------------------
 */

static void
created_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterNewPlanDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterDocument) document = kilter_document_open_finish (result, &error);
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), KILTER_TYPE_WINDOW);

  if (document == NULL)
    {
      kilter_message_dialog_present (GTK_WIDGET (self), _ ("The Plan Could Not Be Made"),
                                     kilter_document_error_text (error));
      return;
    }
  if (window == NULL)
    return;
  kilter_open_document (gtk_window_get_application (GTK_WINDOW (window)), KILTER_WINDOW (window),
                        document);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterNewPlanDialog) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GError) error = NULL;

  if (file == NULL)
    return;
  /* the file dialog has asked whether it may be replaced */
  if (g_file_query_exists (file, NULL) && !g_file_trash (file, NULL, NULL) &&
      !g_file_delete (file, NULL, &error))
    {
      kilter_message_dialog_present (GTK_WIDGET (self), _ ("The File Cannot Be Replaced"),
                                     error->message);
      return;
    }
  kilter_document_new_async (&self->setup, file, NULL, created_cb, g_object_ref (self));
}

static void
create_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KilterNewPlanDialog *self = KILTER_NEW_PLAN_DIALOG (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *file_name = NULL;

  g_free (self->name);
  self->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  self->setup = (KilterDocumentSetup) {
    .name = self->name,
    .currency = currencies[adw_combo_row_get_selected (self->currency_row)],
    .kind = chosen_kind (self),
    .cycle = self->first_cycle + (KilterBucket) adw_combo_row_get_selected (self->cycle_row),
    .n_history = (int) adw_spin_row_get_value (self->history_row),
    .n_horizon = (int) adw_spin_row_get_value (self->horizon_row),
  };
  file_name = g_strdup_printf ("%s.kilter", self->name);
  g_strdelimit (file_name, "/\\", '-');
  gtk_file_dialog_set_title (dialog, _ ("Where to Keep the Plan"));
  gtk_file_dialog_set_initial_name (dialog, file_name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, chosen_cb,
                        g_object_ref (self));
}

/* --- init ---------------------------------------------------------------------------------------
 */

static void
kilter_new_plan_dialog_dispose (GObject *object)
{
  KilterNewPlanDialog *self = KILTER_NEW_PLAN_DIALOG (object);

  g_clear_pointer (&self->name, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), KILTER_TYPE_NEW_PLAN_DIALOG);
  G_OBJECT_CLASS (kilter_new_plan_dialog_parent_class)->dispose (object);
}

static void
kilter_new_plan_dialog_class_init (KilterNewPlanDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_new_plan_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kilter_sop/Kilter/ui/new-plan-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterNewPlanDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, KilterNewPlanDialog, currency_row);
  gtk_widget_class_bind_template_child (widget_class, KilterNewPlanDialog, bucket_row);
  gtk_widget_class_bind_template_child (widget_class, KilterNewPlanDialog, cycle_row);
  gtk_widget_class_bind_template_child (widget_class, KilterNewPlanDialog, history_row);
  gtk_widget_class_bind_template_child (widget_class, KilterNewPlanDialog, horizon_row);
  gtk_widget_class_install_action (widget_class, "dialog.create", NULL, create_cb);
}

static void
kilter_new_plan_dialog_init (KilterNewPlanDialog *self)
{
  g_autoptr (GtkStringList) money = gtk_string_list_new (currencies);

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->currency_row, G_LIST_MODEL (money));
  adw_combo_row_set_selected (self->currency_row, kilter_new_plan_get_local_currency ());
  kilter_new_plan_make_searchable (self->currency_row);
  kilter_new_plan_make_searchable (self->cycle_row);
  fill_cycles (self);
  g_signal_connect_swapped (self->bucket_row, "notify::selected", G_CALLBACK (fill_cycles), self);
  g_signal_connect_swapped (self->name_row, "changed", G_CALLBACK (name_changed_cb), self);
  name_changed_cb (self);
}

void
kilter_new_plan_dialog_present (GtkWidget *parent)
{
  GtkWidget *self = g_object_new (KILTER_TYPE_NEW_PLAN_DIALOG, NULL);

  kilter_help_set_page (self, "import");
  adw_dialog_present (ADW_DIALOG (self), parent);
}
