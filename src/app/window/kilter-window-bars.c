/* kilter-window-bars.c: header bar, context bar and inspector of the shown page
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-window-private.h"

#include <glib/gi18n-lib.h>

#include "app/pages/scenarios/kilter-scenario-actions.h"
#include "report/words/kilter-format.h"
#include "plan/process/kilter-cycle.h"

/* --- header -------------------------------------------------------------------------------------
 */

static const KilterViewInfo *
current_view (KilterWindow *self)
{
  return self->session != NULL ? kilter_views_find (kilter_session_get_view (self->session)) : NULL;
}

/* The one next thing of the page, of the step, or nothing. */
static const char *
primary_label (KilterWindow *self, const KilterViewInfo *view)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  const KilterRecord *step;
  KilterStepState state;

  if (self->page != NULL && kilter_page_get_primary_label (self->page) != NULL)
    return kilter_page_get_primary_label (self->page);
  if (view == NULL || view->step == 0 || kilter_document_is_read_only (self->document))
    return NULL;
  step = kilter_plan_get_step (plan, view->step);
  state = step != NULL ? kilter_step_get_state (step) : KILTER_STEP_NOT_STARTED;
  if (state == KILTER_STEP_FINISHED)
    return NULL;
  if (view->step == 6 && state == KILTER_STEP_NOT_STARTED)
    return NULL; /* the next cycle starts after this plan is approved */
  if (view->step == 6)
    return _ ("Start Next Cycle…");
  return view->step <= 4 && kilter_plan_get_open_step (plan) == view->step ? _ ("Finish Step")
                                                                           : NULL;
}

/* A page's widget in the window. All stay there, one is shown: GTK complains about a drop down that
 * a screen reader knows and that leaves the window and comes back.
 *
 * Returns: whether another one is shown now */
static gboolean
show_slot (AdwBin *slot, GtkWidget *widget)
{
  GtkWidget *stack = adw_bin_get_child (slot);
  GtkWidget *page = NULL;
  gboolean changes;

  if (stack == NULL)
    {
      stack = gtk_stack_new ();
      gtk_stack_set_hhomogeneous (GTK_STACK (stack), FALSE);
      gtk_stack_set_vhomogeneous (GTK_STACK (stack), FALSE);
      gtk_stack_add_child (GTK_STACK (stack), adw_bin_new ());
      adw_bin_set_child (slot, stack);
    }
  if (widget == NULL)
    page = gtk_widget_get_first_child (stack);
  else if (gtk_widget_get_parent (widget) != NULL)
    page = gtk_widget_get_parent (widget);
  else
    {
      /* a widget that its page hides must not be passed over by the stack */
      page = adw_bin_new ();
      adw_bin_set_child (ADW_BIN (page), widget);
      gtk_stack_add_child (GTK_STACK (stack), page);
    }
  changes = gtk_stack_get_visible_child (GTK_STACK (stack)) != page;
  gtk_stack_set_visible_child (GTK_STACK (stack), page);
  return changes;
}

void
kilter_window_update_header (KilterWindow *self)
{
  const KilterViewInfo *view = current_view (self);
  g_autofree char *subtitle = NULL;
  g_autofree char *headline = NULL;
  const char *label;

  if (self->document == NULL || view == NULL)
    return;
  if (self->page != NULL)
    {
      subtitle = kilter_page_get_subtitle (self->page);
      headline = kilter_page_get_headline (self->page);
      show_slot (self->header_extra, kilter_page_get_header_extra (self->page));
      if (headline != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (self->page),
                                        GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, headline, -1);
    }
  adw_window_title_set_title (self->title, _ (view->title));
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  adw_navigation_page_set_title (self->content_page, _ (view->title));
  adw_navigation_page_set_title (self->sidebar_page, kilter_document_get_name (self->document));
  gtk_window_set_title (GTK_WINDOW (self), kilter_document_get_name (self->document));

  label = primary_label (self, view);
  gtk_widget_set_visible (GTK_WIDGET (self->primary_button), label != NULL);
  if (label != NULL)
    gtk_button_set_label (self->primary_button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->primary_button),
                            self->page == NULL ||
                              kilter_page_get_primary_label (self->page) == NULL ||
                              kilter_page_get_primary_enabled (self->page));
}

/* --- scenarios ----------------------------------------------------------------------------------
 */

static void
append_version (GMenu *menu, const KilterRecord *version, const char *name_of_action)
{
  g_autofree char *action = g_strdup_printf ("%s(%d)", name_of_action, version->id);

  g_menu_append (menu, kilter_scenario_get_name (version), action);
}

/* Snapshots first: what one usually wants to know is what changed since. */
static GMenuModel *
make_compare_menu (KilterWindow *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  KilterVersion shown = kilter_session_get_version (self->session);
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) none = g_menu_new ();

  for (int snapshots = 1; snapshots >= 0; snapshots--)
    {
      g_autoptr (GMenu) section = g_menu_new ();

      KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
        if (kilter_plan_is_snapshot (plan, version->id) == snapshots && version->id != shown)
          append_version (section, version, "win.compare");
      g_menu_append_section (menu, snapshots ? _ ("Snapshots") : _ ("Scenarios"),
                             G_MENU_MODEL (section));
    }
  g_menu_append (none, _ ("Nothing"), "win.compare(0)");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (none));
  return G_MENU_MODEL (menu);
}

void
kilter_window_update_scenarios (KilterWindow *self)
{
  KilterPlan *plan;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) scenarios = g_menu_new ();
  g_autoptr (GMenu) snapshots = g_menu_new ();
  g_autoptr (GMenu) commands = g_menu_new ();
  const KilterRecord *current;
  const char *name;
  GAction *action;

  if (self->document == NULL)
    return;
  plan = kilter_document_get_plan (self->document);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    append_version (kilter_plan_is_snapshot (plan, version->id) ? snapshots : scenarios, version,
                    "win.version");
  if (kilter_plan_count_records (plan, KILTER_TABLE_VERSION) > 1)
    {
      g_autoptr (GMenuModel) compare = make_compare_menu (self);

      g_menu_append_submenu (commands, _ ("Compare Grids With"), compare);
    }
  g_menu_append (commands, _ ("Save as Scenario…"), "win.new-scenario");
  if (kilter_view_has_pages (kilter_views_find ("scenarios")))
    g_menu_append (commands, _ ("All Scenarios"), "win.show-view::scenarios");
  g_menu_append_section (menu, _ ("Scenarios"), G_MENU_MODEL (scenarios));
  if (g_menu_model_get_n_items (G_MENU_MODEL (snapshots)) > 0)
    g_menu_append_section (menu, _ ("Snapshots"), G_MENU_MODEL (snapshots));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (commands));
  gtk_menu_button_set_menu_model (self->scenario_button, G_MENU_MODEL (menu));

  current = kilter_plan_get_record (plan, KILTER_TABLE_VERSION,
                                    kilter_session_get_version (self->session));
  name = current != NULL ? kilter_scenario_get_name (current) : _ ("Baseline");
  gtk_label_set_label (self->scenario_label, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scenario_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  action = g_action_map_lookup_action (G_ACTION_MAP (self), "version");
  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_int32 (kilter_session_get_version (self->session)));
}

/* --- context bar --------------------------------------------------------------------------------
 */

static KilterPageNeeds
unit_need (KilterDisplayUnit unit)
{
  return (KilterPageNeeds) (KILTER_PAGE_NEEDS_CASES << unit);
}

static int
count_units (KilterPageNeeds needs)
{
  int n = 0;

  for (KilterDisplayUnit unit = 0; unit < KILTER_N_DISPLAY_UNITS; unit++)
    n += (needs & unit_need (unit)) != 0;
  return n;
}

static void
make_unit_toggles (KilterWindow *self, KilterPageNeeds needs)
{
  adw_toggle_group_remove_all (self->unit_group);
  for (KilterDisplayUnit unit = 0; unit < KILTER_N_DISPLAY_UNITS; unit++)
    {
      AdwToggle *toggle;

      if ((needs & unit_need (unit)) == 0)
        continue;
      toggle = adw_toggle_new ();
      adw_toggle_set_name (toggle, kilter_display_unit_get_key (unit));
      adw_toggle_group_add (self->unit_group, toggle);
    }
}

/* In what the plan counts may change with its products. */
static void
name_unit_toggles (KilterWindow *self)
{
  for (KilterDisplayUnit unit = 0; unit < KILTER_N_DISPLAY_UNITS; unit++)
    {
      AdwToggle *toggle = adw_toggle_group_get_toggle_by_name (self->unit_group,
                                                               kilter_display_unit_get_key (unit));
      g_autofree char *name = kilter_display_unit_get_name (
        unit, kilter_document_get_plan (self->document));

      if (toggle != NULL && g_strcmp0 (adw_toggle_get_label (toggle), name) != 0)
        adw_toggle_set_label (toggle, name);
    }
}

static void
update_units (KilterWindow *self, KilterPageNeeds needs)
{
  KilterDisplayUnit current = kilter_session_get_unit (self->session);
  KilterPageNeeds offered = 0;

  for (KilterDisplayUnit unit = 0; unit < KILTER_N_DISPLAY_UNITS; unit++)
    offered |= needs & unit_need (unit);
  gtk_widget_set_visible (GTK_WIDGET (self->unit_group), count_units (needs) > 1);
  if (count_units (needs) < 2)
    return;
  self->setting_units = TRUE;
  /* never while the group tells of a choice, which makes the page anew: only for another page */
  if (self->offered_units != offered)
    make_unit_toggles (self, needs);
  self->offered_units = offered;
  name_unit_toggles (self);
  /* a page that cannot show the chosen unit shows its first */
  if ((needs & unit_need (current)) == 0)
    current = KILTER_DISPLAY_CASES;
  adw_toggle_group_set_active_name (self->unit_group, kilter_display_unit_get_key (current));
  self->setting_units = FALSE;
}

void
kilter_window_unit_chosen (KilterWindow *self)
{
  const char *name = adw_toggle_group_get_active_name (self->unit_group);

  if (self->setting_units || self->session == NULL || name == NULL)
    return;
  for (KilterDisplayUnit unit = 0; unit < KILTER_N_DISPLAY_UNITS; unit++)
    if (g_str_equal (name, kilter_display_unit_get_key (unit)))
      {
        kilter_session_set_unit (self->session, unit);
        return; /* the name may be gone */
      }
}

static void
update_scope_button (KilterWindow *self,
                     KilterScopeButton *button,
                     KilterPageNeeds needs,
                     KilterPageNeeds need,
                     KilterTableId table)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  gboolean is_useful = need == KILTER_PAGE_NEEDS_PRODUCT
                         ? kilter_plan_count_records (plan, table) > 0
                         : kilter_plan_count_records (plan, table) > 1;

  gtk_widget_set_visible (GTK_WIDGET (button), (needs & need) != 0 && is_useful);
  kilter_scope_button_refresh (button);
}

void
kilter_window_update_context (KilterWindow *self)
{
  const KilterViewInfo *view = current_view (self);
  KilterPageNeeds needs;
  g_autofree char *scope = NULL;
  gboolean has_pages, has_scope;

  if (self->document == NULL || self->page == NULL || view == NULL)
    return;
  needs = kilter_page_get_needs (self->page);
  update_scope_button (self, self->product_button, needs, KILTER_PAGE_NEEDS_PRODUCT,
                       KILTER_TABLE_PRODUCT);
  update_scope_button (self, self->region_button, needs, KILTER_PAGE_NEEDS_REGION,
                       KILTER_TABLE_REGION);
  update_scope_button (self, self->channel_button, needs, KILTER_PAGE_NEEDS_CHANNEL,
                       KILTER_TABLE_CHANNEL);
  update_scope_button (self, self->resource_button, needs, KILTER_PAGE_NEEDS_RESOURCE,
                       KILTER_TABLE_RESOURCE);
  update_units (self, needs);
  show_slot (self->context_extra, kilter_page_get_context_extra (self->page));

  scope = kilter_scope_get_title (kilter_document_get_plan (self->document),
                                  kilter_session_get_scope (self->session));
  gtk_label_set_label (self->filters_label, scope);
  has_pages = view->n_pages > 1 && view->pages[1].get_type != NULL;
  has_scope = (needs & (KILTER_PAGE_NEEDS_SCOPE | KILTER_PAGE_NEEDS_RESOURCE)) != 0 ||
              count_units (needs) > 1;
  gtk_widget_set_visible (self->filters_button, has_scope);
  gtk_widget_set_visible (GTK_WIDGET (self->filters_label), has_scope);
  gtk_widget_set_visible (GTK_WIDGET (self->page_switcher), has_pages);
  adw_inline_view_switcher_set_stack (
    self->page_switcher,
    has_pages ? ADW_VIEW_STACK (gtk_stack_get_visible_child (self->views)) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->page_switcher), has_pages);
  gtk_widget_set_visible (self->context_bar, has_pages || has_scope ||
                                               kilter_page_get_context_extra (self->page) != NULL);
}

/* --- inspector ----------------------------------------------------------------------------------
 */

void
kilter_window_update_inspector (KilterWindow *self)
{
  GtkWidget *inspector = self->page != NULL ? kilter_page_get_inspector (self->page) : NULL;
  const char *title = self->page != NULL ? kilter_page_get_inspector_title (self->page) : NULL;
  gboolean collapsed = adw_overlay_split_view_get_collapsed (self->inspector_split);

  adw_window_title_set_title (self->inspector_title, title != NULL ? title : _ ("Details"));
  if (show_slot (self->inspector_bin, inspector))
    {
      adw_overlay_split_view_set_show_sidebar (
        self->inspector_split, inspector != NULL && !collapsed && self->wants_inspector);
    }
  gtk_widget_set_visible (
    self->inspector_button,
    inspector != NULL &&
      (collapsed || !adw_overlay_split_view_get_show_sidebar (self->inspector_split)));
  kilter_window_update_actions (self);
}

/* --- F6 -----------------------------------------------------------------------------------------
 */

static gboolean
focus_in (GtkWidget *region)
{
  if (region == NULL || !gtk_widget_get_mapped (region))
    return FALSE;
  return gtk_widget_get_focusable (region) ? gtk_widget_grab_focus (region)
                                           : gtk_widget_child_focus (region, GTK_DIR_TAB_FORWARD);
}

/* (element-type GtkWidget): sidebar, bar, what the page names (chart, grid), inspector */
static GPtrArray *
list_regions (KilterWindow *self)
{
  GPtrArray *regions = g_ptr_array_new ();
  GtkWidget *region;

  g_ptr_array_add (regions, self->sidebar);
  g_ptr_array_add (regions, self->context_bar);
  if (self->page != NULL)
    {
      for (guint i = 0; (region = kilter_page_get_region (self->page, i)) != NULL; i++)
        g_ptr_array_add (regions, region);
      if (kilter_page_get_region (self->page, 0) == NULL)
        g_ptr_array_add (regions, self->page);
    }
  g_ptr_array_add (regions, self->inspector_bin);
  return regions;
}

void
kilter_window_focus_next_region (KilterWindow *self, int direction)
{
  g_autoptr (GPtrArray) regions = list_regions (self);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  int n = (int) regions->len, at = -1;

  for (int i = 0; focus != NULL && i < n; i++)
    {
      GtkWidget *region = g_ptr_array_index (regions, i);

      if (focus == region || gtk_widget_is_ancestor (focus, region))
        at = i;
    }
  for (int k = 1; k <= n; k++)
    {
      int i = ((at + direction * k) % n + n) % n;

      if (i == 0 && gtk_widget_get_mapped (GTK_WIDGET (self->sidebar)))
        {
          kilter_sidebar_focus (self->sidebar);
          return;
        }
      if (focus_in (g_ptr_array_index (regions, i)))
        return;
    }
}
