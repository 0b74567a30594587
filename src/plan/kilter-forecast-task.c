/* kilter-forecast-task.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/kilter-tasks.h"

#include "base/kilter-number.h"
#include "forecast/kilter-forecast.h"
#include "plan/kilter-model-private.h"
#include "plan/kilter-forecast-events.h"
#include "plan/kilter-plan-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* One series of the plan and the engine's view of it. */
typedef struct
{
  int series;
  int product;
  int like; /* for a product without history: the series of the like product, or 0 */
  double share;
  int launch; /* index of the first bucket in which it is sold, or 0 */
  int end;    /* index of the first bucket in which it is not sold any more */
  double *history;
  KilterForecastMethod method;
  guint32 members; /* of a combination */
  gboolean first;  /* is looked at now */
} Item;

struct _KilterForecastTask
{
  KilterVersion version;
  guint64 generation;
  char *pinned; /* (nullable): becomes each series' own method */
  int n_history;
  int n_horizon;
  KilterForecastOptions options;
  KilterForecastEvents *events;
  GArray *items;
  KilterSeries *series;
  KilterForecast *results;
  int *ready; /* (atomic): by item, whether its result is there */
  gboolean done;
};

static const struct
{
  double level;
  KilterMeasure low;
  KilterMeasure high;
} intervals[] = {
  { 50, KILTER_LOW_50, KILTER_HIGH_50 },
  { 80, KILTER_LOW_80, KILTER_HIGH_80 },
  { 95, KILTER_LOW_95, KILTER_HIGH_95 },
};

/* The last six periods, each forecast from the one before with everything estimated again: what
 * the error would have been. Estimating once over the whole history would be six times as fast and
 * let the model see what it is tested on. */
#define N_ORIGINS 6

static void
clear_item (gpointer data)
{
  g_free (((Item *) data)->history);
}

static int
find_bucket_text (const KilterPlan *plan, const char *text, int otherwise)
{
  KilterBucket bucket;

  if (text == NULL || *text == '\0')
    return otherwise;
  bucket = kilter_bucket_from_string (kilter_plan_get_bucket_kind (plan), text);
  if (bucket == KILTER_BUCKET_NONE)
    return otherwise;
  return CLAMP (bucket - kilter_plan_get_start (plan), 0, kilter_plan_get_n_buckets (plan));
}

/* The series of another product in the same market. */
static int
find_sibling (const KilterPlan *plan, int series, int product)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);

  return product == 0 ? 0
                      : kilter_plan_find_series (plan, product,
                                                 kilter_record_ref (record, KILTER_SERIES_REGION),
                                                 kilter_record_ref (record, KILTER_SERIES_CHANNEL));
}

static gboolean
has_history (const double *values, int n)
{
  for (int t = 0; t < n; t++)
    if (!isnan (values[t]))
      return TRUE;
  return FALSE;
}

/* The history that the engine sees: cleaned sales, with the predecessor's before the launch. */
static double *
copy_history (KilterPlan *plan, KilterVersion version, const KilterRecord *product, int series)
{
  int n = kilter_plan_get_n_history (plan);
  double *history = g_new (double, MAX (n, 1));
  int before = find_sibling (plan, series, kilter_record_ref (product, KILTER_PRODUCT_PREDECESSOR));

  memcpy (history, kilter_plan_get_row (plan, version, KILTER_CLEANED, series),
          sizeof (double) * (gsize) n);
  if (before != 0)
    {
      const double *old = kilter_plan_get_row (plan, version, KILTER_CLEANED, before);

      for (int t = 0; t < n; t++)
        if (isnan (history[t]))
          history[t] = old[t];
    }
  return history;
}

static void
set_method (Item *item, const KilterPlan *plan, const char *method)
{
  if (method == NULL)
    {
      const KilterRecord *model = kilter_plan_find_model (plan, item->series);

      method = model != NULL ? kilter_record_text (model, KILTER_MODEL_FORCED) : "";
    }
  item->method = KILTER_METHOD_AUTO;
  item->members = 0;
  if (*method != '\0' &&
      !kilter_forecast_method_parse (method, &item->method, &item->members, NULL))
    item->method = KILTER_METHOD_AUTO;
}

static void
add_item (KilterForecastTask *self, KilterPlan *plan, int series, const char *method)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);
  int product_id = kilter_record_ref (record, KILTER_SERIES_PRODUCT);
  const KilterRecord *product = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, product_id);
  Item item = { .series = series, .product = product_id, .share = 1 };

  if (product == NULL)
    return;
  item.history = copy_history (plan, self->version, product, series);
  set_method (&item, plan, method);
  item.launch = find_bucket_text (plan, kilter_record_text (product, KILTER_PRODUCT_LAUNCH), 0);
  item.end = find_bucket_text (plan, kilter_record_text (product, KILTER_PRODUCT_PHASE_OUT),
                               kilter_plan_get_n_buckets (plan));
  if (!has_history (item.history, self->n_history))
    {
      item.like = find_sibling (plan, series, kilter_record_ref (product, KILTER_PRODUCT_LIKE));
      item.share = kilter_record_number_or (product, KILTER_PRODUCT_LIKE_SHARE, 1);
    }
  g_array_append_val (self->items, item);
}

/* A like product must be forecast too, even outside the scope. */
static void
add_like_items (KilterForecastTask *self, KilterPlan *plan)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  guint n = self->items->len;

  for (guint i = 0; i < n; i++)
    g_hash_table_add (known, GINT_TO_POINTER (g_array_index (self->items, Item, i).series));
  for (guint i = 0; i < n; i++)
    {
      int like = g_array_index (self->items, Item, i).like;

      if (like != 0 && g_hash_table_add (known, GINT_TO_POINTER (like)))
        add_item (self, plan, like, NULL);
    }
}

static void
set_options (KilterForecastTask *self, KilterPlan *plan)
{
  const char *mode = kilter_plan_get_setting (plan, "forecast-mode");

  kilter_forecast_options_init (&self->options, (guint) kilter_plan_get_season (plan));
  self->options.horizon = (guint) self->n_horizon;
  self->options.n_levels = G_N_ELEMENTS (intervals);
  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
    self->options.levels[i] = intervals[i].level;
  self->options.non_negative = TRUE;
  self->options.n_origins = N_ORIGINS;
  self->options.refit = TRUE;
  self->options.max_lag = MIN (KILTER_MODEL_LAGS, (guint) self->n_horizon);
  self->options.mode = KILTER_FORECAST_FULL;
  if (g_strcmp0 (mode, "fast") == 0)
    self->options.mode = KILTER_FORECAST_FAST;
  else if (g_strcmp0 (mode, "standard") == 0)
    self->options.mode = KILTER_FORECAST_STANDARD;
}

static gboolean
is_requested (const KilterPlan *plan, const KilterForecastRequest *request, int series)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);

  if (request->products == NULL)
    return TRUE;
  for (guint i = 0; i < request->products->len; i++)
    if (g_array_index (request->products, int, i) ==
        kilter_record_ref (record, KILTER_SERIES_PRODUCT))
      return TRUE;
  return FALSE;
}

/**
 * kilter_forecast_task_new:
 *
 * Copies the history of the series that @request names.
 *
 * Returns: (transfer full): a task, or %NULL when there is nothing to forecast or the method is
 *   unknown
 */
KilterForecastTask *
kilter_forecast_task_new (KilterPlan *plan, const KilterForecastRequest *request, GError **error)
{
  static const KilterScope everything = { 0 };
  KilterForecastTask *self;
  KilterForecastMethod method;
  guint32 members;
  g_autoptr (GArray) rows = NULL;
  KilterBucket start = kilter_plan_get_start (plan);
  int phase;

  if (request->method != NULL &&
      !kilter_forecast_method_parse (request->method, &method, &members, error))
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
  self->generation = kilter_plan_get_generation (plan);
  self->n_history = kilter_plan_get_n_history (plan);
  self->n_horizon = kilter_plan_get_n_horizon (plan);
  if (request->pin && request->method != NULL)
    self->pinned = g_strdup (g_str_equal (request->method, "auto") ? "" : request->method);
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item);
  set_options (self, plan);
  for (guint i = 0; i < rows->len; i++)
    if (is_requested (plan, request, g_array_index (rows, int, i)))
      add_item (self, plan, g_array_index (rows, int, i), request->method);
  add_like_items (self, plan);
  for (guint i = 0; i < self->items->len && request->first != NULL; i++)
    {
      Item *item = &g_array_index (self->items, Item, i);

      item->first = kilter_scope_has_series (plan, request->first, item->series);
    }

  phase = kilter_bucket_get_position (kilter_plan_get_bucket_kind (plan), start) %
          kilter_plan_get_season (plan);
  self->events = kilter_forecast_events_new (plan, self->version, self->n_history, self->n_horizon);
  self->series = g_new0 (KilterSeries, self->items->len);
  self->results = g_new0 (KilterForecast, self->items->len);
  self->ready = g_new0 (int, self->items->len);
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      self->series[i].values = item->history;
      self->series[i].n = (gsize) self->n_history;
      self->series[i].phase = (guint) phase;
      self->series[i].group = (guint) item->product;
      kilter_forecast_events_describe (self->events, plan, item->series, &self->series[i]);
    }
  return self;
}

gsize
kilter_forecast_task_get_n_series (const KilterForecastTask *self)
{
  return self->items->len;
}

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
      const Item *item = &g_array_index (self->items, Item, i);
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

/* Series a thread works on before the finished ones can be seen. */
#define CHUNK 8

/* What is looked at comes first; series of a product stay together, since they share what their
 * events teach. */
static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const KilterForecastTask *self = data;
  gsize x = *(const gsize *) a, y = *(const gsize *) b;
  const Item *left = &g_array_index (self->items, Item, x);
  const Item *right = &g_array_index (self->items, Item, y);

  if (left->first != right->first)
    return left->first ? -1 : 1;
  if (left->product != right->product)
    return left->product - right->product;
  return (x > y) - (x < y);
}

static gsize
find_chunk_end (const KilterForecastTask *self,
                const gsize *index,
                gsize first,
                gsize n,
                gsize size)
{
  gsize end = MIN (first + size, n);

  while (end < n && g_array_index (self->items, Item, index[end]).product ==
                      g_array_index (self->items, Item, index[end - 1]).product)
    end++;
  return end;
}

static gboolean
run_chunk (KilterForecastTask *self,
           const KilterForecastOptions *options,
           const gsize *index,
           gsize n,
           KilterJob *job,
           GError **error)
{
  g_autofree KilterSeries *series = g_new (KilterSeries, n);
  g_autofree KilterForecast *results = g_new0 (KilterForecast, n);
  g_autoptr (KilterJob) part = NULL;

  /* the progress is that of the whole run */
  if (job != NULL)
    {
      part = kilter_job_new (kilter_job_get_cancellable (job));
      kilter_job_set_n_threads (part, kilter_job_get_n_threads (job));
    }
  for (gsize i = 0; i < n; i++)
    series[i] = self->series[index[i]];
  if (!kilter_forecast_batch (series, n, options, results, part, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      self->results[index[i]] = results[i];
      g_atomic_int_set (&self->ready[index[i]], 1);
    }
  kilter_job_advance (job, n);
  return TRUE;
}

/**
 * kilter_forecast_task_run:
 *
 * Does the work, some series at a time, so that finished ones can be seen and a cancelled run stops
 * soon. The results do not depend on how the series are grouped.
 */
gboolean
kilter_forecast_task_run (KilterForecastTask *self, KilterJob *job, GError **error)
{
  g_autoptr (GArray) groups = collect_groups (self);
  gsize n = self->items->len, size = (gsize) CHUNK * kilter_job_get_n_threads (job);
  g_autofree gsize *index = g_new (gsize, n);

  kilter_job_set_total (job, n);
  for (guint k = 0; k < groups->len; k++)
    {
      const Group *group = &g_array_index (groups, Group, k);
      KilterForecastOptions options = self->options;
      gsize count = 0;

      options.method = group->method;
      if (group->members != 0)
        options.members = group->members;
      for (guint i = 0; i < n; i++)
        if (g_array_index (self->items, Item, i).method == group->method &&
            g_array_index (self->items, Item, i).members == group->members)
          index[count++] = i;
      g_sort_array (index, count, sizeof *index, compare_items, self);
      for (gsize first = 0, end; first < count; first = end)
        {
          end = find_chunk_end (self, index, first, count, size);
          if (!run_chunk (self, &options, index + first, end - first, job, error))
            return FALSE;
        }
    }
  self->done = TRUE;
  return TRUE;
}

/**
 * kilter_forecast_task_peek:
 * @out_values: (out caller-allocates): n_buckets values: the new statistical forecast
 *
 * Adds up what is finished. It may be called on the plan's thread while the task runs.
 *
 * Returns: whether every series of the scope is finished
 */
gboolean
kilter_forecast_task_peek (KilterForecastTask *self,
                           const KilterPlan *plan,
                           const KilterScope *scope,
                           double *out_values)
{
  int n = kilter_plan_get_n_buckets (plan);
  gboolean any = FALSE;

  for (int t = 0; t < n; t++)
    out_values[t] = NAN;
  if (self->n_history + self->n_horizon != n)
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);
      const KilterForecast *result = &self->results[i];

      if (!kilter_scope_has_series (plan, scope, item->series))
        continue;
      /* of a like product it is known only at the end */
      if (item->like != 0 || !g_atomic_int_get (&self->ready[i]))
        return FALSE;
      for (int h = 0; h < self->n_horizon; h++)
        {
          int t = self->n_history + h;
          double value = t < item->launch || t >= item->end ? 0 : result->mean[h];

          out_values[t] = any ? out_values[t] + value : value;
        }
      any = TRUE;
    }
  return any;
}

/* --- results --- */

static gsize
find_item (const KilterForecastTask *self, int series)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_array_index (self->items, Item, i).series == series)
      return i;
  return G_MAXSIZE;
}

static void
write_row (const KilterForecastTask *self,
           KilterPlan *plan,
           KilterCommand *command,
           const Item *item,
           KilterMeasure measure,
           const double *values,
           double factor)
{
  g_autofree double *row = g_new (double, self->n_horizon);

  for (int h = 0; h < self->n_horizon; h++)
    {
      int t = self->n_history + h;

      row[h] = values[h] * factor;
      if (t < item->launch || t >= item->end)
        row[h] = 0;
    }
  kilter_command_set_values (command, plan, self->version, measure, KILTER_LAYER_FACT, item->series,
                             self->n_history, self->n_horizon, row);
}

/* Ratios to the mean, whatever the season is to the model. */
static char *
describe_season (const KilterForecast *result)
{
  GString *text = g_string_new (NULL);
  double level = 0;

  if (!(result->flags & KILTER_FORECAST_SEASONAL) || result->profile == NULL)
    return g_string_free (text, FALSE);
  for (guint h = 0; h < result->horizon; h++)
    level += result->mean[h] / result->horizon;
  if (result->profile_additive && level <= 0)
    return g_string_free (text, FALSE);
  for (guint i = 0; i < result->season_length; i++)
    {
      double index = result->profile_additive ? 1 + result->profile[i] / level : result->profile[i];
      g_autofree char *value = kilter_number_to_c (floor (index * 10000 + 0.5) / 10000);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", value);
    }
  return g_string_free (text, FALSE);
}

static double
find_why (const KilterForecast *result, KilterForecastReason reason)
{
  for (guint i = 0; i < result->n_why; i++)
    if (result->why[i].reason == reason)
      return result->why[i].value;
  return NAN;
}

/* Errors one bucket ahead. The forecast to beat is last year's value where there is a season, else
 * the last one: which of them is known beforehand. */
static void
write_scores (KilterPlan *plan, KilterCommand *command, int id, const KilterForecast *result)
{
  const KilterBacktest *backtest = &result->backtest;
  guint width = backtest->n_lags + 1;
  double naive = NAN;

  kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_ORIGINS,
                                   backtest->n_origins);
  if (backtest->n_methods == 0 || backtest->n_lags == 0)
    {
      static const int fields[] = { KILTER_MODEL_WAPE, KILTER_MODEL_BIAS, KILTER_MODEL_MASE,
                                    KILTER_MODEL_NAIVE_WAPE };

      for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
        kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, fields[i], NAN);
      return;
    }
  for (guint m = 0; m < backtest->n_methods; m++)
    {
      const KilterForecastScore *score = &backtest->scores[m * width + 1];

      if (backtest->methods[m] ==
          ((result->flags & KILTER_FORECAST_SEASONAL) ? KILTER_METHOD_SNAIVE : KILTER_METHOD_NAIVE))
        naive = score->wape;
    }
  kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_WAPE,
                                   backtest->scores[1].wape);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_BIAS,
                                   backtest->scores[1].bias);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_MASE,
                                   backtest->scores[1].mase);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_NAIVE_WAPE,
                                   naive);
}

static const char *
get_class_key (KilterSeriesClass series_class)
{
  static const char *const keys[] = { "empty",  "dead",    "zero",         "constant", "short",
                                      "smooth", "erratic", "intermittent", "lumpy" };

  return (guint) series_class < G_N_ELEMENTS (keys) ? keys[series_class] : "";
}

static void
write_model (const KilterForecastTask *self,
             KilterPlan *plan,
             KilterCommand *command,
             const Item *item,
             const KilterForecast *result)
{
  const KilterRecord *old = kilter_plan_find_model (plan, item->series);
  g_autofree char *members = kilter_model_write_tries (result);
  g_autofree char *season = describe_season (result);
  int id = old != NULL ? old->id : kilter_command_add_record (command, plan, KILTER_TABLE_MODEL);
  const char *method = item->like != 0 ? "like" : result->key;

  kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_SERIES,
                                   item->series);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_METHOD,
                                 method);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_MEMBERS,
                                 members);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_CLASS,
                                 get_class_key (result->series_class));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_SEASON,
                                 season);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_TREND,
                                   find_why (result, KILTER_REASON_TREND));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_RESIDUAL,
                                   result->sd != NULL ? result->sd[0] : NAN);
  write_scores (plan, command, id, result);
  if (self->pinned != NULL)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_FORCED,
                                   self->pinned);
}

/**
 * kilter_forecast_task_finish:
 *
 * Makes the command that puts the results into the plan: statistical forecast, intervals, models.
 *
 * Returns: (transfer full): the command
 */
KilterCommand *
kilter_forecast_task_finish (KilterForecastTask *self, KilterPlan *plan)
{
  KilterCommand *command;
  g_autofree char *label = NULL;

  g_return_val_if_fail (self->done, NULL);

  label = g_strdup_printf (
    ngettext ("Forecast of %u series", "Forecast of %u series", self->items->len),
    self->items->len);
  command = kilter_command_new ("forecast", label);
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);
      const KilterForecast *result = &self->results[i];
      double factor = 1;

      if (kilter_plan_get_record (plan, KILTER_TABLE_SERIES, item->series) == NULL)
        continue;
      write_model (self, plan, command, item, result);
      kilter_forecast_events_learn (self->events, item->series, result);
      if (item->like != 0)
        {
          gsize like = find_item (self, item->like);

          if (like != G_MAXSIZE)
            {
              result = &self->results[like];
              factor = item->share;
            }
        }
      write_row (self, plan, command, item, KILTER_STATISTICAL, result->mean, factor);
      for (guint k = 0; k < G_N_ELEMENTS (intervals); k++)
        {
          gsize offset = (gsize) k * result->horizon;

          write_row (self, plan, command, item, intervals[k].low, result->lower + offset, factor);
          write_row (self, plan, command, item, intervals[k].high, result->upper + offset, factor);
        }
    }
  kilter_forecast_events_finish (self->events, plan, command);
  return command;
}

void
kilter_forecast_task_free (KilterForecastTask *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->items->len; i++)
    kilter_forecast_clear (&self->results[i]);
  g_free (self->results);
  g_free (self->ready);
  g_free (self->series);
  g_clear_pointer (&self->events, kilter_forecast_events_free);
  g_array_unref (self->items);
  g_free (self->pinned);
  g_free (self);
}
