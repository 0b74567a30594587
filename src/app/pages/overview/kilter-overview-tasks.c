/* kilter-overview-tasks.c: tasks of the cycle: tick, add, edit
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/widgets/kilter-date-row.h"
#include "app/pages/overview/kilter-overview-private.h"
#include "plan/process/kilter-cycle.h"
#include "report/words/kilter-format.h"

/* --- list ---------------------------------------------------------------------------------------
 */

static void
tick_cb (GtkCheckButton *check, GParamSpec *pspec, gpointer data)
{
  KilterPage *page = data;
  KilterPlan *plan = kilter_page_get_plan (page);
  int id = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (check), "task"));
  const KilterRecord *task = kilter_plan_get_record (plan, KILTER_TABLE_TASK, id);
  gboolean done = gtk_check_button_get_active (check);
  g_autofree char *label = NULL;
  KilterCommand *command;

  if (task == NULL || kilter_record_bool (task, KILTER_TASK_DONE) == done)
    return;
  /* Translators: %s is a task */
  label = g_strdup_printf (done ? _ ("Done: %s") : _ ("Open again: %s"),
                           kilter_record_text (task, KILTER_TASK_TITLE));
  command = kilter_command_new ("task", label);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_DONE, done);
  if (!kilter_page_apply (page, command, NULL))
    gtk_check_button_set_active (check, !done);
}

static GtkWidget *
make_due_label (KilterPlan *plan, const KilterRecord *task)
{
  const char *due = kilter_record_text (task, KILTER_TASK_DUE);
  gboolean done = kilter_record_bool (task, KILTER_TASK_DONE);
  int days = kilter_format_days_until (plan, due);
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (!done && days < 0)
    text = g_strdup_printf (ngettext ("Late by %d day", "Late by %d days", (gulong) -days), -days);
  else
    text = kilter_format_date (plan, due);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "kilter-small");
  gtk_widget_add_css_class (label, !done && days < 0 ? "kilter-bad" : "dim-label");
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  return label;
}

static GtkWidget *
make_owner (const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  GtkWidget *label = gtk_label_new (name != NULL ? name : _ ("Nobody"));

  if (name != NULL)
    gtk_box_append (GTK_BOX (box), adw_avatar_new (24, name, TRUE));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_widget_add_css_class (label, "kilter-small");
  if (name == NULL)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

/* the columns of all rows stand below each other */
typedef struct
{
  GtkSizeGroup *owner;
  GtkSizeGroup *due;
} Columns;

static GtkWidget *
make_row (KilterOverviewPage *self,
          KilterPlan *plan,
          const KilterRecord *task,
          const Columns *columns)
{
  GtkWidget *owner = make_owner (
    kilter_overview_person_name (plan, kilter_record_ref (task, KILTER_TASK_OWNER)));
  GtkWidget *due = make_due_label (plan, task);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *title = gtk_label_new (kilter_record_text (task, KILTER_TASK_TITLE));
  int step = (int) kilter_record_number_or (task, KILTER_TASK_STEP, 0);
  gboolean done = kilter_record_bool (task, KILTER_TASK_DONE);
  g_autofree char *number = g_strdup_printf ("%d", step);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), done);
  gtk_widget_set_sensitive (
    check, !kilter_document_is_read_only (kilter_page_get_document (KILTER_PAGE (self))));
  g_object_set_data (G_OBJECT (check), "task", GINT_TO_POINTER (task->id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kilter_record_text (task, KILTER_TASK_TITLE), -1);
  g_signal_connect_object (check, "notify::active", G_CALLBACK (tick_cb), self, G_CONNECT_DEFAULT);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  if (done)
    gtk_widget_add_css_class (title, "dim-label");
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), title);
  if (step >= 1 && step <= KILTER_N_STEPS)
    {
      GtkWidget *pill = gtk_label_new (number);

      gtk_widget_add_css_class (pill, "kilter-pill");
      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (pill, kilter_step_get_name (step));
      gtk_box_append (GTK_BOX (box), pill);
    }
  gtk_size_group_add_widget (columns->owner, owner);
  gtk_size_group_add_widget (columns->due, due);
  gtk_box_append (GTK_BOX (box), owner);
  gtk_box_append (GTK_BOX (box), due);
  gtk_widget_add_css_class (box, "kilter-row-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "overview.edit-task");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", task->id);
  return row;
}

static void
show_people (KilterOverviewPage *self, KilterPlan *plan)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  const char *name = kilter_overview_person_name (plan, self->person);

  g_menu_append (menu, _ ("Everyone"), "overview.show-person(0)");
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PERSON, person)
    {
      g_autofree char *action = g_strdup_printf ("overview.show-person(%d)", person->id);

      g_menu_append (menu, kilter_record_text (person, KILTER_PERSON_NAME), action);
    }
  gtk_menu_button_set_menu_model (self->person_button, G_MENU_MODEL (menu));
  gtk_menu_button_set_label (self->person_button, name != NULL ? name : _ ("Everyone"));
  gtk_widget_set_visible (GTK_WIDGET (self->person_button),
                          kilter_plan_count_records (plan, KILTER_TABLE_PERSON) > 1);
}

void
kilter_overview_show_tasks (KilterOverviewPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  int cycle = kilter_plan_get_current_cycle (plan), n = 0;
  g_autoptr (GtkSizeGroup) owner = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_autoptr (GtkSizeGroup) due = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  const Columns columns = { owner, due };

  show_people (self, plan);
  gtk_list_box_remove_all (self->task_list);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_TASK, task)
    {
      if (kilter_record_ref (task, KILTER_TASK_CYCLE) != cycle ||
          (self->person != 0 && kilter_record_ref (task, KILTER_TASK_OWNER) != self->person))
        continue;
      gtk_list_box_append (self->task_list, make_row (self, plan, task, &columns));
      n++;
    }
  gtk_stack_set_visible_child_name (self->task_stack, n > 0 ? "list" : "none");
}

/* --- the dialog ---------------------------------------------------------------------------------
 */

typedef struct
{
  KilterPage *page; /* the dialog is above it */
  AdwDialog *dialog;
  int task; /* 0 for a new one */
  GtkWidget *title;
  GtkWidget *step;
  GtkWidget *owner;
  GtkWidget *due;
  GtkWidget *save;
  GArray *people; /* ids in the order of the list; the first is nobody */
} Editor;

static void
editor_free (gpointer data)
{
  Editor *self = data;

  g_array_unref (self->people);
  g_free (self);
}

static void
save_cb (GtkWidget *button, gpointer data)
{
  Editor *self = data;
  KilterPlan *plan = kilter_page_get_plan (self->page);
  const char *title = gtk_editable_get_text (GTK_EDITABLE (self->title));
  guint owner = adw_combo_row_get_selected (ADW_COMBO_ROW (self->owner));
  guint step = adw_combo_row_get_selected (ADW_COMBO_ROW (self->step));
  g_autofree char *label = NULL;
  KilterCommand *command;
  int id = self->task;

  /* Translators: %s is a task */
  label = g_strdup_printf (id == 0 ? _ ("New task: %s") : _ ("Changed task: %s"), title);
  command = kilter_command_new ("task", label);
  if (id == 0)
    {
      id = kilter_command_add_record (command, plan, KILTER_TABLE_TASK);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_CYCLE,
                                       kilter_plan_get_current_cycle (plan));
      kilter_command_set_field_number (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_DONE, 0);
    }
  kilter_command_set_field_text (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_TITLE, title);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_STEP,
                                   step + 1);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_OWNER,
                                   owner > 0 && owner < self->people->len
                                     ? g_array_index (self->people, int, owner)
                                     : (double) NAN);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_TASK, id, KILTER_TASK_DUE,
                                 kilter_date_row_get_iso (KILTER_DATE_ROW (self->due)));
  kilter_page_apply (self->page, command, NULL);
  adw_dialog_close (self->dialog);
}

static void
delete_cb (GtkWidget *row, gpointer data)
{
  Editor *self = data;
  KilterPlan *plan = kilter_page_get_plan (self->page);
  const KilterRecord *task = kilter_plan_get_record (plan, KILTER_TABLE_TASK, self->task);
  g_autofree char *label = NULL;
  KilterCommand *command;

  /* Translators: %s is a task */
  label = g_strdup_printf (_ ("Deleted task: %s"), kilter_record_text (task, KILTER_TASK_TITLE));
  command = kilter_command_new ("task", label);
  kilter_command_remove_record (command, plan, KILTER_TABLE_TASK, self->task);
  kilter_page_apply (self->page, command, _ ("Task deleted"));
  adw_dialog_close (self->dialog);
}

static void
title_changed_cb (GtkEditable *entry, gpointer data)
{
  Editor *self = data;

  gtk_widget_set_sensitive (self->save, *gtk_editable_get_text (entry) != '\0');
}

static GtkWidget *
make_step_row (int step)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (int number = 1; number <= KILTER_N_STEPS; number++)
    gtk_string_list_append (list, kilter_step_get_name (number));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Step"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), (guint) MAX (step - 1, 0));
  return row;
}

static GtkWidget *
make_owner_row (Editor *self, KilterPlan *plan, int owner)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  const int nobody = 0;
  guint selected = 0;

  self->people = g_array_new (FALSE, FALSE, sizeof (int));
  g_array_append_val (self->people, nobody);
  gtk_string_list_append (list, _ ("Nobody"));
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PERSON, person)
    {
      if (person->id == owner)
        selected = self->people->len;
      g_array_append_val (self->people, person->id);
      gtk_string_list_append (list, kilter_record_text (person, KILTER_PERSON_NAME));
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Owner"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  return row;
}

static GtkWidget *
make_header (Editor *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  self->save = gtk_button_new_with_mnemonic (self->task == 0 ? _ ("_Add") : _ ("_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect (self->save, "clicked", G_CALLBACK (save_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  return header;
}

void
kilter_overview_edit_task (KilterOverviewPage *page, int id)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (page));
  const KilterRecord *task = id > 0 ? kilter_plan_get_record (plan, KILTER_TABLE_TASK, id) : NULL;
  Editor *self = g_new0 (Editor, 1);
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *preferences = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  self->page = KILTER_PAGE (page);
  self->task = task != NULL ? id : 0;
  self->dialog = adw_dialog_new ();
  self->title = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->title), _ ("Task"));
  self->step = make_step_row (task != NULL
                                ? (int) kilter_record_number_or (task, KILTER_TASK_STEP, 1)
                                : kilter_plan_get_open_step (plan));
  self->owner = make_owner_row (self, plan,
                                task != NULL ? kilter_record_ref (task, KILTER_TASK_OWNER) : 0);
  self->due = kilter_date_row_new (_ ("Due"), plan);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->step);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->owner);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->due);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (preferences), ADW_PREFERENCES_GROUP (group));
  if (task != NULL)
    {
      GtkWidget *danger = adw_preferences_group_new ();
      GtkWidget *button = adw_button_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (button), _ ("Delete Task"));
      gtk_widget_add_css_class (button, "destructive-action");
      g_signal_connect (button, "activated", G_CALLBACK (delete_cb), self);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (danger), button);
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (preferences), ADW_PREFERENCES_GROUP (danger));
      kilter_date_row_set_iso (KILTER_DATE_ROW (self->due),
                               kilter_record_text (task, KILTER_TASK_DUE));
    }
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), make_header (self));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), preferences);
  adw_dialog_set_child (self->dialog, toolbar);
  adw_dialog_set_title (self->dialog, task != NULL ? _ ("Task") : _ ("New Task"));
  adw_dialog_set_content_width (self->dialog, 440);
  g_object_set_data_full (G_OBJECT (self->dialog), "editor", self, editor_free);
  g_signal_connect (self->title, "changed", G_CALLBACK (title_changed_cb), self);
  gtk_editable_set_text (GTK_EDITABLE (self->title),
                         task != NULL ? kilter_record_text (task, KILTER_TASK_TITLE) : "");
  title_changed_cb (GTK_EDITABLE (self->title), self);
  adw_dialog_set_focus (self->dialog, self->title);
  adw_dialog_present (self->dialog, GTK_WIDGET (page));
}
