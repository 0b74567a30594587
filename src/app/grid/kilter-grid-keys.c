/* kilter-grid-keys.c: the keyboard of the grid while no cell is edited.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/grid/kilter-grid-private.h"

#define SHIFT GDK_SHIFT_MASK
#define CONTROL GDK_CONTROL_MASK
#define ALT GDK_ALT_MASK
#define MODIFIERS (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)

/* Keys that are one action. Letters stand for both cases. */
static const struct
{
  guint keyval;
  GdkModifierType modifiers;
  const char *action;
} bindings[] = {
  { GDK_KEY_c, CONTROL, "grid.copy" },
  { GDK_KEY_Insert, CONTROL, "grid.copy" },
  { GDK_KEY_c, CONTROL | SHIFT, "grid.copy-with-headers" },
  { GDK_KEY_x, CONTROL, "grid.cut" },
  { GDK_KEY_v, CONTROL, "grid.paste" },
  { GDK_KEY_Insert, SHIFT, "grid.paste" },
  { GDK_KEY_a, CONTROL, "grid.select-all" },
  { GDK_KEY_space, CONTROL, "grid.select-column" },
  { GDK_KEY_space, SHIFT, "grid.select-row" },
  { GDK_KEY_d, CONTROL, "grid.fill-down" },
  { GDK_KEY_r, CONTROL, "grid.fill-right" },
  { GDK_KEY_d, CONTROL | ALT, "grid.continue-down" },
  { GDK_KEY_r, CONTROL | ALT, "grid.continue-right" },
  { GDK_KEY_Delete, 0, "grid.clear" },
  { GDK_KEY_KP_Delete, 0, "grid.clear" },
  { GDK_KEY_F2, 0, "grid.edit" },
  { GDK_KEY_Left, ALT, "grid.collapse" },
  { GDK_KEY_Right, ALT, "grid.expand" },
  { GDK_KEY_Menu, 0, "grid.menu" },
  { GDK_KEY_F10, SHIFT, "grid.menu" },
};

/* What a key means whatever block of the keyboard it is on. */
static guint
plain_keyval (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_KP_Left:
      return GDK_KEY_Left;
    case GDK_KEY_KP_Right:
      return GDK_KEY_Right;
    case GDK_KEY_KP_Up:
      return GDK_KEY_Up;
    case GDK_KEY_KP_Down:
      return GDK_KEY_Down;
    case GDK_KEY_KP_Home:
      return GDK_KEY_Home;
    case GDK_KEY_KP_End:
      return GDK_KEY_End;
    case GDK_KEY_KP_Page_Up:
      return GDK_KEY_Page_Up;
    case GDK_KEY_KP_Page_Down:
      return GDK_KEY_Page_Down;
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return GDK_KEY_Return;
    case GDK_KEY_ISO_Left_Tab:
      return GDK_KEY_Tab;
    default:
      return gdk_keyval_to_lower (keyval);
    }
}

/* Left and right are directions on the screen; columns go with them unless the grid is mirrored. */
static int
forward (KilterGrid *self)
{
  return self->geometry.rtl && self->geometry.mirror_columns ? -1 : 1;
}

static int
page_rows (KilterGrid *self)
{
  return MAX (1,
              kilter_grid_geometry_view_height (&self->geometry) / self->geometry.row_height - 1);
}

static gboolean
handle_move (KilterGrid *self, guint keyval, GdkModifierType state)
{
  gboolean extend = state & SHIFT, edge = state & CONTROL;
  int row = extend ? self->selection.extent_row : self->selection.row;
  int last_row = self->geometry.n_rows - 1, last_col = self->geometry.n_cols - 1;

  switch (keyval)
    {
    case GDK_KEY_Left:
      kilter_grid_selection_step (self, 0, -forward (self), edge, extend);
      return TRUE;
    case GDK_KEY_Right:
      kilter_grid_selection_step (self, 0, forward (self), edge, extend);
      return TRUE;
    case GDK_KEY_Up:
      kilter_grid_selection_step (self, -1, 0, edge, extend);
      return TRUE;
    case GDK_KEY_Down:
      kilter_grid_selection_step (self, 1, 0, edge, extend);
      return TRUE;
    case GDK_KEY_Home:
      kilter_grid_selection_move (self, edge ? 0 : row, 0, extend);
      return TRUE;
    case GDK_KEY_End:
      kilter_grid_selection_move (self, edge ? last_row : row, last_col, extend);
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
      if (edge) /* previous and next page of the view */
        return FALSE;
      kilter_grid_selection_step (
        self, keyval == GDK_KEY_Page_Up ? -page_rows (self) : page_rows (self), 0, FALSE, extend);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
handle_enter (KilterGrid *self, GdkModifierType state)
{
  KilterGridRange range;

  kilter_grid_get_selection (self, &range);
  if (kilter_grid_range_is_empty (&range))
    return FALSE;
  if (range.n_rows == 1 && range.n_cols == 1 && !(state & SHIFT) &&
      !kilter_grid_cell_is_editable (self, range.row, range.col) &&
      kilter_grid_emit_activate (self, range.row, range.col))
    return TRUE;
  kilter_grid_selection_next (self, state & SHIFT ? -1 : 1, 0);
  return TRUE;
}

/* Tab leaves the grid at its ends, so that the keyboard never gets caught. */
static gboolean
handle_tab (KilterGrid *self, GdkModifierType state)
{
  gboolean back = state & SHIFT;
  KilterGridRange range;

  kilter_grid_get_selection (self, &range);
  if (kilter_grid_range_is_empty (&range) ||
      (range.n_rows * range.n_cols == 1 &&
       self->selection.col == (back ? 0 : self->geometry.n_cols - 1)))
    return FALSE;
  kilter_grid_selection_next (self, 0, back ? -1 : 1);
  return TRUE;
}

static gboolean
handle_levels (KilterGrid *self, guint keyval, GdkModifierType state)
{
  static const guint shifted[] = { GDK_KEY_exclam, GDK_KEY_at, GDK_KEY_numbersign, GDK_KEY_dollar };

  if (state != (ALT | SHIFT))
    return FALSE;
  for (int i = 0; i < 4; i++)
    if (keyval == (guint) (GDK_KEY_1 + i) || keyval == shifted[i] ||
        keyval == (guint) (GDK_KEY_KP_1 + i))
      {
        gtk_widget_activate_action (GTK_WIDGET (self), "grid.expand-to-level", "i", i + 1);
        return TRUE;
      }
  return FALSE;
}

/* Whether a key press writes a character, and so begins editing. No number begins with a letter:
 * those are left to the window, which has shortcuts of one letter in meetings. */
gboolean
kilter_grid_starts_edit (KilterGrid *self, guint keyval, GdkModifierType state)
{
  gunichar c = gdk_keyval_to_unicode (keyval);
  KilterGridCell cell;

  if (state & (CONTROL | ALT | GDK_SUPER_MASK) || !kilter_grid_has_cursor (self))
    return FALSE;
  kilter_grid_model_get_cell (self->model, self->selection.row, self->selection.col, &cell);
  if (g_unichar_isalpha (c) && !(cell.flags & KILTER_GRID_CELL_FLAG_TEXT))
    return FALSE;
  return (c != 0 && g_unichar_isprint (c) && c != ' ') ||
         (keyval >= GDK_KEY_dead_grave && keyval <= GDK_KEY_dead_greek) ||
         keyval == GDK_KEY_Multi_key;
}

/**
 * kilter_grid_handle_key:
 * @keyval: key
 * @state: modifiers
 *
 * All keys but those that begin editing.
 *
 * Returns: whether the key meant something
 */
gboolean
kilter_grid_handle_key (KilterGrid *self, guint keyval, GdkModifierType state)
{
  guint key = plain_keyval (keyval);

  state &= MODIFIERS;
  if (self->model == NULL || self->geometry.n_rows == 0 || self->geometry.n_cols == 0)
    return FALSE;
  if (keyval == GDK_KEY_ISO_Left_Tab)
    state |= SHIFT;
  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++)
    if (bindings[i].keyval == key && bindings[i].modifiers == state)
      return gtk_widget_activate_action (GTK_WIDGET (self), bindings[i].action, NULL);
  if (handle_levels (self, keyval, state))
    return TRUE;
  if (state & (ALT | GDK_SUPER_MASK))
    return FALSE;

  if (handle_move (self, key, state))
    return TRUE;
  if (key == GDK_KEY_Return && !(state & CONTROL))
    return handle_enter (self, state);
  if (key == GDK_KEY_Tab && !(state & CONTROL))
    return handle_tab (self, state);
  if (key == GDK_KEY_BackSpace && state == 0)
    return kilter_grid_begin_edit (self, "");
  if (key == GDK_KEY_Escape && self->drag != KILTER_GRID_DRAG_NONE)
    {
      kilter_grid_stop_drag (self);
      return TRUE;
    }
  return FALSE;
}
