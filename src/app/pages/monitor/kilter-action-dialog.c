/* kilter-action-dialog.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/monitor/kilter-action-dialog.h"

#include "app/widgets/kilter-date-row.h"
#include "app/widgets/kilter-form.h"
#include "app/pages/common/kilter-ref-row.h"
#include "plan/process/kilter-cycle.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  KilterForm *form; /* not owned */
  int action;       /* 0 for a new one */
  AdwEntryRow *title;
  KilterRefRow *owner;
  KilterDateRow *due;
  KilterRefRow *decision;
} Editor;

static gboolean
save_cb (KilterForm *form, gpointer data)
{
  Editor *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  const char *title = gtk_editable_get_text (GTK_EDITABLE (self->title));
  g_autofree char *label = NULL;
  KilterCommand *command;
  int id = self->action;

  /* Translators: %s is an action */
  label = g_strdup_printf (id == 0 ? _ ("New action: %s") : _ ("Changed action: %s"), title);
  command = kilter_command_new ("action", label);
  if (id == 0)
    {
      id = kilter_command_add_record (command, plan, KILTER_TABLE_ACTION);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_CYCLE,
                                       kilter_plan_get_current_cycle (plan));
      kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_STATE,
                                     "open");
    }
  kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_TITLE,
                                 title);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_OWNER,
                                   kilter_ref_row_get_field (self->owner));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_DUE,
                                 kilter_date_row_get_iso (self->due));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_DECISION,
                                   kilter_ref_row_get_field (self->decision));
  return kilter_form_apply (form, command);
}

static void
delete_cb (Editor *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  const KilterRecord *action = kilter_plan_get_record (plan, KILTER_TABLE_ACTION, self->action);
  g_autofree char *label = NULL;
  KilterCommand *command;

  /* Translators: %s is an action */
  label = g_strdup_printf (_ ("Deleted action: %s"),
                           kilter_record_text (action, KILTER_ACTION_TITLE));
  command = kilter_command_new ("action", label);
  kilter_command_remove_record (command, plan, KILTER_TABLE_ACTION, self->action);
  if (kilter_form_apply (self->form, command))
    adw_dialog_close (self->form->dialog);
}

static void
title_changed_cb (Editor *self)
{
  gtk_widget_set_sensitive (self->form->button,
                            *gtk_editable_get_text (GTK_EDITABLE (self->title)) != '\0');
}

void
kilter_action_dialog_present (KilterPage *page, int id)
{
  KilterDocument *document = kilter_page_get_document (page);
  KilterPlan *plan = kilter_document_get_plan (document);
  const KilterRecord *action = id > 0 ? kilter_plan_get_record (plan, KILTER_TABLE_ACTION, id)
                                      : NULL;
  Editor *self = g_new0 (Editor, 1);
  AdwPreferencesGroup *group;
  GtkWidget *due;

  self->action = action != NULL ? id : 0;
  self->form = kilter_form_new (GTK_WIDGET (page), document,
                                action != NULL ? _ ("Action") : _ ("New Action"),
                                action != NULL ? _ ("_Save") : _ ("_Add"), save_cb, self, g_free);
  group = kilter_form_add_group (self->form, NULL, NULL);
  self->title = kilter_form_add_entry (
    group, _ ("Action"), action != NULL ? kilter_record_text (action, KILTER_ACTION_TITLE) : "");
  self->owner = KILTER_REF_ROW (
    kilter_ref_row_new (_ ("Owner"), plan, KILTER_TABLE_PERSON, _ ("Nobody"), NULL,
                        action != NULL ? kilter_record_ref (action, KILTER_ACTION_OWNER) : 0));
  due = kilter_date_row_new (_ ("Due"), plan);
  self->due = KILTER_DATE_ROW (due);
  if (action != NULL)
    kilter_date_row_set_iso (self->due, kilter_record_text (action, KILTER_ACTION_DUE));
  self->decision = KILTER_REF_ROW (kilter_ref_row_new (
    _ ("From the decision"), plan, KILTER_TABLE_DECISION, C_ ("decision", "None"), NULL,
    action != NULL ? kilter_record_ref (action, KILTER_ACTION_DECISION) : 0));
  adw_preferences_group_add (group, GTK_WIDGET (self->owner));
  adw_preferences_group_add (group, due);
  adw_preferences_group_add (group, GTK_WIDGET (self->decision));
  if (action != NULL)
    kilter_form_add_delete (self->form, _ ("Delete Action"), G_CALLBACK (delete_cb), self);
  g_signal_connect_swapped (self->title, "changed", G_CALLBACK (title_changed_cb), self);
  title_changed_cb (self);
  adw_dialog_set_focus (self->form->dialog, GTK_WIDGET (self->title));
  kilter_form_present (self->form);
}
