/* test-pack.c: meeting packs: pages, numbers, files, languages
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack-sample.h"
#include "plan-fixture.h"

#include "plan/kilter-insight.h"
#include "report/kilter-figure.h"
#include "report/kilter-language.h"
#include "report/kilter-pack.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#define PRINTED "2026-04-23T08:40:00"

static const KilterScope everything = { 0 };

/* --- plans --- */

/* The small company with supply, budget, decisions, actions and risks. */
static KilterPlan *
make_plan (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("fixture", "");
  g_autoptr (KilterCommand) scenario = NULL;
  KilterVersion version = 0;

  plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Ana Duarte", "role", "Managing director",
                    NULL);
  plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Ngọc Lê", "role", "Finance", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RESOURCE, "code", "L1", "name", "Line 1 · Cups", "kind",
                    "machine", "hours", "400", NULL);
  for (int p = CUP; p <= JUICE; p++)
    {
      g_autofree char *product = g_strdup_printf ("%d", p);

      plan_fixture_add (plan, KILTER_TABLE_RATE, "product", product, "resource", "1", "hours",
                        "0.2", NULL);
      for (int t = 24; t < 36; t++)
        kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_REGULAR, KILTER_LAYER_FACT,
                                  p, t, 350 * p);
    }
  for (int s = 1; s <= 6; s++)
    for (int t = 24; t < 36; t++)
      kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_BUDGET, KILTER_LAYER_FACT, s,
                                t, 190 * ((s + 1) / 2) + t);
  kilter_plan_apply (plan, command);
  scenario = kilter_scenario_new (plan, KILTER_BASELINE, "Build Early", "Ana",
                                  "2026-04-14T09:00:00Z", &version, NULL);
  kilter_command_set_stamp (scenario, "Ana", "2026-04-14T09:00:00Z");
  kilter_plan_apply (plan, scenario);
  {
    g_autofree char *id = g_strdup_printf ("%d", version);

    plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title",
                      "Build cups early for the summer", "text", "Line 1 is full from June on.",
                      "margin", "123000", "cost", "64000", "owner", "1", "decide_by", "2026-04-30",
                      "scenario", id, "state", "open", NULL);
  }
  plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title", "Close the old line",
                    "state", "approved", "decided_by", "Ana Duarte", "decided_at", "2026-03-26",
                    NULL);
  plan_fixture_add (plan, KILTER_TABLE_ACTION, "title", "Offer for the cold store", "owner", "2",
                    "due", "2026-05-29", "state", "open", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "risk", "text", "Mango pulp price rises 12 %",
                    "effect", "-520000", "likelihood", "0.4", "state", "open", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "assumption", "text",
                    "Two chains list the cup", "state", "open", NULL);
  return plan;
}

static KilterPackOptions
make_options (KilterMeeting meeting)
{
  return (KilterPackOptions) { .meeting = meeting, .printed = PRINTED, .author = "Sara Okafor" };
}

static GBytes *
write_bytes (KilterPack *pack)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (kilter_pack_write_pdf (pack, stream, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* pdftotext writes every kind of space as a plain one */
static char *
with_plain_spaces (const char *text)
{
  g_autoptr (GString) out = g_string_new (text);

  g_string_replace (out, "\u202f", " ", 0);
  g_string_replace (out, "\u00a0", " ", 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Runs a program over the pack's file; NULL when it is not installed. */
static char *
run_over (KilterPack *pack, const char *program, const char *option)
{
  g_autoptr (GBytes) bytes = write_bytes (pack);
  g_autofree char *path = g_find_program_in_path (program);
  g_autofree char *folder = NULL;
  g_autofree char *file = NULL;
  const char *argv[6];
  int n = 0;
  char *out = NULL;

  if (path == NULL)
    return NULL;
  folder = g_dir_make_tmp ("kilter-pack-XXXXXX", NULL);
  file = g_build_filename (folder, "pack.pdf", NULL);
  g_assert_true (g_file_set_contents (file, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  argv[n++] = path;
  if (option != NULL)
    argv[n++] = option;
  if (g_str_equal (program, "pdftohtml"))
    {
      argv[n++] = "-stdout";
      argv[n++] = "-i";
    }
  argv[n++] = file;
  argv[n] = g_str_equal (program, "pdftotext") ? "-" : NULL;
  {
    char *all[8] = { NULL };

    for (int i = 0; i <= n; i++)
      all[i] = (char *) argv[i];
    g_assert_true (g_spawn_sync (NULL, all, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out,
                                 NULL, NULL, NULL));
  }
  g_unlink (file);
  g_rmdir (folder);
  {
    char *plain = with_plain_spaces (out);

    g_free (out);
    return plain;
  }
}

/* --- drawing --- */

/* KILTER_PACK_KEEP names a folder for packs that are to be looked at. */
static void
keep (KilterPack *pack, const char *name)
{
  const char *folder = g_getenv ("KILTER_PACK_KEEP");

  if (folder != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_assert_true (kilter_pack_save_pdf (pack, file, NULL, NULL));
    }
}

/* No page leaves the frame: its edges stay white. */
static void
check_pages (KilterPack *pack)
{
  double width, height;

  kilter_pack_get_page_size (pack, &width, &height);
  for (int page = 0; page < kilter_pack_get_n_pages (pack); page++)
    {
      int w = (int) width, h = (int) height;
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, w, h);
      cairo_t *cr = cairo_create (surface);
      const unsigned char *data;
      int stride, ink = 0;

      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      kilter_pack_draw_page (pack, page, cr);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_surface_flush (surface);
      data = cairo_image_surface_get_data (surface);
      stride = cairo_image_surface_get_stride (surface);
      for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
          if ((((const guint32 *) (gconstpointer) (data + y * stride))[x] & 0xffffff) != 0xffffff)
            {
              if (x < 32 || x > w - 32 || y < 18 || y > h - 12)
                g_error ("%s, page %d: ink at %d, %d", kilter_pack_get_title (pack), page + 1, x,
                         y);
              ink++;
            }
      g_assert_cmpint (ink, >, 500);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
      g_assert_nonnull (kilter_pack_get_page_title (pack, page));
      g_assert_cmpstr (kilter_pack_get_page_title (pack, page), !=, "");
    }
}

static void
check_all (KilterPlan *plan, gboolean thorough)
{
  static const char *const languages[] = { NULL, "vi", "zh_CN" };

  for (int m = 0; m < KILTER_N_MEETINGS; m++)
    for (int paper = KILTER_PAPER_A4; paper <= KILTER_PAPER_LETTER; paper++)
      for (gsize l = 0; l < G_N_ELEMENTS (languages); l++)
        {
          KilterPackOptions options = make_options (m);
          g_autoptr (KilterPack) pack = NULL;

          if (!thorough && paper == KILTER_PAPER_LETTER && l != 1)
            continue;
          options.paper = paper;
          options.language = languages[l];
          options.is_grey = l == 1;
          pack = kilter_pack_new (plan, &options);
          g_assert_cmpint (kilter_pack_get_n_pages (pack), >=, 1);
          if (m == KILTER_MEETING_EXECUTIVE)
            g_assert_cmpint (kilter_pack_get_n_pages (pack), <=, 12);
          check_pages (pack);
        }
}

static void
test_all_fixture (void)
{
  KilterPlan *plan = make_plan ();

  check_all (plan, TRUE);
  kilter_plan_free (plan);
}

static void
test_all_sample (void)
{
  g_autoptr (GError) error = NULL;
  KilterPlan *plan = pack_sample_new (NULL, &error);

  g_assert_no_error (error);
  check_all (plan, FALSE);
  kilter_plan_free (plan);
}

/* --- what is in it --- */

static void
test_sections (void)
{
  KilterPlan *plan = make_plan ();

  for (int m = 0; m < KILTER_N_MEETINGS; m++)
    {
      g_autoptr (GArray) sections = kilter_meeting_get_sections (m);
      KilterMeeting meeting;

      g_assert_true (kilter_meeting_from_string (kilter_meeting_get_key (m), &meeting));
      g_assert_cmpint (meeting, ==, m);
      g_assert_cmpuint (sections->len, >=, 4);
      for (guint i = 0; i < sections->len; i++)
        {
          const KilterPackSection *section = &g_array_index (sections, KilterPackSection, i);
          const char *const only[] = { section->key, NULL };
          KilterPackOptions options = make_options (m);
          g_autoptr (KilterPack) pack = NULL;

          options.sections = only;
          pack = kilter_pack_new (plan, &options);
          g_assert_cmpint (kilter_pack_get_n_pages (pack), >=, 1);
          /* its own pages, or the one that says that it has nothing to show */
          for (int p = 0; p < kilter_pack_get_n_pages (pack); p++)
            if (*kilter_pack_get_page_section (pack, p) != '\0')
              g_assert_cmpstr (kilter_pack_get_page_section (pack, p), ==, section->key);
        }
    }
  g_assert_false (kilter_meeting_from_string ("board", &(KilterMeeting) { 0 }));
  kilter_plan_free (plan);
}

static gboolean
has_section (KilterPack *pack, const char *key)
{
  for (int p = 0; p < kilter_pack_get_n_pages (pack); p++)
    if (g_strcmp0 (kilter_pack_get_page_section (pack, p), key) == 0)
      return TRUE;
  return FALSE;
}

static void
test_contents (void)
{
  static const char *const pre[] = { "status",   "record",      "scorecard",      "gaps",
                                     "families", "capacity",    "scenarios",      "finance",
                                     "risks",    "assumptions", "recommendations" };
  static const char *const executive[] = { "summary", "decisions", "finance", "demand",
                                           "supply",  "risks",     "record" };
  KilterPlan *plan = make_plan ();
  KilterPackOptions options = make_options (KILTER_MEETING_PRE);
  g_autoptr (KilterPack) a = kilter_pack_new (plan, &options);
  g_autoptr (KilterPack) b = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (pre); i++)
    if (!has_section (a, pre[i]))
      g_error ("section %s is missing", pre[i]);
  /* there is no approved plan to compare with */
  g_assert_false (has_section (a, "changes"));
  options.meeting = KILTER_MEETING_EXECUTIVE;
  b = kilter_pack_new (plan, &options);
  for (gsize i = 0; i < G_N_ELEMENTS (executive); i++)
    if (!has_section (b, executive[i]))
      g_error ("section %s is missing", executive[i]);
  g_assert_false (has_section (b, "approved"));
  kilter_plan_free (plan);
}

static void
assert_has (const char *text, char *wanted)
{
  g_autofree char *expected = with_plain_spaces (wanted);

  g_free (wanted);
  if (strstr (text, expected) == NULL)
    g_error ("“%s” is not in the pack:\n%s", expected, text);
}

/* the figures on paper are those of the plan, written as everywhere */
static void
test_numbers (void)
{
  KilterPlan *plan = make_plan ();
  KilterPackOptions options = make_options (KILTER_MEETING_EXECUTIVE);
  g_autoptr (KilterPack) pack = kilter_pack_new (plan, &options);
  g_autofree char *text = run_over (pack, "pdftotext", "-layout");
  KilterKeyFigures figures;
  KilterFormat money;
  double gap;

  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      kilter_plan_free (plan);
      return;
    }
  kilter_plan_key_figures (plan, KILTER_BASELINE, &everything, 24, 12, &figures);
  g_assert_cmpfloat (figures.unmet, >, 1);
  g_assert_cmpfloat (figures.budget_revenue, >, 0);
  {
    const double values[] = { figures.revenue, figures.budget_revenue };

    kilter_format_init_for (&money, KILTER_UNIT_MONEY, values, 2);
  }
  gap = figures.revenue - figures.budget_revenue;
  assert_has (text, kilter_format_value (&money, figures.revenue));
  assert_has (text, kilter_format_value (&money, figures.budget_revenue));
  assert_has (text, kilter_format_ratio_delta (gap / figures.budget_revenue, 1));
  assert_has (text, kilter_format_ratio (figures.margin_share, 1));
  assert_has (text, kilter_format_ratio (figures.service, 1));
  assert_has (text, kilter_format_money (plan, fabs (gap)));
  assert_has (text, g_strdup ("Build cups early for the summer"));
  assert_has (text, g_strdup ("+$123k margin"));
  assert_has (text, g_strdup ("Ngọc Lê"));
  assert_has (text, g_strdup ("Printed 23 April 2026, 8:40"));
  kilter_plan_free (plan);
}

/* each month of a family's sheet */
static void
test_sheet_numbers (void)
{
  static const char *const only[] = { "families", NULL };
  KilterPlan *plan = make_plan ();
  KilterPackOptions options = make_options (KILTER_MEETING_PRE);
  g_autoptr (KilterPack) pack = NULL;
  g_autofree char *text = NULL;
  KilterSubject subject = { .plan = plan, .version = KILTER_BASELINE, .scope = { .family = ICE } };
  static const KilterMeasure measures[] = { KILTER_DEMAND, KILTER_SUPPLY, KILTER_STOCK };
  double values[36], largest[36];
  KilterFormat format;

  options.sections = only;
  pack = kilter_pack_new (plan, &options);
  g_assert_cmpint (kilter_pack_get_n_pages (pack), ==, 2);
  text = run_over (pack, "pdftotext", "-layout");
  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      kilter_plan_free (plan);
      return;
    }
  kilter_subject_get (&subject, KILTER_DEMAND, largest);
  kilter_format_init_for (&format, KILTER_UNIT_QUANTITY, largest + 21, 15);
  for (gsize m = 0; m < G_N_ELEMENTS (measures); m++)
    {
      kilter_subject_get (&subject, measures[m], values);
      for (int t = 24; t < 36; t++)
        assert_has (text, kilter_format_value (&format, values[t]));
    }
  kilter_plan_free (plan);
}

/* --- the file --- */

/* what is late depends on the day of printing, never on the clock */
static void
test_day_of_printing (void)
{
  static const char *const only[] = { "record", NULL };
  static const struct
  {
    const char *printed;
    const char *expected;
    const char *missing;
  } cases[] = {
    { "2026-05-28T08:00:00", "29 May", "late" },
    { "2026-06-08T08:00:00", "10 days late", "1 day late" },
    { "2027-05-30T08:00:00", "366 days late", "29 May 2026" },
    { NULL, "29 May", "late" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KilterPlan *plan = make_plan ();
      KilterPackOptions options = make_options (KILTER_MEETING_PRE);
      g_autoptr (KilterPack) pack = NULL;
      g_autofree char *text = NULL;

      options.printed = cases[i].printed;
      options.sections = only;
      pack = kilter_pack_new (plan, &options);
      kilter_plan_free (plan);
      text = run_over (pack, "pdftotext", "-layout");
      if (text == NULL)
        {
          g_test_skip ("pdftotext is not installed");
          return;
        }
      assert_has (text, g_strdup (cases[i].expected));
      g_assert_null (strstr (text, cases[i].missing));
    }
}

static void
test_reproducible (void)
{
  KilterPlan *plan = make_plan ();
  KilterPackOptions options = make_options (KILTER_MEETING_PRE);
  g_autoptr (KilterPack) first = kilter_pack_new (plan, &options);
  g_autoptr (KilterPack) second = kilter_pack_new (plan, &options);
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;
  g_autoptr (GBytes) c = NULL;

  /* the pack holds all that it shows */
  kilter_plan_free (plan);
  a = write_bytes (first);
  check_pages (second);
  b = write_bytes (second);
  c = write_bytes (first);
  g_assert_true (g_bytes_equal (a, b));
  g_assert_true (g_bytes_equal (a, c));
}

static void
test_fonts (void)
{
  KilterPlan *plan = make_plan ();
  KilterPackOptions options = make_options (KILTER_MEETING_EXECUTIVE);
  g_autoptr (KilterPack) pack = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int fonts = 0;

  options.language = "zh_CN";
  pack = kilter_pack_new (plan, &options);
  text = run_over (pack, "pdffonts", NULL);
  kilter_plan_free (plan);
  if (text == NULL)
    {
      g_test_skip ("pdffonts is not installed");
      return;
    }
  lines = g_strsplit (text, "\n", -1);
  for (int i = 2; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      /* columns from the end: object ID (two), uni, sub, emb */
      g_auto (GStrv) words = g_strsplit_set (g_strstrip (lines[i]), " ", -1);
      g_autoptr (GPtrArray) kept = g_ptr_array_new ();

      for (char **word = words; *word != NULL; word++)
        if (**word != '\0')
          g_ptr_array_add (kept, *word);
      g_assert_cmpuint (kept->len, >=, 6);
      g_assert_cmpstr (g_ptr_array_index (kept, kept->len - 5), ==, "yes");
      fonts++;
    }
  g_assert_cmpint (fonts, >=, 2);
}

static void
test_outline_and_properties (void)
{
  KilterPlan *plan = make_plan ();
  KilterPackOptions options = make_options (KILTER_MEETING_PRE);
  g_autoptr (KilterPack) pack = kilter_pack_new (plan, &options);
  g_autofree char *info = run_over (pack, "pdfinfo", NULL);
  g_autofree char *html = run_over (pack, "pdftohtml", "-xml");
  g_autofree char *pages = NULL;

  kilter_plan_free (plan);
  if (info == NULL || html == NULL)
    {
      g_test_skip ("poppler-utils are not installed");
      return;
    }
  assert_has (info, g_strdup ("Fixture · Pre-S&OP pack · April 2026"));
  assert_has (info, g_strdup ("Sara Okafor"));
  assert_has (info, g_strdup ("Tagged:          yes"));
  assert_has (info, g_strdup ("Apr 23 08:40:00 2026"));
  pages = g_strdup_printf ("Pages:           %d\n", kilter_pack_get_n_pages (pack));
  assert_has (info, g_steal_pointer (&pages));
  assert_has (html, g_strdup ("<outline>"));
  for (int p = 0; p < kilter_pack_get_n_pages (pack); p++)
    if (kilter_pack_get_page_outline (pack, p) != NULL)
      {
        g_autofree char *name = g_markup_escape_text (kilter_pack_get_page_outline (pack, p), -1);
        g_autofree char *item = g_strdup_printf ("page=\"%d\">%s</item>", p + 1, name);

        if (strstr (html, item) == NULL)
          g_error ("%s is not in the outline", item);
      }
}

/* decisions on the summary lead to their pages, where these are printed */
static void
test_links (void)
{
  static const char *const alone[] = { "summary", NULL };
  KilterPlan *plan = make_plan ();
  KilterPackOptions options = make_options (KILTER_MEETING_EXECUTIVE);
  g_autoptr (KilterPack) whole = kilter_pack_new (plan, &options);
  g_autoptr (KilterPack) summary = NULL;
  g_autofree char *with = NULL;
  g_autofree char *without = NULL;

  options.sections = alone;
  summary = kilter_pack_new (plan, &options);
  kilter_plan_free (plan);
  g_assert_cmpint (kilter_pack_get_n_pages (summary), ==, 1);
  with = run_over (whole, "pdfinfo", "-dests");
  without = run_over (summary, "pdfinfo", "-dests");
  if (with == NULL)
    {
      g_test_skip ("pdfinfo is not installed");
      return;
    }
  g_assert_nonnull (strstr (with, "decision-1"));
  g_assert_null (strstr (without, "decision-1"));
}

static void
test_save (void)
{
  KilterPlan *plan = make_plan ();
  KilterPackOptions options = make_options (KILTER_MEETING_EXECUTIVE);
  g_autoptr (KilterPack) pack = kilter_pack_new (plan, &options);
  g_autofree char *folder = g_dir_make_tmp ("kilter-pack-XXXXXX", NULL);
  g_autofree char *name = kilter_pack_get_file_name (pack);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/folder/pack.pdf");
  g_autoptr (KilterJob) job = kilter_job_new (NULL);
  g_autoptr (GError) error = NULL;

  kilter_plan_free (plan);
  g_assert_cmpstr (name, ==, "Fixture, executive, April 2026.pdf");
  g_assert_true (kilter_pack_save_pdf (pack, file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_assert_false (kilter_pack_save_pdf (pack, nowhere, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* a cancelled pack leaves the file as it was */
  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  kilter_job_cancel (job);
  g_assert_false (kilter_pack_save_pdf (pack, file, job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_pointer (&content, g_free);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "before");
  g_unlink (path);
  g_rmdir (folder);
}

/* --- plans with little or much --- */

static void
test_empty (void)
{
  KilterPlan *plan = kilter_plan_new (KILTER_BUCKET_MONTH, 2026 * 12 + 3, 24, 12);

  kilter_plan_set_up (plan, "00000000-0000-4000-8000-000000000003", "Empty", "USD");
  for (int m = 0; m < KILTER_N_MEETINGS; m++)
    {
      KilterPackOptions options = make_options (m);
      g_autoptr (KilterPack) pack = kilter_pack_new (plan, &options);

      g_assert_cmpint (kilter_pack_get_n_pages (pack), ==, 1);
      g_assert_cmpstr (kilter_pack_get_page_title (pack, 0), ==, "The plan holds no numbers yet");
      check_pages (pack);
    }
  kilter_plan_free (plan);
}

/* history alone: no forecast, no supply, no money */
static void
test_other_buckets (void)
{
  static const KilterBucketKind kinds[] = { KILTER_BUCKET_QUARTER, KILTER_BUCKET_WEEK,
                                            KILTER_BUCKET_445 };

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      KilterPlan *plan = kilter_plan_new (kinds[k], kilter_bucket_from_ymd (kinds[k], 2026, 4, 1),
                                          8, 6);
      g_autoptr (KilterCommand) command = kilter_command_new ("fixture", "");

      kilter_plan_set_up (plan, "00000000-0000-4000-8000-000000000004", "Buckets", "VND");
      plan_fixture_add (plan, KILTER_TABLE_FAMILY, "name", "Ice Cream", NULL);
      plan_fixture_add (plan, KILTER_TABLE_REGION, "name", "North", NULL);
      plan_fixture_add (plan, KILTER_TABLE_CHANNEL, "name", "Retail", NULL);
      plan_fixture_add (plan, KILTER_TABLE_PRODUCT, "code", "CUP", "family", "1", "price", "250000",
                        NULL);
      plan_fixture_add (plan, KILTER_TABLE_SERIES, "product", "1", "region", "1", "channel", "1",
                        NULL);
      for (int t = 0; t < 14; t++)
        kilter_command_set_value (command, plan, KILTER_BASELINE,
                                  t < 8 ? KILTER_ACTUAL : KILTER_STATISTICAL, KILTER_LAYER_FACT, 1,
                                  t, 100 + t);
      kilter_plan_apply (plan, command);
      check_all (plan, FALSE);
      kilter_plan_free (plan);
    }
}

static KilterPlan *
make_large (int n_products, int n_families)
{
  KilterPlan *plan = kilter_plan_new (KILTER_BUCKET_MONTH, 2026 * 12 + 3, 36, 24);
  g_autoptr (KilterCommand) records = kilter_command_new ("fixture", "");
  g_autoptr (KilterCommand) values = kilter_command_new ("fixture", "");

  kilter_plan_set_up (plan, "00000000-0000-4000-8000-000000000005", "Large", "EUR");
  plan_fixture_add (plan, KILTER_TABLE_REGION, "name", "North", NULL);
  plan_fixture_add (plan, KILTER_TABLE_CHANNEL, "name", "Retail", NULL);
  for (int f = 0; f < n_families; f++)
    {
      g_autofree char *name = g_strdup_printf ("Family with a rather long name, number %d", f + 1);

      plan_fixture_add (plan, KILTER_TABLE_FAMILY, "name", name, NULL);
    }
  for (int p = 0; p < n_products; p++)
    {
      g_autofree char *code = g_strdup_printf ("P-%05d", p + 1);
      int product = kilter_command_add_record (records, plan, KILTER_TABLE_PRODUCT);
      int series = kilter_command_add_record (records, plan, KILTER_TABLE_SERIES);

      kilter_command_set_field_text (records, plan, KILTER_TABLE_PRODUCT, product,
                                     KILTER_PRODUCT_CODE, code);
      kilter_command_set_field_number (records, plan, KILTER_TABLE_PRODUCT, product,
                                       KILTER_PRODUCT_FAMILY, p % n_families + 1);
      kilter_command_set_field_number (records, plan, KILTER_TABLE_PRODUCT, product,
                                       KILTER_PRODUCT_PRICE, 5 + p % 20);
      kilter_command_set_field_number (records, plan, KILTER_TABLE_PRODUCT, product,
                                       KILTER_PRODUCT_COST, 3 + p % 12);
      kilter_command_set_field_number (records, plan, KILTER_TABLE_SERIES, series,
                                       KILTER_SERIES_PRODUCT, product);
      kilter_command_set_field_number (records, plan, KILTER_TABLE_SERIES, series,
                                       KILTER_SERIES_REGION, 1);
      kilter_command_set_field_number (records, plan, KILTER_TABLE_SERIES, series,
                                       KILTER_SERIES_CHANNEL, 1);
    }
  kilter_plan_apply (plan, records);
  for (int p = 1; p <= n_products; p++)
    {
      double history[36], forecast[24], supply[24];

      for (int t = 0; t < 36; t++)
        history[t] = 100 + p % 50 + 20 * sin (t * G_PI / 6);
      for (int t = 0; t < 24; t++)
        {
          forecast[t] = 110 + p % 50 + 20 * sin (t * G_PI / 6);
          supply[t] = p % 3 == 0 && t == 3 ? 0 : forecast[t];
        }
      kilter_command_set_values (values, plan, KILTER_BASELINE, KILTER_ACTUAL, KILTER_LAYER_FACT, p,
                                 0, 36, history);
      kilter_command_set_values (values, plan, KILTER_BASELINE, KILTER_STATISTICAL,
                                 KILTER_LAYER_FACT, p, 36, 24, forecast);
      kilter_command_set_values (values, plan, KILTER_BASELINE, KILTER_REGULAR, KILTER_LAYER_FACT,
                                 p, 36, 24, supply);
    }
  kilter_plan_apply (plan, values);
  return plan;
}

static void
test_large (void)
{
  KilterPlan *plan = make_large (2000, 12);

  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_PRODUCT), ==, 2000);
  for (int m = KILTER_MEETING_PRE; m <= KILTER_MEETING_EXECUTIVE; m++)
    {
      KilterPackOptions options = make_options (m);
      g_autoptr (KilterPack) pack = NULL;
      g_autoptr (GBytes) bytes = NULL;
      double laid, all;

      g_test_timer_start ();
      pack = kilter_pack_new (plan, &options);
      laid = g_test_timer_elapsed ();
      bytes = write_bytes (pack);
      all = g_test_timer_elapsed ();
      g_test_message ("%s, 2,000 products: %d pages, %.2f s, with the file %.2f s, %" G_GSIZE_FORMAT
                      " bytes",
                      kilter_meeting_get_key (m), kilter_pack_get_n_pages (pack), laid, all,
                      g_bytes_get_size (bytes));
      g_assert_cmpfloat (all, <, 60);
      if (m == KILTER_MEETING_EXECUTIVE)
        g_assert_cmpint (kilter_pack_get_n_pages (pack), <=, 12);
      else
        g_assert_cmpint (kilter_pack_get_n_pages (pack), >=, 12);
      check_pages (pack);
      keep (pack, m == KILTER_MEETING_PRE ? "large-pre.pdf" : "large-executive.pdf");
    }
  kilter_plan_free (plan);
}

/* registers that are longer than a page go on on the next, with every row once */
static void
test_long_registers (void)
{
  KilterPlan *plan = make_plan ();
  static const char *const only[] = { "assumptions", NULL };
  KilterPackOptions options = make_options (KILTER_MEETING_PRE);
  g_autoptr (KilterPack) pack = NULL;
  g_autoptr (KilterPack) executive = NULL;
  g_autofree char *text = NULL;

  for (int i = 0; i < 90; i++)
    {
      g_autofree char *name = g_strdup_printf ("Assumption number <%d> of a register", i);

      plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", i % 2 ? "assumption" : "risk", "text",
                        name, "effect", "1000", "likelihood", "0.5", "state", "open", NULL);
      plan_fixture_add (plan, KILTER_TABLE_ACTION, "title", name, "state", "open", "due",
                        "2026-01-01", NULL);
      plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title", name, "text", name,
                        "state", "open", NULL);
    }
  options.sections = only;
  pack = kilter_pack_new (plan, &options);
  g_assert_cmpint (kilter_pack_get_n_pages (pack), ==, 2);
  g_assert_cmpstr (kilter_pack_get_page_title (pack, 1), ==,
                   "The plan rests on 46 assumptions (continued)");
  g_assert_nonnull (kilter_pack_get_page_outline (pack, 0));
  g_assert_null (kilter_pack_get_page_outline (pack, 1));
  text = run_over (pack, "pdftotext", "-layout");
  if (text != NULL)
    for (int i = 1; i < 90; i += 2)
      {
        g_autofree char *name = g_strdup_printf ("<%d>", i);
        const char *found = strstr (text, name);

        g_assert_nonnull (found);
        g_assert_null (strstr (found + 1, name));
      }
  options.meeting = KILTER_MEETING_EXECUTIVE;
  options.sections = NULL;
  executive = kilter_pack_new (plan, &options);
  g_assert_cmpint (kilter_pack_get_n_pages (executive), <=, 12);
  check_pages (executive);
  keep (executive, "long-executive.pdf");
  check_all (plan, FALSE);
  kilter_plan_free (plan);
}

/* --- languages --- */

static void
test_language (void)
{
  KilterPlan *plan = make_plan ();
  KilterPackOptions options = make_options (KILTER_MEETING_EXECUTIVE);
  locale_t vietnamese = newlocale (LC_ALL_MASK, "vi_VN.UTF-8", NULL);
  g_autofree char *before = kilter_number_format_plain (1234.5, 1);
  g_autofree char *after = NULL;
  g_autofree char *month = NULL;
  g_autoptr (KilterPack) pack = NULL;

  options.language = "vi";
  pack = kilter_pack_new (plan, &options);
  check_pages (pack);
  after = kilter_number_format_plain (1234.5, 1);
  month = kilter_format_bucket (plan, 24);
  kilter_plan_free (plan);
  /* the program's own language is in force again */
  g_assert_cmpstr (before, ==, "1,234.5");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (month, ==, "April 2026");
  if (vietnamese == (locale_t) 0)
    {
      g_test_skip ("The locale vi_VN.UTF-8 is not installed");
      return;
    }
  freelocale (vietnamese);
  {
    g_auto (KilterLanguage) language = { 0 };
    g_autofree char *inside = NULL;

    kilter_language_push (&language, "vi");
    inside = kilter_number_format_plain (1234.5, 1);
    g_assert_cmpstr (inside, ==, "1.234,5");
  }
  {
    g_auto (KilterLanguage) language = { 0 };
    g_autofree char *there = NULL;

    kilter_language_push (&language, "vi");
    there = g_strdup (g_dgettext ("kilter", "Key Metrics"));
    kilter_language_pop (&language);
    g_assert_cmpstr (g_dgettext ("kilter", "Key Metrics"), ==, "Key Metrics");
    if (g_str_equal (there, "Key Metrics"))
      g_test_message ("The catalogue of Vietnamese is not built or not complete");
  }
  g_assert_nonnull (strstr (kilter_pack_get_title (pack), "2026"));
  g_assert_null (strstr (kilter_pack_get_title (pack), "April"));
}

/* a variable LANGUAGE in the environment does not win over the language asked for */
static void
test_language_variable (void)
{
  g_autofree char *before = g_strdup (g_getenv ("LANGUAGE"));
  g_auto (KilterLanguage) language = { 0 };

  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  kilter_language_push (&language, "vi");
  g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, "vi");
  kilter_language_pop (&language);
  g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, "zh_CN");
  kilter_language_push (&language, NULL);
  g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, "zh_CN");
  kilter_language_pop (&language);
  if (before != NULL)
    g_setenv ("LANGUAGE", before, TRUE);
  else
    g_unsetenv ("LANGUAGE");
}

/* a program whose default domain lacks its own language still makes packs in others */
static void
test_translation (void)
{
  g_autofree char *catalogue = g_build_filename (g_test_get_dir (G_TEST_BUILT), "..", "po", "vi",
                                                 "LC_MESSAGES", "kilter.mo", NULL);

  if (!g_file_test (catalogue, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("The catalogue of Vietnamese is not built");
      return;
    }
  if (g_test_subprocess ())
    {
      g_auto (KilterLanguage) language = { 0 };

      kilter_language_prepare ();
      textdomain ("kilter");
      g_assert_cmpstr (g_dgettext ("kilter", "Revenue"), ==, "Revenue");
      kilter_language_push (&language, "vi");
      g_assert_cmpstr (g_dgettext ("kilter", "Revenue"), ==, "Doanh thu");
      kilter_language_pop (&language);
      g_assert_cmpstr (g_dgettext ("kilter", "Revenue"), ==, "Revenue");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  {
    g_autofree char *catalogues = g_build_filename (g_test_get_dir (G_TEST_BUILT), "..", "po",
                                                    NULL);

    bindtextdomain ("kilter", catalogues);
    bind_textdomain_codeset ("kilter", "UTF-8");
  }
  g_test_add_func ("/report/pack/all-fixture", test_all_fixture);
  g_test_add_func ("/report/pack/all-sample", test_all_sample);
  g_test_add_func ("/report/pack/sections", test_sections);
  g_test_add_func ("/report/pack/contents", test_contents);
  g_test_add_func ("/report/pack/numbers", test_numbers);
  g_test_add_func ("/report/pack/sheet-numbers", test_sheet_numbers);
  g_test_add_func ("/report/pack/day-of-printing", test_day_of_printing);
  g_test_add_func ("/report/pack/reproducible", test_reproducible);
  g_test_add_func ("/report/pack/fonts", test_fonts);
  g_test_add_func ("/report/pack/outline-and-properties", test_outline_and_properties);
  g_test_add_func ("/report/pack/links", test_links);
  g_test_add_func ("/report/pack/save", test_save);
  g_test_add_func ("/report/pack/empty", test_empty);
  g_test_add_func ("/report/pack/other-buckets", test_other_buckets);
  g_test_add_func ("/report/pack/large", test_large);
  g_test_add_func ("/report/pack/long-registers", test_long_registers);
  g_test_add_func ("/report/pack/language", test_language);
  g_test_add_func ("/report/pack/translation", test_translation);
  g_test_add_func ("/report/pack/language-variable", test_language_variable);
  return g_test_run ();
}
