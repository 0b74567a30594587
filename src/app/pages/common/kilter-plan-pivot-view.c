/* kilter-plan-pivot-view.c: choosing how rows are grouped, sorted and filtered
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-pivot-private.h"

#include "app/dialogs/kilter-dialogs.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* --- changing it --- */

static void
set_state (KilterPlanPivot *self, const KilterPivotState *state)
{
  g_autofree char *text = kilter_pivot_state_print (
    state, kilter_plan_get_bucket_kind (kilter_page_get_plan (self->page)));

  /* asked for again, the numbers of this moment count */
  g_clear_pointer (&self->ranked_for, g_free);
  kilter_session_set_pivot (kilter_page_get_session (self->page), text);
}

static void
group_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPlanPivot *self = data;
  KilterPivotState state = self->state;

  for (guint i = 0; i < kilter_pivot_get_n_kinds (); i++)
    if (g_str_equal (kilter_pivot_get_kind (i)->key, g_variant_get_string (parameter, NULL)))
      state.kind = (int) i;
  set_state (self, &state);
}

/* The cursor's measure and bucket; without a cursor those of the grid. */
static void
get_subject (KilterPlanPivot *self, int *out_measure, KilterBucket *out_bucket)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterSession *session = kilter_page_get_session (self->page);
  const KilterSelection *selection = kilter_session_get_selection (session);
  int bucket = kilter_session_get_bucket (session);

  *out_measure = selection->measure >= 0 ? selection->measure : (int) self->measure;
  if (selection->measure >= 0)
    bucket = selection->first;
  if (bucket < 0)
    bucket = MIN (kilter_plan_get_n_history (plan), kilter_plan_get_n_buckets (plan) - 1);
  *out_bucket = kilter_plan_get_bucket (plan, bucket);
}

static void
sort_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPlanPivot *self = data;
  const char *how = g_variant_get_string (parameter, NULL);
  KilterPivotState state = self->state;

  get_subject (self, &state.sort_measure, &state.sort_bucket);
  state.sort_down = g_str_equal (how, "down");
  if (g_str_equal (how, "none"))
    state.sort_measure = -1;
  set_state (self, &state);
}

static void
clear_filter_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPlanPivot *self = data;
  KilterPivotState state = self->state;

  state.filter_measure = -1;
  set_state (self, &state);
}

/* --- asking for a filter --- */

typedef struct
{
  KilterPlanPivot *pivot;
  int measure;
  KilterBucket bucket;
  AdwComboRow *how;
  GtkEditable *value;
  KilterFormat format;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->pivot);
  g_free (self);
}

/* How the numbers of a measure are written over the whole plan. */
static void
init_format (KilterPlanPivot *self, int measure, KilterFormat *out)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterSubject subject = { plan, kilter_page_get_version (self->page),
                            *kilter_page_get_scope (self->page), KILTER_DISPLAY_CASES };
  g_autofree double *values = g_new (double, kilter_plan_get_n_buckets (plan));

  kilter_subject_get (&subject, (KilterMeasure) measure, values);
  kilter_subject_init_format (&subject, (KilterMeasure) measure, values,
                              (gsize) kilter_plan_get_n_buckets (plan), out);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  KilterPivotState state = question->pivot->state;
  double value;

  if (g_str_equal (answer, "filter") &&
      kilter_number_parse (gtk_editable_get_text (question->value), &value))
    {
      if (question->format.number.percent)
        value /= 100;
      if (question->format.number.scale > 0)
        value *= question->format.number.scale;
      state.filter_measure = question->measure;
      state.filter_bucket = question->bucket;
      state.filter_below = adw_combo_row_get_selected (question->how) == 1;
      state.filter_value = value;
      set_state (question->pivot, &state);
    }
  question_free (question);
}

static void
value_changed_cb (GtkEditable *value, AdwAlertDialog *dialog)
{
  double number;

  adw_alert_dialog_set_response_enabled (
    dialog, "filter", kilter_number_parse (gtk_editable_get_text (value), &number));
}

static void
filter_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPlanPivot *self = data;
  KilterPlan *plan = kilter_page_get_plan (self->page);
  static const char *const names[] = { N_ ("At Least"), N_ ("At Most"), NULL };
  Question *question = g_new0 (Question, 1);
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Filter Rows"), NULL);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *how = adw_combo_row_new (), *value = adw_entry_row_new ();
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  g_autofree char *month = NULL, *body = NULL, *unit = NULL, *title = NULL;

  get_subject (self, &question->measure, &question->bucket);
  question->pivot = g_object_ref (self);
  question->how = ADW_COMBO_ROW (how);
  question->value = GTK_EDITABLE (value);
  init_format (self, question->measure, &question->format);
  month = kilter_format_bucket (plan, kilter_plan_find_bucket (plan, question->bucket));
  /* Translators: a measure, a month: "Consensus in July 2026" */
  body = g_strdup_printf (_ ("%1$s in %2$s"),
                          kilter_measure_get_name ((KilterMeasure) question->measure), month);
  unit = kilter_format_get_unit_name (&question->format, plan);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), body);
  for (guint i = 0; names[i] != NULL; i++)
    gtk_string_list_append (words, _ (names[i]));
  adw_combo_row_set_model (ADW_COMBO_ROW (how), G_LIST_MODEL (words));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (how), _ ("Show Rows With"));
  title = *unit != '\0' ? g_strdup (unit) : g_strdup (_ ("Number"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (value), title);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), how);
  gtk_list_box_append (GTK_LIST_BOX (list), value);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), list);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "filter", _ ("_Filter"));
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "filter",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), "filter", FALSE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "filter");
  g_object_set (value, "activates-default", TRUE, NULL);
  g_signal_connect_object (value, "changed", G_CALLBACK (value_changed_cb), dialog, 0);
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (self->page), NULL, answered_cb,
                           question);
}

static const GActionEntry entries[] = {
  { .name = "group", .activate = group_action, .parameter_type = "s", .state = "''" },
  { .name = "sort", .activate = sort_action, .parameter_type = "s" },
  { .name = "filter", .activate = filter_action },
  { .name = "clear-filter", .activate = clear_filter_action },
};

/* --- the menu in the corner, and the chips --- */

static void
append_target (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (KilterPlanPivot *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) groups = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) views = g_menu_new ();

  for (guint i = 0; i < kilter_pivot_get_n_kinds (); i++)
    if (kilter_plan_pivot_offers (self, kilter_pivot_get_kind (i)->key))
      append_target (groups, _ (kilter_pivot_get_kind (i)->label), "pivot.group",
                     kilter_pivot_get_kind (i)->key);
  append_target (order, _ ("Sort by Selected Number, Largest First"), "pivot.sort", "down");
  append_target (order, _ ("Sort by Selected Number, Smallest First"), "pivot.sort", "up");
  g_menu_append (order, _ ("Filter by Selected Number…"), "pivot.filter");
  g_menu_append (views, _ ("Save View…"), "win.save-view");
  g_menu_append (views, _ ("Saved Views…"), "win.saved-views");
  g_menu_append_section (menu, _ ("Group By"), G_MENU_MODEL (groups));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (views));
  return G_MENU_MODEL (menu);
}

static void
update_button (KilterPlanPivot *self)
{
  const KilterPivotKind *kind = kilter_pivot_get_kind ((guint) self->state.kind);
  GActionGroup *group;
  GAction *action;

  if (self->button == NULL)
    return;
  gtk_menu_button_set_label (self->button, _ (kind->label));
  group = g_object_get_data (G_OBJECT (self), "actions");
  action = g_action_map_lookup_action (G_ACTION_MAP (group), "group");
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (kind->key));
}

static void
add_chip (KilterPlanPivot *self,
          const char *text,
          const char *tooltip,
          const char *action,
          const char *target)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_label_new (text));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "kilter-chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip, -1);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (self->chips, button);
}

static char *
get_month (KilterPlanPivot *self, KilterBucket bucket)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  int at = kilter_plan_find_bucket (plan, bucket);

  return at >= 0 ? kilter_format_bucket (plan, at)
                 : kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan), bucket);
}

static void
update_chips (KilterPlanPivot *self)
{
  GtkWidget *child;

  if (self->chips == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, child);
  if (self->state.sort_measure >= 0)
    {
      g_autofree char *month = get_month (self, self->state.sort_bucket);
      g_autofree char *text = g_strdup_printf (
        self->state.sort_down ? _ ("%1$s, %2$s, largest first") : _ ("%1$s, %2$s, smallest first"),
        kilter_measure_get_name ((KilterMeasure) self->state.sort_measure), month);

      add_chip (self, text, _ ("Sort No More"), "pivot.sort", "none");
    }
  if (self->state.filter_measure >= 0)
    {
      g_autofree char *month = get_month (self, self->state.filter_bucket);
      g_autofree char *value = NULL, *text = NULL, *hidden = NULL;
      KilterFormat format;

      init_format (self, self->state.filter_measure, &format);
      value = kilter_format_value (&format, self->state.filter_value);
      text = g_strdup_printf (self->state.filter_below ? "%s, %s ≤ %s" : "%s, %s ≥ %s",
                              kilter_measure_get_name ((KilterMeasure) self->state.filter_measure),
                              month, value);
      add_chip (self, text, _ ("Filter No More"), "pivot.clear-filter", NULL);
      hidden = g_strdup_printf (ngettext ("%d row hidden", "%d rows hidden", self->n_hidden),
                                self->n_hidden);
      child = gtk_label_new (hidden);
      gtk_widget_add_css_class (child, "dim-label");
      gtk_widget_add_css_class (child, "caption");
      gtk_box_append (self->chips, child);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chips),
                          self->state.sort_measure >= 0 || self->state.filter_measure >= 0);
}

void
kilter_plan_pivot_show_state (KilterPlanPivot *self)
{
  update_button (self);
  update_chips (self);
}

GtkWidget *
kilter_plan_pivot_create_view (KilterPlanPivot *self, GtkWidget *grid_view, KilterGrid *grid)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr (GMenuModel) menu = make_menu (self);
  GSimpleActionGroup *group = g_simple_action_group_new ();

  g_return_val_if_fail (KILTER_IS_PLAN_PIVOT (self), NULL);

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (box, "pivot", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (self), "actions", group, g_object_unref);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_tooltip_text (button, _ ("Group, Sort and Filter Rows"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kilter-corner-button");
  gtk_widget_add_css_class (chips, "kilter-chips");
  gtk_widget_set_visible (chips, FALSE);
  self->button = GTK_MENU_BUTTON (button);
  self->chips = GTK_BOX (chips);
  g_object_add_weak_pointer (G_OBJECT (button), (gpointer *) &self->button);
  g_object_add_weak_pointer (G_OBJECT (chips), (gpointer *) &self->chips);
  kilter_grid_set_corner (grid, button);
  gtk_box_append (GTK_BOX (box), chips);
  gtk_box_append (GTK_BOX (box), grid_view);
  return box;
}
