/* kilter-arima-model.c: likelihood and estimation of one seasonal ARIMA model
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/method/kilter-arima.h"

#include <string.h>

/* a model this far behind the best after its first steps is not looked at further */
#define HOPELESS 14.0
#define TOLERANCE 1e-5
/* transformed partial autocorrelations beyond this are at their limit */
#define MAX_COORDINATE 4.0
#define FLOOR 1e-14

typedef struct
{
  KilterWork *work;
  KilterArima *model;
  const double *w;
  gsize n;
  double cap;
  gboolean exact;
} Search;

guint
kilter_arima_n_parameters (const KilterArimaOrder *order)
{
  return order->p + order->q + order->sp + order->sq;
}

/* Partial autocorrelations into coefficients (Durbin & Levinson); every point of the box is a
 * stationary model (Monahan 1984). */
static void
coefficients_from (const double *x, guint n, double cap, double *out)
{
  double old[KILTER_ARIMA_MAX_ORDER];

  for (guint k = 0; k < n; k++)
    {
      double r = cap * tanh (x[k]);

      memcpy (old, out, k * sizeof (double));
      for (guint i = 0; i < k; i++)
        out[i] = old[i] - r * old[k - 1 - i];
      out[k] = r;
    }
}

static void
polynomial_add (KilterLagPolynomial *self, guint lag, double c)
{
  guint i = self->n;

  for (guint j = 0; j < self->n; j++)
    if (self->lag[j] == lag)
      {
        self->c[j] += c;
        return;
      }
  for (; i > 0 && self->lag[i - 1] > lag; i--)
    {
      self->lag[i] = self->lag[i - 1];
      self->c[i] = self->c[i - 1];
    }
  self->lag[i] = lag;
  self->c[i] = c;
  self->n++;
}

/* (1 − Σ a B^i)(1 − Σ b B^mi) = 1 − Σ c B^lag; with the sign of a moving average, + instead of −.
 */
static void
polynomial_product (KilterLagPolynomial *self,
                    const double *a,
                    guint na,
                    const double *b,
                    guint nb,
                    guint m,
                    double sign)
{
  self->n = 0;
  for (guint i = 0; i < na; i++)
    polynomial_add (self, i + 1, a[i]);
  for (guint j = 0; j < nb; j++)
    {
      polynomial_add (self, (j + 1) * m, b[j]);
      for (guint i = 0; i < na; i++)
        polynomial_add (self, (j + 1) * m + i + 1, sign * a[i] * b[j]);
    }
}

/**
 * kilter_arima_set_coefficients:
 * @phi: (array): autoregressive: w[t] = Σ phi[i] w[t − i − 1] + …
 * @theta: (array): moving average: … + e[t] + Σ theta[i] e[t − i − 1]
 */
void
kilter_arima_set_coefficients (KilterArima *self,
                               const double *phi,
                               const double *theta,
                               const double *seasonal_phi,
                               const double *seasonal_theta)
{
  const KilterArimaOrder *o = &self->order;

  polynomial_product (&self->ar, phi, o->p, seasonal_phi, o->sp, self->m, -1.0);
  polynomial_product (&self->ma, theta, o->q, seasonal_theta, o->sq, self->m, 1.0);
}

static void
set_from_vector (KilterArima *self, const double *x, double cap)
{
  const KilterArimaOrder *o = &self->order;
  double phi[KILTER_ARIMA_MAX_ORDER], theta[KILTER_ARIMA_MAX_ORDER];
  double sphi[KILTER_ARIMA_MAX_SEASONAL], stheta[KILTER_ARIMA_MAX_SEASONAL];

  coefficients_from (x, o->p, 0.995, phi);
  coefficients_from (x + o->p, o->q, cap, theta);
  coefficients_from (x + o->p + o->q, o->sp, 0.98, sphi);
  coefficients_from (x + o->p + o->q + o->sp, o->sq, cap, stheta);
  for (guint i = 0; i < o->q; i++)
    theta[i] = -theta[i];
  for (guint i = 0; i < o->sq; i++)
    stheta[i] = -stheta[i];
  kilter_arima_set_coefficients (self, phi, theta, sphi, stheta);
}

gsize
kilter_arima_difference (const double *y, gsize n, guint m, guint d, guint sd, double *out)
{
  gsize length = n;

  memcpy (out, y, n * sizeof (double));
  for (guint i = 0; i < sd; i++, length -= m)
    for (gsize t = 0; t + m < length; t++)
      out[t] = out[t + m] - out[t];
  for (guint i = 0; i < d; i++, length--)
    for (gsize t = 0; t + 1 < length; t++)
      out[t] = out[t + 1] - out[t];
  return length;
}

static inline double
apply (const KilterLagPolynomial *self, const double *at, int direction)
{
  double sum = 0.0;

  for (guint i = 0; i < self->n; i++)
    sum += self->c[i] * at[-direction * (int) self->lag[i]];
  return sum;
}

/* out[t] = z[t] − Σ c z[t ∓ lag] for the autoregressive side, which knows no recursion: lag by lag
 * over all periods, in the order of apply(), so that the numbers are the same. */
static void
take_ar_off (const KilterLagPolynomial *ar,
             const double *z,
             gsize from,
             gsize to,
             int direction,
             double *out)
{
  for (gsize t = from; t < to; t++)
    out[t] = 0.0;
  for (guint i = 0; i < ar->n; i++)
    {
      const double *at = z - direction * (int) ar->lag[i];
      double c = ar->c[i];

      for (gsize t = from; t < to; t++)
        out[t] += c * at[t];
    }
  for (gsize t = from; t < to; t++)
    out[t] = z[t] - out[t];
}

/* e[t] = r[t] − Σ c e[t − lag], upwards or downwards; one loop for each number of terms. The first
 * term, usually the period before, comes last: each period waits for one product and one difference
 * of the one before. Returns the sum of squares. */
static inline __attribute__ ((always_inline)) double
take_ma_off_terms (const KilterLagPolynomial *ma,
                   const double *r,
                   gssize start,
                   gsize length,
                   const gssize direction,
                   const guint n,
                   double *e)
{
  gssize nearest = n > 0 ? direction * (gssize) ma->lag[0] : 0, t = start;
  double squares = 0.0, c = n > 0 ? ma->c[0] : 0.0, last = 0.0;
  gboolean next_to_it = n > 0 && ma->lag[0] == 1;

  if (next_to_it)
    last = e[start - direction];
  for (gsize k = 0; k < length; k++, t += direction)
    {
      double far = 0.0, value;

      for (guint i = 1; i < n; i++)
        far += ma->c[i] * e[t - direction * (gssize) ma->lag[i]];
      value = r[t] - far;
      if (n > 0)
        value -= c * (next_to_it ? last : e[t - nearest]);
      last = e[t] = value;
      squares += value * value;
    }
  return squares;
}

static inline __attribute__ ((always_inline)) double
take_ma_off (const KilterLagPolynomial *ma,
             const double *r,
             gssize start,
             gsize length,
             const gssize direction,
             double *e)
{
  switch (ma->n)
    {
    case 0:
      return take_ma_off_terms (ma, r, start, length, direction, 0, e);
    case 1:
      return take_ma_off_terms (ma, r, start, length, direction, 1, e);
    case 2:
      return take_ma_off_terms (ma, r, start, length, direction, 2, e);
    case 3:
      return take_ma_off_terms (ma, r, start, length, direction, 3, e);
    default:
      return take_ma_off_terms (ma, r, start, length, direction, ma->n, e);
    }
}

/* How far back from the first value the process is forecast. */
static gsize
reach_back (const KilterArima *self, gsize n)
{
  guint longest_ar = self->ar.n > 0 ? self->ar.lag[self->ar.n - 1] : 0;
  guint longest_ma = self->ma.n > 0 ? self->ma.lag[self->ma.n - 1] : 0;

  return longest_ar > 0 ? MIN (longest_ma + (gsize) longest_ar + 10, n) : longest_ma;
}

/* @out_all also gets the errors before the first value: reach_back() + n of them. */
static double
sum_of_squares (KilterWork *work,
                const KilterArima *self,
                const double *w,
                gsize n,
                double *out_residuals,
                double *out_all)
{
  KilterMark mark = kilter_work_mark (work);
  guint longest_ar = self->ar.n > 0 ? self->ar.lag[self->ar.n - 1] : 0;
  guint longest_ma = self->ma.n > 0 ? self->ma.lag[self->ma.n - 1] : 0;
  gsize pad = MAX (longest_ar, longest_ma) + 1;
  gsize back = reach_back (self, n);
  gsize size = n + back + 2 * pad;
  double *z = kilter_work_doubles (work, size), *e = kilter_work_doubles (work, size);
  double *r = kilter_work_alloc (work, size * sizeof (double));
  gsize first = pad + back, last = first + n - MIN (longest_ar, n);
  double squares;

  kilter_work_spend (work, 2 * n);
  memcpy (z + first, w, n * sizeof (double));
  /* the last values, of which the future is not known, start with errors of zero */
  take_ar_off (&self->ar, z, first, last, -1, r);
  take_ma_off (&self->ma, r, (gssize) last - 1, last - first, -1, e);
  for (gsize t = first; t-- > first - back;)
    z[t] = apply (&self->ar, z + t, -1) + apply (&self->ma, e + t, -1);
  /* every error that the forward pass looks back to is either new already or before the start */
  take_ar_off (&self->ar, z, first - back, first + n, 1, r);
  squares = take_ma_off (&self->ma, r, (gssize) (first - back), n + back, 1, e);
  if (out_residuals != NULL)
    memcpy (out_residuals, e + first, n * sizeof (double));
  if (out_all != NULL)
    memcpy (out_all, e + first - back, (n + back) * sizeof (double));
  kilter_work_release (work, mark);
  return squares;
}

/**
 * kilter_arima_sum_of_squares:
 * @w: (array length=n): the differenced series, its mean taken off
 * @out_residuals: (nullable) (array length=n): one-step errors
 *
 * Unconditional sum of squares: what came before the first value is forecast backwards (Box,
 * Jenkins & Reinsel 1994, section 7.1.4).
 */
double
kilter_arima_sum_of_squares (KilterWork *work,
                             const KilterArima *self,
                             const double *w,
                             gsize n,
                             double *out_residuals)
{
  return sum_of_squares (work, self, w, n, out_residuals, NULL);
}

/* Gaussian elimination with row exchange; b becomes the solution. */
static gboolean
solve (double *a, double *b, gsize n)
{
  for (gsize c = 0; c < n; c++)
    {
      gsize best = c;

      for (gsize r = c + 1; r < n; r++)
        if (fabs (a[r * n + c]) > fabs (a[best * n + c]))
          best = r;
      if (fabs (a[best * n + c]) < 1e-14)
        return FALSE;
      for (gsize k = 0; best != c && k < n; k++)
        {
          double swap = a[c * n + k];

          a[c * n + k] = a[best * n + k];
          a[best * n + k] = swap;
        }
      if (best != c)
        {
          double swap = b[c];

          b[c] = b[best];
          b[best] = swap;
        }
      for (gsize r = c + 1; r < n; r++)
        {
          double f = a[r * n + c] / a[c * n + c];

          if (f == 0.0)
            continue;
          for (gsize k = c; k < n; k++)
            a[r * n + k] -= f * a[c * n + k];
          b[r] -= f * b[c];
        }
    }
  for (gsize r = n; r-- > 0;)
    {
      for (gsize k = r + 1; k < n; k++)
        b[r] -= a[r * n + k] * b[k];
      b[r] /= a[r * n + r];
    }
  return TRUE;
}

/**
 * Covariance:
 * @p: longest autoregressive lag
 * @q: longest moving-average lag
 * @theta: (array length=q+1): 1, then the moving-average coefficients
 * @own: (array length=p+1): autocovariances of the process
 * @cross: (array length=q+1): covariance of the process with the moving-average part d later
 * @ma: (array length=q+1): autocovariances of the moving-average part
 *
 * All for an error variance of 1.
 */
typedef struct
{
  guint p;
  guint q;
  double *theta;
  double *own;
  double *cross;
  double *ma;
} Covariance;

static gboolean
covariance_init (Covariance *self, KilterWork *work, const KilterArima *model)
{
  guint p = model->ar.n > 0 ? model->ar.lag[model->ar.n - 1] : 0;
  guint q = model->ma.n > 0 ? model->ma.lag[model->ma.n - 1] : 0;
  double *psi = kilter_work_doubles (work, q + 1), *a;

  *self = (Covariance) { p,
                         q,
                         kilter_work_doubles (work, q + 1),
                         kilter_work_doubles (work, p + 1),
                         kilter_work_doubles (work, q + 1),
                         kilter_work_doubles (work, q + 1) };
  self->theta[0] = 1.0;
  for (guint i = 0; i < model->ma.n; i++)
    self->theta[model->ma.lag[i]] = model->ma.c[i];
  for (guint r = 0; r <= q; r++)
    {
      psi[r] = self->theta[r];
      for (guint i = 0; i < model->ar.n && model->ar.lag[i] <= r; i++)
        psi[r] += model->ar.c[i] * psi[r - model->ar.lag[i]];
    }
  for (guint d = 0; d <= q; d++)
    for (guint k = d; k <= q; k++)
      {
        self->cross[d] += self->theta[k] * psi[k - d];
        self->ma[d] += self->theta[k] * self->theta[k - d];
      }
  if (p == 0)
    return TRUE;

  /* Brockwell & Davis 1991, section 3.3, third method */
  a = kilter_work_doubles (work, (gsize) (p + 1) * (p + 1));
  for (guint k = 0; k <= p; k++)
    {
      a[(gsize) k * (p + 1) + k] += 1.0;
      for (guint i = 0; i < model->ar.n; i++)
        a[(gsize) k * (p + 1) + (guint) ABS ((int) k - (int) model->ar.lag[i])] -= model->ar.c[i];
      self->own[k] = k <= q ? self->cross[k] : 0.0;
    }
  return solve (a, self->own, p + 1) && self->own[0] > 0.0;
}

/* Covariance of elements i ≥ j of the transformed series: the first p are the process itself, the
 * others its moving-average part. */
static inline double
covariance_at (const Covariance *self, gsize i, gsize j)
{
  gsize d = i - j;

  if (i < self->p)
    return self->own[d];
  if (d > self->q)
    return 0.0;
  return j < self->p ? self->cross[d] : self->ma[d];
}

/* @out_errors: (nullable) (array length=n): the standardised errors times the n-th root of the
 * determinant: the logarithm of their mean square is all of the likelihood */
static double
likelihood (KilterWork *work,
            const KilterArima *self,
            const double *w,
            gsize n,
            double *out_sigma2,
            double *out_errors)
{
  KilterMark mark = kilter_work_mark (work);
  Covariance cov;
  gsize band, width;
  double *rows, *e, squares = 0.0, logs = 0.0, result = KILTER_HUGE;
  gboolean valid = covariance_init (&cov, work, self) && n > cov.p;

  band = MAX (cov.p, cov.q);
  width = band + 1;
  rows = kilter_work_doubles (work, width * width);
  e = kilter_work_doubles (work, n);
  kilter_work_spend (work, n * (1 + band / 2));
  for (gsize i = 0; i < n && valid; i++)
    {
      /* only the last band rows of the factor are ever needed; row i is kept at i mod width */
      double *row = rows + (i % width) * width;
      gsize low = i > band ? i - band : 0;
      double z = w[i], diagonal;

      for (guint k = 0; k < self->ar.n && i >= cov.p; k++)
        z -= self->ar.c[k] * w[i - self->ar.lag[k]];
      for (gsize j = low; j < i; j++)
        {
          const double *other = rows + (j % width) * width;
          gsize other_low = j > band ? j - band : 0;
          double sum = covariance_at (&cov, i, j);

          for (gsize k = MAX (low, other_low); k < j; k++)
            sum -= row[k - low] * other[k - other_low];
          row[j - low] = sum / other[j - other_low];
          z -= row[j - low] * e[j];
        }
      diagonal = covariance_at (&cov, i, i);
      for (gsize k = low; k < i; k++)
        diagonal -= row[k - low] * row[k - low];
      valid = diagonal > 1e-12;
      row[i - low] = valid ? sqrt (diagonal) : 1.0;
      e[i] = z / row[i - low];
      squares += e[i] * e[i];
      logs += 2.0 * log (row[i - low]);
    }

  if (valid && out_errors != NULL)
    for (gsize i = 0; i < n; i++)
      out_errors[i] = e[i] * exp (0.5 * logs / (double) n);
  if (valid)
    {
      *out_sigma2 = squares / (double) n;
      result = (double) n * log (*out_sigma2 + 1e-14) + logs;
    }
  kilter_work_release (work, mark);
  return result;
}

/**
 * kilter_arima_likelihood:
 * @w: (array length=n): the differenced series, its mean taken off
 * @out_sigma2: the variance of the errors
 *
 * Exact Gaussian likelihood by Ansley 1979: after the autoregressive part is applied the
 * covariance matrix is a band, whose Cholesky factor is cheap.
 *
 * Returns: −2 log likelihood, without its constant; %KILTER_HUGE when it cannot be computed
 */
double
kilter_arima_likelihood (KilterWork *work,
                         const KilterArima *self,
                         const double *w,
                         gsize n,
                         double *out_sigma2)
{
  return likelihood (work, self, w, n, out_sigma2, NULL);
}

static double
search_errors (const double *x, double *out_errors, gpointer user_data)
{
  Search *self = user_data;
  KilterArima *model = self->model;
  double squares, objective;

  if (!kilter_work_spend (self->work, 0))
    return KILTER_HUGE;
  set_from_vector (model, x, self->cap);
  if (self->exact)
    {
      objective = likelihood (self->work, model, self->w, self->n, &model->sigma2, out_errors);
      return objective < KILTER_HUGE ? (double) self->n * exp (objective / (double) self->n)
                                     : KILTER_HUGE;
    }
  squares = sum_of_squares (self->work, model, self->w, self->n, NULL, out_errors);
  model->sigma2 = squares / (double) self->n;
  return isfinite (squares) ? squares : KILTER_HUGE;
}

/**
 * kilter_arima_estimate:
 * @self: order, m, mean, the start x, and as @aicc that of the best model so far (infinite when
 *   there is none: the search goes to its end) are set; gets the rest
 * @w: (array length=n): the differenced series, its mean taken off
 * @cap: largest partial autocorrelation of the moving-average side; near 1 the sum of squares
 *   piles up there, which forecasts badly
 * @exact: whether to maximise the exact likelihood
 * @max_steps: of the search. Few of them draw the parameters towards where it starts, as a prior
 *   would: what has to go far for a little more likelihood is fitted to noise
 */
gboolean
kilter_arima_estimate (KilterWork *work,
                       KilterArima *self,
                       const double *w,
                       gsize n,
                       double cap,
                       gboolean exact,
                       guint max_steps)
{
  Search search = { work, self, w, n, cap, exact };
  guint k = kilter_arima_n_parameters (&self->order);
  double low[12], high[12], degrees = k + 1.0 + self->order.constant, size = (double) n, penalty;
  KilterSquares problem = { search_errors, &search, n, size, FLOOR, low, high };

  if (size - degrees - 1.0 <= 0.0)
    return FALSE;
  penalty = 2.0 * degrees + 2.0 * degrees * (degrees + 1.0) / (size - degrees - 1.0);
  for (guint i = 0; i < k; i++)
    {
      low[i] = -MAX_COORDINATE;
      high[i] = MAX_COORDINATE;
    }
  if (!exact)
    {
      /* the coefficients tell how far back the process is forecast */
      set_from_vector (self, self->x, cap);
      problem.n_errors += reach_back (self, n);
    }
  self->objective = kilter_minimize_squares (work, &problem, self->x, k, max_steps, TOLERANCE,
                                             self->aicc - penalty + HOPELESS);
  if (self->objective >= KILTER_HUGE)
    return FALSE;
  set_from_vector (self, self->x, cap);
  self->aicc = self->objective + penalty;
  return TRUE;
}
