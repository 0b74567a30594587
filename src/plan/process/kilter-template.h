/* kilter-template.h: what every cycle begins with, and what goes on from the one before
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/process/kilter-cycle.h"

G_BEGIN_DECLS

/* Somebody is named by record or by role, so that a role may change hands: "person:3",
 * "role:Supply planner", or "" for nobody. */

/**
 * KilterTemplateStep:
 * @workday: the working day of the cycle's first period that it is due on, from 1; from its end
 *   below 0; 0 for none
 * @time: "10:00", or ""
 * @owner: (not nullable): who
 */
typedef struct
{
  int workday;
  char *time;
  char *owner;
} KilterTemplateStep;

/**
 * KilterTemplateTask:
 * @step: 1 … 6
 */
typedef struct
{
  int step;
  int workday;
  char *title;
  char *owner;
} KilterTemplateTask;

typedef struct
{
  KilterTemplateStep steps[KILTER_N_STEPS];
  GArray *tasks; /* KilterTemplateTask */
} KilterTemplate;

/* whether somebody saved one; otherwise steps keep the working day that they had */
gboolean kilter_plan_has_template (const KilterPlan *plan);
/* (transfer full): what was saved, or what the steps of the cycle amount to */
KilterTemplate *kilter_template_read (const KilterPlan *plan);
void kilter_template_free (KilterTemplate *self);
void kilter_template_add_task (KilterTemplate *self,
                               int step,
                               int workday,
                               const char *title,
                               const char *owner);
KilterCommand *kilter_template_save (const KilterTemplate *self, const KilterPlan *plan);
/* who that is now, or 0 */
int kilter_template_find_person (const KilterPlan *plan, const char *owner);
/* the day of a cycle, Monday to Friday; FALSE when there is none */
gboolean
kilter_template_get_date (const KilterPlan *plan, KilterBucket cycle, int workday, GDate *out_date);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterTemplate, kilter_template_free)

G_END_DECLS
