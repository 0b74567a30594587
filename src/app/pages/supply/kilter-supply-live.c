/* kilter-supply-live.c
 *
 * An edit and the plan that follows from it are one step: undo takes back both. A small plan is
 * planned at least cost at once. A large one gets the quick plan at once; the optimiser works on,
 * and when it is ready its plan takes the place of the quick one in the same step.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/supply/kilter-supply-live.h"

#include "app/kilter-settings.h"

#include <glib/gi18n-lib.h>

/* products × periods up to which the best plan is there within a frame or two */
#define SMALL 1000

/* What the optimiser is to improve. */
typedef struct
{
  KilterSupplyTask *task;
  KilterCommand *applied; /* the edit with its quick plan */
  guint n_ranges;         /* how much of it is the edit */
  guint n_records;
} Improvement;

static void
improvement_free (gpointer data)
{
  Improvement *self = data;

  kilter_supply_task_free (self->task);
  kilter_command_unref (self->applied);
  g_free (self);
}

/* --- what an edit concerns ---------------------------------------------------------------------
 */

static gboolean
is_input_of_supply (KilterMeasure measure)
{
  switch ((int) measure)
    {
    case KILTER_REGULAR:
    case KILTER_OVERTIME:
    case KILTER_ALTERNATIVE:
    case KILTER_SUBCONTRACT:
    case KILTER_PURCHASE:
    case KILTER_TARGET_STOCK:
    case KILTER_CAPACITY:
    case KILTER_SHIFTS:
    case KILTER_WORKDAYS:
    case KILTER_WORKERS:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Edits and pastes of inputs; not what plans supply itself, nor locks and comments. */
static gboolean
concerns_supply (const KilterCommand *command)
{
  if (g_str_equal (kilter_command_get_kind (command), "fix") ||
      g_str_equal (kilter_command_get_kind (command), "supply"))
    return FALSE;
  for (guint i = 0; i < kilter_command_get_n_ranges (command); i++)
    {
      const KilterRangeChange *change = kilter_command_get_range (command, i);

      if (change->layer == KILTER_LAYER_INPUT && is_input_of_supply (change->measure))
        return TRUE;
    }
  for (guint i = 0; i < kilter_command_get_n_records (command); i++)
    switch ((int) kilter_command_get_record (command, i)->table)
      {
      case KILTER_TABLE_RESOURCE:
      case KILTER_TABLE_RATE:
      case KILTER_TABLE_BILL:
      case KILTER_TABLE_POLICY:
        return TRUE;
      default:
        break;
      }
  return FALSE;
}

static gboolean
is_small (KilterPlan *plan)
{
  return kilter_plan_count_records (plan, KILTER_TABLE_PRODUCT) *
           kilter_plan_get_n_horizon (plan) <=
         SMALL;
}

/* --- the best plan instead of the quick one ----------------------------------------------------
 */

static gboolean
run_improvement (gpointer task, KilterJob *job, GError **error)
{
  return kilter_supply_task_run (((Improvement *) task)->task, job, error);
}

/* Plans around an edit that is in the plan only while this looks at it. */
static void
join_plan (KilterPlan *plan, KilterCommand *edit, KilterSupplyTask *task)
{
  g_autoptr (KilterCommand) follows = NULL;

  kilter_plan_apply (plan, edit);
  follows = kilter_supply_task_finish (task, plan);
  kilter_plan_revert (plan, edit);
  kilter_command_join (edit, follows);
}

static void
improved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KilterDocument *document = KILTER_DOCUMENT (source);
  g_autoptr (GError) error = NULL;
  Improvement *self = kilter_document_run_finish (document, result, &error);
  g_autoptr (KilterCommand) last = kilter_document_get_undo_command (document);
  g_autoptr (KilterCommand) edit = NULL;
  g_autoptr (KilterCommand) change = NULL;
  KilterPlan *plan = kilter_document_get_plan (document);

  /* cancelled, or something else has been done meanwhile: that has its own plan */
  if (self == NULL || last == NULL || last != self->applied)
    return;
  change = kilter_supply_task_finish (self->task, plan);
  if (kilter_command_is_empty (change) || !kilter_document_undo (document, &error))
    return;
  edit = kilter_command_copy (self->applied, self->n_ranges, self->n_records);
  join_plan (plan, edit, self->task);
  kilter_document_apply (document, g_steal_pointer (&edit), &error);
}

static void
start (KilterDocument *document, Improvement *self)
{
  kilter_document_run_async (document,
                             &(KilterDocumentWork) {
                               .title = _ ("Planning supply…"),
                               .run = run_improvement,
                               .task = self,
                               .free_task = improvement_free,
                             },
                             improved_cb, NULL);
}

static void
busy_cb (KilterDocument *document, GParamSpec *pspec, gpointer data)
{
  Improvement *self = data;
  g_autoptr (KilterCommand) last = NULL;

  if (kilter_document_is_busy (document))
    return;
  g_signal_handlers_disconnect_by_func (document, busy_cb, self);
  last = kilter_document_get_undo_command (document);
  if (last == self->applied)
    start (document, self);
  else
    improvement_free (self);
}

/* Starts, or waits until what was cancelled has given way. */
static void
improve (KilterDocument *document,
         KilterSupplyTask *task,
         KilterCommand *applied,
         guint n_ranges,
         guint n_records)
{
  Improvement *self = g_new (Improvement, 1);

  *self = (Improvement) { task, kilter_command_ref (applied), n_ranges, n_records };
  if (kilter_document_is_busy (document))
    g_signal_connect (document, "notify::busy", G_CALLBACK (busy_cb), self);
  else
    start (document, self);
}

/* --- public API --------------------------------------------------------------------------------
 */

/**
 * kilter_supply_live_apply:
 * @command: (transfer full): an edit
 *
 * Applies an edit together with the supply plan that follows from it, as one step.
 */
gboolean
kilter_supply_live_apply (KilterPage *page, KilterCommand *command, GError **error)
{
  KilterDocument *document = kilter_page_get_document (page);
  KilterPlan *plan = kilter_page_get_plan (page);
  KilterVersion version = kilter_page_get_version (page);
  g_autoptr (KilterCommand) applied = NULL;
  KilterSupplyTask *task;
  guint n_ranges = kilter_command_get_n_ranges (command);
  guint n_records = kilter_command_get_n_records (command);
  gboolean small = is_small (plan);

  if (!concerns_supply (command) || kilter_command_is_empty (command) ||
      kilter_document_is_read_only (document) ||
      !g_settings_get_boolean (kilter_settings_get (), "plan-supply-after-edits"))
    return kilter_document_apply (document, command, error);

  kilter_plan_apply (plan, command);
  task = kilter_supply_task_new (plan, version, NULL, NULL);
  kilter_plan_revert (plan, command);
  if (task == NULL)
    return kilter_document_apply (document, command, error);
  if (!small || !kilter_supply_task_run (task, NULL, NULL))
    kilter_supply_task_run_quick (task);
  join_plan (plan, command, task);
  applied = kilter_command_ref (command);
  if (!kilter_document_apply (document, command, error))
    {
      kilter_supply_task_free (task);
      return FALSE;
    }
  /* what is being calculated for the plan as it was is of no use any more */
  kilter_document_cancel (document);
  if (small)
    kilter_supply_task_free (task);
  else
    improve (document, task, applied, n_ranges, n_records);
  return TRUE;
}

/**
 * kilter_supply_live_make_action:
 *
 * Returns: (transfer full): a switch for planning after each edit
 */
GAction *
kilter_supply_live_make_action (void)
{
  return g_settings_create_action (kilter_settings_get (), "plan-supply-after-edits");
}
