/* kilter-inputs-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-inputs-page-private.h"

#include "app/pages/demand/kilter-inputs-dialogs.h"
#include "app/pages/demand/kilter-participant-dialog.h"

#include <glib/gi18n-lib.h>

#define PAST_COLUMNS 3

G_DEFINE_FINAL_TYPE (KilterInputsPage, kilter_inputs_page, KILTER_TYPE_PAGE)

/* --- the grid of the chosen contributor --- */

static void
add_measure_row (KilterInputsPage *self,
                 KilterMeasure measure,
                 const KilterScope *scope,
                 const char *label,
                 KilterPlanRowFlags flags,
                 KilterGridRowFlags look,
                 int depth)
{
  const KilterPlanRow row = { .label = label,
                              .measure = measure,
                              .scope = *scope,
                              .kind = KILTER_GRID_ROW_MEASURE,
                              .look = look,
                              .flags = flags | KILTER_PLAN_ROW_FUTURE_ONLY,
                              .depth = depth };

  kilter_plan_grid_add (self->grid, &row);
}

static void
fill_grid (KilterInputsPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  int chosen = kilter_row_list_get_chosen (self->rows);
  int measure = kilter_contributor_get_measure (plan, chosen);
  int cycle = kilter_plan_get_n_history (plan);
  int first = kilter_page_is_narrow (KILTER_PAGE (self)) ? cycle : MAX (cycle - PAST_COLUMNS, 0);
  g_autoptr (GArray) products = NULL;
  g_autofree char *title = NULL;
  KilterScope scope;

  gtk_widget_set_visible (GTK_WIDGET (self->grid_bin), measure >= 0);
  if (measure < 0)
    return;
  kilter_contributor_get_scope (plan, chosen, &scope);
  title = kilter_scope_get_title (plan, &scope);
  products = kilter_scope_get_rows (plan, &scope, KILTER_GRAIN_PRODUCT);
  kilter_plan_grid_begin (self->grid, first, kilter_plan_get_n_buckets (plan) - first, FALSE);
  add_measure_row (self, KILTER_FINAL, &scope, NULL, 0, KILTER_GRID_ROW_FLAG_DIM, 0);
  add_measure_row (self, (KilterMeasure) measure, &scope, NULL, KILTER_PLAN_ROW_EDITABLE,
                   KILTER_GRID_ROW_FLAG_BOLD, 0);
  for (guint i = 0; i < products->len; i++)
    {
      KilterScope one = scope;

      one.product = g_array_index (products, int, i);
      add_measure_row (self, (KilterMeasure) measure, &one,
                       kilter_plan_get_product_name (plan, one.product), KILTER_PLAN_ROW_EDITABLE,
                       0, 1);
    }
  kilter_plan_grid_end (self->grid);
}

/* --- the page --- */

static void
show_headline (KilterInputsPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  int n = 0, received = 0;
  const KilterRecord *step = kilter_plan_get_step (plan, 2);
  const char *due = step != NULL ? kilter_record_text (step, KILTER_STEP_DUE) : "";

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    {
      n++;
      received += kilter_inputs_is_received (plan, contributor);
    }
  g_free (self->headline);
  self->headline = received == n ? g_strdup (_ ("Every input sheet has come back"))
                                 : g_strdup_printf (
                                     ngettext ("%d of %d input sheet has come back",
                                               "%d of %d input sheets have come back", (gulong) n),
                                     received, n);
  gtk_label_set_text (self->title, self->headline);
  if (*due != '\0')
    {
      g_autofree char *day = kilter_format_day (plan, due);
      /* Translators: %s is a date */
      g_autofree char *text = g_strdup_printf (_ ("Answers are due on %s"), day);

      gtk_label_set_text (self->subtitle, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *due != '\0');
}

static void
kilter_inputs_page_refresh (KilterPage *page, KilterChange change)
{
  KilterInputsPage *self = KILTER_INPUTS_PAGE (page);
  KilterPlan *plan = kilter_page_get_plan (page);
  gboolean empty = kilter_plan_count_records (plan, KILTER_TABLE_CONTRIBUTOR) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  if (empty)
    {
      g_clear_pointer (&self->headline, g_free);
      return;
    }
  show_headline (self);
  kilter_inputs_page_fill_rows (self);
  fill_grid (self);
}

static char *
kilter_inputs_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_INPUTS_PAGE (page)->headline);
}

static char *
kilter_inputs_page_get_subtitle (KilterPage *page)
{
  return g_strdup (_ ("Who sends in numbers, and what came back"));
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_contributor_dialog_present (KILTER_PAGE (widget), g_variant_get_int32 (parameter));
}

static void
participant_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_participant_dialog_present (
    KILTER_PAGE (widget), kilter_row_list_get_chosen (KILTER_INPUTS_PAGE (widget)->rows));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_contributor_dialog_present (KILTER_PAGE (widget), 0);
}

static void
kilter_inputs_page_dispose (GObject *object)
{
  KilterInputsPage *self = KILTER_INPUTS_PAGE (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->grid);
  g_clear_pointer (&self->headline, g_free);

  G_OBJECT_CLASS (kilter_inputs_page_parent_class)->dispose (object);
}

static void
kilter_inputs_page_class_init (KilterInputsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);
  static const char *const edits[] = { "inputs.export",
                                       "inputs.export-one",
                                       "inputs.participant",
                                       "inputs.import",
                                       "inputs.edit",
                                       "inputs.new",
                                       NULL };

  G_OBJECT_CLASS (klass)->dispose = kilter_inputs_page_dispose;
  page_class->edit_actions = edits; /* what is sent and received is noted */
  page_class->refresh = kilter_inputs_page_refresh;
  page_class->get_headline = kilter_inputs_page_get_headline;
  page_class->get_subtitle = kilter_inputs_page_get_subtitle;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/inputs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterInputsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterInputsPage, title);
  gtk_widget_class_bind_template_child (widget_class, KilterInputsPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, KilterInputsPage, list);
  gtk_widget_class_bind_template_child (widget_class, KilterInputsPage, grid_bin);
  kilter_inputs_page_install_sending (widget_class);
  kilter_inputs_page_install_receiving (widget_class);
  gtk_widget_class_install_action (widget_class, "inputs.participant", NULL, participant_action);
  gtk_widget_class_install_action (widget_class, "inputs.edit", "i", edit_action);
  gtk_widget_class_install_action (widget_class, "inputs.new", NULL, new_action);
}

static void
kilter_inputs_page_init (KilterInputsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Inputs"));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_UNITS);
  self->rows = kilter_row_list_new (self->list);
  g_signal_connect_swapped (self->rows, "chosen", G_CALLBACK (fill_grid), self);
  self->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  adw_bin_set_child (self->grid_bin, kilter_plan_grid_create_view (self->grid, &self->view));
  gtk_widget_set_size_request (GTK_WIDGET (self->grid_bin), -1, 160);
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->list));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->view));
}
