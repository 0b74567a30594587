/* kilter-agenda-dialog.c: an item of an agenda
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/balance/kilter-agenda-page.h"

#include "app/pages/common/kilter-ref-row.h"
#include "app/widgets/kilter-form.h"
#include "plan/process/kilter-meeting.h"

#include <glib/gi18n-lib.h>

/* what an item may show in the meeting, in the order of the choice */
static const struct
{
  const char *key;
  const char *name;
} views[] = {
  { "", N_ ("Nothing") },
  { "monitor/metrics", N_ ("Metrics") },
  { "demand/consensus", N_ ("Consensus") },
  { "supply/capacity", N_ ("Capacity") },
  { "balance/sheet", N_ ("Families") },
  { "balance/options", N_ ("Options") },
  { "balance/finance", N_ ("Finance") },
  { "risks/risks", N_ ("Assumptions & Risks") },
  { "monitor/actions", N_ ("Actions") },
};

typedef struct
{
  KilterForm *form; /* not owned */
  char *meeting;
  int item;
  AdwEntryRow *title;
  AdwEntryRow *text;
  AdwSpinRow *minutes;
  AdwComboRow *view;
  KilterRefRow *presenter;
  KilterRefRow *family;
  KilterRefRow *decision;
} Editor;

static void
editor_free (gpointer data)
{
  Editor *self = data;

  g_free (self->meeting);
  g_free (self);
}

static int
get_last_position (const KilterPlan *plan, const char *meeting)
{
  g_autoptr (GArray) items = kilter_agenda_list (plan, meeting);

  if (items->len == 0)
    return 0;
  return (int) kilter_record_number_or (
    kilter_plan_get_record (plan, KILTER_TABLE_AGENDA, g_array_index (items, int, items->len - 1)),
    KILTER_AGENDA_POSITION, items->len);
}

static gboolean
save_cb (KilterForm *form, gpointer data)
{
  Editor *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  const char *title = gtk_editable_get_text (GTK_EDITABLE (self->title));
  /* Translators: %s is an item of an agenda */
  g_autofree char *label = g_strdup_printf (
    self->item == 0 ? _ ("New agenda item: %s") : _ ("Changed agenda item: %s"), title);
  KilterCommand *command = kilter_command_new ("agenda", label);
  int id = self->item;

  if (id == 0)
    {
      id = kilter_command_add_record (command, plan, KILTER_TABLE_AGENDA);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_AGENDA, id, KILTER_AGENDA_CYCLE,
                                       kilter_plan_get_current_cycle (plan));
      kilter_command_set_field_text (command, plan, KILTER_TABLE_AGENDA, id, KILTER_AGENDA_MEETING,
                                     self->meeting);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_AGENDA, id,
                                       KILTER_AGENDA_POSITION,
                                       get_last_position (plan, self->meeting) + 1);
    }
  kilter_command_set_field_text (command, plan, KILTER_TABLE_AGENDA, id, KILTER_AGENDA_TITLE,
                                 title);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_AGENDA, id, KILTER_AGENDA_TEXT,
                                 gtk_editable_get_text (GTK_EDITABLE (self->text)));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_AGENDA, id, KILTER_AGENDA_VIEW,
                                 views[adw_combo_row_get_selected (self->view)].key);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_AGENDA, id, KILTER_AGENDA_MINUTES,
                                   adw_spin_row_get_value (self->minutes));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_AGENDA, id, KILTER_AGENDA_PRESENTER,
                                   kilter_ref_row_get_field (self->presenter));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_AGENDA, id, KILTER_AGENDA_FAMILY,
                                   kilter_ref_row_get_field (self->family));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_AGENDA, id, KILTER_AGENDA_DECISION,
                                   kilter_ref_row_get_field (self->decision));
  return kilter_form_apply (form, command);
}

static void
check_cb (Editor *self)
{
  gtk_widget_set_sensitive (self->form->button,
                            *gtk_editable_get_text (GTK_EDITABLE (self->title)) != '\0');
}

static void
delete_cb (Editor *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);

  if (kilter_form_apply (self->form, kilter_agenda_remove (plan, self->item)))
    adw_dialog_close (self->form->dialog);
}

static gboolean
is_of_cycle (const KilterPlan *plan, const KilterRecord *decision)
{
  return kilter_record_ref (decision, KILTER_DECISION_CYCLE) ==
         kilter_plan_get_current_cycle (plan);
}

static guint
find_view (const KilterRecord *item)
{
  const char *key = item != NULL ? kilter_record_text (item, KILTER_AGENDA_VIEW) : "";

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_str_equal (views[i].key, key))
      return i;
  return 0;
}

static KilterRefRow *
add_ref (AdwPreferencesGroup *group,
         const char *title,
         const KilterPlan *plan,
         KilterTableId table,
         const char *none,
         KilterRefFilter filter,
         int selected)
{
  GtkWidget *row = kilter_ref_row_new (title, plan, table, none, filter, selected);

  adw_preferences_group_add (group, row);
  return KILTER_REF_ROW (row);
}

void
kilter_agenda_dialog_present (KilterPage *page, const char *meeting, int item)
{
  KilterDocument *document = kilter_page_get_document (page);
  KilterPlan *plan = kilter_document_get_plan (document);
  const KilterRecord *record = item > 0 ? kilter_plan_get_record (plan, KILTER_TABLE_AGENDA, item)
                                        : NULL;
  Editor *self = g_new0 (Editor, 1);
  AdwPreferencesGroup *group;
  const char *names[G_N_ELEMENTS (views) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    names[i] = _ (views[i].name);
  self->item = record != NULL ? item : 0;
  self->meeting = g_strdup (meeting);
  self->form = kilter_form_new (
    GTK_WIDGET (page), document, record != NULL ? _ ("Agenda Item") : _ ("New Agenda Item"),
    record != NULL ? _ ("_Save") : _ ("_Add"), save_cb, self, editor_free);
  group = kilter_form_add_group (self->form, NULL, NULL);
  self->title = kilter_form_add_entry (
    group, _ ("Title, or the question"),
    record != NULL ? kilter_record_text (record, KILTER_AGENDA_TITLE) : "");
  self->text = kilter_form_add_entry (
    group, _ ("Explanation"),
    record != NULL ? kilter_record_text (record, KILTER_AGENDA_TEXT) : "");
  self->minutes = kilter_form_add_spin (
    group, _ ("Duration, minutes"), NULL, 0, 480, 5,
    record != NULL ? kilter_record_number_or (record, KILTER_AGENDA_MINUTES, 0) : 10);
  self->presenter = add_ref (group, _ ("Presenter"), plan, KILTER_TABLE_PERSON, _ ("Nobody"), NULL,
                             record != NULL ? kilter_record_ref (record, KILTER_AGENDA_PRESENTER)
                                            : 0);
  group = kilter_form_add_group (self->form, _ ("In the Meeting"), NULL);
  self->view = kilter_form_add_combo (group, _ ("Shows"), names, find_view (record));
  self->family = add_ref (group, _ ("Family"), plan, KILTER_TABLE_FAMILY, _ ("All families"), NULL,
                          record != NULL ? kilter_record_ref (record, KILTER_AGENDA_FAMILY) : 0);
  self->decision = add_ref (
    group, _ ("Decision needed"), plan, KILTER_TABLE_DECISION, C_ ("decision", "None"), is_of_cycle,
    record != NULL ? kilter_record_ref (record, KILTER_AGENDA_DECISION) : 0);
  if (record != NULL)
    kilter_form_add_delete (self->form, _ ("Delete Agenda Item"), G_CALLBACK (delete_cb), self);
  g_signal_connect_swapped (self->title, "changed", G_CALLBACK (check_cb), self);
  check_cb (self);
  adw_dialog_set_focus (self->form->dialog, GTK_WIDGET (self->title));
  kilter_form_present (self->form);
}
