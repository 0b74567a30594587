/* kilter-scope-button.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-scope-button.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/kilter-scope-list.h"

/* lists of this length need no search */
#define SHORT_LIST 12
#define INDENT 16

struct _KilterScopeButton
{
  GtkWidget parent_instance;

  KilterScopeKind kind;
  GtkWidget *button;
  GtkLabel *label;
  GtkWidget *search;
  GtkListView *view;
  GtkFilter *filter;
  char *folded;

  KilterDocument *document;
  KilterSession *session;
};

enum
{
  PROP_0,
  PROP_KIND,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KilterScopeButton, kilter_scope_button, GTK_TYPE_WIDGET)

static const char *const tooltips[] = {
  N_ ("Products"),
  N_ ("Region"),
  N_ ("Channel"),
  N_ ("Line"),
};

/* --- list ---------------------------------------------------------------------------------------
 */

static gboolean
filter_cb (gpointer item, gpointer data)
{
  KilterScopeButton *self = data;

  return kilter_scope_item_matches (item, self->folded);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  KilterScopeButton *self = data;
  KilterScopeItem *choice = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *label = gtk_widget_get_first_child (box);
  gboolean chosen = kilter_scope_item_is_chosen (choice, kilter_session_get_scope (self->session));
  gboolean is_group = self->kind == KILTER_SCOPE_PRODUCT && !kilter_scope_item_is_product (choice);

  gtk_label_set_label (GTK_LABEL (label), kilter_scope_item_get_name (choice));
  gtk_widget_set_margin_start (label, kilter_scope_item_get_depth (choice) * INDENT);
  if (is_group)
    gtk_widget_add_css_class (label, "heading");
  else
    gtk_widget_remove_css_class (label, "heading");
  gtk_widget_set_opacity (gtk_widget_get_last_child (box), chosen ? 1 : 0);
  gtk_list_item_set_accessible_label (item, kilter_scope_item_get_name (choice));
}

static void
activate_cb (KilterScopeButton *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->view));
  g_autoptr (KilterScopeItem) item = g_list_model_get_item (model, position);
  KilterScope scope = *kilter_session_get_scope (self->session);

  if (item == NULL)
    return;
  kilter_scope_item_apply (item, &scope);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  kilter_session_set_scope (self->session, &scope);
}

static void
search_cb (KilterScopeButton *self, GtkSearchEntry *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  g_free (self->folded);
  self->folded = g_utf8_casefold (text, -1);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* Enter in the search takes the first */
static void
search_activate_cb (KilterScopeButton *self)
{
  activate_cb (self, 0);
}

/* The list is made when the menu opens: plans may have thousands of products. */
static void
show_cb (KilterScopeButton *self)
{
  g_autoptr (GListModel) list = NULL;
  GtkSelectionModel *selection;
  guint position;

  if (self->document == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  list = kilter_scope_list_new (kilter_document_get_plan (self->document), self->kind);
  gtk_widget_set_visible (self->search, g_list_model_get_n_items (list) > SHORT_LIST);
  position = kilter_scope_list_find (list, kilter_session_get_scope (self->session));
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (
    G_LIST_MODEL (gtk_filter_list_model_new (g_steal_pointer (&list), self->filter))));
  gtk_list_view_set_model (self->view, selection);
  g_object_unref (selection);
  gtk_list_view_scroll_to (self->view, position, GTK_LIST_SCROLL_FOCUS, NULL);
}

static GtkWidget *
make_popover (KilterScopeButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->search = gtk_search_entry_new ();
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (self->search), _ ("Search"));
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activate_cb), self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  gtk_list_view_set_single_click_activate (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (tooltips[self->kind]), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "kilter-scope-list");
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 420);
  gtk_widget_set_size_request (scrolled, 260, -1);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_add_css_class (popover, "menu");
  g_signal_connect_swapped (popover, "show", G_CALLBACK (show_cb), self);
  return popover;
}

/* --- vfuncs and init ----------------------------------------------------------------------------
 */

static void
kilter_scope_button_constructed (GObject *object)
{
  KilterScopeButton *self = KILTER_SCOPE_BUTTON (object);

  G_OBJECT_CLASS (kilter_scope_button_parent_class)->constructed (object);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), make_popover (self));
  gtk_widget_set_tooltip_text (self->button, _ (tooltips[self->kind]));
  gtk_label_set_label (self->label, _ (tooltips[self->kind]));
}

static void
kilter_scope_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KilterScopeButton *self = KILTER_SCOPE_BUTTON (object);

  if (id == PROP_KIND)
    self->kind = (KilterScopeKind) g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kilter_scope_button_dispose (GObject *object)
{
  KilterScopeButton *self = KILTER_SCOPE_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->document);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kilter_scope_button_parent_class)->dispose (object);
}

static void
kilter_scope_button_finalize (GObject *object)
{
  g_free (KILTER_SCOPE_BUTTON (object)->folded);
  G_OBJECT_CLASS (kilter_scope_button_parent_class)->finalize (object);
}

static void
kilter_scope_button_class_init (KilterScopeButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = kilter_scope_button_constructed;
  object_class->set_property = kilter_scope_button_set_property;
  object_class->dispose = kilter_scope_button_dispose;
  object_class->finalize = kilter_scope_button_finalize;
  properties[PROP_KIND] = g_param_spec_int ("kind", NULL, NULL, 0, KILTER_N_SCOPE_KINDS - 1, 0,
                                            G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY |
                                              G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
kilter_scope_button_init (KilterScopeButton *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, 16);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), GTK_WIDGET (self->label));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/* --- public API ---------------------------------------------------------------------------------
 */

void
kilter_scope_button_set_document (KilterScopeButton *self,
                                  KilterDocument *document,
                                  KilterSession *session)
{
  g_return_if_fail (KILTER_IS_SCOPE_BUTTON (self));
  g_set_object (&self->document, document);
  g_set_object (&self->session, session);
  kilter_scope_button_refresh (self);
}

void
kilter_scope_button_refresh (KilterScopeButton *self)
{
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (KILTER_IS_SCOPE_BUTTON (self));
  if (self->document == NULL)
    return;
  text = kilter_scope_get_label (kilter_document_get_plan (self->document),
                                 kilter_session_get_scope (self->session), self->kind);
  gtk_label_set_label (self->label, text);
  spoken = g_strdup_printf ("%s: %s", _ (tooltips[self->kind]), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}
