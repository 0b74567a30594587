/* store-fixture.h: plans with everything in them, and comparing them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/kilter-store.h"

G_BEGIN_DECLS

KilterPlan *fixture_plan_new (KilterBucketKind kind, const char *uuid);
KilterPlan *fixture_plan_new_small (void);
char *fixture_dump (KilterPlan *plan);
void fixture_assert_same (KilterPlan *a, KilterPlan *b);
KilterCommand *fixture_edit (KilterPlan *plan, int row, int bucket, double value, int step);
KilterCommand *fixture_random_command (KilterPlan *plan, GRand *random, int step);
GFile *fixture_new_file (const char *name);
GFile *fixture_unpack (const char *name);
KilterStore *fixture_create (const char *name, KilterPlan *plan);
KilterStore *fixture_open (GFile *file);
void fixture_close (KilterStore *store, KilterStoreClose how);
void fixture_sql (GFile *file, const char *sql);
void fixture_remove_state (void);

G_END_DECLS
