/* kilter-approval.h: signatures of approved plans
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "seal/kilter-sign.h"
#include "store/kilter-store.h"

G_BEGIN_DECLS

/**
 * KilterSignatureState:
 * @KILTER_SIGNATURE_GOOD: the key in it signed this content, and is the one known of the person
 * @KILTER_SIGNATURE_NEW_KEY: the same, but nothing was known of the person's key before
 * @KILTER_SIGNATURE_OTHER_KEY: signed, but with another key than the person's before
 * @KILTER_SIGNATURE_BAD: it does not fit what it stands at: one of the two was changed
 */
typedef enum
{
  KILTER_SIGNATURE_GOOD,
  KILTER_SIGNATURE_NEW_KEY,
  KILTER_SIGNATURE_OTHER_KEY,
  KILTER_SIGNATURE_BAD,
} KilterSignatureState;

/**
 * KilterSignature:
 * @version: the approved snapshot
 * @at: when, as the signer's clock said
 * @fingerprint: of the key
 */
typedef struct
{
  KilterSignatureState state;
  KilterVersion version;
  char *person;
  char *role;
  char *at;
  char *fingerprint;
} KilterSignature;

void kilter_signature_free (KilterSignature *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSignature, kilter_signature_free)

gboolean kilter_approval_sign (KilterStore *store,
                               KilterCommand *command,
                               const KilterSigner *signer,
                               GError **error);
KilterSignature *kilter_approval_read (KilterStore *store, KilterVersion version);

G_END_DECLS
