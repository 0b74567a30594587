/* fuzz-stream.c: mutated series through kilterctl forecast --stream: an error that names a line, or
 * output that reads back as finite numbers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "base/kilter-number.h"
#include "forecast/stream/kilter-details.h"
#include "forecast/stream/kilter-forecast-stream.h"

#include <math.h>
#include <string.h>

static void
choose_options (guint32 choice, KilterForecastOptions *options)
{
  static const guint seasons[] = { 1, 4, 7, 12, 52 };

  kilter_forecast_options_init (options, seasons[choice % G_N_ELEMENTS (seasons)]);
  options->horizon = 1 + choice / 8 % 4;
  options->n_levels = choice / 32 % 3;
  options->integer = choice / 128 % 2;
  options->non_negative = choice / 256 % 2;
  options->mode = KILTER_FORECAST_FAST;
  options->method = choice / 512 % 4 == 0 ? choice / 2048 % KILTER_N_METHODS : KILTER_METHOD_AUTO;
}

/* Every field between the name and the method is a finite number. */
static void
check_output (const char *text, gsize length, guint n_numbers)
{
  const char *at = text, *end = text + length;

  if (length == 0)
    return;
  at = memchr (at, '\n', length);
  while (at != NULL && ++at < end)
    {
      const char *stop = memchr (at, '\n', (gsize) (end - at));
      g_autofree char *line = NULL;
      char *field;

      if (stop == NULL)
        g_error ("the last line has no end");
      line = g_strndup (at, (gsize) (stop - at));
      for (guint i = 0; i <= n_numbers + 1; i++)
        {
          double value;

          field = strrchr (line, ',');
          if (field == NULL)
            g_error ("too few fields: %s", line);
          if (i > 0 && (!kilter_number_from_c (field + 1, &value) || !isfinite (value)))
            g_error ("no finite number: %s", field);
          *field = '\0';
        }
      if (*line == '\0')
        g_error ("a series without a name");
      at = stop;
    }
}

/* Details of anybody's are refused or can be written again. */
static void
fuzz_details (const char *data, gsize size)
{
  g_autofree char *text = g_strndup (data, size);
  KilterForecast forecast = { 0 };
  g_autoptr (GError) error = NULL;

  if (kilter_forecast_details_parse (text, &forecast, &error))
    g_free (kilter_forecast_details_format (&forecast));
  else if (error == NULL)
    g_error ("failed without saying why");
  kilter_forecast_clear (&forecast);
}

static void
run (const guint8 *data, gsize size, guint32 choice)
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  KilterForecastOptions options;
  gboolean done;

  choose_options (choice, &options);
  done = kilter_forecast_stream (input, output, &options, KILTER_FORECAST_STREAM_NONE,
                                 1 + choice % 5, NULL, &error);
  if (!done && error == NULL)
    g_error ("failed without saying why");
  if (error != NULL && !g_str_has_prefix (error->message, "Line "))
    g_error ("an error that names no line: %s", error->message);
  fuzz_details ((const char *) data, size);
  check_output (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (output)),
                g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (output)),
                2 * options.n_levels + 1);
}

static void
add_seeds (GPtrArray *seeds)
{
  GString *text = g_string_new ("series_id,period_index,value\n");
  char *copy;

  for (guint i = 0; i < 3; i++)
    for (guint t = 1; t <= 30; t++)
      g_string_append_printf (text, "S%u,%u,%u\n", i, t, (t * 7 + i) % 11 * (t % 4 != i));
  copy = g_string_free (text, FALSE);
  g_ptr_array_add (seeds, g_bytes_new_take (copy, strlen (copy)));
  text = g_string_new ("series_id,series_group,period_index,value,planned,x:a,x:b\n");
  for (guint i = 0; i < 3; i++)
    for (guint t = 1; t <= 30; t++)
      if (t > 26)
        g_string_append_printf (text, "S%u,G%u,%u,,1,0.5,\n", i, i / 2, t);
      else
        g_string_append_printf (text, "S%u,G%u,%u,%u,,%u,%u\n", i, i / 2, t, (t * 7 + i) % 11,
                                t % 5 == 0, t % 7);
  copy = g_string_free (text, FALSE);
  g_ptr_array_add (seeds, g_bytes_new_take (copy, strlen (copy)));
  copy = g_strdup (
    "class=smooth flags=129 why=combined:5;trend: members=ets:A,N,A:0.5:1:2:3:4:5:6;theta::1::"
    ":::: season=ratio:0.5:1.5 backtest=6:1;auto:6:1:2:3:6:1:2:3 events=2:0.1:0.2");
  g_ptr_array_add (seeds, g_bytes_new_take (copy, strlen (copy)));
}

static const char *const tokens[] = {
  ",",          "\n",
  "\r\n",       "\"",
  "\"\"",       "\357\273\277",
  "\377",       "\303\251",
  "series_id",  "period_index",
  "value",      "series_method",
  "ets+theta",  "arima",
  "magic",      "0",
  "-1",         "1e308",
  "-1e308",     "1e-320",
  "4.9e-324",   "nan",
  "inf",        "1e999",
  "199999",     "200001",
  "2147483647", "99999999999999999999",
  " ",          "series_group",
  "planned",    "x:",
  ";",          ":",
  "=",          "class=",
  NULL,
};

const FuzzTarget fuzz_target = { "fuzz-stream", "stream", tokens, 20000, add_seeds, run };
