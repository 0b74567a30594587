/* kilter-supply-variant.c: ways out that change demand: moving an event, offering a substitute
 *
 * The engine lifts policies of supply; what is asked of it is changed here. Each way is an edit of
 * the plan and a planning task of its own for the plan with that edit, so that it is really
 * re-planned, and applying it is one step: the edit with the supply plan that follows from it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-review.h"
#include "plan/supply/kilter-supply-task-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* each is a whole plan: a few are enough to choose from */
#define MOST_EVENTS 3
#define MOST_SUBSTITUTES 3
/* products × periods from which one plan takes too long to make several */
#define LARGE 24000

static const int shifts[] = { 1, 2, -1 };

void
kilter_supply_variant_free (gpointer data)
{
  KilterSupplyVariant *self = data;

  kilter_command_unref (self->edit);
  kilter_supply_task_free (self->task);
  g_free (self);
}

/* The task for the plan with the edit, which is in the plan only while this looks at it. */
static void
add_variant (KilterSupplyTask *self, KilterPlan *plan, KilterSupplyVariant *variant)
{
  kilter_plan_apply (plan, variant->edit);
  variant->task = kilter_supply_task_new (plan, self->version, NULL, NULL);
  kilter_plan_revert (plan, variant->edit);
  if (variant->task == NULL)
    kilter_supply_variant_free (variant);
  else
    g_ptr_array_add (self->variants, variant);
}

/* whether the fixes looked for are about the product */
static gboolean
is_concerned (const KilterSupplyTask *self, KilterPlan *plan, int product)
{
  if (self->fix_product > 0)
    return product == self->fix_product;
  if (self->fix_resource <= 0)
    return TRUE;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RATE, rate)
    if (kilter_record_ref (rate, KILTER_RATE_PRODUCT) == product &&
        kilter_record_ref (rate, KILTER_RATE_RESOURCE) == self->fix_resource)
      return TRUE;
  return FALSE;
}

/* --- moving an event --- */

static gboolean
may_move (const KilterSupplyTask *self, KilterPlan *plan, const KilterRecord *event)
{
  int first, last;

  if (!kilter_event_is_planned (event) || !kilter_event_get_span (plan, event, &first, &last) ||
      first < self->cycle)
    return FALSE;
  /* a launch or a price is not a matter of capacity */
  if (!g_str_equal (kilter_record_text (event, KILTER_EVENT_KIND), "promotion"))
    return FALSE;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    if (kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT) == event->id &&
        is_concerned (self, plan, kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT)))
      return TRUE;
  return FALSE;
}

static void
set_bucket (KilterCommand *command, KilterPlan *plan, int event, int field, int bucket)
{
  g_autofree char *text = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                   kilter_plan_get_bucket (plan, bucket));

  kilter_command_set_field_text (command, plan, KILTER_TABLE_EVENT, event, field, text);
}

static void
add_moves (KilterSupplyTask *self, KilterPlan *plan, int event)
{
  int first, last, n = self->cycle + self->n_horizon;

  kilter_event_get_span (plan, kilter_plan_get_record (plan, KILTER_TABLE_EVENT, event), &first,
                         &last);
  for (gsize i = 0; i < G_N_ELEMENTS (shifts); i++)
    {
      KilterSupplyVariant *variant;

      if (first + shifts[i] < self->cycle || last + shifts[i] >= n)
        continue;
      variant = g_new0 (KilterSupplyVariant, 1);
      variant->title = KILTER_SUPPLY_FIX_MOVE_EVENT;
      variant->event = event;
      variant->bucket = first + shifts[i];
      variant->expires = MIN (first, first + shifts[i]);
      variant->edit = kilter_command_new ("fix", _ ("Move an event"));
      set_bucket (variant->edit, plan, event, KILTER_EVENT_FIRST, first + shifts[i]);
      set_bucket (variant->edit, plan, event, KILTER_EVENT_LAST, last + shifts[i]);
      add_variant (self, plan, variant);
    }
}

/* --- offering a substitute --- */

/* the series of a product in the same market, or else its first one */
static int
find_series (KilterPlan *plan, int product, const KilterRecord *like)
{
  int n;
  const int *series = kilter_plan_get_product_series (plan, product, &n);

  for (int i = 0; i < n; i++)
    {
      const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series[i]);

      if (kilter_record_ref (record, KILTER_SERIES_REGION) ==
            kilter_record_ref (like, KILTER_SERIES_REGION) &&
          kilter_record_ref (record, KILTER_SERIES_CHANNEL) ==
            kilter_record_ref (like, KILTER_SERIES_CHANNEL))
        return series[i];
    }
  return n > 0 ? series[0] : 0;
}

static void
add_to_cell (GHashTable *rows, int series, int bucket, int n, double quantity)
{
  double *more = g_hash_table_lookup (rows, GINT_TO_POINTER (series));

  if (more == NULL)
    {
      more = g_new0 (double, n);
      g_hash_table_insert (rows, GINT_TO_POINTER (series), more);
    }
  more[bucket] += quantity;
}

static double
get_consensus (const KilterSupplyTask *self, KilterPlan *plan, int series, int bucket)
{
  double value = kilter_plan_get_value (plan, self->version, KILTER_CONSENSUS, series, bucket);

  return value > 0 ? value : 0;
}

/* What is unmet of a product, customer by customer, asked of the other one instead. */
static GHashTable *
share_out (const KilterSupplyTask *self,
           KilterPlan *plan,
           int product,
           int other,
           double *out_quantity)
{
  GHashTable *rows = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  int n_series, n = kilter_plan_get_n_buckets (plan);
  const int *series = kilter_plan_get_product_series (plan, product, &n_series);

  *out_quantity = 0;
  for (int t = self->cycle; t < self->cycle + self->n_horizon; t++)
    {
      double unmet = kilter_plan_get_value (plan, self->version, KILTER_UNMET, product, t);
      double total = 0;

      for (int i = 0; i < n_series; i++)
        total += get_consensus (self, plan, series[i], t);
      for (int i = 0; i < n_series && unmet > 1e-6 && total > 0; i++)
        {
          double moved = get_consensus (self, plan, series[i], t) * MIN (unmet / total, 1);
          int to = find_series (plan, other,
                                kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series[i]));

          if (moved <= 0 || to == 0)
            continue;
          add_to_cell (rows, series[i], t, n, -moved);
          add_to_cell (rows, to, t, n, moved);
          *out_quantity += moved;
        }
    }
  return rows;
}

static void
write_shares (const KilterSupplyTask *self,
              KilterPlan *plan,
              GHashTable *rows,
              KilterCommand *command)
{
  for (int id = 1; id <= kilter_plan_get_max_id (plan, KILTER_TABLE_SERIES); id++)
    {
      const double *more = g_hash_table_lookup (rows, GINT_TO_POINTER (id));

      for (int t = self->cycle; more != NULL && t < self->cycle + self->n_horizon; t++)
        if (more[t] != 0)
          kilter_command_set_value (command, plan, self->version, KILTER_CONSENSUS,
                                    KILTER_LAYER_INPUT, id, t,
                                    MAX (get_consensus (self, plan, id, t) + more[t], 0));
    }
}

static void
add_substitute (KilterSupplyTask *self, KilterPlan *plan, int product, int other)
{
  double quantity = 0;
  g_autoptr (GHashTable) rows = share_out (self, plan, product, other, &quantity);
  KilterSupplyVariant *variant;
  int first = self->cycle;

  if (quantity <= 0)
    return;
  while (first + 1 < self->cycle + self->n_horizon &&
         !(kilter_plan_get_value (plan, self->version, KILTER_UNMET, product, first) > 1e-6))
    first++;
  variant = g_new0 (KilterSupplyVariant, 1);
  variant->title = KILTER_SUPPLY_FIX_SUBSTITUTE;
  variant->product = product;
  variant->other = other;
  variant->quantity = quantity;
  variant->bucket = variant->expires = first;
  variant->edit = kilter_command_new ("fix", _ ("Offer a substitute"));
  write_shares (self, plan, rows, variant->edit);
  add_variant (self, plan, variant);
}

/* --- together --- */

/**
 * kilter_supply_task_change_demand:
 *
 * Lets the task look at ways out that change demand, too: promotions moved by a month or two, and
 * what is unmet now asked of the substitute that a product's policy names. Call it after
 * kilter_supply_task_want_fixes(). The plan is changed and changed back meanwhile. In a large plan
 * it does nothing.
 */
void
kilter_supply_task_change_demand (KilterSupplyTask *self, KilterPlan *plan)
{
  int n = 0;

  if (self->variants != NULL || (gsize) self->problem->n_items * self->problem->n_buckets > LARGE)
    return;
  self->variants = g_ptr_array_new_with_free_func (kilter_supply_variant_free);
  /* events are the same in every version */
  for (int id = 1;
       self->version == KILTER_BASELINE && id <= kilter_plan_get_max_id (plan, KILTER_TABLE_EVENT);
       id++)
    {
      const KilterRecord *event = kilter_plan_get_record (plan, KILTER_TABLE_EVENT, id);

      if (event == NULL || n >= MOST_EVENTS || !may_move (self, plan, event))
        continue;
      add_moves (self, plan, id);
      n++;
    }
  n = 0;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_POLICY, policy)
    {
      int product = kilter_record_ref (policy, KILTER_POLICY_PRODUCT);
      int other = kilter_record_ref (policy, KILTER_POLICY_SUBSTITUTE);

      if (n >= MOST_SUBSTITUTES || product == 0 || other == 0 || other == product ||
          !is_concerned (self, plan, product))
        continue;
      add_substitute (self, plan, product, other);
      n++;
    }
}

gboolean
kilter_supply_variants_run (KilterSupplyTask *self, KilterJob *job, GError **error)
{
  for (guint i = 0; self->variants != NULL && i < self->variants->len; i++)
    {
      const KilterSupplyVariant *variant = g_ptr_array_index (self->variants, i);

      if (!kilter_supply_task_run (variant->task, job, error))
        return FALSE;
    }
  return TRUE;
}

/* units lost, late or unmet of the products concerned and, with a substitute, of that one */
static double
short_units (const KilterSupplyTask *self,
             const KilterSupplyVariant *variant,
             const KilterSupplyTask *of,
             const gboolean *concerned)
{
  const KilterSupplyPlan *plan = of->result;
  double sum = 0;

  for (guint item = 0; item < self->products->len; item++)
    {
      int product = g_array_index (self->products, int, item);
      int i = kilter_supply_task_find_index (of->products, product);

      for (guint t = 0; t < plan->n_buckets && i >= 0; t++)
        {
          gsize c = (gsize) i * plan->n_buckets + t;
          double waiting = plan->lost[c] + plan->late[c];

          if (concerned[item] || product == variant->other)
            sum += t + 1 == plan->n_buckets ? MAX (plan->unmet[c], waiting) : waiting;
        }
    }
  return sum < 1e-6 ? 0 : sum;
}

/* an event is offered where it helps most */
static gboolean
is_best_of_event (const KilterSupplyTask *self, const KilterSupplyVariant *variant)
{
  gboolean before = TRUE;

  for (guint i = 0; variant->event != 0 && i < self->variants->len; i++)
    {
      const KilterSupplyVariant *other = g_ptr_array_index (self->variants, i);

      if (other == variant)
        before = FALSE;
      else if (other->event == variant->event &&
               (other->task->result->objective < variant->task->result->objective ||
                (before && other->task->result->objective == variant->task->result->objective)))
        return FALSE;
    }
  return TRUE;
}

/*
 * kilter_supply_variant_tell:
 * @concerned: (array): by item
 * @fix: is filled
 *
 * Returns: whether it is a way out: less is unmet, and all in all it costs less
 */
gboolean
kilter_supply_variant_tell (KilterSupplyTask *self,
                            KilterPlan *plan,
                            const KilterSupplyVariant *variant,
                            const gboolean *concerned,
                            KilterFix *fix)
{
  g_autoptr (KilterCommand) follows = NULL;
  double before = self->result->objective;

  if (!is_best_of_event (self, variant))
    return FALSE;
  fix->title = variant->title;
  fix->event = variant->event;
  fix->product = variant->product;
  fix->other_product = variant->other;
  fix->moved_quantity = variant->quantity;
  fix->moved_to = variant->bucket;
  fix->expires = variant->expires;
  fix->unmet_before = short_units (self, variant, self, concerned);
  fix->unmet_after = short_units (self, variant, variant->task, concerned);
  fix->total_cost = variant->task->result->objective;
  if (fix->unmet_after >= fix->unmet_before * (1 - 1e-6) ||
      fix->total_cost >= before - 1e-6 * (1 + fabs (before)))
    return FALSE;
  fix->condition = fix->unmet_after > 0 ? KILTER_SUPPLY_CONDITION_STILL_UNMET
                                        : KILTER_SUPPLY_CONDITION_NONE;
  fix->condition_value = fix->unmet_after;
  fix->condition_bucket = variant->expires;
  fix->command = kilter_command_copy (variant->edit, kilter_command_get_n_ranges (variant->edit),
                                      kilter_command_get_n_records (variant->edit));
  kilter_plan_apply (plan, fix->command);
  follows = kilter_supply_task_finish (variant->task, plan);
  kilter_plan_revert (plan, fix->command);
  kilter_command_join (fix->command, follows);
  return TRUE;
}
