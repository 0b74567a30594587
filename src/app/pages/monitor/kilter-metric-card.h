/* kilter-metric-card.h: a metric: shape, name, value, difference to its target, thirteen months
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "report/figure/kilter-figure.h"

G_BEGIN_DECLS

#define KILTER_TYPE_METRIC_CARD (kilter_metric_card_get_type ())
G_DECLARE_FINAL_TYPE (KilterMetricCard, kilter_metric_card, KILTER, METRIC_CARD, AdwBin)

GtkWidget *kilter_metric_card_new (void);
/* @has_actuals: whether the bucket's sales are in; without them there is only the target */
void kilter_metric_card_show (KilterMetricCard *self,
                              const KilterSubject *subject,
                              KilterMetric metric,
                              int bucket,
                              gboolean has_actuals);

/* opens the parts behind the metric */
void kilter_metric_card_press (KilterMetricCard *self);

/* (transfer full): a value of a metric as people read it: "87.6 %", "$9.6M", "11.2" */
char *kilter_metric_format (const KilterPlan *plan, KilterMetric metric, double value);
/* (transfer full): what a part adds to a metric that is a sum: "−1.2 points", "+$0.3M" */
char *kilter_metric_format_effect (const KilterPlan *plan, KilterMetric metric, double effect);
/* (transfer full): "Target 85 %", "Within ±5 %", "Budget 41.2 %" */
char *kilter_metric_describe_target (const KilterPlan *plan,
                                     KilterMetric metric,
                                     const KilterMetricValue *value);

G_END_DECLS
