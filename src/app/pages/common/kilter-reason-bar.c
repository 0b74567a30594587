/* kilter-reason-bar.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-reason-bar.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _KilterReasonBar
{
  AdwBin parent_instance;

  AdwComboRow *reason_row;
  AdwEntryRow *assumption_row;

  KilterPage *page;         /* not owned: the page owns the inspector */
  KilterDocument *document; /* not owned: whose changes are followed */
  KilterCommand *typed;     /* (nullable): what the question is about */
  KilterSession *session;   /* not owned: whose selection is followed */
  gboolean is_answered;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (KilterReasonBar, kilter_reason_bar, ADW_TYPE_BIN)

/**
 * kilter_reason_list_new:
 * @none: what stands first, for no reason
 *
 * Returns: (transfer full): the reasons of a plan, to choose one
 */
GtkStringList *
kilter_reason_list_new (const KilterPlan *plan, const char *none)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, none);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_REASON, reason)
    gtk_string_list_append (list, kilter_record_text (reason, KILTER_REASON_NAME));
  return list;
}

/* --- what is asked about --- */

/* Calls for a typed value from the cycle on; returns how many there are. */
static int
give_reason (const KilterCommand *typed, KilterPlan *plan, KilterCommand *command)
{
  KilterBucket cycle = kilter_plan_get_cycle (plan);
  int count = 0;

  for (guint i = 0; i < kilter_command_get_n_ranges (typed); i++)
    {
      const KilterRangeChange *range = kilter_command_get_range (typed, i);

      for (int k = 0; range->layer == KILTER_LAYER_INPUT && k < range->n; k++)
        {
          int bucket = kilter_plan_find_bucket (plan, range->first + k);

          if (range->first + k < cycle || bucket < 0 || isnan (range->new_values[k]))
            continue;
          count++;
          if (command != NULL)
            kilter_command_set_value (command, plan, range->version, range->measure, range->layer,
                                      range->row, bucket, range->new_values[k]);
        }
    }
  return count;
}

static gboolean
is_typing (const KilterCommand *command)
{
  static const char *const kinds[] = { "edit", "paste", "fill", NULL };

  return g_strv_contains (kinds, kilter_command_get_kind (command)) &&
         kilter_command_get_reason (command) == NULL && kilter_command_get_n_records (command) == 0;
}

static void
show (KilterReasonBar *self)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autoptr (GtkStringList) list = NULL;

  self->is_answered = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), self->typed != NULL);
  if (self->typed == NULL)
    return;
  list = kilter_reason_list_new (plan, _ ("Choose…"));
  self->is_filling = TRUE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->reason_row),
                               kilter_command_get_label (self->typed));
  adw_combo_row_set_model (self->reason_row, G_LIST_MODEL (list));
  gtk_editable_set_text (GTK_EDITABLE (self->assumption_row), "");
  gtk_widget_set_visible (GTK_WIDGET (self->assumption_row), FALSE);
  self->is_filling = FALSE;
}

static void
changed_cb (KilterReasonBar *self, guint change, KilterCommand *command)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);

  if (self->is_filling)
    return;
  g_clear_pointer (&self->typed, kilter_command_unref);
  /* an undone command is not the one that undo would take back */
  if (command != NULL && is_typing (command) && give_reason (command, plan, NULL) > 0 &&
      g_strcmp0 (kilter_document_get_undo_label (self->document),
                 kilter_command_get_label (command)) == 0)
    self->typed = kilter_command_ref (command);
  show (self);
}

/* --- the answer --- */

static void
answer (KilterReasonBar *self, const char *assumption)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  guint selected = adw_combo_row_get_selected (self->reason_row);
  g_autofree char *reason = NULL;
  g_autofree char *label = NULL;
  KilterCommand *command;
  const char *name;

  if (self->is_filling || self->typed == NULL || selected == 0 ||
      selected == GTK_INVALID_LIST_POSITION)
    return;
  name = gtk_string_object_get_string (adw_combo_row_get_selected_item (self->reason_row));
  reason = *assumption != '\0' ? g_strdup_printf ("%s: %s", name, assumption) : g_strdup (name);
  label = g_strdup_printf (_ ("Reason: %s"), reason);
  command = kilter_command_new ("reason", label);
  give_reason (self->typed, plan, command);
  kilter_command_set_reason (command, reason);
  /* the question stays: an assumption may be typed yet */
  self->is_filling = TRUE;
  kilter_page_apply (self->page, command, NULL);
  self->is_filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->assumption_row), TRUE);
  self->is_answered = TRUE;
}

/* Who goes on to another cell has nothing to add. */
static void
selection_cb (KilterReasonBar *self)
{
  if (!self->is_answered)
    return;
  g_clear_pointer (&self->typed, kilter_command_unref);
  show (self);
}

static gboolean
focus_cb (gpointer data)
{
  g_autoptr (KilterReasonBar) self = data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self->assumption_row)))
    gtk_widget_grab_focus (GTK_WIDGET (self->assumption_row));
  return G_SOURCE_REMOVE;
}

static void
reason_cb (KilterReasonBar *self)
{
  if (self->is_filling || self->typed == NULL || adw_combo_row_get_selected (self->reason_row) == 0)
    return;
  answer (self, "");
  /* what it takes for granted can be typed at once, when the list has closed */
  g_idle_add (focus_cb, g_object_ref (self));
}

static void
assumption_cb (KilterReasonBar *self)
{
  answer (self, gtk_editable_get_text (GTK_EDITABLE (self->assumption_row)));
}

/* --- life --- */

static void
kilter_reason_bar_dispose (GObject *object)
{
  g_clear_pointer (&KILTER_REASON_BAR (object)->typed, kilter_command_unref);
  G_OBJECT_CLASS (kilter_reason_bar_parent_class)->dispose (object);
}

static void
kilter_reason_bar_class_init (KilterReasonBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kilter_reason_bar_dispose;
}

static void
kilter_reason_bar_init (KilterReasonBar *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->reason_row = ADW_COMBO_ROW (adw_combo_row_new ());
  self->assumption_row = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason_row), _ ("Why?"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->reason_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->assumption_row), _ ("Assumption"));
  adw_entry_row_set_show_apply_button (self->assumption_row, TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->reason_row));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->assumption_row));
  gtk_widget_set_margin_start (group, 14);
  gtk_widget_set_margin_end (group, 14);
  gtk_widget_set_margin_bottom (group, 6);
  adw_bin_set_child (ADW_BIN (self), group);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_swapped (self->reason_row, "notify::selected", G_CALLBACK (reason_cb), self);
  g_signal_connect_swapped (self->assumption_row, "apply", G_CALLBACK (assumption_cb), self);
}

void
kilter_reason_bar_attach (KilterReasonBar *self, KilterPage *page)
{
  self->page = page;
}

/**
 * kilter_reason_bar_refresh:
 *
 * Follows the document of the page; what was typed before is not asked about.
 */
void
kilter_reason_bar_refresh (KilterReasonBar *self)
{
  KilterDocument *document = kilter_page_get_document (self->page);
  KilterSession *session = kilter_page_get_session (self->page);

  if (session != NULL && session != self->session)
    {
      self->session = session;
      g_signal_connect_object (session, "selection-changed", G_CALLBACK (selection_cb), self,
                               G_CONNECT_SWAPPED);
    }
  if (document == self->document)
    return;
  self->document = document;
  g_clear_pointer (&self->typed, kilter_command_unref);
  g_signal_connect_object (document, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  show (self);
}
