/* kilter-fit-bin.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-fit-bin.h"

struct _KilterFitBin
{
  GtkWidget parent_instance;

  GtkWidget *wide;
  GtkWidget *narrow;
  gboolean prefer_narrow;
  gboolean is_narrow;
};

enum
{
  PROP_0,
  PROP_WIDE,
  PROP_NARROW,
  PROP_PREFER_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KilterFitBin, kilter_fit_bin, GTK_TYPE_WIDGET)

static void
measure_child (GtkWidget *child, GtkOrientation orientation, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  if (child != NULL)
    gtk_widget_measure (child, orientation, -1, minimum, natural, NULL, NULL);
}

static void
kilter_fit_bin_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  KilterFitBin *self = KILTER_FIT_BIN (widget);
  int wide_minimum, wide_natural, narrow_minimum, narrow_natural;

  measure_child (self->wide, orientation, &wide_minimum, &wide_natural);
  measure_child (self->narrow, orientation, &narrow_minimum, &narrow_natural);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = narrow_minimum;
      *natural = MAX (wide_natural, narrow_natural);
    }
  else
    {
      /* both heights are kept, so that nothing jumps when they are exchanged */
      *minimum = MAX (wide_minimum, narrow_minimum);
      *natural = MAX (wide_natural, narrow_natural);
    }
}

static void
kilter_fit_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KilterFitBin *self = KILTER_FIT_BIN (widget);
  int minimum, natural;
  GtkWidget *shown, *hidden;

  measure_child (self->wide, GTK_ORIENTATION_HORIZONTAL, &minimum, &natural);
  self->is_narrow = self->prefer_narrow || width < natural;
  shown = self->is_narrow ? self->narrow : self->wide;
  hidden = self->is_narrow ? self->wide : self->narrow;
  if (shown != NULL)
    {
      gtk_widget_set_child_visible (shown, TRUE);
      gtk_widget_measure (shown, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      gtk_widget_allocate (shown, MAX (width, minimum), height, baseline, NULL);
    }
  if (hidden != NULL)
    gtk_widget_set_child_visible (hidden, FALSE);
}

static void
set_child (KilterFitBin *self, GtkWidget **slot, GtkWidget *child)
{
  g_clear_pointer (slot, gtk_widget_unparent);
  *slot = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
kilter_fit_bin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KilterFitBin *self = KILTER_FIT_BIN (object);

  switch (id)
    {
    case PROP_WIDE:
      g_value_set_object (value, self->wide);
      break;
    case PROP_NARROW:
      g_value_set_object (value, self->narrow);
      break;
    case PROP_PREFER_NARROW:
      g_value_set_boolean (value, self->prefer_narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kilter_fit_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KilterFitBin *self = KILTER_FIT_BIN (object);

  switch (id)
    {
    case PROP_WIDE:
      set_child (self, &self->wide, g_value_get_object (value));
      break;
    case PROP_NARROW:
      set_child (self, &self->narrow, g_value_get_object (value));
      break;
    case PROP_PREFER_NARROW:
      self->prefer_narrow = g_value_get_boolean (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kilter_fit_bin_dispose (GObject *object)
{
  KilterFitBin *self = KILTER_FIT_BIN (object);

  g_clear_pointer (&self->wide, gtk_widget_unparent);
  g_clear_pointer (&self->narrow, gtk_widget_unparent);
  G_OBJECT_CLASS (kilter_fit_bin_parent_class)->dispose (object);
}

static void
kilter_fit_bin_class_init (KilterFitBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kilter_fit_bin_dispose;
  object_class->get_property = kilter_fit_bin_get_property;
  object_class->set_property = kilter_fit_bin_set_property;
  widget_class->measure = kilter_fit_bin_measure;
  widget_class->size_allocate = kilter_fit_bin_size_allocate;

  properties[PROP_WIDE] = g_param_spec_object ("wide", NULL, NULL, GTK_TYPE_WIDGET,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_object ("narrow", NULL, NULL, GTK_TYPE_WIDGET,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PREFER_NARROW] = g_param_spec_boolean (
    "prefer-narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kilter_fit_bin_init (KilterFitBin *self)
{
}

gboolean
kilter_fit_bin_get_is_narrow (KilterFitBin *self)
{
  g_return_val_if_fail (KILTER_IS_FIT_BIN (self), FALSE);
  return self->is_narrow;
}
