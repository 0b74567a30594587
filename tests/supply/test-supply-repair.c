/* test-supply-repair.c: a few steps from the optimum before an edit come to the optimum after it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply-support.h"
#include "supply/kilter-supply-private.h"
#include "supply/optimum/kilter-lp-repair.h"

#include <math.h>

#define N_COMPANIES 24
#define N_EDITS 10

static KilterSupplyModel *
model_of (const KilterSupplyProblem *p)
{
  g_autoptr (KilterSupplyIndex) index = kilter_supply_index_new (p);

  return kilter_supply_model_new (index);
}

/* the least cost, by an optimiser that knows of nothing before */
static double
ask_anew (const KilterLpModel *model)
{
  g_autoptr (KilterLp) lp = kilter_lp_new ();

  g_assert_true (kilter_lp_load (lp, model));
  g_assert_cmpint (kilter_lp_run (lp, G_MAXINT32, NULL), ==, KILTER_LP_OPTIMAL);
  return kilter_lp_get_objective (lp);
}

static double
limit_of (double dual, double lower, double upper)
{
  if (fabs (dual) < 1e-9)
    return 0.0;
  return dual > 0.0 ? lower * dual : upper * dual;
}

/* both sides of the duality theorem are the least cost */
static void
assert_optimum (const KilterLpRepair *repair, const KilterLpModel *m, double least)
{
  g_autofree double *x = g_new (double, m->n_cols);
  g_autofree double *d = g_new (double, m->n_cols);
  g_autofree double *y = g_new (double, m->n_rows);
  double cost = m->offset, dual = m->offset;

  kilter_lp_repair_get_solution (repair, x, d, y);
  for (int c = 0; c < m->n_cols; c++)
    {
      cost += m->cost[c] * x[c];
      dual += limit_of (d[c], m->lower[c], m->upper[c]);
      g_assert_cmpfloat (x[c], >=, m->lower[c] - 1e-5);
      g_assert_cmpfloat (x[c], <=, m->upper[c] + 1e-5);
    }
  for (int r = 0; r < m->n_rows; r++)
    dual += limit_of (y[r], m->row_lower[r], m->row_upper[r]);
  supply_assert_near (cost, least, 1e-7);
  supply_assert_near (dual, least, 1e-6);
}

static void
edit (KilterSupplyProblem *p, SupplyRandom *random, guint n)
{
  double factor = 0.4 + 1.4 * supply_random (random);
  guint t = (guint) (supply_random (random) * p->n_buckets);

  if (n % 3 == 2)
    p->capacity[(n % p->n_resources) * p->n_buckets + t] *= factor;
  else
    p->demand[(guint) (supply_random (random) * p->n_items) * p->n_buckets + t] *= factor;
}

/* edits one after another; where the repair gives up, the optimiser goes on from there */
static void
test_random (void)
{
  guint n_tried = 0, n_repaired = 0, n_steps = 0;

  for (guint64 seed = 1; seed <= N_COMPANIES; seed++)
    {
      g_autoptr (KilterSupplyProblem) p = supply_random_problem (14, 10, 5, seed);
      g_autoptr (KilterLp) lp = kilter_lp_new ();
      g_autoptr (KilterLpRepair) repair = NULL;
      g_autoptr (GPtrArray)
        models = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_supply_model_free);
      SupplyRandom random = { seed };
      KilterSupplyModel *before = model_of (p);

      g_ptr_array_add (models, before);
      g_assert_true (kilter_lp_load (lp, before->lp));
      g_assert_cmpint (kilter_lp_run (lp, G_MAXINT32, NULL), ==, KILTER_LP_OPTIMAL);
      for (guint n = 0; n < N_EDITS; n++)
        {
          KilterSupplyModel *after;
          guint n_pivots;
          double least;

          edit (p, &random, n);
          after = model_of (p);
          g_ptr_array_add (models, after);
          if (!kilter_lp_model_same_matrix (before->lp, after->lp))
            break;
          least = ask_anew (after->lp);
          if (repair == NULL)
            repair = kilter_lp_repair_new (lp, before->lp);
          g_assert_nonnull (repair);
          kilter_lp_change (lp, before->lp, after->lp);
          n_tried++;
          if (kilter_lp_repair_run (repair, after->lp, &n_pivots))
            {
              n_repaired++;
              n_steps += n_pivots;
              assert_optimum (repair, after->lp, least);
            }
          else
            {
              g_autofree guint8 *cols = g_malloc (after->lp->n_cols);
              g_autofree guint8 *rows = g_malloc (after->lp->n_rows);

              kilter_lp_repair_get_basis (repair, cols, rows);
              kilter_lp_set_basis (lp, cols, rows);
              g_clear_pointer (&repair, kilter_lp_repair_free);
              g_assert_cmpint (kilter_lp_run (lp, G_MAXINT32, NULL), ==, KILTER_LP_OPTIMAL);
              supply_assert_near (kilter_lp_get_objective (lp), least, 1e-7);
            }
          before = after;
        }
    }
  g_test_message ("%u of %u edits repaired, %u steps", n_repaired, n_tried, n_steps);
  g_assert_cmpuint (n_tried, >, N_COMPANIES * N_EDITS / 2);
  g_assert_cmpuint (n_repaired, >, n_tried * 8 / 10);
  /* not only edits after which the basis is the same */
  g_assert_cmpuint (n_steps, >, n_repaired / 2);
}

/* min x + 3 y with x + y >= demand, x <= 10: what must be refused is */
static void
test_refused (void)
{
  double cost[] = { 1, 3 }, lower[] = { 0, 0 }, upper[] = { 10, 20 };
  double row_lower[] = { 4 }, row_upper[] = { INFINITY };
  double dear[] = { 1, 4 }, more[] = { 12 }, too_much[] = { 31 };
  int start[] = { 0, 1, 2 }, index[] = { 0, 0 };
  double value[] = { 1, 1 }, x[2], d[2], y[1];
  guint n_pivots;
  KilterLpModel model = { .n_cols = 2,
                          .n_rows = 1,
                          .n_nonzeros = 2,
                          .cost = cost,
                          .lower = lower,
                          .upper = upper,
                          .row_lower = row_lower,
                          .row_upper = row_upper,
                          .start = start,
                          .index = index,
                          .value = value };
  KilterLpModel dearer = model, larger = model, impossible = model;
  g_autoptr (KilterLp) lp = kilter_lp_new ();
  g_autoptr (KilterLpRepair) repair = NULL;

  dearer.cost = dear;
  larger.row_lower = more;
  impossible.row_lower = too_much;
  g_assert_true (kilter_lp_load (lp, &model));
  g_assert_cmpint (kilter_lp_run (lp, 100, NULL), ==, KILTER_LP_OPTIMAL);
  repair = kilter_lp_repair_new (lp, &model);
  g_assert_nonnull (repair);
  g_assert_false (kilter_lp_repair_run (repair, &dearer, &n_pivots));

  g_assert_true (kilter_lp_repair_run (repair, &larger, &n_pivots));
  g_assert_cmpuint (n_pivots, ==, 1);
  kilter_lp_repair_get_solution (repair, x, d, y);
  supply_assert_near (x[0], 10, 1e-9);
  supply_assert_near (x[1], 2, 1e-9);
  supply_assert_near (d[0], -2, 1e-9);
  supply_assert_near (y[0], 3, 1e-9);

  g_assert_false (kilter_lp_repair_run (repair, &impossible, &n_pivots));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/supply/repair/random", test_random);
  g_test_add_func ("/supply/repair/refused", test_refused);
  return g_test_run ();
}
