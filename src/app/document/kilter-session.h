/* kilter-session.h: what one window looks at: scenario, scope, unit, bucket, selection, page
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "plan/kilter-scope.h"
#include "report/words/kilter-format.h"

G_BEGIN_DECLS

/**
 * KilterChange:
 * @KILTER_CHANGE_VALUES: numbers of the plan
 * @KILTER_CHANGE_RECORDS: records of the plan (products, steps, tasks, versions …)
 * @KILTER_CHANGE_SCOPE: another product, region or channel was chosen
 * @KILTER_CHANGE_UNIT: another unit was chosen
 * @KILTER_CHANGE_VERSION: another scenario was chosen
 * @KILTER_CHANGE_TIME: months, quarters or years
 * @KILTER_CHANGE_LOOK: preferences of numbers and rows, or the language
 * @KILTER_CHANGE_ALL: everything: the page is shown for the first time, or the plan was reloaded
 *
 * What a page has to show anew. The current bucket and the selection are not among them: they
 * move often and are notified by the session alone.
 */
typedef enum
{
  KILTER_CHANGE_NONE = 0,
  KILTER_CHANGE_VALUES = 1 << 0,
  KILTER_CHANGE_RECORDS = 1 << 1,
  KILTER_CHANGE_SCOPE = 1 << 2,
  KILTER_CHANGE_UNIT = 1 << 3,
  KILTER_CHANGE_VERSION = 1 << 4,
  KILTER_CHANGE_TIME = 1 << 5,
  KILTER_CHANGE_LOOK = 1 << 6,
  KILTER_CHANGE_ALL = (1 << 7) - 1,
} KilterChange;

typedef enum
{
  KILTER_TIME_BUCKETS,
  KILTER_TIME_QUARTERS,
  KILTER_TIME_YEARS,
} KilterTimeGrain;

/**
 * KilterSelection:
 * @measure: of the cursor's cell, or -1 when nothing is selected
 * @scope: what the cell's row stands for
 * @first: first bucket of the range
 * @n: how many buckets
 * @n_rows: how many rows
 *
 * Selected cells of the planning grid.
 */
typedef struct
{
  int measure;
  KilterScope scope;
  int first;
  int n;
  int n_rows;
} KilterSelection;

/**
 * KilterSession:
 *
 * What a window looks at. It stays when the view changes. Everything is on the main thread.
 *
 * Properties (all notify): `version` (int), `unit` (int), `time` (int), `bucket` (int),
 * `view` (string), `page` (string); boxed without a property of their own: the scope (signal
 * `notify::scope-title`) and the selection (signal `selection-changed`).
 *
 * Signals:
 * - `changed (KilterChange change)`: scope, unit, version or time grain
 * - `selection-changed ()`
 */
#define KILTER_TYPE_SESSION (kilter_session_get_type ())
G_DECLARE_FINAL_TYPE (KilterSession, kilter_session, KILTER, SESSION, GObject)

KilterSession *kilter_session_new (void);

KilterVersion kilter_session_get_version (KilterSession *self);
void kilter_session_set_version (KilterSession *self, KilterVersion version);

/* what grids paint differences from: a snapshot or scenario, 0 for nothing; changes as
 * KILTER_CHANGE_LOOK */
KilterVersion kilter_session_get_compared (KilterSession *self);
void kilter_session_set_compared (KilterSession *self, KilterVersion version);

const KilterScope *kilter_session_get_scope (KilterSession *self);
void kilter_session_set_scope (KilterSession *self, const KilterScope *scope);

KilterDisplayUnit kilter_session_get_unit (KilterSession *self);
void kilter_session_set_unit (KilterSession *self, KilterDisplayUnit unit);

KilterTimeGrain kilter_session_get_time (KilterSession *self);
void kilter_session_set_time (KilterSession *self, KilterTimeGrain time);

/* grouping, sorting and filtering of rows; setting it again lets sorting look at the numbers anew
 */
const char *kilter_session_get_pivot (KilterSession *self);
void kilter_session_set_pivot (KilterSession *self, const char *pivot);

/* the crosshair, shared by charts and grids: a bucket index of the plan, or -1 */
int kilter_session_get_bucket (KilterSession *self);
void kilter_session_set_bucket (KilterSession *self, int bucket);

const KilterSelection *kilter_session_get_selection (KilterSession *self);
void kilter_session_set_selection (KilterSession *self, const KilterSelection *selection);

/* keys of kilter-views.h */
const char *kilter_session_get_view (KilterSession *self);
const char *kilter_session_get_page (KilterSession *self);
void kilter_session_show (KilterSession *self, const char *view, const char *page);

G_END_DECLS
