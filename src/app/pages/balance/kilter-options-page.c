/* kilter-options-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/balance/kilter-options-page.h"

#include "app/pages/common/kilter-page-subject.h"
#include "app/widgets/kilter-chart-view.h"
#include "app/widgets/kilter-tone.h"
#include "app/pages/scenarios/kilter-scenario-actions.h"
#include "report/words/kilter-options.h"

#include <glib/gi18n-lib.h>

#define MAX_OPTIONS 5

struct _KilterOptionsPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  AdwWrapBox *choices;
  KilterChartView *compare;
  GtkWidget *stock_card;
  KilterChartView *stock;
  GtkWidget *load_card;
  KilterChartView *load;
  GtkListBox *differences;

  GHashTable *hidden; /* version → version: not compared */
  gboolean is_narrow;
  gboolean is_filling;
  char *headline;
};

G_DEFINE_FINAL_TYPE (KilterOptionsPage, kilter_options_page, KILTER_TYPE_PAGE)

static const char *
get_name (const KilterPlan *plan, KilterVersion version)
{
  return kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, version),
                             KILTER_VERSION_NAME);
}

/* --- which are compared --- */

/* Of all that could be compared, those that are ticked. */
static int
list_chosen (KilterOptionsPage *self, KilterVersion *out, int *out_recommended)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  KilterVersion all[MAX_OPTIONS * 4];
  int recommended, n = kilter_options_list (plan, all, G_N_ELEMENTS (all), &recommended), count = 0;

  *out_recommended = -1;
  for (int i = 0; i < n && count < MAX_OPTIONS; i++)
    if (i == 0 || !g_hash_table_contains (self->hidden, GINT_TO_POINTER (all[i])))
      {
        if (i == recommended)
          *out_recommended = count;
        out[count++] = all[i];
      }
  return count;
}

static void
chosen_cb (GtkCheckButton *check, KilterOptionsPage *self)
{
  gpointer id = g_object_get_data (G_OBJECT (check), "version");

  if (self->is_filling)
    return;
  if (gtk_check_button_get_active (check))
    g_hash_table_remove (self->hidden, id);
  else
    g_hash_table_add (self->hidden, id);
  kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static GtkWidget *
find_choice (KilterOptionsPage *self, KilterVersion version)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->choices)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_object_get_data (G_OBJECT (child), "version") == GINT_TO_POINTER (version))
      return child;
  return NULL;
}

/* Buttons stay while their scenarios do, so that the focus is kept. */
static void
fill_choices (KilterOptionsPage *self, const KilterVersion *chosen, int n_chosen)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  KilterVersion all[MAX_OPTIONS * 4];
  int recommended, n = kilter_options_list (plan, all, G_N_ELEMENTS (all), &recommended);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->choices));

  self->is_filling = TRUE;
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);
      gboolean known = FALSE;

      for (int i = 0; i < n; i++)
        known |= g_object_get_data (G_OBJECT (child), "version") == GINT_TO_POINTER (all[i]);
      if (!known)
        adw_wrap_box_remove (self->choices, child);
      child = next;
    }
  for (int i = 0; i < n; i++)
    {
      GtkWidget *check = find_choice (self, all[i]);
      gboolean active = FALSE;

      if (check == NULL)
        {
          check = gtk_check_button_new ();
          g_object_set_data (G_OBJECT (check), "version", GINT_TO_POINTER (all[i]));
          g_signal_connect (check, "toggled", G_CALLBACK (chosen_cb), self);
          adw_wrap_box_append (self->choices, check);
        }
      for (int k = 0; k < n_chosen; k++)
        active |= chosen[k] == all[i];
      gtk_check_button_set_label (GTK_CHECK_BUTTON (check), get_name (plan, all[i]));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
      /* the first is what the others are compared with; more than five do not fit */
      gtk_widget_set_sensitive (check, i > 0 && (active || n_chosen < MAX_OPTIONS));
    }
  self->is_filling = FALSE;
}

/* --- what differs --- */

static GtkWidget *
make_line (const char *text, KilterChartTone tone)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *shape = kilter_tone_new (tone);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (shape, GTK_ALIGN_BASELINE_CENTER);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE_CENTER);
  if (tone != KILTER_CHART_TONE_PLAIN)
    gtk_box_append (GTK_BOX (box), shape);
  else
    g_object_unref (g_object_ref_sink (shape));
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
make_button (const char *label, const char *action, int version)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", version);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
make_difference (KilterOptionsPage *self, KilterVersion version, gboolean recommended)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (
    self->is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (get_name (plan, version));
  g_autoptr (GPtrArray) lines = kilter_options_list_differences (plan, version);
  int first, n;
  g_autoptr (GArray) notes = NULL;

  kilter_page_get_year (KILTER_PAGE (self), &first, &n);
  notes = kilter_options_list_notes (plan, version, first, n);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "heading");
  gtk_box_append (GTK_BOX (words), name);
  for (guint i = 0; i < lines->len; i++)
    gtk_box_append (GTK_BOX (words),
                    make_line (g_ptr_array_index (lines, i), KILTER_CHART_TONE_PLAIN));
  if (lines->len == 0)
    gtk_box_append (GTK_BOX (words), make_line (_ ("The same as the scenario it starts from"),
                                                KILTER_CHART_TONE_PLAIN));
  for (guint i = 0; i < notes->len; i++)
    {
      const KilterOptionNote *note = &g_array_index (notes, KilterOptionNote, i);

      if (note->tone != KILTER_CHART_TONE_PLAIN)
        gtk_box_append (GTK_BOX (words), make_line (note->text, note->tone));
    }
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), words);
  if (!kilter_document_is_read_only (kilter_page_get_document (KILTER_PAGE (self))))
    {
      if (kilter_scenario_is_outdated (plan, version))
        gtk_box_append (GTK_BOX (buttons), make_button (_ ("Update"), "scenario.update", version));
      if (!recommended)
        gtk_box_append (GTK_BOX (buttons),
                        make_button (_ ("Set as Recommended"), "scenario.recommend", version));
      gtk_box_append (GTK_BOX (box), buttons);
    }
  else
    g_object_unref (g_object_ref_sink (buttons));
  gtk_widget_add_css_class (box, "kilter-row-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

/* --- the page --- */

static void
fill (KilterOptionsPage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  KilterVersion versions[MAX_OPTIONS];
  int recommended, first, n;
  int count = list_chosen (self, versions, &recommended);
  gsize across = count == 3 || count == 5 ? 3 : 2;
  KilterChart *chart;

  kilter_page_get_year (KILTER_PAGE (self), &first, &n);
  fill_choices (self, versions, count);
  chart = kilter_figure_compare (&subject, versions, count, recommended, first, n);
  g_free (self->headline);
  self->headline = chart != NULL ? g_strdup (kilter_chart_get_title (chart)) : NULL;
  kilter_chart_view_set_chart (self->compare, chart);
  chart = kilter_figure_option_stock (&subject, versions, count, first, n, across);
  gtk_widget_set_visible (self->stock_card, chart != NULL);
  kilter_chart_view_set_chart (self->stock, chart);
  chart = kilter_figure_option_load (&subject, versions, count, first, n, across);
  gtk_widget_set_visible (self->load_card, chart != NULL);
  kilter_chart_view_set_chart (self->load, chart);
  gtk_list_box_remove_all (self->differences);
  for (int i = 1; i < count; i++)
    gtk_list_box_append (self->differences, make_difference (self, versions[i], i == recommended));
}

static void
kilter_options_page_refresh (KilterPage *page, KilterChange change)
{
  KilterOptionsPage *self = KILTER_OPTIONS_PAGE (page);
  KilterVersion versions[2];
  int recommended;
  gboolean empty = kilter_options_list (kilter_page_get_plan (page), versions, 2, &recommended) < 2;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "options");
  if (!empty)
    fill (self);
}

static char *
kilter_options_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_OPTIONS_PAGE (page)->headline);
}

static void
set_narrow (KilterOptionsPage *self, gboolean is_narrow)
{
  self->is_narrow = is_narrow;
  if (kilter_page_get_document (KILTER_PAGE (self)) != NULL)
    kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static void
narrow_cb (KilterOptionsPage *self)
{
  set_narrow (self, TRUE);
}

static void
wide_cb (KilterOptionsPage *self)
{
  set_narrow (self, FALSE);
}

static void
kilter_options_page_finalize (GObject *object)
{
  KilterOptionsPage *self = KILTER_OPTIONS_PAGE (object);

  g_hash_table_unref (self->hidden);
  g_free (self->headline);

  G_OBJECT_CLASS (kilter_options_page_parent_class)->finalize (object);
}

static void
kilter_options_page_class_init (KilterOptionsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kilter_options_page_finalize;
  page_class->refresh = kilter_options_page_refresh;
  page_class->get_headline = kilter_options_page_get_headline;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/options-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterOptionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterOptionsPage, choices);
  gtk_widget_class_bind_template_child (widget_class, KilterOptionsPage, compare);
  gtk_widget_class_bind_template_child (widget_class, KilterOptionsPage, stock_card);
  gtk_widget_class_bind_template_child (widget_class, KilterOptionsPage, stock);
  gtk_widget_class_bind_template_child (widget_class, KilterOptionsPage, load_card);
  gtk_widget_class_bind_template_child (widget_class, KilterOptionsPage, load);
  gtk_widget_class_bind_template_child (widget_class, KilterOptionsPage, differences);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
  kilter_scenario_actions_install (widget_class);
}

static void
kilter_options_page_init (KilterOptionsPage *self)
{
  self->hidden = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Options"));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_PRODUCT);
  kilter_chart_view_set_file_name (self->compare, "options");
  kilter_chart_view_set_explorable (self->stock, FALSE);
  kilter_chart_view_set_explorable (self->load, FALSE);
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->choices));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->compare));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->stock));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->load));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->differences));
}
