/* kilter-intermittent.c: Croston, SBA, TSB, ADIDA, IMAPA, smoothing with small constants
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/method/kilter-intermittent.h"

/* Each filter writes out_after[t], the forecast after t values, for t = 0 … n, and returns the
 * mean squared one-step error. A missing value moves nothing. */

typedef struct
{
  double sum;
  gsize n;
} Squares;

static inline void
add_error (Squares *self, double actual, double forecast)
{
  self->sum += (actual - forecast) * (actual - forecast);
  self->n++;
}

static double
mean_square (const Squares *self)
{
  return self->n > 0 ? self->sum / (double) self->n : KILTER_HUGE;
}

/**
 * kilter_croston_filter:
 * @alpha: smoothing of the size
 * @beta: smoothing of the interval
 * @correction: 1 for Croston 1972; 1 − β/2 for Syntetos & Boylan 2005
 */
double
kilter_croston_filter (const double *y,
                       gsize n,
                       double alpha,
                       double beta,
                       double correction,
                       double *out_after)
{
  double size = 0.0, interval = 1.0, since = 0.0;
  gboolean started = FALSE;
  Squares squares = { 0 };

  out_after[0] = 0.0;
  for (gsize t = 0; t < n; t++)
    {
      if (isnan (y[t]))
        {
          out_after[t + 1] = out_after[t];
          continue;
        }
      if (started)
        add_error (&squares, y[t], out_after[t]);
      since += 1.0;
      if (y[t] != 0.0 && !started)
        {
          size = y[t];
          interval = since;
          started = TRUE;
          since = 0.0;
        }
      else if (y[t] != 0.0)
        {
          size += alpha * (y[t] - size);
          interval += beta * (since - interval);
          since = 0.0;
        }
      out_after[t + 1] = started ? correction * size / interval : 0.0;
    }
  return mean_square (&squares);
}

/**
 * kilter_tsb_filter:
 * @alpha: smoothing of the size, moved by demand only
 * @beta: smoothing of the probability of demand, moved in every period
 *
 * Teunter, Syntetos & Babai 2011, equations 1 and 2. It starts from the average size and share,
 * so that the first sale, by which a history begins, does not count double.
 */
double
kilter_tsb_filter (const double *y, gsize n, double alpha, double beta, double *out_after)
{
  double size = 0.0, probability = 0.0, n_present = 0.0, n_positive = 0.0;
  Squares squares = { 0 };

  for (gsize t = 0; t < n; t++)
    if (!isnan (y[t]))
      {
        n_present += 1.0;
        if (y[t] != 0.0)
          n_positive += 1.0;
        size += y[t];
      }
  size = n_positive > 0.0 ? size / n_positive : 0.0;
  probability = n_present > 0.0 ? n_positive / n_present : 0.0;

  out_after[0] = size * probability;
  for (gsize t = 0; t < n; t++)
    {
      if (!isnan (y[t]))
        {
          add_error (&squares, y[t], out_after[t]);
          probability += beta * ((y[t] != 0.0 ? 1.0 : 0.0) - probability);
          if (y[t] != 0.0)
            size += alpha * (y[t] - size);
        }
      out_after[t + 1] = size * probability;
    }
  return mean_square (&squares);
}

double
kilter_smooth_filter (const double *y, gsize n, double alpha, double start, double *out_after)
{
  Squares squares = { 0 };

  out_after[0] = start;
  for (gsize t = 0; t < n; t++)
    {
      out_after[t + 1] = out_after[t];
      if (isnan (y[t]))
        continue;
      add_error (&squares, y[t], out_after[t]);
      out_after[t + 1] += alpha * (y[t] - out_after[t]);
    }
  return mean_square (&squares);
}

static double
mean_present (const double *y, gsize n)
{
  double sum = 0.0;
  gsize count = 0;

  for (gsize t = 0; t < n; t++)
    if (!isnan (y[t]))
      {
        sum += y[t];
        count++;
      }
  return count > 0 ? sum / (double) count : NAN;
}

static const double constants[] = { 0.01, 0.02, 0.04, 0.06, 0.08, 0.1,  0.12, 0.15,
                                    0.18, 0.21, 0.24, 0.27, 0.3,  0.35, 0.4 };

static double
smooth_best (KilterWork *work, const double *y, gsize n, double *out_after)
{
  double start = mean_present (y, n), best = INFINITY, best_alpha = constants[0];

  for (guint i = 0; i < G_N_ELEMENTS (constants); i++)
    {
      double error = kilter_smooth_filter (y, n, constants[i], start, out_after);

      if (error < best)
        {
          best = error;
          best_alpha = constants[i];
        }
    }
  kilter_work_spend (work, n * G_N_ELEMENTS (constants));
  kilter_smooth_filter (y, n, best_alpha, start, out_after);
  return best_alpha;
}

static void
croston_best (KilterWork *work,
              const double *y,
              gsize n,
              gboolean correct,
              double *out_after,
              KilterForecastMember *member)
{
  double best = INFINITY;

  member->alpha = 0.1;
  for (guint i = 3; i < G_N_ELEMENTS (constants) - 2; i++)
    {
      double a = constants[i];
      double error = kilter_croston_filter (y, n, a, a, correct ? 1.0 - 0.5 * a : 1.0, out_after);

      if (error < best)
        {
          best = error;
          member->alpha = a;
        }
    }
  kilter_work_spend (work, n * G_N_ELEMENTS (constants));
  member->beta = member->alpha;
  kilter_croston_filter (y, n, member->alpha, member->beta,
                         correct ? 1.0 - 0.5 * member->beta : 1.0, out_after);
}

static void
tsb_best (KilterWork *work,
          const double *y,
          gsize n,
          double *out_after,
          KilterForecastMember *member)
{
  double best = INFINITY;

  for (guint i = 0; i < G_N_ELEMENTS (constants); i += 2)
    for (guint j = 0; j < G_N_ELEMENTS (constants); j += 2)
      {
        double error = kilter_tsb_filter (y, n, constants[i], constants[j], out_after);

        if (error < best)
          {
            best = error;
            member->alpha = constants[i];
            member->beta = constants[j];
          }
      }
  kilter_work_spend (work, n * 64);
  kilter_tsb_filter (y, n, member->alpha, member->beta, out_after);
}

/* Smooths sums of k values, the blocks ending with the last value, and adds the forecast for one
 * period, times weight, to out_after. */
static void
aggregate (KilterWork *work, const double *y, gsize n, guint k, double weight, double *out_after)
{
  KilterMark mark = kilter_work_mark (work);
  gsize blocks = n / k, first = n - blocks * k;
  double *sums = kilter_work_doubles (work, blocks);
  double *after = kilter_work_doubles (work, blocks + 1);

  for (gsize b = 0; b < blocks; b++)
    sums[b] = mean_present (y + first + b * k, k) * k;
  smooth_best (work, sums, blocks, after);
  for (gsize t = 0; t <= n; t++)
    out_after[t] += weight * after[t < first ? 0 : (t - first) / k] / k;
  kilter_work_release (work, mark);
}

static void
imapa (KilterWork *work, const double *y, gsize n, gboolean only_last, double *out_after)
{
  KilterClassification c;
  guint top;

  kilter_classify (y, n, 1, &c);
  top = (guint) CLAMP (floor (c.mean_interval + 0.5), 1.0, MAX (1.0, (double) n / 4.0));
  for (gsize t = 0; t <= n; t++)
    out_after[t] = 0.0;
  for (guint k = only_last ? top : 1; k <= top; k++)
    aggregate (work, y, n, k, only_last ? 1.0 : 1.0 / top, out_after);
}

/**
 * kilter_intermittent_fit:
 * @method: SES, Croston, SBA, TSB, ADIDA (Nikolopoulos et al. 2011) or IMAPA (Petropoulos &
 *   Kourentzes 2015)
 *
 * Smoothing constants minimise the squared one-step error over a grid of small values.
 */
gboolean
kilter_intermittent_fit (KilterWork *work,
                         const KilterData *data,
                         KilterForecastMethod method,
                         KilterFit *fit)
{
  double *after = kilter_work_doubles (work, data->n + 1);
  gsize origin = data->n - data->k;

  switch ((guint) method)
    {
    case KILTER_METHOD_SES:
      fit->member.alpha = smooth_best (work, data->y, data->n, after);
      break;
    case KILTER_METHOD_CROSTON:
    case KILTER_METHOD_SBA:
      croston_best (work, data->y, data->n, method == KILTER_METHOD_SBA, after, &fit->member);
      break;
    case KILTER_METHOD_TSB:
      tsb_best (work, data->y, data->n, after, &fit->member);
      break;
    case KILTER_METHOD_ADIDA:
    case KILTER_METHOD_IMAPA:
      imapa (work, data->y, data->n, method == KILTER_METHOD_ADIDA, after);
      break;
    default:
      return FALSE;
    }

  for (gsize t = 1; t < data->n; t++)
    fit->fitted[t] = after[t];
  for (guint j = 0; j < data->h; j++)
    {
      fit->mean[j] = after[data->n];
      for (gsize i = 0; i < data->k; i++)
        fit->paths[i * data->h + j] = after[origin + i];
    }
  return TRUE;
}
