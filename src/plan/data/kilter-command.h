/* kilter-command.h: one intention of a person: applied, undone, logged as a whole
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/data/kilter-plan.h"

G_BEGIN_DECLS

/**
 * KilterRangeChange:
 * @row: the id of the series, product or resource
 * @first: the first bucket, absolute, so that the change keeps its meaning when the plan rolls on
 * @n: how many buckets
 * @old_values: (array length=n): what stands there before
 * @new_values: (array length=n): what stands there after
 * @old_notes: (nullable) (array length=n): who typed the old values; only of %KILTER_LAYER_INPUT
 * @new_notes: (nullable) (array length=n): who typed the new values
 */
typedef struct
{
  KilterVersion version;
  KilterMeasure measure;
  KilterLayer layer;
  int row;
  KilterBucket first;
  int n;
  double *old_values;
  double *new_values;
  KilterCellNote *old_notes;
  KilterCellNote *new_notes;
} KilterRangeChange;

/**
 * KilterRecordChange:
 * @old_values: (nullable): %NULL when the record is new
 * @new_values: (nullable): %NULL when the record is taken away
 */
typedef struct
{
  KilterTableId table;
  int id;
  KilterValue *old_values;
  KilterValue *new_values;
} KilterRecordChange;

/**
 * KilterCommand:
 *
 * Built against the plan as it is, then applied once; immutable and shared between threads from
 * then on. Record changes come before range changes when applied, and after them when reverted.
 */
typedef struct _KilterCommand KilterCommand;

KilterCommand *kilter_command_new (const char *kind, const char *label);
KilterCommand *kilter_command_ref (KilterCommand *self);
void kilter_command_unref (KilterCommand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterCommand, kilter_command_unref)

void kilter_command_set_stamp (KilterCommand *self, const char *who, const char *at);
void kilter_command_set_reason (KilterCommand *self, const char *reason);
/* one cell's own reason, instead of the command's; @bucket is an index */
void kilter_command_set_cell_reason (KilterCommand *self,
                                     const KilterPlan *plan,
                                     KilterMeasure measure,
                                     int row,
                                     int bucket,
                                     const char *reason);
/* one cell's own author, time and reason: a number that somebody typed elsewhere */
void kilter_command_set_cell_note (KilterCommand *self,
                                   const KilterPlan *plan,
                                   KilterMeasure measure,
                                   int row,
                                   int bucket,
                                   const KilterCellNote *note);
void kilter_command_set_label (KilterCommand *self, const char *label);
const char *kilter_command_get_kind (const KilterCommand *self);
const char *kilter_command_get_label (const KilterCommand *self);
const char *kilter_command_get_who (const KilterCommand *self);
const char *kilter_command_get_at (const KilterCommand *self);
const char *kilter_command_get_reason (const KilterCommand *self);
gboolean kilter_command_is_empty (const KilterCommand *self);
guint kilter_command_get_n_ranges (const KilterCommand *self);
const KilterRangeChange *kilter_command_get_range (const KilterCommand *self, guint i);
guint kilter_command_get_n_records (const KilterCommand *self);
const KilterRecordChange *kilter_command_get_record (const KilterCommand *self, guint i);

/* building; the plan is read, never written. Several changes of one cell or record in a command
 * become one. Bucket arguments are indices as in kilter-plan.h. */
void kilter_command_set_values (KilterCommand *self,
                                const KilterPlan *plan,
                                KilterVersion version,
                                KilterMeasure measure,
                                KilterLayer layer,
                                int row,
                                int first,
                                int n,
                                const double *values);
void kilter_command_set_value (KilterCommand *self,
                               const KilterPlan *plan,
                               KilterVersion version,
                               KilterMeasure measure,
                               KilterLayer layer,
                               int row,
                               int bucket,
                               double value);
void kilter_command_erase_row (KilterCommand *self,
                               const KilterPlan *plan,
                               KilterVersion version,
                               KilterMeasure measure,
                               KilterLayer layer,
                               int row);
int kilter_command_add_record (KilterCommand *self, const KilterPlan *plan, KilterTableId table);
void kilter_command_set_field_text (KilterCommand *self,
                                    const KilterPlan *plan,
                                    KilterTableId table,
                                    int id,
                                    int field,
                                    const char *text);
void kilter_command_set_field_number (KilterCommand *self,
                                      const KilterPlan *plan,
                                      KilterTableId table,
                                      int id,
                                      int field,
                                      double number);
void kilter_command_remove_record (KilterCommand *self,
                                   const KilterPlan *plan,
                                   KilterTableId table,
                                   int id);
void kilter_command_set_setting (KilterCommand *self,
                                 const KilterPlan *plan,
                                 const char *key,
                                 const char *value);

/* reading back from the change log (kilter-store) */
void kilter_command_append_range (KilterCommand *self, KilterRangeChange *change);
void kilter_command_append_record (KilterCommand *self, KilterRecordChange *change);
KilterRangeChange *kilter_range_change_new (KilterVersion version,
                                            KilterMeasure measure,
                                            KilterLayer layer,
                                            int row,
                                            KilterBucket first,
                                            int n);

/* several intentions in one */
KilterCommand *kilter_command_copy (const KilterCommand *self, guint n_ranges, guint n_records);
void kilter_command_join (KilterCommand *self, const KilterCommand *more);

/* doing */
void kilter_plan_apply (KilterPlan *plan, const KilterCommand *command);
void kilter_plan_revert (KilterPlan *plan, const KilterCommand *command);

/* loading a stored plan, without commands */
void kilter_plan_load_record (KilterPlan *plan,
                              KilterTableId table,
                              int id,
                              KilterValue *values /* (transfer full) */);
void kilter_plan_load_values (KilterPlan *plan,
                              KilterVersion version,
                              KilterMeasure measure,
                              KilterLayer layer,
                              int row,
                              KilterBucket first,
                              int n,
                              const double *values);
void kilter_plan_load_note (KilterPlan *plan,
                            KilterVersion version,
                            KilterMeasure measure,
                            int row,
                            KilterBucket bucket,
                            const char *author,
                            const char *at,
                            const char *reason);

/**
 * KilterStoredRowFunc:
 *
 * Called for each stored row that holds at least one number, by rising version, measure, layer
 * and row.
 */
typedef void (*KilterStoredRowFunc) (KilterVersion version,
                                     KilterMeasure measure,
                                     KilterLayer layer,
                                     int row,
                                     const double *values,
                                     gpointer user_data);
void
kilter_plan_foreach_stored (const KilterPlan *plan, KilterStoredRowFunc func, gpointer user_data);

G_END_DECLS
