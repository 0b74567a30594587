/* forecast-scale.c: how time and memory grow
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * - forecast-scale stream [MODE [LARGEST]]: the filter over ⅛, ¼, ½ of LARGEST (20,000) series, and
 *   all of them
 * - forecast-scale length [MODE [LARGEST]]: over 500 series of as many periods (960)
 * - forecast-scale hierarchy [LARGEST]: reconciliation of up to 100,000 leaves, 18 periods
 *
 * Each size is a process of its own, one thread, so that memory is that of the size. Processor
 * seconds. */
#include "forecast/kilter-explain.h"
#include "forecast/stream/kilter-forecast-stream.h"
#include "forecast/hierarchy/kilter-hierarchy.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_PERIODS 100
#define N_SERIES 500
#define HORIZON 18

static double
uniform (guint64 *seed)
{
  *seed = *seed * G_GUINT64_CONSTANT (6364136223846793005) +
          G_GUINT64_CONSTANT (1442695040888963407);
  return (double) (*seed >> 11) / 9007199254740992.0;
}

/* Monthly series: level, trend, a season in half of them, noise, some with zeros. */
static void
write_series (FILE *out, guint n, guint n_periods)
{
  guint64 seed = 7;

  fputs ("series_id,period_index,value\n", out);
  for (guint i = 0; i < n; i++)
    {
      double level = exp (2.0 + 6.0 * uniform (&seed)), trend = 0.01 * (uniform (&seed) - 0.5);
      double season = i % 2 ? 0.3 * uniform (&seed) : 0.0;
      gboolean sparse = i % 10 == 9;

      for (guint t = 1; t <= n_periods; t++)
        {
          double value = level * exp (trend * t + season * sin (t * G_PI / 6.0)) *
                         (0.8 + 0.4 * uniform (&seed));

          fprintf (out, "S%u,%u,%.6g\n", i, t, sparse && uniform (&seed) < 0.6 ? 0.0 : value);
        }
    }
}

static void
run_filter (guint n, guint n_periods, KilterForecastMode mode)
{
  int ends[2];
  pid_t writer;
  KilterForecastOptions options;
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GOutputStream) output = NULL;
  g_autoptr (KilterJob) job = kilter_job_new (NULL);
  g_autoptr (GError) error = NULL;

  if (pipe (ends) != 0)
    _exit (1);
  writer = fork ();
  if (writer == 0)
    {
      FILE *out = fdopen (ends[1], "w");

      close (ends[0]);
      write_series (out, n, n_periods);
      fclose (out);
      _exit (0);
    }
  close (ends[1]);
  kilter_forecast_options_init (&options, 12);
  options.horizon = HORIZON;
  options.mode = mode;
  kilter_job_set_n_threads (job, 1);
  input = g_unix_input_stream_new (ends[0], TRUE);
  output = g_unix_output_stream_new (open ("/dev/null", O_WRONLY), TRUE);
  if (!kilter_forecast_stream (input, output, &options, KILTER_FORECAST_STREAM_NONE, 0, job,
                               &error))
    g_error ("%s", error->message);
}

static void
stream (guint n, KilterForecastMode mode)
{
  run_filter (n, N_PERIODS, mode);
}

static void
length (guint n, KilterForecastMode mode)
{
  run_filter (N_SERIES, n, mode);
}

static void
hierarchy (guint n, KilterForecastMode ignored)
{
  g_autofree guint *family = g_new (guint, n), *category = g_new (guint, n),
                   *product = g_new (guint, n);
  g_autofree guint *region = g_new (guint, n), *channel = g_new (guint, n);
  const guint *products[] = { category, family, product };
  const guint *markets[] = { region, channel };
  g_autoptr (KilterHierarchy) h = NULL;
  g_autoptr (KilterJob) job = kilter_job_new (NULL);
  KilterReconcileOptions options = { .method = KILTER_RECONCILE_OPTIMAL, .non_negative = TRUE };
  g_autofree double *forecasts = NULL;
  guint64 seed = 3;
  gsize nodes;

  for (guint i = 0; i < n; i++)
    {
      product[i] = i / 50;
      family[i] = product[i] / 20;
      category[i] = family[i] / 5;
      region[i] = i % 10;
      channel[i] = i / 10 % 5;
    }
  h = kilter_hierarchy_new_crossed (n, products, 3, markets, 2);
  nodes = kilter_hierarchy_get_n_nodes (h);
  forecasts = g_new (double, nodes *HORIZON);
  for (gsize i = 0; i < nodes * HORIZON; i++)
    forecasts[i] = (double) kilter_hierarchy_get_n_below (h, i / HORIZON) *
                   (uniform (&seed) * 120 - 2);
  kilter_job_set_n_threads (job, 1);
  kilter_reconcile (h, &options, HORIZON, forecasts, job, NULL);
}

static void
measure (const char *name,
         void (*body) (guint, KilterForecastMode),
         KilterForecastMode mode,
         guint largest)
{
  double seconds[4], x = 0, y = 0, xx = 0, xy = 0;

  printf ("| %s | processor s | s per 1000 | peak memory |\n|---|---|---|---|\n", name);
  for (guint k = 0; k < 4; k++)
    {
      guint n = largest >> (3 - k);
      struct rusage usage;
      int status;
      pid_t child;

      fflush (stdout);
      child = fork ();
      if (child == 0)
        {
          body (n, mode);
          _exit (0);
        }
      wait4 (child, &status, 0, &usage);
      seconds[k] = (double) usage.ru_utime.tv_sec + usage.ru_utime.tv_usec / 1e6 +
                   (double) usage.ru_stime.tv_sec + usage.ru_stime.tv_usec / 1e6;
      printf ("| %u | %.2f | %.3f | %.1f MB |%s\n", n, seconds[k], seconds[k] / n * 1000,
              usage.ru_maxrss / 1024.0, status != 0 ? " FAILED" : "");
      x += log (n);
      y += log (seconds[k]);
      xx += log (n) * log (n);
      xy += log (n) * log (seconds[k]);
    }
  printf ("\ngrowth: exponent %.3f\n", (4 * xy - x * y) / (4 * xx - x * x));
}

int
main (int argc, char **argv)
{
  KilterForecastMode mode = KILTER_FORECAST_FAST;

  kilter_forecast_mode_parse (argc > 2 ? argv[2] : NULL, &mode);
  if (argc > 1 && strcmp (argv[1], "hierarchy") == 0)
    measure ("leaves", hierarchy, mode, argc > 2 ? (guint) atoi (argv[2]) : 100000);
  else if (argc > 1 && strcmp (argv[1], "stream") == 0)
    measure ("series", stream, mode, argc > 3 ? (guint) atoi (argv[3]) : 20000);
  else if (argc > 1 && strcmp (argv[1], "length") == 0)
    measure ("periods", length, mode, argc > 3 ? (guint) atoi (argv[3]) : 960);
  else
    {
      fputs ("usage: forecast-scale stream|length [MODE [LARGEST]] | hierarchy [LARGEST]\n",
             stderr);
      return 2;
    }
  return 0;
}
