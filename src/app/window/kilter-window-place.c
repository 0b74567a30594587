/* kilter-window-place.c: a plan that Kilter keeps in its own folder, and its way out of there
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-window-private.h"

#include <glib/gi18n-lib.h>

#include "app/kilter-settings.h"

/**
 * kilter_window_get_own_folder:
 *
 * Returns: (transfer full): where plans are kept for which no place was chosen
 */
GFile *
kilter_window_get_own_folder (void)
{
  return g_file_new_build_filename (g_get_user_data_dir (), "kilter", "plans", NULL);
}

/* Whether nobody has said yet where the plan belongs. */
gboolean
kilter_window_is_in_own_folder (KilterWindow *self)
{
  g_autoptr (GFile) folder = kilter_window_get_own_folder ();
  GFile *file = self->document != NULL ? kilter_document_get_file (self->document) : NULL;

  return file != NULL && g_file_has_prefix (file, folder);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GFile) old = NULL;
  g_autofree char *old_uri = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (file == NULL || !kilter_window_is_in_own_folder (self))
    return;
  old = g_object_ref (kilter_document_get_file (self->document));
  if (g_file_equal (old, file))
    return;
  if (!kilter_document_save_as (self->document, file, &error))
    {
      kilter_window_report (self, error);
      return;
    }
  /* the new file is complete: the old one is only another copy */
  old_uri = g_file_get_uri (old);
  kilter_settings_remove_recent (old_uri);
  g_file_delete (old, NULL, NULL);
  kilter_window_remember_recent (self);
  kilter_window_update_banner (self);
  name = g_file_get_parse_name (file);
  /* Translators: %s is a file */
  text = g_strdup_printf (_ ("The plan is kept in “%s” now"), name);
  kilter_window_toast (self, text, FALSE);
}

/* Asks where the plan shall be kept, and takes it there. */
void
kilter_window_keep_elsewhere (KilterWindow *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = NULL;

  if (!kilter_window_is_in_own_folder (self))
    return;
  name = g_file_get_basename (kilter_document_get_file (self->document));
  gtk_file_dialog_set_title (dialog, _ ("Where to Keep the Plan"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (self), NULL, chosen_cb, g_object_ref (self));
}
