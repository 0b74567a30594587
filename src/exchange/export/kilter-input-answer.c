/* kilter-input-answer.c: reading a sheet that came back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export/kilter-input-sheet-private.h"

#include "base/kilter-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

void
kilter_input_cell_clear (KilterInputCell *cell)
{
  g_free (cell->note.author);
  g_free (cell->note.at);
  g_free (cell->note.reason);
}

static void
free_record (gpointer data)
{
  KilterInputRecord *record = data;

  kilter_values_free (record->table, record->mine);
  kilter_values_free (record->table, record->theirs);
  g_free (record);
}

static GArray *
new_cells (void)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (KilterInputCell));

  g_array_set_clear_func (cells, (GDestroyNotify) kilter_input_cell_clear);
  return cells;
}

KilterInputAnswer *
kilter_input_answer_new (const char *file_name)
{
  KilterInputAnswer *self = g_new0 (KilterInputAnswer, 1);

  self->cells = new_cells ();
  self->confirmed = new_cells ();
  self->records = g_ptr_array_new_with_free_func (free_record);
  self->file_name = g_strdup (file_name);
  return self;
}

void
kilter_input_answer_free (KilterInputAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->outside);
  g_free (self->key);
  g_free (self->mark);
  g_array_unref (self->confirmed);
  g_ptr_array_unref (self->records);
  g_free (self->file_name);
  g_free (self->unread);
  g_array_unref (self->cells);
  g_free (self);
}

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE, text);
  return FALSE;
}

/* The row that says whose sheet it is, wherever the program that saved it has put it. */
static int
find_mark (const KilterSheet *sheet)
{
  for (guint row = 0; row < MIN (kilter_sheet_get_n_rows (sheet), 20); row++)
    if (g_strcmp0 (kilter_sheet_get_text (sheet, row, 0), KILTER_INPUT_SHEET_MARK) == 0)
      return (int) row;
  return -1;
}

static const char *
get_text (const KilterSheet *sheet, guint row, guint column)
{
  const char *text = column < kilter_sheet_get_n_cells (sheet, row)
                       ? kilter_sheet_get_text (sheet, row, column)
                       : NULL;

  return text != NULL ? text : "";
}

/* Whose sheet it is, and whether it belongs to this plan and cycle. */
static gboolean
read_mark (KilterInputAnswer *self,
           const KilterPlan *plan,
           const KilterSheet *sheet,
           int row,
           GError **error)
{
  g_autofree char *cycle = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                    kilter_plan_get_cycle (plan));
  int measure;

  if (row < 0)
    return refuse (error, _ ("This is not an input sheet of Kilter. Import it as data instead."));
  if (!g_str_equal (get_text (sheet, (guint) row, 1), kilter_plan_get_uuid (plan)))
    return refuse (error, _ ("This input sheet belongs to another plan."));
  if (!g_str_equal (get_text (sheet, (guint) row, 2), cycle))
    return refuse (error,
                   _ ("This input sheet belongs to another cycle. Send the sheet of this cycle "
                      "and ask for it again."));
  self->contributor = (int) g_ascii_strtoll (get_text (sheet, (guint) row, 3), NULL, 10);
  measure = kilter_measure_from_key (get_text (sheet, (guint) row, 4));
  if (kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR, self->contributor) == NULL ||
      measure < 0 || measure != kilter_contributor_get_measure (plan, self->contributor))
    return refuse (error, _ ("The plan has no such contributor any more."));
  self->measure = (KilterMeasure) measure;
  return TRUE;
}

/* The bucket of each column, -1 for columns that hold no numbers. */
static int *
read_headings (const KilterPlan *plan, const KilterSheet *sheet, guint row)
{
  guint n = kilter_sheet_get_n_columns (sheet);
  int *buckets = g_new (int, MAX (n, 1));
  int cycle = kilter_plan_get_n_history (plan);

  for (guint i = 0; i < n; i++)
    {
      KilterBucket bucket = i < KILTER_INPUT_SHEET_FIRST_COLUMN
                              ? KILTER_BUCKET_NONE
                              : kilter_bucket_from_string (kilter_plan_get_bucket_kind (plan),
                                                           get_text (sheet, row, i));

      buckets[i] = bucket == KILTER_BUCKET_NONE ? -1 : kilter_plan_find_bucket (plan, bucket);
      if (buckets[i] < cycle)
        buckets[i] = -1;
    }
  return buckets;
}

static int
find_series (const KilterPlan *plan, const KilterSheet *sheet, guint row)
{
  const KilterRecord *product = kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT,
                                                         get_text (sheet, row, 0));
  const KilterRecord *region = kilter_plan_find_record (plan, KILTER_TABLE_REGION,
                                                        get_text (sheet, row, 2));
  const KilterRecord *channel = kilter_plan_find_record (plan, KILTER_TABLE_CHANNEL,
                                                         get_text (sheet, row, 3));

  return product != NULL && region != NULL && channel != NULL
           ? kilter_plan_find_series (plan, product->id, region->id, channel->id)
           : 0;
}

static gboolean
read_number (const KilterSheet *sheet, guint row, guint column, double *out_value)
{
  return !(kilter_sheet_get_flags (sheet, row, column) &
           (KILTER_CELL_ERROR | KILTER_CELL_DATE | KILTER_CELL_BAD)) &&
         kilter_number_from_c (get_text (sheet, row, column), out_value) &&
         (isnan (*out_value) || (*out_value >= 0 && *out_value <= 1e15));
}

static void
note_unread (KilterInputAnswer *self, const KilterSheet *sheet, guint row, guint column)
{
  if (self->n_unread++ > 0)
    return;
  /* Translators: a line and a column of a file, and what stands there */
  self->unread = g_strdup_printf (_ ("line %1$u, column %2$u: “%3$s”"),
                                  kilter_sheet_get_line (sheet, row), column + 1,
                                  get_text (sheet, row, column));
}

gboolean
kilter_input_is_same (double a, double b)
{
  return isnan (a) ? isnan (b) : !isnan (b) && fabs (a - b) <= 1e-9 * (1 + fabs (a));
}

/* Whether somebody changed the plan's own number after the sheet was sent; in the same second, too,
 * of which nobody can tell: better a question too many. */
static gboolean
is_newer (const KilterPlan *plan,
          KilterVersion version,
          KilterMeasure measure,
          int series,
          int bucket,
          const char *sent)
{
  const KilterCellNote *note = kilter_plan_get_note (plan, version, measure, series, bucket);

  return note != NULL && note->at != NULL && *sent != '\0' && g_strcmp0 (note->at, sent) >= 0;
}

static void
read_row (KilterInputAnswer *self,
          KilterPlan *plan,
          KilterVersion version,
          const KilterSheet *sheet,
          guint row,
          int series,
          const int *buckets,
          const char *sent)
{
  const double *mine = kilter_plan_get_row (plan, version, self->measure, series);

  for (guint i = KILTER_INPUT_SHEET_FIRST_COLUMN; i < kilter_sheet_get_n_columns (sheet); i++)
    {
      KilterInputCell cell = { .measure = self->measure,
                               .series = series,
                               .bucket = buckets[i],
                               .mine = NAN,
                               .theirs = NAN,
                               .take = TRUE };

      if (buckets[i] < 0)
        continue;
      cell.mine = mine[buckets[i]];
      if (i < kilter_sheet_get_n_cells (sheet, row) && !read_number (sheet, row, i, &cell.theirs))
        {
          note_unread (self, sheet, row, i);
          continue;
        }
      if (kilter_input_is_same (cell.mine, cell.theirs))
        {
          self->n_same += !isnan (cell.mine);
          continue;
        }
      cell.collides = is_newer (plan, version, self->measure, series, buckets[i], sent);
      g_array_append_val (self->cells, cell);
    }
}

static gboolean
has_numbers (const KilterSheet *sheet, guint row)
{
  for (guint i = KILTER_INPUT_SHEET_FIRST_COLUMN; i < kilter_sheet_get_n_cells (sheet, row); i++)
    if (*get_text (sheet, row, i) != '\0')
      return TRUE;
  return FALSE;
}

/**
 * kilter_input_answer_read:
 * @file: the workbook as the reader gives it
 *
 * Compares a sheet that came back with the plan. Nothing outside the contributor's part of the plan
 * is taken; numbers of the plan that were changed after the sheet was sent collide.
 *
 * Returns: (transfer full) (nullable): what differs; %NULL with %KILTER_EXCHANGE_ERROR_BAD_FILE
 * when it is no input sheet, or one of another plan or cycle
 */
KilterInputAnswer *
kilter_input_answer_read (KilterPlan *plan,
                          KilterVersion version,
                          const KilterImportFile *file,
                          GError **error)
{
  g_autoptr (KilterInputAnswer) self = kilter_input_answer_new (file->name);
  const KilterSheet *sheet = file->sheet;
  int mark = find_mark (sheet);
  g_autofree int *buckets = NULL;
  g_autofree char *sent = NULL;

  if (!read_mark (self, plan, sheet, mark, error))
    return NULL;
  sent = g_strdup (get_text (sheet, (guint) mark, 5));
  if ((guint) mark + 1 >= kilter_sheet_get_n_rows (sheet))
    return g_steal_pointer (&self);
  buckets = read_headings (plan, sheet, (guint) mark + 1);
  for (guint row = (guint) mark + 2; row < kilter_sheet_get_n_rows (sheet); row++)
    {
      int series = find_series (plan, sheet, row);

      if (series != 0 && kilter_contributor_has_series (plan, self->contributor, series))
        read_row (self, plan, version, sheet, row, series, buckets, sent);
      else
        self->n_outside += has_numbers (sheet, row);
    }
  return g_steal_pointer (&self);
}

static void
finish_cell (KilterCommand *command,
             KilterPlan *plan,
             KilterVersion version,
             const KilterInputCell *cell)
{
  kilter_command_set_value (command, plan, version, cell->measure, KILTER_LAYER_INPUT, cell->series,
                            cell->bucket, cell->theirs);
  if (cell->note.author != NULL)
    kilter_command_set_cell_note (command, plan, cell->measure, cell->series, cell->bucket,
                                  &cell->note);
  /* an emptied cell takes an imported number away, too */
  if (isnan (cell->theirs) &&
      kilter_plan_get_own (plan, version, cell->measure, KILTER_LAYER_FACT, cell->series) != NULL)
    kilter_command_set_value (command, plan, version, cell->measure, KILTER_LAYER_FACT,
                              cell->series, cell->bucket, NAN);
}

static void
finish_record (KilterCommand *command, const KilterPlan *plan, const KilterInputRecord *record)
{
  const KilterTableInfo *info = kilter_table_get_info (record->table);
  int id = record->id > 0 ? record->id : kilter_command_add_record (command, plan, record->table);

  for (int i = 0; i < info->n_fields; i++)
    switch (info->fields[i].type)
      {
      case KILTER_FIELD_NUMBER:
      case KILTER_FIELD_INT:
      case KILTER_FIELD_BOOL:
      case KILTER_FIELD_REF:
        kilter_command_set_field_number (command, plan, record->table, id, i,
                                         record->theirs[i].number);
        break;
      case KILTER_FIELD_TEXT:
      case KILTER_FIELD_DATE:
      case KILTER_FIELD_BUCKET:
      case KILTER_FIELD_CHOICE:
      default:
        kilter_command_set_field_text (command, plan, record->table, id, i, record->theirs[i].text);
        break;
      }
}

/* What has come in is noted at everything that the person answers for. */
static void
finish_contributors (KilterCommand *command,
                     const KilterPlan *plan,
                     const KilterInputAnswer *answer,
                     const char *at)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    if (contributor->id == answer->contributor ||
        (answer->person != 0 &&
         kilter_record_ref (contributor, KILTER_CONTRIBUTOR_PERSON) == answer->person))
      kilter_command_set_field_text (command, plan, KILTER_TABLE_CONTRIBUTOR, contributor->id,
                                     KILTER_CONTRIBUTOR_RECEIVED, at);
}

static char *
make_label (const KilterPlan *plan, const KilterInputAnswer *answer)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR,
                                                       answer->contributor);
  int person = answer->person != 0 ? answer->person
                                   : kilter_record_ref (record, KILTER_CONTRIBUTOR_PERSON);
  const char *name = kilter_plan_get_key (plan, KILTER_TABLE_PERSON, person);

  if (answer->person != 0)
    /* Translators: %s is a person */
    return g_strdup_printf (_ ("Participant file of %s"), name);
  /* Translators: a measure and a person: "Sales input of Marco Bianchi" */
  return g_strdup_printf (_ ("%1$s of %2$s"), kilter_measure_get_name (answer->measure), name);
}

/**
 * kilter_input_answer_finish:
 * @at: when it was received
 *
 * Returns: (transfer full): the command that takes what was chosen into the plan, in one step
 */
KilterCommand *
kilter_input_answer_finish (KilterPlan *plan,
                            KilterVersion version,
                            const KilterInputAnswer *answer,
                            const char *at)
{
  g_autofree char *label = make_label (plan, answer);
  KilterCommand *command = kilter_command_new ("answer", label);

  for (guint i = 0; i < answer->cells->len; i++)
    {
      const KilterInputCell *cell = &g_array_index (answer->cells, KilterInputCell, i);

      if (cell->take)
        finish_cell (command, plan, version, cell);
    }
  for (guint i = 0; i < answer->confirmed->len; i++)
    finish_cell (command, plan, version, &g_array_index (answer->confirmed, KilterInputCell, i));
  for (guint i = 0; i < answer->records->len; i++)
    {
      const KilterInputRecord *record = answer->records->pdata[i];

      if (record->take)
        finish_record (command, plan, record);
    }
  if (answer->key != NULL)
    kilter_command_set_setting (command, plan, answer->key, answer->mark);
  finish_contributors (command, plan, answer, at);
  return command;
}
