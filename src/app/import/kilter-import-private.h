/* kilter-import-private.h: what the parts of the import dialog share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/import/kilter-import-dialog.h"
#include "exchange/kilter-import.h"

G_BEGIN_DECLS

struct _KilterImportDialog
{
  AdwDialog parent_instance;

  AdwWindowTitle *window_title;
  GtkButton *back_button;
  GtkButton *next_button;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwStatusPage *refusal;
  AdwActionRow *file_row;
  GtkDropDown *kind_drop;
  AdwExpanderRow *read_row;
  AdwComboRow *encoding_row;
  AdwComboRow *separator_row;
  AdwComboRow *decimal_row;
  AdwComboRow *date_row;
  AdwComboRow *layout_row;
  GtkWidget *question_box;
  GtkListBox *question_list;
  GtkLabel *columns_label;
  GtkGrid *column_grid;
  GtkListBox *finding_list;
  AdwPreferencesGroup *result_group;
  AdwPreferencesGroup *total_group;
  AdwPreferencesGroup *new_group;

  KilterDocument *document;
  GFile *file;
  GCancellable *cancellable;
  KilterImportOptions *options;
  KilterImportFile *rows;
  KilterImportPreview *preview;
  GPtrArray *result_rows; /* widgets of the groups, to be removed */
  gboolean is_filling;    /* the program sets the choices, not the person */
};

/* kilter-import-dialog.c */
void kilter_import_read_again (KilterImportDialog *self);
void kilter_import_check_again (KilterImportDialog *self);
/* kilter-import-match.c */
void kilter_import_show_match (KilterImportDialog *self);
void kilter_import_connect_match (KilterImportDialog *self);
/* kilter-import-findings.c */
void kilter_import_show_findings (KilterImportDialog *self);
void kilter_import_show_result (KilterImportDialog *self);

G_END_DECLS
