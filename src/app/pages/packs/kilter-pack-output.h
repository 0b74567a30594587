/* kilter-pack-output.h: a pack into a file or onto paper
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"
#include "report/pack/kilter-pack.h"

G_BEGIN_DECLS

/* paper of the person's country, language of the program, colour, the sections chosen for it */
void kilter_pack_options_init (KilterPackOptions *self, KilterPage *page, KilterMeeting meeting);

/* Asks for a file, or for a printer; both say how it went. */
void kilter_pack_export (KilterPage *page, const KilterPackOptions *options, gboolean as_workbook);
void kilter_pack_print (KilterPage *page, const KilterPackOptions *options);

/* the same with a pack that is made; @pack (transfer full) */
void kilter_pack_send (KilterPage *page, KilterPack *pack, KilterPaper paper, gboolean to_pdf);

/* for a page's print(): the pack of a meeting */
void kilter_pack_output (KilterPage *page, KilterMeeting meeting, gboolean to_pdf);

/* writes the file without asking; @pack (transfer full) */
void kilter_pack_save_async (KilterPack *pack,
                             GFile *file,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean kilter_pack_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
