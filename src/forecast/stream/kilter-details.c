/* kilter-details.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/stream/kilter-details.h"

#include "base/kilter-number.h"
#include "forecast/kilter-explain.h"

#include <math.h>
#include <string.h>

/* "KEY=ENTRY;ENTRY KEY=…", where an entry is fields with ':' between, an empty one no number. */
#define PARAMETERS 6

/* --- out --- */

static void
append_field (GString *text, double value)
{
  g_autofree char *number = kilter_number_to_c (value);

  g_string_append_printf (text, ":%s", number);
}

static void
append_members (GString *text, const KilterForecast *forecast)
{
  for (guint i = 0; i < forecast->n_members; i++)
    {
      const KilterForecastMember *member = &forecast->members[i];
      const double parameters[PARAMETERS] = { member->aicc,  member->alpha, member->beta,
                                              member->gamma, member->phi,   member->theta };

      g_string_append_printf (text, "%s%s:%s", i == 0 ? " members=" : ";",
                              kilter_forecast_method_key (member->method), member->form);
      append_field (text, member->weight);
      for (guint k = 0; k < PARAMETERS; k++)
        append_field (text, parameters[k]);
    }
}

static void
append_backtest (GString *text, const KilterBacktest *backtest)
{
  guint width = backtest->n_lags + 1;

  if (backtest->n_methods == 0)
    return;
  g_string_append_printf (text, " backtest=%u:%u", backtest->n_origins, backtest->n_lags);
  for (guint m = 0; m < backtest->n_methods; m++)
    {
      g_string_append_printf (text, ";%s", kilter_forecast_method_key (backtest->methods[m]));
      for (guint lag = 0; lag < width; lag++)
        {
          const KilterForecastScore *score = &backtest->scores[(gsize) m * width + lag];

          g_string_append_printf (text, ":%u", score->n);
          append_field (text, score->wape);
          append_field (text, score->bias);
          append_field (text, score->mase);
        }
    }
}

/**
 * kilter_forecast_details_format:
 *
 * Returns: (transfer full): class, flags, season, reasons, members, backtest and effects of events:
 *   all of a forecast that is no number of a period, in one line. Numbers read back as the same
 *   bits
 */
char *
kilter_forecast_details_format (const KilterForecast *forecast)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "class=%s flags=%u",
                          kilter_forecast_class_key (forecast->series_class), forecast->flags);
  for (guint i = 0; i < forecast->n_why; i++)
    {
      g_string_append_printf (text, "%s%s", i == 0 ? " why=" : ";",
                              kilter_forecast_reason_key (forecast->why[i].reason));
      append_field (text, forecast->why[i].value);
    }
  append_members (text, forecast);
  /* a season that no test has found is of no use to anybody */
  for (guint i = 0; forecast->profile != NULL && (forecast->flags & KILTER_FORECAST_SEASONAL) &&
                    i < forecast->season_length;
       i++)
    {
      if (i == 0)
        g_string_append_printf (text, " season=%s",
                                forecast->profile_additive ? "additive" : "ratio");
      append_field (text, forecast->profile[i]);
    }
  append_backtest (text, &forecast->backtest);
  for (guint i = 0; i < forecast->n_regressors && forecast->events != NULL; i++)
    {
      const KilterForecastEvent *event = &forecast->events[i];

      g_string_append_printf (text, "%s%u", i == 0 ? " events=" : ";", event->n);
      append_field (text, event->coefficient);
      append_field (text, event->uplift);
    }
  return g_string_free (text, FALSE);
}

/* --- back --- */

static gboolean
read_count (const char *text, guint64 largest, guint *out)
{
  guint64 number = 0;
  gboolean done = text != NULL && g_ascii_string_to_unsigned (text, 10, 0, largest, &number, NULL);

  *out = (guint) number;
  return done;
}

/* A key of an engine's list, "" or NULL none. */
static gboolean
read_key (const char *text, const char *(*get_key) (guint), guint n, guint *out)
{
  for (*out = 0; text != NULL && *out < n; (*out)++)
    if (g_strcmp0 (text, get_key (*out)) == 0)
      return TRUE;
  return FALSE;
}

static const char *
get_class (guint i)
{
  return kilter_forecast_class_key (i);
}

static const char *
get_reason (guint i)
{
  return kilter_forecast_reason_key (i);
}

static const char *
get_method (guint i)
{
  return kilter_forecast_method_key (i);
}

static gboolean
read_method (const char *text, KilterForecastMethod *out)
{
  guint method;
  gboolean done = read_key (text, get_method, KILTER_N_METHODS, &method);

  *out = method;
  return done;
}

static gboolean
read_why (char **entries, KilterForecast *out)
{
  for (guint i = 0; entries[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (entries[i], ":", 2);
      guint reason;

      if (i == KILTER_FORECAST_MAX_WHY ||
          !read_key (fields[0], get_reason, KILTER_REASON_NOT_BETTER_THAN_NAIVE + 1, &reason) ||
          fields[1] == NULL || !kilter_number_from_c (fields[1], &out->why[i].value))
        return FALSE;
      out->why[i].reason = reason;
      out->n_why = i + 1;
    }
  return TRUE;
}

static gboolean
read_members (char **entries, KilterForecast *out)
{
  for (guint i = 0; entries[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (entries[i], ":", -1);
      KilterForecastMember *member = &out->members[i];
      double *const numbers[] = { &member->weight, &member->aicc, &member->alpha, &member->beta,
                                  &member->gamma,  &member->phi,  &member->theta };

      if (i == KILTER_FORECAST_MAX_MEMBERS ||
          g_strv_length (fields) != 2 + G_N_ELEMENTS (numbers) ||
          !read_method (fields[0], &member->method) ||
          g_strlcpy (member->form, fields[1], sizeof member->form) >= sizeof member->form)
        return FALSE;
      for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
        if (!kilter_number_from_c (fields[2 + k], numbers[k]))
          return FALSE;
      out->n_members = i + 1;
    }
  return TRUE;
}

static gboolean
read_season (char **entries, KilterForecast *out)
{
  g_auto (GStrv) fields = g_strsplit (entries[0], ":", -1);
  guint n = g_strv_length (fields);

  if (n < 2 || n - 1 > KILTER_FORECAST_MAX_SEASON || entries[1] != NULL ||
      (!g_str_equal (fields[0], "additive") && !g_str_equal (fields[0], "ratio")))
    return FALSE;
  out->season_length = n - 1;
  out->profile = g_new0 (double, n - 1);
  out->profile_additive = g_str_equal (fields[0], "additive");
  for (guint i = 0; i + 1 < n; i++)
    if (!kilter_number_from_c (fields[1 + i], &out->profile[i]) || isnan (out->profile[i]))
      return FALSE;
  return TRUE;
}

static gboolean
read_scores (const char *entry, KilterBacktest *out, guint row)
{
  g_auto (GStrv) fields = g_strsplit (entry, ":", -1);
  guint width = out->n_lags + 1;

  if (g_strv_length (fields) != 1 + 4 * width || !read_method (fields[0], &out->methods[row]))
    return FALSE;
  for (guint lag = 0; lag < width; lag++)
    {
      KilterForecastScore *score = &out->scores[(gsize) row * width + lag];

      if (!read_count (fields[1 + 4 * lag], G_MAXUINT, &score->n) ||
          !kilter_number_from_c (fields[2 + 4 * lag], &score->wape) ||
          !kilter_number_from_c (fields[3 + 4 * lag], &score->bias) ||
          !kilter_number_from_c (fields[4 + 4 * lag], &score->mase))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_backtest (char **entries, KilterForecast *forecast)
{
  KilterBacktest *out = &forecast->backtest;
  g_auto (GStrv) head = g_strsplit (entries[0], ":", -1);
  guint n = g_strv_length (entries) - 1;

  if (g_strv_length (head) != 2 ||
      !read_count (head[0], KILTER_FORECAST_MAX_VALUES, &out->n_origins) ||
      !read_count (head[1], KILTER_FORECAST_MAX_HORIZON, &out->n_lags) || n == 0 ||
      n > G_N_ELEMENTS (out->methods))
    return FALSE;
  out->scores = g_new0 (KilterForecastScore, (gsize) n * (out->n_lags + 1));
  for (guint m = 0; m < n; m++)
    if (!read_scores (entries[1 + m], out, m))
      return FALSE;
  out->n_methods = n;
  return TRUE;
}

static gboolean
read_events (char **entries, KilterForecast *out)
{
  guint n = g_strv_length (entries);

  if (n > KILTER_FORECAST_MAX_REGRESSORS)
    return FALSE;
  out->n_regressors = n;
  out->events = g_new0 (KilterForecastEvent, n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) fields = g_strsplit (entries[i], ":", -1);
      KilterForecastEvent *event = &out->events[i];

      if (g_strv_length (fields) != 3 || !read_count (fields[0], G_MAXUINT, &event->n) ||
          !kilter_number_from_c (fields[1], &event->coefficient) ||
          !kilter_number_from_c (fields[2], &event->uplift) || isnan (event->uplift))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_part (const char *key, const char *rest, KilterForecast *out, guint *known)
{
  static const struct
  {
    const char *key;
    gboolean (*read) (char **entries, KilterForecast *out);
  } lists[] = { { "why", read_why },
                { "members", read_members },
                { "season", read_season },
                { "backtest", read_backtest },
                { "events", read_events } };
  guint series_class, bit = 1;

  if (g_str_equal (key, "class") && !(*known & 1))
    {
      *known |= 1;
      if (!read_key (rest, get_class, KILTER_CLASS_LUMPY + 1, &series_class))
        return FALSE;
      out->series_class = series_class;
      return TRUE;
    }
  if (g_str_equal (key, "flags") && !(*known & 2))
    {
      *known |= 2;
      return read_count (rest, G_MAXUINT32, &out->flags);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      bit = 4u << i;
      if (g_str_equal (key, lists[i].key) && !(*known & bit))
        {
          g_auto (GStrv) entries = g_strsplit (rest, ";", -1);

          *known |= bit;
          return entries[0] != NULL && lists[i].read (entries, out);
        }
    }
  return FALSE;
}

/**
 * kilter_forecast_details_parse:
 * @text: what kilter_forecast_details_format() has written, perhaps changed by somebody
 * @forecast: gets it; nothing of this may be in it already
 * @error: %KILTER_FORECAST_ERROR_INPUT naming the part that is not understood
 *
 * Returns: whether all was understood; else @forecast may hold some of it, and can be cleared
 */
gboolean
kilter_forecast_details_parse (const char *text, KilterForecast *forecast, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  guint known = 0;

  for (char **part = parts; *part != NULL; part++)
    {
      char *rest = strchr (*part, '=');

      if (rest != NULL)
        *rest++ = '\0';
      if (rest == NULL || !read_part (*part, rest, forecast, &known))
        {
          g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
                       "“%.40s” is not what a forecast knows about itself", *part);
          return FALSE;
        }
    }
  if ((known & 3) == 3)
    return TRUE;
  g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
               "a forecast says nothing about itself");
  return FALSE;
}
