/* kilter-chart-menu.c: what can be done with a shown chart
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-chart-menu.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/pages/packs/kilter-pack-add.h"
#include "chart/kilter-chart-export.h"

#define MENU_KEY "kilter-chart-menu"
#define EXTRA_KEY "kilter-chart-menu-extra"
/* pictures are sharp on paper and on dense screens */
#define PICTURE_SCALE 2

/* A picture always has the light ground, so that it can stand in any document. */
static GBytes *
make_picture (GtkWidget *widget, KilterChart *chart, gboolean svg, GError **error)
{
  g_autoptr (KilterChartStyle) style = kilter_chart_style_new (KILTER_CHART_THEME_LIGHT);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  PangoContext *context = gtk_widget_get_pango_context (widget);
  double width = MAX (gtk_widget_get_width (widget), 320);
  double height = MAX (gtk_widget_get_height (widget), 200);
  gboolean ok;

  kilter_chart_style_set_font (style, pango_context_get_font_description (context));
  kilter_chart_style_set_language (style,
                                   pango_language_to_string (pango_context_get_language (context)));
  if (svg)
    ok = kilter_chart_to_svg (chart, stream, width, height, style, error);
  else
    ok = kilter_chart_to_png (chart, stream, width, height, PICTURE_SCALE, style, error);
  if (!ok || !g_output_stream_close (stream, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
tell (GtkWidget *widget, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (text));
}

/* --- saving -------------------------------------------------------------------------------------
 */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    /* Translators: %s is the name of a file */
    text = g_strdup_printf (_ ("Saved “%s”"), name);
  else
    text = g_strdup_printf (_ ("“%1$s” could not be saved: %2$s"), name, error->message);
  tell (widget, text);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  GBytes *bytes = g_object_get_data (source, "bytes");

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         written_cb, g_object_ref (widget));
}

static void
save (GtkWidget *widget, KilterChart *chart, const char *file_name, gboolean svg)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  GBytes *bytes = make_picture (widget, chart, svg, &error);

  if (bytes == NULL)
    {
      tell (widget, error->message);
      return;
    }
  name = g_strdup_printf ("%s.%s", file_name != NULL ? file_name : _ ("Chart"),
                          svg ? "svg" : "png");
  g_object_set_data_full (G_OBJECT (dialog), "bytes", bytes, (GDestroyNotify) g_bytes_unref);
  gtk_file_dialog_set_title (dialog, svg ? _ ("Save as SVG") : _ ("Save as PNG"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, chosen_cb,
                        g_object_ref (widget));
}

/* --- copying ------------------------------------------------------------------------------------
 */

static void
copy_image (GtkWidget *widget, KilterChart *chart)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_picture (widget, chart, FALSE, &error);
  g_autoptr (GdkTexture) texture = bytes != NULL ? gdk_texture_new_from_bytes (bytes, &error)
                                                 : NULL;

  if (texture == NULL)
    {
      tell (widget, error->message);
      return;
    }
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  tell (widget, _ ("Picture copied"));
}

static void
copy_data (GtkWidget *widget, KilterChart *chart)
{
  g_autofree char *text = kilter_chart_to_tsv (chart);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  tell (widget, _ ("Data copied"));
}

/* --- table --------------------------------------------------------------------------------------
 */

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, gpointer data)
{
  gboolean is_name = GPOINTER_TO_UINT (data) == 0;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), is_name ? 0 : 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_column_view_cell_set_child (cell, label);
}

/* an item is one row of texts with tabs in between */
static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, gpointer data)
{
  GtkStringObject *item = gtk_column_view_cell_get_item (cell);
  g_auto (GStrv) texts = g_strsplit (gtk_string_object_get_string (item), "\t", -1);
  guint column = GPOINTER_TO_UINT (data);

  gtk_label_set_label (GTK_LABEL (gtk_column_view_cell_get_child (cell)),
                       column < g_strv_length (texts) ? texts[column] : "");
}

static void
append_column (GtkColumnView *view, const char *title, guint index)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), GUINT_TO_POINTER (index));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), GUINT_TO_POINTER (index));
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, index > 0);
  gtk_column_view_append_column (view, column);
}

static GListModel *
make_rows (KilterChart *chart, const KilterChartTable *table)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (gsize column = 0; column < table->n_columns; column++)
    {
      g_autoptr (GString) text = g_string_new (table->column_names[column]);

      for (gsize row = 0; row < table->n_rows; row++)
        {
          g_autofree char *value = kilter_chart_get_value_text (chart, row, column);

          g_string_append_c (text, '\t');
          g_string_append (text, value != NULL ? value : "");
        }
      gtk_string_list_append (list, text->str);
    }
  return G_LIST_MODEL (list);
}

static void
show_table (GtkWidget *widget, KilterChart *chart)
{
  const KilterChartTable *table = kilter_chart_describe (chart);
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (
    gtk_no_selection_new (make_rows (chart, table)));
  GtkWidget *view = gtk_column_view_new (selection);
  const char *title = kilter_chart_get_title (chart);

  append_column (GTK_COLUMN_VIEW (view), table->corner != NULL ? table->corner : "", 0);
  for (gsize row = 0; row < table->n_rows; row++)
    append_column (GTK_COLUMN_VIEW (view), table->row_names[row], (guint) row + 1);
  gtk_widget_add_css_class (view, "data-table");
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (view), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), scrolled);
  adw_dialog_set_child (dialog, toolbar);
  adw_dialog_set_title (dialog, title != NULL && *title != '\0' ? title : _ ("Chart as Table"));
  adw_dialog_set_content_width (dialog, 820);
  adw_dialog_set_content_height (dialog, 600);
  adw_dialog_present (dialog, widget);
}

/* --- public API ---------------------------------------------------------------------------------
 */

void
kilter_chart_menu_run (GtkWidget *widget,
                       KilterChart *chart,
                       const KilterChartStyle *style,
                       const char *file_name,
                       const char *action)
{
  if (strcmp (action, "copy-image") == 0)
    copy_image (widget, chart);
  else if (strcmp (action, "copy-data") == 0)
    copy_data (widget, chart);
  else if (strcmp (action, "show-table") == 0)
    show_table (widget, chart);
  else if (strcmp (action, "add-to-pack") == 0)
    kilter_pack_add_chart (widget, chart);
  else
    save (widget, chart, file_name, strcmp (action, "save-svg") == 0);
}

/* what a page adds to the menu; before it pops up for the first time */
void
kilter_chart_menu_set_extra (GtkWidget *widget, GMenuModel *menu)
{
  g_object_set_data_full (G_OBJECT (widget), EXTRA_KEY, g_object_ref (menu), g_object_unref);
}

void
kilter_chart_menu_popup (GtkWidget *widget, double x, double y)
{
  GtkWidget *popover = g_object_get_data (G_OBJECT (widget), MENU_KEY);
  GMenuModel *extra = g_object_get_data (G_OBJECT (widget), EXTRA_KEY);

  if (popover == NULL)
    {
      g_autoptr (GMenu) menu = g_menu_new ();
      g_autoptr (GMenu) copy = g_menu_new ();
      g_autoptr (GMenu) rest = g_menu_new ();

      g_menu_append (copy, _ ("Copy Image"), "chart.copy-image");
      g_menu_append (copy, _ ("Copy Data"), "chart.copy-data");
      g_menu_append (rest, _ ("Show as Table"), "chart.show-table");
      g_menu_append (rest, _ ("Add to Pack…"), "chart.add-to-pack");
      g_menu_append (rest, _ ("Save as SVG…"), "chart.save-svg");
      g_menu_append (rest, _ ("Save as PNG…"), "chart.save-png");
      if (extra != NULL)
        g_menu_append_section (menu, NULL, extra);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));
      g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
      popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
      gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
      gtk_widget_set_halign (popover, GTK_ALIGN_START);
      gtk_widget_set_parent (popover, widget);
      g_object_set_data (G_OBJECT (widget), MENU_KEY, popover);
    }
  if (x < 0)
    {
      x = gtk_widget_get_width (widget) / 2.0;
      y = gtk_widget_get_height (widget) / 2.0;
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* a popover below a widget with its own allocation must be told */
void
kilter_chart_menu_allocate (GtkWidget *widget)
{
  GtkWidget *popover = g_object_get_data (G_OBJECT (widget), MENU_KEY);

  if (popover != NULL)
    gtk_popover_present (GTK_POPOVER (popover));
}

void
kilter_chart_menu_unparent (GtkWidget *widget)
{
  GtkWidget *popover = g_object_steal_data (G_OBJECT (widget), MENU_KEY);

  if (popover != NULL)
    gtk_widget_unparent (popover);
}
