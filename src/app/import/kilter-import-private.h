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
  AdwPreferencesGroup *setup_group;
  AdwEntryRow *name_row;
  AdwComboRow *currency_row;
  AdwComboRow *cycle_row;
  AdwActionRow *place_row;

  KilterDocument *document; /* NULL for a plan that is yet to be made */
  GFile *file;
  GCancellable *cancellable;
  KilterImportOptions *options;
  KilterImportFile *rows;
  KilterImportPreview *preview;
  KilterProfiles *profiles;
  char *profile;          /* (nullable): the name of the one in use */
  gboolean is_remembered; /* because the file's name is like that of an earlier one */
  guint tick;             /* while a file is read or checked */
  gboolean is_working;    /* so is the preview that of other options */
  GPtrArray *result_rows; /* widgets of the groups, to be removed */
  gboolean is_filling;    /* the program sets the choices, not the person */

  /* of a plan that is yet to be made */
  KilterDocumentSetup setup;
  char *name;
  GFile *place;             /* where it will be kept */
  gboolean is_place_chosen; /* by the person */
  int n_fits;               /* how often the span was made to fit the file */
  KilterBucket first_cycle; /* of the list */
  gboolean is_made;         /* it is there: the file goes in as soon as it is checked */
};

/* kilter-import-dialog.c */
void kilter_import_show_step (KilterImportDialog *self, const char *step);
void kilter_import_take_in (KilterImportDialog *self);
/* kilter-import-work.c */
void kilter_import_read_again (KilterImportDialog *self);
void kilter_import_check_again (KilterImportDialog *self);
void kilter_import_stop (KilterImportDialog *self);
/* kilter-import-new-plan.c */
void kilter_import_connect_new_plan (KilterImportDialog *self);
void kilter_import_begin_new_plan (KilterImportDialog *self);
KilterPlan *kilter_import_draft_plan (KilterImportDialog *self);
gboolean kilter_import_fit_new_plan (KilterImportDialog *self);
void kilter_import_show_new_plan (KilterImportDialog *self);
gboolean kilter_import_has_place (KilterImportDialog *self);
void kilter_import_choose_place (GtkWidget *widget, const char *action, GVariant *parameter);
void kilter_import_make_plan (KilterImportDialog *self);
void kilter_import_finish_new_plan (KilterImportDialog *self);
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
