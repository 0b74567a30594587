/* kilter-actions-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/monitor/kilter-actions-page.h"

#include "app/pages/monitor/kilter-action-dialog.h"
#include "plan/process/kilter-meeting.h"
#include "report/words/kilter-format.h"
#include "report/pack/kilter-minutes.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _KilterActionsPage
{
  KilterPage parent_instance;

  GtkLabel *headline;
  GtkLabel *health;
  GtkStack *action_stack;
  GtkListBox *actions;
  GtkWidget *decision_title;
  GtkListBox *decisions;
  AdwBreakpoint *phone;

  gboolean is_phone;
};

G_DEFINE_FINAL_TYPE (KilterActionsPage, kilter_actions_page, KILTER_TYPE_PAGE)

/* --- parts of rows --- */

static const char *
get_person (const KilterPlan *plan, int id)
{
  const KilterRecord *person = id > 0 ? kilter_plan_get_record (plan, KILTER_TABLE_PERSON, id)
                                      : NULL;

  return person != NULL ? kilter_record_text (person, KILTER_PERSON_NAME) : NULL;
}

static gboolean
is_dropped (const KilterRecord *action)
{
  return g_str_equal (kilter_record_text (action, KILTER_ACTION_STATE), "dropped");
}

/* whether nothing is left to do */
static gboolean
is_done (const KilterRecord *action)
{
  return g_str_equal (kilter_record_text (action, KILTER_ACTION_STATE), "done") ||
         is_dropped (action);
}

static GtkWidget *
make_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

/* The title, and below it where it comes from. */
static GtkWidget *
make_words (const char *title, const char *below)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *label = make_label (title, NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (box), label);
  if (below != NULL && *below != '\0')
    gtk_box_append (GTK_BOX (box), make_label (below, "kilter-subtitle"));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
make_owner (const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  GtkWidget *label = make_label (name != NULL ? name : _ ("Nobody"), "kilter-small");

  if (name != NULL)
    gtk_box_append (GTK_BOX (box), adw_avatar_new (24, name, TRUE));
  else
    gtk_widget_add_css_class (label, "kilter-dim");
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

/* How long it is late or has time: what the age of an action means for the meeting. */
static char *
describe_due (KilterPlan *plan, const KilterRecord *action)
{
  const char *due = kilter_record_text (action, KILTER_ACTION_DUE);
  int days = kilter_format_days_until (plan, due);

  if (is_dropped (action))
    return g_strdup (C_ ("action", "Dropped"));
  if (*due == '\0')
    return g_strdup (_ ("No date"));
  if (!is_done (action) && days < 0)
    return g_strdup_printf (ngettext ("Late by %d day", "Late by %d days", (gulong) -days), -days);
  return kilter_format_date (plan, due);
}

/* The decision it comes from, and since when it is carried from cycle to cycle. */
static char *
describe_origin (KilterPlan *plan, const KilterRecord *action, const KilterRecord *decision)
{
  const char *since = kilter_record_text (action, KILTER_ACTION_SINCE);
  const char *title = decision != NULL ? kilter_record_text (decision, KILTER_DECISION_TITLE) : "";
  KilterBucket bucket = kilter_bucket_from_string (kilter_plan_get_bucket_kind (plan), since);
  int cycles = bucket != KILTER_BUCKET_NONE ? kilter_plan_get_cycle (plan) - bucket : 0;
  g_autofree char *age = NULL;

  if (cycles <= 0 || is_done (action))
    return g_strdup (title);
  age = g_strdup_printf (
    ngettext ("carried over for %d cycle", "carried over for %d cycles", (gulong) cycles), cycles);
  return *title != '\0' ? g_strdup_printf ("%s · %s", title, age) : g_steal_pointer (&age);
}

static GtkWidget *
make_due (KilterPlan *plan, const KilterRecord *action)
{
  const char *due = kilter_record_text (action, KILTER_ACTION_DUE);
  int days = kilter_format_days_until (plan, due);
  gboolean done = is_done (action);
  g_autofree char *text = describe_due (plan, action);
  GtkWidget *label;

  label = make_label (text, "kilter-small");
  gtk_widget_add_css_class (label, !done && days < 0 && *due != '\0' ? "kilter-bad" : "kilter-dim");
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_width_chars (GTK_LABEL (label), 13);
  return label;
}

/* --- actions --- */

static void
tick_cb (GtkCheckButton *check, GParamSpec *pspec, KilterPage *page)
{
  KilterPlan *plan = kilter_page_get_plan (page);
  int id = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (check), "action"));
  const KilterRecord *action = kilter_plan_get_record (plan, KILTER_TABLE_ACTION, id);
  gboolean done = gtk_check_button_get_active (check);
  g_autofree char *label = NULL;
  KilterCommand *command;

  if (action == NULL || is_done (action) == done)
    return;
  /* Translators: %s is an action */
  label = g_strdup_printf (done ? _ ("Done: %s") : _ ("Open again: %s"),
                           kilter_record_text (action, KILTER_ACTION_TITLE));
  command = kilter_command_new ("action", label);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_STATE,
                                 done ? "done" : "open");
  {
    g_autofree char *now = kilter_document_get_now (kilter_page_get_document (page));
    g_autofree char *day = g_strndup (now, 10);

    kilter_command_set_field_text (command, plan, KILTER_TABLE_ACTION, id, KILTER_ACTION_DONE_AT,
                                   done ? day : NULL);
  }
  if (!kilter_page_apply (page, command, NULL))
    gtk_check_button_set_active (check, !done);
}

static GtkWidget *
make_action (KilterActionsPage *self, KilterPlan *plan, const KilterRecord *action)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *check = gtk_check_button_new ();
  const char *title = kilter_record_text (action, KILTER_ACTION_TITLE);
  const char *owner = get_person (plan, kilter_record_ref (action, KILTER_ACTION_OWNER));
  int id = kilter_record_ref (action, KILTER_ACTION_DECISION);
  const KilterRecord *decision = id > 0 ? kilter_plan_get_record (plan, KILTER_TABLE_DECISION, id)
                                        : NULL;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_done (action));
  gtk_widget_set_sensitive (
    check, !kilter_document_is_read_only (kilter_page_get_document (KILTER_PAGE (self))));
  g_object_set_data (G_OBJECT (check), "action", GINT_TO_POINTER (action->id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (check, "notify::active", G_CALLBACK (tick_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), check);
  if (self->is_phone)
    {
      g_autofree char *due = describe_due (plan, action);
      g_autofree char *below = owner != NULL ? g_strdup_printf ("%s · %s", owner, due)
                                             : g_strdup (due);

      gtk_box_append (GTK_BOX (box), make_words (title, below));
    }
  else
    {
      g_autofree char *origin = describe_origin (plan, action, decision);

      gtk_box_append (GTK_BOX (box), make_words (title, origin));
      gtk_box_append (GTK_BOX (box), make_owner (owner));
      gtk_box_append (GTK_BOX (box), make_due (plan, action));
    }
  gtk_widget_add_css_class (box, "kilter-row-box");
  if (is_done (action))
    gtk_widget_add_css_class (box, "kilter-dim");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "actions.edit");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", action->id);
  return row;
}

/* Open ones first, the earliest first; then what is done, the latest first. */
static int
compare_actions (gconstpointer a, gconstpointer b)
{
  const KilterRecord *left = *(const KilterRecord *const *) a;
  const KilterRecord *right = *(const KilterRecord *const *) b;
  const char *left_due = kilter_record_text (left, KILTER_ACTION_DUE);
  const char *right_due = kilter_record_text (right, KILTER_ACTION_DUE);

  if (is_done (left) != is_done (right))
    return is_done (left) - is_done (right);
  if ((*left_due == '\0') != (*right_due == '\0'))
    return *left_due == '\0' ? 1 : -1;
  if (!g_str_equal (left_due, right_due))
    return (is_done (left) ? -1 : 1) * strcmp (left_due, right_due);
  return left->id - right->id;
}

static void
show_actions (KilterActionsPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  int open = 0, late = 0;
  g_autofree char *headline = NULL;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_ACTION, action)
    {
      g_ptr_array_add (list, (gpointer) action);
      if (!is_done (action))
        {
          open++;
          late += *kilter_record_text (action, KILTER_ACTION_DUE) != '\0' &&
                  kilter_format_days_until (plan, kilter_record_text (action, KILTER_ACTION_DUE)) <
                    0;
        }
    }
  g_ptr_array_sort (list, compare_actions);
  gtk_list_box_remove_all (self->actions);
  for (guint i = 0; i < list->len; i++)
    gtk_list_box_append (self->actions, make_action (self, plan, g_ptr_array_index (list, i)));
  gtk_stack_set_visible_child_name (self->action_stack, list->len > 0 ? "list" : "none");
  if (late > 0)
    headline = g_strdup_printf (ngettext ("%d action is late, %d are open",
                                          "%d actions are late, %d are open", (gulong) late),
                                late, open);
  else if (open > 0)
    headline = g_strdup_printf (ngettext ("%d action is open, none is late",
                                          "%d actions are open, none is late", (gulong) open),
                                open);
  else if (list->len > 0)
    headline = g_strdup (_ ("All actions are done"));
  gtk_label_set_label (self->headline, headline != NULL ? headline : _ ("No actions yet"));
}

/* --- health of the cycle --- */

static void
show_health (KilterActionsPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  KilterCycleHealth health;
  g_autofree char *steps = NULL, *decisions = NULL, *actions = NULL, *text = NULL;

  kilter_cycle_get_health (plan, kilter_plan_get_current_cycle (plan), NULL, &health);
  /* Translators: finished steps of the cycle that were on time, of those finished */
  steps = g_strdup_printf (ngettext ("%d of %d finished step was on time",
                                     "%d of %d finished steps were on time",
                                     (gulong) MAX (health.n_steps_finished, 1)),
                           health.n_steps_on_time, health.n_steps_finished);
  decisions = g_strdup_printf (ngettext ("%d of %d decision taken", "%d of %d decisions taken",
                                         (gulong) MAX (health.n_decisions, 1)),
                               health.n_decisions_taken, health.n_decisions);
  actions = g_strdup_printf (ngettext ("%d of %d action closed", "%d of %d actions closed",
                                       (gulong) MAX (health.n_actions, 1)),
                             health.n_actions_closed, health.n_actions);
  /* Translators: how the cycle itself does: steps, decisions, actions */
  text = g_strdup_printf (_ ("This cycle: %1$s, %2$s, %3$s."), steps, decisions, actions);
  gtk_label_set_label (self->health, text);
}

/* --- decision log --- */

static const char *
get_answer (const KilterRecord *decision)
{
  const char *state = kilter_record_text (decision, KILTER_DECISION_STATE);

  if (g_str_equal (state, "approved"))
    return C_ ("decision", "Approved");
  if (g_str_equal (state, "deferred"))
    return C_ ("decision", "Deferred");
  if (g_str_equal (state, "rejected"))
    return C_ ("decision", "Rejected");
  return C_ ("decision", "Open");
}

/* "Actual sales: 1.2M expected, 1.25M so far" with what came of it; NULL when it is not checked. */
static char *
describe_outcome (KilterPlan *plan, const KilterRecord *decision, KilterOutcome *out_outcome)
{
  const char *key = kilter_record_text (decision, KILTER_DECISION_MEASURE);
  int measure = kilter_measure_from_key (key);
  KilterOutcomeValue value;
  g_autofree char *expected = NULL, *actual = NULL;

  kilter_decision_get_outcome (plan, decision->id, &value);
  *out_outcome = value.outcome;
  if (value.outcome == KILTER_OUTCOME_NONE || measure < 0)
    return NULL;
  if (value.n_over == 0)
    return g_strdup (kilter_outcome_get_name (value.outcome));
  expected = kilter_outcome_format (plan, key, value.expected);
  actual = kilter_outcome_format (plan, key, value.actual);
  /* Translators: an outcome, a measure, what was expected, what came */
  return g_strdup_printf (_ ("%1$s · %2$s: %3$s expected, %4$s came"),
                          kilter_outcome_get_name (value.outcome),
                          kilter_measure_get_name ((KilterMeasure) measure), expected, actual);
}

static GtkWidget *
make_decision (KilterActionsPage *self, KilterPlan *plan, const KilterRecord *decision)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  const char *state = kilter_record_text (decision, KILTER_DECISION_STATE);
  const char *at = kilter_record_text (decision, KILTER_DECISION_DECIDED_AT);
  const char *by = kilter_record_text (decision, KILTER_DECISION_DECIDED_BY);
  const char *comment = kilter_record_text (decision, KILTER_DECISION_COMMENT);
  double margin = kilter_record_number (decision, KILTER_DECISION_MARGIN);
  g_autofree char *when = *at != '\0' ? kilter_format_when (plan, at) : NULL;
  g_autofree char *who = when != NULL ? g_strdup_printf ("%s · %s", by, when) : g_strdup (by);
  g_autofree char *below = *comment != '\0' ? g_strdup_printf ("%s · %s", who, comment)
                                            : g_strdup (who);
  GtkWidget *pill = make_label (get_answer (decision), NULL);

  gtk_widget_add_css_class (pill, g_str_equal (state, "approved") ? "kilter-pill-good"
                                                                  : "kilter-pill-plain");
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box),
                  make_words (kilter_record_text (decision, KILTER_DECISION_TITLE), below));
  if (!isnan (margin) && !self->is_phone)
    {
      g_autofree char *money = kilter_format_money_delta (plan, margin);
      /* Translators: %s is money: what the decision was expected to bring */
      g_autofree char *expected = g_strdup_printf (_ ("Expected %s margin"), money);

      gtk_box_append (GTK_BOX (box), make_label (expected, "kilter-subtitle"));
    }
  {
    KilterOutcome outcome;
    g_autofree char *came = describe_outcome (plan, decision, &outcome);

    if (came != NULL)
      {
        GtkWidget *label = make_label (came, "kilter-small");

        gtk_label_set_wrap (GTK_LABEL (label), TRUE);
        gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
        gtk_widget_add_css_class (label, outcome == KILTER_OUTCOME_CAME_TRUE ? "kilter-good"
                                         : outcome == KILTER_OUTCOME_MISSED  ? "kilter-bad"
                                                                             : "kilter-dim");
        gtk_box_append (GTK_BOX (gtk_widget_get_first_child (box)), label);
      }
  }
  gtk_box_append (GTK_BOX (box), pill);
  gtk_widget_add_css_class (box, "kilter-row-box");
  return box;
}

static void
show_decisions (KilterActionsPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  int count = 0;

  gtk_list_box_remove_all (self->decisions);
  for (int id = kilter_plan_get_max_id (plan, KILTER_TABLE_DECISION); id > 0; id--)
    {
      const KilterRecord *decision = kilter_plan_get_record (plan, KILTER_TABLE_DECISION, id);
      GtkWidget *row;

      if (decision == NULL)
        continue;
      row = gtk_list_box_row_new ();
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), make_decision (self, plan, decision));
      gtk_list_box_append (self->decisions, row);
      count++;
    }
  gtk_widget_set_visible (self->decision_title, count > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->decisions), count > 0);
}

/* --- the page --- */

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_action_dialog_present (KILTER_PAGE (widget), 0);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!kilter_document_is_read_only (kilter_page_get_document (KILTER_PAGE (widget))))
    kilter_action_dialog_present (KILTER_PAGE (widget), g_variant_get_int32 (parameter));
}

static void
kilter_actions_page_refresh (KilterPage *page, KilterChange change)
{
  KilterActionsPage *self = KILTER_ACTIONS_PAGE (page);

  if (!(change & (KILTER_CHANGE_RECORDS | KILTER_CHANGE_VALUES | KILTER_CHANGE_LOOK)))
    return;
  show_health (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (page), "actions.add",
                                 !kilter_document_is_read_only (kilter_page_get_document (page)));
  show_actions (self);
  show_decisions (self);
}

static char *
kilter_actions_page_get_headline (KilterPage *page)
{
  return g_strdup (gtk_label_get_label (KILTER_ACTIONS_PAGE (page)->headline));
}

static void
kilter_actions_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KILTER_TYPE_ACTIONS_PAGE);

  G_OBJECT_CLASS (kilter_actions_page_parent_class)->dispose (object);
}

static void
kilter_actions_page_class_init (KilterActionsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_actions_page_dispose;
  page_class->refresh = kilter_actions_page_refresh;
  page_class->get_headline = kilter_actions_page_get_headline;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/actions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterActionsPage, headline);
  gtk_widget_class_bind_template_child (widget_class, KilterActionsPage, health);
  gtk_widget_class_bind_template_child (widget_class, KilterActionsPage, action_stack);
  gtk_widget_class_bind_template_child (widget_class, KilterActionsPage, actions);
  gtk_widget_class_bind_template_child (widget_class, KilterActionsPage, decision_title);
  gtk_widget_class_bind_template_child (widget_class, KilterActionsPage, decisions);
  gtk_widget_class_bind_template_child (widget_class, KilterActionsPage, phone);
  gtk_widget_class_install_action (widget_class, "actions.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "actions.edit", "i", edit_action);
}

static void
set_phone (KilterActionsPage *self, gboolean is_phone)
{
  self->is_phone = is_phone;
  if (kilter_page_get_document (KILTER_PAGE (self)) != NULL)
    kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static void
phone_cb (KilterActionsPage *self)
{
  set_phone (self, TRUE);
}

static void
wide_cb (KilterActionsPage *self)
{
  set_phone (self, FALSE);
}

static void
kilter_actions_page_init (KilterActionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Actions"));
  g_signal_connect_object (self->phone, "apply", G_CALLBACK (phone_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->phone, "unapply", G_CALLBACK (wide_cb), self, G_CONNECT_SWAPPED);
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->actions));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->decisions));
}
