/* bench-supply.c: how long plans take; run on demand, prints figures, never fails on them
 *
 * CPU seconds of the process, on one thread; ratios within one run are what counts. Each figure
 * with a bar says which and whether it is met.
 *
 *   bench-supply [quick|sizes|edits|families|small|large]...   these parts; without, all but large
 *   bench-supply mps FOLDER   writes the models of two sizes for other solvers, and own times
 *
 * See README.md beside this file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply-support.h"
#include "supply/kilter-supply-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);

  return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);

  return values[n / 2];
}

/* a figure that has a bar, and whether it is met */
static void
print_bar (const char *what, double ratio, double bar)
{
  if (isnan (ratio))
    printf ("  %-34s   not measured\n", what);
  else
    printf ("  %-34s %8.4f   bar %g: %s\n", what, ratio, bar, ratio <= bar ? "met" : "MISSED");
}

/* --- at once ------------------------------------------------------------------------------------
 */

/* quick plan, load, and everything that is shown of given quantities */
static double
bench_quick (guint n_items, guint n_buckets, guint n_resources)
{
  g_autoptr (KilterSupplyProblem) p = supply_random_problem (n_items, n_buckets, n_resources, 1);
  g_autofree double *load = g_new (double, (gsize) p->n_resources * p->n_buckets);
  double quick[5], loads[5], metrics[5], all[5];

  for (guint n = 0; n < 5; n++)
    {
      double start = now (), planned, loaded;
      g_autoptr (KilterSupplyPlan) plan = kilter_supply_quick (p);
      g_autoptr (KilterSupplyPlan) shown = NULL;

      planned = now ();
      kilter_supply_load (p, plan->quantity, plan->stock, load);
      loaded = now ();
      shown = kilter_supply_evaluate (p, plan->quantity);
      metrics[n] = now () - loaded;
      loads[n] = loaded - planned;
      quick[n] = planned - start;
      all[n] = quick[n] + loads[n] + metrics[n];
    }
  printf ("  %5u × %u × %-3u quick plan %8.2f ms (%.2f µs an item-bucket), load %7.3f ms, metrics "
          "%8.2f ms\n",
          n_items, n_buckets, n_resources, 1e3 * median (quick, 5),
          1e6 * median (quick, 5) / p->n_items / p->n_buckets, 1e3 * median (loads, 5),
          1e3 * median (metrics, 5));
  return median (all, 5);
}

static void
bench_growth (void)
{
  double thousand, ten;

  printf ("At once: quick plan + load + metrics\n");
  thousand = bench_quick (1000, 24, 20);
  ten = bench_quick (10000, 24, 50);
  print_bar ("growth exponent, 1,000 to 10,000", log (ten / thousand) / log (10.0), 1.1);
}

/* --- at least cost ------------------------------------------------------------------------------
 */

static double
bench_cold (const KilterSupplyProblem *p, gboolean own, guint n_runs, double *out_objective)
{
  double times[5];
  gint64 iterations = 0;
  KilterSupplyStatus status = KILTER_SUPPLY_STATUS_FAILED;

  for (guint n = 0; n < n_runs; n++)
    {
      KilterSupplySolver *solver = kilter_supply_solver_new ();
      double start = now ();
      g_autoptr (KilterSupplyPlan) plan = NULL;

      kilter_supply_solver_set_own_basis (solver, own);
      plan = kilter_supply_solver_solve (solver, p, NULL);
      times[n] = now () - start;
      iterations = plan->iterations;
      status = plan->status;
      *out_objective = plan->objective;
      kilter_supply_solver_free (solver);
    }
  printf ("  cold, %-14s %9.3f s   (%" G_GINT64_FORMAT " iterations, status %d, %.2f)\n",
          own ? "own basis" : "default", median (times, n_runs), iterations, status,
          *out_objective);

  return median (times, n_runs);
}

static double
bench_edit (KilterSupplySolver *solver, KilterSupplyProblem *p, const char *what, guint n_runs)
{
  double times[9], slowest = 0.0;
  SupplyRandom random = { 5 };

  for (guint n = 0; n < n_runs; n++)
    {
      guint i = (guint) (supply_random (&random) * p->n_items * 0.9);
      guint t = 1 + (guint) (supply_random (&random) * (p->n_buckets - 2));
      double start;
      g_autoptr (KilterSupplyPlan) plan = NULL;

      if (strcmp (what, "demand") == 0)
        p->demand[(gsize) i * p->n_buckets + t] *= 1.5;
      else if (strcmp (what, "capacity") == 0)
        p->capacity[(gsize) (n % 2) * p->n_buckets + t] *= 0.8;
      else if (strcmp (what, "cost") == 0)
        p->resources[n % 2].overtime_cost *= 1.1;
      else
        for (guint u = 0; u < p->n_buckets; u++)
          p->capacity[(gsize) (n % 2) * p->n_buckets + u] *= 0.9;
      start = now ();
      plan = kilter_supply_solver_solve (solver, p, NULL);
      times[n] = now () - start;
      slowest = MAX (slowest, times[n]);
    }
  printf ("  warm, %-14s %9.3f s   (slowest %.3f)\n", what, median (times, n_runs), slowest);
  return median (times, n_runs);
}

/* the packages for the fullest machine, when nothing is allowed but regular hours */
static void
bench_fixes (const KilterSupplyProblem *problem)
{
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_copy (problem);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  g_autoptr (GPtrArray) fixes = NULL;
  double start;

  memset (p->early_allowed, 0, p->n_items);
  memset (p->overtime_allowed, 0, (gsize) p->n_resources * p->n_buckets);
  for (guint t = 0; t < p->n_buckets; t++)
    p->capacity[t] *= 0.95;
  plan = kilter_supply_solve (p, NULL);
  start = now ();
  fixes = kilter_supply_find_fixes (p, plan, 0, -1, NULL);
  printf ("  packages             %9.3f s   (%u)\n", now () - start, fixes->len);
  for (guint n = 0; n < fixes->len; n++)
    {
      const KilterSupplyFix *fix = g_ptr_array_index (fixes, n);

      printf ("    title %d: unmet %.1f -> %.1f, cost %+.0f, total %.0f\n", fix->title,
              fix->unmet_before, fix->unmet_after, fix->extra_cost, fix->total_cost);
    }
}

/* --- other solvers, on the same model ----------------------------------------------------------
 */

static char *
model_to_mps (const KilterSupplyProblem *p)
{
  g_autoptr (KilterSupplySolver) solver = kilter_supply_solver_new ();
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solver_solve (solver, p, NULL);

  return kilter_lp_model_to_mps (kilter_supply_solver_get_model (solver));
}

static void
limit_seconds (gpointer data)
{
  struct rlimit limit = { GPOINTER_TO_UINT (data), GPOINTER_TO_UINT (data) };

  setrlimit (RLIMIT_CPU, &limit);
}

/* CPU seconds of GLPK on a file, and whether it was ready within the limit */
static double
time_glpk (const char *file, guint limit, gboolean *out_ready)
{
  const char *argv[] = { "glpsol", "--freemps", file, NULL };
  struct rusage before, after;
  int status = -1;

  getrusage (RUSAGE_CHILDREN, &before);
  if (!g_spawn_sync (NULL, (char **) argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     limit_seconds, GUINT_TO_POINTER (limit), NULL, NULL, &status, NULL))
    return NAN;
  getrusage (RUSAGE_CHILDREN, &after);
  *out_ready = status == 0;

  return (double) (after.ru_utime.tv_sec - before.ru_utime.tv_sec) +
         1e-6 * (double) (after.ru_utime.tv_usec - before.ru_utime.tv_usec);
}

/* GLPK is stopped as soon as it has taken so long that the bar is met */
static void
bench_glpk (const KilterSupplyProblem *p, double own)
{
  g_autofree char *glpsol = g_find_program_in_path ("glpsol");
  g_autofree char *mps = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *file = NULL;
  gboolean ready = FALSE;
  double seconds;

  if (glpsol == NULL)
    {
      printf ("  GLPK is not installed: apt-get install glpk-utils\n");
      return;
    }
  mps = model_to_mps (p);
  folder = g_dir_make_tmp ("kilter-bench-XXXXXX", NULL);
  file = g_build_filename (folder, "model.mps", NULL);
  g_file_set_contents (file, mps, -1, NULL);
  seconds = time_glpk (file, (guint) ceil (own * 25.0) + 2, &ready);
  printf ("  GLPK                 %9.3f s   %s\n", seconds,
          ready ? "" : "(not ready; stopped there)");
  print_bar (ready ? "own basis / GLPK" : "own basis / GLPK, less than", own / seconds, 0.05);
  g_unlink (file);
  g_rmdir (folder);
}

/* --- sizes --------------------------------------------------------------------------------------
 */

static void
bench_cold_size (guint n_items, guint n_buckets, guint n_resources, guint n_runs, double bar)
{
  g_autoptr (KilterSupplyProblem) p = supply_random_problem (n_items, n_buckets, n_resources, 1);
  double own, other, best = 0.0, same = 0.0;

  printf ("%u items × %u buckets × %u resources\n", n_items, n_buckets, n_resources);
  own = bench_cold (p, TRUE, n_runs, &best);
  other = bench_cold (p, FALSE, n_runs, &same);
  print_bar ("own basis / default", own / other, bar);
  if (n_items == 100 || n_items == 1000)
    bench_glpk (p, own);
}

static double
peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss / 1024.0;
}

/* reasons of a company in which much is late */
static void
bench_reasons (void)
{
  g_autoptr (KilterSupplyProblem) p = supply_random_problem (1000, 24, 20, 1);
  g_autoptr (KilterSupplySolver) solver = kilter_supply_solver_new ();
  g_autoptr (KilterSupplyPlan) plan = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  double start;

  for (gsize c = 0; c < (gsize) 12 * p->n_buckets; c++)
    p->capacity[c] *= 0.9;
  plan = kilter_supply_solver_solve (solver, p, NULL);
  start = now ();
  reasons = kilter_supply_explain (p, plan, NULL, -1, -1);
  printf ("  all reasons          %9.2f ms  (%u of 1,000 products, a tenth of capacity missing)\n",
          1e3 * (now () - start), reasons->len);
}

static void
bench_edits (void)
{
  g_autoptr (KilterSupplyProblem) p = supply_random_problem (1000, 24, 20, 1);
  g_autoptr (KilterSupplySolver) solver = kilter_supply_solver_new ();
  g_autoptr (KilterSupplyPlan) plan = NULL;
  double best = 0.0, cold = bench_cold (p, FALSE, 1, &best), start = now (), own;

  plan = kilter_supply_solver_solve (solver, p, NULL);
  own = now () - start;
  printf ("Edits, 1000 × 24 × 20 (cold from the own basis %.3f s)\n", own);
  print_bar ("one demand / cold", bench_edit (solver, p, "demand", 9) / cold, 0.02);
  bench_edit (solver, p, "cost", 5);
  print_bar ("one capacity / cold", bench_edit (solver, p, "capacity", 9) / cold, 0.2);
  bench_edit (solver, p, "whole resource", 3);
  printf ("  memory at its peak   %9.1f MB\n", peak_memory ());
}

static void
bench_families (guint n_items, guint n_buckets, guint n_resources)
{
  g_autoptr (KilterSupplyProblem) p = supply_random_problem (n_items, n_buckets, n_resources, 1);
  g_autoptr (KilterSupplyPlan) quick = kilter_supply_quick (p);
  guint n_families;
  double gap, start = now ();
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solve_by_families (p, NULL, &n_families, &gap);

  printf ("  %5u × %u × %-3u %9.3f s   %u families; proven to cost at most %.2f %% more than the "
          "least; %.4f of the quick plan; memory %.1f MB\n",
          n_items, n_buckets, n_resources, now () - start, n_families, 100 * gap,
          plan->objective / quick->objective, peak_memory ());
}

/* the models of the two sizes, and own processor times beside them */
static void
write_models (const char *folder)
{
  static const guint sizes[][3] = { { 100, 18, 5 }, { 1000, 24, 20 } };

  for (gsize n = 0; n < G_N_ELEMENTS (sizes); n++)
    {
      g_autoptr (KilterSupplyProblem)
        p = supply_random_problem (sizes[n][0], sizes[n][1], sizes[n][2], 1);
      g_autofree char *mps = model_to_mps (p);
      g_autofree char *name = g_strdup_printf ("%u.mps", sizes[n][0]);
      g_autofree char *file = g_build_filename (folder, name, NULL);
      double best = 0.0, own = bench_cold (p, TRUE, sizes[n][0] > 300 ? 1 : 5, &best);

      g_file_set_contents (file, mps, -1, NULL);
      printf ("own %s %.4f\n", name, own);
    }
}

static gboolean
wants (int argc, char *argv[], const char *part)
{
  for (int n = 1; n < argc; n++)
    if (strcmp (argv[n], part) == 0)
      return TRUE;
  return argc == 1 && strcmp (part, "large") != 0;
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && strcmp (argv[1], "mps") == 0)
    {
      write_models (argv[2]);
      return 0;
    }
  setvbuf (stdout, NULL, _IOLBF, 0);
  if (wants (argc, argv, "families"))
    {
      printf ("By families\n");
      bench_families (1000, 24, 20);
      bench_families (10000, 24, 50);
    }
  if (wants (argc, argv, "quick"))
    bench_growth ();
  if (wants (argc, argv, "sizes") || wants (argc, argv, "small"))
    {
      g_autoptr (KilterSupplyProblem) p = supply_random_problem (100, 18, 5, 1);

      bench_cold_size (100, 18, 5, 5, 0.3);
      bench_fixes (p);
    }
  if (wants (argc, argv, "sizes"))
    {
      bench_cold_size (300, 24, 10, 3, 1.1);
      bench_cold_size (500, 24, 15, 1, 1.1);
      bench_cold_size (1000, 24, 20, 1, 0.6);
    }
  if (wants (argc, argv, "edits"))
    {
      bench_edits ();
      bench_reasons ();
    }
  if (wants (argc, argv, "large"))
    bench_cold_size (2000, 24, 30, 1, 1.1);

  return 0;
}
