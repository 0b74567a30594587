/* kilter-season-dialog.c: the season of what is in scope, set by hand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-forecast-dialogs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/widgets/kilter-form.h"
#include "plan/data/kilter-model.h"
#include "report/words/kilter-headline.h"

/* per cent of the average period; with nothing at all its sales would say nothing of the level */
#define LEAST 1
#define MOST 1000

typedef struct
{
  KilterPage *page; /* not owned: the dialog is above it */
  KilterForm *form; /* not owned: the dialog's */
  KilterScope scope;
  guint n;
  AdwSpinRow **rows;
} Season;

static void
season_free (gpointer data)
{
  Season *self = data;

  g_free (self->rows);
  g_free (self);
}

/* Keeps a season, or with NULL lets the forecast find it, and forecasts anew. */
static gboolean
set_season (Season *self, const double *profile)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterSubject subject = { plan, kilter_page_get_version (self->page), self->scope,
                            KILTER_DISPLAY_CASES };
  KilterForecastRequest request = { .version = subject.version, .scope = &self->scope };
  g_autofree char *title = kilter_subject_get_title (&subject);
  /* Translators: %s is a product or a family */
  g_autofree char *label = g_strdup_printf (
    profile != NULL ? _ ("Season of %s") : _ ("Automatic season of %s"), title);
  KilterCommand *command = kilter_command_new ("model", label);

  kilter_plan_set_own_season (plan, command, &self->scope, profile);
  if (kilter_command_is_empty (command))
    {
      kilter_command_unref (command);
      return TRUE;
    }
  if (!kilter_form_apply (self->form, command))
    return FALSE;
  kilter_document_forecast_async (self->form->document, &request, NULL, NULL);
  return TRUE;
}

static gboolean
save_cb (KilterForm *form, gpointer data)
{
  Season *self = data;
  g_autofree double *profile = g_new (double, self->n);

  for (guint i = 0; i < self->n; i++)
    profile[i] = adw_spin_row_get_value (self->rows[i]) / 100;
  return set_season (self, profile);
}

static void
automatic_cb (Season *self)
{
  if (set_season (self, NULL))
    adw_dialog_close (self->form->dialog);
}

static void
show (Season *self, const double *profile)
{
  for (guint i = 0; i < self->n; i++)
    adw_spin_row_set_value (self->rows[i], 100 * profile[i]);
}

/* The family of the product in scope, as far as its markets are in scope; of a family itself none.
 */
static gboolean
get_family_season (Season *self, double *out)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterScope scope = self->scope;

  if (scope.product == 0)
    return FALSE;
  scope.family = kilter_record_ref (
    kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, scope.product), KILTER_PRODUCT_FAMILY);
  scope.product = 0;
  return scope.family != 0 &&
         kilter_plan_model_season (plan, kilter_page_get_version (self->page), &scope, out);
}

static void
family_cb (Season *self)
{
  g_autofree double *profile = g_new (double, self->n);

  if (get_family_season (self, profile))
    show (self, profile);
}

static void
add_button (Season *self, AdwPreferencesGroup *group, const char *title, GCallback callback)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  g_signal_connect_swapped (row, "activated", callback, self);
  adw_preferences_group_add (group, row);
}

/* What has been set, else what the forecast has found. */
static void
get_season (Season *self, double *out)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autoptr (GArray) rows = kilter_scope_get_rows (plan, &self->scope, KILTER_GRAIN_SERIES);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree double *own = kilter_plan_get_own_season (plan, g_array_index (rows, int, i));

      if (own == NULL)
        continue;
      memcpy (out, own, self->n * sizeof (double));
      return;
    }
  kilter_plan_model_season (plan, kilter_page_get_version (self->page), &self->scope, out);
}

/**
 * kilter_season_dialog_can:
 *
 * Returns: whether the scope is a product or a family of a plan that has seasons
 */
gboolean
kilter_season_dialog_can (KilterPage *page)
{
  const KilterScope *scope = kilter_page_get_scope (page);

  return (scope->product != 0 || scope->family != 0) && !kilter_page_is_read_only (page) &&
         kilter_plan_find_season (kilter_page_get_plan (page)) >= 0;
}

/**
 * kilter_season_dialog_present:
 *
 * Shows the season of a product or family for editing; saving keeps it and forecasts anew.
 */
void
kilter_season_dialog_present (KilterPage *page)
{
  KilterPlan *plan = kilter_page_get_plan (page);
  KilterSubject subject = { plan, kilter_page_get_version (page), *kilter_page_get_scope (page),
                            KILTER_DISPLAY_CASES };
  g_autofree char *title = kilter_subject_get_title (&subject);
  g_autofree double *profile = g_new (double, MAX (kilter_plan_get_season (plan), 1));
  int first = kilter_plan_find_season (plan);
  gboolean is_own, has_family;
  AdwPreferencesGroup *group;
  Season *self;

  g_return_if_fail (first >= 0);

  self = g_new0 (Season, 1);
  self->page = page;
  self->scope = subject.scope;
  self->n = (guint) kilter_plan_get_season (plan);
  self->rows = g_new0 (AdwSpinRow *, self->n);
  self->form = kilter_form_new (GTK_WIDGET (page), kilter_page_get_document (page),
                                _ ("Edit Season"), _ ("_Forecast"), save_cb, self, season_free);
  has_family = get_family_season (self, profile);
  is_own = kilter_plan_count_own_seasons (plan, &self->scope) > 0;
  if (has_family || is_own)
    {
      group = kilter_form_add_group (self->form, title, NULL);
      if (has_family)
        add_button (self, group, _ ("Take the Season of the _Family"), G_CALLBACK (family_cb));
      if (is_own)
        add_button (self, group, _ ("_Let the Forecast Find It"), G_CALLBACK (automatic_cb));
    }
  group = kilter_form_add_group (
    self->form, has_family || is_own ? NULL : title,
    _ ("Per cent of the average period. The next forecasts keep this season, brought to an "
       "average of 100 %, and find level and trend themselves."));
  get_season (self, profile);
  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *name = kilter_format_bucket_short (plan, first + (int) i);

      self->rows[i] = kilter_form_add_spin (group, name, NULL, LEAST, MOST, 1, 100);
      adw_spin_row_set_digits (self->rows[i], 1);
    }
  show (self, profile);
  kilter_form_present (self->form);
}
