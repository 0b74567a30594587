/* kilter-review-fence.c: changes inside the demand time fence: recorded, listed, approved or
 * refused SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/review/kilter-review.h"

#include "plan/data/kilter-plan-private.h"
#include "plan/process/kilter-version-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/* what a person may type that moves the demand plan */
static const KilterMeasure typed[] = { KILTER_CONSENSUS, KILTER_FINAL, KILTER_OVERRIDE_ADD,
                                       KILTER_OVERRIDE_SHARE };

/**
 * kilter_plan_get_fence:
 *
 * Returns: how many buckets from the cycle on lie inside the demand time fence
 */
int
kilter_plan_get_fence (const KilterPlan *plan)
{
  double fence = kilter_plan_get_setting_number (plan, "fence");

  return isnan (fence) ? 0 : CLAMP ((int) fence, 0, kilter_plan_get_n_horizon (plan));
}

/* When the plan that a late change departs from was approved; NULL when there is none: the first
 * cycle has nothing to be late for. */
static const char *
get_since (const KilterPlan *plan)
{
  KilterVersion last = kilter_plan_get_last_cycle (plan);

  return last != 0 ? kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, last),
                                         KILTER_VERSION_AT)
                   : NULL;
}

static const KilterCellNote *
get_late_note (const KilterPlan *plan,
               KilterVersion version,
               KilterMeasure measure,
               int series,
               int bucket,
               const char *since)
{
  const double *values = kilter_plan_get_stored (plan, version, measure, KILTER_LAYER_INPUT,
                                                 series);
  const KilterCellNote *note;

  if (values == NULL || isnan (values[bucket]))
    return NULL;
  note = kilter_plan_get_note (plan, version, measure, series, bucket);
  return note != NULL && g_strcmp0 (note->at, since) > 0 ? note : NULL;
}

/**
 * kilter_plan_is_late_change:
 *
 * Whether a typed number lies inside the time fence and is newer than the last approved plan.
 */
gboolean
kilter_plan_is_late_change (const KilterPlan *plan,
                            KilterVersion version,
                            KilterMeasure measure,
                            int series,
                            int bucket)
{
  const char *since = get_since (plan);
  int cycle = kilter_plan_get_n_history (plan);
  gboolean moves_demand = FALSE;

  for (gsize m = 0; m < G_N_ELEMENTS (typed); m++)
    moves_demand |= typed[m] == measure;
  return moves_demand && since != NULL && bucket >= cycle &&
         bucket < cycle + kilter_plan_get_fence (plan) &&
         get_late_note (plan, version, measure, series, bucket, since) != NULL;
}

/* The newest late change of a product in a bucket. */
static const KilterCellNote *
find_note (const KilterPlan *plan,
           KilterVersion version,
           int product,
           int bucket,
           const char *since)
{
  int n_series;
  const int *series = kilter_plan_get_product_series (plan, product, &n_series);
  const KilterCellNote *newest = NULL;

  for (int i = 0; i < n_series; i++)
    for (gsize m = 0; m < G_N_ELEMENTS (typed); m++)
      {
        const KilterCellNote *note = get_late_note (plan, version, typed[m], series[i], bucket,
                                                    since);

        if (note != NULL && (newest == NULL || g_strcmp0 (note->at, newest->at) > 0))
          newest = note;
      }
  return newest;
}

static int
find_bucket (const KilterPlan *plan, const KilterRecord *approval)
{
  KilterBucket bucket = kilter_bucket_from_string (
    kilter_plan_get_bucket_kind (plan), kilter_record_text (approval, KILTER_APPROVAL_BUCKET));

  return bucket == KILTER_BUCKET_NONE ? -1 : kilter_plan_find_bucket (plan, bucket);
}

/* The decision about a change: the newest that is not older than it. */
static const KilterRecord *
find_approval (const KilterPlan *plan, int product, int bucket, const char *at)
{
  const KilterRecord *found = NULL;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_APPROVAL, approval)
    if (kilter_record_ref (approval, KILTER_APPROVAL_PRODUCT) == product &&
        find_bucket (plan, approval) == bucket &&
        g_strcmp0 (kilter_record_text (approval, KILTER_APPROVAL_AT), at) >= 0)
      found = approval;
  return found;
}

static double
get_demand (KilterPlan *plan, KilterVersion version, int product, int bucket)
{
  const KilterScope scope = { .product = product };

  return version == 0
           ? NAN
           : kilter_plan_aggregate_time (plan, version, KILTER_CONSENSUS, &scope, bucket, 1);
}

static KilterFenceState
get_state (const KilterRecord *approval)
{
  if (approval == NULL)
    return KILTER_FENCE_WAITING;
  return g_str_equal (kilter_record_text (approval, KILTER_APPROVAL_STATE), "refused")
           ? KILTER_FENCE_REFUSED
           : KILTER_FENCE_APPROVED;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const KilterFenceChange *x = a, *y = b;

  if ((x->state == KILTER_FENCE_WAITING) != (y->state == KILTER_FENCE_WAITING))
    return x->state == KILTER_FENCE_WAITING ? -1 : 1;
  if (x->bucket != y->bucket)
    return x->bucket - y->bucket;
  return x->product != y->product ? x->product - y->product : x->approval - y->approval;
}

/* What was decided in this cycle and is no more in the plan: refused, or changed again. */
static void
add_decided (KilterPlan *plan, GArray *changes)
{
  g_autofree char *cycle = kilter_plan_get_cycle_text (plan);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_APPROVAL, approval)
    {
      KilterFenceChange change = {
        .product = kilter_record_ref (approval, KILTER_APPROVAL_PRODUCT),
        .bucket = find_bucket (plan, approval),
        .before = kilter_record_number (approval, KILTER_APPROVAL_BEFORE),
        .after = kilter_record_number (approval, KILTER_APPROVAL_AFTER),
        .state = get_state (approval),
        .approval = approval->id,
      };
      gboolean known = FALSE;

      if (!g_str_equal (kilter_record_text (approval, KILTER_APPROVAL_CYCLE), cycle) ||
          change.bucket < 0)
        continue;
      for (guint i = 0; i < changes->len; i++)
        known |= g_array_index (changes, KilterFenceChange, i).approval == approval->id;
      if (!known)
        g_array_append_val (changes, change);
    }
}

/**
 * kilter_plan_find_fence_changes:
 *
 * The changes of this cycle inside the time fence, product by product. They are in the plan at
 * once: the fence asks for a decision, it does not keep anybody from recording what he knows.
 *
 * Returns: (transfer full) (element-type KilterFenceChange): those that wait first
 */
GArray *
kilter_plan_find_fence_changes (KilterPlan *plan, KilterVersion version)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (KilterFenceChange));
  const char *since = get_since (plan);
  KilterVersion last = kilter_plan_get_last_cycle (plan);
  int cycle = kilter_plan_get_n_history (plan), fence = kilter_plan_get_fence (plan);

  for (int t = cycle; since != NULL && t < cycle + fence; t++)
    KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PRODUCT, product)
      {
        const KilterCellNote *note = find_note (plan, version, product->id, t, since);
        const KilterRecord *approval;
        KilterFenceChange change;

        if (note == NULL)
          continue;
        approval = find_approval (plan, product->id, t, note->at);
        change = (KilterFenceChange) {
          .product = product->id,
          .bucket = t,
          .before = get_demand (plan, last, product->id, t),
          .after = get_demand (plan, version, product->id, t),
          .note = note,
          .state = get_state (approval),
          .approval = approval != NULL ? approval->id : 0,
        };
        /* a number that is typed as it was is no change */
        if (fabs (or_zero (change.after) - or_zero (change.before)) >
            1e-9 * (1 + fabs (or_zero (change.before))))
          g_array_append_val (changes, change);
      }
  add_decided (plan, changes);
  g_array_sort (changes, compare);
  return changes;
}

int
kilter_plan_count_fence_waiting (KilterPlan *plan, KilterVersion version)
{
  g_autoptr (GArray) changes = kilter_plan_find_fence_changes (plan, version);
  int count = 0;

  for (guint i = 0; i < changes->len; i++)
    count += g_array_index (changes, KilterFenceChange, i).state == KILTER_FENCE_WAITING;
  return count;
}

/* Takes back what was typed late: the numbers say again what they said before. */
static void
take_back (KilterPlan *plan,
           KilterCommand *command,
           KilterVersion version,
           int product,
           int bucket,
           const char *since)
{
  int n_series;
  const int *series = kilter_plan_get_product_series (plan, product, &n_series);

  for (int i = 0; i < n_series; i++)
    for (gsize m = 0; m < G_N_ELEMENTS (typed); m++)
      if (get_late_note (plan, version, typed[m], series[i], bucket, since) != NULL)
        kilter_command_set_value (command, plan, version, typed[m], KILTER_LAYER_INPUT, series[i],
                                  bucket, NAN);
}

static char *
make_label (KilterPlan *plan, int product, int bucket, gboolean approve)
{
  g_autofree char *month = kilter_bucket_get_label (kilter_plan_get_bucket_kind (plan),
                                                    kilter_plan_get_bucket (plan, bucket));

  /* Translators: a product and a month */
  return g_strdup_printf (approve ? _ ("Approved the change of %1$s, %2$s")
                                  : _ ("Refused the change of %1$s, %2$s"),
                          kilter_plan_get_product_name (plan, product), month);
}

/**
 * kilter_fence_decide:
 * @approve: whether the change stays; when it is refused, what was typed is taken back
 * @comment: (nullable): why
 *
 * Returns: (transfer full) (nullable): the command, to be stamped and applied; %NULL with
 *   %KILTER_PLAN_ERROR_STATE when no change waits there
 */
KilterCommand *
kilter_fence_decide (KilterPlan *plan,
                     KilterVersion version,
                     int product,
                     int bucket,
                     gboolean approve,
                     const char *who,
                     const char *at,
                     const char *comment,
                     GError **error)
{
  const char *since = get_since (plan);
  const KilterCellNote *note = since != NULL ? find_note (plan, version, product, bucket, since)
                                             : NULL;
  g_autofree char *label = NULL, *cycle = NULL, *bucket_text = NULL;
  KilterCommand *command;
  int id;

  if (note == NULL || bucket >= kilter_plan_get_n_history (plan) + kilter_plan_get_fence (plan) ||
      find_approval (plan, product, bucket, note->at) != NULL)
    {
      g_set_error_literal (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                           _ ("No change waits for a decision there."));
      return NULL;
    }
  label = make_label (plan, product, bucket, approve);
  cycle = kilter_plan_get_cycle_text (plan);
  bucket_text = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                         kilter_plan_get_bucket (plan, bucket));
  command = kilter_command_new ("fence", label);
  id = kilter_command_add_record (command, plan, KILTER_TABLE_APPROVAL);
  {
    const struct
    {
      int field;
      const char *text;
    } texts[] = {
      { KILTER_APPROVAL_BUCKET, bucket_text },
      { KILTER_APPROVAL_CYCLE, cycle },
      { KILTER_APPROVAL_STATE, approve ? "approved" : "refused" },
      { KILTER_APPROVAL_AUTHOR, note->author },
      { KILTER_APPROVAL_AT, note->at },
      { KILTER_APPROVAL_DECIDED_BY, who },
      { KILTER_APPROVAL_DECIDED_AT, at },
      { KILTER_APPROVAL_COMMENT, comment },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      kilter_command_set_field_text (command, plan, KILTER_TABLE_APPROVAL, id, texts[i].field,
                                     texts[i].text);
  }
  kilter_command_set_field_number (command, plan, KILTER_TABLE_APPROVAL, id,
                                   KILTER_APPROVAL_PRODUCT, product);
  kilter_command_set_field_number (
    command, plan, KILTER_TABLE_APPROVAL, id, KILTER_APPROVAL_BEFORE,
    get_demand (plan, kilter_plan_get_last_cycle (plan), product, bucket));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_APPROVAL, id, KILTER_APPROVAL_AFTER,
                                   get_demand (plan, version, product, bucket));
  if (!approve)
    take_back (plan, command, version, product, bucket, since);
  return command;
}
