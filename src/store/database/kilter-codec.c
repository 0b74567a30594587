/* kilter-codec.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/database/kilter-codec.h"

#include "base/kilter-number.h"

#include <math.h>
#include <string.h>

#define MISSING "."
#define CLEARED "x"
#define NO_TEXT "\\N"

/* --- numbers: "120 . 3.5", a point where one is missing, an x where it is typed away --- */

static void
append_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (kilter_value_is_cleared (value))
    g_string_append (text, CLEARED);
  else if (!isfinite (value))
    g_string_append (text, MISSING);
  else if (fabs (value) < 1e15 && value == (double) (gint64) value &&
           !(value == 0 && signbit (value)))
    g_string_append_printf (text, "%" G_GINT64_FORMAT, (gint64) value);
  else
    {
      g_ascii_formatd (buffer, sizeof buffer, "%.15g", value);
      if (g_ascii_strtod (buffer, NULL) != value)
        g_ascii_formatd (buffer, sizeof buffer, "%.17g", value);
      g_string_append (text, buffer);
    }
}

/**
 * kilter_codec_write_numbers:
 *
 * Returns: (transfer full) (nullable): the text; %NULL when all are missing
 */
char *
kilter_codec_write_numbers (const double *values, int n)
{
  GString *text = NULL;

  for (int i = 0; i < n && text == NULL; i++)
    if (!isnan (values[i]) || kilter_value_is_cleared (values[i]))
      text = g_string_sized_new ((gsize) n * 8);
  if (text == NULL)
    return NULL;
  for (int i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      append_number (text, values[i]);
    }
  return g_string_free_and_steal (text);
}

/**
 * kilter_codec_read_numbers:
 * @text: (nullable): %NULL when all are missing
 *
 * Returns: whether @text holds @n numbers, and nothing else
 */
gboolean
kilter_codec_read_numbers (const char *text, double *out_values, int n)
{
  for (int i = 0; i < n; i++)
    out_values[i] = NAN;
  if (text == NULL)
    return TRUE;
  for (int i = 0; i < n; i++)
    {
      char *end = (char *) text + 1;

      if (*text == *CLEARED)
        out_values[i] = kilter_value_cleared ();
      else if (*text != *MISSING || g_ascii_isdigit (text[1]))
        {
          out_values[i] = g_ascii_strtod (text, &end);
          if (end == text || !isfinite (out_values[i]))
            return FALSE;
        }
      if (*end != (i + 1 < n ? ' ' : '\0'))
        return FALSE;
      text = end + 1;
    }
  return TRUE;
}

/* --- texts in fields separated by tabs and lines --- */

static void
append_escaped (GString *text, const char *value)
{
  if (value == NULL)
    {
      g_string_append (text, NO_TEXT);
      return;
    }
  for (; *value != '\0'; value++)
    switch (*value)
      {
      case '\\':
        g_string_append (text, "\\\\");
        break;
      case '\n':
        g_string_append (text, "\\n");
        break;
      case '\t':
        g_string_append (text, "\\t");
        break;
      default:
        g_string_append_c (text, *value);
      }
}

/* Reads up to a tab, the end of the line or of the text. */
static gboolean
read_escaped (const char **text, char **out_value)
{
  GString *value;

  if (g_str_has_prefix (*text, NO_TEXT))
    {
      *text += strlen (NO_TEXT);
      *out_value = NULL;
      return **text == '\t' || **text == '\n' || **text == '\0';
    }
  value = g_string_new (NULL);
  for (; **text != '\0' && **text != '\t' && **text != '\n'; (*text)++)
    {
      if (**text != '\\')
        g_string_append_c (value, **text);
      else
        {
          (*text)++;
          if (**text != '\\' && **text != 'n' && **text != 't')
            {
              g_string_free (value, TRUE);
              return FALSE;
            }
          g_string_append_c (value, **text == 'n' ? '\n' : **text == 't' ? '\t' : '\\');
        }
    }
  *out_value = g_string_free_and_steal (value);
  return TRUE;
}

/* --- notes: "index count author at reason", one line for each run of the same note --- */

static gboolean
is_same_note (const KilterCellNote *a, const KilterCellNote *b)
{
  return g_strcmp0 (a->author, b->author) == 0 && g_strcmp0 (a->at, b->at) == 0 &&
         g_strcmp0 (a->reason, b->reason) == 0;
}

/**
 * kilter_codec_write_notes:
 * @notes: (nullable) (array length=n):
 *
 * Returns: (transfer full) (nullable): the text; %NULL when there are no notes
 */
char *
kilter_codec_write_notes (const KilterCellNote *notes, int n)
{
  GString *text = NULL;

  for (int i = 0; notes != NULL && i < n;)
    {
      int end = i + 1;

      while (end < n && is_same_note (&notes[i], &notes[end]))
        end++;
      if (notes[i].author != NULL || notes[i].at != NULL || notes[i].reason != NULL)
        {
          if (text == NULL)
            text = g_string_new (NULL);
          g_string_append_printf (text, "%d\t%d\t", i, end - i);
          append_escaped (text, notes[i].author);
          g_string_append_c (text, '\t');
          append_escaped (text, notes[i].at);
          g_string_append_c (text, '\t');
          append_escaped (text, notes[i].reason);
          g_string_append_c (text, '\n');
        }
      i = end;
    }
  return text != NULL ? g_string_free_and_steal (text) : NULL;
}

static gboolean
read_count (const char **text, int limit, int *out_value)
{
  char *end;
  guint64 value = g_ascii_strtoull (*text, &end, 10);

  if (end == *text || *end != '\t' || value > (guint64) limit)
    return FALSE;
  *text = end + 1;
  *out_value = (int) value;
  return TRUE;
}

static gboolean
read_note (const char **text, KilterCellNote *note)
{
  if (!read_escaped (text, &note->author) || *(*text)++ != '\t')
    return FALSE;
  if (!read_escaped (text, &note->at) || *(*text)++ != '\t')
    return FALSE;
  return read_escaped (text, &note->reason) && *(*text)++ == '\n';
}

static void
clear_note (KilterCellNote *note)
{
  g_clear_pointer (&note->author, g_free);
  g_clear_pointer (&note->at, g_free);
  g_clear_pointer (&note->reason, g_free);
}

/**
 * kilter_codec_read_notes:
 * @text: (nullable): %NULL when there are none
 * @out_notes: (out caller-allocates) (array length=n): empty before; the caller frees what it
 *   holds, also on failure
 */
gboolean
kilter_codec_read_notes (const char *text, KilterCellNote *out_notes, int n)
{
  while (text != NULL && *text != '\0')
    {
      KilterCellNote note = { NULL, NULL, NULL };
      int first, count;
      gboolean read;

      if (!read_count (&text, n, &first) || !read_count (&text, n - first, &count))
        return FALSE;
      read = read_note (&text, &note);
      for (int i = first; read && i < first + count; i++)
        {
          clear_note (&out_notes[i]);
          out_notes[i].author = g_strdup (note.author);
          out_notes[i].at = g_strdup (note.at);
          out_notes[i].reason = g_strdup (note.reason);
        }
      clear_note (&note);
      if (!read)
        return FALSE;
    }
  return TRUE;
}

/* --- records: "field=value", one line each; missing fields are left out --- */

static gboolean
is_number (const KilterFieldInfo *field)
{
  return field->type == KILTER_FIELD_NUMBER || field->type == KILTER_FIELD_INT ||
         field->type == KILTER_FIELD_BOOL || field->type == KILTER_FIELD_REF;
}

/**
 * kilter_codec_write_record:
 * @values: (nullable): %NULL when there is no record
 *
 * Returns: (transfer full) (nullable): the text; %NULL when there is no record
 */
char *
kilter_codec_write_record (KilterTableId table, const KilterValue *values)
{
  const KilterTableInfo *info = kilter_table_get_info (table);
  GString *text;

  if (values == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (int i = 0; i < info->n_fields; i++)
    {
      if (is_number (&info->fields[i]) ? isnan (values[i].number) : values[i].text == NULL)
        continue;
      g_string_append_printf (text, "%s=", info->fields[i].name);
      if (is_number (&info->fields[i]))
        append_number (text, values[i].number);
      else
        append_escaped (text, values[i].text);
      g_string_append_c (text, '\n');
    }
  return g_string_free_and_steal (text);
}

static gboolean
read_field (KilterTableId table, const char **text, KilterValue *values)
{
  const char *sign = strchr (*text, '=');
  g_autofree char *name = sign != NULL ? g_strndup (*text, (gsize) (sign - *text)) : NULL;
  g_autofree char *value = NULL;
  int field = name != NULL ? kilter_table_find_field (table, name) : -1;

  if (field < 0)
    return FALSE;
  *text = sign + 1;
  if (!read_escaped (text, &value) || *(*text)++ != '\n' || value == NULL)
    return FALSE;
  if (is_number (&kilter_table_get_info (table)->fields[field]))
    return kilter_codec_read_numbers (value, &values[field].number, 1);
  g_free (values[field].text);
  values[field].text = g_steal_pointer (&value);
  return TRUE;
}

/**
 * kilter_codec_read_record:
 * @text: (nullable): %NULL when there is no record
 * @out_values: (out) (transfer full) (nullable):
 */
gboolean
kilter_codec_read_record (KilterTableId table, const char *text, KilterValue **out_values)
{
  *out_values = NULL;
  if (text == NULL)
    return TRUE;
  *out_values = kilter_values_new (table);
  while (*text != '\0')
    if (!read_field (table, &text, *out_values))
      {
        kilter_values_free (table, *out_values);
        *out_values = NULL;
        return FALSE;
      }
  return TRUE;
}
