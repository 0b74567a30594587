/* kilter-date-row.h: a row of a form that holds a date, with a calendar
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "plan/data/kilter-plan.h"

G_BEGIN_DECLS

#define KILTER_TYPE_DATE_ROW (kilter_date_row_get_type ())
G_DECLARE_FINAL_TYPE (KilterDateRow, kilter_date_row, KILTER, DATE_ROW, AdwActionRow)

/* @plan: (nullable): says which day is today */
GtkWidget *kilter_date_row_new (const char *title, const KilterPlan *plan);
/* "2026-04-15", or "" for none */
const char *kilter_date_row_get_iso (KilterDateRow *self);
void kilter_date_row_set_iso (KilterDateRow *self, const char *iso);

G_END_DECLS
