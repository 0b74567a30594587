/* kilter-events-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-events-page.h"

#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/demand/kilter-event-dialog.h"
#include "app/widgets/kilter-chart-view.h"
#include "app/widgets/kilter-row-list.h"
#include "plan/review/kilter-review.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PAST_COLUMNS 12
#define ROW_HEIGHT 28
#define HEAD_HEIGHT 80

struct _KilterEventsPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  KilterChartView *calendar;
  GtkListBox *list;

  GtkWidget *inspector;
  GtkWidget *none;
  GtkWidget *detail;
  KilterChartView *effect;
  GtkGrid *facts;
  KilterRowList *rows; /* the chosen one is the event that the inspector shows */
  char *headline;
};

G_DEFINE_FINAL_TYPE (KilterEventsPage, kilter_events_page, KILTER_TYPE_PAGE)

/* --- rows --- */

static gboolean
is_in_scope (KilterEventsPage *self, const KilterRecord *event)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    if (kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT) == event->id &&
        kilter_scope_has_product (plan, kilter_page_get_scope (KILTER_PAGE (self)),
                                  kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT)))
      return TRUE;
  return FALSE;
}

static char *
format_span (KilterPlan *plan, const KilterRecord *event)
{
  int first, last;
  g_autofree char *from = NULL, *to = NULL;

  if (!kilter_event_get_span (plan, event, &first, &last) || first < 0 ||
      last >= kilter_plan_get_n_buckets (plan))
    return g_strdup (kilter_record_text (event, KILTER_EVENT_FIRST));
  from = kilter_format_bucket (plan, first);
  if (first == last)
    return g_steal_pointer (&from);
  to = kilter_format_bucket (plan, last);
  /* Translators: a span of months */
  return g_strdup_printf (_ ("%1$s to %2$s"), from, to);
}

static char *
format_uplift (const KilterEventWorth *worth)
{
  g_autofree char *planned = isnan (worth->planned) ? NULL
                                                    : kilter_format_ratio_delta (worth->planned, 0);
  g_autofree char *measured = isnan (worth->measured)
                                ? NULL
                                : kilter_format_ratio_delta (worth->measured, 0);

  if (planned != NULL && measured != NULL)
    /* Translators: uplift of an event, such as +30 % */
    return g_strdup_printf (_ ("%1$s planned, %2$s measured"), planned, measured);
  if (measured != NULL)
    return g_strdup_printf (_ ("%s measured"), measured);
  return planned != NULL ? g_strdup_printf (_ ("%s planned"), planned) : g_strdup ("–");
}

enum
{
  COLUMN_UPLIFT,
  COLUMN_QUANTITY,
  COLUMN_MARGIN,
  COLUMN_NET,
  COLUMN_PLAN,
  COLUMN_BUTTON,
};

static GtkWidget *
make_name (KilterEventsPage *self, const KilterRecord *event, const char *more)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *title = gtk_label_new (kilter_record_text (event, KILTER_EVENT_NAME)), *subtitle;
  g_autofree char *span = format_span (plan, event);
  g_autofree char *text = g_strdup_printf (
    "%s · %s%s%s", kilter_event_kind_get_name (kilter_record_text (event, KILTER_EVENT_KIND)), span,
    more != NULL ? "\n" : "", more != NULL ? more : "");

  subtitle = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_wrap (GTK_LABEL (subtitle), TRUE);
  gtk_widget_add_css_class (subtitle, "kilter-small");
  gtk_widget_add_css_class (subtitle, "kilter-dim");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static void
toggled_cb (GtkSwitch *widget, GParamSpec *pspec, KilterEventsPage *self)
{
  int id = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (widget), "event"));

  if (!kilter_row_list_is_filling (self->rows))
    gtk_widget_activate_action (GTK_WIDGET (self), "events.toggle", "i", id);
}

static GtkWidget *
make_switch (KilterEventsPage *self, const KilterRecord *event)
{
  GtkWidget *bin = adw_bin_new (), *widget = gtk_switch_new ();
  /* Translators: %s is an event; the switch says whether it is in the plan */
  g_autofree char *name = g_strdup_printf (_ ("%s is in the plan"),
                                           kilter_record_text (event, KILTER_EVENT_NAME));

  gtk_switch_set_active (GTK_SWITCH (widget), kilter_event_is_planned (event));
  gtk_widget_set_sensitive (widget, !kilter_page_is_read_only (KILTER_PAGE (self)));
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (widget, _ ("In the Plan"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (widget), "event", GINT_TO_POINTER (event->id));
  g_signal_connect (widget, "notify::active", G_CALLBACK (toggled_cb), self);
  adw_bin_set_child (ADW_BIN (bin), widget);
  return bin;
}

static void
add_row (KilterEventsPage *self, const KilterRecord *event)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  GtkWidget *box = kilter_row_list_start ();
  g_autofree char *uplift = NULL, *quantity = NULL, *margin = NULL, *net = NULL;
  gboolean any;
  KilterEventWorth worth;

  kilter_plan_event_worth (plan, kilter_page_get_version (KILTER_PAGE (self)), event->id, &worth);
  any = worth.own != 0 || worth.lost != 0;
  uplift = format_uplift (&worth);
  quantity = any ? kilter_format_quantity_short (worth.own + worth.lost) : g_strdup ("–");
  margin = any ? kilter_format_money_delta (plan, worth.margin) : g_strdup ("–");
  net = any ? kilter_format_money_delta (plan, worth.margin - worth.cost) : g_strdup ("–");
  if (kilter_page_is_narrow (KILTER_PAGE (self)))
    {
      gboolean none = !any && isnan (worth.planned) && isnan (worth.measured);
      g_autofree char *more = none ? NULL : g_strdup_printf ("%s · %s", uplift, net);

      gtk_box_append (GTK_BOX (box), make_name (self, event, more));
    }
  else
    {
      const char *tone = !any ? NULL : worth.margin - worth.cost < 0 ? "kilter-bad" : "kilter-good";

      gtk_box_append (GTK_BOX (box), make_name (self, event, NULL));
      kilter_row_list_append_text (self->rows, box, COLUMN_UPLIFT, uplift, 1, NULL);
      kilter_row_list_append_text (self->rows, box, COLUMN_QUANTITY, quantity, 1, NULL);
      kilter_row_list_append_text (self->rows, box, COLUMN_MARGIN, margin, 1, NULL);
      kilter_row_list_append_text (self->rows, box, COLUMN_NET, net, 1, tone);
    }
  kilter_row_list_append (self->rows, box, COLUMN_PLAN, make_switch (self, event));
  kilter_row_list_append (self->rows, box, COLUMN_BUTTON,
                          kilter_row_list_make_button ("document-edit-symbolic", _ ("Edit Event…"),
                                                       "events.edit", event->id));
  kilter_row_list_add (self->rows, box, event->id, kilter_record_text (event, KILTER_EVENT_NAME));
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const KilterRecord *x = *(const KilterRecord *const *) a, *y = *(const KilterRecord *const *) b;
  int order = strcmp (kilter_record_text (x, KILTER_EVENT_FIRST),
                      kilter_record_text (y, KILTER_EVENT_FIRST));

  return order != 0 ? -order : x->id - y->id;
}

static void
fill_list (KilterEventsPage *self)
{
  const KilterRowColumn columns[] = {
    [COLUMN_UPLIFT] = { _ ("Uplift"), 1 },       [COLUMN_QUANTITY] = { _ ("Quantity"), 1 },
    [COLUMN_MARGIN] = { _ ("Gross Margin"), 1 }, [COLUMN_NET] = { _ ("After Its Cost"), 1 },
    [COLUMN_PLAN] = { _ ("In the Plan"), 1 },    [COLUMN_BUTTON] = { "", 1 },
  };
  g_autoptr (GPtrArray) events = g_ptr_array_new ();

  KILTER_FOREACH_RECORD (kilter_page_get_plan (KILTER_PAGE (self)), KILTER_TABLE_EVENT, event)
    if (is_in_scope (self, event))
      g_ptr_array_add (events, (gpointer) event);
  g_ptr_array_sort (events, compare_events);
  kilter_row_list_begin (self->rows);
  if (!kilter_page_is_narrow (KILTER_PAGE (self)) && events->len > 0)
    kilter_row_list_add_head (self->rows, _ ("Event"), columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < events->len; i++)
    add_row (self, g_ptr_array_index (events, i));
  kilter_row_list_end (self->rows, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->list), events->len > 0);
}

/* --- inspector --- */

static void
add_fact (KilterEventsPage *self, int *line, const char *name, const char *value)
{
  GtkWidget *left = gtk_label_new (name), *right = gtk_label_new (value);

  if (value == NULL || *value == '\0')
    {
      g_object_ref_sink (left);
      g_object_ref_sink (right);
      g_object_unref (left);
      g_object_unref (right);
      return;
    }
  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_yalign (GTK_LABEL (left), 0);
  gtk_label_set_xalign (GTK_LABEL (right), 0);
  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_add_css_class (left, "dim-label");
  gtk_grid_attach (self->facts, left, 0, *line, 1, 1);
  gtk_grid_attach (self->facts, right, 1, *line, 1, 1);
  (*line)++;
}

static char *
list_products (KilterPlan *plan, int event, gboolean losing)
{
  GString *text = g_string_new (NULL);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    {
      double lost = kilter_record_number (link, KILTER_EVENT_PRODUCT_LOST);
      const char *name = kilter_plan_get_product_name (
        plan, kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT));

      if (kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT) != event || isnan (lost) == losing)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", name);
      if (losing)
        {
          g_autofree char *share = kilter_format_ratio (lost, 0);

          g_string_append_printf (text, " · %s", share);
        }
    }
  return g_string_free (text, FALSE);
}

static void
show_detail (KilterEventsPage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  const KilterRecord *event = kilter_row_list_get_chosen (self->rows) != 0
                                ? kilter_plan_get_record (subject.plan, KILTER_TABLE_EVENT,
                                                          kilter_row_list_get_chosen (self->rows))
                                : NULL;
  GtkWidget *child;
  int line = 0;

  gtk_widget_set_visible (self->none, event == NULL);
  gtk_widget_set_visible (self->detail, event != NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
  kilter_chart_view_set_chart (
    self->effect, event != NULL
                    ? kilter_figure_event_effect (&subject, kilter_row_list_get_chosen (self->rows))
                    : NULL);
  if (event == NULL)
    return;
  {
    g_autofree char *own = list_products (subject.plan, event->id, FALSE);
    g_autofree char *lost = list_products (subject.plan, event->id, TRUE);
    g_autofree char *revenue = NULL, *quantity = NULL, *taken = NULL, *cost = NULL, *sure = NULL;
    KilterEventWorth worth;
    double confidence = kilter_record_number (event, KILTER_EVENT_CONFIDENCE);

    kilter_plan_event_worth (subject.plan, subject.version, event->id, &worth);
    quantity = kilter_format_quantity (worth.own);
    taken = kilter_format_quantity (-worth.lost);
    revenue = kilter_format_money_delta (subject.plan, worth.revenue);
    cost = kilter_format_money_delta (subject.plan, -worth.cost);
    sure = isnan (confidence) ? NULL : kilter_format_ratio (confidence, 0);
    add_fact (self, &line, _ ("Products"), own);
    add_fact (self, &line, _ ("Lose to it"), lost);
    add_fact (self, &line, _ ("They sell more"), worth.own != 0 ? quantity : NULL);
    add_fact (self, &line, _ ("Others sell less"), worth.lost != 0 ? taken : NULL);
    add_fact (self, &line, _ ("Revenue"), worth.revenue != 0 ? revenue : NULL);
    add_fact (self, &line, C_ ("event or decision", "Cost"), worth.cost > 0 ? cost : NULL);
    add_fact (self, &line, _ ("Confidence"), sure);
    add_fact (self, &line, _ ("Owner"),
              kilter_plan_get_key (subject.plan, KILTER_TABLE_PERSON,
                                   kilter_record_ref (event, KILTER_EVENT_OWNER)));
    add_fact (self, &line, _ ("Note"), kilter_record_text (event, KILTER_EVENT_NOTE));
  }
}

static GtkWidget *
make_inspector (KilterEventsPage *self)
{
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *none = gtk_label_new (_ ("Choose an event to see what it does."));

  self->detail = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->effect = KILTER_CHART_VIEW (kilter_chart_view_new ());
  self->facts = GTK_GRID (gtk_grid_new ());
  self->none = none;
  gtk_label_set_wrap (GTK_LABEL (none), TRUE);
  gtk_label_set_xalign (GTK_LABEL (none), 0);
  gtk_widget_add_css_class (none, "dim-label");
  gtk_grid_set_column_spacing (self->facts, 12);
  gtk_grid_set_row_spacing (self->facts, 4);
  gtk_widget_set_size_request (GTK_WIDGET (self->effect), -1, 240);
  kilter_chart_view_set_file_name (self->effect, "event");
  gtk_box_append (GTK_BOX (self->detail), GTK_WIDGET (self->effect));
  gtk_box_append (GTK_BOX (self->detail), GTK_WIDGET (self->facts));
  gtk_box_append (GTK_BOX (box), none);
  gtk_box_append (GTK_BOX (box), self->detail);
  gtk_widget_set_margin_start (box, 14);
  gtk_widget_set_margin_end (box, 14);
  gtk_widget_set_margin_bottom (box, 14);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), box);
  return window;
}

/* --- the page --- */

static void
kilter_events_page_refresh (KilterPage *page, KilterChange change)
{
  KilterEventsPage *self = KILTER_EVENTS_PAGE (page);
  KilterSubject subject = kilter_page_get_subject (page);
  int cycle = kilter_plan_get_n_history (subject.plan), first = MAX (cycle - PAST_COLUMNS, 0);
  int n_rows = 0;
  KilterChart *chart = kilter_figure_events (
    &subject, first, kilter_plan_get_n_buckets (subject.plan) - first, &n_rows);
  gboolean empty = chart == NULL &&
                   kilter_plan_count_records (subject.plan, KILTER_TABLE_EVENT) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  g_free (self->headline);
  self->headline = chart != NULL ? g_strdup (kilter_chart_get_title (chart)) : NULL;
  kilter_chart_view_set_session (self->calendar, kilter_page_get_session (page), first);
  gtk_widget_set_size_request (GTK_WIDGET (self->calendar), -1, HEAD_HEIGHT + ROW_HEIGHT * n_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->calendar), chart != NULL);
  kilter_chart_view_set_chart (self->calendar, chart);
  fill_list (self);
  show_detail (self);
  kilter_page_set_primary_enabled (page, !kilter_page_is_read_only (page));
}

static char *
kilter_events_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_EVENTS_PAGE (page)->headline);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_event_dialog_present (KILTER_PAGE (widget), g_variant_get_int32 (parameter));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_event_dialog_present (KILTER_PAGE (widget), 0);
}

/* A lever: the event comes into the plan, or goes out of it. */
static void
toggle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  KilterPlan *plan = kilter_page_get_plan (page);
  const KilterRecord *event = kilter_plan_get_record (plan, KILTER_TABLE_EVENT,
                                                      g_variant_get_int32 (parameter));
  gboolean planned;
  g_autofree char *label = NULL;
  KilterCommand *command;

  if (event == NULL)
    return;
  planned = kilter_event_is_planned (event);
  /* Translators: %s is an event */
  label = g_strdup_printf (planned ? _ ("%s is out of the plan") : _ ("%s is in the plan"),
                           kilter_record_text (event, KILTER_EVENT_NAME));
  command = kilter_command_new ("event", label);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_EVENT, event->id, KILTER_EVENT_STATE,
                                 planned ? "proposed" : "planned");
  kilter_page_apply (page, command, label);
}

static void
kilter_events_page_dispose (GObject *object)
{
  KilterEventsPage *self = KILTER_EVENTS_PAGE (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->inspector);
  g_clear_pointer (&self->headline, g_free);

  G_OBJECT_CLASS (kilter_events_page_parent_class)->dispose (object);
}

static void
kilter_events_page_class_init (KilterEventsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);
  static const char *const edits[] = { "events.edit", "events.new", "events.toggle", NULL };

  G_OBJECT_CLASS (klass)->dispose = kilter_events_page_dispose;
  page_class->edit_actions = edits;
  page_class->refresh = kilter_events_page_refresh;
  page_class->get_headline = kilter_events_page_get_headline;

  g_type_ensure (KILTER_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/events-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterEventsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterEventsPage, calendar);
  gtk_widget_class_bind_template_child (widget_class, KilterEventsPage, list);
  gtk_widget_class_install_action (widget_class, "events.edit", "i", edit_action);
  gtk_widget_class_install_action (widget_class, "events.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "events.toggle", "i", toggle_action);
}

static void
kilter_events_page_init (KilterEventsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Events"));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_PRODUCT);
  kilter_chart_view_set_file_name (self->calendar, "events");
  self->inspector = g_object_ref_sink (make_inspector (self));
  kilter_page_set_inspector (KILTER_PAGE (self), self->inspector);
  kilter_page_set_inspector_title (KILTER_PAGE (self), _ ("Event"));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->calendar));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->list));
  self->rows = kilter_row_list_new (self->list);
  g_signal_connect_swapped (self->rows, "chosen", G_CALLBACK (show_detail), self);
}
