/* kilter-sample.h: the sample plan, built from its input files through the same import
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-job.h"
#include "plan/data/kilter-command.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KilterApplyFunc:
 * @command: stamped; to be applied to the plan at once
 *
 * Returns: %FALSE with @error when it could not be done
 */
typedef gboolean (*KilterApplyFunc) (KilterCommand *command, gpointer user_data, GError **error);

KilterPlan *kilter_sample_new (const char *folder, const char *uuid, GError **error);
gboolean kilter_sample_fill (KilterPlan *plan,
                             const char *folder,
                             const char *language,
                             KilterApplyFunc apply,
                             gpointer user_data,
                             KilterJob *job,
                             GError **error);

G_END_DECLS
