/* kilter-forecast-events.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/forecast/kilter-forecast-events.h"

#include "plan/data/kilter-plan-private.h"
#include "plan/review/kilter-review.h"

#include <math.h>

/* One regressor: all events of a name. */
typedef struct
{
  char *name;
  GHashTable *series; /* of the series that it concerns, those not heard of yet */
  double weight;      /* sales of the series heard of */
  double uplift;      /* their uplifts, weighted by sales */
} Effect;

struct _KilterForecastEvents
{
  KilterVersion version;
  int n_history;
  int n_horizon;
  GPtrArray *effects;
  GPtrArray *rows;    /* memory of the regressors */
  double *future;     /* zeros: the statistical forecast is what sells without events */
  GHashTable *volume; /* series → its mean sales, as a double */
};

static void
effect_free (gpointer data)
{
  Effect *self = data;

  g_free (self->name);
  g_hash_table_unref (self->series);
  g_free (self);
}

static gboolean
is_past (const KilterForecastEvents *self, const KilterPlan *plan, const KilterRecord *event)
{
  int first, last;

  return kilter_event_is_planned (event) && kilter_event_get_span (plan, event, &first, &last) &&
         first < self->n_history && last >= 0;
}

static gboolean
concerns (KilterPlan *plan, const KilterRecord *event, int series)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);
  int region = kilter_record_ref (event, KILTER_EVENT_REGION);
  int channel = kilter_record_ref (event, KILTER_EVENT_CHANNEL);
  int product = kilter_record_ref (record, KILTER_SERIES_PRODUCT);

  if ((region != 0 && kilter_record_ref (record, KILTER_SERIES_REGION) != region) ||
      (channel != 0 && kilter_record_ref (record, KILTER_SERIES_CHANNEL) != channel))
    return FALSE;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    if (kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT) == event->id &&
        kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT) == product &&
        isnan (kilter_record_number (link, KILTER_EVENT_PRODUCT_LOST)))
      return TRUE;
  return FALSE;
}

static Effect *
find_effect (KilterForecastEvents *self, const char *name)
{
  for (guint i = 0; i < self->effects->len; i++)
    if (g_str_equal (((Effect *) self->effects->pdata[i])->name, name))
      return self->effects->pdata[i];
  return NULL;
}

/**
 * kilter_forecast_events_new:
 *
 * Returns: (transfer full): the past events of the plan; at most as many as the engine takes, the
 *   first ones
 */
KilterForecastEvents *
kilter_forecast_events_new (KilterPlan *plan, KilterVersion version, int n_history, int n_horizon)
{
  KilterForecastEvents *self = g_new0 (KilterForecastEvents, 1);

  self->version = version;
  self->n_history = n_history;
  self->n_horizon = n_horizon;
  self->effects = g_ptr_array_new_with_free_func (effect_free);
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->volume = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT, event)
    {
      const char *name = kilter_record_text (event, KILTER_EVENT_NAME);
      Effect *effect = find_effect (self, name);

      if (!is_past (self, plan, event))
        continue;
      if (effect == NULL && self->effects->len < KILTER_FORECAST_MAX_REGRESSORS)
        {
          effect = g_new0 (Effect, 1);
          effect->name = g_strdup (name);
          effect->series = g_hash_table_new (NULL, NULL);
          g_ptr_array_add (self->effects, effect);
        }
      for (int row = 1; effect != NULL && row <= kilter_plan_get_n_rows (plan, KILTER_GRAIN_SERIES);
           row++)
        if (kilter_plan_get_record (plan, KILTER_TABLE_SERIES, row) != NULL &&
            concerns (plan, event, row))
          g_hash_table_add (effect->series, GINT_TO_POINTER (row));
    }
  self->future = g_new0 (double, MAX (self->effects->len, 1) * (guint) MAX (n_horizon, 1));
  return self;
}

void
kilter_forecast_events_free (KilterForecastEvents *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->effects);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->volume);
  g_free (self->future);
  g_free (self);
}

/* 1 in the buckets of an event. Where a planner has corrected the sales the event is out of the
 * history already, and the engine must not learn that it did nothing. */
static void
mark (const KilterForecastEvents *self,
      KilterPlan *plan,
      const KilterRecord *event,
      int series,
      double *row)
{
  const double *correction = kilter_plan_get_row (plan, self->version, KILTER_CORRECTION, series);
  int first, last;

  kilter_event_get_span (plan, event, &first, &last);
  for (int t = MAX (first, 0); t <= last && t < self->n_history; t++)
    if (isnan (correction[t]))
      row[t] = 1;
}

static double
get_volume (KilterForecastEvents *self, KilterPlan *plan, int series)
{
  const double *cleaned = kilter_plan_get_row (plan, self->version, KILTER_CLEANED, series);
  double total = 0;

  for (int t = 0; t < self->n_history; t++)
    total += isnan (cleaned[t]) ? 0 : MAX (cleaned[t], 0);
  return total;
}

void
kilter_forecast_events_describe (KilterForecastEvents *self,
                                 KilterPlan *plan,
                                 int series,
                                 KilterSeries *out)
{
  double *rows;

  if (self->effects->len == 0)
    return;
  rows = g_new0 (double, (gsize) self->effects->len *(gsize) MAX (self->n_history, 1));
  g_ptr_array_add (self->rows, rows);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT, event)
    for (guint i = 0; i < self->effects->len && is_past (self, plan, event); i++)
      if (g_str_equal (((Effect *) self->effects->pdata[i])->name,
                       kilter_record_text (event, KILTER_EVENT_NAME)) &&
          concerns (plan, event, series))
        mark (self, plan, event, series, rows + (gsize) i * (gsize) self->n_history);
  {
    double *volume = g_new (double, 1);

    *volume = get_volume (self, plan, series);
    g_hash_table_insert (self->volume, GINT_TO_POINTER (series), volume);
  }
  out->n_regressors = self->effects->len;
  out->regressors = rows;
  out->future_regressors = self->future;
}

const char *
kilter_forecast_events_get_name (const KilterForecastEvents *self, guint i)
{
  return ((const Effect *) self->effects->pdata[i])->name;
}

void
kilter_forecast_events_learn (KilterForecastEvents *self, int series, const KilterForecast *result)
{
  const double *volume = g_hash_table_lookup (self->volume, GINT_TO_POINTER (series));

  for (guint i = 0; i < self->effects->len && i < result->n_regressors; i++)
    {
      Effect *effect = self->effects->pdata[i];

      if (!g_hash_table_remove (effect->series, GINT_TO_POINTER (series)) ||
          result->events[i].n == 0 || volume == NULL)
        continue;
      effect->weight += *volume;
      effect->uplift += *volume * result->events[i].uplift;
    }
}

void
kilter_forecast_events_finish (KilterForecastEvents *self, KilterPlan *plan, KilterCommand *command)
{
  for (guint i = 0; i < self->effects->len; i++)
    {
      const Effect *effect = self->effects->pdata[i];
      double measured;

      if (g_hash_table_size (effect->series) > 0 || !(effect->weight > 0))
        continue;
      measured = floor (effect->uplift / effect->weight * 10000 + 0.5) / 10000;
      KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT, event)
        if (g_str_equal (kilter_record_text (event, KILTER_EVENT_NAME), effect->name) &&
            !(kilter_record_number (event, KILTER_EVENT_MEASURED) == measured))
          kilter_command_set_field_number (command, plan, KILTER_TABLE_EVENT, event->id,
                                           KILTER_EVENT_MEASURED, measured);
    }
}
