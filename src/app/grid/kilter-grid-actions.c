/* kilter-grid-actions.c: the named actions: clipboard, filling, clearing, folding.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/grid/kilter-grid-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PASTE_LIMIT (64 * 1024 * 1024) /* bytes taken from another program */

/* --- copy ------------------------------------------------------------------------------------ */

/* Takes @text; spreadsheets know neither the sign of typography nor a space before the percent. */
static char *
for_spreadsheets (char *text)
{
  static const char *const minus = "\342\210\222", *const space = "\342\200\257";
  g_auto (GStrv) parts = NULL;

  if (text == NULL)
    return NULL;
  if (g_str_has_prefix (text, minus))
    {
      char *plain = g_strconcat ("-", text + strlen (minus), NULL);

      g_free (text);
      text = plain;
    }
  if (!g_str_has_suffix (text, "%") || strstr (text, space) == NULL)
    return text;
  parts = g_strsplit (text, space, -1);
  g_free (text);
  return g_strjoinv (NULL, parts);
}

/**
 * kilter_grid_copy_block:
 * @with_headers: whether the row and column headers come along
 *
 * Returns: (nullable): the selected cells with all their digits
 */
KilterGridBlock *
kilter_grid_copy_block (KilterGrid *self, gboolean with_headers)
{
  KilterGridRange range;
  KilterGridBlock *block;
  int extra = with_headers ? 1 : 0;

  kilter_grid_get_selection (self, &range);
  if (kilter_grid_range_is_empty (&range) ||
      (gint64) (range.n_rows + 1) * (range.n_cols + 1) > KILTER_GRID_BLOCK_MAX_CELLS)
    return NULL;

  block = kilter_grid_block_new (range.n_rows + extra, range.n_cols + extra);
  if (with_headers && self->corner_label)
    kilter_grid_block_set (block, 0, 0, self->corner_label);
  for (int c = 0; with_headers && c < range.n_cols; c++)
    {
      g_auto (KilterGridColumn) column = KILTER_GRID_COLUMN_INIT;

      kilter_grid_model_get_column (self->model, range.col + c, &column);
      kilter_grid_block_set (block, 0, c + 1,
                             column.description ? column.description : column.label);
    }
  for (int r = 0; r < range.n_rows; r++)
    {
      if (with_headers)
        {
          g_auto (KilterGridRow) row = KILTER_GRID_ROW_INIT;

          kilter_grid_model_get_row (self->model, range.row + r, &row);
          kilter_grid_block_set (block, r + 1, 0, row.label);
        }
      for (int c = 0; c < range.n_cols; c++)
        kilter_grid_block_take (block, r + extra, c + extra,
                                for_spreadsheets (kilter_grid_model_get_edit_text (
                                  self->model, range.row + r, range.col + c)));
    }
  return block;
}

static void
copy (KilterGrid *self, gboolean with_headers)
{
  g_autoptr (KilterGridBlock) block = kilter_grid_copy_block (self, with_headers);
  g_autofree char *tsv = NULL;
  g_autofree char *html = NULL;
  g_autoptr (GBytes) tsv_bytes = NULL;
  g_autoptr (GBytes) html_bytes = NULL;
  GdkContentProvider *providers[4];
  g_autoptr (GdkContentProvider) all = NULL;

  if (block == NULL)
    {
      kilter_grid_message (self, _ ("The selection is too large to copy."), TRUE);
      return;
    }
  tsv = kilter_grid_block_to_tsv (block);
  html = kilter_grid_block_to_html (block, with_headers, with_headers);
  tsv_bytes = g_bytes_new (tsv, strlen (tsv));
  html_bytes = g_bytes_new (html, strlen (html));
  providers[0] = gdk_content_provider_new_for_bytes ("text/html", html_bytes);
  providers[1] = gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", tsv_bytes);
  providers[2] = gdk_content_provider_new_for_bytes ("text/plain", tsv_bytes);
  providers[3] = gdk_content_provider_new_for_bytes ("text/tab-separated-values", tsv_bytes);
  all = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), all);
}

/* --- paste ----------------------------------------------------------------------------------- */

/* The range a block goes to: it begins where the selection does; one value, or a block that fits
 * the selection a whole number of times, repeats; what lies beyond the grid is cut. */
static KilterGridRange
paste_range (KilterGrid *self, const KilterGridBlock *block)
{
  int n_rows = kilter_grid_block_get_n_rows (block), n_cols = kilter_grid_block_get_n_cols (block);
  KilterGridRange range;

  kilter_grid_get_selection (self, &range);
  if (range.n_rows % n_rows != 0)
    range.n_rows = n_rows;
  if (range.n_cols % n_cols != 0)
    range.n_cols = n_cols;
  range.n_rows = MIN (range.n_rows, self->geometry.n_rows - range.row);
  range.n_cols = MIN (range.n_cols, self->geometry.n_cols - range.col);
  return range;
}

static void
select_result (KilterGrid *self, const KilterGridRange *range)
{
  KilterGridSelection selection = {
    range->row, range->col, range->row + range->n_rows - 1, range->col + range->n_cols - 1,
    range->row, range->col
  };

  kilter_grid_selection_set (self, &selection, FALSE);
}

/**
 * kilter_grid_paste_block:
 *
 * Gives a block to the model, as one step.
 *
 * Returns: whether the model took it; otherwise the reason was sent as a message
 */
gboolean
kilter_grid_paste_block (KilterGrid *self, const KilterGridBlock *block)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  KilterGridRange range;

  if (!kilter_grid_has_cursor (self) || self->read_only)
    return FALSE;
  range = paste_range (self, block);
  if (!kilter_grid_model_paste (self->model, &range, block, &message, &error))
    {
      kilter_grid_message (self, error->message, TRUE);
      return FALSE;
    }
  select_result (self, &range);
  if (message)
    kilter_grid_message (self, message, FALSE);
  return TRUE;
}

typedef struct
{
  KilterGrid *grid;
  gboolean is_html;
} PasteRequest;

static void
paste_request_free (PasteRequest *request)
{
  g_object_unref (request->grid);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PasteRequest, paste_request_free)

static void paste_read (PasteRequest *request, const char **mime_types);

static const char *own_types[] = { "text/tab-separated-values", NULL };
static const char *html_types[] = { "text/html", NULL };
static const char *text_types[] = { "text/plain;charset=utf-8", "text/csv", "text/plain", NULL };

static gboolean
clipboard_has (KilterGrid *self, const char **mime_types)
{
  GdkContentFormats *formats = gdk_clipboard_get_formats (
    gtk_widget_get_clipboard (GTK_WIDGET (self)));

  for (; *mime_types; mime_types++)
    if (gdk_content_formats_contain_mime_type (formats, *mime_types))
      return TRUE;
  return FALSE;
}

static void
paste_bytes (PasteRequest *request, GBytes *bytes)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (KilterGridBlock) block = NULL;

  if (length == 0)
    return;
  block = request->is_html ? kilter_grid_block_new_from_html (text, (gssize) length)
                           : kilter_grid_block_new_from_text (text, (gssize) length);
  if (request->is_html && clipboard_has (request->grid, text_types) &&
      (block == NULL || !kilter_grid_block_has_values (block)))
    {
      PasteRequest *next = g_new0 (PasteRequest, 1);

      next->grid = g_object_ref (request->grid);
      paste_read (next, text_types);
    }
  else if (block)
    kilter_grid_paste_block (request->grid, block);
  else
    kilter_grid_message (request->grid, _ ("The clipboard holds no table that fits here."), TRUE);
}

static void
paste_spliced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PasteRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0)
    {
      kilter_grid_message (request->grid, _ ("The clipboard could not be read."), TRUE);
      return;
    }
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
  if (g_bytes_get_size (bytes) > PASTE_LIMIT)
    kilter_grid_message (request->grid, _ ("The clipboard holds too much to paste here."), TRUE);
  else
    paste_bytes (request, bytes);
}

static void
paste_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PasteRequest) request = user_data;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GOutputStream) memory = NULL;
  const char *mime_type = NULL;

  stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, &mime_type, NULL);
  if (stream == NULL)
    {
      kilter_grid_message (request->grid, _ ("The clipboard holds no table that fits here."), TRUE);
      return;
    }
  request->is_html = g_str_has_prefix (mime_type, "text/html");
  memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (
    memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
    G_PRIORITY_DEFAULT, NULL, paste_spliced_cb, g_steal_pointer (&request));
}

static void
paste_read (PasteRequest *request, const char **mime_types)
{
  gdk_clipboard_read_async (gtk_widget_get_clipboard (GTK_WIDGET (request->grid)), mime_types,
                            G_PRIORITY_DEFAULT, NULL, paste_read_cb, request);
}

/* The text of another spreadsheet holds what its cells show, rounded; its HTML may hold their
 * numbers, and then wins. Other HTML comes from web pages, where the text is better. */
static void
paste (KilterGrid *self)
{
  PasteRequest *request = g_new0 (PasteRequest, 1);

  request->grid = g_object_ref (self);
  paste_read (request, clipboard_has (self, own_types)    ? own_types
                       : clipboard_has (self, html_types) ? html_types
                                                          : text_types);
}

/* --- clear and fill -------------------------------------------------------------------------- */

static void
clear (KilterGrid *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  KilterGridRange range;

  kilter_grid_get_selection (self, &range);
  if (kilter_grid_range_is_empty (&range) || self->read_only)
    return;
  if (!kilter_grid_model_clear (self->model, &range, &message, &error))
    kilter_grid_message (self, error->message, TRUE);
  else if (message)
    kilter_grid_message (self, message, FALSE);
}

/**
 * kilter_grid_fill:
 *
 * Fills @target from @source, then selects both.
 */
void
kilter_grid_fill (KilterGrid *self,
                  const KilterGridRange *source,
                  const KilterGridRange *target,
                  KilterGridFillDirection direction,
                  gboolean continue_season)
{
  KilterGridFill fill = { *source, *target, direction, continue_season };
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  KilterGridRange both;

  if (self->read_only)
    return;
  if (!kilter_grid_model_fill (self->model, &fill, &message, &error))
    {
      kilter_grid_message (self, error->message, TRUE);
      return;
    }
  both.row = MIN (source->row, target->row);
  both.col = MIN (source->col, target->col);
  both.n_rows = MAX (source->row + source->n_rows, target->row + target->n_rows) - both.row;
  both.n_cols = MAX (source->col + source->n_cols, target->col + target->n_cols) - both.col;
  select_result (self, &both);
  if (message)
    kilter_grid_message (self, message, FALSE);
}

/* Ctrl+D and Ctrl+R: the first row or column of the selection goes to the others; with one row or
 * column selected, the one before it is taken. */
static void
fill_selection (KilterGrid *self, KilterGridFillDirection direction, gboolean continue_season)
{
  KilterGridRange range, source, target;
  gboolean down = direction == KILTER_GRID_FILL_DOWN;

  kilter_grid_get_selection (self, &range);
  if (kilter_grid_range_is_empty (&range))
    return;
  source = target = range;
  if (down)
    {
      source.n_rows = 1;
      if (range.n_rows > 1)
        {
          target.row++;
          target.n_rows--;
        }
      else if (--source.row < 0)
        return;
    }
  else
    {
      source.n_cols = 1;
      if (range.n_cols > 1)
        {
          target.col++;
          target.n_cols--;
        }
      else if (--source.col < 0)
        return;
    }
  kilter_grid_fill (self, &source, &target, direction, continue_season);
}

/* --- folding --------------------------------------------------------------------------------- */

static void
fold (KilterGrid *self, gboolean expand, gboolean toggle)
{
  g_auto (KilterGridRow) row = KILTER_GRID_ROW_INIT;
  int index = self->selection.row;
  gboolean expanded;

  if (!kilter_grid_has_cursor (self))
    return;
  kilter_grid_model_get_row (self->model, index, &row);
  expanded = row.flags & KILTER_GRID_ROW_FLAG_EXPANDED;
  if (row.flags & KILTER_GRID_ROW_FLAG_EXPANDABLE && (toggle || expanded != expand))
    {
      if (kilter_grid_commit_edit (self))
        kilter_grid_model_toggle_expanded (self->model, index);
      return;
    }
  /* Nothing to close here: go to the row this one belongs to. */
  if (expand || toggle)
    return;
  for (int above = index - 1; above >= 0; above--)
    {
      g_auto (KilterGridRow) other = KILTER_GRID_ROW_INIT;

      kilter_grid_model_get_row (self->model, above, &other);
      if (other.flags & KILTER_GRID_ROW_FLAG_EXPANDABLE && other.depth < row.depth)
        {
          kilter_grid_selection_move (self, above, self->selection.col, FALSE);
          return;
        }
    }
}

/* --- installation ---------------------------------------------------------------------------- */

typedef enum
{
  ACTION_COPY,
  ACTION_COPY_WITH_HEADERS,
  ACTION_CUT,
  ACTION_PASTE,
  ACTION_CLEAR,
  ACTION_EDIT,
  ACTION_FILL_DOWN,
  ACTION_FILL_RIGHT,
  ACTION_CONTINUE_DOWN,
  ACTION_CONTINUE_RIGHT,
  ACTION_SELECT_ALL,
  ACTION_SELECT_ROW,
  ACTION_SELECT_COLUMN,
  ACTION_TOGGLE_EXPANDED,
  ACTION_EXPAND,
  ACTION_COLLAPSE,
  ACTION_MENU,
  N_ACTIONS
} Action;

/* An action changes values (off when read-only), or needs a selection, or neither. */
static const struct
{
  const char *name;
  gboolean writes;
} actions[N_ACTIONS] = {
  [ACTION_COPY] = { "grid.copy", FALSE },
  [ACTION_COPY_WITH_HEADERS] = { "grid.copy-with-headers", FALSE },
  [ACTION_CUT] = { "grid.cut", TRUE },
  [ACTION_PASTE] = { "grid.paste", TRUE },
  [ACTION_CLEAR] = { "grid.clear", TRUE },
  [ACTION_EDIT] = { "grid.edit", TRUE },
  [ACTION_FILL_DOWN] = { "grid.fill-down", TRUE },
  [ACTION_FILL_RIGHT] = { "grid.fill-right", TRUE },
  [ACTION_CONTINUE_DOWN] = { "grid.continue-down", TRUE },
  [ACTION_CONTINUE_RIGHT] = { "grid.continue-right", TRUE },
  [ACTION_SELECT_ALL] = { "grid.select-all", FALSE },
  [ACTION_SELECT_ROW] = { "grid.select-row", FALSE },
  [ACTION_SELECT_COLUMN] = { "grid.select-column", FALSE },
  [ACTION_TOGGLE_EXPANDED] = { "grid.toggle-expanded", FALSE },
  [ACTION_EXPAND] = { "grid.expand", FALSE },
  [ACTION_COLLAPSE] = { "grid.collapse", FALSE },
  [ACTION_MENU] = { "grid.menu", FALSE },
};

static void
run_selection_action (KilterGrid *self, Action action)
{
  KilterGridRange range;

  kilter_grid_get_selection (self, &range);
  if (action == ACTION_SELECT_ALL)
    kilter_grid_selection_all (self);
  else if (kilter_grid_range_is_empty (&range))
    return;
  else if (action == ACTION_SELECT_ROW)
    kilter_grid_selection_rows (self, range.row, range.row + range.n_rows - 1);
  else
    kilter_grid_selection_columns (self, range.col, range.col + range.n_cols - 1);
}

static void
run_action (KilterGrid *self, Action action)
{
  switch (action)
    {
    case ACTION_COPY:
    case ACTION_COPY_WITH_HEADERS:
      copy (self, action == ACTION_COPY_WITH_HEADERS);
      break;
    case ACTION_CUT:
      copy (self, FALSE);
      clear (self);
      break;
    case ACTION_PASTE:
      paste (self);
      break;
    case ACTION_CLEAR:
      clear (self);
      break;
    case ACTION_EDIT:
      if (!kilter_grid_editor_begin (self, NULL))
        kilter_grid_editor_explain_closed (self);
      break;
    case ACTION_FILL_DOWN:
    case ACTION_CONTINUE_DOWN:
      fill_selection (self, KILTER_GRID_FILL_DOWN, action == ACTION_CONTINUE_DOWN);
      break;
    case ACTION_FILL_RIGHT:
    case ACTION_CONTINUE_RIGHT:
      fill_selection (self, KILTER_GRID_FILL_RIGHT, action == ACTION_CONTINUE_RIGHT);
      break;
    case ACTION_TOGGLE_EXPANDED:
    case ACTION_EXPAND:
    case ACTION_COLLAPSE:
      fold (self, action == ACTION_EXPAND, action == ACTION_TOGGLE_EXPANDED);
      break;
    case ACTION_MENU:
      kilter_grid_popup_menu_at_cursor (self);
      break;
    case ACTION_SELECT_ALL:
    case ACTION_SELECT_ROW:
    case ACTION_SELECT_COLUMN:
    case N_ACTIONS:
    default:
      run_selection_action (self, action);
      break;
    }
}

static void
action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterGrid *self = KILTER_GRID (widget);

  if (self->model == NULL)
    return;
  if (strcmp (name, "grid.expand-to-level") == 0)
    {
      if (kilter_grid_commit_edit (self))
        kilter_grid_model_expand_to_level (self->model, g_variant_get_int32 (parameter));
      return;
    }
  for (int i = 0; i < N_ACTIONS; i++)
    if (strcmp (actions[i].name, name) == 0)
      run_action (self, (Action) i);
}

void
kilter_grid_class_install_actions (GtkWidgetClass *widget_class)
{
  for (int i = 0; i < N_ACTIONS; i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, action_cb);
  gtk_widget_class_install_action (widget_class, "grid.expand-to-level", "i", action_cb);
}

/* Which actions can be used now; menus show the others insensitive. */
void
kilter_grid_update_actions (KilterGrid *self)
{
  gboolean has_cursor = kilter_grid_has_cursor (self) && self->editor == NULL;

  for (int i = 0; i < N_ACTIONS; i++)
    {
      gboolean enabled = i == ACTION_SELECT_ALL || i == ACTION_MENU ||
                         (has_cursor && !(actions[i].writes && self->read_only));

      gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name, enabled);
    }
}
