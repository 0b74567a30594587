/* kilter-page-print.h: what a page shows, onto paper or into a PDF file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"
#include "report/pack/kilter-pack.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): charts and tables of the page; NULL when it shows neither */
KilterPack *kilter_page_make_print (KilterPage *page, const KilterPackOptions *options);
/* what the page prints by itself, else what it shows; asks for a printer or a file */
void kilter_page_print_shown (KilterPage *page, gboolean to_pdf);

G_END_DECLS
