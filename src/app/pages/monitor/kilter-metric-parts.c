/* kilter-metric-parts.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/monitor/kilter-metric-parts.h"

#include "app/pages/monitor/kilter-metric-card.h"
#include "app/widgets/kilter-tone.h"

#include <glib/gi18n-lib.h>

/* nobody reads more; the rest is counted */
#define MAX_PARTS 100

typedef struct
{
  AdwDialog *dialog; /* not owned */
  KilterPage *page;  /* owned */
  KilterMetric metric;
} Parts;

static void
parts_free (gpointer data)
{
  Parts *self = data;

  g_object_unref (self->page);
  g_free (self);
}

/* Where the cause of a miss is seen. */
static const char *
get_view (KilterMetric metric)
{
  switch ((int) metric)
    {
    case KILTER_METRIC_ATTAINMENT:
    case KILTER_METRIC_ADHERENCE:
    case KILTER_METRIC_CAPACITY_USE:
    case KILTER_METRIC_SERVICE:
      return "supply/capacity";
    case KILTER_METRIC_TURNS:
    case KILTER_METRIC_STOCK_VS_PLAN:
    case KILTER_METRIC_COVER:
    case KILTER_METRIC_WORKING_CAPITAL:
    case KILTER_METRIC_CASH_TO_CASH:
      return "supply/stock";
    case KILTER_METRIC_GROSS_MARGIN:
      return "balance/finance";
    default:
      return "forecast/forecast";
    }
}

static void
activated_cb (AdwActionRow *row, Parts *self)
{
  const KilterScope *scope = g_object_get_data (G_OBJECT (row), "scope");
  g_autoptr (KilterPage) page = g_object_ref (self->page);
  const char *view = get_view (self->metric);

  kilter_session_set_scope (kilter_page_get_session (page), scope);
  adw_dialog_force_close (self->dialog);
  gtk_widget_activate_action (GTK_WIDGET (page), "win.show-view", "s", view);
}

static GtkWidget *
make_row (Parts *self, const KilterMetricPart *part)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterChartTone look = kilter_status_get_tone (part->value.status);
  const char *css = kilter_tone_get_css_class (look);
  GtkWidget *row = adw_action_row_new (), *tone = kilter_tone_new (look), *value;
  g_autofree char *text = kilter_metric_format (plan, self->metric, part->value.value);
  const char *name = part->scope.resource != 0
                       ? kilter_plan_get_resource_name (plan, part->scope.resource)
                       : kilter_plan_get_product_name (plan, part->scope.product);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (part->scope.resource == 0 && self->metric != KILTER_METRIC_TOTAL_SALES)
    {
      g_autofree char *money = kilter_format_money (plan, part->revenue);
      /* Translators: %s is money, what was sold in the month */
      g_autofree char *sales = g_strdup_printf (_ ("Sales %s"), money);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sales);
    }
  value = gtk_label_new (text);
  gtk_widget_add_css_class (value, "numeric");
  if (css != NULL)
    gtk_widget_add_css_class (value, css);
  /* its room stays, so that the names stand below each other */
  gtk_widget_set_opacity (tone, part->value.status == KILTER_STATUS_NONE ? 0 : 1);
  gtk_widget_set_valign (tone, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), tone);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), value);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "scope", g_memdup2 (&part->scope, sizeof part->scope),
                          g_free);
  g_signal_connect (row, "activated", G_CALLBACK (activated_cb), self);
  return row;
}

static GtkWidget *
make_list (Parts *self, const GArray *parts)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  guint shown = MIN (parts->len, MAX_PARTS);

  adw_preferences_group_set_description (
    group, self->metric == KILTER_METRIC_CAPACITY_USE
             ? _ ("What is off target stands first.")
             : _ ("What is off target stands first, and of that what sold most."));
  for (guint i = 0; i < shown; i++)
    adw_preferences_group_add (group, make_row (self, &g_array_index (parts, KilterMetricPart, i)));
  adw_preferences_page_add (page, group);
  if (parts->len > shown)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("%u more is not shown: choose a family.",
                                                         "%u more are not shown: choose a family.",
                                                         parts->len - shown),
                                               parts->len - shown);

      group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_description (group, more);
      adw_preferences_page_add (page, group);
    }
  return GTK_WIDGET (page);
}

static GtkWidget *
make_nothing (const KilterMetricInfo *info)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Not Known by Product"));
  if (info->needs != NULL)
    adw_status_page_set_description (ADW_STATUS_PAGE (status), _ (info->needs));
  return status;
}

void
kilter_metric_parts_present (KilterPage *page, KilterMetric metric, int bucket)
{
  KilterSubject subject = kilter_page_get_subject (page);
  const KilterMetricInfo *info = kilter_metric_get_info (metric);
  g_autoptr (GArray)
    parts = kilter_plan_metric_parts (subject.plan, metric, &subject.scope, bucket);
  g_autofree char *month = kilter_format_bucket (subject.plan, bucket);
  GtkWidget *view = adw_toolbar_view_new (), *header = adw_header_bar_new ();
  Parts *self = g_new0 (Parts, 1);

  self->dialog = adw_dialog_new ();
  self->page = g_object_ref (page);
  self->metric = metric;
  g_object_set_data_full (G_OBJECT (self->dialog), "parts", self, parts_free);
  adw_dialog_set_title (self->dialog, _ (info->name));
  adw_dialog_set_content_width (self->dialog, 520);
  adw_dialog_set_content_height (self->dialog, 620);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ (info->name), month));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view),
                                parts->len > 0 ? make_list (self, parts) : make_nothing (info));
  adw_dialog_set_child (self->dialog, view);
  adw_dialog_present (self->dialog, GTK_WIDGET (page));
}
