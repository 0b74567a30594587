/* kilter-timeline.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/overview/kilter-timeline.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/kilter-chart-view.h"
#include "app/widgets/kilter-step-marker.h"
#include "app/window/kilter-views.h"
#include "report/words/kilter-format.h"

#define DISC 30
#define LINE_WIDTH 2.0
#define LINE_GAP 5.0
/* below this width the steps stand below each other */
#define MIN_COLUMN 124

typedef struct
{
  GtkWidget *button;
  GtkWidget *box;
  GtkWidget *words;
  GtkWidget *marker;
  GtkWidget *title;
  GtkWidget *date;
  GtkWidget *owner;
  GtkWidget *rule;
  GtkWidget *result;
  GtkWidget *detail;
  KilterStepState state;
  char *date_class;
} Step;

struct _KilterTimeline
{
  GtkWidget parent_instance;

  Step steps[KILTER_N_STEPS];
  gboolean is_vertical;
};

G_DEFINE_FINAL_TYPE (KilterTimeline, kilter_timeline, GTK_TYPE_WIDGET)

void
kilter_timeline_step_clear (KilterTimelineStep *step)
{
  g_clear_pointer (&step->date, g_free);
  g_clear_pointer (&step->owner, g_free);
  g_clear_pointer (&step->result, g_free);
  g_clear_pointer (&step->detail, g_free);
}

/* --- layout -------------------------------------------------------------------------------------
 */

static void
set_vertical (KilterTimeline *self, gboolean vertical)
{
  if (self->is_vertical == vertical)
    return;
  self->is_vertical = vertical;
  for (int i = 0; i < KILTER_N_STEPS; i++)
    {
      Step *step = &self->steps[i];
      GtkWidget *labels[] = { step->title, step->date, step->owner, step->result, step->detail };

      gtk_orientable_set_orientation (GTK_ORIENTABLE (step->box), vertical
                                                                    ? GTK_ORIENTATION_HORIZONTAL
                                                                    : GTK_ORIENTATION_VERTICAL);
      gtk_box_set_spacing (GTK_BOX (step->box), vertical ? 14 : 8);
      for (gsize k = 0; k < G_N_ELEMENTS (labels); k++)
        {
          gtk_label_set_xalign (GTK_LABEL (labels[k]), vertical ? 0 : 0.5f);
          gtk_label_set_justify (GTK_LABEL (labels[k]),
                                 vertical ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_CENTER);
        }
      gtk_widget_set_visible (step->rule, !vertical);
    }
}

static void
kilter_timeline_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  KilterTimeline *self = KILTER_TIMELINE (widget);
  int min, nat;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    set_vertical (self, for_size < KILTER_N_STEPS * MIN_COLUMN);
  for (int i = 0; i < KILTER_N_STEPS; i++)
    {
      int width = for_size < 0 || self->is_vertical ? for_size : for_size / KILTER_N_STEPS;

      gtk_widget_measure (self->steps[i].button, orientation,
                          orientation == GTK_ORIENTATION_VERTICAL ? width : -1, &min, &nat, NULL,
                          NULL);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        {
          *minimum = MAX (*minimum, min);
          *natural = MAX (*natural, nat * KILTER_N_STEPS);
        }
      else if (self->is_vertical)
        {
          *minimum += min;
          *natural += nat;
        }
      else
        {
          *minimum = MAX (*minimum, min);
          *natural = MAX (*natural, nat);
        }
    }
}

static void
kilter_timeline_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KilterTimeline *self = KILTER_TIMELINE (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  for (int i = 0; i < KILTER_N_STEPS; i++)
    {
      GtkWidget *button = self->steps[i].button;
      int at = rtl ? KILTER_N_STEPS - 1 - i : i;
      int min, left, right;
      GskTransform *transform;

      if (self->is_vertical)
        {
          gtk_widget_measure (button, GTK_ORIENTATION_VERTICAL, width, &min, NULL, NULL, NULL);
          transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float) y));
          gtk_widget_allocate (button, width, min, -1, transform);
          y += min;
        }
      else
        {
          left = width * at / KILTER_N_STEPS;
          right = width * (at + 1) / KILTER_N_STEPS;
          transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) left, 0));
          gtk_widget_allocate (button, right - left, height, -1, transform);
        }
    }
}

static GtkSizeRequestMode
kilter_timeline_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* --- the line between the discs -----------------------------------------------------------------
 */

static gboolean
marker_center (KilterTimeline *self, int i, graphene_point_t *out)
{
  GtkWidget *marker = self->steps[i].marker;
  graphene_point_t middle = GRAPHENE_POINT_INIT ((float) gtk_widget_get_width (marker) / 2,
                                                 (float) gtk_widget_get_height (marker) / 2);

  return gtk_widget_compute_point (marker, GTK_WIDGET (self), &middle, out);
}

static void
draw_line (KilterTimeline *self, cairo_t *cr, const KilterChartStyle *style, int i)
{
  graphene_point_t a, b;
  gboolean done = self->steps[i].state == KILTER_STEP_FINISHED;
  KilterChartColor color = kilter_chart_style_get_color (style, done ? KILTER_CHART_ROLE_GOOD
                                                                     : KILTER_CHART_ROLE_AXIS);
  double keep, length;

  if (!marker_center (self, i, &a) || !marker_center (self, i + 1, &b))
    return;
  keep = gtk_widget_get_width (self->steps[i].marker) / 2.0 + LINE_GAP - 4;
  length = self->is_vertical ? b.y - a.y : b.x - a.x;
  if (ABS (length) < 2 * keep)
    return;
  if (length < 0)
    keep = -keep;
  cairo_set_source_rgba (cr, color.red, color.green, color.blue,
                         done ? color.alpha : color.alpha * 0.4);
  cairo_set_line_width (cr, LINE_WIDTH);
  if (self->is_vertical)
    {
      cairo_move_to (cr, a.x, a.y + keep);
      cairo_line_to (cr, b.x, b.y - keep);
    }
  else
    {
      cairo_move_to (cr, a.x + keep, a.y);
      cairo_line_to (cr, b.x - keep, b.y);
    }
  cairo_stroke (cr);
}

static void
kilter_timeline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KilterTimeline *self = KILTER_TIMELINE (widget);
  g_autoptr (KilterChartStyle) style = kilter_chart_style_for_widget (widget);
  cairo_t *cr;

  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                       (float) gtk_widget_get_height (widget)));
  for (int i = 0; i + 1 < KILTER_N_STEPS; i++)
    draw_line (self, cr, style, i);
  cairo_destroy (cr);
  GTK_WIDGET_CLASS (kilter_timeline_parent_class)->snapshot (widget, snapshot);
}

/* --- init ---------------------------------------------------------------------------------------
 */

static GtkWidget *
add_label (GtkWidget *box, const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
make_step (KilterTimeline *self, int number)
{
  Step *step = &self->steps[number - 1];
  const KilterViewInfo *view = kilter_views_find_step (number);

  step->button = gtk_button_new ();
  step->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  step->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  step->marker = kilter_step_marker_new (number, DISC);
  kilter_step_marker_set_progress (KILTER_STEP_MARKER (step->marker), 0);
  gtk_widget_set_halign (step->marker, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (step->marker, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (step->box), step->marker);
  gtk_box_append (GTK_BOX (step->box), step->words);
  gtk_widget_set_hexpand (step->words, TRUE);
  step->title = add_label (step->words, "heading");
  step->date = add_label (step->words, "kilter-step-text");
  step->owner = add_label (step->words, "kilter-step-text");
  step->rule = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (step->rule, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (step->rule, 80, -1);
  gtk_widget_set_margin_top (step->rule, 4);
  gtk_widget_set_margin_bottom (step->rule, 4);
  gtk_box_append (GTK_BOX (step->words), step->rule);
  step->result = add_label (step->words, "kilter-step-result");
  step->detail = add_label (step->words, "kilter-step-text");
  gtk_label_set_label (GTK_LABEL (step->title), kilter_step_get_name (number));
  gtk_button_set_child (GTK_BUTTON (step->button), step->box);
  gtk_widget_add_css_class (step->button, "flat");
  gtk_widget_add_css_class (step->button, "kilter-step");
  gtk_widget_set_parent (step->button, GTK_WIDGET (self));
  if (kilter_view_has_pages (view))
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (step->button), "win.show-view");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (step->button), "s", view->key);
    }
}

static void
kilter_timeline_dispose (GObject *object)
{
  KilterTimeline *self = KILTER_TIMELINE (object);

  for (int i = 0; i < KILTER_N_STEPS; i++)
    {
      g_clear_pointer (&self->steps[i].button, gtk_widget_unparent);
      g_clear_pointer (&self->steps[i].date_class, g_free);
    }
  G_OBJECT_CLASS (kilter_timeline_parent_class)->dispose (object);
}

static void
kilter_timeline_class_init (KilterTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_timeline_dispose;
  widget_class->measure = kilter_timeline_measure;
  widget_class->size_allocate = kilter_timeline_size_allocate;
  widget_class->get_request_mode = kilter_timeline_get_request_mode;
  widget_class->snapshot = kilter_timeline_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kilter_timeline_init (KilterTimeline *self)
{
  for (int number = 1; number <= KILTER_N_STEPS; number++)
    make_step (self, number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Steps of the cycle"), -1);
}

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

void
kilter_timeline_set_step (KilterTimeline *self, int number, const KilterTimelineStep *values)
{
  Step *step;
  g_autofree char *spoken = NULL;

  g_return_if_fail (KILTER_IS_TIMELINE (self));
  g_return_if_fail (number >= 1 && number <= KILTER_N_STEPS);

  step = &self->steps[number - 1];
  step->state = values->state;
  kilter_step_marker_set_state (KILTER_STEP_MARKER (step->marker), values->state);
  kilter_step_marker_set_progress (KILTER_STEP_MARKER (step->marker), MAX (values->progress, 0));
  set_text (step->date, values->date);
  if (step->date_class != NULL)
    gtk_widget_remove_css_class (step->date, step->date_class);
  g_set_str (&step->date_class, values->date_class);
  if (values->date_class != NULL)
    gtk_widget_add_css_class (step->date, values->date_class);
  set_text (step->owner, values->owner);
  set_text (step->result, values->result);
  set_text (step->detail, values->detail);
  /* Translators: for screen readers: a step, its state, date, result and detail */
  spoken = g_strdup_printf (
    _ ("Step %1$d of 6, %2$s, %3$s. %4$s. %5$s. %6$s"), number, kilter_step_get_name (number),
    kilter_format_step_state ((int) values->state), values->date != NULL ? values->date : "",
    values->result != NULL ? values->result : "", values->detail != NULL ? values->detail : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (step->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
