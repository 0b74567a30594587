/* test-pages.c: the marks of the guide; its pages, links and translations
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "help/kilter-help.h"

#include <glib/gstdio.h>
#include <string.h>

#include "plan/review/kilter-insight.h"

static char *
help_folder (void)
{
  return g_build_filename (g_getenv ("KILTER_SOURCE_ROOT"), "data", "help", NULL);
}

static KilterHelpPage *
load (const char *language, const char *name)
{
  const char *const languages[] = { language, NULL };
  g_autofree char *folder = help_folder ();
  g_autoptr (GError) error = NULL;
  KilterHelpPage *page = kilter_help_page_load (folder, languages, name, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (kilter_help_page_get_language (page), ==, language);
  return page;
}

static void
check_block (const KilterHelpPage *page,
             guint index,
             KilterHelpKind kind,
             guint level,
             const char *markup)
{
  const KilterHelpBlock *block = kilter_help_page_get_block (page, index);

  g_assert_cmpint (block->kind, ==, kind);
  g_assert_cmpuint (block->level, ==, level);
  g_assert_cmpstr (block->markup, ==, markup);
}

static void
test_marks (void)
{
  g_autoptr (KilterHelpPage)
    page = kilter_help_page_new ("# S&OP <now>\n"
                                 "One line\nand the next.\n\n"
                                 "## Second\n"
                                 "- **bold** and `code`\n"
                                 "- [words](grid#heading-1)\n"
                                 "2. two\n\n"
                                 "| a | b |\n|---|---|\n| 1 |\n| 3 | `x` | 5 |\n\n"
                                 "    line 1\n    line <2>\n\n"
                                 "![A picture](overview)\n"
                                 "a ** b [c] ` d\n");

  g_assert_cmpuint (kilter_help_page_get_n_blocks (page), ==, 10);
  check_block (page, 0, KILTER_HELP_HEADING, 1, "S&amp;OP &lt;now&gt;");
  check_block (page, 1, KILTER_HELP_PARAGRAPH, 0, "One line and the next.");
  check_block (page, 2, KILTER_HELP_HEADING, 2, "Second");
  g_assert_cmpstr (kilter_help_page_get_block (page, 2)->anchor, ==, "heading-1");
  check_block (page, 3, KILTER_HELP_BULLET, 0, "<b>bold</b> and <tt>code</tt>");
  check_block (page, 4, KILTER_HELP_BULLET, 0, "<a href=\"grid#heading-1\">words</a>");
  check_block (page, 5, KILTER_HELP_NUMBER, 2, "two");
  check_block (page, 6, KILTER_HELP_TABLE, 0, NULL);
  g_assert_cmpuint (kilter_help_page_get_block (page, 6)->n_columns, ==, 2);
  g_assert_cmpuint (g_strv_length (kilter_help_page_get_block (page, 6)->cells), ==, 6);
  g_assert_cmpstr (kilter_help_page_get_block (page, 6)->cells[3], ==, "");
  g_assert_cmpstr (kilter_help_page_get_block (page, 6)->cells[5], ==, "<tt>x</tt>");
  check_block (page, 7, KILTER_HELP_CODE, 0, "line 1\nline &lt;2&gt;");
  check_block (page, 8, KILTER_HELP_PICTURE, 0, "A picture");
  g_assert_cmpstr (kilter_help_page_get_block (page, 8)->name, ==, "overview");
  check_block (page, 9, KILTER_HELP_PARAGRAPH, 0, "a ** b [c] ` d");
  g_assert_cmpstr (kilter_help_page_get_title (page), ==, "S&amp;OP &lt;now&gt;");
}

/* Whatever is in the file, there is a page. */
static void
test_nonsense (void)
{
  static const char *const texts[] = { "",   "|",   "||||",  "![",       "![x](",
                                       "# ", "**",  "[](",   "\xff\xfe", "    ",
                                       "- ", "0. ", "[a](b", "`",        "|-|" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (KilterHelpPage) page = kilter_help_page_new (texts[i]);
      g_autofree char *html = kilter_help_page_to_html (page, NULL);

      g_assert_true (g_utf8_validate (html, -1, NULL));
      g_assert_nonnull (kilter_help_page_get_title (page));
    }
}

static void
check_markup (const char *markup)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *wrapped = g_strdup_printf ("<m>%s</m>", markup);
  GMarkupParser nothing = { 0 };
  GMarkupParseContext *context = g_markup_parse_context_new (&nothing, 0, NULL, NULL);

  g_markup_parse_context_parse (context, wrapped, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);
}

static gboolean
has_anchor (const KilterHelpPage *page, const char *anchor)
{
  for (guint i = 0; i < kilter_help_page_get_n_blocks (page); i++)
    if (g_strcmp0 (kilter_help_page_get_block (page, i)->anchor, anchor) == 0)
      return TRUE;
  return FALSE;
}

static void
check_links (const char *language, const char *markup)
{
  for (const char *at = strstr (markup, "href=\""); at != NULL; at = strstr (at, "href=\""))
    {
      const char *start = at + strlen ("href=\"");
      g_autofree char *target = g_strndup (start, strcspn (start, "\""));
      g_auto (GStrv) parts = g_strsplit (target, "#", 2);
      g_autoptr (KilterHelpPage) page = NULL;

      g_assert_true (kilter_help_has_page (parts[0]));
      page = load (language, parts[0]);
      if (parts[1] != NULL)
        g_assert_true (has_anchor (page, parts[1]));
      at = start;
    }
}

/* Every page in every language, block by block as in English, and every link leads somewhere. */
static void
test_pages (void)
{
  for (const char *const *name = kilter_help_get_names (); *name != NULL; name++)
    for (const char *const *language = kilter_help_get_languages (); *language != NULL; language++)
      {
        g_autoptr (KilterHelpPage) english = load ("en", *name);
        g_autoptr (KilterHelpPage) page = load (*language, *name);
        guint n = kilter_help_page_get_n_blocks (page);

        g_test_message ("%s in %s", *name, *language);
        g_assert_cmpuint (n, ==, kilter_help_page_get_n_blocks (english));
        g_assert_cmpuint (n, >, 3);
        for (guint i = 0; i < n; i++)
          {
            const KilterHelpBlock *block = kilter_help_page_get_block (page, i);
            const KilterHelpBlock *model = kilter_help_page_get_block (english, i);

            g_assert_cmpint (block->kind, ==, model->kind);
            g_assert_cmpuint (block->level, ==, model->level);
            g_assert_cmpstr (block->name, ==, model->name);
            if (block->kind == KILTER_HELP_TABLE)
              {
                g_assert_cmpuint (g_strv_length (block->cells), ==, g_strv_length (model->cells));
                for (guint k = 0; block->cells[k] != NULL; k++)
                  check_markup (block->cells[k]);
                continue;
              }
            check_markup (block->markup);
            check_links (*language, block->markup);
            if (block->kind == KILTER_HELP_CODE)
              g_assert_cmpstr (block->markup, ==, model->markup);
          }
      }
}

/* As the application calls it; (transfer full) */
static char *
name_in (const char *language, const char *name)
{
  g_autofree char *file = g_strconcat (language, ".po", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("KILTER_SOURCE_ROOT"), "po", file, NULL);
  g_autofree char *entry = g_strdup_printf ("\nmsgid \"%s\"\nmsgstr \"", name);
  g_autofree char *text = NULL;
  const char *found;

  if (g_str_equal (language, "en"))
    return g_strdup (name);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  found = strstr (text, entry);
  g_assert_nonnull (found);
  found += strlen (entry);
  return g_strndup (found, strcspn (found, "\""));
}

/* Each metric of the monitor has its line, with a formula and an example, under its own name. */
static void
test_metrics (void)
{
  for (const char *const *language = kilter_help_get_languages (); *language != NULL; language++)
    {
      g_autoptr (KilterHelpPage) page = load (*language, "metrics");
      g_autoptr (GHashTable) lines = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint i = 0; i < kilter_help_page_get_n_blocks (page); i++)
        {
          const KilterHelpBlock *block = kilter_help_page_get_block (page, i);

          for (guint k = 0; block->kind == KILTER_HELP_TABLE && block->cells[k] != NULL; k += 3)
            {
              g_assert_cmpstr (block->cells[k + 1], !=, "");
              g_assert_cmpstr (block->cells[k + 2], !=, "");
              g_hash_table_add (lines, block->cells[k]);
            }
        }
      for (int metric = 0; metric < KILTER_N_METRICS; metric++)
        {
          g_autofree char *name = name_in (*language,
                                           kilter_metric_get_info ((KilterMetric) metric)->name);

          g_test_message ("%s: %s", *language, name);
          g_assert_true (g_hash_table_contains (lines, name));
        }
    }
}

static void
test_languages (void)
{
  const char *const none[] = { "fr_FR", "fr", "C", NULL };
  const char *const vietnamese[] = { "vi_VN.UTF-8", "vi_VN", "vi", "C", NULL };
  g_autofree char *folder = help_folder ();
  g_autoptr (KilterHelpPage) english = kilter_help_page_load (folder, none, "index", NULL);
  g_autoptr (KilterHelpPage) page = kilter_help_page_load (folder, vietnamese, "index", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (kilter_help_page_get_language (english), ==, "en");
  g_assert_cmpstr (kilter_help_page_get_language (page), ==, "vi");
  g_assert_null (kilter_help_page_load (folder, none, "nowhere", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_search (void)
{
  g_autoptr (KilterHelpPage) page = load ("vi", "grid");

  g_assert_true (kilter_help_page_matches (page, ""));
  g_assert_true (kilter_help_page_matches (page, "BÀN PHÍM"));
  g_assert_true (kilter_help_page_matches (page, "ctrl+d phím"));
  g_assert_false (kilter_help_page_matches (page, "bàn zebra"));
}

static void
test_html (void)
{
  const char *const languages[] = { "zh_CN", NULL };
  g_autofree char *folder = help_folder ();
  g_autofree char *out = g_dir_make_tmp ("kilter-help-XXXXXX", NULL);
  g_autofree char *index = g_build_filename (out, "index.html", NULL);
  g_autoptr (GFile) to = g_file_new_for_path (out);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0;

  g_assert_true (kilter_help_write_html (folder, languages, to, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (index, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "<html lang=\"zh-CN\">"));
  g_assert_nonnull (strstr (text, "href=\"import.html\""));
  g_assert_nonnull (strstr (text, "</ol>"));
  g_assert_null (strstr (text, "<tt>"));
  dir = g_dir_open (out, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (out, name, NULL);

      n += g_str_has_suffix (name, ".html");
      g_unlink (path);
    }
  g_assert_cmpuint (n, ==, g_strv_length ((char **) kilter_help_get_names ()));
  g_rmdir (out);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/help/marks", test_marks);
  g_test_add_func ("/help/nonsense", test_nonsense);
  g_test_add_func ("/help/pages", test_pages);
  g_test_add_func ("/help/metrics", test_metrics);
  g_test_add_func ("/help/languages", test_languages);
  g_test_add_func ("/help/search", test_search);
  g_test_add_func ("/help/html", test_html);
  return g_test_run ();
}
