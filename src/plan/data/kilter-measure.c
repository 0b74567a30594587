/* kilter-measure.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/data/kilter-measure.h"

#include <glib/gi18n-lib.h>

#define S KILTER_GRAIN_SERIES
#define P KILTER_GRAIN_PRODUCT
#define R KILTER_GRAIN_RESOURCE
#define QTY KILTER_UNIT_QUANTITY
#define MONEY KILTER_UNIT_MONEY
#define PRICE KILTER_UNIT_PRICE
#define HOURS KILTER_UNIT_HOURS
#define DAYS KILTER_UNIT_DAYS
#define RATIO KILTER_UNIT_RATIO
#define SUM KILTER_AGGREGATE_SUM
#define LAST KILTER_AGGREGATE_LAST
#define AVERAGE KILTER_AGGREGATE_AVERAGE
#define COMPUTED KILTER_AGGREGATE_FORMULA
#define FACT KILTER_HAS_FACT
#define INPUT KILTER_HAS_INPUT
#define FORMULA KILTER_HAS_FORMULA
#define FUTURE (KILTER_HAS_INPUT | KILTER_EDIT_FUTURE)
#define PAST (KILTER_HAS_INPUT | KILTER_EDIT_PAST)
#define FROZEN KILTER_FROZEN

static const KilterMeasureInfo measures[KILTER_N_MEASURES] = {
  { KILTER_ACTUAL, "actual", N_ ("Actual sales"), S, QTY, SUM, FACT | FROZEN, NULL },
  { KILTER_CORRECTION, "correction", N_ ("Correction"), S, QTY, SUM, PAST, NULL },
  { KILTER_CLEANED, "cleaned", N_ ("Cleaned sales"), S, QTY, SUM, FORMULA,
    N_ ("The correction where there is one, otherwise actual sales") },
  { KILTER_PREVIOUS, "previous", N_ ("Forecast one period before"), S, QTY, SUM, FACT, NULL },
  { KILTER_FORECAST_ERROR, "forecast-error", N_ ("Forecast error"), S, RATIO, COMPUTED, FORMULA,
    N_ ("(Actual sales − forecast one period before) ÷ actual sales") },
  { KILTER_STATISTICAL, "statistical", N_ ("Statistical forecast"), S, QTY, SUM, FACT | FROZEN,
    NULL },
  { KILTER_LOW_50, "low50", /* xgettext:no-c-format */ N_ ("50 % low"), S, QTY, COMPUTED, FACT,
    NULL },
  { KILTER_HIGH_50, "high50", /* xgettext:no-c-format */ N_ ("50 % high"), S, QTY, COMPUTED, FACT,
    NULL },
  { KILTER_LOW_80, "low80", /* xgettext:no-c-format */ N_ ("80 % low"), S, QTY, COMPUTED, FACT,
    NULL },
  { KILTER_HIGH_80, "high80", /* xgettext:no-c-format */ N_ ("80 % high"), S, QTY, COMPUTED, FACT,
    NULL },
  { KILTER_LOW_95, "low95", /* xgettext:no-c-format */ N_ ("95 % low"), S, QTY, COMPUTED, FACT,
    NULL },
  { KILTER_HIGH_95, "high95", /* xgettext:no-c-format */ N_ ("95 % high"), S, QTY, COMPUTED, FACT,
    NULL },
  { KILTER_EVENT, "event", N_ ("Events"), S, QTY, SUM, FORMULA | FUTURE | FROZEN,
    N_ ("The typed value, otherwise what the planned events add and take away") },
  { KILTER_OVERRIDE_ADD, "override-add", N_ ("Override, quantity"), S, QTY, SUM, INPUT, NULL },
  { KILTER_OVERRIDE_SHARE, "override-share", N_ ("Override, share"), S, RATIO, COMPUTED, INPUT,
    NULL },
  { KILTER_OVERRIDE, "override", N_ ("Override, change"), S, QTY, SUM, FORMULA | KILTER_EDIT_FUTURE,
    N_ ("Final forecast − statistical forecast − events") },
  { KILTER_FINAL, "final", N_ ("Final forecast"), S, QTY, SUM, FORMULA | FUTURE | FROZEN,
    N_ ("The typed value, otherwise (statistical forecast + events) × (1 + override share) + "
        "override") },
  { KILTER_SALES_INPUT, "sales-input", N_ ("Sales input"), S, QTY, SUM, FUTURE | FACT | FROZEN,
    NULL },
  { KILTER_MARKETING_INPUT, "marketing-input", N_ ("Marketing input"), S, QTY, SUM,
    FUTURE | FACT | FROZEN, NULL },
  { KILTER_FINANCE_INPUT, "finance-input", N_ ("Finance input"), S, QTY, SUM,
    FUTURE | FACT | FROZEN, NULL },
  { KILTER_CUSTOMER_INPUT, "customer-input", N_ ("Customer input"), S, QTY, SUM,
    FUTURE | FACT | FROZEN, NULL },
  { KILTER_CONSENSUS, "consensus", N_ ("Consensus"), S, QTY, SUM, FORMULA | FUTURE | FROZEN,
    N_ ("The typed value, otherwise final forecast + weights × (inputs − final forecast)") },
  { KILTER_ORDERS, "open-orders", N_ ("Open orders"), S, QTY, SUM, FACT, NULL },
  { KILTER_ORDERS_ABOVE, "orders-above", N_ ("Orders above the plan"), S, QTY, SUM, FORMULA,
    N_ ("Open orders that find no forecast left in their own period, nor in the periods before and "
        "after it that orders may consume") },
  { KILTER_FORECAST_LEFT, "forecast-left", N_ ("Forecast not ordered yet"), S, QTY, SUM, FORMULA,
    N_ ("Consensus − what open orders have consumed of it") },
  { KILTER_DEMAND, "demand", N_ ("Demand"), S, QTY, SUM, FORMULA,
    N_ ("Actual sales before the cycle, consensus from the cycle on") },
  { KILTER_LAST_YEAR, "last-year", N_ ("Same period last year"), S, QTY, SUM, FORMULA,
    N_ ("Demand one year before") },
  { KILTER_LAST_CYCLE, "last-cycle", N_ ("Last approved plan"), S, QTY, SUM, FORMULA,
    N_ ("Consensus of the last approved plan") },
  { KILTER_CHANGE_CYCLE, "change-cycle", N_ ("Change from last cycle"), S, RATIO, COMPUTED, FORMULA,
    N_ ("Consensus ÷ last approved plan − 1") },
  { KILTER_CHANGE_YEAR, "change-year", N_ ("Change from last year"), S, RATIO, COMPUTED, FORMULA,
    N_ ("Demand ÷ same period last year − 1") },
  { KILTER_BUDGET, "budget", N_ ("Budget"), S, QTY, SUM, FACT, NULL },
  { KILTER_BUDGET_REVENUE, "budget-revenue", N_ ("Budget revenue"), S, MONEY, SUM, FACT | FORMULA,
    N_ ("As imported, otherwise budget × price") },
  { KILTER_BUDGET_MARGIN, "budget-margin", N_ ("Budget margin"), S, MONEY, SUM, FACT | FORMULA,
    N_ ("As imported, otherwise budget revenue − budget × cost") },
  { KILTER_SALES_PLAN, "sales-plan", N_ ("Sales plan"), S, QTY, SUM, FORMULA | FROZEN,
    N_ ("Demand − its share of the product's unmet demand") },
  { KILTER_CONSENSUS_REVENUE, "consensus-revenue", N_ ("Consensus revenue"), S, MONEY, SUM, FORMULA,
    N_ ("Demand × price") },
  { KILTER_REVENUE, "revenue", N_ ("Revenue"), S, MONEY, SUM, FORMULA | FROZEN,
    N_ ("Sales plan × price") },
  { KILTER_COST_OF_SALES, "cost-of-sales", N_ ("Cost of sales"), S, MONEY, SUM, FORMULA | FROZEN,
    N_ ("Sales plan × cost") },
  { KILTER_MARGIN, "margin", N_ ("Gross margin"), S, MONEY, SUM, FORMULA | FROZEN,
    N_ ("Revenue − cost of sales") },
  { KILTER_MARGIN_SHARE, "margin-share", N_ ("Gross margin, %"), S, RATIO, COMPUTED, FORMULA,
    N_ ("Gross margin ÷ revenue") },
  { KILTER_BUDGET_GAP, "budget-gap", N_ ("Difference to budget"), S, MONEY, SUM, FORMULA,
    N_ ("Revenue − budget revenue") },
  { KILTER_PRICE, "price", N_ ("Price"), P, PRICE, AVERAGE, FACT | FORMULA | FUTURE | FROZEN,
    N_ ("As imported for the period, otherwise the product's price") },
  { KILTER_COST, "cost", N_ ("Cost"), P, PRICE, AVERAGE, FACT | FORMULA | FUTURE | FROZEN,
    N_ ("As imported for the period, otherwise the product's cost") },
  { KILTER_PRODUCTION, "production", N_ ("Actual production"), P, QTY, SUM, FACT | FROZEN, NULL },
  { KILTER_REGULAR, "regular", N_ ("Regular production"), P, QTY, SUM, FACT | FUTURE | FROZEN,
    NULL },
  { KILTER_OVERTIME, "overtime", N_ ("Overtime"), P, QTY, SUM, FACT | FUTURE | FROZEN, NULL },
  { KILTER_ALTERNATIVE, "alternative", N_ ("Alternative line"), P, QTY, SUM, FACT | FUTURE | FROZEN,
    NULL },
  { KILTER_SUBCONTRACT, "subcontract", N_ ("Subcontract"), P, QTY, SUM, FACT | FUTURE | FROZEN,
    NULL },
  { KILTER_PURCHASE, "purchase", N_ ("Purchases"), P, QTY, SUM, FACT | FUTURE | FROZEN, NULL },
  { KILTER_SUPPLY, "supply", N_ ("Total supply"), P, QTY, SUM, FORMULA | FROZEN,
    N_ ("Actual production before the cycle; regular + overtime + alternative line + subcontract + "
        "purchases from the cycle on") },
  { KILTER_NEEDED, "needed", N_ ("Needed for other products"), P, QTY, SUM, FORMULA,
    N_ ("Production of other products × quantity per unit in their bills of material") },
  { KILTER_SUPPLY_LAST, "supply-last", N_ ("Last approved plan"), P, QTY, SUM, FORMULA,
    N_ ("Total supply of the last approved plan") },
  { KILTER_STOCK_ACTUAL, "stock-actual", N_ ("Actual stock"), P, QTY, LAST, FACT | FROZEN, NULL },
  { KILTER_STOCK, "stock", N_ ("Projected stock"), P, QTY, LAST, FORMULA | FROZEN,
    N_ ("Opening stock + total supply − demand − what other products need, not below 0") },
  { KILTER_SAFETY_STOCK, "safety-stock", N_ ("Safety stock"), P, QTY, LAST, FORMULA,
    N_ ("Error of the own forecast over the lead time × the factor of the service level") },
  { KILTER_TARGET_STOCK, "target-stock", N_ ("Target stock"), P, QTY, LAST,
    FORMULA | FUTURE | FROZEN,
    N_ ("As the stock policy says: the coming demand of so many days, a quantity, or the safety "
        "stock for a service level") },
  { KILTER_MIN_STOCK, "min-stock", N_ ("Minimum stock"), P, QTY, LAST, FORMULA,
    N_ ("The coming demand of as many days as the stock policy says") },
  { KILTER_MAX_STOCK, "max-stock", N_ ("Maximum stock"), P, QTY, LAST, FORMULA,
    N_ ("The coming demand of as many days as the stock policy says") },
  { KILTER_UNMET, "unmet", N_ ("Unmet demand"), P, QTY, SUM, FORMULA | FROZEN,
    N_ ("Demand that neither stock nor supply covers") },
  { KILTER_BACKLOG, "backlog", N_ ("Backlog"), P, QTY, LAST, FORMULA | FROZEN,
    N_ ("Unmet demand that waits") },
  { KILTER_SHIPMENTS, "shipments", N_ ("Shipments"), P, QTY, SUM, FORMULA,
    N_ ("Demand + backlog before − backlog, or demand − what is lost") },
  { KILTER_BACKLOG_DAYS, "backlog-days", N_ ("Backlog in days"), P, DAYS, COMPUTED, FORMULA,
    N_ ("Days of coming production that the backlog takes") },
  { KILTER_AVAILABLE, "available", N_ ("Available to promise"), P, QTY, LAST, FORMULA,
    N_ ("The lowest projected stock from here on: what can be sold on top of the demand plan") },
  { KILTER_COVER, "cover", N_ ("Days of cover"), P, DAYS, COMPUTED, FORMULA,
    N_ ("Days until the stock is used up by the coming demand") },
  { KILTER_STOCK_VALUE, "stock-value", N_ ("Stock value"), P, MONEY, LAST, FORMULA | FROZEN,
    N_ ("Projected stock × cost") },
  { KILTER_EXCESS, "excess", N_ ("Excess stock"), P, QTY, LAST, FORMULA,
    N_ ("Projected stock − target stock − demand of the next months, not below 0") },
  { KILTER_EXCESS_VALUE, "excess-value", N_ ("Value of excess stock"), P, MONEY, LAST, FORMULA,
    N_ ("Excess stock × cost") },
  { KILTER_OBSOLETE, "obsolete", N_ ("Stock left at phase-out"), P, QTY, LAST, FORMULA,
    N_ ("Projected stock − all demand until the phase-out, not below 0") },
  { KILTER_OBSOLETE_VALUE, "obsolete-value", N_ ("Value left at phase-out"), P, MONEY, LAST,
    FORMULA, N_ ("Stock left at phase-out × cost") },
  { KILTER_EXTRA_COST, "extra-cost", N_ ("Extra supply cost"), P, MONEY, SUM, FORMULA | FROZEN,
    N_ ("Overtime hours × overtime cost + alternative line × extra cost + subcontract × "
        "(subcontracting cost − cost)") },
  { KILTER_SHIFTS, "shifts", N_ ("Shifts a day"), R, DAYS, LAST, FORMULA | FUTURE | FROZEN,
    N_ ("As typed for the period, otherwise the resource's shifts") },
  { KILTER_WORKDAYS, "workdays", N_ ("Working days"), R, DAYS, SUM, FORMULA | FUTURE | FROZEN,
    N_ ("As typed for the period, otherwise the resource's working days") },
  { KILTER_WORKERS, "workers", N_ ("Workers"), R, DAYS, LAST, FACT | FORMULA | FUTURE | FROZEN,
    N_ ("As planned or typed for the period, otherwise the workers at the start") },
  { KILTER_CAPACITY, "capacity", N_ ("Regular capacity"), R, HOURS, SUM,
    FACT | FORMULA | FUTURE | FROZEN,
    N_ ("As imported or typed for the period, otherwise the resource's capacity × shifts, working "
        "days and workers against the usual ones") },
  { KILTER_LOAD, "load", N_ ("Load of the plan"), R, HOURS, SUM, FORMULA,
    N_ (
      "Production × hours per unit in the period in which it starts; for a store, stock × pallets "
      "per unit; for capital, stock × cost") },
  { KILTER_OVERTIME_HOURS, "overtime-hours", N_ ("Overtime hours"), R, HOURS, SUM, FORMULA,
    N_ ("Overtime × hours per unit") },
  { KILTER_DEMAND_LOAD, "demand-load", N_ ("Load of the demand"), R, HOURS, SUM, FORMULA,
    N_ ("Demand × hours per unit; for a store, target stock × pallets per unit") },
  { KILTER_LOAD_SHARE, "load-share", N_ ("Load, %"), R, RATIO, COMPUTED, FORMULA,
    N_ ("Load of the plan ÷ regular capacity") },
  { KILTER_DEMAND_LOAD_SHARE, "demand-load-share", N_ ("Load of the demand, %"), R, RATIO, COMPUTED,
    FORMULA, N_ ("Load of the demand ÷ regular capacity") },
  { KILTER_BOOKINGS, "bookings", N_ ("Bookings"), P, QTY, SUM, FACT, NULL },
  { KILTER_ORDER_LINES, "order-lines", N_ ("Order lines"), P, QTY, SUM, FACT, NULL },
  { KILTER_ORDER_ON_TIME, "order-on-time", N_ ("Lines on time and in full"), P, QTY, SUM, FACT,
    NULL },
  { KILTER_ORDER_ACCURATE, "order-accurate", N_ ("Lines with the right item and quantity"), P, QTY,
    SUM, FACT, NULL },
  { KILTER_ORDER_PERFECT, "order-perfect", N_ ("Perfect lines"), P, QTY, SUM, FACT, NULL },
  { KILTER_ORDER_DAYS, "order-days", N_ ("Days from order to delivery"), P, QTY, SUM, FACT, NULL },
  { KILTER_RECEIVABLES, "receivables", N_ ("Receivables"), P, MONEY, LAST, FACT | FORMULA | FROZEN,
    N_ ("As imported, otherwise the revenue of as many days as customers take to pay") },
  { KILTER_PAYABLES, "payables", N_ ("Payables"), P, MONEY, LAST, FACT | FORMULA | FROZEN,
    N_ ("As imported, otherwise supply at cost of as many days as suppliers are paid after") },
  { KILTER_WORKING_CAPITAL, "working-capital", N_ ("Working capital"), P, MONEY, LAST,
    FORMULA | FROZEN, N_ ("Stock value + receivables − payables") },
};

/**
 * kilter_measure_get_info:
 *
 * Returns: (transfer none): the description of a measure
 */
const KilterMeasureInfo *
kilter_measure_get_info (KilterMeasure measure)
{
  g_return_val_if_fail (measure < KILTER_N_MEASURES, NULL);

  return &measures[measure];
}

/**
 * kilter_measure_from_key:
 *
 * Returns: the measure, or -1 when there is none of that key
 */
int
kilter_measure_from_key (const char *key)
{
  for (int i = 0; i < KILTER_N_MEASURES; i++)
    if (g_strcmp0 (measures[i].key, key) == 0)
      return i;
  return -1;
}

/**
 * kilter_measure_get_name:
 *
 * Returns: (transfer none): the name in the user's language
 */
const char *
kilter_measure_get_name (KilterMeasure measure)
{
  return _ (kilter_measure_get_info (measure)->name);
}
