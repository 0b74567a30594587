/* kilter-sample-supply.c: supply and scenarios
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/sample/kilter-sample-private.h"

#include "plan/kilter-tasks.h"
#include "plan/process/kilter-cycle.h"

/* --- supply and scenarios --- */

/* The resource that keeps most from being made. */
static int
find_bottleneck (const KilterSupplyTask *task, int n_resources)
{
  g_autofree double *short_by = g_new0 (double, n_resources + 1);
  const KilterWhy *whys;
  int n, best = 0;

  whys = kilter_supply_task_get_whys (task, &n);
  for (int i = 0; i < n; i++)
    if (whys[i].resource > 0 && whys[i].resource <= n_resources)
      short_by[whys[i].resource] += whys[i].quantity;
  for (int r = 1; r <= n_resources; r++)
    if (short_by[r] > short_by[best])
      best = r;
  return best;
}

gboolean
kilter_sample_make_supply (KilterSampleBuilder *self, int *out_bottleneck, GError **error)
{
  g_autoptr (KilterSupplyTask)
    task = kilter_supply_task_new (self->plan, KILTER_BASELINE, "optimal", error);
  g_autoptr (KilterCommand) command = NULL;

  if (task == NULL || !kilter_supply_task_run (task, self->job, error))
    return FALSE;
  *out_bottleneck = find_bottleneck (task,
                                     kilter_plan_get_max_id (self->plan, KILTER_TABLE_RESOURCE));
  command = kilter_supply_task_finish (task, self->plan);
  return kilter_sample_apply_command (self, command, "Wei Zhang", "2026-04-13T15:04:00Z", error);
}

static const KilterFix *
find_fix (const KilterSupplyTask *task, const char *name)
{
  static const struct
  {
    const char *name;
    KilterSupplyFixTitle title;
  } titles[] = {
    { "overtime", KILTER_SUPPLY_FIX_OVERTIME },
    { "early", KILTER_SUPPLY_FIX_EARLY },
    { "early-overtime", KILTER_SUPPLY_FIX_EARLY_AND_OVERTIME },
    { "early-subcontract", KILTER_SUPPLY_FIX_EARLY_AND_SUBCONTRACT },
    { "subcontract", KILTER_SUPPLY_FIX_SUBCONTRACT },
    { "everything", KILTER_SUPPLY_FIX_EVERYTHING },
  };
  const KilterFix *fixes;
  int n;

  fixes = kilter_supply_task_get_fixes (task, &n);
  for (gsize t = 0; t < G_N_ELEMENTS (titles); t++)
    for (int i = 0; i < n; i++)
      if (g_str_equal (titles[t].name, name) && fixes[i].title == titles[t].title &&
          fixes[i].command != NULL)
        return &fixes[i];
  return NULL;
}

static gboolean
make_scenario (KilterSampleBuilder *self,
               const KilterSampleTable *table,
               guint r,
               int bottleneck,
               GError **error)
{
  const char *who = kilter_sample_table_get (table, r, "owner"),
             *at = kilter_sample_table_get (table, r, "at");
  const char *decision = kilter_sample_translate (self,
                                                  kilter_sample_table_get (table, r, "decision"));
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (KilterSupplyTask) task = NULL;
  g_autoptr (KilterCommand) unwanted = NULL;
  const KilterFix *fix;
  KilterVersion version = 0;

  command = kilter_scenario_new (
    self->plan, KILTER_BASELINE,
    kilter_sample_translate (self, kilter_sample_table_get (table, r, "name")), who, at, &version,
    error);
  if (command == NULL)
    return FALSE;
  kilter_sample_set_text (self, command, KILTER_TABLE_VERSION, version, KILTER_VERSION_STATE,
                          kilter_sample_table_get (table, r, "state"));
  kilter_sample_set_text (
    self, command, KILTER_TABLE_VERSION, version, KILTER_VERSION_NOTE,
    kilter_sample_translate (self, kilter_sample_table_get (table, r, "note")));
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_DECISION, record)
    {
      if (*decision != '\0' &&
          g_str_equal (kilter_record_text (record, KILTER_DECISION_TITLE), decision))
        kilter_command_set_field_number (command, self->plan, KILTER_TABLE_DECISION, record->id,
                                         KILTER_DECISION_SCENARIO, version);
    }
  if (!kilter_sample_apply_command (self, command, who, at, error))
    return FALSE;
  if (bottleneck == 0)
    return TRUE;
  task = kilter_supply_task_new (self->plan, version, "optimal", error);
  if (task == NULL)
    return FALSE;
  kilter_supply_task_want_fixes (task, bottleneck, 0);
  if (!kilter_supply_task_run (task, self->job, error))
    return FALSE;
  /* the fixes are made with the plan that they improve on, which is not wanted here */
  unwanted = kilter_supply_task_finish (task, self->plan);
  fix = find_fix (task, kilter_sample_table_get (table, r, "fix"));
  /* a scenario without its numbers is still one to work on */
  if (fix == NULL)
    return TRUE;
  return kilter_sample_apply_command (self, fix->command, who, at, error);
}

gboolean
kilter_sample_make_scenarios (KilterSampleBuilder *self, int bottleneck, GError **error)
{
  g_autoptr (KilterSampleTable)
    table = kilter_sample_table_read (self->folder, "scenarios.csv", error);

  if (table == NULL)
    return FALSE;
  for (guint r = 1; r < table->rows->len; r++)
    {
      if (!make_scenario (self, table, r, bottleneck, error))
        return FALSE;
      if (self->job != NULL)
        kilter_job_advance (self->job, 1);
    }
  return TRUE;
}
