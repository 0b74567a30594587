/* test-plan.c: records, numbers, scenarios, commands
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"

#include <math.h>

static double
get (KilterPlan *plan, KilterVersion version, KilterMeasure measure, int row, int bucket)
{
  return kilter_plan_get_value (plan, version, measure, row, bucket);
}

static void
test_descriptions (void)
{
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    {
      const KilterMeasureInfo *info = kilter_measure_get_info (m);

      g_assert_cmpint (info->measure, ==, m);
      g_assert_nonnull (info->key);
      g_assert_cmpint (kilter_measure_from_key (info->key), ==, m);
      g_assert_true (((info->flags & KILTER_HAS_FORMULA) != 0) == (info->formula_text != NULL));
    }
  for (int t = 0; t < KILTER_N_TABLES; t++)
    {
      const KilterTableInfo *info = kilter_table_get_info (t);

      g_assert_nonnull (info->name);
      for (int f = 0; f < info->n_fields; f++)
        g_assert_cmpint (kilter_table_find_field (t, info->fields[f].name), ==, f);
    }
  g_assert_cmpint (kilter_table_find_field (KILTER_TABLE_PRODUCT, "storage"), ==,
                   KILTER_PRODUCT_STORAGE);
  g_assert_cmpint (kilter_table_find_field (KILTER_TABLE_MODEL, "residual"), ==,
                   KILTER_MODEL_RESIDUAL);
  g_assert_cmpint (kilter_table_find_field (KILTER_TABLE_POLICY, "backorder"), ==,
                   KILTER_POLICY_BACKORDER);
  g_assert_cmpint (kilter_table_find_field (KILTER_TABLE_DECISION, "comment"), ==,
                   KILTER_DECISION_COMMENT);
  g_assert_cmpint (kilter_table_find_field (KILTER_TABLE_RISK, "state"), ==, KILTER_RISK_STATE);
  g_assert_cmpint (kilter_table_find_field (KILTER_TABLE_VERSION, "strategy"), ==,
                   KILTER_VERSION_STRATEGY);
}

/* Every derived measure of every row can be computed, and none is infinite. */
static void
test_all_formulas (void)
{
  KilterPlan *plan = plan_fixture_new ();

  plan_fixture_add (plan, KILTER_TABLE_RESOURCE, "code", "L1", "hours", "100", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RATE, "product", "1", "resource", "1", "hours", "0.1", NULL);
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    for (int row = 1; row <= kilter_plan_get_n_rows (plan, kilter_measure_get_info (m)->grain);
         row++)
      {
        const double *values = kilter_plan_get_row (plan, KILTER_BASELINE, m, row);

        for (int t = 0; t < 36; t++)
          g_assert_false (isinf (values[t]));
      }
  kilter_plan_free (plan);
}

static void
test_demand_chain (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("override", "x");

  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_OVERRIDE_ADD, KILTER_LAYER_INPUT,
                            1, 24, 30);
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_OVERRIDE_SHARE,
                            KILTER_LAYER_INPUT, 1, 25, 0.1);
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_FINAL, KILTER_LAYER_INPUT, 1, 26,
                            300);
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_SALES_INPUT, KILTER_LAYER_INPUT,
                            1, 26, 400);
  kilter_command_set_stamp (command, "Linh", "2026-04-09T09:12:00Z");
  kilter_plan_apply (plan, command);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_FINAL, 1, 24), ==, 244 + 30);
  g_assert_cmpfloat_with_epsilon (get (plan, KILTER_BASELINE, KILTER_FINAL, 1, 25), 245 * 1.1,
                                  1e-9);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_FINAL, 1, 26), ==, 300);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_OVERRIDE, 1, 24), ==, 30);
  g_assert_true (isnan (get (plan, KILTER_BASELINE, KILTER_OVERRIDE, 1, 27)));
  /* 35 % of the sales difference */
  g_assert_cmpfloat_with_epsilon (get (plan, KILTER_BASELINE, KILTER_CONSENSUS, 1, 26), 335, 1e-9);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_DEMAND, 1, 23), ==, 133);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_LAST_YEAR, 1, 24), ==, 100 + 10 + 12);
  g_assert_cmpstr (kilter_plan_get_note (plan, KILTER_BASELINE, KILTER_OVERRIDE_ADD, 1, 24)->author,
                   ==, "Linh");
  kilter_plan_free (plan);
}

/* Stock by hand: 500 − demand of CUP (244 + 220 …). */
static void
test_stock (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("supply", "x");
  double april = (200 + 20 + 24) + (200 + 40 + 24), may = april + 2, june = may + 2;

  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_REGULAR, KILTER_LAYER_FACT, CUP,
                            24, 100);
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_OVERTIME, KILTER_LAYER_FACT, CUP,
                            25, 50);
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_REGULAR, KILTER_LAYER_FACT, CUP,
                            26, 1000);
  kilter_plan_apply (plan, command);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_STOCK, CUP, 24), ==, 600 - april);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_STOCK, CUP, 25), ==, 0);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_UNMET, CUP, 25), ==,
                     may - (600 - april) - 50);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_STOCK, CUP, 26), ==, 1000 - june);
  /* the markets share what is unmet by what they want */
  {
    double unmet = get (plan, KILTER_BASELINE, KILTER_UNMET, CUP, 25);
    double north = get (plan, KILTER_BASELINE, KILTER_SALES_PLAN, 1, 25);
    double south = get (plan, KILTER_BASELINE, KILTER_SALES_PLAN, 2, 25);

    g_assert_cmpfloat_with_epsilon (north + south, may - unmet, 1e-9);
    g_assert_cmpfloat_with_epsilon (north / south, 245.0 / 265.0, 1e-12);
  }
  /* the same with demand that waits */
  plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", "1", "backorder", "1", NULL);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_BACKLOG, CUP, 25), ==,
                     may - (600 - april) - 50);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_STOCK, CUP, 26), ==,
                     1000 - june - (may - (600 - april) - 50));
  kilter_plan_free (plan);
}

/* Whatever is applied and reverted leaves nothing behind; what is cached never differs from what a
 * fresh plan computes. */
static void
test_commands (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterVersion scenario = plan_fixture_add (plan, KILTER_TABLE_VERSION, "kind", "scenario", "name",
                                             "What if", "parent", "1", NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray)
    done = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_command_unref);
  g_autofree char *before = plan_fixture_fingerprint (plan);
  g_autofree char *after = NULL;
  static const KilterMeasure measures[] = { KILTER_FINAL, KILTER_CONSENSUS, KILTER_OVERRIDE_ADD,
                                            KILTER_REGULAR, KILTER_SALES_INPUT };

  for (int i = 0; i < 300; i++)
    {
      KilterCommand *command = kilter_command_new ("test", "x");

      for (int k = g_rand_int_range (rand, 1, 5); k > 0; k--)
        {
          KilterMeasure m = measures[g_rand_int_range (rand, 0, G_N_ELEMENTS (measures))];
          double values[3] = { g_rand_int_range (rand, 0, 500), NAN, g_rand_double (rand) };

          kilter_command_set_values (
            command, plan, g_rand_boolean (rand) ? KILTER_BASELINE : scenario, m,
            KILTER_LAYER_INPUT,
            g_rand_int_range (
              rand, 1, kilter_plan_get_n_rows (plan, kilter_measure_get_info (m)->grain) + 1),
            g_rand_int_range (rand, 24, 33), 3, values);
        }
      kilter_command_set_stamp (command, "A", "2026-04-01T00:00:00Z");
      kilter_plan_apply (plan, command);
      g_ptr_array_add (done, command);
      /* read something so that caches fill */
      for (int row = 1; row <= 3; row++)
        (void) kilter_plan_get_row (plan, scenario, KILTER_STOCK, row);
    }
  {
    g_autofree double *cached = g_new (double, 36);
    char name[40];

    for (int row = 1; row <= 6; row++)
      {
        for (int t = 0; t < 36; t++)
          cached[t] = get (plan, scenario, KILTER_REVENUE, row, t);
        g_snprintf (name, sizeof name, "drop caches %d", row);
        plan_fixture_add (plan, KILTER_TABLE_CATEGORY, "name", name, NULL);
        for (int t = 0; t < 36; t++)
          {
            double fresh = get (plan, scenario, KILTER_REVENUE, row, t);

            g_assert_true (fresh == cached[t] || (isnan (fresh) && isnan (cached[t])));
          }
      }
  }
  for (guint i = done->len; i > 0; i--)
    kilter_plan_revert (plan, done->pdata[i - 1]);
  for (int i = 6; i > 0; i--)
    {
      g_autoptr (KilterCommand) command = kilter_command_new ("test", "x");

      kilter_command_remove_record (command, plan, KILTER_TABLE_CATEGORY, i);
      kilter_plan_apply (plan, command);
    }
  after = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (before, ==, after);
  kilter_plan_free (plan);
}

static void
test_scenarios (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterVersion scenario = plan_fixture_add (plan, KILTER_TABLE_VERSION, "kind", "scenario", "name",
                                             "What if", "parent", "1", NULL);
  g_autoptr (KilterCommand) base = kilter_command_new ("test", "x");
  g_autoptr (KilterCommand) own = kilter_command_new ("test", "x");
  g_autoptr (KilterCommand) clear = kilter_command_new ("test", "x");

  g_assert_cmpfloat (get (plan, scenario, KILTER_FINAL, 1, 24), ==, 244);
  kilter_command_set_value (base, plan, KILTER_BASELINE, KILTER_CONSENSUS, KILTER_LAYER_INPUT, 1,
                            24, 900);
  kilter_plan_apply (plan, base);
  g_assert_cmpfloat (get (plan, scenario, KILTER_CONSENSUS, 1, 24), ==, 900);
  kilter_command_set_value (own, plan, scenario, KILTER_CONSENSUS, KILTER_LAYER_INPUT, 1, 25, 800);
  kilter_plan_apply (plan, own);
  g_assert_cmpfloat (get (plan, scenario, KILTER_CONSENSUS, 1, 24), ==, 900);
  g_assert_cmpfloat (get (plan, scenario, KILTER_CONSENSUS, 1, 25), ==, 800);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_CONSENSUS, 1, 25), ==, 245);
  g_assert_cmpint (kilter_plan_count_differences (plan, scenario), ==, 1);
  /* taking away in the scenario what the parent typed */
  kilter_command_set_value (clear, plan, scenario, KILTER_CONSENSUS, KILTER_LAYER_INPUT, 1, 24,
                            NAN);
  kilter_plan_apply (plan, clear);
  g_assert_cmpfloat (get (plan, scenario, KILTER_CONSENSUS, 1, 24), ==, 244);
  g_assert_cmpfloat (get (plan, KILTER_BASELINE, KILTER_CONSENSUS, 1, 24), ==, 900);
  g_assert_cmpint (kilter_plan_count_differences (plan, scenario), ==, 2);
  kilter_plan_revert (plan, clear);
  g_assert_cmpfloat (get (plan, scenario, KILTER_CONSENSUS, 1, 24), ==, 900);
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/descriptions", test_descriptions);
  g_test_add_func ("/plan/all-formulas", test_all_formulas);
  g_test_add_func ("/plan/demand-chain", test_demand_chain);
  g_test_add_func ("/plan/stock", test_stock);
  g_test_add_func ("/plan/commands", test_commands);
  g_test_add_func ("/plan/scenarios", test_scenarios);
  return g_test_run ();
}
