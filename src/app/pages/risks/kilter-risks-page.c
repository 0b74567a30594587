/* kilter-risks-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/risks/kilter-risks-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/widgets/kilter-chart-view.h"
#include "plan/process/kilter-meeting.h"
#include "report/pack/kilter-minutes.h"
#include "report/words/kilter-options.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/structure/kilter-record-dialog.h"
#include "app/pages/structure/kilter-record-edit.h"

static const int dialog_fields[] = {
  KILTER_RISK_KIND,      KILTER_RISK_TEXT,   KILTER_RISK_FAMILY,     KILTER_RISK_FROM,
  KILTER_RISK_TO,        KILTER_RISK_VOLUME, KILTER_RISK_REVENUE,    KILTER_RISK_EFFECT,
  KILTER_RISK_LOW,       KILTER_RISK_HIGH,   KILTER_RISK_LIKELIHOOD, KILTER_RISK_TRIGGER,
  KILTER_RISK_OWNER,     KILTER_RISK_REVIEW, KILTER_RISK_MEASURE,    KILTER_RISK_EXPECTED,
  KILTER_RISK_TOLERANCE, KILTER_RISK_STATE,
};

struct _KilterRisksPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  GtkToggleButton *closed;
  GtkWidget *chart_card;
  KilterChartView *chart;
  GtkBox *range_box;
  GtkWidget *revenue_card;
  KilterChartView *revenue;
  GtkWidget *margin_card;
  KilterChartView *margin;
  gboolean is_narrow;
  char *headline;
};

G_DEFINE_FINAL_TYPE (KilterRisksPage, kilter_risks_page, KILTER_TYPE_PAGE)

/* --- order --------------------------------------------------------------------------------------
 */

static gboolean
is_open (const KilterRecord *risk)
{
  const char *state = kilter_record_text (risk, KILTER_RISK_STATE);

  return *state == '\0' || g_str_equal (state, "open");
}

static double
get_weight (const KilterRecord *risk)
{
  double effect = kilter_record_number_or (risk, KILTER_RISK_EFFECT, 0);

  return fabs (effect * kilter_record_number_or (risk, KILTER_RISK_LIKELIHOOD, 1));
}

/* Open ones first, then by what they weigh. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const KilterRecord *x = *(const KilterRecord *const *) a, *y = *(const KilterRecord *const *) b;

  if (is_open (x) != is_open (y))
    return is_open (x) ? -1 : 1;
  if (get_weight (x) != get_weight (y))
    return get_weight (x) > get_weight (y) ? -1 : 1;
  return x->id - y->id;
}

/* --- rows ---------------------------------------------------------------------------------------
 */

typedef struct
{
  GtkSizeGroup *kind;
  GtkSizeGroup *likelihood;
  GtkSizeGroup *effect;
  GtkSizeGroup *owner;
  GtkSizeGroup *state;
  GtkSizeGroup *button;
} Columns;

static void
append_part (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static char *
get_span (KilterPlan *plan, const KilterRecord *risk)
{
  g_autofree char *from = kilter_record_get_text (plan, KILTER_TABLE_RISK, risk->id,
                                                  KILTER_RISK_FROM);
  g_autofree char *to = kilter_record_get_text (plan, KILTER_TABLE_RISK, risk->id, KILTER_RISK_TO);

  if (*from != '\0' && *to != '\0' && !g_str_equal (from, to))
    /* Translators: a span of months */
    return g_strdup_printf (_ ("%1$s to %2$s"), from, to);
  if (*from != '\0')
    return g_steal_pointer (&from);
  if (*to != '\0')
    return g_strdup_printf (_ ("until %s"), to);
  return NULL;
}

static char *
get_review (KilterPlan *plan, const KilterRecord *risk, gboolean *out_late)
{
  const char *review = kilter_record_text (risk, KILTER_RISK_REVIEW);
  g_autofree char *day = NULL;

  *out_late = FALSE;
  if (*review == '\0')
    return NULL;
  day = kilter_format_day (plan, review);
  *out_late = is_open (risk) && kilter_format_days_until (plan, review) < 0;
  if (*out_late)
    /* Translators: %s is a date */
    return g_strdup_printf (_ ("review was due on %s"), day);
  return g_strdup_printf (_ ("review %s"), day);
}

/* What actuals say of it; NULL when nothing is agreed by which it can be checked. */
static char *
get_outcome (KilterPlan *plan, const KilterRecord *risk)
{
  const char *key = kilter_record_text (risk, KILTER_RISK_MEASURE);
  int measure = kilter_measure_from_key (key);
  KilterOutcomeValue value;
  g_autofree char *expected = NULL, *actual = NULL;
  const char *name;

  kilter_assumption_get_outcome (plan, risk->id, &value);
  if (value.outcome == KILTER_OUTCOME_NONE || measure < 0)
    return NULL;
  expected = kilter_outcome_format (plan, key, value.expected);
  actual = kilter_outcome_format (plan, key, value.actual);
  name = kilter_measure_get_name ((KilterMeasure) measure);
  if (value.outcome == KILTER_OUTCOME_CAME_TRUE)
    /* Translators: a measure, what came, what was expected */
    return g_strdup_printf (_ ("confirmed by actuals: %1$s %2$s, expected %3$s"), name, actual,
                            expected);
  if (value.outcome == KILTER_OUTCOME_MISSED)
    /* Translators: a measure, what came, what was expected */
    return g_strdup_printf (_ ("refuted by actuals: %1$s %2$s, expected %3$s"), name, actual,
                            expected);
  /* Translators: a measure, what is expected, how many of its months are over */
  return g_strdup_printf (_ ("checked by %1$s, %2$s expected, %3$d of %4$d periods over"), name,
                          expected, value.n_over, value.n);
}

static GtkWidget *
make_text (KilterPlan *plan, const KilterRecord *risk)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *title = gtk_label_new (kilter_record_text (risk, KILTER_RISK_TEXT));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *family = kilter_record_get_text (plan, KILTER_TABLE_RISK, risk->id,
                                                    KILTER_RISK_FAMILY);
  g_autofree char *span = get_span (plan, risk);
  gboolean is_late;
  g_autofree char *review = get_review (plan, risk, &is_late);
  g_autofree char *outcome = get_outcome (plan, risk);
  GtkWidget *subtitle;

  append_part (text, family);
  append_part (text, span);
  append_part (text, review);
  append_part (text, outcome);
  subtitle = gtk_label_new (text->str);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (subtitle), TRUE);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_widget_add_css_class (subtitle, "kilter-small");
  gtk_widget_add_css_class (subtitle, is_late ? "kilter-bad" : "kilter-dim");
  gtk_widget_set_visible (subtitle, text->len > 0);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
make_pill (const char *choice, GtkSizeGroup *group)
{
  GtkWidget *bin = adw_bin_new ();
  GtkWidget *pill = gtk_label_new (kilter_record_get_choice_name (choice));

  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (pill, g_str_equal (choice, "opportunity") ? "kilter-pill-good"
                                  : g_str_equal (choice, "risk")      ? "kilter-badge"
                                                                      : "kilter-pill");
  adw_bin_set_child (ADW_BIN (bin), pill);
  gtk_size_group_add_widget (group, bin);
  return bin;
}

static GtkWidget *
make_figure (char *text /* (transfer full) */, GtkSizeGroup *group, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_size_group_add_widget (group, label);
  g_free (text);
  return label;
}

static GtkWidget *
make_owner (KilterPlan *plan, const KilterRecord *risk, GtkSizeGroup *group)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  g_autofree char *name = kilter_record_get_text (plan, KILTER_TABLE_RISK, risk->id,
                                                  KILTER_RISK_OWNER);
  GtkWidget *label = gtk_label_new (name);

  if (*name != '\0')
    gtk_box_append (GTK_BOX (box), adw_avatar_new (24, name, TRUE));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_widget_add_css_class (label, "kilter-small");
  gtk_box_append (GTK_BOX (box), label);
  gtk_size_group_add_widget (group, box);
  return box;
}

/* On a narrow window: what, and below it who and how much. */
static GtkWidget *
make_narrow_row (KilterPlan *plan, const KilterRecord *risk)
{
  GtkWidget *text = make_text (plan, risk), *label;
  double effect = kilter_record_number (risk, KILTER_RISK_EFFECT);
  double likelihood = kilter_record_number (risk, KILTER_RISK_LIKELIHOOD);
  const char *kind = kilter_record_text (risk, KILTER_RISK_KIND);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *owner = kilter_record_get_text (plan, KILTER_TABLE_RISK, risk->id,
                                                   KILTER_RISK_OWNER);
  g_autofree char *money = isnan (effect) ? NULL : kilter_format_money_delta (plan, effect);
  g_autofree char *likely = isnan (likelihood) ? NULL : kilter_format_ratio (likelihood, 0);

  append_part (words, kilter_record_get_choice_name (*kind != '\0' ? kind : "assumption"));
  append_part (words, money);
  append_part (words, likely);
  append_part (words, owner);
  if (!is_open (risk))
    append_part (words,
                 kilter_record_get_choice_name (kilter_record_text (risk, KILTER_RISK_STATE)));
  label = gtk_label_new (words->str);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "kilter-small");
  gtk_box_append (GTK_BOX (text), label);
  return text;
}

static GtkWidget *
make_wide_row (KilterPlan *plan, const KilterRecord *risk, const Columns *columns)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  const char *kind = kilter_record_text (risk, KILTER_RISK_KIND);
  double effect = kilter_record_number (risk, KILTER_RISK_EFFECT);
  double likelihood = kilter_record_number (risk, KILTER_RISK_LIKELIHOOD);

  gtk_box_append (GTK_BOX (box), make_pill (*kind != '\0' ? kind : "assumption", columns->kind));
  gtk_box_append (GTK_BOX (box), make_text (plan, risk));
  gtk_box_append (GTK_BOX (box), make_owner (plan, risk, columns->owner));
  gtk_box_append (
    GTK_BOX (box),
    make_figure (isnan (likelihood) ? g_strdup ("–") : kilter_format_ratio (likelihood, 0),
                 columns->likelihood, NULL));
  gtk_box_append (
    GTK_BOX (box),
    make_figure (isnan (effect) ? g_strdup ("–") : kilter_format_money_delta (plan, effect),
                 columns->effect,
                 isnan (effect) || effect == 0 ? NULL
                 : effect > 0                  ? "kilter-good"
                                               : "kilter-bad"));
  gtk_box_append (GTK_BOX (box),
                  make_pill (is_open (risk) ? "open" : kilter_record_text (risk, KILTER_RISK_STATE),
                             columns->state));
  return box;
}

/* What if it comes to pass: a scenario that is about this. */
static GtkWidget *
make_scenario_button (const KilterRecord *risk)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("kilter-scenario-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("New Scenario from This…"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "risks.scenario");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", risk->id);
  return button;
}

static GtkWidget *
make_row (KilterRisksPage *self, KilterPlan *plan, const KilterRecord *risk, const Columns *columns)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *content = self->is_narrow ? make_narrow_row (plan, risk)
                                       : make_wide_row (plan, risk, columns);
  GtkWidget *button = make_scenario_button (risk);

  gtk_widget_set_hexpand (content, TRUE);
  gtk_box_append (GTK_BOX (box), content);
  gtk_box_append (GTK_BOX (box), button);
  gtk_size_group_add_widget (columns->button, button);
  gtk_widget_add_css_class (box, "kilter-row-box");
  if (!is_open (risk))
    gtk_widget_add_css_class (box, "kilter-dim");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "risks.edit");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", risk->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kilter_record_text (risk, KILTER_RISK_TEXT), -1);
  return row;
}

static GtkWidget *
make_heading (const char *text, GtkSizeGroup *group, double xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), (float) xalign);
  gtk_widget_add_css_class (label, "kilter-table-head");
  if (group != NULL)
    gtk_size_group_add_widget (group, label);
  else
    gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
make_head (const Columns *columns)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_append (GTK_BOX (box), make_heading (_ ("Kind"), columns->kind, 0));
  gtk_box_append (GTK_BOX (box), make_heading (_ ("Text"), NULL, 0));
  gtk_box_append (GTK_BOX (box), make_heading (_ ("Owner"), columns->owner, 0));
  gtk_box_append (GTK_BOX (box), make_heading (_ ("Likely"), columns->likelihood, 1));
  gtk_box_append (GTK_BOX (box), make_heading (_ ("Effect on Margin"), columns->effect, 1));
  gtk_box_append (GTK_BOX (box), make_heading (_ ("State"), columns->state, 0));
  gtk_box_append (GTK_BOX (box), make_heading ("", columns->button, 0));
  gtk_widget_add_css_class (box, "kilter-row-box");
  gtk_widget_add_css_class (box, "kilter-small");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
fill_list (KilterRisksPage *self, KilterPlan *plan)
{
  GtkSizeGroup *groups[6];
  Columns columns;
  g_autoptr (GPtrArray) risks = g_ptr_array_new ();
  gboolean with_closed = gtk_toggle_button_get_active (self->closed);
  int n_closed = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    groups[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  columns = (Columns) { groups[0], groups[1], groups[2], groups[3], groups[4], groups[5] };
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RISK, risk)
    {
      n_closed += !is_open (risk);
      if (is_open (risk) || with_closed)
        g_ptr_array_add (risks, (gpointer) risk);
    }
  g_ptr_array_sort (risks, compare);
  gtk_list_box_remove_all (self->list);
  if (!self->is_narrow)
    gtk_list_box_append (self->list, make_head (&columns));
  for (guint i = 0; i < risks->len; i++)
    gtk_list_box_append (self->list, make_row (self, plan, g_ptr_array_index (risks, i), &columns));
  gtk_widget_set_visible (GTK_WIDGET (self->closed), n_closed > 0);
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    g_object_unref (groups[i]);
}

/* --- the page -----------------------------------------------------------------------------------
 */

static void
narrow_cb (KilterRisksPage *self)
{
  self->is_narrow = TRUE;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->range_box), GTK_ORIENTATION_VERTICAL);
  kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static void
wide_cb (KilterRisksPage *self)
{
  self->is_narrow = FALSE;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->range_box), GTK_ORIENTATION_HORIZONTAL);
  kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static void
kilter_risks_page_refresh (KilterPage *page, KilterChange change)
{
  KilterRisksPage *self = KILTER_RISKS_PAGE (page);
  KilterSubject subject = kilter_page_get_subject (page);
  gboolean empty = kilter_plan_count_records (subject.plan, KILTER_TABLE_RISK) == 0;
  KilterChart *chart = empty ? NULL : kilter_figure_risks (&subject);
  int first, n;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  if (!empty)
    fill_list (self, subject.plan);
  g_free (self->headline);
  self->headline = chart != NULL ? g_strdup (kilter_chart_get_title (chart)) : NULL;
  gtk_widget_set_visible (self->chart_card, chart != NULL);
  kilter_chart_view_set_chart (self->chart, chart);
  kilter_page_get_year (page, &first, &n);
  chart = empty ? NULL : kilter_figure_risk_range (&subject, KILTER_REVENUE, first, n);
  gtk_widget_set_visible (self->revenue_card, chart != NULL);
  kilter_chart_view_set_chart (self->revenue, chart);
  chart = empty ? NULL : kilter_figure_risk_range (&subject, KILTER_MARGIN, first, n);
  gtk_widget_set_visible (self->margin_card, chart != NULL);
  kilter_chart_view_set_chart (self->margin, chart);
  kilter_page_set_primary_enabled (page,
                                   !kilter_document_is_read_only (kilter_page_get_document (page)));
}

static char *
kilter_risks_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_RISKS_PAGE (page)->headline);
}

static char *
kilter_risks_page_get_subtitle (KilterPage *page)
{
  return g_strdup (_ ("What the plan takes for granted, and what could change it"));
}

static void
edit (KilterRisksPage *self, int id)
{
  kilter_record_dialog_present (KILTER_PAGE (self), KILTER_TABLE_RISK, id, dialog_fields,
                                G_N_ELEMENTS (dialog_fields), NULL, NULL);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit (KILTER_RISKS_PAGE (widget), g_variant_get_int32 (parameter));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit (KILTER_RISKS_PAGE (widget), 0);
}

static void
scenario_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);

  kilter_risk_scenario_dialog_present (widget, kilter_page_get_document (page),
                                       kilter_page_get_session (page),
                                       g_variant_get_int32 (parameter));
}

static void
closed_cb (KilterRisksPage *self)
{
  kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static void
kilter_risks_page_finalize (GObject *object)
{
  g_free (KILTER_RISKS_PAGE (object)->headline);

  G_OBJECT_CLASS (kilter_risks_page_parent_class)->finalize (object);
}

static void
kilter_risks_page_class_init (KilterRisksPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kilter_risks_page_finalize;
  page_class->refresh = kilter_risks_page_refresh;
  page_class->get_headline = kilter_risks_page_get_headline;
  page_class->get_subtitle = kilter_risks_page_get_subtitle;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/risks-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterRisksPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterRisksPage, list);
  gtk_widget_class_bind_template_child (widget_class, KilterRisksPage, closed);
  gtk_widget_class_bind_template_child (widget_class, KilterRisksPage, chart_card);
  gtk_widget_class_bind_template_child (widget_class, KilterRisksPage, chart);
  gtk_widget_class_bind_template_child (widget_class, KilterRisksPage, range_box);
  gtk_widget_class_bind_template_child (widget_class, KilterRisksPage, revenue_card);
  gtk_widget_class_bind_template_child (widget_class, KilterRisksPage, revenue);
  gtk_widget_class_bind_template_child (widget_class, KilterRisksPage, margin_card);
  gtk_widget_class_bind_template_child (widget_class, KilterRisksPage, margin);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
  gtk_widget_class_install_action (widget_class, "risks.edit", "i", edit_action);
  gtk_widget_class_install_action (widget_class, "risks.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "risks.scenario", "i", scenario_action);
}

static void
kilter_risks_page_init (KilterRisksPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Assumptions & Risks"));
  kilter_page_set_primary (KILTER_PAGE (self), _ ("Add…"), "risks.new");
  kilter_chart_view_set_file_name (self->chart, "risks");
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->chart));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->list));
  g_signal_connect_object (self->closed, "toggled", G_CALLBACK (closed_cb), self,
                           G_CONNECT_SWAPPED);
}
