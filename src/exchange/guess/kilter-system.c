/* kilter-system.c: lists and reports of business systems, by the headings they are exported with
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/guess/kilter-system.h"

#include "exchange/import/kilter-import-private.h"
#include "exchange/text/kilter-value.h"

#include <string.h>

/* so many headings make a file of nobody's choice an export of a system */
#define MIN_RECOGNISED 4

static const KilterSystem systems[] = {
  { "sap", "SAP S/4HANA" },
  { "u8", "用友 U8 (Yonyou U8)" },
  { "kingdee", "金蝶云星空 (Kingdee Cloud Galaxy)" },
  { "salesforce", "Salesforce" },
  { "odoo", "Odoo" },
  { "erpnext", "ERPNext" },
  { "jiandaoyun", "简道云 (Jiandaoyun)" },
  { "nextx", "NextX" },
};

/* One export of a system. Columns: "key=heading|heading;key=heading"; of several headings the first
 * that is there counts. The languages are those in which the system is used where Kilter is. */
typedef struct
{
  const char *system;
  KilterImportKind kind;
  const char *columns;
} Export;

static const Export exports[] = {
  /* billing documents (VF05N, Billing Document Items), sales volume; MB52; MM60; COOIS; MD61 */
  { "sap", KILTER_IMPORT_SALES,
    "product=Material|Material Number|Product|Product Number|物料|物料编号|产品|Vật tư|Mã vật tư;"
    "name=Material Description|Item Description|Product Description|Short text for sales order "
    "item|物料描述|项目描述|产品描述|Mô tả vật tư;"
    "family=Product Hierarchy|Product Group|Material Group|产品层次结构|产品组|物料组;"
    "region=Sales Office|Sales District|Region|Country/Region Key|Country/Region|Sales "
    "Organization|Ship-to Country/Region|销售办公室|销售地区|国家/地区|销售组织;"
    "channel=Distribution Channel|Customer Group|Sold-to Party Name|Sold-to Party|Sold-To "
    "Party|分销渠道|客户组|售达方;"
    "month=Billing Date|Calendar Month|Fiscal Year / Period|Posting Date|Document Date|Actual "
    "Goods Movement Date|Requested Delivery Date|开票日期|出具发票日期|过账日期|日历月|凭证日期;"
    "quantity=Billed Quantity|Billing Quantity|Invoiced Quantity|Sales Volume Quantity|Delivery "
    "Quantity|Actual quantity delivered|Order Quantity|Target Quantity|已开票数量|开票数量|"
    "交货数量|订单数量" },
  { "sap", KILTER_IMPORT_STOCK,
    "product=Material|Material Number|Product|物料|物料编号|产品;"
    "month=Posting Date|Period|Calendar Month|过账日期|期间|日历月;"
    "quantity=Unrestricted|Unrestricted-Use Stock|Unrestricted stock|Stock Quantity|Total "
    "Stock|Closing Stock|非限制使用的库存|非限制使用|非限制库存|库存数量|总库存" },
  { "sap", KILTER_IMPORT_PRODUCTS,
    "code=Material|Material Number|Product|Product Number|物料|物料编号|产品;"
    "name=Material Description|Product Description|物料描述|产品描述;"
    "family=Product Hierarchy|Material Group|Product Group|物料组|产品组|产品层次结构;"
    "unit=Base Unit of Measure|Base Unit|基本计量单位;"
    "cost=Standard Price|Standard price|Moving Average Price|Price|标准价格|移动平均价" },
  { "sap", KILTER_IMPORT_PRODUCTION,
    "product=Material Number|Material|Product|物料编号|物料;"
    "month=Actual finish date|Basic finish date|Actual Finish|Posting Date|Confirmed finish "
    "date|实际完成日期|基本完成日期|过账日期;"
    "quantity=Confirmed yield|Confirmed Yield Quantity|Delivered quantity|Quantity Delivered|Goods "
    "Receipt Quantity|确认产量|已交货数量|已收货数量" },
  /* 销售出库单列表, 发货单列表, 现存量查询, 存货档案, 产成品入库单列表 */
  { "u8", KILTER_IMPORT_SALES,
    "product=存货编码|存货编号|存货代码;name=存货名称;family=存货分类名称|存货大类名称|存货分类;"
    "region=地区名称|地区分类名称|所属地区|地区;"
    "channel=客户分类名称|客户简称|客户名称|客户;"
    "month=单据日期|出库日期|发货日期|开票日期|日期;"
    "quantity=数量|出库数量|发货数量|主数量|开票数量" },
  { "u8", KILTER_IMPORT_STOCK,
    "product=存货编码|存货编号;month=日期|会计期间|期间;"
    "quantity=现存数量|现存量|结存数量|期末结存数量|可用数量|库存数量" },
  { "u8", KILTER_IMPORT_PRODUCTS,
    "code=存货编码|存货编号;name=存货名称;family=存货分类名称|存货大类名称;"
    "unit=主计量单位名称|主计量单位|计量单位;price=参考售价|最低售价;cost=计划价/售价|计划价|"
    "参考成本|最新成本" },
  { "u8", KILTER_IMPORT_PRODUCTION,
    "product=产品编码|存货编码|产品编号;month=入库日期|单据日期|完工日期;"
    "quantity=入库数量|产量|完工数量|实收数量" },
  /* 销售出库单, 即时库存, 物料, 生产入库单 */
  { "kingdee", KILTER_IMPORT_SALES,
    "product=物料编码|物料代码;name=物料名称;family=物料分组|存货类别|产品分组;"
    "region=国家|地区|销售区域|客户区域;channel=客户分组|客户类别|客户名称|客户;"
    "month=日期|业务日期|单据日期|出库日期;"
    "quantity=实发数量|销售数量|出库数量|计价数量|数量" },
  { "kingdee", KILTER_IMPORT_STOCK,
    "product=物料编码|物料代码;month=日期|期间|会计期间;"
    "quantity=库存量(主单位)|库存量(基本单位)|库存量|主单位库存量|可用量(主单位)|期末结存数量|"
    "结存数量" },
  { "kingdee", KILTER_IMPORT_PRODUCTS,
    "code=物料编码|编码|物料代码;name=物料名称|名称;family=物料分组|存货类别;"
    "unit=基本单位|库存单位;price=参考销售价|销售单价;cost=参考成本|标准成本" },
  { "kingdee", KILTER_IMPORT_PRODUCTION,
    "product=物料编码|物料代码;month=日期|入库日期|业务日期;quantity=实收数量|入库数量" },
  /* opportunities with products, orders with products; products and price books */
  { "salesforce", KILTER_IMPORT_SALES,
    "product=Product Code|Product: Product Code|Product SKU|产品代码|Mã sản phẩm;"
    "name=Product Name|Product: Product Name|产品名称|Tên sản phẩm;"
    "family=Product Family|Product: Product Family|产品系列|Nhóm sản phẩm;"
    "region=Billing State/Province|Billing Country|Account: Billing Country|Territory|Region|"
    "开单国家/地区|开单州/省|Quốc gia thanh toán;"
    "channel=Account Type|Type|Industry|Account Name|客户类型|客户名|Tên tài khoản;"
    "month=Close Date|Service Date|Order Start Date|Activated Date|Date|结束日期|服务日期|订单开始"
    "日期|Ngày đóng;quantity=Quantity|数量|Số lượng" },
  { "salesforce", KILTER_IMPORT_PRODUCTS,
    "code=Product Code|产品代码|Mã sản phẩm;name=Product Name|产品名称|Tên sản phẩm;"
    "family=Product Family|产品系列;unit=Quantity Unit Of Measure|计量单位;"
    "price=List Price|Standard Price|Unit Price|标准价格|定价" },
  /* Sales Analysis, order lines, stock quants, products, manufacturing orders */
  { "odoo", KILTER_IMPORT_SALES,
    "product=Product/Internal Reference|Order Lines/Product/Internal Reference|Product "
    "Variant/Internal Reference|Internal Reference|Product Variant|Product|Order "
    "Lines/Product|产品/内部参考|内部参考|产品|Sản phẩm/Mã nội bộ|Mã nội bộ|Sản phẩm;"
    "name=Product/Name|Order Lines/Product/Name|Order Lines/Description|产品/名称|Sản phẩm/Tên;"
    "family=Product Category|Product/Product Category|产品类别|Danh mục sản phẩm|Nhóm sản phẩm;"
    "region=Customer Country|Customer/Country|Country|客户国家|国家|Quốc gia;"
    "channel=Sales Team|Order Reference/Sales Team|Customer Entity|Customer|Order "
    "Reference/Customer|销售团队|客户|Bộ phận bán hàng|Đội ngũ kinh doanh|Khách hàng;"
    "month=Order Date|Order Reference/Order Date|Delivery Date|Invoice Date|Date|订单日期|日期|"
    "Ngày đặt hàng|Ngày đơn hàng|Ngày;"
    "quantity=Qty Delivered|Delivered Quantity|Order Lines/Delivery Quantity|Order Lines/Delivered "
    "Quantity|Qty Ordered|Order Lines/Quantity|Quantity|Product Quantity|已交货数量|已交付数量|"
    "数量|SL đã giao|Số lượng đã giao|Số lượng" },
  { "odoo", KILTER_IMPORT_STOCK,
    "product=Product/Internal Reference|Internal Reference|Product|产品/内部参考|内部参考|产品|Mã "
    "nội bộ|Sản phẩm;month=Inventory Date|Date|盘点日期|日期|Ngày kiểm kê;"
    "quantity=On Hand Quantity|Inventoried Quantity|Quantity On Hand|On Hand|Quantity|在手数量|"
    "现有数量|库存数量|数量|Số lượng thực tế|Tồn kho|Số lượng" },
  { "odoo", KILTER_IMPORT_PRODUCTS,
    "code=Internal Reference|内部参考|Mã nội bộ|Tham chiếu nội bộ;name=Name|Product|名称|Tên;"
    "family=Product Category|产品类别|Danh mục sản phẩm|Nhóm sản phẩm;"
    "unit=Unit of Measure|Unit|计量单位|单位|Đơn vị tính;price=Sales Price|销售价格|Giá bán;"
    "cost=Cost|成本|Giá vốn|Chi phí" },
  { "odoo", KILTER_IMPORT_PRODUCTION,
    "product=Product/Internal Reference|Product|产品/内部参考|产品|Sản phẩm;"
    "month=End Date|End|Date Finished|Finished Date|Scheduled Date|Start|结束日期|完成日期|计划"
    "日期|Ngày kết thúc|Ngày theo kế hoạch;"
    "quantity=Quantity Produced|Total Quantity|Quantity To Produce|Quantity Producing|Quantity|"
    "已生产数量|生产数量|数量|Số lượng đã sản xuất|Số lượng" },
  /* Item-wise Sales Register, Sales Analytics, Stock Balance, Item, Work Order */
  { "erpnext", KILTER_IMPORT_SALES,
    "product=Item Code|Item|物料号|物料代码|Mã mặt hàng|Mã hàng;"
    "name=Item Name|物料名称|Tên mặt hàng|Tên hàng;family=Item Group|物料组|Nhóm mặt hàng;"
    "region=Territory|区域|Khu vực|Lãnh thổ;"
    "channel=Customer Group|Customer Name|Customer|客户群组|客户|Nhóm khách hàng|Khách hàng;"
    "month=Posting Date|Invoice Date|Transaction Date|Date|过账日期|记账日期|日期|Ngày đăng|Ngày "
    "ghi sổ;"
    "quantity=Stock Qty|Qty|Quantity|Qty in Stock UOM|库存数量|数量|SL|Số lượng tồn|Số lượng" },
  { "erpnext", KILTER_IMPORT_STOCK,
    "product=Item Code|Item|物料号|物料代码|Mã mặt hàng;month=Date|Posting Date|日期;"
    "quantity=Balance Qty|Actual Qty|Closing Qty|结余数量|实际数量|Số lượng tồn|Số lượng thực "
    "tế" },
  { "erpnext", KILTER_IMPORT_PRODUCTS,
    "code=Item Code|ID|物料号|物料代码|Mã mặt hàng;name=Item Name|物料名称|Tên mặt hàng;"
    "family=Item Group|物料组|Nhóm mặt hàng;"
    "unit=Default Unit of Measure|Stock UOM|默认单位|Đơn vị tính mặc định;"
    "price=Standard Selling Rate|标准售价|Giá bán tiêu chuẩn;"
    "cost=Valuation Rate|成本价|库存评估价|Định giá" },
  { "erpnext", KILTER_IMPORT_PRODUCTION,
    "product=Production Item|Item To Manufacture|Item Code|生产物料|要生产的物料|Mặt hàng sản "
    "xuất;month=Actual End Date|Planned End Date|Posting Date|实际结束日期|计划结束日期|Ngày kết "
    "thúc thực tế;quantity=Manufactured Qty|Produced Qty|Qty To Manufacture|已生产数量|生产数量|Số "
    "lượng đã sản xuất" },
  /* 进销存 application: 出库单, 即时库存, 产品档案; forms carry 提交时间 and 提交人 */
  { "jiandaoyun", KILTER_IMPORT_SALES,
    "product=产品编号|产品编码|商品编号|商品编码|物品编号;name=产品名称|商品名称|物品名称;"
    "family=产品分类|产品类别|商品分类;region=所属区域|客户区域|区域|地区;"
    "channel=客户类型|客户分类|客户名称;"
    "month=出库日期|销售日期|出库时间|订单日期|下单日期|提交时间;"
    "quantity=出库数量|销售数量|本次出库数量|数量" },
  { "jiandaoyun", KILTER_IMPORT_STOCK,
    "product=产品编号|产品编码|商品编号|商品编码|物品编号;month=盘点日期|日期;"
    "quantity=当前库存|库存数量|即时库存|库存量|现有库存|实时库存" },
  { "jiandaoyun", KILTER_IMPORT_PRODUCTS,
    "code=产品编号|产品编码|商品编号|商品编码|物品编号;name=产品名称|商品名称|物品名称;"
    "family=产品分类|产品类别|商品分类;unit=单位|计量单位;price=销售单价|销售价|单价;"
    "cost=成本单价|采购单价|成本价" },
  { "jiandaoyun", KILTER_IMPORT_PRODUCTION,
    "product=产品编号|产品编码;month=完工日期|入库日期|报工日期|提交时间;"
    "quantity=完工数量|入库数量|合格数量|生产数量" },
  /* orders, stock, goods */
  { "nextx", KILTER_IMPORT_SALES,
    "product=Mã hàng hóa|Mã hàng|Mã sản phẩm|Mã SP;name=Tên hàng hóa|Tên hàng|Tên sản phẩm;"
    "family=Nhóm hàng hóa|Nhóm hàng|Nhóm sản phẩm|Danh mục;"
    "region=Khu vực|Tỉnh/Thành phố|Tỉnh thành|Chi nhánh;"
    "channel=Kênh bán hàng|Kênh bán|Nguồn khách hàng|Nhóm khách hàng|Tên khách hàng|Khách hàng;"
    "month=Ngày bán|Ngày đặt hàng|Ngày tạo|Ngày đơn hàng|Ngày hóa đơn|Thời gian;"
    "quantity=Số lượng|Số lượng bán|SL bán|SL" },
  { "nextx", KILTER_IMPORT_STOCK,
    "product=Mã hàng hóa|Mã hàng|Mã sản phẩm;month=Ngày|Ngày kiểm kho;"
    "quantity=Tồn kho|Tồn cuối kỳ|Tồn cuối|Số lượng tồn|Tồn hiện tại" },
  { "nextx", KILTER_IMPORT_PRODUCTS,
    "code=Mã hàng hóa|Mã hàng|Mã sản phẩm;name=Tên hàng hóa|Tên hàng|Tên sản phẩm;"
    "family=Nhóm hàng hóa|Nhóm hàng|Nhóm sản phẩm;unit=Đơn vị tính|ĐVT|Đơn vị;"
    "price=Giá bán|Giá bán lẻ|Đơn giá;cost=Giá vốn|Giá nhập" },
};

const KilterSystem *
kilter_system_get_all (gsize *out_n)
{
  *out_n = G_N_ELEMENTS (systems);
  return systems;
}

/**
 * kilter_system_find:
 *
 * Returns: (nullable): the system of a key
 */
const KilterSystem *
kilter_system_find (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (systems); i++)
    if (g_strcmp0 (systems[i].key, key) == 0)
      return &systems[i];
  return NULL;
}

/* Which of the headings is the column: the first that is there of those that it may have. */
static int
find_heading (const char *names, GPtrArray *folded)
{
  g_auto (GStrv) list = g_strsplit (names, "|", -1);

  for (char **name = list; *name != NULL; name++)
    {
      g_autofree char *wanted = kilter_text_fold (*name);

      for (guint i = 0; i < folded->len; i++)
        if (g_str_equal (folded->pdata[i], wanted))
          return (int) i;
    }
  return -1;
}

static gboolean
is_needed (KilterImportKind kind, const char *key)
{
  if (g_str_equal (key, "product") || g_str_equal (key, "code") || g_str_equal (key, "quantity"))
    return TRUE;
  /* lists of what is in store need no date */
  return g_str_equal (key, "month") && kind != KILTER_IMPORT_STOCK;
}

/* Whether another column was already said to be this one. */
static gboolean
is_taken (GHashTable *mapping, const char *key)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, mapping);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_str_equal (value, key))
      return TRUE;
  return FALSE;
}

/* How many columns of an export are there; 0 when one is missing that is needed. */
static guint
match_export (const Export *self, GPtrArray *folded, GPtrArray *headings, GHashTable *mapping)
{
  g_auto (GStrv) columns = g_strsplit (self->columns, ";", -1);
  guint n = 0;

  for (char **column = columns; *column != NULL; column++)
    {
      char *sign = strchr (*column, '=');
      int at;

      *sign = '\0';
      at = find_heading (sign + 1, folded);
      if (at < 0 && is_needed (self->kind, *column))
        return 0;
      if (at < 0)
        continue;
      n++;
      if (mapping != NULL && !g_hash_table_contains (mapping, headings->pdata[at]) &&
          !is_taken (mapping, *column))
        g_hash_table_insert (mapping, g_strdup (headings->pdata[at]), g_strdup (*column));
    }
  return n;
}

/**
 * kilter_system_match:
 * @key: (nullable): of the system; %NULL to recognise it
 * @headings: (element-type utf8): of the file
 * @wanted: the kind, or %KILTER_IMPORT_AUTO
 * @out_kind: (out): what is exported
 * @mapping: gets heading → column for those that are not in it
 *
 * Returns: (nullable): the system whose export has such columns
 */
const KilterSystem *
kilter_system_match (const char *key,
                     GPtrArray *headings,
                     KilterImportKind wanted,
                     KilterImportKind *out_kind,
                     GHashTable *mapping)
{
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  const Export *best = NULL;
  guint best_n = key != NULL ? 0 : MIN_RECOGNISED - 1;
  gboolean tie = FALSE;

  for (guint i = 0; i < headings->len; i++)
    g_ptr_array_add (folded, kilter_text_fold (headings->pdata[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (exports); i++)
    {
      guint n;

      if ((key != NULL && !g_str_equal (exports[i].system, key)) ||
          (wanted != KILTER_IMPORT_AUTO && wanted != exports[i].kind))
        continue;
      n = match_export (&exports[i], folded, headings, NULL);
      tie = n > best_n ? FALSE : tie || (n == best_n && best != NULL);
      if (n > best_n)
        {
          best_n = n;
          best = &exports[i];
        }
    }
  /* what two systems might have written is told by neither */
  if (best == NULL || (tie && key == NULL))
    return NULL;
  match_export (best, folded, headings, mapping);
  *out_kind = best->kind;
  return kilter_system_find (best->system);
}

/**
 * kilter_system_add_headings:
 * @set: (element-type utf8): gets every heading, folded
 */
void
kilter_system_add_headings (GHashTable *set)
{
  for (gsize i = 0; i < G_N_ELEMENTS (exports); i++)
    {
      g_auto (GStrv) columns = g_strsplit (exports[i].columns, ";", -1);

      for (char **column = columns; *column != NULL; column++)
        {
          g_auto (GStrv) names = g_strsplit (strchr (*column, '=') + 1, "|", -1);

          for (char **name = names; *name != NULL; name++)
            g_hash_table_add (set, kilter_text_fold (*name));
        }
    }
}

/**
 * kilter_system_describe:
 *
 * Returns: (transfer full) (nullable): the exports of a system and their columns, one a line
 */
char *
kilter_system_describe (const char *key)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (exports); i++)
    {
      g_auto (GStrv) columns = NULL;

      if (!g_str_equal (exports[i].system, key))
        continue;
      columns = g_strsplit (exports[i].columns, ";", -1);
      g_string_append_printf (out, "as=%s\n", kilter_import_kind_to_string (exports[i].kind));
      for (char **column = columns; *column != NULL; column++)
        {
          g_auto (GStrv) names = NULL;
          char *sign = strchr (*column, '=');

          *sign = '\0';
          names = g_strsplit (sign + 1, "|", -1);
          for (char **name = names; *name != NULL; name++)
            g_string_append_printf (out, "column=%s=%s\n", *name, *column);
        }
    }
  if (out->len == 0)
    {
      g_string_free (out, TRUE);
      return NULL;
    }
  return g_string_free (out, FALSE);
}
