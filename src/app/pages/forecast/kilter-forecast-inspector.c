/* kilter-forecast-inspector.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-forecast-inspector.h"

#include "app/pages/forecast/kilter-model-pane.h"
#include "app/pages/forecast/kilter-notes-pane.h"

struct _KilterForecastInspector
{
  AdwBin parent_instance;

  AdwViewStack *stack;
  KilterExceptionPane *exceptions;
  KilterModelPane *model;
  KilterNotesPane *notes;

  KilterPage *page;
};

G_DEFINE_FINAL_TYPE (KilterForecastInspector, kilter_forecast_inspector, ADW_TYPE_BIN)

static void
mark_reviewed_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_exception_pane_mark_reviewed (KILTER_FORECAST_INSPECTOR (widget)->exceptions);
}

static void
kilter_forecast_inspector_class_init (KilterForecastInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (KILTER_TYPE_EXCEPTION_PANE);
  g_type_ensure (KILTER_TYPE_MODEL_PANE);
  g_type_ensure (KILTER_TYPE_NOTES_PANE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kilter_sop/Kilter/ui/forecast-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, exceptions);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, model);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, notes);
  /* the keys of the page, while the focus is in here */
  gtk_widget_class_install_action (widget_class, "forecast.mark-reviewed", NULL,
                                   mark_reviewed_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK,
                                       "forecast.mark-reviewed", NULL);
}

static void
kilter_forecast_inspector_init (KilterForecastInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kilter_forecast_inspector_attach (KilterForecastInspector *self,
                                  KilterPage *page,
                                  KilterPlanGrid *grid)
{
  self->page = page;
  kilter_exception_pane_attach (self->exceptions, page);
  kilter_model_pane_attach (self->model, page);
  kilter_notes_pane_attach (self->notes, page, grid);
}

void
kilter_forecast_inspector_refresh (KilterForecastInspector *self, KilterChange change)
{
  kilter_exception_pane_refresh (self->exceptions, change);
  kilter_model_pane_refresh (self->model);
  kilter_notes_pane_refresh (self->notes);
}

KilterExceptionPane *
kilter_forecast_inspector_get_exceptions (KilterForecastInspector *self)
{
  return self->exceptions;
}

void
kilter_forecast_inspector_show (KilterForecastInspector *self, const char *name)
{
  adw_view_stack_set_visible_child_name (self->stack, name);
}
