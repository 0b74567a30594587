/* forecast-accuracy.c: how good and how fast the engine is on published series
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"
#include "forecast/kilter-explain.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* One series of a benchmark file: history and what followed. */
typedef struct
{
  char *id;
  guint m;
  guint h;
  GArray *history;
  GArray *actual;
  gboolean skipped;
  guint group;
  guint n_regressors;
  double *past;
  double *future;
} Item;

typedef struct
{
  double smape;
  double mase;
  double rmsse;
  double error;
  double sum;
  double inside80;
  double inside95;
  double total80;
  double total95;
  gsize n_points;
  gsize n_mase;
  gsize n;
  double seconds;
} Scores;

static char *set_names = NULL;
static char *method_names = NULL;
static char *mode_name = NULL;
static int n_threads = 1;
static int only_m = 0;
static int limit = 0;
static int every = 0;
static char *forecast_file = NULL;
static gboolean dump = FALSE;
static gboolean events = FALSE;
static gboolean randomised = FALSE;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->id);
  g_array_unref (item->history);
  g_array_unref (item->actual);
  g_free (item->past);
  g_free (item->future);
  g_free (item);
}

static Item *
item_new (char **fields)
{
  Item *item = g_new0 (Item, 1);

  item->id = g_strdup (fields[0]);
  item->m = (guint) g_ascii_strtoull (fields[1], NULL, 10);
  item->h = (guint) g_ascii_strtoull (fields[2], NULL, 10);
  item->history = g_array_new (FALSE, FALSE, sizeof (double));
  item->actual = g_array_new (FALSE, FALSE, sizeof (double));
  return item;
}

/* The lines of a compressed file of the shared data, its header read already. */
static GDataInputStream *
open_lines (const char *name, GError **error)
{
  const char *folder = g_getenv ("KILTER_SHARED_DATA");
  g_autofree char *base = g_strconcat (name, ".csv.gz", NULL);
  g_autofree char *path = g_build_filename (folder != NULL ? folder : ".", base, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) raw = g_file_read (file, NULL, error);
  g_autoptr (GZlibDecompressor) gunzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) plain = NULL;
  GDataInputStream *lines;

  if (raw == NULL)
    return NULL;
  plain = g_converter_input_stream_new (G_INPUT_STREAM (raw), G_CONVERTER (gunzip));
  lines = g_data_input_stream_new (plain);
  g_free (g_data_input_stream_read_line (lines, NULL, NULL, NULL));
  return lines;
}

/* Prices (as logarithms), deals and features of promoted series; items of one name in different
 * shops are a group. */
static void
read_regressors (const char *name, GPtrArray *items)
{
  g_autofree char *base = g_strconcat (name, "_regressors", NULL);
  g_autoptr (GDataInputStream) lines = open_lines (base, NULL);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  char *line;

  if (lines == NULL)
    return;
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);
      const char *dash = strrchr (item->id, '_');

      g_hash_table_insert (by_id, item->id, item);
      item->group = dash != NULL ? (guint) g_ascii_strtoull (dash + 1, NULL, 10) : 0;
      item->n_regressors = 3;
      item->past = g_new (double, 3 * item->history->len);
      item->future = g_new (double, 3 * item->h);
      for (guint t = 0; t < 3 * item->history->len; t++)
        item->past[t] = NAN;
      for (guint t = 0; t < 3 * item->h; t++)
        item->future[t] = NAN;
    }
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      g_autofree char *owned = line;
      g_auto (GStrv) fields = g_strsplit (line, ",", -1);
      Item *item = g_hash_table_lookup (by_id, fields[0]);
      guint t = (guint) g_ascii_strtoull (fields[1], NULL, 10) - 1;

      for (guint r = 0; r < 3 && item != NULL && t < item->history->len + item->h; r++)
        {
          double x = *fields[2 + r] != '\0' ? g_ascii_strtod (fields[2 + r], NULL) : NAN;

          if (r == 0)
            x = log (x);
          if (t < item->history->len)
            item->past[r * item->history->len + t] = x;
          else
            item->future[r * item->h + t - item->history->len] = x;
        }
    }
}

static GPtrArray *
read_set (const char *name, GError **error)
{
  g_autoptr (GDataInputStream) lines = open_lines (name, error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  char *line;

  if (lines == NULL)
    return NULL;
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      g_autofree char *owned = line;
      g_auto (GStrv) fields = g_strsplit (line, ",", -1);
      Item *item = items->len > 0 ? g_ptr_array_index (items, items->len - 1) : NULL;
      double value;

      if (g_strv_length (fields) < 7)
        continue;
      if (item == NULL || strcmp (item->id, fields[0]) != 0)
        {
          item = item_new (fields);
          g_ptr_array_add (items, item);
        }
      value = *fields[5] != '\0' ? g_ascii_strtod (fields[5], NULL) : NAN;
      g_array_append_val (*fields[6] == 't' && fields[6][1] == 'r' ? item->history : item->actual,
                          value);
    }
  if (events)
    read_regressors (name, items);
  return g_steal_pointer (&items);
}

/* Makridakis, Spiliotis & Assimakopoulos 2020: the yardstick of the overall weighted average. */
static void
naive2 (const Item *item, double *out)
{
  KilterWork work;
  gsize n = item->history->len;
  double *filled, *index;
  gboolean seasonal;

  kilter_work_init (&work);
  filled = kilter_work_doubles (&work, n);
  index = kilter_work_doubles (&work, item->m);
  kilter_fill_gaps ((double *) item->history->data, n, item->m, filled);
  seasonal = kilter_season_m4_test (filled, n, item->m);
  if (seasonal)
    kilter_season_indices (&work, filled, n, item->m, FALSE, index);
  for (guint j = 0; j < item->h; j++)
    out[j] = seasonal ? filled[n - 1] / index[(n - 1) % item->m] * index[(n + j) % item->m]
                      : filled[n - 1];
  kilter_work_clear (&work);
}

static void
scale_of (const Item *item, double *out_absolute, double *out_square)
{
  const double *y = (const double *) item->history->data;
  double absolute = 0, square = 0;
  gsize count = 0, n1 = 0;

  for (guint t = item->m; t < item->history->len; t++)
    if (!isnan (y[t]) && !isnan (y[t - item->m]))
      {
        absolute += fabs (y[t] - y[t - item->m]);
        count++;
      }
  for (guint t = 1; t < item->history->len; t++)
    if (!isnan (y[t]) && !isnan (y[t - 1]))
      {
        square += (y[t] - y[t - 1]) * (y[t] - y[t - 1]);
        n1++;
      }
  *out_absolute = count > 0 ? absolute / (double) count : 0.0;
  *out_square = n1 > 0 ? square / (double) n1 : 0.0;
}

/* How much of an actual value is inside an interval. Of a demand in whole units a bound has a mass
 * of its own, of which only a share belongs inside when the interval is to hold @level percent
 * (the randomised probability integral transform: Czado, Gneiting & Held 2009, section 2). */
static double
share_inside (double actual,
              double low,
              double high,
              double level,
              const KilterForecast *f,
              double mean,
              double sd)
{
  double phi = MAX (sd * sd / mean / f->unit, 1.02), r = mean / f->unit / (phi - 1.0);
  double tail = 0.5 - level / 200.0, units = floor (actual / f->unit + 0.5);
  double mass = exp (-r * log (phi)), below = 0.0;

  if (!randomised || isnan (f->dispersion) || !(mean > 0.0) || units < 0.0 || !(mass > 1e-250))
    return actual >= low && actual <= high;
  for (double k = 1.0; k <= units; k += 1.0)
    {
      below += mass;
      mass *= (r + k - 1.0) / k * (1.0 - 1.0 / phi);
    }
  if (!(mass > 1e-12))
    return actual >= low && actual <= high;
  return CLAMP ((MIN (below + mass, 1.0 - tail) - MAX (below, tail)) / mass, 0.0, 1.0);
}

static void
add (Scores *scores, const Item *item, const double *mean, const KilterForecast *f)
{
  static const double levels[] = { 80.0, 95.0 };
  double *const inside[] = { &scores->inside80, &scores->inside95 };
  double *const totals[] = { &scores->total80, &scores->total95 };
  const double *actual = (const double *) item->actual->data;
  double smape = 0, absolute = 0, square = 0, total = 0, a, s;
  guint count = 0;

  for (guint j = 0; j < item->h && j < item->actual->len; j++)
    {
      double e = mean[j] - actual[j], size = fabs (mean[j]) + fabs (actual[j]);

      if (isnan (e))
        continue;
      smape += size > 0.0 ? 200.0 * fabs (e) / size : 0.0;
      absolute += fabs (e);
      square += e * e;
      scores->error += fabs (e);
      scores->sum += actual[j];
      count++;
      if (f == NULL)
        continue;
      total += actual[j];
      for (guint l = 0; l < 2; l++)
        {
          gsize at = (gsize) l * item->h + j;

          *inside[l] += share_inside (actual[j], f->lower[at], f->upper[at], levels[l], f,
                                      f->mean[j], f->sd[j]);
          *totals[l] += share_inside (total, f->total_lower[at], f->total_upper[at], levels[l], f,
                                      f->total_mean[j], f->total_sd[j]);
        }
      scores->n_points++;
    }
  if (count == 0)
    return;
  scale_of (item, &a, &s);
  scores->smape += smape / count;
  if (a > 0.0)
    {
      scores->mase += absolute / count / a;
      scores->n_mase++;
    }
  if (s > 0.0)
    scores->rmsse += sqrt (square / count / s);
  scores->n++;
}

static void
print_row (const char *set, guint m, const char *name, const Scores *s, const Scores *yardstick)
{
  double smape = s->smape / s->n, mase = s->n_mase > 0 ? s->mase / s->n_mase : NAN;
  double owa = 0.5 * (smape / (yardstick->smape / yardstick->n) +
                      mase / (yardstick->mase / MAX (yardstick->n_mase, 1)));

  g_print ("%-20s %3u %5" G_GSIZE_FORMAT " %-12s %7.3f %7.4f %7.4f %7.4f %7.4f", set, m, s->n, name,
           smape, mase, owa, s->rmsse / s->n, s->error / s->sum);
  if (s->n_points > 0)
    g_print (" %6.1f %6.1f %6.1f %6.1f %8.2f", 100.0 * s->inside80 / s->n_points,
             100.0 * s->inside95 / s->n_points, 100.0 * s->total80 / s->n_points,
             100.0 * s->total95 / s->n_points, 1000.0 * s->seconds / s->n);
  g_print ("\n");
}

static void
merge (Scores *into, const Scores *from)
{
  into->smape += from->smape;
  into->mase += from->mase;
  into->rmsse += from->rmsse;
  into->error += from->error;
  into->sum += from->sum;
  into->inside80 += from->inside80;
  into->inside95 += from->inside95;
  into->total80 += from->total80;
  into->total95 += from->total95;
  into->n_points += from->n_points;
  into->n_mase += from->n_mase;
  into->n += from->n;
  into->seconds += from->seconds;
}

/* The series that against-r takes: of every season length every nth, or half as many where R takes
 * long; all of the teaching series. */
static void
thin_out (GPtrArray *items, const char *set)
{
  guint seen[64] = { 0 };

  for (guint i = 0; i < items->len && every > 0 && strcmp (set, "teaching") != 0; i++)
    {
      Item *item = g_ptr_array_index (items, i);
      guint step = (guint) every * (item->m > 4 ? 2 : 1);

      item->skipped = ++seen[MIN (item->m, 63)] % step != 0;
    }
}

/* One line a series, as against-r.R writes them for R. */
static void
write_forecasts (GPtrArray *items,
                 const char *set,
                 const char *method,
                 const KilterForecast *out,
                 double seconds)
{
  FILE *file = forecast_file != NULL ? fopen (forecast_file, "a") : NULL;

  if (file == NULL)
    return;
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = g_ptr_array_index (items, i);

      fprintf (file, "%s,%s,%u,%s,%.9g", set, item->id, item->m, method, seconds / items->len);
      for (guint j = 0; j < out[i].horizon; j++)
        fprintf (file, ",%.10g", out[i].mean[j]);
      fputc ('\n', file);
    }
  fclose (file);
}

/* Processor time of a batch. For a comparison it is forecast again until half a second is spent: a
 * few dozen series take a few milliseconds, as much as the first touch of memory and code. */
static double
time_batch (const KilterSeries *series,
            gsize n,
            const KilterForecastOptions *options,
            KilterForecast *out,
            KilterJob *job)
{
  clock_t start = clock (), spent;
  guint runs = 0;

  do
    {
      g_autoptr (GError) error = NULL;

      if (!kilter_forecast_batch (series, n, options, out, job, &error))
        g_error ("%s", error->message);
      spent = clock () - start;
      runs++;
      if (forecast_file == NULL || spent >= CLOCKS_PER_SEC / 2)
        return (double) spent / CLOCKS_PER_SEC / runs;
      for (gsize i = 0; i < n; i++)
        kilter_forecast_clear (&out[i]);
    }
  while (TRUE);
}

/* Every series of one season length and horizon in one batch. */
static void
run_group (GPtrArray *items,
           const char *set,
           const char *method,
           const KilterForecastOptions *options,
           Scores *scores)
{
  g_autoptr (KilterJob) job = kilter_job_new (NULL);
  g_autofree KilterSeries *series = g_new0 (KilterSeries, items->len);
  g_autofree KilterForecast *out = g_new0 (KilterForecast, items->len);
  double seconds;

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);

      series[i].id = item->id;
      series[i].values = (const double *) item->history->data;
      series[i].n = item->history->len;
      series[i].group = item->group;
      series[i].n_regressors = item->n_regressors;
      series[i].regressors = item->past;
      series[i].future_regressors = item->future;
    }
  kilter_job_set_n_threads (job, n_threads);
  seconds = time_batch (series, items->len, options, out, job);
  scores->seconds += seconds;
  write_forecasts (items, set, method, out, seconds);
  for (guint i = 0; i < items->len; i++)
    {
      add (scores, g_ptr_array_index (items, i), out[i].mean, &out[i]);
      if (dump)
        {
          const Item *item = g_ptr_array_index (items, i);

          g_print ("%s,%u,%u,%s", item->id, item->m, item->history->len, out[i].key);
          for (guint j = 0; j < out[i].horizon && j < item->actual->len; j++)
            g_print (",%.6g:%.6g:%.6g", out[i].mean[j], out[i].sd[j],
                     g_array_index (item->actual, double, j));
          g_print ("\n");
        }
      kilter_forecast_clear (&out[i]);
    }
}

static GPtrArray *
subset (GPtrArray *items, guint m, guint h)
{
  GPtrArray *out = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);

      if (item->m == m && item->h == h && !item->skipped &&
          (limit == 0 || out->len < (guint) limit))
        g_ptr_array_add (out, item);
    }
  return out;
}

static void
run_yardstick (GPtrArray *items, Scores *scores)
{
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);
      g_autofree double *mean = g_new0 (double, item->h);

      naive2 (item, mean);
      add (scores, item, mean, NULL);
    }
}

static void
run_method (GPtrArray *items,
            const char *set,
            const char *method,
            GArray *seasons,
            const Scores *yardsticks)
{
  Scores all = { 0 }, all_yardstick = { 0 };

  for (guint s = 0; s < seasons->len; s++)
    {
      guint m = g_array_index (seasons, guint, s);
      Scores scores = { 0 };

      for (guint h = 1; h <= 100; h++)
        {
          g_autoptr (GPtrArray) group = subset (items, m, h);
          g_autoptr (GError) error = NULL;
          KilterForecastOptions options;

          if (group->len == 0)
            continue;
          kilter_forecast_options_init (&options, m);
          options.horizon = h;
          options.n_origins = 0;
          options.mode = KILTER_FORECAST_FULL;
          kilter_forecast_mode_parse (mode_name, &options.mode);
          if (!kilter_forecast_method_parse (method, &options.method, &options.members, &error))
            g_error ("%s", error->message);
          run_group (group, set, method, &options, &scores);
        }
      print_row (set, m, method, &scores, &yardsticks[s]);
      merge (&all, &scores);
      merge (&all_yardstick, &yardsticks[s]);
    }
  if (seasons->len > 1)
    print_row (set, 0, method, &all, &all_yardstick);
}

static void
run_set (const char *set)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = read_set (set, &error);
  g_autoptr (GArray) seasons = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv)
    methods = g_strsplit (method_names != NULL ? method_names : "naive,snaive,auto", ",", -1);
  Scores yardsticks[8] = { 0 };

  if (items == NULL)
    {
      g_print ("%s: skipped (%s)\n", set, error->message);
      return;
    }
  thin_out (items, set);
  for (guint m = 1; m <= 52; m++)
    for (guint i = 0; i < items->len && seasons->len < 8; i++)
      if (((Item *) g_ptr_array_index (items, i))->m == m && (only_m == 0 || (guint) only_m == m))
        {
          g_array_append_val (seasons, m);
          break;
        }
  for (guint s = 0; s < seasons->len; s++)
    {
      for (guint h = 1; h <= 100; h++)
        {
          g_autoptr (GPtrArray) group = subset (items, g_array_index (seasons, guint, s), h);

          run_yardstick (group, &yardsticks[s]);
        }
      print_row (set, g_array_index (seasons, guint, s), "Naive2", &yardsticks[s], &yardsticks[s]);
    }
  for (guint i = 0; methods[i] != NULL; i++)
    run_method (items, set, methods[i], seasons, yardsticks);
}

static const GOptionEntry entries[] = {
  { "set", 's', 0, G_OPTION_ARG_STRING, &set_names, "Sets, with commas between them", "NAMES" },
  { "method", 'm', 0, G_OPTION_ARG_STRING, &method_names, "Methods, likewise", "KEYS" },
  { "mode", 'M', 0, G_OPTION_ARG_STRING, &mode_name, "fast, standard or full", "MODE" },
  { "threads", 't', 0, G_OPTION_ARG_INT, &n_threads, "Threads (1)", "N" },
  { "frequency", 'f', 0, G_OPTION_ARG_INT, &only_m, "Only this season length", "M" },
  { "limit", 'n', 0, G_OPTION_ARG_INT, &limit, "At most so many series a group", "N" },
  { "every", 'y', 0, G_OPTION_ARG_INT, &every, "Only the series that against-r takes", "N" },
  { "forecasts", 'o', 0, G_OPTION_ARG_FILENAME, &forecast_file,
    "Append the forecasts to this file, for against-r", "FILE" },
  { "dump", 'd', 0, G_OPTION_ARG_NONE, &dump,
    "Print forecast:deviation:actual value of every step, too", NULL },
  { "events", 'e', 0, G_OPTION_ARG_NONE, &events, "Use prices and promotions where there are",
    NULL },
  { "randomised", 'r', 0, G_OPTION_ARG_NONE, &randomised,
    "Count a bound of whole units by the share of its mass that belongs inside", NULL },
  { NULL },
};

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("— accuracy on published series");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) sets = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  sets = g_strsplit (set_names != NULL ? set_names : "m3_even,m1,teaching,online_retail_even", ",",
                     -1);
  g_print ("%-20s %3s %5s %-12s %7s %7s %7s %7s %7s %6s %6s %6s %6s %8s\n", "set", "m", "n",
           "method", "sMAPE", "MASE", "OWA", "RMSSE", "WAPE", "in80", "in95", "sum80", "sum95",
           "s/1000");
  for (guint i = 0; sets[i] != NULL; i++)
    run_set (sets[i]);
  return 0;
}
