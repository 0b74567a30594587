/* kilter-fit-bin.h: the wide child where it fits, the narrow one elsewhere
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * KilterFitBin:
 *
 * Shows `wide` when there is room for its natural width, otherwise `narrow`. Breakpoints know only
 * the window; here languages and text sizes decide.
 */
#define KILTER_TYPE_FIT_BIN (kilter_fit_bin_get_type ())
G_DECLARE_FINAL_TYPE (KilterFitBin, kilter_fit_bin, KILTER, FIT_BIN, GtkWidget)

gboolean kilter_fit_bin_get_is_narrow (KilterFitBin *self);

G_END_DECLS
