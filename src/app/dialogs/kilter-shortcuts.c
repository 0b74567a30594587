/* kilter-shortcuts.c: the dialogs that only tell: shortcuts, about, messages
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dialogs/kilter-dialogs.h"
#include "app/help/kilter-help-window.h"

#include <glib/gi18n-lib.h>

#include "kilter-config.h"

typedef struct
{
  const char *group; /* of a heading, else NULL */
  const char *title;
  const char *keys; /* accelerators, separated by spaces */
} Shortcut;

static const Shortcut shortcuts[] = {
  { N_ ("Plans"), NULL, NULL },
  { NULL, N_ ("New plan"), "<Control>n" },
  { NULL, N_ ("Open plan"), "<Control>o" },
  { NULL, N_ ("Import"), "<Control>i" },
  { NULL, N_ ("Close window"), "<Control>w" },
  { NULL, N_ ("Quit"), "<Control>q" },
  { NULL, N_ ("Preferences"), "<Control>comma" },
  { NULL, N_ ("Keyboard shortcuts"), "<Control>question" },
  { NULL, N_ ("Help"), "F1" },
  { NULL, N_ ("Main menu"), "F10" },
  { N_ ("Moving"), NULL, NULL },
  { NULL, N_ ("Overview"), "<Control>0" },
  { NULL, N_ ("Steps 1 to 6"), "<Control>1 <Control>6" },
  { NULL, N_ ("Previous or next page"), "<Control>Page_Up <Control>Page_Down" },
  { NULL, N_ ("Next region of the window"), "F6" },
  { NULL, N_ ("Next or previous exception"), "F8 <Shift>F8" },
  { NULL, N_ ("Saved views"), "<Alt>1 <Alt>9" },
  { NULL, N_ ("Previous or next product"), "<Alt>Page_Up <Alt>Page_Down" },
  { NULL, N_ ("Back to where a number was opened from"), "<Alt>BackSpace" },
  { NULL, N_ ("Search"), "<Control>f" },
  { NULL, N_ ("Commands"), "<Control>k" },
  { NULL, N_ ("Sidebar"), "F9" },
  { NULL, N_ ("Inspector"), "<Control>F9" },
  { NULL, N_ ("Next unit"), "<Control>u" },
  { NULL, N_ ("Full screen"), "F11" },
  { N_ ("Planning"), NULL, NULL },
  { NULL, N_ ("Undo"), "<Control>z" },
  { NULL, N_ ("Redo"), "<Control><Shift>z" },
  { NULL, N_ ("Calculate what the page is about"), "F5" },
  { NULL, N_ ("Save as scenario"), "<Control><Shift>s" },
  { N_ ("Grid"), NULL, NULL },
  { NULL, N_ ("Edit cell"), "F2" },
  { NULL, N_ ("Clear override"), "Delete" },
  { NULL, N_ ("Fill down, fill right"), "<Control>d <Control>r" },
  { NULL, N_ ("Copy, copy with headers"), "<Control>c <Control><Shift>c" },
  { NULL, N_ ("Paste"), "<Control>v" },
  { NULL, N_ ("Select row, select column"), "<Shift>space <Control>space" },
  { NULL, N_ ("Continue the season down, right"), "<Control><Alt>d <Control><Alt>r" },
  { NULL, N_ ("Lock or unlock"), "<Control>l" },
  { NULL, N_ ("Comment"), "<Control><Alt>m" },
  { NULL, N_ ("Collapse, expand"), "<Alt>Left <Alt>Right" },
  { NULL, N_ ("Levels 1 to 4"), "<Alt><Shift>1 <Alt><Shift>4" },
  { N_ ("Charts"), NULL, NULL },
  { NULL, N_ ("Previous or next month"), "Left Right" },
  { NULL, N_ ("Raise or lower the final forecast"), "<Alt>Up <Alt>Down" },
  { NULL, N_ ("Previous or next series"), "Up Down" },
  { NULL, N_ ("Copy data"), "<Control>c" },
  { NULL, N_ ("Chart menu"), "Menu" },
};

/* "Ctrl+F9 / F9" as key caps */
static GtkWidget *
make_keys (const char *keys)
{
  g_auto (GStrv) list = g_strsplit (keys, " ", -1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; list[i] != NULL; i++)
    {
      GdkModifierType modifiers;
      guint key;
      g_autofree char *text = NULL;
      GtkWidget *cap;

      if (!gtk_accelerator_parse (list[i], &key, &modifiers))
        continue;
      text = gtk_accelerator_get_label (key, modifiers);
      cap = gtk_label_new (text);
      gtk_widget_add_css_class (cap, "keycap");
      gtk_widget_add_css_class (cap, "kilter-keycap");
      gtk_box_append (GTK_BOX (box), cap);
    }
  return box;
}

void
kilter_shortcuts_dialog_present (GtkWidget *parent)
{
  AdwDialog *dialog = adw_preferences_dialog_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      GtkWidget *row;

      if (shortcuts[i].group != NULL)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (shortcuts[i].group));
          adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
          continue;
        }
      row = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcuts[i].title));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_keys (shortcuts[i].keys));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (dialog), ADW_PREFERENCES_PAGE (page));
  adw_preferences_dialog_set_search_enabled (ADW_PREFERENCES_DIALOG (dialog), TRUE);
  adw_dialog_set_title (dialog, _ ("Keyboard Shortcuts"));
  adw_dialog_set_content_width (dialog, 560);
  kilter_help_set_page (GTK_WIDGET (dialog), "grid");
  adw_dialog_present (dialog, parent);
}

void
kilter_about_dialog_present (GtkWidget *parent)
{
  AdwDialog *dialog = adw_about_dialog_new ();
  AdwAboutDialog *about = ADW_ABOUT_DIALOG (dialog);

  adw_about_dialog_set_application_name (about, _ ("Kilter"));
  adw_about_dialog_set_application_icon (about, KILTER_APP_ID);
  adw_about_dialog_set_version (about, KILTER_VERSION);
  adw_about_dialog_set_developer_name (about, _ ("The Kilter maintainers"));
  adw_about_dialog_set_comments (about, _ ("Plan sales and operations together, month by month."));
  adw_about_dialog_set_license_type (about, GTK_LICENSE_GPL_3_0);
  /* Translators: put your names here, one a line */
  adw_about_dialog_set_translator_credits (about, _ ("translator-credits"));
  adw_dialog_present (dialog, parent);
}

void
kilter_message_dialog_present (GtkWidget *parent, const char *title, const char *body)
{
  AdwDialog *dialog = adw_alert_dialog_new (title, body);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, parent);
}
