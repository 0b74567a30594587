/* kilter-pack-sheet.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/packs/kilter-pack-sheet.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _KilterPackSheet
{
  GtkWidget parent_instance;

  KilterPack *pack; /* not owned */
  int page;
  GdkTexture *texture; /* (nullable): the page as it was drawn last */
  int texture_width;
};

G_DEFINE_FINAL_TYPE (KilterPackSheet, kilter_pack_sheet, GTK_TYPE_WIDGET)

static double
get_ratio (KilterPackSheet *self)
{
  double width = 297, height = 210;

  if (self->pack != NULL)
    kilter_pack_get_page_size (self->pack, &width, &height);
  return height / width;
}

/* The same drawing as on paper, in the pixels of the screen. */
static GdkTexture *
draw (KilterPackSheet *self, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;
  double page_width, page_height;

  kilter_pack_get_page_size (self->pack, &page_width, &page_height);
  cairo_set_source_rgb (cr, 1, 1, 1); /* paper is white, whatever the screen */
  cairo_paint (cr);
  cairo_scale (cr, width / page_width, height / page_height);
  kilter_pack_draw_page (self->pack, self->page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) cairo_image_surface_get_stride (surface) * (gsize) height);
  texture = gdk_memory_texture_new (
    width, height, G_BYTE_ORDER == G_LITTLE_ENDIAN ? GDK_MEMORY_B8G8R8X8 : GDK_MEMORY_X8R8G8B8,
    bytes, (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_destroy (surface);
  return texture;
}

/* --- vfuncs -------------------------------------------------------------------------------------
 */

static GtkSizeRequestMode
kilter_pack_sheet_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kilter_pack_sheet_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  double ratio = get_ratio (KILTER_PACK_SHEET (widget));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 240;
      *natural = 1000;
      return;
    }
  *minimum = *natural = (int) ceil ((for_size > 0 ? for_size : 240) * ratio);
}

static void
kilter_pack_sheet_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KilterPackSheet *self = KILTER_PACK_SHEET (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int scale = gtk_widget_get_scale_factor (widget);

  if (width <= 0 || height <= 0 || self->pack == NULL)
    return;
  if (self->texture == NULL || self->texture_width != width * scale)
    {
      g_clear_object (&self->texture);
      self->texture = draw (self, width * scale, height * scale);
      self->texture_width = width * scale;
    }
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
}

static void
kilter_pack_sheet_finalize (GObject *object)
{
  g_clear_object (&KILTER_PACK_SHEET (object)->texture);

  G_OBJECT_CLASS (kilter_pack_sheet_parent_class)->finalize (object);
}

static void
kilter_pack_sheet_class_init (KilterPackSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kilter_pack_sheet_finalize;
  widget_class->get_request_mode = kilter_pack_sheet_get_request_mode;
  widget_class->measure = kilter_pack_sheet_measure;
  widget_class->snapshot = kilter_pack_sheet_snapshot;
  gtk_widget_class_set_css_name (widget_class, "packsheet");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kilter_pack_sheet_init (KilterPackSheet *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
kilter_pack_sheet_new (KilterPack *pack, int page)
{
  KilterPackSheet *self = g_object_new (KILTER_TYPE_PACK_SHEET, NULL);
  const char *title = kilter_pack_get_page_title (pack, page);
  /* Translators: a page of a pack as it is read aloud; %3$s is its title */
  g_autofree char *name = g_strdup_printf (_ ("Page %1$d of %2$d: %3$s"), page + 1,
                                           kilter_pack_get_n_pages (pack),
                                           title != NULL ? title : "");

  self->pack = pack;
  self->page = page;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}
