/* kilter-measure.h: the one table of measures
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Grid, chart, export, help and kilterctl read this table; a new measure is one entry and, when
 * it is derived, one formula (kilter-formula.c). Keep the order: the file stores keys, not
 * numbers, but formulas are looked up by number. */
typedef enum
{
  /* product × region × channel */
  KILTER_ACTUAL,         /* sales as imported */
  KILTER_CORRECTION,     /* what a planner says sales would have been */
  KILTER_CLEANED,        /* correction where there is one, else actual */
  KILTER_PREVIOUS,       /* the forecast made one bucket before */
  KILTER_FORECAST_ERROR, /* (actual − previous) ÷ actual */
  KILTER_STATISTICAL,
  KILTER_LOW_50,
  KILTER_HIGH_50,
  KILTER_LOW_80,
  KILTER_HIGH_80,
  KILTER_LOW_95,
  KILTER_HIGH_95,
  KILTER_EVENT,          /* typed, else what the planned events add; a quantity to add */
  KILTER_OVERRIDE_ADD,   /* typed "+24": moves with a new forecast */
  KILTER_OVERRIDE_SHARE, /* typed "+5%": the same */
  KILTER_OVERRIDE,       /* final − statistical, as shown */
  KILTER_FINAL,          /* typed value, else statistical + event, × (1 + share) + add */
  KILTER_SALES_INPUT,
  KILTER_MARKETING_INPUT,
  KILTER_FINANCE_INPUT,
  KILTER_CUSTOMER_INPUT,
  KILTER_CONSENSUS,      /* typed value, else final + weights × (input − final) */
  KILTER_ORDERS,         /* open orders, by the bucket in which they are wanted */
  KILTER_ORDERS_ABOVE,   /* of them, what the consensus does not foresee */
  KILTER_FORECAST_LEFT,  /* of the consensus, what no order has consumed yet */
  KILTER_DEMAND,         /* actual in the past, consensus from the cycle on */
  KILTER_LAST_YEAR,      /* demand one year before */
  KILTER_LAST_CYCLE,     /* consensus of the last approved plan */
  KILTER_CHANGE_CYCLE,   /* consensus ÷ last cycle − 1 */
  KILTER_CHANGE_YEAR,    /* demand ÷ last year − 1 */
  KILTER_BUDGET,         /* quantity */
  KILTER_BUDGET_REVENUE, /* imported, else budget × price */
  KILTER_BUDGET_MARGIN,  /* budget revenue − budget × cost */
  KILTER_SALES_PLAN,     /* demand that can be met: demand − its share of unmet */
  KILTER_CONSENSUS_REVENUE,
  KILTER_REVENUE,       /* sales plan × price */
  KILTER_COST_OF_SALES, /* sales plan × cost */
  KILTER_MARGIN,        /* revenue − cost of sales */
  KILTER_MARGIN_SHARE,  /* margin ÷ revenue */
  KILTER_BUDGET_GAP,    /* revenue − budget revenue */
  /* product */
  KILTER_PRICE,
  KILTER_COST,
  KILTER_PRODUCTION, /* actual production */
  KILTER_REGULAR,
  KILTER_OVERTIME,
  KILTER_ALTERNATIVE, /* made on the other line */
  KILTER_SUBCONTRACT,
  KILTER_PURCHASE,
  KILTER_SUPPLY,       /* production in the past, the sum of the five from the cycle on */
  KILTER_NEEDED,       /* what making other products consumes */
  KILTER_SUPPLY_LAST,  /* supply of the last approved plan */
  KILTER_STOCK_ACTUAL, /* closing stock as imported */
  KILTER_STOCK,        /* actual in the past, projected from the cycle on */
  KILTER_SAFETY_STOCK, /* from the error of the own forecast over the lead time */
  KILTER_TARGET_STOCK,
  KILTER_MIN_STOCK,
  KILTER_MAX_STOCK,
  KILTER_UNMET,
  KILTER_BACKLOG,
  KILTER_SHIPMENTS,    /* demand met */
  KILTER_BACKLOG_DAYS, /* days of shipments that the backlog is */
  KILTER_AVAILABLE,    /* what can be promised on top of the demand */
  KILTER_COVER,        /* days of coming demand that the stock covers */
  KILTER_STOCK_VALUE,
  KILTER_EXCESS, /* stock above the target and the demand of the next months */
  KILTER_EXCESS_VALUE,
  KILTER_OBSOLETE, /* stock that the demand until the phase-out does not use up */
  KILTER_OBSOLETE_VALUE,
  KILTER_EXTRA_COST, /* overtime, other lines and subcontracting above the regular cost */
  /* resource */
  KILTER_SHIFTS,
  KILTER_WORKDAYS,
  KILTER_WORKERS,
  KILTER_CAPACITY, /* regular hours, or pallets of a store */
  KILTER_LOAD,     /* hours of the supply plan */
  KILTER_OVERTIME_HOURS,
  KILTER_DEMAND_LOAD, /* hours that the demand would take in its own bucket */
  KILTER_LOAD_SHARE,  /* load ÷ capacity */
  KILTER_DEMAND_LOAD_SHARE,
  /* product again: orders and their deliveries by the period of the promised date, and money that
   * is tied up */
  KILTER_BOOKINGS,        /* quantity ordered in the period */
  KILTER_ORDER_LINES,     /* order lines due */
  KILTER_ORDER_ON_TIME,   /* of them, both on time and in full */
  KILTER_ORDER_ACCURATE,  /* of them, with the right item and quantity */
  KILTER_ORDER_PERFECT,   /* of them, right in all four: in full, on time, documents, condition */
  KILTER_ORDER_DAYS,      /* days from order to delivery, summed over the lines */
  KILTER_RECEIVABLES,     /* imported, else revenue of as many days as customers take to pay */
  KILTER_PAYABLES,        /* imported, else supply at cost of as many days as one takes to pay */
  KILTER_WORKING_CAPITAL, /* stock value + receivables − payables */
  KILTER_N_MEASURES,
} KilterMeasure;

typedef enum
{
  KILTER_GRAIN_SERIES,
  KILTER_GRAIN_PRODUCT,
  KILTER_GRAIN_RESOURCE,
} KilterGrain;

typedef enum
{
  KILTER_UNIT_QUANTITY,
  KILTER_UNIT_MONEY,
  KILTER_UNIT_PRICE,
  KILTER_UNIT_HOURS,
  KILTER_UNIT_DAYS,
  KILTER_UNIT_RATIO,
} KilterUnit;

/**
 * KilterAggregate:
 * @KILTER_AGGREGATE_SUM: add
 * @KILTER_AGGREGATE_LAST: over time the last bucket; over rows, add (stock)
 * @KILTER_AGGREGATE_AVERAGE: the mean (prices)
 * @KILTER_AGGREGATE_FORMULA: computed again from the aggregated inputs (ratios, intervals, cover)
 */
typedef enum
{
  KILTER_AGGREGATE_SUM,
  KILTER_AGGREGATE_LAST,
  KILTER_AGGREGATE_AVERAGE,
  KILTER_AGGREGATE_FORMULA,
} KilterAggregate;

typedef enum
{
  KILTER_EDIT_PAST = 1 << 0,   /* a person may type in buckets before the cycle */
  KILTER_EDIT_FUTURE = 1 << 1, /* … from the cycle on */
  KILTER_HAS_FACT = 1 << 2,    /* imported or computed by an engine, and stored */
  KILTER_HAS_INPUT = 1 << 3,   /* typed, and stored */
  KILTER_HAS_FORMULA = 1 << 4, /* where nothing is typed or stored */
  KILTER_FROZEN = 1 << 5,      /* copied into snapshots */
} KilterMeasureFlags;

/**
 * KilterMeasureInfo:
 * @key: in files and on the command line
 * @name: what people read; translate with the domain "kilter"
 * @formula_text: (nullable): the formula in words, for the inspector and the help; translate
 */
typedef struct
{
  KilterMeasure measure;
  const char *key;
  const char *name;
  KilterGrain grain;
  KilterUnit unit;
  KilterAggregate aggregate;
  KilterMeasureFlags flags;
  const char *formula_text;
} KilterMeasureInfo;

const KilterMeasureInfo *kilter_measure_get_info (KilterMeasure measure);
int kilter_measure_from_key (const char *key);
const char *kilter_measure_get_name (KilterMeasure measure);

G_END_DECLS
