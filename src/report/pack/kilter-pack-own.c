/* kilter-pack-own.c: which pages a plan's packs have, in which order; pages put together by people
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pack/kilter-pack-own.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "report/pack/kilter-pack-private.h"
#include "report/words/kilter-headline.h"

/* Both are settings of the plan, so that they are undone, logged and merged like all of it:
 *   pack-pre     agenda,-status,page-1      a minus before what is left out
 *   pack-page-1  the title, then a line for each chart or table:
 *                figure=load unit=0 family=3
 */
#define LAYOUT "pack-%s"
#define PAGE "pack-page-%d"
#define PAGE_KEY "page-%d"
#define MOST_PAGES 99
#define GAP 18

/* --- order of a pack --- */

static void
free_entry (gpointer data)
{
  KilterPackEntry *entry = data;

  g_free (entry->key);
  g_free (entry->name);
  g_free (entry);
}

static const char *
get_layout (const KilterPlan *plan, KilterMeeting meeting)
{
  g_autofree char *key = g_strdup_printf (LAYOUT, kilter_meeting_get_key (meeting));
  const char *text = kilter_plan_get_setting (plan, key);

  return text != NULL ? text : "";
}

static KilterPackEntry *
find_entry (const GPtrArray *entries, const char *key)
{
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (((KilterPackEntry *) entries->pdata[i])->key, key))
      return entries->pdata[i];
  return NULL;
}

static void
add_entry (GPtrArray *entries, const char *key, const char *name, gboolean is_chosen, gboolean own)
{
  KilterPackEntry *entry = g_new0 (KilterPackEntry, 1);

  entry->key = g_strdup (key);
  entry->name = g_strdup (name);
  entry->is_chosen = is_chosen;
  entry->is_own = own;
  g_ptr_array_add (entries, entry);
}

/* Every section and every own page, in their usual order. */
static GPtrArray *
list_all (const KilterPlan *plan, KilterMeeting meeting)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (free_entry);
  g_autoptr (GArray) sections = kilter_meeting_get_sections (meeting);
  g_autoptr (GArray) pages = kilter_own_page_list (plan);

  for (guint i = 0; i < sections->len; i++)
    {
      const KilterPackSection *section = &g_array_index (sections, KilterPackSection, i);

      add_entry (entries, section->key, _ (section->name), TRUE, FALSE);
    }
  for (guint i = 0; i < pages->len; i++)
    {
      int page = g_array_index (pages, int, i);
      g_autofree char *key = g_strdup_printf (PAGE_KEY, page);
      g_autofree char *title = kilter_own_page_get_title (plan, page);

      add_entry (entries, key, title, FALSE, TRUE);
    }
  return entries;
}

/**
 * kilter_pack_layout_is_kept:
 *
 * Returns: whether somebody chose the pages of this pack
 */
gboolean
kilter_pack_layout_is_kept (const KilterPlan *plan, KilterMeeting meeting)
{
  return *get_layout (plan, meeting) != '\0';
}

/**
 * kilter_pack_layout_get:
 *
 * Returns: (transfer full) (element-type KilterPackEntry): every page that the meeting's pack may
 *   have, in the order that was chosen. What came since then stands at the end: new sections are
 *   printed, own pages of other packs are not
 */
GPtrArray *
kilter_pack_layout_get (const KilterPlan *plan, KilterMeeting meeting)
{
  g_autoptr (GPtrArray) all = list_all (plan, meeting);
  g_auto (GStrv) keys = g_strsplit (get_layout (plan, meeting), ",", -1);
  GPtrArray *entries = g_ptr_array_new_with_free_func (free_entry);

  for (char **at = keys; *at != NULL; at++)
    {
      gboolean is_chosen = **at != '-';
      const char *key = is_chosen ? *at : *at + 1;
      const KilterPackEntry *entry = find_entry (all, key);

      if (entry != NULL && find_entry (entries, key) == NULL)
        add_entry (entries, key, entry->name, is_chosen, entry->is_own);
    }
  for (guint i = 0; i < all->len; i++)
    {
      const KilterPackEntry *entry = all->pdata[i];

      if (find_entry (entries, entry->key) == NULL)
        add_entry (entries, entry->key, entry->name, entry->is_chosen, entry->is_own);
    }
  return entries;
}

static void
set_layout (KilterCommand *command,
            const KilterPlan *plan,
            KilterMeeting meeting,
            const GPtrArray *entries)
{
  g_autofree char *key = g_strdup_printf (LAYOUT, kilter_meeting_get_key (meeting));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const KilterPackEntry *entry = entries->pdata[i];

      g_string_append_printf (text, "%s%s%s", i > 0 ? "," : "", entry->is_chosen ? "" : "-",
                              entry->key);
    }
  kilter_command_set_setting (command, plan, key, text->str);
}

/**
 * kilter_pack_layout_set:
 *
 * Returns: (transfer full): a command that keeps which pages a pack has, and their order
 */
KilterCommand *
kilter_pack_layout_set (const KilterPlan *plan, KilterMeeting meeting, const GPtrArray *entries)
{
  /* Translators: %s is a meeting */
  g_autofree char *label = g_strdup_printf (_ ("Changed the pages of the pack: %s"),
                                            kilter_meeting_get_name (meeting));
  KilterCommand *command = kilter_command_new ("pack", label);

  set_layout (command, plan, meeting, entries);
  return command;
}

/* --- own pages --- */

static const char *
get_page (const KilterPlan *plan, int page)
{
  g_autofree char *key = g_strdup_printf (PAGE, page);
  const char *text = kilter_plan_get_setting (plan, key);

  return text != NULL ? text : "";
}

GArray *
kilter_own_page_list (const KilterPlan *plan)
{
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (int));

  for (int page = 1; page <= MOST_PAGES; page++)
    if (*get_page (plan, page) != '\0')
      g_array_append_val (pages, page);
  return pages;
}

/**
 * kilter_own_page_get_title:
 *
 * Returns: (transfer full): what people called it
 */
char *
kilter_own_page_get_title (const KilterPlan *plan, int page)
{
  const char *text = get_page (plan, page), *end = strchr (text, '\n');

  return end != NULL ? g_strndup (text, (gsize) (end - text)) : g_strdup (text);
}

/**
 * kilter_own_page_count_items:
 *
 * Returns: how many charts and tables are on the page
 */
int
kilter_own_page_count_items (const KilterPlan *plan, int page)
{
  int n = 0;

  for (const char *at = get_page (plan, page); *at != '\0'; at++)
    n += *at == '\n';
  return n;
}

int
kilter_own_page_from_key (const char *key)
{
  guint64 page;

  if (!g_str_has_prefix (key, "page-") ||
      !g_ascii_string_to_unsigned (key + 5, 10, 1, MOST_PAGES, &page, NULL))
    return 0;
  return (int) page;
}

static char *
write_item (const KilterOwnItem *item)
{
  const struct
  {
    const char *name;
    int id;
  } ids[] = { { "category", item->scope.category }, { "family", item->scope.family },
              { "product", item->scope.product },   { "region", item->scope.region },
              { "channel", item->scope.channel },   { "resource", item->scope.resource } };
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "figure=%s unit=%d", item->figure, (int) item->unit);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    if (ids[i].id != 0)
      g_string_append_printf (text, " %s=%d", ids[i].name, ids[i].id);
  for (guint m = 0; m < item->n_measures; m++)
    g_string_append_printf (text, "%s%s", m == 0 ? " measures=" : "+",
                            kilter_measure_get_info (item->measures[m])->key);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The first number that has no page. */
static int
find_free_page (const KilterPlan *plan)
{
  for (int page = 1; page <= MOST_PAGES; page++)
    if (*get_page (plan, page) == '\0')
      return page;
  return 0;
}

/* The new page is printed with the meeting's pack. */
static void
choose_page (KilterCommand *command, const KilterPlan *plan, KilterMeeting meeting, int page)
{
  g_autoptr (GPtrArray) entries = kilter_pack_layout_get (plan, meeting);
  g_autofree char *key = g_strdup_printf (PAGE_KEY, page);

  if (find_entry (entries, key) == NULL)
    add_entry (entries, key, "", TRUE, TRUE);
  find_entry (entries, key)->is_chosen = TRUE;
  set_layout (command, plan, meeting, entries);
}

/**
 * kilter_own_page_add:
 * @page: the page, or 0 for a new one
 * @title: of a new page
 *
 * Returns: (transfer full) (nullable): a command that puts a chart or table on a page; %NULL with
 *   %KILTER_PLAN_ERROR_STATE when the page is full
 */
KilterCommand *
kilter_own_page_add (const KilterPlan *plan,
                     int page,
                     const char *title,
                     KilterMeeting meeting,
                     const KilterOwnItem *item,
                     GError **error)
{
  g_autofree char *line = write_item (item);
  g_autofree char *key = NULL, *text = NULL, *label = NULL, *name = NULL;
  gboolean is_new = page == 0;
  KilterCommand *command;

  if (!is_new && kilter_own_page_count_items (plan, page) >= KILTER_OWN_MOST)
    {
      g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                   _ ("A page holds at most %d charts and tables. Add this one to a new page."),
                   KILTER_OWN_MOST);
      return NULL;
    }
  if (is_new)
    page = find_free_page (plan);
  if (page == 0)
    {
      g_set_error (error, KILTER_PLAN_ERROR, KILTER_PLAN_ERROR_STATE,
                   _ ("A plan holds at most %d own pages. Remove one first."), MOST_PAGES);
      return NULL;
    }
  name = is_new ? g_strdup (title) : kilter_own_page_get_title (plan, page);
  g_strdelimit (name, "\n\r", ' ');
  if (*g_strstrip (name) == '\0')
    g_set_str (&name, _ ("Own Page"));
  key = g_strdup_printf (PAGE, page);
  text = g_strdup_printf ("%s\n%s", is_new ? name : get_page (plan, page), line);
  /* Translators: %s is the title of a page */
  label = g_strdup_printf (_ ("Added to the page “%s”"), name);
  command = kilter_command_new ("pack", label);
  kilter_command_set_setting (command, plan, key, text);
  if (is_new)
    choose_page (command, plan, meeting, page);
  return command;
}

/**
 * kilter_own_page_remove:
 *
 * Returns: (transfer full): a command that removes a page from all packs
 */
KilterCommand *
kilter_own_page_remove (const KilterPlan *plan, int page)
{
  g_autofree char *key = g_strdup_printf (PAGE, page);
  g_autofree char *title = kilter_own_page_get_title (plan, page);
  /* Translators: %s is the title of a page */
  g_autofree char *label = g_strdup_printf (_ ("Removed the page “%s”"), title);
  KilterCommand *command = kilter_command_new ("pack", label);

  kilter_command_set_setting (command, plan, key, "");
  return command;
}

/* --- on paper --- */

typedef struct
{
  char *figure;
  KilterSubject subject;
  GArray *measures; /* KilterMeasure */
} Item;

static void
item_clear (Item *self)
{
  g_free (self->figure);
  g_clear_pointer (&self->measures, g_array_unref);
}

static gboolean
read_id (const KilterPlan *plan, KilterTableId table, const char *text, int *out_id)
{
  guint64 id;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT, &id, NULL) ||
      kilter_plan_get_record (plan, table, (int) id) == NULL)
    return FALSE;
  *out_id = (int) id;
  return TRUE;
}

static gboolean
read_field (const KilterPlan *plan, Item *self, const char *name, const char *value)
{
  KilterScope *scope = &self->subject.scope;
  const struct
  {
    const char *name;
    KilterTableId table;
    int *id;
  } ids[] = { { "category", KILTER_TABLE_CATEGORY, &scope->category },
              { "family", KILTER_TABLE_FAMILY, &scope->family },
              { "product", KILTER_TABLE_PRODUCT, &scope->product },
              { "region", KILTER_TABLE_REGION, &scope->region },
              { "channel", KILTER_TABLE_CHANNEL, &scope->channel },
              { "resource", KILTER_TABLE_RESOURCE, &scope->resource } };
  guint64 unit;

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_str_equal (name, ids[i].name))
      return read_id (plan, ids[i].table, value, ids[i].id);
  if (g_str_equal (name, "figure"))
    g_set_str (&self->figure, value);
  else if (g_str_equal (name, "unit"))
    {
      if (!g_ascii_string_to_unsigned (value, 10, 0, KILTER_N_DISPLAY_UNITS - 1, &unit, NULL))
        return FALSE;
      self->subject.unit = (KilterDisplayUnit) unit;
    }
  else if (g_str_equal (name, "measures"))
    {
      g_auto (GStrv) keys = g_strsplit (value, "+", -1);

      for (char **at = keys; *at != NULL; at++)
        {
          int measure = kilter_measure_from_key (*at);

          if (measure >= 0)
            g_array_append_val (self->measures, measure);
        }
    }
  return TRUE;
}

/* FALSE when it is about something that is no longer in the plan. */
static gboolean
read_item (KilterPackBuilder *builder, const char *line, Item *self)
{
  g_auto (GStrv) fields = g_strsplit (line, " ", -1);

  *self = (Item) { .subject = { .plan = builder->plan, .version = builder->version },
                   .measures = g_array_new (FALSE, FALSE, sizeof (int)) };
  for (char **at = fields; *at != NULL; at++)
    {
      char *equals = strchr (*at, '=');

      if (equals == NULL)
        continue;
      *equals = '\0';
      if (!read_field (builder->plan, self, *at, equals + 1))
        return FALSE;
    }
  return self->figure != NULL;
}

static KilterChart *
make_compare (KilterPackBuilder *builder, const KilterSubject *subject)
{
  KilterVersion versions[5] = { KILTER_BASELINE };
  int n = 1, recommended = -1;

  KILTER_FOREACH_RECORD (builder->plan, KILTER_TABLE_VERSION, version)
    if (version->id != KILTER_BASELINE && !kilter_plan_is_snapshot (builder->plan, version->id) &&
        n < (int) G_N_ELEMENTS (versions))
      {
        if (version->id == builder->recommended)
          recommended = n;
        versions[n++] = version->id;
      }
  return n > 1
           ? kilter_figure_compare (subject, versions, n, recommended, builder->first, builder->n)
           : NULL;
}

static KilterChart *
make_figure (KilterPackBuilder *builder, const Item *item)
{
  const KilterSubject *subject = &item->subject;
  int first = builder->first, n = builder->n, rows;
  g_autoptr (GArray) ids = NULL;

  if (g_str_equal (item->figure, "forecast"))
    return kilter_figure_forecast (subject, &(KilterForecastFigure) { .tint_n = 0 });
  if (g_str_equal (item->figure, "consensus"))
    return kilter_figure_consensus (subject, first, n, NULL, TRUE);
  if (g_str_equal (item->figure, "change"))
    return kilter_figure_demand_change (subject, n);
  if (g_str_equal (item->figure, "events"))
    return kilter_figure_events (subject, first, n, &rows);
  if (g_str_equal (item->figure, "accuracy"))
    return kilter_figure_accuracy (subject);
  if (g_str_equal (item->figure, "lags"))
    return kilter_figure_lags (subject);
  if (g_str_equal (item->figure, "load"))
    return kilter_figure_load (subject, first, n, NULL, FALSE);
  if (g_str_equal (item->figure, "stock"))
    return kilter_figure_stock (subject, first, n, NULL, NULL, TRUE);
  if (g_str_equal (item->figure, "cover"))
    return kilter_figure_cover (subject, first, n, NULL, &ids);
  if (g_str_equal (item->figure, "materials"))
    return kilter_figure_materials (subject, first, n, NULL, &ids);
  if (g_str_equal (item->figure, "bridge"))
    return kilter_figure_bridge (subject, first, n);
  if (g_str_equal (item->figure, "families"))
    return kilter_figure_families (subject, first, n, 3);
  if (g_str_equal (item->figure, "risks"))
    return kilter_figure_risks (subject);
  if (g_str_equal (item->figure, "compare"))
    return make_compare (builder, subject);
  return NULL;
}

/* The measures of a grid over the year ahead. */
static KilterTable *
make_table (KilterPackBuilder *builder, const Item *item)
{
  KilterTable *table = kilter_table_new (builder->n + 1);
  g_autofree char *title = kilter_subject_get_title (&item->subject);

  kilter_table_set_column (table, 0, title, KILTER_COLUMN_TEXT);
  for (int t = 0; t < builder->n; t++)
    {
      g_autofree char *month = kilter_format_bucket_short (builder->plan, builder->first + t);

      kilter_table_set_column (table, t + 1, month, KILTER_COLUMN_NUMBER | KILTER_COLUMN_EQUAL);
    }
  for (guint m = 0; m < item->measures->len; m++)
    {
      KilterMeasure measure = (KilterMeasure) g_array_index (item->measures, int, m);
      g_autofree double *values = g_new (double, kilter_plan_get_n_buckets (builder->plan));
      g_autofree char *unit = NULL;
      KilterFormat format;
      int row;

      kilter_subject_get (&item->subject, measure, values);
      if (!kilter_has_values (values, builder->first, builder->n))
        continue;
      kilter_subject_init_format (&item->subject, measure, values + builder->first,
                                  (gsize) builder->n, &format);
      unit = kilter_format_get_unit_short (&format, builder->plan);
      row = kilter_table_add_row (table, kilter_measure_get_name (measure), KILTER_ROW_PLAIN);
      kilter_table_set_row_unit (table, row, unit);
      for (int t = 0; t < builder->n; t++)
        kilter_table_set_value (table, row, t + 1, &format, values[builder->first + t], FALSE);
    }
  return table;
}

/* One below the other up to two, then two beside each other. */
static KilterChartRect
get_cell (const KilterChartRect *area, int n, int i)
{
  int across = n > 2 ? 2 : 1, down = (n + across - 1) / across;
  double width = (area->width - (across - 1) * GAP) / across;
  double height = (area->height - (down - 1) * GAP) / down;

  return (KilterChartRect) { area->x + i % across * (width + GAP),
                             area->y + i / across * (height + GAP), width, height };
}

/**
 * kilter_pack_add_own:
 *
 * A page that people put together: up to four charts and tables, of the plan as it is now. What is
 * no longer in the plan is left out.
 */
void
kilter_pack_add_own (KilterPackBuilder *self, int page)
{
  g_auto (GStrv) lines = g_strsplit (get_page (self->plan, page), "\n", KILTER_OWN_MOST + 1);
  g_autofree char *span = kilter_headline_span (self->plan, self->first, self->n);
  KilterPackSheet *sheet;
  Item items[KILTER_OWN_MOST];
  int n = 0;

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL && n < KILTER_OWN_MOST; i++)
    {
      g_strdelimit (lines[i], "\n", '\0');
      if (read_item (self, lines[i], &items[n]))
        n++;
      else
        item_clear (&items[n]);
    }
  if (n == 0)
    return;
  sheet = kilter_builder_add_page (self, lines[0], 0, lines[0], span);
  for (int i = 0; i < n; i++)
    {
      KilterChartRect cell = get_cell (&self->area, n, i);

      if (g_str_equal (items[i].figure, "table"))
        {
          g_autoptr (KilterTable) table = make_table (self, &items[i]);

          kilter_pack_sheet_add_table (self, sheet, &cell, table);
        }
      else
        kilter_pack_sheet_add_chart (sheet, &cell, make_figure (self, &items[i]));
      item_clear (&items[i]);
    }
}
