/* kilter-window-closing.c: the file that somebody else changed, and the way out of the window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-window-private.h"

#include <glib/gi18n-lib.h>

static void
reload (KilterWindow *self)
{
  g_autoptr (GFile) file = g_object_ref (kilter_document_get_file (self->document));
  g_autoptr (KilterDocument) document = g_object_ref (self->document);

  kilter_window_set_document (self, NULL);
  kilter_document_close_now (document, KILTER_STORE_CLOSE_DISCARD);
  g_application_open (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), &file, 1,
                      "here");
}

static void
save_as_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file == NULL || self->document == NULL)
    return;
  if (kilter_document_save_as (self->document, file, &error))
    kilter_window_toast (self, _ ("Your version goes on in its own file"), FALSE);
  else
    kilter_window_report (self, error);
}

static void
keep_mine (KilterWindow *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  /* Translators: %1$s is the plan's name, %2$s a person */
  g_autofree char *name = g_strdup_printf (_ ("%1$s (%2$s).kilter"),
                                           kilter_document_get_name (self->document),
                                           kilter_document_get_user (self->document));

  gtk_file_dialog_set_title (dialog, _ ("Save My Version As"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (self), NULL, save_as_chosen_cb, g_object_ref (self));
}

static void
conflict_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (self->document == NULL)
    return;
  if (g_str_equal (answer, "reload"))
    reload (self);
  else if (g_str_equal (answer, "keep"))
    keep_mine (self);
}

static void
resolve_conflict_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
    _ ("Someone Else Changed This Plan"),
    kilter_document_has_unpublished (self->document)
      ? _ ("You changed it, too. Keep your version in a file of its own, or take the other one and "
           "lose your latest changes.")
      : _ ("Load the plan again to see the changes.")));

  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  if (kilter_document_has_unpublished (self->document))
    adw_alert_dialog_add_response (dialog, "keep", _ ("_Keep Mine…"));
  adw_alert_dialog_add_response (dialog, "reload", _ ("_Reload"));
  if (kilter_document_has_unpublished (self->document))
    adw_alert_dialog_set_response_appearance (dialog, "reload", ADW_RESPONSE_DESTRUCTIVE);
  else
    adw_alert_dialog_set_response_appearance (dialog, "reload", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, conflict_answered_cb,
                           g_object_ref (self));
}

static void
close_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (!g_str_equal (answer, "keep") || self->document == NULL)
    {
      self->is_closing = FALSE;
      return;
    }
  kilter_document_close_now (self->document, KILTER_STORE_CLOSE_KEEP);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  AdwAlertDialog *dialog;

  if (kilter_document_file_finish (KILTER_DOCUMENT (source), result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  body = g_strdup_printf (
    _ ("%s Your changes are safe on this computer and will be offered when Kilter starts again."),
    kilter_document_error_text (error));
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("The File Could Not Be Written"), body));
  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (dialog, "keep", _ ("_Close Anyway"));
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, close_answered_cb, g_object_ref (self));
}

/* Publishes what is new, then goes; asks when that fails. */
void
kilter_window_close_document (KilterWindow *self)
{
  kilter_document_close_async (self->document, closed_cb, g_object_ref (self));
}

const GActionEntry kilter_window_closing_entries[] = {
  { .name = "resolve-conflict", .activate = resolve_conflict_cb },
  { NULL },
};
