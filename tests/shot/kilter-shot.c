/* kilter-shot.c: pictures of every view, without a screen shot: the widgets are rendered by cairo
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "kilter-shot.h"

#include "app/kilter-application.h"
#include "app/dialogs/kilter-dialogs.h"
#include "app/document/kilter-document.h"
#include "app/import/kilter-import-dialog.h"
#include "app/kilter-sample-build.h"
#include "app/kilter-settings.h"
#include "app/help/kilter-help-window.h"
#include "app/meeting/kilter-meeting-view.h"
#include "app/window/kilter-views.h"
#include "app/window/kilter-window.h"

static char *plan_path;
static char *sample_path;
static char *out_dir;
static char *only;
static char *import_path;
static char *font;
static int width = 1440, height = 900;
static gboolean dark, high_contrast, with_dialogs, with_inspector, with_states, find_cut;
static double scale = 1;
static gboolean done;
static int exit_status;

static const GOptionEntry options[] = {
  { "plan", 'p', 0, G_OPTION_ARG_FILENAME, &plan_path, "The plan to show", "FILE" },
  { "make-sample", 0, 0, G_OPTION_ARG_FILENAME, &sample_path, "Only make the sample plan", "FILE" },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &out_dir, "Where the pictures go", "FOLDER" },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Only views that begin so", "VIEW[/PAGE]" },
  { "import", 0, 0, G_OPTION_ARG_FILENAME, &import_path, "With --dialogs: what is imported",
    "FILE" },
  { "font", 0, 0, G_OPTION_ARG_STRING, &font, "The interface font", "NAME SIZE" },
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "Width of the window", "PX" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, "Height of the window", "PX" },
  { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &scale, "Text size, 1.5 for 150 %", "FACTOR" },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark", NULL },
  { "high-contrast", 0, 0, G_OPTION_ARG_NONE, &high_contrast, "High contrast", NULL },
  { "inspector", 0, 0, G_OPTION_ARG_NONE, &with_inspector, "Each page with its inspector shown",
    NULL },
  { "find-cut", 0, 0, G_OPTION_ARG_NONE, &find_cut, "Name texts that do not fit; fail with them",
    NULL },
  { "dialogs", 0, 0, G_OPTION_ARG_NONE, &with_dialogs, "The dialogs, too", NULL },
  { "states", 0, 0, G_OPTION_ARG_NONE, &with_states,
    "Only the pages of steps 1 and 2, empty, finished, read-only, open, busy, with an error",
    NULL },
  { NULL },
};

static gboolean
stop_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets everything settle: idles, layout, some frames. The time counts in slices after which nothing
 * is left to do, so that a busy machine only takes longer. */
void
shot_settle (guint milliseconds)
{
  for (guint waited = 0; waited < milliseconds; waited += 10)
    {
      gboolean is_over = FALSE, is_idle = FALSE;

      g_timeout_add (10, stop_cb, &is_over);
      while (!is_over)
        g_main_context_iteration (NULL, TRUE);
      g_idle_add_full (G_PRIORITY_LOW + 100, stop_cb, &is_idle, NULL);
      while (!is_idle)
        g_main_context_iteration (NULL, TRUE);
    }
}

/* What the widget draws; on a busy machine the first frame of a page may still be on its way. */
static GskRenderNode *
draw (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
      GskRenderNode *node;

      gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), gtk_widget_get_width (widget),
                              gtk_widget_get_height (widget));
      node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
      if (node != NULL)
        return node;
      shot_settle (250);
    }
  return NULL;
}

static gboolean
has_tooltip (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_has_tooltip (widget))
      return TRUE;
  return FALSE;
}

/* Texts that are cut, with nothing that says them whole, and parts that are wider than their place.
 */
static void
name_what_does_not_fit (GtkWidget *widget, const char *place)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) &&
      pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))) &&
      !has_tooltip (widget))
    {
      g_print ("cut: %s: %s\n", place, gtk_label_get_text (GTK_LABEL (widget)));
      exit_status = 1;
    }
  if (ADW_IS_BREAKPOINT_BIN (widget))
    {
      int least;

      gtk_widget_measure (adw_breakpoint_bin_get_child (ADW_BREAKPOINT_BIN (widget)),
                          GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      if (least > gtk_widget_get_width (widget))
        {
          g_print ("wide: %s: %d px in %d\n", place, least, gtk_widget_get_width (widget));
          exit_status = 1;
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_what_does_not_fit (child, place);
}

void
shot_save (GtkWidget *widget, const char *name)
{
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GskRenderNode) node = draw (widget);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = NULL;
  int w = gtk_widget_get_width (widget), h = gtk_widget_get_height (widget);

  g_strdelimit (file, "/", '-');
  path = g_build_filename (out_dir, file, NULL);
  if (find_cut)
    name_what_does_not_fit (widget, name);
  if (node == NULL)
    {
      g_printerr ("kilter-shot: %s draws nothing\n", name);
      exit_status = 1;
      return;
    }
  if (!gsk_renderer_realize_for_display (renderer, gtk_widget_get_display (widget), &error))
    g_error ("%s", error->message);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, w, h));
  gsk_renderer_unrealize (renderer);
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("cannot write %s", path);
  g_print ("%s\n", path);
}

gboolean
shot_wanted (const char *name)
{
  return only == NULL || g_str_has_prefix (name, only);
}

KilterWindow *
shot_make_window (GtkApplication *application, KilterDocument *document)
{
  KilterWindow *window = kilter_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_unmaximize (GTK_WINDOW (window));
  kilter_window_set_document (window, document);
  gtk_window_present (GTK_WINDOW (window));
  shot_settle (500);
  return window;
}

static void
shoot_pages (KilterWindow *window)
{
  for (guint i = 0; i < kilter_views_get_n (); i++)
    {
      const KilterViewInfo *view = kilter_views_get (i);

      for (guint k = 0; kilter_view_has_pages (view) && k < view->n_pages; k++)
        {
          g_autofree char *name = g_strdup_printf ("%s/%s", view->key, view->pages[k].key);

          if (view->pages[k].get_type == NULL || !shot_wanted (name))
            continue;
          kilter_window_show (window, name);
          shot_settle (450);
          if (with_inspector)
            {
              gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-inspector", NULL);
              shot_settle (450);
            }
          shot_save (GTK_WIDGET (window), name);
        }
    }
}

static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LIST_BOX (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

/* each item of the agenda on the projector */
static void
shoot_meeting (KilterWindow *window)
{
  GtkWidget *stack, *agenda;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.start-meeting", "s", "pre");
  gtk_window_unfullscreen (GTK_WINDOW (window));
  shot_settle (600);
  stack = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (window)),
                                   KILTER_TYPE_MEETING_VIEW);
  if (stack == NULL)
    return;
  agenda = find_list (stack);
  for (int i = 0; gtk_list_box_get_row_at_index (GTK_LIST_BOX (agenda), i) != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("meeting-%d", i + 1);

      g_signal_emit_by_name (agenda, "row-activated",
                             gtk_list_box_get_row_at_index (GTK_LIST_BOX (agenda), i));
      shot_settle (450);
      shot_save (GTK_WIDGET (window), name);
    }
  g_signal_emit_by_name (stack, "leave");
  shot_settle (200);
}

/* a dialog is part of the window once it is presented */
static void
shoot_dialog (KilterWindow *window, const char *name)
{
  AdwDialog *dialog;

  shot_settle (450);
  shot_save (GTK_WIDGET (window), name);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  if (dialog != NULL)
    adw_dialog_force_close (dialog);
  shot_settle (200);
}

static void
shoot_help (GtkApplication *application)
{
  KilterHelpWindow *help = kilter_help_present (application, "metrics");

  shot_settle (450);
  shot_save (GTK_WIDGET (help), "help-metrics");
  kilter_help_window_show (help, "forecast");
  shot_settle (450);
  shot_save (GTK_WIDGET (help), "help-forecast");
  gtk_window_destroy (GTK_WINDOW (help));
}

static void
shoot_dialogs (KilterWindow *window)
{
  GtkWidget *widget = GTK_WIDGET (window);
  KilterDocument *document = kilter_window_get_document (window);
  KilterSession *session = kilter_window_get_session (window);

  kilter_new_plan_dialog_present (widget);
  shoot_dialog (window, "dialog-new-plan");
  kilter_preferences_dialog_present (widget);
  shoot_dialog (window, "dialog-preferences");
  kilter_shortcuts_dialog_present (widget);
  shoot_dialog (window, "dialog-shortcuts");
  kilter_about_dialog_present (widget);
  shoot_dialog (window, "dialog-about");
  if (document == NULL)
    return;
  shoot_help (GTK_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))));
  kilter_search_dialog_present (widget, document, session);
  shoot_dialog (window, "dialog-search");
  kilter_finish_dialog_present (widget, document, session, 3);
  shoot_dialog (window, "dialog-finish");
  kilter_reopen_dialog_present (widget, document, 2);
  shoot_dialog (window, "dialog-reopen");
  kilter_next_cycle_dialog_present (widget, document);
  shoot_dialog (window, "dialog-next-cycle");
  kilter_calendar_dialog_present (widget, document);
  shoot_dialog (window, "dialog-calendar");
  kilter_properties_dialog_present (widget, document);
  shoot_dialog (window, "dialog-properties");
  kilter_scenario_dialog_present (widget, document, session);
  shoot_dialog (window, "dialog-scenario");
  kilter_filters_dialog_present (widget, document, session,
                                 KILTER_PAGE_NEEDS_SCOPE | KILTER_PAGE_NEEDS_UNITS);
  shoot_dialog (window, "dialog-filters");
}

static AdwExpanderRow *
find_expander (GtkWidget *widget)
{
  if (ADW_IS_EXPANDER_ROW (widget))
    return ADW_EXPANDER_ROW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      AdwExpanderRow *found = find_expander (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* the three steps, without the last press */
static void
shoot_import (KilterWindow *window)
{
  g_autoptr (GFile) file = g_file_new_for_path (import_path);
  KilterImportDialog *dialog = kilter_import_dialog_new (kilter_window_get_document (window), NULL);
  AdwExpanderRow *expander;

  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  shoot_dialog (window, "import-1-choose");
  dialog = kilter_import_dialog_new (kilter_window_get_document (window), file);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  shot_settle (1200);
  shot_save (GTK_WIDGET (window), "import-2-match");
  expander = find_expander (GTK_WIDGET (dialog));
  if (expander != NULL)
    {
      adw_expander_row_set_expanded (expander, TRUE);
      shot_settle (600);
      shot_save (GTK_WIDGET (window), "import-2-read");
      adw_expander_row_set_expanded (expander, FALSE);
      shot_settle (300);
    }
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.next", NULL);
  shoot_dialog (window, "import-3-result");
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KilterDocument **out = data;
  g_autoptr (GError) error = NULL;

  *out = kilter_document_open_finish (result, &error);
  if (*out == NULL)
    g_printerr ("kilter-shot: %s: %s\n", plan_path, error->message);
  done = TRUE;
}

KilterDocument *
shot_open_plan (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  KilterDocument *document = NULL;

  done = FALSE;

  kilter_document_open_async (file, KILTER_STORE_DEFAULT, NULL, opened_cb, &document);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  return document;
}

static int
make_sample (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (sample_path);
  g_autoptr (KilterJob) job = kilter_job_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (g_getenv ("KILTER_PKGDATADIR"), "sample", NULL);

  /* the words that go into the plan; there is no application yet */
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("KILTER_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_file_delete (file, NULL, NULL);
  if (kilter_sample_build (file, folder, job, &error))
    return 0;
  g_printerr ("kilter-shot: %s\n", error->message);
  return 1;
}

/* nothing around the window, as a compositor would draw it */
static const char style[] = "window.csd, window.solid-csd { margin: 0; padding: 0; border: none;"
                            " box-shadow: none; border-radius: 0; }";

static void
set_looks (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-enable-animations", FALSE, "gtk-font-name",
                font != NULL ? font : "Adwaita Sans, Inter 11", "gtk-xft-dpi",
                (int) (96 * 1024 * scale), "gtk-xft-antialias", 1, "gtk-xft-hinting", 0,
                "gtk-cursor-blink", FALSE, NULL);
  gtk_css_provider_load_from_string (provider, style);
  gtk_style_context_add_provider_for_display (
    gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_USER);
  adw_style_manager_set_color_scheme (manager, dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                    : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

/* the start window as it looks after some weeks; settings are in memory under tests/headless */
static void
add_recent (void)
{
  static const KilterRecent plans[] = {
    { (char *) "file:///nowhere/Sample%20Plan.kilter", (char *) "Sample Plan", (char *) "2026-01",
      (char *) "monitor" },
    { (char *) "portal:///Shared/Planning/Heron.kilter", (char *) "Heron Appliances",
      (char *) "2026-03", (char *) "approved" },
    { (char *) "portal:///Documents/What-If.kilter", (char *) "Bluebird Foods, what-if new plant",
      (char *) "2026-04", (char *) "balance" },
    { (char *) "portal:///Documents/Bluebird.kilter", (char *) "Bluebird Foods", (char *) "2026-04",
      (char *) "supply" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    kilter_settings_add_recent (&plans[i]);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (KilterApplication) application = NULL;
  g_autoptr (KilterDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  KilterWindow *window;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) ||
      (out_dir == NULL && sample_path == NULL))
    {
      g_printerr ("kilter-shot: %s\n", error != NULL ? error->message : "--out is missing");
      return 2;
    }
  if (sample_path != NULL)
    return make_sample ();
  if (high_contrast)
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
  g_mkdir_with_parents (out_dir, 0755);
  application = kilter_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    {
      g_printerr ("kilter-shot: %s\n", error->message);
      return 1;
    }
  set_looks ();
  if (with_states && plan_path != NULL)
    {
      shot_states (GTK_APPLICATION (application), plan_path);
      return exit_status;
    }
  if (shot_wanted ("start"))
    {
      add_recent ();
      window = shot_make_window (GTK_APPLICATION (application), NULL);
      shot_save (GTK_WIDGET (window), "start");
      if (with_dialogs && plan_path == NULL)
        shoot_dialogs (window);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  if (plan_path != NULL)
    {
      document = shot_open_plan (plan_path);
      if (document == NULL)
        return 1;
      window = shot_make_window (GTK_APPLICATION (application), document);
      shoot_pages (window);
      if (shot_wanted ("meeting"))
        shoot_meeting (window);
      if (with_dialogs)
        {
          kilter_window_show (window, "overview");
          shoot_dialogs (window);
          if (import_path != NULL)
            shoot_import (window);
        }
      gtk_window_destroy (GTK_WINDOW (window));
    }
  return exit_status;
}
