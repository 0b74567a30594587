/* kilter-language.c: texts in another language than the program's
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words/kilter-language.h"

#include <string.h>

/* gettext() looks translations up again when this has changed; see "Being a gettext() grok" in
 * its manual. */
extern int _nl_msg_cat_cntr;

static locale_t
make_locale (const char *language)
{
  static const struct
  {
    const char *language;
    const char *locale;
  } usual[] = { { "en", "en_US.UTF-8" }, { "vi", "vi_VN.UTF-8" }, { "zh", "zh_CN.UTF-8" } };
  g_autofree char *name = g_strconcat (language, ".UTF-8", NULL);
  locale_t locale;

  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (strcmp (usual[i].language, language) == 0)
      {
        locale = newlocale (LC_ALL_MASK, usual[i].locale, NULL);
        if (locale != (locale_t) 0)
          return locale;
      }
  locale = newlocale (LC_ALL_MASK, name, NULL);
  return locale;
}

static void
set_variable (const char *value)
{
  if (value != NULL)
    g_setenv ("LANGUAGE", value, TRUE);
  else
    g_unsetenv ("LANGUAGE");
  _nl_msg_cat_cntr++;
}

static void
push (KilterLanguage *self, const char *language, gboolean with_texts)
{
  memset (self, 0, sizeof *self);
  if (language == NULL || *language == '\0')
    return;

  self->locale = make_locale (language);
  if (with_texts && (self->locale == (locale_t) 0 || g_getenv ("LANGUAGE") != NULL))
    {
      self->variable = g_strdup (g_getenv ("LANGUAGE"));
      self->has_variable = TRUE;
      set_variable (language);
    }
  if (self->locale == (locale_t) 0)
    self->locale = newlocale (LC_ALL_MASK, "C.UTF-8", NULL);
  if (self->locale != (locale_t) 0)
    self->previous = uselocale (self->locale);
}

/**
 * kilter_language_prepare:
 *
 * To be called by a program before textdomain(). GLib decides at the first text, once and for all,
 * whether it translates; with a default domain that lacks the program's language it does not, and
 * then no pack could be made in another one.
 */
void
kilter_language_prepare (void)
{
  g_dgettext (GETTEXT_PACKAGE, "Kilter");
}

/**
 * kilter_language_push:
 * @language: (nullable): "vi", "zh_CN", "en"; %NULL leaves the program's language in force
 *
 * Makes a language the calling thread's own. Where the system lacks its locale, texts are still
 * translated, while numbers and months are written as in the C locale. The variable LANGUAGE would
 * win over a thread's locale, so that it is set for as long: with it in the environment, or
 * without the locale, no other thread may read the environment meanwhile.
 */
void
kilter_language_push (KilterLanguage *self, const char *language)
{
  push (self, language, TRUE);
}

/**
 * kilter_language_push_numbers:
 *
 * The same for numbers and dates alone; the environment stays as it is, on any thread.
 */
void
kilter_language_push_numbers (KilterLanguage *self, const char *language)
{
  push (self, language, FALSE);
}

/**
 * kilter_language_pop:
 *
 * The language before is in force again.
 */
void
kilter_language_pop (KilterLanguage *self)
{
  if (self->locale != (locale_t) 0)
    {
      uselocale (self->previous);
      freelocale (self->locale);
    }
  if (self->has_variable)
    set_variable (self->variable);
  g_free (self->variable);
  memset (self, 0, sizeof *self);
}
