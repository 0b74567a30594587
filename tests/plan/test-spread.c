/* test-spread.c: whatever is typed into totals: children sum, locks hold, undo gives back the bits
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"

#include <math.h>
#include <string.h>

#define N_ROUNDS 3000
#define CYCLE 24
#define N_BUCKETS 36

/* Every number that is stored, bit for bit. */
static void
take_row (KilterVersion version,
          KilterMeasure measure,
          KilterLayer layer,
          int row,
          const double *values,
          gpointer user_data)
{
  GByteArray *bytes = user_data;
  gint32 key[4] = { (gint32) version, (gint32) measure, (gint32) layer, row };

  g_byte_array_append (bytes, (const guint8 *) key, sizeof key);
  g_byte_array_append (bytes, (const guint8 *) values, sizeof (double) * N_BUCKETS);
}

static GBytes *
take_bits (KilterPlan *plan)
{
  GByteArray *bytes = g_byte_array_new ();

  kilter_plan_foreach_stored (plan, take_row, bytes);
  return g_byte_array_free_to_bytes (bytes);
}

static const KilterMeasure measures[] = { KILTER_CONSENSUS,       KILTER_SALES_INPUT,
                                          KILTER_MARKETING_INPUT, KILTER_FINAL,
                                          KILTER_OVERRIDE,        KILTER_REGULAR };

static KilterScope
choose_scope (GRand *random, KilterMeasure measure)
{
  KilterScope scope = { 0 };

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      scope.family = g_rand_int_range (random, ICE, DRINKS + 1);
      break;
    case 1:
      scope.product = g_rand_int_range (random, CUP, JUICE + 1);
      break;
    case 2:
      scope.region = g_rand_int_range (random, NORTH, SOUTH + 1);
      break;
    default:
      break;
    }
  return scope;
}

static double
choose_value (GRand *random)
{
  double value = g_rand_double_range (random, 0, 5000);

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      return floor (value);
    case 1:
      return floor (value * 1000) / 1000;
    case 2:
      return 0;
    default:
      return value;
    }
}

/* Some cells are locked before each round. */
static void
lock_some (KilterPlan *plan, GRand *random, KilterMeasure measure)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("lock", "x");

  for (int i = g_rand_int_range (random, 0, 4); i > 0; i--)
    {
      KilterScope scope = { .product = g_rand_int_range (random, CUP, JUICE + 1),
                            .region = g_rand_int_range (random, NORTH, SOUTH + 1) };

      kilter_plan_set_lock (plan, command, KILTER_BASELINE, measure, &scope,
                            g_rand_int_range (random, CYCLE, N_BUCKETS),
                            g_rand_int_range (random, 0, 3) > 0, NULL);
    }
  kilter_plan_apply (plan, command);
}

typedef struct
{
  int row;
  int bucket;
  double value;
} Kept;

/* What locked cells of the spread hold now. */
static GArray *
take_locked (KilterPlan *plan, KilterMeasure measure, const KilterScope *scope, int first, int n)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  KilterMeasure lock = measure == KILTER_OVERRIDE ? KILTER_FINAL : measure;
  g_autoptr (GArray)
    rows = kilter_scope_get_rows (plan, scope, kilter_measure_get_info (measure)->grain);

  for (guint i = 0; i < rows->len; i++)
    for (int t = first; t < first + n; t++)
      {
        Kept cell = { g_array_index (rows, int, i), t, 0 };

        if (!kilter_plan_is_locked (plan, KILTER_BASELINE, lock, cell.row, t))
          continue;
        cell.value = kilter_plan_get_value (plan, KILTER_BASELINE, measure, cell.row, t);
        g_array_append_val (kept, cell);
      }
  return kept;
}

static void
check_locked (KilterPlan *plan, KilterMeasure measure, const GArray *kept)
{
  for (guint i = 0; i < kept->len; i++)
    {
      const Kept *cell = &g_array_index (kept, Kept, i);
      double now = kilter_plan_get_value (plan, KILTER_BASELINE, measure, cell->row, cell->bucket);

      g_assert_true (memcmp (&now, &cell->value, sizeof now) == 0 ||
                     (isnan (now) && isnan (cell->value)));
    }
}

/* The total that was typed is the total that is there. */
static void
check_sum (KilterPlan *plan,
           KilterMeasure measure,
           const KilterScope *scope,
           int first,
           int n,
           double value)
{
  double total = kilter_plan_aggregate_time (plan, KILTER_BASELINE, measure, scope, first, n);

  /* an override is kept as a difference to the forecast, and read back by adding: 2 roundings a
   * cell */
  if (measure == KILTER_OVERRIDE || measure == KILTER_FINAL)
    g_assert_cmpfloat_with_epsilon (total, value, 1e-9);
  else
    g_assert_cmpfloat_with_epsilon (total, value, fabs (value) * 2e-15 + 1e-300);
}

static void
test_random (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  int done = 0, refused = 0, exact = 0;

  for (int round = 0; round < N_ROUNDS; round++)
    {
      KilterMeasure measure = measures[g_rand_int_range (random, 0, G_N_ELEMENTS (measures))];
      KilterScope scope = choose_scope (random, measure);
      int first = g_rand_int_range (random, CYCLE, N_BUCKETS);
      int n = g_rand_int_range (random, 0, 2) ? 1 : MIN (3, N_BUCKETS - first);
      KilterSpread spread = (KilterSpread) g_rand_int_range (random, 0, 3);
      double value = choose_value (random);
      g_autoptr (KilterCommand) command = kilter_command_new ("edit", "x");
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) before = NULL;
      g_autoptr (GBytes) after = NULL;
      g_autoptr (GArray) kept = NULL;
      KilterEditResult result = { 0 };

      lock_some (plan, random, measure);
      kept = take_locked (plan, measure, &scope, first, n);
      before = take_bits (plan);
      if (!kilter_plan_edit_time (plan, command, KILTER_BASELINE, measure, &scope, first, n,
                                  KILTER_EDIT_SET, value, spread, &result, &error))
        {
          /* a refusal says why, and adds nothing */
          g_assert_nonnull (error);
          g_assert_true (kilter_command_is_empty (command));
          refused++;
          continue;
        }
      g_assert_cmpint (result.n_locked, ==, (int) kept->len);
      kilter_plan_apply (plan, command);
      check_locked (plan, measure, kept);
      if (measure != KILTER_OVERRIDE)
        {
          check_sum (plan, measure, &scope, first, n, value);
          exact += kilter_plan_aggregate_time (plan, KILTER_BASELINE, measure, &scope, first, n) ==
                   value;
        }
      kilter_plan_revert (plan, command);
      after = take_bits (plan);
      g_assert_true (g_bytes_equal (before, after));
      /* and go on from there */
      kilter_plan_apply (plan, command);
      done++;
    }
  g_test_message ("%d spread, %d refused, %d exact", done, refused, exact);
  g_assert_cmpint (done, >, N_ROUNDS / 3);
  g_assert_cmpint (refused, >, 10);
  kilter_plan_free (plan);
}

/* Whole numbers give whole children, whatever the key. */
static void
test_whole (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope all = { 0 };

  for (int spread = KILTER_SPREAD_MIX; spread <= KILTER_SPREAD_EVENLY; spread++)
    {
      g_autoptr (KilterCommand) command = kilter_command_new ("edit", "x");
      double sum = 0;

      g_assert_true (kilter_plan_edit (plan, command, KILTER_BASELINE, KILTER_CONSENSUS, &all,
                                       CYCLE, KILTER_EDIT_SET, 1000 + spread, (KilterSpread) spread,
                                       NULL, NULL));
      kilter_plan_apply (plan, command);
      for (int series = 1; series <= 6; series++)
        {
          double value = kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_CONSENSUS, series,
                                                CYCLE);

          g_assert_cmpfloat (value, ==, floor (value));
          sum += value;
        }
      g_assert_cmpfloat (sum, ==, 1000 + spread);
    }
  kilter_plan_free (plan);
}

/* "+5%" is 5 % more than what stands there, whatever that is. */
static void
test_relative (void)
{
  static const char *const before[] = { "", "+24", "+10%", "=300", "-10%" };
  KilterScope one = { .product = CUP, .region = NORTH };

  for (gsize i = 0; i < G_N_ELEMENTS (before); i++)
    for (int again = 0; again < 2; again++)
      {
        KilterPlan *plan = plan_fixture_new ();
        KilterEditKind kind;
        double value, was;

        for (int step = 0; step < 2 + again; step++)
          {
            g_autoptr (KilterCommand) command = kilter_command_new ("edit", "x");
            const char *text = step == 0 ? before[i] : again ? "*1.05" : "+5%";

            was = kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_FINAL, 1, CYCLE);
            g_assert_true (kilter_number_parse_edit (text, &kind, &value));
            g_assert_true (kilter_plan_edit (plan, command, KILTER_BASELINE, KILTER_FINAL, &one,
                                             CYCLE, kind, value, KILTER_SPREAD_MIX, NULL, NULL));
            kilter_plan_apply (plan, command);
            if (step > 0)
              g_assert_cmpfloat_with_epsilon (
                kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_FINAL, 1, CYCLE), was * 1.05,
                1e-9);
          }
        kilter_plan_free (plan);
      }
}

/* --- continuing a row --- */

static void
test_continue (void)
{
  double values[12], base[12];

  /* a year of 4: twice the year before, and on */
  for (int t = 0; t < 12; t++)
    {
      base[t] = t < 6 ? 10 * (t % 4 + 1) : NAN;
      values[t] = NAN;
    }
  values[4] = 20;
  values[5] = 40;
  kilter_plan_continue_row (values, base, 12, 4, 4, 2, 6, 6);
  g_assert_cmpfloat (values[6], ==, 60);
  g_assert_cmpfloat (values[7], ==, 80);
  /* the next year stands on what was just written */
  g_assert_cmpfloat (values[8], ==, 40);
  g_assert_cmpfloat (values[11], ==, 160);

  /* without a year before the straight line goes on, not below 0 */
  for (int t = 0; t < 12; t++)
    base[t] = values[t] = NAN;
  values[0] = 30;
  values[1] = 20;
  kilter_plan_continue_row (values, base, 12, 4, 0, 2, 2, 3);
  g_assert_cmpfloat (values[2], ==, 10);
  g_assert_cmpfloat (values[3], ==, 0);
  /* four buckets on there is a year before again, but the source has none: the line */
  g_assert_cmpfloat (values[4], ==, 0);

  g_assert_true (isnan (kilter_plan_growth (values, base, 4)));
  base[0] = 15;
  g_assert_cmpfloat (kilter_plan_growth (values, base, 4), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spread/random", test_random);
  g_test_add_func ("/spread/whole", test_whole);
  g_test_add_func ("/spread/relative", test_relative);
  g_test_add_func ("/spread/continue", test_continue);
  return g_test_run ();
}
