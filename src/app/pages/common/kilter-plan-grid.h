/* kilter-plan-grid.h: rows of measures over the plan's buckets, as a grid's model
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/grid/kilter-grid.h"
#include "app/widgets/kilter-chart-view.h"
#include "app/window/kilter-page.h"
#include "report/figure/kilter-figure.h"

G_BEGIN_DECLS

/**
 * KilterPlanRowFlags:
 * @KILTER_PLAN_ROW_EDITABLE: may be typed where the measure allows it
 * @KILTER_PLAN_ROW_DELTA: numbers carry their sign
 * @KILTER_PLAN_ROW_GOOD_BAD: above 0 is good news, below 0 bad news
 * @KILTER_PLAN_ROW_PROBLEM: above 0 is a problem (unmet demand)
 * @KILTER_PLAN_ROW_BELOW_TARGET: below its target stock is a problem
 * @KILTER_PLAN_ROW_EXPANDABLE: has children that the page adds when it is expanded
 * @KILTER_PLAN_ROW_DASH_ZERO: zero is shown as "–"
 * @KILTER_PLAN_ROW_FUTURE_ONLY: nothing is shown before the cycle
 * @KILTER_PLAN_ROW_PAST_ONLY: nothing is shown from the cycle on
 * @KILTER_PLAN_ROW_GAP: a part of the demand: up to 5 % of it plain, up to 15 % bold, else a
 * problem
 * @KILTER_PLAN_ROW_REASON: shows why the numbers of the measure were typed
 * @KILTER_PLAN_ROW_MARK_MONTHS: from the cycle on, a value above 0 marks the month in the header
 */
typedef enum
{
  KILTER_PLAN_ROW_EDITABLE = 1 << 0,
  KILTER_PLAN_ROW_DELTA = 1 << 1,
  KILTER_PLAN_ROW_GOOD_BAD = 1 << 2,
  KILTER_PLAN_ROW_PROBLEM = 1 << 3,
  KILTER_PLAN_ROW_BELOW_TARGET = 1 << 4,
  KILTER_PLAN_ROW_EXPANDABLE = 1 << 5,
  KILTER_PLAN_ROW_DASH_ZERO = 1 << 6,
  KILTER_PLAN_ROW_FUTURE_ONLY = 1 << 7,
  KILTER_PLAN_ROW_PAST_ONLY = 1 << 8,
  KILTER_PLAN_ROW_GAP = 1 << 9,
  KILTER_PLAN_ROW_MARK_MONTHS = 1 << 10,
  KILTER_PLAN_ROW_REASON = 1 << 15,
} KilterPlanRowFlags;

/**
 * KilterPlanRowFunc:
 * @first: the first bucket of the total
 * @n: how many
 * @out_values: (out caller-allocates): n_buckets numbers
 * @out_total: (out): their total, NaN where there is none
 *
 * Reads a row whose numbers are not simply those of a measure: another version, a difference.
 */
typedef void (*KilterPlanRowFunc) (const KilterSubject *subject,
                                   KilterMeasure measure,
                                   int first,
                                   int n,
                                   gpointer data,
                                   double *out_values,
                                   double *out_total);

/**
 * KilterPlanRow:
 * @label: (nullable): %NULL takes the measure's name
 * @measure: what it shows, or -1 for a heading
 * @scope: for which part of the plan
 * @look: bold, dim …
 * @key: (nullable): names the row for expanding; must be unique in the grid
 * @read: (nullable): reads the numbers in place of kilter_subject_get(); they are written as
 * @measure is, and cannot be typed
 * @read_data: for @read
 *
 * One row, as a page describes it. Texts are copied.
 */
typedef struct
{
  const char *label;
  int measure;
  KilterScope scope;
  KilterGridRowKind kind;
  KilterGridRowFlags look;
  KilterPlanRowFlags flags;
  int depth;
  KilterGridMark mark;
  KilterGridColor mark_color;
  const char *badge;
  const char *key;
  KilterPlanRowFunc read;
  gpointer read_data;
} KilterPlanRow;

#define KILTER_TYPE_PLAN_GRID (kilter_plan_grid_get_type ())
G_DECLARE_FINAL_TYPE (KilterPlanGrid, kilter_plan_grid, KILTER, PLAN_GRID, GObject)

/**
 * KilterPlanGrid:
 *
 * A #KilterGridModel over measures. Numbers are read when they are drawn, and kept until the next
 * kilter_plan_grid_begin(). Typing, pasting and clearing become one command each.
 *
 * Signals: `expanded ()`: a row was opened or closed; the page fills the grid again
 */
KilterPlanGrid *kilter_plan_grid_new (KilterPage *page);

void kilter_plan_grid_begin (KilterPlanGrid *self, int first, int n, gboolean total);
void kilter_plan_grid_add (KilterPlanGrid *self, const KilterPlanRow *row);
void kilter_plan_grid_add_section (KilterPlanGrid *self,
                                   const char *label,
                                   const KilterScope *scope,
                                   int depth);
void kilter_plan_grid_end (KilterPlanGrid *self);

gboolean kilter_plan_grid_is_expanded (KilterPlanGrid *self, const char *key);
void kilter_plan_grid_set_expanded (KilterPlanGrid *self, const char *key, gboolean expanded);
int kilter_plan_grid_get_first (KilterPlanGrid *self);
int kilter_plan_grid_get_n (KilterPlanGrid *self);
int kilter_plan_grid_get_bucket (KilterPlanGrid *self, int col);  /* -1 of a total */
int kilter_plan_grid_get_col (KilterPlanGrid *self, int bucket);  /* -1 when not shown */
int kilter_plan_grid_find_col (KilterPlanGrid *self, int bucket); /* or that of its quarter, year */
const KilterPlanRow *kilter_plan_grid_get_row (KilterPlanGrid *self, int row);
/* the measures in which typing into a row is kept: up to 3; returns how many */
int kilter_plan_grid_get_inputs (KilterMeasure measure, KilterMeasure *out);
/* "Thousand cases", for the corner */
char *kilter_plan_grid_get_unit_name (KilterPlanGrid *self);

/* makes a scrolled grid that shares the crosshair and the selection with the session */
GtkWidget *kilter_plan_grid_create_view (KilterPlanGrid *self, KilterGrid **out_grid);
/* makes the place of the grid as high as its rows, but for a very long one, which scrolls by itself
 */
void kilter_plan_grid_fit (KilterPlanGrid *self, GtkWidget *place);
/* once it has a size: where not all months fit, the horizon comes first, and the past is a scroll
 * to the left */
void kilter_plan_grid_show_horizon (KilterPlanGrid *self);
/* a click on the chart selects in the grid, a drag selects a range, a handle types into the first
 * row of @measure; @chart counts buckets from its own first one */
void
kilter_plan_grid_attach_chart (KilterPlanGrid *self, KilterChartView *chart, KilterMeasure measure);
/**
 * KilterPlanGridDraw:
 *
 * Draws the charts over the grid's columns, once the plan and the columns are there.
 */
typedef void (*KilterPlanGridDraw) (KilterPage *page);
/* @draw (nullable): a page takes it back when it is disposed of */
void kilter_plan_grid_set_draw (KilterPlanGrid *self, KilterPlanGridDraw draw);
/* has them drawn soon, once however often it is asked for */
void kilter_plan_grid_queue_draw (KilterPlanGrid *self);
/* (nullable): the reason that values get when their points are moved on a chart */
void kilter_plan_grid_set_adjust_reason (KilterPlanGrid *self, const char *reason);
/* which buckets are in view, and where their columns stand: for a chart of the same width above.
 * FALSE while the grid has no size. The edges are valid until the next call. */
gboolean kilter_plan_grid_get_place (KilterPlanGrid *self,
                                     int *out_first,
                                     int *out_n,
                                     KilterChartPlace *out_place);
/* whether months are rows, and the chart needs an axis of its own */
gboolean kilter_plan_grid_is_narrow (KilterPlanGrid *self);
/* (transfer full): the text of a cell as it is shown, for tests and inspectors */
char *kilter_plan_grid_get_text (KilterPlanGrid *self, int row, int col);
/**
 * KilterPlanGridSpread:
 * @measure: of the cell that was typed
 * @scope: what its row stands for
 * @first: its first bucket
 * @n: how many buckets
 * @kind: what was typed
 * @value: the same, in the unit shown
 * @spread: by which key it was spread
 * @result: how many cells changed, how many were locked
 *
 * A total that was typed, and how it was spread.
 */
typedef struct
{
  KilterMeasure measure;
  KilterScope scope;
  int first;
  int n;
  int row;
  int col;
  KilterEditKind kind;
  double value;
  KilterSpread spread;
  KilterEditResult result;
} KilterPlanGridSpread;

/* (nullable): the last total typed, while it is the last step of the plan */
const KilterPlanGridSpread *kilter_plan_grid_get_spread (KilterPlanGrid *self);
/* spreads it by another key, instead */
void kilter_plan_grid_set_spread (KilterPlanGrid *self, KilterSpread spread);
/* "Spread over 84 cells, 3 locked" (transfer full) */
char *kilter_plan_grid_spread_text (const KilterEditResult *result);

/**
 * KilterPlanGridStatus:
 * @count: cells with a number
 * @sum: their sum, NaN where rows of different kinds are selected or sums say nothing
 * @mean: their mean, NaN in the same way
 * @change: their sum minus the one of the last approved plan; NaN where there is none
 * @format: how the numbers are written
 */
typedef struct
{
  int count;
  double sum;
  double mean;
  double change;
  KilterFormat format;
} KilterPlanGridStatus;

void kilter_plan_grid_get_status (KilterPlanGrid *self, KilterPlanGridStatus *out_status);
/* the number under the cursor as the grid shows it, also of a total or of another version;
 * @out_label is the name of its row (transfer full). FALSE when @selection was made somewhere else
 */
gboolean kilter_plan_grid_get_chosen (KilterPlanGrid *self,
                                      const KilterSelection *selection,
                                      double *out_value,
                                      char **out_label);

/* locks or unlocks the selected cells; says what it did */
void kilter_plan_grid_toggle_lock (KilterPlanGrid *self);
/* gives the selected typed cells a reason */
void kilter_plan_grid_set_reason (KilterPlanGrid *self, const char *reason);

G_END_DECLS
