/* kilter-store-check.c: what "kilterctl check" tells about a plan file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kilter-store-private.h"

#include "plan/review/kilter-insight.h"
#include "store/kilter-approval.h"

#include <glib/gi18n-lib.h>

static void
free_finding (gpointer data)
{
  KilterFinding *finding = data;

  g_free (finding->text);
  g_free (finding);
}

static void
add_finding (GPtrArray *findings, KilterFindingKind kind, const char *text)
{
  KilterFinding *finding = g_new0 (KilterFinding, 1);

  finding->kind = kind;
  finding->text = g_strdup (text);
  g_ptr_array_add (findings, finding);
}

static void
check_log (KilterStore *store, GPtrArray *findings)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  if (!kilter_log_verify (store->reader, problems, &error))
    add_finding (findings, KILTER_FINDING_LOG, error->message);
  for (guint i = 0; i < problems->len; i++)
    add_finding (findings, KILTER_FINDING_LOG, problems->pdata[i]);
}

static void
check_identities (KilterStore *store, GPtrArray *findings)
{
  g_autoptr (GPtrArray) messages = kilter_plan_check_identities (store->plan);

  for (guint i = 0; i < messages->len; i++)
    add_finding (findings, KILTER_FINDING_IDENTITY, messages->pdata[i]);
}

static void
check_digests (KilterStore *store, GPtrArray *findings)
{
  KILTER_FOREACH_RECORD (store->plan, KILTER_TABLE_VERSION, version)
    {
      const char *stored = kilter_record_text (version, KILTER_VERSION_DIGEST);
      g_autofree char *digest = NULL;
      g_autofree char *text = NULL;

      if (*stored == '\0')
        continue;
      digest = kilter_plan_digest_version (store->plan, version->id);
      if (g_strcmp0 (digest, stored) == 0)
        continue;
      text = g_strdup_printf ("Snapshot %d ('%s') is not what was approved.", version->id,
                              kilter_record_text (version, KILTER_VERSION_NAME));
      add_finding (findings, KILTER_FINDING_DIGEST, text);
    }
}

static char *
describe_signature (KilterStore *store, const KilterSignature *signature)
{
  const char *name = kilter_record_text (
    kilter_plan_get_record (store->plan, KILTER_TABLE_VERSION, signature->version),
    KILTER_VERSION_NAME);

  switch (signature->state)
    {
    case KILTER_SIGNATURE_GOOD:
      /* Translators: a frozen plan; a person, a role, a time, a key */
      return g_strdup_printf (_ ("“%1$s” is signed by %2$s (%3$s), %4$s, key %5$s"), name,
                              signature->person, signature->role, signature->at,
                              signature->fingerprint);
    case KILTER_SIGNATURE_NEW_KEY:
      return g_strdup_printf (_ ("“%1$s” is signed by %2$s (%3$s), %4$s, key %5$s, which is seen "
                                 "here for the first time"),
                              name, signature->person, signature->role, signature->at,
                              signature->fingerprint);
    case KILTER_SIGNATURE_OTHER_KEY:
      return g_strdup_printf (_ ("“%1$s” is signed in the name of %2$s with the key %3$s, which is "
                                 "not the one seen before: ask %2$s"),
                              name, signature->person, signature->fingerprint);
    case KILTER_SIGNATURE_BAD:
    default:
      return g_strdup_printf (_ ("the signature of %2$s does not fit “%1$s”: one of the two was "
                                 "changed"),
                              name, signature->person);
    }
}

static void
check_signatures (KilterStore *store, GPtrArray *findings)
{
  KILTER_FOREACH_RECORD (store->plan, KILTER_TABLE_VERSION, version)
    {
      g_autoptr (KilterSignature) signature = kilter_approval_read (store, version->id);
      g_autofree char *text = NULL;

      if (signature == NULL)
        continue;
      text = describe_signature (store, signature);
      add_finding (findings,
                   signature->state == KILTER_SIGNATURE_GOOD ||
                       signature->state == KILTER_SIGNATURE_NEW_KEY
                     ? KILTER_FINDING_SIGNED
                     : KILTER_FINDING_SIGNATURE,
                   text);
    }
}

/**
 * kilter_store_check:
 *
 * Examines a plan file: whether it is one, whole, and unchanged; whether its log is the one that
 * was written; whether its numbers add up and its approved snapshots are what was approved. The
 * file is only read.
 *
 * Returns: (transfer full) (element-type KilterFinding) (nullable): what is wrong, and what is
 *   signed; empty when all holds and nothing is signed; %NULL when the file cannot be read at all
 */
GPtrArray *
kilter_store_check (GFile *file, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (free_finding);
  g_autoptr (KilterStore) store = NULL;
  GError *local_error = NULL;

  store = kilter_store_open (file, KILTER_STORE_READ_ONLY, &local_error);
  if (g_error_matches (local_error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_HASH))
    {
      add_finding (findings, KILTER_FINDING_HASH, local_error->message);
      g_clear_error (&local_error);
      store = kilter_store_open (file, KILTER_STORE_READ_ONLY | KILTER_STORE_IGNORE_HASH,
                                 &local_error);
    }
  if (store == NULL)
    switch (local_error->code)
      {
      case KILTER_STORE_ERROR_NOT_A_PLAN:
      case KILTER_STORE_ERROR_OTHER_APPLICATION:
      case KILTER_STORE_ERROR_TOO_NEW:
      case KILTER_STORE_ERROR_DAMAGED:
      case KILTER_STORE_ERROR_FOREIGN:
        add_finding (findings, KILTER_FINDING_FILE, local_error->message);
        g_error_free (local_error);
        return g_steal_pointer (&findings);
      default:
        g_propagate_error (error, local_error);
        return NULL;
      }
  check_log (store, findings);
  check_identities (store, findings);
  check_digests (store, findings);
  check_signatures (store, findings);
  return g_steal_pointer (&findings);
}
