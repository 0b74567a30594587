/* kilter-model-season.c: seasons that models found, and that planners set in their place
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/data/kilter-model-private.h"

#include "base/kilter-number.h"

#include <math.h>
#include <string.h>

/* In the plan an index is a number of so many decimals. */
#define DECIMALS 1e4

/* Indices with spaces between them; NULL unless there are as many as a season has buckets. */
static double *
read_profile (const KilterPlan *plan, const KilterRecord *model, int field)
{
  const char *text = kilter_record_text (model, field);
  guint season = (guint) kilter_plan_get_season (plan);
  g_autofree double *out = NULL;
  g_auto (GStrv) parts = NULL;

  if (*text == '\0')
    return NULL;
  parts = g_strsplit (text, " ", -1);
  if (g_strv_length (parts) != season)
    return NULL;
  out = g_new (double, season);
  for (guint i = 0; i < season; i++)
    if (!kilter_number_from_c (parts[i], &out[i]) || !isfinite (out[i]))
      return NULL;
  return g_steal_pointer (&out);
}

/**
 * kilter_plan_model_season:
 * @out_profile: (out caller-allocates): as many ratios to the mean as a season has buckets, from
 *   the first of the year
 *
 * The seasonal profiles of the models in a part of the plan, weighted by sales; a series without
 * season counts as flat.
 *
 * Returns: whether any series has a season
 */
gboolean
kilter_plan_model_season (KilterPlan *plan,
                          KilterVersion version,
                          const KilterScope *scope,
                          double *out_profile)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  guint season = (guint) kilter_plan_get_season (plan);
  double total = 0;
  gboolean any = FALSE;

  memset (out_profile, 0, sizeof (double) * season);
  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i);
      const KilterRecord *model = kilter_plan_find_model (plan, row);
      double sales = model != NULL ? kilter_model_get_sales (plan, version, row) : 0;
      g_autofree double *profile = NULL;

      if (sales <= 0)
        continue;
      profile = read_profile (plan, model, KILTER_MODEL_SEASON);
      for (guint k = 0; k < season; k++)
        out_profile[k] += sales * (profile != NULL ? profile[k] : 1);
      total += sales;
      any |= profile != NULL;
    }
  for (guint k = 0; k < season; k++)
    out_profile[k] = total > 0 ? out_profile[k] / total : 1;
  return any;
}

/**
 * kilter_plan_find_season:
 *
 * Returns: the first bucket with which a whole season of the plan begins, whose buckets name the
 *   places of a profile; -1 when there is none
 */
int
kilter_plan_find_season (const KilterPlan *plan)
{
  int season = kilter_plan_get_season (plan), first = 0;
  int start = kilter_bucket_get_position (kilter_plan_get_bucket_kind (plan),
                                          kilter_plan_get_start (plan));

  if (season < 2)
    return -1;
  while (first < season && (start + first) % season != 0)
    first++;
  return first + season <= kilter_plan_get_n_buckets (plan) ? first : -1;
}

/* --- set by hand --- */

/**
 * kilter_plan_get_own_season:
 *
 * Returns: (transfer full) (nullable): the season that a planner has set for a series: as many
 *   ratios to the mean as a season has buckets, from the first of the year; %NULL when the forecast
 *   finds it, also when the text in the plan is none
 */
double *
kilter_plan_get_own_season (const KilterPlan *plan, int series)
{
  const KilterRecord *model = kilter_plan_find_model (plan, series);
  guint season = (guint) kilter_plan_get_season (plan);
  g_autofree double *profile = NULL;

  if (model == NULL || season < 2)
    return NULL;
  profile = read_profile (plan, model, KILTER_MODEL_OWN_SEASON);
  for (guint i = 0; i < season && profile != NULL; i++)
    if (!(profile[i] >= KILTER_FORECAST_LEAST_SEASON && profile[i] <= KILTER_FORECAST_MOST_SEASON))
      return NULL;
  return g_steal_pointer (&profile);
}

/* Brought to a mean of 1, so that a season moves demand and neither adds any nor takes any away. */
static char *
write_profile (const double *profile, guint season)
{
  GString *text = g_string_new (NULL);
  double sum = 0;

  for (guint i = 0; i < season; i++)
    sum += profile[i];
  for (guint i = 0; i < season; i++)
    {
      double index = floor (profile[i] * season / sum * DECIMALS + 0.5) / DECIMALS;
      g_autofree char *number = kilter_number_to_c (
        CLAMP (index, KILTER_FORECAST_LEAST_SEASON, KILTER_FORECAST_MOST_SEASON));

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", number);
    }
  return g_string_free_and_steal (text);
}

/**
 * kilter_plan_set_own_season:
 * @profile: (nullable): as many values above zero as a season has buckets, from the first of the
 *   year, of any mean; %NULL for the season that the forecast finds
 *
 * Adds to @command what setting, or releasing, the season of a part of the plan means: the next
 * runs use it. Series without a model are left alone, and so are those forecast like another
 * product.
 *
 * Returns: how many series it concerns
 */
int
kilter_plan_set_own_season (KilterPlan *plan,
                            KilterCommand *command,
                            const KilterScope *scope,
                            const double *profile)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  g_autofree char *text = NULL;
  int count = 0;

  if (profile != NULL)
    text = write_profile (profile, (guint) kilter_plan_get_season (plan));
  for (guint i = 0; i < rows->len; i++)
    {
      const KilterRecord *model = kilter_plan_find_model (plan, g_array_index (rows, int, i));

      if (model == NULL || g_str_equal (kilter_record_text (model, KILTER_MODEL_METHOD), "like"))
        continue;
      kilter_command_set_field_text (command, plan, KILTER_TABLE_MODEL, model->id,
                                     KILTER_MODEL_OWN_SEASON, text != NULL ? text : "");
      count++;
    }
  return count;
}

/**
 * kilter_plan_count_own_seasons:
 *
 * Returns: how many series have a season that a planner has set
 */
int
kilter_plan_count_own_seasons (KilterPlan *plan, const KilterScope *scope)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_SERIES);
  int count = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree double *season = kilter_plan_get_own_season (plan, g_array_index (rows, int, i));

      count += season != NULL;
    }
  return count;
}
