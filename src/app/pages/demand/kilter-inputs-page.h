/* kilter-inputs-page.h: step 2: who sends in numbers, what was sent, what came back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_INPUTS_PAGE (kilter_inputs_page_get_type ())
G_DECLARE_FINAL_TYPE (KilterInputsPage, kilter_inputs_page, KILTER, INPUTS_PAGE, KilterPage)

G_END_DECLS
