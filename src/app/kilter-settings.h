/* kilter-settings.h: preferences and recent plans of the person at this computer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer none): of the schema io.github.kilter_sop.Kilter */
GSettings *kilter_settings_get (void);
/* (transfer none): the chosen name, else the one of the account */
const char *kilter_settings_get_user_name (void);

/**
 * KilterRecent:
 * @uri: where the plan is
 * @name: of the plan
 * @cycle: "2026-04"
 * @step: key of the view of the step in progress, or "approved"
 */
typedef struct
{
  char *uri;
  char *name;
  char *cycle;
  char *step;
} KilterRecent;

void kilter_recent_free (KilterRecent *self);
/* (element-type KilterRecent) (transfer full): newest first */
GPtrArray *kilter_settings_get_recent (void);
void kilter_settings_add_recent (const KilterRecent *recent);
void kilter_settings_remove_recent (const char *uri);

G_END_DECLS
