/* verb-show.c: kilterctl show, metrics, export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/kilter-cli.h"

#include "plan/review/kilter-insight.h"
#include "plan/review/kilter-review.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The keys of all measures, for the help. */
static char *
list_measures (void)
{
  g_autoptr (GString) out = g_string_new (_ ("Measures:"));

  for (int m = 0; m < KILTER_N_MEASURES; m++)
    g_string_append_printf (out, "\n  %-20s %s", kilter_measure_get_info (m)->key,
                            kilter_measure_get_name (m));
  g_string_append_c (out, '\n');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
parse_measures (char **keys, int n, KilterMeasure *out)
{
  for (int i = 0; i < n; i++)
    {
      int measure = kilter_measure_from_key (keys[i]);

      if (measure < 0 || measure >= KILTER_N_MEASURES)
        {
          kilter_cli_usage (_ ("There is no measure “%s”; “kilterctl show --help” lists them."),
                            keys[i]);
          return FALSE;
        }
      out[i] = measure;
    }
  return TRUE;
}

/**
 * kilter_cli_parse_scope:
 * @text: (nullable): "family=Drinks,region=North"; a comma within a name is written twice
 * @out_bucket: (optional): of "bucket=2026-07", −1 without it
 *
 * Returns: %FALSE after saying what is wrong
 */
gboolean
kilter_cli_parse_scope (const KilterPlan *plan,
                        const char *text,
                        KilterScope *out_scope,
                        int *out_bucket)
{
  static const struct
  {
    const char *name;
    KilterTableId table;
    gsize member;
  } names[] = {
    { "category", KILTER_TABLE_CATEGORY, G_STRUCT_OFFSET (KilterScope, category) },
    { "family", KILTER_TABLE_FAMILY, G_STRUCT_OFFSET (KilterScope, family) },
    { "product", KILTER_TABLE_PRODUCT, G_STRUCT_OFFSET (KilterScope, product) },
    { "region", KILTER_TABLE_REGION, G_STRUCT_OFFSET (KilterScope, region) },
    { "channel", KILTER_TABLE_CHANNEL, G_STRUCT_OFFSET (KilterScope, channel) },
    { "resource", KILTER_TABLE_RESOURCE, G_STRUCT_OFFSET (KilterScope, resource) },
  };
  g_autoptr (GString) part = g_string_new (NULL);

  memset (out_scope, 0, sizeof *out_scope);
  if (out_bucket != NULL)
    *out_bucket = -1;
  if (text == NULL)
    return TRUE;
  for (const char *at = text;; at++)
    {
      const char *sign;
      gboolean found = FALSE;

      if (*at == ',' && at[1] == ',')
        {
          g_string_append_c (part, ',');
          at++;
          continue;
        }
      if (*at != ',' && *at != '\0')
        {
          g_string_append_c (part, *at);
          continue;
        }
      sign = strchr (part->str, '=');
      if (sign == NULL)
        {
          kilter_cli_usage (_ ("“%s” should read like product=P-100."), part->str);
          return FALSE;
        }
      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        if (strncmp (part->str, names[i].name, (gsize) (sign - part->str)) == 0 &&
            names[i].name[sign - part->str] == '\0')
          {
            const KilterRecord *record = kilter_plan_find_record (plan, names[i].table, sign + 1);

            if (record == NULL)
              {
                kilter_cli_say (_ ("There is no %s “%s” in the plan."), names[i].name, sign + 1);
                return FALSE;
              }
            *(int *) ((char *) out_scope + names[i].member) = record->id;
            found = TRUE;
          }
      if (!found && out_bucket != NULL && g_str_has_prefix (part->str, "bucket="))
        {
          int n;

          if (!kilter_cli_find_buckets (plan, sign + 1, sign + 1, out_bucket, &n))
            return FALSE;
          found = TRUE;
        }
      if (!found)
        {
          kilter_cli_usage (_ ("“%s” is no part of a scope."), part->str);
          return FALSE;
        }
      g_string_truncate (part, 0);
      if (*at == '\0')
        return TRUE;
    }
}

int
kilter_verb_show (int argc, char **argv)
{
  g_autofree char *by_text = NULL, *from = NULL, *to = NULL, *scenario = NULL, *format_text = NULL,
                  *at = NULL;
  gboolean long_layout = FALSE;
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &by_text,
      N_ ("total, category, family, product, region, channel, series or resource"), "WHAT" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, N_ ("Only a part: family=Drinks,region=North"),
      "SCOPE" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, N_ ("First period"), "2026-01" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, N_ ("Last period"), "2026-12" },
    { "scenario", 0, 0, G_OPTION_ARG_STRING, &scenario,
      N_ ("Of which scenario; without it, the baseline"), "NAME" },
    { "long", 0, 0, G_OPTION_ARG_NONE, &long_layout,
      N_ ("One row a period, rather than periods across"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("text, csv or json"), "FORM" },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *measures_text = list_measures ();
  int status = kilter_cli_parse ("show", entries, measures_text, &argc, &argv, 2, -1);
  g_autofree KilterMeasure *measures = NULL;
  g_autoptr (KilterExportTable) table = NULL;
  KilterExportRequest request = { 0 };
  KilterFormat format;
  KilterStore *store;
  KilterPlan *plan;

  if (status != KILTER_CLI_GO_ON)
    return status;
  request.n_measures = (guint) argc - 2;
  measures = g_new0 (KilterMeasure, request.n_measures);
  if (!kilter_cli_format_from_string (format_text, &format) ||
      !parse_measures (argv + 2, argc - 2, measures))
    return KILTER_EXIT_USAGE;
  if (by_text != NULL && !kilter_export_by_from_string (by_text, &request.by))
    return kilter_cli_usage (_ ("Numbers cannot be shown by “%s”."), by_text);
  for (guint m = 0; m < request.n_measures; m++)
    if (!kilter_export_by_suits (request.by, measures[m]))
      return kilter_cli_usage (_ ("“%s” cannot be shown by %s."), argv[2 + m], by_text);
  store = kilter_cli_open (argv[1], FALSE, &status);
  if (store == NULL)
    return status;
  plan = kilter_store_get_plan (store);
  request.measures = measures;
  request.long_layout = long_layout;
  request.version = kilter_cli_find_scenario (plan, scenario);
  status = KILTER_EXIT_USAGE;
  if (request.version != 0 && kilter_cli_parse_scope (plan, at, &request.scope, NULL) &&
      kilter_cli_find_buckets (plan, from, to, &request.first, &request.n))
    {
      table = kilter_export_measures (plan, &request);
      status = kilter_cli_write_table (table, format);
    }
  return kilter_cli_finish (store, argv[1], TRUE, status);
}

/* --- metrics --- */

static KilterExportTable *
make_metrics (KilterPlan *plan, int bucket)
{
  static const char *const headings[] = {
    "metric", "name", "value", "target", "tolerance", "status"
  };
  static const char *const statuses[] = { [KILTER_STATUS_NONE] = "none",
                                          [KILTER_STATUS_ON] = "on",
                                          [KILTER_STATUS_CLOSE] = "close",
                                          [KILTER_STATUS_OFF] = "off" };
  static const KilterScope everything = { 0 };
  KilterExportTable *table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);

  for (int m = 0; m < KILTER_N_METRICS; m++)
    {
      const KilterMetricInfo *info = kilter_metric_get_info (m);
      KilterExportCell *cells = kilter_export_table_add_row (table);
      KilterMetricValue value;

      kilter_plan_metric (plan, m, &everything, bucket, &value);
      cells[0].text = g_strdup (info->key);
      cells[1].text = g_strdup (info->name);
      cells[2].number = value.value;
      cells[3].number = value.target;
      cells[4].number = value.tolerance;
      cells[5].text = g_strdup (statuses[value.status]);
    }
  return table;
}

/* What each approved plan said of each of its months, and what was sold. */
static KilterExportTable *
make_waterfall (KilterPlan *plan)
{
  static const char *const headings[] = { "cycle", "month", "lag", "forecast", "actual" };
  static const KilterScope everything = { 0 };
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  KilterExportTable *table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    {
      const char *text = kilter_record_text (version, KILTER_VERSION_CYCLE);
      KilterBucket cycle = kilter_bucket_from_string (kind, text);

      if (!g_str_equal (kilter_record_text (version, KILTER_VERSION_KIND), "approved") ||
          cycle == KILTER_BUCKET_NONE)
        continue;
      for (int t = MAX (cycle - kilter_plan_get_start (plan), 0);
           t < kilter_plan_get_n_buckets (plan); t++)
        {
          double forecast = kilter_plan_aggregate_time (plan, version->id, KILTER_CONSENSUS,
                                                        &everything, t, 1);
          KilterExportCell *cells;

          if (isnan (forecast))
            continue;
          cells = kilter_export_table_add_row (table);
          cells[0].text = g_strdup (text);
          cells[1].text = kilter_bucket_to_string (kind, kilter_plan_get_bucket (plan, t));
          cells[2].number = kilter_plan_get_bucket (plan, t) - cycle;
          cells[3].number = forecast;
          cells[4].number = kilter_plan_aggregate_time (plan, KILTER_BASELINE, KILTER_ACTUAL,
                                                        &everything, t, 1);
        }
    }
  return table;
}

static KilterExportTable *
make_value_added (KilterPlan *plan)
{
  static const char *const headings[] = { "step", "wape", "periods" };
  static const KilterScope everything = { 0 };
  KilterExportTable *table = kilter_export_table_new (G_N_ELEMENTS (headings), headings);
  static const char *const names[] = { "naive",   "statistical", "sales",    "marketing",
                                       "finance", "customer",    "consensus" };
  KilterValueAdded added;

  kilter_plan_value_added (plan, KILTER_BASELINE, &everything, 12, 1, &added);
  for (int i = 0; i < KILTER_N_VALUE_STEPS; i++)
    {
      KilterExportCell *cells = kilter_export_table_add_row (table);

      cells[0].text = g_strdup (names[i]);
      cells[1].number = added.error[i];
      cells[2].number = added.n_buckets;
    }
  return table;
}

int
kilter_verb_metrics (int argc, char **argv)
{
  g_autofree char *cycle = NULL, *format_text = NULL;
  gboolean waterfall = FALSE, value_added = FALSE;
  const GOptionEntry entries[] = {
    { "waterfall", 0, 0, G_OPTION_ARG_NONE, &waterfall,
      N_ ("What each approved plan said of each month, instead"), NULL },
    { "value-added", 0, 0, G_OPTION_ARG_NONE, &value_added,
      N_ ("The error of each step of the forecast, instead"), NULL },
    { "cycle", 0, 0, G_OPTION_ARG_STRING, &cycle,
      N_ ("As seen in this cycle: the metrics of the period before it"), "2026-04" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("text, csv or json"), "FORM" },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse ("metrics", entries, NULL, &argc, &argv, 1, 1);
  g_autoptr (KilterExportTable) table = NULL;
  KilterFormat format;
  KilterStore *store;
  KilterPlan *plan;
  int bucket, n;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!kilter_cli_format_from_string (format_text, &format))
    return KILTER_EXIT_USAGE;
  store = kilter_cli_open (argv[1], FALSE, &status);
  if (store == NULL)
    return status;
  plan = kilter_store_get_plan (store);
  bucket = kilter_plan_get_n_history (plan);
  status = KILTER_EXIT_USAGE;
  if (cycle == NULL || kilter_cli_find_buckets (plan, cycle, cycle, &bucket, &n))
    {
      if (waterfall || value_added)
        {
          table = waterfall ? make_waterfall (plan) : make_value_added (plan);
          status = kilter_cli_write_table (table, format);
        }
      else if (bucket == 0)
        {
          kilter_cli_say ("%s", _ ("The plan has no history before this cycle."));
          status = KILTER_EXIT_FAILED;
        }
      else
        {
          table = make_metrics (plan, bucket - 1);
          status = kilter_cli_write_table (table, format);
        }
    }
  return kilter_cli_finish (store, argv[1], TRUE, status);
}

/* --- export --- */

/* Measures of an input kind, so that what is exported can be imported again. */
static int
find_kind_measures (const char *what, KilterMeasure *out, KilterExportBy *out_by)
{
  g_autoptr (GArray) columns = NULL;
  KilterImportKind kind;
  int n = 0;

  if (!kilter_import_kind_from_string (what, &kind) || kind == KILTER_IMPORT_AUTO)
    return 0;
  columns = kilter_import_kind_get_columns (kind);
  for (guint i = 0; i < columns->len; i++)
    {
      const KilterImportColumnInfo *info = &g_array_index (columns, KilterImportColumnInfo, i);

      if (info->type != KILTER_COLUMN_MEASURE)
        continue;
      out[n++] = info->measure;
      switch (kilter_measure_get_info (info->measure)->grain)
        {
        case KILTER_GRAIN_SERIES:
          *out_by = KILTER_EXPORT_BY_SERIES;
          break;
        case KILTER_GRAIN_PRODUCT:
          *out_by = KILTER_EXPORT_BY_PRODUCT;
          break;
        case KILTER_GRAIN_RESOURCE:
        default:
          *out_by = KILTER_EXPORT_BY_RESOURCE;
          break;
        }
    }
  return n;
}

static int
find_table (const char *what)
{
  KilterImportKind kind;

  for (int t = 0; t < KILTER_N_TABLES; t++)
    if (g_str_equal (kilter_table_get_info (t)->name, what))
      return t;
  if (!kilter_import_kind_from_string (what, &kind) || kind == KILTER_IMPORT_AUTO)
    return -1;
  return kilter_import_kind_get_table (kind);
}

static KilterExportTable *
make_export (KilterPlan *plan, const char *what, KilterExportRequest *request, gboolean by_given)
{
  g_auto (GStrv) keys = g_strsplit (what, ",", -1);
  g_autofree KilterMeasure *measures = g_new0 (KilterMeasure, MAX (g_strv_length (keys), 8));
  int table = find_table (what);
  KilterExportBy by = request->by;

  if (table >= 0)
    return kilter_export_records (plan, table);
  request->n_measures = (guint) find_kind_measures (what, measures, &by);
  if (request->n_measures > 0 && !by_given)
    request->by = by;
  if (request->n_measures == 0)
    {
      request->n_measures = g_strv_length (keys);
      if (!parse_measures (keys, (int) request->n_measures, measures))
        return NULL;
      if (!by_given)
        switch (kilter_measure_get_info (measures[0])->grain)
          {
          case KILTER_GRAIN_SERIES:
            request->by = KILTER_EXPORT_BY_SERIES;
            break;
          case KILTER_GRAIN_PRODUCT:
            request->by = KILTER_EXPORT_BY_PRODUCT;
            break;
          case KILTER_GRAIN_RESOURCE:
          default:
            request->by = KILTER_EXPORT_BY_RESOURCE;
            break;
          }
    }
  for (guint m = 0; m < request->n_measures; m++)
    if (!kilter_export_by_suits (request->by, measures[m]))
      {
        kilter_cli_usage (
          _ ("“%s” does not exist by the same parts as the others; export it alone."),
          kilter_measure_get_info (measures[m])->key);
        return NULL;
      }
  request->measures = measures;
  return kilter_export_measures (plan, request);
}

/* What executing systems plan on: product by product, as it was approved. */
#define MPS "demand,regular,overtime,alternative,subcontract,purchase,supply,stock"

/* Of the last approved plan, unless another is named; from the cycle on, unless a period is. */
static KilterExportTable *
make_mps (KilterPlan *plan, KilterExportRequest *request, gboolean is_named, gboolean by_given)
{
  if (!is_named)
    request->version = kilter_plan_get_last_approved (plan);
  if (request->version == 0)
    {
      kilter_cli_usage (
        "%s", _ ("No plan is approved yet. Approve one, or name a scenario with --scenario."));
      return NULL;
    }
  if (request->first < kilter_plan_get_n_history (plan) &&
      request->first + request->n == kilter_plan_get_n_buckets (plan))
    {
      request->n -= kilter_plan_get_n_history (plan) - request->first;
      request->first = kilter_plan_get_n_history (plan);
    }
  if (!by_given)
    request->by = KILTER_EXPORT_BY_PRODUCT;
  return make_export (plan, MPS, request, TRUE);
}

/* By the option, else by the name of the file; a name that says nothing means CSV. */
static gboolean
find_format (const char *text, const char *output, KilterExportFormat *out_format)
{
  g_autofree char *name = NULL;

  if (text == NULL)
    {
      if (output != NULL)
        kilter_export_format_from_name (output, out_format);
      return TRUE;
    }
  name = g_strconcat (".", text, NULL);
  if (kilter_export_format_from_name (name, out_format))
    return TRUE;
  kilter_cli_usage (_ ("“%s” is no format; there are csv, json, xlsx and ods."), text);
  return FALSE;
}

int
kilter_verb_export (int argc, char **argv)
{
  g_autofree char *output = NULL, *by_text = NULL, *from = NULL, *to = NULL, *scenario = NULL,
                  *format_text = NULL, *at = NULL;
  gboolean across = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("File to write; standard output without it"), "FILE" },
    { "by", 0, 0, G_OPTION_ARG_STRING, &by_text,
      N_ ("total, category, family, product, region, channel, series or resource"), "WHAT" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, N_ ("Only a part: family=Drinks,region=North"),
      "SCOPE" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, N_ ("First period"), "2026-01" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, N_ ("Last period"), "2026-12" },
    { "scenario", 0, 0, G_OPTION_ARG_STRING, &scenario,
      N_ ("Of which scenario; without it, the baseline"), "NAME" },
    { "across", 0, 0, G_OPTION_ARG_NONE, &across,
      N_ ("Periods across, rather than one row a period"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text,
      N_ ("csv, json, xlsx or ods; without it, by the name of the file"), "FORM" },
    G_OPTION_ENTRY_NULL,
  };
  int status = kilter_cli_parse (
    "export", entries,
    _ ("WHAT is a kind of input (sales, stock, products …), a table, "
       "or measures parted by commas (see “kilterctl show --help”); "
       "“series” are the histories, for “kilterctl forecast --stream”; "
       "“mps” is the approved plan by product, for the systems that carry it out."),
    &argc, &argv, 2, 2);
  g_autoptr (KilterExportTable) table = NULL;
  KilterExportRequest request = { 0 };
  KilterExportFormat format = KILTER_EXPORT_CSV;
  KilterStore *store;
  KilterPlan *plan;

  if (status != KILTER_CLI_GO_ON)
    return status;
  if (!find_format (format_text, output, &format))
    return KILTER_EXIT_USAGE;
  if (by_text != NULL && !kilter_export_by_from_string (by_text, &request.by))
    return kilter_cli_usage (_ ("Numbers cannot be shown by “%s”."), by_text);
  store = kilter_cli_open (argv[1], FALSE, &status);
  if (store == NULL)
    return status;
  plan = kilter_store_get_plan (store);
  if (g_str_equal (argv[2], "series"))
    {
      gboolean plain = by_text == NULL && at == NULL && from == NULL && to == NULL &&
                       scenario == NULL && format == KILTER_EXPORT_CSV;

      status = plain ? kilter_cli_export_series (store, output)
                     : kilter_cli_usage ("%s", _ ("All series are exported whole, as CSV."));
      return kilter_cli_finish (store, argv[1], TRUE, status);
    }
  request.long_layout = !across;
  request.version = kilter_cli_find_scenario (plan, scenario);
  status = KILTER_EXIT_USAGE;
  if (request.version != 0 && kilter_cli_parse_scope (plan, at, &request.scope, NULL) &&
      kilter_cli_find_buckets (plan, from, to, &request.first, &request.n))
    {
      table = g_str_equal (argv[2], "mps")
                ? make_mps (plan, &request, scenario != NULL, by_text != NULL)
                : make_export (plan, argv[2], &request, by_text != NULL);
      if (table != NULL)
        status = kilter_cli_export_table (table, format, argv[2], output);
    }
  return kilter_cli_finish (store, argv[1], TRUE, status);
}
