/* kilter-start-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-start-view.h"

#include <glib/gi18n-lib.h>

#include "app/kilter-settings.h"
#include "app/widgets/kilter-step-marker.h"
#include "app/window/kilter-views.h"
#include "base/kilter-calendar.h"

struct _KilterStartView
{
  AdwBin parent_instance;

  AdwClamp *clamp;
  GtkBox *columns;
  AdwPreferencesGroup *recent_group;
  GtkStack *sample_stack;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (KilterStartView, kilter_start_view, ADW_TYPE_BIN)

/* --- recent plans -------------------------------------------------------------------------------
 */

/* "Documents / Planning" */
static char *
folder_text (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());
  g_autofree char *path = folder != NULL ? g_file_get_relative_path (home, folder) : NULL;
  g_auto (GStrv) parts = NULL;

  /* elsewhere than at home the nearest folder must do */
  if (path == NULL)
    return folder != NULL ? g_file_get_basename (folder) : g_strdup ("");
  parts = g_strsplit (path, "/", -1);
  return g_strjoinv (" / ", parts);
}

/* "April 2026 · Supply Review" */
static char *
state_text (const KilterRecent *recent)
{
  const KilterViewInfo *view = kilter_views_find (recent->step);
  KilterBucket bucket = kilter_bucket_from_string (KILTER_BUCKET_MONTH, recent->cycle);
  g_autofree char *month = bucket != KILTER_BUCKET_NONE
                             ? kilter_bucket_get_label (KILTER_BUCKET_MONTH, bucket)
                             : g_strdup (recent->cycle);

  /* Translators: a cycle month and the state of its plan */
  return g_strdup_printf (_ ("%1$s · %2$s"), month,
                          view != NULL ? _ (view->title) : _ ("Approved"));
}

static void
activated_cb (GtkWidget *row, gpointer data)
{
  GFile *file = g_object_get_data (G_OBJECT (row), "file");
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (row));

  g_application_open (G_APPLICATION (gtk_window_get_application (window)), &file, 1, "here");
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWidget *row = data;
  GFile *file = g_object_get_data (G_OBJECT (row), "file");
  g_autofree char *uri = g_file_get_uri (file);
  GtkWidget *view = gtk_widget_get_ancestor (row, KILTER_TYPE_START_VIEW);

  kilter_settings_remove_recent (uri);
  if (view != NULL)
    kilter_start_view_refresh (KILTER_START_VIEW (view));
}

static void
show_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWidget *row = data;
  g_autoptr (GtkFileLauncher)
    launcher = gtk_file_launcher_new (g_object_get_data (G_OBJECT (row), "file"));

  gtk_file_launcher_open_containing_folder (launcher, GTK_WINDOW (gtk_widget_get_root (row)), NULL,
                                            NULL, NULL);
}

static void
popup_menu (GtkWidget *row, double x, double y)
{
  GtkWidget *popover = g_object_get_data (G_OBJECT (row), "menu");

  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer row)
{
  popup_menu (row, x, y);
}

static void
unparent_menu_cb (GtkWidget *row, gpointer popover)
{
  g_clear_pointer ((GtkWidget **) &popover, gtk_widget_unparent);
}

static void
add_menu (GtkWidget *row)
{
  static const GActionEntry entries[] = {
    { .name = "remove", .activate = remove_cb },
    { .name = "show-folder", .activate = show_folder_cb },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkWidget *popover;

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), row);
  gtk_widget_insert_action_group (row, "recent", G_ACTION_GROUP (group));
  g_menu_append (menu, _ ("Show in Files"), "recent.show-folder");
  g_menu_append (menu, _ ("Remove from List"), "recent.remove");
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_parent (popover, row);
  g_object_set_data (G_OBJECT (row), "menu", popover);
  g_signal_connect (row, "destroy", G_CALLBACK (unparent_menu_cb), popover);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
}

static void
add_missing_suffix (GtkWidget *row)
{
  GtkWidget *label = gtk_label_new (_ ("Not found"));
  GtkWidget *button = gtk_button_new_with_label (_ ("Remove"));

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "recent.remove");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
make_row (const KilterRecent *recent)
{
  GtkWidget *row = adw_action_row_new ();
  g_autoptr (GFile) file = g_file_new_for_uri (recent->uri);
  g_autofree char *folder = folder_text (file);
  g_autofree char *state = state_text (recent);
  const KilterViewInfo *view = kilter_views_find (recent->step);
  GtkWidget *marker = kilter_step_marker_new (view != NULL ? view->step : 6, 20);
  GtkWidget *label;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), recent->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), folder);
  kilter_step_marker_set_state (KILTER_STEP_MARKER (marker),
                                view != NULL ? KILTER_STEP_IN_PROGRESS : KILTER_STEP_FINISHED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), marker);
  g_object_set_data_full (G_OBJECT (row), "file", g_object_ref (file), g_object_unref);
  add_menu (row);
  /* a portal's file cannot be looked at before it is opened; only local ones are */
  if (g_file_is_native (file) && !g_file_query_exists (file, NULL))
    {
      gtk_widget_add_css_class (row, "kilter-missing");
      add_missing_suffix (row);
      return row;
    }
  label = gtk_label_new (state);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "kilter-recent-state");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (activated_cb), NULL);
  return row;
}

/* --- vfuncs and init ----------------------------------------------------------------------------
 */

static void
kilter_start_view_dispose (GObject *object)
{
  KilterStartView *self = KILTER_START_VIEW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (kilter_start_view_parent_class)->dispose (object);
}

static void
kilter_start_view_class_init (KilterStartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_start_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/start-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterStartView, clamp);
  gtk_widget_class_bind_template_child (widget_class, KilterStartView, columns);
  gtk_widget_class_bind_template_child (widget_class, KilterStartView, recent_group);
  gtk_widget_class_bind_template_child (widget_class, KilterStartView, sample_stack);
}

static void
kilter_start_view_init (KilterStartView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_start_view_refresh (self);
}

/* --- public API ---------------------------------------------------------------------------------
 */

void
kilter_start_view_refresh (KilterStartView *self)
{
  g_autoptr (GPtrArray) list = NULL;

  g_return_if_fail (KILTER_IS_START_VIEW (self));
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->recent_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  list = kilter_settings_get_recent ();
  /* as long as the list beside it */
  for (guint i = 0; i < MIN (list->len, 6); i++)
    {
      GtkWidget *row = make_row (g_ptr_array_index (list, i));

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->recent_group, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->recent_group), list->len > 0);
  /* a single list is no wider than it needs to be */
  adw_clamp_set_maximum_size (self->clamp, list->len > 0 ? 960 : 560);
}

void
kilter_start_view_set_busy (KilterStartView *self, gboolean busy)
{
  g_return_if_fail (KILTER_IS_START_VIEW (self));
  gtk_stack_set_visible_child_name (self->sample_stack, busy ? "spinner" : "arrow");
  gtk_widget_set_sensitive (GTK_WIDGET (self->columns), !busy);
}
