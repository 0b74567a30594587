/* kilter-input-sheet.h: a workbook that a contributor fills in, and his answer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/import/kilter-import.h"
#include "plan/review/kilter-review.h"

G_BEGIN_DECLS

/* whether a series is one of those that a contributor answers for */
gboolean kilter_contributor_has_series (const KilterPlan *plan, int contributor, int series);
/* (transfer full): that part of the plan */
void kilter_contributor_get_scope (const KilterPlan *plan, int contributor, KilterScope *out_scope);
/* the measure that a contributor fills in, -1 when the record names none */
int kilter_contributor_get_measure (const KilterPlan *plan, int contributor);

/* (transfer full): "Sales input · Ice Cream · Marco Bianchi.xlsx", without what file systems refuse
 */
char *kilter_input_sheet_get_file_name (const KilterPlan *plan, int contributor);
GBytes *kilter_input_sheet_write (KilterPlan *plan,
                                  KilterVersion version,
                                  int contributor,
                                  const char *at,
                                  GError **error);

/**
 * KilterInputCell:
 * @measure: what it is of
 * @note: who typed it, when and why; only of participants' files
 * @mine: what the plan holds, NaN for nothing
 * @theirs: what came back, NaN for a cell that was emptied
 * @collides: the plan's value was changed after the sheet was sent
 * @take: whether theirs goes into the plan; %TRUE at first
 */
typedef struct
{
  KilterMeasure measure;
  int series;
  int bucket;
  KilterCellNote note;
  double mine;
  double theirs;
  gboolean collides;
  gboolean take;
} KilterInputCell;

/**
 * KilterInputRecord:
 * @id: of the plan's record, 0 for a new one
 * @mine: (nullable): what the plan holds
 * @theirs: what came back, in the ids of the plan
 *
 * A comment or an assumption of a participant's file.
 */
typedef struct
{
  KilterTableId table;
  int id;
  KilterValue *mine;
  KilterValue *theirs;
  gboolean collides;
  gboolean take;
} KilterInputRecord;

/**
 * KilterInputAnswer:
 * @contributor: whose sheet it is; of a participant's file the first of them, or 0
 * @person: whose file it is; 0 for a sheet
 * @cells: (element-type KilterInputCell): those that differ from the plan, by series and bucket
 * @n_same: cells that say what the plan says
 * @confirmed: (element-type KilterInputCell): numbers that are the same, and theirs from now on
 * @records: (element-type KilterInputRecord): what differs from the plan's records
 * @n_outside: filled rows that lie outside the contributor's part; they are left out. Of a
 *   participant's file: numbers and records
 * @outside: (nullable): the first of them, "Price · MANGO-BAR · 2026-05"
 * @n_locked: numbers that are locked in the plan; they are left out
 * @n_older: numbers that the same person has sent later already; they are left out
 * @key: (nullable): the setting that tells of a participant's file
 * @mark: (nullable): what that setting says once the file is merged
 * @was_merged: whether the very same answer was merged before
 * @n_unread: cells that hold no number; they are left out
 * @unread: (nullable): the first of them, "G7: ‘many’"
 */
typedef struct
{
  int contributor;
  int person;
  KilterMeasure measure;
  char *file_name;
  GArray *cells;
  GArray *confirmed;
  GPtrArray *records;
  guint n_same;
  guint n_outside;
  char *outside;
  guint n_locked;
  guint n_older;
  char *key;
  char *mark;
  gboolean was_merged;
  guint n_unread;
  char *unread;
} KilterInputAnswer;

KilterInputAnswer *kilter_input_answer_read (KilterPlan *plan,
                                             KilterVersion version,
                                             const KilterImportFile *file,
                                             GError **error);
KilterCommand *kilter_input_answer_finish (KilterPlan *plan,
                                           KilterVersion version,
                                           const KilterInputAnswer *answer,
                                           const char *at);
void kilter_input_answer_free (KilterInputAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterInputAnswer, kilter_input_answer_free)

G_END_DECLS
