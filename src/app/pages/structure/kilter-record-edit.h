/* kilter-record-edit.h: records as people read and type them: texts, checks, commands
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/data/kilter-command.h"

G_BEGIN_DECLS

/**
 * KilterRecordEdit:
 * @id: the record
 * @text: what was typed
 *
 * One typed field.
 */
typedef struct
{
  int id;
  int field;
  char *text;
} KilterRecordEdit;

/* words */
const char *kilter_record_get_label (KilterTableId table, int field); /* translated, short */
const char *kilter_record_get_choice_name (const char *choice);
gboolean kilter_record_is_percent (KilterTableId table, int field);
char *kilter_record_get_name (KilterPlan *plan, KilterTableId table, int id);
char *kilter_record_get_long_name (KilterPlan *plan, KilterTableId table, int id);
char *kilter_record_get_text (KilterPlan *plan, KilterTableId table, int id, int field);
char *kilter_record_get_edit_text (KilterPlan *plan, KilterTableId table, int id, int field);
int kilter_record_compare (KilterPlan *plan, KilterTableId table, int field, int a, int b);

/* typing */
gboolean kilter_record_check (KilterPlan *plan,
                              KilterTableId table,
                              int id,
                              int field,
                              const char *text,
                              KilterValue *out_value,
                              char **out_problem);
char *kilter_record_check_whole (KilterPlan *plan,
                                 KilterTableId table,
                                 int id,
                                 const KilterValue *values);
void kilter_record_set (KilterCommand *command,
                        KilterPlan *plan,
                        KilterTableId table,
                        int id,
                        int field,
                        const KilterValue *value);

/* taking away */
char *kilter_record_get_obstacle (KilterPlan *plan, KilterTableId table, int id);
void kilter_record_remove (KilterCommand *command, KilterPlan *plan, KilterTableId table, int id);

G_END_DECLS
