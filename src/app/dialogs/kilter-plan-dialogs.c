/* kilter-plan-dialogs.c: properties of the plan, a new scenario, the filters of narrow windows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/help/kilter-help-window.h"
#include "app/widgets/kilter-form.h"
#include "app/widgets/kilter-scope-button.h"
#include "app/window/kilter-window.h"
#include "plan/process/kilter-cycle.h"
#include "report/words/kilter-format.h"

/* --- properties ---------------------------------------------------------------------------------
 */

typedef struct
{
  const char *key;
  const char *title;
  const char *subtitle;
  double lowest;
  double highest;
  double step;
  double factor; /* what is shown is the setting times this */
} NumberSetting;

static const NumberSetting numbers[] = {
  { "target-days", N_ ("Target Stock"), N_ ("Days of coming demand"), 0, 365, 1, 1 },
  { "min-days", N_ ("Least Stock"), N_ ("Days of coming demand"), 0, 365, 1, 1 },
  { "max-days", N_ ("Most Stock"), N_ ("Days of coming demand"), 0, 730, 1, 1 },
  { "holding-rate", N_ ("Cost of Holding Stock"), N_ ("Per cent of its value, a year"), 0, 100, 1,
    100 },
  { "weight-sales", N_ ("Weight of the Sales Input"),
    N_ ("Per cent of its difference that goes into the consensus"), 0, 100, 5, 100 },
  { "weight-marketing", N_ ("Weight of the Marketing Input"),
    N_ ("Per cent of its difference that goes into the consensus"), 0, 100, 5, 100 },
  { "fence", N_ ("Time Fence"), N_ ("Periods in which changes need approval"), 0, 12, 1, 1 },
  { "large-override", N_ ("Large Override"), N_ ("Per cent of the statistical forecast"), 1, 100, 1,
    100 },
  { "large-change", N_ ("Large Change"), N_ ("Per cent of the last cycle"), 1, 100, 1, 100 },
  { "outlier-sigmas", N_ ("Outlier, Standard Deviations"), N_ ("From what was expected"), 2, 10, 1,
    1 },
  { "new-months", N_ ("New Product"), N_ ("With fewer periods of sales"), 1, 36, 1, 1 },
  { "bias-months", N_ ("Bias"), N_ ("Errors in a row on one side"), 3, 12, 1, 1 },
  { "tracking-signal", N_ ("Tracking Signal"), N_ ("Sum of the errors in mean absolute errors"), 2,
    12, 1, 1 },
  { "exception-share", N_ ("Least Money"), N_ ("Per mille of the family’s revenue"), 0, 100, 1,
    1000 },
};

/* the first of those that limit exceptions */
#define FIRST_LIMIT 7

typedef struct
{
  AdwEntryRow *name;
  AdwEntryRow *currency;
  AdwEntryRow *unit;
  AdwSpinRow *numbers[G_N_ELEMENTS (numbers)];
} Properties;

static gboolean
properties_save (KilterForm *form, gpointer data)
{
  Properties *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  KilterCommand *command = kilter_command_new ("settings", _ ("Plan properties"));

  kilter_command_set_setting (command, plan, "name",
                              gtk_editable_get_text (GTK_EDITABLE (self->name)));
  kilter_command_set_setting (command, plan, "currency",
                              gtk_editable_get_text (GTK_EDITABLE (self->currency)));
  kilter_command_set_setting (command, plan, "unit",
                              gtk_editable_get_text (GTK_EDITABLE (self->unit)));
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      double value = adw_spin_row_get_value (self->numbers[i]) / numbers[i].factor;
      g_autofree char *text = NULL;

      /* what was not touched keeps all its digits */
      if (fabs (value - kilter_plan_get_setting_number (plan, numbers[i].key)) < 1e-9)
        continue;
      text = kilter_number_to_c (value);
      kilter_command_set_setting (command, plan, numbers[i].key, text);
    }
  return kilter_form_apply (form, command);
}

void
kilter_properties_dialog_present (GtkWidget *parent, KilterDocument *document)
{
  KilterPlan *plan = kilter_document_get_plan (document);
  Properties *self = g_new0 (Properties, 1);
  KilterForm *form = kilter_form_new (parent, document, _ ("Plan Properties"), _ ("_Save"),
                                      properties_save, self, g_free);
  AdwPreferencesGroup *group = kilter_form_add_group (form, NULL, NULL);

  adw_dialog_set_content_height (form->dialog, 640);
  self->name = kilter_form_add_entry (group, _ ("Name"), kilter_plan_get_name (plan));
  self->currency = kilter_form_add_entry (group, _ ("Currency"), kilter_plan_get_currency (plan));
  self->unit = kilter_form_add_entry (group, _ ("Unit of Quantities"),
                                      kilter_plan_get_setting (plan, "unit"));
  group = kilter_form_add_group (form, _ ("Planning"),
                                 _ ("Products can have their own stock policy."));
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      double value = kilter_plan_get_setting_number (plan, numbers[i].key);

      if (i == FIRST_LIMIT)
        group = kilter_form_add_group (form, _ ("Exception Limits"), NULL);
      self->numbers[i] = kilter_form_add_spin (
        group, _ (numbers[i].title), _ (numbers[i].subtitle), numbers[i].lowest, numbers[i].highest,
        numbers[i].step, isfinite (value) ? value * numbers[i].factor : 0);
    }
  gtk_widget_set_sensitive (form->button, !kilter_document_is_read_only (document));
  kilter_help_set_page (GTK_WIDGET (form->dialog), "file");
  kilter_form_present (form);
}

/* --- scenario -----------------------------------------------------------------------------------
 */

typedef struct
{
  KilterSession *session;
  int risk; /* that it is about, or 0 */
  AdwEntryRow *name;
} Scenario;

static void
scenario_free (gpointer data)
{
  Scenario *self = data;

  g_clear_object (&self->session);
  g_free (self);
}

/* The scenario says what it is about, and knows the record. */
static void
link_risk (KilterPlan *plan, KilterCommand *command, KilterVersion version, int risk)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_RISK, risk);

  if (record == NULL)
    return;
  kilter_command_set_field_number (command, plan, KILTER_TABLE_VERSION, version,
                                   KILTER_VERSION_RISK, risk);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, version, KILTER_VERSION_NOTE,
                                 kilter_record_text (record, KILTER_RISK_TEXT));
}

static gboolean
scenario_save (KilterForm *form, gpointer data)
{
  Scenario *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  g_autofree char *now = kilter_document_get_now (form->document);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  KilterVersion version = 0;
  KilterCommand *command = kilter_scenario_new (plan, kilter_session_get_version (self->session),
                                                name, kilter_document_get_user (form->document),
                                                now, &version, &error);

  if (command == NULL)
    {
      kilter_form_report (form, error);
      return FALSE;
    }
  if (self->risk != 0)
    link_risk (plan, command, version, self->risk);
  if (!kilter_form_apply (form, command))
    return FALSE;
  kilter_session_set_version (self->session, version);
  /* Translators: %s is a scenario */
  text = g_strdup_printf (_ ("You are working in “%s” now"), name);
  kilter_window_toast (KILTER_WINDOW (gtk_widget_get_root (form->window)), text, FALSE);
  return TRUE;
}

static void
scenario_name_cb (GtkEditable *entry, gpointer data)
{
  KilterForm *form = data;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  gtk_widget_set_sensitive (form->button, *name != '\0');
}

static void
present_scenario_dialog (GtkWidget *parent,
                         KilterDocument *document,
                         KilterSession *session,
                         int risk,
                         const char *name)
{
  Scenario *self = g_new0 (Scenario, 1);
  KilterForm *form;
  AdwPreferencesGroup *group;

  self->session = g_object_ref (session);
  self->risk = risk;
  form = kilter_form_new (parent, document, _ ("Save as Scenario"), _ ("_Create"), scenario_save,
                          self, scenario_free);
  group = kilter_form_add_group (
    form, NULL,
    _ ("A scenario holds only what differs. Nothing you try in it changes the others."));
  self->name = kilter_form_add_entry (group, _ ("Name"), name);
  g_signal_connect (self->name, "changed", G_CALLBACK (scenario_name_cb), form);
  scenario_name_cb (GTK_EDITABLE (self->name), form);
  adw_dialog_set_focus (form->dialog, GTK_WIDGET (self->name));
  kilter_help_set_page (GTK_WIDGET (form->dialog), "scenarios");
  kilter_form_present (form);
}

void
kilter_scenario_dialog_present (GtkWidget *parent, KilterDocument *document, KilterSession *session)
{
  present_scenario_dialog (parent, document, session, 0, "");
}

void
kilter_risk_scenario_dialog_present (GtkWidget *parent,
                                     KilterDocument *document,
                                     KilterSession *session,
                                     int risk)
{
  const KilterRecord *record = kilter_plan_get_record (kilter_document_get_plan (document),
                                                       KILTER_TABLE_RISK, risk);

  if (record != NULL)
    present_scenario_dialog (parent, document, session, risk,
                             kilter_record_text (record, KILTER_RISK_TEXT));
}

/* --- filters ------------------------------------------------------------------------------------
 */

typedef struct
{
  KilterSession *session;
  AdwComboRow *scopes[KILTER_N_SCOPE_KINDS];
  GListModel *lists[KILTER_N_SCOPE_KINDS];
  AdwComboRow *unit;
  GArray *units;
  AdwComboRow *version;
  GArray *versions;
} Filters;

static void
filters_free (gpointer data)
{
  Filters *self = data;

  g_clear_object (&self->session);
  for (int kind = 0; kind < KILTER_N_SCOPE_KINDS; kind++)
    g_clear_object (&self->lists[kind]);
  g_array_unref (self->units);
  g_array_unref (self->versions);
  g_free (self);
}

static gboolean
filters_save (KilterForm *form, gpointer data)
{
  Filters *self = data;
  KilterScope scope = *kilter_session_get_scope (self->session);
  guint unit;

  for (int kind = 0; kind < KILTER_N_SCOPE_KINDS; kind++)
    if (self->scopes[kind] != NULL)
      {
        g_autoptr (KilterScopeItem) item = g_list_model_get_item (
          self->lists[kind], adw_combo_row_get_selected (self->scopes[kind]));

        if (item != NULL)
          kilter_scope_item_apply (item, &scope);
      }
  kilter_session_set_scope (self->session, &scope);
  if (self->version != NULL)
    {
      guint version = adw_combo_row_get_selected (self->version);

      if (version < self->versions->len)
        kilter_session_set_version (self->session, g_array_index (self->versions, int, version));
    }
  if (self->unit != NULL)
    {
      unit = adw_combo_row_get_selected (self->unit);
      if (unit < self->units->len)
        kilter_session_set_unit (self->session,
                                 g_array_index (self->units, KilterDisplayUnit, unit));
    }
  return TRUE;
}

static void
add_scope (Filters *self, AdwPreferencesGroup *group, const KilterPlan *plan, KilterScopeKind kind)
{
  static const char *const titles[] = { N_ ("Products"), N_ ("Region"), N_ ("Channel"),
                                        N_ ("Line") };
  AdwComboRow *row;
  g_autoptr (GtkExpression) expression = NULL;

  self->lists[kind] = kilter_scope_list_new (plan, kind);
  if (g_list_model_get_n_items (self->lists[kind]) < 2)
    return;
  row = self->scopes[kind] = ADW_COMBO_ROW (adw_combo_row_new ());
  expression = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL,
                                            G_CALLBACK (kilter_scope_item_dup_name), NULL, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (titles[kind]));
  adw_combo_row_set_expression (row, expression);
  adw_combo_row_set_enable_search (row, TRUE);
  adw_combo_row_set_model (row, self->lists[kind]);
  adw_combo_row_set_selected (
    row, kilter_scope_list_find (self->lists[kind], kilter_session_get_scope (self->session)));
  adw_preferences_group_add (group, GTK_WIDGET (row));
}

static void
add_versions (Filters *self, AdwPreferencesGroup *group, const KilterPlan *plan)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint selected = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    {
      if (version->id == kilter_session_get_version (self->session))
        selected = self->versions->len;
      g_array_append_val (self->versions, version->id);
      g_ptr_array_add (names, (gpointer) kilter_record_text (version, KILTER_VERSION_NAME));
    }
  g_ptr_array_add (names, NULL);
  if (self->versions->len > 1)
    self->version = kilter_form_add_combo (group, _ ("Scenario"),
                                           (const char *const *) names->pdata, selected);
}

void
kilter_filters_dialog_present (GtkWidget *parent,
                               KilterDocument *document,
                               KilterSession *session,
                               KilterPageNeeds needs)
{
  const KilterPlan *plan = kilter_document_get_plan (document);
  Filters *self = g_new0 (Filters, 1);
  KilterForm *form;
  AdwPreferencesGroup *group;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint selected = 0;

  self->session = g_object_ref (session);
  self->units = g_array_new (FALSE, FALSE, sizeof (KilterDisplayUnit));
  self->versions = g_array_new (FALSE, FALSE, sizeof (int));
  form = kilter_form_new (parent, document, _ ("Filters"), _ ("_Show"), filters_save, self,
                          filters_free);
  group = kilter_form_add_group (form, NULL, NULL);
  for (KilterScopeKind kind = 0; kind < KILTER_N_SCOPE_KINDS; kind++)
    if ((needs & (KilterPageNeeds) (KILTER_PAGE_NEEDS_PRODUCT << kind)) != 0)
      add_scope (self, group, plan, kind);
  for (KilterDisplayUnit unit = 0; unit < KILTER_N_DISPLAY_UNITS; unit++)
    if ((needs & (KilterPageNeeds) (KILTER_PAGE_NEEDS_CASES << unit)) != 0)
      {
        if (unit == kilter_session_get_unit (session))
          selected = self->units->len;
        g_array_append_val (self->units, unit);
        g_ptr_array_add (names, kilter_display_unit_get_name (unit, plan));
      }
  g_ptr_array_add (names, NULL);
  if (self->units->len > 1)
    self->unit = kilter_form_add_combo (group, _ ("Unit"), (const char *const *) names->pdata,
                                        selected);
  add_versions (self, group, plan);
  kilter_form_present (form);
}
