/* kilter-sample-table.c: the files of the sample, and what its parts share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/sample/kilter-sample-private.h"

#include "exchange/text/kilter-csv.h"
#include "exchange/export/kilter-export.h"
#include "kilter-config.h"

void
kilter_sample_table_free (KilterSampleTable *self)
{
  if (self != NULL)
    g_ptr_array_unref (self->rows);
  g_free (self);
}

char *
kilter_sample_find_folder (const char *folder)
{
  const char *data = g_getenv ("KILTER_PKGDATADIR");

  if (folder != NULL)
    return g_strdup (folder);
  return g_build_filename (data != NULL ? data : KILTER_PKGDATADIR, "sample", NULL);
}

KilterSampleTable *
kilter_sample_table_read (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (KilterSampleTable) self = g_new0 (KilterSampleTable, 1);
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
const char *
kilter_sample_table_get (const KilterSampleTable *self, guint row, const char *heading)
{
  char **headings = self->rows->pdata[0], **fields = self->rows->pdata[row];

  for (guint i = 0; headings[i] != NULL; i++)
    if (g_str_equal (headings[i], heading))
      return i < g_strv_length (fields) ? fields[i] : "";
  return "";
}

const char *
kilter_sample_translate (const KilterSampleBuilder *self, const char *text)
{
  const char *other = self->names != NULL ? g_hash_table_lookup (self->names, text) : NULL;

  return other != NULL ? other : text;
}

/* The file with whole fields translated, as bytes. */
GBytes *
kilter_sample_table_to_bytes (const KilterSampleBuilder *self, const KilterSampleTable *table)
{
  GString *out = g_string_new (NULL);

  for (guint r = 0; r < table->rows->len; r++)
    {
      char **fields = table->rows->pdata[r];

      for (guint i = 0; fields[i] != NULL; i++)
        {
          const char *text = r == 0 ? fields[i] : kilter_sample_translate (self, fields[i]);

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
GHashTable *
kilter_sample_read_names (const char *folder, const char *language)
{
  g_autoptr (KilterSampleTable) table = kilter_sample_table_read (folder, "names.csv", NULL);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) variants = g_get_locale_variants (language);

  if (table == NULL)
    return NULL;
  for (char **variant = variants; *variant != NULL; variant++)
    {
      for (guint r = 1; r < table->rows->len; r++)
        {
          const char *text = kilter_sample_table_get (table, r, *variant);

          if (*text != '\0')
            g_hash_table_insert (names, g_strdup (kilter_sample_table_get (table, r, "en")),
                                 g_strdup (text));
        }
      if (g_hash_table_size (names) > 0)
        return g_steal_pointer (&names);
    }
  return NULL;
}

gboolean
kilter_sample_apply_command (KilterSampleBuilder *self,
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

int
kilter_sample_find_product (const KilterPlan *plan, const char *code)
{
  const KilterRecord *record = kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT, code);

  return record != NULL ? record->id : 0;
}

int
kilter_sample_find_bucket (const KilterPlan *plan, const char *month)
{
  KilterBucket bucket = kilter_bucket_from_string (kilter_plan_get_bucket_kind (plan), month);

  return bucket == KILTER_BUCKET_NONE ? -1 : kilter_plan_find_bucket (plan, bucket);
}
