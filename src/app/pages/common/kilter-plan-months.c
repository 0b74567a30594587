/* kilter-plan-months.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-months.h"

#include "app/pages/common/kilter-plan-grid-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  COL_FIRST,
  COL_SECOND,
  COL_DIFFERENCE,
  N_COLS
};

/* --- the table: the grid's columns as rows --- */

#define TYPE_MONTHS_MODEL (months_model_get_type ())
G_DECLARE_FINAL_TYPE (MonthsModel, months_model, MONTHS, MODEL, GObject)

struct _MonthsModel
{
  GObject parent_instance;
  KilterPlanGrid *grid; /* not owned: the page owns the grid and the view of this */
  int rows[2];          /* of the grid; -1: none */
};

static void months_model_iface_init (KilterGridModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (MonthsModel,
                               months_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KILTER_TYPE_GRID_MODEL,
                                                      months_model_iface_init))

static int
months_get_n_rows (KilterGridModel *model)
{
  MonthsModel *self = MONTHS_MODEL (model);

  return self->rows[0] < 0 ? 0 : (int) self->grid->columns->len;
}

static int
months_get_n_cols (KilterGridModel *model)
{
  return MONTHS_MODEL (model)->rows[1] < 0 ? 1 : N_COLS;
}

static void
months_get_row (KilterGridModel *model, int index, KilterGridRow *out)
{
  MonthsModel *self = MONTHS_MODEL (model);
  g_auto (KilterGridColumn) column = KILTER_GRID_COLUMN_INIT;
  const KilterPlanRow *first = kilter_plan_grid_get_row (self->grid, self->rows[0]);

  kilter_grid_model_get_column (KILTER_GRID_MODEL (self->grid), index, &column);
  out->description = g_strdup (column.description);
  if (column.flags & KILTER_GRID_COLUMN_FLAG_TOTAL)
    out->kind = KILTER_GRID_ROW_TOTAL;
  out->label = g_strdup (column.flags & KILTER_GRID_COLUMN_FLAG_TOTAL || column.description == NULL
                           ? column.label
                           : column.description);
  if (column.flags & KILTER_GRID_COLUMN_FLAG_PAST)
    out->flags |= KILTER_GRID_ROW_FLAG_DIM;
  if (column.flags & KILTER_GRID_COLUMN_FLAG_PROBLEM)
    out->badge = g_strdup ("\xe2\x96\xb2");
  if (first != NULL && (first->flags & KILTER_PLAN_ROW_EDITABLE))
    out->flags |= KILTER_GRID_ROW_FLAG_EDITABLE;
}

static void
months_get_column (KilterGridModel *model, int col, KilterGridColumn *out)
{
  MonthsModel *self = MONTHS_MODEL (model);
  g_auto (KilterGridRow) row = KILTER_GRID_ROW_INIT;

  if (col == COL_DIFFERENCE)
    {
      out->label = g_strdup ("\xce\x94");
      out->description = g_strdup (_ ("Difference"));
      return;
    }
  if (self->rows[col] < 0)
    return;
  kilter_grid_model_get_row (KILTER_GRID_MODEL (self->grid), self->rows[col], &row);
  /* the name stands in the menu above */
  out->label = g_strdup (row.unit != NULL ? row.unit : "");
  out->description = g_strdup (row.label);
}

static void
months_get_cell (KilterGridModel *model, int index, int col, KilterGridCell *out)
{
  MonthsModel *self = MONTHS_MODEL (model);
  KilterGridCell other = { 0 };
  KilterFormat format;
  g_autofree char *text = NULL;

  if (col != COL_DIFFERENCE)
    {
      kilter_grid_model_get_cell (KILTER_GRID_MODEL (self->grid), self->rows[col], index, out);
      return;
    }
  kilter_grid_model_get_cell (KILTER_GRID_MODEL (self->grid), self->rows[0], index, out);
  kilter_grid_model_get_cell (KILTER_GRID_MODEL (self->grid), self->rows[1], index, &other);
  out->value -= other.value;
  out->flags = KILTER_GRID_CELL_FLAG_DIM;
  *out->text = '\0';
  if (isnan (out->value))
    return;
  format = *kilter_plan_grid_ensure_format (self->grid,
                                            kilter_plan_grid_peek_row (self->grid, self->rows[0]));
  text = kilter_format_delta (&format, out->value);
  kilter_grid_cell_set_text (out, text);
}

static char *
months_get_edit_text (KilterGridModel *model, int index, int col)
{
  MonthsModel *self = MONTHS_MODEL (model);
  KilterGridCell cell = { 0 };

  if (col != COL_DIFFERENCE)
    return kilter_grid_model_get_edit_text (KILTER_GRID_MODEL (self->grid), self->rows[col], index);
  months_get_cell (model, index, col, &cell);
  return g_strdup (cell.text);
}

static gboolean
months_set_text (KilterGridModel *model, int index, int col, const char *text, GError **error)
{
  MonthsModel *self = MONTHS_MODEL (model);

  if (col != COL_DIFFERENCE)
    return kilter_grid_model_set_text (KILTER_GRID_MODEL (self->grid), self->rows[col], index, text,
                                       error);
  g_set_error_literal (error, KILTER_GRID_ERROR, KILTER_GRID_ERROR_READ_ONLY,
                       _ ("The difference is calculated."));
  return FALSE;
}

static gboolean
months_clear (KilterGridModel *model,
              const KilterGridRange *range,
              char **out_message,
              GError **error)
{
  MonthsModel *self = MONTHS_MODEL (model);
  KilterGridRange turned = { 0, range->row, 1, range->n_rows };

  if (range->col == COL_DIFFERENCE)
    return months_set_text (model, range->row, range->col, "", error);
  turned.row = self->rows[range->col];
  return kilter_grid_model_clear (KILTER_GRID_MODEL (self->grid), &turned, out_message, error);
}

static void
months_model_iface_init (KilterGridModelInterface *iface)
{
  iface->get_n_rows = months_get_n_rows;
  iface->get_n_cols = months_get_n_cols;
  iface->get_row = months_get_row;
  iface->get_column = months_get_column;
  iface->get_cell = months_get_cell;
  iface->get_edit_text = months_get_edit_text;
  iface->set_text = months_set_text;
  iface->clear = months_clear;
}

static void
months_model_class_init (MonthsModelClass *klass)
{
}

static void
months_model_init (MonthsModel *self)
{
  self->rows[0] = self->rows[1] = -1;
}

/* --- the widget --- */

struct _KilterPlanMonths
{
  AdwBin parent_instance;

  KilterPlanGrid *grid; /* not owned */
  KilterGrid *wide;     /* not owned: the grid that a wide window shows */
  MonthsModel *model;
  KilterGrid *view;
  GtkDropDown *choices[2];
  GtkLabel *unit;
  GArray *listed;  /* int: rows of the grid, in the order of the menus */
  char *chosen[2]; /* what was chosen by hand, kept over changes of the rows */
  gboolean is_filling;
  gboolean is_placed;
};

G_DEFINE_FINAL_TYPE (KilterPlanMonths, kilter_plan_months, ADW_TYPE_BIN)

/* "Drinks: Consensus": the name of a row, after that of what it belongs to. */
static char *
name_row (KilterPlanMonths *self, int index)
{
  const KilterPlanGridRow *row = kilter_plan_grid_peek_row (self->grid, index);

  if (row->row.depth == 0 && row->row.key == NULL)
    return g_strdup (row->label);
  for (int above = index - 1; above >= 0; above--)
    {
      const KilterPlanGridRow *other = kilter_plan_grid_peek_row (self->grid, above);

      if (other->row.depth < row->row.depth)
        return g_strdup_printf ("%s: %s", other->label, row->label);
    }
  return g_strdup (row->label);
}

static KilterUnit
get_unit (KilterPlanMonths *self, int index)
{
  return kilter_measure_get_info (
           (KilterMeasure) kilter_plan_grid_peek_row (self->grid, index)->row.measure)
    ->unit;
}

/* The row that a page is about: the one that its chart stands for, else the bold one. */
static int
find_main (KilterPlanMonths *self)
{
  int found = -1;

  for (guint i = 0; i < self->listed->len; i++)
    {
      int index = g_array_index (self->listed, int, i);
      const KilterPlanRow *row = kilter_plan_grid_get_row (self->grid, index);

      if (row->kind == KILTER_GRID_ROW_TOTAL || (row->look & KILTER_GRID_ROW_FLAG_BOLD))
        return index;
      if (found < 0)
        found = index;
    }
  return found;
}

/* What it is best compared with: the first row that can be, of the same part of the plan. */
static int
find_other (KilterPlanMonths *self, int first)
{
  for (guint i = 0; first >= 0 && i < self->listed->len; i++)
    {
      int index = g_array_index (self->listed, int, i);

      if (index != first && get_unit (self, index) == get_unit (self, first) &&
          kilter_plan_grid_get_row (self->grid, index)->depth ==
            kilter_plan_grid_get_row (self->grid, first)->depth)
        return index;
    }
  return -1;
}

static int
find_named (KilterPlanMonths *self, const char *name)
{
  for (guint i = 0; name != NULL && i < self->listed->len; i++)
    {
      int index = g_array_index (self->listed, int, i);
      g_autofree char *other = name_row (self, index);

      if (g_str_equal (other, name))
        return index;
    }
  return -1;
}

static void
show_choice (KilterPlanMonths *self, int which)
{
  for (guint i = 0; i < self->listed->len; i++)
    if (g_array_index (self->listed, int, i) == self->model->rows[which])
      gtk_drop_down_set_selected (self->choices[which], i);
}

/* Numbers of different kinds have no difference. */
static void
check_pair (KilterPlanMonths *self)
{
  int *rows = self->model->rows;

  if (rows[0] >= 0 && rows[1] >= 0 && get_unit (self, rows[0]) != get_unit (self, rows[1]))
    rows[1] = find_other (self, rows[0]);
  gtk_widget_set_visible (GTK_WIDGET (self->choices[1]), rows[1] >= 0);
}

static void
fill_choices (KilterPlanMonths *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->listed->len; i++)
    {
      g_autofree char *name = name_row (self, g_array_index (self->listed, int, i));

      gtk_string_list_append (names, name);
    }
  for (int k = 0; k < 2; k++)
    gtk_drop_down_set_model (self->choices[k], G_LIST_MODEL (names));
}

/* The cycle's month stands at the top; the past is a scroll upwards. */
static void
place (KilterPlanMonths *self)
{
  int cycle = kilter_plan_get_n_history (kilter_page_get_plan (self->grid->page));
  int row = kilter_plan_grid_find_col (self->grid, cycle);

  if (self->is_placed || row < 0 || self->model->rows[0] < 0 ||
      gtk_widget_get_height (GTK_WIDGET (self->view)) < 50)
    return;
  self->is_placed = TRUE;
  kilter_grid_scroll_to (self->view, MIN (row + 8, (int) self->grid->columns->len - 1), 0);
  kilter_grid_scroll_to (self->view, row, 0);
}

void
kilter_plan_months_refresh (KilterPlanMonths *self)
{
  g_autofree char *unit = kilter_plan_grid_get_unit_name (self->grid);

  g_array_set_size (self->listed, 0);
  for (guint i = 0; i < self->grid->rows->len; i++)
    {
      const KilterPlanRow *row = kilter_plan_grid_get_row (self->grid, (int) i);
      int index = (int) i;

      if (row->measure >= 0 && !(row->flags & KILTER_PLAN_ROW_REASON))
        g_array_append_val (self->listed, index);
    }
  self->is_filling = TRUE;
  fill_choices (self);
  self->model->rows[0] = find_named (self, self->chosen[0]);
  if (self->model->rows[0] < 0)
    self->model->rows[0] = find_main (self);
  self->model->rows[1] = find_named (self, self->chosen[1]);
  if (self->model->rows[1] < 0)
    self->model->rows[1] = find_other (self, self->model->rows[0]);
  check_pair (self);
  show_choice (self, 0);
  show_choice (self, 1);
  self->is_filling = FALSE;
  gtk_label_set_label (self->unit, unit);
  kilter_grid_set_read_only (self->view, kilter_page_is_read_only (self->grid->page));
  kilter_grid_model_reset (KILTER_GRID_MODEL (self->model));
  place (self);
}

static void
chosen_cb (KilterPlanMonths *self)
{
  if (self->is_filling)
    return;
  for (int k = 0; k < 2; k++)
    {
      guint at = gtk_drop_down_get_selected (self->choices[k]);

      if (at >= self->listed->len || (k == 1 && self->model->rows[1] < 0))
        continue;
      self->model->rows[k] = g_array_index (self->listed, int, at);
      g_free (self->chosen[k]);
      self->chosen[k] = name_row (self, self->model->rows[k]);
    }
  self->is_filling = TRUE;
  check_pair (self);
  show_choice (self, 1);
  self->is_filling = FALSE;
  kilter_grid_model_reset (KILTER_GRID_MODEL (self->model));
}

/* What is chosen here is chosen in the grid, and so in the inspector. */
static void
selection_cb (KilterPlanMonths *self)
{
  KilterGridRange range, turned;

  kilter_grid_get_selection (self->view, &range);
  if (kilter_grid_range_is_empty (&range) || self->wide == NULL)
    return;
  turned = (KilterGridRange) {
    self->model->rows[range.col == COL_SECOND && self->model->rows[1] >= 0 ? 1 : 0], range.row, 1,
    range.n_rows
  };
  kilter_grid_select_range (self->wide, &turned);
}

static void
message_cb (KilterGrid *view, const char *text, gboolean is_error, KilterPlanMonths *self)
{
  kilter_page_toast (self->grid->page, text, !is_error);
}

static void
kilter_plan_months_finalize (GObject *object)
{
  KilterPlanMonths *self = KILTER_PLAN_MONTHS (object);

  g_clear_object (&self->model);
  g_array_unref (self->listed);
  g_free (self->chosen[0]);
  g_free (self->chosen[1]);
  if (self->wide != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->wide), (gpointer *) &self->wide);
  G_OBJECT_CLASS (kilter_plan_months_parent_class)->finalize (object);
}

static void
kilter_plan_months_class_init (KilterPlanMonthsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kilter_plan_months_finalize;
}

/* Long names must not make the screen wider than it is; in the list there is room. */
static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer ellipsize)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), (PangoEllipsizeMode) GPOINTER_TO_INT (ellipsize));
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *name = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (name));
}

static GtkListItemFactory *
make_factory (PangoEllipsizeMode ellipsize)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (ellipsize));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}

static void
kilter_plan_months_init (KilterPlanMonths *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *unit = gtk_label_new (NULL);
  const char *const names[] = { _ ("Shown"), _ ("Compared With") };
  g_autoptr (GtkListItemFactory) short_names = make_factory (PANGO_ELLIPSIZE_END);
  g_autoptr (GtkListItemFactory) whole_names = make_factory (PANGO_ELLIPSIZE_NONE);

  self->model = g_object_new (TYPE_MONTHS_MODEL, NULL);
  self->listed = g_array_new (FALSE, FALSE, sizeof (int));
  self->view = KILTER_GRID (kilter_grid_new (KILTER_GRID_MODEL (self->model)));
  gtk_box_set_homogeneous (GTK_BOX (bar), TRUE);
  gtk_widget_add_css_class (bar, "kilter-months-bar");
  for (int k = 0; k < 2; k++)
    {
      GtkWidget *choice = gtk_drop_down_new (NULL, NULL);

      gtk_drop_down_set_factory (GTK_DROP_DOWN (choice), short_names);
      gtk_drop_down_set_list_factory (GTK_DROP_DOWN (choice), whole_names);
      gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      names[k], -1);
      gtk_widget_set_tooltip_text (choice, names[k]);
      gtk_box_append (GTK_BOX (bar), choice);
      self->choices[k] = GTK_DROP_DOWN (choice);
      g_signal_connect_object (choice, "notify::selected", G_CALLBACK (chosen_cb), self,
                               G_CONNECT_SWAPPED);
    }
  self->unit = GTK_LABEL (unit);
  gtk_label_set_xalign (self->unit, 0);
  gtk_widget_add_css_class (unit, "dim-label");
  gtk_widget_add_css_class (unit, "caption");
  gtk_widget_add_css_class (unit, "kilter-months-unit");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), unit);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->view, "selection-changed", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "message", G_CALLBACK (message_cb), self, 0);
  g_signal_connect_object (self->view, "columns-changed", G_CALLBACK (place), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
kilter_plan_months_new (KilterPlanGrid *grid, KilterGrid *view)
{
  KilterPlanMonths *self = g_object_new (KILTER_TYPE_PLAN_MONTHS, NULL);

  self->grid = grid;
  self->model->grid = grid;
  self->wide = view;
  g_object_add_weak_pointer (G_OBJECT (view), (gpointer *) &self->wide);
  return GTK_WIDGET (self);
}

void
kilter_plan_months_get_rows (KilterPlanMonths *self, int *out_first, int *out_second)
{
  *out_first = self->model->rows[0];
  *out_second = self->model->rows[1];
}

KilterGrid *
kilter_plan_months_get_view (KilterPlanMonths *self)
{
  return self->view;
}
