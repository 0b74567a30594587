/* kilter-sample-private.h: what the parts of the sample share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/sample/kilter-sample.h"

G_BEGIN_DECLS

/* A small table with headings, in memory. */
typedef struct
{
  GPtrArray *rows; /* GStrv; the first are the headings */
} KilterSampleTable;

typedef struct
{
  KilterPlan *plan;
  char *folder;
  GHashTable *names; /* (nullable) English text → translated */
  KilterApplyFunc apply;
  gpointer user_data;
  KilterJob *job;
} KilterSampleBuilder;

/* kilter-sample-table.c */
void kilter_sample_table_free (KilterSampleTable *self);
char *kilter_sample_find_folder (const char *folder);
KilterSampleTable *kilter_sample_table_read (const char *folder, const char *name, GError **error);
const char *kilter_sample_table_get (const KilterSampleTable *self, guint row, const char *heading);
const char *kilter_sample_translate (const KilterSampleBuilder *self, const char *text);
GBytes *kilter_sample_table_to_bytes (const KilterSampleBuilder *self,
                                      const KilterSampleTable *table);
GHashTable *kilter_sample_read_names (const char *folder, const char *language);
gboolean kilter_sample_apply_command (KilterSampleBuilder *self,
                                      KilterCommand *command,
                                      const char *who,
                                      const char *at,
                                      GError **error);
int kilter_sample_find_product (const KilterPlan *plan, const char *code);
int kilter_sample_find_bucket (const KilterPlan *plan, const char *month);

/* kilter-sample-cycles.c */
gboolean kilter_sample_make_last_plan (KilterSampleBuilder *self, GError **error);

/* kilter-sample-records.c */
gboolean kilter_sample_make_forecast (KilterSampleBuilder *self, GError **error);
gboolean kilter_sample_make_overrides (KilterSampleBuilder *self, GError **error);
void kilter_sample_set_text (KilterSampleBuilder *self,
                             KilterCommand *command,
                             KilterTableId table,
                             int id,
                             int field,
                             const char *text);
gboolean kilter_sample_make_comments (KilterSampleBuilder *self, GError **error);
gboolean kilter_sample_make_calendar (KilterSampleBuilder *self, GError **error);

/* kilter-sample-supply.c */
gboolean kilter_sample_make_supply (KilterSampleBuilder *self, int *out_bottleneck, GError **error);
gboolean kilter_sample_make_scenarios (KilterSampleBuilder *self, int bottleneck, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterSampleTable, kilter_sample_table_free)

G_END_DECLS
