/* kilter-clean.c: what in the plan's history is probably not demand: proposals, and their commands
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/forecast/kilter-clean.h"

#include "plan/data/kilter-plan-private.h"

#include "forecast/history/kilter-cleansing.h"

#include <math.h>
#include <string.h>

/* One series: a copy of what the engine reads, and what it found. */
typedef struct
{
  int series;
  double price;
  double *history;
  double *stock;
  guint8 *settled;  /* corrected already, or an event */
  GPtrArray *found; /* KilterAnomaly */
} Item;

struct _KilterCleanTask
{
  int n;
  guint season;
  guint phase;
  GArray *items;
  GArray *proposals;
};

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_free (item->history);
  g_free (item->stock);
  g_free (item->settled);
  g_clear_pointer (&item->found, g_ptr_array_unref);
}

static void
clear_proposal (gpointer data)
{
  g_free (((KilterProposal *) data)->values);
}

static void
add_item (KilterCleanTask *self, KilterPlan *plan, KilterVersion version, int series)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);
  int product = kilter_record_ref (record, KILTER_SERIES_PRODUCT);
  gsize size = sizeof (double) * (gsize) self->n;
  const double *correction = kilter_plan_get_row (plan, version, KILTER_CORRECTION, series);
  const double *event = kilter_plan_get_row (plan, version, KILTER_EVENT, series);
  Item item = { .series = series };

  item.history = g_memdup2 (kilter_plan_get_row (plan, version, KILTER_ACTUAL, series), size);
  item.stock = g_memdup2 (kilter_plan_get_row (plan, version, KILTER_STOCK_ACTUAL, product), size);
  item.settled = g_new0 (guint8, self->n);
  item.price = kilter_plan_get_value (plan, version, KILTER_PRICE, product,
                                      MIN (self->n, kilter_plan_get_n_buckets (plan) - 1));
  for (int t = 0; t < self->n; t++)
    {
      item.settled[t] = !isnan (correction[t]) || (!isnan (event[t]) && event[t] != 0);
      if (!isnan (correction[t]))
        item.history[t] = correction[t];
    }
  g_array_append_val (self->items, item);
}

/**
 * kilter_clean_task_new:
 * @scope: (nullable): which series, %NULL for all
 *
 * Copies the history of the series: sales as they are cleaned by now, and the stock of their
 * products.
 *
 * Returns: (transfer full): the task
 */
KilterCleanTask *
kilter_clean_task_new (KilterPlan *plan, KilterVersion version, const KilterScope *scope)
{
  static const KilterScope everything = { 0 };
  KilterCleanTask *self = g_new0 (KilterCleanTask, 1);
  g_autoptr (GArray)
    rows = kilter_scope_get_rows (plan, scope != NULL ? scope : &everything, KILTER_GRAIN_SERIES);

  self->n = kilter_plan_get_n_history (plan);
  self->season = (guint) kilter_plan_get_season (plan);
  self->phase = (guint) (kilter_bucket_get_position (kilter_plan_get_bucket_kind (plan),
                                                     kilter_plan_get_start (plan)) %
                         kilter_plan_get_season (plan));
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  self->proposals = g_array_new (FALSE, FALSE, sizeof (KilterProposal));
  g_array_set_clear_func (self->items, clear_item);
  g_array_set_clear_func (self->proposals, clear_proposal);
  for (guint i = 0; i < rows->len && self->n > 0; i++)
    add_item (self, plan, version, g_array_index (rows, int, i));
  return self;
}

static void
propose_one (gsize index, guint worker, gpointer data)
{
  KilterCleanTask *self = data;
  Item *item = &g_array_index (self->items, Item, index);

  item->found = kilter_cleansing_propose (item->history, (gsize) self->n,
                                          &(KilterCleansingOptions) { .season_length = self->season,
                                                                      .phase = self->phase,
                                                                      .stock = item->stock,
                                                                      .promoted = item->settled });
}

static KilterProposalKind
get_kind (KilterAnomalyKind kind)
{
  switch (kind)
    {
    case KILTER_ANOMALY_LEVEL_SHIFT:
      return KILTER_PROPOSAL_LEVEL_SHIFT;
    case KILTER_ANOMALY_STOCK_OUT:
      return KILTER_PROPOSAL_STOCK_OUT;
    case KILTER_ANOMALY_MISSING:
      return KILTER_PROPOSAL_MISSING;
    case KILTER_ANOMALY_OUTLIER:
    case KILTER_N_ANOMALIES:
    default:
      return KILTER_PROPOSAL_OUTLIER;
    }
}

static void
add_proposal (KilterCleanTask *self, const Item *item, const KilterAnomaly *anomaly)
{
  KilterProposal proposal = { .series = item->series,
                              .kind = get_kind (anomaly->kind),
                              .no_stock = anomaly->reason == KILTER_ANOMALY_NO_STOCK,
                              .first = (int) anomaly->first,
                              .n = (int) anomaly->n,
                              .at = (int) anomaly->at,
                              .actual = NAN };

  for (gsize i = 0; i < anomaly->n; i++)
    {
      double value = item->history[anomaly->first + i];

      if (isnan (anomaly->values[i]))
        return;
      proposal.proposed += anomaly->values[i];
      if (!isnan (value))
        proposal.actual = isnan (proposal.actual) ? value : proposal.actual + value;
    }
  proposal.values = g_memdup2 (anomaly->values, sizeof (double) * anomaly->n);
  for (int i = 0; i < proposal.n; i++)
    proposal.values[i] = kilter_round_half_away (fmax (proposal.values[i], 0));
  proposal.money = fabs (proposal.proposed - (isnan (proposal.actual) ? 0 : proposal.actual)) *
                   (isnan (item->price) ? 0 : item->price);
  g_array_append_val (self->proposals, proposal);
}

static int
compare_proposals (gconstpointer a, gconstpointer b)
{
  const KilterProposal *x = a, *y = b;

  if (x->money != y->money)
    return x->money > y->money ? -1 : 1;
  if (x->series != y->series)
    return x->series - y->series;
  return x->first - y->first;
}

/**
 * kilter_clean_task_run:
 *
 * Looks at each series. The proposals do not depend on the number of threads.
 */
gboolean
kilter_clean_task_run (KilterCleanTask *self, KilterJob *job, GError **error)
{
  if (!kilter_job_parallel (job, self->items->len, propose_one, self, error))
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      for (guint k = 0; item->found != NULL && k < item->found->len; k++)
        add_proposal (self, item, g_ptr_array_index (item->found, k));
    }
  g_array_sort (self->proposals, compare_proposals);
  return TRUE;
}

const GArray *
kilter_clean_task_get_proposals (const KilterCleanTask *self)
{
  return self->proposals;
}

void
kilter_clean_task_free (KilterCleanTask *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->items);
  g_array_unref (self->proposals);
  g_free (self);
}

/**
 * kilter_plan_add_proposal:
 * @reason: what the corrections are explained with
 *
 * Adds the corrections of a proposal to @command. What was imported stays; locked cells do, too.
 */
void
kilter_plan_add_proposal (KilterPlan *plan,
                          KilterCommand *command,
                          KilterVersion version,
                          const KilterProposal *proposal,
                          const char *reason)
{
  for (int i = 0; i < proposal->n; i++)
    {
      int bucket = proposal->first + i;

      if (kilter_plan_is_locked (plan, version, KILTER_CORRECTION, proposal->series, bucket))
        continue;
      kilter_command_set_value (command, plan, version, KILTER_CORRECTION, KILTER_LAYER_INPUT,
                                proposal->series, bucket, proposal->values[i]);
      kilter_command_set_cell_reason (command, plan, KILTER_CORRECTION, proposal->series, bucket,
                                      reason);
    }
}
