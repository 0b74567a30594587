/* kilter-plan-pivot.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-pivot-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (KilterPlanPivot, kilter_plan_pivot, G_TYPE_OBJECT)

/* One group or product. */
typedef struct
{
  KilterScope scope;
  const char *label;
  const char *badge;
  char *key;
  double rank;
  int order;
} Item;

static void
clear_item (gpointer data)
{
  g_free (((Item *) data)->key);
}

/* --- what there is in a level --- */

static const char *
get_badge (const KilterPlan *plan, int product)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, product);
  const char *status = kilter_record_text (record, KILTER_PRODUCT_STATUS);

  if (g_str_equal (status, "new"))
    return C_ ("status of a product", "New");
  if (g_str_equal (status, "phase-out"))
    return C_ ("status of a product", "Ends");
  return NULL;
}

static void
add_item (GArray *items,
          const KilterScope *scope,
          const char *label,
          const char *outer,
          const char *kind,
          int id)
{
  Item item = { .scope = *scope, .label = label, .order = (int) items->len };

  item.key = g_strdup_printf ("%s%s/%d", outer, kind, id);
  g_array_append_val (items, item);
}

/* Whether a level still divides the scope: what is chosen already does not. */
static gboolean
is_chosen (const KilterScope *scope, KilterPivotLevel level)
{
  switch (level)
    {
    case KILTER_PIVOT_FAMILY:
      return scope->family != 0 || scope->product != 0;
    case KILTER_PIVOT_PRODUCT:
      return scope->product != 0;
    case KILTER_PIVOT_REGION:
      return scope->region != 0;
    case KILTER_PIVOT_CHANNEL:
      return scope->channel != 0;
    case KILTER_PIVOT_LINE:
      return scope->resource != 0;
    case KILTER_N_PIVOT_LEVELS:
    default:
      return TRUE;
    }
}

static void
add_records (GArray *items,
             const KilterPlan *plan,
             KilterTableId table,
             int field,
             const char *outer,
             const char *kind,
             const KilterScope *scope,
             gsize member)
{
  KILTER_FOREACH_RECORD (plan, table, record)
    {
      KilterScope part = *scope;
      g_autoptr (GArray) rows = NULL;

      if (table == KILTER_TABLE_FAMILY && scope->category != 0 &&
          kilter_record_ref (record, KILTER_FAMILY_CATEGORY) != scope->category)
        continue;
      *(int *) (gpointer) ((char *) &part + member) = record->id;
      /* what nothing is planned in has no row */
      rows = kilter_scope_get_rows (plan, &part, KILTER_GRAIN_SERIES);
      if (rows->len > 0)
        add_item (items, &part, kilter_record_text (record, field), outer, kind, record->id);
    }
}

static GArray *
list_items (const KilterPlan *plan,
            KilterPivotLevel level,
            const KilterScope *scope,
            const char *outer)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (Item));

  g_array_set_clear_func (items, clear_item);
  switch (level)
    {
    case KILTER_PIVOT_FAMILY:
      add_records (items, plan, KILTER_TABLE_FAMILY, KILTER_FAMILY_NAME, outer, "family", scope,
                   G_STRUCT_OFFSET (KilterScope, family));
      break;
    case KILTER_PIVOT_REGION:
      add_records (items, plan, KILTER_TABLE_REGION, KILTER_REGION_NAME, outer, "region", scope,
                   G_STRUCT_OFFSET (KilterScope, region));
      break;
    case KILTER_PIVOT_CHANNEL:
      add_records (items, plan, KILTER_TABLE_CHANNEL, KILTER_CHANNEL_NAME, outer, "channel", scope,
                   G_STRUCT_OFFSET (KilterScope, channel));
      break;
    case KILTER_PIVOT_LINE:
      add_records (items, plan, KILTER_TABLE_RESOURCE, KILTER_RESOURCE_NAME, outer, "line", scope,
                   G_STRUCT_OFFSET (KilterScope, resource));
      break;
    case KILTER_PIVOT_PRODUCT:
    case KILTER_N_PIVOT_LEVELS:
    default:
      {
        g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);

        for (guint i = 0; i < products->len; i++)
          {
            KilterScope part = *scope;

            part.product = g_array_index (products, int, i);
            add_item (items, &part, kilter_plan_get_product_name (plan, part.product), outer,
                      "product", part.product);
            g_array_index (items, Item, items->len - 1).badge = get_badge (plan, part.product);
          }
        break;
      }
    }
  return items;
}

/* --- sorting and filtering --- */

static double
read_value (KilterPlanPivot *self, const KilterScope *scope, int measure, KilterBucket bucket)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  int at = kilter_plan_find_bucket (plan, bucket);
  g_autofree double *values = NULL;

  if (at < 0)
    return NAN;
  values = g_new (double, kilter_plan_get_n_buckets (plan));
  kilter_plan_aggregate (plan, kilter_page_get_version (self->page), (KilterMeasure) measure, scope,
                         values);
  return values[at];
}

/* The numbers of the moment, kept until another order is asked for. */
static double
get_rank (KilterPlanPivot *self, const Item *item)
{
  double *known = g_hash_table_lookup (self->ranks, item->key);
  double value;

  if (known != NULL)
    return *known;
  value = read_value (self, &item->scope, self->state.sort_measure, self->state.sort_bucket);
  g_hash_table_insert (self->ranks, g_strdup (item->key), g_memdup2 (&value, sizeof value));
  return value;
}

static gboolean
passes_filter (KilterPlanPivot *self, const Item *item)
{
  gpointer known;
  double value;
  gboolean passes;

  if (self->state.filter_measure < 0)
    return TRUE;
  if (g_hash_table_lookup_extended (self->passes, item->key, NULL, &known))
    return GPOINTER_TO_INT (known);
  value = read_value (self, &item->scope, self->state.filter_measure, self->state.filter_bucket);
  passes = self->state.filter_below ? value <= self->state.filter_value
                                    : value >= self->state.filter_value;
  g_hash_table_insert (self->passes, g_strdup (item->key), GINT_TO_POINTER (passes));
  return passes;
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const Item *x = a, *y = b;
  gboolean down = *(gboolean *) data;

  /* what has no number stands last, whichever way */
  if (isnan (x->rank) || isnan (y->rank))
    return isnan (x->rank) && isnan (y->rank) ? x->order - y->order : isnan (x->rank) ? 1 : -1;
  if (x->rank != y->rank)
    return (x->rank < y->rank) == down ? 1 : -1;
  return x->order - y->order;
}

static void
sort_items (KilterPlanPivot *self, GArray *items)
{
  if (self->state.sort_measure < 0)
    return;
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      item->rank = get_rank (self, item);
    }
  g_array_sort_with_data (items, compare_items, &self->state.sort_down);
}

/* --- filling --- */

gboolean
kilter_plan_pivot_offers (KilterPlanPivot *self, const char *key)
{
  return self->keys == NULL || g_strv_contains (self->keys, key);
}

static int
find_default (KilterPlanPivot *self)
{
  for (guint i = 0; self->keys != NULL && i < kilter_pivot_get_n_kinds (); i++)
    if (g_str_equal (kilter_pivot_get_kind (i)->key, self->keys[0]))
      return (int) i;
  return 0;
}

static void
read_state (KilterPlanPivot *self)
{
  KilterSession *session = kilter_page_get_session (self->page);
  const KilterScope *scope = kilter_page_get_scope (self->page);
  const char *text = kilter_session_get_pivot (session);
  g_autofree char *wanted = g_strdup_printf (
    "%s %d %s %d %d %d %d %d %d", text, kilter_page_get_version (self->page),
    kilter_plan_get_uuid (kilter_page_get_plan (self->page)), scope->category, scope->family,
    scope->product, scope->region, scope->channel, scope->resource);

  if (g_set_str (&self->state_text, text))
    kilter_pivot_state_parse (&self->state, text,
                              kilter_plan_get_bucket_kind (kilter_page_get_plan (self->page)));
  /* what was chosen for another page may say nothing here */
  if (!kilter_plan_pivot_offers (self, kilter_pivot_get_kind ((guint) self->state.kind)->key) ||
      strstr (text, "group=") == NULL)
    self->state.kind = find_default (self);
  if (g_set_str (&self->ranked_for, wanted))
    {
      g_hash_table_remove_all (self->ranks);
      g_hash_table_remove_all (self->passes);
    }
}

static void
add_level (KilterPlanPivot *self,
           const KilterPivotKind *kind,
           int level,
           const KilterScope *scope,
           const char *outer,
           int depth,
           KilterPivotBlockFunc block,
           gpointer data)
{
  g_autoptr (GArray) items = NULL;
  gboolean is_group = level == 0 && !is_chosen (scope, kind->levels[1]);

  /* what is chosen already is no level of its own */
  if (is_chosen (scope, kind->levels[level]))
    {
      if (level == 0)
        add_level (self, kind, 1, scope, outer, depth, block, data);
      return;
    }
  items = list_items (kilter_page_get_plan (self->page), kind->levels[level], scope, outer);
  sort_items (self, items);
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      g_autofree char *below = NULL;
      KilterPlanRow row = {
        .label = item->label,
        .measure = (int) self->measure,
        .scope = item->scope,
        .kind = is_group ? KILTER_GRID_ROW_GROUP : KILTER_GRID_ROW_PRODUCT,
        .look = is_group ? KILTER_GRID_ROW_FLAG_BOLD : KILTER_GRID_ROW_FLAG_NONE,
        .flags = KILTER_PLAN_ROW_EXPANDABLE | self->row_flags,
        .depth = depth,
        .badge = item->badge,
        .key = item->key,
      };

      if (!passes_filter (self, item))
        {
          self->n_hidden++;
          continue;
        }
      kilter_plan_grid_add (self->grid, &row);
      if (!kilter_plan_grid_is_expanded (self->grid, item->key))
        continue;
      block (&item->scope, depth + 1, data);
      if (!is_group)
        continue;
      below = g_strdup_printf ("%s/", item->key);
      add_level (self, kind, 1, &item->scope, below, depth + 1, block, data);
    }
}

void
kilter_plan_pivot_fill (KilterPlanPivot *self,
                        const KilterScope *scope,
                        KilterPivotBlockFunc block,
                        gpointer data)
{
  g_return_if_fail (KILTER_IS_PLAN_PIVOT (self));

  read_state (self);
  self->n_hidden = 0;
  add_level (self, kilter_pivot_get_kind ((guint) self->state.kind), 0, scope, "", 0, block, data);
  kilter_plan_pivot_show_state (self);
}

int
kilter_plan_pivot_get_n_hidden (KilterPlanPivot *self)
{
  return self->n_hidden;
}

/* --- life --- */

static void
kilter_plan_pivot_finalize (GObject *object)
{
  KilterPlanPivot *self = KILTER_PLAN_PIVOT (object);

  if (self->button != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->button), (gpointer *) &self->button);
  if (self->chips != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->chips), (gpointer *) &self->chips);
  g_hash_table_unref (self->ranks);
  g_hash_table_unref (self->passes);
  g_free (self->state_text);
  g_free (self->ranked_for);
  G_OBJECT_CLASS (kilter_plan_pivot_parent_class)->finalize (object);
}

static void
kilter_plan_pivot_class_init (KilterPlanPivotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kilter_plan_pivot_finalize;
}

static void
kilter_plan_pivot_init (KilterPlanPivot *self)
{
  kilter_pivot_state_init (&self->state);
  self->row_flags = KILTER_PLAN_ROW_EDITABLE | KILTER_PLAN_ROW_FUTURE_ONLY;
  self->ranks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->passes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * kilter_plan_pivot_new:
 * @page: the page that owns grid and pivot
 * @measure: what the rows of groups and products show
 */
KilterPlanPivot *
kilter_plan_pivot_new (KilterPage *page, KilterPlanGrid *grid, KilterMeasure measure)
{
  KilterPlanPivot *self = g_object_new (KILTER_TYPE_PLAN_PIVOT, NULL);

  self->page = page;
  self->grid = grid;
  self->measure = measure;
  return self;
}

/**
 * kilter_plan_pivot_restrict:
 * @keys: (array zero-terminated=1): of the ways of grouping that the page offers, static; the first
 *   is the one it begins with
 * @flags: of the rows of groups and products, beside %KILTER_PLAN_ROW_EXPANDABLE
 */
void
kilter_plan_pivot_restrict (KilterPlanPivot *self,
                            const char *const *keys,
                            KilterPlanRowFlags flags)
{
  g_return_if_fail (KILTER_IS_PLAN_PIVOT (self));

  self->keys = keys;
  self->row_flags = flags;
}
