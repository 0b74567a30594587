/* test-crash.c: killed at any moment: nothing that was acknowledged is lost, nothing is damaged
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-fixture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_KILLS 220
#define N_PUBLISH_KILLS 60

/* The value of a cell tells which step wrote it. */
static void
get_place (int step, int *out_row, int *out_bucket)
{
  *out_row = 1 + step % 3;
  *out_bucket = 30 + step / 3 % 20;
}

static gboolean
apply_step (KilterStore *store, int step)
{
  int row, bucket;

  get_place (step, &row, &bucket);
  return kilter_store_apply (
    store, fixture_edit (kilter_store_get_plan (store), row, bucket, step, step), NULL);
}

/* In the child: edits for ever, telling after each that it is done; publishes now and then. */
static void
edit_for_ever (GFile *file, int first, int pipe, int publish_every)
{
  KilterStore *store = kilter_store_open (file, KILTER_STORE_DEFAULT, NULL);

  if (store == NULL)
    _exit (2);
  for (int step = first;; step++)
    {
      if (!apply_step (store, step) || write (pipe, &step, sizeof step) != sizeof step)
        _exit (3);
      if (publish_every > 0 && step % publish_every == 0 &&
          !kilter_store_publish (store, NULL, NULL))
        _exit (4);
    }
}

/* Starts a child, kills it some time after its first edit.
 *
 * Returns: the last step that it acknowledged */
static int
run_and_kill (GFile *file, int first, int publish_every, gulong microseconds)
{
  int ends[2];
  int last = first - 1, step, status;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      close (ends[0]);
      edit_for_ever (file, first, ends[1], publish_every);
    }
  close (ends[1]);
  if (read (ends[0], &step, sizeof step) == sizeof step)
    {
      last = step;
      g_usleep (microseconds);
    }
  kill (child, SIGKILL);
  while (read (ends[0], &step, sizeof step) == sizeof step)
    last = step;
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (!WIFSIGNALED (status))
    g_error ("The child ended by itself: %d", WEXITSTATUS (status));
  return last;
}

/* Every acknowledged step is there; at most one more than was acknowledged. */
static void
check_steps (KilterStore *store, int last)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  int newest = -1;

  for (int row = 1; row <= 3; row++)
    {
      const double *own = kilter_plan_get_own (plan, KILTER_BASELINE, KILTER_FINAL,
                                               KILTER_LAYER_INPUT, row);

      for (int bucket = 30; own != NULL && bucket < 50; bucket++)
        if (!isnan (own[bucket]))
          newest = MAX (newest, (int) own[bucket]);
    }
  g_assert_cmpint (newest, >=, last);
  g_assert_cmpint (newest, <=, last + 1);
  for (int step = MAX (0, newest - 59); step <= newest; step++)
    {
      int row, bucket;

      get_place (step, &row, &bucket);
      g_assert_cmpfloat (
        kilter_plan_get_own (plan, KILTER_BASELINE, KILTER_FINAL, KILTER_LAYER_INPUT, row)[bucket],
        ==, step);
    }
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

static void
run (int n_kills, int publish_every, int open_every, gint32 longest)
{
  KilterStore *store = fixture_create ("plan.kilter", fixture_plan_new_small ());
  g_autoptr (GFile) file = g_object_ref (kilter_store_get_file (store));
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  int last = -1, n_recovered = 0;

  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  for (int i = 0; i < n_kills; i++)
    {
      last = run_and_kill (file, last + 1, publish_every,
                           (gulong) g_rand_int_range (random, 0, longest));
      if (i % 10 == 0)
        assert_whole (file);
      store = fixture_open (file);
      check_steps (store, last);
      n_recovered += kilter_store_get_n_recovered (store) > 0;
      /* go on from what is there: the step that was not acknowledged may be in it or not */
      {
        int row, bucket;
        const double *own;

        get_place (last + 1, &row, &bucket);
        own = kilter_plan_get_own (kilter_store_get_plan (store), KILTER_BASELINE, KILTER_FINAL,
                                   KILTER_LAYER_INPUT, row);
        if (own != NULL && own[bucket] == last + 1)
          last++;
      }
      fixture_close (store,
                     i % open_every == 0 ? KILTER_STORE_CLOSE_PUBLISH : KILTER_STORE_CLOSE_KEEP);
    }
  store = fixture_open (file);
  check_steps (store, last);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  assert_whole (file);
  g_test_message ("%d kills, %d steps, %d recoveries", n_kills, last + 1, n_recovered);
  g_assert_cmpint (n_recovered, >, n_kills / 4);
}

static void
test_editing (void)
{
  run (N_KILLS, 0, 5, 4000);
}

static void
test_publishing (void)
{
  run (N_PUBLISH_KILLS, 2, 1000, 40000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/crash/editing", test_editing);
  g_test_add_func ("/crash/publishing", test_publishing);
  return g_test_run ();
}
