/* kilter-meeting-content.c: the pictures and tables of an agenda item
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/meeting/kilter-meeting-private.h"

#include "app/widgets/kilter-chart-view.h"
#include "app/widgets/kilter-tone.h"
#include "report/figure/kilter-figure.h"
#include "report/words/kilter-headline.h"
#include "report/words/kilter-options.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_OPTIONS 5

static KilterSubject
get_subject (KilterMeetingView *self, const KilterRecord *item)
{
  KilterSubject subject = { .plan = kilter_document_get_plan (self->document),
                            .version = kilter_session_get_version (self->session),
                            .unit = KILTER_DISPLAY_CASES };

  if (item != NULL)
    subject.scope.family = kilter_record_ref (item, KILTER_AGENDA_FAMILY);
  return subject;
}

static void
get_year (const KilterPlan *plan, int *out_first, int *out_n)
{
  *out_first = kilter_plan_get_n_history (plan);
  *out_n = MIN (kilter_plan_get_season (plan), kilter_plan_get_n_horizon (plan));
}

static const char *
get_view (const KilterRecord *item)
{
  const char *view = item != NULL ? kilter_record_text (item, KILTER_AGENDA_VIEW) : "";

  if (*view == '\0' && item != NULL && kilter_record_ref (item, KILTER_AGENDA_DECISION) > 0)
    return "balance/options";
  return view;
}

/* The scenarios of the item's decision, else all that can be compared. */
static int
list_options (KilterPlan *plan, const KilterRecord *item, KilterVersion *out, int *out_recommended)
{
  int decision = item != NULL ? kilter_record_ref (item, KILTER_AGENDA_DECISION) : 0, n = 1;
  g_autoptr (GArray) options = NULL;

  if (decision > 0)
    options = kilter_decision_list_options (plan, decision);
  /* one that it would bring in, and nothing to choose from: all are shown */
  if (options == NULL || options->len < 2)
    return kilter_options_list (plan, out, MAX_OPTIONS, out_recommended);
  out[0] = KILTER_BASELINE;
  *out_recommended = -1;
  for (guint i = 0; i < options->len && n < MAX_OPTIONS; i++)
    {
      int id = g_array_index (options, int, i);

      if (g_str_equal (kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION, id),
                                           KILTER_VERSION_STATE),
                       "recommended"))
        *out_recommended = n;
      out[n++] = id;
    }
  return n;
}

/* --- the picture --- */

static KilterChart *
make_lines (const KilterSubject *subject, const KilterRecord *item, int first, int n)
{
  KilterVersion all[MAX_OPTIONS], shown[2] = { KILTER_BASELINE, 0 };
  int recommended, count = list_options (subject->plan, item, all, &recommended);
  int other = recommended > 0 ? recommended : (count > 1 ? 1 : 0);

  KilterSubject about = *subject;

  /* what the fullest resource makes, unless the item is about a family */
  if (about.scope.family == 0)
    about.scope.resource = kilter_options_find_bottleneck (subject, first, n);
  /* the baseline, and the scenario that the meeting looks at */
  shown[1] = subject->version != KILTER_BASELINE &&
                 !kilter_plan_is_snapshot (subject->plan, subject->version)
               ? subject->version
               : all[other];
  return kilter_figure_option_lines (&about, shown, shown[1] != KILTER_BASELINE ? 2 : 1, first,
                                     MIN (n, 9));
}

GtkWidget *
kilter_meeting_make_left (KilterMeetingView *self, const KilterRecord *item)
{
  KilterSubject subject = get_subject (self, item);
  const char *view = get_view (item);
  GtkWidget *chart_view = kilter_chart_view_new ();
  KilterChart *chart = NULL;
  int first, n;

  get_year (subject.plan, &first, &n);
  if (g_str_equal (view, "balance/options"))
    chart = make_lines (&subject, item, first, n);
  else if (g_str_equal (view, "balance/finance"))
    chart = kilter_figure_bridge (&subject, first, n);
  else if (g_str_equal (view, "demand/consensus"))
    chart = kilter_figure_consensus (&subject, first, n, NULL, TRUE);
  else if (g_str_equal (view, "supply/capacity"))
    chart = kilter_figure_load (&subject, first, n, NULL, TRUE);
  else if (g_str_equal (view, "risks/risks"))
    {
      chart = kilter_figure_risk_range (&subject, KILTER_REVENUE, first, n);
      if (chart == NULL)
        chart = kilter_figure_risk_range (&subject, KILTER_MARGIN, first, n);
    }
  else if (g_str_equal (view, "monitor/actions"))
    chart = kilter_figure_risks (&subject);
  if (chart == NULL)
    {
      subject.scope = (KilterScope) { 0 };
      chart = kilter_figure_families (&subject, first, n, 0);
    }
  if (chart != NULL)
    kilter_chart_view_set_chart (KILTER_CHART_VIEW (chart_view), chart);
  gtk_widget_set_vexpand (chart_view, TRUE);
  gtk_widget_set_hexpand (chart_view, TRUE);
  gtk_widget_set_size_request (chart_view, 240, 240);
  return chart_view;
}

/* --- tables --- */

static GtkWidget *
make_label (const char *text, const char *css, double xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), (float) xalign);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
make_box (const char *title, const char *subtitle)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_box_append (GTK_BOX (box), make_label (title, "kilter-headline", 0));
  if (subtitle != NULL)
    gtk_box_append (GTK_BOX (box), make_label (subtitle, "kilter-subtitle", 0));
  return box;
}

static void
attach (GtkGrid *grid, const char *text, int column, int row, const char *css)
{
  GtkWidget *label = make_label (text, css, column == 0 ? 0 : 1);

  gtk_widget_add_css_class (label, "numeric");
  if (column == 0)
    {
      gtk_widget_set_hexpand (label, TRUE);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 8);
    }
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static GtkWidget *
make_grid (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 10);
  gtk_widget_set_margin_top (grid, 8);
  return grid;
}

static GtkWidget *
make_note (const KilterOptionNote *note)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = make_label (note->text, NULL, 0);
  GtkWidget *shape = kilter_tone_new (
    note->tone != KILTER_CHART_TONE_PLAIN ? note->tone : KILTER_CHART_TONE_GOOD);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_valign (shape, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), shape);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
make_options (KilterMeetingView *self, const KilterRecord *item)
{
  KilterSubject subject = get_subject (self, item);
  KilterVersion versions[MAX_OPTIONS];
  int recommended, first, n, count = list_options (subject.plan, item, versions, &recommended);
  GtkWidget *grid = make_grid (), *box;
  const char *const heads[] = { _ ("Scenario"), _ ("Unmet"), _ ("Service"), _ ("Extra cost"),
                                _ ("Margin") };
  g_autofree char *span = NULL;
  KilterVersion looked_at = subject.version;
  g_autoptr (GArray) notes = NULL;

  get_year (subject.plan, &first, &n);
  span = kilter_headline_span (subject.plan, first, n);
  box = make_box (_ ("Options"), span);
  for (int c = 0; c < 5; c++)
    attach (GTK_GRID (grid), heads[c], c, 0, "kilter-table-head");
  for (int i = 0; i < count; i++)
    {
      KilterKeyFigures figures;
      const char *css = i == recommended ? "kilter-strong" : NULL;
      const char *name = kilter_record_text (
        kilter_plan_get_record (subject.plan, KILTER_TABLE_VERSION, versions[i]),
        KILTER_VERSION_NAME);
      g_autofree char *unmet = NULL, *service = NULL, *cost = NULL, *margin = NULL;

      kilter_plan_key_figures (subject.plan, versions[i], &subject.scope, first, n, &figures);
      unmet = isnan (figures.unmet) ? g_strdup ("–") : kilter_format_quantity_short (figures.unmet);
      service = isnan (figures.service) ? g_strdup ("–") : kilter_format_ratio (figures.service, 1);
      cost = isnan (figures.extra_cost) ? g_strdup ("–")
                                        : kilter_format_money (subject.plan, figures.extra_cost);
      margin = isnan (figures.margin) ? g_strdup ("–")
                                      : kilter_format_money (subject.plan, figures.margin);
      attach (GTK_GRID (grid), name, 0, i + 1, i == recommended ? "kilter-accent" : css);
      attach (GTK_GRID (grid), unmet, 1, i + 1,
              figures.unmet > 0.0005 * figures.demand ? "kilter-bad" : css);
      attach (GTK_GRID (grid), service, 2, i + 1, css);
      attach (GTK_GRID (grid), cost, 3, i + 1, css);
      attach (GTK_GRID (grid), margin, 4, i + 1, css);
    }
  gtk_box_append (GTK_BOX (box), grid);
  if (looked_at == KILTER_BASELINE && recommended > 0)
    looked_at = versions[recommended];
  {
    /* Translators: %s is a scenario */
    g_autofree char *title = g_strdup_printf (
      _ ("To Know about %s"),
      kilter_record_text (kilter_plan_get_record (subject.plan, KILTER_TABLE_VERSION, looked_at),
                          KILTER_VERSION_NAME));
    GtkWidget *heading = make_label (title, "heading", 0);

    gtk_widget_set_margin_top (heading, 18);
    gtk_box_append (GTK_BOX (box), heading);
  }
  notes = kilter_options_list_notes (subject.plan, looked_at, first, n);
  for (guint i = 0; i < notes->len; i++)
    gtk_box_append (GTK_BOX (box), make_note (&g_array_index (notes, KilterOptionNote, i)));
  return box;
}

/* Revenue and demand of each family against what they are compared with. */
static GtkWidget *
make_families (KilterMeetingView *self, const KilterRecord *item, gboolean money)
{
  KilterSubject subject = get_subject (self, NULL);
  GtkWidget *grid = make_grid (), *box;
  int first, n, row = 0;
  g_autofree char *span = NULL;
  KilterVersion last = kilter_plan_get_last_cycle (subject.plan);

  get_year (subject.plan, &first, &n);
  span = kilter_headline_span (subject.plan, first, n);
  box = make_box (money ? _ ("Revenue to budget") : _ ("Demand from last cycle"), span);
  KILTER_FOREACH_RECORD (subject.plan, KILTER_TABLE_FAMILY, family)
    {
      KilterScope scope = { .family = family->id };
      double now = kilter_plan_aggregate_time (
        subject.plan, subject.version, money ? KILTER_REVENUE : KILTER_DEMAND, &scope, first, n);
      double before = money       ? kilter_plan_aggregate_time (subject.plan, subject.version,
                                                                KILTER_BUDGET_REVENUE, &scope, first, n)
                      : last != 0 ? kilter_plan_aggregate_time (subject.plan, last,
                                                                KILTER_CONSENSUS, &scope, first, n)
                                  : NAN;
      double change = before > 0 ? now / before - 1 : NAN;
      g_autofree char *value = isnan (now) ? g_strdup ("–")
                               : money     ? kilter_format_money (subject.plan, now)
                                           : kilter_format_quantity_short (now);
      g_autofree char *delta = isnan (change) ? g_strdup ("–")
                                              : kilter_format_ratio_delta (change, 1);

      attach (GTK_GRID (grid), kilter_record_text (family, KILTER_FAMILY_NAME), 0, row, NULL);
      attach (GTK_GRID (grid), value, 1, row, "kilter-strong");
      attach (GTK_GRID (grid), delta, 2, row++,
              !money || isnan (change) || fabs (change) < 0.0005 ? NULL
              : change > 0                                       ? "kilter-good"
                                                                 : "kilter-bad");
    }
  gtk_box_append (GTK_BOX (box), grid);
  return box;
}

static GtkWidget *
make_metrics (KilterMeetingView *self)
{
  static const KilterScope everything = { 0 };
  KilterSubject subject = get_subject (self, NULL);
  int bucket = kilter_plan_get_n_history (subject.plan) - 1;
  g_autofree char *headline = bucket >= 0 ? kilter_headline_monitor (&subject, bucket) : NULL;
  GtkWidget *box = make_box (headline != NULL ? headline : _ ("Metrics"), NULL);

  for (int m = 0; bucket >= 0 && m < KILTER_N_METRICS; m++)
    {
      KilterMetricValue value;
      KilterOptionNote note = { KILTER_CHART_TONE_GOOD,
                                (char *) _ (kilter_metric_get_info (m)->name) };

      if (!kilter_metric_is_shown (subject.plan, m))
        continue;
      kilter_plan_metric (subject.plan, m, &everything, bucket, &value);
      if (value.status == KILTER_STATUS_NONE)
        continue;
      if (value.status != KILTER_STATUS_ON)
        note.tone = value.status == KILTER_STATUS_OFF ? KILTER_CHART_TONE_BAD
                                                      : KILTER_CHART_TONE_CLOSE;
      gtk_box_append (GTK_BOX (box), make_note (&note));
    }
  return box;
}

static GtkWidget *
make_agreed (KilterMeetingView *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  int cycle = kilter_plan_get_current_cycle (plan);
  GtkWidget *box = make_box (_ ("Decisions"), NULL);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_DECISION, decision)
    if (kilter_record_ref (decision, KILTER_DECISION_CYCLE) == cycle)
      {
        const char *state = kilter_record_text (decision, KILTER_DECISION_STATE);
        KilterOptionNote note = { g_str_equal (state, "approved") ? KILTER_CHART_TONE_GOOD
                                                                  : KILTER_CHART_TONE_CLOSE,
                                  (char *) kilter_record_text (decision, KILTER_DECISION_TITLE) };

        gtk_box_append (GTK_BOX (box), make_note (&note));
      }
  return box;
}

GtkWidget *
kilter_meeting_make_right (KilterMeetingView *self, const KilterRecord *item)
{
  const char *view = get_view (item);

  if (g_str_equal (view, "balance/options"))
    return make_options (self, item);
  if (g_str_equal (view, "balance/finance"))
    return make_families (self, item, TRUE);
  if (g_str_equal (view, "demand/consensus"))
    return make_families (self, item, FALSE);
  if (g_str_equal (view, "monitor/metrics"))
    return make_metrics (self);
  if (g_str_equal (view, "monitor/actions"))
    return make_agreed (self);
  return NULL;
}
