/* kilter-forecast-task.c: the steps of a forecast run
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/forecast/kilter-forecast-private.h"

#include "forecast/kilter-explain.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

const double kilter_forecast_levels[KILTER_FORECAST_N_INTERVALS] = { 50, 80, 95 };

/* the engine reports the lags that a model keeps */
G_STATIC_ASSERT (KILTER_MODEL_LAGS == KILTER_FORECAST_USUAL_LAGS);

/* Series a thread works on before the finished ones can be seen. */
#define CHUNK 8

static void
clear_item (gpointer data)
{
  KilterForecastItem *item = data;

  g_free (item->history);
  g_free (item->own);
  g_free (item->season);
  g_free (item->rows);
  if (item->notes != NULL)
    g_string_free (item->notes, TRUE);
}

KilterForecastItem *
kilter_forecast_task_find (const KilterForecastTask *self, int series)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_series, GINT_TO_POINTER (series)));

  return index > 0 ? kilter_forecast_item (self, index - 1) : NULL;
}

/* 0 is the mean, then low and high of each interval. */
double *
kilter_forecast_item_row (const KilterForecastTask *self, KilterForecastItem *item, guint row)
{
  return item->rows + (gsize) row * (gsize) self->n_horizon;
}

void
kilter_forecast_item_note (KilterForecastItem *item, const char *code, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (item->notes == NULL)
    item->notes = g_string_new (NULL);
  g_string_append_printf (item->notes, "%s%s:%s", item->notes->len > 0 ? " " : "", code,
                          g_ascii_formatd (number, sizeof number, "%.4g", value));
}

static void
set_options (KilterForecastTask *self, KilterPlan *plan)
{
  kilter_forecast_options_init (&self->options, (guint) kilter_plan_get_season (plan));
  self->options.horizon = (guint) self->n_horizon;
  self->options.n_levels = KILTER_FORECAST_N_INTERVALS;
  memcpy (self->options.levels, kilter_forecast_levels, sizeof kilter_forecast_levels);
  self->options.non_negative = TRUE;
  kilter_forecast_options_set_backtest (&self->options);
  self->options.mode = KILTER_FORECAST_FULL;
  kilter_forecast_mode_parse (kilter_plan_get_setting (plan, "forecast-mode"), &self->options.mode);
}

/* Only the series of these products stay. */
static void
leave_out (GArray *rows, const KilterPlan *plan, const GArray *products)
{
  for (guint i = rows->len; i-- > 0 && products != NULL;)
    {
      const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES,
                                                           g_array_index (rows, int, i));
      gboolean wanted = FALSE;

      for (guint k = 0; k < products->len; k++)
        wanted |= g_array_index (products, int, k) ==
                  kilter_record_ref (record, KILTER_SERIES_PRODUCT);
      if (!wanted)
        g_array_remove_index (rows, i);
    }
}

static gboolean
has_events (const KilterForecastTask *self)
{
  for (gsize i = 0; i < self->n_inputs; i++)
    {
      const KilterSeries *series = &self->series[i];

      for (gsize k = 0; k < series->n_regressors * series->n && series->regressors != NULL; k++)
        if (isfinite (series->regressors[k]) && series->regressors[k] != 0)
          return TRUE;
    }
  return FALSE;
}

/* The inputs as the engine takes them. */
static void
set_series (KilterForecastTask *self, KilterPlan *plan)
{
  self->events = kilter_forecast_events_new (plan, self->version, self->n_history, self->n_horizon);
  self->series = g_new0 (KilterSeries, self->n_inputs);
  for (gsize i = 0; i < self->n_inputs; i++)
    {
      KilterSeries *series = &self->series[i];
      const KilterForecastNode *node = i >= self->items->len
                                         ? g_ptr_array_index (self->nodes, i - self->items->len)
                                         : NULL;
      const KilterForecastItem *item = node == NULL ? kilter_forecast_item (self, i) : NULL;

      series->values = item != NULL ? item->history : node->history;
      series->n = (gsize) self->n_history;
      series->phase = self->phase;
      series->group = item != NULL ? (guint) item->product : 0;
      series->season = item != NULL ? item->season : NULL;
      if (item != NULL)
        kilter_forecast_events_describe (self->events, plan, item->series, series);
    }
  /* events that were all corrected away leave nothing to measure */
  if (!has_events (self))
    for (gsize i = 0; i < self->n_inputs; i++)
      self->series[i].n_regressors = 0;
}

/* A product's series come first together: what they teach each other of their events must not
 * depend on what somebody looks at. */
static void
set_first (KilterForecastTask *self, const KilterPlan *plan, const KilterScope *scope)
{
  g_autoptr (GHashTable) products = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      const KilterForecastItem *item = kilter_forecast_item (self, i);

      if (kilter_scope_has_series (plan, scope, item->series))
        g_hash_table_add (products, GINT_TO_POINTER (item->product));
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      KilterForecastItem *item = kilter_forecast_item (self, i);

      item->first = g_hash_table_contains (products, GINT_TO_POINTER (item->product));
    }
}

/**
 * kilter_forecast_task_new:
 *
 * Copies the history of the series that @request names.
 *
 * Returns: (transfer full): a task, or %NULL when there is nothing to forecast or the method or the
 *   way to reconcile is unknown
 */
KilterForecastTask *
kilter_forecast_task_new (KilterPlan *plan, const KilterForecastRequest *request, GError **error)
{
  static const KilterScope everything = { 0 };
  g_autoptr (KilterForecastTask) self = NULL;
  KilterForecastMethod method;
  guint32 members;
  g_autoptr (GArray) rows = NULL;

  if (request->method != NULL &&
      !kilter_forecast_method_parse (request->method, &method, &members, error))
    return NULL;
  if (request->reconcile != NULL && !kilter_reconcile_text_check (request->reconcile, error))
    return NULL;
  rows = kilter_scope_get_rows (plan, request->scope != NULL ? request->scope : &everything,
                                KILTER_GRAIN_SERIES);
  if (rows->len == 0)
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_DATA,
                           _ ("The plan has no sales history yet."));
      return NULL;
    }

  self = g_new0 (KilterForecastTask, 1);
  self->version = request->version;
  self->n_history = kilter_plan_get_n_history (plan);
  self->n_horizon = kilter_plan_get_n_horizon (plan);
  self->kind = kilter_plan_get_bucket_kind (plan);
  self->start = kilter_plan_get_start (plan);
  self->phase = (guint) (kilter_bucket_get_position (self->kind, self->start) %
                         kilter_plan_get_season (plan));
  if (request->pin && request->method != NULL)
    self->pinned = g_strdup (g_str_equal (request->method, "auto") ? "" : request->method);
  self->items = g_array_new (FALSE, FALSE, sizeof (KilterForecastItem));
  g_array_set_clear_func (self->items, clear_item);
  self->by_series = g_hash_table_new (NULL, NULL);
  set_options (self, plan);
  leave_out (rows, plan, request->products);
  kilter_forecast_task_add_items (self, plan, rows, request->method);
  if (request->first != NULL)
    set_first (self, plan, request->first);
  kilter_forecast_task_set_reconcile (self,
                                      request->reconcile != NULL
                                        ? request->reconcile
                                        : kilter_plan_get_setting (plan, "forecast-reconcile"),
                                      NULL);
  if (!kilter_forecast_task_add_nodes (self, plan, error))
    return NULL;
  self->n_inputs = self->items->len + self->nodes->len;
  self->results = g_new0 (KilterForecast, self->n_inputs);
  self->ready = g_new0 (int, self->n_inputs);
  set_series (self, plan);
  kilter_forecast_task_make_ids (self, plan);
  return g_steal_pointer (&self);
}

/**
 * kilter_forecast_task_get_n_series:
 *
 * Returns: how many series the run is about
 */
gsize
kilter_forecast_task_get_n_series (const KilterForecastTask *self)
{
  gsize n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += kilter_forecast_item (self, i)->written != FALSE;
  return n;
}

/* --- the engine --- */

/* What one batch of the engine has in common. */
typedef struct
{
  KilterForecastMethod method;
  guint32 members;
} Group;

static GArray *
collect_groups (const KilterForecastTask *self)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (Group));

  for (guint i = 0; i < self->items->len; i++)
    {
      const KilterForecastItem *item = kilter_forecast_item (self, i);
      Group group = { item->method, item->members };
      gboolean known = FALSE;

      for (guint k = 0; k < groups->len; k++)
        known |= g_array_index (groups, Group, k).method == group.method &&
                 g_array_index (groups, Group, k).members == group.members;
      if (!known)
        g_array_append_val (groups, group);
    }
  return groups;
}

/* Forecasts the inputs whose numbers are in @index as one batch. */
static gboolean
run_batch (KilterForecastTask *self,
           const KilterForecastOptions *options,
           const gsize *index,
           gsize count,
           KilterJob *job,
           GError **error)
{
  g_autofree KilterSeries *series = g_new0 (KilterSeries, count + 1);
  g_autofree KilterForecast *results = g_new0 (KilterForecast, count + 1);
  g_autoptr (KilterJob) part = NULL;

  /* the progress is that of the whole run */
  if (job != NULL)
    {
      part = kilter_job_new (kilter_job_get_cancellable (job));
      kilter_job_set_n_threads (part, kilter_job_get_n_threads (job));
    }
  for (gsize i = 0; i < count; i++)
    series[i] = self->series[index[i]];
  if (!kilter_forecast_batch (series, count, options, results, part, error))
    return FALSE;
  for (gsize i = 0; i < count; i++)
    {
      self->results[index[i]] = results[i];
      g_atomic_int_set (&self->ready[index[i]], 1);
    }
  kilter_job_advance (job, count);
  return TRUE;
}

static guint
product_of (const KilterForecastTask *self, gsize input)
{
  return input < self->items->len ? (guint) kilter_forecast_item (self, input)->product : 0;
}

/* What is looked at comes first; series of a product stay together, since they share what their
 * events teach. */
static int
compare_inputs (gconstpointer a, gconstpointer b, gpointer data)
{
  const KilterForecastTask *self = data;
  gsize x = *(const gsize *) a, y = *(const gsize *) b;

  if (kilter_forecast_item (self, x)->first != kilter_forecast_item (self, y)->first)
    return kilter_forecast_item (self, x)->first ? -1 : 1;
  if (product_of (self, x) != product_of (self, y))
    return product_of (self, x) < product_of (self, y) ? -1 : 1;
  return (x > y) - (x < y);
}

/* The same, some series at a time, so that finished ones can be seen and a cancelled run stops
 * soon. The results do not depend on how the series are grouped. */
static gboolean
run_in_chunks (KilterForecastTask *self,
               const KilterForecastOptions *options,
               const gsize *index,
               gsize count,
               KilterJob *job,
               GError **error)
{
  gsize size = (gsize) CHUNK * kilter_job_get_n_threads (job);

  for (gsize first = 0, end; first < count; first = end)
    {
      end = MIN (first + MAX (size, 1), count);
      while (end < count && product_of (self, index[end]) != 0 &&
             product_of (self, index[end]) == product_of (self, index[end - 1]))
        end++;
      if (!run_batch (self, options, index + first, end - first, job, error))
        return FALSE;
    }
  return TRUE;
}

/* The engine's answers as rows of the plan. */
static void
take_results (KilterForecastTask *self)
{
  gsize h = (gsize) self->n_horizon;

  for (guint i = 0; i < self->items->len; i++)
    {
      KilterForecastItem *item = kilter_forecast_item (self, i);
      const KilterForecast *result = &self->results[i];

      g_free (item->rows);
      item->rows = g_new0 (double, (1 + 2 * KILTER_FORECAST_N_INTERVALS) * h);
      memcpy (item->rows, result->mean, h * sizeof (double));
      for (guint k = 0; k < KILTER_FORECAST_N_INTERVALS; k++)
        {
          memcpy (kilter_forecast_item_row (self, item, 1 + 2 * k), result->lower + k * h,
                  h * sizeof (double));
          memcpy (kilter_forecast_item_row (self, item, 2 + 2 * k), result->upper + k * h,
                  h * sizeof (double));
        }
      item->sd = result->sd != NULL ? result->sd[0] : NAN;
    }
}

/* What follows once every input has its forecast. */
gboolean
kilter_forecast_task_complete (KilterForecastTask *self, KilterJob *job, GError **error)
{
  take_results (self);
  if (!kilter_forecast_task_launch (self, error) ||
      !kilter_forecast_task_reconcile (self, job, error))
    return FALSE;
  self->done = TRUE;
  return TRUE;
}

/**
 * kilter_forecast_task_run:
 *
 * Does the work. Series with the same method are one batch; the results do not depend on how they
 * are grouped. Sums are forecast by the automatic method and without a backtest.
 */
gboolean
kilter_forecast_task_run (KilterForecastTask *self, KilterJob *job, GError **error)
{
  g_autoptr (GArray) groups = collect_groups (self);
  g_autofree gsize *index = g_new (gsize, self->n_inputs + 1);
  KilterForecastOptions options = self->options;

  kilter_job_set_total (job, self->n_inputs);
  for (guint k = 0; k < groups->len; k++)
    {
      const Group *group = &g_array_index (groups, Group, k);
      gsize count = 0;

      options = self->options;
      options.method = group->method;
      if (group->members != 0)
        options.members = group->members;
      for (guint i = 0; i < self->items->len; i++)
        if (kilter_forecast_item (self, i)->method == group->method &&
            kilter_forecast_item (self, i)->members == group->members)
          index[count++] = i;
      g_sort_array (index, count, sizeof *index, compare_inputs, self);
      if (!run_in_chunks (self, &options, index, count, job, error))
        return FALSE;
    }
  if (self->nodes->len > 0)
    {
      options = self->options;
      options.n_origins = 0;
      for (guint i = 0; i < self->nodes->len; i++)
        index[i] = self->items->len + i;
      if (!run_in_chunks (self, &options, index, self->nodes->len, job, error))
        return FALSE;
    }
  return kilter_forecast_task_complete (self, job, error);
}

/**
 * kilter_forecast_task_peek:
 * @out_values: (out caller-allocates): n_buckets values: the new statistical forecast
 *
 * Adds up what is finished. It may be called on the plan's thread while the task runs.
 *
 * Returns: whether every series of the scope is finished; new products and reconciled forecasts are
 *   only at the end
 */
gboolean
kilter_forecast_task_peek (KilterForecastTask *self,
                           const KilterPlan *plan,
                           const KilterScope *scope,
                           double *out_values)
{
  int n = kilter_plan_get_n_buckets (plan);
  g_autofree double *factors = g_new (double, self->n_horizon);
  gboolean any = FALSE;

  for (int t = 0; t < n; t++)
    out_values[t] = NAN;
  if (self->n_history + self->n_horizon != n || self->hierarchy != NULL)
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    {
      const KilterForecastItem *item = kilter_forecast_item (self, i);

      if (!item->written || !kilter_scope_has_series (plan, scope, item->series))
        continue;
      if (item->n_likes > 0 || !g_atomic_int_get (&self->ready[i]))
        return FALSE;
      kilter_forecast_task_get_factors (self, item, factors);
      for (int h = 0; h < self->n_horizon; h++)
        {
          int t = self->n_history + h;
          double value = self->results[i].mean[h] * factors[h];

          out_values[t] = any ? out_values[t] + value : value;
        }
      any = TRUE;
    }
  return any;
}

void
kilter_forecast_task_free (KilterForecastTask *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < self->n_inputs && self->results != NULL; i++)
    kilter_forecast_clear (&self->results[i]);
  g_free (self->results);
  g_free (self->ready);
  g_free (self->series);
  g_clear_pointer (&self->events, kilter_forecast_events_free);
  g_strfreev (self->ids);
  g_array_unref (self->items);
  g_hash_table_unref (self->by_series);
  g_clear_pointer (&self->leaves, g_array_unref);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_pointer (&self->hierarchy, kilter_hierarchy_free);
  g_free (self->reconcile.level);
  g_free (self->pinned);
  g_free (self);
}
