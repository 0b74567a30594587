/* kilter-grid-block.h: a rectangle of texts, as it travels over the clipboard.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

typedef struct _KilterGridBlock KilterGridBlock;

/* The largest block a paste may hold: a clipboard is foreign input. */
#define KILTER_GRID_BLOCK_MAX_CELLS (4 * 1000 * 1000)

KilterGridBlock *kilter_grid_block_new (int n_rows, int n_cols);
KilterGridBlock *kilter_grid_block_new_from_tsv (const char *text, gssize length);
KilterGridBlock *kilter_grid_block_new_from_csv (const char *text, gssize length, char separator);
KilterGridBlock *kilter_grid_block_new_from_html (const char *text, gssize length);
KilterGridBlock *kilter_grid_block_new_from_text (const char *text, gssize length);
void kilter_grid_block_free (KilterGridBlock *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterGridBlock, kilter_grid_block_free)

int kilter_grid_block_get_n_rows (const KilterGridBlock *block);
int kilter_grid_block_get_n_cols (const KilterGridBlock *block);
const char *kilter_grid_block_get (const KilterGridBlock *block, int row, int col);
gboolean kilter_grid_block_has_values (const KilterGridBlock *block);
void kilter_grid_block_set (KilterGridBlock *block, int row, int col, const char *text);
void kilter_grid_block_take (KilterGridBlock *block, int row, int col, char *text);

char *kilter_grid_block_to_tsv (const KilterGridBlock *block);
char *
kilter_grid_block_to_html (const KilterGridBlock *block, int n_header_rows, int n_header_cols);

G_END_DECLS
