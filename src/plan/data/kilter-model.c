/* kilter-model.c: what the forecast run tried, series by series, and over a part of the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/data/kilter-model-private.h"

#include "base/kilter-number.h"

#include <math.h>
#include <string.h>

/* Limits of X and Y, as they are usually drawn. */
#define STEADY 0.25
#define VARYING 0.5
/* a series with fewer values than this has no class */
#define LEAST_VALUES 6

/* --- one series ------------------------------------------------------------------------------ */

static void
append_number (GString *text, double value, double digits)
{
  g_autofree char *number = NULL;

  if (isnan (value))
    return;
  number = kilter_number_to_c (floor (value * digits + 0.5) / digits);
  g_string_append (text, number);
}

/* Ends where the last number is: "0.3,,0.1" rather than "0.3,,0.1,". */
static void
append_list (GString *text, const double *values, guint n, double digits)
{
  while (n > 0 && isnan (values[n - 1]))
    n--;
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_number (text, values[i], digits);
    }
}

static void
append_try (GString *text,
            const KilterForecast *forecast,
            KilterForecastMethod method,
            const KilterForecastMember *member,
            guint row)
{
  const KilterBacktest *backtest = &forecast->backtest;
  double wapes[KILTER_MODEL_LAGS];

  for (guint lag = 1; lag <= KILTER_MODEL_LAGS; lag++)
    wapes[lag - 1] = row < backtest->n_methods && lag <= backtest->n_lags
                       ? backtest->scores[row * (backtest->n_lags + 1) + lag].wape
                       : NAN;
  g_string_append_printf (text, "%s%s:", text->len > 0 ? " " : "",
                          kilter_forecast_method_key (method));
  append_number (text, member != NULL ? member->weight : 0, 1000);
  g_string_append_printf (text, ":%s:", member != NULL ? member->form : "");
  append_list (text, wapes, KILTER_MODEL_LAGS, 100000);
  if (member != NULL)
    {
      const double parameters[] = { member->alpha, member->beta, member->gamma, member->phi };

      g_string_append_c (text, ':');
      append_list (text, parameters, G_N_ELEMENTS (parameters), 1000);
    }
}

/**
 * kilter_model_write_tries:
 *
 * Returns: (transfer full): the methods that the engine tried, in the order of their share, as the
 *   model of a series keeps them
 */
char *
kilter_model_write_tries (const KilterForecast *forecast)
{
  const KilterBacktest *backtest = &forecast->backtest;
  GString *text = g_string_new (NULL);

  if (backtest->n_methods > 0)
    append_try (text, forecast, KILTER_METHOD_AUTO, NULL, 0);
  for (guint i = 0; i < forecast->n_members; i++)
    {
      guint row = 0;

      while (row < backtest->n_methods &&
             (row < 3 || backtest->methods[row] != forecast->members[i].method))
        row++;
      append_try (text, forecast, forecast->members[i].method, &forecast->members[i], row);
    }
  for (guint row = 1; row < backtest->n_methods; row++)
    {
      gboolean known = FALSE;

      for (guint i = 0; i < forecast->n_members; i++)
        known |= forecast->members[i].method == backtest->methods[row];
      if (!known)
        append_try (text, forecast, backtest->methods[row], NULL, row);
    }
  return g_string_free_and_steal (text);
}

static void
read_list (const char *text, double *values, guint n)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", (int) n);

  for (guint i = 0; i < n; i++)
    values[i] = NAN;
  for (guint i = 0; i < n && parts[i] != NULL; i++)
    if (*parts[i] != '\0' && !kilter_number_from_c (parts[i], &values[i]))
      values[i] = NAN;
}

/**
 * kilter_model_read_tries:
 * @text: %KILTER_MODEL_MEMBERS of a model; parts that are not understood are passed over
 *
 * Returns: (transfer full) (element-type KilterModelTry): the methods that were tried
 */
GArray *
kilter_model_read_tries (const char *text)
{
  GArray *tries = g_array_new (FALSE, FALSE, sizeof (KilterModelTry));
  g_auto (GStrv) entries = g_strsplit (text, " ", -1);

  for (int i = 0; entries[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (entries[i], ":", 5);
      guint n = g_strv_length (parts);
      KilterModelTry entry = { .weight = NAN };
      double parameters[4];

      if (n < 2 || !kilter_number_from_c (parts[1], &entry.weight))
        continue;
      g_strlcpy (entry.method, parts[0], sizeof entry.method);
      g_strlcpy (entry.form, n > 2 ? parts[2] : "", sizeof entry.form);
      read_list (n > 3 ? parts[3] : "", entry.wape, KILTER_MODEL_LAGS);
      read_list (n > 4 ? parts[4] : "", parameters, G_N_ELEMENTS (parameters));
      entry.alpha = parameters[0];
      entry.beta = parameters[1];
      entry.gamma = parameters[2];
      entry.phi = parameters[3];
      g_array_append_val (tries, entry);
    }
  return tries;
}

/* --- a part of the plan ---------------------------------------------------------------------- */

/* What the last season sold: how much a series counts. */
double
kilter_model_get_sales (KilterPlan *plan, KilterVersion version, int row)
{
  const double *actual = kilter_plan_get_row (plan, version, KILTER_CLEANED, row);
  int cycle = kilter_plan_get_n_history (plan);
  double sales = 0;

  for (int t = MAX (cycle - kilter_plan_get_season (plan), 0); t < cycle; t++)
    sales += isnan (actual[t]) ? 0 : fmax (actual[t], 0);
  return sales;
}

static gboolean
is_seasonal (const KilterRecord *model)
{
  return *kilter_record_text (model, KILTER_MODEL_SEASON) != '\0';
}

/* The forecast to beat: last year's value where there is a season, else the last value. */
static const KilterModelTry *
find_naive (const KilterRecord *model, const GArray *tries)
{
  const char *key = is_seasonal (model) ? "snaive" : "naive";

  for (guint i = 0; i < tries->len; i++)
    if (g_str_equal (g_array_index (tries, KilterModelTry, i).method, key))
      return &g_array_index (tries, KilterModelTry, i);
  return NULL;
}

static KilterModelRank *
find_rank (GArray *ranks, const char *method)
{
  KilterModelRank rank = { .share = 0 };

  for (guint i = 0; i < ranks->len; i++)
    if (g_str_equal (g_array_index (ranks, KilterModelRank, i).method, method))
      return &g_array_index (ranks, KilterModelRank, i);
  g_strlcpy (rank.method, method, sizeof rank.method);
  g_array_append_val (ranks, rank);
  return &g_array_index (ranks, KilterModelRank, ranks->len - 1);
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  const KilterModelRank *x = a, *y = b;

  if (isnan (x->wape) || isnan (y->wape))
    return isnan (x->wape) - isnan (y->wape);
  if (x->wape != y->wape)
    return x->wape < y->wape ? -1 : 1;
  return strcmp (x->method, y->method);
}

/**
 * kilter_plan_rank_models:
 *
 * Ranks what the last forecast run tried in a part of the plan by the error one bucket ahead of its
 * backtest. Each method is compared with naive on the series that it was measured on.
 *
 * Returns: (transfer full) (element-type KilterModelRank): the smallest error first
 */
GArray *
kilter_plan_rank_models (KilterPlan *plan, KilterVersion version, const KilterScope *scope)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  g_autoptr (GHashTable) weights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GArray *ranks = g_array_new (FALSE, FALSE, sizeof (KilterModelRank));
  double total = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      const KilterRecord *model = kilter_plan_find_model (plan, row);
      double sales = model != NULL ? kilter_model_get_sales (plan, version, row) : 0;
      g_autoptr (GArray) tries = NULL;
      const KilterModelTry *naive;

      if (sales <= 0)
        continue;
      tries = kilter_model_read_tries (kilter_record_text (model, KILTER_MODEL_MEMBERS));
      naive = find_naive (model, tries);
      total += sales;
      for (guint k = 0; k < tries->len; k++)
        {
          const KilterModelTry *entry = &g_array_index (tries, KilterModelTry, k);
          KilterModelRank *rank = find_rank (ranks, entry->method);
          double *weight = g_hash_table_lookup (weights, entry->method);

          if (weight == NULL)
            {
              weight = g_new0 (double, 1);
              g_hash_table_insert (weights, g_strdup (entry->method), weight);
            }
          rank->share += sales * entry->weight;
          if (isnan (entry->wape[0]) || naive == NULL || isnan (naive->wape[0]))
            continue;
          rank->wape += sales * entry->wape[0];
          rank->naive_wape += sales * naive->wape[0];
          rank->n_series++;
          *weight += sales;
        }
    }
  for (guint i = 0; i < ranks->len; i++)
    {
      KilterModelRank *rank = &g_array_index (ranks, KilterModelRank, i);
      const double *weight = g_hash_table_lookup (weights, rank->method);

      rank->share /= total;
      rank->coverage = *weight / total;
      rank->wape = *weight > 0 ? rank->wape / *weight : NAN;
      rank->naive_wape = *weight > 0 ? rank->naive_wape / *weight : NAN;
    }
  g_array_sort (ranks, compare_ranks);
  return ranks;
}

/* --- by lag ---------------------------------------------------------------------------------- */

/**
 * kilter_plan_backtest_lags:
 *
 * How the error grows with the time between forecast and month, in the backtest of the last run;
 * each series weighs by its sales.
 */
void
kilter_plan_backtest_lags (KilterPlan *plan,
                           KilterVersion version,
                           const KilterScope *scope,
                           KilterBacktestLags *out_lags)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  KilterBacktestLags *out = out_lags;
  double weights[KILTER_MODEL_LAGS] = { 0 };

  *out = (KilterBacktestLags) { 0 };
  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      const KilterRecord *model = kilter_plan_find_model (plan, row);
      double sales = model != NULL ? kilter_model_get_sales (plan, version, row) : 0;
      g_autoptr (GArray) tries = NULL;
      const KilterModelTry *naive, *own;

      if (sales <= 0)
        continue;
      tries = kilter_model_read_tries (kilter_record_text (model, KILTER_MODEL_MEMBERS));
      naive = find_naive (model, tries);
      own = tries->len > 0 ? &g_array_index (tries, KilterModelTry, 0) : NULL;
      if (naive == NULL || !g_str_equal (own->method, "auto"))
        continue;
      for (int lag = 0; lag < KILTER_MODEL_LAGS; lag++)
        if (!isnan (own->wape[lag]) && !isnan (naive->wape[lag]))
          {
            out->model[lag] += sales * own->wape[lag];
            out->naive[lag] += sales * naive->wape[lag];
            weights[lag] += sales;
          }
    }
  for (int lag = 0; lag < KILTER_MODEL_LAGS; lag++)
    {
      out->model[lag] = weights[lag] > 0 ? out->model[lag] / weights[lag] : NAN;
      out->naive[lag] = weights[lag] > 0 ? out->naive[lag] / weights[lag] : NAN;
    }
}

/* --- trend --------------------------------------------------------------------------------- */

/**
 * kilter_plan_model_trend:
 * @out_values: (out caller-allocates): n_buckets means
 *
 * Sales and statistical forecast without their season: the mean over one season around each bucket.
 * NaN where the season does not fit.
 *
 * Returns: whether there is any
 */
gboolean
kilter_plan_model_trend (KilterPlan *plan,
                         KilterVersion version,
                         const KilterScope *scope,
                         double *out_values)
{
  int n = kilter_plan_get_n_buckets (plan), cycle = kilter_plan_get_n_history (plan);
  int season = kilter_plan_get_season (plan);
  g_autofree double *values = g_new (double, n);
  g_autofree double *ahead = g_new (double, n);
  gboolean any = FALSE;

  kilter_plan_aggregate (plan, version, KILTER_CLEANED, scope, values);
  kilter_plan_aggregate (plan, version, KILTER_STATISTICAL, scope, ahead);
  memcpy (values + cycle, ahead + cycle, sizeof (double) * (gsize) (n - cycle));
  for (int t = 0; t < n; t++)
    {
      double sum = 0;
      int first = t - season / 2;

      out_values[t] = NAN;
      if (first < 0 || first + season > n)
        continue;
      /* of an even season the ends count half, so that the mean stands over its bucket */
      for (int k = first; k < first + season; k++)
        sum += values[k];
      if (season % 2 == 0 && first + season < n)
        sum += (values[first + season] - values[first]) / 2;
      out_values[t] = sum / season;
      any |= !isnan (out_values[t]);
    }
  return any;
}

/* --- segments -------------------------------------------------------------------------------- */

/**
 * kilter_plan_get_steadiness:
 *
 * XYZ: the standard deviation of the last two years' cleaned sales, without their season, against
 * their mean. The season is taken out since it can be planned for.
 */
KilterModelClass
kilter_plan_get_steadiness (KilterPlan *plan, KilterVersion version, const KilterScope *scope)
{
  int n = kilter_plan_get_n_buckets (plan), cycle = kilter_plan_get_n_history (plan);
  int season = kilter_plan_get_season (plan), count = 0;
  KilterBucket start = kilter_plan_get_start (plan);
  int phase = kilter_bucket_get_position (kilter_plan_get_bucket_kind (plan), start);
  g_autofree double *values = g_new (double, n);
  g_autofree double *profile = g_new (double, MAX (season, 1));
  double sum = 0, squares = 0, mean, ratio;

  kilter_plan_aggregate (plan, version, KILTER_CLEANED, scope, values);
  kilter_plan_model_season (plan, version, scope, profile);
  for (int t = MAX (cycle - 2 * season, 0); t < cycle; t++)
    if (!isnan (values[t]))
      {
        double index = profile[(phase + t) % season];
        double value = index > 0.01 ? values[t] / index : values[t];

        sum += value;
        squares += value * value;
        count++;
      }
  if (count < LEAST_VALUES || sum <= 0)
    return KILTER_MODEL_CLASS_NONE;
  mean = sum / count;
  ratio = sqrt (fmax (squares / count - mean * mean, 0)) / mean;
  return ratio <= STEADY    ? KILTER_MODEL_CLASS_X
         : ratio <= VARYING ? KILTER_MODEL_CLASS_Y
                            : KILTER_MODEL_CLASS_Z;
}

/* --- fixing ---------------------------------------------------------------------------------- */

/**
 * kilter_plan_fix_model:
 * @fixed: whether the next runs keep the methods as they are now, or choose again
 *
 * Adds to @command what fixing, or releasing, the models of a part of the plan means.
 *
 * Returns: how many series it concerns
 */
int
kilter_plan_fix_model (KilterPlan *plan,
                       KilterCommand *command,
                       const KilterScope *scope,
                       gboolean fixed)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  int count = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const KilterRecord *model = kilter_plan_find_model (plan, g_array_index (rows, int, i));
      const char *method = model != NULL ? kilter_record_text (model, KILTER_MODEL_METHOD) : "";
      KilterForecastMethod parsed;
      guint32 members;

      if (model == NULL ||
          (fixed && !kilter_forecast_method_parse (method, &parsed, &members, NULL)))
        continue;
      kilter_command_set_field_text (command, plan, KILTER_TABLE_MODEL, model->id,
                                     KILTER_MODEL_FORCED, fixed ? method : "");
      count++;
    }
  return count;
}

/**
 * kilter_plan_count_fixed:
 * @out_n_models: (out) (optional): series that have a model
 *
 * Returns: how many series keep a method that a person chose
 */
int
kilter_plan_count_fixed (KilterPlan *plan, const KilterScope *scope, int *out_n_models)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  int count = 0, n_models = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const KilterRecord *model = kilter_plan_find_model (plan, g_array_index (rows, int, i));

      if (model == NULL)
        continue;
      n_models++;
      count += *kilter_record_text (model, KILTER_MODEL_FORCED) != '\0';
    }
  if (out_n_models != NULL)
    *out_n_models = n_models;
  return count;
}
