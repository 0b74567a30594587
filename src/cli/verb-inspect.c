/* verb-inspect.c: kilterctl check, log, sql
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

int
kilter_verb_check (int argc, char **argv)
{
  static const char *const headings[] = { "kind", "finding" };
  static const char *const kinds[] = {
    [KILTER_FINDING_FILE] = "file",     [KILTER_FINDING_HASH] = "hash",
    [KILTER_FINDING_LOG] = "log",       [KILTER_FINDING_IDENTITY] = "identity",
    [KILTER_FINDING_DIGEST] = "digest", [KILTER_FINDING_SIGNATURE] = "signature",
    [KILTER_FINDING_SIGNED] = "signed"
  };
  g_autofree char *format_text = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("text, csv or json"), "FORM" },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse ("check", entries,
                                 _ ("Checks the file, its content against the digest, the change "
                                    "log, the identities of stock and sums, approved plans and "
                                    "their signatures."),
                                 &argc, &argv, 1, 1);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (KilterExportTable) table = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  KilterFormat format;
  guint n_wrong = 0;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!kilter_cli_format_from_string (format_text, &format))
    return KILTER_EXIT_USAGE;
  file = g_file_new_for_commandline_arg (argv[1]);
  findings = kilter_store_check (file, &error);
  if (findings == NULL)
    return kilter_cli_fail (error, argv[1]);
  table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);
  for (guint i = 0; i < findings->len; i++)
    {
      const KilterFinding *finding = findings->pdata[i];
      KilterExportCell *cells = kilter_export_table_add_row (table);

      n_wrong += finding->kind != KILTER_FINDING_SIGNED;
      cells[0].text = g_strdup (kinds[finding->kind]);
      cells[1].text = g_strdup (finding->text);
    }
  if (n_wrong == 0 && format == KILTER_FORMAT_TEXT)
    kilter_cli_say (_ ("%s: everything holds"), argv[1]);
  if (findings->len > 0 || format != KILTER_FORMAT_TEXT)
    status = kilter_cli_write_table (table, format);
  else
    status = KILTER_EXIT_DONE;
  return n_wrong > 0 ? KILTER_EXIT_BAD_INPUT : status;
}

int
kilter_verb_log (int argc, char **argv)
{
  static const char *const headings[] = { "id",     "at",    "who",   "kind",   "what",
                                          "reason", "state", "cells", "records" };
  g_autofree char *format_text = NULL, *who = NULL, *kind = NULL;
  KilterLogFilter filter = KILTER_LOG_FILTER_INIT;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &filter.limit, N_ ("Only the newest N"), "N" },
    { "who", 0, 0, G_OPTION_ARG_STRING, &who, N_ ("Only what this person did"), "NAME" },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind,
      N_ ("Only changes of this kind: import, edit, forecast …"), "KIND" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("text, csv or json"), "FORM" },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse ("log", entries, NULL, &argc, &argv, 1, 1);
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (KilterExportTable) table = NULL;
  g_autoptr (GError) error = NULL;
  KilterFormat format;
  KilterStore *store;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!kilter_cli_format_from_string (format_text, &format) || filter.limit < 0)
    return KILTER_EXIT_USAGE;
  store = kilter_cli_open (argv[1], FALSE, &status);
  if (store == NULL)
    return status;
  filter.who = who;
  filter.kind = kind;
  log = kilter_store_get_log (store, &filter, &error);
  if (log == NULL)
    return kilter_cli_finish (store, argv[1], TRUE, kilter_cli_fail (error, argv[1]));
  table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);
  for (guint i = 0; i < log->len; i++)
    {
      const KilterLogEntry *entry = log->pdata[i];
      KilterExportCell *cells = kilter_export_table_add_row (table);

      cells[0].number = (double) entry->id;
      cells[1].text = g_strdup (entry->at);
      cells[2].text = g_strdup (entry->who);
      cells[3].text = g_strdup (entry->kind);
      cells[4].text = g_strdup (entry->label);
      cells[5].text = g_strdup (entry->reason);
      cells[6].text = g_strdup (entry->state);
      cells[7].number = entry->n_cells;
      cells[8].number = entry->n_records;
    }
  return kilter_cli_finish (store, argv[1], TRUE, kilter_cli_write_table (table, format));
}

static gboolean
add_sql_row (int n, const char *const *columns, const char *const *values, gpointer user_data)
{
  KilterExportTable **table = user_data;
  KilterExportCell *cells;

  if (*table == NULL)
    *table = kilter_export_table_new ((guint) n, columns);
  if (values == NULL)
    return TRUE;
  cells = kilter_export_table_add_row (*table);
  for (int i = 0; i < n; i++)
    {
      double number;

      /* numbers stay numbers: they are not text that a spreadsheet could run */
      if (values[i] != NULL && *values[i] != '\0' && kilter_number_from_c (values[i], &number))
        {
          g_autofree char *again = kilter_number_to_c (number);

          if (g_str_equal (again, values[i]))
            {
              cells[i].number = number;
              continue;
            }
        }
      cells[i].text = g_strdup (values[i]);
    }
  return TRUE;
}

int
kilter_verb_sql (int argc, char **argv)
{
  g_autofree char *format_text = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("text, csv or json"), "FORM" },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse (
    "sql", entries, _ ("Only reads. The view plan_cell holds every number of the plan."), &argc,
    &argv, 2, 2);
  g_autoptr (KilterExportTable) table = NULL;
  g_autoptr (GError) error = NULL;
  KilterFormat format;
  KilterStore *store;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!kilter_cli_format_from_string (format_text, &format))
    return KILTER_EXIT_USAGE;
  store = kilter_cli_open (argv[1], FALSE, &status);
  if (store == NULL)
    return status;
  if (!kilter_store_query (store, argv[2], add_sql_row, &table, &error))
    {
      kilter_cli_say ("%s", error->message);
      status = KILTER_EXIT_USAGE;
    }
  else
    status = table != NULL ? kilter_cli_write_table (table, format) : KILTER_EXIT_DONE;
  return kilter_cli_finish (store, argv[1], TRUE, status);
}
