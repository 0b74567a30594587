/* kilter-record-table-edit.c: typing into a table of records: what is taken, what is not
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/pages/structure/kilter-record-edit.h"
#include "app/pages/structure/kilter-record-table-private.h"

/* --- drafts and the status row ------------------------------------------------------------------
 */

void
kilter_record_table_draft_free (gpointer data)
{
  Draft *draft = data;

  g_free (draft->text);
  g_free (draft->problem);
  g_free (draft);
}

static Draft *
find_draft (KilterRecordTable *self, int id, int field)
{
  for (guint i = 0; i < self->drafts->len; i++)
    {
      Draft *draft = g_ptr_array_index (self->drafts, i);

      if (draft->id == id && draft->field == field)
        return draft;
    }
  return NULL;
}

static void
show_status (KilterRecordTable *self, const char *text, gboolean has_draft)
{
  if (text != NULL)
    {
      gtk_label_set_text (self->status_label, text);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
  gtk_widget_set_visible (self->discard, has_draft);
  gtk_revealer_set_reveal_child (self->status, text != NULL);
}

static void
show_draft (KilterRecordTable *self, const Draft *draft)
{
  g_autofree char *name = NULL, *text = NULL, *kept = NULL;
  KilterPlan *plan = kilter_record_table_get_plan (self);

  if (draft == NULL)
    {
      self->status_id = 0;
      show_status (self, NULL, FALSE);
      return;
    }
  self->status_id = draft->id;
  self->status_field = draft->field;
  name = kilter_record_get_name (plan, self->table, draft->id);
  kept = kilter_record_get_text (plan, self->table, draft->id, draft->field);
  if (*kept == '\0')
    /* Translators: %1$s is the name of a record, %2$s a sentence that says what is wrong */
    text = g_strdup_printf (_ ("%1$s: %2$s The plan is unchanged."), name, draft->problem);
  else
    /* Translators: %1$s is the name of a record, %2$s a sentence that says what is wrong, %3$s the
     * value before */
    text = g_strdup_printf (_ ("%1$s: %2$s The plan still has %3$s."), name, draft->problem, kept);
  show_status (self, text, TRUE);
}

static void
drop_draft (KilterRecordTable *self, int id, int field)
{
  Draft *draft = find_draft (self, id, field);

  if (draft == NULL)
    return;
  g_ptr_array_remove (self->drafts, draft);
  /* the next one that waits, if any */
  show_draft (self, self->drafts->len > 0 ? g_ptr_array_index (self->drafts, 0) : NULL);
}

static void
keep_draft (KilterRecordTable *self, int id, int field, const char *text, const char *problem)
{
  Draft *draft = find_draft (self, id, field);

  if (draft == NULL)
    {
      draft = g_new0 (Draft, 1);
      draft->id = id;
      draft->field = field;
      g_ptr_array_add (self->drafts, draft);
    }
  g_set_str (&draft->text, text);
  g_set_str (&draft->problem, problem);
  show_draft (self, draft);
}

void
kilter_record_table_discard (KilterRecordTable *self)
{
  int id = self->status_id;

  drop_draft (self, id, self->status_field);
  kilter_record_table_emit_changed (self, id);
}

/* Drafts of records that are gone. */
void
kilter_record_table_drop_orphans (KilterRecordTable *self)
{
  KilterPlan *plan = kilter_record_table_get_plan (self);

  for (guint i = self->drafts->len; i > 0; i--)
    {
      Draft *draft = g_ptr_array_index (self->drafts, i - 1);

      if (kilter_plan_get_record (plan, self->table, draft->id) == NULL)
        drop_draft (self, draft->id, draft->field);
    }
}

/**
 * kilter_record_table_get_draft:
 * @out_problem: (out) (optional) (transfer none): why it could not be taken
 *
 * Returns: (nullable): what was typed into a cell and is not in the plan
 */
const char *
kilter_record_table_get_draft (KilterRecordTable *self, int id, int field, const char **out_problem)
{
  const Draft *draft = find_draft (self, id, field);

  if (out_problem != NULL)
    *out_problem = draft != NULL ? draft->problem : NULL;
  return draft != NULL ? draft->text : NULL;
}

/* The cursor is in a cell: the status row is about it. */
void
kilter_record_table_explain (KilterRecordTable *self, int id, int field)
{
  const Draft *draft = find_draft (self, id, field);

  if (draft != NULL)
    show_draft (self, draft);
}

const char *
kilter_record_table_get_status (KilterRecordTable *self)
{
  return gtk_revealer_get_reveal_child (self->status) ? gtk_label_get_text (self->status_label)
                                                      : NULL;
}

/* --- taking -------------------------------------------------------------------------------------
 */

/* Checks a field and adds it to the command; what cannot be taken becomes a draft. */
static gboolean
take (KilterRecordTable *self, KilterCommand *command, int id, int field, const char *text)
{
  KilterPlan *plan = kilter_record_table_get_plan (self);
  const KilterRecord *record = kilter_plan_get_record (plan, self->table, id);
  KilterValue value, *values;
  g_autofree char *problem = NULL, *owned = NULL;

  if (!kilter_record_check (plan, self->table, id, field, text, &value, &problem))
    {
      keep_draft (self, id, field, text, problem);
      return FALSE;
    }
  owned = value.text;
  values = kilter_values_copy (self->table, record->values);
  g_free (values[field].text);
  values[field] = (KilterValue) { value.number, g_strdup (value.text) };
  problem = kilter_record_check_whole (plan, self->table, id, values);
  kilter_values_free (self->table, values);
  if (problem != NULL)
    {
      keep_draft (self, id, field, text, problem);
      return FALSE;
    }
  drop_draft (self, id, field);
  kilter_record_set (command, plan, self->table, id, field, &value);
  return TRUE;
}

static char *
make_label (KilterRecordTable *self, int id, int field)
{
  g_autofree char *name = kilter_record_get_name (kilter_record_table_get_plan (self), self->table,
                                                  id);

  /* Translators: an entry of the change log: %1$s is a column, %2$s the name of a record */
  return g_strdup_printf (_ ("%1$s of %2$s"), kilter_record_get_label (self->table, field), name);
}

/**
 * kilter_record_table_commit:
 * @text: (nullable): what was typed; %NULL gives up what could not be taken
 *
 * One edit is one command. What is as it was changes nothing.
 *
 * Returns: whether the plan has it
 */
gboolean
kilter_record_table_commit (KilterRecordTable *self, int id, int field, const char *text)
{
  KilterPlan *plan = kilter_record_table_get_plan (self);
  KilterCommand *command;
  g_autofree char *old = NULL, *label = NULL;

  if (plan == NULL || kilter_plan_get_record (plan, self->table, id) == NULL)
    return FALSE;
  old = kilter_record_get_edit_text (plan, self->table, id, field);
  if (text == NULL || g_str_equal (text, old))
    {
      drop_draft (self, id, field);
      return TRUE;
    }
  if (!kilter_record_table_is_editable (self))
    return FALSE;
  label = make_label (self, id, field);
  command = kilter_command_new ("record", label);
  if (!take (self, command, id, field, text) || kilter_command_is_empty (command))
    {
      gboolean taken = find_draft (self, id, field) == NULL;

      kilter_command_unref (command);
      return taken;
    }
  return kilter_page_apply (self->page, command, NULL);
}

/* --- copy and paste -----------------------------------------------------------------------------
 */

void
kilter_record_table_copy (KilterRecordTable *self, int id, int field)
{
  g_autofree char *text = kilter_record_get_edit_text (kilter_record_table_get_plan (self),
                                                       self->table, id, field);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

/* Two pasted rows with the same code would not see each other in the plan. */
static gboolean
is_repeated (KilterRecordTable *self, GHashTable *seen, int field, const char *text)
{
  char *key;

  if (!(kilter_table_get_info (self->table)->fields[field].flags & KILTER_FIELD_UNIQUE))
    return FALSE;
  key = g_strdup_printf ("%d/%s", field, text);
  return !g_hash_table_add (seen, key);
}

static void
paste_row (KilterRecordTable *self,
           KilterCommand *command,
           GHashTable *seen,
           int row,
           int column,
           const char *line,
           int *taken,
           int *refused)
{
  g_auto (GStrv) texts = g_strsplit (line, "\t", -1);
  g_autoptr (KilterRecordItem) item = g_list_model_get_item (self->rows, (guint) row);

  for (int c = 0; texts[c] != NULL && column + c < (int) self->fields->len; c++)
    {
      int field = g_array_index (self->fields, int, column + c);

      if (is_repeated (self, seen, field, texts[c]))
        {
          g_autofree char *problem = g_strdup_printf (_ ("“%s” is pasted more than once."),
                                                      texts[c]);

          keep_draft (self, item->id, field, texts[c], problem);
          ++*refused;
        }
      else if (take (self, command, item->id, field, texts[c]))
        ++*taken;
      else
        ++*refused;
    }
}

/**
 * kilter_record_table_paste_text:
 * @text: rows of fields, divided by tabs
 *
 * Pastes to the right and down from a cell, over rows that are there, as one command. What cannot
 * be taken stays in its cell to be put right; rows beyond the last are counted.
 */
void
kilter_record_table_paste_text (KilterRecordTable *self, int id, int field, const char *text)
{
  KilterPlan *plan = kilter_record_table_get_plan (self);
  int row = kilter_record_table_find_row (self, id);
  int column = kilter_record_table_find_column (self, field);
  int n_rows = (int) g_list_model_get_n_items (self->rows), taken = 0, refused = 0, beyond = 0;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *label = NULL;
  KilterCommand *command;

  if (plan == NULL || row < 0 || column < 0 || !kilter_record_table_is_editable (self))
    return;
  label = g_strdup_printf (_ ("Pasted into %s"), _ (kilter_table_get_info (self->table)->label));
  command = kilter_command_new ("record", label);
  for (int i = 0; lines[i] != NULL; i++)
    {
      g_strchomp (lines[i]);
      if (*lines[i] == '\0' && lines[i + 1] == NULL)
        break;
      if (row + i < n_rows)
        paste_row (self, command, seen, row + i, column, lines[i], &taken, &refused);
      else
        beyond++;
    }
  if (kilter_command_is_empty (command))
    kilter_command_unref (command);
  else
    kilter_page_apply (self->page, command, NULL);
  kilter_record_table_emit_changed (self, 0);
  if (beyond > 0)
    {
      g_autofree char *message = g_strdup_printf (
        ngettext ("%d row was left out: there is no row to paste it over. Add rows first, or "
                  "import a file.",
                  "%d rows were left out: there are no rows to paste them over. Add rows first, or "
                  "import a file.",
                  (gulong) beyond),
        beyond);

      kilter_page_toast (self->page, message, FALSE);
    }
}

typedef struct
{
  KilterRecordTable *self;
  int id;
  int field;
} Paste;

static void
clipboard_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Paste *paste = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text != NULL && kilter_page_get_document (paste->self->page) != NULL)
    kilter_record_table_paste_text (paste->self, paste->id, paste->field, text);
  g_object_unref (paste->self);
  g_free (paste);
}

void
kilter_record_table_paste (KilterRecordTable *self, int id, int field)
{
  Paste *paste = g_new0 (Paste, 1);

  paste->self = g_object_ref (self);
  paste->id = id;
  paste->field = field;
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, clipboard_cb,
                                 paste);
}

/* --- deleting -----------------------------------------------------------------------------------
 */

static char *
make_delete_label (KilterRecordTable *self, const GArray *ids)
{
  g_autofree char *name = kilter_record_get_name (kilter_record_table_get_plan (self), self->table,
                                                  g_array_index (ids, int, 0));

  if (ids->len == 1)
    return g_strdup_printf (_ ("Deleted “%s”"), name);
  /* Translators: %2$s is a table such as Products */
  return g_strdup_printf (
    ngettext ("Deleted %1$d entry of %2$s", "Deleted %1$d entries of %2$s", ids->len),
    (int) ids->len, _ (kilter_table_get_info (self->table)->label));
}

/**
 * kilter_record_table_delete_selected:
 *
 * Deletes the selected records, all or none: a record that others refer to is named below the
 * table.
 */
void
kilter_record_table_delete_selected (KilterRecordTable *self)
{
  KilterPlan *plan = kilter_record_table_get_plan (self);
  g_autoptr (GtkBitset)
    selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int));
  g_autofree char *label = NULL;
  KilterCommand *command;

  if (plan == NULL || gtk_bitset_is_empty (selected) || !kilter_record_table_is_editable (self))
    return;
  for (guint i = 0; i < gtk_bitset_get_size (selected); i++)
    {
      g_autoptr (KilterRecordItem)
        item = g_list_model_get_item (self->rows, gtk_bitset_get_nth (selected, i));
      g_autofree char *obstacle = kilter_record_get_obstacle (plan, self->table, item->id);

      if (obstacle != NULL)
        {
          show_status (self, obstacle, FALSE);
          return;
        }
      g_array_append_val (ids, item->id);
    }
  label = make_delete_label (self, ids);
  command = kilter_command_new ("record", label);
  for (guint i = 0; i < ids->len; i++)
    kilter_record_remove (command, plan, self->table, g_array_index (ids, int, i));
  show_status (self, NULL, FALSE);
  kilter_page_apply (self->page, command, label);
}
