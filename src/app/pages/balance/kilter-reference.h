/* kilter-reference.h: what the plan in money is compared with: budget, last cycle, last year
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/figure/kilter-figure.h"

G_BEGIN_DECLS

/**
 * KilterReference:
 * @KILTER_REFERENCE_BUDGET: only revenue and gross margin have one
 * @KILTER_REFERENCE_LAST_CYCLE: the same measure of the plan approved before this cycle
 * @KILTER_REFERENCE_LAST_YEAR: the same measure a season before
 */
typedef enum
{
  KILTER_REFERENCE_BUDGET,
  KILTER_REFERENCE_LAST_CYCLE,
  KILTER_REFERENCE_LAST_YEAR,
  KILTER_N_REFERENCES,
} KilterReference;

/* translated: "Budget" */
const char *kilter_reference_get_name (KilterReference reference);
/* translated: "Difference to budget" */
const char *kilter_reference_get_difference_name (KilterReference reference);
gboolean kilter_reference_has (KilterReference reference, KilterMeasure measure);
/* whether there is revenue to compare with in the buckets */
gboolean
kilter_reference_exists (const KilterSubject *subject, KilterReference reference, int first, int n);

/* over buckets first … first + n − 1; NaN where there is none */
double kilter_reference_get_own_total (const KilterSubject *subject,
                                       KilterMeasure measure,
                                       int first,
                                       int n);
double kilter_reference_get_total (const KilterSubject *subject,
                                   KilterReference reference,
                                   KilterMeasure measure,
                                   int first,
                                   int n);

/* of KilterPlanRowFunc; @data is the reference in a pointer */
void kilter_reference_read (const KilterSubject *subject,
                            KilterMeasure measure,
                            int first,
                            int n,
                            gpointer data,
                            double *out_values,
                            double *out_total);
void kilter_reference_read_difference (const KilterSubject *subject,
                                       KilterMeasure measure,
                                       int first,
                                       int n,
                                       gpointer data,
                                       double *out_values,
                                       double *out_total);

G_END_DECLS
