/* kilter-window-feedback.c: banner, progress and toasts
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-window-private.h"

#include <glib/gi18n-lib.h>

#include "app/dialogs/kilter-dialogs.h"
#include "exchange/participant/kilter-participant.h"
#include "report/words/kilter-format.h"
#include "plan/process/kilter-cycle.h"

/* work shorter than this shows nothing; work longer than the second one can be cancelled */
#define QUIET_SECONDS 0.3
#define CANCEL_SECONDS 3.0
#define NOTIFY_SECONDS 10.0

/* --- banner -------------------------------------------------------------------------------------
 */

static void
show_banner (KilterWindow *self, KilterBannerKind kind, const char *text, const char *button)
{
  self->banner_kind = kind;
  if (kind != KILTER_BANNER_NONE)
    {
      adw_banner_set_title (self->banner, text);
      adw_banner_set_button_label (self->banner, button);
    }
  adw_banner_set_revealed (self->banner, kind != KILTER_BANNER_NONE);
}

/* "This step was finished on 3 April by Linh Trần." */
static char *
finished_sentence (KilterPlan *plan, const KilterRecord *step)
{
  const char *at = kilter_record_text (step, KILTER_STEP_DONE_AT);
  const char *by = kilter_record_text (step, KILTER_STEP_DONE_BY);
  g_autofree char *day = kilter_format_day (plan, at);

  if (at == NULL || by == NULL || *by == '\0')
    return g_strdup (_ ("This step is finished."));
  /* Translators: %1$s is a date, %2$s a person */
  return g_strdup_printf (_ ("This step was finished on %1$s by %2$s."), day, by);
}

/* At most one, by rank. */
void
kilter_window_update_banner (KilterWindow *self)
{
  KilterPlan *plan;
  const KilterViewInfo *view;
  const KilterRecord *step;
  g_autofree char *problem = NULL;
  g_autofree char *text = NULL;

  if (self->document == NULL)
    return;
  plan = kilter_document_get_plan (self->document);
  view = kilter_views_find (kilter_session_get_view (self->session));
  g_object_get (self->document, "problem", &problem, NULL);
  step = view != NULL && view->step > 0 ? kilter_plan_get_step (plan, view->step) : NULL;

  if (kilter_document_get_state (self->document) == KILTER_DOCUMENT_CONFLICT)
    show_banner (self, KILTER_BANNER_CONFLICT, _ ("Someone else changed this plan on the disk."),
                 _ ("Resolve…"));
  else if (kilter_document_get_state (self->document) == KILTER_DOCUMENT_LOCKED)
    show_banner (
      self, KILTER_BANNER_LOCKED,
      _ ("This plan is open in another window or by another person. You can look at it."),
      _ ("Save a Copy…"));
  else if (kilter_document_get_state (self->document) == KILTER_DOCUMENT_UNPUBLISHED)
    {
      text = g_strdup_printf (_ ("The file could not be written: %s Your changes are safe on this "
                                 "computer."),
                              problem != NULL ? problem : "");
      show_banner (self, KILTER_BANNER_UNPUBLISHED, text, _ ("Save a Copy…"));
    }
  else if (problem != NULL)
    show_banner (self, KILTER_BANNER_PROBLEM, problem, _ ("Dismiss"));
  else if (kilter_plan_is_snapshot (plan, kilter_session_get_version (self->session)))
    show_banner (self, KILTER_BANNER_SNAPSHOT,
                 _ ("You are looking at a snapshot. It cannot change."), _ ("Back to Baseline"));
  else if (kilter_participant_get_owner (plan) != NULL)
    {
      /* Translators: %s is a person */
      text = g_strdup_printf (_ ("This is the copy of %s: only this part of the plan. Save it and "
                                 "send it back."),
                              kilter_participant_get_owner (plan));
      show_banner (self, KILTER_BANNER_COPY, text,
                   g_strcmp0 (kilter_session_get_view (self->session), "demand/inputs") == 0
                     ? NULL
                     : _ ("My Numbers"));
    }
  else if (kilter_document_is_sample (self->document) &&
           g_strcmp0 (kilter_session_get_view (self->session), "overview") == 0)
    show_banner (self, KILTER_BANNER_SAMPLE,
                 _ ("This is a sample plan. Try anything: it can be started over."),
                 _ ("Start Over…"));
  else if (step != NULL && kilter_step_get_state (step) == KILTER_STEP_FINISHED)
    {
      text = finished_sentence (plan, step);
      show_banner (self, KILTER_BANNER_FINISHED, text,
                   kilter_document_is_read_only (self->document) ? NULL : _ ("Reopen…"));
    }
  else if (kilter_window_is_in_own_folder (self) &&
           g_strcmp0 (kilter_session_get_view (self->session), "overview") == 0)
    show_banner (self, KILTER_BANNER_PLACE, _ ("Kilter keeps this plan in its own folder."),
                 _ ("Keep It Elsewhere…"));
  else
    show_banner (self, KILTER_BANNER_NONE, NULL, NULL);
}

void
kilter_window_banner_pressed (KilterWindow *self)
{
  switch (self->banner_kind)
    {
    case KILTER_BANNER_CONFLICT:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.resolve-conflict", NULL);
      break;
    case KILTER_BANNER_LOCKED:
    case KILTER_BANNER_UNPUBLISHED:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.save-copy", NULL);
      break;
    case KILTER_BANNER_SNAPSHOT:
      kilter_session_set_version (self->session, KILTER_BASELINE);
      break;
    case KILTER_BANNER_SAMPLE:
      gtk_widget_activate_action (GTK_WIDGET (self), "app.sample-restart", NULL);
      break;
    case KILTER_BANNER_COPY:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "demand/inputs");
      break;
    case KILTER_BANNER_FINISHED:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.reopen-step", NULL);
      break;
    case KILTER_BANNER_PROBLEM:
      kilter_document_dismiss_problem (self->document);
      break;
    case KILTER_BANNER_PLACE:
      kilter_window_keep_elsewhere (self);
      break;
    case KILTER_BANNER_NONE:
    default:
      break;
    }
}

/* --- progress -----------------------------------------------------------------------------------
 */

static gboolean
pulse_cb (gpointer data)
{
  KilterWindow *self = data;
  double seconds = (double) (g_get_monotonic_time () - self->busy_since) / G_USEC_PER_SEC;
  double progress;
  g_autofree char *text = NULL;

  if (self->document == NULL || !kilter_document_is_busy (self->document))
    {
      self->pulse = 0;
      return G_SOURCE_REMOVE;
    }
  g_object_get (self->document, "progress", &progress, "progress-text", &text, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_line), seconds >= QUIET_SECONDS);
  gtk_revealer_set_reveal_child (self->progress_revealer, seconds >= CANCEL_SECONDS);
  gtk_label_set_label (self->progress_label, text != NULL ? text : "");
  if (progress >= 0)
    gtk_progress_bar_set_fraction (self->progress_line, progress);
  else
    gtk_progress_bar_pulse (self->progress_line);
  return G_SOURCE_CONTINUE;
}

static void
notify_done (KilterWindow *self)
{
  g_autoptr (GNotification) notification = NULL;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application == NULL || gtk_window_is_active (GTK_WINDOW (self)))
    return;
  notification = g_notification_new (_ ("The calculation is finished"));
  g_notification_set_body (notification, kilter_document_get_name (self->document));
  g_application_send_notification (G_APPLICATION (application), "calculated", notification);
}

void
kilter_window_update_progress (KilterWindow *self)
{
  double seconds;

  if (kilter_document_is_busy (self->document))
    {
      if (self->pulse == 0)
        {
          self->busy_since = g_get_monotonic_time ();
          self->pulse = g_timeout_add (100, pulse_cb, self);
        }
    }
  else if (self->pulse != 0)
    {
      seconds = (double) (g_get_monotonic_time () - self->busy_since) / G_USEC_PER_SEC;
      if (seconds >= NOTIFY_SECONDS)
        notify_done (self);
      g_clear_handle_id (&self->pulse, g_source_remove);
      gtk_widget_set_visible (GTK_WIDGET (self->progress_line), FALSE);
      gtk_revealer_set_reveal_child (self->progress_revealer, FALSE);
      kilter_window_update_banner (self);
    }
  kilter_window_update_actions (self);
}

/* --- toasts -------------------------------------------------------------------------------------
 */

/**
 * kilter_window_toast:
 * @text: what happened
 * @with_undo: whether it can be taken back from there
 */
void
kilter_window_toast (KilterWindow *self, const char *text, gboolean with_undo)
{
  AdwToast *toast;

  g_return_if_fail (KILTER_IS_WINDOW (self));
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_timeout (toast, 5);
  if (with_undo)
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_action_name (toast, "win.undo");
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * kilter_window_visit:
 * @target: "forecast/forecast"
 * @scope: what is to be looked at there
 * @name: what the scope is called
 *
 * Shows a page for a part of the plan. The action "win.go-back" leads to the page that was left,
 * and to the part that was looked at there.
 */
void
kilter_window_visit (KilterWindow *self,
                     const char *target,
                     const KilterScope *scope,
                     const char *name)
{
  g_autofree char *from = NULL, *text = NULL;
  AdwToast *toast;

  g_return_if_fail (KILTER_IS_WINDOW (self));
  from = g_strdup_printf ("%s/%s", kilter_session_get_view (self->session),
                          kilter_session_get_page (self->session));
  self->back_scope = *kilter_session_get_scope (self->session);
  kilter_session_set_scope (self->session, scope);
  if (!kilter_window_show (self, target))
    return;
  g_set_str (&self->back_target, from);
  kilter_window_update_actions (self);
  /* Translators: %s is a family, product or line whose numbers are shown now */
  text = g_strdup_printf (_ ("Showing %s"), name);
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_timeout (toast, 10);
  adw_toast_set_button_label (toast, _ ("_Back"));
  adw_toast_set_action_name (toast, "win.go-back");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * kilter_window_report:
 * @error: why something was refused
 */
void
kilter_window_report (KilterWindow *self, const GError *error)
{
  g_return_if_fail (KILTER_IS_WINDOW (self));
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kilter_window_toast (self, kilter_document_error_text (error), FALSE);
}
