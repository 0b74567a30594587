/* test-supply-peer.c: another solver agrees on the least cost; needs glpsol, which only tests use
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply-support.h"
#include "supply/kilter-supply-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* the objective glpsol finds for a model, NaN when it finds none */
static double
ask_glpsol (const KilterLpModel *model, const char *folder)
{
  g_autofree char *mps = kilter_lp_model_to_mps (model);
  g_autofree char *in = g_build_filename (folder, "model.mps", NULL);
  g_autofree char *out = g_build_filename (folder, "model.out", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = { "glpsol", "--freemps", in, "--min", "-w", out, NULL };
  double objective = NAN;
  int status;

  g_file_set_contents (in, mps, -1, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_file_get_contents (out, &text, NULL, &error);
  g_assert_no_error (error);
  /* s bas ROWS COLS p d OBJECTIVE, or s mip ROWS COLS o OBJECTIVE */
  for (char *line = text; line != NULL; line = strchr (line, '\n'), line = line ? line + 1 : NULL)
    if (g_str_has_prefix (line, "s "))
      {
        g_auto (GStrv) words = NULL;
        char *end = strchr (line, '\n');
        g_autofree char *one = end != NULL ? g_strndup (line, end - line) : g_strdup (line);

        words = g_strsplit (one, " ", -1);
        objective = g_ascii_strtod (words[g_strv_length (words) - 1], NULL);
      }
  g_unlink (in);
  g_unlink (out);

  return objective;
}

static void
compare (guint n, gboolean whole)
{
  g_autofree char *glpsol = g_find_program_in_path ("glpsol");
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  if (glpsol == NULL)
    {
      g_test_skip ("glpsol is not installed: the least cost is not compared with another solver");
      return;
    }
  folder = g_dir_make_tmp ("kilter-supply-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint64 seed = 1; seed <= n; seed++)
    {
      g_autoptr (KilterSupplyProblem)
        p = supply_random_problem (whole ? 3 : 4 + seed % 5, 4 + seed % 3, 3 + seed % 3, seed);
      g_autoptr (KilterSupplySolver) solver = kilter_supply_solver_new ();
      g_autoptr (KilterSupplyPlan) plan = NULL;
      const KilterLpModel *model;
      double other;

      for (guint i = 0; i < p->n_items; i++)
        {
          p->lost_sales[i] = (seed + i) % 4 == 0;
          p->early_allowed[i] = (seed + i) % 5 != 0;
          p->strategy[i] = (seed + i) % 9 == 0 ? KILTER_SUPPLY_LEVEL : KILTER_SUPPLY_OPTIMAL;
        }
      if (whole)
        {
          p->use_integers = TRUE;
          for (guint r = 0; r < p->n_resources; r++)
            p->resources[r].integer = TRUE;
          g_array_index (p->routes, KilterSupplyRoute, 0).lot_minimum = 100;
          g_array_index (p->routes, KilterSupplyRoute, 0).setup_cost = 50;
        }
      plan = kilter_supply_solver_solve (solver, p, NULL);
      g_assert_cmpint (plan->status, ==, KILTER_SUPPLY_STATUS_OPTIMAL);
      model = kilter_supply_solver_get_model (solver);
      other = ask_glpsol (model, folder);
      /* whole numbers: both stop at a gap of their own */
      supply_assert_near (other + model->offset, plan->objective, whole ? 2e-6 : 1e-7);
    }
  g_rmdir (folder);
}

static void
test_linear (void)
{
  compare (200, FALSE);
}

static void
test_whole (void)
{
  compare (30, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/supply/peer/linear", test_linear);
  g_test_add_func ("/supply/peer/whole", test_whole);

  return g_test_run ();
}
