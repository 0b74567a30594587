/* kilter-meeting-view.h: a meeting on the projector: agenda with clock, pictures, record
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document/kilter-document.h"
#include "app/document/kilter-session.h"

G_BEGIN_DECLS

/**
 * KilterMeetingView:
 *
 * Signals:
 * - `leave ()`: back to the window as it was; the meeting goes on
 * - `ended ()`: the minutes are saved, or nothing was to be saved
 */
#define KILTER_TYPE_MEETING_VIEW (kilter_meeting_view_get_type ())
G_DECLARE_FINAL_TYPE (KilterMeetingView, kilter_meeting_view, KILTER, MEETING_VIEW, AdwBin)

/* @meeting: "pre", "executive" … */
GtkWidget *
kilter_meeting_view_new (KilterDocument *document, KilterSession *session, const char *meeting);
const char *kilter_meeting_view_get_meeting (KilterMeetingView *self);
void kilter_meeting_view_focus (KilterMeetingView *self);

G_END_DECLS
