/* kilter-dialogs.h: the dialogs of the shell
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document/kilter-document.h"
#include "app/window/kilter-page.h"
#include "app/document/kilter-session.h"

G_BEGIN_DECLS

void kilter_new_plan_dialog_present (GtkWidget *parent);
/* @document: (nullable): %NULL for a new plan; @file: (nullable): skips the choice of a file */
void kilter_import_dialog_present (GtkWidget *parent, KilterDocument *document, GFile *file);
void kilter_finish_dialog_present (GtkWidget *parent,
                                   KilterDocument *document,
                                   KilterSession *session,
                                   int step);
void kilter_reopen_dialog_present (GtkWidget *parent, KilterDocument *document, int step);
void kilter_next_cycle_dialog_present (GtkWidget *parent, KilterDocument *document);
void kilter_calendar_dialog_present (GtkWidget *parent, KilterDocument *document);
/* kilter-template-dialog.c */
void kilter_template_dialog_present (GtkWidget *parent, KilterDocument *document);
void kilter_properties_dialog_present (GtkWidget *parent, KilterDocument *document);
void kilter_scenario_dialog_present (GtkWidget *parent,
                                     KilterDocument *document,
                                     KilterSession *session);
/* @risk: the assumption, risk or opportunity that the scenario is about */
void kilter_risk_scenario_dialog_present (GtkWidget *parent,
                                          KilterDocument *document,
                                          KilterSession *session,
                                          int risk);
void kilter_filters_dialog_present (GtkWidget *parent,
                                    KilterDocument *document,
                                    KilterSession *session,
                                    KilterPageNeeds needs);
void
kilter_search_dialog_present (GtkWidget *parent, KilterDocument *document, KilterSession *session);
void kilter_preferences_dialog_present (GtkWidget *parent);
void kilter_shortcuts_dialog_present (GtkWidget *parent);
void kilter_about_dialog_present (GtkWidget *parent);

/* @selection (nullable): the cell whose changes are asked for first */
void kilter_history_dialog_present (GtkWidget *parent,
                                    KilterDocument *document,
                                    KilterVersion version,
                                    const KilterSelection *selection);

/* the copies that were kept whenever the file was written: to look at, or to go back to */
void kilter_backups_dialog_present (GtkWidget *parent, KilterDocument *document);

/* @title, @body: what happened and what to do */
void kilter_message_dialog_present (GtkWidget *parent, const char *title, const char *body);

G_END_DECLS
