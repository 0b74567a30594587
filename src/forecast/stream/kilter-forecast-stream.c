/* kilter-forecast-stream.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/stream/kilter-forecast-stream.h"

#include "base/kilter-number.h"
#include "forecast/stream/kilter-stream-reader.h"

#include <string.h>

#define DEFAULT_CHUNK 256
/* a chunk ends early when its series are long */
#define MAX_CHUNK_VALUES ((gsize) 2000000)

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
  g_string_append (self->text,
                   self->flags & KILTER_FORECAST_STREAM_SD ? ",method,sd\n" : ",method\n");
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

static void
set_series (const Stream *self, const KilterStreamSeries *from, KilterSeries *out)
{
  *out = (KilterSeries) { .id = from->id,
                          .values = (const double *) from->values->data,
                          .n = from->values->len,
                          .phase = (guint) ((from->first_index - 1) %
                                            self->options->season_length) };
}

/* Forecasts the series of a chunk from @first on that have the same method as that one, and marks
 * them as done. */
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

  if (model->has_method)
    {
      options.method = model->method;
      options.members = model->members;
    }
  for (guint i = first; i < chunk->len; i++)
    {
      const KilterStreamSeries *from = g_ptr_array_index (chunk, i);

      if (done[i] || from->has_method != model->has_method || from->method != model->method ||
          from->members != model->members)
        continue;
      done[i] = 1;
      index[n] = i;
      set_series (self, from, &series[n++]);
    }
  if (!kilter_forecast_batch (series, n, &options, results, self->job, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    out[index[i]] = results[i];
  return TRUE;
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

/**
 * kilter_forecast_stream:
 * @input: CSV with the header series_id,period_index,value; the rows of a series together and in
 *   order; period_index counts from 1, which is the first period of a season; an empty value is
 *   missing, and so is a period that is left out
 * @output: CSV series_id,step,mean,lo80,hi80,lo95,hi95,method, with the levels of the options,
 *   the series in the order of the input; numbers read back as the same bits
 * @options: options; there is no backtest, whatever they say. A column series_method names another
 *   method for single series
 * @flags: further columns
 * @chunk_series: how many series are held in memory at once; 0 for 256
 * @job: (nullable): cancellation, number of threads; progress counts within a chunk
 * @error: %KILTER_FORECAST_ERROR_INPUT naming the line, %KILTER_FORECAST_ERROR_OPTIONS, or what
 *   reading or writing said. What was forecast before the error has been written
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
  KilterForecastOptions without_backtest;
  Stream self = { output, &without_backtest, flags, job, cancellable, text };
  gsize n_values = 0;

  g_return_val_if_fail (G_IS_INPUT_STREAM (input), FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (output), FALSE);

  if (!kilter_forecast_options_check (options, error))
    return FALSE;
  without_backtest = *options;
  without_backtest.n_origins = 0;
  reader = kilter_stream_reader_new (input, cancellable);
  chunk = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_stream_series_free);
  append_header (&self);
  for (;;)
    {
      KilterStreamSeries *series;

      if (!kilter_stream_reader_next (reader, &series, error))
        return FALSE;
      if (series == NULL)
        return forecast_chunk (&self, chunk, error);
      n_values += series->values->len;
      g_ptr_array_add (chunk, series);
      if (chunk->len < (chunk_series > 0 ? chunk_series : DEFAULT_CHUNK) &&
          n_values < MAX_CHUNK_VALUES)
        continue;
      if (!forecast_chunk (&self, chunk, error))
        return FALSE;
      n_values = 0;
    }
}
