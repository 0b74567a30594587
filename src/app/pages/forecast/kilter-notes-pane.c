/* kilter-notes-pane.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/forecast/kilter-notes-pane.h"

#include <glib/gi18n-lib.h>

#include "app/pages/common/kilter-cell-pane.h"
#include "report/words/kilter-format.h"

/* a list of more is read by nobody */
#define MOST_ENTRIES 30
/* the log is asked once for each series of the cell */
#define MOST_SERIES 40

struct _KilterNotesPane
{
  AdwBin parent_instance;

  KilterCellPane *cell;
  GtkWidget *history;
  GtkListBox *list;
  GtkLabel *none;

  KilterPage *page;         /* not owned: the page owns the pane */
  KilterSession *session;   /* not owned: whose selection is followed */
  KilterDocument *document; /* not owned: whose log is followed */
};

G_DEFINE_FINAL_TYPE (KilterNotesPane, kilter_notes_pane, ADW_TYPE_BIN)

/* --- the log of a cell --- */

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const KilterLogEntry *x = *(const KilterLogEntry *const *) a;
  const KilterLogEntry *y = *(const KilterLogEntry *const *) b;

  return (y->id > x->id) - (y->id < x->id);
}

static gboolean
is_listed (const GPtrArray *entries, gint64 id)
{
  for (guint i = 0; i < entries->len; i++)
    if (((KilterLogEntry *) g_ptr_array_index (entries, i))->id == id)
      return TRUE;
  return FALSE;
}

/* What happened to the cell: (element-type KilterLogEntry) (transfer container), @keep owns them */
static GPtrArray *
read_log (KilterNotesPane *self, const KilterSelection *selection, GPtrArray *keep)
{
  static const KilterMeasure overrides[] = { KILTER_FINAL, KILTER_OVERRIDE_ADD,
                                             KILTER_OVERRIDE_SHARE };
  static const KilterMeasure cleaned[] = { KILTER_CORRECTION, KILTER_ACTUAL };
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterMeasure own = (KilterMeasure) selection->measure;
  const KilterMeasure *measures = &own;
  gsize n = 1;
  g_autoptr (GArray)
    leaves = kilter_scope_get_rows (plan, &selection->scope, kilter_measure_get_info (own)->grain);
  GPtrArray *entries = g_ptr_array_new ();

  if (own == KILTER_FINAL || own == KILTER_OVERRIDE)
    {
      measures = overrides;
      n = G_N_ELEMENTS (overrides);
    }
  else if (own == KILTER_CLEANED || own == KILTER_CORRECTION || own == KILTER_ACTUAL)
    {
      measures = cleaned;
      n = G_N_ELEMENTS (cleaned);
    }
  for (guint i = 0; i < leaves->len && leaves->len <= MOST_SERIES; i++)
    for (gsize m = 0; m < n; m++)
      {
        KilterLogFilter filter = KILTER_LOG_FILTER_INIT;
        GPtrArray *found;

        filter.limit = MOST_ENTRIES;
        filter.measure = (int) measures[m];
        filter.version = kilter_page_get_version (self->page);
        filter.row = g_array_index (leaves, int, i);
        filter.bucket = kilter_plan_get_bucket (plan, selection->first);
        found = kilter_document_get_log (kilter_page_get_document (self->page), &filter);
        g_ptr_array_add (keep, found);
        for (guint k = 0; k < found->len; k++)
          {
            KilterLogEntry *entry = g_ptr_array_index (found, k);

            if (!is_listed (entries, entry->id))
              g_ptr_array_add (entries, entry);
          }
      }
  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

static void
revert_cb (GtkButton *button, gpointer data)
{
  KilterPage *page = data;
  const gint64 *entry = g_object_get_data (G_OBJECT (button), "entry");
  g_autoptr (GError) error = NULL;

  if (kilter_document_revert (kilter_page_get_document (page), *entry, &error))
    kilter_page_toast (page, _ ("The change is taken back"), TRUE);
  else
    kilter_page_report (page, error);
}

static GtkWidget *
make_entry (KilterNotesPane *self, const KilterLogEntry *entry)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *what, *who, *row = gtk_list_box_row_new ();
  g_autofree char *when = kilter_format_when (plan, entry->at);
  g_autofree char *by = g_strdup_printf ("%s · %s", entry->who != NULL ? entry->who : "", when);
  g_autofree char *text = entry->reason != NULL && *entry->reason != '\0'
                            ? g_strdup_printf ("%s: %s", entry->label, entry->reason)
                            : g_strdup (entry->label);
  gboolean applied = g_strcmp0 (entry->state, "applied") == 0;

  what = gtk_label_new (text);
  who = gtk_label_new (by);
  gtk_label_set_xalign (GTK_LABEL (what), 0);
  gtk_label_set_wrap (GTK_LABEL (what), TRUE);
  gtk_label_set_xalign (GTK_LABEL (who), 0);
  gtk_label_set_ellipsize (GTK_LABEL (who), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (what, "kilter-small");
  gtk_widget_add_css_class (who, "kilter-small");
  gtk_widget_add_css_class (who, "dim-label");
  if (!applied)
    gtk_widget_add_css_class (what, "dim-label");
  gtk_box_append (GTK_BOX (words), what);
  gtk_box_append (GTK_BOX (words), who);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), words);
  if (applied && entry->complete && entry->target == 0 && !kilter_page_is_read_only (self->page))
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");

      gtk_widget_set_tooltip_text (button, _ ("Take Back This Change"));
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_object_set_data_full (G_OBJECT (button), "entry", g_memdup2 (&entry->id, sizeof entry->id),
                              g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (revert_cb), self->page,
                               G_CONNECT_DEFAULT);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_add_css_class (box, "kilter-low-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
fill_history (KilterNotesPane *self)
{
  KilterSession *session = kilter_page_get_session (self->page);
  const KilterSelection *selection = session != NULL ? kilter_session_get_selection (session)
                                                     : NULL;
  gboolean shown = selection != NULL && selection->measure >= 0 && selection->first >= 0;
  g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) entries = NULL;

  gtk_widget_set_visible (self->history, shown);
  gtk_list_box_remove_all (self->list);
  /* the log is read when it can be seen */
  if (!shown || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  entries = read_log (self, selection, keep);
  for (guint i = 0; i < MIN (entries->len, MOST_ENTRIES); i++)
    gtk_list_box_append (self->list, make_entry (self, g_ptr_array_index (entries, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->list), entries->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->none), entries->len == 0);
}

/* --- life --- */

static void
kilter_notes_pane_class_init (KilterNotesPaneClass *klass)
{
}

static void
kilter_notes_pane_init (KilterNotesPane *self)
{
  GtkWidget *heading = gtk_label_new (_ ("History"));
  GtkWidget *none = gtk_label_new (_ ("No recorded change concerns this cell alone."));

  self->cell = g_object_new (KILTER_TYPE_CELL_PANE, NULL);
  self->history = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->none = GTK_LABEL (none);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_label_set_xalign (self->none, 0);
  gtk_label_set_wrap (self->none, TRUE);
  gtk_widget_add_css_class (none, "dim-label");
  gtk_widget_add_css_class (none, "kilter-small");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("History"), -1);
  gtk_box_append (GTK_BOX (self->history), heading);
  gtk_box_append (GTK_BOX (self->history), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self->history), none);
  kilter_cell_pane_set_extra (self->cell, self->history);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->cell));
  g_signal_connect (self, "map", G_CALLBACK (fill_history), NULL);
}

void
kilter_notes_pane_attach (KilterNotesPane *self, KilterPage *page, KilterPlanGrid *grid)
{
  self->page = page;
  kilter_cell_pane_attach (self->cell, page, grid);
}

void
kilter_notes_pane_refresh (KilterNotesPane *self)
{
  KilterSession *session = kilter_page_get_session (self->page);
  KilterDocument *document = kilter_page_get_document (self->page);

  kilter_cell_pane_refresh (self->cell);
  if (session != NULL && session != self->session)
    {
      self->session = session;
      g_signal_connect_object (session, "selection-changed", G_CALLBACK (fill_history), self,
                               G_CONNECT_SWAPPED);
    }
  if (document != self->document)
    {
      self->document = document;
      g_signal_connect_object (document, "logged", G_CALLBACK (fill_history), self,
                               G_CONNECT_SWAPPED);
    }
  fill_history (self);
}
