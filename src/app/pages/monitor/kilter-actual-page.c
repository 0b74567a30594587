/* kilter-actual-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/monitor/kilter-actual-page.h"

#include "app/pages/common/kilter-approved.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/monitor/kilter-actual-table.h"
#include "app/pages/monitor/kilter-month-picker.h"

#include "plan/review/kilter-insight.h"
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>

struct _KilterActualPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  AdwBin *month_bin;
  AdwStatusPage *missing;
  AdwStatusPage *unplanned;
  GtkLabel *title;
  AdwBin *grid_bin;

  KilterMonthPicker *months;
  KilterActualTable *table;
  KilterGrid *view; /* not owned */
};

G_DEFINE_FINAL_TYPE (KilterActualPage, kilter_actual_page, KILTER_TYPE_PAGE)

static void
fill (KilterActualPage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  int bucket = kilter_month_picker_get_bucket (self->months);
  KilterVersion approved = bucket >= 0 ? kilter_plan_find_approved (subject.plan, bucket) : 0;
  g_autofree char *month = bucket >= 0 ? kilter_format_bucket (subject.plan, bucket) : NULL;
  g_autofree char *title = NULL;
  gboolean is_running;
  GDate today;

  if (month == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  if (!kilter_plan_has_actuals (subject.plan, bucket))
    {
      title = g_strdup_printf (_ ("Actuals of %s Are Not in Yet"), month);
      adw_status_page_set_title (self->missing, title);
      gtk_stack_set_visible_child_name (self->stack, "missing");
      return;
    }
  if (approved == 0)
    {
      /* Translators: %s is a month */
      title = g_strdup_printf (_ ("No Plan Was Approved for %s"), month);
      adw_status_page_set_title (self->unplanned, title);
      gtk_stack_set_visible_child_name (self->stack, "unplanned");
      return;
    }
  kilter_format_get_today (subject.plan, &today);
  is_running = kilter_plan_find_running (subject.plan, &today) == bucket;
  title = is_running ? kilter_headline_to_date (&subject, approved, bucket, &today)
                     /* Translators: %s is a month */
                     : g_strdup_printf (_ ("Plan and actual, %s"), month);
  gtk_label_set_label (self->title, title);
  kilter_actual_table_fill (self->table, &subject, approved, bucket, is_running ? &today : NULL);
  kilter_grid_set_corner_label (self->view, kilter_actual_table_get_unit_name (self->table));
  gtk_stack_set_visible_child_name (self->stack, "plan");
}

static void
activate_cb (KilterActualPage *self, int row, int col)
{
  int product = kilter_actual_table_get_product (self->table, row);

  if (product == 0)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.set-scope-product", "i", product);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s",
                              kilter_actual_table_is_demand (self->table, col) ? "forecast/forecast"
                                                                               : "supply/capacity");
}

/* --- the page --- */

static void
kilter_actual_page_refresh (KilterPage *page, KilterChange change)
{
  KilterActualPage *self = KILTER_ACTUAL_PAGE (page);
  KilterPlan *plan = kilter_page_get_plan (page);

  kilter_month_picker_refresh (self->months, plan);
  if (kilter_plan_count_records (plan, KILTER_TABLE_SERIES) == 0)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else
    fill (self);
}

static char *
kilter_actual_page_get_headline (KilterPage *page)
{
  return g_strdup (gtk_label_get_label (KILTER_ACTUAL_PAGE (page)->title));
}

static char *
kilter_actual_page_get_subtitle (KilterPage *page)
{
  KilterPlan *plan = kilter_page_get_plan (page);
  int bucket = kilter_month_picker_get_bucket (KILTER_ACTUAL_PAGE (page)->months);

  return kilter_plan_describe_approved (plan,
                                        bucket >= 0 ? kilter_plan_find_approved (plan, bucket) : 0);
}

static void
kilter_actual_page_dispose (GObject *object)
{
  KilterActualPage *self = KILTER_ACTUAL_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), KILTER_TYPE_ACTUAL_PAGE);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (kilter_actual_page_parent_class)->dispose (object);
}

static void
kilter_actual_page_class_init (KilterActualPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_actual_page_dispose;
  page_class->refresh = kilter_actual_page_refresh;
  page_class->get_headline = kilter_actual_page_get_headline;
  page_class->get_subtitle = kilter_actual_page_get_subtitle;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/actual-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterActualPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterActualPage, month_bin);
  gtk_widget_class_bind_template_child (widget_class, KilterActualPage, missing);
  gtk_widget_class_bind_template_child (widget_class, KilterActualPage, unplanned);
  gtk_widget_class_bind_template_child (widget_class, KilterActualPage, title);
  gtk_widget_class_bind_template_child (widget_class, KilterActualPage, grid_bin);
}

static void
kilter_actual_page_init (KilterActualPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *grid;

  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_PRODUCT | KILTER_PAGE_NEEDS_CASES |
                                               KILTER_PAGE_NEEDS_REVENUE);
  kilter_page_set_title (KILTER_PAGE (self), _ ("Plan vs. Actual"));
  self->months = KILTER_MONTH_PICKER (kilter_month_picker_new ());
  kilter_page_set_context_extra (KILTER_PAGE (self), GTK_WIDGET (self->months));
  adw_bin_set_child (self->month_bin, kilter_month_picker_mirror (self->months));
  kilter_page_stand_in (GTK_WIDGET (self->month_bin), GTK_WIDGET (self->months));
  g_signal_connect_object (self->months, "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  self->table = kilter_actual_table_new ();
  grid = kilter_grid_new (KILTER_GRID_MODEL (self->table));
  self->view = KILTER_GRID (grid);
  kilter_grid_set_read_only (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Plan vs. Actual"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_bin_set_child (self->grid_bin, scrolled);
  g_signal_connect_object (self->table, "expanded", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (grid, "activate-cell", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  kilter_page_add_region (KILTER_PAGE (self), grid);
}
