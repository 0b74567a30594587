/* kilter-stream-reader.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/stream/kilter-stream-reader.h"

#include "base/kilter-number.h"

#include <math.h>
#include <string.h>

#define BUFFER_SIZE 65536
/* longer than any row can be that means anything; keeps memory bounded */
#define MAX_LINE 65536
#define MAX_FIELDS 256

enum
{
  COLUMN_ID,
  COLUMN_PERIOD,
  COLUMN_VALUE,
  N_COLUMNS
};

static const char *const column_names[N_COLUMNS] = { "series_id", "period_index", "value" };

/* What may be there: the method of a series, its season and its group, in its first row; a mark at
 * the periods that are still to come; events and prices. */
enum
{
  OPTION_METHOD,
  OPTION_SEASON,
  OPTION_GROUP,
  OPTION_PLANNED,
  N_OPTIONS
};

static const char *const option_names[N_OPTIONS] = { "series_method", "series_season",
                                                     "series_group", "planned" };

#define REGRESSOR_PREFIX "x:"

struct _KilterStreamReader
{
  GInputStream *input;
  GCancellable *cancellable;
  char buffer[BUFFER_SIZE];
  gsize at;
  gsize filled;
  gboolean ended;

  GString *text;
  guint64 line;
  char *fields[MAX_FIELDS];
  guint n_fields;
  guint columns[N_COLUMNS];
  guint options[N_OPTIONS]; /* G_MAXUINT without one */
  guint regressors[KILTER_FORECAST_MAX_REGRESSORS];
  guint n_regressors;
  gboolean has_header;

  KilterStreamSeries *next; /* begun, perhaps not complete */
  guint64 last_index;
  gboolean any_regressor;
  gboolean any_planned;
  char *group; /* (nullable): of the last series that was begun */
  guint n_groups;
  guint last_group; /* of the last series that was given */
};

static gboolean
fail (const KilterStreamReader *self, GError **error, const char *what)
{
  g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
               "Line %" G_GUINT64_FORMAT ": %s", self->line, what);
  return FALSE;
}

static gboolean
fill_buffer (KilterStreamReader *self, GError **error)
{
  gssize n = g_input_stream_read (self->input, self->buffer, BUFFER_SIZE, self->cancellable, error);

  if (n < 0)
    return FALSE;
  self->at = 0;
  self->filled = (gsize) n;
  self->ended = n == 0;
  return TRUE;
}

/* The next line into self->text, without its end; *out_end when there is none any more. */
static gboolean
read_line (KilterStreamReader *self, gboolean *out_end, GError **error)
{
  gboolean any = FALSE;

  g_string_truncate (self->text, 0);
  self->line++;
  for (;;)
    {
      const char *start, *newline;
      gsize n;

      if (self->at == self->filled && !self->ended && !fill_buffer (self, error))
        return FALSE;
      if (self->ended)
        break;
      any = TRUE;
      start = self->buffer + self->at;
      newline = memchr (start, '\n', self->filled - self->at);
      n = newline != NULL ? (gsize) (newline - start) : self->filled - self->at;
      if (self->text->len + n > MAX_LINE)
        return fail (self, error, "the line is longer than 65536 bytes");
      g_string_append_len (self->text, start, (gssize) n);
      self->at += n + (newline != NULL);
      if (newline != NULL)
        break;
    }

  *out_end = !any;
  if (self->text->len > 0 && self->text->str[self->text->len - 1] == '\r')
    g_string_truncate (self->text, self->text->len - 1);
  if (self->line == 1 && g_str_has_prefix (self->text->str, "\xEF\xBB\xBF"))
    g_string_erase (self->text, 0, 3);
  if (strlen (self->text->str) != self->text->len || !g_utf8_validate (self->text->str, -1, NULL))
    return fail (self, error, "the text is not UTF-8");
  return TRUE;
}

/* Takes the quotes off a field in place; at is moved behind it. */
static gboolean
unquote (char **at)
{
  char *from = *at + 1, *to = *at;

  for (;;)
    {
      if (*from == '\0')
        return FALSE;
      if (*from == '"' && from[1] == '"')
        from++;
      else if (*from == '"')
        break;
      *to++ = *from++;
    }
  from++;
  if (*from != ',' && *from != '\0')
    return FALSE;
  *at = from;
  /* where the field ended there is a quote or what was moved; both may be overwritten */
  *to = '\0';
  return TRUE;
}

static gboolean
split_line (KilterStreamReader *self, GError **error)
{
  char *at = self->text->str;

  self->n_fields = 0;
  for (;;)
    {
      gboolean last;

      if (self->n_fields == MAX_FIELDS)
        return fail (self, error, "there are more than 256 columns");
      self->fields[self->n_fields++] = at;
      if (*at == '"')
        {
          if (!unquote (&at))
            return fail (self, error, "a quoted field does not end as it should");
        }
      else
        at += strcspn (at, ",");
      last = *at == '\0';
      *at = '\0';
      if (last)
        return TRUE;
      at++;
    }
}

/* The columns that may be there. */
static gboolean
find_options (KilterStreamReader *self, GError **error)
{
  for (guint o = 0; o < N_OPTIONS; o++)
    {
      self->options[o] = G_MAXUINT;
      for (guint i = self->n_fields; i-- > 0;)
        if (strcmp (self->fields[i], option_names[o]) == 0)
          self->options[o] = i;
    }
  for (guint i = 0; i < self->n_fields; i++)
    {
      if (!g_str_has_prefix (self->fields[i], REGRESSOR_PREFIX))
        continue;
      if (self->n_regressors == KILTER_FORECAST_MAX_REGRESSORS)
        return fail (self, error, "there are more than 64 columns of events and prices");
      self->regressors[self->n_regressors++] = i;
    }
  return TRUE;
}

/* Empty where the row has no such column. */
static const char *
get_option (const KilterStreamReader *self, guint option)
{
  guint column = self->options[option];

  return column < self->n_fields ? self->fields[column] : "";
}

static gboolean
read_header (KilterStreamReader *self, GError **error)
{
  gboolean end;

  if (!read_line (self, &end, error))
    return FALSE;
  if (end)
    return fail (self, error, "the header series_id,period_index,value is missing");
  if (!split_line (self, error))
    return FALSE;
  for (guint c = 0; c < N_COLUMNS; c++)
    {
      guint found = 0;

      for (guint i = 0; i < self->n_fields; i++)
        if (strcmp (self->fields[i], column_names[c]) == 0)
          {
            self->columns[c] = i;
            found++;
          }
      if (found != 1)
        {
          g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
                       found == 0 ? "Line 1: the column %s is missing"
                                  : "Line 1: the column %s occurs more than once",
                       column_names[c]);
          return FALSE;
        }
    }
  self->has_header = TRUE;
  return find_options (self, error);
}

static gboolean
parse_row (KilterStreamReader *self, guint64 *out_index, double *out_value, GError **error)
{
  const char *text;

  if (self->n_fields <= MAX (self->columns[COLUMN_ID],
                             MAX (self->columns[COLUMN_PERIOD], self->columns[COLUMN_VALUE])))
    return fail (self, error, "there are fewer columns than in the header");
  if (*self->fields[self->columns[COLUMN_ID]] == '\0')
    return fail (self, error, "series_id is empty");
  text = self->fields[self->columns[COLUMN_PERIOD]];
  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT32, out_index, NULL))
    {
      g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
                   "Line %" G_GUINT64_FORMAT
                   ": period_index “%.40s” is not a whole number from 1 on",
                   self->line, text);
      return FALSE;
    }
  text = self->fields[self->columns[COLUMN_VALUE]];
  if (!kilter_number_from_c (text, out_value))
    {
      g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
                   "Line %" G_GUINT64_FORMAT ": value “%.40s” is not a number", self->line, text);
      return FALSE;
    }
  return TRUE;
}

/* Events and prices of the row, into the period that @n rows of @out end with. */
static gboolean
append_regressors (KilterStreamReader *self, GArray *out, gsize n, GError **error)
{
  const double missing = NAN;

  while (out->len < n * self->n_regressors)
    g_array_append_val (out, missing);
  for (guint i = 0; i < self->n_regressors; i++)
    {
      guint column = self->regressors[i];
      const char *text = column < self->n_fields ? self->fields[column] : "";
      double *value = &g_array_index (out, double, (n - 1) * self->n_regressors + i);

      if (!kilter_number_from_c (text, value))
        {
          g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
                       "Line %" G_GUINT64_FORMAT ": “%.40s” in a column of events and prices is "
                       "not a number",
                       self->line, text);
          return FALSE;
        }
      self->any_regressor |= isfinite (*value);
    }
  return TRUE;
}

/* A period that is still to come: what is planned for it. */
static gboolean
append_planned (KilterStreamReader *self, guint64 index, double value, GError **error)
{
  KilterStreamSeries *series = self->next;
  guint64 end = series->first_index + series->values->len;

  if (series->values->len == 0)
    return fail (self, error, "a series begins with a planned period");
  if (!isnan (value))
    return fail (self, error, "a planned period has a value");
  if (index <= self->last_index)
    return fail (self, error, "period_index is not in order");
  if (index - end >= KILTER_FORECAST_MAX_HORIZON)
    return fail (self, error, "a period is planned more than 1200 ahead");
  self->last_index = index;
  self->any_planned = TRUE;
  return append_regressors (self, series->planned, (gsize) (index - end) + 1, error);
}

static gboolean
append_value (KilterStreamReader *self, guint64 index, double value, GError **error)
{
  const double missing = NAN;
  KilterStreamSeries *series = self->next;

  if (*get_option (self, OPTION_PLANNED) != '\0')
    return append_planned (self, index, value, error);
  if (self->any_planned)
    return fail (self, error, "a period of the past follows a planned one");

  if (series->values->len > 0 && index <= self->last_index)
    return fail (self, error,
                 index == self->last_index ? "period_index occurs twice in the series"
                                           : "period_index is not in order");
  if (index - series->first_index >= KILTER_FORECAST_MAX_VALUES)
    return fail (self, error, "the series is longer than 200000 periods");
  while (series->first_index + series->values->len < index)
    g_array_append_val (series->values, missing);
  g_array_append_val (series->values, value);
  self->last_index = index;
  return append_regressors (self, series->past, series->values->len, error);
}

/* Series of a group stand together, so that the last one is enough to compare with. */
static void
set_group (KilterStreamReader *self)
{
  const char *text = get_option (self, OPTION_GROUP);

  if (*text == '\0' || g_strcmp0 (text, self->group) != 0)
    self->n_groups++;
  g_set_str (&self->group, *text != '\0' ? text : NULL);
  self->next->group = self->n_groups;
}

static gboolean
set_method (KilterStreamReader *self, GError **error)
{
  const char *text = get_option (self, OPTION_METHOD);

  if (*text == '\0')
    return TRUE;
  self->next->has_method = TRUE;
  if (kilter_forecast_method_parse (text, &self->next->method, &self->next->members, NULL))
    return TRUE;
  g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
               "Line %" G_GUINT64_FORMAT ": series_method “%.40s” is no method", self->line, text);
  return FALSE;
}

/* Numbers with spaces between them, from the first period of the season. */
static gboolean
set_season (KilterStreamReader *self, GError **error)
{
  const char *text = get_option (self, OPTION_SEASON);
  g_auto (GStrv) parts = NULL;

  if (*text == '\0')
    return TRUE;
  self->next->season = g_array_new (FALSE, FALSE, sizeof (double));
  parts = g_strsplit (text, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      double value;

      if (!kilter_number_from_c (parts[i], &value) || !(value >= KILTER_FORECAST_LEAST_SEASON) ||
          !(value <= KILTER_FORECAST_MOST_SEASON))
        {
          g_set_error (error, KILTER_FORECAST_ERROR, KILTER_FORECAST_ERROR_INPUT,
                       "Line %" G_GUINT64_FORMAT
                       ": “%.40s” in series_season is no number from 0.001 to 1000",
                       self->line, parts[i]);
          return FALSE;
        }
      g_array_append_val (self->next->season, value);
    }
  return TRUE;
}

static gboolean
begin_series (KilterStreamReader *self, const char *id, guint64 index, GError **error)
{
  self->next = g_new0 (KilterStreamSeries, 1);
  self->next->id = g_strdup (id);
  self->next->first_index = index;
  self->next->line = self->line;
  self->next->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->next->past = g_array_new (FALSE, FALSE, sizeof (double));
  self->next->planned = g_array_new (FALSE, FALSE, sizeof (double));
  set_group (self);
  return set_method (self, error) && set_season (self, error);
}

/**
 * kilter_stream_reader_new:
 * @input: CSV: series_id,period_index,value in any order, and perhaps series_method,
 *   series_season, series_group, planned and columns of events and prices, "x:" and a name; other
 * columns are ignored
 */
KilterStreamReader *
kilter_stream_reader_new (GInputStream *input, GCancellable *cancellable)
{
  KilterStreamReader *self = g_new0 (KilterStreamReader, 1);

  self->input = g_object_ref (input);
  g_set_object (&self->cancellable, cancellable);
  self->text = g_string_new (NULL);
  return self;
}

void
kilter_stream_reader_free (KilterStreamReader *self)
{
  g_clear_object (&self->input);
  g_clear_object (&self->cancellable);
  g_string_free (self->text, TRUE);
  g_free (self->group);
  g_clear_pointer (&self->next, kilter_stream_series_free);
  g_free (self);
}

/* What has been read of a series is all of it. */
static KilterStreamSeries *
end_series (KilterStreamReader *self)
{
  KilterStreamSeries *series = g_steal_pointer (&self->next);

  if (series == NULL)
    return NULL;
  self->last_group = series->group;
  series->n_regressors = self->any_regressor ? self->n_regressors : 0;
  self->any_regressor = FALSE;
  self->any_planned = FALSE;
  return series;
}

gboolean
kilter_stream_reader_group_goes_on (const KilterStreamReader *self)
{
  return self->n_regressors > 0 && self->next != NULL && self->next->group == self->last_group;
}

/**
 * kilter_stream_reader_next:
 * @out_series: (out) (transfer full) (nullable): the next series; %NULL after the last one
 * @error: %KILTER_FORECAST_ERROR_INPUT, or what reading said
 *
 * Returns: %FALSE on an error
 */
gboolean
kilter_stream_reader_next (KilterStreamReader *self,
                           KilterStreamSeries **out_series,
                           GError **error)
{
  *out_series = NULL;
  if (!self->has_header && !read_header (self, error))
    return FALSE;

  for (;;)
    {
      guint64 index;
      double value;
      gboolean end;
      const char *id;

      if (!read_line (self, &end, error))
        return FALSE;
      if (end)
        {
          *out_series = end_series (self);
          return TRUE;
        }
      if (self->text->len == 0)
        continue;
      if (!split_line (self, error) || !parse_row (self, &index, &value, error))
        return FALSE;
      id = self->fields[self->columns[COLUMN_ID]];
      if (self->next != NULL && strcmp (self->next->id, id) != 0)
        *out_series = end_series (self);
      if ((self->next == NULL && !begin_series (self, id, index, error)) ||
          !append_value (self, index, value, error))
        {
          g_clear_pointer (out_series, kilter_stream_series_free);
          return FALSE;
        }
      if (*out_series != NULL)
        return TRUE;
    }
}

void
kilter_stream_series_free (KilterStreamSeries *series)
{
  g_free (series->id);
  g_array_unref (series->values);
  g_clear_pointer (&series->season, g_array_unref);
  g_array_unref (series->past);
  g_array_unref (series->planned);
  g_free (series);
}
