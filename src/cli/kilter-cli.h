/* kilter-cli.h: the command line: what all verbs share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-job.h"
#include "exchange/export/kilter-export.h"
#include "exchange/import/kilter-import.h"
#include "plan/process/kilter-cycle.h"
#include "store/kilter-store.h"

G_BEGIN_DECLS

/* Exit statuses: a contract with scripts. */
typedef enum
{
  KILTER_EXIT_DONE = 0,
  KILTER_EXIT_FAILED = 1,
  KILTER_EXIT_USAGE = 2,
  KILTER_EXIT_BAD_INPUT = 3, /* nothing was changed */
  KILTER_EXIT_CONFLICT = 4, /* the file changed meanwhile, or is open elsewhere; nothing was changed
                             */
  KILTER_EXIT_IO = 5,       /* cannot read or write */
} KilterExit;

typedef int (*KilterVerbFunc) (int argc, char **argv);

/**
 * KilterVerb:
 * @arguments: what follows the verb, for the help
 * @summary: one line; translate
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  KilterVerbFunc run;
} KilterVerb;

int kilter_cli_run (int argc, char **argv);
const KilterVerb *kilter_cli_get_verbs (gsize *out_n);

/* arguments; a verb's function gets its own name as argv[0] */
#define KILTER_CLI_GO_ON -1
int kilter_cli_parse (const char *verb,
                      const GOptionEntry *entries,
                      const char *description,
                      int *argc,
                      char ***argv,
                      int min,
                      int max);
int kilter_cli_parse_with_data (const char *verb,
                                const GOptionEntry *entries,
                                const char *description,
                                gpointer data,
                                int *argc,
                                char ***argv,
                                int min,
                                int max);
int kilter_cli_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* messages */
void kilter_cli_say (const char *format, ...) G_GNUC_PRINTF (1, 2);
int kilter_cli_fail (const GError *error, const char *about);
int kilter_cli_status_of (const GError *error);

/* plans */
KilterStore *kilter_cli_open (const char *path, gboolean write, int *out_status);
int kilter_cli_apply (KilterStore *store, KilterCommand *command, gboolean dry_run);
int kilter_cli_finish (KilterStore *store, const char *path, gboolean dry_run, int status);
KilterVersion kilter_cli_find_scenario (const KilterPlan *plan, const char *name);
gboolean kilter_cli_parse_scope (const KilterPlan *plan,
                                 const char *text,
                                 KilterScope *out_scope,
                                 int *out_bucket);
gboolean kilter_cli_find_buckets (const KilterPlan *plan,
                                  const char *from,
                                  const char *to,
                                  int *out_first,
                                  int *out_n);

/* who and when; the clock and the user are looked at only here */
char *kilter_cli_who (void);
char *kilter_cli_now (void);

/* from a terminal or a file descriptor, never from arguments */
char *kilter_cli_read_password (int fd, gboolean is_new);

/* long work: progress on a terminal, Ctrl+C cancels */
KilterJob *kilter_cli_job_new (const char *text, int n_threads);
void kilter_cli_job_free (KilterJob *job);

/* output */
typedef enum
{
  KILTER_FORMAT_TEXT,
  KILTER_FORMAT_CSV,
  KILTER_FORMAT_JSON,
} KilterFormat;
gboolean kilter_cli_format_from_string (const char *text, KilterFormat *out_format);
int kilter_cli_write_table (const KilterExportTable *table, KilterFormat format);
int kilter_cli_write_new_file (const char *path, GBytes *bytes);
int kilter_cli_export_table (const KilterExportTable *table,
                             KilterExportFormat format,
                             const char *title,
                             const char *path);

/* series and their forecasts, outside of the plan */
int kilter_cli_export_series (KilterStore *store, const char *path);
gboolean kilter_cli_is_forecasts (const char *path);
int kilter_cli_import_forecasts (KilterStore *store, char **paths, int n, gboolean dry_run);

/* verbs */
int kilter_verb_new (int argc, char **argv);
int kilter_verb_import (int argc, char **argv);
int kilter_verb_forecast (int argc, char **argv);
int kilter_verb_cleanse (int argc, char **argv);
int kilter_verb_supply (int argc, char **argv);
int kilter_verb_show (int argc, char **argv);
int kilter_verb_metrics (int argc, char **argv);
int kilter_verb_set (int argc, char **argv);
int kilter_verb_scenario (int argc, char **argv);
int kilter_verb_cycle (int argc, char **argv);
int kilter_verb_decision (int argc, char **argv);
int kilter_verb_participant (int argc, char **argv);
int kilter_verb_seal (int argc, char **argv);
int kilter_verb_unseal (int argc, char **argv);
int kilter_verb_pack (int argc, char **argv);
int kilter_verb_export (int argc, char **argv);
int kilter_verb_template (int argc, char **argv);
int kilter_verb_profile (int argc, char **argv);
int kilter_verb_check (int argc, char **argv);
int kilter_verb_guide (int argc, char **argv);
int kilter_verb_log (int argc, char **argv);
int kilter_verb_sql (int argc, char **argv);

G_END_DECLS
