/* verb-set.c: kilterctl set
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What may be typed: 140, +24, -10%, *1.2, =120+24; always with a point, whatever the locale. */
static gboolean
parse_edit (const char *text, KilterEditKind *out_kind, double *out_value)
{
  g_autofree char *number = NULL;
  gsize length = strlen (text);
  gboolean percent = length > 0 && text[length - 1] == '%';
  gboolean sign = *text == '+' || *text == '-';

  if (length == 0)
    {
      *out_kind = KILTER_EDIT_CLEAR;
      *out_value = 0;
      return TRUE;
    }
  if (*text == '=' || *text == '*')
    {
      *out_kind = *text == '=' ? KILTER_EDIT_SET : KILTER_EDIT_MULTIPLY;
      return text[1] != '\0' && kilter_number_from_c (text + 1, out_value);
    }
  number = g_strndup (text, percent ? length - 1 : length);
  if (*number == '\0' || !kilter_number_from_c (number, out_value))
    return FALSE;
  if (percent && !sign)
    return FALSE;
  if (percent)
    *out_value /= 100;
  *out_kind = percent ? KILTER_EDIT_PERCENT : sign ? KILTER_EDIT_ADD : KILTER_EDIT_SET;
  return TRUE;
}

static int
edit (KilterStore *store,
      KilterVersion version,
      const char *assignment,
      const char *at,
      const char *reason,
      KilterSpread spread,
      gboolean dry_run)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  const char *sign = strchr (assignment, '=');
  g_autofree char *key = g_strndup (assignment, (gsize) (sign - assignment));
  int measure = kilter_measure_from_key (key);
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL, *title = NULL, *period = NULL;
  KilterEditResult result = { 0 };
  KilterScope scope;
  KilterEditKind kind;
  double value;
  int bucket, status;

  if (measure < 0 || measure >= KILTER_N_MEASURES)
    return kilter_cli_usage (_ ("There is no measure “%s”; “kilterctl show --help” lists them."),
                             key);
  if (!parse_edit (sign + 1, &kind, &value))
    return kilter_cli_usage (_ ("“%s” is not a number such as 140, +24, -10%% or *1.2."), sign + 1);
  if (!kilter_cli_parse_scope (plan, at, &scope, &bucket))
    return KILTER_EXIT_USAGE;
  if (bucket < 0)
    return kilter_cli_usage ("%s", _ ("The period is missing: --at …,bucket=2026-07."));
  title = kilter_scope_get_title (plan, &scope);
  period = kilter_bucket_get_label (kilter_plan_get_bucket_kind (plan),
                                    kilter_plan_get_bucket (plan, bucket));
  label = g_strdup_printf (_ ("%s of %s, %s"), kilter_measure_get_name (measure), title, period);
  command = kilter_command_new ("edit", label);
  if (!kilter_plan_edit (plan, command, version, measure, &scope, bucket, kind, value, spread,
                         &result, &error))
    return kilter_cli_fail (error, label);
  if (kilter_command_is_empty (command))
    {
      kilter_cli_say ("%s", _ ("Nothing changes."));
      return KILTER_EXIT_DONE;
    }
  kilter_command_set_reason (command, reason);
  status = kilter_cli_apply (store, command, dry_run);
  if (status == KILTER_EXIT_DONE)
    kilter_cli_say (g_dngettext (GETTEXT_PACKAGE, "%s: %d cell changed, %d locked",
                                 "%s: %d cells changed, %d locked", (gulong) result.n_cells),
                    label, result.n_cells, result.n_locked);
  return status;
}

int
kilter_verb_set (int argc, char **argv)
{
  g_autofree char *at = NULL, *reason = NULL, *scenario = NULL, *spread_text = NULL;
  gboolean dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "at", 0, 0, G_OPTION_ARG_STRING, &at,
      N_ ("Where: product=P-100,region=North,bucket=2026-07; totals are spread"), "SCOPE" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_ ("Why"), "TEXT" },
    { "scenario", 0, 0, G_OPTION_ARG_STRING, &scenario,
      N_ ("In which scenario; without it, the baseline"), "NAME" },
    { "spread", 0, 0, G_OPTION_ARG_STRING, &spread_text,
      N_ ("How a total is spread: mix, last-year or evenly"), "HOW" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Change nothing"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  static const char *const spreads[] = { "mix", "last-year", "evenly" };
  int status = kilter_cli_parse (
    "set", entries,
    /* xgettext:no-c-format */
    _ ("VALUE is a number with a point: 140 sets, +24 and -24 add, +5% and -5% change by a share, "
       "*1.2 multiplies, =-5 sets a negative number, nothing clears."),
    &argc, &argv, 2, 2);
  KilterSpread spread = KILTER_SPREAD_MIX;
  KilterVersion version;
  KilterStore *store;
  gboolean known = spread_text == NULL;

  if (status != KILTER_CLI_GO_ON)
    return status;
  for (gsize i = 0; i < G_N_ELEMENTS (spreads); i++)
    if (g_strcmp0 (spread_text, spreads[i]) == 0)
      {
        spread = i;
        known = TRUE;
      }
  if (!known)
    return kilter_cli_usage (_ ("A total cannot be spread “%s”."), spread_text);
  if (strchr (argv[2], '=') == NULL)
    return kilter_cli_usage (_ ("“%s” should read like final=140."), argv[2]);
  if (at == NULL)
    return kilter_cli_usage ("%s", _ ("Where? For instance --at product=P-100,bucket=2026-07."));
  if (reason == NULL || *reason == '\0')
    return kilter_cli_usage ("%s", _ ("Why? Give a reason with --reason."));
  store = kilter_cli_open (argv[1], !dry_run, &status);
  if (store == NULL)
    return status;
  version = kilter_cli_find_scenario (kilter_store_get_plan (store), scenario);
  status = version == 0 ? KILTER_EXIT_USAGE
                        : edit (store, version, argv[2], at, reason, spread, dry_run);
  return kilter_cli_finish (store, argv[1], dry_run, status);
}
