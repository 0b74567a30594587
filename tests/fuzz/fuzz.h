/* fuzz.h: what the fuzzers share: the inputs to begin with, the mutator, the clock
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * FuzzTarget:
 * @name: of the program
 * @corpus: the folder within tests/fuzz/corpus
 * @tokens: (array zero-terminated=1): what such files are made of
 * @max_size: longer inputs are cut off
 * @add_seeds: (nullable): adds inputs that are made by the program
 * @run: tries one input; @choice is a random number, the same for the same input
 */
typedef struct
{
  const char *name;
  const char *corpus;
  const char *const *tokens;
  guint max_size;
  void (*add_seeds) (GPtrArray *seeds);
  void (*run) (const guint8 *data, gsize size, guint32 choice);
} FuzzTarget;

extern const FuzzTarget fuzz_target;

/* fuzz-through.c: bytes through the whole import */
void fuzz_import (GBytes *bytes, const char *name, guint32 choice);
/* "==== name" begins a member, what follows is its text: as an archive */
GBytes *fuzz_pack (const guint8 *data, gsize size);
/* the same through the whole import, now and then with damage to the archive itself */
void fuzz_import_archive (const guint8 *data, gsize size, const char *name, guint32 choice);
