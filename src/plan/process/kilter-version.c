/* kilter-version.c: scenarios and snapshots
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/process/kilter-cycle.h"

#include "base/kilter-hash.h"
#include "plan/data/kilter-plan-private.h"
#include "plan/process/kilter-version-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

gboolean
kilter_version_is_kind (const KilterRecord *version, const char *kind)
{
  return version != NULL && g_str_equal (kilter_record_text (version, KILTER_VERSION_KIND), kind);
}

/* Freezes what a version says of each measure that snapshots keep. */
void
kilter_version_freeze (KilterPlan *plan,
                       KilterCommand *command,
                       KilterVersion from,
                       KilterVersion to)
{
  int n = kilter_plan_get_n_buckets (plan);

  for (int m = 0; m < KILTER_N_MEASURES; m++)
    {
      const KilterMeasureInfo *info = kilter_measure_get_info (m);

      if (!(info->flags & KILTER_FROZEN))
        continue;
      for (int row = 1; row <= kilter_plan_get_n_rows (plan, info->grain); row++)
        {
          const double *values = kilter_plan_get_row (plan, from, m, row);
          int first = 0, last = n - 1;

          while (first < n && isnan (values[first]))
            first++;
          while (last > first && isnan (values[last]))
            last--;
          if (first < n)
            kilter_command_set_values (command, plan, to, m, KILTER_LAYER_FACT, row, first,
                                       last - first + 1, values + first);
        }
    }
}

char *
kilter_plan_get_cycle_text (const KilterPlan *plan)
{
  return kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan), kilter_plan_get_cycle (plan));
}

KilterVersion
kilter_version_add (KilterPlan *plan,
                    KilterCommand *command,
                    const char *kind,
                    const char *name,
                    const char *who,
                    const char *at)
{
  int id = kilter_command_add_record (command, plan, KILTER_TABLE_VERSION);
  g_autofree char *cycle = kilter_plan_get_cycle_text (plan);
  const struct
  {
    int field;
    const char *text;
  } texts[] = {
    { KILTER_VERSION_KIND, kind }, { KILTER_VERSION_NAME, name }, { KILTER_VERSION_CYCLE, cycle },
    { KILTER_VERSION_OWNER, who }, { KILTER_VERSION_AT, at },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, id, texts[i].field,
                                   texts[i].text);
  return id;
}

/**
 * kilter_snapshot_new:
 * @kind: "step" or "approved"
 * @out_version: (out) (optional): the id that the snapshot gets
 *
 * Returns: (transfer full): a command that freezes a version as it is
 */
KilterCommand *
kilter_snapshot_new (KilterPlan *plan,
                     KilterVersion version,
                     const char *kind,
                     const char *name,
                     const char *who,
                     const char *at,
                     KilterVersion *out_version)
{
  g_autofree char *label = g_strdup_printf (_ ("Snapshot %s"), name);
  KilterCommand *command = kilter_command_new ("snapshot", label);
  KilterVersion id = kilter_version_add (plan, command, kind, name, who, at);

  kilter_version_freeze (plan, command, version, id);
  if (out_version != NULL)
    *out_version = id;
  return command;
}

/**
 * kilter_scenario_new:
 * @parent: what it starts from
 *
 * Returns: (transfer full) (nullable): a command that makes an empty scenario: the same as its
 *   parent until it is edited
 */
KilterCommand *
kilter_scenario_new (KilterPlan *plan,
                     KilterVersion parent,
                     const char *name,
                     const char *who,
                     const char *at,
                     KilterVersion *out_version,
                     GError **error)
{
  g_autofree char *label = NULL;
  g_autofree char *base = NULL;
  KilterCommand *command;
  KilterVersion id;

  if (name == NULL || *name == '\0')
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID,
                           _ ("A scenario needs a name."));
      return NULL;
    }
  if (!kilter_version_is_kind (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, parent),
                               "scenario"))
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                           _ ("A scenario starts from another scenario."));
      return NULL;
    }
  if (kilter_plan_find_version (plan, name) != 0)
    {
      g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID,
                   _ ("There is already a scenario “%s”."), name);
      return NULL;
    }
  label = g_strdup_printf (_ ("New scenario “%s”"), name);
  command = kilter_command_new ("scenario", label);
  id = kilter_version_add (plan, command, "scenario", name, who, at);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_VERSION, id, KILTER_VERSION_PARENT,
                                   parent);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, id, KILTER_VERSION_STATE,
                                 "working");
  base = kilter_version_digest_base (plan, parent);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, id, KILTER_VERSION_BASE,
                                 base);
  if (out_version != NULL)
    *out_version = id;
  return command;
}

/**
 * kilter_plan_find_version:
 * @name: a scenario's name, or "baseline"
 *
 * Returns: the newest version of that name, scenarios before snapshots, or 0
 */
KilterVersion
kilter_plan_find_version (const KilterPlan *plan, const char *name)
{
  KilterVersion scenario = 0, snapshot = 0;

  if (g_ascii_strcasecmp (name, "baseline") == 0)
    return KILTER_BASELINE;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (g_str_equal (kilter_record_text (version, KILTER_VERSION_NAME), name))
      *(kilter_version_is_kind (version, "scenario") ? &scenario : &snapshot) = version->id;
  return scenario != 0 ? scenario : snapshot;
}

/* Each stored cell of a version becomes missing. */
static void
erase (KilterPlan *plan, KilterCommand *command, KilterVersion version)
{
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    for (int l = 0; l < KILTER_N_LAYERS; l++)
      for (int row = 1; row <= kilter_plan_get_n_rows (plan, kilter_measure_get_info (m)->grain);
           row++)
        if (kilter_plan_get_own (plan, version, m, l, row) != NULL)
          kilter_command_erase_row (command, plan, version, m, l, row);
}

void
kilter_version_remove (KilterPlan *plan, KilterCommand *command, KilterVersion version)
{
  erase (plan, command, version);
  kilter_command_remove_record (command, plan, KILTER_TABLE_VERSION, version);
}

/**
 * kilter_scenario_delete:
 *
 * Returns: (transfer full) (nullable): the command; %NULL for the baseline, a snapshot, an
 *   approved scenario, or one that others start from
 */
KilterCommand *
kilter_scenario_delete (KilterPlan *plan, KilterVersion version, GError **error)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_VERSION, version);
  g_autofree char *label = NULL;
  KilterCommand *command;

  if (version == KILTER_BASELINE || !kilter_version_is_kind (record, "scenario") ||
      g_str_equal (kilter_record_text (record, KILTER_VERSION_STATE), "approved"))
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                           _ ("The baseline and approved versions cannot be deleted."));
      return NULL;
    }
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, child)
    if (kilter_record_ref (child, KILTER_VERSION_PARENT) == version)
      {
        g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                             _ ("Another scenario starts from this one."));
        return NULL;
      }
  label = g_strdup_printf (_ ("Deleted scenario “%s”"),
                           kilter_record_text (record, KILTER_VERSION_NAME));
  command = kilter_command_new ("scenario", label);
  kilter_version_erase_variations (plan, command, version);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_DECISION, decision)
    if (kilter_record_ref (decision, KILTER_DECISION_SCENARIO) == version)
      kilter_command_set_field_number (command, plan, KILTER_TABLE_DECISION, decision->id,
                                       KILTER_DECISION_SCENARIO, NAN);
  kilter_version_remove (plan, command, version);
  return command;
}

static KilterScenarioPart
get_part (KilterMeasure measure)
{
  switch ((int) measure)
    {
    case KILTER_REGULAR:
    case KILTER_OVERTIME:
    case KILTER_ALTERNATIVE:
    case KILTER_SUBCONTRACT:
    case KILTER_PURCHASE:
    case KILTER_WORKERS:
    case KILTER_CAPACITY:
    case KILTER_TARGET_STOCK:
    case KILTER_COST:
      return KILTER_SCENARIO_SUPPLY;
    default:
      return KILTER_SCENARIO_DEMAND;
    }
}

static gboolean
is_in_scope (const KilterPlan *plan, const KilterScope *scope, KilterMeasure measure, int row)
{
  if (scope == NULL)
    return TRUE;
  switch (kilter_measure_get_info (measure)->grain)
    {
    case KILTER_GRAIN_SERIES:
      return kilter_scope_has_series (plan, scope, row);
    case KILTER_GRAIN_PRODUCT:
      return kilter_scope_has_product (plan, scope, row);
    case KILTER_GRAIN_RESOURCE:
    default:
      return kilter_scope_has_resource (plan, scope, row);
    }
}

static void
adopt_row (KilterPlan *plan,
           KilterCommand *command,
           KilterVersion version,
           KilterMeasure measure,
           KilterLayer layer,
           int row)
{
  const double *own = kilter_plan_get_own (plan, version, measure, layer, row);
  KilterVersion parent = kilter_plan_get_parent (plan, version);
  int n = kilter_plan_get_n_buckets (plan);

  for (int t = 0; own != NULL && t < n; t++)
    if (!isnan (own[t]) || kilter_value_is_cleared (own[t]))
      kilter_command_set_value (command, plan, parent, measure, layer, row, t,
                                kilter_value_is_cleared (own[t]) ? NAN : own[t]);
}

/* Writes what a scenario holds of its own, numbers and policies, into its parent. */
void
kilter_version_adopt (KilterPlan *plan,
                      KilterCommand *command,
                      KilterVersion version,
                      const KilterScope *scope,
                      KilterScenarioPart part)
{
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    for (int l = 0; l < KILTER_N_LAYERS && (get_part (m) & part); l++)
      for (int row = 1; row <= kilter_plan_get_n_rows (plan, kilter_measure_get_info (m)->grain);
           row++)
        if (is_in_scope (plan, scope, m, row))
          adopt_row (plan, command, version, m, l, row);
  if (part & KILTER_SCENARIO_SUPPLY)
    kilter_version_adopt_variations (plan, command, version, scope);
}

/* --- whether a scenario still stands on its parent's data --- */

/* A digest over what scenarios stand on: demand and supply of the horizon, by product. */
char *
kilter_version_digest_base (KilterPlan *plan, KilterVersion parent)
{
  static const KilterMeasure parts[] = { KILTER_REGULAR, KILTER_OVERTIME, KILTER_ALTERNATIVE,
                                         KILTER_SUBCONTRACT, KILTER_PURCHASE };
  g_autoptr (KilterHash) hash = kilter_hash_new ();
  int n = kilter_plan_get_n_horizon (plan), cycle = kilter_plan_get_n_history (plan);
  g_autofree double *demand = NULL;

  if (plan->base_digest != NULL && plan->base_version == parent &&
      plan->base_generation == kilter_plan_get_generation (plan))
    return g_strdup (plan->base_digest);
  demand = g_new (double, kilter_plan_get_n_buckets (plan));
  kilter_hash_add_int (hash, kilter_plan_get_cycle (plan));
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
    {
      kilter_plan_product_demand (plan, parent, product->id, demand);
      kilter_hash_add_doubles (hash, demand + cycle, (gsize) n);
      for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
        kilter_hash_add_doubles (
          hash, kilter_plan_get_row (plan, parent, parts[i], product->id) + cycle, (gsize) n);
    }
  g_free (plan->base_digest);
  plan->base_digest = kilter_hash_finish (hash);
  plan->base_version = parent;
  plan->base_generation = kilter_plan_get_generation (plan);
  return g_strdup (plan->base_digest);
}

/**
 * kilter_scenario_is_outdated:
 *
 * Returns: whether demand or supply of the scenario's parent changed since the scenario was made
 *   or brought up to date, or its cycle is over
 */
gboolean
kilter_scenario_is_outdated (KilterPlan *plan, KilterVersion version)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_VERSION, version);
  KilterVersion parent = kilter_plan_get_parent (plan, version);
  const char *state = record != NULL ? kilter_record_text (record, KILTER_VERSION_STATE) : "";
  const char *base = record != NULL ? kilter_record_text (record, KILTER_VERSION_BASE) : "";
  g_autofree char *now = NULL;

  if (parent == 0 || g_str_equal (state, "approved"))
    return FALSE;
  if (g_str_equal (state, "outdated"))
    return TRUE;
  if (*base == '\0')
    return FALSE;
  now = kilter_version_digest_base (plan, parent);
  return !g_str_equal (now, base);
}

/**
 * kilter_scenario_refresh:
 *
 * Returns: (transfer full) (nullable): a command that says that a scenario was looked at again and
 *   stands on its parent as that is now; %NULL for the baseline and snapshots
 */
KilterCommand *
kilter_scenario_refresh (KilterPlan *plan, KilterVersion version, GError **error)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_VERSION, version);
  KilterVersion parent = kilter_plan_get_parent (plan, version);
  g_autofree char *label = NULL, *base = NULL;
  KilterCommand *command;

  if (parent == 0)
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                           _ ("Only a scenario that starts from another can be brought up to "
                              "date."));
      return NULL;
    }
  label = g_strdup_printf (_ ("Brought scenario “%s” up to date"),
                           kilter_record_text (record, KILTER_VERSION_NAME));
  command = kilter_command_new ("scenario", label);
  base = kilter_version_digest_base (plan, parent);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, version, KILTER_VERSION_BASE,
                                 base);
  if (g_str_equal (kilter_record_text (record, KILTER_VERSION_STATE), "outdated"))
    kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, version,
                                   KILTER_VERSION_STATE, "working");
  return command;
}

/**
 * kilter_scenario_recommend:
 * @version: the scenario, or 0 for none
 *
 * Returns: (transfer full): a command that recommends a scenario, and no other
 */
KilterCommand *
kilter_scenario_recommend (KilterPlan *plan, KilterVersion version)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_VERSION, version);
  /* Translators: %s is the name of a scenario */
  g_autofree char *label = record != NULL
                             ? g_strdup_printf (_ ("Recommended “%s”"),
                                                kilter_record_text (record, KILTER_VERSION_NAME))
                             : g_strdup (_ ("Recommended no scenario"));
  KilterCommand *command = kilter_command_new ("recommend", label);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, other)
    if (other->id != version &&
        g_str_equal (kilter_record_text (other, KILTER_VERSION_STATE), "recommended"))
      kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, other->id,
                                     KILTER_VERSION_STATE, "working");
  if (record != NULL)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, version,
                                   KILTER_VERSION_STATE, "recommended");
  return command;
}

/**
 * kilter_decision_list_options:
 *
 * Returns: (transfer full) (element-type int): the scenarios that a decision chooses between: the
 *   one it brings into the plan first, then those that are marked as options for it
 */
GArray *
kilter_decision_list_options (const KilterPlan *plan, int decision)
{
  GArray *options = g_array_new (FALSE, FALSE, sizeof (int));
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_DECISION, decision);
  int chosen = record != NULL ? kilter_record_ref (record, KILTER_DECISION_SCENARIO) : 0;

  if (chosen > 0)
    g_array_append_val (options, chosen);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (version->id != chosen && kilter_version_is_kind (version, "scenario") &&
        kilter_record_ref (version, KILTER_VERSION_DECISION) == decision)
      g_array_append_val (options, version->id);
  return options;
}

/**
 * kilter_scenario_adopt:
 *
 * Returns: (transfer full) (nullable): a command that makes the scenario's differences its
 *   parent's; the scenario then says the same as its parent
 */
KilterCommand *
kilter_scenario_adopt (KilterPlan *plan, KilterVersion version, GError **error)
{
  return kilter_scenario_adopt_part (plan, version, NULL, KILTER_SCENARIO_ALL, error);
}

/**
 * kilter_scenario_adopt_part:
 * @scope: (nullable): only what lies in it; %NULL for everything
 * @part: demand, supply, or both
 *
 * Returns: (transfer full) (nullable): a command that makes a part of the scenario's differences
 *   its parent's. Adopted as a whole the scenario is approved; in part it stays to be worked on
 */
KilterCommand *
kilter_scenario_adopt_part (KilterPlan *plan,
                            KilterVersion version,
                            const KilterScope *scope,
                            KilterScenarioPart part,
                            GError **error)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_VERSION, version);
  g_autofree char *label = NULL;
  KilterCommand *command;

  if (kilter_plan_get_parent (plan, version) == 0)
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                           _ ("Only a scenario that starts from another can be adopted."));
      return NULL;
    }
  label = g_strdup_printf (_ ("Adopted scenario “%s”"),
                           kilter_record_text (record, KILTER_VERSION_NAME));
  command = kilter_command_new ("adopt", label);
  kilter_version_adopt (plan, command, version, scope, part);
  if (scope == NULL && part == KILTER_SCENARIO_ALL)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, version,
                                   KILTER_VERSION_STATE, "approved");
  return command;
}
