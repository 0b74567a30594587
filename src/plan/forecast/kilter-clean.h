/* kilter-clean.h: what in the plan's history is probably not demand: proposals, and their commands
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-job.h"
#include "plan/data/kilter-command.h"
#include "plan/kilter-scope.h"

G_BEGIN_DECLS

/**
 * KilterProposalKind: the engine's kinds of anomalies, in words of the plan
 */
typedef enum
{
  KILTER_PROPOSAL_OUTLIER,
  KILTER_PROPOSAL_LEVEL_SHIFT,
  KILTER_PROPOSAL_STOCK_OUT,
  KILTER_PROPOSAL_MISSING,
} KilterProposalKind;

/**
 * KilterProposal:
 * @series: whose history
 * @no_stock: of a stock-out: whether the closing stock says so too
 * @first: the first bucket that is corrected
 * @n: how many
 * @at: where it shows: of a level shift the first bucket of the new level
 * @values: (array length=n): what would have been sold
 * @actual: what was sold in these buckets, NaN when nothing is known
 * @proposed: what would have been
 * @money: their difference at the product's price
 *
 * One correction that could be made.
 */
typedef struct
{
  int series;
  KilterProposalKind kind;
  gboolean no_stock;
  int first;
  int n;
  int at;
  double *values;
  double actual;
  double proposed;
  double money;
} KilterProposal;

/* Three steps, as in kilter-tasks.h: new on the plan's thread, run on any, the rest on the plan's.
 */
typedef struct _KilterCleanTask KilterCleanTask;

KilterCleanTask *
kilter_clean_task_new (KilterPlan *plan, KilterVersion version, const KilterScope *scope);
gboolean kilter_clean_task_run (KilterCleanTask *self, KilterJob *job, GError **error);
/* (element-type KilterProposal) (transfer none): the most money first */
const GArray *kilter_clean_task_get_proposals (const KilterCleanTask *self);
void kilter_clean_task_free (KilterCleanTask *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterCleanTask, kilter_clean_task_free)

void kilter_plan_add_proposal (KilterPlan *plan,
                               KilterCommand *command,
                               KilterVersion version,
                               const KilterProposal *proposal,
                               const char *reason);

G_END_DECLS
