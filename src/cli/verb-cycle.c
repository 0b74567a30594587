/* verb-cycle.c: kilterctl cycle, scenario
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "plan/review/kilter-insight.h"
#include "store/kilter-approval.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- cycle --- */

static KilterExportTable *
make_status (KilterPlan *plan)
{
  static const char *const headings[] = { "cycle", "step",    "name",    "state",      "due",
                                          "owner", "done_at", "done_by", "open_issues" };
  static const char *const states[] = { [KILTER_STEP_NOT_STARTED] = "open",
                                        [KILTER_STEP_IN_PROGRESS] = "running",
                                        [KILTER_STEP_FINISHED] = "done",
                                        [KILTER_STEP_REOPENED] = "reopened" };
  KilterExportTable *table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);

  for (int number = 1; number <= KILTER_N_STEPS; number++)
    {
      const KilterRecord *step = kilter_plan_get_step (plan, number);
      KilterExportCell *cells = kilter_export_table_add_row (table);

      cells[0].text = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                               kilter_plan_get_cycle (plan));
      cells[1].number = number;
      cells[2].text = g_strdup (kilter_step_get_name (number));
      cells[3].text = g_strdup (states[kilter_step_get_state (step)]);
      if (step != NULL)
        {
          cells[4].text = g_strdup (kilter_record_text (step, KILTER_STEP_DUE));
          cells[5].text = g_strdup (kilter_plan_get_key (
            plan, KILTER_TABLE_PERSON, kilter_record_ref (step, KILTER_STEP_OWNER)));
          cells[6].text = g_strdup (kilter_record_text (step, KILTER_STEP_DONE_AT));
          cells[7].text = g_strdup (kilter_record_text (step, KILTER_STEP_DONE_BY));
        }
      cells[8].number = kilter_plan_count_open_issues (plan, KILTER_BASELINE, number);
    }
  return table;
}

static KilterCommand *
make_cycle_command (KilterPlan *plan,
                    const char *action,
                    int step,
                    const char *reason,
                    GError **error)
{
  g_autofree char *who = kilter_cli_who ();
  g_autofree char *at = kilter_cli_now ();

  if (g_str_equal (action, "finish"))
    return kilter_cycle_finish_step (plan, KILTER_BASELINE, step, who, at, error);
  if (g_str_equal (action, "reopen"))
    return kilter_cycle_reopen_step (plan, step, reason, error);
  if (g_str_equal (action, "approve"))
    return kilter_cycle_approve (plan, KILTER_BASELINE, who, at, error);
  return kilter_cycle_next (plan, at, error);
}

static gboolean
sign_approval (KilterStore *store, KilterCommand *command, GError **error)
{
  g_autoptr (KilterSigner) signer = kilter_signer_new (error);

  return signer != NULL && kilter_approval_sign (store, command, signer, error);
}

int
kilter_verb_cycle (int argc, char **argv)
{
  g_autofree char *reason = NULL, *format_text = NULL;
  gboolean dry_run = FALSE, sign = FALSE;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_ ("Why a step is opened again"), "TEXT" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("Of the status: text, csv or json"),
      "FORM" },
    { "sign", 0, 0, G_OPTION_ARG_NONE, &sign, N_ ("Sign the approval with your key"), NULL },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Change nothing"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse ("cycle", entries, NULL, &argc, &argv, 2, 3);
  g_autoptr (KilterExportTable) table = NULL;
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  gboolean show, takes_step;
  KilterFormat format;
  KilterStore *store;
  guint64 step = 0;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!kilter_cli_format_from_string (format_text, &format))
    return KILTER_EXIT_USAGE;
  if (!g_strv_contains (
        (const char *const[]) { "status", "finish", "reopen", "approve", "next", NULL }, argv[2]))
    return kilter_cli_usage (_ ("“%s” cannot be done with a cycle."), argv[2]);
  show = g_str_equal (argv[2], "status");
  takes_step = g_str_equal (argv[2], "finish") || g_str_equal (argv[2], "reopen");
  if (takes_step != (argc == 4) ||
      (takes_step && !g_ascii_string_to_unsigned (argv[3], 10, 1, KILTER_N_STEPS, &step, NULL)))
    return kilter_cli_usage (
      _ ("“finish” and “reopen” take a step from 1 to 6, the others take none."));
  if (g_str_equal (argv[2], "reopen") && (reason == NULL || *reason == '\0'))
    return kilter_cli_usage ("%s", _ ("Why? Give a reason with --reason."));
  store = kilter_cli_open (argv[1], !show && !dry_run, &status);
  if (store == NULL)
    return status;
  if (show)
    {
      table = make_status (kilter_store_get_plan (store));
      return kilter_cli_finish (store, argv[1], TRUE, kilter_cli_write_table (table, format));
    }
  command = make_cycle_command (kilter_store_get_plan (store), argv[2], (int) step, reason, &error);
  if (command == NULL ||
      (sign && g_str_equal (argv[2], "approve") && !sign_approval (store, command, &error)))
    status = kilter_cli_fail (error, NULL);
  else
    {
      status = kilter_cli_apply (store, command, dry_run);
      if (status == KILTER_EXIT_DONE)
        kilter_cli_say ("%s", kilter_command_get_label (command));
    }
  return kilter_cli_finish (store, argv[1], dry_run, status);
}

/* --- scenarios --- */

static gboolean
is_scenario (const KilterRecord *version)
{
  return g_str_equal (kilter_record_text (version, KILTER_VERSION_KIND), "scenario");
}

static KilterExportTable *
list_scenarios (const KilterPlan *plan)
{
  static const char *const headings[] = { "name", "parent",      "state", "owner",
                                          "at",   "differences", "note" };
  KilterExportTable *table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    {
      const KilterRecord *parent = kilter_plan_get_record (
        plan, KILTER_TABLE_VERSION, kilter_record_ref (version, KILTER_VERSION_PARENT));
      KilterExportCell *cells;

      if (!is_scenario (version))
        continue;
      cells = kilter_export_table_add_row (table);
      cells[0].text = g_strdup (kilter_record_text (version, KILTER_VERSION_NAME));
      cells[1].text = g_strdup (parent != NULL ? kilter_record_text (parent, KILTER_VERSION_NAME)
                                               : "");
      cells[2].text = g_strdup (kilter_record_text (version, KILTER_VERSION_STATE));
      cells[3].text = g_strdup (kilter_record_text (version, KILTER_VERSION_OWNER));
      cells[4].text = g_strdup (kilter_record_text (version, KILTER_VERSION_AT));
      cells[5].number = kilter_plan_count_differences (plan, version->id);
      cells[6].text = g_strdup (kilter_record_text (version, KILTER_VERSION_NOTE));
    }
  return table;
}

/* Key figures of the horizon, one column a scenario. */
static KilterExportTable *
compare_scenarios (KilterPlan *plan, const KilterVersion *versions, int n)
{
  static const char *const figures[] = { "demand",       "supply",        "unmet",
                                         "service",      "revenue",       "margin",
                                         "margin-share", "average-stock", "closing-stock",
                                         "extra-cost",   "peak-load" };
  static const KilterScope everything = { 0 };
  g_autofree const char **headings = g_new0 (const char *, n + 1);
  KilterExportTable *table;
  g_autofree KilterKeyFigures *values = g_new0 (KilterKeyFigures, n);

  headings[0] = "figure";
  for (int i = 0; i < n; i++)
    {
      headings[i + 1] = kilter_record_text (
        kilter_plan_get_record (plan, KILTER_TABLE_VERSION, versions[i]), KILTER_VERSION_NAME);
      kilter_plan_key_figures (plan, versions[i], &everything, kilter_plan_get_n_history (plan),
                               kilter_plan_get_n_horizon (plan), &values[i]);
    }
  table = kilter_export_table_new ((guint) n + 1, headings);
  for (gsize f = 0; f < G_N_ELEMENTS (figures); f++)
    {
      KilterExportCell *cells = kilter_export_table_add_row (table);

      cells[0].text = g_strdup (figures[f]);
      for (int i = 0; i < n; i++)
        {
          const KilterKeyFigures *v = &values[i];
          const double numbers[] = { v->demand,       v->supply,        v->unmet,
                                     v->service,      v->revenue,       v->margin,
                                     v->margin_share, v->average_stock, v->closing_stock,
                                     v->extra_cost,   v->peak_load };

          cells[i + 1].number = numbers[f];
        }
    }
  return table;
}

static int
compare (KilterStore *store, int n_names, char **names, KilterFormat format)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (KilterVersion));
  g_autoptr (KilterExportTable) table = NULL;

  for (int i = 0; i < n_names; i++)
    {
      KilterVersion version = kilter_cli_find_scenario (plan, names[i]);

      if (version == 0)
        return KILTER_EXIT_USAGE;
      g_array_append_val (versions, version);
    }
  if (n_names == 0)
    KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
      {
        if (is_scenario (version))
          g_array_append_val (versions, version->id);
      }
  table = compare_scenarios (plan, (KilterVersion *) versions->data, (int) versions->len);
  return kilter_cli_write_table (table, format);
}

static int
change_scenario (KilterStore *store,
                 const char *action,
                 const char *name,
                 const char *parent_name,
                 const char *part,
                 gboolean dry_run)
{
  KilterScenarioPart what = part == NULL                   ? KILTER_SCENARIO_ALL
                            : g_str_equal (part, "demand") ? KILTER_SCENARIO_DEMAND
                                                           : KILTER_SCENARIO_SUPPLY;
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autofree char *who = kilter_cli_who ();
  g_autofree char *at = kilter_cli_now ();
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (g_str_equal (action, "new"))
    {
      KilterVersion parent = kilter_cli_find_scenario (plan, parent_name);

      if (parent == 0)
        return KILTER_EXIT_USAGE;
      command = kilter_scenario_new (plan, parent, name, who, at, NULL, &error);
    }
  else
    {
      KilterVersion version = kilter_cli_find_scenario (plan, name);

      if (version == 0)
        return KILTER_EXIT_USAGE;
      command = g_str_equal (action, "adopt")
                  ? kilter_scenario_adopt_part (plan, version, NULL, what, &error)
                  : kilter_scenario_delete (plan, version, &error);
    }
  if (command == NULL)
    return kilter_cli_fail (error, name);
  status = kilter_cli_apply (store, command, dry_run);
  if (status == KILTER_EXIT_DONE)
    kilter_cli_say ("%s", kilter_command_get_label (command));
  return status;
}

int
kilter_verb_scenario (int argc, char **argv)
{
  g_autofree char *parent = NULL, *part = NULL, *format_text = NULL;
  gboolean dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "only", 0, 0, G_OPTION_ARG_STRING, &part, N_ ("Adopt only a part: demand or supply"),
      "PART" },
    { "parent", 0, 0, G_OPTION_ARG_STRING, &parent,
      N_ ("What a new scenario starts from; without it, the baseline"), "NAME" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text,
      N_ ("Of list and compare: text, csv or json"), "FORM" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Change nothing"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse ("scenario", entries, NULL, &argc, &argv, 2, -1);
  g_autoptr (KilterExportTable) table = NULL;
  gboolean lists, compares;
  KilterFormat format;
  KilterStore *store;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!kilter_cli_format_from_string (format_text, &format))
    return KILTER_EXIT_USAGE;
  if (!g_strv_contains ((const char *const[]) { "list", "new", "compare", "adopt", "delete", NULL },
                        argv[2]))
    return kilter_cli_usage (_ ("“%s” cannot be done with scenarios."), argv[2]);
  if (part != NULL && !g_strv_contains ((const char *const[]) { "demand", "supply", NULL }, part))
    return kilter_cli_usage (_ ("There is no part “%s”; there are demand and supply."), part);
  lists = g_str_equal (argv[2], "list");
  compares = g_str_equal (argv[2], "compare");
  if (!compares && argc != (lists ? 3 : 4))
    return kilter_cli_usage ("%s", _ ("“new”, “adopt” and “delete” take one name, “list” none."));
  store = kilter_cli_open (argv[1], !lists && !compares && !dry_run, &status);
  if (store == NULL)
    return status;
  if (lists)
    {
      table = list_scenarios (kilter_store_get_plan (store));
      status = kilter_cli_write_table (table, format);
    }
  else if (compares)
    status = compare (store, argc - 3, argv + 3, format);
  else
    status = change_scenario (store, argv[2], argv[3], parent, part, dry_run);
  return kilter_cli_finish (store, argv[1], lists || compares || dry_run, status);
}
