/* kilter-pack.c: meeting packs: pages, and the file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/kilter-pack.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "report/kilter-language.h"
#include "report/kilter-pack-private.h"

#define EXECUTIVE_PAGES 12
#define SMALL_TEXT 0.84

typedef struct
{
  KilterChartRect area;
  KilterTable *table;
  int first;
  int n;
  KilterChart *chart;
  gboolean is_small;
  KilterBlockDraw draw;
  gpointer data;
  GDestroyNotify destroy;
  char *link;
  char *anchor;
} Block;

struct _KilterSheet
{
  char *section;
  char *outline;
  GPtrArray *more; /* entries of the outline for what stands below the first table */
  int level;
  char *title;
  char *subtitle;
  GArray *blocks;
};

struct _KilterPack
{
  KilterPaper paper;
  char *language;
  char *title;
  char *name;
  char *author;
  char *printed;
  char *footer;
  char *footer_middle;
  char *plan_name;
  char *cycle;
  KilterMeeting meeting;
  KilterChartStyle *style;
  GPtrArray *sheets;
};

/* --- meetings and their sections --- */

typedef struct
{
  const char *key;
  const char *name;
  KilterSectionFunc add;
} Section;

static const Section demand_sections[] = {
  { "result", N_ ("Last Period against Plan"), kilter_pack_add_result },
  { "accuracy", N_ ("Forecast Accuracy"), kilter_pack_add_accuracy },
  { "exceptions", N_ ("Exceptions"), kilter_pack_add_exceptions },
  { "changes", N_ ("What Changed"), kilter_pack_add_changes },
  { "consensus", N_ ("Consensus by Family"), kilter_pack_add_consensus },
  { "products", N_ ("Launches and Phase-Outs"), kilter_pack_add_products },
  { "assumptions", N_ ("Assumptions"), kilter_pack_add_assumptions },
  { "actions", N_ ("Actions"), kilter_pack_add_actions },
};

static const Section supply_sections[] = {
  { "scorecard", N_ ("Key Metrics"), kilter_pack_add_scorecard },
  { "capacity", N_ ("Capacity"), kilter_pack_add_capacity },
  { "stock", N_ ("Stock"), kilter_pack_add_stock },
  { "gaps", N_ ("Gaps"), kilter_pack_add_gaps },
  { "scenarios", N_ ("Scenarios"), kilter_pack_add_scenarios },
  { "actions", N_ ("Actions"), kilter_pack_add_actions },
};

static const Section pre_sections[] = {
  { "status", N_ ("Cycle Status"), kilter_pack_add_status },
  { "record", N_ ("Decisions and Actions"), kilter_pack_add_record },
  { "scorecard", N_ ("Key Metrics"), kilter_pack_add_scorecard },
  { "changes", N_ ("What Changed"), kilter_pack_add_changes },
  { "gaps", N_ ("Gaps"), kilter_pack_add_gaps },
  { "families", N_ ("S&OP Sheets"), kilter_pack_add_families },
  { "capacity", N_ ("Capacity"), kilter_pack_add_capacity },
  { "scenarios", N_ ("Scenarios"), kilter_pack_add_scenarios },
  { "finance", N_ ("Financial Reconciliation"), kilter_pack_add_finance },
  { "risks", N_ ("Risks and Opportunities"), kilter_pack_add_risks },
  { "assumptions", N_ ("Assumptions"), kilter_pack_add_assumptions },
  { "products", N_ ("Launches and Phase-Outs"), kilter_pack_add_products },
  { "recommendations", N_ ("Recommendations"), kilter_pack_add_recommendations },
};

static const Section executive_sections[] = {
  { "summary", N_ ("Summary"), kilter_pack_add_summary },
  { "decisions", N_ ("Decisions Asked"), kilter_pack_add_decisions },
  { "finance", N_ ("Financial Reconciliation"), kilter_pack_add_finance },
  { "demand", N_ ("Demand Highlights"), kilter_pack_add_demand },
  { "supply", N_ ("Supply Highlights"), kilter_pack_add_supply },
  { "families", N_ ("Families with a Gap"), kilter_pack_add_families },
  { "risks", N_ ("Risks and Assumptions"), kilter_pack_add_risks },
  { "record", N_ ("Decisions and Actions"), kilter_pack_add_record },
  { "approved", N_ ("Approved Plan"), kilter_pack_add_approved },
};

static const Section monitor_sections[] = {
  { "scorecard", N_ ("Key Metrics"), kilter_pack_add_scorecard },
  { "result", N_ ("Last Period against Plan"), kilter_pack_add_result },
  { "accuracy", N_ ("Forecast Accuracy"), kilter_pack_add_accuracy },
  { "record", N_ ("Decisions and Actions"), kilter_pack_add_record },
};

typedef struct
{
  const char *key;
  const char *name;
  const char *pack_name;
  const Section *sections;
  gsize n_sections;
} Meeting;

static const Meeting meetings[KILTER_N_MEETINGS] = {
  [KILTER_MEETING_DEMAND] = { "demand", N_ ("Demand Review"), N_ ("Demand review pack"),
                              demand_sections, G_N_ELEMENTS (demand_sections) },
  [KILTER_MEETING_SUPPLY] = { "supply", N_ ("Supply Review"), N_ ("Supply review pack"),
                              supply_sections, G_N_ELEMENTS (supply_sections) },
  [KILTER_MEETING_PRE] = { "pre", N_ ("Pre-S&OP Meeting"), N_ ("Pre-S&OP pack"), pre_sections,
                           G_N_ELEMENTS (pre_sections) },
  [KILTER_MEETING_EXECUTIVE] = { "executive", N_ ("Executive S&OP Meeting"), N_ ("Executive S&OP pack"),
                                 executive_sections, G_N_ELEMENTS (executive_sections) },
  [KILTER_MEETING_MONITOR] = { "monitor", N_ ("Monitor"), N_ ("Monitor pack"), monitor_sections,
                               G_N_ELEMENTS (monitor_sections) },
};

const char *
kilter_meeting_get_key (KilterMeeting meeting)
{
  g_return_val_if_fail (meeting < KILTER_N_MEETINGS, NULL);
  return meetings[meeting].key;
}

/**
 * kilter_meeting_from_string:
 *
 * Returns: %FALSE when no meeting has this key
 */
gboolean
kilter_meeting_from_string (const char *key, KilterMeeting *out_meeting)
{
  for (int m = 0; m < KILTER_N_MEETINGS; m++)
    if (g_strcmp0 (meetings[m].key, key) == 0)
      {
        *out_meeting = m;
        return TRUE;
      }
  return FALSE;
}

const char *
kilter_meeting_get_name (KilterMeeting meeting)
{
  g_return_val_if_fail (meeting < KILTER_N_MEETINGS, NULL);
  return _(meetings[meeting].name);
}

GArray *
kilter_meeting_get_sections (KilterMeeting meeting)
{
  GArray *sections = g_array_new (FALSE, FALSE, sizeof (KilterPackSection));

  g_return_val_if_fail (meeting < KILTER_N_MEETINGS, sections);
  for (gsize i = 0; i < meetings[meeting].n_sections; i++)
    {
      KilterPackSection section = { meetings[meeting].sections[i].key,
                                    meetings[meeting].sections[i].name };

      g_array_append_val (sections, section);
    }
  return sections;
}

/* --- sheets --- */

static void
clear_block (gpointer data)
{
  Block *block = data;

  kilter_table_unref (block->table);
  g_clear_pointer (&block->chart, kilter_chart_free);
  if (block->destroy != NULL)
    block->destroy (block->data);
  g_free (block->link);
  g_free (block->anchor);
}

static void
free_sheet (gpointer data)
{
  KilterSheet *sheet = data;

  g_free (sheet->section);
  g_free (sheet->outline);
  g_ptr_array_unref (sheet->more);
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
KilterSheet *
kilter_builder_add_page (
  KilterPackBuilder *self, const char *outline, int level, const char *title, const char *subtitle)
{
  KilterSheet *sheet = g_new0 (KilterSheet, 1);

  sheet->section = g_strdup (self->section);
  sheet->outline = g_strdup (outline);
  sheet->level = level;
  sheet->title = g_strdup (title);
  sheet->subtitle = g_strdup (subtitle);
  sheet->more = g_ptr_array_new_with_free_func (g_free);
  sheet->blocks = g_array_new (FALSE, TRUE, sizeof (Block));
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

static double
add_words (KilterPackBuilder *self,
           KilterSheet *sheet,
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
  kilter_sheet_add_draw (sheet, &(KilterChartRect){ x, y, width, height }, draw_words, words, free_words);
  return height;
}

double
kilter_sheet_add_text (KilterPackBuilder *self,
                       KilterSheet *sheet,
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
 * kilter_sheet_add_heading:
 * @subtitle: (nullable):
 *
 * The heading of a part of a page.
 *
 * Returns: the height used, with the room below it
 */
double
kilter_sheet_add_heading (KilterPackBuilder *self,
                          KilterSheet *sheet,
                          double x,
                          double y,
                          double width,
                          const char *title,
                          const char *subtitle)
{
  double used = add_words (self, sheet, x, y, width, title, "H2",
                           &(KilterPrintText){ .size = KILTER_PRINT_HEADING, .is_bold = TRUE, .max_lines = 2 });

  if (subtitle != NULL)
    used += 1 + add_words (self, sheet, x, y + used + 1, width, subtitle, "P",
                           &(KilterPrintText){ .size = KILTER_PRINT_TEXT,
                                               .role = KILTER_CHART_ROLE_DIM_TEXT, .max_lines = 2 });
  return used + 6;
}

void
kilter_sheet_add_chart (KilterSheet *sheet, const KilterChartRect *area, KilterChart *chart)
{
  Block block = { .area = *area, .chart = chart };

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
kilter_sheet_add_small_chart (KilterSheet *sheet, const KilterChartRect *area, KilterChart *chart)
{
  Block block = { .area = *area, .chart = chart, .is_small = TRUE };

  if (chart != NULL)
    g_array_append_val (sheet->blocks, block);
}

void
kilter_sheet_add_draw (KilterSheet *sheet,
                       const KilterChartRect *area,
                       KilterBlockDraw draw,
                       gpointer data,
                       GDestroyNotify destroy)
{
  Block block = { .area = *area, .draw = draw, .data = data, .destroy = destroy };

  g_array_append_val (sheet->blocks, block);
}

void
kilter_sheet_add_anchor (KilterSheet *sheet, const char *name)
{
  Block block = { .anchor = g_strdup (name) };

  g_array_append_val (sheet->blocks, block);
}

void
kilter_sheet_add_link (KilterSheet *sheet, const KilterChartRect *area, const char *name)
{
  Block block = { .area = *area, .link = g_strdup (name) };

  g_array_append_val (sheet->blocks, block);
}

static void
add_rows (KilterSheet *sheet, const KilterChartRect *area, KilterTable *table, int first, int n)
{
  Block block = { .area = *area, .table = kilter_table_ref (table), .first = first, .n = n };

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
add_cut_table (KilterPackBuilder *self, KilterSheet *sheet, const KilterChartRect *area, KilterTable *table, int first)
{
  static const KilterPrintText look = { .size = KILTER_PRINT_SMALL, .role = KILTER_CHART_ROLE_DIM_TEXT };
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

      height += 4 + kilter_sheet_add_text (self, sheet, area->x, area->y + height + 4, area->width, text, &look);
    }
  return height;
}

double
kilter_sheet_add_table (KilterPackBuilder *self,
                        KilterSheet *sheet,
                        const KilterChartRect *area,
                        KilterTable *table)
{
  kilter_table_layout (table, &self->ink, area->width);
  return add_cut_table (self, sheet, area, table, 0);
}

/* Below the table before, where there is room; a page for three rows would be a waste. */
static KilterSheet *
add_below (KilterPackBuilder *self, const char *outline, const char *title, const char *subtitle, KilterTable *table)
{
  KilterSheet *sheet = self->last_sheet;
  int n = kilter_table_get_n_rows (table);
  double y = self->last_bottom + 26, room = self->area.y + self->area.height - y, used;

  if (sheet == NULL || kilter_table_get_height (table, 0, n) + 34 > room)
    return NULL;
  used = kilter_sheet_add_heading (self, sheet, self->area.x, y, self->area.width, title, subtitle);
  add_rows (sheet, &(KilterChartRect){ self->area.x, y + used, self->area.width, room - used }, table, 0, n);
  if (outline != NULL)
    g_ptr_array_add (sheet->more, g_strdup (outline));
  self->last_bottom = y + used + kilter_table_get_height (table, 0, n);
  return sheet;
}

KilterSheet *
kilter_builder_add_table_pages (KilterPackBuilder *self,
                                const char *outline,
                                const char *title,
                                const char *subtitle,
                                KilterTable *table,
                                int max_pages,
                                double *out_bottom)
{
  int all = kilter_table_get_n_rows (table), first = 0, pages = 0;
  KilterSheet *sheet = NULL;
  double bottom = self->area.y;

  kilter_table_layout (table, &self->ink, self->area.width);
  sheet = add_below (self, outline, title, subtitle, table);
  if (sheet != NULL)
    {
      bottom = self->last_bottom;
      first = all;
    }
  while (first < all)
    {
      gboolean last = max_pages > 0 && pages + 1 >= max_pages;
      int n = kilter_table_fit (table, first, self->area.height);
      g_autofree char *again = NULL;

      if (pages > 0)
        /* Translators: the title of a page that goes on from the one before */
        again = g_strdup_printf (_("%s (continued)"), title);
      sheet = kilter_builder_add_page (
        self, pages == 0 ? outline : NULL, 0, again != NULL ? again : title, subtitle);
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

/* --- numbers --- */

double
kilter_builder_sum (
  KilterPackBuilder *self, KilterVersion version, KilterMeasure measure, const KilterScope *scope)
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
  double total = NAN;

  kilter_plan_aggregate_in (self->plan, version, measure, scope, in, values);
  for (int t = self->first; t < self->first + self->n; t++)
    if (!isnan (values[t]))
      total = isnan (total) ? values[t] : total + values[t];
  return total;
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

KilterChartTone
kilter_tone_of_status (KilterStatus status)
{
  switch (status)
    {
    case KILTER_STATUS_ON:
      return KILTER_CHART_TONE_GOOD;
    case KILTER_STATUS_CLOSE:
      return KILTER_CHART_TONE_CLOSE;
    case KILTER_STATUS_OFF:
      return KILTER_CHART_TONE_BAD;
    case KILTER_STATUS_NONE:
    default:
      return KILTER_CHART_TONE_PLAIN;
    }
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

/* --- making a pack --- */

static char *
format_printed (const char *printed)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = printed != NULL ? g_date_time_new_from_iso8601 (printed, utc) : NULL;
  g_autofree char *text = NULL;

  if (time == NULL)
    /* Translators: at the foot of a printed page */
    return g_strdup (_("Confidential"));
  /* Translators: a day and a time, as for strftime(): "23 April 2026, 8:40" */
  text = g_date_time_format (time, C_ ("time", "%-d %B %Y, %-H:%M"));
  /* Translators: at the foot of a printed page; %s is a day and a time */
  return g_strdup_printf (_("Printed %s · confidential"), text);
}

static gboolean
is_ticked (const KilterPackOptions *options, const char *key)
{
  return options->sections == NULL || g_strv_contains (options->sections, key);
}

static void
add_nothing (KilterPackBuilder *self)
{
  KilterSheet *sheet;
  const char *text;
  gboolean has_plan = FALSE;
  g_autofree double *demand = g_new (double, kilter_plan_get_n_buckets (self->plan));

  kilter_subject_get (&self->subject, KILTER_DEMAND, demand);
  has_plan = kilter_has_values (demand, 0, kilter_plan_get_n_buckets (self->plan));
  self->section = "";
  sheet = kilter_builder_add_page (
    self, _("Nothing to Show"), 0,
    has_plan ? _("The chosen pages have nothing to show yet") : _("The plan holds no numbers yet"), NULL);
  text = has_plan ? _("Choose other pages, or finish the steps of the cycle that these pages report on.")
                  : _("Import sales history and run the forecast. The pack then shows demand, supply, "
                      "stock and money by family.");
  kilter_sheet_add_text (self, sheet, self->area.x, self->area.y + 6, self->area.width, text,
                         &(KilterPrintText){ .size = 10.5 });
}

static KilterVersion
find_recommended (const KilterPlan *plan, KilterVersion version)
{
  KilterVersion found = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, record)
    if (g_str_equal (kilter_record_text (record, KILTER_VERSION_STATE), "recommended") &&
        !kilter_plan_is_snapshot (plan, record->id))
      found = record->id;
  return found != version ? found : 0;
}

static void
init_builder (KilterPackBuilder *self, KilterPack *pack, KilterPlan *plan, const KilterPackOptions *options)
{
  static const KilterScope everything = { 0 };
  double values[2];

  memset (self, 0, sizeof *self);
  self->pack = pack;
  self->plan = plan;
  self->version = options->version > 0 ? options->version : KILTER_BASELINE;
  self->subject = (KilterSubject){ .plan = plan, .version = self->version };
  self->recommended = find_recommended (plan, self->version);
  self->meeting = options->meeting;
  self->first = kilter_plan_get_n_history (plan);
  self->n = MIN (MAX (kilter_plan_get_season (plan), 1), kilter_plan_get_n_horizon (plan));
  self->n = MIN (self->n, 13);
  self->pages_left = options->meeting == KILTER_MEETING_EXECUTIVE ? EXECUTIVE_PAGES : G_MAXINT;
  kilter_paper_get_content (options->paper, &self->area);
  kilter_ink_init (&self->ink, NULL, pack->style);
  values[0] = kilter_builder_sum (self, self->version, KILTER_DEMAND, &everything);
  values[1] = kilter_builder_sum (self, self->version, KILTER_REVENUE, &everything);
  kilter_format_init (&self->quantity, KILTER_UNIT_QUANTITY, values[0]);
  kilter_format_init (&self->money, KILTER_UNIT_MONEY, values[1]);
}

/**
 * kilter_pack_new:
 * @plan: read by now, and not again
 *
 * Lays out the pages of a meeting's pack. Sections without data are left out; a plan without any
 * gives one page that says so. Every number comes from the same functions as on the screen.
 *
 * Returns: (transfer full): the pack, of one page at least
 */
KilterPack *
kilter_pack_new (KilterPlan *plan, const KilterPackOptions *options)
{
  const Meeting *meeting;
  KilterPack *self;
  KilterPackBuilder builder;
  g_auto (KilterLanguage) language = { 0 };

  g_return_val_if_fail (plan != NULL && options != NULL, NULL);
  g_return_val_if_fail (options->meeting < KILTER_N_MEETINGS, NULL);

  meeting = &meetings[options->meeting];
  kilter_language_push (&language, options->language);
  self = g_new0 (KilterPack, 1);
  self->paper = options->paper;
  self->meeting = options->meeting;
  self->language = g_strdup (options->language);
  self->style = kilter_paper_style_new (
    options->is_grey,
    options->language != NULL ? options->language : pango_language_to_string (pango_language_get_default ()));
  self->sheets = g_ptr_array_new_with_free_func (free_sheet);
  self->name = g_strdup (_(meeting->pack_name));
  self->author = g_strdup (options->author);
  self->printed = g_strdup (options->printed);
  self->footer_middle = format_printed (options->printed);
  self->plan_name = g_strdup (kilter_plan_get_name (plan) != NULL ? kilter_plan_get_name (plan) : "");
  self->cycle = kilter_format_bucket (plan, kilter_plan_get_n_history (plan));

  init_builder (&builder, self, plan, options);
  /* Translators: the plan, the kind of pack, the cycle's month: the name of a PDF file's content */
  self->title = g_strdup_printf (_("%s · %s · %s"), self->plan_name, _(meeting->pack_name), self->cycle);
  {
    const char *scenario = kilter_version_name (plan, builder.version);

    if (builder.version == KILTER_BASELINE || *scenario == '\0')
      /* Translators: at the foot of a page: the plan, the kind of pack, the cycle's month */
      self->footer = g_strdup_printf (_("%s · %s · %s cycle"), self->plan_name, _(meeting->pack_name), self->cycle);
    else
      /* Translators: at the foot of a page: the plan, the kind of pack, the cycle's month, a scenario */
      self->footer = g_strdup_printf (_("%s · %s · %s cycle · scenario %s"), self->plan_name,
                                      _(meeting->pack_name), self->cycle, scenario);
  }
  for (gsize i = 0; i < meeting->n_sections; i++)
    if (is_ticked (options, meeting->sections[i].key) && builder.pages_left > 0)
      {
        builder.section = meeting->sections[i].key;
        meeting->sections[i].add (&builder);
      }
  if (self->sheets->len == 0)
    add_nothing (&builder);
  kilter_ink_clear (&builder.ink);
  return self;
}

void
kilter_pack_free (KilterPack *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->sheets);
  kilter_chart_style_free (self->style);
  g_free (self->language);
  g_free (self->title);
  g_free (self->name);
  g_free (self->author);
  g_free (self->printed);
  g_free (self->footer);
  g_free (self->footer_middle);
  g_free (self->plan_name);
  g_free (self->cycle);
  g_free (self);
}

int
kilter_pack_get_n_pages (const KilterPack *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return (int) self->sheets->len;
}

/**
 * kilter_pack_get_page_size:
 * @out_width: (out): points
 * @out_height: (out): points
 */
void
kilter_pack_get_page_size (const KilterPack *self, double *out_width, double *out_height)
{
  g_return_if_fail (self != NULL);
  kilter_paper_get_size (self->paper, out_width, out_height);
}

const char *
kilter_pack_get_title (const KilterPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->title;
}

/**
 * kilter_pack_get_file_name:
 *
 * Returns: (transfer full): a name for the file, such as "Bluebird Foods executive 2026-04.pdf"
 */
char *
kilter_pack_get_file_name (const KilterPack *self)
{
  char *name;

  g_return_val_if_fail (self != NULL, NULL);
  name = g_strdup_printf ("%s, %s, %s.pdf", self->plan_name, meetings[self->meeting].key, self->cycle);
  return g_strdelimit (name, "/\\:*?\"<>|", '-');
}

static const KilterSheet *
get_sheet (const KilterPack *self, int page)
{
  g_return_val_if_fail (self != NULL && page >= 0 && page < (int) self->sheets->len, NULL);
  return g_ptr_array_index (self->sheets, page);
}

const char *
kilter_pack_get_page_title (const KilterPack *self, int page)
{
  const KilterSheet *sheet = get_sheet (self, page);

  return sheet != NULL ? sheet->title : NULL;
}

/**
 * kilter_pack_get_page_outline:
 *
 * Returns: (nullable): the page's name in the outline, %NULL when it belongs to the one before
 */
const char *
kilter_pack_get_page_outline (const KilterPack *self, int page)
{
  const KilterSheet *sheet = get_sheet (self, page);

  return sheet != NULL ? sheet->outline : NULL;
}

const char *
kilter_pack_get_page_section (const KilterPack *self, int page)
{
  const KilterSheet *sheet = get_sheet (self, page);

  return sheet != NULL ? sheet->section : NULL;
}

/* --- drawing --- */

/* A link to a page that is not printed would be an error. */
static gboolean
has_anchor (const KilterPack *self, const char *name)
{
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const KilterSheet *sheet = g_ptr_array_index (self->sheets, i);

      for (guint b = 0; b < sheet->blocks->len; b++)
        if (g_strcmp0 (g_array_index (sheet->blocks, Block, b).anchor, name) == 0)
          return TRUE;
    }
  return FALSE;
}

static void
draw_block (const KilterPack *self, KilterInk *ink, const Block *block)
{
  cairo_t *cr = ink->cr;

  if (block->anchor != NULL && ink->has_tags)
    {
      g_autofree char *attributes = g_strdup_printf ("name='%s'", block->anchor);

      cairo_tag_begin (cr, CAIRO_TAG_DEST, attributes);
      cairo_tag_end (cr, CAIRO_TAG_DEST);
    }
  if (block->link != NULL && ink->has_tags && has_anchor (self, block->link))
    {
      g_autofree char *attributes =
        g_strdup_printf ("dest='%s' rect=[%d %d %d %d]", block->link, (int) block->area.x,
                         (int) block->area.y, (int) block->area.width, (int) block->area.height);

      cairo_tag_begin (cr, CAIRO_TAG_LINK, attributes);
      cairo_tag_end (cr, CAIRO_TAG_LINK);
    }
  if (block->table != NULL)
    kilter_table_draw (block->table, ink, block->area.x, block->area.y, block->first, block->n);
  if (block->chart != NULL)
    {
      kilter_ink_begin (ink, "Figure");
      cairo_save (cr);
      cairo_translate (cr, block->area.x, block->area.y);
      if (block->is_small)
        {
          g_autoptr (KilterChartStyle) small = kilter_chart_style_copy (ink->style);

          small->text_scale *= SMALL_TEXT;
          kilter_chart_draw (block->chart, cr, block->area.width, block->area.height, small);
        }
      else
        kilter_chart_draw_framed (block->chart, cr, block->area.width, block->area.height, ink->style);
      cairo_restore (cr);
      kilter_ink_end (ink, "Figure");
    }
  if (block->draw != NULL)
    block->draw (ink, &block->area, block->data);
}

static void
draw_sheet (KilterPack *self, int page, cairo_t *cr, gboolean has_tags)
{
  const KilterSheet *sheet = get_sheet (self, page);
  g_auto (KilterLanguage) language = { 0 };
  g_auto (KilterInk) ink = { 0 };
  g_autofree char *number = NULL;

  kilter_language_push_numbers (&language, self->language);
  kilter_ink_init (&ink, cr, self->style);
  ink.has_tags = has_tags;
  kilter_ink_begin (&ink, "Sect");
  number = g_strdup_printf ("%d / %u", page + 1, self->sheets->len);
  cairo_save (cr);
  kilter_paper_draw_frame (&ink, self->paper,
                           &(KilterPageFrame){ .title = sheet->title, .subtitle = sheet->subtitle,
                                               .footer = self->footer,
                                               .footer_middle = self->footer_middle,
                                               .number = number });
  for (guint i = 0; i < sheet->blocks->len; i++)
    draw_block (self, &ink, &g_array_index (sheet->blocks, Block, i));
  cairo_restore (cr);
  kilter_ink_end (&ink, "Sect");
}

/**
 * kilter_pack_draw_page:
 * @page: 0 … n − 1
 * @cr: in points, its origin at the sheet's top left corner; the ground is not painted
 *
 * Draws a page, for the printer or for a preview.
 */
void
kilter_pack_draw_page (KilterPack *self, int page, cairo_t *cr)
{
  g_return_if_fail (self != NULL && cr != NULL);
  g_return_if_fail (page >= 0 && page < (int) self->sheets->len);

  draw_sheet (self, page, cr, FALSE);
}

typedef struct
{
  GOutputStream *stream;
  GCancellable *cancellable;
  GError *error;
} Sink;

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  Sink *sink = closure;

  if (sink->error != NULL || !g_output_stream_write_all (sink->stream, data, length, NULL,
                                                         sink->cancellable, &sink->error))
    return CAIRO_STATUS_WRITE_ERROR;
  return CAIRO_STATUS_SUCCESS;
}

static void
set_properties (const KilterPack *self, cairo_surface_t *surface)
{
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, self->name);
  if (self->author != NULL && *self->author != '\0')
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Kilter");
  /* without a date, cairo would take the clock's */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                  self->printed != NULL ? self->printed : "");
}

static void
draw_pages (KilterPack *self, cairo_surface_t *surface, KilterJob *job)
{
  cairo_t *cr = cairo_create (surface);
  int parent = CAIRO_PDF_OUTLINE_ROOT;

  if (job != NULL)
    kilter_job_set_total (job, self->sheets->len);
  cairo_tag_begin (cr, "Document", NULL);
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const KilterSheet *sheet = g_ptr_array_index (self->sheets, i);
      g_autofree char *label = g_strdup_printf ("%u", i + 1);

      if (job != NULL && kilter_job_is_cancelled (job))
        break;
      cairo_pdf_surface_set_page_label (surface, label);
      if (sheet->outline != NULL)
        {
          g_autofree char *where = g_strdup_printf ("page=%u pos=[0 0]", i + 1);
          int entry = cairo_pdf_surface_add_outline (
            surface, sheet->level > 0 ? parent : CAIRO_PDF_OUTLINE_ROOT, sheet->outline, where,
            CAIRO_PDF_OUTLINE_FLAG_OPEN);

          if (sheet->level == 0)
            parent = entry;
          for (guint m = 0; m < sheet->more->len; m++)
            cairo_pdf_surface_add_outline (surface, CAIRO_PDF_OUTLINE_ROOT, g_ptr_array_index (sheet->more, m),
                                           where, CAIRO_PDF_OUTLINE_FLAG_OPEN);
        }
      draw_sheet (self, (int) i, cr, TRUE);
      if (i + 1 == self->sheets->len)
        cairo_tag_end (cr, "Document");
      cairo_show_page (cr);
      if (job != NULL)
        kilter_job_advance (job, 1);
    }
  cairo_destroy (cr);
}

/**
 * kilter_pack_write_pdf:
 * @job: (nullable): progress by pages, and cancellation
 *
 * Writes the pack as a PDF file with outline, page labels, links, structure and embedded fonts. The
 * same pack gives the same bytes.
 *
 * Returns: %FALSE with @error when it was cancelled or could not be written
 */
gboolean
kilter_pack_write_pdf (KilterPack *self, GOutputStream *stream, KilterJob *job, GError **error)
{
  Sink sink = { .stream = stream, .cancellable = job != NULL ? kilter_job_get_cancellable (job) : NULL };
  cairo_surface_t *surface;
  cairo_status_t status;
  double width, height;

  g_return_val_if_fail (self != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  kilter_paper_get_size (self->paper, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (write_cb, &sink, width, height);
  set_properties (self, surface);
  draw_pages (self, surface, job);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (job != NULL && kilter_job_is_cancelled (job))
    {
      g_clear_error (&sink.error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The pack was not finished."));
      return FALSE;
    }
  if (sink.error != NULL)
    {
      g_propagate_error (error, sink.error);
      return FALSE;
    }
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Drawing the pack failed: %s",
                   cairo_status_to_string (status));
      return FALSE;
    }
  return g_output_stream_flush (stream, sink.cancellable, error);
}

/**
 * kilter_pack_save_pdf:
 *
 * Writes the pack to a file; one that is there is replaced only when all went well.
 */
gboolean
kilter_pack_save_pdf (KilterPack *self, GFile *file, KilterJob *job, GError **error)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self != NULL && G_IS_FILE (file), FALSE);

  if (!kilter_pack_write_pdf (self, memory, job, error) || !g_output_stream_close (memory, NULL, error))
    return FALSE;
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  return g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                                  FALSE, G_FILE_CREATE_NONE, NULL, NULL, error);
}
