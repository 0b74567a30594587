/* kilter-review-changes.c: what changed since the last cycle, and changing the consensus as a whole
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-review.h"

#include "plan/data/kilter-plan-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/* --- the bridge --- */

/* one number of a product's demand, then or now, and what it is made of */
typedef struct
{
  double statistical;
  double events;
  double final;
  double consensus;
} Parts;

static double
get_worth (KilterPlan *plan, KilterVersion version, int product, KilterMeasuredIn in, int t)
{
  double price, cost;

  if (in != KILTER_IN_REVENUE && in != KILTER_IN_MARGIN)
    return 1;
  price = or_zero (kilter_plan_get_value (plan, version, KILTER_PRICE, product, t));
  cost = in == KILTER_IN_MARGIN
           ? or_zero (kilter_plan_get_value (plan, version, KILTER_COST, product, t))
           : 0;
  return price - cost;
}

static Parts
read_parts (KilterPlan *plan, KilterVersion version, int series, int t)
{
  return (Parts) {
    kilter_plan_get_value (plan, version, KILTER_STATISTICAL, series, t),
    or_zero (kilter_plan_get_value (plan, version, KILTER_EVENT, series, t)),
    kilter_plan_get_value (plan, version, KILTER_FINAL, series, t),
    or_zero (kilter_plan_get_value (plan, version, KILTER_CONSENSUS, series, t)),
  };
}

/* Adds what moved one number to the drivers. */
static void
add_drivers (const Parts *then, const Parts *now, double worth, double *drivers)
{
  double final_then = isnan (then->final) ? then->statistical : then->final;
  double final_now = isnan (now->final) ? now->statistical : now->final;

  if (isnan (final_then) || isnan (final_now))
    {
      drivers[KILTER_DRIVER_OTHER] += worth * (now->consensus - then->consensus);
      return;
    }
  drivers[KILTER_DRIVER_STATISTICAL] += worth *
                                        (or_zero (now->statistical) - or_zero (then->statistical));
  drivers[KILTER_DRIVER_EVENTS] += worth * (now->events - then->events);
  drivers[KILTER_DRIVER_OVERRIDES] += worth *
                                      ((final_now - or_zero (now->statistical) - now->events) -
                                       (final_then - or_zero (then->statistical) - then->events));
  drivers[KILTER_DRIVER_INPUTS] += worth *
                                   ((now->consensus - final_now) - (then->consensus - final_then));
}

/* What moved a product's demand over a span; the drivers sum to @out_to − @out_from. */
static void
compare_product (KilterPlan *plan,
                 KilterVersion version,
                 KilterVersion last,
                 const KilterScope *scope,
                 int product,
                 KilterMeasuredIn in,
                 int first,
                 int n,
                 double *out_from,
                 double *out_to,
                 double *drivers)
{
  int n_series;
  const int *series = kilter_plan_get_product_series (plan, product, &n_series);

  *out_from = *out_to = 0;
  for (int d = 0; d < KILTER_N_DRIVERS; d++)
    drivers[d] = 0;
  for (int i = 0; i < n_series; i++)
    for (int t = first; t < first + n && kilter_scope_has_series (plan, scope, series[i]); t++)
      {
        double worth = get_worth (plan, version, product, in, t);
        Parts then = read_parts (plan, last, series[i], t);
        Parts now = read_parts (plan, version, series[i], t);

        *out_from += worth * then.consensus;
        *out_to += worth * now.consensus;
        add_drivers (&then, &now, worth, drivers);
      }
  if (*out_from == 0 || *out_to == 0)
    {
      for (int d = 0; d < KILTER_N_DRIVERS; d++)
        drivers[d] = 0;
      drivers[*out_from == 0 ? KILTER_DRIVER_NEW : KILTER_DRIVER_ENDED] = *out_to - *out_from;
    }
}

/* From the cycle on, as far as the last approved plan goes. */
static gboolean
find_span (KilterPlan *plan, int n_buckets, KilterVersion *out_last, int *out_first, int *out_n)
{
  KilterVersion last = kilter_plan_get_last_cycle (plan);
  int cycle = kilter_plan_get_n_history (plan), n = kilter_plan_get_n_buckets (plan), end = cycle;

  if (last == 0)
    return FALSE;
  for (int row = 1; row <= kilter_plan_get_n_rows (plan, KILTER_GRAIN_SERIES); row++)
    {
      const double *consensus = kilter_plan_get_row (plan, last, KILTER_CONSENSUS, row);

      for (int t = end; t < n; t++)
        if (!isnan (consensus[t]))
          end = t + 1;
    }
  *out_last = last;
  *out_first = cycle;
  *out_n = MIN (n_buckets, end - cycle);
  return *out_n > 0;
}

/**
 * kilter_plan_demand_change:
 * @in: quantity, or revenue or margin at the prices and costs of the plan as it is
 * @n_buckets: how many buckets from the cycle on, at most
 *
 * Takes the difference between the last approved plan and the consensus as it is apart, product by
 * product, into what it is made of. The parts sum to the difference.
 *
 * Returns: %FALSE when there is no approved plan of an earlier cycle that knows these buckets
 */
gboolean
kilter_plan_demand_change (KilterPlan *plan,
                           KilterVersion version,
                           const KilterScope *scope,
                           KilterMeasuredIn in,
                           int n_buckets,
                           KilterDemandChange *out)
{
  g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);
  KilterVersion last;

  *out = (KilterDemandChange) { 0 };
  if (!find_span (plan, n_buckets, &last, &out->first, &out->n))
    return FALSE;
  for (guint i = 0; i < products->len; i++)
    {
      int product = g_array_index (products, int, i);
      double drivers[KILTER_N_DRIVERS], from, to;

      compare_product (plan, version, last, scope, product, in, out->first, out->n, &from, &to,
                       drivers);
      out->from += from;
      out->to += to;
      for (int d = 0; d < KILTER_N_DRIVERS; d++)
        out->drivers[d] += drivers[d];
    }
  return TRUE;
}

/* The newest note of a typed number of a product since a moment. */
static const KilterCellNote *
find_note (KilterPlan *plan,
           KilterVersion version,
           const KilterScope *scope,
           int product,
           int first,
           int n,
           const char *since)
{
  static const KilterMeasure typed[] = { KILTER_CONSENSUS, KILTER_FINAL, KILTER_OVERRIDE_ADD,
                                         KILTER_OVERRIDE_SHARE };
  int n_series;
  const int *series = kilter_plan_get_product_series (plan, product, &n_series);
  const KilterCellNote *newest = NULL;

  for (int i = 0; i < n_series; i++)
    for (gsize m = 0; m < G_N_ELEMENTS (typed); m++)
      {
        const double *values = kilter_plan_get_stored (plan, version, typed[m], KILTER_LAYER_INPUT,
                                                       series[i]);

        if (values == NULL || !kilter_scope_has_series (plan, scope, series[i]))
          continue;
        for (int t = first; t < first + n; t++)
          {
            const KilterCellNote *note = isnan (values[t])
                                           ? NULL
                                           : kilter_plan_get_note (plan, version, typed[m],
                                                                   series[i], t);

            if (note != NULL && g_strcmp0 (note->at, since) > 0 &&
                (newest == NULL || g_strcmp0 (note->at, newest->at) > 0))
              newest = note;
          }
      }
  return newest;
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const KilterProductChange *x = a, *y = b;
  double p = fabs (x->money), q = fabs (y->money);

  return p != q ? (p < q) - (p > q) : x->product - y->product;
}

/**
 * kilter_plan_product_changes:
 *
 * Returns: (transfer full) (element-type KilterProductChange): the products whose demand is not
 *   what the last approved plan says, the largest in money first; empty without such a plan
 */
GArray *
kilter_plan_product_changes (KilterPlan *plan,
                             KilterVersion version,
                             const KilterScope *scope,
                             int n_buckets)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (KilterProductChange));
  g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);
  KilterVersion last;
  const char *since;
  int first, n;

  if (!find_span (plan, n_buckets, &last, &first, &n))
    return changes;
  since = kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, last),
                              KILTER_VERSION_AT);
  for (guint i = 0; i < products->len; i++)
    {
      KilterProductChange change = { .product = g_array_index (products, int, i) };
      double drivers[KILTER_N_DRIVERS], from, to, money_from, money_to;

      compare_product (plan, version, last, scope, change.product, KILTER_IN_REVENUE, first, n,
                       &money_from, &money_to, drivers);
      compare_product (plan, version, last, scope, change.product, KILTER_IN_QUANTITY, first, n,
                       &from, &to, drivers);
      change.change = to - from;
      if (fabs (change.change) < 1e-6 * (1 + fabs (from)))
        continue;
      for (int d = 0; d < KILTER_N_DRIVERS; d++)
        if (fabs (drivers[d]) > fabs (drivers[change.driver]))
          change.driver = (KilterDriver) d;
      change.ratio = from > 0 ? to / from - 1 : NAN;
      change.money = money_to - money_from;
      change.note = find_note (plan, version, scope, change.product, first, n, since);
      g_array_append_val (changes, change);
    }
  g_array_sort (changes, compare_changes);
  return changes;
}

/**
 * kilter_plan_input_change:
 * @input: one of kilter_plan_get_inputs()
 *
 * Compares an input with the final forecast from the cycle on, over the numbers that were given.
 */
void
kilter_plan_input_change (KilterPlan *plan,
                          KilterVersion version,
                          KilterMeasure input,
                          const KilterScope *scope,
                          KilterInputChange *out)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  double theirs = 0, ours = 0;

  *out = (KilterInputChange) { NAN, 0, 0 };
  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      int product = kilter_record_ref (kilter_plan_get_record (plan, KILTER_TABLE_SERIES, row),
                                       KILTER_SERIES_PRODUCT);
      const double *values = kilter_plan_get_row (plan, version, input, row);
      const double *final = kilter_plan_get_row (plan, version, KILTER_FINAL, row);

      for (int t = kilter_plan_get_n_history (plan); t < kilter_plan_get_n_buckets (plan); t++)
        {
          if (isnan (values[t]))
            continue;
          theirs += values[t];
          ours += or_zero (final[t]);
          out->money += get_worth (plan, version, product, KILTER_IN_REVENUE, t) *
                        (values[t] - or_zero (final[t]));
          out->n_cells++;
        }
    }
  if (ours > 0)
    out->ratio = theirs / ours - 1;
}

/* --- changing the consensus --- */

static gboolean
check_span (KilterPlan *plan, KilterVersion version, int first, int n, GError **error)
{
  if (kilter_plan_is_snapshot (plan, version))
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                           _ ("A frozen version cannot be edited."));
      return FALSE;
    }
  if (n < 1 || first < kilter_plan_get_n_history (plan) ||
      first + n > kilter_plan_get_n_buckets (plan))
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_NOT_EDITABLE,
                           _ ("The consensus can be changed from the cycle on."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_result (const KilterEditResult *result, GError **error)
{
  if (result->n_cells > 0)
    return TRUE;
  if (result->n_locked > 0)
    g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_LOCKED,
                         _ ("Every cell is locked."));
  else
    g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_EMPTY,
                         _ ("Nothing is planned here yet."));
  return FALSE;
}

/**
 * kilter_plan_take_as_consensus:
 * @first: the first bucket's index
 * @n: how many buckets
 * @measure: whose values; where it says nothing the consensus stays
 * @out_result: (out) (optional): how many cells
 *
 * Adds to @command that the consensus of a scope is what another measure says. Locked cells stay.
 */
gboolean
kilter_plan_take_as_consensus (KilterPlan *plan,
                               KilterCommand *command,
                               KilterVersion version,
                               const KilterScope *scope,
                               int first,
                               int n,
                               KilterMeasure measure,
                               KilterEditResult *out_result,
                               GError **error)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  KilterEditResult result = { 0 };

  if (!check_span (plan, version, first, n, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      const double *values = kilter_plan_get_row (plan, version, measure, row);

      for (int t = first; t < first + n; t++)
        {
          if (isnan (values[t]))
            continue;
          if (kilter_plan_is_locked (plan, version, KILTER_CONSENSUS, row, t))
            {
              result.n_locked++;
              continue;
            }
          kilter_command_set_value (command, plan, version, KILTER_CONSENSUS, KILTER_LAYER_INPUT,
                                    row, t, values[t]);
          result.n_cells++;
        }
    }
  if (out_result != NULL)
    *out_result = result;
  return check_result (&result, error);
}

/* The new value of a cell; NaN leaves it. Buckets that are shifted in from before the span keep
 * what stands there: nothing is invented at its edge. */
static double
get_changed (const double *old, int t, int first, int n, KilterConsensusChange kind, double value)
{
  int from;

  switch (kind)
    {
    case KILTER_CONSENSUS_PERCENT:
      return MAX (old[t] * (1 + value), 0);
    case KILTER_CONSENSUS_SHIFT:
      from = t - (int) value;
      return from >= first && from < first + n ? old[from] : NAN;
    case KILTER_CONSENSUS_SCALE:
    case KILTER_CONSENSUS_CLEAR:
    default:
      return NAN;
    }
}

/**
 * kilter_plan_change_consensus:
 * @first: the first bucket's index
 * @n: how many buckets
 * @value: what @kind says
 * @out_result: (out) (optional): how many cells
 *
 * Adds to @command a change of the consensus of a scope over a span. A total is spread as typing
 * one is (kilter_plan_edit_time()). Locked cells keep their value.
 */
gboolean
kilter_plan_change_consensus (KilterPlan *plan,
                              KilterCommand *command,
                              KilterVersion version,
                              const KilterScope *scope,
                              int first,
                              int n,
                              KilterConsensusChange kind,
                              double value,
                              KilterEditResult *out_result,
                              GError **error)
{
  g_autoptr (GArray) rows = NULL;
  KilterEditResult result = { 0 };

  if (!check_span (plan, version, first, n, error))
    return FALSE;
  if (kind == KILTER_CONSENSUS_SCALE)
    return kilter_plan_edit_time (plan, command, version, KILTER_CONSENSUS, scope, first, n,
                                  KILTER_EDIT_SET, value, KILTER_SPREAD_MIX, out_result, error);
  if (!isfinite (value) || (kind == KILTER_CONSENSUS_PERCENT && fabs (value) > 100))
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID,
                           _ ("The number is too large."));
      return FALSE;
    }
  rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      const double *old = kilter_plan_get_row (plan, version, KILTER_CONSENSUS, row);
      const double *typed = kilter_plan_get_stored (plan, version, KILTER_CONSENSUS,
                                                    KILTER_LAYER_INPUT, row);

      for (int t = first; t < first + n; t++)
        {
          double now = get_changed (old, t, first, n, kind, value);
          gboolean clears = kind == KILTER_CONSENSUS_CLEAR && typed != NULL && !isnan (typed[t]);

          if (isnan (now) && !clears)
            continue;
          if (kilter_plan_is_locked (plan, version, KILTER_CONSENSUS, row, t))
            {
              result.n_locked++;
              continue;
            }
          kilter_command_set_value (command, plan, version, KILTER_CONSENSUS, KILTER_LAYER_INPUT,
                                    row, t, now);
          result.n_cells++;
        }
    }
  if (out_result != NULL)
    *out_result = result;
  return check_result (&result, error);
}
