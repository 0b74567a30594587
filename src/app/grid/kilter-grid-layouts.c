/* kilter-grid-layouts.c: texts of the grid, shaped once.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two generations bound the memory: what was used lately moves to the young one; when that is full
 * the old one goes. A frame asks for fewer texts than one generation holds. */
#include "app/grid/kilter-grid-layouts.h"

#include <string.h>

#define GENERATION_SIZE 3000

struct _KilterGridLayouts
{
  PangoContext *context;
  PangoFontDescription *fonts[KILTER_GRID_N_FONTS];
  PangoAttrList *attributes;
  GHashTable *young; /* char* (font, limit, text) → KilterGridText */
  GHashTable *old;
};

static void
text_free (gpointer data)
{
  KilterGridText *text = data;

  g_object_unref (text->layout);
  g_free (text);
}

static GHashTable *
generation_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, text_free);
}

static KilterGridText *
shape (KilterGridLayouts *layouts, KilterGridFont font, const char *text, int max_width)
{
  KilterGridText *shaped = g_new (KilterGridText, 1);

  shaped->layout = pango_layout_new (layouts->context);
  pango_layout_set_single_paragraph_mode (shaped->layout, TRUE);
  pango_layout_set_font_description (shaped->layout, layouts->fonts[font]);
  pango_layout_set_attributes (shaped->layout, layouts->attributes);
  pango_layout_set_text (shaped->layout, text, -1);
  pango_layout_get_pixel_size (shaped->layout, &shaped->width, &shaped->height);
  shaped->x = 0;
  if (max_width >= 0 && shaped->width > max_width)
    {
      PangoRectangle logical;

      /* Right-to-left words stand at the right of the width that is set. */
      pango_layout_set_ellipsize (shaped->layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (shaped->layout, MAX (max_width, 1) * PANGO_SCALE);
      pango_layout_get_pixel_extents (shaped->layout, NULL, &logical);
      shaped->x = logical.x;
      shaped->width = logical.width;
    }
  return shaped;
}

/**
 * kilter_grid_layouts_new:
 * @context: (transfer full): a context of its own, with the scale and font options of now
 * @style: whose fonts are used
 */
KilterGridLayouts *
kilter_grid_layouts_new (PangoContext *context, const KilterGridStyle *style)
{
  KilterGridLayouts *layouts = g_new0 (KilterGridLayouts, 1);

  /* Numbers and signs read from left to right in every locale; words find their own direction. */
  layouts->context = context;
  pango_context_set_base_dir (layouts->context, PANGO_DIRECTION_LTR);
  for (int i = 0; i < KILTER_GRID_N_FONTS; i++)
    layouts->fonts[i] = pango_font_description_copy (style->fonts[i]);
  layouts->attributes = pango_attr_list_new ();
  pango_attr_list_insert (layouts->attributes, pango_attr_font_features_new ("tnum=1"));
  layouts->young = generation_new ();
  layouts->old = generation_new ();
  return layouts;
}

void
kilter_grid_layouts_free (KilterGridLayouts *layouts)
{
  if (layouts == NULL)
    return;
  g_hash_table_unref (layouts->young);
  g_hash_table_unref (layouts->old);
  for (int i = 0; i < KILTER_GRID_N_FONTS; i++)
    pango_font_description_free (layouts->fonts[i]);
  pango_attr_list_unref (layouts->attributes);
  g_object_unref (layouts->context);
  g_free (layouts);
}

/**
 * kilter_grid_layouts_get:
 * @layouts: the cache
 * @font: font of the text
 * @text: UTF-8 text of one line
 * @max_width: pixels; longer texts end in "…"; −1 for no limit
 *
 * Returns: (transfer none): the shaped text, valid until the next call
 */
const KilterGridText *
kilter_grid_layouts_get (KilterGridLayouts *layouts,
                         KilterGridFont font,
                         const char *text,
                         int max_width)
{
  char buffer[KILTER_GRID_CELL_TEXT_SIZE + 32];
  g_autofree char *long_key = NULL;
  const char *key = buffer;
  KilterGridText *shaped;
  gpointer old_key, old_value;

  if ((gsize) g_snprintf (buffer, sizeof buffer, "%x.%x.%s", (guint) font, (guint) (max_width + 1),
                          text) >= sizeof buffer)
    key = long_key = g_strdup_printf ("%x.%x.%s", (guint) font, (guint) (max_width + 1), text);

  shaped = g_hash_table_lookup (layouts->young, key);
  if (shaped)
    return shaped;

  if (g_hash_table_size (layouts->young) >= GENERATION_SIZE)
    {
      g_hash_table_unref (layouts->old);
      layouts->old = g_steal_pointer (&layouts->young);
      layouts->young = generation_new ();
    }
  if (g_hash_table_steal_extended (layouts->old, key, &old_key, &old_value))
    {
      g_hash_table_insert (layouts->young, old_key, old_value);
      return old_value;
    }
  shaped = shape (layouts, font, text, max_width);
  g_hash_table_insert (layouts->young, g_strdup (key), shaped);
  return shaped;
}

guint
kilter_grid_layouts_get_size (const KilterGridLayouts *layouts)
{
  return g_hash_table_size (layouts->young) + g_hash_table_size (layouts->old);
}
