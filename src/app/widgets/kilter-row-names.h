/* kilter-row-names.h: rows of lists say what stands in them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void kilter_row_names_watch (void);

G_END_DECLS
