/* kilter-import-wire.h: clean rows through a pipe, from the reader process to its caller
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/import/kilter-import.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Both ends are of one build. The receiving end trusts nothing all the same: the reader may have
 * been taken over by the file that it reads. */

gboolean kilter_import_send (const KilterImportFile *file, GOutputStream *output, GError **error);
gboolean kilter_import_send_error (const GError *problem, GOutputStream *output, GError **error);
gboolean kilter_import_send_progress (guint n_rows, GOutputStream *output, GError **error);
KilterImportFile *
kilter_import_receive (GInputStream *input, const char *name, KilterJob *job, GError **error);

G_END_DECLS
