/* kilter-row-list.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-row-list.h"

struct _KilterRowList
{
  GObject parent_instance;

  GtkListBox *box; /* not owned */
  GtkSizeGroup *names;
  GPtrArray *columns;
  int chosen;
  gboolean is_filling;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KilterRowList, kilter_row_list, G_TYPE_OBJECT)

static int
get_id (GtkWidget *row)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "record"));
}

static void
selected_cb (KilterRowList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->box);

  if (self->is_filling || row == NULL)
    return;
  self->chosen = get_id (GTK_WIDGET (row));
  g_signal_emit (self, signals[CHOSEN], 0, self->chosen);
}

static void
kilter_row_list_finalize (GObject *object)
{
  g_object_unref (KILTER_ROW_LIST (object)->names);
  g_ptr_array_unref (KILTER_ROW_LIST (object)->columns);

  G_OBJECT_CLASS (kilter_row_list_parent_class)->finalize (object);
}

static void
kilter_row_list_class_init (KilterRowListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kilter_row_list_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
kilter_row_list_init (KilterRowList *self)
{
  self->names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
}

KilterRowList *
kilter_row_list_new (GtkListBox *box)
{
  KilterRowList *self = g_object_new (KILTER_TYPE_ROW_LIST, NULL);

  self->box = box;
  g_signal_connect_object (box, "selected-rows-changed", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

int
kilter_row_list_get_chosen (KilterRowList *self)
{
  return self->chosen;
}

/* seen when the list is filled the next time */
void
kilter_row_list_set_chosen (KilterRowList *self, int id)
{
  self->chosen = id;
}

gboolean
kilter_row_list_is_filling (KilterRowList *self)
{
  return self->is_filling;
}

void
kilter_row_list_begin (KilterRowList *self)
{
  self->is_filling = TRUE;
  gtk_list_box_remove_all (self->box);
  g_ptr_array_set_size (self->columns, 0);
}

GtkWidget *
kilter_row_list_start (void)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);

  gtk_widget_add_css_class (content, "kilter-row-box");
  return content;
}

void
kilter_row_list_append (KilterRowList *self, GtkWidget *content, guint column, GtkWidget *cell)
{
  while (self->columns->len <= column)
    g_ptr_array_add (self->columns, gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL));
  gtk_size_group_add_widget (g_ptr_array_index (self->columns, column), cell);
  gtk_box_append (GTK_BOX (content), cell);
}

static GtkWidget *
make_label (const char *text, float xalign, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), xalign > 0 ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  gtk_widget_add_css_class (label, "kilter-small");
  if (xalign > 0)
    gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

void
kilter_row_list_append_text (KilterRowList *self,
                             GtkWidget *content,
                             guint column,
                             const char *text,
                             float xalign,
                             const char *css_class)
{
  kilter_row_list_append (self, content, column, make_label (text, xalign, css_class));
}

static GtkWidget *
add_row (KilterRowList *self, GtkWidget *content)
{
  GtkWidget *row = gtk_list_box_row_new ();

  /* where there is little room the columns of all rows become narrower alike */
  gtk_size_group_add_widget (self->names, gtk_widget_get_first_child (content));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
  gtk_list_box_append (self->box, row);
  return row;
}

void
kilter_row_list_add_head (KilterRowList *self,
                          const char *title,
                          const KilterRowColumn *columns,
                          guint n_columns)
{
  GtkWidget *content = kilter_row_list_start (), *name, *row;

  name = make_label (title, 0, "kilter-table-head");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (content), name);
  for (guint i = 0; i < n_columns; i++)
    kilter_row_list_append_text (self, content, i, columns[i].title, columns[i].xalign,
                                 "kilter-table-head");
  row = add_row (self, content);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
}

void
kilter_row_list_add (KilterRowList *self, GtkWidget *content, int id, const char *name)
{
  GtkWidget *row = add_row (self, content);

  g_object_set_data (G_OBJECT (row), "record", GINT_TO_POINTER (id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
kilter_row_list_end (KilterRowList *self, gboolean any)
{
  GtkWidget *chosen = NULL, *first = NULL;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->box)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (get_id (row) == 0)
        continue;
      if (first == NULL)
        first = row;
      if (get_id (row) == self->chosen)
        chosen = row;
    }
  if (chosen == NULL && any)
    chosen = first;
  self->chosen = chosen != NULL ? get_id (chosen) : 0;
  gtk_list_box_select_row (self->box, GTK_LIST_BOX_ROW (chosen));
  self->is_filling = FALSE;
}

GtkWidget *
kilter_row_list_make_button (const char *icon, const char *tooltip, const char *action, int id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", id);
  return button;
}
