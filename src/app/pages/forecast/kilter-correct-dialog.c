/* kilter-correct-dialog.c: what past months should have been
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-forecast-dialogs.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "app/widgets/kilter-form.h"
#include "plan/kilter-repair.h"
#include "report/figure/kilter-figure.h"

typedef struct
{
  KilterPage *page; /* not owned: the dialog is above it */
  KilterScope scope;
  int first;
  int n;
  AdwEntryRow **values; /* one a month */
  AdwEntryRow *reason;
} Correction;

static void
correction_free (gpointer data)
{
  Correction *self = data;

  g_free (self->values);
  g_free (self);
}

static gboolean
save_cb (KilterForm *form, gpointer data)
{
  Correction *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  KilterSubject subject = { plan, kilter_page_get_version (self->page), self->scope,
                            KILTER_DISPLAY_CASES };
  g_autofree char *title = kilter_subject_get_title (&subject);
  /* Translators: %s is a product or family */
  g_autofree char *label = g_strdup_printf (_ ("Correction of %s"), title);
  g_autoptr (KilterCommand) command = kilter_command_new ("correction", label);
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason));

  for (int i = 0; i < self->n; i++)
    {
      const char *text = gtk_editable_get_text (GTK_EDITABLE (self->values[i]));
      g_autoptr (GError) error = NULL;
      KilterEditKind kind;
      double value;

      if (!kilter_number_parse_edit (text, &kind, &value))
        g_set_error (&error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_INVALID,
                     _ ("“%s” is not a number. Type 140, +24, +5%% or =120+24."), text);
      else
        kilter_plan_edit (plan, command, subject.version, KILTER_CORRECTION, &self->scope,
                          self->first + i, kind, value, KILTER_SPREAD_MIX, NULL, &error);
      if (error != NULL)
        {
          kilter_form_report (form, error);
          return FALSE;
        }
    }
  if (kilter_command_is_empty (command))
    return TRUE;
  kilter_command_set_reason (command, *reason != '\0' ? reason : _ ("Correction"));
  return kilter_form_apply (form, g_steal_pointer (&command));
}

static char *
format_plain (double value)
{
  return isnan (value) ? g_strdup ("") : kilter_number_format_plain (value, 0);
}

/* The present correction, or what is expected: something to begin with. */
static double
get_proposal (Correction *self, int bucket, double corrected)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, &self->scope, KILTER_GRAIN_SERIES);
  double sum = 0;
  gboolean any = FALSE;

  if (!isnan (corrected))
    return corrected;
  for (guint i = 0; i < rows->len; i++)
    {
      double expected = kilter_plan_expect_bucket (plan, kilter_page_get_version (self->page),
                                                   g_array_index (rows, int, i), bucket);

      if (!isfinite (expected))
        continue;
      sum += kilter_round_half_away (fmax (expected, 0));
      any = TRUE;
    }
  return any ? sum : NAN;
}

/**
 * kilter_correct_dialog_present:
 * @first: a bucket before the cycle
 * @n: how many
 *
 * Asks what sales would have been. The imported numbers stay as they are.
 */
void
kilter_correct_dialog_present (KilterPage *page, const KilterScope *scope, int first, int n)
{
  KilterPlan *plan = kilter_page_get_plan (page);
  Correction *self = g_new0 (Correction, 1);
  KilterSubject subject = { plan, kilter_page_get_version (page), *scope, KILTER_DISPLAY_CASES };
  g_autofree double *actual = g_new (double, kilter_plan_get_n_buckets (plan));
  g_autofree double *corrected = g_new (double, kilter_plan_get_n_buckets (plan));
  g_autofree char *title = kilter_subject_get_title (&subject);
  AdwPreferencesGroup *group;
  KilterForm *form;

  self->page = page;
  self->scope = *scope;
  self->first = first;
  self->n = n;
  self->values = g_new0 (AdwEntryRow *, n);
  kilter_subject_get (&subject, KILTER_ACTUAL, actual);
  kilter_subject_get (&subject, KILTER_CORRECTION, corrected);
  form = kilter_form_new (GTK_WIDGET (page), kilter_page_get_document (page), _ ("Correct Sales"),
                          _ ("_Correct"), save_cb, self, correction_free);
  group = kilter_form_add_group (
    form, title, _ ("What would have been sold. What was imported stays as it is."));
  for (int i = 0; i < n; i++)
    {
      int bucket = first + i;
      g_autofree char *month = kilter_format_bucket (plan, bucket);
      g_autofree char *sold = format_plain (actual[bucket]);
      g_autofree char *proposal = format_plain (get_proposal (self, bucket, corrected[bucket]));
      /* Translators: a month, and what was sold in it */
      g_autofree char *name = g_strdup_printf (_ ("%1$s, sold %2$s"), month,
                                               *sold != '\0' ? sold : "–");

      self->values[i] = kilter_form_add_entry (group, name, proposal);
    }
  group = kilter_form_add_group (form, NULL, NULL);
  self->reason = kilter_form_add_entry (group, _ ("Reason"), "");
  kilter_form_present (form);
}
