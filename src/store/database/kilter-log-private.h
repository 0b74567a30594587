/* kilter-log-private.h: rows of the change log, and what is hashed of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/database/kilter-digest.h"
#include "store/database/kilter-log.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  const char *kind;
  const char *label;
  const char *who;
  const char *at;
  const char *reason;
  gint64 target;
  gint64 cells;
  gint64 records;
  const char *facts; /* digest of the rows of computed and imported numbers */
  const char *typed; /* digest of all other rows */
  const char *previous;
} KilterLogSet;

typedef struct
{
  gint64 seq;
  gint64 version;
  const char *measure;
  const char *layer;
  gint64 series;
  const char *first;
  gint64 n;
  const char *old_values;
  const char *new_values;
  const char *old_notes;
  const char *new_notes;
} KilterLogCell;

typedef struct
{
  gint64 seq;
  const char *table;
  gint64 id;
  const char *old_values;
  const char *new_values;
} KilterLogRecord;

const char *kilter_log_get_layer_name (KilterLayer layer);
void kilter_log_digest_cell (KilterDigest *digest, const KilterLogCell *cell);
void kilter_log_digest_record (KilterDigest *digest, const KilterLogRecord *record);
char *kilter_log_digest_set (const KilterLogSet *set);

G_END_DECLS
