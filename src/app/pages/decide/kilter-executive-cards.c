/* kilter-executive-cards.c: decisions as cards, and the actions of the last meeting
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/decide/kilter-executive-private.h"
#include "report/words/kilter-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

const char *
kilter_executive_get_person (const KilterPlan *plan, int person)
{
  const KilterRecord *record = person > 0
                                 ? kilter_plan_get_record (plan, KILTER_TABLE_PERSON, person)
                                 : NULL;

  return record != NULL ? kilter_record_text (record, KILTER_PERSON_NAME) : NULL;
}

static gboolean
is_open (const KilterRecord *decision)
{
  const char *state = kilter_record_text (decision, KILTER_DECISION_STATE);

  return *state == '\0' || g_str_equal (state, "open");
}

int
kilter_executive_count_decisions (const KilterPlan *plan, int *out_open)
{
  int cycle = kilter_plan_get_current_cycle (plan), count = 0;

  *out_open = 0;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_DECISION, decision)
    if (kilter_record_ref (decision, KILTER_DECISION_CYCLE) == cycle)
      {
        count++;
        *out_open += is_open (decision);
      }
  return count;
}

/* --- parts of a card --- */

static GtkWidget *
make_text (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css);
  return label;
}

static void
add_pill (AdwWrapBox *box, const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, css);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  adw_wrap_box_append (box, label);
}

/* What it brings, what it costs, whose it is and until when. */
static GtkWidget *
make_facts (KilterPlan *plan, const KilterRecord *decision, gboolean is_phone)
{
  GtkWidget *box = adw_wrap_box_new ();
  double margin = kilter_record_number (decision, KILTER_DECISION_MARGIN);
  double cost = kilter_record_number (decision, KILTER_DECISION_COST);
  const char *effect = kilter_record_text (decision, KILTER_DECISION_EFFECT);
  const char *owner = kilter_executive_get_person (
    plan, kilter_record_ref (decision, KILTER_DECISION_OWNER));
  const char *by = kilter_record_text (decision, KILTER_DECISION_BY);
  g_autofree char *day = *by != '\0' ? kilter_format_day (plan, by) : NULL;
  g_autofree char *who = NULL;

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  gtk_widget_set_margin_top (box, 4);
  if (!isnan (margin) && margin != 0)
    {
      g_autofree char *money = kilter_format_money_delta (plan, margin);
      /* Translators: %s is money with a sign */
      g_autofree char *text = g_strdup_printf (_ ("%s margin"), money);

      add_pill (ADW_WRAP_BOX (box), text, margin > 0 ? "kilter-pill-good" : "kilter-pill-bad");
    }
  if (*effect != '\0')
    add_pill (ADW_WRAP_BOX (box), effect, "kilter-pill-good");
  if (!isnan (cost))
    {
      g_autofree char *money = kilter_format_money (plan, cost);
      /* Translators: %s is money */
      g_autofree char *text = cost != 0 ? g_strdup_printf (_ ("%s cost"), money) : NULL;

      add_pill (ADW_WRAP_BOX (box), text != NULL ? text : _ ("No cost"), "kilter-pill-plain");
    }
  if (owner != NULL && day != NULL)
    /* Translators: a person and a date: "Wei Zhang, by 30 April" */
    who = g_strdup_printf (_ ("%s, by %s"), owner, day);
  else if (day != NULL)
    who = g_strdup_printf (_ ("By %s"), day);
  else
    who = g_strdup (owner);
  if (who != NULL)
    {
      GtkWidget *person = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *label = gtk_label_new (who);

      if (owner != NULL && !is_phone)
        gtk_box_append (GTK_BOX (person), adw_avatar_new (22, owner, TRUE));
      gtk_widget_add_css_class (label, "kilter-small");
      gtk_box_append (GTK_BOX (person), label);
      adw_wrap_box_append (ADW_WRAP_BOX (box), person);
    }
  return box;
}

static GtkWidget *
make_button (const char *label, const char *action, int id, const char *css)
{
  GtkWidget *button = label != NULL ? gtk_button_new_with_label (label) : gtk_button_new ();

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", id);
  if (css != NULL)
    gtk_widget_add_css_class (button, css);
  return button;
}

/* Buttons of several cards have the same words; their names say for which decision they are. */
static void
name_button (GtkWidget *button, char *name /* (transfer full) */)
{
  /* the label inside would win */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_free (name);
}

static GtkWidget *
make_more (const KilterRecord *decision, gboolean has_options)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *reject = g_strdup_printf ("executive.reject(%d)", decision->id);
  g_autofree char *compare = g_strdup_printf ("executive.compare(%d)", decision->id);
  g_autofree char *edit = g_strdup_printf ("executive.edit(%d)", decision->id);
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _ ("Reject…"), reject);
  if (has_options)
    g_menu_append (menu, _ ("Compare Options"), compare);
  g_menu_append (menu, _ ("Edit…"), edit);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("More Answers"));
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static void
append (GtkWidget *box, GtkWidget *child)
{
  if (ADW_IS_WRAP_BOX (box))
    adw_wrap_box_append (ADW_WRAP_BOX (box), child);
  else
    gtk_box_append (GTK_BOX (box), child);
}

static GtkWidget *
make_answers (const KilterRecord *decision, gboolean is_phone)
{
  /* long words take a second line */
  GtkWidget *box = is_phone ? gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8)
                            : g_object_new (ADW_TYPE_WRAP_BOX, "child-spacing", 8, "line-spacing",
                                            8, NULL);
  GtkWidget *approve = make_button (_ ("Approve"), "executive.approve", decision->id,
                                    "suggested-action");
  GtkWidget *defer = make_button (_ ("Defer…"), "executive.defer", decision->id, NULL);
  gboolean has_options = kilter_record_ref (decision, KILTER_DECISION_SCENARIO) > 0;
  const char *title = kilter_record_text (decision, KILTER_DECISION_TITLE);

  name_button (approve, g_strdup_printf (_ ("Approve “%s”"), title));
  name_button (defer, g_strdup_printf (_ ("Defer “%s”"), title));
  append (box, approve);
  append (box, defer);
  gtk_widget_set_margin_top (box, 8);
  if (is_phone)
    {
      gtk_widget_set_hexpand (approve, TRUE);
      gtk_widget_set_hexpand (defer, TRUE);
      gtk_widget_add_css_class (box, "kilter-touch");
      append (box, make_more (decision, has_options));
    }
  else
    {
      GtkWidget *reject = make_button (_ ("Reject…"), "executive.reject", decision->id, NULL);

      name_button (reject, g_strdup_printf (_ ("Reject “%s”"), title));
      append (box, reject);
      if (has_options)
        {
          GtkWidget *compare = make_button (_ ("Compare Options"), "executive.compare",
                                            decision->id, "flat");

          gtk_widget_set_hexpand (compare, TRUE);
          gtk_widget_set_halign (compare, GTK_ALIGN_END);
          append (box, compare);
        }
    }
  return box;
}

static char *
make_answer_text (KilterPlan *plan, const KilterRecord *decision)
{
  const char *state = kilter_record_text (decision, KILTER_DECISION_STATE);
  const char *who = kilter_record_text (decision, KILTER_DECISION_DECIDED_BY);
  const char *at = kilter_record_text (decision, KILTER_DECISION_DECIDED_AT);
  g_autofree char *when = *at != '\0' ? kilter_format_when (plan, at) : g_strdup ("");

  /* Translators: a person, and when: "Approved by Ana Duarte · Today, 9:14" */
  return g_strdup_printf (g_str_equal (state, "approved")   ? _ ("Approved by %s · %s")
                          : g_str_equal (state, "deferred") ? _ ("Deferred by %s · %s")
                                                            : _ ("Rejected by %s · %s"),
                          who, when);
}

static GtkWidget *
make_answer (KilterPlan *plan, const KilterRecord *decision, gboolean can_take_back)
{
  const char *state = kilter_record_text (decision, KILTER_DECISION_STATE);
  const char *comment = kilter_record_text (decision, KILTER_DECISION_COMMENT);
  const char *title = kilter_record_text (decision, KILTER_DECISION_TITLE);
  gboolean is_approved = g_str_equal (state, "approved");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new_from_icon_name (is_approved ? "object-select-symbolic"
                                                  : g_str_equal (state, "deferred")
                                                    ? "document-open-recent-symbolic"
                                                    : "window-close-symbolic");
  GtkWidget *undo = make_button (is_approved ? _ ("Undo") : _ ("Reopen"), "executive.take-back",
                                 decision->id, "flat");
  g_autofree char *text = make_answer_text (plan, decision);
  GtkWidget *label = make_text (text, "kilter-small");

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_add_css_class (icon, is_approved ? "kilter-good" : "kilter-dim");
  gtk_widget_add_css_class (label, is_approved ? "kilter-good" : "kilter-dim");
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), label);
  if (*comment != '\0')
    gtk_box_append (GTK_BOX (words), make_text (comment, "kilter-small"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  name_button (undo, is_approved ? g_strdup_printf (_ ("Undo the approval of “%s”"), title)
                                 : g_strdup_printf (_ ("Reopen “%s”"), title));
  gtk_widget_set_visible (undo, can_take_back);
  gtk_widget_set_valign (undo, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), undo);
  gtk_widget_set_margin_top (box, 4);
  return box;
}

static GtkWidget *
make_card (KilterExecutivePage *self, const KilterRecord *decision, int number, gboolean can_answer)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *title = kilter_record_text (decision, KILTER_DECISION_TITLE);
  const char *text = kilter_record_text (decision, KILTER_DECISION_TEXT);
  g_autofree char *digits = g_strdup_printf ("%d", number);
  GtkWidget *answers;

  if (!self->is_phone)
    {
      GtkWidget *disc = gtk_label_new (digits);

      gtk_widget_add_css_class (disc, "kilter-disc");
      gtk_widget_set_valign (disc, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (card), disc);
    }
  gtk_box_append (GTK_BOX (head), make_text (title, "kilter-question"));
  gtk_widget_set_hexpand (gtk_widget_get_first_child (head), TRUE);
  if (is_open (decision) && can_answer && !self->is_phone)
    {
      GtkWidget *edit = make_button (NULL, "executive.edit", decision->id, "flat");

      gtk_button_set_icon_name (GTK_BUTTON (edit), "document-edit-symbolic");
      gtk_widget_add_css_class (edit, "kilter-low-button");
      gtk_widget_set_valign (edit, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (edit, _ ("Edit Decision…"));
      name_button (edit, g_strdup_printf (_ ("Edit “%s”"), title));
      gtk_box_append (GTK_BOX (head), edit);
    }
  gtk_box_append (GTK_BOX (box), head);
  if (*text != '\0')
    gtk_box_append (GTK_BOX (box), make_text (text, "kilter-dim"));
  gtk_box_append (GTK_BOX (box), make_facts (plan, decision, self->is_phone));
  answers = is_open (decision) ? make_answers (decision, self->is_phone)
                               : make_answer (plan, decision, can_answer);
  if (is_open (decision))
    gtk_widget_set_sensitive (answers, can_answer);
  gtk_box_append (GTK_BOX (box), answers);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (card), box);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "kilter-decision");
  g_object_set (card, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kilter_record_text (decision, KILTER_DECISION_TITLE), -1);
  return card;
}

void
kilter_executive_show_decisions (KilterExecutivePage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  int cycle = kilter_plan_get_current_cycle (plan), number = 0, open;
  int total = kilter_executive_count_decisions (plan, &open);
  gboolean can_answer = !kilter_document_is_read_only (
                          kilter_page_get_document (KILTER_PAGE (self))) &&
                        kilter_step_get_state (kilter_plan_get_step (plan, 5)) !=
                          KILTER_STEP_FINISHED;
  g_autofree char *progress = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->decisions))) != NULL)
    gtk_box_remove (self->decisions, child);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_DECISION, decision)
    if (kilter_record_ref (decision, KILTER_DECISION_CYCLE) == cycle)
      gtk_box_append (self->decisions, make_card (self, decision, ++number, can_answer));
  gtk_widget_set_visible (self->no_decisions, total == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->decisions), total > 0);
  if (total > 0)
    progress = g_strdup_printf (ngettext ("%d of %d decided", "%d of %d decided", (gulong) total),
                                total - open, total);
  gtk_label_set_label (self->progress, progress != NULL ? progress : "");
}

/* --- actions --- */

static GtkWidget *
make_action (KilterPlan *plan, const KilterRecord *action)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean is_done = g_str_equal (kilter_record_text (action, KILTER_ACTION_STATE), "done");
  const char *due = kilter_record_text (action, KILTER_ACTION_DUE);
  const char *owner = kilter_executive_get_person (plan,
                                                   kilter_record_ref (action, KILTER_ACTION_OWNER));
  int days = kilter_format_days_until (plan, due);
  gboolean is_late = !is_done && days < 0;
  GtkWidget *icon = gtk_image_new_from_icon_name (is_done ? "object-select-symbolic"
                                                          : "content-loading-symbolic");
  g_autofree char *late = is_late ? g_strdup_printf (ngettext ("late by %d day", "late by %d days",
                                                               (gulong) -days),
                                                     -days)
                                  : NULL;
  g_autofree char *text = late != NULL && owner != NULL ? g_strdup_printf ("%s, %s", owner, late)
                          : late != NULL                ? g_strdup (late)
                                                        : g_strdup (owner != NULL ? owner : "");
  GtkWidget *label = gtk_label_new (text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 kilter_record_text (action, KILTER_ACTION_TITLE));
  gtk_widget_add_css_class (row, "kilter-low-row");
  gtk_widget_add_css_class (icon, is_done ? "kilter-good" : "kilter-dim");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_done ? _ ("Done") : _ ("Open"), -1);
  gtk_widget_add_css_class (label, "kilter-small");
  gtk_widget_add_css_class (label, is_late ? "kilter-bad" : "kilter-dim");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

/* The actions that the last meeting left; those of this cycle when it is the first. */
void
kilter_executive_show_actions (KilterExecutivePage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  int cycle = kilter_plan_get_current_cycle (plan), count = 0;
  int last = kilter_plan_get_n_history (plan) - 1;
  g_autofree char *month = last >= 0 ? kilter_format_bucket (plan, last) : NULL;
  /* Translators: %s is a month: "From the Meeting of March 2026" */
  g_autofree char *title = month != NULL ? g_strdup_printf (_ ("From the Meeting of %s"), month)
                                         : NULL;

  gtk_list_box_remove_all (self->actions);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_ACTION, action)
    {
      int from = kilter_record_ref (action, KILTER_ACTION_CYCLE);
      int decision = kilter_record_ref (action, KILTER_ACTION_DECISION);
      const KilterRecord *record = decision > 0 ? kilter_plan_get_record (
                                                    plan, KILTER_TABLE_DECISION, decision)
                                                : NULL;

      /* what this cycle's decisions led to belongs to the next meeting */
      if ((from != cycle && from != cycle - 1) ||
          (record != NULL && kilter_record_ref (record, KILTER_DECISION_CYCLE) == cycle))
        continue;
      gtk_list_box_append (self->actions, make_action (plan, action));
      count++;
    }
  gtk_label_set_label (self->actions_title, title != NULL ? title : _ ("From the Last Meeting"));
  gtk_widget_set_visible (GTK_WIDGET (self->actions_title), count > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->actions), count > 0);
}
