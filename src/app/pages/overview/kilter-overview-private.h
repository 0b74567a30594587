/* kilter-overview-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/overview/kilter-overview-page.h"
#include "app/pages/overview/kilter-timeline.h"

G_BEGIN_DECLS

struct _KilterOverviewPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  GtkLabel *headline_label;
  GtkLabel *subtitle_label;
  GtkButton *continue_button;
  KilterTimeline *timeline;
  GtkMenuButton *person_button;
  GtkStack *task_stack;
  GtkListBox *task_list;
  GtkStack *change_stack;
  GtkListBox *change_list;
  GtkWidget *figure_box;
  GtkLabel *figure_title;
  GtkGrid *figure_grid;
  GtkListBox *data_list;

  KilterDocument *logging; /* whose log is listened to; not owned */
  int person;              /* whose tasks; 0 for everyone */
};

/* kilter-overview-steps.c */
void kilter_overview_show_steps (KilterOverviewPage *self);
char *kilter_overview_headline (KilterPlan *plan);
/* kilter-overview-tasks.c */
void kilter_overview_show_tasks (KilterOverviewPage *self);
void kilter_overview_edit_task (KilterOverviewPage *self, int task);
/* kilter-overview-figures.c */
void kilter_overview_show_figures (KilterOverviewPage *self);
void kilter_overview_show_data (KilterOverviewPage *self);
/* kilter-overview-changes.c */
void kilter_overview_show_changes (KilterOverviewPage *self);
void kilter_overview_show_history (KilterOverviewPage *self);

/* (nullable): the name of a person record */
const char *kilter_overview_person_name (const KilterPlan *plan, int person);

G_END_DECLS
