/* kilter-pack-private.h: laying pages out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/figure/kilter-figure.h"
#include "report/pack/kilter-pack.h"
#include "report/paper/kilter-table.h"

G_BEGIN_DECLS

/**
 * KilterBlockDraw:
 *
 * Draws a part of a page that is neither table nor chart. It may use nothing but @data.
 */
typedef void (*KilterBlockDraw) (KilterInk *ink, const KilterChartRect *area, gpointer data);

/**
 * KilterPackSheet:
 *
 * A page of the pack.
 */
typedef struct _KilterPackSheet KilterPackSheet;

typedef struct
{
  KilterChartRect area;
  KilterTable *table;
  int first;
  int n;
  KilterChart *chart;
  gboolean is_small;
  gboolean is_data; /* a table that is not drawn: what a drawing says, for workbooks */
  KilterBlockDraw draw;
  gpointer data;
  GDestroyNotify destroy;
  char *link;
  char *anchor;
} KilterBlock;

struct _KilterPackSheet
{
  char *section;
  char *outline;
  GPtrArray *more;   /* entries of the outline for what stands below the first table */
  GPtrArray *joined; /* sections of that */
  int level;
  char *title;
  char *subtitle;
  GArray *blocks;
};

struct _KilterPack
{
  KilterPaper paper;
  char *language;
  char *title;
  char *name;
  char *key; /* the same in the name of the file */
  char *author;
  char *printed;
  char *footer;
  char *footer_middle;
  char *plan_name;
  char *cycle;
  KilterMeeting meeting;
  KilterChartStyle *style;
  GPtrArray *sheets;
};

/**
 * KilterPackBuilder:
 * @subject: the whole plan in the pack's version
 * @recommended: a scenario other than the pack's version that is recommended, or 0
 * @first: the cycle's bucket
 * @n: buckets of the year ahead, or of the horizon when that is shorter
 * @area: the content of a page
 * @pages_left: what the meeting's budget still allows
 * @last_sheet: (nullable): a page of tables that may have room left below @last_bottom
 *
 * What the sections of a pack are made with.
 */
typedef struct
{
  KilterPack *pack;
  KilterPlan *plan;
  KilterSubject subject;
  KilterVersion version;
  KilterVersion recommended;
  KilterMeeting meeting;
  int first;
  int n;
  KilterChartRect area;
  KilterInk ink;
  const char *section;
  int pages_left;
  KilterPackSheet *last_sheet;
  double last_bottom;
  KilterFormat quantity;
  KilterFormat money;
} KilterPackBuilder;

typedef void (*KilterSectionFunc) (KilterPackBuilder *self);

/* pages */
void kilter_pack_sheet_free (gpointer data);
KilterPackSheet *kilter_pack_get_sheet (const KilterPack *self, int page);
KilterPackSheet *kilter_builder_add_page (KilterPackBuilder *self,
                                          const char *outline,
                                          int level,
                                          const char *title,
                                          const char *subtitle);
double kilter_pack_sheet_add_heading (KilterPackBuilder *self,
                                      KilterPackSheet *sheet,
                                      double x,
                                      double y,
                                      double width,
                                      const char *title,
                                      const char *subtitle);
double kilter_pack_sheet_add_text (KilterPackBuilder *self,
                                   KilterPackSheet *sheet,
                                   double x,
                                   double y,
                                   double width,
                                   const char *text,
                                   const KilterPrintText *look);
void kilter_pack_sheet_add_chart (KilterPackSheet *sheet,
                                  const KilterChartRect *area,
                                  KilterChart *chart /* (transfer full) (nullable) */);
/* another title, the same subtitle */
void kilter_chart_retitle (KilterChart *chart, const char *title);
/* the same with smaller text, for narrow places; without a title */
void kilter_pack_sheet_add_small_chart (KilterPackSheet *sheet,
                                        const KilterChartRect *area,
                                        KilterChart *chart /* (transfer full) (nullable) */);
/* all of the table that fits into the height, and a line that says how much does not; returns the
 * height used */
double kilter_pack_sheet_add_table (KilterPackBuilder *self,
                                    KilterPackSheet *sheet,
                                    const KilterChartRect *area,
                                    KilterTable *table);
void kilter_pack_sheet_add_draw (KilterPackSheet *sheet,
                                 const KilterChartRect *area,
                                 KilterBlockDraw draw,
                                 gpointer data,
                                 GDestroyNotify destroy);
/* what a drawing says in numbers: not on the page, but in the workbook */
void kilter_pack_sheet_add_data (KilterPackSheet *sheet, KilterTable *table);
/* the table on a page that is there already, in @area of its whole width, and on as many pages
 * after it as it takes */
void kilter_builder_add_table_below (KilterPackBuilder *self,
                                     KilterPackSheet *sheet,
                                     const KilterChartRect *area,
                                     const char *title,
                                     const char *subtitle,
                                     KilterTable *table);
/* the table over as many pages as it takes, at most @max_pages (0 for any number); a small one
 * stands below the table before it; returns the last page and where the table ends on it */
KilterPackSheet *kilter_builder_add_table_pages (KilterPackBuilder *self,
                                                 const char *outline,
                                                 const char *title,
                                                 const char *subtitle,
                                                 KilterTable *table,
                                                 int max_pages,
                                                 double *out_bottom);
/* what comes next may stand below @bottom of the page, when it is small */
void kilter_builder_leave_room (KilterPackBuilder *self, KilterPackSheet *sheet, double bottom);
/* the months of the plan as columns of numbers, the first with @flags: a year too would be too long
 * beside a column of a total */
void kilter_builder_set_months (KilterPackBuilder *self,
                                KilterTable *table,
                                int column,
                                int first,
                                int n,
                                KilterColumnFlags flags);
/* links within the file */
void kilter_pack_sheet_add_anchor (KilterPackSheet *sheet, const char *name);
void
kilter_pack_sheet_add_link (KilterPackSheet *sheet, const KilterChartRect *area, const char *name);

/* (transfer none) (nullable): the text of a block that is nothing but text */
const char *kilter_block_get_words (const KilterBlock *block);

/* numbers */
double kilter_builder_sum (KilterPackBuilder *self,
                           KilterVersion version,
                           KilterMeasure measure,
                           const KilterScope *scope);
double kilter_builder_sum_in (KilterPackBuilder *self,
                              KilterVersion version,
                              KilterMeasure measure,
                              const KilterScope *scope,
                              KilterMeasuredIn in);
/* two rows over the buckets in which both are known */
void kilter_pack_sum_pairs (const double *a,
                            const double *b,
                            int first,
                            int n,
                            double *out_a,
                            double *out_b);
/* (transfer full): "15 April", with the year when it is not the cycle's: not by the clock */
char *kilter_builder_format_day (KilterPackBuilder *self, const char *iso);
/* the day of printing; FALSE when it is not known */
gboolean kilter_builder_get_day (KilterPackBuilder *self, GDate *out_day);
/* days from a date to the day of printing, 0 when it is not over or not known */
int kilter_builder_days_late (KilterPackBuilder *self, const char *iso);
gboolean kilter_has_values (const double *values, int first, int n);
KilterChartTone kilter_tone_of (double good);
const char *kilter_person_name (const KilterPlan *plan, const KilterRecord *record, int field);
GArray *kilter_builder_get_families (KilterPackBuilder *self); /* int, those with demand */
const char *kilter_version_name (const KilterPlan *plan, KilterVersion version);

/* sections */
void kilter_pack_add_summary (KilterPackBuilder *self);
void kilter_pack_add_decisions (KilterPackBuilder *self);
void kilter_pack_add_status (KilterPackBuilder *self);
void kilter_pack_add_record (KilterPackBuilder *self);
void kilter_pack_add_actions (KilterPackBuilder *self);
void kilter_pack_add_scorecard (KilterPackBuilder *self);
void kilter_pack_add_changes (KilterPackBuilder *self);
void kilter_pack_add_gaps (KilterPackBuilder *self);
void kilter_pack_add_families (KilterPackBuilder *self);
void kilter_pack_add_capacity (KilterPackBuilder *self);
void kilter_pack_add_scenarios (KilterPackBuilder *self);
void kilter_pack_add_finance (KilterPackBuilder *self);
void kilter_pack_add_demand (KilterPackBuilder *self);
void kilter_pack_add_supply (KilterPackBuilder *self);
void kilter_pack_add_risks (KilterPackBuilder *self);
void kilter_pack_add_assumptions (KilterPackBuilder *self);
void kilter_pack_add_products (KilterPackBuilder *self);
void kilter_pack_add_recommendations (KilterPackBuilder *self);
void kilter_pack_add_approved (KilterPackBuilder *self);
void kilter_pack_add_result (KilterPackBuilder *self);
void kilter_pack_add_accuracy (KilterPackBuilder *self);
void kilter_pack_add_events (KilterPackBuilder *self);
void kilter_pack_add_exceptions (KilterPackBuilder *self);
void kilter_pack_add_consensus (KilterPackBuilder *self);
void kilter_pack_add_stock (KilterPackBuilder *self);
void kilter_pack_add_materials (KilterPackBuilder *self);
void kilter_pack_add_minutes (KilterPackBuilder *self);
void kilter_pack_add_agenda (KilterPackBuilder *self);
void kilter_pack_add_to_date (KilterPackBuilder *self);
void kilter_pack_add_outcomes (KilterPackBuilder *self);
void kilter_pack_add_own (KilterPackBuilder *self, int page);

double kilter_pack_measure_chart (KilterPackBuilder *self, KilterChart *chart, double width);
KilterChart *kilter_pack_make_load (KilterPackBuilder *self,
                                    KilterVersion version,
                                    gboolean of_demand,
                                    int first,
                                    int n,
                                    int max_resources,
                                    double row_height,
                                    double width);
KilterChart *kilter_pack_make_risks (KilterPackBuilder *self, guint most);
KilterChart *kilter_pack_make_value_added (KilterPackBuilder *self);
double kilter_pack_add_decision_list (KilterPackBuilder *self,
                                      KilterPackSheet *sheet,
                                      const KilterChartRect *area,
                                      int only);
KilterTable *kilter_pack_make_decisions (KilterPackBuilder *self, gboolean open);
KilterTable *kilter_pack_make_actions (KilterPackBuilder *self, gboolean with_done);

G_END_DECLS
