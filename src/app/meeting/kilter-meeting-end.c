/* kilter-meeting-end.c: the end of a meeting: minutes are checked, saved, and put on paper
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/meeting/kilter-meeting-private.h"

#include "app/pages/packs/kilter-pack-output.h"
#include "app/widgets/kilter-form.h"
#include "report/pack/kilter-minutes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  KilterMeetingView *view; /* owned */
  AdwEntryRow *people;
  GtkTextBuffer *buffer;
  GtkWidget *pdf;
  char *started;
  char *ended;
} Ending;

static void
ending_free (gpointer data)
{
  Ending *self = data;

  g_object_unref (self->view);
  g_free (self->started);
  g_free (self->ended);
  g_free (self);
}

static char *
get_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
pdf_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterDocument) document = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  const char *meeting = g_object_get_data (source, "meeting");
  static const char *const sections[] = { "minutes", NULL };
  KilterPackOptions options = { .sections = sections };
  g_autoptr (KilterPack) pack = NULL;
  g_autoptr (KilterJob) job = NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL || !kilter_meeting_from_string (meeting, &options.meeting))
    return;
  options.author = kilter_document_get_user (document);
  pack = kilter_pack_new (kilter_document_get_plan (document), &options);
  job = kilter_job_new (NULL);
  if (!kilter_pack_save_pdf (pack, file, job, &error))
    g_warning ("The minutes cannot be written: %s", error->message);
}

static void
save_pdf (KilterMeetingView *view)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  KilterMeeting meeting = KILTER_MEETING_PRE;
  g_autofree char *name = NULL;

  kilter_meeting_from_string (view->meeting, &meeting);
  /* Translators: the name of a file: a plan, a meeting */
  name = g_strdup_printf (_ ("%1$s, minutes of the %2$s.pdf"),
                          kilter_document_get_name (view->document),
                          kilter_meeting_get_name (meeting));
  gtk_file_dialog_set_title (dialog, _ ("Save Minutes as PDF"));
  gtk_file_dialog_set_initial_name (dialog, name);
  g_object_set_data_full (G_OBJECT (dialog), "meeting", g_strdup (view->meeting), g_free);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view))), NULL,
                        pdf_chosen_cb, g_object_ref (view->document));
}

static gboolean
save_cb (KilterForm *form, gpointer data)
{
  Ending *self = data;
  g_autofree char *text = get_text (self->buffer);
  KilterCommand *command = kilter_meeting_save (kilter_document_get_plan (form->document),
                                                self->view->meeting, self->started, self->ended,
                                                gtk_editable_get_text (GTK_EDITABLE (self->people)),
                                                text, kilter_document_get_user (form->document));

  if (!kilter_form_apply (form, command))
    return FALSE;
  if (adw_switch_row_get_active (ADW_SWITCH_ROW (self->pdf)))
    save_pdf (self->view);
  g_signal_emit_by_name (self->view, "ended");
  return TRUE;
}

/* Whoever was there is in the draft, too. */
static void
people_cb (Ending *self)
{
  g_autofree char *text = kilter_minutes_draft (
    kilter_document_get_plan (self->view->document), self->view->meeting, self->started,
    self->ended, gtk_editable_get_text (GTK_EDITABLE (self->people)));

  if (!gtk_text_buffer_get_modified (self->buffer))
    {
      gtk_text_buffer_set_text (self->buffer, text, -1);
      gtk_text_buffer_set_modified (self->buffer, FALSE);
    }
}

/* Those who present, and who own what was recorded. */
static char *
list_people (KilterMeetingView *view)
{
  KilterPlan *plan = kilter_document_get_plan (view->document);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < view->items->len; i++)
    {
      const KilterRecord *item = kilter_plan_get_record (plan, KILTER_TABLE_AGENDA,
                                                         g_array_index (view->items, int, i));
      const char *name = kilter_plan_get_key (plan, KILTER_TABLE_PERSON,
                                              kilter_record_ref (item, KILTER_AGENDA_PRESENTER));

      if (*name != '\0' && strstr (names->str, name) == NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "", name);
    }
  return g_string_free_and_steal (g_steal_pointer (&names));
}

/**
 * kilter_meeting_ask_end:
 *
 * Shows the minutes for a check. Saving them ends the meeting; cancelling goes on with it.
 */
void
kilter_meeting_ask_end (KilterMeetingView *view)
{
  Ending *self = g_new0 (Ending, 1);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *people = list_people (view);
  AdwPreferencesGroup *group;
  KilterForm *form;
  GtkWidget *text = gtk_text_view_new (), *scroller = gtk_scrolled_window_new ();

  self->view = g_object_ref (view);
  self->started = g_date_time_format (view->started, "%Y-%m-%dT%H:%M:%S");
  self->ended = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
  form = kilter_form_new (GTK_WIDGET (view), view->document, _ ("End Meeting"), _ ("_Save Minutes"),
                          save_cb, self, ending_free);
  group = kilter_form_add_group (form, NULL, NULL);
  self->people = kilter_form_add_entry (group, _ ("Present"), people);
  self->pdf = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->pdf), _ ("Save as PDF, too"));
  adw_preferences_group_add (group, self->pdf);
  group = kilter_form_add_group (form, _ ("Minutes"), _ ("Check what was recorded."));
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (text), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (text), 12);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (text), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (text), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Minutes"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), text);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 260);
  gtk_widget_add_css_class (scroller, "card");
  adw_preferences_group_add (group, scroller);
  people_cb (self);
  g_signal_connect_swapped (self->people, "changed", G_CALLBACK (people_cb), self);
  adw_dialog_set_content_width (form->dialog, 620);
  adw_dialog_set_default_widget (form->dialog, form->button);
  kilter_form_present (form);
}
