/* test-pack-plans.c: packs of plans with little or much, and in other languages
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

/* --- plans with little or much --- */

static void
test_empty (void)
{
  KilterPlan *plan = kilter_plan_new (KILTER_BUCKET_MONTH, 2026 * 12 + 3, 24, 12);

  kilter_plan_set_up (plan, "00000000-0000-4000-8000-000000000003", "Empty", "USD");
  for (int m = 0; m < KILTER_N_MEETINGS; m++)
    {
      KilterPackOptions options = pack_options (m);
      g_autoptr (KilterPack) pack = kilter_pack_new (plan, &options);

      g_assert_cmpint (kilter_pack_get_n_pages (pack), ==, 1);
      g_assert_cmpstr (kilter_pack_get_page_title (pack, 0), ==, "The plan holds no numbers yet");
      pack_check_pages (pack);
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
      pack_check_all (plan, FALSE);
      kilter_plan_free (plan);
    }
}

static int
add_material (KilterPlan *plan, const char *name, const char *lead, const char *const suppliers[])
{
  int id = plan_fixture_add (plan, KILTER_TABLE_PRODUCT, "code", name, "name", name, "family", "1",
                             "make", "buy", NULL);
  g_autofree char *product = g_strdup_printf ("%d", id);
  g_autoptr (KilterCommand) command = kilter_command_new ("fixture", "");

  plan_fixture_add (plan, KILTER_TABLE_POLICY, "product", product, "lead_time", lead, NULL);
  plan_fixture_add (plan, KILTER_TABLE_BILL, "product", "1", "component", product, "quantity", "2",
                    NULL);
  for (gsize i = 0; suppliers[i] != NULL; i++)
    plan_fixture_add (plan, KILTER_TABLE_RATE, "product", product, "resource", suppliers[i],
                      "hours", "1", "alternative", i > 0 ? "1" : "0", NULL);
  for (int t = 24; t < 36; t++)
    kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_PURCHASE, KILTER_LAYER_FACT,
                              id, t, 1000 * id + 100 * (t - 24));
  kilter_plan_apply (plan, command);
  return id;
}

/* what is bought: when it must be ordered, from how many, how much of their limits */
static void
test_materials (void)
{
  KilterPlan *plan = pack_plan_new ();
  static const char *const only[] = { "materials", NULL };
  static const char *const sole[] = { "2", NULL }, *const both[] = { "2", "3", NULL };
  KilterPackOptions options = pack_options (KILTER_MEETING_SUPPLY);
  g_autoptr (KilterPack) without = NULL, with = NULL;
  g_autofree char *text = NULL, *plain = NULL;
  int stick, pulp;

  options.sections = only;
  without = kilter_pack_new (plan, &options);
  g_assert_cmpstr (kilter_pack_get_page_section (without, 0), ==, "");
  plan_fixture_add (plan, KILTER_TABLE_RESOURCE, "code", "S1", "name", "Mango Growers", "kind",
                    "supplier", "hours", "9000", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RESOURCE, "code", "S2", "name", "Wood & Co", "kind",
                    "supplier", "hours", "9000", NULL);
  stick = add_material (plan, "Stick", "1", both);
  pulp = add_material (plan, "Mango pulp", "3", sole);
  with = kilter_pack_new (plan, &options);
  g_assert_cmpint (kilter_pack_get_n_pages (with), ==, 1);
  g_assert_cmpstr (kilter_pack_get_page_section (with, 0), ==, "materials");
  pack_check_pages (with);
  pack_keep (with, "materials.pdf");
  text = pack_run_over (with, "pdftotext", "-layout");
  if (text != NULL)
    {
      /* name, lead time, suppliers, thousands that arrive one lead time from April on, the year */
      g_autofree char *first = g_strdup_printf ("Mango pulp +3 +1 +%d\\.3 +%d\\.6", pulp,
                                                12 * pulp + 6);
      g_autofree char *second = g_strdup_printf ("Stick +1 +2 +%d\\.1 +%d\\.6", stick,
                                                 12 * stick + 6);

      plain = pack_plain_spaces (text);
      if (!g_regex_match_simple (first, plain, 0, 0) || !g_regex_match_simple (second, plain, 0, 0))
        g_error ("not there: %s, %s in\n%s", first, second, plain);
      g_assert_nonnull (strstr (plain, "To order in April 2026"));
      g_assert_nonnull (strstr (plain, "Wood & Co"));
      /* the longer lead time first */
      g_assert_true (strstr (plain, "Mango pulp  ") < strstr (plain, "Stick  "));
    }
  kilter_plan_free (plan);
}

/* 17 of the 22 working days of April 2026 are over on Thursday the 23rd: 330 × 17 ÷ 22 = 255 */
static void
test_to_date (void)
{
  KilterPlan *plan = plan_fixture_new ();
  KilterPackOptions options = pack_options (KILTER_MEETING_MONITOR);
  const char *only[] = { "to-date", NULL };
  g_autoptr (KilterCommand) command = kilter_command_new ("fixture", "");
  g_autoptr (KilterPack) without = NULL, with = NULL, after = NULL;
  g_autofree char *text = NULL, *plain = NULL;
  int version;

  options.sections = only;
  version = plan_fixture_add (plan, KILTER_TABLE_VERSION, "kind", "approved", "name", "April",
                              "cycle", "2026-04", "at", "2026-03-26T16:00:00Z", NULL);
  /* no sales of April yet: nothing is said */
  without = kilter_pack_new (plan, &options);
  g_assert_cmpstr (kilter_pack_get_page_section (without, 0), ==, "");
  for (int series = 1; series <= 2; series++)
    {
      kilter_command_set_value (command, plan, version, KILTER_CONSENSUS, KILTER_LAYER_FACT, series,
                                24, series == 1 ? 220 : 110);
      kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_ACTUAL, KILTER_LAYER_FACT,
                                series, 24, series == 1 ? 130 : 113);
    }
  kilter_plan_apply (plan, command);
  with = kilter_pack_new (plan, &options);
  g_assert_cmpint (kilter_pack_get_n_pages (with), ==, 1);
  g_assert_cmpstr (kilter_pack_get_page_section (with, 0), ==, "to-date");
  g_assert_nonnull (strstr (kilter_pack_get_page_title (with, 0), "17"));
  g_assert_nonnull (strstr (kilter_pack_get_page_title (with, 0), "22"));
  pack_check_pages (with);
  pack_keep (with, "to-date.pdf");
  text = pack_run_over (with, "pdftotext", "-layout");
  if (text != NULL)
    {
      const char *row = "Ice Cream +330\\.0 +255\\.0 +243\\.0 +\\S?12\\.0 +\\S?4\\.7 ?%";

      plain = pack_plain_spaces (text);
      if (!g_regex_match_simple (row, plain, 0, 0))
        g_error ("not there: %s in\n%s", row, plain);
    }
  /* a month that is over is no matter of this page */
  options.printed = "2026-04-30T18:00:00";
  after = kilter_pack_new (plan, &options);
  g_assert_cmpstr (kilter_pack_get_page_section (after, 0), ==, "");
  kilter_plan_free (plan);
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
      KilterPackOptions options = pack_options (m);
      g_autoptr (KilterPack) pack = NULL;
      g_autoptr (GBytes) bytes = NULL;
      double laid, all;

      g_test_timer_start ();
      pack = kilter_pack_new (plan, &options);
      laid = g_test_timer_elapsed ();
      bytes = pack_write_bytes (pack);
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
      pack_check_pages (pack);
      pack_keep (pack, m == KILTER_MEETING_PRE ? "large-pre.pdf" : "large-executive.pdf");
    }
  kilter_plan_free (plan);
}

/* registers that are longer than a page go on on the next, with every row once */
static void
test_long_registers (void)
{
  KilterPlan *plan = pack_plan_new ();
  static const char *const only[] = { "assumptions", NULL };
  KilterPackOptions options = pack_options (KILTER_MEETING_PRE);
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
  text = pack_run_over (pack, "pdftotext", "-layout");
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
  pack_check_pages (executive);
  pack_keep (executive, "long-executive.pdf");
  pack_check_all (plan, FALSE);
  kilter_plan_free (plan);
}

/* days of cover of more products than a page has room for go on on the next, each product once */
static void
test_long_stock (void)
{
  enum
  {
    N = 90
  };
  KilterPlan *plan = make_large (N, 3);
  static const char *const only[] = { "stock", NULL };
  KilterPackOptions options = pack_options (KILTER_MEETING_SUPPLY);
  g_autoptr (KilterCommand) command = kilter_command_new ("fixture", "");
  g_autoptr (KilterPack) pack = NULL;
  g_autofree char *text = NULL;

  for (int p = 1; p <= N; p++)
    kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, p,
                                     KILTER_PRODUCT_OPENING_STOCK, 500);
  kilter_plan_apply (plan, command);
  options.sections = only;
  pack = kilter_pack_new (plan, &options);
  g_assert_cmpint (kilter_pack_get_n_pages (pack), >, 1);
  g_assert_true (g_str_has_suffix (kilter_pack_get_page_title (pack, 1), "(continued)"));
  text = pack_run_over (pack, "pdftotext", "-layout");
  if (text != NULL)
    for (int p = 1; p <= N; p++)
      {
        g_autofree char *code = g_strdup_printf ("P-%05d", p);
        const char *found = strstr (text, code);

        g_assert_nonnull (found);
        g_assert_null (strstr (found + 1, code));
      }
  pack_check_pages (pack);
  pack_keep (pack, "long-stock.pdf");
  kilter_plan_free (plan);
}

/* --- languages --- */

static void
test_language (void)
{
  KilterPlan *plan = pack_plan_new ();
  KilterPackOptions options = pack_options (KILTER_MEETING_EXECUTIVE);
  locale_t vietnamese = newlocale (LC_ALL_MASK, "vi_VN.UTF-8", NULL);
  g_autofree char *before = kilter_number_format_plain (1234.5, 1);
  g_autofree char *after = NULL;
  g_autofree char *month = NULL;
  g_autoptr (KilterPack) pack = NULL;

  options.language = "vi";
  pack = kilter_pack_new (plan, &options);
  pack_check_pages (pack);
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
  g_test_add_func ("/report/pack/empty", test_empty);
  g_test_add_func ("/report/pack/other-buckets", test_other_buckets);
  g_test_add_func ("/report/pack/materials", test_materials);
  g_test_add_func ("/report/pack/to-date", test_to_date);
  g_test_add_func ("/report/pack/large", test_large);
  g_test_add_func ("/report/pack/long-stock", test_long_stock);
  g_test_add_func ("/report/pack/long-registers", test_long_registers);
  g_test_add_func ("/report/pack/language", test_language);
  g_test_add_func ("/report/pack/translation", test_translation);
  g_test_add_func ("/report/pack/language-variable", test_language_variable);
  return g_test_run ();
}
