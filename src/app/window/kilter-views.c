/* kilter-views.c: the table of views and their pages
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-views.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/pages/balance/kilter-agenda-page.h"
#include "app/pages/balance/kilter-finance-page.h"
#include "app/pages/balance/kilter-options-page.h"
#include "app/pages/balance/kilter-sheet-page.h"
#include "app/pages/decide/kilter-executive-page.h"
#include "app/pages/demand/kilter-demand-page.h"
#include "app/pages/demand/kilter-events-page.h"
#include "app/pages/demand/kilter-inputs-page.h"
#include "app/pages/forecast/kilter-accuracy-page.h"
#include "app/pages/forecast/kilter-data-page.h"
#include "app/pages/forecast/kilter-forecast-page.h"
#include "app/pages/monitor/kilter-actions-page.h"
#include "app/pages/monitor/kilter-actual-page.h"
#include "app/pages/monitor/kilter-metrics-page.h"
#include "app/pages/overview/kilter-overview-page.h"
#include "app/pages/packs/kilter-packs-page.h"
#include "app/pages/risks/kilter-risks-page.h"
#include "app/pages/scenarios/kilter-scenarios-page.h"
#include "app/pages/structure/kilter-structure-pages.h"
#include "app/pages/supply/kilter-materials-page.h"
#include "app/pages/supply/kilter-stock-page.h"
#include "app/pages/supply/kilter-supply-page.h"

/* A view without pages is not shown. Add the include above, the page here, nothing else. */

static const KilterPageInfo overview_pages[] = {
  { "overview", N_ ("Overview"), kilter_overview_page_get_type },
};

/* step 1: forecast, data, accuracy */
static const KilterPageInfo forecast_pages[] = {
  { "forecast", N_ ("Forecast"), kilter_forecast_page_get_type },
  { "data", N_ ("Data"), kilter_data_page_get_type, "x-office-spreadsheet-symbolic" },
  { "accuracy", N_ ("Accuracy"), kilter_accuracy_page_get_type, "kilter-monitor-symbolic" },
};

/* step 2: consensus, inputs, events */
static const KilterPageInfo demand_pages[] = {
  { "consensus", N_ ("Consensus"), kilter_demand_page_get_type },
  { "inputs", N_ ("Inputs"), kilter_inputs_page_get_type, "system-users-symbolic" },
  { "events", N_ ("Events"), kilter_events_page_get_type, "x-office-calendar-symbolic" },
};

/* step 3: capacity, stock, materials */
static const KilterPageInfo supply_pages[] = {
  { "capacity", N_ ("Capacity"), kilter_supply_page_get_type },
  { "stock", N_ ("Stock"), kilter_stock_page_get_type, "package-x-generic-symbolic" },
  { "materials", N_ ("Materials"), kilter_materials_page_get_type, "view-list-bullet-symbolic" },
};

/* step 4: sheet, options, finance, agenda */
static const KilterPageInfo balance_pages[] = {
  { "sheet", N_ ("S&OP Sheet"), kilter_sheet_page_get_type },
  { "options", N_ ("Options"), kilter_options_page_get_type, "kilter-scenario-symbolic" },
  { "finance", N_ ("Finance"), kilter_finance_page_get_type, "accessories-calculator-symbolic" },
  { "agenda", N_ ("Agenda"), kilter_agenda_page_get_type, "view-list-ordered-symbolic" },
};

/* step 5: one page */
static const KilterPageInfo decide_pages[] = {
  { "executive", N_ ("Executive S&OP"), kilter_executive_page_get_type },
};

/* step 6: metrics, actual, actions */
static const KilterPageInfo monitor_pages[] = {
  { "metrics", N_ ("Metrics"), kilter_metrics_page_get_type },
  { "actual", N_ ("Plan vs. Actual"), kilter_actual_page_get_type, "kilter-forecast-symbolic" },
  { "actions", N_ ("Actions"), kilter_actions_page_get_type, "kilter-check-symbolic" },
};

static const KilterPageInfo scenarios_pages[] = {
  { "scenarios", N_ ("Scenarios"), kilter_scenarios_page_get_type },
};

static const KilterPageInfo structure_pages[] = {
  { "products", N_ ("Products"), kilter_products_page_get_type, "package-x-generic-symbolic" },
  { "families", N_ ("Families & Markets"), kilter_families_page_get_type },
  { "resources", N_ ("Resources"), kilter_resources_page_get_type, "kilter-supply-symbolic" },
  { "rates", N_ ("Rates"), kilter_rates_page_get_type, "preferences-system-time-symbolic" },
  { "units", N_ ("Units & Currencies"), kilter_units_page_get_type,
    "accessories-calculator-symbolic" },
  { "policies", N_ ("Stock Policies"), kilter_policies_page_get_type,
    "x-office-document-symbolic" },
  { "people", N_ ("People"), kilter_people_page_get_type, "system-users-symbolic" },
};

static const KilterPageInfo risks_pages[] = {
  { "risks", N_ ("Assumptions & Risks"), kilter_risks_page_get_type },
};

static const KilterPageInfo packs_pages[] = {
  { "packs", N_ ("Meeting Packs"), kilter_packs_page_get_type },
};

#define VIEW(key, title, icon, step)                                                               \
  { #key, title, icon, step, key##_pages, G_N_ELEMENTS (key##_pages) }

static const KilterViewInfo all_views[] = {
  VIEW (overview, N_ ("Overview"), "kilter-overview-symbolic", 0),
  VIEW (forecast, N_ ("Data & Forecast"), "kilter-forecast-symbolic", 1),
  VIEW (demand, N_ ("Demand Review"), "kilter-demand-symbolic", 2),
  VIEW (supply, N_ ("Supply Review"), "kilter-supply-symbolic", 3),
  VIEW (balance, N_ ("Pre-S&OP"), "kilter-balance-symbolic", 4),
  VIEW (decide, N_ ("Executive S&OP"), "kilter-decide-symbolic", 5),
  VIEW (monitor, N_ ("Monitor"), "kilter-monitor-symbolic", 6),
  VIEW (scenarios, N_ ("Scenarios"), "kilter-scenario-symbolic", 0),
  VIEW (structure, N_ ("Products & Resources"), "kilter-structure-symbolic", 0),
  VIEW (risks, N_ ("Assumptions & Risks"), "kilter-flag-symbolic", 0),
  VIEW (packs, N_ ("Meeting Packs"), "kilter-pack-symbolic", 0),
};

guint
kilter_views_get_n (void)
{
  return G_N_ELEMENTS (all_views);
}

const KilterViewInfo *
kilter_views_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (all_views), NULL);
  return &all_views[index];
}

/**
 * kilter_views_find:
 * @key: (nullable): "supply"
 *
 * Returns: (nullable): the view
 */
const KilterViewInfo *
kilter_views_find (const char *key)
{
  for (guint i = 0; key != NULL && i < G_N_ELEMENTS (all_views); i++)
    if (strcmp (all_views[i].key, key) == 0)
      return &all_views[i];
  return NULL;
}

const KilterViewInfo *
kilter_views_find_step (int step)
{
  for (guint i = 0; i < G_N_ELEMENTS (all_views); i++)
    if (all_views[i].step == step && step > 0)
      return &all_views[i];
  return NULL;
}

/* whether there is anything to show */
gboolean
kilter_view_has_pages (const KilterViewInfo *view)
{
  return view != NULL && view->n_pages > 0 && view->pages[0].get_type != NULL;
}

/**
 * kilter_view_find_page:
 * @key: (nullable): %NULL finds the first
 *
 * Returns: (nullable): the page
 */
const KilterPageInfo *
kilter_view_find_page (const KilterViewInfo *view, const char *key)
{
  g_return_val_if_fail (view != NULL, NULL);
  if (!kilter_view_has_pages (view))
    return NULL;
  for (guint i = 0; key != NULL && i < view->n_pages; i++)
    if (view->pages[i].key != NULL && strcmp (view->pages[i].key, key) == 0)
      return &view->pages[i];
  return &view->pages[0];
}
