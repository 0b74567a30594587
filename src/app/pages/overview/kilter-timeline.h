/* kilter-timeline.h: the six steps in a row, each a button
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plan/process/kilter-cycle.h"

G_BEGIN_DECLS

/**
 * KilterTimelineStep: what a step shows
 * @date: "Due tomorrow, 15 April"
 * @date_class: (nullable): CSS class of it
 * @progress: share of tasks done, 0 … 1
 */
typedef struct
{
  KilterStepState state;
  double progress;
  char *date;
  const char *date_class;
  char *owner;
  char *result;
  char *detail;
} KilterTimelineStep;

void kilter_timeline_step_clear (KilterTimelineStep *step);

#define KILTER_TYPE_TIMELINE (kilter_timeline_get_type ())
G_DECLARE_FINAL_TYPE (KilterTimeline, kilter_timeline, KILTER, TIMELINE, GtkWidget)

/* @number: 1 … 6 */
void kilter_timeline_set_step (KilterTimeline *self, int number, const KilterTimelineStep *step);

G_END_DECLS
