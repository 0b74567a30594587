/* kilter-supply-bound.c: what no plan can be cheaper than, without solving the whole
 *
 * Lagrangean relaxation: with a price on every resource and component the problem falls apart into
 * one small one an item, and any prices give a lower bound (Geoffrion 1974, Lagrangean Relaxation
 * for Integer Programming, section 2); the prices of the optimum give the least cost itself. An
 * item's problem is a convex function of its net stock, carried from bucket to bucket: making or
 * buying limits its slope from above, selling to other items from below, and the price of stock is
 * added. Workers of a pool are carried the same way between the prices of hiring and firing. What
 * is not looked at (limits of routes, level rates, whole numbers) can only make the bound lower.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-private.h"

#include <math.h>
#include <string.h>

/* what may not be costs this much a unit, as a multiple of the largest price */
#define FORBIDDEN 1e4
#define MOST_KINKS 6 /* that one bucket adds */

/* a convex function: straight between its kinks, steeper behind each */
typedef struct
{
  guint n;
  double *at;    /* n kinks, ascending */
  double *value; /* at them */
  double *slope; /* n + 1: before the first kink, and behind each */
  double *spare[3];
} Curve;

static void
curve_init (Curve *self, guint n_buckets)
{
  gsize room = (gsize) MOST_KINKS * (n_buckets + 1) + 2;

  self->at = g_new (double, room);
  self->value = g_new (double, room);
  self->slope = g_new (double, room + 1);
  self->spare[0] = g_new (double, room);
  self->spare[1] = g_new (double, room);
  self->spare[2] = g_new (double, room + 1);
}

static void
curve_clear (Curve *self)
{
  g_free (self->at);
  g_free (self->value);
  g_free (self->slope);
  for (guint i = 0; i < 3; i++)
    g_free (self->spare[i]);
}

/* nothing but the one value is likely */
static void
curve_start (Curve *self, double at, double forbidden)
{
  self->n = 1;
  self->at[0] = at;
  self->value[0] = 0.0;
  self->slope[0] = -forbidden;
  self->slope[1] = forbidden;
}

static double
curve_get (const Curve *self, double at, double *out_slope)
{
  guint j = 0;

  while (j < self->n && self->at[j] <= at)
    j++;
  *out_slope = self->slope[j];
  if (j == 0)
    return self->value[0] + self->slope[0] * (at - self->at[0]);
  return self->value[j - 1] + self->slope[j] * (at - self->at[j - 1]);
}

/* one may move right for @price a unit */
static void
curve_limit_above (Curve *self, double price)
{
  for (guint j = 1; j <= self->n; j++)
    if (self->slope[j] > price)
      {
        self->slope[j] = price;
        self->n = j;
        self->slope[0] = MIN (self->slope[0], price);
        return;
      }
}

/* one may move left and earns @price a unit, which is not above the last slope */
static void
curve_limit_below (Curve *self, double price)
{
  guint first = 0;

  while (first < self->n && self->slope[first] < price)
    first++;
  if (first == 0)
    return;
  /* the kink before the first slope that is steep enough stays */
  self->n -= first - 1;
  memmove (self->at, self->at + first - 1, sizeof (double) * self->n);
  memmove (self->value, self->value + first - 1, sizeof (double) * self->n);
  memmove (self->slope + 1, self->slope + first, sizeof (double) * self->n);
  self->slope[0] = price;
}

static void
curve_add (Curve *self, const Curve *other)
{
  guint a = 0, b = 0, n = 0;
  double *at = self->spare[0], *value = self->spare[1], *slope = self->spare[2];

  while (a < self->n || b < other->n)
    {
      double x = a == self->n    ? other->at[b]
                 : b == other->n ? self->at[a]
                                 : MIN (self->at[a], other->at[b]);
      double left, right;

      at[n] = x;
      value[n] = curve_get (self, x, &left);
      value[n] += curve_get (other, x, &right);
      slope[n + 1] = left + right;
      while (a < self->n && self->at[a] <= x)
        a++;
      while (b < other->n && other->at[b] <= x)
        b++;
      n++;
    }
  slope[0] = self->slope[0] + other->slope[0];
  self->spare[0] = self->at;
  self->spare[1] = self->value;
  self->spare[2] = self->slope;
  self->at = at;
  self->value = value;
  self->slope = slope;
  self->n = n;
}

static void
curve_shift (Curve *self, double by)
{
  for (guint j = 0; j < self->n; j++)
    self->at[j] += by;
}

/* -INFINITY when it falls for ever, rounding aside */
static double
curve_least (const Curve *self, double tiny)
{
  double least = INFINITY;

  if (self->slope[0] > tiny || self->slope[self->n] < -tiny)
    return -INFINITY;
  for (guint j = 0; j < self->n; j++)
    least = MIN (least, self->value[j]);
  return least;
}

/* --- items --------------------------------------------------------------------------------------
 */

typedef struct
{
  const KilterSupplyIndex *x;
  double *price;     /* by resource and bucket: of its capacity */
  double *component; /* by item and bucket: what users of it pay */
  double forbidden;
  Curve curve, other;
} Bound;

/* what the cheapest way to have one more unit in a bucket costs */
static double
cheapest (const Bound *self, guint i, guint t)
{
  const KilterSupplyIndex *x = self->x;
  double best = INFINITY;

  for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1]; n++)
    {
      guint k = x->item_routes.order[n], s;
      double cost = x->routes[k].cost;

      if (t < x->routes[k].lead)
        continue;
      s = t - x->routes[k].lead;
      if (x->upper[(gsize) k * x->T + s] <= 0.0)
        continue;
      for (guint u = x->route_uses.at[k]; u < x->route_uses.at[k + 1]; u++)
        {
          const KilterSupplyUse *use = &x->uses[x->route_uses.order[u]];

          if (s + use->offset < x->T)
            cost += use->per_unit * self->price[(gsize) use->resource * x->T + s + use->offset];
        }
      for (guint u = x->route_components.at[k]; u < x->route_components.at[k + 1]; u++)
        {
          const KilterSupplyComponent *line = &x->components[x->route_components.order[u]];

          if (s + line->offset < x->T)
            cost += line->per_unit * self->component[(gsize) line->item * x->T + s + line->offset];
        }
      best = MIN (best, cost / x->routes[k].yield);
    }
  if (x->problem->lost_sales[i] && x->problem->demand[(gsize) i * x->T + t] > 0.0)
    best = MIN (best, x->weight[i] * kilter_supply_lost_cost (x->problem, i, t));
  if (x->is_component[i] && x->forced_need[(gsize) i * x->T + t] > 0.0)
    best = MIN (best, x->missing_cost[i]);
  return best;
}

static void
add_kink (Curve *curve, double at, double slope_behind)
{
  if (!(at > curve->at[curve->n - 1]))
    {
      curve->slope[curve->n] = slope_behind;
      return;
    }
  curve->value[curve->n] = curve->value[curve->n - 1] +
                           curve->slope[curve->n] * (at - curve->at[curve->n - 1]);
  curve->at[curve->n] = at;
  curve->slope[++curve->n] = slope_behind;
}

/* the price of net stock at the end of a bucket */
static void
price_stock (Bound *self, guint i, guint t)
{
  const KilterSupplyIndex *x = self->x;
  const KilterSupplyProblem *p = x->problem;
  gsize c = (gsize) i * x->T + t;
  double holding = p->holding_cost[i] * p->bucket_months[t];
  double shortfall = kilter_supply_shortfall_cost (p, i, t);
  double minimum = kilter_supply_minimum_cost (p, i, t);
  double excess = p->excess_cost[i] * p->bucket_months[t];
  gboolean waits = x->is_demanded[i] && (!p->lost_sales[i] || p->opening_backlog[i] > 0.0);
  Curve *curve = &self->other;

  for (guint n = x->item_stock_uses.at[i]; n < x->item_stock_uses.at[i + 1]; n++)
    {
      const KilterSupplyStockUse *use = &x->stock_uses[x->item_stock_uses.order[n]];

      holding += use->per_unit * self->price[(gsize) use->resource * x->T + t];
    }
  curve->n = 1;
  curve->at[0] = 0.0;
  curve->value[0] = minimum * p->stock_minimum[c] +
                    shortfall * (p->stock_target[c] - p->stock_minimum[c]);
  curve->slope[0] = waits ? -x->weight[i] * kilter_supply_backlog_cost (p, i, t) : -self->forbidden;
  curve->slope[1] = holding - minimum;
  add_kink (curve, p->stock_minimum[c], holding - shortfall);
  add_kink (curve, p->stock_target[c], holding);
  if (p->stock_maximum[c] < G_MAXDOUBLE)
    add_kink (curve, p->stock_maximum[c], holding + excess);
}

static double
bound_item (Bound *self, guint i)
{
  const KilterSupplyIndex *x = self->x;
  const KilterSupplyProblem *p = x->problem;
  Curve *curve = &self->curve;

  curve_start (curve, p->opening_stock[i] - p->opening_backlog[i], self->forbidden);
  for (guint t = 0; t < x->T; t++)
    {
      gsize c = (gsize) i * x->T + t;

      curve_shift (curve, p->firm[c] - p->demand[c]);
      curve_limit_above (curve, cheapest (self, i, t));
      if (x->is_component[i])
        {
          /* users cannot pay more than having one more costs */
          self->component[c] = CLAMP (self->component[c], 0.0, curve->slope[curve->n]);
          curve_limit_below (curve, self->component[c]);
        }
      price_stock (self, i, t);
      curve_add (curve, &self->other);
    }
  return curve_least (curve, 1e-9 * self->forbidden / FORBIDDEN);
}

/* --- resources ----------------------------------------------------------------------------------
 */

/* what overtime, shifts and overload give back of a resource's price */
static double
extra_hours (const Bound *self, guint r, guint t)
{
  const KilterSupplyIndex *x = self->x;
  const KilterSupplyResource *resource = &x->problem->resources[r];
  gsize c = (gsize) r * x->T + t;
  double price = self->price[c];
  double sum = 0.0;

  if (resource->kind != KILTER_SUPPLY_LABOUR && !kilter_supply_holds_stock (resource->kind))
    sum += kilter_supply_index_most_overtime (x, r, t) * MAX (0.0, price - resource->overtime_cost);
  if (x->problem->shift_allowed[c])
    sum += x->problem->shift_hours[c] * MAX (0.0, price - resource->shift_cost);
  if (!resource->soft)
    sum += x->forced[c] * MAX (0.0, price - resource->overload_cost);
  return sum;
}

/* paid workers against what their hours are worth */
static void
price_workers (Bound *self, guint r, guint t)
{
  const KilterSupplyIndex *x = self->x;
  const KilterSupplyResource *resource = &x->problem->resources[r];
  gsize c = (gsize) r * x->T + t;
  double hours = x->problem->capacity[c];
  double slope = (resource->wage - self->price[c]) * hours;
  double gain = MAX (0.0, self->price[c] - resource->overtime_cost);
  double each = kilter_supply_index_most_overtime (x, r, t);
  double most = each > 0.0 ? x->overtime_upper[c] : x->overtime_lower[c];
  double reach = x->workers_upper[c];
  Curve *curve = &self->other;

  if (resource->hire_limit < G_MAXDOUBLE)
    reach = MIN (reach, resource->opening_workers + resource->hire_limit * (t + 1));
  curve->n = 1;
  curve->at[0] = x->workers_lower[c];
  if (each <= 0.0)
    each = 0.0;
  curve->value[0] = slope * curve->at[0] - gain * MIN (each * curve->at[0], most);
  curve->slope[0] = -self->forbidden * (1.0 + hours);
  curve->slope[1] = slope - (each * curve->at[0] < most ? gain * each : 0.0);
  if (each > 0.0 && isfinite (most))
    add_kink (curve, most / each, slope);
  if (isfinite (reach))
    add_kink (curve, reach, self->forbidden * (1.0 + hours));
}

static double
bound_pool (Bound *self, guint r)
{
  const KilterSupplyIndex *x = self->x;
  const KilterSupplyResource *resource = &x->problem->resources[r];

  curve_start (&self->curve, resource->opening_workers, self->forbidden * 1e3);
  for (guint t = 0; t < x->T; t++)
    {
      if (t == 0 || !resource->level)
        {
          curve_limit_above (&self->curve, resource->hire_cost);
          curve_limit_below (&self->curve, -resource->fire_cost);
        }
      price_workers (self, r, t);
      curve_add (&self->curve, &self->other);
    }
  return curve_least (&self->curve, 1e-6 * (1.0 + resource->hire_cost));
}

static double
bound_resource (Bound *self, guint r)
{
  const KilterSupplyIndex *x = self->x;
  gboolean labour = x->problem->resources[r].kind == KILTER_SUPPLY_LABOUR;
  double sum = labour ? bound_pool (self, r) : 0.0;

  for (guint t = 0; t < x->T; t++)
    {
      gsize c = (gsize) r * x->T + t;

      if (!labour)
        sum -= self->price[c] * x->problem->capacity[c];
      sum -= extra_hours (self, r, t);
    }
  return sum;
}

/* what is forbidden must cost more than everything else could save */
static double
find_forbidden (const KilterSupplyIndex *x)
{
  double worst = 1.0;

  for (guint i = 0; i < x->I; i++)
    worst = MAX (worst, x->missing_cost[i]);
  return FORBIDDEN * worst;
}

/*
 * kilter_supply_bound:
 * @resource_price: (array): by resource and bucket, what one more unit of capacity saves
 * @item_price: (array): by item and bucket, what one more unit costs; looked at for components
 *
 * Any prices give a bound, those of an optimum the best one.
 *
 * Returns: what no plan of the problem can cost less than; -INFINITY when the prices say nothing
 */
double
kilter_supply_bound (const KilterSupplyIndex *index,
                     const double *resource_price,
                     const double *item_price)
{
  gsize slots = (gsize) index->R * index->T, cells = (gsize) index->I * index->T;
  g_autofree double *price = g_new0 (double, MAX (slots, 1));
  g_autofree double *component = g_new0 (double, MAX (cells, 1));
  Bound self = { .x = index, .price = price, .component = component };
  double sum = 0.0;

  self.forbidden = find_forbidden (index);
  curve_init (&self.curve, index->T);
  curve_init (&self.other, index->T);
  for (gsize c = 0; c < slots; c++)
    {
      const KilterSupplyResource *resource = &index->problem->resources[c / index->T];

      price[c] = resource_price[c] > 0.0 ? resource_price[c] : 0.0;
      if (resource->soft)
        price[c] = MIN (price[c], resource->overload_cost);
    }
  for (gsize c = 0; c < cells; c++)
    component[c] = item_price[c];
  /* what is used before its users */
  for (guint n = index->I; n-- > 0;)
    sum += bound_item (&self, index->item_order[n]);
  for (guint r = 0; r < index->R; r++)
    if (index->is_used[r])
      sum += bound_resource (&self, r);
  curve_clear (&self.curve);
  curve_clear (&self.other);
  return isfinite (sum) ? sum : -INFINITY;
}
