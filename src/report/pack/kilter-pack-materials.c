/* kilter-pack-materials.c: what is bought, and what may be missing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "plan/supply/kilter-stock-policy.h"
#include "report/figure/kilter-figure.h"
#include "report/pack/kilter-pack-private.h"
#include "report/words/kilter-format.h"
#include "report/words/kilter-headline.h"

#define GAP 18
#define LONG_LEAD 3 /* periods: what is ordered now comes after the next cycles are over */

typedef struct
{
  int product;
  int at; /* its place among all */
  int lead;
  int n_sources;
  double order;  /* to be placed in the cycle; NAN beyond the horizon */
  double bought; /* all periods */
  double unmet;  /* all periods */
  double cover;  /* the least, days */
  int cover_at;
} Material;

static int
compare_materials (gconstpointer a, gconstpointer b)
{
  const Material *x = a, *y = b;

  if (x->unmet != y->unmet)
    return x->unmet > y->unmet ? -1 : 1;
  if (x->lead != y->lead)
    return y->lead - x->lead;
  return x->at - y->at;
}

static int
count_sources (const KilterPlan *plan, int product)
{
  int n = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RATE, rate)
    if (kilter_record_ref (rate, KILTER_RATE_PRODUCT) == product &&
        kilter_figure_is_supplier (plan, kilter_record_ref (rate, KILTER_RATE_RESOURCE)))
      n++;
  return n;
}

static Material
read_material (KilterPackBuilder *self, int product, int at)
{
  Material material = { .product = product, .at = at, .cover = NAN, .cover_at = -1 };
  const double *bought = kilter_plan_get_row (self->plan, self->version, KILTER_PURCHASE, product);
  const double *unmet = kilter_plan_get_row (self->plan, self->version, KILTER_UNMET, product);
  const double *cover = kilter_plan_get_row (self->plan, self->version, KILTER_COVER, product);
  int arrival;

  material.lead = kilter_plan_get_lead (self->plan, product);
  material.n_sources = count_sources (self->plan, product);
  arrival = self->first + material.lead;
  material.order = arrival < kilter_plan_get_n_buckets (self->plan) ? bought[arrival] : NAN;
  for (int t = self->first; t < self->first + self->n; t++)
    {
      material.bought += isnan (bought[t]) ? 0 : bought[t];
      material.unmet += isnan (unmet[t]) ? 0 : unmet[t];
      if (!isnan (cover[t]) && !(cover[t] >= material.cover))
        {
          material.cover = cover[t];
          material.cover_at = t;
        }
    }
  return material;
}

/* Those that are missing first, then those to be ordered longest ahead. */
static GArray *
read_materials (KilterPackBuilder *self)
{
  g_autoptr (GArray) products = kilter_figure_list_materials (&self->subject);
  GArray *materials = g_array_new (FALSE, FALSE, sizeof (Material));

  for (guint i = 0; i < products->len; i++)
    {
      Material material = read_material (self, g_array_index (products, int, i), (int) i);

      g_array_append_val (materials, material);
    }
  g_array_sort (materials, compare_materials);
  return materials;
}

static void
set_columns (KilterPackBuilder *self, KilterTable *table)
{
  g_autofree char *month = kilter_format_bucket (self->plan, self->first);
  /* Translators: a month */
  g_autofree char *order = g_strdup_printf (_ ("To order in %s"), month);

  kilter_table_set_column (table, 0, _ ("Material"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 1, _ ("Lead time, periods"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 2, _ ("Suppliers"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 3, order, KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 4, _ ("Purchases, all periods"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 5, _ ("Least days of cover"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 6, _ ("Least in"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 7, _ ("Missing, all periods"), KILTER_COLUMN_NUMBER);
}

static void
add_material (KilterPackBuilder *self,
              KilterTable *table,
              const Material *material,
              const KilterFormat *quantity,
              const KilterFormat *days)
{
  int row = kilter_table_add_row (
    table, kilter_plan_get_product_name (self->plan, material->product), KILTER_ROW_PLAIN);

  kilter_table_set_count (table, row, 1, material->lead);
  if (material->lead >= LONG_LEAD)
    kilter_table_set_cell (table, row, 1, KILTER_CHART_TONE_CLOSE, KILTER_CELL_STRONG);
  if (material->n_sources > 0)
    kilter_table_set_count (table, row, 2, material->n_sources);
  if (material->n_sources == 1)
    kilter_table_set_cell (table, row, 2, KILTER_CHART_TONE_CLOSE, KILTER_CELL_STRONG);
  kilter_table_set_value (table, row, 3, quantity, material->order, FALSE);
  kilter_table_set_value (table, row, 4, quantity, material->bought, FALSE);
  kilter_table_set_value (table, row, 5, days, material->cover, FALSE);
  if (material->cover_at >= 0)
    kilter_table_take (table, row, 6, kilter_format_bucket (self->plan, material->cover_at));
  kilter_table_set_value (table, row, 7, quantity, material->unmet, FALSE);
  if (material->unmet > 0)
    kilter_table_set_cell (table, row, 7, KILTER_CHART_TONE_BAD,
                           KILTER_CELL_STRONG | KILTER_CELL_SHAPE);
}

static KilterTable *
make_table (KilterPackBuilder *self, GArray *materials, KilterFormat *out_quantity)
{
  KilterTable *table = kilter_table_new (8);
  double most = 0;
  KilterFormat days;

  for (guint i = 0; i < materials->len; i++)
    {
      const Material *material = &g_array_index (materials, Material, i);

      most = fmax (most, fmax (material->bought, material->unmet));
    }
  kilter_format_init (out_quantity, KILTER_UNIT_QUANTITY, most);
  kilter_format_init (&days, KILTER_UNIT_DAYS, 100);
  set_columns (self, table);
  for (guint i = 0; i < materials->len; i++)
    add_material (self, table, &g_array_index (materials, Material, i), out_quantity, &days);
  kilter_table_add_note (table,
                         _ ("Bold: a single supplier, or a lead time of three periods or more."));
  return table;
}

/**
 * kilter_pack_add_materials:
 *
 * One page: how much of their limits the suppliers are asked for, and of each material its lead
 * time, its suppliers, what must be ordered in the cycle, its least cover and what is missing.
 * Left out where nothing is bought.
 */
void
kilter_pack_add_materials (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  g_autoptr (GArray) materials = read_materials (self);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (KilterTable) table = NULL;
  g_autofree char *title = NULL, *subtitle = NULL, *span = NULL, *unit = NULL;
  KilterFormat quantity;
  KilterPackSheet *sheet;
  KilterChart *chart;
  double y = area->y;

  if (materials->len == 0 && !kilter_figure_has_suppliers (self->plan))
    return;
  chart = kilter_figure_materials (&self->subject, self->first, self->n, NULL, &rows);
  table = make_table (self, materials, &quantity);
  title = kilter_headline_materials (&self->subject, self->first, self->n);
  span = kilter_headline_span (self->plan, self->first, self->n);
  unit = kilter_format_get_unit_name (&quantity, self->plan);
  /* Translators: a span of months, a unit such as Thousand cases */
  subtitle = g_strdup_printf (_ ("Materials · %s · %s"), span, unit);
  sheet = kilter_builder_add_page (self, _ ("Materials"), 0, title, subtitle);
  if (chart != NULL)
    {
      double height;

      /* the page says it already */
      kilter_chart_set_title (chart, /* xgettext:no-c-format */ _ ("Purchases in % of the limits"),
                              NULL);
      height = MIN (kilter_pack_measure_chart (self, chart, area->width),
                    materials->len > 0 ? area->height / 2 : area->height);
      kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { area->x, y, area->width, height },
                                   chart);
      y += height + GAP;
    }
  if (materials->len > 0)
    kilter_pack_sheet_add_table (
      self, sheet, &(KilterChartRect) { area->x, y, area->width, area->y + area->height - y },
      table);
}
