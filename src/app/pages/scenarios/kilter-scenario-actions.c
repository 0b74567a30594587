/* kilter-scenario-actions.c: what can be done with a scenario, from any page that shows some
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/scenarios/kilter-scenario-actions.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/kilter-form.h"
#include "app/window/kilter-page.h"
#include "plan/process/kilter-cycle.h"

/**
 * kilter_scenario_get_name:
 * @version: (nullable): a scenario or a snapshot
 *
 * Returns: (transfer none): its name, that of the baseline in the user's language
 */
const char *
kilter_scenario_get_name (const KilterRecord *version)
{
  const char *name = version != NULL ? kilter_record_text (version, KILTER_VERSION_NAME) : "";

  return version != NULL && version->id == KILTER_BASELINE &&
             (*name == '\0' || g_str_equal (name, "Baseline"))
           ? _ ("Baseline")
           : name;
}

gboolean
kilter_scenario_is_state (const KilterRecord *version, const char *state)
{
  return g_str_equal (kilter_record_text (version, KILTER_VERSION_STATE), state);
}

static const KilterRecord *
get_record (KilterPage *self, int id)
{
  KilterPlan *plan = kilter_page_get_plan (self);

  return plan != NULL ? kilter_plan_get_record (plan, KILTER_TABLE_VERSION, id) : NULL;
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  int id = g_variant_get_int32 (parameter);
  const KilterRecord *version = get_record (KILTER_PAGE (widget), id);
  g_autofree char *text = NULL;

  if (version == NULL || id == kilter_page_get_version (page))
    return;
  kilter_session_set_version (kilter_page_get_session (page), id);
  /* Translators: %s is a snapshot, or a scenario */
  text = g_strdup_printf (kilter_plan_is_snapshot (kilter_page_get_plan (page), id)
                            ? _ ("You are looking at “%s” now. It cannot be changed.")
                            : _ ("You are working in “%s” now"),
                          kilter_scenario_get_name (version));
  kilter_page_toast (page, text, FALSE);
}

/* The scenario in the grids, each cell beside what it is in the version that it started from. */
static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  KilterSession *session = kilter_page_get_session (page);
  int id = g_variant_get_int32 (parameter);
  const KilterRecord *version = get_record (page, id);
  int parent = version != NULL ? kilter_record_ref (version, KILTER_VERSION_PARENT) : 0;

  if (get_record (page, parent) == NULL)
    return;
  kilter_session_set_version (session, id);
  kilter_session_set_compared (session, parent);
  gtk_widget_activate_action (widget, "win.show-view", "s", "balance/sheet");
}

static void
recommend_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  KilterPlan *plan = kilter_page_get_plan (page);
  int id = g_variant_get_int32 (parameter);
  const KilterRecord *version = get_record (KILTER_PAGE (widget), id);

  if (version == NULL)
    return;
  kilter_page_apply (
    page,
    kilter_scenario_recommend (plan, kilter_scenario_is_state (version, "recommended") ? 0 : id),
    NULL);
}

static void
report_or_apply (KilterPage *page, KilterCommand *command, const GError *error, const char *toast)
{
  if (command == NULL)
    kilter_page_report (page, error);
  else
    kilter_page_apply (page, command, toast);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  KilterPlan *plan = kilter_page_get_plan (page);
  int id = g_variant_get_int32 (parameter);
  const KilterRecord *version = get_record (KILTER_PAGE (widget), id);
  g_autoptr (GError) error = NULL;
  g_autofree char *toast = NULL;
  KilterCommand *command;

  if (version == NULL)
    return;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, child)
    if (kilter_record_ref (child, KILTER_VERSION_PARENT) == id)
      {
        /* Translators: both are scenarios */
        g_autofree char *text = g_strdup_printf (
          _ ("“%1$s” cannot be deleted: “%2$s” starts from it."),
          kilter_scenario_get_name (version), kilter_scenario_get_name (child));

        kilter_page_toast (page, text, FALSE);
        return;
      }
  toast = g_strdup_printf (_ ("Deleted “%s”"), kilter_scenario_get_name (version));
  command = kilter_scenario_delete (plan, id, &error);
  /* nobody may look at what is not there */
  if (command != NULL && kilter_page_get_version (page) == id)
    kilter_session_set_version (kilter_page_get_session (page), KILTER_BASELINE);
  report_or_apply (page, command, error, toast);
}

typedef struct
{
  KilterPage *page;
  int id;
  AdwEntryRow *entry;
  AdwComboRow *part; /* what is adopted: all, demand, supply */
} Naming;

static void
adopt_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Naming *self = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  const KilterRecord *version = get_record (self->page, self->id);
  g_autoptr (GError) error = NULL;

  if (g_str_equal (answer, "adopt") && version != NULL)
    {
      g_autofree char *toast = g_strdup_printf (_ ("Adopted “%s”"),
                                                kilter_scenario_get_name (version));
      static const KilterScenarioPart parts[] = { KILTER_SCENARIO_ALL, KILTER_SCENARIO_DEMAND,
                                                  KILTER_SCENARIO_SUPPLY };
      KilterCommand *command = kilter_scenario_adopt_part (
        kilter_page_get_plan (self->page), self->id, NULL,
        parts[adw_combo_row_get_selected (self->part)], &error);

      report_or_apply (self->page, command, error, toast);
    }
  g_object_unref (self->page);
  g_free (self);
}

static AdwComboRow *
make_part_row (void)
{
  const char *const names[] = { _ ("Demand and supply"), _ ("Demand only"), _ ("Supply only"),
                                NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Adopt"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  return ADW_COMBO_ROW (row);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  g_autoptr (GError) error = NULL;
  KilterCommand *command = kilter_scenario_refresh (kilter_page_get_plan (page),
                                                    g_variant_get_int32 (parameter), &error);

  report_or_apply (page, command, error, _ ("The scenario stands on the plan as it is now"));
}

static void
adopt_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *self = KILTER_PAGE (widget);
  KilterPlan *plan = kilter_page_get_plan (self);
  int id = g_variant_get_int32 (parameter);
  const KilterRecord *version = get_record (self, id);
  const KilterRecord *parent;
  int n;
  g_autofree char *title = NULL, *body = NULL;
  AdwAlertDialog *dialog;
  GtkWidget *list;
  Naming *naming;

  if (version == NULL)
    return;
  parent = get_record (self, kilter_record_ref (version, KILTER_VERSION_PARENT));
  if (parent == NULL)
    return;
  n = kilter_plan_count_differences (plan, id);
  /* Translators: %s is a scenario */
  title = g_strdup_printf (_ ("Adopt “%s”?"), kilter_scenario_get_name (version));
  body = g_strdup_printf (
    ngettext ("%1$d value of this scenario becomes the value of “%2$s”. You can undo this.",
              "%1$d values of this scenario become the values of “%2$s”. You can undo this.",
              (gulong) n),
    n, kilter_scenario_get_name (parent));
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (title, body));
  adw_alert_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (dialog, "adopt", _ ("_Adopt"));
  adw_alert_dialog_set_response_appearance (dialog, "adopt", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "adopt");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  naming = g_new0 (Naming, 1);
  naming->page = g_object_ref (self);
  naming->id = id;
  naming->part = make_part_row ();
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (naming->part));
  adw_alert_dialog_set_extra_child (dialog, list);
  adw_alert_dialog_choose (dialog, widget, NULL, adopt_answered_cb, naming);
}

static gboolean
rename_save (KilterForm *form, gpointer data)
{
  Naming *self = data;
  KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autofree char *name = g_strstrip (
    g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autofree char *label = NULL;
  KilterVersion other = kilter_plan_find_version (plan, name);
  KilterCommand *command;

  if (other != 0 && other != self->id)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry),
                                     _ ("Another scenario has this name"));
      return FALSE;
    }
  /* Translators: %s is the new name of a scenario */
  label = g_strdup_printf (_ ("Renamed scenario to “%s”"), name);
  command = kilter_command_new ("scenario", label);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_VERSION, self->id, KILTER_VERSION_NAME,
                                 name);
  return kilter_form_apply (form, command);
}

static void
rename_changed_cb (GtkEditable *entry, KilterForm *form)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Name"));
  gtk_widget_set_sensitive (form->button, *name != '\0');
}

static void
rename_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  int id = g_variant_get_int32 (parameter);
  const KilterRecord *version = get_record (KILTER_PAGE (widget), id);
  Naming *self;
  KilterForm *form;

  if (version == NULL)
    return;
  self = g_new0 (Naming, 1);
  self->page = page;
  self->id = id;
  form = kilter_form_new (GTK_WIDGET (gtk_widget_get_root (widget)),
                          kilter_page_get_document (page), _ ("Rename Scenario"), _ ("_Rename"),
                          rename_save, self, g_free);
  self->entry = kilter_form_add_entry (kilter_form_add_group (form, NULL, NULL), _ ("Name"),
                                       kilter_scenario_get_name (version));
  g_signal_connect (self->entry, "changed", G_CALLBACK (rename_changed_cb), form);
  adw_dialog_set_default_widget (form->dialog, form->button);
  adw_entry_row_set_activates_default (self->entry, TRUE);
  adw_dialog_set_focus (form->dialog, GTK_WIDGET (self->entry));
  kilter_form_present (form);
}

/* --- public API ---------------------------------------------------------------------------------
 */

/**
 * kilter_scenario_actions_install:
 *
 * Gives a class of pages the actions "scenario.open", "compare", "rename", "recommend", "adopt",
 * "update" and "delete", each with the id of a version.
 */
void
kilter_scenario_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "scenario.open", "i", open_action);
  gtk_widget_class_install_action (klass, "scenario.compare", "i", compare_action);
  gtk_widget_class_install_action (klass, "scenario.rename", "i", rename_action);
  gtk_widget_class_install_action (klass, "scenario.recommend", "i", recommend_action);
  gtk_widget_class_install_action (klass, "scenario.adopt", "i", adopt_action);
  gtk_widget_class_install_action (klass, "scenario.update", "i", refresh_action);
  gtk_widget_class_install_action (klass, "scenario.delete", "i", delete_action);
}
