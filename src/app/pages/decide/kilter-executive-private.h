/* kilter-executive-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/widgets/kilter-chart-view.h"
#include "app/pages/decide/kilter-executive-page.h"

G_BEGIN_DECLS

struct _KilterExecutivePage
{
  KilterPage parent_instance;

  GtkStack *stack;
  GtkFlowBox *figures;
  GtkLabel *progress;
  GtkLabel *changed;
  GtkBox *signature;
  GtkImage *signature_icon;
  GtkLabel *signature_text;
  GtkBox *decisions;
  GtkWidget *no_decisions;
  GtkLabel *actions_title;
  GtkListBox *actions;
  KilterChartView *families;
  GtkWidget *risks_card;
  KilterChartView *risks;
  AdwBreakpoint *phone;

  /* of the plan that is approved now: it is verified once */
  KilterDocument *verified_in; /* not owned, only compared */
  KilterVersion verified;

  gboolean is_phone;
  char *headline;
};

typedef enum
{
  KILTER_EXECUTIVE_REVENUE,
  KILTER_EXECUTIVE_MARGIN,
  KILTER_EXECUTIVE_STOCK,
  KILTER_EXECUTIVE_SERVICE,
  KILTER_EXECUTIVE_LOAD,
  KILTER_N_EXECUTIVE_FIGURES,
} KilterExecutiveFigure;

/* kilter-executive-drill.c: what is behind one of them */
void kilter_executive_drill (KilterExecutivePage *self, KilterExecutiveFigure figure);

/* kilter-executive-figures.c: five figures with what they are measured against */
void kilter_executive_show_figures (KilterExecutivePage *self);

/* kilter-executive-cards.c: a card for each decision of the cycle, and what came of the last
 * meeting */
void kilter_executive_show_decisions (KilterExecutivePage *self);
void kilter_executive_show_actions (KilterExecutivePage *self);
/* decisions of the cycle, and how many of them have no answer */
int kilter_executive_count_decisions (const KilterPlan *plan, int *out_open);
/* (nullable): the name of a person */
const char *kilter_executive_get_person (const KilterPlan *plan, int person);

/* kilter-executive-approve.c: answers, and the approval of the plan */
void kilter_executive_decide (KilterExecutivePage *self, int decision, const char *state);
void kilter_executive_ask (KilterExecutivePage *self, int decision, const char *state);
void kilter_executive_take_back (KilterExecutivePage *self, int decision);
gboolean kilter_executive_can_approve (KilterExecutivePage *self);
void kilter_executive_ask_approval (KilterExecutivePage *self);
/* approves the baseline; FALSE when it was refused, which is reported */
gboolean kilter_executive_approve (KilterExecutivePage *self, const char *who, gboolean sign);
/* who signed the plan that is approved in this cycle, and whether that holds */
void kilter_executive_show_signature (KilterExecutivePage *self);

G_END_DECLS
