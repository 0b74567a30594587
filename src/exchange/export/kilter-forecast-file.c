/* kilter-forecast-file.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export/kilter-forecast-file.h"

#include "base/kilter-number.h"
#include "exchange/text/kilter-csv.h"
#include "exchange/import/kilter-import.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* No number of a plan is larger. */
#define LARGEST 1e15
#define FLUSH_SIZE 65536
#define HEADING "series_id,"

/* --- out --- */

static void
append_quoted (GString *out, const char *text)
{
  if (strpbrk (text, ",\"") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++)
    g_string_append_printf (out, "%s%c", *at == '"' ? "\"" : "", *at);
  g_string_append_c (out, '"');
}

typedef struct
{
  gboolean methods;
  gboolean seasons;
  guint n_events;
  guint horizon;
} Columns;

static void
append_number (GString *out, double value)
{
  g_autofree char *number = kilter_number_to_c (value);

  g_string_append (out, number);
}

/* Period @t of @n of the rows of events; empty where the input has none. */
static void
append_events (GString *out, const Columns *columns, const double *rows, gsize n, gsize t)
{
  for (guint i = 0; i < columns->n_events; i++)
    {
      g_string_append_c (out, ',');
      if (rows != NULL)
        append_number (out, rows[i * n + t]);
    }
}

/* The start of a row, with the number of its period. */
static void
append_start (GString *out, const Columns *columns, const KilterForecastInput *input, gsize t)
{
  append_quoted (out, input->id);
  if (columns->n_events > 0 && input->regressors != NULL)
    g_string_append_printf (out, ",%u", input->group);
  else if (columns->n_events > 0)
    g_string_append_c (out, ',');
  g_string_append_printf (out, ",%" G_GSIZE_FORMAT ",", input->phase + t + 1);
}

/* The season of the input, in its first row. */
static void
append_season (GString *out, const KilterForecastInput *input, gboolean first)
{
  g_string_append_c (out, ',');
  for (guint i = 0; i < input->season_length && first && input->season != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ' ');
      append_number (out, input->season[i]);
    }
}

/* One series, from its first value to the end of the history, and the plan of its events; without
 * any value, its last period. Of a series with events every period counts: what an event did is
 * measured against the average period. */
static void
append_series (GString *out, const KilterForecastInput *input, const Columns *columns)
{
  gsize first = 0;

  while (first + 1 < input->n && isnan (input->values[first]) && input->regressors == NULL)
    first++;
  for (gsize t = first; t < input->n; t++)
    {
      append_start (out, columns, input, t);
      append_number (out, input->values[t]);
      if (columns->methods)
        g_string_append_printf (
          out, ",%s", t == first && !g_str_equal (input->method, "auto") ? input->method : "");
      if (columns->seasons)
        append_season (out, input, t == first);
      if (columns->n_events > 0)
        g_string_append_c (out, ',');
      append_events (out, columns, input->regressors, input->n, t);
      g_string_append_c (out, '\n');
    }
  for (gsize t = 0; t < columns->horizon && columns->n_events > 0 && input->regressors != NULL; t++)
    {
      append_start (out, columns, input, input->n + t);
      if (columns->methods)
        g_string_append_c (out, ',');
      if (columns->seasons)
        g_string_append_c (out, ',');
      g_string_append (out, ",1");
      append_events (out, columns, input->future_regressors, columns->horizon, t);
      g_string_append_c (out, '\n');
    }
}

/* Methods and seasons have columns only where a series has its own. */
static void
find_columns (KilterForecastTask *task, Columns *columns)
{
  for (gsize i = 0; i < kilter_forecast_task_get_n_inputs (task); i++)
    {
      KilterForecastInput input;

      kilter_forecast_task_get_input (task, i, &input);
      columns->methods |= !g_str_equal (input.method, "auto");
      columns->seasons |= input.season != NULL;
      g_free (input.method);
    }
}

static void
append_headings (GString *out, KilterForecastTask *task, const Columns *columns)
{
  g_string_append (out, "series_id");
  if (columns->n_events > 0)
    g_string_append (out, ",series_group");
  g_string_append (out, ",period_index,value");
  if (columns->methods)
    g_string_append (out, ",series_method");
  if (columns->seasons)
    g_string_append (out, ",series_season");
  if (columns->n_events > 0)
    g_string_append (out, ",planned");
  for (guint i = 0; i < columns->n_events; i++)
    {
      g_autofree char *name = g_strdup_printf ("x:%s",
                                               kilter_forecast_task_get_event_name (task, i));

      for (char *at = name; *at != '\0'; at++)
        if (g_ascii_iscntrl (*at))
          *at = ' ';
      g_string_append_c (out, ',');
      append_quoted (out, name);
    }
  g_string_append_c (out, '\n');
}

/* Which input is written at which place. */
typedef struct
{
  gsize input;
  guint group;
  gboolean sum;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  if (x->sum != y->sum)
    return x->sum ? 1 : -1;
  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  return x->input < y->input ? -1 : x->input > y->input;
}

/* In the order of the inputs; with events groups stand together, and sums, which have none, last.
 */
static GArray *
order_inputs (KilterForecastTask *task, const Columns *columns)
{
  GArray *places = g_array_new (FALSE, TRUE, sizeof (Place));

  for (gsize i = 0; i < kilter_forecast_task_get_n_inputs (task); i++)
    {
      Place place = { .input = i };
      KilterForecastInput input;

      kilter_forecast_task_get_input (task, i, &input);
      g_free (input.method);
      if (columns->n_events > 0)
        {
          place.group = input.group;
          place.sum = input.regressors == NULL;
        }
      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return places;
}

/**
 * kilter_forecast_file_write:
 *
 * Writes what kilter_forecast_stream() reads: every series of a task that has not run, with its
 * past and planned events. The name of a series ends in a digest of its history and events.
 */
gboolean
kilter_forecast_file_write (KilterForecastTask *task,
                            GOutputStream *output,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) places = NULL;
  KilterForecastTerms terms;
  Columns columns;
  gboolean done = TRUE;

  kilter_forecast_task_get_terms (task, &terms);
  columns = (Columns) { .n_events = kilter_forecast_task_get_n_events (task),
                        .horizon = terms.horizon };
  find_columns (task, &columns);
  places = order_inputs (task, &columns);
  append_headings (text, task, &columns);
  for (guint i = 0; i < places->len && done; i++)
    {
      KilterForecastInput input;

      kilter_forecast_task_get_input (task, g_array_index (places, Place, i).input, &input);
      append_series (text, &input, &columns);
      g_free (input.method);
      if (text->len < FLUSH_SIZE && i + 1 < places->len)
        continue;
      done = g_output_stream_write_all (output, text->str, text->len, NULL, cancellable, error);
      g_string_truncate (text, 0);
    }
  return done;
}

/* --- back --- */

enum
{
  COLUMN_ID,
  COLUMN_STEP,
  COLUMN_MEAN,
  COLUMN_METHOD,
  COLUMN_SD,
  COLUMN_MODEL,
  COLUMN_BOUNDS /* low and high of each level */
};
#define MAX_COLUMNS (COLUMN_BOUNDS + 2 * 8)

typedef struct
{
  KilterForecastTask *task;
  const char *name;
  KilterForecastTerms terms;
  int columns[MAX_COLUMNS];
  GHashTable *inputs; /* id → number + 1 */
  GHashTable *names;  /* ids without their digest */

  /* the series that is being read */
  char *id;
  char *method;
  char *details;
  gsize input;
  guint n_steps;
  double *rows; /* mean, then low and high of each level, then the deviation */
} Reader;

static gboolean
fail_at (const Reader *self, guint line, GError **error, const char *what)
{
  g_set_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE, _ ("%s, row %u: %s"),
               self->name, line, what);
  return FALSE;
}

static char *
get_field (const KilterCsvRow *row, int column)
{
  return column >= 0 && (guint) column < row->n_fields
           ? g_strndup (row->fields[column].text, row->fields[column].length)
           : NULL;
}

static gboolean
field_is (const KilterCsvRow *row, int column, const char *text)
{
  return column >= 0 && (guint) column < row->n_fields &&
         row->fields[column].length == strlen (text) &&
         memcmp (row->fields[column].text, text, strlen (text)) == 0;
}

static gboolean
find_column (Reader *self, const KilterCsvRow *row, int column, const char *heading, GError **error)
{
  self->columns[column] = -1;
  for (guint i = 0; i < row->n_fields; i++)
    if (field_is (row, (int) i, heading))
      self->columns[column] = (int) i;
  if (self->columns[column] >= 0)
    return TRUE;
  g_set_error (
    error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE,
    _ ("%s: the column “%s” is missing. “kilterctl export PLAN series” says which options "
       "the forecast needs."),
    self->name, heading);
  return FALSE;
}

static gboolean
read_headings (Reader *self, const KilterCsvRow *row, GError **error)
{
  if (!find_column (self, row, COLUMN_ID, "series_id", error) ||
      !find_column (self, row, COLUMN_STEP, "step", error) ||
      !find_column (self, row, COLUMN_MEAN, "mean", error) ||
      !find_column (self, row, COLUMN_METHOD, "method", error) ||
      !find_column (self, row, COLUMN_SD, "sd", error) ||
      !find_column (self, row, COLUMN_MODEL, "model", error))
    return FALSE;
  for (guint i = 0; i < 2 * self->terms.n_levels; i++)
    {
      g_autofree char *level = kilter_number_to_c (self->terms.levels[i / 2]);
      g_autofree char *heading = g_strconcat (i % 2 == 0 ? "lo" : "hi", level, NULL);

      if (!find_column (self, row, COLUMN_BOUNDS + (int) i, heading, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_input (Reader *self, guint line, GError **error)
{
  gpointer found = g_hash_table_lookup (self->inputs, self->id);
  const char *digest = strrchr (self->id, '#');
  g_autofree char *name = digest != NULL ? g_strndup (self->id, (gsize) (digest - self->id)) : NULL;
  g_autofree char *shown = g_utf8_make_valid (name != NULL ? name : self->id, -1);

  if (found != NULL)
    {
      self->input = GPOINTER_TO_SIZE (found) - 1;
      return TRUE;
    }
  if (name != NULL && g_hash_table_contains (self->names, name))
    {
      g_set_error (
        error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_CONFLICT,
        _ ("%s, row %u: the history, the events or the season of “%s” have changed since they "
           "were exported. Export and forecast again."),
        self->name, line, shown);
      return FALSE;
    }
  g_set_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE,
               _ ("%s, row %u: “%s” is no series of the plan."), self->name, line, shown);
  return FALSE;
}

/* Gives the task what has been read of a series. */
static gboolean
end_series (Reader *self, GError **error)
{
  gsize h = self->terms.horizon;
  g_autofree double *lower = g_new (double, h * self->terms.n_levels);
  g_autofree double *upper = g_new (double, h * self->terms.n_levels);
  KilterForecastAnswer answer = { .method = self->method,
                                  .n_steps = self->n_steps,
                                  .mean = self->rows,
                                  .lower = lower,
                                  .upper = upper,
                                  .details = self->details };
  g_autoptr (GError) local = NULL;

  if (self->id == NULL)
    return TRUE;
  for (guint l = 0; l < self->terms.n_levels; l++)
    {
      memcpy (lower + l * h, self->rows + (1 + 2 * l) * h, h * sizeof (double));
      memcpy (upper + l * h, self->rows + (2 + 2 * l) * h, h * sizeof (double));
    }
  answer.sd = self->rows + (1 + 2 * self->terms.n_levels) * h;
  if (kilter_forecast_task_answer (self->task, self->input, &answer, &local))
    return TRUE;
  g_set_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE, "%s: %s", self->name,
               local->message);
  return FALSE;
}

static gboolean
begin_series (Reader *self, const KilterCsvRow *row, GError **error)
{
  if (!end_series (self, error))
    return FALSE;
  g_free (self->id);
  g_free (self->method);
  g_free (self->details);
  self->id = get_field (row, self->columns[COLUMN_ID]);
  self->method = get_field (row, self->columns[COLUMN_METHOD]);
  self->details = get_field (row, self->columns[COLUMN_MODEL]);
  self->n_steps = 0;
  if (self->id == NULL || self->method == NULL || self->details == NULL)
    return fail_at (self, row->line, error, _ ("there are too few columns"));
  return find_input (self, row->line, error);
}

static gboolean
read_number (Reader *self, const KilterCsvRow *row, int column, double *out, GError **error)
{
  g_autofree char *text = get_field (row, column);

  if (text != NULL && *text != '\0' && kilter_number_from_c (text, out) && isfinite (*out) &&
      fabs (*out) <= LARGEST)
    return TRUE;
  return fail_at (self, row->line, error, _ ("a number of the forecast is missing or impossible"));
}

static gboolean
read_row (Reader *self, const KilterCsvRow *row, GError **error)
{
  gsize h = self->terms.horizon;
  double step, value;

  /* parts put together, each with its headings */
  if (field_is (row, self->columns[COLUMN_ID], "series_id") &&
      field_is (row, self->columns[COLUMN_STEP], "step"))
    return TRUE;
  if ((self->id == NULL || !field_is (row, self->columns[COLUMN_ID], self->id)) &&
      !begin_series (self, row, error))
    return FALSE;
  if (!read_number (self, row, self->columns[COLUMN_STEP], &step, error))
    return FALSE;
  if (step != self->n_steps + 1.0)
    return fail_at (self, row->line, error, _ ("the steps of a series are not 1, 2, 3 …"));
  if (self->n_steps >= h)
    return fail_at (self, row->line, error, _ ("there are more steps than the plan has periods"));
  for (int column = COLUMN_MEAN; column < COLUMN_BOUNDS + 2 * (int) self->terms.n_levels; column++)
    {
      gsize place = column == COLUMN_MEAN ? 0
                    : column == COLUMN_SD ? 1 + 2 * self->terms.n_levels
                                          : 1 + (gsize) (column - COLUMN_BOUNDS);

      if (column == COLUMN_METHOD || column == COLUMN_MODEL)
        continue;
      if (!read_number (self, row, self->columns[column], &value, error))
        return FALSE;
      self->rows[place * h + self->n_steps] = value;
    }
  self->n_steps++;
  return TRUE;
}

static void
reader_init (Reader *self)
{
  kilter_forecast_task_get_terms (self->task, &self->terms);
  self->inputs = g_hash_table_new (g_str_hash, g_str_equal);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = g_new0 (double, (2 + 2 * self->terms.n_levels) * self->terms.horizon);
  for (gsize i = 0; i < kilter_forecast_task_get_n_inputs (self->task); i++)
    {
      KilterForecastInput input;

      kilter_forecast_task_get_input (self->task, i, &input);
      g_free (input.method);
      g_hash_table_insert (self->inputs, (gpointer) input.id, GSIZE_TO_POINTER (i + 1));
      g_hash_table_add (self->names,
                        g_strndup (input.id, (gsize) (strrchr (input.id, '#') - input.id)));
    }
}

static void
reader_clear (Reader *self)
{
  g_hash_table_unref (self->inputs);
  g_hash_table_unref (self->names);
  g_free (self->rows);
  g_free (self->id);
  g_free (self->method);
  g_free (self->details);
}

/**
 * kilter_forecast_file_is_one:
 *
 * Returns: whether a text begins like forecasts of series, and not like a table of products
 */
gboolean
kilter_forecast_file_is_one (const char *text, gsize length)
{
  gsize mark = length >= 3 && memcmp (text, "\357\273\277", 3) == 0 ? 3 : 0;

  return length - mark >= strlen (HEADING) && memcmp (text + mark, HEADING, strlen (HEADING)) == 0;
}

/**
 * kilter_forecast_file_read:
 * @task: a task over the plan as it is, that has not run
 * @text: what kilter_forecast_stream() wrote, perhaps in parts, in any order
 * @name: of the file, for messages
 * @error: %KILTER_EXCHANGE_ERROR_BAD_FILE naming the row; %KILTER_EXCHANGE_ERROR_CONFLICT when the
 *   history of a series is not the one that was exported
 *
 * Answers the task's series. Whether all are answered kilter_forecast_task_run_answers() sees.
 */
gboolean
kilter_forecast_file_read (KilterForecastTask *task,
                           const char *text,
                           gsize length,
                           const char *name,
                           GError **error)
{
  gsize mark = length >= 3 && memcmp (text, "\357\273\277", 3) == 0 ? 3 : 0;
  g_autoptr (KilterCsv) csv = kilter_csv_new (text + mark, length - mark, ',');
  Reader self = { .task = task, .name = name };
  KilterCsvStatus status;
  gboolean done = TRUE, headed = FALSE;
  KilterCsvRow row;

  reader_init (&self);
  while (done && (status = kilter_csv_next (csv, &row)) == KILTER_CSV_OK)
    {
      if (row.n_fields == 1 && row.fields[0].length == 0)
        continue;
      done = headed ? read_row (&self, &row, error) : read_headings (&self, &row, error);
      headed = TRUE;
    }
  if (done && status != KILTER_CSV_END)
    done = fail_at (&self, kilter_csv_get_line (csv), error, _ ("the row cannot be read"));
  done = done && end_series (&self, error);
  reader_clear (&self);
  return done;
}
