/* kilter-figure-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/figure/kilter-figure.h"

G_BEGIN_DECLS

/* Names of the buckets of a chart; the texts live as long as this does. */
typedef struct
{
  KilterChartTime time;
  char **labels;
  char **names;
  char **groups;
} KilterFigureTime;

void kilter_figure_time_init (KilterFigureTime *self, const KilterPlan *plan, int first, int n);
void kilter_figure_time_clear (KilterFigureTime *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KilterFigureTime, kilter_figure_time_clear)

KilterChart *kilter_figure_load_of (const KilterSubject *subject,
                                    GArray *resources,
                                    int first,
                                    int n,
                                    const KilterChartPlace *place,
                                    KilterMeasure share_measure);
double *kilter_subject_dup (const KilterSubject *self, KilterMeasure measure);
/* (transfer full): "Ice Cream · thousand cases · April 2026 to March 2027" */
char *
kilter_figure_subtitle (const KilterSubject *subject, const KilterFormat *format, int first, int n);

/* something planned: its name, and the months it touches; a record of its own, or only the reason
 * of a typed number */
typedef struct
{
  int first;
  int last;
  gboolean is_record;
  char *name;
} KilterFigureEvent;

GArray *kilter_figure_find_events (const KilterSubject *subject);
const char *kilter_figure_reason_name (const char *text);

G_END_DECLS
