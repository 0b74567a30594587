/* kilter-search-dialog.c: products, families, lines, people, decisions, views and commands by name
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/widgets/kilter-scope-list.h"
#include "app/window/kilter-views.h"
#include "app/window/kilter-window.h"

/* more would not be read */
#define MAX_RESULTS 60

/* --- one thing that can be found ----------------------------------------------------------------
 */

#define KILTER_TYPE_FINDING (kilter_finding_get_type ())
G_DECLARE_FINAL_TYPE (KilterFindingItem, kilter_finding, KILTER, FINDING, GObject)

struct _KilterFindingItem
{
  GObject parent_instance;

  const char *group; /* translated */
  char *title;
  char *subtitle;
  char *folded;
  char *target; /* a view, or NULL */
  char *action; /* a detailed action, or NULL */
  KilterScope scope;
  gboolean has_scope;
};

G_DEFINE_FINAL_TYPE (KilterFindingItem, kilter_finding, G_TYPE_OBJECT)

static void
kilter_finding_finalize (GObject *object)
{
  KilterFindingItem *self = KILTER_FINDING (object);

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->folded);
  g_free (self->target);
  g_free (self->action);
  G_OBJECT_CLASS (kilter_finding_parent_class)->finalize (object);
}

static void
kilter_finding_class_init (KilterFindingItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kilter_finding_finalize;
}

static void
kilter_finding_init (KilterFindingItem *self)
{
}

static KilterFindingItem *
add (GListStore *list, const char *group, const char *title, const char *subtitle)
{
  KilterFindingItem *item = g_object_new (KILTER_TYPE_FINDING, NULL);
  g_autofree char *text = g_strdup_printf ("%s %s", title, subtitle != NULL ? subtitle : "");

  item->group = group;
  item->title = g_strdup (title);
  item->subtitle = g_strdup (subtitle);
  item->folded = g_utf8_casefold (text, -1);
  g_list_store_append (list, item);
  g_object_unref (item); /* the list keeps it */
  return item;
}

/* --- what there is ------------------------------------------------------------------------------
 */

static void
add_views (GListStore *list)
{
  for (guint i = 0; i < kilter_views_get_n (); i++)
    {
      const KilterViewInfo *view = kilter_views_get (i);

      for (guint k = 0; kilter_view_has_pages (view) && k < view->n_pages; k++)
        {
          KilterFindingItem *item = add (list, _ ("Views"), _ (view->pages[k].title),
                                         view->n_pages > 1 ? _ (view->title) : NULL);

          item->target = g_strdup_printf ("%s/%s", view->key, view->pages[k].key);
        }
    }
}

static void
add_commands (GListStore *list)
{
  static const char *const commands[][2] = {
    { N_ ("Import"), "win.import" },
    { N_ ("Export Table"), "win.export-table" },
    { N_ ("Export PDF"), "win.export-pdf" },
    { N_ ("Save a Copy"), "win.save-copy" },
    { N_ ("Backups"), "win.backups" },
    { N_ ("Save as Scenario"), "win.new-scenario" },
    { N_ ("Start Next Cycle"), "win.next-cycle" },
    { N_ ("Cycle Calendar"), "win.cycle-calendar" },
    { N_ ("Cycle Template"), "win.cycle-template" },
    { N_ ("Plan Properties"), "win.plan-properties" },
    { N_ ("Preferences"), "app.preferences" },
    { N_ ("Keyboard Shortcuts"), "app.shortcuts" },
    { N_ ("Help"), "app.help" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    add (list, _ ("Commands"), _ (commands[i][0]), NULL)->action = g_strdup (commands[i][1]);
}

static void
add_scopes (GListStore *list, const KilterPlan *plan)
{
  static const char *const groups[] = { N_ ("Products"), N_ ("Regions"), N_ ("Channels"),
                                        N_ ("Lines") };

  for (KilterScopeKind kind = 0; kind < KILTER_N_SCOPE_KINDS; kind++)
    {
      g_autoptr (GListModel) choices = kilter_scope_list_new (plan, kind);

      for (guint i = 1; i < g_list_model_get_n_items (choices); i++)
        {
          g_autoptr (KilterScopeItem) choice = g_list_model_get_item (choices, i);
          KilterFindingItem *item = add (list, _ (groups[kind]),
                                         kilter_scope_item_get_name (choice), NULL);

          kilter_scope_item_apply (choice, &item->scope);
          item->has_scope = TRUE;
          if (kind == KILTER_SCOPE_RESOURCE)
            item->target = g_strdup ("supply");
        }
    }
}

static void
add_records (GListStore *list,
             const KilterPlan *plan,
             KilterTableId table,
             int field,
             int second,
             const char *group,
             const char *target)
{
  KILTER_FOREACH_RECORD (plan, table, record)
    {
      const char *title = kilter_record_text (record, field);

      if (title != NULL && *title != '\0')
        add (list, group, title, second >= 0 ? kilter_record_text (record, second) : NULL)
          ->target = g_strdup (target);
    }
}

/* --- the dialog ---------------------------------------------------------------------------------
 */

typedef struct
{
  GtkWidget *window;
  KilterSession *session;
  AdwDialog *dialog;
  GListStore *all;
  GtkListBox *results;
  GtkStack *stack;
  GtkWidget *entry;
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  /* the entry tells of changes a moment later, and may outlive its dialog that long */
  g_signal_handlers_disconnect_by_data (self->entry, self);
  g_signal_handlers_disconnect_by_data (self->entry, self->dialog);
  g_clear_object (&self->entry);
  g_clear_object (&self->session);
  g_clear_object (&self->all);
  g_free (self);
}

static void
go (Search *self, KilterFindingItem *item)
{
  GtkWidget *window = self->window;
  KilterSession *session = self->session;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  adw_dialog_close (self->dialog);
  if (item->has_scope)
    kilter_session_set_scope (session, &item->scope);
  if (item->target != NULL)
    kilter_window_show (KILTER_WINDOW (window), item->target);
  if (item->action != NULL && g_action_parse_detailed_name (item->action, &name, &target, NULL))
    gtk_widget_activate_action_variant (window, name, target);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  go (data, g_object_get_data (G_OBJECT (row), "item"));
}

static void
entry_activated_cb (GtkWidget *entry, gpointer data)
{
  Search *self = data;
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->results, 0);

  if (row != NULL)
    go (self, g_object_get_data (G_OBJECT (row), "item"));
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  KilterFindingItem *item = g_object_get_data (G_OBJECT (row), "item");
  KilterFindingItem *previous = before != NULL ? g_object_get_data (G_OBJECT (before), "item")
                                               : NULL;
  GtkWidget *label = NULL;

  if (previous == NULL || strcmp (previous->group, item->group) != 0)
    {
      label = gtk_label_new (item->group);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "kilter-sidebar-heading");
    }
  gtk_list_box_row_set_header (row, label);
}

static void
add_result (Search *self, KilterFindingItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (item->title);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  if (item->subtitle != NULL)
    {
      GtkWidget *subtitle = gtk_label_new (item->subtitle);

      gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (subtitle, "dim-label");
      gtk_box_append (GTK_BOX (box), subtitle);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  gtk_list_box_append (self->results, row);
}

static void
search_changed_cb (GtkSearchEntry *entry, gpointer data)
{
  Search *self = data;
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  g_autofree char *folded = g_utf8_casefold (text, -1);
  guint shown = 0;

  gtk_list_box_remove_all (self->results);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->all)) && shown < MAX_RESULTS;
       i++)
    {
      g_autoptr (KilterFindingItem) item = g_list_model_get_item (G_LIST_MODEL (self->all), i);

      /* with no text the views and commands are the answer */
      if (*folded == '\0' ? item->has_scope || (item->action == NULL && item->target == NULL)
                          : strstr (item->folded, folded) == NULL)
        continue;
      add_result (self, item);
      shown++;
    }
  gtk_stack_set_visible_child_name (self->stack, shown > 0 ? "results" : "nothing");
}

static void
fill (Search *self, KilterDocument *document)
{
  const KilterPlan *plan = kilter_document_get_plan (document);

  add_views (self->all);
  add_scopes (self->all, plan);
  add_records (self->all, plan, KILTER_TABLE_DECISION, KILTER_DECISION_TITLE, -1, _ ("Decisions"),
               "decide");
  add_records (self->all, plan, KILTER_TABLE_TASK, KILTER_TASK_TITLE, -1, _ ("Tasks"), "overview");
  add_records (self->all, plan, KILTER_TABLE_PERSON, KILTER_PERSON_NAME, KILTER_PERSON_ROLE,
               _ ("People"), "overview");
  add_records (self->all, plan, KILTER_TABLE_COMMENT, KILTER_COMMENT_TEXT, KILTER_COMMENT_AUTHOR,
               _ ("Comments"), "demand");
  add_commands (self->all);
}

void
kilter_search_dialog_present (GtkWidget *parent, KilterDocument *document, KilterSession *session)
{
  Search *self = g_new0 (Search, 1);
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *nothing = adw_status_page_new ();

  self->window = parent;
  self->session = g_object_ref (session);
  self->all = g_list_store_new (KILTER_TYPE_FINDING);
  self->dialog = adw_dialog_new ();
  g_object_set_data_full (G_OBJECT (self->dialog), "search", self, search_free);
  fill (self, document);

  self->entry = g_object_ref_sink (gtk_search_entry_new ());
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (self->entry),
                                         _ ("Products, people, decisions, commands"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Results"), -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_set_size_request (self->entry, 280, -1);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->entry);

  self->results = GTK_LIST_BOX (list);
  self->stack = GTK_STACK (stack);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_list_box_set_selection_mode (self->results, GTK_SELECTION_NONE);
  gtk_list_box_set_header_func (self->results, header_cb, NULL, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  adw_status_page_set_title (ADW_STATUS_PAGE (nothing), _ ("Nothing Found"));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (nothing), "system-search-symbolic");
  gtk_widget_add_css_class (nothing, "compact");
  gtk_stack_add_named (self->stack, scrolled, "results");
  gtk_stack_add_named (self->stack, nothing, "nothing");
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect (self->entry, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect (self->entry, "activate", G_CALLBACK (entry_activated_cb), self);
  /* the entry takes Escape for itself */
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (adw_dialog_close),
                            self->dialog);

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), stack);
  adw_dialog_set_child (self->dialog, toolbar);
  adw_dialog_set_title (self->dialog, _ ("Search"));
  adw_dialog_set_content_width (self->dialog, 560);
  adw_dialog_set_content_height (self->dialog, 520);
  search_changed_cb (GTK_SEARCH_ENTRY (self->entry), self);
  adw_dialog_set_focus (self->dialog, self->entry);
  adw_dialog_present (self->dialog, parent);
}
