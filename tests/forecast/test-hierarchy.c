/* test-hierarchy.c: reconciliation against dense solutions made in another way
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/hierarchy/kilter-hierarchy.h"

#include <math.h>
#include <string.h>

#define MAX_NODES 64

static guint64 seed;

static double
uniform (void)
{
  seed = seed * G_GUINT64_CONSTANT (6364136223846793005) + G_GUINT64_CONSTANT (1442695040888963407);
  return (double) (seed >> 11) / 9007199254740992.0;
}

/* Gauss with pivoting, on small systems. */
static void
dense_solve (double a[MAX_NODES][MAX_NODES + 1], guint n)
{
  for (guint c = 0; c < n; c++)
    {
      guint best = c;

      for (guint r = c + 1; r < n; r++)
        if (fabs (a[r][c]) > fabs (a[best][c]))
          best = r;
      for (guint k = 0; k <= n; k++)
        {
          double swap = a[c][k];

          a[c][k] = a[best][k];
          a[best][k] = swap;
        }
      for (guint r = 0; r < n; r++)
        if (r != c)
          {
            double factor = a[r][c] / a[c][c];

            for (guint k = c; k <= n; k++)
              a[r][k] -= factor * a[c][k];
          }
    }
  for (guint c = 0; c < n; c++)
    a[c][n] /= a[c][c];
}

static gboolean
is_below (const KilterHierarchy *h, gsize node, gsize leaf)
{
  for (guint level = 0; level < kilter_hierarchy_get_n_levels (h); level++)
    if (kilter_hierarchy_get_node (h, level, leaf) == node)
      return TRUE;
  return FALSE;
}

/* The same forecasts by the other formula, ŷ − WC′(CWC′)⁻¹Cŷ, where C says what sums must be. */
static void
dense_projection (const KilterHierarchy *h, const double *base, const double *variance, double *out)
{
  static double a[MAX_NODES][MAX_NODES + 1];
  gsize n = kilter_hierarchy_get_n_nodes (h), leaves = kilter_hierarchy_get_n_leaves (h);
  gsize sums = n - leaves;
  double c[MAX_NODES][MAX_NODES] = { { 0 } };

  for (gsize i = 0; i < sums; i++)
    {
      c[i][i] = 1;
      for (gsize k = 0; k < leaves; k++)
        if (is_below (h, i, k))
          c[i][sums + k] = -1;
    }
  for (gsize i = 0; i < sums; i++)
    {
      for (gsize j = 0; j < sums; j++)
        {
          a[i][j] = 0;
          for (gsize k = 0; k < n; k++)
            a[i][j] += c[i][k] * variance[k] * c[j][k];
        }
      a[i][sums] = 0;
      for (gsize k = 0; k < n; k++)
        a[i][sums] += c[i][k] * base[k];
    }
  dense_solve (a, (guint) sums);
  for (gsize k = 0; k < n; k++)
    {
      out[k] = base[k];
      for (gsize i = 0; i < sums; i++)
        out[k] -= variance[k] * c[i][k] * a[i][sums];
    }
}

/* Two families of products, crossed with two regions: neither nests in the other. */
static KilterHierarchy *
crossed (guint n_leaves)
{
  guint family[MAX_NODES], product[MAX_NODES], region[MAX_NODES];
  const guint *products[] = { family, product };
  const guint *markets[] = { region };

  for (guint i = 0; i < n_leaves; i++)
    {
      product[i] = i / 2;
      family[i] = product[i] / 2;
      region[i] = i % 2;
    }
  return kilter_hierarchy_new_crossed (n_leaves, products, 2, markets, 1);
}

static void
check_coherent (const KilterHierarchy *h, const double *forecasts, guint horizon)
{
  gsize n = kilter_hierarchy_get_n_nodes (h), leaves = kilter_hierarchy_get_n_leaves (h);

  for (gsize i = 0; i < n - leaves; i++)
    for (guint t = 0; t < horizon; t++)
      {
        double sum = 0, size = 0;

        for (gsize k = 0; k < leaves; k++)
          if (is_below (h, i, k))
            {
              sum += forecasts[(n - leaves + k) * horizon + t];
              size += fabs (forecasts[(n - leaves + k) * horizon + t]);
            }
        g_assert_cmpfloat (fabs (sum - forecasts[i * horizon + t]), <=, 1e-13 * size);
      }
}

static void
test_structure (void)
{
  g_autoptr (KilterHierarchy) h = crossed (8);
  guint same[] = { 5, 5, 5, 5, 9, 9, 9, 9 };

  /* total 1, regions 2, families 2, family × region 4, products 4, leaves 8 */
  g_assert_cmpuint (kilter_hierarchy_get_n_levels (h), ==, 6);
  g_assert_cmpuint (kilter_hierarchy_get_n_nodes (h), ==, 21);
  g_assert_cmpuint (kilter_hierarchy_get_level_size (h, 0), ==, 1);
  g_assert_cmpuint (kilter_hierarchy_get_n_below (h, 0), ==, 8);
  g_assert_cmpuint (kilter_hierarchy_get_n_below (h, 1), ==, 4);
  g_assert_cmpuint (kilter_hierarchy_get_n_below (h, 20), ==, 1);
  /* families once more, by other numbers, are not a level of their own */
  g_assert_cmpint (kilter_hierarchy_add_level (h, same), ==, 2);
  g_assert_cmpuint (kilter_hierarchy_get_n_levels (h), ==, 6);
}

/* A total of two: the textbook answer by hand. Forecasts 10 | 3, 5 with equal trust in leaves and
 * half of it in the total: the gap of 2 is shared by variance 2 : 1 : 1. */
static void
test_by_hand (void)
{
  g_autoptr (KilterHierarchy) h = kilter_hierarchy_new (2);
  const guint all[] = { 0, 0 };
  double forecasts[] = { 10, 3, 5 };
  KilterReconcileOptions options = { .method = KILTER_RECONCILE_OPTIMAL };

  kilter_hierarchy_add_level (h, all);
  g_assert_true (kilter_reconcile (h, &options, 1, forecasts, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (forecasts[0], 9, 1e-12);
  g_assert_cmpfloat_with_epsilon (forecasts[1], 3.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (forecasts[2], 5.5, 1e-12);
}

static void
test_optimal (void)
{
  seed = 3;
  for (guint turn = 0; turn < 40; turn++)
    {
      g_autoptr (KilterHierarchy) h = crossed (8 + 2 * (turn % 3));
      gsize n = kilter_hierarchy_get_n_nodes (h);
      double base[MAX_NODES], forecasts[MAX_NODES], variance[MAX_NODES], expected[MAX_NODES];
      KilterReconcileOptions options = { .method = KILTER_RECONCILE_OPTIMAL,
                                         .weights = turn % 2 ? KILTER_WEIGHTS_VARIANCE
                                                             : KILTER_WEIGHTS_STRUCTURAL,
                                         .variances = turn % 2 ? variance : NULL };

      for (gsize i = 0; i < n; i++)
        {
          forecasts[i] = base[i] = 100 * uniform () * (double) kilter_hierarchy_get_n_below (h, i);
          variance[i] = turn % 2 ? 0.01 + uniform () * 100
                                 : (double) kilter_hierarchy_get_n_below (h, i);
        }
      dense_projection (h, base, variance, expected);
      g_assert_true (kilter_reconcile (h, &options, 1, forecasts, NULL, NULL));
      for (gsize i = 0; i < n; i++)
        g_assert_cmpfloat (fabs (forecasts[i] - expected[i]), <, 1e-8);
      check_coherent (h, forecasts, 1);
    }
}

/* Smallest weighted squares of all ways to hold leaves at zero, each solved densely. */
static double
best_of_all_subsets (const KilterHierarchy *h, const double *base, double *out_leaves)
{
  static double a[MAX_NODES][MAX_NODES + 1];
  gsize n = kilter_hierarchy_get_n_nodes (h), leaves = kilter_hierarchy_get_n_leaves (h);
  double best = INFINITY;

  for (guint free_set = 0; free_set < 1u << leaves; free_set++)
    {
      double x[MAX_NODES] = { 0 }, squares = 0;
      gsize index[MAX_NODES];
      guint m = 0;
      gboolean good = TRUE;

      for (gsize k = 0; k < leaves; k++)
        if (free_set & (1u << k))
          index[m++] = k;
      for (guint i = 0; i < m; i++)
        {
          for (guint j = 0; j <= m; j++)
            a[i][j] = 0;
          for (gsize node = 0; node < n; node++)
            {
              double w = 1.0 / (double) kilter_hierarchy_get_n_below (h, node);

              if (!is_below (h, node, index[i]))
                continue;
              for (guint j = 0; j < m; j++)
                a[i][j] += is_below (h, node, index[j]) ? w : 0;
              a[i][m] += w * base[node];
            }
        }
      if (m > 0)
        dense_solve (a, m);
      for (guint i = 0; i < m; i++)
        {
          x[index[i]] = a[i][m];
          good = good && a[i][m] >= 0;
        }
      if (!good)
        continue;
      for (gsize node = 0; node < n; node++)
        {
          double sum = 0;

          for (gsize k = 0; k < leaves; k++)
            sum += is_below (h, node, k) ? x[k] : 0;
          squares += (base[node] - sum) * (base[node] - sum) /
                     (double) kilter_hierarchy_get_n_below (h, node);
        }
      if (squares < best)
        {
          best = squares;
          memcpy (out_leaves, x, leaves * sizeof (double));
        }
    }
  return best;
}

static void
test_non_negative (void)
{
  guint n_cut = 0;

  seed = 11;
  for (guint turn = 0; turn < 30; turn++)
    {
      g_autoptr (KilterHierarchy) h = crossed (8);
      gsize n = kilter_hierarchy_get_n_nodes (h);
      double base[MAX_NODES], forecasts[MAX_NODES], expected[MAX_NODES];
      KilterReconcileOptions options = { .method = KILTER_RECONCILE_OPTIMAL, .non_negative = TRUE };

      for (gsize i = 0; i < n; i++)
        forecasts[i] = base[i] = 10 * uniform () - 3;
      best_of_all_subsets (h, base, expected);
      g_assert_true (kilter_reconcile (h, &options, 1, forecasts, NULL, NULL));
      for (gsize k = 0; k < 8; k++)
        {
          n_cut += expected[k] == 0;
          g_assert_cmpfloat (forecasts[n - 8 + k], >=, 0);
          g_assert_cmpfloat (fabs (forecasts[n - 8 + k] - expected[k]), <, 1e-8);
        }
      check_coherent (h, forecasts, 1);
    }
  g_assert_cmpuint (n_cut, >, 20);
}

static void
test_split (void)
{
  g_autoptr (KilterHierarchy) h = crossed (8);
  double forecasts[21], kept[21];
  const double shares[8] = { 1, 3, 0, 0, 2, 2, 2, 2 };
  KilterReconcileOptions options = { .method = KILTER_RECONCILE_TOP_DOWN, .shares = shares };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < 21; i++)
    kept[i] = forecasts[i] = 12.0 * (double) (i + 1);
  g_assert_true (kilter_reconcile (h, &options, 1, forecasts, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (forecasts[0], 12, 1e-12);
  for (gsize k = 0; k < 8; k++)
    g_assert_cmpfloat_with_epsilon (forecasts[13 + k], shares[k], 1e-12);
  /* families stand: 48 and 60, split by the leaves' own forecasts */
  memcpy (forecasts, kept, sizeof forecasts);
  options = (KilterReconcileOptions) { .method = KILTER_RECONCILE_MIDDLE_OUT, .level = 2 };
  g_assert_true (kilter_reconcile (h, &options, 1, forecasts, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (forecasts[3], kept[3], 1e-12);
  g_assert_cmpfloat_with_epsilon (forecasts[4], kept[4], 1e-12);
  g_assert_cmpfloat_with_epsilon (forecasts[0], kept[3] + kept[4], 1e-12);
  g_assert_cmpfloat_with_epsilon (forecasts[13] / forecasts[14], kept[13] / kept[14], 1e-12);
  check_coherent (h, forecasts, 1);
  /* nothing to split by: evenly; what has no forecast is summed */
  memset (forecasts + 13, 0, 8 * sizeof (double));
  forecasts[3] = 48;
  forecasts[4] = NAN;
  g_assert_true (kilter_reconcile (h, &options, 1, forecasts, NULL, NULL));
  g_assert_cmpfloat (forecasts[13], ==, 12);
  g_assert_cmpfloat (forecasts[20], ==, 0);
  g_assert_cmpfloat (forecasts[0], ==, 48);
  options.level = 6;
  g_assert_false (kilter_reconcile (h, &options, 1, forecasts, NULL, &error));
  g_assert_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_OPTIONS);
}

/* Without a forecast of its own a leaf is what the sums leave for it. */
static void
test_missing (void)
{
  g_autoptr (KilterHierarchy) h = kilter_hierarchy_new (3);
  const guint all[] = { 0, 0, 0 };
  double forecasts[] = { 10, 3, NAN, 2 };
  KilterReconcileOptions options = { .method = KILTER_RECONCILE_OPTIMAL, .non_negative = TRUE };

  kilter_hierarchy_add_level (h, all);
  g_assert_true (kilter_reconcile (h, &options, 1, forecasts, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (forecasts[2], 5, 1e-12);
  g_assert_cmpfloat_with_epsilon (forecasts[0], 10, 1e-12);
  for (gsize i = 0; i < 4; i++)
    forecasts[i] = i % 2 ? NAN : INFINITY;
  g_assert_true (kilter_reconcile (h, &options, 1, forecasts, NULL, NULL));
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpfloat (forecasts[i], ==, 0);
}

/* What agrees already stays; twice is the same as once; the unit does not matter; threads neither.
 */
static void
test_properties (void)
{
  g_autoptr (KilterHierarchy) h = crossed (12);
  gsize n = kilter_hierarchy_get_n_nodes (h);
  double one[MAX_NODES * 5], two[MAX_NODES * 5], big[MAX_NODES * 5];
  KilterReconcileOptions options = { .method = KILTER_RECONCILE_OPTIMAL, .non_negative = TRUE };

  seed = 5;
  for (gsize i = 0; i < n * 5; i++)
    {
      one[i] = 100 * uniform () - 10;
      big[i] = one[i] * 0x1p100;
    }
  memcpy (two, one, sizeof one);
  {
    g_autoptr (KilterJob) job = kilter_job_new (NULL);

    g_assert_true (kilter_reconcile (h, &options, 5, one, NULL, NULL));
    kilter_job_set_n_threads (job, 4);
    g_assert_true (kilter_reconcile (h, &options, 5, two, job, NULL));
    g_assert_cmpmem (one, n * 5 * sizeof (double), two, n * 5 * sizeof (double));
  }
  g_assert_true (kilter_reconcile (h, &options, 5, two, NULL, NULL));
  g_assert_true (kilter_reconcile (h, &options, 5, big, NULL, NULL));
  for (gsize i = 0; i < n * 5; i++)
    {
      g_assert_cmpfloat (fabs (one[i] - two[i]), <, 1e-10);
      g_assert_cmpfloat (big[i], ==, one[i] * 0x1p100);
    }
  check_coherent (h, one, 5);
}

/* Many leaves: still coherent, still the optimum, seen by its gradient. */
static void
test_large (void)
{
  enum
  {
    N = 20000
  };
  g_autofree guint *family = g_new (guint, N), *product = g_new (guint, N);
  g_autofree guint *region = g_new (guint, N), *channel = g_new (guint, N);
  const guint *products[] = { family, product };
  const guint *markets[] = { region, channel };
  g_autoptr (KilterHierarchy) h = NULL;
  g_autofree double *forecasts = NULL, *base = NULL, *gradient = g_new0 (double, N);
  KilterReconcileOptions options = { .method = KILTER_RECONCILE_OPTIMAL };
  gsize n;

  seed = 9;
  for (guint i = 0; i < N; i++)
    {
      product[i] = i / 20;
      family[i] = product[i] / 25;
      region[i] = i % 5;
      channel[i] = i / 5 % 4;
    }
  h = kilter_hierarchy_new_crossed (N, products, 2, markets, 2);
  n = kilter_hierarchy_get_n_nodes (h);
  forecasts = g_new (double, n);
  base = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    base[i] = forecasts[i] = uniform () * 100 * (double) kilter_hierarchy_get_n_below (h, i);
  g_assert_true (kilter_reconcile (h, &options, 1, forecasts, NULL, NULL));
  for (guint level = 0; level < kilter_hierarchy_get_n_levels (h); level++)
    for (gsize k = 0; k < N; k++)
      {
        gsize node = kilter_hierarchy_get_node (h, level, k);

        gradient[k] += (base[node] - forecasts[node]) /
                       (double) kilter_hierarchy_get_n_below (h, node);
      }
  for (gsize k = 0; k < N; k++)
    g_assert_cmpfloat (fabs (gradient[k]), <, 1e-8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/hierarchy/structure", test_structure);
  g_test_add_func ("/forecast/hierarchy/by-hand", test_by_hand);
  g_test_add_func ("/forecast/hierarchy/optimal", test_optimal);
  g_test_add_func ("/forecast/hierarchy/non-negative", test_non_negative);
  g_test_add_func ("/forecast/hierarchy/split", test_split);
  g_test_add_func ("/forecast/hierarchy/missing", test_missing);
  g_test_add_func ("/forecast/hierarchy/properties", test_properties);
  g_test_add_func ("/forecast/hierarchy/large", test_large);
  return g_test_run ();
}
