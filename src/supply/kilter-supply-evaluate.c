/* kilter-supply-evaluate.c: what follows from quantities: stock, load, money, what is broken
 *
 * Every plan goes through here, whoever decided its quantities, so that balances and costs mean
 * the same everywhere and the optimiser's own objective can be checked against it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-private.h"

#include <math.h>

static void
add_break (KilterSupplyPlan *plan,
           KilterSupplyBreakCode code,
           int item,
           int resource,
           int t,
           double quantity)
{
  KilterSupplyBreak broken = { code, item, resource, t, quantity };

  g_array_append_val (plan->breaks, broken);
}

static void
load_resources (const KilterSupplyIndex *x, KilterSupplyPlan *plan)
{
  for (gsize c = 0; c < (gsize) x->R * x->T; c++)
    plan->load[c] = 0.0;
  for (guint u = 0; u < x->problem->uses->len; u++)
    {
      const KilterSupplyUse *use = &x->uses[u];
      const double *quantity = plan->quantity + (gsize) use->route * x->T;
      double *load = plan->load + (gsize) use->resource * x->T;

      for (guint t = 0; t + use->offset < x->T; t++)
        load[t + use->offset] += use->per_unit * quantity[t];
    }
}

/* hours over what is there: the cheaper of overtime and extra shift first, the rest is overload */
static void
split_hours (const KilterSupplyIndex *x, KilterSupplyPlan *plan, guint r, guint t)
{
  gsize c = (gsize) r * x->T + t;
  const KilterSupplyResource *resource = &x->problem->resources[r];
  gboolean labour = resource->kind == KILTER_SUPPLY_LABOUR;
  double most_overtime = kilter_supply_index_most_overtime (x, r, t);
  double most_shift = x->problem->shift_allowed[c] ? x->problem->shift_hours[c] : 0.0;
  double over;

  plan->available[c] = x->problem->capacity[c] * (labour ? plan->workers[c] : 1.0);
  if (labour)
    most_overtime = MAX (x->overtime_lower[c],
                         MIN (most_overtime * plan->workers[c], x->overtime_upper[c]));
  over = MAX (0.0, plan->load[c] - plan->available[c]);
  plan->overtime_hours[c] = MIN (x->overtime_lower[c], most_overtime);
  over = MAX (0.0, over - plan->overtime_hours[c]);
  if (resource->shift_cost < resource->overtime_cost)
    {
      plan->shift_hours[c] = MIN (over, most_shift);
      over -= plan->shift_hours[c];
    }
  else
    plan->shift_hours[c] = 0.0;
  {
    double more = MIN (over, most_overtime - plan->overtime_hours[c]);

    plan->overtime_hours[c] += more;
    over -= more;
  }
  if (resource->shift_cost >= resource->overtime_cost)
    {
      plan->shift_hours[c] = MIN (over, most_shift);
      over -= plan->shift_hours[c];
    }
  /* the last bit of a full resource is not an overload */
  plan->overload[c] = over > KILTER_SUPPLY_TINY * (1.0 + plan->load[c]) ? over : 0.0;
}

static void
settle_resources (const KilterSupplyIndex *x, KilterSupplyPlan *plan)
{
  for (guint r = 0; r < x->R; r++)
    {
      const KilterSupplyResource *resource = &x->problem->resources[r];
      double before = resource->opening_workers;

      for (guint t = 0; t < x->T; t++)
        {
          gsize c = (gsize) r * x->T + t;

          split_hours (x, plan, r, t);
          plan->cost[KILTER_SUPPLY_COST_OVERTIME] += resource->overtime_cost *
                                                     plan->overtime_hours[c];
          plan->cost[KILTER_SUPPLY_COST_SHIFT] += resource->shift_cost * plan->shift_hours[c];
          plan->cost[KILTER_SUPPLY_COST_OVERLOAD] += resource->overload_cost * plan->overload[c];
          if (resource->kind != KILTER_SUPPLY_LABOUR)
            continue;
          plan->hired[c] = MAX (0.0, plan->workers[c] - before);
          plan->fired[c] = MAX (0.0, before - plan->workers[c]);
          before = plan->workers[c];
          plan->cost[KILTER_SUPPLY_COST_WAGES] += resource->wage * plan->available[c];
          plan->cost[KILTER_SUPPLY_COST_HIRING] += resource->hire_cost * plan->hired[c];
          plan->cost[KILTER_SUPPLY_COST_FIRING] += resource->fire_cost * plan->fired[c];
        }
    }
}

/* the share of a start that runs in overtime: that of the resource on which it is largest */
static double
overtime_share (const KilterSupplyIndex *x, const KilterSupplyPlan *plan, guint k, guint t)
{
  double share = 0.0;

  for (guint n = x->route_uses.at[k]; n < x->route_uses.at[k + 1]; n++)
    {
      const KilterSupplyUse *use = &x->uses[x->route_uses.order[n]];
      gsize c;

      if (t + use->offset >= x->T || use->per_unit <= 0.0)
        continue;
      c = (gsize) use->resource * x->T + t + use->offset;
      if (plan->load[c] > 0.0)
        share = MAX (share, MIN (plan->load[c], plan->overtime_hours[c] + plan->shift_hours[c]) /
                              plan->load[c]);
    }

  return MIN (share, 1.0);
}

static void
receive_route (const KilterSupplyIndex *x, KilterSupplyPlan *plan, guint k)
{
  const KilterSupplyRoute *route = &x->routes[k];
  KilterSupplyCost kind = route->kind == KILTER_SUPPLY_MAKE       ? KILTER_SUPPLY_COST_PRODUCTION
                          : route->kind == KILTER_SUPPLY_PURCHASE ? KILTER_SUPPLY_COST_PURCHASE
                                                                  : KILTER_SUPPLY_COST_SUBCONTRACT;

  for (guint t = 0; t < x->T; t++)
    {
      double started = plan->quantity[(gsize) k * x->T + t];
      guint arrival = t + route->lead;
      gsize c = (gsize) route->item * x->T + arrival;

      if (started == 0.0)
        continue;
      plan->cost[kind] += route->cost * started;
      if (x->problem->use_integers && started > KILTER_SUPPLY_TINY)
        plan->cost[KILTER_SUPPLY_COST_SETUP] += route->setup_cost;
      for (guint n = x->route_components.at[k]; n < x->route_components.at[k + 1]; n++)
        {
          const KilterSupplyComponent *line = &x->components[x->route_components.order[n]];

          if (t + line->offset < x->T)
            plan->used[(gsize) line->item * x->T + t + line->offset] += line->per_unit * started;
        }
      if (arrival >= x->T)
        continue;
      if (route->kind == KILTER_SUPPLY_MAKE)
        {
          double share = overtime_share (x, plan, k, t);

          plan->overtime[c] += started * route->yield * share;
          plan->regular[c] += started * route->yield * (1.0 - share);
        }
      else if (route->kind == KILTER_SUPPLY_PURCHASE)
        plan->purchase[c] += started * route->yield;
      else
        plan->subcontract[c] += started * route->yield;
    }
}

/* one bucket of one item: net is stock less backlog before demand is looked at */
static void
settle_bucket (const KilterSupplyIndex *x,
               KilterSupplyPlan *plan,
               guint i,
               guint t,
               double *stock,
               double *backlog,
               const double *hint_lost,
               const double *hint_backlog)
{
  const KilterSupplyProblem *p = x->problem;
  gsize c = (gsize) i * x->T + t;
  double there = *stock + p->firm[c] + plan->regular[c] + plan->overtime[c] + plan->subcontract[c] +
                 plan->purchase[c] - plan->used[c];
  double net;

  if (there < 0.0 && x->is_component[i])
    {
      plan->missing[c] = -there;
      there = 0.0;
    }
  net = there - *backlog - p->demand[c];
  if (p->lost_sales[i])
    {
      if (hint_lost != NULL)
        plan->lost[c] = CLAMP (hint_lost[c], 0.0, p->demand[c]);
      if (-net > plan->lost[c])
        plan->lost[c] = MIN (p->demand[c], -net);
      net += plan->lost[c];
    }
  if (x->is_component[i] && hint_backlog != NULL && !p->lost_sales[i])
    {
      /* kept for a product although a customer waits: the optimiser's choice */
      *backlog = CLAMP (hint_backlog[c], MAX (0.0, -net), *backlog + p->demand[c]);
      *stock = net + *backlog;
    }
  else
    {
      *stock = net > 0.0 ? net : 0.0;
      *backlog = net < 0.0 ? -net : 0.0;
    }
}

static void
settle_item (const KilterSupplyIndex *x,
             KilterSupplyPlan *plan,
             guint i,
             const double *hint_lost,
             const double *hint_backlog)
{
  const KilterSupplyProblem *p = x->problem;
  double stock = p->opening_stock[i];
  double backlog = p->opening_backlog[i];

  for (guint t = 0; t < x->T; t++)
    {
      gsize c = (gsize) i * x->T + t;
      double below_minimum;

      settle_bucket (x, plan, i, t, &stock, &backlog, hint_lost, hint_backlog);
      plan->stock[c] = stock;
      plan->backlog[c] = backlog;
      plan->late[c] = MIN (backlog, p->demand[c]);
      plan->unmet[c] = plan->lost[c] + (t + 1 == x->T ? backlog : 0.0);
      plan->shortfall[c] = MAX (0.0, p->stock_target[c] - stock);
      below_minimum = MAX (0.0, p->stock_minimum[c] - stock);
      plan->cost[KILTER_SUPPLY_COST_HOLDING] += p->holding_cost[i] * p->bucket_months[t] * stock;
      plan->cost[KILTER_SUPPLY_COST_SHORTFALL] += kilter_supply_shortfall_cost (p, i, t) *
                                                    (plan->shortfall[c] - below_minimum) +
                                                  kilter_supply_minimum_cost (p, i, t) *
                                                    below_minimum;
      plan->cost[KILTER_SUPPLY_COST_EXCESS] += p->excess_cost[i] * p->bucket_months[t] *
                                               MAX (0.0, stock - p->stock_maximum[c]);
      plan->cost[KILTER_SUPPLY_COST_BACKLOG] += kilter_supply_backlog_cost (p, i, t) * backlog;
      plan->cost[KILTER_SUPPLY_COST_LOST] += kilter_supply_lost_cost (p, i, t) * plan->lost[c];
      plan->cost[KILTER_SUPPLY_COST_MISSING] += x->missing_cost[i] * plan->missing[c];
      for (guint n = x->item_stock_uses.at[i]; n < x->item_stock_uses.at[i + 1]; n++)
        {
          const KilterSupplyStockUse *use = &x->stock_uses[x->item_stock_uses.order[n]];

          plan->load[(gsize) use->resource * x->T + t] += use->per_unit * stock;
        }
    }
}

static void
list_item_breaks (const KilterSupplyIndex *x, KilterSupplyPlan *plan, guint i)
{
  const KilterSupplyProblem *p = x->problem;

  for (guint t = 0; t < x->T; t++)
    {
      gsize c = (gsize) i * x->T + t;
      double tiny = KILTER_SUPPLY_TINY * (1.0 + p->demand[c] + p->stock_target[c]);
      double below_minimum = p->stock_minimum[c] - plan->stock[c];

      if (plan->lost[c] > tiny)
        add_break (plan, KILTER_SUPPLY_BREAK_LOST, i, -1, t, plan->lost[c]);
      if (plan->late[c] > tiny)
        add_break (plan, KILTER_SUPPLY_BREAK_LATE, i, -1, t, plan->late[c]);
      if (t + 1 == x->T && plan->backlog[c] > tiny)
        add_break (plan, KILTER_SUPPLY_BREAK_UNMET, i, -1, t, plan->backlog[c]);
      if (below_minimum > tiny)
        add_break (plan, KILTER_SUPPLY_BREAK_MINIMUM, i, -1, t, below_minimum);
      if (plan->shortfall[c] > tiny)
        add_break (plan, KILTER_SUPPLY_BREAK_TARGET, i, -1, t, plan->shortfall[c]);
      if (plan->stock[c] > p->stock_maximum[c] + tiny)
        add_break (plan, KILTER_SUPPLY_BREAK_MAXIMUM, i, -1, t,
                   plan->stock[c] - p->stock_maximum[c]);
      if (plan->missing[c] > tiny)
        add_break (plan, KILTER_SUPPLY_BREAK_MISSING, i, -1, t, plan->missing[c]);
      if (!p->early_allowed[i] && plan->stock[c] > x->ceiling[c] + tiny)
        add_break (plan, KILTER_SUPPLY_BREAK_EARLY, i, -1, t, plan->stock[c] - x->ceiling[c]);
    }
}

/*
 * kilter_supply_finish:
 * @plan: has quantity and, for labour, workers
 *
 * Fills everything else.
 */
void
kilter_supply_finish (const KilterSupplyIndex *index,
                      KilterSupplyPlan *plan,
                      const double *hint_lost,
                      const double *hint_backlog)
{
  double sum = 0.0;

  load_resources (index, plan);
  settle_resources (index, plan);
  for (guint k = 0; k < index->K; k++)
    receive_route (index, plan, k);
  for (guint n = 0; n < index->I; n++)
    settle_item (index, plan, index->item_order[n], hint_lost, hint_backlog);
  for (guint i = 0; i < index->I; i++)
    list_item_breaks (index, plan, i);
  for (guint r = 0; r < index->R; r++)
    for (guint t = 0; t < index->T; t++)
      {
        gsize c = (gsize) r * index->T + t;

        if (kilter_supply_holds_stock (index->problem->resources[r].kind))
          {
            double over = plan->load[c] - index->problem->capacity[c];

            plan->overload[c] = over > KILTER_SUPPLY_TINY * (1.0 + plan->load[c]) ? over : 0.0;
            plan->cost[KILTER_SUPPLY_COST_OVERLOAD] += index->problem->resources[r].overload_cost *
                                                       plan->overload[c];
          }
        if (plan->overload[c] > 0.0)
          add_break (plan, KILTER_SUPPLY_BREAK_OVERLOAD, -1, r, t, plan->overload[c]);
      }
  for (guint kind = 0; kind < KILTER_SUPPLY_N_COSTS; kind++)
    sum += plan->cost[kind];
  plan->objective = sum;
}

/**
 * kilter_supply_evaluate:
 * @quantity: (array): units started by route and bucket
 *
 * Says what follows from given quantities, whatever they break: stock, backlog, load, overtime,
 * money. Workers are those that serve them at least cost.
 *
 * Returns: (transfer full): the plan
 */
KilterSupplyPlan *
kilter_supply_evaluate (const KilterSupplyProblem *problem, const double *quantity)
{
  g_autoptr (KilterSupplyIndex) index = NULL;
  KilterSupplyPlan *plan;

  g_return_val_if_fail (problem != NULL && quantity != NULL, NULL);

  index = kilter_supply_index_new (problem);
  plan = kilter_supply_plan_new (problem);
  for (gsize c = 0; c < (gsize) index->K * index->T; c++)
    plan->quantity[c] = quantity[c] > 0.0 && isfinite (quantity[c]) ? quantity[c] : 0.0;
  kilter_supply_staff (index, plan);
  kilter_supply_finish (index, plan, NULL, NULL);

  return plan;
}

/* one route in lots: rounded up where it is needed first; what was made too much is made less
 * later */
static void
round_route (const KilterSupplyIndex *x, guint k, const double *wanted, double *out)
{
  const KilterSupplyRoute *route = &x->routes[k];
  double ahead = 0.0;

  for (guint t = 0; t < x->T; t++)
    {
      gsize c = (gsize) k * x->T + t;
      double need = wanted[c] - ahead;

      if (x->lower[c] == x->upper[c])
        {
          /* a planner's quantity stands */
          out[c] = wanted[c];
          continue;
        }
      out[c] = need > KILTER_SUPPLY_TINY * (1.0 + wanted[c])
                 ? kilter_supply_round_lot (need, route->lot_minimum, route->lot_multiple,
                                            isinf (x->upper[c]) ? G_MAXDOUBLE : x->upper[c])
                 : 0.0;
      ahead += out[c] - wanted[c];
    }
}

/**
 * kilter_supply_round_lots:
 * @plan: a plan of @problem
 *
 * Rounds what is started to each route's lots: up where it is first needed, with the surplus made
 * less later. Other quantities stay; workers follow. Where a whole lot does not fit a resource,
 * the overload is listed.
 *
 * Returns: (transfer full): the rounded plan, without prices
 */
KilterSupplyPlan *
kilter_supply_round_lots (const KilterSupplyProblem *problem, const KilterSupplyPlan *plan)
{
  g_autoptr (KilterSupplyIndex) index = NULL;
  KilterSupplyPlan *rounded;

  g_return_val_if_fail (problem != NULL && plan != NULL, NULL);
  g_return_val_if_fail (plan->n_routes == problem->routes->len, NULL);

  index = kilter_supply_index_new (problem);
  rounded = kilter_supply_plan_new (problem);
  for (guint k = 0; k < index->K; k++)
    if (index->routes[k].lot_minimum > 0.0 || index->routes[k].lot_multiple > 0.0)
      round_route (index, k, plan->quantity, rounded->quantity);
    else
      for (guint t = 0; t < index->T; t++)
        rounded->quantity[(gsize) k * index->T + t] = plan->quantity[(gsize) k * index->T + t];
  kilter_supply_staff (index, rounded);
  kilter_supply_finish (index, rounded, NULL, NULL);

  return rounded;
}
