/* bench-supply.c: how long plans take; run on demand, prints figures, never fails on them
 *
 * CPU seconds of the process, on one thread; ratios within one run are what counts.
 * bench-supply [small|large|huge] runs one size; without, small and large.
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

static void
bench_quick (const KilterSupplyProblem *p, double *out_objective)
{
  double times[5], load_times[5], index_times[5];
  g_autofree double *load = g_new (double, (gsize) p->n_resources * p->n_buckets);

  for (guint n = 0; n < 5; n++)
    {
      double start = now ();
      g_autoptr (KilterSupplyPlan) plan = kilter_supply_quick (p);

      times[n] = now () - start;
      *out_objective = plan->objective;
      start = now ();
      kilter_supply_load (p, plan->quantity, plan->stock, load);
      load_times[n] = now () - start;
      start = now ();
      kilter_supply_index_free (kilter_supply_index_new (p));
      index_times[n] = now () - start;
    }
  printf ("  quick plan           %9.2f ms  (%.2f µs an item-bucket; of it looking up %.2f ms)\n",
          1e3 * median (times, 5), 1e6 * median (times, 5) / p->n_items / p->n_buckets,
          1e3 * median (index_times, 5));
  printf ("  load                 %9.3f ms\n", 1e3 * median (load_times, 5));
}

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

static void
bench_edit (KilterSupplySolver *solver, KilterSupplyProblem *p, const char *what, guint n_runs)
{
  double times[9];
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
    }
  printf ("  warm, %-14s %9.3f s   (slowest %.3f)\n", what, median (times, n_runs),
          times[n_runs - 1]);
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

/* CPU seconds of a program on a file, NaN when it is not installed or fails */
static double
time_program (const char *const *argv)
{
  g_autofree char *path = g_find_program_in_path (argv[0]);
  struct rusage before, after;
  int status = -1;

  if (path == NULL)
    return NAN;
  getrusage (RUSAGE_CHILDREN, &before);
  if (!g_spawn_sync (NULL, (char **) argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, NULL) ||
      status != 0)
    return NAN;
  getrusage (RUSAGE_CHILDREN, &after);

  return (double) (after.ru_utime.tv_sec - before.ru_utime.tv_sec) +
         1e-6 * (double) (after.ru_utime.tv_usec - before.ru_utime.tv_usec);
}

static void
bench_peers (const KilterSupplyProblem *p, double own)
{
  g_autoptr (KilterSupplySolver) solver = kilter_supply_solver_new ();
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solver_solve (solver, p, NULL);
  g_autofree char *mps = kilter_lp_model_to_mps (kilter_supply_solver_get_model (solver));
  g_autofree char *folder = g_dir_make_tmp ("kilter-bench-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "model.mps", NULL);
  /* reading the file is a small part of what they take; 400 s is a refusal */
  const char *const clp[] = { "timeout", "400", "clp", file, "-dualsimplex", NULL };
  const char *const glpk[] = { "timeout", "400", "glpsol", "--freemps", file, NULL };
  g_autofree char *has_clp = g_find_program_in_path ("clp");
  double seconds;

  g_file_set_contents (file, mps, -1, NULL);
  if (has_clp != NULL)
    {
      seconds = time_program (clp);
      printf ("  CLP dual             %9.3f s   (own basis / CLP %.3f)\n", seconds, own / seconds);
    }
  else
    printf ("  CLP dual             not installed: apt-get install coinor-clp\n");
  seconds = time_program (glpk);
  printf ("  GLPK                 %9.3f s   (own basis / GLPK %.3f)%s\n", seconds, own / seconds,
          isnan (seconds) ? " not installed, or not in 400 s" : "");
  g_unlink (file);
  g_rmdir (folder);
}

static void
bench_families (const KilterSupplyProblem *p, double quick, double best)
{
  guint n_families;
  double gap, start = now ();
  g_autoptr (KilterSupplyPlan) plan = kilter_supply_solve_by_families (p, NULL, &n_families, &gap);
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  printf ("  by families          %9.3f s   (%u families, %.2f %% above theirs, %.4f of the quick "
          "plan%s",
          now () - start, n_families, 100 * gap, plan->objective / quick, best > 0 ? "" : ")\n");
  if (best > 0)
    printf (", %.4f of the least cost)\n", plan->objective / best);
  printf ("  memory at its peak   %9.1f MB\n", (double) usage.ru_maxrss / 1024);
}

static void
bench_size (guint n_items, guint n_buckets, guint n_resources, gboolean optimise)
{
  g_autoptr (KilterSupplyProblem) p = supply_random_problem (n_items, n_buckets, n_resources, 1);
  double quick = 0.0;
  double best = 0.0;
  double own, other;

  printf ("%u items × %u buckets × %u resources\n", n_items, n_buckets, n_resources);
  bench_quick (p, &quick);
  if (!optimise)
    {
      bench_families (p, quick, 0);
      return;
    }
  own = bench_cold (p, TRUE, n_items > 300 ? 1 : 5, &best);
  other = bench_cold (p, FALSE, n_items > 300 ? 1 : 5, &best);
  printf ("  own basis / default  %9.2f\n  quick / least cost   %9.4f\n", own / other,
          quick / best);
  bench_families (p, quick, best);
  bench_peers (p, own);
  {
    g_autoptr (KilterSupplySolver) solver = kilter_supply_solver_new ();
    g_autoptr (KilterSupplyPlan) plan = kilter_supply_solver_solve (solver, p, NULL);
    double start = now ();
    g_autoptr (GPtrArray) reasons = kilter_supply_explain (p, plan, NULL, -1, -1);

    printf ("  all reasons          %9.2f ms  (%u)\n", 1e3 * (now () - start), reasons->len);
    bench_fixes (p);
    bench_edit (solver, p, "demand", n_items > 300 ? 5 : 9);
    bench_edit (solver, p, "cost", n_items > 300 ? 5 : 9);
    bench_edit (solver, p, "capacity", n_items > 300 ? 5 : 9);
    bench_edit (solver, p, "whole resource", 3);
  }
}

int
main (int argc, char *argv[])
{
  const char *only = argc > 1 ? argv[1] : "";

  if (*only == '\0' || strcmp (only, "small") == 0)
    bench_size (100, 18, 5, TRUE);
  if (*only == '\0' || strcmp (only, "large") == 0)
    bench_size (1000, 24, 20, TRUE);
  if (strcmp (only, "huge") == 0)
    bench_size (10000, 24, 50, FALSE);

  return 0;
}
