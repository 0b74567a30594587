/* test-import.c: from bytes to a command, kind by kind
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include "plan/process/kilter-cycle.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Each template goes in without a word, and a second time changes nothing. */
static void
test_templates (void)
{
  KilterPlan *plan = make_plan ();

  for (int kind = 0; kind < KILTER_N_IMPORT_KINDS; kind++)
    {
      g_autofree char *text = kilter_template (kind);
      g_autoptr (KilterImportOptions) options = make_options (kilter_import_kind_to_string (kind));
      g_autoptr (KilterImportPreview) preview = NULL;
      g_autoptr (KilterImportPreview) again = NULL;

      g_test_message ("%s", kilter_import_kind_to_string (kind));
      options->create = KILTER_CREATE_YES;
      preview = import_text (plan, text, options);
      g_assert_cmpuint (preview->n_ready, ==, preview->n_rows);
      for (int code = 0; code < KILTER_N_IMPORT_CODES; code++)
        if (kilter_import_code_get_severity (code) != KILTER_IMPORT_NOTE &&
            code != KILTER_IMPORT_NEGATIVE)
          g_assert_cmpuint (preview->counts[code], ==, 0);
      again = preview_text (plan, text, "test.csv", options);
      g_assert_cmpuint (again->n_same, ==, again->n_rows);
    }
  g_assert_cmpfloat (get_sales (plan, "P-100", "North", "Retail", "2026-01"), ==, 1200);
  /* the bill of materials names a third */
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_PRODUCT), ==, 3);
  kilter_plan_free (plan);
}

/* The kind is found by the columns alone, where they tell. */
static void
test_kinds (void)
{
  static const KilterImportKind found[] = {
    KILTER_IMPORT_SALES,     KILTER_IMPORT_PRODUCTS, KILTER_IMPORT_PRICES,   KILTER_IMPORT_COSTS,
    KILTER_IMPORT_RESOURCES, KILTER_IMPORT_RATES,    KILTER_IMPORT_CAPACITY, KILTER_IMPORT_BUDGET,
    KILTER_IMPORT_POLICIES,  KILTER_IMPORT_INPUTS,   KILTER_IMPORT_PEOPLE,   KILTER_IMPORT_RISKS,
    KILTER_IMPORT_TARGETS,
  };
  KilterPlan *plan = make_plan ();

  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autofree char *text = kilter_template (found[i]);
      g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
      g_autoptr (KilterImportPreview) preview = NULL;

      options->create = KILTER_CREATE_YES;
      preview = preview_text (plan, text, "data.csv", options);
      g_assert_cmpstr (kilter_import_kind_to_string (preview->kind), ==,
                       kilter_import_kind_to_string (found[i]));
    }
  /* and by the name of the file, where they do not */
  for (int kind = 0; kind < KILTER_N_IMPORT_KINDS; kind++)
    {
      g_autofree char *text = kilter_template (kind);
      g_autofree char *name = g_strdup_printf ("acme-%s-2026.csv",
                                               kilter_import_kind_to_string (kind));
      g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
      g_autoptr (KilterImportPreview) preview = NULL;

      options->create = KILTER_CREATE_YES;
      preview = preview_text (plan, text, name, options);
      g_assert_cmpstr (kilter_import_kind_to_string (preview->kind), ==,
                       kilter_import_kind_to_string (kind));
    }
  kilter_plan_free (plan);
}

static void
test_headings (void)
{
  KilterPlan *plan = make_plan ();
  static const char *const files[] = {
    "Mã hàng;Khu vực;Kênh;Tháng;Số lượng\nA;Bắc;Bán lẻ;T1/2026;1.234,5\nA;Bắc;Bán lẻ;T2/2026;7\n",
    "物料编码,区域,渠道,月份,销量\nA,北,零售,2026年1月,1234.5\nA,北,零售,2026年2月,7\n",
    "Item No,Area,Cust. group,Period,Qty (cs)\nA,N,R,Jan 2026,1234.5\nA,N,R,Feb 2026,7\n",
    "Sales report\nprinted "
    "2026-03-01\n\nItem,Region,Channel,Month,Sold\nA,N,R,2026-01,1234.5\nA,N,R,2026-02,7\n",
    "product,region,channel,year,month,quantity\nA,N,R,2026,1,1234.5\nA,N,R,2026,2,7\n",
    "product,region,channel,year,month,quantity\nA,N,R,2026,Jan,1234.5\nA,N,R,2026,Feb,7\n",
    "Product\tRegion\tChannel\t2026-01\t2026-02\nA\tN\tR\t1234.5\t7\n",
    "Product,Region,Channel,Jan 2026,Feb 2026,Total\nA,N,R,1234.5,7,1241.5\n",
    "A,N,R,2026-01,1234.5\nA,N,R,2026-02,7\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
      g_autoptr (KilterImportPreview) preview = NULL;

      g_test_message ("%s", files[i]);
      preview = preview_text (plan, files[i], "data.csv", options);
      g_assert_cmpint (preview->kind, ==, KILTER_IMPORT_SALES);
      g_assert_false (preview->refused);
      g_assert_cmpuint (preview->questions->len, ==, 0);
      g_assert_cmpuint (preview->n_ready, ==, preview->n_rows);
      g_assert_cmpfloat (g_array_index (preview->totals, KilterImportTotal, 0).sum, ==, 1241.5);
      g_assert_cmpint (preview->first, ==, 2026 * 12);
      g_assert_cmpint (preview->last, ==, 2026 * 12 + 1);
    }
  kilter_plan_free (plan);
}

static void
test_mapping (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = make_options ("sales");
  g_autoptr (KilterImportPreview) preview = NULL;
  g_autoptr (KilterImportPreview) mapped = NULL;
  const char *text = "x,y,z,w\nA,2026-01,5,1\nB,2026-02,7,2\n";

  /* two columns of numbers could be anything */
  preview = preview_text (plan, text, "test.csv", options);
  g_assert_true (preview->refused);
  assert_message (preview, KILTER_IMPORT_NO_COLUMN, 0);
  g_assert_true (kilter_import_options_set (options, "column", "z=quantity", NULL));
  g_assert_true (kilter_import_options_set (options, "column", "4=ignore", NULL));
  mapped = preview_text (plan, text, "test.csv", options);
  g_assert_false (mapped->refused);
  g_assert_cmpfloat (g_array_index (mapped->totals, KilterImportTotal, 0).sum, ==, 12);
  kilter_plan_free (plan);
}

static void
test_questions (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = make_options ("sales");
  g_autoptr (KilterImportPreview) preview = NULL;
  g_autoptr (KilterImportPreview) answered = NULL;
  g_autoptr (GError) error = NULL;
  const char *text = "product,month,quantity\nA,01/02/2026,\"1,234\"\nA,02/03/2026,\"2,345\"\n";

  preview = preview_text (plan, text, "test.csv", options);
  g_assert_true (has_question (preview, "date-order"));
  g_assert_true (has_question (preview, "decimal"));
  g_assert_null (kilter_import_finish (plan, preview, "Ann", AT, &error));
  g_assert_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_QUESTION);

  g_assert_true (kilter_import_options_set (options, "date-order", "mdy", NULL));
  g_assert_true (kilter_import_options_set (options, "decimal", ",", NULL));
  answered = import_text (plan, text, options);
  g_assert_cmpfloat (get_sales (plan, "A", "All", "All", "2026-01"), ==, 1.234);
  g_assert_cmpfloat (get_sales (plan, "A", "All", "All", "2026-02"), ==, 2.345);
  kilter_plan_free (plan);
}

static void
test_duplicates (void)
{
  static const struct
  {
    const char *option;
    double expected;
  } cases[] = { { "sum", 12 }, { "last", 7 } };
  const char *text = "product,month,quantity\nA,2026-01,5\nB,2026-01,1\nA,2026-01,7\n";

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KilterPlan *plan = make_plan ();
      g_autoptr (KilterImportOptions) options = make_options ("sales");
      g_autoptr (KilterImportPreview) preview = preview_text (plan, text, "test.csv", options);
      g_autoptr (KilterImportPreview) answered = NULL;

      g_assert_true (has_question (preview, "duplicates"));
      assert_message (preview, KILTER_IMPORT_CONFLICTING_ROW, 4);
      g_assert_true (kilter_import_options_set (options, "duplicates", cases[i].option, NULL));
      answered = import_text (plan, text, options);
      g_assert_cmpfloat (get_sales (plan, "A", "All", "All", "2026-01"), ==, cases[i].expected);
      kilter_plan_free (plan);
    }
  {
    KilterPlan *plan = make_plan ();
    g_autoptr (KilterImportOptions) options = make_options ("sales");
    g_autoptr (KilterImportPreview) preview = NULL;

    options->duplicates = KILTER_DUPLICATES_STOP;
    preview = preview_text (plan, text, "test.csv", options);
    g_assert_true (preview->refused);
    assert_message (preview, KILTER_IMPORT_STOPPED_AT_DUPLICATE, 4);
    kilter_plan_free (plan);
  }
}

/* Single deliveries: rows that a document's number tells apart are added up without a question. */
static void
test_deliveries (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = make_options ("sales");
  g_autoptr (KilterImportPreview) preview = import_text (
    plan,
    "invoice,product,invoice date,quantity\n1,A,2026-01-05,5\n2,A,2026-01-05,5\n3,A,2026-01-20,7\n",
    options);

  g_assert_cmpuint (preview->n_ready, ==, 3);
  g_assert_cmpfloat (get_sales (plan, "A", "All", "All", "2026-01"), ==, 17);
  kilter_plan_free (plan);
}

static void
test_unknown (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = make_options ("sales");
  g_autoptr (KilterImportPreview) first = import_text (
    plan, "product,region,channel,month,quantity\nIC-101,North,Retail,2026-01,5\n", options);
  g_autoptr (KilterImportPreview) second = NULL;
  g_autoptr (KilterImportPreview) third = NULL;
  const char *text = "product,region,channel,month,quantity\nIC-101,North,Retail,2026-02,5\nIC-1O1,"
                     "North,Retail,2026-03,6\nXYZ,North,Retail,2026-03,7\n"
                     "IC-101,Nord,Retail,2026-03,8\nTotal,,,2026-03,26\n";

  g_assert_cmpuint (first->n_new_products, ==, 1);
  second = preview_text (plan, text, "test.csv", options);
  g_assert_cmpuint (second->n_ready, ==, 1);
  g_assert_cmpuint (second->n_skipped, ==, 4);
  assert_message (second, KILTER_IMPORT_SPELLED_LIKE, 3);
  assert_message (second, KILTER_IMPORT_UNKNOWN_CODE, 4);
  assert_message (second, KILTER_IMPORT_SPELLED_LIKE, 5);
  assert_message (second, KILTER_IMPORT_TOTAL_ROW, 6);

  g_assert_true (kilter_import_options_set (options, "code", "IC-1O1=IC-101", NULL));
  g_assert_true (kilter_import_options_set (options, "code", "XYZ=", NULL));
  third = import_text (plan, text, options);
  g_assert_cmpuint (third->n_ready, ==, 2);
  assert_message (third, KILTER_IMPORT_LEFT_OUT, 4);
  g_assert_cmpfloat (get_sales (plan, "IC-101", "North", "Retail", "2026-03"), ==, 6);
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_PRODUCT), ==, 1);
  kilter_plan_free (plan);
}

/* New, changed and the same are told apart; what is not in the file stays. */
static void
test_refresh (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = make_options ("sales");
  g_autoptr (KilterImportPreview)
    first = import_text (plan, "product,month,quantity\nA,2026-01,5\nA,2026-02,6\n", options);
  g_autoptr (KilterImportPreview) second = preview_text (
    plan,
    "product,month,quantity\nA,2026-02,6\nA,2026-01,50\nA,2026-03,7\nA,1999-01,1\nA,2044-01,1\n",
    "test.csv", options);
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterCommand) command = NULL;

  g_assert_cmpuint (first->n_new, ==, 2);
  g_assert_cmpuint (second->n_same, ==, 1);
  g_assert_cmpuint (second->n_changed, ==, 1);
  g_assert_cmpuint (second->n_new, ==, 1);
  g_assert_cmpuint (second->n_skipped, ==, 2);
  assert_message (second, KILTER_IMPORT_BEFORE_PLAN, 5);
  assert_message (second, KILTER_IMPORT_AFTER_PLAN, 6);
  command = kilter_import_finish (plan, second, "Ann", AT, &error);
  kilter_plan_apply (plan, command);
  g_assert_cmpfloat (get_sales (plan, "A", "All", "All", "2026-01"), ==, 50);
  g_assert_cmpfloat (get_sales (plan, "A", "All", "All", "2026-02"), ==, 6);
  /* one step back takes all of it back, and its source */
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_SOURCE), ==, 2);
  kilter_plan_revert (plan, command);
  g_assert_cmpfloat (get_sales (plan, "A", "All", "All", "2026-01"), ==, 5);
  g_assert_true (isnan (get_sales (plan, "A", "All", "All", "2026-03")));
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_SOURCE), ==, 1);
  kilter_plan_free (plan);
}

/* A week in two months is divided by days: 30 December 2024 to 5 January 2025 has 2 and 5. */
static void
test_weeks (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = make_options ("sales");
  g_autoptr (KilterImportPreview)
    preview = import_text (plan, "product,week,quantity\nA,2025-W01,70\nA,2025-W02,1\n", options);

  g_assert_cmpuint (preview->counts[KILTER_IMPORT_WEEKS_SPLIT], ==, 1);
  g_assert_cmpfloat_with_epsilon (get_sales (plan, "A", "All", "All", "2024-12"), 20, 1e-9);
  g_assert_cmpfloat_with_epsilon (get_sales (plan, "A", "All", "All", "2025-01"), 51, 1e-9);
  kilter_plan_free (plan);
}

/* Closing stock by day: the last day of the month counts, whatever the order of the rows. */
static void
test_stock (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = make_options ("stock");
  g_autoptr (KilterImportPreview) preview = import_text (
    plan, "product,date,stock\nA,2026-01-31,30\nA,2026-01-10,10\nA,2026-01-20,20\n", options);
  int product = kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT, "A")->id;

  g_assert_cmpuint (preview->n_ready, ==, 3);
  g_assert_cmpfloat (
    kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_STOCK_ACTUAL, product, 33), ==, 30);
  kilter_plan_free (plan);
}

/* A budget by product is divided among its markets by the sales of the last year. */
static void
test_all_markets (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) sales = make_options ("sales");
  g_autoptr (KilterImportOptions) budget = make_options ("budget");
  g_autoptr (KilterImportPreview) first = import_text (
    plan,
    "product,region,channel,month,quantity\nA,N,R,2026-01,30\nA,S,R,2026-01,10\nB,N,R,2026-01,1\n",
    sales);
  g_autoptr (KilterImportPreview)
    second = import_text (plan, "product,month,quantity\nA,2026-05,100\n", budget);
  double sum = 0;

  g_assert_cmpuint (second->counts[KILTER_IMPORT_ALL_MARKETS], ==, 1);
  for (int row = 1; row <= kilter_plan_get_max_id (plan, KILTER_TABLE_SERIES); row++)
    {
      double value = kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_BUDGET, row, 37);

      if (!isnan (value))
        sum += value;
    }
  g_assert_cmpfloat_with_epsilon (sum, 100, 1e-9);
  g_assert_cmpfloat_with_epsilon (
    kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_BUDGET, 1, 37), 75, 1e-9);
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_SERIES), ==, 3);
  kilter_plan_free (plan);
}

static void
test_products (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = make_options ("products");
  g_autoptr (KilterImportPreview)
    first = import_text (plan,
                         "code,name,family,category,price,status,predecessor,launch\n"
                         "A,First,Drinks,Food,1.5,active,,\nB,Second,Drinks,Food,x,new,A,05/"
                         "2026\nC,Third,Snacks,Food,-2,sold out,Z,\n",
                         options);
  g_autoptr (KilterImportPreview) second = NULL;
  const KilterRecord *b = kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT, "B");
  const KilterRecord *a = kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT, "A");

  g_assert_cmpuint (first->n_new, ==, 3);
  assert_message (first, KILTER_IMPORT_BAD_NUMBER, 3);
  assert_message (first, KILTER_IMPORT_OUT_OF_RANGE, 4);
  assert_message (first, KILTER_IMPORT_BAD_CHOICE, 4);
  g_assert_cmpuint (
    first->counts[KILTER_IMPORT_UNKNOWN_CODE] + first->counts[KILTER_IMPORT_SPELLED_LIKE], ==, 1);
  g_assert_cmpint (kilter_record_ref (b, KILTER_PRODUCT_PREDECESSOR), ==, a->id);
  g_assert_cmpstr (kilter_record_text (b, KILTER_PRODUCT_LAUNCH), ==, "2026-05");
  g_assert_true (isnan (kilter_record_number (b, KILTER_PRODUCT_PRICE)));
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_FAMILY), ==, 2);
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_CATEGORY), ==, 1);

  /* what has no column, or an empty cell, stays */
  second = import_text (plan, "code,name,price\nA,,2.5\nB,Second,\n", options);
  g_assert_cmpuint (second->n_changed, ==, 1);
  g_assert_cmpuint (second->n_same, ==, 1);
  a = kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT, "A");
  g_assert_cmpstr (kilter_record_text (a, KILTER_PRODUCT_NAME), ==, "First");
  g_assert_cmpfloat (kilter_record_number (a, KILTER_PRODUCT_PRICE), ==, 2.5);
  kilter_plan_free (plan);
}

static double
get_product_value (KilterPlan *plan, KilterMeasure measure, const char *product, const char *month)
{
  return kilter_plan_get_value (
    plan, KILTER_BASELINE, measure,
    kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT, product)->id,
    kilter_plan_find_bucket (plan, kilter_bucket_from_string (KILTER_BUCKET_MONTH, month)));
}

/* Numbers in other units become those of the product; what nobody can convert is left out. */
static void
test_units (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) products = make_options ("products");
  g_autoptr (KilterImportOptions) units = make_options ("units");
  g_autoptr (KilterImportOptions) sales = make_options ("sales");
  g_autoptr (KilterImportOptions) prices = make_options ("prices");
  g_autoptr (KilterImportPreview)
    first = import_text (plan, "code,unit\nA,case\nB,case\nC,\n", products);
  g_autoptr (KilterImportPreview) second = import_text (
    plan, "product,unit,plan_units\nA,Pallet,48\nA,piece,0.25\nB,pallet,60\nB,box,-2\nB,bag,x\n",
    units);
  g_autoptr (KilterImportPreview) third = NULL;
  g_autoptr (KilterImportPreview) fourth = NULL;

  sales->duplicates = KILTER_DUPLICATES_SUM;
  g_assert_cmpuint (first->n_ready, ==, 3);
  assert_message (second, KILTER_IMPORT_OUT_OF_RANGE, 5);
  assert_message (second, KILTER_IMPORT_BAD_NUMBER, 6);
  third = import_text (plan,
                       "product,region,channel,month,quantity,unit\n"
                       "A,N,R,2026-01,2,pallet\n" /* 96 */
                       "A,N,R,2026-01,8,PIECE\n"  /* 2 */
                       "A,N,R,2026-01,5, case \n" /* 5 */
                       "A,N,R,2026-02,7,\n"
                       "B,N,R,2026-01,1,piece\n" /* of A only */
                       "B,N,R,2026-01,1,box\n"   /* nothing to be converted by */
                       "C,N,R,2026-01,9,drum\n", /* counted in whatever it is counted in */
                       sales);
  assert_message (third, KILTER_IMPORT_UNKNOWN_UNIT, 6);
  assert_message (third, KILTER_IMPORT_UNKNOWN_UNIT, 7);
  g_assert_cmpuint (third->counts[KILTER_IMPORT_UNKNOWN_UNIT], ==, 2);
  g_assert_cmpuint (third->counts[KILTER_IMPORT_CONVERTED], ==, 2);
  g_assert_cmpuint (third->n_skipped, ==, 2);
  g_assert_cmpfloat (get_sales (plan, "A", "N", "R", "2026-01"), ==, 103);
  g_assert_cmpfloat (get_sales (plan, "A", "N", "R", "2026-02"), ==, 7);
  g_assert_cmpfloat (get_sales (plan, "C", "N", "R", "2026-01"), ==, 9);
  /* a price for a pallet of 48 is the price of 48 cases */
  fourth = import_text (plan, "product,month,price,unit\nA,2026-05,120,pallet\n", prices);
  g_assert_cmpfloat (get_product_value (plan, KILTER_PRICE, "A", "2026-05"), ==, 2.5);
  kilter_plan_free (plan);
}

/* Money in other currencies becomes the plan's by the rate of its period. */
static void
test_currencies (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) rates = make_options ("currencies");
  g_autoptr (KilterImportOptions) products = make_options ("products");
  g_autoptr (KilterImportOptions) prices = make_options ("prices");
  g_autoptr (KilterImportPreview) first = import_text (plan, "code,unit\nA,case\nB,\n", products);
  g_autoptr (KilterImportPreview) second = import_text (
    plan,
    "currency,first,rate\nEUR,2026-06,1.25\nEUR,2026-01,1.5\nCNY,2026-05,0.125\n"
    "GBP,soon,1.3\nCHF,2026-01,0\n",
    rates);
  g_autoptr (KilterImportPreview) third = NULL;

  g_assert_cmpuint (first->n_ready, ==, 2);
  assert_message (second, KILTER_IMPORT_BAD_DATE, 5);
  assert_message (second, KILTER_IMPORT_OUT_OF_RANGE, 6);
  third = import_text (plan,
                       "product,month,price,currency\n"
                       "A,2026-05,10,EUR\nA,2026-06,10,eur\nA,2026-07,10,\nA,2026-08,10,USD\n"
                       "B,2026-05,80,CNY\nB,2026-04,80,CNY\nB,2026-06,9,XXX\n",
                       prices);
  assert_message (third, KILTER_IMPORT_UNKNOWN_CURRENCY, 7);
  assert_message (third, KILTER_IMPORT_UNKNOWN_CURRENCY, 8);
  g_assert_cmpuint (third->n_skipped, ==, 2);
  g_assert_cmpfloat (get_product_value (plan, KILTER_PRICE, "A", "2026-05"), ==, 15);
  g_assert_cmpfloat (get_product_value (plan, KILTER_PRICE, "A", "2026-06"), ==, 12.5);
  g_assert_cmpfloat (get_product_value (plan, KILTER_PRICE, "A", "2026-07"), ==, 10);
  g_assert_cmpfloat (get_product_value (plan, KILTER_PRICE, "A", "2026-08"), ==, 10);
  g_assert_cmpfloat (get_product_value (plan, KILTER_PRICE, "B", "2026-05"), ==, 10);
  kilter_plan_free (plan);
}

/* A copy gives the same preview, and its command fits the plan it was copied from; what is done to
 * the plan meanwhile does not reach the copy, and is noticed. */
static void
test_copy (void)
{
  static const char
    text[] = "product,region,channel,month,quantity\nA,N,R,2026-01,5\nA,N,R,2026-02,6\n"
             "B,N,R,2026-01,7\n";
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = make_options ("sales");
  g_autoptr (KilterImportPreview) first = import_text (
    plan, "product,region,channel,month,quantity\nA,N,R,2026-01,4\nA,N,R,2026-02,6\n", options);
  KilterPlan *copy = kilter_import_copy_plan (plan);
  g_autoptr (KilterImportPreview) preview = NULL;
  g_autoptr (KilterCommand) command = NULL;
  g_autoptr (GError) error = NULL;

  options->create = KILTER_CREATE_YES;
  preview = preview_text (copy, text, "test.csv", options);
  g_assert_cmpuint (preview->n_new, ==, 1);
  g_assert_cmpuint (preview->n_changed, ==, 1);
  g_assert_cmpuint (preview->n_same, ==, 1);
  g_assert_cmpfloat (g_array_index (preview->totals, KilterImportTotal, 0).before, ==, 10);
  g_assert_true (kilter_import_is_current (plan, preview));
  kilter_plan_free (copy);
  command = kilter_import_finish (plan, preview, "test", "2026-04-01T00:00:00Z", &error);
  g_assert_no_error (error);
  kilter_plan_apply (plan, command);
  g_assert_cmpfloat (get_sales (plan, "A", "N", "R", "2026-01"), ==, 5);
  g_assert_cmpfloat (get_sales (plan, "B", "N", "R", "2026-01"), ==, 7);
  g_assert_false (kilter_import_is_current (plan, preview));
  g_assert_cmpuint (first->n_ready, ==, 2);
  kilter_plan_free (plan);
}

static void
test_settings (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = make_options ("settings");
  g_autoptr (KilterImportPreview)
    preview = import_text (plan, "key,value\nname,Acme\ncycle,2030-01\nuuid,x\n", options);

  g_assert_cmpuint (preview->n_ready, ==, 1);
  g_assert_cmpstr (kilter_plan_get_name (plan), ==, "Acme");
  g_assert_cmpint (kilter_plan_get_cycle (plan), ==, 2026 * 12 + 3);
  kilter_plan_free (plan);
}

static void
test_weekly_plan (void)
{
  KilterPlan *plan = kilter_plan_new (
    KILTER_BUCKET_WEEK, kilter_bucket_from_string (KILTER_BUCKET_WEEK, "2026-W10"), 104, 52);
  g_autoptr (KilterImportOptions) options = make_options ("sales");
  g_autoptr (KilterImportPreview) preview = NULL;

  kilter_plan_set_up (plan, "00000000-0000-4000-8000-000000000001", "Test", "USD");
  preview = preview_text (plan, "product,month,quantity\nA,2026-01,5\nA,2026-02,6\n", "test.csv",
                          options);
  g_assert_cmpuint (preview->counts[KILTER_IMPORT_COARSE_PERIOD], ==, 2);
  g_assert_true (preview->refused);
  kilter_plan_free (plan);
}

/* Numbers below zero: taken with a warning, taken, or left out; and what the plan has and will
 * have there. */
static void
test_returns (void)
{
  static const char text[] = "product,month,quantity\nA,2026-01,10\nA,2026-02,-4\n";
  static const double sums[] = { 6, 10, 6 };
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = make_options ("sales");
  g_autoptr (KilterImportPreview) first = NULL;

  for (int returns = -1; returns <= 1; returns++)
    {
      g_autoptr (KilterImportPreview) preview = NULL;
      const KilterImportTotal *total;

      options->returns = returns;
      preview = preview_text (plan, text, "test.csv", options);
      total = &g_array_index (preview->totals, KilterImportTotal, 0);
      g_assert_cmpfloat (total->sum, ==, sums[returns + 1]);
      g_assert_cmpfloat (total->before, ==, 0);
      g_assert_cmpfloat (total->after, ==, sums[returns + 1]);
      g_assert_cmpuint (preview->counts[KILTER_IMPORT_NEGATIVE], ==, returns == -1 ? 1 : 0);
      g_assert_cmpuint (preview->counts[KILTER_IMPORT_RETURN], ==, returns == 0 ? 1 : 0);
      g_assert_cmpuint (preview->n_skipped, ==, returns == 0 ? 1 : 0);
    }
  first = import_text (plan, text, options);
  g_clear_pointer (&first, kilter_import_preview_free);
  first = preview_text (plan, "product,month,quantity\nA,2026-01,12\n", "test.csv", options);
  g_assert_cmpfloat (g_array_index (first->totals, KilterImportTotal, 0).before, ==, 10);
  g_assert_cmpfloat (g_array_index (first->totals, KilterImportTotal, 0).after, ==, 12);
  g_assert_cmpuint (first->n_changed, ==, 1);
  kilter_plan_free (plan);
}

/* Sales that come again change the sales and nothing that a person typed. */
static void
test_typed_stays (void)
{
  static const KilterMeasure typed[] = { KILTER_OVERRIDE_ADD, KILTER_SALES_INPUT, KILTER_CONSENSUS,
                                         KILTER_CORRECTION };
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = make_options ("sales");
  g_autoptr (KilterImportPreview)
    first = import_text (plan, "product,month,quantity\nA,2026-01,10\nA,2026-02,20\n", options);
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "Typed");
  g_autoptr (KilterImportPreview) second = NULL;
  int future = kilter_plan_get_n_history (plan) + 2, past = kilter_plan_get_n_history (plan) - 3;
  int series = 1;

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      double value = 100 + (double) i;

      kilter_command_set_values (command, plan, KILTER_BASELINE, typed[i], KILTER_LAYER_INPUT,
                                 series, typed[i] == KILTER_CORRECTION ? past : future, 1, &value);
    }
  kilter_plan_apply (plan, command);
  second = import_text (plan, "product,month,quantity\nA,2026-01,11\nA,2026-03,30\n", options);
  g_assert_cmpuint (second->n_changed, ==, 1);
  g_assert_cmpuint (second->n_new, ==, 1);
  g_assert_cmpfloat (get_sales (plan, "A", "All", "All", "2026-01"), ==, 11);
  g_assert_cmpfloat (get_sales (plan, "A", "All", "All", "2026-02"), ==, 20);
  g_assert_cmpfloat (get_sales (plan, "A", "All", "All", "2026-03"), ==, 30);
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      const double *values = kilter_plan_get_stored (plan, KILTER_BASELINE, typed[i],
                                                     KILTER_LAYER_INPUT, series);

      g_assert_nonnull (values);
      g_assert_cmpfloat (values[typed[i] == KILTER_CORRECTION ? past : future], ==,
                         100 + (double) i);
    }
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/import/templates", test_templates);
  g_test_add_func ("/exchange/import/kinds", test_kinds);
  g_test_add_func ("/exchange/import/headings", test_headings);
  g_test_add_func ("/exchange/import/mapping", test_mapping);
  g_test_add_func ("/exchange/import/questions", test_questions);
  g_test_add_func ("/exchange/import/duplicates", test_duplicates);
  g_test_add_func ("/exchange/import/deliveries", test_deliveries);
  g_test_add_func ("/exchange/import/unknown", test_unknown);
  g_test_add_func ("/exchange/import/refresh", test_refresh);
  g_test_add_func ("/exchange/import/weeks", test_weeks);
  g_test_add_func ("/exchange/import/stock", test_stock);
  g_test_add_func ("/exchange/import/all-markets", test_all_markets);
  g_test_add_func ("/exchange/import/products", test_products);
  g_test_add_func ("/exchange/import/settings", test_settings);
  g_test_add_func ("/exchange/import/units", test_units);
  g_test_add_func ("/exchange/import/currencies", test_currencies);
  g_test_add_func ("/exchange/import/copy", test_copy);
  g_test_add_func ("/exchange/import/weekly-plan", test_weekly_plan);
  g_test_add_func ("/exchange/import/returns", test_returns);
  g_test_add_func ("/exchange/import/typed-stays", test_typed_stays);
  return g_test_run ();
}
