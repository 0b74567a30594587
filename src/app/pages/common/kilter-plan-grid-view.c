/* kilter-plan-grid-view.c: the widget, and what it shares with the session, the charts and undo
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-grid-private.h"

#include "app/kilter-settings.h"
#include "app/pages/common/kilter-plan-months.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* a telephone */
#define NARROW_WIDTH "480sp"
/* a longer grid scrolls by itself */
#define MAX_FITTED_HEIGHT 900

/* --- the selection and the crosshair --- */

static void
selection_changed_cb (KilterGrid *grid, KilterPlanGrid *self)
{
  KilterSession *session = kilter_page_get_session (self->page);
  KilterGridRange range;
  KilterSelection selection = { .measure = -1 };
  int row, col, bucket;

  if (session == NULL)
    return;
  kilter_grid_get_selection (grid, &range);
  kilter_grid_get_cursor (grid, &row, &col);
  bucket = kilter_plan_grid_is_double (self, col) ? -1
                                                  : kilter_plan_grid_peek_column (self, col)->first;
  if (row >= 0 && (guint) row < self->rows->len && col >= 0 && range.n_cols > 0 &&
      !kilter_plan_grid_peek_column (self, col)->is_horizon)
    {
      const KilterPlanGridColumn *last = kilter_plan_grid_peek_column (self, range.col +
                                                                               range.n_cols - 1);

      if (last->is_horizon && range.n_cols > 1)
        last = kilter_plan_grid_peek_column (self, range.col + range.n_cols - 2);
      selection.measure = kilter_plan_grid_peek_row (self, row)->row.measure;
      selection.scope = kilter_plan_grid_peek_row (self, row)->row.scope;
      selection.first = kilter_plan_grid_peek_column (self, range.col)->first;
      selection.n = last->first + last->n - selection.first;
      selection.n_rows = range.n_rows;
    }
  self->is_syncing = TRUE;
  kilter_session_set_selection (session, &selection);
  if (bucket >= 0)
    kilter_session_set_bucket (session, bucket);
  self->is_syncing = FALSE;
}

static void
crosshair_cb (KilterGrid *grid, int col, KilterPlanGrid *self)
{
  KilterSession *session = kilter_page_get_session (self->page);
  int bucket = kilter_plan_grid_is_double (self, col)
                 ? -1
                 : kilter_plan_grid_peek_column (self, col)->first;

  if (session != NULL && bucket >= 0)
    kilter_session_set_bucket (session, bucket);
}

static void
message_cb (KilterGrid *grid, const char *text, gboolean is_error, KilterPlanGrid *self)
{
  kilter_page_toast (self->page, text, !is_error);
}

static void
bucket_notify_cb (KilterSession *session, GParamSpec *pspec, KilterPlanGrid *self)
{
  if (self->grid != NULL)
    kilter_grid_set_crosshair_column (
      self->grid, kilter_plan_grid_find_col (self, kilter_session_get_bucket (session)));
}

/* --- undo jumps to the cells --- */

static gboolean
takes_measure (const KilterPlanGridRow *row, KilterMeasure measure)
{
  KilterMeasure inputs[3];
  int n;

  if (row->row.measure < 0 || row->row.read != NULL)
    return FALSE;
  n = kilter_plan_grid_get_inputs ((KilterMeasure) row->row.measure, inputs);
  for (int i = 0; i < n; i++)
    if (inputs[i] == measure)
      return TRUE;
  return FALSE;
}

static gboolean
scope_has (const KilterPlan *plan, const KilterPlanGridRow *row, const KilterRangeChange *change)
{
  switch (kilter_measure_get_info (change->measure)->grain)
    {
    case KILTER_GRAIN_SERIES:
      return kilter_scope_has_series (plan, &row->row.scope, change->row);
    case KILTER_GRAIN_PRODUCT:
      return kilter_scope_has_product (plan, &row->row.scope, change->row);
    case KILTER_GRAIN_RESOURCE:
    default:
      return kilter_scope_has_resource (plan, &row->row.scope, change->row);
    }
}

/* The cells of the grid that a command touches: in one row, from the first to the last bucket. */
static gboolean
find_cells (KilterPlanGrid *self, const KilterCommand *command, KilterGridRange *out)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterVersion version = kilter_page_get_version (self->page);

  for (guint r = 0; r < self->rows->len; r++)
    {
      const KilterPlanGridRow *row = kilter_plan_grid_peek_row (self, (int) r);
      int first = -1, last = -1;

      for (guint i = 0; i < kilter_command_get_n_ranges (command); i++)
        {
          const KilterRangeChange *change = kilter_command_get_range (command, i);

          if (change->version != version || !takes_measure (row, change->measure) ||
              !scope_has (plan, row, change))
            continue;
          for (int t = 0; t < change->n; t++)
            {
              int bucket = kilter_plan_find_bucket (plan, change->first + t);
              int col = bucket >= 0 ? kilter_plan_grid_find_col (self, bucket) : -1;

              if (col < 0 || (change->old_values[t] == change->new_values[t]) ||
                  (isnan (change->old_values[t]) && isnan (change->new_values[t])))
                continue;
              first = first < 0 ? col : MIN (first, col);
              last = MAX (last, col);
            }
        }
      if (first >= 0)
        {
          *out = (KilterGridRange) { (int) r, first, 1, last - first + 1 };
          return TRUE;
        }
    }
  return FALSE;
}

/* The rows are there again: what was undone or done again is shown. */
void
kilter_plan_grid_settle (KilterPlanGrid *self)
{
  g_autoptr (KilterCommand) command = g_steal_pointer (&self->to_flash);
  KilterGridRange range;

  kilter_plan_grid_refresh_comments (self);
  kilter_plan_grid_restore_cursor (self);
  if (self->is_narrow)
    kilter_plan_months_refresh (KILTER_PLAN_MONTHS (self->months));
  if (kilter_page_get_session (self->page) != NULL)
    bucket_notify_cb (kilter_page_get_session (self->page), NULL, self);
  if (command == NULL || self->grid == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->grid)) ||
      !find_cells (self, command, &range))
    return;
  kilter_grid_select (self->grid, range.row, range.col);
  kilter_grid_scroll_to (self->grid, range.row, range.col);
  kilter_grid_flash (self->grid, &range);
}

static void
document_changed_cb (KilterDocument *document,
                     guint change,
                     KilterCommand *command,
                     KilterPlanGrid *self)
{
  g_autoptr (KilterCommand) redoable = kilter_document_get_redo_command (document);
  gboolean undone = command != NULL && command == redoable;
  gboolean again = command != NULL && command == self->redoable;

  g_clear_pointer (&self->to_flash, kilter_command_unref);
  if (undone || again)
    self->to_flash = kilter_command_ref (command);
  g_clear_pointer (&self->redoable, kilter_command_unref);
  self->redoable = g_steal_pointer (&redoable);
}

static void
map_cb (GtkWidget *widget, KilterPlanGrid *self)
{
  KilterSession *session = kilter_page_get_session (self->page);
  KilterDocument *document = kilter_page_get_document (self->page);

  if (session == NULL)
    return;
  g_signal_handlers_disconnect_by_func (session, bucket_notify_cb, self);
  g_signal_connect_object (session, "notify::bucket", G_CALLBACK (bucket_notify_cb), self, 0);
  bucket_notify_cb (session, NULL, self);
  if (document != self->watched)
    {
      self->watched = document;
      g_signal_connect_object (document, "changed", G_CALLBACK (document_changed_cb), self, 0);
    }
}

/* --- charts --- */

static void
point_cb (KilterChartView *chart, int series, int bucket, KilterPlanGrid *self)
{
  int first = kilter_chart_view_get_first_bucket (chart);
  int col = kilter_plan_grid_find_col (self, bucket + MAX (first, 0));
  int row, at;

  if (self->grid == NULL || bucket < 0 || col < 0)
    return;
  kilter_grid_get_cursor (self->grid, &row, &at);
  kilter_grid_select (self->grid, row >= 0 ? row : MAX (kilter_plan_grid_find_row (self, chart), 0),
                      col);
  kilter_grid_scroll_to (self->grid, MAX (row, 0), col);
}

static void
range_cb (KilterChartView *chart, int first, int last, KilterPlanGrid *self)
{
  int offset = MAX (kilter_chart_view_get_first_bucket (chart), 0);
  int from = -1, to = -1, row, at;
  KilterGridRange range;

  for (int t = first; t <= last; t++)
    {
      int col = kilter_plan_grid_find_col (self, t + offset);

      if (col >= 0 && from < 0)
        from = col;
      to = MAX (to, col);
    }
  if (self->grid == NULL || from < 0)
    return;
  kilter_grid_get_cursor (self->grid, &row, &at);
  if (row < 0)
    row = MAX (kilter_plan_grid_find_row (self, chart), 0);
  range = (KilterGridRange) { row, from, 1, to - from + 1 };
  kilter_grid_select_range (self->grid, &range);
  kilter_grid_scroll_to (self->grid, row, from);
}

/* The row whose measure the points of a chart stand for, or -1. */
int
kilter_plan_grid_find_row (KilterPlanGrid *self, KilterChartView *chart)
{
  int measure = GPOINTER_TO_INT (g_hash_table_lookup (self->adjusting, chart));

  for (guint i = 0; i < self->rows->len; i++)
    if (kilter_plan_grid_peek_row (self, (int) i)->row.measure == measure)
      return (int) i;
  return -1;
}

/* A point was dragged to another height, or moved by keys: one override. */
static void
adjusted_cb (KilterChartView *chart,
             int series,
             int bucket,
             int last,
             double value,
             KilterPlanGrid *self)
{
  const KilterChartTable *table = kilter_chart_describe (kilter_chart_view_get_chart (chart));
  gboolean known = (gsize) series < table->n_rows && (gsize) bucket < table->n_columns;
  double old = known ? table->values[(gsize) series * table->n_columns + (gsize) bucket] : NAN;
  int offset = MAX (kilter_chart_view_get_first_bucket (chart), 0);
  int row = kilter_plan_grid_find_row (self, chart);
  g_autoptr (GError) error = NULL;

  if (row < 0)
    return;
  if (isnan (old))
    last = bucket;
  /* nobody hears of what was refused and told already */
  if (!kilter_plan_grid_adjust (self, row, MIN (bucket, last) + offset, MAX (bucket, last) + offset,
                                old, value, &error) &&
      error != NULL)
    kilter_page_toast (self->page, error->message, FALSE);
}

void
kilter_plan_grid_set_adjust_reason (KilterPlanGrid *self, const char *reason)
{
  g_return_if_fail (KILTER_IS_PLAN_GRID (self));
  g_set_str (&self->adjust_reason, reason);
}

void
kilter_plan_grid_attach_chart (KilterPlanGrid *self, KilterChartView *chart, KilterMeasure measure)
{
  g_hash_table_insert (self->adjusting, chart, GINT_TO_POINTER (measure));
  g_signal_connect_object (chart, "activate-point", G_CALLBACK (point_cb), self, 0);
  g_signal_connect_object (chart, "range-selected", G_CALLBACK (range_cb), self, 0);
  g_signal_connect_object (chart, "adjusted", G_CALLBACK (adjusted_cb), self, 0);
}

static gboolean
draw_idle_cb (gpointer data)
{
  KilterPlanGrid *self = data;

  self->draw_source = 0;
  if (kilter_page_get_document (self->page) != NULL && kilter_plan_grid_get_n (self) > 0)
    self->draw (self->page);
  return G_SOURCE_REMOVE;
}

void
kilter_plan_grid_set_draw (KilterPlanGrid *self, KilterPlanGridDraw draw)
{
  g_return_if_fail (KILTER_IS_PLAN_GRID (self));
  self->draw = draw;
  if (draw == NULL)
    g_clear_handle_id (&self->draw_source, g_source_remove);
}

void
kilter_plan_grid_queue_draw (KilterPlanGrid *self)
{
  g_return_if_fail (KILTER_IS_PLAN_GRID (self));
  if (self->draw != NULL && self->draw_source == 0)
    self->draw_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 30, draw_idle_cb, self, NULL);
}

/* --- the widget --- */

static gboolean
height_to_compact (GValue *value, GVariant *variant, gpointer data)
{
  g_value_set_boolean (value, g_str_equal (g_variant_get_string (variant, NULL), "compact"));
  return TRUE;
}

/* --- narrow screens --- */

gboolean
kilter_plan_grid_is_narrow (KilterPlanGrid *self)
{
  return self->is_narrow;
}

static void
set_narrow (KilterPlanGrid *self, gboolean is_narrow)
{
  GtkStack *stack = GTK_STACK (gtk_widget_get_parent (self->months));

  self->is_narrow = is_narrow;
  gtk_stack_set_visible_child_name (stack, is_narrow ? "months" : "grid");
  if (is_narrow && self->rows->len > 0)
    kilter_plan_months_refresh (KILTER_PLAN_MONTHS (self->months));
  /* charts stand over columns no more, or again */
  g_signal_emit_by_name (self->grid, "columns-changed");
}

static void
narrow_cb (KilterPlanGrid *self)
{
  if (self->months != NULL && self->grid != NULL)
    set_narrow (self, TRUE);
}

static void
wide_cb (KilterPlanGrid *self)
{
  if (self->months != NULL && self->grid != NULL)
    set_narrow (self, FALSE);
}

static GtkWidget *
make_narrowing (KilterPlanGrid *self, GtkWidget *scrolled)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bin = adw_breakpoint_bin_new ();
  GtkWidget *stack = gtk_stack_new ();
  AdwBreakpoint *breakpoint = adw_breakpoint_new (
    adw_breakpoint_condition_parse ("max-width: " NARROW_WIDTH));

  self->months = kilter_plan_months_new (self, self->grid);
  g_object_add_weak_pointer (G_OBJECT (self->months), (gpointer *) &self->months);
  gtk_stack_set_hhomogeneous (GTK_STACK (stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (stack), FALSE);
  gtk_stack_add_named (GTK_STACK (stack), scrolled, "grid");
  gtk_stack_add_named (GTK_STACK (stack), self->months, "months");
  gtk_widget_set_size_request (bin, 200, 100);
  gtk_widget_set_hexpand (bin, TRUE);
  gtk_widget_set_vexpand (bin, TRUE);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), stack);
  g_signal_connect_object (breakpoint, "apply", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (breakpoint, "unapply", G_CALLBACK (wide_cb), self, G_CONNECT_SWAPPED);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), breakpoint);
  gtk_box_append (GTK_BOX (box), kilter_plan_grid_make_compared_bar (self));
  gtk_box_append (GTK_BOX (box), bin);
  return box;
}

/**
 * kilter_plan_grid_create_view:
 * @out_grid: (out) (optional) (transfer none): the grid inside
 *
 * Returns: (transfer floating): a scrolled window with the grid, or the months as rows where there
 *   is no room for them as columns
 */
GtkWidget *
kilter_plan_grid_create_view (KilterPlanGrid *self, KilterGrid **out_grid)
{
  GtkWidget *grid = kilter_grid_new (KILTER_GRID_MODEL (self));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->grid = KILTER_GRID (grid);
  g_object_add_weak_pointer (G_OBJECT (grid), (gpointer *) &self->grid);
  g_settings_bind_with_mapping (kilter_settings_get (), "row-height", grid, "compact",
                                G_SETTINGS_BIND_GET, height_to_compact, NULL, NULL, NULL);
  g_signal_connect_object (grid, "selection-changed", G_CALLBACK (selection_changed_cb), self, 0);
  g_signal_connect_object (grid, "crosshair", G_CALLBACK (crosshair_cb), self, 0);
  g_signal_connect_object (grid, "message", G_CALLBACK (message_cb), self, 0);
  g_signal_connect_object (grid, "map", G_CALLBACK (map_cb), self, 0);
  kilter_plan_grid_add_actions (self, grid);
  if (out_grid != NULL)
    *out_grid = KILTER_GRID (grid);
  return make_narrowing (self, scrolled);
}

void
kilter_plan_grid_fit (KilterPlanGrid *self, GtkWidget *place)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (self->grid), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL,
                      NULL);
  gtk_widget_set_size_request (place, -1, MIN (height, MAX_FITTED_HEIGHT));
}

static void
show_horizon_cb (KilterGrid *grid, KilterPlanGrid *self)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterChartPlace place;
  int first, n;

  if (!kilter_plan_grid_get_place (self, &first, &n, &place))
    return;
  g_signal_handlers_disconnect_by_func (grid, show_horizon_cb, self);
  kilter_grid_set_first_column (
    grid, MAX (kilter_plan_grid_find_col (self, kilter_plan_get_n_history (plan)), 0));
}

void
kilter_plan_grid_show_horizon (KilterPlanGrid *self)
{
  g_signal_connect_object (self->grid, "columns-changed", G_CALLBACK (show_horizon_cb), self, 0);
}
