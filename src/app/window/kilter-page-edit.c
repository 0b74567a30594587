/* kilter-page-edit.c: whether a page may change the plan, and its one way to do so
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-page.h"

#include "app/window/kilter-views.h"
#include "plan/process/kilter-cycle.h"

#include <glib/gi18n-lib.h>

/* steps that make the plan; what follows has rules of its own */
#define LAST_PLANNING_STEP 4

/* The step whose view the page belongs to, 0 for none. */
static int
find_step (KilterPage *self)
{
  for (guint i = 0; i < kilter_views_get_n (); i++)
    {
      const KilterViewInfo *view = kilter_views_get (i);

      for (guint k = 0; k < view->n_pages; k++)
        if (view->pages[k].get_type != NULL && view->pages[k].get_type () == G_OBJECT_TYPE (self))
          return view->step;
    }
  return 0;
}

/* The finished step that the page belongs to, 0 while it may be worked on. Scenarios stay open:
 * they are where one asks what would be if. */
static int
find_finished_step (KilterPage *self)
{
  int number = find_step (self);
  const KilterRecord *step;

  if (number < 1 || number > LAST_PLANNING_STEP ||
      kilter_page_get_version (self) != KILTER_BASELINE || kilter_page_get_plan (self) == NULL)
    return 0;
  step = kilter_plan_get_step (kilter_page_get_plan (self), number);
  return step != NULL && kilter_step_get_state (step) == KILTER_STEP_FINISHED ? number : 0;
}

gboolean
kilter_page_is_read_only (KilterPage *self)
{
  KilterDocument *document;

  g_return_val_if_fail (KILTER_IS_PAGE (self), TRUE);
  document = kilter_page_get_document (self);
  return document == NULL || kilter_document_is_read_only (document) ||
         kilter_plan_is_snapshot (kilter_page_get_plan (self), kilter_page_get_version (self)) ||
         find_finished_step (self) != 0;
}

/* What was agreed stays as it is until somebody reopens the step; it may be talked about. */
static gboolean
refuse_when_finished (KilterPage *self, KilterCommand *command, GError **error)
{
  int step = find_finished_step (self);

  if (step == 0 || g_str_equal (kilter_command_get_kind (command), "comment"))
    return FALSE;
  /* Translators: %s is a step of the cycle */
  g_set_error (error, KILTER_DOCUMENT_ERROR, KILTER_DOCUMENT_ERROR_READ_ONLY,
               _ ("%s is finished. Reopen the step to change it."), kilter_step_get_name (step));
  kilter_command_unref (command);
  return TRUE;
}

/**
 * kilter_page_try:
 * @command: (transfer full): what to do; an empty one does nothing
 *
 * The one way from a page, its panes and its dialogs to the plan: a finished step refuses here.
 *
 * Returns: whether the plan took it
 */
gboolean
kilter_page_try (KilterPage *self, KilterCommand *command, GError **error)
{
  KilterDocument *document;

  g_return_val_if_fail (KILTER_IS_PAGE (self), FALSE);
  g_return_val_if_fail (command != NULL, FALSE);
  document = kilter_page_get_document (self);
  g_return_val_if_fail (document != NULL, FALSE);

  if (refuse_when_finished (self, command, error))
    return FALSE;
  return KILTER_PAGE_GET_CLASS (self)->apply != NULL
           ? KILTER_PAGE_GET_CLASS (self)->apply (self, command, error)
           : kilter_document_apply (document, command, error);
}

/**
 * kilter_page_apply: kilter_page_try(), with what follows on the screen
 * @toast: (nullable): a sentence, when the result is not where one looks
 *
 * Returns: whether the plan took it
 */
gboolean
kilter_page_apply (KilterPage *self, KilterCommand *command, const char *toast)
{
  g_autoptr (GError) error = NULL;

  if (!kilter_page_try (self, command, &error))
    {
      kilter_page_report (self, error);
      return FALSE;
    }
  if (toast != NULL)
    kilter_page_toast (self, toast, TRUE);
  return TRUE;
}
