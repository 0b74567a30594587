/* test-supply-known.c: planning problems with published answers
 *
 * Data and answers from the sources named at each test; conventions: demand is due within the
 * bucket, holding and backlog are charged at its end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply-support.h"

#include <math.h>

static KilterSupplyPlan *
solve (const KilterSupplyProblem *p)
{
  KilterSupplyPlan *plan = kilter_supply_solve (p, NULL);

  g_assert_cmpint (plan->status, ==, KILTER_SUPPLY_STATUS_OPTIMAL);
  supply_assert_balances (p, plan);

  return plan;
}

static double
optimum (const KilterSupplyProblem *p)
{
  g_autoptr (KilterSupplyPlan) plan = solve (p);

  return plan->objective;
}

/* Chopra & Meindl, Supply Chain Management, aggregate planning, Red Tomato Tools */
static KilterSupplyProblem *
red_tomato (void)
{
  static const double demand[] = { 1600, 3000, 3200, 3800, 2200, 2200 };
  KilterSupplyProblem *p = kilter_supply_problem_new (1, 6, 1);
  KilterSupplyResource *labour = &p->resources[0];

  supply_set_row (p->demand, 6, 0, demand);
  p->opening_stock[0] = 1000;
  p->holding_cost[0] = 2;
  p->backlog_cost[0] = 5;
  p->end_backlog_cost[0] = 10000;
  /* at least 500 at the end */
  p->stock_minimum[5] = p->stock_target[5] = 500;
  p->minimum_cost[0] = p->shortfall_cost[0] = 10000;
  p->backlog_cost[0] = 5;
  labour->kind = KILTER_SUPPLY_LABOUR;
  labour->wage = 4;
  labour->hire_cost = 300;
  labour->fire_cost = 500;
  labour->opening_workers = 80;
  labour->overtime_share = 10.0 / 160.0;
  labour->overtime_cost = 6;
  labour->integer = TRUE;
  supply_fill_row (p->capacity, 6, 0, 160);
  supply_add_make (p, 0, 10, 0, 0, 4);
  supply_add_buy (p, 0, KILTER_SUPPLY_SUBCONTRACT, 30, 0);

  return p;
}

static void
test_red_tomato (void)
{
  g_autoptr (KilterSupplyProblem) p = red_tomato ();
  g_autoptr (KilterSupplyPlan) plan = solve (p);
  double stock = 0.0;
  double before = 1000;

  supply_assert_near (plan->objective, 422275.0, 1e-9);
  for (guint t = 0; t < 6; t++)
    {
      g_assert_cmpfloat_with_epsilon (plan->workers[t], 64.5833, 1e-3);
      stock += (before + plan->stock[t]) / 2;
      before = plan->stock[t];
    }
  g_assert_cmpfloat_with_epsilon (plan->backlog[3], 266.667, 1e-2);
  g_assert_cmpfloat_with_epsilon (stock / 6, 894.4, 0.1);

  p->holding_cost[0] = 6;
  supply_assert_near (optimum (p), 441200.0, 1e-9);
  p->holding_cost[0] = 2;
  p->resources[0].hire_cost = p->resources[0].fire_cost = 50;
  supply_assert_near (optimum (p), 412687.5, 1e-9);
  p->resources[0].hire_cost = 300;
  p->resources[0].fire_cost = 500;
  g_array_index (p->routes, KilterSupplyRoute, 1).allowed = FALSE;
  supply_assert_near (optimum (p), 422275.0, 1e-9);
}

static void
test_red_tomato_whole_workers (void)
{
  g_autoptr (KilterSupplyProblem) p = red_tomato ();
  g_autoptr (KilterSupplyPlan) plan = NULL;

  p->use_integers = TRUE;
  g_array_index (p->routes, KilterSupplyRoute, 0).integer = TRUE;
  g_array_index (p->routes, KilterSupplyRoute, 1).integer = TRUE;
  plan = solve (p);
  supply_assert_near (plan->objective, 422660.0, 1e-9);
  g_assert_cmpfloat (plan->workers[0], ==, 64.0);

  p->holding_cost[0] = 6;
  supply_assert_near (optimum (p), 441260.0, 1e-9);
  p->holding_cost[0] = 2;
  p->resources[0].hire_cost = p->resources[0].fire_cost = 50;
  supply_assert_near (optimum (p), 412770.0, 1e-9);
  p->resources[0].hire_cost = 300;
  p->resources[0].fire_cost = 500;
  g_array_index (p->routes, KilterSupplyRoute, 1).allowed = FALSE;
  supply_assert_near (optimum (p), 422740.0, 1e-9);
}

/* Heizer & Render, Operations Management, aggregate planning examples 1-4, roofing supplier */
static KilterSupplyProblem *
roofing (void)
{
  static const double demand[] = { 900, 700, 800, 1200, 1500, 1100 };
  static const double days[] = { 22, 18, 21, 21, 22, 20 };
  KilterSupplyProblem *p = kilter_supply_problem_new (1, 6, 1);
  KilterSupplyResource *labour = &p->resources[0];

  supply_set_row (p->demand, 6, 0, demand);
  supply_set_row (p->bucket_days, 6, 0, days);
  p->holding_cost[0] = 5;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 10000;
  labour->kind = KILTER_SUPPLY_LABOUR;
  labour->wage = 5;
  for (guint t = 0; t < 6; t++)
    p->capacity[t] = 8 * days[t];
  supply_add_make (p, 0, 0, 0, 0, 1.6);

  return p;
}

static void
test_roofing (void)
{
  static const double rates[] = { 41, 39, 38, 57, 68, 55 };
  g_autoptr (KilterSupplyProblem) p = roofing ();
  g_autoptr (KilterSupplyPlan) level = NULL;
  g_autoptr (KilterSupplyPlan) chase = NULL;
  double daily_change = 0.0;

  p->strategy[0] = KILTER_SUPPLY_LEVEL;
  p->resources[0].level = TRUE;
  p->resources[0].idle = FALSE;
  level = solve (p);
  supply_assert_near (level->objective, 58850.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (level->workers[0], 10.0, 1e-9);

  /* chase by formula: 5 units a worker and day; raising the rate 300, lowering it 600 a unit */
  p->strategy[0] = KILTER_SUPPLY_CHASE;
  p->resources[0].level = FALSE;
  p->resources[0].hire_cost = 1500;
  p->resources[0].fire_cost = 3000;
  p->resources[0].opening_workers = 900.0 / 22 / 5;
  chase = solve (p);
  g_assert_cmpfloat_with_epsilon (chase->cost[KILTER_SUPPLY_COST_WAGES], 49600.0, 1e-6);
  g_assert_cmpfloat (chase->cost[KILTER_SUPPLY_COST_HOLDING], <, 1e-6);
  for (guint t = 0; t < 6; t++)
    g_assert_cmpfloat (fabs (chase->workers[t] * 5 - rates[t]), <, 0.51);
  for (guint t = 1; t < 6; t++)
    daily_change += rates[t] > rates[t - 1] ? 300 * (rates[t] - rates[t - 1])
                                            : 600 * (rates[t - 1] - rates[t]);
  g_assert_cmpfloat (49600 + daily_change, ==, 68200);
}

/* the same company at the lowest month's rate and subcontracting: a total balance */
static void
test_roofing_subcontract (void)
{
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 1, 1);

  p->demand[0] = 6200;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 1e4;
  p->resources[0].kind = KILTER_SUPPLY_LABOUR;
  p->resources[0].wage = 5;
  p->resources[0].opening_workers = 7.6;
  p->resources[0].hire_limit = p->resources[0].fire_limit = 0;
  p->capacity[0] = 8 * 124;
  supply_add_make (p, 0, 0, 0, 0, 1.6);
  supply_add_buy (p, 0, KILTER_SUPPLY_SUBCONTRACT, 10, 0);
  supply_assert_near (optimum (p), 52576.0, 1e-9);
}

/* Heizer & Render, transportation form, Farnsworth Tire */
static void
test_tire (void)
{
  static const double demand[] = { 800, 1000, 750 };
  static const double limits[] = { 150, 150, 130 };
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 3, 1);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  guint k;

  supply_set_row (p->demand, 3, 0, demand);
  p->opening_stock[0] = 100;
  p->holding_cost[0] = 2;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 1000;
  supply_fill_row (p->capacity, 3, 0, 700);
  p->resources[0].overtime_share = 50.0 / 700;
  p->resources[0].overtime_cost = 10;
  supply_add_make (p, 0, 40, 0, 0, 1);
  k = supply_add_buy (p, 0, KILTER_SUPPLY_SUBCONTRACT, 70, 0);
  for (guint t = 0; t < 3; t++)
    {
      KilterSupplyBound bound = { KILTER_SUPPLY_BOUND_ROUTE, k, t, 0, limits[t], 1 };

      kilter_supply_problem_add_bound (p, &bound);
    }
  plan = solve (p);
  supply_assert_near (plan->objective, 105700.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (plan->resource_price[1], 32.0, 1e-6);
}

/* Russell & Taylor, Operations Management, Good and Rich Candy */
static KilterSupplyProblem *
candy (void)
{
  static const double demand[] = { 80000, 50000, 120000, 150000 };
  KilterSupplyProblem *p = kilter_supply_problem_new (1, 4, 1);
  KilterSupplyResource *labour = &p->resources[0];

  supply_set_row (p->demand, 4, 0, demand);
  p->holding_cost[0] = 0.5;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 1000;
  labour->kind = KILTER_SUPPLY_LABOUR;
  labour->hire_cost = 100;
  labour->fire_cost = 500;
  labour->opening_workers = 100;
  labour->idle = FALSE;
  supply_fill_row (p->capacity, 4, 0, 1000);
  supply_add_make (p, 0, 2, 0, 0, 1);

  return p;
}

static void
test_candy (void)
{
  g_autoptr (KilterSupplyProblem) p = candy ();

  p->strategy[0] = KILTER_SUPPLY_LEVEL;
  supply_assert_near (optimum (p), 870000.0, 1e-9);
  p->strategy[0] = KILTER_SUPPLY_CHASE;
  supply_assert_near (optimum (p), 835000.0, 1e-9);
  p->strategy[0] = KILTER_SUPPLY_MIXED;
  supply_assert_near (optimum (p), 832000.0, 1e-9);
}

/* Nahmias, Production and Operations Analysis, Densepack */
static KilterSupplyProblem *
densepack (const double *units)
{
  static const double demand[] = { 1280, 640, 900, 1200, 2000, 1400 };
  KilterSupplyProblem *p = kilter_supply_problem_new (1, 6, 1);
  KilterSupplyResource *labour = &p->resources[0];

  supply_set_row (p->demand, 6, 0, demand);
  p->opening_stock[0] = 500;
  p->holding_cost[0] = 80;
  p->stock_minimum[5] = p->stock_target[5] = 600;
  p->minimum_cost[0] = p->shortfall_cost[0] = 1e5;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 1e6;
  labour->kind = KILTER_SUPPLY_LABOUR;
  labour->hire_cost = 500;
  labour->fire_cost = 1000;
  labour->opening_workers = 300;
  labour->idle = FALSE;
  supply_set_row (p->capacity, 6, 0, units);
  supply_add_make (p, 0, 0, 0, 0, 1);

  return p;
}

static void
test_densepack (void)
{
  static const double printed[] = { 2.931, 3.517, 2.638, 3.810, 3.224, 2.198 };
  static const double days[] = { 20, 24, 18, 26, 22, 15 };
  double exact[6];

  {
    g_autoptr (KilterSupplyProblem) p = densepack (printed);
    g_autoptr (KilterSupplyPlan) plan = solve (p);

    supply_assert_near (plan->objective, 379320.90, 1e-7);
    for (guint t = 0; t < 6; t++)
      g_assert_cmpfloat_with_epsilon (plan->workers[t], t < 4 ? 272.953 : 737.735, 1e-3);
  }
  for (guint t = 0; t < 6; t++)
    exact[t] = 0.14653 * days[t];
  {
    g_autoptr (KilterSupplyProblem) p = densepack (exact);

    supply_assert_near (optimum (p), 379291.92, 1e-7);
    /* the trap: an idle worker costs nothing here */
    p->resources[0].idle = TRUE;
    p->resources[0].integer = TRUE;
    p->use_integers = TRUE;
    supply_assert_near (optimum (p), 297233.03, 1e-7);
  }
}

static void
test_densepack_strategies (void)
{
  static const double units[] = { 2.931, 3.517, 2.638, 3.810, 3.224, 2.198 };
  g_autoptr (KilterSupplyProblem) p = densepack (units);
  g_autoptr (KilterSupplyPlan) chase = NULL;
  g_autoptr (KilterSupplyPlan) level = NULL;
  double hired = 0.0;
  double fired = 0.0;

  p->strategy[0] = KILTER_SUPPLY_CHASE;
  p->use_integers = TRUE;
  p->resources[0].integer = TRUE;
  p->resources[0].idle = TRUE;
  chase = solve (p);
  for (guint t = 0; t < 6; t++)
    {
      hired += chase->hired[t];
      fired += chase->fired[t];
    }
  /* the book rounds up month by month; whole numbers chosen together cost no more */
  g_assert_cmpfloat (500 * hired + 1000 * fired, <=, 522500 + 1e-6);

  p->strategy[0] = KILTER_SUPPLY_MIXED;
  p->resources[0].level = TRUE;
  p->resources[0].idle = FALSE;
  level = solve (p);
  g_assert_cmpfloat_with_epsilon (level->workers[0], 411.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (level->cost[KILTER_SUPPLY_COST_HIRING], 55500.0, 1e-3);
  g_assert_cmpfloat (fabs (level->objective - 580460.0) / 580460.0, <, 5e-3);
}

/* Winston, Operations Research, Sailco */
static void
test_sailco (void)
{
  static const double demand[] = { 40, 60, 75, 25 };
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 4, 1);
  g_autoptr (KilterSupplyProblem) later = kilter_supply_problem_new (1, 3, 1);

  supply_set_row (p->demand, 4, 0, demand);
  p->opening_stock[0] = 10;
  p->holding_cost[0] = 20;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 1e5;
  supply_fill_row (p->capacity, 4, 0, 40);
  p->resources[0].overtime_share = 1e3;
  p->resources[0].overtime_cost = 50;
  supply_add_make (p, 0, 400, 0, 0, 1);
  supply_assert_near (optimum (p), 78450.0, 1e-9);

  /* rolling: the first quarter frozen */
  supply_set_row (later->demand, 3, 0, demand + 1);
  later->opening_stock[0] = 10;
  later->holding_cost[0] = 20;
  later->lost_sales[0] = 1;
  later->lost_cost[0] = 1e5;
  supply_fill_row (later->capacity, 3, 0, 40);
  later->resources[0] = p->resources[0];
  supply_add_make (later, 0, 400, 0, 0, 1);
  supply_assert_near (optimum (later), 62250.0, 1e-9);
}

/* Fourer, Gay & Kernighan, AMPL, chapter 4, steelT: profit as demand worth its revenue */
static void
test_steel (void)
{
  static const double revenue[2][4] = { { 25, 26, 27, 27 }, { 30, 35, 37, 39 } };
  static const double market[2][4] = { { 6000, 6000, 4000, 6500 }, { 4000, 2500, 3500, 4200 } };
  static const double hours[] = { 40, 40, 32, 40 };
  static const double worth[] = { 2660, 3080, 3400, 3400 };
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (2, 4, 1);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  double turnover = 0.0;
  double profit;

  kilter_supply_problem_use_lost_cost_by_bucket (p);
  for (guint i = 0; i < 2; i++)
    {
      supply_set_row (p->demand, 4, i, market[i]);
      supply_set_row (p->lost_cost_by_bucket, 4, i, revenue[i]);
      p->lost_sales[i] = 1;
      for (guint t = 0; t < 4; t++)
        turnover += market[i][t] * revenue[i][t];
    }
  supply_set_row (p->capacity, 4, 0, hours);
  p->opening_stock[0] = 10;
  p->holding_cost[0] = 2.5;
  p->holding_cost[1] = 3;
  supply_add_make (p, 0, 10, 0, 0, 1.0 / 200);
  supply_add_make (p, 1, 11, 0, 0, 1.0 / 140);
  plan = solve (p);
  profit = turnover - plan->objective;
  g_assert_cmpfloat_with_epsilon (profit, 515033.0, 0.5);
  for (guint t = 0; t < 4; t++)
    g_assert_cmpfloat_with_epsilon (plan->resource_price[t], worth[t], 1e-4);
  p->capacity[2] = 33;
  g_assert_cmpfloat_with_epsilon (turnover - optimum (p) - profit, 3400.0, 1e-4);
}

/* Hopp & Spearman, Factory Physics, 16.2, one product and six periods */
static void
test_product_mix (void)
{
  static const double demand[] = { 80, 100, 120, 140, 90, 140 };
  static const double capacity[] = { 100, 100, 100, 120, 120, 120 };
  static const double worth[] = { 7, 8, 9, 10, 0, 1 };
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 6, 1);
  g_autoptr (KilterSupplyPlan) plan = NULL;

  supply_set_row (p->demand, 6, 0, demand);
  supply_set_row (p->capacity, 6, 0, capacity);
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 10;
  p->holding_cost[0] = 1;
  supply_add_make (p, 0, 0, 0, 0, 1);
  plan = solve (p);
  g_assert_cmpfloat_with_epsilon (6700 - plan->objective, 6440, 1e-9);
  g_assert_cmpfloat_with_epsilon (plan->lost[3], 20, 1e-9);
  for (guint t = 0; t < 6; t++)
    g_assert_cmpfloat_with_epsilon (plan->resource_price[t], worth[t], 1e-6);
}

/* Silver, Pyke & Peterson, time-varying demand with a fixed cost: Wagner-Whitin */
static void
test_lot_sizing (void)
{
  static const double demand[] = { 10, 62, 12, 130, 154, 129, 88, 52, 124, 160, 238, 41 };
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 12, 0);
  KilterSupplyRoute route;

  supply_set_row (p->demand, 12, 0, demand);
  p->holding_cost[0] = 0.4;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 1000;
  p->use_integers = TRUE;
  kilter_supply_route_init (&route, 0, KILTER_SUPPLY_MAKE);
  route.setup_cost = 54;
  kilter_supply_problem_add_route (p, &route);
  supply_assert_near (optimum (p), 501.20, 1e-9);
}

/* the worked examples T18: level with backorders, holding on the average of begin and end */
static void
test_level_backorders (void)
{
  static const double demand[] = { 200, 200, 300, 400, 500, 200 };
  static const double stock[] = { 100, 200, 200, 100, 0, 0 };
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 6, 1);
  g_autoptr (KilterSupplyPlan) plan = NULL;
  double quantity[] = { 300, 300, 300, 300, 300, 300 };
  double average = 0.0;

  supply_set_row (p->demand, 6, 0, demand);
  p->holding_cost[0] = 1;
  p->backlog_cost[0] = 5;
  supply_fill_row (p->capacity, 6, 0, 300);
  supply_add_make (p, 0, 2, 0, 0, 1);
  plan = kilter_supply_evaluate (p, quantity);
  supply_assert_balances (p, plan);
  for (guint t = 0; t < 6; t++)
    {
      g_assert_cmpfloat (plan->stock[t], ==, stock[t]);
      g_assert_cmpfloat (plan->backlog[t], ==, t == 4 ? 100.0 : 0.0);
      average += ((t > 0 ? plan->stock[t - 1] : 0.0) + plan->stock[t]) / 2;
    }
  g_assert_cmpfloat (plan->cost[KILTER_SUPPLY_COST_PRODUCTION] +
                       plan->cost[KILTER_SUPPLY_COST_BACKLOG] + average,
                     ==, 4700.0);
  kilter_supply_plan_free (g_steal_pointer (&plan));

  /* 280 regular and 40 overtime at 3 in periods 3 to 5 */
  supply_fill_row (p->capacity, 6, 0, 280);
  p->resources[0].overtime_share = 0.5;
  p->resources[0].overtime_cost = 1;
  for (guint t = 0; t < 6; t++)
    quantity[t] = t >= 2 && t <= 4 ? 320 : 280;
  plan = kilter_supply_evaluate (p, quantity);
  g_assert_cmpfloat (plan->backlog[4], ==, 80.0);
  g_assert_cmpfloat (plan->overtime[3], ==, 40.0);
  average = 0.0;
  for (guint t = 0; t < 6; t++)
    average += ((t > 0 ? plan->stock[t - 1] : 0.0) + plan->stock[t]) / 2;
  g_assert_cmpfloat (plan->cost[KILTER_SUPPLY_COST_PRODUCTION] +
                       plan->cost[KILTER_SUPPLY_COST_OVERTIME] +
                       plan->cost[KILTER_SUPPLY_COST_BACKLOG] + average,
                     ==, 4640.0);
}

/* X5: a least lot */
static void
test_least_lot (void)
{
  g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 4, 0);
  KilterSupplyRoute route;

  supply_fill_row (p->demand, 4, 0, 30);
  p->holding_cost[0] = 1;
  p->lost_sales[0] = 1;
  p->lost_cost[0] = 1000;
  p->use_integers = TRUE;
  kilter_supply_route_init (&route, 0, KILTER_SUPPLY_MAKE);
  route.lot_minimum = 50;
  kilter_supply_problem_add_route (p, &route);
  supply_assert_near (optimum (p), 60.0, 1e-9);
}

/* the cheapest of all whole quantities, tried one by one; sales are lost where stock does not reach
 */
static double
try_all (const double *demand, guint n, guint most, guint lot, double lost_cost)
{
  double best = INFINITY;
  guint n_ways = 1;

  for (guint t = 0; t < n; t++)
    n_ways *= most + 1;
  for (guint way = 0; way < n_ways; way++)
    {
      double stock = 0.0, cost = 0.0;
      guint rest = way;

      for (guint t = 0; t < n; t++, rest /= most + 1)
        {
          guint made = rest % (most + 1);

          if (made > 0 && made < lot)
            cost = INFINITY;
          stock += made - demand[t];
          cost += 2.0 * made + MAX (stock, 0.0) + lost_cost * MAX (-stock, 0.0);
          stock = MAX (stock, 0.0);
        }
      best = MIN (best, cost);
    }
  return best;
}

/* least lots of tiny companies with whole numbers */
static void
test_brute_force (void)
{
  SupplyRandom random = { 17 };

  for (guint n = 0; n < 60; n++)
    {
      guint most = 5 + (guint) (supply_random (&random) * 4), lot = 2 + n % 4;
      double demand[4];
      g_autoptr (KilterSupplyProblem) p = kilter_supply_problem_new (1, 4, 1);

      for (guint t = 0; t < 4; t++)
        demand[t] = floor (supply_random (&random) * 7);
      supply_set_row (p->demand, 4, 0, demand);
      p->holding_cost[0] = 1;
      p->lost_sales[0] = 1;
      p->lost_cost[0] = 12;
      p->use_integers = TRUE;
      supply_fill_row (p->capacity, 4, 0, most);
      supply_add_make (p, 0, 2, 0, 0, 1);
      g_array_index (p->routes, KilterSupplyRoute, 0).lot_minimum = lot;
      supply_assert_near (optimum (p), try_all (demand, 4, most, lot, 12), 1e-7);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/supply/known/red-tomato", test_red_tomato);
  g_test_add_func ("/supply/known/red-tomato-whole-workers", test_red_tomato_whole_workers);
  g_test_add_func ("/supply/known/roofing", test_roofing);
  g_test_add_func ("/supply/known/roofing-subcontract", test_roofing_subcontract);
  g_test_add_func ("/supply/known/tire", test_tire);
  g_test_add_func ("/supply/known/candy", test_candy);
  g_test_add_func ("/supply/known/densepack", test_densepack);
  g_test_add_func ("/supply/known/densepack-strategies", test_densepack_strategies);
  g_test_add_func ("/supply/known/sailco", test_sailco);
  g_test_add_func ("/supply/known/steel", test_steel);
  g_test_add_func ("/supply/known/product-mix", test_product_mix);
  g_test_add_func ("/supply/known/lot-sizing", test_lot_sizing);
  g_test_add_func ("/supply/known/level-backorders", test_level_backorders);
  g_test_add_func ("/supply/known/least-lot", test_least_lot);
  g_test_add_func ("/supply/known/brute-force", test_brute_force);

  return g_test_run ();
}
