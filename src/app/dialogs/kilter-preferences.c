/* kilter-preferences.c: what a person sets for all plans
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/kilter-settings.h"

/* --- rows bound to settings ---------------------------------------------------------------------
 */

typedef struct
{
  const char *value;
  const char *label;
} Choice;

typedef struct
{
  char *key;
  const Choice *choices;
  guint n;
} ComboBinding;

static void
combo_binding_free (gpointer data, GClosure *closure)
{
  ComboBinding *binding = data;

  g_free (binding->key);
  g_free (binding);
}

static void
combo_chosen_cb (AdwComboRow *row, GParamSpec *pspec, gpointer data)
{
  ComboBinding *binding = data;
  guint selected = adw_combo_row_get_selected (row);

  if (selected < binding->n)
    g_settings_set_string (kilter_settings_get (), binding->key, binding->choices[selected].value);
}

/* Choices whose key is an enumeration of texts. */
static void
add_combo (AdwPreferencesGroup *group,
           const char *title,
           const char *subtitle,
           const char *key,
           const Choice *choices,
           guint n)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree char *value = g_settings_get_string (kilter_settings_get (), key);
  ComboBinding *binding = g_new0 (ComboBinding, 1);
  guint selected = 0;

  for (guint i = 0; i < n; i++)
    {
      gtk_string_list_append (list, _ (choices[i].label));
      if (g_str_equal (choices[i].value, value))
        selected = i;
    }
  binding->key = g_strdup (key);
  binding->choices = choices;
  binding->n = n;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_data (row, "notify::selected", G_CALLBACK (combo_chosen_cb), binding,
                         combo_binding_free, 0);
  adw_preferences_group_add (group, row);
}

static void
add_switch (AdwPreferencesGroup *group, const char *title, const char *subtitle, const char *key)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  g_settings_bind (kilter_settings_get (), key, row, "active", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (group, row);
}

static void
add_spin (AdwPreferencesGroup *group,
          const char *title,
          const char *subtitle,
          const char *key,
          int lowest,
          int highest)
{
  GtkWidget *row = adw_spin_row_new_with_range (lowest, highest, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  g_settings_bind (kilter_settings_get (), key, row, "value", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (group, row);
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static AdwPreferencesPage *
add_page (AdwPreferencesDialog *dialog, const char *title, const char *icon)
{
  GtkWidget *page = adw_preferences_page_new ();

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), title);
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), icon);
  adw_preferences_dialog_add (dialog, ADW_PREFERENCES_PAGE (page));
  return ADW_PREFERENCES_PAGE (page);
}

/* --- pages --------------------------------------------------------------------------------------
 */

static const Choice roles[] = {
  { "demand-planner", N_ ("Demand planner") },
  { "supply-planner", N_ ("Supply planner") },
  { "finance", N_ ("Finance partner") },
  { "facilitator", N_ ("S&OP facilitator") },
  { "executive", N_ ("Executive") },
  { "contributor", N_ ("Contributor") },
  { "other", N_ ("Other") },
};

static const Choice landing_views[] = {
  { "overview", N_ ("Overview") },    { "forecast", N_ ("Data & Forecast") },
  { "demand", N_ ("Demand Review") }, { "supply", N_ ("Supply Review") },
  { "balance", N_ ("Pre-S&OP") },     { "decide", N_ ("Executive S&OP") },
  { "monitor", N_ ("Monitor") },
};

static const Choice row_heights[] = {
  { "normal", N_ ("Normal") },
  { "compact", N_ ("Compact") },
};

static const Choice scales[] = {
  { "auto", N_ ("By the numbers in view") },
  { "ones", N_ ("Ones") },
  { "thousands", N_ ("Thousands") },
  { "millions", N_ ("Millions") },
};

static const Choice methods[] = {
  { "auto", N_ ("Best for each series") },
  { "ets", N_ ("Exponential smoothing") },
  { "theta", N_ ("Theta") },
  { "snaive", N_ ("Same month last year") },
};

static void
add_you (AdwPreferencesDialog *dialog)
{
  AdwPreferencesPage *page = add_page (dialog, _ ("You"), "avatar-default-symbolic");
  AdwPreferencesGroup *group = add_group (
    page, _ ("You"), _ ("Changes, comments and approvals are recorded under your name."));
  GtkWidget *name = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (name), _ ("Name"));
  g_settings_bind (kilter_settings_get (), "user-name", name, "text", G_SETTINGS_BIND_DEFAULT);
  if (*gtk_editable_get_text (GTK_EDITABLE (name)) == '\0')
    gtk_editable_set_text (GTK_EDITABLE (name), kilter_settings_get_user_name ());
  adw_preferences_group_add (group, name);
  add_combo (group, _ ("Role"), NULL, "user-role", roles, G_N_ELEMENTS (roles));
  add_combo (group, _ ("First View"), _ ("What a plan opens with"), "landing-view", landing_views,
             G_N_ELEMENTS (landing_views));
}

static void
add_display (AdwPreferencesDialog *dialog)
{
  AdwPreferencesPage *page = add_page (dialog, _ ("Display"), "view-list-symbolic");
  AdwPreferencesGroup *group = add_group (page, _ ("Grids"), NULL);

  add_combo (group, _ ("Row Height"), NULL, "row-height", row_heights, G_N_ELEMENTS (row_heights));
  add_switch (group, _ ("Quarter Totals"), _ ("A total after the months of each quarter"),
              "quarter-totals");
  add_switch (group, _ ("Year Totals"), NULL, "year-totals");
  group = add_group (page, _ ("Charts"), NULL);
  add_switch (group, _ ("Move Smoothly"), _ ("Charts move to new values"), "animate-charts");
  group = add_group (page, _ ("Numbers"), NULL);
  add_combo (group, _ ("Scale"), _ ("What one unit in grids and charts stands for"), "unit-scale",
             scales, G_N_ELEMENTS (scales));
  add_spin (group, _ ("Decimals"), _ ("−1 chooses by the numbers in view"), "decimals", -1, 3);
}

static void
add_plans (AdwPreferencesDialog *dialog)
{
  AdwPreferencesPage *page = add_page (dialog, _ ("New Plans"), "document-new-symbolic");
  AdwPreferencesGroup *group = add_group (page, _ ("Forecast"), NULL);

  add_combo (group, _ ("Method"), _ ("How new plans forecast"), "forecast-method", methods,
             G_N_ELEMENTS (methods));
  add_spin (group, _ ("Horizon"), _ ("Future months of new plans"), "forecast-horizon", 12, 36);
  group = add_group (page, _ ("Backups"), NULL);
  add_spin (group, _ ("Copies Kept"), _ ("Earlier versions of each plan on this computer"),
            "backup-count", 0, 50);
}

void
kilter_preferences_dialog_present (GtkWidget *parent)
{
  AdwDialog *dialog = adw_preferences_dialog_new ();

  add_you (ADW_PREFERENCES_DIALOG (dialog));
  add_display (ADW_PREFERENCES_DIALOG (dialog));
  add_plans (ADW_PREFERENCES_DIALOG (dialog));
  adw_dialog_present (dialog, parent);
}
