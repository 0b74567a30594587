/* test-corpus.c: files that are wrong in all the ways files are, with the outcome they must have
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/text/kilter-csv.h"
#include "exchange/import/kilter-import.h"
#include "plan/process/kilter-cycle.h"

#include <gio/gio.h>
#include <locale.h>
#include <math.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *path;
  char *name;
  char *outcome;
  int rows;   /* -1: not stated */
  double sum; /* NaN: not stated */
} Case;

static KilterPlan *
make_plan (KilterBucketKind kind, gboolean with_products)
{
  static const char *const codes[] = { "A100", "A200", "B100", "B200", "C100" };
  KilterPlan *plan = kilter_plan_new (kind, kilter_bucket_from_ymd (kind, 2026, 1, 5),
                                      kind == KILTER_BUCKET_WEEK ? 400 : 96, 60);

  kilter_plan_set_up (plan, "00000000-0000-4000-8000-000000000001", "Test", "USD");
  if (with_products)
    {
      g_autoptr (KilterCommand) command = kilter_command_new ("test", "Products");

      for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
        kilter_command_set_field_text (
          command, plan, KILTER_TABLE_PRODUCT,
          kilter_command_add_record (command, plan, KILTER_TABLE_PRODUCT), KILTER_PRODUCT_CODE,
          codes[i]);
      kilter_plan_apply (plan, command);
    }
  return plan;
}

static double
sum_actuals (KilterPlan *plan)
{
  double sum = 0;

  for (int row = 1; row <= kilter_plan_get_max_id (plan, KILTER_TABLE_SERIES); row++)
    {
      const double *values = kilter_plan_get_stored (plan, KILTER_BASELINE, KILTER_ACTUAL,
                                                     KILTER_LAYER_FACT, row);

      for (int b = 0; values != NULL && b < kilter_plan_get_n_buckets (plan); b++)
        if (!isnan (values[b]))
          {
            g_assert_true (isfinite (values[b]));
            sum += values[b];
          }
    }
  return sum;
}

static void
report (const KilterImportPreview *preview, const GError *error)
{
  if (error != NULL)
    g_test_message ("error: %s", error->message);
  for (guint i = 0; preview != NULL && i < MIN (preview->messages->len, 8); i++)
    {
      g_autofree char *text = kilter_import_message_text (preview->messages->pdata[i]);

      g_test_message ("%s", text);
    }
  for (guint i = 0; preview != NULL && i < preview->questions->len; i++)
    {
      const KilterImportQuestion *question = preview->questions->pdata[i];

      g_test_message ("question %s: %s (%s | %s)", question->option, question->text,
                      question->samples[0], question->n_choices > 1 ? question->samples[1] : "");
    }
}

static gboolean
has_doubts (const KilterImportPreview *preview)
{
  for (int code = 0; code < KILTER_N_IMPORT_CODES; code++)
    if (preview->counts[code] > 0 && kilter_import_code_get_severity (code) != KILTER_IMPORT_NOTE)
      return TRUE;
  return FALSE;
}

/* Why it is refused, beyond that it is. */
static void
check_reason (const char *name, const char *text)
{
  static const struct
  {
    const char *name;
    const char *words;
  } reasons[] = {
    { "o01", "repeats cells" },
    { "o02", "DOCTYPE" },
    { "o03", "damaged or incomplete" },
    { "x02", "unpacks to more" },
    { "x03", "characters" },
    { "x04", "DOCTYPE" },
    { "x05", "DOCTYPE" },
    { "x06", "damaged or incomplete" },
    { "x07", "protected by a password" },
    { "x15", "HTML" },
    { "x16", "xl/workbook.xml" },
    { "x18", "parts" },
    { "x20", "save it as XLSX or CSV" },
    { "x21", "damaged or incomplete" },
    { "s16", "row 12" },
    { "s17", "quantity" },
    { "s19", "is empty" },
    { "s20", "no rows" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_has_prefix (name, reasons[i].name))
      {
        g_autofree char *folded = g_utf8_casefold (text, -1);
        g_autofree char *words = g_utf8_casefold (reasons[i].words, -1);

        g_assert_nonnull (strstr (folded, words));
      }
  /* the file is named */
  g_assert_nonnull (strstr (text, "“"));
}

static void
check_case (gconstpointer data)
{
  const Case *self = data;
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (GFile) path = g_file_new_for_path (self->path);
  g_autoptr (KilterImportFile) file = NULL;
  g_autoptr (KilterImportPreview) preview = NULL;
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  KilterPlan *plan = make_plan (strstr (self->name, "week") != NULL ? KILTER_BUCKET_WEEK
                                                                    : KILTER_BUCKET_MONTH,
                                strstr (self->name, "unknown") != NULL);
  gint64 start = g_get_monotonic_time ();

  options->kind = KILTER_IMPORT_SALES;
  file = kilter_import_read (path, options, NULL, &error);
  if (file != NULL)
    {
      preview = kilter_import_preview (plan, file, options, NULL, &error);
      g_assert_nonnull (preview);
      command = kilter_import_finish (plan, preview, "test", "2026-01-05T00:00:00Z", &error);
    }
  report (preview, error);
  g_assert_cmpint ((g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND, <, 10);

  if (g_str_equal (self->outcome, "refuse"))
    {
      g_assert_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE);
      g_assert_null (command);
      check_reason (self->name, error->message);
    }
  else if (g_str_equal (self->outcome, "ask"))
    {
      g_assert_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_QUESTION);
      g_assert_null (command);
      /* with the proposals accepted it goes through */
      g_clear_error (&error);
      options->accept = TRUE;
      g_clear_pointer (&preview, kilter_import_preview_free);
      preview = kilter_import_preview (plan, file, options, NULL, &error);
      command = kilter_import_finish (plan, preview, "test", "2026-01-05T00:00:00Z", &error);
      g_assert_no_error (error);
    }
  else
    {
      g_assert_no_error (error);
      g_assert_cmpint (has_doubts (preview), ==, g_str_equal (self->outcome, "warn"));
    }
  g_assert_cmpfloat (sum_actuals (plan), ==, 0);
  if (command != NULL)
    {
      if (self->rows >= 0)
        /* of months across, each number counts */
        g_assert_cmpint (preview->layout == KILTER_LAYOUT_ACROSS
                           ? g_array_index (preview->totals, KilterImportTotal, 0).n
                           : preview->n_ready,
                         ==, self->rows);
      kilter_plan_apply (plan, command);
      if (!isnan (self->sum))
        g_assert_cmpfloat_with_epsilon (sum_actuals (plan), self->sum, 1e-6);
      g_assert_cmpint (preview->n_ready + preview->n_skipped, ==, preview->n_rows);
      /* once more: everything is the same */
      g_clear_pointer (&preview, kilter_import_preview_free);
      if (kilter_plan_count_records (plan, KILTER_TABLE_PRODUCT) != 5)
        options->create = KILTER_CREATE_YES;
      preview = kilter_import_preview (plan, file, options, NULL, &error);
      g_assert_cmpint (preview->n_new + preview->n_changed, ==, 0);
      kilter_plan_revert (plan, command);
      g_assert_cmpfloat (sum_actuals (plan), ==, 0);
    }
  kilter_plan_free (plan);
}

static void
free_case (gpointer data)
{
  Case *self = data;

  g_free (self->path);
  g_free (self->name);
  g_free (self->outcome);
  g_free (self);
}

static void
skip (void)
{
  g_test_skip ("The corpus of bad files is not here (KILTER_SHARED_DATA)");
}

static char *
unpack (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, NULL);
  g_autoptr (GZlibDecompressor)
    decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream)
    stream = g_converter_input_stream_new (G_INPUT_STREAM (input), G_CONVERTER (decompressor));
  char *out = g_build_filename (g_get_tmp_dir (), "kilter-corpus-XXXXXX", NULL);
  int fd = g_mkstemp (out);
  g_autoptr (GFile) target = g_file_new_for_path (out);
  g_autoptr (GFileOutputStream)
    output = g_file_replace (target, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL);

  close (fd);
  g_assert_cmpint (g_output_stream_splice (G_OUTPUT_STREAM (output), stream,
                                           G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL),
                   >, 0);
  return out;
}

int
main (int argc, char *argv[])
{
  const char *shared = g_getenv ("KILTER_SHARED_DATA");
  g_autofree char *manifest = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) unpacked = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KilterCsv) csv = NULL;
  gsize length;
  KilterCsvRow row;
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  manifest = g_build_filename (shared != NULL ? shared : "", "bad-input", "manifest.csv", NULL);
  if (!g_file_get_contents (manifest, &text, &length, NULL))
    {
      g_test_add_func ("/exchange/corpus", skip);
      return g_test_run ();
    }
  csv = kilter_csv_new (text, length, ',');
  while (kilter_csv_next (csv, &row) == KILTER_CSV_OK)
    {
      g_autofree char *name = g_strndup (row.fields[0].text, row.fields[0].length);
      g_autofree char *kind = g_strndup (row.fields[1].text, row.fields[1].length);
      g_autofree char *rows = g_strndup (row.fields[5].text, row.fields[5].length);
      g_autofree char *sum = g_strndup (row.fields[6].text, row.fields[6].length);
      g_autofree char *test = g_strdup_printf ("/exchange/corpus/%s", name);
      Case *self;

      if (!g_str_equal (kind, "csv") && !g_str_equal (kind, "xlsx") && !g_str_equal (kind, "ods") &&
          !g_str_equal (kind, "xls"))
        continue;
      self = g_new0 (Case, 1);
      self->path = g_build_filename (shared, "bad-input", name, NULL);
      if (g_str_has_suffix (name, ".gz"))
        {
          char *plain = unpack (self->path);

          g_ptr_array_add (unpacked, g_strdup (plain));
          g_free (self->path);
          self->path = plain;
        }
      self->name = g_strdup (name);
      /* the old format is not read; the message says what to do */
      self->outcome = g_str_equal (name, "x20-good.xls")
                        ? g_strdup ("refuse")
                        : g_strndup (row.fields[3].text, row.fields[3].length);
      self->rows = *rows != '\0' ? atoi (rows) : -1;
      self->sum = *sum != '\0' ? g_ascii_strtod (sum, NULL) : NAN;
      g_test_add_data_func_full (test, self, check_case, free_case);
    }
  status = g_test_run ();
  for (guint i = 0; i < unpacked->len; i++)
    g_remove (unpacked->pdata[i]);
  return status;
}
