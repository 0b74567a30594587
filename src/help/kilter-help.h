/* kilter-help.h: the user's guide as pages of blocks
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KilterHelpKind:
 * @KILTER_HELP_HEADING: a heading of level 1 (the title of the page) or 2
 * @KILTER_HELP_PARAGRAPH: a paragraph
 * @KILTER_HELP_BULLET: an entry of a list
 * @KILTER_HELP_NUMBER: an entry of a numbered list; the level is its number
 * @KILTER_HELP_TABLE: a table, the first row of which is its heading
 * @KILTER_HELP_CODE: lines as they are typed
 * @KILTER_HELP_PICTURE: a picture; the text says what is on it
 */
typedef enum
{
  KILTER_HELP_HEADING,
  KILTER_HELP_PARAGRAPH,
  KILTER_HELP_BULLET,
  KILTER_HELP_NUMBER,
  KILTER_HELP_TABLE,
  KILTER_HELP_CODE,
  KILTER_HELP_PICTURE,
} KilterHelpKind;

/**
 * KilterHelpBlock:
 * @kind: what it is
 * @level: of a heading 1 or 2, of a numbered entry its number, else 0
 * @markup: the text as Pango markup: b, tt and a; NULL for tables
 * @anchor: of a heading, what links name: "heading-2" is the second heading of level 2
 * @name: of a picture, its file name without folder
 * @n_columns: of a table
 * @cells: (array zero-terminated=1): of a table, markup by rows; the last row is whole
 */
typedef struct
{
  KilterHelpKind kind;
  guint level;
  char *markup;
  char *anchor;
  char *name;
  guint n_columns;
  char **cells;
} KilterHelpBlock;

typedef struct _KilterHelpPage KilterHelpPage;

const char *const *kilter_help_get_names (void);
const char *const *kilter_help_get_languages (void);
gboolean kilter_help_has_page (const char *name);

KilterHelpPage *kilter_help_page_new (const char *text);
KilterHelpPage *kilter_help_page_load (const char *folder,
                                       const char *const *languages,
                                       const char *name,
                                       GError **error);
void kilter_help_page_free (KilterHelpPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterHelpPage, kilter_help_page_free)

const char *kilter_help_page_get_title (const KilterHelpPage *self);
const char *kilter_help_page_get_language (const KilterHelpPage *self);
guint kilter_help_page_get_n_blocks (const KilterHelpPage *self);
const KilterHelpBlock *kilter_help_page_get_block (const KilterHelpPage *self, guint index);
gboolean kilter_help_page_matches (const KilterHelpPage *self, const char *words);

char *kilter_help_page_to_html (const KilterHelpPage *self, const char *const *titles);
gboolean kilter_help_write_html (const char *folder,
                                 const char *const *languages,
                                 GFile *to,
                                 GError **error);

G_END_DECLS
