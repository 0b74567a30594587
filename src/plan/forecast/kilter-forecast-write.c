/* kilter-forecast-write.c: the results of a forecast run as a command
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/forecast/kilter-forecast-private.h"

#include "base/kilter-number.h"
#include "forecast/kilter-explain.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const KilterMeasure measures[1 + 2 * KILTER_FORECAST_N_INTERVALS] = {
  KILTER_STATISTICAL, KILTER_LOW_50, KILTER_HIGH_50, KILTER_LOW_80,
  KILTER_HIGH_80,     KILTER_LOW_95, KILTER_HIGH_95,
};

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

/* Reasons of the engine, then those of the run. */
static char *
describe_reasons (const KilterForecastTask *self,
                  const KilterForecastItem *item,
                  const KilterForecast *result)
{
  g_autofree char *engine = kilter_forecast_explain_text (result);
  const char *run = item->notes != NULL ? item->notes->str : "";

  /* what the engine says of a new product's few values is not what it was forecast by */
  if (item->n_likes > 0)
    return g_strdup (run);
  return g_strdup_printf ("%s%s%s", engine, *engine != '\0' && *run != '\0' ? " " : "", run);
}

static void
set_text (KilterCommand *command, KilterPlan *plan, int id, int field, const char *text)
{
  kilter_command_set_field_text (command, plan, KILTER_TABLE_MODEL, id, field, text);
}

static void
write_model (const KilterForecastTask *self,
             KilterPlan *plan,
             KilterCommand *command,
             const KilterForecastItem *item,
             const KilterForecast *result)
{
  const KilterRecord *old = kilter_plan_find_model (plan, item->series);
  g_autofree char *members = kilter_model_write_tries (result);
  g_autofree char *season = describe_season (result);
  g_autofree char *reasons = describe_reasons (self, item, result);
  int id = old != NULL ? old->id : kilter_command_add_record (command, plan, KILTER_TABLE_MODEL);

  kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_SERIES,
                                   item->series);
  set_text (command, plan, id, KILTER_MODEL_METHOD, item->n_likes > 0 ? "like" : result->key);
  set_text (command, plan, id, KILTER_MODEL_MEMBERS, members);
  set_text (command, plan, id, KILTER_MODEL_CLASS,
            kilter_forecast_class_key (result->series_class));
  set_text (command, plan, id, KILTER_MODEL_SEASON, season);
  set_text (command, plan, id, KILTER_MODEL_REASONS, reasons);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_TREND,
                                   find_why (result, KILTER_REASON_TREND));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_RESIDUAL,
                                   item->sd);
  write_scores (plan, command, id, result);
  if (self->pinned != NULL)
    set_text (command, plan, id, KILTER_MODEL_FORCED, self->pinned);
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
  gsize n = kilter_forecast_task_get_n_series (self);

  g_return_val_if_fail (self->done, NULL);

  label = g_strdup_printf (ngettext ("Forecast of %u series", "Forecast of %u series", n),
                           (guint) n);
  command = kilter_command_new ("forecast", label);
  for (guint i = 0; i < self->items->len; i++)
    {
      KilterForecastItem *item = kilter_forecast_item (self, i);

      if (!item->written ||
          kilter_plan_get_record (plan, KILTER_TABLE_SERIES, item->series) == NULL)
        continue;
      write_model (self, plan, command, item, &self->results[i]);
      kilter_forecast_events_learn (self->events, item->series, &self->results[i]);
      for (guint row = 0; row < G_N_ELEMENTS (measures); row++)
        kilter_command_set_values (command, plan, self->version, measures[row], KILTER_LAYER_FACT,
                                   item->series, self->n_history, self->n_horizon,
                                   kilter_forecast_item_row (self, item, row));
    }
  kilter_forecast_events_finish (self->events, plan, command);
  return command;
}
