/* kilter-sample-build.c: the sample plan as a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/kilter-sample-build.h"

#include <glib/gi18n-lib.h>

#include "exchange/sample/kilter-sample.h"
#include "store/kilter-store.h"

static gboolean
apply_cb (KilterCommand *command, gpointer data, GError **error)
{
  /* the sample keeps its own reference */
  return kilter_store_apply (data, kilter_command_ref (command), error);
}

/* the language of the sample: one that it is translated to, by the interface */
static const char *
sample_language (void)
{
  const char *const *names = g_get_language_names_with_category ("LC_MESSAGES");

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_has_prefix (names[i], "vi"))
        return "vi";
      if (g_str_has_prefix (names[i], "zh"))
        return "zh_CN";
      if (g_str_has_prefix (names[i], "en") || g_str_equal (names[i], "C"))
        break;
    }
  return "en";
}

/**
 * kilter_sample_build:
 * @file: what is written; must not exist
 * @folder: (nullable): the sample files; %NULL for the installed ones
 *
 * Makes the sample plan through the same import that users have. On any thread.
 */
gboolean
kilter_sample_build (GFile *file, const char *folder, KilterJob *job, GError **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  KilterPlan *plan = kilter_sample_new (folder, uuid, error);
  KilterStore *store;
  gboolean ok;

  if (plan == NULL)
    return FALSE;
  store = kilter_store_create (file, plan, error);
  if (store == NULL)
    return FALSE;
  ok = kilter_sample_fill (kilter_store_get_plan (store), folder, sample_language (), apply_cb,
                           store, job, error);
  if (!kilter_store_close (store, ok ? KILTER_STORE_CLOSE_PUBLISH : KILTER_STORE_CLOSE_DISCARD,
                           ok ? error : NULL))
    ok = FALSE;
  kilter_store_free (store);
  return ok;
}
