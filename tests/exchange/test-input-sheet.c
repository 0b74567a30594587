/* test-input-sheet.c: a sheet goes out, comes back, and is merged
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"

#include "exchange/export/kilter-input-sheet.h"
#include "exchange/spreadsheet/kilter-archive.h"

#include <math.h>
#include <string.h>

#define CYCLE 24
#define SENT "2026-04-01T09:00:00Z"
#define UUID "00000000-0000-4000-8000-000000000001"

static KilterPlan *
make_plan (void)
{
  KilterPlan *plan = plan_fixture_new ();

  plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Bo Chen", NULL);
  /* ice cream in the north: cup and cone */
  plan_fixture_add (plan, KILTER_TABLE_CONTRIBUTOR, "person", "1", "measure", "sales-input",
                    "family", "1", "region", "1", NULL);
  return plan;
}

static void
type (KilterPlan *plan, int series, int t, double value, const char *at)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "");

  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_SALES_INPUT, KILTER_LAYER_INPUT,
                            series, t, value);
  kilter_command_set_stamp (command, "Ann", at);
  kilter_plan_apply (plan, command);
}

static KilterImportFile *
read_bytes (GBytes *bytes, const char *name)
{
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (GError) error = NULL;
  KilterImportFile *file = kilter_import_read_bytes (bytes, name, options, NULL, &error);

  g_assert_no_error (error);
  return file;
}

static KilterInputAnswer *
read_text (KilterPlan *plan, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (KilterImportFile) file = read_bytes (bytes, "answer.csv");

  return kilter_input_answer_read (plan, KILTER_BASELINE, file, error);
}

#define MARK "kilter-input-1," UUID ",2026-04,1,sales-input," SENT "\n"
#define HEAD "product,name,region,channel,2026-04,2026-05,2026-06\n"

/* --- writing --- */

static gboolean
collect (const char *data, gsize length, gpointer user_data)
{
  g_string_append_len (user_data, data, (gssize) length);
  return TRUE;
}

static char *
read_member (GBytes *bytes, const char *member)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterArchive) archive = kilter_archive_open (bytes, "sheet.xlsx", &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_true (kilter_archive_read (archive, member, collect, text, &error));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static void
test_write (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autofree char *sheet = NULL, *styles = NULL, *other = NULL, *name = NULL;

  type (plan, 1, CYCLE, 300, "2026-04-01T08:00:00Z");
  bytes = kilter_input_sheet_write (plan, KILTER_BASELINE, 1, SENT, &error);
  g_assert_no_error (error);
  sheet = read_member (bytes, "xl/worksheets/sheet1.xml");
  other = read_member (bytes, "xl/worksheets/sheet2.xml");
  styles = read_member (bytes, "xl/styles.xml");
  /* protected, but for the cells to be filled in; the other sheets altogether */
  g_assert_nonnull (strstr (sheet, "<sheetProtection"));
  g_assert_nonnull (strstr (other, "<sheetProtection"));
  g_assert_nonnull (strstr (styles, "<protection locked=\"0\"/>"));
  g_assert_nonnull (strstr (sheet, "<dataValidation "));
  g_assert_nonnull (strstr (sheet, "hidden=\"1\""));
  /* the same bytes again: nothing of the clock */
  again = kilter_input_sheet_write (plan, KILTER_BASELINE, 1, SENT, NULL);
  g_assert_true (g_bytes_equal (bytes, again));

  name = kilter_input_sheet_get_file_name (plan, 1);
  g_assert_true (g_str_has_suffix (name, "Bo Chen.xlsx"));
  g_assert_null (strpbrk (name, "/\\:*?\"<>|"));
  kilter_plan_free (plan);
}

static void
test_nobody (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (kilter_input_sheet_write (plan, KILTER_BASELINE, 1, SENT, &error));
  g_assert_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_EMPTY);
  kilter_plan_free (plan);
}

/* --- coming back --- */

/* As it went out: nothing differs. */
static void
test_round_trip (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KilterImportFile) file = NULL;
  g_autoptr (KilterInputAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  type (plan, 1, CYCLE, 300, "2026-04-01T08:00:00Z");
  type (plan, 3, CYCLE + 2, 0.1 + 0.2, "2026-04-01T08:00:00Z");
  bytes = kilter_input_sheet_write (plan, KILTER_BASELINE, 1, SENT, NULL);
  file = read_bytes (bytes, "sheet.xlsx");
  answer = kilter_input_answer_read (plan, KILTER_BASELINE, file, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer->contributor, ==, 1);
  g_assert_cmpint (answer->measure, ==, KILTER_SALES_INPUT);
  g_assert_cmpuint (answer->cells->len, ==, 0);
  g_assert_cmpuint (answer->n_same, ==, 2);
  g_assert_cmpuint (answer->n_outside, ==, 0);
  kilter_plan_free (plan);
}

/* What was typed here after the sheet was sent is mine until somebody chooses. */
static void
test_later (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterInputAnswer) answer = NULL;

  type (plan, 1, CYCLE, 300, "2026-04-03T08:00:00Z");
  answer = read_text (plan, "Title,,,,,,\n" MARK HEAD "CUP,Cup,North,Retail,320,,\n", NULL);
  g_assert_cmpuint (answer->cells->len, ==, 1);
  g_assert_true (g_array_index (answer->cells, KilterInputCell, 0).collides);
  kilter_plan_free (plan);
}

static void
test_answer (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterInputAnswer) answer = NULL;
  g_autoptr (KilterCommand) command = NULL;
  g_autofree char *before = NULL, *back = NULL;
  const KilterInputCell *cell;

  type (plan, 1, CYCLE, 300, "2026-04-01T08:00:00Z"); /* before the sheet was sent */
  type (plan, 1, CYCLE + 1, 310, SENT);               /* in the very second */
  type (plan, 3, CYCLE, 500, "2026-04-01T08:00:00Z");
  answer = read_text (plan,
                      "Title,,,,,,\n" MARK HEAD
                      "CUP,Cup,North,Retail,320,330,many\n" /* the last is no number */
                      "CONE,Cone,North,Retail,,510,-3\n"    /* emptied, new, below 0 */
                      "JUICE,Juice,North,Retail,1,2,3\n"    /* not his family */
                      "CUP,Cup,South,Retail,1,2,3\n"        /* not his region */
                      "GHOST,Ghost,North,Retail,1,2,3\n",   /* no product */
                      &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->n_outside, ==, 3);
  g_assert_cmpuint (answer->n_unread, ==, 2);
  g_assert_nonnull (strstr (answer->unread, "many"));
  g_assert_cmpuint (answer->cells->len, ==, 4);
  cell = &g_array_index (answer->cells, KilterInputCell, 0);
  g_assert_cmpfloat (cell->mine, ==, 300);
  g_assert_cmpfloat (cell->theirs, ==, 320);
  g_assert_false (cell->collides);
  g_assert_true (cell->take);
  cell = &g_array_index (answer->cells, KilterInputCell, 1);
  g_assert_true (cell->collides);
  cell = &g_array_index (answer->cells, KilterInputCell, 2);
  g_assert_true (isnan (cell->theirs));

  /* mine where it collides */
  g_array_index (answer->cells, KilterInputCell, 1).take = FALSE;
  before = plan_fixture_fingerprint (plan);
  command = kilter_input_answer_finish (plan, KILTER_BASELINE, answer, "2026-04-07T10:00:00Z");
  kilter_command_set_stamp (command, "Ann", "2026-04-07T10:00:00Z");
  kilter_plan_apply (plan, command);
  g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_SALES_INPUT, 1, CYCLE),
                     ==, 320);
  g_assert_cmpfloat (
    kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_SALES_INPUT, 1, CYCLE + 1), ==, 310);
  g_assert_true (
    isnan (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_SALES_INPUT, 3, CYCLE)));
  g_assert_cmpfloat (
    kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_SALES_INPUT, 3, CYCLE + 1), ==, 510);
  g_assert_true (
    isnan (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_SALES_INPUT, 5, CYCLE)));
  g_assert_cmpstr (kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR, 1),
                                       KILTER_CONTRIBUTOR_RECEIVED),
                   ==, "2026-04-07T10:00:00Z");
  kilter_plan_revert (plan, command);
  back = plan_fixture_fingerprint (plan);
  g_assert_cmpstr (before, ==, back);
  kilter_plan_free (plan);
}

/* A number that was imported goes, too, when the cell is emptied. */
static void
test_emptied (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterCommand) fact = kilter_command_new ("test", "");
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (KilterInputAnswer) answer = NULL;

  kilter_command_set_value (fact, plan, KILTER_BASELINE, KILTER_SALES_INPUT, KILTER_LAYER_FACT, 1,
                            CYCLE, 400);
  kilter_plan_apply (plan, fact);
  answer = read_text (plan, MARK HEAD "CUP,Cup,North,Retail,,,\n", NULL);
  g_assert_cmpuint (answer->cells->len, ==, 1);
  command = kilter_input_answer_finish (plan, KILTER_BASELINE, answer, SENT);
  kilter_plan_apply (plan, command);
  g_assert_true (
    isnan (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_SALES_INPUT, 1, CYCLE)));
  kilter_plan_free (plan);
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "product,month,quantity\nCUP,2026-04,1\n",
    "kilter-input-1,11111111-0000-4000-8000-000000000001,2026-04,1,sales-input," SENT "\n" HEAD,
    "kilter-input-1," UUID ",2026-03,1,sales-input," SENT "\n" HEAD,
    "kilter-input-1," UUID ",2026-04,7,sales-input," SENT "\n" HEAD,
    "kilter-input-1," UUID ",2026-04,1,marketing-input," SENT "\n" HEAD,
    "kilter-input-1," UUID ",2026-04,1,price," SENT "\n" HEAD,
  };
  KilterPlan *plan = make_plan ();

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (plan, bad[i], &error));
      g_assert_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE);
    }
  kilter_plan_free (plan);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/input-sheet/write", test_write);
  g_test_add_func ("/input-sheet/nobody", test_nobody);
  g_test_add_func ("/input-sheet/round-trip", test_round_trip);
  g_test_add_func ("/input-sheet/answer", test_answer);
  g_test_add_func ("/input-sheet/later", test_later);
  g_test_add_func ("/input-sheet/emptied", test_emptied);
  g_test_add_func ("/input-sheet/refused", test_refused);
  return g_test_run ();
}
