/* kilter-adjust-strip.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-adjust-strip.h"

#include "app/pages/common/kilter-reason-bar.h"

#include <glib/gi18n-lib.h>

struct _KilterAdjustStrip
{
  AdwBin parent_instance;

  GtkDropDown *reason;

  KilterPlanGrid *grid;   /* not owned: the page's */
  KilterChartView *chart; /* not owned: the page's */
  gboolean is_adjusting;
};

G_DEFINE_FINAL_TYPE (KilterAdjustStrip, kilter_adjust_strip, ADW_TYPE_BIN)

/* The chosen reason; NULL when none is. */
static const char *
get_reason (KilterAdjustStrip *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->reason);

  return item != NULL && gtk_drop_down_get_selected (self->reason) > 0
           ? gtk_string_object_get_string (item)
           : NULL;
}

static void
reason_selected_cb (KilterAdjustStrip *self)
{
  if (self->grid != NULL)
    kilter_plan_grid_set_adjust_reason (self->grid, self->is_adjusting ? get_reason (self) : NULL);
}

static void
kilter_adjust_strip_class_init (KilterAdjustStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/adjust-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterAdjustStrip, reason);
  gtk_widget_class_bind_template_callback (widget_class, reason_selected_cb);
}

static void
kilter_adjust_strip_init (KilterAdjustStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kilter_adjust_strip_attach (KilterAdjustStrip *self, KilterPlanGrid *grid, KilterChartView *chart)
{
  self->grid = grid;
  self->chart = chart;
}

/**
 * kilter_adjust_strip_refresh:
 *
 * Follows the reasons of the plan and the chart that was just set; what was chosen stays chosen.
 */
void
kilter_adjust_strip_refresh (KilterAdjustStrip *self, const KilterPlan *plan)
{
  g_autoptr (GtkStringList) list = kilter_reason_list_new (plan, _ ("No Reason Yet"));
  g_autofree char *before = g_strdup (get_reason (self));
  guint chosen = before != NULL ? gtk_string_list_find (list, before) : 0;

  gtk_drop_down_set_model (self->reason, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->reason, chosen != G_MAXUINT ? chosen : 0);
}

gboolean
kilter_adjust_strip_get_adjusting (KilterAdjustStrip *self)
{
  return self->is_adjusting;
}

void
kilter_adjust_strip_set_adjusting (KilterAdjustStrip *self, gboolean adjusting)
{
  self->is_adjusting = adjusting;
  gtk_widget_set_visible (GTK_WIDGET (self), adjusting);
  kilter_chart_view_set_adjusting (self->chart, adjusting);
  reason_selected_cb (self);
}
