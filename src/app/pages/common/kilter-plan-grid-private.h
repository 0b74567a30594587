/* kilter-plan-grid-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-plan-grid.h"

G_BEGIN_DECLS

typedef struct
{
  KilterPlanRow row;
  char *label;
  char *key;
  char *badge;
  double *values;  /* (nullable): n_buckets in the shown unit, read on demand */
  double *targets; /* (nullable): for KILTER_PLAN_ROW_BELOW_TARGET and …_GAP */
  double total;    /* of a row with a function */
  guint8 *marks;   /* (nullable): bits of Mark, by bucket */
  KilterFormat format;
  gboolean has_format;
} KilterPlanGridRow;

/* what is said of a cell, beside its number */
enum
{
  MARK_TYPED = 1 << 0,
  MARK_LOCKED = 1 << 1,
  MARK_COMMENT = 1 << 2,
  MARK_CHANGED = 1 << 3,
  MARK_LATE = 1 << 4, /* typed inside the time fence since the last approved plan */
};

struct _KilterPlanGrid
{
  GObject parent_instance;

  KilterPage *page; /* not owned: the page owns the grid */
  GArray *rows;
  GHashTable *expanded;
  int first;
  int n;
  gboolean total;
  double quantity_largest; /* one scale for all quantities of the grid */
  KilterGrid *grid;        /* not owned */
  gboolean is_syncing;
};

KilterPlanGridRow *kilter_plan_grid_peek_row (KilterPlanGrid *self, int row);
KilterSubject kilter_plan_grid_get_subject (KilterPlanGrid *self, const KilterPlanGridRow *row);
gboolean kilter_plan_grid_is_quantity (const KilterPlanGridRow *row);
const double *kilter_plan_grid_ensure_values (KilterPlanGrid *self, KilterPlanGridRow *row);
const KilterFormat *kilter_plan_grid_ensure_format (KilterPlanGrid *self, KilterPlanGridRow *row);
const guint8 *kilter_plan_grid_ensure_marks (KilterPlanGrid *self, KilterPlanGridRow *row);
int kilter_plan_grid_get_inputs (KilterMeasure measure, KilterMeasure *out);
gboolean
kilter_plan_grid_is_editable (KilterPlanGrid *self, const KilterPlanGridRow *row, int bucket);
double kilter_plan_grid_get_total (KilterPlanGrid *self, KilterPlanGridRow *row);
gboolean kilter_plan_grid_set_text (KilterGridModel *model,
                                    int index,
                                    int col,
                                    const char *text,
                                    GError **error);
gboolean kilter_plan_grid_clear (KilterGridModel *model,
                                 const KilterGridRange *range,
                                 char **out_message,
                                 GError **error);
gboolean kilter_plan_grid_paste (KilterGridModel *model,
                                 const KilterGridRange *range,
                                 const KilterGridBlock *block,
                                 char **out_message,
                                 GError **error);

G_END_DECLS
