/* kilter-record-picker.h: a list to choose a record or a word from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plan/data/kilter-plan.h"

G_BEGIN_DECLS

/* called with what was chosen, as text; "" for none */
typedef void (*KilterRecordPicked) (const char *text, gpointer user_data);

/* pops up under @parent and goes away by itself */
void kilter_record_picker_popup (GtkWidget *parent,
                                 KilterPlan *plan,
                                 KilterTableId table,
                                 int field,
                                 const char *current,
                                 KilterRecordPicked picked,
                                 gpointer user_data);
/* (transfer full) (element-type GtkStringObject): what a field can be */
GtkStringList *kilter_record_list_choices (KilterPlan *plan, KilterTableId table, int field);

G_END_DECLS
