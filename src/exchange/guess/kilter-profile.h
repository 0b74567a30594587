/* kilter-profile.h: how files are read, by name: saved by people, remembered, or built in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/import/kilter-import.h"

G_BEGIN_DECLS

/**
 * KilterProfile:
 * @name: how people call it
 * @pattern: (nullable): file names for which it is taken of itself: "sales-*-*.xlsx"
 * @options: how such files are read
 */
typedef struct
{
  char *name;
  char *pattern;
  KilterImportOptions *options;
} KilterProfile;

/**
 * KilterProfiles:
 *
 * The profiles of a person, in a key file. Those that only remember how the last file of a pattern
 * was read are called by their pattern.
 */
typedef struct _KilterProfiles KilterProfiles;

KilterProfiles *kilter_profiles_load (const char *path, GError **error);
gboolean kilter_profiles_save (const KilterProfiles *self, GError **error);
void kilter_profiles_free (KilterProfiles *self);
guint kilter_profiles_get_n (const KilterProfiles *self);
const KilterProfile *kilter_profiles_get (const KilterProfiles *self, guint index);
const KilterProfile *kilter_profiles_find (const KilterProfiles *self, const char *name);
const KilterProfile *kilter_profiles_find_for_file (const KilterProfiles *self, const char *name);
void kilter_profiles_put (KilterProfiles *self,
                          const char *name,
                          const char *pattern,
                          const KilterImportOptions *options);
gboolean kilter_profiles_remove (KilterProfiles *self, const char *name);
char *kilter_profile_make_pattern (const char *file_name);
char *kilter_profiles_get_default_path (const char *config_folder);
KilterImportOptions *kilter_profile_remember (const KilterImportOptions *options,
                                              const KilterImportPreview *preview);
gboolean kilter_profiles_choose (const KilterProfiles *self,
                                 const char *name,
                                 KilterImportOptions *options,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterProfiles, kilter_profiles_free)

G_END_DECLS
