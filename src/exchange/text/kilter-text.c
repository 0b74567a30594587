/* kilter-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/text/kilter-text.h"

#include <errno.h>
#include <string.h>

/* text looked at to tell encodings apart: only lines that are not ASCII count */
#define EVIDENCE_BYTES (64 * 1024)
#define SAMPLE_CHARACTERS 80

static const char *const encodings[] = { "UTF-8",
                                         "UTF-16LE",
                                         "UTF-16BE",
                                         "UTF-32LE",
                                         "UTF-32BE",
                                         "GB18030",
                                         "WINDOWS-1258",
                                         "WINDOWS-1252",
                                         "WINDOWS-1250",
                                         "WINDOWS-1251",
                                         "BIG5",
                                         "SHIFT_JIS",
                                         NULL };

/* those that bytes which are not Unicode may be; ties go to the first */
static const char *const legacy[] = {
  "GB18030", "WINDOWS-1252", "WINDOWS-1258", "BIG5", "SHIFT_JIS",
};

typedef enum
{
  UTF8_VALID,
  UTF8_DAMAGED, /* mostly UTF-8, with a few bytes that are not */
  UTF8_NOT,
} Utf8State;

/* Bytes that begin a character of several bytes. */
static gsize
count_multibyte (const char *from, const char *to)
{
  gsize n = 0;

  for (; from < to; from++)
    n += ((guchar) *from & 0xC0) == 0xC0;
  return n;
}

/* NUL bytes are left to the reader of the rows. */
static Utf8State
examine_utf8 (const char *data, gsize length, gsize *out_bad)
{
  const char *at = data, *end = data + length;
  gsize bad = 0, good = 0;

  while (at < end)
    {
      const char *stop;

      if (g_utf8_validate_len (at, (gsize) (end - at), &stop))
        {
          if (bad > 0)
            good += count_multibyte (at, end);
          break;
        }
      if (*stop == '\0')
        {
          good += count_multibyte (at, stop);
          at = stop + 1;
          continue;
        }
      good += count_multibyte (at, stop);
      bad++;
      at = stop + 1;
      /* hopeless: this is another encoding */
      if (bad > 1000 && bad * 10 > good)
        return UTF8_NOT;
    }
  *out_bad = bad;
  if (bad == 0)
    return UTF8_VALID;
  return good >= bad * 10 ? UTF8_DAMAGED : UTF8_NOT;
}

/* Copies @data and puts U+FFFD where a byte does not belong. */
static GString *
repair_utf8 (const char *data, gsize length)
{
  GString *out = g_string_sized_new (length + 64);
  const char *at = data, *end = data + length;

  while (at < end)
    {
      const char *stop;
      gboolean valid = g_utf8_validate_len (at, (gsize) (end - at), &stop);

      g_string_append_len (out, at, stop - at);
      if (valid)
        break;
      if (*stop == '\0')
        g_string_append_c (out, '\0');
      else
        g_string_append (out, "\357\277\275");
      at = stop + 1;
    }
  return out;
}

/* Converts all of @data; what does not decode becomes U+FFFD. NULL without such an encoding. */
static GString *
convert (const char *data, gsize length, const char *encoding, gsize *out_bad)
{
  GIConv iconv = g_iconv_open ("UTF-8", encoding);
  gboolean wide = g_str_has_prefix (encoding, "UTF-16") || g_str_has_prefix (encoding, "UTF-32");
  gsize step = g_str_has_prefix (encoding, "UTF-32") ? 4 : wide ? 2 : 1;
  char *in = (char *) data;
  gsize in_left = length;
  GString *out;

  *out_bad = 0;
  if (iconv == (GIConv) -1)
    return NULL;
  out = g_string_sized_new (MIN (length + length / 2 + 16, KILTER_TEXT_MAX_BYTES));
  while (in_left > 0)
    {
      char buffer[16384];
      char *to = buffer;
      gsize to_left = sizeof buffer;
      gsize result = g_iconv (iconv, &in, &in_left, &to, &to_left);
      int code = errno;

      g_string_append_len (out, buffer, to - buffer);
      if (result != (gsize) -1 || code == E2BIG)
        continue;
      /* EILSEQ, or EINVAL for a character cut off at the end */
      g_string_append (out, "\357\277\275");
      (*out_bad)++;
      in += MIN (step, in_left);
      in_left -= MIN (step, in_left);
      g_iconv (iconv, NULL, NULL, NULL, NULL);
    }
  {
    char buffer[64];
    char *to = buffer;
    gsize to_left = sizeof buffer;

    /* what a converter of combining marks still holds */
    g_iconv (iconv, NULL, NULL, &to, &to_left);
    g_string_append_len (out, buffer, to - buffer);
  }
  g_iconv_close (iconv);
  return out;
}

/* A byte order mark. */
static const char *
find_mark (const guchar *data, gsize length, gsize *out_skip)
{
  static const struct
  {
    const char *mark;
    gsize length;
    const char *encoding;
  } marks[] = {
    { "\357\273\277", 3, "UTF-8" },    { "\377\376\0\0", 4, "UTF-32LE" },
    { "\0\0\376\377", 4, "UTF-32BE" }, { "\377\376", 2, "UTF-16LE" },
    { "\376\377", 2, "UTF-16BE" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length >= marks[i].length && memcmp (data, marks[i].mark, marks[i].length) == 0)
      {
        *out_skip = marks[i].length;
        return marks[i].encoding;
      }
  *out_skip = 0;
  return NULL;
}

/* UTF-16 without a mark: separators, digits and line ends have one byte that is 0. */
static const char *
guess_utf16 (const guchar *data, gsize length)
{
  gsize n = MIN (length, 4096) & ~(gsize) 1;
  gsize even = 0, odd = 0;

  if (n < 4)
    return NULL;
  for (gsize i = 0; i < n; i += 2)
    {
      even += data[i] == 0;
      odd += data[i + 1] == 0;
    }
  if (odd * 5 > n / 2 && even * 20 < n / 2)
    return "UTF-16LE";
  if (even * 5 > n / 2 && odd * 20 < n / 2)
    return "UTF-16BE";
  return NULL;
}

/* The lines that are not ASCII, as far as they are needed to decide. */
static GString *
collect_evidence (const char *data, gsize length)
{
  GString *out = g_string_new (NULL);
  const char *end = data + length;

  for (const char *line = data; line < end && out->len < EVIDENCE_BYTES;)
    {
      const char *stop = line;
      gboolean high = FALSE;

      while (stop < end && *stop != '\n' && *stop != '\r' && stop - line < 4096)
        high |= (guchar) *stop++ >= 0x80;
      if (high)
        {
          g_string_append_len (out, line, stop - line);
          g_string_append_c (out, '\n');
        }
      line = stop;
      while (line < end && (*line == '\n' || *line == '\r'))
        line++;
    }
  return out;
}

/* Double-byte encodings: how much of the text is made of the characters of everyday use. */
static double
score_double_byte (const GString *evidence, const char *encoding)
{
  double score = 0;
  gsize n = 0;
  const guchar *at = (const guchar *) evidence->str;
  const guchar *end = at + evidence->len;

  while (at < end)
    {
      guchar lead = at[0], trail = at + 1 < end ? at[1] : 0;

      if (lead < 0x80)
        {
          at++;
          continue;
        }
      n++;
      if (g_str_equal (encoding, "GB18030"))
        {
          gboolean four = trail >= 0x30 && trail <= 0x39;

          if (four)
            score += 0.5;
          else if (trail >= 0xA1)
            score += lead >= 0xB0 && lead <= 0xD7   ? 1.0 /* level 1: the 3755 commonest */
                     : lead >= 0xA1 && lead <= 0xA9 ? 0.8 /* punctuation, full-width forms */
                     : lead >= 0xD8 && lead <= 0xF7 ? 0.6
                                                    : 0.2;
          else
            score += 0.2;
          at += four ? 4 : 2;
        }
      else if (g_str_equal (encoding, "BIG5"))
        {
          score += lead >= 0xA4 && lead <= 0xC6 ? 0.9 : lead >= 0xA1 && lead <= 0xA3 ? 0.6 : 0.3;
          at += 2;
        }
      else
        {
          if (lead >= 0xA1 && lead <= 0xDF)
            {
              /* half-width katakana: valid almost anywhere, hence no evidence */
              score += 0.1;
              at++;
              continue;
            }
          score += lead == 0x82 || lead == 0x83 ? 1.0 : lead >= 0x88 && lead <= 0x97 ? 0.9 : 0.3;
          at += 2;
        }
    }
  return n > 0 ? score / (double) n : 0;
}

/* Single-byte Latin: how well the accented letters suit the languages of the encoding. */
static double
score_latin (const char *text, gboolean vietnamese)
{
  static const char western[] = "àâäáåæçéèêëîïíìôöóòœùûüúñßÿãõøÀÂÄÁÅÆÇÉÈÊËÎÏÍÔÖÓŒÙÛÜÚÑØ";
  static const char own[] = "ăđơưĂĐƠƯ₫";
  double score = 0;
  gsize n = 0;
  gunichar before = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gunichar parent = before;

      before = c;
      if (c < 0x80)
        continue;
      n++;
      if (vietnamese && ((c >= 0x1EA0 && c <= 0x1EF9) || g_utf8_strchr (own, -1, c) != NULL))
        score += 1.0;
      else if (g_unichar_ismark (c) || c == 0xFFFD)
        score += 0;
      else if (g_utf8_strchr (western, -1, c) != NULL)
        /* two accented letters in a row, or a capital behind a small letter, are rare */
        score += parent >= 0xC0 && g_unichar_isalpha (parent)          ? 0.3
                 : g_unichar_isupper (c) && g_unichar_islower (parent) ? 0.2
                                                                       : 0.75;
      else if (g_unichar_isalpha (c))
        score += 0.15;
      else
        score += c == 0xA0 || c == 0x20AC || c == 0xA3 || c == 0xB0 || (c >= 0x2013 && c <= 0x201E)
                   ? 0.7
                   : 0.3;
    }
  return n > 0 ? score / (double) n : 0;
}

/* The first words that are not ASCII. */
static char *
make_sample (const char *text)
{
  const char *line = text, *end;
  GString *out = g_string_new (NULL);
  int n = 0;

  while (*line == '\n')
    line++;
  end = strchr (line, '\n');
  if (end == NULL)
    end = line + strlen (line);
  for (const char *at = line; at < end && n < SAMPLE_CHARACTERS; at = g_utf8_next_char (at), n++)
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (out, g_unichar_isprint (c) ? c : ' ');
    }
  return g_string_free (out, FALSE);
}

static int
compare_candidates (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const KilterTextCandidate *x = a, *y = b;

  return x->score > y->score ? -1 : x->score < y->score ? 1 : 0;
}

static void
find_candidates (KilterText *self, const char *data, gsize length)
{
  g_autoptr (GString) evidence = collect_evidence (data, length);

  for (gsize i = 0; i < G_N_ELEMENTS (legacy); i++)
    {
      KilterTextCandidate *candidate = &self->candidates[self->n_candidates];
      gboolean latin = g_str_has_prefix (legacy[i], "WINDOWS");
      g_autoptr (GString) text = NULL;
      g_autofree char *composed = NULL;
      gsize bad;
      double score;

      text = convert (evidence->str, evidence->len, legacy[i], &bad);
      if (text == NULL || (bad > 0 && !latin) || strlen (text->str) != text->len)
        continue;
      composed = g_utf8_normalize (text->str, -1, G_NORMALIZE_DEFAULT_COMPOSE);
      if (composed == NULL)
        continue;
      score = latin ? score_latin (composed, g_str_equal (legacy[i], "WINDOWS-1258"))
                    : score_double_byte (evidence, legacy[i]);
      if (score < 0.25 && !g_str_equal (legacy[i], "WINDOWS-1252"))
        continue;
      candidate->encoding = legacy[i];
      candidate->score = score;
      candidate->sample = make_sample (composed);
      self->n_candidates++;
    }
  /* a stable sort: ties stay in the order of the list above */
  g_sort_array (self->candidates, self->n_candidates, sizeof *self->candidates, compare_candidates,
                NULL);
}

static void
take_string (KilterText *self, GString *text)
{
  self->length = text->len;
  self->bytes = g_string_free_to_bytes (text);
  self->data = g_bytes_get_data (self->bytes, NULL);
}

static gboolean
decode_as (KilterText *self, const char *data, gsize length, const char *encoding, GError **error)
{
  GString *text = convert (data, length, encoding, &self->n_bad);

  if (text == NULL)
    {
      g_set_error (error, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION,
                   "no conversion from %s to UTF-8", encoding);
      return FALSE;
    }
  self->encoding = g_intern_string (encoding);
  take_string (self, text);
  return TRUE;
}

static void
decode_utf8 (KilterText *self, GBytes *bytes, gsize skip, gsize bad)
{
  const char *data = g_bytes_get_data (bytes, NULL);
  gsize length = g_bytes_get_size (bytes);

  self->encoding = "UTF-8";
  self->n_bad = bad;
  if (bad > 0)
    {
      take_string (self, repair_utf8 (data + skip, length - skip));
      return;
    }
  self->bytes = g_bytes_ref (bytes);
  self->data = data + skip;
  self->length = length - skip;
}

/**
 * kilter_text_new:
 * @bytes: a file
 * @encoding: (nullable): how to read it, %NULL to find out
 *
 * Decodes text. In this order: a byte order mark; UTF-8, if all bytes fit (or nearly all: then the
 * few others become U+FFFD); UTF-16 without a mark; otherwise the likeliest of the encodings that
 * programs in Chinese, Vietnamese and western languages write, and the result is not certain.
 *
 * Complexity: linear. UTF-8 is not copied.
 *
 * Returns: (transfer full): the text, or %NULL with %G_CONVERT_ERROR for an unknown encoding
 */
KilterText *
kilter_text_new (GBytes *bytes, const char *encoding, GError **error)
{
  g_autoptr (KilterText) self = g_new0 (KilterText, 1);
  gsize length, skip, bad = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *mark;
  Utf8State state;

  self->certain = TRUE;
  if (length == 0)
    {
      decode_utf8 (self, bytes, 0, 0);
      return g_steal_pointer (&self);
    }

  mark = find_mark ((const guchar *) data, length, &skip);
  if (encoding != NULL && g_ascii_strcasecmp (encoding, "UTF-8") != 0 &&
      g_ascii_strcasecmp (encoding, "UTF8") != 0)
    {
      /* a mark of another encoding is text in the one that was asked for */
      if (mark == NULL || g_ascii_strncasecmp (encoding, mark, strlen (encoding)) != 0)
        skip = 0;
      else
        encoding = mark;
      if (!decode_as (self, data + skip, length - skip, encoding, error))
        return NULL;
      return g_steal_pointer (&self);
    }
  if (mark != NULL && !g_str_equal (mark, "UTF-8") && encoding == NULL)
    {
      if (!decode_as (self, data + skip, length - skip, mark, error))
        return NULL;
      return g_steal_pointer (&self);
    }
  if (mark != NULL && !g_str_equal (mark, "UTF-8"))
    skip = 0;

  if (mark == NULL && encoding == NULL)
    {
      const char *utf16 = guess_utf16 ((const guchar *) data, length);

      if (utf16 != NULL)
        {
          if (!decode_as (self, data, length, utf16, error))
            return NULL;
          return g_steal_pointer (&self);
        }
    }

  state = examine_utf8 (data + skip, length - skip, &bad);
  if (state != UTF8_NOT || encoding != NULL || mark != NULL)
    {
      if (state == UTF8_NOT)
        bad = 1; /* was asked for, or marked, but is not: everything else is shown as bad */
      decode_utf8 (self, bytes, skip, bad);
      return g_steal_pointer (&self);
    }

  self->certain = FALSE;
  find_candidates (self, data, length);
  if (self->n_candidates == 0)
    {
      decode_utf8 (self, bytes, 0, MAX (bad, 1));
      return g_steal_pointer (&self);
    }
  if (!decode_as (self, data, length, self->candidates[0].encoding, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
kilter_text_free (KilterText *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_candidates; i++)
    g_free (self->candidates[i].sample);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/**
 * kilter_text_get_encodings:
 *
 * Returns: (transfer none) (array zero-terminated=1): the encodings to offer
 */
const char *const *
kilter_text_get_encodings (void)
{
  return encodings;
}
