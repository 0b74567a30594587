/* kilter-sidebar.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-sidebar.h"

#include <glib/gi18n-lib.h>

#include "report/words/kilter-format.h"
#include "app/widgets/kilter-step-marker.h"
#include "app/window/kilter-views.h"
#include "plan/process/kilter-cycle.h"

typedef struct
{
  const KilterViewInfo *view;
  GtkWidget *row;
  GtkWidget *marker; /* of steps */
  GtkWidget *badge;  /* open issues, or how many */
} Entry;

struct _KilterSidebar
{
  AdwBin parent_instance;

  GtkMenuButton *cycle_button;
  GtkLabel *cycle_label;
  GtkLabel *cycle_subtitle;
  GtkListBox *list;

  KilterDocument *document;
  KilterSession *session;
  GArray *entries;
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KilterSidebar, kilter_sidebar, ADW_TYPE_BIN)

/* --- rows ---------------------------------------------------------------------------------------
 */

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "kilter-sidebar-heading");
  return label;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const KilterViewInfo *view = g_object_get_data (G_OBJECT (row), "view");
  const KilterViewInfo *previous = before != NULL ? g_object_get_data (G_OBJECT (before), "view")
                                                  : NULL;
  GtkWidget *heading = NULL;

  if (view->step > 0 && (previous == NULL || previous->step == 0))
    heading = make_heading (_ ("Monthly Cycle"));
  else if (view->step == 0 && previous != NULL && previous->step > 0)
    heading = make_heading (_ ("Plan"));
  gtk_list_box_row_set_header (row, heading);
}

static void
add_entry (KilterSidebar *self, const KilterViewInfo *view)
{
  Entry entry = { .view = view };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (_ (view->title));

  if (view->step > 0)
    entry.marker = kilter_step_marker_new (view->step, 20);
  gtk_box_append (GTK_BOX (box),
                  entry.marker != NULL ? entry.marker : gtk_image_new_from_icon_name (view->icon));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  entry.badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (entry.badge, view->step > 0 ? "kilter-badge" : "dim-label");
  gtk_widget_add_css_class (entry.badge, "numeric");
  gtk_widget_set_valign (entry.badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (entry.badge, FALSE);
  gtk_box_append (GTK_BOX (box), entry.badge);

  entry.row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (entry.row), box);
  g_object_set_data (G_OBJECT (entry.row), "view", (gpointer) view);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry.row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (view->title), -1);
  gtk_list_box_append (self->list, entry.row);
  g_array_append_val (self->entries, entry);
}

/* "Step 3 of 6, Supply Review, in progress, 2 open" */
static void
describe_step (Entry *entry, KilterStepState state, int issues)
{
  g_autofree char *open = NULL;
  g_autofree char *text = NULL;

  open = g_strdup_printf (ngettext ("%d open", "%d open", (gulong) issues), issues);
  if (issues > 0)
    /* Translators: for screen readers: number, name, state and open issues of a step */
    text = g_strdup_printf (_ ("Step %1$d of 6, %2$s, %3$s, %4$s"), entry->view->step,
                            _ (entry->view->title), kilter_format_step_state ((int) state), open);
  else
    text = g_strdup_printf (_ ("Step %1$d of 6, %2$s, %3$s"), entry->view->step,
                            _ (entry->view->title), kilter_format_step_state ((int) state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry->row), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
  gtk_widget_set_tooltip_text (entry->badge, issues > 0 ? open : NULL);
}

static void
refresh_step (KilterSidebar *self, Entry *entry, KilterPlan *plan)
{
  const KilterRecord *step = kilter_plan_get_step (plan, entry->view->step);
  KilterStepState state = step != NULL ? kilter_step_get_state (step) : KILTER_STEP_NOT_STARTED;
  g_autofree char *count = NULL;
  int issues;

  issues = state == KILTER_STEP_IN_PROGRESS || state == KILTER_STEP_REOPENED
             ? kilter_plan_count_open_issues (plan, kilter_session_get_version (self->session),
                                              entry->view->step)
             : 0;
  kilter_step_marker_set_state (KILTER_STEP_MARKER (entry->marker), state);
  count = kilter_format_count (issues);
  gtk_label_set_label (GTK_LABEL (entry->badge), count);
  gtk_widget_set_visible (entry->badge, issues > 0);
  describe_step (entry, state, issues);
}

static int
count_scenarios (KilterPlan *plan)
{
  int n = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (!kilter_plan_is_snapshot (plan, version->id))
      n++;
  return n;
}

/* --- the cycle ----------------------------------------------------------------------------------
 */

/* "Supply Review due tomorrow" */
static char *
cycle_sentence (KilterPlan *plan)
{
  int number = kilter_plan_get_open_step (plan);
  const KilterRecord *step = number > 0 ? kilter_plan_get_step (plan, number) : NULL;
  const char *due = step != NULL ? kilter_record_text (step, KILTER_STEP_DUE) : NULL;
  const char *name = number > 0 ? kilter_step_get_name (number) : NULL;
  int days = kilter_format_days_until (plan, due);
  g_autofree char *date = NULL;

  if (step == NULL)
    return g_strdup (_ ("All steps are finished"));
  if (days == G_MAXINT)
    /* Translators: %s is a step of the cycle */
    return g_strdup_printf (_ ("%s is open"), name);
  if (days == 0)
    return g_strdup_printf (_ ("%s due today"), name);
  if (days == 1)
    return g_strdup_printf (_ ("%s due tomorrow"), name);
  if (days < 0)
    return g_strdup_printf (
      ngettext ("%1$s late by %2$d day", "%1$s late by %2$d days", (gulong) -days), name, -days);
  date = kilter_format_day (plan, due);
  /* Translators: %1$s is a step of the cycle, %2$s a date */
  return g_strdup_printf (_ ("%1$s due %2$s"), name, date);
}

static GMenuModel *
make_cycle_menu (KilterPlan *plan)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) steps = g_menu_new ();
  g_autoptr (GMenu) past = g_menu_new ();

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    {
      g_autofree char *action = NULL;

      if (!kilter_plan_is_snapshot (plan, version->id) ||
          g_strcmp0 (kilter_record_text (version, KILTER_VERSION_KIND), "approved") != 0)
        continue;
      action = g_strdup_printf ("win.version(%d)", version->id);
      g_menu_append (past, kilter_record_text (version, KILTER_VERSION_NAME), action);
    }
  g_menu_append (steps, _ ("Start Next Cycle…"), "win.next-cycle");
  g_menu_append (steps, _ ("Cycle Calendar…"), "win.cycle-calendar");
  g_menu_append (steps, _ ("Cycle Template…"), "win.cycle-template");
  if (g_menu_model_get_n_items (G_MENU_MODEL (past)) > 0)
    g_menu_append_section (menu, _ ("Approved Plans"), G_MENU_MODEL (past));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (steps));
  return G_MENU_MODEL (menu);
}

static void
refresh_cycle (KilterSidebar *self, KilterPlan *plan)
{
  g_autofree char *label = kilter_format_bucket (plan, kilter_plan_get_n_history (plan));
  g_autofree char *sentence = cycle_sentence (plan);
  g_autoptr (GMenuModel) menu = make_cycle_menu (plan);

  gtk_label_set_label (self->cycle_label, label);
  gtk_label_set_label (self->cycle_subtitle, sentence);
  gtk_menu_button_set_menu_model (self->cycle_button, menu);
}

/* --- callbacks ----------------------------------------------------------------------------------
 */

static void
row_activated_cb (KilterSidebar *self, GtkListBoxRow *row)
{
  const KilterViewInfo *view = g_object_get_data (G_OBJECT (row), "view");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", view->key);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

/* The row of the view is the selected one, even while the focus passes through others. */
static void
view_cb (KilterSidebar *self)
{
  const char *key;

  if (self->session == NULL)
    return;
  key = kilter_session_get_view (self->session);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = &g_array_index (self->entries, Entry, i);

      if (g_strcmp0 (entry->view->key, key) == 0)
        gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (entry->row));
    }
}

/* --- vfuncs and init ----------------------------------------------------------------------------
 */

static void
kilter_sidebar_dispose (GObject *object)
{
  KilterSidebar *self = KILTER_SIDEBAR (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->document);
  g_clear_object (&self->session);
  g_clear_pointer (&self->entries, g_array_unref);
  G_OBJECT_CLASS (kilter_sidebar_parent_class)->dispose (object);
}

static void
kilter_sidebar_class_init (KilterSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_sidebar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterSidebar, cycle_button);
  gtk_widget_class_bind_template_child (widget_class, KilterSidebar, cycle_label);
  gtk_widget_class_bind_template_child (widget_class, KilterSidebar, cycle_subtitle);
  gtk_widget_class_bind_template_child (widget_class, KilterSidebar, list);

  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kilter_sidebar_init (KilterSidebar *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (self->list, "selected-rows-changed", G_CALLBACK (view_cb), self);
  for (guint i = 0; i < kilter_views_get_n (); i++)
    if (kilter_view_has_pages (kilter_views_get (i)))
      add_entry (self, kilter_views_get (i));
}

/* --- public API ---------------------------------------------------------------------------------
 */

/**
 * kilter_sidebar_set_document:
 * @document: (nullable): the plan, or %NULL to let go of it
 */
void
kilter_sidebar_set_document (KilterSidebar *self, KilterDocument *document, KilterSession *session)
{
  g_return_if_fail (KILTER_IS_SIDEBAR (self));

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->document, document);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (session, "notify::view", G_CALLBACK (view_cb), self,
                             G_CONNECT_SWAPPED);
  kilter_sidebar_refresh (self, KILTER_CHANGE_ALL);
}

/**
 * kilter_sidebar_refresh:
 *
 * Shows states, counts and dates anew. Issues depend on numbers, so any change of the plan counts.
 */
void
kilter_sidebar_refresh (KilterSidebar *self, KilterChange change)
{
  KilterPlan *plan;

  g_return_if_fail (KILTER_IS_SIDEBAR (self));
  if (self->document == NULL ||
      (change & (KILTER_CHANGE_RECORDS | KILTER_CHANGE_VALUES | KILTER_CHANGE_VERSION)) == 0)
    return;
  plan = kilter_document_get_plan (self->document);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = &g_array_index (self->entries, Entry, i);

      if (entry->marker != NULL)
        refresh_step (self, entry, plan);
      else if (g_str_equal (entry->view->key, "scenarios"))
        {
          g_autofree char *count = kilter_format_count (count_scenarios (plan));

          gtk_label_set_label (GTK_LABEL (entry->badge), count);
          gtk_widget_set_visible (entry->badge, TRUE);
        }
    }
  if ((change & KILTER_CHANGE_RECORDS) != 0)
    refresh_cycle (self, plan);
}

void
kilter_sidebar_focus (KilterSidebar *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (KILTER_IS_SIDEBAR (self));
  row = gtk_list_box_get_selected_row (self->list);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->list));
}
