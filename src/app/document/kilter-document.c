/* kilter-document.c: an open plan: editing, undo, history
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/document/kilter-document-private.h"
#include "app/document/kilter-document-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/kilter-settings.h"
#include "exchange/import/kilter-import.h"
#include "plan/kilter-scope.h"

G_DEFINE_QUARK (kilter_document_error, kilter_document_error)
G_DEFINE_FINAL_TYPE (KilterDocument, kilter_document, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_STATE,
  PROP_IS_SAMPLE,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  PROP_BUSY,
  PROP_PROGRESS,
  PROP_PROGRESS_TEXT,
  PROP_PROBLEM,
  N_PROPS
};

enum
{
  CHANGED,
  LOGGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* --- helpers ------------------------------------------------------------------------------------
 */

/* What of the plan a command touches. */
static KilterChange
change_of_command (const KilterCommand *command)
{
  KilterChange change = KILTER_CHANGE_NONE;

  if (command == NULL)
    return KILTER_CHANGE_VALUES | KILTER_CHANGE_RECORDS;
  if (kilter_command_get_n_ranges (command) > 0)
    change |= KILTER_CHANGE_VALUES;
  /* prices, rates and settings change derived numbers */
  if (kilter_command_get_n_records (command) > 0)
    change |= KILTER_CHANGE_RECORDS | KILTER_CHANGE_VALUES;
  return change;
}

static gboolean
refuse_when_read_only (KilterDocument *self, GError **error)
{
  if (!kilter_document_is_read_only (self))
    return FALSE;
  g_set_error_literal (error, KILTER_DOCUMENT_ERROR, KILTER_DOCUMENT_ERROR_READ_ONLY,
                       _ ("This plan is open read-only. Save a copy to change it."));
  return TRUE;
}

static KilterCommand *
ref_command (KilterCommand *command)
{
  return command != NULL ? kilter_command_ref (command) : NULL;
}

/* The plan has the change already; here we learn whether the disk has it, too. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterDocument) self = data;
  g_autoptr (GError) error = NULL;

  if (self->store == NULL)
    return;
  if (kilter_store_write_finish (self->store, result, &error))
    {
      g_signal_emit (self, signals[LOGGED], 0);
      return;
    }
  kilter_document_set_problem (self, kilter_document_error_text (error));
  kilter_document_emit_changed (self, KILTER_CHANGE_VALUES | KILTER_CHANGE_RECORDS, NULL);
}

static void
after_edit (KilterDocument *self, const KilterCommand *command)
{
  kilter_document_touch (self);
  kilter_document_emit_changed (self, change_of_command (command), command);
}

/* --- vfuncs -------------------------------------------------------------------------------------
 */

static void
kilter_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KilterDocument *self = KILTER_DOCUMENT (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, kilter_document_get_name (self));
      break;
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_IS_SAMPLE:
      g_value_set_boolean (value, self->is_sample);
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, kilter_document_get_undo_label (self));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, kilter_document_get_redo_label (self));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->job != NULL);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_PROGRESS_TEXT:
      g_value_set_string (value, self->progress_text);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kilter_document_dispose (GObject *object)
{
  KilterDocument *self = KILTER_DOCUMENT (object);

  kilter_document_stop_publishing (self);
  if (self->job != NULL)
    kilter_job_cancel (self->job);
  G_OBJECT_CLASS (kilter_document_parent_class)->dispose (object);
}

static void
kilter_document_finalize (GObject *object)
{
  KilterDocument *self = KILTER_DOCUMENT (object);

  g_clear_pointer (&self->store, kilter_store_free);
  g_clear_pointer (&self->job, kilter_job_unref);
  g_free (self->progress_text);
  g_free (self->problem);
  g_free (self->etag);
  G_OBJECT_CLASS (kilter_document_parent_class)->finalize (object);
}

static void
kilter_document_class_init (KilterDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kilter_document_get_property;
  object_class->dispose = kilter_document_dispose;
  object_class->finalize = kilter_document_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_IS_SAMPLE] = g_param_spec_boolean ("is-sample", NULL, NULL, FALSE, flags);
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_PROGRESS_TEXT] = g_param_spec_string ("progress-text", NULL, NULL, NULL, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * KilterDocument::changed:
   * @change: a #KilterChange
   * @command: (nullable): what was applied, undone or redone
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_POINTER);
  /**
   * KilterDocument::logged:
   *
   * A change is on the disk, and in the log.
   */
  signals[LOGGED] = g_signal_new ("logged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
kilter_document_init (KilterDocument *self)
{
  self->progress = -1;
}

/* --- private API --------------------------------------------------------------------------------
 */

/* @store: (transfer full) */
KilterDocument *
kilter_document_new_for_store (KilterStore *store)
{
  KilterDocument *self = g_object_new (KILTER_TYPE_DOCUMENT, NULL);

  self->store = store;
  self->plan = kilter_store_get_plan (store);
  if (kilter_store_is_read_only (store))
    self->state = KILTER_DOCUMENT_LOCKED;
  kilter_document_watch (self);
  if (kilter_store_has_unpublished (store))
    kilter_document_touch (self);
  return self;
}

void
kilter_document_emit_changed (KilterDocument *self,
                              KilterChange change,
                              const KilterCommand *command)
{
  g_signal_emit (self, signals[CHANGED], 0, (guint) change, command);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDO_LABEL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REDO_LABEL]);
  if ((change & KILTER_CHANGE_RECORDS) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

void
kilter_document_set_state (KilterDocument *self, KilterDocumentState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
kilter_document_set_problem (KilterDocument *self, const char *problem)
{
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

void
kilter_document_set_progress (KilterDocument *self, double progress, const char *text)
{
  if (self->progress != progress)
    {
      self->progress = progress;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
    }
  if (g_set_str (&self->progress_text, text))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS_TEXT]);
}

void
kilter_document_notify_busy (KilterDocument *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* --- public API ---------------------------------------------------------------------------------
 */

/**
 * kilter_document_error_text:
 * @error: what went wrong
 *
 * Returns: (transfer none): a sentence for people; the message of the system where we have none
 */
const char *
kilter_document_error_text (const GError *error)
{
  g_return_val_if_fail (error != NULL, "");

  if (error->domain == KILTER_STORE_ERROR)
    return kilter_store_error_get_text ((KilterStoreError) error->code);
  return error->message;
}

void
kilter_document_dismiss_problem (KilterDocument *self)
{
  g_return_if_fail (KILTER_IS_DOCUMENT (self));
  kilter_document_set_problem (self, NULL);
}

KilterPlan *
kilter_document_get_plan (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), NULL);
  return self->plan;
}

GFile *
kilter_document_get_file (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), NULL);
  return self->store != NULL ? kilter_store_get_file (self->store) : NULL;
}

const char *
kilter_document_get_name (KilterDocument *self)
{
  const char *name;

  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), NULL);
  name = self->plan != NULL ? kilter_plan_get_name (self->plan) : NULL;
  return name != NULL && *name != '\0' ? name : _ ("Unnamed Plan");
}

KilterDocumentState
kilter_document_get_state (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), KILTER_DOCUMENT_NORMAL);
  return self->state;
}

gboolean
kilter_document_is_read_only (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), TRUE);
  return self->store == NULL || kilter_store_is_read_only (self->store);
}

gboolean
kilter_document_is_sample (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), FALSE);
  return self->is_sample;
}

void
kilter_document_set_sample (KilterDocument *self, gboolean is_sample)
{
  g_return_if_fail (KILTER_IS_DOCUMENT (self));
  if (self->is_sample == is_sample)
    return;
  self->is_sample = is_sample;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SAMPLE]);
}

/**
 * kilter_document_get_user:
 *
 * Returns: (transfer none): the name that changes are recorded under
 */
const char *
kilter_document_get_user (KilterDocument *self)
{
  return kilter_settings_get_user_name ();
}

/**
 * kilter_document_get_now:
 *
 * Returns: (transfer full): "2026-04-09T09:12:00Z"
 */
char *
kilter_document_get_now (KilterDocument *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

KilterStore *
kilter_document_get_store (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), NULL);
  return self->store;
}

/**
 * kilter_document_apply:
 * @command: (transfer full): what to do; an empty one does nothing
 *
 * Stamps and applies a command and writes it to the disk. The plan has changed when this returns;
 * should the disk refuse, the change is taken back, `problem` says so and `changed` is emitted.
 */
gboolean
kilter_document_apply (KilterDocument *self, KilterCommand *command, GError **error)
{
  g_autoptr (KilterCommand) owned = command;
  g_autofree char *now = NULL;

  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (command != NULL, FALSE);

  if (refuse_when_read_only (self, error))
    return FALSE;
  if (kilter_command_is_empty (command))
    return TRUE;
  if (kilter_command_get_who (command) == NULL)
    {
      now = kilter_document_get_now (self);
      kilter_command_set_stamp (command, kilter_document_get_user (self), now);
    }
  kilter_store_apply_async (self->store, kilter_command_ref (command), written_cb,
                            g_object_ref (self));
  after_edit (self, command);
  return TRUE;
}

gboolean
kilter_document_undo (KilterDocument *self, GError **error)
{
  g_autoptr (KilterCommand) command = NULL;
  g_autofree char *now = NULL;

  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), FALSE);
  if (refuse_when_read_only (self, error))
    return FALSE;
  if (!kilter_store_can_undo (self->store))
    return TRUE;
  command = ref_command (kilter_store_get_undo_command (self->store));
  now = kilter_document_get_now (self);
  kilter_store_undo_async (self->store, kilter_document_get_user (self), now, written_cb,
                           g_object_ref (self));
  after_edit (self, command);
  return TRUE;
}

gboolean
kilter_document_redo (KilterDocument *self, GError **error)
{
  g_autoptr (KilterCommand) command = NULL;
  g_autofree char *now = NULL;

  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), FALSE);
  if (refuse_when_read_only (self, error))
    return FALSE;
  if (!kilter_store_can_redo (self->store))
    return TRUE;
  command = ref_command (kilter_store_get_redo_command (self->store));
  now = kilter_document_get_now (self);
  kilter_store_redo_async (self->store, kilter_document_get_user (self), now, written_cb,
                           g_object_ref (self));
  after_edit (self, command);
  return TRUE;
}

gboolean
kilter_document_revert (KilterDocument *self, gint64 entry, GError **error)
{
  g_autofree char *now = NULL;

  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), FALSE);
  if (refuse_when_read_only (self, error))
    return FALSE;
  now = kilter_document_get_now (self);
  if (!kilter_store_revert (self->store, entry, kilter_document_get_user (self), now, error))
    return FALSE;
  after_edit (self, NULL);
  return TRUE;
}

const char *
kilter_document_get_undo_label (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), NULL);
  return self->store != NULL && !kilter_store_is_read_only (self->store)
           ? kilter_store_get_undo_label (self->store)
           : NULL;
}

const char *
kilter_document_get_redo_label (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), NULL);
  return self->store != NULL && !kilter_store_is_read_only (self->store)
           ? kilter_store_get_redo_label (self->store)
           : NULL;
}

KilterCommand *
kilter_document_get_undo_command (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), NULL);
  return self->store != NULL ? ref_command (kilter_store_get_undo_command (self->store)) : NULL;
}

KilterCommand *
kilter_document_get_redo_command (KilterDocument *self)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), NULL);
  return self->store != NULL ? ref_command (kilter_store_get_redo_command (self->store)) : NULL;
}

/**
 * kilter_document_get_log_command:
 * @entry: id of a #KilterLogEntry
 *
 * Returns: (transfer full) (nullable): what it changed; %NULL when the log does not hold it any
 * more
 */
KilterCommand *
kilter_document_get_log_command (KilterDocument *self, gint64 entry)
{
  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), NULL);
  return self->store != NULL ? kilter_store_get_log_command (self->store, entry, NULL) : NULL;
}

GPtrArray *
kilter_document_get_log (KilterDocument *self, const KilterLogFilter *filter)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *log = NULL;

  g_return_val_if_fail (KILTER_IS_DOCUMENT (self), NULL);
  if (self->store != NULL)
    log = kilter_store_get_log (self->store, filter, &error);
  if (error != NULL)
    kilter_document_set_problem (self, kilter_document_error_text (error));
  return log != NULL ? log : g_ptr_array_new ();
}
