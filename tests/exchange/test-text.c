/* test-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/text/kilter-text.h"

#include <string.h>

/* Text of everyday tables in an encoding, as bytes. */
static GBytes *
encode (const char *text, const char *encoding)
{
  gsize length;
  g_autoptr (GError) error = NULL;
  char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &length, &error);

  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

static void
check_certain (const char *data, gsize length, const char *encoding, const char *expected)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);
  g_autoptr (KilterText) text = kilter_text_new (bytes, NULL, NULL);

  g_assert_true (text->certain);
  g_assert_cmpstr (text->encoding, ==, encoding);
  g_assert_cmpmem (text->data, text->length, expected, strlen (expected));
  g_assert_cmpuint (text->n_bad, ==, 0);
}

static void
test_unicode (void)
{
  check_certain ("a,b\n", 4, "UTF-8", "a,b\n");
  check_certain ("", 0, "UTF-8", "");
  check_certain ("\357\273\277a", 4, "UTF-8", "a");
  check_certain ("caf\303\251", 5, "UTF-8", "café");
  check_certain ("\377\376a\0\351\0", 6, "UTF-16LE", "aé");
  check_certain ("\376\377\0a\0\351", 6, "UTF-16BE", "aé");
  check_certain ("\377\376\0\0a\0\0\0", 8, "UTF-32LE", "a");
  /* no mark, but every second byte is 0 */
  check_certain ("i\0t\0e\0m\0,\0q\0\n\0001\0,\0002\0\n\0", 22, "UTF-16LE", "item,q\n1,2\n");
  check_certain ("\0i\0t\0e\0m\0,\0q\0\n\0001\0,\0002\0\n", 22, "UTF-16BE", "item,q\n1,2\n");
}

static void
test_damaged (void)
{
  g_autoptr (GString) data = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KilterText) text = NULL;

  for (int i = 0; i < 50; i++)
    g_string_append (data, "cà phê,1\n");
  g_string_append (data, "x\377y,2\n");
  bytes = g_bytes_new (data->str, data->len);
  text = kilter_text_new (bytes, NULL, NULL);
  g_assert_true (text->certain);
  g_assert_cmpstr (text->encoding, ==, "UTF-8");
  g_assert_cmpuint (text->n_bad, ==, 1);
  g_assert_nonnull (strstr (text->data, "x\357\277\275y,2"));
}

static void
check_guess (const char *sample, const char *encoding)
{
  g_autoptr (GBytes) bytes = encode (sample, encoding);
  g_autoptr (KilterText) text = kilter_text_new (bytes, NULL, NULL);
  g_autoptr (KilterText) chosen = NULL;
  g_autofree char *composed = NULL;
  gboolean offered = FALSE;

  g_assert_false (text->certain);
  for (guint i = 0; i < text->n_candidates; i++)
    {
      g_test_message ("%s: %s %.2f %s", encoding, text->candidates[i].encoding,
                      text->candidates[i].score, text->candidates[i].sample);
      offered |= g_str_equal (text->candidates[i].encoding, encoding);
    }
  g_assert_true (offered);
  g_assert_cmpstr (text->encoding, ==, encoding);
  chosen = kilter_text_new (bytes, encoding, NULL);
  g_assert_cmpuint (chosen->n_bad, ==, 0);
  composed = g_utf8_normalize (chosen->data, (gssize) chosen->length, G_NORMALIZE_DEFAULT_COMPOSE);
  g_assert_cmpstr (composed, ==, sample);
}

static void
test_guess (void)
{
  check_guess ("物料,月份,数量\n轴承㐂,2024-01,5\n电动机,2024-02,7\n传送带,2024-03,9\n", "GB18030");
  check_guess ("产品名称;渠道;销量\n芒果冰淇淋;现代渠道;1200\n", "GB18030");
  check_guess ("produit,période,quantité\ncafé moulu,2024-01,5\npâte brisée,2024-02,6\n",
               "WINDOWS-1252");
  check_guess ("artikel,größe\nTür,5\nMöhrensaft,7\n", "WINDOWS-1252");
  check_guess ("preis\n€ 5\n£ 7\n", "WINDOWS-1252");
}

/* glibc cannot write combining marks of Windows-1258 from composed text, so the bytes are given. */
static void
test_vietnamese (void)
{
  static const char
    data[] = "M\343\322t h\340ng,Th\341ng,S\364\354 l\375\365\362ng\nB\341nh r\343ng,2024-01,5\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, sizeof data - 1);
  g_autoptr (KilterText) text = kilter_text_new (bytes, NULL, NULL);
  g_autofree char *composed = NULL;

  g_assert_cmpstr (text->encoding, ==, "WINDOWS-1258");
  g_assert_false (text->certain);
  composed = g_utf8_normalize (text->data, (gssize) text->length, G_NORMALIZE_DEFAULT_COMPOSE);
  g_assert_true (g_str_has_prefix (composed, "Mẳt hàng,Tháng,Số lượng") ||
                 g_str_has_prefix (composed, "Mẳt hàng,Tháng,Số lưởng"));
}

static void
test_chosen (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\351", 1);
  g_autoptr (KilterText) text = kilter_text_new (bytes, "ISO-8859-1", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpmem (text->data, text->length, "é", 2);
  g_assert_null (kilter_text_new (bytes, "no-such-encoding", &error));
  g_assert_error (error, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/text/unicode", test_unicode);
  g_test_add_func ("/exchange/text/damaged", test_damaged);
  g_test_add_func ("/exchange/text/guess", test_guess);
  g_test_add_func ("/exchange/text/vietnamese", test_vietnamese);
  g_test_add_func ("/exchange/text/chosen", test_chosen);
  return g_test_run ();
}
