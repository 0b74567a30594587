/* test-profile.c: exports of business systems, and profiles that people keep
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include "exchange/guess/kilter-profile.h"
#include "exchange/guess/kilter-system.h"
#include "plan/process/kilter-cycle.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static const char *
find_key (const KilterImportPreview *preview, const char *heading)
{
  for (guint i = 0; i < preview->columns->len; i++)
    {
      const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);

      if (g_str_equal (column->heading, heading))
        return column->info != NULL ? column->info->key : "ignore";
    }
  return NULL;
}

/* What the lists and reports of each system are headed with, and what they must be matched with. */
static void
test_systems (void)
{
  static const struct
  {
    const char *system;
    KilterImportKind kind;
    const char *text;
    const char *product; /* the headings that must be matched */
    const char *period;
    const char *quantity;
    double sum;
  } cases[] = {
    { "sap", KILTER_IMPORT_SALES,
      "Billing Document,Billing Date,Sold-To Party,Distribution Channel,Sales Office,Material,Item "
      "Description,Billed Quantity,Sales Unit,Net Value,Document Currency\n"
      "90000012,2026-01-15,10100001,10,HN,P-100,Mango Bar,1200,CS,29400,USD\n"
      "90000013,2026-01-16,10100002,20,HN,P-100,Mango Bar,300,CS,7350,USD\n",
      "Material", "Billing Date", "Billed Quantity", 1500 },
    { "sap", KILTER_IMPORT_SALES,
      "开票凭证,开票日期,售达方,分销渠道,物料,物料描述,已开票数量,净值\n"
      "90000012,2026-01-15,101,10,P-100,芒果条,1200,29400\n",
      "物料", "开票日期", "已开票数量", 1200 },
    { "sap", KILTER_IMPORT_STOCK,
      "Material,Plant,Storage Location,Unrestricted,Base Unit of Measure,Value Unrestricted\n"
      "P-100,1010,101A,500,CS,7100\nP-100,1020,101B,250,CS,3550\n",
      "Material", NULL, "Unrestricted", 750 },
    { "u8", KILTER_IMPORT_SALES,
      "单据号,单据日期,客户简称,地区名称,存货编码,存货名称,主计量单位,数量,无税金额,价税合计\n"
      "0000012,2026-01-15,华联,华东,P-100,芒果条,箱,1200,29400,33222\n",
      "存货编码", "单据日期", "数量", 1200 },
    { "u8", KILTER_IMPORT_STOCK,
      "仓库编码,仓库名称,存货编码,存货名称,现存数量,可用数量\n01,成品库,P-100,芒果条,500,480\n"
      "02,冷库,P-100,芒果条,40,40\n",
      "存货编码", NULL, "现存数量", 540 },
    { "kingdee", KILTER_IMPORT_SALES,
      "单据编号,日期,客户,物料编码,物料名称,规格型号,库存单位,实发数量,价税合计\n"
      "XSCKD000012,2026-01-15,华联,P-100,芒果条,,箱,1200,33222\n",
      "物料编码", "日期", "实发数量", 1200 },
    { "kingdee", KILTER_IMPORT_STOCK,
      "物料编码,物料名称,仓库,库存量(主单位),可用量(主单位)\nP-100,芒果条,成品仓,500,480\n",
      "物料编码", NULL, "库存量(主单位)", 500 },
    { "salesforce", KILTER_IMPORT_SALES,
      "Opportunity Name,Account Name,Billing Country,Close Date,Product Code,Product Name,Product "
      "Family,Quantity,Sales Price,Total Price\n"
      "Summer,Hualian,Vietnam,2026-01-15,P-100,Mango Bar,Ice Cream,1200,24.5,29400\n",
      "Product Code", "Close Date", "Quantity", 1200 },
    { "odoo", KILTER_IMPORT_SALES,
      "Order Reference,Order Date,Customer,Customer Country,Sales Team,Product,Product "
      "Category,Qty "
      "Ordered,Qty Delivered,Untaxed Total\n"
      "S00012,2026-01-15 08:12:44,Hualian,Vietnam,Retail,[P-100] Mango Bar,Ice Cream,1300,1200,"
      "29400\n",
      "Product", "Order Date", "Qty Delivered", 1200 },
    { "odoo", KILTER_IMPORT_STOCK,
      "Product/Internal Reference,Location,Quantity,Unit of Measure\nP-100,WH/Stock,500,Units\n"
      "P-100,WH/Cold,40,Units\n",
      "Product/Internal Reference", NULL, "Quantity", 540 },
    { "odoo", KILTER_IMPORT_SALES,
      "Ngày đặt hàng,Khách hàng,Bộ phận bán hàng,Sản phẩm,Danh mục sản phẩm,Số lượng\n"
      "2026-01-15,Hualian,Bán lẻ,[P-100] Kem xoài,Kem,1200\n",
      "Sản phẩm", "Ngày đặt hàng", "Số lượng", 1200 },
    { "erpnext", KILTER_IMPORT_SALES,
      "Item Code,Item Name,Item Group,Invoice,Posting Date,Customer,Customer Name,Customer "
      "Group,Territory,Stock Qty,Stock UOM,Rate,Amount\n"
      "P-100,Mango Bar,Ice Cream,SINV-12,2026-01-15,Hualian,Hualian,Retail,North,1200,Case,24.5,"
      "29400\n",
      "Item Code", "Posting Date", "Stock Qty", 1200 },
    { "erpnext", KILTER_IMPORT_STOCK,
      "Item,Item Name,Item Group,Warehouse,Stock UOM,Balance Qty,Balance Value\n"
      "P-100,Mango Bar,Ice Cream,Stores,Case,500,7100\n",
      "Item", NULL, "Balance Qty", 500 },
    { "jiandaoyun", KILTER_IMPORT_SALES,
      "出库单号,出库日期,客户名称,产品编号,产品名称,出库数量,提交人,提交时间\n"
      "CK0012,2026-01-15,华联,P-100,芒果条,1200,王芳,2026-01-15 10:20:30\n",
      "产品编号", "出库日期", "出库数量", 1200 },
    { "nextx", KILTER_IMPORT_SALES,
      "Mã đơn hàng,Ngày bán,Khách hàng,Khu vực,Mã hàng hóa,Tên hàng hóa,Đơn vị tính,Số lượng,Đơn "
      "giá,Thành tiền\n"
      "DH0012,15/01/2026,Hoa Liên,Miền Bắc,P-100,Kem xoài,Thùng,1200,24500,29400000\n",
      "Mã hàng hóa", "Ngày bán", "Số lượng", 1200 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KilterPlan *plan = make_plan ();
      g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
      g_autoptr (KilterImportPreview) preview = NULL;

      g_test_message ("%s, %s", cases[i].system, kilter_import_kind_to_string (cases[i].kind));
      options->system = g_strdup (cases[i].system);
      preview = preview_text (plan, cases[i].text, "export.csv", options);
      g_assert_false (preview->refused);
      g_assert_cmpint (preview->kind, ==, cases[i].kind);
      g_assert_cmpstr (preview->system, ==, cases[i].system);
      g_assert_cmpuint (preview->questions->len, ==, 0);
      g_assert_cmpstr (find_key (preview, cases[i].product), ==, "product");
      g_assert_cmpstr (find_key (preview, cases[i].quantity), ==, "quantity");
      if (cases[i].period != NULL)
        g_assert_cmpstr (find_key (preview, cases[i].period), ==, "month");
      else
        g_assert_cmpuint (preview->counts[KILTER_IMPORT_NO_DATE], ==, 1);
      g_assert_cmpuint (preview->n_ready, ==, preview->n_rows);
      g_assert_cmpfloat (g_array_index (preview->totals, KilterImportTotal, 0).sum, ==,
                         cases[i].sum);
      kilter_plan_free (plan);
    }
}

/* Stock without dates is that of the end of the last period, of all places together, and the code
 * is what stands in brackets. */
static void
test_stock (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (KilterImportPreview) preview = NULL;
  g_autoptr (KilterCommand) command = NULL;
  const double *values;
  int product;

  options->kind = KILTER_IMPORT_STOCK;
  preview = preview_text (plan,
                          "Product,Warehouse,Quantity\n[P-100] Bar,North,5\n[P-100] Bar,South,7\n"
                          "P-100,West,1\n",
                          "export.csv", options);
  g_assert_cmpuint (preview->counts[KILTER_IMPORT_BRACKETED], ==, 2);
  command = kilter_import_finish (plan, preview, "Ann", "2026-04-09T09:12:00Z", NULL);
  g_assert_nonnull (command);
  kilter_plan_apply (plan, command);
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_PRODUCT), ==, 1);
  product = kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT, "P-100")->id;
  values = kilter_plan_get_stored (plan, KILTER_BASELINE, KILTER_STOCK_ACTUAL, KILTER_LAYER_FACT,
                                   product);
  g_assert_cmpfloat (values[kilter_plan_find_bucket (plan, 2026 * 12 + 2)], ==, 13);
  g_assert_true (isnan (values[kilter_plan_find_bucket (plan, 2026 * 12 + 1)]));
  kilter_plan_free (plan);
}

/* A file of nobody's choice is recognised only when it leaves no doubt. */
static void
test_recognised (void)
{
  static const struct
  {
    const char *text;
    const char *name;
  } cases[] = {
    { "Item Code,Item Name,Item Group,Posting Date,Territory,Stock Qty\nP,N,G,2026-01-15,T,1\n",
      "erpnext" },
    { "product,region,channel,month,quantity\nP,N,G,2026-01,1\n", NULL },
    { "Material,Month,Quantity\nP,2026-01,1\n", NULL },
  };
  KilterPlan *plan = make_plan ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
      g_autoptr (KilterImportPreview)
        preview = preview_text (plan, cases[i].text, "export.csv", options);

      g_assert_cmpstr (preview->system, ==, cases[i].name);
      g_assert_cmpuint (preview->n_ready, ==, 1);
      /* not when it is said that it is none */
      g_clear_pointer (&preview, kilter_import_preview_free);
      options->system = g_strdup ("none");
      preview = preview_text (plan, cases[i].text, "export.csv", options);
      g_assert_cmpstr (preview->system, ==, NULL);
    }
  {
    g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
    g_autoptr (KilterImportPreview) preview = NULL;

    options->system = g_strdup ("u8");
    preview = preview_text (plan, cases[1].text, "export.csv", options);
    g_assert_cmpuint (preview->counts[KILTER_IMPORT_OTHER_SYSTEM], ==, 1);
    g_assert_cmpuint (preview->n_ready, ==, 1);
  }
  kilter_plan_free (plan);
}

/* --- profiles of people --- */

static void
test_options (void)
{
  static const char *const pairs[] = {
    "as",      "sales",     "sheet",  "Sheet 1", "system",     "odoo",       "encoding",
    "GB18030", "separator", "tab",    "decimal", "comma",      "date-order", "dmy",
    "layout",  "across",    "header", "3",       "duplicates", "last",       "create",
    "yes",     "negatives", "skip",   "returns", "subtract",   "column",     "A=product",
    "column",  "B=C=month", "code",   "X=Y",     "code",       "Z=",
  };
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (GPtrArray) none = kilter_import_options_get_all (options);
  g_autoptr (GPtrArray) all = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i += 2)
    g_assert_true (kilter_import_options_set (options, pairs[i], pairs[i + 1], NULL));
  all = kilter_import_options_get_all (options);
  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (pairs));
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_cmpstr (all->pdata[i], ==, pairs[i]);
}

static void
test_profiles (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kilter-profiles-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "deep", "profiles.ini", NULL);
  g_autofree char *deep = g_path_get_dirname (path);
  g_autoptr (KilterProfiles) profiles = kilter_profiles_load (path, NULL);
  g_autoptr (KilterProfiles) again = NULL;
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (KilterImportOptions) chosen = kilter_import_options_new ();
  g_autoptr (GError) error = NULL;
  const KilterProfile *profile;

  g_assert_nonnull (profiles);
  g_assert_cmpuint (kilter_profiles_get_n (profiles), ==, 0);
  kilter_import_options_set (options, "column", "Số lượng; tổng=quantity", NULL);
  kilter_import_options_set (options, "column", "[x]\\y=ignore", NULL);
  kilter_import_options_set (options, "decimal", ",", NULL);
  kilter_import_options_set (options, "as", "sales", NULL);
  kilter_profiles_put (profiles, "Doanh số [tháng]", "ban-*.xlsx", options);
  kilter_profiles_put (profiles, "plain", NULL, options);
  g_assert_true (kilter_profiles_save (profiles, &error));
  g_assert_no_error (error);

  again = kilter_profiles_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kilter_profiles_get_n (again), ==, 2);
  profile = kilter_profiles_find_for_file (again, "ban-2026-04.xlsx");
  g_assert_nonnull (profile);
  g_assert_cmpint (profile->options->kind, ==, KILTER_IMPORT_SALES);
  g_assert_cmpstr (g_hash_table_lookup (profile->options->mapping, "Số lượng; tổng"), ==,
                   "quantity");
  g_assert_cmpstr (g_hash_table_lookup (profile->options->mapping, "[x]\\y"), ==, "ignore");
  g_assert_null (kilter_profiles_find_for_file (again, "mua-2026-04.xlsx"));

  /* what was said already counts more */
  chosen->decimal = '.';
  g_assert_true (kilter_profiles_choose (again, "plain", chosen, &error));
  g_assert_cmpint (chosen->decimal, ==, '.');
  g_assert_cmpint (chosen->kind, ==, KILTER_IMPORT_SALES);
  g_assert_true (kilter_profiles_choose (again, "sap", chosen, &error));
  g_assert_cmpstr (chosen->system, ==, "sap");
  g_assert_false (kilter_profiles_choose (again, "nothing", chosen, &error));
  g_assert_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_OPTION);

  g_assert_true (kilter_profiles_remove (again, "plain"));
  g_assert_false (kilter_profiles_remove (again, "plain"));
  g_remove (path);
  g_rmdir (deep);
  g_rmdir (folder);
}

static void
test_patterns (void)
{
  static const char *const names[] = { "sales-2026-04.xlsx", "sales-*-*.xlsx", "销量 12.csv",
                                       "销量 *.csv",         "a*b.csv",        "a?b.csv",
                                       "plain.ods",          "plain.ods" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i += 2)
    {
      g_autofree char *pattern = kilter_profile_make_pattern (names[i]);

      g_assert_cmpstr (pattern, ==, names[i + 1]);
      g_assert_true (g_pattern_match_simple (pattern, names[i]));
    }
}

/* What is remembered reads the next file of the same columns the same way, without guessing. */
static void
test_remember (void)
{
  KilterPlan *plan = make_plan ();
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  g_autoptr (KilterImportOptions) remembered = NULL;
  g_autoptr (KilterImportPreview) preview = NULL;
  g_autoptr (KilterImportPreview) next = NULL;

  kilter_import_options_set (options, "as", "sales", NULL);
  kilter_import_options_set (options, "column", "X1=product", NULL);
  kilter_import_options_set (options, "column", "X2=month", NULL);
  kilter_import_options_set (options, "column", "X3=quantity", NULL);
  preview = preview_text (plan, "X1,X2,X3,quantity\nA,2026-01,5,9\n", "export.csv", options);
  remembered = kilter_profile_remember (options, preview);
  g_assert_cmpstr (g_hash_table_lookup (remembered->mapping, "quantity"), ==, "ignore");
  next = preview_text (plan, "quantity,X3,X2,X1\n9,6,2026-02,A\n", "export.csv", remembered);
  g_assert_cmpfloat (g_array_index (next->totals, KilterImportTotal, 0).sum, ==, 6);
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/profile/systems", test_systems);
  g_test_add_func ("/exchange/profile/stock", test_stock);
  g_test_add_func ("/exchange/profile/recognised", test_recognised);
  g_test_add_func ("/exchange/profile/options", test_options);
  g_test_add_func ("/exchange/profile/profiles", test_profiles);
  g_test_add_func ("/exchange/profile/patterns", test_patterns);
  g_test_add_func ("/exchange/profile/remember", test_remember);
  return g_test_run ();
}
