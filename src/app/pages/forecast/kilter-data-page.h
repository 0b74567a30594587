/* kilter-data-page.h: where the numbers come from, what is wrong with them, the history
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_DATA_PAGE (kilter_data_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterDataPage, kilter_data_page, KILTER, DATA_PAGE, KilterPage)

G_END_DECLS
