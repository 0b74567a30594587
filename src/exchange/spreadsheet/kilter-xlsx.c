/* kilter-xlsx.c: a sheet of an Office Open XML workbook (ECMA-376 part 1, 18.3) to clean rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-private.h"
#include "exchange/spreadsheet/kilter-xlsx-private.h"

#include <string.h>

typedef enum
{
  CELL_NUMBER,
  CELL_SHARED,
  CELL_INLINE,
  CELL_TEXT,
  CELL_BOOLEAN,
  CELL_ERROR,
  CELL_ISO_DATE,
} CellType;

typedef struct
{
  const KilterXlsxParts *parts;
  KilterImportFile *file;
  KilterRowBuilder rows;
  guint next_line;   /* of a row that does not say its own */
  guint next_column; /* of a cell that does not */
  guint n_hidden;
  gboolean row_hidden;

  gboolean in_data;
  gboolean in_cell;
  CellType type;
  guint style;
  guint column; /* G_MAXUINT: the reference is nonsense */
  char reference[24];
  gboolean has_formula;
  gboolean has_value;
  gboolean collecting; /* text of a value or of an inline string */
  guint phonetic;
  GString *text;
} Reader;

static gboolean
is_true (const char *text)
{
  return g_strcmp0 (text, "1") == 0 || g_strcmp0 (text, "true") == 0;
}

/* "AB12" → 27; G_MAXUINT for what is no reference. */
static guint
read_column (const char *reference)
{
  guint column = 0, n = 0;

  for (; g_ascii_isalpha (*reference); reference++)
    {
      if (++n > 3)
        return G_MAXUINT;
      column = column * 26 + (guint) (g_ascii_toupper (*reference) - 'A') + 1;
    }
  if (n == 0 || !g_ascii_isdigit (*reference) || *reference == '0')
    return G_MAXUINT;
  while (g_ascii_isdigit (*reference))
    reference++;
  return *reference == '\0' ? column - 1 : G_MAXUINT;
}

static CellType
read_type (const char *text)
{
  static const struct
  {
    const char *name;
    CellType type;
  } types[] = {
    { "n", CELL_NUMBER },  { "s", CELL_SHARED }, { "inlineStr", CELL_INLINE }, { "str", CELL_TEXT },
    { "b", CELL_BOOLEAN }, { "e", CELL_ERROR },  { "d", CELL_ISO_DATE },
  };

  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, text))
      return types[i].type;
  return CELL_NUMBER;
}

static void
begin_row (Reader *self, KilterXml *xml)
{
  const char *line = kilter_xml_get_attribute (xml, "r");
  guint64 number;

  if (line != NULL && g_ascii_string_to_unsigned (line, 10, 1, G_MAXINT, &number, NULL))
    self->next_line = (guint) number;
  self->row_hidden = is_true (kilter_xml_get_attribute (xml, "hidden"));
  self->next_column = 0;
  if (!self->rows.in_row)
    kilter_row_builder_begin (&self->rows, self->next_line);
}

static void
begin_cell (Reader *self, KilterXml *xml)
{
  const char *reference = kilter_xml_get_attribute (xml, "r");
  const char *style = kilter_xml_get_attribute (xml, "s");
  guint64 number = 0;

  self->in_cell = TRUE;
  self->type = read_type (kilter_xml_get_attribute (xml, "t"));
  self->column = reference != NULL ? read_column (reference) : self->next_column;
  self->next_column = self->column != G_MAXUINT ? self->column + 1 : self->next_column + 1;
  g_strlcpy (self->reference, reference != NULL ? reference : "", sizeof self->reference);
  self->style = style != NULL && g_ascii_string_to_unsigned (style, 10, 0, G_MAXINT, &number, NULL)
                  ? (guint) number
                  : 0;
  self->has_formula = self->has_value = self->collecting = FALSE;
  self->phonetic = 0;
  g_string_truncate (self->text, 0);
}

static void
start_cb (KilterXml *xml, const char *name, gpointer data)
{
  Reader *self = data;

  if (!self->in_data)
    {
      self->in_data = g_str_equal (name, "sheetData");
      return;
    }
  if (self->in_cell)
    {
      if (g_str_equal (name, "v"))
        {
          self->has_value = TRUE;
          self->collecting = self->type != CELL_INLINE;
        }
      else if (g_str_equal (name, "t"))
        self->collecting = self->type == CELL_INLINE && self->phonetic == 0;
      else if (g_str_equal (name, "f"))
        self->has_formula = TRUE;
      else if (g_str_equal (name, "rPh"))
        self->phonetic++;
    }
  else if (self->rows.in_row && g_str_equal (name, "c"))
    begin_cell (self, xml);
  else if (g_str_equal (name, "row"))
    begin_row (self, xml);
}

/* "_x000D_" → a carriage return, as Excel writes what XML cannot hold (22.9.2.19) */
static char *
decode_escapes (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  for (const char *at = text; *at != '\0';)
    {
      gboolean is_escape = at[0] == '_' && at[1] == 'x';
      gunichar c = 0;

      for (int i = 2; is_escape && i < 6; i++)
        {
          is_escape = g_ascii_isxdigit (at[i]);
          c = is_escape ? c * 16 + (gunichar) g_ascii_xdigit_value (at[i]) : 0;
        }
      is_escape = is_escape && at[6] == '_' && c != 0 && g_unichar_validate (c);
      if (is_escape)
        g_string_append_unichar (out, c);
      else
        g_string_append_c (out, *at);
      at += is_escape ? 7 : 1;
    }
  return g_string_free (out, FALSE);
}

static void
add_text (Reader *self, const char *text, KilterCellFlags flags)
{
  if (G_UNLIKELY (strstr (text, "_x") != NULL))
    {
      g_autofree char *decoded = decode_escapes (text);

      kilter_sheet_add_cell (self->rows.sheet, decoded, strlen (decoded), flags);
      return;
    }
  kilter_sheet_add_cell (self->rows.sheet, text, strlen (text), flags);
}

/* A date of ISO 8601, as strict workbooks have it. */
static void
add_iso_date (Reader *self)
{
  char *time = strchr (self->text->str, 'T');

  if (time != NULL)
    g_string_truncate (self->text, (gsize) (time - self->text->str));
  add_text (self, self->text->str, KILTER_CELL_DATE);
}

/* FALSE when the file contradicts itself. */
static gboolean
add_value (Reader *self)
{
  const KilterXlsxParts *parts = self->parts;
  guint64 number;
  guint format;

  switch (self->type)
    {
    case CELL_SHARED:
      if (self->text->len == 0)
        add_text (self, "", 0);
      else if (!g_ascii_string_to_unsigned (self->text->str, 10, 0, G_MAXUINT32, &number, NULL) ||
               number >= parts->texts->len)
        return FALSE;
      else
        add_text (self,
                  (const char *) parts->pool->data + g_array_index (parts->texts, guint32, number),
                  0);
      break;
    case CELL_BOOLEAN:
      add_text (self, is_true (self->text->str) ? "TRUE" : "FALSE", 0);
      break;
    case CELL_ERROR:
      add_text (self, self->text->str, KILTER_CELL_ERROR);
      break;
    case CELL_ISO_DATE:
      add_iso_date (self);
      break;
    case CELL_INLINE:
    case CELL_TEXT:
      add_text (self, self->text->str, 0);
      break;
    case CELL_NUMBER:
    default:
      if (self->text->len == 0)
        {
          add_text (self, "", 0);
          break;
        }
      format = self->style < parts->formats->len
                 ? g_array_index (parts->formats, guint, self->style)
                 : KILTER_FORMAT_PLAIN;
      kilter_cell_add_number (self->rows.sheet, self->text->str, format, self->file->date_1904);
      break;
    }
  return TRUE;
}

static void
end_cell (Reader *self, KilterXml *xml)
{
  gboolean no_result = self->has_formula && !(self->has_value && self->text->len > 0) &&
                       self->type != CELL_TEXT;

  self->in_cell = FALSE;
  /* cells that have a colour only */
  if (!no_result && self->text->len == 0)
    return;
  if (!kilter_row_builder_go_to (&self->rows, self->column, self->reference))
    return;
  if (no_result)
    add_text (self, "", KILTER_CELL_NO_RESULT);
  else if (!add_value (self))
    {
      kilter_workbook_fail (xml, self->file, KILTER_IMPORT_FILE_DAMAGED, 0);
      return;
    }
  kilter_row_builder_added (&self->rows);
}

static void
end_cb (KilterXml *xml, const char *name, gpointer data)
{
  Reader *self = data;
  GError *error = NULL;

  if (!self->in_data)
    return;
  if (self->in_cell)
    {
      if (g_str_equal (name, "c"))
        end_cell (self, xml);
      else if (g_str_equal (name, "rPh"))
        self->phonetic -= self->phonetic > 0;
      else if (g_str_equal (name, "v") || g_str_equal (name, "t"))
        self->collecting = FALSE;
    }
  else if (g_str_equal (name, "row") && self->rows.in_row)
    {
      self->n_hidden += self->row_hidden && self->rows.row_width > 0;
      self->next_line++;
      if (!kilter_row_builder_end (&self->rows, &error))
        kilter_xml_fail (xml, error);
    }
  else if (g_str_equal (name, "sheetData"))
    /* what follows is drawing and printing */
    kilter_xml_stop (xml);
}

static void
text_cb (KilterXml *xml, const char *text, gsize length, gpointer data)
{
  Reader *self = data;

  if (!self->collecting)
    return;
  if (self->text->len + length > KILTER_WORKBOOK_MAX_TEXT)
    kilter_workbook_fail (xml, self->file, KILTER_IMPORT_FILE_TEXT, KILTER_WORKBOOK_MAX_TEXT / 4);
  else
    g_string_append_len (self->text, text, (gssize) length);
}

static gboolean
read_sheet (const KilterXlsxParts *parts,
            KilterImportFile *file,
            KilterArchive *archive,
            guint index,
            KilterJob *job,
            GError **error)
{
  static const KilterXmlHandler handler = { start_cb, end_cb, text_cb };
  const char *path = parts->paths->pdata[index];
  Reader self = { .parts = parts, .file = file, .next_line = 1 };
  gboolean done;

  g_clear_pointer (&file->sheet, kilter_sheet_free);
  file->sheet = kilter_sheet_new (((KilterSheetName *) file->sheets->pdata[index])->name);
  file->sheet_index = index;
  if (*path == '\0')
    return TRUE;
  self.rows.file = file;
  self.rows.sheet = file->sheet;
  self.rows.job = job;
  self.text = g_string_new (NULL);
  done = kilter_xml_read_member (archive, path, &handler, &self, error);
  if (done && self.rows.in_row)
    done = kilter_row_builder_end (&self.rows, error);
  if (done && self.n_hidden > 0)
    kilter_workbook_note (file, KILTER_IMPORT_HIDDEN_ROWS, 0, NULL, NULL, self.n_hidden);
  g_string_free (self.text, TRUE);
  return done;
}

static gboolean
read_sheets (const KilterXlsxParts *parts,
             KilterImportFile *file,
             KilterArchive *archive,
             const char *wanted,
             KilterJob *job,
             GError **error)
{
  guint index = 0, n_visible = 0;

  if (wanted != NULL)
    return kilter_workbook_find_sheet (file, wanted, &index, error) &&
           read_sheet (parts, file, archive, index, job, error);
  /* the first that is there to be seen and has something in it */
  for (guint i = 0; i < file->sheets->len; i++)
    n_visible += !((KilterSheetName *) file->sheets->pdata[i])->hidden;
  for (guint i = 0; i < file->sheets->len; i++)
    {
      if (n_visible > 0 && ((KilterSheetName *) file->sheets->pdata[i])->hidden)
        continue;
      if (!read_sheet (parts, file, archive, i, job, error))
        return FALSE;
      if (kilter_sheet_get_n_rows (file->sheet) > 0)
        return TRUE;
    }
  return TRUE;
}

/**
 * kilter_xlsx_read:
 *
 * See kilter_workbook_read().
 */
gboolean
kilter_xlsx_read (KilterImportFile *file,
                  KilterArchive *archive,
                  const char *wanted,
                  KilterJob *job,
                  GError **error)
{
  KilterXlsxParts parts = { 0 };
  gboolean done;

  file->container = KILTER_CONTAINER_XLSX;
  done = kilter_xlsx_parts_read (&parts, file, archive, error);
  if (done && file->sheets->len == 0)
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_EMPTY, 0, file->name, NULL, 0);
      done = FALSE;
    }
  done = done && kilter_xlsx_parts_read_strings (&parts, file, archive, error) &&
         read_sheets (&parts, file, archive, wanted, job, error);
  kilter_xlsx_parts_clear (&parts);
  return done;
}
