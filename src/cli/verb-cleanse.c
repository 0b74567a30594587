/* verb-cleanse.c: kilterctl cleanse
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "plan/forecast/kilter-clean.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define N_KINDS 4

static const char *const kind_keys[N_KINDS] = {
  [KILTER_PROPOSAL_OUTLIER] = "outlier",
  [KILTER_PROPOSAL_LEVEL_SHIFT] = "level-shift",
  [KILTER_PROPOSAL_STOCK_OUT] = "stock-out",
  [KILTER_PROPOSAL_MISSING] = "missing",
};

/* Names a proposal as long as the history stays what it is. */
static char *
make_id (const KilterPlan *plan, const KilterProposal *proposal)
{
  const KilterRecord *series = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, proposal->series);
  g_autofree char *bucket = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                     kilter_plan_get_bucket (plan, proposal->at));

  return g_strdup_printf ("%s/%s/%s:%s:%s",
                          kilter_plan_get_key (plan, KILTER_TABLE_PRODUCT,
                                               kilter_record_ref (series, KILTER_SERIES_PRODUCT)),
                          kilter_plan_get_key (plan, KILTER_TABLE_REGION,
                                               kilter_record_ref (series, KILTER_SERIES_REGION)),
                          kilter_plan_get_key (plan, KILTER_TABLE_CHANNEL,
                                               kilter_record_ref (series, KILTER_SERIES_CHANNEL)),
                          kind_keys[proposal->kind], bucket);
}

/* Why, in the user's language. */
static char *
make_reason (const KilterPlan *plan, const KilterProposal *proposal)
{
  g_autofree char *bucket = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                     kilter_plan_get_bucket (plan, proposal->at));

  switch (proposal->kind)
    {
    case KILTER_PROPOSAL_LEVEL_SHIFT:
      return g_strdup_printf (_ ("From %s on sales are at another level."), bucket);
    case KILTER_PROPOSAL_STOCK_OUT:
      return g_strdup_printf (
        proposal->no_stock ? _ ("In %s there was no stock, and less was sold than expected.")
                           : _ ("In %s sales nearly stopped and came back: probably a stock-out."),
        bucket);
    case KILTER_PROPOSAL_MISSING:
      return g_strdup_printf (_ ("There is no number for %s."), bucket);
    case KILTER_PROPOSAL_OUTLIER:
    default:
      return g_strdup_printf (_ ("%s is far away from what trend and season say."), bucket);
    }
}

static void
add_row (KilterExportTable *table, const KilterPlan *plan, const KilterProposal *proposal)
{
  KilterExportCell *cells = kilter_export_table_add_row (table);

  cells[0].text = make_id (plan, proposal);
  cells[1].text = g_strdup (kind_keys[proposal->kind]);
  cells[2].text = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                           kilter_plan_get_bucket (plan, proposal->at));
  cells[3].number = proposal->n;
  cells[4].number = proposal->actual;
  cells[5].number = proposal->proposed;
  cells[6].number = proposal->money;
  cells[7].text = make_reason (plan, proposal);
}

static gboolean
parse_kinds (const char *text, gboolean wanted[N_KINDS])
{
  g_auto (GStrv) keys = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (guint k = 0; k < N_KINDS; k++)
    wanted[k] = keys == NULL;
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < N_KINDS; k++)
        if (g_str_equal (kind_keys[k], keys[i]))
          wanted[k] = found = TRUE;
      if (!found)
        {
          kilter_cli_usage (_ ("“%s” is no kind of proposal; there are outlier, level-shift, "
                               "stock-out and missing."),
                            keys[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/* Whether each name is that of a proposal; the first that is none is said. */
static gboolean
check_ids (const KilterPlan *plan, const GArray *proposals, char **ids)
{
  for (char **id = ids; id != NULL && *id != NULL; id++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < proposals->len && !found; i++)
        {
          g_autofree char *name = make_id (plan, &g_array_index (proposals, KilterProposal, i));

          found = g_str_equal (name, *id);
        }
      if (!found)
        {
          kilter_cli_say (_ ("There is no proposal “%s” (any more)."), *id);
          return FALSE;
        }
    }
  return TRUE;
}

static int
cleanse (KilterStore *store,
         KilterVersion version,
         const GArray *proposals,
         const char *kinds,
         char **ids,
         gboolean apply,
         KilterFormat format,
         gboolean dry_run)
{
  static const char *const headings[] = { "id",     "kind",     "bucket", "periods",
                                          "actual", "proposed", "money",  "why" };
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autoptr (KilterExportTable) table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);
  g_autoptr (KilterCommand)
    command = kilter_command_new ("correction", _ ("Corrections of the history"));
  gboolean wanted[N_KINDS];
  guint n = 0;
  int status;

  if (!parse_kinds (kinds, wanted))
    return KILTER_EXIT_USAGE;
  if (!check_ids (plan, proposals, ids))
    return KILTER_EXIT_BAD_INPUT;
  for (guint i = 0; i < proposals->len; i++)
    {
      const KilterProposal *proposal = &g_array_index (proposals, KilterProposal, i);
      g_autofree char *id = make_id (plan, proposal);
      g_autofree char *reason = make_reason (plan, proposal);

      if (!wanted[proposal->kind] ||
          (ids != NULL && !g_strv_contains ((const char *const *) ids, id)))
        continue;
      add_row (table, plan, proposal);
      kilter_plan_add_proposal (plan, command, version, proposal, reason);
      n++;
    }
  status = kilter_cli_write_table (table, format);
  if (status != KILTER_EXIT_DONE || (!apply && ids == NULL) || kilter_command_is_empty (command))
    return status;
  status = kilter_cli_apply (store, command, dry_run);
  if (status == KILTER_EXIT_DONE)
    kilter_cli_say (
      g_dngettext (GETTEXT_PACKAGE, "%u correction applied", "%u corrections applied", n), n);
  return status;
}

int
kilter_verb_cleanse (int argc, char **argv)
{
  g_autofree char *scenario = NULL, *at = NULL, *kinds = NULL, *format_text = NULL;
  g_auto (GStrv) ids = NULL;
  gboolean all = FALSE, dry_run = FALSE;
  int n_threads = 0;
  const GOptionEntry entries[] = {
    { "apply", 0, 0, G_OPTION_ARG_STRING_ARRAY, &ids,
      N_ ("Correct this; may be repeated. Without it, and without --apply-all, proposals are only "
          "listed"),
      "ID" },
    { "apply-all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("Correct all that is listed"), NULL },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kinds,
      N_ ("Only these: outlier,level-shift,stock-out,missing"), "LIST" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, N_ ("Only a part: family=Drinks,region=North"),
      "SCOPE" },
    { "scenario", 0, 0, G_OPTION_ARG_STRING, &scenario,
      N_ ("Of which scenario; without it, the baseline"), "NAME" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &n_threads,
      N_ ("How many cores work; all without it. The result is the same"), "N" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("text, csv or json"), "FORM" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Change nothing"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse (
    "cleanse", entries,
    _ ("Corrections lie over the imported sales, which stay as they are; “kilterctl set PLAN "
       "correction=” takes one away. Nothing is proposed in periods with events or with a "
       "correction, "
       "and at the season’s latest peaks."),
    &argc, &argv, 1, 1);
  g_autoptr (KilterCleanTask) task = NULL;
  g_autoptr (GError) error = NULL;
  KilterFormat format;
  KilterScope scope;
  KilterVersion version;
  KilterStore *store;
  gboolean write;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!kilter_cli_format_from_string (format_text, &format))
    return KILTER_EXIT_USAGE;
  if (n_threads < 0 || (all && ids != NULL))
    return kilter_cli_usage ("%s", _ ("Either “--apply” or “--apply-all”."));
  write = (all || ids != NULL) && !dry_run;
  store = kilter_cli_open (argv[1], write, &status);
  if (store == NULL)
    return status;
  status = KILTER_EXIT_USAGE;
  version = kilter_cli_find_scenario (kilter_store_get_plan (store), scenario);
  if (version != 0 && kilter_cli_parse_scope (kilter_store_get_plan (store), at, &scope, NULL))
    {
      KilterJob *job = kilter_cli_job_new (_ ("Looking at the history"), n_threads);
      gboolean done;

      task = kilter_clean_task_new (kilter_store_get_plan (store), version, &scope);
      done = kilter_clean_task_run (task, job, &error);
      kilter_cli_job_free (job);
      status = done ? cleanse (store, version, kilter_clean_task_get_proposals (task), kinds, ids,
                               all, format, !write)
                    : kilter_cli_fail (error, NULL);
    }
  return kilter_cli_finish (store, argv[1], !write, status);
}
