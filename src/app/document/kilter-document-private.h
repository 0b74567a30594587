/* kilter-document-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/document/kilter-document.h"
#include "app/document/kilter-session.h"

G_BEGIN_DECLS

struct _KilterDocument
{
  GObject parent_instance;

  KilterStore *store;
  KilterPlan *plan; /* of the store */
  KilterDocumentState state;
  gboolean is_sample;
  char *problem;

  /* publishing (kilter-document-file.c) */
  guint publish_source;
  gboolean is_publishing;
  gboolean publish_again;
  GPtrArray *publish_tasks; /* (element-type GTask): end with the publishing under way */
  GPtrArray *waiting_tasks; /* (element-type GTask): end with the one after it */
  GFileMonitor *monitor;
  guint monitor_source;
  char *etag;

  /* long work (kilter-document-work.c) */
  KilterJob *job;
  KilterForecastTask *forecast; /* owned by the work; NULL when none runs */
  char *progress_text;
  double progress;
};

void kilter_document_emit_changed (KilterDocument *self,
                                   KilterChange change,
                                   const KilterCommand *command);
void kilter_document_set_state (KilterDocument *self, KilterDocumentState state);
void kilter_document_set_problem (KilterDocument *self, const char *problem);
void kilter_document_set_progress (KilterDocument *self, double progress, const char *text);
void kilter_document_notify_busy (KilterDocument *self);
void kilter_document_touch (KilterDocument *self);
void kilter_document_watch (KilterDocument *self);
void kilter_document_stop_publishing (KilterDocument *self);
KilterDocument *kilter_document_new_for_store (KilterStore *store);

G_END_DECLS
