/* test-participant-file.c: the file of a participant: what its bytes hold, and the way out and back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"

#include "exchange/participant/kilter-participant.h"
#include "seal/kilter-seal.h"
#include "store/kilter-store.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterPlan, kilter_plan_free)

#define CYCLE 24
#define SENT "2026-04-01T09:00:00Z"
#define NOW "2026-04-20T09:00:00Z"
#define TOKEN "20000000-0000-4000-8000-000000000001"

/* No text of the fixture has this in it, and no number is this one. */
#define SECRET "ZQXJ"
#define NUMBER 98765.4321
#define PRICE 12345.6789

/* A record of every table that the person has nothing to do with: every text says so. */
static void
plant_records (KilterPlan *plan)
{
  for (int table = 0; table < KILTER_N_TABLES; table++)
    {
      const KilterTableInfo *info = kilter_table_get_info ((KilterTableId) table);
      g_autoptr (KilterCommand) command = kilter_command_new ("plant", "");
      int id;

      /* the reasons that overrides may have are everyone's */
      if (table == KILTER_TABLE_REASON || table == KILTER_TABLE_SERIES)
        continue;
      id = kilter_command_add_record (command, plan, (KilterTableId) table);
      for (int f = 0; f < info->n_fields; f++)
        switch (info->fields[f].type)
          {
          case KILTER_FIELD_TEXT:
            {
              g_autofree char *text = g_strdup_printf (SECRET " %s %s", info->name,
                                                       info->fields[f].name);

              kilter_command_set_field_text (command, plan, (KilterTableId) table, id, f, text);
              break;
            }
          case KILTER_FIELD_NUMBER:
            kilter_command_set_field_number (command, plan, (KilterTableId) table, id, f, NUMBER);
            break;
          case KILTER_FIELD_REF:
            if (info->fields[f].flags & KILTER_FIELD_REQUIRED)
              kilter_command_set_field_number (command, plan, (KilterTableId) table, id, f,
                                               info->fields[f].ref == KILTER_TABLE_PERSON ? 2 : 1);
            break;
          case KILTER_FIELD_INT:
            if (info->fields[f].flags & KILTER_FIELD_REQUIRED)
              kilter_command_set_field_number (command, plan, (KilterTableId) table, id, f, 7);
            break;
          case KILTER_FIELD_BUCKET:
            if (info->fields[f].flags & KILTER_FIELD_REQUIRED)
              kilter_command_set_field_text (command, plan, (KilterTableId) table, id, f,
                                             "2026-01");
            break;
          case KILTER_FIELD_BOOL:
          case KILTER_FIELD_DATE:
          case KILTER_FIELD_CHOICE:
          default:
            break;
          }
      if (table == KILTER_TABLE_MODEL)
        kilter_command_set_field_number (command, plan, KILTER_TABLE_MODEL, id, KILTER_MODEL_SERIES,
                                         6);
      /* when the meetings of the cycle are is no secret */
      if (table == KILTER_TABLE_STEP)
        kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, id, KILTER_STEP_TIME,
                                       NULL);
      kilter_plan_apply (plan, command);
    }
}

static void
plant_value (KilterPlan *plan,
             KilterMeasure measure,
             KilterLayer layer,
             int row,
             int t,
             double value)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("plant", "");

  kilter_command_set_value (command, plan, KILTER_BASELINE, measure, layer, row, t, value);
  kilter_command_set_reason (command, layer == KILTER_LAYER_INPUT ? SECRET " reason" : NULL);
  kilter_command_set_stamp (command, SECRET " author", SENT);
  kilter_plan_apply (plan, command);
}

/* Ann sells ice cream; the juice, all money, what others type and all that is made are not hers. */
static KilterPlan *
make_plan (void)
{
  static const KilterMeasure others[] = { KILTER_MARKETING_INPUT, KILTER_FINANCE_INPUT,
                                          KILTER_CUSTOMER_INPUT, KILTER_CONSENSUS };
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("plant", "");

  plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Ann Larsen", "role", "Sales", "email",
                    SECRET " mail", NULL);
  plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", SECRET " other", NULL);
  plan_fixture_add (plan, KILTER_TABLE_CONTRIBUTOR, "person", "1", "measure", "sales-input",
                    "family", "1", NULL);
  plant_records (plan);
  plan_fixture_add (plan, KILTER_TABLE_COMMENT, "version", "1", "measure", "final", "row_id", "5",
                    "text", SECRET " of the juice", NULL);
  plan_fixture_add (plan, KILTER_TABLE_COMMENT, "version", "1", "measure", "revenue", "row_id", "1",
                    "text", SECRET " of the margin", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "risk", "text", SECRET " rival", "family", "2",
                    NULL);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, JUICE, KILTER_PRODUCT_NAME,
                                 SECRET " juice");
  kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, 1, KILTER_STEP_NOTE,
                                 SECRET " note");
  kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, 1, KILTER_STEP_DONE_BY,
                                 SECRET " person");
  kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, 1, KILTER_VERSION_NOTE,
                                 SECRET " note");
  for (int field = KILTER_PRODUCT_PRICE; field <= KILTER_PRODUCT_COST; field++)
    kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, CUP, field, PRICE);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, CUP,
                                   KILTER_PRODUCT_OPENING_STOCK, NUMBER);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, CUP, KILTER_PRODUCT_STORAGE,
                                   NUMBER);
  kilter_plan_apply (plan, command);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    plant_value (plan, others[i], KILTER_LAYER_INPUT, 1, CYCLE, NUMBER);
  plant_value (plan, KILTER_ACTUAL, KILTER_LAYER_FACT, 5, 3, NUMBER);
  plant_value (plan, KILTER_SALES_INPUT, KILTER_LAYER_INPUT, 5, CYCLE, NUMBER);
  plant_value (plan, KILTER_BUDGET_REVENUE, KILTER_LAYER_FACT, 1, CYCLE, NUMBER);
  plant_value (plan, KILTER_BUDGET_MARGIN, KILTER_LAYER_FACT, 1, CYCLE, NUMBER);
  plant_value (plan, KILTER_PRICE, KILTER_LAYER_FACT, CUP, CYCLE, PRICE);
  plant_value (plan, KILTER_COST, KILTER_LAYER_INPUT, JUICE, CYCLE, NUMBER);
  plant_value (plan, KILTER_REGULAR, KILTER_LAYER_FACT, CUP, CYCLE, NUMBER);
  plant_value (plan, KILTER_STOCK_ACTUAL, KILTER_LAYER_FACT, CUP, 3, NUMBER);
  return plan;
}

static KilterPlan *
make_copy (KilterPlan *plan, gboolean money, KilterCommand **out_note)
{
  const KilterParticipantRequest request = {
    .person = 1, .version = KILTER_BASELINE, .money = money, .token = TOKEN, .at = SENT
  };
  g_autoptr (GError) error = NULL;
  KilterPlan *copy = kilter_participant_make (plan, &request, out_note, &error);

  g_assert_no_error (error);
  return copy;
}

static GBytes *
to_bytes (KilterPlan *plan)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = kilter_store_make_bytes (plan, &error);

  g_assert_no_error (error);
  return bytes;
}

static gboolean
holds (GBytes *bytes, gconstpointer what, gsize length)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *found = memmem (data, size, what, length);

  if (found != NULL)
    g_test_message ("found: %.40s", found);
  return found != NULL;
}

/* SQLite keeps a number that is not whole as eight bytes, the highest first. */
static gboolean
holds_number (GBytes *bytes, double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  bits = GUINT64_TO_BE (bits);
  return holds (bytes, &bits, sizeof bits);
}

static gboolean
holds_text (GBytes *bytes, const char *text)
{
  return holds (bytes, text, strlen (text));
}

static void
test_bytes (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterCommand) note = NULL, with_money = NULL;
  g_autoptr (GBytes) copy = to_bytes (make_copy (plan, FALSE, &note));
  g_autoptr (GBytes) money = to_bytes (make_copy (plan, TRUE, &with_money));
  g_autoptr (GBytes) whole = to_bytes (g_steal_pointer (&plan));

  /* the search finds what is there */
  g_assert_true (holds_text (whole, SECRET));
  g_assert_true (holds_number (whole, NUMBER));
  g_assert_true (holds_number (whole, PRICE));
  g_assert_true (holds_text (whole, "JUICE"));
  g_assert_true (holds_text (copy, "CUP"));
  g_assert_true (holds_text (copy, "Ann Larsen"));
  g_assert_true (holds_number (money, PRICE));
  /* and nothing of it went out */
  g_assert_false (holds_text (copy, SECRET));
  g_assert_false (holds_number (copy, NUMBER));
  g_assert_false (holds_number (copy, PRICE));
  g_assert_false (holds_text (copy, "JUICE"));
  g_assert_false (holds_text (copy, "Drinks"));
  g_assert_false (holds_text (money, SECRET));
  g_assert_false (holds_number (money, NUMBER));
}

/* --- out and back --- */

static void
edit_file (GFile *file, double value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterStore) store = kilter_store_open (file, KILTER_STORE_DEFAULT, &error);
  KilterCommand *command = kilter_command_new ("override", "");

  g_assert_no_error (error);
  kilter_command_set_value (command, kilter_store_get_plan (store), KILTER_BASELINE,
                            KILTER_SALES_INPUT, KILTER_LAYER_INPUT, 1, CYCLE, value);
  kilter_command_set_stamp (command, "Ann Larsen", "2026-04-10T08:00:00Z");
  g_assert_true (kilter_store_apply (store, command, &error));
  g_assert_true (kilter_store_publish (store, NULL, &error));
  g_assert_true (kilter_store_close (store, KILTER_STORE_CLOSE_PUBLISH, &error));
}

static void
test_round_trip (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kilter-participant-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "copy.kilter", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterCommand) note = NULL;
  g_autoptr (GBytes) copy = to_bytes (make_copy (plan, FALSE, &note));
  g_autoptr (KilterStore) returned = NULL;
  g_autoptr (KilterInputAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  KilterVersion version;

  kilter_command_set_stamp (note, "Planner", SENT);
  kilter_plan_apply (plan, note);
  g_file_set_contents (path, g_bytes_get_data (copy, NULL), (gssize) g_bytes_get_size (copy), NULL);
  edit_file (file, 555);
  edit_file (file, 556);
  returned = kilter_store_open (file, KILTER_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kilter_store_get_last_entry (returned), ==, 2);
  answer = kilter_participant_read (plan, kilter_store_get_plan (returned),
                                    kilter_store_get_last_entry (returned), "copy.kilter", NOW,
                                    &version, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->cells->len, ==, 1);
  g_assert_cmpfloat (g_array_index (answer->cells, KilterInputCell, 0).theirs, ==, 556);
  kilter_store_close (returned, KILTER_STORE_CLOSE_DISCARD, NULL);
  g_unlink (path);
  g_rmdir (folder);
}

static char *
open_and_print (GBytes *bytes)
{
  KilterStore *store = kilter_store_open_bytes (bytes, NULL);
  char *fingerprint;

  if (store == NULL)
    return NULL;
  fingerprint = plan_fixture_fingerprint (kilter_store_get_plan (store));
  kilter_store_close (store, KILTER_STORE_CLOSE_DISCARD, NULL);
  kilter_store_free (store);
  return fingerprint;
}

/* What came back was damaged on the way: it is refused as any plan file is, or nothing is lost. */
static void
test_hostile (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterCommand) note = NULL;
  g_autoptr (GBytes) copy = to_bytes (make_copy (plan, FALSE, &note));
  g_autofree char *whole = open_and_print (copy);
  gsize size;
  const guint8 *data = g_bytes_get_data (copy, &size);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint refused = 0;

  for (int i = 0; i < 60; i++)
    {
      guint8 *bad = g_memdup2 (data, size);
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *found = NULL;

      bad[g_rand_int_range (rand, 0, (gint32) size)] ^= (guint8) (1
                                                                  << g_rand_int_range (rand, 0, 8));
      bytes = g_bytes_new_take (bad, i % 10 == 9 ? size / 2 : size);
      found = open_and_print (bytes);
      refused += found == NULL;
      g_assert_true (found == NULL || g_str_equal (found, whole));
    }
  g_assert_cmpuint (refused, >=, 6);
}

/* A plan sealed and opened again is the same plan. */
static void
test_sealed (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterCommand) note = NULL;
  g_autoptr (GBytes) copy = to_bytes (make_copy (plan, FALSE, &note));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sealed = kilter_seal_close (copy, "correct horse", KILTER_SEAL_QUICK, &error);
  g_autoptr (GBytes) opened = kilter_seal_open (sealed, "correct horse", &error);
  g_autoptr (KilterStore) store = NULL;

  g_assert_no_error (error);
  g_assert_false (holds_text (sealed, "Ann Larsen"));
  g_assert_false (holds_text (sealed, "SQLite"));
  store = kilter_store_open_bytes (opened, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kilter_participant_get_owner (kilter_store_get_plan (store)), ==, "Ann Larsen");
  kilter_store_close (store, KILTER_STORE_CLOSE_DISCARD, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/participant-file/bytes", test_bytes);
  g_test_add_func ("/participant-file/round-trip", test_round_trip);
  g_test_add_func ("/participant-file/hostile", test_hostile);
  g_test_add_func ("/participant-file/sealed", test_sealed);

  return g_test_run ();
}
