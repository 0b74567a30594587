/* test-scope.c: aggregation and spreading
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"

#include <math.h>

static double
total (KilterPlan *plan, KilterMeasure measure, KilterScope scope, int bucket)
{
  return kilter_plan_aggregate_time (plan, KILTER_BASELINE, measure, &scope, bucket, 1);
}

static gboolean
edit (KilterPlan *plan,
      KilterMeasure measure,
      KilterScope scope,
      int bucket,
      const char *text,
      KilterSpread spread,
      KilterEditResult *result,
      GError **error)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("edit", "x");
  KilterEditKind kind;
  double value;

  g_assert_true (kilter_number_parse_edit (text, &kind, &value));
  if (!kilter_plan_edit (plan, command, KILTER_BASELINE, measure, &scope, bucket, kind, value,
                         spread, result, error))
    {
      g_assert_true (kilter_command_is_empty (command));
      return FALSE;
    }
  kilter_plan_apply (plan, command);
  return TRUE;
}

static void
test_aggregate (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope ice = { .family = ICE }, all = { 0 }, north = { .region = NORTH };

  g_assert_cmpfloat (total (plan, KILTER_ACTUAL, ice, 0), ==, 110 + 120 + 210 + 220);
  g_assert_cmpfloat (total (plan, KILTER_ACTUAL, all, 0), ==, 110 + 120 + 210 + 220 + 310 + 320);
  g_assert_cmpfloat (total (plan, KILTER_ACTUAL, north, 0), ==, 110 + 210 + 310);
  g_assert_cmpfloat (kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_ACTUAL, &ice, 0, 3),
                     ==, 3 * 660 + 4 * 3);
  /* prices weigh by demand; ratios come from sums */
  g_assert_cmpfloat_with_epsilon (total (plan, KILTER_PRICE, ice, 0), (230 * 10 + 430 * 20) / 660.0,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (total (plan, KILTER_MARGIN_SHARE, ice, 0), 0.4, 1e-12);
  kilter_plan_free (plan);
}

static void
test_spread_exact (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope ice = { .family = ICE };
  KilterEditResult result;
  double cells = 0;

  g_assert_true (edit (plan, KILTER_CONSENSUS, ice, 24, "1001", KILTER_SPREAD_MIX, &result, NULL));
  g_assert_cmpint (result.n_cells, ==, 4);
  for (int row = 1; row <= 4; row++)
    {
      double value = kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_CONSENSUS, row, 24);

      g_assert_cmpfloat (value, ==, floor (value));
      cells += value;
    }
  g_assert_cmpfloat (cells, ==, 1001);
  g_assert_cmpfloat (total (plan, KILTER_CONSENSUS, ice, 24), ==, 1001);
  /* in proportion: 244 : 264 : 444 : 464 */
  g_assert_cmpfloat_with_epsilon (
    kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_CONSENSUS, 4, 24), 1001 * 464.0 / 1416, 1);
  g_assert_true (edit (plan, KILTER_CONSENSUS, ice, 24, "+5%", KILTER_SPREAD_MIX, &result, NULL));
  g_assert_cmpfloat_with_epsilon (total (plan, KILTER_CONSENSUS, ice, 24), 1051.05, 1e-9);
  g_assert_true (edit (plan, KILTER_CONSENSUS, ice, 24, "", KILTER_SPREAD_MIX, &result, NULL));
  g_assert_cmpfloat (total (plan, KILTER_CONSENSUS, ice, 24), ==, 1416);
  kilter_plan_free (plan);
}

static void
test_spread_locks (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope ice = { .family = ICE }, cup = { .product = CUP };
  g_autoptr (KilterCommand) lock = kilter_command_new ("lock", "x");
  g_autoptr (GError) error = NULL;
  KilterEditResult result;

  g_assert_true (
    kilter_plan_set_lock (plan, lock, KILTER_BASELINE, KILTER_CONSENSUS, &cup, 24, TRUE, NULL));
  kilter_plan_apply (plan, lock);
  g_assert_true (edit (plan, KILTER_CONSENSUS, ice, 24, "2000", KILTER_SPREAD_MIX, &result, NULL));
  g_assert_cmpint (result.n_locked, ==, 2);
  g_assert_cmpfloat (total (plan, KILTER_CONSENSUS, cup, 24), ==, 508);
  g_assert_cmpfloat (total (plan, KILTER_CONSENSUS, ice, 24), ==, 2000);
  g_assert_false (
    edit (plan, KILTER_CONSENSUS, ice, 24, "400", KILTER_SPREAD_MIX, &result, &error));
  g_assert_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_LOCKED);
  kilter_plan_free (plan);
}

static void
test_spread_fallbacks (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope ice = { .family = ICE };
  KilterEditResult result;

  /* nothing typed yet: as the statistical forecast */
  g_assert_true (
    edit (plan, KILTER_SALES_INPUT, ice, 24, "1416", KILTER_SPREAD_MIX, &result, NULL));
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_SALES_INPUT, 1, 24), ==,
                     244);
  g_assert_true (
    edit (plan, KILTER_SALES_INPUT, ice, 25, "1000", KILTER_SPREAD_EVENLY, &result, NULL));
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_SALES_INPUT, 1, 25), ==,
                     250);
  g_assert_true (
    edit (plan, KILTER_SALES_INPUT, ice, 26, "100", KILTER_SPREAD_LAST_YEAR, &result, NULL));
  g_assert_cmpfloat_with_epsilon (
    kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_SALES_INPUT, 1, 26), 100 * 124.0 / 716,
    0.5);
  kilter_plan_free (plan);
}

/* "+24" stays 24 more when the forecast moves; a typed number stays. */
static void
test_override (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope cup = { .product = CUP }, one = { .product = CUP, .region = NORTH };
  g_autoptr (KilterCommand) rerun = kilter_command_new ("forecast", "x");
  KilterEditResult result;

  g_assert_true (edit (plan, KILTER_OVERRIDE, cup, 24, "+24", KILTER_SPREAD_MIX, &result, NULL));
  g_assert_true (edit (plan, KILTER_FINAL, one, 25, "300", KILTER_SPREAD_MIX, &result, NULL));
  g_assert_true (edit (plan, KILTER_FINAL, one, 26, "+10%", KILTER_SPREAD_MIX, &result, NULL));
  g_assert_cmpfloat (total (plan, KILTER_FINAL, cup, 24), ==, 508 + 24);
  g_assert_cmpfloat (total (plan, KILTER_OVERRIDE, cup, 24), ==, 24);
  g_assert_cmpfloat (total (plan, KILTER_OVERRIDE, one, 25), ==, 300 - 245);
  for (int t = 24; t < 27; t++)
    kilter_command_set_value (rerun, plan, KILTER_BASELINE, KILTER_STATISTICAL, KILTER_LAYER_FACT,
                              1, t, 500);
  kilter_plan_apply (plan, rerun);
  g_assert_cmpfloat (total (plan, KILTER_FINAL, cup, 24), ==, 500 + 264 + 24);
  g_assert_cmpfloat (total (plan, KILTER_FINAL, one, 25), ==, 300);
  g_assert_cmpfloat_with_epsilon (total (plan, KILTER_FINAL, one, 26), 550, 1e-9);
  /* typing again replaces the override, whatever its kind */
  g_assert_true (edit (plan, KILTER_OVERRIDE, one, 25, "7", KILTER_SPREAD_MIX, &result, NULL));
  g_assert_cmpfloat (total (plan, KILTER_FINAL, one, 25), ==, 507);
  g_assert_true (edit (plan, KILTER_OVERRIDE, one, 26, "", KILTER_SPREAD_MIX, &result, NULL));
  g_assert_cmpfloat (total (plan, KILTER_FINAL, one, 26), ==, 500);
  kilter_plan_free (plan);
}

static void
test_refusals (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope ice = { .family = ICE }, nothing = { .family = 99 };
  KilterEditResult result;
  g_autoptr (GError) past = NULL, derived = NULL, empty = NULL, negative = NULL;

  g_assert_false (edit (plan, KILTER_CONSENSUS, ice, 3, "5", KILTER_SPREAD_MIX, &result, &past));
  g_assert_error (past, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_NOT_EDITABLE);
  g_assert_false (edit (plan, KILTER_REVENUE, ice, 24, "5", KILTER_SPREAD_MIX, &result, &derived));
  g_assert_error (derived, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_NOT_EDITABLE);
  g_assert_false (
    edit (plan, KILTER_CONSENSUS, nothing, 24, "5", KILTER_SPREAD_MIX, &result, &empty));
  g_assert_error (empty, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_EMPTY);
  g_assert_false (
    edit (plan, KILTER_CONSENSUS, ice, 24, "=-5", KILTER_SPREAD_MIX, &result, &negative));
  g_assert_error (negative, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID);
  kilter_plan_free (plan);
}

static void
test_spread_time (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope cup = { .product = CUP };
  g_autoptr (KilterCommand) command = kilter_command_new ("edit", "x");

  g_assert_true (kilter_plan_edit_time (plan, command, KILTER_BASELINE, KILTER_CONSENSUS, &cup, 24,
                                        3, KILTER_EDIT_SET, 3000, KILTER_SPREAD_MIX, NULL, NULL));
  kilter_plan_apply (plan, command);
  g_assert_cmpfloat (
    kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_CONSENSUS, &cup, 24, 3), ==, 3000);
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scope/aggregate", test_aggregate);
  g_test_add_func ("/scope/spread-exact", test_spread_exact);
  g_test_add_func ("/scope/spread-locks", test_spread_locks);
  g_test_add_func ("/scope/spread-fallbacks", test_spread_fallbacks);
  g_test_add_func ("/scope/override", test_override);
  g_test_add_func ("/scope/refusals", test_refusals);
  g_test_add_func ("/scope/spread-time", test_spread_time);
  return g_test_run ();
}
