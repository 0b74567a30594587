/* kilter-month-picker.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/monitor/kilter-month-picker.h"

#include "plan/review/kilter-insight.h"
#include "report/words/kilter-format.h"

#include <glib/gi18n-lib.h>

#define MAX_MONTHS 24

struct _KilterMonthPicker
{
  AdwBin parent_instance;

  GtkDropDown *list;
  KilterBucket newest; /* of the list */
  int first;           /* bucket index of the newest */
  int n;
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (KilterMonthPicker, kilter_month_picker, ADW_TYPE_BIN)

static guint changed_signal;

static void
selected_cb (KilterMonthPicker *self)
{
  if (!self->is_setting)
    g_signal_emit (self, changed_signal, 0);
}

static void
kilter_month_picker_class_init (KilterMonthPickerClass *klass)
{
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
kilter_month_picker_init (KilterMonthPicker *self)
{
  GtkWidget *list = gtk_drop_down_new (NULL, NULL);

  self->list = GTK_DROP_DOWN (list);
  self->newest = KILTER_BUCKET_NONE;
  gtk_widget_set_valign (list, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (list, _ ("Month"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Month"),
                                  -1);
  g_signal_connect_object (list, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), list);
}

GtkWidget *
kilter_month_picker_new (void)
{
  return g_object_new (KILTER_TYPE_MONTH_PICKER, NULL);
}

GtkWidget *
kilter_month_picker_mirror (KilterMonthPicker *self)
{
  GtkWidget *list = gtk_drop_down_new (NULL, NULL);

  g_object_bind_property (self->list, "model", list, "model", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->list, "selected", list, "selected",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  gtk_widget_set_halign (list, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (list, _ ("Month"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Month"),
                                  -1);
  return list;
}

/* The last month to look at: of the cycle when its plan is approved or its sales are in. */
static int
find_newest (KilterPlan *plan)
{
  int cycle = kilter_plan_get_n_history (plan);
  gboolean is_monitored = kilter_step_get_state (kilter_plan_get_step (plan, 5)) ==
                          KILTER_STEP_FINISHED;

  if (cycle < kilter_plan_get_n_buckets (plan) &&
      (is_monitored || kilter_plan_has_actuals (plan, cycle)))
    return cycle;
  return cycle - 1;
}

/**
 * kilter_month_picker_refresh:
 *
 * Shows the months of the plan; the chosen one stays while the months are the same. At first it is
 * the newest whose sales are in.
 */
void
kilter_month_picker_refresh (KilterMonthPicker *self, KilterPlan *plan)
{
  int newest = find_newest (plan);
  KilterBucket bucket = newest >= 0 ? kilter_plan_get_bucket (plan, newest) : KILTER_BUCKET_NONE;
  GtkStringList *months;
  guint selected = 0;

  gtk_widget_set_visible (GTK_WIDGET (self), newest >= 0);
  if (newest == self->first && bucket == self->newest)
    return;
  self->first = newest;
  self->newest = bucket;
  self->n = MIN (newest + 1, MAX_MONTHS);
  self->is_setting = TRUE;
  months = gtk_string_list_new (NULL);
  for (int i = 0; i < self->n; i++)
    gtk_string_list_take (months, kilter_format_bucket (plan, newest - i));
  while (selected + 1 < (guint) self->n && !kilter_plan_has_actuals (plan, newest - (int) selected))
    selected++;
  gtk_drop_down_set_model (self->list, G_LIST_MODEL (months));
  gtk_drop_down_set_selected (self->list, selected);
  g_object_unref (months);
  self->is_setting = FALSE;
}

int
kilter_month_picker_get_bucket (KilterMonthPicker *self)
{
  guint selected = gtk_drop_down_get_selected (self->list);

  return selected < (guint) self->n ? self->first - (int) selected : -1;
}
