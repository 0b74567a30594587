/* kilter-archive.h: members of a ZIP archive of unknown origin, within limits
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a workbook of a million rows needs; more than that is an attack or a mistake. */
#define KILTER_ARCHIVE_MAX_ENTRIES 10000
#define KILTER_ARCHIVE_MAX_BYTES (G_GUINT64_CONSTANT (768) * 1024 * 1024)
/* how many times its size a member may unpack to, once it is larger than RATIO_FROM */
#define KILTER_ARCHIVE_MAX_RATIO 300
#define KILTER_ARCHIVE_RATIO_FROM (G_GUINT64_CONSTANT (16) * 1024 * 1024)

/**
 * KilterArchive:
 *
 * A ZIP archive in memory. Nothing is ever written to a file, so names such as "../x" only name.
 */
typedef struct _KilterArchive KilterArchive;

/**
 * KilterArchiveChunk:
 *
 * Returns: %FALSE to stop reading
 */
typedef gboolean (*KilterArchiveChunk) (const char *data, gsize length, gpointer user_data);

KilterArchive *kilter_archive_open (GBytes *bytes, const char *file_name, GError **error);
void kilter_archive_free (KilterArchive *self);
gboolean kilter_archive_has (const KilterArchive *self, const char *member);
gboolean kilter_archive_read (KilterArchive *self,
                              const char *member,
                              KilterArchiveChunk chunk,
                              gpointer user_data,
                              GError **error);
const char *kilter_archive_get_file_name (const KilterArchive *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterArchive, kilter_archive_free)

G_END_DECLS
