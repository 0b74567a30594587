/* kilter-overview-figures.c: changes from the last cycle, freshness of the data
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/widgets/kilter-tone.h"
#include "app/pages/overview/kilter-overview-private.h"
#include "plan/review/kilter-insight.h"
#include "report/words/kilter-format.h"

/* a change smaller than this, as a share, is no news */
#define SMALL_CHANGE 0.0005

typedef struct
{
  char *name;
  char *before;
  char *now;
  char *change;
  KilterChartTone tone;
} Row;

static void
clear_row (Row *row)
{
  g_free (row->name);
  g_free (row->before);
  g_free (row->now);
  g_free (row->change);
}

static GtkWidget *
make_label (const char *text, float xalign, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, "numeric");
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void
clear_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static void
attach_row (GtkGrid *grid, int line, const Row *row)
{
  GtkWidget *name = make_label (row->name, 0, NULL);
  GtkWidget *change = make_label (row->change, 1, kilter_tone_get_css_class (row->tone));
  GtkWidget *rule = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (change, "kilter-strong");
  gtk_grid_attach (grid, rule, 0, 2 * line - 1, 5, 1);
  gtk_grid_attach (grid, name, 0, 2 * line, 1, 1);
  gtk_grid_attach (grid, make_label (row->before, 1, "kilter-dim"), 1, 2 * line, 1, 1);
  gtk_grid_attach (grid, make_label (row->now, 1, "kilter-strong"), 2, 2 * line, 1, 1);
  gtk_grid_attach (grid, change, 3, 2 * line, 1, 1);
  gtk_grid_attach (grid, kilter_tone_new (row->tone), 4, 2 * line, 1, 1);
}

/* --- the rows -----------------------------------------------------------------------------------
 */

static KilterChartTone
judge (double change, double size, gboolean higher_is_better)
{
  if (!isfinite (change) || fabs (change) <= SMALL_CHANGE * MAX (fabs (size), 1e-9))
    return KILTER_CHART_TONE_PLAIN;
  return (change > 0) == higher_is_better ? KILTER_CHART_TONE_GOOD : KILTER_CHART_TONE_BAD;
}

static void
set_ratio_change (Row *row, double before, double now, gboolean higher_is_better)
{
  double change = isfinite (before) && before != 0 ? now / before - 1 : NAN;

  row->change = kilter_format_ratio_delta (change, 1);
  row->tone = judge (change, 1, higher_is_better);
}

static void
set_point_change (Row *row, double before, double now, gboolean higher_is_better)
{
  row->change = kilter_format_points (now - before, 1);
  row->tone = judge (now - before, 1, higher_is_better);
}

static char *
quantity_name (KilterPlan *plan, const char *what, const KilterFormat *format)
{
  g_autofree char *unit = kilter_format_get_unit_name (format, plan);
  g_autofree char *lower = g_utf8_strdown (unit, -1);

  /* Translators: %1$s is what is measured, %2$s its unit: "Demand, thousand cases" */
  return g_strdup_printf (_ ("%1$s, %2$s"), what, lower);
}

static void
show_rows (GtkGrid *grid, KilterPlan *plan, const KilterKeyFigures *a, const KilterKeyFigures *b)
{
  const KilterRecord *resource = kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE,
                                                         b->peak_resource);
  const char *line = resource != NULL ? kilter_record_text (resource, KILTER_RESOURCE_NAME) : NULL;
  Row rows[6] = { 0 };
  KilterFormat format;

  kilter_format_init (&format, KILTER_UNIT_QUANTITY, MAX (a->demand, b->demand));
  /* a year in millions says less than in thousands */
  if (format.scale_power == 6)
    {
      format.scale_power = 3;
      format.number.scale = 1e3;
      format.number.decimals = 0;
    }
  rows[0].name = quantity_name (plan, _ ("Demand"), &format);
  rows[0].before = kilter_format_value (&format, a->demand);
  rows[0].now = kilter_format_value (&format, b->demand);
  set_ratio_change (&rows[0], a->demand, b->demand, TRUE);

  rows[1].name = g_strdup (_ ("Revenue"));
  rows[1].before = kilter_format_money (plan, a->revenue);
  rows[1].now = kilter_format_money (plan, b->revenue);
  set_ratio_change (&rows[1], a->revenue, b->revenue, TRUE);

  rows[2].name = g_strdup (_ ("Gross margin"));
  rows[2].before = kilter_format_ratio (a->margin_share, 1);
  rows[2].now = kilter_format_ratio (b->margin_share, 1);
  set_point_change (&rows[2], a->margin_share, b->margin_share, TRUE);

  /* Translators: %s is a production line */
  rows[3].name = line != NULL && *line != '\0' ? g_strdup_printf (_ ("Peak load, %s"), line)
                                               : g_strdup (_ ("Peak load"));
  rows[3].before = kilter_format_ratio (a->peak_load, 0);
  rows[3].now = kilter_format_ratio (b->peak_load, 0);
  set_point_change (&rows[3], a->peak_load, b->peak_load, FALSE);
  if (b->peak_load <= 1)
    rows[3].tone = KILTER_CHART_TONE_PLAIN;

  rows[4].name = g_strdup (_ ("Unmet demand"));
  rows[4].before = kilter_format_quantity_short (a->unmet);
  rows[4].now = kilter_format_quantity_short (b->unmet);
  rows[4].change = kilter_format_quantity_short (b->unmet - a->unmet);
  if (b->unmet > a->unmet)
    {
      g_autofree char *plain = g_steal_pointer (&rows[4].change);

      rows[4].change = g_strconcat ("+", plain, NULL);
    }
  rows[4].tone = judge (b->unmet - a->unmet, 1, FALSE);

  rows[5].name = g_strdup (_ ("Average stock"));
  rows[5].before = kilter_format_money (plan, a->average_stock);
  rows[5].now = kilter_format_money (plan, b->average_stock);
  set_ratio_change (&rows[5], a->average_stock, b->average_stock, FALSE);

  for (int i = 0; i < 6; i++)
    {
      /* the last plan may know less: there is nothing to compare */
      if (g_strcmp0 (rows[i].before, rows[i].now) != 0 && g_str_equal (rows[i].before, "–"))
        g_set_str (&rows[i].change, "");
      attach_row (grid, i + 1, &rows[i]);
      clear_row (&rows[i]);
    }
}

void
kilter_overview_show_figures (KilterOverviewPage *self)
{
  static const KilterScope whole = { 0 };
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  KilterVersion version = kilter_page_get_version (KILTER_PAGE (self));
  KilterVersion last = kilter_plan_get_last_cycle (plan);
  int first = kilter_plan_get_n_history (plan);
  int n = MIN (kilter_plan_get_season (plan), kilter_plan_get_n_horizon (plan));
  KilterKeyFigures before, now;
  g_autofree char *this_month = kilter_format_bucket (plan, first);
  g_autofree char *short_now = kilter_format_bucket_short (plan, first);
  g_autofree char *short_before = NULL;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (self->figure_box, last != 0 && last != version);
  if (last == 0 || last == version)
    return;
  short_before = kilter_format_bucket_short (plan, first - 1);
  kilter_plan_key_figures (plan, last, &whole, first, n, &before);
  kilter_plan_key_figures (plan, version, &whole, first, n, &now);

  title = g_strdup (_ ("Changes from the Last Cycle"));
  gtk_label_set_label (self->figure_title, title);
  clear_grid (self->figure_grid);
  gtk_grid_attach (self->figure_grid, make_label (short_before, 1, "kilter-table-head"), 1, 0, 1,
                   1);
  gtk_grid_attach (self->figure_grid, make_label (short_now, 1, "kilter-table-head"), 2, 0, 1, 1);
  gtk_grid_attach (self->figure_grid, make_label (_ ("Change"), 1, "kilter-table-head"), 3, 0, 1,
                   1);
  show_rows (self->figure_grid, plan, &before, &now);
}

/* --- data ---------------------------------------------------------------------------------------
 */

typedef struct
{
  const char *name;
  KilterMeasure measure;
  int needed; /* buckets relative to the cycle that must be there: -1 the month before it */
  gboolean is_resource;
} DataCheck;

static const DataCheck checks[] = {
  { N_ ("Sales history"), KILTER_ACTUAL, -1, FALSE },
  { N_ ("Closing stock"), KILTER_STOCK_ACTUAL, -1, FALSE },
  { N_ ("Actual production"), KILTER_PRODUCTION, -1, FALSE },
  { N_ ("Budget"), KILTER_BUDGET, 0, FALSE },
  { N_ ("Prices"), KILTER_PRICE, 0, FALSE },
  { N_ ("Capacity"), KILTER_CAPACITY, 0, TRUE },
};

/* the last bucket with a stored value in any row, or -1 */
static int
find_last (KilterPlan *plan, KilterVersion version, const DataCheck *check)
{
  KilterGrain grain = kilter_measure_get_info (check->measure)->grain;
  int n = kilter_plan_get_n_buckets (plan), last = -1;

  for (int row = 1; row <= kilter_plan_get_n_rows (plan, grain); row++)
    {
      const double *values = kilter_plan_get_stored (plan, version, check->measure,
                                                     KILTER_LAYER_FACT, row);

      for (int t = n - 1; values != NULL && t > last; t--)
        if (isfinite (values[t]))
          last = t;
    }
  return last;
}

static gboolean
has_steady_value (KilterPlan *plan, const DataCheck *check)
{
  if (check->measure == KILTER_PRICE)
    KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
      if (kilter_record_number_or (product, KILTER_PRODUCT_PRICE, 0) > 0)
        return TRUE;
  if (check->measure == KILTER_CAPACITY)
    KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RESOURCE, resource)
      if (kilter_record_number_or (resource, KILTER_RESOURCE_HOURS, 0) > 0)
        return TRUE;
  return FALSE;
}

static GtkWidget *
make_data_row (const char *name, const char *text, gboolean is_good)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (is_good ? "object-select-symbolic"
                                                          : "dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (text);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_widget_add_css_class (row, "kilter-low-row");
  gtk_widget_add_css_class (icon, is_good ? "kilter-good" : "kilter-bad");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_good ? _ ("Complete") : _ ("Incomplete"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_add_css_class (label, is_good ? "dim-label" : "kilter-bad");
  gtk_widget_add_css_class (label, "kilter-small");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

void
kilter_overview_show_data (KilterOverviewPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  KilterVersion version = kilter_page_get_version (KILTER_PAGE (self));
  int cycle = kilter_plan_get_n_history (plan);

  gtk_list_box_remove_all (self->data_list);
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      int last = find_last (plan, version, &checks[i]);
      gboolean is_good = last >= cycle + checks[i].needed;
      g_autofree char *month = last >= 0 ? kilter_format_bucket (plan, last) : NULL;
      g_autofree char *text = NULL;

      if (has_steady_value (plan, &checks[i]) && last < cycle)
        {
          is_good = TRUE;
          text = g_strdup (_ ("all months"));
        }
      else if (month != NULL)
        /* Translators: %s is a month, "to March 2026" */
        text = g_strdup_printf (_ ("to %s"), month);
      else
        text = g_strdup (_ ("not imported"));
      gtk_list_box_append (self->data_list, make_data_row (_ (checks[i].name), text, is_good));
    }
}
