/* kilter-cut-text.h - what does not fit is said whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void kilter_cut_text_explain (GtkWidget *root);

G_END_DECLS
