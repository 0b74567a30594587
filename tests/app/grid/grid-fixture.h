/* grid-fixture.h: a small model in memory for the tests and the demo of the grid.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "app/grid/kilter-grid.h"
G_BEGIN_DECLS

#define GRID_TYPE_FIXTURE (grid_fixture_get_type ())
G_DECLARE_FINAL_TYPE (GridFixture, grid_fixture, GRID, FIXTURE, GObject)

/* Columns: "upper/label:flags" separated by spaces, "_" for a space; flags: p past, y year start,
 * ! problem, f fenced. Rows: "label|attributes|unit|values", see grid-fixture.c. */
GridFixture *grid_fixture_new (const char *columns, int n_frozen);
void grid_fixture_add (GridFixture *self, const char *row);
double grid_fixture_get_value (GridFixture *self, int row, int col);
const char *grid_fixture_get_text (GridFixture *self, int row, int col);
int grid_fixture_get_n_writes (GridFixture *self);

/* Sheets like the pages show them. */
GridFixture *grid_fixture_new_forecast (void);
GridFixture *grid_fixture_new_demand (void);
GridFixture *grid_fixture_new_supply (void);
GridFixture *grid_fixture_new_sop (void);
const char *grid_fixture_get_corner (GridFixture *self);

G_END_DECLS
