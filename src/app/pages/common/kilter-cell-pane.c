/* kilter-cell-pane.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-cell-pane.h"

#include "app/dialogs/kilter-dialogs.h"
#include "app/pages/common/kilter-comment-thread.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/common/kilter-reason-bar.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _KilterCellPane
{
  AdwBin parent_instance;

  GtkBox *content;
  GtkLabel *title;
  GtkGrid *facts;
  GtkWidget *edit_group;
  AdwComboRow *reason_row;
  AdwEntryRow *assumption_row;
  GtkWidget *spread_group;
  AdwComboRow *spread_row;
  GtkLabel *comments_title;
  GtkWidget *assumptions_group;
  GtkBox *assumptions;
  GtkBox *thread_box;
  KilterCommentThread *thread;
  GtkWidget *history_button;

  KilterPage *page;       /* not owned: the page owns the pane */
  KilterSession *session; /* not owned: the one whose selection is followed */
  KilterPlanGrid *grid;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (KilterCellPane, kilter_cell_pane, ADW_TYPE_BIN)

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
add_fact (KilterCellPane *self, int *line, const char *name, const char *value, gboolean strong)
{
  GtkWidget *left = gtk_label_new (name);
  GtkWidget *right = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_yalign (GTK_LABEL (left), 0);
  gtk_widget_add_css_class (left, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (right), 0);
  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_widget_set_hexpand (right, TRUE);
  if (strong)
    gtk_widget_add_css_class (right, "heading");
  gtk_grid_attach (self->facts, left, 0, *line, 1, 1);
  gtk_grid_attach (self->facts, right, 1, *line, 1, 1);
  /* no relation of the two: a label that is labelled is called so, and its text is not read */
  (*line)++;
}

/* The newest note of the leaves that a cell stands for. */
static const KilterCellNote *
find_note (KilterCellPane *self, const KilterSelection *selection)
{
  static const KilterMeasure overrides[] = { KILTER_FINAL, KILTER_OVERRIDE_ADD,
                                             KILTER_OVERRIDE_SHARE };
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterMeasure own = (KilterMeasure) selection->measure;
  const KilterMeasure *measures = &own;
  gsize n = 1;
  const KilterCellNote *newest = NULL;
  g_autoptr (GArray)
    leaves = kilter_scope_get_rows (plan, &selection->scope, kilter_measure_get_info (own)->grain);

  if (own == KILTER_FINAL || own == KILTER_OVERRIDE)
    {
      measures = overrides;
      n = G_N_ELEMENTS (overrides);
    }
  for (gsize m = 0; m < n; m++)
    for (guint i = 0; i < leaves->len; i++)
      {
        const KilterCellNote *note = kilter_plan_get_note (
          plan, kilter_page_get_version (self->page), measures[m], g_array_index (leaves, int, i),
          selection->first);

        if (note != NULL && (newest == NULL || g_strcmp0 (note->at, newest->at) > 0))
          newest = note;
      }
  return newest;
}

/* The value under the cursor, as the grid shows it: of a total that is the total. A cell that was
 * chosen on another page is read from the plan. */
static void
show_value (KilterCellPane *self, const KilterSelection *selection, int *line)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  const KilterMeasureInfo *info = kilter_measure_get_info ((KilterMeasure) selection->measure);
  KilterSubject subject = kilter_page_get_subject (self->page);
  g_autofree char *text = NULL, *unit = NULL, *shown = NULL, *label = NULL;
  KilterFormat format;
  double value;

  subject.scope = selection->scope;
  if (self->grid == NULL || !kilter_plan_grid_get_chosen (self->grid, selection, &value, &label))
    {
      g_autofree double *values = g_new (double, kilter_plan_get_n_buckets (plan));

      kilter_subject_get (&subject, info->measure, values);
      value = values[selection->first];
    }
  kilter_subject_init_format (&subject, info->measure, &value, 1, &format);
  format.number.decimals = MAX (format.number.decimals, info->unit == KILTER_UNIT_RATIO ? 1 : 0);
  text = kilter_format_value (&format, value);
  unit = kilter_format_get_unit_name (&format, plan);
  shown = info->unit == KILTER_UNIT_RATIO || isnan (value)
            ? g_strdup (text)
            : g_strdup_printf ("%s · %s", text, unit);
  add_fact (self, line, label != NULL ? label : kilter_measure_get_name (info->measure), shown,
            TRUE);
}

static void
show_status (KilterCellPane *self, int *line)
{
  KilterPlanGridStatus status;
  g_autofree char *sum = NULL, *mean = NULL, *count = NULL, *change = NULL;

  if (self->grid == NULL)
    return;
  kilter_plan_grid_get_status (self->grid, &status);
  if (status.count > 1)
    {
      count = kilter_format_count (status.count);
      if (!isnan (status.sum))
        {
          sum = kilter_format_value (&status.format, status.sum);
          add_fact (self, line, _ ("Sum"), sum, FALSE);
        }
      if (!isnan (status.mean))
        {
          mean = kilter_format_value (&status.format, status.mean);
          add_fact (self, line, _ ("Mean"), mean, FALSE);
        }
      add_fact (self, line, _ ("Numbers"), count, FALSE);
    }
  if (!isnan (status.change))
    {
      change = kilter_format_delta (&status.format, status.change);
      add_fact (self, line, _ ("To last plan"), change, FALSE);
    }
}

/* Whether what was typed moves with the next forecast. Of a total, what its parts have in common.
 */
static void
show_override (KilterCellPane *self, const KilterSelection *selection, int *line)
{
  static const KilterMeasure kinds[] = { KILTER_FINAL, KILTER_OVERRIDE_ADD, KILTER_OVERRIDE_SHARE };
  const KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autoptr (GArray) leaves = NULL;
  int n[3] = { 0 };
  double share = NAN;
  gboolean one_share = TRUE;

  if (selection->measure != KILTER_FINAL && selection->measure != KILTER_OVERRIDE)
    return;
  leaves = kilter_scope_get_rows (plan, &selection->scope, KILTER_GRAIN_SERIES);
  for (guint i = 0; i < leaves->len; i++)
    for (int k = 0; k < 3; k++)
      {
        const double *own = kilter_plan_get_own (plan, kilter_page_get_version (self->page),
                                                 kinds[k], KILTER_LAYER_INPUT,
                                                 g_array_index (leaves, int, i));

        if (own == NULL || isnan (own[selection->first]))
          continue;
        n[k]++;
        if (k == 2)
          {
            one_share &= isnan (share) || share == own[selection->first];
            share = own[selection->first];
          }
      }
  if (n[0] > 0 && n[1] + n[2] > 0)
    add_fact (self, line, _ ("Override"), _ ("Partly fixed, partly moves with the forecast"),
              FALSE);
  else if (n[0] > 0)
    add_fact (self, line, _ ("Override"), _ ("Fixed: stays when the forecast changes"), FALSE);
  else if (n[2] > 0 && n[1] == 0 && one_share)
    {
      g_autofree char *ratio = kilter_format_ratio_delta (share, 1);
      /* Translators: %s is "+5 %" */
      g_autofree char *text = g_strdup_printf (_ ("%s, moves with the forecast"), ratio);

      add_fact (self, line, _ ("Override"), text, FALSE);
    }
  else if (n[1] + n[2] > 0)
    add_fact (self, line, _ ("Override"), _ ("Moves with the forecast"), FALSE);
}

/* What the consensus stands beside. */
static void
show_statistical (KilterCellPane *self, const KilterSelection *selection, int *line)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterSubject subject = kilter_page_get_subject (self->page);
  g_autofree double *values = NULL;
  g_autofree char *text = NULL;
  KilterFormat format;

  subject.scope = selection->scope;
  if (selection->measure != KILTER_CONSENSUS || selection->n > 1)
    return;
  values = g_new (double, kilter_plan_get_n_buckets (plan));
  kilter_subject_get (&subject, KILTER_STATISTICAL, values);
  if (isnan (values[selection->first]))
    return;
  kilter_subject_init_format (&subject, KILTER_STATISTICAL, values + selection->first, 1, &format);
  text = kilter_format_value (&format, values[selection->first]);
  add_fact (self, line, _ ("Statistical"), text, FALSE);
}

/* What the judgement on top of the statistical forecast is worth. */
static void
show_effect (KilterCellPane *self, const KilterSelection *selection, int *line)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterSubject subject = { plan, kilter_page_get_version (self->page), selection->scope,
                            KILTER_DISPLAY_REVENUE };
  g_autofree double *values = g_new (double, kilter_plan_get_n_buckets (plan));
  g_autofree char *money = NULL, *text = NULL;
  double effect = 0;

  if (selection->measure != KILTER_FINAL && selection->measure != KILTER_OVERRIDE &&
      selection->measure != KILTER_CONSENSUS)
    return;
  for (int k = 0; k < (selection->measure == KILTER_CONSENSUS ? 2 : 1); k++)
    {
      KilterMeasure measure = selection->measure != KILTER_CONSENSUS ? KILTER_OVERRIDE
                              : k == 0                               ? KILTER_CONSENSUS
                                                                     : KILTER_STATISTICAL;

      kilter_subject_get (&subject, measure, values);
      for (int t = selection->first; t < selection->first + selection->n; t++)
        if (!isnan (values[t]))
          effect += k == 0 ? values[t] : -values[t];
    }
  show_statistical (self, selection, line);
  if (fabs (effect) < 0.5)
    return;
  money = kilter_format_money_delta (plan, effect);
  /* Translators: %s is an amount of money with its sign, "+$337k" */
  text = g_strdup_printf (_ ("%s revenue"), money);
  add_fact (self, line, _ ("Effect"), text, FALSE);
}

static void
show_spread (KilterCellPane *self)
{
  const KilterPlanGridSpread *spread = self->grid != NULL ? kilter_plan_grid_get_spread (self->grid)
                                                          : NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->spread_group, spread != NULL);
  if (spread == NULL)
    return;
  text = kilter_plan_grid_spread_text (&spread->result);
  self->is_filling = TRUE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->spread_row), text);
  adw_combo_row_set_selected (self->spread_row, (guint) spread->spread);
  self->is_filling = FALSE;
}

static void
show_facts (KilterCellPane *self, const KilterSelection *selection)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  const KilterMeasureInfo *info = kilter_measure_get_info ((KilterMeasure) selection->measure);
  const KilterCellNote *note = find_note (self, selection);
  GtkWidget *child;
  int line = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
  show_value (self, selection, &line);
  show_status (self, &line);
  show_override (self, selection, &line);
  show_effect (self, selection, &line);
  if (info->formula_text != NULL)
    add_fact (self, &line, _ ("Formula"), _ (info->formula_text), FALSE);
  if (note != NULL)
    {
      g_autofree char *when = note->at != NULL && *note->at != '\0'
                                ? kilter_format_when (plan, note->at)
                                : NULL;
      g_autofree char *who = when != NULL ? g_strdup_printf ("%s, %s", note->author, when)
                                          : g_strdup (note->author);

      add_fact (self, &line, _ ("Changed by"), who, FALSE);
      add_fact (self, &line, _ ("Reason"),
                note->reason != NULL && *note->reason != '\0' ? note->reason : _ ("None given"),
                FALSE);
    }
  gtk_widget_set_visible (self->edit_group, note != NULL);
}

/* A reason is kept as the word of the menu, or as that and an assumption: "Promotion: Summer
 * Splash".
 */
static gboolean
is_reason (const char *text, const char *name)
{
  gsize length = strlen (name);

  return length > 0 && strncmp (text, name, length) == 0 &&
         (text[length] == '\0' || text[length] == ':');
}

static void
fill_reasons (KilterCellPane *self, const char *current)
{
  g_autoptr (GtkStringList)
    list = kilter_reason_list_new (kilter_page_get_plan (self->page), _ ("Choose…"));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list)), chosen = 0;
  const char *assumption = "";

  for (guint i = 1; i < n && current != NULL; i++)
    {
      const char *name = gtk_string_list_get_string (list, i);

      if (!is_reason (current, name))
        continue;
      chosen = i;
      assumption = current + strlen (name);
      assumption += strspn (assumption, ": ");
    }
  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->assumption_row), assumption);
  gtk_widget_set_sensitive (GTK_WIDGET (self->assumption_row), chosen > 0);
  adw_combo_row_set_model (self->reason_row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->reason_row, chosen);
  self->is_filling = FALSE;
}

/* --- what the number takes for granted --- */

static gboolean
is_in_span (const KilterPlan *plan, const char *first, const char *last, int bucket)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  KilterBucket now = kilter_plan_get_bucket (plan, bucket);
  KilterBucket from = *first != '\0' ? kilter_bucket_from_string (kind, first) : now;
  KilterBucket to = *last != '\0' ? kilter_bucket_from_string (kind, last) : now;

  return from <= now && now <= to;
}

/* what is chosen lies in what a record names, or the other way round */
static gboolean
overlaps (int chosen, int named)
{
  return named == 0 || chosen == 0 || named == chosen;
}

static int
get_family (const KilterPlan *plan, const KilterScope *scope)
{
  const KilterRecord *product = scope->product != 0 ? kilter_plan_get_record (
                                                        plan, KILTER_TABLE_PRODUCT, scope->product)
                                                    : NULL;

  return product != NULL ? kilter_record_ref (product, KILTER_PRODUCT_FAMILY) : scope->family;
}

/* The numbers that an assumption was tied to; one that was tied to none is about its family. */
static gboolean
assumption_fits (const KilterPlan *plan, const KilterRecord *risk, const KilterSelection *selection)
{
  const KilterScope *scope = &selection->scope;
  int family = get_family (plan, scope);
  gboolean tied = FALSE;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RISK_CELL, cell)
    {
      if (kilter_record_ref (cell, KILTER_RISK_CELL_RISK) != risk->id)
        continue;
      tied = TRUE;
      if (overlaps (family, kilter_record_ref (cell, KILTER_RISK_CELL_FAMILY)) &&
          overlaps (scope->product, kilter_record_ref (cell, KILTER_RISK_CELL_PRODUCT)) &&
          overlaps (scope->region, kilter_record_ref (cell, KILTER_RISK_CELL_REGION)) &&
          overlaps (scope->channel, kilter_record_ref (cell, KILTER_RISK_CELL_CHANNEL)) &&
          is_in_span (plan, kilter_record_text (cell, KILTER_RISK_CELL_FROM),
                      kilter_record_text (cell, KILTER_RISK_CELL_TO), selection->first))
        return TRUE;
    }
  return !tied && family != 0 && kilter_record_ref (risk, KILTER_RISK_FAMILY) == family &&
         is_in_span (plan, kilter_record_text (risk, KILTER_RISK_FROM),
                     kilter_record_text (risk, KILTER_RISK_TO), selection->first);
}

static void
show_assumptions (KilterCellPane *self, const KilterSelection *selection)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  gboolean any = FALSE;

  clear_box (self->assumptions);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_RISK, risk)
    {
      const char *kind = kilter_record_text (risk, KILTER_RISK_KIND);
      const char *state = kilter_record_text (risk, KILTER_RISK_STATE);
      GtkWidget *label;

      if ((*kind != '\0' && !g_str_equal (kind, "assumption")) ||
          (*state != '\0' && !g_str_equal (state, "open")) ||
          !assumption_fits (plan, risk, selection))
        continue;
      label = gtk_label_new (kilter_record_text (risk, KILTER_RISK_TEXT));
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (self->assumptions, label);
      any = TRUE;
    }
  gtk_widget_set_visible (self->assumptions_group, any);
}

/**
 * kilter_cell_pane_refresh:
 *
 * Shows the selected cell as it is now.
 */
void
kilter_cell_pane_refresh (KilterCellPane *self)
{
  KilterSession *session = self->page != NULL ? kilter_page_get_session (self->page) : NULL;
  const KilterSelection *selection = session != NULL ? kilter_session_get_selection (session)
                                                     : NULL;
  gboolean shown = selection != NULL && selection->measure >= 0 && selection->first >= 0;

  if (session != NULL && session != self->session)
    {
      self->session = session;
      g_signal_connect_object (session, "selection-changed", G_CALLBACK (kilter_cell_pane_refresh),
                               self, G_CONNECT_SWAPPED);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->facts), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->comments_title), shown);
  gtk_widget_set_visible (self->history_button, shown);
  if (!shown)
    {
      gtk_label_set_text (self->title, _ ("Select a cell to see where its number comes from."));
      gtk_widget_set_visible (self->edit_group, FALSE);
      gtk_widget_set_visible (self->assumptions_group, FALSE);
      gtk_widget_set_visible (self->spread_group, FALSE);
      kilter_comment_thread_show (self->thread, self->page, NULL);
      return;
    }
  {
    KilterPlan *plan = kilter_page_get_plan (self->page);
    KilterSubject subject = { plan, kilter_page_get_version (self->page), selection->scope, 0 };
    g_autofree char *name = kilter_subject_get_title (&subject);
    g_autofree char *month = kilter_format_bucket (plan, selection->first);
    g_autofree char *last = kilter_format_bucket (plan, selection->first + selection->n - 1);
    g_autofree char *title = selection->n > 1 ? g_strdup_printf ("%s · %s – %s", name, month, last)
                                              : g_strdup_printf ("%s · %s", name, month);
    const KilterCellNote *note = find_note (self, selection);

    gtk_label_set_text (self->title, title);
    show_facts (self, selection);
    fill_reasons (self, note != NULL ? note->reason : NULL);
    show_spread (self);
    show_assumptions (self, selection);
    kilter_comment_thread_show (self->thread, self->page, selection);
  }
}

static void
give_reason (KilterCellPane *self, const char *assumption)
{
  guint selected = adw_combo_row_get_selected (self->reason_row);
  GtkStringObject *item;
  g_autofree char *text = NULL;

  if (self->is_filling || selected == 0 || selected == GTK_INVALID_LIST_POSITION ||
      self->grid == NULL)
    return;
  item = adw_combo_row_get_selected_item (self->reason_row);
  text = *assumption != '\0'
           ? g_strdup_printf ("%s: %s", gtk_string_object_get_string (item), assumption)
           : g_strdup (gtk_string_object_get_string (item));
  kilter_plan_grid_set_reason (self->grid, text);
}

/* another reason has another assumption */
static void
reason_selected_cb (KilterCellPane *self)
{
  give_reason (self, "");
}

static void
assumption_apply_cb (KilterCellPane *self)
{
  give_reason (self, gtk_editable_get_text (GTK_EDITABLE (self->assumption_row)));
}

void
kilter_cell_pane_set_extra (KilterCellPane *self, GtkWidget *extra)
{
  gtk_box_append (self->content, extra);
}

static void
spread_selected_cb (KilterCellPane *self)
{
  guint selected = adw_combo_row_get_selected (self->spread_row);

  if (!self->is_filling && selected <= KILTER_SPREAD_EVENLY && self->grid != NULL)
    kilter_plan_grid_set_spread (self->grid, (KilterSpread) selected);
}

static void
history_clicked_cb (KilterCellPane *self)
{
  const KilterSelection *selection = kilter_session_get_selection (
    kilter_page_get_session (self->page));

  if (selection->measure >= 0)
    kilter_history_dialog_present (GTK_WIDGET (self->page), kilter_page_get_document (self->page),
                                   kilter_page_get_version (self->page), selection);
}

static void
kilter_cell_pane_class_init (KilterCellPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/cell-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, content);
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, assumption_row);
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, title);
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, facts);
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, edit_group);
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, reason_row);
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, comments_title);
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, assumptions_group);
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, assumptions);
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, spread_group);
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, spread_row);
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, thread_box);
  gtk_widget_class_bind_template_child (widget_class, KilterCellPane, history_button);
}

static void
kilter_cell_pane_init (KilterCellPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->assumption_row, "apply", G_CALLBACK (assumption_apply_cb), self);
  g_signal_connect_swapped (self->reason_row, "notify::selected", G_CALLBACK (reason_selected_cb),
                            self);
  g_signal_connect_swapped (self->spread_row, "notify::selected", G_CALLBACK (spread_selected_cb),
                            self);
  g_signal_connect_swapped (self->history_button, "clicked", G_CALLBACK (history_clicked_cb), self);
  self->thread = KILTER_COMMENT_THREAD (kilter_comment_thread_new ());
  gtk_box_append (self->thread_box, GTK_WIDGET (self->thread));
}

void
kilter_cell_pane_attach (KilterCellPane *self, KilterPage *page, KilterPlanGrid *grid)
{
  self->page = page;
  self->grid = grid;
}
