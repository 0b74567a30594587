/* kilter-application.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/kilter-application.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/help/kilter-help-window.h"
#include "report/words/kilter-format.h"
#include "app/kilter-open.h"
#include "app/kilter-settings.h"
#include "app/widgets/kilter-row-names.h"
#include "app/window/kilter-window.h"
#include "kilter-config.h"
#include "report/words/kilter-language.h"

struct _KilterApplication
{
  AdwApplication parent_instance;

  gboolean has_offered_recovery;
};

G_DEFINE_FINAL_TYPE (KilterApplication, kilter_application, ADW_TYPE_APPLICATION)

/* --- helpers ------------------------------------------------------------------------------------
 */

static KilterWindow *
active_window (KilterApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  return window != NULL && KILTER_IS_WINDOW (window) ? KILTER_WINDOW (window) : NULL;
}

static KilterWindow *
need_window (KilterApplication *self)
{
  KilterWindow *window = active_window (self);

  if (window == NULL)
    window = kilter_window_new (GTK_APPLICATION (self));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
offer_recovery (KilterApplication *self)
{
  KilterWindow *window = active_window (self);

  if (self->has_offered_recovery || window == NULL)
    return;
  self->has_offered_recovery = TRUE;
  kilter_open_offer_recovery (GTK_APPLICATION (self), window);
}

static void
look_changed_cb (GSettings *settings)
{
  static const char *const scales[] = { "auto", "ones", "thousands", "millions" };
  static const int powers[] = { -1, 0, 3, 6 };
  g_autofree char *scale = g_settings_get_string (settings, "unit-scale");
  int power = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    if (g_str_equal (scale, scales[i]))
      power = powers[i];
  kilter_format_set_preferences (power, g_settings_get_int (settings, "decimals"));
}

/* --- actions ------------------------------------------------------------------------------------
 */

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (data));

  /* each publishes and goes; the application ends with the last one */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  g_list_free (windows);
}

typedef struct
{
  GtkApplication *application; /* owned */
  guint cookie;                /* 0 where there is no session that could wait */
} SessionEnd;

static void
session_end_free (gpointer data)
{
  SessionEnd *self = data;

  if (self->cookie != 0)
    gtk_application_uninhibit (self->application, self->cookie);
  g_object_unref (self->application);
}

static void
session_end_published_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  /* when it fails the working copy offers the changes at the next start */
  kilter_document_file_finish (KILTER_DOCUMENT (source), result, NULL);
  g_rc_box_release_full (data, session_end_free);
}

/* The session ends: what is not in the files yet is written, whatever is open; nobody is asked, and
 * the session waits no longer than that. */
static void
query_end_cb (GtkApplication *application, gpointer data)
{
  SessionEnd *end = g_rc_box_new0 (SessionEnd);

  end->application = g_object_ref (application);
  end->cookie = gtk_application_inhibit (
    application, gtk_application_get_active_window (application), GTK_APPLICATION_INHIBIT_LOGOUT,
    _ ("The plan is being written to its file."));
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    {
      KilterDocument *document = KILTER_IS_WINDOW (l->data)
                                   ? kilter_window_get_document (KILTER_WINDOW (l->data))
                                   : NULL;

      if (document != NULL && kilter_document_has_unpublished (document))
        kilter_document_publish_async (document, session_end_published_cb, g_rc_box_acquire (end));
    }
  g_rc_box_release_full (end, session_end_free);
}

static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (kilter_window_new (data)));
}

static void
sample_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_open_sample (data, active_window (data), FALSE);
}

static void
sample_restart_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  if (g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "restart"))
    kilter_open_sample (data, active_window (data), TRUE);
}

static void
sample_restart_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (
    adw_alert_dialog_new (_ ("Start the Sample Plan Over?"),
                          _ ("Everything you changed in the sample plan is forgotten.")));

  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (dialog, "restart", _ ("_Start Over"));
  adw_alert_dialog_set_response_appearance (dialog, "restart", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (need_window (data)), NULL,
                           sample_restart_answered_cb, data);
}

static void
new_plan_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_new_plan_dialog_present (GTK_WIDGET (need_window (data)));
}

static void
import_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    kilter_import_dialog_present (GTK_WIDGET (need_window (data)), NULL, file);
}

static void
new_from_files_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Choose a File with Sales"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (need_window (data)), NULL, import_chosen_cb, data);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_preferences_dialog_present (GTK_WIDGET (need_window (data)));
}

static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_shortcuts_dialog_present (GTK_WIDGET (need_window (data)));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_about_dialog_present (GTK_WIDGET (need_window (data)));
}

/* The page about what the person looks at. */
static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *window = active_window (data);
  KilterSession *session = window != NULL ? kilter_window_get_session (window) : NULL;
  const char *page = NULL;

  if (window != NULL)
    {
      GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
      AdwDialog *dialog = adw_application_window_get_visible_dialog (
        ADW_APPLICATION_WINDOW (window));

      page = kilter_help_find_page (dialog != NULL ? GTK_WIDGET (dialog) : focus);
    }
  if (page == NULL && session != NULL)
    page = kilter_session_get_view (session);
  kilter_help_present (data, page);
}

static const GActionEntry entries[] = {
  { .name = "quit", .activate = quit_cb },
  { .name = "new-window", .activate = new_window_cb },
  { .name = "sample", .activate = sample_cb },
  { .name = "sample-restart", .activate = sample_restart_cb },
  { .name = "new-plan", .activate = new_plan_cb },
  { .name = "new-from-files", .activate = new_from_files_cb },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "shortcuts", .activate = shortcuts_cb },
  { .name = "help", .activate = help_cb },
  { .name = "about", .activate = about_cb },
};

/* section 12 of the design; those of the grid and the charts are theirs */
static const struct
{
  const char *action;
  const char *keys[3];
} accels[] = {
  { "app.new-plan", { "<Control>n" } },
  { "win.open", { "<Control>o" } },
  { "win.close", { "<Control>w" } },
  { "app.quit", { "<Control>q" } },
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { "win.search", { "<Control>f" } },
  { "win.commands", { "<Control>k" } },
  { "win.import", { "<Control>i" } },
  { "win.print", { "<Control>p" } },
  { "win.export-pdf", { "<Control><Shift>p" } },
  { "win.run", { "F5" } },
  { "win.show-view::overview", { "<Control>0" } },
  { "win.show-step(1)", { "<Control>1" } },
  { "win.show-step(2)", { "<Control>2" } },
  { "win.show-step(3)", { "<Control>3" } },
  { "win.show-step(4)", { "<Control>4" } },
  { "win.show-step(5)", { "<Control>5" } },
  { "win.show-step(6)", { "<Control>6" } },
  { "win.page-step(-1)", { "<Control>Page_Up" } },
  { "win.page-step(1)", { "<Control>Page_Down" } },
  { "win.toggle-sidebar", { "F9" } },
  { "win.toggle-inspector", { "<Control>F9" } },
  { "win.region(1)", { "F6" } },
  { "win.region(-1)", { "<Shift>F6" } },
  { "win.problem(1)", { "F8" } },
  { "win.problem(-1)", { "<Shift>F8" } },
  { "win.next-unit", { "<Control>u" } },
  { "win.new-scenario", { "<Control><Shift>s" } },
  { "win.start-meeting::", { "<Control><Shift>m" } },
  { "win.saved-view(1)", { "<Alt>1" } },
  { "win.saved-view(2)", { "<Alt>2" } },
  { "win.saved-view(3)", { "<Alt>3" } },
  { "win.saved-view(4)", { "<Alt>4" } },
  { "win.saved-view(5)", { "<Alt>5" } },
  { "win.saved-view(6)", { "<Alt>6" } },
  { "win.saved-view(7)", { "<Alt>7" } },
  { "win.saved-view(8)", { "<Alt>8" } },
  { "win.saved-view(9)", { "<Alt>9" } },
  { "win.go-back", { "<Alt>BackSpace" } },
  { "win.walk(-1)", { "<Alt>Page_Up" } },
  { "win.walk(1)", { "<Alt>Page_Down" } },
  { "win.fullscreen", { "F11" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.help", { "F1" } },
};

/* --- vfuncs -------------------------------------------------------------------------------------
 */

static void
kilter_application_startup (GApplication *application)
{
  KilterApplication *self = KILTER_APPLICATION (application);
  GSettings *settings;

  G_APPLICATION_CLASS (kilter_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (KILTER_APP_ID);
  kilter_row_names_watch ();
  settings = kilter_settings_get ();
  g_signal_connect (settings, "changed::unit-scale", G_CALLBACK (look_changed_cb), NULL);
  g_signal_connect (settings, "changed::decimals", G_CALLBACK (look_changed_cb), NULL);
  look_changed_cb (settings);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (
      GTK_APPLICATION (self), accels[i].action,
      (const char *const[]) { accels[i].keys[0], accels[i].keys[1], NULL });
}

static void
kilter_application_activate (GApplication *application)
{
  KilterApplication *self = KILTER_APPLICATION (application);

  need_window (self);
  offer_recovery (self);
}

static void
kilter_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  KilterApplication *self = KILTER_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    kilter_open_file (GTK_APPLICATION (self), active_window (self), files[i]);
  offer_recovery (self);
}

static int
kilter_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (line, NULL);
  gboolean done = FALSE;

  if (g_variant_dict_contains (options, "new-window"))
    {
      g_action_group_activate_action (G_ACTION_GROUP (application), "new-window", NULL);
      done = TRUE;
    }
  if (g_variant_dict_contains (options, "sample"))
    {
      g_action_group_activate_action (G_ACTION_GROUP (application), "sample", NULL);
      done = TRUE;
    }
  for (int i = 1; arguments[0] != NULL && arguments[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, arguments[i]);

      g_application_open (application, &file, 1, "");
      done = TRUE;
    }
  if (!done)
    g_application_activate (application);
  return 0;
}

static void
kilter_application_class_init (KilterApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = kilter_application_startup;
  application_class->activate = kilter_application_activate;
  application_class->open = kilter_application_open;
  application_class->command_line = kilter_application_command_line;
}

static const GOptionEntry options[] = {
  { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the sample plan"), NULL },
  { "new-window", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open a new window"), NULL },
  { NULL },
};

static void
kilter_application_init (KilterApplication *self)
{
  const char *localedir = g_getenv ("KILTER_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (KILTER_GETTEXT_PACKAGE, localedir != NULL ? localedir : KILTER_LOCALEDIR);
  bind_textdomain_codeset (KILTER_GETTEXT_PACKAGE, "UTF-8");
  kilter_language_prepare ();
  textdomain (KILTER_GETTEXT_PACKAGE);
  g_set_application_name (_ ("Kilter"));
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[PLAN…]"));
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_signal_connect (self, "query-end", G_CALLBACK (query_end_cb), NULL);
}

KilterApplication *
kilter_application_new (void)
{
  return g_object_new (KILTER_TYPE_APPLICATION, "application-id", KILTER_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/io/github/kilter_sop/Kilter", "register-session",
                       TRUE, NULL);
}
