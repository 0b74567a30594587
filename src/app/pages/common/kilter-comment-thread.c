/* kilter-comment-thread.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-comment-thread.h"

#include "report/words/kilter-format.h"

#include <glib/gi18n-lib.h>

struct _KilterCommentThread
{
  GtkBox parent_instance;

  GtkBox *list;
  GtkWidget *resolved_button;
  GtkEditable *entry;

  KilterPage *page; /* not owned: the page owns the thread */
  KilterSelection selection;
};

G_DEFINE_FINAL_TYPE (KilterCommentThread, kilter_comment_thread, GTK_TYPE_BOX)

/* --- which comments --- */

static GArray *
get_leaves (const KilterPlan *plan, const KilterSelection *selection)
{
  return kilter_scope_get_rows (
    plan, &selection->scope, kilter_measure_get_info ((KilterMeasure) selection->measure)->grain);
}

static gboolean
comment_fits (const KilterPlan *plan,
              const KilterRecord *comment,
              const KilterSelection *selection,
              const GArray *leaves)
{
  KilterBucket bucket;
  int row = (int) kilter_record_number_or (comment, KILTER_COMMENT_ROW, 0), at;

  if (!g_str_equal (kilter_record_text (comment, KILTER_COMMENT_MEASURE),
                    kilter_measure_get_info ((KilterMeasure) selection->measure)->key))
    return FALSE;
  bucket = kilter_bucket_from_string (kilter_plan_get_bucket_kind (plan),
                                      kilter_record_text (comment, KILTER_COMMENT_BUCKET));
  at = bucket != KILTER_BUCKET_NONE ? kilter_plan_find_bucket (plan, bucket) : -1;
  if (at < selection->first || at >= selection->first + selection->n)
    return FALSE;
  for (guint i = 0; i < leaves->len; i++)
    if (g_array_index (leaves, int, i) == row)
      return TRUE;
  return FALSE;
}

/* --- changing them --- */

static void
resolve_cb (GtkButton *button, KilterCommentThread *self)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  int id = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "comment"));
  const KilterRecord *comment = kilter_plan_get_record (plan, KILTER_TABLE_COMMENT, id);
  gboolean resolved;
  KilterCommand *command;

  if (comment == NULL)
    return;
  resolved = kilter_record_bool (comment, KILTER_COMMENT_RESOLVED);
  command = kilter_command_new ("comment", resolved ? _ ("Reopen Comment") : _ ("Resolve Comment"));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_RESOLVED,
                                   !resolved);
  kilter_page_apply (self->page, command, resolved ? NULL : _ ("Comment resolved"));
}

/* A comment on a total belongs to the first of its parts. */
static void
activate_cb (KilterCommentThread *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  KilterPlan *plan;
  KilterDocument *document;
  g_autoptr (GArray) leaves = NULL;
  g_autofree char *now = NULL, *bucket = NULL;
  KilterCommand *command;
  int id;

  if (*text == '\0' || self->page == NULL || self->selection.measure < 0)
    return;
  plan = kilter_page_get_plan (self->page);
  document = kilter_page_get_document (self->page);
  leaves = get_leaves (plan, &self->selection);
  if (leaves->len == 0)
    return;
  now = kilter_document_get_now (document);
  bucket = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                    kilter_plan_get_bucket (plan, self->selection.first));
  command = kilter_command_new ("comment", _ ("Comment"));
  id = kilter_command_add_record (command, plan, KILTER_TABLE_COMMENT);
  kilter_command_set_field_text (
    command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_MEASURE,
    kilter_measure_get_info ((KilterMeasure) self->selection.measure)->key);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_ROW,
                                   g_array_index (leaves, int, 0));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_BUCKET,
                                 bucket);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_TEXT,
                                 text);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_AUTHOR,
                                 kilter_document_get_user (document));
  kilter_command_set_field_text (command, plan, KILTER_TABLE_COMMENT, id, KILTER_COMMENT_AT, now);
  if (kilter_page_apply (self->page, command, NULL))
    gtk_editable_set_text (self->entry, "");
}

/* --- showing them --- */

static GtkWidget *
make_head (KilterCommentThread *self, const KilterRecord *comment)
{
  const KilterPlan *plan = kilter_page_get_plan (self->page);
  gboolean resolved = kilter_record_bool (comment, KILTER_COMMENT_RESOLVED);
  const char *author = kilter_record_text (comment, KILTER_COMMENT_AUTHOR);
  g_autofree char *when = kilter_format_when (plan,
                                              kilter_record_text (comment, KILTER_COMMENT_AT));
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (author);
  GtkWidget *date = gtk_label_new (when);

  gtk_widget_add_css_class (name, "caption-heading");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (date, "caption");
  gtk_widget_add_css_class (date, "dim-label");
  gtk_box_append (GTK_BOX (head), name);
  gtk_box_append (GTK_BOX (head), date);
  if (!kilter_document_is_read_only (kilter_page_get_document (self->page)))
    {
      GtkWidget *button = gtk_button_new_from_icon_name (resolved ? "edit-undo-symbolic"
                                                                  : "object-select-symbolic");

      gtk_widget_set_tooltip_text (button, resolved ? _ ("Reopen") : _ ("Resolve"));
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "kilter-tiny-button");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_object_set_data (G_OBJECT (button), "comment", GINT_TO_POINTER (comment->id));
      g_signal_connect_object (button, "clicked", G_CALLBACK (resolve_cb), self, 0);
      gtk_box_append (GTK_BOX (head), button);
    }
  return head;
}

static GtkWidget *
make_comment (KilterCommentThread *self, const KilterRecord *comment)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *text = gtk_label_new (kilter_record_text (comment, KILTER_COMMENT_TEXT));
  GtkWidget *avatar = adw_avatar_new (24, kilter_record_text (comment, KILTER_COMMENT_AUTHOR),
                                      TRUE);

  gtk_widget_set_valign (avatar, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_box_append (GTK_BOX (words), make_head (self, comment));
  gtk_box_append (GTK_BOX (words), text);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), words);
  if (kilter_record_bool (comment, KILTER_COMMENT_RESOLVED))
    gtk_widget_add_css_class (box, "dim-label");
  return box;
}

static void
fill (KilterCommentThread *self)
{
  gboolean shows_resolved = gtk_toggle_button_get_active (
    GTK_TOGGLE_BUTTON (self->resolved_button));
  const KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autoptr (GArray) leaves = get_leaves (plan, &self->selection);
  g_autofree char *label = NULL;
  GtkWidget *child;
  int n_resolved = 0, n_shown = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, child);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_COMMENT, comment)
    {
      gboolean resolved = kilter_record_bool (comment, KILTER_COMMENT_RESOLVED);

      if (!comment_fits (plan, comment, &self->selection, leaves))
        continue;
      n_resolved += resolved;
      if (resolved && !shows_resolved)
        continue;
      gtk_box_append (self->list, make_comment (self, comment));
      n_shown++;
    }
  label = g_strdup_printf (ngettext ("%d resolved", "%d resolved", n_resolved), n_resolved);
  gtk_button_set_label (GTK_BUTTON (self->resolved_button), label);
  gtk_widget_set_visible (self->resolved_button, n_resolved > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_shown > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->entry),
                          !kilter_document_is_read_only (kilter_page_get_document (self->page)));
}

static void
toggled_cb (KilterCommentThread *self)
{
  if (self->page != NULL && self->selection.measure >= 0)
    fill (self);
}

static void
kilter_comment_thread_class_init (KilterCommentThreadClass *klass)
{
}

static void
kilter_comment_thread_init (KilterCommentThread *self)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *entry = gtk_entry_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->selection.measure = -1;
  self->list = GTK_BOX (list);
  self->entry = GTK_EDITABLE (entry);
  self->resolved_button = gtk_toggle_button_new ();
  gtk_widget_set_visible (self->resolved_button, FALSE); /* until some are */
  gtk_widget_add_css_class (self->resolved_button, "flat");
  gtk_widget_add_css_class (self->resolved_button, "caption");
  gtk_widget_set_halign (self->resolved_button, GTK_ALIGN_START);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Write a comment"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Comment"), -1);
  gtk_box_append (GTK_BOX (self), list);
  gtk_box_append (GTK_BOX (self), self->resolved_button);
  gtk_box_append (GTK_BOX (self), entry);
  g_signal_connect_object (self->resolved_button, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
kilter_comment_thread_new (void)
{
  return g_object_new (KILTER_TYPE_COMMENT_THREAD, NULL);
}

void
kilter_comment_thread_show (KilterCommentThread *self,
                            KilterPage *page,
                            const KilterSelection *selection)
{
  gboolean other = selection == NULL || selection->measure != self->selection.measure ||
                   selection->first != self->selection.first ||
                   !kilter_scope_equal (&selection->scope, &self->selection.scope);

  g_return_if_fail (KILTER_IS_COMMENT_THREAD (self));

  self->page = page;
  gtk_widget_set_visible (GTK_WIDGET (self), selection != NULL);
  if (selection == NULL)
    {
      self->selection.measure = -1;
      return;
    }
  /* what is half written about one cell is not said of another */
  if (other && self->selection.measure >= 0)
    gtk_editable_set_text (self->entry, "");
  self->selection = *selection;
  fill (self);
}

gboolean
kilter_comment_thread_focus (KilterCommentThread *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->entry)) &&
         gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
