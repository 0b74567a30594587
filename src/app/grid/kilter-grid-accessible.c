/* kilter-grid-accessible.c: what assistive technology sees of the grid.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells are not widgets. Visible rows and cells appear as small objects that are made when somebody
 * asks, and when the cursor reaches a cell. GTK exposes no table interface, so that the label of a
 * cell says everything: row, column, value, unit, states. */
#include "app/grid/kilter-grid-private.h"

/* Rows have this column; row headers −1; the header row is row −1. */
#define WHOLE_ROW (-2)
#define MAX_ITEMS 6000

#define KILTER_TYPE_GRID_ITEM (kilter_grid_item_get_type ())
G_DECLARE_FINAL_TYPE (KilterGridItem, kilter_grid_item, KILTER, GRID_ITEM, GObject)

struct _KilterGridItem
{
  GObject parent_instance;

  KilterGrid *grid; /* weak */
  GtkATContext *context;
  GtkAccessibleRole role;
  gint64 key;
  int row;
  int col;
};

enum
{
  PROP_0,
  PROP_ACCESSIBLE_ROLE
};

static gint64
make_key (int row, int col)
{
  return (gint64) ((guint64) (guint32) row << 32 | (guint32) col);
}

/* --- the items ------------------------------------------------------------------------------- */

static KilterGridItem *get_item (KilterGrid *grid, int row, int col);

static gboolean
is_alive (KilterGridItem *self)
{
  return self->grid && self->grid->model;
}

static GtkATContext *
item_get_at_context (GtkAccessible *accessible)
{
  KilterGridItem *self = KILTER_GRID_ITEM (accessible);

  if (self->context == NULL)
    {
      GdkDisplay *display = self->grid ? gtk_widget_get_display (GTK_WIDGET (self->grid))
                                       : gdk_display_get_default ();

      self->context = gtk_at_context_create (self->role, accessible, display);
      if (self->context == NULL)
        return NULL;
    }
  return g_object_ref (self->context);
}

static gboolean
item_get_platform_state (GtkAccessible *accessible, GtkAccessiblePlatformState state)
{
  KilterGridItem *self = KILTER_GRID_ITEM (accessible);

  if (!is_alive (self))
    return FALSE;
  switch (state)
    {
    case GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSABLE:
      return self->row >= 0 && self->col >= 0;
    case GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSED:
      return self->row == self->grid->selection.row && self->col == self->grid->selection.col &&
             gtk_widget_has_focus (GTK_WIDGET (self->grid));
    case GTK_ACCESSIBLE_PLATFORM_STATE_ACTIVE:
    default:
      return FALSE;
    }
}

static GtkAccessible *
item_get_parent (GtkAccessible *accessible)
{
  KilterGridItem *self = KILTER_GRID_ITEM (accessible);

  if (!is_alive (self))
    return NULL;
  if (self->col == WHOLE_ROW)
    return GTK_ACCESSIBLE (g_object_ref (self->grid));
  return GTK_ACCESSIBLE (g_object_ref (get_item (self->grid, self->row, WHOLE_ROW)));
}

static GtkAccessible *
item_get_first_child (GtkAccessible *accessible)
{
  KilterGridItem *self = KILTER_GRID_ITEM (accessible);

  if (!is_alive (self) || self->col != WHOLE_ROW)
    return NULL;
  return GTK_ACCESSIBLE (g_object_ref (get_item (self->grid, self->row, -1)));
}

static int
next_visible_column (KilterGrid *grid, int col)
{
  int first, end, n = grid->geometry.n_cols - grid->geometry.n_frozen;

  kilter_grid_geometry_visible_columns (&grid->geometry, &first, &end);
  col++;
  if (col < first)
    col = first;
  if (col >= end && col < n)
    col = n;
  return col < grid->geometry.n_cols ? col : -1;
}

static int
next_visible_row (KilterGrid *grid, int row)
{
  int first, end;

  kilter_grid_geometry_visible_rows (&grid->geometry, &first, &end);
  row = MAX (row + 1, first);
  return row < end ? row : -1;
}

static GtkAccessible *
item_get_next_sibling (GtkAccessible *accessible)
{
  KilterGridItem *self = KILTER_GRID_ITEM (accessible);
  GtkWidget *child;
  int next;

  if (!is_alive (self))
    return NULL;
  if (self->col != WHOLE_ROW)
    {
      next = next_visible_column (self->grid, self->col);
      return next < 0 ? NULL
                      : GTK_ACCESSIBLE (g_object_ref (get_item (self->grid, self->row, next)));
    }
  next = next_visible_row (self->grid, self->row);
  if (next >= 0)
    return GTK_ACCESSIBLE (g_object_ref (get_item (self->grid, next, WHOLE_ROW)));
  child = gtk_widget_get_first_child (GTK_WIDGET (self->grid));
  return child ? GTK_ACCESSIBLE (g_object_ref (child)) : NULL;
}

/* Bounds are relative to the accessible parent: a row's to the grid, a cell's to its row. */
static gboolean
item_get_bounds (GtkAccessible *accessible, int *x, int *y, int *width, int *height)
{
  KilterGridItem *self = KILTER_GRID_ITEM (accessible);
  const KilterGridGeometry *geometry;

  if (!is_alive (self))
    return FALSE;
  geometry = &self->grid->geometry;
  *x = *y = 0;
  *width = geometry->width;
  *height = self->row < 0 ? geometry->header_height : geometry->row_height;
  if (self->col == WHOLE_ROW)
    *y = self->row < 0 ? 0 : kilter_grid_geometry_row_y (geometry, self->row);
  else if (self->col == -1)
    {
      *x = kilter_grid_geometry_header_x (geometry);
      *width = geometry->header_width;
    }
  else
    *x = kilter_grid_geometry_column_x (geometry, self->col, width);
  return TRUE;
}

static void
item_accessible_init (GtkAccessibleInterface *iface)
{
  iface->get_at_context = item_get_at_context;
  iface->get_platform_state = item_get_platform_state;
  iface->get_accessible_parent = item_get_parent;
  iface->get_first_accessible_child = item_get_first_child;
  iface->get_next_accessible_sibling = item_get_next_sibling;
  iface->get_bounds = item_get_bounds;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KilterGridItem,
                               kilter_grid_item,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE, item_accessible_init))

static void
kilter_grid_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KilterGridItem *self = KILTER_GRID_ITEM (object);

  if (prop_id == PROP_ACCESSIBLE_ROLE)
    g_value_set_enum (value, self->role);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
kilter_grid_item_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  KilterGridItem *self = KILTER_GRID_ITEM (object);

  if (prop_id == PROP_ACCESSIBLE_ROLE)
    self->role = (GtkAccessibleRole) g_value_get_enum (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
kilter_grid_item_dispose (GObject *object)
{
  KilterGridItem *self = KILTER_GRID_ITEM (object);

  g_clear_weak_pointer (&self->grid);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kilter_grid_item_parent_class)->dispose (object);
}

static void
kilter_grid_item_class_init (KilterGridItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kilter_grid_item_get_property;
  object_class->set_property = kilter_grid_item_set_property;
  object_class->dispose = kilter_grid_item_dispose;
  g_object_class_override_property (object_class, PROP_ACCESSIBLE_ROLE, "accessible-role");
}

static void
kilter_grid_item_init (KilterGridItem *self)
{
}

/* --- names and states ------------------------------------------------------------------------ */

static char *
item_label (KilterGridItem *item)
{
  KilterGridModel *model = item->grid->model;

  if (item->row >= 0 && item->col >= 0)
    return kilter_grid_model_describe_cell (model, item->row, item->col);
  if (item->row >= 0)
    {
      g_auto (KilterGridRow) row = KILTER_GRID_ROW_INIT;
      const char *label;

      kilter_grid_model_get_row (model, item->row, &row);
      label = row.description ? row.description : row.label;
      return row.note ? g_strdup_printf ("%s, %s", label, row.note) : g_strdup (label);
    }
  if (item->col >= 0)
    {
      g_auto (KilterGridColumn) column = KILTER_GRID_COLUMN_INIT;

      kilter_grid_model_get_column (model, item->col, &column);
      return g_strdup (column.description ? column.description : column.label);
    }
  return g_strdup (item->grid->corner_label ? item->grid->corner_label : "");
}

static void
update_selected (KilterGridItem *item)
{
  KilterGridRange range;

  if (item->row < 0 || item->col < 0)
    return;
  kilter_grid_get_selection (item->grid, &range);
  gtk_accessible_update_state (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_STATE_SELECTED,
                               (gboolean) kilter_grid_range_contains (&range, item->row, item->col),
                               -1);
}

static void
update_item (KilterGridItem *item)
{
  g_autofree char *label = item_label (item);
  GtkAccessible *accessible = GTK_ACCESSIBLE (item);

  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (item->row < 0)
    return;
  gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_ROW_INDEX, item->row + 2, -1);
  if (item->col >= 0)
    {
      gboolean editable = kilter_grid_cell_is_editable (item->grid, item->row, item->col) &&
                          !item->grid->read_only;

      gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_COL_INDEX, item->col + 2,
                                      -1);
      gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_READ_ONLY, !editable, -1);
      update_selected (item);
    }
  else
    {
      g_auto (KilterGridRow) row = KILTER_GRID_ROW_INIT;

      kilter_grid_model_get_row (item->grid->model, item->row, &row);
      if (row.flags & KILTER_GRID_ROW_FLAG_EXPANDABLE)
        gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_EXPANDED,
                                     (gboolean) !!(row.flags & KILTER_GRID_ROW_FLAG_EXPANDED), -1);
    }
}

static GtkAccessibleRole
role_of (int row, int col)
{
  if (col == WHOLE_ROW)
    return GTK_ACCESSIBLE_ROLE_ROW;
  if (row < 0)
    return GTK_ACCESSIBLE_ROLE_COLUMN_HEADER;
  return col < 0 ? GTK_ACCESSIBLE_ROLE_ROW_HEADER : GTK_ACCESSIBLE_ROLE_GRID_CELL;
}

static gboolean
is_out_of_sight (gpointer key, gpointer value, gpointer user_data)
{
  KilterGridItem *item = value;
  KilterGrid *grid = user_data;
  int first, end;

  kilter_grid_geometry_visible_rows (&grid->geometry, &first, &end);
  return item->row >= 0 && item->row != grid->selection.row &&
         (item->row < first || item->row >= end);
}

static KilterGridItem *
get_item (KilterGrid *grid, int row, int col)
{
  gint64 key = make_key (row, col);
  KilterGridItem *item;

  if (grid->accessibles == NULL)
    grid->accessibles = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_object_unref);
  item = g_hash_table_lookup (grid->accessibles, &key);
  if (item)
    return item;

  if (g_hash_table_size (grid->accessibles) > MAX_ITEMS)
    g_hash_table_foreach_remove (grid->accessibles, is_out_of_sight, grid);
  item = g_object_new (KILTER_TYPE_GRID_ITEM, "accessible-role", role_of (row, col), NULL);
  g_set_weak_pointer (&item->grid, grid);
  item->row = row;
  item->col = col;
  item->key = key;
  g_hash_table_insert (grid->accessibles, &item->key, item);
  update_item (item);
  return item;
}

/* --- the grid's side ------------------------------------------------------------------------- */

static GtkAccessible *
grid_get_first_child (GtkAccessible *accessible)
{
  KilterGrid *self = KILTER_GRID (accessible);
  GtkWidget *child;

  if (self->model && gtk_widget_get_realized (GTK_WIDGET (self)))
    return GTK_ACCESSIBLE (g_object_ref (get_item (self, -1, WHOLE_ROW)));
  child = gtk_widget_get_first_child (GTK_WIDGET (self));
  return child ? GTK_ACCESSIBLE (g_object_ref (child)) : NULL;
}

void
kilter_grid_accessible_iface_init (GtkAccessibleInterface *iface)
{
  iface->get_first_accessible_child = grid_get_first_child;
}

/**
 * kilter_grid_get_accessible_item:
 * @row: a row, −1 for the header row
 * @col: a column, −1 for the row header
 *
 * Returns: (transfer none): the object that stands for the cell
 */
GtkAccessible *
kilter_grid_get_accessible_item (KilterGrid *self, int row, int col)
{
  return GTK_ACCESSIBLE (get_item (self, row, col));
}

/* The focus of a screen reader follows the cursor: both cells say so. */
void
kilter_grid_accessible_cursor_moved (KilterGrid *self, int old_row, int old_col)
{
  KilterGridItem *old = NULL, *new = NULL;
  gint64 old_key = make_key (old_row, old_col);

  if (self->accessibles && old_row >= 0)
    old = g_hash_table_lookup (self->accessibles, &old_key);
  if (kilter_grid_has_cursor (self) && gtk_widget_get_realized (GTK_WIDGET (self)))
    new = get_item (self, self->selection.row, self->selection.col);
  if (old && old != new)
    {
      update_selected (old);
      gtk_accessible_update_platform_state (GTK_ACCESSIBLE (old),
                                            GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSED);
    }
  if (new)
    {
      update_item (new);
      gtk_accessible_update_platform_state (GTK_ACCESSIBLE (new),
                                            GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSED);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (self),
                                      GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, new, -1);
    }
}

/* Renames the objects that exist in a range of cells. */
void
kilter_grid_accessible_changed (KilterGrid *self, const KilterGridRange *range)
{
  GHashTableIter iter;
  gpointer value;

  if (self->accessibles == NULL)
    return;
  g_hash_table_iter_init (&iter, self->accessibles);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      KilterGridItem *item = value;

      if (kilter_grid_range_contains (range, item->row, item->col))
        update_item (item);
    }
}

void
kilter_grid_accessible_reset (KilterGrid *self)
{
  if (self->accessibles == NULL)
    return;
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
  g_clear_pointer (&self->accessibles, g_hash_table_unref);
}
