/* kilter-page-export.h: what a page shows as a table, to a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/grid/kilter-grid-model.h"
#include "app/window/kilter-page.h"
#include "exchange/export/kilter-export.h"

G_BEGIN_DECLS

/* whether the page shows a grid or a table of records now */
gboolean kilter_page_has_table (KilterPage *page);
/* asks where to, and writes XLSX, ODS or CSV by the name of the file */
void kilter_page_export_table (KilterPage *page);

/* (transfer full): the rows and numbers of a grid, also those that are scrolled away */
KilterExportTable *kilter_grid_model_to_table (KilterGridModel *model, const char *title);

G_END_DECLS
