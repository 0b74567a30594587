/* kilter-seal.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "seal/kilter-seal.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

/* The file, numbers with the lowest byte first:
 *
 *   at   0  8  "KILTSEAL"
 *   at   8  4  version, 1
 *   at  12  4  passes of Argon2id
 *   at  16  4  its memory in KiB
 *   at  20 16  its salt
 *   at  36  8  bytes of the content
 *   at  44 24  header of the stream
 *   at  68 32  BLAKE2b of all before, keyed with the second half of what Argon2id gives
 *   at 100     chunks: 64 KiB of content each, the last one what is left, and 17 bytes more
 *
 * The chunks are libsodium's secretstream (XChaCha20-Poly1305): each authenticates its place, all
 * before it, and the header of the file; the last one is marked as such. */
#define MAGIC "KILTSEAL"
#define VERSION 1
#define AT_VERSION 8
#define AT_PASSES 12
#define AT_MEMORY 16
#define AT_SALT 20
#define AT_LENGTH 36
#define AT_STREAM 44
#define AT_MAC 68
#define HEADER_SIZE 100
#define CHUNK (64 * 1024)
#define EXTRA crypto_secretstream_xchacha20poly1305_ABYTES
#define KEY_SIZE crypto_secretstream_xchacha20poly1305_KEYBYTES
#define MAC_SIZE 32

/* What a file may ask for: a stranger's file does not get the machine's memory, nor an hour of it.
 */
#define MAX_PASSES 16
#define MIN_MEMORY (8 * 1024)
#define MAX_MEMORY (1024 * 1024)
#define MAX_CONTENT (G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024)

G_STATIC_ASSERT (crypto_pwhash_SALTBYTES == AT_LENGTH - AT_SALT);
G_STATIC_ASSERT (crypto_secretstream_xchacha20poly1305_HEADERBYTES == AT_MAC - AT_STREAM);

G_DEFINE_QUARK (kilter - seal - error - quark, kilter_seal_error)

static gboolean
refuse (GError **error, KilterSealError code)
{
  static const char *const texts[] = {
    [KILTER_SEAL_ERROR_FAILED] = N_ ("There is not enough memory for the key of the file."),
    [KILTER_SEAL_ERROR_NOT_SEALED] = N_ ("This is not a sealed file."),
    [KILTER_SEAL_ERROR_TOO_NEW] = N_ ("This file was sealed by a newer version of Kilter."),
    [KILTER_SEAL_ERROR_PASSWORD] = N_ ("The password is not the one that the file was sealed with "
                                       "(or the beginning of the file was altered)."),
    [KILTER_SEAL_ERROR_TRUNCATED] = N_ ("The file is cut off: its end is missing. Ask for it "
                                        "again."),
    [KILTER_SEAL_ERROR_ALTERED] = N_ ("The file was altered after it was sealed. Ask for it "
                                      "again."),
  };

  g_set_error_literal (error, KILTER_SEAL_ERROR, (int) code, _ (texts[code]));
  return FALSE;
}

static gboolean
start (GError **error)
{
  return sodium_init () >= 0 || refuse (error, KILTER_SEAL_ERROR_FAILED);
}

static void
put (guint8 *header, int at, guint64 value, int n)
{
  for (int i = 0; i < n; i++)
    header[at + i] = (guint8) (value >> (8 * i));
}

static guint64
get (const guint8 *header, int at, int n)
{
  guint64 value = 0;

  for (int i = n - 1; i >= 0; i--)
    value = value << 8 | header[at + i];
  return value;
}

/* --- keys --- */

/* @key: the stream's, and behind it the header's */
static gboolean
derive (const guint8 *header, const char *password, guint8 *key, GError **error)
{
  return crypto_pwhash (key, KEY_SIZE + MAC_SIZE, password, strlen (password), header + AT_SALT,
                        get (header, AT_PASSES, 4), (gsize) get (header, AT_MEMORY, 4) * 1024,
                        crypto_pwhash_ALG_ARGON2ID13) == 0 ||
         refuse (error, KILTER_SEAL_ERROR_FAILED);
}

static void
authenticate (const guint8 *header, const guint8 *key, guint8 *mac)
{
  crypto_generichash (mac, MAC_SIZE, header, AT_MAC, key + KEY_SIZE, MAC_SIZE);
}

/**
 * kilter_seal_forget:
 * @password: (nullable) (transfer full): wiped before it is freed
 */
void
kilter_seal_forget (char *password)
{
  if (password != NULL)
    sodium_memzero (password, strlen (password));
  g_free (password);
}

/* --- looking --- */

gboolean
kilter_seal_is_sealed (gconstpointer data, gsize size)
{
  return size >= strlen (MAGIC) && memcmp (data, MAGIC, strlen (MAGIC)) == 0;
}

/**
 * kilter_seal_is_sealed_file:
 *
 * Returns: whether a file begins like a sealed one; it is then refused or opened as such
 */
gboolean
kilter_seal_is_sealed_file (GFile *file)
{
  char start[sizeof MAGIC];
  gsize length = 0;
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, NULL);

  return input != NULL &&
         g_input_stream_read_all (G_INPUT_STREAM (input), start, strlen (MAGIC), &length, NULL,
                                  NULL) &&
         kilter_seal_is_sealed (start, length);
}

/* --- sealing --- */

static gsize
count_chunks (guint64 length)
{
  return length == 0 ? 1 : (gsize) ((length + CHUNK - 1) / CHUNK);
}

/**
 * kilter_seal_close:
 * @plain: what is sealed
 * @password: whoever has it can open the file, and nobody else
 *
 * Seals bytes: the key is made from the password by Argon2id, the content goes into the
 * XChaCha20-Poly1305 stream of libsodium.
 *
 * Returns: (transfer full) (nullable): the sealed file
 */
GBytes *
kilter_seal_close (GBytes *plain, const char *password, KilterSealStrength strength, GError **error)
{
  gsize length;
  const guint8 *content = g_bytes_get_data (plain, &length);
  gsize n = count_chunks (length), size = HEADER_SIZE + length + n * EXTRA;
  crypto_secretstream_xchacha20poly1305_state state;
  guint8 key[KEY_SIZE + MAC_SIZE];
  guint8 *sealed, *at;

  if (!start (error))
    return NULL;
  sealed = g_malloc0 (size);
  memcpy (sealed, MAGIC, strlen (MAGIC));
  put (sealed, AT_VERSION, VERSION, 4);
  put (sealed, AT_PASSES, strength == KILTER_SEAL_NORMAL ? crypto_pwhash_OPSLIMIT_MODERATE : 1, 4);
  put (sealed, AT_MEMORY,
       strength == KILTER_SEAL_NORMAL ? crypto_pwhash_MEMLIMIT_MODERATE / 1024 : MIN_MEMORY, 4);
  randombytes_buf (sealed + AT_SALT, crypto_pwhash_SALTBYTES);
  put (sealed, AT_LENGTH, length, 8);
  if (!derive (sealed, password, key, error))
    {
      g_free (sealed);
      return NULL;
    }
  crypto_secretstream_xchacha20poly1305_init_push (&state, sealed + AT_STREAM, key);
  authenticate (sealed, key, sealed + AT_MAC);
  at = sealed + HEADER_SIZE;
  for (gsize i = 0; i < n; i++)
    {
      gsize taken = MIN (length - i * CHUNK, CHUNK);

      crypto_secretstream_xchacha20poly1305_push (
        &state, at, NULL, content != NULL ? content + i * CHUNK : (const guint8 *) "", taken,
        sealed, HEADER_SIZE,
        i + 1 == n ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                   : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
      at += taken + EXTRA;
    }
  sodium_memzero (key, sizeof key);
  sodium_memzero (&state, sizeof state);
  return g_bytes_new_take (sealed, size);
}

/* --- opening --- */

static gboolean
check_header (const guint8 *data, gsize size, GError **error)
{
  if (!kilter_seal_is_sealed (data, size))
    return refuse (error, KILTER_SEAL_ERROR_NOT_SEALED);
  if (size < HEADER_SIZE)
    return refuse (error, KILTER_SEAL_ERROR_TRUNCATED);
  if (get (data, AT_VERSION, 4) != VERSION)
    return refuse (error, KILTER_SEAL_ERROR_TOO_NEW);
  if (get (data, AT_PASSES, 4) < 1 || get (data, AT_PASSES, 4) > MAX_PASSES ||
      get (data, AT_MEMORY, 4) < MIN_MEMORY || get (data, AT_MEMORY, 4) > MAX_MEMORY ||
      get (data, AT_LENGTH, 8) > MAX_CONTENT)
    return refuse (error, KILTER_SEAL_ERROR_ALTERED);
  return TRUE;
}

/* The header is what was sealed: now its length can be believed. */
static gboolean
check_length (const guint8 *data, gsize size, GError **error)
{
  guint64 length = get (data, AT_LENGTH, 8);
  guint64 whole = HEADER_SIZE + length + count_chunks (length) * EXTRA;

  if (size < whole)
    return refuse (error, KILTER_SEAL_ERROR_TRUNCATED);
  return size == whole || refuse (error, KILTER_SEAL_ERROR_ALTERED);
}

static gboolean
open_chunks (const guint8 *data, const guint8 *key, guint8 *plain, GError **error)
{
  guint64 length = get (data, AT_LENGTH, 8);
  gsize n = count_chunks (length);
  const guint8 *at = data + HEADER_SIZE;
  crypto_secretstream_xchacha20poly1305_state state;
  gboolean ok = crypto_secretstream_xchacha20poly1305_init_pull (&state, data + AT_STREAM, key) ==
                0;

  for (gsize i = 0; ok && i < n; i++)
    {
      gsize taken = (gsize) MIN (length - i * CHUNK, CHUNK);
      unsigned char tag;

      ok = crypto_secretstream_xchacha20poly1305_pull (&state, plain + i * CHUNK, NULL, &tag, at,
                                                       taken + EXTRA, data, HEADER_SIZE) == 0 &&
           (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) == (i + 1 == n);
      at += taken + EXTRA;
    }
  sodium_memzero (&state, sizeof state);
  return ok || refuse (error, KILTER_SEAL_ERROR_ALTERED);
}

/**
 * kilter_seal_open:
 * @sealed: a file that anybody may have made
 *
 * Opens what kilter_seal_close() made. Nothing is given out unless all of it is what was sealed.
 *
 * Returns: (transfer full) (nullable): the content
 */
GBytes *
kilter_seal_open (GBytes *sealed, const char *password, GError **error)
{
  gsize size, length;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  guint8 key[KEY_SIZE + MAC_SIZE], mac[MAC_SIZE];
  g_autofree guint8 *plain = NULL;
  gboolean ok;

  if (!start (error) || !check_header (data, size, error) || !derive (data, password, key, error))
    return NULL;
  authenticate (data, key, mac);
  if (sodium_memcmp (mac, data + AT_MAC, MAC_SIZE) != 0)
    ok = refuse (error, KILTER_SEAL_ERROR_PASSWORD);
  else
    ok = check_length (data, size, error);
  if (ok)
    {
      length = (gsize) get (data, AT_LENGTH, 8);
      plain = g_malloc (MAX (length, 1));
      ok = open_chunks (data, key, plain, error);
      if (!ok)
        sodium_memzero (plain, length);
    }
  sodium_memzero (key, sizeof key);
  return ok ? g_bytes_new_take (g_steal_pointer (&plain), length) : NULL;
}

/* --- files --- */

/**
 * kilter_seal_open_file: kilter_seal_open() of what a file holds
 *
 * Takes as long as a password is made to take: not for the main thread.
 *
 * Returns: (transfer full) (nullable): what was sealed, or %NULL with an error
 */
GBytes *
kilter_seal_open_file (GFile *file, const char *password, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) sealed = g_file_load_bytes (file, cancellable, NULL, error);

  return sealed != NULL ? kilter_seal_open (sealed, password, error) : NULL;
}

/**
 * kilter_seal_write_file:
 * @plain: what is sealed
 * @password: (nullable): %NULL writes @plain as it is
 *
 * Writes a file that is sent to somebody: nobody else of this computer may read it. Not for the
 * main thread.
 *
 * Returns: whether the file is written; else it is as it was, and there is an error
 */
gboolean
kilter_seal_write_file (GFile *file,
                        GBytes *plain,
                        const char *password,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GBytes) bytes = password != NULL
                               ? kilter_seal_close (plain, password, KILTER_SEAL_NORMAL, error)
                               : g_bytes_ref (plain);
  gsize size;
  const char *content = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return content != NULL &&
         g_file_replace_contents (file, content, size, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                  cancellable, error);
}
