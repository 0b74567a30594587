/* kilter-chart-kinds.h: the data of each kind of chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything handed to a constructor is copied. Texts are UTF-8, already translated. Arrays of
 * doubles may be NULL when the chart has no such series; NaN is missing; infinities count as
 * missing. */
#pragma once

#include "chart/kilter-chart.h"

G_BEGIN_DECLS

/**
 * KilterChartTime:
 * @n: number of buckets
 * @labels: (nullable): @n short names, "Apr"
 * @names: (nullable): @n full names, "April 2026"; %NULL takes @labels
 * @groups: (nullable): @n names of what the bucket belongs to, "2026"; equal neighbours are one
 * @cycle: the first bucket of the cycle: everything before is past. 0: all is future, @n: all is
 * past
 *
 * The buckets of a chart. Time always runs from left to right.
 */
typedef struct
{
  gsize n;
  const char *const *labels;
  const char *const *names;
  const char *const *groups;
  gsize cycle;
} KilterChartTime;

/**
 * KilterChartPlace:
 * @edges: (nullable): n + 1 x positions between buckets, ascending, so that bars stand exactly over
 *   the columns of a grid; %NULL divides the room evenly
 * @gutter: width at the start side kept for legend and row names, 0 for as much as they need
 * @ends: (nullable): with @edges: n x positions where the buckets end, where something stands
 * between them (totals in the grid); %NULL: each ends where the next one begins
 */
typedef struct
{
  const double *edges;
  double gutter;
  const double *ends;
} KilterChartPlace;

/**
 * KilterChartLook:
 * @KILTER_CHART_LOOK_COLUMN: column: solid when past, hatched from the cycle on
 * @KILTER_CHART_LOOK_SOLID: solid column
 * @KILTER_CHART_LOOK_OUTLINE: outlined column: a plan or budget
 * @KILTER_CHART_LOOK_BEHIND: light column behind and to the left: last year
 * @KILTER_CHART_LOOK_TICK: a short bar over the column
 * @KILTER_CHART_LOOK_DOT: round marker, left of the middle
 * @KILTER_CHART_LOOK_DIAMOND: diamond, right of the middle
 * @KILTER_CHART_LOOK_SQUARE: square marker in the middle
 * @KILTER_CHART_LOOK_LINE: solid line
 * @KILTER_CHART_LOOK_DASHED: dashed line
 */
typedef enum
{
  KILTER_CHART_LOOK_COLUMN,
  KILTER_CHART_LOOK_SOLID,
  KILTER_CHART_LOOK_OUTLINE,
  KILTER_CHART_LOOK_BEHIND,
  KILTER_CHART_LOOK_TICK,
  KILTER_CHART_LOOK_DOT,
  KILTER_CHART_LOOK_DIAMOND,
  KILTER_CHART_LOOK_SQUARE,
  KILTER_CHART_LOOK_LINE,
  KILTER_CHART_LOOK_DASHED,
} KilterChartLook;

/**
 * KilterChartSeries:
 * @name: "Sales input"
 * @values: a value a bucket
 * @look: how it is drawn
 * @role: its colour; %KILTER_CHART_ROLE_NONE: the usual one of the look
 */
typedef struct
{
  const char *name;
  const double *values;
  KilterChartLook look;
  KilterChartRole role;
} KilterChartSeries;

/**
 * KilterChartTone: whether something is good news
 */
typedef enum
{
  KILTER_CHART_TONE_PLAIN,
  KILTER_CHART_TONE_GOOD,
  KILTER_CHART_TONE_CLOSE,
  KILTER_CHART_TONE_BAD,
} KilterChartTone;

/**
 * KilterChartNote:
 * @series: row it belongs to; the first is 0
 * @bucket: bucket it belongs to
 * @text: (nullable): a few words
 */
typedef struct
{
  int series;
  int bucket;
  const char *text;
} KilterChartNote;

/* --- fan: actual, forecast and its intervals --- */

/**
 * KilterChartBand:
 * @level: per cent, 80
 * @name: (nullable): "80 % interval"; names the rows of the table: "80 % interval, low"
 * @low_name: (nullable): "80 % low"
 * @high_name: (nullable): "80 % high"
 */
typedef struct
{
  double level;
  const char *name;
  const char *low_name;
  const char *high_name;
  const double *low;
  const double *high;
} KilterChartBand;

/**
 * KilterChartEvent: a promotion, launch … on the time axis
 * @first: first bucket
 * @last: last bucket
 * @text: its name
 */
typedef struct
{
  int first;
  int last;
  const char *text;
} KilterChartEvent;

/**
 * KilterChartFan:
 * @format: of all values
 * @bands: (nullable): in any order; drawn from the last actual value
 * @tint_first: first bucket of the tinted months (those of the grid)
 * @tint_n: how many; 0 for no tint
 * @outliers: (nullable): ringed points of the actual line, with a label
 * @preview: (nullable): result of a change that is not applied yet, drawn as an outline
 * @is_tight: whether the value axis may start above 0
 */
typedef struct
{
  KilterChartTime time;
  KilterChartPlace place;
  KilterNumberFormat format;
  const char *actual_name;
  const double *actual;
  const char *statistical_name;
  const double *statistical;
  const char *final_name;
  const double *final;
  const char *last_cycle_name;
  const double *last_cycle;
  const char *preview_name;
  const double *preview;
  const KilterChartBand *bands;
  gsize n_bands;
  gsize tint_first;
  gsize tint_n;
  const KilterChartNote *outliers;
  gsize n_outliers;
  const KilterChartEvent *events;
  gsize n_events;
  gboolean is_tight;
} KilterChartFan;

KilterChart *kilter_chart_new_fan (const KilterChartFan *data);

/* --- columns with markers --- */

/**
 * KilterChartColumns:
 * @labelled: series whose values are written over the columns, −1 for none
 * @has_time_axis: whether month names stand below (not needed over a grid)
 * @has_legend: whether the names stand in the gutter
 */
typedef struct
{
  KilterChartTime time;
  KilterChartPlace place;
  KilterNumberFormat format;
  const KilterChartSeries *series;
  gsize n_series;
  int labelled;
  gboolean has_time_axis;
  gboolean has_legend;
} KilterChartColumns;

KilterChart *kilter_chart_new_columns (const KilterChartColumns *data);

/* --- heat map --- */

/**
 * KilterChartHeat:
 * @n_rows: number of resources
 * @row_names: @n_rows
 * @values: @n_rows × n by rows, in per cent (110 is 110 %)
 * @preview: (nullable): the same after a change that is not applied yet; changed cells show it
 * @targets: (nullable): @n_rows; what 100 % is for each row. The values are then no percentages,
 * but in the unit of the targets; NaN and 0 are without a target, and their row without shades
 * @format: how a cell is written, usually no decimals
 * @bounds: seven ascending upper bounds of the steps; all 0: 60, 75, 85, 95, 100, 105, 115, or
 *   50, 70, 85, 100, 115, 130, 150 when reversed
 * @is_reversed: low values are the problem (days of cover in per cent of the target): orange below
 *   the third bound, neutral up to the fifth, blue above
 * @has_header: whether month names stand above
 * @has_legend: whether the strip of steps stands at the top end
 * @row_height: 0 for the usual 26 px
 */
typedef struct
{
  KilterChartTime time;
  KilterChartPlace place;
  KilterNumberFormat format;
  gsize n_rows;
  const char *const *row_names;
  const double *values;
  const double *preview;
  const double *targets;
  double bounds[7];
  gboolean is_reversed;
  gboolean has_header;
  gboolean has_legend;
  double row_height;
} KilterChartHeat;

KilterChart *kilter_chart_new_heat (const KilterChartHeat *data);
int kilter_chart_heat_step (double value, const double *bounds, int decimals);

/* --- stock --- */

/**
 * KilterChartStock:
 * @stock: columns
 * @below_name: (nullable): "Below target": columns below @low (below @target where there is no
 * @low) are orange; %NULL marks none
 * @target: (nullable): line
 * @low: (nullable): tolerance
 * @high: (nullable): tolerance
 * @band_name: (nullable): of the tolerance in the legend, "Target ±15 %"
 * @low_name: (nullable): of the row in the table; %NULL takes @band_name
 * @high_name: (nullable): likewise
 * @unmet: (nullable): quantity in an orange box; nothing where 0
 * @unmet_word: "unmet", below the quantity
 * @preview: (nullable): stock after a change that is not applied yet, outlined
 * @target_as_ticks: a short bar over each column instead of a line (print)
 * @has_values: values over the columns
 */
typedef struct
{
  KilterChartTime time;
  KilterChartPlace place;
  KilterNumberFormat format;
  const char *actual_name;
  const char *stock_name;
  const double *stock;
  const char *below_name;
  const char *target_name;
  const double *target;
  const char *band_name;
  const char *low_name;
  const double *low;
  const char *high_name;
  const double *high;
  const char *unmet_name;
  const char *unmet_word;
  const double *unmet;
  const char *preview_name;
  const double *preview;
  gboolean target_as_ticks;
  gboolean has_values;
  gboolean has_time_axis;
  gboolean has_legend;
} KilterChartStock;

KilterChart *kilter_chart_new_stock (const KilterChartStock *data);

/* --- bridge --- */

/**
 * KilterChartBridgeStep:
 * @name: below the bar, up to two lines
 * @value: the total, or the difference it makes
 * @is_total: the first total is outlined, the others hatched
 */
typedef struct
{
  const char *name;
  double value;
  gboolean is_total;
} KilterChartBridgeStep;

/**
 * KilterChartBridge:
 * @format: of the totals
 * @delta_format: of the differences; its sign is always shown
 * @lower_is_better: a rise is bad (costs)
 */
typedef struct
{
  const KilterChartBridgeStep *steps;
  gsize n_steps;
  const char *value_name;
  const char *total_name;
  KilterNumberFormat format;
  KilterNumberFormat delta_format;
  gboolean lower_is_better;
} KilterChartBridge;

KilterChart *kilter_chart_new_bridge (const KilterChartBridge *data);

/* --- small multiples --- */

/**
 * KilterChartPanel:
 * @name: "Ice Cream"
 * @figure: (nullable): right of the name, "+2.8 %"
 * @columns: (nullable): hatched columns
 * @line: (nullable): line over them
 * @target: (nullable): dashed target line
 */
typedef struct
{
  const char *name;
  const char *figure;
  KilterChartTone tone;
  const double *columns;
  const double *line;
  const double *target;
} KilterChartPanel;

/**
 * KilterChartMultiples:
 * @note: (nullable): at the end of the legend row
 * @n_across: panels side by side, 0 for as many as fit
 */
typedef struct
{
  KilterChartTime time;
  KilterNumberFormat format;
  const KilterChartPanel *panels;
  gsize n_panels;
  const char *columns_name;
  const char *line_name;
  const char *target_name;
  const char *note;
  gsize n_across;
  gboolean has_legend;
} KilterChartMultiples;

KilterChart *kilter_chart_new_multiples (const KilterChartMultiples *data);

/* --- scenario comparison --- */

/**
 * KilterChartCompareRow:
 * @name: "Unmet demand"
 * @unit: (nullable): "k"
 * @values: a value a scenario
 * @lower_is_better: which way is good
 * @from_zero: where the reference has no value the difference is to 0 (extra cost)
 */
typedef struct
{
  const char *name;
  const char *unit;
  KilterNumberFormat format;
  const double *values;
  gboolean lower_is_better;
  gboolean from_zero;
} KilterChartCompareRow;

/**
 * KilterChartCompare:
 * @names: @n_scenarios; the first is the reference
 * @recommended: tinted column, −1 for none
 */
typedef struct
{
  gsize n_scenarios;
  const char *const *names;
  const KilterChartCompareRow *rows;
  gsize n_rows;
  int recommended;
} KilterChartCompare;

KilterChart *kilter_chart_new_compare (const KilterChartCompare *data);

/* --- risks and opportunities --- */

/**
 * KilterChartRisk:
 * @name: one sentence
 * @likelihood: 0 to 1, or NaN
 * @effect: full effect; good when positive
 */
typedef struct
{
  const char *name;
  double likelihood;
  double effect;
} KilterChartRisk;

typedef struct
{
  const KilterChartRisk *risks;
  gsize n_risks;
  const char *name_heading;
  const char *likelihood_heading;
  const char *effect_heading;
  const char *full_name;
  const char *weighted_name;
  KilterNumberFormat format;
  gboolean has_header;
  gboolean has_legend;
} KilterChartRisks;

KilterChart *kilter_chart_new_risks (const KilterChartRisks *data);

/* --- forecast value added --- */

/**
 * KilterChartValueStep:
 * @name: "+ Sales"
 * @error: error after this step, as the format writes it
 * @is_result: the final step, in the forecast's colour
 */
typedef struct
{
  const char *name;
  double error;
  gboolean is_result;
} KilterChartValueStep;

/**
 * KilterChartValueAdded:
 * @format: of the errors
 * @added_format: of the points each step removed (positive) or added
 */
typedef struct
{
  const KilterChartValueStep *steps;
  gsize n_steps;
  const char *error_heading;
  const char *added_heading;
  KilterNumberFormat format;
  KilterNumberFormat added_format;
} KilterChartValueAdded;

KilterChart *kilter_chart_new_value_added (const KilterChartValueAdded *data);

/* --- why: stacked steps against a limit --- */

typedef struct
{
  const char *name;
  double value;
} KilterChartStep;

/**
 * KilterChartSteps:
 * @steps: the first is the base, the others add to it
 * @total_name: the last row, the sum
 * @limit: dashed line, usually 100; NaN for none
 * @limit_name: "Capacity 100"
 */
typedef struct
{
  const KilterChartStep *steps;
  gsize n_steps;
  const char *total_name;
  const char *value_heading;
  double limit;
  const char *limit_name;
  KilterNumberFormat format;
} KilterChartSteps;

KilterChart *kilter_chart_new_steps (const KilterChartSteps *data);

/* --- dumbbell --- */

typedef struct
{
  const char *name;
  double value;
  double reference;
} KilterChartDumbbellRow;

/**
 * KilterChartDumbbell:
 * @value_name: "Model" (filled point)
 * @reference_name: "Naive" (open point)
 * @difference_heading: (nullable): heading of value − reference
 */
typedef struct
{
  const KilterChartDumbbellRow *rows;
  gsize n_rows;
  const char *value_name;
  const char *reference_name;
  const char *difference_heading;
  KilterNumberFormat format;
  KilterNumberFormat difference_format;
  gboolean higher_is_better;
} KilterChartDumbbell;

KilterChart *kilter_chart_new_dumbbell (const KilterChartDumbbell *data);

/* --- lines --- */

/**
 * KilterChartLines:
 * @series: lines, each with markers of its own shape (meeting mode, error by lag)
 * @notes: (nullable): words at a point, in the colour of its series
 * @is_tight: whether the value axis may start above 0
 */
typedef struct
{
  KilterChartTime time;
  KilterChartPlace place;
  KilterNumberFormat format;
  const KilterChartSeries *series;
  gsize n_series;
  const char *target_name;
  const double *target;
  const double *low;
  const double *high;
  const KilterChartNote *notes;
  gsize n_notes;
  gboolean is_tight;
} KilterChartLines;

KilterChart *kilter_chart_new_lines (const KilterChartLines *data);

/* --- Gantt strip --- */

/**
 * KilterChartSpan:
 * @row: row it stands in
 * @first: first bucket
 * @last: last bucket
 * @text: (nullable): its name
 * @role: its colour
 * @look: %KILTER_CHART_LOOK_SOLID, %KILTER_CHART_LOOK_OUTLINE, %KILTER_CHART_LOOK_COLUMN (hatched),
 *   or %KILTER_CHART_LOOK_DIAMOND for a single moment (a launch)
 */
typedef struct
{
  int row;
  int first;
  int last;
  const char *text;
  KilterChartRole role;
  KilterChartLook look;
} KilterChartSpan;

typedef struct
{
  KilterChartTime time;
  KilterChartPlace place;
  gsize n_rows;
  const char *const *row_names;
  const KilterChartSpan *spans;
  gsize n_spans;
  gboolean has_header;
} KilterChartGantt;

KilterChart *kilter_chart_new_gantt (const KilterChartGantt *data);

/* --- metric card --- */

/**
 * KilterChartMetric:
 * @time: its first and last names are written below
 * @as_columns: columns from 0 instead of a line with dots
 * @target: dashed line, NaN for none
 * @low: lower end of the range, NaN for none
 * @high: upper end of the range, NaN for none
 * @tone: state of the last point
 */
typedef struct
{
  KilterChartTime time;
  KilterNumberFormat format;
  const char *name;
  const double *values;
  gboolean as_columns;
  double target;
  double low;
  double high;
  const char *target_name;
  KilterChartTone tone;
} KilterChartMetric;

KilterChart *kilter_chart_new_metric (const KilterChartMetric *data);

/* --- sparkline --- */

/**
 * KilterChartSpark:
 * @values: the line
 * @n: how many
 * @n_actual: from here on it is forecast: dashed, blue
 */
typedef struct
{
  const char *name;
  const double *values;
  gsize n;
  gsize n_actual;
  KilterNumberFormat format;
} KilterChartSpark;

KilterChart *kilter_chart_new_spark (const KilterChartSpark *data);

/* --- timeline of the cycle --- */

typedef enum
{
  KILTER_CHART_STEP_NOT_STARTED,
  KILTER_CHART_STEP_IN_PROGRESS,
  KILTER_CHART_STEP_FINISHED,
  KILTER_CHART_STEP_REOPENED,
} KilterChartStepState;

/**
 * KilterChartTimelineStep:
 * @title: "Supply Review"
 * @date: (nullable): "Due tomorrow, 15 April"
 * @date_tone: %KILTER_CHART_TONE_BAD when late
 * @owner: (nullable): name
 * @result: (nullable): one result, bold
 * @detail: (nullable): one detail
 * @state_name: "In progress", for the table
 * @progress: share of tasks done, 0 to 1: the ring
 */
typedef struct
{
  const char *title;
  const char *date;
  KilterChartTone date_tone;
  const char *owner;
  const char *result;
  const char *detail;
  KilterChartStepState state;
  const char *state_name;
  double progress;
} KilterChartTimelineStep;

/**
 * KilterChartTimeline:
 * @column_names: (nullable): five names for the table: state, date, owner, result, detail
 */
typedef struct
{
  const KilterChartTimelineStep *steps;
  gsize n_steps;
  const char *const *column_names;
} KilterChartTimeline;

KilterChart *kilter_chart_new_timeline (const KilterChartTimeline *data);

/* --- pieces used outside charts --- */

/**
 * KilterChartKey:
 * @KILTER_CHART_KEY_NONE: nothing
 *
 * Small marks beside a row name in grids, tables and legends, the same as in the charts.
 */
typedef enum
{
  KILTER_CHART_KEY_NONE,
  KILTER_CHART_KEY_SOLID,
  KILTER_CHART_KEY_HATCHED,
  KILTER_CHART_KEY_OUTLINED,
  KILTER_CHART_KEY_FILL,
  KILTER_CHART_KEY_LINE,
  KILTER_CHART_KEY_DASHED,
  KILTER_CHART_KEY_DOTTED,
  KILTER_CHART_KEY_DOT,
  KILTER_CHART_KEY_DIAMOND,
  KILTER_CHART_KEY_SQUARE,
  KILTER_CHART_KEY_TRIANGLE,
  KILTER_CHART_KEY_RING,
} KilterChartKey;

void kilter_chart_draw_key (cairo_t *cr,
                            const KilterChartStyle *style,
                            KilterChartKey key,
                            KilterChartRole role,
                            double x,
                            double y,
                            double width);
void kilter_chart_draw_tone (cairo_t *cr,
                             const KilterChartStyle *style,
                             KilterChartTone tone,
                             double x,
                             double y);
void kilter_chart_hatch (cairo_t *cr,
                         const KilterChartStyle *style,
                         const KilterChartRect *area,
                         KilterChartRole role);

G_END_DECLS
