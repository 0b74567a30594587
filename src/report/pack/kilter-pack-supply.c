/* kilter-pack-supply.c: capacity, stock, scenarios
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "report/figure/kilter-figure-private.h"
#include "report/words/kilter-headline.h"
#include "report/pack/kilter-pack-private.h"

#define GAP 26
#define MAX_RESOURCES 20
#define MAX_SCENARIOS 5

static const KilterScope everything = { 0 };

static char *
get_resource_label (const KilterPlan *plan, int resource)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_RESOURCE, resource);
  const char *name = kilter_record_text (record, KILTER_RESOURCE_NAME);

  return g_strdup (*name != '\0' ? name : kilter_record_text (record, KILTER_RESOURCE_CODE));
}

typedef struct
{
  int resource;
  int at; /* its place among all */
  double peak;
} Peak;

static int
compare_peaks (gconstpointer a, gconstpointer b)
{
  const Peak *x = a, *y = b;

  if (x->peak != y->peak)
    return x->peak > y->peak ? -1 : 1;
  return x->at - y->at;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return ((const Peak *) a)->at - ((const Peak *) b)->at;
}

static const double *
get_share (KilterPackBuilder *self, KilterVersion version, gboolean of_demand, int resource)
{
  return kilter_plan_get_row (self->plan, version,
                              of_demand ? KILTER_DEMAND_LOAD_SHARE : KILTER_LOAD_SHARE, resource);
}

/* The resources with load, in their own order; of too many those with the highest. */
static GArray *
choose_resources (KilterPackBuilder *self,
                  KilterVersion version,
                  gboolean of_demand,
                  int first,
                  int n,
                  int most)
{
  g_autoptr (GArray) resources = kilter_figure_load_resources (&self->subject);
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (Peak));

  for (guint i = 0; i < resources->len; i++)
    {
      Peak peak = { g_array_index (resources, int, i), (int) i, NAN };
      const double *share = get_share (self, version, of_demand, peak.resource);

      for (int t = first; t < first + n; t++)
        if (!isnan (share[t]) && !(share[t] <= peak.peak))
          peak.peak = share[t];
      if (!isnan (peak.peak))
        g_array_append_val (chosen, peak);
    }
  if ((int) chosen->len > most)
    {
      g_array_sort (chosen, compare_peaks);
      g_array_set_size (chosen, (guint) most);
      g_array_sort (chosen, compare_places);
    }
  return chosen;
}

/**
 * kilter_pack_make_load:
 * @max_resources: of more, those with the highest load
 * @row_height: points, or 0 for the usual one
 * @width: points of a narrow place, where names are short; 0 for a wide one
 *
 * Returns: (transfer full) (nullable): load in per cent of capacity, %NULL without any
 */
KilterChart *
kilter_pack_make_load (KilterPackBuilder *self,
                       KilterVersion version,
                       gboolean of_demand,
                       int first,
                       int n,
                       int max_resources,
                       double row_height,
                       double width)
{
  g_autoptr (GArray) chosen = choose_resources (self, version, of_demand, first, n, max_resources);
  g_auto (GStrv) names = g_new0 (char *, chosen->len + 1);
  g_autofree double *values = g_new (double, MAX (chosen->len * (guint) n, 1));
  g_auto (KilterFigureTime) time = { 0 };
  KilterChart *chart;

  if (chosen->len == 0)
    return NULL;
  for (guint i = 0; i < chosen->len; i++)
    {
      int resource = g_array_index (chosen, Peak, i).resource;
      const double *share = get_share (self, version, of_demand, resource);

      names[i] = get_resource_label (self->plan, resource);
      /* "Line 2 · Sticks and bars" is "Line 2" where there is no room */
      if (width > 0 && strstr (names[i], " · ") != NULL)
        *strstr (names[i], " · ") = '\0';
      for (int t = 0; t < n; t++)
        values[i * (guint) n + (guint) t] = share[first + t] * 100;
    }
  kilter_figure_time_init (&time, self->plan, first, n);
  chart = kilter_chart_new_heat (&(KilterChartHeat) {
    .time = time.time,
    .format = { .grouped = TRUE },
    .n_rows = chosen->len,
    .row_names = (const char *const *) names,
    .values = values,
    .has_header = TRUE,
    .has_legend = TRUE,
    .place = { .gutter = width * 0.24 },
    .row_height = row_height,
  });
  kilter_chart_set_title (
    chart, of_demand ? _ ("Load of the demand, before levelling") : _ ("Load of the supply plan"),
    /* xgettext:no-c-format */ _ ("% of regular capacity"));
  return chart;
}

/* The height that it takes with its title. */
double
kilter_pack_measure_chart (KilterPackBuilder *self, KilterChart *chart, double width)
{
  double natural = 0;

  kilter_chart_measure (chart, self->ink.style, NULL, NULL, &natural);
  return natural + kilter_chart_get_frame_height (chart, width, self->ink.style);
}

/* --- overloads --- */

typedef struct
{
  int resource;
  int months;
  int worst;
  double hours; /* above capacity */
} Overload;

static int
compare_overloads (gconstpointer a, gconstpointer b)
{
  const Overload *x = a, *y = b;

  if (x->hours != y->hours)
    return x->hours > y->hours ? -1 : 1;
  return x->resource - y->resource;
}

static GArray *
find_overloads (KilterPackBuilder *self)
{
  g_autoptr (GArray) resources = kilter_figure_load_resources (&self->subject);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Overload));

  for (guint i = 0; i < resources->len; i++)
    {
      Overload entry = { .resource = g_array_index (resources, int, i), .worst = -1 };
      const double *share = get_share (self, self->version, TRUE, entry.resource);
      const double *capacity = kilter_plan_get_row (self->plan, self->version, KILTER_CAPACITY,
                                                    entry.resource);

      for (int t = self->first; t < self->first + self->n; t++)
        if (share[t] > 1.005)
          {
            entry.months++;
            entry.hours += (share[t] - 1) * capacity[t];
            if (entry.worst < 0 || share[t] > share[entry.worst])
              entry.worst = t;
          }
      if (entry.months > 0)
        g_array_append_val (found, entry);
    }
  g_array_sort (found, compare_overloads);
  return found;
}

static KilterTable *
make_overloads (KilterPackBuilder *self, GArray *overloads)
{
  KilterTable *table = kilter_table_new (7);

  kilter_table_set_column (table, 0, _ ("Overloaded by demand"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 1, _ ("Periods above 100 %"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 2, _ ("Highest in"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 3, _ ("Load of the demand"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 4, _ ("Load of the plan"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 5, _ ("Above capacity, all periods"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 6, _ ("Overtime in the plan, hours"), KILTER_COLUMN_NUMBER);
  for (guint i = 0; i < overloads->len; i++)
    {
      const Overload *entry = &g_array_index (overloads, Overload, i);
      g_autofree char *name = get_resource_label (self->plan, entry->resource);
      int row = kilter_table_add_row (table, name, KILTER_ROW_PLAIN);
      const double *planned = get_share (self, self->version, FALSE, entry->resource);
      const double *overtime = kilter_plan_get_row (self->plan, self->version,
                                                    KILTER_OVERTIME_HOURS, entry->resource);
      double hours = 0;

      for (int t = self->first; t < self->first + self->n; t++)
        hours += isnan (overtime[t]) ? 0 : overtime[t];
      kilter_table_set_count (table, row, 1, entry->months);
      kilter_table_take (table, row, 2, kilter_format_bucket (self->plan, entry->worst));
      kilter_table_set_ratio (table, row, 3,
                              get_share (self, self->version, TRUE, entry->resource)[entry->worst],
                              0, FALSE);
      kilter_table_set_cell (table, row, 3, KILTER_CHART_TONE_BAD,
                             KILTER_CELL_STRONG | KILTER_CELL_SHAPE);
      kilter_table_set_ratio (table, row, 4, planned[entry->worst], 0, FALSE);
      kilter_table_set_count (table, row, 5, (gint64) round (entry->hours));
      kilter_table_set_count (table, row, 6, (gint64) round (hours));
    }
  return table;
}

/* Two heat maps below each other, or side by side where their rows are too many. */
static double
add_loads (KilterPackBuilder *self, KilterPackSheet *sheet, double y, double room)
{
  const KilterChartRect *area = &self->area;
  static const double row_heights[] = { 0, 17, 15 };
  double half = (area->width - GAP) / 2;

  for (gsize i = 0; i < G_N_ELEMENTS (row_heights); i++)
    {
      KilterChart *charts[2];
      double heights[2] = { 0, 0 };

      for (int k = 0; k < 2; k++)
        {
          charts[k] = kilter_pack_make_load (self, self->version, k == 0, self->first, self->n,
                                             MAX_RESOURCES, row_heights[i], 0);
          if (charts[k] != NULL)
            heights[k] = kilter_pack_measure_chart (self, charts[k], area->width) + 14;
        }
      if (heights[0] + heights[1] <= room)
        {
          for (int k = 0; k < 2; k++)
            kilter_pack_sheet_add_chart (sheet,
                                         &(KilterChartRect) { area->x,
                                                              y + (k == 1 ? heights[0] : 0),
                                                              area->width, heights[k] - 14 },
                                         charts[k]);
          return heights[0] + heights[1];
        }
      for (int k = 0; k < 2; k++)
        g_clear_pointer (&charts[k], kilter_chart_free);
    }
  {
    double used = 0, tallest = 0;

    for (int k = 0; k < 2; k++)
      {
        KilterChart *chart = kilter_pack_make_load (self, self->version, k == 0, self->first,
                                                    self->n, MAX_RESOURCES, 0, half);
        double x = area->x + k * (half + GAP), natural = 0;

        if (chart == NULL)
          continue;
        used = kilter_pack_sheet_add_heading (self, sheet, x, y, half,
                                              kilter_chart_get_title (chart),
                                              kilter_chart_get_subtitle (chart));
        kilter_chart_set_title (chart, NULL, NULL);
        kilter_chart_measure (chart, self->ink.style, NULL, NULL, &natural);
        natural = MIN (natural, room - used - 14);
        kilter_pack_sheet_add_small_chart (sheet, &(KilterChartRect) { x, y + used, half, natural },
                                           chart);
        tallest = MAX (tallest, used + natural);
      }
    return tallest + 14;
  }
}

/**
 * kilter_pack_add_capacity:
 *
 * One page: load of the demand before levelling and of the plan, and what is overloaded.
 */
void
kilter_pack_add_capacity (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  g_autoptr (GArray) overloads = find_overloads (self);
  g_autoptr (GArray)
    resources = choose_resources (self, self->version, TRUE, self->first, self->n, G_MAXINT);
  g_autofree char *title = NULL, *subtitle = NULL, *span = NULL;
  double y = area->y, table_height = 0;
  g_autoptr (KilterTable) table = NULL;
  KilterPackSheet *sheet;

  if (resources->len == 0)
    return;
  title = kilter_headline_supply (&self->subject, self->first, self->n);
  span = kilter_headline_span (self->plan, self->first, self->n);
  if (resources->len > MAX_RESOURCES)
    /* Translators: a span of months; how many resources are shown, of how many */
    subtitle = g_strdup_printf (_ ("Capacity · %s · the %d resources with the highest load of %u"),
                                span, MAX_RESOURCES, resources->len);
  else
    /* Translators: a span of months */
    subtitle = g_strdup_printf (_ ("Capacity · %s"), span);
  sheet = kilter_builder_add_page (self, _ ("Capacity"), 0, title, subtitle);
  if (overloads->len > 0)
    {
      g_array_set_size (overloads, MIN (overloads->len, 6));
      table = make_overloads (self, overloads);
      kilter_table_layout (table, &self->ink, area->width);
      table_height = kilter_table_get_height (table, 0, kilter_table_get_n_rows (table));
    }
  y += add_loads (self, sheet, y, area->height - table_height);
  if (table != NULL)
    kilter_pack_sheet_add_table (
      self, sheet, &(KilterChartRect) { area->x, y, area->width, area->y + area->height - y + 1 },
      table);
}

/* --- stock --- */

/* Days of cover of the products, those with the most money at risk first. */
static KilterTable *
make_cover_table (KilterPackBuilder *self)
{
  KilterTable *table = kilter_table_new (self->n + 1);
  GArray *products = NULL;
  KilterChart *chart = kilter_figure_cover (&self->subject, self->first, self->n, NULL, &products);
  KilterFormat days;

  g_clear_pointer (&chart, kilter_chart_free);
  kilter_format_init (&days, KILTER_UNIT_DAYS, 100);
  kilter_table_set_column (table, 0, _ ("Days of cover"), KILTER_COLUMN_TEXT);
  for (int t = 0; t < self->n; t++)
    {
      g_autofree char *label = kilter_format_bucket_short (self->plan, self->first + t);

      kilter_table_set_column (table, t + 1, label, KILTER_COLUMN_NUMBER | KILTER_COLUMN_EQUAL);
    }
  for (guint i = 0; i < products->len; i++)
    {
      int product = g_array_index (products, int, i);
      const double *cover = kilter_plan_get_row (self->plan, self->version, KILTER_COVER, product);
      int row;

      if (!kilter_has_values (cover, self->first, self->n))
        continue;
      row = kilter_table_add_row (table, kilter_plan_get_product_name (self->plan, product),
                                  KILTER_ROW_PLAIN);
      for (int t = 0; t < self->n; t++)
        {
          int at = self->first + t;
          double stock = kilter_plan_get_value (self->plan, self->version, KILTER_STOCK, product,
                                                at);
          double target = kilter_plan_get_value (self->plan, self->version, KILTER_TARGET_STOCK,
                                                 product, at);
          double most = kilter_plan_get_value (self->plan, self->version, KILTER_MAX_STOCK, product,
                                               at);

          kilter_table_set_value (table, row, t + 1, &days, cover[at], FALSE);
          if (stock < target * 0.85)
            kilter_table_set_cell (table, row, t + 1, KILTER_CHART_TONE_BAD, KILTER_CELL_PROBLEM);
          else if (stock > most * 1.2)
            kilter_table_set_cell (table, row, t + 1, KILTER_CHART_TONE_CLOSE, KILTER_CELL_STRONG);
        }
    }
  kilter_table_set_row_space (table, 2.4);
  /* xgettext:no-c-format */
  kilter_table_add_note (table, _ ("Tinted: more than 15 % below the target stock. Bold: more than "
                                   "20 % above the maximum stock."));
  g_array_unref (products);
  return table;
}

/**
 * kilter_pack_add_stock:
 *
 * The stock of all products against its target, and days of cover by product, those with the most
 * money at risk first.
 */
void
kilter_pack_add_stock (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  int past = MIN (3, self->first);
  g_autofree char *title = NULL, *subtitle = NULL, *span = NULL;
  g_autofree double *stock = kilter_subject_dup (&self->subject, KILTER_STOCK);
  g_autoptr (KilterTable) table = NULL;
  KilterPackSheet *sheet;
  double height = 170, used;

  if (!kilter_has_values (stock, self->first, self->n))
    return;
  title = kilter_headline_stock (&self->subject, self->first, self->n);
  span = kilter_headline_span (self->plan, self->first, self->n);
  /* Translators: a span of months */
  subtitle = g_strdup_printf (_ ("Stock · %s"), span);
  sheet = kilter_builder_add_page (self, _ ("Stock"), 0, title, subtitle);
  table = make_cover_table (self);
  kilter_table_layout (table, &self->ink, area->width);
  used = kilter_table_get_height (table, 0, kilter_table_get_n_rows (table));
  if (used + 12 + height > area->height)
    {
      /* closer, and below a lower chart: a page for three rows would be a waste */
      kilter_table_set_row_space (table, 1.2);
      kilter_table_layout (table, &self->ink, area->width);
      used = kilter_table_get_height (table, 0, kilter_table_get_n_rows (table));
      if (used + 12 + 150 <= area->height)
        height = MIN (height, area->height - 12 - used);
    }
  kilter_pack_sheet_add_chart (
    sheet, &(KilterChartRect) { area->x, area->y, area->width, height },
    kilter_figure_stock (&self->subject, self->first - past, self->n + past, NULL, NULL, TRUE));
  if (kilter_table_get_n_rows (table) > 0)
    kilter_builder_add_table_below (self, sheet,
                                    &(KilterChartRect) { area->x, area->y + height + 12,
                                                         area->width, area->height - height - 12 },
                                    title, subtitle, table);
}

/* --- scenarios --- */

static GArray *
find_scenarios (KilterPackBuilder *self, int *out_recommended)
{
  GArray *versions = g_array_new (FALSE, FALSE, sizeof (KilterVersion));

  *out_recommended = -1;
  g_array_append_val (versions, self->version);
  if (self->recommended > 0)
    {
      g_array_append_val (versions, self->recommended);
      *out_recommended = 1;
    }
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_VERSION, version)
    if (!kilter_plan_is_snapshot (self->plan, version->id) && version->id != self->version &&
        version->id != self->recommended && versions->len < MAX_SCENARIOS)
      g_array_append_val (versions, version->id);
  return versions;
}

static KilterTable *
make_scenarios (KilterPackBuilder *self, GArray *versions)
{
  KilterTable *table = kilter_table_new (9);
  double most = kilter_builder_sum (self, self->version, KILTER_REVENUE, &everything);
  KilterFormat money, extra;
  g_autofree char *unit = NULL, *extra_unit = NULL, *quantity_unit = NULL;
  g_auto (GStrv) names = g_new0 (char *, 5);
  double largest_extra = 0, largest_unmet = 0;
  g_autofree KilterKeyFigures *figures = g_new0 (KilterKeyFigures, versions->len);
  KilterFormat quantity;

  for (guint i = 0; i < versions->len; i++)
    {
      kilter_plan_key_figures (self->plan, g_array_index (versions, KilterVersion, i), &everything,
                               self->first, self->n, &figures[i]);
      largest_extra = fmax (largest_extra, figures[i].extra_cost);
      largest_unmet = fmax (largest_unmet, figures[i].unmet);
    }
  kilter_format_init (&money, KILTER_UNIT_MONEY, most);
  money.number.decimals = MAX (money.number.decimals, money.scale_power == 6 ? 2 : 0);
  kilter_format_init (&extra, KILTER_UNIT_MONEY, largest_extra);
  kilter_format_init (&quantity, KILTER_UNIT_QUANTITY, largest_unmet);
  unit = kilter_format_get_unit_short (&money, self->plan);
  extra_unit = kilter_format_get_unit_short (&extra, self->plan);
  quantity_unit = kilter_format_get_unit_short (&quantity, self->plan);
  names[0] = g_strdup_printf ("%s, %s", _ ("Revenue"), unit);
  names[1] = g_strdup_printf ("%s, %s", _ ("Gross margin"), unit);
  names[2] = g_strdup_printf ("%s, %s", _ ("Extra cost"), extra_unit);
  names[3] = *quantity_unit != '\0' ? g_strdup_printf ("%s, %s", _ ("Unmet demand"), quantity_unit)
                                    : g_strdup (_ ("Unmet demand"));
  kilter_table_set_column (table, 0, _ ("Scenario"), KILTER_COLUMN_TEXT);
  kilter_table_set_column (table, 1, names[0], KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 2, names[1], KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 3, _ ("Margin, %"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 4, names[3], KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 5, _ ("Service"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 6, names[2], KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 7, _ ("Peak load"), KILTER_COLUMN_NUMBER);
  kilter_table_set_column (table, 8, _ ("Note"), KILTER_COLUMN_TEXT);
  for (guint i = 0; i < versions->len; i++)
    {
      KilterVersion version = g_array_index (versions, KilterVersion, i);
      const KilterRecord *record = kilter_plan_get_record (self->plan, KILTER_TABLE_VERSION,
                                                           version);
      int row = kilter_table_add_row (table, kilter_version_name (self->plan, version),
                                      version == self->recommended ? KILTER_ROW_STRONG
                                                                   : KILTER_ROW_PLAIN);

      kilter_table_set_value (table, row, 1, &money, figures[i].revenue, FALSE);
      kilter_table_set_value (table, row, 2, &money, figures[i].margin, FALSE);
      kilter_table_set_ratio (table, row, 3, figures[i].margin_share, 1, FALSE);
      kilter_table_set_value (table, row, 4, &quantity, figures[i].unmet, FALSE);
      kilter_table_set_ratio (table, row, 5, figures[i].service, 1, FALSE);
      kilter_table_set_value (table, row, 6, &extra, figures[i].extra_cost, FALSE);
      kilter_table_set_ratio (table, row, 7, figures[i].peak_load, 0, FALSE);
      if (figures[i].unmet > 0.5)
        kilter_table_set_cell (table, row, 4, KILTER_CHART_TONE_BAD, KILTER_CELL_STRONG);
      kilter_table_set (table, row, 8, kilter_record_text (record, KILTER_VERSION_NOTE));
    }
  return table;
}

/**
 * kilter_pack_add_scenarios:
 *
 * One page: up to five scenarios side by side, the recommended one marked; left out when there is
 * only one.
 */
void
kilter_pack_add_scenarios (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  int recommended;
  g_autoptr (GArray) versions = find_scenarios (self, &recommended);
  g_autoptr (KilterTable) table = NULL;
  g_autofree char *title = NULL, *subtitle = NULL, *span = NULL;
  KilterPackSheet *sheet;
  KilterChart *chart;
  double height, y = area->y;

  if (versions->len < 2 ||
      !(kilter_builder_sum (self, self->version, KILTER_SUPPLY, &everything) > 0))
    return;
  title = kilter_headline_compare (&self->subject, (KilterVersion *) (gpointer) versions->data,
                                   (int) versions->len, recommended, self->first, self->n);
  span = kilter_headline_span (self->plan, self->first, self->n);
  /* Translators: a span of months */
  subtitle = g_strdup_printf (_ ("Scenarios · %s"), span);
  sheet = kilter_builder_add_page (self, _ ("Scenarios"), 0, title, subtitle);
  chart = kilter_figure_compare (&self->subject, (KilterVersion *) (gpointer) versions->data,
                                 (int) versions->len, recommended, self->first, self->n);
  if (chart != NULL)
    {
      g_autofree char *heading = NULL;

      /* Translators: the name of a scenario */
      heading = g_strdup_printf (_ ("Difference to “%s”"),
                                 kilter_version_name (self->plan, self->version));
      kilter_chart_set_title (chart, heading, NULL);
      height = MIN (kilter_pack_measure_chart (self, chart, area->width) * 1.1, 230);
      kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { area->x, y, area->width, height },
                                   chart);
      y += height + 20;
    }
  y += kilter_pack_sheet_add_heading (self, sheet, area->x, y, area->width,
                                      _ ("Figures of each scenario"), NULL);
  table = make_scenarios (self, versions);
  y += kilter_pack_sheet_add_table (
    self, sheet, &(KilterChartRect) { area->x, y, area->width, area->y + area->height - y }, table);
  kilter_builder_leave_room (self, sheet, y);
}

/**
 * kilter_pack_add_supply:
 *
 * One page for executives: load and stock.
 */
void
kilter_pack_add_supply (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  int past = MIN (3, self->first);
  KilterChart *load = kilter_pack_make_load (self, self->version, FALSE, self->first, self->n, 10,
                                             0, 0);
  g_autofree double *stock = kilter_subject_dup (&self->subject, KILTER_STOCK);
  g_autofree char *title = NULL, *subtitle = NULL, *span = NULL;
  double y = area->y, height;
  KilterPackSheet *sheet;

  if (load == NULL && !kilter_has_values (stock, self->first, self->n))
    return;
  title = kilter_headline_supply (&self->subject, self->first, self->n);
  span = kilter_headline_span (self->plan, self->first, self->n);
  /* Translators: a span of months */
  subtitle = g_strdup_printf (_ ("Supply highlights · %s"), span);
  sheet = kilter_builder_add_page (self, _ ("Supply Highlights"), 0, title, subtitle);
  if (load != NULL)
    {
      height = MIN (kilter_pack_measure_chart (self, load, area->width), 270);
      kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { area->x, y, area->width, height },
                                   load);
      y += height + 20;
    }
  if (kilter_has_values (stock, self->first, self->n))
    kilter_pack_sheet_add_chart (
      sheet, &(KilterChartRect) { area->x, y, area->width, MIN (area->y + area->height - y, 260) },
      kilter_figure_stock (&self->subject, self->first - past, self->n + past, NULL, NULL, TRUE));
}
