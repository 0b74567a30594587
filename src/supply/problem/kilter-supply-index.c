/* kilter-supply-index.c: a problem with everything looked up
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-private.h"

#include <math.h>
#include <string.h>

/* strict priorities stay below this ratio, so that the optimiser's numbers stay sound */
#define MAX_WEIGHT 1e5

typedef guint (*KeyOf) (const KilterSupplyIndex *self, guint n);

/* a stable counting sort of 0 … n - 1 by key */
static void
list_by_key (const KilterSupplyIndex *self,
             KilterSupplyList *list,
             guint n,
             guint n_keys,
             KeyOf key)
{
  list->at = g_new0 (guint, n_keys + 2);
  list->order = g_new (guint, MAX (n, 1));
  for (guint e = 0; e < n; e++)
    list->at[key (self, e) + 2]++;
  for (guint k = 2; k < n_keys + 2; k++)
    list->at[k] += list->at[k - 1];
  for (guint e = 0; e < n; e++)
    list->order[list->at[key (self, e) + 1]++] = e;
}

static guint
route_item (const KilterSupplyIndex *self, guint n)
{
  return self->routes[n].item;
}

static guint
use_route (const KilterSupplyIndex *self, guint n)
{
  return self->uses[n].route;
}

static guint
component_route (const KilterSupplyIndex *self, guint n)
{
  return self->components[n].route;
}

static guint
component_item (const KilterSupplyIndex *self, guint n)
{
  return self->components[n].item;
}

static guint
stock_use_item (const KilterSupplyIndex *self, guint n)
{
  return self->stock_uses[n].item;
}

/* routes of an item: by rank, then by number; few, so insertion */
static void
sort_routes_by_rank (KilterSupplyIndex *self)
{
  guint *order = self->item_routes.order;

  for (guint i = 0; i < self->I; i++)
    for (guint n = self->item_routes.at[i] + 1; n < self->item_routes.at[i + 1]; n++)
      for (guint m = n; m > self->item_routes.at[i] &&
                        self->routes[order[m]].rank < self->routes[order[m - 1]].rank;
           m--)
        {
          guint swap = order[m];

          order[m] = order[m - 1];
          order[m - 1] = swap;
        }
}

/* users before what they use (Kahn); there are no cycles any more */
static void
sort_items (KilterSupplyIndex *self)
{
  guint n_done = 0;
  g_autofree guint *n_users = g_new0 (guint, MAX (self->I, 1));

  self->item_order = g_new (guint, MAX (self->I, 1));
  for (guint i = 0; i < self->I; i++)
    n_users[i] = self->item_users.at[i + 1] - self->item_users.at[i];
  for (guint i = 0; i < self->I; i++)
    if (n_users[i] == 0)
      self->item_order[n_done++] = i;
  for (guint d = 0; d < n_done; d++)
    {
      guint i = self->item_order[d];

      for (guint n = self->item_routes.at[i]; n < self->item_routes.at[i + 1]; n++)
        {
          guint k = self->item_routes.order[n];

          for (guint m = self->route_components.at[k]; m < self->route_components.at[k + 1]; m++)
            {
              guint c = self->components[self->route_components.order[m]].item;

              if (--n_users[c] == 0)
                self->item_order[n_done++] = c;
            }
        }
    }
  g_assert (n_done == self->I);
}

static double
unlimited (double value)
{
  return value >= G_MAXDOUBLE ? INFINITY : value;
}

static void
set_route_limits (KilterSupplyIndex *self)
{
  const KilterSupplyProblem *p = self->problem;
  gsize n = (gsize) self->K * self->T;

  self->lower = g_new0 (double, MAX (n, 1));
  self->upper = g_new (double, MAX (n, 1));
  self->rule = g_new (gint, MAX (n, 1));
  for (guint k = 0; k < self->K; k++)
    {
      const KilterSupplyRoute *route = &self->routes[k];

      for (guint t = 0; t < self->T; t++)
        {
          gsize c = (gsize) k * self->T + t;

          self->upper[c] = unlimited (route->limit);
          self->rule[c] = isinf (self->upper[c]) ? KILTER_SUPPLY_RULE_NONE
                                                 : KILTER_SUPPLY_RULE_LIMIT;
          if (p->strategy[route->item] == KILTER_SUPPLY_MANUAL)
            self->rule[c] = KILTER_SUPPLY_RULE_MANUAL;
          else if (!route->allowed)
            self->rule[c] = KILTER_SUPPLY_RULE_NOT_ALLOWED;
          else if (t + route->lead >= self->T)
            self->rule[c] = KILTER_SUPPLY_RULE_TOO_LATE;
          if (self->rule[c] != KILTER_SUPPLY_RULE_NONE && self->rule[c] != KILTER_SUPPLY_RULE_LIMIT)
            self->upper[c] = 0.0;
          if (t < p->n_frozen[route->item])
            {
              double before = p->previous != NULL ? p->previous[c] : 0.0;

              self->rule[c] = KILTER_SUPPLY_RULE_FROZEN;
              self->lower[c] = self->upper[c] = before > 0.0 && isfinite (before) ? before : 0.0;
            }
        }
    }
  for (guint b = 0; b < p->bounds->len; b++)
    {
      const KilterSupplyBound *bound = &g_array_index (p->bounds, KilterSupplyBound, b);
      gsize c = (gsize) bound->index * self->T + bound->bucket;

      if (bound->kind != KILTER_SUPPLY_BOUND_ROUTE)
        continue;
      self->lower[c] = bound->lower;
      if (bound->lower == bound->upper || self->rule[c] == KILTER_SUPPLY_RULE_FROZEN)
        self->upper[c] = bound->upper == G_MAXDOUBLE ? bound->lower : bound->upper;
      else
        self->upper[c] = MAX (bound->lower, MIN (unlimited (bound->upper), self->upper[c]));
      self->rule[c] = (gint) b;
    }
}

/* moves a planner's limits on workers to the nearest that hiring and firing can reach, so that
 * from everywhere between the limits one gets to between the next ones */
static void
limit_workers (KilterSupplyIndex *self, guint r)
{
  const KilterSupplyResource *resource = &self->problem->resources[r];
  double *lower = self->workers_lower + (gsize) r * self->T;
  double *upper = self->workers_upper + (gsize) r * self->T;
  gboolean whole = self->problem->use_integers && resource->integer;
  double least = MAX (0.0, resource->opening_workers - resource->fire_limit);
  double most = resource->opening_workers + resource->hire_limit;

  for (guint t = 0; t < self->T; t++)
    {
      /* a part of a worker there was may become a whole one */
      if (whole)
        {
          least = floor (least);
          most = ceil (most);
          lower[t] = ceil (lower[t]);
          upper[t] = floor (upper[t]);
        }
      lower[t] = CLAMP (lower[t], least, most);
      upper[t] = CLAMP (upper[t], lower[t], most);
      least = resource->level ? lower[t] : MAX (0.0, lower[t] - resource->fire_limit);
      most = resource->level ? upper[t] : upper[t] + resource->hire_limit;
    }
  for (guint t = self->T - 1; t-- > 0;)
    {
      double fire = resource->level ? 0.0 : resource->fire_limit;
      double hire = resource->level ? 0.0 : resource->hire_limit;

      upper[t] = MIN (upper[t], upper[t + 1] + fire);
      lower[t] = MIN (MAX (lower[t], lower[t + 1] - hire), upper[t]);
    }
}

/* what overtime and workers may be, and workers within what hiring and firing can reach */
static void
set_resource_limits (KilterSupplyIndex *self)
{
  const KilterSupplyProblem *p = self->problem;
  gsize n = (gsize) self->R * self->T;

  self->overtime_lower = g_new0 (double, MAX (n, 1));
  self->overtime_upper = g_new (double, MAX (n, 1));
  self->workers_lower = g_new0 (double, MAX (n, 1));
  self->workers_upper = g_new (double, MAX (n, 1));
  for (gsize c = 0; c < n; c++)
    self->overtime_upper[c] = self->workers_upper[c] = INFINITY;
  for (guint b = 0; b < p->bounds->len; b++)
    {
      const KilterSupplyBound *bound = &g_array_index (p->bounds, KilterSupplyBound, b);
      gsize c = (gsize) bound->index * self->T + bound->bucket;

      if (bound->kind == KILTER_SUPPLY_BOUND_OVERTIME)
        {
          self->overtime_lower[c] = bound->lower;
          self->overtime_upper[c] = unlimited (bound->upper);
        }
      else if (bound->kind == KILTER_SUPPLY_BOUND_WORKERS)
        {
          self->workers_lower[c] = bound->lower;
          self->workers_upper[c] = unlimited (bound->upper);
        }
    }
  for (guint r = 0; r < self->R; r++)
    if (p->resources[r].kind == KILTER_SUPPLY_LABOUR)
      limit_workers (self, r);
}

/*
 * kilter_supply_index_most_overtime:
 *
 * Returns: the most overtime hours of a resource; for labour per worker
 */
double
kilter_supply_index_most_overtime (const KilterSupplyIndex *self, guint r, guint t)
{
  gsize c = (gsize) r * self->T + t;
  double most = self->problem->overtime_allowed[c]
                  ? self->problem->resources[r].overtime_share * self->problem->capacity[c]
                  : 0.0;

  if (self->problem->resources[r].kind == KILTER_SUPPLY_LABOUR)
    return most;

  return MAX (self->overtime_lower[c], MIN (most, self->overtime_upper[c]));
}

/* stock and component needs if only fixed quantities are made */
static void
follow_fixed (KilterSupplyIndex *self)
{
  const KilterSupplyProblem *p = self->problem;
  gsize n = (gsize) self->I * self->T;
  g_autofree double *received = g_new0 (double, MAX (n, 1));

  self->firm_stock = g_new0 (double, MAX (n, 1));
  self->forced_need = g_new0 (double, MAX (n, 1));
  for (guint k = 0; k < self->K; k++)
    for (guint t = 0; t < self->T; t++)
      {
        double fixed = self->lower[k * self->T + t];
        guint arrival = t + self->routes[k].lead;

        if (fixed == 0.0)
          continue;
        if (arrival < self->T)
          received[self->routes[k].item * self->T + arrival] += fixed * self->routes[k].yield;
        for (guint m = self->route_components.at[k]; m < self->route_components.at[k + 1]; m++)
          {
            const KilterSupplyComponent *line = &self->components[self->route_components.order[m]];

            if (t + line->offset < self->T)
              self->forced_need[line->item * self->T + t + line->offset] += fixed * line->per_unit;
          }
      }
  for (guint i = 0; i < self->I; i++)
    {
      double stock = p->opening_stock[i] - p->opening_backlog[i];

      for (guint t = 0; t < self->T; t++)
        {
          gsize c = (gsize) i * self->T + t;

          stock += p->firm[c] + received[c] - p->demand[c] - self->forced_need[c];
          if (p->lost_sales[i])
            stock = MAX (stock, 0.0);
          self->firm_stock[c] = stock;
        }
    }
  self->ceiling = g_new (double, MAX (n, 1));
  for (guint i = 0; i < self->I; i++)
    {
      gboolean chase = p->strategy[i] == KILTER_SUPPLY_CHASE;
      gboolean kept = chase || p->strategy[i] == KILTER_SUPPLY_TARGET_COVER ||
                      (!p->early_allowed[i] && p->strategy[i] != KILTER_SUPPLY_LEVEL &&
                       p->strategy[i] != KILTER_SUPPLY_MANUAL);
      double carried = p->opening_stock[i] - p->opening_backlog[i];

      for (guint t = 0; t < self->T; t++)
        {
          gsize c = (gsize) i * self->T + t;

          /* what is there anyway may stay until demand takes it */
          carried += p->firm[c] + received[c] - p->demand[c];
          carried = MAX (carried, chase ? p->stock_minimum[c] : p->stock_target[c]);
          self->ceiling[c] = kept && !self->is_component[i] ? carried : INFINITY;
        }
    }
}

/* by how much fixed quantities (stock: what is there anyway) exceed each resource */
static void
find_forced_load (KilterSupplyIndex *self)
{
  const KilterSupplyProblem *p = self->problem;
  gsize n = (gsize) self->R * self->T;

  self->forced = g_new0 (double, MAX (n, 1));
  for (guint u = 0; u < p->uses->len; u++)
    for (guint t = 0; t + self->uses[u].offset < self->T; t++)
      self->forced[self->uses[u].resource * self->T + t +
                   self->uses[u].offset] += self->uses[u].per_unit *
                                            self->lower[self->uses[u].route * self->T + t];
  for (guint u = 0; u < p->stock_uses->len; u++)
    for (guint t = 0; t < self->T; t++)
      self->forced[self->stock_uses[u].resource * self->T +
                   t] += self->stock_uses[u].per_unit *
                         MAX (0.0, self->firm_stock[self->stock_uses[u].item * self->T + t]);
  for (guint r = 0; r < self->R; r++)
    for (guint t = 0; t < self->T; t++)
      {
        gsize c = (gsize) r * self->T + t;
        double hours = p->capacity[c];
        double overtime = kilter_supply_index_most_overtime (self, r, t);

        if (p->resources[r].kind == KILTER_SUPPLY_LABOUR)
          {
            double workers = self->workers_upper[c];

            hours = hours > 0.0 ? hours * workers : 0.0;
            overtime = overtime > 0.0 ? overtime * workers : 0.0;
          }
        if (p->shift_allowed[c])
          hours += p->shift_hours[c];
        self->forced[c] = MAX (0.0, self->forced[c] - hours - overtime);
      }
}

/* what one class saves per hour of a resource, at most and at least */
static void
find_densities (const KilterSupplyIndex *self, guint class, guint resource, double out[2])
{
  out[0] = INFINITY;
  out[1] = 0.0;
  for (guint u = 0; u < self->problem->uses->len; u++)
    {
      guint i = self->routes[self->uses[u].route].item;
      double saved;

      if (self->uses[u].resource != resource || self->problem->priority[i] != class ||
          !self->is_demanded[i] || self->uses[u].per_unit <= 0.0)
        continue;
      saved = (self->problem->lost_sales[i] ? self->problem->lost_cost[i]
                                            : self->problem->backlog_cost[i]) /
              self->uses[u].per_unit;
      if (saved > 0.0)
        {
          out[0] = MIN (out[0], saved);
          out[1] = MAX (out[1], saved);
        }
    }
}

static void
set_weights (KilterSupplyIndex *self)
{
  const KilterSupplyProblem *p = self->problem;
  guint last = 1;
  g_autofree double *weights = NULL;

  self->weight = g_new (double, MAX (self->I, 1));
  for (guint i = 0; i < self->I; i++)
    {
      self->weight[i] = 1.0;
      if (self->is_demanded[i])
        last = MAX (last, MIN (p->priority[i], 32));
    }
  if (p->priority_rule != KILTER_SUPPLY_STRICT)
    return;

  weights = g_new (double, last + 1);
  weights[last] = 1.0;
  for (guint class = last - 1; class >= 1; class --)
    {
      double step = p->priority_factor;

      for (guint r = 0; r < self->R; r++)
        {
          double here[2];
          double below[2];

          find_densities (self, class, r, here);
          find_densities (self, class + 1, r, below);
          if (isfinite (here[0]) && below[1] > 0.0)
            step = MAX (step, 1.05 * below[1] / here[0]);
        }
      weights[class] = MIN (weights[class + 1] * step, MAX_WEIGHT);
    }
  for (guint i = 0; i < self->I; i++)
    self->weight[i] = weights[CLAMP (p->priority[i], 1, last)];
}

static void
set_missing_costs (KilterSupplyIndex *self)
{
  const KilterSupplyProblem *p = self->problem;
  double worst = 1.0;

  for (guint i = 0; i < self->I; i++)
    worst = MAX (worst, self->weight[i] * MAX (p->lost_cost[i], p->end_backlog_cost[i]));
  for (guint k = 0; k < self->K; k++)
    worst = MAX (worst, self->routes[k].cost / self->routes[k].yield);
  self->missing_cost = g_new (double, MAX (self->I, 1));
  for (guint i = 0; i < self->I; i++)
    self->missing_cost[i] = 2.0 * worst;
}

/*
 * kilter_supply_index_new:
 *
 * Cleans the problem and looks everything up.
 */
KilterSupplyIndex *
kilter_supply_index_new (const KilterSupplyProblem *problem)
{
  KilterSupplyIndex *self = g_new0 (KilterSupplyIndex, 1);
  KilterSupplyProblem *p = kilter_supply_problem_cleaned (problem, NULL);

  self->problem = p;
  self->I = p->n_items;
  self->T = p->n_buckets;
  self->R = p->n_resources;
  self->K = p->routes->len;
  self->routes = (const KilterSupplyRoute *) p->routes->data;
  self->uses = (const KilterSupplyUse *) p->uses->data;
  self->components = (const KilterSupplyComponent *) p->components->data;
  self->stock_uses = (const KilterSupplyStockUse *) p->stock_uses->data;
  list_by_key (self, &self->item_routes, self->K, self->I, route_item);
  list_by_key (self, &self->route_uses, p->uses->len, self->K, use_route);
  list_by_key (self, &self->route_components, p->components->len, self->K, component_route);
  list_by_key (self, &self->item_users, p->components->len, self->I, component_item);
  list_by_key (self, &self->item_stock_uses, p->stock_uses->len, self->I, stock_use_item);
  sort_routes_by_rank (self);
  sort_items (self);

  self->is_demanded = g_malloc0 (MAX (self->I, 1));
  self->is_component = g_malloc0 (MAX (self->I, 1));
  self->is_used = g_malloc0 (MAX (self->R, 1));
  for (guint i = 0; i < self->I; i++)
    {
      self->is_component[i] = self->item_users.at[i + 1] > self->item_users.at[i];
      self->is_demanded[i] = p->opening_backlog[i] > 0.0;
      for (guint t = 0; t < self->T && !self->is_demanded[i]; t++)
        self->is_demanded[i] = p->demand[i * self->T + t] > 0.0;
    }
  for (guint u = 0; u < p->uses->len; u++)
    self->is_used[self->uses[u].resource] = 1;
  for (guint u = 0; u < p->stock_uses->len; u++)
    self->is_used[self->stock_uses[u].resource] = 1;
  set_route_limits (self);
  set_resource_limits (self);
  follow_fixed (self);
  find_forced_load (self);
  set_weights (self);
  set_missing_costs (self);

  return self;
}

static void
clear_list (KilterSupplyList *list)
{
  g_free (list->at);
  g_free (list->order);
}

void
kilter_supply_index_free (KilterSupplyIndex *self)
{
  if (self == NULL)
    return;
  clear_list (&self->item_routes);
  clear_list (&self->route_uses);
  clear_list (&self->route_components);
  clear_list (&self->item_users);
  clear_list (&self->item_stock_uses);
  g_free (self->item_order);
  g_free (self->is_demanded);
  g_free (self->is_component);
  g_free (self->is_used);
  g_free (self->lower);
  g_free (self->upper);
  g_free (self->rule);
  g_free (self->ceiling);
  g_free (self->firm_stock);
  g_free (self->forced_need);
  g_free (self->overtime_lower);
  g_free (self->overtime_upper);
  g_free (self->workers_lower);
  g_free (self->workers_upper);
  g_free (self->forced);
  g_free (self->weight);
  g_free (self->missing_cost);
  kilter_supply_problem_free (self->problem);
  g_free (self);
}
