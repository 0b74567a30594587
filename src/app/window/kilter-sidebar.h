/* kilter-sidebar.h: the cycle, the six steps and the views of the plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document/kilter-document.h"
#include "app/document/kilter-session.h"

G_BEGIN_DECLS

/**
 * KilterSidebar:
 *
 * Signals:
 * - `activated ()`: a row was chosen; the session already shows it
 */
#define KILTER_TYPE_SIDEBAR (kilter_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (KilterSidebar, kilter_sidebar, KILTER, SIDEBAR, AdwBin)

void
kilter_sidebar_set_document (KilterSidebar *self, KilterDocument *document, KilterSession *session);
void kilter_sidebar_refresh (KilterSidebar *self, KilterChange change);
void kilter_sidebar_focus (KilterSidebar *self);

G_END_DECLS
