/* kilter-command.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/data/kilter-command.h"

#include "plan/data/kilter-plan-private.h"

#include <math.h>
#include <string.h>

struct _KilterCommand
{
  gatomicrefcount ref_count;
  char *kind;
  char *label;
  char *who;
  char *at;
  char *reason;
  GPtrArray *ranges;
  GPtrArray *records;

  GHashTable *cell_reasons; /* (nullable): note key → text */
  GHashTable *cell_notes;   /* (nullable): note key → KilterCellNote */

  /* only while it is built */
  GHashTable *range_index;  /* version, measure, layer, row → KilterRangeChange */
  GHashTable *record_index; /* table, id → KilterRecordChange */
  int next_id[KILTER_N_TABLES];
};

static void
free_notes (KilterCellNote *notes, int n)
{
  for (int i = 0; notes != NULL && i < n; i++)
    kilter_cell_note_clear (&notes[i]);
  g_free (notes);
}

static void
free_range (gpointer data)
{
  KilterRangeChange *change = data;

  g_free (change->old_values);
  g_free (change->new_values);
  free_notes (change->old_notes, change->n);
  free_notes (change->new_notes, change->n);
  g_free (change);
}

static void
free_record_change (gpointer data)
{
  KilterRecordChange *change = data;

  kilter_values_free (change->table, change->old_values);
  kilter_values_free (change->table, change->new_values);
  g_free (change);
}

/**
 * kilter_command_new:
 * @kind: a fixed word for the log: "override", "import", "forecast" …
 * @label: what people read: "Override of Mango Bar, July"; in the language of who does it
 *
 * Returns: (transfer full): an empty command
 */
KilterCommand *
kilter_command_new (const char *kind, const char *label)
{
  KilterCommand *self = g_new0 (KilterCommand, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = g_strdup (kind);
  self->label = g_strdup (label);
  self->ranges = g_ptr_array_new_with_free_func (free_range);
  self->records = g_ptr_array_new_with_free_func (free_record_change);
  return self;
}

KilterCommand *
kilter_command_ref (KilterCommand *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kilter_command_unref (KilterCommand *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->kind);
  g_free (self->label);
  g_free (self->who);
  g_free (self->at);
  g_free (self->reason);
  g_ptr_array_unref (self->ranges);
  g_ptr_array_unref (self->records);
  g_clear_pointer (&self->range_index, g_hash_table_unref);
  g_clear_pointer (&self->cell_reasons, g_hash_table_unref);
  g_clear_pointer (&self->cell_notes, g_hash_table_unref);
  g_clear_pointer (&self->record_index, g_hash_table_unref);
  g_free (self);
}

static const char *
find_reason (const KilterCommand *self, const KilterRangeChange *change, int i)
{
  guint64 key = kilter_note_key (change->measure, change->row, change->first + i);
  const char *own = self->cell_reasons != NULL ? g_hash_table_lookup (self->cell_reasons, &key)
                                               : NULL;

  return own != NULL ? own : self->reason;
}

static const KilterCellNote *
find_note (const KilterCommand *self, const KilterRangeChange *change, int i)
{
  guint64 key = kilter_note_key (change->measure, change->row, change->first + i);

  return self->cell_notes != NULL ? g_hash_table_lookup (self->cell_notes, &key) : NULL;
}

/* Typed cells carry who, when and why of their command. */
static void
stamp_range (const KilterCommand *self, KilterRangeChange *change)
{
  for (int i = 0; change->new_notes != NULL && i < change->n; i++)
    {
      gboolean typed = !isnan (change->new_values[i]) ||
                       kilter_value_is_cleared (change->new_values[i]);
      gboolean kept = memcmp (&change->new_values[i], &change->old_values[i], sizeof (double)) ==
                        0 &&
                      self->reason == NULL;

      kilter_cell_note_clear (&change->new_notes[i]);
      if (!typed)
        continue;
      if (find_note (self, change, i) != NULL)
        kilter_cell_note_copy (&change->new_notes[i], find_note (self, change, i));
      else if (kept)
        kilter_cell_note_copy (&change->new_notes[i], &change->old_notes[i]);
      else
        {
          change->new_notes[i].author = g_strdup (self->who != NULL ? self->who : "");
          change->new_notes[i].at = g_strdup (self->at != NULL ? self->at : "");
          change->new_notes[i].reason = g_strdup (find_reason (self, change, i));
        }
    }
}

static void
stamp_ranges (KilterCommand *self)
{
  for (guint i = 0; i < self->ranges->len; i++)
    stamp_range (self, self->ranges->pdata[i]);
}

/**
 * kilter_command_set_stamp:
 * @who: the person
 * @at: (nullable): when, "2026-04-09T09:12:00Z"
 *
 * Must be called before the command is applied.
 */
void
kilter_command_set_stamp (KilterCommand *self, const char *who, const char *at)
{
  g_set_str (&self->who, who);
  g_set_str (&self->at, at);
  stamp_ranges (self);
}

void
kilter_command_set_reason (KilterCommand *self, const char *reason)
{
  g_set_str (&self->reason, reason);
  stamp_ranges (self);
}

void
kilter_command_set_cell_reason (KilterCommand *self,
                                const KilterPlan *plan,
                                KilterMeasure measure,
                                int row,
                                int bucket,
                                const char *reason)
{
  guint64 key = kilter_note_key (measure, row, kilter_plan_get_bucket (plan, bucket));

  if (self->cell_reasons == NULL)
    self->cell_reasons = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_hash_table_insert (self->cell_reasons, g_memdup2 (&key, sizeof key), g_strdup (reason));
}

void
kilter_command_set_cell_note (KilterCommand *self,
                              const KilterPlan *plan,
                              KilterMeasure measure,
                              int row,
                              int bucket,
                              const KilterCellNote *note)
{
  guint64 key = kilter_note_key (measure, row, kilter_plan_get_bucket (plan, bucket));
  KilterCellNote *copy = g_new0 (KilterCellNote, 1);

  kilter_cell_note_copy (copy, note);
  if (self->cell_notes == NULL)
    self->cell_notes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                              kilter_note_free);
  g_hash_table_insert (self->cell_notes, g_memdup2 (&key, sizeof key), copy);
}

void
kilter_command_set_label (KilterCommand *self, const char *label)
{
  g_set_str (&self->label, label);
}

const char *
kilter_command_get_kind (const KilterCommand *self)
{
  return self->kind;
}

const char *
kilter_command_get_label (const KilterCommand *self)
{
  return self->label;
}

const char *
kilter_command_get_who (const KilterCommand *self)
{
  return self->who;
}

const char *
kilter_command_get_at (const KilterCommand *self)
{
  return self->at;
}

const char *
kilter_command_get_reason (const KilterCommand *self)
{
  return self->reason;
}

gboolean
kilter_command_is_empty (const KilterCommand *self)
{
  return self->ranges->len == 0 && self->records->len == 0;
}

guint
kilter_command_get_n_ranges (const KilterCommand *self)
{
  return self->ranges->len;
}

const KilterRangeChange *
kilter_command_get_range (const KilterCommand *self, guint i)
{
  return self->ranges->pdata[i];
}

guint
kilter_command_get_n_records (const KilterCommand *self)
{
  return self->records->len;
}

const KilterRecordChange *
kilter_command_get_record (const KilterCommand *self, guint i)
{
  return self->records->pdata[i];
}

/* --- building ranges --- */

static char *
range_key (KilterVersion version, KilterMeasure measure, KilterLayer layer, int row)
{
  return g_strdup_printf ("%d/%d/%d/%d", version, measure, layer, row);
}

/**
 * kilter_range_change_new:
 *
 * Returns: (transfer full): a change of @n missing cells; with notes when @layer is
 *   %KILTER_LAYER_INPUT
 */
KilterRangeChange *
kilter_range_change_new (KilterVersion version,
                         KilterMeasure measure,
                         KilterLayer layer,
                         int row,
                         KilterBucket first,
                         int n)
{
  KilterRangeChange *change = g_new0 (KilterRangeChange, 1);

  change->version = version;
  change->measure = measure;
  change->layer = layer;
  change->row = row;
  change->first = first;
  change->n = n;
  change->old_values = g_new (double, n);
  change->new_values = g_new (double, n);
  for (int i = 0; i < n; i++)
    change->old_values[i] = change->new_values[i] = NAN;
  if (layer == KILTER_LAYER_INPUT)
    {
      change->old_notes = g_new0 (KilterCellNote, n);
      change->new_notes = g_new0 (KilterCellNote, n);
    }
  return change;
}

/* What the version itself holds in a cell, and who typed it. */
static double
read_own (const KilterPlan *plan, const KilterRangeChange *change, int i, KilterCellNote *out_note)
{
  int bucket = kilter_plan_find_bucket (plan, change->first + i);
  const double *own = kilter_plan_get_own (plan, change->version, change->measure, change->layer,
                                           change->row);

  if (bucket < 0 || own == NULL)
    return NAN;
  if (out_note != NULL && (!isnan (own[bucket]) || kilter_value_is_cleared (own[bucket])))
    kilter_cell_note_copy (
      out_note, kilter_plan_get_note (plan, change->version, change->measure, change->row, bucket));
  return own[bucket];
}

/* A change over the union of two spans; cells of neither keep what they have. */
static KilterRangeChange *
widen_range (const KilterPlan *plan, KilterRangeChange *change, KilterBucket first, int n)
{
  KilterBucket begin = MIN (first, change->first);
  KilterBucket end = MAX (first + n, change->first + change->n);
  KilterRangeChange *wide;

  if (begin == change->first && end == change->first + change->n)
    return change;
  wide = kilter_range_change_new (change->version, change->measure, change->layer, change->row,
                                  begin, end - begin);
  for (int i = 0; i < wide->n; i++)
    {
      int at = wide->first + i - change->first;

      wide->old_values[i] = read_own (plan, wide, i,
                                      wide->old_notes != NULL ? &wide->old_notes[i] : NULL);
      wide->new_values[i] = at >= 0 && at < change->n ? change->new_values[at]
                                                      : wide->old_values[i];
    }
  return wide;
}

/**
 * kilter_command_set_values:
 * @first: the first bucket's index
 * @values: (array length=n): NaN takes a value away
 *
 * Changes stored cells of one row. In a scenario, taking away a value that the parent typed is
 * remembered as such.
 */
void
kilter_command_set_values (KilterCommand *self,
                           const KilterPlan *plan,
                           KilterVersion version,
                           KilterMeasure measure,
                           KilterLayer layer,
                           int row,
                           int first,
                           int n,
                           const double *values)
{
  g_autofree char *key = range_key (version, measure, layer, row);
  KilterVersion parent = kilter_plan_get_parent (plan, version);
  const double *inherited = parent != 0 && layer != KILTER_LAYER_FACT
                              ? kilter_plan_get_stored (plan, parent, measure, layer, row)
                              : NULL;
  KilterRangeChange *change;

  g_return_if_fail (first >= 0 && n > 0 && first + n <= kilter_plan_get_n_buckets (plan));

  if (self->range_index == NULL)
    self->range_index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  change = g_hash_table_lookup (self->range_index, key);
  if (change == NULL)
    {
      change = kilter_range_change_new (version, measure, layer, row,
                                        kilter_plan_get_bucket (plan, first), n);
      for (int i = 0; i < n; i++)
        change->old_values[i] = change->new_values[i] = read_own (
          plan, change, i, change->old_notes != NULL ? &change->old_notes[i] : NULL);
      g_ptr_array_add (self->ranges, change);
      g_hash_table_insert (self->range_index, g_steal_pointer (&key), change);
    }
  else
    {
      KilterRangeChange *wide = widen_range (plan, change, kilter_plan_get_bucket (plan, first), n);

      if (wide != change)
        {
          guint at;

          if (g_ptr_array_find (self->ranges, change, &at))
            {
              free_range (change);
              self->ranges->pdata[at] = wide;
            }
          g_hash_table_insert (self->range_index, g_steal_pointer (&key), wide);
          change = wide;
        }
    }

  for (int i = 0; i < n; i++)
    {
      int at = kilter_plan_get_bucket (plan, first + i) - change->first;
      double value = isfinite (values[i]) ? values[i] : NAN;

      if (isnan (value) && inherited != NULL && !isnan (inherited[first + i]))
        value = kilter_value_cleared ();
      change->new_values[at] = value;
    }
  stamp_range (self, change);
}

void
kilter_command_set_value (KilterCommand *self,
                          const KilterPlan *plan,
                          KilterVersion version,
                          KilterMeasure measure,
                          KilterLayer layer,
                          int row,
                          int bucket,
                          double value)
{
  kilter_command_set_values (self, plan, version, measure, layer, row, bucket, 1, &value);
}

/**
 * kilter_command_erase_row:
 *
 * Takes away all that a version itself holds of a row: a scenario's row is its parent's again.
 */
void
kilter_command_erase_row (KilterCommand *self,
                          const KilterPlan *plan,
                          KilterVersion version,
                          KilterMeasure measure,
                          KilterLayer layer,
                          int row)
{
  KilterRangeChange *change = kilter_range_change_new (
    version, measure, layer, row, kilter_plan_get_start (plan), kilter_plan_get_n_buckets (plan));

  for (int i = 0; i < change->n; i++)
    change->old_values[i] = read_own (plan, change, i,
                                      change->old_notes != NULL ? &change->old_notes[i] : NULL);
  g_ptr_array_add (self->ranges, change);
}

/* --- building records --- */

static KilterRecordChange *
ensure_record_change (KilterCommand *self, const KilterPlan *plan, KilterTableId table, int id)
{
  g_autofree char *key = g_strdup_printf ("%d/%d", table, id);
  const KilterRecord *record;
  KilterRecordChange *change;

  if (self->record_index == NULL)
    self->record_index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  change = g_hash_table_lookup (self->record_index, key);
  if (change != NULL)
    return change;
  record = kilter_plan_get_record (plan, table, id);
  change = g_new0 (KilterRecordChange, 1);
  change->table = table;
  change->id = id;
  if (record != NULL)
    {
      change->old_values = kilter_values_copy (table, record->values);
      change->new_values = kilter_values_copy (table, record->values);
    }
  else
    change->new_values = kilter_values_new (table);
  g_ptr_array_add (self->records, change);
  g_hash_table_insert (self->record_index, g_steal_pointer (&key), change);
  return change;
}

/**
 * kilter_command_add_record:
 *
 * Returns: the id of the new record, whose fields are all missing
 */
int
kilter_command_add_record (KilterCommand *self, const KilterPlan *plan, KilterTableId table)
{
  int id = MAX (self->next_id[table], kilter_plan_get_max_id (plan, table) + 1);

  self->next_id[table] = id + 1;
  ensure_record_change (self, plan, table, id);
  return id;
}

void
kilter_command_set_field_text (KilterCommand *self,
                               const KilterPlan *plan,
                               KilterTableId table,
                               int id,
                               int field,
                               const char *text)
{
  KilterRecordChange *change = ensure_record_change (self, plan, table, id);

  g_return_if_fail (change->new_values != NULL);
  g_return_if_fail (field >= 0 && field < kilter_table_get_info (table)->n_fields);

  g_set_str (&change->new_values[field].text, text != NULL && *text != '\0' ? text : NULL);
}

void
kilter_command_set_field_number (KilterCommand *self,
                                 const KilterPlan *plan,
                                 KilterTableId table,
                                 int id,
                                 int field,
                                 double number)
{
  KilterRecordChange *change = ensure_record_change (self, plan, table, id);

  g_return_if_fail (change->new_values != NULL);
  g_return_if_fail (field >= 0 && field < kilter_table_get_info (table)->n_fields);

  change->new_values[field].number = isfinite (number) ? number : NAN;
}

/**
 * kilter_command_remove_record:
 *
 * Takes a record away. Numbers of its row stay stored until something else takes them away.
 */
void
kilter_command_remove_record (KilterCommand *self,
                              const KilterPlan *plan,
                              KilterTableId table,
                              int id)
{
  KilterRecordChange *change = ensure_record_change (self, plan, table, id);

  kilter_values_free (table, change->new_values);
  change->new_values = NULL;
}

/**
 * kilter_command_set_setting:
 * @value: (nullable): %NULL takes the setting away: back to the default
 */
void
kilter_command_set_setting (KilterCommand *self,
                            const KilterPlan *plan,
                            const char *key,
                            const char *value)
{
  const KilterRecord *record = kilter_plan_find_record (plan, KILTER_TABLE_SETTING, key);
  int id = 0;

  if (record != NULL)
    id = record->id;
  for (guint i = 0; id == 0 && i < self->records->len; i++)
    {
      KilterRecordChange *change = self->records->pdata[i];

      if (change->table == KILTER_TABLE_SETTING && change->new_values != NULL &&
          g_strcmp0 (change->new_values[KILTER_SETTING_KEY].text, key) == 0)
        id = change->id;
    }
  if (value == NULL)
    {
      if (id != 0)
        kilter_command_remove_record (self, plan, KILTER_TABLE_SETTING, id);
      return;
    }
  if (id == 0)
    id = kilter_command_add_record (self, plan, KILTER_TABLE_SETTING);
  kilter_command_set_field_text (self, plan, KILTER_TABLE_SETTING, id, KILTER_SETTING_KEY, key);
  kilter_command_set_field_text (self, plan, KILTER_TABLE_SETTING, id, KILTER_SETTING_VALUE, value);
}

/**
 * kilter_command_append_range:
 * @change: (transfer full): as it was logged
 */
void
kilter_command_append_range (KilterCommand *self, KilterRangeChange *change)
{
  g_ptr_array_add (self->ranges, change);
}

void
kilter_command_append_record (KilterCommand *self, KilterRecordChange *change)
{
  g_ptr_array_add (self->records, change);
}

static KilterRangeChange *
copy_range (const KilterRangeChange *change)
{
  KilterRangeChange *copy = kilter_range_change_new (
    change->version, change->measure, change->layer, change->row, change->first, change->n);

  memcpy (copy->old_values, change->old_values, sizeof (double) * (gsize) change->n);
  memcpy (copy->new_values, change->new_values, sizeof (double) * (gsize) change->n);
  for (int i = 0; i < change->n; i++)
    {
      if (change->old_notes != NULL && copy->old_notes != NULL)
        kilter_cell_note_copy (&copy->old_notes[i], &change->old_notes[i]);
      if (change->new_notes != NULL && copy->new_notes != NULL)
        kilter_cell_note_copy (&copy->new_notes[i], &change->new_notes[i]);
    }
  return copy;
}

static void
append_copies (KilterCommand *self, const KilterCommand *more, guint n_ranges, guint n_records)
{
  for (guint i = 0; i < MIN (n_ranges, more->ranges->len); i++)
    g_ptr_array_add (self->ranges, copy_range (more->ranges->pdata[i]));
  for (guint i = 0; i < MIN (n_records, more->records->len); i++)
    {
      const KilterRecordChange *change = more->records->pdata[i];
      KilterRecordChange *copy = g_new (KilterRecordChange, 1);

      *copy = (KilterRecordChange) { change->table, change->id,
                                     kilter_values_copy (change->table, change->old_values),
                                     kilter_values_copy (change->table, change->new_values) };
      g_ptr_array_add (self->records, copy);
    }
}

/**
 * kilter_command_copy:
 * @n_ranges: how many of its changes of numbers to take, from the first
 * @n_records: how many of its changes of records
 *
 * Returns: (transfer full): a command that does the same, not applied yet
 */
KilterCommand *
kilter_command_copy (const KilterCommand *self, guint n_ranges, guint n_records)
{
  KilterCommand *copy = kilter_command_new (self->kind, self->label);

  append_copies (copy, self, n_ranges, n_records);
  g_set_str (&copy->reason, self->reason);
  return copy;
}

/**
 * kilter_command_join:
 * @more: what is done as well; must touch other cells and records, and hold against the plan as it
 *   is before @self
 *
 * Makes one intention of two. @self must not be applied yet.
 */
void
kilter_command_join (KilterCommand *self, const KilterCommand *more)
{
  append_copies (self, more, more->ranges->len, more->records->len);
}

/* --- doing --- */

static gboolean
moves_numbers (const KilterCommand *self)
{
  for (guint i = 0; i < self->records->len; i++)
    switch ((int) ((KilterRecordChange *) self->records->pdata[i])->table)
      {
      case KILTER_TABLE_TASK:
      case KILTER_TABLE_DECISION:
      case KILTER_TABLE_ACTION:
      case KILTER_TABLE_COMMENT:
      case KILTER_TABLE_REVIEW:
      case KILTER_TABLE_SOURCE:
      case KILTER_TABLE_PERSON:
      case KILTER_TABLE_STEP:
      case KILTER_TABLE_RISK:
      case KILTER_TABLE_REASON:
      case KILTER_TABLE_TARGET:
      case KILTER_TABLE_MODEL:
      case KILTER_TABLE_CONTRIBUTOR:
      case KILTER_TABLE_APPROVAL:
      case KILTER_TABLE_RISK_CELL:
        break;
      default:
        return TRUE;
      }
  return FALSE;
}

/* What an event adds to a product, and takes from others, follows the forecasts of all of them. */
static gboolean
moves_events (const KilterPlan *plan, const KilterCommand *command)
{
  if (kilter_plan_count_records (plan, KILTER_TABLE_EVENT) == 0)
    return FALSE;
  for (guint i = 0; i < command->ranges->len; i++)
    if (((KilterRangeChange *) command->ranges->pdata[i])->measure == KILTER_STATISTICAL)
      return TRUE;
  return FALSE;
}

/* Dropping every cache costs less than finding what a thousand changes touch. */
#define BULK 1000

static void
begin (KilterPlan *plan, const KilterCommand *command)
{
  plan->bulk = command->ranges->len > BULK || moves_numbers (command) ||
               moves_events (plan, command);
}

static void
end (KilterPlan *plan)
{
  if (plan->bulk)
    kilter_plan_invalidate_all (plan);
  plan->bulk = FALSE;
}

/**
 * kilter_plan_apply:
 *
 * Does what a command says. The command must have been built against the plan as it is.
 */
void
kilter_plan_apply (KilterPlan *plan, const KilterCommand *command)
{
  begin (plan, command);
  plan->defer_span = TRUE;
  for (guint i = 0; i < command->records->len; i++)
    {
      const KilterRecordChange *change = command->records->pdata[i];

      kilter_plan_write_record (plan, change->table, change->id, change->new_values);
    }
  plan->defer_span = FALSE;
  kilter_plan_update_span (plan);
  for (guint i = 0; i < command->ranges->len; i++)
    {
      const KilterRangeChange *change = command->ranges->pdata[i];

      kilter_plan_write_values (plan, change->version, change->measure, change->layer, change->row,
                                change->first, change->n, change->new_values, change->new_notes);
    }
  end (plan);
}

/**
 * kilter_plan_revert:
 *
 * Takes back what a command did; the last one applied must be the first one reverted.
 */
void
kilter_plan_revert (KilterPlan *plan, const KilterCommand *command)
{
  begin (plan, command);
  for (guint i = command->ranges->len; i > 0; i--)
    {
      const KilterRangeChange *change = command->ranges->pdata[i - 1];

      kilter_plan_write_values (plan, change->version, change->measure, change->layer, change->row,
                                change->first, change->n, change->old_values, change->old_notes);
    }
  plan->defer_span = TRUE;
  for (guint i = command->records->len; i > 0; i--)
    {
      const KilterRecordChange *change = command->records->pdata[i - 1];

      kilter_plan_write_record (plan, change->table, change->id, change->old_values);
    }
  plan->defer_span = FALSE;
  kilter_plan_update_span (plan);
  end (plan);
}
