/* kilter-month-picker.h: which month of the past is looked at
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

/**
 * KilterMonthPicker:
 *
 * A drop-down of the past months, the newest first; the month of the cycle is among them as soon as
 * its plan is approved.
 *
 * Signals: `changed ()`: another month was chosen
 */
#define KILTER_TYPE_MONTH_PICKER (kilter_month_picker_get_type ())
G_DECLARE_FINAL_TYPE (KilterMonthPicker, kilter_month_picker, KILTER, MONTH_PICKER, AdwBin)

GtkWidget *kilter_month_picker_new (void);
/* another picker of the same months, for a narrow window */
GtkWidget *kilter_month_picker_mirror (KilterMonthPicker *self);
void kilter_month_picker_refresh (KilterMonthPicker *self, KilterPlan *plan);
/* a bucket index, or -1 when there is none */
int kilter_month_picker_get_bucket (KilterMonthPicker *self);

G_END_DECLS
