/* test-stream.c: the filter behind kilterctl forecast --stream
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kilter-number.h"
#include "forecast/stream/kilter-details.h"
#include "forecast/stream/kilter-forecast-stream.h"
#include "series.h"

#include <math.h>
#include <string.h>

static char *
run (const char *text,
     gssize length,
     const KilterForecastOptions *options,
     gsize chunk,
     guint threads,
     GError **error)
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data (
    text, length < 0 ? (gssize) strlen (text) : length, NULL);
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (KilterJob) job = kilter_job_new (NULL);

  kilter_job_set_n_threads (job, threads);
  if (!kilter_forecast_stream (input, output, options, KILTER_FORECAST_STREAM_NONE, chunk, job,
                               error))
    return NULL;
  g_assert_true (g_output_stream_write_all (output, "", 1, NULL, NULL, NULL));
  return g_strdup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (output)));
}

static void
small_options (KilterForecastOptions *options)
{
  kilter_forecast_options_init (options, 4);
  options->horizon = 2;
  options->mode = KILTER_FORECAST_FAST;
}

/* Many series, some with gaps, one that starts in the third quarter. */
static char *
make_input (guint n)
{
  GString *text = g_string_new ("series_id,period_index,value\n");

  for (guint i = 0; i < n; i++)
    for (guint t = i % 5; t < 24; t++)
      {
        if ((t + i) % 11 == 3)
          g_string_append_printf (text, "S%03u,%u,\n", i, t + 1);
        else if ((t + i) % 13 != 4)
          {
            g_autofree char *value = kilter_number_to_c (tourists[t] * (1.0 + i));

            g_string_append_printf (text, "S%03u,%u,%s\n", i, t + 1, value);
          }
      }
  return g_string_free (text, FALSE);
}

static void
test_format (void)
{
  KilterForecastOptions options;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;

  small_options (&options);
  options.levels[1] = 97.5;
  out = run ("series_id,period_index,value\nA,1,5\nA,2,5\nA,3,5\n\"B,\"\"x\"\"\",1,0\r\n", -1,
             &options, 0, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out, ==,
                   "series_id,step,mean,lo80,hi80,lo97.5,hi97.5,method\n"
                   "A,1,5,5,5,5,5,naive\n"
                   "A,2,5,5,5,5,5,naive\n"
                   "\"B,\"\"x\"\"\",1,0,0,0,0,0,zero\n"
                   "\"B,\"\"x\"\"\",2,0,0,0,0,0,zero\n");
}

/* A byte order mark, other columns, another order, a last line without an end, empty lines. */
static void
test_tolerant (void)
{
  KilterForecastOptions options;
  g_autoptr (GError) error = NULL;
  g_autofree char *plain = NULL, *odd = NULL, *empty = NULL;

  small_options (&options);
  plain = run ("series_id,period_index,value\nA,1,5\nA,2,\nA,3,7\nA,4,6\n", -1, &options, 0, 1,
               &error);
  g_assert_no_error (error);
  odd = run (
    "\xEF\xBB\xBFvalue,note,period_index,series_id\r\n5,\"x,y\",1,A\r\n\r\n7,,3,A\r\n6,z,4,A", -1,
    &options, 0, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plain, ==, odd);
  empty = run ("series_id,period_index,value\n", -1, &options, 0, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (empty, ==, "series_id,step,mean,lo80,hi80,lo95,hi95,method\n");
}

/* The same bytes for any chunk and any number of threads. */
static void
test_chunks (void)
{
  KilterForecastOptions options;
  g_autofree char *input = make_input (40);
  g_autofree char *one = NULL;

  small_options (&options);
  one = run (input, -1, &options, 0, 1, NULL);
  for (gsize chunk = 1; chunk <= 41; chunk += 8)
    for (guint threads = 1; threads <= 4; threads += 3)
      {
        g_autofree char *other = run (input, -1, &options, chunk, threads, NULL);

        g_assert_cmpstr (one, ==, other);
      }
}

/* A method of its own for a series, and the width of the error when it is asked for. */
static void
test_series_method (void)
{
  KilterForecastOptions options;
  g_autoptr (GError) error = NULL;
  g_autofree char *mixed = NULL;
  const char *text = "series_id,period_index,value,series_method\n"
                     "A,1,5,naive\nA,2,9,\nB,1,5,mean\nB,2,9,\nC,1,1,ets+theta\nC,2,1,\n";
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();

  small_options (&options);
  options.horizon = 1;
  options.n_levels = 0;
  mixed = run (text, -1, &options, 0, 1, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (mixed, "series_id,step,mean,method\n"
                                          "A,1,9,naive\nB,1,7,mean\nC,1,"));
  g_assert_true (
    kilter_forecast_stream (input, output, &options, KILTER_FORECAST_STREAM_SD, 0, NULL, &error));
  g_assert_true (g_output_stream_write_all (output, "", 1, NULL, NULL, NULL));
  g_assert_true (
    g_str_has_prefix (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (output)),
                      "series_id,step,mean,method,sd\nA,1,9,naive,"));
}

/* Numbers read back as the bits of the batch. */
static void
test_same_as_batch (void)
{
  KilterForecastOptions options;
  g_autofree char *input = NULL;
  g_autofree char *out = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) text = g_string_new ("series_id,period_index,value\n");
  KilterSeries series = { .values = passengers + 3, .n = 141, .phase = 3 };
  KilterForecast f;

  kilter_forecast_options_init (&options, 12);
  for (guint t = 3; t < 144; t++)
    g_string_append_printf (text, "X,%u,%g\n", t + 1, passengers[t]);
  out = run (text->str, -1, &options, 0, 2, NULL);
  lines = g_strsplit (out, "\n", -1);
  g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
  for (guint j = 0; j < options.horizon; j++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[j + 1], ",", -1);

      g_assert_cmpfloat (g_ascii_strtod (fields[2], NULL), ==, f.mean[j]);
      g_assert_cmpfloat (g_ascii_strtod (fields[3], NULL), ==, f.lower[j]);
      g_assert_cmpfloat (g_ascii_strtod (fields[6], NULL), ==, f.upper[options.horizon + j]);
      g_assert_cmpstr (fields[7], ==, "comb");
    }
  kilter_forecast_clear (&f);
}

/* Series of two shops that learn from each other, one without events, and plans that differ. */
static char *
make_promoted (guint n, gboolean groups)
{
  GString *text = g_string_new (groups
                                  ? "series_id,x:promotion,series_group,period_index,value,planned"
                                    ",x:\"\"odd\n"
                                  : "series_id,period_index,value,planned,x:promotion\n");

  for (guint i = 0; i < n; i++)
    for (guint t = 0; t < 42; t++)
      {
        gboolean planned = t >= 36, promoted = (t * 7 + i) % 9 == 4;
        g_autofree char *value = kilter_number_to_c (
          (100.0 + i * 20 + 4.0 * sin (12.9898 * t + i)) * (promoted ? 1.2 + i * 0.1 : 1.0));

        if (groups)
          g_string_append_printf (text, "S%u,%s,G%u,%u,%s,%s,\n", i,
                                  i % 4 == 3 ? ""
                                  : promoted ? "1"
                                             : "0",
                                  i / 3, t + 3, planned ? "" : value, planned ? "yes" : "");
        else if (t != 41)
          g_string_append_printf (text, "S%u,%u,%s,%s,%d\n", i, t + 3, planned ? "" : value,
                                  planned ? "1" : "", promoted);
      }
  return g_string_free (text, FALSE);
}

/* The same as the batch with the same regressors, what is not planned being average. */
static void
test_events (void)
{
  KilterForecastOptions options;
  g_autofree char *input = make_promoted (1, FALSE);
  g_autofree char *out = NULL;
  g_auto (GStrv) lines = NULL;
  double y[36], x[36], plan[6];
  KilterSeries series = {
    .values = y, .n = 36, .phase = 2, .n_regressors = 1, .regressors = x, .future_regressors = plan
  };
  KilterForecast f;

  small_options (&options);
  options.horizon = 6;
  for (guint t = 0; t < 42; t++)
    {
      double promoted = (t * 7) % 9 == 4;

      if (t >= 36)
        {
          plan[t - 36] = t < 41 ? promoted : NAN;
          continue;
        }
      x[t] = promoted;
      y[t] = (100.0 + 4.0 * sin (12.9898 * t)) * (promoted > 0 ? 1.2 : 1.0);
    }
  g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
  g_assert_cmpfloat (f.events[0].uplift, >, 0.1);
  out = run (input, -1, &options, 0, 1, NULL);
  lines = g_strsplit (out, "\n", -1);
  for (guint j = 0; j < options.horizon; j++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[j + 1], ",", -1);

      g_assert_cmpfloat (g_ascii_strtod (fields[2], NULL), ==, f.mean[j]);
      g_assert_cmpfloat (g_ascii_strtod (fields[6], NULL), ==, f.upper[options.horizon + j]);
    }
  kilter_forecast_clear (&f);
}

/* A season of its own in the first row: the same as in the batch, and not as without it. */
static void
test_season (void)
{
  static const double season[] = { 1.5, 0.5, 0.75, 1.25 };
  g_autoptr (GString) text = g_string_new ("series_id,period_index,value,series_season\n");
  KilterSeries series[] = { { .values = tourists, .n = 24, .season = season },
                            { .values = tourists, .n = 24 } };
  KilterForecastOptions options;
  KilterForecast f[2];
  g_autofree char *out = NULL;
  g_auto (GStrv) lines = NULL;

  small_options (&options);
  for (guint s = 0; s < 2; s++)
    for (guint t = 0; t < 24; t++)
      {
        g_autofree char *value = kilter_number_to_c (tourists[t]);

        g_string_append_printf (text, "%c,%u,%s,%s\n", s == 0 ? 'A' : 'B', t + 1, value,
                                s == 0 && t == 0 ? "1.5 0.5 0.75 1.25" : "");
      }
  g_assert_true (kilter_forecast_batch (series, 2, &options, f, NULL, NULL));
  out = run (text->str, -1, &options, 0, 1, NULL);
  g_assert_nonnull (out);
  lines = g_strsplit (out, "\n", -1);
  for (guint s = 0; s < 2; s++)
    for (guint j = 0; j < options.horizon; j++)
      {
        g_auto (GStrv) fields = g_strsplit (lines[1 + s * options.horizon + j], ",", -1);

        g_assert_cmpfloat (g_ascii_strtod (fields[2], NULL), ==, f[s].mean[j]);
        g_assert_cmpfloat (g_ascii_strtod (fields[6], NULL), ==, f[s].upper[options.horizon + j]);
      }
  g_assert_cmpfloat (f[0].mean[0], !=, f[1].mean[0]);
  kilter_forecast_clear (&f[0]);
  kilter_forecast_clear (&f[1]);
}

/* Groups stay together whatever the chunk, and are not the same as series alone. */
static void
test_groups (void)
{
  KilterForecastOptions options;
  g_autofree char *input = make_promoted (11, TRUE);
  g_autofree char *one = NULL, *alone = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *without = NULL;

  small_options (&options);
  one = run (input, -1, &options, 0, 1, NULL);
  g_assert_nonnull (one);
  for (gsize chunk = 1; chunk <= 12; chunk += 3)
    {
      g_autofree char *other = run (input, -1, &options, chunk, 3, NULL);

      g_assert_cmpstr (one, ==, other);
    }
  parts = g_strsplit (input, "series_group", 2);
  without = g_strjoinv ("somebody_else", parts);
  alone = run (without, -1, &options, 0, 1, NULL);
  g_assert_cmpstr (one, !=, alone);
}

/* What a forecast knows about itself reads back as the same bits; what was spoilt is refused. */
static void
test_details (void)
{
  static const char *const spoilt[] = {
    "",
    "class=smooth",
    "flags=1",
    "class=soft flags=1",
    "class=smooth flags=x",
    "class=smooth flags=-1",
    "class=smooth flags=1 flags=1",
    "class=smooth flags=1 why=",
    "class=smooth flags=1 why=magic:1",
    "class=smooth flags=1 why=combined:nan",
    "class=smooth flags=1 why=none:;none:;none:;none:;none:;none:;none:;none:;none:",
    "class=smooth flags=1 members=ets:A,N,N:1",
    "class=smooth flags=1 members=ets:A,N,N,which,is,far,too,long:1::::::",
    "class=smooth flags=1 season=ratio",
    "class=smooth flags=1 season=other:1:1",
    "class=smooth flags=1 season=ratio:1:",
    "class=smooth flags=1 backtest=6:1",
    "class=smooth flags=1 backtest=6:1;auto:6:::",
    "class=smooth flags=1 backtest=6:4000000000;auto:6:::",
    "class=smooth flags=1 events=1:2",
    "class=smooth flags=1 events=1:2:",
    "class=smooth flags=1 more=1",
    "class",
  };
  KilterForecastOptions options;
  KilterSeries series = { .values = passengers, .n = 144, .n_regressors = 1 };
  double x[144] = { 0 }, plan[18] = { 0 };
  KilterForecast f, back = { 0 };
  g_autofree char *text = NULL, *again = NULL;
  g_autoptr (GError) error = NULL;

  x[40] = x[80] = x[120] = 1;
  series.regressors = x;
  series.future_regressors = plan;
  kilter_forecast_options_init (&options, 12);
  kilter_forecast_options_set_backtest (&options);
  options.mode = KILTER_FORECAST_FAST;
  g_assert_true (kilter_forecast_batch (&series, 1, &options, &f, NULL, NULL));
  text = kilter_forecast_details_format (&f);
  g_assert_null (strpbrk (text, "\n\""));
  g_assert_true (kilter_forecast_details_parse (text, &back, &error));
  g_assert_no_error (error);
  again = kilter_forecast_details_format (&back);
  g_assert_cmpstr (text, ==, again);
  g_assert_cmpuint (back.flags, ==, f.flags);
  g_assert_cmpuint (back.n_members, ==, f.n_members);
  g_assert_cmpmem (back.profile, 12 * sizeof (double), f.profile, 12 * sizeof (double));
  g_assert_cmpuint (back.backtest.n_methods, ==, f.backtest.n_methods);
  g_assert_cmpfloat (back.backtest.scores[1].mase, ==, f.backtest.scores[1].mase);
  g_assert_cmpfloat (back.events[0].uplift, ==, f.events[0].uplift);
  g_assert_cmpuint (back.events[0].n, ==, 3);
  kilter_forecast_clear (&f);
  kilter_forecast_clear (&back);
  for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      if (kilter_forecast_details_parse (spoilt[i], &back, &error))
        g_error ("“%s” is understood", spoilt[i]);
      g_assert_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT);
      g_clear_error (&error);
      kilter_forecast_clear (&back);
    }
}

static void
test_bad_input (void)
{
#define HEADER "series_id,period_index,value\n"
  static const struct
  {
    const char *text;
    gssize length;
    const char *says;
  } cases[] = {
    { "", -1, "Line 1: the header" },
    { "id,period,value\n", -1, "Line 1: the column series_id is missing" },
    { "series_id,period_index,value,value\n", -1,
      "Line 1: the column value occurs more than once" },
    { HEADER "A,1\n", -1, "Line 2: there are fewer columns" },
    { HEADER "A,1,2\n,2,3\n", -1, "Line 3: series_id is empty" },
    { HEADER "A,0,2\n", -1, "Line 2: period_index “0”" },
    { HEADER "A,1.5,2\n", -1, "Line 2: period_index “1.5”" },
    { HEADER "A,-1,2\n", -1, "Line 2: period_index “-1”" },
    { HEADER "A,99999999999999999999,2\n", -1, "Line 2: period_index" },
    { HEADER "A,1,2\nA,1,3\n", -1, "Line 3: period_index occurs twice" },
    { HEADER "A,2,2\nA,1,3\n", -1, "Line 3: period_index is not in order" },
    { HEADER "A,1,2\nA,1000000,3\n", -1, "Line 3: the series is longer" },
    { HEADER "A,1,two\n", -1, "Line 2: value “two” is not a number" },
    { HEADER "A,1,\"1,5\"\n", -1, "Line 2: value “1,5” is not a number" },
    { HEADER "A,1,nan\n", -1, "Line 2: value “nan”" },
    { HEADER "A,1,1e999\n", -1, "Line 2: value “1e999”" },
    { "series_id,period_index,value,series_method\nA,1,2,magic\n", -1,
      "Line 2: series_method “magic”" },
    { "series_id,period_index,value,series_season\nA,1,2,1 1 1\n", -1,
      "Line 2: series_season has 3 numbers, a season has 4" },
    { "series_id,period_index,value,series_season\nA,1,2,1 1 0 2\n", -1,
      "Line 2: “0” in series_season" },
    { "series_id,period_index,value,series_season\nA,1,2,1 1  1\n", -1,
      "Line 2: “” in series_season" },
    { "series_id,period_index,value,x:a\nA,1,2,much\n", -1, "Line 2: “much” in a column" },
    { "series_id,period_index,value,planned\nA,1,,1\n", -1, "Line 2: a series begins" },
    { "series_id,period_index,value,planned\nA,1,2,\nA,2,3,1\n", -1,
      "Line 3: a planned period has" },
    { "series_id,period_index,value,planned\nA,1,2,\nA,2,,1\nA,3,3,\n", -1,
      "Line 4: a period of the past" },
    { "series_id,period_index,value,planned\nA,1,2,\nA,1,,1\n", -1, "Line 3: period_index is not" },
    { "series_id,period_index,value,planned\nA,1,2,\nA,1202,,1\n", -1,
      "Line 3: a period is planned" },
    { HEADER "\"A,1,2\n", -1, "Line 2: a quoted field" },
    { HEADER "\"A\"x,1,2\n", -1, "Line 2: a quoted field" },
    { HEADER "A\xFF,1,2\n", -1, "Line 2: the text is not UTF-8" },
    { HEADER "A\0B,1,2\n", sizeof (HEADER "A\0B,1,2\n") - 1, "Line 2: the text is not UTF-8" },
  };
#undef HEADER

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KilterForecastOptions options;
      g_autoptr (GError) error = NULL;
      g_autofree char *out = NULL;

      small_options (&options);
      out = run (cases[i].text, cases[i].length, &options, 0, 1, &error);
      g_assert_null (out);
      g_assert_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT);
      if (!g_str_has_prefix (error->message, cases[i].says))
        g_error ("“%s” does not begin with “%s”", error->message, cases[i].says);
    }
}

static void
test_long_line (void)
{
  KilterForecastOptions options;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_strnfill (200000, 'x');
  g_autofree char *text = g_strconcat ("series_id,period_index,value\n", line, ",1,2\n", NULL);

  small_options (&options);
  g_assert_null (run (text, -1, &options, 0, 1, &error));
  g_assert_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT);
  g_assert_true (g_str_has_prefix (error->message, "Line 2: the line is longer"));
}

static void
test_bad_options (void)
{
  KilterForecastOptions options;
  g_autoptr (GError) error = NULL;

  small_options (&options);
  options.horizon = 0;
  g_assert_null (run ("series_id,period_index,value\n", -1, &options, 0, 1, &error));
  g_assert_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_OPTIONS);
}

/* Random bytes and random edits of good input end in an error or in output, never in a crash. */
static void
test_noise (void)
{
  g_autofree char *good = make_input (3);
  gsize length = strlen (good);
  guint64 seed = 7;

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *text = g_memdup2 (good, length + 1);
      KilterForecastOptions options;
      g_autofree char *out = NULL;

      for (guint k = 0; k < 1 + i % 7; k++)
        {
          seed = seed * G_GUINT64_CONSTANT (6364136223846793005) + 1442695040888963407;
          text[(seed >> 33) % length] = (char) (seed >> 20);
        }
      small_options (&options);
      options.method = KILTER_METHOD_NAIVE;
      out = run (text, (gssize) length, &options, 2, 1, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/stream/format", test_format);
  g_test_add_func ("/forecast/stream/tolerant", test_tolerant);
  g_test_add_func ("/forecast/stream/chunks", test_chunks);
  g_test_add_func ("/forecast/stream/series-method", test_series_method);
  g_test_add_func ("/forecast/stream/same-as-batch", test_same_as_batch);
  g_test_add_func ("/forecast/stream/events", test_events);
  g_test_add_func ("/forecast/stream/season", test_season);
  g_test_add_func ("/forecast/stream/groups", test_groups);
  g_test_add_func ("/forecast/stream/details", test_details);
  g_test_add_func ("/forecast/stream/bad-input", test_bad_input);
  g_test_add_func ("/forecast/stream/long-line", test_long_line);
  g_test_add_func ("/forecast/stream/bad-options", test_bad_options);
  g_test_add_func ("/forecast/stream/noise", test_noise);
  return g_test_run ();
}
