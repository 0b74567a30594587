/* kilter-sign.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "seal/kilter-sign.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define SEED_SIZE crypto_sign_SEEDBYTES
#define PUBLIC_SIZE crypto_sign_PUBLICKEYBYTES
#define SECRET_SIZE crypto_sign_SECRETKEYBYTES
#define SIGNATURE_SIZE crypto_sign_BYTES

struct _KilterSigner
{
  guint8 secret[SECRET_SIZE];
  char public_key[PUBLIC_SIZE * 2 + 1];
};

/* --- the key --- */

static char *
get_path (const char *name)
{
  return g_build_filename (g_get_user_state_dir (), "kilter", "keys", name, NULL);
}

static void
set_error (GError **error, const char *path)
{
  int code = errno;

  /* Translators: a file, and what the system says about it */
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code),
               _ ("The key “%1$s” cannot be used: %2$s"), path, g_strerror (code));
}

/* The seed of a key that nobody else can read. */
static gboolean
read_seed (const char *path, guint8 *seed, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  GStatBuf info;
  gssize got;

  if (fd < 0)
    {
      set_error (error, path);
      return FALSE;
    }
  if (fstat (fd, &info) != 0 || (info.st_mode & 077) != 0)
    {
      close (fd);
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM,
                   _ ("Others can read the key “%s”. Take that permission away, or remove the "
                      "key."),
                   path);
      return FALSE;
    }
  got = read (fd, seed, SEED_SIZE);
  close (fd);
  if (got == SEED_SIZE && info.st_size == SEED_SIZE)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
               _ ("The key “%s” is damaged. Remove it; a new one is made at the next signature."),
               path);
  return FALSE;
}

/* Whole or not at all: what is interrupted leaves no half of a key behind. */
static gboolean
make_seed (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = g_strconcat (path, ".XXXXXX", NULL);
  guint8 seed[SEED_SIZE];
  gboolean ok;
  int fd;

  randombytes_buf (seed, sizeof seed);
  ok = g_mkdir_with_parents (folder, 0700) == 0 && g_chmod (folder, 0700) == 0 &&
       (fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600)) >= 0;
  if (ok)
    {
      ok = write (fd, seed, sizeof seed) == sizeof seed && fsync (fd) == 0;
      ok = close (fd) == 0 && ok;
      /* a key that another process made meanwhile stays */
      ok = ok && (link (temporary, path) == 0 || errno == EEXIST);
      if (!ok)
        set_error (error, path);
      g_unlink (temporary);
    }
  else
    set_error (error, path);
  sodium_memzero (seed, sizeof seed);
  return ok;
}

/**
 * kilter_signer_new:
 *
 * Returns: (transfer full) (nullable): the user's key, which is made when there is none yet
 */
KilterSigner *
kilter_signer_new (GError **error)
{
  g_autofree char *path = get_path ("signing-key");
  guint8 seed[SEED_SIZE], public_key[PUBLIC_SIZE];
  KilterSigner *self;

  if (sodium_init () < 0 || (!g_file_test (path, G_FILE_TEST_EXISTS) && !make_seed (path, error)) ||
      !read_seed (path, seed, error))
    return NULL;
  self = g_new0 (KilterSigner, 1);
  crypto_sign_seed_keypair (public_key, self->secret, seed);
  sodium_bin2hex (self->public_key, sizeof self->public_key, public_key, sizeof public_key);
  sodium_memzero (seed, sizeof seed);
  return self;
}

void
kilter_signer_free (KilterSigner *self)
{
  if (self == NULL)
    return;
  sodium_memzero (self, sizeof *self);
  g_free (self);
}

const char *
kilter_signer_get_public (const KilterSigner *self)
{
  return self->public_key;
}

/* --- signatures --- */

/**
 * kilter_signer_sign:
 *
 * Returns: (transfer full): the signature (Ed25519, RFC 8032), 128 hexadecimal digits
 */
char *
kilter_signer_sign (const KilterSigner *self, const char *text)
{
  guint8 signature[SIGNATURE_SIZE];
  char *hex = g_malloc (SIGNATURE_SIZE * 2 + 1);

  crypto_sign_detached (signature, NULL, (const guint8 *) text, strlen (text), self->secret);
  return sodium_bin2hex (hex, SIGNATURE_SIZE * 2 + 1, signature, sizeof signature);
}

static gboolean
read_hex (const char *hex, guint8 *out, gsize size)
{
  gsize length = 0;

  return hex != NULL && strlen (hex) == size * 2 &&
         sodium_hex2bin (out, size, hex, size * 2, NULL, &length, NULL) == 0 && length == size;
}

/**
 * kilter_signature_verify:
 * @public_key: 64 hexadecimal digits
 * @signature: 128 hexadecimal digits
 *
 * Returns: whether the owner of the key signed that text
 */
gboolean
kilter_signature_verify (const char *public_key, const char *text, const char *signature)
{
  guint8 key[PUBLIC_SIZE], bytes[SIGNATURE_SIZE];

  return sodium_init () >= 0 && read_hex (public_key, key, sizeof key) &&
         read_hex (signature, bytes, sizeof bytes) &&
         crypto_sign_verify_detached (bytes, (const guint8 *) text, strlen (text), key) == 0;
}

/**
 * kilter_key_get_fingerprint:
 *
 * Returns: (transfer full): a key as people compare it
 */
char *
kilter_key_get_fingerprint (const char *public_key)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, public_key, -1);

  return g_strdup_printf ("%.4s %.4s %.4s %.4s", digest, digest + 4, digest + 8, digest + 12);
}

/* --- keys that were seen before --- */

/* Names may hold what key files do not allow. */
static char *
make_key (const char *person)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, person, -1);
}

/**
 * kilter_pin_check:
 * @plan: the plan's UUID
 *
 * Returns: whether a key is the one that this person signed with when this user first saw it
 */
KilterPin
kilter_pin_check (const char *plan, const char *person, const char *public_key)
{
  g_autofree char *path = get_path ("known"), *key = make_key (person), *known = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    known = g_key_file_get_string (file, plan, key, NULL);
  return known == NULL                     ? KILTER_PIN_UNKNOWN
         : g_str_equal (known, public_key) ? KILTER_PIN_SAME
                                           : KILTER_PIN_OTHER;
}

/**
 * kilter_pin_add:
 *
 * Remembers the key of a person, unless one is remembered already. What cannot be written is not
 * remembered; it is seen for the first time again.
 */
void
kilter_pin_add (const char *plan, const char *person, const char *public_key)
{
  g_autofree char *path = get_path ("known"), *folder = get_path (""), *key = make_key (person);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (kilter_pin_check (plan, person, public_key) != KILTER_PIN_UNKNOWN)
    return;
  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  g_key_file_set_string (file, plan, key, public_key);
  g_key_file_set_comment (file, plan, key, person, NULL);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_key_file_save_to_file (file, path, NULL);
}
