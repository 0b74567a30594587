/* store-fixture.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#define N_HISTORY 30
#define N_HORIZON 20

static const char *const cycles[] = { "2026-04", "2026-Q2", "2026-W15", "2026-P04" };

/* --- a plan with something in every table, measure and layer --- */

static void
fill_field (KilterCommand *command, KilterPlan *plan, KilterTableId table, int id, int field)
{
  const KilterFieldInfo *info = &kilter_table_get_info (table)->fields[field];
  g_autofree char *text = NULL;
  double number = NAN;
  int n_choices = 0;

  switch (info->type)
    {
    case KILTER_FIELD_NUMBER:
      number = (info->flags & (KILTER_FIELD_POSITIVE | KILTER_FIELD_NOT_NEGATIVE))
                 ? id * 0.1 + field
                 : id / 3.0 - field;
      break;
    case KILTER_FIELD_INT:
      number = id + field;
      break;
    case KILTER_FIELD_BOOL:
      number = (id + field) % 2;
      break;
    case KILTER_FIELD_REF:
      number = 1 + (id - 1) % 3;
      if (info->ref == table && id == 1)
        number = NAN;
      break;
    case KILTER_FIELD_DATE:
      text = g_strdup_printf ("2026-04-%02d", id);
      break;
    case KILTER_FIELD_BUCKET:
      text = g_strdup (kilter_plan_get_setting (plan, "cycle"));
      break;
    case KILTER_FIELD_CHOICE:
      while (info->choices[n_choices] != NULL)
        n_choices++;
      text = g_strdup (info->choices[id % n_choices]);
      break;
    case KILTER_FIELD_TEXT:
    default:
      text = g_strdup_printf ("%s %d: Ổ bi, 轴承㐂, a=b\\n\n\tc", info->name, id);
    }
  /* leave some out, where one may */
  if (!(info->flags & KILTER_FIELD_REQUIRED) && (id + field) % 5 == 0)
    return;
  if (text != NULL)
    kilter_command_set_field_text (command, plan, table, id, field, text);
  else
    kilter_command_set_field_number (command, plan, table, id, field, number);
}

static void
add_settings (KilterPlan *plan, const char *kind, const char *cycle, const char *uuid)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("set-up", "Set up");
  g_autofree char *history = g_strdup_printf ("%d", N_HISTORY);
  g_autofree char *horizon = g_strdup_printf ("%d", N_HORIZON);

  kilter_command_set_setting (command, plan, "bucket", kind);
  kilter_command_set_setting (command, plan, "cycle", cycle);
  kilter_command_set_setting (command, plan, "history", history);
  kilter_command_set_setting (command, plan, "horizon", horizon);
  kilter_command_set_setting (command, plan, "uuid", uuid);
  kilter_command_set_setting (command, plan, "name", "Bluebird “Foods” 食品");
  kilter_plan_apply (plan, command);
}

static void
add_records (KilterPlan *plan)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("set-up", "Records");

  for (int t = KILTER_TABLE_SETTING + 1; t < KILTER_N_TABLES; t++)
    for (int i = 0; i < 3; i++)
      {
        int id = kilter_command_add_record (command, plan, t);

        for (int f = 0; f < kilter_table_get_info (t)->n_fields; f++)
          fill_field (command, plan, t, id, f);
        /* a baseline, a scenario of it, an approved snapshot */
        if (t == KILTER_TABLE_VERSION)
          {
            kilter_command_set_field_text (command, plan, t, id, KILTER_VERSION_KIND,
                                           i < 2 ? "scenario" : "approved");
            kilter_command_set_field_number (command, plan, t, id, KILTER_VERSION_PARENT,
                                             i == 1 ? 1 : NAN);
          }
      }
  kilter_plan_apply (plan, command);
}

static void
add_numbers (KilterPlan *plan)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("import", "Numbers");
  int n = kilter_plan_get_n_buckets (plan);
  g_autofree double *values = g_new (double, n);

  for (int version = 1; version <= 3; version++)
    for (int m = 0; m < KILTER_N_MEASURES; m++)
      for (int row = 1; row <= 3; row++)
        {
          const KilterMeasureInfo *info = kilter_measure_get_info (m);

          if ((version + m + row) % 3 == 0)
            continue;
          for (int i = 0; i < n; i++)
            values[i] = (i + row) % 4 == 0 ? NAN : (i % 2 ? 1.0 / (i + m + 3) : i * 100 + m);
          if ((info->flags & KILTER_HAS_FACT) || version == 3)
            kilter_command_set_values (command, plan, version, m, KILTER_LAYER_FACT, row, 0, n,
                                       values);
          if (info->flags & KILTER_HAS_INPUT)
            {
              kilter_command_set_values (command, plan, version, m, KILTER_LAYER_INPUT, row, 7,
                                         n - 9, values + 3);
              kilter_command_set_value (command, plan, version, m, KILTER_LAYER_LOCK, row,
                                        n - 1 - row, 1);
            }
        }
  kilter_command_set_stamp (command, "Lê Thị Minh\tA\\B", "2026-04-09T09:12:00Z");
  kilter_plan_apply (plan, command);
}

/* The scenario takes away what the baseline types and locks. */
static void
add_scenario (KilterPlan *plan)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("override", "Scenario");
  int n = kilter_plan_get_n_buckets (plan);

  kilter_command_set_stamp (command, "Hua", "2026-04-10T00:00:00Z");
  kilter_command_set_reason (command, "Promotion\nmoved");
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    if (kilter_measure_get_info (m)->flags & KILTER_HAS_INPUT)
      {
        for (int i = 8; i < 14; i++)
          kilter_command_set_value (command, plan, 2, m, KILTER_LAYER_INPUT, 1, i, NAN);
        kilter_command_set_value (command, plan, 2, m, KILTER_LAYER_LOCK, 1, n - 2, NAN);
        kilter_command_set_value (command, plan, 2, m, KILTER_LAYER_INPUT, 2, 20, -12345.678);
      }
  kilter_plan_apply (plan, command);
}

KilterPlan *
fixture_plan_new (KilterBucketKind kind, const char *uuid)
{
  KilterBucket cycle = kilter_bucket_from_string (kind, cycles[kind]);
  KilterPlan *plan = kilter_plan_new (kind, cycle, N_HISTORY, N_HORIZON);

  add_settings (plan, kilter_bucket_kind_to_string (kind), cycles[kind], uuid);
  add_records (plan);
  add_numbers (plan);
  add_scenario (plan);
  return plan;
}

KilterPlan *
fixture_plan_new_small (void)
{
  KilterPlan *plan = kilter_plan_new (KILTER_BUCKET_MONTH,
                                      kilter_bucket_from_string (KILTER_BUCKET_MONTH, "2026-04"),
                                      N_HISTORY, N_HORIZON);

  add_settings (plan, "month", "2026-04", "00000000-0000-4000-8000-00000000000a");
  add_records (plan);
  return plan;
}

/* --- comparing --- */

static void
dump_record (GString *text, const KilterRecord *record)
{
  const KilterTableInfo *info = kilter_table_get_info (record->table);

  g_string_append_printf (text, "%s %d:", info->name, record->id);
  for (int i = 0; i < info->n_fields; i++)
    g_string_append_printf (text, " %a/%s", record->values[i].number,
                            record->values[i].text != NULL ? record->values[i].text : "(missing)");
  g_string_append_c (text, '\n');
}

typedef struct
{
  KilterPlan *plan;
  GString *text;
} Dump;

static void
dump_row (KilterVersion version,
          KilterMeasure measure,
          KilterLayer layer,
          int row,
          const double *values,
          gpointer user_data)
{
  Dump *dump = user_data;

  g_string_append_printf (dump->text, "%d %d %d %d:", version, measure, layer, row);
  for (int i = 0; i < kilter_plan_get_n_buckets (dump->plan); i++)
    {
      const KilterCellNote *note = NULL;
      guint64 bits;

      memcpy (&bits, &values[i], sizeof bits);
      if (kilter_value_is_cleared (values[i]))
        g_string_append (dump->text, " cleared");
      else if (isnan (values[i]))
        g_string_append (dump->text, " .");
      else
        g_string_append_printf (dump->text, " %016" G_GINT64_MODIFIER "x", bits);
      if (layer == KILTER_LAYER_INPUT &&
          (!isnan (values[i]) || kilter_value_is_cleared (values[i])))
        note = kilter_plan_get_note (dump->plan, version, measure, row, i);
      if (note != NULL)
        g_string_append_printf (dump->text, "[%s|%s|%s]", note->author, note->at,
                                note->reason != NULL ? note->reason : "(none)");
    }
  g_string_append_c (dump->text, '\n');
}

char *
fixture_dump (KilterPlan *plan)
{
  Dump dump = { plan, g_string_new (NULL) };

  g_string_append_printf (dump.text, "%d %d %d %d\n", kilter_plan_get_bucket_kind (plan),
                          kilter_plan_get_start (plan), kilter_plan_get_n_history (plan),
                          kilter_plan_get_n_horizon (plan));
  for (int t = 0; t < KILTER_N_TABLES; t++)
    KILTER_FOREACH_RECORD (plan, t, record)
      {
        dump_record (dump.text, record);
      }
  kilter_plan_foreach_stored (plan, dump_row, &dump);
  return g_string_free_and_steal (dump.text);
}

void
fixture_assert_same (KilterPlan *a, KilterPlan *b)
{
  g_autofree char *text_a = fixture_dump (a);
  g_autofree char *text_b = fixture_dump (b);

  if (!g_str_equal (text_a, text_b))
    {
      g_auto (GStrv) lines_a = g_strsplit (text_a, "\n", -1);
      g_auto (GStrv) lines_b = g_strsplit (text_b, "\n", -1);

      for (int i = 0; lines_a[i] != NULL && lines_b[i] != NULL; i++)
        g_assert_cmpstr (lines_a[i], ==, lines_b[i]);
      g_assert_cmpint (g_strv_length (lines_a), ==, g_strv_length (lines_b));
    }
}

/* --- commands --- */

static void
stamp (KilterCommand *command, int step)
{
  g_autofree char *at = g_strdup_printf ("2026-04-%02dT%02d:00:00Z", 1 + step / 24 % 28, step % 24);

  kilter_command_set_stamp (command, step % 2 ? "Ana" : "Bao", at);
}

/* One typed value. */
KilterCommand *
fixture_edit (KilterPlan *plan, int row, int bucket, double value, int step)
{
  g_autofree char *label = g_strdup_printf ("Edit %d", step);
  KilterCommand *command = kilter_command_new ("override", label);

  stamp (command, step);
  kilter_command_set_reason (command, "Because");
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_FINAL, KILTER_LAYER_INPUT, row,
                            bucket, value);
  return command;
}

static void
add_random_range (KilterCommand *command, KilterPlan *plan, GRand *random)
{
  int n = kilter_plan_get_n_buckets (plan);
  int first = g_rand_int_range (random, 0, n);
  int count = g_rand_int_range (random, 1, n - first + 1);
  int version = g_rand_int_range (random, 1, 3);
  KilterLayer layer = (KilterLayer) g_rand_int_range (random, 0, KILTER_N_LAYERS);
  KilterMeasure measure = layer == KILTER_LAYER_FACT ? KILTER_ACTUAL : KILTER_FINAL;
  g_autofree double *values = g_new (double, count);

  for (int i = 0; i < count; i++)
    {
      values[i] = layer == KILTER_LAYER_LOCK ? 1
                  : g_rand_boolean (random)  ? g_rand_int_range (random, -1000, 1000)
                                             : g_rand_double (random);
      if (g_rand_int_range (random, 0, 3) == 0)
        values[i] = NAN;
    }
  kilter_command_set_values (command, plan, version, measure, layer,
                             g_rand_int_range (random, 1, 4), first, count, values);
}

/* Ranges in every layer, records added, changed and removed. */
KilterCommand *
fixture_random_command (KilterPlan *plan, GRand *random, int step)
{
  g_autofree char *label = g_strdup_printf ("Random %d", step);
  KilterCommand *command = kilter_command_new ("random", label);
  int n = g_rand_int_range (random, 1, 4);

  stamp (command, step);
  for (int i = 0; i < n; i++)
    switch (g_rand_int_range (random, 0, 5))
      {
      case 0:
        {
          int id = kilter_command_add_record (command, plan, KILTER_TABLE_TASK);

          for (int f = 0; f < kilter_table_get_info (KILTER_TABLE_TASK)->n_fields; f++)
            fill_field (command, plan, KILTER_TABLE_TASK, id, f);
          kilter_command_set_field_number (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_CYCLE,
                                           1);
          kilter_command_set_field_number (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_OWNER,
                                           2);
          kilter_command_set_field_text (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_DUE,
                                         "2026-05-01");
          break;
        }
      case 1:
        {
          int id = kilter_plan_get_max_id (plan, KILTER_TABLE_TASK);

          if (id > 3 && kilter_command_get_n_records (command) == 0)
            kilter_command_remove_record (command, plan, KILTER_TABLE_TASK, id);
          break;
        }
      case 2:
        kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT,
                                         g_rand_int_range (random, 1, 4), KILTER_PRODUCT_PRICE,
                                         g_rand_double (random) * 100);
        break;
      default:
        add_random_range (command, plan, random);
        break;
      }
  if (kilter_command_is_empty (command))
    add_random_range (command, plan, random);
  return command;
}

/* --- files --- */

/* A file in a folder of its own, under the test's private data folder. */
GFile *
fixture_new_file (const char *name)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "plans-XXXXXX", NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_nonnull (g_mkdtemp (folder));
  return g_file_new_build_filename (folder, name, NULL);
}

KilterStore *
fixture_create (const char *name, KilterPlan *plan)
{
  g_autoptr (GFile) file = fixture_new_file (name);
  g_autoptr (GError) error = NULL;
  KilterStore *store = kilter_store_create (file, plan, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

KilterStore *
fixture_open (GFile *file)
{
  g_autoptr (GError) error = NULL;
  KilterStore *store = kilter_store_open (file, KILTER_STORE_DEFAULT, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

void
fixture_close (KilterStore *store, KilterStoreClose how)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kilter_store_close (store, how, &error));
  g_assert_no_error (error);
  kilter_store_free (store);
}

/* Does to a file what another program might. */
void
fixture_sql (GFile *file, const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &db), ==, SQLITE_OK);
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  sqlite3_close (db);
}

/* Takes away all working copies, as if the machine were a new one. */
void
fixture_remove_state (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "kilter", "working", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}

/* @name: a gzipped old plan in tests/store/data; a file of its own is made of it */
GFile *
fixture_unpack (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "store", "data", name, NULL);
  g_autoptr (GFile) packed = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) raw = G_INPUT_STREAM (g_file_read (packed, NULL, &error));
  g_autoptr (GConverter)
    converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) plain = NULL;
  g_autoptr (GOutputStream) out = NULL;
  GFile *file = fixture_new_file ("old.kilter");

  g_assert_no_error (error);
  plain = g_converter_input_stream_new (raw, converter);
  out = G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_splice (out, plain, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  return file;
}
