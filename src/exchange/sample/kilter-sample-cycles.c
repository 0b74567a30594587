/* kilter-sample-cycles.c: the plans of earlier cycles
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/sample/kilter-sample-private.h"

#include "plan/process/kilter-cycle.h"

#include <math.h>

/* --- the plan approved a month before --- */

static gboolean
add_agreed (KilterSampleBuilder *self,
            KilterCommand *command,
            KilterMeasure measure,
            KilterLayer layer,
            const char *name,
            GError **error)
{
  g_autoptr (KilterSampleTable) table = kilter_sample_table_read (self->folder, name, error);

  if (table == NULL)
    return FALSE;
  for (guint r = 1; r < table->rows->len; r++)
    {
      int row = kilter_sample_find_product (self->plan,
                                            kilter_sample_table_get (table, r, "product"));
      int bucket = kilter_sample_find_bucket (self->plan,
                                              kilter_sample_table_get (table, r, "month"));

      if (kilter_measure_get_info (measure)->grain == KILTER_GRAIN_SERIES)
        {
          const KilterRecord *region = kilter_plan_find_record (
            self->plan, KILTER_TABLE_REGION,
            kilter_sample_translate (self, kilter_sample_table_get (table, r, "region")));
          const KilterRecord *channel = kilter_plan_find_record (
            self->plan, KILTER_TABLE_CHANNEL,
            kilter_sample_translate (self, kilter_sample_table_get (table, r, "channel")));

          row = region != NULL && channel != NULL
                  ? kilter_plan_find_series (self->plan, row, region->id, channel->id)
                  : 0;
        }
      if (row > 0 && bucket >= 0)
        kilter_command_set_value (
          command, self->plan, KILTER_BASELINE, measure, layer, row, bucket,
          g_ascii_strtod (kilter_sample_table_get (table, r, "quantity"), NULL));
    }
  return TRUE;
}

/* --- the plans of earlier cycles --- */

/* Splits a product's total over its markets as they sold in the twelve buckets before a cycle; in
 * equal parts when there were no sales. */
static void
add_split (KilterSampleBuilder *self,
           KilterCommand *command,
           KilterVersion version,
           KilterMeasure measure,
           int product,
           int cycle,
           int bucket,
           double total)
{
  int n;
  const int *series = kilter_plan_get_product_series (self->plan, product, &n);
  g_autofree double *share = g_new0 (double, MAX (n, 1));
  double sum = 0;

  for (int i = 0; i < n; i++)
    {
      const double *sold = kilter_plan_get_row (self->plan, KILTER_BASELINE, KILTER_ACTUAL,
                                                series[i]);

      for (int t = MAX (cycle - 12, 0); t < cycle; t++)
        share[i] += isnan (sold[t]) ? 0 : sold[t];
      sum += share[i];
    }
  for (int i = 0; i < n; i++)
    kilter_command_set_value (command, self->plan, version, measure, KILTER_LAYER_FACT, series[i],
                              bucket, sum > 0 ? total * share[i] / sum : total / n);
}

/* What one of the plans holds, from the rows of the file that are of its cycle. */
static gboolean
add_history (KilterSampleBuilder *self,
             KilterCommand *command,
             KilterVersion version,
             const KilterSampleTable *table,
             const char *cycle_text)
{
  static const struct
  {
    const char *heading;
    KilterMeasure measure;
  } columns[] = {
    { "statistical", KILTER_STATISTICAL }, { "final", KILTER_FINAL },
    { "sales", KILTER_SALES_INPUT },       { "marketing", KILTER_MARKETING_INPUT },
    { "consensus", KILTER_CONSENSUS },
  };
  int cycle = kilter_sample_find_bucket (self->plan, cycle_text);
  gboolean any = FALSE;

  for (guint r = 1; r < table->rows->len; r++)
    {
      int product = kilter_sample_find_product (self->plan,
                                                kilter_sample_table_get (table, r, "product"));
      int bucket = kilter_sample_find_bucket (self->plan,
                                              kilter_sample_table_get (table, r, "month"));

      if (!g_str_equal (kilter_sample_table_get (table, r, "cycle"), cycle_text) || product == 0 ||
          bucket < 0)
        continue;
      any = TRUE;
      for (gsize c = 0; c < G_N_ELEMENTS (columns); c++)
        {
          const char *text = kilter_sample_table_get (table, r, columns[c].heading);

          if (*text != '\0')
            add_split (self, command, version, columns[c].measure, product, cycle, bucket,
                       g_ascii_strtod (text, NULL));
        }
    }
  return any;
}

static KilterVersion
add_approved (KilterSampleBuilder *self,
              KilterCommand *command,
              KilterBucket bucket,
              const char *who,
              const char *at)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (self->plan);
  g_autofree char *cycle = kilter_bucket_to_string (kind, bucket);
  g_autofree char *name = kilter_bucket_get_label (kind, bucket);
  int version = kilter_command_add_record (command, self->plan, KILTER_TABLE_VERSION);
  const struct
  {
    int field;
    const char *text;
  } texts[] = {
    { KILTER_VERSION_KIND, "approved" }, { KILTER_VERSION_NAME, name },
    { KILTER_VERSION_CYCLE, cycle },     { KILTER_VERSION_STATE, "approved" },
    { KILTER_VERSION_OWNER, who },       { KILTER_VERSION_AT, at },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    kilter_sample_set_text (self, command, KILTER_TABLE_VERSION, version, texts[i].field,
                            texts[i].text);
  return version;
}

/* The digest is over what the snapshot will hold. */
static gboolean
apply_approved (KilterSampleBuilder *self,
                KilterCommand *command,
                KilterVersion version,
                const char *who,
                const char *at,
                GError **error)
{
  g_autofree char *digest = NULL;

  kilter_plan_apply (self->plan, command);
  digest = kilter_plan_digest_version (self->plan, version);
  kilter_plan_revert (self->plan, command);
  kilter_sample_set_text (self, command, KILTER_TABLE_VERSION, version, KILTER_VERSION_DIGEST,
                          digest);
  return kilter_sample_apply_command (self, command, who, at, error);
}

/* Plans of the cycles before the last one: what was said of demand. */
static gboolean
make_earlier_plans (KilterSampleBuilder *self, const KilterSampleTable *history, GError **error)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (self->plan);
  KilterBucket cycle = kilter_plan_get_cycle (self->plan);

  for (int back = 12; back > 1; back--)
    {
      g_autofree char *text = kilter_bucket_to_string (kind, cycle - back);
      g_autofree char *at = g_strdup_printf ("%s-26T16:40:00Z", text);
      g_autoptr (KilterCommand) command = kilter_command_new ("approve", text);
      KilterVersion version = add_approved (self, command, cycle - back, "Ana Duarte", at);

      if (add_history (self, command, version, history, text) &&
          !apply_approved (self, command, version, "Ana Duarte", at, error))
        return FALSE;
    }
  return TRUE;
}

/* Puts the plan a month back, with the demand and supply that were approved then. */
static KilterCommand *
go_back (KilterSampleBuilder *self, GError **error)
{
  KilterPlan *plan = self->plan;
  g_autoptr (KilterCommand) command = kilter_command_new ("approve", "");
  g_autofree char *cycle = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                    kilter_plan_get_cycle (plan) - 1);
  g_autofree char *history = g_strdup_printf ("%d", kilter_plan_get_n_history (plan) - 1);
  g_autofree char *horizon = g_strdup_printf ("%d", kilter_plan_get_n_horizon (plan) + 1);

  kilter_command_set_setting (command, plan, "cycle", cycle);
  kilter_command_set_setting (command, plan, "history", history);
  kilter_command_set_setting (command, plan, "horizon", horizon);
  if (!add_agreed (self, command, KILTER_CONSENSUS, KILTER_LAYER_INPUT, "last_plan_demand.csv",
                   error) ||
      !add_agreed (self, command, KILTER_REGULAR, KILTER_LAYER_FACT, "last_plan_supply.csv", error))
    return NULL;
  return g_steal_pointer (&command);
}

/* Takes out of the snapshot what nobody knew when it was made: the actuals of its own month, and
 * what sales and marketing sent in afterwards. */
static void
forget_later (KilterSampleBuilder *self, KilterCommand *command, KilterVersion version)
{
  static const KilterMeasure later[] = { KILTER_ACTUAL, KILTER_PRODUCTION, KILTER_STOCK_ACTUAL,
                                         KILTER_SALES_INPUT, KILTER_MARKETING_INPUT };
  int n = kilter_plan_get_n_buckets (self->plan), first = kilter_plan_get_n_history (self->plan);

  for (gsize m = 0; m < G_N_ELEMENTS (later); m++)
    for (int row = 1;
         row <= kilter_plan_get_n_rows (self->plan, kilter_measure_get_info (later[m])->grain);
         row++)
      for (int t = first; t < n; t++)
        if (!isnan (kilter_plan_get_value (self->plan, KILTER_BASELINE, later[m], row, t)))
          kilter_command_set_value (command, self->plan, version, later[m], KILTER_LAYER_FACT, row,
                                    t, NAN);
}

/* The plan approved a month before: with its supply, and its demand as it was agreed. */
gboolean
kilter_sample_make_last_plan (KilterSampleBuilder *self, GError **error)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (self->plan);
  KilterBucket bucket = kilter_plan_get_cycle (self->plan) - 1;
  g_autofree char *cycle = kilter_bucket_to_string (kind, bucket);
  g_autofree char *name = kilter_bucket_get_label (kind, bucket);
  g_autoptr (KilterSampleTable)
    history = kilter_sample_table_read (self->folder, "plan_history.csv", error);
  g_autoptr (KilterCommand) before = NULL;
  g_autoptr (KilterCommand) command = NULL;
  const char *who = "Ana Duarte", *at = "2026-03-26T16:40:00Z";
  KilterVersion version;

  if (history == NULL || !make_earlier_plans (self, history, error))
    return FALSE;
  before = go_back (self, error);
  if (before == NULL)
    return FALSE;
  /* the plan stands at its March for a moment, so that stock and money follow by its formulas */
  kilter_plan_apply (self->plan, before);
  command = kilter_snapshot_new (self->plan, KILTER_BASELINE, "approved", name, who, at, &version);
  forget_later (self, command, version);
  kilter_plan_revert (self->plan, before);
  kilter_sample_set_text (self, command, KILTER_TABLE_VERSION, version, KILTER_VERSION_CYCLE,
                          cycle);
  kilter_sample_set_text (self, command, KILTER_TABLE_VERSION, version, KILTER_VERSION_STATE,
                          "approved");
  add_history (self, command, version, history, cycle);
  return apply_approved (self, command, version, who, at, error);
}
