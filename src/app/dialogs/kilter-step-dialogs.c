/* kilter-step-dialogs.c: finishing and reopening a step
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/dialogs/kilter-dialogs.h"
#include "report/words/kilter-format.h"
#include "app/help/kilter-help-window.h"
#include "app/window/kilter-views.h"
#include "app/window/kilter-window.h"
#include "plan/process/kilter-cycle.h"
#include "plan/review/kilter-insight.h"

typedef struct
{
  KilterDocument *document;
  KilterSession *session;
  GtkWidget *window;
  AdwDialog *dialog;
  GtkWidget *reason;
  GtkWidget *button;
  int step;
  int n_open;
} Finish;

static void
finish_free (gpointer data)
{
  Finish *self = data;

  g_clear_object (&self->document);
  g_clear_object (&self->session);
  g_free (self);
}

static void
report (GtkWidget *window, const GError *error)
{
  if (KILTER_IS_WINDOW (window))
    kilter_window_report (KILTER_WINDOW (window), error);
}

/* --- the checklist ------------------------------------------------------------------------------
 */

static int
count_tasks (KilterPlan *plan, int step)
{
  int cycle = kilter_plan_get_current_cycle (plan), n = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_TASK, task)
    if (kilter_record_ref (task, KILTER_TASK_CYCLE) == cycle &&
        (int) kilter_record_number_or (task, KILTER_TASK_STEP, 0) == step &&
        !kilter_record_bool (task, KILTER_TASK_DONE))
      n++;
  return n;
}

static double
total_unmet (KilterPlan *plan, KilterVersion version)
{
  static const KilterScope whole = { 0 };
  int first = kilter_plan_get_n_history (plan);
  double unmet = kilter_plan_aggregate_time (plan, version, KILTER_UNMET, &whole, first,
                                             kilter_plan_get_n_horizon (plan));

  return isfinite (unmet) ? unmet : 0;
}

/* What the number of open issues of a step means. */
static char *
issue_sentence (int step, int n)
{
  gulong plural = (gulong) n;

  if (n == 0)
    {
      static const char *const none[] = {
        N_ ("All exceptions are reviewed"),  N_ ("Every change has a reason"),
        N_ ("No line is overloaded"),        N_ ("Supply meets the demand of every family"),
        N_ ("Every decision has an answer"), N_ ("Every metric is on target"),
      };

      return g_strdup (_ (none[step - 1]));
    }
  switch (step)
    {
    case 1:
      return g_strdup_printf (
        ngettext ("%d exception is not reviewed", "%d exceptions are not reviewed", plural), n);
    case 2:
      return g_strdup_printf (
        ngettext ("%d change has no reason", "%d changes have no reason", plural), n);
    case 3:
      return g_strdup_printf (ngettext ("%d line is overloaded", "%d lines are overloaded", plural),
                              n);
    case 4:
      return g_strdup_printf (ngettext ("%d month of a family has unmet demand",
                                        "%d months of families have unmet demand", plural),
                              n);
    case 5:
      return g_strdup_printf (
        ngettext ("%d decision has no answer", "%d decisions have no answer", plural), n);
    default:
      return g_strdup_printf (
        ngettext ("%d metric is off target", "%d metrics are off target", plural), n);
    }
}

static void
follow_link_cb (GtkWidget *row, gpointer data)
{
  Finish *self = data;
  const char *target = g_object_get_data (G_OBJECT (row), "target");

  kilter_window_show (KILTER_WINDOW (self->window), target);
  adw_dialog_close (self->dialog);
}

static void
add_check (Finish *self,
           AdwPreferencesGroup *group,
           const char *text,
           gboolean is_open,
           const char *target)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (is_open ? "dialog-warning-symbolic"
                                                          : "object-select-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_widget_add_css_class (icon, is_open ? "kilter-bad" : "kilter-good");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (is_open && kilter_view_has_pages (kilter_views_find (target)))
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data (G_OBJECT (row), "target", (gpointer) target);
      g_signal_connect (row, "activated", G_CALLBACK (follow_link_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
    }
  adw_preferences_group_add (group, row);
  self->n_open += is_open;
}

static void
add_checks (Finish *self, AdwPreferencesGroup *group)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  KilterVersion version = kilter_session_get_version (self->session);
  const KilterViewInfo *view = kilter_views_find_step (self->step);
  int issues = kilter_plan_count_open_issues (plan, version, self->step);
  int tasks = count_tasks (plan, self->step);
  g_autofree char *sentence = issue_sentence (self->step, issues);
  g_autofree char *task_text = NULL;

  add_check (self, group, sentence, issues > 0, view->key);
  if (self->step == 1)
    {
      int reasons = kilter_plan_count_open_issues (plan, version, 2);
      g_autofree char *text = issue_sentence (2, reasons);

      add_check (self, group, text, reasons > 0, view->key);
    }
  if (self->step == 3)
    {
      double unmet = total_unmet (plan, version);
      g_autofree char *quantity = kilter_format_quantity (unmet);
      g_autofree char *text = unmet > 0.5
                                ? g_strdup_printf (_ ("Demand of %s cannot be met"), quantity)
                                : g_strdup (_ ("All demand can be met"));

      add_check (self, group, text, unmet > 0.5, view->key);
    }
  task_text = tasks > 0
                ? g_strdup_printf (
                    ngettext ("%d task is open", "%d tasks are open", (gulong) tasks), tasks)
                : g_strdup (_ ("All tasks are done"));
  add_check (self, group, task_text, tasks > 0, "overview");
}

/* --- finishing ----------------------------------------------------------------------------------
 */

static void
finish_cb (GtkWidget *button, gpointer data)
{
  Finish *self = data;
  g_autofree char *now = kilter_document_get_now (self->document);
  g_autofree char *toast = NULL;
  g_autoptr (GError) error = NULL;
  KilterCommand *command;
  const char *reason;

  command = kilter_cycle_finish_step (kilter_document_get_plan (self->document),
                                      kilter_session_get_version (self->session), self->step,
                                      kilter_document_get_user (self->document), now, &error);
  if (command != NULL)
    {
      reason = gtk_editable_get_text (GTK_EDITABLE (self->reason));
      kilter_command_set_stamp (command, kilter_document_get_user (self->document), now);
      if (*reason != '\0')
        kilter_command_set_reason (command, reason);
      if (kilter_document_apply (self->document, command, &error))
        {
          /* Translators: %s is a step of the cycle */
          toast = g_strdup_printf (_ ("%s is finished"), kilter_step_get_name (self->step));
          kilter_window_toast (KILTER_WINDOW (self->window), toast, TRUE);
        }
    }
  if (error != NULL)
    report (self->window, error);
  adw_dialog_close (self->dialog);
}

static void
reason_changed_cb (GtkEditable *entry, gpointer data)
{
  Finish *self = data;

  gtk_widget_set_sensitive (self->button,
                            self->n_open == 0 || *gtk_editable_get_text (entry) != '\0');
}

static GtkWidget *
make_header (const char *label, GtkWidget **out_button)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  *out_button = gtk_button_new_with_label (label);
  gtk_widget_add_css_class (*out_button, "suggested-action");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), *out_button);
  return header;
}

void
kilter_finish_dialog_present (GtkWidget *parent,
                              KilterDocument *document,
                              KilterSession *session,
                              int step)
{
  Finish *self = g_new0 (Finish, 1);
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *checks = adw_preferences_group_new ();
  GtkWidget *reasons = adw_preferences_group_new ();
  GtkWidget *header;
  g_autofree char *title = NULL;

  g_return_if_fail (step >= 1 && step <= KILTER_N_STEPS);

  self->document = g_object_ref (document);
  self->session = g_object_ref (session);
  self->window = parent;
  self->step = step;
  self->dialog = adw_dialog_new ();
  g_object_set_data_full (G_OBJECT (self->dialog), "finish", self, finish_free);
  add_checks (self, ADW_PREFERENCES_GROUP (checks));

  header = make_header (self->n_open > 0 ? _ ("Finish Anyway") : _ ("Finish Step"), &self->button);
  g_signal_connect (self->button, "clicked", G_CALLBACK (finish_cb), self);
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (checks),
    self->n_open > 0
      ? _ ("Some things are still open. They can be settled now or left with a reason.")
      : _ ("Everything is settled. The step becomes read-only; it can be reopened."));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (checks));
  self->reason = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason),
                                 _ ("Reason for Finishing Anyway"));
  g_signal_connect (self->reason, "changed", G_CALLBACK (reason_changed_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (reasons), self->reason);
  gtk_widget_set_visible (reasons, self->n_open > 0);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (reasons));
  gtk_widget_set_sensitive (self->button, self->n_open == 0);

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), page);
  adw_dialog_set_child (self->dialog, toolbar);
  /* Translators: %s is a step of the cycle */
  title = g_strdup_printf (_ ("Finish %s"), kilter_step_get_name (step));
  adw_dialog_set_title (self->dialog, title);
  adw_dialog_set_content_width (self->dialog, 520);
  kilter_help_set_page (GTK_WIDGET (self->dialog), "overview");
  adw_dialog_present (self->dialog, parent);
}

/* --- reopening ----------------------------------------------------------------------------------
 */

typedef struct
{
  KilterDocument *document;
  GtkWidget *window;
  GtkWidget *entry;
  int step;
} Reopen;

static void
reopen_answered_cb (AdwAlertDialog *dialog, const char *answer, gpointer data)
{
  Reopen *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *toast = NULL;
  KilterCommand *command;

  if (!g_str_equal (answer, "reopen"))
    return;
  command = kilter_cycle_reopen_step (kilter_document_get_plan (self->document), self->step,
                                      gtk_editable_get_text (GTK_EDITABLE (self->entry)), &error);
  if (command != NULL && kilter_document_apply (self->document, command, &error))
    {
      /* Translators: %s is a step of the cycle */
      toast = g_strdup_printf (_ ("%s is open again"), kilter_step_get_name (self->step));
      kilter_window_toast (KILTER_WINDOW (self->window), toast, TRUE);
    }
  if (error != NULL)
    report (self->window, error);
}

static void
reopen_reason_cb (GtkEditable *entry, gpointer dialog)
{
  adw_alert_dialog_set_response_enabled (dialog, "reopen", *gtk_editable_get_text (entry) != '\0');
}

static void
reopen_free (gpointer data, GClosure *closure)
{
  Reopen *self = data;

  g_clear_object (&self->document);
  g_free (self);
}

void
kilter_reopen_dialog_present (GtkWidget *parent, KilterDocument *document, int step)
{
  Reopen *self = g_new0 (Reopen, 1);
  g_autofree char *title = NULL;
  GtkWidget *list = gtk_list_box_new ();
  AdwAlertDialog *dialog;

  self->document = g_object_ref (document);
  self->window = parent;
  self->step = step;
  /* Translators: %s is a step of the cycle */
  title = g_strdup_printf (_ ("Reopen %s?"), kilter_step_get_name (step));
  dialog = ADW_ALERT_DIALOG (
    adw_alert_dialog_new (title, _ ("Later steps may be outdated afterwards. The reason is kept in "
                                    "the history.")));
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _ ("Reason"));
  gtk_list_box_append (GTK_LIST_BOX (list), self->entry);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  adw_alert_dialog_set_extra_child (dialog, list);
  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (dialog, "reopen", _ ("_Reopen"));
  adw_alert_dialog_set_response_appearance (dialog, "reopen", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (dialog, "reopen", FALSE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_set_default_response (dialog, "reopen");
  adw_dialog_set_focus (ADW_DIALOG (dialog), self->entry);
  g_object_set (self->entry, "activates-default", TRUE, NULL);
  g_signal_connect (self->entry, "changed", G_CALLBACK (reopen_reason_cb), dialog);
  g_signal_connect_data (dialog, "response", G_CALLBACK (reopen_answered_cb), self, reopen_free, 0);
  kilter_help_set_page (GTK_WIDGET (dialog), "overview");
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}
