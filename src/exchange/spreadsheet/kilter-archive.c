/* kilter-archive.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/spreadsheet/kilter-archive.h"

#include "exchange/import/kilter-import-private.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

struct _KilterArchive
{
  GBytes *bytes;
  char *file_name;     /* for messages */
  GHashTable *members; /* names, as normal_name() makes them */
  guint64 unpacked;    /* bytes, of all members read so far */
};

typedef struct archive Zip;

static void
zip_free (Zip *zip)
{
  archive_read_free (zip);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Zip, zip_free)

/* Only what the directory at the end names exists: a file that was cut off has none, and bytes
 * between the members are not looked at. */
static Zip *
open_zip (const KilterArchive *self)
{
  g_autoptr (Zip) zip = archive_read_new ();
  gsize length;
  gconstpointer data = g_bytes_get_data (self->bytes, &length);

  if (zip == NULL || archive_read_support_format_zip_seekable (zip) != ARCHIVE_OK ||
      archive_read_open_memory (zip, data, length) != ARCHIVE_OK)
    return NULL;
  return g_steal_pointer (&zip);
}

/* Names of parts differ in case, slashes and a leading slash between the programs that write them.
 */
static char *
normal_name (const char *name)
{
  char *out;

  while (*name == '/' || *name == '\\')
    name++;
  out = g_ascii_strdown (name, -1);
  g_strdelimit (out, "\\", '/');
  return out;
}

static void
set_damaged (const KilterArchive *self, GError **error)
{
  kilter_import_refuse_error (error, KILTER_IMPORT_FILE_DAMAGED, 0, self->file_name, NULL, 0);
}

/**
 * kilter_archive_open:
 * @file_name: of the archive, for messages
 *
 * Returns: (transfer full): the archive, or %NULL with %KILTER_EXCHANGE_ERROR_BAD_FILE when it is
 *   damaged, encrypted, or has too many members
 */
KilterArchive *
kilter_archive_open (GBytes *bytes, const char *file_name, GError **error)
{
  g_autoptr (KilterArchive) self = g_new0 (KilterArchive, 1);
  g_autoptr (Zip) zip = NULL;
  struct archive_entry *entry;
  guint n = 0;
  int status;

  self->bytes = g_bytes_ref (bytes);
  self->file_name = g_strdup (file_name);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  zip = open_zip (self);
  if (zip == NULL)
    {
      set_damaged (self, error);
      return NULL;
    }
  while ((status = archive_read_next_header (zip, &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN)
    {
      const char *name = archive_entry_pathname (entry);

      if (++n > KILTER_ARCHIVE_MAX_ENTRIES)
        {
          kilter_import_refuse_error (error, KILTER_IMPORT_FILE_ENTRIES, 0, file_name, NULL,
                                      KILTER_ARCHIVE_MAX_ENTRIES);
          return NULL;
        }
      if (archive_entry_is_encrypted (entry))
        {
          kilter_import_refuse_error (error, KILTER_IMPORT_FILE_PASSWORD, 0, file_name, NULL, 0);
          return NULL;
        }
      if (name != NULL)
        g_hash_table_add (self->members, normal_name (name));
    }
  if (status != ARCHIVE_EOF || n == 0)
    {
      set_damaged (self, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
kilter_archive_free (KilterArchive *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self->file_name);
  g_hash_table_unref (self->members);
  g_free (self);
}

const char *
kilter_archive_get_file_name (const KilterArchive *self)
{
  return self->file_name;
}

gboolean
kilter_archive_has (const KilterArchive *self, const char *member)
{
  g_autofree char *name = normal_name (member);

  return g_hash_table_contains (self->members, name);
}

/* Whether so many bytes more are still a workbook; @packed: what the whole archive has. */
static gboolean
check_size (KilterArchive *self, guint64 of_member, GError **error)
{
  guint64 packed = g_bytes_get_size (self->bytes);

  if (self->unpacked <= KILTER_ARCHIVE_MAX_BYTES &&
      (of_member <= KILTER_ARCHIVE_RATIO_FROM || of_member / KILTER_ARCHIVE_MAX_RATIO <= packed))
    return TRUE;
  kilter_import_refuse_error (error, KILTER_IMPORT_FILE_UNPACKS, 0, self->file_name, NULL,
                              self->unpacked / 1024 / 1024);
  return FALSE;
}

static gboolean
read_data (KilterArchive *self,
           Zip *zip,
           KilterArchiveChunk chunk,
           gpointer user_data,
           GError **error)
{
  guint64 of_member = 0;

  for (;;)
    {
      const void *data;
      size_t length;
      gint64 offset;
      int status = archive_read_data_block (zip, &data, &length, &offset);

      if (status == ARCHIVE_EOF)
        return TRUE;
      if (status != ARCHIVE_OK)
        {
          set_damaged (self, error);
          return FALSE;
        }
      of_member += length;
      self->unpacked += length;
      if (!check_size (self, of_member, error))
        return FALSE;
      if (length > 0 && !chunk (data, length, user_data))
        return TRUE;
    }
}

/**
 * kilter_archive_read:
 * @chunk: gets the member's bytes, piece by piece
 *
 * Reads one member. Of several with one name it is the first.
 *
 * Returns: %FALSE with %KILTER_EXCHANGE_ERROR_BAD_FILE when there is no such member, when it is
 *   damaged, or when it unpacks to more than the limits
 */
gboolean
kilter_archive_read (KilterArchive *self,
                     const char *member,
                     KilterArchiveChunk chunk,
                     gpointer user_data,
                     GError **error)
{
  g_autofree char *wanted = normal_name (member);
  g_autoptr (Zip) zip = NULL;
  struct archive_entry *entry;
  int status;

  if (!g_hash_table_contains (self->members, wanted))
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_PART, 0, self->file_name, member, 0);
      return FALSE;
    }
  zip = open_zip (self);
  while (zip != NULL && ((status = archive_read_next_header (zip, &entry)) == ARCHIVE_OK ||
                         status == ARCHIVE_WARN))
    {
      const char *name = archive_entry_pathname (entry);
      g_autofree char *normal = name != NULL ? normal_name (name) : NULL;

      if (g_strcmp0 (normal, wanted) == 0)
        return read_data (self, zip, chunk, user_data, error);
    }
  set_damaged (self, error);
  return FALSE;
}
