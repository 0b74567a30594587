/* kilter-session.c: what one window looks at
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/document/kilter-session.h"

struct _KilterSession
{
  GObject parent_instance;

  KilterVersion version;
  KilterVersion compared; /* 0: none */
  KilterScope scope;
  KilterDisplayUnit unit;
  KilterTimeGrain time;
  int bucket;
  KilterSelection selection;
  char *view;
  char *page;
  char *pivot;
};

enum
{
  PROP_0,
  PROP_VERSION,
  PROP_UNIT,
  PROP_TIME,
  PROP_BUCKET,
  PROP_VIEW,
  PROP_PAGE,
  N_PROPS
};

enum
{
  CHANGED,
  SELECTION_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KilterSession, kilter_session, G_TYPE_OBJECT)

static const KilterSelection no_selection = { .measure = -1, .first = -1 };

static void
emit_changed (KilterSession *self, KilterChange change)
{
  g_signal_emit (self, signals[CHANGED], 0, (guint) change);
}

static void
kilter_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KilterSession *self = KILTER_SESSION (object);

  switch (id)
    {
    case PROP_VERSION:
      g_value_set_int (value, self->version);
      break;
    case PROP_UNIT:
      g_value_set_int (value, (int) self->unit);
      break;
    case PROP_TIME:
      g_value_set_int (value, (int) self->time);
      break;
    case PROP_BUCKET:
      g_value_set_int (value, self->bucket);
      break;
    case PROP_VIEW:
      g_value_set_string (value, self->view);
      break;
    case PROP_PAGE:
      g_value_set_string (value, self->page);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kilter_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KilterSession *self = KILTER_SESSION (object);

  switch (id)
    {
    case PROP_VERSION:
      kilter_session_set_version (self, g_value_get_int (value));
      break;
    case PROP_UNIT:
      kilter_session_set_unit (self, (KilterDisplayUnit) g_value_get_int (value));
      break;
    case PROP_TIME:
      kilter_session_set_time (self, (KilterTimeGrain) g_value_get_int (value));
      break;
    case PROP_BUCKET:
      kilter_session_set_bucket (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kilter_session_finalize (GObject *object)
{
  KilterSession *self = KILTER_SESSION (object);

  g_free (self->view);
  g_free (self->page);
  g_free (self->pivot);
  G_OBJECT_CLASS (kilter_session_parent_class)->finalize (object);
}

static void
kilter_session_class_init (KilterSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kilter_session_get_property;
  object_class->set_property = kilter_session_set_property;
  object_class->finalize = kilter_session_finalize;

  properties[PROP_VERSION] = g_param_spec_int ("version", NULL, NULL, 0, G_MAXINT, KILTER_BASELINE,
                                               flags);
  properties[PROP_UNIT] = g_param_spec_int ("unit", NULL, NULL, 0, KILTER_N_DISPLAY_UNITS - 1, 0,
                                            flags);
  properties[PROP_TIME] = g_param_spec_int ("time", NULL, NULL, 0, 2, 0, flags);
  properties[PROP_BUCKET] = g_param_spec_int ("bucket", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_VIEW] = g_param_spec_string (
    "view", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PAGE] = g_param_spec_string (
    "page", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * KilterSession::changed:
   * @change: a #KilterChange
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass),
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                             0);
}

static void
kilter_session_init (KilterSession *self)
{
  self->version = KILTER_BASELINE;
  self->bucket = -1;
  self->selection = no_selection;
}

KilterSession *
kilter_session_new (void)
{
  return g_object_new (KILTER_TYPE_SESSION, NULL);
}

KilterVersion
kilter_session_get_version (KilterSession *self)
{
  g_return_val_if_fail (KILTER_IS_SESSION (self), KILTER_BASELINE);
  return self->version;
}

/**
 * kilter_session_set_version:
 * @version: the id of a scenario or snapshot
 */
void
kilter_session_set_version (KilterSession *self, KilterVersion version)
{
  g_return_if_fail (KILTER_IS_SESSION (self));

  if (self->version == version)
    return;
  self->version = version;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERSION]);
  emit_changed (self, KILTER_CHANGE_VERSION);
}

KilterVersion
kilter_session_get_compared (KilterSession *self)
{
  g_return_val_if_fail (KILTER_IS_SESSION (self), 0);
  return self->compared;
}

/**
 * kilter_session_set_compared:
 * @version: the id of a scenario or snapshot, 0 to compare no more
 */
void
kilter_session_set_compared (KilterSession *self, KilterVersion version)
{
  g_return_if_fail (KILTER_IS_SESSION (self));

  if (self->compared == version)
    return;
  self->compared = version;
  emit_changed (self, KILTER_CHANGE_LOOK);
}

const KilterScope *
kilter_session_get_scope (KilterSession *self)
{
  g_return_val_if_fail (KILTER_IS_SESSION (self), NULL);
  return &self->scope;
}

/**
 * kilter_session_set_scope:
 * @scope: (nullable): what is looked at; %NULL is the whole plan
 */
void
kilter_session_set_scope (KilterSession *self, const KilterScope *scope)
{
  static const KilterScope whole = { 0 };

  g_return_if_fail (KILTER_IS_SESSION (self));

  if (scope == NULL)
    scope = &whole;
  if (memcmp (&self->scope, scope, sizeof *scope) == 0)
    return;
  self->scope = *scope;
  /* what was selected stood for rows of the scope before */
  kilter_session_set_selection (self, NULL);
  emit_changed (self, KILTER_CHANGE_SCOPE);
}

KilterDisplayUnit
kilter_session_get_unit (KilterSession *self)
{
  g_return_val_if_fail (KILTER_IS_SESSION (self), KILTER_DISPLAY_CASES);
  return self->unit;
}

void
kilter_session_set_unit (KilterSession *self, KilterDisplayUnit unit)
{
  g_return_if_fail (KILTER_IS_SESSION (self));
  g_return_if_fail (unit < KILTER_N_DISPLAY_UNITS);

  if (self->unit == unit)
    return;
  self->unit = unit;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNIT]);
  emit_changed (self, KILTER_CHANGE_UNIT);
}

KilterTimeGrain
kilter_session_get_time (KilterSession *self)
{
  g_return_val_if_fail (KILTER_IS_SESSION (self), KILTER_TIME_BUCKETS);
  return self->time;
}

void
kilter_session_set_time (KilterSession *self, KilterTimeGrain time)
{
  g_return_if_fail (KILTER_IS_SESSION (self));

  if (self->time == time)
    return;
  self->time = time;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIME]);
  emit_changed (self, KILTER_CHANGE_TIME);
}

/**
 * kilter_session_get_pivot:
 *
 * Returns: (transfer none): how rows are grouped, sorted and filtered, as a text of
 *   kilter-pivot-state.h; "" at first
 */
const char *
kilter_session_get_pivot (KilterSession *self)
{
  g_return_val_if_fail (KILTER_IS_SESSION (self), "");
  return self->pivot != NULL ? self->pivot : "";
}

void
kilter_session_set_pivot (KilterSession *self, const char *pivot)
{
  g_return_if_fail (KILTER_IS_SESSION (self));

  g_set_str (&self->pivot, pivot);
  emit_changed (self, KILTER_CHANGE_LOOK);
}

int
kilter_session_get_bucket (KilterSession *self)
{
  g_return_val_if_fail (KILTER_IS_SESSION (self), -1);
  return self->bucket;
}

void
kilter_session_set_bucket (KilterSession *self, int bucket)
{
  g_return_if_fail (KILTER_IS_SESSION (self));

  bucket = MAX (bucket, -1);
  if (self->bucket == bucket)
    return;
  self->bucket = bucket;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUCKET]);
}

const KilterSelection *
kilter_session_get_selection (KilterSession *self)
{
  g_return_val_if_fail (KILTER_IS_SESSION (self), NULL);
  return &self->selection;
}

/**
 * kilter_session_set_selection:
 * @selection: (nullable): %NULL selects nothing
 */
void
kilter_session_set_selection (KilterSession *self, const KilterSelection *selection)
{
  g_return_if_fail (KILTER_IS_SESSION (self));

  if (selection == NULL)
    selection = &no_selection;
  if (memcmp (&self->selection, selection, sizeof *selection) == 0)
    return;
  self->selection = *selection;
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

const char *
kilter_session_get_view (KilterSession *self)
{
  g_return_val_if_fail (KILTER_IS_SESSION (self), NULL);
  return self->view;
}

const char *
kilter_session_get_page (KilterSession *self)
{
  g_return_val_if_fail (KILTER_IS_SESSION (self), NULL);
  return self->page;
}

/**
 * kilter_session_show:
 * @view: key of a view
 * @page: (nullable): key of one of its pages
 *
 * Says what is shown. Whether the keys exist is the window's to check.
 */
void
kilter_session_show (KilterSession *self, const char *view, const char *page)
{
  g_return_if_fail (KILTER_IS_SESSION (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->view, view))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
  if (g_set_str (&self->page, page))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
  g_object_thaw_notify (G_OBJECT (self));
}
