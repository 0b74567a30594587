/* kilter-metric-key.h: what the lines and shapes of the cards mean
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @month: (nullable): the name of the month that stands out */
GtkWidget *kilter_metric_key_new (const char *month);

G_END_DECLS
