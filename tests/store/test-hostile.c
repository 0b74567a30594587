/* test-hostile.c: files that are no plans, damaged plans, and plans made to do harm
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define UUID "00000000-0000-4000-8000-000000000002"
#define N_FLIPS 300

/* A published plan with everything in it, and a log. */
static GFile *
make_file (void)
{
  KilterStore *store = fixture_create ("plan.kilter",
                                       fixture_plan_new (KILTER_BUCKET_QUARTER, UUID));
  GFile *file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (int i = 0; i < 12; i++)
    g_assert_true (kilter_store_apply (
      store, fixture_random_command (kilter_store_get_plan (store), random, i), NULL));
  g_assert_true (kilter_store_undo (store, "Ana", "now", NULL));
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  return file;
}

static void
write_bytes (GFile *file, const char *bytes, gsize length)
{
  g_assert_true (g_file_set_contents (g_file_peek_path (file), bytes, (gssize) length, NULL));
}

static char *
read_bytes (GFile *file, gsize *out_length)
{
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &bytes, out_length, NULL));
  return bytes;
}

/* Tries all ways in: refused by each with @code, and not touched. */
static void
assert_refused (GFile *file, KilterStoreFlags flags, int code, const char *what)
{
  gsize length, length_after;
  g_autofree char *before = read_bytes (file, &length);
  g_autofree char *after = NULL;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      KilterStore *store = kilter_store_open (file, flags | (i == 1 ? KILTER_STORE_READ_ONLY : 0),
                                              &error);

      if (store != NULL)
        g_error ("'%s' was opened", what);
      if (code >= 0 && !g_error_matches (error, KILTER_STORE_ERROR, code))
        g_error ("'%s' gave error %d: %s", what, error->code, error->message);
      g_assert_true (error->domain == KILTER_STORE_ERROR);
      g_test_message ("%s: %s", what, error->message);
    }
  after = read_bytes (file, &length_after);
  g_assert_cmpmem (before, length, after, length_after);
}

static void
assert_state_is_empty (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "kilter", "working", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_assert_cmpstr (name, ==, "folder.lock");
}

/* --- no plans --- */

static void
test_header (void)
{
  g_autoptr (GFile) file = make_file ();
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);
  g_autofree char *copy = g_memdup2 (bytes, length);
  g_autoptr (GFile) nothing = fixture_new_file ("nothing.kilter");

  write_bytes (file, "", 0);
  assert_refused (file, 0, KILTER_STORE_ERROR_NOT_A_PLAN, "zero bytes");
  write_bytes (file, "item,period,quantity\n", 21);
  assert_refused (file, 0, KILTER_STORE_ERROR_NOT_A_PLAN, "text");
  write_bytes (file, bytes, 99);
  assert_refused (file, 0, KILTER_STORE_ERROR_NOT_A_PLAN, "99 bytes");
  memcpy (copy + 68, "GPKG", 4);
  write_bytes (file, copy, length);
  assert_refused (file, 0, KILTER_STORE_ERROR_OTHER_APPLICATION, "another program's");
  memset (copy + 68, 0, 4);
  write_bytes (file, copy, length);
  assert_refused (file, 0, KILTER_STORE_ERROR_NOT_A_PLAN, "no application id");
  memcpy (copy, bytes, length);
  copy[63] = 99;
  write_bytes (file, copy, length);
  assert_refused (file, 0, KILTER_STORE_ERROR_TOO_NEW, "version 99");
  copy[63] = 0;
  write_bytes (file, copy, length);
  assert_refused (file, 0, KILTER_STORE_ERROR_DAMAGED, "version 0");

  {
    g_autoptr (GError) error = NULL;

    g_assert_null (kilter_store_open (nothing, 0, &error));
    g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_GONE);
  }
  assert_state_is_empty ();
}

/* The collection of bad files kept with the research; where they belong to no program of ours they
 * are tried once more as if they did. */
static void
test_collection (void)
{
  static const struct
  {
    const char *name;
    int code;
    int code_as_ours; /* -2: not tried */
  } cases[] = {
    { "p01-not-a-database.kilter", KILTER_STORE_ERROR_NOT_A_PLAN, -2 },
    { "p02-zero-bytes.kilter", KILTER_STORE_ERROR_NOT_A_PLAN, -2 },
    { "p03-other-application.kilter", KILTER_STORE_ERROR_OTHER_APPLICATION, -1 },
    { "p04-no-application-id.kilter", KILTER_STORE_ERROR_NOT_A_PLAN, -1 },
    { "p05-newer-version.kilter", -1, KILTER_STORE_ERROR_TOO_NEW },
    { "p06-truncated.kilter", -1, KILTER_STORE_ERROR_DAMAGED },
    { "p07-trigger-deletes.kilter", -1, -1 },
    { "p08-view-loads-extension.kilter", -1, -1 },
    { "p09-text-in-numbers.kilter", -1, -1 },
    { "p10-random-bytes.kilter", -1, -1 },
  };
  const char *folder = g_getenv ("KILTER_SHARED_DATA");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder != NULL ? folder : "", "bad-input",
                                                cases[i].name, NULL);
      g_autoptr (GFile) file = fixture_new_file (cases[i].name);
      g_autofree char *bytes = NULL;
      gsize length;

      if (!g_file_get_contents (path, &bytes, &length, NULL))
        {
          g_test_skip ("The collection of bad files is not there (KILTER_SHARED_DATA).");
          return;
        }
      write_bytes (file, bytes, length);
      assert_refused (file, 0, cases[i].code, cases[i].name);
      if (cases[i].code_as_ours == -2)
        continue;
      memcpy (bytes + 68, "KILT", 4);
      write_bytes (file, bytes, length);
      assert_refused (file, 0, cases[i].code_as_ours, cases[i].name);
    }
  assert_state_is_empty ();
}

/* --- damaged at random --- */

static void
test_flips (void)
{
  g_autoptr (GFile) file = make_file ();
  g_autoptr (GRand) random = g_rand_new_with_seed (2026);
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);
  KilterStore *store = fixture_open (file);
  g_autofree char *expected = fixture_dump (kilter_store_get_plan (store));
  const char *wanted = g_getenv ("KILTER_FLIPS");
  int n_flips = wanted != NULL ? atoi (wanted) : N_FLIPS, n_refused = 0;

  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
  for (int i = 0; i < n_flips; i++)
    {
      gsize at = (gsize) g_rand_int_range (random, 0, (gint32) length);
      char old = bytes[at];
      g_autoptr (GError) error = NULL;

      bytes[at] = (char) (old ^ (i % 2 ? 1 << g_rand_int_range (random, 0, 8)
                                       : g_rand_int_range (random, 1, 256)));
      write_bytes (file, bytes, length);
      store = kilter_store_open (file, KILTER_STORE_READ_ONLY, &error);
      if (store == NULL)
        {
          g_assert_true (error->domain == KILTER_STORE_ERROR);
          n_refused++;
        }
      else
        {
          g_autofree char *now = fixture_dump (kilter_store_get_plan (store));

          g_assert_cmpstr (now, ==, expected);
          fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
        }
      bytes[at] = old;
    }
  g_test_message ("%d of %d noticed, the others harmless", n_refused, n_flips);
  g_assert_cmpint (n_refused, >, n_flips / 3);
  assert_state_is_empty ();
}

/* Without the hash no number is safe, but nothing crashes or runs for ever. */
static void
test_flips_without_hash (void)
{
  g_autoptr (GFile) file = make_file ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);

  for (int i = 0; i < 60; i++)
    {
      g_autofree char *copy = g_memdup2 (bytes, length);
      KilterStore *store;

      for (int k = 0; k <= i / 4; k++)
        copy[g_rand_int_range (random, 100, (gint32) length)] = (char) g_rand_int (random);
      write_bytes (file, copy, length);
      store = kilter_store_open (file, KILTER_STORE_IGNORE_HASH, NULL);
      if (store == NULL)
        continue;
      while (kilter_store_can_undo (store) && kilter_store_undo (store, "Ana", "now", NULL))
        ;
      fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
    }
}

static void
test_truncated (void)
{
  g_autoptr (GFile) file = make_file ();
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);

  for (gsize n = length - 1; n > length / 40; n -= length / 40)
    {
      write_bytes (file, bytes, n);
      assert_refused (file, KILTER_STORE_IGNORE_HASH, -1, "cut off");
    }
}

/* Pages of zeros, and pages of another place. Some are alike: roots of empty tables. */
static void
test_pages (void)
{
  g_autoptr (GFile) file = make_file ();
  KilterStore *store = fixture_open (file);
  g_autofree char *expected = fixture_dump (kilter_store_get_plan (store));
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);

  fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
  for (gsize page = 0; page < length / 4096; page += 3)
    {
      g_autofree char *copy = g_memdup2 (bytes, length);

      memset (copy + page * 4096, 0, 4096);
      write_bytes (file, copy, length);
      assert_refused (file, 0, -1, "a page of zeros");
      memcpy (copy + page * 4096, bytes + (page + 5) * 4096 % (length - 4096), 4096);
      write_bytes (file, copy, length);
      store = kilter_store_open (file, KILTER_STORE_READ_ONLY, NULL);
      if (store != NULL)
        {
          g_autofree char *now = fixture_dump (kilter_store_get_plan (store));

          g_assert_cmpstr (now, ==, expected);
          fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
        }
    }
}

/* --- objects that do not belong there --- */

static void
test_foreign (void)
{
  static const char *const objects[] = {
    "CREATE TRIGGER t AFTER UPDATE ON product BEGIN DELETE FROM fact; END",
    "CREATE VIEW v AS SELECT load_extension ('/tmp/x.so')",
    "CREATE VIEW v AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i "
    "FROM n",
    "CREATE TABLE extra (a, b AS (zeroblob (900000000)))",
    "CREATE INDEX i ON product (name)",
    "CREATE VIRTUAL TABLE words USING fts5 (a)",
    "DROP VIEW plan_cell",
    "DROP VIEW plan_cell; CREATE VIEW plan_cell AS SELECT 1",
    "ALTER TABLE product ADD COLUMN more TEXT",
    "DROP INDEX change_set_undone",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace (sql, ' CHECK (\"price\" "
    ">= 0)', '')",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET name = 'Fact' WHERE name = 'fact'",
  };
  g_autoptr (GFile) file = make_file ();
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);

  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      write_bytes (file, bytes, length);
      fixture_sql (file, objects[i]);
      assert_refused (file, KILTER_STORE_IGNORE_HASH,
                      i == G_N_ELEMENTS (objects) - 1 ? -1 : KILTER_STORE_ERROR_FOREIGN,
                      objects[i]);
    }
}

/* --- content that lies --- */

#define FREELY "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; "

static void
test_content (void)
{
  static const char *const changes[] = {
    "UPDATE fact SET m1 = 9e999",
    "UPDATE input SET value = -9e999",
    "UPDATE fact SET year = 99999 WHERE year = 2026",
    "UPDATE fact SET part = 3 WHERE year = 2026",
    "UPDATE fact SET series = 8000000 WHERE series = 3",
    "UPDATE fact SET series = -1 WHERE series = 3",
    "UPDATE fact SET version = 4000000 WHERE version = 3",
    "UPDATE fact SET m5 = 1 WHERE year = 2025",
    "UPDATE input SET bucket = 'never ' || bucket WHERE version = 1",
    "UPDATE lock SET bucket = bucket || '7'",
    "UPDATE version SET parent = id",
    "UPDATE version SET parent = 3 - id WHERE id < 3",
    "UPDATE product SET family = 77",
    "UPDATE product SET id = 9000000 WHERE id = 3",
    "UPDATE product SET id = -3 WHERE id = 3",
    "UPDATE product SET price = -1",
    "UPDATE product SET status = 'x'",
    "UPDATE setting SET value = 'fortnight' WHERE key = 'bucket'",
    "UPDATE setting SET value = '2026-99' WHERE key = 'cycle'",
    "UPDATE setting SET value = '1e9' WHERE key = 'history'",
    "UPDATE setting SET value = NULL WHERE key = 'horizon'",
    "DELETE FROM setting",
    "DELETE FROM region",
    "UPDATE person SET name = CAST (x'ff00fe' AS TEXT) WHERE id = 1",
  };
  g_autoptr (GFile) file = make_file ();
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *sql = g_strconcat (FREELY, changes[i], NULL);

      write_bytes (file, bytes, length);
      fixture_sql (file, sql);
      assert_refused (file, 0, -1, changes[i]);
      assert_refused (file, KILTER_STORE_IGNORE_HASH, KILTER_STORE_ERROR_DAMAGED, changes[i]);
    }
}

/* Texts, blobs and nothing where numbers should be: the types are taken away, and given back. */
static void
test_types (void)
{
  static const char *const changes[] = {
    "UPDATE fact SET m1 = 'many'",     "UPDATE fact SET m1 = x'00'",
    "UPDATE input SET value = 'NaN'",  "UPDATE product SET price = '12 dollars'",
    "UPDATE product SET family = 1.5", "UPDATE product SET name = x'ff'",
  };
  g_autoptr (GFile) file = make_file ();
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *sql = g_strconcat (FREELY, changes[i], NULL);

      write_bytes (file, bytes, length);
      fixture_sql (file, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql ="
                         " replace (replace (sql, ') STRICT, W', ') W'), ') STRICT', ')')"
                         " WHERE name IN ('fact', 'input', 'product')");
      fixture_sql (file, sql);
      fixture_sql (file, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql ="
                         " CASE name WHEN 'product' THEN sql || ' STRICT'"
                         " ELSE replace (sql, ') WITHOUT', ') STRICT, WITHOUT') END"
                         " WHERE name IN ('fact', 'input', 'product')");
      assert_refused (file, 0, -1, changes[i]);
      assert_refused (file, KILTER_STORE_IGNORE_HASH, KILTER_STORE_ERROR_DAMAGED, changes[i]);
    }
}

/* A change that breaks no rule: only the hash tells. */
static void
test_hash (void)
{
  static const char *const changes[] = {
    "UPDATE fact SET m1 = m1 + 1 WHERE year = 2026",
    "UPDATE input SET reason = 'Another'",
    "DELETE FROM lock",
    "UPDATE product SET name = 'Another' WHERE id = 1",
    "UPDATE change_set SET who = 'Nobody' WHERE id = 2",
    "UPDATE document SET value = '99' WHERE key = 'publish'",
    "DELETE FROM document WHERE key = 'hash'",
  };
  g_autoptr (GFile) file = make_file ();
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GError) error = NULL;
      KilterStore *store;

      write_bytes (file, bytes, length);
      fixture_sql (file, changes[i]);
      assert_refused (file, 0, KILTER_STORE_ERROR_HASH, changes[i]);
      store = kilter_store_open (file, KILTER_STORE_IGNORE_HASH, &error);
      g_assert_no_error (error);
      fixture_close (store, KILTER_STORE_CLOSE_DISCARD);
    }
  /* what changes no content is no change */
  write_bytes (file, bytes, length);
  fixture_sql (file, "VACUUM");
  fixture_close (fixture_open (file), KILTER_STORE_CLOSE_DISCARD);
  fixture_sql (
    file, "PRAGMA journal_mode = WAL; UPDATE fact SET m1 = m1; PRAGMA wal_checkpoint (TRUNCATE)");
  fixture_close (fixture_open (file), KILTER_STORE_CLOSE_DISCARD);
}

/* --- kilter_store_check() --- */

static gboolean
has_finding (GPtrArray *findings, KilterFindingKind kind)
{
  for (guint i = 0; i < findings->len; i++)
    if (((KilterFinding *) findings->pdata[i])->kind == kind)
      return TRUE;
  return FALSE;
}

static void
test_check (void)
{
  static const struct
  {
    const char *sql;
    KilterFindingKind kind;
  } cases[] = {
    { "UPDATE fact SET m1 = m1 + 1 WHERE year = 2026", KILTER_FINDING_HASH },
    { "UPDATE change_set SET who = 'Nobody' WHERE id = 2", KILTER_FINDING_LOG },
    { "UPDATE change_cell SET new = '1', n = 1 WHERE change_set ="
      " (SELECT max (change_set) FROM change_cell)",
      KILTER_FINDING_LOG },
    { "DELETE FROM change_set WHERE id = 13", KILTER_FINDING_LOG },
    { "DELETE FROM change_cell WHERE change_set = 5; DELETE FROM change_record WHERE change_set = "
      "5;"
      " DELETE FROM change_set WHERE id = 5",
      KILTER_FINDING_LOG },
    { "UPDATE version SET digest = 'x' WHERE id = 3", KILTER_FINDING_DIGEST },
    { "CREATE TABLE extra (a)", KILTER_FINDING_FILE },
    { "PRAGMA user_version = 8", KILTER_FINDING_FILE },
  };
  g_autoptr (GFile) file = make_file ();
  gsize length;
  g_autofree char *bytes = read_bytes (file, &length);
  g_autoptr (GPtrArray) clean = kilter_store_check (file, NULL);

  g_assert_false (has_finding (clean, KILTER_FINDING_FILE));
  g_assert_false (has_finding (clean, KILTER_FINDING_HASH));
  g_assert_false (has_finding (clean, KILTER_FINDING_LOG));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = NULL;
      g_autoptr (GError) error = NULL;

      write_bytes (file, bytes, length);
      fixture_sql (file, cases[i].sql);
      findings = kilter_store_check (file, &error);
      g_assert_no_error (error);
      if (!has_finding (findings, cases[i].kind))
        g_error ("'%s' was not found", cases[i].sql);
    }
  {
    g_autoptr (GFile) nothing = fixture_new_file ("nothing.kilter");
    g_autoptr (GError) error = NULL;

    g_assert_null (kilter_store_check (nothing, &error));
    g_assert_error (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_GONE);
  }
}

static void
test_texts (void)
{
  for (int i = 0; i < KILTER_N_STORE_ERRORS; i++)
    g_assert_cmpuint (strlen (kilter_store_error_get_text ((KilterStoreError) i)), >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hostile/header", test_header);
  g_test_add_func ("/hostile/collection", test_collection);
  g_test_add_func ("/hostile/flips", test_flips);
  g_test_add_func ("/hostile/flips/without-hash", test_flips_without_hash);
  g_test_add_func ("/hostile/truncated", test_truncated);
  g_test_add_func ("/hostile/pages", test_pages);
  g_test_add_func ("/hostile/foreign", test_foreign);
  g_test_add_func ("/hostile/content", test_content);
  g_test_add_func ("/hostile/types", test_types);
  g_test_add_func ("/hostile/hash", test_hash);
  g_test_add_func ("/hostile/check", test_check);
  g_test_add_func ("/hostile/texts", test_texts);
  return g_test_run ();
}
