/* kilter-forecast-stream.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/stream/kilter-forecast-stream.h"

#include "base/kilter-number.h"
#include "forecast/stream/kilter-details.h"
#include "forecast/stream/kilter-stream-reader.h"

#include <math.h>
#include <string.h>

#define DEFAULT_CHUNK 256
/* a chunk ends early when its series are long */
#define MAX_CHUNK_VALUES ((gsize) 2000000)
/* a group stays together, but no group is endless */
#define MAX_GROUP_VALUES ((gsize) 20000000)

typedef struct
{
  GOutputStream *output;
  const KilterForecastOptions *options;
  KilterForecastStreamFlags flags;
  KilterJob *job;
  GCancellable *cancellable;
  GString *text;
} Stream;

static void
append_number (GString *text, double value)
{
  g_autofree char *number = kilter_number_to_c (value);

  g_string_append (text, number);
}

static void
append_field (GString *text, const char *field)
{
  if (strpbrk (field, ",\"") == NULL)
    {
      g_string_append (text, field);
      return;
    }
  g_string_append_c (text, '"');
  for (const char *c = field; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

static void
append_header (Stream *self)
{
  g_string_append (self->text, "series_id,step,mean");
  for (guint l = 0; l < self->options->n_levels; l++)
    {
      g_string_append (self->text, ",lo");
      append_number (self->text, self->options->levels[l]);
      g_string_append (self->text, ",hi");
      append_number (self->text, self->options->levels[l]);
    }
  g_string_append (self->text, ",method");
  if (self->flags & KILTER_FORECAST_STREAM_SD)
    g_string_append (self->text, ",sd");
  if (self->flags & KILTER_FORECAST_STREAM_MODEL)
    g_string_append (self->text, ",model");
  g_string_append_c (self->text, '\n');
}

static void
append_forecast (Stream *self, const char *id, const KilterForecast *forecast)
{
  for (guint j = 0; j < forecast->horizon; j++)
    {
      append_field (self->text, id);
      g_string_append_printf (self->text, ",%u,", j + 1);
      append_number (self->text, forecast->mean[j]);
      for (guint l = 0; l < forecast->n_levels; l++)
        {
          g_string_append_c (self->text, ',');
          append_number (self->text, forecast->lower[(gsize) l * forecast->horizon + j]);
          g_string_append_c (self->text, ',');
          append_number (self->text, forecast->upper[(gsize) l * forecast->horizon + j]);
        }
      g_string_append_printf (self->text, ",%s", forecast->key);
      if (self->flags & KILTER_FORECAST_STREAM_SD)
        {
          g_string_append_c (self->text, ',');
          append_number (self->text, forecast->sd[j]);
        }
      if (self->flags & KILTER_FORECAST_STREAM_MODEL)
        {
          g_autofree char *details = j == 0 ? kilter_forecast_details_format (forecast) : NULL;

          g_string_append_c (self->text, ',');
          append_field (self->text, details != NULL ? details : "");
        }
      g_string_append_c (self->text, '\n');
    }
}

static gboolean
flush_text (Stream *self, GError **error)
{
  gboolean done = g_output_stream_write_all (self->output, self->text->str, self->text->len, NULL,
                                             self->cancellable, error);

  g_string_truncate (self->text, 0);
  return done;
}

/* Rows of periods with @p numbers each as @p rows of @n periods; none where there are no more. */
static double *
turn (const GArray *rows, guint p, gsize n)
{
  double *out = g_new (double, p *n + 1);

  for (guint i = 0; i < p; i++)
    for (gsize t = 0; t < n; t++)
      out[i * n + t] = t * p + i < rows->len ? g_array_index (rows, double, t *p + i) : NAN;
  return out;
}

static void
set_series (const Stream *self, const KilterStreamSeries *from, KilterSeries *out)
{
  *out = (KilterSeries) { .id = from->id,
                          .values = (const double *) from->values->data,
                          .n = from->values->len,
                          .group = from->group,
                          .n_regressors = from->n_regressors,
                          .phase = (guint) ((from->first_index - 1) % self->options->season_length),
                          .season = from->season != NULL ? (const double *) from->season->data
                                                         : NULL };
  if (from->n_regressors == 0)
    return;
  out->regressors = turn (from->past, from->n_regressors, out->n);
  out->future_regressors = turn (from->planned, from->n_regressors, self->options->horizon);
}

/* Whether two series may be in one batch. */
static gboolean
is_alike (const KilterStreamSeries *a, const KilterStreamSeries *b)
{
  return a->has_method == b->has_method && a->method == b->method && a->members == b->members &&
         a->n_regressors == b->n_regressors;
}

/* Forecasts the series of a chunk from @first on that are alike, and marks them as done. */
static gboolean
forecast_alike (Stream *self,
                GPtrArray *chunk,
                guint first,
                guint8 *done,
                KilterForecast *out,
                GError **error)
{
  const KilterStreamSeries *model = g_ptr_array_index (chunk, first);
  KilterForecastOptions options = *self->options;
  g_autofree KilterSeries *series = g_new0 (KilterSeries, chunk->len);
  g_autofree KilterForecast *results = g_new0 (KilterForecast, chunk->len);
  g_autofree guint *index = g_new (guint, chunk->len);
  guint n = 0;
  gboolean good;

  if (model->has_method)
    {
      options.method = model->method;
      options.members = model->members;
    }
  for (guint i = first; i < chunk->len; i++)
    {
      const KilterStreamSeries *from = g_ptr_array_index (chunk, i);

      if (done[i] || !is_alike (from, model))
        continue;
      done[i] = 1;
      index[n] = i;
      set_series (self, from, &series[n++]);
    }
  good = kilter_forecast_batch (series, n, &options, results, self->job, error);
  for (guint i = 0; i < n; i++)
    {
      if (good)
        out[index[i]] = results[i];
      g_free ((double *) series[i].regressors);
      g_free ((double *) series[i].future_regressors);
    }
  return good;
}

static gboolean
forecast_chunk (Stream *self, GPtrArray *chunk, GError **error)
{
  g_autofree KilterForecast *out = g_new0 (KilterForecast, chunk->len + 1);
  g_autofree guint8 *done = g_new0 (guint8, chunk->len + 1);
  gboolean good = TRUE;

  for (guint i = 0; i < chunk->len && good; i++)
    if (!done[i])
      good = forecast_alike (self, chunk, i, done, out, error);
  for (guint i = 0; i < chunk->len; i++)
    {
      const KilterStreamSeries *series = g_ptr_array_index (chunk, i);

      if (good)
        append_forecast (self, series->id, &out[i]);
      kilter_forecast_clear (&out[i]);
      if (good && self->text->len > MAX_CHUNK_VALUES)
        good = flush_text (self, error);
    }
  good = good && flush_text (self, error);
  g_ptr_array_set_size (chunk, 0);
  return good;
}

static gboolean
check_season (const KilterStreamSeries *series, guint season_length, GError **error)
{
  if (series->season == NULL || series->season->len == season_length)
    return TRUE;
  g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
               "Line %" G_GUINT64_FORMAT ": series_season has %u numbers, a season has %u periods",
               series->line, series->season->len, season_length);
  return FALSE;
}

/* Reads what is forecast at once, nothing at the end. Who shares effects of events must be in it.
 */
static gboolean
next_chunk (KilterStreamReader *reader,
            GPtrArray *chunk,
            gsize size,
            guint season_length,
            GError **error)
{
  gsize n_values = 0;

  for (;;)
    {
      KilterStreamSeries *series;
      gboolean together;

      if (!kilter_stream_reader_next (reader, &series, error))
        return FALSE;
      if (series == NULL)
        return TRUE;
      n_values += series->values->len + series->past->len + series->planned->len;
      together = kilter_stream_reader_group_goes_on (reader);
      g_ptr_array_add (chunk, series);
      if (!check_season (series, season_length, error))
        return FALSE;
      if (together && n_values > MAX_GROUP_VALUES)
        {
          g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
                       "Line %" G_GUINT64_FORMAT ": the group of “%.40s” has more than 20000000 "
                       "numbers",
                       series->line, series->id);
          return FALSE;
        }
      if (!together && (chunk->len >= size || n_values >= MAX_CHUNK_VALUES))
        return TRUE;
    }
}

/**
 * kilter_forecast_stream:
 * @input: CSV with the header series_id,period_index,value; the rows of a series together and in
 *   order; period_index counts from 1, which is the first period of a season; an empty value is
 *   missing, and so is a period that is left out
 * @output: CSV series_id,step,mean,lo80,hi80,lo95,hi95,method, with the levels of the options,
 *   the series in the order of the input; numbers read back as the same bits
 * @options: options; a backtest only with %KILTER_FORECAST_STREAM_MODEL. A column series_method
 *   names another method for single series, a column series_season the indices of their season,
 *   with spaces between them, from its first period
 * @flags: further columns
 * @chunk_series: how many series are held in memory at once; 0 for 256
 * @job: (nullable): cancellation, number of threads; progress counts within a chunk
 * @error: %KILTER_FORECAST_ERROR_INPUT naming the line, %KILTER_FORECAST_ERROR_OPTIONS, or what
 *   reading or writing said. What was forecast before the error has been written
 *
 * Events and prices are columns "x:NAME" of the input, at most 64, and as a series of the batch has
 * them: of the order of 1, an empty one average. Where the column planned holds something, the row
 * is a period to come: no value, only its events and prices. Series with the same series_group
 * stand together and teach each other what their events do; without a group each is alone.
 *
 * Forecasts any number of series in bounded memory. The output is the same for any number of
 * threads and any @chunk_series, and the same as that of kilter_forecast_batch().
 */
gboolean
kilter_forecast_stream (GInputStream *input,
                        GOutputStream *output,
                        const KilterForecastOptions *options,
                        KilterForecastStreamFlags flags,
                        gsize chunk_series,
                        KilterJob *job,
                        GError **error)
{
  GCancellable *cancellable = job != NULL ? kilter_job_get_cancellable (job) : NULL;
  g_autoptr (KilterStreamReader) reader = NULL;
  g_autoptr (GPtrArray) chunk = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  KilterForecastOptions own;
  Stream self = { output, &own, flags, job, cancellable, text };

  g_return_val_if_fail (G_IS_INPUT_STREAM (input), FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (output), FALSE);

  if (!kilter_forecast_options_check (options, error))
    return FALSE;
  own = *options;
  if (!(flags & KILTER_FORECAST_STREAM_MODEL))
    own.n_origins = 0;
  reader = kilter_stream_reader_new (input, cancellable);
  chunk = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_stream_series_free);
  append_header (&self);
  while (next_chunk (reader, chunk, chunk_series > 0 ? chunk_series : DEFAULT_CHUNK,
                     own.season_length, error))
    {
      if (chunk->len == 0)
        return flush_text (&self, error);
      if (!forecast_chunk (&self, chunk, error))
        return FALSE;
    }
  return FALSE;
}
