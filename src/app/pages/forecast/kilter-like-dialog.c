/* kilter-like-dialog.c: where a product without history of its own takes it from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-forecast-dialogs.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/pages/common/kilter-ref-row.h"
#include "app/widgets/kilter-form.h"
#include "report/words/kilter-format.h"

typedef struct
{
  KilterPage *page; /* not owned: the dialog is above it */
  int product;
  KilterRefRow *like;
  AdwSpinRow *share;
  AdwComboRow *launch;
  KilterRefRow *predecessor;
} Profile;

static void
set_launch (Profile *self, KilterPlan *plan, KilterCommand *command)
{
  int cycle = kilter_plan_get_n_history (plan);
  guint selected = adw_combo_row_get_selected (self->launch);
  g_autofree char *text = NULL;

  if (selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected > 0)
    text = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                    kilter_plan_get_bucket (plan, cycle + (int) selected - 1));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, self->product,
                                 KILTER_PRODUCT_LAUNCH, text);
}

static gboolean
save_cb (KilterForm *form, gpointer data)
{
  Profile *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  KilterScope scope = { .product = self->product };
  KilterForecastRequest request = { .version = kilter_page_get_version (self->page),
                                    .scope = &scope };
  /* Translators: %s is a product */
  g_autofree char *label = g_strdup_printf (_ ("Profile of %s"),
                                            kilter_plan_get_product_name (plan, self->product));
  KilterCommand *command = kilter_command_new ("product", label);
  const KilterRecord *product = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, self->product);
  double like = kilter_ref_row_get_field (self->like);

  kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, self->product,
                                   KILTER_PRODUCT_LIKE, like);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, self->product,
                                   KILTER_PRODUCT_LIKE_SHARE,
                                   isnan (like) ? NAN : adw_spin_row_get_value (self->share) / 100);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, self->product,
                                   KILTER_PRODUCT_PREDECESSOR,
                                   kilter_ref_row_get_field (self->predecessor));
  /* a launch of the past is history and stays */
  if (*kilter_record_text (product, KILTER_PRODUCT_LAUNCH) == '\0' ||
      adw_combo_row_get_selected (self->launch) > 0)
    set_launch (self, plan, command);
  if (kilter_command_is_empty (command))
    {
      kilter_command_unref (command);
      return TRUE;
    }
  if (!kilter_form_apply (form, command))
    return FALSE;
  kilter_document_forecast_async (form->document, &request, NULL, NULL);
  return TRUE;
}

/* The months in which a product can still be launched; the first choice is none. */
static AdwComboRow *
add_launch (AdwPreferencesGroup *group, KilterPlan *plan, const KilterRecord *product)
{
  int cycle = kilter_plan_get_n_history (plan), n = kilter_plan_get_n_horizon (plan);
  KilterBucket launch = kilter_bucket_from_string (
    kilter_plan_get_bucket_kind (plan), kilter_record_text (product, KILTER_PRODUCT_LAUNCH));
  int index = launch != KILTER_BUCKET_NONE ? kilter_plan_find_bucket (plan, launch) : -1;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (names, g_strdup (_ ("Already sold")));
  for (int h = 0; h < n; h++)
    g_ptr_array_add (names, kilter_format_bucket (plan, cycle + h));
  g_ptr_array_add (names, NULL);
  return kilter_form_add_combo (group, _ ("First Month"), (const char *const *) names->pdata,
                                index >= cycle ? (guint) (index - cycle) + 1 : 0);
}

/**
 * kilter_like_dialog_present:
 *
 * Links a product to one that it is like, or that it replaces, and forecasts it anew.
 */
void
kilter_like_dialog_present (KilterPage *page, int product)
{
  KilterPlan *plan = kilter_page_get_plan (page);
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, product);
  Profile *self = g_new0 (Profile, 1);
  AdwPreferencesGroup *group;
  KilterForm *form;

  self->page = page;
  self->product = product;
  form = kilter_form_new (GTK_WIDGET (page), kilter_page_get_document (page), _ ("Copy Profile"),
                          _ ("_Forecast"), save_cb, self, g_free);
  group = kilter_form_add_group (
    form, kilter_plan_get_product_name (plan, product),
    _ ("A product without history is forecast like another one. As it sells, its own numbers take "
       "over."));
  self->like = KILTER_REF_ROW (
    kilter_ref_row_new (_ ("Like Product"), plan, KILTER_TABLE_PRODUCT, _ ("None"), NULL,
                        kilter_record_ref (record, KILTER_PRODUCT_LIKE)));
  adw_preferences_group_add (group, GTK_WIDGET (self->like));
  self->share = kilter_form_add_spin (
    group, _ ("Share of Its Sales"), _ ("Per cent"), 1, 1000, 1,
    100 * kilter_record_number_or (record, KILTER_PRODUCT_LIKE_SHARE, 1));
  self->launch = add_launch (group, plan, record);
  group = kilter_form_add_group (form, _ ("Predecessor"),
                                 _ ("The history of a product that this one replaces is its own."));
  self->predecessor = KILTER_REF_ROW (
    kilter_ref_row_new (_ ("Replaces"), plan, KILTER_TABLE_PRODUCT, _ ("None"), NULL,
                        kilter_record_ref (record, KILTER_PRODUCT_PREDECESSOR)));
  adw_preferences_group_add (group, GTK_WIDGET (self->predecessor));
  kilter_form_present (form);
}
