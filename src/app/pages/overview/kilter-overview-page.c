/* kilter-overview-page.c: the state of the cycle
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/overview/kilter-overview-page.h"

#include <glib/gi18n-lib.h>

struct _KilterOverviewPage
{
  KilterPage parent_instance;
};

G_DEFINE_FINAL_TYPE (KilterOverviewPage, kilter_overview_page, KILTER_TYPE_PAGE)

static void
kilter_overview_page_class_init (KilterOverviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kilter_sop/Kilter/ui/overview-page.ui");
}

static void
kilter_overview_page_init (KilterOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
