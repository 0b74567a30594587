/* kilter-exception-fixes.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-exception-fixes.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/pages/forecast/kilter-forecast-dialogs.h"
#include "plan/data/kilter-model.h"
#include "report/words/kilter-headline.h"

typedef struct
{
  KilterPage *page; /* not owned: the page owns the pane that owns the buttons */
  KilterException exception;
} Fixes;

/* --- doing --- */

static void
repair (Fixes *self, KilterRepair kind, const char *reason, const char *toast)
{
  KilterDocument *document = kilter_page_get_document (self->page);
  g_autofree char *now = kilter_document_get_now (document);
  KilterRepairStamp stamp = { kilter_document_get_user (document), now, reason };
  g_autoptr (GError) error = NULL;
  KilterCommand *command = kilter_plan_repair (kilter_page_get_plan (self->page),
                                               kilter_page_get_version (self->page),
                                               &self->exception, kind, &stamp, &error);

  if (command == NULL)
    kilter_page_report (self->page, error);
  else
    kilter_page_apply (self->page, command, toast);
}

static void
forecast (Fixes *self, const char *method)
{
  KilterScope scope = { .product = self->exception.product };
  KilterForecastRequest request = {
    .version = kilter_page_get_version (self->page), .scope = &scope, .method = method, .pin = TRUE
  };

  kilter_document_forecast_async (kilter_page_get_document (self->page), &request, NULL, NULL);
}

/* The naive method that the model lost to. */
static const char *
get_naive (Fixes *self)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterScope scope = { .product = self->exception.product };
  g_autofree double *profile = g_new (double, MAX (kilter_plan_get_season (plan), 1));

  return kilter_plan_model_season (plan, kilter_page_get_version (self->page), &scope, profile)
           ? "snaive"
           : "naive";
}

static void
ask (Fixes *self)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autofree char *sentence = kilter_headline_exception (plan, &self->exception);
  /* Translators: a question to whoever typed a number; %s is what is unusual about it */
  g_autofree char *question = g_strdup_printf (_ ("%s. Is that right, and why?"), sentence);

  repair (self, KILTER_REPAIR_ASK, question, _ ("The question is with the comments"));
}

static void
fix_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Fixes *self = data;
  const char *key = g_variant_get_string (parameter, NULL);

  if (g_str_equal (key, "promotion"))
    repair (self, KILTER_REPAIR_CORRECT, _ ("Promotion"), _ ("Left out of the fit"));
  else if (g_str_equal (key, "stock-out"))
    repair (self, KILTER_REPAIR_CORRECT, _ ("Stock-out"), _ ("Left out of the fit"));
  else if (g_str_equal (key, "keep"))
    repair (self, KILTER_REPAIR_KEEP, NULL, NULL);
  else if (g_str_equal (key, "adjust-level"))
    repair (self, KILTER_REPAIR_ADJUST_LEVEL, _ ("Correction"), _ ("Level adjusted"));
  else if (g_str_equal (key, "reset-override"))
    repair (self, KILTER_REPAIR_RESET_OVERRIDE, NULL, _ ("Override reset"));
  else if (g_str_equal (key, "last-cycle"))
    repair (self, KILTER_REPAIR_LAST_CYCLE, _ ("Last cycle"), _ ("Demand of the last cycle taken"));
  else if (g_str_equal (key, "ask"))
    ask (self);
  else if (g_str_equal (key, "naive"))
    forecast (self, get_naive (self));
  else if (g_str_equal (key, "try-all"))
    forecast (self, "best");
  else if (g_str_equal (key, "change-model"))
    kilter_model_dialog_present (self->page);
  else if (g_str_equal (key, "like"))
    kilter_like_dialog_present (self->page, self->exception.product);
}

static void
reason_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  repair (data, KILTER_REPAIR_GIVE_REASON, g_variant_get_string (parameter, NULL),
          _ ("Reason recorded"));
}

/* --- buttons --- */

static void
add_button (AdwWrapBox *box, const char *label, const char *key)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "fix.do");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", key);
  gtk_widget_add_css_class (button, "kilter-small-button");
  adw_wrap_box_append (box, button);
}

static void
add_reasons (AdwWrapBox *box, KilterPlan *plan, const char *label)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_REASON, reason)
    {
      const char *name = kilter_record_text (reason, KILTER_REASON_NAME);
      g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);

      g_menu_item_set_action_and_target (item, "fix.reason", "s", name);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "kilter-small-button");
  adw_wrap_box_append (box, button);
}

static void
add_buttons (AdwWrapBox *box, KilterPlan *plan, KilterExceptionKind kind)
{
  switch (kind)
    {
    case KILTER_EXCEPTION_NEW:
      add_button (box, _ ("Copy Profile…"), "like");
      break;
    case KILTER_EXCEPTION_OUTLIER:
      add_button (box, _ ("Mark as Promotion"), "promotion");
      add_button (box, _ ("Mark as Stock-Out"), "stock-out");
      add_button (box, _ ("Keep"), "keep");
      break;
    case KILTER_EXCEPTION_BIAS:
      add_button (box, _ ("Adjust Level"), "adjust-level");
      add_button (box, _ ("Change Model…"), "change-model");
      break;
    case KILTER_EXCEPTION_LOST_TO_NAIVE:
      add_button (box, _ ("Use Naive"), "naive");
      add_button (box, _ ("Try All Models"), "try-all");
      break;
    case KILTER_EXCEPTION_LARGE_OVERRIDE:
      add_reasons (box, plan, _ ("Give Reason"));
      add_button (box, _ ("Reset Override"), "reset-override");
      break;
    case KILTER_EXCEPTION_LARGE_CHANGE:
      add_reasons (box, plan, _ ("Give Reason"));
      add_button (box, _ ("Take Last Cycle"), "last-cycle");
      break;
    case KILTER_EXCEPTION_OUTSIDE_INTERVAL:
    default:
      add_reasons (box, plan, _ ("Accept with Reason"));
      add_button (box, _ ("Ask"), "ask");
      break;
    }
}

GtkWidget *
kilter_exception_fixes_new (KilterPage *page, const KilterException *exception)
{
  GtkWidget *box = adw_wrap_box_new ();
  Fixes *self = g_new0 (Fixes, 1);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  const GActionEntry entries[] = {
    { .name = "do", .activate = fix_cb, .parameter_type = "s" },
    { .name = "reason", .activate = reason_cb, .parameter_type = "s" },
  };

  self->page = page;
  self->exception = *exception;
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (box, "fix", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (box), "fixes", self, g_free);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  add_buttons (ADW_WRAP_BOX (box), kilter_page_get_plan (page), exception->kind);
  return box;
}
