/* kilter-pack-sheet.h: a page of a pack on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "report/pack/kilter-pack.h"

G_BEGIN_DECLS

#define KILTER_TYPE_PACK_SHEET (kilter_pack_sheet_get_type ())
G_DECLARE_FINAL_TYPE (KilterPackSheet, kilter_pack_sheet, KILTER, PACK_SHEET, GtkWidget)

/* @pack: must live as long as the sheet */
GtkWidget *kilter_pack_sheet_new (KilterPack *pack, int page);

G_END_DECLS
