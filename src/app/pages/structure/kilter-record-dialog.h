/* kilter-record-dialog.h: a record in a dialog: new, or to be changed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

/* called when the plan has the record */
typedef void (*KilterRecordSaved) (int id, gpointer user_data);

/* @id: 0 for a new one. @page must outlive the dialog, which is above it. */
AdwDialog *kilter_record_dialog_present (KilterPage *page,
                                         KilterTableId table,
                                         int id,
                                         const int *fields,
                                         int n_fields,
                                         KilterRecordSaved saved,
                                         gpointer user_data);

G_END_DECLS
