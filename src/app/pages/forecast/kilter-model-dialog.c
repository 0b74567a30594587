/* kilter-model-dialog.c: which method forecasts what is in scope
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-forecast-dialogs.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/widgets/kilter-form.h"
#include "plan/data/kilter-model.h"
#include "report/words/kilter-headline.h"

/* What a person can choose, whether it has been tried or not. */
static const char *const methods[] = { "auto",   "best",    "ets",    "theta",  "arima", "ces",
                                       "hw-add", "hw-mult", "damped", "ses",    "mean",  "snaive",
                                       "naive",  "tsb",     "sba",    "croston" };

typedef struct
{
  KilterPage *page; /* not owned: the dialog is above it */
  KilterScope scope;
  GtkCheckButton *choices[G_N_ELEMENTS (methods)];
  GtkWidget *fix;
} Chooser;

static const KilterModelRank *
find_rank (const GArray *ranks, const char *method)
{
  for (guint i = 0; i < ranks->len; i++)
    if (g_str_equal (g_array_index (ranks, KilterModelRank, i).method, method))
      return &g_array_index (ranks, KilterModelRank, i);
  return NULL;
}

static gboolean
run_cb (KilterForm *form, gpointer data)
{
  Chooser *self = data;
  KilterForecastRequest request = { .version = kilter_page_get_version (self->page),
                                    .scope = &self->scope,
                                    .method = "auto",
                                    .pin = adw_switch_row_get_active (ADW_SWITCH_ROW (self->fix)) };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (gtk_check_button_get_active (self->choices[i]))
      request.method = methods[i];
  kilter_document_forecast_async (form->document, &request, NULL, NULL);
  return TRUE;
}

static char *
describe (const KilterModelRank *rank)
{
  g_autofree char *wape = NULL, *naive = NULL;

  if (rank == NULL || isnan (rank->wape))
    return NULL;
  wape = kilter_format_ratio (rank->wape, 1);
  naive = kilter_format_ratio (rank->naive_wape, 1);
  /* Translators: two errors of forecasts in per cent */
  return g_strdup_printf (_ ("WAPE %1$s, naive %2$s"), wape, naive);
}

static void
add_choice (Chooser *self, AdwPreferencesGroup *group, gsize i, const KilterModelRank *rank)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = kilter_headline_method (methods[i]);
  g_autofree char *subtitle = describe (rank);

  self->choices[i] = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->choices[i]), GTK_ALIGN_CENTER);
  gtk_check_button_set_group (self->choices[i], i > 0 ? self->choices[0] : NULL);
  gtk_check_button_set_active (self->choices[i], i == 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (self->choices[i]));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->choices[i]));
  adw_preferences_group_add (group, row);
}

/* The method that the series of the scope keep, when it is one of the list. */
static void
choose_present (Chooser *self, KilterPlan *plan)
{
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, &self->scope, KILTER_GRAIN_SERIES);

  for (guint r = 0; r < rows->len; r++)
    {
      const KilterRecord *model = kilter_plan_find_model (plan, g_array_index (rows, int, r));
      const char *forced = model != NULL ? kilter_record_text (model, KILTER_MODEL_FORCED) : "";

      for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
        if (g_str_equal (methods[i], forced))
          {
            gtk_check_button_set_active (self->choices[i], TRUE);
            adw_switch_row_set_active (ADW_SWITCH_ROW (self->fix), TRUE);
            return;
          }
    }
}

void
kilter_model_dialog_present (KilterPage *page)
{
  KilterPlan *plan = kilter_page_get_plan (page);
  Chooser *self = g_new0 (Chooser, 1);
  KilterSubject subject = { plan, kilter_page_get_version (page), *kilter_page_get_scope (page),
                            KILTER_DISPLAY_CASES };
  g_autofree char *title = kilter_subject_get_title (&subject);
  g_autoptr (GArray) ranks = kilter_plan_rank_models (plan, subject.version, &subject.scope);
  AdwPreferencesGroup *group, *other;
  KilterForm *form;

  self->page = page;
  self->scope = subject.scope;
  form = kilter_form_new (GTK_WIDGET (page), kilter_page_get_document (page), _ ("Change Model"),
                          _ ("_Forecast"), run_cb, self, g_free);
  group = kilter_form_add_group (form, title, NULL);
  self->fix = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->fix), _ ("Fix Model"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->fix), _ ("The next runs keep this method"));
  adw_preferences_group_add (group, self->fix);
  group = kilter_form_add_group (form, _ ("Tried"), NULL);
  other = kilter_form_add_group (form, _ ("Not Tried Yet"), NULL);
  /* the automatic choice is the forecast as it is made */
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      const KilterModelRank *rank = find_rank (ranks, methods[i]);

      add_choice (self, rank != NULL || i == 0 ? group : other, i, rank);
    }
  choose_present (self, plan);
  kilter_form_present (form);
}
