/* kilter-stock-page.h: which products have too little or too much stock, and when
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/supply/kilter-heat-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_STOCK_PAGE (kilter_stock_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterStockPage, kilter_stock_page, KILTER, STOCK_PAGE, KilterHeatPage)

G_END_DECLS
