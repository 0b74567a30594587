/* kilter-scenarios-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/scenarios/kilter-scenarios-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/widgets/kilter-chart-view.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/scenarios/kilter-scenario-actions.h"
#include "app/pages/structure/kilter-record-edit.h"
#include "plan/process/kilter-cycle.h"

/* scenarios side by side; more do not fit */
#define MAX_VERSIONS 5
#define N_FIGURES 5

struct _KilterScenariosPage
{
  KilterPage parent_instance;

  GtkListBox *list;
  GtkListBox *snapshots;
  GtkWidget *snapshots_box;
  GtkWidget *alone;
  GtkWidget *compare_card;
  KilterChartView *compare;

  gboolean is_narrow;
  GHashTable *hidden; /* version → version: not in the comparison */
  char *headline;
};

G_DEFINE_FINAL_TYPE (KilterScenariosPage, kilter_scenarios_page, KILTER_TYPE_PAGE)

/* the columns of all rows stand below each other */
typedef struct
{
  GtkSizeGroup *figures[N_FIGURES];
  GtkSizeGroup *state;
  GtkSizeGroup *menu;
} Columns;

static const KilterRecord *
get_record (KilterScenariosPage *self, int id)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));

  return plan != NULL ? kilter_plan_get_record (plan, KILTER_TABLE_VERSION, id) : NULL;
}

/* --- rows ---------------------------------------------------------------------------------------
 */

static GtkWidget *
make_label (const char *text, const char *css_class, double xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), (float) xalign);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static char *
get_origin (KilterPlan *plan, const KilterRecord *version)
{
  const char *owner = kilter_record_text (version, KILTER_VERSION_OWNER);
  const char *at = kilter_record_text (version, KILTER_VERSION_AT);
  g_autofree char *when = *at != '\0' ? kilter_format_when (plan, at) : NULL;

  if (*owner != '\0' && when != NULL)
    /* Translators: %1$s is a person, %2$s a date */
    return g_strdup_printf (_ ("%1$s, %2$s"), owner, when);
  return g_strdup (when != NULL ? when : owner);
}

static char *
get_subtitle (KilterPlan *plan, const KilterRecord *version)
{
  g_autofree char *origin = get_origin (plan, version);
  g_autofree char *differences = NULL;
  const KilterRecord *parent = kilter_plan_get_record (
    plan, KILTER_TABLE_VERSION, kilter_record_ref (version, KILTER_VERSION_PARENT));
  int n;

  if (parent == NULL)
    return g_strdup (_ ("What all scenarios start from"));
  n = kilter_plan_count_differences (plan, version->id);
  /* Translators: %1$s is the scenario that this one starts from */
  differences = g_strdup_printf (
    ngettext ("From %1$s, %2$d difference", "From %1$s, %2$d differences", (gulong) n),
    kilter_scenario_get_name (parent), n);
  if (*origin == '\0')
    return g_steal_pointer (&differences);
  return g_strdup_printf ("%s · %s", differences, origin);
}

static void
get_figures (KilterScenariosPage *self, KilterVersion version, KilterKeyFigures *out)
{
  KilterPage *page = KILTER_PAGE (self);
  int first, n;

  kilter_page_get_year (page, &first, &n);
  kilter_plan_key_figures (kilter_page_get_plan (page), version, kilter_page_get_scope (page),
                           first, n, out);
}

static void
format_figures (KilterPlan *plan, const KilterKeyFigures *figures, char **out)
{
  out[0] = isnan (figures->unmet) ? g_strdup ("–") : kilter_format_quantity_short (figures->unmet);
  out[1] = isnan (figures->margin) ? g_strdup ("–") : kilter_format_money (plan, figures->margin);
  out[2] = isnan (figures->average_stock) ? g_strdup ("–")
                                          : kilter_format_money (plan, figures->average_stock);
  out[3] = isnan (figures->peak_load) ? g_strdup ("–")
                                      : kilter_format_ratio (figures->peak_load, 0);
  out[4] = isnan (figures->extra_cost) ? g_strdup ("–")
                                       : kilter_format_money (plan, figures->extra_cost);
}

static GtkWidget *
make_pill (KilterPlan *plan, const KilterRecord *version)
{
  const char *state = kilter_scenario_is_outdated (plan, version->id)
                        ? "outdated"
                        : kilter_record_text (version, KILTER_VERSION_STATE);
  GtkWidget *pill = gtk_label_new (*state != '\0' ? kilter_record_get_choice_name (state)
                                                  : kilter_record_get_choice_name ("working"));

  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_widget_add_css_class (
    pill, g_str_equal (state, "recommended") || g_str_equal (state, "approved") ? "kilter-pill-good"
                                                                                : "kilter-pill");
  return pill;
}

static void
append_item (GMenu *menu, const char *label, const char *action, int id)
{
  g_autofree char *detailed = g_strdup_printf ("scenario.%s(%d)", action, id);

  g_menu_append (menu, label, detailed);
}

static GtkWidget *
make_menu (KilterScenariosPage *self, const KilterRecord *version)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) danger = g_menu_new ();
  gboolean can_edit = !kilter_document_is_read_only (kilter_page_get_document (KILTER_PAGE (self)));
  gboolean is_approved = kilter_scenario_is_state (version, "approved");
  /* Translators: %s is a scenario */
  g_autofree char *tooltip = g_strdup_printf (_ ("Commands for %s"),
                                              kilter_scenario_get_name (version));

  append_item (menu, _ ("Open"), "open", version->id);
  if (version->id != KILTER_BASELINE)
    append_item (menu, _ ("Compare Cell by Cell"), "compare", version->id);
  if (can_edit && version->id != KILTER_BASELINE)
    {
      append_item (menu, _ ("Rename…"), "rename", version->id);
      if (!is_approved)
        {
          append_item (menu,
                       kilter_scenario_is_state (version, "recommended")
                         ? _ ("No Longer Recommended")
                         : _ ("Set as Recommended"),
                       "recommend", version->id);
          if (kilter_scenario_is_outdated (kilter_page_get_plan (KILTER_PAGE (self)), version->id))
            append_item (menu, _ ("Update"), "update", version->id);
          append_item (menu, _ ("Adopt…"), "adopt", version->id);
          append_item (danger, C_ ("button", "Delete"), "delete", version->id);
        }
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (danger));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static void
compare_cb (GtkCheckButton *check, KilterScenariosPage *self)
{
  gpointer id = g_object_get_data (G_OBJECT (check), "version");

  if (gtk_check_button_get_active (check))
    g_hash_table_remove (self->hidden, id);
  else
    g_hash_table_add (self->hidden, id);
  kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static GtkWidget *
make_check (KilterScenariosPage *self, const KilterRecord *version)
{
  GtkWidget *check = gtk_check_button_new ();
  /* Translators: %s is a scenario */
  g_autofree char *label = g_strdup_printf (_ ("Compare %s"), kilter_scenario_get_name (version));

  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (check), !g_hash_table_contains (self->hidden, GINT_TO_POINTER (version->id)));
  gtk_widget_set_sensitive (check, version->id != KILTER_BASELINE);
  gtk_widget_set_tooltip_text (check, _ ("Show in the Comparison"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (check), "version", GINT_TO_POINTER (version->id));
  g_signal_connect (check, "toggled", G_CALLBACK (compare_cb), self);
  return check;
}

static GtkWidget *
make_title (KilterScenariosPage *self, KilterPlan *plan, const KilterRecord *version)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = make_label (kilter_scenario_get_name (version), "heading", 0);
  g_autofree char *text = get_subtitle (plan, version);
  GtkWidget *subtitle = make_label (text, "kilter-small", 0);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  if (self->is_narrow)
    gtk_label_set_wrap (GTK_LABEL (subtitle), TRUE);
  else
    gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (subtitle, "kilter-dim");
  gtk_box_append (GTK_BOX (top), name);
  if (version->id == kilter_page_get_version (KILTER_PAGE (self)))
    {
      /* Translators: the scenario that the window shows */
      GtkWidget *shown = make_label (C_ ("scenario", "Open"), "kilter-pill", 0);

      gtk_widget_set_valign (shown, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (top), shown);
    }
  if (self->is_narrow)
    gtk_box_append (GTK_BOX (top), make_pill (plan, version));
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

/* On a narrow window the figures that decide stand in a line of words. */
static GtkWidget *
make_figures_line (const char *const *texts)
{
  /* Translators: key figures of a scenario */
  g_autofree char *text = g_strdup_printf (
    _ ("Unmet demand %1$s, gross margin %2$s, extra cost %3$s"), texts[0], texts[1], texts[4]);
  GtkWidget *label = make_label (text, "kilter-small", 0);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

static void
append_figures (GtkWidget *box,
                const Columns *columns,
                const char *const *texts,
                const char *css_class)
{
  for (int i = 0; i < N_FIGURES; i++)
    {
      GtkWidget *label = make_label (texts[i], css_class, 1);

      gtk_widget_add_css_class (label, "numeric");
      gtk_size_group_add_widget (columns->figures[i], label);
      gtk_box_append (GTK_BOX (box), label);
    }
}

static GtkWidget *
make_row (KilterScenariosPage *self, const KilterRecord *version, const Columns *columns)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *menu = make_menu (self, version), *title = make_title (self, plan, version);
  g_auto (GStrv) texts = g_new0 (char *, N_FIGURES + 1);
  KilterKeyFigures figures;

  get_figures (self, version->id, &figures);
  format_figures (plan, &figures, texts);
  gtk_size_group_add_widget (columns->menu, menu);
  gtk_box_append (GTK_BOX (box), make_check (self, version));
  gtk_box_append (GTK_BOX (box), title);
  if (self->is_narrow)
    gtk_box_append (GTK_BOX (title), make_figures_line ((const char *const *) texts));
  else
    {
      GtkWidget *state = adw_bin_new ();

      adw_bin_set_child (ADW_BIN (state), make_pill (plan, version));
      gtk_size_group_add_widget (columns->state, state);
      gtk_box_append (GTK_BOX (box), state);
      append_figures (box, columns, (const char *const *) texts, NULL);
    }
  gtk_box_append (GTK_BOX (box), menu);
  gtk_widget_add_css_class (box, "kilter-row-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "scenario.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", version->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kilter_scenario_get_name (version), -1);
  return row;
}

static GtkWidget *
make_head (const Columns *columns)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = make_label (_ ("Scenario"), "kilter-table-head", 0);
  GtkWidget *state = make_label (_ ("State"), "kilter-table-head", 0);
  GtkWidget *menu = adw_bin_new ();
  const char *const texts[] = { _ ("Unmet demand"), _ ("Gross margin"), _ ("Average stock"),
                                _ ("Peak load"), _ ("Extra cost") };

  gtk_widget_set_hexpand (name, TRUE);
  gtk_size_group_add_widget (columns->state, state);
  gtk_size_group_add_widget (columns->menu, menu);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), state);
  append_figures (box, columns, texts, "kilter-table-head");
  gtk_box_append (GTK_BOX (box), menu);
  gtk_widget_add_css_class (box, "kilter-row-box");
  gtk_widget_add_css_class (box, "kilter-small");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
fill_list (KilterScenariosPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  Columns columns;
  int n = 0;

  for (int i = 0; i < N_FIGURES; i++)
    columns.figures[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  columns.state = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  columns.menu = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  gtk_list_box_remove_all (self->list);
  if (!self->is_narrow)
    gtk_list_box_append (self->list, make_head (&columns));
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (!kilter_plan_is_snapshot (plan, version->id))
      {
        gtk_list_box_append (self->list, make_row (self, version, &columns));
        n++;
      }
  gtk_widget_set_visible (self->alone, n < 2);
  for (int i = 0; i < N_FIGURES; i++)
    g_object_unref (columns.figures[i]);
  g_object_unref (columns.state);
  g_object_unref (columns.menu);
}

/* --- snapshots ----------------------------------------------------------------------------------
 */

static GtkWidget *
make_snapshot (KilterScenariosPage *self, KilterPlan *plan, const KilterRecord *version)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *origin = get_origin (plan, version);
  g_autofree char *subtitle = NULL;
  const char *kind = g_str_equal (kilter_record_text (version, KILTER_VERSION_KIND), "approved")
                       ? _ ("Approved plan")
                       : _ ("When a step was finished");

  subtitle = *origin != '\0' ? g_strdup_printf ("%s · %s", kind, origin) : g_strdup (kind);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kilter_scenario_get_name (version));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("kilter-lock-symbolic"));
  if (version->id == kilter_page_get_version (KILTER_PAGE (self)))
    {
      GtkWidget *shown = make_label (C_ ("scenario", "Open"), "kilter-pill", 0);

      gtk_widget_set_valign (shown, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), shown);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "scenario.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", version->id);
  gtk_widget_add_css_class (row, "kilter-low-row");
  return row;
}

static void
fill_snapshots (KilterScenariosPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  int n = 0;

  gtk_list_box_remove_all (self->snapshots);
  /* the latest first */
  for (int id = kilter_plan_get_max_id (plan, KILTER_TABLE_VERSION); id > 0; id--)
    if (get_record (self, id) != NULL && kilter_plan_is_snapshot (plan, id))
      {
        gtk_list_box_append (self->snapshots, make_snapshot (self, plan, get_record (self, id)));
        n++;
      }
  gtk_widget_set_visible (self->snapshots_box, n > 0);
}

/* --- comparison ---------------------------------------------------------------------------------
 */

static void
fill_comparison (KilterScenariosPage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  KilterVersion versions[MAX_VERSIONS] = { KILTER_BASELINE };
  int n_versions = 1, recommended = -1, first, n;
  KilterChart *chart = NULL;

  KILTER_FOREACH_RECORD (subject.plan, KILTER_TABLE_VERSION, version)
    if (version->id != KILTER_BASELINE && !kilter_plan_is_snapshot (subject.plan, version->id) &&
        !g_hash_table_contains (self->hidden, GINT_TO_POINTER (version->id)) &&
        n_versions < MAX_VERSIONS)
      {
        if (kilter_scenario_is_state (version, "recommended"))
          recommended = n_versions;
        versions[n_versions++] = version->id;
      }
  kilter_page_get_year (KILTER_PAGE (self), &first, &n);
  if (n_versions > 1 && n > 0)
    chart = kilter_figure_compare (&subject, versions, n_versions, recommended, first, n);
  g_free (self->headline);
  self->headline = chart != NULL ? g_strdup (kilter_chart_get_title (chart)) : NULL;
  gtk_widget_set_visible (self->compare_card, chart != NULL);
  kilter_chart_view_set_chart (self->compare, chart);
}

/* --- the page -----------------------------------------------------------------------------------
 */

static void
narrow_cb (KilterScenariosPage *self)
{
  self->is_narrow = TRUE;
  kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static void
wide_cb (KilterScenariosPage *self)
{
  self->is_narrow = FALSE;
  kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static void
kilter_scenarios_page_refresh (KilterPage *page, KilterChange change)
{
  KilterScenariosPage *self = KILTER_SCENARIOS_PAGE (page);

  fill_list (self);
  fill_snapshots (self);
  fill_comparison (self);
  kilter_page_set_primary_enabled (page,
                                   !kilter_document_is_read_only (kilter_page_get_document (page)));
}

static char *
kilter_scenarios_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_SCENARIOS_PAGE (page)->headline);
}

static char *
kilter_scenarios_page_get_subtitle (KilterPage *page)
{
  KilterPlan *plan = kilter_page_get_plan (page);
  int first, n;

  kilter_page_get_year (page, &first, &n);
  if (n <= 0)
    return NULL;
  {
    g_autofree char *from = kilter_format_bucket (plan, first);
    g_autofree char *to = kilter_format_bucket (plan, first + n - 1);

    /* Translators: a span of months */
    return g_strdup_printf (_ ("Key figures, %1$s to %2$s"), from, to);
  }
}

static void
kilter_scenarios_page_finalize (GObject *object)
{
  KilterScenariosPage *self = KILTER_SCENARIOS_PAGE (object);

  g_hash_table_unref (self->hidden);
  g_free (self->headline);

  G_OBJECT_CLASS (kilter_scenarios_page_parent_class)->finalize (object);
}

static void
kilter_scenarios_page_class_init (KilterScenariosPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kilter_scenarios_page_finalize;
  page_class->refresh = kilter_scenarios_page_refresh;
  page_class->get_headline = kilter_scenarios_page_get_headline;
  page_class->get_subtitle = kilter_scenarios_page_get_subtitle;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/scenarios-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterScenariosPage, list);
  gtk_widget_class_bind_template_child (widget_class, KilterScenariosPage, snapshots);
  gtk_widget_class_bind_template_child (widget_class, KilterScenariosPage, snapshots_box);
  gtk_widget_class_bind_template_child (widget_class, KilterScenariosPage, alone);
  gtk_widget_class_bind_template_child (widget_class, KilterScenariosPage, compare_card);
  gtk_widget_class_bind_template_child (widget_class, KilterScenariosPage, compare);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
  kilter_scenario_actions_install (widget_class);
}

static void
kilter_scenarios_page_init (KilterScenariosPage *self)
{
  self->hidden = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Scenarios"));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_PRODUCT);
  kilter_page_set_primary (KILTER_PAGE (self), _ ("New from Current…"), "win.new-scenario");
  kilter_chart_view_set_file_name (self->compare, "scenarios");
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->list));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->compare));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->snapshots));
}
