/* kilter-application.h: the application
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KILTER_TYPE_APPLICATION (kilter_application_get_type ())
G_DECLARE_FINAL_TYPE (KilterApplication, kilter_application, KILTER, APPLICATION, AdwApplication)

KilterApplication *kilter_application_new (void);

G_END_DECLS
