/* kilter-step-marker.h: the drawn mark of a step: a number, a check, a ring for what is done
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plan/process/kilter-cycle.h"

G_BEGIN_DECLS

#define KILTER_TYPE_STEP_MARKER (kilter_step_marker_get_type ())
G_DECLARE_FINAL_TYPE (KilterStepMarker, kilter_step_marker, KILTER, STEP_MARKER, GtkWidget)

/* @size: of the disc at 100 % text */
GtkWidget *kilter_step_marker_new (int number, int size);
void kilter_step_marker_set_state (KilterStepMarker *self, KilterStepState state);
void kilter_step_marker_set_number (KilterStepMarker *self, int number);
/* share of tasks done, 0 … 1, as a ring around a step in progress; negative for none */
void kilter_step_marker_set_progress (KilterStepMarker *self, double progress);

G_END_DECLS
