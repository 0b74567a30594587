/* kilter-explain.c: what a forecast knows about itself, as a list
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-explain.h"

#include <math.h>

/* an event that moved demand by less is not worth telling */
#define SMALLEST_UPLIFT 0.005

static const char *const reason_keys[] = {
  [KILTER_REASON_NONE] = "none",
  [KILTER_REASON_FORCED] = "forced",
  [KILTER_REASON_COMBINED] = "combined",
  [KILTER_REASON_BEST_BACKTEST] = "best-backtest",
  [KILTER_REASON_INTERMITTENT] = "intermittent",
  [KILTER_REASON_ERRATIC] = "erratic",
  [KILTER_REASON_SHORT] = "short",
  [KILTER_REASON_CONSTANT] = "constant",
  [KILTER_REASON_DEAD] = "dead",
  [KILTER_REASON_EMPTY] = "empty",
  [KILTER_REASON_SEASONAL] = "seasonal",
  [KILTER_REASON_NOT_SEASONAL] = "not-seasonal",
  [KILTER_REASON_TREND] = "trend",
  [KILTER_REASON_BEATS_NAIVE] = "beats-naive",
  [KILTER_REASON_NOT_BETTER_THAN_NAIVE] = "not-better-than-naive",
};

static const char *const mode_keys[] = {
  [KILTER_FORECAST_FAST] = "fast",
  [KILTER_FORECAST_STANDARD] = "standard",
  [KILTER_FORECAST_FULL] = "full",
};

static const char *const class_keys[] = {
  [KILTER_CLASS_EMPTY] = "empty",     [KILTER_CLASS_DEAD] = "dead",
  [KILTER_CLASS_ZERO] = "zero",       [KILTER_CLASS_CONSTANT] = "constant",
  [KILTER_CLASS_SHORT] = "short",     [KILTER_CLASS_SMOOTH] = "smooth",
  [KILTER_CLASS_ERRATIC] = "erratic", [KILTER_CLASS_INTERMITTENT] = "intermittent",
  [KILTER_CLASS_LUMPY] = "lumpy",
};

/* in the order of their bits */
static const char *const flag_keys[] = {
  "seasonal-flag", "logged",   "trend-up",       "trend-down", "trimmed",    "gaps",
  "negatives",     "no-cycle", "member-dropped", "fallback",   "work-limit", "clipped",
  "not-better",    "events",   "wide",           "bad-values",
};

/* what reasons say already, with a number */
#define TOLD                                                                                       \
  (KILTER_FORECAST_SEASONAL | KILTER_FORECAST_TREND_UP | KILTER_FORECAST_TREND_DOWN |              \
   KILTER_FORECAST_NOT_BETTER)

/**
 * kilter_forecast_reason_key:
 *
 * Returns: (transfer none) (nullable): its name in files
 */
const char *
kilter_forecast_reason_key (KilterForecastReason reason)
{
  return (guint) reason < G_N_ELEMENTS (reason_keys) ? reason_keys[reason] : NULL;
}

/**
 * kilter_forecast_mode_key:
 *
 * Returns: (transfer none) (nullable): its name in settings and on the command line
 */
const char *
kilter_forecast_mode_key (KilterForecastMode mode)
{
  return (guint) mode < G_N_ELEMENTS (mode_keys) ? mode_keys[mode] : NULL;
}

/**
 * kilter_forecast_mode_parse:
 * @text: (nullable): the name of a mode
 * @out_mode: (out): stays as it is when there is no such mode
 */
gboolean
kilter_forecast_mode_parse (const char *text, KilterForecastMode *out_mode)
{
  for (guint i = 0; i < G_N_ELEMENTS (mode_keys); i++)
    if (g_strcmp0 (text, mode_keys[i]) == 0)
      {
        *out_mode = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * kilter_forecast_class_key:
 *
 * Returns: (transfer none) (nullable): its name in files
 */
const char *
kilter_forecast_class_key (KilterSeriesClass series_class)
{
  return (guint) series_class < G_N_ELEMENTS (class_keys) ? class_keys[series_class] : NULL;
}

/**
 * kilter_forecast_flag_key:
 * @flag: one bit
 *
 * Returns: (transfer none) (nullable): its name in files
 */
const char *
kilter_forecast_flag_key (KilterForecastFlags flag)
{
  guint bit = g_bit_nth_lsf ((gulong) flag, -1) >= 0 ? (guint) g_bit_nth_lsf ((gulong) flag, -1)
                                                     : G_MAXUINT;

  return bit < G_N_ELEMENTS (flag_keys) ? flag_keys[bit] : NULL;
}

static void
add (GArray *out, KilterExplanationKind kind, guint code, double value)
{
  const KilterExplanation explanation = { kind, code, value };

  g_array_append_val (out, explanation);
}

static void
explain_season (const KilterForecast *forecast, GArray *out)
{
  guint high = 0, low = 0;

  if (!(forecast->flags & KILTER_FORECAST_SEASONAL) || forecast->profile == NULL)
    return;
  for (guint i = 1; i < forecast->season_length; i++)
    {
      if (forecast->profile[i] > forecast->profile[high])
        high = i;
      if (forecast->profile[i] < forecast->profile[low])
        low = i;
    }
  add (out, KILTER_EXPLAIN_PEAK, high, forecast->profile[high]);
  add (out, KILTER_EXPLAIN_TROUGH, low, forecast->profile[low]);
}

/**
 * kilter_forecast_explain:
 *
 * Returns: (transfer full) (element-type KilterExplanation): the reasons in their order, the
 * members of a combination with their shares, peak and trough of the season, the effect of each
 * event, and the flags that no reason tells
 */
GArray *
kilter_forecast_explain (const KilterForecast *forecast)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (KilterExplanation));

  for (guint i = 0; i < forecast->n_why; i++)
    add (out, KILTER_EXPLAIN_REASON, forecast->why[i].reason, forecast->why[i].value);
  for (guint i = 0; i < forecast->n_members && forecast->n_members > 1; i++)
    add (out, KILTER_EXPLAIN_MEMBER, forecast->members[i].method, forecast->members[i].weight);
  explain_season (forecast, out);
  for (guint i = 0; i < forecast->n_regressors && forecast->events != NULL; i++)
    if (fabs (forecast->events[i].uplift) >= SMALLEST_UPLIFT)
      add (out, KILTER_EXPLAIN_EVENT, i, forecast->events[i].uplift);
  for (guint bit = 0; bit < G_N_ELEMENTS (flag_keys); bit++)
    if (forecast->flags & ~(guint32) TOLD & (1u << bit))
      add (out, KILTER_EXPLAIN_FLAG, 1u << bit, NAN);
  return out;
}

/**
 * kilter_forecast_explain_text:
 *
 * Returns: (transfer full): the same for files: "combined:5 seasonal:0.82 member.ets:0.25
 * peak.11:1.4 event.0:0.35 gaps", numbers with four digits
 */
char *
kilter_forecast_explain_text (const KilterForecast *forecast)
{
  g_autoptr (GArray) all = kilter_forecast_explain (forecast);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const KilterExplanation *e = &g_array_index (all, KilterExplanation, i);

      if (i > 0)
        g_string_append_c (text, ' ');
      switch (e->kind)
        {
        case KILTER_EXPLAIN_REASON:
          g_string_append (text, kilter_forecast_reason_key (e->code));
          break;
        case KILTER_EXPLAIN_MEMBER:
          g_string_append_printf (text, "member.%s", kilter_forecast_method_key (e->code));
          break;
        case KILTER_EXPLAIN_FLAG:
          g_string_append (text, kilter_forecast_flag_key (e->code));
          break;
        case KILTER_EXPLAIN_PEAK:
          g_string_append_printf (text, "peak.%u", e->code);
          break;
        case KILTER_EXPLAIN_TROUGH:
          g_string_append_printf (text, "trough.%u", e->code);
          break;
        case KILTER_EXPLAIN_EVENT:
        default:
          g_string_append_printf (text, "event.%u", e->code);
          break;
        }
      if (!isnan (e->value))
        {
          char number[G_ASCII_DTOSTR_BUF_SIZE];

          g_string_append_printf (text, ":%s",
                                  g_ascii_formatd (number, sizeof number, "%.4g", e->value));
        }
    }
  return g_string_free (text, FALSE);
}

/**
 * kilter_forecast_method_format:
 * @members: of a combination, 0 for the usual ones
 *
 * Returns: (transfer full): what kilter_forecast_method_parse() reads: "theta", "ets+theta"
 */
char *
kilter_forecast_method_format (KilterForecastMethod method, guint32 members)
{
  GString *text;

  if (method != KILTER_METHOD_COMB || members == 0)
    return g_strdup (kilter_forecast_method_key (method));
  text = g_string_new (NULL);
  for (guint m = 0; m < KILTER_N_METHODS; m++)
    if (members & KILTER_METHOD_BIT (m))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "+" : "",
                              kilter_forecast_method_key (m));
  return g_string_free (text, FALSE);
}
