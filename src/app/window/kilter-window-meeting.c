/* kilter-window-meeting.c: a meeting over the other contents of the window
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-window-private.h"

#include <glib/gi18n-lib.h>

#include "plan/process/kilter-meeting.h"

static void
meeting_left_cb (KilterWindow *self)
{
  gtk_stack_set_visible_child_name (self->root_stack, "plan");
  gtk_window_unfullscreen (GTK_WINDOW (self));
}

static void
meeting_ended_cb (KilterWindow *self)
{
  meeting_left_cb (self);
  gtk_stack_remove (self->root_stack, GTK_WIDGET (self->meeting));
  self->meeting = NULL;
  kilter_window_toast (self, _ ("Minutes saved"), FALSE);
}

/* A meeting that was left goes on where it was. */
static void
start_meeting_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterWindow *self = data;
  const char *asked = parameter != NULL ? g_variant_get_string (parameter, NULL) : "";
  const char *meeting = *asked != '\0'                       ? asked
                        : kilter_window_get_step (self) == 5 ? "executive"
                                                             : "pre";

  if (self->meeting != NULL &&
      !g_str_equal (kilter_meeting_view_get_meeting (self->meeting), meeting))
    {
      gtk_stack_remove (self->root_stack, GTK_WIDGET (self->meeting));
      self->meeting = NULL;
    }
  if (self->meeting == NULL)
    {
      g_autoptr (GArray)
        items = kilter_agenda_list (kilter_document_get_plan (self->document), meeting);

      /* nobody has to write an agenda first */
      if (items->len == 0 && !kilter_document_is_read_only (self->document))
        {
          KilterCommand *command = kilter_agenda_propose (kilter_document_get_plan (self->document),
                                                          meeting);
          g_autofree char *now = kilter_document_get_now (self->document);

          kilter_command_set_stamp (command, kilter_document_get_user (self->document), now);
          kilter_document_apply (self->document, command, NULL);
        }
      self->meeting = KILTER_MEETING_VIEW (
        kilter_meeting_view_new (self->document, self->session, meeting));
      g_signal_connect_object (self->meeting, "leave", G_CALLBACK (meeting_left_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->meeting, "ended", G_CALLBACK (meeting_ended_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->root_stack, GTK_WIDGET (self->meeting));
    }
  gtk_stack_set_visible_child (self->root_stack, GTK_WIDGET (self->meeting));
  gtk_window_fullscreen (GTK_WINDOW (self));
  kilter_meeting_view_focus (self->meeting);
}

const GActionEntry kilter_window_meeting_entries[] = {
  { .name = "start-meeting", .activate = start_meeting_cb, .parameter_type = "s" },
  { NULL },
};
