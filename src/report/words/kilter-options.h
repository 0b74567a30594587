/* kilter-options.h: scenarios side by side: what differs, what to know, charts on one scale
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/figure/kilter-figure.h"

G_BEGIN_DECLS

/* The scenarios that are compared: the baseline, then up to @most − 1 that are neither approved nor
 * of another cycle, the recommended one among them. Returns how many. */
int kilter_options_list (const KilterPlan *plan,
                         KilterVersion *out_versions,
                         int most,
                         int *out_recommended /* index, or -1 */);

/* (transfer full) (element-type utf8): what a scenario has other than its parent, a sentence each:
 * assumed fields, then numbers by measure */
GPtrArray *kilter_options_list_differences (KilterPlan *plan, KilterVersion version);

/**
 * KilterOptionNote: something to know before one chooses
 */
typedef struct
{
  KilterChartTone tone;
  char *text;
} KilterOptionNote;

void kilter_option_note_clear (KilterOptionNote *note);
/* (transfer full) (element-type KilterOptionNote): of a scenario against the baseline */
GArray *kilter_options_list_notes (KilterPlan *plan, KilterVersion version, int first, int n);

/* the resource that the demand of the baseline loads most, or 0 */
int kilter_options_find_bottleneck (const KilterSubject *subject, int first, int n);

/* charts; NULL when there is nothing to show. A panel a scenario, all on one scale. */
KilterChart *kilter_figure_option_stock (const KilterSubject *subject,
                                         const KilterVersion *versions,
                                         int n_versions,
                                         int first,
                                         int n,
                                         gsize across);
/* of the resource whose demand is highest against its capacity */
KilterChart *kilter_figure_option_load (const KilterSubject *subject,
                                        const KilterVersion *versions,
                                        int n_versions,
                                        int first,
                                        int n,
                                        gsize across);
/* stock of up to three scenarios as lines, with the target */
KilterChart *kilter_figure_option_lines (const KilterSubject *subject,
                                         const KilterVersion *versions,
                                         int n_versions,
                                         int first,
                                         int n);
/* revenue or gross margin with what open risks and opportunities may do to it: all of them, and
 * weighted by likelihood */
KilterChart *kilter_figure_risk_range (const KilterSubject *subject,
                                       KilterMeasure measure, /* KILTER_REVENUE, KILTER_MARGIN */
                                       int first,
                                       int n);

G_END_DECLS
