/* pack-sample.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack-sample.h"

#include "exchange/sample/kilter-sample.h"
#include "plan/data/kilter-command.h"

static gboolean
apply (KilterCommand *command, gpointer user_data, GError **error)
{
  kilter_plan_apply (user_data, command);
  return TRUE;
}

/* The plan that "kilterctl new --sample" makes, in memory. */
KilterPlan *
pack_sample_new (const char *language, GError **error)
{
  g_autofree char *folder = g_build_filename (g_getenv ("KILTER_SOURCE_ROOT"), "data", "sample",
                                              NULL);
  KilterPlan *plan = kilter_sample_new (folder, "00000000-0000-4000-8000-000000000002", error);
  KilterJob *job;

  if (plan == NULL)
    return NULL;
  job = kilter_job_new (NULL);
  if (!kilter_sample_fill (plan, folder, language, apply, plan, job, error))
    g_clear_pointer (&plan, kilter_plan_free);
  kilter_job_unref (job);
  return plan;
}
