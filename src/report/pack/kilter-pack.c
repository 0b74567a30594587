/* kilter-pack.c: meeting packs: pages, and the file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pack/kilter-pack.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "report/words/kilter-language.h"
#include "report/pack/kilter-pack-own.h"
#include "report/pack/kilter-pack-private.h"

#define EXECUTIVE_PAGES 12

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
  { "events", N_ ("Promotions and Events"), kilter_pack_add_events },
  { "consensus", N_ ("Consensus by Family"), kilter_pack_add_consensus },
  { "products", N_ ("Launches and Phase-Outs"), kilter_pack_add_products },
  { "assumptions", N_ ("Assumptions"), kilter_pack_add_assumptions },
  { "actions", N_ ("Actions"), kilter_pack_add_actions },
};

static const Section supply_sections[] = {
  { "scorecard", N_ ("Key Metrics"), kilter_pack_add_scorecard },
  { "capacity", N_ ("Capacity"), kilter_pack_add_capacity },
  { "stock", N_ ("Stock"), kilter_pack_add_stock },
  { "materials", N_ ("Materials"), kilter_pack_add_materials },
  { "gaps", N_ ("Gaps"), kilter_pack_add_gaps },
  { "scenarios", N_ ("Scenarios"), kilter_pack_add_scenarios },
  { "actions", N_ ("Actions"), kilter_pack_add_actions },
};

static const Section pre_sections[] = {
  { "agenda", N_ ("Agenda"), kilter_pack_add_agenda },
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
  { "minutes", N_ ("Minutes"), kilter_pack_add_minutes },
};

static const Section executive_sections[] = {
  { "summary", N_ ("Summary"), kilter_pack_add_summary },
  { "decisions", N_ ("Decisions Asked"), kilter_pack_add_decisions },
  { "finance", N_ ("Financial Reconciliation"), kilter_pack_add_finance },
  { "demand", N_ ("Demand Highlights"), kilter_pack_add_demand },
  { "supply", N_ ("Supply Highlights"), kilter_pack_add_supply },
  { "families", N_ ("Families with a Gap"), kilter_pack_add_families },
  { "risks", N_ ("Risks and Assumptions"), kilter_pack_add_risks },
  { "scorecard", N_ ("Key Metrics"), kilter_pack_add_scorecard },
  { "record", N_ ("Decisions and Actions"), kilter_pack_add_record },
  { "approved", N_ ("Approved Plan"), kilter_pack_add_approved },
  { "minutes", N_ ("Minutes"), kilter_pack_add_minutes },
};

static const Section monitor_sections[] = {
  { "scorecard", N_ ("Key Metrics"), kilter_pack_add_scorecard },
  { "result", N_ ("Last Period against Plan"), kilter_pack_add_result },
  { "to-date", N_ ("Demand to Date"), kilter_pack_add_to_date },
  { "accuracy", N_ ("Forecast Accuracy"), kilter_pack_add_accuracy },
  { "outcomes", N_ ("What Came of It"), kilter_pack_add_outcomes },
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
  [KILTER_MEETING_EXECUTIVE] = { "executive", N_ ("Executive S&OP Meeting"),
                                 N_ ("Executive S&OP pack"), executive_sections,
                                 G_N_ELEMENTS (executive_sections) },
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
  return _ (meetings[meeting].name);
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

/* --- making a pack --- */

static char *
format_printed (const char *printed)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = printed != NULL ? g_date_time_new_from_iso8601 (printed, utc) : NULL;
  g_autofree char *text = NULL;

  if (time == NULL)
    /* Translators: at the foot of a printed page */
    return g_strdup (_ ("Confidential"));
  /* Translators: a day and a time, as for strftime(): "23 April 2026, 8:40" */
  text = g_date_time_format (time, C_ ("time", "%-d %B %Y, %-H:%M"));
  /* Translators: at the foot of a printed page; %s is a day and a time */
  return g_strdup_printf (_ ("Printed %s · confidential"), text);
}

static void
add_section (KilterPackBuilder *self, const Section *section)
{
  if (self->pages_left <= 0)
    return;
  self->section = section->key;
  section->add (self);
}

/* Those that were chosen, in the order of the choice: for this pack, or for the plan's. */
static void
add_sections (KilterPackBuilder *self, const Meeting *meeting, const char *const *keys)
{
  g_autoptr (GPtrArray) entries = kilter_pack_layout_get (self->plan, self->meeting);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    if (((KilterPackEntry *) entries->pdata[i])->is_chosen)
      g_ptr_array_add (chosen, ((KilterPackEntry *) entries->pdata[i])->key);
  g_ptr_array_add (chosen, NULL);
  for (keys = keys != NULL ? keys : (const char *const *) chosen->pdata; *keys != NULL; keys++)
    {
      g_autofree char *key = g_strdup (*keys);
      int page = kilter_own_page_from_key (key);

      for (gsize i = 0; i < meeting->n_sections; i++)
        if (g_str_equal (meeting->sections[i].key, key))
          add_section (self, &meeting->sections[i]);
      if (page > 0 && self->pages_left > 0)
        {
          self->section = key;
          kilter_pack_add_own (self, page);
        }
    }
  self->section = "";
}

static void
add_nothing (KilterPackBuilder *self)
{
  KilterPackSheet *sheet;
  const char *text;
  gboolean has_plan = FALSE;
  g_autofree double *demand = g_new (double, kilter_plan_get_n_buckets (self->plan));

  kilter_subject_get (&self->subject, KILTER_DEMAND, demand);
  has_plan = kilter_has_values (demand, 0, kilter_plan_get_n_buckets (self->plan));
  self->section = "";
  sheet = kilter_builder_add_page (self, _ ("Nothing to Show"), 0,
                                   has_plan ? _ ("The chosen pages have nothing to show yet")
                                            : _ ("The plan holds no numbers yet"),
                                   NULL);
  text = has_plan
           ? _ ("Choose other pages, or finish the steps of the cycle that these pages report on.")
           : _ ("Import sales history and run the forecast. The pack then shows demand, supply, "
                "stock and money by family.");
  kilter_pack_sheet_add_text (self, sheet, self->area.x, self->area.y + 6, self->area.width, text,
                              &(KilterPrintText) { .size = 10.5 });
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
init_builder (KilterPackBuilder *self,
              KilterPack *pack,
              KilterPlan *plan,
              const KilterPackOptions *options)
{
  static const KilterScope everything = { 0 };
  double values[2];

  memset (self, 0, sizeof *self);
  self->pack = pack;
  self->plan = plan;
  self->version = options->version > 0 ? options->version : KILTER_BASELINE;
  self->subject = (KilterSubject) { .plan = plan, .version = self->version };
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

static char *
make_footer (const KilterPack *self, const KilterPackBuilder *builder)
{
  const char *scenario = kilter_version_name (builder->plan, builder->version);

  if (builder->version == KILTER_BASELINE || *scenario == '\0')
    /* Translators: at the foot of a page: the plan, the kind of pack, the cycle's month */
    return g_strdup_printf (_ ("%s · %s · %s cycle"), self->plan_name, self->name, self->cycle);
  /* Translators: at the foot of a page: the plan, the kind of pack, the cycle's month, a scenario
   */
  return g_strdup_printf (_ ("%s · %s · %s cycle · scenario %s"), self->plan_name, self->name,
                          self->cycle, scenario);
}

/* A pack without pages. @name: what it is; @key: the same in the name of its file */
static KilterPack *
begin_pack (KilterPlan *plan,
            const KilterPackOptions *options,
            const char *name,
            const char *key,
            KilterPackBuilder *out_builder)
{
  KilterPack *self = g_new0 (KilterPack, 1);

  self->paper = options->paper;
  self->meeting = options->meeting;
  self->language = g_strdup (options->language);
  self->style = kilter_paper_style_new (
    options->is_grey, options->language != NULL
                        ? options->language
                        : pango_language_to_string (pango_language_get_default ()));
  self->sheets = g_ptr_array_new_with_free_func (kilter_pack_sheet_free);
  self->name = g_strdup (name);
  self->key = g_strdup (key);
  self->author = g_strdup (options->author);
  self->printed = g_strdup (options->printed);
  self->footer_middle = format_printed (options->printed);
  self->plan_name = g_strdup (kilter_plan_get_name (plan) != NULL ? kilter_plan_get_name (plan)
                                                                  : "");
  self->cycle = kilter_format_bucket (plan, kilter_plan_get_n_history (plan));
  init_builder (out_builder, self, plan, options);
  /* Translators: the plan, the kind of pack, the cycle's month: the name of a PDF file's content */
  self->title = g_strdup_printf (_ ("%s · %s · %s"), self->plan_name, self->name, self->cycle);
  self->footer = make_footer (self, out_builder);
  return self;
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
  self = begin_pack (plan, options, _ (meeting->pack_name), meeting->key, &builder);
  add_sections (&builder, meeting, options->sections);
  if (self->sheets->len == 0)
    add_nothing (&builder);
  kilter_ink_clear (&builder.ink);
  return self;
}

/* --- what is on the screen --- */

#define CHART_HEIGHT 225.0
#define CHART_GAP 14.0

/* Room for something of a height: below what is on the page, or on the next one. */
static KilterPackSheet *
make_room (KilterPackBuilder *self,
           const KilterPackView *view,
           KilterPackSheet *sheet,
           double height,
           double *y)
{
  if (sheet != NULL && *y + height <= self->area.y + self->area.height)
    return sheet;
  *y = self->area.y;
  return kilter_builder_add_page (self, sheet == NULL ? view->name : NULL, 0, view->title,
                                  view->subtitle);
}

static void
draw_picture (KilterInk *ink, const KilterChartRect *area, gpointer data)
{
  const KilterPackPicture *picture = data;

  if (ink->cr == NULL)
    return;
  cairo_save (ink->cr);
  cairo_translate (ink->cr, area->x, area->y);
  cairo_scale (ink->cr, area->width / picture->width, area->height / picture->height);
  cairo_set_source_surface (ink->cr, picture->surface, 0, 0);
  cairo_paint (ink->cr);
  cairo_restore (ink->cr);
}

static void
free_picture (gpointer data)
{
  cairo_surface_destroy (((KilterPackPicture *) data)->surface);
  g_free (data);
}

static void
add_picture (KilterPackBuilder *self,
             const KilterPackView *view,
             const KilterPackPicture *picture,
             KilterPackSheet **sheet,
             double *y)
{
  double scale = MIN (self->area.width / picture->width, self->area.height / picture->height);
  KilterPackPicture *own = g_memdup2 (picture, sizeof *picture);

  cairo_surface_reference (own->surface);
  *sheet = make_room (self, view, *sheet, picture->height * scale, y);
  kilter_pack_sheet_add_draw (
    *sheet,
    &(KilterChartRect) { self->area.x, *y, picture->width * scale, picture->height * scale },
    draw_picture, own, free_picture);
  *y += picture->height * scale + CHART_GAP;
}

/* One below the other; what follows may stand below the last one. */
static void
add_charts (KilterPackBuilder *self, const KilterPackView *view)
{
  KilterPackSheet *sheet = NULL;
  double y = self->area.y;

  for (guint i = 0; i < view->charts->len; i++)
    {
      sheet = make_room (self, view, sheet, CHART_HEIGHT, &y);
      kilter_pack_sheet_add_chart (
        sheet, &(KilterChartRect) { self->area.x, y, self->area.width, CHART_HEIGHT },
        g_steal_pointer (&view->charts->pdata[i]));
      y += CHART_HEIGHT + CHART_GAP;
    }
  for (guint i = 0; i < view->pictures->len; i++)
    add_picture (self, view, view->pictures->pdata[i], &sheet, &y);
  self->last_sheet = sheet;
  self->last_bottom = y - CHART_GAP;
}

/**
 * kilter_pack_new_for_view:
 * @view: what is on the screen; its charts are taken over
 *
 * Lays out what somebody looks at: its charts, then its tables over as many pages as they take.
 *
 * Returns: (transfer full): the pack, of one page at least
 */
KilterPack *
kilter_pack_new_for_view (KilterPlan *plan,
                          const KilterPackOptions *options,
                          const KilterPackView *view)
{
  KilterPackBuilder builder;
  KilterPack *self;

  g_return_val_if_fail (plan != NULL && options != NULL && view != NULL, NULL);

  self = begin_pack (plan, options, view->name, view->name, &builder);
  builder.pages_left = G_MAXINT;
  builder.section = "";
  add_charts (&builder, view);
  for (guint i = 0; i < view->tables->len; i++)
    kilter_builder_add_table_pages (&builder, NULL, view->title, view->subtitle,
                                    view->tables->pdata[i], 0, NULL);
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
  g_free (self->key);
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
  name = g_strdup_printf ("%s, %s, %s.pdf", self->plan_name, self->key, self->cycle);
  return g_strdelimit (name, "/\\:*?\"<>|", '-');
}

KilterPackSheet *
kilter_pack_get_sheet (const KilterPack *self, int page)
{
  g_return_val_if_fail (self != NULL && page >= 0 && page < (int) self->sheets->len, NULL);
  return g_ptr_array_index (self->sheets, page);
}

const char *
kilter_pack_get_page_title (const KilterPack *self, int page)
{
  const KilterPackSheet *sheet = kilter_pack_get_sheet (self, page);

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
  const KilterPackSheet *sheet = kilter_pack_get_sheet (self, page);

  return sheet != NULL ? sheet->outline : NULL;
}

const char *
kilter_pack_get_page_section (const KilterPack *self, int page)
{
  const KilterPackSheet *sheet = kilter_pack_get_sheet (self, page);

  return sheet != NULL ? sheet->section : NULL;
}

/**
 * kilter_pack_page_has_section:
 *
 * Returns: whether the page is of the section, or small things of it stand there below another's
 */
gboolean
kilter_pack_page_has_section (const KilterPack *self, int page, const char *key)
{
  const KilterPackSheet *sheet = kilter_pack_get_sheet (self, page);

  return sheet != NULL &&
         (g_str_equal (sheet->section, key) ||
          g_ptr_array_find_with_equal_func (sheet->joined, key, g_str_equal, NULL));
}
