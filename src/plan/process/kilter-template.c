/* kilter-template.c: the template of cycles, kept as one setting of the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/process/kilter-template.h"

#include <glib/gi18n-lib.h>

#define KEY "cycle-template"
#define STEP_TYPE "(iss)"
#define TASK_TYPE "(iiss)"
#define TEMPLATE_TYPE "(a" STEP_TYPE "a" TASK_TYPE ")"
/* what nobody plans with: a file says more only when it is damaged */
#define MAX_TASKS 200
#define MAX_WORKDAY 60

static gboolean
is_workday (const GDate *day)
{
  return g_date_get_weekday (day) < G_DATE_SATURDAY;
}

gboolean
kilter_template_get_date (const KilterPlan *plan, KilterBucket cycle, int workday, GDate *out_date)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  int count = 0;

  if (workday == 0 || ABS (workday) > MAX_WORKDAY)
    return FALSE;
  kilter_bucket_get_start (kind, cycle, out_date);
  if (workday < 0)
    g_date_add_days (out_date, (guint) kilter_bucket_get_days (kind, cycle) - 1);
  while (TRUE)
    {
      count += is_workday (out_date);
      if (count == ABS (workday))
        return TRUE;
      if (workday > 0)
        g_date_add_days (out_date, 1);
      else
        g_date_subtract_days (out_date, 1);
    }
}

/* The other way round: which working day of the cycle a date is, or the next one. */
static int
find_workday (const KilterPlan *plan, const char *iso)
{
  GDate due, day;
  int count = 0;

  if (!kilter_date_parse_iso (iso, &due))
    return 0;
  kilter_bucket_get_start (kilter_plan_get_bucket_kind (plan), kilter_plan_get_cycle (plan), &day);
  for (; g_date_compare (&day, &due) <= 0 && count < MAX_WORKDAY; g_date_add_days (&day, 1))
    count += is_workday (&day);
  return count;
}

static void
clear_task (gpointer data)
{
  KilterTemplateTask *task = data;

  g_free (task->title);
  g_free (task->owner);
}

static KilterTemplate *
template_new (void)
{
  KilterTemplate *self = g_new0 (KilterTemplate, 1);

  self->tasks = g_array_new (FALSE, TRUE, sizeof (KilterTemplateTask));
  g_array_set_clear_func (self->tasks, clear_task);
  return self;
}

void
kilter_template_free (KilterTemplate *self)
{
  for (int i = 0; i < KILTER_N_STEPS; i++)
    {
      g_free (self->steps[i].time);
      g_free (self->steps[i].owner);
    }
  g_array_unref (self->tasks);
  g_free (self);
}

void
kilter_template_add_task (KilterTemplate *self,
                          int step,
                          int workday,
                          const char *title,
                          const char *owner)
{
  KilterTemplateTask task = { CLAMP (step, 1, KILTER_N_STEPS),
                              CLAMP (workday, -MAX_WORKDAY, MAX_WORKDAY), g_strdup (title),
                              g_strdup (owner) };

  g_array_append_val (self->tasks, task);
}

/* (transfer full) (nullable): what the setting says, when it can be read */
static GVariant *
read_setting (const KilterPlan *plan)
{
  const char *text = kilter_plan_get_setting (plan, KEY);
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GVariant) steps = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  variant = g_variant_parse (G_VARIANT_TYPE (TEMPLATE_TYPE), text, NULL, NULL, NULL);
  if (variant == NULL)
    return NULL;
  steps = g_variant_get_child_value (variant, 0);
  return g_variant_n_children (steps) == KILTER_N_STEPS ? g_steal_pointer (&variant) : NULL;
}

gboolean
kilter_plan_has_template (const KilterPlan *plan)
{
  g_autoptr (GVariant) variant = read_setting (plan);

  return variant != NULL;
}

static void
read_steps_of_cycle (const KilterPlan *plan, KilterTemplate *self)
{
  for (int i = 0; i < KILTER_N_STEPS; i++)
    {
      const KilterRecord *step = kilter_plan_get_step (plan, i + 1);
      int owner = step != NULL ? kilter_record_ref (step, KILTER_STEP_OWNER) : 0;

      self->steps[i] = (KilterTemplateStep) {
        step != NULL ? find_workday (plan, kilter_record_text (step, KILTER_STEP_DUE)) : 0,
        g_strdup (step != NULL ? kilter_record_text (step, KILTER_STEP_TIME) : ""),
        owner != 0 ? g_strdup_printf ("person:%d", owner) : g_strdup (""),
      };
    }
}

KilterTemplate *
kilter_template_read (const KilterPlan *plan)
{
  KilterTemplate *self = template_new ();
  g_autoptr (GVariant) variant = read_setting (plan);
  g_autoptr (GVariantIter) steps = NULL;
  g_autoptr (GVariantIter) tasks = NULL;
  const char *first, *second;
  int step, workday;

  if (variant == NULL)
    {
      read_steps_of_cycle (plan, self);
      return self;
    }
  g_variant_get (variant, TEMPLATE_TYPE, &steps, &tasks);
  for (int i = 0;
       i < KILTER_N_STEPS && g_variant_iter_next (steps, "(i&s&s)", &workday, &first, &second); i++)
    self->steps[i] = (KilterTemplateStep) { CLAMP (workday, -MAX_WORKDAY, MAX_WORKDAY),
                                            g_strdup (first), g_strdup (second) };
  while (self->tasks->len < MAX_TASKS &&
         g_variant_iter_next (tasks, "(ii&s&s)", &step, &workday, &first, &second))
    kilter_template_add_task (self, step, workday, first, second);
  return self;
}

/**
 * kilter_template_save:
 *
 * Returns: (transfer full): a command that keeps the template; the cycle that runs stays as it is
 */
KilterCommand *
kilter_template_save (const KilterTemplate *self, const KilterPlan *plan)
{
  KilterCommand *command = kilter_command_new ("cycle-template", _ ("Cycle template"));
  GVariantBuilder builder;
  g_autoptr (GVariant) variant = NULL;
  g_autofree char *text = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (TEMPLATE_TYPE));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a" STEP_TYPE));
  for (int i = 0; i < KILTER_N_STEPS; i++)
    g_variant_builder_add (&builder, STEP_TYPE, self->steps[i].workday, self->steps[i].time,
                           self->steps[i].owner);
  g_variant_builder_close (&builder);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a" TASK_TYPE));
  for (guint i = 0; i < self->tasks->len; i++)
    {
      const KilterTemplateTask *task = &g_array_index (self->tasks, KilterTemplateTask, i);

      if (*task->title != '\0')
        g_variant_builder_add (&builder, TASK_TYPE, task->step, task->workday, task->title,
                               task->owner);
    }
  g_variant_builder_close (&builder);
  variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  text = g_variant_print (variant, FALSE);
  kilter_command_set_setting (command, plan, KEY, text);
  return command;
}

/**
 * kilter_template_find_person:
 * @owner: "person:3", "role:Supply planner", or ""
 *
 * Returns: the person, the first who has the role, or 0
 */
int
kilter_template_find_person (const KilterPlan *plan, const char *owner)
{
  if (g_str_has_prefix (owner, "person:"))
    {
      int id = (int) g_ascii_strtoll (owner + strlen ("person:"), NULL, 10);

      return kilter_plan_get_record (plan, KILTER_TABLE_PERSON, id) != NULL ? id : 0;
    }
  if (g_str_has_prefix (owner, "role:"))
    KILTER_FOREACH_RECORD (plan, KILTER_TABLE_PERSON, person)
      if (g_str_equal (kilter_record_text (person, KILTER_PERSON_ROLE), owner + strlen ("role:")))
        return person->id;
  return 0;
}
