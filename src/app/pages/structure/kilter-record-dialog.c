/* kilter-record-dialog.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/structure/kilter-record-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/kilter-date-row.h"
#include "app/widgets/kilter-form.h"
#include "app/pages/structure/kilter-record-edit.h"
#include "app/pages/structure/kilter-record-picker.h"

typedef struct
{
  KilterPage *page;
  KilterTableId table;
  int id;
  GArray *fields;  /* int */
  GPtrArray *rows; /* GtkWidget, as the fields */
  GtkRevealer *revealer;
  GtkLabel *problem;
  AdwDialog *dialog;
  KilterRecordSaved saved;
  gpointer user_data;
} Editor;

static void
editor_free (gpointer data)
{
  Editor *self = data;

  g_array_unref (self->fields);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static const KilterFieldInfo *
get_field (Editor *self, guint i)
{
  return &kilter_table_get_info (self->table)->fields[g_array_index (self->fields, int, i)];
}

/* --- titles -------------------------------------------------------------------------------------
 */

static const char *
get_title (KilterTableId table, gboolean is_new)
{
  switch ((int) table)
    {
    case KILTER_TABLE_PRODUCT:
      return is_new ? _ ("New Product") : _ ("Product");
    case KILTER_TABLE_CATEGORY:
      return is_new ? _ ("New Category") : _ ("Category");
    case KILTER_TABLE_FAMILY:
      return is_new ? _ ("New Family") : _ ("Family");
    case KILTER_TABLE_REGION:
      return is_new ? _ ("New Region") : _ ("Region");
    case KILTER_TABLE_CHANNEL:
      return is_new ? _ ("New Channel") : _ ("Channel");
    case KILTER_TABLE_RESOURCE:
      return is_new ? _ ("New Resource") : _ ("Resource");
    case KILTER_TABLE_RATE:
      return is_new ? _ ("New Rate") : _ ("Rate");
    case KILTER_TABLE_POLICY:
      return is_new ? _ ("New Stock Policy") : _ ("Stock Policy");
    case KILTER_TABLE_PERSON:
      return is_new ? _ ("New Person") : _ ("Person");
    case KILTER_TABLE_RISK:
      return is_new ? _ ("New Assumption or Risk") : _ ("Assumption or Risk");
    default:
      return is_new ? _ ("New Entry") : _ ("Entry");
    }
}

/* --- rows ---------------------------------------------------------------------------------------
 */

static GtkWidget *
make_combo (GtkStringList *choices, const char *current)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) shown = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression)
    text_of = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  guint n = g_list_model_get_n_items (G_LIST_MODEL (choices)), at;

  for (guint i = 0; i < n; i++)
    {
      const char *text = gtk_string_list_get_string (choices, i);

      gtk_string_list_append (shown, *text != '\0' ? text : C_ ("no entry chosen", "None"));
    }
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), text_of);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (row), n > 10);
  adw_combo_row_set_search_match_mode (ADW_COMBO_ROW (row), GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (shown));
  at = gtk_string_list_find (choices, current);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), at < n ? at : 0);
  g_object_set_data_full (G_OBJECT (row), "choices", g_object_ref (choices), g_object_unref);
  return row;
}

/* Periods of the plan, and the record's own when it lies outside. */
static GtkStringList *
list_periods (KilterPlan *plan, const char *current)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);

  gtk_string_list_append (list, "");
  for (int t = 0; t < kilter_plan_get_n_buckets (plan); t++)
    gtk_string_list_take (list, kilter_bucket_get_label (kind, kilter_plan_get_bucket (plan, t)));
  if (gtk_string_list_find (list, current) >= g_list_model_get_n_items (G_LIST_MODEL (list)))
    gtk_string_list_append (list, current);
  return list;
}

static GtkWidget *
make_row (Editor *self, KilterPlan *plan, guint i)
{
  int field = g_array_index (self->fields, int, i);
  const KilterFieldInfo *info = get_field (self, i);
  gboolean shown = info->type == KILTER_FIELD_BUCKET;
  g_autofree char *text = self->id == 0 ? g_strdup ("")
                          : shown
                            ? kilter_record_get_text (plan, self->table, self->id, field)
                            : kilter_record_get_edit_text (plan, self->table, self->id, field);
  g_autoptr (GtkStringList) choices = NULL;
  GtkWidget *row;

  switch (info->type)
    {
    case KILTER_FIELD_BOOL:
      row = adw_switch_row_new ();
      adw_switch_row_set_active (ADW_SWITCH_ROW (row), g_str_equal (text, _ ("Yes")));
      return row;
    case KILTER_FIELD_REF:
    case KILTER_FIELD_CHOICE:
      choices = kilter_record_list_choices (plan, self->table, field);
      row = make_combo (choices, text);
      if (self->id == 0 && info->type == KILTER_FIELD_CHOICE)
        adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
      return row;
    case KILTER_FIELD_BUCKET:
      choices = list_periods (plan, text);
      return make_combo (choices, text);
    case KILTER_FIELD_DATE:
      row = kilter_date_row_new ("", plan);
      kilter_date_row_set_iso (KILTER_DATE_ROW (row), text);
      return row;
    case KILTER_FIELD_TEXT:
    case KILTER_FIELD_NUMBER:
    case KILTER_FIELD_INT:
    default:
      row = adw_entry_row_new ();
      gtk_editable_set_text (GTK_EDITABLE (row), text);
      adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
      return row;
    }
}

static char *
get_text (Editor *self, guint i)
{
  GtkWidget *row = g_ptr_array_index (self->rows, i);
  GtkStringList *choices = g_object_get_data (G_OBJECT (row), "choices");

  if (choices != NULL)
    {
      guint at = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

      return g_strdup (at != GTK_INVALID_LIST_POSITION ? gtk_string_list_get_string (choices, at)
                                                       : "");
    }
  if (ADW_IS_SWITCH_ROW (row))
    return g_strdup (adw_switch_row_get_active (ADW_SWITCH_ROW (row)) ? "1" : "0");
  if (KILTER_IS_DATE_ROW (row))
    return g_strdup (kilter_date_row_get_iso (KILTER_DATE_ROW (row)));
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
}

static void
show_problem (Editor *self, GtkWidget *row, const char *problem)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_remove_css_class (g_ptr_array_index (self->rows, i), "error");
  if (row != NULL)
    {
      gtk_widget_add_css_class (row, "error");
      gtk_widget_grab_focus (row);
    }
  if (problem != NULL)
    {
      gtk_label_set_text (self->problem, problem);
      gtk_accessible_announce (GTK_ACCESSIBLE (self->problem), problem,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
  gtk_revealer_set_reveal_child (self->revealer, problem != NULL);
}

/* --- saving -------------------------------------------------------------------------------------
 */

/* (transfer full) (nullable): the values as they would be; says what is wrong with them */
static KilterValue *
read_values (Editor *self, KilterPlan *plan)
{
  const KilterRecord *record = self->id > 0 ? kilter_plan_get_record (plan, self->table, self->id)
                                            : NULL;
  KilterValue *values = record != NULL ? kilter_values_copy (self->table, record->values)
                                       : kilter_values_new (self->table);
  g_autofree char *problem = NULL;
  GtkWidget *row = NULL;

  for (guint i = 0; i < self->fields->len && problem == NULL; i++)
    {
      int field = g_array_index (self->fields, int, i);
      g_autofree char *text = get_text (self, i);

      row = g_ptr_array_index (self->rows, i);
      g_clear_pointer (&values[field].text, g_free);
      kilter_record_check (plan, self->table, self->id, field, text, &values[field], &problem);
    }
  if (problem == NULL)
    {
      row = NULL;
      problem = kilter_record_check_whole (plan, self->table, self->id, values);
    }
  if (problem == NULL)
    return values;
  show_problem (self, row, problem);
  kilter_values_free (self->table, values);
  return NULL;
}

static char *
make_label (Editor *self, const KilterValue *values)
{
  int key = kilter_table_get_info (self->table)->key;
  const char *name = key >= 0 ? values[key].text : NULL;

  if (name == NULL)
    name = _ (kilter_table_get_info (self->table)->label);
  /* Translators: %s is the name of a record */
  return g_strdup_printf (self->id == 0 ? _ ("Added “%s”") : _ ("Changed “%s”"), name);
}

static gboolean
save (KilterForm *form, gpointer data)
{
  Editor *self = data;
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterValue *values;
  g_autofree char *label = NULL;
  KilterCommand *command;
  int id = self->id;

  if (id > 0 && kilter_plan_get_record (plan, self->table, id) == NULL)
    {
      show_problem (self, NULL, _ ("This entry was deleted meanwhile."));
      return FALSE;
    }
  values = read_values (self, plan);
  if (values == NULL)
    return FALSE;
  label = make_label (self, values);
  command = kilter_command_new ("record", label);
  if (id == 0)
    id = kilter_command_add_record (command, plan, self->table);
  for (guint i = 0; i < self->fields->len; i++)
    {
      int field = g_array_index (self->fields, int, i);
      g_autofree char *text = get_text (self, i);
      g_autofree char *old = self->id == 0 ? NULL
                             : get_field (self, i)->type == KILTER_FIELD_BUCKET
                               ? kilter_record_get_text (plan, self->table, id, field)
                               : kilter_record_get_edit_text (plan, self->table, id, field);

      /* what was not touched keeps all its digits */
      if (g_strcmp0 (text, old) != 0)
        kilter_record_set (command, plan, self->table, id, field, &values[field]);
    }
  kilter_values_free (self->table, values);
  if (!kilter_form_apply (form, command))
    return FALSE;
  if (self->saved != NULL)
    self->saved (id, self->user_data);
  return TRUE;
}

static gboolean
delete_record (Editor *self)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autofree char *obstacle = kilter_record_get_obstacle (plan, self->table, self->id);
  g_autofree char *name = kilter_record_get_name (plan, self->table, self->id);
  g_autofree char *label = g_strdup_printf (_ ("Deleted “%s”"), name);
  KilterCommand *command;

  if (obstacle != NULL)
    {
      show_problem (self, NULL, obstacle);
      return FALSE;
    }
  command = kilter_command_new ("record", label);
  kilter_record_remove (command, plan, self->table, self->id);
  return kilter_page_apply (self->page, command, label);
}

static void
delete_cb (Editor *self)
{
  if (delete_record (self))
    adw_dialog_close (self->dialog);
}

/* --- building -----------------------------------------------------------------------------------
 */

static void
add_problem_bar (Editor *self, KilterForm *form)
{
  GtkWidget *label = gtk_label_new (NULL), *revealer = gtk_revealer_new ();
  GtkWidget *toolbar = adw_dialog_get_child (form->dialog);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "kilter-bad");
  gtk_widget_set_margin_start (label, 18);
  gtk_widget_set_margin_end (label, 18);
  gtk_widget_set_margin_top (label, 9);
  gtk_widget_set_margin_bottom (label, 12);
  gtk_revealer_set_child (GTK_REVEALER (revealer), label);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (toolbar), revealer);
  self->revealer = GTK_REVEALER (revealer);
  self->problem = GTK_LABEL (label);
}

/**
 * kilter_record_dialog_present:
 * @id: the record, or 0 for a new one
 * @fields: (array length=n_fields): what can be filled in, in this order
 * @saved: (nullable): called after the plan has it
 *
 * Returns: (transfer none): the dialog
 */
AdwDialog *
kilter_record_dialog_present (KilterPage *page,
                              KilterTableId table,
                              int id,
                              const int *fields,
                              int n_fields,
                              KilterRecordSaved saved,
                              gpointer user_data)
{
  KilterPlan *plan = kilter_page_get_plan (page);
  Editor *self = g_new0 (Editor, 1);
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (page)));
  KilterForm *form = kilter_form_new (window != NULL ? window : GTK_WIDGET (page),
                                      kilter_page_get_document (page), get_title (table, id == 0),
                                      id == 0 ? _ ("_Add") : _ ("_Save"), save, self, editor_free);
  AdwPreferencesGroup *group = kilter_form_add_group (form, NULL, NULL);

  self->page = page;
  self->table = table;
  self->id = id;
  self->dialog = form->dialog;
  self->saved = saved;
  self->user_data = user_data;
  self->fields = g_array_new (FALSE, FALSE, sizeof (int));
  self->rows = g_ptr_array_new ();
  g_array_append_vals (self->fields, fields, (guint) n_fields);
  for (guint i = 0; i < self->fields->len; i++)
    {
      GtkWidget *row = make_row (self, plan, i);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     kilter_record_get_label (table, fields[i]));
      if (kilter_record_is_percent (table, fields[i]))
        {
          /* Translators: the title of a field that is typed in per cent */
          g_autofree char *title = g_strdup_printf (_ ("%s, Per Cent"),
                                                    kilter_record_get_label (table, fields[i]));

          adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
        }
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (group, row);
    }
  add_problem_bar (self, form);
  if (id > 0)
    kilter_form_add_delete (form, C_ ("button", "Delete"), G_CALLBACK (delete_cb), self);
  adw_dialog_set_default_widget (form->dialog, form->button);
  adw_dialog_set_content_height (form->dialog, n_fields > 6 ? 640 : -1);
  gtk_widget_set_sensitive (form->button,
                            !kilter_document_is_read_only (kilter_page_get_document (page)));
  if (self->rows->len > 0)
    adw_dialog_set_focus (form->dialog, g_ptr_array_index (self->rows, 0));
  kilter_form_present (form);
  return form->dialog;
}
