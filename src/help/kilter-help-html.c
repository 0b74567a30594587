/* kilter-help-html.c: the guide as pages to read in a browser
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "help/kilter-help.h"

#include <string.h>

static const char style[] =
  "body{font:16px/1.55 sans-serif;max-width:44em;margin:2em auto;padding:0 1em;color:#2f2f34}"
  "nav{font-size:14px;border-bottom:1px solid #ddd;padding-bottom:1em}nav a{margin-right:1em}"
  "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;padding:.4em .8em "
  ".4em 0;text-align:left;vertical-align:top}code,pre{background:#f4f6fa;padding:.1em .3em}"
  "img{max-width:100%;border:1px solid #ddd;border-radius:8px}a{color:#1560bd}"
  "@media(prefers-color-scheme:dark){body{background:#222226;color:#f1f1f2}a{color:#78aeed}"
  "code,pre{background:#2a2b30}nav,td,th,img{border-color:#444}}";

/* Links to pages get the ending of files; tt is code. */
static char *
to_html (const char *markup)
{
  g_autoptr (GString) out = g_string_new (markup);

  g_string_replace (out, "<tt>", "<code>", 0);
  g_string_replace (out, "</tt>", "</code>", 0);
  for (const char *const *name = kilter_help_get_names (); *name != NULL; name++)
    {
      g_autofree char *plain = g_strdup_printf ("href=\"%s\"", *name);
      g_autofree char *with_anchor = g_strdup_printf ("href=\"%s#", *name);
      g_autofree char *file = g_strdup_printf ("href=\"%s.html\"", *name);
      g_autofree char *file_with_anchor = g_strdup_printf ("href=\"%s.html#", *name);

      g_string_replace (out, plain, file, 0);
      g_string_replace (out, with_anchor, file_with_anchor, 0);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const char *
list_tag (const KilterHelpBlock *block)
{
  return block == NULL                       ? NULL
         : block->kind == KILTER_HELP_BULLET ? "ul"
         : block->kind == KILTER_HELP_NUMBER ? "ol"
                                             : NULL;
}

static void
append_table (GString *out, const KilterHelpBlock *block)
{
  g_string_append (out, "<table>\n");
  for (guint i = 0; block->cells[i] != NULL; i++)
    {
      g_autofree char *cell = to_html (block->cells[i]);
      const char *tag = i < block->n_columns ? "th" : "td";

      g_string_append_printf (out, "%s<%s>%s</%s>%s", i % block->n_columns == 0 ? "<tr>" : "", tag,
                              cell, tag,
                              i % block->n_columns == block->n_columns - 1 ? "</tr>\n" : "");
    }
  g_string_append (out, "</table>\n");
}

static void
append_block (GString *out, const KilterHelpBlock *block)
{
  g_autofree char *text = block->markup != NULL ? to_html (block->markup) : NULL;

  switch (block->kind)
    {
    case KILTER_HELP_HEADING:
      g_string_append_printf (out, "<h%u id=\"%s\">%s</h%u>\n", block->level, block->anchor, text,
                              block->level);
      break;
    case KILTER_HELP_BULLET:
    case KILTER_HELP_NUMBER:
      g_string_append_printf (out, "<li>%s</li>\n", text);
      break;
    case KILTER_HELP_TABLE:
      append_table (out, block);
      break;
    case KILTER_HELP_CODE:
      g_string_append_printf (out, "<pre>%s</pre>\n", text);
      break;
    case KILTER_HELP_PICTURE:
      g_string_append_printf (out, "<p><img src=\"%s.png\" alt=\"%s\"></p>\n", block->name, text);
      break;
    case KILTER_HELP_PARAGRAPH:
    default:
      g_string_append_printf (out, "<p>%s</p>\n", text);
      break;
    }
}

/**
 * kilter_help_page_to_html:
 * @titles: (nullable) (array zero-terminated=1): titles of all pages, in their order, for links at
 *   the top
 *
 * Returns: (transfer full): the page as a whole HTML document
 */
char *
kilter_help_page_to_html (const KilterHelpPage *self, const char *const *titles)
{
  g_autoptr (GString) out = g_string_new ("<!DOCTYPE html>\n");
  g_autofree char *tag = g_strdelimit (g_strdup (kilter_help_page_get_language (self)), "_", '-');
  const char *list = NULL;

  g_string_append_printf (out,
                          "<html lang=\"%s\"><head><meta charset=\"utf-8\">"
                          "<meta name=\"viewport\" content=\"width=device-width\">"
                          "<title>%s</title><style>%s</style></head>\n<body>\n",
                          tag, kilter_help_page_get_title (self), style);
  if (titles != NULL)
    {
      g_string_append (out, "<nav>\n");
      for (guint i = 0; titles[i] != NULL; i++)
        g_string_append_printf (out, "<a href=\"%s.html\">%s</a>\n", kilter_help_get_names ()[i],
                                titles[i]);
      g_string_append (out, "</nav>\n");
    }
  for (guint i = 0; i < kilter_help_page_get_n_blocks (self); i++)
    {
      const KilterHelpBlock *block = kilter_help_page_get_block (self, i);
      const char *wanted = list_tag (block);

      if (list != NULL && list != wanted)
        g_string_append_printf (out, "</%s>\n", list);
      if (wanted != NULL && list != wanted)
        g_string_append_printf (out, "<%s>\n", wanted);
      list = wanted;
      append_block (out, block);
    }
  if (list != NULL)
    g_string_append_printf (out, "</%s>\n", list);
  g_string_append (out, "</body></html>\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The pictures that the pages show, beside them. */
static gboolean
copy_pictures (const KilterHelpPage *page, const char *folder, GFile *to, GError **error)
{
  for (guint i = 0; i < kilter_help_page_get_n_blocks (page); i++)
    {
      const KilterHelpBlock *block = kilter_help_page_get_block (page, i);
      g_autofree char *name = NULL, *path = NULL;
      g_autoptr (GFile) from = NULL, copy = NULL;

      if (block->kind != KILTER_HELP_PICTURE)
        continue;
      name = g_strconcat (block->name, ".png", NULL);
      path = g_build_filename (folder, kilter_help_page_get_language (page), name, NULL);
      from = g_file_new_for_path (path);
      copy = g_file_get_child (to, name);
      if (g_file_query_exists (from, NULL) &&
          !g_file_copy (from, copy, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * kilter_help_write_html:
 * @folder: where the folders of the languages are
 * @languages: (array zero-terminated=1): as for kilter_help_page_load()
 * @to: a folder, made when it is not there
 * @error: set when a page is missing or a file cannot be written
 *
 * Writes every page, with links among them.
 *
 * Returns: whether all is written
 */
gboolean
kilter_help_write_html (const char *folder, const char *const *languages, GFile *to, GError **error)
{
  g_autoptr (GPtrArray)
    pages = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_help_page_free);
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  const char *const *names = kilter_help_get_names ();
  g_autoptr (GError) made = NULL;

  g_return_val_if_fail (folder != NULL && languages != NULL && G_IS_FILE (to), FALSE);

  if (!g_file_make_directory_with_parents (to, NULL, &made) &&
      !g_error_matches (made, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&made));
      return FALSE;
    }
  for (guint i = 0; names[i] != NULL; i++)
    {
      KilterHelpPage *page = kilter_help_page_load (folder, languages, names[i], error);

      if (page == NULL)
        return FALSE;
      g_ptr_array_add (pages, page);
      g_ptr_array_add (titles, (gpointer) kilter_help_page_get_title (page));
    }
  g_ptr_array_add (titles, NULL);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const KilterHelpPage *page = g_ptr_array_index (pages, i);
      g_autofree char *html = kilter_help_page_to_html (page, (const char *const *) titles->pdata);
      g_autofree char *name = g_strconcat (names[i], ".html", NULL);
      g_autoptr (GFile) file = g_file_get_child (to, name);

      if (!g_file_replace_contents (file, html, strlen (html), NULL, FALSE, G_FILE_CREATE_NONE,
                                    NULL, NULL, error) ||
          !copy_pictures (page, folder, to, error))
        return FALSE;
    }
  return TRUE;
}
