/* kilter-participant-make.c: a new plan that holds only what a person may see
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/participant/kilter-participant-private.h"

#include "plan/process/kilter-cycle.h"
#include "plan/review/kilter-review.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Everything is put in by name here: a field, setting or measure that is not listed stays out. */

typedef struct
{
  KilterTableId table;
  const int *fields; /* ends with -1 */
  const int *money;  /* (nullable): only for those who may see money */
} Visible;

#define FIELDS(...) ((const int[]) { __VA_ARGS__, -1 })

static const Visible visible[] = {
  { KILTER_TABLE_PERSON, FIELDS (KILTER_PERSON_NAME, KILTER_PERSON_ROLE), NULL },
  { KILTER_TABLE_CATEGORY, FIELDS (KILTER_CATEGORY_NAME), NULL },
  { KILTER_TABLE_FAMILY, FIELDS (KILTER_FAMILY_NAME, KILTER_FAMILY_CATEGORY), NULL },
  { KILTER_TABLE_PRODUCT,
    FIELDS (KILTER_PRODUCT_CODE,
            KILTER_PRODUCT_NAME,
            KILTER_PRODUCT_FAMILY,
            KILTER_PRODUCT_GROUP,
            KILTER_PRODUCT_UNIT,
            KILTER_PRODUCT_STATUS,
            KILTER_PRODUCT_LAUNCH,
            KILTER_PRODUCT_PHASE_OUT,
            KILTER_PRODUCT_PREDECESSOR,
            KILTER_PRODUCT_PREDECESSOR_SHARE,
            KILTER_PRODUCT_LIKE,
            KILTER_PRODUCT_LIKE_SHARE,
            KILTER_PRODUCT_LIKE_2,
            KILTER_PRODUCT_LIKE_3,
            KILTER_PRODUCT_LAUNCH_CURVE,
            KILTER_PRODUCT_PHASE_OUT_CURVE,
            KILTER_PRODUCT_PHASE_OUT_PERIODS),
    FIELDS (KILTER_PRODUCT_PRICE, KILTER_PRODUCT_COST) },
  { KILTER_TABLE_REGION, FIELDS (KILTER_REGION_NAME), NULL },
  { KILTER_TABLE_CHANNEL, FIELDS (KILTER_CHANNEL_NAME), NULL },
  { KILTER_TABLE_SERIES,
    FIELDS (KILTER_SERIES_PRODUCT, KILTER_SERIES_REGION, KILTER_SERIES_CHANNEL), NULL },
  { KILTER_TABLE_REASON, FIELDS (KILTER_REASON_NAME, KILTER_REASON_CODE), NULL },
  { KILTER_TABLE_CYCLE, FIELDS (KILTER_CYCLE_BUCKET, KILTER_CYCLE_STATE), NULL },
  { KILTER_TABLE_VERSION, FIELDS (KILTER_VERSION_KIND, KILTER_VERSION_STATE), NULL },
  { KILTER_TABLE_STEP,
    FIELDS (KILTER_STEP_CYCLE,
            KILTER_STEP_NUMBER,
            KILTER_STEP_STATE,
            KILTER_STEP_DUE,
            KILTER_STEP_TIME,
            KILTER_STEP_OWNER),
    NULL },
  { KILTER_TABLE_TASK,
    FIELDS (KILTER_TASK_CYCLE,
            KILTER_TASK_STEP,
            KILTER_TASK_TITLE,
            KILTER_TASK_OWNER,
            KILTER_TASK_DUE,
            KILTER_TASK_DONE),
    NULL },
  { KILTER_TABLE_RISK,
    FIELDS (KILTER_RISK_KIND,
            KILTER_RISK_TEXT,
            KILTER_RISK_FAMILY,
            KILTER_RISK_FROM,
            KILTER_RISK_TO,
            KILTER_RISK_LIKELIHOOD,
            KILTER_RISK_OWNER,
            KILTER_RISK_REVIEW,
            KILTER_RISK_STATE,
            KILTER_RISK_TRIGGER,
            KILTER_RISK_VOLUME),
    FIELDS (KILTER_RISK_EFFECT,
            KILTER_RISK_LOW,
            KILTER_RISK_HIGH,
            KILTER_RISK_MEASURE,
            KILTER_RISK_EXPECTED,
            KILTER_RISK_TOLERANCE,
            KILTER_RISK_REVENUE) },
  { KILTER_TABLE_COMMENT,
    FIELDS (KILTER_COMMENT_MEASURE,
            KILTER_COMMENT_BUCKET,
            KILTER_COMMENT_TEXT,
            KILTER_COMMENT_AUTHOR,
            KILTER_COMMENT_AT,
            KILTER_COMMENT_RESOLVED),
    NULL },
  { KILTER_TABLE_MODEL,
    FIELDS (KILTER_MODEL_SERIES,
            KILTER_MODEL_METHOD,
            KILTER_MODEL_MEMBERS,
            KILTER_MODEL_CLASS,
            KILTER_MODEL_WAPE,
            KILTER_MODEL_BIAS,
            KILTER_MODEL_NAIVE_WAPE,
            KILTER_MODEL_MASE,
            KILTER_MODEL_ORIGINS,
            KILTER_MODEL_TREND,
            KILTER_MODEL_SEASON,
            KILTER_MODEL_FORCED,
            KILTER_MODEL_RESIDUAL,
            KILTER_MODEL_REASONS,
            KILTER_MODEL_OWN_SEASON),
    NULL },
  { KILTER_TABLE_CONTRIBUTOR,
    FIELDS (KILTER_CONTRIBUTOR_PERSON,
            KILTER_CONTRIBUTOR_MEASURE,
            KILTER_CONTRIBUTOR_FAMILY,
            KILTER_CONTRIBUTOR_REGION,
            KILTER_CONTRIBUTOR_CHANNEL,
            KILTER_CONTRIBUTOR_CYCLE,
            KILTER_CONTRIBUTOR_SENT),
    NULL },
};

static const char *const visible_settings[] = { "name",         "currency",      "unit",
                                                "bucket",       "cycle",         "history",
                                                "horizon",      "fence",         "quantity-scale",
                                                "large-change", "large-override" };

/* quantities that a person may look at in his part of the plan, besides what he fills in */
static const KilterMeasure visible_facts[] = {
  KILTER_ACTUAL, KILTER_PREVIOUS, KILTER_STATISTICAL, KILTER_LOW_50,  KILTER_HIGH_50,
  KILTER_LOW_80, KILTER_HIGH_80,  KILTER_LOW_95,      KILTER_HIGH_95, KILTER_BUDGET,
};
static const KilterMeasure visible_inputs[] = { KILTER_CORRECTION, KILTER_OVERRIDE_ADD,
                                                KILTER_OVERRIDE_SHARE, KILTER_FINAL };
static const KilterMeasure inputs[] = { KILTER_SALES_INPUT, KILTER_MARKETING_INPUT,
                                        KILTER_FINANCE_INPUT, KILTER_CUSTOMER_INPUT };

typedef struct
{
  KilterPlan *plan;
  const KilterParticipantRequest *request;
  KilterPlan *copy;
  GHashTable *ids[KILTER_N_TABLES]; /* of the plan → of the copy */
  GString *records;                 /* what the copy knows of comments and assumptions */
} Maker;

/* --- records --- */

static int
find_id (const Maker *self, KilterTableId table, int id)
{
  return self->ids[table] != NULL
           ? GPOINTER_TO_INT (g_hash_table_lookup (self->ids[table], GINT_TO_POINTER (id)))
           : 0;
}

static int
give_id (Maker *self, KilterTableId table, int id)
{
  int mine;

  if (self->ids[table] == NULL)
    self->ids[table] = g_hash_table_new (NULL, NULL);
  mine = (int) g_hash_table_size (self->ids[table]) + 1;
  g_hash_table_insert (self->ids[table], GINT_TO_POINTER (id), GINT_TO_POINTER (mine));
  return mine;
}

static void
copy_field (const Maker *self, const KilterRecord *record, int field, KilterValue *values)
{
  const KilterFieldInfo *info = &kilter_table_get_info (record->table)->fields[field];

  if (info->type == KILTER_FIELD_REF)
    {
      int id = find_id (self, info->ref, kilter_record_ref (record, field));

      values[field].number = id > 0 ? id : NAN;
      return;
    }
  values[field].number = record->values[field].number;
  values[field].text = g_strdup (record->values[field].text);
}

static KilterValue *
copy_values (const Maker *self, const KilterRecord *record)
{
  KilterValue *values = kilter_values_new (record->table);

  for (gsize i = 0; i < G_N_ELEMENTS (visible); i++)
    {
      if (visible[i].table != record->table)
        continue;
      for (int k = 0; visible[i].fields[k] >= 0; k++)
        copy_field (self, record, visible[i].fields[k], values);
      for (int k = 0; self->request->money && visible[i].money != NULL && visible[i].money[k] >= 0;
           k++)
        copy_field (self, record, visible[i].money[k], values);
    }
  return values;
}

static int
add_values (Maker *self, KilterTableId table, int id, KilterValue *values)
{
  int mine = find_id (self, table, id);

  if (mine == 0)
    mine = give_id (self, table, id);
  kilter_plan_load_record (self->copy, table, mine, values);
  return mine;
}

static int
add_record (Maker *self, KilterTableId table, int id)
{
  const KilterRecord *record = kilter_plan_get_record (self->plan, table, id);

  return record != NULL ? add_values (self, table, id, copy_values (self, record)) : 0;
}

static void
add_setting (Maker *self, const char *key, const char *value)
{
  KilterValue *values = kilter_values_new (KILTER_TABLE_SETTING);

  values[KILTER_SETTING_KEY].text = g_strdup (key);
  values[KILTER_SETTING_VALUE].text = g_strdup (value);
  kilter_plan_load_record (self->copy, KILTER_TABLE_SETTING,
                           kilter_plan_get_max_id (self->copy, KILTER_TABLE_SETTING) + 1, values);
}

static void
add_settings (Maker *self)
{
  add_setting (self, "uuid", self->request->token);
  for (gsize i = 0; i < G_N_ELEMENTS (visible_settings); i++)
    {
      const char *value = kilter_plan_get_setting (self->plan, visible_settings[i]);

      if (value != NULL)
        add_setting (self, visible_settings[i], value);
    }
  add_setting (self, KILTER_PARTICIPANT_OWNER,
               kilter_plan_get_key (self->plan, KILTER_TABLE_PERSON, self->request->person));
  add_setting (self, KILTER_PARTICIPANT_PLAN, kilter_plan_get_uuid (self->plan));
  add_setting (self, KILTER_PARTICIPANT_SENT, self->request->at);
}

static gboolean
is_contributor_of (const Maker *self, const KilterRecord *contributor)
{
  return kilter_record_ref (contributor, KILTER_CONTRIBUTOR_PERSON) == self->request->person &&
         kilter_contributor_get_measure (self->plan, contributor->id) >= 0;
}

/* What the inputs weigh that are not in the copy is nothing. */
static void
add_weights (Maker *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autofree char *key = kilter_input_weight_key (inputs[i], 0);
      gboolean sent = FALSE;

      KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_CONTRIBUTOR, contributor)
        if (is_contributor_of (self, contributor) &&
            kilter_contributor_get_measure (self->plan, contributor->id) == (int) inputs[i])
          sent = TRUE;
      add_setting (self, key, sent ? kilter_plan_get_setting (self->plan, key) : "0");
    }
}

static void
add_product (Maker *self, int product)
{
  const KilterRecord *record = kilter_plan_get_record (self->plan, KILTER_TABLE_PRODUCT, product);
  int family = record != NULL ? kilter_record_ref (record, KILTER_PRODUCT_FAMILY) : 0;
  const KilterRecord *of = kilter_plan_get_record (self->plan, KILTER_TABLE_FAMILY, family);
  int category = of != NULL ? kilter_record_ref (of, KILTER_FAMILY_CATEGORY) : 0;

  if (category > 0 && find_id (self, KILTER_TABLE_CATEGORY, category) == 0)
    add_record (self, KILTER_TABLE_CATEGORY, category);
  if (family > 0 && find_id (self, KILTER_TABLE_FAMILY, family) == 0)
    add_record (self, KILTER_TABLE_FAMILY, family);
  /* its values follow when all products have their ids: they refer to one another */
  if (find_id (self, KILTER_TABLE_PRODUCT, product) == 0)
    give_id (self, KILTER_TABLE_PRODUCT, product);
}

static guint
add_series (Maker *self)
{
  guint n = 0;

  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_SERIES, series)
    {
      int region = kilter_record_ref (series, KILTER_SERIES_REGION);
      int channel = kilter_record_ref (series, KILTER_SERIES_CHANNEL);

      if (!kilter_participant_has_series (self->plan, self->request->person, series->id))
        continue;
      add_product (self, kilter_record_ref (series, KILTER_SERIES_PRODUCT));
      if (find_id (self, KILTER_TABLE_REGION, region) == 0)
        add_record (self, KILTER_TABLE_REGION, region);
      if (find_id (self, KILTER_TABLE_CHANNEL, channel) == 0)
        add_record (self, KILTER_TABLE_CHANNEL, channel);
      add_record (self, KILTER_TABLE_SERIES, series->id);
      n++;
    }
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_PRODUCT, product)
    if (find_id (self, KILTER_TABLE_PRODUCT, product->id) > 0)
      add_record (self, KILTER_TABLE_PRODUCT, product->id);
  return n;
}

static void
add_cycle (Maker *self)
{
  int cycle = kilter_plan_get_current_cycle (self->plan);

  add_record (self, KILTER_TABLE_CYCLE, cycle);
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_STEP, step)
    if (kilter_record_ref (step, KILTER_STEP_CYCLE) == cycle)
      add_record (self, KILTER_TABLE_STEP, step->id);
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_TASK, task)
    if (kilter_record_ref (task, KILTER_TASK_CYCLE) == cycle &&
        kilter_record_ref (task, KILTER_TASK_OWNER) == self->request->person)
      add_record (self, KILTER_TABLE_TASK, task->id);
}

static void
add_version (Maker *self, int id, const char *kind, const char *name, const char *at)
{
  KilterValue *values = kilter_values_new (KILTER_TABLE_VERSION);

  values[KILTER_VERSION_KIND].text = g_strdup (kind);
  values[KILTER_VERSION_NAME].text = g_strdup (name);
  values[KILTER_VERSION_STATE].text = g_strdup ("working");
  values[KILTER_VERSION_CYCLE].text = g_strdup (kilter_plan_get_setting (self->plan, "cycle"));
  values[KILTER_VERSION_AT].text = g_strdup (at);
  kilter_plan_load_record (self->copy, KILTER_TABLE_VERSION, id, values);
}

static void
add_contributors (Maker *self)
{
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    {
      if (is_contributor_of (self, contributor))
        add_record (self, KILTER_TABLE_CONTRIBUTOR, contributor->id);
    }
}

/* "comment 3 17 0f3a…": the copy's third comment is the plan's seventeenth, and said that */
static void
note_record (Maker *self, KilterTableId table, int mine, int id)
{
  g_autofree char *hash = kilter_participant_hash_record (
    table, kilter_plan_get_record (self->copy, table, mine)->values);

  g_string_append_printf (self->records, "%s %d %d %s\n", kilter_table_get_info (table)->name, mine,
                          id, hash);
}

static gboolean
is_visible_measure (const Maker *self, int measure)
{
  for (gsize i = 0; i < G_N_ELEMENTS (visible_facts); i++)
    if ((int) visible_facts[i] == measure)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (visible_inputs); i++)
    if ((int) visible_inputs[i] == measure)
      return TRUE;
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    if (is_contributor_of (self, contributor) &&
        kilter_contributor_get_measure (self->plan, contributor->id) == measure)
      return TRUE;
  return FALSE;
}

static void
add_comments (Maker *self)
{
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_COMMENT, comment)
    {
      int version = kilter_record_ref (comment, KILTER_COMMENT_VERSION);
      int row = (int) kilter_record_number_or (comment, KILTER_COMMENT_ROW, 0);
      int series = find_id (self, KILTER_TABLE_SERIES, row);
      int measure = kilter_measure_from_key (kilter_record_text (comment, KILTER_COMMENT_MEASURE));
      KilterValue *values;

      if ((version != 0 && version != self->request->version) || series == 0 || measure < 0 ||
          kilter_measure_get_info ((KilterMeasure) measure)->grain != KILTER_GRAIN_SERIES ||
          !is_visible_measure (self, measure))
        continue;
      values = copy_values (self, comment);
      values[KILTER_COMMENT_VERSION].number = KILTER_BASELINE;
      values[KILTER_COMMENT_ROW].number = series;
      note_record (self, KILTER_TABLE_COMMENT,
                   add_values (self, KILTER_TABLE_COMMENT, comment->id, values), comment->id);
    }
}

static void
add_risks (Maker *self)
{
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_RISK, risk)
    {
      int family = kilter_record_ref (risk, KILTER_RISK_FAMILY);
      gboolean own = kilter_record_ref (risk, KILTER_RISK_OWNER) == self->request->person;

      if (own || (family > 0 && find_id (self, KILTER_TABLE_FAMILY, family) > 0))
        note_record (self, KILTER_TABLE_RISK, add_record (self, KILTER_TABLE_RISK, risk->id),
                     risk->id);
    }
}

static void
add_models (Maker *self)
{
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_MODEL, model)
    {
      if (find_id (self, KILTER_TABLE_SERIES, kilter_record_ref (model, KILTER_MODEL_SERIES)) > 0)
        add_record (self, KILTER_TABLE_MODEL, model->id);
    }
}

/* --- numbers --- */

static void
load_row (Maker *self,
          KilterVersion version,
          KilterMeasure measure,
          KilterLayer layer,
          int row,
          const double *values)
{
  if (values != NULL)
    kilter_plan_load_values (self->copy, version, measure, layer, row,
                             kilter_plan_get_start (self->plan),
                             kilter_plan_get_n_buckets (self->plan), values);
}

static void
copy_row (Maker *self, KilterMeasure measure, KilterLayer layer, int from, int to)
{
  KilterVersion version = self->request->version;
  const double *values = kilter_plan_get_stored (self->plan, version, measure, layer, from);

  load_row (self, KILTER_BASELINE, measure, layer, to, values);
  for (int t = 0;
       values != NULL && layer == KILTER_LAYER_INPUT && t < kilter_plan_get_n_buckets (self->plan);
       t++)
    {
      const KilterCellNote *note = kilter_plan_get_note (self->plan, version, measure, from, t);

      if (note != NULL && !isnan (values[t]))
        kilter_plan_load_note (self->copy, KILTER_BASELINE, measure, to,
                               kilter_plan_get_bucket (self->plan, t), note->author, note->at,
                               note->reason);
    }
}

/* The events themselves stay here; what they add is a number of the copy. */
static void
copy_events (Maker *self, int from, int to)
{
  const double *values = kilter_plan_get_row (self->plan, self->request->version, KILTER_EVENT,
                                              from);
  int n = kilter_plan_get_n_buckets (self->plan);
  g_autofree double *future = g_new (double, n);

  for (int t = 0; t < n; t++)
    future[t] = t >= kilter_plan_get_n_history (self->plan) && values[t] != 0 ? values[t] : NAN;
  load_row (self, KILTER_BASELINE, KILTER_EVENT, KILTER_LAYER_INPUT, to, future);
}

static void
copy_series (Maker *self, int from, int to)
{
  for (gsize i = 0; i < G_N_ELEMENTS (visible_facts); i++)
    copy_row (self, visible_facts[i], KILTER_LAYER_FACT, from, to);
  for (gsize i = 0; i < G_N_ELEMENTS (visible_inputs); i++)
    {
      copy_row (self, visible_inputs[i], KILTER_LAYER_INPUT, from, to);
      copy_row (self, visible_inputs[i], KILTER_LAYER_LOCK, from, to);
    }
  copy_events (self, from, to);
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      if (!kilter_participant_may_write (self->plan, self->request->person, inputs[i], from))
        continue;
      for (int layer = 0; layer < KILTER_N_LAYERS; layer++)
        copy_row (self, inputs[i], (KilterLayer) layer, from, to);
    }
}

static void
copy_numbers (Maker *self)
{
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_SERIES, series)
    if (find_id (self, KILTER_TABLE_SERIES, series->id) > 0)
      copy_series (self, series->id, find_id (self, KILTER_TABLE_SERIES, series->id));
  if (!self->request->money)
    return;
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_PRODUCT, product)
    for (int m = KILTER_PRICE; m <= KILTER_COST; m++)
      for (int layer = KILTER_LAYER_FACT; layer <= KILTER_LAYER_INPUT; layer++)
        if (find_id (self, KILTER_TABLE_PRODUCT, product->id) > 0)
          copy_row (self, (KilterMeasure) m, (KilterLayer) layer, product->id,
                    find_id (self, KILTER_TABLE_PRODUCT, product->id));
}

static void
keep_row (KilterVersion version,
          KilterMeasure measure,
          KilterLayer layer,
          int row,
          const double *values,
          gpointer user_data)
{
  Maker *self = user_data;

  if (version == KILTER_BASELINE && layer == KILTER_LAYER_INPUT)
    load_row (self, KILTER_PARTICIPANT_BASE, measure, KILTER_LAYER_FACT, row, values);
}

/* The numbers as they are sent, for the comparison when they come back. */
static void
keep_base (Maker *self)
{
  kilter_plan_foreach_stored (self->copy, keep_row, self);
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_SERIES, series)
    {
      int mine = find_id (self, KILTER_TABLE_SERIES, series->id);

      for (gsize i = 0; mine > 0 && i < G_N_ELEMENTS (inputs); i++)
        if (kilter_participant_may_write (self->plan, self->request->person, inputs[i], series->id))
          load_row (self, KILTER_PARTICIPANT_BASE, inputs[i], KILTER_LAYER_FACT, mine,
                    kilter_plan_get_row (self->copy, KILTER_BASELINE, inputs[i], mine));
    }
}

/* --- the file --- */

/* What the plan remembers; what it remembers of earlier cycles goes. */
static KilterCommand *
make_note (const Maker *self)
{
  const char *person = kilter_plan_get_key (self->plan, KILTER_TABLE_PERSON, self->request->person);
  /* Translators: %s is a person */
  g_autofree char *label = g_strdup_printf (_ ("Participant file for %s"), person);
  KilterCommand *command = kilter_command_new ("send", label);
  KilterParticipantMark mark = { .person = self->request->person,
                                 .version = self->request->version,
                                 .money = self->request->money,
                                 .cycle = (char *) kilter_plan_get_setting (self->plan, "cycle"),
                                 .digest = kilter_participant_digest (self->copy),
                                 .at = (char *) self->request->at };
  g_autofree char *key = kilter_participant_mark_key (self->request->token);
  g_autofree char *text = kilter_participant_mark_write (&mark);

  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_SETTING, setting)
    {
      const char *name = kilter_record_text (setting, KILTER_SETTING_KEY);
      KilterParticipantMark old;

      if (!g_str_has_prefix (name, KILTER_PARTICIPANT_MARK))
        continue;
      if (!kilter_participant_mark_read (&old, self->plan, name) ||
          !g_str_equal (old.cycle, mark.cycle))
        kilter_command_remove_record (command, self->plan, KILTER_TABLE_SETTING, setting->id);
      kilter_participant_mark_clear (&old);
    }
  kilter_command_set_setting (command, self->plan, key, text);
  g_free (mark.digest);
  return command;
}

static void
fill (Maker *self)
{
  add_record (self, KILTER_TABLE_PERSON, self->request->person);
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_REASON, reason)
    add_record (self, KILTER_TABLE_REASON, reason->id);
  add_cycle (self);
  add_version (self, KILTER_BASELINE, "scenario",
               kilter_record_text (
                 kilter_plan_get_record (self->plan, KILTER_TABLE_VERSION, self->request->version),
                 KILTER_VERSION_NAME),
               NULL);
  add_version (self, KILTER_PARTICIPANT_BASE, "step", _ ("As sent"), self->request->at);
  add_contributors (self);
  add_models (self);
  add_comments (self);
  add_risks (self);
  add_setting (self, KILTER_PARTICIPANT_RECORDS, self->records->str);
  copy_numbers (self);
  keep_base (self);
}

/**
 * kilter_participant_make:
 * @out_note: (out): a command for the plan: what it remembers of the file that it sends
 *
 * Makes a plan of its own that holds the products, markets and numbers that a person answers for,
 * and nothing else: it is made by putting in what is listed, never by taking away from a copy.
 *
 * Returns: (transfer full) (nullable): the new plan; %NULL with %KILTER_PLAN_ERROR_EMPTY when the
 *   person answers for nothing
 */
KilterPlan *
kilter_participant_make (KilterPlan *plan,
                         const KilterParticipantRequest *request,
                         KilterCommand **out_note,
                         GError **error)
{
  Maker self = { .plan = plan, .request = request };

  g_return_val_if_fail (g_uuid_string_is_valid (request->token), NULL);

  self.copy = kilter_plan_new (kilter_plan_get_bucket_kind (plan), kilter_plan_get_cycle (plan),
                               kilter_plan_get_n_history (plan), kilter_plan_get_n_horizon (plan));
  self.records = g_string_new (NULL);
  add_settings (&self);
  add_weights (&self);
  if (add_series (&self) > 0)
    {
      fill (&self);
      *out_note = make_note (&self);
    }
  else
    {
      g_clear_pointer (&self.copy, kilter_plan_free);
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_EMPTY,
                           _ ("This person answers for no product of the plan."));
    }
  for (int t = 0; t < KILTER_N_TABLES; t++)
    g_clear_pointer (&self.ids[t], g_hash_table_unref);
  g_string_free (self.records, TRUE);
  return self.copy;
}

/**
 * kilter_participant_note_file:
 * @note: the command of kilter_participant_make()
 *
 * Notes at everything that the person answers for that a file was sent, and which.
 */
void
kilter_participant_note_file (KilterCommand *note,
                              const KilterPlan *plan,
                              const KilterParticipantRequest *request,
                              const char *file_name)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    {
      const struct
      {
        int field;
        const char *text;
      } texts[] = { { KILTER_CONTRIBUTOR_FILE, file_name },
                    { KILTER_CONTRIBUTOR_CYCLE, kilter_plan_get_setting (plan, "cycle") },
                    { KILTER_CONTRIBUTOR_SENT, request->at },
                    { KILTER_CONTRIBUTOR_RECEIVED, NULL } };

      if (kilter_record_ref (contributor, KILTER_CONTRIBUTOR_PERSON) != request->person)
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        kilter_command_set_field_text (note, plan, KILTER_TABLE_CONTRIBUTOR, contributor->id,
                                       texts[i].field, texts[i].text);
    }
}
