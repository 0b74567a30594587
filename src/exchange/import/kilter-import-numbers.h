/* kilter-import-numbers.h: (private) rows of numbers while they are read
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/import/kilter-import-private.h"
#include "exchange/guess/kilter-map.h"

G_BEGIN_DECLS

typedef struct
{
  KilterDateStatus status;
  gboolean outside_before;
  gboolean outside_after;
  gboolean coarse;
  gboolean after_cycle;
  KilterPeriod period;
  KilterBucket first; /* buckets that it touches */
  KilterBucket last;
  int first_days; /* of its days, how many lie in @first */
} KilterPeriodInfo;

/* One number, or the numbers of one row and period. */
typedef struct
{
  guint32 row;
  guint32 target;
  guint32 period;
  guint8 variant; /* the code was written in another way than it is stored */
  guint8 dropped;
} KilterEntry;

typedef struct _KilterConverter KilterConverter;

typedef struct
{
  KilterImportPreview *preview;
  const KilterPlan *plan;
  const KilterSheet *sheet;
  const KilterImportOptions *options;
  const KilterGuess *guess;
  const KilterImportKindInfo *info;
  KilterBucketKind bucket_kind;

  KilterEntityFinder *finders[KILTER_N_ENTITIES];
  int columns[KILTER_COLUMN_PERIOD + 1]; /* first column of each type, or −1 */
  guint value_columns[8];
  guint n_values;
  GArray *period_columns; /* guint: columns of a months-across layout */

  GHashTable *period_by_text; /* text → index + 1 */
  GHashTable *period_by_date; /* the same for dates of a workbook */
  GArray *periods;            /* KilterPeriodInfo */
  guint *column_periods;      /* of a months-across layout: index of the period, by column */
  KilterMap period_by_day;    /* first day and unit → index of the first period that is the same */
  GArray *period_same;        /* guint32: for each period, the first that is the same */
  guint64 last_period_text;

  KilterMap target_by_key;
  GArray *entries; /* KilterEntry */
  GArray *values;  /* double: n_values for each entry */
  guint n_default_market;
  guint n_all_markets;
  guint n_bracketed;
  KilterConverter *converter; /* (nullable): of a file with units or currencies */
  guint n_converted;
  double before[8]; /* by measure: what the plan has where the file has numbers */
  double after[8];
} KilterNumberReader;

/* kilter-import-repeats.c */
gboolean kilter_number_reader_settle_repeats (KilterNumberReader *reader);
double *kilter_number_reader_get_values (KilterNumberReader *reader, guint index);

/* kilter-import-convert.c */
KilterConverter *kilter_converter_new (const KilterPlan *plan);
void kilter_converter_free (KilterConverter *self);
double kilter_converter_get_unit (const KilterConverter *self, int product, const char *unit);
double
kilter_converter_get_rate (const KilterConverter *self, const char *currency, KilterBucket bucket);
gboolean kilter_number_reader_convert (KilterNumberReader *reader,
                                       guint row,
                                       guint32 target,
                                       guint32 period,
                                       double *values);

/* kilter-import-compare.c */
void kilter_number_reader_compare (KilterNumberReader *reader);
GArray *kilter_import_find_rows (const KilterPlan *plan,
                                 const KilterImportData *data,
                                 const KilterTarget *target);

G_END_DECLS
