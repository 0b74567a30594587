/* kilter-input-answer.c: reading a sheet that came back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export/kilter-input-sheet-private.h"

#include "base/kilter-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

void
kilter_input_answer_free (KilterInputAnswer *self)
{
  if (self == NULL)
    return;
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

static gboolean
is_same (double a, double b)
{
  return isnan (a) ? isnan (b) : !isnan (b) && fabs (a - b) <= 1e-9 * (1 + fabs (a));
}

/* Whether somebody changed the plan's own number after the sheet was sent. */
static gboolean
is_newer (const KilterPlan *plan,
          KilterVersion version,
          KilterMeasure measure,
          int series,
          int bucket,
          const char *sent)
{
  const KilterCellNote *note = kilter_plan_get_note (plan, version, measure, series, bucket);

  return note != NULL && note->at != NULL && *sent != '\0' && g_strcmp0 (note->at, sent) > 0;
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
      KilterInputCell cell = { series, buckets[i], NAN, NAN, FALSE, TRUE };

      if (buckets[i] < 0)
        continue;
      cell.mine = mine[buckets[i]];
      if (i < kilter_sheet_get_n_cells (sheet, row) && !read_number (sheet, row, i, &cell.theirs))
        {
          note_unread (self, sheet, row, i);
          continue;
        }
      if (is_same (cell.mine, cell.theirs))
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
  g_autoptr (KilterInputAnswer) self = g_new0 (KilterInputAnswer, 1);
  const KilterSheet *sheet = file->sheet;
  int mark = find_mark (sheet);
  g_autofree int *buckets = NULL;
  g_autofree char *sent = NULL;

  self->cells = g_array_new (FALSE, FALSE, sizeof (KilterInputCell));
  self->file_name = g_strdup (file->name);
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
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR,
                                                       answer->contributor);
  const char *person = kilter_plan_get_key (plan, KILTER_TABLE_PERSON,
                                            kilter_record_ref (record, KILTER_CONTRIBUTOR_PERSON));
  /* Translators: a measure and a person: "Sales input of Marco Bianchi" */
  g_autofree char *label = g_strdup_printf (_ ("%1$s of %2$s"),
                                            kilter_measure_get_name (answer->measure), person);
  KilterCommand *command = kilter_command_new ("answer", label);

  for (guint i = 0; i < answer->cells->len; i++)
    {
      const KilterInputCell *cell = &g_array_index (answer->cells, KilterInputCell, i);

      if (!cell->take)
        continue;
      kilter_command_set_value (command, plan, version, answer->measure, KILTER_LAYER_INPUT,
                                cell->series, cell->bucket, cell->theirs);
      /* an emptied cell takes an imported number away, too */
      if (isnan (cell->theirs) && kilter_plan_get_own (plan, version, answer->measure,
                                                       KILTER_LAYER_FACT, cell->series) != NULL)
        kilter_command_set_value (command, plan, version, answer->measure, KILTER_LAYER_FACT,
                                  cell->series, cell->bucket, NAN);
    }
  kilter_command_set_field_text (command, plan, KILTER_TABLE_CONTRIBUTOR, answer->contributor,
                                 KILTER_CONTRIBUTOR_RECEIVED, at);
  return command;
}
