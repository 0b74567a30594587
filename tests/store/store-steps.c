/* store-steps.c: a child process edits for ever and tells of each step; what is left when it ends
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-steps.h"

#include "store/store-fixture.h"

#include <math.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

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
edit_for_ever (GFile *file, const StepsRun *run, int pipe)
{
  KilterStore *store;

  if (run->prepare != NULL)
    run->prepare (run->data);
  store = kilter_store_open (file, KILTER_STORE_DEFAULT, NULL);
  if (store == NULL)
    _exit (2);
  for (int step = run->first;; step++)
    {
      if (!apply_step (store, step) || write (pipe, &step, sizeof step) != sizeof step)
        _exit (3);
      if (run->publish_every > 0 && step % run->publish_every == 0 &&
          !kilter_store_publish (store, NULL, NULL))
        _exit (4);
    }
}

/* Starts a child and waits for its end, by a kill or by itself.
 *
 * Returns: the last step that it acknowledged */
int
steps_run (GFile *file, const StepsRun *run)
{
  int ends[2];
  int last = run->first - 1, step, status;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      close (ends[0]);
      edit_for_ever (file, run, ends[1]);
    }
  close (ends[1]);
  if (run->kill_after > 0)
    {
      if (read (ends[0], &step, sizeof step) == sizeof step)
        {
          last = step;
          g_usleep (run->kill_after);
        }
      kill (child, SIGKILL);
    }
  while (read (ends[0], &step, sizeof step) == sizeof step)
    last = step;
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (!WIFSIGNALED (status) && WEXITSTATUS (status) != STEPS_POWER_CUT)
    g_error ("The child ended by itself: %d", WEXITSTATUS (status));
  if (WIFSIGNALED (status) && WTERMSIG (status) != SIGKILL)
    g_error ("The child crashed: signal %d", WTERMSIG (status));
  return last;
}

/* Every acknowledged step is there; at most one more than was acknowledged.
 *
 * Returns: the newest step that is there */
int
steps_check (KilterStore *store, int last)
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
  return newest;
}

/* The published file is one that an eager checker has nothing to say about. */
void
steps_assert_whole (GFile *file)
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
