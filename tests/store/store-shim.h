/* store-shim.h: a file system under SQLite that tests may watch and disturb
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct
{
  sqlite3_file base;
  const char *path; /* as SQLite gave it; NULL: temporary */
  sqlite3_file *real;
} ShimFile;

/**
 * ShimHooks:
 * @read: before a read
 * @write: before a write
 * @truncate: before a truncation
 * @sync: before a sync
 * @opened: after a file was opened
 * @deleted: before a file is deleted; whether its folder is synced
 *
 * What a test wants to be asked; each may be %NULL. A result other than %SQLITE_OK is what SQLite
 * gets instead of the call.
 */
typedef struct
{
  int (*read) (ShimFile *file);
  int (*write) (ShimFile *file, const void *data, int n, sqlite3_int64 at);
  int (*truncate) (ShimFile *file, sqlite3_int64 size);
  int (*sync) (ShimFile *file);
  void (*opened) (ShimFile *file);
  void (*deleted) (const char *path, gboolean synced);
} ShimHooks;

void shim_install (const ShimHooks *hooks);
int shim_write_real (ShimFile *file, const void *data, int n, sqlite3_int64 at);

G_END_DECLS
