/* kilter-approval.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kilter-approval.h"

#include "base/kilter-hash.h"
#include "plan/kilter-scope.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A signature is a setting of the plan, "signature-7" for snapshot 7:
 *
 *   1 ENTRY CHAIN KEY SIGNATURE ROLE
 *
 * ENTRY is the newest entry of the log before the approval and CHAIN the digest over it and all
 * before; KEY is public, and listed for the person in "signer-NAME", too. Who and when stand in
 * the snapshot. */
#define SIGNATURE "signature-"
#define SIGNER "signer-"

static char *
make_text (const KilterPlan *plan,
           KilterVersion version,
           const KilterValue *values,
           const char *entry,
           const char *chain,
           const char *role)
{
  g_autoptr (KilterHash) hash = kilter_hash_new ();
  static const int fields[] = { KILTER_VERSION_KIND,  KILTER_VERSION_NAME, KILTER_VERSION_CYCLE,
                                KILTER_VERSION_OWNER, KILTER_VERSION_AT,   KILTER_VERSION_DIGEST };

  kilter_hash_add_text (hash, "kilter approval 1");
  kilter_hash_add_text (hash, kilter_plan_get_uuid (plan));
  kilter_hash_add_int (hash, version);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    kilter_hash_add_text (hash, values[fields[i]].text != NULL ? values[fields[i]].text : "");
  kilter_hash_add_text (hash, entry);
  kilter_hash_add_text (hash, chain);
  kilter_hash_add_text (hash, role);
  return kilter_hash_finish (hash);
}

static char *
make_key (KilterVersion version)
{
  return g_strdup_printf (SIGNATURE "%d", version);
}

/* The snapshot that a command makes. */
static const KilterRecordChange *
find_snapshot (const KilterCommand *command)
{
  for (guint i = 0; i < kilter_command_get_n_records (command); i++)
    {
      const KilterRecordChange *change = kilter_command_get_record (command, i);

      if (change->table == KILTER_TABLE_VERSION && change->old_values == NULL &&
          g_strcmp0 (change->new_values[KILTER_VERSION_KIND].text, "approved") == 0)
        return change;
    }
  return NULL;
}

static const char *
get_role (const KilterPlan *plan, const char *person)
{
  const KilterRecord *record = kilter_plan_find_record (plan, KILTER_TABLE_PERSON,
                                                        person != NULL ? person : "");

  return record != NULL ? kilter_record_text (record, KILTER_PERSON_ROLE) : "";
}

/* The keys of a person, separated by spaces: a new computer brings a new one. */
static void
list_key (KilterCommand *command, const KilterPlan *plan, const char *person, const char *key)
{
  g_autofree char *setting = g_strconcat (SIGNER, person, NULL);
  const char *known = kilter_plan_get_setting (plan, setting);
  g_autofree char *keys = known != NULL && *known != '\0' ? g_strdup_printf ("%s %s", known, key)
                                                          : g_strdup (key);

  if (known == NULL || strstr (known, key) == NULL)
    kilter_command_set_setting (command, plan, setting, keys);
}

/**
 * kilter_approval_sign:
 * @command: of kilter_cycle_approve(), not applied yet
 *
 * Puts a signature into the command that approves a plan: over the digest of what it freezes, the
 * chain of the log so far, the person, the role and the time.
 */
gboolean
kilter_approval_sign (KilterStore *store,
                      KilterCommand *command,
                      const KilterSigner *signer,
                      GError **error)
{
  const KilterPlan *plan = kilter_store_get_plan (store);
  const KilterRecordChange *snapshot = find_snapshot (command);
  g_autofree char *chain = NULL, *entry = NULL, *text = NULL, *signature = NULL, *key = NULL,
                  *value = NULL, *person = NULL;
  const char *role;
  gint64 last;

  g_return_val_if_fail (snapshot != NULL, FALSE);

  if (!kilter_store_flush (store, error))
    return FALSE;
  last = kilter_store_get_last_entry (store);
  chain = kilter_store_get_log_digest (store, last, error);
  if (chain == NULL)
    return FALSE;
  person = g_strdup (snapshot->new_values[KILTER_VERSION_OWNER].text);
  role = get_role (plan, person);
  entry = g_strdup_printf ("%" G_GINT64_FORMAT, last);
  text = make_text (plan, snapshot->id, snapshot->new_values, entry, chain, role);
  signature = kilter_signer_sign (signer, text);
  key = make_key (snapshot->id);
  value = g_strdup_printf ("1 %s %s %s %s %s", entry, *chain != '\0' ? chain : "-",
                           kilter_signer_get_public (signer), signature, role);
  kilter_command_set_setting (command, plan, key, value);
  list_key (command, plan, person != NULL ? person : "", kilter_signer_get_public (signer));
  kilter_pin_add (kilter_plan_get_uuid (plan), person != NULL ? person : "",
                  kilter_signer_get_public (signer));
  return TRUE;
}

void
kilter_signature_free (KilterSignature *self)
{
  if (self == NULL)
    return;
  g_free (self->person);
  g_free (self->role);
  g_free (self->at);
  g_free (self->fingerprint);
  g_free (self);
}

static gboolean
is_listed (const KilterPlan *plan, const char *person, const char *key)
{
  g_autofree char *setting = g_strconcat (SIGNER, person, NULL);
  const char *keys = kilter_plan_get_setting (plan, setting);

  return keys != NULL && strstr (keys, key) != NULL;
}

static gboolean
is_good (KilterStore *store,
         const KilterRecord *record,
         const char *entry,
         const char *chain,
         const char *key,
         const char *signature,
         const char *role)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  g_autofree char *digest = kilter_plan_digest_version (plan, record->id);
  g_autofree char *link = NULL, *text = NULL;

  if (g_strcmp0 (digest, kilter_record_text (record, KILTER_VERSION_DIGEST)) != 0)
    return FALSE;
  link = kilter_store_get_log_digest (store, g_ascii_strtoll (entry, NULL, 10), NULL);
  if (g_strcmp0 (link, chain) != 0)
    return FALSE;
  text = make_text (plan, record->id, record->values, entry, chain, role);
  return is_listed (plan, kilter_record_text (record, KILTER_VERSION_OWNER), key) &&
         kilter_signature_verify (key, text, signature);
}

/**
 * kilter_approval_read:
 * @version: an approved snapshot
 *
 * Verifies the signature of an approved plan: over the numbers as they are in the file, and the
 * log. A key that is seen for the first time is remembered on this computer.
 *
 * Returns: (transfer full) (nullable): the signature; %NULL when the snapshot has none
 */
KilterSignature *
kilter_approval_read (KilterStore *store, KilterVersion version)
{
  KilterPlan *plan = kilter_store_get_plan (store);
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_VERSION, version);
  g_autofree char *key = make_key (version);
  const char *value = kilter_plan_get_setting (plan, key);
  g_auto (GStrv) words = NULL;
  KilterSignature *self;

  if (record == NULL || value == NULL)
    return NULL;
  words = g_strsplit (value, " ", 6);
  self = g_new0 (KilterSignature, 1);
  self->version = version;
  self->state = KILTER_SIGNATURE_BAD;
  self->person = g_strdup (kilter_record_text (record, KILTER_VERSION_OWNER));
  self->at = g_strdup (kilter_record_text (record, KILTER_VERSION_AT));
  if (g_strv_length (words) != 6 || !g_str_equal (words[0], "1"))
    return self;
  self->role = g_strdup (words[5]);
  self->fingerprint = kilter_key_get_fingerprint (words[3]);
  if (!is_good (store, record, words[1], g_str_equal (words[2], "-") ? "" : words[2], words[3],
                words[4], words[5]))
    return self;
  switch (kilter_pin_check (kilter_plan_get_uuid (plan), self->person, words[3]))
    {
    case KILTER_PIN_OTHER:
      self->state = KILTER_SIGNATURE_OTHER_KEY;
      break;
    case KILTER_PIN_SAME:
      self->state = KILTER_SIGNATURE_GOOD;
      break;
    case KILTER_PIN_UNKNOWN:
    default:
      self->state = KILTER_SIGNATURE_NEW_KEY;
      kilter_pin_add (kilter_plan_get_uuid (plan), self->person, words[3]);
      break;
    }
  return self;
}
