/* test-crash.c: killed at any moment: nothing that was acknowledged is lost, nothing is damaged
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-fixture.h"
#include "store/store-steps.h"

#define N_KILLS 220
#define N_PUBLISH_KILLS 60

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
      const StepsRun child = {
        .first = last + 1,
        .publish_every = publish_every,
        .kill_after = (gulong) g_rand_int_range (random, 1, longest),
      };

      last = steps_run (file, &child);
      if (i % 10 == 0)
        steps_assert_whole (file);
      store = fixture_open (file);
      /* go on from what is there: the step that was not acknowledged may be in it or not */
      last = steps_check (store, last);
      n_recovered += kilter_store_get_n_recovered (store) > 0;
      fixture_close (store,
                     i % open_every == 0 ? KILTER_STORE_CLOSE_PUBLISH : KILTER_STORE_CLOSE_KEEP);
    }
  store = fixture_open (file);
  steps_check (store, last);
  fixture_close (store, KILTER_STORE_CLOSE_PUBLISH);
  steps_assert_whole (file);
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
