/* kilter-help-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/help/kilter-help-view.h"

typedef struct
{
  GCallback callback;
  gpointer user_data;
} Links;

static GtkWidget *
make_label (const char *markup, GtkAccessibleRole role, const Links *links)
{
  GtkWidget *widget = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", markup,
                                    "use-markup", TRUE, "wrap", TRUE, "wrap-mode",
                                    PANGO_WRAP_WORD_CHAR, "xalign", 0.0, "selectable", FALSE, NULL);

  g_signal_connect (widget, "activate-link", links->callback, links->user_data);
  return widget;
}

static GtkWidget *
make_heading (const KilterHelpBlock *block, const Links *links)
{
  GtkWidget *label = make_label (block->markup, GTK_ACCESSIBLE_ROLE_HEADING, links);

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                  (int) block->level, -1);
  gtk_widget_add_css_class (label, block->level == 1 ? "title-1" : "title-3");
  gtk_widget_set_margin_top (label, block->level == 1 ? 6 : 24);
  gtk_widget_set_margin_bottom (label, 6);
  return label;
}

static GtkWidget *
make_entry (const KilterHelpBlock *block, const Links *links)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *number = block->kind == KILTER_HELP_NUMBER
                              ? g_strdup_printf ("%u.", block->level)
                              : g_strdup ("•");
  GtkWidget *mark = gtk_label_new (number);
  GtkWidget *text = make_label (block->markup, GTK_ACCESSIBLE_ROLE_LABEL, links);

  gtk_label_set_yalign (GTK_LABEL (mark), 0);
  gtk_label_set_xalign (GTK_LABEL (mark), 1);
  gtk_label_set_width_chars (GTK_LABEL (mark), 3);
  gtk_widget_add_css_class (mark, "numeric");
  gtk_widget_add_css_class (mark, "dim-label");
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_set_margin_top (box, 4);
  return box;
}

/* Columns share the width by the length of their texts, so that no table is wider than the page. */
static GtkWidget *
make_table (const KilterHelpBlock *block, const Links *links)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_widget_add_css_class (grid, "kilter-help-table");
  gtk_widget_set_margin_top (grid, 12);
  gtk_widget_set_margin_bottom (grid, 6);
  for (guint i = 0; block->cells[i] != NULL; i++)
    {
      guint row = i / block->n_columns, column = i % block->n_columns;
      GtkWidget *cell = make_label (
        block->cells[i], row == 0 ? GTK_ACCESSIBLE_ROLE_COLUMN_HEADER : GTK_ACCESSIBLE_ROLE_LABEL,
        links);

      gtk_widget_set_hexpand (cell, column == block->n_columns - 1);
      gtk_widget_set_valign (cell, GTK_ALIGN_START);
      gtk_label_set_max_width_chars (GTK_LABEL (cell), column == 0 ? 18 : 40);
      gtk_label_set_width_chars (GTK_LABEL (cell), column == 0 ? 10 : -1);
      gtk_widget_set_margin_top (cell, 6);
      gtk_widget_set_margin_bottom (cell, 6);
      if (row == 0)
        gtk_widget_add_css_class (cell, "caption-heading");
      gtk_grid_attach (GTK_GRID (grid), cell, (int) column, (int) (2 * row), 1, 1);
      if (column == 0 && row > 0)
        gtk_grid_attach (GTK_GRID (grid), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0,
                         (int) (2 * row - 1), (int) block->n_columns, 1);
    }
  return grid;
}

static GtkWidget *
make_code (const KilterHelpBlock *block, const Links *links)
{
  GtkWidget *label = make_label (block->markup, GTK_ACCESSIBLE_ROLE_LABEL, links);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "kilter-help-code");
  gtk_widget_set_margin_top (label, 10);
  gtk_widget_set_margin_bottom (label, 4);
  return label;
}

/* Pictures are made for the release; where one is missing the text goes without. */
static GtkWidget *
make_picture (const KilterHelpBlock *block, const char *pictures)
{
  g_autofree char *name = g_strconcat (block->name, ".png", NULL);
  g_autofree char *path = g_build_filename (pictures, name, NULL);
  GtkWidget *picture;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return NULL;
  picture = gtk_picture_new_for_filename (path);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), block->markup);
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_SCALE_DOWN);
  gtk_widget_add_css_class (picture, "card");
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_margin_top (picture, 12);
  gtk_widget_set_margin_bottom (picture, 12);
  return picture;
}

/**
 * kilter_help_block_to_widget:
 * @pictures: the folder of the pictures
 * @link_cb: for GtkLabel::activate-link
 *
 * Returns: (transfer floating) (nullable): the widget; %NULL for a picture that is not there
 */
GtkWidget *
kilter_help_block_to_widget (const KilterHelpBlock *block,
                             const char *pictures,
                             GCallback link_cb,
                             gpointer user_data)
{
  const Links links = { link_cb, user_data };
  GtkWidget *label;

  switch (block->kind)
    {
    case KILTER_HELP_HEADING:
      return make_heading (block, &links);
    case KILTER_HELP_BULLET:
    case KILTER_HELP_NUMBER:
      return make_entry (block, &links);
    case KILTER_HELP_TABLE:
      return make_table (block, &links);
    case KILTER_HELP_CODE:
      return make_code (block, &links);
    case KILTER_HELP_PICTURE:
      return make_picture (block, pictures);
    case KILTER_HELP_PARAGRAPH:
    default:
      label = make_label (block->markup, GTK_ACCESSIBLE_ROLE_LABEL, &links);
      gtk_widget_set_margin_top (label, 8);
      return label;
    }
}
