/* kilter-forecast-inspector.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-forecast-inspector.h"

#include "app/pages/common/kilter-reason-bar.h"
#include "app/pages/forecast/kilter-model-pane.h"
#include "app/pages/forecast/kilter-notes-pane.h"
#include "plan/review/kilter-review.h"
#include "report/figure/kilter-figure.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* the months of a track record */
#define RECORD_MONTHS 12

struct _KilterForecastInspector
{
  AdwBin parent_instance;

  AdwViewStack *stack;
  KilterExceptionPane *exceptions;
  KilterModelPane *model;
  KilterNotesPane *notes;
  GtkLabel *record;
  KilterReasonBar *reason_bar;

  KilterPage *page;
  KilterSession *session; /* not owned: whose selection is followed */
};

G_DEFINE_FINAL_TYPE (KilterForecastInspector, kilter_forecast_inspector, ADW_TYPE_BIN)

/* What the person's overrides did to the error, while one is chosen to be typed; it bars nothing.
 */
static void
show_record (KilterForecastInspector *self)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  const KilterSelection *selection = kilter_session_get_selection (self->session);
  const char *user = kilter_document_get_user (kilter_page_get_document (self->page));
  KilterSubject subject = { plan, kilter_page_get_version (self->page), { 0 }, 0 };
  g_autoptr (GArray) people = NULL;
  g_autofree char *text = NULL;

  if (selection != NULL && selection->first >= kilter_plan_get_n_history (plan) &&
      (selection->measure == KILTER_OVERRIDE || selection->measure == KILTER_FINAL))
    {
      const KilterRecord *product = selection->scope.product != 0
                                      ? kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT,
                                                                selection->scope.product)
                                      : NULL;

      /* of the family: a single product says little */
      subject.scope.family = product != NULL ? kilter_record_ref (product, KILTER_PRODUCT_FAMILY)
                                             : selection->scope.family;
      people = kilter_plan_value_added_people (plan, subject.version, &subject.scope,
                                               RECORD_MONTHS);
    }
  for (guint i = 0; people != NULL && i < people->len && text == NULL; i++)
    {
      const KilterPersonValue *value = &g_array_index (people, KilterPersonValue, i);
      g_autofree char *points = NULL;
      g_autofree char *title = NULL;

      if (value->measure != KILTER_FINAL || g_strcmp0 (value->person, user) != 0 ||
          isnan (value->before) || isnan (value->after) || value->n_buckets == 0)
        continue;
      points = kilter_format_points (value->after - value->before, 1);
      title = kilter_subject_get_title (&subject);
      /* Translators: a family, points of error that overrides added or removed, months */
      text = g_strdup_printf (ngettext ("Your overrides on %1$s: %2$s of error in %3$d month",
                                        "Your overrides on %1$s: %2$s of error in %3$d months",
                                        value->n_buckets),
                              title, points, value->n_buckets);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->record), text != NULL);
  gtk_label_set_text (self->record, text != NULL ? text : "");
}

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
  g_type_ensure (KILTER_TYPE_REASON_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kilter_sop/Kilter/ui/forecast-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, exceptions);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, model);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, notes);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, record);
  gtk_widget_class_bind_template_child (widget_class, KilterForecastInspector, reason_bar);
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
  kilter_reason_bar_attach (self->reason_bar, page);
}

void
kilter_forecast_inspector_refresh (KilterForecastInspector *self, KilterChange change)
{
  KilterSession *session = kilter_page_get_session (self->page);

  if (session != self->session)
    {
      self->session = session;
      g_signal_connect_object (session, "selection-changed", G_CALLBACK (show_record), self,
                               G_CONNECT_SWAPPED);
    }
  kilter_reason_bar_refresh (self->reason_bar);
  show_record (self);
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
