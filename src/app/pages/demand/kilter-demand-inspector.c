/* kilter-demand-inspector.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-demand-inspector.h"

#include "app/pages/common/kilter-cell-pane.h"
#include "app/widgets/kilter-chart-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define VALUE_ADDED_BUCKETS 6
#define CHANGE_BUCKETS 12
#define MAX_CHANGES 12

struct _KilterDemandInspector
{
  AdwBin parent_instance;

  AdwViewStack *stack;
  AdwViewStackPage *changes_page;
  KilterChartView *value_added;
  GtkLabel *value_added_note;
  GtkLabel *worse;
  GtkExpander *people_expander;
  GtkBox *people;
  KilterCellPane *cell_pane;
  GtkWidget *waiting_group;
  GtkLabel *waiting_title;
  GtkListBox *waiting;
  GtkWidget *decided_group;
  GtkListBox *decided;
  GtkListBox *changes;
  GtkLabel *changes_note;

  KilterPage *page; /* not owned: the page owns the inspector */
};

G_DEFINE_FINAL_TYPE (KilterDemandInspector, kilter_demand_inspector, ADW_TYPE_BIN)

/* --- small pieces --- */

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

static GtkWidget *
make_two_lines (const char *title, const char *subtitle)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *small;

  gtk_box_append (GTK_BOX (box), make_label (title, NULL));
  small = make_label (subtitle, "kilter-small");
  gtk_widget_add_css_class (small, "kilter-dim");
  gtk_widget_set_visible (small, subtitle != NULL && *subtitle != '\0');
  gtk_box_append (GTK_BOX (box), small);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

/* Who and why, as far as it is known: "Marco Bianchi: Promotion". */
static char *
describe_note (const KilterCellNote *note)
{
  if (note == NULL || note->author == NULL)
    return NULL;
  if (note->reason == NULL || *note->reason == '\0')
    /* Translators: %s is a person */
    return g_strdup_printf (_ ("%s, no reason given"), note->author);
  /* Translators: a person, and the reason that he gave */
  return g_strdup_printf (_ ("%1$s: %2$s"), note->author, note->reason);
}

/* --- forecast value added --- */

static char *
describe_person (const KilterPersonValue *person)
{
  g_autofree char *points = NULL;
  KilterNumberFormat format = { .decimals = 1, .scale = 0.01, .sign = TRUE };

  points = kilter_number_format (person->before - person->after, &format);
  /* Translators: a person, what he sent in, points of error that it removed, of six periods those
   * in which it was worse */
  return g_strdup_printf (ngettext ("%1$s, %2$s: %3$s points, worse in %4$d of %5$d period",
                                    "%1$s, %2$s: %3$s points, worse in %4$d of %5$d periods",
                                    (gulong) person->n_buckets),
                          person->person, kilter_measure_get_name (person->measure), points,
                          person->n_worse, person->n_buckets);
}

static void
show_people (KilterDemandInspector *self, const KilterSubject *subject)
{
  g_autoptr (GArray) people = kilter_plan_value_added_people (subject->plan, subject->version,
                                                              &subject->scope, VALUE_ADDED_BUCKETS);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->people))) != NULL)
    gtk_box_remove (self->people, child);
  for (guint i = 0; i < people->len; i++)
    {
      const KilterPersonValue *person = &g_array_index (people, KilterPersonValue, i);
      g_autofree char *text = describe_person (person);

      gtk_box_append (
        self->people,
        make_label (text, person->after > person->before ? "kilter-bad" : "kilter-good"));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->people_expander), people->len > 0);
}

static void
show_value_added (KilterDemandInspector *self, const KilterSubject *subject)
{
  KilterValueAdded added;
  KilterChart *chart;
  g_autofree char *worse = NULL;

  kilter_plan_value_added (subject->plan, subject->version, &subject->scope, VALUE_ADDED_BUCKETS, 1,
                           &added);
  chart = kilter_figure_value_added (&added);
  worse = kilter_headline_value_added (&added);
  gtk_widget_set_visible (GTK_WIDGET (self->value_added), chart != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->value_added_note), chart == NULL);
  kilter_chart_view_set_chart (self->value_added, chart);
  gtk_label_set_text (self->worse, worse != NULL ? worse : "");
  gtk_widget_set_visible (GTK_WIDGET (self->worse), worse != NULL);
  show_people (self, subject);
}

/* --- what waits for approval --- */

static char *
format_change (const KilterSubject *subject, const KilterFenceChange *change)
{
  KilterSubject one = {
    subject->plan, subject->version, { .product = change->product }, KILTER_DISPLAY_CASES
  };
  KilterFormat format;
  double larger = fmax (change->before, change->after);
  g_autofree char *before = NULL, *after = NULL;

  kilter_subject_init_format (&one, KILTER_CONSENSUS, &larger, 1, &format);
  after = kilter_format_value (&format, change->after);
  if (isnan (change->before))
    return g_steal_pointer (&after);
  before = kilter_format_value (&format, change->before);
  return g_strdup_printf ("%s → %s", before, after);
}

static GtkWidget *
make_button (const char *label, const KilterFenceChange *change, gboolean approve)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "demand.decide");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(iib)", change->product,
                                    change->bucket, approve);
  if (approve)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static GtkWidget *
make_waiting_row (const KilterSubject *subject, const KilterFenceChange *change)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *product = kilter_plan_get_product_name (subject->plan, change->product);
  g_autofree char *month = kilter_format_bucket (subject->plan, change->bucket);
  g_autofree char *numbers = format_change (subject, change);
  g_autofree char *who = describe_note (change->note);
  g_autofree char *title = g_strdup_printf ("%s · %s", product, month);
  g_autofree char *subtitle = who != NULL ? g_strdup_printf ("%s\n%s", numbers, who)
                                          : g_strdup (numbers);

  gtk_widget_add_css_class (box, "kilter-row-box");
  gtk_box_append (GTK_BOX (box), make_two_lines (title, subtitle));
  gtk_box_append (GTK_BOX (buttons), make_button (_ ("Approve"), change, TRUE));
  gtk_box_append (GTK_BOX (buttons), make_button (_ ("Refuse"), change, FALSE));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

static GtkWidget *
make_decided_row (const KilterSubject *subject, const KilterFenceChange *change)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = NULL;
  const KilterRecord *approval = kilter_plan_get_record (subject->plan, KILTER_TABLE_APPROVAL,
                                                         change->approval);
  g_autofree char *month = kilter_format_bucket (subject->plan, change->bucket);
  g_autofree char *numbers = format_change (subject, change);
  g_autofree char *title = g_strdup_printf (
    "%s · %s", kilter_plan_get_product_name (subject->plan, change->product), month);
  const char *by = kilter_record_text (approval, KILTER_APPROVAL_DECIDED_BY);
  g_autofree char *decision = g_strdup_printf (change->state == KILTER_FENCE_APPROVED
                                                 /* Translators: %s is a person */
                                                 ? _ ("Approved by %s")
                                                 : _ ("Refused by %s"),
                                               by);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", numbers, decision);

  box = make_two_lines (title, subtitle);
  gtk_widget_add_css_class (box, "kilter-row-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
show_fence (KilterDemandInspector *self, const KilterSubject *subject)
{
  g_autoptr (GArray) changes = kilter_plan_find_fence_changes (subject->plan, subject->version);
  g_autofree char *title = NULL;
  guint n_waiting = 0, n_decided = 0;

  gtk_list_box_remove_all (self->waiting);
  gtk_list_box_remove_all (self->decided);
  for (guint i = 0; i < changes->len; i++)
    {
      const KilterFenceChange *change = &g_array_index (changes, KilterFenceChange, i);

      if (change->state == KILTER_FENCE_WAITING)
        {
          gtk_list_box_append (self->waiting, make_waiting_row (subject, change));
          n_waiting++;
        }
      else
        {
          gtk_list_box_append (self->decided, make_decided_row (subject, change));
          n_decided++;
        }
    }
  title = g_strdup_printf (
    ngettext ("%d Change Waits for Approval", "%d Changes Wait for Approval", (gulong) n_waiting),
    (int) n_waiting);
  gtk_label_set_text (self->waiting_title, title);
  gtk_widget_set_visible (self->waiting_group, n_waiting > 0);
  gtk_widget_set_visible (self->decided_group, n_decided > 0);
  adw_view_stack_page_set_badge_number (self->changes_page, n_waiting);
  adw_view_stack_page_set_needs_attention (self->changes_page, n_waiting > 0);
}

/* --- what changed --- */

static GtkWidget *
make_change_row (const KilterSubject *subject, const KilterProductChange *change)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1), *label;
  const char *name = kilter_plan_get_product_name (subject->plan, change->product);
  g_autofree char *who = describe_note (change->note);
  g_autofree char *subtitle = who != NULL
                                ? g_strdup_printf ("%s · %s",
                                                   kilter_driver_get_name (change->driver), who)
                                : g_strdup (kilter_driver_get_name (change->driver));
  g_autofree char *ratio = isnan (change->ratio) ? g_strdup (C_ ("status of a product", "New"))
                                                 : kilter_format_ratio_delta (change->ratio, 1);
  g_autofree char *money = kilter_format_money_delta (subject->plan, change->money);

  gtk_widget_add_css_class (box, "kilter-row-box");
  gtk_box_append (GTK_BOX (box), make_two_lines (name, subtitle));
  label = gtk_label_new (ratio);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (figures), label);
  label = gtk_label_new (money);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "kilter-small");
  gtk_widget_add_css_class (label, change->money < 0 ? "kilter-bad" : "kilter-good");
  gtk_box_append (GTK_BOX (figures), label);
  gtk_widget_set_valign (figures, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), figures);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "demand.show-product");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", change->product);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
show_changes (KilterDemandInspector *self, const KilterSubject *subject)
{
  g_autoptr (GArray) changes = kilter_plan_product_changes (subject->plan, subject->version,
                                                            &subject->scope, CHANGE_BUCKETS);
  gboolean known = kilter_plan_get_last_cycle (subject->plan) != 0;

  gtk_list_box_remove_all (self->changes);
  for (guint i = 0; i < MIN (changes->len, MAX_CHANGES); i++)
    gtk_list_box_append (
      self->changes, make_change_row (subject, &g_array_index (changes, KilterProductChange, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->changes), changes->len > 0);
  gtk_label_set_text (self->changes_note,
                      known ? _ ("Demand is what the last approved plan says.")
                            : _ ("Changes show when a plan of an earlier cycle was approved."));
  gtk_widget_set_visible (GTK_WIDGET (self->changes_note), changes->len == 0);
}

/* --- making --- */

static GtkWidget *
make_details (KilterDemandInspector *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->value_added = KILTER_CHART_VIEW (kilter_chart_view_new ());
  self->value_added_note = GTK_LABEL (
    make_label (_ ("Forecast value added needs forecasts of earlier periods."), "dim-label"));
  self->worse = GTK_LABEL (make_label ("", "kilter-bad"));
  self->people = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->people_expander = GTK_EXPANDER (gtk_expander_new (_ ("By Person")));
  self->cell_pane = g_object_new (KILTER_TYPE_CELL_PANE, "vexpand", TRUE, NULL);
  gtk_expander_set_child (self->people_expander, GTK_WIDGET (self->people));
  /* only labels; and a closed expander would send the focus into a child that has no root */
  gtk_widget_set_can_focus (GTK_WIDGET (self->people), FALSE);
  gtk_widget_set_margin_top (GTK_WIDGET (self->people), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->people), "kilter-small");
  gtk_widget_set_size_request (GTK_WIDGET (self->value_added), -1, 205);
  kilter_chart_view_set_explorable (self->value_added, FALSE);
  kilter_chart_view_set_file_name (self->value_added, "value-added");
  gtk_widget_set_margin_start (top, 14);
  gtk_widget_set_margin_end (top, 14);
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->value_added));
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->value_added_note));
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->worse));
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->people_expander));
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->cell_pane));
  return box;
}

static GtkWidget *
make_group (const char *title, GtkListBox **out_list, GtkLabel **out_title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *label = make_label (title, "heading");
  GtkWidget *list = make_list ();

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), list);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                  NULL, -1);
  *out_list = GTK_LIST_BOX (list);
  if (out_title != NULL)
    *out_title = GTK_LABEL (label);
  return box;
}

static GtkWidget *
make_changes (KilterDemandInspector *self)
{
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18), *group;

  self->waiting_group = make_group ("", &self->waiting, &self->waiting_title);
  group = make_group (_ ("Changed Most Since the Last Cycle"), &self->changes, NULL);
  self->changes_note = GTK_LABEL (make_label ("", "dim-label"));
  gtk_box_append (GTK_BOX (group), GTK_WIDGET (self->changes_note));
  self->decided_group = make_group (_ ("Decided in This Cycle"), &self->decided, NULL);
  gtk_widget_set_margin_start (box, 14);
  gtk_widget_set_margin_end (box, 14);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 14);
  gtk_box_append (GTK_BOX (box), self->waiting_group);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), self->decided_group);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), box);
  return window;
}

/* --- actions: the inspector stands beside the page, not in it --- */

/* A product, a bucket, and whether the change inside the fence is approved. */
static void
decide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_DEMAND_INSPECTOR (widget)->page;
  KilterDocument *document = kilter_page_get_document (page);
  g_autofree char *now = kilter_document_get_now (document);
  g_autoptr (GError) error = NULL;
  KilterCommand *command;
  int product, bucket;
  gboolean approve;

  g_variant_get (parameter, "(iib)", &product, &bucket, &approve);
  command = kilter_fence_decide (kilter_page_get_plan (page), kilter_page_get_version (page),
                                 product, bucket, approve, kilter_document_get_user (document), now,
                                 NULL, &error);
  if (command == NULL)
    {
      kilter_page_report (page, error);
      return;
    }
  {
    g_autofree char *label = g_strdup (kilter_command_get_label (command));

    kilter_page_apply (page, command, label);
  }
}

static void
show_product_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (KILTER_DEMAND_INSPECTOR (widget)->page),
                                      "win.set-scope-product", parameter);
}

static void
kilter_demand_inspector_class_init (KilterDemandInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "demand.decide", "(iib)", decide_action);
  gtk_widget_class_install_action (widget_class, "demand.show-product", "i", show_product_action);
}

static void
kilter_demand_inspector_init (KilterDemandInspector *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *switcher = adw_inline_view_switcher_new ();

  self->stack = ADW_VIEW_STACK (adw_view_stack_new ());
  adw_view_stack_add_titled (self->stack, make_details (self), "details", _ ("Details"));
  self->changes_page = adw_view_stack_add_titled (self->stack, make_changes (self), "changes",
                                                  _ ("Changes"));
  adw_inline_view_switcher_set_stack (ADW_INLINE_VIEW_SWITCHER (switcher), self->stack);
  adw_inline_view_switcher_set_homogeneous (ADW_INLINE_VIEW_SWITCHER (switcher), TRUE);
  gtk_widget_set_margin_start (switcher, 14);
  gtk_widget_set_margin_end (switcher, 14);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

KilterDemandInspector *
kilter_demand_inspector_new (KilterPage *page, KilterPlanGrid *grid)
{
  KilterDemandInspector *self = g_object_new (KILTER_TYPE_DEMAND_INSPECTOR, NULL);

  self->page = page;
  kilter_cell_pane_attach (self->cell_pane, page, grid);
  return self;
}

void
kilter_demand_inspector_refresh (KilterDemandInspector *self, const KilterSubject *subject)
{
  show_value_added (self, subject);
  show_fence (self, subject);
  show_changes (self, subject);
  kilter_cell_pane_refresh (self->cell_pane);
}

void
kilter_demand_inspector_show (KilterDemandInspector *self, const char *page)
{
  adw_view_stack_set_visible_child_name (self->stack, page);
}
