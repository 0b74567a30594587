/* kilter-import-repeats.c: rows of the same key
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-numbers.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static char *
describe_key (KilterNumberReader *reader, const KilterEntry *entry)
{
  KilterImportData *data = reader->preview->data;
  const KilterTarget *target = &g_array_index (data->targets, KilterTarget, entry->target);
  const KilterPeriodInfo *info = &g_array_index (reader->periods, KilterPeriodInfo, entry->period);
  g_autofree char *period = kilter_period_to_string (&info->period);
  GString *out = g_string_new (NULL);
  static const KilterEntityKind kinds[] = { KILTER_ENTITY_PRODUCT, KILTER_ENTITY_REGION,
                                            KILTER_ENTITY_CHANNEL };

  for (int i = 0; i < 3; i++)
    {
      KilterEntityKind kind = reader->info->shape == KILTER_SHAPE_RESOURCE ? KILTER_ENTITY_RESOURCE
                                                                           : kinds[i];

      if (i > 0 && (reader->info->shape != KILTER_SHAPE_SERIES || target->entities[i] < 0 ||
                    reader->columns[i == 1 ? KILTER_COLUMN_REGION : KILTER_COLUMN_CHANNEL] < 0))
        continue;
      g_string_append_printf (
        out, out->len > 0 ? ", %s" : "%s",
        ((KilterEntity *) data->entities[kind]->pdata[target->entities[i]])->key);
    }
  g_string_append_printf (out, ", %s", period);
  return g_string_free (out, FALSE);
}

/* Whether two rows are the same in all cells, or only in those that are matched. */
static gboolean
same_cells (KilterNumberReader *reader, guint a, guint b, gboolean ignored_too)
{
  const KilterImportPreview *preview = reader->preview;

  for (guint i = 0; i < preview->columns->len; i++)
    {
      gboolean ignored = g_array_index (preview->columns, KilterImportColumn, i).type ==
                         KILTER_COLUMN_IGNORE;

      if (ignored && !ignored_too)
        continue;
      if (!g_str_equal (kilter_sheet_get_text (reader->sheet, a, i),
                        kilter_sheet_get_text (reader->sheet, b, i)))
        return FALSE;
    }
  return TRUE;
}

/**
 * kilter_number_reader_get_values:
 *
 * Returns: (transfer none): the numbers of an entry, one for each value column
 */
double *
kilter_number_reader_get_values (KilterNumberReader *reader, guint index)
{
  return &g_array_index (reader->values, double, (gsize) index * reader->n_values);
}

static void
add_values (KilterNumberReader *reader, guint to, guint from)
{
  double *a = kilter_number_reader_get_values (reader, to);
  const double *b = kilter_number_reader_get_values (reader, from);

  for (guint i = 0; i < reader->n_values; i++)
    if (!isnan (b[i]))
      a[i] = isnan (a[i]) ? b[i] : a[i] + b[i];
}

static void
replace_values (KilterNumberReader *reader, guint to, guint from)
{
  double *a = kilter_number_reader_get_values (reader, to);
  const double *b = kilter_number_reader_get_values (reader, from);

  for (guint i = 0; i < reader->n_values; i++)
    if (!isnan (b[i]))
      a[i] = b[i];
}

typedef struct
{
  guint conflicts;
  guint summed;
  guint last;
  guint example_first;
  guint example_second;
} Repeats;

/* Two entries of one key. @second is merged into @first, or dropped. FALSE stops the import. */
/* A column that is not imported and may make two rows different: any of a list of deliveries; of
 * stock, one that says where it is. */
static gboolean
may_tell_apart (const KilterImportPreview *preview, guint index)
{
  const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, index);
  g_autofree char *folded = NULL;

  if (column->type != KILTER_COLUMN_IGNORE)
    return FALSE;
  if (preview->kind != KILTER_IMPORT_STOCK)
    return TRUE;
  folded = kilter_text_fold (column->heading);
  return kilter_import_heading_is_place (folded);
}

static gboolean
settle_repeat (KilterNumberReader *reader, guint first, guint second, Repeats *repeats)
{
  KilterImportPreview *preview = reader->preview;
  const KilterImportOptions *options = reader->options;
  KilterEntry *a = &g_array_index (reader->entries, KilterEntry, first);
  KilterEntry *b = &g_array_index (reader->entries, KilterEntry, second);
  guint line_a = kilter_sheet_get_line (reader->sheet, a->row);
  guint line_b = kilter_sheet_get_line (reader->sheet, b->row);
  const KilterPeriodInfo *period = &g_array_index (reader->periods, KilterPeriodInfo, b->period);
  gboolean exact = same_cells (reader, a->row, b->row, TRUE);
  g_autofree char *key = NULL;

  if (a->variant != b->variant && reader->info->add)
    {
      /* the other program holds them apart, so that both count */
      key = describe_key (reader, b);
      kilter_import_say (preview, KILTER_IMPORT_SPELLINGS_MERGED, line_b, -1, key, NULL, line_a);
      add_values (reader, first, second);
      b->dropped = 2;
      return TRUE;
    }
  /* lists of single deliveries: rows that differ in what is not imported, such as a document's
   * number, are different deliveries of one day */
  if (options->duplicates == KILTER_DUPLICATES_ASK && !exact &&
      ((reader->info->add && period->period.unit == KILTER_PERIOD_DAY) ||
       preview->kind == KILTER_IMPORT_STOCK))
    {
      gboolean told_apart = FALSE;

      for (guint i = 0; i < preview->columns->len && !told_apart; i++)
        told_apart = may_tell_apart (preview, i) &&
                     !g_str_equal (kilter_sheet_get_text (reader->sheet, a->row, i),
                                   kilter_sheet_get_text (reader->sheet, b->row, i));
      if (told_apart)
        {
          add_values (reader, first, second);
          b->dropped = 2;
          repeats->summed++;
          return TRUE;
        }
    }
  switch (options->duplicates)
    {
    case KILTER_DUPLICATES_SUM:
      add_values (reader, first, second);
      b->dropped = 2;
      repeats->summed++;
      return TRUE;
    case KILTER_DUPLICATES_LAST:
      replace_values (reader, first, second);
      b->dropped = 2;
      repeats->last++;
      return TRUE;
    case KILTER_DUPLICATES_STOP:
      key = describe_key (reader, b);
      kilter_import_say (preview, KILTER_IMPORT_STOPPED_AT_DUPLICATE, line_b, -1, key, NULL,
                         line_a);
      return FALSE;
    case KILTER_DUPLICATES_ASK:
    default:
      key = describe_key (reader, b);
      if (exact)
        {
          kilter_import_say (preview, KILTER_IMPORT_REPEATED_ROW, line_b, -1, key, NULL, line_a);
          b->dropped = 1;
          return TRUE;
        }
      kilter_import_say (preview, KILTER_IMPORT_CONFLICTING_ROW, line_b, -1, key, NULL, line_a);
      if (repeats->conflicts++ == 0)
        {
          repeats->example_first = first;
          repeats->example_second = second;
        }
      /* what would happen by the proposal */
      if (reader->info->add)
        add_values (reader, first, second);
      else
        replace_values (reader, first, second);
      b->dropped = 2;
      return TRUE;
    }
}

static void
ask_duplicates (KilterNumberReader *reader, const Repeats *repeats)
{
  KilterImportQuestion *question;
  g_autofree char *key = describe_key (
    reader, &g_array_index (reader->entries, KilterEntry, repeats->example_second));
  g_autofree char *text = NULL;

  if (reader->options->accept)
    return;
  text = g_strdup_printf (
    g_dngettext (
      GETTEXT_PACKAGE,
      "%u row has the same key as another but other numbers (%s). What should count?",
      "%u rows have the same key as others but other numbers (for instance %s). What should count?",
      repeats->conflicts),
    repeats->conflicts, key);
  question = kilter_import_question_new ("duplicates", text);
  kilter_import_question_add (question, "sum", g_strdup (_ ("their sum")));
  kilter_import_question_add (question, "last", g_strdup (_ ("the last one")));
  kilter_import_question_add (question, "stop", g_strdup (_ ("nothing: the file is refused")));
  question->proposed = reader->info->add ? 0 : 1;
  kilter_import_ask (reader->preview, question);
}

/**
 * kilter_number_reader_settle_repeats:
 *
 * Finds rows of the same key and adds, replaces, drops or asks, as the options say.
 *
 * Returns: %FALSE when the file is refused for them
 */
gboolean
kilter_number_reader_settle_repeats (KilterNumberReader *reader)
{
  KilterMap by_key = { 0 };
  Repeats repeats = { 0 };
  gboolean ok = TRUE;

  for (guint i = 0; i < reader->entries->len && ok; i++)
    {
      const KilterEntry *entry = &g_array_index (reader->entries, KilterEntry, i);
      guint32 same = g_array_index (reader->period_same, guint32, entry->period);
      gboolean is_new;
      guint32 *slot = kilter_map_get (&by_key, ((guint64) entry->target << 32) | same, &is_new);

      if (is_new)
        *slot = i;
      else
        ok = settle_repeat (reader, *slot, i, &repeats);
    }
  kilter_map_clear (&by_key);
  if (!ok)
    return FALSE;
  if (repeats.summed > 0)
    kilter_import_say (reader->preview, KILTER_IMPORT_ROWS_SUMMED, 0, -1, NULL, NULL,
                       repeats.summed);
  if (repeats.last > 0)
    kilter_import_say (reader->preview, KILTER_IMPORT_LAST_TAKEN, 0, -1, NULL, NULL, repeats.last);
  if (repeats.conflicts > 0)
    ask_duplicates (reader, &repeats);
  return TRUE;
}
