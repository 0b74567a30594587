/* kilter-ods.c: a sheet of an OpenDocument spreadsheet (ISO/IEC 26300 part 1, 9) to clean rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-private.h"
#include "exchange/spreadsheet/kilter-workbook-private.h"

#include <string.h>

typedef enum
{
  VALUE_NONE,
  VALUE_NUMBER,
  VALUE_PERCENT,
  VALUE_DATE,
  VALUE_BOOLEAN,
  VALUE_TEXT,
} ValueType;

typedef struct
{
  KilterImportFile *file;
  const char *wanted; /* a name or a number, NULL for the first with content */
  gint64 wanted_index;
  KilterRowBuilder rows;
  GHashTable *hidden_styles;
  char *style; /* that is being read */
  gboolean in_spreadsheet;
  guint skip; /* depth within something that is no content */

  gboolean in_table;
  gboolean takes; /* this table */
  gboolean found;
  guint line;
  guint row_repeat;
  gboolean row_hidden;
  guint n_hidden;
  guint64 n_repeated;
  GArray *cells; /* Cell, of the row being read */
  GString *texts;

  gboolean in_cell;
  ValueType type;
  guint cell_repeat;
  gboolean has_formula;
  gboolean has_string; /* an attribute has the text, not the paragraphs */
  guint n_paragraphs;
  guint paragraph; /* depth within one */
  char *value;
  GString *text;
} Reader;

/* of a row, until it is known how often it is repeated */
typedef struct
{
  gsize offset; /* into texts */
  guint column;
  guint repeat;
  guint format; /* of a number */
  KilterCellFlags flags;
  gboolean is_number;
} Cell;

static guint
read_repeat (KilterXml *xml, const char *name)
{
  const char *text = kilter_xml_get_attribute (xml, name);
  guint64 value;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT, &value, NULL))
    return 1;
  return (guint) value;
}

/* --- tables --- */

static void
begin_table (Reader *self, KilterXml *xml)
{
  const char *name = kilter_xml_get_attribute (xml, "name");
  const char *style = kilter_xml_get_attribute (xml, "style-name");
  gboolean hidden = style != NULL && g_hash_table_contains (self->hidden_styles, style);
  guint index = self->file->sheets->len;

  if (index >= KILTER_WORKBOOK_MAX_SHEETS)
    {
      kilter_workbook_fail (xml, self->file, KILTER_IMPORT_FILE_ENTRIES,
                            KILTER_WORKBOOK_MAX_SHEETS);
      return;
    }
  kilter_workbook_add_sheet (self->file, name != NULL ? name : "", hidden);
  self->in_table = TRUE;
  self->takes = !self->found && (self->wanted != NULL ? g_strcmp0 (name, self->wanted) == 0 ||
                                                          self->wanted_index == (gint64) index
                                                      : !hidden);
  self->line = 1;
  if (!self->takes)
    return;
  self->file->sheet_index = index;
  self->rows.widest = 0;
  g_clear_pointer (&self->file->sheet, kilter_sheet_free);
  self->file->sheet = kilter_sheet_new (name != NULL ? name : "");
  self->rows.sheet = self->file->sheet;
}

static void
end_table (Reader *self)
{
  self->in_table = FALSE;
  if (self->takes)
    self->found = self->wanted != NULL || kilter_sheet_get_n_rows (self->file->sheet) > 0;
  self->takes = FALSE;
}

/* --- rows --- */

static void
begin_row (Reader *self, KilterXml *xml)
{
  const char *visibility = kilter_xml_get_attribute (xml, "visibility");

  self->row_repeat = read_repeat (xml, "number-rows-repeated");
  self->row_hidden = visibility != NULL && !g_str_equal (visibility, "visible");
  self->rows.column = 0;
  g_array_set_size (self->cells, 0);
  g_string_truncate (self->texts, 0);
}

static gboolean
write_row (Reader *self, guint line, GError **error)
{
  kilter_row_builder_begin (&self->rows, line);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, i);
      const char *text = self->texts->str + cell->offset;
      g_autofree char *place = g_strdup_printf ("%u:%u", cell->column + 1, line);

      if (!kilter_row_builder_go_to (&self->rows, cell->column, place))
        continue;
      for (guint n = 0; n < cell->repeat; n++)
        {
          if (cell->is_number)
            kilter_cell_add_number (self->rows.sheet, text, cell->format, FALSE);
          else
            kilter_sheet_add_cell (self->rows.sheet, text, strlen (text), cell->flags);
          kilter_row_builder_added (&self->rows);
        }
    }
  return kilter_row_builder_end (&self->rows, error);
}

static void
end_row (Reader *self, KilterXml *xml)
{
  guint64 n_cells = 0;

  for (guint i = 0; i < self->cells->len; i++)
    n_cells += g_array_index (self->cells, Cell, i).repeat;
  /* rows without content may be repeated to the end of the sheet; they cost nothing */
  if (n_cells > 0)
    {
      self->n_repeated += n_cells * (self->row_repeat - 1);
      if (n_cells > KILTER_WORKBOOK_MAX_COLUMNS || self->n_repeated > KILTER_WORKBOOK_MAX_REPEATED)
        {
          kilter_workbook_fail (xml, self->file, KILTER_IMPORT_FILE_REPEATS,
                                KILTER_WORKBOOK_MAX_REPEATED);
          return;
        }
      for (guint i = 0; i < self->row_repeat; i++)
        {
          GError *error = NULL;

          if (!write_row (self, self->line + i, &error))
            {
              kilter_xml_fail (xml, error);
              return;
            }
        }
      self->n_hidden += self->row_hidden ? self->row_repeat : 0;
    }
  self->line += MIN (self->row_repeat, G_MAXINT - self->line);
}

/* --- cells --- */

static ValueType
read_type (const char *text)
{
  static const struct
  {
    const char *name;
    ValueType type;
  } types[] = {
    { "float", VALUE_NUMBER }, { "currency", VALUE_NUMBER }, { "percentage", VALUE_PERCENT },
    { "date", VALUE_DATE },    { "boolean", VALUE_BOOLEAN }, { "string", VALUE_TEXT },
    { "time", VALUE_TEXT },
  };

  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, text))
      return types[i].type;
  return VALUE_NONE;
}

static void
begin_cell (Reader *self, KilterXml *xml)
{
  static const char *const attributes[] = {
    [VALUE_NUMBER] = "value",          [VALUE_PERCENT] = "value",     [VALUE_DATE] = "date-value",
    [VALUE_BOOLEAN] = "boolean-value", [VALUE_TEXT] = "string-value",
  };
  const char *formula = kilter_xml_get_attribute (xml, "formula");
  const char *type;

  self->in_cell = TRUE;
  self->cell_repeat = read_repeat (xml, "number-columns-repeated");
  self->has_formula = formula != NULL;
  type = kilter_xml_get_attribute (xml, "value-type");
  self->type = read_type (type);
  g_clear_pointer (&self->value, g_free);
  if (self->type != VALUE_NONE)
    self->value = g_strdup (kilter_xml_get_attribute (xml, attributes[self->type]));
  self->has_string = self->type == VALUE_TEXT && self->value != NULL;
  self->n_paragraphs = 0;
  self->paragraph = 0;
  g_string_truncate (self->text, 0);
}

/* Shown with zeros in front: a code. */
static guint
find_zeros (const Reader *self)
{
  gsize length = self->text->len;

  if (self->type != VALUE_NUMBER || length < 2 || length > 20 || self->text->str[0] != '0' ||
      strspn (self->text->str, "0123456789") != length)
    return KILTER_FORMAT_PLAIN;
  return KILTER_FORMAT_ZEROS | ((guint) length << KILTER_FORMAT_ZEROS_SHIFT);
}

static gboolean
is_error_text (const char *text)
{
  return g_str_has_prefix (text, "Err:") || g_str_has_prefix (text, "#N/A") ||
         g_str_has_prefix (text, "#VALUE!") || g_str_has_prefix (text, "#REF!") ||
         g_str_has_prefix (text, "#DIV/0!") || g_str_has_prefix (text, "#NAME?") ||
         g_str_has_prefix (text, "#NUM!") || g_str_has_prefix (text, "#NULL!");
}

static void
end_cell (Reader *self, KilterXml *xml)
{
  Cell cell = { self->texts->len, self->rows.column, self->cell_repeat, 0, 0, FALSE };
  const char *text = self->text->str;

  self->in_cell = FALSE;
  if (self->rows.column < G_MAXINT - self->cell_repeat)
    self->rows.column += self->cell_repeat;
  if (!self->takes)
    return;
  switch (self->type)
    {
    case VALUE_NUMBER:
    case VALUE_PERCENT:
      if (self->value != NULL)
        {
          cell.is_number = TRUE;
          cell.format = self->type == VALUE_PERCENT ? (guint) KILTER_FORMAT_PERCENT
                                                    : find_zeros (self);
          text = self->value;
        }
      break;
    case VALUE_DATE:
      if (self->value != NULL && strlen (self->value) >= 10)
        {
          /* the time of day is not asked for */
          self->value[10] = '\0';
          cell.flags = KILTER_CELL_DATE;
          text = self->value;
        }
      break;
    case VALUE_BOOLEAN:
      text = g_strcmp0 (self->value, "true") == 0 ? "TRUE" : "FALSE";
      break;
    case VALUE_TEXT:
      if (self->has_string && *self->value != '\0')
        text = self->value;
      /* the standard has no type for errors */
      if (self->has_formula && is_error_text (text))
        cell.flags = KILTER_CELL_ERROR;
      break;
    case VALUE_NONE:
    default:
      if (self->has_formula && self->text->len == 0)
        cell.flags = KILTER_CELL_NO_RESULT;
      break;
    }
  if (*text == '\0' && cell.flags == 0)
    return;
  if (cell.repeat > KILTER_WORKBOOK_MAX_COLUMNS)
    {
      kilter_workbook_fail (xml, self->file, KILTER_IMPORT_FILE_REPEATS,
                            KILTER_WORKBOOK_MAX_COLUMNS);
      return;
    }
  g_string_append (self->texts, text);
  g_string_append_c (self->texts, '\0');
  g_array_append_val (self->cells, cell);
  if (self->texts->len > 64 * KILTER_WORKBOOK_MAX_TEXT)
    kilter_workbook_fail (xml, self->file, KILTER_IMPORT_FILE_TEXT, KILTER_WORKBOOK_MAX_TEXT / 4);
}

static void
append_text (Reader *self, KilterXml *xml, const char *text, gsize length)
{
  if (self->text->len + length > KILTER_WORKBOOK_MAX_TEXT)
    kilter_workbook_fail (xml, self->file, KILTER_IMPORT_FILE_TEXT, KILTER_WORKBOOK_MAX_TEXT / 4);
  else
    g_string_append_len (self->text, text, (gssize) length);
}

/* --- elements --- */

/* What stands among tables or in cells and is not what a cell holds. */
static gboolean
is_skipped (const char *name, gboolean in_table)
{
  static const char *const names[] = { "tracked-changes", "dde-links", "shapes",      "forms",
                                       "annotation",      "frame",     "custom-shape" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      return TRUE;
  /* a table within a cell */
  return in_table && g_str_equal (name, "table");
}

static void
start_in_cell (Reader *self, KilterXml *xml, const char *name)
{
  if (g_str_equal (name, "p") && self->paragraph == 0)
    {
      if (self->n_paragraphs++ > 0)
        append_text (self, xml, "\n", 1);
      self->paragraph = 1;
      return;
    }
  if (self->paragraph == 0)
    return;
  self->paragraph++;
  if (g_str_equal (name, "s"))
    {
      guint n = MIN (read_repeat (xml, "c"), 1000);

      while (n-- > 0)
        append_text (self, xml, " ", 1);
    }
  else if (g_str_equal (name, "tab"))
    append_text (self, xml, "\t", 1);
  else if (g_str_equal (name, "line-break"))
    append_text (self, xml, "\n", 1);
}

static void
start_cb (KilterXml *xml, const char *name, gpointer data)
{
  Reader *self = data;

  if (self->skip > 0 || (self->in_spreadsheet && is_skipped (name, self->in_table)))
    self->skip++;
  else if (!self->in_spreadsheet)
    {
      if (g_str_equal (name, "spreadsheet"))
        self->in_spreadsheet = TRUE;
      else if (g_str_equal (name, "style"))
        g_set_str (&self->style, kilter_xml_get_attribute (xml, "name"));
      else if (g_str_equal (name, "table-properties") && self->style != NULL &&
               g_strcmp0 (kilter_xml_get_attribute (xml, "display"), "false") == 0)
        g_hash_table_add (self->hidden_styles, g_strdup (self->style));
    }
  else if (self->in_cell)
    start_in_cell (self, xml, name);
  else if (!self->in_table)
    {
      if (g_str_equal (name, "table"))
        begin_table (self, xml);
    }
  else if (g_str_equal (name, "table-row"))
    begin_row (self, xml);
  else if (g_str_equal (name, "table-cell") || g_str_equal (name, "covered-table-cell"))
    begin_cell (self, xml);
}

static void
end_cb (KilterXml *xml, const char *name, gpointer data)
{
  Reader *self = data;

  if (self->skip > 0)
    self->skip--;
  else if (!self->in_spreadsheet)
    return;
  else if (self->in_cell && self->paragraph > 0)
    self->paragraph--;
  else if (g_str_equal (name, "spreadsheet"))
    self->in_spreadsheet = FALSE;
  else if (self->in_cell &&
           (g_str_equal (name, "table-cell") || g_str_equal (name, "covered-table-cell")))
    end_cell (self, xml);
  else if (self->in_table && g_str_equal (name, "table-row"))
    {
      if (self->takes)
        end_row (self, xml);
    }
  else if (self->in_table && g_str_equal (name, "table"))
    end_table (self);
}

static void
text_cb (KilterXml *xml, const char *text, gsize length, gpointer data)
{
  Reader *self = data;

  if (self->skip == 0 && self->in_cell && self->paragraph > 0)
    append_text (self, xml, text, length);
}

/* --- protection --- */

static void
manifest_start (KilterXml *xml, const char *name, gpointer data)
{
  gboolean *is_protected = data;

  if (g_str_equal (name, "encryption-data"))
    {
      *is_protected = TRUE;
      kilter_xml_stop (xml);
    }
}

static void
manifest_end (KilterXml *xml, const char *name, gpointer data)
{
}

static gboolean
check_protection (KilterImportFile *file, KilterArchive *archive, GError **error)
{
  static const KilterXmlHandler handler = { manifest_start, manifest_end, NULL };
  gboolean is_protected = FALSE;

  if (!kilter_archive_has (archive, "META-INF/manifest.xml"))
    return TRUE;
  if (!kilter_xml_read_member (archive, "META-INF/manifest.xml", &handler, &is_protected, error))
    return FALSE;
  if (is_protected)
    kilter_import_refuse_error (error, KILTER_IMPORT_FILE_PASSWORD, 0, file->name, NULL, 0);
  return !is_protected;
}

static void
clear (Reader *self)
{
  g_hash_table_unref (self->hidden_styles);
  g_array_unref (self->cells);
  g_string_free (self->texts, TRUE);
  g_string_free (self->text, TRUE);
  g_free (self->value);
  g_free (self->style);
}

/* A table was read, or there is none. */
static gboolean
check_found (Reader *self, GError **error)
{
  KilterImportFile *file = self->file;
  guint index;

  if (file->sheets->len == 0)
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_ARCHIVE, 0, file->name, NULL, 0);
      return FALSE;
    }
  if (self->wanted != NULL && !self->found)
    /* says which there are */
    return kilter_workbook_find_sheet (file, self->wanted, &index, error) && FALSE;
  if (file->sheet == NULL)
    file->sheet = kilter_sheet_new ("");
  if (self->n_hidden > 0)
    kilter_workbook_note (file, KILTER_IMPORT_HIDDEN_ROWS, 0, NULL, NULL, self->n_hidden);
  return TRUE;
}

/**
 * kilter_ods_read:
 *
 * See kilter_workbook_read().
 */
gboolean
kilter_ods_read (KilterImportFile *file,
                 KilterArchive *archive,
                 const char *wanted,
                 KilterJob *job,
                 GError **error)
{
  static const KilterXmlHandler handler = { start_cb, end_cb, text_cb };
  Reader self = { .file = file, .wanted = wanted, .wanted_index = -1 };
  guint64 number;
  gboolean done;

  file->container = KILTER_CONTAINER_ODS;
  if (!check_protection (file, archive, error))
    return FALSE;
  if (wanted != NULL && g_ascii_string_to_unsigned (wanted, 10, 1, G_MAXINT, &number, NULL))
    self.wanted_index = (gint64) number - 1;
  self.rows.file = file;
  self.rows.job = job;
  self.hidden_styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  self.texts = g_string_new (NULL);
  self.text = g_string_new (NULL);
  done = kilter_xml_read_member (archive, "content.xml", &handler, &self, error) &&
         check_found (&self, error);
  clear (&self);
  return done;
}
