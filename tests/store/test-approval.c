/* test-approval.c: approvals are signed, and what was changed since does not go unnoticed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-fixture.h"

#include "plan/process/kilter-cycle.h"
#include "store/kilter-approval.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define WHO "Ann Larsen"

static void
add (KilterCommand *command,
     KilterPlan *plan,
     KilterTableId table,
     const char *text,
     const char *more)
{
  int id = kilter_command_add_record (command, plan, table);

  kilter_command_set_field_text (command, plan, table, id, 0, text);
  if (more != NULL)
    kilter_command_set_field_text (command, plan, table, id, 1, more);
}

/* one product, one market, two years of sales */
static KilterPlan *
make_plan (void)
{
  KilterPlan *plan = kilter_plan_new (KILTER_BUCKET_MONTH, 2026 * 12 + 3, 24, 12);
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "");
  g_autoptr (KilterCommand) numbers = kilter_command_new ("test", "");
  int id;

  kilter_plan_set_up (plan, "00000000-0000-4000-8000-000000000009", "Signed", "USD");
  add (command, plan, KILTER_TABLE_PERSON, WHO, "Managing Director");
  add (command, plan, KILTER_TABLE_PRODUCT, "CUP", "Cup");
  add (command, plan, KILTER_TABLE_REGION, "North", NULL);
  add (command, plan, KILTER_TABLE_CHANNEL, "Retail", NULL);
  id = kilter_command_add_record (command, plan, KILTER_TABLE_SERIES);
  for (int field = KILTER_SERIES_PRODUCT; field <= KILTER_SERIES_CHANNEL; field++)
    kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, id, field, 1);
  kilter_plan_apply (plan, command);
  for (int t = 0; t < 36; t++)
    kilter_command_set_value (numbers, plan, KILTER_BASELINE,
                              t < 24 ? KILTER_ACTUAL : KILTER_STATISTICAL, KILTER_LAYER_FACT, 1, t,
                              100 + t);
  kilter_plan_apply (plan, numbers);
  return plan;
}

static KilterVersion
approve (KilterStore *store, gboolean sign)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterSigner) signer = kilter_signer_new (&error);
  KilterCommand *command;

  g_assert_no_error (error);
  command = kilter_cycle_approve (plan, KILTER_BASELINE, WHO, "2026-04-23T15:00:00Z", &error);
  g_assert_no_error (error);
  if (sign)
    g_assert_true (kilter_approval_sign (store, command, signer, &error));
  g_assert_no_error (error);
  g_assert_true (kilter_store_apply (store, command, &error));
  g_assert_no_error (error);
  return kilter_plan_get_last_approved (plan);
}

static GFile *
make_signed (void)
{
  KilterStore *store = fixture_create ("signed.kilter", make_plan ());
  GFile *file = g_object_ref (kilter_store_get_file (store));
  KilterCommand *command = kilter_command_new ("test", "");
  g_autoptr (GError) error = NULL;

  /* something stands in the log before */
  kilter_command_set_setting (command, kilter_store_get_plan (store), "fence", "2");
  kilter_command_set_stamp (command, WHO, "2026-04-01T09:00:00Z");
  g_assert_true (kilter_store_apply (store, command, &error));
  approve (store, TRUE);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  return file;
}

static KilterSignature *
read_signature (GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterStore)
    store = kilter_store_open (file, KILTER_STORE_READ_ONLY | KILTER_STORE_IGNORE_HASH, &error);
  KilterSignature *signature;

  g_assert_no_error (error);
  signature = kilter_approval_read (store,
                                    kilter_plan_get_last_approved (kilter_store_get_plan (store)));
  kilter_store_close (store, KILTER_STORE_CLOSE_DISCARD, NULL);
  return signature;
}

static void
test_good (void)
{
  g_autoptr (GFile) file = make_signed ();
  g_autoptr (KilterSignature) signature = read_signature (file);
  g_autoptr (GPtrArray) findings = kilter_store_check (file, NULL);
  const KilterFinding *finding;

  g_assert_nonnull (signature);
  g_assert_cmpint (signature->state, ==, KILTER_SIGNATURE_GOOD);
  g_assert_cmpstr (signature->person, ==, WHO);
  g_assert_cmpstr (signature->role, ==, "Managing Director");
  g_assert_cmpuint (findings->len, ==, 1);
  finding = findings->pdata[0];
  g_assert_cmpint (finding->kind, ==, KILTER_FINDING_SIGNED);
  g_assert_nonnull (strstr (finding->text, WHO));
  g_assert_nonnull (strstr (finding->text, signature->fingerprint));
}

static void
test_unsigned (void)
{
  KilterStore *store = fixture_create ("unsigned.kilter", make_plan ());

  g_assert_null (kilter_approval_read (store, approve (store, FALSE)));
  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
}

/* Whatever is changed of what was signed shows. */
static void
test_tampered (void)
{
  static const char *const damages[] = {
    "UPDATE fact SET m1 = coalesce (m1, 0) + 1 WHERE version = (SELECT max (id) FROM version)",
    "UPDATE version SET owner = 'Bo Chen' WHERE kind = 'approved'",
    "UPDATE version SET at = '2026-04-24T15:00:00Z' WHERE kind = 'approved'",
    "UPDATE version SET digest = 'aa' WHERE kind = 'approved'",
    "UPDATE setting SET value = replace (value, 'Managing', 'Assistant')"
    " WHERE key LIKE 'signature-%'",
    "UPDATE setting SET value = 'aa' WHERE key LIKE 'signer-%'",
    "UPDATE change_set SET previous = 'aa' WHERE id = (SELECT max (id) FROM change_set)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (GFile) file = make_signed ();
      g_autoptr (KilterSignature) signature = NULL;
      g_autoptr (GPtrArray) findings = NULL;
      gboolean found = FALSE;

      fixture_sql (file, damages[i]);
      signature = read_signature (file);
      g_assert_cmpint (signature->state, ==, KILTER_SIGNATURE_BAD);
      findings = kilter_store_check (file, NULL);
      for (guint k = 0; k < findings->len; k++)
        found |= ((KilterFinding *) findings->pdata[k])->kind == KILTER_FINDING_SIGNATURE;
      g_assert_true (found);
      g_file_delete (file, NULL, NULL);
    }
}

/* Someone else signs in her name: the numbers fit, the key does not. */
static void
test_other_key (void)
{
  g_autoptr (GFile) file = make_signed ();
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "kilter", "keys",
                                            "signing-key", NULL);
  g_autofree char *known = g_build_filename (g_get_user_state_dir (), "kilter", "keys", "known",
                                             NULL);
  g_autoptr (KilterSignature) first = read_signature (file);
  g_autoptr (KilterSignature) second = NULL, third = NULL;
  g_autoptr (GFile) forged = NULL;

  g_assert_cmpint (first->state, ==, KILTER_SIGNATURE_GOOD);
  /* another computer: another key. What is pinned there does not matter here. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_file_delete (file, NULL, NULL);
  forged = make_signed ();
  second = read_signature (forged);
  g_assert_cmpint (second->state, ==, KILTER_SIGNATURE_OTHER_KEY);
  g_assert_cmpstr (first->fingerprint, !=, second->fingerprint);
  /* who never saw a key of hers is told that it is the first */
  g_assert_cmpint (g_unlink (known), ==, 0);
  third = read_signature (forged);
  g_assert_cmpint (third->state, ==, KILTER_SIGNATURE_NEW_KEY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/approval/good", test_good);
  g_test_add_func ("/approval/unsigned", test_unsigned);
  g_test_add_func ("/approval/tampered", test_tampered);
  g_test_add_func ("/approval/other-key", test_other_key);

  return g_test_run ();
}
