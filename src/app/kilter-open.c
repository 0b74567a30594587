/* kilter-open.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/kilter-open.h"

#include <glib/gi18n-lib.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/dialogs/kilter-unseal.h"
#include "app/kilter-sample.h"
#include "app/kilter-settings.h"
#include "seal/kilter-seal.h"

#include <string.h>

typedef struct
{
  GtkApplication *application;
  KilterWindow *window;
  GFile *file;
  gboolean counts;
} Opening;

/* What is being opened may be what could be recovered: that question waits. */
static const char openings_key[] = "kilter-openings";
static const char recovery_key[] = "kilter-recovery-window";

static void
count_opening (GtkApplication *application, int change)
{
  GObject *object = G_OBJECT (application);
  int n = GPOINTER_TO_INT (g_object_get_data (object, openings_key)) + change;
  g_autoptr (KilterWindow) window = NULL;

  g_object_set_data (object, openings_key, GINT_TO_POINTER (n));
  if (n == 0)
    window = g_object_steal_data (object, recovery_key);
  if (window != NULL)
    kilter_open_offer_recovery (application, window);
}

static void
opening_free (Opening *self)
{
  if (self->counts)
    count_opening (self->application, -1);
  g_clear_object (&self->application);
  g_clear_object (&self->window);
  g_clear_object (&self->file);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static Opening *
opening_new (GtkApplication *application, KilterWindow *window, GFile *file)
{
  Opening *self = g_new0 (Opening, 1);

  self->application = g_object_ref (application);
  /* a window of its own, so that progress and refusals have a place */
  if (window == NULL || kilter_window_get_document (window) != NULL)
    window = kilter_window_new (application);
  self->window = g_object_ref (window);
  g_set_object (&self->file, file);
  self->counts = TRUE;
  count_opening (application, 1);
  kilter_window_set_busy (window, TRUE);
  gtk_window_present (GTK_WINDOW (window));
  return self;
}

static void start_opening (Opening *opening, KilterStoreFlags flags);

/* --- what cannot be opened ----------------------------------------------------------------------
 */

static void
refusal_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  GFile *kept = g_object_get_data (source, "kept");

  if (g_str_equal (answer, "kept"))
    {
      g_set_object (&opening->file, kept);
      start_opening (g_steal_pointer (&opening), KILTER_STORE_READ_ONLY);
    }
  else if (g_str_equal (answer, "anyway"))
    start_opening (g_steal_pointer (&opening), KILTER_STORE_IGNORE_HASH);
  else if (g_str_equal (answer, "file"))
    start_opening (g_steal_pointer (&opening), KILTER_STORE_IGNORE_WORKING);
}

static void
refuse (Opening *opening, const GError *error)
{
  g_autofree char *name = g_file_get_basename (opening->file);
  g_autofree char *body = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  AdwAlertDialog *dialog;

  /* Translators: %1$s is a file, %2$s a sentence that says why */
  body = g_strdup_printf (_ ("“%1$s”: %2$s"), name, kilter_document_error_text (error));
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("This Plan Cannot Be Opened"), body));
  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_alert_dialog_set_close_response (dialog, "cancel");
  if (g_error_matches (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_HASH))
    adw_alert_dialog_add_response (dialog, "anyway", _ ("Open _Anyway"));
  if (g_error_matches (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_UNSAVED))
    adw_alert_dialog_add_response (dialog, "file", _ ("Open the _File as It Is"));
  kept = kilter_store_list_kept (opening->file);
  if (kept != NULL && kept->len > 0)
    {
      g_object_set_data_full (G_OBJECT (dialog), "kept", g_object_ref (g_ptr_array_index (kept, 0)),
                              g_object_unref);
      adw_alert_dialog_add_response (dialog, "kept", _ ("Open Last _Good Copy"));
      adw_alert_dialog_set_response_appearance (dialog, "kept", ADW_RESPONSE_SUGGESTED);
    }
  adw_alert_dialog_choose (dialog, GTK_WIDGET (opening->window), NULL, refusal_answered_cb,
                           opening);
}

/* --- opening ------------------------------------------------------------------------------------
 */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterDocument) document = kilter_document_open_finish (result, &error);

  kilter_window_set_busy (opening->window, FALSE);
  if (document == NULL)
    {
      refuse (opening, error);
      return;
    }
  kilter_window_set_document (opening->window, document);
  opening_free (opening);
}

static void
start_opening (Opening *opening, KilterStoreFlags flags)
{
  kilter_document_open_async (opening->file, flags, NULL, opened_cb, opening);
}

/* the window that has the file open */
static KilterWindow *
find_window (GtkApplication *application, GFile *file)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    {
      KilterDocument *document = KILTER_IS_WINDOW (l->data) ? kilter_window_get_document (l->data)
                                                            : NULL;
      GFile *other = document != NULL ? kilter_document_get_file (document) : NULL;

      if (other != NULL && g_file_equal (other, file))
        return l->data;
    }
  return NULL;
}

/* --- sealed files -------------------------------------------------------------------------------
 */

/* what a window asks about a file before there is a plan */
typedef struct
{
  GtkApplication *application;
  KilterWindow *window;
  GFile *file;
  GBytes *plain;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_object_unref (self->application);
  g_object_unref (self->window);
  g_object_unref (self->file);
  g_clear_pointer (&self->plain, g_bytes_unref);
  g_free (self);
}

/* A sealed file is no plan to work in: what is in it becomes one, where the person says. */
static void
unsealed_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    kilter_open_file (self->application, self->window, G_FILE (source));
  else
    kilter_window_report (self->window, error);
  asking_free (self);
}

static void
unsealed_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file == NULL)
    asking_free (self);
  else
    g_file_replace_contents_bytes_async (file, self->plain, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                         NULL, unsealed_saved_cb, self);
}

static void
unsealed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *self = data;
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (self->file);

  self->plain = kilter_unseal_finish (GTK_WIDGET (source), result, &error);
  if (self->plain == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        kilter_message_dialog_present (GTK_WIDGET (source), _ ("This File Cannot Be Opened"),
                                       error->message);
      asking_free (self);
      return;
    }
  if (g_str_has_suffix (name, KILTER_SEAL_SUFFIX))
    name[strlen (name) - strlen ("-sealed")] = '\0';
  gtk_file_dialog_set_title (dialog, _ ("Save the Opened Plan"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (self->window), NULL, unsealed_chosen_cb, self);
}

static void
ask_password_cb (gpointer data)
{
  Asking *self = data;
  g_autofree char *name = g_file_get_basename (self->file);
  /* Translators: %s is a file */
  g_autofree char *body = g_strdup_printf (_ ("“%s” is sealed with a password. What is in it is "
                                              "saved as a plan that you can work in."),
                                           name);

  kilter_unseal_async (GTK_WIDGET (self->window), self->file, body, unsealed_cb, self);
}

/* --- data ---------------------------------------------------------------------------------------
 */

static gboolean
is_data (GFile *file)
{
  static const char *const suffixes[] = { ".csv", ".tsv", ".txt", ".xlsx", ".ods" };
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folded = g_ascii_strdown (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (folded, suffixes[i]))
      return TRUE;
  return FALSE;
}

/* into the plan of the window; a window without one makes a new plan of it */
static void
import_cb (gpointer data)
{
  Asking *self = data;

  kilter_window_import_file (self->window, self->file);
  asking_free (self);
}

/* a dialog within a window that is not there yet is nothing that a screen reader finds */
static void
present_and_ask (GtkApplication *application,
                 KilterWindow *window,
                 GFile *file,
                 GSourceOnceFunc ask)
{
  Asking *self = g_new0 (Asking, 1);

  if (window == NULL)
    window = kilter_window_new (application);
  self->application = g_object_ref (application);
  self->window = g_object_ref (window);
  self->file = g_object_ref (file);
  gtk_window_present (GTK_WINDOW (window));
  g_timeout_add_once (100, ask, self);
}

void
kilter_open_file (GtkApplication *application, KilterWindow *window, GFile *file)
{
  KilterWindow *open = find_window (application, file);

  if (open != NULL)
    gtk_window_present (GTK_WINDOW (open));
  else if (kilter_seal_is_sealed_file (file))
    present_and_ask (application, window, file, ask_password_cb);
  else if (is_data (file))
    present_and_ask (application, window, file, import_cb);
  else
    start_opening (opening_new (application, window, file), KILTER_STORE_DEFAULT);
}

void
kilter_open_document (GtkApplication *application, KilterWindow *window, KilterDocument *document)
{
  if (window == NULL || kilter_window_get_document (window) != NULL)
    window = kilter_window_new (application);
  kilter_window_set_document (window, document);
  gtk_window_present (GTK_WINDOW (window));
}

/* --- the sample ---------------------------------------------------------------------------------
 */

static void
sample_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterDocument) document = kilter_sample_open_finish (result, &error);

  kilter_window_set_busy (opening->window, FALSE);
  if (document == NULL)
    kilter_message_dialog_present (GTK_WIDGET (opening->window),
                                   _ ("The Sample Plan Cannot Be Opened"),
                                   kilter_document_error_text (error));
  else
    kilter_window_set_document (opening->window, document);
}

void
kilter_open_sample (GtkApplication *application, KilterWindow *window, gboolean start_over)
{
  g_autoptr (GFile) file = kilter_sample_get_file ();
  KilterWindow *open = find_window (application, file);
  g_autoptr (KilterDocument) document = NULL;

  if (open != NULL && !start_over)
    {
      gtk_window_present (GTK_WINDOW (open));
      return;
    }
  if (open != NULL)
    {
      document = g_object_ref (kilter_window_get_document (open));
      kilter_window_set_document (open, NULL);
      kilter_document_close_now (document, KILTER_STORE_CLOSE_DISCARD);
      window = open;
    }
  kilter_sample_open_async (start_over, NULL, sample_opened_cb,
                            opening_new (application, window, NULL));
}

/* --- recovery -----------------------------------------------------------------------------------
 */

static void
free_orphan (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
recovery_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  GPtrArray *orphans = g_object_get_data (source, "orphans");

  for (guint i = 0; i < orphans->len; i++)
    {
      const KilterOrphan *orphan = g_ptr_array_index (orphans, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (KilterDocument) document = NULL;

      if (g_str_equal (answer, "discard"))
        {
          kilter_store_discard_orphan (orphan->id, &error);
        }
      else if (g_str_equal (answer, "recover"))
        {
          document = kilter_document_recover (orphan->id, &error);
          if (document != NULL)
            kilter_open_document (opening->application, opening->window, document);
        }
      if (error != NULL)
        kilter_window_report (opening->window, error);
    }
}

void
kilter_open_offer_recovery (GtkApplication *application, KilterWindow *window)
{
  g_autoptr (GPtrArray) orphans = NULL;
  g_autoptr (GString) body = NULL;
  AdwAlertDialog *dialog;
  Opening *opening;

  if (g_object_get_data (G_OBJECT (application), openings_key) != NULL)
    {
      g_object_set_data_full (G_OBJECT (application), recovery_key, g_object_ref (window),
                              g_object_unref);
      return;
    }
  orphans = kilter_store_list_orphans ();
  if (orphans == NULL || orphans->len == 0)
    return;
  body = g_string_new (
    ngettext ("Kilter was closed before this plan was written to its file:",
              "Kilter was closed before these plans were written to their files:", orphans->len));
  for (guint i = 0; i < orphans->len; i++)
    {
      const KilterOrphan *orphan = g_ptr_array_index (orphans, i);
      g_autofree char *changes = g_strdup_printf (
        ngettext ("%d change", "%d changes", (gulong) orphan->n_changes), orphan->n_changes);

      g_string_append_printf (body, "\n%s (%s)", orphan->title, changes);
    }
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Recover Unsaved Changes?"), body->str));
  adw_alert_dialog_add_response (dialog, "later", _ ("_Later"));
  adw_alert_dialog_add_response (dialog, "discard", _ ("_Discard"));
  adw_alert_dialog_add_response (dialog, "recover", _ ("_Recover"));
  adw_alert_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_response_appearance (dialog, "recover", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "recover");
  adw_alert_dialog_set_close_response (dialog, "later");
  g_object_set_data_full (G_OBJECT (dialog), "orphans", g_ptr_array_ref (orphans), free_orphan);
  opening = g_new0 (Opening, 1);
  opening->application = g_object_ref (application);
  opening->window = g_object_ref (window);
  adw_alert_dialog_choose (dialog, GTK_WIDGET (window), NULL, recovery_answered_cb, opening);
}
