/* kilter-explain-dialog.c
 *
 * For each product that is short: since when and how much, the roots of it, and what one more unit
 * would save, taken apart into parts that add up.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/supply/kilter-explain-dialog.h"

#include "report/words/kilter-format.h"
#include "report/words/kilter-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_REASONS 60
#define MAX_CAUSES 6
#define NOTHING 0.5 /* units: less is rounding */

typedef struct
{
  KilterPlan *plan;
  const KilterSupplyTask *task;
  AdwPreferencesPage *page;
} Filling;

static GtkWidget *
make_row (const char *title, const char *value, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL && *subtitle != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (value != NULL)
    {
      GtkWidget *label = gtk_label_new (value);

      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  return row;
}

static char *
format_price (const KilterPlan *plan, double price)
{
  return isnan (price) ? g_strdup ("") : kilter_format_money (plan, price);
}

static char *
name_cause (const KilterPlan *plan, const KilterReason *reason, const KilterReasonPart *part)
{
  KilterWhy why = { .product = reason->product,
                    .bucket = reason->bucket,
                    .cause = part->cause,
                    .resource = part->resource,
                    .resource_bucket = part->bucket,
                    .component = part->product != reason->product ? part->product : 0,
                    .worth = part->worth };
  const char *maker = part->product > 0 ? kilter_plan_get_product_name (plan, part->product) : "";

  switch ((int) part->cause)
    {
    case KILTER_SUPPLY_CAUSE_UNIT_COST:
      return g_strdup_printf (_ ("What a unit of %s costs itself"), maker);
    case KILTER_SUPPLY_CAUSE_HOLDING:
      return g_strdup_printf (_ ("Holding %s in stock until it is needed"), maker);
    case KILTER_SUPPLY_CAUSE_BACKLOG:
      return g_strdup (_ ("Waiting of the customer"));
    case KILTER_SUPPLY_CAUSE_LOST:
      return g_strdup (_ ("The sale that is given up"));
    case KILTER_SUPPLY_CAUSE_TARGET:
      return g_strdup_printf (_ ("%s below its target stock"), maker);
    case KILTER_SUPPLY_CAUSE_POLICY:
      if (part->typed_product > 0)
        return g_strdup_printf (_ ("The quantity typed for %s stands against it"),
                                kilter_plan_get_product_name (plan, part->typed_product));
      break;
    default:
      break;
    }
  return kilter_headline_why (plan, &why);
}

static char *
describe_worth (const KilterPlan *plan, const KilterReasonPart *part)
{
  g_autofree char *worth = NULL;

  if (isnan (part->worth) || part->worth <= 0 || part->resource == 0)
    return g_strdup ("");
  worth = format_price (plan, part->worth);
  return g_strdup_printf (_ ("One more hour or unit of it saves %s"), worth);
}

static char *
title_reason (const KilterPlan *plan, const KilterReason *reason)
{
  g_autofree char *quantity = kilter_format_quantity (reason->quantity);
  g_autofree char *month = kilter_format_bucket (plan, reason->bucket);
  const char *product = kilter_plan_get_product_name (plan, reason->product);

  switch (reason->kind)
    {
    case KILTER_SUPPLY_REASON_LOST:
      /* Translators: a product, a quantity, a month */
      return g_strdup_printf (_ ("%s: %s are lost in %s"), product, quantity, month);
    case KILTER_SUPPLY_REASON_LATE:
      return g_strdup_printf (_ ("%s: %s of %s come late"), product, quantity, month);
    case KILTER_SUPPLY_REASON_UNMET:
      return g_strdup_printf (_ ("%s: %s still wait at the end, in %s"), product, quantity, month);
    case KILTER_SUPPLY_REASON_BELOW_TARGET:
    default:
      return g_strdup_printf (_ ("%s: %s below the target stock in %s"), product, quantity, month);
    }
}

static void
add_reason (Filling *self, const KilterReason *reason)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *parts = adw_expander_row_new ();
  g_autofree char *title = title_reason (self->plan, reason);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *value = format_price (self->plan, reason->value);

  adw_preferences_group_set_title (group, escaped);
  for (guint i = 0; i < MIN (reason->causes->len, MAX_CAUSES); i++)
    {
      const KilterReasonPart *part = &g_array_index (reason->causes, KilterReasonPart, i);
      g_autofree char *name = name_cause (self->plan, reason, part);
      g_autofree char *price = format_price (self->plan, part->amount);
      g_autofree char *worth = describe_worth (self->plan, part);

      adw_preferences_group_add (group, make_row (name, price, worth));
    }
  if (!isnan (reason->value))
    {
      GtkWidget *total = gtk_label_new (value);

      gtk_widget_add_css_class (total, "numeric");
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (parts),
                                     _ ("What one more unit would save"));
      adw_expander_row_add_suffix (ADW_EXPANDER_ROW (parts), total);
      for (guint i = 0; i < reason->parts->len; i++)
        {
          const KilterReasonPart *part = &g_array_index (reason->parts, KilterReasonPart, i);
          g_autofree char *name = name_cause (self->plan, reason, part);
          g_autofree char *price = format_price (self->plan, part->amount);

          adw_expander_row_add_row (ADW_EXPANDER_ROW (parts), make_row (name, price, NULL));
        }
      adw_preferences_group_add (group, parts);
    }
  else
    g_object_ref_sink (parts), g_object_unref (parts);
  adw_preferences_page_add (self->page, group);
}

/* Whose hours the resource gives: where one saves most. */
static void
add_rivals (Filling *self, int resource)
{
  g_autoptr (GArray) rivals = kilter_supply_task_get_rivals (self->task, resource);
  AdwPreferencesGroup *group;
  g_autofree char *title = NULL, *escaped = NULL;
  gboolean any = FALSE;

  for (guint i = 0; i < rivals->len; i++)
    any |= g_array_index (rivals, KilterRival, i).short_quantity >= NOTHING;
  if (rivals->len < 2 || !any)
    return;
  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  title = g_strdup_printf (_ ("Who Gets the Hours of %s"),
                           kilter_plan_get_resource_name (self->plan, resource));
  escaped = g_markup_escape_text (title, -1);
  adw_preferences_group_set_title (group, escaped);
  adw_preferences_group_set_description (
    group, _ ("An hour goes to the product for which it saves most lost or late sales."));
  for (guint i = 0; i < MIN (rivals->len, 12); i++)
    {
      const KilterRival *rival = &g_array_index (rivals, KilterRival, i);
      g_autofree char *saved = format_price (self->plan, rival->saved);
      g_autofree char *quantity = kilter_format_quantity (rival->short_quantity);
      g_autofree char *note = rival->short_quantity >= NOTHING
                                ? g_strdup_printf (_ ("%s short"), quantity)
                                : g_strdup (_ ("Served in full"));

      adw_preferences_group_add (
        group, make_row (kilter_plan_get_product_name (self->plan, rival->product), saved, note));
    }
  adw_preferences_page_add (self->page, group);
}

static gboolean
is_about (const KilterReason *reason, int resource, int bucket)
{
  if (bucket >= 0 && reason->bucket != bucket)
    return FALSE;
  if (resource == 0)
    return TRUE;
  for (guint i = 0; i < reason->causes->len; i++)
    if (g_array_index (reason->causes, KilterReasonPart, i).resource == resource)
      return TRUE;
  return FALSE;
}

/**
 * kilter_explain_dialog_present:
 * @task: that has run
 * @resource: what is short for its sake comes first; 0 for everything
 * @bucket: only this one, or -1
 */
void
kilter_explain_dialog_present (GtkWidget *parent,
                               KilterPlan *plan,
                               const KilterSupplyTask *task,
                               int resource,
                               int bucket)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GPtrArray *reasons = kilter_supply_task_get_reasons (task);
  Filling self = { plan, task, ADW_PREFERENCES_PAGE (adw_preferences_page_new ()) };
  guint shown = 0;

  adw_dialog_set_title (dialog, _ ("Why It Is Short"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 640);
  if (resource > 0)
    add_rivals (&self, resource);
  /* unmet demand first, then stock below its target */
  for (int round = 0; round < 2; round++)
    for (guint i = 0; reasons != NULL && i < reasons->len && shown < MAX_REASONS; i++)
      {
        const KilterReason *reason = reasons->pdata[i];

        if ((reason->kind == KILTER_SUPPLY_REASON_BELOW_TARGET) != (round == 1) ||
            !is_about (reason, resource, bucket))
          continue;
        add_reason (&self, reason);
        shown++;
      }
  if (shown == 0)
    {
      GtkWidget *status = adw_status_page_new ();

      adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Nothing Is Short"));
      adw_status_page_set_description (
        ADW_STATUS_PAGE (status), _ ("All demand is met on time and stock reaches its target."));
      adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), status);
      g_object_ref_sink (self.page);
      g_object_unref (self.page);
    }
  else
    adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self.page));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_dialog_set_child (dialog, view);
  adw_dialog_present (dialog, parent);
}
