/* kilter-seal.h: bytes sealed with a password
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KILTER_SEAL_SUFFIX ".kilter-sealed"
#define KILTER_SEAL_TYPE "application/vnd.kilter.sealed"

/* A password is at least this long, in characters. */
#define KILTER_SEAL_MIN_PASSWORD 8

#define KILTER_SEAL_ERROR (kilter_seal_error_quark ())

/**
 * KilterSealError:
 * @KILTER_SEAL_ERROR_FAILED: anything else: no memory for the key
 * @KILTER_SEAL_ERROR_NOT_SEALED: no sealed file at all
 * @KILTER_SEAL_ERROR_TOO_NEW: sealed in a way that this Kilter does not know
 * @KILTER_SEAL_ERROR_PASSWORD: the password is wrong, or the file's beginning was altered: the two
 *   cannot be told apart
 * @KILTER_SEAL_ERROR_TRUNCATED: the file is cut off
 * @KILTER_SEAL_ERROR_ALTERED: something in the file is not what was sealed, or not where it was
 */
typedef enum
{
  KILTER_SEAL_ERROR_FAILED,
  KILTER_SEAL_ERROR_NOT_SEALED,
  KILTER_SEAL_ERROR_TOO_NEW,
  KILTER_SEAL_ERROR_PASSWORD,
  KILTER_SEAL_ERROR_TRUNCATED,
  KILTER_SEAL_ERROR_ALTERED,
} KilterSealError;
GQuark kilter_seal_error_quark (void);

/**
 * KilterSealStrength:
 * @KILTER_SEAL_NORMAL: three passes over 256 MiB, as libsodium calls moderate
 * @KILTER_SEAL_QUICK: one pass over 8 MiB, for tests
 */
typedef enum
{
  KILTER_SEAL_NORMAL,
  KILTER_SEAL_QUICK,
} KilterSealStrength;

gboolean kilter_seal_is_sealed (gconstpointer data, gsize size);
gboolean kilter_seal_is_sealed_file (GFile *file);
GBytes *kilter_seal_close (GBytes *plain,
                           const char *password,
                           KilterSealStrength strength,
                           GError **error);
GBytes *kilter_seal_open (GBytes *sealed, const char *password, GError **error);
GBytes *kilter_seal_open_file (GFile *file,
                               const char *password,
                               GCancellable *cancellable,
                               GError **error);
gboolean kilter_seal_write_file (GFile *file,
                                 GBytes *plain,
                                 const char *password,
                                 GCancellable *cancellable,
                                 GError **error);

/* wipes and frees a password */
void kilter_seal_forget (char *password);

G_END_DECLS
