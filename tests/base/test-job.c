/* test-job.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kilter-hash.h"
#include "base/kilter-job.h"

#include <math.h>

static void
square (gsize index, guint worker, gpointer user_data)
{
  double *values = user_data;

  values[index] += (double) index * (double) index;
}

static void
test_parallel (void)
{
  for (guint threads = 1; threads <= 8; threads *= 2)
    {
      g_autoptr (KilterJob) job = kilter_job_new (NULL);
      g_autofree double *values = g_new0 (double, 5000);

      kilter_job_set_n_threads (job, threads);
      g_assert_true (kilter_job_parallel (job, 5000, square, values, NULL));
      for (gsize i = 0; i < 5000; i++)
        g_assert_cmpfloat (values[i], ==, (double) i * (double) i);
    }
  g_assert_true (kilter_job_parallel (NULL, 0, square, NULL, NULL));
}

static void
cancel_soon (gsize index, guint worker, gpointer user_data)
{
  if (index == 10)
    kilter_job_cancel (user_data);
}

static void
test_cancel (void)
{
  g_autoptr (KilterJob) job = kilter_job_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (kilter_job_parallel (job, 1000000, cancel_soon, job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_hash (void)
{
  static const double zeros[] = { 0.0, -0.0 };
  char *digests[4];

  for (int i = 0; i < 4; i++)
    {
      g_autoptr (KilterHash) hash = kilter_hash_new ();

      if (i == 0)
        {
          kilter_hash_add_text (hash, "ab");
          kilter_hash_add_text (hash, "c");
        }
      else if (i == 1)
        {
          kilter_hash_add_text (hash, "a");
          kilter_hash_add_text (hash, "bc");
        }
      else
        kilter_hash_add_double (hash, zeros[i - 2]);
      digests[i] = kilter_hash_finish (hash);
    }
  g_assert_cmpstr (digests[0], !=, digests[1]);
  g_assert_cmpstr (digests[2], ==, digests[3]);
  for (int i = 0; i < 4; i++)
    g_free (digests[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job/parallel", test_parallel);
  g_test_add_func ("/job/cancel", test_cancel);
  g_test_add_func ("/job/hash", test_hash);
  return g_test_run ();
}
