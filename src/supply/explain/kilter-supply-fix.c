/* kilter-supply-fix.c: complete packages that would improve a plan
 *
 * Each package lifts some of the policies of the problem for the items concerned and re-plans the
 * whole; nothing is estimated. Physics stays: a lever adds no more than the problem says there is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-private.h"

#include <math.h>

/* levers, as a set */
enum
{
  EARLY = 1 << 0,
  OVERTIME = 1 << 1,
  SHIFT = 1 << 2,
  SUBCONTRACT = 1 << 3,
  ROUTE = 1 << 4,
};

/* a package keeps to the present plan where that costs (nearly) nothing */
#define STABILITY 1e-4
/* from so many items × buckets on, items that share no machine with those concerned stay as they
 * are: a package for one line of many is then planned in a fraction of the time */
#define LARGE 6000
/* the name of a bound that only keeps an item as it is */
#define KEPT -1
/* what is worth telling as a condition */
#define STORE_PEAK 0.85
#define BELOW_TARGET 0.05

static const struct
{
  KilterSupplyFixTitle title;
  guint levers;
} packages[] = {
  { KILTER_SUPPLY_FIX_EARLY, EARLY },
  { KILTER_SUPPLY_FIX_OVERTIME, OVERTIME },
  { KILTER_SUPPLY_FIX_SHIFT, SHIFT },
  { KILTER_SUPPLY_FIX_SUBCONTRACT, SUBCONTRACT },
  { KILTER_SUPPLY_FIX_ROUTE, ROUTE },
  { KILTER_SUPPLY_FIX_EARLY_AND_OVERTIME, EARLY | OVERTIME },
  { KILTER_SUPPLY_FIX_EARLY_AND_SUBCONTRACT, EARLY | SUBCONTRACT },
  { KILTER_SUPPLY_FIX_EVERYTHING, EARLY | OVERTIME | SHIFT | SUBCONTRACT | ROUTE },
};

typedef struct
{
  const KilterSupplyProblem *problem;
  const KilterSupplyPlan *base;
  guint8 *items;     /* concerned */
  guint8 *resources; /* used by their routes */
} Scope;

static gboolean
is_short (const KilterSupplyPlan *plan, guint i)
{
  for (guint t = 0; t < plan->n_buckets; t++)
    {
      gsize c = (gsize) i * plan->n_buckets + t;

      if (plan->lost[c] + plan->late[c] + plan->unmet[c] + plan->shortfall[c] >
          KILTER_SUPPLY_TINY * (1.0 + plan->stock[c]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
use_is_valid (const KilterSupplyProblem *p, const KilterSupplyUse *use)
{
  return use->route < p->routes->len && use->resource < p->n_resources &&
         g_array_index (p->routes, KilterSupplyRoute, use->route).item < p->n_items;
}

static void
find_scope (Scope *self, gint resource, gint item)
{
  const KilterSupplyProblem *p = self->problem;

  self->items = g_malloc0 (MAX (p->n_items, 1));
  self->resources = g_malloc0 (MAX (p->n_resources, 1));
  if (item >= 0 && (guint) item < p->n_items)
    self->items[item] = 1;
  else if (resource >= 0)
    {
      for (guint u = 0; u < p->uses->len; u++)
        {
          const KilterSupplyUse *use = &g_array_index (p->uses, KilterSupplyUse, u);

          if (use_is_valid (p, use) && use->resource == (guint) resource)
            self->items[g_array_index (p->routes, KilterSupplyRoute, use->route).item] = 1;
        }
      for (guint u = 0; u < p->stock_uses->len; u++)
        {
          const KilterSupplyStockUse *use = &g_array_index (p->stock_uses, KilterSupplyStockUse, u);

          if (use->resource == (guint) resource && use->item < p->n_items)
            self->items[use->item] = 1;
        }
    }
  else
    for (guint i = 0; i < p->n_items; i++)
      self->items[i] = is_short (self->base, i);
  /* making a component is part of making the item */
  for (gboolean grown = TRUE; grown;)
    {
      grown = FALSE;
      for (guint n = 0; n < p->components->len; n++)
        {
          const KilterSupplyComponent *line = &g_array_index (p->components, KilterSupplyComponent,
                                                              n);
          guint parent;

          if (line->route >= p->routes->len || line->item >= p->n_items)
            continue;
          parent = g_array_index (p->routes, KilterSupplyRoute, line->route).item;
          if (parent < p->n_items && self->items[parent] && !self->items[line->item])
            self->items[line->item] = grown = TRUE;
        }
    }
  for (guint u = 0; u < p->uses->len; u++)
    {
      const KilterSupplyUse *use = &g_array_index (p->uses, KilterSupplyUse, u);

      if (use_is_valid (p, use) &&
          self->items[g_array_index (p->routes, KilterSupplyRoute, use->route).item])
        self->resources[use->resource] = 1;
    }
}

/* items that could make room: those that use a machine, line or truck that an item concerned can
 * use */
static guint8 *
find_neighbours (const Scope *self)
{
  const KilterSupplyProblem *p = self->problem;
  guint8 *near = g_memdup2 (self->items, MAX (p->n_items, 1));

  for (guint u = 0; u < p->uses->len; u++)
    {
      const KilterSupplyUse *use = &g_array_index (p->uses, KilterSupplyUse, u);

      if (use_is_valid (p, use) && self->resources[use->resource] &&
          (p->resources[use->resource].kind == KILTER_SUPPLY_MACHINE ||
           p->resources[use->resource].kind == KILTER_SUPPLY_TRANSPORT))
        near[g_array_index (p->routes, KilterSupplyRoute, use->route).item] = 1;
    }
  /* what they consume must be free to follow */
  for (gboolean grown = TRUE; grown;)
    {
      grown = FALSE;
      for (guint n = 0; n < p->components->len; n++)
        {
          const KilterSupplyComponent *line = &g_array_index (p->components, KilterSupplyComponent,
                                                              n);
          guint parent;

          if (line->route >= p->routes->len || line->item >= p->n_items)
            continue;
          parent = g_array_index (p->routes, KilterSupplyRoute, line->route).item;
          if (parent < p->n_items && near[parent] && !near[line->item])
            near[line->item] = grown = TRUE;
        }
    }

  return near;
}

/* fixes the routes of all other items where they are in the present plan */
static void
keep_others (const Scope *self, const guint8 *near, KilterSupplyProblem *lifted)
{
  for (guint k = 0; k < lifted->routes->len; k++)
    {
      guint i = g_array_index (lifted->routes, KilterSupplyRoute, k).item;

      if (i < lifted->n_items && near[i])
        continue;
      for (guint t = 0; t < lifted->n_buckets; t++)
        kilter_supply_problem_fix_route (
          lifted, k, t, self->base->quantity[(gsize) k * lifted->n_buckets + t], KEPT);
    }
}

/* lifts policies in a copy of the problem; tells which levers changed anything */
static guint
lift (const Scope *self, KilterSupplyProblem *p, guint levers)
{
  guint lifted = 0;

  for (guint i = 0; i < p->n_items && (levers & EARLY); i++)
    {
      gboolean kept = p->strategy[i] == KILTER_SUPPLY_CHASE ||
                      p->strategy[i] == KILTER_SUPPLY_TARGET_COVER ||
                      p->strategy[i] == KILTER_SUPPLY_MANUAL ||
                      p->strategy[i] == KILTER_SUPPLY_LEVEL || !p->early_allowed[i];

      if (!self->items[i] || !kept)
        continue;
      p->early_allowed[i] = 1;
      p->strategy[i] = KILTER_SUPPLY_OPTIMAL;
      lifted |= EARLY;
    }
  for (gsize c = 0; c < (gsize) p->n_resources * p->n_buckets; c++)
    {
      const KilterSupplyResource *resource = &p->resources[c / p->n_buckets];

      if (!self->resources[c / p->n_buckets])
        continue;
      if ((levers & OVERTIME) && !p->overtime_allowed[c] && resource->overtime_share > 0.0)
        {
          p->overtime_allowed[c] = 1;
          lifted |= OVERTIME;
        }
      if ((levers & SHIFT) && !p->shift_allowed[c] && p->shift_hours[c] > 0.0)
        {
          p->shift_allowed[c] = 1;
          lifted |= SHIFT;
        }
    }
  for (guint k = 0; k < p->routes->len; k++)
    {
      KilterSupplyRoute *route = &g_array_index (p->routes, KilterSupplyRoute, k);
      guint lever = route->kind == KILTER_SUPPLY_SUBCONTRACT ? SUBCONTRACT : ROUTE;

      if (route->allowed || !(levers & lever) || route->item >= p->n_items ||
          !self->items[route->item])
        continue;
      route->allowed = TRUE;
      lifted |= lever;
    }

  return lifted;
}

static double
short_units (const Scope *self, const KilterSupplyPlan *plan)
{
  double sum = 0.0;

  for (guint i = 0; i < plan->n_items; i++)
    for (guint t = 0; t < plan->n_buckets && self->items[i]; t++)
      {
        gsize c = (gsize) i * plan->n_buckets + t;

        sum += t + 1 == plan->n_buckets ? MAX (plan->unmet[c], plan->lost[c] + plan->late[c])
                                        : plan->lost[c] + plan->late[c];
      }

  return sum < KILTER_SUPPLY_TINY ? 0.0 : sum;
}

static void
add_change (GArray *changes, KilterSupplyLever lever, guint index, guint bucket, double quantity)
{
  KilterSupplyChange change = { lever, index, bucket, quantity };

  g_array_append_val (changes, change);
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const KilterSupplyChange *x = a;
  const KilterSupplyChange *y = b;

  if (x->bucket != y->bucket)
    return x->bucket < y->bucket ? -1 : 1;
  if (x->lever != y->lever)
    return x->lever < y->lever ? -1 : 1;

  return (x->index > y->index) - (x->index < y->index);
}

static guint
main_lead (const KilterSupplyProblem *p, guint i)
{
  guint best = G_MAXUINT;
  guint lead = 0;

  for (guint k = 0; k < p->routes->len; k++)
    {
      const KilterSupplyRoute *route = &g_array_index (p->routes, KilterSupplyRoute, k);

      if (route->item == i && route->kind != KILTER_SUPPLY_SUBCONTRACT && route->rank < best)
        {
          best = route->rank;
          lead = route->lead;
        }
    }

  return lead;
}

/* units on hand earlier than in the present plan, at the start that makes them */
static void
list_early (const Scope *self, const KilterSupplyPlan *plan, GArray *changes)
{
  const KilterSupplyProblem *p = self->problem;

  for (guint i = 0; i < p->n_items; i++)
    {
      double before = 0.0;
      guint lead;

      if (!self->items[i])
        continue;
      lead = main_lead (p, i);
      for (guint t = 0; t < p->n_buckets; t++)
        {
          gsize c = (gsize) i * p->n_buckets + t;
          double more = MAX (0.0, plan->stock[c] - MAX (self->base->stock[c], p->stock_target[c]));
          double built = more - before;

          if (built > 1e-6 * (1.0 + p->demand[c]))
            add_change (changes, KILTER_SUPPLY_LEVER_EARLY, i, t > lead ? t - lead : 0, built);
          before = more;
        }
    }
}

static void
list_changes (const Scope *self, const KilterSupplyPlan *plan, guint levers, GArray *changes)
{
  const KilterSupplyProblem *p = self->problem;

  if (levers & EARLY)
    list_early (self, plan, changes);
  for (gsize c = 0; c < (gsize) p->n_resources * p->n_buckets; c++)
    {
      double overtime = plan->overtime_hours[c] - self->base->overtime_hours[c];
      double shift = plan->shift_hours[c] - self->base->shift_hours[c];
      double tiny = 1e-6 * (1.0 + plan->load[c]);

      if (overtime > tiny)
        add_change (changes, KILTER_SUPPLY_LEVER_OVERTIME, c / p->n_buckets, c % p->n_buckets,
                    overtime);
      if (shift > tiny)
        add_change (changes, KILTER_SUPPLY_LEVER_SHIFT, c / p->n_buckets, c % p->n_buckets, shift);
    }
  for (guint k = 0; k < p->routes->len; k++)
    for (guint t = 0; t < p->n_buckets; t++)
      {
        const KilterSupplyRoute *route = &g_array_index (p->routes, KilterSupplyRoute, k);
        gsize c = (gsize) k * p->n_buckets + t;
        double more = plan->quantity[c] - self->base->quantity[c];

        if (!route->allowed && more > 1e-6 * (1.0 + plan->quantity[c]))
          add_change (changes, KILTER_SUPPLY_LEVER_ROUTE, k, t, more);
      }
  g_array_sort (changes, compare_changes);
}

static guint
levers_used (const KilterSupplyProblem *p, const GArray *changes)
{
  guint used = 0;

  for (guint n = 0; n < changes->len; n++)
    {
      const KilterSupplyChange *change = &g_array_index (changes, KilterSupplyChange, n);

      switch (change->lever)
        {
        case KILTER_SUPPLY_LEVER_EARLY:
          used |= EARLY;
          break;
        case KILTER_SUPPLY_LEVER_OVERTIME:
          used |= OVERTIME;
          break;
        case KILTER_SUPPLY_LEVER_SHIFT:
          used |= SHIFT;
          break;
        case KILTER_SUPPLY_LEVER_ROUTE:
          used |= g_array_index (p->routes, KilterSupplyRoute, change->index).kind ==
                      KILTER_SUPPLY_SUBCONTRACT
                    ? SUBCONTRACT
                    : ROUTE;
          break;
        default:
          g_assert_not_reached ();
        }
    }

  return used;
}

static void
set_condition (KilterSupplyFix *fix,
               KilterSupplyCondition condition,
               gint resource,
               gint item,
               gint bucket,
               double value)
{
  fix->condition = condition;
  fix->condition_resource = resource;
  fix->condition_item = item;
  fix->condition_bucket = bucket;
  fix->condition_value = value;
}

/* the first bucket in which a subcontractor must have the order */
static gboolean
order_condition (const Scope *self, KilterSupplyFix *fix)
{
  for (guint n = 0; n < fix->changes->len; n++)
    {
      const KilterSupplyChange *change = &g_array_index (fix->changes, KilterSupplyChange, n);
      const KilterSupplyRoute *route;

      if (change->lever != KILTER_SUPPLY_LEVER_ROUTE)
        continue;
      route = &g_array_index (self->problem->routes, KilterSupplyRoute, change->index);
      if (route->kind != KILTER_SUPPLY_SUBCONTRACT)
        continue;
      set_condition (fix, KILTER_SUPPLY_CONDITION_ORDER_BY, -1, route->item, change->bucket,
                     route->lead);
      return TRUE;
    }

  return FALSE;
}

static gboolean
store_condition (const Scope *self, KilterSupplyFix *fix)
{
  const KilterSupplyProblem *p = self->problem;
  double peak = STORE_PEAK;

  for (gsize c = 0; c < (gsize) p->n_resources * p->n_buckets; c++)
    if (kilter_supply_holds_stock (p->resources[c / p->n_buckets].kind) && p->capacity[c] > 0.0 &&
        fix->plan->load[c] > self->base->load[c] * (1.0 + 1e-6) &&
        fix->plan->load[c] / p->capacity[c] > peak)
      {
        peak = fix->plan->load[c] / p->capacity[c];
        set_condition (fix, KILTER_SUPPLY_CONDITION_STORE_PEAK, c / p->n_buckets, -1,
                       c % p->n_buckets, peak);
      }

  return peak > STORE_PEAK;
}

static gboolean
target_condition (const Scope *self, KilterSupplyFix *fix)
{
  const KilterSupplyProblem *p = self->problem;
  double worst = BELOW_TARGET;

  for (guint t = 0; t < p->n_buckets; t++)
    {
      double target = 0.0;
      double below = 0.0;
      double most = -1.0;
      gint item = -1;

      for (guint i = 0; i < p->n_items; i++)
        {
          gsize c = (gsize) i * p->n_buckets + t;

          if (!self->items[i])
            continue;
          target += p->stock_target[c];
          below += fix->plan->shortfall[c];
          if (fix->plan->shortfall[c] > most)
            {
              most = fix->plan->shortfall[c];
              item = i;
            }
        }
      if (target > 0.0 && below / target > worst)
        {
          worst = below / target;
          set_condition (fix, KILTER_SUPPLY_CONDITION_BELOW_TARGET, -1, item, t, worst);
        }
    }

  return worst > BELOW_TARGET;
}

static gboolean
unmet_condition (const Scope *self, KilterSupplyFix *fix)
{
  for (guint t = 0; t < fix->plan->n_buckets && fix->unmet_after > 0.0; t++)
    for (guint i = 0; i < fix->plan->n_items; i++)
      {
        gsize c = (gsize) i * fix->plan->n_buckets + t;

        if (self->items[i] &&
            fix->plan->lost[c] + fix->plan->late[c] + fix->plan->unmet[c] > KILTER_SUPPLY_TINY)
          {
            set_condition (fix, KILTER_SUPPLY_CONDITION_STILL_UNMET, -1, i, t, fix->unmet_after);
            return TRUE;
          }
      }

  return FALSE;
}

static double
volume_cost (const Scope *self, const KilterSupplyPlan *plan)
{
  const KilterSupplyProblem *p = self->problem;
  double cost = 0.0;

  for (guint i = 0; i < p->n_items; i++)
    {
      guint best = G_MAXUINT;
      double each = 0.0;
      double more = 0.0;

      for (guint k = 0; k < p->routes->len; k++)
        {
          const KilterSupplyRoute *route = &g_array_index (p->routes, KilterSupplyRoute, k);

          if (route->item != i)
            continue;
          if (route->kind != KILTER_SUPPLY_SUBCONTRACT && route->rank < best)
            {
              best = route->rank;
              each = route->yield > 0.0 ? route->cost / route->yield : route->cost;
            }
          for (guint t = 0; t + route->lead < p->n_buckets; t++)
            more += (plan->quantity[(gsize) k * p->n_buckets + t] -
                     self->base->quantity[(gsize) k * p->n_buckets + t]) *
                    (route->yield > 0.0 ? route->yield : 1.0);
        }
      cost += more * each;
    }

  return cost;
}

static KilterSupplyFix *
make_fix (const Scope *self, KilterSupplyFixTitle title, guint levers, KilterSupplyPlan *plan)
{
  KilterSupplyFix *fix = g_new0 (KilterSupplyFix, 1);

  fix->title = title;
  fix->plan = plan;
  fix->changes = g_array_new (FALSE, FALSE, sizeof (KilterSupplyChange));
  list_changes (self, plan, levers, fix->changes);
  fix->unmet_before = short_units (self, self->base);
  fix->unmet_after = short_units (self, plan);
  fix->extra_cost = kilter_supply_plan_running_cost (plan) -
                    kilter_supply_plan_running_cost (self->base);
  fix->volume_cost = volume_cost (self, plan);
  fix->total_cost = plan->objective;
  fix->expires = fix->changes->len > 0
                   ? (gint) g_array_index (fix->changes, KilterSupplyChange, 0).bucket
                   : -1;
  set_condition (fix, KILTER_SUPPLY_CONDITION_NONE, -1, -1, -1, 0.0);
  if (!order_condition (self, fix) && !((levers & EARLY) && store_condition (self, fix)) &&
      !(title != KILTER_SUPPLY_FIX_ACCEPT && target_condition (self, fix)))
    unmet_condition (self, fix);

  return fix;
}

static gboolean
same_result (const KilterSupplyFix *a, const KilterSupplyFix *b)
{
  return fabs (a->total_cost - b->total_cost) <= 1e-6 * (1.0 + fabs (a->total_cost)) &&
         fabs (a->unmet_after - b->unmet_after) <= 1e-6 * (1.0 + a->unmet_before);
}

static int
compare_fixes (gconstpointer a, gconstpointer b)
{
  const KilterSupplyFix *x = *(const KilterSupplyFix *const *) a;
  const KilterSupplyFix *y = *(const KilterSupplyFix *const *) b;

  if (x->total_cost != y->total_cost)
    return x->total_cost < y->total_cost ? -1 : 1;

  return (x->title > y->title) - (x->title < y->title);
}

/* a package with a lever it does not use, or no better than doing nothing, is no package */
static gboolean
is_worth_showing (const Scope *self, const KilterSupplyFix *fix, guint levers, GPtrArray *fixes)
{
  guint used = levers_used (self->problem, fix->changes);

  if (fix->title != KILTER_SUPPLY_FIX_EVERYTHING && (used & levers) != levers)
    return FALSE;
  if (fix->total_cost >= self->base->objective - 1e-6 * (1.0 + fabs (self->base->objective)))
    return FALSE;
  for (guint n = 0; n < fixes->len; n++)
    if (same_result (g_ptr_array_index (fixes, n), fix))
      return FALSE;

  return TRUE;
}

/**
 * kilter_supply_find_fixes:
 * @plan: the present plan of @problem
 * @resource: a resource whose items are concerned, or -1
 * @item: an item, or -1; with both -1 all items that are short
 * @job: (nullable): cancels it
 *
 * Looks for complete packages: building early, overtime, an extra shift, subcontracting, another
 * route, and combinations. In each the policies concerned are lifted in the problem (early_allowed
 * and strategy, overtime_allowed, shift_allowed, allowed of routes) and the whole is planned anew,
 * staying near @plan elsewhere. Packages that do not use a lever, change nothing or only repeat a
 * smaller one are left out. Accepting the plan as it is is always there.
 *
 * In a large problem only items that share a machine with those concerned are planned anew.
 *
 * If @plan is a quick plan, packages are compared with the least-cost plan under the present
 * policies, so that a package is not credited with what optimising alone would bring.
 *
 * Returns: (transfer full) (element-type KilterSupplyFix): the cheapest first, by total cost
 */
GPtrArray *
kilter_supply_find_fixes (const KilterSupplyProblem *problem,
                          const KilterSupplyPlan *plan,
                          gint resource,
                          gint item,
                          KilterJob *job)
{
  GPtrArray *fixes = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_supply_fix_free);
  g_autoptr (KilterSupplySolver) solver = NULL;
  g_autoptr (KilterSupplyPlan) optimal = NULL;
  g_autofree guint8 *near = NULL;
  Scope scope = { problem, plan };

  g_return_val_if_fail (problem != NULL && plan != NULL, fixes);
  g_return_val_if_fail (plan->n_routes == problem->routes->len, fixes);

  solver = kilter_supply_solver_new ();
  if (plan->status != KILTER_SUPPLY_STATUS_OPTIMAL)
    {
      optimal = kilter_supply_solver_solve (solver, problem, job);
      scope.base = optimal;
    }
  find_scope (&scope, resource, item);
  if ((gsize) problem->n_items * problem->n_buckets >= LARGE)
    near = find_neighbours (&scope);
  for (gsize n = 0; n < G_N_ELEMENTS (packages); n++)
    {
      g_autoptr (KilterSupplyProblem) lifted = kilter_supply_problem_copy (problem);
      g_autoptr (KilterSupplyPlan) better = NULL;
      KilterSupplyFix *fix;
      guint levers = lift (&scope, lifted, packages[n].levers);

      if (levers == 0 || (job != NULL && kilter_job_is_cancelled (job)))
        continue;
      if (packages[n].title != KILTER_SUPPLY_FIX_EVERYTHING && levers != packages[n].levers)
        continue;
      kilter_supply_problem_set_previous (lifted, scope.base->quantity, STABILITY);
      if (near != NULL)
        keep_others (&scope, near, lifted);
      better = kilter_supply_solver_solve (solver, lifted, job);
      if (better->status == KILTER_SUPPLY_STATUS_CANCELLED)
        continue;
      fix = make_fix (&scope, packages[n].title, levers, g_steal_pointer (&better));
      if (is_worth_showing (&scope, fix, levers, fixes))
        g_ptr_array_add (fixes, fix);
      else
        kilter_supply_fix_free (fix);
    }
  g_ptr_array_add (
    fixes, make_fix (&scope, KILTER_SUPPLY_FIX_ACCEPT, 0, kilter_supply_plan_copy (scope.base)));
  g_ptr_array_sort (fixes, compare_fixes);
  g_free (scope.items);
  g_free (scope.resources);

  return fixes;
}

/**
 * kilter_supply_fix_apply:
 * @problem: the problem the fix was found for
 *
 * Lifts in @problem exactly the policies that the fix uses, so that planning again gives its plan
 * (or one as cheap).
 */
void
kilter_supply_fix_apply (const KilterSupplyFix *self, KilterSupplyProblem *problem)
{
  g_return_if_fail (self != NULL && problem != NULL);

  for (guint n = 0; n < self->changes->len; n++)
    {
      const KilterSupplyChange *change = &g_array_index (self->changes, KilterSupplyChange, n);
      gsize slot = (gsize) change->index * problem->n_buckets + change->bucket;

      switch (change->lever)
        {
        case KILTER_SUPPLY_LEVER_EARLY:
          problem->early_allowed[change->index] = 1;
          problem->strategy[change->index] = KILTER_SUPPLY_OPTIMAL;
          break;
        case KILTER_SUPPLY_LEVER_OVERTIME:
          problem->overtime_allowed[slot] = 1;
          break;
        case KILTER_SUPPLY_LEVER_SHIFT:
          problem->shift_allowed[slot] = 1;
          break;
        case KILTER_SUPPLY_LEVER_ROUTE:
          g_array_index (problem->routes, KilterSupplyRoute, change->index).allowed = TRUE;
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

void
kilter_supply_fix_free (KilterSupplyFix *self)
{
  if (self == NULL)
    return;
  kilter_supply_plan_free (self->plan);
  g_array_unref (self->changes);
  g_free (self);
}
