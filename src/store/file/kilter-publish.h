/* kilter-publish.h: a finished file made from a working copy, and put in its place
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/file/kilter-working.h"

G_BEGIN_DECLS

/**
 * KilterPublishMode:
 * @KILTER_PUBLISH_NEW: there must be no such file
 * @KILTER_PUBLISH_UPDATE: the file must be what it was
 * @KILTER_PUBLISH_OVER: whatever is there is replaced; the user was asked
 */
typedef enum
{
  KILTER_PUBLISH_NEW,
  KILTER_PUBLISH_UPDATE,
  KILTER_PUBLISH_OVER,
} KilterPublishMode;

gboolean kilter_publish_make (const char *database_path,
                              const char *publish_path,
                              const char *plan,
                              gint64 counter,
                              gint64 *out_last,
                              KilterIdentity *out_made,
                              GCancellable *cancellable,
                              GError **error);
gboolean kilter_publish_replace (const char *publish_path,
                                 GFile *file,
                                 KilterPublishMode mode,
                                 const KilterIdentity *known,
                                 KilterIdentity *made,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
