/* kilter-settings.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/kilter-settings.h"

#include "kilter-config.h"

#define MAX_RECENT 12

GSettings *
kilter_settings_get (void)
{
  static GSettings *settings;

  if (settings == NULL)
    settings = g_settings_new (KILTER_APP_ID);
  return settings;
}

const char *
kilter_settings_get_user_name (void)
{
  static char *name;
  const char *account;

  g_free (name);
  name = g_settings_get_string (kilter_settings_get (), "user-name");
  g_strstrip (name);
  if (*name != '\0')
    return name;
  /* GLib says "Unknown" where the account has no full name */
  account = g_get_real_name ();
  if (account == NULL || *account == '\0' || g_str_equal (account, "Unknown"))
    account = g_get_user_name ();
  return account;
}

void
kilter_recent_free (KilterRecent *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_free (self->name);
  g_free (self->cycle);
  g_free (self->step);
  g_free (self);
}

GPtrArray *
kilter_settings_get_recent (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_recent_free);
  g_autoptr (GVariant) value = g_settings_get_value (kilter_settings_get (), "recent-plans");
  GVariantIter iter;
  KilterRecent item;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(ssss)", &item.uri, &item.name, &item.cycle, &item.step))
    g_ptr_array_add (list, g_memdup2 (&item, sizeof item));
  return list;
}

static void
store_recent (const KilterRecent *first, const char *without_uri)
{
  g_autoptr (GPtrArray) old = kilter_settings_get_recent ();
  GVariantBuilder builder;
  guint n = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssss)"));
  if (first != NULL)
    {
      g_variant_builder_add (&builder, "(ssss)", first->uri, first->name, first->cycle,
                             first->step);
      n++;
    }
  for (guint i = 0; i < old->len && n < MAX_RECENT; i++)
    {
      const KilterRecent *item = g_ptr_array_index (old, i);

      if (g_strcmp0 (item->uri, without_uri) == 0)
        continue;
      g_variant_builder_add (&builder, "(ssss)", item->uri, item->name, item->cycle, item->step);
      n++;
    }
  g_settings_set_value (kilter_settings_get (), "recent-plans", g_variant_builder_end (&builder));
}

void
kilter_settings_add_recent (const KilterRecent *recent)
{
  g_return_if_fail (recent != NULL && recent->uri != NULL);
  store_recent (recent, recent->uri);
}

void
kilter_settings_remove_recent (const char *uri)
{
  g_return_if_fail (uri != NULL);
  store_recent (NULL, uri);
}
