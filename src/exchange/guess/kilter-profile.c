/* kilter-profile.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/guess/kilter-profile.h"

#include "exchange/guess/kilter-system.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_PROFILES 500
#define COLUMN "column"
#define CODE "code"
#define PATTERN "pattern"

struct _KilterProfiles
{
  char *path;
  GPtrArray *all; /* KilterProfile */
};

static void
free_profile (gpointer data)
{
  KilterProfile *profile = data;

  g_free (profile->name);
  g_free (profile->pattern);
  kilter_import_options_free (profile->options);
  g_free (profile);
}

/**
 * kilter_profile_make_pattern:
 *
 * Returns: (transfer full): what files of this kind are called: runs of digits may be others, as
 *   months and numbers are
 */
char *
kilter_profile_make_pattern (const char *file_name)
{
  GString *out = g_string_new (NULL);

  for (const char *at = file_name; *at != '\0'; at++)
    {
      if (!g_ascii_isdigit (*at))
        g_string_append_c (out, *at == '*' || *at == '?' ? '?' : *at);
      else if (out->len == 0 || out->str[out->len - 1] != '*')
        g_string_append_c (out, '*');
    }
  return g_string_free (out, FALSE);
}

/**
 * kilter_profiles_get_default_path:
 * @config_folder: of the person, such as g_get_user_config_dir()
 */
char *
kilter_profiles_get_default_path (const char *config_folder)
{
  return g_build_filename (config_folder, "kilter", "import-profiles.ini", NULL);
}

/* --- the key file --- */

static void
load_list (GKeyFile *file, const char *group, const char *key, KilterImportOptions *options)
{
  g_auto (GStrv) list = g_key_file_get_string_list (file, group, key, NULL, NULL);

  /* what a later Kilter wrote and this one does not know is passed over */
  for (char **item = list; item != NULL && *item != NULL; item++)
    kilter_import_options_set (options, key, *item, NULL);
}

static KilterProfile *
load_profile (GKeyFile *file, const char *group)
{
  KilterProfile *profile = g_new0 (KilterProfile, 1);
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  profile->name = g_strdup (group);
  profile->options = kilter_import_options_new ();
  for (char **key = keys; key != NULL && *key != NULL; key++)
    {
      g_autofree char *value = NULL;

      if (g_str_equal (*key, COLUMN) || g_str_equal (*key, CODE))
        {
          load_list (file, group, *key, profile->options);
          continue;
        }
      value = g_key_file_get_string (file, group, *key, NULL);
      if (value == NULL)
        continue;
      if (g_str_equal (*key, PATTERN))
        g_set_str (&profile->pattern, value);
      else
        kilter_import_options_set (profile->options, *key, value, NULL);
    }
  return profile;
}

/**
 * kilter_profiles_load:
 * @path: of the key file; need not exist
 *
 * Returns: (transfer full): the profiles; %NULL when the file is there and cannot be read
 */
KilterProfiles *
kilter_profiles_load (const char *path, GError **error)
{
  g_autoptr (KilterProfiles) self = g_new0 (KilterProfiles, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;
  GError *problem = NULL;

  self->path = g_strdup (path);
  self->all = g_ptr_array_new_with_free_func (free_profile);
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &problem))
    {
      if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          g_error_free (problem);
          return g_steal_pointer (&self);
        }
      g_propagate_error (error, problem);
      return NULL;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL && self->all->len < MAX_PROFILES; group++)
    g_ptr_array_add (self->all, load_profile (file, *group));
  return g_steal_pointer (&self);
}

static void
save_profile (const KilterProfile *profile, GKeyFile *file)
{
  g_autoptr (GPtrArray) pairs = kilter_import_options_get_all (profile->options);
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  if (profile->pattern != NULL)
    g_key_file_set_string (file, profile->name, PATTERN, profile->pattern);
  for (guint i = 0; i + 1 < pairs->len; i += 2)
    {
      if (g_str_equal (pairs->pdata[i], COLUMN))
        g_ptr_array_add (columns, pairs->pdata[i + 1]);
      else if (g_str_equal (pairs->pdata[i], CODE))
        g_ptr_array_add (codes, pairs->pdata[i + 1]);
      else
        g_key_file_set_string (file, profile->name, pairs->pdata[i], pairs->pdata[i + 1]);
    }
  if (columns->len > 0)
    g_key_file_set_string_list (file, profile->name, COLUMN, (const char *const *) columns->pdata,
                                columns->len);
  if (codes->len > 0)
    g_key_file_set_string_list (file, profile->name, CODE, (const char *const *) codes->pdata,
                                codes->len);
}

gboolean
kilter_profiles_save (const KilterProfiles *self, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (self->path);

  for (guint i = 0; i < self->all->len; i++)
    save_profile (self->all->pdata[i], file);
  g_mkdir_with_parents (folder, 0700);
  return g_key_file_save_to_file (file, self->path, error);
}

void
kilter_profiles_free (KilterProfiles *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_ptr_array_unref (self->all);
  g_free (self);
}

/* --- the list --- */

guint
kilter_profiles_get_n (const KilterProfiles *self)
{
  return self->all->len;
}

const KilterProfile *
kilter_profiles_get (const KilterProfiles *self, guint index)
{
  g_return_val_if_fail (index < self->all->len, NULL);

  return self->all->pdata[index];
}

const KilterProfile *
kilter_profiles_find (const KilterProfiles *self, const char *name)
{
  for (guint i = 0; i < self->all->len; i++)
    if (g_str_equal (((KilterProfile *) self->all->pdata[i])->name, name))
      return self->all->pdata[i];
  return NULL;
}

/**
 * kilter_profiles_find_for_file:
 *
 * Returns: (nullable): the profile whose pattern the file's name has; of several the last one saved
 */
const KilterProfile *
kilter_profiles_find_for_file (const KilterProfiles *self, const char *name)
{
  for (guint i = self->all->len; i > 0; i--)
    {
      const KilterProfile *profile = self->all->pdata[i - 1];

      if (profile->pattern != NULL && g_pattern_match_simple (profile->pattern, name))
        return profile;
    }
  return NULL;
}

/**
 * kilter_profiles_put:
 * @pattern: (nullable): see #KilterProfile
 *
 * Adds a profile, or replaces the one of this name.
 */
void
kilter_profiles_put (KilterProfiles *self,
                     const char *name,
                     const char *pattern,
                     const KilterImportOptions *options)
{
  KilterProfile *profile = g_new0 (KilterProfile, 1);

  kilter_profiles_remove (self, name);
  while (self->all->len >= MAX_PROFILES)
    g_ptr_array_remove_index (self->all, 0);
  profile->name = g_strdup (name);
  /* names of groups cannot hold these */
  g_strdelimit (profile->name, "[]\n\r", ' ');
  profile->pattern = g_strdup (pattern);
  profile->options = kilter_import_options_copy (options);
  profile->options->accept = FALSE;
  g_ptr_array_add (self->all, profile);
}

gboolean
kilter_profiles_remove (KilterProfiles *self, const char *name)
{
  for (guint i = 0; i < self->all->len; i++)
    if (g_str_equal (((KilterProfile *) self->all->pdata[i])->name, name))
      {
        g_ptr_array_remove_index (self->all, i);
        return TRUE;
      }
  return FALSE;
}

/**
 * kilter_profile_remember:
 * @options: as the person left them
 * @preview: what came of them
 *
 * Returns: (transfer full): the options, and what every column with a heading was matched with
 */
KilterImportOptions *
kilter_profile_remember (const KilterImportOptions *options, const KilterImportPreview *preview)
{
  KilterImportOptions *copy = kilter_import_options_copy (options);

  copy->kind = preview->kind;
  g_hash_table_remove_all (copy->mapping);
  for (guint i = 0; i < preview->columns->len; i++)
    {
      const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);

      /* months across are others next time */
      if (*column->heading == '\0' || column->type == KILTER_COLUMN_PERIOD)
        continue;
      g_hash_table_replace (copy->mapping, g_strdup (column->heading),
                            g_strdup (column->info != NULL ? column->info->key : "ignore"));
    }
  return copy;
}

/* What was said already counts more than what a profile says. */
static void
merge_table (GHashTable *into, GHashTable *from)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!g_hash_table_contains (into, key))
      g_hash_table_insert (into, g_strdup (key), g_strdup (value));
}

static void
merge (KilterImportOptions *into, const KilterImportOptions *from)
{
  if (into->kind == KILTER_IMPORT_AUTO)
    into->kind = from->kind;
  if (into->sheet == NULL)
    into->sheet = g_strdup (from->sheet);
  if (into->system == NULL)
    into->system = g_strdup (from->system);
  if (into->encoding == NULL)
    into->encoding = g_strdup (from->encoding);
  if (into->separator == 0)
    into->separator = from->separator;
  if (into->decimal == 0)
    into->decimal = from->decimal;
  if (into->date_format == KILTER_DATE_AUTO)
    into->date_format = from->date_format;
  if (into->layout == KILTER_LAYOUT_AUTO)
    into->layout = from->layout;
  if (into->header_row < 0)
    into->header_row = from->header_row;
  if (into->duplicates == KILTER_DUPLICATES_ASK)
    into->duplicates = from->duplicates;
  if (into->create == KILTER_CREATE_AUTO)
    into->create = from->create;
  if (into->negatives < 0)
    into->negatives = from->negatives;
  if (into->returns < 0)
    into->returns = from->returns;
  merge_table (into->mapping, from->mapping);
  merge_table (into->aliases, from->aliases);
}

/**
 * kilter_profiles_choose:
 * @name: of a profile of the person, or the key of a system
 * @options: gets what it leaves open
 *
 * Returns: %FALSE with %KILTER_EXCHANGE_ERROR_OPTION when there is no such profile
 */
gboolean
kilter_profiles_choose (const KilterProfiles *self,
                        const char *name,
                        KilterImportOptions *options,
                        GError **error)
{
  const KilterProfile *profile = kilter_profiles_find (self, name);

  if (profile != NULL)
    {
      merge (options, profile->options);
      return TRUE;
    }
  if (kilter_system_find (name) != NULL)
    {
      g_set_str (&options->system, name);
      return TRUE;
    }
  g_set_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_OPTION,
               _ ("There is no profile “%s”; see “kilterctl profile list”."), name);
  return FALSE;
}
