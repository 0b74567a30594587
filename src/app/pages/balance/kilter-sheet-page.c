/* kilter-sheet-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/balance/kilter-sheet-page.h"

#include "app/widgets/kilter-chart-view.h"
#include "app/pages/balance/kilter-family-switch.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/common/kilter-plan-grid.h"
#include "app/pages/common/kilter-plan-pivot.h"
#include "app/pages/decide/kilter-decision-dialog.h"

#include <glib/gi18n-lib.h>

#define PAST_COLUMNS 3
/* scenarios side by side; more do not fit */
#define MAX_VERSIONS 5

struct _KilterSheetPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  AdwBin *family_bin;
  AdwBin *grid_bin;
  KilterChartView *compare;
  GtkWidget *scenario_button;
  GtkMenuButton *recommend_button;
  KilterChartView *bridge;
  GtkWidget *no_budget;

  KilterFamilySwitch *families;
  KilterFamilySwitch *narrow_families;
  KilterPlanGrid *grid;
  KilterPlanPivot *pivot;
  int depth;        /* of the rows that are being added */
  KilterGrid *view; /* not owned */
  char *headline;
};

G_DEFINE_FINAL_TYPE (KilterSheetPage, kilter_sheet_page, KILTER_TYPE_PAGE)

/* --- the sheet --- */

static void
add_section (KilterSheetPage *self, const KilterScope *scope, const char *name, gboolean is_whole)
{
  /* Translators: %s is "Supply" or "Stock", which are not known by region or channel */
  g_autofree char *label = is_whole ? g_strdup_printf (_ ("%s, all regions and channels"), name)
                                    : g_strdup (name);

  kilter_plan_grid_add_section (self->grid, label, scope, self->depth);
}

static void
add_rows (KilterSheetPage *self, const KilterScope *scope, const KilterPlanRow *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      KilterPlanRow row = rows[i];

      row.scope = *scope;
      row.depth = self->depth;
      row.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (self->grid, &row);
    }
}

static void
add_demand (KilterSheetPage *self, const KilterScope *scope)
{
  const KilterPlanRow rows[] = {
    { .label = _ ("Last approved plan"),
      .measure = KILTER_LAST_CYCLE,
      .mark = KILTER_GRID_MARK_OUTLINED_BOX,
      .mark_color = KILTER_GRID_COLOR_ACTUAL },
    { .label = _ ("Actual and consensus"),
      .measure = KILTER_DEMAND,
      .look = KILTER_GRID_ROW_FLAG_BOLD,
      .mark = KILTER_GRID_MARK_HATCHED_BOX,
      .mark_color = KILTER_GRID_COLOR_ACTUAL },
    { .label = _ ("Difference"),
      .measure = KILTER_CHANGE_CYCLE,
      .flags = KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_GOOD_BAD },
  };

  add_section (self, scope,
               kilter_scope_is_made_to_order (kilter_page_get_plan (KILTER_PAGE (self)), scope)
                 ? _ ("Bookings")
                 : _ ("Demand"),
               FALSE);
  add_rows (self, scope, rows, G_N_ELEMENTS (rows));
}

static void
add_supply (KilterSheetPage *self, const KilterScope *scope)
{
  const KilterPlanRow rows[] = {
    { .label = _ ("Last approved plan"),
      .measure = KILTER_SUPPLY_LAST,
      .mark = KILTER_GRID_MARK_OUTLINED_BOX,
      .mark_color = KILTER_GRID_COLOR_ACTUAL },
    { .label = _ ("Actual and plan"),
      .measure = KILTER_SUPPLY,
      .look = KILTER_GRID_ROW_FLAG_BOLD,
      .mark = KILTER_GRID_MARK_HATCHED_BOX,
      .mark_color = KILTER_GRID_COLOR_ACTUAL },
    { .measure = KILTER_UNMET,
      .flags = KILTER_PLAN_ROW_GAP | KILTER_PLAN_ROW_MARK_MONTHS | KILTER_PLAN_ROW_DASH_ZERO },
  };

  add_section (self, scope, _ ("Supply"), scope->region != 0 || scope->channel != 0);
  add_rows (self, scope, rows, G_N_ELEMENTS (rows));
}

static void
add_stock (KilterSheetPage *self, const KilterScope *scope)
{
  const KilterPlanRow backlog[] = {
    { .measure = KILTER_SHIPMENTS },
    { .measure = KILTER_BACKLOG,
      .look = KILTER_GRID_ROW_FLAG_BOLD,
      .flags = KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_BACKLOG_DAYS, .look = KILTER_GRID_ROW_FLAG_DIM },
  };
  const KilterPlanRow stock[] = {
    { .label = _ ("Target"),
      .measure = KILTER_TARGET_STOCK,
      .mark = KILTER_GRID_MARK_OUTLINED_BOX,
      .mark_color = KILTER_GRID_COLOR_ACTUAL },
    { .label = _ ("Actual and projected"),
      .measure = KILTER_STOCK,
      .look = KILTER_GRID_ROW_FLAG_BOLD,
      .mark = KILTER_GRID_MARK_HATCHED_BOX,
      .mark_color = KILTER_GRID_COLOR_ACTUAL,
      .flags = KILTER_PLAN_ROW_BELOW_TARGET },
    { .measure = KILTER_COVER, .look = KILTER_GRID_ROW_FLAG_DIM },
  };
  gboolean is_whole = scope->region != 0 || scope->channel != 0;

  if (kilter_scope_is_made_to_order (kilter_page_get_plan (KILTER_PAGE (self)), scope))
    {
      add_section (self, scope, _ ("Backlog"), is_whole);
      add_rows (self, scope, backlog, G_N_ELEMENTS (backlog));
      return;
    }
  add_section (self, scope, _ ("Stock"), is_whole);
  add_rows (self, scope, stock, G_N_ELEMENTS (stock));
}

static void
add_finance (KilterSheetPage *self, const KilterScope *scope)
{
  const KilterPlanRow rows[] = {
    { .measure = KILTER_REVENUE, .look = KILTER_GRID_ROW_FLAG_BOLD },
    { .measure = KILTER_MARGIN },
    { .measure = KILTER_BUDGET_GAP, .flags = KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_GOOD_BAD },
  };

  add_section (self, scope, _ ("Finance"), FALSE);
  add_rows (self, scope, rows, G_N_ELEMENTS (rows));
}

static void
add_sheet (const KilterScope *scope, int depth, gpointer data)
{
  KilterSheetPage *self = data;

  self->depth = depth;
  add_demand (self, scope);
  add_supply (self, scope);
  add_stock (self, scope);
  add_finance (self, scope);
}

static void
fill_sheet (KilterSheetPage *self)
{
  const KilterScope *scope = kilter_page_get_scope (KILTER_PAGE (self));
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  int cycle, n, first;
  g_autofree char *title = NULL, *unit = NULL, *corner = NULL;

  kilter_page_get_year (KILTER_PAGE (self), &cycle, &n);
  first = MAX (cycle - PAST_COLUMNS, 0);
  kilter_plan_grid_begin (self->grid, first, cycle - first + n, TRUE);
  add_sheet (scope, 0, self);
  kilter_plan_pivot_fill (self->pivot, scope, add_sheet, self);
  kilter_plan_grid_end (self->grid);
  title = kilter_subject_get_title (&subject);
  unit = kilter_plan_grid_get_unit_name (self->grid);
  corner = g_strdup_printf ("%s · %s", title, unit);
  kilter_grid_set_corner_label (self->view, corner);
  kilter_plan_grid_fit (self->grid, GTK_WIDGET (self->grid_bin));
}

/* Where a measure is made. */
static const char *
find_origin (KilterMeasure measure, gboolean is_past)
{
  switch ((int) measure)
    {
    case KILTER_DEMAND:
      return is_past ? "forecast/forecast" : "demand/consensus";
    case KILTER_LAST_CYCLE:
    case KILTER_CHANGE_CYCLE:
      return "demand/consensus";
    case KILTER_SUPPLY_LAST:
    case KILTER_SUPPLY:
    case KILTER_UNMET:
    case KILTER_STOCK:
    case KILTER_TARGET_STOCK:
    case KILTER_BACKLOG:
    case KILTER_BACKLOG_DAYS:
    case KILTER_SHIPMENTS:
    case KILTER_COVER:
      return "supply/capacity";
    default:
      return "balance/finance";
    }
}

static void
open_origin (KilterSheetPage *self, int row, int col)
{
  const KilterPlanRow *entry = kilter_plan_grid_get_row (self->grid, row);
  int bucket = kilter_plan_grid_get_bucket (self->grid, col);
  int cycle = kilter_plan_get_n_history (kilter_page_get_plan (KILTER_PAGE (self)));

  if (entry == NULL || entry->measure < 0)
    return;
  gtk_widget_activate_action (
    GTK_WIDGET (self), "win.show-view", "s",
    find_origin ((KilterMeasure) entry->measure, bucket >= 0 && bucket < cycle));
}

static void
open_origin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterSheetPage *self = KILTER_SHEET_PAGE (widget);
  int row, col;

  kilter_grid_get_cursor (self->view, &row, &col);
  open_origin (self, row, col);
}

/* --- the cards --- */

static int
list_versions (const KilterPlan *plan, KilterVersion *out, int *out_recommended)
{
  int n = 0;

  *out_recommended = -1;
  out[n++] = KILTER_BASELINE;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    {
      const char *state = kilter_record_text (version, KILTER_VERSION_STATE);

      /* what was approved says the same as the baseline by now */
      if (version->id == KILTER_BASELINE || kilter_plan_is_snapshot (plan, version->id) ||
          g_str_equal (state, "outdated") || g_str_equal (state, "approved") || n == MAX_VERSIONS)
        continue;
      if (g_str_equal (state, "recommended"))
        *out_recommended = n;
      out[n++] = version->id;
    }
  return n;
}

static void
fill_recommend (KilterSheetPage *self, const KilterVersion *versions, int n, int recommended)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  g_autoptr (GMenu) menu = g_menu_new ();

  for (int i = 1; i < n; i++)
    {
      g_autofree char *action = g_strdup_printf ("sheet.recommend(%d)", versions[i]);

      if (i != recommended)
        g_menu_append (
          menu,
          kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, versions[i]),
                              KILTER_VERSION_NAME),
          action);
    }
  if (recommended > 0)
    g_menu_append (menu, _ ("None of Them"), "sheet.recommend(0)");
  gtk_menu_button_set_menu_model (self->recommend_button, G_MENU_MODEL (menu));
  gtk_widget_set_visible (
    GTK_WIDGET (self->recommend_button),
    n > 1 && !kilter_document_is_read_only (kilter_page_get_document (KILTER_PAGE (self))));
}

static void
recommend_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);

  kilter_page_apply (
    page, kilter_scenario_recommend (kilter_page_get_plan (page), g_variant_get_int32 (parameter)),
    NULL);
}

static void
add_decision_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_decision_dialog_present (KILTER_PAGE (widget), 0);
}

static void
fill_cards (KilterSheetPage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  KilterVersion versions[MAX_VERSIONS];
  int recommended, first, n;
  int n_versions = list_versions (subject.plan, versions, &recommended);
  KilterChart *compare, *bridge;

  kilter_page_get_year (KILTER_PAGE (self), &first, &n);
  compare = kilter_figure_compare (&subject, versions, n_versions, recommended, first, n);
  g_free (self->headline);
  self->headline = compare != NULL ? g_strdup (kilter_chart_get_title (compare)) : NULL;
  kilter_chart_view_set_chart (self->compare, compare);
  gtk_widget_set_visible (self->scenario_button, n_versions < 2);
  fill_recommend (self, versions, n_versions, recommended);
  bridge = kilter_figure_bridge (&subject, first, n);
  gtk_widget_set_visible (GTK_WIDGET (self->bridge), bridge != NULL);
  gtk_widget_set_visible (self->no_budget, bridge == NULL);
  kilter_chart_view_set_chart (self->bridge, bridge);
}

/* --- the page --- */

static void
kilter_sheet_page_refresh (KilterPage *page, KilterChange change)
{
  KilterSheetPage *self = KILTER_SHEET_PAGE (page);
  gboolean empty = kilter_plan_count_records (kilter_page_get_plan (page), KILTER_TABLE_SERIES) ==
                   0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sheet.add-decision",
                                 !kilter_document_is_read_only (kilter_page_get_document (page)));
  kilter_family_switch_refresh (self->families, page);
  kilter_family_switch_refresh (self->narrow_families, page);
  if (empty)
    return;
  fill_sheet (self);
  fill_cards (self);
}

static char *
kilter_sheet_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_SHEET_PAGE (page)->headline);
}

static char *
kilter_sheet_page_get_subtitle (KilterPage *page)
{
  static const KilterScope everything = { 0 };
  const KilterScope *scope = kilter_page_get_scope (page);

  return kilter_scope_equal (scope, &everything)
           ? g_strdup (_ ("Reconcile demand, supply and finance"))
           : kilter_scope_get_title (kilter_page_get_plan (page), scope);
}

static void
kilter_sheet_page_dispose (GObject *object)
{
  KilterSheetPage *self = KILTER_SHEET_PAGE (object);

  g_clear_object (&self->pivot);
  g_clear_object (&self->grid);
  g_clear_pointer (&self->headline, g_free);

  G_OBJECT_CLASS (kilter_sheet_page_parent_class)->dispose (object);
}

static void
kilter_sheet_page_class_init (KilterSheetPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_sheet_page_dispose;
  page_class->refresh = kilter_sheet_page_refresh;
  page_class->get_headline = kilter_sheet_page_get_headline;
  page_class->get_subtitle = kilter_sheet_page_get_subtitle;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/sheet-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterSheetPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterSheetPage, family_bin);
  gtk_widget_class_bind_template_child (widget_class, KilterSheetPage, grid_bin);
  gtk_widget_class_bind_template_child (widget_class, KilterSheetPage, compare);
  gtk_widget_class_bind_template_child (widget_class, KilterSheetPage, scenario_button);
  gtk_widget_class_bind_template_child (widget_class, KilterSheetPage, recommend_button);
  gtk_widget_class_bind_template_child (widget_class, KilterSheetPage, bridge);
  gtk_widget_class_bind_template_child (widget_class, KilterSheetPage, no_budget);
  gtk_widget_class_install_action (widget_class, "sheet.open-origin", NULL, open_origin_action);
  gtk_widget_class_install_action (widget_class, "sheet.recommend", "i", recommend_action);
  gtk_widget_class_install_action (widget_class, "sheet.add-decision", NULL, add_decision_action);
}

/* the button stands in the header bar, out of reach of the page's actions */
static void
add_decision_cb (KilterSheetPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sheet.add-decision", NULL);
}

static void
kilter_sheet_page_init (KilterSheetPage *self)
{
  static const char *const groupings[] = { "family-product", "region-family", "channel-product",
                                           "product-region", "line-product",  NULL };
  GtkWidget *scrolled;
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *extra, *add, *start;

  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_REGION | KILTER_PAGE_NEEDS_CHANNEL |
                                               KILTER_PAGE_NEEDS_CASES | KILTER_PAGE_NEEDS_REVENUE);
  kilter_page_set_title (KILTER_PAGE (self), _ ("S&OP Sheet"));
  self->families = KILTER_FAMILY_SWITCH (kilter_family_switch_new ());
  kilter_page_set_context_extra (KILTER_PAGE (self), GTK_WIDGET (self->families));
  self->narrow_families = KILTER_FAMILY_SWITCH (kilter_family_switch_new ());
  adw_bin_set_child (self->family_bin, GTK_WIDGET (self->narrow_families));
  kilter_page_stand_in (GTK_WIDGET (self->family_bin), GTK_WIDGET (self->families));
  extra = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  add = gtk_button_new_with_label (_ ("Add Decision…"));
  gtk_widget_add_css_class (add, "flat");
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_decision_cb), self, G_CONNECT_SWAPPED);
  start = gtk_button_new_with_label (_ ("Start Meeting"));
  gtk_widget_add_css_class (start, "flat");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (start), "win.start-meeting('pre')");
  gtk_box_append (GTK_BOX (extra), add);
  gtk_box_append (GTK_BOX (extra), start);
  kilter_page_set_header_extra (KILTER_PAGE (self), extra);
  self->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  self->pivot = kilter_plan_pivot_new (KILTER_PAGE (self), self->grid, KILTER_DEMAND);
  kilter_plan_pivot_restrict (self->pivot, groupings, 0);
  scrolled = kilter_plan_grid_create_view (self->grid, &self->view);
  adw_bin_set_child (self->grid_bin,
                     kilter_plan_pivot_create_view (self->pivot, scrolled, self->view));
  g_signal_connect_object (self->grid, "expanded", G_CALLBACK (fill_sheet), self,
                           G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("S&OP Sheet"), -1);
  g_menu_append (menu, _ ("Show Where It Comes From"), "sheet.open-origin");
  g_menu_append (menu, _ ("Escalate: Add Decision…"), "sheet.add-decision");
  kilter_grid_set_menu_model (self->view, G_MENU_MODEL (menu));
  g_signal_connect_object (self->view, "activate-cell", G_CALLBACK (open_origin), self,
                           G_CONNECT_SWAPPED);
  kilter_plan_grid_show_horizon (self->grid);
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->view));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->compare));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->bridge));
}
