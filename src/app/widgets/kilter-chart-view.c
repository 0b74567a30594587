/* kilter-chart-view.c: a chart on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-chart-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "app/widgets/kilter-chart-menu.h"
#include "app/widgets/kilter-chart-view-private.h"
#include "app/kilter-settings.h"

#define TRANSITION_MILLISECONDS 200

enum
{
  ACTIVATE_POINT,
  RANGE_SELECTED,
  ADJUSTED,
  RESIZED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KilterChartView, kilter_chart_view, GTK_TYPE_WIDGET)

/* --- style --------------------------------------------------------------------------------------
 */

/**
 * kilter_chart_style_for_widget:
 *
 * Returns: (transfer full): colours, font and text size as the system has them now
 */
KilterChartStyle *
kilter_chart_style_for_widget (GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkSettings *settings = gtk_widget_get_settings (widget);
  PangoContext *context = gtk_widget_get_pango_context (widget);
  gboolean dark = adw_style_manager_get_dark (manager);
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (manager);
  KilterChartStyle *style;
  int dpi = -1;

  if (adw_style_manager_get_high_contrast (manager))
    style = kilter_chart_style_new (dark ? KILTER_CHART_THEME_HIGH_CONTRAST_DARK
                                         : KILTER_CHART_THEME_HIGH_CONTRAST);
  else
    style = kilter_chart_style_new (dark ? KILTER_CHART_THEME_DARK : KILTER_CHART_THEME_LIGHT);

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  if (dpi > 0)
    kilter_chart_style_set_text_scale (style, dpi / 1024.0 / 96.0);
  kilter_chart_style_set_font (style, pango_context_get_font_description (context));
  kilter_chart_style_set_language (style,
                                   pango_language_to_string (pango_context_get_language (context)));
  kilter_chart_style_set_accent (
    style, &(KilterChartColor) { accent->red, accent->green, accent->blue, accent->alpha });
  style->rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  return style;
}

const KilterChartStyle *
kilter_chart_view_get_style (KilterChartView *self)
{
  if (self->style == NULL)
    self->style = kilter_chart_style_for_widget (GTK_WIDGET (self));
  return self->style;
}

static void
drop_style (KilterChartView *self)
{
  g_clear_pointer (&self->style, kilter_chart_style_free);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* --- geometry -----------------------------------------------------------------------------------
 */

static double
frame_height (KilterChartView *self, double width)
{
  if (self->chart == NULL || !self->is_framed)
    return 0;
  return kilter_chart_get_frame_height (self->chart, width, kilter_chart_view_get_style (self));
}

/* size and offset of the picture below its title */
void
kilter_chart_view_get_picture (KilterChartView *self,
                               double *out_width,
                               double *out_height,
                               double *out_y)
{
  *out_width = gtk_widget_get_width (GTK_WIDGET (self));
  *out_y = frame_height (self, *out_width);
  *out_height = MAX (1, gtk_widget_get_height (GTK_WIDGET (self)) - *out_y);
}

int
kilter_chart_view_bucket_at (KilterChartView *self, double x)
{
  double width, height, y;

  if (self->chart == NULL)
    return -1;
  kilter_chart_view_get_picture (self, &width, &height, &y);
  return kilter_chart_bucket_at (self->chart, width, height, kilter_chart_view_get_style (self), x);
}

/* --- the crosshair ------------------------------------------------------------------------------
 */

static gboolean
is_shared (KilterChartView *self)
{
  return self->session != NULL && self->first_bucket >= 0;
}

int
kilter_chart_view_get_bucket (KilterChartView *self)
{
  int bucket;

  if (!is_shared (self))
    return self->own_bucket;
  bucket = kilter_session_get_bucket (self->session);
  if (bucket < 0 || self->chart == NULL)
    return -1;
  bucket -= self->first_bucket;
  return bucket >= 0 && (gsize) bucket < kilter_chart_n_buckets (self->chart) ? bucket : -1;
}

void
kilter_chart_view_set_bucket (KilterChartView *self, int bucket)
{
  if (is_shared (self))
    kilter_session_set_bucket (self->session, bucket < 0 ? -1 : bucket + self->first_bucket);
  else if (self->own_bucket != bucket)
    self->own_bucket = bucket;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* NaN when there is none */
double
kilter_chart_view_get_value (KilterChartView *self, int series, int bucket)
{
  const KilterChartTable *table = self->chart != NULL ? kilter_chart_describe (self->chart) : NULL;

  if (table == NULL || series < 0 || (gsize) series >= table->n_rows || bucket < 0 ||
      (gsize) bucket >= table->n_columns)
    return NAN;
  return table->values[(gsize) series * table->n_columns + (gsize) bucket];
}

/* "July 2026, Final forecast 141.7, Statistical forecast 117.7" */
static char *
describe_bucket (KilterChartView *self, int bucket)
{
  const KilterChartTable *table = kilter_chart_describe (self->chart);
  GString *text;

  if (bucket < 0 || (gsize) bucket >= table->n_columns)
    return NULL;
  text = g_string_new (table->column_names[bucket]);
  for (gsize row = 0; row < table->n_rows; row++)
    {
      g_autofree char *value = NULL;

      if (table->texts == NULL && isnan (table->values[row * table->n_columns + (gsize) bucket]))
        continue;
      value = kilter_chart_get_value_text (self->chart, row, (gsize) bucket);
      if (value != NULL && *value != '\0')
        g_string_append_printf (text, ", %s %s", table->row_names[row], value);
    }
  return g_string_free (text, FALSE);
}

void
kilter_chart_view_announce (KilterChartView *self)
{
  g_autofree char *text = self->chart != NULL
                            ? describe_bucket (self, kilter_chart_view_get_bucket (self))
                            : NULL;

  if (text == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  -1);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
update_accessible (KilterChartView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const KilterChartTable *table;
  KilterChartSummary summary;

  if (self->chart == NULL)
    return;
  table = kilter_chart_describe (self->chart);
  if (kilter_chart_get_subtitle (self->chart) != NULL)
    g_string_append_printf (text, "%s. ", kilter_chart_get_subtitle (self->chart));
  for (gsize row = 0; row < MIN (table->n_rows, 5); row++)
    {
      g_autofree char *lowest = NULL, *highest = NULL;

      kilter_chart_summarize (self->chart, row, &summary);
      if (summary.n == 0 || table->n_columns < 2)
        continue;
      lowest = kilter_chart_get_value_text (self->chart, row, summary.lowest_at);
      highest = kilter_chart_get_value_text (self->chart, row, summary.highest_at);
      /* Translators: %1$s is a series; %2$s, %4$s numbers; %3$s, %5$s months */
      g_string_append_printf (text, _ ("%1$s: from %2$s in %3$s to %4$s in %5$s. "),
                              table->row_names[row], lowest, table->column_names[summary.lowest_at],
                              highest, table->column_names[summary.highest_at]);
    }
  if (self->remark != NULL)
    g_string_append (text, self->remark);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kilter_chart_get_title (self->chart) != NULL
                                    ? kilter_chart_get_title (self->chart)
                                    : _ ("Chart"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
}

static void
session_bucket_cb (KilterChartView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- drawing ------------------------------------------------------------------------------------
 */

static void
fill_overlay (KilterChartView *self, KilterChartOverlay *overlay)
{
  gboolean has_focus = gtk_widget_has_visible_focus (GTK_WIDGET (self));

  overlay->bucket = self->is_explorable ? kilter_chart_view_get_bucket (self) : -1;
  overlay->series = self->series;
  overlay->is_focused = has_focus;
  overlay->has_box = overlay->bucket >= 0 &&
                     (self->is_hovered || has_focus ||
                      kilter_chart_get_kind (self->chart) == KILTER_CHART_FAN);
  if (self->is_adjusting)
    {
      overlay->handles_from = self->handles_from;
      if (self->handles_series >= 0)
        overlay->series = self->handles_series;
    }
  if (self->is_dragging_range)
    {
      overlay->range_first = MIN (self->range_first, self->range_last);
      overlay->range_last = MAX (self->range_first, self->range_last);
    }
  if (self->is_dragging_value)
    {
      overlay->series = self->drag_series;
      overlay->drag_bucket = self->drag_bucket;
      overlay->drag_value = self->drag_value;
      if (self->drag_last != self->drag_bucket)
        {
          overlay->range_first = MIN (self->drag_bucket, self->drag_last);
          overlay->range_last = MAX (self->drag_bucket, self->drag_last);
        }
    }
}

/* The new value of a dragged point and what it changes, instead of the values of the crosshair. */
static void
draw_overlay (KilterChartView *self,
              cairo_t *cr,
              double width,
              double height,
              KilterChartOverlay *overlay)
{
  const KilterChartTable *table = kilter_chart_describe (self->chart);
  double old = kilter_chart_view_get_value (self, overlay->series, overlay->drag_bucket);
  g_autofree char *value = NULL, *difference = NULL;
  KilterChartValueLine lines[2];

  if (overlay->drag_bucket >= 0 && isfinite (old))
    {
      KilterNumberFormat format = table->formats[overlay->series];

      value = kilter_number_format (overlay->drag_value, &format);
      format.sign = TRUE;
      difference = kilter_number_format (overlay->drag_value - old, &format);
      lines[0] = (KilterChartValueLine) { table->row_names[overlay->series], value, TRUE };
      lines[1] = (KilterChartValueLine) { _ ("Difference"), difference, FALSE };
      overlay->bucket = overlay->drag_bucket;
      overlay->has_box = TRUE;
      overlay->lines = lines;
      overlay->n_lines = G_N_ELEMENTS (lines);
    }
  kilter_chart_draw_overlay (self->chart, cr, width, height, kilter_chart_view_get_style (self),
                             overlay);
}

static void
kilter_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KilterChartView *self = KILTER_CHART_VIEW (widget);
  KilterChartOverlay overlay = KILTER_CHART_OVERLAY_INIT;
  graphene_rect_t bounds;
  double width, height, y;
  cairo_t *cr;

  if (self->chart == NULL)
    return;
  kilter_chart_view_get_picture (self, &width, &height, &y);
  graphene_rect_init (&bounds, 0, 0, (float) width, (float) (height + y));
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  if (self->is_framed)
    kilter_chart_draw_framed (self->chart, cr, width, height + y,
                              kilter_chart_view_get_style (self));
  else
    kilter_chart_draw (self->chart, cr, width, height, kilter_chart_view_get_style (self));
  cairo_destroy (cr);

  /* the crosshair is a node of its own, so that moving it keeps the picture */
  fill_overlay (self, &overlay);
  if (overlay.bucket < 0 && overlay.range_first < 0 && overlay.handles_from < 0 &&
      !overlay.is_focused)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_translate (cr, 0, y);
  draw_overlay (self, cr, width, height, &overlay);
  cairo_destroy (cr);
}

static void
kilter_chart_view_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  KilterChartView *self = KILTER_CHART_VIEW (widget);
  const KilterChartStyle *style = kilter_chart_view_get_style (self);
  double min_width = 0, min_height = 0, natural_height = 0, frame;

  if (self->chart != NULL)
    kilter_chart_measure (self->chart, style, &min_width, &min_height, &natural_height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int) MIN (ceil (min_width), 200);
      *natural = (int) ceil (min_width);
      return;
    }
  frame = frame_height (self, for_size > 0 ? for_size : MAX (min_width, 300));
  /* lines of large text have no room in the height of small ones */
  *minimum = (int) ceil (MIN (min_height, 160 * style->text_scale / style->scale) + frame);
  *natural = (int) ceil (MAX (natural_height, min_height) + frame);
}

static GtkSizeRequestMode
kilter_chart_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static gboolean
resized_idle_cb (gpointer data)
{
  KilterChartView *self = data;

  self->resized_source = 0;
  g_signal_emit (self, signals[RESIZED], 0);
  return G_SOURCE_REMOVE;
}

static void
kilter_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KilterChartView *self = KILTER_CHART_VIEW (widget);

  kilter_chart_menu_allocate (widget);
  if (self->last_width == width && self->last_height == height)
    return;
  self->last_width = width;
  self->last_height = height;
  /* not from within the layout: whoever hears it makes another chart */
  if (self->resized_source == 0)
    self->resized_source = g_idle_add_full (GTK_PRIORITY_RESIZE + 5, resized_idle_cb, self, NULL);
}

static void
kilter_chart_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (kilter_chart_view_parent_class)->css_changed (widget, change);
  drop_style (KILTER_CHART_VIEW (widget));
}

static void
kilter_chart_view_direction_changed (GtkWidget *widget, GtkTextDirection before)
{
  GTK_WIDGET_CLASS (kilter_chart_view_parent_class)->direction_changed (widget, before);
  drop_style (KILTER_CHART_VIEW (widget));
}

/* --- menu ---------------------------------------------------------------------------------------
 */

static void
menu_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterChartView *self = KILTER_CHART_VIEW (widget);

  if (self->chart != NULL)
    kilter_chart_menu_run (widget, self->chart, kilter_chart_view_get_style (self), self->file_name,
                           strchr (name, '.') + 1);
}

static void
open_menu_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_chart_menu_popup (widget, -1, -1);
}

/* --- life ---------------------------------------------------------------------------------------
 */

static void
stop_animation (KilterChartView *self)
{
  if (self->animation != NULL)
    adw_animation_skip (self->animation);
  g_clear_object (&self->animation);
  g_clear_pointer (&self->before, kilter_chart_free);
}

static void
animate_cb (double progress, gpointer data)
{
  KilterChartView *self = data;

  if (self->chart != NULL && self->before != NULL)
    kilter_chart_set_transition (self->chart, self->before, progress);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
animation_done_cb (KilterChartView *self)
{
  if (self->chart != NULL && self->before != NULL)
    kilter_chart_set_transition (self->chart, self->before, 1);
  g_clear_pointer (&self->before, kilter_chart_free);
}

static void
kilter_chart_view_dispose (GObject *object)
{
  KilterChartView *self = KILTER_CHART_VIEW (object);

  stop_animation (self);
  g_clear_handle_id (&self->resized_source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  kilter_chart_menu_unparent (GTK_WIDGET (self));
  G_OBJECT_CLASS (kilter_chart_view_parent_class)->dispose (object);
}

static void
kilter_chart_view_finalize (GObject *object)
{
  KilterChartView *self = KILTER_CHART_VIEW (object);

  g_clear_pointer (&self->chart, kilter_chart_free);
  g_clear_pointer (&self->style, kilter_chart_style_free);
  g_free (self->remark);
  g_free (self->file_name);
  G_OBJECT_CLASS (kilter_chart_view_parent_class)->finalize (object);
}

static void
kilter_chart_view_class_init (KilterChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const actions[] = {
    "chart.copy-image", "chart.copy-data", "chart.show-table",
    "chart.save-svg",   "chart.save-png",  "chart.add-to-pack"
  };

  object_class->dispose = kilter_chart_view_dispose;
  object_class->finalize = kilter_chart_view_finalize;
  widget_class->snapshot = kilter_chart_view_snapshot;
  widget_class->measure = kilter_chart_view_measure;
  widget_class->get_request_mode = kilter_chart_view_get_request_mode;
  widget_class->size_allocate = kilter_chart_view_size_allocate;
  widget_class->css_changed = kilter_chart_view_css_changed;
  widget_class->direction_changed = kilter_chart_view_direction_changed;

  signals[ACTIVATE_POINT] = g_signal_new ("activate-point", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                          G_TYPE_INT, G_TYPE_INT);
  signals[RANGE_SELECTED] = g_signal_new ("range-selected", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                          G_TYPE_INT, G_TYPE_INT);
  signals[ADJUSTED] = g_signal_new ("adjusted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_INT, G_TYPE_INT,
                                    G_TYPE_INT, G_TYPE_DOUBLE);
  signals[RESIZED] = g_signal_new ("resized", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, menu_action_cb);
  gtk_widget_class_install_action (widget_class, "chart.menu", NULL, open_menu_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "chart.copy-data",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "chart.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "chart.menu",
                                       NULL);
  gtk_widget_class_set_css_name (widget_class, "kilterchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kilter_chart_view_init (KilterChartView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  static const char *const notifications[] = { "notify::dark", "notify::high-contrast",
                                               "notify::accent-color" };

  self->first_bucket = -1;
  self->own_bucket = self->anchor = -1;
  self->series = -1;
  self->handles_series = -1;
  self->is_framed = TRUE;
  self->is_explorable = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  kilter_chart_view_add_controllers (self);
  for (gsize i = 0; i < G_N_ELEMENTS (notifications); i++)
    g_signal_connect_object (manager, notifications[i], G_CALLBACK (drop_style), self,
                             G_CONNECT_SWAPPED);
}

/* --- public API ---------------------------------------------------------------------------------
 */

GtkWidget *
kilter_chart_view_new (void)
{
  return g_object_new (KILTER_TYPE_CHART_VIEW, NULL);
}

/**
 * kilter_chart_view_set_chart:
 * @chart: (transfer full) (nullable): what to show
 */
void
kilter_chart_view_set_chart (KilterChartView *self, KilterChart *chart)
{
  gboolean animates;
  double before[3] = { 0 }, after[3] = { 0 };

  g_return_if_fail (KILTER_IS_CHART_VIEW (self));

  stop_animation (self);
  if (self->chart != NULL)
    kilter_chart_measure (self->chart, kilter_chart_view_get_style (self), &before[0], &before[1],
                          &before[2]);
  animates = chart != NULL && self->chart != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
             adw_get_enable_animations (GTK_WIDGET (self)) &&
             g_settings_get_boolean (kilter_settings_get (), "animate-charts") &&
             kilter_chart_set_transition (chart, self->chart, 0);
  if (animates)
    self->before = g_steal_pointer (&self->chart);
  g_clear_pointer (&self->chart, kilter_chart_free);
  self->chart = chart;
  self->visible_n = 0;
  self->is_dragging_range = self->is_dragging_value = FALSE;
  if (animates)
    {
      self->animation = adw_timed_animation_new (
        GTK_WIDGET (self), 0, 1, TRANSITION_MILLISECONDS,
        adw_callback_animation_target_new (animate_cb, self, NULL));
      g_signal_connect_object (self->animation, "done", G_CALLBACK (animation_done_cb), self,
                               G_CONNECT_SWAPPED);
      adw_animation_play (self->animation);
    }
  update_accessible (self);
  if (chart != NULL)
    kilter_chart_measure (chart, kilter_chart_view_get_style (self), &after[0], &after[1],
                          &after[2]);
  if (memcmp (before, after, sizeof before) != 0)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

KilterChart *
kilter_chart_view_get_chart (KilterChartView *self)
{
  g_return_val_if_fail (KILTER_IS_CHART_VIEW (self), NULL);
  return self->chart;
}

/**
 * kilter_chart_view_set_session:
 * @session: (nullable): whose bucket is the crosshair
 * @first_bucket: bucket index of the plan that column 0 stands for; -1 when columns are no buckets
 */
void
kilter_chart_view_set_session (KilterChartView *self, KilterSession *session, int first_bucket)
{
  g_return_if_fail (KILTER_IS_CHART_VIEW (self));

  self->first_bucket = first_bucket;
  if (self->session == session)
    {
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (session, "notify::bucket", G_CALLBACK (session_bucket_cb), self,
                             G_CONNECT_SWAPPED);
}

int
kilter_chart_view_get_first_bucket (KilterChartView *self)
{
  g_return_val_if_fail (KILTER_IS_CHART_VIEW (self), -1);
  return self->first_bucket;
}

void
kilter_chart_view_set_framed (KilterChartView *self, gboolean framed)
{
  g_return_if_fail (KILTER_IS_CHART_VIEW (self));
  self->is_framed = framed;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
kilter_chart_view_set_explorable (KilterChartView *self, gboolean explorable)
{
  g_return_if_fail (KILTER_IS_CHART_VIEW (self));
  self->is_explorable = explorable;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kilter_chart_view_set_handles (KilterChartView *self, int series, int first_bucket)
{
  g_return_if_fail (KILTER_IS_CHART_VIEW (self));
  self->handles_series = series;
  self->handles_from = MAX (first_bucket, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kilter_chart_view_set_adjusting (KilterChartView *self, gboolean adjusting)
{
  g_return_if_fail (KILTER_IS_CHART_VIEW (self));
  self->is_adjusting = adjusting;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kilter_chart_view_set_remark (KilterChartView *self, const char *remark)
{
  g_return_if_fail (KILTER_IS_CHART_VIEW (self));
  if (g_set_str (&self->remark, remark))
    update_accessible (self);
}

void
kilter_chart_view_set_file_name (KilterChartView *self, const char *name)
{
  g_return_if_fail (KILTER_IS_CHART_VIEW (self));
  g_set_str (&self->file_name, name);
}

void
kilter_chart_view_set_extra_menu (KilterChartView *self, GMenuModel *menu)
{
  g_return_if_fail (KILTER_IS_CHART_VIEW (self));

  kilter_chart_menu_set_extra (GTK_WIDGET (self), menu);
}
