/* kilter-form.h: the frame of a dialog that is filled in and saved
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document/kilter-document.h"

G_BEGIN_DECLS

/**
 * KilterForm: a dialog with Cancel, one button and preference groups
 * @saved: called by the button; the dialog closes when it returns %TRUE
 */
typedef struct _KilterForm KilterForm;
typedef gboolean (*KilterFormSave) (KilterForm *form, gpointer user_data);

struct _KilterForm
{
  AdwDialog *dialog;
  GtkWidget *window; /* the parent */
  GtkWidget *button;
  AdwPreferencesPage *page;
  KilterDocument *document;
  KilterFormSave save;
  gpointer user_data;
  GDestroyNotify free_user_data;
};

/* (transfer none): belongs to its dialog */
KilterForm *kilter_form_new (GtkWidget *window,
                             KilterDocument *document,
                             const char *title,
                             const char *button,
                             KilterFormSave save,
                             gpointer user_data,
                             GDestroyNotify free_user_data);
AdwPreferencesGroup *
kilter_form_add_group (KilterForm *form, const char *title, const char *description);
AdwComboRow *kilter_form_add_combo (AdwPreferencesGroup *group,
                                    const char *title,
                                    const char *const *choices,
                                    guint selected);
AdwEntryRow *
kilter_form_add_entry (AdwPreferencesGroup *group, const char *title, const char *text);
AdwSpinRow *kilter_form_add_spin (AdwPreferencesGroup *group,
                                  const char *title,
                                  const char *subtitle,
                                  double lowest,
                                  double highest,
                                  double step,
                                  double value);
/* a last button, which calls @deleted with @user_data first */
void
kilter_form_add_delete (KilterForm *form, const char *title, GCallback deleted, gpointer user_data);
/* applies, or says why not and returns FALSE */
gboolean kilter_form_apply (KilterForm *form, KilterCommand *command /* (transfer full) */);
void kilter_form_report (KilterForm *form, const GError *error);
void kilter_form_present (KilterForm *form);

/* the people of a plan as choices; the first is nobody */
GtkStringList *kilter_people_list_new (const KilterPlan *plan, GArray *out_ids);

G_END_DECLS
