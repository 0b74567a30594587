/* kilter-window.c: the window: start, or one plan with its views
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/dialogs/kilter-dialogs.h"
#include "report/words/kilter-format.h"
#include "app/kilter-open.h"
#include "app/kilter-settings.h"
#include "app/widgets/kilter-cut-text.h"
#include "kilter-config.h"
#include "plan/process/kilter-cycle.h"

G_DEFINE_FINAL_TYPE (KilterWindow, kilter_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- pages --------------------------------------------------------------------------------------
 */

static void
page_toast_cb (KilterWindow *self, const char *text, gboolean with_undo)
{
  kilter_window_toast (self, text, with_undo);
}

static void
page_report_cb (KilterWindow *self, GError *error)
{
  kilter_window_report (self, error);
}

static void
page_show_inspector_cb (KilterWindow *self, KilterPage *page)
{
  if (page == self->page)
    adw_overlay_split_view_set_show_sidebar (self->inspector_split, TRUE);
}

static void
page_refreshed_cb (KilterWindow *self, KilterPage *page)
{
  if (page == self->page)
    kilter_window_update_header (self);
}

static void
page_notify_cb (KilterWindow *self, GParamSpec *pspec, KilterPage *page)
{
  if (page != self->page)
    return;
  if (g_str_equal (pspec->name, "needs") || g_str_equal (pspec->name, "context-extra"))
    kilter_window_update_context (self);
  else if (g_str_has_prefix (pspec->name, "inspector"))
    kilter_window_update_inspector (self);
  else
    kilter_window_update_header (self);
}

static KilterPage *
make_page (KilterWindow *self, const KilterPageInfo *info)
{
  KilterPage *page = g_object_new (info->get_type (), NULL);

  if (kilter_page_get_title (page) == NULL)
    kilter_page_set_title (page, _ (info->title));
  kilter_page_attach (page, self->document, self->session);
  g_signal_connect_object (page, "toast", G_CALLBACK (page_toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "report", G_CALLBACK (page_report_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "show-inspector", G_CALLBACK (page_show_inspector_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "refreshed", G_CALLBACK (page_refreshed_cb), self,
                           G_CONNECT_SWAPPED);
  for (const char *const *name =
         (const char *const[]) { "needs", "context-extra", "inspector", "inspector-title",
                                 "header-extra", "primary-label", "primary-enabled", NULL };
       *name != NULL; name++)
    {
      g_autofree char *signal = g_strconcat ("notify::", *name, NULL);

      g_signal_connect_object (page, signal, G_CALLBACK (page_notify_cb), self, G_CONNECT_SWAPPED);
    }
  return page;
}

static AdwViewStack *
get_view_stack (KilterWindow *self, const KilterViewInfo *view)
{
  GtkWidget *stack = gtk_stack_get_child_by_name (self->views, view->key);

  if (stack != NULL)
    return ADW_VIEW_STACK (stack);
  stack = adw_view_stack_new ();
  adw_view_stack_set_hhomogeneous (ADW_VIEW_STACK (stack), FALSE);
  adw_view_stack_set_vhomogeneous (ADW_VIEW_STACK (stack), FALSE);
  for (guint i = 0; i < view->n_pages; i++)
    {
      const KilterPageInfo *info = &view->pages[i];

      if (info->get_type == NULL)
        continue;
      adw_view_stack_add_titled_with_icon (
        ADW_VIEW_STACK (stack), GTK_WIDGET (make_page (self, info)), info->key, _ (info->title),
        info->icon != NULL ? info->icon : view->icon);
    }
  gtk_stack_add_named (self->views, stack, view->key);
  return ADW_VIEW_STACK (stack);
}

/* Whatever is visible in the view's stack becomes the current page. */
static void
show_current_page (KilterWindow *self, AdwViewStack *stack)
{
  GtkWidget *child = adw_view_stack_get_visible_child (stack);

  if (child == NULL || !KILTER_IS_PAGE (child))
    return;
  g_set_object (&self->page, KILTER_PAGE (child));
  kilter_session_show (self->session, gtk_stack_get_visible_child_name (self->views),
                       adw_view_stack_get_visible_child_name (stack));
  kilter_window_update_context (self);
  kilter_window_update_inspector (self);
  kilter_window_update_header (self);
  kilter_window_update_banner (self);
  kilter_window_update_actions (self);
}

static void
visible_page_cb (KilterWindow *self, GParamSpec *pspec, AdwViewStack *stack)
{
  if (GTK_WIDGET (stack) == gtk_stack_get_visible_child (self->views))
    show_current_page (self, stack);
}

/* --- the plan -----------------------------------------------------------------------------------
 */

static void
refresh_pages (KilterWindow *self, KilterChange change)
{
  for (GtkWidget *stack = gtk_widget_get_first_child (GTK_WIDGET (self->views)); stack != NULL;
       stack = gtk_widget_get_next_sibling (stack))
    for (GtkWidget *page = gtk_widget_get_first_child (stack); page != NULL;
         page = gtk_widget_get_next_sibling (page))
      if (KILTER_IS_PAGE (page))
        kilter_page_queue_refresh (KILTER_PAGE (page), change);
}

/* A scenario or product that is no more cannot be looked at. */
static void
repair_session (KilterWindow *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  KilterScope scope = *kilter_session_get_scope (self->session);

  if (kilter_plan_get_record (plan, KILTER_TABLE_VERSION,
                              kilter_session_get_version (self->session)) == NULL)
    kilter_session_set_version (self->session, KILTER_BASELINE);
  if (kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, scope.product) == NULL)
    scope.product = 0;
  if (kilter_plan_get_record (plan, KILTER_TABLE_FAMILY, scope.family) == NULL)
    scope.family = 0;
  if (kilter_plan_get_record (plan, KILTER_TABLE_REGION, scope.region) == NULL)
    scope.region = 0;
  if (kilter_plan_get_record (plan, KILTER_TABLE_CHANNEL, scope.channel) == NULL)
    scope.channel = 0;
  if (kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, scope.resource) == NULL)
    scope.resource = 0;
  kilter_session_set_scope (self->session, &scope);
}

void
kilter_window_repair_session (KilterWindow *self)
{
  repair_session (self);
}

static void
document_changed_cb (KilterWindow *self, guint change, gpointer command)
{
  repair_session (self);
  refresh_pages (self, (KilterChange) change);
  kilter_sidebar_refresh (self->sidebar, (KilterChange) change);
  if ((change & KILTER_CHANGE_RECORDS) != 0)
    {
      kilter_window_update_scenarios (self);
      kilter_window_update_context (self);
    }
  kilter_window_update_header (self);
  kilter_window_update_banner (self);
}

static void
session_changed_cb (KilterWindow *self, guint change)
{
  refresh_pages (self, (KilterChange) change);
  kilter_sidebar_refresh (self->sidebar, (KilterChange) change);
  if ((change & KILTER_CHANGE_VERSION) != 0)
    kilter_window_update_scenarios (self);
  kilter_window_update_context (self);
  kilter_window_update_header (self);
  kilter_window_update_banner (self);
}

static void
document_notify_cb (KilterWindow *self, GParamSpec *pspec)
{
  if (g_str_has_prefix (pspec->name, "progress") || g_str_equal (pspec->name, "busy"))
    kilter_window_update_progress (self);
  else if (g_str_has_suffix (pspec->name, "-label"))
    kilter_window_update_actions (self);
  else if (g_str_equal (pspec->name, "name"))
    kilter_window_update_header (self);
  else
    kilter_window_update_banner (self);
}

static void
look_changed_cb (KilterWindow *self)
{
  if (self->document != NULL)
    refresh_pages (self, KILTER_CHANGE_LOOK);
}

static const char *
landing_view (void)
{
  static char *view;

  g_free (view);
  view = g_settings_get_string (kilter_settings_get (), "landing-view");
  return kilter_view_has_pages (kilter_views_find (view)) ? view : "overview";
}

void
kilter_window_remember_recent (KilterWindow *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  GFile *file = kilter_document_get_file (self->document);
  int number = kilter_plan_get_open_step (plan);
  const KilterViewInfo *view = kilter_views_find_step (number);
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;
  g_autofree char *cycle = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                    kilter_plan_get_cycle (plan));

  if (uri == NULL)
    return;
  kilter_settings_add_recent (&(KilterRecent) {
    .uri = uri,
    .name = (char *) kilter_document_get_name (self->document),
    .cycle = cycle,
    .step = (char *) (view != NULL ? view->key : "approved"),
  });
}

static void
clear_views (KilterWindow *self)
{
  GtkWidget *stack;

  g_clear_object (&self->page);
  adw_bin_set_child (self->inspector_bin, NULL);
  adw_bin_set_child (self->header_extra, NULL);
  adw_bin_set_child (self->context_extra, NULL);
  adw_inline_view_switcher_set_stack (self->page_switcher, NULL);
  adw_view_switcher_bar_set_stack (self->view_bar, NULL);
  while ((stack = gtk_widget_get_first_child (GTK_WIDGET (self->views))) != NULL)
    gtk_stack_remove (self->views, stack);
}

/* What stays in the window whatever plan it shows. */
static void
lend_document (KilterWindow *self, KilterDocument *document, KilterSession *session)
{
  kilter_sidebar_set_document (self->sidebar, document, session);
  kilter_scope_button_set_document (self->product_button, document, session);
  kilter_scope_button_set_document (self->region_button, document, session);
  kilter_scope_button_set_document (self->channel_button, document, session);
  kilter_scope_button_set_document (self->resource_button, document, session);
}

static void
drop_document (KilterWindow *self)
{
  if (self->document == NULL)
    return;
  clear_views (self);
  if (self->meeting != NULL)
    {
      gtk_stack_remove (self->root_stack, GTK_WIDGET (self->meeting));
      self->meeting = NULL;
    }
  lend_document (self, NULL, NULL);
  g_signal_handlers_disconnect_by_data (self->document, self);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->document);
  g_clear_object (&self->session);
  g_clear_pointer (&self->back_target, g_free);
}

/* --- dropping files -----------------------------------------------------------------------------
 */

static gboolean
drop_cb (KilterWindow *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *l = files; l != NULL; l = l->next)
    kilter_window_open_file (self, l->data);
  return files != NULL;
}

/* --- closing ------------------------------------------------------------------------------------
 */

static void
save_state (KilterWindow *self)
{
  GSettings *settings = kilter_settings_get ();
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width >= 360 && height >= 294)
    {
      g_settings_set_int (settings, "window-width", width);
      g_settings_set_int (settings, "window-height", height);
    }
  if (!adw_overlay_split_view_get_collapsed (self->inspector_split))
    g_settings_set_boolean (settings, "inspector-visible", self->wants_inspector);
}

static gboolean
kilter_window_close_request (GtkWindow *window)
{
  KilterWindow *self = KILTER_WINDOW (window);

  save_state (self);
  if (self->document == NULL || self->is_closing)
    return GTK_WINDOW_CLASS (kilter_window_parent_class)->close_request (window);
  self->is_closing = TRUE;
  kilter_window_remember_recent (self);
  kilter_window_close_document (self);
  return GDK_EVENT_STOP;
}

/* --- vfuncs and init ----------------------------------------------------------------------------
 */

/* A header bar beside a pane that goes away takes up all window buttons of the system. */
static void
restore_buttons (KilterWindow *self)
{
  adw_header_bar_set_decoration_layout (self->header, NULL);
  adw_header_bar_set_decoration_layout (self->header, ":close");
}

static void
inspector_shown_cb (KilterWindow *self)
{
  gboolean shown = adw_overlay_split_view_get_show_sidebar (self->inspector_split);

  if (!adw_overlay_split_view_get_collapsed (self->inspector_split) && self->page != NULL &&
      kilter_page_get_inspector (self->page) != NULL)
    self->wants_inspector = shown;
  gtk_widget_set_visible (
    self->inspector_button,
    self->page != NULL && kilter_page_get_inspector (self->page) != NULL &&
      (!shown || adw_overlay_split_view_get_collapsed (self->inspector_split)));
  restore_buttons (self);
  kilter_window_update_actions (self);
}

/* Between wide and narrow the inspector neither jumps over the content nor stays away. */
static void
inspector_collapsed_cb (KilterWindow *self)
{
  gboolean collapsed = adw_overlay_split_view_get_collapsed (self->inspector_split);

  if (self->page == NULL || kilter_page_get_inspector (self->page) == NULL)
    return;
  adw_overlay_split_view_set_show_sidebar (self->inspector_split,
                                           !collapsed && self->wants_inspector);
  inspector_shown_cb (self);
}

static void
sidebar_activated_cb (KilterWindow *self)
{
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

static void
kilter_window_dispose (GObject *object)
{
  KilterWindow *self = KILTER_WINDOW (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  drop_document (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), KILTER_TYPE_WINDOW);
  G_OBJECT_CLASS (kilter_window_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KilterWindow, name)

static void
kilter_window_class_init (KilterWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = kilter_window_close_request;

  g_type_ensure (KILTER_TYPE_START_VIEW);
  g_type_ensure (KILTER_TYPE_SIDEBAR);
  g_type_ensure (KILTER_TYPE_FIT_BIN);
  g_type_ensure (KILTER_TYPE_SCOPE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/window.ui");
  BIND (toasts);
  BIND (root_stack);
  BIND (start);
  BIND (split);
  BIND (sidebar_page);
  BIND (content_page);
  BIND (sidebar);
  BIND (inspector_split);
  BIND (inspector_view);
  BIND (inspector_title);
  BIND (inspector_bin);
  BIND (content_view);
  BIND (header);
  BIND (title);
  BIND (undo_buttons);
  BIND (undo_button);
  BIND (redo_button);
  BIND (inspector_button);
  BIND (primary_button);
  BIND (narrow_primary_button);
  BIND (search_button);
  BIND (header_extra);
  BIND (scenario_button);
  BIND (scenario_label);
  BIND (menu_button);
  BIND (context_bar);
  BIND (page_switcher);
  BIND (view_bar);
  BIND (fit);
  BIND (product_button);
  BIND (region_button);
  BIND (channel_button);
  BIND (resource_button);
  BIND (context_extra);
  BIND (unit_group);
  BIND (filters_button);
  BIND (filters_label);
  BIND (progress_line);
  BIND (progress_revealer);
  BIND (progress_label);
  BIND (banner);
  BIND (views);
}

static void
kilter_window_init (KilterWindow *self)
{
  GSettings *settings = kilter_settings_get ();
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  static const char *const looks[] = { "changed::row-height", "changed::quarter-totals",
                                       "changed::year-totals", "changed::unit-scale",
                                       "changed::decimals" };

  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_cut_text_explain (GTK_WIDGET (self));
  self->wants_inspector = g_settings_get_boolean (settings, "inspector-visible");
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  kilter_window_add_actions (self);
  g_signal_connect_swapped (self->banner, "button-clicked",
                            G_CALLBACK (kilter_window_banner_pressed), self);
  g_signal_connect_swapped (self->unit_group, "notify::active-name",
                            G_CALLBACK (kilter_window_unit_chosen), self);
  g_signal_connect_swapped (self->inspector_split, "notify::show-sidebar",
                            G_CALLBACK (inspector_shown_cb), self);
  g_signal_connect_swapped (self->inspector_split, "notify::collapsed",
                            G_CALLBACK (inspector_collapsed_cb), self);
  g_signal_connect_swapped (self->sidebar, "activated", G_CALLBACK (sidebar_activated_cb), self);
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    g_signal_connect_object (settings, looks[i], G_CALLBACK (look_changed_cb), self,
                             G_CONNECT_SWAPPED);
  kilter_window_update_actions (self);
}

/* --- public API ---------------------------------------------------------------------------------
 */

KilterWindow *
kilter_window_new (GtkApplication *application)
{
  return g_object_new (KILTER_TYPE_WINDOW, "application", application, NULL);
}

KilterDocument *
kilter_window_get_document (KilterWindow *self)
{
  g_return_val_if_fail (KILTER_IS_WINDOW (self), NULL);
  return self->document;
}

KilterSession *
kilter_window_get_session (KilterWindow *self)
{
  g_return_val_if_fail (KILTER_IS_WINDOW (self), NULL);
  return self->session;
}

KilterPage *
kilter_window_get_page (KilterWindow *self)
{
  g_return_val_if_fail (KILTER_IS_WINDOW (self), NULL);
  return self->page;
}

void
kilter_window_set_document (KilterWindow *self, KilterDocument *document)
{
  g_return_if_fail (KILTER_IS_WINDOW (self));

  drop_document (self);
  kilter_window_set_busy (self, FALSE);
  if (document == NULL)
    {
      gtk_stack_set_visible_child_name (self->root_stack, "start");
      kilter_start_view_refresh (self->start);
      kilter_window_update_actions (self);
      return;
    }
  self->document = g_object_ref (document);
  self->session = kilter_session_new ();
  kilter_session_set_bucket (self->session,
                             kilter_plan_get_n_history (kilter_document_get_plan (document)));
  g_signal_connect_object (document, "changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify", G_CALLBACK (document_notify_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  lend_document (self, document, self->session);
  kilter_window_update_scenarios (self);
  kilter_window_update_progress (self);
  kilter_window_show (self, landing_view ());
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  gtk_stack_set_visible_child_name (self->root_stack, "plan");
  kilter_window_remember_recent (self);
}

/**
 * kilter_window_show:
 * @target: "supply" or "supply/capacity"
 *
 * Returns: whether there is such a view
 */
gboolean
kilter_window_show (KilterWindow *self, const char *target)
{
  g_auto (GStrv) parts = NULL;
  const KilterViewInfo *view;
  AdwViewStack *stack;

  g_return_val_if_fail (KILTER_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  parts = g_strsplit (target, "/", 2);
  view = kilter_views_find (parts[0]);
  if (self->document == NULL || !kilter_view_has_pages (view))
    return FALSE;
  stack = get_view_stack (self, view);
  if (parts[1] != NULL)
    adw_view_stack_set_visible_child_name (stack, kilter_view_find_page (view, parts[1])->key);
  if (g_object_get_data (G_OBJECT (stack), "watched") == NULL)
    {
      g_object_set_data (G_OBJECT (stack), "watched", GINT_TO_POINTER (TRUE));
      g_signal_connect_object (stack, "notify::visible-child", G_CALLBACK (visible_page_cb), self,
                               G_CONNECT_SWAPPED);
    }
  adw_view_switcher_bar_set_stack (self->view_bar, stack);
  gtk_stack_set_visible_child (self->views, GTK_WIDGET (stack));
  show_current_page (self, stack);
  return TRUE;
}

void
kilter_window_set_busy (KilterWindow *self, gboolean busy)
{
  g_return_if_fail (KILTER_IS_WINDOW (self));
  kilter_start_view_set_busy (self->start, busy);
}

/**
 * kilter_window_open_file:
 * @file: as an argument of the command line: a plan, a sealed one, or data that this window imports
 */
void
kilter_window_open_file (KilterWindow *self, GFile *file)
{
  g_return_if_fail (KILTER_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  kilter_open_file (gtk_window_get_application (GTK_WINDOW (self)), self, file);
}

/**
 * kilter_window_import_file:
 * @file: data for the window's plan; without a plan it becomes a new one
 */
void
kilter_window_import_file (KilterWindow *self, GFile *file)
{
  g_return_if_fail (KILTER_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->document != NULL && kilter_document_is_read_only (self->document))
    kilter_message_dialog_present (GTK_WIDGET (self), _ ("This Could Not Be Done"),
                                   _ ("This plan is open read-only. Save a copy to change it."));
  else
    kilter_import_dialog_present (GTK_WIDGET (self), self->document, file);
}
