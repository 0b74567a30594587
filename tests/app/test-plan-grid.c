/* test-plan-grid.c: the planning grid of the demand review over a small plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-fixture.h"

#include <math.h>
#include <string.h>

#include "app/kilter-settings.h"
#include "app/pages/common/kilter-pivot-state.h"
#include "app/export/kilter-page-print.h"
#include "app/pages/common/kilter-plan-grid.h"
#include "app/pages/common/kilter-plan-months.h"
#include "app/widgets/kilter-form.h"
#include "app/window/kilter-window.h"
#include "plan/process/kilter-cycle.h"

#define CYCLE 24
#define GREEN 1
#define BLACK 2

static KilterApplication *application;

typedef struct
{
  Fixture base;
  KilterWindow *window;
  KilterGrid *view;
  KilterPlanGrid *grid;
  KilterPlan *plan;
} Demand;

/* The demand review with a forecast of 100 for each product and month. */
static void
set_up (Demand *self, gconstpointer data)
{
  KilterCommand *command;
  double values[12];

  fixture_set_up (&self->base, data);
  self->plan = kilter_document_get_plan (self->base.document);
  command = kilter_command_new ("test", "Forecast");
  for (int t = 0; t < 12; t++)
    values[t] = 100;
  for (int series = 1; series <= 2; series++)
    kilter_command_set_values (command, self->plan, KILTER_BASELINE, KILTER_STATISTICAL,
                               KILTER_LAYER_FACT, series, CYCLE, 12, values);
  for (int product = 1; product <= 2; product++)
    kilter_command_set_field_number (command, self->plan, KILTER_TABLE_PRODUCT, product,
                                     KILTER_PRODUCT_PRICE, 10 * product);
  g_assert_true (kilter_document_apply (self->base.document, command, NULL));

  g_settings_set_boolean (kilter_settings_get (), "quarter-totals", FALSE);
  self->window = fixture_show (&self->base, GTK_APPLICATION (application), "demand/consensus");
  self->view = KILTER_GRID (
    find_widget (GTK_WIDGET (kilter_window_get_page (self->window)), KILTER_TYPE_GRID));
  g_assert_nonnull (self->view);
  self->grid = KILTER_PLAN_GRID (kilter_grid_get_model (self->view));
}

static void
tear_down (Demand *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  wait_milliseconds (50);
  fixture_tear_down (&self->base, data);
}

/* --- finding things --- */

/* The first row of a measure, or the row of a label. */
static int
find_row (Demand *self, const char *label)
{
  int n = kilter_grid_model_get_n_rows (KILTER_GRID_MODEL (self->grid));

  for (int i = 0; i < n; i++)
    {
      g_auto (KilterGridRow) row = KILTER_GRID_ROW_INIT;

      kilter_grid_model_get_row (KILTER_GRID_MODEL (self->grid), i, &row);
      if (g_str_equal (row.label, label))
        return i;
    }
  return -1;
}

static int
find_col (Demand *self, const char *label, int nth)
{
  int n = kilter_grid_model_get_n_cols (KILTER_GRID_MODEL (self->grid));

  for (int i = 0; i < n; i++)
    {
      g_auto (KilterGridColumn) column = KILTER_GRID_COLUMN_INIT;

      kilter_grid_model_get_column (KILTER_GRID_MODEL (self->grid), i, &column);
      if (g_str_equal (column.label, label) && nth-- == 0)
        return i;
    }
  return -1;
}

static void
type (Demand *self, int row, int col, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (row, >=, 0);
  g_assert_cmpint (col, >=, 0);
  kilter_grid_model_set_text (KILTER_GRID_MODEL (self->grid), row, col, text, &error);
  g_assert_no_error (error);
  wait_milliseconds (50);
}

static double
consensus (Demand *self, int series, int bucket)
{
  return kilter_plan_get_value (self->plan, KILTER_BASELINE, KILTER_CONSENSUS, series, bucket);
}

/* --- totals of time --- */

static void
show_quarters (Demand *self)
{
  g_settings_set_boolean (kilter_settings_get (), "quarter-totals", TRUE);
  wait_milliseconds (100);
}

static void
test_quarter (Demand *self, gconstpointer data)
{
  int row, col;
  g_autofree char *text = NULL;

  show_quarters (self);
  row = find_row (self, "Consensus");
  /* April to June, the first quarter of the horizon that is whole */
  col = kilter_plan_grid_get_col (self->grid, CYCLE + 2) + 1;
  g_assert_cmpint (kilter_plan_grid_get_bucket (self->grid, col), ==, -1);
  text = kilter_plan_grid_get_text (self->grid, row, col);
  g_assert_cmpstr (text, ==, "600.0");
  type (self, row, col, "900");
  for (int t = CYCLE; t < CYCLE + 3; t++)
    for (int series = 1; series <= 2; series++)
      g_assert_cmpfloat (consensus (self, series, t), ==, 150);
  g_assert_cmpfloat (consensus (self, 1, CYCLE + 3), ==, 100);
  /* one step */
  g_assert_true (kilter_document_undo (self->base.document, NULL));
  g_assert_cmpfloat (consensus (self, 2, CYCLE + 1), ==, 100);
  /* the month after it is still found where it stands */
  g_assert_cmpint (kilter_plan_grid_get_col (self->grid, CYCLE + 3), ==, col + 1);
}

/* --- spreading by another key --- */

static void
test_spread_key (Demand *self, gconstpointer data)
{
  int row = find_row (self, "Consensus");
  int col = kilter_plan_grid_get_col (self->grid, CYCLE);
  const KilterPlanGridSpread *spread;

  /* last year the products sold the same; now they are planned 1 to 3 */
  type (self, find_row (self, "Tea"), col, "100");
  kilter_grid_model_toggle_expanded (KILTER_GRID_MODEL (self->grid), find_row (self, "Tea"));
  type (self, find_row (self, "Green"), col, "25");
  type (self, find_row (self, "Black"), col, "75");
  row = find_row (self, "Consensus");
  type (self, row, col, "200");
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE), ==, 50);
  spread = kilter_plan_grid_get_spread (self->grid);
  g_assert_nonnull (spread);
  g_assert_cmpint (spread->result.n_cells, ==, 2);
  kilter_plan_grid_set_spread (self->grid, KILTER_SPREAD_LAST_YEAR);
  wait_milliseconds (50);
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE), ==, 100);
  g_assert_cmpfloat (consensus (self, BLACK, CYCLE), ==, 100);
  /* there is one step to take back, not two */
  g_assert_true (kilter_document_undo (self->base.document, NULL));
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE), ==, 25);
  /* after another change it is too late */
  type (self, row, col, "200");
  type (self, row, col + 1, "300");
  g_assert_cmpint (kilter_plan_grid_get_spread (self->grid)->col, ==, col + 1);
}

/* --- locks --- */

static void
test_locks (Demand *self, gconstpointer data)
{
  int col = kilter_plan_grid_get_col (self->grid, CYCLE);
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterGridBlock) block = kilter_grid_block_new_from_tsv ("7\t8\n9\t10\n", -1);
  g_autofree char *message = NULL;
  KilterGridRange range;
  int green;

  kilter_grid_model_toggle_expanded (KILTER_GRID_MODEL (self->grid), find_row (self, "Tea"));
  green = find_row (self, "Green");
  kilter_grid_select (self->view, green, col);
  kilter_plan_grid_toggle_lock (self->grid);
  wait_milliseconds (50);
  g_assert_false (
    kilter_grid_model_set_text (KILTER_GRID_MODEL (self->grid), green, col, "5", &error));
  g_assert_error (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_LOCKED);
  type (self, find_row (self, "Consensus"), col, "300");
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE), ==, 100);
  g_assert_cmpfloat (consensus (self, BLACK, CYCLE), ==, 200);
  /* pasting goes around it and says so */
  range = (KilterGridRange) { green, col, 2, 2 };
  g_assert_cmpint (find_row (self, "Black"), ==, green + 1);
  g_clear_error (&error);
  g_assert_true (
    kilter_grid_model_paste (KILTER_GRID_MODEL (self->grid), &range, block, &message, &error));
  g_assert_nonnull (strstr (message, "3"));
  g_assert_nonnull (strstr (message, "locked"));
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE), ==, 100);
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE + 1), ==, 8);
  g_assert_cmpfloat (consensus (self, BLACK, CYCLE), ==, 9);
  g_assert_cmpfloat (consensus (self, BLACK, CYCLE + 1), ==, 10);
}

/* A word among the numbers: nothing is taken. */
static void
test_paste_words (Demand *self, gconstpointer data)
{
  g_autoptr (KilterGridBlock) block = kilter_grid_block_new_from_tsv ("7\tsoon\n", -1);
  g_autoptr (GError) error = NULL;
  KilterGridRange range = { find_row (self, "Consensus"),
                            kilter_plan_grid_get_col (self->grid, CYCLE), 1, 2 };

  g_assert_false (
    kilter_grid_model_paste (KILTER_GRID_MODEL (self->grid), &range, block, NULL, &error));
  g_assert_error (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_INVALID);
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE), ==, 100);
}

/* --- filling --- */

static void
test_fill (Demand *self, gconstpointer data)
{
  int row = find_row (self, "Consensus");
  int col = kilter_plan_grid_get_col (self->grid, CYCLE);
  KilterGridFill fill = { .source = { row, col, 1, 1 },
                          .target = { row, col + 1, 1, 2 },
                          .direction = KILTER_GRID_FILL_RIGHT };
  g_autoptr (GError) error = NULL;

  /* 112 were sold of each in April a year before: 280 is 1.25 times as much */
  type (self, row, col, "280");
  g_assert_true (kilter_grid_model_fill (KILTER_GRID_MODEL (self->grid), &fill, NULL, &error));
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE + 2), ==, 140);
  g_assert_true (kilter_document_undo (self->base.document, NULL));
  wait_milliseconds (50);
  fill.continue_season = TRUE;
  g_assert_true (kilter_grid_model_fill (KILTER_GRID_MODEL (self->grid), &fill, NULL, &error));
  g_assert_cmpfloat_with_epsilon (
    consensus (self, GREEN, CYCLE + 1) + consensus (self, BLACK, CYCLE + 1), 2 * 113 * 1.25, 1e-9);
  g_assert_cmpfloat_with_epsilon (
    consensus (self, GREEN, CYCLE + 2) + consensus (self, BLACK, CYCLE + 2), 2 * 114 * 1.25, 1e-9);
}

/* The row before may be the heading of a group. */
static void
test_fill_from_heading (Demand *self, gconstpointer data)
{
  KilterGridModel *model = KILTER_GRID_MODEL (self->grid);
  int col = kilter_plan_grid_get_col (self->grid, CYCLE), n = kilter_grid_model_get_n_rows (model);
  int n_headings = 0;

  for (int row = 0; row + 1 < n; row++)
    {
      KilterGridFill fill = { .source = { row, col, 1, 1 },
                              .target = { row + 1, col, 1, 1 },
                              .direction = KILTER_GRID_FILL_DOWN };
      g_autoptr (GError) error = NULL;

      if (kilter_plan_grid_get_row (self->grid, row)->measure >= 0)
        continue;
      n_headings++;
      g_assert_false (kilter_grid_model_fill (model, &fill, NULL, &error));
      g_assert_error (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_SHAPE);
    }
  g_assert_cmpint (n_headings, >, 0);
}

/* --- what a selection sums to, and money --- */

static void
test_status (Demand *self, gconstpointer data)
{
  KilterPlanGridStatus status;
  KilterGridRange range = { find_row (self, "Consensus"),
                            kilter_plan_grid_get_col (self->grid, CYCLE), 1, 3 };

  kilter_grid_select_range (self->view, &range);
  kilter_plan_grid_get_status (self->grid, &status);
  g_assert_cmpint (status.count, ==, 3);
  g_assert_cmpfloat (status.sum, ==, 600);
  g_assert_cmpfloat (status.mean, ==, 200);
}

static void
test_revenue (Demand *self, gconstpointer data)
{
  int col = kilter_plan_grid_get_col (self->grid, CYCLE);

  kilter_session_set_unit (kilter_window_get_session (self->window), KILTER_DISPLAY_REVENUE);
  wait_milliseconds (100);
  kilter_grid_model_toggle_expanded (KILTER_GRID_MODEL (self->grid), find_row (self, "Tea"));
  /* 20 a piece */
  type (self, find_row (self, "Black"), col, "3000");
  g_assert_cmpfloat_with_epsilon (consensus (self, BLACK, CYCLE), 150, 1e-9);
  kilter_session_set_unit (kilter_window_get_session (self->window), KILTER_DISPLAY_CASES);
}

/* --- rows --- */

static void
test_pivot (Demand *self, gconstpointer data)
{
  KilterSession *session = kilter_window_get_session (self->window);

  type (self, find_row (self, "Tea"), kilter_plan_grid_get_col (self->grid, CYCLE), "300");
  kilter_session_set_pivot (session, "group=region-family");
  wait_milliseconds (100);
  g_assert_cmpint (find_row (self, "Tea"), ==, -1);
  g_assert_cmpint (find_row (self, "North"), >, 0);
  /* all levels */
  kilter_grid_model_expand_to_level (KILTER_GRID_MODEL (self->grid), 2);
  g_assert_cmpint (find_row (self, "Tea"), >, find_row (self, "North"));
  kilter_grid_model_expand_to_level (KILTER_GRID_MODEL (self->grid), 1);
  g_assert_cmpint (find_row (self, "Tea"), ==, -1);

  /* sorted and filtered by a number */
  kilter_session_set_pivot (session, "group=product-region sort=consensus/down/2026-04");
  wait_milliseconds (100);
  type (self, find_row (self, "Black"), kilter_plan_grid_get_col (self->grid, CYCLE), "500");
  /* rows do not run away from what is typed … */
  g_assert_cmpint (find_row (self, "Green"), <, find_row (self, "Black"));
  /* … until somebody sorts again */
  kilter_session_set_pivot (session, "group=product-region sort=consensus/up/2026-04");
  wait_milliseconds (100);
  kilter_session_set_pivot (session, "group=product-region sort=consensus/down/2026-04");
  wait_milliseconds (100);
  g_assert_cmpint (find_row (self, "Green"), >, find_row (self, "Black"));
  kilter_session_set_pivot (session, "group=product-region filter=consensus/least/2026-04/400");
  wait_milliseconds (100);
  g_assert_cmpint (find_row (self, "Green"), ==, -1);
  g_assert_cmpint (find_row (self, "Black"), >, 0);
}

static void
test_pivot_text (void)
{
  static const char *const texts[] = {
    "group=family-product",
    "group=line-product sort=consensus/down/2026-07",
    "group=region-family sort=demand/up/2026-07 filter=consensus/most/2027-01/12.5",
  };
  static const char *const damaged[] = { "",
                                         "group=",
                                         "group=x sort=",
                                         "sort=",
                                         "sort=a/b/c/d/e",
                                         "filter=consensus/least/x/1",
                                         "= = =",
                                         "filter=consensus/least/2026-07/inf" };
  KilterPivotState state;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *again = NULL;

      kilter_pivot_state_parse (&state, texts[i], KILTER_BUCKET_MONTH);
      again = kilter_pivot_state_print (&state, KILTER_BUCKET_MONTH);
      g_assert_cmpstr (again, ==, texts[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      kilter_pivot_state_parse (&state, damaged[i], KILTER_BUCKET_MONTH);
      g_assert_cmpint (state.kind, ==, 0);
      g_assert_cmpint (state.sort_measure, ==, -1);
      g_assert_cmpint (state.filter_measure, ==, -1);
    }
}

/* --- undo shows where --- */

static void
test_undo_jumps (Demand *self, gconstpointer data)
{
  int row = find_row (self, "Consensus");
  int col = kilter_plan_grid_get_col (self->grid, CYCLE + 3);
  int at_row, at_col;

  type (self, row, col, "300");
  kilter_grid_select (self->view, row, col + 2);
  g_assert_true (kilter_document_undo (self->base.document, NULL));
  wait_milliseconds (100);
  kilter_grid_get_cursor (self->view, &at_row, &at_col);
  g_assert_cmpint (at_row, ==, row);
  g_assert_cmpint (at_col, ==, col);
}

/* The months stand where their columns do; nothing stands over a total. */
static void
test_place (Demand *self, gconstpointer data)
{
  KilterChartPlace place = { 0 };
  int first, n;

  show_quarters (self);
  g_assert_cmpint (find_col (self, "Q2", 0), >, 0);
  g_assert_true (kilter_plan_grid_get_place (self->grid, &first, &n, &place));
  for (int i = 0; i < n; i++)
    {
      gsize n_edges;
      const double *edges = kilter_grid_get_column_edges (self->view, &n_edges);
      int col = kilter_plan_grid_get_col (self->grid, first + i);

      g_assert_cmpint (col, >=, 0);
      g_assert_cmpfloat (place.edges[i], ==, edges[col]);
      g_assert_cmpfloat (place.ends[i], ==, edges[col + 1]);
    }
}

/* --- other columns --- */

/* Quarters instead of months: what is typed is spread, the chart still has its months. */
static void
test_time (Demand *self, gconstpointer data)
{
  KilterSession *session = kilter_window_get_session (self->window);
  int row, col, first, n;
  g_auto (KilterGridColumn) column = KILTER_GRID_COLUMN_INIT;
  KilterPlanGridStatus status;
  KilterChartPlace place;

  kilter_session_set_time (session, KILTER_TIME_QUARTERS);
  wait_milliseconds (100);
  row = find_row (self, "Consensus");
  g_assert_cmpint (kilter_plan_grid_get_col (self->grid, CYCLE), ==, -1);
  col = kilter_plan_grid_find_col (self->grid, CYCLE + 1);
  kilter_grid_model_get_column (KILTER_GRID_MODEL (self->grid), col, &column);
  g_assert_cmpstr (column.label, ==, "Q2");
  g_assert_cmpint (column.flags & KILTER_GRID_COLUMN_FLAG_TOTAL, ==, 0);
  type (self, row, col, "900");
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE + 2), ==, 150);
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE + 3), ==, 100);
  kilter_grid_select_range (self->view, &(KilterGridRange) { row, col, 1, 2 });
  kilter_plan_grid_get_status (self->grid, &status);
  g_assert_cmpfloat (status.sum, ==, 1500);
  g_assert_true (kilter_plan_grid_get_place (self->grid, &first, &n, &place));
  g_assert_cmpint (first + n, <=, kilter_plan_get_n_buckets (self->plan));
  for (int i = 0; i < n; i++)
    g_assert_cmpfloat (place.edges[i], <, place.edges[i + 1]);
  kilter_session_set_time (session, KILTER_TIME_YEARS);
  wait_milliseconds (100);
  col = kilter_plan_grid_find_col (self->grid, CYCLE);
  g_assert_cmpint (kilter_plan_grid_find_col (self->grid, CYCLE + 8), ==, col);
  kilter_session_set_time (session, KILTER_TIME_BUCKETS);
  wait_milliseconds (100);
  g_assert_cmpint (kilter_plan_grid_get_col (self->grid, CYCLE), >=, 0);
}

/* --- finished steps, and what was agreed in them --- */

static void
finish (Demand *self, int step)
{
  g_autoptr (GError) error = NULL;
  KilterCommand *command = kilter_cycle_finish_step (self->plan, KILTER_BASELINE, step, "Ana",
                                                     "2026-04-09T10:00:00Z", &error);

  g_assert_no_error (error);
  g_assert_true (kilter_document_apply (self->base.document, command, NULL));
  wait_milliseconds (100);
}

static KilterGridCell
get_cell (Demand *self, int row, int col)
{
  KilterGridCell cell = { 0 };

  kilter_grid_model_get_cell (KILTER_GRID_MODEL (self->grid), row, col, &cell);
  return cell;
}

static void
test_finished (Demand *self, gconstpointer data)
{
  int row = find_row (self, "Consensus"), col = kilter_plan_grid_get_col (self->grid, CYCLE);
  KilterPage *page = kilter_window_get_page (self->window);
  KilterVersion snapshot;
  g_autoptr (GError) error = NULL;
  g_autofree char *tooltip = NULL;
  KilterCommand *command;

  finish (self, 2);
  g_assert_true (kilter_page_is_read_only (page));
  g_assert_false (
    kilter_grid_model_set_text (KILTER_GRID_MODEL (self->grid), row, col, "140", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  /* nothing else gets in either; it can be talked about */
  command = kilter_command_new ("edit", "Edit");
  kilter_command_set_value (command, self->plan, KILTER_BASELINE, KILTER_CONSENSUS,
                            KILTER_LAYER_INPUT, GREEN, CYCLE, 5);
  g_assert_false (kilter_page_apply (page, command, NULL));
  g_assert_true (kilter_page_apply (page, kilter_command_new ("comment", "Comment"), NULL));
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE), ==, 100);

  /* what was agreed is kept as the step's snapshot */
  snapshot = kilter_plan_find_version (self->plan, "Demand Review, April 2026");
  g_assert_cmpint (snapshot, >, 0);
  g_assert_true (kilter_plan_is_snapshot (self->plan, snapshot));

  command = kilter_cycle_reopen_step (self->plan, 2, "Late news", &error);
  g_assert_no_error (error);
  g_assert_true (kilter_document_apply (self->base.document, command, NULL));
  wait_milliseconds (100);
  g_assert_false (kilter_page_is_read_only (page));
  type (self, row, col, "240");
  g_assert_cmpfloat (kilter_plan_get_value (self->plan, snapshot, KILTER_CONSENSUS, GREEN, CYCLE),
                     ==, 100);

  /* and the grid shows what is different from it */
  kilter_session_set_compared (kilter_window_get_session (self->window), snapshot);
  wait_milliseconds (100);
  g_assert_true (get_cell (self, row, col).flags & KILTER_GRID_CELL_FLAG_HIGHER);
  g_assert_false (get_cell (self, row, col + 1).flags &
                  (KILTER_GRID_CELL_FLAG_HIGHER | KILTER_GRID_CELL_FLAG_LOWER));
  tooltip = kilter_grid_model_get_tooltip (KILTER_GRID_MODEL (self->grid), row, col);
  g_assert_nonnull (strstr (tooltip, "200"));
  g_assert_nonnull (strstr (tooltip, "+40"));

  /* finished again: another snapshot, the first stays */
  finish (self, 2);
  g_assert_cmpint (kilter_plan_find_version (self->plan, "Demand Review, April 2026 (2)"), >,
                   snapshot);
}

static gboolean
save_change (KilterForm *form, gpointer data)
{
  Demand *self = data;
  KilterCommand *command = kilter_command_new ("edit", "Edit");

  kilter_command_set_value (command, self->plan, KILTER_BASELINE, KILTER_CONSENSUS,
                            KILTER_LAYER_INPUT, GREEN, CYCLE, 5);
  return kilter_form_apply (form, command);
}

/* The dialogs of a page may do what the page may, and what it cannot do is not offered. */
static void
test_finished_dialogs (Demand *self, gconstpointer data)
{
  KilterForm *form = kilter_form_new (GTK_WIDGET (kilter_window_get_page (self->window)),
                                      self->base.document, "Change", "_Apply", save_change, self,
                                      NULL);
  KilterPage *page;
  g_autoptr (GError) error = NULL;

  kilter_form_present (form);
  g_assert_true (save_change (form, self));
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE), ==, 5);
  g_assert_true (kilter_document_undo (self->base.document, &error));
  finish (self, 2);
  g_assert_false (save_change (form, self));
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE), ==, 100);

  g_assert_true (kilter_window_show (self->window, "demand/inputs"));
  wait_milliseconds (100);
  page = kilter_window_get_page (self->window);
  g_assert_false (gtk_widget_is_sensitive (find_widget (GTK_WIDGET (page), GTK_TYPE_BUTTON)));
  g_assert_true (kilter_document_undo (self->base.document, &error));
  wait_milliseconds (100);
  g_assert_true (gtk_widget_is_sensitive (find_widget (GTK_WIDGET (page), GTK_TYPE_BUTTON)));
}

/* --- a telephone --- */

static void
test_narrow (Demand *self, gconstpointer data)
{
  KilterPlanMonths *months;
  KilterGridModel *model;
  KilterGridCell cell = { 0 };
  g_autoptr (GError) error = NULL;
  int first, second, row;

  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 800);
  for (int i = 0; i < 100 && !kilter_plan_grid_is_narrow (self->grid); i++)
    wait_milliseconds (20);
  g_assert_true (kilter_plan_grid_is_narrow (self->grid));
  months = KILTER_PLAN_MONTHS (
    find_widget (GTK_WIDGET (kilter_window_get_page (self->window)), KILTER_TYPE_PLAN_MONTHS));
  kilter_plan_months_get_rows (months, &first, &second);
  g_assert_cmpint (first, ==, find_row (self, "Consensus"));
  g_assert_cmpint (second, ==, find_row (self, "Statistical"));
  model = kilter_grid_get_model (kilter_plan_months_get_view (months));
  row = kilter_plan_grid_get_col (self->grid, CYCLE);
  g_assert_true (kilter_grid_model_set_text (model, row, 0, "260", &error));
  g_assert_no_error (error);
  wait_milliseconds (50);
  g_assert_cmpfloat (consensus (self, GREEN, CYCLE), ==, 130);
  kilter_grid_model_get_cell (model, row, 2, &cell);
  g_assert_cmpfloat (cell.value, ==, 60);
  g_assert_false (kilter_grid_model_set_text (model, row, 2, "1", &error));
  g_clear_error (&error);
  /* what is chosen here is what the inspector is about */
  kilter_grid_select (kilter_plan_months_get_view (months), row + 1, 0);
  g_assert_cmpint (kilter_session_get_selection (kilter_window_get_session (self->window))->first,
                   ==, CYCLE + 1);
}

/* --- paper --- */

static void
test_print (Demand *self, gconstpointer data)
{
  const KilterPackOptions options = { .printed = "2026-04-23T08:40:00", .author = "Test" };
  g_autoptr (KilterPack)
    pack = kilter_page_make_print (kilter_window_get_page (self->window), &options);
  g_autofree char *path = g_build_filename (self->base.folder, "page.pdf", NULL);
  g_autofree char *name = NULL, *bytes = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (pack);
  /* a chart, and a year of months on each table */
  g_assert_cmpint (kilter_pack_get_n_pages (pack), >=, 2);
  name = kilter_pack_get_file_name (pack);
  g_assert_nonnull (strstr (name, "Consensus"));
  g_assert_true (kilter_pack_save_pdf (pack, file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
  g_file_delete (file, NULL, NULL);
}

#define ADD(path, func) g_test_add ("/app/plan-grid/" path, Demand, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  application = fixture_start (&argc, &argv);
  ADD ("quarter", test_quarter);
  ADD ("spread-key", test_spread_key);
  ADD ("locks", test_locks);
  ADD ("paste-words", test_paste_words);
  ADD ("fill", test_fill);
  ADD ("fill-from-heading", test_fill_from_heading);
  ADD ("status", test_status);
  ADD ("revenue", test_revenue);
  ADD ("pivot", test_pivot);
  ADD ("undo-jumps", test_undo_jumps);
  ADD ("place", test_place);
  ADD ("time", test_time);
  ADD ("finished", test_finished);
  ADD ("finished-dialogs", test_finished_dialogs);
  ADD ("narrow", test_narrow);
  ADD ("print", test_print);
  g_test_add_func ("/app/plan-grid/pivot-text", test_pivot_text);
  return fixture_run (application);
}
