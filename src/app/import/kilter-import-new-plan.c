/* kilter-import-new-plan.c: a plan that is made of the first file that goes into it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/import/kilter-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/dialogs/kilter-new-plan-dialog.h"
#include "app/kilter-open.h"
#include "app/kilter-settings.h"
#include "app/window/kilter-window.h"
#include "plan/process/kilter-cycle.h"

/* Everything has an answer before it is asked: the file says which periods it holds, its name what
 * the plan may be called, the locale the money. Who knows better changes it beside the result. */

/* seasons that are looked at to see where the file begins and ends */
#define LOOK_BACK 20
#define LOOK_AHEAD 5
/* around the proposed cycle, in the list */
#define CYCLES_AROUND 12
/* kinds of periods and their span, each once */
#define MAX_FITS 2

static int
season_of (KilterImportDialog *self)
{
  return kilter_bucket_kind_season (self->setup.kind);
}

static int
usual_horizon (KilterImportDialog *self)
{
  int season = season_of (self);

  return self->setup.kind == KILTER_BUCKET_MONTH || self->setup.kind == KILTER_BUCKET_445
           ? g_settings_get_int (kilter_settings_get (), "forecast-horizon")
           : season + season / 2;
}

/* as wide as can be, until the file has been looked at */
static void
look_far (KilterImportDialog *self, KilterBucketKind kind)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->setup.kind = kind;
  self->setup.cycle = kilter_bucket_from_ymd (kind, g_date_time_get_year (now),
                                              g_date_time_get_month (now),
                                              g_date_time_get_day_of_month (now));
  self->setup.n_history = LOOK_BACK * season_of (self);
  self->setup.n_horizon = LOOK_AHEAD * season_of (self);
}

/* "sales 2026.csv" → "sales 2026" */
static char *
name_of_file (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  char *name = g_filename_display_name (base);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return name;
}

/* A place of our own that is free; a person can choose another. */
static GFile *
own_place (const char *name)
{
  g_autoptr (GFile) folder = kilter_window_get_own_folder ();
  g_autofree char *safe = g_strdelimit (g_strdup (name), "/\\", '-');

  for (int i = 1;; i++)
    {
      g_autofree char *base = i == 1 ? g_strdup_printf ("%s.kilter", safe)
                                     : g_strdup_printf ("%s %d.kilter", safe, i);
      g_autoptr (GFile) file = g_file_get_child (folder, base);

      if (!g_file_query_exists (file, NULL))
        return g_steal_pointer (&file);
    }
}

static void
show_place (KilterImportDialog *self)
{
  g_autofree char *text = NULL;

  if (!self->is_place_chosen)
    {
      g_clear_object (&self->place);
      self->place = own_place (self->name);
      adw_action_row_set_subtitle (self->place_row,
                                   _ ("In Kilter’s own folder; it can be moved at any time"));
      return;
    }
  text = g_file_get_parse_name (self->place);
  adw_action_row_set_subtitle (self->place_row, text);
}

/* --- callbacks ----------------------------------------------------------------------------------
 */

static void
name_cb (KilterImportDialog *self)
{
  if (self->is_filling)
    return;
  g_free (self->name);
  self->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  show_place (self);
  kilter_import_show_step (self, "result");
}

static void
cycle_cb (KilterImportDialog *self)
{
  KilterBucket cycle = self->first_cycle +
                       (KilterBucket) adw_combo_row_get_selected (self->cycle_row);

  if (self->is_filling || cycle == self->setup.cycle)
    return;
  /* the history begins where it began */
  self->setup.n_history = MAX (self->setup.n_history + (cycle - self->setup.cycle), 0);
  self->setup.cycle = cycle;
  kilter_import_check_again (self);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterImportDialog) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file == NULL)
    return;
  g_set_object (&self->place, file);
  self->is_place_chosen = TRUE;
  show_place (self);
}

void
kilter_import_choose_place (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KilterImportDialog *self = KILTER_IMPORT_DIALOG (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = g_file_get_basename (self->place);

  gtk_file_dialog_set_title (dialog, _ ("Where to Keep the Plan"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, place_chosen_cb,
                        g_object_ref (self));
}

/* --- making it ----------------------------------------------------------------------------------
 */

static KilterWindow *
show_document (KilterImportDialog *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), KILTER_TYPE_WINDOW);
  GtkApplication *application;

  if (window == NULL)
    return NULL;
  application = gtk_window_get_application (GTK_WINDOW (window));
  kilter_open_document (application, KILTER_WINDOW (window), self->document);
  return KILTER_WINDOW (gtk_application_get_active_window (application));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterImportDialog) self = data;
  g_autoptr (GError) error = NULL;
  KilterDocument *document = kilter_document_open_finish (result, &error);

  self->is_working = FALSE;
  if (document == NULL)
    {
      kilter_import_show_step (self, "result");
      adw_toast_overlay_add_toast (self->toasts,
                                   adw_toast_new (kilter_document_error_text (error)));
      return;
    }
  self->document = document;
  self->is_made = TRUE;
  kilter_import_check_again (self);
}

/* The plan first; then the file is checked once more, against the plan itself. */
void
kilter_import_make_plan (KilterImportDialog *self)
{
  g_autoptr (GFile) folder = g_file_get_parent (self->place);
  g_autoptr (GError) error = NULL;

  if (folder != NULL)
    g_file_make_directory_with_parents (folder, NULL, NULL);
  /* the file dialog has asked whether it may be replaced */
  if (g_file_query_exists (self->place, NULL) && !g_file_trash (self->place, NULL, NULL) &&
      !g_file_delete (self->place, NULL, &error))
    {
      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
      return;
    }
  self->setup.name = self->name;
  self->setup
    .currency = kilter_new_plan_get_currencies ()[adw_combo_row_get_selected (self->currency_row)];
  self->is_working = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.next", FALSE);
  kilter_document_new_async (&self->setup, self->place, NULL, made_cb, g_object_ref (self));
}

static gboolean
show_forecast_cb (gpointer data)
{
  g_autoptr (KilterWindow) window = data;

  if (kilter_window_get_document (window) != NULL)
    kilter_window_show (window, "forecast/forecast");
  return G_SOURCE_REMOVE;
}

/* The file is in it or not: the plan is there, and is shown. */
void
kilter_import_finish_new_plan (KilterImportDialog *self)
{
  KilterWindow *window;
  g_autoptr (KilterImportDialog) keep = g_object_ref (self);

  self->is_made = FALSE;
  window = show_document (self);
  kilter_import_take_in (self);
  /* when the window has its size: a page with an inspector is not the first one to be laid out */
  if (window != NULL)
    g_idle_add_full (G_PRIORITY_LOW, show_forecast_cb, g_object_ref (window), NULL);
}

/* --- API ----------------------------------------------------------------------------------------
 */

void
kilter_import_connect_new_plan (KilterImportDialog *self)
{
  g_autoptr (GtkStringList) money = gtk_string_list_new (kilter_new_plan_get_currencies ());

  adw_combo_row_set_model (self->currency_row, G_LIST_MODEL (money));
  adw_combo_row_set_selected (self->currency_row, kilter_new_plan_get_local_currency ());
  kilter_new_plan_make_searchable (self->currency_row);
  kilter_new_plan_make_searchable (self->cycle_row);
  g_signal_connect_swapped (self->name_row, "changed", G_CALLBACK (name_cb), self);
  g_signal_connect_swapped (self->cycle_row, "notify::selected", G_CALLBACK (cycle_cb), self);
}

/* another file, or the first one */
void
kilter_import_begin_new_plan (KilterImportDialog *self)
{
  g_free (self->name);
  self->name = name_of_file (self->file);
  self->n_fits = 0;
  look_far (self, KILTER_BUCKET_MONTH);
}

/**
 * kilter_import_draft_plan:
 *
 * Returns: (transfer full): an empty plan like the one that will be made
 */
KilterPlan *
kilter_import_draft_plan (KilterImportDialog *self)
{
  KilterPlan *plan = kilter_plan_new (self->setup.kind, self->setup.cycle, self->setup.n_history,
                                      self->setup.n_horizon);

  kilter_plan_set_up (plan, "", self->name, "USD");
  return plan;
}

/* What has happened ends before the cycle; what is to come begins with it. */
static gboolean
is_of_the_past (KilterImportKind kind)
{
  return kind == KILTER_IMPORT_SALES || kind == KILTER_IMPORT_STOCK ||
         kind == KILTER_IMPORT_PRODUCTION || kind == KILTER_IMPORT_CORRECTIONS ||
         kind == KILTER_IMPORT_DELIVERIES || kind == KILTER_IMPORT_BALANCES;
}

/**
 * kilter_import_fit_new_plan:
 *
 * After a preview: the periods of the plan become those of the file. Sales until March make a cycle
 * that begins in April, with a history as long as theirs, three years at least.
 *
 * Returns: whether another preview is needed
 */
gboolean
kilter_import_fit_new_plan (KilterImportDialog *self)
{
  KilterBucketKind kind = self->preview->date_format == KILTER_DATE_WEEK ? KILTER_BUCKET_WEEK
                          : self->preview->date_format == KILTER_DATE_QUARTER
                            ? KILTER_BUCKET_QUARTER
                          : self->preview->date_format == KILTER_DATE_PERIOD ? KILTER_BUCKET_445
                                                                             : KILTER_BUCKET_MONTH;
  KilterBucket first, last;

  if (self->n_fits >= MAX_FITS)
    return FALSE;
  if (self->n_fits == 0 && kind != self->setup.kind)
    {
      self->n_fits = 1;
      look_far (self, kind);
      return TRUE;
    }
  self->n_fits = MAX_FITS;
  if (kilter_import_get_span (self->preview, &first, &last))
    {
      if (is_of_the_past (self->preview->kind))
        self->setup.cycle = last + 1;
      self->setup.n_history = MAX (3 * season_of (self), self->setup.cycle - first);
    }
  else
    self->setup.n_history = 3 * season_of (self);
  self->setup.n_horizon = usual_horizon (self);
  return TRUE;
}

/* beside the result, where nothing has to be touched */
void
kilter_import_show_new_plan (KilterImportDialog *self)
{
  g_autoptr (GtkStringList) list = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->setup_group), self->document == NULL);
  if (self->document != NULL)
    return;
  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), self->name);
  list = gtk_string_list_new (NULL);
  self->first_cycle = self->setup.cycle - CYCLES_AROUND;
  for (int i = 0; i <= 2 * CYCLES_AROUND; i++)
    {
      g_autofree char *label = kilter_bucket_get_label (self->setup.kind, self->first_cycle + i);

      gtk_string_list_append (list, label);
    }
  adw_combo_row_set_model (self->cycle_row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->cycle_row, CYCLES_AROUND);
  show_place (self);
  self->is_filling = FALSE;
}

gboolean
kilter_import_has_place (KilterImportDialog *self)
{
  return self->document != NULL || (self->name != NULL && *self->name != '\0');
}
