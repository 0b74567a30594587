/* kilter-materials-page.h: what is bought, from whom, and until when it must be ordered
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/supply/kilter-heat-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_MATERIALS_PAGE (kilter_materials_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterMaterialsPage,
                      kilter_materials_page,
                      KILTER,
                      MATERIALS_PAGE,
                      KilterHeatPage)

G_END_DECLS
