/* kilter-supply-findings.c: what in a plan contradicts itself, found before it is planned
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/supply/kilter-supply-task-private.h"

#include "base/kilter-number.h"
#include "plan/kilter-scope.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static char *
name_bucket (const KilterSupplyTask *self, KilterPlan *plan, gint bucket)
{
  return bucket < 0 ? g_strdup ("")
                    : kilter_bucket_get_label (kilter_plan_get_bucket_kind (plan),
                                               kilter_plan_get_bucket (plan, self->cycle + bucket));
}

/* What the finding says: what, where, and what to do. NULL for what repairs itself. */
static char *
tell (const KilterSupplyTask *self, KilterPlan *plan, const KilterSupplyFinding *finding)
{
  const char *product = finding->item >= 0
                          ? kilter_plan_get_product_name (
                              plan, g_array_index (self->products, int, finding->item))
                          : "";
  const char *resource = finding->resource >= 0
                           ? kilter_plan_get_resource_name (
                               plan, g_array_index (self->resources, int, finding->resource))
                           : "";
  g_autofree char *month = name_bucket (self, plan, finding->bucket);
  g_autofree char *over = kilter_number_format_plain (finding->value, 1);

  switch ((int) finding->code)
    {
    case KILTER_SUPPLY_FINDING_NO_SOURCE:
      return g_strdup_printf (_ ("%s has demand, but no line, subcontractor or supplier: give it a "
                                 "rate or allow one."),
                              product);
    case KILTER_SUPPLY_FINDING_CYCLE:
      return g_strdup_printf (_ ("%s needs itself: take a line out of the bills of material."),
                              product);
    case KILTER_SUPPLY_FINDING_BOUND_TOO_LATE:
      return g_strdup_printf (
        _ ("What is typed for %s arrives after the last period: take it out or shorten the lead "
           "time."),
        product);
    case KILTER_SUPPLY_FINDING_BOUND_OVER_CAPACITY:
      return g_strdup_printf (
        /* Translators: a resource, a number of hours, a month */
        _ ("What is typed overloads %s by %s hours in %s: type less, or add hours."), resource,
        over, month);
    case KILTER_SUPPLY_FINDING_BOUND_NO_COMPONENT:
      return g_strdup_printf (
        /* Translators: a component, a month */
        _ ("What is typed needs more %s than can be there in %s: type less, or later."), product,
        month);
    case KILTER_SUPPLY_FINDING_BOUND_WORKERS:
      return g_strdup_printf (
        /* Translators: a resource, a month */
        _ ("%s cannot reach the typed number of workers in %s: the nearest one is taken."),
        resource, month);
    case KILTER_SUPPLY_FINDING_STOCK_OVER_STORAGE:
      return g_strdup_printf (
        /* Translators: a store, a month */
        _ ("The stock there is and what is on its way overfill %s in %s."), resource, month);
    case KILTER_SUPPLY_FINDING_LEAD:
      return g_strdup_printf (
        _ ("The lead time of %s is as long as the horizon: nothing ordered now arrives in it."),
        product);
    default:
      return NULL;
    }
}

/* Typed overtime is no amount of a route for the engine, so that only we know what it lacks. */
static void
add_overtime (const KilterSupplyTask *self, GArray *findings)
{
  for (guint r = 0; r < self->problem->n_resources; r++)
    for (guint t = 0; t < self->problem->n_buckets; t++)
      {
        double over = kilter_supply_task_get_overtime_over (self, r, t);
        const KilterSupplyFinding finding = { .code = KILTER_SUPPLY_FINDING_BOUND_OVER_CAPACITY,
                                              .item = -1,
                                              .resource = (gint) r,
                                              .bucket = (gint) t,
                                              .value = over };

        if (over > 0.05)
          g_array_append_val (findings, finding);
      }
}

/**
 * kilter_supply_task_list_findings:
 *
 * Contradictions of what the plan says about supply, before anything is solved. Planning goes on
 * all the same: what was typed stands, and is listed as broken.
 *
 * Returns: (transfer full) (element-type utf8): sentences, each once
 */
GPtrArray *
kilter_supply_task_list_findings (const KilterSupplyTask *self, KilterPlan *plan)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) findings = kilter_supply_problem_validate (self->problem);

  add_overtime (self, findings);
  for (guint i = 0; i < findings->len; i++)
    {
      char *sentence = tell (self, plan, &g_array_index (findings, KilterSupplyFinding, i));

      if (sentence == NULL ||
          g_ptr_array_find_with_equal_func (sentences, sentence, g_str_equal, NULL))
        g_free (sentence);
      else
        g_ptr_array_add (sentences, sentence);
    }
  return sentences;
}

/**
 * kilter_plan_contradicts_supply:
 *
 * Whether there are findings in what a version of the plan says about supply, so that not all of it
 * can be done, whatever the planned numbers are. The answer is kept until the plan changes.
 */
gboolean
kilter_plan_contradicts_supply (KilterPlan *plan, KilterVersion version)
{
  if (plan->contradicts_generation != plan->generation || plan->contradicts_version != version)
    {
      g_autoptr (KilterSupplyTask) task = kilter_supply_task_new (plan, version, NULL, NULL);
      g_autoptr (GPtrArray) findings = NULL;

      if (task != NULL)
        findings = kilter_supply_task_list_findings (task, plan);
      plan->contradicts = findings != NULL && findings->len > 0;
      plan->contradicts_generation = plan->generation;
      plan->contradicts_version = version;
    }
  return plan->contradicts;
}
