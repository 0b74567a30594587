/* kilter-supply-check.c: contradictions are found and named before anything is solved, and the
 * engine works on a copy in which each is settled the nearest way
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-private.h"

#include <math.h>

static KilterSupplyFinding *
report (GArray *findings, KilterSupplyFindingCode code, double value, double limit)
{
  KilterSupplyFinding finding = { code, -1, -1, -1, -1, -1, value, limit };

  g_array_append_val (findings, finding);

  return &g_array_index (findings, KilterSupplyFinding, findings->len - 1);
}

/* a finite number not below zero; G_MAXDOUBLE stays "no limit" */
static gboolean
clean_number (GArray *findings, double *value, int item, int route, int resource, int bucket)
{
  KilterSupplyFindingCode code;
  KilterSupplyFinding *finding;

  if (*value >= 0.0 && !isinf (*value))
    return TRUE;
  code = isfinite (*value) ? KILTER_SUPPLY_FINDING_NEGATIVE : KILTER_SUPPLY_FINDING_NOT_A_NUMBER;
  finding = report (findings, code, isfinite (*value) ? *value : 0.0, 0.0);
  finding->item = item;
  finding->route = route;
  finding->resource = resource;
  finding->bucket = bucket;
  *value = 0.0;

  return FALSE;
}

static void
clean_items (KilterSupplyProblem *p, GArray *findings)
{
  double *by_item[] = {
    p->opening_stock, p->opening_backlog, p->value,        p->holding_cost,     p->shortfall_cost,
    p->minimum_cost,  p->excess_cost,     p->backlog_cost, p->end_backlog_cost, p->lost_cost,
  };
  double *by_cell[] = {
    p->demand, p->firm, p->stock_minimum, p->stock_target, p->stock_maximum, p->lost_cost_by_bucket,
  };

  for (guint i = 0; i < p->n_items; i++)
    {
      for (gsize a = 0; a < G_N_ELEMENTS (by_item); a++)
        clean_number (findings, &by_item[a][i], i, -1, -1, -1);
      for (gsize a = 0; a < G_N_ELEMENTS (by_cell); a++)
        for (guint t = 0; by_cell[a] != NULL && t < p->n_buckets; t++)
          clean_number (findings, &by_cell[a][(gsize) i * p->n_buckets + t], i, -1, -1, t);
      if (p->strategy[i] > KILTER_SUPPLY_MANUAL)
        p->strategy[i] = KILTER_SUPPLY_OPTIMAL;
      p->n_frozen[i] = MIN (p->n_frozen[i], p->n_buckets);
    }
  for (guint t = 0; t < p->n_buckets; t++)
    {
      clean_number (findings, &p->bucket_months[t], -1, -1, -1, t);
      clean_number (findings, &p->bucket_days[t], -1, -1, -1, t);
    }
}

/* minimum <= target <= maximum, and prices that rise */
static void
clean_stock_rules (KilterSupplyProblem *p, GArray *findings)
{
  for (guint i = 0; i < p->n_items; i++)
    {
      for (guint t = 0; t < p->n_buckets; t++)
        {
          gsize c = (gsize) i * p->n_buckets + t;
          KilterSupplyFinding *finding;

          if (p->stock_maximum[c] < p->stock_target[c])
            {
              finding = report (findings, KILTER_SUPPLY_FINDING_STOCK_ORDER, p->stock_target[c],
                                p->stock_maximum[c]);
              finding->item = i;
              finding->bucket = t;
              p->stock_target[c] = p->stock_maximum[c];
            }
          if (p->stock_minimum[c] > p->stock_target[c])
            {
              finding = report (findings, KILTER_SUPPLY_FINDING_STOCK_ORDER, p->stock_minimum[c],
                                p->stock_target[c]);
              finding->item = i;
              finding->bucket = t;
              p->stock_minimum[c] = MIN (p->stock_minimum[c], p->stock_maximum[c]);
              p->stock_target[c] = p->stock_minimum[c];
            }
        }
      if (p->minimum_cost[i] > 0.0 && p->minimum_cost[i] < p->shortfall_cost[i])
        report (findings, KILTER_SUPPLY_FINDING_PRICE_ORDER, p->minimum_cost[i],
                p->shortfall_cost[i])
          ->item = i;
      p->minimum_cost[i] = MAX (p->minimum_cost[i], p->shortfall_cost[i]);
      p->end_backlog_cost[i] = MAX (p->end_backlog_cost[i],
                                    p->backlog_cost[i] * p->bucket_months[p->n_buckets - 1]);
      for (guint t = 0; t < p->n_buckets && !p->lost_sales[i] && p->backlog_cost[i] > 0.0; t++)
        if (p->stock_target[(gsize) i * p->n_buckets + t] > 0.0 &&
            p->minimum_cost[i] * p->bucket_months[t] > kilter_supply_backlog_cost (p, i, t))
          {
            KilterSupplyFinding *finding = report (findings, KILTER_SUPPLY_FINDING_PRICE_ORDER,
                                                   p->minimum_cost[i], p->backlog_cost[i]);

            finding->item = i;
            finding->bucket = t;
            break;
          }
    }
}

static void
clean_resources (KilterSupplyProblem *p, GArray *findings)
{
  for (guint r = 0; r < p->n_resources; r++)
    {
      KilterSupplyResource *resource = &p->resources[r];
      double *numbers[] = {
        &resource->overload_cost, &resource->overtime_share,
        &resource->overtime_cost, &resource->shift_cost,
        &resource->wage,          &resource->hire_cost,
        &resource->fire_cost,     &resource->opening_workers,
        &resource->hire_limit,    &resource->fire_limit,
      };

      for (gsize a = 0; a < G_N_ELEMENTS (numbers); a++)
        clean_number (findings, numbers[a], -1, -1, r, -1);
      for (guint t = 0; t < p->n_buckets; t++)
        {
          clean_number (findings, &p->capacity[(gsize) r * p->n_buckets + t], -1, -1, r, t);
          clean_number (findings, &p->shift_hours[(gsize) r * p->n_buckets + t], -1, -1, r, t);
        }
    }
}

static void
clean_routes (KilterSupplyProblem *p, GArray *findings)
{
  for (guint k = 0; k < p->routes->len; k++)
    {
      KilterSupplyRoute *route = &g_array_index (p->routes, KilterSupplyRoute, k);
      double *numbers[] = {
        &route->cost, &route->limit, &route->lot_minimum, &route->lot_multiple, &route->setup_cost,
      };

      if (route->item >= p->n_items)
        {
          report (findings, KILTER_SUPPLY_FINDING_BAD_INDEX, route->item, p->n_items)->route = k;
          /* the numbers of the other routes must stay */
          route->item = 0;
          route->allowed = FALSE;
          route->lead = p->n_buckets;
        }
      for (gsize a = 0; a < G_N_ELEMENTS (numbers); a++)
        clean_number (findings, numbers[a], -1, k, -1, -1);
      if (!(route->yield > 0.0) || isinf (route->yield))
        {
          report (findings, KILTER_SUPPLY_FINDING_YIELD,
                  isfinite (route->yield) ? route->yield : 0.0, 0.0)
            ->route = k;
          route->yield = 1.0;
        }
      if (route->lead >= p->n_buckets && route->allowed)
        {
          KilterSupplyFinding *finding = report (findings, KILTER_SUPPLY_FINDING_LEAD, route->lead,
                                                 p->n_buckets - 1);

          finding->route = k;
          finding->item = route->item;
        }
    }
}

static void
clean_lines (KilterSupplyProblem *p, GArray *findings)
{
  guint n = 0;

  for (guint u = 0; u < p->uses->len; u++)
    {
      KilterSupplyUse use = g_array_index (p->uses, KilterSupplyUse, u);

      if (use.route >= p->routes->len || use.resource >= p->n_resources)
        report (findings, KILTER_SUPPLY_FINDING_BAD_INDEX, u, p->uses->len)->route = use.route;
      else if (kilter_supply_holds_stock (p->resources[use.resource].kind))
        report (findings, KILTER_SUPPLY_FINDING_STORAGE_USE, u, 0)->resource = use.resource;
      else if (clean_number (findings, &use.per_unit, -1, use.route, use.resource, -1))
        g_array_index (p->uses, KilterSupplyUse, n++) = use;
    }
  g_array_set_size (p->uses, n);

  n = 0;
  for (guint u = 0; u < p->stock_uses->len; u++)
    {
      KilterSupplyStockUse use = g_array_index (p->stock_uses, KilterSupplyStockUse, u);

      if (use.item >= p->n_items || use.resource >= p->n_resources)
        report (findings, KILTER_SUPPLY_FINDING_BAD_INDEX, u, p->stock_uses->len)->item = use.item;
      else if (!kilter_supply_holds_stock (p->resources[use.resource].kind))
        report (findings, KILTER_SUPPLY_FINDING_STORAGE_USE, u, 0)->resource = use.resource;
      else if (clean_number (findings, &use.per_unit, use.item, -1, use.resource, -1))
        g_array_index (p->stock_uses, KilterSupplyStockUse, n++) = use;
    }
  g_array_set_size (p->stock_uses, n);
}

/* the component lines without those that close a cycle: an item's level is that of the longest
 * way to it; a line is refused when the item above is reached from the one below */
typedef struct
{
  KilterSupplyProblem *p;
  GArray *kept;
  guint8 *colour;
  GArray **by_item; /* component lines by the item made */
} CycleSearch;

static void
visit_item (CycleSearch *self, guint item, GArray *findings)
{
  self->colour[item] = 1;
  for (guint n = 0; n < self->by_item[item]->len; n++)
    {
      guint line = g_array_index (self->by_item[item], guint, n);
      const KilterSupplyComponent *component = &g_array_index (self->p->components,
                                                               KilterSupplyComponent, line);

      if (self->colour[component->item] == 1)
        {
          KilterSupplyFinding *finding = report (findings, KILTER_SUPPLY_FINDING_CYCLE,
                                                 component->item, item);

          finding->item = item;
          finding->route = component->route;
          continue;
        }
      if (self->colour[component->item] == 0)
        visit_item (self, component->item, findings);
      g_array_append_val (self->kept, *component);
    }
  self->colour[item] = 2;
}

static int
compare_components (gconstpointer a, gconstpointer b)
{
  const KilterSupplyComponent *x = a;
  const KilterSupplyComponent *y = b;

  if (x->route != y->route)
    return x->route < y->route ? -1 : 1;
  if (x->item != y->item)
    return x->item < y->item ? -1 : 1;

  return (x->offset > y->offset) - (x->offset < y->offset);
}

static void
clean_components (KilterSupplyProblem *p, GArray *findings)
{
  CycleSearch search = { p };
  guint n = 0;

  for (guint c = 0; c < p->components->len; c++)
    {
      KilterSupplyComponent line = g_array_index (p->components, KilterSupplyComponent, c);

      if (line.route >= p->routes->len || line.item >= p->n_items)
        report (findings, KILTER_SUPPLY_FINDING_BAD_INDEX, c, p->components->len)->route = line
                                                                                             .route;
      else if (clean_number (findings, &line.per_unit, line.item, line.route, -1, -1))
        g_array_index (p->components, KilterSupplyComponent, n++) = line;
    }
  g_array_set_size (p->components, n);
  if (n == 0)
    return;

  search.kept = g_array_new (FALSE, FALSE, sizeof (KilterSupplyComponent));
  search.colour = g_malloc0 (p->n_items);
  search.by_item = g_new (GArray *, p->n_items);
  for (guint i = 0; i < p->n_items; i++)
    search.by_item[i] = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint c = 0; c < n; c++)
    {
      guint route = g_array_index (p->components, KilterSupplyComponent, c).route;

      g_array_append_val (search.by_item[g_array_index (p->routes, KilterSupplyRoute, route).item],
                          c);
    }
  for (guint i = 0; i < p->n_items; i++)
    if (search.colour[i] == 0)
      visit_item (&search, i, findings);
  for (guint i = 0; i < p->n_items; i++)
    g_array_unref (search.by_item[i]);
  g_free (search.by_item);
  g_free (search.colour);
  g_array_unref (p->components);
  p->components = search.kept;
  g_array_sort (p->components, compare_components);
}

static void
clean_bounds (KilterSupplyProblem *p, GArray *findings)
{
  guint n = 0;

  for (guint b = 0; b < p->bounds->len; b++)
    {
      KilterSupplyBound bound = g_array_index (p->bounds, KilterSupplyBound, b);
      gboolean of_route = bound.kind == KILTER_SUPPLY_BOUND_ROUTE;
      KilterSupplyFinding *finding = NULL;

      if (bound.bucket >= p->n_buckets ||
          bound.index >= (of_route ? p->routes->len : p->n_resources))
        finding = report (findings, KILTER_SUPPLY_FINDING_BAD_INDEX, bound.index,
                          of_route ? p->routes->len : p->n_resources);
      else if (!(bound.lower >= 0.0) || !(bound.upper >= 0.0) || isinf (bound.lower) ||
               bound.lower == G_MAXDOUBLE)
        {
          finding = report (findings,
                            isfinite (bound.lower) && isfinite (bound.upper)
                              ? KILTER_SUPPLY_FINDING_NEGATIVE
                              : KILTER_SUPPLY_FINDING_NOT_A_NUMBER,
                            isfinite (bound.lower) ? bound.lower : 0.0, 0.0);
          bound.lower = bound.lower >= 0.0 && bound.lower < G_MAXDOUBLE ? bound.lower : 0.0;
          bound.upper = bound.upper >= 0.0 ? MAX (bound.upper, bound.lower) : bound.lower;
        }
      else if (bound.lower > bound.upper)
        {
          finding = report (findings, KILTER_SUPPLY_FINDING_BOUND_ORDER, bound.lower, bound.upper);
          bound.upper = bound.lower;
        }
      if (finding != NULL)
        {
          finding->route = of_route ? (int) bound.index : -1;
          finding->resource = of_route ? -1 : (int) bound.index;
          finding->bucket = bound.bucket;
          finding->policy = bound.policy;
          if (finding->code == KILTER_SUPPLY_FINDING_BAD_INDEX)
            continue;
        }
      g_array_index (p->bounds, KilterSupplyBound, n++) = bound;
    }
  g_array_set_size (p->bounds, n);
}

/*
 * kilter_supply_problem_cleaned:
 * @findings: (nullable) (element-type KilterSupplyFinding): what was settled is added here
 *
 * Returns: a copy of the problem without contradictions in its numbers
 */
KilterSupplyProblem *
kilter_supply_problem_cleaned (const KilterSupplyProblem *problem, GArray *findings)
{
  KilterSupplyProblem *p = kilter_supply_problem_copy (problem);
  g_autoptr (GArray) unheard = NULL;

  if (findings == NULL)
    findings = unheard = g_array_new (FALSE, FALSE, sizeof (KilterSupplyFinding));
  clean_items (p, findings);
  clean_stock_rules (p, findings);
  clean_resources (p, findings);
  clean_routes (p, findings);
  clean_lines (p, findings);
  clean_components (p, findings);
  clean_bounds (p, findings);
  if (!(p->priority_factor >= 1.0) || isinf (p->priority_factor))
    p->priority_factor = 5.0;
  if (!(p->stability >= 0.0) || isinf (p->stability))
    p->stability = 0.0;

  return p;
}

/* demand that nothing can serve, or that the prices tell the engine to give up */
static void
find_unserved (const KilterSupplyIndex *x, GArray *findings)
{
  for (guint i = 0; i < x->I; i++)
    {
      double total = x->problem->opening_backlog[i];
      double there = x->problem->opening_stock[i];
      double cheapest = INFINITY;
      double give_up = 0.0;

      for (guint t = 0; t < x->T; t++)
        {
          total += x->problem->demand[i * x->T + t];
          there += x->problem->firm[i * x->T + t];
          give_up = MAX (give_up, kilter_supply_lost_cost (x->problem, i, t));
        }
      if (total <= there)
        continue;
      if (!x->problem->lost_sales[i])
        give_up = x->problem->end_backlog_cost[i] +
                  x->problem->backlog_cost[i] * (x->T > 1 ? x->T - 1 : 0);
      for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1]; n++)
        {
          const KilterSupplyRoute *route = &x->routes[x->item_routes.order[n]];

          if (route->allowed && route->lead < x->T)
            cheapest = MIN (cheapest, route->cost / route->yield);
        }
      if (isinf (cheapest))
        report (findings, KILTER_SUPPLY_FINDING_NO_SOURCE, total, there)->item = i;
      else if (give_up <= cheapest && give_up < G_MAXDOUBLE && cheapest > 0.0)
        report (findings, KILTER_SUPPLY_FINDING_FREE_SHORTAGE, give_up, cheapest)->item = i;
    }
}

/* the name of the first bound that loads a resource in a bucket, or -1 */
static gint
loading_policy (const KilterSupplyIndex *x, guint r, guint t)
{
  for (guint b = 0; b < x->problem->bounds->len; b++)
    {
      const KilterSupplyBound *bound = &g_array_index (x->problem->bounds, KilterSupplyBound, b);

      if (bound->kind != KILTER_SUPPLY_BOUND_ROUTE || bound->lower <= 0.0)
        continue;
      for (guint n = x->route_uses.at[bound->index]; n < x->route_uses.at[bound->index + 1]; n++)
        {
          const KilterSupplyUse *use = &x->uses[x->route_uses.order[n]];

          if (use->resource == r && bound->bucket + use->offset == t)
            return bound->policy;
        }
    }

  return -1;
}

/* numbers of workers that hiring and firing cannot reach */
static void
find_unreachable (const KilterSupplyIndex *x, GArray *findings)
{
  for (guint b = 0; b < x->problem->bounds->len; b++)
    {
      const KilterSupplyBound *bound = &g_array_index (x->problem->bounds, KilterSupplyBound, b);
      gsize c = (gsize) bound->index * x->T + bound->bucket;
      KilterSupplyFinding *finding;

      if (bound->kind != KILTER_SUPPLY_BOUND_WORKERS ||
          (bound->lower <= x->workers_upper[c] && bound->upper >= x->workers_lower[c]))
        continue;
      finding = report (findings, KILTER_SUPPLY_FINDING_BOUND_WORKERS,
                        bound->lower > x->workers_upper[c] ? bound->lower : bound->upper,
                        bound->lower > x->workers_upper[c] ? x->workers_upper[c]
                                                           : x->workers_lower[c]);
      finding->resource = bound->index;
      finding->bucket = bound->bucket;
      finding->policy = bound->policy;
    }
}

static void
find_forced (const KilterSupplyIndex *x, GArray *findings)
{
  for (guint r = 0; r < x->R; r++)
    for (guint t = 0; t < x->T; t++)
      if (x->forced[r * x->T + t] > KILTER_SUPPLY_TINY)
        {
          gboolean store = kilter_supply_holds_stock (x->problem->resources[r].kind);
          double limit = x->problem->capacity[r * x->T + t];
          KilterSupplyFinding *finding = report (findings,
                                                 store ? KILTER_SUPPLY_FINDING_STOCK_OVER_STORAGE
                                                       : KILTER_SUPPLY_FINDING_BOUND_OVER_CAPACITY,
                                                 x->forced[r * x->T + t], limit);

          finding->resource = r;
          finding->bucket = t;
          finding->policy = loading_policy (x, r, t);
        }
  for (guint i = 0; i < x->I; i++)
    for (guint t = 0; t < x->T && x->is_component[i]; t++)
      {
        double short_by = -x->firm_stock[i * x->T + t];
        gboolean could = FALSE;

        for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1]; n++)
          for (guint s = 0; s <= t; s++)
            {
              guint k = x->item_routes.order[n];

              could = could || (s + x->routes[k].lead <= t &&
                                x->upper[k * x->T + s] > x->lower[k * x->T + s]);
            }
        if (x->forced_need[i * x->T + t] > 0.0 && short_by > KILTER_SUPPLY_TINY && !could)
          {
            KilterSupplyFinding *finding = report (
              findings, KILTER_SUPPLY_FINDING_BOUND_NO_COMPONENT, short_by, 0.0);

            finding->item = i;
            finding->bucket = t;
          }
      }
  for (guint b = 0; b < x->problem->bounds->len; b++)
    {
      const KilterSupplyBound *bound = &g_array_index (x->problem->bounds, KilterSupplyBound, b);
      KilterSupplyFinding *finding;

      if (bound->kind != KILTER_SUPPLY_BOUND_ROUTE || bound->lower <= 0.0 ||
          bound->bucket + x->routes[bound->index].lead < x->T)
        continue;
      finding = report (findings, KILTER_SUPPLY_FINDING_BOUND_TOO_LATE, bound->lower, 0.0);
      finding->route = bound->index;
      finding->item = x->routes[bound->index].item;
      finding->bucket = bound->bucket;
      finding->policy = bound->policy;
    }
}

/**
 * kilter_supply_problem_validate:
 *
 * Looks for what does not fit, before anything is solved. Nothing found here keeps the engine
 * from planning: each contradiction is settled the nearest way, which the codes describe.
 *
 * Returns: (transfer full) (element-type KilterSupplyFinding): what was found, empty if all fits
 */
GArray *
kilter_supply_problem_validate (const KilterSupplyProblem *self)
{
  GArray *findings = g_array_new (FALSE, FALSE, sizeof (KilterSupplyFinding));
  g_autoptr (KilterSupplyIndex) index = NULL;
  g_autoptr (KilterSupplyProblem) cleaned = NULL;

  g_return_val_if_fail (self != NULL, findings);

  cleaned = kilter_supply_problem_cleaned (self, findings);
  index = kilter_supply_index_new (cleaned);
  find_unserved (index, findings);
  find_forced (index, findings);
  find_unreachable (index, findings);

  return findings;
}
