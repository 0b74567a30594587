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
  return (KilterSubject) { kilter_page_get_plan (self), kilter_page_get_version (self),
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

static void
hide_cb (GtkWidget *inside)
{
  gtk_widget_set_visible (inside, FALSE);
}

static void
show_cb (GtkWidget *inside)
{
  gtk_widget_set_visible (inside, TRUE);
}

void
kilter_page_stand_in (GtkWidget *inside, GtkWidget *outside)
{
  gtk_widget_set_visible (inside, !gtk_widget_get_mapped (outside));
  g_signal_connect_object (outside, "map", G_CALLBACK (hide_cb), inside, G_CONNECT_SWAPPED);
  g_signal_connect_object (outside, "unmap", G_CALLBACK (show_cb), inside, G_CONNECT_SWAPPED);
}
