/* kilter-executive-approve.c: answers to decisions, and the approval of the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/document/kilter-document-store.h"
#include "plan/review/kilter-insight.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/decide/kilter-executive-private.h"
#include "report/words/kilter-format.h"
#include "report/words/kilter-headline.h"
#include "store/kilter-approval.h"

#include <glib/gi18n-lib.h>

/* --- one decision --- */

static gboolean
decide (KilterExecutivePage *self, int decision, const char *state, const char *comment)
{
  KilterDocument *document = kilter_page_get_document (KILTER_PAGE (self));
  KilterPlan *plan = kilter_document_get_plan (document);
  g_autofree char *now = kilter_document_get_now (document);
  g_autoptr (GError) error = NULL;
  KilterCommand *command = kilter_cycle_decide (
    plan, decision, state, kilter_document_get_user (document), now, comment, &error);

  if (command == NULL)
    {
      kilter_page_report (KILTER_PAGE (self), error);
      return FALSE;
    }
  /* the card says it, with its own undo */
  return kilter_page_apply (KILTER_PAGE (self), command, NULL);
}

void
kilter_executive_decide (KilterExecutivePage *self, int decision, const char *state)
{
  decide (self, decision, state, NULL);
}

/**
 * Question: a decision that is about to be deferred or rejected
 */
static char *
describe_signature (const KilterPlan *plan, const KilterSignature *signature)
{
  g_autofree char *when = kilter_format_when (plan, signature->at);

  switch (signature->state)
    {
    case KILTER_SIGNATURE_GOOD:
      /* Translators: a person, a time, a key: "Signed by Ann Larsen, 9 April · key 3f9c 01ab" */
      return g_strdup_printf (_ ("Signed by %1$s, %2$s · key %3$s"), signature->person, when,
                              signature->fingerprint);
    case KILTER_SIGNATURE_NEW_KEY:
      return g_strdup_printf (_ ("Signed by %1$s, %2$s · key %3$s, seen here for the first time: "
                                 "compare it with theirs"),
                              signature->person, when, signature->fingerprint);
    case KILTER_SIGNATURE_OTHER_KEY:
      return g_strdup_printf (_ ("Signed in the name of %1$s with another key than before (%2$s). "
                                 "Ask them."),
                              signature->person, signature->fingerprint);
    case KILTER_SIGNATURE_BAD:
    default:
      return g_strdup_printf (_ ("The signature of %s does not fit the approved plan: one of the "
                                 "two was changed."),
                              signature->person);
    }
}

void
kilter_executive_show_signature (KilterExecutivePage *self)
{
  KilterDocument *document = kilter_page_get_document (KILTER_PAGE (self));
  KilterPlan *plan = kilter_document_get_plan (document);
  gboolean is_approved = kilter_step_get_state (kilter_plan_get_step (plan, 5)) ==
                         KILTER_STEP_FINISHED;
  KilterVersion version = is_approved
                            ? kilter_plan_find_approved (plan, kilter_plan_get_n_history (plan))
                            : 0;
  g_autoptr (KilterSignature) signature = NULL;
  g_autofree char *text = NULL;
  gboolean good;

  if (document == self->verified_in && version == self->verified)
    return;
  self->verified_in = document;
  self->verified = version;
  if (version > 0)
    signature = kilter_approval_read (kilter_document_get_store (document), version);
  gtk_widget_set_visible (GTK_WIDGET (self->signature), signature != NULL);
  if (signature == NULL)
    return;
  good = signature->state == KILTER_SIGNATURE_GOOD || signature->state == KILTER_SIGNATURE_NEW_KEY;
  text = describe_signature (plan, signature);
  gtk_label_set_text (self->signature_text, text);
  gtk_image_set_from_icon_name (self->signature_icon,
                                good ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_css_classes (GTK_WIDGET (self->signature_icon),
                              (const char *[]) { good ? "kilter-good" : "kilter-bad", NULL });
}

typedef struct
{
  KilterExecutivePage *page; /* owned */
  int decision;
  char *state;
  GtkWidget *comment;
} Question;

static void
question_free (Question *self)
{
  g_object_unref (self->page);
  g_free (self->state);
  g_free (self);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *self = data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  const char *comment = gtk_editable_get_text (GTK_EDITABLE (self->comment));

  if (g_str_equal (response, "answer"))
    decide (self->page, self->decision, self->state, *comment != '\0' ? comment : NULL);
  question_free (self);
}

/**
 * kilter_executive_ask:
 * @state: "deferred" or "rejected"
 *
 * Asks for a comment before it answers a decision so.
 */
void
kilter_executive_ask (KilterExecutivePage *self, int decision, const char *state)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_DECISION, decision);
  gboolean is_deferred = g_str_equal (state, "deferred");
  GtkWidget *list = gtk_list_box_new ();
  AdwAlertDialog *dialog;
  Question *question;

  g_return_if_fail (record != NULL);
  dialog = ADW_ALERT_DIALOG (
    adw_alert_dialog_new (is_deferred ? _ ("Defer the Decision?") : _ ("Reject the Decision?"),
                          kilter_record_text (record, KILTER_DECISION_TITLE)));
  question = g_new0 (Question, 1);
  question->page = g_object_ref (self);
  question->decision = decision;
  question->state = g_strdup (state);
  question->comment = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (question->comment),
                                 is_deferred ? _ ("Until when, or until what is known")
                                             : _ ("Why"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (question->comment), TRUE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), question->comment);
  adw_alert_dialog_set_extra_child (dialog, list);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "answer",
                                  is_deferred ? _ ("_Defer") : _ ("_Reject"), NULL);
  adw_alert_dialog_set_default_response (dialog, "answer");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_dialog_set_focus (ADW_DIALOG (dialog), question->comment);
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, answered_cb, question);
}

/* Whether a command of the log is the answer to a decision. */
static gboolean
answers (const KilterCommand *command, int decision)
{
  if (command == NULL || !g_str_equal (kilter_command_get_kind (command), "decision"))
    return FALSE;
  for (guint i = 0; i < kilter_command_get_n_records (command); i++)
    {
      const KilterRecordChange *change = kilter_command_get_record (command, i);

      if (change->table == KILTER_TABLE_DECISION && change->id == decision)
        return TRUE;
    }
  return FALSE;
}

/* What an approval adopted is taken back with it: the entry of the log is reverted, which fails
 * when something later stands on it. */
static void
revert_approval (KilterExecutivePage *self, const KilterRecord *decision)
{
  KilterDocument *document = kilter_page_get_document (KILTER_PAGE (self));
  g_autoptr (KilterCommand) last = kilter_document_get_undo_command (document);
  KilterLogFilter filter = KILTER_LOG_FILTER_INIT;
  /* the words of the log are those that the decision was approved with */
  g_autofree char *label = g_strdup_printf (_ ("Approved “%s”"),
                                            kilter_record_text (decision, KILTER_DECISION_TITLE));
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GError) error = NULL;

  if (answers (last, decision->id))
    {
      if (!kilter_document_undo (document, &error))
        kilter_page_report (KILTER_PAGE (self), error);
      return;
    }
  filter.kind = "decision";
  log = kilter_document_get_log (document, &filter);
  for (guint i = 0; i < log->len; i++)
    {
      const KilterLogEntry *entry = g_ptr_array_index (log, i);

      /* the newest of these words is the one that holds */
      if (!g_str_equal (entry->state, "applied") || g_strcmp0 (entry->label, label) != 0)
        continue;
      if (!kilter_document_revert (document, entry->id, &error))
        kilter_page_report (KILTER_PAGE (self), error);
      return;
    }
  kilter_page_toast (KILTER_PAGE (self),
                     _ ("The approval is no longer in the history. Undo it in the latest changes."),
                     FALSE);
}

/**
 * kilter_executive_take_back:
 *
 * Makes a decision open again; with an approval goes what it brought into the plan.
 */
void
kilter_executive_take_back (KilterExecutivePage *self, int decision)
{
  const KilterRecord *record = kilter_plan_get_record (kilter_page_get_plan (KILTER_PAGE (self)),
                                                       KILTER_TABLE_DECISION, decision);

  g_return_if_fail (record != NULL);
  if (g_str_equal (kilter_record_text (record, KILTER_DECISION_STATE), "approved"))
    revert_approval (self, record);
  else
    decide (self, decision, "open", "");
}

/* --- the plan --- */

gboolean
kilter_executive_can_approve (KilterExecutivePage *self)
{
  KilterDocument *document = kilter_page_get_document (KILTER_PAGE (self));
  KilterPlan *plan = kilter_document_get_plan (document);
  int open;

  kilter_executive_count_decisions (plan, &open);
  return open == 0 && !kilter_document_is_read_only (document) &&
         !kilter_document_is_busy (document) &&
         kilter_plan_count_records (plan, KILTER_TABLE_SERIES) > 0 &&
         kilter_step_get_state (kilter_plan_get_step (plan, 5)) != KILTER_STEP_FINISHED;
}

/* The pack can be printed as soon as there is an action for it. */
static void
show_toast (KilterExecutivePage *self)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GAction *print = G_IS_ACTION_MAP (root)
                     ? g_action_map_lookup_action (G_ACTION_MAP (root), "export-pdf")
                     : NULL;
  AdwToast *toast;

  if (overlay == NULL || print == NULL || !g_action_get_enabled (print))
    {
      kilter_page_toast (KILTER_PAGE (self), _ ("The plan is approved"), TRUE);
      return;
    }
  toast = adw_toast_new (_ ("The plan is approved"));
  adw_toast_set_button_label (toast, _ ("_Print Pack"));
  adw_toast_set_action_name (toast, "win.export-pdf");
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static gboolean
sign (KilterExecutivePage *self, KilterCommand *command)
{
  KilterStore *store = kilter_document_get_store (kilter_page_get_document (KILTER_PAGE (self)));
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterSigner) signer = kilter_signer_new (&error);

  if (signer != NULL && kilter_approval_sign (store, command, signer, &error))
    return TRUE;
  kilter_page_report (KILTER_PAGE (self), error);
  return FALSE;
}

gboolean
kilter_executive_approve (KilterExecutivePage *self, const char *who, gboolean signs)
{
  KilterDocument *document = kilter_page_get_document (KILTER_PAGE (self));
  g_autofree char *now = kilter_document_get_now (document);
  g_autoptr (GError) error = NULL;
  KilterCommand *command = kilter_cycle_approve (kilter_document_get_plan (document),
                                                 KILTER_BASELINE, who, now, &error);

  if (command == NULL)
    {
      kilter_page_report (KILTER_PAGE (self), error);
      return FALSE;
    }
  if (signs && !sign (self, command))
    {
      kilter_command_unref (command);
      return FALSE;
    }
  if (!kilter_page_apply (KILTER_PAGE (self), command, NULL))
    return FALSE;
  show_toast (self);
  return TRUE;
}

typedef struct
{
  KilterExecutivePage *page; /* owned */
  GtkWidget *name;
  GtkWidget *sign;
} Approval;

static void
approval_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Approval *self = data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "approve"))
    kilter_executive_approve (self->page, gtk_editable_get_text (GTK_EDITABLE (self->name)),
                              adw_switch_row_get_active (ADW_SWITCH_ROW (self->sign)));
  g_object_unref (self->page);
  g_free (self);
}

static void
name_changed_cb (GtkEditable *entry, AdwAlertDialog *dialog)
{
  adw_alert_dialog_set_response_enabled (dialog, "approve", *gtk_editable_get_text (entry) != '\0');
}

static void
add_line (GtkWidget *box, const char *name, const char *value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *left = gtk_label_new (name), *right = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_wrap (GTK_LABEL (left), TRUE);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_add_css_class (right, "kilter-strong");
  gtk_widget_add_css_class (right, "numeric");
  gtk_box_append (GTK_BOX (row), left);
  gtk_box_append (GTK_BOX (row), right);
  gtk_box_append (GTK_BOX (box), row);
}

/* "Demand, April 2026 to March 2027  15.7 million" … : what the snapshot will hold */
static GtkWidget *
list_what_is_fixed (KilterExecutivePage *self)
{
  static const KilterScope everything = { 0 };
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  KilterKeyFigures figures;
  int first, n, open, decisions = kilter_executive_count_decisions (plan, &open);
  g_autofree char *demand = NULL, *supply = NULL, *revenue = NULL, *margin = NULL, *unmet = NULL,
                  *count = NULL;

  kilter_page_get_year (KILTER_PAGE (self), &first, &n);
  kilter_plan_key_figures (plan, KILTER_BASELINE, &everything, first, n, &figures);
  demand = kilter_format_quantity (figures.demand);
  supply = kilter_format_quantity (figures.supply);
  unmet = kilter_format_quantity (figures.unmet);
  revenue = kilter_format_money (plan, figures.revenue);
  margin = kilter_format_money (plan, figures.margin);
  add_line (box, _ ("Demand"), demand);
  add_line (box, _ ("Supply"), supply);
  if (figures.unmet > 0.5)
    add_line (box, _ ("Demand that stays unmet"), unmet);
  add_line (box, _ ("Revenue"), revenue);
  add_line (box, _ ("Gross margin"), margin);
  if (decisions > 0)
    {
      count = kilter_format_count (decisions);
      add_line (box, _ ("Decisions"), count);
    }
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "kilter-fixed-list");
  return box;
}

static char *
describe_approval (KilterExecutivePage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  KilterVersion version = kilter_page_get_version (KILTER_PAGE (self));
  int first, n;
  g_autofree char *span = NULL;

  kilter_page_get_year (KILTER_PAGE (self), &first, &n);
  span = kilter_headline_span (plan, first, n);
  if (version != KILTER_BASELINE)
    return g_strdup_printf (
      /* Translators: a span of months, the name of a scenario */
      _ ("The baseline becomes the plan of the company, with the figures below for %s, and steps 1 "
         "to 5 "
         "are finished. What only “%s” holds is not part of it."),
      span,
      kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, version),
                          KILTER_VERSION_NAME));
  /* Translators: %s is a span of months */
  return g_strdup_printf (_ ("Everyone works with this plan until the next cycle. It is kept with "
                             "the figures below for %s, "
                             "and steps 1 to 5 are finished."),
                          span);
}

/**
 * kilter_executive_ask_approval:
 *
 * Lists what will be fixed, asks who approves it, and does it.
 */
void
kilter_executive_ask_approval (KilterExecutivePage *self)
{
  KilterDocument *document = kilter_page_get_document (KILTER_PAGE (self));
  KilterPlan *plan = kilter_document_get_plan (document);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();
  g_autofree char *month = kilter_format_bucket (plan, kilter_plan_get_n_history (plan));
  /* Translators: %s is a month */
  g_autofree char *title = g_strdup_printf (_ ("Approve the Plan of %s?"), month);
  g_autofree char *body = describe_approval (self);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (title, body));
  Approval *approval = g_new0 (Approval, 1);

  approval->page = g_object_ref (self);
  approval->name = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (approval->name), _ ("Approved by"));
  gtk_editable_set_text (GTK_EDITABLE (approval->name), kilter_document_get_user (document));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (approval->name), TRUE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), approval->name);
  approval->sign = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (approval->sign), _ ("Sign With My Key"));
  adw_action_row_set_subtitle (
    ADW_ACTION_ROW (approval->sign),
    _ ("Shows everyone later whether the approved plan is still this one. The key stays on this "
       "computer."));
  adw_switch_row_set_active (ADW_SWITCH_ROW (approval->sign), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list), approval->sign);
  gtk_box_append (GTK_BOX (box), list_what_is_fixed (self));
  gtk_box_append (GTK_BOX (box), list);
  adw_alert_dialog_set_extra_child (dialog, box);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "approve", _ ("_Approve"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "approve", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "approve");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (approval->name, "changed", G_CALLBACK (name_changed_cb), dialog);
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, approval_cb, approval);
}
