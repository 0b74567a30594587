/* test-repair.c: exceptions, what is done about them, and what the forecast run leaves behind
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"
#include "plan/forecast/kilter-clean.h"
#include "plan/data/kilter-model.h"
#include "plan/kilter-repair.h"
#include "plan/kilter-tasks.h"

#include <math.h>

static const KilterRepairStamp stamp = { "Linh", "2026-04-03T09:00:00Z", NULL };

/* Sales with a season, the same every year: month m sells 100 m in the north, 200 m in the south.
 */
static KilterPlan *
make_seasonal (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("fixture", "");

  for (int row = 1; row <= 2; row++)
    for (int t = 0; t < 24; t++)
      kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_ACTUAL, KILTER_LAYER_FACT,
                                row, t, 100 * row * (1 + t % 12));
  kilter_plan_apply (plan, command);
  return plan;
}

static void
set (KilterPlan *plan, KilterMeasure measure, KilterLayer layer, int row, int bucket, double value)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("fixture", "");

  kilter_command_set_value (command, plan, KILTER_BASELINE, measure, layer, row, bucket, value);
  kilter_plan_apply (plan, command);
}

static void
run_forecast (KilterPlan *plan, const KilterForecastRequest *request)
{
  g_autoptr (KilterForecastTask) task = kilter_forecast_task_new (plan, request, NULL);
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kilter_forecast_task_run (task, NULL, &error));
  command = kilter_forecast_task_finish (task, plan);
  kilter_plan_apply (plan, command);
}

/* The correction of a month of nearly nothing is what the other year sold, market by market,
 * and the imported numbers stay. */
static void
test_correct (void)
{
  KilterPlan *plan = make_seasonal ();
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (KilterCommand) command = NULL;
  KilterException exception = { .kind = KILTER_EXCEPTION_OUTLIER, .product = CUP, .bucket = 18 };
  KilterRepairStamp why = stamp;

  for (int row = 1; row <= 2; row++)
    set (plan, KILTER_ACTUAL, KILTER_LAYER_FACT, row, 18, 10 * row);
  before = plan_fixture_fingerprint (plan);
  why.reason = "Stock-out";
  command = kilter_plan_repair (plan, KILTER_BASELINE, &exception, KILTER_REPAIR_CORRECT, &why,
                                NULL);
  kilter_command_set_stamp (command, why.who, why.at);
  kilter_plan_apply (plan, command);
  for (int row = 1; row <= 2; row++)
    {
      g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_CORRECTION, row, 18),
                         ==, 700 * row);
      g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, row, 18), ==,
                         10 * row);
      g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_CLEANED, row, 18), ==,
                         700 * row);
      g_assert_cmpstr (
        kilter_plan_get_note (plan, KILTER_BASELINE, KILTER_CORRECTION, row, 18)->reason, ==,
        "Stock-out");
    }
  kilter_plan_revert (plan, command);
  after = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (before, ==, after);
  /* what is ahead is not history */
  g_assert_cmpint (kilter_plan_correct_bucket (plan, command, KILTER_BASELINE,
                                               &(KilterScope) { .product = CUP }, 30),
                   ==, 0);
  kilter_plan_free (plan);
}

/* A forecast that was 25 % too high is taken down to 1 ÷ 1.25, where nobody typed. */
static void
test_level (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterException exception;
  g_autoptr (KilterCommand) command = NULL;

  for (int row = 1; row <= 2; row++)
    for (int t = 12; t < 24; t++)
      set (plan, KILTER_PREVIOUS, KILTER_LAYER_FACT, row, t,
           1.25 * kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, row, t));
  set (plan, KILTER_OVERRIDE_ADD, KILTER_LAYER_INPUT, 1, 30, 7);
  g_assert_true (
    kilter_plan_find_exception (plan, KILTER_BASELINE, CUP, KILTER_EXCEPTION_BIAS, &exception));
  g_assert_cmpfloat_with_epsilon (exception.size, 0.25, 1e-9);
  command = kilter_plan_repair (plan, KILTER_BASELINE, &exception, KILTER_REPAIR_ADJUST_LEVEL,
                                &stamp, NULL);
  kilter_plan_apply (plan, command);
  g_assert_cmpfloat_with_epsilon (
    kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_FINAL, 1, 24), 0.8 * (200 + 20 + 24),
    1e-6);
  g_assert_cmpfloat_with_epsilon (
    kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_FINAL, 1, 30), 200 + 20 + 30 + 7, 1e-6);
  kilter_plan_free (plan);
}

static void
test_override (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterException exception;
  KilterRepairStamp why = stamp;
  g_autofree char *before = plan_fixture_fingerprint (plan), *after = NULL;
  g_autoptr (KilterCommand) reason = NULL, reset = NULL;
  g_autoptr (GError) error = NULL;

  set (plan, KILTER_OVERRIDE_SHARE, KILTER_LAYER_INPUT, 1, 27, 0.5);
  set (plan, KILTER_OVERRIDE_ADD, KILTER_LAYER_INPUT, 2, 27, 120);
  g_assert_true (kilter_plan_find_exception (plan, KILTER_BASELINE, CUP,
                                             KILTER_EXCEPTION_LARGE_OVERRIDE, &exception));
  g_assert_cmpint (exception.bucket, ==, 27);
  why.reason = "Promotion";
  reason = kilter_plan_repair (plan, KILTER_BASELINE, &exception, KILTER_REPAIR_GIVE_REASON, &why,
                               NULL);
  kilter_command_set_stamp (reason, why.who, why.at);
  kilter_plan_apply (plan, reason);
  g_assert_cmpstr (
    kilter_plan_get_note (plan, KILTER_BASELINE, KILTER_OVERRIDE_SHARE, 1, 27)->reason, ==,
    "Promotion");
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_OVERRIDE_ADD, 2, 27), ==,
                     120);
  reset = kilter_plan_repair (plan, KILTER_BASELINE, &exception, KILTER_REPAIR_RESET_OVERRIDE,
                              &stamp, NULL);
  kilter_plan_apply (plan, reset);
  after = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (before, ==, after);
  g_assert_null (kilter_plan_repair (plan, KILTER_BASELINE, &exception,
                                     KILTER_REPAIR_RESET_OVERRIDE, &stamp, &error));
  g_assert_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_EMPTY);
  kilter_plan_free (plan);
}

/* The limits come from the plan's settings. */
static void
test_limits (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterException exception;
  g_autoptr (KilterCommand) command = kilter_command_new ("settings", "");

  set (plan, KILTER_OVERRIDE_SHARE, KILTER_LAYER_INPUT, 1, 27, 0.25);
  set (plan, KILTER_OVERRIDE_SHARE, KILTER_LAYER_INPUT, 2, 27, 0.25);
  g_assert_true (kilter_plan_find_exception (plan, KILTER_BASELINE, CUP,
                                             KILTER_EXCEPTION_LARGE_OVERRIDE, &exception));
  kilter_command_set_setting (command, plan, "large-override", "0.3");
  kilter_plan_apply (plan, command);
  g_assert_false (kilter_plan_find_exception (plan, KILTER_BASELINE, CUP,
                                              KILTER_EXCEPTION_LARGE_OVERRIDE, &exception));
  kilter_plan_free (plan);
}

static void
test_reviewed (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (GArray) found = NULL, again = NULL;
  g_autoptr (KilterCommand) command = NULL;
  const KilterException *first;

  set (plan, KILTER_OVERRIDE_SHARE, KILTER_LAYER_INPUT, 1, 27, 0.5);
  found = kilter_plan_find_exceptions (plan, KILTER_BASELINE);
  g_assert_cmpuint (found->len, >, 0);
  first = &g_array_index (found, KilterException, 0);
  g_assert_false (first->reviewed);
  command = kilter_plan_repair (plan, KILTER_BASELINE, first, KILTER_REPAIR_KEEP, &stamp, NULL);
  kilter_plan_apply (plan, command);
  again = kilter_plan_find_exceptions (plan, KILTER_BASELINE);
  g_assert_cmpuint (again->len, ==, found->len);
  g_assert_true (g_array_index (again, KilterException, again->len - 1).reviewed);
  kilter_plan_free (plan);
}

/* A month far above its season, one without a value, and one without stock are proposed; what is
 * corrected already is not; applied, each has its reason, and it is one change. */
static void
test_clean (void)
{
  KilterPlan *plan = kilter_plan_new (KILTER_BUCKET_MONTH, 2026 * 12 + 3, 48, 12);
  KilterScope cup = { .product = 1 };
  g_autoptr (KilterCleanTask) task = NULL, again = NULL;
  g_autoptr (KilterCommand) fill = kilter_command_new ("fixture", "");
  g_autoptr (KilterCommand) command = kilter_command_new ("cleaning", "");
  const GArray *proposals;
  gboolean high = FALSE, missing = FALSE;
  g_autofree char *before = NULL, *after = NULL;

  kilter_plan_set_up (plan, "00000000-0000-4000-8000-000000000002", "Clean", "USD");
  plan_fixture_add (plan, KILTER_TABLE_REGION, "name", "North", NULL);
  plan_fixture_add (plan, KILTER_TABLE_CHANNEL, "name", "Retail", NULL);
  plan_fixture_add (plan, KILTER_TABLE_PRODUCT, "code", "CUP", "price", "10", NULL);
  plan_fixture_add (plan, KILTER_TABLE_SERIES, "product", "1", "region", "1", "channel", "1", NULL);
  for (int t = 0; t < 48; t++)
    kilter_command_set_value (fill, plan, KILTER_BASELINE, KILTER_ACTUAL, KILTER_LAYER_FACT, 1, t,
                              t == 20   ? 9000
                              : t == 30 ? NAN
                                        : 1000 + 300 * sin (t * G_PI / 6) + (t * 37) % 23);
  kilter_plan_apply (plan, fill);
  before = plan_fixture_fingerprint (plan);
  task = kilter_clean_task_new (plan, KILTER_BASELINE, &cup);
  g_assert_true (kilter_clean_task_run (task, NULL, NULL));
  proposals = kilter_clean_task_get_proposals (task);
  for (guint i = 0; i < proposals->len; i++)
    {
      const KilterProposal *proposal = &g_array_index (proposals, KilterProposal, i);

      if (i > 0)
        g_assert_cmpfloat (proposal->money, <=,
                           g_array_index (proposals, KilterProposal, i - 1).money);
      if (proposal->kind == KILTER_PROPOSAL_OUTLIER && proposal->first == 20)
        {
          high = TRUE;
          g_assert_cmpfloat (proposal->actual, ==, 9000);
          g_assert_cmpfloat (fabs (proposal->proposed - 740), <, 150);
        }
      if (proposal->kind == KILTER_PROPOSAL_MISSING && proposal->first == 30)
        {
          missing = TRUE;
          g_assert_true (isnan (proposal->actual));
        }
      kilter_plan_add_proposal (plan, command, KILTER_BASELINE, proposal,
                                proposal->kind == KILTER_PROPOSAL_MISSING ? "Missing month"
                                                                          : "Outlier");
    }
  g_assert_true (high);
  g_assert_true (missing);
  kilter_command_set_stamp (command, "Linh", "2026-04-03T09:00:00Z");
  kilter_plan_apply (plan, command);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, 1, 20), ==, 9000);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_CLEANED, 1, 20), <, 1000);
  g_assert_cmpstr (kilter_plan_get_note (plan, KILTER_BASELINE, KILTER_CORRECTION, 1, 20)->reason,
                   ==, "Outlier");
  g_assert_cmpstr (kilter_plan_get_note (plan, KILTER_BASELINE, KILTER_CORRECTION, 1, 30)->reason,
                   ==, "Missing month");
  again = kilter_clean_task_new (plan, KILTER_BASELINE, &cup);
  g_assert_true (kilter_clean_task_run (again, NULL, NULL));
  proposals = kilter_clean_task_get_proposals (again);
  for (guint i = 0; i < proposals->len; i++)
    g_assert_cmpint (g_array_index (proposals, KilterProposal, i).first, !=, 20);
  kilter_plan_revert (plan, command);
  after = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (before, ==, after);
  kilter_plan_free (plan);
}

static void
test_health (void)
{
  KilterPlan *plan = plan_fixture_new ();
  int example = 0;

  g_assert_cmpint (kilter_plan_count_health (plan, KILTER_HEALTH_ORPHAN, NULL), ==, 0);
  g_assert_cmpint (kilter_plan_count_health (plan, KILTER_HEALTH_DUPLICATE, NULL), ==, 0);
  g_assert_cmpint (kilter_plan_count_health (plan, KILTER_HEALTH_NEGATIVE_STOCK, NULL), ==, 0);
  plan_fixture_add (plan, KILTER_TABLE_PRODUCT, "code", "cu p-", NULL);
  set (plan, KILTER_STOCK_ACTUAL, KILTER_LAYER_FACT, CONE, 5, -3);
  g_assert_cmpint (kilter_plan_count_health (plan, KILTER_HEALTH_ORPHAN, &example), ==, 1);
  g_assert_cmpint (example, ==, 4);
  g_assert_cmpint (kilter_plan_count_health (plan, KILTER_HEALTH_DUPLICATE, &example), ==, 1);
  g_assert_cmpint (example, ==, 4);
  g_assert_cmpint (kilter_plan_count_health (plan, KILTER_HEALTH_NEGATIVE_STOCK, &example), ==, 1);
  g_assert_cmpint (example, ==, CONE);
  kilter_plan_free (plan);
}

/* --- models --- */

static void
test_tries (void)
{
  g_autoptr (GArray) tries = kilter_model_read_tries (
    "auto:0::0.1,0.2 ets:0.3:A,Ad,M:0.15,,0.2:0.4,0.1,,0.95 nonsense snaive:0::0.25");
  g_autoptr (GArray) old = kilter_model_read_tries ("ets:0.3:A,Ad,M theta:0.7:");
  const KilterModelTry *entry = &g_array_index (tries, KilterModelTry, 1);

  g_assert_cmpuint (tries->len, ==, 3);
  g_assert_cmpstr (entry->method, ==, "ets");
  g_assert_cmpstr (entry->form, ==, "A,Ad,M");
  g_assert_cmpfloat (entry->weight, ==, 0.3);
  g_assert_cmpfloat (entry->wape[0], ==, 0.15);
  g_assert_true (isnan (entry->wape[1]) && isnan (entry->wape[3]));
  g_assert_cmpfloat (entry->wape[2], ==, 0.2);
  g_assert_cmpfloat (entry->beta, ==, 0.1);
  g_assert_true (isnan (entry->gamma));
  g_assert_cmpfloat (entry->phi, ==, 0.95);
  g_assert_cmpuint (old->len, ==, 2);
  g_assert_true (isnan (g_array_index (old, KilterModelTry, 0).wape[0]));
}

/* Same sales every year: last year's value is right each time, and the season is known. */
static void
test_rank (void)
{
  KilterPlan *plan = make_seasonal ();
  KilterScope cup = { .product = CUP };
  KilterForecastRequest request = { .version = KILTER_BASELINE, .scope = &cup };
  g_autoptr (GArray) ranks = NULL;
  double profile[12], trend[36];
  KilterBacktestLags lags;
  gboolean forecast = FALSE;

  run_forecast (plan, &request);
  ranks = kilter_plan_rank_models (plan, KILTER_BASELINE, &cup);
  g_assert_cmpuint (ranks->len, >, 2);
  for (guint i = 0; i < ranks->len; i++)
    {
      const KilterModelRank *rank = &g_array_index (ranks, KilterModelRank, i);

      forecast |= g_str_equal (rank->method, "auto");
      if (isnan (rank->wape))
        continue;
      g_assert_cmpint (rank->n_series, ==, 2);
      if (i > 0)
        g_assert_cmpfloat (rank->wape, >=, g_array_index (ranks, KilterModelRank, i - 1).wape);
      if (g_str_equal (rank->method, "snaive"))
        g_assert_cmpfloat (rank->wape, <, 1e-5);
    }
  g_assert_true (forecast);
  kilter_plan_backtest_lags (plan, KILTER_BASELINE, &cup, &lags);
  g_assert_false (isnan (lags.model[0]));
  g_assert_false (isnan (lags.model[5]));
  if (kilter_plan_model_season (plan, KILTER_BASELINE, &cup, profile))
    {
      /* the plan begins in April, whose sales are the smallest */
      g_assert_cmpfloat (profile[3], <, 0.5);
      g_assert_cmpfloat (profile[2], >, 1.5);
    }
  /* the mean of a year does not move */
  g_assert_true (kilter_plan_model_trend (plan, KILTER_BASELINE, &cup, trend));
  g_assert_cmpfloat_with_epsilon (trend[8], 300 * 6.5, 1e-6);
  g_assert_true (isnan (trend[2]));
  g_assert_cmpint (kilter_plan_get_steadiness (plan, KILTER_BASELINE, &cup), !=,
                   KILTER_MODEL_CLASS_NONE);
  kilter_plan_free (plan);
}

/* A fixed method stays when the forecast runs again. */
static void
test_fixed (void)
{
  KilterPlan *plan = make_seasonal ();
  KilterScope cup = { .product = CUP };
  KilterForecastRequest request = {
    .version = KILTER_BASELINE, .scope = &cup, .method = "naive", .pin = FALSE
  };
  g_autoptr (KilterCommand) fix = kilter_command_new ("model", "");
  g_autoptr (KilterCommand) release = kilter_command_new ("model", "");
  int n;

  run_forecast (plan, &request);
  g_assert_cmpint (kilter_plan_fix_model (plan, fix, &cup, TRUE), ==, 2);
  kilter_plan_apply (plan, fix);
  g_assert_cmpint (kilter_plan_count_fixed (plan, &cup, &n), ==, 2);
  g_assert_cmpint (n, ==, 2);
  request.method = NULL;
  run_forecast (plan, &request);
  g_assert_cmpstr (kilter_record_text (kilter_plan_find_model (plan, 1), KILTER_MODEL_METHOD), ==,
                   "naive");
  g_assert_cmpint (kilter_plan_fix_model (plan, release, &cup, FALSE), ==, 2);
  kilter_plan_apply (plan, release);
  g_assert_cmpint (kilter_plan_count_fixed (plan, &cup, NULL), ==, 0);
  run_forecast (plan, &request);
  g_assert_cmpstr (kilter_record_text (kilter_plan_find_model (plan, 1), KILTER_MODEL_METHOD), !=,
                   "naive");
  kilter_plan_free (plan);
}

/* Only what is asked for, what is looked at first; what can be seen early is what comes out. */
static void
test_products (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope cone = { .product = CONE };
  g_autoptr (GArray) products = g_array_new (FALSE, FALSE, sizeof (int));
  const int wanted[] = { CONE, JUICE };
  KilterForecastRequest request = { .version = KILTER_BASELINE,
                                    .products = products,
                                    .first = &cone };
  g_autoptr (KilterForecastTask) task = NULL;
  g_autoptr (KilterCommand) command = NULL;
  double seen[36], values[36];

  g_array_append_vals (products, wanted, 2);
  task = kilter_forecast_task_new (plan, &request, NULL);
  g_assert_cmpuint (kilter_forecast_task_get_n_series (task), ==, 4);
  g_assert_false (kilter_forecast_task_peek (task, plan, &cone, seen));
  g_assert_true (kilter_forecast_task_run (task, NULL, NULL));
  g_assert_true (kilter_forecast_task_peek (task, plan, &cone, seen));
  g_assert_false (kilter_forecast_task_peek (task, plan, &(KilterScope) { .product = CUP }, seen));
  g_assert_true (kilter_forecast_task_peek (task, plan, &cone, seen));
  command = kilter_forecast_task_finish (task, plan);
  kilter_plan_apply (plan, command);
  kilter_plan_aggregate (plan, KILTER_BASELINE, KILTER_STATISTICAL, &cone, values);
  for (int t = 24; t < 36; t++)
    g_assert_cmpfloat_with_epsilon (values[t], seen[t], 1e-9 * seen[t]);
  kilter_plan_free (plan);
}

/* A month without sales is the strange one, not the same month of the years before, of which it
 * halves what is expected. */
static void
test_strangest (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) longer = kilter_command_new ("fixture", "");
  g_autoptr (KilterCommand) command = kilter_command_new ("fixture", "");
  KilterException exception;

  kilter_command_set_setting (longer, plan, "history", "36");
  kilter_plan_apply (plan, longer);
  g_assert_cmpint (kilter_plan_get_n_history (plan), ==, 36);
  for (int row = 1; row <= 2; row++)
    for (int t = 0; t < 36; t++)
      kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_ACTUAL, KILTER_LAYER_FACT,
                                row, t,
                                t == 30 ? 0 : 100 * row * (t % 12 > 4 ? 2 : 1) + (t * 37) % 11);
  kilter_plan_apply (plan, command);
  g_assert_true (
    kilter_plan_find_exception (plan, KILTER_BASELINE, CUP, KILTER_EXCEPTION_OUTLIER, &exception));
  g_assert_cmpint (exception.bucket, ==, 30);
  g_assert_cmpfloat (exception.money, >=, 0); /* that of the sales that were expected, not NaN */
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repair/correct", test_correct);
  g_test_add_func ("/repair/level", test_level);
  g_test_add_func ("/repair/override", test_override);
  g_test_add_func ("/repair/limits", test_limits);
  g_test_add_func ("/repair/reviewed", test_reviewed);
  g_test_add_func ("/repair/strangest", test_strangest);
  g_test_add_func ("/clean/proposals", test_clean);
  g_test_add_func ("/clean/health", test_health);
  g_test_add_func ("/model/tries", test_tries);
  g_test_add_func ("/model/rank", test_rank);
  g_test_add_func ("/model/fixed", test_fixed);
  g_test_add_func ("/task/products", test_products);
  return g_test_run ();
}
