/* kilter-comment-thread.h: what people say about a cell: read, answer, resolve
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

#define KILTER_TYPE_COMMENT_THREAD (kilter_comment_thread_get_type ())
G_DECLARE_FINAL_TYPE (KilterCommentThread, kilter_comment_thread, KILTER, COMMENT_THREAD, GtkBox)

GtkWidget *kilter_comment_thread_new (void);
/* @selection (nullable): the cell; nothing is shown without one */
void kilter_comment_thread_show (KilterCommentThread *self,
                                 KilterPage *page,
                                 const KilterSelection *selection);
/* moves the keyboard to the field for a new comment; FALSE when there is none */
gboolean kilter_comment_thread_focus (KilterCommentThread *self);

G_END_DECLS
