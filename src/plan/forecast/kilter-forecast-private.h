/* kilter-forecast-private.h: inside of a forecast run; private to this folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/forecast/kilter-forecast-task.h"
#include "plan/data/kilter-plan-private.h"
/* after the measures, one of which has the name of its error domain */
#include "forecast/hierarchy/kilter-hierarchy.h"
#include "forecast/driver/kilter-launch.h"
#include "plan/forecast/kilter-forecast-events.h"
#include "plan/data/kilter-model-private.h"

G_BEGIN_DECLS

#define KILTER_FORECAST_N_INTERVALS 3
#define KILTER_MAX_LIKES 3

/**
 * KilterForecastItem: one series of the plan and the engine's view of it
 * @written: whether the run is about it; else it is only needed by others
 * @n_likes: like products in the same market; 0 for a product that is not new
 * @share: how much of the like products' sales is expected
 * @bass: whether the launch follows Bass' curve
 * @launch: index of the first bucket in which it is sold
 * @end: index of the first bucket in which it is not sold any more
 * @apart: whether it keeps its own forecast when the others are reconciled
 * @history: what the engine sees, with what predecessors sold before
 * @own: what it sold itself
 * @season: (nullable): the season that a planner has set, as many indices as it has buckets
 * @predecessor: the series that was chained to it, or 0
 * @rows: mean, low 50, high 50, low 80 … of the horizon, one row after the other
 * @sd: standard deviation of the error one bucket ahead
 * @notes: (nullable): reasons that the run itself adds
 */
typedef struct
{
  int series;
  int product;
  gboolean written;
  int likes[KILTER_MAX_LIKES];
  int n_likes;
  double share;
  gboolean bass;
  int launch;
  int end;
  KilterPhaseOut phase_out;
  guint phase_out_periods;
  gboolean apart;
  double *history;
  double *own;
  double *season;
  int predecessor;
  KilterForecastMethod method;
  guint32 members; /* of a combination */
  gboolean first;  /* is looked at now */
  double *rows;
  double sd;
  GString *notes;
} KilterForecastItem;

/**
 * KilterForecastNode: a sum of series that is forecast too
 * @name: for files
 * @history: the sum of its leaves' histories
 */
typedef struct
{
  char *name;
  double *history;
} KilterForecastNode;

/**
 * KilterForecastReconcile: how forecasts are made to agree
 * @level: of middle-out, the name of the level
 */
typedef struct
{
  KilterReconcileMethod method;
  KilterReconcileWeights weights;
  char *level;
} KilterForecastReconcile;

struct _KilterForecastTask
{
  KilterVersion version;
  char *pinned; /* (nullable): becomes each series' own method */
  int n_history;
  int n_horizon;
  KilterBucketKind kind;
  KilterBucket start;
  guint phase;
  KilterForecastOptions options;
  GArray *items;         /* KilterForecastItem */
  GHashTable *by_series; /* series → index + 1 */
  KilterForecastReconcile reconcile;
  KilterHierarchy *hierarchy; /* (nullable) */
  guint stands;               /* of middle-out, the level */
  GArray *leaves;             /* guint: items of the hierarchy */
  GPtrArray *nodes;           /* KilterForecastNode: its sums */
  gsize n_inputs;             /* items and nodes */
  KilterForecastEvents *events;
  KilterSeries *series;    /* one for each input */
  KilterForecast *results; /* the same */
  char **ids;              /* (nullable): of the inputs, in files */
  int *ready;              /* (atomic): by input, whether its result is there */
  gboolean done;
};

static inline KilterForecastItem *
kilter_forecast_item (const KilterForecastTask *self, gsize i)
{
  return &g_array_index (self->items, KilterForecastItem, i);
}

KilterForecastItem *kilter_forecast_task_find (const KilterForecastTask *self, int series);
double *
kilter_forecast_item_row (const KilterForecastTask *self, KilterForecastItem *item, guint row);
void kilter_forecast_item_note (KilterForecastItem *item, const char *code, double value);

gboolean kilter_forecast_task_complete (KilterForecastTask *self, KilterJob *job, GError **error);

/* kilter-forecast-answer.c */
void kilter_forecast_task_make_ids (KilterForecastTask *self, const KilterPlan *plan);

/* kilter-forecast-items.c */
void kilter_forecast_task_add_items (KilterForecastTask *self,
                                     KilterPlan *plan,
                                     const GArray *rows,
                                     const char *method);
/* kilter-forecast-launch.c */
void kilter_forecast_task_get_factors (const KilterForecastTask *self,
                                       const KilterForecastItem *item,
                                       double *out);
gboolean kilter_forecast_task_launch (KilterForecastTask *self, GError **error);
/* kilter-forecast-nodes.c */
gboolean
kilter_forecast_task_set_reconcile (KilterForecastTask *self, const char *text, GError **error);
gboolean
kilter_forecast_task_add_nodes (KilterForecastTask *self, KilterPlan *plan, GError **error);
gboolean kilter_forecast_task_reconcile (KilterForecastTask *self, KilterJob *job, GError **error);

extern const double kilter_forecast_levels[KILTER_FORECAST_N_INTERVALS];

G_END_DECLS
