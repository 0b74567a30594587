/* kilter-supply-task-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/data/kilter-plan-private.h"
#include "plan/kilter-tasks.h"
#include "supply/kilter-supply.h"

G_BEGIN_DECLS

/* The name of a bound: the product whose quantity was typed, or a resource. */
#define KILTER_POLICY_OF_RESOURCE(id) (-1000 - (id))

/* which measure a route fills */
typedef enum
{
  KILTER_ROUTE_OWN,        /* the main line: regular production and overtime */
  KILTER_ROUTE_OTHER_LINE, /* right behind the main one */
  KILTER_ROUTE_BOUGHT,
  KILTER_ROUTE_OUTSIDE, /* subcontracted */
} KilterRouteRole;

typedef struct
{
  KilterRouteRole role;
  int product;
} KilterTaskRoute;

/* a way out that changes demand: the edit, and the plan for it */
typedef struct
{
  KilterSupplyFixTitle title;
  KilterCommand *edit;
  KilterSupplyTask *task;
  int event;       /* moved, or 0 */
  int product;     /* of which less is asked, or 0 */
  int other;       /* the substitute */
  int bucket;      /* where the event begins then; from when on the substitute is offered */
  double quantity; /* units asked of the substitute */
  int expires;
} KilterSupplyVariant;

struct _KilterSupplyTask
{
  KilterVersion version;
  int cycle;
  int n_horizon;
  KilterSupplyProblem *problem;
  GArray *products;            /* int: product of each item */
  GArray *resources;           /* int: resource of each index */
  GArray *routes;              /* KilterTaskRoute of each route */
  GArray *make;                /* int: route of each item's own production or purchase */
  GArray *outside;             /* int: route of each item's subcontracting, or -1 */
  GArray *premiums;            /* double: what a unit costs more when it is made outside */
  double *overtime_typed;      /* hours by resource and bucket that typed overtime asks for */
  guint8 *overtime_only_typed; /* 1 where there is no overtime but what is typed */
  double family_gap;           /* 0 when products are planned one by one */
  gboolean has_lots;
  char *strategy;

  gboolean want_fixes;
  int fix_resource;
  int fix_product;

  KilterSupplyPlan *result;
  KilterSupplyPlan *quick; /* the plan at once, while the best one is not there yet */
  GPtrArray *reasons;
  GPtrArray *engine_fixes;
  GPtrArray *variants; /* KilterSupplyVariant */
  GArray *whys;
  GPtrArray *told;  /* KilterReason */
  double *worth_up; /* by resource and bucket: for how many hours more its worth holds */
  double *worth_down;
  GArray *fixes;
};

int kilter_supply_task_find_index (const GArray *ids, int id);
double kilter_supply_task_tidy (double value);
double
kilter_supply_task_get_overtime_over (const KilterSupplyTask *self, guint resource, guint bucket);
void kilter_supply_task_write (const KilterSupplyTask *self,
                               KilterPlan *plan,
                               KilterCommand *command,
                               const KilterSupplyPlan *result);
void
kilter_supply_task_mark (const KilterSupplyTask *self, KilterPlan *plan, KilterCommand *command);
void kilter_supply_task_tell_fixes (KilterSupplyTask *self, KilterPlan *plan);

void kilter_supply_variant_free (gpointer data);
gboolean kilter_supply_variants_run (KilterSupplyTask *self, KilterJob *job, GError **error);
gboolean kilter_supply_variant_tell (KilterSupplyTask *self,
                                     KilterPlan *plan,
                                     const KilterSupplyVariant *variant,
                                     const gboolean *concerned,
                                     KilterFix *fix);

G_END_DECLS
