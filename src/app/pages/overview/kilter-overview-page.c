/* kilter-overview-page.c: the state of the cycle
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/overview/kilter-overview-page.h"

#include <glib/gi18n-lib.h>

#include "app/pages/overview/kilter-overview-private.h"
#include "report/words/kilter-format.h"

G_DEFINE_FINAL_TYPE (KilterOverviewPage, kilter_overview_page, KILTER_TYPE_PAGE)

/* --- actions ------------------------------------------------------------------------------------
 */

static void
new_task_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_overview_edit_task (KILTER_OVERVIEW_PAGE (widget), 0);
}

static void
edit_task_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_overview_edit_task (KILTER_OVERVIEW_PAGE (widget), g_variant_get_int32 (parameter));
}

static void
show_person_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterOverviewPage *self = KILTER_OVERVIEW_PAGE (widget);

  self->person = g_variant_get_int32 (parameter);
  kilter_overview_show_tasks (self);
}

static void
show_history_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_overview_show_history (KILTER_OVERVIEW_PAGE (widget));
}

static void
logged_cb (KilterOverviewPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    kilter_overview_show_changes (self);
  else
    kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_RECORDS);
}

/* --- vfuncs -------------------------------------------------------------------------------------
 */

static void
kilter_overview_page_refresh (KilterPage *page, KilterChange change)
{
  KilterOverviewPage *self = KILTER_OVERVIEW_PAGE (page);
  KilterPlan *plan = kilter_page_get_plan (page);

  if (kilter_plan_count_records (plan, KILTER_TABLE_SERIES) == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "content");
  if (self->logging != kilter_page_get_document (page))
    {
      self->logging = kilter_page_get_document (page);
      g_signal_connect_object (self->logging, "logged", G_CALLBACK (logged_cb), self,
                               G_CONNECT_SWAPPED);
    }
  kilter_overview_show_steps (self);
  if ((change & (KILTER_CHANGE_VALUES | KILTER_CHANGE_VERSION | KILTER_CHANGE_LOOK)) != 0)
    {
      kilter_overview_show_figures (self);
      kilter_overview_show_data (self);
    }
  if ((change & KILTER_CHANGE_RECORDS) != 0)
    kilter_overview_show_tasks (self);
  if ((change & (KILTER_CHANGE_RECORDS | KILTER_CHANGE_VALUES)) != 0)
    kilter_overview_show_changes (self);
}

static char *
kilter_overview_page_get_headline (KilterPage *page)
{
  return kilter_overview_headline (kilter_page_get_plan (page));
}

static char *
kilter_overview_page_get_subtitle (KilterPage *page)
{
  KilterPlan *plan = kilter_page_get_plan (page);
  g_autofree char *month = kilter_format_bucket (plan, kilter_plan_get_n_history (plan));

  /* Translators: %s is a month, "April 2026 cycle" */
  return g_strdup_printf (_ ("%s cycle"), month);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KilterOverviewPage, name)

static void
kilter_overview_page_class_init (KilterOverviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  page_class->refresh = kilter_overview_page_refresh;
  page_class->get_headline = kilter_overview_page_get_headline;
  page_class->get_subtitle = kilter_overview_page_get_subtitle;

  g_type_ensure (KILTER_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/overview-page.ui");
  BIND (stack);
  BIND (headline_label);
  BIND (subtitle_label);
  BIND (continue_button);
  BIND (timeline);
  BIND (person_button);
  BIND (task_stack);
  BIND (task_list);
  BIND (change_stack);
  BIND (change_list);
  BIND (figure_box);
  BIND (figure_title);
  BIND (figure_grid);
  BIND (data_list);
  gtk_widget_class_install_action (widget_class, "overview.new-task", NULL, new_task_cb);
  gtk_widget_class_install_action (widget_class, "overview.edit-task", "i", edit_task_cb);
  gtk_widget_class_install_action (widget_class, "overview.show-person", "i", show_person_cb);
  gtk_widget_class_install_action (widget_class, "overview.show-history", NULL, show_history_cb);
}

static void
kilter_overview_page_init (KilterOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
kilter_overview_person_name (const KilterPlan *plan, int person)
{
  const KilterRecord *record = person > 0
                                 ? kilter_plan_get_record (plan, KILTER_TABLE_PERSON, person)
                                 : NULL;

  return record != NULL ? kilter_record_text (record, KILTER_PERSON_NAME) : NULL;
}
