/* kilter-heat-page.h: a heat map over the columns of a grid: stock, materials
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/common/kilter-plan-grid.h"

G_BEGIN_DECLS

#define KILTER_TYPE_HEAT_PAGE (kilter_heat_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (KilterHeatPage, kilter_heat_page, KILTER, HEAT_PAGE, KilterPage)

/**
 * KilterHeatPageClass:
 * @prepare: looks at the plan anew; %FALSE when there is nothing to show
 * @fill: adds the rows of the grid
 * @draw: (transfer full) (nullable): the heat map of buckets in view; @out_rows gets what its rows
 *   stand for, @out_headline what the page says
 * @point: shows in the grid what a row of the heat map stands for; @out_row gets the product or
 *   resource, the measure and the kind of its row, @out_below how many rows below should be in view
 *
 * The template has a stack with the pages "empty" and "plan", the latter with a #KilterFigureTitle
 * `title`, a #KilterChartView `cover` and a bin `grid_bin`.
 */
struct _KilterHeatPageClass
{
  KilterPageClass parent_class;

  gboolean (*prepare) (KilterHeatPage *self, const KilterSubject *subject);
  void (*fill) (KilterHeatPage *self, KilterPlanGrid *grid, const KilterSubject *subject);
  KilterChart *(*draw) (KilterHeatPage *self,
                        const KilterSubject *subject,
                        int first,
                        int n,
                        const KilterChartPlace *place,
                        GArray **out_rows,
                        char **out_headline);
  void (*point) (KilterHeatPage *self,
                 KilterPlanGrid *grid,
                 int id,
                 KilterPlanRow *out_row,
                 int *out_below);
};

void kilter_heat_page_bind (GtkWidgetClass *klass, const char *resource);
void kilter_heat_page_set_up (KilterHeatPage *self, const char *grid_label, const char *file_name);
/* fills the grid again, after a row was opened */
void kilter_heat_page_fill (KilterHeatPage *self);

G_END_DECLS
