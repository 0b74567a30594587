/* kilter-hash.h: a digest over content, built from typed values
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KilterHash:
 *
 * SHA-256 over a sequence of typed values. Each value is preceded by its type and length, so that
 * no two different sequences read the same.
 */
typedef struct _KilterHash KilterHash;

KilterHash *kilter_hash_new (void);
void kilter_hash_free (KilterHash *self);
void kilter_hash_add_text (KilterHash *self, const char *text);
void kilter_hash_add_int (KilterHash *self, gint64 value);
void kilter_hash_add_double (KilterHash *self, double value);
void kilter_hash_add_doubles (KilterHash *self, const double *values, gsize n);
char *kilter_hash_finish (KilterHash *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterHash, kilter_hash_free)

G_END_DECLS
