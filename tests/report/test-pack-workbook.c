/* test-pack-workbook.c: packs as workbooks: numbers, sums, order of pages, languages
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/spreadsheet/kilter-archive.h"
#include "pack-support.h"
#include "plan-fixture.h"
#include "plan/kilter-scope.h"
#include "report/pack/kilter-pack-own.h"
#include "report/words/kilter-language.h"

#include <libintl.h>
#include <locale.h>
#include <math.h>
#include <string.h>

typedef struct
{
  KilterArchive *archive;
  char *workbook;
  GPtrArray *texts; /* of the workbook */
  int n_sheets;
} Book;

static gboolean
keep_chunk (const char *data, gsize length, gpointer user_data)
{
  g_string_append_len (user_data, data, (gssize) length);
  return TRUE;
}

static char *
read_member (Book *self, const char *name)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  kilter_archive_read (self->archive, name, keep_chunk, out, &error);
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static int
count (const char *text, const char *part)
{
  int n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

static void
book_open (Book *self, KilterPack *pack)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) entry = g_regex_new ("<si><t[^>]*>(.*?)</t></si>", G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *strings = NULL;

  g_assert_true (kilter_pack_write_xlsx (pack, stream, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  self->archive = kilter_archive_open (bytes, "pack.xlsx", &error);
  g_assert_no_error (error);
  self->workbook = read_member (self, "xl/workbook.xml");
  self->n_sheets = count (self->workbook, "<sheet name=");
  self->texts = g_ptr_array_new_with_free_func (g_free);
  strings = read_member (self, "xl/sharedStrings.xml");
  for (g_regex_match (entry, strings, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    g_ptr_array_add (self->texts, g_match_info_fetch (match, 1));
}

static void
book_close (Book *self)
{
  kilter_archive_free (self->archive);
  g_free (self->workbook);
  g_ptr_array_unref (self->texts);
}

static gboolean
has_text (const Book *self, const char *wanted)
{
  for (guint i = 0; i < self->texts->len; i++)
    if (g_str_equal (self->texts->pdata[i], wanted))
      return TRUE;
  return FALSE;
}

/* numbers of a sheet by the name of their cell; formulas beside */
static void
read_cells (Book *self, int sheet, GHashTable *numbers, GHashTable *formulas)
{
  g_autofree char *name = g_strdup_printf ("xl/worksheets/sheet%d.xml", sheet + 1);
  g_autofree char *xml = read_member (self, name);
  g_autoptr (GRegex) cell = g_regex_new (
    "<c r=\"([A-Z]+[0-9]+)\" s=\"\\d+\">(?:<f>([^<]*)</f>)?<v>([^<]*)</v></c>", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (cell, xml, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *at = g_match_info_fetch (match, 1);
      g_autofree char *formula = g_match_info_fetch (match, 2);
      g_autofree char *value = g_match_info_fetch (match, 3);
      double *number = g_new (double, 1);

      *number = g_ascii_strtod (value, NULL);
      if (*formula != '\0')
        g_hash_table_insert (formulas, g_strdup (at), g_strdup (formula));
      g_hash_table_insert (numbers, g_steal_pointer (&at), number);
    }
}

/* SUM(B4:M4) or SUM(B4:B9), as a spreadsheet program would; columns up to ZZ */
static double
evaluate (GHashTable *numbers, const char *formula)
{
  char from[4] = { 0 }, to[4] = { 0 };
  int first_row, last_row, first = 0, last = 0;
  double sum = 0;

  g_assert_cmpint (sscanf (formula, "SUM(%3[A-Z]%d:%3[A-Z]%d)", from, &first_row, to, &last_row),
                   ==, 4);
  for (const char *at = from; *at != '\0'; at++)
    first = first * 26 + *at - 'A' + 1;
  for (const char *at = to; *at != '\0'; at++)
    last = last * 26 + *at - 'A' + 1;
  g_assert_true (first_row == last_row || first == last);
  for (int row = first_row; row <= last_row; row++)
    for (int column = first; column <= last; column++)
      {
        g_autofree char *name = column > 26
                                  ? g_strdup_printf ("%c%c%d", 'A' + (column - 1) / 26 - 1,
                                                     'A' + (column - 1) % 26, row)
                                  : g_strdup_printf ("%c%d", 'A' + column - 1, row);
        const double *number = g_hash_table_lookup (numbers, name);

        sum += number != NULL ? *number : 0;
      }
  return sum;
}

static gboolean
has_number (GHashTable *numbers, double wanted)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, numbers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (fabs (*(double *) value - wanted) <= 1e-12 * fabs (wanted))
      return TRUE;
  return FALSE;
}

/* every formula gives what stands with it, and the year's revenue is there with all its digits */
static void
test_sums (void)
{
  static const KilterScope everything = { 0 };
  KilterPlan *plan = pack_plan_new ();
  double revenue = kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_REVENUE, &everything,
                                               24, 12);

  for (int m = 0; m < KILTER_N_MEETINGS; m++)
    {
      KilterPackOptions options = pack_options (m);
      g_autoptr (KilterPack) pack = kilter_pack_new (plan, &options);
      gboolean found = FALSE;
      Book book = { 0 };
      int n_formulas = 0;

      book_open (&book, pack);
      g_assert_cmpint (book.n_sheets, >=, 2);
      for (int s = 0; s < book.n_sheets; s++)
        {
          g_autoptr (GHashTable)
            numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
          g_autoptr (GHashTable)
            formulas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
          GHashTableIter iter;
          gpointer at, formula;

          read_cells (&book, s, numbers, formulas);
          g_hash_table_iter_init (&iter, formulas);
          while (g_hash_table_iter_next (&iter, &at, &formula))
            {
              double kept = *(double *) g_hash_table_lookup (numbers, at);
              double now = evaluate (numbers, formula);

              if (!(fabs (kept - now) <= 1e-9 * MAX (1, fabs (kept))))
                g_error ("sheet %d, %s: %s is %.17g, not %.17g", s + 1, (char *) at,
                         (char *) formula, now, kept);
              n_formulas++;
            }
          for (int power = 0; power <= 6; power += 3)
            found |= has_number (numbers, revenue / pow (10, power));
        }
      if (m == KILTER_MEETING_PRE || m == KILTER_MEETING_EXECUTIVE)
        {
          g_assert_cmpint (n_formulas, >=, 10);
          g_assert_true (found);
        }
      book_close (&book);
    }
  kilter_plan_free (plan);
}

/* the pages that were chosen, in the order of the choice, on paper and in the workbook */
static void
test_order (void)
{
  static const char *const chosen[] = { "finance", "gaps", "status", NULL };
  KilterPlan *plan = pack_plan_new ();
  KilterPackOptions options = pack_options (KILTER_MEETING_PRE);
  g_autoptr (KilterPack) pack = NULL;
  int at = 0;

  options.sections = chosen;
  pack = kilter_pack_new (plan, &options);
  for (int p = 0; p < kilter_pack_get_n_pages (pack); p++)
    {
      const char *section = kilter_pack_get_page_section (pack, p);

      if (!g_str_equal (section, chosen[at]))
        at++;
      g_assert_cmpstr (section, ==, chosen[at]);
    }
  g_assert_cmpint (at, ==, 2);
  kilter_plan_free (plan);
}

/* a workbook in another language than the program's */
static void
test_languages (void)
{
  static const struct
  {
    const char *language;
    const char *demand;
  } cases[] = { { "vi", "Nhu cầu" }, { "zh_CN", "需求" }, { "en", "Demand" } };
  KilterPlan *plan = pack_plan_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KilterPackOptions options = pack_options (KILTER_MEETING_PRE);
      g_autoptr (KilterPack) pack = NULL;
      Book book = { 0 };

      options.language = cases[i].language;
      pack = kilter_pack_new (plan, &options);
      book_open (&book, pack);
      if (!has_text (&book, cases[i].demand))
        {
          /* without the catalogues there is nothing to test */
          g_test_skip ("translations are not built");
          book_close (&book);
          break;
        }
      book_close (&book);
    }
  kilter_plan_free (plan);
}

/* what is made to order has bookings, shipments and a backlog, and no target stock */
static void
test_made_to_order (void)
{
  KilterPlan *plan = pack_plan_new ();
  static const char *const chosen[] = { "families", NULL };
  KilterPackOptions options = pack_options (KILTER_MEETING_PRE);
  KilterCommand *command = kilter_command_new ("make", "Make to order");
  g_autoptr (KilterPack) pack = NULL;
  Book book = { 0 };

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, product->id,
                                   KILTER_PRODUCT_MAKE, "order");
  kilter_plan_apply (plan, command);
  options.sections = chosen;
  pack = kilter_pack_new (plan, &options);
  book_open (&book, pack);
  g_assert_true (has_text (&book, "Bookings"));
  g_assert_true (has_text (&book, "Shipments"));
  g_assert_true (has_text (&book, "Backlog"));
  g_assert_false (has_text (&book, "Stock"));
  g_assert_false (has_text (&book, "Days of cover"));
  pack_check_pages (pack);
  book_close (&book);
  kilter_command_unref (command);
  kilter_plan_free (plan);
}

static void
do_it (KilterPlan *plan, KilterCommand *command)
{
  g_assert_nonnull (command);
  kilter_plan_apply (plan, command);
  kilter_command_unref (command);
}

static void
assert_stock_title (const KilterSubject *subject, const char *pattern)
{
  KilterChart *chart = kilter_figure_stock (subject, kilter_plan_get_n_history (subject->plan),
                                            kilter_plan_get_n_horizon (subject->plan), NULL, NULL,
                                            TRUE);

  g_assert_nonnull (chart);
  g_assert_true (g_pattern_match_simple (pattern, kilter_chart_get_title (chart)));
  kilter_chart_free (chart);
}

/* charts and the heat map of days of cover follow: a backlog, and no row for what has no stock */
static void
test_made_to_order_figures (void)
{
  KilterPlan *plan = pack_plan_new ();
  KilterCommand *command = kilter_command_new ("make", "Make to order");
  KilterSubject all = { .plan = plan, .version = KILTER_BASELINE };
  int cycle = kilter_plan_get_n_history (plan), n = kilter_plan_get_n_horizon (plan);
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;
  g_autoptr (GArray) none = NULL;
  int one;

  kilter_chart_free (kilter_figure_cover (&all, cycle, n, NULL, &before));
  g_assert_cmpuint (before->len, >, 1);
  one = g_array_index (before, int, 0);

  /* one product of several: its own chart is of the backlog, that of all stays one of the stock */
  kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, one, KILTER_PRODUCT_MAKE,
                                 "order");
  do_it (plan, command);
  kilter_chart_free (kilter_figure_cover (&all, cycle, n, NULL, &after));
  g_assert_cmpuint (after->len, ==, before->len - 1);
  for (guint i = 0; i < after->len; i++)
    g_assert_cmpint (g_array_index (after, int, i), !=, one);
  assert_stock_title (&all, "Stock of *");
  all.scope.product = one;
  assert_stock_title (&all, "Backlog of *");
  g_assert_null (kilter_figure_cover (&all, cycle, n, NULL, &none));
  g_assert_cmpuint (none->len, ==, 0);
  kilter_plan_free (plan);
}

static int
count_pages_of (KilterPack *pack, const char *section)
{
  int n = 0;

  for (int p = 0; p < kilter_pack_get_n_pages (pack); p++)
    n += g_strcmp0 (kilter_pack_get_page_section (pack, p), section) == 0;
  return n;
}

/* a page that people put together: printed where it was made for, in its order, until removed */
static void
test_own_page (void)
{
  static const KilterMeasure rows[] = { KILTER_DEMAND, KILTER_SUPPLY };
  KilterPlan *plan = pack_plan_new ();
  const KilterOwnItem load = { .figure = "load" };
  const KilterOwnItem table = { .figure = "table", .measures = rows, .n_measures = 2 };
  const KilterOwnItem nothing = { .figure = "nonsense" };
  KilterPackOptions options = pack_options (KILTER_MEETING_SUPPLY);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (KilterPack) pack = NULL;
  g_autoptr (KilterPack) other = NULL;
  g_autoptr (KilterPack) without = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  Book book = { 0 };
  KilterPackEntry *last;

  do_it (plan,
         kilter_own_page_add (plan, 0, "What the\nboard asks", KILTER_MEETING_SUPPLY, &load, NULL));
  do_it (plan, kilter_own_page_add (plan, 1, NULL, KILTER_MEETING_SUPPLY, &table, NULL));
  do_it (plan, kilter_own_page_add (plan, 1, NULL, KILTER_MEETING_SUPPLY, &nothing, NULL));
  do_it (plan, kilter_own_page_add (plan, 1, NULL, KILTER_MEETING_SUPPLY, &load, NULL));
  g_assert_null (kilter_own_page_add (plan, 1, NULL, KILTER_MEETING_SUPPLY, &load, &error));
  g_assert_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE);
  title = kilter_own_page_get_title (plan, 1);
  g_assert_cmpstr (title, ==, "What the board asks");
  g_assert_cmpint (kilter_own_page_count_items (plan, 1), ==, 4);

  pack = kilter_pack_new (plan, &options);
  g_assert_cmpint (count_pages_of (pack, "page-1"), ==, 1);
  g_assert_cmpstr (kilter_pack_get_page_title (pack, kilter_pack_get_n_pages (pack) - 1), ==,
                   "What the board asks");
  pack_check_pages (pack);
  book_open (&book, pack);
  g_assert_true (has_text (&book, "What the board asks"));
  book_close (&book);
  options.meeting = KILTER_MEETING_MONITOR;
  other = kilter_pack_new (plan, &options);
  g_assert_cmpint (count_pages_of (other, "page-1"), ==, 0);

  /* to the front, and one section left out */
  entries = kilter_pack_layout_get (plan, KILTER_MEETING_SUPPLY);
  last = entries->pdata[entries->len - 1];
  g_assert_true (last->is_own && last->is_chosen);
  memmove (entries->pdata + 1, entries->pdata, (entries->len - 1) * sizeof (gpointer));
  entries->pdata[0] = last;
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (((KilterPackEntry *) entries->pdata[i])->key, "gaps"))
      ((KilterPackEntry *) entries->pdata[i])->is_chosen = FALSE;
  do_it (plan, kilter_pack_layout_set (plan, KILTER_MEETING_SUPPLY, entries));
  g_clear_pointer (&pack, kilter_pack_free);
  options.meeting = KILTER_MEETING_SUPPLY;
  pack = kilter_pack_new (plan, &options);
  g_assert_cmpstr (kilter_pack_get_page_section (pack, 0), ==, "page-1");
  g_assert_cmpint (count_pages_of (pack, "gaps"), ==, 0);
  g_assert_cmpint (count_pages_of (pack, "capacity"), >, 0);

  do_it (plan, kilter_own_page_remove (plan, 1));
  without = kilter_pack_new (plan, &options);
  g_assert_cmpint (count_pages_of (without, "page-1"), ==, 0);
  g_assert_cmpint (count_pages_of (without, "gaps"), ==, 0);
  kilter_plan_free (plan);
}

/* what stands in a file may be anything: it is left out, and nothing breaks */
static void
test_own_page_hostile (void)
{
  static const char *const texts[] = {
    "Title only",
    "T\nfigure=",
    "T\nfigure=load unit=99",
    "T\nfigure=load family=77",
    "T\nfigure=table measures=",
    "T\nfigure=table measures=a+b+demand",
    "T\n\n\n\n\n\n\n",
    "T\nunit=-1 family=x figure=stock",
    "\nfigure=load",
    "T\n=== = =\nfigure=bridge unit=1",
  };
  KilterPlan *plan = pack_plan_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      static const char *const only[] = { "page-7", NULL };
      KilterPackOptions options = pack_options (KILTER_MEETING_PRE);
      KilterCommand *command = kilter_command_new ("test", "x");
      g_autoptr (KilterPack) pack = NULL;
      Book book = { 0 };

      kilter_command_set_setting (command, plan, "pack-page-7", texts[i]);
      kilter_command_set_setting (command, plan, "pack-pre", "page-7,,-,page-99,x,gaps,gaps,-gaps");
      do_it (plan, command);
      options.sections = i % 2 == 0 ? only : NULL;
      pack = kilter_pack_new (plan, &options);
      g_assert_cmpint (kilter_pack_get_n_pages (pack), >=, 1);
      book_open (&book, pack);
      book_close (&book);
    }
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  {
    g_autofree char *catalogues = g_build_filename (g_test_get_dir (G_TEST_BUILT), "..", "po",
                                                    NULL);

    bindtextdomain ("kilter", catalogues);
    bind_textdomain_codeset ("kilter", "UTF-8");
  }
  g_test_add_func ("/report/workbook/sums", test_sums);
  g_test_add_func ("/report/workbook/order", test_order);
  g_test_add_func ("/report/workbook/languages", test_languages);
  g_test_add_func ("/report/own-page", test_own_page);
  g_test_add_func ("/report/own-page/hostile", test_own_page_hostile);
  g_test_add_func ("/report/workbook/made-to-order", test_made_to_order);
  g_test_add_func ("/report/workbook/made-to-order-figures", test_made_to_order_figures);
  return g_test_run ();
}
