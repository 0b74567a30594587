/* kilter-window-actions.c: what can be done in a window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-window-private.h"

#include <glib/gi18n-lib.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/export/kilter-page-export.h"
#include "app/export/kilter-page-print.h"
#include "report/words/kilter-format.h"

/* --- editing ------------------------------------------------------------------------------------
 */

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  g_autoptr (GError) error = NULL;

  if (!kilter_document_undo (self->document, &error))
    kilter_window_report (self, error);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  g_autoptr (GError) error = NULL;

  if (!kilter_document_redo (self->document, &error))
    kilter_window_report (self, error);
}

static void
run_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (self->page != NULL)
    kilter_page_run (self->page);
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_document_cancel (KILTER_WINDOW (data)->document);
}

/* the button's action belongs to the page, the button does not */
static void
primary_cb (KilterWindow *self)
{
  const char *detailed = self->page != NULL ? kilter_page_get_primary_action (self->page) : NULL;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (detailed != NULL && g_action_parse_detailed_name (detailed, &name, &target, NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (self->page), name, target);
  else if (kilter_window_get_step (self) == 6)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.next-cycle", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.finish-step", NULL);
}

/* --- files, and what goes in and out ------------------------------------------------------------
 */

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_window_choose_plan (data);
}

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_close (GTK_WINDOW (data));
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_import_dialog_present (GTK_WIDGET (self), self->document, NULL);
}

static void
export_table_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (self->page != NULL && kilter_page_has_table (self->page))
    kilter_page_export_table (self->page);
  else
    kilter_window_toast (self, _ ("There is no table on this page"), FALSE);
}

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (self->page != NULL)
    kilter_page_print_shown (self->page,
                             g_str_equal (g_action_get_name (G_ACTION (action)), "export-pdf"));
}

/* --- steps and scenarios ------------------------------------------------------------------------
 */

/* 0 for a view that is no step */
int
kilter_window_get_step (KilterWindow *self)
{
  const KilterViewInfo *view = kilter_views_find (kilter_session_get_view (self->session));

  return view != NULL ? view->step : 0;
}

static void
finish_step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (kilter_window_get_step (self) > 0)
    kilter_finish_dialog_present (GTK_WIDGET (self), self->document, self->session,
                                  kilter_window_get_step (self));
}

static void
reopen_step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (kilter_window_get_step (self) > 0)
    kilter_reopen_dialog_present (GTK_WIDGET (self), self->document, kilter_window_get_step (self));
}

static void
next_cycle_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_next_cycle_dialog_present (GTK_WIDGET (self), self->document);
}

static void
calendar_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_calendar_dialog_present (GTK_WIDGET (self), self->document);
}

static void
template_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_template_dialog_present (GTK_WIDGET (self), self->document);
}

static void
properties_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_properties_dialog_present (GTK_WIDGET (self), self->document);
}

static void
version_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_session_set_version (KILTER_WINDOW (data)->session, g_variant_get_int32 (parameter));
}

static void
compare_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_session_set_compared (KILTER_WINDOW (data)->session, g_variant_get_int32 (parameter));
}

static void
time_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterSession *session = KILTER_WINDOW (data)->session;
  int grain = g_variant_get_int32 (parameter);

  if (session == NULL || grain < KILTER_TIME_BUCKETS || grain > KILTER_TIME_YEARS)
    return;
  kilter_session_set_time (session, (KilterTimeGrain) grain);
  g_simple_action_set_state (action, g_variant_new_int32 (grain));
}

static void
new_scenario_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_scenario_dialog_present (GTK_WIDGET (self), self->document, self->session);
}

/* --- looking ------------------------------------------------------------------------------------
 */

static void
show_view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (kilter_window_show (self, g_variant_get_string (parameter, NULL)))
    adw_navigation_split_view_set_show_content (self->split, TRUE);
}

static void
go_back_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  g_autofree char *target = g_steal_pointer (&self->back_target);

  if (target == NULL)
    return;
  kilter_session_set_scope (self->session, &self->back_scope);
  kilter_window_show (self, target);
  kilter_window_update_actions (self);
}

static void
show_step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const KilterViewInfo *view = kilter_views_find_step (g_variant_get_int32 (parameter));

  if (view != NULL)
    kilter_window_show (data, view->key);
}

static void
step_page (KilterWindow *self, int direction)
{
  GtkWidget *stack = gtk_stack_get_visible_child (self->views);
  g_autoptr (GtkSelectionModel) pages = NULL;
  g_autoptr (GtkBitset) selected = NULL;
  int n, at;

  if (!ADW_IS_VIEW_STACK (stack))
    return;
  pages = adw_view_stack_get_pages (ADW_VIEW_STACK (stack));
  n = (int) g_list_model_get_n_items (G_LIST_MODEL (pages));
  selected = gtk_selection_model_get_selection (pages);
  if (n < 2 || gtk_bitset_is_empty (selected))
    return;
  at = (int) gtk_bitset_get_minimum (selected);
  gtk_selection_model_select_item (pages, (guint) ((at + direction + n) % n), TRUE);
}

static void
page_step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_page (data, g_variant_get_int32 (parameter));
}

static void
problem_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (self->page != NULL)
    kilter_page_step_problem (self->page, g_variant_get_int32 (parameter));
}

static void
region_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_window_focus_next_region (data, g_variant_get_int32 (parameter));
}

static void
next_unit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  guint n = adw_toggle_group_get_n_toggles (self->unit_group);

  if (n > 1 && gtk_widget_get_visible (GTK_WIDGET (self->unit_group)))
    adw_toggle_group_set_active (self->unit_group,
                                 (adw_toggle_group_get_active (self->unit_group) + 1) % n);
}

static void
toggle_sidebar_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  gboolean collapsed = adw_navigation_split_view_get_collapsed (self->split);

  /* in a narrow window the list comes and goes as a page */
  if (collapsed && !self->hides_sidebar)
    {
      adw_navigation_split_view_set_show_content (
        self->split, !adw_navigation_split_view_get_show_content (self->split));
      return;
    }
  self->hides_sidebar = !collapsed;
  adw_navigation_split_view_set_collapsed (self->split, !collapsed);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

static void
toggle_inspector_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (self->page == NULL || kilter_page_get_inspector (self->page) == NULL)
    return;
  adw_overlay_split_view_set_show_sidebar (
    self->inspector_split, !adw_overlay_split_view_get_show_sidebar (self->inspector_split));
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  /* in a list Ctrl+F filters the list */
  if (parameter == NULL && self->page != NULL && kilter_page_find (self->page))
    return;
  kilter_search_dialog_present (GTK_WIDGET (self), self->document, self->session);
}

static void
commands_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  kilter_search_dialog_present (GTK_WIDGET (self), self->document, self->session);
}

static void
filters_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;

  if (self->page != NULL)
    kilter_filters_dialog_present (GTK_WIDGET (self), self->document, self->session,
                                   kilter_page_get_needs (self->page));
}

static void
set_scope_product_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  KilterScope scope = *kilter_session_get_scope (self->session);

  scope.category = scope.family = 0;
  scope.product = g_variant_get_int32 (parameter);
  kilter_session_set_scope (self->session, &scope);
}

static void
save_view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_window_save_view (data);
}

static void
saved_view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_window_open_saved_view (data, g_variant_get_int32 (parameter));
}

static void
saved_views_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_window_show_saved_views (data);
}

static void
walk_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_window_walk_products (data, g_variant_get_int32 (parameter));
}

static void
fullscreen_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (data)))
    gtk_window_unfullscreen (GTK_WINDOW (data));
  else
    gtk_window_fullscreen (GTK_WINDOW (data));
}

/* --- setting up ---------------------------------------------------------------------------------
 */

/* those that need a plan; "open", "close" and "fullscreen" do not */
static const GActionEntry entries[] = {
  { .name = "undo", .activate = undo_cb },
  { .name = "redo", .activate = redo_cb },
  { .name = "run", .activate = run_cb },
  { .name = "cancel", .activate = cancel_cb },
  { .name = "import", .activate = import_cb },
  { .name = "export-table", .activate = export_table_cb },
  { .name = "print", .activate = print_cb },
  { .name = "export-pdf", .activate = print_cb },
  { .name = "finish-step", .activate = finish_step_cb },
  { .name = "reopen-step", .activate = reopen_step_cb },
  { .name = "next-cycle", .activate = next_cycle_cb },
  { .name = "cycle-calendar", .activate = calendar_cb },
  { .name = "cycle-template", .activate = template_cb },
  { .name = "plan-properties", .activate = properties_cb },
  { .name = "time", .activate = time_cb, .parameter_type = "i", .state = "0" },
  { .name = "compare", .activate = compare_cb, .parameter_type = "i", .state = "0" },
  { .name = "version", .activate = version_cb, .parameter_type = "i", .state = "1" },
  { .name = "new-scenario", .activate = new_scenario_cb },
  { .name = "show-view", .activate = show_view_cb, .parameter_type = "s" },
  { .name = "go-back", .activate = go_back_cb },
  { .name = "show-step", .activate = show_step_cb, .parameter_type = "i" },
  { .name = "page-step", .activate = page_step_cb, .parameter_type = "i" },
  { .name = "problem", .activate = problem_cb, .parameter_type = "i" },
  { .name = "region", .activate = region_cb, .parameter_type = "i" },
  { .name = "next-unit", .activate = next_unit_cb },
  { .name = "toggle-sidebar", .activate = toggle_sidebar_cb },
  { .name = "toggle-inspector", .activate = toggle_inspector_cb, .state = "false" },
  { .name = "search", .activate = search_cb },
  { .name = "commands", .activate = commands_cb },
  { .name = "filters", .activate = filters_cb },
  { .name = "save-view", .activate = save_view_cb },
  { .name = "saved-view", .activate = saved_view_cb, .parameter_type = "i" },
  { .name = "saved-views", .activate = saved_views_cb },
  { .name = "walk", .activate = walk_cb, .parameter_type = "i" },
  { .name = "set-scope-product", .activate = set_scope_product_cb, .parameter_type = "i" },
  { NULL },
};

static const GActionEntry *const tables[] = { entries, kilter_window_file_entries,
                                              kilter_window_closing_entries,
                                              kilter_window_meeting_entries };

static const GActionEntry always_entries[] = {
  { .name = "open", .activate = open_cb },
  { .name = "close", .activate = close_cb },
  { .name = "fullscreen", .activate = fullscreen_cb },
};

void
kilter_window_add_actions (KilterWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    g_action_map_add_action_entries (G_ACTION_MAP (self), tables[i], -1, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), always_entries,
                                   G_N_ELEMENTS (always_entries), self);
  g_signal_connect_swapped (self->primary_button, "clicked", G_CALLBACK (primary_cb), self);
  g_signal_connect_swapped (self->narrow_primary_button, "clicked", G_CALLBACK (primary_cb), self);
}

static void
set_enabled (KilterWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* "Undo Override of Mango Bar, July" */
static void
set_tooltip (GtkWidget *button, const char *verb, const char *label)
{
  g_autofree char *text = label != NULL ? g_strdup_printf ("%s %s", verb, label) : NULL;

  gtk_widget_set_tooltip_text (button, text != NULL ? text : verb);
}

static void
set_state (KilterWindow *self, const char *name, int state)
{
  g_simple_action_set_state (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)),
    g_variant_new_int32 (state));
}

void
kilter_window_update_actions (KilterWindow *self)
{
  gboolean has_plan = self->document != NULL;
  gboolean can_edit = has_plan && !kilter_document_is_read_only (self->document);
  gboolean has_inspector = self->page != NULL && kilter_page_get_inspector (self->page) != NULL;
  const char *undo = has_plan ? kilter_document_get_undo_label (self->document) : NULL;
  const char *redo = has_plan ? kilter_document_get_redo_label (self->document) : NULL;
  GAction *toggle;

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const GActionEntry *entry = tables[i]; entry->name != NULL; entry++)
      set_enabled (self, entry->name, has_plan);
  set_enabled (self, "go-back", has_plan && self->back_target != NULL);
  set_enabled (self, "undo", undo != NULL);
  set_enabled (self, "redo", redo != NULL);
  set_tooltip (self->undo_button, _ ("Undo"), undo);
  set_tooltip (self->redo_button, _ ("Redo"), redo);
  set_enabled (self, "import", can_edit);
  set_enabled (self, "finish-step", can_edit);
  set_enabled (self, "reopen-step", can_edit);
  set_enabled (self, "next-cycle", can_edit);
  set_enabled (self, "save-view", can_edit);
  set_enabled (self, "backups", has_plan && kilter_document_get_file (self->document) != NULL);
  set_enabled (self, "restore-backup", can_edit);
  set_enabled (self, "new-scenario", can_edit);
  set_enabled (self, "run",
               can_edit && self->page != NULL && kilter_page_can_run (self->page) &&
                 !kilter_page_is_read_only (self->page) &&
                 !kilter_document_is_busy (self->document));
  set_enabled (self, "cancel", has_plan && kilter_document_is_busy (self->document));
  set_enabled (self, "export-table", has_plan && self->page != NULL);
  set_enabled (self, "print", self->page != NULL && has_plan);
  set_enabled (self, "export-pdf", self->page != NULL && has_plan);
  set_enabled (self, "problem", self->page != NULL && kilter_page_can_step (self->page));
  set_enabled (self, "toggle-inspector", has_inspector);
  if (self->session != NULL)
    {
      set_state (self, "time", (int) kilter_session_get_time (self->session));
      set_state (self, "compare", kilter_session_get_compared (self->session));
    }
  toggle = g_action_map_lookup_action (G_ACTION_MAP (self), "toggle-inspector");
  g_simple_action_set_state (
    G_SIMPLE_ACTION (toggle),
    g_variant_new_boolean (has_inspector &&
                           adw_overlay_split_view_get_show_sidebar (self->inspector_split)));
}
