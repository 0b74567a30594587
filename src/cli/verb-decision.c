/* verb-decision.c: kilterctl decision: what is asked, what was answered, what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "plan/process/kilter-meeting.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *
name_outcome (KilterOutcome outcome)
{
  static const char *const names[] = { [KILTER_OUTCOME_NONE] = "none",
                                       [KILTER_OUTCOME_PENDING] = "pending",
                                       [KILTER_OUTCOME_CAME_TRUE] = "came-true",
                                       [KILTER_OUTCOME_MISSED] = "missed" };

  return names[outcome];
}

static KilterExportTable *
list_decisions (KilterPlan *plan)
{
  static const char *const headings[] = { "id",         "cycle",      "title",   "state",
                                          "decided_by", "decided_at", "comment", "outcome",
                                          "expected",   "actual" };
  KilterExportTable *table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_DECISION, decision)
    {
      static const int texts[] = { KILTER_DECISION_TITLE, KILTER_DECISION_STATE,
                                   KILTER_DECISION_DECIDED_BY, KILTER_DECISION_DECIDED_AT,
                                   KILTER_DECISION_COMMENT };
      KilterExportCell *cells = kilter_export_table_add_row (table);
      KilterOutcomeValue outcome;

      kilter_decision_get_outcome (plan, decision->id, &outcome);
      cells[0].number = decision->id;
      cells[1].text = g_strdup (kilter_plan_get_key (
        plan, KILTER_TABLE_CYCLE, kilter_record_ref (decision, KILTER_DECISION_CYCLE)));
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        cells[2 + i].text = g_strdup (kilter_record_text (decision, texts[i]));
      cells[7].text = g_strdup (name_outcome (outcome.outcome));
      cells[8].number = outcome.expected;
      cells[9].number = outcome.actual;
    }
  return table;
}

/* A decision of the current cycle by its title or its number, those without an answer first; 0
 * after saying that there is none. */
static int
find_decision (const KilterPlan *plan, const char *name)
{
  int cycle = kilter_plan_get_current_cycle (plan), found = 0;
  guint64 id = 0;

  if (g_ascii_string_to_unsigned (name, 10, 1, G_MAXINT, &id, NULL) &&
      kilter_plan_get_record (plan, KILTER_TABLE_DECISION, (int) id) != NULL)
    return (int) id;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_DECISION, decision)
    if (kilter_record_ref (decision, KILTER_DECISION_CYCLE) == cycle &&
        g_str_equal (kilter_record_text (decision, KILTER_DECISION_TITLE), name) &&
        (found == 0 || g_str_equal (kilter_record_text (decision, KILTER_DECISION_STATE), "open")))
      found = decision->id;
  if (found == 0)
    kilter_cli_say (_ ("There is no decision “%s” in this cycle."), name);
  return found;
}

static int
answer (KilterStore *store,
        const char *action,
        const char *name,
        const char *comment,
        gboolean dry_run)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autofree char *who = kilter_cli_who ();
  g_autofree char *at = kilter_cli_now ();
  const char *state = g_str_equal (action, "approve") ? "approved"
                      : g_str_equal (action, "defer") ? "deferred"
                                                      : "rejected";
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  int id = find_decision (plan, name), status;

  if (id == 0)
    return KILTER_EXIT_USAGE;
  command = kilter_cycle_decide (plan, id, state, who, at, comment, &error);
  if (command == NULL)
    return kilter_cli_fail (error, name);
  status = kilter_cli_apply (store, command, dry_run);
  if (status == KILTER_EXIT_DONE)
    kilter_cli_say ("%s", kilter_command_get_label (command));
  return status;
}

int
kilter_verb_decision (int argc, char **argv)
{
  g_autofree char *comment = NULL, *format_text = NULL;
  gboolean dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "comment", 0, 0, G_OPTION_ARG_STRING, &comment, N_ ("Why, or until when"), "TEXT" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("Of list: text, csv or json"),
      "FORM" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Change nothing"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse ("decision", entries, NULL, &argc, &argv, 2, 3);
  g_autoptr (KilterExportTable) table = NULL;
  KilterFormat format;
  KilterStore *store;
  gboolean lists;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!kilter_cli_format_from_string (format_text, &format))
    return KILTER_EXIT_USAGE;
  if (!g_strv_contains ((const char *const[]) { "list", "approve", "defer", "reject", NULL },
                        argv[2]))
    return kilter_cli_usage (_ ("“%s” cannot be done with decisions."), argv[2]);
  lists = g_str_equal (argv[2], "list");
  if (argc != (lists ? 3 : 4))
    return kilter_cli_usage (
      "%s", _ ("“approve”, “defer” and “reject” take the title or number of one decision."));
  store = kilter_cli_open (argv[1], !lists && !dry_run, &status);
  if (store == NULL)
    return status;
  if (lists)
    {
      table = list_decisions (kilter_store_get_plan (store));
      status = kilter_cli_write_table (table, format);
    }
  else
    status = answer (store, argv[2], argv[3], comment, dry_run);
  return kilter_cli_finish (store, argv[1], lists || dry_run, status);
}
