/* kilter-text.h: bytes of unknown origin to UTF-8
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KILTER_TEXT_MAX_CANDIDATES 8
/* bytes; what a spreadsheet of a million rows needs, and what a reader under its memory limit bears
 */
#define KILTER_TEXT_MAX_BYTES (256 * 1024 * 1024)

/**
 * KilterTextCandidate:
 * @encoding: the name for iconv and for the option --encoding
 * @score: how plausible, 0 to 1
 * @sample: some text of the file read this way, one line of at most 80 characters
 */
typedef struct
{
  const char *encoding;
  double score;
  char *sample;
} KilterTextCandidate;

/**
 * KilterText:
 * @data: (array length=length): UTF-8; may hold NUL bytes; bytes that do not decode are U+FFFD
 * @encoding: how it was read
 * @certain: whether the bytes leave no doubt: a byte order mark, or valid UTF-8
 * @candidates: (array length=n_candidates): by falling score, when not @certain
 * @n_bad: bytes that do not decode
 */
typedef struct
{
  GBytes *bytes;
  const char *data;
  gsize length;
  const char *encoding;
  gboolean certain;
  guint n_candidates;
  KilterTextCandidate candidates[KILTER_TEXT_MAX_CANDIDATES];
  gsize n_bad;
} KilterText;

KilterText *kilter_text_new (GBytes *bytes, const char *encoding, GError **error);
void kilter_text_free (KilterText *self);
const char *const *kilter_text_get_encodings (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterText, kilter_text_free)

G_END_DECLS
