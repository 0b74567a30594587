/* kilter-finance-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/balance/kilter-finance-page.h"

#include "app/widgets/kilter-chart-view.h"
#include "app/widgets/kilter-tone.h"
#include "app/pages/balance/kilter-family-switch.h"
#include "app/pages/balance/kilter-reference.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/common/kilter-plan-grid.h"
#include "app/pages/common/kilter-plan-pivot.h"
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define PAST_COLUMNS 3
/* parts in the table of gaps; the rest is summed up in none: the largest say what matters */
#define MAX_PARTS 10

struct _KilterFinancePage
{
  KilterPage parent_instance;

  GtkStack *stack;
  AdwBin *family_bin;
  AdwBin *grid_bin;
  GtkWidget *bridge_card;
  KilterChartView *bridge;
  GtkLabel *gap_title;
  GtkLabel *gap_subtitle;
  GtkGrid *gap_grid;

  /* in the context bar, and in the page where that has no room */
  KilterFamilySwitch *families[2];
  AdwToggleGroup *references[2];
  KilterPlanGrid *grid;
  KilterPlanPivot *pivot;
  KilterScope scope; /* of the rows that are being added */
  int depth;
  KilterGrid *view;                           /* not owned */
  int reference;                              /* KilterReference, -1 without any */
  KilterReference shown[KILTER_N_REFERENCES]; /* of the toggles */
  int n_shown;
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (KilterFinancePage, kilter_finance_page, KILTER_TYPE_PAGE)

/* --- which reference --- */

static void
fill_toggles (AdwToggleGroup *group, const KilterReference *references, int n)
{
  adw_toggle_group_remove_all (group);
  for (int i = 0; i < n; i++)
    {
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_label (toggle, kilter_reference_get_name (references[i]));
      adw_toggle_group_add (group, toggle);
    }
}

static void
find_references (KilterFinancePage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  KilterReference found[KILTER_N_REFERENCES];
  int first, n, n_found = 0, active = -1;

  kilter_page_get_year (KILTER_PAGE (self), &first, &n);
  for (KilterReference reference = 0; reference < KILTER_N_REFERENCES; reference++)
    if (kilter_reference_exists (&subject, reference, first, n))
      {
        if ((int) reference == self->reference)
          active = n_found;
        found[n_found++] = reference;
      }
  if (active < 0 && n_found > 0)
    active = 0;
  self->reference = active >= 0 ? (int) found[active] : -1;
  self->is_setting = TRUE;
  for (gsize k = 0; k < G_N_ELEMENTS (self->references); k++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->references[k]), n_found > 1);
      if (n_found != self->n_shown ||
          memcmp (found, self->shown, sizeof *found * (gsize) n_found) != 0)
        fill_toggles (self->references[k], found, n_found);
      if (active >= 0)
        adw_toggle_group_set_active (self->references[k], (guint) active);
    }
  self->n_shown = n_found;
  memcpy (self->shown, found, sizeof *found * (gsize) n_found);
  self->is_setting = FALSE;
}

/* --- the table of months --- */

static void
add_row (KilterFinancePage *self, const KilterPlanRow *row)
{
  KilterPlanRow entry = *row;

  entry.scope = self->scope;
  entry.depth = self->depth;
  if (entry.measure < 0)
    entry.kind = KILTER_GRID_ROW_SECTION;
  else
    entry.kind = KILTER_GRID_ROW_MEASURE;
  kilter_plan_grid_add (self->grid, &entry);
}

static void
add_own (KilterFinancePage *self)
{
  const KilterPlanRow rows[] = {
    { .label = _ ("Plan"), .measure = -1 },
    { .measure = KILTER_REVENUE, .look = KILTER_GRID_ROW_FLAG_BOLD },
    { .measure = KILTER_COST_OF_SALES },
    { .measure = KILTER_MARGIN, .look = KILTER_GRID_ROW_FLAG_BOLD },
    { .measure = KILTER_MARGIN_SHARE, .look = KILTER_GRID_ROW_FLAG_DIM },
    { .measure = KILTER_EXTRA_COST, .flags = KILTER_PLAN_ROW_DASH_ZERO },
    { .measure = KILTER_STOCK_VALUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    add_row (self, &rows[i]);
}

static void
add_reference (KilterFinancePage *self)
{
  static const struct
  {
    KilterMeasure measure;
    KilterGridRowFlags look;
    gboolean is_good; /* more is good news */
  } rows[] = {
    { KILTER_REVENUE, KILTER_GRID_ROW_FLAG_BOLD, TRUE },
    { KILTER_COST_OF_SALES, 0, FALSE },
    { KILTER_MARGIN, KILTER_GRID_ROW_FLAG_BOLD, TRUE },
    { KILTER_EXTRA_COST, 0, FALSE },
    { KILTER_STOCK_VALUE, 0, FALSE },
  };
  KilterReference reference = (KilterReference) self->reference;

  add_row (self,
           &(KilterPlanRow) { .label = kilter_reference_get_name (reference), .measure = -1 });
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (kilter_reference_has (reference, rows[i].measure))
      add_row (self, &(KilterPlanRow) { .measure = (int) rows[i].measure,
                                        .read = kilter_reference_read,
                                        .flags = KILTER_PLAN_ROW_DASH_ZERO,
                                        .read_data = GINT_TO_POINTER (reference) });
  add_row (self, &(KilterPlanRow) { .label = kilter_reference_get_difference_name (reference),
                                    .measure = -1 });
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (kilter_reference_has (reference, rows[i].measure))
      add_row (self, &(KilterPlanRow) { .measure = (int) rows[i].measure,
                                        .look = rows[i].look,
                                        .flags = KILTER_PLAN_ROW_DELTA | KILTER_PLAN_ROW_DASH_ZERO |
                                                 (rows[i].is_good ? KILTER_PLAN_ROW_GOOD_BAD : 0),
                                        .read = kilter_reference_read_difference,
                                        .read_data = GINT_TO_POINTER (reference) });
}

static void
add_money (const KilterScope *scope, int depth, gpointer data)
{
  KilterFinancePage *self = data;

  self->scope = *scope;
  self->depth = depth;
  add_own (self);
  if (self->reference >= 0)
    add_reference (self);
}

static void
fill_months (KilterFinancePage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  g_autofree char *title = kilter_subject_get_title (&subject);
  int cycle, n, first;

  kilter_page_get_year (KILTER_PAGE (self), &cycle, &n);
  first = MAX (cycle - PAST_COLUMNS, 0);
  kilter_plan_grid_begin (self->grid, first, cycle - first + n, TRUE);
  add_money (kilter_page_get_scope (KILTER_PAGE (self)), 0, self);
  kilter_plan_pivot_fill (self->pivot, kilter_page_get_scope (KILTER_PAGE (self)), add_money, self);
  kilter_plan_grid_end (self->grid);
  kilter_grid_set_corner_label (self->view, title);
  kilter_plan_grid_fit (self->grid, GTK_WIDGET (self->grid_bin));
}

/* --- the gap by part --- */

typedef struct
{
  const char *name;
  double own;
  double other;
} Part;

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const Part *left = a, *right = b;
  double l = fabs (left->own - left->other), r = fabs (right->own - right->other);

  return (l < r) - (l > r);
}

static void
add_part (GArray *parts,
          const KilterSubject *subject,
          int reference,
          const char *name,
          int first,
          int n)
{
  Part part = { name, kilter_reference_get_own_total (subject, KILTER_REVENUE, first, n),
                kilter_reference_get_total (subject, (KilterReference) reference, KILTER_REVENUE,
                                            first, n) };

  if (!isnan (part.own) && !isnan (part.other))
    g_array_append_val (parts, part);
}

/* (element-type Part): families of the whole, else products; the largest differences first */
static GArray *
list_parts (KilterFinancePage *self, gboolean *out_products, int first, int n)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  KilterScope whole = subject.scope;
  g_autoptr (GArray) products = NULL;

  *out_products = whole.family != 0 || whole.product != 0 ||
                  kilter_plan_count_records (subject.plan, KILTER_TABLE_FAMILY) == 0;
  if (!*out_products)
    {
      KILTER_FOREACH_RECORD (subject.plan, KILTER_TABLE_FAMILY, family)
        {
          if (whole.category != 0 &&
              kilter_record_ref (family, KILTER_FAMILY_CATEGORY) != whole.category)
            continue;
          subject.scope.family = family->id;
          add_part (parts, &subject, self->reference,
                    kilter_record_text (family, KILTER_FAMILY_NAME), first, n);
        }
    }
  else
    {
      products = kilter_scope_get_rows (subject.plan, &whole, KILTER_GRAIN_PRODUCT);
      for (guint i = 0; i < products->len; i++)
        {
          subject.scope.product = g_array_index (products, int, i);
          add_part (parts, &subject, self->reference,
                    kilter_plan_get_product_name (subject.plan, subject.scope.product), first, n);
        }
    }
  g_array_sort (parts, compare_parts);
  if (parts->len > MAX_PARTS)
    g_array_set_size (parts, MAX_PARTS);
  return parts;
}

static void
attach (GtkGrid *grid, const char *text, int col, int line, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), col == 0 ? 0 : 1);
  if (col == 0)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 10);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 22);
    }
  gtk_widget_add_css_class (label, "numeric");
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  gtk_grid_attach (grid, label, col, line, 1, 1);
}

/* A bar from the middle, as long as the difference beside the largest one. */
static void
draw_bar_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  double share = *(double *) data;
  g_autoptr (KilterChartStyle) style = kilter_chart_style_for_widget (GTK_WIDGET (area));
  const KilterChartColor
    *color = &style->colors[share >= 0 ? KILTER_CHART_ROLE_GOOD : KILTER_CHART_ROLE_BAD];
  const KilterChartColor *axis = &style->colors[KILTER_CHART_ROLE_AXIS];
  double middle = floor (width / 2.0), length = share * (middle - 2);

  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
  cairo_rectangle (cr, fmin (middle, middle + length), (height - 12) / 2.0, fabs (length), 12);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, axis->red, axis->green, axis->blue, axis->alpha);
  cairo_rectangle (cr, middle, 0, 1, height);
  cairo_fill (cr);
}

static GtkWidget *
make_bar (double share)
{
  GtkWidget *area = gtk_drawing_area_new ();
  double *data = g_new (double, 1);

  *data = share;
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), 60);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_bar_cb, data, g_free);
  gtk_widget_set_hexpand (area, TRUE);
  /* the numbers beside it say the same */
  gtk_accessible_update_state (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  return area;
}

static void
attach_part (KilterFinancePage *self, const Part *part, double largest, int line)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  double gap = part->own - part->other;
  KilterChartTone tone = fabs (gap) < 0.0005 * fabs (part->other) ? KILTER_CHART_TONE_PLAIN
                         : gap > 0                                ? KILTER_CHART_TONE_GOOD
                                                                  : KILTER_CHART_TONE_BAD;
  g_autofree char *own = kilter_format_money (plan, part->own);
  g_autofree char *other = kilter_format_money (plan, part->other);
  g_autofree char *delta = kilter_format_money_delta (plan, gap);
  g_autofree char *share = kilter_format_ratio_delta (part->other > 0 ? gap / part->other : NAN, 1);
  GtkWidget *shape = kilter_tone_new (tone);

  gtk_grid_attach (self->gap_grid, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, 2 * line - 1,
                   7, 1);
  attach (self->gap_grid, part->name, 0, 2 * line, NULL);
  attach (self->gap_grid, own, 1, 2 * line, "kilter-strong");
  attach (self->gap_grid, other, 2, 2 * line, "kilter-dim");
  gtk_grid_attach (self->gap_grid, make_bar (largest > 0 ? gap / largest : 0), 3, 2 * line, 1, 1);
  attach (self->gap_grid, delta, 4, 2 * line, kilter_tone_get_css_class (tone));
  attach (self->gap_grid, share, 5, 2 * line, kilter_tone_get_css_class (tone));
  gtk_widget_set_valign (shape, GTK_ALIGN_CENTER);
  gtk_grid_attach (self->gap_grid, shape, 6, 2 * line, 1, 1);
}

static void
fill_gaps (KilterFinancePage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  KilterReference reference = (KilterReference) self->reference;
  int first, n;
  double largest = 0;
  gboolean is_products = FALSE;
  g_autoptr (GArray) parts = NULL;
  g_autofree char *span = NULL, *subtitle = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->gap_grid))) != NULL)
    gtk_grid_remove (self->gap_grid, child);
  if (self->reference < 0)
    {
      gtk_label_set_label (self->gap_title, _ ("There is nothing to compare the plan with yet"));
      gtk_label_set_label (self->gap_subtitle, _ ("Import a budget, or approve a plan."));
      return;
    }
  kilter_page_get_year (KILTER_PAGE (self), &first, &n);
  parts = list_parts (self, &is_products, first, n);
  span = kilter_headline_span (plan, first, n);
  subtitle = g_strdup_printf ("%s · %s", kilter_reference_get_difference_name (reference), span);
  gtk_label_set_label (self->gap_title, is_products
                                          ? _ ("Revenue by product, the largest differences")
                                          : _ ("Revenue by family"));
  gtk_label_set_label (self->gap_subtitle, subtitle);
  attach (self->gap_grid, is_products ? _ ("Product") : _ ("Family"), 0, 0, "kilter-table-head");
  attach (self->gap_grid, _ ("Plan"), 1, 0, "kilter-table-head");
  attach (self->gap_grid, kilter_reference_get_name (reference), 2, 0, "kilter-table-head");
  attach (self->gap_grid, _ ("Difference"), 4, 0, "kilter-table-head");
  attach (self->gap_grid, "%", 5, 0, "kilter-table-head");
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);

      /* the first is the largest */
      if (i == 0)
        largest = fabs (part->own - part->other);
      attach_part (self, part, largest, (int) i + 1);
    }
}

static void
fill (KilterFinancePage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  int first, n;
  KilterChart *bridge;

  kilter_page_get_year (KILTER_PAGE (self), &first, &n);
  fill_months (self);
  /* the bridge starts at the budget; other references have none */
  bridge = self->reference == KILTER_REFERENCE_BUDGET ? kilter_figure_bridge (&subject, first, n)
                                                      : NULL;
  gtk_widget_set_visible (self->bridge_card, bridge != NULL);
  kilter_chart_view_set_chart (self->bridge, bridge);
  fill_gaps (self);
}

static void
active_cb (AdwToggleGroup *group, GParamSpec *pspec, KilterFinancePage *self)
{
  guint active = adw_toggle_group_get_active (group);

  if (self->is_setting || active >= (guint) self->n_shown)
    return;
  self->reference = (int) self->shown[active];
  self->is_setting = TRUE;
  for (gsize k = 0; k < G_N_ELEMENTS (self->references); k++)
    adw_toggle_group_set_active (self->references[k], active);
  self->is_setting = FALSE;
  fill (self);
}

/* --- the page --- */

static void
kilter_finance_page_refresh (KilterPage *page, KilterChange change)
{
  KilterFinancePage *self = KILTER_FINANCE_PAGE (page);
  gboolean empty = kilter_plan_count_records (kilter_page_get_plan (page), KILTER_TABLE_SERIES) ==
                   0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  for (gsize k = 0; k < G_N_ELEMENTS (self->families); k++)
    kilter_family_switch_refresh (self->families[k], page);
  if (empty)
    return;
  find_references (self);
  fill (self);
}

static char *
kilter_finance_page_get_headline (KilterPage *page)
{
  KilterFinancePage *self = KILTER_FINANCE_PAGE (page);
  KilterChart *bridge = kilter_chart_view_get_chart (self->bridge);

  return g_strdup (bridge != NULL ? kilter_chart_get_title (bridge)
                                  : gtk_label_get_label (self->gap_title));
}

static char *
kilter_finance_page_get_subtitle (KilterPage *page)
{
  static const KilterScope everything = { 0 };
  const KilterScope *scope = kilter_page_get_scope (page);

  return kilter_scope_equal (scope, &everything)
           ? g_strdup (_ ("The plan in money"))
           : kilter_scope_get_title (kilter_page_get_plan (page), scope);
}

static void
kilter_finance_page_dispose (GObject *object)
{
  KilterFinancePage *self = KILTER_FINANCE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), KILTER_TYPE_FINANCE_PAGE);
  g_clear_object (&self->pivot);
  g_clear_object (&self->grid);

  G_OBJECT_CLASS (kilter_finance_page_parent_class)->dispose (object);
}

static void
kilter_finance_page_class_init (KilterFinancePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_finance_page_dispose;
  page_class->refresh = kilter_finance_page_refresh;
  page_class->get_headline = kilter_finance_page_get_headline;
  page_class->get_subtitle = kilter_finance_page_get_subtitle;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/finance-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterFinancePage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterFinancePage, family_bin);
  gtk_widget_class_bind_template_child (widget_class, KilterFinancePage, grid_bin);
  gtk_widget_class_bind_template_child (widget_class, KilterFinancePage, bridge_card);
  gtk_widget_class_bind_template_child (widget_class, KilterFinancePage, bridge);
  gtk_widget_class_bind_template_child (widget_class, KilterFinancePage, gap_title);
  gtk_widget_class_bind_template_child (widget_class, KilterFinancePage, gap_subtitle);
  gtk_widget_class_bind_template_child (widget_class, KilterFinancePage, gap_grid);
}

static GtkWidget *
make_switches (KilterFinancePage *self, int which)
{
  GtkWidget *box = which == 0 ? gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12) : adw_wrap_box_new ();
  GtkWidget *families = kilter_family_switch_new ();
  GtkWidget *references = adw_toggle_group_new ();

  self->families[which] = KILTER_FAMILY_SWITCH (families);
  self->references[which] = ADW_TOGGLE_GROUP (references);
  adw_toggle_group_set_can_shrink (self->references[which], FALSE);
  gtk_widget_set_valign (references, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (references), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Compared with"), -1);
  g_signal_connect_object (references, "notify::active", G_CALLBACK (active_cb), self,
                           G_CONNECT_DEFAULT);
  if (which == 0)
    {
      gtk_box_append (GTK_BOX (box), families);
      gtk_box_append (GTK_BOX (box), references);
      return box;
    }
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 8);
  adw_wrap_box_append (ADW_WRAP_BOX (box), families);
  adw_wrap_box_append (ADW_WRAP_BOX (box), references);
  return box;
}

static void
kilter_finance_page_init (KilterFinancePage *self)
{
  static const char *const groupings[] = { "family-product", "region-family", "channel-product",
                                           "product-region", "line-product",  NULL };
  GtkWidget *scrolled;
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_REGION | KILTER_PAGE_NEEDS_CHANNEL);
  kilter_page_set_title (KILTER_PAGE (self), _ ("Finance"));
  kilter_page_set_context_extra (KILTER_PAGE (self), make_switches (self, 0));
  adw_bin_set_child (self->family_bin, make_switches (self, 1));
  kilter_page_stand_in (GTK_WIDGET (self->family_bin),
                        kilter_page_get_context_extra (KILTER_PAGE (self)));
  self->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  self->pivot = kilter_plan_pivot_new (KILTER_PAGE (self), self->grid, KILTER_REVENUE);
  kilter_plan_pivot_restrict (self->pivot, groupings, 0);
  scrolled = kilter_plan_grid_create_view (self->grid, &self->view);
  adw_bin_set_child (self->grid_bin,
                     kilter_plan_pivot_create_view (self->pivot, scrolled, self->view));
  g_signal_connect_object (self->grid, "expanded", G_CALLBACK (fill_months), self,
                           G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Finance"), -1);
  kilter_plan_grid_show_horizon (self->grid);
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->view));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->bridge));
}
