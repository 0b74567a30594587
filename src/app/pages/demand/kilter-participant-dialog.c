/* kilter-participant-dialog.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-participant-dialog.h"

#include "app/dialogs/kilter-password-dialog.h"
#include "app/pages/demand/kilter-inputs-page-private.h"
#include "app/widgets/kilter-form.h"
#include "exchange/participant/kilter-participant.h"
#include "seal/kilter-seal.h"
#include "store/kilter-store.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  KilterForm *form; /* not owned */
  KilterPage *page; /* not owned: it lives as long as its dialogs */
  int person;
  AdwSwitchRow *money;
  AdwSwitchRow *seal;
  GtkWidget *password;
  GtkWidget *again;
} Dialog;

/* What is written while the dialog is gone. */
typedef struct
{
  KilterPage *page; /* a reference */
  KilterParticipantRequest request;
  char *token;
  char *at;
  char *password; /* (nullable) */
  GFile *file;
  KilterPlan *copy;
  KilterCommand *note;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *self = data;

  g_object_unref (self->page);
  g_free (self->token);
  g_free (self->at);
  kilter_seal_forget (self->password);
  g_clear_object (&self->file);
  g_clear_pointer (&self->copy, kilter_plan_free);
  g_clear_pointer (&self->note, kilter_command_unref);
  g_free (self);
}

/* --- writing --- */

static void
write_run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Sending *self = data;
  GError *error = NULL;
  g_autoptr (GBytes) plain = kilter_store_make_bytes (g_steal_pointer (&self->copy), &error);

  if (plain != NULL &&
      kilter_seal_write_file (self->file, plain, self->password, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The plan remembers the file when it is on the disk. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KilterPage *page = KILTER_PAGE (source);
  Sending *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL, *toast = NULL;
  KilterPlan *plan;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      kilter_page_report (page, error);
      return;
    }
  if (kilter_page_get_document (page) == NULL)
    return;
  plan = kilter_page_get_plan (page);
  name = g_file_get_basename (self->file);
  kilter_participant_note_file (self->note, plan, &self->request, name);
  /* Translators: %s is a file */
  toast = g_strdup_printf (_ ("“%s” is ready to be sent"), name);
  kilter_page_apply (page, g_steal_pointer (&self->note), toast);
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Sending *self = data;
  KilterPage *page = self->page;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  self->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  if (self->file == NULL || kilter_page_get_document (page) == NULL)
    {
      sending_free (self);
      return;
    }
  self->copy = kilter_participant_make (kilter_page_get_plan (page), &self->request, &self->note,
                                        &error);
  if (self->copy == NULL)
    {
      kilter_page_report (page, error);
      sending_free (self);
      return;
    }
  task = g_task_new (page, NULL, written_cb, NULL);
  g_task_set_task_data (task, self, sending_free);
  g_task_run_in_thread (task, write_run);
}

static gboolean
save_cb (KilterForm *form, gpointer data)
{
  Dialog *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Sending *sending = g_new0 (Sending, 1);
  g_autofree char *name = kilter_participant_get_file_name (plan, self->person);
  g_autofree char *sealed = NULL;

  sending->page = g_object_ref (self->page);
  sending->token = g_uuid_string_random ();
  sending->at = kilter_document_get_now (form->document);
  sending->request = (KilterParticipantRequest) {
    .person = self->person,
    .version = kilter_page_get_version (self->page),
    .money = adw_switch_row_get_active (self->money),
    .token = sending->token,
    .at = sending->at,
  };
  if (adw_switch_row_get_active (self->seal))
    {
      sending->password = kilter_password_get_new (GTK_EDITABLE (self->password),
                                                   GTK_EDITABLE (self->again));
      sealed = g_strconcat (name, "-sealed", NULL);
    }
  gtk_file_dialog_set_title (dialog, _ ("Save Participant File"));
  gtk_file_dialog_set_initial_name (dialog, sealed != NULL ? sealed : name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->page))), NULL,
                        file_chosen_cb, sending);
  return TRUE;
}

/* --- the dialog --- */

static void
changed_cb (Dialog *self)
{
  gboolean seals = adw_switch_row_get_active (self->seal);
  char *password = kilter_password_get_new (GTK_EDITABLE (self->password),
                                            GTK_EDITABLE (self->again));

  gtk_widget_set_visible (self->password, seals);
  gtk_widget_set_visible (self->again, seals);
  gtk_widget_set_sensitive (self->form->button, !seals || password != NULL);
  kilter_seal_forget (password);
}

static GtkWidget *
add_password (Dialog *self, AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), self);
  return row;
}

static AdwSwitchRow *
add_switch (AdwPreferencesGroup *group, const char *title, const char *subtitle, gboolean active)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), active);
  adw_preferences_group_add (group, row);
  return ADW_SWITCH_ROW (row);
}

/* "Sales input · Ice Cream", one line for each part that the person answers for */
static char *
describe_parts (const KilterPlan *plan, int person)
{
  GString *text = g_string_new (NULL);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    {
      g_autofree char *scope = NULL;

      if (kilter_contributor_get_measure (plan, contributor->id) < 0 ||
          kilter_record_ref (contributor, KILTER_CONTRIBUTOR_PERSON) != person)
        continue;
      scope = kilter_inputs_describe_scope (plan, contributor);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", scope);
    }
  return g_string_free (text, FALSE);
}

/**
 * kilter_participant_dialog_present:
 * @contributor: of the person that gets the file
 */
void
kilter_participant_dialog_present (KilterPage *page, int contributor)
{
  KilterDocument *document = kilter_page_get_document (page);
  KilterPlan *plan = kilter_document_get_plan (document);
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR, contributor);
  Dialog *self;
  AdwPreferencesGroup *group;
  GtkWidget *parts;
  g_autofree char *described = NULL, *escaped = NULL;
  const char *person;

  if (record == NULL)
    return;
  self = g_new0 (Dialog, 1);
  self->page = page;
  self->person = kilter_record_ref (record, KILTER_CONTRIBUTOR_PERSON);
  person = kilter_plan_get_key (plan, KILTER_TABLE_PERSON, self->person);
  described = describe_parts (plan, self->person);
  escaped = g_markup_escape_text (described, -1);
  self->form = kilter_form_new (GTK_WIDGET (page), document, _ ("Participant File"), _ ("_Save…"),
                                save_cb, self, g_free);
  group = kilter_form_add_group (
    self->form, person,
    _ ("A plan of its own with nothing but this part of the plan. It is worked on without a "
       "connection and sent back; Import Answers merges it."));
  parts = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (parts), _ ("Holds"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (parts), escaped);
  gtk_widget_add_css_class (parts, "property");
  adw_preferences_group_add (group, parts);
  self->money = add_switch (group, _ ("Prices and Costs"),
                            _ ("Without them no money of the plan is in the file"),
                            kilter_participant_may_see_money (plan, self->person));
  group = kilter_form_add_group (self->form, NULL, NULL);
  self->seal = add_switch (group, _ ("Seal With a Password"),
                           _ ("Tell it on another way than the file. A lost password is a lost "
                              "file."),
                           FALSE);
  self->password = add_password (self, group, _ ("Password, at Least 8 Characters"));
  self->again = add_password (self, group, _ ("The Same Once More"));
  g_signal_connect_swapped (self->seal, "notify::active", G_CALLBACK (changed_cb), self);
  changed_cb (self);
  kilter_form_present (self->form);
}
