/* kilter-ref-row.h: a row of a form that names a record of a table, or none
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "plan/data/kilter-plan.h"

G_BEGIN_DECLS

/* whether a record is offered */
typedef gboolean (*KilterRefFilter) (const KilterPlan *plan, const KilterRecord *record);

#define KILTER_TYPE_REF_ROW (kilter_ref_row_get_type ())
G_DECLARE_FINAL_TYPE (KilterRefRow, kilter_ref_row, KILTER, REF_ROW, AdwComboRow)

/* @none: the words of no record; @filter: (nullable); @selected: the chosen record's id, or 0 */
GtkWidget *kilter_ref_row_new (const char *title,
                               const KilterPlan *plan,
                               KilterTableId table,
                               const char *none,
                               KilterRefFilter filter,
                               int selected);
/* the id of the chosen record as a field holds it: NaN for none */
double kilter_ref_row_get_field (KilterRefRow *self);

G_END_DECLS
