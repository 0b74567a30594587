/* test-import-child.c: the process that reads, and what is said of a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* --- the reader process --- */

static char *
write_file (const char *text, gsize length, const char *suffix)
{
  char *path = g_strdup_printf ("%s/kilter-test-%s-XXXXXX", g_get_tmp_dir (), suffix);
  int fd = g_mkstemp (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_file_set_contents (path, text, (gssize) length, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_child (void)
{
  static const char text[] = "item,month,quantity,note\nA,2026-01,5,\"two\nlines\"\nCafe\314\201,"
                             "2026-02,1.5,\303\251\nx\0y,2026-01,1,\n";
  g_autofree char *path = write_file (text, sizeof text - 1, "child");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (KilterImportOptions) options = make_options ("sales");
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterImportFile) here = kilter_import_read (file, options, NULL, &error);
  g_autoptr (KilterImportFile) there = kilter_import_read_in_child (file, options, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (there->encoding, ==, here->encoding);
  g_assert_cmpint (there->separator, ==, here->separator);
  g_assert_cmpuint (kilter_sheet_get_n_rows (there->sheet), ==,
                    kilter_sheet_get_n_rows (here->sheet));
  for (guint row = 0; row < kilter_sheet_get_n_rows (here->sheet); row++)
    {
      g_assert_cmpuint (kilter_sheet_get_line (there->sheet, row), ==,
                        kilter_sheet_get_line (here->sheet, row));
      for (guint i = 0; i < kilter_sheet_get_n_cells (here->sheet, row); i++)
        {
          g_assert_cmpstr (kilter_sheet_get_text (there->sheet, row, i), ==,
                           kilter_sheet_get_text (here->sheet, row, i));
          g_assert_cmpint (kilter_sheet_get_flags (there->sheet, row, i), ==,
                           kilter_sheet_get_flags (here->sheet, row, i));
        }
    }
  g_remove (path);
}

static void
test_child_refuses (void)
{
  g_autofree char *empty = write_file ("", 0, "empty");
  g_autofree char *open = write_file ("a,b\n\"c,d\n", 9, "open");
  const char *const paths[] = { empty, open };
  g_autoptr (KilterImportOptions) options = make_options ("sales");

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
      g_autoptr (GError) here = NULL;
      g_autoptr (GError) there = NULL;

      g_assert_null (kilter_import_read (file, options, NULL, &here));
      g_assert_null (kilter_import_read_in_child (file, options, NULL, &there));
      g_assert_error (there, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE);
      g_assert_cmpstr (here->message, ==, there->message);
      g_remove (paths[i]);
    }
  {
    g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/at/all.csv");
    g_autoptr (GError) error = NULL;

    g_assert_null (kilter_import_read_in_child (file, options, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  }
}

/* What is said of the file as a whole is said with its names, however many rows have problems. */
static void
test_summary (void)
{
  KilterPlan *plan = make_plan ();
  GString *text = g_string_new ("product,region,month,quantity\nA,North,2026-01,5\n");
  g_autoptr (KilterImportOptions) options = make_options ("sales");
  g_autoptr (KilterImportPreview) preview = NULL;
  g_autofree char *market = NULL, *numbers = NULL;

  for (int i = 0; i < 12000; i++)
    g_string_append_printf (text, "A%d,North,2026-01,x\n", i);
  preview = preview_text (plan, text->str, "test.csv", options);
  market = kilter_import_preview_sum_up (preview, KILTER_IMPORT_DEFAULT_MARKET);
  g_assert_cmpstr (market, ==, "12001 rows name no region or no channel; it is “All” for them.");
  numbers = kilter_import_preview_sum_up (preview, KILTER_IMPORT_BAD_NUMBER);
  g_assert_cmpstr (numbers, ==, "12000 cells hold no number");
  g_string_free (text, TRUE);
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/import/child", test_child);
  g_test_add_func ("/exchange/import/child-refuses", test_child_refuses);
  g_test_add_func ("/exchange/import/summary", test_summary);
  return g_test_run ();
}
