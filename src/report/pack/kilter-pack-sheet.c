/* kilter-pack-sheet.c: pages of a pack: what stands where; numbers for all sections
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/kilter-number.h"
#include "report/pack/kilter-pack-private.h"

/* --- sheets --- */

static void
clear_block (gpointer data)
{
  KilterBlock *block = data;

  kilter_table_unref (block->table);
  g_clear_pointer (&block->chart, kilter_chart_free);
  if (block->destroy != NULL)
    block->destroy (block->data);
  g_free (block->link);
  g_free (block->anchor);
}

void
kilter_pack_sheet_free (gpointer data)
{
  KilterPackSheet *sheet = data;

  g_free (sheet->section);
  g_free (sheet->outline);
  g_ptr_array_unref (sheet->more);
  g_ptr_array_unref (sheet->joined);
  g_free (sheet->title);
  g_free (sheet->subtitle);
  g_array_unref (sheet->blocks);
  g_free (sheet);
}

/**
 * kilter_builder_add_page:
 * @outline: (nullable): its entry in the outline; %NULL for none
 * @level: 0, or 1 for an entry below the one before
 *
 * Returns: (transfer none): an empty page
 */
KilterPackSheet *
kilter_builder_add_page (KilterPackBuilder *self,
                         const char *outline,
                         int level,
                         const char *title,
                         const char *subtitle)
{
  KilterPackSheet *sheet = g_new0 (KilterPackSheet, 1);

  sheet->section = g_strdup (self->section);
  sheet->outline = g_strdup (outline);
  sheet->level = level;
  sheet->title = g_strdup (title);
  sheet->subtitle = g_strdup (subtitle);
  sheet->more = g_ptr_array_new_with_free_func (g_free);
  sheet->joined = g_ptr_array_new_with_free_func (g_free);
  sheet->blocks = g_array_new (FALSE, TRUE, sizeof (KilterBlock));
  g_array_set_clear_func (sheet->blocks, clear_block);
  g_ptr_array_add (self->pack->sheets, sheet);
  self->last_sheet = NULL;
  self->pages_left--;
  return sheet;
}

typedef struct
{
  char *text;
  const char *tag;
  KilterPrintText look;
} Words;

static void
free_words (gpointer data)
{
  g_free (((Words *) data)->text);
  g_free (data);
}

static void
draw_words (KilterInk *ink, const KilterChartRect *area, gpointer data)
{
  const Words *words = data;

  kilter_ink_begin (ink, words->tag);
  kilter_ink_text (ink, words->text, area->x, area->y, &words->look);
  kilter_ink_end (ink, words->tag);
}

const char *
kilter_block_get_words (const KilterBlock *block)
{
  return block->draw == draw_words ? ((const Words *) block->data)->text : NULL;
}

static double
add_words (KilterPackBuilder *self,
           KilterPackSheet *sheet,
           double x,
           double y,
           double width,
           const char *text,
           const char *tag,
           const KilterPrintText *look)
{
  Words *words = g_new0 (Words, 1);
  double height;

  words->text = g_strdup (text);
  words->tag = tag;
  words->look = *look;
  words->look.max_width = width;
  if (words->look.max_lines == 0)
    words->look.max_lines = -1;
  kilter_ink_measure (&self->ink, text, &words->look, NULL, &height);
  kilter_pack_sheet_add_draw (sheet, &(KilterChartRect) { x, y, width, height }, draw_words, words,
                              free_words);
  return height;
}

double
kilter_pack_sheet_add_text (KilterPackBuilder *self,
                            KilterPackSheet *sheet,
                            double x,
                            double y,
                            double width,
                            const char *text,
                            const KilterPrintText *look)
{
  if (text == NULL || *text == '\0')
    return 0;
  return add_words (self, sheet, x, y, width, text, "P", look);
}

/**
 * kilter_pack_sheet_add_heading:
 * @subtitle: (nullable):
 *
 * The heading of a part of a page.
 *
 * Returns: the height used, with the room below it
 */
double
kilter_pack_sheet_add_heading (KilterPackBuilder *self,
                               KilterPackSheet *sheet,
                               double x,
                               double y,
                               double width,
                               const char *title,
                               const char *subtitle)
{
  double used = add_words (
    self, sheet, x, y, width, title, "H2",
    &(KilterPrintText) { .size = KILTER_PRINT_HEADING, .is_bold = TRUE, .max_lines = 2 });

  if (subtitle != NULL)
    used += 1 + add_words (self, sheet, x, y + used + 1, width, subtitle, "P",
                           &(KilterPrintText) { .size = KILTER_PRINT_TEXT,
                                                .role = KILTER_CHART_ROLE_DIM_TEXT,
                                                .max_lines = 2 });
  return used + 6;
}

void
kilter_pack_sheet_add_chart (KilterPackSheet *sheet,
                             const KilterChartRect *area,
                             KilterChart *chart)
{
  KilterBlock block = { .area = *area, .chart = chart };

  if (chart != NULL)
    g_array_append_val (sheet->blocks, block);
}

void
kilter_chart_retitle (KilterChart *chart, const char *title)
{
  g_autofree char *subtitle = g_strdup (kilter_chart_get_subtitle (chart));

  kilter_chart_set_title (chart, title, subtitle);
}

void
kilter_pack_sheet_add_small_chart (KilterPackSheet *sheet,
                                   const KilterChartRect *area,
                                   KilterChart *chart)
{
  KilterBlock block = { .area = *area, .chart = chart, .is_small = TRUE };

  if (chart != NULL)
    g_array_append_val (sheet->blocks, block);
}

void
kilter_pack_sheet_add_draw (KilterPackSheet *sheet,
                            const KilterChartRect *area,
                            KilterBlockDraw draw,
                            gpointer data,
                            GDestroyNotify destroy)
{
  KilterBlock block = { .area = *area, .draw = draw, .data = data, .destroy = destroy };

  g_array_append_val (sheet->blocks, block);
}

void
kilter_pack_sheet_add_data (KilterPackSheet *sheet, KilterTable *table)
{
  KilterBlock block = { .table = kilter_table_ref (table), .is_data = TRUE };

  g_array_append_val (sheet->blocks, block);
}

void
kilter_pack_sheet_add_anchor (KilterPackSheet *sheet, const char *name)
{
  KilterBlock block = { .anchor = g_strdup (name) };

  g_array_append_val (sheet->blocks, block);
}

void
kilter_pack_sheet_add_link (KilterPackSheet *sheet, const KilterChartRect *area, const char *name)
{
  KilterBlock block = { .area = *area, .link = g_strdup (name) };

  g_array_append_val (sheet->blocks, block);
}

static void
add_rows (KilterPackSheet *sheet, const KilterChartRect *area, KilterTable *table, int first, int n)
{
  KilterBlock block = { .area = *area, .table = kilter_table_ref (table), .first = first, .n = n };

  g_array_append_val (sheet->blocks, block);
}

/* How much of a table is not shown, and its notes, which would stand below its last row. */
static char *
make_rest (KilterTable *table, int rest)
{
  g_autofree char *notes = kilter_table_get_notes (table);
  g_autofree char *text = g_strdup_printf (
    ngettext ("%d more row is in the plan.", "%d more rows are in the plan.", rest), rest);

  return g_strjoin (" ", text, notes, NULL);
}

/* The rows from @first that fit into the area, and a line about the others; returns the height. */
static double
add_cut_table (KilterPackBuilder *self,
               KilterPackSheet *sheet,
               const KilterChartRect *area,
               KilterTable *table,
               int first)
{
  static const KilterPrintText look = { .size = KILTER_PRINT_SMALL,
                                        .role = KILTER_CHART_ROLE_DIM_TEXT };
  int all = kilter_table_get_n_rows (table), n = kilter_table_fit (table, first, area->height);
  double height, rest = 0;

  for (int k = 0; first + n < all && k < 2; k++)
    {
      g_autofree char *text = make_rest (table, all - first - n);
      KilterPrintText measured = look;

      measured.max_width = area->width;
      measured.max_lines = -1;
      kilter_ink_measure (&self->ink, text, &measured, NULL, &rest);
      rest += 4;
      n = kilter_table_fit (table, first, area->height - rest);
    }
  height = kilter_table_get_height (table, first, n);
  add_rows (sheet, area, table, first, n);
  if (first + n < all)
    {
      g_autofree char *text = make_rest (table, all - first - n);

      height += 4 + kilter_pack_sheet_add_text (self, sheet, area->x, area->y + height + 4,
                                                area->width, text, &look);
    }
  return height;
}

double
kilter_pack_sheet_add_table (KilterPackBuilder *self,
                             KilterPackSheet *sheet,
                             const KilterChartRect *area,
                             KilterTable *table)
{
  kilter_table_layout (table, &self->ink, area->width);
  return add_cut_table (self, sheet, area, table, 0);
}

void
kilter_builder_add_table_below (KilterPackBuilder *self,
                                KilterPackSheet *sheet,
                                const KilterChartRect *area,
                                const char *title,
                                const char *subtitle,
                                KilterTable *table)
{
  /* Translators: the title of a page that goes on from the one before */
  g_autofree char *again = g_strdup_printf (_ ("%s (continued)"), title);
  int all = kilter_table_get_n_rows (table), first;

  kilter_table_layout (table, &self->ink, area->width);
  first = kilter_table_fit (table, 0, area->height);
  add_rows (sheet, area, table, 0, first);
  while (first < all)
    {
      int n = kilter_table_fit (table, first, self->area.height);

      sheet = kilter_builder_add_page (self, NULL, 0, again, subtitle);
      add_rows (sheet, &self->area, table, first, n);
      first += n;
    }
}

/* Below the table before, where there is room; a page for three rows would be a waste. */
static KilterPackSheet *
add_below (KilterPackBuilder *self,
           const char *outline,
           const char *title,
           const char *subtitle,
           KilterTable *table)
{
  KilterPackSheet *sheet = self->last_sheet;
  int n = kilter_table_get_n_rows (table);
  double y = self->last_bottom + 26, room = self->area.y + self->area.height - y, used;

  if (sheet == NULL || kilter_table_get_height (table, 0, n) + 34 > room)
    return NULL;
  used = kilter_pack_sheet_add_heading (self, sheet, self->area.x, y, self->area.width, title,
                                        subtitle);
  add_rows (sheet, &(KilterChartRect) { self->area.x, y + used, self->area.width, room - used },
            table, 0, n);
  if (outline != NULL)
    g_ptr_array_add (sheet->more, g_strdup (outline));
  g_ptr_array_add (sheet->joined, g_strdup (self->section));
  self->last_bottom = y + used + kilter_table_get_height (table, 0, n);
  return sheet;
}

KilterPackSheet *
kilter_builder_add_table_pages (KilterPackBuilder *self,
                                const char *outline,
                                const char *title,
                                const char *subtitle,
                                KilterTable *table,
                                int max_pages,
                                double *out_bottom)
{
  int all = kilter_table_get_n_rows (table), first = 0, pages = 0;
  KilterPackSheet *sheet = NULL;
  double bottom = self->area.y;

  /* a pack with a budget of pages says how much it leaves out */
  if (self->meeting == KILTER_MEETING_EXECUTIVE)
    max_pages = 1;
  kilter_table_layout (table, &self->ink, self->area.width);
  sheet = add_below (self, outline, title, subtitle, table);
  if (sheet != NULL)
    {
      bottom = self->last_bottom;
      first = all;
    }
  while (first < all && self->pages_left > 0)
    {
      gboolean last = max_pages > 0 && pages + 1 >= max_pages;
      int n = kilter_table_fit (table, first, self->area.height);
      g_autofree char *again = NULL;

      if (pages > 0)
        /* Translators: the title of a page that goes on from the one before */
        again = g_strdup_printf (_ ("%s (continued)"), title);
      sheet = kilter_builder_add_page (self, pages == 0 ? outline : NULL, 0,
                                       again != NULL ? again : title, subtitle);
      if (last)
        {
          bottom = self->area.y + add_cut_table (self, sheet, &self->area, table, first);
          break;
        }
      add_rows (sheet, &self->area, table, first, n);
      bottom = self->area.y + kilter_table_get_height (table, first, n);
      first += n;
      pages++;
    }
  self->last_sheet = sheet;
  self->last_bottom = bottom;
  if (out_bottom != NULL)
    *out_bottom = bottom;
  return sheet;
}

void
kilter_builder_leave_room (KilterPackBuilder *self, KilterPackSheet *sheet, double bottom)
{
  self->last_sheet = sheet;
  self->last_bottom = bottom;
}

/* "Apr 2026–Mar 2027" is too long for a column of a total. */
void
kilter_builder_set_months (KilterPackBuilder *self,
                           KilterTable *table,
                           int column,
                           int first,
                           int n,
                           KilterColumnFlags flags)
{
  for (int t = 0; t < n; t++)
    {
      g_autofree char *label = kilter_format_bucket_short (self->plan, first + t);

      kilter_table_set_column (table, column + t, label,
                               KILTER_COLUMN_NUMBER | KILTER_COLUMN_EQUAL |
                                 (t == 0 ? flags : flags & ~KILTER_COLUMN_RULE));
    }
}

/* --- numbers --- */

double
kilter_builder_sum (KilterPackBuilder *self,
                    KilterVersion version,
                    KilterMeasure measure,
                    const KilterScope *scope)
{
  return kilter_plan_aggregate_time (self->plan, version, measure, scope, self->first, self->n);
}

double
kilter_builder_sum_in (KilterPackBuilder *self,
                       KilterVersion version,
                       KilterMeasure measure,
                       const KilterScope *scope,
                       KilterMeasuredIn in)
{
  g_autofree double *values = g_new (double, kilter_plan_get_n_buckets (self->plan));

  kilter_plan_aggregate_in (self->plan, version, measure, scope, in, values);
  return kilter_number_sum (values, self->first, self->n);
}

void
kilter_pack_sum_pairs (const double *a,
                       const double *b,
                       int first,
                       int n,
                       double *out_a,
                       double *out_b)
{
  *out_a = *out_b = NAN;
  for (int t = first; t < first + n; t++)
    if (!isnan (a[t]) && !isnan (b[t]))
      {
        *out_a = isnan (*out_a) ? a[t] : *out_a + a[t];
        *out_b = isnan (*out_b) ? b[t] : *out_b + b[t];
      }
}

static gboolean
read_day (const char *iso, GDate *out_date)
{
  g_autofree char *day = iso != NULL ? g_strndup (iso, 10) : NULL;

  return day != NULL && kilter_date_parse_iso (day, out_date);
}

char *
kilter_builder_format_day (KilterPackBuilder *self, const char *iso)
{
  int year = kilter_bucket_get_year (kilter_plan_get_bucket_kind (self->plan),
                                     kilter_plan_get_cycle (self->plan));
  g_autoptr (GDateTime) time = NULL;
  GDate date;

  if (!read_day (iso, &date))
    return g_strdup ("");
  if (g_date_get_year (&date) == year)
    return kilter_date_get_label (&date);
  time = g_date_time_new_utc (g_date_get_year (&date), (int) g_date_get_month (&date),
                              g_date_get_day (&date), 12, 0, 0);
  return g_date_time_format (time, C_ ("date", "%-d %B %Y"));
}

gboolean
kilter_builder_get_day (KilterPackBuilder *self, GDate *out_day)
{
  return read_day (self->pack->printed, out_day);
}

int
kilter_builder_days_late (KilterPackBuilder *self, const char *iso)
{
  GDate date, printed;

  if (!read_day (iso, &date) || !kilter_builder_get_day (self, &printed))
    return 0;
  return MAX (g_date_days_between (&date, &printed), 0);
}

gboolean
kilter_has_values (const double *values, int first, int n)
{
  for (int t = MAX (first, 0); t < first + n; t++)
    if (!isnan (values[t]))
      return TRUE;
  return FALSE;
}

KilterChartTone
kilter_tone_of (double good)
{
  if (isnan (good) || good == 0)
    return KILTER_CHART_TONE_PLAIN;
  return good > 0 ? KILTER_CHART_TONE_GOOD : KILTER_CHART_TONE_BAD;
}

const char *
kilter_person_name (const KilterPlan *plan, const KilterRecord *record, int field)
{
  int person = kilter_record_ref (record, field);

  return person > 0 ? kilter_plan_get_key (plan, KILTER_TABLE_PERSON, person) : "";
}

const char *
kilter_version_name (const KilterPlan *plan, KilterVersion version)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_VERSION, version);

  return record != NULL ? kilter_record_text (record, KILTER_VERSION_NAME) : "";
}

/**
 * kilter_builder_get_families:
 *
 * Returns: (transfer full) (element-type int): the families that have demand in the year ahead
 */
GArray *
kilter_builder_get_families (KilterPackBuilder *self)
{
  GArray *families = g_array_new (FALSE, FALSE, sizeof (int));

  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_FAMILY, family)
    {
      KilterScope scope = { .family = family->id };
      double demand = kilter_builder_sum (self, self->version, KILTER_DEMAND, &scope);

      if (demand > 0)
        g_array_append_val (families, family->id);
    }
  return families;
}
