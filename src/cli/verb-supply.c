/* verb-supply.c: kilterctl supply
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "plan/kilter-tasks.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *
cause_name (KilterSupplyCause cause)
{
  static const char *const names[] = {
    [KILTER_SUPPLY_CAUSE_CAPACITY] = "capacity",   [KILTER_SUPPLY_CAUSE_LEAD_TIME] = "lead-time",
    [KILTER_SUPPLY_CAUSE_FROZEN] = "frozen",       [KILTER_SUPPLY_CAUSE_COMPONENT] = "component",
    [KILTER_SUPPLY_CAUSE_POLICY] = "policy",       [KILTER_SUPPLY_CAUSE_EARLY] = "early",
    [KILTER_SUPPLY_CAUSE_ROUTE] = "route",         [KILTER_SUPPLY_CAUSE_LIMIT] = "limit",
    [KILTER_SUPPLY_CAUSE_COST] = "cost",           [KILTER_SUPPLY_CAUSE_STORAGE] = "storage",
    [KILTER_SUPPLY_CAUSE_NO_SOURCE] = "no-source", [KILTER_SUPPLY_CAUSE_UNIT_COST] = "unit-cost",
    [KILTER_SUPPLY_CAUSE_HOLDING] = "holding",     [KILTER_SUPPLY_CAUSE_BACKLOG] = "backlog",
    [KILTER_SUPPLY_CAUSE_LOST] = "lost",           [KILTER_SUPPLY_CAUSE_TARGET] = "target",
  };

  return cause < G_N_ELEMENTS (names) && names[cause] != NULL ? names[cause] : "";
}

static char *
bucket_name (const KilterPlan *plan, int index)
{
  return index < 0 ? g_strdup ("")
                   : kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                              kilter_plan_get_bucket (plan, index));
}

/* The reasons for what is not met: one row a product and period. */
static KilterExportTable *
explain (const KilterPlan *plan, const KilterSupplyTask *task)
{
  static const char *const headings[] = { "product",  "month",          "unmet", "cause",
                                          "resource", "resource_month", "worth" };
  KilterExportTable *table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);
  const KilterWhy *whys;
  int n;

  whys = kilter_supply_task_get_whys (task, &n);
  for (int i = 0; i < n; i++)
    {
      KilterExportCell *cells = kilter_export_table_add_row (table);

      cells[0].text = g_strdup (kilter_plan_get_key (plan, KILTER_TABLE_PRODUCT, whys[i].product));
      cells[1].text = bucket_name (plan, whys[i].bucket);
      cells[2].number = whys[i].quantity;
      cells[3].text = g_strdup (cause_name (whys[i].cause));
      if (whys[i].resource != 0)
        {
          cells[4].text = g_strdup (
            kilter_plan_get_key (plan, KILTER_TABLE_RESOURCE, whys[i].resource));
          cells[5].text = bucket_name (plan, whys[i].resource_bucket);
        }
      cells[6].number = whys[i].worth;
    }
  return table;
}

static KilterExportTable *
summarise (const KilterPlan *plan, const KilterSupplyTask *task)
{
  static const char *const headings[] = { "optimal", "cost", "unmet", "gap" };
  KilterExportTable *table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);
  KilterExportCell *cells = kilter_export_table_add_row (table);
  const KilterWhy *whys;
  double unmet = 0;
  int n;

  whys = kilter_supply_task_get_whys (task, &n);
  for (int i = 0; i < n; i++)
    unmet += whys[i].quantity;
  cells[0].number = kilter_supply_task_is_optimal (task);
  cells[1].number = kilter_supply_task_get_cost (task);
  cells[2].number = unmet;
  /* how far from the least cost at most: 0 when it is that */
  cells[3].number = kilter_supply_task_get_gap (task);
  return table;
}

static int
plan_supply (KilterStore *store,
             KilterVersion version,
             const char *strategy,
             gboolean wants_reasons,
             KilterFormat format,
             gboolean dry_run)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterSupplyTask) task = kilter_supply_task_new (plan, version, strategy, &error);
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (KilterExportTable) table = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  KilterJob *job;
  gboolean done;
  int status;

  if (task == NULL)
    return kilter_cli_fail (error, NULL);
  findings = kilter_supply_task_list_findings (task, plan);
  for (guint i = 0; i < findings->len; i++)
    kilter_cli_say ("%s", (const char *) findings->pdata[i]);
  job = kilter_cli_job_new (_ ("Planning supply"), 0);
  done = kilter_supply_task_run (task, job, &error);
  kilter_cli_job_free (job);
  if (!done)
    return kilter_cli_fail (error, NULL);
  table = wants_reasons ? explain (plan, task) : summarise (plan, task);
  command = kilter_supply_task_finish (task, plan);
  status = command != NULL ? kilter_cli_apply (store, command, dry_run) : KILTER_EXIT_DONE;
  return status == KILTER_EXIT_DONE ? kilter_cli_write_table (table, format) : status;
}

int
kilter_verb_supply (int argc, char **argv)
{
  g_autofree char *scenario = NULL, *strategy = NULL, *format_text = NULL;
  gboolean reasons = FALSE, dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "scenario", 0, 0, G_OPTION_ARG_STRING, &scenario,
      N_ ("For which scenario; without it, the baseline"), "NAME" },
    { "strategy", 0, 0, G_OPTION_ARG_STRING, &strategy,
      N_ ("optimal, chase, level, mixed, cover or manual"), "NAME" },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &reasons, N_ ("List what is not met, and why"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("text, csv or json"), "FORM" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Change nothing"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse ("supply", entries, NULL, &argc, &argv, 1, 1);
  KilterFormat format;
  KilterVersion version;
  KilterStore *store;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!kilter_cli_format_from_string (format_text, &format))
    return KILTER_EXIT_USAGE;
  if (strategy != NULL &&
      !g_strv_contains (
        (const char *const[]) { "optimal", "chase", "level", "mixed", "cover", "manual", NULL },
        strategy))
    return kilter_cli_usage (
      _ ("“%s” is no strategy; there are optimal, chase, level, mixed, cover and manual."),
      strategy);
  store = kilter_cli_open (argv[1], !dry_run, &status);
  if (store == NULL)
    return status;
  version = kilter_cli_find_scenario (kilter_store_get_plan (store), scenario);
  status = version == 0 ? KILTER_EXIT_USAGE
                        : plan_supply (store, version, strategy, reasons, format, dry_run);
  return kilter_cli_finish (store, argv[1], dry_run, status);
}
