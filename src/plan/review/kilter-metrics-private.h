/* kilter-metrics-private.h: the sums that metrics are made of
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/review/kilter-insight.h"

G_BEGIN_DECLS

/* What a metric is computed of: the actuals of a scope. */
typedef struct
{
  KilterPlan *plan;
  const KilterScope *scope;
  int n;
  int cycle;
} KilterBoard;

double
kilter_board_at (const KilterBoard *self, KilterVersion version, KilterMeasure measure, int bucket);
void kilter_board_sum_errors (const KilterBoard *self,
                              int bucket,
                              gboolean with_sign,
                              double *out_errors,
                              double *out_total);
void kilter_board_sum_hours (const KilterBoard *self,
                             int bucket,
                             double *out_load,
                             double *out_capacity);
gboolean kilter_board_sum_misses (const KilterBoard *self,
                                  int bucket,
                                  double *out_missed,
                                  double *out_planned);
/* the target that follows from the plan where nobody set one */
double kilter_board_find_target (const KilterBoard *self, KilterMetric metric, int bucket);
/* the value of one bucket; what the whole should sell is no target of a part */
void kilter_board_measure (const KilterBoard *self,
                           KilterMetric metric,
                           int bucket,
                           gboolean is_part,
                           KilterMetricValue *out);

G_END_DECLS
