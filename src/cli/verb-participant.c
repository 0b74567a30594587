/* verb-participant.c: kilterctl participant
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "exchange/participant/kilter-participant.h"
#include "seal/kilter-seal.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- who --- */

static KilterExportTable *
list_people (const KilterPlan *plan)
{
  static const char *const headings[] = { "person", "measure", "part", "file", "sent", "received" };
  KilterExportTable *table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    {
      KilterExportCell *cells = kilter_export_table_add_row (table);
      KilterScope scope;

      kilter_contributor_get_scope (plan, contributor->id, &scope);
      cells[0].text = g_strdup (kilter_plan_get_key (
        plan, KILTER_TABLE_PERSON, kilter_record_ref (contributor, KILTER_CONTRIBUTOR_PERSON)));
      cells[1].text = g_strdup (kilter_record_text (contributor, KILTER_CONTRIBUTOR_MEASURE));
      cells[2].text = kilter_scope_get_title (plan, &scope);
      cells[3].text = g_strdup (kilter_record_text (contributor, KILTER_CONTRIBUTOR_FILE));
      cells[4].text = g_strdup (kilter_record_text (contributor, KILTER_CONTRIBUTOR_SENT));
      cells[5].text = g_strdup (kilter_record_text (contributor, KILTER_CONTRIBUTOR_RECEIVED));
    }
  return table;
}

/* --- sending --- */

static GBytes *
make_file (KilterPlan *copy, const char *password, int *out_status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = kilter_store_make_bytes (copy, &error);
  GBytes *file = NULL;

  if (bytes != NULL)
    file = password != NULL ? kilter_seal_close (bytes, password, KILTER_SEAL_NORMAL, &error)
                            : g_bytes_ref (bytes);
  if (file == NULL)
    *out_status = kilter_cli_fail (error, NULL);
  return file;
}

static int
make (KilterStore *store,
      const char *name,
      const char *path,
      const char *scenario,
      gboolean money,
      const char *password,
      gboolean dry_run)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  const KilterRecord *person = kilter_plan_find_record (plan, KILTER_TABLE_PERSON, name);
  g_autofree char *token = g_uuid_string_random ();
  g_autofree char *now = kilter_cli_now ();
  g_autofree char *base = g_path_get_basename (path);
  KilterParticipantRequest request = { .version = kilter_cli_find_scenario (plan, scenario),
                                       .token = token,
                                       .at = now };
  g_autoptr (KilterCommand) note = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  KilterPlan *copy;
  int status = KILTER_EXIT_DONE;

  if (request.version == 0)
    return KILTER_EXIT_USAGE;
  if (person == NULL)
    return kilter_cli_usage (_ ("There is no person “%s” in the plan."), name);
  request.person = person->id;
  request.money = money || kilter_participant_may_see_money (plan, person->id);
  copy = kilter_participant_make (plan, &request, &note, &error);
  if (copy == NULL)
    return kilter_cli_fail (error, name);
  kilter_participant_note_file (note, plan, &request, base);
  bytes = make_file (copy, password, &status);
  if (bytes == NULL)
    return status;
  /* the plan knows of the file before anybody can have it */
  status = kilter_cli_apply (store, note, dry_run);
  return status == KILTER_EXIT_DONE && !dry_run ? kilter_cli_write_new_file (path, bytes) : status;
}

/* --- receiving --- */

typedef enum
{
  CONFLICTS_STOP,
  CONFLICTS_PROPOSED,
  CONFLICTS_MINE,
  CONFLICTS_THEIRS,
} Conflicts;

static KilterStore *
open_returned (const char *path, int password_fd, int *out_status)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = NULL;
  KilterStore *store = NULL;
  char *password;

  if (!kilter_seal_is_sealed_file (file))
    return kilter_cli_open (path, FALSE, out_status);
  password = kilter_cli_read_password (password_fd, FALSE);
  if (password == NULL)
    {
      *out_status = KILTER_EXIT_USAGE;
      return NULL;
    }
  plain = kilter_seal_open_file (file, password, NULL, &error);
  kilter_seal_forget (password);
  if (plain != NULL)
    store = kilter_store_open_bytes (plain, &error);
  if (store == NULL)
    *out_status = kilter_cli_fail (error, path);
  return store;
}

static void
settle_conflicts (KilterInputAnswer *answer, Conflicts how)
{
  for (guint i = 0; how != CONFLICTS_PROPOSED && i < answer->cells->len; i++)
    {
      KilterInputCell *cell = &g_array_index (answer->cells, KilterInputCell, i);

      if (cell->collides)
        cell->take = how == CONFLICTS_THEIRS;
    }
  for (guint i = 0; how != CONFLICTS_PROPOSED && i < answer->records->len; i++)
    {
      KilterInputRecord *record = answer->records->pdata[i];

      if (record->collides)
        record->take = how == CONFLICTS_THEIRS;
    }
}

static guint
count_conflicts (const KilterInputAnswer *answer)
{
  guint n = 0;

  for (guint i = 0; i < answer->cells->len; i++)
    n += g_array_index (answer->cells, KilterInputCell, i).collides;
  for (guint i = 0; i < answer->records->len; i++)
    n += ((KilterInputRecord *) answer->records->pdata[i])->collides;
  return n;
}

static void
add_cell (KilterExportTable *table,
          const KilterPlan *plan,
          const char *file,
          const KilterInputCell *cell)
{
  static const KilterTableId tables[] = { KILTER_TABLE_PRODUCT, KILTER_TABLE_REGION,
                                          KILTER_TABLE_CHANNEL };
  const KilterRecord *series = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, cell->series);
  KilterExportCell *cells = kilter_export_table_add_row (table);

  cells[0].text = g_strdup (file);
  cells[1].text = g_strdup (kilter_measure_get_info (cell->measure)->key);
  for (int i = 0; i < 3; i++)
    cells[2 + i].text = g_strdup (
      kilter_plan_get_key (plan, tables[i], kilter_record_ref (series, i)));
  cells[5].text = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                           kilter_plan_get_bucket (plan, cell->bucket));
  cells[6].number = cell->mine;
  cells[7].number = cell->theirs;
  cells[8].number = cell->take ? cell->theirs : cell->mine;
  cells[9].text = g_strdup (cell->collides ? "conflict" : cell->take ? "theirs" : "mine");
}

static void
add_record (KilterExportTable *table, const char *file, const KilterInputRecord *record)
{
  int field = record->table == KILTER_TABLE_COMMENT ? (int) KILTER_COMMENT_TEXT
                                                    : (int) KILTER_RISK_TEXT;
  KilterExportCell *cells = kilter_export_table_add_row (table);

  cells[0].text = g_strdup (file);
  cells[1].text = g_strdup (kilter_table_get_info (record->table)->name);
  cells[2].text = g_strdup (record->theirs[field].text);
  cells[9].text = g_strdup (record->collides ? "conflict" : record->take ? "theirs" : "mine");
}

static void
tell (const KilterInputAnswer *answer)
{
  if (answer->was_merged)
    kilter_cli_say (_ ("%s: this file, or a later one of the same person, was merged before"),
                    answer->file_name);
  if (answer->n_outside > 0)
    kilter_cli_say (g_dngettext (GETTEXT_PACKAGE,
                                 "%s: %u change lies outside what this person answers for and was "
                                 "refused: %s",
                                 "%s: %u changes lie outside what this person answers for and were "
                                 "refused; the first: %s",
                                 answer->n_outside),
                    answer->file_name, answer->n_outside, answer->outside);
  if (answer->n_locked > 0)
    kilter_cli_say (g_dngettext (GETTEXT_PACKAGE, "%s: %u number is locked in the plan and stays",
                                 "%s: %u numbers are locked in the plan and stay",
                                 answer->n_locked),
                    answer->file_name, answer->n_locked);
  if (answer->n_unread > 0)
    kilter_cli_say (g_dngettext (GETTEXT_PACKAGE, "%s: %u number is below 0 and was left out",
                                 "%s: %u numbers are below 0 and were left out", answer->n_unread),
                    answer->file_name, answer->n_unread);
}

static int
merge_file (KilterStore *store,
            const char *path,
            Conflicts conflicts,
            int password_fd,
            gboolean dry_run,
            KilterExportTable *table)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autofree char *now = kilter_cli_now ();
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (KilterInputAnswer) answer = NULL;
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  int status = KILTER_EXIT_DONE;
  KilterStore *returned = open_returned (path, password_fd, &status);
  KilterVersion version = 0;

  if (returned == NULL)
    return status;
  answer = kilter_participant_read (plan, kilter_store_get_plan (returned),
                                    kilter_store_get_last_entry (returned), name, now, &version,
                                    &error);
  kilter_cli_finish (returned, path, TRUE, KILTER_EXIT_DONE);
  if (answer == NULL)
    return kilter_cli_fail (error, path);
  tell (answer);
  settle_conflicts (answer, conflicts);
  for (guint i = 0; i < answer->cells->len; i++)
    add_cell (table, plan, name, &g_array_index (answer->cells, KilterInputCell, i));
  for (guint i = 0; i < answer->records->len; i++)
    add_record (table, name, answer->records->pdata[i]);
  if (conflicts == CONFLICTS_STOP && count_conflicts (answer) > 0 && !answer->was_merged)
    {
      guint n = count_conflicts (answer);

      kilter_cli_say (
        g_dngettext (GETTEXT_PACKAGE,
                     "%s: %u number or note was changed here and there; choose with --conflicts",
                     "%s: %u numbers or notes were changed here and there; choose with --conflicts",
                     n),
        path, n);
      return KILTER_EXIT_CONFLICT;
    }
  command = kilter_input_answer_finish (plan, version, answer, now);
  return kilter_cli_apply (store, command, dry_run);
}

static gboolean
parse_conflicts (const char *text, Conflicts *out)
{
  static const char *const words[] = { "stop", "proposed", "mine", "theirs" };

  *out = CONFLICTS_STOP;
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (text, words[i]))
      {
        *out = (Conflicts) i;
        return TRUE;
      }
  if (text != NULL)
    kilter_cli_usage (_ ("“%s” is no way to settle conflicts: stop, proposed, mine or theirs."),
                      text);
  return text == NULL;
}

static int
merge (KilterStore *store,
       char **paths,
       Conflicts conflicts,
       int password_fd,
       gboolean dry_run,
       KilterFormat format)
{
  static const char *const headings[] = { "file",   "measure", "product", "region", "channel",
                                          "period", "mine",    "theirs",  "result", "state" };
  g_autoptr (KilterExportTable) table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);
  int status = KILTER_EXIT_DONE, written;

  for (int i = 0; paths[i] != NULL && status == KILTER_EXIT_DONE; i++)
    status = merge_file (store, paths[i], conflicts, password_fd, dry_run, table);
  written = kilter_cli_write_table (table, format);
  return status != KILTER_EXIT_DONE ? status : written;
}

/* --- the verb --- */

int
kilter_verb_participant (int argc, char **argv)
{
  g_autofree char *scenario = NULL, *conflicts_text = NULL, *format_text = NULL;
  gboolean money = FALSE, seal = FALSE, dry_run = FALSE;
  int password_fd = -1;
  const GOptionEntry entries[] = {
    { "money", 0, 0, G_OPTION_ARG_NONE, &money, N_ ("Prices, costs and other money go with it"),
      NULL },
    { "scenario", 0, 0, G_OPTION_ARG_STRING, &scenario, N_ ("Of this scenario"), "NAME" },
    { "seal", 0, 0, G_OPTION_ARG_NONE, &seal, N_ ("Seal the file with a password"), NULL },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &password_fd,
      N_ ("Read the password from this file descriptor instead of the terminal"), "N" },
    { "conflicts", 0, 0, G_OPTION_ARG_STRING, &conflicts_text,
      N_ ("What becomes of numbers changed here and there: stop, proposed, mine or theirs"),
      "HOW" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("text, csv or json"), "FORM" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Change nothing"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse (
    "participant", entries,
    _ ("“make PERSON FILE” writes a plan that holds only what the person answers for, without "
       "money unless it is asked for. “merge FILE…” takes the copies that came back into the "
       "plan."),
    &argc, &argv, 2, -1);
  g_autoptr (KilterExportTable) table = NULL;
  g_autofree char *path = NULL;
  char *password = NULL;
  Conflicts conflicts;
  KilterFormat format;
  KilterStore *store;
  const char *action;

  if (status != KILTER_CLI_GO_ON)
    return status;
  action = argv[2];
  path = g_strdup (argv[1]);
  if (!kilter_cli_format_from_string (format_text, &format) ||
      !parse_conflicts (conflicts_text, &conflicts))
    return KILTER_EXIT_USAGE;
  if (!g_strv_contains ((const char *const[]) { "list", "make", "merge", NULL }, action))
    return kilter_cli_usage (_ ("“%s” cannot be done with participants."), action);
  if (g_str_equal (action, "make") ? argc != 5
                                   : g_str_equal (action, "merge") == (argc == 3) ||
                                       (g_str_equal (action, "list") && argc != 3))
    return kilter_cli_usage (
      _ ("“make” takes a person and a file, “merge” takes files, “list” nothing."));
  if (seal && (password = kilter_cli_read_password (password_fd, TRUE)) == NULL)
    return KILTER_EXIT_USAGE;
  store = kilter_cli_open (path, !g_str_equal (action, "list") && !dry_run, &status);
  if (store == NULL)
    {
      kilter_seal_forget (password);
      return status;
    }
  if (g_str_equal (action, "list"))
    {
      table = list_people (kilter_store_get_plan (store));
      return kilter_cli_finish (store, path, TRUE, kilter_cli_write_table (table, format));
    }
  status = g_str_equal (action, "make")
             ? make (store, argv[3], argv[4], scenario, money, password, dry_run)
             : merge (store, argv + 3, conflicts, password_fd, dry_run, format);
  kilter_seal_forget (password);
  return kilter_cli_finish (store, path, dry_run, status);
}
