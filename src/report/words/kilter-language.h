/* kilter-language.h: texts in another language than the program's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <locale.h>

G_BEGIN_DECLS

/**
 * KilterLanguage:
 *
 * A language in force on the calling thread, between kilter_language_push() and
 * kilter_language_pop(): translations, numbers and names of months follow it.
 */
typedef struct
{
  locale_t locale;
  locale_t previous;
  char *variable;
  gboolean has_variable;
} KilterLanguage;

void kilter_language_prepare (void);
void kilter_language_push (KilterLanguage *self, const char *language);
void kilter_language_push_numbers (KilterLanguage *self, const char *language);
void kilter_language_pop (KilterLanguage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KilterLanguage, kilter_language_pop)

G_END_DECLS
