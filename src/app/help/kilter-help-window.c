/* kilter-help-window.c: the contents beside a page; links, search, the way back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/help/kilter-help-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/help/kilter-help-view.h"
#include "kilter-config.h"

struct _KilterHelpWindow
{
  AdwWindow parent_instance;

  AdwNavigationSplitView *split;
  AdwNavigationPage *page;
  GtkSearchEntry *search;
  GtkStack *contents;
  GtkListBox *list;
  GtkScrolledWindow *scroller;
  GtkBox *body;

  char *folder;
  char *shown;         /* the page */
  GPtrArray *pages;    /* in the order of the names */
  GPtrArray *history;  /* of pages before this one */
  GHashTable *anchors; /* of the page to widgets */
  gboolean is_selecting;
};

G_DEFINE_FINAL_TYPE (KilterHelpWindow, kilter_help_window, ADW_TYPE_WINDOW)

/* --- pages --------------------------------------------------------------------------------------
 */

static int
find_page (const char *name)
{
  for (int i = 0; kilter_help_get_names ()[i] != NULL; i++)
    if (g_strcmp0 (kilter_help_get_names ()[i], name) == 0)
      return i;
  return -1;
}

static void
load_pages (KilterHelpWindow *self)
{
  const char *data = g_getenv ("KILTER_PKGDATADIR");

  self->folder = g_build_filename (data != NULL ? data : KILTER_PKGDATADIR, "help", NULL);
  for (const char *const *name = kilter_help_get_names (); *name != NULL; name++)
    {
      g_autoptr (GError) error = NULL;
      KilterHelpPage *page = kilter_help_page_load (self->folder, g_get_language_names (), *name,
                                                    &error);

      if (page == NULL)
        {
          g_autofree char *text = g_strdup_printf ("# %s\n\n%s\n", *name, error->message);

          page = kilter_help_page_new (text);
        }
      g_ptr_array_add (self->pages, page);
    }
}

static gboolean
link_cb (GtkLabel *label, const char *target, KilterHelpWindow *self)
{
  return kilter_help_window_show (self, target);
}

static void
fill_body (KilterHelpWindow *self, const KilterHelpPage *page)
{
  g_autofree char *pictures = g_build_filename (self->folder, kilter_help_page_get_language (page),
                                                NULL);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->body))) != NULL)
    gtk_box_remove (self->body, child);
  g_hash_table_remove_all (self->anchors);
  for (guint i = 0; i < kilter_help_page_get_n_blocks (page); i++)
    {
      const KilterHelpBlock *block = kilter_help_page_get_block (page, i);
      GtkWidget *widget = kilter_help_block_to_widget (block, pictures, G_CALLBACK (link_cb), self);

      if (widget == NULL)
        continue;
      gtk_box_append (self->body, widget);
      if (block->anchor != NULL)
        g_hash_table_insert (self->anchors, block->anchor, widget);
    }
}

/* Headings are known after the layout only. */
static gboolean
scroll_cb (gpointer data)
{
  GtkWidget *heading = data;
  GtkWidget *viewport = gtk_widget_get_ancestor (heading, GTK_TYPE_VIEWPORT);

  if (viewport != NULL)
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), heading, NULL);
  return G_SOURCE_REMOVE;
}

static void
show_page (KilterHelpWindow *self, int index, const char *anchor)
{
  const char *name = kilter_help_get_names ()[index];
  const KilterHelpPage *page = g_ptr_array_index (self->pages, index);
  GtkWidget *heading;

  if (g_strcmp0 (self->shown, name) != 0)
    {
      g_autofree char *title = NULL;

      g_set_str (&self->shown, name);
      fill_body (self, page);
      pango_parse_markup (kilter_help_page_get_title (page), -1, 0, NULL, &title, NULL, NULL);
      adw_navigation_page_set_title (self->page, title != NULL ? title : "");
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
      self->is_selecting = TRUE;
      gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, index));
      self->is_selecting = FALSE;
    }
  heading = anchor != NULL ? g_hash_table_lookup (self->anchors, anchor) : NULL;
  if (heading != NULL)
    g_idle_add_full (G_PRIORITY_LOW, scroll_cb, g_object_ref (heading), g_object_unref);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "help.back", self->history->len > 0);
}

/* --- the contents -------------------------------------------------------------------------------
 */

static void
row_selected_cb (KilterHelpWindow *self, GtkListBoxRow *row)
{
  if (row != NULL && !self->is_selecting)
    kilter_help_window_show (self, kilter_help_get_names ()[gtk_list_box_row_get_index (row)]);
}

static void
row_activated_cb (KilterHelpWindow *self, GtkListBoxRow *row)
{
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  KilterHelpWindow *self = data;

  return kilter_help_page_matches (
    g_ptr_array_index (self->pages, (guint) gtk_list_box_row_get_index (row)),
    gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_changed_cb (KilterHelpWindow *self)
{
  gboolean finds = FALSE;

  gtk_list_box_invalidate_filter (self->list);
  for (guint i = 0; i < self->pages->len; i++)
    finds |= gtk_widget_get_child_visible (
      GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)));
  gtk_stack_set_visible_child_name (self->contents, finds ? "list" : "nothing");
}

static void
search_activated_cb (KilterHelpWindow *self)
{
  for (guint i = 0; i < self->pages->len; i++)
    if (gtk_widget_get_child_visible (
          GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i))))
      {
        kilter_help_window_show (self, kilter_help_get_names ()[i]);
        return;
      }
}

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KilterHelpWindow *self = KILTER_HELP_WINDOW (widget);
  g_autofree char *name = NULL;

  if (self->history->len == 0)
    return;
  name = g_ptr_array_steal_index (self->history, self->history->len - 1);
  show_page (self, find_page (name), NULL);
}

static void
add_rows (KilterHelpWindow *self)
{
  for (guint i = 0; i < self->pages->len; i++)
    {
      GtkWidget *label = gtk_label_new (
        kilter_help_page_get_title (g_ptr_array_index (self->pages, i)));

      gtk_label_set_use_markup (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_list_box_append (self->list, label);
    }
}

/* --- vfuncs and init ----------------------------------------------------------------------------
 */

static void
kilter_help_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KILTER_TYPE_HELP_WINDOW);
  G_OBJECT_CLASS (kilter_help_window_parent_class)->dispose (object);
}

static void
kilter_help_window_finalize (GObject *object)
{
  KilterHelpWindow *self = KILTER_HELP_WINDOW (object);

  g_free (self->folder);
  g_free (self->shown);
  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->history);
  g_hash_table_unref (self->anchors);
  G_OBJECT_CLASS (kilter_help_window_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KilterHelpWindow, name)

static void
kilter_help_window_class_init (KilterHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_help_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kilter_help_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/help-window.ui");
  BIND (split);
  BIND (page);
  BIND (search);
  BIND (contents);
  BIND (list);
  BIND (scroller);
  BIND (body);
  gtk_widget_class_install_action (widget_class, "help.back", NULL, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "help.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
}

static void
kilter_help_window_init (KilterHelpWindow *self)
{
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) kilter_help_page_free);
  self->history = g_ptr_array_new_with_free_func (g_free);
  self->anchors = g_hash_table_new (g_str_hash, g_str_equal);
  gtk_widget_init_template (GTK_WIDGET (self));
  load_pages (self);
  add_rows (self);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
}

/* --- public API ---------------------------------------------------------------------------------
 */

/**
 * kilter_help_window_show:
 * @target: a page, or "page#heading-2"; links of other kinds are left to the desktop
 *
 * Returns: whether there is such a page
 */
gboolean
kilter_help_window_show (KilterHelpWindow *self, const char *target)
{
  g_auto (GStrv) parts = NULL;
  int index;

  g_return_val_if_fail (KILTER_IS_HELP_WINDOW (self) && target != NULL, FALSE);

  parts = g_strsplit (target, "#", 2);
  index = parts[0] != NULL ? find_page (parts[0]) : -1;
  if (index < 0)
    return FALSE;
  if (self->shown != NULL && g_strcmp0 (self->shown, parts[0]) != 0)
    g_ptr_array_add (self->history, g_strdup (self->shown));
  show_page (self, index, parts[1]);
  return TRUE;
}

const char *
kilter_help_window_get_page (KilterHelpWindow *self)
{
  g_return_val_if_fail (KILTER_IS_HELP_WINDOW (self), NULL);
  return self->shown;
}

/**
 * kilter_help_present:
 * @page: (nullable): the page to open; the first where there is no such page
 *
 * Brings the one help window of the application to the front.
 *
 * Returns: (transfer none): the window
 */
KilterHelpWindow *
kilter_help_present (GtkApplication *application, const char *page)
{
  KilterHelpWindow *self = NULL;

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (KILTER_IS_HELP_WINDOW (l->data))
      self = l->data;
  if (self == NULL)
    self = g_object_new (KILTER_TYPE_HELP_WINDOW, "application", application, NULL);
  if (!kilter_help_has_page (page) || !kilter_help_window_show (self, page))
    kilter_help_window_show (self, kilter_help_get_names ()[0]);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

/**
 * kilter_help_set_page:
 * @widget: a dialog or another part of a window
 * @page: (not nullable): the page of the guide that is about it; a static text
 *
 * Says what F1 opens while the keyboard is inside @widget. Views need not: their pages of the guide
 * are named as they are.
 */
void
kilter_help_set_page (GtkWidget *widget, const char *page)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (kilter_help_has_page (page));

  g_object_set_data (G_OBJECT (widget), "kilter-help-page", (gpointer) page);
}

/**
 * kilter_help_find_page:
 * @widget: (nullable): where the keyboard is
 *
 * Returns: (transfer none) (nullable): the page that was set for it or for the nearest part of the
 *   window around it
 */
const char *
kilter_help_find_page (GtkWidget *widget)
{
  const char *page = NULL;

  for (; widget != NULL && page == NULL; widget = gtk_widget_get_parent (widget))
    page = g_object_get_data (G_OBJECT (widget), "kilter-help-page");
  return page;
}
