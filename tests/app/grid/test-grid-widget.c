/* test-grid-widget.c: the planning grid on a display: keys, typing, clipboard, screen readers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "app/grid/kilter-grid-private.h"
#include "grid-fixture.h"

typedef struct
{
  GridFixture *model;
  GtkWidget *window;
  KilterGrid *grid;
  int n_selection_changed;
  int n_columns_changed;
  char *message;
  gboolean message_is_error;
} Scene;

static void
count_cb (int *counter)
{
  (*counter)++;
}

static void
message_cb (KilterGrid *grid, const char *text, gboolean is_error, Scene *scene)
{
  g_set_str (&scene->message, text);
  scene->message_is_error = is_error;
}

static void
wait_for (gboolean (*done) (gpointer), gpointer data)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (!done (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static gboolean
is_laid_out (gpointer data)
{
  KilterGrid *grid = data;

  return gtk_widget_get_mapped (GTK_WIDGET (grid)) && grid->geometry.width > 0;
}

static gboolean
has_message (gpointer data)
{
  return ((Scene *) data)->message != NULL;
}

static void
scene_open (Scene *scene, GridFixture *model)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  memset (scene, 0, sizeof *scene);
  scene->model = model;
  scene->grid = KILTER_GRID (kilter_grid_new (KILTER_GRID_MODEL (model)));
  g_signal_connect_swapped (scene->grid, "selection-changed", G_CALLBACK (count_cb),
                            &scene->n_selection_changed);
  g_signal_connect_swapped (scene->grid, "columns-changed", G_CALLBACK (count_cb),
                            &scene->n_columns_changed);
  g_signal_connect (scene->grid, "message", G_CALLBACK (message_cb), scene);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (scene->grid));
  scene->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (scene->window), 700, 300);
  gtk_window_set_child (GTK_WINDOW (scene->window), scrolled);
  gtk_window_present (GTK_WINDOW (scene->window));
  wait_for (is_laid_out, scene->grid);
  gtk_widget_grab_focus (GTK_WIDGET (scene->grid));
}

static void
scene_close (Scene *scene)
{
  gtk_window_destroy (GTK_WINDOW (scene->window));
  g_assert_finalize_object (scene->model);
  g_free (scene->message);
}

static void
assert_selection (Scene *scene, int row, int col, int n_rows, int n_cols)
{
  KilterGridRange range;

  kilter_grid_get_selection (scene->grid, &range);
  g_assert_cmpint (range.row, ==, row);
  g_assert_cmpint (range.col, ==, col);
  g_assert_cmpint (range.n_rows, ==, n_rows);
  g_assert_cmpint (range.n_cols, ==, n_cols);
}

static void
key (Scene *scene, guint keyval, GdkModifierType state)
{
  g_assert_true (kilter_grid_handle_key (scene->grid, keyval, state));
}

static void
type (Scene *scene, const char *text)
{
  g_assert_true (kilter_grid_begin_edit (scene->grid, ""));
  gtk_editable_set_text (GTK_EDITABLE (scene->grid->editor), text);
}

static void
editor_key (Scene *scene, guint keyval)
{
  g_assert_true (kilter_grid_editor_handle_key (scene->grid, keyval, 0));
}

/* --- selection ------------------------------------------------------------------------------- */

static void
test_selection_keys (void)
{
  Scene scene;

  scene_open (&scene, grid_fixture_new_forecast ());
  kilter_grid_select (scene.grid, 3, 3);
  assert_selection (&scene, 3, 3, 1, 1);
  key (&scene, GDK_KEY_Down, 0);
  key (&scene, GDK_KEY_Right, 0);
  assert_selection (&scene, 4, 4, 1, 1);
  key (&scene, GDK_KEY_Up, GDK_SHIFT_MASK);
  key (&scene, GDK_KEY_Right, GDK_SHIFT_MASK);
  key (&scene, GDK_KEY_Right, GDK_SHIFT_MASK);
  assert_selection (&scene, 3, 4, 2, 3);
  key (&scene, GDK_KEY_Home, 0);
  assert_selection (&scene, 4, 0, 1, 1);
  key (&scene, GDK_KEY_End, 0);
  assert_selection (&scene, 4, 20, 1, 1);
  key (&scene, GDK_KEY_Home, GDK_CONTROL_MASK);
  assert_selection (&scene, 0, 0, 1, 1);
  key (&scene, GDK_KEY_End, GDK_CONTROL_MASK);
  assert_selection (&scene, 10, 20, 1, 1);
  key (&scene, GDK_KEY_Down, 0); /* at the end nothing more happens */
  key (&scene, GDK_KEY_Right, 0);
  assert_selection (&scene, 10, 20, 1, 1);
  key (&scene, GDK_KEY_Page_Up, 0);
  key (&scene, GDK_KEY_Page_Up, 0);
  assert_selection (&scene, 0, 20, 1, 1);
  kilter_grid_select (scene.grid, 2, 5);
  key (&scene, GDK_KEY_space, GDK_CONTROL_MASK);
  assert_selection (&scene, 0, 5, 11, 1);
  key (&scene, GDK_KEY_a, GDK_CONTROL_MASK);
  assert_selection (&scene, 0, 0, 11, 21);
  kilter_grid_select (scene.grid, 2, 5);
  key (&scene, GDK_KEY_space, GDK_SHIFT_MASK);
  assert_selection (&scene, 2, 0, 1, 21);
  g_assert_cmpint (scene.n_selection_changed, >, 10);
  g_assert_false (kilter_grid_handle_key (scene.grid, GDK_KEY_Page_Down, GDK_CONTROL_MASK));
  g_assert_false (kilter_grid_handle_key (scene.grid, GDK_KEY_z, GDK_CONTROL_MASK));
  scene_close (&scene);
}

/* Ctrl with an arrow goes along the data of a row: 3 past months are filled, then it is empty. */
static void
test_data_edges (void)
{
  Scene scene;

  scene_open (&scene, grid_fixture_new_forecast ());
  kilter_grid_select (scene.grid, 0, 0);
  key (&scene, GDK_KEY_Right, GDK_CONTROL_MASK);
  assert_selection (&scene, 0, 2, 1, 1);
  key (&scene, GDK_KEY_Right, GDK_CONTROL_MASK);
  assert_selection (&scene, 0, 20, 1, 1);
  kilter_grid_select (scene.grid, 4, 0);
  key (&scene, GDK_KEY_Right, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  assert_selection (&scene, 4, 0, 1, 4);
  kilter_grid_select (scene.grid, 4, 20);
  key (&scene, GDK_KEY_Left, GDK_CONTROL_MASK);
  assert_selection (&scene, 4, 3, 1, 1);
  scene_close (&scene);
}

static void
test_enter_in_range (void)
{
  Scene scene;
  int row, col;

  scene_open (&scene, grid_fixture_new_demand ());
  kilter_grid_select_range (scene.grid, &(KilterGridRange) { 2, 3, 2, 2 });
  key (&scene, GDK_KEY_Return, 0);
  kilter_grid_get_cursor (scene.grid, &row, &col);
  g_assert_cmpint (row, ==, 3);
  key (&scene, GDK_KEY_Return, 0);
  kilter_grid_get_cursor (scene.grid, &row, &col);
  g_assert_cmpint (row, ==, 2);
  g_assert_cmpint (col, ==, 4);
  key (&scene, GDK_KEY_Tab, 0);
  kilter_grid_get_cursor (scene.grid, &row, &col);
  g_assert_cmpint (row, ==, 3);
  g_assert_cmpint (col, ==, 3);
  assert_selection (&scene, 2, 3, 2, 2);
  /* Tab leaves the grid at its end */
  kilter_grid_select (scene.grid, 2, 11);
  g_assert_false (kilter_grid_handle_key (scene.grid, GDK_KEY_Tab, 0));
  kilter_grid_select (scene.grid, 2, 0);
  g_assert_false (kilter_grid_handle_key (scene.grid, GDK_KEY_Tab, GDK_SHIFT_MASK));
  scene_close (&scene);
}

/* --- editing --------------------------------------------------------------------------------- */

static void
test_edit_commit (void)
{
  Scene scene;

  scene_open (&scene, grid_fixture_new_demand ());
  kilter_grid_select (scene.grid, 2, 3);
  type (&scene, "700");
  g_assert_true (kilter_grid_is_editing (scene.grid));
  editor_key (&scene, GDK_KEY_Return);
  g_assert_false (kilter_grid_is_editing (scene.grid));
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 3), ==, 700);
  assert_selection (&scene, 3, 3, 1, 1);
  type (&scene, "710");
  editor_key (&scene, GDK_KEY_Tab);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 3, 3), ==, 710);
  assert_selection (&scene, 3, 4, 1, 1);
  type (&scene, "1");
  editor_key (&scene, GDK_KEY_Escape);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 3, 4), ==, 621);
  assert_selection (&scene, 3, 4, 1, 1);
  type (&scene, "5");
  editor_key (&scene, GDK_KEY_Right); /* begun by typing: arrows go on */
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 3, 4), ==, 5);
  assert_selection (&scene, 3, 5, 1, 1);
  g_assert_cmpint (grid_fixture_get_n_writes (scene.model), ==, 3);
  scene_close (&scene);
}

/* F2 and Enter is a look, not an override. */
static void
test_edit_unchanged (void)
{
  Scene scene;

  scene_open (&scene, grid_fixture_new_demand ());
  kilter_grid_select (scene.grid, 2, 3);
  key (&scene, GDK_KEY_F2, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (scene.grid->editor)), ==, "693");
  g_assert_false (kilter_grid_editor_handle_key (scene.grid, GDK_KEY_Left, 0));
  editor_key (&scene, GDK_KEY_Return);
  g_assert_cmpint (grid_fixture_get_n_writes (scene.model), ==, 0);
  scene_close (&scene);
}

static void
test_edit_refused (void)
{
  Scene scene;

  scene_open (&scene, grid_fixture_new_demand ());
  kilter_grid_select (scene.grid, 2, 3);
  type (&scene, "many");
  editor_key (&scene, GDK_KEY_Return);
  g_assert_true (kilter_grid_is_editing (scene.grid));
  g_assert_nonnull (scene.grid->error_popover);
  assert_selection (&scene, 2, 3, 1, 1);
  kilter_grid_select (scene.grid, 0, 0); /* the cursor stays until it is right or dropped */
  assert_selection (&scene, 2, 3, 1, 1);
  gtk_editable_set_text (GTK_EDITABLE (scene.grid->editor), "12");
  g_assert_null (scene.grid->error_popover);
  editor_key (&scene, GDK_KEY_Return);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 3), ==, 12);
  g_assert_null (scene.message);

  /* the focus goes elsewhere with a wrong text in the field: said, not lost silently */
  type (&scene, "many");
  gtk_window_set_focus (GTK_WINDOW (scene.window), NULL);
  g_assert_false (kilter_grid_is_editing (scene.grid));
  g_assert_true (scene.message_is_error);
  scene_close (&scene);
}

static void
test_edit_closed_cells (void)
{
  Scene scene;

  scene_open (&scene, grid_fixture_new_demand ());
  kilter_grid_select (scene.grid, 1, 3); /* statistical: calculated */
  g_assert_false (kilter_grid_begin_edit (scene.grid, ""));
  kilter_grid_select (scene.grid, 4, 8); /* locked */
  g_assert_false (kilter_grid_begin_edit (scene.grid, ""));
  kilter_grid_select (scene.grid, 2, 3);
  kilter_grid_set_read_only (scene.grid, TRUE);
  g_assert_false (kilter_grid_begin_edit (scene.grid, ""));
  gtk_widget_activate_action (GTK_WIDGET (scene.grid), "grid.clear", NULL);
  g_assert_cmpint (grid_fixture_get_n_writes (scene.model), ==, 0);
  scene_close (&scene);
}

/* Typing on a closed cell says why nothing happens; letters are the window's. */
static void
test_edit_starts (void)
{
  Scene scene;

  scene_open (&scene, grid_fixture_new_demand ());
  kilter_grid_select (scene.grid, 2, 3);
  g_assert_true (kilter_grid_starts_edit (scene.grid, GDK_KEY_1, 0));
  g_assert_true (kilter_grid_starts_edit (scene.grid, GDK_KEY_plus, GDK_SHIFT_MASK));
  g_assert_true (kilter_grid_starts_edit (scene.grid, GDK_KEY_KP_7, 0));
  g_assert_true (kilter_grid_starts_edit (scene.grid, GDK_KEY_equal, 0));
  g_assert_false (kilter_grid_starts_edit (scene.grid, GDK_KEY_n, 0));
  g_assert_false (kilter_grid_starts_edit (scene.grid, GDK_KEY_1, GDK_ALT_MASK));
  g_assert_false (kilter_grid_starts_edit (scene.grid, GDK_KEY_space, 0));
  g_assert_false (kilter_grid_starts_edit (scene.grid, GDK_KEY_F5, 0));
  g_assert_null (scene.message);
  kilter_grid_select (scene.grid, 4, 8);
  key (&scene, GDK_KEY_F2, 0);
  g_assert_true (scene.message_is_error);
  g_assert_nonnull (strstr (scene.message, "locked"));
  scene_close (&scene);
}

static void
test_clear (void)
{
  Scene scene;

  scene_open (&scene, grid_fixture_new_demand ());
  kilter_grid_select_range (scene.grid, &(KilterGridRange) { 4, 7, 1, 2 });
  key (&scene, GDK_KEY_Delete, 0);
  g_assert_true (isnan (grid_fixture_get_value (scene.model, 4, 7)));
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 4, 8), ==, 288); /* locked */
  scene_close (&scene);
}

/* --- clipboard and filling ------------------------------------------------------------------- */

static gboolean
third_is_pasted (gpointer data)
{
  return grid_fixture_get_n_writes (((Scene *) data)->model) >= 4;
}

static void
test_copy_paste (void)
{
  Scene scene;

  scene_open (&scene, grid_fixture_new_demand ());
  kilter_grid_select_range (scene.grid, &(KilterGridRange) { 2, 0, 2, 2 });
  key (&scene, GDK_KEY_c, GDK_CONTROL_MASK);
  kilter_grid_select (scene.grid, 2, 4);
  key (&scene, GDK_KEY_v, GDK_CONTROL_MASK);
  wait_for (third_is_pasted, &scene);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 4), ==, 404);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 5), ==, 494);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 3, 4), ==, 389);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 3, 5), ==, 472);
  assert_selection (&scene, 2, 4, 2, 2);
  scene_close (&scene);
}

static void
read_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(char **) data != NULL;
}

static void
test_copy_formats (void)
{
  Scene scene;
  GdkClipboard *clipboard;
  GdkContentFormats *formats;
  g_autofree char *text = NULL;

  scene_open (&scene, grid_fixture_new_demand ());
  kilter_grid_set_corner_label (scene.grid, "Thousand cases");
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (scene.grid));
  kilter_grid_select_range (scene.grid, &(KilterGridRange) { 1, 0, 2, 2 });
  key (&scene, GDK_KEY_C, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  formats = gdk_clipboard_get_formats (clipboard);
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/html"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8"));
  gdk_clipboard_read_text_async (clipboard, NULL, read_text_cb, &text);
  wait_for (is_set, &text);
  g_assert_cmpstr (text, ==,
                   "Thousand cases\tApr 2026\tMay 2026\nStatistical\t389\t472\n"
                   "Sales input\t404\t494\n");
  scene_close (&scene);
}

static void
paste_text (Scene *scene, const char *text)
{
  g_autoptr (KilterGridBlock) block = kilter_grid_block_new_from_text (text, -1);

  kilter_grid_paste_block (scene->grid, block);
}

static void
test_paste_shapes (void)
{
  Scene scene;

  scene_open (&scene, grid_fixture_new_demand ());
  /* one value fills the range */
  kilter_grid_select_range (scene.grid, &(KilterGridRange) { 2, 0, 2, 3 });
  paste_text (&scene, "5");
  g_assert_cmpint (grid_fixture_get_n_writes (scene.model), ==, 6);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 3, 2), ==, 5);
  /* a block that does not fit the range begins at its corner */
  kilter_grid_select_range (scene.grid, &(KilterGridRange) { 2, 0, 2, 2 });
  paste_text (&scene, "1\t2\t3\n");
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 2), ==, 3);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 3, 0), ==, 1);
  assert_selection (&scene, 2, 0, 2, 3);
  /* what lies beyond the grid is cut */
  kilter_grid_select (scene.grid, 2, 10);
  paste_text (&scene, "7\t8\t9\n");
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 11), ==, 8);
  assert_selection (&scene, 2, 10, 1, 2);
  /* locked cells keep their value, and it is said */
  kilter_grid_select (scene.grid, 4, 7);
  paste_text (&scene, "7\t8\t9\n");
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 4, 8), ==, 288);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 4, 9), ==, 9);
  g_assert_cmpstr (scene.message, ==, "Pasted 2 values, 1 locked cell kept");
  g_assert_false (scene.message_is_error);
  /* a row that is calculated takes nothing */
  g_clear_pointer (&scene.message, g_free);
  kilter_grid_select (scene.grid, 1, 0);
  paste_text (&scene, "7\n");
  g_assert_true (scene.message_is_error);
  scene_close (&scene);
}

static void
test_paste_html (void)
{
  static const char html[] = "<table><tr><td>11</td><td>12</td></tr><tr><td>13<td>14</table>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (html, sizeof html - 1);
  g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes ("text/html", bytes);
  Scene scene;

  scene_open (&scene, grid_fixture_new_demand ());
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (scene.grid)), provider);
  kilter_grid_select (scene.grid, 2, 0);
  key (&scene, GDK_KEY_v, GDK_CONTROL_MASK);
  wait_for (third_is_pasted, &scene);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 3, 1), ==, 14);

  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (scene.grid)), NULL);
  key (&scene, GDK_KEY_v, GDK_CONTROL_MASK);
  wait_for (has_message, &scene);
  g_assert_true (scene.message_is_error);
  scene_close (&scene);
}

static gboolean
is_pasted_at_start (gpointer user_data)
{
  Scene *scene = user_data;

  return grid_fixture_get_value (scene->model, 2, 1) == 12.25;
}

/* What a spreadsheet shows is rounded; what it holds is pasted. Text is better than other HTML. */
static void
test_paste_values (void)
{
  static const struct
  {
    const char *html, *text;
  } cases[] = {
    { "<table><td sdval=\"11.5\">12</td><td sdval=\"12.25\">12</td></table>", "12\t12\n" },
    { "<table><td>12</td><td>12</td></table>", "11.5\t12.25\n" },
    { "<p>no table</p>", "11.5\t12.25\n" },
  };
  Scene scene;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) html = g_bytes_new (cases[i].html, strlen (cases[i].html));
      g_autoptr (GBytes) text = g_bytes_new (cases[i].text, strlen (cases[i].text));
      GdkContentProvider *both[] = {
        gdk_content_provider_new_for_bytes ("text/html", html),
        gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", text),
      };
      g_autoptr (GdkContentProvider) all = gdk_content_provider_new_union (both, 2);

      scene_open (&scene, grid_fixture_new_demand ());
      gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (scene.grid)), all);
      kilter_grid_select (scene.grid, 2, 0);
      key (&scene, GDK_KEY_v, GDK_CONTROL_MASK);
      wait_for (is_pasted_at_start, &scene);
      g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 0), ==, 11.5);
      scene_close (&scene);
    }
}

static void
test_fill (void)
{
  Scene scene;

  scene_open (&scene, grid_fixture_new_demand ());
  kilter_grid_select_range (scene.grid, &(KilterGridRange) { 2, 0, 2, 3 });
  key (&scene, GDK_KEY_d, GDK_CONTROL_MASK);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 3, 1), ==, 494);
  assert_selection (&scene, 2, 0, 2, 3);
  key (&scene, GDK_KEY_r, GDK_CONTROL_MASK);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 2), ==, 404);
  /* one column selected: from the column before */
  kilter_grid_select (scene.grid, 2, 4);
  key (&scene, GDK_KEY_r, GDK_CONTROL_MASK);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 4), ==, 693);
  /* the handle upwards and to the left goes on with the pattern backwards */
  kilter_grid_fill (scene.grid, &(KilterGridRange) { 2, 6, 1, 2 },
                    &(KilterGridRange) { 2, 3, 1, 3 }, KILTER_GRID_FILL_LEFT, FALSE);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 5), ==, 313);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 4), ==, 383);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 3), ==, 313);
  assert_selection (&scene, 2, 3, 1, 5);
  scene_close (&scene);
}

/* --- folding --------------------------------------------------------------------------------- */

static void
test_expand (void)
{
  Scene scene;

  scene_open (&scene, grid_fixture_new_demand ());
  g_assert_cmpint (scene.grid->geometry.n_rows, ==, 12);
  kilter_grid_select (scene.grid, 9, 2); /* Coconut Oat Bar */
  key (&scene, GDK_KEY_Right, GDK_ALT_MASK);
  g_assert_cmpint (scene.grid->geometry.n_rows, ==, 13);
  assert_selection (&scene, 9, 2, 1, 1);
  kilter_grid_select (scene.grid, 8, 2); /* Mango Bar, above: the selection below moves along */
  key (&scene, GDK_KEY_Down, 0);
  kilter_grid_model_toggle_expanded (KILTER_GRID_MODEL (scene.model), 8);
  assert_selection (&scene, 11, 2, 1, 1);
  kilter_grid_select (scene.grid, 10, 2); /* a child: to its parent, then close that */
  key (&scene, GDK_KEY_Left, GDK_ALT_MASK);
  assert_selection (&scene, 8, 2, 1, 1);
  key (&scene, GDK_KEY_Left, GDK_ALT_MASK);
  g_assert_cmpint (scene.grid->geometry.n_rows, ==, 13);
  key (&scene, GDK_KEY_exclam, GDK_ALT_MASK | GDK_SHIFT_MASK);
  g_assert_cmpint (scene.grid->geometry.n_rows, ==, 5);
  key (&scene, GDK_KEY_at, GDK_ALT_MASK | GDK_SHIFT_MASK);
  g_assert_cmpint (scene.grid->geometry.n_rows, ==, 15);
  scene_close (&scene);
}

/* --- shared with the chart ------------------------------------------------------------------- */

static void
test_column_edges (void)
{
  Scene scene;
  const double *edges;
  gsize n;
  GdkRectangle bounds;
  double start, end;
  int before;

  scene_open (&scene, grid_fixture_new_forecast ());
  edges = kilter_grid_get_column_edges (scene.grid, &n);
  g_assert_cmpuint (n, ==, 22);
  kilter_grid_get_columns_span (scene.grid, &start, &end);
  g_assert_cmpfloat (edges[0], ==, start);
  g_assert_cmpfloat (end, ==, 700);
  for (int col = 0; col < 21; col++)
    {
      kilter_grid_get_cell_bounds (scene.grid, 0, col, &bounds);
      g_assert_cmpfloat (edges[col], ==, bounds.x);
      g_assert_cmpfloat (edges[col + 1], ==, bounds.x + bounds.width);
    }

  before = scene.n_columns_changed;
  kilter_grid_scroll_to (scene.grid, -1, 20);
  g_assert_cmpint (scene.n_columns_changed, >, before);
  edges = kilter_grid_get_column_edges (scene.grid, &n);
  g_assert_cmpfloat (edges[21], ==, end);
  kilter_grid_set_first_column (scene.grid, 3);
  g_assert_cmpfloat (kilter_grid_get_first_column (scene.grid), ==, 3);
  edges = kilter_grid_get_column_edges (scene.grid, &n);
  g_assert_cmpfloat (edges[3], ==, start);
  scene_close (&scene);
}

static void
test_crosshair (void)
{
  Scene scene;
  int column = 0;

  scene_open (&scene, grid_fixture_new_forecast ());
  kilter_grid_set_crosshair_column (scene.grid, 6);
  g_object_get (scene.grid, "crosshair-column", &column, NULL);
  g_assert_cmpint (column, ==, 6);
  kilter_grid_select (scene.grid, 2, 9); /* it follows the cursor */
  g_assert_cmpint (kilter_grid_get_crosshair_column (scene.grid), ==, 9);
  kilter_grid_set_crosshair_column (scene.grid, -1);
  g_assert_cmpint (kilter_grid_get_crosshair_column (scene.grid), ==, -1);
  scene_close (&scene);
}

/* --- screen readers -------------------------------------------------------------------------- */

static void
test_accessible_names (void)
{
  Scene scene;
  GtkAccessible *cell;

  scene_open (&scene, grid_fixture_new_forecast ());
  kilter_grid_set_corner_label (scene.grid, "Thousand cases");
  gtk_test_accessible_assert_role (scene.grid, GTK_ACCESSIBLE_ROLE_GRID);
  gtk_test_accessible_assert_property (scene.grid, GTK_ACCESSIBLE_PROPERTY_LABEL, "Thousand cases");
  cell = kilter_grid_get_accessible_item (scene.grid, 7, 6);
  gtk_test_accessible_assert_role (cell, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Override, change, Jul 2026, +24.0, overridden, changed in "
                                       "this step, comment, editable");
  cell = kilter_grid_get_accessible_item (scene.grid, 8, -1);
  gtk_test_accessible_assert_role (cell, GTK_ACCESSIBLE_ROLE_ROW_HEADER);
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL, "Final forecast");
  cell = kilter_grid_get_accessible_item (scene.grid, -1, 6);
  gtk_test_accessible_assert_role (cell, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);
  cell = kilter_grid_get_accessible_item (scene.grid, 0, 8);
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Actual sales, Sep 2026, empty");

  /* a changed value is renamed where somebody knows it */
  kilter_grid_select (scene.grid, 7, 8);
  cell = kilter_grid_get_accessible_item (scene.grid, 7, 8);
  gtk_test_accessible_assert_state (cell, GTK_ACCESSIBLE_STATE_SELECTED, TRUE);
  type (&scene, "12");
  gtk_test_accessible_assert_role (scene.grid->editor, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  editor_key (&scene, GDK_KEY_Return);
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Override, change, Sep 2026, 12.0, overridden, changed in "
                                       "this step, editable");
  gtk_test_accessible_assert_state (cell, GTK_ACCESSIBLE_STATE_SELECTED, FALSE);
  scene_close (&scene);
}

/* Walks the tree as assistive technology does: header row and visible rows, each with its cells. */
static void
test_accessible_tree (void)
{
  Scene scene;
  g_autoptr (GtkAccessible) row = NULL;
  int n_rows = 0, n_cells = 0, first, end, first_col, end_col;

  scene_open (&scene, grid_fixture_new_forecast ());
  kilter_grid_geometry_visible_rows (&scene.grid->geometry, &first, &end);
  kilter_grid_geometry_visible_columns (&scene.grid->geometry, &first_col, &end_col);
  row = gtk_accessible_get_first_accessible_child (GTK_ACCESSIBLE (scene.grid));
  while (row)
    {
      g_autoptr (GtkAccessible) cell = gtk_accessible_get_first_accessible_child (row);
      g_autoptr (GtkAccessible) parent = gtk_accessible_get_accessible_parent (row);
      GtkAccessible *next;
      int x, y, width, height;

      g_assert_true (parent == GTK_ACCESSIBLE (scene.grid));
      g_assert_true (gtk_accessible_get_bounds (row, &x, &y, &width, &height));
      g_assert_cmpint (width, ==, 700);
      n_rows++;
      while (cell)
        {
          GtkAccessible *sibling = gtk_accessible_get_next_accessible_sibling (cell);
          g_autoptr (GtkAccessible) owner = gtk_accessible_get_accessible_parent (cell);

          g_assert_true (owner == row);
          g_set_object (&cell, sibling);
          g_clear_object (&sibling);
          n_cells++;
        }
      next = gtk_accessible_get_next_accessible_sibling (row);
      g_set_object (&row, next);
      g_clear_object (&next);
    }
  g_assert_cmpint (n_rows, ==, end - first + 1);
  g_assert_cmpint (n_cells, ==, n_rows * (end_col - first_col + 1));
  scene_close (&scene);
}

/* An accessible that outlives its grid answers, and does not crash. */
static void
test_accessible_orphan (void)
{
  Scene scene;
  g_autoptr (GtkAccessible) cell = NULL;
  g_autoptr (GtkAccessible) gone = NULL;
  int x, y, width, height;

  scene_open (&scene, grid_fixture_new_forecast ());
  cell = g_object_ref (kilter_grid_get_accessible_item (scene.grid, 1, 1));
  scene_close (&scene);
  gone = gtk_accessible_get_accessible_parent (cell);
  g_assert_null (gone);
  g_assert_false (gtk_accessible_get_bounds (cell, &x, &y, &width, &height));
}

/* --- life ------------------------------------------------------------------------------------ */

static gboolean
has_no_columns (gpointer data)
{
  gsize n;

  kilter_grid_get_column_edges (data, &n);
  return n == 0;
}

static void
test_models (void)
{
  g_autoptr (GridFixture) empty = grid_fixture_new ("Apr", 0);
  g_autoptr (GridFixture) other = grid_fixture_new_supply ();
  Scene scene;

  scene_open (&scene, grid_fixture_new_sop ());
  kilter_grid_select (scene.grid, 14, 12);
  kilter_grid_set_model (scene.grid, KILTER_GRID_MODEL (empty));
  assert_selection (&scene, 0, 0, 0, 0);
  g_assert_false (kilter_grid_handle_key (scene.grid, GDK_KEY_Down, 0));
  kilter_grid_set_model (scene.grid, KILTER_GRID_MODEL (other));
  kilter_grid_select (scene.grid, 100, 100);
  assert_selection (&scene, 8, 11, 1, 1);
  kilter_grid_set_model (scene.grid, NULL);
  wait_for (has_no_columns, scene.grid);
  g_assert_false (kilter_grid_begin_edit (scene.grid, ""));
  scene_close (&scene);
}

static void
place_cb (KilterGrid *grid, int row, int col, int *place)
{
  place[0] = row;
  place[1] = col;
}

static void
menu_cb (KilterGrid *grid, int row, int col, double x, double y, int *place)
{
  place_cb (grid, row, col, place);
}

static gboolean
flash_is_over (gpointer data)
{
  return ((KilterGrid *) data)->flash_tick == 0;
}

static void
test_signals (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  int activated[2] = { -1, -1 }, asked[2] = { -1, -1 };
  Scene scene;

  scene_open (&scene, grid_fixture_new_demand ());
  /* Enter goes down unless somebody follows cells to their origin */
  kilter_grid_select (scene.grid, 6, 4);
  key (&scene, GDK_KEY_Return, 0);
  assert_selection (&scene, 7, 4, 1, 1);
  g_signal_connect (scene.grid, "activate-cell", G_CALLBACK (place_cb), activated);
  key (&scene, GDK_KEY_Return, 0);
  assert_selection (&scene, 7, 4, 1, 1);
  g_assert_cmpint (activated[0], ==, 7);
  g_assert_cmpint (activated[1], ==, 4);

  g_menu_append (menu, "Copy", "grid.copy");
  kilter_grid_set_menu_model (scene.grid, G_MENU_MODEL (menu));
  g_signal_connect (scene.grid, "context-menu", G_CALLBACK (menu_cb), asked);
  key (&scene, GDK_KEY_F10, GDK_SHIFT_MASK);
  g_assert_cmpint (asked[0], ==, 7);
  g_assert_cmpint (asked[1], ==, 4);
  g_assert_true (gtk_widget_get_visible (scene.grid->menu_popover));
  gtk_popover_popdown (GTK_POPOVER (scene.grid->menu_popover));

  kilter_grid_flash (scene.grid, &(KilterGridRange) { 1, 8, 2, 3 });
  wait_for (flash_is_over, scene.grid);
  scene_close (&scene);
}

/* The theme, the text size and the row height change under a cell that is being edited. */
static void
test_style_change (void)
{
  Scene scene;
  int before;

  scene_open (&scene, grid_fixture_new_demand ());
  kilter_grid_select (scene.grid, 2, 3);
  type (&scene, "7");
  before = scene.grid->geometry.row_height;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  kilter_grid_set_compact (scene.grid, TRUE);
  while (scene.grid->geometry.row_height == before)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (scene.grid->geometry.row_height, <, before);
  g_assert_true (kilter_grid_is_editing (scene.grid));
  gtk_widget_set_direction (GTK_WIDGET (scene.grid), GTK_TEXT_DIR_RTL);
  editor_key (&scene, GDK_KEY_Return);
  g_assert_cmpfloat (grid_fixture_get_value (scene.model, 2, 3), ==, 7);
  type (&scene, "8"); /* before the new style is laid out */
  editor_key (&scene, GDK_KEY_Escape);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  scene_close (&scene);
}

/* Scrolling through a large plan keeps the number of shaped texts bounded. */
static void
test_layout_cache (void)
{
  Scene scene;
  KilterGridLayouts *layouts;

  scene_open (&scene, grid_fixture_new_supply ());
  layouts = scene.grid->layouts;
  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d.%d", i, i % 10);
      const KilterGridText *shaped = kilter_grid_layouts_get (layouts, KILTER_GRID_FONT_CELL, text,
                                                              -1);

      g_assert_cmpstr (pango_layout_get_text (shaped->layout), ==, text);
      g_assert_cmpuint (kilter_grid_layouts_get_size (layouts), <=, 6001);
    }
  scene_close (&scene);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, function) g_test_add_func ("/app/grid/" path, function)
  ADD ("selection/keys", test_selection_keys);
  ADD ("selection/data-edges", test_data_edges);
  ADD ("selection/enter-in-range", test_enter_in_range);
  ADD ("edit/commit", test_edit_commit);
  ADD ("edit/unchanged", test_edit_unchanged);
  ADD ("edit/refused", test_edit_refused);
  ADD ("edit/closed-cells", test_edit_closed_cells);
  ADD ("edit/starts", test_edit_starts);
  ADD ("edit/clear", test_clear);
  ADD ("clipboard/copy-paste", test_copy_paste);
  ADD ("clipboard/formats", test_copy_formats);
  ADD ("clipboard/shapes", test_paste_shapes);
  ADD ("clipboard/html", test_paste_html);
  ADD ("clipboard/values", test_paste_values);
  ADD ("fill", test_fill);
  ADD ("expand", test_expand);
  ADD ("columns/edges", test_column_edges);
  ADD ("columns/crosshair", test_crosshair);
  ADD ("accessible/names", test_accessible_names);
  ADD ("accessible/tree", test_accessible_tree);
  ADD ("accessible/orphan", test_accessible_orphan);
  ADD ("models", test_models);
  ADD ("signals", test_signals);
  ADD ("style-change", test_style_change);
  ADD ("layout-cache", test_layout_cache);
  return g_test_run ();
}
