/* test-scenario-property.c: what holds of any scenario, any bridge, any month, whatever was typed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"
#include "plan/review/kilter-insight.h"

#include <math.h>
#include <string.h>

#define AT "2026-04-23T09:14:00Z"
#define N_PLANS 12
#define N_EDITS 25

static int
any (int first, int last)
{
  return g_test_rand_int_range (first, last + 1);
}

/* the small company with policies by chance: some wait for what is not there, some lose it */
static KilterPlan *
make_plan (void)
{
  static const char *const makes[] = { "stock", "order", "buy" };
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "x");

  for (int product = CUP; product <= JUICE; product++)
    {
      g_autofree char *id = g_strdup_printf ("%d", product);

      plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", id, "backorder",
                        any (0, 1) ? "1" : "0", NULL);
    }
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
    {
      kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, product->id,
                                     KILTER_PRODUCT_MAKE, makes[any (0, 2)]);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, product->id,
                                       KILTER_PRODUCT_OPENING_STOCK, any (0, 900));
    }
  kilter_plan_apply (plan, command);
  return plan;
}

/* One edit by chance, of demand or supply, in one month of one product. */
static void
edit (KilterPlan *plan, KilterVersion version)
{
  static const KilterMeasure measures[] = { KILTER_CONSENSUS, KILTER_SALES_INPUT, KILTER_REGULAR,
                                            KILTER_OVERTIME, KILTER_PURCHASE };
  g_autoptr (KilterCommand) command = kilter_command_new ("edit", "x");
  KilterScope scope = { .product = any (CUP, JUICE) };

  /* some cells cannot be typed: that is refused, and changes nothing */
  if (kilter_plan_edit (plan, command, version, measures[any (0, G_N_ELEMENTS (measures) - 1)],
                        &scope, any (24, 35), KILTER_EDIT_SET, any (0, 1500), KILTER_SPREAD_MIX,
                        NULL, NULL))
    kilter_plan_apply (plan, command);
}

static KilterVersion
add_scenario (KilterPlan *plan, KilterVersion parent, int number)
{
  g_autofree char *name = g_strdup_printf ("Scenario %d", number);
  KilterVersion version = 0;
  KilterCommand *command = kilter_scenario_new (plan, parent, name, "Wei", AT, &version, NULL);

  g_assert_nonnull (command);
  kilter_plan_apply (plan, command);
  kilter_command_unref (command);
  return version;
}

/* every number of every measure, bit for bit */
static void
assert_same (KilterPlan *plan, KilterVersion a, KilterVersion b)
{
  int n = kilter_plan_get_n_buckets (plan);

  for (int m = 0; m < KILTER_N_MEASURES; m++)
    for (int row = 1; row <= kilter_plan_get_n_rows (plan, kilter_measure_get_info (m)->grain);
         row++)
      {
        g_autofree double *left = g_memdup2 (kilter_plan_get_row (plan, a, m, row),
                                             (gsize) n * sizeof (double));
        const double *right = kilter_plan_get_row (plan, b, m, row);

        for (int t = 0; t < n; t++)
          if (isnan (left[t]) != isnan (right[t]) || (!isnan (left[t]) && left[t] != right[t]))
            g_error ("%s of row %d in bucket %d: %.17g and %.17g", kilter_measure_get_info (m)->key,
                     row, t, left[t], right[t]);
      }
}

/* where nothing was changed, a scenario says what its parent says, at any depth, and follows it */
static void
test_parent (void)
{
  for (int p = 0; p < N_PLANS; p++)
    {
      KilterPlan *plan = make_plan ();
      KilterVersion first, second;

      for (int i = 0; i < N_EDITS; i++)
        edit (plan, KILTER_BASELINE);
      first = add_scenario (plan, KILTER_BASELINE, 1);
      second = add_scenario (plan, first, 2);
      assert_same (plan, KILTER_BASELINE, first);
      assert_same (plan, KILTER_BASELINE, second);
      for (int i = 0; i < N_EDITS; i++)
        edit (plan, KILTER_BASELINE);
      assert_same (plan, KILTER_BASELINE, second);
      for (int i = 0; i < N_EDITS; i++)
        edit (plan, first);
      assert_same (plan, first, second);
      g_assert_cmpint (kilter_plan_count_differences (plan, second), ==, 0);
      kilter_plan_free (plan);
    }
}

/* adopting makes the parent what the scenario is; undoing it is as if nothing had been */
static void
test_adopt_undo (void)
{
  for (int p = 0; p < N_PLANS; p++)
    {
      KilterPlan *plan = make_plan ();
      g_autofree char *before = NULL, *after = NULL, *again = NULL;
      g_autoptr (KilterCommand) adopt = NULL;
      KilterVersion scenario;

      for (int i = 0; i < N_EDITS; i++)
        edit (plan, KILTER_BASELINE);
      scenario = add_scenario (plan, KILTER_BASELINE, 1);
      for (int i = 0; i < N_EDITS; i++)
        edit (plan, scenario);
      g_assert_cmpint (kilter_plan_count_differences (plan, scenario), >, 0);
      before = plan_fixture_fingerprint (plan);
      adopt = kilter_scenario_adopt (plan, scenario, NULL);
      g_assert_nonnull (adopt);
      kilter_plan_apply (plan, adopt);
      after = plan_fixture_fingerprint (plan);
      g_assert_cmpstr (before, !=, after);
      assert_same (plan, KILTER_BASELINE, scenario);
      kilter_plan_revert (plan, adopt);
      again = plan_fixture_fingerprint (plan);
      g_assert_cmpstr (before, ==, again);
      kilter_plan_free (plan);
    }
}

static double
zero (double value)
{
  return isnan (value) ? 0 : value;
}

/* In every scenario and month: what is there and what came, less what went out, is what is left;
 * what was owed and what was ordered, less what went out, is what is owed, or was lost. */
static void
test_stock (void)
{
  static const KilterMeasure measures[] = { KILTER_STOCK,   KILTER_SUPPLY,    KILTER_UNMET,
                                            KILTER_BACKLOG, KILTER_SHIPMENTS, KILTER_DEMAND };
  enum
  {
    STOCK,
    SUPPLY,
    UNMET,
    BACKLOG,
    SHIPMENTS,
    DEMAND,
    N
  };
  int checked = 0;

  for (int p = 0; p < N_PLANS; p++)
    {
      KilterPlan *plan = make_plan ();
      KilterVersion versions[3] = { KILTER_BASELINE };

      versions[1] = add_scenario (plan, KILTER_BASELINE, 1);
      versions[2] = add_scenario (plan, versions[1], 2);
      for (int v = 0; v < 3; v++)
        for (int i = 0; i < N_EDITS; i++)
          edit (plan, versions[v]);
      for (int v = 0; v < 3; v++)
        for (int product = CUP; product <= JUICE; product++)
          {
            KilterScope scope = { .product = product };
            double values[N][36];

            for (int m = 0; m < N; m++)
              kilter_plan_aggregate (plan, versions[v], measures[m], &scope, values[m]);
            for (int t = 25; t < 36; t++)
              {
                double shipped = zero (values[SHIPMENTS][t]);
                double owed = zero (values[BACKLOG][t]), before = zero (values[BACKLOG][t - 1]);
                double lost = before + zero (values[DEMAND][t]) - shipped - owed;

                if (isnan (values[STOCK][t]) || isnan (values[STOCK][t - 1]))
                  continue;
                g_assert_cmpfloat_with_epsilon (
                  values[STOCK][t], values[STOCK][t - 1] + zero (values[SUPPLY][t]) - shipped,
                  1e-6);
                g_assert_cmpfloat (values[STOCK][t], >=, -1e-9);
                g_assert_cmpfloat (owed, >=, -1e-9);
                /* nothing is owed and there at the same time; nothing is lost that is owed */
                g_assert_cmpfloat (MIN (owed, values[STOCK][t]), <, 1e-6);
                g_assert_cmpfloat (lost, >=, -1e-6);
                g_assert_cmpfloat (MIN (lost, owed), <, 1e-6);
                checked++;
              }
          }
      kilter_plan_free (plan);
    }
  g_assert_cmpint (checked, >, N_PLANS * 3 * 3 * 5);
}

static void
check_bridge (const KilterBridge *bridge)
{
  g_assert_cmpfloat_with_epsilon (bridge->from + bridge->volume + bridge->mix + bridge->price +
                                    bridge->cost + bridge->new_products + bridge->unmet,
                                  bridge->to, 1e-6 * (1 + fabs (bridge->to)));
}

/* the parts of a bridge sum to the difference, for any budget, price and part of the plan */
static void
test_bridges (void)
{
  int made = 0;

  for (int p = 0; p < N_PLANS; p++)
    {
      KilterPlan *plan = make_plan ();
      g_autoptr (KilterCommand) command = kilter_command_new ("test", "x");
      KilterVersion scenario = add_scenario (plan, KILTER_BASELINE, 1);

      for (int row = 1; row <= 4; row++)
        for (int t = 24; t < 36; t++)
          if (any (0, 9) > 0)
            {
              kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_BUDGET,
                                        KILTER_LAYER_FACT, row, t, any (0, 900));
              kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_BUDGET_REVENUE,
                                        KILTER_LAYER_FACT, row, t, any (0, 9000));
            }
      KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
        kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, product->id,
                                         KILTER_PRODUCT_PRICE, any (1, 40));
      kilter_plan_apply (plan, command);
      for (int i = 0; i < N_EDITS; i++)
        edit (plan, i % 2 == 0 ? scenario : KILTER_BASELINE);
      for (int part = 0; part < 4; part++)
        {
          const KilterScope scopes[] = {
            { 0 }, { .family = ICE }, { .family = DRINKS }, { .region = NORTH }
          };
          KilterVersion version = p % 2 == 0 ? scenario : KILTER_BASELINE;
          KilterBridge bridge;

          if (!kilter_plan_margin_bridge (plan, version, &scopes[part], 24 + p % 6, 6, &bridge))
            continue;
          check_bridge (&bridge);
          g_assert_true (
            kilter_plan_revenue_bridge (plan, version, &scopes[part], 24 + p % 6, 6, &bridge));
          g_assert_cmpfloat (bridge.cost, ==, 0);
          check_bridge (&bridge);
          made++;
        }
      kilter_plan_free (plan);
    }
  g_assert_cmpint (made, >, N_PLANS);
}

/* price, volume and mix of products by chance, those with nothing sold included */
static void
test_price_volume_mix (void)
{
  for (int i = 0; i < 500; i++)
    {
      double base_quantity[6], base_price[6], quantity[6], price[6];
      double by_price, by_volume, by_mix, difference = 0;
      int n = any (1, 6);

      for (int k = 0; k < n; k++)
        {
          base_quantity[k] = any (0, 3) == 0 ? 0 : any (1, 1000);
          quantity[k] = any (0, 3) == 0 ? 0 : any (1, 1000);
          base_price[k] = any (1, 500) / 10.0;
          price[k] = any (1, 500) / 10.0;
          difference += quantity[k] * price[k] - base_quantity[k] * base_price[k];
        }
      kilter_price_volume_mix (base_quantity, base_price, quantity, price, (gsize) n, &by_price,
                               &by_volume, &by_mix);
      g_assert_cmpfloat_with_epsilon (by_price + by_volume + by_mix, difference, 1e-6);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/scenario/parent", test_parent);
  g_test_add_func ("/property/scenario/adopt-undo", test_adopt_undo);
  g_test_add_func ("/property/stock", test_stock);
  g_test_add_func ("/property/bridge", test_bridges);
  g_test_add_func ("/property/price-volume-mix", test_price_volume_mix);
  return g_test_run ();
}
