/* kilter-cycle-dialogs.c: the calendar of the cycle, and the next cycle
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/help/kilter-help-window.h"
#include "app/widgets/kilter-date-row.h"
#include "app/dialogs/kilter-dialogs.h"
#include "app/widgets/kilter-form.h"
#include "app/window/kilter-window.h"
#include "plan/process/kilter-cycle.h"
#include "report/words/kilter-format.h"

/* --- calendar -----------------------------------------------------------------------------------
 */

typedef struct
{
  GtkWidget *dates[KILTER_N_STEPS];
  AdwEntryRow *times[KILTER_N_STEPS];
  AdwComboRow *owners[KILTER_N_STEPS];
  GArray *people;
} Calendar;

static void
calendar_free (gpointer data)
{
  Calendar *self = data;

  g_array_unref (self->people);
  g_free (self);
}

static gboolean
calendar_save (KilterForm *form, gpointer data)
{
  Calendar *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  KilterCommand *command = kilter_command_new ("calendar", _ ("Cycle calendar"));

  for (int i = 0; i < KILTER_N_STEPS; i++)
    {
      const KilterRecord *step = kilter_plan_get_step (plan, i + 1);
      guint selected = adw_combo_row_get_selected (self->owners[i]);
      int owner = selected < self->people->len ? g_array_index (self->people, int, selected) : 0;

      if (step == NULL)
        continue;
      kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, step->id, KILTER_STEP_DUE,
                                     kilter_date_row_get_iso (KILTER_DATE_ROW (self->dates[i])));
      kilter_command_set_field_text (command, plan, KILTER_TABLE_STEP, step->id, KILTER_STEP_TIME,
                                     gtk_editable_get_text (GTK_EDITABLE (self->times[i])));
      kilter_command_set_field_number (command, plan, KILTER_TABLE_STEP, step->id,
                                       KILTER_STEP_OWNER, owner > 0 ? owner : (double) NAN);
    }
  return kilter_form_apply (form, command);
}

static guint
find_person (GArray *people, int person)
{
  for (guint i = 0; i < people->len; i++)
    if (g_array_index (people, int, i) == person)
      return i;
  return 0;
}

void
kilter_calendar_dialog_present (GtkWidget *parent, KilterDocument *document)
{
  KilterPlan *plan = kilter_document_get_plan (document);
  Calendar *self = g_new0 (Calendar, 1);
  g_autoptr (GtkStringList) names = NULL;
  KilterForm *form;

  self->people = g_array_new (FALSE, FALSE, sizeof (int));
  names = kilter_people_list_new (plan, self->people);
  form = kilter_form_new (parent, document, _ ("Cycle Calendar"), _ ("_Save"), calendar_save, self,
                          calendar_free);
  adw_dialog_set_content_height (form->dialog, 640);
  for (int i = 0; i < KILTER_N_STEPS; i++)
    {
      const KilterRecord *step = kilter_plan_get_step (plan, i + 1);
      AdwPreferencesGroup *group = kilter_form_add_group (form, kilter_step_get_name (i + 1), NULL);

      self->dates[i] = kilter_date_row_new (_ ("Due"), plan);
      adw_preferences_group_add (group, self->dates[i]);
      self->times[i] = kilter_form_add_entry (
        group, _ ("Time of the Meeting"),
        step != NULL ? kilter_record_text (step, KILTER_STEP_TIME) : "");
      self->owners[i] = kilter_form_add_combo (group, _ ("Owner"), NULL, 0);
      adw_combo_row_set_model (self->owners[i], G_LIST_MODEL (names));
      if (step != NULL)
        {
          kilter_date_row_set_iso (KILTER_DATE_ROW (self->dates[i]),
                                   kilter_record_text (step, KILTER_STEP_DUE));
          adw_combo_row_set_selected (
            self->owners[i],
            find_person (self->people, kilter_record_ref (step, KILTER_STEP_OWNER)));
        }
    }
  gtk_widget_set_sensitive (form->button, !kilter_document_is_read_only (document));
  kilter_help_set_page (GTK_WIDGET (form->dialog), "overview");
  kilter_form_present (form);
}

/* --- next cycle ---------------------------------------------------------------------------------
 */

static gboolean
has_actuals (KilterPlan *plan)
{
  int bucket = kilter_plan_get_n_history (plan);

  for (int row = 1; row <= kilter_plan_get_n_rows (plan, KILTER_GRAIN_SERIES); row++)
    {
      const double *actual = kilter_plan_get_stored (plan, KILTER_BASELINE, KILTER_ACTUAL,
                                                     KILTER_LAYER_FACT, row);

      if (actual != NULL && isfinite (actual[bucket]))
        return TRUE;
    }
  return FALSE;
}

/* what goes on, each a switch */
typedef struct
{
  GtkWidget *overrides;
  GtkWidget *actions;
  GtkWidget *tasks;
  GtkWidget *decisions;
} Rules;

static GtkWidget *
add_rule (AdwPreferencesGroup *group, const char *title, int count, const char *otherwise)
{
  GtkWidget *row = adw_switch_row_new ();
  g_autofree char *full = g_strdup_printf ("%s (%d)", title, count);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), full);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), otherwise);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), TRUE);
  gtk_widget_set_sensitive (row, count > 0);
  adw_preferences_group_add (group, row);
  return row;
}

static gboolean
is_on (GtkWidget *row)
{
  return adw_switch_row_get_active (ADW_SWITCH_ROW (row));
}

static void
add_rules (KilterForm *form, KilterPlan *plan, Rules *rules)
{
  AdwPreferencesGroup *group = kilter_form_add_group (form, _ ("What Goes On"), NULL);

  rules->overrides = add_rule (group, _ ("Overrides of coming months"),
                               kilter_roll_over_count_overrides (plan),
                               _ ("Switched off, the forecast stands there again."));
  rules->actions = add_rule (group, _ ("Open actions"), kilter_roll_over_count_actions (plan),
                             _ ("Switched off, they are dropped; the list says so."));
  rules->tasks = add_rule (group, _ ("Open tasks"), kilter_roll_over_count_tasks (plan),
                           _ ("Switched off, they stay in the cycle that ends."));
  rules->decisions = add_rule (group, _ ("Deferred decisions"),
                               kilter_roll_over_count_decisions (plan),
                               _ ("Switched off, they are not asked again."));
}

static gboolean
next_save (KilterForm *form, gpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (form->document);
  g_autofree char *now = kilter_document_get_now (form->document);
  g_autofree char *month = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const Rules *rules = data;
  KilterRollOver roll_over = { is_on (rules->overrides), is_on (rules->actions),
                               is_on (rules->tasks), is_on (rules->decisions) };
  KilterCommand *command = kilter_cycle_next_by (plan, &roll_over, now, &error);

  if (command == NULL)
    {
      kilter_form_report (form, error);
      return FALSE;
    }
  if (!kilter_form_apply (form, command))
    return FALSE;
  month = kilter_format_bucket (plan, kilter_plan_get_n_history (plan));
  /* Translators: %s is a month */
  text = g_strdup_printf (_ ("The cycle of %s has begun"), month);
  kilter_window_toast (KILTER_WINDOW (gtk_widget_get_root (form->window)), text, TRUE);
  kilter_window_show (KILTER_WINDOW (gtk_widget_get_root (form->window)), "overview");
  return TRUE;
}

static void
import_cb (GtkWidget *row, gpointer data)
{
  KilterForm *form = data;
  GtkWidget *window = form->window;

  adw_dialog_close (form->dialog);
  gtk_widget_activate_action (window, "win.import", NULL);
}

static void
add_fact (AdwPreferencesGroup *group, gboolean is_good, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (is_good ? "object-select-symbolic"
                                                          : "dialog-warning-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (icon, is_good ? "kilter-good" : "kilter-bad");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_group_add (group, row);
}

void
kilter_next_cycle_dialog_present (GtkWidget *parent, KilterDocument *document)
{
  KilterPlan *plan = kilter_document_get_plan (document);
  int cycle = kilter_plan_get_n_history (plan);
  gboolean actuals = has_actuals (plan);
  gboolean finished = kilter_step_get_state (kilter_plan_get_step (plan, 5)) ==
                      KILTER_STEP_FINISHED;
  Rules *rules = g_new0 (Rules, 1);
  g_autofree char *this_month = kilter_format_bucket (plan, cycle);
  g_autofree char *next_month = kilter_format_bucket (plan, cycle + 1);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  AdwPreferencesGroup *group;
  KilterForm *form;

  /* Translators: %s is a month */
  title = g_strdup_printf (_ ("Start the Cycle of %s"), next_month);
  form = kilter_form_new (parent, document, title, _ ("_Start Cycle"), next_save, rules, g_free);
  /* Translators: %s is a month */
  text = g_strdup_printf (_ ("The horizon moves on by one period, and the numbers of %s become "
                             "history. Assumptions, risks "
                             "and targets go on; scenarios are outdated then."),
                          this_month);
  group = kilter_form_add_group (form, NULL, text);
  g_free (g_steal_pointer (&text));
  /* Translators: %s is a month */
  text = g_strdup_printf (
    actuals ? _ ("The sales of %s are in") : _ ("The sales of %s are not in yet"), this_month);
  add_fact (group, actuals, text, actuals ? NULL : _ ("They can be imported later, too."));
  add_fact (group, finished, finished ? _ ("The plan is approved") : _ ("The plan is not approved"),
            finished ? NULL : _ ("The next cycle will have no approved plan to compare with."));
  add_rules (form, plan, rules);
  if (!actuals)
    {
      GtkWidget *button = adw_button_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (button), _ ("Import Actuals…"));
      g_signal_connect (button, "activated", G_CALLBACK (import_cb), form);
      adw_preferences_group_add (kilter_form_add_group (form, NULL, NULL), button);
    }
  kilter_help_set_page (GTK_WIDGET (form->dialog), "overview");
  kilter_form_present (form);
}
