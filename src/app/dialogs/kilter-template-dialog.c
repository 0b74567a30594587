/* kilter-template-dialog.c: days, times and owners of the steps of every cycle, and its tasks
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/help/kilter-help-window.h"
#include "app/widgets/kilter-form.h"
#include "app/window/kilter-window.h"
#include "plan/process/kilter-template.h"
#include "report/words/kilter-format.h"

typedef struct
{
  AdwSpinRow *workday;
  AdwEntryRow *time; /* of a step */
  AdwComboRow *owner;
  GtkWidget *group;   /* of a task */
  AdwEntryRow *title; /* of a task */
  AdwComboRow *step;  /* of a task */
} Row;

typedef struct
{
  KilterForm *form;
  Row steps[KILTER_N_STEPS];
  GPtrArray *tasks; /* Row */
  GtkStringList *owner_names;
  GPtrArray *owners; /* "person:3", "role:…", in the order of their names */
  GtkWidget *add;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_ptr_array_unref (self->tasks);
  g_ptr_array_unref (self->owners);
  g_object_unref (self->owner_names);
  g_free (self);
}

/* Nobody, everybody by name, and each role once. */
static void
list_owners (Dialog *self, const KilterPlan *plan)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  self->owner_names = gtk_string_list_new (NULL);
  self->owners = g_ptr_array_new_with_free_func (g_free);
  gtk_string_list_append (self->owner_names, _ ("Nobody"));
  g_ptr_array_add (self->owners, g_strdup (""));
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PERSON, person)
    {
      gtk_string_list_append (self->owner_names, kilter_record_text (person, KILTER_PERSON_NAME));
      g_ptr_array_add (self->owners, g_strdup_printf ("person:%d", person->id));
    }
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PERSON, person)
    {
      const char *role = kilter_record_text (person, KILTER_PERSON_ROLE);
      g_autofree char *name = NULL;

      if (*role == '\0' || !g_hash_table_add (seen, (gpointer) role))
        continue;
      /* Translators: %s is a role: whoever has it then owns the step or task */
      name = g_strdup_printf (_ ("Role: %s"), role);
      gtk_string_list_append (self->owner_names, name);
      g_ptr_array_add (self->owners, g_strdup_printf ("role:%s", role));
    }
}

static void
show_day (AdwSpinRow *row, GParamSpec *pspec, gpointer data)
{
  Dialog *self = data;
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  int workday = (int) adw_spin_row_get_value (row);
  g_autofree char *iso = NULL, *date = NULL, *text = NULL;
  GDate day;

  if (!kilter_template_get_date (plan, kilter_plan_get_cycle (plan) + 1, workday, &day))
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("No date"));
      return;
    }
  iso = kilter_date_to_iso (&day);
  date = kilter_format_date (plan, iso);
  /* Translators: %s is a day of the cycle that is next */
  text = g_strdup_printf (_ ("%s in the next cycle"), date);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
}

static AdwSpinRow *
add_workday (Dialog *self, AdwPreferencesGroup *group, int workday)
{
  AdwSpinRow *row = kilter_form_add_spin (group, _ ("Working Day"), NULL, -60, 60, 1, workday);

  g_signal_connect (row, "notify::value", G_CALLBACK (show_day), self);
  show_day (row, NULL, self);
  return row;
}

static AdwComboRow *
add_owner (Dialog *self, AdwPreferencesGroup *group, const char *owner)
{
  AdwComboRow *row = kilter_form_add_combo (group, _ ("Owner"), NULL, 0);
  guint index = 0;

  adw_combo_row_set_model (row, G_LIST_MODEL (self->owner_names));
  g_ptr_array_find_with_equal_func (self->owners, owner, g_str_equal, &index);
  adw_combo_row_set_selected (row, index < self->owners->len ? index : 0);
  return row;
}

static const char *
get_owner (Dialog *self, const Row *row)
{
  guint index = adw_combo_row_get_selected (row->owner);

  return index < self->owners->len ? self->owners->pdata[index] : "";
}

/* --- tasks --- */

static void
remove_cb (GtkWidget *button, Row *row)
{
  Dialog *self = g_object_get_data (G_OBJECT (row->group), "dialog");

  adw_preferences_page_remove (self->form->page, ADW_PREFERENCES_GROUP (row->group));
  g_ptr_array_remove (self->tasks, row);
}

static void
add_task (Dialog *self, const KilterTemplateTask *task)
{
  const char *steps[KILTER_N_STEPS + 1] = { NULL };
  AdwPreferencesGroup *group = kilter_form_add_group (self->form, NULL, NULL);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  Row *row = g_new0 (Row, 1);

  for (int i = 0; i < KILTER_N_STEPS; i++)
    steps[i] = kilter_step_get_name (i + 1);
  row->group = GTK_WIDGET (group);
  g_object_set_data (G_OBJECT (group), "dialog", self);
  row->title = kilter_form_add_entry (group, _ ("Task"), task->title);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _ ("Delete Task"));
  adw_entry_row_add_suffix (row->title, remove);
  row->step = kilter_form_add_combo (group, _ ("Step"), steps, (guint) task->step - 1);
  row->workday = add_workday (self, group, task->workday);
  row->owner = add_owner (self, group, task->owner);
  g_ptr_array_add (self->tasks, row);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), row);
  /* what adds one stays the last */
  if (self->add != NULL)
    {
      g_object_ref (self->add);
      adw_preferences_page_remove (self->form->page, ADW_PREFERENCES_GROUP (self->add));
      adw_preferences_page_add (self->form->page, ADW_PREFERENCES_GROUP (self->add));
      g_object_unref (self->add);
    }
}

/* The page scrolls to what has the focus as soon as that has its place. */
static gboolean
focus_tick (GtkWidget *title, GdkFrameClock *clock, gpointer data)
{
  if (gtk_widget_get_height (title) == 0)
    return G_SOURCE_CONTINUE;
  gtk_widget_grab_focus (title);
  return G_SOURCE_REMOVE;
}

static void
add_cb (Dialog *self)
{
  KilterTemplateTask task = { 1, 1, (char *) "", (char *) "" };
  Row *row;

  add_task (self, &task);
  row = self->tasks->pdata[self->tasks->len - 1];
  gtk_widget_add_tick_callback (GTK_WIDGET (row->title), focus_tick, NULL, NULL);
}

/* --- the dialog --- */

static gboolean
save (KilterForm *form, gpointer data)
{
  Dialog *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  g_autoptr (KilterTemplate) template = kilter_template_read (plan);

  g_array_set_size (template->tasks, 0);
  for (int i = 0; i < KILTER_N_STEPS; i++)
    {
      KilterTemplateStep *step = &template->steps[i];
      const Row *row = &self->steps[i];

      step->workday = (int) adw_spin_row_get_value (row->workday);
      g_set_str (&step->time, gtk_editable_get_text (GTK_EDITABLE (row->time)));
      g_set_str (&step->owner, get_owner (self, row));
    }
  for (guint i = 0; i < self->tasks->len; i++)
    {
      const Row *row = self->tasks->pdata[i];
      g_autofree char *title = g_strstrip (
        g_strdup (gtk_editable_get_text (GTK_EDITABLE (row->title))));

      if (*title != '\0')
        kilter_template_add_task (template, (int) adw_combo_row_get_selected (row->step) + 1,
                                  (int) adw_spin_row_get_value (row->workday), title,
                                  get_owner (self, row));
    }
  if (!kilter_form_apply (form, kilter_template_save (template, plan)))
    return FALSE;
  kilter_window_toast (KILTER_WINDOW (form->window), _ ("The next cycle begins with this template"),
                       TRUE);
  return TRUE;
}

static void
add_steps (Dialog *self, const KilterTemplate *template)
{
  for (int i = 0; i < KILTER_N_STEPS; i++)
    {
      AdwPreferencesGroup *group = kilter_form_add_group (
        self->form, kilter_step_get_name (i + 1),
        i > 0 ? NULL
              : _ ("Working days are Monday to Friday, counted from the first day of the cycle’s "
                   "month, or below 0 from its last. What is set here holds from the next cycle "
                   "on; the one that runs is under Cycle Calendar."));

      self->steps[i].workday = add_workday (self, group, template->steps[i].workday);
      self->steps[i].time = kilter_form_add_entry (group, _ ("Time of the Meeting"),
                                                   template->steps[i].time);
      self->steps[i].owner = add_owner (self, group, template->steps[i].owner);
    }
}

void
kilter_template_dialog_present (GtkWidget *parent, KilterDocument *document)
{
  KilterPlan *plan = kilter_document_get_plan (document);
  g_autoptr (KilterTemplate) template = kilter_template_read (plan);
  Dialog *self = g_new0 (Dialog, 1);
  GtkWidget *button = adw_button_row_new ();

  self->tasks = g_ptr_array_new_with_free_func (g_free);
  list_owners (self, plan);
  self->form = kilter_form_new (parent, document, _ ("Cycle Template"), _ ("_Save"), save, self,
                                dialog_free);
  adw_dialog_set_content_height (self->form->dialog, 680);
  add_steps (self, template);
  kilter_form_add_group (self->form, _ ("Tasks of Every Cycle"), NULL);
  for (guint i = 0; i < template->tasks->len; i++)
    add_task (self, &g_array_index (template->tasks, KilterTemplateTask, i));
  self->add = GTK_WIDGET (kilter_form_add_group (self->form, NULL, NULL));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (button), _ ("Add Task"));
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (button), "list-add-symbolic");
  g_signal_connect_swapped (button, "activated", G_CALLBACK (add_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->add), button);
  gtk_widget_set_sensitive (self->form->button, !kilter_document_is_read_only (document));
  kilter_help_set_page (GTK_WIDGET (self->form->dialog), "overview");
  kilter_form_present (self->form);
}
