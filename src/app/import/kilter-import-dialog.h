/* kilter-import-dialog.h: a file into the plan in three steps: choose, match columns, result
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document/kilter-document.h"

G_BEGIN_DECLS

#define KILTER_TYPE_IMPORT_DIALOG (kilter_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KilterImportDialog, kilter_import_dialog, KILTER, IMPORT_DIALOG, AdwDialog)

/* @file: (nullable) */
KilterImportDialog *kilter_import_dialog_new (KilterDocument *document, GFile *file);

G_END_DECLS
