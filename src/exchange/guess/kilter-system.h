/* kilter-system.h: how the exports of other business systems call their columns
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/import/kilter-import.h"

G_BEGIN_DECLS

/**
 * KilterSystem:
 * @key: as in the option --profile: "odoo"
 * @name: as people know it: "Odoo"
 */
typedef struct
{
  const char *key;
  const char *name;
} KilterSystem;

const KilterSystem *kilter_system_get_all (gsize *out_n);
const KilterSystem *kilter_system_find (const char *key);
const KilterSystem *kilter_system_match (const char *key,
                                         GPtrArray *headings,
                                         KilterImportKind wanted,
                                         KilterImportKind *out_kind,
                                         GHashTable *mapping);
void kilter_system_add_headings (GHashTable *set);
char *kilter_system_describe (const char *key);

G_END_DECLS
