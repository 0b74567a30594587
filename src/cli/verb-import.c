/* verb-import.c: kilterctl import, kilterctl profile, kilterctl template
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "exchange/guess/kilter-profile.h"
#include "exchange/guess/kilter-system.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* messages shown unless all are wanted */
#define MAX_SHOWN 20

typedef struct
{
  KilterImportOptions *options;
  gboolean all_messages;
  GError *error; /* of an option */
} Arguments;

/* Options that go straight to kilter_import_options_set(). */
static gboolean
take_option (const char *option, const char *value, gpointer data, GError **error)
{
  Arguments *arguments = data;

  return kilter_import_options_set (arguments->options, option + 2, value, error);
}

#define READING(name, help, value) { name, 0, 0, G_OPTION_ARG_CALLBACK, take_option, help, value }

/* How a file is read: options of import, and of a profile. */
/* clang-format off */
#define READING_OPTIONS \
  READING ("as", N_ ("What the file holds; see “kilterctl template --help”"), "KIND"), \
  READING ("sheet", N_ ("Sheet of a workbook, by name or number; without it, the first with content"), "SHEET"), \
  READING ("encoding", N_ ("Encoding of the text: UTF-8, GB18030, WINDOWS-1258 …"), "NAME"), \
  READING ("separator", N_ ("comma, semicolon, tab or bar"), "SIGN"), \
  READING ("decimal", N_ ("Decimal sign: . or ,"), "SIGN"), \
  READING ("date-order", N_ ("ymd, dmy, mdy, ym, my, name, quarter, week, period, serial, serial1904 or year-month"), "ORDER"), \
  READING ("layout", N_ ("long: one number a row; across: one column a period"), "NAME"), \
  READING ("header", N_ ("Row of the headings, or none"), "ROW"), \
  READING ("column", N_ ("Match a column, by heading or number; may be repeated"), "HEADING=NAME"), \
  READING ("code", N_ ("Take a code as another; leave its rows out when empty; may be repeated"), "CODE=CODE"), \
  READING ("duplicates", N_ ("Rows with the same key: sum, last or stop"), "WHICH"), \
  READING ("create", N_ ("Unknown products and markets: yes, no, or auto: only while there are none"), "WHICH"), \
  READING ("negatives", N_ ("Numbers such as (123): negative or skip"), "WHICH"), \
  READING ("returns", N_ ("Numbers below zero: subtract or skip"), "WHICH")
/* clang-format on */

static void
show_messages (const char *name, const KilterImportPreview *preview, gboolean all)
{
  guint shown = 0;

  for (guint i = 0; i < preview->messages->len; i++)
    {
      g_autofree char *text = NULL;

      if (!all && shown == MAX_SHOWN)
        break;
      text = kilter_import_message_text (preview->messages->pdata[i]);
      kilter_cli_say ("%s: %s", name, text);
      shown++;
    }
  if (shown < preview->messages->len)
    for (int code = 0; code < KILTER_N_IMPORT_CODES; code++)
      {
        g_autofree char *text = NULL;

        if (preview->counts[code] == 0 ||
            kilter_import_code_get_severity (code) == KILTER_IMPORT_REFUSED)
          continue;
        text = kilter_import_preview_sum_up (preview, code);
        kilter_cli_say (_ ("%s, in all: %s"), name, text);
      }
}

static void
show_questions (const char *name, const KilterImportPreview *preview)
{
  for (guint i = 0; i < preview->questions->len; i++)
    {
      const KilterImportQuestion *question = preview->questions->pdata[i];

      kilter_cli_say ("%s: %s", name, question->text);
      for (guint c = 0; c < question->n_choices; c++)
        kilter_cli_say ("    --%s '%s'%s  %s", question->option, question->choices[c],
                        c == question->proposed ? " *" : "", question->samples[c]);
    }
  if (preview->questions->len > 0)
    kilter_cli_say ("%s",
                    _ ("Say which with the option, or take all proposals (*) with --accept."));
}

static void
add_result (KilterExportTable *table, const char *name, const KilterImportPreview *preview)
{
  KilterExportCell *cells = kilter_export_table_add_row (table);
  const guint counts[] = { preview->n_rows,    preview->n_ready, preview->n_new,
                           preview->n_changed, preview->n_same,  preview->n_skipped };

  cells[0].text = g_strdup (name);
  cells[1].text = g_strdup (kilter_import_kind_to_string (preview->kind));
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    cells[2 + i].number = counts[i];
  if (preview->totals->len > 0)
    cells[8].number = g_array_index (preview->totals, KilterImportTotal, 0).sum;
}

static int
import_file (KilterStore *store,
             const char *path,
             const Arguments *arguments,
             gboolean dry_run,
             KilterExportTable *results)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *name = g_filename_display_basename (path);
  KilterPlan *plan = kilter_store_get_plan (store);
  KilterJob *job = kilter_cli_job_new (_ ("Reading"), 0);
  g_autoptr (KilterImportFile) rows = NULL;
  g_autoptr (KilterImportPreview) preview = NULL;
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *who = kilter_cli_who ();
  g_autofree char *at = kilter_cli_now ();

  rows = kilter_import_read_in_child (file, arguments->options, job, &error);
  if (rows != NULL)
    preview = kilter_import_preview (plan, rows, arguments->options, job, &error);
  kilter_cli_job_free (job);
  if (preview == NULL)
    return kilter_cli_fail (error, error->domain == KILTER_EXCHANGE_ERROR ? NULL : path);
  show_messages (name, preview, arguments->all_messages);
  show_questions (name, preview);
  add_result (results, name, preview);
  command = kilter_import_finish (plan, preview, who, at, &error);
  if (command == NULL)
    return kilter_cli_status_of (error); /* said above */
  return kilter_cli_apply (store, command, dry_run);
}

/* Forecasts of series rather than earlier forecasts by product: by the headings of the first file.
 */
static gboolean
is_about_forecasts (const KilterImportOptions *options, char **paths)
{
  return (options->kind == KILTER_IMPORT_FORECASTS || options->kind == KILTER_IMPORT_AUTO) &&
         kilter_cli_is_forecasts (paths[0]);
}

/* --- profiles --- */

static KilterProfiles *
load_profiles (int *out_status)
{
  g_autofree char *path = kilter_profiles_get_default_path (g_get_user_config_dir ());
  g_autoptr (GError) error = NULL;
  KilterProfiles *profiles = kilter_profiles_load (path, &error);

  *out_status = profiles != NULL ? KILTER_EXIT_DONE : kilter_cli_fail (error, path);
  return profiles;
}

/* What the command line leaves open. */
static int
use_profile (const char *name, KilterImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  int status;
  g_autoptr (KilterProfiles) profiles = load_profiles (&status);

  if (profiles == NULL)
    return status;
  if (!kilter_profiles_choose (profiles, name, options, &error))
    return kilter_cli_usage ("%s", error->message);
  return KILTER_EXIT_DONE;
}

static int
list_profiles (const KilterProfiles *profiles, KilterFormat format)
{
  static const char *const headings[] = { "name", "kind", "files", "about" };
  g_autoptr (KilterExportTable) table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);
  gsize n;
  const KilterSystem *systems = kilter_system_get_all (&n);

  for (gsize i = 0; i < n; i++)
    {
      KilterExportCell *cells = kilter_export_table_add_row (table);

      cells[0].text = g_strdup (systems[i].key);
      cells[1].text = g_strdup ("auto");
      cells[2].text = g_strdup ("");
      cells[3].text = g_strdup (systems[i].name);
    }
  for (guint i = 0; i < kilter_profiles_get_n (profiles); i++)
    {
      const KilterProfile *profile = kilter_profiles_get (profiles, i);
      KilterExportCell *cells = kilter_export_table_add_row (table);

      cells[0].text = g_strdup (profile->name);
      cells[1].text = g_strdup (kilter_import_kind_to_string (profile->options->kind));
      cells[2].text = g_strdup (profile->pattern != NULL ? profile->pattern : "");
      cells[3].text = g_strdup ("");
    }
  return kilter_cli_write_table (table, format);
}

static int
show_profile (const KilterProfiles *profiles, const char *name)
{
  const KilterProfile *profile = kilter_profiles_find (profiles, name);
  g_autofree char *text = NULL;

  if (profile != NULL)
    {
      g_autoptr (GPtrArray) pairs = kilter_import_options_get_all (profile->options);

      if (profile->pattern != NULL)
        printf ("pattern=%s\n", profile->pattern);
      for (guint i = 0; i + 1 < pairs->len; i += 2)
        printf ("%s=%s\n", (char *) pairs->pdata[i], (char *) pairs->pdata[i + 1]);
      return KILTER_EXIT_DONE;
    }
  text = kilter_system_describe (name);
  if (text == NULL)
    return kilter_cli_usage (_ ("There is no profile “%s”; see “kilterctl profile list”."), name);
  fputs (text, stdout);
  return KILTER_EXIT_DONE;
}

static int
change_profile (KilterProfiles *profiles,
                const char *verb,
                const char *name,
                const char *pattern,
                const KilterImportOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (kilter_system_find (name) != NULL)
    return kilter_cli_usage (_ ("“%s” is built in and cannot be changed."), name);
  if (g_str_equal (verb, "save"))
    kilter_profiles_put (profiles, name, pattern, options);
  else if (!kilter_profiles_remove (profiles, name))
    return kilter_cli_usage (_ ("There is no profile “%s”; see “kilterctl profile list”."), name);
  if (!kilter_profiles_save (profiles, &error))
    return kilter_cli_fail (error, NULL);
  return KILTER_EXIT_DONE;
}

int
kilter_verb_profile (int argc, char **argv)
{
  g_autofree char *format_text = NULL;
  g_autofree char *pattern = NULL;
  Arguments arguments = { kilter_import_options_new (), FALSE, NULL };
  g_autoptr (KilterImportOptions) options = arguments.options;
  KilterFormat format;
  int status;
  GOptionEntry entries[] = {
    READING_OPTIONS,
    { "pattern", 0, 0, G_OPTION_ARG_STRING, &pattern,
      N_ ("Files for which the application takes the profile of itself: sales-*.xlsx"), "NAME" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("Form of the list: text, csv or json"),
      "FORM" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (KilterProfiles) profiles = NULL;

  status = kilter_cli_parse_with_data (
    "profile", entries,
    _ ("A profile says how files are read. “save NAME” with options as those of import makes one; "
       "exports of SAP S/4HANA, Yonyou U8, Kingdee Cloud Galaxy, Salesforce, Odoo, ERPNext, "
       "Jiandaoyun and NextX are known."),
    &arguments, &argc, &argv, 1, 2);
  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!kilter_cli_format_from_string (format_text, &format))
    return KILTER_EXIT_USAGE;
  profiles = load_profiles (&status);
  if (profiles == NULL)
    return status;
  if (g_str_equal (argv[1], "list") && argc == 2)
    return list_profiles (profiles, format);
  if (argc == 3 && g_str_equal (argv[1], "show"))
    return show_profile (profiles, argv[2]);
  if (argc == 3 && (g_str_equal (argv[1], "save") || g_str_equal (argv[1], "delete")))
    return change_profile (profiles, argv[1], argv[2], pattern, options);
  return kilter_cli_usage ("%s", _ ("Say list, show NAME, save NAME or delete NAME."));
}

int
kilter_verb_import (int argc, char **argv)
{
  gboolean dry_run = FALSE;
  g_autofree char *format_text = NULL;
  g_autofree char *profile = NULL;
  Arguments arguments = { kilter_import_options_new (), FALSE, NULL };
  g_autoptr (KilterImportOptions) options = arguments.options;
  static const char *const headings[] = { "file",    "kind", "rows",    "ready", "new",
                                          "changed", "same", "skipped", "total" };
  KilterFormat format;
  int status;
  GOptionEntry entries[] = {
    READING_OPTIONS,
    { "profile", 0, 0, G_OPTION_ARG_STRING, &profile,
      N_ ("Read it as a profile says; see “kilterctl profile --help”"), "NAME" },
    { "accept", 0, 0, G_OPTION_ARG_NONE, &options->accept,
      N_ ("Answer every question by its proposal"), NULL },
    { "all-messages", 0, 0, G_OPTION_ARG_NONE, &arguments.all_messages,
      N_ ("Show every message, not only the first 20"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text,
      N_ ("Form of the summary: text, csv or json"), "FORM" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Show what would happen; change nothing"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (KilterExportTable) results = NULL;
  KilterStore *store;

  status = kilter_cli_parse_with_data (
    "import", entries,
    _ (
      "Forecasts made by “kilterctl forecast --stream” of what “kilterctl export PLAN series” "
      "wrote "
      "are taken in as the plan’s forecast with “--as forecasts”, all parts at once; - is standard "
      "input."),
    &arguments, &argc, &argv, 2, -1);
  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!kilter_cli_format_from_string (format_text, &format))
    return KILTER_EXIT_USAGE;
  if (profile != NULL && (status = use_profile (profile, options)) != KILTER_EXIT_DONE)
    return status;
  store = kilter_cli_open (argv[1], !dry_run, &status);
  if (store == NULL)
    return status;
  if (is_about_forecasts (arguments.options, argv + 2))
    {
      status = kilter_cli_import_forecasts (store, argv + 2, argc - 2, dry_run);
      return kilter_cli_finish (store, argv[1], dry_run, status);
    }
  results = kilter_export_table_new (G_N_ELEMENTS (headings), headings);
  /* all files or none */
  status = KILTER_EXIT_DONE;
  for (int i = 2; i < argc && status == KILTER_EXIT_DONE; i++)
    status = import_file (store, argv[i], &arguments, dry_run, results);
  if (status == KILTER_EXIT_DONE || dry_run)
    {
      int written = kilter_cli_write_table (results, format);

      status = status == KILTER_EXIT_DONE ? written : status;
    }
  return kilter_cli_finish (store, argv[1], dry_run, status);
}

int
kilter_verb_template (int argc, char **argv)
{
  g_autoptr (GString) kinds = g_string_new (_ ("Kinds:"));
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("File to write; standard output without it"), "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  KilterImportKind kind;
  int status;

  for (int i = 0; i < KILTER_N_IMPORT_KINDS; i++)
    g_string_append_printf (kinds, "\n  %-12s %s", kilter_import_kind_to_string (i),
                            kilter_import_kind_get_name (i));
  g_string_append_c (kinds, '\n');
  status = kilter_cli_parse ("template", entries, kinds->str, &argc, &argv, 1, 1);
  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!kilter_import_kind_from_string (argv[1], &kind) || kind == KILTER_IMPORT_AUTO)
    return kilter_cli_usage (_ ("“%s” is no kind of input; see “kilterctl template --help”."),
                             argv[1]);
  text = kilter_template (kind);
  if (output == NULL)
    fputs (text, stdout);
  else if (!g_file_set_contents (output, text, -1, &error))
    return kilter_cli_fail (error, output);
  return KILTER_EXIT_DONE;
}
