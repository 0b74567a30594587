/* kilter-forecast-file.h: series out to an engine elsewhere, and its forecasts back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/forecast/kilter-forecast-task.h"

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean kilter_forecast_file_write (KilterForecastTask *task,
                                     GOutputStream *output,
                                     GCancellable *cancellable,
                                     GError **error);
gboolean kilter_forecast_file_is_one (const char *text, gsize length);
gboolean kilter_forecast_file_read (KilterForecastTask *task,
                                    const char *text,
                                    gsize length,
                                    const char *name,
                                    GError **error);

G_END_DECLS
