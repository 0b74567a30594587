/* kilter-supply-inspector.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/supply/kilter-supply-inspector.h"

#include "app/pages/supply/kilter-explain-dialog.h"
#include "app/pages/supply/kilter-resource-popover.h"
#include "app/widgets/kilter-chart-view.h"
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_WHYS 4

struct _KilterSupplyInspector
{
  AdwBin parent_instance;

  GtkLabel *load_label;
  GtkLabel *load_detail;
  GtkWidget *why_title;
  KilterChartView *why;
  GtkMenuButton *capacity;
  GtkLabel *worth;
  GtkBox *reasons;
  GtkWidget *explain;
  GtkWidget *fixes_title;
  GtkListBox *fixes;
  GtkLabel *fixes_note;
  GtkWidget *buttons;
  GtkToggleButton *preview;

  KilterPage *page; /* not owned */
  int resource;
  int bucket;
  KilterSupplyTask *task; /* whys and fixes of the plan as it is, or NULL */
  guint64 generation;
  int asked_resource;
  int chosen;
  gboolean is_asking;
};

enum
{
  SIGNAL_PREVIEW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KilterSupplyInspector, kilter_supply_inspector, ADW_TYPE_BIN)

static KilterSubject
get_subject (KilterSupplyInspector *self)
{
  return (KilterSubject) { kilter_page_get_plan (self->page),
                           kilter_page_get_version (self->page),
                           { .resource = self->resource },
                           KILTER_DISPLAY_CASES };
}

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* --- load --- */

static void
show_load (KilterSupplyInspector *self)
{
  KilterSubject subject = get_subject (self);
  double share = kilter_plan_get_value (subject.plan, subject.version, KILTER_DEMAND_LOAD_SHARE,
                                        self->resource, self->bucket);
  double capacity = kilter_plan_get_value (subject.plan, subject.version, KILTER_CAPACITY,
                                           self->resource, self->bucket);
  g_autofree char *text = isnan (share) ? g_strdup ("–") : kilter_format_ratio (share, 0);
  g_autofree char *detail = NULL;
  gboolean over = share > 1 + 1e-9;

  gtk_label_set_text (self->load_label, text);
  if (over)
    {
      g_autofree char *hours = kilter_format_count ((gint64) ceil ((share - 1) * capacity));

      detail = g_strdup_printf (_ ("of regular capacity\n%s hours over"), hours);
      gtk_widget_add_css_class (GTK_WIDGET (self->load_label), "kilter-bad");
    }
  else
    {
      detail = g_strdup (_ ("of regular capacity, by the demand of this period"));
      gtk_widget_remove_css_class (GTK_WIDGET (self->load_label), "kilter-bad");
    }
  gtk_label_set_text (self->load_detail, detail);
  kilter_chart_view_set_chart (self->why,
                               kilter_figure_load_steps (&subject, self->resource, self->bucket));
}

/* --- why and fixes --- */

static gboolean
is_fresh (KilterSupplyInspector *self)
{
  return self->task != NULL && self->asked_resource == self->resource &&
         self->generation == kilter_plan_get_generation (kilter_page_get_plan (self->page));
}

/* What the next hour of the resource is worth, and for how many hours that holds. */
static void
show_worth (KilterSupplyInspector *self)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  double down = NAN, up = NAN;
  double worth = is_fresh (self) ? kilter_supply_task_get_worth (self->task, self->resource,
                                                                 self->bucket, &down, &up)
                                 : NAN;
  gboolean known = worth > 1e-6;

  gtk_widget_set_visible (GTK_WIDGET (self->worth), known);
  if (known)
    {
      g_autofree char *price = kilter_format_money (plan, worth);
      g_autofree char *hours = kilter_number_format_plain (up, up < 10 ? 1 : 0);
      g_autofree char *text = NULL;

      if (up >= 0.05 && isfinite (up))
        /* Translators: money, then a number of hours */
        text = g_strdup_printf (_ ("One more hour saves %s; that holds for %s hours more."), price,
                                hours);
      else if (isfinite (up))
        text = g_strdup_printf (_ ("The last hour saves %s; the next one saves less."), price);
      else
        text = g_strdup_printf (_ ("One more hour saves %s."), price);

      gtk_label_set_text (self->worth, text);
    }
}

static void
show_whys (KilterSupplyInspector *self)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  int n = 0, shown = 0;
  const KilterWhy *whys = self->task != NULL ? kilter_supply_task_get_whys (self->task, &n) : NULL;

  clear_box (self->reasons);
  show_worth (self);
  if (self->task != NULL && is_fresh (self))
    {
      g_autoptr (GPtrArray) findings = kilter_supply_task_list_findings (self->task, plan);

      for (guint i = 0; i < MIN (findings->len, MAX_WHYS); i++)
        {
          GtkWidget *label = gtk_label_new (findings->pdata[i]);

          gtk_label_set_wrap (GTK_LABEL (label), TRUE);
          gtk_label_set_xalign (GTK_LABEL (label), 0);
          gtk_widget_add_css_class (label, "kilter-bad");
          gtk_box_append (self->reasons, label);
        }
    }
  gtk_widget_set_visible (self->explain, n > 0);
  for (int i = 0; i < n && shown < MAX_WHYS; i++)
    {
      g_autofree char *quantity = NULL, *cause = NULL, *month = NULL, *text = NULL;
      GtkWidget *label;

      if (whys[i].resource != self->resource && whys[i].resource != 0)
        continue;
      quantity = kilter_format_quantity (whys[i].quantity);
      cause = kilter_headline_why (plan, &whys[i]);
      month = kilter_format_bucket (plan, whys[i].bucket);
      text = g_strdup_printf (
        /* Translators: a product, a quantity, a month, then the cause as a sentence */
        _ ("%s, %s unmet from %s: %s"), kilter_plan_get_product_name (plan, whys[i].product),
        quantity, month, cause);
      label = gtk_label_new (text);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (self->reasons, label);
      shown++;
    }
}

static void
fix_toggled_cb (GtkCheckButton *button, KilterSupplyInspector *self)
{
  if (!gtk_check_button_get_active (button))
    return;
  self->chosen = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "index"));
  if (gtk_toggle_button_get_active (self->preview))
    g_signal_emit (self, signals[SIGNAL_PREVIEW], 0);
}

static GtkWidget *
make_fix_row (KilterSupplyInspector *self, const KilterFix *fix, int index, GtkCheckButton **group)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autofree char *title = kilter_headline_fix (plan, fix);
  g_autofree char *condition = kilter_headline_fix_condition (plan, fix);
  g_autofree char *before = kilter_format_quantity_short (fix->unmet_before);
  g_autofree char *after = kilter_format_quantity_short (fix->unmet_after);
  g_autofree char *cost = kilter_format_money_delta (plan, fix->cost);
  g_autofree char *effect = g_strdup_printf (_ ("Unmet %s → %s"), before, after);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *unmet = gtk_label_new (effect);
  GtkWidget *money = gtk_label_new (cost);
  GtkWidget *note = gtk_label_new (condition);

  if (*group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), *group);
  else
    *group = GTK_CHECK_BUTTON (check);
  g_object_set_data (G_OBJECT (check), "index", GINT_TO_POINTER (index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_valign (check, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (name, "heading");
  gtk_label_set_xalign (GTK_LABEL (unmet), 0);
  gtk_widget_set_hexpand (unmet, TRUE);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  gtk_widget_set_margin_top (grid, 10);
  gtk_widget_set_margin_bottom (grid, 10);
  gtk_widget_set_margin_start (grid, 12);
  gtk_widget_set_margin_end (grid, 12);
  gtk_grid_attach (GTK_GRID (grid), check, 0, 0, 1, 3);
  gtk_grid_attach (GTK_GRID (grid), name, 1, 0, 2, 1);
  if (index == 0)
    {
      GtkWidget *best = gtk_label_new (C_ ("the best fix", "Best"));

      gtk_widget_add_css_class (best, "kilter-pill-good");
      gtk_widget_set_valign (best, GTK_ALIGN_START);
      gtk_grid_attach (GTK_GRID (grid), best, 3, 0, 1, 1);
    }
  gtk_grid_attach (GTK_GRID (grid), unmet, 1, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), money, 2, 1, 2, 1);
  gtk_grid_attach (GTK_GRID (grid), note, 1, 2, 3, 1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), grid);
  g_signal_connect (check, "toggled", G_CALLBACK (fix_toggled_cb), self);
  return row;
}

static void
show_fixes (KilterSupplyInspector *self)
{
  int n = 0;
  const KilterFix *fixes = is_fresh (self) ? kilter_supply_task_get_fixes (self->task, &n) : NULL;
  GtkCheckButton *group = NULL;

  gtk_list_box_remove_all (self->fixes);
  for (int i = 0; i < n; i++)
    gtk_list_box_append (self->fixes, make_fix_row (self, &fixes[i], i, &group));
  self->chosen = 0;
  if (group != NULL)
    gtk_check_button_set_active (group, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->fixes), n > 0);
  gtk_widget_set_visible (self->buttons, n > 0);
  gtk_toggle_button_set_active (self->preview, FALSE);
  if (self->is_asking)
    gtk_label_set_text (self->fixes_note, _ ("Looking for ways out…"));
  else if (n > 0)
    gtk_label_set_text (self->fixes_note,
                        _ ("Costs compared with the present plan, over the whole horizon."));
  else
    gtk_label_set_text (self->fixes_note, _ ("There is nothing to fix here."));
}

static void
explained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterSupplyInspector) self = data;
  g_autoptr (GError) error = NULL;
  KilterSupplyTask *task = kilter_document_explain_finish (KILTER_DOCUMENT (source), result,
                                                           &error);

  self->is_asking = FALSE;
  if (task != NULL)
    {
      g_clear_pointer (&self->task, kilter_supply_task_free);
      self->task = task;
      self->generation = kilter_plan_get_generation (kilter_page_get_plan (self->page));
    }
  show_whys (self);
  show_fixes (self);
}

static void
ask (KilterSupplyInspector *self)
{
  if (is_fresh (self) || self->is_asking || self->resource == 0)
    return;
  self->is_asking = TRUE;
  self->asked_resource = self->resource;
  kilter_document_explain_async (kilter_page_get_document (self->page),
                                 kilter_page_get_version (self->page), self->resource, 0,
                                 explained_cb, g_object_ref (self));
}

static void
preview_toggled_cb (KilterSupplyInspector *self)
{
  g_signal_emit (self, signals[SIGNAL_PREVIEW], 0);
}

static void
apply_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_supply_inspector_apply (KILTER_SUPPLY_INSPECTOR (widget));
}

static void
explain_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_supply_inspector_explain (KILTER_SUPPLY_INSPECTOR (widget));
}

static void
make_popover (GtkMenuButton *button, gpointer data)
{
  KilterSupplyInspector *self = data;

  if (self->resource != 0 && self->page != NULL)
    gtk_menu_button_set_popover (
      button, kilter_resource_popover_new (self->page, self->resource, self->bucket));
}

/* --- life --- */

static void
kilter_supply_inspector_dispose (GObject *object)
{
  KilterSupplyInspector *self = KILTER_SUPPLY_INSPECTOR (object);

  g_clear_pointer (&self->task, kilter_supply_task_free);

  G_OBJECT_CLASS (kilter_supply_inspector_parent_class)->dispose (object);
}

static void
kilter_supply_inspector_class_init (KilterSupplyInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_supply_inspector_dispose;
  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kilter_sop/Kilter/ui/supply-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, load_label);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, load_detail);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, why_title);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, why);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, capacity);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, worth);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, reasons);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, explain);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, fixes_title);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, fixes);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, fixes_note);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, buttons);
  gtk_widget_class_bind_template_child (widget_class, KilterSupplyInspector, preview);

  gtk_widget_class_install_action (widget_class, "supply.apply-fix", NULL, apply_action);
  gtk_widget_class_install_action (widget_class, "supply.explain", NULL, explain_action);

  signals[SIGNAL_PREVIEW] = g_signal_new ("preview", KILTER_TYPE_SUPPLY_INSPECTOR,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kilter_supply_inspector_init (KilterSupplyInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_chart_view_set_framed (self->why, FALSE);
  kilter_chart_view_set_explorable (self->why, FALSE);
  gtk_menu_button_set_create_popup_func (self->capacity, make_popover, self, NULL);
  g_signal_connect_swapped (self->preview, "toggled", G_CALLBACK (preview_toggled_cb), self);
}

void
kilter_supply_inspector_attach (KilterSupplyInspector *self, KilterPage *page)
{
  self->page = page;
}

/**
 * kilter_supply_inspector_show:
 *
 * Shows a resource in one bucket, and asks for its causes and fixes.
 */
void
kilter_supply_inspector_show (KilterSupplyInspector *self, int resource, int bucket)
{
  self->resource = resource;
  self->bucket = bucket;
  if (resource == 0 || kilter_plan_get_record (kilter_page_get_plan (self->page),
                                               KILTER_TABLE_RESOURCE, resource) == NULL)
    return;
  show_load (self);
  ask (self);
  show_whys (self);
  show_fixes (self);
}

void
kilter_supply_inspector_invalidate (KilterSupplyInspector *self)
{
  if (self->page == NULL || self->resource == 0)
    return;
  kilter_supply_inspector_show (self, self->resource, self->bucket);
}

const KilterFix *
kilter_supply_inspector_get_preview (KilterSupplyInspector *self)
{
  int n = 0;
  const KilterFix *fixes = is_fresh (self) ? kilter_supply_task_get_fixes (self->task, &n) : NULL;

  return gtk_toggle_button_get_active (self->preview) && self->chosen < n ? &fixes[self->chosen]
                                                                          : NULL;
}

void
kilter_supply_inspector_keep (KilterSupplyInspector *self)
{
  self->generation = kilter_plan_get_generation (kilter_page_get_plan (self->page));
}

gboolean
kilter_supply_inspector_explain (KilterSupplyInspector *self)
{
  if (!is_fresh (self))
    return FALSE;
  kilter_explain_dialog_present (GTK_WIDGET (self), kilter_page_get_plan (self->page), self->task,
                                 self->resource, -1);
  return TRUE;
}

void
kilter_supply_inspector_apply (KilterSupplyInspector *self)
{
  int n = 0;
  const KilterFix *fixes = is_fresh (self) ? kilter_supply_task_get_fixes (self->task, &n) : NULL;
  g_autofree char *before = NULL, *after = NULL, *toast = NULL;

  if (self->chosen >= n || fixes[self->chosen].command == NULL)
    return;
  if (kilter_command_is_empty (fixes[self->chosen].command))
    {
      kilter_page_toast (self->page, _ ("This leaves the plan as it is."), FALSE);
      return;
    }
  before = kilter_format_quantity_short (fixes[self->chosen].unmet_before);
  after = kilter_format_quantity_short (fixes[self->chosen].unmet_after);
  toast = g_strdup_printf (_ ("Plan changed: unmet demand %s → %s"), before, after);
  gtk_toggle_button_set_active (self->preview, FALSE);
  kilter_page_apply (self->page, kilter_command_ref (fixes[self->chosen].command), toast);
}
