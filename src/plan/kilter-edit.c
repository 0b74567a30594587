/* kilter-edit.c: editing totals by spreading
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/data/kilter-plan-private.h"
#include "plan/kilter-scope.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/**
 * kilter_plan_can_edit:
 *
 * Returns: whether people may type this measure in this bucket
 */
gboolean
kilter_plan_can_edit (const KilterPlan *plan, KilterMeasure measure, int bucket)
{
  KilterMeasureFlags flags = kilter_measure_get_info (measure)->flags;

  if (bucket < 0 || bucket >= kilter_plan_get_n_buckets (plan))
    return FALSE;
  return bucket < kilter_plan_get_n_history (plan) ? (flags & KILTER_EDIT_PAST) != 0
                                                   : (flags & KILTER_EDIT_FUTURE) != 0;
}

/* One cell of the lowest level that an edit may touch. */
typedef struct
{
  int row;
  int bucket;
  double value; /* what it is now */
  double share;
  gboolean locked;
} Leaf;

/* Overrides and locks of the final forecast are shared by its two measures. */
static KilterMeasure
get_lock_measure (KilterMeasure measure)
{
  return measure == KILTER_OVERRIDE ? KILTER_FINAL : measure;
}

static GArray *
collect_leaves (KilterPlan *plan,
                KilterVersion version,
                KilterMeasure measure,
                const KilterScope *scope,
                int first,
                int n)
{
  GArray *leaves = g_array_new (FALSE, FALSE, sizeof (Leaf));
  KilterMeasure lock = get_lock_measure (measure);
  g_autoptr (GArray)
    rows = kilter_scope_get_rows (plan, scope, kilter_measure_get_info (measure)->grain);

  for (guint i = 0; i < rows->len; i++)
    for (int t = first; t < first + n; t++)
      {
        int row = g_array_index (rows, int, i);
        Leaf leaf = { row, t, kilter_plan_get_value (plan, version, measure, row, t), 0,
                      kilter_plan_is_locked (plan, version, lock, row, t) };

        g_array_append_val (leaves, leaf);
      }
  return leaves;
}

/* A measure that stands for "how much there is" when the one that is edited says nothing. */
static double
get_fallback (KilterPlan *plan,
              KilterVersion version,
              KilterMeasure measure,
              const Leaf *leaf,
              int step)
{
  int season = kilter_plan_get_season (plan);
  KilterGrain grain = kilter_measure_get_info (measure)->grain;

  if (grain == KILTER_GRAIN_SERIES)
    {
      if (step == 0)
        return kilter_plan_get_value (plan, version, KILTER_STATISTICAL, leaf->row, leaf->bucket);
      if (step == 1)
        {
          const double *demand = kilter_plan_get_row (plan, version, KILTER_DEMAND, leaf->row);
          int cycle = kilter_plan_get_n_history (plan);
          double total = 0;

          for (int t = MAX (cycle - season, 0); t < cycle; t++)
            total += or_zero (demand[t]);
          return total;
        }
      return 1;
    }
  if (grain == KILTER_GRAIN_PRODUCT && step < 2)
    {
      g_autofree double *demand = g_new (double, kilter_plan_get_n_buckets (plan));

      kilter_plan_product_demand (plan, version, leaf->row, demand);
      return demand[leaf->bucket];
    }
  return 1;
}

/* Sets the shares of the leaves that may change, so that they sum to 1. */
static gboolean
compute_shares (KilterPlan *plan,
                KilterVersion version,
                KilterMeasure measure,
                GArray *leaves,
                KilterSpread spread,
                GError **error)
{
  /* the change of a forecast is spread as the forecast is */
  KilterMeasure weight = measure == KILTER_OVERRIDE ? KILTER_FINAL : measure;
  int season = kilter_plan_get_season (plan);

  for (int step = spread == KILTER_SPREAD_EVENLY ? 3 : -1; step <= 3; step++)
    {
      double total = 0;
      gboolean any = FALSE, negative = FALSE;

      for (guint i = 0; i < leaves->len; i++)
        {
          Leaf *leaf = &g_array_index (leaves, Leaf, i);

          leaf->share = 0;
          if (leaf->locked)
            continue;
          if (step == -1 && spread == KILTER_SPREAD_MIX)
            leaf->share = or_zero (
              kilter_plan_get_value (plan, version, weight, leaf->row, leaf->bucket));
          else if (step == -1)
            leaf->share = leaf->bucket >= season
                            ? or_zero (kilter_plan_get_value (
                                plan, version,
                                kilter_measure_get_info (measure)->grain == KILTER_GRAIN_SERIES
                                  ? KILTER_DEMAND
                                  : measure,
                                leaf->row, leaf->bucket - season))
                            : 0;
          else
            leaf->share = step == 3 ? 1
                                    : or_zero (get_fallback (plan, version, measure, leaf, step));
          total += leaf->share;
          any |= leaf->share != 0;
          negative |= leaf->share < 0;
        }
      if (any && fabs (total) < 1e-12)
        {
          g_set_error_literal (
            error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_SPREAD,
            _ ("Values that are not zero sum to zero, so a total has no shares."));
          return FALSE;
        }
      if (!any || (negative && total < 0 && step >= 0))
        continue;
      for (guint i = 0; i < leaves->len; i++)
        g_array_index (leaves, Leaf, i).share /= total;
      return TRUE;
    }
  g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_LOCKED,
                       _ ("Every cell is locked."));
  return FALSE;
}

/* The grain to which spread values are rounded, so that children read well and sum exactly: whole
 * numbers, thousandths, and for totals with more digits a power of two, whose sums are exact. */
static double
get_step (double total, guint n)
{
  if (floor (total) == total && fabs (total) >= 10.0 * n)
    return 1;
  if (floor (total * 1000) == total * 1000)
    return 0.001;
  return 1 / 1024.0;
}

static void
write_leaf (KilterPlan *plan,
            KilterCommand *command,
            KilterVersion version,
            KilterMeasure measure,
            const Leaf *leaf,
            KilterEditKind kind,
            double value)
{
  if (measure == KILTER_OVERRIDE || measure == KILTER_FINAL)
    {
      gboolean absolute = measure == KILTER_FINAL && kind == KILTER_EDIT_SET;
      KilterMeasure target = absolute ? KILTER_FINAL : KILTER_OVERRIDE_ADD;

      if (kind == KILTER_EDIT_PERCENT)
        target = KILTER_OVERRIDE_SHARE;
      /* one override a cell: a number, a quantity more, or a share more */
      for (int i = 0; i < 3; i++)
        {
          static const KilterMeasure kinds[] = { KILTER_FINAL, KILTER_OVERRIDE_ADD,
                                                 KILTER_OVERRIDE_SHARE };
          double now = kinds[i] == target && kind != KILTER_EDIT_CLEAR ? value : NAN;
          const double *old = kilter_plan_get_stored (plan, version, kinds[i], KILTER_LAYER_INPUT,
                                                      leaf->row);

          if (isnan (now) && (old == NULL || isnan (old[leaf->bucket])))
            continue;
          kilter_command_set_value (command, plan, version, kinds[i], KILTER_LAYER_INPUT, leaf->row,
                                    leaf->bucket, now);
        }
      return;
    }
  kilter_command_set_value (command, plan, version, measure, KILTER_LAYER_INPUT, leaf->row,
                            leaf->bucket, kind == KILTER_EDIT_CLEAR ? NAN : value);
}

/* "+5%" on the final forecast: 5 % more than stands there. A typed number stays a number; what
 * moves with the forecast goes on moving with it. */
static void
write_share (KilterPlan *plan,
             KilterCommand *command,
             KilterVersion version,
             const Leaf *leaf,
             double share)
{
  static const KilterMeasure kinds[] = { KILTER_FINAL, KILTER_OVERRIDE_ADD, KILTER_OVERRIDE_SHARE };
  double now[3];

  for (int i = 0; i < 3; i++)
    {
      const double *own = kilter_plan_get_stored (plan, version, kinds[i], KILTER_LAYER_INPUT,
                                                  leaf->row);

      now[i] = own != NULL ? own[leaf->bucket] : NAN;
    }
  if (!isnan (now[0]))
    now[0] *= 1 + share;
  else
    {
      now[1] *= 1 + share;
      now[2] = (1 + or_zero (now[2])) * (1 + share) - 1;
    }
  for (int i = 0; i < 3; i++)
    if (!isnan (now[i]))
      kilter_command_set_value (command, plan, version, kinds[i], KILTER_LAYER_INPUT, leaf->row,
                                leaf->bucket, now[i]);
}

static double
get_total (const GArray *leaves, gboolean locked_only)
{
  double total = 0;

  for (guint i = 0; i < leaves->len; i++)
    {
      const Leaf *leaf = &g_array_index (leaves, Leaf, i);

      if (!locked_only || leaf->locked)
        total += or_zero (leaf->value);
    }
  return total;
}

/* What the leaves must sum to, locked ones apart. */
static gboolean
get_goal (const GArray *leaves,
          KilterMeasure measure,
          KilterEditKind kind,
          double value,
          double *out_goal,
          GError **error)
{
  double present = get_total (leaves, FALSE), locked = get_total (leaves, TRUE);
  double goal = value;

  if (kind == KILTER_EDIT_ADD && measure != KILTER_OVERRIDE)
    goal = present + value;
  else if (kind == KILTER_EDIT_PERCENT)
    goal = present * (1 + value);
  else if (kind == KILTER_EDIT_MULTIPLY)
    goal = present * value;
  if (locked > 0 && goal < locked - 1e-9 && measure != KILTER_OVERRIDE)
    {
      g_autofree char *text = kilter_number_to_c (locked);

      g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_LOCKED,
                   _ ("Locked cells already sum to %s."), text);
      return FALSE;
    }
  *out_goal = goal - locked;
  return TRUE;
}

static gboolean
check_edit (KilterPlan *plan,
            KilterVersion version,
            KilterMeasure measure,
            int first,
            int n,
            KilterEditKind kind,
            double value,
            GError **error)
{
  if (kilter_plan_is_snapshot (plan, version))
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                           _ ("A frozen version cannot be edited."));
      return FALSE;
    }
  for (int t = first; t < first + n; t++)
    if (!kilter_plan_can_edit (plan, measure, t))
      {
        g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_NOT_EDITABLE,
                     "%s cannot be edited in this period", kilter_measure_get_info (measure)->key);
        return FALSE;
      }
  if (kind != KILTER_EDIT_CLEAR && (!isfinite (value) || fabs (value) > 1e15))
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID,
                           _ ("The number is too large."));
      return FALSE;
    }
  if (kind == KILTER_EDIT_SET && value < 0 && measure != KILTER_OVERRIDE &&
      measure != KILTER_EVENT && measure != KILTER_CORRECTION)
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID,
                           _ ("The number must not be below 0."));
      return FALSE;
    }
  return TRUE;
}

/* Prices and the like are not shared out: each row gets the number. */
static double
apply_to_each (KilterEditKind kind, double now, double value)
{
  switch (kind)
    {
    case KILTER_EDIT_ADD:
      return or_zero (now) + value;
    case KILTER_EDIT_PERCENT:
      return or_zero (now) * (1 + value);
    case KILTER_EDIT_MULTIPLY:
      return or_zero (now) * value;
    case KILTER_EDIT_SET:
    case KILTER_EDIT_CLEAR:
    default:
      return value;
    }
}

/**
 * kilter_plan_edit_time:
 * @first: the first bucket's index
 * @n: how many buckets; a total over more than one is spread over time too
 * @out_result: (out) (optional): how many cells
 *
 * Adds to @command what typing into a cell means. A total is spread to the lowest level: in
 * proportion to the present values; where all are zero to the statistical forecast, then to the
 * last year's demand, then evenly. Locked cells keep their value. Shares are rounded by the
 * largest remainder, so that children sum to the total exactly.
 *
 * Returns: %FALSE with an error of %KILTER_PLAN_ERROR; @command is then unchanged
 */
gboolean
kilter_plan_edit_time (KilterPlan *plan,
                       KilterCommand *command,
                       KilterVersion version,
                       KilterMeasure measure,
                       const KilterScope *scope,
                       int first,
                       int n,
                       KilterEditKind kind,
                       double value,
                       KilterSpread spread,
                       KilterEditResult *out_result,
                       GError **error)
{
  KilterEditResult result = { 0 };
  g_autoptr (GArray) leaves = NULL;
  g_autofree double *parts = NULL;
  gboolean each = kilter_measure_get_info (measure)->unit == KILTER_UNIT_PRICE;
  gboolean relative;
  double goal, step;
  guint n_open = 0;

  if (!check_edit (plan, version, measure, first, n, kind, value, error))
    return FALSE;
  leaves = collect_leaves (plan, version, measure, scope, first, n);
  if (leaves->len == 0)
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_EMPTY,
                           _ ("Nothing is planned here yet."));
      return FALSE;
    }
  for (guint i = 0; i < leaves->len; i++)
    result.n_locked += g_array_index (leaves, Leaf, i).locked;
  n_open = leaves->len - (guint) result.n_locked;
  result.n_cells = (int) n_open;
  if (n_open == 0)
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_LOCKED,
                           _ ("Every cell is locked."));
      return FALSE;
    }

  /* "+5%" on a forecast stays a share, so that it moves with the next forecast; so does "*1.05" */
  if (measure == KILTER_FINAL && kind == KILTER_EDIT_MULTIPLY)
    {
      kind = KILTER_EDIT_PERCENT;
      value -= 1;
    }
  relative = kind == KILTER_EDIT_PERCENT && (measure == KILTER_FINAL || measure == KILTER_OVERRIDE);
  if (kind == KILTER_EDIT_CLEAR || relative || each)
    {
      for (guint i = 0; i < leaves->len; i++)
        {
          const Leaf *leaf = &g_array_index (leaves, Leaf, i);

          if (leaf->locked)
            continue;
          if (relative && measure == KILTER_FINAL)
            write_share (plan, command, version, leaf, value);
          else
            write_leaf (plan, command, version, measure, leaf, kind,
                        each && !relative ? apply_to_each (kind, leaf->value, value) : value);
        }
      if (out_result != NULL)
        *out_result = result;
      return TRUE;
    }

  if (measure == KILTER_FINAL && kind == KILTER_EDIT_ADD)
    {
      /* "+24" on the final forecast is 24 more than the override that is there */
      double now = 0;

      for (guint i = 0; i < leaves->len; i++)
        {
          const Leaf *leaf = &g_array_index (leaves, Leaf, i);

          now += or_zero (
            kilter_plan_get_value (plan, version, KILTER_OVERRIDE, leaf->row, leaf->bucket));
        }
      value += now;
      measure = KILTER_OVERRIDE;
    }
  if (measure == KILTER_OVERRIDE)
    goal = kind == KILTER_EDIT_MULTIPLY ? get_total (leaves, FALSE) * value : value;
  else if (!get_goal (leaves, measure, kind, value, &goal, error))
    return FALSE;
  if (measure == KILTER_FINAL)
    kind = KILTER_EDIT_SET;
  if (!compute_shares (plan, version, measure, leaves, spread, error))
    return FALSE;

  parts = g_new0 (double, leaves->len);
  n_open = 0;
  for (guint i = 0; i < leaves->len; i++)
    if (!g_array_index (leaves, Leaf, i).locked)
      parts[n_open++] = g_array_index (leaves, Leaf, i).share * goal;
  step = get_step (goal, n_open);
  if (n_open > 1)
    kilter_round_largest_remainder (parts, n_open, goal, step);
  else if (n_open == 1)
    parts[0] = goal;
  n_open = 0;
  for (guint i = 0; i < leaves->len; i++)
    {
      const Leaf *leaf = &g_array_index (leaves, Leaf, i);

      if (!leaf->locked)
        write_leaf (plan, command, version, measure, leaf, kind, parts[n_open++]);
    }
  if (out_result != NULL)
    *out_result = result;
  return TRUE;
}

gboolean
kilter_plan_edit (KilterPlan *plan,
                  KilterCommand *command,
                  KilterVersion version,
                  KilterMeasure measure,
                  const KilterScope *scope,
                  int bucket,
                  KilterEditKind kind,
                  double value,
                  KilterSpread spread,
                  KilterEditResult *out_result,
                  GError **error)
{
  return kilter_plan_edit_time (plan, command, version, measure, scope, bucket, 1, kind, value,
                                spread, out_result, error);
}

/**
 * kilter_plan_set_lock:
 *
 * Adds to @command that the cells of a scope may not, or may again, be edited.
 */
gboolean
kilter_plan_set_lock (KilterPlan *plan,
                      KilterCommand *command,
                      KilterVersion version,
                      KilterMeasure measure,
                      const KilterScope *scope,
                      int bucket,
                      gboolean locked,
                      GError **error)
{
  KilterMeasure lock = get_lock_measure (measure);
  g_autoptr (GArray)
    rows = kilter_scope_get_rows (plan, scope, kilter_measure_get_info (lock)->grain);

  if (!kilter_plan_can_edit (plan, measure, bucket) || kilter_plan_is_snapshot (plan, version))
    {
      g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_NOT_EDITABLE,
                   "%s cannot be edited in this period", kilter_measure_get_info (measure)->key);
      return FALSE;
    }
  for (guint i = 0; i < rows->len; i++)
    kilter_command_set_value (command, plan, version, lock, KILTER_LAYER_LOCK,
                              g_array_index (rows, int, i), bucket, locked ? 1 : NAN);
  return TRUE;
}
