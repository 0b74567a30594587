/* kilter-accuracy-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-accuracy-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/widgets/kilter-chart-view.h"
#include "app/pages/common/kilter-page-subject.h"
#include "report/words/kilter-headline.h"

/* of the revenue of a year, as usual: the products that make 80 % of it are A, the next 15 % B */
#define CLASS_A 0.80
#define CLASS_B 0.95

typedef enum
{
  COLUMN_PRODUCT,
  COLUMN_CLASS,
  COLUMN_MODEL,
  COLUMN_WAPE,
  COLUMN_BIAS,
  COLUMN_MASE,
  COLUMN_NAIVE,
  COLUMN_ORIGINS,
  N_COLUMNS,
} Column;

/* --- rows ---------------------------------------------------------------------------------------
 */

#define KILTER_TYPE_ACCURACY_ITEM (kilter_accuracy_item_get_type ())
G_DECLARE_FINAL_TYPE (KilterAccuracyItem, kilter_accuracy_item, KILTER, ACCURACY_ITEM, GObject)

struct _KilterAccuracyItem
{
  GObject parent_instance;

  int product;
  char *texts[N_COLUMNS];
  char *class_words;         /* what the letters say */
  double numbers[N_COLUMNS]; /* NaN for words */
};

G_DEFINE_FINAL_TYPE (KilterAccuracyItem, kilter_accuracy_item, G_TYPE_OBJECT)

static void
kilter_accuracy_item_finalize (GObject *object)
{
  KilterAccuracyItem *self = KILTER_ACCURACY_ITEM (object);

  for (int i = 0; i < N_COLUMNS; i++)
    g_free (self->texts[i]);
  g_free (self->class_words);

  G_OBJECT_CLASS (kilter_accuracy_item_parent_class)->finalize (object);
}

static void
kilter_accuracy_item_class_init (KilterAccuracyItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kilter_accuracy_item_finalize;
}

static void
kilter_accuracy_item_init (KilterAccuracyItem *self)
{
  for (int i = 0; i < N_COLUMNS; i++)
    self->numbers[i] = NAN;
}

/* --- the page -----------------------------------------------------------------------------------
 */

struct _KilterAccuracyPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  KilterChartView *chart;
  KilterChartView *lags;
  GtkColumnView *view;

  GListStore *items;
  char *headline;
};

G_DEFINE_FINAL_TYPE (KilterAccuracyPage, kilter_accuracy_page, KILTER_TYPE_PAGE)

static const char *
get_demand_class (const char *key)
{
  static const struct
  {
    const char *key;
    const char *name;
  } names[] = {
    { "smooth", NC_ ("kind of demand", "Smooth") },
    { "erratic", NC_ ("kind of demand", "Erratic") },
    { "intermittent", NC_ ("kind of demand", "Intermittent") },
    { "lumpy", NC_ ("kind of demand", "Lumpy") },
    { "constant", NC_ ("kind of demand", "Constant") },
    { "short", NC_ ("kind of demand", "Little history") },
    { "zero", NC_ ("kind of demand", "All zero") },
    { "dead", NC_ ("kind of demand", "No longer sold") },
    { "empty", NC_ ("kind of demand", "No history") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].key, key))
      return g_dpgettext2 (GETTEXT_PACKAGE, "kind of demand", names[i].name);
  return key;
}

/* What the last year of a product brought. */
static double
get_revenue (const KilterSubject *subject, int product)
{
  int n = kilter_plan_get_n_buckets (subject->plan),
      cycle = kilter_plan_get_n_history (subject->plan);
  g_autofree double *values = g_new (double, n);
  KilterScope scope = subject->scope;
  double sum = 0;

  scope.product = product;
  kilter_plan_aggregate_in (subject->plan, subject->version, KILTER_CLEANED, &scope,
                            KILTER_IN_REVENUE, values);
  for (int t = MAX (cycle - kilter_plan_get_season (subject->plan), 0); t < MIN (cycle, n); t++)
    if (!isnan (values[t]))
      sum += values[t];
  return sum;
}

typedef struct
{
  int product;
  double revenue;
  char letter;
} Ranked;

static int
compare_revenue (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a, *y = b;

  if (x->revenue != y->revenue)
    return x->revenue > y->revenue ? -1 : 1;
  return x->product - y->product;
}

/* (element-type Ranked): the products of the scope with their letter, the largest first */
static GArray *
rank_products (const KilterSubject *subject)
{
  g_autoptr (GArray)
    products = kilter_scope_get_rows (subject->plan, &subject->scope, KILTER_GRAIN_PRODUCT);
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  double total = 0, before = 0;

  for (guint i = 0; i < products->len; i++)
    {
      Ranked entry = { g_array_index (products, int, i), 0, 'C' };

      entry.revenue = get_revenue (subject, entry.product);
      total += fmax (entry.revenue, 0);
      g_array_append_val (ranked, entry);
    }
  g_array_sort (ranked, compare_revenue);
  for (guint i = 0; i < ranked->len && total > 0; i++)
    {
      Ranked *entry = &g_array_index (ranked, Ranked, i);

      entry->letter = before < CLASS_A * total ? 'A' : before < CLASS_B * total ? 'B' : 'C';
      before += fmax (entry->revenue, 0);
    }
  return ranked;
}

/**
 * Measure: a product over its series, weighted by their sales
 * @mase: scaled error; NaN when unknown
 * @origins: how many months were forecast to measure it
 * @demand: how most of its sales behave
 */
typedef struct
{
  double mase;
  int origins;
  const char *demand;
} Measure;

#define MAX_CLASSES 12

static double
get_sales (const KilterSubject *subject, int row)
{
  const double *actual = kilter_plan_get_row (subject->plan, subject->version, KILTER_CLEANED, row);
  int cycle = kilter_plan_get_n_history (subject->plan);
  double sales = 0;

  for (int t = MAX (cycle - kilter_plan_get_season (subject->plan), 0); t < cycle; t++)
    sales += isnan (actual[t]) ? 0 : fmax (actual[t], 0);
  return sales;
}

static void
get_measure (const KilterSubject *subject, const KilterScope *scope, Measure *out)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (subject->plan, scope, KILTER_GRAIN_SERIES);
  const char *classes[MAX_CLASSES];
  double weights[MAX_CLASSES], sum = 0, weight = 0;
  int n_classes = 0, best = -1;

  *out = (Measure) { NAN, 0, "" };
  for (guint i = 0; i < rows->len; i++)
    {
      int row = g_array_index (rows, int, i), k;
      const KilterRecord *model = kilter_plan_find_model (subject->plan, row);
      double sales, mase;

      if (model == NULL)
        continue;
      out->origins = MAX (out->origins,
                          (int) kilter_record_number_or (model, KILTER_MODEL_ORIGINS, 0));
      sales = get_sales (subject, row);
      for (k = 0; k < n_classes; k++)
        if (g_str_equal (classes[k], kilter_record_text (model, KILTER_MODEL_CLASS)))
          break;
      if (k == n_classes && n_classes < MAX_CLASSES)
        {
          classes[n_classes] = kilter_record_text (model, KILTER_MODEL_CLASS);
          weights[n_classes++] = 0;
        }
      if (k < n_classes)
        {
          weights[k] += sales;
          if (best < 0 || weights[k] > weights[best])
            best = k;
        }
      mase = kilter_record_number (model, KILTER_MODEL_MASE);
      if (isnan (mase) || sales <= 0)
        continue;
      sum += sales * mase;
      weight += sales;
    }
  if (weight > 0)
    out->mase = sum / weight;
  if (best >= 0)
    out->demand = classes[best];
}

static char *
format_or_dash (double value, char *(*format) (double, int), int decimals)
{
  return isnan (value) ? g_strdup ("–") : format (value, decimals);
}

/* ABC by revenue, XYZ by how steady the demand is without its season: "AX". */
static void
set_class (KilterAccuracyItem *item,
           const KilterSubject *subject,
           const KilterScope *scope,
           char letter,
           const char *demand)
{
  static const struct
  {
    char letter;
    const char *words;
  } classes[] = {
    [KILTER_MODEL_CLASS_NONE] = { '-', NC_ ("kind of demand", "too little history to tell") },
    [KILTER_MODEL_CLASS_X] = { 'X', NC_ ("kind of demand", "steady without its season") },
    [KILTER_MODEL_CLASS_Y] = { 'Y', NC_ ("kind of demand", "varies without its season") },
    [KILTER_MODEL_CLASS_Z] = { 'Z', NC_ ("kind of demand", "hard to forecast") },
  };
  KilterModelClass steady = kilter_plan_get_steadiness (subject->plan, subject->version, scope);
  const char *words = g_dpgettext2 (GETTEXT_PACKAGE, "kind of demand", classes[steady].words);

  item->numbers[COLUMN_CLASS] = letter * 256.0 + classes[steady].letter;
  item->texts[COLUMN_CLASS] = steady == KILTER_MODEL_CLASS_NONE
                                ? g_strdup_printf ("%c", letter)
                                : g_strdup_printf ("%c%c", letter, classes[steady].letter);
  /* Translators: how a product sells: "Smooth, steady without its season" */
  item->class_words = g_strdup_printf (_ ("%1$s, %2$s"), get_demand_class (demand), words);
}

static KilterAccuracyItem *
make_item (const KilterSubject *subject, const Ranked *ranked)
{
  KilterAccuracyItem *item = g_object_new (KILTER_TYPE_ACCURACY_ITEM, NULL);
  KilterScope scope = subject->scope;
  const KilterRecord *model;
  KilterModelSummary summary;
  Measure measure;

  scope.product = item->product = ranked->product;
  kilter_plan_model_summary (subject->plan, subject->version, &scope, &summary);
  get_measure (subject, &scope, &measure);
  model = summary.series > 0 ? kilter_plan_find_model (subject->plan, summary.series) : NULL;
  item->texts[COLUMN_PRODUCT] = g_strdup (
    kilter_plan_get_product_name (subject->plan, ranked->product));
  set_class (item, subject, &scope, ranked->letter, model != NULL ? measure.demand : "empty");
  item->texts[COLUMN_MODEL] = model != NULL ? kilter_headline_model (subject->plan, summary.series)
                                            : g_strdup (_ ("No forecast yet"));
  item->numbers[COLUMN_MASE] = measure.mase;
  item->numbers[COLUMN_WAPE] = summary.wape;
  item->numbers[COLUMN_BIAS] = summary.bias;
  item->numbers[COLUMN_NAIVE] = summary.naive_wape;
  item->numbers[COLUMN_ORIGINS] = measure.origins;
  item->texts[COLUMN_WAPE] = format_or_dash (summary.wape, kilter_format_ratio, 1);
  item->texts[COLUMN_BIAS] = format_or_dash (summary.bias, kilter_format_ratio_delta, 1);
  item->texts[COLUMN_NAIVE] = format_or_dash (summary.naive_wape, kilter_format_ratio, 1);
  item->texts[COLUMN_MASE] = format_or_dash (measure.mase, kilter_number_format_plain, 2);
  item->texts[COLUMN_ORIGINS] = measure.origins > 0 ? kilter_format_count (measure.origins)
                                                    : g_strdup ("–");
  return item;
}

/* --- columns ------------------------------------------------------------------------------------
 */

static gboolean
is_number (Column column)
{
  return column >= COLUMN_WAPE;
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const KilterAccuracyItem *x = a, *y = b;
  Column column = GPOINTER_TO_INT (data);

  if (!is_number (column) && column != COLUMN_CLASS)
    return g_utf8_collate (x->texts[column], y->texts[column]);
  if (isnan (x->numbers[column]) || isnan (y->numbers[column]))
    return isnan (x->numbers[column]) - isnan (y->numbers[column]);
  return (x->numbers[column] > y->numbers[column]) - (x->numbers[column] < y->numbers[column]);
}

static gboolean
is_lost (const KilterAccuracyItem *item, Column column)
{
  /* what reads the same is no loss */
  return column == COLUMN_WAPE && item->numbers[COLUMN_WAPE] > item->numbers[COLUMN_NAIVE] &&
         !g_str_equal (item->texts[COLUMN_WAPE], item->texts[COLUMN_NAIVE]);
}

/* Asked for rather than set with the row: each setting asks the display where the pointer is. */
static gboolean
query_tooltip_cb (GtkWidget *label,
                  int x,
                  int y,
                  gboolean by_keys,
                  GtkTooltip *tooltip,
                  GtkColumnViewCell *cell)
{
  Column column = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (label), "column"));
  KilterAccuracyItem *item = gtk_column_view_cell_get_item (cell);

  if (item == NULL || (column == COLUMN_WAPE && !is_lost (item, column)))
    return FALSE;
  gtk_tooltip_set_text (tooltip, column == COLUMN_MODEL   ? item->texts[column]
                                 : column == COLUMN_CLASS ? item->class_words
                                                          : _ ("Naive was better"));
  return TRUE;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, gpointer data)
{
  Column column = GPOINTER_TO_INT (data);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), is_number (column) ? 1 : 0);
  if (is_number (column))
    gtk_widget_add_css_class (label, "numeric");
  else
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), column == COLUMN_CLASS   ? 4
                                                    : column == COLUMN_MODEL ? 10
                                                                             : 19);
    }
  if (column == COLUMN_MODEL || column == COLUMN_WAPE || column == COLUMN_CLASS)
    {
      g_object_set_data (G_OBJECT (label), "column", GINT_TO_POINTER ((int) column));
      gtk_widget_set_has_tooltip (label, TRUE);
      g_signal_connect_object (label, "query-tooltip", G_CALLBACK (query_tooltip_cb), cell,
                               G_CONNECT_DEFAULT);
    }
  gtk_column_view_cell_set_focusable (cell, FALSE);
  gtk_column_view_cell_set_child (cell, label);
}

/* Worse than doing nothing clever is said in the colour for it, and in words for those who point.
 */
static void
bind_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, gpointer data)
{
  Column column = GPOINTER_TO_INT (data);
  KilterAccuracyItem *item = gtk_column_view_cell_get_item (cell);
  GtkWidget *label = gtk_column_view_cell_get_child (cell);

  gtk_label_set_text (GTK_LABEL (label), item->texts[column]);
  if (is_lost (item, column))
    gtk_widget_add_css_class (label, "kilter-refused");
  else
    gtk_widget_remove_css_class (label, "kilter-refused");
}

static void
align_heading (GtkColumnView *view)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = header != NULL ? gtk_widget_get_last_child (header) : NULL;
  GtkWidget *box = title != NULL ? gtk_widget_get_first_child (title) : NULL;

  if (GTK_IS_BOX (box))
    gtk_widget_set_halign (box, GTK_ALIGN_END);
}

static void
add_columns (KilterAccuracyPage *self)
{
  const char *const titles[N_COLUMNS] = {
    _ ("Product"), _ ("Class"), _ ("Model"), _ ("WAPE"),
    _ ("Bias"),    _ ("MASE"),  _ ("Naive"), C_ ("measured", "Months"),
  };

  for (Column i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column = gtk_column_view_column_new (titles[i], factory);
      g_autoptr (GtkSorter)
        sorter = GTK_SORTER (gtk_custom_sorter_new (compare_items, GINT_TO_POINTER (i), NULL));

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GINT_TO_POINTER (i));
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, i == COLUMN_PRODUCT || i == COLUMN_MODEL);
      gtk_column_view_append_column (self->view, column);
      if (is_number (i))
        align_heading (self->view);
      g_object_unref (column);
    }
}

static void
activate_cb (GtkColumnView *view, guint position, KilterAccuracyPage *self)
{
  g_autoptr (KilterAccuracyItem)
    item = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (view)), position);

  if (item == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.set-scope-product", "i", item->product);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "forecast/forecast");
}

/* --- refresh ------------------------------------------------------------------------------------
 */

static void
fill_table (KilterAccuracyPage *self, const KilterSubject *subject)
{
  g_autoptr (GArray) ranked = rank_products (subject);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < ranked->len; i++)
    g_ptr_array_add (items, make_item (subject, &g_array_index (ranked, Ranked, i)));
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
}

static void
fill_chart (KilterAccuracyPage *self, const KilterSubject *subject)
{
  KilterChart *chart = kilter_figure_accuracy (subject);

  g_free (self->headline);
  self->headline = chart != NULL ? g_strdup (kilter_chart_get_title (chart)) : NULL;
  if (chart != NULL)
    {
      g_autoptr (KilterChartStyle) style = kilter_chart_style_for_widget (GTK_WIDGET (self->chart));
      double width, height, natural;

      kilter_chart_measure (chart, style, &width, &height, &natural);
      gtk_widget_set_size_request (
        GTK_WIDGET (self->chart), -1,
        (int) ceil (natural + kilter_chart_get_frame_height (chart, 400, style)));
    }
  kilter_chart_view_set_chart (self->chart, chart);
  chart = kilter_figure_lags (subject);
  gtk_widget_set_visible (GTK_WIDGET (self->lags), chart != NULL);
  kilter_chart_view_set_chart (self->lags, chart);
}

static void
kilter_accuracy_page_refresh (KilterPage *page, KilterChange change)
{
  KilterAccuracyPage *self = KILTER_ACCURACY_PAGE (page);
  KilterSubject subject = kilter_page_get_subject (page);
  gboolean empty = kilter_plan_count_records (subject.plan, KILTER_TABLE_MODEL) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  if (empty)
    return;
  fill_chart (self, &subject);
  fill_table (self, &subject);
}

static char *
kilter_accuracy_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_ACCURACY_PAGE (page)->headline);
}

static void
kilter_accuracy_page_run (KilterPage *page)
{
  KilterForecastRequest request = { .version = kilter_page_get_version (page) };

  kilter_document_forecast_async (kilter_page_get_document (page), &request, NULL, NULL);
}

static void
kilter_accuracy_page_dispose (GObject *object)
{
  KilterAccuracyPage *self = KILTER_ACCURACY_PAGE (object);

  g_clear_object (&self->items);
  g_clear_pointer (&self->headline, g_free);

  G_OBJECT_CLASS (kilter_accuracy_page_parent_class)->dispose (object);
}

static void
kilter_accuracy_page_class_init (KilterAccuracyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_accuracy_page_dispose;
  page_class->refresh = kilter_accuracy_page_refresh;
  page_class->get_headline = kilter_accuracy_page_get_headline;
  page_class->run = kilter_accuracy_page_run;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/accuracy-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterAccuracyPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterAccuracyPage, chart);
  gtk_widget_class_bind_template_child (widget_class, KilterAccuracyPage, lags);
  gtk_widget_class_bind_template_child (widget_class, KilterAccuracyPage, view);
}

static void
kilter_accuracy_page_init (KilterAccuracyPage *self)
{
  GtkSortListModel *sorted;
  GtkSingleSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Accuracy"));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_SCOPE);
  self->items = g_list_store_new (KILTER_TYPE_ACCURACY_ITEM);
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->items)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  add_columns (self);
  g_signal_connect (self->view, "activate", G_CALLBACK (activate_cb), self);
  kilter_chart_view_set_file_name (self->chart, "accuracy");
  kilter_chart_view_set_file_name (self->lags, "error-by-lag");
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->chart));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->lags));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->view));
}
