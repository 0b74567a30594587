/* kilter-password-dialog.c: asks for the password of a sealed file, or for a new one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dialogs/kilter-password-dialog.h"

#include "seal/kilter-seal.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  KilterPasswordFunc func;
  gpointer user_data;
  GtkEditable *password;
  GtkEditable *again; /* (nullable): of a new one */
} Request;

/**
 * kilter_password_get_new:
 * @again: the same once more
 *
 * Returns: (transfer full) (nullable): a password that may be taken; to be given to
 *   kilter_seal_forget()
 */
char *
kilter_password_get_new (GtkEditable *password, GtkEditable *again)
{
  const char *text = gtk_editable_get_text (password);

  return g_utf8_strlen (text, -1) >= KILTER_SEAL_MIN_PASSWORD &&
             g_str_equal (text, gtk_editable_get_text (again))
           ? g_strdup (text)
           : NULL;
}

static void
changed_cb (AdwAlertDialog *dialog)
{
  Request *self = g_object_get_data (G_OBJECT (dialog), "request");
  char *good = self->again != NULL ? kilter_password_get_new (self->password, self->again)
                                   : g_strdup (gtk_editable_get_text (self->password));

  adw_alert_dialog_set_response_enabled (dialog, "open", good != NULL && *good != '\0');
  kilter_seal_forget (good);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Request *self = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  char *password = g_str_equal (answer, "open") ? g_strdup (gtk_editable_get_text (self->password))
                                                : NULL;

  gtk_editable_set_text (self->password, "");
  if (self->again != NULL)
    gtk_editable_set_text (self->again, "");
  self->func (password, self->user_data);
}

static GtkEditable *
add_row (GtkListBox *list, AdwAlertDialog *dialog, const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), dialog, G_CONNECT_SWAPPED);
  gtk_list_box_append (list, row);
  return GTK_EDITABLE (row);
}

/**
 * kilter_password_dialog_present:
 * @body: what the password is for, or why it is asked for again
 * @is_new: whether it is chosen now: then it is asked for twice
 * @func: gets the password, %NULL when nobody wants to give one
 */
void
kilter_password_dialog_present (GtkWidget *parent,
                                const char *title,
                                const char *body,
                                gboolean is_new,
                                KilterPasswordFunc func,
                                gpointer user_data)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (title, body));
  GtkWidget *list = gtk_list_box_new ();
  Request *self = g_new0 (Request, 1);

  self->func = func;
  self->user_data = user_data;
  g_object_set_data (G_OBJECT (dialog), "request", self);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  self->password = add_row (GTK_LIST_BOX (list), dialog, _ ("Password"));
  if (is_new)
    self->again = add_row (GTK_LIST_BOX (list), dialog, _ ("The Same Once More"));
  adw_alert_dialog_set_extra_child (dialog, list);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "open",
                                  is_new ? _ ("_Seal") : _ ("_Open"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "open", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "open");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_set_response_enabled (dialog, "open", FALSE);
  adw_alert_dialog_choose (dialog, parent, NULL, answered_cb, self);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}
