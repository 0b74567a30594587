/* kilter-meeting-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/meeting/kilter-meeting-view.h"
#include "plan/process/kilter-meeting.h"

G_BEGIN_DECLS

struct _KilterMeetingView
{
  AdwBin parent_instance;

  KilterDocument *document;
  KilterSession *session;
  char *meeting;
  GArray *items; /* ids, in their order */
  guint at;
  GDateTime *started; /* local */
  gint64 start_time;  /* monotonic, µs */
  gint64 item_time;
  guint tick;

  AdwWindowTitle *title;
  GtkWidget *ring;
  GtkLabel *clock;
  GtkLabel *until;
  GtkListBox *agenda;
  GtkListBox *recorded;
  GtkWidget *recorded_title;
  GtkLabel *question;
  GtkLabel *explanation;
  AdwBin *left;
  AdwBin *right;
  AdwToggleGroup *kind;
  GtkEditable *entry;
  GtkDropDown *owner;
  GArray *owner_ids;
  GtkMenuButton *due;
  GtkCalendar *calendar;
  gboolean has_due;
  GtkWidget *record;
  GtkMenuButton *scenario;
  GtkWidget *previous;
  GtkWidget *next;
};

/* kilter-meeting-content.c: what an item shows; (transfer floating), the right one may be NULL */
GtkWidget *kilter_meeting_make_left (KilterMeetingView *self, const KilterRecord *item);
GtkWidget *kilter_meeting_make_right (KilterMeetingView *self, const KilterRecord *item);

/* kilter-meeting-end.c: the minutes are checked, then saved */
void kilter_meeting_ask_end (KilterMeetingView *self);

G_END_DECLS
