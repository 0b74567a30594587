/* test-sign.c: keys, signatures, keys that were seen before
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "seal/kilter-sign.h"

#include <glib/gstdio.h>
#include <string.h>

#define PLAN "00000000-0000-4000-8000-000000000001"

static char *
get_key_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "kilter", "keys", "signing-key", NULL);
}

static void
test_vector (void)
{
  /* RFC 8032, section 7.1, test 2: one byte, 0x72 */
  const char *key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
  const char *signature = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

  g_assert_true (kilter_signature_verify (key, "\x72", signature));
  g_assert_false (kilter_signature_verify (key, "\x73", signature));
}

static void
test_sign (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterSigner) signer = kilter_signer_new (&error);
  g_autoptr (KilterSigner) again = NULL;
  g_autofree char *signature = NULL, *altered = NULL;

  g_assert_no_error (error);
  again = kilter_signer_new (&error);
  g_assert_no_error (error);
  g_assert_cmpstr (kilter_signer_get_public (signer), ==, kilter_signer_get_public (again));
  signature = kilter_signer_sign (signer, "the plan");
  g_assert_true (kilter_signature_verify (kilter_signer_get_public (again), "the plan", signature));
  g_assert_false (kilter_signature_verify (kilter_signer_get_public (again), "a plan", signature));
  altered = g_strdup (signature);
  altered[5] = altered[5] == '0' ? '1' : '0';
  g_assert_false (kilter_signature_verify (kilter_signer_get_public (again), "the plan", altered));
  g_assert_false (kilter_signature_verify ("", "the plan", signature));
  g_assert_false (kilter_signature_verify (kilter_signer_get_public (again), "the plan", "zz"));
}

static void
test_permissions (void)
{
  g_autofree char *path = get_key_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (KilterSigner) signer = kilter_signer_new (NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_nonnull (signer);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  /* a key that others can read is not used */
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_assert_null (kilter_signer_new (&error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM);
}

static void
test_damaged (void)
{
  g_autofree char *path = get_key_path ();
  g_autoptr (KilterSigner) signer = kilter_signer_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (signer);
  g_assert_true (g_file_set_contents_full (path, "short", 5, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_null (kilter_signer_new (&error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
}

static void
test_pins (void)
{
  g_assert_cmpint (kilter_pin_check (PLAN, "Ann [=] Larsen", "aa"), ==, KILTER_PIN_UNKNOWN);
  kilter_pin_add (PLAN, "Ann [=] Larsen", "aa");
  kilter_pin_add (PLAN, "Ann [=] Larsen", "bb");
  g_assert_cmpint (kilter_pin_check (PLAN, "Ann [=] Larsen", "aa"), ==, KILTER_PIN_SAME);
  g_assert_cmpint (kilter_pin_check (PLAN, "Ann [=] Larsen", "bb"), ==, KILTER_PIN_OTHER);
  g_assert_cmpint (kilter_pin_check (PLAN, "Bo Chen", "bb"), ==, KILTER_PIN_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sign/vector", test_vector);
  g_test_add_func ("/sign/sign", test_sign);
  g_test_add_func ("/sign/permissions", test_permissions);
  g_test_add_func ("/sign/damaged", test_damaged);
  g_test_add_func ("/sign/pins", test_pins);

  return g_test_run ();
}
