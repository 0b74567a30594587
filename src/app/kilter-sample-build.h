/* kilter-sample-build.h: makes the file of the sample plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-job.h"

G_BEGIN_DECLS

/* @file: must not exist; @folder: with files.csv; any thread */
gboolean kilter_sample_build (GFile *file, const char *folder, KilterJob *job, GError **error);

G_END_DECLS
