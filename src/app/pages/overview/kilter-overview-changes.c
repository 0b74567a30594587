/* kilter-overview-changes.c: the latest changes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/dialogs/kilter-dialogs.h"
#include "app/pages/overview/kilter-overview-private.h"
#include "report/words/kilter-format.h"

#define N_LATEST 5

static GtkWidget *
make_row (KilterPlan *plan, const KilterLogEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *avatar = adw_avatar_new (24, entry->who, TRUE);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *date;
  g_autofree char *when = kilter_format_when (plan, entry->at);
  g_autofree char *markup = NULL;

  if (entry->reason != NULL && *entry->reason != '\0')
    /* Translators: %1$s is a person, %2$s what they did, %3$s the reason */
    markup = g_markup_printf_escaped (_ ("<b>%1$s</b> · %2$s: %3$s"), entry->who, entry->label,
                                      entry->reason);
  else
    /* Translators: %1$s is a person, %2$s what they did */
    markup = g_markup_printf_escaped (_ ("<b>%1$s</b> · %2$s"), entry->who, entry->label);
  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "kilter-small");
  date = gtk_label_new (when);
  gtk_widget_add_css_class (date, "dim-label");
  gtk_widget_add_css_class (date, "kilter-small");
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), date);
  gtk_widget_add_css_class (box, "kilter-row-box");
  if (g_strcmp0 (entry->state, "applied") != 0)
    gtk_widget_add_css_class (box, "dim-label");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_tooltip_markup (label, markup);
  return row;
}

void
kilter_overview_show_changes (KilterOverviewPage *self)
{
  KilterDocument *document = kilter_page_get_document (KILTER_PAGE (self));
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  KilterLogFilter filter = KILTER_LOG_FILTER_INIT;
  g_autoptr (GPtrArray) log = NULL;

  filter.limit = N_LATEST;
  log = kilter_document_get_log (document, &filter);
  gtk_list_box_remove_all (self->change_list);
  for (guint i = 0; i < log->len; i++)
    gtk_list_box_append (self->change_list, make_row (plan, g_ptr_array_index (log, i)));
  gtk_stack_set_visible_child_name (self->change_stack, log->len > 0 ? "list" : "none");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "overview.show-history", log->len > 0);
}

void
kilter_overview_show_history (KilterOverviewPage *self)
{
  KilterPage *page = KILTER_PAGE (self);

  kilter_history_dialog_present (GTK_WIDGET (self), kilter_page_get_document (page),
                                 kilter_page_get_version (page), NULL);
}
