/* kilter-sheet-page.h: step 4: demand, supply, stock and money of a family on one sheet
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_SHEET_PAGE (kilter_sheet_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterSheetPage, kilter_sheet_page, KILTER, SHEET_PAGE, KilterPage)

G_END_DECLS
