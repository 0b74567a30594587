/* kilter-page-subject.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-page-subject.h"

/**
 * kilter_page_get_subject:
 *
 * Returns: what the page shows
 */
KilterSubject
kilter_page_get_subject (KilterPage *self)
{
  KilterDisplayUnit unit = kilter_session_get_unit (kilter_page_get_session (self));

  if (!(kilter_page_get_needs (self) & (KILTER_PAGE_NEEDS_CASES << unit)))
    unit = KILTER_DISPLAY_CASES;
  return (KilterSubject){ kilter_page_get_plan (self), kilter_page_get_version (self),
                          *kilter_page_get_scope (self), unit };
}

/**
 * kilter_page_get_year:
 * @out_first: (out): the cycle's bucket
 * @out_n: (out): how many buckets, at least 0
 */
void
kilter_page_get_year (KilterPage *self, int *out_first, int *out_n)
{
  const KilterPlan *plan = kilter_page_get_plan (self);

  *out_first = kilter_plan_get_n_history (plan);
  *out_n = MIN (kilter_plan_get_season (plan), kilter_plan_get_n_horizon (plan));
}
