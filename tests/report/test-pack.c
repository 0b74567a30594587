/* test-pack.c: meeting packs: pages, numbers, files, languages
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack-sample.h"
#include "pack-support.h"
#include "plan-fixture.h"

#include "plan/review/kilter-insight.h"
#include "report/figure/kilter-figure.h"
#include "report/words/kilter-language.h"
#include "report/pack/kilter-pack.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#define PRINTED "2026-04-23T08:40:00"

static const KilterScope everything = { 0 };

static void
test_all_fixture (void)
{
  KilterPlan *plan = pack_plan_new ();

  pack_check_all (plan, TRUE);
  kilter_plan_free (plan);
}

static void
test_all_sample (void)
{
  g_autoptr (GError) error = NULL;
  KilterPlan *plan = pack_sample_new (NULL, &error);

  g_assert_no_error (error);
  pack_check_all (plan, FALSE);
  kilter_plan_free (plan);
}

/* --- what is in it --- */

static void
test_sections (void)
{
  KilterPlan *plan = pack_plan_new ();

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
          KilterPackOptions options = pack_options (m);
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
    if (kilter_pack_page_has_section (pack, p, key))
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
                                           "supply",  "risks",     "record",  "scorecard" };
  KilterPlan *plan = pack_plan_new ();
  KilterPackOptions options = pack_options (KILTER_MEETING_PRE);
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
  g_autofree char *expected = pack_plain_spaces (wanted);

  g_free (wanted);
  if (strstr (text, expected) == NULL)
    g_error ("“%s” is not in the pack:\n%s", expected, text);
}

/* the figures on paper are those of the plan, written as everywhere */
/* The calendar of events, and the signal of the forecasts made one period before. */
static void
test_demand_pages (void)
{
  static const char *const only[] = { "events", "accuracy", NULL };
  g_autoptr (GError) error = NULL;
  KilterPlan *plan = pack_sample_new (NULL, &error);
  KilterPackOptions options = pack_options (KILTER_MEETING_DEMAND);
  double actual[12], forecast[12], sums[2] = { 0, 0 };
  g_autoptr (KilterPack) pack = NULL;
  g_autofree char *text = NULL, *signal = NULL;

  g_assert_no_error (error);
  options.sections = only;
  pack = kilter_pack_new (plan, &options);
  g_assert_true (has_section (pack, "events"));
  text = pack_run_over (pack, "pdftotext", "-layout");
  for (int t = 0; t < 12; t++)
    {
      int bucket = kilter_plan_get_n_history (plan) - 12 + t;

      actual[t] = kilter_plan_aggregate_time (plan, 1, KILTER_ACTUAL, &everything, bucket, 1);
      forecast[t] = kilter_plan_aggregate_time (plan, 1, KILTER_PREVIOUS, &everything, bucket, 1);
      sums[0] += actual[t] - forecast[t];
      sums[1] += fabs (actual[t] - forecast[t]);
    }
  signal = g_strdup_printf ("%.1f", fabs (sums[0] / (sums[1] / 12)));
  if (text != NULL)
    {
      g_assert_nonnull (strstr (text, "Summer Splash"));
      g_assert_nonnull (strstr (text, "Tracking"));
      g_assert_nonnull (strstr (text, signal));
    }
  kilter_plan_free (plan);
}

static void
test_numbers (void)
{
  KilterPlan *plan = pack_plan_new ();
  KilterPackOptions options = pack_options (KILTER_MEETING_EXECUTIVE);
  g_autoptr (KilterPack) pack = kilter_pack_new (plan, &options);
  g_autofree char *text = pack_run_over (pack, "pdftotext", "-layout");
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
  KilterPlan *plan = pack_plan_new ();
  KilterPackOptions options = pack_options (KILTER_MEETING_PRE);
  g_autoptr (KilterPack) pack = NULL;
  g_autofree char *text = NULL;
  KilterSubject subject = { .plan = plan, .version = KILTER_BASELINE, .scope = { .family = ICE } };
  static const KilterMeasure measures[] = { KILTER_DEMAND, KILTER_SUPPLY, KILTER_STOCK };
  double values[36], largest[36];
  KilterFormat format;

  options.sections = only;
  pack = kilter_pack_new (plan, &options);
  g_assert_cmpint (kilter_pack_get_n_pages (pack), ==, 2);
  text = pack_run_over (pack, "pdftotext", "-layout");
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
      KilterPlan *plan = pack_plan_new ();
      KilterPackOptions options = pack_options (KILTER_MEETING_PRE);
      g_autoptr (KilterPack) pack = NULL;
      g_autofree char *text = NULL;

      options.printed = cases[i].printed;
      options.sections = only;
      pack = kilter_pack_new (plan, &options);
      kilter_plan_free (plan);
      text = pack_run_over (pack, "pdftotext", "-layout");
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
  KilterPlan *plan = pack_plan_new ();
  KilterPackOptions options = pack_options (KILTER_MEETING_PRE);
  g_autoptr (KilterPack) first = kilter_pack_new (plan, &options);
  g_autoptr (KilterPack) second = kilter_pack_new (plan, &options);
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;
  g_autoptr (GBytes) c = NULL;

  /* the pack holds all that it shows */
  kilter_plan_free (plan);
  a = pack_write_bytes (first);
  pack_check_pages (second);
  b = pack_write_bytes (second);
  c = pack_write_bytes (first);
  g_assert_true (g_bytes_equal (a, b));
  g_assert_true (g_bytes_equal (a, c));
}

static void
test_fonts (void)
{
  KilterPlan *plan = pack_plan_new ();
  KilterPackOptions options = pack_options (KILTER_MEETING_EXECUTIVE);
  g_autoptr (KilterPack) pack = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int fonts = 0;

  options.language = "zh_CN";
  pack = kilter_pack_new (plan, &options);
  text = pack_run_over (pack, "pdffonts", NULL);
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
  KilterPlan *plan = pack_plan_new ();
  KilterPackOptions options = pack_options (KILTER_MEETING_PRE);
  g_autoptr (KilterPack) pack = kilter_pack_new (plan, &options);
  g_autofree char *info = pack_run_over (pack, "pdfinfo", NULL);
  g_autofree char *html = pack_run_over (pack, "pdftohtml", "-xml");
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
  KilterPlan *plan = pack_plan_new ();
  KilterPackOptions options = pack_options (KILTER_MEETING_EXECUTIVE);
  g_autoptr (KilterPack) whole = kilter_pack_new (plan, &options);
  g_autoptr (KilterPack) summary = NULL;
  g_autofree char *with = NULL;
  g_autofree char *without = NULL;

  options.sections = alone;
  summary = kilter_pack_new (plan, &options);
  kilter_plan_free (plan);
  g_assert_cmpint (kilter_pack_get_n_pages (summary), ==, 1);
  with = pack_run_over (whole, "pdfinfo", "-dests");
  without = pack_run_over (summary, "pdfinfo", "-dests");
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
  KilterPlan *plan = pack_plan_new ();
  KilterPackOptions options = pack_options (KILTER_MEETING_EXECUTIVE);
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
  g_test_add_func ("/report/pack/demand-pages", test_demand_pages);
  g_test_add_func ("/report/pack/numbers", test_numbers);
  g_test_add_func ("/report/pack/sheet-numbers", test_sheet_numbers);
  g_test_add_func ("/report/pack/day-of-printing", test_day_of_printing);
  g_test_add_func ("/report/pack/reproducible", test_reproducible);
  g_test_add_func ("/report/pack/fonts", test_fonts);
  g_test_add_func ("/report/pack/outline-and-properties", test_outline_and_properties);
  g_test_add_func ("/report/pack/links", test_links);
  g_test_add_func ("/report/pack/save", test_save);
  return g_test_run ();
}
