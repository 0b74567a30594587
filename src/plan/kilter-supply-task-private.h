/* kilter-supply-task-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/kilter-plan-private.h"
#include "plan/kilter-tasks.h"
#include "supply/kilter-supply.h"

G_BEGIN_DECLS

struct _KilterSupplyTask
{
  KilterVersion version;
  int cycle;
  int n_horizon;
  KilterSupplyProblem *problem;
  GArray *products;  /* int: product of each item */
  GArray *resources; /* int: resource of each index */
  GArray *make;      /* int: route of each item's own production, or -1 */
  GArray *outside;   /* int: route of each item's subcontracting, or -1 */
  GArray *premiums;  /* double: what a unit costs more when it is made outside */
  char *strategy;

  gboolean want_fixes;
  int fix_resource;
  int fix_product;

  KilterSupplyPlan *result;
  GPtrArray *reasons;
  GPtrArray *engine_fixes;
  GArray *whys;
  GArray *fixes;
};

int kilter_supply_task_find_index (const GArray *ids, int id);

G_END_DECLS
