/* store-steps.h: a child process edits for ever and tells of each step; what is left when it ends
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/kilter-store.h"

G_BEGIN_DECLS

/* How a child may end by itself without being a failure. */
#define STEPS_POWER_CUT 77

/**
 * StepsRun:
 * @first: the first step
 * @publish_every: after how many steps the plan is published; 0: never
 * @kill_after: microseconds from the first step until the child is killed; 0: it ends by itself
 * @prepare: (nullable): called in the child before it opens the plan
 */
typedef struct
{
  int first;
  int publish_every;
  gulong kill_after;
  void (*prepare) (gpointer data);
  gpointer data;
} StepsRun;

int steps_run (GFile *file, const StepsRun *run);
int steps_check (KilterStore *store, int last);
void steps_assert_whole (GFile *file);

G_END_DECLS
