/* kilter-data-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-data-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/widgets/kilter-tone.h"
#include "app/pages/common/kilter-cell-pane.h"
#include "app/pages/common/kilter-page-subject.h"
#include "app/pages/common/kilter-plan-grid.h"
#include "app/pages/forecast/kilter-forecast-dialogs.h"
#include "app/pages/forecast/kilter-forecast-parts.h"
#include "exchange/import/kilter-import.h"

struct _KilterDataPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  GtkListBox *sources;
  GtkListBox *checks;
  GtkWidget *sources_empty;
  AdwBin *grid_bin;

  KilterPlanGrid *grid;
  KilterGrid *view; /* not owned */
  GtkWidget *inspector;
  KilterCellPane *pane;
  gboolean is_placed;
  int n_problems;
};

G_DEFINE_FINAL_TYPE (KilterDataPage, kilter_data_page, KILTER_TYPE_PAGE)

/* --- sources ------------------------------------------------------------------------------------
 */

static GtkWidget *
make_label (const char *text, double xalign, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), (float) xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
append_part (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static const char *
get_kind_name (const char *key)
{
  KilterImportKind kind;

  return kilter_import_kind_from_string (key, &kind) ? kilter_import_kind_get_name (kind) : key;
}

static char *
get_last (KilterPlan *plan, const KilterRecord *source)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  const char *text = kilter_record_text (source, KILTER_SOURCE_LAST);
  KilterBucket bucket = *text != '\0' ? kilter_bucket_from_string (kind, text) : KILTER_BUCKET_NONE;
  g_autofree char *label = NULL;

  if (bucket == KILTER_BUCKET_NONE)
    return g_strdup ("");
  label = kilter_bucket_get_label (kind, bucket);
  /* Translators: %s is the last month of imported data */
  return g_strdup_printf (_ ("to %s"), label);
}

static char *
get_details (KilterPlan *plan, const KilterRecord *source)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double n = kilter_record_number (source, KILTER_SOURCE_ROWS);
  g_autofree char *last = get_last (plan, source);

  append_part (text, kilter_record_text (source, KILTER_SOURCE_FILE));
  if (!isnan (n))
    {
      g_autofree char *count = kilter_format_count ((gint64) n);
      /* Translators: %s is a number */
      g_autofree char *rows = g_strdup_printf (ngettext ("%s row", "%s rows", (gulong) n), count);

      append_part (text, rows);
    }
  append_part (text, last);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The change that brought a source in, when it can be taken back; 0 when not. */
static gint64
find_import (const GPtrArray *log, const KilterRecord *source)
{
  const char *at = kilter_record_text (source, KILTER_SOURCE_AT);

  for (guint i = 0; i < log->len; i++)
    {
      const KilterLogEntry *entry = g_ptr_array_index (log, i);

      if (*at != '\0' && g_strcmp0 (entry->at, at) == 0 && entry->complete && entry->target == 0 &&
          g_strcmp0 (entry->state, "applied") == 0)
        return entry->id;
    }
  return 0;
}

static void
revert_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  g_autoptr (GError) error = NULL;

  if (kilter_document_revert (kilter_page_get_document (page), g_variant_get_int64 (parameter),
                              &error))
    kilter_page_toast (page, _ ("The import is taken back"), TRUE);
  else
    kilter_page_report (page, error);
}

static void
append_revert (GtkWidget *box, const char *file, gint64 entry)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  /* Translators: %s is the name of a file */
  g_autofree char *name = g_strdup_printf (_ ("Revert Import of %s"), file);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "data.revert-import");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", entry);
  gtk_widget_set_tooltip_text (button, _ ("Revert Import"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
make_source (KilterPlan *plan, const KilterRecord *source, const GPtrArray *log)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *at = kilter_record_text (source, KILTER_SOURCE_AT);
  g_autofree char *when = *at != '\0' ? kilter_format_when (plan, at) : NULL;
  g_autofree char *details = get_details (plan, source);
  GtkWidget *subtitle = make_label (details, 0, "kilter-small"), *origin;
  g_autoptr (GString) by = g_string_new (NULL);
  gint64 entry = find_import (log, source);

  append_part (by, kilter_record_text (source, KILTER_SOURCE_BY));
  append_part (by, when);
  origin = make_label (by->str, 1, "kilter-small");
  gtk_widget_add_css_class (subtitle, "kilter-dim");
  gtk_widget_add_css_class (origin, "kilter-dim");
  gtk_box_append (
    GTK_BOX (words),
    make_label (get_kind_name (kilter_record_text (source, KILTER_SOURCE_KIND)), 0, NULL));
  gtk_box_append (GTK_BOX (words), subtitle);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), origin);
  if (entry != 0)
    append_revert (box, kilter_record_text (source, KILTER_SOURCE_FILE), entry);
  gtk_widget_add_css_class (box, "kilter-low-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static int
compare_sources (gconstpointer a, gconstpointer b)
{
  const KilterRecord *x = *(const KilterRecord *const *) a, *y = *(const KilterRecord *const *) b;
  int order = g_strcmp0 (kilter_record_text (y, KILTER_SOURCE_AT),
                         kilter_record_text (x, KILTER_SOURCE_AT));

  return order != 0 ? order : x->id - y->id;
}

static void
fill_sources (KilterDataPage *self, KilterPlan *plan)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  KilterLogFilter filter = KILTER_LOG_FILTER_INIT;
  g_autoptr (GPtrArray) log = NULL;

  filter.kind = "import";
  log = kilter_document_get_log (kilter_page_get_document (KILTER_PAGE (self)), &filter);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_SOURCE, source)
    g_ptr_array_add (sources, (gpointer) source);
  g_ptr_array_sort (sources, compare_sources);
  gtk_list_box_remove_all (self->sources);
  for (guint i = 0; i < sources->len; i++)
    gtk_list_box_append (self->sources, make_source (plan, g_ptr_array_index (sources, i), log));
  gtk_widget_set_visible (GTK_WIDGET (self->sources), sources->len > 0);
  gtk_widget_set_visible (self->sources_empty, sources->len == 0);
}

/* --- checks -------------------------------------------------------------------------------------
 */

/* What a check found, in words with its count; @n of 0 says that all is well. */
static char *
get_check_text (KilterHealth check, int n)
{
  switch (check)
    {
    case KILTER_HEALTH_MISSING_MONTHS:
      return n == 0
               ? g_strdup (_ ("No gaps in the history"))
               : g_strdup_printf (ngettext ("%d series has gaps", "%d series have gaps", n), n);
    case KILTER_HEALTH_NEGATIVE:
      return n == 0 ? g_strdup (_ ("No negative sales"))
                    : g_strdup_printf (ngettext ("%d series has negative sales",
                                                 "%d series have negative sales", n),
                                       n);
    case KILTER_HEALTH_NO_PRICE:
      return n == 0 ? g_strdup (_ ("All products have a price"))
                    : g_strdup_printf (
                        ngettext ("%d product has no price", "%d products have no price", n), n);
    case KILTER_HEALTH_NO_COST:
      return n == 0 ? g_strdup (_ ("All products have a cost"))
                    : g_strdup_printf (
                        ngettext ("%d product has no cost", "%d products have no cost", n), n);
    case KILTER_HEALTH_NO_FAMILY:
      return n == 0 ? g_strdup (_ ("All products have a family"))
                    : g_strdup_printf (
                        ngettext ("%d product has no family", "%d products have no family", n), n);
    case KILTER_HEALTH_NO_RATE:
      return n == 0 ? g_strdup (_ ("All products have a rate"))
                    : g_strdup_printf (ngettext ("%d product has no rate on a line",
                                                 "%d products have no rate on a line", n),
                                       n);
    case KILTER_HEALTH_NO_STOCK:
      return n == 0 ? g_strdup (_ ("The stock of all products is known"))
                    : g_strdup_printf (ngettext ("%d product has no stock count",
                                                 "%d products have no stock count", n),
                                       n);
    case KILTER_HEALTH_LATE:
      return n == 0 ? g_strdup (_ ("The last month is in"))
                    : g_strdup_printf (ngettext ("%d series lacks the last month",
                                                 "%d series lack the last month", n),
                                       n);
    case KILTER_HEALTH_JUMP:
      return n == 0 ? g_strdup (_ ("No jumps in the history"))
                    : g_strdup_printf (ngettext ("%d series jumps by more than five times",
                                                 "%d series jump by more than five times", n),
                                       n);
    case KILTER_HEALTH_ORPHAN:
      return n == 0
               ? g_strdup (_ ("All products are sold somewhere"))
               : g_strdup_printf (
                   ngettext ("%d product is sold nowhere", "%d products are sold nowhere", n), n);
    case KILTER_HEALTH_NEGATIVE_STOCK:
      return n == 0 ? g_strdup (_ ("No negative stock"))
                    : g_strdup_printf (ngettext ("%d product had negative stock",
                                                 "%d products had negative stock", n),
                                       n);
    case KILTER_HEALTH_DUPLICATE:
      return n == 0 ? g_strdup (_ ("No code stands for two products"))
                    : g_strdup_printf (ngettext ("%d product has nearly the code of another",
                                                 "%d products have nearly the code of another", n),
                                       n);
    case KILTER_N_HEALTH:
    default:
      return g_strdup ("");
    }
}

static GtkWidget *
make_check (KilterDataPage *self, KilterHealth check, int n)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *text = get_check_text (check, n);
  GtkWidget *label = make_label (text, 0, NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box),
                  kilter_tone_new (n == 0 ? KILTER_CHART_TONE_GOOD : KILTER_CHART_TONE_CLOSE));
  gtk_box_append (GTK_BOX (box), label);
  if (n > 0)
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Fix…"));
      /* Translators: %s is what a check found */
      g_autofree char *name = g_strdup_printf (_ ("Fix: %s"), text);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "data.show-check");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", (int) check);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_add_css_class (box, "kilter-low-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
fill_checks (KilterDataPage *self, KilterPlan *plan)
{
  GtkWidget *good[KILTER_N_HEALTH];
  int n_good = 0;

  self->n_problems = 0;
  gtk_list_box_remove_all (self->checks);
  /* what needs a look comes first */
  for (KilterHealth check = 0; check < KILTER_N_HEALTH; check++)
    {
      int n = kilter_plan_count_health (plan, check, NULL);
      GtkWidget *row = make_check (self, check, n);

      if (n == 0)
        good[n_good++] = row;
      else
        {
          gtk_list_box_append (self->checks, row);
          self->n_problems++;
        }
    }
  for (int i = 0; i < n_good; i++)
    gtk_list_box_append (self->checks, good[i]);
}

static void
show_check_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  KilterPlan *plan = kilter_page_get_plan (page);
  KilterHealth check = (KilterHealth) g_variant_get_int32 (parameter);
  KilterScope scope = { 0 };
  int n = kilter_plan_count_health (plan, check, &scope.product);

  if (n == 0)
    return;
  switch (check)
    {
    case KILTER_HEALTH_NO_PRICE:
    case KILTER_HEALTH_NO_COST:
    case KILTER_HEALTH_NO_FAMILY:
    case KILTER_HEALTH_NO_STOCK:
    case KILTER_HEALTH_ORPHAN:
    case KILTER_HEALTH_DUPLICATE:
      gtk_widget_activate_action (widget, "win.show-view", "s", "structure/products");
      break;
    case KILTER_HEALTH_NEGATIVE_STOCK:
      kilter_session_set_scope (kilter_page_get_session (page), &scope);
      gtk_widget_activate_action (widget, "win.show-view", "s", "supply/stock");
      break;
    case KILTER_HEALTH_LATE:
      gtk_widget_activate_action (widget, "win.import", NULL);
      break;
    case KILTER_HEALTH_NO_RATE:
      gtk_widget_activate_action (widget, "win.show-view", "s", "structure/rates");
      break;
    case KILTER_HEALTH_MISSING_MONTHS:
    case KILTER_HEALTH_JUMP:
      kilter_clean_dialog_present (page);
      break;
    case KILTER_HEALTH_NEGATIVE:
      /* the history of a product that it concerns, market by market */
      kilter_session_set_scope (kilter_page_get_session (page), &scope);
      gtk_widget_grab_focus (GTK_WIDGET (KILTER_DATA_PAGE (page)->view));
      break;
    case KILTER_N_HEALTH:
    default:
      break;
    }
}

/* --- the history --------------------------------------------------------------------------------
 */

static void
add_block (KilterPlanGrid *grid, const KilterScope *scope, int depth)
{
  const KilterPlanRow rows[] = {
    { .label = _ ("Sales as imported"),
      .measure = KILTER_ACTUAL,
      .mark = KILTER_GRID_MARK_LINE,
      .mark_color = KILTER_GRID_COLOR_ACTUAL,
      .flags = KILTER_PLAN_ROW_PAST_ONLY },
    { .measure = KILTER_CORRECTION, .flags = KILTER_PLAN_ROW_PAST_ONLY | KILTER_PLAN_ROW_EDITABLE },
    { .measure = KILTER_CLEANED,
      .look = KILTER_GRID_ROW_FLAG_BOLD,
      .kind = KILTER_GRID_ROW_TOTAL,
      .flags = KILTER_PLAN_ROW_PAST_ONLY },
    { .label = _ ("Reason"),
      .measure = KILTER_CORRECTION,
      .look = KILTER_GRID_ROW_FLAG_DIM,
      .flags = KILTER_PLAN_ROW_PAST_ONLY | KILTER_PLAN_ROW_REASON },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KilterPlanRow row = rows[i];

      row.scope = *scope;
      row.depth = depth;
      if (row.kind == 0)
        row.kind = KILTER_GRID_ROW_MEASURE;
      kilter_plan_grid_add (grid, &row);
    }
}

static void
fill_grid (KilterDataPage *self)
{
  KilterSubject subject = kilter_page_get_subject (KILTER_PAGE (self));
  g_autofree char *title = kilter_subject_get_title (&subject);

  kilter_plan_grid_begin (self->grid, 0, kilter_plan_get_n_history (subject.plan), FALSE);
  kilter_plan_grid_add_section (self->grid, title, &subject.scope, 0);
  add_block (self->grid, &subject.scope, 0);
  kilter_forecast_parts_add (self->grid, subject.plan, &subject.scope, KILTER_CLEANED,
                             KILTER_PLAN_ROW_PAST_ONLY, add_block);
  kilter_plan_grid_end (self->grid);
}

static void
columns_changed_cb (KilterDataPage *self)
{
  /* the latest months first; the rest is a scroll to the left */
  if (self->is_placed || kilter_plan_grid_get_n (self->grid) == 0)
    return;
  self->is_placed = TRUE;
  kilter_grid_set_first_column (self->view, kilter_plan_grid_get_n (self->grid));
}

/* --- the page -----------------------------------------------------------------------------------
 */

static void
kilter_data_page_refresh (KilterPage *page, KilterChange change)
{
  KilterDataPage *self = KILTER_DATA_PAGE (page);
  KilterPlan *plan = kilter_page_get_plan (page);
  gboolean empty = kilter_plan_count_records (plan, KILTER_TABLE_SERIES) == 0 ||
                   kilter_plan_get_n_history (plan) == 0;
  gboolean read_only;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  if (empty)
    return;
  if ((change & (KILTER_CHANGE_VALUES | KILTER_CHANGE_RECORDS | KILTER_CHANGE_LOOK)) != 0)
    {
      fill_sources (self, plan);
      fill_checks (self, plan);
    }
  fill_grid (self);
  kilter_cell_pane_refresh (self->pane);
  read_only = kilter_page_is_read_only (page);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "data.clean", !read_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "data.correct", !read_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "data.link-predecessor",
                                 !read_only && kilter_page_get_scope (page)->product != 0);
}

static char *
kilter_data_page_get_headline (KilterPage *page)
{
  int n = KILTER_DATA_PAGE (page)->n_problems;

  if (n == 0)
    return g_strdup (_ ("All checks of the data are fine"));
  return g_strdup_printf (ngettext ("%d check of the data found something",
                                    "%d checks of the data found something", (gulong) n),
                          n);
}

static void
expanded_cb (KilterDataPage *self)
{
  fill_grid (self);
}

static void
mapped_cb (KilterDataPage *self)
{
  kilter_cell_pane_attach (self->pane, KILTER_PAGE (self), self->grid);
}

static void
clean_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_clean_dialog_present (KILTER_PAGE (widget));
}

static void
link_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  int product = kilter_page_get_scope (KILTER_PAGE (widget))->product;

  if (product != 0)
    kilter_like_dialog_present (KILTER_PAGE (widget), product);
}

static void
correct_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  const KilterSelection *selection = kilter_session_get_selection (kilter_page_get_session (page));
  int cycle = kilter_plan_get_n_history (kilter_page_get_plan (page));

  if (selection != NULL && selection->measure >= 0 && selection->first < cycle)
    kilter_correct_dialog_present (page, &selection->scope, selection->first,
                                   MIN (selection->n, cycle - selection->first));
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_plan_grid_toggle_lock (KILTER_DATA_PAGE (widget)->grid);
}

static void
kilter_data_page_dispose (GObject *object)
{
  KilterDataPage *self = KILTER_DATA_PAGE (object);

  g_clear_object (&self->grid);
  g_clear_object (&self->inspector);

  G_OBJECT_CLASS (kilter_data_page_parent_class)->dispose (object);
}

static void
kilter_data_page_class_init (KilterDataPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_data_page_dispose;
  page_class->refresh = kilter_data_page_refresh;
  page_class->get_headline = kilter_data_page_get_headline;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/data-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterDataPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterDataPage, sources);
  gtk_widget_class_bind_template_child (widget_class, KilterDataPage, checks);
  gtk_widget_class_bind_template_child (widget_class, KilterDataPage, sources_empty);
  gtk_widget_class_bind_template_child (widget_class, KilterDataPage, grid_bin);
  gtk_widget_class_install_action (widget_class, "data.show-check", "i", show_check_action);
  gtk_widget_class_install_action (widget_class, "data.toggle-lock", NULL, lock_action);
  gtk_widget_class_install_action (widget_class, "data.clean", NULL, clean_action);
  gtk_widget_class_install_action (widget_class, "data.correct", NULL, correct_action);
  gtk_widget_class_install_action (widget_class, "data.link-predecessor", NULL, link_action);
  gtk_widget_class_install_action (widget_class, "data.revert-import", "x", revert_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK,
                                       "data.toggle-lock", NULL);
}

static void
kilter_data_page_init (KilterDataPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Data"));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_SCOPE | KILTER_PAGE_NEEDS_CASES);
  self->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  adw_bin_set_child (self->grid_bin, kilter_plan_grid_create_view (self->grid, &self->view));
  gtk_widget_set_size_request (GTK_WIDGET (self->grid_bin), -1, 180);
  g_menu_append (menu, _ ("Copy"), "grid.copy");
  g_menu_append (menu, _ ("Paste"), "grid.paste");
  g_menu_append (menu, _ ("Clear"), "grid.clear");
  g_menu_append (menu, _ ("Correct…"), "data.correct");
  g_menu_append (menu, _ ("Lock or Unlock"), "data.toggle-lock");
  kilter_grid_set_menu_model (self->view, G_MENU_MODEL (menu));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sales history"), -1);
  g_signal_connect_object (self->view, "columns-changed", G_CALLBACK (columns_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "expanded", G_CALLBACK (expanded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  self->pane = g_object_new (KILTER_TYPE_CELL_PANE, NULL);
  self->inspector = g_object_ref_sink (GTK_WIDGET (self->pane));
  kilter_page_set_inspector (KILTER_PAGE (self), self->inspector);
  kilter_page_set_inspector_title (KILTER_PAGE (self), _ ("Details"));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->checks));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->view));
}
