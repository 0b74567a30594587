/* test-review.c: the demand review with numbers worked out by hand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"
#include "plan/review/kilter-insight.h"
#include "plan/review/kilter-review.h"
#include "plan/kilter-tasks.h"

#include <math.h>

#define CYCLE 24
#define NEAR(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-9)

static void
set (KilterPlan *plan,
     KilterVersion version,
     KilterMeasure measure,
     KilterLayer layer,
     int row,
     int t,
     double value)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "");

  kilter_command_set_value (command, plan, version, measure, layer, row, t, value);
  kilter_command_set_stamp (command, "Ann", "2026-04-02T09:00:00Z");
  kilter_plan_apply (plan, command);
}

static void
fact (KilterPlan *plan, KilterVersion version, KilterMeasure measure, int row, int t, double value)
{
  set (plan, version, measure, KILTER_LAYER_FACT, row, t, value);
}

static void
type (KilterPlan *plan, KilterMeasure measure, int row, int t, double value)
{
  set (plan, KILTER_BASELINE, measure, KILTER_LAYER_INPUT, row, t, value);
}

static double
get (KilterPlan *plan, KilterMeasure measure, int row, int t)
{
  return kilter_plan_get_value (plan, KILTER_BASELINE, measure, row, t);
}

static int
add_approved (KilterPlan *plan, const char *cycle)
{
  g_autofree char *at = g_strdup_printf ("%s-26T16:00:00Z", cycle);

  return plan_fixture_add (plan, KILTER_TABLE_VERSION, "kind", "approved", "name", cycle, "cycle",
                           cycle, "at", at, NULL);
}

/* series of the fixture: product by product, north before south */
enum
{
  CUP_NORTH = 1,
  CUP_SOUTH = 2,
  CONE_NORTH = 3,
};

/* --- weights --- */

static void
test_weights (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("weights", "");
  g_autofree char *own = kilter_input_weight_key (KILTER_MARKETING_INPUT, ICE);
  double final = get (plan, KILTER_FINAL, CUP_NORTH, CYCLE);

  NEAR (final, 244);
  type (plan, KILTER_SALES_INPUT, CUP_NORTH, CYCLE, final + 100);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE), final + 35);
  type (plan, KILTER_MARKETING_INPUT, CUP_NORTH, CYCLE, final - 40);
  type (plan, KILTER_FINANCE_INPUT, CUP_NORTH, CYCLE, final + 10);
  type (plan, KILTER_CUSTOMER_INPUT, CUP_NORTH, CYCLE, final + 20);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE), final + 35);

  kilter_command_set_setting (command, plan, "weight-sales", "0.2");
  kilter_command_set_setting (command, plan, "weight-customer", "0.5");
  kilter_command_set_setting (command, plan, own, "0.25");
  kilter_plan_apply (plan, command);
  NEAR (kilter_plan_get_input_weight (plan, KILTER_MARKETING_INPUT, ICE), 0.25);
  NEAR (kilter_plan_get_input_weight (plan, KILTER_MARKETING_INPUT, DRINKS), 0);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE), final + 20 - 10 + 10);
  kilter_plan_revert (plan, command);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE), final + 35);
  kilter_plan_free (plan);
}

/* --- events --- */

static void
test_event_share (void)
{
  KilterPlan *plan = plan_fixture_new ();
  int n = kilter_plan_get_n_buckets (plan);
  g_autofree double *own = g_new (double, n), *lost = g_new (double, n);
  double cup = get (plan, KILTER_STATISTICAL, CUP_NORTH, CYCLE + 1) +
               get (plan, KILTER_STATISTICAL, CUP_SOUTH, CYCLE + 1);
  double cone = get (plan, KILTER_STATISTICAL, CONE_NORTH, CYCLE + 1) +
                get (plan, KILTER_STATISTICAL, CONE_NORTH + 1, CYCLE + 1);

  plan_fixture_add (plan, KILTER_TABLE_EVENT, "name", "Splash", "first", "2026-05", "last",
                    "2026-07", "unit", "share", "profile", "0.5 0.1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_EVENT_PRODUCT, "event", "1", "product", "1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_EVENT_PRODUCT, "event", "1", "product", "2", "lost", "0.2",
                    NULL);

  g_assert_true (isnan (get (plan, KILTER_EVENT, CUP_NORTH, CYCLE)));
  NEAR (get (plan, KILTER_EVENT, CUP_NORTH, CYCLE + 1),
        0.5 * get (plan, KILTER_STATISTICAL, CUP_NORTH, CYCLE + 1));
  NEAR (get (plan, KILTER_EVENT, CUP_NORTH, CYCLE + 2),
        0.1 * get (plan, KILTER_STATISTICAL, CUP_NORTH, CYCLE + 2));
  /* the profile is shorter than the event */
  NEAR (get (plan, KILTER_EVENT, CUP_NORTH, CYCLE + 3), 0);
  NEAR (get (plan, KILTER_EVENT, CONE_NORTH, CYCLE + 1),
        -0.2 * 0.5 * cup * get (plan, KILTER_STATISTICAL, CONE_NORTH, CYCLE + 1) / cone);
  NEAR (get (plan, KILTER_FINAL, CUP_NORTH, CYCLE + 1),
        1.5 * get (plan, KILTER_STATISTICAL, CUP_NORTH, CYCLE + 1));
  /* not an override, and a typed quantity wins */
  g_assert_true (isnan (get (plan, KILTER_OVERRIDE, CUP_NORTH, CYCLE + 1)));
  type (plan, KILTER_EVENT, CUP_NORTH, CYCLE + 1, 7);
  NEAR (get (plan, KILTER_EVENT, CUP_NORTH, CYCLE + 1), 7);

  kilter_plan_event_effect (plan, KILTER_BASELINE, 1, KILTER_IN_QUANTITY, own, lost);
  NEAR (own[CYCLE + 1], 0.5 * cup);
  NEAR (lost[CYCLE + 1], -0.1 * cup);
  /* cup: price 10, cost 6; cone: 20 and 12 */
  kilter_plan_event_effect (plan, KILTER_BASELINE, 1, KILTER_IN_MARGIN, own, lost);
  NEAR (own[CYCLE + 1], 0.5 * cup * 4);
  NEAR (lost[CYCLE + 1], -0.1 * cup * 8);
  kilter_plan_free (plan);
}

static void
test_event_quantity (void)
{
  KilterPlan *plan = plan_fixture_new ();
  double sum = 0;

  plan_fixture_add (plan, KILTER_TABLE_EVENT, "name", "Splash", "first", "2026-05", "unit",
                    "quantity", "profile", "1000", NULL);
  plan_fixture_add (plan, KILTER_TABLE_EVENT_PRODUCT, "event", "1", "product", "1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_EVENT_PRODUCT, "event", "1", "product", "2", NULL);
  for (int series = 1; series <= 4; series++)
    sum += get (plan, KILTER_EVENT, series, CYCLE + 1);
  NEAR (sum, 1000);
  /* the engine's next forecast moves what an event does to other products, too */
  fact (plan, KILTER_BASELINE, KILTER_STATISTICAL, CUP_NORTH, CYCLE + 1, 5000);
  sum = 0;
  for (int series = 1; series <= 4; series++)
    sum += get (plan, KILTER_EVENT, series, CYCLE + 1);
  NEAR (sum, 1000);
  kilter_plan_free (plan);
}

/* A proposed event does nothing, but its effect is known; one of the north does nothing in the
 * south. */
static void
test_event_proposed (void)
{
  KilterPlan *plan = plan_fixture_new ();
  int n = kilter_plan_get_n_buckets (plan);
  g_autofree double *own = g_new (double, n), *lost = g_new (double, n);

  plan_fixture_add (plan, KILTER_TABLE_EVENT, "name", "Splash", "state", "proposed", "first",
                    "2026-05", "unit", "share", "profile", "0.5", "region", "1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_EVENT_PRODUCT, "event", "1", "product", "1", NULL);
  g_assert_true (isnan (get (plan, KILTER_EVENT, CUP_NORTH, CYCLE + 1)));
  kilter_plan_event_effect (plan, KILTER_BASELINE, 1, KILTER_IN_QUANTITY, own, lost);
  NEAR (own[CYCLE + 1], 0.5 * get (plan, KILTER_STATISTICAL, CUP_NORTH, CYCLE + 1));
  NEAR (own[CYCLE], 0);
  kilter_plan_free (plan);
}

static void
test_event_measured (void)
{
  KilterPlan *plan = plan_fixture_new ();

  plan_fixture_add (plan, KILTER_TABLE_EVENT, "name", "Last year", "first", "2025-05", "measured",
                    "0.1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_EVENT_PRODUCT, "event", "1", "product", "1", NULL);
  NEAR (kilter_plan_event_measured (plan, 1), 0.1);
  /* 123 and 133 sold; without it 82 and 133 */
  type (plan, KILTER_CORRECTION, CUP_NORTH, 13, 82);
  NEAR (kilter_plan_event_measured (plan, 1), (123.0 + 133) / (82 + 133) - 1);
  kilter_plan_free (plan);
}

static double
forecast_may (KilterPlan *plan)
{
  const KilterForecastRequest request = { .version = KILTER_BASELINE };
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterForecastTask) task = kilter_forecast_task_new (plan, &request, &error);
  g_autoptr (KilterCommand) command = NULL;

  g_assert_no_error (error);
  g_assert_true (kilter_forecast_task_run (task, NULL, &error));
  g_assert_no_error (error);
  command = kilter_forecast_task_finish (task, plan);
  kilter_plan_apply (plan, command);
  return get (plan, KILTER_STATISTICAL, CUP_NORTH, CYCLE + 1) +
         get (plan, KILTER_STATISTICAL, CUP_SOUTH, CYCLE + 1);
}

/* Two promotions of one name sold 60 % more. The engine is told, measures it, and forecasts what
 * sells without; events that nobody named are taken for what always happens. */
static void
test_event_regressor (void)
{
  KilterPlan *plan = plan_fixture_new ();
  double untold, told;

  for (int series = CUP_NORTH; series <= CUP_SOUTH; series++)
    for (int year = 0; year < 2; year++)
      fact (plan, KILTER_BASELINE, KILTER_ACTUAL, series, 1 + 12 * year,
            1.6 * get (plan, KILTER_ACTUAL, series, 1 + 12 * year));
  untold = forecast_may (plan);
  plan_fixture_add (plan, KILTER_TABLE_EVENT, "name", "Spring", "first", "2024-05", NULL);
  plan_fixture_add (plan, KILTER_TABLE_EVENT, "name", "Spring", "first", "2025-05", NULL);
  plan_fixture_add (plan, KILTER_TABLE_EVENT_PRODUCT, "event", "1", "product", "1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_EVENT_PRODUCT, "event", "2", "product", "1", NULL);
  told = forecast_may (plan);
  g_test_message ("untold %g, told %g, measured %g", untold, told,
                  kilter_plan_event_measured (plan, 1));
  g_assert_cmpfloat_with_epsilon (kilter_plan_event_measured (plan, 1), 0.6, 0.15);
  g_assert_cmpfloat (kilter_plan_event_measured (plan, 1), ==,
                     kilter_plan_event_measured (plan, 2));
  g_assert_cmpfloat (told, <, untold * 1.01);
  g_assert_cmpfloat (told, <, 1.2 * (145 + 155));
  kilter_plan_free (plan);
}

/* --- orders --- */

static void
test_orders (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("window", "");

  for (int i = 0; i < 4; i++)
    type (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE + i, 100);
  fact (plan, KILTER_BASELINE, KILTER_ORDERS, CUP_NORTH, CYCLE, 60);
  fact (plan, KILTER_BASELINE, KILTER_ORDERS, CUP_NORTH, CYCLE + 1, 130);
  fact (plan, KILTER_BASELINE, KILTER_ORDERS, CUP_NORTH, CYCLE + 2, 150);

  /* one bucket early: 30 of May find room in April, 50 of June none in May */
  NEAR (get (plan, KILTER_FORECAST_LEFT, CUP_NORTH, CYCLE), 10);
  NEAR (get (plan, KILTER_FORECAST_LEFT, CUP_NORTH, CYCLE + 1), 0);
  NEAR (get (plan, KILTER_ORDERS_ABOVE, CUP_NORTH, CYCLE + 1), 0);
  NEAR (get (plan, KILTER_ORDERS_ABOVE, CUP_NORTH, CYCLE + 2), 50);
  NEAR (get (plan, KILTER_FORECAST_LEFT, CUP_NORTH, CYCLE + 3), 100);

  /* and one late: July gives them room */
  kilter_command_set_setting (command, plan, "orders-late", "1");
  kilter_plan_apply (plan, command);
  NEAR (get (plan, KILTER_ORDERS_ABOVE, CUP_NORTH, CYCLE + 2), 0);
  NEAR (get (plan, KILTER_FORECAST_LEFT, CUP_NORTH, CYCLE + 3), 50);
  kilter_plan_free (plan);
}

/* --- value added --- */

static void
test_value_added (void)
{
  KilterPlan *plan = plan_fixture_new ();
  const KilterScope cup = { .product = CUP, .region = NORTH };
  const KilterScope all = { 0 };
  int last = add_approved (plan, "2026-03");
  int before = add_approved (plan, "2026-02");
  KilterValueAdded added;
  g_autoptr (GArray) people = NULL;

  /* sold: 132 in February, 133 in March; naive is off by 1 each */
  fact (plan, last, KILTER_STATISTICAL, CUP_NORTH, 23, 143);
  fact (plan, last, KILTER_SALES_INPUT, CUP_NORTH, 23, 163);
  fact (plan, last, KILTER_CONSENSUS, CUP_NORTH, 23, 138);
  fact (plan, before, KILTER_STATISTICAL, CUP_NORTH, 22, 112);
  fact (plan, before, KILTER_CONSENSUS, CUP_NORTH, 22, 142);
  /* the snapshots hold more, further ahead; lag 1 does not see it */
  fact (plan, before, KILTER_STATISTICAL, CUP_NORTH, 23, 1);
  fact (plan, before, KILTER_CONSENSUS, CUP_NORTH, 23, 233);

  kilter_plan_value_added (plan, KILTER_BASELINE, &cup, 6, 1, &added);
  g_assert_true (added.from_snapshots);
  g_assert_cmpint (added.n_buckets, ==, 2);
  NEAR (added.error[KILTER_VALUE_NAIVE], 2.0 / 265);
  NEAR (added.error[KILTER_VALUE_STATISTICAL], (10.0 + 20) / 265);
  /* in February sales said nothing: the statistical forecast stands */
  NEAR (added.error[KILTER_VALUE_SALES], (30.0 + 20) / 265);
  g_assert_true (isnan (added.error[KILTER_VALUE_MARKETING]));
  NEAR (added.error[KILTER_VALUE_CONSENSUS], (5.0 + 10) / 265);
  g_assert_cmpint (added.n_worse[KILTER_VALUE_STATISTICAL], ==, 2);
  g_assert_cmpint (added.n_worse[KILTER_VALUE_SALES], ==, 1);
  g_assert_cmpint (added.n_worse[KILTER_VALUE_CONSENSUS], ==, 0);

  kilter_plan_value_added (plan, KILTER_BASELINE, &cup, 6, 2, &added);
  g_assert_cmpint (added.n_buckets, ==, 1);
  NEAR (added.error[KILTER_VALUE_CONSENSUS], 100.0 / 133);

  plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Bo", NULL);
  plan_fixture_add (plan, KILTER_TABLE_CONTRIBUTOR, "person", "1", "measure", "sales-input",
                    "region", "1", NULL);
  people = kilter_plan_value_added_people (plan, KILTER_BASELINE, &all, 6);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpstr (g_array_index (people, KilterPersonValue, 0).person, ==, "Bo");
  NEAR (g_array_index (people, KilterPersonValue, 0).before, 10.0 / 133);
  NEAR (g_array_index (people, KilterPersonValue, 0).after, 30.0 / 133);
  g_assert_cmpint (g_array_index (people, KilterPersonValue, 0).n_worse, ==, 1);
  kilter_plan_free (plan);
}

static void
test_lags (void)
{
  KilterPlan *plan = plan_fixture_new ();
  const KilterScope cup = { .product = CUP, .region = NORTH };
  KilterLagError errors[3];
  int version = add_approved (plan, "2026-02");

  fact (plan, version, KILTER_CONSENSUS, CUP_NORTH, 22, 142);
  fact (plan, version, KILTER_CONSENSUS, CUP_NORTH, 23, 113);
  kilter_plan_lag_errors (plan, &cup, 12, 3, errors);
  NEAR (errors[0].wape, 10.0 / 132);
  NEAR (errors[0].bias, 10.0 / 132);
  NEAR (errors[1].wape, 20.0 / 133);
  NEAR (errors[1].bias, -20.0 / 133);
  g_assert_cmpint (errors[1].n_buckets, ==, 1);
  g_assert_true (isnan (errors[2].wape));
  kilter_plan_free (plan);
}

/* --- what changed --- */

static void
test_change (void)
{
  KilterPlan *plan = plan_fixture_new ();
  const KilterScope all = { 0 };
  KilterDemandChange change;
  g_autoptr (GArray) products = NULL;
  double sum = 0;
  int last;

  g_assert_false (
    kilter_plan_demand_change (plan, KILTER_BASELINE, &all, KILTER_IN_QUANTITY, 12, &change));
  last = add_approved (plan, "2026-03");
  for (int series = 1; series <= 4; series++)
    {
      double now = get (plan, KILTER_STATISTICAL, series, CYCLE);

      fact (plan, last, KILTER_STATISTICAL, series, CYCLE, now - 10);
      fact (plan, last, KILTER_FINAL, series, CYCLE, now - 10);
      fact (plan, last, KILTER_CONSENSUS, series, CYCLE, now - 10);
    }
  type (plan, KILTER_OVERRIDE_ADD, CUP_NORTH, CYCLE, 25);
  type (plan, KILTER_CONSENSUS, CONE_NORTH, CYCLE, get (plan, KILTER_FINAL, CONE_NORTH, CYCLE) - 3);

  g_assert_true (
    kilter_plan_demand_change (plan, KILTER_BASELINE, &all, KILTER_IN_QUANTITY, 12, &change));
  g_assert_cmpint (change.first, ==, CYCLE);
  g_assert_cmpint (change.n, ==, 1);
  NEAR (change.drivers[KILTER_DRIVER_STATISTICAL], 40);
  NEAR (change.drivers[KILTER_DRIVER_OVERRIDES], 25);
  NEAR (change.drivers[KILTER_DRIVER_INPUTS], -3);
  /* juice: 620 + 640 and twice 24 */
  NEAR (change.drivers[KILTER_DRIVER_NEW], 600 + 20 + 24 + 600 + 40 + 24);
  for (int d = 0; d < KILTER_N_DRIVERS; d++)
    sum += change.drivers[d];
  NEAR (change.from + sum, change.to);

  products = kilter_plan_product_changes (plan, KILTER_BASELINE, &all, 12);
  g_assert_cmpuint (products->len, ==, 3);
  g_assert_cmpint (g_array_index (products, KilterProductChange, 0).product, ==, JUICE);
  g_assert_true (isnan (g_array_index (products, KilterProductChange, 0).ratio));
  g_assert_cmpint (g_array_index (products, KilterProductChange, 1).product, ==, CUP);
  NEAR (g_array_index (products, KilterProductChange, 1).money, (20 + 25) * 10);
  g_assert_cmpstr (g_array_index (products, KilterProductChange, 1).note->author, ==, "Ann");
  kilter_plan_free (plan);
}

/* --- the time fence --- */

static void
test_fence (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autofree char *print = NULL, *back = NULL;
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  int last;

  type (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE, 300);
  /* without an earlier plan nothing is late */
  g_assert_cmpint (kilter_plan_count_fence_waiting (plan, KILTER_BASELINE), ==, 0);
  last = add_approved (plan, "2026-03");
  fact (plan, last, KILTER_CONSENSUS, CUP_NORTH, CYCLE, 240);
  g_assert_cmpint (kilter_plan_count_fence_waiting (plan, KILTER_BASELINE), ==, 1);
  g_assert_true (
    kilter_plan_is_late_change (plan, KILTER_BASELINE, KILTER_CONSENSUS, CUP_NORTH, CYCLE));
  /* outside the fence */
  type (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE + 1, 300);
  g_assert_cmpint (kilter_plan_count_fence_waiting (plan, KILTER_BASELINE), ==, 1);

  print = plan_fixture_fingerprint (plan);
  command = kilter_fence_decide (plan, KILTER_BASELINE, CUP, CYCLE, FALSE, "Eve",
                                 "2026-04-10T10:00:00Z", "No stock", &error);
  g_assert_no_error (error);
  kilter_plan_apply (plan, command);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE), 244);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE + 1), 300);
  changes = kilter_plan_find_fence_changes (plan, KILTER_BASELINE);
  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_cmpint (g_array_index (changes, KilterFenceChange, 0).state, ==, KILTER_FENCE_REFUSED);
  NEAR (g_array_index (changes, KilterFenceChange, 0).before, 240);
  NEAR (g_array_index (changes, KilterFenceChange, 0).after,
        300 + get (plan, KILTER_FINAL, CUP_SOUTH, CYCLE));
  kilter_plan_revert (plan, command);
  back = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (back, ==, print);

  g_clear_pointer (&command, kilter_command_unref);
  command = kilter_fence_decide (plan, KILTER_BASELINE, CUP, CYCLE, TRUE, "Eve",
                                 "2026-04-10T10:00:00Z", NULL, &error);
  kilter_plan_apply (plan, command);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE), 300);
  g_assert_cmpint (kilter_plan_count_fence_waiting (plan, KILTER_BASELINE), ==, 0);
  g_assert_null (kilter_fence_decide (plan, KILTER_BASELINE, CUP, CYCLE, TRUE, "Eve",
                                      "2026-04-10T10:00:00Z", NULL, &error));
  g_assert_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE);
  kilter_plan_free (plan);
}

/* A change after the decision waits again. */
static void
test_fence_again (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (KilterCommand) later = kilter_command_new ("edit", "");

  add_approved (plan, "2026-03");
  type (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE, 300);
  command = kilter_fence_decide (plan, KILTER_BASELINE, CUP, CYCLE, TRUE, "Eve",
                                 "2026-04-10T10:00:00Z", NULL, NULL);
  kilter_plan_apply (plan, command);
  g_assert_cmpint (kilter_plan_count_fence_waiting (plan, KILTER_BASELINE), ==, 0);
  kilter_command_set_value (later, plan, KILTER_BASELINE, KILTER_OVERRIDE_ADD, KILTER_LAYER_INPUT,
                            CUP_SOUTH, CYCLE, 5);
  kilter_command_set_stamp (later, "Ann", "2026-04-11T09:00:00Z");
  kilter_plan_apply (plan, later);
  g_assert_cmpint (kilter_plan_count_fence_waiting (plan, KILTER_BASELINE), ==, 1);
  kilter_plan_free (plan);
}

/* --- changing the consensus --- */

static void
test_change_consensus (void)
{
  KilterPlan *plan = plan_fixture_new ();
  const KilterScope cup = { .product = CUP };
  double old[3];
  KilterEditResult result;
  g_autoptr (KilterCommand) lock = kilter_command_new ("lock", "");
  g_autoptr (KilterCommand) command = kilter_command_new ("change", "");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 3; i++)
    old[i] = get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE + i);
  g_assert_true (kilter_plan_set_lock (plan, lock, KILTER_BASELINE, KILTER_CONSENSUS,
                                       &(KilterScope) { .product = CUP, .region = SOUTH },
                                       CYCLE + 1, TRUE, NULL));
  kilter_plan_apply (plan, lock);

  g_assert_true (kilter_plan_change_consensus (plan, command, KILTER_BASELINE, &cup, CYCLE, 3,
                                               KILTER_CONSENSUS_SHIFT, 1, &result, NULL));
  kilter_plan_apply (plan, command);
  /* the first bucket keeps its value, the last one's goes over the edge */
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE), old[0]);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE + 1), old[0]);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE + 2), old[1]);
  g_assert_cmpint (result.n_cells, ==, 3);
  g_assert_cmpint (result.n_locked, ==, 1);
  kilter_plan_revert (plan, command);

  g_clear_pointer (&command, kilter_command_unref);
  command = kilter_command_new ("change", "");
  g_assert_true (kilter_plan_change_consensus (plan, command, KILTER_BASELINE, &cup, CYCLE, 2,
                                               KILTER_CONSENSUS_PERCENT, 0.05, &result, NULL));
  kilter_plan_apply (plan, command);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE), old[0] * 1.05);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE + 2), old[2]);

  g_clear_pointer (&command, kilter_command_unref);
  command = kilter_command_new ("change", "");
  g_assert_true (kilter_plan_change_consensus (plan, command, KILTER_BASELINE, &cup, CYCLE, 3,
                                               KILTER_CONSENSUS_SCALE, 3000, &result, NULL));
  kilter_plan_apply (plan, command);
  NEAR (kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_CONSENSUS, &cup, CYCLE, 3), 3000);

  g_clear_pointer (&command, kilter_command_unref);
  command = kilter_command_new ("change", "");
  g_assert_true (kilter_plan_change_consensus (plan, command, KILTER_BASELINE, &cup, CYCLE, 3,
                                               KILTER_CONSENSUS_CLEAR, 0, &result, NULL));
  kilter_plan_apply (plan, command);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE), old[0]);

  g_clear_pointer (&command, kilter_command_unref);
  command = kilter_command_new ("change", "");
  g_assert_false (kilter_plan_change_consensus (plan, command, KILTER_BASELINE, &cup, CYCLE - 1, 3,
                                                KILTER_CONSENSUS_PERCENT, 0.05, NULL, &error));
  g_assert_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_NOT_EDITABLE);
  g_assert_true (kilter_command_is_empty (command));
  kilter_plan_free (plan);
}

static void
test_take (void)
{
  KilterPlan *plan = plan_fixture_new ();
  const KilterScope all = { 0 };
  KilterEditResult result;
  g_autoptr (KilterCommand) command = kilter_command_new ("take", "");

  type (plan, KILTER_SALES_INPUT, CUP_NORTH, CYCLE, 400);
  g_assert_true (kilter_plan_take_as_consensus (plan, command, KILTER_BASELINE, &all, CYCLE, 12,
                                                KILTER_SALES_INPUT, &result, NULL));
  g_assert_cmpint (result.n_cells, ==, 1);
  kilter_plan_apply (plan, command);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_NORTH, CYCLE), 400);
  NEAR (get (plan, KILTER_CONSENSUS, CUP_SOUTH, CYCLE), get (plan, KILTER_FINAL, CUP_SOUTH, CYCLE));
  kilter_plan_free (plan);
}

/* --- the month that runs --- */

/* April 2026 begins on a Wednesday: 22 working days, 10 of them over on Tuesday the 14th */
static void
test_month_to_date (void)
{
  KilterPlan *plan = plan_fixture_new ();
  const KilterScope cup = { .product = CUP };
  int version = add_approved (plan, "2026-04");
  KilterMonthToDate now;
  GDate day;

  fact (plan, version, KILTER_CONSENSUS, CUP_NORTH, CYCLE, 220);
  fact (plan, version, KILTER_CONSENSUS, CUP_SOUTH, CYCLE, 110);
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 14, G_DATE_APRIL, 2026);

  /* no sales yet: unknown, not nothing */
  kilter_plan_month_to_date (plan, version, &cup, KILTER_IN_QUANTITY, CYCLE, &day, &now);
  g_assert_cmpint (now.n_workdays, ==, 22);
  g_assert_cmpint (now.n_passed, ==, 10);
  NEAR (now.plan, 150);
  g_assert_true (isnan (now.actual) && isnan (now.difference) && isnan (now.ratio));

  fact (plan, KILTER_BASELINE, KILTER_ACTUAL, CUP_NORTH, CYCLE, 100);
  fact (plan, KILTER_BASELINE, KILTER_ACTUAL, CUP_SOUTH, CYCLE, 44);
  kilter_plan_month_to_date (plan, version, &cup, KILTER_IN_QUANTITY, CYCLE, &day, &now);
  NEAR (now.actual, 144);
  NEAR (now.difference, -6);
  NEAR (now.ratio, -0.04);

  /* a weekend adds no working day; after the month its whole plan is due */
  g_date_set_dmy (&day, 12, G_DATE_APRIL, 2026);
  kilter_plan_month_to_date (plan, version, &cup, KILTER_IN_QUANTITY, CYCLE, &day, &now);
  g_assert_cmpint (now.n_passed, ==, 8);
  NEAR (now.plan, 120);
  g_date_set_dmy (&day, 9, G_DATE_MAY, 2026);
  kilter_plan_month_to_date (plan, version, &cup, KILTER_IN_QUANTITY, CYCLE, &day, &now);
  NEAR (now.plan, 330);

  /* before the month, without a plan, before its first working day */
  g_date_set_dmy (&day, 31, G_DATE_MARCH, 2026);
  kilter_plan_month_to_date (plan, version, &cup, KILTER_IN_QUANTITY, CYCLE, &day, &now);
  g_assert_true (isnan (now.plan) && isnan (now.actual) && isnan (now.ratio));
  g_date_set_dmy (&day, 14, G_DATE_APRIL, 2026);
  kilter_plan_month_to_date (plan, 0, &cup, KILTER_IN_QUANTITY, CYCLE, &day, &now);
  g_assert_true (isnan (now.plan) && isnan (now.difference) && isnan (now.ratio));
  NEAR (now.actual, 144);
  /* 1 August 2026 is a Saturday */
  fact (plan, version, KILTER_CONSENSUS, CUP_NORTH, CYCLE + 4, 220);
  fact (plan, KILTER_BASELINE, KILTER_ACTUAL, CUP_NORTH, CYCLE + 4, 3);
  g_date_set_dmy (&day, 1, G_DATE_AUGUST, 2026);
  kilter_plan_month_to_date (plan, version, &cup, KILTER_IN_QUANTITY, CYCLE + 4, &day, &now);
  NEAR (now.plan, 0);
  NEAR (now.difference, 3);
  g_assert_true (isnan (now.ratio));
  kilter_plan_free (plan);
}

static void
test_find_running (void)
{
  KilterPlan *plan = plan_fixture_new ();
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 1, G_DATE_APRIL, 2026);
  g_assert_cmpint (kilter_plan_find_running (plan, &day), ==, CYCLE);
  g_date_set_dmy (&day, 29, G_DATE_APRIL, 2026);
  g_assert_cmpint (kilter_plan_find_running (plan, &day), ==, CYCLE);
  /* over when its last day is */
  g_date_set_dmy (&day, 30, G_DATE_APRIL, 2026);
  g_assert_cmpint (kilter_plan_find_running (plan, &day), ==, -1);
  g_date_set_dmy (&day, 1, G_DATE_APRIL, 1999);
  g_assert_cmpint (kilter_plan_find_running (plan, &day), ==, -1);
  kilter_plan_free (plan);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/weights", test_weights);
  g_test_add_func ("/review/event/share", test_event_share);
  g_test_add_func ("/review/event/quantity", test_event_quantity);
  g_test_add_func ("/review/event/proposed", test_event_proposed);
  g_test_add_func ("/review/event/measured", test_event_measured);
  g_test_add_func ("/review/event/regressor", test_event_regressor);
  g_test_add_func ("/review/orders", test_orders);
  g_test_add_func ("/review/value-added", test_value_added);
  g_test_add_func ("/review/lags", test_lags);
  g_test_add_func ("/review/change", test_change);
  g_test_add_func ("/review/fence", test_fence);
  g_test_add_func ("/review/fence/again", test_fence_again);
  g_test_add_func ("/review/consensus/change", test_change_consensus);
  g_test_add_func ("/review/consensus/take", test_take);
  g_test_add_func ("/review/month-to-date", test_month_to_date);
  g_test_add_func ("/review/find-running", test_find_running);
  return g_test_run ();
}
