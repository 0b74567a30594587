/* kilter-grid-model.h: what a planning grid shows and how it is edited.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <glib-object.h>
#include "app/grid/kilter-grid-block.h"
G_BEGIN_DECLS

/**
 * KilterGridRange:
 * @row: first row
 * @col: first column
 * @n_rows: number of rows
 * @n_cols: number of columns
 *
 * A rectangle of cells. It is empty when @n_rows or @n_cols is 0.
 */
typedef struct
{
  int row;
  int col;
  int n_rows;
  int n_cols;
} KilterGridRange;

#define KILTER_TYPE_GRID_RANGE (kilter_grid_range_get_type ())
GType kilter_grid_range_get_type (void);

gboolean kilter_grid_range_is_empty (const KilterGridRange *range);
gboolean kilter_grid_range_contains (const KilterGridRange *range, int row, int col);
gboolean kilter_grid_range_equal (const KilterGridRange *a, const KilterGridRange *b);
KilterGridRange kilter_grid_range_span (int row_a, int col_a, int row_b, int col_b);
KilterGridRange kilter_grid_range_intersect (const KilterGridRange *a, const KilterGridRange *b);

/* Errors of editing. Models may use any domain; the message is shown to the user beside the cell,
 * so it is a translated sentence. These are the codes of the interface's own refusals. */
#define KILTER_GRID_ERROR (kilter_grid_error_quark ())
typedef enum
{
  KILTER_GRID_ERROR_READ_ONLY,
  KILTER_GRID_ERROR_LOCKED,
  KILTER_GRID_ERROR_INVALID,
  KILTER_GRID_ERROR_SHAPE,
} KilterGridError;
GQuark kilter_grid_error_quark (void);

/**
 * KilterGridColor:
 *
 * Roles of the data colours; the values for light, dark and high contrast are in
 * app/grid/kilter-grid-style.h.
 */
typedef enum
{
  KILTER_GRID_COLOR_TEXT,
  KILTER_GRID_COLOR_DIM,
  KILTER_GRID_COLOR_ACTUAL,
  KILTER_GRID_COLOR_LAST_YEAR,
  KILTER_GRID_COLOR_FORECAST,
  KILTER_GRID_COLOR_GOOD,
  KILTER_GRID_COLOR_BAD,
  KILTER_GRID_COLOR_SALES,
  KILTER_GRID_COLOR_MARKETING,
} KilterGridColor;

/**
 * KilterGridMark:
 *
 * The legend key before a row's label: the same sign the chart above uses for that measure.
 */
typedef enum
{
  KILTER_GRID_MARK_NONE,
  KILTER_GRID_MARK_LINE,
  KILTER_GRID_MARK_DASHED_LINE,
  KILTER_GRID_MARK_DOTTED_LINE,
  KILTER_GRID_MARK_DOT,
  KILTER_GRID_MARK_DIAMOND,
  KILTER_GRID_MARK_HATCHED_BOX,
  KILTER_GRID_MARK_OUTLINED_BOX,
  KILTER_GRID_MARK_FILLED_BOX,
} KilterGridMark;

typedef enum
{
  KILTER_GRID_ROW_MEASURE, /* a measure of numbers */
  KILTER_GRID_ROW_PRODUCT, /* a product, region, line …: usually expandable */
  KILTER_GRID_ROW_GROUP,   /* header of a group (tinted); may hold numbers */
  KILTER_GRID_ROW_SECTION, /* header of a band of measures (tinted, bold, no numbers) */
  KILTER_GRID_ROW_TOTAL,   /* bold with a rule above */
} KilterGridRowKind;

typedef enum
{
  KILTER_GRID_ROW_FLAG_NONE = 0,
  KILTER_GRID_ROW_FLAG_EXPANDABLE = 1 << 0,
  KILTER_GRID_ROW_FLAG_EXPANDED = 1 << 1,
  KILTER_GRID_ROW_FLAG_BOLD = 1 << 2,     /* label (cells have their own flag) */
  KILTER_GRID_ROW_FLAG_DIM = 1 << 3,      /* label and numbers in dim text */
  KILTER_GRID_ROW_FLAG_EDITABLE = 1 << 4, /* drawn as an entry row: view background between rules */
} KilterGridRowFlags;

/**
 * KilterGridRow:
 * @label: text of the row header
 * @unit: (nullable): unit at the end of the row header, such as "$k"
 * @badge: (nullable): short word in a pill after the label, such as "New"
 * @note: (nullable): sentence drawn over the row's cells in place of numbers
 * @tooltip: (nullable): longer explanation
 * @description: (nullable): how a screen reader names the row; %NULL for @label
 * @kind: kind of row
 * @flags: looks and state
 * @depth: indentation level, 0 for the outermost
 * @mark: legend key
 * @mark_color: its colour
 *
 * One row header. Strings belong to the structure: set them with g_strdup() or
 * g_set_str(), free them with kilter_grid_row_clear().
 */
typedef struct
{
  char *label;
  char *unit;
  char *badge;
  char *note;
  char *tooltip;
  char *description;
  KilterGridRowKind kind;
  KilterGridRowFlags flags;
  int depth;
  KilterGridMark mark;
  KilterGridColor mark_color;
} KilterGridRow;

#define KILTER_GRID_ROW_INIT { 0 }
void kilter_grid_row_clear (KilterGridRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KilterGridRow, kilter_grid_row_clear)

typedef enum
{
  KILTER_GRID_COLUMN_FLAG_NONE = 0,
  KILTER_GRID_COLUMN_FLAG_PAST = 1 << 0,       /* tinted, dim header */
  KILTER_GRID_COLUMN_FLAG_YEAR_START = 1 << 1, /* vertical rule at its start in the header */
  KILTER_GRID_COLUMN_FLAG_PROBLEM = 1 << 2,    /* ▲ before the label */
  KILTER_GRID_COLUMN_FLAG_FENCED = 1 << 3,     /* inside the time fence: underlined in ink */
  KILTER_GRID_COLUMN_FLAG_TOTAL = 1 << 4,      /* a quarter or year total among the months */
} KilterGridColumnFlags;

/**
 * KilterGridColumn:
 * @upper: (nullable): upper line, such as the year; %NULL continues the column before
 * @label: lower line, such as the month
 * @tooltip: (nullable): longer explanation, such as the rule of the time fence
 * @description: (nullable): full name such as "July 2026"; %NULL for @label
 * @flags: looks
 *
 * One column header; strings belong to the structure, kilter_grid_column_clear() frees them.
 */
typedef struct
{
  char *upper;
  char *label;
  char *tooltip;
  char *description;
  KilterGridColumnFlags flags;
} KilterGridColumn;

#define KILTER_GRID_COLUMN_INIT { 0 }
void kilter_grid_column_clear (KilterGridColumn *column);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KilterGridColumn, kilter_grid_column_clear)

typedef enum
{
  KILTER_GRID_CELL_FLAG_NONE = 0,
  KILTER_GRID_CELL_FLAG_EDITABLE = 1 << 0,       /* typing is accepted; view background */
  KILTER_GRID_CELL_FLAG_PAST = 1 << 1,           /* tinted, dim (columns may say it for all) */
  KILTER_GRID_CELL_FLAG_OVERRIDE = 1 << 2,       /* typed by somebody: accent, bold */
  KILTER_GRID_CELL_FLAG_CHANGED = 1 << 3,        /* changed since the step began: accent corner */
  KILTER_GRID_CELL_FLAG_COMMENT = 1 << 4,        /* gold corner */
  KILTER_GRID_CELL_FLAG_LOCKED = 1 << 5,         /* lock at the left */
  KILTER_GRID_CELL_FLAG_PROBLEM = 1 << 6,        /* orange tint, bold "bad" text */
  KILTER_GRID_CELL_FLAG_NOT_APPLICABLE = 1 << 7, /* "–" */
  KILTER_GRID_CELL_FLAG_GOOD = 1 << 8,           /* teal text */
  KILTER_GRID_CELL_FLAG_BAD = 1 << 9,            /* orange text */
  KILTER_GRID_CELL_FLAG_BOLD = 1 << 10,
  KILTER_GRID_CELL_FLAG_DIM = 1 << 11,
  KILTER_GRID_CELL_FLAG_FENCED = 1 << 12,  /* changed inside the time fence: hollow mark */
  KILTER_GRID_CELL_FLAG_PREVIEW = 1 << 13, /* value of a previewed fix: dashed outline */
  KILTER_GRID_CELL_FLAG_TEXT = 1 << 14,    /* words: aligned at the start, not at the end */
  KILTER_GRID_CELL_FLAG_HIGHER = 1 << 15,  /* above what it is compared with: tint, arrow up */
  KILTER_GRID_CELL_FLAG_LOWER = 1 << 16,   /* below it: tint, arrow down */
} KilterGridCellFlags;

#define KILTER_GRID_CELL_TEXT_SIZE 128

/**
 * KilterGridCell:
 * @text: what is drawn, UTF-8; set it with kilter_grid_cell_set_text() or g_snprintf()
 * @value: the number, NaN when missing or when the cell holds words
 * @flags: looks
 *
 * One cell. It owns nothing, so that thousands can be drawn without allocation.
 */
typedef struct
{
  double value;
  KilterGridCellFlags flags;
  char text[KILTER_GRID_CELL_TEXT_SIZE];
} KilterGridCell;

void kilter_grid_cell_set_text (KilterGridCell *cell, const char *text);

typedef enum
{
  KILTER_GRID_FILL_DOWN,
  KILTER_GRID_FILL_RIGHT, /* to later columns, whatever the text direction */
  KILTER_GRID_FILL_UP,
  KILTER_GRID_FILL_LEFT,
} KilterGridFillDirection;

/**
 * KilterGridFill:
 * @source: cells that are repeated
 * @target: cells that are written; does not overlap @source
 * @direction: where @target lies, seen from @source
 * @continue_season: continue trend and season of @source rather than repeat it
 */
typedef struct
{
  KilterGridRange source;
  KilterGridRange target;
  KilterGridFillDirection direction;
  gboolean continue_season;
} KilterGridFill;

#define KILTER_TYPE_GRID_MODEL (kilter_grid_model_get_type ())
G_DECLARE_INTERFACE (KilterGridModel, kilter_grid_model, KILTER, GRID_MODEL, GObject)

/**
 * KilterGridModelInterface:
 * @get_n_rows: number of rows shown (collapsed rows do not count)
 * @get_n_cols: number of columns, frozen ones included
 * @get_n_frozen: how many of the last columns are totals that do not scroll; default 0
 * @get_row: fills the header of a row; @out is empty before
 * @get_column: fills the header of a column
 * @get_cell: fills a cell; called for every visible cell of every frame, so it must not search
 * @get_edit_text: (nullable): text in the editor on F2 and in copies, with all digits; default: the
 *   cell's text when it is words, otherwise the value with up to 15 digits by the locale
 * @describe_cell: (nullable): what a screen reader says of a cell; default: row, column, text, unit
 *   and the flags in words
 * @get_tooltip: (nullable): what the pointer is told over a cell, such as its comment; %NULL for
 *   nothing; default: the words of a cell of words, which may be cut
 * @set_text: one typed value, as one undo step; default refuses
 * @clear: removes overrides in a range (never writes 0); default refuses
 * @paste: puts a block at the range; @range has the block's size, or a multiple of it, already cut
 * to the grid; default calls @set_text for each editable cell
 * @fill: default repeats the edit texts of the source through @paste
 * @toggle_expanded: opens or closes the row's children
 * @expand_to_level: opens all rows of a depth below @level and closes the others
 *
 * A widget-independent table. @set_text, @clear, @paste and @fill return %FALSE with an error whose
 * message is a translated sentence for the user; on success @out_message may be set to a sentence
 * worth a toast ("Pasted 36 values, 3 locked cells kept").
 *
 * An implementation emits ::changed, ::rows-changed and ::reset itself
 * (kilter_grid_model_changed()…).
 */
struct _KilterGridModelInterface
{
  GTypeInterface parent_iface;

  int (*get_n_rows) (KilterGridModel *self);
  int (*get_n_cols) (KilterGridModel *self);
  int (*get_n_frozen) (KilterGridModel *self);
  void (*get_row) (KilterGridModel *self, int row, KilterGridRow *out);
  void (*get_column) (KilterGridModel *self, int col, KilterGridColumn *out);
  void (*get_cell) (KilterGridModel *self, int row, int col, KilterGridCell *out);
  char *(*get_edit_text) (KilterGridModel *self, int row, int col);
  char *(*describe_cell) (KilterGridModel *self, int row, int col);
  char *(*get_tooltip) (KilterGridModel *self, int row, int col);

  gboolean (*set_text) (KilterGridModel *self, int row, int col, const char *text, GError **error);
  gboolean (*clear) (KilterGridModel *self,
                     const KilterGridRange *range,
                     char **out_message,
                     GError **error);
  gboolean (*paste) (KilterGridModel *self,
                     const KilterGridRange *range,
                     const KilterGridBlock *block,
                     char **out_message,
                     GError **error);
  gboolean (*fill) (KilterGridModel *self,
                    const KilterGridFill *fill,
                    char **out_message,
                    GError **error);
  void (*toggle_expanded) (KilterGridModel *self, int row);
  void (*expand_to_level) (KilterGridModel *self, int level);
};

int kilter_grid_model_get_n_rows (KilterGridModel *self);
int kilter_grid_model_get_n_cols (KilterGridModel *self);
int kilter_grid_model_get_n_frozen (KilterGridModel *self);
void kilter_grid_model_get_row (KilterGridModel *self, int row, KilterGridRow *out);
void kilter_grid_model_get_column (KilterGridModel *self, int col, KilterGridColumn *out);
void kilter_grid_model_get_cell (KilterGridModel *self, int row, int col, KilterGridCell *out);
char *kilter_grid_model_get_edit_text (KilterGridModel *self, int row, int col);
char *kilter_grid_model_describe_cell (KilterGridModel *self, int row, int col);
char *kilter_grid_model_get_tooltip (KilterGridModel *self, int row, int col);
gboolean kilter_grid_model_set_text (KilterGridModel *self,
                                     int row,
                                     int col,
                                     const char *text,
                                     GError **error);
gboolean kilter_grid_model_clear (KilterGridModel *self,
                                  const KilterGridRange *range,
                                  char **out_message,
                                  GError **error);
gboolean kilter_grid_model_paste (KilterGridModel *self,
                                  const KilterGridRange *range,
                                  const KilterGridBlock *block,
                                  char **out_message,
                                  GError **error);
gboolean kilter_grid_model_fill (KilterGridModel *self,
                                 const KilterGridFill *fill,
                                 char **out_message,
                                 GError **error);
void kilter_grid_model_toggle_expanded (KilterGridModel *self, int row);
void kilter_grid_model_expand_to_level (KilterGridModel *self, int level);

/* For implementations: */
void kilter_grid_model_changed (KilterGridModel *self, const KilterGridRange *range);
void kilter_grid_model_rows_changed (KilterGridModel *self, int position, int removed, int added);
void kilter_grid_model_reset (KilterGridModel *self);

G_END_DECLS
