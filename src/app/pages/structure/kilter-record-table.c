/* kilter-record-table.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/structure/kilter-record-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "app/pages/structure/kilter-record-cell.h"
#include "app/pages/structure/kilter-record-dialog.h"
#include "app/pages/structure/kilter-record-edit.h"
#include "app/pages/structure/kilter-record-table-private.h"

/* a filter is in the way of fewer rows than these */
#define FILTER_FROM 8

/* --- rows ---------------------------------------------------------------------------------------
 */

G_DEFINE_FINAL_TYPE (KilterRecordItem, kilter_record_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
kilter_record_item_class_init (KilterRecordItemClass *klass)
{
  changed_signal = g_signal_new ("changed", KILTER_TYPE_RECORD_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
kilter_record_item_init (KilterRecordItem *self)
{
}

int
kilter_record_item_get_id (KilterRecordItem *self)
{
  return self->id;
}

static KilterRecordItem *
item_new (int id)
{
  KilterRecordItem *item = g_object_new (KILTER_TYPE_RECORD_ITEM, NULL);

  item->id = id;
  return item;
}

/* --- the table ----------------------------------------------------------------------------------
 */

G_DEFINE_FINAL_TYPE (KilterRecordTable, kilter_record_table, GTK_TYPE_WIDGET)

static const char *
get_title (KilterRecordTable *self)
{
  return _ (kilter_table_get_info (self->table)->label);
}

/* --- rows: filter, order ------------------------------------------------------------------------
 */

static gboolean
matches (gpointer object, gpointer data)
{
  KilterRecordTable *self = data;
  KilterRecordItem *item = object;
  KilterPlan *plan = kilter_record_table_get_plan (self);

  if (*self->needle == '\0' || plan == NULL)
    return TRUE;
  for (guint i = 0; i < self->fields->len; i++)
    {
      int field = g_array_index (self->fields, int, i);
      KilterFieldType type = kilter_table_get_info (self->table)->fields[field].type;
      g_autofree char *text = NULL, *folded = NULL;

      if (type == KILTER_FIELD_BOOL)
        continue;
      text = type == KILTER_FIELD_REF
               ? kilter_record_get_edit_text (plan, self->table, item->id, field)
               : kilter_record_get_text (plan, self->table, item->id, field);
      folded = g_utf8_casefold (text, -1);
      if (strstr (folded, self->needle) != NULL)
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  KilterRecordTable *table;
  int field;
} Order;

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Order *order = data;
  KilterPlan *plan = kilter_record_table_get_plan (order->table);

  if (plan == NULL)
    return 0;
  return kilter_record_compare (plan, order->table->table, order->field,
                                ((const KilterRecordItem *) a)->id,
                                ((const KilterRecordItem *) b)->id);
}

static void
update_count (KilterRecordTable *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint shown = g_list_model_get_n_items (self->rows);
  g_autofree char *text = NULL;

  if (shown < n)
    /* Translators: %1$s is a table such as Products; how many rows a search shows of how many */
    text = g_strdup_printf (_ ("%1$s · %2$u of %3$u"), get_title (self), shown, n);
  else
    text = g_strdup_printf ("%s · %u", get_title (self), n);
  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->search), n > FILTER_FROM || *self->needle != '\0');
  gtk_stack_set_visible_child_name (self->stack, n == 0       ? "empty"
                                                 : shown == 0 ? "nothing"
                                                              : "table");
}

static void
search_cb (KilterRecordTable *self)
{
  g_autofree char *text = g_strstrip (
    g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  g_free (self->needle);
  self->needle = g_utf8_casefold (text, -1);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_count (self);
}

static void
stop_search_cb (KilterRecordTable *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
update_buttons (KilterRecordTable *self)
{
  g_autoptr (GtkBitset)
    selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  gboolean editable = kilter_record_table_is_editable (self);

  gtk_widget_set_sensitive (self->add, editable);
  gtk_widget_set_sensitive (self->remove, editable && !gtk_bitset_is_empty (selected));
}

/* --- columns ------------------------------------------------------------------------------------
 */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, gpointer data)
{
  const Order *column = data;

  gtk_column_view_cell_set_focusable (cell, FALSE);
  gtk_column_view_cell_set_child (cell, kilter_record_cell_new (column->table, column->field));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, gpointer data)
{
  kilter_record_cell_set_item (KILTER_RECORD_CELL (gtk_column_view_cell_get_child (cell)),
                               gtk_column_view_cell_get_item (cell));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, gpointer data)
{
  GtkWidget *child = gtk_column_view_cell_get_child (cell);

  if (child != NULL)
    kilter_record_cell_set_item (KILTER_RECORD_CELL (child), NULL);
}

static void
row_setup_cb (GtkSignalListItemFactory *factory, GtkColumnViewRow *row, gpointer data)
{
  gtk_column_view_row_set_focusable (row, FALSE);
}

static Order *
order_new (KilterRecordTable *self, int field)
{
  Order *order = g_new0 (Order, 1);

  order->table = self;
  order->field = field;
  return order;
}

/* Columns do not move while one scrolls: their width is that of their kind, or of their heading. */
static int
get_width (KilterRecordTable *self, int field)
{
  const KilterFieldInfo *info = &kilter_table_get_info (self->table)->fields[field];
  g_autoptr (PangoLayout) heading = gtk_widget_create_pango_layout (
    GTK_WIDGET (self), kilter_record_get_label (self->table, field));
  g_autoptr (PangoLayout) zero = gtk_widget_create_pango_layout (GTK_WIDGET (self), "0");
  int width, digit, chars = 9;

  pango_layout_get_pixel_size (heading, &width, NULL);
  pango_layout_get_pixel_size (zero, &digit, NULL);
  if (info->type == KILTER_FIELD_TEXT)
    chars = 11;
  else if (info->type == KILTER_FIELD_REF)
    chars = info->ref == KILTER_TABLE_PRODUCT || info->ref == KILTER_TABLE_RESOURCE ? 24 : 14;
  else if (info->type == KILTER_FIELD_CHOICE || info->type == KILTER_FIELD_BUCKET)
    chars = 12;
  return MAX (width + 28, chars * digit + 16);
}

static gboolean
is_wide (KilterRecordTable *self, int field)
{
  if (self->table == KILTER_TABLE_PRODUCT || self->table == KILTER_TABLE_RESOURCE)
    return field == 1;
  return field == 0;
}

static gboolean
is_number (KilterRecordTable *self, int field)
{
  KilterFieldType type = kilter_table_get_info (self->table)->fields[field].type;

  return type == KILTER_FIELD_NUMBER || type == KILTER_FIELD_INT;
}

/* A heading stands over its numbers. The view has no property for it. */
static void
align_heading (KilterRecordTable *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_last_child (header) : NULL;
  GtkWidget *box = title != NULL ? gtk_widget_get_first_child (title) : NULL;

  if (GTK_IS_BOX (box))
    gtk_widget_set_halign (box, GTK_ALIGN_END);
}

static void
add_column (KilterRecordTable *self, int field)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (
    kilter_record_get_label (self->table, field), factory);
  g_autoptr (GtkSorter)
    sorter = GTK_SORTER (gtk_custom_sorter_new (compare_rows, order_new (self, field), g_free));
  Order *order = order_new (self, field);

  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), order,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), order);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), order);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_fixed_width (
    column, is_wide (self, field) ? MAX (get_width (self, field), 200) : get_width (self, field));
  gtk_column_view_column_set_expand (column, is_wide (self, field));
  gtk_column_view_append_column (self->view, column);
  if (is_number (self, field))
    align_heading (self);
  g_object_unref (column);
}

int
kilter_record_table_find_column (KilterRecordTable *self, int field)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_array_index (self->fields, int, i) == field)
      return (int) i;
  return -1;
}

int
kilter_record_table_find_row (KilterRecordTable *self, int id)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->rows); i++)
    {
      g_autoptr (KilterRecordItem) item = g_list_model_get_item (self->rows, i);

      if (item->id == id)
        return (int) i;
    }
  return -1;
}

void
kilter_record_table_emit_changed (KilterRecordTable *self, int id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (KilterRecordItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (id == 0 || item->id == id)
        g_signal_emit (item, changed_signal, 0);
    }
}

/* --- the widget ---------------------------------------------------------------------------------
 */

static void
kilter_record_table_dispose (GObject *object)
{
  KilterRecordTable *self = KILTER_RECORD_TABLE (object);

  /* filter and order ask this object */
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), KILTER_TYPE_RECORD_TABLE);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (kilter_record_table_parent_class)->dispose (object);
}

static void
kilter_record_table_finalize (GObject *object)
{
  KilterRecordTable *self = KILTER_RECORD_TABLE (object);

  g_clear_pointer (&self->fields, g_array_unref);
  g_ptr_array_unref (self->drafts);
  g_free (self->needle);

  G_OBJECT_CLASS (kilter_record_table_parent_class)->finalize (object);
}

static void
kilter_record_table_class_init (KilterRecordTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_record_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = kilter_record_table_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/record-table.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterRecordTable, box);
  gtk_widget_class_bind_template_child (widget_class, KilterRecordTable, count);
  gtk_widget_class_bind_template_child (widget_class, KilterRecordTable, search);
  gtk_widget_class_bind_template_child (widget_class, KilterRecordTable, add);
  gtk_widget_class_bind_template_child (widget_class, KilterRecordTable, remove);
  gtk_widget_class_bind_template_child (widget_class, KilterRecordTable, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterRecordTable, view);
  gtk_widget_class_bind_template_child (widget_class, KilterRecordTable, status);
  gtk_widget_class_bind_template_child (widget_class, KilterRecordTable, status_label);
  gtk_widget_class_bind_template_child (widget_class, KilterRecordTable, discard);
}

static void
kilter_record_table_init (KilterRecordTable *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();

  self->drafts = g_ptr_array_new_with_free_func (kilter_record_table_draft_free);
  self->needle = g_strdup ("");
  self->items = g_list_store_new (KILTER_TYPE_RECORD_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (rows, "setup", G_CALLBACK (row_setup_cb), NULL);
  gtk_column_view_set_row_factory (self->view, rows);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  g_signal_connect_swapped (self->discard, "clicked", G_CALLBACK (kilter_record_table_discard),
                            self);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (kilter_record_table_add), self);
  g_signal_connect_swapped (self->remove, "clicked",
                            G_CALLBACK (kilter_record_table_delete_selected), self);
}

static void
make_model (KilterRecordTable *self)
{
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;

  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)), self->filter);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->rows = G_LIST_MODEL (sorted);
  self->selection = gtk_multi_selection_new (self->rows);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (update_buttons), self,
                           G_CONNECT_SWAPPED);
}

/**
 * kilter_record_table_new:
 * @page: what applies the edits
 * @fields: (nullable): the columns, ended by −1; %NULL for all fields
 *
 * Returns: (transfer floating): a table
 */
GtkWidget *
kilter_record_table_new (KilterPage *page, KilterTableId table, const int *fields)
{
  KilterRecordTable *self = g_object_new (KILTER_TYPE_RECORD_TABLE, NULL);
  const KilterTableInfo *info = kilter_table_get_info (table);

  self->page = page;
  self->table = table;
  self->fields = g_array_new (FALSE, FALSE, sizeof (int));
  for (int i = 0; fields != NULL ? fields[i] >= 0 : i < info->n_fields; i++)
    {
      int field = fields != NULL ? fields[i] : i;

      g_array_append_val (self->fields, field);
    }
  make_model (self);
  for (guint i = 0; i < self->fields->len; i++)
    add_column (self, g_array_index (self->fields, int, i));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_title (self), -1);
  update_count (self);
  return GTK_WIDGET (self);
}

/* --- public API ---------------------------------------------------------------------------------
 */

KilterPlan *
kilter_record_table_get_plan (KilterRecordTable *self)
{
  return kilter_page_get_plan (self->page);
}

KilterTableId
kilter_record_table_get_table (KilterRecordTable *self)
{
  return self->table;
}

GListModel *
kilter_record_table_get_model (KilterRecordTable *self)
{
  return self->rows;
}

gboolean
kilter_record_table_is_editable (KilterRecordTable *self)
{
  KilterDocument *document = kilter_page_get_document (self->page);

  return document != NULL && !kilter_document_is_read_only (document);
}

/* The rows that stay keep their objects, so that focus and selection stay, too. */
static void
update_items (KilterRecordTable *self, KilterPlan *plan)
{
  GListModel *model = G_LIST_MODEL (self->items);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint at = 0, first, last_new, last_old;

  KILTER_FOREACH_RECORD (plan, self->table, record)
    {
      g_autoptr (KilterRecordItem) old = NULL;

      while ((old = g_list_model_get_item (model, at)) != NULL && old->id < record->id)
        {
          g_clear_object (&old);
          at++;
        }
      g_ptr_array_add (items, old != NULL && old->id == record->id ? g_object_ref (old)
                                                                   : item_new (record->id));
    }
  last_new = items->len;
  last_old = g_list_model_get_n_items (model);
  for (first = 0; first < MIN (last_new, last_old); first++)
    {
      g_autoptr (GObject) old = g_list_model_get_item (model, first);

      if (old != g_ptr_array_index (items, first))
        break;
    }
  for (; last_new > first && last_old > first; last_new--, last_old--)
    {
      g_autoptr (GObject) old = g_list_model_get_item (model, last_old - 1);

      if (old != g_ptr_array_index (items, last_new - 1))
        break;
    }
  if (last_old > first || last_new > first)
    g_list_store_splice (self->items, first, last_old - first, items->pdata + first,
                         last_new - first);
}

/**
 * kilter_record_table_refresh:
 *
 * Shows the records of the plan as they are.
 */
void
kilter_record_table_refresh (KilterRecordTable *self)
{
  KilterPlan *plan = kilter_record_table_get_plan (self);

  if (plan == NULL)
    return;
  update_items (self, plan);
  kilter_record_table_drop_orphans (self);
  kilter_record_table_emit_changed (self, 0);
  update_count (self);
  update_buttons (self);
}

/* Ctrl+F: the filter of the table */
gboolean
kilter_record_table_find (KilterRecordTable *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->search)) &&
         gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * kilter_record_table_move:
 * @rows: how many rows down
 * @columns: how many columns to the right
 *
 * Moves the focus from a cell to another.
 */
void
kilter_record_table_move (KilterRecordTable *self, int id, int field, int rows, int columns)
{
  int row = kilter_record_table_find_row (self, id);
  int column = kilter_record_table_find_column (self, field);
  g_autoptr (GtkColumnViewColumn) to = NULL;

  if (row < 0 || column < 0)
    return;
  row = CLAMP (row + rows, 0, (int) g_list_model_get_n_items (self->rows) - 1);
  column = CLAMP (column + columns, 0, (int) self->fields->len - 1);
  to = g_list_model_get_item (gtk_column_view_get_columns (self->view), (guint) column);
  gtk_column_view_scroll_to (self->view, (guint) row, to, GTK_LIST_SCROLL_FOCUS, NULL);
}

void
kilter_record_table_select (KilterRecordTable *self, int id)
{
  int row = kilter_record_table_find_row (self, id);

  if (row >= 0)
    gtk_column_view_scroll_to (self->view, (guint) row, NULL,
                               GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);
}

static void
added_cb (int id, gpointer data)
{
  KilterRecordTable *self = data;

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  kilter_record_table_refresh (self);
  kilter_record_table_select (self, id);
}

/**
 * kilter_record_table_add:
 *
 * Asks for a new record.
 */
void
kilter_record_table_add (KilterRecordTable *self)
{
  if (kilter_record_table_is_editable (self))
    kilter_record_dialog_present (self->page, self->table, 0, (const int *) self->fields->data,
                                  (int) self->fields->len, added_cb, self);
}
