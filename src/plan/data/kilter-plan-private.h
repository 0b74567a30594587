/* kilter-plan-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/data/kilter-command.h"
#include "plan/data/kilter-plan.h"

G_BEGIN_DECLS

/* what a unit of a product takes; @alternative is 0 on the main way */
typedef struct
{
  int resource;
  double hours;
  int alternative;
  double cost; /* of the alternative, per unit, above the main way */
  gboolean allowed;
} KilterUse;

typedef struct
{
  int product; /* the component, or the product that consumes it */
  double quantity;
  int offset; /* buckets after the start */
} KilterBillLine;

/* One table: records by id, and by key where the key is unique. */
typedef struct
{
  GPtrArray *records; /* (nullable elements), index = id */
  GHashTable *by_key; /* text → id; NULL when the table has no unique text key */
  int count;
} KilterTableData;

/* The numbers of one version. */
typedef struct
{
  GPtrArray *stored[KILTER_N_MEASURES][KILTER_N_LAYERS]; /* (nullable) rows of n_buckets */
  GPtrArray *merged[KILTER_N_MEASURES][KILTER_N_LAYERS]; /* cache: own cells over the parent's */
  GPtrArray *effective[KILTER_N_MEASURES];               /* cache: what get_row() answers */
  GHashTable *notes;                                     /* cell → KilterCellNote */
} KilterVersionData;

struct _KilterPlan
{
  KilterBucketKind kind;
  KilterBucket start;
  int n_history;
  int n_horizon;

  KilterTableData tables[KILTER_N_TABLES];
  GPtrArray *versions; /* KilterVersionData, index = version */
  guint64 generation;
  double *missing;     /* a row of NaN */
  gboolean bulk;       /* many writes: caches are dropped once, at the end */
  gboolean defer_span; /* settings change one by one: the span follows when all are there */

  /* indices over the records, made again when they are asked for after a change */
  gboolean index_dirty;
  GHashTable *series_by_key;
  GPtrArray *product_series;   /* GArray of int, index = product */
  GPtrArray *product_uses;     /* GArray of KilterUse, index = product */
  GPtrArray *alternative_uses; /* the same of other lines */
  GPtrArray *product_bill;     /* GArray of KilterBillLine: components, index = product */
  GPtrArray *product_parents;  /* GArray of KilterBillLine: who consumes it, index = product */
  GArray *classes;             /* KilterStockClass, index = product; see kilter-stock-policy.c */
  guint64 classes_generation;
  KilterVersion classes_version;
  gboolean contradicts; /* see kilter_plan_contradicts_supply() */
  guint64 contradicts_generation;
  KilterVersion contradicts_version;
  GPtrArray *resource_products; /* GArray of int, index = resource */
  GPtrArray *product_policy;    /* KilterRecord, index = product */
  GPtrArray *series_model;      /* KilterRecord, index = series */
  GHashTable *varied;           /* records as scenarios assume them */
  char *base_digest;            /* of base_version at base_generation: many scenarios share it */
  KilterVersion base_version;
  guint64 base_generation;
  KilterVersion last_approved;
  KilterVersion last_cycle; /* the newest that was approved in an earlier cycle */
};

/* arrays of rows by id, grown on demand */
gpointer kilter_rows_peek (const GPtrArray *array, int index);
void kilter_rows_put (GPtrArray **array, int index, gpointer data, GDestroyNotify destroy);
double *kilter_rows_new_missing (int n);
guint64 kilter_note_key (KilterMeasure measure, int row, KilterBucket bucket);
void kilter_note_free (gpointer data);
void kilter_version_data_free (gpointer data);

KilterVersionData *kilter_plan_ensure_version (KilterPlan *self, KilterVersion version);
void kilter_plan_update_index (KilterPlan *self);
void kilter_plan_update_span (KilterPlan *self);
void kilter_plan_invalidate_all (KilterPlan *self);
void kilter_plan_write_values (KilterPlan *self,
                               KilterVersion version,
                               KilterMeasure measure,
                               KilterLayer layer,
                               int row,
                               KilterBucket first,
                               int n,
                               const double *values,
                               const KilterCellNote *notes);
void
kilter_plan_write_record (KilterPlan *self, KilterTableId table, int id, const KilterValue *values);

int kilter_plan_get_history_of (const KilterPlan *self, KilterVersion version);
KilterVersion kilter_plan_get_last_cycle_of (const KilterPlan *self, KilterVersion version);
const KilterUse *kilter_plan_get_uses (KilterPlan *self, int product, int *out_n);
const int *kilter_plan_get_resource_products (KilterPlan *self, int resource, int *out_n);
const KilterUse *kilter_plan_get_alternative_uses (KilterPlan *self, int product, int *out_n);
const KilterBillLine *kilter_plan_get_bill (KilterPlan *self, int product, int *out_n);
const KilterBillLine *kilter_plan_get_parents (KilterPlan *self, int product, int *out_n);
const KilterRecord *kilter_plan_get_policy (KilterPlan *self, int product);
gboolean kilter_plan_is_made_to_order (const KilterPlan *self, int product);
gboolean kilter_plan_is_bought (const KilterPlan *self, int product);
gboolean kilter_plan_waits (KilterPlan *self, int product);
int kilter_plan_get_phase_out (const KilterPlan *self, int product);
void kilter_plan_product_needs (KilterPlan *self, KilterVersion version, int product, double *out);

void kilter_plan_clear_varied (KilterPlan *self);
const KilterRecord *
kilter_plan_get_policy_in (KilterPlan *self, KilterVersion version, int product);

/* kilter-formula.c */
void kilter_formula_row (KilterPlan *self,
                         KilterVersion version,
                         KilterMeasure measure,
                         int row,
                         double *out);
/* kilter-formula-demand.c */
void kilter_formula_event (KilterPlan *self, KilterVersion version, int row, double *out);
void kilter_formula_consensus (KilterPlan *self, KilterVersion version, int row, double *out);
void kilter_formula_orders (KilterPlan *self,
                            KilterVersion version,
                            KilterMeasure measure,
                            int row,
                            double *out);
void kilter_plan_product_demand (KilterPlan *self, KilterVersion version, int product, double *out);
KilterVersionData *kilter_plan_peek_version (const KilterPlan *self, KilterVersion version);
void kilter_plan_cache_row (KilterPlan *self,
                            KilterVersion version,
                            KilterMeasure measure,
                            int row,
                            double *values /* (transfer full) */);

/* kilter-insight.c */
double kilter_history_expect (const double *actual, int n, int season, int bucket);

void kilter_cell_note_clear (KilterCellNote *note);
void kilter_cell_note_copy (KilterCellNote *to, const KilterCellNote *from);

G_END_DECLS
