/* kilter-page.h: one toggle page of a view
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document/kilter-document.h"
#include "app/document/kilter-session.h"

G_BEGIN_DECLS

/**
 * KilterPageNeeds: what the context bar shows for a page
 */
typedef enum
{
  KILTER_PAGE_NEEDS_NOTHING = 0,
  KILTER_PAGE_NEEDS_PRODUCT = 1 << 0, /* categories, families, products */
  KILTER_PAGE_NEEDS_REGION = 1 << 1,
  KILTER_PAGE_NEEDS_CHANNEL = 1 << 2,
  KILTER_PAGE_NEEDS_RESOURCE = 1 << 3,
  KILTER_PAGE_NEEDS_CASES = 1 << 8, /* units; a switch is shown from two on */
  KILTER_PAGE_NEEDS_REVENUE = 1 << 9,
  KILTER_PAGE_NEEDS_MARGIN = 1 << 10,
  KILTER_PAGE_NEEDS_HOURS = 1 << 11,
  KILTER_PAGE_NEEDS_PALLETS = 1 << 12,
  KILTER_PAGE_NEEDS_SCOPE = KILTER_PAGE_NEEDS_PRODUCT | KILTER_PAGE_NEEDS_REGION |
                            KILTER_PAGE_NEEDS_CHANNEL,
  KILTER_PAGE_NEEDS_UNITS = KILTER_PAGE_NEEDS_CASES | KILTER_PAGE_NEEDS_REVENUE |
                            KILTER_PAGE_NEEDS_MARGIN,
} KilterPageNeeds;

#define KILTER_TYPE_PAGE (kilter_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (KilterPage, kilter_page, KILTER, PAGE, AdwBin)

/**
 * KilterPageClass:
 * @edit_actions: (nullable): %NULL-terminated names of actions of the page that change the plan;
 * they are disabled where kilter_page_is_read_only()
 * @refresh: shows the plan as it is. Called only while the page can be seen; what happened
 *   meanwhile is added up in @change. The first call has %KILTER_CHANGE_ALL.
 * @get_headline: (nullable): (transfer full): the sentence that the page says about the data; the
 *   window names it to screen readers and in search
 * @get_subtitle: (nullable): (transfer full): under the view's name in the header bar; default:
 *   the scope's path
 * @run: (nullable): F5: calculates what the page is about
 * @print: (nullable): prints the page (Ctrl+P), or exports it when @to_pdf
 * @find: (nullable): Ctrl+F: moves the focus to the page's search; %FALSE when there is none
 * @step_problem: (nullable): F8, Shift+F8: the next (+1) or previous (-1) exception
 * @apply: (nullable): takes a command of the page to the document, where something follows from it;
 *   default: kilter_document_apply(). (transfer full) of the command
 * @reset: (nullable): the page belongs to another document now (rare)
 *
 * A page lays out its content as the child of the bin, reads the plan in @refresh, and changes it
 * only through kilter_document_apply(). Its action groups are inserted into itself.
 */
struct _KilterPageClass
{
  AdwBinClass parent_class;

  const char *const *edit_actions;

  void (*refresh) (KilterPage *self, KilterChange change);
  char *(*get_headline) (KilterPage *self);
  char *(*get_subtitle) (KilterPage *self);
  void (*run) (KilterPage *self);
  gboolean (*apply) (KilterPage *self, KilterCommand *command, GError **error);
  void (*print) (KilterPage *self, gboolean to_pdf);
  GPtrArray *(*list_charts) (KilterPage *self);
  gboolean (*find) (KilterPage *self);
  void (*step_problem) (KilterPage *self, int direction);
  void (*reset) (KilterPage *self);

  gpointer padding[6];
};

/* what the page was made for; set before the first refresh */
KilterDocument *kilter_page_get_document (KilterPage *self);
KilterSession *kilter_page_get_session (KilterPage *self);
KilterPlan *kilter_page_get_plan (KilterPage *self);
KilterVersion kilter_page_get_version (KilterPage *self);
const KilterScope *kilter_page_get_scope (KilterPage *self);
/* whether nothing may be changed here: the file, a snapshot, or a finished step of the baseline */
gboolean kilter_page_is_read_only (KilterPage *self);

/* property "narrow": a breakpoint of the page sets it, and the page is shown anew */
gboolean kilter_page_is_narrow (KilterPage *self);

/* what it asks of the window (properties: title, needs, inspector, inspector-title, context-extra,
 * header-extra, primary-label, primary-action, primary-enabled) */
const char *kilter_page_get_title (KilterPage *self);
void kilter_page_set_title (KilterPage *self, const char *title);
KilterPageNeeds kilter_page_get_needs (KilterPage *self);
void kilter_page_set_needs (KilterPage *self, KilterPageNeeds needs);
/* content of the pane at the end side, without a header bar */
GtkWidget *kilter_page_get_inspector (KilterPage *self);
void kilter_page_set_inspector (KilterPage *self, GtkWidget *inspector);
const char *kilter_page_get_inspector_title (KilterPage *self);
void kilter_page_set_inspector_title (KilterPage *self, const char *title);
/* at the end of the context bar, before the units */
GtkWidget *kilter_page_get_context_extra (KilterPage *self);
void kilter_page_set_context_extra (KilterPage *self, GtkWidget *widget);
/* in the header bar, before the search */
GtkWidget *kilter_page_get_header_extra (KilterPage *self);
void kilter_page_set_header_extra (KilterPage *self, GtkWidget *widget);
/* (nullable): instead of Finish Step; @action is a detailed action name that the page installs */
const char *kilter_page_get_primary_label (KilterPage *self);
const char *kilter_page_get_primary_action (KilterPage *self);
void kilter_page_set_primary (KilterPage *self, const char *label, const char *action);
/* whether the page's own primary action can be done now, default TRUE */
gboolean kilter_page_get_primary_enabled (KilterPage *self);
void kilter_page_set_primary_enabled (KilterPage *self, gboolean enabled);
/* stops of F6 within the page, in their order */
void kilter_page_add_region (KilterPage *self, GtkWidget *widget);

/* what it can ask the window to do */
void kilter_page_toast (KilterPage *self, const char *text, gboolean with_undo);
void kilter_page_report (KilterPage *self, const GError *error);
/* stamps and applies, as any change of the plan from this page or from its dialogs must */
gboolean
kilter_page_try (KilterPage *self, KilterCommand *command /* (transfer full) */, GError **error);
/* the same; a refusal is reported; @toast (nullable) is shown with Undo */
gboolean kilter_page_apply (KilterPage *self,
                            KilterCommand *command /* (transfer full) */,
                            const char *toast);
void kilter_page_show_inspector (KilterPage *self);

/* for the window */
void kilter_page_attach (KilterPage *self, KilterDocument *document, KilterSession *session);
void kilter_page_queue_refresh (KilterPage *self, KilterChange change);
char *kilter_page_get_headline (KilterPage *self);
char *kilter_page_get_subtitle (KilterPage *self);
gboolean kilter_page_can_run (KilterPage *self);
void kilter_page_run (KilterPage *self);
gboolean kilter_page_can_print (KilterPage *self);
void kilter_page_print (KilterPage *self, gboolean to_pdf);
GPtrArray *kilter_page_list_charts (KilterPage *self);
gboolean kilter_page_find (KilterPage *self);
gboolean kilter_page_can_step (KilterPage *self);
void kilter_page_step_problem (KilterPage *self, int direction);
GtkWidget *kilter_page_get_region (KilterPage *self, guint index);

G_END_DECLS
