/* kilter-supply-load.c: rough-cut load of a plan or of demand itself
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "supply/kilter-supply-private.h"

#include <string.h>

typedef struct
{
  const KilterSupplyProblem *p;
  int resource; /* only this one, by item; -1 for all, by resource */
  double *out;
} Loader;

static void
add_load (const Loader *self, guint resource, guint item, guint t, double hours)
{
  if (self->resource < 0)
    self->out[(gsize) resource * self->p->n_buckets + t] += hours;
  else if ((guint) self->resource == resource)
    self->out[(gsize) item * self->p->n_buckets + t] += hours;
}

static void
load_quantities (const Loader *self, const double *quantity, const double *stock)
{
  const KilterSupplyProblem *p = self->p;
  guint T = p->n_buckets;

  for (guint u = 0; u < p->uses->len; u++)
    {
      const KilterSupplyUse *use = &g_array_index (p->uses, KilterSupplyUse, u);
      guint item;

      if (use->route >= p->routes->len || use->resource >= p->n_resources ||
          (self->resource >= 0 && use->resource != (guint) self->resource))
        continue;
      item = g_array_index (p->routes, KilterSupplyRoute, use->route).item;
      for (guint t = 0; t + use->offset < T && item < p->n_items; t++)
        add_load (self, use->resource, item, t + use->offset,
                  use->per_unit * quantity[(gsize) use->route * T + t]);
    }
  for (guint u = 0; stock != NULL && u < p->stock_uses->len; u++)
    {
      const KilterSupplyStockUse *use = &g_array_index (p->stock_uses, KilterSupplyStockUse, u);

      if (use->item >= p->n_items || use->resource >= p->n_resources)
        continue;
      for (guint t = 0; t < T; t++)
        add_load (self, use->resource, use->item, t,
                  use->per_unit * stock[(gsize) use->item * T + t]);
    }
}

/* each unit of demand made on its main route just in time, whatever the capacity; what would have
 * had to start before the first bucket is put there */
static double *
just_in_time (const KilterSupplyIndex *x, const double *demand)
{
  double *quantity = g_new0 (double, MAX ((gsize) x->K * x->T, 1));
  g_autofree double *need = g_memdup2 (demand, sizeof (double) * MAX ((gsize) x->I * x->T, 1));

  for (guint n = 0; n < x->I; n++)
    {
      guint i = x->item_order[n];
      int main_route = -1;

      for (guint m = x->item_routes.at[i]; m < x->item_routes.at[i + 1]; m++)
        {
          const KilterSupplyRoute *route = &x->routes[x->item_routes.order[m]];

          if (main_route < 0 || (route->kind != KILTER_SUPPLY_SUBCONTRACT &&
                                 x->routes[main_route].kind == KILTER_SUPPLY_SUBCONTRACT))
            main_route = x->item_routes.order[m];
        }
      if (main_route < 0)
        continue;
      for (guint t = 0; t < x->T; t++)
        {
          const KilterSupplyRoute *route = &x->routes[main_route];
          guint start = t >= route->lead ? t - route->lead : 0;
          double started = need[(gsize) i * x->T + t] / route->yield;

          quantity[(gsize) main_route * x->T + start] += started;
          for (guint m = x->route_components.at[main_route];
               m < x->route_components.at[main_route + 1]; m++)
            {
              const KilterSupplyComponent *line = &x->components[x->route_components.order[m]];

              if (start + line->offset < x->T)
                need[(gsize) line->item * x->T + start + line->offset] += line->per_unit * started;
            }
        }
    }

  return quantity;
}

/**
 * kilter_supply_load:
 * @quantity: (array): units started by route and bucket
 * @stock: (array) (nullable): end stock by item and bucket, for storage and capital
 * @out_load: (array): hours (volume, money) by resource and bucket
 *
 * The load that quantities put on resources, whether there is capacity or not. One addition per
 * use and bucket.
 */
void
kilter_supply_load (const KilterSupplyProblem *problem,
                    const double *quantity,
                    const double *stock,
                    double *out_load)
{
  Loader loader = { problem, -1, out_load };

  g_return_if_fail (problem != NULL && quantity != NULL && out_load != NULL);

  memset (out_load, 0, sizeof (double) * problem->n_resources * problem->n_buckets);
  load_quantities (&loader, quantity, stock);
}

/**
 * kilter_supply_load_of_demand:
 * @demand: (array) (nullable): by item and bucket; %NULL for the problem's demand
 * @out_load: (array): by resource and bucket
 *
 * The load if every unit were made on its main route just in time for its bucket: the demand plan
 * before levelling. Components made in house count through their bill. Storage and capital show
 * the stock target.
 */
void
kilter_supply_load_of_demand (const KilterSupplyProblem *problem,
                              const double *demand,
                              double *out_load)
{
  g_autoptr (KilterSupplyIndex) index = NULL;
  g_autofree double *quantity = NULL;

  g_return_if_fail (problem != NULL && out_load != NULL);

  index = kilter_supply_index_new (problem);
  quantity = just_in_time (index, demand != NULL ? demand : index->problem->demand);
  kilter_supply_load (index->problem, quantity, index->problem->stock_target, out_load);
}

/**
 * kilter_supply_load_by_item:
 * @out_load: (array): by item and bucket: the part of @resource's load each item causes
 *
 * Like kilter_supply_load() for one resource, by item.
 */
void
kilter_supply_load_by_item (const KilterSupplyProblem *problem,
                            guint resource,
                            const double *quantity,
                            const double *stock,
                            double *out_load)
{
  Loader loader = { problem, (int) resource, out_load };

  g_return_if_fail (problem != NULL && quantity != NULL && out_load != NULL);

  memset (out_load, 0, sizeof (double) * problem->n_items * problem->n_buckets);
  load_quantities (&loader, quantity, stock);
}

/**
 * kilter_supply_load_of_demand_by_item:
 * @out_load: (array): by item and bucket: the part of @resource's load each item causes
 *
 * Like kilter_supply_load_of_demand() for one resource, by item.
 */
void
kilter_supply_load_of_demand_by_item (const KilterSupplyProblem *problem,
                                      guint resource,
                                      const double *demand,
                                      double *out_load)
{
  g_autoptr (KilterSupplyIndex) index = NULL;
  g_autofree double *quantity = NULL;

  g_return_if_fail (problem != NULL && out_load != NULL);

  index = kilter_supply_index_new (problem);
  quantity = just_in_time (index, demand != NULL ? demand : index->problem->demand);
  kilter_supply_load_by_item (index->problem, resource, quantity, index->problem->stock_target,
                              out_load);
}
