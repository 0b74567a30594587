/* kilter-drill.h: from a number to its families, its products, and the page where its cause is seen
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"
#include "report/figure/kilter-figure.h"

G_BEGIN_DECLS

/**
 * KilterDrillPart:
 * @note: (nullable): below the name
 * @tone: %KILTER_CHART_TONE_PLAIN where it is not judged
 *
 * A row that is pressed for what is behind it in turn.
 */
typedef struct
{
  char *name;
  char *value;
  char *note;
  KilterChartTone tone;
  KilterScope scope;
} KilterDrillPart;

/**
 * KilterDrillLevel:
 * @value: (transfer full): "87.6 %"
 * @note: (transfer full) (nullable): beside it, "Target 85 %"
 * @charts: (transfer full) (nullable): up to two
 * @parts: #KilterDrillPart, as they are shown; empty where there is nothing below
 * @order: (nullable): the order of the parts in words
 * @nothing: (nullable): why there is nothing at all
 * @view: where the cause is seen: "forecast/forecast"
 */
typedef struct
{
  char *value;
  char *note;
  KilterChartTone tone;
  KilterChart *charts[2];
  GArray *parts;
  const char *order;
  const char *nothing;
  const char *view;
} KilterDrillLevel;

typedef void (*KilterDrillFill) (const KilterSubject *subject,
                                 gpointer topic,
                                 KilterDrillLevel *level);

/* @topic: (transfer full): for @fill, freed with g_free() */
void kilter_drill_present (KilterPage *page,
                           const char *title,
                           const char *subtitle,
                           const KilterScope *scope,
                           KilterDrillFill fill,
                           gpointer topic);

G_END_DECLS
