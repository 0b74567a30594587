/* test-same-numbers.c: the same plan says the same numbers wherever one looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `kilterctl show` writes as CSV is the reference. Revenue, quarters and years are reckoned
 * here from those numbers, by themselves. Grid cells, their texts, the table that a page exports,
 * charts, the inspector and the printed pack are held against it. */
#include "app-fixture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/export/kilter-page-export.h"
#include "app/kilter-settings.h"
#include "app/pages/common/kilter-cell-pane.h"
#include "app/pages/common/kilter-plan-grid.h"
#include "plan/process/kilter-cycle.h"
#include "report/pack/kilter-pack.h"

#define N_MOST 120 /* buckets */

static KilterApplication *application;

typedef struct
{
  Fixture base;
  KilterWindow *window;
  KilterPlan *plan;
  char *copy;        /* path of the same plan, for kilterctl */
  GHashTable *known; /* "measure @ scope" → double[N_MOST] */
  GHashTable *read;  /* scopes that were read */
  char **months;     /* "2026-04" by bucket */
  int cycle;
  /* how much was held against the reference */
  int n_cells;
  int n_totals;
  int n_points;
  int n_chosen;
} Numbers;

/* --- the reference --- */

static char *
run (const char *const *argv)
{
  g_autofree char *out = NULL, *said = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &said, &status,
                &error);
  g_assert_no_error (error);
  if (status != 0)
    g_error ("%s: %s", argv[0], said);
  return g_steal_pointer (&out);
}

/* "family=Drinks,region=North"; a comma in a name is written twice. */
static char *
name_scope (Numbers *self, const KilterScope *scope)
{
  const struct
  {
    const char *name;
    KilterTableId table;
    int id;
  } parts[] = {
    { "category", KILTER_TABLE_CATEGORY, scope->category },
    { "family", KILTER_TABLE_FAMILY, scope->family },
    { "product", KILTER_TABLE_PRODUCT, scope->product },
    { "region", KILTER_TABLE_REGION, scope->region },
    { "channel", KILTER_TABLE_CHANNEL, scope->channel },
    { "resource", KILTER_TABLE_RESOURCE, scope->resource },
  };
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GString) name = NULL;

      if (parts[i].id == 0)
        continue;
      name = g_string_new (kilter_plan_get_key (self->plan, parts[i].table, parts[i].id));
      g_string_replace (name, ",", ",,", 0);
      g_string_append_printf (out, "%s%s=%s", out->len > 0 ? "," : "", parts[i].name, name->str);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* All measures of a part of the plan, as the command line writes them. @by: "total" or "product" */
static void
read_scope (Numbers *self, const char *scope, const char *by)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean of_products = g_str_equal (by, "product");
  g_autofree char *asked = g_strdup_printf ("%s by %s", scope, by);

  if (!g_hash_table_add (self->read, g_steal_pointer (&asked)))
    return;
  g_ptr_array_add (argv, (gpointer) g_getenv ("KILTERCTL"));
  g_ptr_array_add (argv, (gpointer) "show");
  g_ptr_array_add (argv, self->copy);
  for (int m = 0; m < KILTER_N_MEASURES; m++)
    if (!of_products || kilter_measure_get_info (m)->grain != KILTER_GRAIN_RESOURCE)
      g_ptr_array_add (argv, (gpointer) kilter_measure_get_info (m)->key);
  g_ptr_array_add (argv, (gpointer) "--format=csv");
  g_ptr_array_add (argv, (gpointer) "--by");
  g_ptr_array_add (argv, (gpointer) by);
  if (*scope != '\0')
    {
      g_ptr_array_add (argv, (gpointer) "--at");
      g_ptr_array_add (argv, (gpointer) scope);
    }
  g_ptr_array_add (argv, NULL);
  text = run ((const char *const *) argv->pdata);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      /* no name in the sample holds a comma or a quote: codes of products, keys of measures */
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      guint n_names = of_products ? 2 : 1, n = g_strv_length (cells) - n_names;
      double *values;

      g_assert_cmpuint (n, <=, N_MOST);
      g_strchomp (cells[n + n_names - 1]);
      if (i == 0)
        {
          if (self->months == NULL)
            self->months = g_strdupv (cells + n_names);
          continue;
        }
      values = g_new (double, N_MOST);
      for (guint k = 0; k < N_MOST; k++)
        values[k] = k < n && *cells[k + n_names] != '\0' ? g_ascii_strtod (cells[k + n_names], NULL)
                                                         : NAN;
      g_hash_table_insert (self->known,
                           of_products ? g_strdup_printf ("%s @ %s / %s", cells[1], scope, cells[0])
                                       : g_strdup_printf ("%s @ %s", cells[0], scope),
                           values);
    }
}

static const double *
find (Numbers *self, KilterMeasure measure, const char *scope, const char *product)
{
  const char *key = kilter_measure_get_info (measure)->key;
  g_autofree char *name = product != NULL ? g_strdup_printf ("%s @ %s / %s", key, scope, product)
                                          : g_strdup_printf ("%s @ %s", key, scope);

  return g_hash_table_lookup (self->known, name);
}

/* The numbers of a row by month: read, or, as revenue, each product times its price. */
static void
expect (Numbers *self, KilterMeasure measure, const KilterScope *scope, gboolean money, double *out)
{
  g_autofree char *name = name_scope (self, scope);

  read_scope (self, name, "total");
  if (!money || kilter_measure_get_info (measure)->unit != KILTER_UNIT_QUANTITY)
    {
      memcpy (out, find (self, measure, name, NULL), N_MOST * sizeof (double));
      return;
    }
  read_scope (self, name, "product");
  for (int t = 0; t < N_MOST; t++)
    out[t] = NAN;
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_PRODUCT, product)
    {
      const char *code = kilter_record_text (product, KILTER_PRODUCT_CODE);
      const double *quantity = find (self, measure, name, code);
      const double *price = find (self, KILTER_PRICE, name, code);

      for (int t = 0; quantity != NULL && t < N_MOST; t++)
        if (!isnan (quantity[t]) && !isnan (price[t]))
          out[t] = (isnan (out[t]) ? 0 : out[t]) + quantity[t] * price[t];
    }
}

static void
assert_same (double found, double expected, const char *where, const char *what, const char *month)
{
  if (isnan (found) && isnan (expected))
    return;
  if (!(fabs (found - expected) <= 1e-9 * MAX (fabs (expected), 1)))
    g_error ("%s: %s in %s is %.17g, the command line says %.17g", where, what, month, found,
             expected);
}

/* A number as people read it: in units, thousands or millions, rounded to the digits shown. */
static void
assert_reads (const char *text, double expected, const char *where, const char *what)
{
  g_autoptr (GString) plain = g_string_new (text);
  const char *point;
  double number, half, scales[] = { 1, 1e3, 1e6, 0.01 };

  g_string_replace (plain, "\u202f", "", 0);
  g_string_replace (plain, "\u00a0", "", 0);
  g_string_replace (plain, " ", "", 0);
  g_string_replace (plain, "\u2212", "-", 0);
  g_string_replace (plain, ",", "", 0);
  g_string_replace (plain, "+", "", 0);
  g_string_replace (plain, "$", "", 0);
  number = g_ascii_strtod (plain->str, NULL);
  point = strchr (plain->str, '.');
  half = 0.5 * pow (10, point != NULL ? -(double) strspn (point + 1, "0123456789") : 0);
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    if (fabs (number * scales[i] - expected) <= half * scales[i] * (1 + 1e-9) + 1e-9)
      return;
  g_error ("%s: %s reads “%s”, it is %.17g", where, what, text, expected);
}

/* --- finding things --- */

static void
list_charts (GtkWidget *from, GPtrArray *out)
{
  if (KILTER_IS_CHART_VIEW (from) && gtk_widget_get_mapped (from) &&
      kilter_chart_view_get_chart (KILTER_CHART_VIEW (from)) != NULL)
    g_ptr_array_add (out, from);
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    list_charts (child, out);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  kilter_document_file_finish (KILTER_DOCUMENT (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

/* The plan as it is now, for the command line. */
static void
copy_plan (Numbers *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->copy);
  gboolean done = FALSE;

  g_file_delete (file, NULL, NULL);
  kilter_document_save_copy_async (self->base.document, file, finished_cb, &done);
  wait_for (&done);
  g_hash_table_remove_all (self->known);
  g_hash_table_remove_all (self->read);
}

/* --- a grid --- */

/* The months that a column of totals stands for: after a month it ends the quarter, after another
 * total the year. */
static void
find_span (Numbers *self, KilterPlanGrid *grid, int col, int *out_first, int *out_n)
{
  int last = -1, n_totals = 0;
  gsize length = 4;

  for (int c = col; c >= 0 && (last = kilter_plan_grid_get_bucket (grid, c)) < 0; c--)
    n_totals++;
  g_assert_cmpint (last, >=, 0);
  *out_first = last;
  while (*out_first > 0 &&
         strncmp (self->months[*out_first - 1], self->months[last], length) == 0 &&
         (n_totals > 1 || (atoi (self->months[*out_first - 1] + 5) - 1) / 3 ==
                            (atoi (self->months[last] + 5) - 1) / 3))
    (*out_first)--;
  *out_n = last - *out_first + 1;
}

static gboolean
expect_total (Numbers *self,
              KilterPlanGrid *grid,
              const KilterPlanRow *row,
              int col,
              const double *months,
              double *out)
{
  KilterAggregate aggregate = kilter_measure_get_info ((KilterMeasure) row->measure)->aggregate;
  int first, n;

  find_span (self, grid, col, &first, &n);
  *out = NAN;
  for (int t = first; t < first + n; t++)
    if (!((row->flags & KILTER_PLAN_ROW_FUTURE_ONLY) && t < self->cycle) &&
        !((row->flags & KILTER_PLAN_ROW_PAST_ONLY) && t >= self->cycle) && !isnan (months[t]))
      *out = isnan (*out) || aggregate == KILTER_AGGREGATE_LAST ? months[t] : *out + months[t];
  return aggregate == KILTER_AGGREGATE_SUM || aggregate == KILTER_AGGREGATE_LAST;
}

static gboolean
is_shown (Numbers *self, const KilterPlanRow *row, int bucket)
{
  return !((row->flags & KILTER_PLAN_ROW_FUTURE_ONLY) && bucket < self->cycle) &&
         !((row->flags & KILTER_PLAN_ROW_PAST_ONLY) && bucket >= self->cycle);
}

static void
check_cell (Numbers *self,
            KilterPlanGrid *grid,
            int r,
            int c,
            double expected,
            const KilterExportTable *table,
            const char *where)
{
  const KilterExportCell *out = (KilterExportCell *) table->rows->pdata[r] + c + 1;
  g_auto (KilterGridColumn) column = KILTER_GRID_COLUMN_INIT;
  g_auto (KilterGridRow) row = KILTER_GRID_ROW_INIT;
  KilterGridCell cell = { 0 };

  kilter_grid_model_get_cell (KILTER_GRID_MODEL (grid), r, c, &cell);
  kilter_grid_model_get_row (KILTER_GRID_MODEL (grid), r, &row);
  kilter_grid_model_get_column (KILTER_GRID_MODEL (grid), c, &column);
  assert_same (cell.value, expected, where, row.label, column.description);
  assert_same (out->number, expected, "exported table", row.label, column.description);
  if (!isnan (cell.value) && g_ascii_isdigit (cell.text[strcspn (cell.text, "0123456789")]))
    assert_reads (cell.text, expected, where, row.label);
}

static void
check_grid (Numbers *self, KilterPlanGrid *grid, gboolean money, const char *where)
{
  int n_rows = kilter_grid_model_get_n_rows (KILTER_GRID_MODEL (grid));
  int n_cols = kilter_grid_model_get_n_cols (KILTER_GRID_MODEL (grid));
  g_autoptr (KilterExportTable) table = kilter_grid_model_to_table (KILTER_GRID_MODEL (grid), "");
  double months[N_MOST];

  for (int r = 0; r < n_rows; r++)
    {
      const KilterPlanRow *row = kilter_plan_grid_get_row (grid, r);

      if (row->measure < 0 || row->read != NULL || (row->flags & KILTER_PLAN_ROW_REASON))
        continue;
      /* bounds do not add up by product */
      if (money &&
          kilter_measure_get_info ((KilterMeasure) row->measure)->aggregate != KILTER_AGGREGATE_SUM)
        continue;
      expect (self, (KilterMeasure) row->measure, &row->scope, money, months);
      for (int c = 0; c < n_cols; c++)
        {
          int bucket = kilter_plan_grid_get_bucket (grid, c);
          double total;

          if (bucket >= 0)
            {
              check_cell (self, grid, r, c, is_shown (self, row, bucket) ? months[bucket] : NAN,
                          table, where);
              self->n_cells++;
            }
          else if (c < n_cols - kilter_grid_model_get_n_frozen (KILTER_GRID_MODEL (grid)) &&
                   expect_total (self, grid, row, c, months, &total))
            {
              check_cell (self, grid, r, c, total, table, where);
              self->n_totals++;
            }
        }
    }
}

/* --- charts --- */

static const struct
{
  const char *page;
  const char *name;
  KilterMeasure measure;
} series_names[] = {
  { "demand/consensus", "Consensus", KILTER_DEMAND },
  { "demand/consensus", "Statistical", KILTER_STATISTICAL },
  { "demand/consensus", "Last year", KILTER_LAST_YEAR },
  { "forecast/forecast", "Actual", KILTER_ACTUAL },
  { "forecast/forecast", "Statistical", KILTER_STATISTICAL },
  { "forecast/forecast", "Final", KILTER_FINAL },
  { "supply/capacity", "Projected", KILTER_STOCK },
  { "supply/capacity", "Target", KILTER_TARGET_STOCK },
  { "supply/capacity", "Unmet demand", KILTER_UNMET },
};

static void
check_charts (Numbers *self, const char *page, const KilterScope *scope, gboolean money)
{
  g_autoptr (GPtrArray) charts = g_ptr_array_new ();

  list_charts (GTK_WIDGET (kilter_window_get_page (self->window)), charts);
  for (guint i = 0; i < charts->len; i++)
    {
      KilterChartView *view = charts->pdata[i];
      const KilterChartTable *table = kilter_chart_describe (kilter_chart_view_get_chart (view));
      int first = kilter_chart_view_get_first_bucket (view);

      for (gsize r = 0; first >= 0 && r < table->n_rows; r++)
        for (gsize k = 0; k < G_N_ELEMENTS (series_names); k++)
          {
            double months[N_MOST];

            if (!g_str_equal (series_names[k].page, page) ||
                !g_str_equal (series_names[k].name, table->row_names[r]))
              continue;
            expect (self, series_names[k].measure, scope, money, months);
            g_assert_cmpint (first + (int) table->n_columns, <=,
                             kilter_plan_get_n_buckets (self->plan));
            for (gsize c = 0; c < table->n_columns; c++)
              if (!isnan (table->values[r * table->n_columns + c]))
                {
                  assert_same (table->values[r * table->n_columns + c], months[first + (int) c],
                               "chart", table->row_names[r], table->column_names[c]);
                  self->n_points++;
                }
          }
    }
}

/* --- the inspector --- */

static void
check_inspector (Numbers *self, KilterGrid *view, KilterPlanGrid *grid, const char *where)
{
  GtkWidget *inspector = kilter_page_get_inspector (kilter_window_get_page (self->window));
  GtkWidget *pane = inspector != NULL ? find_widget (inspector, KILTER_TYPE_CELL_PANE) : NULL;
  int n_rows = kilter_grid_model_get_n_rows (KILTER_GRID_MODEL (grid));
  int n_cols = kilter_grid_model_get_n_cols (KILTER_GRID_MODEL (grid));

  if (pane == NULL)
    return;
  for (int r = 0; r < n_rows; r++)
    for (int c = r % 3; c < n_cols; c += 5)
      {
        KilterGridCell cell = { 0 };
        GtkWidget *facts, *value;

        kilter_grid_model_get_cell (KILTER_GRID_MODEL (grid), r, c, &cell);
        if (isnan (cell.value))
          continue;
        kilter_grid_select (view, r, c);
        facts = find_widget (pane, GTK_TYPE_GRID);
        value = gtk_grid_get_child_at (GTK_GRID (facts), 1, 0);
        g_assert_true (GTK_IS_LABEL (value));
        assert_reads (gtk_label_get_text (GTK_LABEL (value)), cell.value, where, "inspector");
        self->n_chosen++;
      }
}

/* --- pages --- */

/* What the page is about: supply is of a line even where no product is chosen. */
static const KilterScope *
find_scope (KilterPlanGrid *grid)
{
  int row = 0;

  while (kilter_plan_grid_get_row (grid, row)->measure < 0)
    row++;
  return &kilter_plan_grid_get_row (grid, row)->scope;
}

static void
check_page (Numbers *self, const char *name, const KilterScope *scope, KilterDisplayUnit unit)
{
  KilterSession *session = kilter_window_get_session (self->window);
  g_autofree char *where = g_strdup_printf ("%s, %s", name, unit == 0 ? "cases" : "revenue");
  KilterGrid *view;

  kilter_session_set_scope (session, scope);
  kilter_session_set_unit (session, unit);
  g_assert_true (kilter_window_show (self->window, name));
  wait_milliseconds (200);
  view = KILTER_GRID (
    find_widget (GTK_WIDGET (kilter_window_get_page (self->window)), KILTER_TYPE_GRID));
  g_assert_nonnull (view);
  g_assert_true (KILTER_IS_PLAN_GRID (kilter_grid_get_model (view)));
  check_grid (self, KILTER_PLAN_GRID (kilter_grid_get_model (view)), unit != 0, where);
  check_charts (self, name, find_scope (KILTER_PLAN_GRID (kilter_grid_get_model (view))),
                unit != 0);
  check_inspector (self, view, KILTER_PLAN_GRID (kilter_grid_get_model (view)), where);
}

static void
test_pages (Numbers *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    gboolean has_money;
  } pages[] = {
    { "forecast/forecast", TRUE }, { "demand/consensus", TRUE }, { "supply/capacity", FALSE },
    { "supply/stock", FALSE },     { "balance/sheet", FALSE },
  };
  const KilterScope scopes[] = { { 0 }, { .family = 2 }, { .product = 5 } };

  for (gsize p = 0; p < G_N_ELEMENTS (pages); p++)
    for (gsize s = 0; s < G_N_ELEMENTS (scopes); s++)
      for (int money = 0; money <= pages[p].has_money; money++)
        check_page (self, pages[p].name, &scopes[s],
                    money ? KILTER_DISPLAY_REVENUE : KILTER_DISPLAY_CASES);
  g_test_message ("%d cells, %d totals, %d points of charts, %d in the inspector", self->n_cells,
                  self->n_totals, self->n_points, self->n_chosen);
  g_assert_cmpint (self->n_cells, >, 3000);
  g_assert_cmpint (self->n_totals, >, 1000);
  g_assert_cmpint (self->n_points, >, 500);
  g_assert_cmpint (self->n_chosen, >, 200);
}

/* What is typed into a quarter is the same everywhere, too. */
static void
test_edited (Numbers *self, gconstpointer data)
{
  const KilterScope scope = { .family = 2 };
  g_autoptr (GError) error = NULL;
  KilterPlanGrid *grid;
  KilterCommand *command;
  int col, row = 0;

  command = kilter_cycle_reopen_step (self->plan, 2, "Late news", &error);
  g_assert_no_error (error);
  g_assert_true (kilter_document_apply (self->base.document, command, NULL));
  check_page (self, "demand/consensus", &scope, KILTER_DISPLAY_CASES);
  grid = KILTER_PLAN_GRID (kilter_grid_get_model (KILTER_GRID (
    find_widget (GTK_WIDGET (kilter_window_get_page (self->window)), KILTER_TYPE_GRID))));
  while (kilter_plan_grid_get_row (grid, row)->measure != KILTER_CONSENSUS)
    row++;
  col = kilter_plan_grid_get_col (grid, self->cycle + 4);
  while (kilter_plan_grid_get_bucket (grid, col) >= 0)
    col++;
  g_assert_true (kilter_grid_model_set_text (KILTER_GRID_MODEL (grid), row, col, "+7%", &error));
  g_assert_no_error (error);
  copy_plan (self);
  check_page (self, "demand/consensus", &scope, KILTER_DISPLAY_CASES);
  check_page (self, "demand/consensus", &scope, KILTER_DISPLAY_REVENUE);
  check_page (self, "balance/sheet", &scope, KILTER_DISPLAY_CASES);
}

/* --- paper --- */

/* The numbers after a label, in one line of the printed text. */
static GPtrArray *
take_numbers (const char *line)
{
  g_autoptr (GRegex) number = g_regex_new ("[+\u2212-]?[0-9][0-9,]*(\\.[0-9]+)?", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);

  for (g_regex_match (number, line, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    g_ptr_array_add (out, g_match_info_fetch (match, 0));
  return out;
}

static char *
print_demand (Numbers *self)
{
  const KilterPackOptions options = { .meeting = KILTER_MEETING_DEMAND,
                                      .printed = "2026-04-23T08:40:00",
                                      .version = KILTER_BASELINE,
                                      .author = "Test" };
  g_autoptr (KilterPack) pack = kilter_pack_new (self->plan, &options);
  g_autofree char *path = g_strconcat (self->copy, ".pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *const argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *text;

  g_assert_true (kilter_pack_save_pdf (pack, file, NULL, &error));
  g_assert_no_error (error);
  text = run (argv);
  g_file_delete (file, NULL, NULL);
  return text;
}

static void
test_paper (Numbers *self, gconstpointer data)
{
  static const struct
  {
    const char *label;
    KilterMeasure measure;
  } rows[] = {
    { "Statistical forecast", KILTER_STATISTICAL },
    { "Demand", KILTER_DEMAND },
    { "Same period last year", KILTER_LAST_YEAR },
    { "Consensus revenue", KILTER_CONSENSUS_REVENUE },
  };
  g_autofree char *path = g_find_program_in_path ("pdftotext");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int family = 0, n_checked = 0;

  if (path == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }
  text = print_demand (self);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i] + strspn (lines[i], " \f");

      KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_FAMILY, record)
        {
          g_autofree char *title = g_strdup_printf (
            "%s: ", kilter_record_text (record, KILTER_FAMILY_NAME));

          if (g_str_has_prefix (line, title))
            family = record->id;
        }
      for (gsize k = 0; family != 0 && k < G_N_ELEMENTS (rows); k++)
        {
          KilterScope scope = { .family = family };
          g_autoptr (GPtrArray) numbers = NULL;
          double months[N_MOST];

          if (!g_str_has_prefix (line, rows[k].label))
            continue;
          numbers = take_numbers (line + strlen (rows[k].label));
          if (numbers->len < 12)
            continue;
          expect (self, rows[k].measure, &scope, FALSE, months);
          /* three months of the past, where there are numbers for them */
          for (guint t = 0; t < numbers->len; t++)
            {
              int bucket = self->cycle - 3 + (int) t;

              if (isnan (months[self->cycle - 1]))
                bucket += 3;
              assert_reads (numbers->pdata[t], months[bucket], "paper", rows[k].label);
              n_checked++;
            }
        }
    }
  g_test_message ("%d printed numbers", n_checked);
  g_assert_cmpint (n_checked, >, 100);
}

/* --- the plan --- */

static void
set_up (Numbers *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->base.folder = g_dir_make_tmp ("kilter-numbers-XXXXXX", NULL);
  path = g_build_filename (self->base.folder, "bluebird.kilter", NULL);
  self->copy = g_build_filename (self->base.folder, "copy.kilter", NULL);
  self->base.file = g_file_new_for_path (path);
  {
    const char *const argv[] = { g_getenv ("KILTERCTL"), "new", "--sample", path, NULL };

    g_free (run (argv));
  }
  self->base.document = open_document (self->base.file, KILTER_STORE_DEFAULT, &error);
  g_assert_no_error (error);
  self->plan = kilter_document_get_plan (self->base.document);
  self->cycle = kilter_plan_get_n_history (self->plan);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->read = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  copy_plan (self);
  g_settings_set_boolean (kilter_settings_get (), "quarter-totals", TRUE);
  g_settings_set_boolean (kilter_settings_get (), "year-totals", TRUE);
  self->window = fixture_show (&self->base, GTK_APPLICATION (application), "demand/consensus");
}

static void
tear_down (Numbers *self, gconstpointer data)
{
  g_autoptr (GFile) copy = g_file_new_for_path (self->copy);

  gtk_window_destroy (GTK_WINDOW (self->window));
  wait_milliseconds (50);
  g_file_delete (copy, NULL, NULL);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->read);
  g_strfreev (self->months);
  g_free (self->copy);
  fixture_tear_down (&self->base, data);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/app/same-numbers/" path, Numbers, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  application = fixture_start (&argc, &argv);
  ADD ("pages", test_pages);
  ADD ("edited", test_edited);
  ADD ("paper", test_paper);
  return fixture_run (application);
}
