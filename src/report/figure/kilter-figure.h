/* kilter-figure.h: charts of the plan: the same on screen, on paper and in a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/kilter-chart-kinds.h"
#include "plan/review/kilter-insight.h"
#include "plan/data/kilter-model.h"
#include "plan/review/kilter-review.h"
#include "plan/kilter-tasks.h"
#include "report/words/kilter-format.h"

G_BEGIN_DECLS

/**
 * KilterSubject:
 * @unit: what quantities are shown in
 *
 * What a chart, a headline or a table is about.
 */
typedef struct
{
  KilterPlan *plan;
  KilterVersion version;
  KilterScope scope;
  KilterDisplayUnit unit;
} KilterSubject;

/* the numbers behind every chart and grid row of a subject: n_buckets values */
void kilter_subject_get (const KilterSubject *self, KilterMeasure measure, double *out_values);
KilterMeasuredIn kilter_display_unit_to_measure (KilterDisplayUnit unit);
/* format of quantities in the subject's unit, by the largest of @values */
void kilter_subject_init_format (const KilterSubject *self,
                                 KilterMeasure measure,
                                 const double *values,
                                 gsize n,
                                 KilterFormat *out_format);
/* (transfer full): "Ice Cream", or the plan's name for everything */
char *kilter_subject_get_title (const KilterSubject *self);

/* what a metric's status looks like, in charts, tables and cards */
KilterChartTone kilter_status_get_tone (KilterStatus status);

/* Each makes a chart with headline and subtitle. @first, @n: buckets shown. @place: (nullable).
 * NULL when there is nothing to show. */

/* step 1 */

/**
 * KilterForecastFigure:
 * @tint_first: the first bucket that the grid below shows
 * @tint_n: how many it shows, 0 for none
 * @last_cycle: whether the forecast of the last approved plan is shown too
 * @preview: (nullable): n_buckets values of a forecast that is being made
 */
typedef struct
{
  int tint_first;
  int tint_n;
  gboolean last_cycle;
  const double *preview;
} KilterForecastFigure;

/* the series of the final forecast in it, as they are counted by a hit */
#define KILTER_FIGURE_FORECAST_FINAL 1

KilterChart *kilter_figure_forecast (const KilterSubject *subject,
                                     const KilterForecastFigure *options);
KilterChart *kilter_figure_models (const KilterSubject *subject);
KilterChart *kilter_figure_season (const KilterSubject *subject);
KilterChart *kilter_figure_trend (const KilterSubject *subject);
KilterChart *kilter_figure_lags (const KilterSubject *subject);
KilterChart *kilter_figure_accuracy (const KilterSubject *subject);
KilterChart *kilter_figure_product_spark (const KilterSubject *subject, int product);
/* step 2 */
KilterChart *kilter_figure_consensus (const KilterSubject *subject,
                                      int first,
                                      int n,
                                      const KilterChartPlace *place,
                                      gboolean time_axis);
KilterChart *kilter_figure_value_added (const KilterValueAdded *added);
/* (transfer full) (nullable): "Sales input made the forecast worse in 4 of 6 periods." */
char *kilter_headline_value_added (const KilterValueAdded *added);
const char *kilter_driver_get_name (KilterDriver driver);
KilterChart *kilter_figure_demand_change (const KilterSubject *subject, int n);
/* one row a product that has events; @out_n_rows: how many */
KilterChart *kilter_figure_events (const KilterSubject *subject, int first, int n, int *out_n_rows);
KilterChart *kilter_figure_event_effect (const KilterSubject *subject, int event);
const char *kilter_event_kind_get_name (const char *kind);
KilterChart *kilter_figure_snapshots (const KilterSubject *subject,
                                      int first,
                                      int n,
                                      const KilterChartPlace *place,
                                      int n_lags);
/* step 3 */
KilterChart *kilter_figure_load (const KilterSubject *subject,
                                 int first,
                                 int n,
                                 const KilterChartPlace *place,
                                 gboolean of_demand);
GArray *
kilter_figure_load_resources (const KilterSubject *subject); /* int, the rows of the chart */
KilterChart *kilter_figure_stock (const KilterSubject *subject,
                                  int first,
                                  int n,
                                  const KilterChartPlace *place,
                                  const double *preview,
                                  gboolean time_axis);
/* use of the suppliers' limits, or days of cover of what is bought where nobody has a limit; NULL
 * when nothing is bought. @out_rows: resources, or products when there is no supplier */
KilterChart *kilter_figure_materials (const KilterSubject *subject,
                                      int first,
                                      int n,
                                      const KilterChartPlace *place,
                                      GArray **out_rows);
gboolean kilter_figure_has_suppliers (const KilterPlan *plan);
gboolean kilter_figure_is_supplier (const KilterPlan *plan, int resource);
/* (transfer full) (element-type int): products that are bought, or that others consume */
GArray *kilter_figure_list_materials (const KilterSubject *subject);
KilterChart *kilter_figure_cover (const KilterSubject *subject,
                                  int first,
                                  int n,
                                  const KilterChartPlace *place,
                                  GArray **out_products);
KilterChart *kilter_figure_load_steps (const KilterSubject *subject, int resource, int bucket);
/* step 4 */
KilterChart *kilter_figure_compare (const KilterSubject *subject,
                                    const KilterVersion *versions,
                                    int n_versions,
                                    int recommended,
                                    int first,
                                    int n);
KilterChart *kilter_figure_bridge (const KilterSubject *subject, int first, int n);
KilterChart *kilter_figure_revenue_bridge (const KilterSubject *subject, int first, int n);
/* step 5 */
KilterChart *kilter_figure_families (const KilterSubject *subject, int first, int n, gsize across);
KilterChart *kilter_figure_risks (const KilterSubject *subject);
/* step 6 */
KilterChart *kilter_figure_metric (const KilterSubject *subject,
                                   KilterMetric metric,
                                   int bucket,
                                   const KilterMetricValue *value);
KilterChart *kilter_figure_metric_bridge (const KilterSubject *subject,
                                          KilterMetric metric,
                                          const KilterMetricValue *value,
                                          double base,
                                          const GArray *parts);

G_END_DECLS
