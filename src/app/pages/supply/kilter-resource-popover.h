/* kilter-resource-popover.h: shifts, days and overtime of a resource in one period
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

/* (transfer floating): a popover that types into the plan through the page */
GtkWidget *kilter_resource_popover_new (KilterPage *page, int resource, int bucket);

G_END_DECLS
