/* kilter-supply-model.c: the linear model of a problem
 *
 * Stock is not a variable: stock = target − below + above, with a price on each piece. That makes
 * the convex price of stock free and leaves one row an item and bucket. Every equation has a
 * priced way out, so that there is always a plan; only physics (balance, lead time, capacity of
 * hard resources) is hard, and where a planner's quantities break physics the resource gives way
 * by exactly that much.
 *
 * What may be switched by a policy (routes, overtime, early building) is a limit on a column that
 * is always there, so that switching it keeps the basis.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-private.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const KilterSupplyIndex *x;
  KilterSupplyModel *m;
  GArray *cost, *lower, *upper, *start, *index, *value;
  GArray *row_lower, *row_upper;
  GArray *integer;
  gboolean any_integer;
} Builder;

static gint *
unset (gsize n)
{
  gint *array = g_new (gint, MAX (n, 1));

  memset (array, 0xff, sizeof (gint) * n);

  return array;
}

static gint
add_row (Builder *b, double lower, double upper)
{
  g_array_append_val (b->row_lower, lower);
  g_array_append_val (b->row_upper, upper);

  return (gint) b->row_lower->len - 1;
}

static gint
add_column (Builder *b, double cost, double lower, double upper)
{
  guint8 continuous = 0;
  gint start = (gint) b->index->len;

  g_array_append_val (b->cost, cost);
  g_array_append_val (b->lower, lower);
  g_array_append_val (b->upper, upper);
  g_array_append_val (b->start, start);
  g_array_append_val (b->integer, continuous);

  return (gint) b->cost->len - 1;
}

/* an entry of the column added last */
static void
add_entry (Builder *b, gint row, double value)
{
  if (row < 0 || value == 0.0)
    return;
  g_array_append_val (b->index, row);
  g_array_append_val (b->value, value);
}

static void
make_integer (Builder *b, gint column)
{
  double *lower = &g_array_index (b->lower, double, column);
  double *upper = &g_array_index (b->upper, double, column);

  g_array_index (b->integer, guint8, column) = 1;
  b->any_integer = TRUE;
  *lower = ceil (*lower);
  *upper = MAX (*lower, floor (*upper));
}

static double
most_changed (const KilterSupplyProblem *p, const KilterSupplyResource *resource, double limit)
{
  if (limit >= G_MAXDOUBLE)
    return INFINITY;

  return p->use_integers && resource->integer ? ceil (limit) : limit;
}

/* buckets that follow the one rate: those in which nothing is fixed and something may be made */
static gboolean
has_level_row (const KilterSupplyIndex *x, guint i, guint t)
{
  gboolean may_make = FALSE;

  if (x->problem->strategy[i] != KILTER_SUPPLY_LEVEL)
    return FALSE;
  for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1]; n++)
    {
      gsize c = (gsize) x->item_routes.order[n] * x->T + t;

      if (x->routes[x->item_routes.order[n]].kind != KILTER_SUPPLY_MAKE)
        continue;
      if (x->lower[c] > 0.0)
        return FALSE;
      may_make = may_make || x->upper[c] > 0.0;
    }

  return may_make;
}

static void
add_item_rows (Builder *b)
{
  const KilterSupplyIndex *x = b->x;
  const KilterSupplyProblem *p = x->problem;

  for (guint i = 0; i < x->I; i++)
    for (guint t = 0; t < x->T; t++)
      {
        gsize c = (gsize) i * x->T + t;
        double need = p->demand[c] - p->firm[c] + p->stock_target[c];
        double waiting = t == 0 ? p->opening_backlog[i] : 0.0;

        need += t == 0 ? waiting - p->opening_stock[i] : -p->stock_target[c - 1];
        b->m->item_row[c] = add_row (b, need, need);
        if (has_level_row (x, i, t))
          b->m->level_row[c] = add_row (b, 0.0, 0.0);
        /* only customers wait: what is taken for production cannot be owed */
        if (x->is_component[i] && x->is_demanded[i] && !p->lost_sales[i])
          b->m->serve_row[c] = add_row (b, -INFINITY, p->demand[c] + waiting);
      }
}

static void
add_resource_rows (Builder *b)
{
  const KilterSupplyIndex *x = b->x;
  const KilterSupplyProblem *p = x->problem;

  for (guint r = 0; r < x->R; r++)
    for (guint t = 0; t < x->T && x->is_used[r]; t++)
      {
        gsize c = (gsize) r * x->T + t;

        if (p->resources[r].kind == KILTER_SUPPLY_LABOUR)
          {
            b->m->capacity_row[c] = add_row (b, p->resources[r].idle ? -INFINITY : 0.0, 0.0);
            b->m->workers_row[c] = add_row (b, t == 0 ? p->resources[r].opening_workers : 0.0,
                                            t == 0 ? p->resources[r].opening_workers : 0.0);
            if (p->resources[r].overtime_share > 0.0)
              b->m->share_row[c] = add_row (b, -INFINITY, x->overtime_lower[c]);
          }
        else
          b->m->capacity_row[c] = add_row (b, -INFINITY, p->capacity[c]);
      }
  /* storage rows limit stock; the part of it that is a target is a number */
  for (guint u = 0; u < p->stock_uses->len; u++)
    for (guint t = 0; t < x->T; t++)
      g_array_index (
        b->row_upper, double,
        b->m->capacity_row[(gsize) x->stock_uses[u].resource * x->T +
                           t]) -= x->stock_uses[u].per_unit *
                                  p->stock_target[(gsize) x->stock_uses[u].item * x->T + t];
}

static double
most_useful (const KilterSupplyIndex *x, const double *total_need, guint k, guint t)
{
  const KilterSupplyRoute *route = &x->routes[k];
  double need = 0.0;
  double top = 0.0;

  if (x->is_component[route->item])
    need = total_need[route->item];
  else
    {
      need = x->problem->opening_backlog[route->item];
      for (guint s = t + route->lead; s < x->T; s++)
        need += x->problem->demand[(gsize) route->item * x->T + s];
    }
  for (guint s = 0; s < x->T; s++)
    top = MAX (top, x->problem->stock_target[(gsize) route->item * x->T + s]);
  need = MAX ((need + top) / route->yield, route->lot_minimum);

  return MIN (need, x->upper[(gsize) k * x->T + t]);
}

static void
add_route_entries (Builder *b, guint k, guint t)
{
  const KilterSupplyIndex *x = b->x;
  const KilterSupplyRoute *route = &x->routes[k];
  gsize i = route->item;

  if (t + route->lead < x->T)
    add_entry (b, b->m->item_row[i * x->T + t + route->lead], route->yield);
  for (guint n = x->route_components.at[k]; n < x->route_components.at[k + 1]; n++)
    {
      const KilterSupplyComponent *line = &x->components[x->route_components.order[n]];

      /* one entry a row, also when two lines take the same item in the same bucket */
      double per_unit = line->per_unit;

      while (n + 1 < x->route_components.at[k + 1] &&
             x->components[x->route_components.order[n + 1]].item == line->item &&
             x->components[x->route_components.order[n + 1]].offset == line->offset)
        per_unit += x->components[x->route_components.order[++n]].per_unit;
      if (t + line->offset < x->T)
        add_entry (b, b->m->item_row[(gsize) line->item * x->T + t + line->offset], -per_unit);
    }
  for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
    {
      const KilterSupplyUse *use = &x->uses[x->route_uses.order[n]];
      gint row;
      gboolean merged = FALSE;

      if (t + use->offset >= x->T)
        continue;
      row = b->m->capacity_row[(gsize) use->resource * x->T + t + use->offset];
      for (guint e = g_array_index (b->start, gint, b->start->len - 1); e < b->index->len; e++)
        if (g_array_index (b->index, gint, e) == row)
          {
            g_array_index (b->value, double, e) += use->per_unit;
            merged = TRUE;
          }
      if (!merged)
        add_entry (b, row, use->per_unit);
    }
  if (route->kind == KILTER_SUPPLY_MAKE)
    add_entry (b, b->m->level_row[i * x->T + t], 1.0);
}

/* starts of a route in a bucket; in two pieces when a previous plan is to be kept to */
static void
add_route_columns (Builder *b, const double *total_need, guint k, guint t)
{
  const KilterSupplyIndex *x = b->x;
  const KilterSupplyProblem *p = x->problem;
  const KilterSupplyRoute *route = &x->routes[k];
  gsize c = (gsize) k * x->T + t;
  double lower = x->lower[c];
  double upper = x->upper[c];
  double middle = INFINITY;
  double moved = 0.0;

  if (p->use_integers && (route->setup_cost > 0.0 || route->lot_minimum > 0.0))
    {
      b->m->setup_row[c] = add_row (b, -INFINITY, 0.0);
      add_row (b, 0.0, INFINITY);
    }
  else if (p->previous != NULL && p->stability > 0.0 && !p->use_integers)
    {
      middle = p->previous[c] > 0.0 && isfinite (p->previous[c]) ? p->previous[c] : 0.0;
      middle = CLAMP (middle, lower, upper);
      moved = p->stability * (route->cost > 0.0 ? route->cost : MAX (p->value[route->item], 1.0));
    }
  b->m->make[c] = add_column (b, route->cost - moved, lower, MIN (upper, middle));
  add_route_entries (b, k, t);
  add_entry (b, b->m->setup_row[c], 1.0);
  if (b->m->setup_row[c] >= 0)
    add_entry (b, b->m->setup_row[c] + 1, 1.0);
  if (p->use_integers && route->integer && lower < upper)
    make_integer (b, b->m->make[c]);
  if (isfinite (middle))
    {
      b->m->make_more[c] = add_column (b, route->cost + moved, 0.0, upper - middle);
      add_route_entries (b, k, t);
    }
  if (b->m->setup_row[c] >= 0)
    {
      b->m->setup[c] = add_column (b, route->setup_cost, 0.0, 1.0);
      add_entry (b, b->m->setup_row[c], -MAX (lower, most_useful (x, total_need, k, t)));
      add_entry (b, b->m->setup_row[c] + 1, -MIN (route->lot_minimum, upper));
      make_integer (b, b->m->setup[c]);
    }
}

static gint
add_stock_piece (Builder *b, guint i, guint t, double sign, double cost, double lower, double upper)
{
  const KilterSupplyIndex *x = b->x;
  gsize c = (gsize) i * x->T + t;
  gint column = add_column (b, cost, lower, MAX (lower, upper));

  add_entry (b, b->m->item_row[c], -sign);
  if (t + 1 < x->T)
    add_entry (b, b->m->item_row[c + 1], sign);
  for (guint n = x->item_stock_uses.at[i]; n < x->item_stock_uses.at[i + 1]; n++)
    {
      const KilterSupplyStockUse *use = &x->stock_uses[x->item_stock_uses.order[n]];

      add_entry (b, b->m->capacity_row[(gsize) use->resource * x->T + t], sign * use->per_unit);
    }

  return column;
}

typedef struct
{
  gboolean target, minimum, maximum;
} StockShape;

static StockShape
stock_shape (const KilterSupplyProblem *p, guint i)
{
  StockShape shape = { FALSE, FALSE, FALSE };

  for (guint t = 0; t < p->n_buckets; t++)
    {
      gsize c = (gsize) i * p->n_buckets + t;

      shape.target = shape.target || p->stock_target[c] > p->stock_minimum[c];
      shape.minimum = shape.minimum || p->stock_minimum[c] > 0.0;
      shape.maximum = shape.maximum || p->stock_maximum[c] < G_MAXDOUBLE;
    }

  return shape;
}

static void
add_stock_columns (Builder *b, guint i, guint t, StockShape shape)
{
  const KilterSupplyIndex *x = b->x;
  const KilterSupplyProblem *p = x->problem;
  gsize c = (gsize) i * x->T + t;
  double holding = p->holding_cost[i] * p->bucket_months[t];
  double target = p->stock_target[c];
  double minimum = p->stock_minimum[c];
  double maximum = p->stock_maximum[c] < G_MAXDOUBLE ? p->stock_maximum[c] : INFINITY;
  double ceiling = x->ceiling[c];

  b->m->lp->offset += holding * target;
  if (shape.target)
    b->m->below1[c] = add_stock_piece (
      b, i, t, -1.0, kilter_supply_shortfall_cost (p, i, t) - holding,
      CLAMP (target - ceiling, 0.0, target - minimum), target - minimum);
  if (shape.minimum)
    b->m->below2[c] = add_stock_piece (
      b, i, t, -1.0, kilter_supply_minimum_cost (p, i, t) - holding, 0.0, minimum);
  b->m->above1[c] = add_stock_piece (b, i, t, 1.0, holding, 0.0,
                                     MAX (0.0, MIN (maximum, ceiling) - target));
  if (shape.maximum)
    b->m->above2[c] = add_stock_piece (b, i, t, 1.0,
                                       holding + p->excess_cost[i] * p->bucket_months[t], 0.0,
                                       isinf (maximum) ? 0.0 : MAX (0.0, ceiling - maximum));
}

static void
add_demand_columns (Builder *b, guint i, guint t)
{
  const KilterSupplyIndex *x = b->x;
  const KilterSupplyProblem *p = x->problem;
  gsize c = (gsize) i * x->T + t;

  if (x->is_demanded[i] && (!p->lost_sales[i] || p->opening_backlog[i] > 0.0))
    {
      b->m->backlog[c] = add_column (b, x->weight[i] * kilter_supply_backlog_cost (p, i, t), 0.0,
                                     p->lost_sales[i] ? p->opening_backlog[i] : INFINITY);
      add_entry (b, b->m->item_row[c], 1.0);
      if (t + 1 < x->T)
        add_entry (b, b->m->item_row[c + 1], -1.0);
      add_entry (b, b->m->serve_row[c], 1.0);
      if (t + 1 < x->T)
        add_entry (b, b->m->serve_row[c + 1], -1.0);
    }
  if (x->is_demanded[i] && p->lost_sales[i])
    {
      b->m->lost[c] = add_column (b, x->weight[i] * kilter_supply_lost_cost (p, i, t), 0.0,
                                  p->demand[c]);
      add_entry (b, b->m->item_row[c], 1.0);
    }
  if (x->is_component[i] && x->forced_need[c] > 0.0)
    {
      b->m->missing[c] = add_column (b, x->missing_cost[i], 0.0, x->forced_need[c]);
      add_entry (b, b->m->item_row[c], 1.0);
    }
}

/* a price per idle hour above anything idling could save */
static double
idle_cost (const KilterSupplyIndex *x, guint r, guint t)
{
  const KilterSupplyResource *resource = &x->problem->resources[r];
  double hours = x->problem->capacity[(gsize) r * x->T + t];

  return 10.0 * (resource->hire_cost + resource->fire_cost) / (hours > 0.0 ? hours : 1.0) +
         10.0 * resource->wage + 1.0;
}

static void
add_labour_columns (Builder *b, guint r, guint t)
{
  const KilterSupplyIndex *x = b->x;
  const KilterSupplyResource *resource = &x->problem->resources[r];
  gsize c = (gsize) r * x->T + t;
  double hours = x->problem->capacity[c];
  gboolean still = resource->level && t > 0;

  b->m->workers[c] = add_column (b, resource->wage * hours, x->workers_lower[c],
                                 x->workers_upper[c]);
  add_entry (b, b->m->capacity_row[c], -hours);
  add_entry (b, b->m->share_row[c], -resource->overtime_share * hours);
  add_entry (b, b->m->workers_row[c], 1.0);
  if (t + 1 < x->T)
    add_entry (b, b->m->workers_row[c + 1], -1.0);
  if (x->problem->use_integers && resource->integer)
    make_integer (b, b->m->workers[c]);
  b->m->hired[c] = add_column (b, resource->hire_cost, 0.0,
                               still ? 0.0
                                     : most_changed (x->problem, resource, resource->hire_limit));
  add_entry (b, b->m->workers_row[c], -1.0);
  b->m->fired[c] = add_column (b, resource->fire_cost, 0.0,
                               still ? 0.0
                                     : most_changed (x->problem, resource, resource->fire_limit));
  add_entry (b, b->m->workers_row[c], 1.0);
  if (!resource->idle)
    {
      b->m->idle[c] = add_column (b, idle_cost (x, r, t), 0.0, INFINITY);
      add_entry (b, b->m->capacity_row[c], 1.0);
    }
}

static void
add_resource_columns (Builder *b, guint r, guint t)
{
  const KilterSupplyIndex *x = b->x;
  const KilterSupplyProblem *p = x->problem;
  const KilterSupplyResource *resource = &p->resources[r];
  gsize c = (gsize) r * x->T + t;
  gboolean labour = resource->kind == KILTER_SUPPLY_LABOUR;

  if (labour)
    add_labour_columns (b, r, t);
  if (!kilter_supply_holds_stock (resource->kind) &&
      (resource->overtime_share > 0.0 || x->overtime_lower[c] > 0.0))
    {
      double upper = kilter_supply_index_most_overtime (x, r, t);

      if (labour)
        upper = upper > 0.0 ? MAX (x->overtime_lower[c], x->overtime_upper[c])
                            : x->overtime_lower[c];
      b->m->overtime[c] = add_column (b, resource->overtime_cost, x->overtime_lower[c],
                                      MAX (x->overtime_lower[c], upper));
      add_entry (b, b->m->capacity_row[c], -1.0);
      add_entry (b, b->m->share_row[c], 1.0);
    }
  if (p->shift_hours[c] > 0.0)
    {
      b->m->shift[c] = add_column (b, resource->shift_cost, 0.0,
                                   p->shift_allowed[c] ? p->shift_hours[c] : 0.0);
      add_entry (b, b->m->capacity_row[c], -1.0);
    }
  if (resource->soft || x->forced[c] > 0.0)
    {
      b->m->overload[c] = add_column (b, resource->overload_cost, 0.0,
                                      resource->soft ? INFINITY : x->forced[c]);
      add_entry (b, b->m->capacity_row[c], -1.0);
    }
}

static void
add_rates (Builder *b)
{
  const KilterSupplyIndex *x = b->x;

  for (guint i = 0; i < x->I; i++)
    {
      if (x->problem->strategy[i] != KILTER_SUPPLY_LEVEL)
        continue;
      b->m->rate[i] = add_column (b, 0.0, 0.0, INFINITY);
      for (guint t = 0; t < x->T; t++)
        add_entry (b, b->m->level_row[(gsize) i * x->T + t], -x->problem->bucket_days[t]);
    }
}

static double *
explode_totals (const KilterSupplyIndex *x)
{
  double *total = g_new0 (double, MAX (x->I, 1));

  for (guint n = 0; n < x->I; n++)
    {
      guint i = x->item_order[n];

      total[i] += x->problem->opening_backlog[i];
      for (guint t = 0; t < x->T; t++)
        total[i] += x->problem->demand[(gsize) i * x->T + t];
      for (guint m = x->item_routes.at[i]; m < x->item_routes.at[i + 1]; m++)
        {
          guint k = x->item_routes.order[m];

          for (guint l = x->route_components.at[k]; l < x->route_components.at[k + 1]; l++)
            {
              const KilterSupplyComponent *line = &x->components[x->route_components.order[l]];

              total[line->item] += 2.0 * total[i] * line->per_unit / x->routes[k].yield;
            }
        }
    }

  return total;
}

static void
make_maps (KilterSupplyModel *m, const KilterSupplyIndex *x)
{
  gsize cells = (gsize) x->I * x->T;
  gsize slots = (gsize) x->R * x->T;
  gsize starts = (gsize) x->K * x->T;
  gint **by_cell[] = { &m->below1, &m->below2,  &m->above1,   &m->above2,    &m->backlog,
                       &m->lost,   &m->missing, &m->item_row, &m->level_row, &m->serve_row };
  gint **by_slot[] = { &m->overtime, &m->shift, &m->overload,     &m->idle,      &m->workers,
                       &m->hired,    &m->fired, &m->capacity_row, &m->share_row, &m->workers_row };
  gint **by_start[] = { &m->make, &m->make_more, &m->setup, &m->setup_row };

  for (gsize a = 0; a < G_N_ELEMENTS (by_cell); a++)
    *by_cell[a] = unset (cells);
  for (gsize a = 0; a < G_N_ELEMENTS (by_slot); a++)
    *by_slot[a] = unset (slots);
  for (gsize a = 0; a < G_N_ELEMENTS (by_start); a++)
    *by_start[a] = unset (starts);
  m->rate = unset (x->I);
}

/*
 * kilter_supply_model_new:
 *
 * Builds the model, column by column.
 */
KilterSupplyModel *
kilter_supply_model_new (const KilterSupplyIndex *index)
{
  KilterSupplyModel *m = g_new0 (KilterSupplyModel, 1);
  Builder b = { index, m };
  g_autofree double *total_need = index->problem->use_integers ? explode_totals (index) : NULL;
  guint n_rows, n_cols; /* about: to have room from the start */
  gint end;

  m->n_buckets = index->T;
  m->n_resources = index->R;
  make_maps (m, index);
  m->lp = g_new0 (KilterLpModel, 1);
  n_rows = (index->I + 4 * index->R) * index->T + 1;
  n_cols = (2 * index->K + 3 * index->I + 4 * index->R) * index->T + 1;
  b.cost = g_array_sized_new (FALSE, FALSE, sizeof (double), n_cols);
  b.lower = g_array_sized_new (FALSE, FALSE, sizeof (double), n_cols);
  b.upper = g_array_sized_new (FALSE, FALSE, sizeof (double), n_cols);
  b.start = g_array_sized_new (FALSE, FALSE, sizeof (gint), n_cols);
  b.integer = g_array_sized_new (FALSE, FALSE, 1, n_cols);
  b.index = g_array_sized_new (FALSE, FALSE, sizeof (gint), 4 * n_cols);
  b.value = g_array_sized_new (FALSE, FALSE, sizeof (double), 4 * n_cols);
  b.row_lower = g_array_sized_new (FALSE, FALSE, sizeof (double), n_rows);
  b.row_upper = g_array_sized_new (FALSE, FALSE, sizeof (double), n_rows);

  add_item_rows (&b);
  add_resource_rows (&b);
  for (guint k = 0; k < index->K; k++)
    for (guint t = 0; t < index->T; t++)
      add_route_columns (&b, total_need, k, t);
  for (guint i = 0; i < index->I; i++)
    {
      StockShape shape = stock_shape (index->problem, i);

      for (guint t = 0; t < index->T; t++)
        {
          add_stock_columns (&b, i, t, shape);
          add_demand_columns (&b, i, t);
        }
    }
  for (guint r = 0; r < index->R; r++)
    for (guint t = 0; t < index->T && index->is_used[r]; t++)
      add_resource_columns (&b, r, t);
  add_rates (&b);

  end = (gint) b.index->len;
  g_array_append_val (b.start, end);
  m->lp->n_cols = (int) b.cost->len;
  m->lp->n_rows = (int) b.row_lower->len;
  m->lp->n_nonzeros = end;
  m->lp->cost = (double *) g_array_free (b.cost, FALSE);
  m->lp->lower = (double *) g_array_free (b.lower, FALSE);
  m->lp->upper = (double *) g_array_free (b.upper, FALSE);
  m->lp->start = (int *) g_array_free (b.start, FALSE);
  m->lp->index = (int *) g_array_free (b.index, FALSE);
  m->lp->value = (double *) g_array_free (b.value, FALSE);
  m->lp->row_lower = (double *) g_array_free (b.row_lower, FALSE);
  m->lp->row_upper = (double *) g_array_free (b.row_upper, FALSE);
  m->lp->integer = (guint8 *) g_array_free (b.integer, FALSE);
  if (!b.any_integer)
    g_clear_pointer (&m->lp->integer, g_free);

  return m;
}

void
kilter_supply_model_free (KilterSupplyModel *self)
{
  if (self == NULL)
    return;
  kilter_lp_model_free (self->lp);
  g_free (self->make);
  g_free (self->make_more);
  g_free (self->below1);
  g_free (self->below2);
  g_free (self->above1);
  g_free (self->above2);
  g_free (self->backlog);
  g_free (self->lost);
  g_free (self->missing);
  g_free (self->overtime);
  g_free (self->shift);
  g_free (self->overload);
  g_free (self->idle);
  g_free (self->workers);
  g_free (self->hired);
  g_free (self->fired);
  g_free (self->rate);
  g_free (self->setup);
  g_free (self->setup_row);
  g_free (self->item_row);
  g_free (self->capacity_row);
  g_free (self->share_row);
  g_free (self->workers_row);
  g_free (self->level_row);
  g_free (self->serve_row);
  g_free (self);
}

/* the column that is basic in an item's row: what arrives then, or the piece the quick plan
 * stands on */
static gint
start_column (const KilterSupplyModel *m,
              const KilterSupplyIndex *x,
              const KilterSupplyPlan *quick,
              guint i,
              guint t)
{
  gsize c = (gsize) i * x->T + t;

  for (guint n = x->item_routes.at[i]; n < x->item_routes.at[i + 1]; n++)
    {
      guint k = x->item_routes.order[n];
      gsize s;

      if (x->routes[k].lead > t)
        continue;
      s = (gsize) k * x->T + t - x->routes[k].lead;
      if (x->upper[s] <= x->lower[s])
        continue;
      if (m->make_more[s] >= 0 && m->lp->upper[m->make[s]] <= m->lp->lower[m->make[s]])
        return m->make_more[s];
      return m->make[s];
    }
  if (m->backlog[c] >= 0 && quick->backlog[c] > 0.0)
    return m->backlog[c];
  if (m->lost[c] >= 0 && quick->lost[c] > 0.0)
    return m->lost[c];
  if (m->below2[c] >= 0 && quick->stock[c] < x->problem->stock_minimum[c])
    return m->below2[c];
  if (m->below1[c] >= 0 && quick->stock[c] < x->problem->stock_target[c])
    return m->below1[c];
  if (m->above2[c] >= 0 && quick->stock[c] > x->problem->stock_maximum[c])
    return m->above2[c];

  return m->above1[c];
}

/*
 * kilter_supply_model_start:
 * @quick: a quick plan
 * @cols: (array): is filled with places by column
 * @rows: (array): is filled with places by row
 *
 * A start basis that is triangular and nearly dual feasible: in each item's row what arrives in
 * that bucket is basic, labour prices at its wage, all capacity is slack. The dual simplex has
 * only to repair capacity (research: 18 times fewer iterations than from nothing).
 */
void
kilter_supply_model_start (const KilterSupplyModel *self,
                           const KilterSupplyIndex *index,
                           const KilterSupplyPlan *quick,
                           guint8 *cols,
                           guint8 *rows)
{
  memset (cols, KILTER_LP_AT_LOWER, self->lp->n_cols);
  memset (rows, KILTER_LP_BASIC, self->lp->n_rows);
  for (guint i = 0; i < index->I; i++)
    for (guint t = 0; t < index->T; t++)
      {
        gint column = start_column (self, index, quick, i, t);

        cols[column] = KILTER_LP_BASIC;
        rows[self->item_row[(gsize) i * index->T + t]] = KILTER_LP_AT_LOWER;
      }
  for (gsize c = 0; c < (gsize) index->R * index->T; c++)
    if (self->workers[c] >= 0)
      {
        cols[self->workers[c]] = KILTER_LP_BASIC;
        cols[self->fired[c]] = KILTER_LP_BASIC;
        rows[self->capacity_row[c]] = KILTER_LP_AT_UPPER;
        rows[self->workers_row[c]] = KILTER_LP_AT_LOWER;
      }
}

static double
value_of (const KilterSupplyModel *self, const double *x, gint column)
{
  if (self->lp->integer != NULL && self->lp->integer[column])
    return round (x[column]);

  return x[column];
}

/*
 * kilter_supply_model_read:
 * @x: (array): the optimiser's columns
 *
 * Makes the plan from them.
 */
void
kilter_supply_model_read (const KilterSupplyModel *self,
                          const KilterSupplyIndex *index,
                          const double *x,
                          KilterSupplyPlan *plan)
{
  gsize cells = (gsize) index->I * index->T;
  g_autofree double *lost = g_new0 (double, MAX (cells, 1));
  g_autofree double *backlog = g_new0 (double, MAX (cells, 1));

  for (gsize c = 0; c < (gsize) index->K * index->T; c++)
    {
      double quantity = value_of (self, x, self->make[c]);

      if (self->make_more[c] >= 0)
        quantity += x[self->make_more[c]];
      if (quantity < KILTER_SUPPLY_TINY * 1e-2)
        quantity = 0.0;
      plan->quantity[c] = CLAMP (quantity, index->lower[c], index->upper[c]);
    }
  for (gsize c = 0; c < cells; c++)
    {
      if (self->lost[c] >= 0)
        lost[c] = x[self->lost[c]] > KILTER_SUPPLY_TINY * 1e-2 ? x[self->lost[c]] : 0.0;
      if (self->backlog[c] >= 0)
        backlog[c] = MAX (0.0, x[self->backlog[c]]);
    }
  for (gsize c = 0; c < (gsize) index->R * index->T; c++)
    if (self->workers[c] >= 0)
      plan->workers[c] = CLAMP (value_of (self, x, self->workers[c]), index->workers_lower[c],
                                index->workers_upper[c]);
  kilter_supply_finish (index, plan, lost, backlog);
}
