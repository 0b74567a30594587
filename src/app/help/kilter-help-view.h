/* kilter-help-view.h: a page of the guide as widgets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "help/kilter-help.h"

G_BEGIN_DECLS

GtkWidget *kilter_help_block_to_widget (const KilterHelpBlock *block,
                                        const char *pictures,
                                        GCallback link_cb,
                                        gpointer user_data);

G_END_DECLS
