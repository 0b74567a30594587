/* kilter-store-log.c: the log of a store; taking back an entry of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kilter-store-private.h"

#include <math.h>
#include <string.h>

/* --- taking back an earlier entry --- */

static gboolean
is_same_number (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) && isnan (b) && kilter_value_is_cleared (a) == kilter_value_is_cleared (b);
  return a == b;
}

/* Whether the plan still holds what a command put there. */
static gboolean
stands (const KilterPlan *plan, const KilterCommand *command)
{
  for (guint i = 0; i < kilter_command_get_n_ranges (command); i++)
    {
      const KilterRangeChange *change = kilter_command_get_range (command, i);
      const double *own = kilter_plan_get_own (plan, change->version, change->measure,
                                               change->layer, change->row);

      for (int k = 0; k < change->n; k++)
        {
          int bucket = kilter_plan_find_bucket (plan, change->first + k);

          if (bucket < 0 ||
              !is_same_number (own != NULL ? own[bucket] : NAN, change->new_values[k]))
            return FALSE;
        }
    }
  for (guint i = 0; i < kilter_command_get_n_records (command); i++)
    {
      const KilterRecordChange *change = kilter_command_get_record (command, i);
      const KilterRecord *record = kilter_plan_get_record (plan, change->table, change->id);

      if (!kilter_values_equal (change->table, record != NULL ? record->values : NULL,
                                change->new_values))
        return FALSE;
    }
  return TRUE;
}

static void
copy_notes (KilterCellNote *to, const KilterCellNote *from, int n)
{
  for (int i = 0; to != NULL && from != NULL && i < n; i++)
    {
      to[i].author = g_strdup (from[i].author);
      to[i].at = g_strdup (from[i].at);
      to[i].reason = g_strdup (from[i].reason);
    }
}

static KilterCommand *
make_inverse (const KilterCommand *command, const char *who, const char *at)
{
  KilterCommand *inverse = kilter_command_new ("revert", kilter_command_get_label (command));

  kilter_command_set_stamp (inverse, who, at);
  for (guint i = 0; i < kilter_command_get_n_ranges (command); i++)
    {
      const KilterRangeChange *change = kilter_command_get_range (command, i);
      KilterRangeChange *back = kilter_range_change_new (
        change->version, change->measure, change->layer, change->row, change->first, change->n);

      memcpy (back->old_values, change->new_values, sizeof (double) * (gsize) change->n);
      memcpy (back->new_values, change->old_values, sizeof (double) * (gsize) change->n);
      copy_notes (back->old_notes, change->new_notes, change->n);
      copy_notes (back->new_notes, change->old_notes, change->n);
      kilter_command_append_range (inverse, back);
    }
  for (guint i = 0; i < kilter_command_get_n_records (command); i++)
    {
      const KilterRecordChange *change = kilter_command_get_record (command, i);
      KilterRecordChange *back = g_new0 (KilterRecordChange, 1);

      back->table = change->table;
      back->id = change->id;
      back->old_values = kilter_values_copy (change->table, change->new_values);
      back->new_values = kilter_values_copy (change->table, change->old_values);
      kilter_command_append_record (inverse, back);
    }
  return inverse;
}

/**
 * kilter_store_revert:
 * @change_set: an entry of the log that is applied
 *
 * Takes one earlier entry back, as a change of its own that can be undone. It is refused with
 * %KILTER_STORE_ERROR_DEPENDS when something that it changed was changed again since.
 */
gboolean
kilter_store_revert (KilterStore *self,
                     gint64 change_set,
                     const char *who,
                     const char *at,
                     GError **error)
{
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (KilterCommand) inverse = NULL;

  if (!kilter_store_check_writable (self, error) || !kilter_store_settle (self, error))
    return FALSE;
  command = kilter_log_read_command (self->reader, self->kind, change_set, error);
  if (command == NULL)
    return FALSE;
  if (kilter_command_is_empty (command) || !stands (self->plan, command))
    {
      kilter_set_store_error (error, KILTER_STORE_ERROR_DEPENDS,
                              "What entry %" G_GINT64_FORMAT " changed was changed again since.",
                              change_set);
      return FALSE;
    }
  inverse = make_inverse (command, who, at);
  return kilter_store_apply_now (self, inverse, change_set, error);
}

/* --- the log --- */

/**
 * kilter_store_get_log:
 * @filter: (nullable): %NULL for all
 *
 * Returns: (transfer full) (element-type KilterLogEntry) (nullable): newest first; entries that
 *   are still being written are not in it
 */
GPtrArray *
kilter_store_get_log (KilterStore *self, const KilterLogFilter *filter, GError **error)
{
  const KilterLogFilter all = KILTER_LOG_FILTER_INIT;

  g_return_val_if_fail (self->reader != NULL, NULL);

  return kilter_log_read_entries (self->reader, self->kind, filter != NULL ? filter : &all, error);
}

/**
 * kilter_store_get_log_command:
 *
 * Returns: (transfer full) (nullable): what an entry changed, with old and new values
 */
KilterCommand *
kilter_store_get_log_command (KilterStore *self, gint64 change_set, GError **error)
{
  g_return_val_if_fail (self->reader != NULL, NULL);

  return kilter_log_read_command (self->reader, self->kind, change_set, error);
}

/**
 * kilter_store_get_last_entry:
 *
 * Returns: the newest entry of the log, 0 when there is none
 */
gint64
kilter_store_get_last_entry (KilterStore *self)
{
  gint64 last = 0;

  /* a store that is only read has no writer that would know */
  if (!self->read_only)
    return self->next_id - 1;
  kilter_database_get_int (self->reader, "SELECT max (\"id\") FROM \"change_set\"", &last, NULL);
  return last;
}

/**
 * kilter_store_get_log_digest:
 * @change_set: an entry of the log, or 0 for its beginning
 *
 * Returns: (transfer full) (nullable): the link of the log's chain: a digest over the entry and all
 *   before it; %NULL when there is no such entry
 */
char *
kilter_store_get_log_digest (KilterStore *self, gint64 change_set, GError **error)
{
  if (!kilter_store_settle (self, error))
    return NULL;
  return kilter_log_read_digest (self->reader, change_set, error);
}
