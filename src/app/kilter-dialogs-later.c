/* kilter-dialogs-later.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/kilter-dialogs.h"

void
kilter_next_cycle_dialog_present (GtkWidget *parent, KilterDocument *document)
{
}
void
kilter_calendar_dialog_present (GtkWidget *parent, KilterDocument *document)
{
}
void
kilter_properties_dialog_present (GtkWidget *parent, KilterDocument *document)
{
}
void
kilter_scenario_dialog_present (GtkWidget *parent, KilterDocument *document, KilterSession *session)
{
}
void
kilter_filters_dialog_present (GtkWidget *parent, KilterDocument *document, KilterSession *session, KilterPageNeeds needs)
{
}
