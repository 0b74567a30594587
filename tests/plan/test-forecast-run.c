/* test-forecast-run.c: launches, replacements, phase-outs and sums in a forecast of the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"
#include "plan/forecast/kilter-forecast-task.h"
#include "plan/data/kilter-model.h"

#include <math.h>
#include <string.h>

enum
{
  N_HISTORY = 24,
  N_HORIZON = 12
};

static void
set_field (KilterPlan *plan, int product, int field, const char *text, double number)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "");

  if (text != NULL)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, product, field, text);
  else
    kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, product, field, number);
  kilter_plan_apply (plan, command);
}

static void
set_actual (KilterPlan *plan, int series, const double *values)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "");

  kilter_command_set_values (command, plan, KILTER_BASELINE, KILTER_ACTUAL, KILTER_LAYER_FACT,
                             series, 0, N_HISTORY, values);
  kilter_plan_apply (plan, command);
}

/* Runs, applies, and sees that taking it back leaves nothing. Returns the forecast of a series. */
static void
run (KilterPlan *plan, const char *reconcile, int series, double *out)
{
  KilterForecastRequest request = { .version = KILTER_BASELINE, .reconcile = reconcile };
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterForecastTask) task = kilter_forecast_task_new (plan, &request, &error);
  g_autoptr (KilterCommand) command = NULL;
  g_autofree char *before = plan_fixture_fingerprint (plan);
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  g_assert_true (kilter_forecast_task_run (task, NULL, &error));
  command = kilter_forecast_task_finish (task, plan);
  kilter_plan_apply (plan, command);
  kilter_plan_revert (plan, command);
  after = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (before, ==, after);
  kilter_plan_apply (plan, command);
  memcpy (out, kilter_plan_get_row (plan, KILTER_BASELINE, KILTER_STATISTICAL, series) + N_HISTORY,
          N_HORIZON * sizeof (double));
}

static double
cell (KilterPlan *plan, KilterMeasure measure, int series, int h)
{
  return kilter_plan_get_value (plan, KILTER_BASELINE, measure, series, N_HISTORY + h);
}

static const char *
reasons_of (KilterPlan *plan, int series)
{
  return kilter_record_text (kilter_plan_find_model (plan, series), KILTER_MODEL_REASONS);
}

static void
check_bounds (KilterPlan *plan, int series)
{
  for (int h = 0; h < N_HORIZON; h++)
    {
      double mean = cell (plan, KILTER_STATISTICAL, series, h);

      g_assert_cmpfloat (cell (plan, KILTER_LOW_95, series, h), <=, mean);
      g_assert_cmpfloat (cell (plan, KILTER_LOW_95, series, h), <=,
                         cell (plan, KILTER_LOW_50, series, h));
      g_assert_cmpfloat (cell (plan, KILTER_HIGH_50, series, h), <=,
                         cell (plan, KILTER_HIGH_95, series, h));
      g_assert_cmpfloat (mean, <=, cell (plan, KILTER_HIGH_95, series, h));
      g_assert_cmpfloat (cell (plan, KILTER_LOW_95, series, h), >=, 0);
    }
}

/* The like product rose 20, 60, 100, 100 … from its launch in bucket 8 on; the new one sold 10 and
 * 30, half of it: the forecast is far nearer to half of it than to all of it. */
static void
test_launch_curve (void)
{
  KilterPlan *plan = plan_fixture_new ();
  double like[N_HISTORY], new[N_HISTORY], out[N_HORIZON];

  for (int t = 0; t < N_HISTORY; t++)
    {
      like[t] = t < 8 ? NAN : (t == 8 ? 20 : (t == 9 ? 60 : 100));
      new[t] = t < 22 ? NAN : (t == 22 ? 10 : 30);
    }
  set_actual (plan, 1, like);
  set_actual (plan, 3, new);
  set_field (plan, CONE, KILTER_PRODUCT_LIKE, NULL, CUP);
  set_field (plan, CONE, KILTER_PRODUCT_LAUNCH, "2026-02", 0);
  run (plan, NULL, 3, out);
  for (int h = 0; h < N_HORIZON; h++)
    {
      g_assert_cmpfloat (out[h], >, 45);
      g_assert_cmpfloat (out[h], <, 75);
    }
  check_bounds (plan, 3);
  g_assert_cmpstr (kilter_record_text (kilter_plan_find_model (plan, 3), KILTER_MODEL_METHOD), ==,
                   "like");
  g_assert_nonnull (strstr (reasons_of (plan, 3), "launch-observed:2"));
  kilter_plan_free (plan);
}

/* Not launched yet: nothing before the date, then the planner's share of a product that has always
 * been there. */
static void
test_launch_share (void)
{
  KilterPlan *plan = plan_fixture_new ();
  double like[N_HISTORY], none[N_HISTORY], out[N_HORIZON];

  for (int t = 0; t < N_HISTORY; t++)
    {
      like[t] = 80;
      none[t] = NAN;
    }
  set_actual (plan, 1, like);
  set_actual (plan, 3, none);
  set_field (plan, CONE, KILTER_PRODUCT_LIKE, NULL, CUP);
  set_field (plan, CONE, KILTER_PRODUCT_LIKE_SHARE, NULL, 0.25);
  set_field (plan, CONE, KILTER_PRODUCT_LAUNCH, "2026-07", 0);
  run (plan, NULL, 3, out);
  for (int h = 0; h < N_HORIZON; h++)
    g_assert_cmpfloat_with_epsilon (out[h], h < 3 ? 0 : 20, 1e-9);
  check_bounds (plan, 3);
  g_assert_cmpfloat (cell (plan, KILTER_LOW_80, 3, 5), <, 15);
  /* the nearest of the family, when none is named */
  set_field (plan, CONE, KILTER_PRODUCT_LIKE, NULL, NAN);
  run (plan, NULL, 3, out);
  g_assert_cmpfloat_with_epsilon (out[5], 20, 1e-9);
  kilter_plan_free (plan);
}

/* C follows B follows A; each took over at once, at 1.5 times the one before. */
static void
test_chain (void)
{
  KilterPlan *plan = plan_fixture_new ();
  double a[N_HISTORY], b[N_HISTORY], c[N_HISTORY], out[N_HORIZON];

  for (int t = 0; t < N_HISTORY; t++)
    {
      a[t] = t < 10 ? 40 : NAN;
      b[t] = t < 10 || t >= 20 ? NAN : 60;
      c[t] = t < 20 ? NAN : 90;
    }
  set_actual (plan, 1, a);
  set_actual (plan, 3, b);
  set_actual (plan, 5, c);
  set_field (plan, CONE, KILTER_PRODUCT_PREDECESSOR, NULL, CUP);
  set_field (plan, CONE, KILTER_PRODUCT_PREDECESSOR_SHARE, NULL, 1.5);
  set_field (plan, JUICE, KILTER_PRODUCT_PREDECESSOR, NULL, CONE);
  set_field (plan, JUICE, KILTER_PRODUCT_PREDECESSOR_SHARE, NULL, 1.5);
  run (plan, NULL, 5, out);
  /* 40 × 1.5 × 1.5 = 60 × 1.5 = 90 all along: a constant history */
  for (int h = 0; h < N_HORIZON; h++)
    g_assert_cmpfloat_with_epsilon (out[h], 90, 1e-9);
  g_assert_nonnull (strstr (reasons_of (plan, 5), "chained:1.5"));
  /* a ring of predecessors comes to an end */
  set_field (plan, CUP, KILTER_PRODUCT_PREDECESSOR, NULL, JUICE);
  run (plan, NULL, 5, out);
  g_assert_true (isfinite (out[0]));
  kilter_plan_free (plan);
}

static void
test_phase_out (void)
{
  KilterPlan *plan = plan_fixture_new ();
  double values[N_HISTORY], out[N_HORIZON];

  for (int t = 0; t < N_HISTORY; t++)
    values[t] = 80;
  set_actual (plan, 1, values);
  set_field (plan, CUP, KILTER_PRODUCT_PHASE_OUT, "2026-10", 0);
  run (plan, NULL, 1, out);
  for (int h = 0; h < N_HORIZON; h++)
    g_assert_cmpfloat (out[h], ==, h < 6 ? 80 : 0);
  set_field (plan, CUP, KILTER_PRODUCT_PHASE_OUT_PERIODS, NULL, 3);
  run (plan, NULL, 1, out);
  g_assert_cmpfloat (out[2], ==, 80);
  g_assert_cmpfloat (out[3], ==, 60);
  g_assert_cmpfloat (out[4], ==, 40);
  g_assert_cmpfloat (out[5], ==, 20);
  g_assert_cmpfloat (out[6], ==, 0);
  g_assert_cmpfloat (cell (plan, KILTER_HIGH_95, 1, 6), ==, 0);
  g_assert_nonnull (strstr (reasons_of (plan, 1), "phase-out:6"));
  kilter_plan_free (plan);
}

/* Six noisy series whose total is a straight line: top-down the forecast of the sum is the line's.
 */
static void
fill_noisy (KilterPlan *plan)
{
  for (int s = 1; s <= 6; s++)
    {
      double values[N_HISTORY];

      for (int t = 0; t < N_HISTORY; t++)
        {
          int up = (t * 7 + s) % 5 - 2;

          values[t] = 100 + 2 * t + (s % 2 ? 8 : -8) * up;
          if (s % 2 == 0)
            values[t] = 100 + 2 * t - 8 * ((t * 7 + s - 1) % 5 - 2);
        }
      set_actual (plan, s, values);
    }
}

static void
sum_series (KilterPlan *plan, double *out)
{
  for (int h = 0; h < N_HORIZON; h++)
    {
      out[h] = 0;
      for (int s = 1; s <= 6; s++)
        out[h] += cell (plan, KILTER_STATISTICAL, s, h);
    }
}

static void
test_reconcile (void)
{
  static const char *const ways[] = { "bottom-up",         "top-down",
                                      "middle-out:family", "middle-out:product/region",
                                      "optimal",           "optimal:structural" };
  double totals[G_N_ELEMENTS (ways)][N_HORIZON];
  double out[N_HORIZON];
  KilterPlan *plan = plan_fixture_new ();

  fill_noisy (plan);
  for (gsize w = 0; w < G_N_ELEMENTS (ways); w++)
    {
      run (plan, ways[w], 1, out);
      sum_series (plan, totals[w]);
      for (int s = 1; s <= 6; s++)
        check_bounds (plan, s);
      g_assert_true ((strstr (reasons_of (plan, 1), "reconciled:") != NULL) == (w > 0 && w != 3));
    }
  /* the sum of all has no noise: 600 + 12 t */
  for (int h = 0; h < N_HORIZON; h++)
    g_assert_cmpfloat (fabs (totals[1][h] - (600 + 12 * (N_HISTORY + h))), <, 3);
  /* the series themselves are the lowest level: nothing to do */
  g_assert_cmpmem (totals[3], sizeof totals[3], totals[0], sizeof totals[0]);
  /* who knows the total well is listened to: nearer to it than the series alone */
  {
    double alone = 0, optimal = 0;

    for (int h = 0; h < N_HORIZON; h++)
      {
        alone += fabs (totals[0][h] - totals[1][h]);
        optimal += fabs (totals[4][h] - totals[1][h]);
      }
    g_assert_cmpfloat (alone, >, 1);
    g_assert_cmpfloat (optimal, <, 0.5 * alone);
  }
  kilter_plan_free (plan);
}

/* The plan's own setting is used when the run says nothing; what leaves keeps its zero. */
static void
test_setting (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("setting", "");
  double own[N_HORIZON], set[N_HORIZON];
  KilterForecastRequest request = { .version = KILTER_BASELINE, .reconcile = "sideways" };
  g_autoptr (GError) error = NULL;

  fill_noisy (plan);
  set_field (plan, JUICE, KILTER_PRODUCT_PHASE_OUT, "2026-06", 0);
  run (plan, "optimal", 1, own);
  kilter_command_set_setting (command, plan, "forecast-reconcile", "optimal");
  kilter_plan_apply (plan, command);
  run (plan, NULL, 1, set);
  g_assert_cmpmem (own, sizeof own, set, sizeof set);
  g_assert_cmpfloat (cell (plan, KILTER_STATISTICAL, 5, 1), >, 0);
  g_assert_cmpfloat (cell (plan, KILTER_STATISTICAL, 5, 2), ==, 0);
  g_assert_null (strstr (reasons_of (plan, 5), "reconciled"));
  g_assert_null (kilter_forecast_task_new (plan, &request, &error));
  g_assert_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID);
  kilter_plan_free (plan);
}

/* With the answers of another engine instead of a run: the same numbers, whatever the order. */
static void
test_answers (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterForecastRequest request = { .version = KILTER_BASELINE, .reconcile = "optimal" };
  g_autoptr (KilterForecastTask) task = NULL;
  g_autoptr (KilterForecastTask) changed = NULL;
  g_autoptr (GError) error = NULL;
  KilterForecastInput input, other;
  gsize n;

  fill_noisy (plan);
  task = kilter_forecast_task_new (plan, &request, &error);
  n = kilter_forecast_task_get_n_inputs (task);
  g_assert_cmpuint (n, >, 6);
  for (gsize i = 0; i < n; i++)
    {
      double row[3 * N_HORIZON];
      KilterForecastAnswer answer = {
        "naive", N_HORIZON, row, row, row, row, "class=smooth flags=0 backtest=6:0;auto:6:1:0:1"
      };

      kilter_forecast_task_get_input (task, i, &input);
      g_assert_cmpstr (input.method, ==, "auto");
      g_free (input.method);
      for (int h = 0; h < 3 * N_HORIZON; h++)
        row[h] = 10;
      if (i + 1 == n)
        {
          g_assert_false (kilter_forecast_task_run_answers (task, NULL, &error));
          g_assert_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_DATA);
          g_clear_error (&error);
        }
      g_assert_true (kilter_forecast_task_answer (task, i, &answer, &error));
      g_assert_false (kilter_forecast_task_answer (task, i, &answer, NULL));
    }
  g_assert_true (kilter_forecast_task_run_answers (task, NULL, &error));
  /* another history, another name */
  kilter_forecast_task_get_input (task, 0, &input);
  g_free (input.method);
  {
    double values[N_HISTORY] = { 1 };

    set_actual (plan, 1, values);
  }
  changed = kilter_forecast_task_new (plan, &request, NULL);
  kilter_forecast_task_get_input (changed, 0, &other);
  g_free (other.method);
  g_assert_cmpstr (input.id, !=, other.id);
  g_assert_cmpint (strcspn (input.id, "#"), ==, strcspn (other.id, "#"));
  kilter_plan_free (plan);
}

static void
set_season (KilterPlan *plan, const KilterScope *scope, const double *profile)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "");

  kilter_plan_set_own_season (plan, command, scope, profile);
  kilter_plan_apply (plan, command);
}

/* A season that a planner sets is that of the next runs, of the product alone, until it is
 * released; an engine elsewhere is told of it. */
static void
test_own_season (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterScope scope = { .product = CUP };
  double season[12], before[N_HORIZON], after[N_HORIZON], other[N_HORIZON], again[N_HORIZON];
  g_autofree double *own = NULL;
  int series;

  fill_noisy (plan);
  series = kilter_plan_find_series (plan, CUP, NORTH, 1);
  g_assert_cmpint (series, >, 0);
  /* without a model there is nothing to keep a season with */
  for (int i = 0; i < 12; i++)
    season[i] = i < 6 ? 3 : 1;
  set_season (plan, &scope, season);
  g_assert_cmpint (kilter_plan_count_own_seasons (plan, &scope), ==, 0);
  run (plan, NULL, series, before);
  for (int h = 0; h < N_HORIZON; h++)
    other[h] = cell (plan, KILTER_STATISTICAL, JUICE, h);
  set_season (plan, &scope, season);
  g_assert_cmpint (kilter_plan_count_own_seasons (plan, &scope), ==, 2);
  g_assert_cmpint (kilter_plan_count_own_seasons (plan, &(KilterScope) { 0 }), ==, 2);
  own = kilter_plan_get_own_season (plan, series);
  g_assert_cmpfloat (own[0], ==, 1.5);
  g_assert_cmpfloat (own[11], ==, 0.5);

  run (plan, "optimal", series, after);
  /* the horizon begins in April: three high months, six low ones */
  for (int h = 0; h + 1 < N_HORIZON; h++)
    {
      gboolean high = (h + 3) % 12 < 6, next = (h + 4) % 12 < 6;

      if (high == next)
        g_assert_cmpfloat_with_epsilon (after[h + 1], after[h], 0.2 * after[h]);
      else
        g_assert_cmpfloat (next ? after[h + 1] / after[h] : after[h] / after[h + 1], >, 2.4);
    }
  {
    double profile[12];

    g_assert_true (kilter_plan_model_season (plan, KILTER_BASELINE, &scope, profile));
    for (int i = 0; i < 12; i++)
      g_assert_cmpfloat_with_epsilon (profile[i], i < 6 ? 1.5 : 0.5, 1e-9);
  }
  {
    KilterForecastRequest request = { .version = KILTER_BASELINE };
    g_autoptr (KilterForecastTask) told = kilter_forecast_task_new (plan, &request, NULL);
    g_autoptr (KilterForecastTask) untold = NULL;
    KilterForecastInput with, without;

    set_season (plan, &scope, NULL);
    untold = kilter_forecast_task_new (plan, &request, NULL);
    for (gsize i = 0; i < kilter_forecast_task_get_n_inputs (told); i++)
      {
        kilter_forecast_task_get_input (told, i, &with);
        kilter_forecast_task_get_input (untold, i, &without);
        g_assert_null (without.season);
        g_assert_cmpint (with.season != NULL, ==, !g_str_equal (with.id, without.id));
        if (with.season != NULL)
          g_assert_cmpfloat (with.season[11], ==, 0.5);
        g_free (with.method);
        g_free (without.method);
      }
  }
  run (plan, NULL, series, again);
  g_assert_cmpmem (again, sizeof again, before, sizeof before);
  for (int h = 0; h < N_HORIZON; h++)
    g_assert_cmpfloat (cell (plan, KILTER_STATISTICAL, JUICE, h), ==, other[h]);
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast-run/launch-curve", test_launch_curve);
  g_test_add_func ("/forecast-run/launch-share", test_launch_share);
  g_test_add_func ("/forecast-run/chain", test_chain);
  g_test_add_func ("/forecast-run/phase-out", test_phase_out);
  g_test_add_func ("/forecast-run/reconcile", test_reconcile);
  g_test_add_func ("/forecast-run/setting", test_setting);
  g_test_add_func ("/forecast-run/answers", test_answers);
  g_test_add_func ("/forecast-run/own-season", test_own_season);
  return g_test_run ();
}
