/* kilter-import-private.h: what the parts of the import dialog share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/import/kilter-import-dialog.h"
#include "exchange/guess/kilter-profile.h"

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
  AdwStatusPage *busy_page;
  AdwToggleGroup *sample_toggle;
  AdwActionRow *file_row;
  GtkDropDown *sheet_drop;
  GtkDropDown *kind_drop;
  AdwComboRow *kind_row; /* the same two, in a narrow dialog */
  AdwComboRow *sheet_row;
  AdwComboRow *profile_row;
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
  AdwPreferencesGroup *plan_group;
  AdwPreferencesGroup *total_group;
  AdwPreferencesGroup *new_group;

  KilterDocument *document;
  GFile *file;
  GCancellable *cancellable;
  KilterImportOptions *options;
  KilterImportFile *rows;
  KilterImportPreview *preview;
  KilterProfiles *profiles;
  char *profile;          /* (nullable): the name of the one in use */
  gboolean is_remembered; /* because the file's name is like that of an earlier one */
  guint tick;             /* while a file is read */
  GPtrArray *result_rows; /* widgets of the groups, to be removed */
  gboolean is_filling;    /* the program sets the choices, not the person */
};

/* kilter-import-dialog.c */
void kilter_import_read_again (KilterImportDialog *self);
void kilter_import_check_again (KilterImportDialog *self);
/* kilter-import-profile.c */
void kilter_import_take_remembered (KilterImportDialog *self);
gboolean kilter_import_forget_remembered (KilterImportDialog *self);
void kilter_import_remember (KilterImportDialog *self);
void kilter_import_show_profile (KilterImportDialog *self);
void kilter_import_connect_profile (KilterImportDialog *self);
void kilter_import_save_profile (GtkWidget *widget, const char *action, GVariant *parameter);
void kilter_import_delete_profile (GtkWidget *widget, const char *action, GVariant *parameter);
/* kilter-import-match.c */
void kilter_import_show_match (KilterImportDialog *self);
void kilter_import_connect_match (KilterImportDialog *self);
/* kilter-import-findings.c */
void kilter_import_show_findings (KilterImportDialog *self);
void kilter_import_show_result (KilterImportDialog *self);

G_END_DECLS
