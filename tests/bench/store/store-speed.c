/* store-speed.c: how long plans take to be made, opened, edited and published
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kilter-store.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define N_BUCKETS 60
#define N_MEASURES 10
#define N_HISTORY 42

typedef struct
{
  double wall;
  double cpu;
} Moment;

static Moment
now (void)
{
  struct timespec wall, cpu;

  clock_gettime (CLOCK_MONOTONIC, &wall);
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &cpu);
  return (Moment) { (double) wall.tv_sec + (double) wall.tv_nsec * 1e-9,
                    (double) cpu.tv_sec + (double) cpu.tv_nsec * 1e-9 };
}

static void
tell (const char *what, Moment since)
{
  Moment end = now ();

  g_print ("  %-34s %8.3f s wall %8.3f s cpu\n", what, end.wall - since.wall, end.cpu - since.cpu);
}

static void
fail_on (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
add_records (KilterPlan *plan, int n_products, int n_versions)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("set-up", "Set up");
  g_autofree char *horizon = g_strdup_printf ("%d", N_BUCKETS - N_HISTORY);
  int region, channel;

  kilter_command_set_setting (command, plan, "bucket", "month");
  kilter_command_set_setting (command, plan, "cycle", "2026-04");
  kilter_command_set_setting (command, plan, "history", G_STRINGIFY (N_HISTORY));
  kilter_command_set_setting (command, plan, "horizon", horizon);
  kilter_command_set_setting (command, plan, "uuid", "00000000-0000-4000-8000-000000000001");
  for (int v = 1; v <= n_versions; v++)
    {
      g_autofree char *name = g_strdup_printf ("Version %d", v);
      int id = kilter_command_add_record (command, plan, KILTER_TABLE_VERSION);

      kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, id, KILTER_VERSION_KIND,
                                     v == 1 ? "scenario" : "step");
      kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, id, KILTER_VERSION_NAME,
                                     name);
    }
  region = kilter_command_add_record (command, plan, KILTER_TABLE_REGION);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_REGION, region, KILTER_REGION_NAME,
                                 "North");
  channel = kilter_command_add_record (command, plan, KILTER_TABLE_CHANNEL);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_CHANNEL, channel, KILTER_CHANNEL_NAME,
                                 "Retail");
  for (int p = 0; p < n_products; p++)
    {
      g_autofree char *code = g_strdup_printf ("P%06d", p);
      int product = kilter_command_add_record (command, plan, KILTER_TABLE_PRODUCT);
      int series = kilter_command_add_record (command, plan, KILTER_TABLE_SERIES);

      kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, product,
                                     KILTER_PRODUCT_CODE, code);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, series,
                                       KILTER_SERIES_PRODUCT, product);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, series,
                                       KILTER_SERIES_REGION, region);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, series,
                                       KILTER_SERIES_CHANNEL, channel);
    }
  kilter_plan_apply (plan, command);
}

/* Ten measures: half whole numbers, half with all their digits. */
static void
add_numbers (KilterPlan *plan, int n_products, int n_versions)
{
  double values[N_BUCKETS];

  for (int v = 1; v <= n_versions; v++)
    for (int m = 0; m < N_MEASURES; m++)
      for (int row = 1; row <= n_products; row++)
        {
          for (int i = 0; i < N_BUCKETS; i++)
            values[i] = m % 2 ? fabs (sin (row * 61.0 + i * 7 + m)) * 1000
                              : (row * 37 + i * 11 + m * 5 + v) % 5000;
          kilter_plan_load_values (
            plan, v, (KilterMeasure) (m == 0 ? KILTER_ACTUAL : KILTER_STATISTICAL + m),
            KILTER_LAYER_FACT, row, kilter_plan_get_start (plan), N_BUCKETS, values);
        }
}

static KilterCommand *
make_edit (KilterPlan *plan, int row, int bucket, double value)
{
  KilterCommand *command = kilter_command_new ("override", "Override");

  kilter_command_set_stamp (command, "Ana", "2026-04-09T09:12:00Z");
  kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_FINAL, KILTER_LAYER_INPUT, row,
                            bucket, value);
  return command;
}

static void
edit (KilterStore *store, int n_products)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  GError *error = NULL;
  Moment since = now ();
  Moment slowest = { 0, 0 };

  for (int i = 0; i < 500; i++)
    {
      Moment before = now ();
      Moment after;

      kilter_store_apply (store, make_edit (plan, 1 + i * 7 % n_products, N_HISTORY + i % 18, i),
                          &error);
      fail_on (error);
      after = now ();
      slowest.wall = MAX (slowest.wall, after.wall - before.wall);
    }
  tell ("500 edits, each durable", since);
  g_print ("  %-34s %8.3f s wall\n", "… the slowest", slowest.wall);
}

/* A forecast of everything: one command. */
static void
import (KilterStore *store, int n_products)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  KilterCommand *command = kilter_command_new ("forecast", "Forecast");
  double values[N_BUCKETS - N_HISTORY];
  GError *error = NULL;
  Moment since = now ();

  for (int m = 0; m < 7; m++)
    for (int row = 1; row <= n_products; row++)
      {
        for (int i = 0; i < N_BUCKETS - N_HISTORY; i++)
          values[i] = fabs (cos (row * 3.0 + i + m)) * 900;
        kilter_command_set_values (command, plan, KILTER_BASELINE,
                                   (KilterMeasure) (KILTER_STATISTICAL + m), KILTER_LAYER_FACT, row,
                                   N_HISTORY, N_BUCKETS - N_HISTORY, values);
      }
  tell ("building a forecast's command", since);
  since = now ();
  kilter_store_apply_async (store, command, NULL, NULL);
  tell ("… applying it, main thread", since);
  kilter_store_flush (store, &error);
  fail_on (error);
  tell ("… until it is durable", since);
  since = now ();
  kilter_store_undo (store, "Ana", "2026-04-09T09:12:00Z", &error);
  fail_on (error);
  tell ("… undoing it", since);
}

static void
measure (int n_products, int n_versions)
{
  g_autofree char *folder = g_dir_make_tmp ("kilter-speed-XXXXXX", NULL);
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "plan.kilter", NULL);
  KilterPlan *plan = kilter_plan_new (KILTER_BUCKET_MONTH,
                                      kilter_bucket_from_string (KILTER_BUCKET_MONTH, "2026-04"),
                                      N_HISTORY, N_BUCKETS - N_HISTORY);
  g_autoptr (GFileInfo) info = NULL;
  GError *error = NULL;
  KilterStore *store;
  struct rusage usage;
  Moment since;

  g_print ("%d products × %d versions × %d measures × %d buckets: %d cells\n", n_products,
           n_versions, N_MEASURES, N_BUCKETS, n_products * n_versions * N_MEASURES * N_BUCKETS);
  add_records (plan, n_products, n_versions);
  add_numbers (plan, n_products, n_versions);
  since = now ();
  store = kilter_store_create (file, plan, &error);
  fail_on (error);
  tell ("create and publish", since);
  kilter_store_close (store, KILTER_STORE_CLOSE_DISCARD, NULL);
  kilter_store_free (store);
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL,
                            NULL);
  g_print ("  %-34s %8.1f MB\n", "file", (double) g_file_info_get_size (info) / 1e6);

  since = now ();
  store = kilter_store_open (file, KILTER_STORE_DEFAULT, &error);
  fail_on (error);
  tell ("open, checks included", since);
  edit (store, n_products);
  import (store, n_products);
  since = now ();
  kilter_store_publish (store, NULL, &error);
  fail_on (error);
  tell ("publish", since);
  getrusage (RUSAGE_SELF, &usage);
  g_print ("  %-34s %8.0f MB\n", "most memory so far", (double) usage.ru_maxrss / 1e3);
  kilter_store_close (store, KILTER_STORE_CLOSE_PUBLISH, NULL);
  kilter_store_free (store);
  g_file_delete (file, NULL, NULL);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("kilter-state-XXXXXX", NULL);

  setlocale (LC_ALL, "");
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  measure (2000, 1);
  if (argc < 2 || strcmp (argv[1], "quick") != 0)
    measure (4167, 2);
  return 0;
}
