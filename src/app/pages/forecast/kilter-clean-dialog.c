/* kilter-clean-dialog.c: what in the history is probably not demand: look, tick, apply
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-forecast-dialogs.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/widgets/kilter-form.h"
#include "plan/forecast/kilter-clean.h"
#include "report/figure/kilter-figure.h"
#include "report/words/kilter-headline.h"

/* a list of more is read by nobody; the others come the next time */
#define MOST_ROWS 300

/* The work, and the dialog it ends in. */
typedef struct
{
  KilterPage *page; /* not owned: it must be there when the work ends */
  KilterVersion version;
  KilterCleanTask *task;
  GtkCheckButton **ticks;
  guint n;
  AdwPreferencesGroup *group;
  KilterForm *form; /* not owned */
} Cleaning;

static void
cleaning_free (gpointer data)
{
  Cleaning *self = data;

  g_clear_weak_pointer (&self->page);
  kilter_clean_task_free (self->task);
  g_free (self->ticks);
  g_free (self);
}

/* --- words --- */

static const char *
get_reason (const KilterProposal *proposal)
{
  switch (proposal->kind)
    {
    case KILTER_PROPOSAL_LEVEL_SHIFT:
      return _ ("Level shift");
    case KILTER_PROPOSAL_STOCK_OUT:
      return _ ("Stock-out");
    case KILTER_PROPOSAL_MISSING:
      return _ ("Missing month");
    case KILTER_PROPOSAL_OUTLIER:
    default:
      return _ ("Outlier");
    }
}

static const char *
get_cause (const KilterProposal *proposal)
{
  switch (proposal->kind)
    {
    case KILTER_PROPOSAL_LEVEL_SHIFT:
      return _ ("From then on everything is at another level.");
    case KILTER_PROPOSAL_STOCK_OUT:
      return proposal->no_stock ? _ ("There was nothing in stock.")
                                : _ ("Sales stopped for a short while, then went on.");
    case KILTER_PROPOSAL_MISSING:
      return _ ("Nothing is known of it.");
    case KILTER_PROPOSAL_OUTLIER:
    default:
      return _ ("It is far from its trend and season.");
    }
}

static char *
describe (KilterPlan *plan, const KilterProposal *proposal)
{
  g_autofree char *span = kilter_headline_span (plan, proposal->first, proposal->n);
  g_autofree char *proposed = kilter_format_quantity (proposal->proposed);
  g_autofree char *actual = NULL;

  if (isnan (proposal->actual))
    /* Translators: a month or months, a quantity, a reason in a sentence */
    return g_strdup_printf (_ ("%1$s: expected %2$s. %3$s"), span, proposed, get_cause (proposal));
  actual = kilter_format_quantity (proposal->actual);
  /* Translators: a month or months, two quantities, a reason in a sentence */
  return g_strdup_printf (_ ("%1$s: sold %2$s, expected %3$s. %4$s"), span, actual, proposed,
                          get_cause (proposal));
}

static char *
get_name (KilterPlan *plan, int series)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_SERIES, series);

  return g_strdup_printf (
    "%s · %s · %s",
    kilter_plan_get_product_name (plan, kilter_record_ref (record, KILTER_SERIES_PRODUCT)),
    kilter_plan_get_key (plan, KILTER_TABLE_REGION,
                         kilter_record_ref (record, KILTER_SERIES_REGION)),
    kilter_plan_get_key (plan, KILTER_TABLE_CHANNEL,
                         kilter_record_ref (record, KILTER_SERIES_CHANNEL)));
}

/* --- the dialog --- */

static guint
count_ticks (Cleaning *self)
{
  guint count = 0;

  for (guint i = 0; i < self->n; i++)
    count += gtk_check_button_get_active (self->ticks[i]);
  return count;
}

static void
ticked_cb (Cleaning *self)
{
  guint count = count_ticks (self);
  g_autofree char *text = g_strdup_printf (
    ngettext ("%1$u of %2$u proposal chosen", "%1$u of %2$u proposals chosen", self->n), count,
    self->n);

  adw_preferences_group_set_title (self->group, text);
  gtk_widget_set_sensitive (self->form->button, count > 0);
}

static gboolean
apply_cb (KilterForm *form, gpointer data)
{
  Cleaning *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  const GArray *proposals = kilter_clean_task_get_proposals (self->task);
  guint count = count_ticks (self);
  g_autofree char *label = g_strdup_printf (
    ngettext ("Cleaning of %u outlier", "Cleaning of %u outliers", count), count);
  KilterCommand *command = kilter_command_new ("cleaning", label);

  for (guint i = 0; i < self->n; i++)
    if (gtk_check_button_get_active (self->ticks[i]))
      {
        const KilterProposal *proposal = &g_array_index (proposals, KilterProposal, i);

        kilter_plan_add_proposal (plan, command, self->version, proposal, get_reason (proposal));
      }
  if (!kilter_form_apply (form, command))
    return FALSE;
  if (self->page != NULL)
    {
      g_autofree char *toast = g_strdup_printf (
        ngettext ("Corrected %u proposal. Run the forecast to use it.",
                  "Corrected %u proposals. Run the forecast to use them.", count),
        count);

      kilter_page_toast (self->page, toast, TRUE);
    }
  return TRUE;
}

static void
tick_all (Cleaning *self, gboolean active)
{
  for (guint i = 0; i < self->n; i++)
    gtk_check_button_set_active (self->ticks[i], active);
}

static void
all_cb (Cleaning *self)
{
  tick_all (self, count_ticks (self) < self->n);
}

static void
add_row (Cleaning *self, AdwPreferencesGroup *group, guint i)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  const KilterProposal *proposal = &g_array_index (kilter_clean_task_get_proposals (self->task),
                                                   KilterProposal, i);
  GtkWidget *row = adw_action_row_new (), *money;
  g_autofree char *name = get_name (plan, proposal->series);
  g_autofree char *text = describe (plan, proposal);
  g_autofree char *amount = kilter_format_money (plan, proposal->money);
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *subtitle = g_markup_escape_text (text, -1);

  self->ticks[i] = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->ticks[i]), GTK_ALIGN_CENTER);
  /* a new level may be the truth: a person decides */
  gtk_check_button_set_active (self->ticks[i], proposal->kind != KILTER_PROPOSAL_LEVEL_SHIFT);
  g_signal_connect_swapped (self->ticks[i], "toggled", G_CALLBACK (ticked_cb), self);
  money = gtk_label_new (amount);
  gtk_widget_add_css_class (money, "numeric");
  gtk_widget_add_css_class (money, "dim-label");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (self->ticks[i]));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), money);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->ticks[i]));
  adw_preferences_group_add (group, row);
}

static void
present (Cleaning *self)
{
  const GArray *proposals = kilter_clean_task_get_proposals (self->task);
  GtkWidget *all = gtk_button_new_with_label (_ ("All or None"));

  self->n = MIN (proposals->len, MOST_ROWS);
  self->ticks = g_new0 (GtkCheckButton *, self->n);
  self->form = kilter_form_new (GTK_WIDGET (self->page), kilter_page_get_document (self->page),
                                _ ("Clean Outliers"), _ ("_Correct"), apply_cb, self,
                                cleaning_free);
  adw_dialog_set_content_width (self->form->dialog, 720);
  adw_dialog_set_content_height (self->form->dialog, 620);
  self->group = kilter_form_add_group (
    self->form, NULL, _ ("What was imported stays as it is; the forecast uses the corrections."));
  gtk_widget_add_css_class (all, "flat");
  adw_preferences_group_set_header_suffix (self->group, all);
  g_signal_connect_swapped (all, "clicked", G_CALLBACK (all_cb), self);
  for (guint i = 0; i < self->n; i++)
    add_row (self, self->group, i);
  ticked_cb (self);
  kilter_form_present (self->form);
}

/* --- the work --- */

static gboolean
run (gpointer data, KilterJob *job, GError **error)
{
  return kilter_clean_task_run (((Cleaning *) data)->task, job, error);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  Cleaning *work = kilter_document_run_finish (KILTER_DOCUMENT (source), result, &error);
  Cleaning *self;

  if (work == NULL || work->page == NULL || kilter_page_get_document (work->page) == NULL)
    return;
  if (kilter_clean_task_get_proposals (work->task)->len == 0)
    {
      kilter_page_toast (work->page, _ ("Nothing in the history looks unusual"), FALSE);
      return;
    }
  /* the work is freed, the dialog takes its place */
  self = g_new0 (Cleaning, 1);
  g_set_weak_pointer (&self->page, work->page);
  self->version = work->version;
  self->task = g_steal_pointer (&work->task);
  present (self);
}

/**
 * kilter_clean_dialog_present:
 *
 * Looks through the history of the scope for what is probably not demand, and shows it.
 */
void
kilter_clean_dialog_present (KilterPage *page)
{
  Cleaning *work = g_new0 (Cleaning, 1);

  g_set_weak_pointer (&work->page, page);
  work->version = kilter_page_get_version (page);
  work->task = kilter_clean_task_new (kilter_page_get_plan (page), work->version,
                                      kilter_page_get_scope (page));
  kilter_document_run_async (kilter_page_get_document (page),
                             &(KilterDocumentWork) {
                               .title = _ ("Looking through the history…"),
                               .progress_format = _ ("%1$s of %2$s series"),
                               .run = run,
                               .task = work,
                               .free_task = cleaning_free,
                             },
                             done_cb, NULL);
}
