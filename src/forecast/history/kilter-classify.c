/* kilter-classify.c: what kind of series it is
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

/* Syntetos, Boylan & Croston 2005, and a share of zeros below which smoothing does as well */
#define INTERVAL_LIMIT 1.32
#define CV2_LIMIT 0.49
#define ZERO_SHARE_LIMIT 0.33

typedef struct
{
  gsize n_present;
  gsize n_positive;
  gsize n_trailing_zeros;
  double sum;
  double sum_squares;
  double low;
  double high;
} Moments;

static void
measure (const double *y, gsize n, Moments *out)
{
  *out = (Moments) { .low = INFINITY, .high = -INFINITY };
  for (gsize t = 0; t < n; t++)
    {
      if (isnan (y[t]))
        continue;
      out->n_present++;
      out->sum += y[t];
      out->low = MIN (out->low, y[t]);
      out->high = MAX (out->high, y[t]);
      if (y[t] != 0.0)
        {
          out->n_positive++;
          out->n_trailing_zeros = 0;
        }
      else
        out->n_trailing_zeros++;
    }
  for (gsize t = 0; t < n; t++)
    if (!isnan (y[t]))
      out->sum_squares += (y[t] - out->sum / (double) out->n_present) *
                          (y[t] - out->sum / (double) out->n_present);
}

static double
cv2_of_sizes (const double *y, gsize n, const Moments *moments)
{
  double mean, sum = 0.0;

  if (moments->n_positive < 2)
    return 0.0;
  mean = moments->sum / (double) moments->n_positive;
  for (gsize t = 0; t < n; t++)
    if (!isnan (y[t]) && y[t] != 0.0)
      sum += (y[t] - mean) * (y[t] - mean);
  return mean != 0.0 ? sum / (double) (moments->n_positive - 1) / (mean * mean) : 0.0;
}

/**
 * kilter_classify:
 * @y: (array length=n): the history from its first sale on; NaN is missing
 * @m: season length
 */
void
kilter_classify (const double *y, gsize n, guint m, KilterClassification *out)
{
  Moments moments;
  gboolean intermittent;
  double mean;

  measure (y, n, &moments);
  *out = (KilterClassification) { .series_class = KILTER_CLASS_EMPTY, .mean_interval = 1.0 };
  if (moments.n_present == 0)
    return;

  mean = moments.sum / (double) moments.n_present;
  out->n_trailing_zeros = moments.n_trailing_zeros;
  out->zero_share = 1.0 - (double) moments.n_positive / (double) moments.n_present;
  out->mean_interval = (double) moments.n_present / (double) MAX (moments.n_positive, 1);
  out->cv2 = cv2_of_sizes (y, n, &moments);
  out->dispersion = moments.n_present > 1 && mean > 0.0
                      ? moments.sum_squares / (double) (moments.n_present - 1) / mean
                      : 1.0;
  intermittent = moments.low >= 0.0 && out->zero_share > ZERO_SHARE_LIMIT &&
                 out->mean_interval > INTERVAL_LIMIT;

  if (moments.n_positive == 0)
    out->series_class = KILTER_CLASS_ZERO;
  else if (moments.low >= 0.0 &&
           (double) moments.n_trailing_zeros >= MAX (MAX (2.0 * m, 6.0), 3.0 * out->mean_interval))
    out->series_class = KILTER_CLASS_DEAD;
  else if (moments.low == moments.high && moments.n_present > 1)
    out->series_class = KILTER_CLASS_CONSTANT;
  else if (moments.n_present < 4)
    out->series_class = KILTER_CLASS_SHORT;
  else if (intermittent)
    out->series_class = out->cv2 > CV2_LIMIT ? KILTER_CLASS_LUMPY : KILTER_CLASS_INTERMITTENT;
  else
    out->series_class = out->cv2 > CV2_LIMIT ? KILTER_CLASS_ERRATIC : KILTER_CLASS_SMOOTH;
}
