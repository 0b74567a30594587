/* kilter-views.h: the table of views and their pages
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"

G_BEGIN_DECLS

/**
 * KilterPageInfo:
 * @key: within its view
 * @title: translate
 * @get_type: a descendant of #KilterPage; pages are made with g_object_new() when the view is first
 *   shown
 * @icon: (nullable): for narrow windows; %NULL takes the icon of the view
 */
typedef struct
{
  const char *key;
  const char *title;
  GType (*get_type) (void);
  const char *icon;
} KilterPageInfo;

/**
 * KilterViewInfo:
 * @key: for actions, settings and links
 * @title: translate
 * @icon: symbolic icon; steps show their marker in the sidebar
 * @step: 1 … 6, or 0
 * @pages: in their order
 */
typedef struct
{
  const char *key;
  const char *title;
  const char *icon;
  int step;
  const KilterPageInfo *pages;
  guint n_pages;
} KilterViewInfo;

guint kilter_views_get_n (void);
const KilterViewInfo *kilter_views_get (guint index);
const KilterViewInfo *kilter_views_find (const char *key);
const KilterViewInfo *kilter_views_find_step (int step);
gboolean kilter_view_has_pages (const KilterViewInfo *view);
const KilterPageInfo *kilter_view_find_page (const KilterViewInfo *view, const char *key);

G_END_DECLS
