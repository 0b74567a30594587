/* kilter-page.c: one toggle page of a view
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window/kilter-page.h"

#include "app/window/kilter-views.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  KilterDocument *document;
  KilterSession *session;
  KilterChange pending;
  guint idle;
  char *title;
  KilterPageNeeds needs;
  GtkWidget *inspector;
  char *inspector_title;
  GtkWidget *context_extra;
  GtkWidget *header_extra;
  char *primary_label;
  char *primary_action;
  gboolean primary_enabled;
  gboolean is_narrow;
  GPtrArray *regions;
} KilterPagePrivate;

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_NEEDS,
  PROP_INSPECTOR,
  PROP_INSPECTOR_TITLE,
  PROP_CONTEXT_EXTRA,
  PROP_HEADER_EXTRA,
  PROP_PRIMARY_LABEL,
  PROP_PRIMARY_ACTION,
  PROP_PRIMARY_ENABLED,
  PROP_NARROW,
  N_PROPS
};

enum
{
  TOAST,
  REPORT,
  SHOW_INSPECTOR,
  REFRESHED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KilterPage, kilter_page, ADW_TYPE_BIN)

static void
enable_edit_actions (KilterPage *self)
{
  const char *const *names = KILTER_PAGE_GET_CLASS (self)->edit_actions;
  gboolean can_edit = !kilter_page_is_read_only (self);

  for (; names != NULL && *names != NULL; names++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), *names, can_edit);
}

static void
refresh_now (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);
  KilterChange change = priv->pending;

  g_clear_handle_id (&priv->idle, g_source_remove);
  priv->pending = KILTER_CHANGE_NONE;
  if (change == KILTER_CHANGE_NONE || priv->document == NULL)
    return;
  enable_edit_actions (self);
  if (KILTER_PAGE_GET_CLASS (self)->refresh != NULL)
    KILTER_PAGE_GET_CLASS (self)->refresh (self, change);
  g_signal_emit (self, signals[REFRESHED], 0);
}

static gboolean
refresh_idle_cb (gpointer data)
{
  KilterPage *self = data;
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  priv->idle = 0;
  refresh_now (self);
  return G_SOURCE_REMOVE;
}

static void
set_slot (KilterPage *self, GtkWidget **slot, GtkWidget *widget, guint property)
{
  if (*slot == widget)
    return;
  g_clear_object (slot);
  if (widget != NULL)
    *slot = g_object_ref_sink (widget);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* gtk_widget_dispose_template() of a page takes the child away behind the back of the bin. */
static void
child_parent_cb (KilterPage *self, GParamSpec *pspec, GtkWidget *child)
{
  if (gtk_widget_get_parent (child) == NULL && adw_bin_get_child (ADW_BIN (self)) == child)
    adw_bin_set_child (ADW_BIN (self), NULL);
}

static void
child_cb (KilterPage *self)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));

  if (child != NULL)
    g_signal_connect_object (child, "notify::parent", G_CALLBACK (child_parent_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
kilter_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kilter_page_parent_class)->map (widget);
  /* still before layout and the first frame, so that nothing old or empty flashes by */
  kilter_page_queue_refresh (KILTER_PAGE (widget), KILTER_CHANGE_NONE);
}

static void
kilter_page_dispose (GObject *object)
{
  KilterPage *self = KILTER_PAGE (object);
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_clear_handle_id (&priv->idle, g_source_remove);
  g_clear_object (&priv->inspector);
  g_clear_object (&priv->context_extra);
  g_clear_object (&priv->header_extra);
  g_ptr_array_set_size (priv->regions, 0);
  G_OBJECT_CLASS (kilter_page_parent_class)->dispose (object);
  g_clear_object (&priv->document);
  g_clear_object (&priv->session);
}

static void
kilter_page_finalize (GObject *object)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (KILTER_PAGE (object));

  g_free (priv->title);
  g_free (priv->inspector_title);
  g_free (priv->primary_label);
  g_free (priv->primary_action);
  g_ptr_array_unref (priv->regions);
  G_OBJECT_CLASS (kilter_page_parent_class)->finalize (object);
}

static void
set_narrow (KilterPage *self, gboolean is_narrow)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  if (priv->is_narrow == is_narrow)
    return;
  priv->is_narrow = is_narrow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
  kilter_page_queue_refresh (self, KILTER_CHANGE_LOOK);
}

static void
kilter_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (KILTER_PAGE (object));

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_NEEDS:
      g_value_set_uint (value, priv->needs);
      break;
    case PROP_INSPECTOR:
      g_value_set_object (value, priv->inspector);
      break;
    case PROP_INSPECTOR_TITLE:
      g_value_set_string (value, priv->inspector_title);
      break;
    case PROP_CONTEXT_EXTRA:
      g_value_set_object (value, priv->context_extra);
      break;
    case PROP_HEADER_EXTRA:
      g_value_set_object (value, priv->header_extra);
      break;
    case PROP_PRIMARY_LABEL:
      g_value_set_string (value, priv->primary_label);
      break;
    case PROP_PRIMARY_ACTION:
      g_value_set_string (value, priv->primary_action);
      break;
    case PROP_PRIMARY_ENABLED:
      g_value_set_boolean (value, priv->primary_enabled);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, priv->is_narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kilter_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KilterPage *self = KILTER_PAGE (object);

  switch (id)
    {
    case PROP_TITLE:
      kilter_page_set_title (self, g_value_get_string (value));
      break;
    case PROP_NEEDS:
      kilter_page_set_needs (self, (KilterPageNeeds) g_value_get_uint (value));
      break;
    case PROP_INSPECTOR:
      kilter_page_set_inspector (self, g_value_get_object (value));
      break;
    case PROP_INSPECTOR_TITLE:
      kilter_page_set_inspector_title (self, g_value_get_string (value));
      break;
    case PROP_CONTEXT_EXTRA:
      kilter_page_set_context_extra (self, g_value_get_object (value));
      break;
    case PROP_HEADER_EXTRA:
      kilter_page_set_header_extra (self, g_value_get_object (value));
      break;
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kilter_page_class_init (KilterPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = kilter_page_dispose;
  object_class->finalize = kilter_page_finalize;
  object_class->get_property = kilter_page_get_property;
  object_class->set_property = kilter_page_set_property;
  GTK_WIDGET_CLASS (klass)->map = kilter_page_map;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_NEEDS] = g_param_spec_uint ("needs", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_INSPECTOR] = g_param_spec_object ("inspector", NULL, NULL, GTK_TYPE_WIDGET,
                                                    flags);
  properties[PROP_INSPECTOR_TITLE] = g_param_spec_string ("inspector-title", NULL, NULL, NULL,
                                                          flags);
  properties[PROP_CONTEXT_EXTRA] = g_param_spec_object ("context-extra", NULL, NULL,
                                                        GTK_TYPE_WIDGET, flags);
  properties[PROP_HEADER_EXTRA] = g_param_spec_object ("header-extra", NULL, NULL, GTK_TYPE_WIDGET,
                                                       flags);
  properties[PROP_PRIMARY_LABEL] = g_param_spec_string ("primary-label", NULL, NULL, NULL,
                                                        read_only);
  properties[PROP_PRIMARY_ACTION] = g_param_spec_string ("primary-action", NULL, NULL, NULL,
                                                         read_only);
  properties[PROP_PRIMARY_ENABLED] = g_param_spec_boolean ("primary-enabled", NULL, NULL, TRUE,
                                                           read_only);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[REPORT] = g_signal_new ("report", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SHOW_INSPECTOR] = g_signal_new ("show-inspector", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REFRESHED] = g_signal_new ("refreshed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kilter_page_init (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  priv->pending = KILTER_CHANGE_ALL;
  priv->primary_enabled = TRUE;
  priv->regions = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (self, "notify::child", G_CALLBACK (child_cb), NULL);
}

KilterDocument *
kilter_page_get_document (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return priv->document;
}

KilterSession *
kilter_page_get_session (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return priv->session;
}

KilterPlan *
kilter_page_get_plan (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return priv->document == NULL ? NULL : kilter_document_get_plan (priv->document);
}

KilterVersion
kilter_page_get_version (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), KILTER_BASELINE);
  return priv->session == NULL ? KILTER_BASELINE : kilter_session_get_version (priv->session);
}

const KilterScope *
kilter_page_get_scope (KilterPage *self)
{
  static const KilterScope whole = { 0 };
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return priv->session == NULL ? &whole : kilter_session_get_scope (priv->session);
}

gboolean
kilter_page_is_narrow (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), FALSE);
  return priv->is_narrow;
}

const char *
kilter_page_get_title (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return priv->title;
}

void
kilter_page_set_title (KilterPage *self, const char *title)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_if_fail (KILTER_IS_PAGE (self));
  if (g_set_str (&priv->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

KilterPageNeeds
kilter_page_get_needs (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), KILTER_PAGE_NEEDS_NOTHING);
  if ((priv->needs & KILTER_PAGE_NEEDS_PALLETS) != 0 && priv->session != NULL &&
      !kilter_plan_can_measure_in (kilter_page_get_plan (self), KILTER_IN_PALLETS))
    return priv->needs & ~KILTER_PAGE_NEEDS_PALLETS;
  return priv->needs;
}

void
kilter_page_set_needs (KilterPage *self, KilterPageNeeds needs)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_if_fail (KILTER_IS_PAGE (self));
  if (priv->needs == needs)
    return;
  priv->needs = needs;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEEDS]);
}

GtkWidget *
kilter_page_get_inspector (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return priv->inspector;
}

void
kilter_page_set_inspector (KilterPage *self, GtkWidget *inspector)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_if_fail (KILTER_IS_PAGE (self));
  set_slot (self, &priv->inspector, inspector, PROP_INSPECTOR);
}

const char *
kilter_page_get_inspector_title (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return priv->inspector_title;
}

void
kilter_page_set_inspector_title (KilterPage *self, const char *title)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_if_fail (KILTER_IS_PAGE (self));
  if (g_set_str (&priv->inspector_title, title))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INSPECTOR_TITLE]);
}

GtkWidget *
kilter_page_get_context_extra (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return priv->context_extra;
}

void
kilter_page_set_context_extra (KilterPage *self, GtkWidget *widget)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_if_fail (KILTER_IS_PAGE (self));
  set_slot (self, &priv->context_extra, widget, PROP_CONTEXT_EXTRA);
}

GtkWidget *
kilter_page_get_header_extra (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return priv->header_extra;
}

void
kilter_page_set_header_extra (KilterPage *self, GtkWidget *widget)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_if_fail (KILTER_IS_PAGE (self));
  set_slot (self, &priv->header_extra, widget, PROP_HEADER_EXTRA);
}

const char *
kilter_page_get_primary_label (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return priv->primary_label;
}

const char *
kilter_page_get_primary_action (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return priv->primary_action;
}

/**
 * kilter_page_set_primary:
 * @label: (nullable): the next thing to do on this page; %NULL takes what the step offers
 * @action: (nullable): a detailed action name, resolved from the page
 */
void
kilter_page_set_primary (KilterPage *self, const char *label, const char *action)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_if_fail (KILTER_IS_PAGE (self));
  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&priv->primary_action, action))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRIMARY_ACTION]);
  if (g_set_str (&priv->primary_label, label))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRIMARY_LABEL]);
  g_object_thaw_notify (G_OBJECT (self));
}

gboolean
kilter_page_get_primary_enabled (KilterPage *self)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), FALSE);
  return priv->primary_enabled;
}

void
kilter_page_set_primary_enabled (KilterPage *self, gboolean enabled)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_if_fail (KILTER_IS_PAGE (self));
  if (priv->primary_enabled == enabled)
    return;
  priv->primary_enabled = enabled;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRIMARY_ENABLED]);
}

void
kilter_page_add_region (KilterPage *self, GtkWidget *widget)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_if_fail (KILTER_IS_PAGE (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_ptr_array_add (priv->regions, g_object_ref (widget));
}

/**
 * kilter_page_toast:
 * @text: a translated sentence: what happened
 * @with_undo: whether the last command can be taken back from there
 */
void
kilter_page_toast (KilterPage *self, const char *text, gboolean with_undo)
{
  g_return_if_fail (KILTER_IS_PAGE (self));
  g_return_if_fail (text != NULL);
  g_signal_emit (self, signals[TOAST], 0, text, with_undo);
}

void
kilter_page_report (KilterPage *self, const GError *error)
{
  g_return_if_fail (KILTER_IS_PAGE (self));
  g_return_if_fail (error != NULL);
  g_signal_emit (self, signals[REPORT], 0, error);
}

void
kilter_page_show_inspector (KilterPage *self)
{
  g_return_if_fail (KILTER_IS_PAGE (self));
  g_signal_emit (self, signals[SHOW_INSPECTOR], 0);
}

/**
 * kilter_page_attach:
 * @document: the plan shown
 * @session: what is looked at
 *
 * Gives the page its plan; another one makes it show everything anew.
 */
void
kilter_page_attach (KilterPage *self, KilterDocument *document, KilterSession *session)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);
  gboolean is_other;

  g_return_if_fail (KILTER_IS_PAGE (self));
  is_other = priv->document != NULL && priv->document != document;
  g_set_object (&priv->document, document);
  g_set_object (&priv->session, session);
  if (is_other && KILTER_PAGE_GET_CLASS (self)->reset != NULL)
    KILTER_PAGE_GET_CLASS (self)->reset (self);
  kilter_page_queue_refresh (self, KILTER_CHANGE_ALL);
}

/**
 * kilter_page_queue_refresh:
 * @change: what is different
 *
 * Shows the change before the next frame, or when the page is shown.
 */
void
kilter_page_queue_refresh (KilterPage *self, KilterChange change)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_if_fail (KILTER_IS_PAGE (self));
  priv->pending |= change;
  if (priv->idle == 0 && priv->pending != KILTER_CHANGE_NONE &&
      gtk_widget_get_mapped (GTK_WIDGET (self)))
    priv->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, refresh_idle_cb, self, NULL);
}

char *
kilter_page_get_headline (KilterPage *self)
{
  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  if (KILTER_PAGE_GET_CLASS (self)->get_headline == NULL || kilter_page_get_plan (self) == NULL)
    return NULL;
  return KILTER_PAGE_GET_CLASS (self)->get_headline (self);
}

char *
kilter_page_get_subtitle (KilterPage *self)
{
  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  if (kilter_page_get_plan (self) == NULL)
    return NULL;
  if (KILTER_PAGE_GET_CLASS (self)->get_subtitle != NULL)
    return KILTER_PAGE_GET_CLASS (self)->get_subtitle (self);
  return kilter_scope_get_title (kilter_page_get_plan (self), kilter_page_get_scope (self));
}

gboolean
kilter_page_can_run (KilterPage *self)
{
  g_return_val_if_fail (KILTER_IS_PAGE (self), FALSE);
  return KILTER_PAGE_GET_CLASS (self)->run != NULL;
}

void
kilter_page_run (KilterPage *self)
{
  if (kilter_page_can_run (self))
    KILTER_PAGE_GET_CLASS (self)->run (self);
}

gboolean
kilter_page_can_print (KilterPage *self)
{
  g_return_val_if_fail (KILTER_IS_PAGE (self), FALSE);
  return KILTER_PAGE_GET_CLASS (self)->print != NULL;
}

void
kilter_page_print (KilterPage *self, gboolean to_pdf)
{
  if (kilter_page_can_print (self))
    KILTER_PAGE_GET_CLASS (self)->print (self, to_pdf);
}

/**
 * kilter_page_list_charts:
 *
 * Returns: (transfer full) (nullable) (element-type KilterChart): the page's charts for paper,
 * where they do not stand over a grid; %NULL when they are as on the screen
 */
GPtrArray *
kilter_page_list_charts (KilterPage *self)
{
  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return KILTER_PAGE_GET_CLASS (self)->list_charts != NULL && kilter_page_get_plan (self) != NULL
           ? KILTER_PAGE_GET_CLASS (self)->list_charts (self)
           : NULL;
}

gboolean
kilter_page_find (KilterPage *self)
{
  g_return_val_if_fail (KILTER_IS_PAGE (self), FALSE);
  return KILTER_PAGE_GET_CLASS (self)->find != NULL && KILTER_PAGE_GET_CLASS (self)->find (self);
}

gboolean
kilter_page_can_step (KilterPage *self)
{
  g_return_val_if_fail (KILTER_IS_PAGE (self), FALSE);
  return KILTER_PAGE_GET_CLASS (self)->step_problem != NULL;
}

void
kilter_page_step_problem (KilterPage *self, int direction)
{
  if (kilter_page_can_step (self))
    KILTER_PAGE_GET_CLASS (self)->step_problem (self, direction);
}

/* (nullable): the stop of F6 with this number */
GtkWidget *
kilter_page_get_region (KilterPage *self, guint index)
{
  KilterPagePrivate *priv = kilter_page_get_instance_private (self);

  g_return_val_if_fail (KILTER_IS_PAGE (self), NULL);
  return index < priv->regions->len ? g_ptr_array_index (priv->regions, index) : NULL;
}
