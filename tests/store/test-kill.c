/* test-kill.c: killed at random moments while a script edits, pastes, undoes, imports and saves
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The child tells what the plan is after each step, before and after the step is durable. Whatever
 * the moment, the plan that is found again is one that was told: the last durable one, or one after
 * it. KILTER_KILLS sets how many times (1,000: `./dev bench kill`). */
#include "store/store-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_KILLS 60
#define LONGEST 60000 /* microseconds from the first step to the kill */
#define DIGEST_SIZE 41

typedef struct
{
  gint32 step;
  gint32 is_durable;
  char digest[DIGEST_SIZE];
} Told;

static void
digest_plan (KilterPlan *plan, char *out)
{
  g_autofree char *dump = fixture_dump (plan);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA1, dump, -1);

  g_strlcpy (out, sum, DIGEST_SIZE);
}

/* --- the script --- */

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!kilter_store_write_finish (data, result, &error))
    _exit (5);
}

/* A block of cells in several rows, as a paste or a spread gives it. */
static KilterCommand *
make_paste (KilterPlan *plan, GRand *random)
{
  KilterCommand *command = kilter_command_new ("paste", "Paste");
  int first = g_rand_int_range (random, 28, 34), n = g_rand_int_range (random, 2, 12);
  double values[12];

  for (int row = 1; row <= 3; row++)
    {
      for (int i = 0; i < n; i++)
        values[i] = g_rand_double_range (random, 0, 1e4);
      kilter_command_set_values (command, plan, KILTER_BASELINE, KILTER_CONSENSUS,
                                 KILTER_LAYER_INPUT, row, first, n, values);
    }
  return command;
}

/* Whole rows of facts and new records, as an import gives them. */
static KilterCommand *
make_import (KilterPlan *plan, GRand *random)
{
  KilterCommand *command = kilter_command_new ("import", "Import");
  int n = kilter_plan_get_n_buckets (plan);
  g_autofree double *values = g_new (double, n);
  int person = kilter_command_add_record (command, plan, KILTER_TABLE_PERSON);
  g_autofree char *name = g_strdup_printf ("Person %u", g_rand_int (random));

  kilter_command_set_field_text (command, plan, KILTER_TABLE_PERSON, person, KILTER_PERSON_NAME,
                                 name);
  for (int row = 1; row <= 3; row++)
    {
      for (int i = 0; i < n; i++)
        values[i] = floor (g_rand_double_range (random, 0, 1e5));
      kilter_command_set_values (command, plan, KILTER_BASELINE, KILTER_BUDGET, KILTER_LAYER_FACT,
                                 row, 0, n, values);
    }
  return command;
}

static void
tell (int pipe, KilterStore *store, int step, gboolean is_durable)
{
  Told told = { step, is_durable, "" };

  digest_plan (kilter_store_get_plan (store), told.digest);
  if (write (pipe, &told, sizeof told) != sizeof told)
    _exit (3);
}

/* What the plan will be is told before anything is written: the plan is changed, told and changed
 * back. */
static void
foretell (int pipe, KilterStore *store, const KilterCommand *command, gboolean forward, int step)
{
  KilterPlan *plan = kilter_store_get_plan (store);

  if (forward)
    kilter_plan_apply (plan, command);
  else
    kilter_plan_revert (plan, command);
  tell (pipe, store, step, FALSE);
  if (forward)
    kilter_plan_revert (plan, command);
  else
    kilter_plan_apply (plan, command);
}

static void
do_step (int pipe, KilterStore *store, GRand *random, int step)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  KilterCommand *command = NULL;

  switch (g_rand_int_range (random, 0, 10))
    {
    case 0:
    case 1:
      command = make_paste (plan, random);
      break;
    case 2:
      command = make_import (plan, random);
      break;
    case 3:
    case 4:
      if (!kilter_store_can_undo (store))
        return;
      foretell (pipe, store, kilter_store_get_undo_command (store), FALSE, step);
      kilter_store_undo_async (store, "Test", "2026-04-09T09:12:00Z", done_cb, store);
      return;
    case 5:
      if (!kilter_store_can_redo (store))
        return;
      foretell (pipe, store, kilter_store_get_redo_command (store), TRUE, step);
      kilter_store_redo_async (store, "Test", "2026-04-09T09:12:00Z", done_cb, store);
      return;
    default:
      command = fixture_edit (plan, 1 + step % 3, 30 + step % 10, step + 0.5, step);
      break;
    }
  kilter_command_set_stamp (command, "Test", "2026-04-09T09:12:00Z");
  foretell (pipe, store, command, TRUE, step);
  kilter_store_apply_async (store, command, done_cb, store);
}

/* In the child, until it is killed. */
static void
work_for_ever (GFile *file, int pipe, guint32 seed, const char *copy_path)
{
  KilterStore *store = kilter_store_open (file, KILTER_STORE_DEFAULT, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GFile) copy = g_file_new_for_path (copy_path);

  if (store == NULL)
    _exit (2);
  tell (pipe, store, 0, TRUE);
  for (int step = 1;; step++)
    {
      do_step (pipe, store, random, step);
      if (!kilter_store_flush (store, NULL))
        _exit (4);
      tell (pipe, store, step, TRUE);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      if (g_rand_int_range (random, 0, 6) == 0 && !kilter_store_publish (store, NULL, NULL))
        _exit (6);
      if (g_rand_int_range (random, 0, 25) == 0)
        kilter_store_save_copy (store, copy, NULL);
    }
}

/* --- the judge --- */

typedef struct
{
  GPtrArray *allowed; /* of char*: digests; the first is the last durable one */
  int n_steps;
} Heard;

static void
hear (Heard *heard, const Told *told)
{
  if (told->is_durable)
    g_ptr_array_set_size (heard->allowed, 0);
  g_ptr_array_add (heard->allowed, g_strdup (told->digest));
  heard->n_steps = told->step;
}

static void
run_and_kill (GFile *file, Heard *heard, guint32 seed, gulong microseconds, const char *copy_path)
{
  int ends[2], status;
  Told told;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      close (ends[0]);
      work_for_ever (file, ends[1], seed, copy_path);
    }
  close (ends[1]);
  if (read (ends[0], &told, sizeof told) == sizeof told)
    {
      hear (heard, &told);
      g_usleep (microseconds);
    }
  kill (child, SIGKILL);
  while (read (ends[0], &told, sizeof told) == sizeof told)
    hear (heard, &told);
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (!WIFSIGNALED (status))
    g_error ("The child ended by itself: %d", WEXITSTATUS (status));
}

static void
assert_whole (GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = kilter_store_check (file, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      const KilterFinding *finding = findings->pdata[i];

      /* the made-up numbers of the fixture do not add up; that is not looked at here */
      if (finding->kind != KILTER_FINDING_IDENTITY && finding->kind != KILTER_FINDING_DIGEST)
        g_error ("%s", finding->text);
    }
}

/* What is found is what was told; and it can be undone and done again. */
static void
check_found (KilterStore *store, const Heard *heard)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  char found[DIGEST_SIZE], again[DIGEST_SIZE];

  digest_plan (plan, found);
  if (!g_ptr_array_find_with_equal_func (heard->allowed, found, g_str_equal, NULL))
    g_error ("After %d steps the plan is none of the %u that it may be", heard->n_steps,
             heard->allowed->len);
  if (!kilter_store_can_undo (store))
    return;
  g_assert_true (kilter_store_undo (store, "Test", "2026-04-09T09:12:00Z", NULL));
  g_assert_true (kilter_store_redo (store, "Test", "2026-04-09T09:12:00Z", NULL));
  digest_plan (plan, again);
  g_assert_cmpstr (again, ==, found);
}

static void
test_kill (void)
{
  const char *wanted = g_getenv ("KILTER_KILLS");
  int n_kills = wanted != NULL ? atoi (wanted) : N_KILLS;
  KilterStore *store = fixture_create ("kill.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GRand) random = g_rand_new_with_seed (2026);
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *copy = g_strconcat (path, ".copy.kilter", NULL);
  int n_steps = 0, n_recovered = 0;

  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  for (int i = 0; i < n_kills; i++)
    {
      Heard heard = { g_ptr_array_new_with_free_func (g_free), 0 };

      run_and_kill (file, &heard, g_rand_int (random),
                    (gulong) g_rand_int_range (random, 0, LONGEST), copy);
      /* the user's file is whole at every moment */
      assert_whole (file);
      store = fixture_open (file);
      check_found (store, &heard);
      n_recovered += kilter_store_get_n_recovered (store) > 0;
      n_steps += heard.n_steps;
      fixture_close (store, i % 7 == 0 ? KILTER_STORE_CLOSE_PUBLISH : KILTER_STORE_CLOSE_KEEP);
      g_ptr_array_unref (heard.allowed);
    }
  g_test_message ("%d kills, %d steps, %d recoveries", n_kills, n_steps, n_recovered);
  g_print ("# %d kills, %d steps, %d recoveries: nothing lost, every file whole\n", n_kills,
           n_steps, n_recovered);
  g_assert_cmpint (n_steps, >, n_kills);
  g_assert_cmpint (n_recovered, >, n_kills / 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/kill/script", test_kill);
  return g_test_run ();
}
