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
 * @mine: what the plan holds, NaN for nothing
 * @theirs: what came back, NaN for a cell that was emptied
 * @collides: the plan's value was changed after the sheet was sent
 * @take: whether theirs goes into the plan; %TRUE at first
 */
typedef struct
{
  int series;
  int bucket;
  double mine;
  double theirs;
  gboolean collides;
  gboolean take;
} KilterInputCell;

/**
 * KilterInputAnswer:
 * @contributor: whose sheet it is
 * @cells: (element-type KilterInputCell): those that differ from the plan, by series and bucket
 * @n_same: cells that say what the plan says
 * @n_outside: filled rows that lie outside the contributor's part; they are left out
 * @n_unread: cells that hold no number; they are left out
 * @unread: (nullable): the first of them, "G7: ‘many’"
 */
typedef struct
{
  int contributor;
  KilterMeasure measure;
  char *file_name;
  GArray *cells;
  guint n_same;
  guint n_outside;
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
