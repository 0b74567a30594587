/* kilter-resource-popover.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/supply/kilter-resource-popover.h"

#include "report/words/kilter-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  KilterPage *page; /* not owned: the popover lives in it */
  int resource;
  int bucket;
  gboolean is_filling;
  GtkLabel *capacity;
  struct
  {
    AdwSpinRow *row;
    KilterMeasure measure;
  } rows[4];
  guint n_rows;
  AdwSwitchRow *overtime;
} Popover;

static double
get_value (Popover *self, KilterMeasure measure)
{
  return kilter_plan_get_value (kilter_page_get_plan (self->page),
                                kilter_page_get_version (self->page), measure, self->resource,
                                self->bucket);
}

static void
show (Popover *self)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, self->resource);
  double hours = get_value (self, KILTER_CAPACITY);
  g_autofree char *count = isnan (hours) ? g_strdup ("–")
                                         : kilter_format_count ((gint64) llround (hours));
  g_autofree char *text = g_strdup_printf (_ ("Regular capacity: %s"), count);

  self->is_filling = TRUE;
  gtk_label_set_text (self->capacity, text);
  for (guint i = 0; i < self->n_rows; i++)
    {
      double value = get_value (self, self->rows[i].measure);

      adw_spin_row_set_value (self->rows[i].row, isnan (value) ? 0 : value);
    }
  if (self->overtime != NULL && record != NULL)
    adw_switch_row_set_active (self->overtime,
                               kilter_record_bool (record, KILTER_RESOURCE_OVERTIME_ALLOWED));
  self->is_filling = FALSE;
}

static void
changed_cb (GtkWidget *widget, GParamSpec *pspec, gpointer data)
{
  Popover *self = data;
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterVersion version = kilter_page_get_version (self->page);

  if (self->is_filling)
    return;
  for (guint i = 0; i < self->n_rows; i++)
    {
      double value = adw_spin_row_get_value (self->rows[i].row);
      double before = get_value (self, self->rows[i].measure);
      g_autofree char *month = NULL, *label = NULL;
      KilterCommand *command;

      if (GTK_WIDGET (self->rows[i].row) != widget ||
          fabs (value - (isnan (before) ? 0 : before)) < 1e-9)
        continue;
      month = kilter_format_bucket (plan, self->bucket);
      label = g_strdup_printf (_ ("%s of %s, %s"), kilter_measure_get_name (self->rows[i].measure),
                               kilter_plan_get_resource_name (plan, self->resource), month);
      command = kilter_command_new ("edit", label);
      kilter_command_set_value (command, plan, version, self->rows[i].measure, KILTER_LAYER_INPUT,
                                self->resource, self->bucket, value);
      kilter_page_apply (self->page, command, NULL);
      show (self);
      return;
    }
}

static void
overtime_cb (GtkWidget *widget, GParamSpec *pspec, gpointer data)
{
  Popover *self = data;
  KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autofree char *label = NULL;
  KilterCommand *command;

  if (self->is_filling)
    return;
  label = g_strdup_printf (_ ("Overtime of %s"),
                           kilter_plan_get_resource_name (plan, self->resource));
  command = kilter_command_new ("edit", label);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_RESOURCE, self->resource,
                                   KILTER_RESOURCE_OVERTIME_ALLOWED,
                                   adw_switch_row_get_active (self->overtime));
  kilter_page_apply (self->page, command, NULL);
  show (self);
}

static void
add_row (Popover *self,
         GtkListBox *list,
         KilterMeasure measure,
         const char *title,
         double highest,
         double step,
         guint digits)
{
  GtkWidget *row = adw_spin_row_new_with_range (0, highest, step);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_spin_row_set_digits (ADW_SPIN_ROW (row), digits);
  self->rows[self->n_rows].row = ADW_SPIN_ROW (row);
  self->rows[self->n_rows++].measure = measure;
  gtk_list_box_append (list, row);
}

GtkWidget *
kilter_resource_popover_new (KilterPage *page, int resource, int bucket)
{
  KilterPlan *plan = kilter_page_get_plan (page);
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, resource);
  Popover *self = g_new0 (Popover, 1);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *note;
  g_autofree char *month = kilter_format_bucket (plan, bucket);
  g_autofree char *heading = g_strdup_printf (
    "%s · %s", kilter_plan_get_resource_name (plan, resource), month);
  GtkWidget *title = gtk_label_new (heading);

  self->page = page;
  self->resource = resource;
  self->bucket = bucket;
  self->capacity = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->capacity), "dim-label");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (box, 300, -1);
  if (record != NULL && kilter_record_number (record, KILTER_RESOURCE_SHIFTS) > 0)
    add_row (self, GTK_LIST_BOX (list), KILTER_SHIFTS, _ ("Shifts a Day"), 4, 0.5, 1);
  if (record != NULL && kilter_record_number (record, KILTER_RESOURCE_WORKDAYS) > 0)
    add_row (self, GTK_LIST_BOX (list), KILTER_WORKDAYS, _ ("Working Days"), 92, 1, 1);
  if (record != NULL && kilter_record_number (record, KILTER_RESOURCE_WORKERS) > 0)
    add_row (self, GTK_LIST_BOX (list), KILTER_WORKERS, _ ("Workers"), 100000, 1, 1);
  add_row (self, GTK_LIST_BOX (list), KILTER_CAPACITY, _ ("Capacity"), 1e9, 10, 0);
  if (record != NULL && kilter_record_number_or (record, KILTER_RESOURCE_OVERTIME_SHARE, 0) > 0)
    {
      self->overtime = ADW_SWITCH_ROW (adw_switch_row_new ());
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->overtime), _ ("Allow Overtime"));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->overtime), _ ("In all periods"));
      gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->overtime));
    }
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->capacity));
  gtk_box_append (GTK_BOX (box), list);
  if (self->n_rows == 1)
    {
      note = gtk_label_new (_ ("Usual shifts and working days are under Products & Resources; with "
                               "them, capacity follows from the days of each period."));
      gtk_label_set_wrap (GTK_LABEL (note), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (note), 34);
      gtk_label_set_xalign (GTK_LABEL (note), 0);
      gtk_widget_add_css_class (note, "caption");
      gtk_widget_add_css_class (note, "dim-label");
      gtk_box_append (GTK_BOX (box), note);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  show (self);
  for (guint i = 0; i < self->n_rows; i++)
    g_signal_connect (self->rows[i].row, "notify::value", G_CALLBACK (changed_cb), self);
  if (self->overtime != NULL)
    g_signal_connect (self->overtime, "notify::active", G_CALLBACK (overtime_cb), self);
  g_object_set_data_full (G_OBJECT (popover), "kilter-resource", self, g_free);
  return popover;
}
