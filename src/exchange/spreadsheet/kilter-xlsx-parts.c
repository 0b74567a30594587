/* kilter-xlsx-parts.c: which sheets there are, how numbers are formatted, the shared texts
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/spreadsheet/kilter-xlsx-private.h"

#include "exchange/import/kilter-import-private.h"

#include <stdlib.h>
#include <string.h>

#define MAX_STYLES 65536
#define MAX_TEXTS 4000000
#define MAX_POOL (160 * 1024 * 1024)

/* --- relations --- */

typedef struct
{
  char *id;
  char *type; /* the last part of it: "worksheet" */
  char *target;
} Relation;

static void
clear_relation (gpointer data)
{
  Relation *relation = data;

  g_free (relation->id);
  g_free (relation->type);
  g_free (relation->target);
}

typedef struct
{
  GArray *relations;
  const char *folder; /* that targets are relative to */
} Relations;

/* A path within the archive, from the folder of the part that names it. */
static char *
resolve (const char *folder, const char *target)
{
  g_autofree char *joined = *target == '/'    ? g_strdup (target + 1)
                            : *folder != '\0' ? g_strconcat (folder, "/", target, NULL)
                                              : g_strdup (target);
  g_auto (GStrv) parts = g_strsplit (joined, "/", 64);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();

  for (char **part = parts; *part != NULL; part++)
    {
      if (g_str_equal (*part, "..") && out->len > 0)
        g_ptr_array_set_size (out, (int) out->len - 1);
      else if (**part != '\0' && !g_str_equal (*part, ".") && !g_str_equal (*part, ".."))
        g_ptr_array_add (out, *part);
    }
  g_ptr_array_add (out, NULL);
  return g_strjoinv ("/", (char **) out->pdata);
}

static void
relation_start (KilterXml *xml, const char *name, gpointer data)
{
  Relations *self = data;
  const char *id, *type, *target, *mode, *slash;
  Relation relation;

  if (!g_str_equal (name, "Relationship") || self->relations->len >= KILTER_ARCHIVE_MAX_ENTRIES)
    return;
  id = kilter_xml_get_attribute (xml, "Id");
  type = kilter_xml_get_attribute (xml, "Type");
  target = kilter_xml_get_attribute (xml, "Target");
  mode = kilter_xml_get_attribute (xml, "TargetMode");
  /* what lies outside of the file is never looked at */
  if (id == NULL || type == NULL || target == NULL || g_strcmp0 (mode, "External") == 0)
    return;
  slash = strrchr (type, '/');
  relation.id = g_strdup (id);
  relation.type = g_strdup (slash != NULL ? slash + 1 : type);
  relation.target = resolve (self->folder, target);
  g_array_append_val (self->relations, relation);
}

static void
nothing_at_end (KilterXml *xml, const char *name, gpointer data)
{
}

static GArray *
read_relations (KilterArchive *archive, const char *of_part, GError **error)
{
  static const KilterXmlHandler handler = { relation_start, nothing_at_end, NULL };
  const char *slash = strrchr (of_part, '/');
  g_autofree char *folder = slash != NULL ? g_strndup (of_part, (gsize) (slash - of_part))
                                          : g_strdup ("");
  g_autofree char *path = g_strdup_printf ("%s%s_rels/%s.rels", folder, slash != NULL ? "/" : "",
                                           slash != NULL ? slash + 1 : of_part);
  g_autoptr (GArray) relations = g_array_new (FALSE, FALSE, sizeof (Relation));
  Relations self = { relations, folder };

  g_array_set_clear_func (relations, clear_relation);
  if (!kilter_xml_read_member (archive, path, &handler, &self, error))
    return NULL;
  return g_steal_pointer (&relations);
}

static const char *
find_relation (const GArray *relations, const char *type)
{
  for (guint i = 0; i < relations->len; i++)
    if (g_str_equal (g_array_index (relations, Relation, i).type, type))
      return g_array_index (relations, Relation, i).target;
  return NULL;
}

/* --- the workbook --- */

typedef struct
{
  KilterXlsxParts *parts;
  KilterImportFile *file;
  const GArray *relations;
} Workbook;

static void
workbook_start (KilterXml *xml, const char *name, gpointer data)
{
  Workbook *self = data;

  if (g_str_equal (name, "workbookPr"))
    {
      const char *value = kilter_xml_get_attribute (xml, "date1904");

      self->file->date_1904 = g_strcmp0 (value, "1") == 0 || g_strcmp0 (value, "true") == 0;
    }
  else if (g_str_equal (name, "sheet") && self->file->sheets->len < KILTER_WORKBOOK_MAX_SHEETS)
    {
      const char *sheet = kilter_xml_get_attribute (xml, "name");
      const char *state = kilter_xml_get_attribute (xml, "state");
      const char *id = kilter_xml_get_attribute (xml, "id");
      const char *path = "";

      for (guint i = 0; id != NULL && i < self->relations->len; i++)
        {
          const Relation *relation = &g_array_index (self->relations, Relation, i);

          /* charts and macros have sheets of their own */
          if (g_str_equal (relation->id, id) && g_str_equal (relation->type, "worksheet"))
            path = relation->target;
        }
      kilter_workbook_add_sheet (self->file, sheet != NULL ? sheet : "",
                                 state != NULL && !g_str_equal (state, "visible"));
      g_ptr_array_add (self->parts->paths, g_strdup (path));
    }
}

/* --- styles --- */

typedef struct
{
  KilterXlsxParts *parts;
  GHashTable *codes; /* number of a format → what it means + 1 */
  gboolean in_cells;
} Styles;

static guint
read_uint (const char *text, guint otherwise)
{
  guint64 value;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &value, NULL)
           ? (guint) value
           : otherwise;
}

static void
styles_start (KilterXml *xml, const char *name, gpointer data)
{
  Styles *self = data;

  if (g_str_equal (name, "numFmt"))
    {
      guint id = read_uint (kilter_xml_get_attribute (xml, "numFmtId"), G_MAXUINT);
      const char *code = kilter_xml_get_attribute (xml, "formatCode");

      if (id != G_MAXUINT && code != NULL && g_hash_table_size (self->codes) < MAX_STYLES)
        g_hash_table_insert (self->codes, GUINT_TO_POINTER (id),
                             GUINT_TO_POINTER (kilter_cell_format_from_code (code) + 1));
    }
  else if (g_str_equal (name, "cellXfs"))
    self->in_cells = TRUE;
  else if (self->in_cells && g_str_equal (name, "xf") && self->parts->formats->len < MAX_STYLES)
    {
      guint id = read_uint (kilter_xml_get_attribute (xml, "numFmtId"), 0);
      gpointer known = g_hash_table_lookup (self->codes, GUINT_TO_POINTER (id));
      guint format = known != NULL ? GPOINTER_TO_UINT (known) - 1 : kilter_cell_format_from_id (id);

      g_array_append_val (self->parts->formats, format);
    }
}

static void
styles_end (KilterXml *xml, const char *name, gpointer data)
{
  Styles *self = data;

  if (g_str_equal (name, "cellXfs"))
    self->in_cells = FALSE;
}

static gboolean
read_styles (KilterXlsxParts *parts, KilterArchive *archive, GError **error)
{
  static const KilterXmlHandler handler = { styles_start, styles_end, NULL };
  g_autoptr (GHashTable) codes = g_hash_table_new (NULL, NULL);
  Styles self = { parts, codes, FALSE };

  /* without styles all numbers are plain */
  if (parts->styles == NULL || !kilter_archive_has (archive, parts->styles))
    return TRUE;
  return kilter_xml_read_member (archive, parts->styles, &handler, &self, error);
}

/**
 * kilter_xlsx_parts_read:
 * @file: gets the names of the sheets
 *
 * Reads everything but the shared texts and the sheets.
 */
gboolean
kilter_xlsx_parts_read (KilterXlsxParts *self,
                        KilterImportFile *file,
                        KilterArchive *archive,
                        GError **error)
{
  static const KilterXmlHandler handler = { workbook_start, nothing_at_end, NULL };
  g_autoptr (GArray) top = NULL;
  g_autoptr (GArray) relations = NULL;
  Workbook workbook = { self, file, NULL };

  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->formats = g_array_new (FALSE, FALSE, sizeof (guint));
  if (kilter_archive_has (archive, "_rels/.rels"))
    {
      top = read_relations (archive, "", error);
      if (top == NULL)
        return FALSE;
      self->workbook = g_strdup (find_relation (top, "officeDocument"));
    }
  if (self->workbook == NULL)
    self->workbook = g_strdup ("xl/workbook.xml");
  if (g_str_has_suffix (self->workbook, ".bin"))
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_OLD_FORMAT, 0, file->name, NULL, 0);
      return FALSE;
    }
  if (!kilter_archive_has (archive, self->workbook) &&
      (kilter_archive_has (archive, "word/document.xml") ||
       kilter_archive_has (archive, "ppt/presentation.xml")))
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_ARCHIVE, 0, file->name, NULL, 0);
      return FALSE;
    }
  if (!kilter_archive_has (archive, self->workbook))
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_PART, 0, file->name, self->workbook, 0);
      return FALSE;
    }
  relations = read_relations (archive, self->workbook, error);
  if (relations == NULL)
    return FALSE;
  self->strings = g_strdup (find_relation (relations, "sharedStrings"));
  self->styles = g_strdup (find_relation (relations, "styles"));
  workbook.relations = relations;
  return kilter_xml_read_member (archive, self->workbook, &handler, &workbook, error) &&
         read_styles (self, archive, error);
}

/* --- shared texts --- */

typedef struct
{
  KilterXlsxParts *parts;
  const KilterImportFile *file;
  gboolean in_item;
  gboolean in_text;
  guint phonetic; /* how a name is read aloud is no part of it */
} Strings;

static void
strings_start (KilterXml *xml, const char *name, gpointer data)
{
  Strings *self = data;

  if (g_str_equal (name, "si"))
    {
      guint32 offset = self->parts->pool->len;

      g_array_append_val (self->parts->texts, offset);
      self->in_item = TRUE;
    }
  else if (g_str_equal (name, "rPh"))
    self->phonetic++;
  else if (g_str_equal (name, "t"))
    self->in_text = self->in_item && self->phonetic == 0;
}

static void
strings_end (KilterXml *xml, const char *name, gpointer data)
{
  Strings *self = data;

  if (g_str_equal (name, "si"))
    {
      self->in_item = FALSE;
      g_byte_array_append (self->parts->pool, (const guint8 *) "", 1);
      if (self->parts->pool->len > MAX_POOL || self->parts->texts->len > MAX_TEXTS)
        {
          kilter_workbook_fail (xml, self->file, KILTER_IMPORT_FILE_ROWS, KILTER_SHEET_MAX_ROWS);
        }
    }
  else if (g_str_equal (name, "rPh"))
    self->phonetic -= self->phonetic > 0;
  else if (g_str_equal (name, "t"))
    self->in_text = FALSE;
}

static void
strings_text (KilterXml *xml, const char *text, gsize length, gpointer data)
{
  Strings *self = data;
  guint32 start;

  if (!self->in_text)
    return;
  start = g_array_index (self->parts->texts, guint32, self->parts->texts->len - 1);
  if (self->parts->pool->len - start + length > KILTER_WORKBOOK_MAX_TEXT)
    {
      kilter_workbook_fail (xml, self->file, KILTER_IMPORT_FILE_TEXT, KILTER_WORKBOOK_MAX_TEXT / 4);
      return;
    }
  g_byte_array_append (self->parts->pool, (const guint8 *) text, (guint) length);
}

/**
 * kilter_xlsx_parts_read_strings:
 *
 * Reads the texts that cells share; a workbook may have none.
 */
gboolean
kilter_xlsx_parts_read_strings (KilterXlsxParts *self,
                                const KilterImportFile *file,
                                KilterArchive *archive,
                                GError **error)
{
  static const KilterXmlHandler handler = { strings_start, strings_end, strings_text };
  Strings strings = { self, file, FALSE, FALSE, 0 };

  self->pool = g_byte_array_new ();
  self->texts = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (self->strings == NULL)
    return TRUE;
  return kilter_xml_read_member (archive, self->strings, &handler, &strings, error);
}

void
kilter_xlsx_parts_clear (KilterXlsxParts *self)
{
  g_free (self->workbook);
  g_free (self->strings);
  g_free (self->styles);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->formats, g_array_unref);
  g_clear_pointer (&self->pool, g_byte_array_unref);
  g_clear_pointer (&self->texts, g_array_unref);
}
