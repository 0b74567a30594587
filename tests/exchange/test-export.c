/* test-export.c: what goes out comes back in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export/kilter-export.h"
#include "exchange/import/kilter-import.h"
#include "plan/process/kilter-cycle.h"

#include <locale.h>
#include <math.h>
#include <string.h>
#include <time.h>

static KilterPlan *
make_plan (void)
{
  KilterPlan *plan = kilter_plan_new (KILTER_BUCKET_MONTH, 2026 * 12 + 3, 36, 18);

  kilter_plan_set_up (plan, "00000000-0000-4000-8000-000000000001", "Test", "USD");
  return plan;
}

static KilterImportPreview *
import (KilterPlan *plan, const char *kind, const char *text, gboolean apply)
{
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (KilterImportFile) file = NULL;
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  KilterImportPreview *preview;

  kilter_import_options_set (options, "as", kind, NULL);
  options->create = KILTER_CREATE_YES;
  file = kilter_import_read_bytes (bytes, "test.csv", options, NULL, &error);
  g_assert_no_error (error);
  preview = kilter_import_preview (plan, file, options, NULL, &error);
  if (apply)
    {
      command = kilter_import_finish (plan, preview, "Ann", "2026-04-09T09:12:00Z", &error);
      g_assert_no_error (error);
      kilter_plan_apply (plan, command);
    }
  return preview;
}

static char *
to_csv (const KilterExportTable *table)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (kilter_export_write_csv (table, stream, NULL, &error));
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
test_formulas (void)
{
  static const struct
  {
    const char *text;
    const char *field;
  } cases[] = {
    { "plain", "plain" },
    { "=1+2", "\"'=1+2\"" },
    { "+41", "\"'+41\"" },
    { "-5", "\"'-5\"" },
    { "@SUM(A1)", "\"'@SUM(A1)\"" },
    { "\tx", "\"'\tx\"" },
    { "＝1", "\"'＝1\"" },
    { "a,b", "\"a,b\"" },
    { "a\"b", "\"a\"\"b\"" },
    { "a\nb", "\"a\nb\"" },
    { " a", "\" a\"" },
    { "", "" },
    { "1-2", "1-2" },
    { "Café", "Café" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      kilter_csv_append_text (out, cases[i].text);
      g_assert_cmpstr (out->str, ==, cases[i].field);
    }
}

/* Numbers keep all their digits and their point in every locale. */
static void
test_numbers (void)
{
  static const char *const locales[] = { "C", "de_DE.UTF-8", "vi_VN.UTF-8" };

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      setlocale (LC_ALL, locales[i]);
      kilter_csv_append_number (out, -1234.5);
      g_string_append_c (out, ' ');
      kilter_csv_append_number (out, 0.1);
      g_string_append_c (out, ' ');
      kilter_csv_append_number (out, NAN);
      kilter_csv_append_number (out, INFINITY);
      g_assert_cmpstr (out->str, ==, "-1234.5 0.1 ");
    }
  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_round_trip (void)
{
  KilterPlan *plan = make_plan (), *copy = make_plan ();
  g_autoptr (KilterImportPreview) products = import (
    plan, "products",
    "code,name,family,category,price\n=1+2,\"a \"\"b\"\", c\",-F,@C,1.25\n00123,Café,-F,@C,0.1\n",
    TRUE);
  g_autoptr (KilterImportPreview)
    sales = import (plan, "sales",
                    "product,region,channel,month,quantity\n=1+2,+N,R,2026-01,-5.25\n00123,+N,R,"
                    "2026-02,0\n00123,S,R,2025-12,1e15\n",
                    TRUE);
  const KilterMeasure measures[] = { KILTER_ACTUAL };
  KilterExportRequest request = { .version = KILTER_BASELINE,
                                  .measures = measures,
                                  .n_measures = 1,
                                  .by = KILTER_EXPORT_BY_SERIES,
                                  .n = 36,
                                  .long_layout = TRUE };
  g_autoptr (KilterExportTable) product_table = kilter_export_records (plan, KILTER_TABLE_PRODUCT);
  g_autofree char *product_text = to_csv (product_table);

  g_clear_pointer (&products, kilter_import_preview_free);
  products = import (copy, "products", product_text, TRUE);
  g_assert_nonnull (kilter_plan_find_record (copy, KILTER_TABLE_PRODUCT, "=1+2"));
  for (int layout = 0; layout < 2; layout++)
    {
      g_autoptr (KilterExportTable) table = NULL;
      g_autofree char *text = NULL;
      g_autoptr (KilterImportPreview) again = NULL;

      request.long_layout = layout == 0;
      table = kilter_export_measures (plan, &request);
      if (layout == 0)
        {
          g_free (table->headings[4]);
          table->headings[4] = g_strdup ("quantity");
        }
      text = to_csv (table);
      again = import (copy, "sales", text, layout == 0);
      g_assert_false (again->refused);
      g_assert_cmpfloat (g_array_index (again->totals, KilterImportTotal, 0).sum, ==, 1e15 - 5.25);
      if (layout == 1)
        g_assert_cmpuint (again->n_same, ==, again->n_rows);
    }
  kilter_plan_free (plan);
  kilter_plan_free (copy);
}

static void
test_groups (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportPreview)
    products = import (plan, "products", "code,family\nA,F\nB,F\nC,G\n", TRUE);
  g_autoptr (KilterImportPreview)
    sales = import (plan, "sales",
                    "product,region,channel,month,quantity\nA,N,R,2026-01,1\nA,S,R,2026-01,2\nB,N,"
                    "R,2026-01,4\nC,N,R,2026-01,8\n",
                    TRUE);
  const KilterMeasure measures[] = { KILTER_ACTUAL };
  static const struct
  {
    KilterExportBy by;
    const char *text;
  } cases[] = {
    { KILTER_EXPORT_BY_TOTAL, "measure,2026-01\nactual,15\n" },
    { KILTER_EXPORT_BY_FAMILY, "family,measure,2026-01\nF,actual,7\nG,actual,8\n" },
    { KILTER_EXPORT_BY_PRODUCT, "product,measure,2026-01\nA,actual,3\nB,actual,4\nC,actual,8\n" },
    { KILTER_EXPORT_BY_REGION, "region,measure,2026-01\nN,actual,13\nS,actual,2\n" },
    { KILTER_EXPORT_BY_SERIES, "product,region,channel,measure,2026-01\nA,N,R,actual,1\nA,S,R,"
                               "actual,2\nB,N,R,actual,4\nC,N,R,actual,8\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KilterExportRequest request = { .version = KILTER_BASELINE,
                                      .measures = measures,
                                      .n_measures = 1,
                                      .by = cases[i].by,
                                      .first = 33,
                                      .n = 1 };
      g_autoptr (KilterExportTable) table = kilter_export_measures (plan, &request);
      g_autofree char *text = to_csv (table);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_false (kilter_export_by_suits (KILTER_EXPORT_BY_REGION, KILTER_STOCK));
  g_assert_true (kilter_export_by_suits (KILTER_EXPORT_BY_RESOURCE, KILTER_LOAD));
  kilter_plan_free (plan);
}

/* --- workbooks --- */

static GBytes *
write_bytes (const KilterExportTable *table, KilterExportFormat format)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  kilter_export_write (table, format, "Sales [1]: a/b?", stream, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* Every value comes back as it was, text as text, numbers to the last bit; no text becomes a
 * formula (a formula would come back without a result). */
static void
test_workbooks (void)
{
  static const char *const texts[] = {
    "=1+2",  "+41",    "-5",      "@SUM(A1)",   "=HYPERLINK(\"http://x\",\"y\")",
    "00123", "1,234",  "a & <b>", "two\nlines", " blanks  inside ",
    "Ổ bi",  "轴承㐂", "TRUE",    "2026-04",    "_x0041_",
  };
  static const double numbers[] = {
    0, -0.5, 1.0 / 3, 1e15, 123456789.125, -1e-9, 0.1 + 0.2, 7, 2026, 1e-300, 12, 0.07, 1, 2, 3,
  };
  const char *headings[] = { "text", "number", "share", "=heading" };
  g_autoptr (KilterExportTable) table = kilter_export_table_new (4, headings);

  G_STATIC_ASSERT (G_N_ELEMENTS (texts) == G_N_ELEMENTS (numbers));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      KilterExportCell *cells = kilter_export_table_add_row (table);

      cells[0].text = g_strdup (texts[i]);
      cells[1].number = numbers[i];
      cells[2].number = i % 3 == 0 ? NAN : (double) i / 8;
      cells[2].style = KILTER_EXPORT_PERCENT;
      cells[3].number = (double) i;
      cells[3].style = KILTER_EXPORT_PLAIN;
    }
  for (int format = KILTER_EXPORT_XLSX; format <= KILTER_EXPORT_ODS; format++)
    {
      g_autoptr (GBytes) bytes = write_bytes (table, format);
      g_autoptr (GBytes) again = NULL;
      g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
      g_autoptr (KilterImportFile) file = NULL;
      g_autoptr (GError) error = NULL;

      file = kilter_import_read_bytes (bytes, "book", options, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (kilter_sheet_get_text (file->sheet, 0, 3), ==, "=heading");
      g_assert_cmpuint (kilter_sheet_get_n_rows (file->sheet), ==, G_N_ELEMENTS (texts) + 1);
      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        {
          const char *number = kilter_sheet_get_text (file->sheet, i + 1, 1);
          g_autofree char *share = i % 3 == 0 ? g_strdup ("") : g_strdup_printf ("%g%%", i * 12.5);

          g_assert_cmpstr (kilter_sheet_get_text (file->sheet, i + 1, 0), ==, texts[i]);
          g_assert_cmpuint (kilter_sheet_get_flags (file->sheet, i + 1, 0), ==, 0);
          g_assert_cmpfloat (g_ascii_strtod (number, NULL), ==, numbers[i]);
          g_assert_cmpuint (kilter_sheet_get_flags (file->sheet, i + 1, 1), ==, KILTER_CELL_NUMBER);
          g_assert_cmpstr (kilter_sheet_get_text (file->sheet, i + 1, 2), ==, share);
        }
      /* the same file wherever and whenever it is written */
      g_setenv ("TZ", "Pacific/Auckland", TRUE);
      tzset ();
      again = write_bytes (table, format);
      g_assert_true (g_bytes_equal (bytes, again));
      g_unsetenv ("TZ");
      tzset ();
    }
}

/* A plan out as a workbook and into another plan. */
static void
test_workbook_import (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportPreview)
    sales = import (plan, "sales",
                    "product,region,channel,month,quantity\n=1+2,+N,R,2026-01,-5.25\n00123,+N,R,"
                    "2026-02,0.1\n00123,S,R,2025-12,1e15\n",
                    TRUE);
  const KilterMeasure measures[] = { KILTER_ACTUAL };

  for (int i = 0; i < 4; i++)
    {
      KilterExportRequest request = { .version = KILTER_BASELINE,
                                      .measures = measures,
                                      .n_measures = 1,
                                      .by = KILTER_EXPORT_BY_SERIES,
                                      .n = 36,
                                      .long_layout = i % 2 == 0 };
      g_autoptr (KilterExportTable) table = kilter_export_measures (plan, &request);
      g_autoptr (GBytes)
        bytes = write_bytes (table, i < 2 ? KILTER_EXPORT_XLSX : KILTER_EXPORT_ODS);
      g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
      g_autoptr (KilterImportFile)
        file = kilter_import_read_bytes (bytes, "sales", options, NULL, NULL);
      g_autoptr (KilterImportPreview)
        again = kilter_import_preview (plan, file, options, NULL, NULL);

      g_assert_cmpint (again->kind, ==, KILTER_IMPORT_SALES);
      g_assert_false (again->refused);
      g_assert_cmpuint (again->questions->len, ==, 0);
      g_assert_cmpuint (again->n_new + again->n_changed, ==, 0);
      g_assert_cmpuint (again->n_same, >, 0);
      g_assert_cmpfloat (g_array_index (again->totals, KilterImportTotal, 0).sum, ==,
                         1e15 - 5.25 + 0.1);
    }
  kilter_plan_free (plan);
}

/* A table that no sheet holds is not cut off. */
static void
test_too_large (void)
{
  g_autofree const char **headings = g_new (const char *, 16385);
  g_autoptr (KilterExportTable) table = NULL;

  for (int i = 0; i < 16385; i++)
    headings[i] = "x";
  table = kilter_export_table_new (16385, headings);
  for (int format = KILTER_EXPORT_XLSX; format <= KILTER_EXPORT_ODS; format++)
    {
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
      g_autoptr (GError) error = NULL;

      g_assert_false (kilter_export_write (table, format, "x", stream, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
      g_assert_cmpint (g_seekable_tell (G_SEEKABLE (stream)), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/export/formulas", test_formulas);
  g_test_add_func ("/exchange/export/numbers", test_numbers);
  g_test_add_func ("/exchange/export/round-trip", test_round_trip);
  g_test_add_func ("/exchange/export/groups", test_groups);
  g_test_add_func ("/exchange/export/workbooks", test_workbooks);
  g_test_add_func ("/exchange/export/workbook-import", test_workbook_import);
  g_test_add_func ("/exchange/export/too-large", test_too_large);
  return g_test_run ();
}
