/* kilter-pivot-state.h: how rows are grouped, sorted and filtered, as a value and as a text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/kilter-scope.h"

G_BEGIN_DECLS

typedef enum
{
  KILTER_PIVOT_FAMILY,
  KILTER_PIVOT_PRODUCT,
  KILTER_PIVOT_REGION,
  KILTER_PIVOT_CHANNEL,
  KILTER_PIVOT_LINE,
  KILTER_N_PIVOT_LEVELS,
} KilterPivotLevel;

/**
 * KilterPivotKind:
 * @key: in texts and actions
 * @label: translate
 * @levels: the outer and the inner one
 */
typedef struct
{
  const char *key;
  const char *label;
  KilterPivotLevel levels[2];
} KilterPivotKind;

/**
 * KilterPivotState:
 * @kind: index of the way of grouping
 * @sort_measure: by which measure rows are sorted, -1 for the order of the plan
 * @sort_down: the largest first
 * @sort_bucket: the absolute bucket that is compared
 * @filter_measure: which measure decides what is shown, -1 for all
 * @filter_below: shows what is at most @filter_value, otherwise what is at least that
 * @filter_value: in the plan's own unit
 * @filter_bucket: the absolute bucket that decides
 */
typedef struct
{
  int kind;
  int sort_measure;
  gboolean sort_down;
  KilterBucket sort_bucket;
  int filter_measure;
  gboolean filter_below;
  double filter_value;
  KilterBucket filter_bucket;
} KilterPivotState;

guint kilter_pivot_get_n_kinds (void);
const KilterPivotKind *kilter_pivot_get_kind (guint index);

void kilter_pivot_state_init (KilterPivotState *self);
/* damaged or unknown parts of a text are left as they are by default */
void kilter_pivot_state_parse (KilterPivotState *self, const char *text, KilterBucketKind kind);
char *kilter_pivot_state_print (const KilterPivotState *self, KilterBucketKind kind);

G_END_DECLS
