/* kilter-pivot-state.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-pivot-state.h"

#include <glib/gi18n-lib.h>

static const KilterPivotKind kinds[] = {
  { "family-product", N_ ("Family ▸ Product"), { KILTER_PIVOT_FAMILY, KILTER_PIVOT_PRODUCT } },
  { "region-family", N_ ("Region ▸ Family"), { KILTER_PIVOT_REGION, KILTER_PIVOT_FAMILY } },
  { "channel-product", N_ ("Channel ▸ Product"), { KILTER_PIVOT_CHANNEL, KILTER_PIVOT_PRODUCT } },
  { "product-region", N_ ("Product ▸ Region"), { KILTER_PIVOT_PRODUCT, KILTER_PIVOT_REGION } },
  { "line-product", N_ ("Line ▸ Product"), { KILTER_PIVOT_LINE, KILTER_PIVOT_PRODUCT } },
};

guint
kilter_pivot_get_n_kinds (void)
{
  return G_N_ELEMENTS (kinds);
}

const KilterPivotKind *
kilter_pivot_get_kind (guint index)
{
  return &kinds[index < G_N_ELEMENTS (kinds) ? index : 0];
}

void
kilter_pivot_state_init (KilterPivotState *self)
{
  *self = (KilterPivotState) { .sort_measure = -1,
                               .sort_bucket = KILTER_BUCKET_NONE,
                               .filter_measure = -1,
                               .filter_bucket = KILTER_BUCKET_NONE };
}

/* "sort=consensus/down/2026-07" and "filter=consensus/least/2026-07/5000" */
static void
parse_sort (KilterPivotState *self, char **parts, KilterBucketKind kind)
{
  int measure = kilter_measure_from_key (parts[0]);
  KilterBucket bucket;

  if (g_strv_length (parts) != 3 || measure < 0)
    return;
  bucket = kilter_bucket_from_string (kind, parts[2]);
  if (bucket == KILTER_BUCKET_NONE)
    return;
  self->sort_measure = measure;
  self->sort_down = g_str_equal (parts[1], "down");
  self->sort_bucket = bucket;
}

static void
parse_filter (KilterPivotState *self, char **parts, KilterBucketKind kind)
{
  int measure = kilter_measure_from_key (parts[0]);
  KilterBucket bucket;
  double value;

  if (g_strv_length (parts) != 4 || measure < 0 || !kilter_number_from_c (parts[3], &value))
    return;
  bucket = kilter_bucket_from_string (kind, parts[2]);
  if (bucket == KILTER_BUCKET_NONE)
    return;
  self->filter_measure = measure;
  self->filter_below = g_str_equal (parts[1], "most");
  self->filter_bucket = bucket;
  self->filter_value = value;
}

void
kilter_pivot_state_parse (KilterPivotState *self, const char *text, KilterBucketKind kind)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);

  kilter_pivot_state_init (self);
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *value = strchr (words[i], '=');
      g_auto (GStrv) parts = NULL;

      if (value == NULL)
        continue;
      parts = g_strsplit (value + 1, "/", -1);
      if (parts[0] == NULL)
        continue;
      if (g_str_has_prefix (words[i], "sort="))
        parse_sort (self, parts, kind);
      else if (g_str_has_prefix (words[i], "filter="))
        parse_filter (self, parts, kind);
      else if (g_str_has_prefix (words[i], "group="))
        for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
          if (g_str_equal (kinds[k].key, value + 1))
            self->kind = (int) k;
    }
}

/**
 * kilter_pivot_state_print:
 *
 * Returns: (transfer full): a text that kilter_pivot_state_parse() reads
 */
char *
kilter_pivot_state_print (const KilterPivotState *self, KilterBucketKind kind)
{
  GString *text = g_string_new ("group=");

  g_string_append (text, kilter_pivot_get_kind ((guint) self->kind)->key);
  if (self->sort_measure >= 0)
    {
      g_autofree char *bucket = kilter_bucket_to_string (kind, self->sort_bucket);

      g_string_append_printf (text, " sort=%s/%s/%s",
                              kilter_measure_get_info ((KilterMeasure) self->sort_measure)->key,
                              self->sort_down ? "down" : "up", bucket);
    }
  if (self->filter_measure >= 0)
    {
      g_autofree char *bucket = kilter_bucket_to_string (kind, self->filter_bucket);
      g_autofree char *value = kilter_number_to_c (self->filter_value);

      g_string_append_printf (text, " filter=%s/%s/%s/%s",
                              kilter_measure_get_info ((KilterMeasure) self->filter_measure)->key,
                              self->filter_below ? "most" : "least", bucket, value);
    }
  return g_string_free_and_steal (text);
}
