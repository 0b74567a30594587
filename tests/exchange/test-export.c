/* test-export.c: what goes out comes back in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/kilter-export.h"
#include "exchange/kilter-import.h"
#include "plan/kilter-cycle.h"

#include <locale.h>
#include <math.h>
#include <string.h>

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/export/formulas", test_formulas);
  g_test_add_func ("/exchange/export/numbers", test_numbers);
  g_test_add_func ("/exchange/export/round-trip", test_round_trip);
  g_test_add_func ("/exchange/export/groups", test_groups);
  return g_test_run ();
}
