/* kilter-accuracy-page.h: how good the models are, product by product
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_ACCURACY_PAGE (kilter_accuracy_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterAccuracyPage, kilter_accuracy_page, KILTER, ACCURACY_PAGE, KilterPage)

G_END_DECLS
