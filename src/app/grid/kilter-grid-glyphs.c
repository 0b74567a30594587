/* kilter-grid-glyphs.c: the small signs of the grid, drawn as paths.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sizes are those of the design at 100 % text, times the scale given. */
#include "app/grid/kilter-grid-private.h"

static void
fill (GtkSnapshot *snapshot, GskPathBuilder *builder, const GdkRGBA *color)
{
  GskPath *path = gsk_path_builder_free_to_path (builder);

  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, color);
  gsk_path_unref (path);
}

static void
stroke (GtkSnapshot *snapshot, GskPathBuilder *builder, float width, const GdkRGBA *color)
{
  GskPath *path = gsk_path_builder_free_to_path (builder);
  GskStroke *pen = gsk_stroke_new (width);

  gtk_snapshot_append_stroke (snapshot, path, pen, color);
  gsk_stroke_free (pen);
  gsk_path_unref (path);
}

static void
draw_line (GtkSnapshot *snapshot,
           const GdkRGBA *color,
           float x,
           float y,
           float scale,
           float dash,
           float gap)
{
  float length = 14 * scale, thickness = 2 * scale;

  for (float at = 0; at < length - 0.5f; at += dash + gap)
    gtk_snapshot_append_color (
      snapshot, color,
      &GRAPHENE_RECT_INIT (x + at, y - thickness / 2, MIN (dash, length - at), thickness));
}

/* Lines at 45° inside the box. */
static void
draw_hatch (GtkSnapshot *snapshot, const GdkRGBA *color, const graphene_rect_t *box, float scale)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  float left = box->origin.x, top = box->origin.y;
  float width = box->size.width, height = box->size.height;

  for (float at = 4.25f * scale; at < width + height; at += 4.5f * scale)
    {
      float from_x = MIN (at, width), from_y = at - from_x;
      float to_y = MIN (at, height), to_x = at - to_y;

      gsk_path_builder_move_to (builder, left + from_x, top + from_y);
      gsk_path_builder_line_to (builder, left + to_x, top + to_y);
    }
  stroke (snapshot, builder, 1.0f * scale, color);
}

/**
 * kilter_grid_draw_mark:
 * @x: left edge of the 14 pixels wide place
 * @y: its vertical centre
 */
void
kilter_grid_draw_mark (GtkSnapshot *snapshot,
                       KilterGridMark mark,
                       const GdkRGBA *color,
                       float x,
                       float y,
                       float scale)
{
  GskPathBuilder *builder;
  graphene_rect_t box = GRAPHENE_RECT_INIT (x + 0.5f, y - 4.5f * scale, 14 * scale - 1, 9 * scale);
  float radius = 4.5f * scale, middle = x + 7 * scale;

  switch (mark)
    {
    case KILTER_GRID_MARK_NONE:
      break;
    case KILTER_GRID_MARK_LINE:
      draw_line (snapshot, color, x, y, scale, 14 * scale, 0);
      break;
    case KILTER_GRID_MARK_DASHED_LINE:
      draw_line (snapshot, color, x, y, scale, 4 * scale, 2 * scale);
      break;
    case KILTER_GRID_MARK_DOTTED_LINE:
      draw_line (snapshot, color, x, y, scale, 2 * scale, 2 * scale);
      break;
    case KILTER_GRID_MARK_DOT:
      builder = gsk_path_builder_new ();
      gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (middle, y), 4 * scale);
      fill (snapshot, builder, color);
      break;
    case KILTER_GRID_MARK_DIAMOND:
      builder = gsk_path_builder_new ();
      gsk_path_builder_move_to (builder, middle, y - radius);
      gsk_path_builder_line_to (builder, middle + radius, y);
      gsk_path_builder_line_to (builder, middle, y + radius);
      gsk_path_builder_line_to (builder, middle - radius, y);
      gsk_path_builder_close (builder);
      fill (snapshot, builder, color);
      break;
    case KILTER_GRID_MARK_FILLED_BOX:
      gtk_snapshot_append_color (snapshot, color, &box);
      break;
    case KILTER_GRID_MARK_HATCHED_BOX:
    case KILTER_GRID_MARK_OUTLINED_BOX:
    default:
      if (mark == KILTER_GRID_MARK_HATCHED_BOX)
        draw_hatch (snapshot, color, &box, scale);
      builder = gsk_path_builder_new ();
      gsk_path_builder_add_rect (builder, &box);
      stroke (snapshot, builder, 1.25f * scale, color);
      break;
    }
}

/* A padlock of 9 × 10 pixels; @y is its vertical centre. */
void
kilter_grid_draw_lock (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float scale)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  GskRoundedRect body;

  gsk_path_builder_move_to (builder, x + 2.25f * scale, y);
  gsk_path_builder_line_to (builder, x + 2.25f * scale, y - 2 * scale);
  gsk_path_builder_svg_arc_to (builder, 2.25f * scale, 2.25f * scale, 0, FALSE, TRUE,
                               x + 6.75f * scale, y - 2 * scale);
  gsk_path_builder_line_to (builder, x + 6.75f * scale, y);
  stroke (snapshot, builder, 1.4f * scale, color);

  gsk_rounded_rect_init_from_rect (
    &body, &GRAPHENE_RECT_INIT (x + 0.5f * scale, y - 0.5f * scale, 8 * scale, 5.5f * scale),
    1 * scale);
  builder = gsk_path_builder_new ();
  gsk_path_builder_add_rounded_rect (builder, &body);
  fill (snapshot, builder, color);
}

/* ▲ of 8 × 7 pixels; @y is its vertical centre. */
void
kilter_grid_draw_triangle (GtkSnapshot *snapshot,
                           const GdkRGBA *color,
                           float x,
                           float y,
                           float scale)
{
  GskPathBuilder *builder = gsk_path_builder_new ();

  gsk_path_builder_move_to (builder, x + 4 * scale, y - 3.5f * scale);
  gsk_path_builder_line_to (builder, x + 8 * scale, y + 3.5f * scale);
  gsk_path_builder_line_to (builder, x, y + 3.5f * scale);
  gsk_path_builder_close (builder);
  fill (snapshot, builder, color);
}

/* A triangle in the top corner whose outer point is @x, @y. */
void
kilter_grid_draw_corner (GtkSnapshot *snapshot,
                         const GdkRGBA *color,
                         float x,
                         float y,
                         float size,
                         gboolean at_right)
{
  GskPathBuilder *builder = gsk_path_builder_new ();

  gsk_path_builder_move_to (builder, x, y);
  gsk_path_builder_line_to (builder, at_right ? x - size : x + size, y);
  gsk_path_builder_line_to (builder, x, y + size);
  gsk_path_builder_close (builder);
  fill (snapshot, builder, color);
}

/* A ring of 6 pixels: a change inside the time fence. */
void
kilter_grid_draw_hollow (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float scale)
{
  GskPathBuilder *builder = gsk_path_builder_new ();

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x + 3.5f * scale, y), 2.75f * scale);
  stroke (snapshot, builder, 1.3f * scale, color);
}

/* A small triangle in a place of 8 pixels; @y is its vertical centre. */
void
kilter_grid_draw_arrow (GtkSnapshot *snapshot,
                        const GdkRGBA *color,
                        float x,
                        float y,
                        float scale,
                        gboolean up)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  float reach = 2.5f * scale * (up ? 1 : -1);

  gsk_path_builder_move_to (builder, x + scale, y + reach);
  gsk_path_builder_line_to (builder, x + 7 * scale, y + reach);
  gsk_path_builder_line_to (builder, x + 4 * scale, y - reach);
  gsk_path_builder_close (builder);
  fill (snapshot, builder, color);
}

/* Expander in a place of 10 pixels; @y is its vertical centre. */
void
kilter_grid_draw_chevron (GtkSnapshot *snapshot,
                          const GdkRGBA *color,
                          float x,
                          float y,
                          float scale,
                          gboolean open,
                          gboolean rtl)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  float middle = x + 4.5f * scale, reach = 4 * scale, depth = 2 * scale;

  if (open)
    {
      gsk_path_builder_move_to (builder, middle - reach, y - depth);
      gsk_path_builder_line_to (builder, middle, y + depth);
      gsk_path_builder_line_to (builder, middle + reach, y - depth);
    }
  else
    {
      float side = rtl ? -depth : depth;

      gsk_path_builder_move_to (builder, middle - side, y - reach);
      gsk_path_builder_line_to (builder, middle + side, y);
      gsk_path_builder_line_to (builder, middle - side, y + reach);
    }
  stroke (snapshot, builder, 1.6f * scale, color);
}
