/* store-shim.c: a file system under SQLite that tests may watch and disturb
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-shim.h"

static const ShimHooks *hooks;
static sqlite3_vfs shim;
static sqlite3_vfs *real_vfs;

#define REAL(file) (((ShimFile *) (file))->real)

static int
shim_close (sqlite3_file *file)
{
  return REAL (file)->pMethods->xClose (REAL (file));
}

static int
shim_read (sqlite3_file *file, void *data, int n, sqlite3_int64 at)
{
  int result = hooks->read != NULL ? hooks->read ((ShimFile *) file) : SQLITE_OK;

  return result != SQLITE_OK ? result : REAL (file)->pMethods->xRead (REAL (file), data, n, at);
}

static int
shim_write (sqlite3_file *file, const void *data, int n, sqlite3_int64 at)
{
  int result = hooks->write != NULL ? hooks->write ((ShimFile *) file, data, n, at) : SQLITE_OK;

  return result != SQLITE_OK ? result : shim_write_real ((ShimFile *) file, data, n, at);
}

static int
shim_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int result = hooks->truncate != NULL ? hooks->truncate ((ShimFile *) file, size) : SQLITE_OK;

  return result != SQLITE_OK ? result : REAL (file)->pMethods->xTruncate (REAL (file), size);
}

static int
shim_sync (sqlite3_file *file, int flags)
{
  int result = hooks->sync != NULL ? hooks->sync ((ShimFile *) file) : SQLITE_OK;

  return result != SQLITE_OK ? result : REAL (file)->pMethods->xSync (REAL (file), flags);
}

static int
shim_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return REAL (file)->pMethods->xFileSize (REAL (file), size);
}

static int
shim_lock (sqlite3_file *file, int level)
{
  return REAL (file)->pMethods->xLock (REAL (file), level);
}

static int
shim_unlock (sqlite3_file *file, int level)
{
  return REAL (file)->pMethods->xUnlock (REAL (file), level);
}

static int
shim_check_lock (sqlite3_file *file, int *out)
{
  return REAL (file)->pMethods->xCheckReservedLock (REAL (file), out);
}

static int
shim_control (sqlite3_file *file, int what, void *argument)
{
  return REAL (file)->pMethods->xFileControl (REAL (file), what, argument);
}

static int
shim_sector (sqlite3_file *file)
{
  return REAL (file)->pMethods->xSectorSize (REAL (file));
}

static int
shim_device (sqlite3_file *file)
{
  return REAL (file)->pMethods->xDeviceCharacteristics (REAL (file));
}

static int
shim_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
  return REAL (file)->pMethods->xShmMap (REAL (file), page, size, extend, out);
}

static int
shim_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return REAL (file)->pMethods->xShmLock (REAL (file), offset, n, flags);
}

static void
shim_shm_barrier (sqlite3_file *file)
{
  REAL (file)->pMethods->xShmBarrier (REAL (file));
}

static int
shim_shm_unmap (sqlite3_file *file, int delete)
{
  return REAL (file)->pMethods->xShmUnmap (REAL (file), delete);
}

static const sqlite3_io_methods methods = {
  2,           shim_close,   shim_read,     shim_write,       shim_truncate,  shim_sync,
  shim_size,   shim_lock,    shim_unlock,   shim_check_lock,  shim_control,   shim_sector,
  shim_device, shim_shm_map, shim_shm_lock, shim_shm_barrier, shim_shm_unmap, NULL,
  NULL,
};

static int
shim_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  ShimFile *self = (ShimFile *) file;
  int result;

  self->base.pMethods = NULL;
  self->path = name; /* SQLite keeps it while the file is open */
  self->real = (sqlite3_file *) (self + 1);
  result = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  if (self->real->pMethods != NULL)
    self->base.pMethods = &methods;
  if (result == SQLITE_OK && hooks->opened != NULL)
    hooks->opened (self);
  return result;
}

static int
shim_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  if (hooks->deleted != NULL)
    hooks->deleted (name, sync != 0);
  return real_vfs->xDelete (real_vfs, name, sync);
}

/* From now on every file of SQLite goes through here. May be called again with other hooks. */
void
shim_install (const ShimHooks *new_hooks)
{
  hooks = new_hooks;
  if (real_vfs != NULL)
    return;
  real_vfs = sqlite3_vfs_find (NULL);
  shim = *real_vfs;
  shim.zName = "shim";
  shim.szOsFile = (int) sizeof (ShimFile) + real_vfs->szOsFile;
  shim.xOpen = shim_open;
  shim.xDelete = shim_delete;
  shim.pNext = NULL;
  g_assert_cmpint (sqlite3_vfs_register (&shim, 1), ==, SQLITE_OK);
}

/* What the real file system does with a write; for hooks that do half of it. */
int
shim_write_real (ShimFile *file, const void *data, int n, sqlite3_int64 at)
{
  return REAL (file)->pMethods->xWrite (REAL (file), data, n, at);
}
