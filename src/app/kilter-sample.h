/* kilter-sample.h: the sample plan, made from the installed sample files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/document/kilter-document.h"

G_BEGIN_DECLS

/* (transfer full): where the sample plan of this person is kept */
GFile *kilter_sample_get_file (void);
void kilter_sample_open_async (gboolean start_over,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
KilterDocument *kilter_sample_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
