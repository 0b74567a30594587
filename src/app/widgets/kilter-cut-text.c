/* kilter-cut-text.c - what does not fit is said whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-cut-text.h"

/* Where a part of the window has a tooltip of its own, that one is shown before this is asked. */
static gboolean
query_tooltip_cb (GtkWidget *root, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  GtkWidget *under = gtk_widget_pick (root, x, y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  graphene_rect_t place;

  if (keyboard || !GTK_IS_LABEL (under) ||
      !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (under))) ||
      !gtk_widget_compute_bounds (under, root, &place))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (under)));
  gtk_tooltip_set_tip_area (tooltip,
                            &(GdkRectangle) { (int) place.origin.x, (int) place.origin.y,
                                              (int) place.size.width, (int) place.size.height });
  return TRUE;
}

/**
 * kilter_cut_text_explain:
 * @root: a window
 *
 * Shows the whole text of every label in @root that ends in dots, as its tooltip. Labels that come
 * later, and those of dialogs in the window, are included.
 */
void
kilter_cut_text_explain (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  gtk_widget_set_has_tooltip (root, TRUE);
  g_signal_connect (root, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
