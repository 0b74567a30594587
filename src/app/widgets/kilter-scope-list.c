/* kilter-scope-list.c: the choices of the scope menus
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-scope-button.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/widgets/kilter-scope-list.h"

struct _KilterScopeItem
{
  GObject parent_instance;

  KilterScopeKind kind;
  KilterTableId table;
  int id;
  int depth;
  char *name;
  char *search; /* folded, with the names above it */
};

G_DEFINE_FINAL_TYPE (KilterScopeItem, kilter_scope_item, G_TYPE_OBJECT)

static void
kilter_scope_item_finalize (GObject *object)
{
  KilterScopeItem *self = KILTER_SCOPE_ITEM (object);

  g_free (self->name);
  g_free (self->search);
  G_OBJECT_CLASS (kilter_scope_item_parent_class)->finalize (object);
}

static void
kilter_scope_item_class_init (KilterScopeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kilter_scope_item_finalize;
}

static void
kilter_scope_item_init (KilterScopeItem *self)
{
}

static const char *const all_names[] = {
  N_ ("All Products"),
  N_ ("All Regions"),
  N_ ("All Channels"),
  N_ ("All Lines"),
};

static void
append (GListStore *list,
        KilterScopeKind kind,
        KilterTableId table,
        int id,
        int depth,
        const char *name,
        const char *context)
{
  g_autoptr (KilterScopeItem) item = g_object_new (KILTER_TYPE_SCOPE_ITEM, NULL);
  g_autofree char *text = g_strdup_printf ("%s %s", name, context != NULL ? context : "");

  item->kind = kind;
  item->table = table;
  item->id = id;
  item->depth = depth;
  item->name = g_strdup (name);
  item->search = g_utf8_casefold (text, -1);
  g_list_store_append (list, item);
}

static const char *
record_name (const KilterRecord *record)
{
  int field;

  switch ((int) record->table)
    {
    case KILTER_TABLE_PRODUCT:
      field = KILTER_PRODUCT_NAME;
      break;
    case KILTER_TABLE_RESOURCE:
      field = KILTER_RESOURCE_NAME;
      break;
    default:
      field = 0;
    }
  if (kilter_record_text (record, field) != NULL && *kilter_record_text (record, field) != '\0')
    return kilter_record_text (record, field);
  return kilter_record_text (record, 0) != NULL ? kilter_record_text (record, 0) : "";
}

/* --- products -----------------------------------------------------------------------------------
 */

static void
append_products (GListStore *list, const KilterPlan *plan, int family, int depth)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
    {
      int of = kilter_record_ref (product, KILTER_PRODUCT_FAMILY);

      if (of == family)
        append (list, KILTER_SCOPE_PRODUCT, KILTER_TABLE_PRODUCT, product->id, depth,
                record_name (product), kilter_record_text (product, KILTER_PRODUCT_CODE));
    }
}

static void
append_families (GListStore *list, const KilterPlan *plan, int category, int depth)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_FAMILY, family)
    {
      if (kilter_record_ref (family, KILTER_FAMILY_CATEGORY) != category)
        continue;
      append (list, KILTER_SCOPE_PRODUCT, KILTER_TABLE_FAMILY, family->id, depth,
              record_name (family), NULL);
      append_products (list, plan, family->id, depth + 1);
    }
}

/* Category, its families, their products; what has no family comes last. A single category says
 * nothing and is left out. */
static void
append_product_tree (GListStore *list, const KilterPlan *plan)
{
  int n = kilter_plan_count_records (plan, KILTER_TABLE_CATEGORY);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CATEGORY, category)
    {
      if (n > 1)
        append (list, KILTER_SCOPE_PRODUCT, KILTER_TABLE_CATEGORY, category->id, 0,
                record_name (category), NULL);
      append_families (list, plan, category->id, n > 1 ? 1 : 0);
    }
  append_families (list, plan, 0, 0);
  append_products (list, plan, 0, 0);
}

static void
append_table (GListStore *list, const KilterPlan *plan, KilterScopeKind kind, KilterTableId table)
{
  KILTER_FOREACH_RECORD (plan, table, record)
    append (list, kind, table, record->id, 0, record_name (record), NULL);
}

/* --- API ----------------------------------------------------------------------------------------
 */

GListModel *
kilter_scope_list_new (const KilterPlan *plan, KilterScopeKind kind)
{
  GListStore *list = g_list_store_new (KILTER_TYPE_SCOPE_ITEM);

  append (list, kind, KILTER_N_TABLES, 0, 0, _ (all_names[kind]), NULL);
  switch (kind)
    {
    case KILTER_SCOPE_REGION:
      append_table (list, plan, kind, KILTER_TABLE_REGION);
      break;
    case KILTER_SCOPE_CHANNEL:
      append_table (list, plan, kind, KILTER_TABLE_CHANNEL);
      break;
    case KILTER_SCOPE_RESOURCE:
      append_table (list, plan, kind, KILTER_TABLE_RESOURCE);
      break;
    case KILTER_SCOPE_PRODUCT:
    case KILTER_N_SCOPE_KINDS:
    default:
      append_product_tree (list, plan);
    }
  return G_LIST_MODEL (list);
}

const char *
kilter_scope_item_get_name (KilterScopeItem *self)
{
  g_return_val_if_fail (KILTER_IS_SCOPE_ITEM (self), NULL);
  return self->name;
}

char *
kilter_scope_item_dup_name (KilterScopeItem *self)
{
  return self != NULL ? g_strdup (self->name) : NULL;
}

int
kilter_scope_item_get_depth (KilterScopeItem *self)
{
  g_return_val_if_fail (KILTER_IS_SCOPE_ITEM (self), 0);
  return self->depth;
}

gboolean
kilter_scope_item_is_product (KilterScopeItem *self)
{
  g_return_val_if_fail (KILTER_IS_SCOPE_ITEM (self), FALSE);
  return self->table == KILTER_TABLE_PRODUCT;
}

gboolean
kilter_scope_item_matches (KilterScopeItem *self, const char *folded)
{
  g_return_val_if_fail (KILTER_IS_SCOPE_ITEM (self), FALSE);
  return folded == NULL || *folded == '\0' || strstr (self->search, folded) != NULL;
}

/**
 * kilter_scope_item_apply:
 * @scope: (inout): of which the part that this kind chooses is replaced
 */
void
kilter_scope_item_apply (KilterScopeItem *self, KilterScope *scope)
{
  g_return_if_fail (KILTER_IS_SCOPE_ITEM (self));

  switch (self->kind)
    {
    case KILTER_SCOPE_REGION:
      scope->region = self->id;
      break;
    case KILTER_SCOPE_CHANNEL:
      scope->channel = self->id;
      break;
    case KILTER_SCOPE_RESOURCE:
      scope->resource = self->id;
      break;
    case KILTER_SCOPE_PRODUCT:
    case KILTER_N_SCOPE_KINDS:
    default:
      scope->category = self->table == KILTER_TABLE_CATEGORY ? self->id : 0;
      scope->family = self->table == KILTER_TABLE_FAMILY ? self->id : 0;
      scope->product = self->table == KILTER_TABLE_PRODUCT ? self->id : 0;
    }
}

gboolean
kilter_scope_item_is_chosen (KilterScopeItem *self, const KilterScope *scope)
{
  KilterScope with = *scope;

  kilter_scope_item_apply (self, &with);
  return kilter_scope_equal (&with, scope);
}

guint
kilter_scope_list_find (GListModel *list, const KilterScope *scope)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (KilterScopeItem) item = g_list_model_get_item (list, i);

      if (kilter_scope_item_is_chosen (item, scope))
        return i;
    }
  return 0;
}

char *
kilter_scope_get_label (const KilterPlan *plan, const KilterScope *scope, KilterScopeKind kind)
{
  const KilterRecord *record = NULL;

  switch (kind)
    {
    case KILTER_SCOPE_REGION:
      record = kilter_plan_get_record (plan, KILTER_TABLE_REGION, scope->region);
      break;
    case KILTER_SCOPE_CHANNEL:
      record = kilter_plan_get_record (plan, KILTER_TABLE_CHANNEL, scope->channel);
      break;
    case KILTER_SCOPE_RESOURCE:
      record = kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, scope->resource);
      break;
    case KILTER_SCOPE_PRODUCT:
    case KILTER_N_SCOPE_KINDS:
    default:
      if (scope->product != 0)
        record = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, scope->product);
      else if (scope->family != 0)
        record = kilter_plan_get_record (plan, KILTER_TABLE_FAMILY, scope->family);
      else if (scope->category != 0)
        record = kilter_plan_get_record (plan, KILTER_TABLE_CATEGORY, scope->category);
    }
  return g_strdup (record != NULL ? record_name (record) : _ (all_names[kind]));
}
