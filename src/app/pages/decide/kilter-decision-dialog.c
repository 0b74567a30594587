/* kilter-decision-dialog.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/decide/kilter-decision-dialog.h"

#include "app/widgets/kilter-date-row.h"
#include "app/widgets/kilter-form.h"
#include "app/pages/common/kilter-ref-row.h"
#include "base/kilter-number.h"
#include "plan/process/kilter-meeting.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  KilterForm *form; /* not owned */
  int decision;     /* 0 for a new one */
  AdwEntryRow *title;
  AdwEntryRow *text;
  AdwEntryRow *margin;
  AdwEntryRow *cost;
  AdwEntryRow *effect;
  KilterRefRow *owner;
  KilterDateRow *by;
  KilterRefRow *scenario;
  AdwEntryRow *recommendation;
  AdwComboRow *measure;
  KilterRefRow *family;
  AdwComboRow *first;
  AdwComboRow *last;
} Editor;

static double
read_money (AdwEntryRow *row)
{
  double value;

  return kilter_number_parse (gtk_editable_get_text (GTK_EDITABLE (row)), &value) ? value : NAN;
}

static void
set_texts (Editor *self, KilterCommand *command, const KilterPlan *plan, int id)
{
  const struct
  {
    int field;
    AdwEntryRow *row;
  } texts[] = {
    { KILTER_DECISION_TITLE, self->title },
    { KILTER_DECISION_TEXT, self->text },
    { KILTER_DECISION_EFFECT, self->effect },
    { KILTER_DECISION_RECOMMENDATION, self->recommendation },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, id, texts[i].field,
                                   gtk_editable_get_text (GTK_EDITABLE (texts[i].row)));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, id, KILTER_DECISION_BY,
                                 kilter_date_row_get_iso (self->by));
}

/* By what actuals are to tell whether it came true. */
static void
set_check (Editor *self, KilterCommand *command, const KilterPlan *plan, int id)
{
  const struct
  {
    int field;
    AdwComboRow *row;
  } months[] = { { KILTER_DECISION_FIRST, self->first }, { KILTER_DECISION_LAST, self->last } };
  guint measure = adw_combo_row_get_selected (self->measure);

  kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, id, KILTER_DECISION_MEASURE,
                                 measure > 0 ? kilter_outcome_get_measures ()[measure - 1] : NULL);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_DECISION, id, KILTER_DECISION_FAMILY,
                                   kilter_ref_row_get_field (self->family));
  for (gsize i = 0; i < G_N_ELEMENTS (months); i++)
    {
      int chosen = (int) adw_combo_row_get_selected (months[i].row);
      g_autofree char *text = chosen > 0 ? kilter_bucket_to_string (
                                             kilter_plan_get_bucket_kind (plan),
                                             kilter_plan_get_cycle (plan) + chosen - 1)
                                         : NULL;

      kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, id, months[i].field,
                                     text);
    }
}

static gboolean
save_cb (KilterForm *form, gpointer data)
{
  Editor *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  const char *title = gtk_editable_get_text (GTK_EDITABLE (self->title));
  g_autofree char *label = NULL;
  KilterCommand *command;
  int id = self->decision;

  /* Translators: %s is a question to be decided */
  label = g_strdup_printf (id == 0 ? _ ("New decision: %s") : _ ("Changed decision: %s"), title);
  command = kilter_command_new ("edit-decision", label);
  if (id == 0)
    {
      id = kilter_command_add_record (command, plan, KILTER_TABLE_DECISION);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_DECISION, id,
                                       KILTER_DECISION_CYCLE, kilter_plan_get_current_cycle (plan));
      kilter_command_set_field_text (command, plan, KILTER_TABLE_DECISION, id,
                                     KILTER_DECISION_STATE, "open");
    }
  set_texts (self, command, plan, id);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_DECISION, id, KILTER_DECISION_MARGIN,
                                   read_money (self->margin));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_DECISION, id, KILTER_DECISION_COST,
                                   read_money (self->cost));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_DECISION, id, KILTER_DECISION_OWNER,
                                   kilter_ref_row_get_field (self->owner));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_DECISION, id,
                                   KILTER_DECISION_SCENARIO,
                                   kilter_ref_row_get_field (self->scenario));
  set_check (self, command, plan, id);
  return kilter_form_apply (form, command);
}

static void
delete_cb (Editor *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  const KilterRecord *decision = kilter_plan_get_record (plan, KILTER_TABLE_DECISION,
                                                         self->decision);
  g_autofree char *label = NULL;
  KilterCommand *command;

  /* Translators: %s is a question to be decided */
  label = g_strdup_printf (_ ("Deleted decision: %s"),
                           kilter_record_text (decision, KILTER_DECISION_TITLE));
  command = kilter_command_new ("edit-decision", label);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_ACTION, action)
    if (kilter_record_ref (action, KILTER_ACTION_DECISION) == self->decision)
      kilter_command_set_field_number (command, plan, KILTER_TABLE_ACTION, action->id,
                                       KILTER_ACTION_DECISION, NAN);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_AGENDA, item)
    if (kilter_record_ref (item, KILTER_AGENDA_DECISION) == self->decision)
      kilter_command_set_field_number (command, plan, KILTER_TABLE_AGENDA, item->id,
                                       KILTER_AGENDA_DECISION, NAN);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (kilter_record_ref (version, KILTER_VERSION_DECISION) == self->decision)
      kilter_command_set_field_number (command, plan, KILTER_TABLE_VERSION, version->id,
                                       KILTER_VERSION_DECISION, NAN);
  kilter_command_remove_record (command, plan, KILTER_TABLE_DECISION, self->decision);
  if (kilter_form_apply (self->form, command))
    adw_dialog_close (self->form->dialog);
}

/* A number is written as one, or not at all. */
static gboolean
check_money (AdwEntryRow *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  double value;
  gboolean is_valid = *text == '\0' || kilter_number_parse (text, &value);

  if (is_valid)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
    is_valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  return is_valid;
}

static void
check_cb (Editor *self)
{
  gboolean margin = check_money (self->margin), cost = check_money (self->cost);

  gtk_widget_set_sensitive (self->form->button,
                            margin && cost &&
                              *gtk_editable_get_text (GTK_EDITABLE (self->title)) != '\0');
}

static gboolean
is_option (const KilterPlan *plan, const KilterRecord *version)
{
  const char *state = kilter_record_text (version, KILTER_VERSION_STATE);

  return version->id != KILTER_BASELINE && !kilter_plan_is_snapshot (plan, version->id) &&
         !g_str_equal (state, "outdated") && !g_str_equal (state, "approved");
}

static AdwEntryRow *
add_money (AdwPreferencesGroup *group, const char *title, const KilterRecord *decision, int field)
{
  double value = decision != NULL ? kilter_record_number (decision, field) : NAN;
  g_autofree char *text = isnan (value) ? NULL : kilter_number_format_plain (value, 0);

  return kilter_form_add_entry (group, title, text);
}

static void
add_effects (Editor *self, const KilterPlan *plan, const KilterRecord *decision)
{
  AdwPreferencesGroup *group = kilter_form_add_group (self->form, _ ("Effect"), NULL);
  const char *currency = kilter_plan_get_currency (plan);
  /* Translators: %s is a currency */
  g_autofree char *margin = g_strdup_printf (_ ("On margin, %s"), currency);
  g_autofree char *cost = g_strdup_printf (_ ("Cost, %s"), currency);

  self->margin = add_money (group, margin, decision, KILTER_DECISION_MARGIN);
  self->cost = add_money (group, cost, decision, KILTER_DECISION_COST);
  self->effect = kilter_form_add_entry (
    group, _ ("Other"),
    decision != NULL ? kilter_record_text (decision, KILTER_DECISION_EFFECT) : "");
  self->scenario = KILTER_REF_ROW (kilter_ref_row_new (
    _ ("Scenario that it brings into the plan"), plan, KILTER_TABLE_VERSION,
    C_ ("scenario", "None"), is_option,
    decision != NULL ? kilter_record_ref (decision, KILTER_DECISION_SCENARIO) : 0));
  adw_preferences_group_add (group, GTK_WIDGET (self->scenario));
}

/* A month of the horizon, or none. */
static AdwComboRow *
add_month (AdwPreferencesGroup *group,
           const char *title,
           const KilterPlan *plan,
           const KilterRecord *decision,
           int field)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  KilterBucket chosen = decision != NULL
                          ? kilter_bucket_from_string (kind, kilter_record_text (decision, field))
                          : KILTER_BUCKET_NONE;
  guint selected = 0;

  g_ptr_array_add (names, g_strdup (C_ ("month", "None")));
  for (int i = 0; i < kilter_plan_get_n_horizon (plan); i++)
    {
      KilterBucket bucket = kilter_plan_get_cycle (plan) + i;

      g_ptr_array_add (names, kilter_bucket_get_label (kind, bucket));
      if (bucket == chosen)
        selected = (guint) i + 1;
    }
  g_ptr_array_add (names, NULL);
  return kilter_form_add_combo (group, title, (const char *const *) names->pdata, selected);
}

static void
add_check (Editor *self, const KilterPlan *plan, const KilterRecord *decision)
{
  AdwPreferencesGroup *group = kilter_form_add_group (
    self->form, _ ("Did It Come True?"),
    _ ("What actuals are compared with the approved plan by, once the months are over."));
  const char *const *measures = kilter_outcome_get_measures ();
  const char *key = decision != NULL ? kilter_record_text (decision, KILTER_DECISION_MEASURE) : "";
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint selected = 0;

  g_ptr_array_add (names, (gpointer) _ ("Not checked"));
  for (guint i = 0; measures[i] != NULL; i++)
    {
      g_ptr_array_add (names, (gpointer) kilter_measure_get_name (
                                (KilterMeasure) kilter_measure_from_key (measures[i])));
      if (g_str_equal (measures[i], key))
        selected = i + 1;
    }
  g_ptr_array_add (names, NULL);
  self->measure = kilter_form_add_combo (group, _ ("Checked by"),
                                         (const char *const *) names->pdata, selected);
  self->family = KILTER_REF_ROW (kilter_ref_row_new (
    _ ("Family"), plan, KILTER_TABLE_FAMILY, _ ("All families"), NULL,
    decision != NULL ? kilter_record_ref (decision, KILTER_DECISION_FAMILY) : 0));
  adw_preferences_group_add (group, GTK_WIDGET (self->family));
  self->first = add_month (group, _ ("From"), plan, decision, KILTER_DECISION_FIRST);
  self->last = add_month (group, _ ("To"), plan, decision, KILTER_DECISION_LAST);
}

void
kilter_decision_dialog_present (KilterPage *page, int id)
{
  KilterDocument *document = kilter_page_get_document (page);
  KilterPlan *plan = kilter_document_get_plan (document);
  const KilterRecord *decision = id > 0 ? kilter_plan_get_record (plan, KILTER_TABLE_DECISION, id)
                                        : NULL;
  Editor *self = g_new0 (Editor, 1);
  AdwPreferencesGroup *group;

  self->decision = decision != NULL ? id : 0;
  self->form = kilter_form_new (GTK_WIDGET (page), document,
                                decision != NULL ? _ ("Decision") : _ ("New Decision"),
                                decision != NULL ? _ ("_Save") : _ ("_Add"), save_cb, self, g_free);
  group = kilter_form_add_group (self->form, NULL, NULL);
  self->title = kilter_form_add_entry (
    group, _ ("What is to be decided"),
    decision != NULL ? kilter_record_text (decision, KILTER_DECISION_TITLE) : "");
  self->text = kilter_form_add_entry (
    group, _ ("Why, and what happens otherwise"),
    decision != NULL ? kilter_record_text (decision, KILTER_DECISION_TEXT) : "");
  self->owner = KILTER_REF_ROW (kilter_ref_row_new (
    _ ("Owner"), plan, KILTER_TABLE_PERSON, _ ("Nobody"), NULL,
    decision != NULL ? kilter_record_ref (decision, KILTER_DECISION_OWNER) : 0));
  self->by = KILTER_DATE_ROW (kilter_date_row_new (_ ("Decide by"), plan));
  if (decision != NULL)
    kilter_date_row_set_iso (self->by, kilter_record_text (decision, KILTER_DECISION_BY));
  adw_preferences_group_add (group, GTK_WIDGET (self->owner));
  adw_preferences_group_add (group, GTK_WIDGET (self->by));
  self->recommendation = kilter_form_add_entry (
    group, _ ("Recommendation"),
    decision != NULL ? kilter_record_text (decision, KILTER_DECISION_RECOMMENDATION) : "");
  add_effects (self, plan, decision);
  add_check (self, plan, decision);
  if (decision != NULL)
    kilter_form_add_delete (self->form, _ ("Delete Decision"), G_CALLBACK (delete_cb), self);
  g_signal_connect_swapped (self->title, "changed", G_CALLBACK (check_cb), self);
  g_signal_connect_swapped (self->margin, "changed", G_CALLBACK (check_cb), self);
  g_signal_connect_swapped (self->cost, "changed", G_CALLBACK (check_cb), self);
  check_cb (self);
  adw_dialog_set_focus (self->form->dialog, GTK_WIDGET (self->title));
  kilter_form_present (self->form);
}
