/* kilter-entity.c: codes in a file to records of the plan, or records to be made
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-private.h"

#include <string.h>

struct _KilterEntityFinder
{
  const KilterPlan *plan;
  KilterEntityKind kind;
  KilterTableId table;
  const KilterImportOptions *options;
  gboolean create;
  GPtrArray *entities;     /* (unowned) KilterEntity */
  GHashTable *by_key;      /* key → index + 1 */
  GHashTable *by_name;     /* (nullable) product names that are unique → id, −1 otherwise */
  GHashTable *by_skeleton; /* skeleton → key, of the plan and of what is to be made */
  GHashTable *found;       /* text as in the file → KilterFound */
  const char *last_text;   /* the row before mostly names the same */
  const KilterFound *last;
};

static const KilterTableId entity_tables[KILTER_N_ENTITIES] = {
  [KILTER_ENTITY_PRODUCT] = KILTER_TABLE_PRODUCT,
  [KILTER_ENTITY_REGION] = KILTER_TABLE_REGION,
  [KILTER_ENTITY_CHANNEL] = KILTER_TABLE_CHANNEL,
  [KILTER_ENTITY_RESOURCE] = KILTER_TABLE_RESOURCE,
};

KilterTableId
kilter_entity_kind_get_table (KilterEntityKind kind)
{
  return entity_tables[kind];
}

static void
free_found (gpointer data)
{
  KilterFound *found = data;

  g_free (found->text);
  g_free (found->nearest);
  g_free (found);
}

static void
free_entity (gpointer data)
{
  KilterEntity *entity = data;

  g_free (entity->key);
  g_free (entity->name);
  g_free (entity->family);
  g_free (entity->category);
  g_free (entity);
}

/**
 * kilter_entity_finder_new:
 * @entities: filled with what is found; made free by its owner
 *
 * Unknown codes become records to be made when the options say so, or when the plan has none yet.
 */
KilterEntityFinder *
kilter_entity_finder_new (const KilterPlan *plan,
                          KilterEntityKind kind,
                          const KilterImportOptions *options,
                          GPtrArray *entities)
{
  KilterEntityFinder *self = g_new0 (KilterEntityFinder, 1);

  self->plan = plan;
  self->kind = kind;
  self->table = entity_tables[kind];
  self->options = options;
  self->create = options->create == KILTER_CREATE_YES ||
                 (options->create == KILTER_CREATE_AUTO &&
                  kilter_plan_count_records (plan, self->table) == 0);
  self->entities = entities;
  g_ptr_array_set_free_func (entities, free_entity);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_skeleton = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_found);
  KILTER_FOREACH_RECORD (plan, self->table, record)
    {
      const char *key = kilter_plan_get_key (plan, self->table, record->id);

      g_hash_table_insert (self->by_skeleton, kilter_text_skeleton (key), g_strdup (key));
    }
  return self;
}

void
kilter_entity_finder_free (KilterEntityFinder *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->by_skeleton);
  g_hash_table_unref (self->found);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_free (self);
}

gboolean
kilter_is_total_word (const char *text)
{
  static const char *const totals[] = {
    "total",          "grand total", "sum",  "subtotal",  "sub total",
    "overall result", "result",      "tổng", "tổng cộng", "cộng",
    "tổng số",        "合计",        "总计", "小计",      "共计",
  };
  g_autofree char *folded = g_utf8_casefold (text, -1);
  gsize length = strlen (folded);

  /* "Total:" too */
  if (length > 1 && folded[length - 1] == ':')
    folded[length - 1] = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (totals); i++)
    if (g_str_equal (folded, totals[i]))
      return TRUE;
  return FALSE;
}

/**
 * kilter_find_nearest:
 *
 * Returns: (transfer full) (nullable): the key of the record that @text is most like: the same
 *   but for case, blanks and letters that look alike, or one or two letters away
 */
char *
kilter_find_nearest (const KilterPlan *plan, KilterTableId table, const char *text)
{
  guint limit = g_utf8_strlen (text, -1) <= 3 ? 1 : 2;
  guint best_distance = limit + 1;
  const char *best = NULL;

  KILTER_FOREACH_RECORD (plan, table, record)
    {
      const char *key = kilter_plan_get_key (plan, table, record->id);
      guint distance = kilter_text_distance (text, key, limit);

      if (distance < best_distance)
        {
          best_distance = distance;
          best = key;
        }
    }
  return g_strdup (best);
}

static int
add_entity (KilterEntityFinder *self, const char *key, int id)
{
  KilterEntity *entity = g_new0 (KilterEntity, 1);

  entity->key = g_strdup (key);
  entity->id = id;
  g_ptr_array_add (self->entities, entity);
  g_hash_table_insert (self->by_key, entity->key, GUINT_TO_POINTER (self->entities->len));
  return (int) self->entities->len - 1;
}

/**
 * kilter_entity_ensure:
 *
 * Returns: the index of the record with this key, or of one to be made
 */
int
kilter_entity_ensure (KilterEntityFinder *self, const char *key)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, key));
  const KilterRecord *record;

  if (index != 0)
    return (int) index - 1;
  record = kilter_plan_find_record (self->plan, self->table, key);
  return add_entity (self, key, record != NULL ? record->id : 0);
}

/* A product by its name, when no other has the same. */
static int
find_by_name (KilterEntityFinder *self, const char *text)
{
  if (self->kind != KILTER_ENTITY_PRODUCT && self->kind != KILTER_ENTITY_RESOURCE)
    return 0;
  if (self->by_name == NULL)
    {
      int field = self->kind == KILTER_ENTITY_PRODUCT ? KILTER_PRODUCT_NAME : KILTER_RESOURCE_NAME;

      self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
      KILTER_FOREACH_RECORD (self->plan, self->table, record)
        {
          const char *name = kilter_record_text (record, field);

          if (*name != '\0')
            g_hash_table_insert (
              self->by_name, (gpointer) name,
              GINT_TO_POINTER (g_hash_table_contains (self->by_name, name) ? -1 : record->id));
        }
    }
  return GPOINTER_TO_INT (g_hash_table_lookup (self->by_name, text));
}

static gboolean
has_control (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

static void
find (KilterEntityFinder *self, KilterFound *found)
{
  const char *alias = g_hash_table_lookup (self->options->aliases, found->text);
  const char *key = found->text;
  g_autofree char *skeleton = NULL;
  const char *like;
  int by_name;

  if (*key == '\0')
    {
      found->status = KILTER_FIND_EMPTY;
      return;
    }
  if (alias != NULL && *alias == '\0')
    {
      found->status = KILTER_FIND_LEFT_OUT;
      return;
    }
  if (alias != NULL)
    {
      found->aliased = TRUE;
      found->nearest = g_strdup (alias);
      key = alias;
    }
  if (g_hash_table_contains (self->by_key, key) ||
      kilter_plan_find_record (self->plan, self->table, key) != NULL)
    {
      found->status = KILTER_FIND_OK;
      found->index = kilter_entity_ensure (self, key);
      return;
    }
  if (has_control (key))
    {
      found->status = KILTER_FIND_CONTROL;
      return;
    }
  if (kilter_is_total_word (key))
    {
      found->status = KILTER_FIND_TOTAL;
      return;
    }
  by_name = find_by_name (self, key);
  if (by_name > 0)
    {
      found->status = KILTER_FIND_OK;
      found->index = kilter_entity_ensure (self,
                                           kilter_plan_get_key (self->plan, self->table, by_name));
      return;
    }

  skeleton = kilter_text_skeleton (key);
  like = g_hash_table_lookup (self->by_skeleton, skeleton);
  if (!self->create)
    {
      found->status = KILTER_FIND_UNKNOWN;
      if (found->nearest == NULL)
        found->nearest = like != NULL ? g_strdup (like)
                                      : kilter_find_nearest (self->plan, self->table, key);
      return;
    }
  found->status = KILTER_FIND_OK;
  found->index = kilter_entity_ensure (self, key);
  if (like != NULL && !g_str_equal (like, key) && !found->aliased)
    {
      found->lookalike = TRUE;
      found->nearest = g_strdup (like);
    }
  else if (like == NULL)
    g_hash_table_insert (self->by_skeleton, g_steal_pointer (&skeleton), g_strdup (key));
}

/* "[P-100] Mango Bar", as some programs show a product: the code is what stands in brackets. */
static void
take_bracketed (KilterEntityFinder *self, KilterFound *found)
{
  const char *end = *found->text == '[' ? strstr (found->text, "] ") : NULL;
  char *code;

  if (end == NULL || end == found->text + 1 ||
      kilter_plan_find_record (self->plan, self->table, found->text) != NULL)
    return;
  code = g_strndup (found->text + 1, (gsize) (end - found->text - 1));
  g_free (found->text);
  found->text = code;
  found->bracketed = TRUE;
}

/**
 * kilter_entity_find:
 * @text: as it stands in the file
 *
 * Returns: (transfer none): what it means; the same answer for the same text
 */
const KilterFound *
kilter_entity_find (KilterEntityFinder *self, const char *text)
{
  KilterFound *found;

  if (self->last_text != NULL && strcmp (self->last_text, text) == 0)
    return self->last;
  found = g_hash_table_lookup (self->found, text);
  if (found == NULL)
    {
      found = g_new0 (KilterFound, 1);
      found->text = kilter_text_trim (text);
      found->trimmed = strcmp (found->text, text) != 0;
      if (self->kind == KILTER_ENTITY_PRODUCT)
        take_bracketed (self, found);
      found->index = -1;
      find (self, found);
      g_hash_table_insert (self->found, g_strdup (text), found);
    }
  self->last_text = text;
  self->last = found;
  return found;
}
