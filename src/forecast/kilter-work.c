/* kilter-work.c: the memory of one worker
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/kilter-engine.h"

#define BLOCK_SIZE ((gsize) 256 * 1024)

typedef struct
{
  guint8 *bytes;
  gsize size;
} Block;

static void
block_free (gpointer data)
{
  Block *block = data;

  g_free (block->bytes);
  g_free (block);
}

static void
add_block (KilterWork *self, gsize bytes)
{
  Block *block = g_new (Block, 1);

  block->size = MAX (BLOCK_SIZE, bytes);
  block->bytes = g_malloc (block->size);
  g_ptr_array_add (self->blocks, block);
}

void
kilter_work_init (KilterWork *self)
{
  *self = (KilterWork) { .blocks = g_ptr_array_new_with_free_func (block_free) };
  add_block (self, BLOCK_SIZE);
}

void
kilter_work_clear (KilterWork *self)
{
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
}

/* Takes everything back and starts counting anew, for the next series. What one huge series
 * needed is not kept. */
void
kilter_work_reset (KilterWork *self, guint64 limit)
{
  if (self->blocks->len > 16)
    g_ptr_array_set_size (self->blocks, 16);
  self->block = 0;
  self->used = 0;
  self->work = 0;
  self->limit = limit;
}

gpointer
kilter_work_alloc (KilterWork *self, gsize bytes)
{
  gsize size = (bytes + 15) & ~(gsize) 15;

  for (;;)
    {
      Block *block = g_ptr_array_index (self->blocks, self->block);

      if (block->size - self->used >= size)
        {
          gpointer result = block->bytes + self->used;

          self->used += size;
          return result;
        }
      if (self->block + 1 == self->blocks->len)
        add_block (self, size);
      self->block++;
      self->used = 0;
    }
}

double *
kilter_work_doubles (KilterWork *self, gsize n)
{
  double *result = kilter_work_alloc (self, n * sizeof (double));

  for (gsize i = 0; i < n; i++)
    result[i] = 0.0;
  return result;
}

KilterMark
kilter_work_mark (KilterWork *self)
{
  return (KilterMark) { self->block, self->used };
}

void
kilter_work_release (KilterWork *self, KilterMark mark)
{
  self->block = mark.block;
  self->used = mark.used;
}

/* Counts work; FALSE when the limit is used up. */
gboolean
kilter_work_spend (KilterWork *self, guint64 observations)
{
  self->work += observations;
  return self->limit == 0 || self->work <= self->limit;
}
