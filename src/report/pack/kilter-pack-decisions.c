/* kilter-pack-decisions.c: what is asked: boxes to tick, and a page of options for each
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "report/words/kilter-headline.h"
#include "report/pack/kilter-pack-private.h"

#define MAX_DECISIONS 4
#define GAP 26
#define BOX 9
#define BOX_STEP 23

/* --- decisions --- */

typedef struct
{
  int number;
  char *title;
  char *text;
  char *facts;
  char *state;
  double y;
  double height;
  double title_height;
  double text_height;
} Decision;

typedef struct
{
  GArray *items; /* Decision */
  char *yes;
  char *later;
  char *no;
  double step; /* from box to box: their names stand below them */
} Decisions;

static void
clear_decision (gpointer data)
{
  Decision *decision = data;

  g_free (decision->title);
  g_free (decision->text);
  g_free (decision->facts);
  g_free (decision->state);
}

static void
free_decisions (gpointer data)
{
  Decisions *decisions = data;

  g_array_unref (decisions->items);
  g_free (decisions->yes);
  g_free (decisions->later);
  g_free (decisions->no);
  g_free (decisions);
}

static void
append_fact (GString *out, char *text)
{
  if (*text != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", text);
  g_free (text);
}

/* "+$123k margin · $64k cost · Wei Zhang, 30 April" */
static char *
make_facts (KilterPackBuilder *self, const KilterRecord *record)
{
  const KilterPlan *plan = self->plan;
  GString *out = g_string_new (NULL);
  double margin = kilter_record_number (record, KILTER_DECISION_MARGIN);
  double cost = kilter_record_number (record, KILTER_DECISION_COST);
  const char *owner = kilter_person_name (plan, record, KILTER_DECISION_OWNER);
  g_autofree char *by = kilter_builder_format_day (self,
                                                   kilter_record_text (record, KILTER_DECISION_BY));

  if (!isnan (margin))
    {
      g_autofree char *money = kilter_format_money_delta (plan, margin);

      /* Translators: money: "+$123k margin" */
      append_fact (out, g_strdup_printf (_ ("%s margin"), money));
    }
  append_fact (out, g_strdup (kilter_record_text (record, KILTER_DECISION_EFFECT)));
  if (!isnan (cost))
    {
      g_autofree char *money = kilter_format_money (plan, cost);

      /* Translators: money: "$64k cost" */
      append_fact (out,
                   cost == 0 ? g_strdup (_ ("no cost")) : g_strdup_printf (_ ("%s cost"), money));
    }
  append_fact (out, g_strdup (owner));
  if (*by != '\0')
    /* Translators: the last day on which a decision can be taken: "decide by 30 April" */
    append_fact (out, g_strdup_printf (_ ("decide by %s"), by));
  return g_string_free (out, FALSE);
}

static char *
make_state (const KilterPlan *plan, const KilterRecord *record)
{
  const char *state = kilter_record_text (record, KILTER_DECISION_STATE);
  const char *who = kilter_record_text (record, KILTER_DECISION_DECIDED_BY);
  const char *word;

  if (g_str_equal (state, "approved"))
    word = _ ("Approved");
  else if (g_str_equal (state, "deferred"))
    word = _ ("Deferred");
  else if (g_str_equal (state, "rejected"))
    word = _ ("Rejected");
  else
    return NULL;
  return *who != '\0' ? g_strdup_printf ("%s, %s", word, who) : g_strdup (word);
}

static gboolean
is_current (const KilterPlan *plan, const KilterRecord *decision)
{
  const char *state = kilter_record_text (decision, KILTER_DECISION_STATE);

  return *state == '\0' || g_str_equal (state, "open") ||
         kilter_record_ref (decision, KILTER_DECISION_CYCLE) ==
           kilter_plan_get_current_cycle (plan);
}

static void
draw_boxes (KilterInk *ink, const Decisions *decisions, double right, double y)
{
  const char *const names[] = { decisions->yes, decisions->later, decisions->no };

  for (int i = 0; i < 3; i++)
    {
      double x = right - decisions->step / 2 - (2 - i) * decisions->step;

      kilter_ink_box (ink, &(KilterChartRect) { x - BOX / 2.0, y, BOX, BOX },
                      KILTER_CHART_ROLE_TEXT, 0.9);
      kilter_ink_text (ink, names[i], x, y + BOX + 2.5,
                       &(KilterPrintText) { .size = KILTER_PRINT_LEAST,
                                            .x_align = 0.5,
                                            .role = KILTER_CHART_ROLE_DIM_TEXT });
    }
}

static void
draw_decisions (KilterInk *ink, const KilterChartRect *area, gpointer data)
{
  const Decisions *decisions = data;
  double left = area->x + 24, right = area->x + area->width,
         width = area->width - 24 - 3 * decisions->step - 8;

  for (guint i = 0; i < decisions->items->len; i++)
    {
      const Decision *decision = &g_array_index (decisions->items, Decision, i);
      g_autofree char *number = g_strdup_printf ("%d", decision->number);
      KilterChartColor dark = kilter_chart_style_get_color (ink->style, KILTER_CHART_ROLE_ACTUAL);
      double y = area->y + decision->y;

      kilter_ink_begin (ink, "P");
      cairo_set_source_rgba (ink->cr, dark.red, dark.green, dark.blue, dark.alpha);
      cairo_arc (ink->cr, area->x + 8, y + 9, 7.6, 0, 2 * G_PI);
      cairo_fill (ink->cr);
      kilter_ink_text (ink, number, area->x + 8, y + 9,
                       &(KilterPrintText) { .size = 9,
                                            .is_bold = TRUE,
                                            .x_align = 0.5,
                                            .y_align = 0.5,
                                            .role = KILTER_CHART_ROLE_ON_ACTUAL });
      kilter_ink_text (
        ink, decision->title, left, y,
        &(KilterPrintText) { .size = 9.5, .is_bold = TRUE, .max_width = width, .max_lines = 2 });
      y += decision->title_height + 1.5;
      kilter_ink_text (ink, decision->text, left, y,
                       &(KilterPrintText) { .size = 8.2, .max_width = width, .max_lines = 2 });
      y += decision->text_height > 0 ? decision->text_height + 1.5 : 0;
      kilter_ink_text (
        ink, decision->facts, left, y,
        &(KilterPrintText) {
          .size = 8.2, .role = KILTER_CHART_ROLE_DIM_TEXT, .max_width = width, .max_lines = 2 });
      if (decision->state != NULL)
        kilter_ink_text (ink, decision->state, right, area->y + decision->y,
                         &(KilterPrintText) { .size = 8.2,
                                              .is_bold = TRUE,
                                              .x_align = 1,
                                              .max_width = 3 * decisions->step,
                                              .max_lines = 3 });
      else
        draw_boxes (ink, decisions, right, area->y + decision->y + 3);
      kilter_ink_end (ink, "P");
      y = area->y + decision->y + decision->height - 4;
      kilter_ink_line (ink, area->x, y, right, y, KILTER_CHART_ROLE_GRID_LINE, 0.5);
    }
}

static void
measure_decision (KilterPackBuilder *self, Decision *decision, double width)
{
  double facts = 0;

  kilter_ink_measure (
    &self->ink, decision->title,
    &(KilterPrintText) { .size = 9.5, .is_bold = TRUE, .max_width = width, .max_lines = 2 }, NULL,
    &decision->title_height);
  if (*decision->text != '\0')
    kilter_ink_measure (&self->ink, decision->text,
                        &(KilterPrintText) { .size = 8.2, .max_width = width, .max_lines = 2 },
                        NULL, &decision->text_height);
  if (*decision->facts != '\0')
    kilter_ink_measure (&self->ink, decision->facts,
                        &(KilterPrintText) { .size = 8.2, .max_width = width, .max_lines = 2 },
                        NULL, &facts);
  decision->height = MAX (decision->title_height + 1.5 + decision->text_height + 1.5 + facts, 24) +
                     9;
}

static double
get_box_step (KilterPackBuilder *self, const Decisions *decisions)
{
  const char *const names[] = { decisions->yes, decisions->later, decisions->no };
  double step = BOX_STEP;

  for (int i = 0; i < 3; i++)
    {
      double width;

      kilter_ink_measure (&self->ink, names[i], &(KilterPrintText) { .size = KILTER_PRINT_LEAST },
                          &width, NULL);
      step = MAX (step, width + 7);
    }
  return step;
}

/* The decisions of this cycle with boxes to tick; returns the height used, 0 when there is none. */
/* Decisions with boxes to tick, as many as fit into the area; @only: one of them, or 0. Returns the
 * height used. */
double
kilter_pack_add_decision_list (KilterPackBuilder *self,
                               KilterPackSheet *sheet,
                               const KilterChartRect *area,
                               int only)
{
  Decisions *decisions = g_new0 (Decisions, 1);
  double y = 0, width;
  int number = 0, left_out = 0;

  decisions->items = g_array_new (FALSE, TRUE, sizeof (Decision));
  g_array_set_clear_func (decisions->items, clear_decision);
  decisions->yes = g_strdup (C_ ("decision", "Yes"));
  decisions->later = g_strdup (C_ ("decision", "Later"));
  decisions->no = g_strdup (C_ ("decision", "No"));
  decisions->step = get_box_step (self, decisions);
  width = area->width - 24 - 3 * decisions->step - 8;
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_DECISION, record)
    {
      Decision decision = { 0 };

      if (!is_current (self->plan, record))
        continue;
      number++;
      if (only > 0 && record->id != only)
        continue;
      decision.number = number;
      decision.title = g_strdup (kilter_record_text (record, KILTER_DECISION_TITLE));
      decision.text = g_strdup (kilter_record_text (record, KILTER_DECISION_TEXT));
      decision.facts = make_facts (self, record);
      decision.state = make_state (self->plan, record);
      measure_decision (self, &decision, width);
      decision.y = y;
      if (y + decision.height > area->height ||
          decisions->items->len >= (only > 0 ? 1 : MAX_DECISIONS))
        {
          clear_decision (&decision);
          left_out++;
          continue;
        }
      y += decision.height;
      g_array_append_val (decisions->items, decision);
    }
  if (decisions->items->len == 0)
    {
      free_decisions (decisions);
      return 0;
    }
  for (guint i = 0; i < decisions->items->len && only == 0; i++)
    {
      const Decision *decision = &g_array_index (decisions->items, Decision, i);
      g_autofree char *name = g_strdup_printf ("decision-%d", decision->number);

      kilter_pack_sheet_add_link (
        sheet,
        &(KilterChartRect) { area->x, area->y + decision->y, width + 24, decision->height - 5 },
        name);
    }
  kilter_pack_sheet_add_draw (sheet, &(KilterChartRect) { area->x, area->y, area->width, y },
                              draw_decisions, decisions, free_decisions);
  if (left_out > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%d more decision follows in the pack.",
                                                         "%d more decisions follow in the pack.",
                                                         left_out),
                                               left_out);

      y += 2 +
           kilter_pack_sheet_add_text (
             self, sheet, area->x, area->y + y, area->width, text,
             &(KilterPrintText) { .size = KILTER_PRINT_SMALL, .role = KILTER_CHART_ROLE_DIM_TEXT });
    }
  return y;
}

/* --- decisions, one by one --- */

static void
add_decision_page (KilterPackBuilder *self,
                   const KilterRecord *record,
                   int number,
                   int pages_before)
{
  const KilterChartRect *area = &self->area;
  KilterVersion scenario = kilter_record_ref (record, KILTER_DECISION_SCENARIO);
  g_autofree char *title = g_strdup_printf (
    /* Translators: a number, and what is asked */
    _ ("Decision %d: %s"), number, kilter_record_text (record, KILTER_DECISION_TITLE));
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (KilterVersion));
  g_autofree char *span = kilter_headline_span (self->plan, self->first, self->n);
  /* Translators: a span of months */
  g_autofree char *subtitle = g_strdup_printf (_ ("The options and their effect · %s"), span);
  g_autofree char *anchor = g_strdup_printf ("decision-%d", number);
  KilterPackSheet *sheet = kilter_builder_add_page (self, title, pages_before > 0 ? 1 : 0, title,
                                                    subtitle);
  double y = area->y, half = (area->width - GAP) / 2, height;
  int recommended = -1;
  KilterChart *chart;

  kilter_pack_sheet_add_anchor (sheet, anchor);
  y += kilter_pack_add_decision_list (
         self, sheet, &(KilterChartRect) { area->x, y, area->width, 120 }, record->id) +
       8;
  g_array_append_val (versions, self->version);
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_VERSION, version)
    if (!kilter_plan_is_snapshot (self->plan, version->id) && version->id != self->version &&
        (versions->len < 5 || version->id == scenario))
      {
        if (version->id == scenario)
          recommended = (int) versions->len;
        g_array_append_val (versions, version->id);
      }
  height = 172;
  chart = kilter_figure_compare (&self->subject, (KilterVersion *) (gpointer) versions->data,
                                 (int) versions->len, recommended, self->first, self->n);
  kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { area->x, y, area->width, height },
                               chart);
  y += height + 16;
  for (int side = 0; side < 2; side++)
    {
      KilterVersion version = side == 0 ? self->version : scenario;
      double x = area->x + side * (half + GAP), used, natural = 0;

      chart = kilter_pack_make_load (self, version, FALSE, self->first, self->n, 8, 0, half);
      if (chart == NULL)
        continue;
      {
        /* Translators: the name of a scenario */
        g_autofree char *heading = g_strdup_printf (_ ("Load with “%s”"),
                                                    kilter_version_name (self->plan, version));

        used = kilter_pack_sheet_add_heading (
          self, sheet, x, y, half, heading, /* xgettext:no-c-format */ _ ("% of regular capacity"));
      }
      kilter_chart_set_title (chart, NULL, NULL);
      kilter_chart_measure (chart, self->ink.style, NULL, NULL, &natural);
      kilter_pack_sheet_add_small_chart (
        sheet,
        &(KilterChartRect) { x, y + used, half, MIN (area->y + area->height - y - used, natural) },
        chart);
    }
}

/**
 * kilter_pack_add_decisions:
 *
 * A page for each open decision that has a scenario, with the options side by side; the others
 * stand on the summary.
 */
void
kilter_pack_add_decisions (KilterPackBuilder *self)
{
  int number = 0, pages = 0;

  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_DECISION, record)
    {
      KilterVersion scenario = kilter_record_ref (record, KILTER_DECISION_SCENARIO);

      if (!is_current (self->plan, record))
        continue;
      number++;
      if (scenario > 0 && scenario != self->version && pages < MAX_DECISIONS &&
          kilter_plan_get_record (self->plan, KILTER_TABLE_VERSION, scenario) != NULL)
        {
          add_decision_page (self, record, number, pages);
          pages++;
        }
    }
}
