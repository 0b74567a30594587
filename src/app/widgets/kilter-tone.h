/* kilter-tone.h: the small shape that says on target, close or off: dot, diamond, triangle
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "chart/kilter-chart-kinds.h"

G_BEGIN_DECLS

#define KILTER_TYPE_TONE (kilter_tone_get_type ())
G_DECLARE_FINAL_TYPE (KilterTone, kilter_tone, KILTER, TONE, GtkWidget)

GtkWidget *kilter_tone_new (KilterChartTone tone);
void kilter_tone_set (KilterTone *self, KilterChartTone tone);
/* (nullable): the CSS class of words of this tone */
const char *kilter_tone_get_css_class (KilterChartTone tone);

G_END_DECLS
