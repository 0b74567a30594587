/* kilter-import.c: looking at a file against the plan, and the command that takes it in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static void
free_question (gpointer data)
{
  KilterImportQuestion *question = data;

  g_free (question->text);
  for (guint i = 0; i < question->n_choices; i++)
    {
      g_free (question->choices[i]);
      g_free (question->samples[i]);
    }
  g_free (question->choices);
  g_free (question->samples);
  g_free (question);
}

static void
clear_column (gpointer data)
{
  KilterImportColumn *column = data;

  g_free (column->heading);
  g_free (column->period);
}

static void
free_data (KilterImportData *data)
{
  for (int i = 0; i < KILTER_N_ENTITIES; i++)
    g_ptr_array_unref (data->entities[i]);
  for (guint t = 0; t < data->targets->len; t++)
    {
      KilterTarget *target = &g_array_index (data->targets, KilterTarget, t);

      for (guint m = 0; target->values != NULL && m < data->n_measures; m++)
        g_free (target->values[m]);
      g_free (target->values);
    }
  g_array_unref (data->targets);
  g_ptr_array_unref (data->records);
  g_free (data);
}

static KilterImportData *
new_data (void)
{
  KilterImportData *data = g_new0 (KilterImportData, 1);

  for (int i = 0; i < KILTER_N_ENTITIES; i++)
    data->entities[i] = g_ptr_array_new ();
  data->targets = g_array_new (FALSE, FALSE, sizeof (KilterTarget));
  data->records = g_ptr_array_new ();
  return data;
}

/**
 * kilter_import_say:
 *
 * Adds a message. All are counted; a refusal always stands first.
 */
void
kilter_import_say (KilterImportPreview *preview,
                   KilterImportCode code,
                   guint row,
                   int column,
                   const char *value,
                   const char *other,
                   guint64 number)
{
  KilterImportMessage *message;

  /* notes about the whole file carry their count */
  preview->counts[code] += row == 0 && number > 0 ? (guint) number : 1;
  if (kilter_import_code_get_severity (code) == KILTER_IMPORT_REFUSED)
    preview->refused = TRUE;
  else if (row > 0 && preview->messages->len >= KILTER_IMPORT_MAX_MESSAGES)
    return;
  message = g_new0 (KilterImportMessage, 1);
  message->code = code;
  message->row = row;
  message->column = column;
  message->value = g_strdup (value);
  message->other = g_strdup (other);
  message->number = number;
  if (kilter_import_code_get_severity (code) == KILTER_IMPORT_REFUSED)
    g_ptr_array_insert (preview->messages, 0, message);
  else
    g_ptr_array_add (preview->messages, message);
}

/* Says when a row has more or fewer fields than columns; in a workbook cells that are empty need
 * not be there.
 *
 * Returns: whether the row can be taken */
gboolean
kilter_import_check_fields (KilterImportPreview *preview, const KilterSheet *sheet, guint row)
{
  guint n_columns = preview->columns->len, n = kilter_sheet_get_n_cells (sheet, row);
  guint line = kilter_sheet_get_line (sheet, row);
  g_autofree char *wanted = NULL;

  while (n > n_columns && *kilter_sheet_get_text (sheet, row, n - 1) == '\0')
    n--;
  if (G_LIKELY (n == n_columns))
    return TRUE;
  wanted = g_strdup_printf ("%u", n_columns);
  if (n > n_columns)
    {
      kilter_import_say (preview, KILTER_IMPORT_TOO_MANY_FIELDS, line, -1, NULL, wanted, n);
      return FALSE;
    }
  for (guint i = n; i < n_columns; i++)
    {
      const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);

      if (column->info != NULL && column->info->required)
        {
          kilter_import_say (preview, KILTER_IMPORT_TOO_FEW_FIELDS, line, -1, NULL, wanted, n);
          return FALSE;
        }
    }
  if (preview->data->is_text)
    kilter_import_say (preview, KILTER_IMPORT_FEWER_FIELDS, line, -1, NULL, wanted, n);
  return TRUE;
}

/**
 * kilter_import_preview_sum_up:
 *
 * Returns: (transfer full): all messages of a code in one sentence; what concerns the file as a
 *   whole in its own words
 */
char *
kilter_import_preview_sum_up (const KilterImportPreview *self, KilterImportCode code)
{
  g_return_val_if_fail (self != NULL && code < KILTER_N_IMPORT_CODES, NULL);

  for (guint i = 0; i < self->messages->len; i++)
    {
      const KilterImportMessage *message = self->messages->pdata[i];

      if (message->code == code && message->row == 0)
        return kilter_import_message_text (message);
      if (message->code == code)
        break;
    }
  return kilter_import_message_summary (code, self->counts[code]);
}

KilterImportQuestion *
kilter_import_question_new (const char *option, const char *text)
{
  KilterImportQuestion *self = g_new0 (KilterImportQuestion, 1);

  self->option = option;
  self->text = g_strdup (text);
  return self;
}

/**
 * kilter_import_question_add:
 * @sample: (transfer full): what the choice would give
 */
void
kilter_import_question_add (KilterImportQuestion *self, const char *choice, char *sample)
{
  self->choices = g_renew (char *, self->choices, self->n_choices + 1);
  self->samples = g_renew (char *, self->samples, self->n_choices + 1);
  self->choices[self->n_choices] = g_strdup (choice);
  self->samples[self->n_choices] = sample;
  self->n_choices++;
}

void
kilter_import_ask (KilterImportPreview *preview, KilterImportQuestion *question)
{
  g_ptr_array_add (preview->questions, question);
}

/**
 * kilter_import_find_column:
 *
 * Returns: the first column of a type, or −1
 */
int
kilter_import_find_column (const KilterImportPreview *preview, KilterImportColumnType type)
{
  for (guint i = 0; i < preview->columns->len; i++)
    if (g_array_index (preview->columns, KilterImportColumn, i).type == type)
      return (int) i;
  return -1;
}

/**
 * kilter_import_begin_sample:
 * @first: the first row of data
 *
 * Fills the sample with the first rows as they stand; as they are understood is left %NULL.
 */
void
kilter_import_begin_sample (KilterImportPreview *preview, const KilterSheet *sheet, guint first)
{
  guint n_columns = preview->columns->len;
  guint n_rows = kilter_sheet_get_n_rows (sheet);

  preview->n_sample = first < n_rows ? MIN (n_rows - first, KILTER_IMPORT_SAMPLE_ROWS) : 0;
  preview->sample_lines = g_new0 (guint, KILTER_IMPORT_SAMPLE_ROWS);
  preview->sample_before = g_new0 (char *, (gsize) KILTER_IMPORT_SAMPLE_ROWS *n_columns + 1);
  preview->sample_after = g_new0 (char *, (gsize) KILTER_IMPORT_SAMPLE_ROWS *n_columns + 1);
  for (guint i = 0; i < preview->n_sample; i++)
    {
      preview->sample_lines[i] = kilter_sheet_get_line (sheet, first + i);
      for (guint c = 0; c < n_columns; c++)
        preview->sample_before[i * n_columns + c] = g_strdup (
          kilter_sheet_get_text (sheet, first + i, c));
    }
}

/* Columns that are not all matched: what stands in them helps to match them. */
static void
show_unmatched (KilterImportPreview *self, const KilterImportFile *file, const KilterGuess *guess)
{
  kilter_import_begin_sample (self, file->sheet, guess->first_row);
  for (guint i = 0; i < self->n_sample * self->columns->len; i++)
    self->sample_after[i] = g_strdup (self->sample_before[i]);
}

static void
ask_encoding (KilterImportPreview *preview,
              const KilterImportFile *file,
              const KilterImportOptions *options)
{
  KilterImportQuestion *question;

  if (file->certain || file->n_candidates == 0 || options->encoding != NULL || options->accept)
    return;
  question = kilter_import_question_new ("encoding", _ ("In which encoding is the text written?"));
  for (guint i = 0; i < file->n_candidates; i++)
    kilter_import_question_add (question, file->candidates[i].encoding,
                                g_strdup (file->candidates[i].sample));
  kilter_import_ask (preview, question);
}

static KilterImportPreview *
new_preview (const KilterPlan *plan, const KilterImportFile *file)
{
  KilterImportPreview *self = g_new0 (KilterImportPreview, 1);

  self->kind = KILTER_IMPORT_AUTO;
  self->file_name = g_strdup (file->name);
  self->encoding = g_strdup (file->encoding);
  self->separator = file->separator;
  self->decimal = '.';
  self->columns = g_array_new (FALSE, FALSE, sizeof (KilterImportColumn));
  g_array_set_clear_func (self->columns, clear_column);
  self->totals = g_array_new (FALSE, FALSE, sizeof (KilterImportTotal));
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_import_message_free);
  self->questions = g_ptr_array_new_with_free_func (free_question);
  self->first = self->last = KILTER_BUCKET_NONE;
  self->data = new_data ();
  self->data->generation = kilter_plan_get_generation (plan);
  self->data->n_buckets = kilter_plan_get_n_buckets (plan);
  self->data->is_text = file->container == KILTER_CONTAINER_TEXT;
  return self;
}

static int
compare_messages (gconstpointer a, gconstpointer b)
{
  const KilterImportMessage *x = *(KilterImportMessage *const *) a;
  const KilterImportMessage *y = *(KilterImportMessage *const *) b;
  int refused_x = kilter_import_code_get_severity (x->code) == KILTER_IMPORT_REFUSED;
  int refused_y = kilter_import_code_get_severity (y->code) == KILTER_IMPORT_REFUSED;

  if (refused_x != refused_y)
    return refused_y - refused_x;
  return x->row < y->row ? -1 : x->row > y->row;
}

/**
 * kilter_import_copy_plan:
 *
 * Copies what a preview of whatever kind looks at, so that it can be made on another thread while
 * the plan goes on changing; kilter_import_is_current() tells whether it did.
 *
 * Returns: (transfer full): a plan to give to kilter_import_preview()
 */
KilterPlan *
kilter_import_copy_plan (const KilterPlan *plan)
{
  KilterMeasure measures[KILTER_N_MEASURES];
  gboolean wanted[KILTER_N_MEASURES] = { FALSE };
  guint n = 0;

  for (int kind = 0; kind < KILTER_N_IMPORT_KINDS; kind++)
    {
      g_autoptr (GArray) infos = kilter_import_kind_get_columns ((KilterImportKind) kind);

      for (guint i = 0; i < infos->len; i++)
        {
          const KilterImportColumnInfo *info = &g_array_index (infos, KilterImportColumnInfo, i);

          if (info->type == KILTER_COLUMN_MEASURE)
            wanted[info->measure] = TRUE;
        }
    }
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    if (wanted[m])
      measures[n++] = (KilterMeasure) m;
  return kilter_plan_copy (plan, measures, n);
}

/**
 * kilter_import_preview:
 * @job: (nullable): for progress and to cancel
 *
 * A dry run: what is in the file, how it is understood, what would change, what is doubtful. The
 * plan is only read.
 *
 * Returns: (transfer full): the preview, also of a file that is refused; %NULL when cancelled
 */
KilterImportPreview *
kilter_import_preview (const KilterPlan *plan,
                       const KilterImportFile *file,
                       const KilterImportOptions *options,
                       KilterJob *job,
                       GError **error)
{
  g_autoptr (KilterImportPreview) self = new_preview (plan, file);
  g_autoptr (KilterImportOptions) own = kilter_import_options_copy (options);
  KilterGuess guess = { 0 };

  if (file->misnamed)
    kilter_import_say (self, KILTER_IMPORT_NOT_A_SPREADSHEET, 0, -1, file->name, NULL, 0);
  for (guint i = 0; i < file->notes->len; i++)
    {
      const KilterImportMessage *note = file->notes->pdata[i];

      kilter_import_say (self, note->code, note->row, note->column, note->value, note->other,
                         note->number);
    }
  ask_encoding (self, file, options);
  if (!kilter_guess_shape (self, file, own, &guess))
    {
      show_unmatched (self, file, &guess);
      return g_steal_pointer (&self);
    }
  self->data->info = kilter_import_kind_get_info (self->kind);
  kilter_guess_values (self, file, own, &guess);
  if (self->data->info->shape == KILTER_SHAPE_RECORDS)
    kilter_import_records (self, plan, file, own, &guess);
  else
    kilter_import_numbers (self, plan, file, own, &guess, job);
  if (job != NULL && kilter_job_is_cancelled (job))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
      return NULL;
    }
  if (!self->refused && self->n_ready == 0)
    kilter_import_say (self, KILTER_IMPORT_NOTHING_LEFT, 0, -1, file->name, NULL, 0);
  /* g_ptr_array_sort is stable */
  g_ptr_array_sort (self->messages, compare_messages);
  return g_steal_pointer (&self);
}

static void
add_source (const KilterPlan *plan,
            const KilterImportPreview *preview,
            const char *who,
            const char *at,
            KilterCommand *command)
{
  int id = kilter_command_add_record (command, plan, KILTER_TABLE_SOURCE);
  g_autofree char *last = preview->last != KILTER_BUCKET_NONE
                            ? kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                       preview->last)
                            : NULL;
  KilterTableId table = KILTER_TABLE_SOURCE;

  kilter_command_set_field_text (command, plan, table, id, KILTER_SOURCE_KIND,
                                 kilter_import_kind_to_string (preview->kind));
  kilter_command_set_field_text (command, plan, table, id, KILTER_SOURCE_FILE, preview->file_name);
  kilter_command_set_field_number (command, plan, table, id, KILTER_SOURCE_ROWS, preview->n_ready);
  if (preview->totals->len > 0)
    kilter_command_set_field_number (command, plan, table, id, KILTER_SOURCE_TOTAL,
                                     g_array_index (preview->totals, KilterImportTotal, 0).sum);
  kilter_command_set_field_text (command, plan, table, id, KILTER_SOURCE_LAST, last);
  kilter_command_set_field_text (command, plan, table, id, KILTER_SOURCE_BY, who);
  kilter_command_set_field_text (command, plan, table, id, KILTER_SOURCE_AT, at);
}

/**
 * kilter_import_finish:
 * @plan: as it was for the preview
 * @who: (nullable): who imports
 * @at: (nullable): when, "2026-04-09T09:12:00Z"
 *
 * Returns: (transfer full): one command with everything, also a record of where it came from; or
 *   %NULL with %KILTER_EXCHANGE_ERROR_BAD_FILE when the file is refused, or
 *   %KILTER_EXCHANGE_ERROR_QUESTION while questions are open
 */
KilterCommand *
kilter_import_finish (const KilterPlan *plan,
                      const KilterImportPreview *preview,
                      const char *who,
                      const char *at,
                      GError **error)
{
  g_autoptr (KilterCommand) command = NULL;
  g_autofree char *label = NULL;

  if (preview->refused)
    {
      g_autofree char *text = kilter_import_message_text (preview->messages->pdata[0]);

      g_set_error_literal (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE, text);
      return NULL;
    }
  if (preview->questions->len > 0)
    {
      const KilterImportQuestion *question = preview->questions->pdata[0];

      g_set_error_literal (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_QUESTION,
                           question->text);
      return NULL;
    }
  g_return_val_if_fail (preview->data->generation == kilter_plan_get_generation (plan), NULL);

  label = g_strdup_printf (_ ("Import of %s from %s"), kilter_import_kind_get_name (preview->kind),
                           preview->file_name);
  command = kilter_command_new ("import", label);
  if (preview->data->info->shape == KILTER_SHAPE_RECORDS)
    kilter_import_finish_records (plan, preview, command);
  else
    kilter_import_finish_numbers (plan, preview, command);
  add_source (plan, preview, who, at, command);
  kilter_command_set_stamp (command, who, at);
  return g_steal_pointer (&command);
}

/**
 * kilter_import_is_current:
 *
 * Returns: whether the plan is still what was looked at
 */
gboolean
kilter_import_is_current (const KilterPlan *plan, const KilterImportPreview *preview)
{
  return preview->data->generation == kilter_plan_get_generation (plan);
}

/**
 * kilter_import_get_span:
 *
 * Returns: whether the file holds numbers; then of which periods, as far as they lie in the plan
 */
gboolean
kilter_import_get_span (const KilterImportPreview *preview,
                        KilterBucket *out_first,
                        KilterBucket *out_last)
{
  *out_first = preview->first;
  *out_last = preview->last;
  return preview->first != KILTER_BUCKET_NONE;
}

void
kilter_import_preview_free (KilterImportPreview *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_sample * self->columns->len; i++)
    {
      g_free (self->sample_before[i]);
      g_free (self->sample_after[i]);
    }
  g_free (self->sample_lines);
  g_free (self->sample_before);
  g_free (self->sample_after);
  g_free (self->file_name);
  g_free (self->encoding);
  g_array_unref (self->columns);
  g_clear_pointer (&self->infos, g_array_unref);
  g_array_unref (self->totals);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->questions);
  free_data (self->data);
  g_free (self);
}
