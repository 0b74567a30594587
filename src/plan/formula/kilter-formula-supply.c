/* kilter-formula-supply.c: derived measures of supply, stock and resources
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/formula/kilter-formula-private.h"
#include "plan/supply/kilter-stock-policy.h"

#include "supply/kilter-supply-stock.h"

#include <string.h>

/* A quantity of the product × its cost. */
static void
multiply_own (const Context *self, KilterMeasure quantity, double *out)
{
  const double *q = get (self, quantity);
  const double *cost = get (self, KILTER_COST);

  for (int t = 0; t < self->n; t++)
    out[t] = q[t] == 0 ? 0 : q[t] * cost[t];
}

/* --- supply --- */

static void
compute_supply (const Context *self, double *out)
{
  static const KilterMeasure parts[] = { KILTER_REGULAR, KILTER_OVERTIME, KILTER_ALTERNATIVE,
                                         KILTER_SUBCONTRACT, KILTER_PURCHASE };
  const double *production = get (self, KILTER_PRODUCTION);

  for (int t = 0; t < self->n; t++)
    out[t] = t < self->cycle ? production[t] : NAN;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const double *part = get (self, parts[i]);

      for (int t = self->cycle; t < self->n; t++)
        if (!isnan (part[t]))
          out[t] = or_zero (out[t]) + part[t];
    }
}

/* What is made in-house and received, main line and others; NaN where nothing is known. */
static void
add_own_production (KilterPlan *plan,
                    KilterVersion version,
                    int product,
                    const KilterMeasure *parts,
                    gsize n_parts,
                    double *out)
{
  for (gsize i = 0; i < n_parts; i++)
    {
      const double *part = kilter_plan_get_row (plan, version, parts[i], product);

      for (int t = kilter_plan_get_history_of (plan, version); t < kilter_plan_get_n_buckets (plan);
           t++)
        if (!isnan (part[t]))
          out[t] = or_zero (out[t]) + part[t];
    }
}

/* Components leave the stock when the production that consumes them starts, or as many buckets
 * later as the bill says. */
static void
compute_needed (const Context *self, double *out)
{
  static const KilterMeasure made[] = { KILTER_REGULAR, KILTER_OVERTIME, KILTER_ALTERNATIVE };
  int n_parents;
  const KilterBillLine *parents = kilter_plan_get_parents (self->plan, self->row, &n_parents);
  g_autofree double *received = g_new (double, self->n);

  memcpy (out, self->plan->missing, sizeof (double) * (gsize) self->n);
  for (int i = 0; i < n_parents; i++)
    {
      int lead = kilter_plan_get_lead (self->plan, parents[i].product);

      memcpy (received, self->plan->missing, sizeof (double) * (gsize) self->n);
      add_own_production (self->plan, self->version, parents[i].product, made, G_N_ELEMENTS (made),
                          received);
      for (int t = self->cycle; t < self->n; t++)
        {
          int at = t + lead - parents[i].offset;

          if (at >= self->cycle && at < self->n && !isnan (received[at]))
            out[t] = or_zero (out[t]) + received[at] * parents[i].quantity;
        }
    }
}

static double
get_approved_stock (const Context *self, int bucket)
{
  KilterVersion approved = kilter_plan_get_last_approved (self->plan);

  if (approved == 0 || approved == self->version)
    return NAN;
  return kilter_plan_get_value (self->plan, approved, KILTER_STOCK, self->row, bucket);
}

/* Projected stock, unmet demand and backlog follow from one another month by month:
 * closing stock = opening stock + supply − demand met. What is unmet is lost, or waits. */
static void
compute_stock (const Context *self, KilterMeasure wanted, double *out)
{
  const KilterRecord *product = kilter_plan_get_record (self->plan, KILTER_TABLE_PRODUCT,
                                                        self->row);
  const double *actual = get (self, KILTER_STOCK_ACTUAL);
  const double *supply = get (self, KILTER_SUPPLY);
  gboolean waits = kilter_plan_waits (self->plan, self->row);
  g_autofree double *demand = g_new (double, self->n);
  double *stock = g_new (double, self->n);
  double *unmet = g_new (double, self->n);
  double *backlog = g_new (double, self->n);
  double level = product != NULL ? kilter_record_number (product, KILTER_PRODUCT_OPENING_STOCK)
                                 : NAN;
  double owed = 0;

  kilter_plan_product_needs (self->plan, self->version, self->row, demand);
  for (int t = 0; t < self->n; t++)
    {
      stock[t] = unmet[t] = backlog[t] = NAN;
      if (t < self->cycle)
        {
          stock[t] = actual[t];
          continue;
        }
      /* an opening stock that was given, the last closing stock, or, while that is not in yet,
       * what the approved plan expects */
      if (t == self->cycle && isnan (level) && t > 0)
        level = isnan (actual[t - 1]) ? get_approved_stock (self, t - 1) : actual[t - 1];
      if (isnan (supply[t]) && isnan (demand[t]) && isnan (level))
        continue;
      level = or_zero (level) + or_zero (supply[t]) - or_zero (demand[t]) - owed;
      unmet[t] = level < 0 ? MIN (-level - 0, or_zero (demand[t]) + owed) : 0;
      backlog[t] = 0;
      if (waits)
        {
          backlog[t] = level < 0 ? -level : 0;
          unmet[t] = MAX (backlog[t] - owed, 0);
          owed = backlog[t];
        }
      /* rounding in the last bits is not a shortage */
      if (unmet[t] < 1e-9 * (1 + fabs (or_zero (demand[t]))))
        unmet[t] = 0;
      level = MAX (level, 0);
      stock[t] = level;
    }

  memcpy (out, wanted == KILTER_STOCK ? stock : (wanted == KILTER_UNMET ? unmet : backlog),
          sizeof (double) * (gsize) self->n);
  if (wanted != KILTER_STOCK)
    kilter_plan_cache_row (self->plan, self->version, KILTER_STOCK, self->row, stock);
  else
    g_free (stock);
  if (wanted != KILTER_UNMET)
    kilter_plan_cache_row (self->plan, self->version, KILTER_UNMET, self->row, unmet);
  else
    g_free (unmet);
  if (wanted != KILTER_BACKLOG)
    kilter_plan_cache_row (self->plan, self->version, KILTER_BACKLOG, self->row, backlog);
  else
    g_free (backlog);
}

/* The demand of the @days days that follow each bucket. Behind the horizon demand goes on as in
 * the same season one year before, or as in the last bucket. */
static void
compute_target (const Context *self, int field, const char *setting, double *out)
{
  const KilterRecord *policy = kilter_plan_get_policy_in (self->plan, self->version, self->row);
  KilterBucketKind kind = kilter_plan_get_bucket_kind (self->plan);
  int phase_out = kilter_plan_get_phase_out (self->plan, self->row);
  double days = policy != NULL ? kilter_record_number (policy, field) : NAN;
  int season = kilter_plan_get_season (self->plan);
  g_autofree double *demand = g_new (double, self->n);

  if (isnan (days))
    days = kilter_plan_get_setting_number (self->plan, setting);
  kilter_plan_product_needs (self->plan, self->version, self->row, demand);
  for (int t = 0; t < self->n; t++)
    {
      double left = days, target = 0;

      out[t] = NAN;
      /* nobody keeps stock of what is no longer sold, or is made when it is ordered */
      if ((phase_out >= 0 && t + 1 >= phase_out) ||
          kilter_plan_is_made_to_order (self->plan, self->row))
        {
          out[t] = t >= self->cycle ? 0 : NAN;
          continue;
        }
      if (isnan (demand[t]) && (t + 1 >= self->n || isnan (demand[t + 1])))
        continue;
      for (int k = t + 1; left > 1e-9 && k < t + 100; k++)
        {
          int at = k < self->n
                     ? k
                     : (k - season >= 0 && k - season < self->n ? k - season : self->n - 1);
          int length = kilter_bucket_get_days (kind, kilter_plan_get_bucket (self->plan, 0) + k);
          double part = MIN (left / length, 1);

          target += part * MAX (or_zero (demand[at]), 0);
          left -= part * length;
        }
      out[t] = target;
    }
}

static void
compute_target_stock (const Context *self, double *out)
{
  const KilterRecord *policy = kilter_plan_get_policy_in (self->plan, self->version, self->row);
  const char *by = policy != NULL ? kilter_record_text (policy, KILTER_POLICY_TARGET_BY) : "";
  const double *safety;
  double units;

  compute_target (self, KILTER_POLICY_TARGET_DAYS, "target-days", out);
  if (g_str_equal (by, "units"))
    {
      units = kilter_record_number (policy, KILTER_POLICY_TARGET_UNITS);
      for (int t = 0; t < self->n; t++)
        if (!isnan (units) && !isnan (out[t]) && out[t] > 0)
          out[t] = units;
    }
  else if (g_str_equal (by, "service"))
    {
      safety = get (self, KILTER_SAFETY_STOCK);
      for (int t = 0; t < self->n; t++)
        if (!isnan (safety[t]))
          out[t] = safety[t];
    }
}

static void
compute_shipments (const Context *self, double *out)
{
  gboolean waits = kilter_plan_waits (self->plan, self->row);
  const double *unmet = get (self, KILTER_UNMET);
  const double *backlog = get (self, KILTER_BACKLOG);
  double before = 0;

  kilter_plan_product_demand (self->plan, self->version, self->row, out);
  for (int t = self->cycle; t < self->n; t++)
    {
      if (!isnan (out[t]) || before > 0)
        out[t] = MAX (waits ? or_zero (out[t]) + before - or_zero (backlog[t])
                            : or_zero (out[t]) - or_zero (unmet[t]),
                      0);
      before = waits ? or_zero (backlog[t]) : 0;
    }
}

/* The lowest stock from each bucket to the end: more than that cannot be promised without taking
 * it from somebody later. */
static void
compute_available (const Context *self, double *out)
{
  const double *stock = get (self, KILTER_STOCK);
  double lowest = NAN;

  memcpy (out, self->plan->missing, sizeof (double) * (gsize) self->n);
  for (int t = self->n - 1; t >= self->cycle; t--)
    {
      if (!isnan (stock[t]) && (isnan (lowest) || stock[t] < lowest))
        lowest = stock[t];
      out[t] = lowest;
    }
}

static void
compute_excess (const Context *self, double *out)
{
  const double *stock = get (self, KILTER_STOCK);
  const double *target = get (self, KILTER_TARGET_STOCK);
  double ahead = kilter_plan_get_setting_number (self->plan, "excess-periods");
  g_autofree double *demand = g_new (double, self->n);

  kilter_plan_product_needs (self->plan, self->version, self->row, demand);
  for (int t = 0; t < self->n; t++)
    demand[t] = MAX (or_zero (demand[t]), 0);
  for (int t = 0; t < self->n; t++)
    out[t] = t < self->cycle || isnan (stock[t])
               ? NAN
               : kilter_supply_excess (stock[t], demand, (guint) self->n, (guint) t,
                                       (guint) CLAMP (or_zero (ahead), 0, 120),
                                       MAX (or_zero (target[t]), 0));
}

/* What is left of the stock when all demand until the phase-out is served. */
static void
compute_obsolete (const Context *self, double *out)
{
  const double *stock = get (self, KILTER_STOCK);
  const double *supply = get (self, KILTER_SUPPLY);
  int phase_out = kilter_plan_get_phase_out (self->plan, self->row);
  g_autofree double *demand = g_new (double, self->n);

  memcpy (out, self->plan->missing, sizeof (double) * (gsize) self->n);
  if (phase_out < 0)
    return;
  kilter_plan_product_needs (self->plan, self->version, self->row, demand);
  for (int t = self->cycle; t < self->n; t++)
    {
      double left = stock[t];

      for (int k = t + 1; k < MIN (phase_out, self->n); k++)
        left += or_zero (supply[k]) - MAX (or_zero (demand[k]), 0);
      out[t] = isnan (left) ? NAN : MAX (left, 0);
    }
}

static void
compute_extra_cost (const Context *self, double *out)
{
  const double *overtime = get (self, KILTER_OVERTIME);
  const double *subcontract = get (self, KILTER_SUBCONTRACT);
  const double *alternative = get (self, KILTER_ALTERNATIVE);
  const double *cost = get (self, KILTER_COST);
  const KilterRecord *policy = kilter_plan_get_policy_in (self->plan, self->version, self->row);
  double outside = policy != NULL ? kilter_record_number (policy, KILTER_POLICY_SUBCONTRACT_COST)
                                  : NAN;
  int n_uses;
  const KilterUse *uses = kilter_plan_get_uses (self->plan, self->row, &n_uses);
  double hourly = 0, other = 0;

  for (int i = 0; i < n_uses; i++)
    {
      const KilterRecord *resource = kilter_plan_get_record_in (
        self->plan, self->version, KILTER_TABLE_RESOURCE, uses[i].resource);

      if (resource != NULL)
        hourly += uses[i].hours *
                  kilter_record_number_or (resource, KILTER_RESOURCE_OVERTIME_COST, 0);
    }
  uses = kilter_plan_get_alternative_uses (self->plan, self->row, &n_uses);
  for (int i = 0; i < n_uses; i++)
    other = MAX (other, uses[i].cost);
  for (int t = 0; t < self->n; t++)
    {
      out[t] = t < self->cycle ? NAN
                               : or_zero (overtime[t]) * hourly + or_zero (alternative[t]) * other;
      if (t >= self->cycle && or_zero (subcontract[t]) > 0)
        out[t] += subcontract[t] * (isnan (outside) ? 0 : outside - or_zero (cost[t]));
    }
}

/* Days of the coming demand that the closing stock covers; NaN when it lasts beyond the horizon. */
static void
compute_cover_of (const KilterPlan *plan,
                  const double *stock,
                  const double *demand,
                  int n,
                  double *out)
{
  KilterBucketKind kind = plan->kind;

  for (int t = 0; t < n; t++)
    {
      double left = stock[t], days = 0;

      out[t] = NAN;
      if (isnan (left))
        continue;
      for (int k = t + 1; k < n; k++)
        {
          double need = MAX (or_zero (demand[k]), 0);
          int length = kilter_bucket_get_days (kind, plan->start + k);

          /* behind what was planned; a snapshot's horizon does not grow with the plan's */
          if (isnan (demand[k]) && isnan (stock[k]))
            break;
          if (need > left || left <= 0)
            {
              out[t] = days + (need > 0 ? MAX (left, 0) / need * length : 0);
              break;
            }
          left -= need;
          days += length;
        }
    }
}

static void
compute_cover (const Context *self, double *out)
{
  g_autofree double *demand = g_new (double, self->n);

  kilter_plan_product_needs (self->plan, self->version, self->row, demand);
  compute_cover_of (self->plan, get (self, KILTER_STOCK), demand, self->n, out);
}

/**
 * kilter_formula_cover:
 *
 * The same for aggregated stock and demand.
 */
void
kilter_formula_cover (const KilterPlan *plan,
                      const double *stock,
                      const double *demand,
                      double *out)
{
  compute_cover_of (plan, stock, demand, kilter_plan_get_n_buckets (plan), out);
}

/**
 * kilter_formula_backlog_days:
 *
 * Days of the coming supply that a backlog takes; NaN when the supply in the horizon is too small.
 */
void
kilter_formula_backlog_days (const KilterPlan *plan,
                             const double *backlog,
                             const double *supply,
                             double *out)
{
  compute_cover_of (plan, backlog, supply, kilter_plan_get_n_buckets (plan), out);
  for (int t = 0; t < kilter_plan_get_n_buckets (plan); t++)
    if (backlog[t] == 0)
      out[t] = 0;
}

/* --- resources --- */

static const char *
get_kind (const KilterPlan *plan, int resource)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, resource);

  return record != NULL ? kilter_record_text (record, KILTER_RESOURCE_KIND) : "";
}

/* What is usual for a resource; NaN where nothing is said. */
static void
compute_usual (const Context *self, int field, double *out)
{
  const KilterRecord *record = kilter_plan_get_record_in (self->plan, self->version,
                                                          KILTER_TABLE_RESOURCE, self->row);
  double usual = record != NULL ? kilter_record_number (record, field) : NAN;

  for (int t = 0; t < self->n; t++)
    out[t] = usual;
}

/* The planned number of workers holds until the next one. */
static void
compute_workers (const Context *self, double *out)
{
  const double *planned = kilter_plan_get_stored (self->plan, self->version, KILTER_WORKERS,
                                                  KILTER_LAYER_FACT, self->row);
  const double *typed = kilter_plan_get_stored (self->plan, self->version, KILTER_WORKERS,
                                                KILTER_LAYER_INPUT, self->row);
  double workers;

  compute_usual (self, KILTER_RESOURCE_WORKERS, out);
  workers = out[0];
  for (int t = 0; t < self->n; t++)
    {
      if (typed != NULL && !isnan (typed[t]))
        workers = typed[t];
      else if (planned != NULL && !isnan (planned[t]))
        workers = planned[t];
      out[t] = workers;
    }
}

/* How much more or less than usual is worked: a half when one shift of two is left out. */
static void
scale_by (const Context *self, KilterMeasure measure, int field, double *out)
{
  const KilterRecord *record = kilter_plan_get_record_in (self->plan, self->version,
                                                          KILTER_TABLE_RESOURCE, self->row);
  double usual = record != NULL ? kilter_record_number (record, field) : NAN;
  const double *row = get (self, measure);

  for (int t = 0; t < self->n && usual > 0; t++)
    if (!isnan (row[t]))
      out[t] *= MAX (row[t], 0) / usual;
}

static void
compute_capacity (const Context *self, double *out)
{
  compute_usual (self, KILTER_RESOURCE_HOURS, out);
  scale_by (self, KILTER_SHIFTS, KILTER_RESOURCE_SHIFTS, out);
  scale_by (self, KILTER_WORKDAYS, KILTER_RESOURCE_WORKDAYS, out);
  if (g_str_equal (get_kind (self->plan, self->row), "labour"))
    {
      const double *workers = get (self, KILTER_WORKERS);

      /* with a number of workers the hours are those of one of them */
      for (int t = 0; t < self->n; t++)
        if (!isnan (workers[t]))
          out[t] *= workers[t];
    }
}

/* Adds @per_unit × the quantity; what is received after a lead time loads where it starts. */
static void
add_load (const Context *self, const double *quantity, double per_unit, int lead, double *out)
{
  for (int t = 0; t < self->n; t++)
    {
      int at = t < self->cycle ? t : t + lead;

      if (at < self->n)
        out[t] += per_unit * or_zero (quantity[at]);
    }
}

static void
add_stock_load (const Context *product, KilterMeasure stock, double per_unit, double *out)
{
  add_load (product, get (product, stock), per_unit, 0, out);
}

/* Hours that a product's production, or what is bought of it, takes on the resource. */
static void
add_product_load (const Context *product, int resource, KilterMeasure wanted, double *out)
{
  int n_uses, n_others;
  const KilterUse *uses = kilter_plan_get_uses (product->plan, product->row, &n_uses);
  const KilterUse *others = kilter_plan_get_alternative_uses (product->plan, product->row,
                                                              &n_others);
  gboolean bought = kilter_plan_is_bought (product->plan, product->row);
  int lead = kilter_plan_get_lead (product->plan, product->row);
  double hours = 0, other_hours = 0;
  gboolean shared = !g_str_equal (get_kind (product->plan, resource), "machine");
  g_autofree double *quantity = g_new (double, product->n);

  for (int k = 0; k < n_uses; k++)
    if (uses[k].resource == resource)
      hours += uses[k].hours;
  for (int k = 0; k < n_others; k++)
    if (others[k].resource == resource)
      other_hours += others[k].hours;
  /* people, trucks and suppliers work for every line */
  if (shared && other_hours == 0)
    other_hours = hours;
  if (wanted == KILTER_DEMAND_LOAD)
    {
      kilter_plan_product_needs (product->plan, product->version, product->row, quantity);
      add_load (product, quantity, hours, 0, out);
      return;
    }
  if (wanted == KILTER_OVERTIME_HOURS)
    {
      add_load (product, get (product, KILTER_OVERTIME), hours, lead, out);
      return;
    }
  memcpy (quantity, get (product, KILTER_PRODUCTION), sizeof (double) * (gsize) product->n);
  for (int t = product->cycle; t < product->n; t++)
    quantity[t] = 0;
  add_own_production (
    product->plan, product->version, product->row,
    (const KilterMeasure[]) { bought ? KILTER_PURCHASE : KILTER_REGULAR, KILTER_OVERTIME }, 2,
    quantity);
  add_load (product, quantity, hours, lead, out);
  if (other_hours > 0)
    add_load (product, get (product, KILTER_ALTERNATIVE), other_hours, lead, out);
}

static void
compute_capital (const Context *self, KilterMeasure stock, double *out)
{
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_PRODUCT, record)
    {
      Context product = { self->plan, self->version, record->id, self->n, self->cycle };
      const double *quantity = get (&product, stock);
      const double *cost = get (&product, KILTER_COST);

      for (int t = 0; t < self->n; t++)
        if (!isnan (quantity[t]) && !isnan (cost[t]))
          out[t] += quantity[t] * cost[t];
    }
}

/* Adds the hours that each product's quantity takes on the resource. */
static void
compute_load (const Context *self, KilterMeasure wanted, double *out)
{
  const char *kind = get_kind (self->plan, self->row);
  gboolean store = g_str_equal (kind, "storage");
  gboolean capital = g_str_equal (kind, "capital");
  KilterMeasure stock = wanted == KILTER_DEMAND_LOAD ? KILTER_TARGET_STOCK : KILTER_STOCK;
  int n_products;
  const int *products = kilter_plan_get_resource_products (self->plan, self->row, &n_products);

  if ((store || capital) && wanted == KILTER_OVERTIME_HOURS)
    {
      memcpy (out, self->plan->missing, sizeof (double) * (gsize) self->n);
      return;
    }
  for (int t = 0; t < self->n; t++)
    out[t] = n_products > 0 || capital ? 0 : NAN;
  if (capital)
    {
      compute_capital (self, stock, out);
      return;
    }
  for (int i = 0; i < n_products; i++)
    {
      Context product = { self->plan, self->version, products[i], self->n, self->cycle };

      if (store)
        {
          int n_uses;
          const KilterUse *uses = kilter_plan_get_uses (self->plan, products[i], &n_uses);

          for (int k = 0; k < n_uses; k++)
            if (uses[k].resource == self->row)
              add_stock_load (&product, stock, uses[k].hours, out);
        }
      else
        add_product_load (&product, self->row, wanted, out);
    }
}

/**
 * kilter_formula_supply_row:
 * @out: (array): n_buckets numbers
 *
 * Computes a derived measure of one product or resource.
 *
 * Returns: %FALSE when @measure is not one of supply, stock and resources
 */
gboolean
kilter_formula_supply_row (const Context *context, KilterMeasure measure, double *out)
{
  switch ((int) measure)
    {
    case KILTER_SUPPLY:
      compute_supply (context, out);
      break;
    case KILTER_STOCK:
    case KILTER_UNMET:
    case KILTER_BACKLOG:
      compute_stock (context, measure, out);
      break;
    case KILTER_TARGET_STOCK:
      compute_target_stock (context, out);
      break;
    case KILTER_SAFETY_STOCK:
      kilter_stock_policy_safety (context->plan, context->version, context->row, out);
      break;
    case KILTER_NEEDED:
      compute_needed (context, out);
      break;
    case KILTER_SHIPMENTS:
      compute_shipments (context, out);
      break;
    case KILTER_BACKLOG_DAYS:
      kilter_formula_backlog_days (context->plan, get (context, KILTER_BACKLOG),
                                   get (context, KILTER_SUPPLY), out);
      break;
    case KILTER_AVAILABLE:
      compute_available (context, out);
      break;
    case KILTER_EXCESS:
      compute_excess (context, out);
      break;
    case KILTER_OBSOLETE:
      compute_obsolete (context, out);
      break;
    case KILTER_EXCESS_VALUE:
      multiply_own (context, KILTER_EXCESS, out);
      break;
    case KILTER_OBSOLETE_VALUE:
      multiply_own (context, KILTER_OBSOLETE, out);
      break;
    case KILTER_SHIFTS:
      compute_usual (context, KILTER_RESOURCE_SHIFTS, out);
      break;
    case KILTER_WORKDAYS:
      compute_usual (context, KILTER_RESOURCE_WORKDAYS, out);
      break;
    case KILTER_WORKERS:
      compute_workers (context, out);
      break;
    case KILTER_MIN_STOCK:
      compute_target (context, KILTER_POLICY_MIN_DAYS, "min-days", out);
      break;
    case KILTER_MAX_STOCK:
      compute_target (context, KILTER_POLICY_MAX_DAYS, "max-days", out);
      break;
    case KILTER_COVER:
      compute_cover (context, out);
      break;
    case KILTER_STOCK_VALUE:
      multiply_own (context, KILTER_STOCK, out);
      break;
    case KILTER_EXTRA_COST:
      compute_extra_cost (context, out);
      break;
    case KILTER_CAPACITY:
      compute_capacity (context, out);
      break;
    case KILTER_LOAD:
    case KILTER_OVERTIME_HOURS:
    case KILTER_DEMAND_LOAD:
      compute_load (context, measure, out);
      break;
    default:
      return FALSE;
    }
  return TRUE;
}
