/* supply-support.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply-support.h"

#include <math.h>

/* splitmix64 */
double
supply_random (SupplyRandom *self)
{
  guint64 z = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  z ^= z >> 31;

  return (double) (z >> 11) / 9007199254740992.0;
}

double
supply_random_between (SupplyRandom *self, double low, double high)
{
  return low + (high - low) * supply_random (self);
}

guint
supply_add_make (KilterSupplyProblem *p,
                 guint item,
                 double cost,
                 guint lead,
                 guint resource,
                 double hours)
{
  KilterSupplyRoute route;
  guint k;

  kilter_supply_route_init (&route, item, KILTER_SUPPLY_MAKE);
  route.cost = cost;
  route.lead = lead;
  k = kilter_supply_problem_add_route (p, &route);
  if (hours > 0.0)
    kilter_supply_problem_add_use (p, k, resource, 0, hours);

  return k;
}

guint
supply_add_buy (KilterSupplyProblem *p,
                guint item,
                KilterSupplyRouteKind kind,
                double cost,
                guint lead)
{
  KilterSupplyRoute route;

  kilter_supply_route_init (&route, item, kind);
  route.cost = cost;
  route.lead = lead;
  route.rank = kind == KILTER_SUPPLY_SUBCONTRACT ? 9 : 0;

  return kilter_supply_problem_add_route (p, &route);
}

void
supply_set_row (double *array, guint n_buckets, guint row, const double *values)
{
  for (guint t = 0; t < n_buckets; t++)
    array[row * n_buckets + t] = values[t];
}

void
supply_fill_row (double *array, guint n_buckets, guint row, double value)
{
  for (guint t = 0; t < n_buckets; t++)
    array[row * n_buckets + t] = value;
}

void
supply_assert_near (double a, double b, double relative)
{
  g_assert_cmpfloat_with_epsilon (a, b, relative * (1.0 + fabs (b)));
}

void
supply_assert_balances (const KilterSupplyProblem *p, const KilterSupplyPlan *plan)
{
  for (guint i = 0; i < p->n_items; i++)
    {
      double net = p->opening_stock[i] - p->opening_backlog[i];

      for (guint t = 0; t < p->n_buckets; t++)
        {
          guint c = i * p->n_buckets + t;
          double flow = p->firm[c] + plan->regular[c] + plan->overtime[c] + plan->subcontract[c] +
                        plan->purchase[c] + plan->missing[c] - plan->used[c] - p->demand[c] +
                        plan->lost[c];

          g_assert_cmpfloat (plan->stock[c], >=, 0.0);
          g_assert_cmpfloat (plan->backlog[c], >=, 0.0);
          g_assert_cmpfloat (plan->lost[c], >=, 0.0);
          g_assert_cmpfloat (plan->lost[c], <=, p->demand[c] * (1.0 + 1e-12));
          supply_assert_near (plan->stock[c] - plan->backlog[c], net + flow, 1e-9);
          net = plan->stock[c] - plan->backlog[c];
        }
    }
  for (guint r = 0; r < p->n_resources; r++)
    for (guint t = 0; t < p->n_buckets; t++)
      {
        guint c = r * p->n_buckets + t;

        g_assert_cmpfloat (plan->load[c], <=,
                           (plan->available[c] + plan->overtime_hours[c] + plan->shift_hours[c] +
                            plan->overload[c]) *
                               (1.0 + 1e-6) +
                             1e-6);
      }
}

static void
add_finished_item (KilterSupplyProblem *p,
                   SupplyRandom *random,
                   guint i,
                   guint n_machines,
                   guint n_labour,
                   double *out_hours)
{
  guint T = p->n_buckets;
  double mean = supply_random_between (random, 20, 800);
  double swing = supply_random_between (random, 0.0, 0.4);
  double phase = supply_random_between (random, 0.0, 6.28);
  double hours = supply_random_between (random, 0.05, 0.22);
  double cost = supply_random_between (random, 5, 15);
  double price = cost * supply_random_between (random, 1.5, 4.0);
  guint machine = (guint) (supply_random (random) * n_machines);
  guint lead = supply_random (random) < 0.2 ? 1 : 0;
  guint k = supply_add_make (p, i, cost, lead, machine, hours);
  double labour = hours * supply_random_between (random, 0.7, 1.3);

  p->value[i] = cost;
  p->holding_cost[i] = 0.015 * cost;
  p->shortfall_cost[i] = 0.04 * price;
  p->priority[i] = 1 + (guint) (supply_random (random) * 3);
  p->backlog_cost[i] = 0.25 * price / p->priority[i];
  p->end_backlog_cost[i] = 1.5 * price;
  p->lost_cost[i] = price * 1.5;
  p->opening_stock[i] = mean * supply_random_between (random, 0.2, 0.8);
  for (guint t = 0; t < T; t++)
    {
      double noise = supply_random_between (random, 0.9, 1.1);
      double demand = mean * (1.0 + swing * sin (phase + 6.2831853 * t / 12.0)) * noise;

      p->demand[i * T + t] = floor (demand);
      p->stock_target[i * T + t] = floor (mean * 0.4);
      p->stock_maximum[i * T + t] = floor (mean * 2.5);
    }
  p->excess_cost[i] = 0.0225 * cost;
  out_hours[machine] += mean * hours;
  if (n_labour > 0)
    {
      guint pool = n_machines + machine % n_labour;

      kilter_supply_problem_add_use (p, k, pool, 0, labour);
      out_hours[pool] += mean * labour;
    }
  if (supply_random (random) < 0.4 && n_machines > 1)
    {
      guint other = supply_add_make (p, i, 1.05 * cost, lead, (machine + 1) % n_machines,
                                     hours * 1.15);

      g_array_index (p->routes, KilterSupplyRoute, other).rank = 1;
      if (n_labour > 0)
        kilter_supply_problem_add_use (p, other, n_machines + (machine + 1) % n_machines % n_labour,
                                       0, labour);
    }
  if (supply_random (random) < 0.2)
    supply_add_buy (p, i, KILTER_SUPPLY_SUBCONTRACT, 1.8 * cost, 1);
}

KilterSupplyProblem *
supply_random_problem (guint n_items, guint n_buckets, guint n_resources, guint64 seed)
{
  SupplyRandom random = { seed * G_GUINT64_CONSTANT (0x2545f4914f6cdd1d) + 1 };
  guint n_components = MAX (1, n_items / 10);
  guint n_labour = MAX (1, n_resources / 5);
  guint n_suppliers = MAX (1, n_resources / 5);
  guint n_machines = n_resources - n_labour - n_suppliers;
  guint T = n_buckets;
  KilterSupplyProblem *p = kilter_supply_problem_new (n_items + n_components, n_buckets,
                                                      n_resources + 1);
  g_autofree double *hours = g_new0 (double, n_resources);
  g_autofree double *used = g_new0 (double, n_components);
  double volume = 0.0;

  g_assert (n_resources >= 3);
  for (guint r = 0; r < n_labour; r++)
    p->resources[n_machines + r].kind = KILTER_SUPPLY_LABOUR;
  for (guint i = 0; i < n_items; i++)
    add_finished_item (p, &random, i, n_machines, n_labour, hours);
  for (guint k = 0, n = p->routes->len; k < n; k++)
    {
      const KilterSupplyRoute *route = &g_array_index (p->routes, KilterSupplyRoute, k);
      guint i = route->item;
      guint first;

      /* the same bill for every own route of an item */
      if (route->kind != KILTER_SUPPLY_MAKE || i % 2 == 1)
        continue;
      first = i * 7 % n_components;
      kilter_supply_problem_add_component (p, k, n_items + first, 0, 1 + i % 3);
      if (route->rank == 0)
        used[first] += p->demand[i * T] * (1 + i % 3);
    }
  for (guint c = 0; c < n_components; c++)
    {
      guint i = n_items + c;
      guint supplier = n_machines + n_labour + c % n_suppliers;
      guint lead = 1 + (guint) (supply_random (&random) * 3);
      double cost = supply_random_between (&random, 0.5, 2.0);
      guint k = supply_add_buy (p, i, KILTER_SUPPLY_PURCHASE, cost, MIN (lead, T - 1));

      kilter_supply_problem_add_use (p, k, supplier, 0, cost);
      p->value[i] = cost;
      p->holding_cost[i] = 0.015 * cost;
      p->shortfall_cost[i] = 0.1 * cost;
      p->opening_stock[i] = used[c] * (lead + 0.6);
      supply_fill_row (p->stock_target, T, i, floor (used[c] * 0.3));
      hours[supplier] += used[c] * cost;
    }
  for (guint r = 0; r < n_resources; r++)
    {
      KilterSupplyResource *resource = &p->resources[r];

      for (guint t = 0; t < T; t++)
        {
          double days = 20.0 + (double) ((t * 5 + 3) % 4) - (t % 12 == 7 ? 5.0 : 0.0);

          p->capacity[r * T + t] = resource->kind == KILTER_SUPPLY_LABOUR
                                     ? days * 7.5
                                     : hours[r] / 0.95 * days / 21.0 + 1.0;
        }
      if (r < n_machines)
        {
          resource->overtime_share = 0.15;
          resource->overtime_cost = 35.0;
        }
      else if (r < n_machines + n_labour)
        {
          resource->wage = 22.0;
          resource->overtime_share = 0.2;
          resource->overtime_cost = 33.0;
          resource->hire_cost = 4000.0;
          resource->fire_cost = 6000.0;
          resource->opening_workers = hours[r] / 0.97 / (20.0 * 7.5);
          resource->hire_limit = 0.15 * resource->opening_workers;
        }
      else
        {
          resource->kind = KILTER_SUPPLY_SUPPLIER;
          supply_fill_row (p->capacity, T, r, hours[r] * 1.4 + 1.0);
        }
    }
  for (guint i = 0; i < n_items; i++)
    {
      double each = supply_random_between (&random, 0.01, 0.06);

      kilter_supply_problem_add_stock_use (p, i, n_resources, each);
      volume += each * p->stock_target[i * T];
    }
  p->resources[n_resources].kind = KILTER_SUPPLY_STORAGE;
  p->resources[n_resources].soft = TRUE;
  p->resources[n_resources].overload_cost = 50.0;
  supply_fill_row (p->capacity, T, n_resources, volume * 2.2);

  return p;
}
