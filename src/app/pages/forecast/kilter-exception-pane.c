/* kilter-exception-pane.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-exception-pane.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/pages/forecast/kilter-exception-fixes.h"
#include "app/widgets/kilter-chart-view.h"
#include "app/widgets/kilter-tone.h"
#include "report/words/kilter-headline.h"

/* a list of more is read by nobody */
#define MOST_ROWS 200

typedef enum
{
  ORDER_VALUE,
  ORDER_KIND,
  ORDER_PRODUCT,
  N_ORDERS,
} Order;

static const char *const order_keys[] = { "value", "kind", "product" };
static const char *const order_names[] = { N_ ("By Value"), N_ ("By Kind"), N_ ("By Product") };

struct _KilterExceptionPane
{
  AdwBin parent_instance;

  GtkLabel *summary;
  GtkMenuButton *sort_button;
  GtkListBox *list;

  KilterPage *page;
  GArray *found; /* KilterException, as listed */
  Order order;
  gboolean is_filling;
  gboolean is_proposed; /* the selected one; the scope is wider */
};

G_DEFINE_FINAL_TYPE (KilterExceptionPane, kilter_exception_pane, ADW_TYPE_BIN)

static KilterSubject
get_subject (KilterExceptionPane *self)
{
  return (KilterSubject) { kilter_page_get_plan (self->page), kilter_page_get_version (self->page),
                           *kilter_page_get_scope (self->page), KILTER_DISPLAY_CASES };
}

static const KilterException *
get_exception (KilterExceptionPane *self, GtkListBoxRow *row)
{
  return row != NULL && self->found != NULL
           ? &g_array_index (self->found, KilterException, (guint) gtk_list_box_row_get_index (row))
           : NULL;
}

/* --- rows --- */

static GtkWidget *
make_label (const char *text, const char *css, int lines)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), lines > 1);
  gtk_label_set_lines (GTK_LABEL (label), lines > 1 ? lines : -1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
make_mark (const KilterException *exception)
{
  GtkWidget *mark;

  if (exception->reviewed)
    {
      mark = gtk_image_new_from_icon_name ("object-select-symbolic");
      gtk_image_set_pixel_size (GTK_IMAGE (mark), 12);
      gtk_widget_add_css_class (mark, "kilter-good");
    }
  else
    mark = kilter_tone_new (exception->urgent ? KILTER_CHART_TONE_BAD : KILTER_CHART_TONE_CLOSE);
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_set_margin_top (mark, 4);
  return mark;
}

static GtkWidget *
make_spark (KilterExceptionPane *self, int product)
{
  KilterSubject subject = get_subject (self);
  GtkWidget *spark = kilter_chart_view_new ();

  kilter_chart_view_set_framed (KILTER_CHART_VIEW (spark), FALSE);
  kilter_chart_view_set_explorable (KILTER_CHART_VIEW (spark), FALSE);
  kilter_chart_view_set_chart (KILTER_CHART_VIEW (spark),
                               kilter_figure_product_spark (&subject, product));
  gtk_widget_set_size_request (spark, 66, 28);
  gtk_widget_set_can_target (spark, FALSE);
  gtk_widget_set_focusable (spark, FALSE);
  gtk_widget_set_valign (spark, GTK_ALIGN_CENTER);
  return spark;
}

static GtkWidget *
make_row (KilterExceptionPane *self, const KilterException *exception)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  const char *name = kilter_plan_get_product_name (plan, exception->product);
  g_autofree char *sentence = kilter_headline_exception (plan, exception);
  g_autofree char *money = kilter_format_money (plan, exception->money);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *amount = gtk_label_new (money);
  GtkWidget *text = make_label (sentence, "kilter-small", 3);
  g_autofree char *accessible = NULL;

  if (exception->reviewed)
    /* Translators: a product, what is unusual about it, money */
    accessible = g_strdup_printf (_ ("%1$s, %2$s, %3$s, reviewed"), name, sentence, money);
  else
    accessible = g_strdup_printf ("%s, %s, %s", name, sentence, money);
  gtk_widget_add_css_class (text, "dim-label");
  gtk_widget_set_valign (text, GTK_ALIGN_START);
  gtk_widget_add_css_class (amount, "kilter-small");
  gtk_widget_add_css_class (amount, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (amount), 1);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  gtk_widget_set_margin_top (grid, 6);
  gtk_widget_set_margin_bottom (grid, 6);
  gtk_grid_attach (GTK_GRID (grid), make_mark (exception), 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), make_label (name, "heading", 1), 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), amount, 2, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), text, 1, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), make_spark (self, exception->product), 2, 1, 1, 1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), grid);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible,
                                  -1);
  return row;
}

/* The chosen row shows what can be done; the others do not. */
static void
show_fixes (KilterExceptionPane *self, GtkListBoxRow *chosen)
{
  const KilterException *exception = get_exception (self, chosen);

  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
      GtkWidget *grid = gtk_list_box_row_get_child (row);
      GtkWidget *fixes = gtk_grid_get_child_at (GTK_GRID (grid), 1, 2);

      if (fixes != NULL)
        gtk_grid_remove (GTK_GRID (grid), fixes);
      if (row != chosen || exception->reviewed || kilter_page_is_read_only (self->page))
        continue;
      fixes = kilter_exception_fixes_new (self->page, exception);
      gtk_widget_set_margin_top (fixes, 4);
      gtk_grid_attach (GTK_GRID (grid), fixes, 1, 2, 2, 1);
    }
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  KilterExceptionPane *self = data;
  const KilterException *x = a, *y = b;
  KilterPlan *plan = kilter_page_get_plan (self->page);
  int order = 0;

  if (x->reviewed != y->reviewed)
    return x->reviewed ? 1 : -1;
  if (self->order == ORDER_KIND)
    order = (int) x->kind - (int) y->kind;
  else if (self->order == ORDER_PRODUCT)
    order = g_utf8_collate (kilter_plan_get_product_name (plan, x->product),
                            kilter_plan_get_product_name (plan, y->product));
  if (order != 0)
    return order;
  if (x->money != y->money)
    return x->money > y->money ? -1 : 1;
  return x->product - y->product;
}

static void
show_summary (KilterExceptionPane *self)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  int open = 0, n = kilter_plan_count_records (plan, KILTER_TABLE_PRODUCT);
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->found->len; i++)
    open += !g_array_index (self->found, KilterException, i).reviewed;
  if (open == 0)
    text = g_strdup (_ ("No product needs a look."));
  else
    text = g_strdup_printf (
      ngettext ("%d of %d products needs a look", "%d of %d products need a look", open), open, n);
  gtk_label_set_text (self->summary, text);
}

static void
select_scope (KilterExceptionPane *self)
{
  int product = kilter_page_get_scope (self->page)->product;
  GtkListBoxRow *chosen = NULL;

  for (guint i = 0; i < MIN (self->found->len, MOST_ROWS); i++)
    if (g_array_index (self->found, KilterException, i).product == product)
      chosen = gtk_list_box_get_row_at_index (self->list, (int) i);
  /* as long as no product is chosen, the first that needs a look waits with its fixes */
  self->is_proposed = product == 0 && self->found->len > 0 &&
                      !g_array_index (self->found, KilterException, 0).reviewed;
  if (self->is_proposed)
    chosen = gtk_list_box_get_row_at_index (self->list, 0);
  self->is_filling = TRUE;
  gtk_list_box_select_row (self->list, chosen);
  self->is_filling = FALSE;
  show_fixes (self, chosen);
}

static void
fill (KilterExceptionPane *self)
{
  KilterSubject subject = get_subject (self);

  self->is_filling = TRUE;
  gtk_list_box_remove_all (self->list);
  g_clear_pointer (&self->found, g_array_unref);
  self->found = kilter_plan_find_exceptions (subject.plan, subject.version);
  g_array_sort_with_data (self->found, compare, self);
  for (guint i = 0; i < MIN (self->found->len, MOST_ROWS); i++)
    gtk_list_box_append (self->list,
                         make_row (self, &g_array_index (self->found, KilterException, i)));
  self->is_filling = FALSE;
  show_summary (self);
  select_scope (self);
}

/* --- choosing --- */

static void
row_selected_cb (KilterExceptionPane *self, GtkListBoxRow *row)
{
  const KilterException *exception = get_exception (self, row);
  KilterSession *session;
  KilterScope scope;
  int bucket;

  if (self->is_filling || exception == NULL)
    return;
  session = kilter_page_get_session (self->page);
  bucket = exception->bucket;
  scope = *kilter_session_get_scope (session);
  scope.category = scope.family = scope.resource = 0;
  scope.product = exception->product;
  show_fixes (self, row);
  kilter_session_set_scope (session, &scope);
  if (bucket >= 0)
    kilter_session_set_bucket (session, bucket);
}

/**
 * kilter_exception_pane_step:
 * @direction: +1 or −1
 *
 * Chooses the next or previous exception; the first one when none is chosen.
 */
void
kilter_exception_pane_step (KilterExceptionPane *self, int direction)
{
  GtkListBoxRow *row = self->is_proposed ? NULL : gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + direction : 0;
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->list, MAX (index, 0));

  if (next == NULL)
    return;
  if (self->is_proposed)
    gtk_list_box_unselect_all (self->list);
  gtk_list_box_select_row (self->list, next);
  if (gtk_widget_get_mapped (GTK_WIDGET (next)))
    gtk_widget_grab_focus (GTK_WIDGET (next));
}

/* The exception after one, among those that nobody has looked at; NULL for none. */
static const KilterException *
find_next_open (KilterExceptionPane *self, guint index)
{
  for (guint k = 1; k < self->found->len; k++)
    {
      const KilterException *other = &g_array_index (self->found, KilterException,
                                                     (index + k) % self->found->len);

      if (!other->reviewed)
        return other;
    }
  return NULL;
}

void
kilter_exception_pane_mark_reviewed (KilterExceptionPane *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  const KilterException *exception = get_exception (self, row);
  KilterDocument *document = kilter_page_get_document (self->page);
  KilterSession *session = kilter_page_get_session (self->page);
  KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autofree char *now = kilter_document_get_now (document);
  KilterRepairStamp stamp = { kilter_document_get_user (document), now, NULL };
  const KilterException *next;
  KilterScope scope = *kilter_session_get_scope (session);
  KilterCommand *command;
  int next_bucket;

  if (exception == NULL || exception->reviewed)
    return;
  next = find_next_open (self, (guint) gtk_list_box_row_get_index (row));
  scope.category = scope.family = scope.resource = 0;
  scope.product = next != NULL ? next->product : scope.product;
  next_bucket = next != NULL ? next->bucket : -1;
  command = kilter_plan_repair (plan, kilter_page_get_version (self->page), exception,
                                KILTER_REPAIR_KEEP, &stamp, NULL);
  if (!kilter_page_apply (self->page, command, NULL) || next == NULL)
    return;
  /* the next one opens by itself */
  kilter_session_set_scope (session, &scope);
  if (next_bucket >= 0)
    kilter_session_set_bucket (session, next_bucket);
}

/* --- actions --- */

static void
mark_reviewed_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_exception_pane_mark_reviewed (KILTER_EXCEPTION_PANE (widget));
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_exception_pane_step (KILTER_EXCEPTION_PANE (widget),
                              strcmp (name, "exceptions.next") == 0 ? 1 : -1);
}

static void
order_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  KilterExceptionPane *self = data;

  for (int i = 0; i < N_ORDERS; i++)
    if (g_str_equal (order_keys[i], g_variant_get_string (state, NULL)))
      self->order = (Order) i;
  g_simple_action_set_state (action, state);
  gtk_menu_button_set_label (self->sort_button, _ (order_names[self->order]));
  if (self->page != NULL && self->found != NULL)
    fill (self);
}

static void
make_sort_menu (KilterExceptionPane *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  const GActionEntry entry = {
    .name = "order", .parameter_type = "s", .state = "'value'", .change_state = order_cb
  };

  for (int i = 0; i < N_ORDERS; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (order_names[i]), NULL);

      g_menu_item_set_action_and_target (item, "exception-list.order", "s", order_keys[i]);
      g_menu_append_item (menu, item);
    }
  g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "exception-list", G_ACTION_GROUP (group));
  gtk_menu_button_set_menu_model (self->sort_button, G_MENU_MODEL (menu));
  gtk_menu_button_set_label (self->sort_button, _ (order_names[self->order]));
}

/* --- life --- */

static void
kilter_exception_pane_dispose (GObject *object)
{
  KilterExceptionPane *self = KILTER_EXCEPTION_PANE (object);

  g_clear_pointer (&self->found, g_array_unref);

  G_OBJECT_CLASS (kilter_exception_pane_parent_class)->dispose (object);
}

static void
kilter_exception_pane_class_init (KilterExceptionPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_exception_pane_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/exception-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterExceptionPane, summary);
  gtk_widget_class_bind_template_child (widget_class, KilterExceptionPane, sort_button);
  gtk_widget_class_bind_template_child (widget_class, KilterExceptionPane, list);
  gtk_widget_class_install_action (widget_class, "exceptions.mark-reviewed", NULL,
                                   mark_reviewed_action);
  gtk_widget_class_install_action (widget_class, "exceptions.next", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "exceptions.previous", NULL, step_action);
}

static void
kilter_exception_pane_init (KilterExceptionPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_sort_menu (self);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  /* the proposed one is selected already */
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_selected_cb), self);
}

void
kilter_exception_pane_attach (KilterExceptionPane *self, KilterPage *page)
{
  self->page = page;
}

/**
 * kilter_exception_pane_refresh:
 *
 * Looks for exceptions again when the plan changed, and only follows the scope otherwise.
 */
void
kilter_exception_pane_refresh (KilterExceptionPane *self, KilterChange change)
{
  const KilterChange content = KILTER_CHANGE_VALUES | KILTER_CHANGE_RECORDS |
                               KILTER_CHANGE_VERSION | KILTER_CHANGE_LOOK;
  const KilterException *exception;

  if (self->found == NULL || (change & content) != 0)
    fill (self);
  else
    select_scope (self);
  exception = get_exception (self, gtk_list_box_get_selected_row (self->list));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exceptions.mark-reviewed",
                                 exception != NULL && !exception->reviewed &&
                                   !kilter_page_is_read_only (self->page));
}
