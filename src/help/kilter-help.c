/* kilter-help.c: pages of the guide, read into blocks
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "help/kilter-help.h"

#include <string.h>

struct _KilterHelpPage
{
  char *language;
  char *plain; /* folded for the search */
  GPtrArray *blocks;
};

/* in the order of the contents; those of the views carry the names of the views */
static const char *const names[] = {
  "index",  "beginners", "overview",  "forecast",     "demand", "supply", "balance",
  "decide", "monitor",   "scenarios", "structure",    "risks",  "packs",  "grid",
  "import", "metrics",   "file",      "command-line", NULL,
};

static const char *const languages[] = { "en", "vi", "zh_CN", NULL };

/* --- one line -----------------------------------------------------------------------------------
 */

/* The text up to the mark, and what is behind it; NULL when the mark does not come. */
static const char *
take_until (const char *text, const char *mark, char **out_inner)
{
  const char *end = strstr (text, mark);

  if (end == NULL)
    return NULL;
  *out_inner = g_strndup (text, (gsize) (end - text));
  return end + strlen (mark);
}

static void
append_escaped (GString *out, const char *text, gssize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, length);

  g_string_append (out, escaped);
}

static const char *
append_link (GString *out, const char *text)
{
  g_autofree char *words = NULL, *target = NULL;
  const char *rest = take_until (text + 1, "](", &words);

  if (rest == NULL || strchr (words, '[') != NULL)
    return NULL;
  rest = take_until (rest, ")", &target);
  if (rest == NULL)
    return NULL;
  g_string_append (out, "<a href=\"");
  append_escaped (out, target, -1);
  g_string_append (out, "\">");
  append_escaped (out, words, -1);
  g_string_append (out, "</a>");
  return rest;
}

/* What stands between two marks, in a tag. */
static const char *
append_span (GString *out, const char *text, const char *mark, const char *tag)
{
  g_autofree char *inner = NULL;
  const char *rest = take_until (text + strlen (mark), mark, &inner);

  if (rest == NULL || *inner == '\0')
    return NULL;
  g_string_append_printf (out, "<%s>", tag);
  append_escaped (out, inner, -1);
  g_string_append_printf (out, "</%s>", tag);
  return rest;
}

static char *
line_to_markup (const char *line)
{
  g_autoptr (GString) out = g_string_new (NULL);

  while (*line != '\0')
    {
      const char *rest = NULL;
      gsize n;

      if (*line == '[')
        rest = append_link (out, line);
      else if (*line == '`')
        rest = append_span (out, line, "`", "tt");
      else if (g_str_has_prefix (line, "**"))
        rest = append_span (out, line, "**", "b");
      if (rest != NULL)
        {
          line = rest;
          continue;
        }
      n = 1 + strcspn (line + 1, "[`*");
      append_escaped (out, line, (gssize) n);
      line += n;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* --- blocks -------------------------------------------------------------------------------------
 */

static void
free_block (gpointer data)
{
  KilterHelpBlock *block = data;

  g_free (block->markup);
  g_free (block->anchor);
  g_free (block->name);
  g_strfreev (block->cells);
  g_free (block);
}

static KilterHelpBlock *
add_block (KilterHelpPage *self, KilterHelpKind kind, guint level, const char *text)
{
  KilterHelpBlock *block = g_new0 (KilterHelpBlock, 1);

  block->kind = kind;
  block->level = level;
  block->markup = text != NULL ? line_to_markup (text) : NULL;
  g_ptr_array_add (self->blocks, block);
  return block;
}

static void
add_heading (KilterHelpPage *self, const char *line, guint *n_headings)
{
  guint level = g_str_has_prefix (line, "## ") ? 2 : 1;
  KilterHelpBlock *block = add_block (self, KILTER_HELP_HEADING, level, line + level + 1);

  block->anchor = level == 1 ? g_strdup ("top") : g_strdup_printf ("heading-%u", ++*n_headings);
}

static KilterHelpBlock *
last_block (KilterHelpPage *self, KilterHelpKind kind)
{
  KilterHelpBlock *block = self->blocks->len > 0
                             ? g_ptr_array_index (self->blocks, self->blocks->len - 1)
                             : NULL;

  return block != NULL && block->kind == kind ? block : NULL;
}

/* "| a | b |": a row of the table above, or of a new one; "|---|---|" only ends the heading. */
static void
add_table_row (KilterHelpPage *self, const char *line, gboolean continues)
{
  gsize length = strlen (line + 1);
  g_autofree char *inner = g_strndup (line + 1,
                                      length > 0 && line[length] == '|' ? length - 1 : length);
  g_auto (GStrv) parts = g_strsplit (inner, "|", -1);
  guint n = g_strv_length (parts), filled;
  KilterHelpBlock *block = continues ? last_block (self, KILTER_HELP_TABLE) : NULL;

  if (strspn (line, "|-: ") == strlen (line))
    return;
  if (block == NULL)
    {
      block = add_block (self, KILTER_HELP_TABLE, 0, NULL);
      block->n_columns = MAX (n, 1);
      block->cells = g_new0 (char *, 1);
    }
  filled = g_strv_length (block->cells);
  block->cells = g_renew (char *, block->cells, filled + block->n_columns + 1);
  for (guint i = 0; i < block->n_columns; i++)
    block->cells[filled + i] = line_to_markup (i < n ? g_strstrip (parts[i]) : "");
  block->cells[filled + block->n_columns] = NULL;
}

static void
append_markup (KilterHelpBlock *block, const char *between, char *markup)
{
  char *joined = g_strconcat (block->markup, between, markup, NULL);

  g_free (markup);
  g_free (block->markup);
  block->markup = joined;
}

static gboolean
add_picture (KilterHelpPage *self, const char *line)
{
  g_autofree char *words = NULL, *target = NULL;
  const char *rest = take_until (line + 2, "](", &words);

  if (rest == NULL || take_until (rest, ")", &target) == NULL)
    return FALSE;
  add_block (self, KILTER_HELP_PICTURE, 0, words)->name = g_path_get_basename (target);
  return TRUE;
}

/* A line that goes on with the paragraph or list entry above. */
static gboolean
continue_block (KilterHelpPage *self, const char *line)
{
  KilterHelpBlock *block = self->blocks->len > 0
                             ? g_ptr_array_index (self->blocks, self->blocks->len - 1)
                             : NULL;

  if (block == NULL || (block->kind != KILTER_HELP_PARAGRAPH && block->kind != KILTER_HELP_BULLET &&
                        block->kind != KILTER_HELP_NUMBER))
    return FALSE;
  append_markup (block, " ", line_to_markup (line));
  return TRUE;
}

static void
add_code (KilterHelpPage *self, const char *line, gboolean continues)
{
  KilterHelpBlock *block = continues ? last_block (self, KILTER_HELP_CODE) : NULL;

  if (block == NULL)
    add_block (self, KILTER_HELP_CODE, 0, NULL)->markup = g_markup_escape_text (line, -1);
  else
    append_markup (block, "\n", g_markup_escape_text (line, -1));
}

static void
add_line (KilterHelpPage *self, const char *line, gboolean continues, guint *n_headings)
{
  gsize digits = strspn (line, "0123456789");

  if (g_str_has_prefix (line, "# ") || g_str_has_prefix (line, "## "))
    add_heading (self, line, n_headings);
  else if (g_str_has_prefix (line, "    "))
    add_code (self, line + 4, continues);
  else if (g_str_has_prefix (line, "- "))
    add_block (self, KILTER_HELP_BULLET, 0, line + 2);
  else if (digits > 0 && digits < 4 && g_str_has_prefix (line + digits, ". "))
    add_block (self, KILTER_HELP_NUMBER, (guint) g_ascii_strtoull (line, NULL, 10),
               line + digits + 2);
  else if (*line == '|')
    add_table_row (self, line, continues);
  else if (!(g_str_has_prefix (line, "![") && add_picture (self, line)) &&
           !(continues && continue_block (self, line)))
    add_block (self, KILTER_HELP_PARAGRAPH, 0, line);
}

/* Without marks and in lower case, for the search. */
static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

/* --- public API ---------------------------------------------------------------------------------
 */

/**
 * kilter_help_get_names:
 *
 * Returns: (transfer none) (array zero-terminated=1): all pages, in the order of the contents
 */
const char *const *
kilter_help_get_names (void)
{
  return names;
}

/**
 * kilter_help_get_languages:
 *
 * Returns: (transfer none) (array zero-terminated=1): the languages that the guide is written in
 */
const char *const *
kilter_help_get_languages (void)
{
  return languages;
}

gboolean
kilter_help_has_page (const char *name)
{
  return name != NULL && g_strv_contains (names, name);
}

/**
 * kilter_help_page_new:
 * @text: a page as it is written
 *
 * Reads any text; what is not a mark is text.
 *
 * Returns: (transfer full): the page
 */
KilterHelpPage *
kilter_help_page_new (const char *text)
{
  KilterHelpPage *self = g_new0 (KilterHelpPage, 1);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);
  gboolean continues = FALSE;
  guint n_headings = 0;

  self->language = g_strdup ("en");
  self->plain = fold (valid);
  self->blocks = g_ptr_array_new_with_free_func (free_block);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strchomp (lines[i]);
      if (*lines[i] != '\0')
        add_line (self, lines[i], continues, &n_headings);
      continues = *lines[i] != '\0';
    }
  return self;
}

/**
 * kilter_help_page_load:
 * @folder: where the folders of the languages are
 * @wanted: (array zero-terminated=1): languages, the best first, as g_get_language_names() has
 *   them; English is tried at the end in any case
 * @name: one of kilter_help_get_names()
 * @error: set when there is no such page
 *
 * Returns: (transfer full) (nullable): the page
 */
KilterHelpPage *
kilter_help_page_load (const char *folder,
                       const char *const *wanted,
                       const char *name,
                       GError **error)
{
  g_autofree char *file = NULL, *path = NULL, *text = NULL;
  const char *language = "en";
  KilterHelpPage *self;

  g_return_val_if_fail (folder != NULL && wanted != NULL && name != NULL, NULL);

  for (guint i = 0; wanted[i] != NULL; i++)
    if (g_strv_contains (languages, wanted[i]))
      {
        language = wanted[i];
        break;
      }
  file = g_strconcat (name, ".md", NULL);
  path = g_build_filename (folder, language, file, NULL);
  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  self = kilter_help_page_new (text);
  g_free (self->language);
  self->language = g_strdup (language);
  return self;
}

void
kilter_help_page_free (KilterHelpPage *self)
{
  g_free (self->language);
  g_free (self->plain);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

/**
 * kilter_help_page_get_title:
 *
 * Returns: (transfer none): the first heading, as markup
 */
const char *
kilter_help_page_get_title (const KilterHelpPage *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const KilterHelpBlock *block = g_ptr_array_index (self->blocks, i);

      if (block->kind == KILTER_HELP_HEADING)
        return block->markup;
    }
  return "";
}

const char *
kilter_help_page_get_language (const KilterHelpPage *self)
{
  return self->language;
}

guint
kilter_help_page_get_n_blocks (const KilterHelpPage *self)
{
  return self->blocks->len;
}

const KilterHelpBlock *
kilter_help_page_get_block (const KilterHelpPage *self, guint index)
{
  g_return_val_if_fail (index < self->blocks->len, NULL);
  return g_ptr_array_index (self->blocks, index);
}

/**
 * kilter_help_page_matches:
 * @words: what somebody typed
 *
 * Returns: whether each of the words is in the page, in any case
 */
gboolean
kilter_help_page_matches (const KilterHelpPage *self, const char *words)
{
  g_autofree char *folded = fold (words);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && strstr (self->plain, parts[i]) == NULL)
      return FALSE;
  return TRUE;
}
