/* kilter-executive-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/decide/kilter-decision-dialog.h"
#include "app/pages/decide/kilter-executive-private.h"
#include "plan/process/kilter-meeting.h"
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (KilterExecutivePage, kilter_executive_page, KILTER_TYPE_PAGE)

static void
show_charts (KilterExecutivePage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  int first, n;
  KilterChart *families, *risks;

  kilter_page_get_year (KILTER_PAGE (self), &first, &n);
  subject.scope = (KilterScope) { 0 };
  subject.unit = KILTER_DISPLAY_CASES;
  families = kilter_figure_families (&subject, first, n, self->is_phone ? 1 : 0);
  g_free (self->headline);
  self->headline = families != NULL ? g_strdup (kilter_chart_get_title (families)) : NULL;
  kilter_chart_view_set_chart (self->families, families);
  risks = kilter_figure_risks (&subject);
  gtk_widget_set_visible (self->risks_card, risks != NULL);
  kilter_chart_view_set_chart (self->risks, risks);
}

/* The approved plan stays as it is; what is changed afterwards is said. */
static void
show_later_changes (KilterExecutivePage *self)
{
  int n = kilter_cycle_count_later_changes (kilter_page_get_plan (KILTER_PAGE (self)),
                                            kilter_page_get_version (KILTER_PAGE (self)));
  g_autofree char *text = g_strdup_printf (
    ngettext ("%d number of the plan was changed after the approval. The approved plan is as it "
              "was.",
              "%d numbers of the plan were changed after the approval. The approved plan is as it "
              "was.",
              (gulong) n),
    n);

  gtk_label_set_label (self->changed, text);
  gtk_widget_set_visible (GTK_WIDGET (self->changed), n > 0);
}

static void
show (KilterExecutivePage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  gboolean is_approved = kilter_step_get_state (kilter_plan_get_step (plan, 5)) ==
                         KILTER_STEP_FINISHED;

  show_later_changes (self);
  kilter_executive_show_signature (self);
  kilter_executive_show_figures (self);
  kilter_executive_show_decisions (self);
  kilter_executive_show_actions (self);
  show_charts (self);
  kilter_page_set_primary (KILTER_PAGE (self), is_approved ? NULL : _ ("Approve Plan"),
                           is_approved ? NULL : "executive.approve-plan");
  kilter_page_set_primary_enabled (KILTER_PAGE (self), kilter_executive_can_approve (self));
  gtk_widget_action_set_enabled (
    GTK_WIDGET (self), "executive.add",
    !is_approved && !kilter_document_is_read_only (kilter_page_get_document (KILTER_PAGE (self))));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "executive.approve-plan",
                                 kilter_executive_can_approve (self));
}

/* --- actions --- */

static void
approve_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_executive_decide (KILTER_EXECUTIVE_PAGE (widget), g_variant_get_int32 (parameter),
                           "approved");
}

static void
defer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_executive_ask (KILTER_EXECUTIVE_PAGE (widget), g_variant_get_int32 (parameter),
                        "deferred");
}

static void
reject_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_executive_ask (KILTER_EXECUTIVE_PAGE (widget), g_variant_get_int32 (parameter),
                        "rejected");
}

static void
take_back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_executive_take_back (KILTER_EXECUTIVE_PAGE (widget), g_variant_get_int32 (parameter));
}

static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.show-view", "s", "balance/options");
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_decision_dialog_present (KILTER_PAGE (widget), 0);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_decision_dialog_present (KILTER_PAGE (widget), g_variant_get_int32 (parameter));
}

static void
approve_plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterExecutivePage *self = KILTER_EXECUTIVE_PAGE (widget);

  if (kilter_executive_can_approve (self))
    kilter_executive_ask_approval (self);
}

/* the strip shows the figures in the order of their names */
static void
figure_activated_cb (KilterExecutivePage *self, GtkFlowBoxChild *child)
{
  kilter_executive_drill (self, (KilterExecutiveFigure) gtk_flow_box_child_get_index (child));
}

/* --- the page --- */

static void
set_phone (KilterExecutivePage *self, gboolean is_phone)
{
  if (self->is_phone == is_phone)
    return;
  self->is_phone = is_phone;
  if (is_phone)
    gtk_widget_add_css_class (GTK_WIDGET (self->figures), "kilter-phone");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->figures), "kilter-phone");
  if (kilter_page_get_document (KILTER_PAGE (self)) != NULL)
    kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static void
phone_cb (KilterExecutivePage *self)
{
  set_phone (self, TRUE);
}

static void
wide_cb (KilterExecutivePage *self)
{
  set_phone (self, FALSE);
}

static void
kilter_executive_page_refresh (KilterPage *page, KilterChange change)
{
  KilterExecutivePage *self = KILTER_EXECUTIVE_PAGE (page);
  gboolean empty = kilter_plan_count_records (kilter_page_get_plan (page), KILTER_TABLE_SERIES) ==
                   0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  if (empty)
    {
      kilter_page_set_primary (page, NULL, NULL);
      return;
    }
  show (self);
}

static char *
kilter_executive_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_EXECUTIVE_PAGE (page)->headline);
}

/* The day of the meeting. */
static char *
kilter_executive_page_get_subtitle (KilterPage *page)
{
  KilterPlan *plan = kilter_page_get_plan (page);
  const KilterRecord *step = kilter_plan_get_step (plan, 5);
  const char *due = step != NULL ? kilter_record_text (step, KILTER_STEP_DUE) : "";

  return *due != '\0' ? kilter_format_date (plan, due) : g_strdup (kilter_plan_get_name (plan));
}

static void
kilter_executive_page_dispose (GObject *object)
{
  KilterExecutivePage *self = KILTER_EXECUTIVE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), KILTER_TYPE_EXECUTIVE_PAGE);
  g_clear_pointer (&self->headline, g_free);

  G_OBJECT_CLASS (kilter_executive_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, figures);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, progress);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, changed);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, signature);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, signature_icon);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, signature_text);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, decisions);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, no_decisions);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, actions_title);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, actions);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, families);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, risks_card);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, risks);
  gtk_widget_class_bind_template_child (widget_class, KilterExecutivePage, phone);
}

static void
kilter_executive_page_class_init (KilterExecutivePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_executive_page_dispose;
  page_class->refresh = kilter_executive_page_refresh;
  page_class->get_headline = kilter_executive_page_get_headline;
  page_class->get_subtitle = kilter_executive_page_get_subtitle;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/executive-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "executive.approve", "i", approve_action);
  gtk_widget_class_install_action (widget_class, "executive.defer", "i", defer_action);
  gtk_widget_class_install_action (widget_class, "executive.reject", "i", reject_action);
  gtk_widget_class_install_action (widget_class, "executive.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "executive.edit", "i", edit_action);
  gtk_widget_class_install_action (widget_class, "executive.take-back", "i", take_back_action);
  gtk_widget_class_install_action (widget_class, "executive.compare", "i", compare_action);
  gtk_widget_class_install_action (widget_class, "executive.approve-plan", NULL,
                                   approve_plan_action);
}

static void
kilter_executive_page_init (KilterExecutivePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Executive S&OP"));
  kilter_chart_view_set_explorable (self->families, FALSE);
  kilter_chart_view_set_explorable (self->risks, FALSE);
  g_signal_connect_object (self->figures, "child-activated", G_CALLBACK (figure_activated_cb), self,
                           G_CONNECT_SWAPPED);
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->figures));
  g_signal_connect_object (self->phone, "apply", G_CALLBACK (phone_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->phone, "unapply", G_CALLBACK (wide_cb), self, G_CONNECT_SWAPPED);
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->decisions));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->families));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->risks));
}
