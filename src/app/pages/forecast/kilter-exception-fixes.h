/* kilter-exception-fixes.h: the ways to deal with an exception that are offered
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"
#include "plan/kilter-repair.h"

G_BEGIN_DECLS

/* (transfer none): buttons for the ways out of an exception; each does what it says */
GtkWidget *kilter_exception_fixes_new (KilterPage *page, const KilterException *exception);

G_END_DECLS
