/* kilter-page-subject.h: what a page is about, for charts and grid rows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"
#include "report/figure/kilter-figure.h"

G_BEGIN_DECLS

/* plan, version, scope and unit of the session; a unit that the page does not offer becomes its
 * first, as in the window's switch */
KilterSubject kilter_page_get_subject (KilterPage *self);
/* the year that plans are compared over: the season from the cycle on, or what there is of it */
void kilter_page_get_year (KilterPage *self, int *out_first, int *out_n);
/* shows @inside while @outside is not on the screen: what stands in the context bar has no room in
 * a narrow window */
void kilter_page_stand_in (GtkWidget *inside, GtkWidget *outside);

G_END_DECLS
