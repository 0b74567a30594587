/* kilter-metric-parts.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/monitor/kilter-metric-parts.h"

#include "app/pages/common/kilter-drill.h"
#include "app/pages/monitor/kilter-metric-card.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  KilterMetric metric;
  int bucket;
} Topic;

/* Where the cause of a miss is seen. */
static const char *
get_view (KilterMetric metric)
{
  switch ((int) metric)
    {
    case KILTER_METRIC_ATTAINMENT:
    case KILTER_METRIC_ADHERENCE:
    case KILTER_METRIC_CAPACITY_USE:
    case KILTER_METRIC_SERVICE:
      return "supply/capacity";
    case KILTER_METRIC_TURNS:
    case KILTER_METRIC_STOCK_VS_PLAN:
    case KILTER_METRIC_COVER:
    case KILTER_METRIC_WORKING_CAPITAL:
    case KILTER_METRIC_CASH_TO_CASH:
      return "supply/stock";
    case KILTER_METRIC_GROSS_MARGIN:
      return "balance/finance";
    default:
      return "forecast/forecast";
    }
}

/* (transfer full) (nullable): what was sold, and what the part does to the whole */
static char *
describe_part (const KilterPlan *plan, KilterMetric metric, const KilterMetricPart *part)
{
  gboolean with_sales = part->scope.resource == 0 && metric != KILTER_METRIC_TOTAL_SALES;
  gboolean with_effect = !isnan (part->effect);
  g_autofree char *money = kilter_format_money (plan, part->revenue);
  g_autofree char *effect = with_effect ? kilter_metric_format_effect (plan, metric, part->effect)
                                        : NULL;

  if (with_sales && with_effect)
    /* Translators: money that was sold, and what it adds to the metric of all: "−1.2 points" */
    return g_strdup_printf (_ ("Sales %s, effect on the whole %s"), money, effect);
  if (with_effect)
    /* Translators: %s is what a part adds to the metric of all: "−1.2 points" */
    return g_strdup_printf (_ ("Effect on the whole %s"), effect);
  /* Translators: %s is money, what was sold in the month */
  return with_sales ? g_strdup_printf (_ ("Sales %s"), money) : NULL;
}

static void
add_parts (const KilterPlan *plan, KilterMetric metric, const GArray *parts, GArray *out)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const KilterMetricPart *part = &g_array_index (parts, KilterMetricPart, i);
      KilterDrillPart row = { .name = g_strdup (kilter_scope_get_name (plan, &part->scope)),
                              .value = kilter_metric_format (plan, metric, part->value.value),
                              .note = describe_part (plan, metric, part),
                              .tone = kilter_status_get_tone (part->value.status),
                              .scope = part->scope };

      g_array_append_val (out, row);
    }
}

static void
fill (const KilterSubject *subject, gpointer data, KilterDrillLevel *level)
{
  const Topic *topic = data;
  const KilterMetricInfo *info = kilter_metric_get_info (topic->metric);
  KilterMetricValue value;
  double base;
  g_autoptr (GArray) parts = NULL;

  kilter_plan_metric (subject->plan, topic->metric, &subject->scope, topic->bucket, &value);
  level->value = kilter_metric_format (subject->plan, topic->metric, value.value);
  level->note = kilter_metric_describe_target (subject->plan, topic->metric, &value);
  level->tone = kilter_status_get_tone (value.status);
  level->charts[0] = kilter_figure_metric (subject, topic->metric, topic->bucket, &value);
  level->nothing = info->needs != NULL ? _ (info->needs) : NULL;
  level->view = get_view (topic->metric);
  if (subject->scope.product != 0 || subject->scope.resource != 0)
    return;
  parts = kilter_plan_metric_parts (subject->plan, topic->metric, &subject->scope, topic->bucket,
                                    TRUE, &base);
  level->charts[1] = kilter_figure_metric_bridge (subject, topic->metric, &value, base, parts);
  level->order = topic->metric == KILTER_METRIC_CAPACITY_USE
                   ? _ ("What is off target stands first.")
                   : _ ("What is off target stands first, and of that what sold most.");
  add_parts (subject->plan, topic->metric, parts, level->parts);
}

void
kilter_metric_parts_present (KilterPage *page, KilterMetric metric, int bucket)
{
  Topic *topic = g_new (Topic, 1);
  g_autofree char *month = kilter_format_bucket (kilter_page_get_plan (page), bucket);

  *topic = (Topic) { metric, bucket };
  kilter_drill_present (page, _ (kilter_metric_get_info (metric)->name), month,
                        kilter_page_get_scope (page), fill, topic);
}
