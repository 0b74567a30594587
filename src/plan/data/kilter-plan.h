/* kilter-plan.h: a company's plan in memory: records, numbers, versions
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/kilter-calendar.h"
#include "plan/data/kilter-measure.h"
#include "plan/data/kilter-record.h"

G_BEGIN_DECLS

/**
 * KilterPlan:
 *
 * The plan: tables of records and, for each version (scenario or snapshot), measures as rows of
 * doubles over the plan's buckets. Missing is NaN. It changes only through commands
 * (kilter-command.h). Not thread-safe: it belongs to one thread; long work copies what it needs.
 *
 * A row's index is the id of its series, product or resource record.
 */
typedef struct _KilterPlan KilterPlan;

/**
 * KilterVersion:
 *
 * The id of a record of %KILTER_TABLE_VERSION: a scenario, which is live and holds only its
 * differences to its parent, or a snapshot, which is frozen.
 */
typedef int KilterVersion;

#define KILTER_BASELINE 1

/**
 * KilterLayer:
 * @KILTER_LAYER_FACT: imported, or computed by an engine
 * @KILTER_LAYER_INPUT: typed by a person; wins over fact and formula
 * @KILTER_LAYER_LOCK: 1 where the cell is locked
 */
typedef enum
{
  KILTER_LAYER_FACT,
  KILTER_LAYER_INPUT,
  KILTER_LAYER_LOCK,
  KILTER_N_LAYERS,
} KilterLayer;

/**
 * KilterCellNote:
 *
 * Who typed a value, when, and why.
 */
typedef struct
{
  char *author;
  char *at;     /* "2026-04-09T09:12:00Z" */
  char *reason; /* (nullable) */
} KilterCellNote;

KilterPlan *
kilter_plan_new (KilterBucketKind kind, KilterBucket cycle, int n_history, int n_horizon);
KilterPlan *
kilter_plan_copy (const KilterPlan *self, const KilterMeasure *measures, guint n_measures);
void kilter_plan_free (KilterPlan *self);

/* time: buckets are counted from the first of the history, 0 … n_buckets − 1 */
KilterBucketKind kilter_plan_get_bucket_kind (const KilterPlan *self);
KilterBucket kilter_plan_get_start (const KilterPlan *self);
KilterBucket kilter_plan_get_cycle (const KilterPlan *self);
int kilter_plan_get_n_history (const KilterPlan *self); /* also the index of the cycle's bucket */
int kilter_plan_get_n_horizon (const KilterPlan *self);
int kilter_plan_get_n_buckets (const KilterPlan *self);
KilterBucket kilter_plan_get_bucket (const KilterPlan *self, int index);
int kilter_plan_find_bucket (const KilterPlan *self, KilterBucket bucket); /* or -1 */
int kilter_plan_get_season (const KilterPlan *self);

/* settings with defaults; see kilter-settings.c for the keys */
const char *kilter_plan_get_setting (const KilterPlan *self, const char *key);
double kilter_plan_get_setting_number (const KilterPlan *self, const char *key);
const char *kilter_plan_get_name (const KilterPlan *self);
const char *kilter_plan_get_currency (const KilterPlan *self);
const char *kilter_plan_get_uuid (const KilterPlan *self);

/* records */
int kilter_plan_get_max_id (const KilterPlan *self, KilterTableId table); /* ids are 1 … max */
const KilterRecord *kilter_plan_get_record (const KilterPlan *self, KilterTableId table, int id);
const KilterRecord *
kilter_plan_find_record (const KilterPlan *self, KilterTableId table, const char *key);
int kilter_plan_count_records (const KilterPlan *self, KilterTableId table);
const char *kilter_plan_get_key (const KilterPlan *self, KilterTableId table, int id);
const KilterRecord *
kilter_plan_get_record_in (KilterPlan *self, KilterVersion version, KilterTableId table, int id);
int kilter_plan_find_series (const KilterPlan *self, int product, int region, int channel);
const KilterRecord *kilter_plan_find_model (const KilterPlan *self, int series);
const int *kilter_plan_get_product_series (const KilterPlan *self, int product, int *out_n);

/**
 * KILTER_FOREACH_RECORD:
 *
 * Walks the records of a table by rising id.
 */
#define KILTER_FOREACH_RECORD(plan, table, record)                                                 \
  for (int record##_id = 1; record##_id <= kilter_plan_get_max_id ((plan), (table));               \
       record##_id++)                                                                              \
    for (const KilterRecord *record = kilter_plan_get_record ((plan), (table), record##_id);       \
         record != NULL; record = NULL)

/* numbers */
int kilter_plan_get_n_rows (const KilterPlan *self, KilterGrain grain); /* rows are 1 … n */
const double *
kilter_plan_get_row (KilterPlan *self, KilterVersion version, KilterMeasure measure, int row);
double kilter_plan_get_value (KilterPlan *self,
                              KilterVersion version,
                              KilterMeasure measure,
                              int row,
                              int bucket);
const double *kilter_plan_get_stored (const KilterPlan *self,
                                      KilterVersion version,
                                      KilterMeasure measure,
                                      KilterLayer layer,
                                      int row);
const double *kilter_plan_get_own (const KilterPlan *self,
                                   KilterVersion version,
                                   KilterMeasure measure,
                                   KilterLayer layer,
                                   int row);
const KilterCellNote *kilter_plan_get_note (const KilterPlan *self,
                                            KilterVersion version,
                                            KilterMeasure measure,
                                            int row,
                                            int bucket);
gboolean kilter_plan_is_locked (const KilterPlan *self,
                                KilterVersion version,
                                KilterMeasure measure,
                                int row,
                                int bucket);
guint64 kilter_plan_get_generation (const KilterPlan *self);

/* A scenario inherits each cell that is missing in it. This NaN says "the parent's typed value is
 * taken away here"; in the file it is a row of `input` whose value is NULL. It occurs only in what
 * kilter_plan_get_own() and range changes of scenarios hold; isnan() is true for it. */
double kilter_value_cleared (void);
gboolean kilter_value_is_cleared (double value);

/* versions */
KilterVersion kilter_plan_get_parent (const KilterPlan *self, KilterVersion version); /* or 0 */
gboolean kilter_plan_is_snapshot (const KilterPlan *self, KilterVersion version);
KilterVersion kilter_plan_get_last_approved (const KilterPlan *self); /* a snapshot, or 0 */
KilterVersion kilter_plan_get_last_cycle (const KilterPlan *self);    /* a snapshot, or 0 */
int kilter_plan_count_differences (const KilterPlan *self, KilterVersion version);
char *kilter_plan_digest_version (KilterPlan *self, KilterVersion version);

G_END_DECLS
