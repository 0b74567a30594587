/* kilter-chart-table.c: the data of a chart as a table, a summary, text for the clipboard
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "chart/kilter-chart-private.h"

/* --- the table --- */

void
kilter_chart_table_begin (KilterChart *self, gsize n_rows, gsize n_columns)
{
  KilterChartTable *table = &self->table;
  double *values = kilter_chart_keep (self, NULL, sizeof (double) * n_rows * n_columns);

  for (gsize i = 0; i < n_rows * n_columns; i++)
    values[i] = NAN;
  table->n_rows = n_rows;
  table->n_columns = n_columns;
  table->values = values;
  table->row_names = kilter_chart_keep (self, NULL, sizeof (char *) * n_rows);
  table->column_names = kilter_chart_keep (self, NULL, sizeof (char *) * n_columns);
  table->formats = kilter_chart_keep (self, NULL, sizeof (KilterNumberFormat) * n_rows);
  table->texts = kilter_chart_keep (self, NULL, sizeof (char *) * n_rows * n_columns);
  self->n_series = n_rows;
}

void
kilter_chart_table_row (KilterChart *self,
                        gsize row,
                        const char *name,
                        const double *values,
                        const KilterNumberFormat *format)
{
  ((const char **) self->table.row_names)[row] = name != NULL ? name : "";
  if (format != NULL)
    ((KilterNumberFormat *) self->table.formats)[row] = *format;
  if (values != NULL)
    for (gsize i = 0; i < self->table.n_columns; i++)
      kilter_chart_table_value (self, row, i, values[i]);
}

void
kilter_chart_table_column (KilterChart *self, gsize column, const char *name)
{
  ((const char **) self->table.column_names)[column] = name != NULL ? name : "";
}

void
kilter_chart_table_time (KilterChart *self, const KilterChartTime *time)
{
  for (gsize i = 0; i < time->n; i++)
    kilter_chart_table_column (self, i, kilter_chart_time_name (time, i));
}

void
kilter_chart_table_text (KilterChart *self, gsize row, gsize column, const char *text)
{
  ((const char **) self->table.texts)[row * self->table.n_columns + column] = text;
}

void
kilter_chart_table_value (KilterChart *self, gsize row, gsize column, double value)
{
  ((double *) self->table.values)[row * self->table.n_columns + column] = kilter_chart_clean (
    value);
}

/* --- what it says --- */

/**
 * kilter_chart_is_cut:
 *
 * Returns: whether the value axis may begin above 0, which the accessible text has to say
 */
gboolean
kilter_chart_is_cut (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_cut;
}

/**
 * kilter_chart_n_series:
 *
 * Returns: how many rows of the table the arrow keys visit
 */
gsize
kilter_chart_n_series (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_series;
}

gsize
kilter_chart_n_buckets (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->table.n_columns;
}

gsize
kilter_chart_n_points (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_series * self->table.n_columns;
}

/**
 * kilter_chart_describe:
 *
 * Returns: (transfer none): all data of the chart as a table
 */
const KilterChartTable *
kilter_chart_describe (const KilterChart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->table;
}

/**
 * kilter_chart_get_value_text:
 *
 * Returns: (transfer full): a cell of the table as people read it
 */
char *
kilter_chart_get_value_text (const KilterChart *self, gsize row, gsize column)
{
  const KilterChartTable *table;
  gsize at;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->table.n_rows && column < self->table.n_columns, NULL);

  table = &self->table;
  at = row * table->n_columns + column;
  if (table->texts[at] != NULL)
    return g_strdup (table->texts[at]);

  return kilter_number_format (table->values[at], &table->formats[row]);
}

/**
 * kilter_chart_summarize:
 * @row: row of the table
 * @out_summary: (out): what a sentence about the row needs
 */
void
kilter_chart_summarize (const KilterChart *self, gsize row, KilterChartSummary *out_summary)
{
  KilterChartSummary sum = { 0 };
  double mean_x = 0, mean_y = 0, sxx = 0, sxy = 0;
  const double *values;

  g_return_if_fail (self != NULL && out_summary != NULL);
  g_return_if_fail (row < self->table.n_rows);

  values = self->table.values + row * self->table.n_columns;
  for (gsize i = 0; i < self->table.n_columns; i++)
    {
      double dx;

      if (!isfinite (values[i]))
        continue;
      if (sum.n == 0 || values[i] < sum.lowest)
        {
          sum.lowest = values[i];
          sum.lowest_at = i;
        }
      if (sum.n == 0 || values[i] > sum.highest)
        {
          sum.highest = values[i];
          sum.highest_at = i;
        }
      if (sum.n == 0)
        {
          sum.first = values[i];
          sum.first_at = i;
        }
      sum.last = values[i];
      sum.last_at = i;
      sum.n++;
      dx = (double) i - mean_x;
      mean_x += dx / (double) sum.n;
      mean_y += (values[i] - mean_y) / (double) sum.n;
      sxx += dx * ((double) i - mean_x);
      sxy += dx * (values[i] - mean_y);
    }
  sum.slope = sxx > 0 && isfinite (sxy) ? sxy / sxx : 0;
  *out_summary = sum;
}

/* Appends @value with as many decimals as it has, with the hyphen that spreadsheets read. */
static void
append_number (GString *out, double value)
{
  KilterNumberFormat format = { 0 };
  g_autofree char *text = NULL;
  double scaled = fabs (value);

  while (format.decimals < 9 && fabs (scaled - round (scaled)) > 1e-9 * MAX (scaled, 1))
    {
      scaled *= 10;
      format.decimals++;
    }
  text = kilter_number_format (fabs (value), &format);
  if (value < 0)
    g_string_append_c (out, '-');
  g_string_append (out, text);
}

static void
append_field (GString *out, const char *text)
{
  /* a tab or line break inside a name would break the table */
  for (const char *c = text != NULL ? text : ""; *c != '\0'; c++)
    g_string_append_c (out, *c == '\t' || *c == '\n' || *c == '\r' ? ' ' : *c);
}

/**
 * kilter_chart_to_tsv:
 *
 * Returns: (transfer full): the table for the clipboard: names, full numbers in the reader's
 *   locale, missing values empty
 */
char *
kilter_chart_to_tsv (const KilterChart *self)
{
  const KilterChartTable *table;
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  table = &self->table;
  out = g_string_new (NULL);
  append_field (out, table->corner);
  for (gsize column = 0; column < table->n_columns; column++)
    {
      g_string_append_c (out, '\t');
      append_field (out, table->column_names[column]);
    }
  g_string_append_c (out, '\n');
  for (gsize row = 0; row < table->n_rows; row++)
    {
      append_field (out, table->row_names[row]);
      for (gsize column = 0; column < table->n_columns; column++)
        {
          gsize at = row * table->n_columns + column;

          g_string_append_c (out, '\t');
          if (table->texts[at] != NULL)
            append_field (out, table->texts[at]);
          else if (isfinite (table->values[at]))
            append_number (out, table->values[at]);
        }
      g_string_append_c (out, '\n');
    }

  return g_string_free (out, FALSE);
}
