/* kilter-pack-events.c: promotions, launches and price changes on a calendar, and what they are
 * worth SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/pack/kilter-pack-private.h"
#include "report/words/kilter-headline.h"

static KilterTable *
make_table (KilterPackBuilder *self)
{
  g_autofree char *quantity = kilter_format_get_unit_short (&self->quantity, self->plan);
  g_autofree char *more = *quantity != '\0' ? g_strdup_printf ("%s, %s", _ ("Sold more"), quantity)
                                            : g_strdup (_ ("Sold more"));
  g_autofree char *less = *quantity != '\0'
                            ? g_strdup_printf ("%s, %s", _ ("Lost elsewhere"), quantity)
                            : g_strdup (_ ("Lost elsewhere"));
  const char *const headings[] = {
    _ ("Event"),          _ ("Kind"),   _ ("When"),
    _ ("Planned uplift"), more,         less,
    _ ("Revenue"),        _ ("Margin"), C_ ("event or decision", "Cost"),
    _ ("Owner")
  };
  KilterTable *table = kilter_table_new (G_N_ELEMENTS (headings));

  for (gsize c = 0; c < G_N_ELEMENTS (headings); c++)
    kilter_table_set_column (table, (int) c, headings[c],
                             c >= 3 && c <= 8 ? KILTER_COLUMN_NUMBER : KILTER_COLUMN_TEXT);
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_EVENT, event)
    {
      KilterEventWorth worth;
      int first, last, row;

      if (!kilter_event_get_span (self->plan, event, &first, &last) || last < self->first)
        continue;
      kilter_plan_event_worth (self->plan, self->version, event->id, &worth);
      row = kilter_table_add_row (table, kilter_record_text (event, KILTER_EVENT_NAME),
                                  kilter_event_is_planned (event) ? KILTER_ROW_PLAIN
                                                                  : KILTER_ROW_DIM);
      kilter_table_set (table, row, 1,
                        kilter_event_kind_get_name (kilter_record_text (event, KILTER_EVENT_KIND)));
      kilter_table_take (table, row, 2, kilter_headline_span (self->plan, first, last - first + 1));
      kilter_table_set_ratio (table, row, 3, worth.planned, 0, TRUE);
      kilter_table_set_value (table, row, 4, &self->quantity, worth.own, TRUE);
      kilter_table_set_value (table, row, 5, &self->quantity, worth.lost, TRUE);
      kilter_table_set_money (table, row, 6, self->plan, worth.revenue, TRUE);
      kilter_table_set_money (table, row, 7, self->plan, worth.margin, TRUE);
      kilter_table_set_money (table, row, 8, self->plan, worth.cost, FALSE);
      kilter_table_set (table, row, 9, kilter_person_name (self->plan, event, KILTER_EVENT_OWNER));
    }
  kilter_table_add_note (table, _ ("Grey: proposed, not in the plan."));
  return table;
}

/**
 * kilter_pack_add_events:
 *
 * What is planned to move demand from the cycle on, product by product on a calendar, and what each
 * event is worth; left out when nothing is.
 */
void
kilter_pack_add_events (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  g_autoptr (KilterTable) table = make_table (self);
  g_autofree char *title = NULL, *subtitle = NULL, *span = NULL;
  KilterPackSheet *sheet;
  KilterChart *chart;
  double height;
  int n_rows;

  chart = kilter_figure_events (&self->subject, self->first, self->n, &n_rows);
  if (chart == NULL)
    return;
  title = g_strdup (kilter_chart_get_title (chart));
  span = kilter_headline_span (self->plan, self->first, self->n);
  /* Translators: a span of months */
  subtitle = g_strdup_printf (_ ("Promotions, launches and price changes · %s"), span);
  sheet = kilter_builder_add_page (self, _ ("Events"), 0, title, subtitle);
  kilter_chart_set_title (chart, NULL, NULL);
  height = MIN (40 + 22.0 * n_rows, area->height * 0.55);
  kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { area->x, area->y, area->width, height },
                               chart);
  if (kilter_table_get_n_rows (table) > 0)
    height += 20 + kilter_pack_sheet_add_table (self, sheet,
                                                &(KilterChartRect) { area->x, area->y + height + 20,
                                                                     area->width,
                                                                     area->height - height - 20 },
                                                table);
  kilter_builder_leave_room (self, sheet, area->y + height);
}
