/* test-cleansing.c: planted anomalies are found, and nothing else
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/history/kilter-cleansing.h"
#include "planted.h"

#include <string.h>

static const KilterCleansingOptions monthly = { .season_length = 12 };

/* A season of a hand: 100, and 200 in December; noise that repeats. */
static void
december (double *values, gsize n)
{
  for (gsize t = 0; t < n; t++)
    values[t] = (t % 12 == 11 ? 200 : 100) + (double) (t * 7 % 5) - 2;
}

static KilterAnomaly *
only (GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      const KilterAnomaly *a = found->pdata[i];

      g_test_message ("%s %s %u+%u: %g", kilter_anomaly_kind_key (a->kind),
                      kilter_anomaly_reason_key (a->reason), (guint) a->at, (guint) a->n, a->score);
    }
  g_assert_cmpuint (found->len, ==, 1);
  return found->pdata[0];
}

static void
test_outlier (void)
{
  double values[60];
  g_autoptr (GPtrArray) found = NULL;
  KilterAnomaly *anomaly;

  december (values, 60);
  values[30] = 320;
  found = kilter_cleansing_propose (values, 60, &monthly);
  anomaly = only (found);
  g_assert_cmpint (anomaly->kind, ==, KILTER_ANOMALY_OUTLIER);
  g_assert_cmpint (anomaly->reason, ==, KILTER_ANOMALY_FAR);
  g_assert_cmpuint (anomaly->first, ==, 30);
  g_assert_cmpuint (anomaly->n, ==, 1);
  g_assert_cmpfloat (fabs (anomaly->values[0] - 100), <, 4);
  g_assert_cmpfloat_with_epsilon (anomaly->change, anomaly->values[0] / 320 - 1, 1e-12);
  g_assert_cmpfloat (anomaly->score, >, 10);
}

/* The December peaks themselves are not outliers, the last one neither; without the one of a year
 * the proposal knows that it is December. */
static void
test_season (void)
{
  double values[60];
  g_autoptr (GPtrArray) none = NULL, found = NULL;

  december (values, 60);
  none = kilter_cleansing_propose (values, 60, &monthly);
  g_assert_cmpuint (none->len, ==, 0);
  values[35] = 60;
  found = kilter_cleansing_propose (values, 60, &monthly);
  g_assert_cmpuint (only (found)->first, ==, 35);
  g_assert_cmpfloat (fabs (only (found)->values[0] - 200), <, 8);
}

/* Higher than ever in the last December: a peak that grows, not proposed; the same in a month that
 * is no peak is. In an earlier December it is, too. */
static void
test_recent_peak (void)
{
  double values[60];

  for (guint turn = 0; turn < 3; turn++)
    {
      g_autoptr (GPtrArray) found = NULL;

      december (values, 60);
      values[turn == 0 ? 59 : (turn == 1 ? 54 : 23)] = 420;
      found = kilter_cleansing_propose (values, 60, &monthly);
      g_assert_cmpuint (found->len, ==, turn == 0 ? 0 : 1);
    }
}

static void
test_promoted (void)
{
  double values[60];
  guint8 promoted[60] = { 0 };
  KilterCleansingOptions options = { .season_length = 12, .promoted = promoted };
  g_autoptr (GPtrArray) found = NULL;

  december (values, 60);
  values[30] = 320;
  values[40] = NAN;
  promoted[30] = promoted[40] = 1;
  found = kilter_cleansing_propose (values, 60, &options);
  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_stock_out (void)
{
  double values[60], stock[60];
  KilterCleansingOptions options = { .season_length = 12, .stock = stock };
  g_autoptr (GPtrArray) known = NULL, zero = NULL, dip = NULL;

  december (values, 60);
  for (guint t = 0; t < 60; t++)
    stock[t] = 50;
  /* a little short, and the stock was gone */
  values[20] = 70;
  stock[20] = 0;
  /* the stock was gone, but the sales were as usual */
  stock[40] = 0;
  known = kilter_cleansing_propose (values, 60, &options);
  g_assert_cmpuint (only (known)->first, ==, 20);
  g_assert_cmpint (only (known)->kind, ==, KILTER_ANOMALY_STOCK_OUT);
  g_assert_cmpint (only (known)->reason, ==, KILTER_ANOMALY_NO_STOCK);
  g_assert_cmpfloat (fabs (only (known)->values[0] - 100), <, 4);

  december (values, 60);
  values[25] = values[26] = 0;
  zero = kilter_cleansing_propose (values, 60, &monthly);
  g_assert_cmpuint (zero->len, ==, 2);
  g_assert_cmpint (((KilterAnomaly *) zero->pdata[0])->reason, ==, KILTER_ANOMALY_ZERO_RECOVERED);
  g_assert_cmpuint (((KilterAnomaly *) zero->pdata[1])->first, ==, 26);

  december (values, 60);
  values[25] = 15;
  values[26] = 180;
  dip = kilter_cleansing_propose (values, 60, &monthly);
  g_assert_cmpuint (dip->len, >=, 1);
  g_assert_cmpint (((KilterAnomaly *) dip->pdata[0])->reason, ==, KILTER_ANOMALY_DIP_RECOVERED);
}

static void
test_missing (void)
{
  double values[60];
  g_autoptr (GPtrArray) found = NULL;

  december (values, 60);
  values[23] = NAN;
  /* not there yet at the beginning, not in yet at the end */
  values[0] = values[1] = values[59] = NAN;
  found = kilter_cleansing_propose (values, 60, &monthly);
  g_assert_cmpint (only (found)->kind, ==, KILTER_ANOMALY_MISSING);
  g_assert_cmpuint (only (found)->first, ==, 23);
  g_assert_cmpfloat (fabs (only (found)->values[0] - 200), <, 8);
  g_assert_true (isnan (only (found)->change));
}

static void
test_level_shift (void)
{
  double values[60], clean[60];
  g_autoptr (GPtrArray) found = NULL;
  KilterAnomaly *shift;

  december (clean, 60);
  memcpy (values, clean, sizeof values);
  for (guint t = 0; t < 28; t++)
    values[t] *= 0.6;
  /* an outlier before it is measured against its own time */
  values[10] *= 3;
  found = kilter_cleansing_propose (values, 60, &monthly);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpuint (((KilterAnomaly *) found->pdata[0])->first, ==, 10);
  g_assert_cmpfloat (fabs (((KilterAnomaly *) found->pdata[0])->values[0] - 60), <, 5);
  shift = found->pdata[1];
  g_assert_cmpint (shift->kind, ==, KILTER_ANOMALY_LEVEL_SHIFT);
  g_assert_cmpuint (shift->at, ==, 28);
  g_assert_cmpuint (shift->first, ==, 0);
  g_assert_cmpuint (shift->n, ==, 28);
  for (guint t = 0; t < 28; t++)
    if (t != 10)
      g_assert_cmpfloat (fabs (shift->values[t] / clean[t] - 1), <, 0.05);
}

/* Nothing is said about what tells nothing: few values, none, wild ones, sporadic ones, absurd
 * ones. */
static void
test_silence (void)
{
  double values[60];
  guint64 seed = 5;
  static const double absurd[] = { 1e308, -1e308, 5e-324, INFINITY, -INFINITY, NAN, 0, 1e-300 };

  december (values, 60);
  values[5] = 900;
  g_ptr_array_unref (kilter_cleansing_propose (NULL, 0, &monthly));
  {
    g_autoptr (GPtrArray) few = kilter_cleansing_propose (values, 11, &monthly);

    g_assert_cmpuint (few->len, ==, 0);
  }
  for (guint turn = 0; turn < 4; turn++)
    {
      g_autoptr (GPtrArray) found = NULL;

      for (guint t = 0; t < 60; t++)
        values[t] = turn == 0   ? 7
                    : turn == 1 ? 0
                    : turn == 2 ? exp (3 * planted_normal (&seed))
                                : (t % 4 == 0 ? 10 + 3 * planted_uniform (&seed) : 0);
      found = kilter_cleansing_propose (values, 60, &monthly);
      g_assert_cmpuint (found->len, ==, 0);
    }
  for (guint turn = 0; turn < 200; turn++)
    {
      g_autoptr (GPtrArray) found = NULL;

      for (guint t = 0; t < 60; t++)
        values[t] = planted_uniform (&seed) < 0.2 ? absurd[(int) (planted_uniform (&seed) * 8)]
                                                  : planted_uniform (&seed);
      found = kilter_cleansing_propose (values, 60, &monthly);
      for (guint i = 0; i < found->len; i++)
        {
          const KilterAnomaly *anomaly = found->pdata[i];

          g_assert_cmpuint (anomaly->first + anomaly->n, <=, 60);
          for (gsize k = 0; k < anomaly->n; k++)
            g_assert_false (isinf (anomaly->values[k]));
        }
    }
}

static gboolean
hits (GPtrArray *found, Plant what, int at)
{
  for (guint i = 0; i < found->len; i++)
    {
      const KilterAnomaly *anomaly = found->pdata[i];

      if (what == PLANT_LEVEL_SHIFT
            ? anomaly->kind == KILTER_ANOMALY_LEVEL_SHIFT && ABS ((int) anomaly->at - at) <= 2
            : anomaly->kind != KILTER_ANOMALY_LEVEL_SHIFT && (int) anomaly->first == at)
        return TRUE;
    }
  return FALSE;
}

/* Rates over many series; the benchmark prints them. */
static void
test_rates (void)
{
  static const double least[N_PLANTS] = {
    [PLANT_OUTLIER_HIGH] = 0.9,    [PLANT_OUTLIER_LOW] = 0.9,    [PLANT_STOCK_OUT_KNOWN] = 0.97,
    [PLANT_STOCK_OUT_ZERO] = 0.97, [PLANT_STOCK_OUT_DIP] = 0.85, [PLANT_LEVEL_SHIFT] = 0.9,
    [PLANT_MISSING] = 1,
  };
  guint64 seed = 17;
  guint false_alarms = 0, false_shifts = 0;

  for (guint i = 0; i < 400; i++)
    {
      Planted series;
      KilterCleansingOptions options = { .season_length = 12, .stock = series.stock };
      g_autoptr (GPtrArray) found = NULL;

      planted_clean (&seed, &series);
      found = kilter_cleansing_propose (series.values, PLANTED_N, &options);
      for (guint k = 0; k < found->len; k++)
        if (((KilterAnomaly *) found->pdata[k])->kind == KILTER_ANOMALY_LEVEL_SHIFT)
          false_shifts++;
        else
          false_alarms++;
    }
  g_test_message ("false alarms: %u of %u values, %u of 400 series have a shift", false_alarms,
                  400 * PLANTED_N, false_shifts);
  g_assert_cmpuint (false_alarms, <, 400 * PLANTED_N / 500);
  g_assert_cmpuint (false_shifts, <, 400 / 40);
  for (Plant what = 0; what < N_PLANTS; what++)
    {
      guint n_hits = 0;

      for (guint i = 0; i < 200; i++)
        {
          Planted series;
          KilterCleansingOptions options = { .season_length = 12, .stock = series.stock };
          g_autoptr (GPtrArray) found = NULL;
          int at;

          planted_clean (&seed, &series);
          at = planted_put (&seed, what, PLANTED_N, &series);
          found = kilter_cleansing_propose (series.values, PLANTED_N, &options);
          n_hits += hits (found, what, at);
        }
      g_test_message ("plant %d: %u of 200 found", what, n_hits);
      g_assert_cmpfloat (n_hits / 200.0, >=, least[what]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/cleansing/outlier", test_outlier);
  g_test_add_func ("/forecast/cleansing/season", test_season);
  g_test_add_func ("/forecast/cleansing/recent-peak", test_recent_peak);
  g_test_add_func ("/forecast/cleansing/promoted", test_promoted);
  g_test_add_func ("/forecast/cleansing/stock-out", test_stock_out);
  g_test_add_func ("/forecast/cleansing/missing", test_missing);
  g_test_add_func ("/forecast/cleansing/level-shift", test_level_shift);
  g_test_add_func ("/forecast/cleansing/silence", test_silence);
  g_test_add_func ("/forecast/cleansing/rates", test_rates);
  return g_test_run ();
}
