/* test-store.c: plans written and read, commands, undo, the log
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/kilter-scope.h"
#include "store/database/kilter-codec.h"
#include "store/database/kilter-digest.h"
#include "store/store-fixture.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

#define UUID "00000000-0000-4000-8000-000000000001"

/* RFC 7693 gives 64 bytes of output; these 32-byte ones were made with b2sum -l 256. */
static void
test_digest (void)
{
  static const struct
  {
    const char *text;
    const char *digest;
  } cases[] = {
    { "", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8" },
    { "abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319" },
  };
  guint8 bytes[1000];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KilterDigest digest;
      g_autofree char *text = NULL;

      kilter_digest_init (&digest);
      kilter_digest_add (&digest, cases[i].text, strlen (cases[i].text));
      text = kilter_digest_finish (&digest);
      g_assert_cmpstr (text, ==, cases[i].digest);
    }
  /* however the bytes come in */
  for (int i = 0; i < 1000; i++)
    bytes[i] = (guint8) (i * 7);
  for (gsize n = 120; n < 270; n++)
    for (gsize cut = 1; cut < n; cut += 37)
      {
        KilterDigest whole, parts;
        g_autofree char *text_whole = NULL;
        g_autofree char *text_parts = NULL;

        kilter_digest_init (&whole);
        kilter_digest_init (&parts);
        kilter_digest_add (&whole, bytes, n);
        kilter_digest_add (&parts, bytes, cut);
        kilter_digest_add (&parts, bytes + cut, n - cut);
        text_whole = kilter_digest_finish (&whole);
        text_parts = kilter_digest_finish (&parts);
        g_assert_cmpstr (text_whole, ==, text_parts);
      }
}

static void
test_codec_numbers (void)
{
  const double values[] = { 120, NAN, 3.5, 1.0 / 3, -1e-300, kilter_value_cleared (), 1e15, 0 };
  double back[8];
  g_autofree char *text = kilter_codec_write_numbers (values, 8);
  g_autofree char *nothing = kilter_codec_write_numbers (&values[1], 1);

  g_assert_cmpstr (text, ==, "120 . 3.5 0.33333333333333331 -1e-300 x 1e+15 0");
  g_assert_null (nothing);
  g_assert_true (kilter_codec_read_numbers (text, back, 8));
  for (int i = 0; i < 8; i++)
    g_assert_true (isnan (values[i]) ? isnan (back[i]) && kilter_value_is_cleared (values[i]) ==
                                                            kilter_value_is_cleared (back[i])
                                     : values[i] == back[i]);
  g_assert_true (kilter_codec_read_numbers (NULL, back, 8));
  g_assert_true (isnan (back[0]));
  g_assert_false (kilter_codec_read_numbers (text, back, 7));
  g_assert_false (kilter_codec_read_numbers ("1 2", back, 3));
  g_assert_false (kilter_codec_read_numbers ("", back, 1));
  g_assert_false (kilter_codec_read_numbers ("1e999", back, 1));
  g_assert_false (kilter_codec_read_numbers ("nan", back, 1));
  g_assert_false (kilter_codec_read_numbers ("1,5", back, 1));
}

static void
clear_notes (KilterCellNote *notes, int n)
{
  for (int i = 0; i < n; i++)
    {
      g_free (notes[i].author);
      g_free (notes[i].at);
      g_free (notes[i].reason);
    }
}

static void
test_codec_notes (void)
{
  KilterCellNote notes[] = {
    { (char *) "a\tb", (char *) "2026", NULL },
    { (char *) "a\tb", (char *) "2026", NULL },
    { NULL, NULL, NULL },
    { (char *) "\\N", (char *) "", (char *) "line\nline" },
  };
  KilterCellNote back[4] = { { NULL, NULL, NULL } };
  static const char *const bad[] = { "0\t9\ta\tb\tc\n", "x", "0\t1\ta\tb", "0\t1\ta\tb\tc\\x\n",
                                     "4\t1\ta\tb\tc\n" };
  g_autofree char *text = kilter_codec_write_notes (notes, 4);

  g_assert_cmpstr (text, ==, "0\t2\ta\\tb\t2026\t\\N\n3\t1\t\\\\N\t\tline\\nline\n");
  g_assert_true (kilter_codec_read_notes (text, back, 4));
  for (int i = 0; i < 4; i++)
    {
      g_assert_cmpstr (back[i].author, ==, notes[i].author);
      g_assert_cmpstr (back[i].at, ==, notes[i].at);
      g_assert_cmpstr (back[i].reason, ==, notes[i].reason);
    }
  clear_notes (back, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      memset (back, 0, sizeof back);
      g_assert_false (kilter_codec_read_notes (bad[i], back, 4));
      clear_notes (back, 4);
    }
}

static void
test_codec_record (void)
{
  KilterPlan *plan = fixture_plan_new (KILTER_BUCKET_MONTH, UUID);

  for (int t = 0; t < KILTER_N_TABLES; t++)
    KILTER_FOREACH_RECORD (plan, t, record)
      {
        g_autofree char *text = kilter_codec_write_record (t, record->values);
        KilterValue *back;

        g_assert_true (kilter_codec_read_record (t, text, &back));
        g_assert_true (kilter_values_equal (t, record->values, back));
        kilter_values_free (t, back);
        for (gsize cut = 1; cut < strlen (text); cut++)
          {
            g_autofree char *part = g_strndup (text, cut);

            if (kilter_codec_read_record (t, part, &back))
              kilter_values_free (t, back);
          }
      }
  kilter_plan_free (plan);
}

/* --- round trips --- */

static void
test_round_trip (gconstpointer data)
{
  KilterBucketKind kind = (KilterBucketKind) GPOINTER_TO_INT (data);
  KilterPlan *expected = fixture_plan_new (kind, UUID);
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new (kind, UUID));
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GRand) random = g_rand_new_with_seed (17);
  g_autoptr (GError) error = NULL;

  g_assert_false (kilter_store_has_unpublished (store));
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  store = fixture_open (file);
  fixture_assert_same (expected, kilter_store_get_plan (store));

  /* what commands write is what a new plan would have */
  for (int i = 0; i < 60; i++)
    {
      KilterCommand *command = fixture_random_command (kilter_store_get_plan (store), random, i);

      kilter_plan_apply (expected, command);
      g_assert_true (kilter_store_apply (store, command, &error));
      g_assert_no_error (error);
    }
  fixture_assert_same (expected, kilter_store_get_plan (store));
  g_assert_true (kilter_store_has_unpublished (store));
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  fixture_remove_state ();
  store = fixture_open (file);
  fixture_assert_same (expected, kilter_store_get_plan (store));
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  kilter_plan_free (expected);
}

/* Undone and redone in all orders, through restarts: always the plan that was there before. */
static void
test_undo (gconstpointer data)
{
  gboolean reopen = GPOINTER_TO_INT (data);
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new (KILTER_BUCKET_WEEK, UUID));
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (GError) error = NULL;
  int at = 0;

  g_assert_false (kilter_store_can_undo (store));
  g_assert_null (kilter_store_get_undo_label (store));
  g_assert_false (kilter_store_undo (store, "Ana", "now", &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_ptr_array_add (states, fixture_dump (kilter_store_get_plan (store)));
  for (int i = 0; i < 80; i++)
    {
      g_autofree char *now = NULL;
      int what = g_rand_int_range (random, 0, 5);

      if (what < 2 && at > 0)
        {
          g_assert_true (kilter_store_can_undo (store));
          g_assert_true (kilter_store_undo (store, "Ana", "2026-04-09", &error));
          at--;
        }
      else if (what == 2 && at + 1 < (int) states->len)
        {
          g_assert_true (kilter_store_redo (store, "Ana", "2026-04-09", &error));
          at++;
        }
      else
        {
          g_assert_true (kilter_store_apply (
            store, fixture_random_command (kilter_store_get_plan (store), random, i), &error));
          at++;
          g_ptr_array_set_size (states, at);
          g_ptr_array_add (states, fixture_dump (kilter_store_get_plan (store)));
        }
      g_assert_no_error (error);
      if (reopen)
        {
          fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
          store = fixture_open (file);
        }
      now = fixture_dump (kilter_store_get_plan (store));
      g_assert_cmpstr (now, ==, states->pdata[at]);
      g_assert_cmpint (kilter_store_can_undo (store), ==, at > 0);
      g_assert_cmpint (kilter_store_can_redo (store), ==, at + 1 < (int) states->len);
    }
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

static void
test_labels (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  KilterPlan *plan = kilter_store_get_plan (store);

  g_assert_true (kilter_store_apply (store, fixture_edit (plan, 1, 40, 5, 1), NULL));
  g_assert_true (kilter_store_apply (store, fixture_edit (plan, 1, 41, 6, 2), NULL));
  g_assert_cmpstr (kilter_store_get_undo_label (store), ==, "Edit 2");
  g_assert_null (kilter_store_get_redo_label (store));
  g_assert_true (kilter_store_undo (store, "Ana", "now", NULL));
  g_assert_cmpstr (kilter_store_get_undo_label (store), ==, "Edit 1");
  g_assert_cmpstr (kilter_store_get_redo_label (store), ==, "Edit 2");
  g_assert_cmpint (kilter_command_get_range (kilter_store_get_redo_command (store), 0)->row, ==, 1);
  g_assert_true (kilter_store_apply (store, fixture_edit (plan, 1, 42, 7, 3), NULL));
  g_assert_null (kilter_store_get_redo_label (store));
  g_assert_false (kilter_store_redo (store, "Ana", "now", NULL));
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

/* A key that moves from one record to another. */
static void
test_swapped_keys (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GError) error = NULL;
  g_autofree char *first = g_strdup (kilter_plan_get_key (plan, KILTER_TABLE_PRODUCT, 1));
  g_autofree char *second = g_strdup (kilter_plan_get_key (plan, KILTER_TABLE_PRODUCT, 2));
  g_autofree char *expected = NULL;
  g_autofree char *now = NULL;
  KilterCommand *command = kilter_command_new ("edit", "Swap");

  kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, 1, KILTER_PRODUCT_CODE,
                                 second);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, 2, KILTER_PRODUCT_CODE,
                                 first);
  g_assert_true (kilter_store_apply (store, command, &error));
  g_assert_no_error (error);
  expected = fixture_dump (plan);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  store = fixture_open (file);
  now = fixture_dump (kilter_store_get_plan (store));
  g_assert_cmpstr (now, ==, expected);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
}

/* What the tables refuse leaves the plan as it was. */
static void
test_refused (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autofree char *before = fixture_dump (plan);

  for (int i = 0; i < 6; i++)
    {
      KilterCommand *command = kilter_command_new ("edit", "Bad");
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      kilter_command_set_value (command, plan, 1, KILTER_FINAL, KILTER_LAYER_INPUT, 1, 40,
                                i == 0 ? 2e15 : 1);
      if (i == 1)
        kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, 1, KILTER_PRODUCT_CODE,
                                       kilter_plan_get_key (plan, KILTER_TABLE_PRODUCT, 2));
      if (i == 2)
        kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, 1,
                                         KILTER_PRODUCT_FAMILY, 77);
      if (i == 3)
        kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, 1,
                                         KILTER_PRODUCT_PRICE, -1);
      if (i == 4)
        kilter_command_remove_record (command, plan, KILTER_TABLE_PRODUCT, 1);
      if (i == 5)
        kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, 1,
                                       KILTER_PRODUCT_STATUS, "whatever");
      g_assert_false (kilter_store_apply (store, command, &error));
      g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_FAILED);
      after = fixture_dump (plan);
      g_assert_cmpstr (after, ==, before);
      g_assert_false (kilter_store_can_undo (store));
      g_assert_false (kilter_store_has_unpublished (store));
    }
  g_assert_true (kilter_store_apply (store, fixture_edit (plan, 1, 40, 5, 1), NULL));
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

/* --- the log --- */

static void
test_log (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  KilterPlan *plan = kilter_store_get_plan (store);
  KilterLogFilter filter = KILTER_LOG_FILTER_INIT;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) cell = NULL;
  g_autoptr (GPtrArray) other = NULL;
  g_autoptr (GPtrArray) person = NULL;
  g_autoptr (KilterCommand) command = NULL;
  KilterLogEntry *entry;

  g_assert_true (kilter_store_apply (store, fixture_edit (plan, 1, 40, 5, 1), NULL));
  g_assert_true (kilter_store_apply (store, fixture_edit (plan, 1, 41, 6, 2), NULL));
  g_assert_true (kilter_store_apply (store, fixture_edit (plan, 2, 40, 7, 3), NULL));
  g_assert_true (kilter_store_undo (store, "Cam", "2026-05-01T00:00:00Z", NULL));

  all = kilter_store_get_log (store, NULL, NULL);
  g_assert_cmpuint (all->len, ==, 4);
  entry = all->pdata[0];
  g_assert_cmpstr (entry->kind, ==, "undo");
  g_assert_cmpstr (entry->label, ==, "Edit 3");
  g_assert_cmpstr (entry->who, ==, "Cam");
  g_assert_cmpint (entry->target, ==, 3);
  entry = all->pdata[1];
  g_assert_cmpstr (entry->state, ==, "undone");
  g_assert_cmpstr (entry->reason, ==, "Because");
  g_assert_cmpint (entry->n_cells, ==, 1);
  entry = all->pdata[2];
  g_assert_cmpstr (entry->state, ==, "applied");
  g_assert_true (entry->complete);

  filter.measure = KILTER_FINAL;
  filter.row = 1;
  filter.bucket = kilter_plan_get_bucket (plan, 41);
  cell = kilter_store_get_log (store, &filter, NULL);
  g_assert_cmpuint (cell->len, ==, 1);
  g_assert_cmpint (((KilterLogEntry *) cell->pdata[0])->id, ==, 2);
  filter.measure = KILTER_CONSENSUS;
  other = kilter_store_get_log (store, &filter, NULL);
  g_assert_cmpuint (other->len, ==, 0);
  filter.measure = -1;
  filter.who = "Ana";
  filter.limit = 1;
  person = kilter_store_get_log (store, &filter, NULL);
  g_assert_cmpuint (person->len, ==, 1);
  g_assert_cmpint (((KilterLogEntry *) person->pdata[0])->id, ==, 3);

  command = kilter_store_get_log_command (store, 2, NULL);
  g_assert_cmpfloat (kilter_command_get_range (command, 0)->new_values[0], ==, 6);
  g_assert_cmpstr (kilter_command_get_range (command, 0)->new_notes[0].author, ==, "Bao");
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

static void
test_revert (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) log = NULL;

  g_assert_true (kilter_store_apply (store, fixture_edit (plan, 1, 40, 5, 1), NULL));
  g_assert_true (kilter_store_apply (store, fixture_edit (plan, 1, 41, 6, 2), NULL));
  g_assert_true (kilter_store_apply (store, fixture_edit (plan, 1, 40, 7, 3), NULL));

  /* entry 3 stands on entry 1 */
  g_assert_false (kilter_store_revert (store, 1, "Ana", "now", &error));
  g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_DEPENDS);
  g_clear_error (&error);
  g_assert_true (kilter_store_revert (store, 2, "Ana", "now", &error));
  g_assert_no_error (error);
  g_assert_true (isnan (kilter_plan_get_own (plan, 1, KILTER_FINAL, KILTER_LAYER_INPUT, 1)[41]));
  log = kilter_store_get_log (store, NULL, NULL);
  g_assert_cmpstr (((KilterLogEntry *) log->pdata[2])->state, ==, "reverted");
  g_assert_cmpstr (((KilterLogEntry *) log->pdata[0])->kind, ==, "revert");

  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  store = fixture_open (file);
  plan = kilter_store_get_plan (store);
  g_assert_true (kilter_store_undo (store, "Ana", "now", &error));
  g_assert_cmpfloat (kilter_plan_get_own (plan, 1, KILTER_FINAL, KILTER_LAYER_INPUT, 1)[41], ==, 6);
  g_assert_cmpstr (kilter_store_get_undo_label (store), ==, "Edit 3");
  g_ptr_array_unref (log);
  log = kilter_store_get_log (store, NULL, NULL);
  g_assert_cmpstr (((KilterLogEntry *) log->pdata[3])->state, ==, "applied");
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

/* Only what was computed or imported is trimmed, and only beyond the steps that can be undone. */
static void
test_trim (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  int n_undone = 0;

  for (int i = 0; i < 230; i++)
    {
      KilterCommand *command = kilter_command_new ("import", "Import");

      kilter_command_set_value (command, plan, 1, KILTER_ACTUAL, KILTER_LAYER_FACT, 1, i % 30, i);
      kilter_command_set_value (command, plan, 1, KILTER_FINAL, KILTER_LAYER_INPUT, 1, 40, i);
      g_assert_true (kilter_store_apply (store, command, NULL));
    }
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  store = fixture_open (file);
  log = kilter_store_get_log (store, NULL, NULL);
  g_assert_cmpuint (log->len, ==, 230);
  for (guint i = 0; i < log->len; i++)
    g_assert_cmpint (((KilterLogEntry *) log->pdata[i])->complete, ==, i < 200);
  while (kilter_store_can_undo (store))
    {
      g_assert_true (kilter_store_undo (store, "Ana", "now", NULL));
      n_undone++;
    }
  g_assert_cmpint (n_undone, ==, 200);
  g_assert_cmpfloat (
    kilter_plan_get_own (kilter_store_get_plan (store), 1, KILTER_FINAL, KILTER_LAYER_INPUT, 1)[40],
    ==, 29);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  findings = kilter_store_check (file, NULL);
  for (guint i = 0; i < findings->len; i++)
    g_assert_cmpint (((KilterFinding *) findings->pdata[i])->kind, !=, KILTER_FINDING_LOG);
}

/* --- without waiting --- */

static void
count_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  int *count = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_true (kilter_store_write_finish (NULL, result, &error));
  g_assert_no_error (error);
  (*count)++;
}

static void
test_async (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new (KILTER_BUCKET_445, UUID));
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  g_autofree char *expected = NULL;
  g_autofree char *now = NULL;
  int n_written = 0;

  for (int i = 0; i < 50; i++)
    {
      if (i % 7 == 6)
        kilter_store_undo_async (store, "Ana", "now", count_written, &n_written);
      else if (i % 7 == 0 && i > 0)
        kilter_store_redo_async (store, "Ana", "now", count_written, &n_written);
      else
        kilter_store_apply_async (store, fixture_random_command (plan, random, i), count_written,
                                  &n_written);
      if (i == 25)
        g_assert_true (kilter_store_publish (store, NULL, NULL));
    }
  g_assert_true (kilter_store_flush (store, NULL));
  expected = fixture_dump (plan);
  while (n_written < 50)
    g_main_context_iteration (NULL, TRUE);
  /* callbacks that are still to come do not need the store */
  kilter_store_apply_async (store, kilter_command_new ("nothing", "Nothing"), count_written,
                            &n_written);
  kilter_store_undo_async (store, "Ana", "now", count_written, &n_written);
  kilter_store_redo_async (store, "Ana", "now", count_written, &n_written);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  while (n_written < 53)
    g_main_context_iteration (NULL, TRUE);
  store = fixture_open (file);
  now = fixture_dump (kilter_store_get_plan (store));
  g_assert_cmpstr (now, ==, expected);
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
test_async_documents (void)
{
  g_autoptr (GFile) file = fixture_new_file ("plan.kilter");
  g_autoptr (GAsyncResult) created = NULL;
  g_autoptr (GAsyncResult) published = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  KilterStore *store;

  kilter_store_create_async (file, fixture_plan_new (KILTER_BUCKET_MONTH, UUID), NULL, take_result,
                             &created);
  store = kilter_store_create_finish (wait_for_result (&created), &error);
  g_assert_no_error (error);
  kilter_store_apply_async (store, fixture_edit (kilter_store_get_plan (store), 1, 40, 5, 1), NULL,
                            NULL);
  g_assert_true (kilter_store_flush (store, NULL));
  kilter_store_publish_async (store, NULL, take_result, &published);
  g_assert_true (kilter_store_publish_finish (store, wait_for_result (&published), &error));
  g_assert_no_error (error);
  g_assert_false (kilter_store_has_unpublished (store));
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
  kilter_store_open_async (file, KILTER_STORE_DEFAULT, NULL, take_result, &opened);
  store = kilter_store_open_finish (wait_for_result (&opened), &error);
  g_assert_no_error (error);
  g_assert_true (kilter_store_can_undo (store));
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

/* The only working copy there is. */
static sqlite3 *
open_working_copy (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "kilter", "working", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  sqlite3 *db = NULL;

  while (db == NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".db"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
      }
  g_assert_nonnull (db);
  return db;
}

/* A change that is still being written when publishing starts is in the file when it ends. */
static void
test_publish_waits (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new (KILTER_BUCKET_MONTH, UUID));
  g_autoptr (GAsyncResult) published = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db = open_working_copy ();
  int n_written = 0;

  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  kilter_store_apply_async (store, fixture_edit (kilter_store_get_plan (store), 1, 40, 5, 1),
                            count_written, &n_written);
  kilter_store_publish_async (store, NULL, take_result, &published);
  g_usleep (G_USEC_PER_SEC / 2);
  g_assert_cmpint (n_written, ==, 0);
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_true (kilter_store_publish_finish (store, wait_for_result (&published), &error));
  g_assert_no_error (error);
  g_assert_false (kilter_store_has_unpublished (store));
  while (n_written == 0)
    g_main_context_iteration (NULL, TRUE);
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

/* --- SQL --- */

static gboolean
collect (int n, const char *const *columns, const char *const *values, gpointer user_data)
{
  GString *text = user_data;

  for (int i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "",
                            values == NULL      ? columns[i]
                            : values[i] != NULL ? values[i]
                                                : "-");
  g_string_append_c (text, '\n');
  return TRUE;
}

static void
test_query (void)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  static const char *const refused[] = {
    "DELETE FROM product",
    "ATTACH 'x' AS y",
    "PRAGMA query_only = OFF",
    "SELECT 1; SELECT 2",
    "",
    "CREATE TEMP TABLE t (a)",
    "SELECT load_extension ('x')",
    "VACUUM INTO 'x'",
    "nonsense",
  };
  KilterCommand *command = kilter_command_new ("import", "Import");

  kilter_command_set_value (command, plan, 1, KILTER_ACTUAL, KILTER_LAYER_FACT, 1, 0, 12.5);
  kilter_command_set_value (command, plan, 1, KILTER_FINAL, KILTER_LAYER_INPUT, 1, 30, 7);
  g_assert_true (kilter_store_apply (store, command, NULL));
  g_assert_true (kilter_store_query (store, "SELECT bucket, value FROM plan_cell ORDER BY 1",
                                     collect, text, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (text->str, ==, "bucket|value\n2023-10|12.5\n2026-04|7\n");
  g_string_truncate (text, 0);
  g_assert_true (
    kilter_store_query (store, "SELECT bucket, value FROM final WHERE version = 1 AND value = 7;\n",
                        collect, text, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (text->str, ==, "bucket|value\n2026-04|7\n");
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_assert_false (kilter_store_query (store, refused[i], collect, text, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

/* --- files of earlier versions --- */

/* A plan of two products on one line, forecast and planned, as version 1 wrote it. */
static void
test_version_1 (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "store", "data", "version-1.kilter",
                                                 NULL);
  g_autoptr (GFile) old = g_file_new_for_path (path);
  g_autoptr (GFile) file = fixture_new_file ("version-1.kilter");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_copy (old, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  for (int round = 0; round < 2; round++) /* the second time as the present version wrote it */
    {
      KilterStore *store = fixture_open (file);
      KilterPlan *plan = kilter_store_get_plan (store);
      const KilterRecord *policy = kilter_plan_get_record (plan, KILTER_TABLE_POLICY, 1);
      const KilterRecord *rate = kilter_plan_get_record (plan, KILTER_TABLE_RATE, 2);
      double supply = 0;

      g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_PRODUCT), ==, 2);
      g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_SERIES), ==, 2);
      g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_BILL), ==, 0);
      g_assert_cmpfloat (kilter_record_number (policy, KILTER_POLICY_TARGET_DAYS), ==, 21);
      g_assert_cmpfloat (kilter_record_number (policy, KILTER_POLICY_SERVICE), ==, 0.97);
      g_assert_true (kilter_record_bool (policy, KILTER_POLICY_BACKORDER));
      g_assert_cmpstr (kilter_record_text (policy, KILTER_POLICY_STRATEGY), ==, "");
      g_assert_cmpfloat (kilter_record_number (rate, KILTER_RATE_HOURS), ==, 0.04);
      g_assert_true (isnan (kilter_record_number (rate, KILTER_RATE_ALTERNATIVE)));
      g_assert_cmpfloat (kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_ACTUAL, 1,
                                                kilter_plan_get_n_history (plan) - 1),
                         ==, 103);
      for (int t = kilter_plan_get_n_history (plan); t < kilter_plan_get_n_buckets (plan); t++)
        supply += kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_SUPPLY, 1, t);
      g_assert_cmpfloat (supply, >, 1000);
      if (round == 0)
        {
          KilterCommand *command = kilter_command_new ("test", "Test");

          kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, 1,
                                         KILTER_PRODUCT_NAME, "Renamed");
          g_assert_true (kilter_store_apply (store, command, NULL));
        }
      else
        g_assert_cmpstr (kilter_plan_get_product_name (plan, 1), ==, "Renamed");
      fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/digest", test_digest);
  g_test_add_func ("/store/codec/numbers", test_codec_numbers);
  g_test_add_func ("/store/codec/notes", test_codec_notes);
  g_test_add_func ("/store/codec/record", test_codec_record);
  g_test_add_data_func ("/store/round-trip/month", GINT_TO_POINTER (KILTER_BUCKET_MONTH),
                        test_round_trip);
  g_test_add_data_func ("/store/round-trip/quarter", GINT_TO_POINTER (KILTER_BUCKET_QUARTER),
                        test_round_trip);
  g_test_add_data_func ("/store/round-trip/week", GINT_TO_POINTER (KILTER_BUCKET_WEEK),
                        test_round_trip);
  g_test_add_data_func ("/store/round-trip/445", GINT_TO_POINTER (KILTER_BUCKET_445),
                        test_round_trip);
  g_test_add_data_func ("/store/undo", GINT_TO_POINTER (FALSE), test_undo);
  g_test_add_data_func ("/store/undo/restart", GINT_TO_POINTER (TRUE), test_undo);
  g_test_add_func ("/store/labels", test_labels);
  g_test_add_func ("/store/swapped-keys", test_swapped_keys);
  g_test_add_func ("/store/refused", test_refused);
  g_test_add_func ("/store/log", test_log);
  g_test_add_func ("/store/revert", test_revert);
  g_test_add_func ("/store/trim", test_trim);
  g_test_add_func ("/store/async", test_async);
  g_test_add_func ("/store/async/documents", test_async_documents);
  g_test_add_func ("/store/async/publish-waits", test_publish_waits);
  g_test_add_func ("/store/query", test_query);
  g_test_add_func ("/store/version-1", test_version_1);
  return g_test_run ();
}
