/* kilter-import-options.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-private.h"

#include "exchange/guess/kilter-system.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * kilter_import_options_new:
 *
 * Returns: (transfer full): everything is detected, nothing is accepted unasked
 */
KilterImportOptions *
kilter_import_options_new (void)
{
  KilterImportOptions *self = g_new0 (KilterImportOptions, 1);

  self->kind = KILTER_IMPORT_AUTO;
  self->header_row = -1;
  self->negatives = -1;
  self->returns = -1;
  self->mapping = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

static void
copy_table (GHashTable *to, GHashTable *from)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (to, g_strdup (key), g_strdup (value));
}

KilterImportOptions *
kilter_import_options_copy (const KilterImportOptions *self)
{
  KilterImportOptions *copy = kilter_import_options_new ();
  GHashTable *mapping = copy->mapping, *aliases = copy->aliases;

  *copy = *self;
  copy->sheet = g_strdup (self->sheet);
  copy->system = g_strdup (self->system);
  copy->encoding = g_strdup (self->encoding);
  copy->mapping = mapping;
  copy->aliases = aliases;
  copy_table (mapping, self->mapping);
  copy_table (aliases, self->aliases);
  return copy;
}

void
kilter_import_options_free (KilterImportOptions *self)
{
  if (self == NULL)
    return;
  g_free (self->sheet);
  g_free (self->system);
  g_free (self->encoding);
  g_hash_table_unref (self->mapping);
  g_hash_table_unref (self->aliases);
  g_free (self);
}

static gboolean
parse_separator (const char *value, char *out)
{
  static const struct
  {
    const char *name;
    char separator;
  } names[] = {
    { "auto", 0 },   { "comma", ',' }, { "semicolon", ';' }, { "tab", '\t' },
    { "\\t", '\t' }, { "bar", '|' },   { "pipe", '|' },      { "space", ' ' },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (value, names[i].name))
      {
        *out = names[i].separator;
        return TRUE;
      }
  if (strlen (value) != 1 || g_ascii_isalnum (*value) || *value == '"' || *value == '\n' ||
      *value == '\r')
    return FALSE;
  *out = *value;
  return TRUE;
}

static gboolean
parse_word (const char *value, const char *const *wanted, int *out)
{
  for (int i = 0; wanted[i] != NULL; i++)
    if (g_str_equal (value, wanted[i]))
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

/* "Qty (cs)=quantity" */
static gboolean
parse_pair (const char *value, GHashTable *table)
{
  const char *sign = strrchr (value, '=');

  if (sign == NULL || sign == value)
    return FALSE;
  g_hash_table_insert (table, g_strndup (value, (gsize) (sign - value)), g_strdup (sign + 1));
  return TRUE;
}

static gboolean
set_option (KilterImportOptions *self, const char *key, const char *value)
{
  static const char *const layouts[] = { "auto", "long", "across", NULL };
  static const char *const duplicates[] = { "ask", "sum", "last", "stop", NULL };
  static const char *const creates[] = { "auto", "yes", "no", NULL };
  static const char *const negatives[] = { "skip", "negative", NULL };
  static const char *const returns[] = { "skip", "subtract", NULL };
  int word = 0;

  if (g_str_equal (key, "as"))
    return kilter_import_kind_from_string (value, &self->kind);
  if (g_str_equal (key, "sheet"))
    {
      g_set_str (&self->sheet, g_str_equal (value, "auto") || *value == '\0' ? NULL : value);
      return TRUE;
    }
  if (g_str_equal (key, "system"))
    {
      if (!g_str_equal (value, "auto") && !g_str_equal (value, "none") &&
          kilter_system_find (value) == NULL)
        return FALSE;
      g_set_str (&self->system, g_str_equal (value, "auto") ? NULL : value);
      return TRUE;
    }
  if (g_str_equal (key, "encoding"))
    {
      GIConv iconv;

      if (g_str_equal (value, "auto"))
        {
          g_clear_pointer (&self->encoding, g_free);
          return TRUE;
        }
      iconv = g_iconv_open ("UTF-8", value);
      if (iconv == (GIConv) -1)
        return FALSE;
      g_iconv_close (iconv);
      g_set_str (&self->encoding, value);
      return TRUE;
    }
  if (g_str_equal (key, "separator"))
    return parse_separator (value, &self->separator);
  if (g_str_equal (key, "decimal"))
    {
      if (g_str_equal (value, "auto"))
        self->decimal = 0;
      else if (g_str_equal (value, ".") || g_str_equal (value, "point"))
        self->decimal = '.';
      else if (g_str_equal (value, ",") || g_str_equal (value, "comma"))
        self->decimal = ',';
      else
        return FALSE;
      return TRUE;
    }
  if (g_str_equal (key, "date-order"))
    return kilter_date_format_from_string (value, &self->date_format);
  if (g_str_equal (key, "layout") && parse_word (value, layouts, &word))
    {
      self->layout = word;
      return TRUE;
    }
  if (g_str_equal (key, "duplicates") && parse_word (value, duplicates, &word))
    {
      self->duplicates = word;
      return TRUE;
    }
  if (g_str_equal (key, "create") && parse_word (value, creates, &word))
    {
      self->create = word;
      return TRUE;
    }
  if (g_str_equal (key, "negatives") && parse_word (value, negatives, &word))
    {
      self->negatives = word;
      return TRUE;
    }
  if (g_str_equal (key, "returns") && parse_word (value, returns, &word))
    {
      self->returns = word;
      return TRUE;
    }
  if (g_str_equal (key, "header"))
    {
      guint64 row;

      if (g_str_equal (value, "auto"))
        self->header_row = -1;
      else if (g_str_equal (value, "none"))
        self->header_row = 0;
      else if (g_ascii_string_to_unsigned (value, 10, 1, 1000000, &row, NULL))
        self->header_row = (int) row;
      else
        return FALSE;
      return TRUE;
    }
  if (g_str_equal (key, "column"))
    return parse_pair (value, self->mapping);
  if (g_str_equal (key, "code"))
    return parse_pair (value, self->aliases);
  return FALSE;
}

/**
 * kilter_import_options_set:
 * @key: "as", "sheet", "system", "encoding", "separator", "decimal", "date-order", "layout",
 * "duplicates", "create", "negatives", "returns", "header", "column" (heading=key) or "code" (in
 * the file=in the plan)
 * @value: as on the command line; "auto" where it can be detected
 *
 * Returns: %FALSE with %KILTER_EXCHANGE_ERROR_OPTION when there is no such option or value
 */
gboolean
kilter_import_options_set (KilterImportOptions *self,
                           const char *key,
                           const char *value,
                           GError **error)
{
  g_return_val_if_fail (self != NULL && key != NULL && value != NULL, FALSE);

  if (set_option (self, key, value))
    return TRUE;
  g_set_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_OPTION,
               _ ("“%s” is not possible for the option “%s”"), value, key);
  return FALSE;
}

/* --- and back --- */

static void
add_pair (GPtrArray *pairs, const char *key, char *value)
{
  g_ptr_array_add (pairs, g_strdup (key));
  g_ptr_array_add (pairs, value);
}

static int
compare_texts (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* By rising key: a hash table has no order of its own. */
static void
add_table (GPtrArray *pairs, const char *key, GHashTable *table)
{
  guint n;
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (table, &n);

  g_sort_array (keys, n, sizeof *keys, compare_texts, NULL);
  for (guint i = 0; i < n; i++)
    add_pair (
      pairs, key,
      g_strdup_printf ("%s=%s", (char *) keys[i], (char *) g_hash_table_lookup (table, keys[i])));
}

/**
 * kilter_import_options_get_all:
 *
 * Returns: (transfer full) (element-type utf8): key and value in turn, as
 *   kilter_import_options_set() takes them, of all that is not left open
 */
GPtrArray *
kilter_import_options_get_all (const KilterImportOptions *self)
{
  GPtrArray *pairs = g_ptr_array_new_with_free_func (g_free);
  static const char *const layouts[] = { NULL, "long", "across" };
  static const char *const duplicates[] = { NULL, "sum", "last", "stop" };
  static const char *const creates[] = { NULL, "yes", "no" };

  if (self->kind != KILTER_IMPORT_AUTO)
    add_pair (pairs, "as", g_strdup (kilter_import_kind_to_string (self->kind)));
  if (self->sheet != NULL)
    add_pair (pairs, "sheet", g_strdup (self->sheet));
  if (self->system != NULL)
    add_pair (pairs, "system", g_strdup (self->system));
  if (self->encoding != NULL)
    add_pair (pairs, "encoding", g_strdup (self->encoding));
  if (self->separator != 0)
    add_pair (pairs, "separator",
              self->separator == '\t'  ? g_strdup ("tab")
              : self->separator == ' ' ? g_strdup ("space")
                                       : g_strdup_printf ("%c", self->separator));
  if (self->decimal != 0)
    add_pair (pairs, "decimal", g_strdup (self->decimal == ',' ? "comma" : "point"));
  if (self->date_format != KILTER_DATE_AUTO)
    add_pair (pairs, "date-order", g_strdup (kilter_date_format_to_string (self->date_format)));
  if (layouts[self->layout] != NULL)
    add_pair (pairs, "layout", g_strdup (layouts[self->layout]));
  if (self->header_row >= 0)
    add_pair (pairs, "header",
              self->header_row == 0 ? g_strdup ("none") : g_strdup_printf ("%d", self->header_row));
  if (duplicates[self->duplicates] != NULL)
    add_pair (pairs, "duplicates", g_strdup (duplicates[self->duplicates]));
  if (creates[self->create] != NULL)
    add_pair (pairs, "create", g_strdup (creates[self->create]));
  if (self->negatives >= 0)
    add_pair (pairs, "negatives", g_strdup (self->negatives == 0 ? "skip" : "negative"));
  if (self->returns >= 0)
    add_pair (pairs, "returns", g_strdup (self->returns == 0 ? "skip" : "subtract"));
  add_table (pairs, "column", self->mapping);
  add_table (pairs, "code", self->aliases);
  return pairs;
}
