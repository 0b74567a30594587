/* kilter-plan-copy.c: the part of a plan that another thread looks at
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/data/kilter-plan-private.h"

#include <string.h>

static void
copy_rows (KilterPlan *to, const KilterPlan *from, KilterMeasure measure, KilterLayer layer)
{
  const KilterVersionData *data = kilter_plan_peek_version (from, KILTER_BASELINE);
  const GPtrArray *rows = data != NULL ? data->stored[measure][layer] : NULL;
  gsize n = (gsize) kilter_plan_get_n_buckets (from);
  KilterVersionData *own;

  if (rows == NULL)
    return;
  own = kilter_plan_ensure_version (to, KILTER_BASELINE);
  for (guint r = 0; r < rows->len; r++)
    if (rows->pdata[r] != NULL)
      kilter_rows_put (&own->stored[measure][layer], (int) r,
                       g_memdup2 (rows->pdata[r], n * sizeof (double)), g_free);
}

/**
 * kilter_plan_copy:
 * @measures: (array length=n_measures): whose numbers are wanted
 *
 * Copies all records and the stored numbers of some measures of the baseline, without the notes of
 * their cells. A plan belongs to one thread: what shall be read on another is copied first, in time
 * proportional to what is copied.
 *
 * Returns: (transfer full): a plan of the same generation
 */
KilterPlan *
kilter_plan_copy (const KilterPlan *self, const KilterMeasure *measures, guint n_measures)
{
  KilterPlan *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = kilter_plan_new (self->kind, kilter_plan_get_cycle (self), self->n_history,
                          self->n_horizon);
  copy->defer_span = TRUE;
  for (int t = 0; t < KILTER_N_TABLES; t++)
    KILTER_FOREACH_RECORD (self, t, record)
      kilter_plan_write_record (copy, t, record->id, record->values);
  copy->defer_span = FALSE;
  for (guint i = 0; i < n_measures; i++)
    for (int layer = 0; layer < KILTER_N_LAYERS; layer++)
      copy_rows (copy, self, measures[i], (KilterLayer) layer);
  copy->generation = self->generation;
  return copy;
}
