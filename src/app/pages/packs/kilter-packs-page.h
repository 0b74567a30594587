/* kilter-packs-page.h: packs for the meetings: choose, look, print, export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_PACKS_PAGE (kilter_packs_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterPacksPage, kilter_packs_page, KILTER, PACKS_PAGE, KilterPage)

int kilter_packs_page_get_n_pages (KilterPacksPage *self);

G_END_DECLS
