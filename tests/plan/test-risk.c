/* test-risk.c: what risks and opportunities may do to revenue and margin
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"
#include "plan/review/kilter-risk.h"

#include <math.h>

/* 600 over three months, half likely; a risk of −300 in one month; one with a low and a high. */
static void
test_risk_range (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope all = { 0 }, drinks = { .family = DRINKS };
  double low[4], high[4], weighted_low[4], weighted_high[4];

  plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "opportunity", "text", "Chain", "family", "1",
                    "first", "2026-04", "last", "2026-06", "effect", "600", "likelihood", "0.5",
                    "state", "open", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "risk", "text", "Stop", "family", "2", "first",
                    "2026-05", "last", "2026-05", "effect", "-300", "likelihood", "0.1", "state",
                    "open", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "risk", "text", "Closed", "first", "2026-05",
                    "last", "2026-05", "effect", "-9000", "likelihood", "1", "state", "closed",
                    NULL);
  plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "risk", "text", "Price", "first", "2026-07",
                    "last", "2026-07", "effect", "-100", "low", "-400", "high", "50", "likelihood",
                    "0.2", "state", "open", NULL);
  kilter_risk_range (plan, &all, KILTER_MARGIN, 24, 4, low, high, weighted_low, weighted_high);
  g_assert_cmpfloat (high[0], ==, 200);
  g_assert_cmpfloat (weighted_high[0], ==, 100);
  g_assert_cmpfloat (low[0], ==, 0);
  g_assert_cmpfloat (low[1], ==, -300);
  g_assert_cmpfloat_with_epsilon (weighted_low[1], -30, 1e-9);
  g_assert_cmpfloat (low[3], ==, -400);
  g_assert_cmpfloat (high[3], ==, 50);
  g_assert_cmpfloat_with_epsilon (weighted_low[3], -20, 1e-9);
  kilter_risk_range (plan, &drinks, KILTER_MARGIN, 24, 4, low, high, weighted_low, weighted_high);
  g_assert_cmpfloat (high[0], ==, 0);
  g_assert_cmpfloat (low[1], ==, -300);
  kilter_plan_free (plan);
}

/* Revenue as typed, else volume at the price of its family and month, else not known. */
static void
test_revenue (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope all = { 0 }, ice = { .family = ICE };
  double low[3], high[3], weighted_low[3], weighted_high[3];
  /* April 2026 is bucket 24: cups 244 + 264 at 10, cones 444 + 464 at 20 */
  double price = (508 * 10 + 908 * 20) / (508.0 + 908.0);
  int hot, stop, pulp;

  hot = plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "opportunity", "text", "Hot", "family",
                          "1", "first", "2026-04", "last", "2026-04", "volume", "60", "effect",
                          "200", "likelihood", "0.5", "state", "open", NULL);
  stop = plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "risk", "text", "Stop", "family", "2",
                           "first", "2026-05", "last", "2026-06", "volume", "-999", "revenue",
                           "-800", "likelihood", "0.25", NULL);
  pulp = plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "risk", "text", "Pulp", "effect",
                           "-500", "likelihood", "1", "state", "open", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "assumption", "text", "As before", "revenue",
                    "7777", NULL);
  g_assert_cmpfloat_with_epsilon (
    kilter_risk_get_effect (plan, kilter_plan_get_record (plan, KILTER_TABLE_RISK, hot),
                            KILTER_REVENUE),
    60 * price, 1e-9);
  g_assert_cmpfloat (kilter_risk_get_effect (plan,
                                             kilter_plan_get_record (plan, KILTER_TABLE_RISK, stop),
                                             KILTER_REVENUE),
                     ==, -800);
  /* a cost that rises says nothing of revenue: not zero, not known */
  g_assert_true (isnan (kilter_risk_get_effect (
    plan, kilter_plan_get_record (plan, KILTER_TABLE_RISK, pulp), KILTER_REVENUE)));
  kilter_risk_range (plan, &all, KILTER_REVENUE, 24, 3, low, high, weighted_low, weighted_high);
  g_assert_cmpfloat_with_epsilon (high[0], 60 * price, 1e-9);
  g_assert_cmpfloat_with_epsilon (weighted_high[0], 30 * price, 1e-9);
  g_assert_cmpfloat (low[0], ==, 0);
  g_assert_cmpfloat (low[1], ==, -400);
  g_assert_cmpfloat (weighted_low[2], ==, -100);
  kilter_risk_range (plan, &ice, KILTER_REVENUE, 24, 3, low, high, weighted_low, weighted_high);
  g_assert_cmpfloat (low[1], ==, 0);
  kilter_plan_free (plan);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/risk/range", test_risk_range);
  g_test_add_func ("/risk/revenue", test_revenue);
  return g_test_run ();
}
