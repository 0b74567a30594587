/* kilter-sample.c: the sample plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/kilter-sample.h"

#include "exchange/text/kilter-csv.h"
#include "exchange/export/kilter-export.h"
#include "exchange/import/kilter-import.h"
#include "kilter-config.h"
#include "plan/process/kilter-cycle.h"
#include "plan/kilter-tasks.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A small table with headings, in memory. */
typedef struct
{
  GPtrArray *rows; /* GStrv; the first are the headings */
} Table;

typedef struct
{
  KilterPlan *plan;
  char *folder;
  GHashTable *names; /* (nullable) English text → translated */
  KilterApplyFunc apply;
  gpointer user_data;
  KilterJob *job;
} Builder;

static void
table_free (Table *self)
{
  if (self != NULL)
    g_ptr_array_unref (self->rows);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Table, table_free)

static char *
find_folder (const char *folder)
{
  const char *data = g_getenv ("KILTER_PKGDATADIR");

  if (folder != NULL)
    return g_strdup (folder);
  return g_build_filename (data != NULL ? data : KILTER_PKGDATADIR, "sample", NULL);
}

static Table *
table_read (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (Table) self = g_new0 (Table, 1);
  g_autoptr (KilterCsv) csv = NULL;
  KilterCsvRow row;
  gsize length;

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  csv = kilter_csv_new (text, length, ',');
  while (kilter_csv_next (csv, &row) == KILTER_CSV_OK)
    {
      char **fields = g_new0 (char *, row.n_fields + 1);

      for (guint i = 0; i < row.n_fields; i++)
        fields[i] = g_strndup (row.fields[i].text, row.fields[i].length);
      g_ptr_array_add (self->rows, fields);
    }
  if (self->rows->len == 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s is empty", path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* The field of a row under a heading, "" when there is none. */
static const char *
table_get (const Table *self, guint row, const char *heading)
{
  char **headings = self->rows->pdata[0], **fields = self->rows->pdata[row];

  for (guint i = 0; headings[i] != NULL; i++)
    if (g_str_equal (headings[i], heading))
      return i < g_strv_length (fields) ? fields[i] : "";
  return "";
}

static const char *
translate (const Builder *self, const char *text)
{
  const char *other = self->names != NULL ? g_hash_table_lookup (self->names, text) : NULL;

  return other != NULL ? other : text;
}

/* The file with whole fields translated, as bytes. */
static GBytes *
table_to_bytes (const Builder *self, const Table *table)
{
  GString *out = g_string_new (NULL);

  for (guint r = 0; r < table->rows->len; r++)
    {
      char **fields = table->rows->pdata[r];

      for (guint i = 0; fields[i] != NULL; i++)
        {
          const char *text = r == 0 ? fields[i] : translate (self, fields[i]);

          if (i > 0)
            g_string_append_c (out, ',');
          /* numbers below 0 are no formulas here */
          if (*text == '-')
            g_string_append (out, text);
          else
            kilter_csv_append_text (out, text);
        }
      g_string_append_c (out, '\n');
    }
  return g_string_free_to_bytes (out);
}

/* zh_CN.UTF-8 → zh_CN; vi_VN → vi */
static GHashTable *
read_names (const char *folder, const char *language)
{
  g_autoptr (Table) table = table_read (folder, "names.csv", NULL);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) variants = g_get_locale_variants (language);

  if (table == NULL)
    return NULL;
  for (char **variant = variants; *variant != NULL; variant++)
    {
      for (guint r = 1; r < table->rows->len; r++)
        {
          const char *text = table_get (table, r, *variant);

          if (*text != '\0')
            g_hash_table_insert (names, g_strdup (table_get (table, r, "en")), g_strdup (text));
        }
      if (g_hash_table_size (names) > 0)
        return g_steal_pointer (&names);
    }
  return NULL;
}

static gboolean
apply_command (Builder *self,
               KilterCommand *command,
               const char *who,
               const char *at,
               GError **error)
{
  if (self->job != NULL && kilter_job_is_cancelled (self->job))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
      return FALSE;
    }
  if (kilter_command_is_empty (command))
    return TRUE;
  kilter_command_set_stamp (command, who, at);
  if (self->apply != NULL)
    return self->apply (command, self->user_data, error);
  kilter_plan_apply (self->plan, command);
  return TRUE;
}

/* --- input files --- */

static gboolean
import_file (Builder *self, const char *name, const char *kind, GError **error)
{
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (Table) table = table_read (self->folder, name, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KilterImportFile) file = NULL;
  g_autoptr (KilterImportPreview) preview = NULL;
  g_autoptr (KilterCommand) command = NULL;
  const char *who = "Linh Trần", *at = "2026-04-01T08:30:00Z";

  if (table == NULL || !kilter_import_options_set (options, "as", kind, error))
    return FALSE;
  options->create = KILTER_CREATE_YES;
  bytes = table_to_bytes (self, table);
  file = kilter_import_read_bytes (bytes, name, options, NULL, error);
  if (file == NULL)
    return FALSE;
  preview = kilter_import_preview (self->plan, file, options, NULL, error);
  if (preview == NULL)
    return FALSE;
  if (table->rows->len > 1 && *table_get (table, 1, "author") != '\0')
    {
      who = table_get (table, 1, "author");
      at = table_get (table, 1, "at");
    }
  command = kilter_import_finish (self->plan, preview, who, at, error);
  if (command == NULL)
    return FALSE;
  if (table->rows->len > 1 && *table_get (table, 1, "reason") != '\0')
    kilter_command_set_reason (command, translate (self, table_get (table, 1, "comment")));
  return apply_command (self, command, who, at, error);
}

static gboolean
import_files (Builder *self, GError **error)
{
  g_autoptr (Table) table = table_read (self->folder, "files.csv", error);

  if (table == NULL)
    return FALSE;
  for (guint r = 1; r < table->rows->len; r++)
    {
      const char *name = table_get (table, r, "file");

      if (!import_file (self, name, table_get (table, r, "kind"), error))
        {
          g_prefix_error (error, "%s: ", name);
          return FALSE;
        }
      if (self->job != NULL)
        kilter_job_advance (self->job, 1);
    }
  return TRUE;
}

/* --- what no import covers --- */

static int
find_product (const KilterPlan *plan, const char *code)
{
  const KilterRecord *record = kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT, code);

  return record != NULL ? record->id : 0;
}

static int
find_bucket (const KilterPlan *plan, const char *month)
{
  KilterBucket bucket = kilter_bucket_from_string (kilter_plan_get_bucket_kind (plan), month);

  return bucket == KILTER_BUCKET_NONE ? -1 : kilter_plan_find_bucket (plan, bucket);
}

static gboolean
make_forecast (Builder *self, GError **error)
{
  const KilterForecastRequest request = { KILTER_BASELINE, NULL, NULL, FALSE };
  g_autoptr (KilterForecastTask) task = kilter_forecast_task_new (self->plan, &request, error);
  g_autoptr (KilterCommand) command = NULL;

  if (task == NULL || !kilter_forecast_task_run (task, self->job, error))
    return FALSE;
  command = kilter_forecast_task_finish (task, self->plan);
  return apply_command (self, command, "Linh Trần", "2026-04-02T10:12:00Z", error);
}

/* Consecutive rows of one author, time and reason are one edit. */
static gboolean
make_overrides (Builder *self, GError **error)
{
  g_autoptr (Table) table = table_read (self->folder, "overrides.csv", error);
  guint r = 1;

  if (table == NULL)
    return FALSE;
  while (r < table->rows->len)
    {
      const char *at = table_get (table, r, "at"), *who = table_get (table, r, "author");
      const char *code = table_get (table, r, "product");
      const char *comment = translate (self, table_get (table, r, "comment"));
      int product = find_product (self->plan, code);
      KilterScope scope = { .product = product };
      g_autofree char *title = kilter_scope_get_title (self->plan, &scope);
      g_autofree char *label = g_strdup_printf ("%s: %s", kilter_measure_get_name (KILTER_OVERRIDE),
                                                title);
      g_autoptr (KilterCommand) command = kilter_command_new ("override", label);
      guint first = r;

      for (; r < table->rows->len && g_str_equal (table_get (table, r, "at"), at) &&
             g_str_equal (table_get (table, r, "product"), code);
           r++)
        {
          int bucket = find_bucket (self->plan, table_get (table, r, "month"));
          KilterEditResult result;

          if (!kilter_plan_edit (self->plan, command, KILTER_BASELINE, KILTER_FINAL, &scope, bucket,
                                 KILTER_EDIT_ADD,
                                 g_ascii_strtod (table_get (table, r, "quantity"), NULL),
                                 KILTER_SPREAD_MIX, &result, error))
            return FALSE;
        }
      {
        const char *reason = translate (self, table_get (table, first, "reason"));
        g_autofree char *text = *comment != '\0' ? g_strdup_printf ("%s: %s", reason, comment)
                                                 : g_strdup (reason);

        kilter_command_set_reason (command, text);
      }
      if (!apply_command (self, command, who, at, error))
        return FALSE;
    }
  return TRUE;
}

static void
set_text (Builder *self,
          KilterCommand *command,
          KilterTableId table,
          int id,
          int field,
          const char *text)
{
  kilter_command_set_field_text (command, self->plan, table, id, field, text);
}

static gboolean
make_comments (Builder *self, GError **error)
{
  g_autoptr (Table) table = table_read (self->folder, "comments.csv", error);

  if (table == NULL)
    return FALSE;
  for (guint r = 1; r < table->rows->len; r++)
    {
      g_autoptr (KilterCommand)
        command = kilter_command_new ("comment", translate (self, table_get (table, r, "text")));
      int measure = kilter_measure_from_key (table_get (table, r, "measure"));
      int row = find_product (self->plan, table_get (table, r, "product")), n = 0;
      int id = kilter_command_add_record (command, self->plan, KILTER_TABLE_COMMENT);

      if (measure >= 0 && kilter_measure_get_info (measure)->grain == KILTER_GRAIN_SERIES)
        {
          const int *series = kilter_plan_get_product_series (self->plan, row, &n);

          row = n > 0 ? series[0] : 0;
        }
      kilter_command_set_field_number (command, self->plan, KILTER_TABLE_COMMENT, id,
                                       KILTER_COMMENT_VERSION, KILTER_BASELINE);
      kilter_command_set_field_number (command, self->plan, KILTER_TABLE_COMMENT, id,
                                       KILTER_COMMENT_ROW, row);
      set_text (self, command, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_MEASURE,
                table_get (table, r, "measure"));
      set_text (self, command, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_BUCKET,
                table_get (table, r, "month"));
      set_text (self, command, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_TEXT,
                translate (self, table_get (table, r, "text")));
      set_text (self, command, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_AUTHOR,
                table_get (table, r, "author"));
      set_text (self, command, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_AT,
                table_get (table, r, "at"));
      if (!apply_command (self, command, table_get (table, r, "author"), table_get (table, r, "at"),
                          error))
        return FALSE;
    }
  return TRUE;
}

/* --- the plan approved a month before --- */

static gboolean
add_agreed (Builder *self,
            KilterCommand *command,
            KilterMeasure measure,
            KilterLayer layer,
            const char *name,
            GError **error)
{
  g_autoptr (Table) table = table_read (self->folder, name, error);

  if (table == NULL)
    return FALSE;
  for (guint r = 1; r < table->rows->len; r++)
    {
      int row = find_product (self->plan, table_get (table, r, "product"));
      int bucket = find_bucket (self->plan, table_get (table, r, "month"));

      if (kilter_measure_get_info (measure)->grain == KILTER_GRAIN_SERIES)
        {
          const KilterRecord *region = kilter_plan_find_record (
            self->plan, KILTER_TABLE_REGION, translate (self, table_get (table, r, "region")));
          const KilterRecord *channel = kilter_plan_find_record (
            self->plan, KILTER_TABLE_CHANNEL, translate (self, table_get (table, r, "channel")));

          row = region != NULL && channel != NULL
                  ? kilter_plan_find_series (self->plan, row, region->id, channel->id)
                  : 0;
        }
      if (row > 0 && bucket >= 0)
        kilter_command_set_value (command, self->plan, KILTER_BASELINE, measure, layer, row, bucket,
                                  g_ascii_strtod (table_get (table, r, "quantity"), NULL));
    }
  return TRUE;
}

/* --- the plans of earlier cycles --- */

/* Splits a product's total over its markets as they sold in the twelve buckets before a cycle; in
 * equal parts when there were no sales. */
static void
add_split (Builder *self,
           KilterCommand *command,
           KilterVersion version,
           KilterMeasure measure,
           int product,
           int cycle,
           int bucket,
           double total)
{
  int n;
  const int *series = kilter_plan_get_product_series (self->plan, product, &n);
  g_autofree double *share = g_new0 (double, MAX (n, 1));
  double sum = 0;

  for (int i = 0; i < n; i++)
    {
      const double *sold = kilter_plan_get_row (self->plan, KILTER_BASELINE, KILTER_ACTUAL,
                                                series[i]);

      for (int t = MAX (cycle - 12, 0); t < cycle; t++)
        share[i] += isnan (sold[t]) ? 0 : sold[t];
      sum += share[i];
    }
  for (int i = 0; i < n; i++)
    kilter_command_set_value (command, self->plan, version, measure, KILTER_LAYER_FACT, series[i],
                              bucket, sum > 0 ? total * share[i] / sum : total / n);
}

/* What one of the plans holds, from the rows of the file that are of its cycle. */
static gboolean
add_history (Builder *self,
             KilterCommand *command,
             KilterVersion version,
             const Table *table,
             const char *cycle_text)
{
  static const struct
  {
    const char *heading;
    KilterMeasure measure;
  } columns[] = {
    { "statistical", KILTER_STATISTICAL }, { "final", KILTER_FINAL },
    { "sales", KILTER_SALES_INPUT },       { "marketing", KILTER_MARKETING_INPUT },
    { "consensus", KILTER_CONSENSUS },
  };
  int cycle = find_bucket (self->plan, cycle_text);
  gboolean any = FALSE;

  for (guint r = 1; r < table->rows->len; r++)
    {
      int product = find_product (self->plan, table_get (table, r, "product"));
      int bucket = find_bucket (self->plan, table_get (table, r, "month"));

      if (!g_str_equal (table_get (table, r, "cycle"), cycle_text) || product == 0 || bucket < 0)
        continue;
      any = TRUE;
      for (gsize c = 0; c < G_N_ELEMENTS (columns); c++)
        {
          const char *text = table_get (table, r, columns[c].heading);

          if (*text != '\0')
            add_split (self, command, version, columns[c].measure, product, cycle, bucket,
                       g_ascii_strtod (text, NULL));
        }
    }
  return any;
}

static KilterVersion
add_approved (Builder *self,
              KilterCommand *command,
              KilterBucket bucket,
              const char *who,
              const char *at)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (self->plan);
  g_autofree char *cycle = kilter_bucket_to_string (kind, bucket);
  g_autofree char *name = kilter_bucket_get_label (kind, bucket);
  int version = kilter_command_add_record (command, self->plan, KILTER_TABLE_VERSION);
  const struct
  {
    int field;
    const char *text;
  } texts[] = {
    { KILTER_VERSION_KIND, "approved" }, { KILTER_VERSION_NAME, name },
    { KILTER_VERSION_CYCLE, cycle },     { KILTER_VERSION_STATE, "approved" },
    { KILTER_VERSION_OWNER, who },       { KILTER_VERSION_AT, at },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    set_text (self, command, KILTER_TABLE_VERSION, version, texts[i].field, texts[i].text);
  return version;
}

/* The digest is over what the snapshot will hold. */
static gboolean
apply_approved (Builder *self,
                KilterCommand *command,
                KilterVersion version,
                const char *who,
                const char *at,
                GError **error)
{
  g_autofree char *digest = NULL;

  kilter_plan_apply (self->plan, command);
  digest = kilter_plan_digest_version (self->plan, version);
  kilter_plan_revert (self->plan, command);
  set_text (self, command, KILTER_TABLE_VERSION, version, KILTER_VERSION_DIGEST, digest);
  return apply_command (self, command, who, at, error);
}

/* Plans of the cycles before the last one: what was said of demand. */
static gboolean
make_earlier_plans (Builder *self, const Table *history, GError **error)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (self->plan);
  KilterBucket cycle = kilter_plan_get_cycle (self->plan);

  for (int back = 12; back > 1; back--)
    {
      g_autofree char *text = kilter_bucket_to_string (kind, cycle - back);
      g_autofree char *at = g_strdup_printf ("%s-26T16:40:00Z", text);
      g_autoptr (KilterCommand) command = kilter_command_new ("approve", text);
      KilterVersion version = add_approved (self, command, cycle - back, "Ana Duarte", at);

      if (add_history (self, command, version, history, text) &&
          !apply_approved (self, command, version, "Ana Duarte", at, error))
        return FALSE;
    }
  return TRUE;
}

/* Puts the plan a month back, with the demand and supply that were approved then. */
static KilterCommand *
go_back (Builder *self, GError **error)
{
  KilterPlan *plan = self->plan;
  g_autoptr (KilterCommand) command = kilter_command_new ("approve", "");
  g_autofree char *cycle = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                    kilter_plan_get_cycle (plan) - 1);
  g_autofree char *history = g_strdup_printf ("%d", kilter_plan_get_n_history (plan) - 1);
  g_autofree char *horizon = g_strdup_printf ("%d", kilter_plan_get_n_horizon (plan) + 1);

  kilter_command_set_setting (command, plan, "cycle", cycle);
  kilter_command_set_setting (command, plan, "history", history);
  kilter_command_set_setting (command, plan, "horizon", horizon);
  if (!add_agreed (self, command, KILTER_CONSENSUS, KILTER_LAYER_INPUT, "last_plan_demand.csv",
                   error) ||
      !add_agreed (self, command, KILTER_REGULAR, KILTER_LAYER_FACT, "last_plan_supply.csv", error))
    return NULL;
  return g_steal_pointer (&command);
}

/* Takes out of the snapshot what nobody knew when it was made: the actuals of its own month, and
 * what sales and marketing sent in afterwards. */
static void
forget_later (Builder *self, KilterCommand *command, KilterVersion version)
{
  static const KilterMeasure later[] = { KILTER_ACTUAL, KILTER_PRODUCTION, KILTER_STOCK_ACTUAL,
                                         KILTER_SALES_INPUT, KILTER_MARKETING_INPUT };
  int n = kilter_plan_get_n_buckets (self->plan), first = kilter_plan_get_n_history (self->plan);

  for (gsize m = 0; m < G_N_ELEMENTS (later); m++)
    for (int row = 1;
         row <= kilter_plan_get_n_rows (self->plan, kilter_measure_get_info (later[m])->grain);
         row++)
      for (int t = first; t < n; t++)
        if (!isnan (kilter_plan_get_value (self->plan, KILTER_BASELINE, later[m], row, t)))
          kilter_command_set_value (command, self->plan, version, later[m], KILTER_LAYER_FACT, row,
                                    t, NAN);
}

/* The plan approved a month before: with its supply, and its demand as it was agreed. */
static gboolean
make_last_plan (Builder *self, GError **error)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (self->plan);
  KilterBucket bucket = kilter_plan_get_cycle (self->plan) - 1;
  g_autofree char *cycle = kilter_bucket_to_string (kind, bucket);
  g_autofree char *name = kilter_bucket_get_label (kind, bucket);
  g_autoptr (Table) history = table_read (self->folder, "plan_history.csv", error);
  g_autoptr (KilterCommand) before = NULL;
  g_autoptr (KilterCommand) command = NULL;
  const char *who = "Ana Duarte", *at = "2026-03-26T16:40:00Z";
  KilterVersion version;

  if (history == NULL || !make_earlier_plans (self, history, error))
    return FALSE;
  before = go_back (self, error);
  if (before == NULL)
    return FALSE;
  /* the plan stands at its March for a moment, so that stock and money follow by its formulas */
  kilter_plan_apply (self->plan, before);
  command = kilter_snapshot_new (self->plan, KILTER_BASELINE, "approved", name, who, at, &version);
  forget_later (self, command, version);
  kilter_plan_revert (self->plan, before);
  set_text (self, command, KILTER_TABLE_VERSION, version, KILTER_VERSION_CYCLE, cycle);
  set_text (self, command, KILTER_TABLE_VERSION, version, KILTER_VERSION_STATE, "approved");
  add_history (self, command, version, history, cycle);
  return apply_approved (self, command, version, who, at, error);
}

/* --- records that no import kind covers --- */

/* A field as a file holds it: numbers, names of other records, texts. */
static void
set_field (Builder *self,
           KilterCommand *command,
           KilterTableId table,
           int id,
           int field,
           const char *text)
{
  const KilterFieldInfo *info = &kilter_table_get_info (table)->fields[field];

  if (*text == '\0')
    return;
  switch (info->type)
    {
    case KILTER_FIELD_REF:
      KILTER_FOREACH_RECORD (self->plan, info->ref, other)
        if (g_str_equal (kilter_plan_get_key (self->plan, info->ref, other->id),
                         translate (self, text)))
          kilter_command_set_field_number (command, self->plan, table, id, field, other->id);
      break;
    case KILTER_FIELD_NUMBER:
    case KILTER_FIELD_INT:
    case KILTER_FIELD_BOOL:
      kilter_command_set_field_number (command, self->plan, table, id, field,
                                       g_ascii_strtod (text, NULL));
      break;
    case KILTER_FIELD_TEXT:
      set_text (self, command, table, id, field, translate (self, text));
      break;
    case KILTER_FIELD_DATE:
    case KILTER_FIELD_BUCKET:
    case KILTER_FIELD_CHOICE:
    default:
      set_text (self, command, table, id, field, text);
    }
}

static gboolean
make_records (Builder *self, const char *name, KilterTableId table, GError **error)
{
  const KilterTableInfo *info = kilter_table_get_info (table);
  g_autoptr (Table) rows = table_read (self->folder, name, error);
  g_autoptr (KilterCommand) command = kilter_command_new ("edit", _ (info->label));

  if (rows == NULL)
    return FALSE;
  for (guint r = 1; r < rows->rows->len; r++)
    {
      int id = kilter_command_add_record (command, self->plan, table);

      for (int f = 0; f < info->n_fields; f++)
        set_field (self, command, table, id, f, table_get (rows, r, info->fields[f].name));
    }
  return apply_command (self, command, "Linh Trần", "2026-04-02T10:20:00Z", error);
}

static gboolean
make_calendar (Builder *self, GError **error)
{
  return make_records (self, "contributors.csv", KILTER_TABLE_CONTRIBUTOR, error) &&
         make_records (self, "events.csv", KILTER_TABLE_EVENT, error) &&
         make_records (self, "event_products.csv", KILTER_TABLE_EVENT_PRODUCT, error);
}

/* --- supply and scenarios --- */

/* The resource that keeps most from being made. */
static int
find_bottleneck (const KilterSupplyTask *task, int n_resources)
{
  g_autofree double *short_by = g_new0 (double, n_resources + 1);
  const KilterWhy *whys;
  int n, best = 0;

  whys = kilter_supply_task_get_whys (task, &n);
  for (int i = 0; i < n; i++)
    if (whys[i].resource > 0 && whys[i].resource <= n_resources)
      short_by[whys[i].resource] += whys[i].quantity;
  for (int r = 1; r <= n_resources; r++)
    if (short_by[r] > short_by[best])
      best = r;
  return best;
}

static gboolean
make_supply (Builder *self, int *out_bottleneck, GError **error)
{
  g_autoptr (KilterSupplyTask)
    task = kilter_supply_task_new (self->plan, KILTER_BASELINE, "optimal", error);
  g_autoptr (KilterCommand) command = NULL;

  if (task == NULL || !kilter_supply_task_run (task, self->job, error))
    return FALSE;
  *out_bottleneck = find_bottleneck (task,
                                     kilter_plan_get_max_id (self->plan, KILTER_TABLE_RESOURCE));
  command = kilter_supply_task_finish (task, self->plan);
  return apply_command (self, command, "Wei Zhang", "2026-04-13T15:04:00Z", error);
}

static const KilterFix *
find_fix (const KilterSupplyTask *task, const char *name)
{
  static const struct
  {
    const char *name;
    KilterSupplyFixTitle title;
  } titles[] = {
    { "overtime", KILTER_SUPPLY_FIX_OVERTIME },
    { "early", KILTER_SUPPLY_FIX_EARLY },
    { "early-overtime", KILTER_SUPPLY_FIX_EARLY_AND_OVERTIME },
    { "early-subcontract", KILTER_SUPPLY_FIX_EARLY_AND_SUBCONTRACT },
    { "subcontract", KILTER_SUPPLY_FIX_SUBCONTRACT },
    { "everything", KILTER_SUPPLY_FIX_EVERYTHING },
  };
  const KilterFix *fixes;
  int n;

  fixes = kilter_supply_task_get_fixes (task, &n);
  for (gsize t = 0; t < G_N_ELEMENTS (titles); t++)
    for (int i = 0; i < n; i++)
      if (g_str_equal (titles[t].name, name) && fixes[i].title == titles[t].title &&
          fixes[i].command != NULL)
        return &fixes[i];
  return NULL;
}

static gboolean
make_scenario (Builder *self, const Table *table, guint r, int bottleneck, GError **error)
{
  const char *who = table_get (table, r, "owner"), *at = table_get (table, r, "at");
  const char *decision = translate (self, table_get (table, r, "decision"));
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (KilterSupplyTask) task = NULL;
  g_autoptr (KilterCommand) unwanted = NULL;
  const KilterFix *fix;
  KilterVersion version = 0;

  command = kilter_scenario_new (self->plan, KILTER_BASELINE,
                                 translate (self, table_get (table, r, "name")), who, at, &version,
                                 error);
  if (command == NULL)
    return FALSE;
  set_text (self, command, KILTER_TABLE_VERSION, version, KILTER_VERSION_STATE,
            table_get (table, r, "state"));
  set_text (self, command, KILTER_TABLE_VERSION, version, KILTER_VERSION_NOTE,
            translate (self, table_get (table, r, "note")));
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_DECISION, record)
    {
      if (*decision != '\0' &&
          g_str_equal (kilter_record_text (record, KILTER_DECISION_TITLE), decision))
        kilter_command_set_field_number (command, self->plan, KILTER_TABLE_DECISION, record->id,
                                         KILTER_DECISION_SCENARIO, version);
    }
  if (!apply_command (self, command, who, at, error))
    return FALSE;
  if (bottleneck == 0)
    return TRUE;
  task = kilter_supply_task_new (self->plan, version, "optimal", error);
  if (task == NULL)
    return FALSE;
  kilter_supply_task_want_fixes (task, bottleneck, 0);
  if (!kilter_supply_task_run (task, self->job, error))
    return FALSE;
  /* the fixes are made with the plan that they improve on, which is not wanted here */
  unwanted = kilter_supply_task_finish (task, self->plan);
  fix = find_fix (task, table_get (table, r, "fix"));
  /* a scenario without its numbers is still one to work on */
  if (fix == NULL)
    return TRUE;
  return apply_command (self, fix->command, who, at, error);
}

static gboolean
make_scenarios (Builder *self, int bottleneck, GError **error)
{
  g_autoptr (Table) table = table_read (self->folder, "scenarios.csv", error);

  if (table == NULL)
    return FALSE;
  for (guint r = 1; r < table->rows->len; r++)
    {
      if (!make_scenario (self, table, r, bottleneck, error))
        return FALSE;
      if (self->job != NULL)
        kilter_job_advance (self->job, 1);
    }
  return TRUE;
}

/* --- public --- */

/**
 * kilter_sample_new:
 * @folder: (nullable): where the input files are; %NULL for the installed ones, or those of the
 *   environment variable KILTER_PKGDATADIR
 * @uuid: the new plan's
 *
 * Returns: (transfer full): the empty plan that kilter_sample_fill() fills; %NULL with an error of
 *   %G_FILE_ERROR when the files are not there
 */
KilterPlan *
kilter_sample_new (const char *folder, const char *uuid, GError **error)
{
  g_autofree char *path = find_folder (folder);
  g_autoptr (Table) table = table_read (path, "plan.csv", error);
  KilterBucketKind kind = KILTER_BUCKET_MONTH;
  KilterBucket cycle = KILTER_BUCKET_NONE;
  int n_history = 36, n_horizon = 18;
  const char *cycle_text = "";
  KilterPlan *plan;

  if (table == NULL)
    return NULL;
  for (guint r = 1; r < table->rows->len; r++)
    {
      const char *key = table_get (table, r, "key"), *value = table_get (table, r, "value");

      if (g_str_equal (key, "bucket"))
        kilter_bucket_kind_from_string (value, &kind);
      else if (g_str_equal (key, "cycle"))
        cycle_text = value;
      else if (g_str_equal (key, "history"))
        n_history = (int) g_ascii_strtoll (value, NULL, 10);
      else if (g_str_equal (key, "horizon"))
        n_horizon = (int) g_ascii_strtoll (value, NULL, 10);
    }
  cycle = kilter_bucket_from_string (kind, cycle_text);
  if (cycle == KILTER_BUCKET_NONE || n_history < 1 || n_horizon < 1)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   "%s/plan.csv does not say when the plan begins", path);
      return NULL;
    }
  plan = kilter_plan_new (kind, cycle, n_history, n_horizon);
  kilter_plan_set_up (plan, uuid, "Bluebird Foods", "USD");
  return plan;
}

/**
 * kilter_sample_fill:
 * @folder: (nullable): as for kilter_sample_new()
 * @language: (nullable): "vi", "zh_CN" … for names and texts; %NULL for English
 * @apply: (nullable): applies and keeps each command; %NULL to apply it in memory only
 * @job: (nullable): to cancel, and for the threads
 *
 * Imports the input files, forecasts, and adds what no file holds: overrides, comments, last
 * month's approved plan, the supply plan and its scenarios.
 */
gboolean
kilter_sample_fill (KilterPlan *plan,
                    const char *folder,
                    const char *language,
                    KilterApplyFunc apply,
                    gpointer user_data,
                    KilterJob *job,
                    GError **error)
{
  g_autofree char *path = find_folder (folder);
  g_autoptr (GHashTable) names = language != NULL ? read_names (path, language) : NULL;
  Builder self = { plan, path, names, apply, user_data, job };
  int bottleneck = 0;

  return import_files (&self, error) && make_last_plan (&self, error) &&
         make_forecast (&self, error) && make_calendar (&self, error) &&
         make_overrides (&self, error) && make_comments (&self, error) &&
         make_supply (&self, &bottleneck, error) && make_scenarios (&self, bottleneck, error);
}
