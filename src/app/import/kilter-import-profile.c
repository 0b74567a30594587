/* kilter-import-profile.c: how files were read the last time, and by which profile
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/import/kilter-import-private.h"

#include <glib/gi18n-lib.h>

#include "exchange/guess/kilter-system.h"

/* The person's profiles; those of a damaged file are none. */
static void
load (KilterImportDialog *self)
{
  g_autofree char *path = NULL;

  if (self->profiles != NULL)
    return;
  path = kilter_profiles_get_default_path (g_get_user_config_dir ());
  self->profiles = kilter_profiles_load (path, NULL);
}

static void
save (KilterImportDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (!kilter_profiles_save (self->profiles, &error))
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
}

static void
use (KilterImportDialog *self, const char *name)
{
  g_clear_pointer (&self->options, kilter_import_options_free);
  self->options = kilter_import_options_new ();
  g_set_str (&self->profile, name);
  if (name != NULL)
    kilter_profiles_choose (self->profiles, name, self->options, NULL);
  else
    self->options->system = g_strdup ("none");
}

/**
 * kilter_import_take_remembered:
 *
 * A file whose name is like that of one that was imported before is read like it.
 */
void
kilter_import_take_remembered (KilterImportDialog *self)
{
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = g_filename_display_name (base);
  const KilterProfile *profile;

  load (self);
  self->is_remembered = FALSE;
  g_clear_pointer (&self->profile, g_free);
  profile = self->profiles != NULL ? kilter_profiles_find_for_file (self->profiles, name) : NULL;
  if (profile == NULL)
    return;
  use (self, profile->name);
  self->is_remembered = TRUE;
}

/**
 * kilter_import_forget_remembered:
 *
 * What was remembered does not fit this file: it is read as if it were the first.
 *
 * Returns: whether anything was remembered
 */
gboolean
kilter_import_forget_remembered (KilterImportDialog *self)
{
  if (!self->is_remembered)
    return FALSE;
  self->is_remembered = FALSE;
  g_clear_pointer (&self->profile, g_free);
  g_clear_pointer (&self->options, kilter_import_options_free);
  self->options = kilter_import_options_new ();
  return TRUE;
}

/**
 * kilter_import_remember:
 *
 * After an import: the next file of such a name is read the same way. What a profile says by name
 * is not kept a second time.
 */
void
kilter_import_remember (KilterImportDialog *self)
{
  g_autoptr (KilterImportOptions) options = NULL;
  g_autofree char *pattern = kilter_profile_make_pattern (self->preview->file_name);

  load (self);
  if (self->profiles == NULL || (self->profile != NULL && !self->is_remembered))
    return;
  options = kilter_profile_remember (self->options, self->preview);
  kilter_profiles_put (self->profiles, pattern, pattern, options);
  save (self);
}

/* --- the row ------------------------------------------------------------------------------------
 */

/* What a position of the list means: NULL for no profile. */
static const char *
name_at (KilterImportDialog *self, guint position)
{
  gsize n;
  const KilterSystem *systems = kilter_system_get_all (&n);

  if (position == 0)
    return NULL;
  if (position <= n)
    return systems[position - 1].key;
  position -= (guint) n + 1;
  return self->profiles != NULL && position < kilter_profiles_get_n (self->profiles)
           ? kilter_profiles_get (self->profiles, position)->name
           : NULL;
}

void
kilter_import_show_profile (KilterImportDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  const char *current = self->profile != NULL ? self->profile : self->preview->system;
  guint selected = 0;
  gsize n;
  const KilterSystem *systems = kilter_system_get_all (&n);

  load (self);
  gtk_string_list_append (list, _ ("None"));
  for (gsize i = 0; i < n; i++)
    /* Translators: how a business system exports: "As Odoo Exports" */
    gtk_string_list_take (list, g_strdup_printf (_ ("Export of %s"), systems[i].name));
  for (guint i = 0; self->profiles != NULL && i < kilter_profiles_get_n (self->profiles); i++)
    {
      const KilterProfile *profile = kilter_profiles_get (self->profiles, i);

      if (g_strcmp0 (profile->name, profile->pattern) == 0)
        /* Translators: %s is a pattern of file names such as "sales-*.csv" */
        gtk_string_list_take (list, g_strdup_printf (_ ("As last time: %s"), profile->name));
      else
        gtk_string_list_append (list, profile->name);
    }
  for (guint i = 1; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    if (g_strcmp0 (name_at (self, i), current) == 0)
      selected = i;
  adw_combo_row_set_model (self->profile_row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->profile_row, selected);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.delete-profile", selected > n);
}

static void
profile_cb (KilterImportDialog *self)
{
  if (self->is_filling)
    return;
  self->is_remembered = FALSE;
  use (self, name_at (self, adw_combo_row_get_selected (self->profile_row)));
  kilter_import_read_again (self);
}

void
kilter_import_connect_profile (KilterImportDialog *self)
{
  g_signal_connect_swapped (self->profile_row, "notify::selected", G_CALLBACK (profile_cb), self);
}

/* --- saving and deleting ------------------------------------------------------------------------
 */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterImportDialog) self = data;
  GtkEditable *entry = g_object_get_data (source, "entry");
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  g_autoptr (KilterImportOptions) options = NULL;

  if (g_strcmp0 (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "save") != 0 ||
      *name == '\0' || self->preview == NULL)
    return;
  if (kilter_system_find (name) != NULL)
    {
      adw_toast_overlay_add_toast (self->toasts,
                                   adw_toast_new (_ ("This name belongs to a built-in profile")));
      return;
    }
  options = kilter_profile_remember (self->options, self->preview);
  kilter_profiles_put (self->profiles, name, NULL, options);
  save (self);
  g_set_str (&self->profile, name);
  self->is_remembered = FALSE;
  self->is_filling = TRUE;
  kilter_import_show_profile (self);
  self->is_filling = FALSE;
}

static void
entry_cb (GtkEditable *entry, gpointer data)
{
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (data), "save",
                                         *gtk_editable_get_text (entry) != '\0');
}

void
kilter_import_save_profile (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KilterImportDialog *self = KILTER_IMPORT_DIALOG (widget);
  AdwDialog *dialog;
  GtkWidget *entry;

  load (self);
  if (self->profiles == NULL || self->preview == NULL)
    return;
  dialog = adw_alert_dialog_new (_ ("Save as Profile"),
                                 _ ("Other files with the same columns can then be read like "
                                    "this one."));
  entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Name"));
  gtk_widget_add_css_class (entry, "card");
  gtk_editable_set_text (GTK_EDITABLE (entry), self->profile != NULL && !self->is_remembered &&
                                                   kilter_system_find (self->profile) == NULL
                                                 ? self->profile
                                                 : "");
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "save",
                                  _ ("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "save",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "save");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect (entry, "changed", G_CALLBACK (entry_cb), dialog);
  entry_cb (GTK_EDITABLE (entry), dialog);
  g_object_set_data (G_OBJECT (dialog), "entry", entry);
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), widget, NULL, saved_cb, g_object_ref (self));
}

void
kilter_import_delete_profile (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KilterImportDialog *self = KILTER_IMPORT_DIALOG (widget);
  const char *name = name_at (self, adw_combo_row_get_selected (self->profile_row));
  g_autofree char *text = NULL;

  if (name == NULL || kilter_system_find (name) != NULL)
    return;
  /* Translators: %s is the name of a profile */
  text = g_strdup_printf (_ ("Profile “%s” deleted"), name);
  kilter_profiles_remove (self->profiles, name);
  save (self);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
  self->is_remembered = FALSE;
  g_clear_pointer (&self->profile, g_free);
  self->is_filling = TRUE;
  kilter_import_show_profile (self);
  self->is_filling = FALSE;
}
