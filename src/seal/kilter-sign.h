/* kilter-sign.h: keys of people, signatures, keys that were seen before
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KilterSigner:
 *
 * The secret key of the user (Ed25519), kept in the state folder with permissions for nobody else,
 * and made there when it is first wanted.
 */
typedef struct _KilterSigner KilterSigner;

KilterSigner *kilter_signer_new (GError **error);
void kilter_signer_free (KilterSigner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSigner, kilter_signer_free)

const char *kilter_signer_get_public (const KilterSigner *self); /* 64 hexadecimal digits */
char *kilter_signer_sign (const KilterSigner *self, const char *text);
gboolean kilter_signature_verify (const char *public_key, const char *text, const char *signature);
char *kilter_key_get_fingerprint (const char *public_key); /* "3f9c 01ab 77d2 e4b8" */

/**
 * KilterPin:
 * @KILTER_PIN_UNKNOWN: nobody's key of that name was seen in that plan before
 * @KILTER_PIN_SAME: it is the key that was seen before
 * @KILTER_PIN_OTHER: another key was seen before
 */
typedef enum
{
  KILTER_PIN_UNKNOWN,
  KILTER_PIN_SAME,
  KILTER_PIN_OTHER,
} KilterPin;

KilterPin kilter_pin_check (const char *plan, const char *person, const char *public_key);
void kilter_pin_add (const char *plan, const char *person, const char *public_key);

G_END_DECLS
