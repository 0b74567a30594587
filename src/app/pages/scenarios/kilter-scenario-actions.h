/* kilter-scenario-actions.h: what can be done with a scenario, from any page that shows some
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plan/data/kilter-plan.h"

G_BEGIN_DECLS

const char *kilter_scenario_get_name (const KilterRecord *version);
gboolean kilter_scenario_is_state (const KilterRecord *version, const char *state);
void kilter_scenario_actions_install (GtkWidgetClass *klass);

G_END_DECLS
