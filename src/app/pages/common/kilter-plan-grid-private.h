/* kilter-plan-grid-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-plan-grid.h"

G_BEGIN_DECLS

/* What a column stands for: a bucket, or the total of several. */
typedef struct
{
  int first;
  int n;
  gboolean is_total;
  gboolean is_year;    /* the total of a year; otherwise of a quarter … */
  gboolean is_horizon; /* … or of all that is shown from the cycle on */
} KilterPlanGridColumn;

typedef struct
{
  KilterPlanRow row;
  char *label;
  char *key;
  char *badge;
  double *values;   /* (nullable): n_buckets in the shown unit, read on demand */
  double *compared; /* (nullable): the same in the version that is compared with */
  double *targets;  /* (nullable): for KILTER_PLAN_ROW_BELOW_TARGET and …_GAP */
  double *totals;   /* (nullable): by column, of the totals; read on demand */
  gboolean *has_totals;
  guint8 *marks; /* (nullable): bits of Mark, by bucket */
  KilterFormat format;
  gboolean has_format;
} KilterPlanGridRow;

/* what is said of a cell, beside its number */
enum
{
  MARK_TYPED = 1 << 0,
  MARK_LOCKED = 1 << 1,
  MARK_COMMENT = 1 << 2,
  MARK_CHANGED = 1 << 3,
  MARK_LATE = 1 << 4, /* typed inside the time fence since the last approved plan */
};

struct _KilterPlanGrid
{
  GObject parent_instance;

  KilterPage *page; /* not owned: the page owns the grid */
  GArray *rows;
  GArray *columns;           /* KilterPlanGridColumn */
  KilterPlanGridColumn kept; /* where the cursor was before the columns were made anew */
  int kept_row;
  int kept_col;
  GArray *starts; /* double: of the last kilter_plan_grid_get_place() */
  GArray *ends;
  GHashTable *expanded;
  int first;
  int n;
  gboolean total;
  double quantity_largest; /* one scale for all quantities of the grid */
  KilterGrid *grid;        /* not owned */
  GtkWidget *months;       /* (nullable) not owned: KilterPlanMonths, on a narrow screen */
  gboolean is_narrow;
  GtkWidget *compared_bar; /* (nullable) not owned */
  gboolean is_syncing;
  KilterDocument *watched; /* (nullable) not owned: whose changes are followed */
  KilterCommand *redoable; /* (nullable): what redo would do, before the last change */
  KilterCommand *to_flash; /* (nullable): undone or done again: its cells are shown */
  char *adjust_reason;     /* (nullable): what moved points are explained with */
  KilterPlanGridDraw draw; /* (nullable): draws the charts of the page */
  guint draw_source;
  GHashTable *adjusting; /* KilterChartView → KilterMeasure that its points stand for */

  /* the last total that was typed, so that it can be spread another way */
  KilterPlanGridSpread spread;
  KilterCommand *spread_command; /* (nullable) */
};

KilterPlanGridRow *kilter_plan_grid_peek_row (KilterPlanGrid *self, int row);
KilterSubject kilter_plan_grid_get_subject (KilterPlanGrid *self, const KilterPlanGridRow *row);
gboolean kilter_plan_grid_is_quantity (const KilterPlanGridRow *row);
const double *kilter_plan_grid_ensure_values (KilterPlanGrid *self, KilterPlanGridRow *row);
const KilterFormat *kilter_plan_grid_ensure_format (KilterPlanGrid *self, KilterPlanGridRow *row);
const guint8 *kilter_plan_grid_ensure_marks (KilterPlanGrid *self, KilterPlanGridRow *row);
gboolean
kilter_plan_grid_is_editable (KilterPlanGrid *self, const KilterPlanGridRow *row, int bucket);
gboolean kilter_plan_grid_can_type (KilterPlanGrid *self, const KilterPlanGridRow *row, int col);
double kilter_plan_grid_get_total (KilterPlanGrid *self, KilterPlanGridRow *row, int col);
double kilter_plan_grid_get_value (KilterPlanGrid *self, KilterPlanGridRow *row, int col);

/* kilter-plan-grid-columns.c */
void kilter_plan_grid_make_columns (KilterPlanGrid *self);
void kilter_plan_grid_restore_cursor (KilterPlanGrid *self);
const KilterPlanGridColumn *kilter_plan_grid_peek_column (KilterPlanGrid *self, int col);
gboolean kilter_plan_grid_is_double (KilterPlanGrid *self, int col);
void kilter_plan_grid_get_span (KilterPlanGrid *self,
                                const KilterPlanGridRow *row,
                                int col,
                                int *out_first,
                                int *out_n);
void kilter_plan_grid_get_total_header (KilterPlanGrid *self, int col, KilterGridColumn *out);

/* kilter-plan-grid-compare.c */
/* what a cell is in the version that is compared with; NaN without one */
double kilter_plan_grid_get_compared (KilterPlanGrid *self, KilterPlanGridRow *row, int col);
void kilter_plan_grid_set_compared_flags (KilterPlanGrid *self,
                                          KilterPlanGridRow *row,
                                          int col,
                                          KilterGridCell *out);
char *kilter_plan_grid_get_tooltip (KilterGridModel *model, int index, int col);
/* says above the grid what it is compared with (transfer floating) */
GtkWidget *kilter_plan_grid_make_compared_bar (KilterPlanGrid *self);
void kilter_plan_grid_refresh_compared_bar (KilterPlanGrid *self);

/* kilter-plan-grid-edit.c */
gboolean kilter_plan_grid_add_edit (KilterPlanGrid *self,
                                    KilterCommand *command,
                                    int index,
                                    int col,
                                    KilterEditKind kind,
                                    double value,
                                    KilterSpread spread,
                                    KilterEditResult *out_result,
                                    GError **error);

/* brings buckets from @old to @value, in the unit shown, as one step: one is set to it, several
 * change by the same share */
gboolean kilter_plan_grid_adjust (KilterPlanGrid *self,
                                  int index,
                                  int first,
                                  int last,
                                  double old,
                                  double value,
                                  GError **error);

/* What became of the cells of a block. */
typedef struct
{
  int n_written;
  int n_locked;
  int n_closed;
  GError *why; /* the first refusal */
} KilterPlanGridTally;

gboolean kilter_plan_grid_tally (KilterPlanGridTally *tally,
                                 gboolean done,
                                 const KilterEditResult *result,
                                 GError *local,
                                 GError **error);
gboolean kilter_plan_grid_finish_block (KilterPlanGrid *self,
                                        KilterCommand *command,
                                        KilterPlanGridTally *tally,
                                        const char *done,
                                        char **out_message,
                                        GError **error);

/* kilter-plan-grid-fill.c */
gboolean kilter_plan_grid_fill (KilterGridModel *model,
                                const KilterGridFill *fill,
                                char **out_message,
                                GError **error);
gboolean kilter_plan_grid_as_last_year (KilterPlanGrid *self, GError **error);

/* kilter-plan-grid-view.c */
void kilter_plan_grid_settle (KilterPlanGrid *self);
int kilter_plan_grid_find_row (KilterPlanGrid *self, KilterChartView *chart);

/* kilter-plan-grid-actions.c */
void kilter_plan_grid_add_actions (KilterPlanGrid *self, GtkWidget *view);
void kilter_plan_grid_refresh_comments (KilterPlanGrid *self);
gboolean kilter_plan_grid_set_text (KilterGridModel *model,
                                    int index,
                                    int col,
                                    const char *text,
                                    GError **error);
gboolean kilter_plan_grid_clear (KilterGridModel *model,
                                 const KilterGridRange *range,
                                 char **out_message,
                                 GError **error);
gboolean kilter_plan_grid_paste (KilterGridModel *model,
                                 const KilterGridRange *range,
                                 const KilterGridBlock *block,
                                 char **out_message,
                                 GError **error);

G_END_DECLS
