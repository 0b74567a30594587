/* kilter-import-kind.c: what can be imported, and how other programs call it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/import/kilter-import-private.h"

#include "exchange/guess/kilter-system.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SERIES KILTER_SHAPE_SERIES
#define PRODUCT KILTER_SHAPE_PRODUCT
#define RESOURCE KILTER_SHAPE_RESOURCE
#define RECORDS KILTER_SHAPE_RECORDS

static const KilterImportKindInfo kinds[KILTER_N_IMPORT_KINDS] = {
  [KILTER_IMPORT_SALES] = { "sales", N_ ("Sales"), SERIES, 0, TRUE,
                            "product,region,channel,month,quantity\n"
                            "P-100,North,Retail,2026-01,1200\n"
                            "P-200,South,Wholesale,2026-02,350\n" },
  [KILTER_IMPORT_PRODUCTS] = { "products", N_ ("Products"), RECORDS, KILTER_TABLE_PRODUCT, FALSE,
                               "code,name,family,category,unit,price,cost,launch,status,make,"
                               "predecessor,storage\n"
                               "P-100,Mango Bar,Ice Cream,Food,case,24.5,14.2,,active,stock,,0.02\n"
                               "P-200,Coconut "
                               "Water,Drinks,Food,case,18,11,2026-05,new,stock,P-100,0.01\n" },
  [KILTER_IMPORT_STOCK] = { "stock", N_ ("Stock"), PRODUCT, 0, FALSE,
                            "product,month,quantity\n"
                            "P-100,2026-03,5200\n"
                            "P-200,2026-03,900\n" },
  [KILTER_IMPORT_PRODUCTION] = { "production", N_ ("Production"), PRODUCT, 0, TRUE,
                                 "product,month,quantity\n"
                                 "P-100,2026-02,1500\n"
                                 "P-200,2026-03,400\n" },
  [KILTER_IMPORT_PRICES] = { "prices", N_ ("Prices"), PRODUCT, 0, FALSE,
                             "product,month,price\n"
                             "P-100,2026-04,24.5\n"
                             "P-200,2026-04,18\n" },
  [KILTER_IMPORT_COSTS] = { "costs", N_ ("Costs"), PRODUCT, 0, FALSE,
                            "product,month,cost\n"
                            "P-100,2026-04,14.2\n"
                            "P-200,2026-04,11\n" },
  [KILTER_IMPORT_RESOURCES] = { "resources", N_ ("Resources"), RECORDS, KILTER_TABLE_RESOURCE,
                                FALSE,
                                "code,name,kind,site,hours,overtime_share,overtime_cost,overtime_"
                                "allowed\n"
                                "L-1,Line 1,machine,Main plant,640,0.2,35,yes\n"
                                "WH,Warehouse,storage,Main plant,4000,,,no\n" },
  [KILTER_IMPORT_RATES] = { "rates", N_ ("Hours per unit"), RECORDS, KILTER_TABLE_RATE, FALSE,
                            "product,resource,hours\n"
                            "P-100,L-1,0.05\n"
                            "P-200,L-1,0.03\n" },
  [KILTER_IMPORT_CAPACITY] = { "capacity", N_ ("Capacity"), RESOURCE, 0, TRUE,
                               "resource,2026-04,2026-05,2026-06\n"
                               "L-1,640,600,640\n"
                               "WH,4000,4000,4200\n" },
  [KILTER_IMPORT_BUDGET] = { "budget", N_ ("Budget"), SERIES, 0, TRUE,
                             "product,month,quantity,revenue\n"
                             "P-100,2026-04,1300,31850\n"
                             "P-200,2026-04,400,7200\n" },
  [KILTER_IMPORT_POLICIES] = { "policies", N_ ("Stock policy"), RECORDS, KILTER_TABLE_POLICY, FALSE,
                               "product,target_days,min_days,max_days,service,lead_time,"
                               "subcontract,subcontract_cost\n"
                               "P-100,21,10,45,0.98,1,yes,6.5\n"
                               "P-200,14,7,30,0.95,0,no,\n" },
  [KILTER_IMPORT_INPUTS] = { "inputs", N_ ("Inputs of sales, marketing, finance and customers"),
                             SERIES, 0, FALSE,
                             "product,region,channel,month,sales,marketing,finance,customer\n"
                             "P-100,North,Retail,2026-06,1400,1500,,\n"
                             "P-200,South,Wholesale,2026-06,380,,390,400\n" },
  [KILTER_IMPORT_FORECASTS] = { "forecasts", N_ ("Earlier forecasts"), SERIES, 0, FALSE,
                                "product,region,channel,month,quantity\n"
                                "P-100,North,Retail,2026-01,1150\n"
                                "P-200,South,Wholesale,2026-02,360\n" },
  [KILTER_IMPORT_CORRECTIONS] = { "corrections", N_ ("Corrected sales"), SERIES, 0, FALSE,
                                  "product,region,channel,month,quantity\n"
                                  "P-100,North,Retail,2026-01,1180\n"
                                  "P-200,South,Wholesale,2026-02,370\n" },
  [KILTER_IMPORT_EVENTS] = { "events", N_ ("Events"), SERIES, 0, TRUE,
                             "product,region,channel,month,quantity\n"
                             "P-100,North,Retail,2026-07,300\n"
                             "P-200,South,Wholesale,2026-07,-40\n" },
  [KILTER_IMPORT_ORDERS] = { "orders", N_ ("Open orders"), SERIES, 0, TRUE,
                             "product,region,channel,month,quantity\n"
                             "P-100,North,Retail,2026-04,800\n"
                             "P-200,South,Wholesale,2026-05,120\n" },
  [KILTER_IMPORT_PEOPLE] = { "people", N_ ("People"), RECORDS, KILTER_TABLE_PERSON, FALSE,
                             "name,role,email\n"
                             "Ann Baker,Demand planner,ann@example.org\n"
                             "Bo Chen,Supply planner,\n" },
  [KILTER_IMPORT_DECISIONS] = { "decisions", N_ ("Decisions"), RECORDS, KILTER_TABLE_DECISION,
                                FALSE,
                                "title,text,margin,cost,owner,decide_by,state\n"
                                "Second shift on line 1,Covers the summer peak,42000,18000,Ann "
                                "Baker,2026-04-24,open\n"
                                "Delist P-200,Loses money,5000,0,Bo Chen,2026-04-24,open\n" },
  [KILTER_IMPORT_RISKS] = { "risks", N_ ("Assumptions and risks"), RECORDS, KILTER_TABLE_RISK,
                            FALSE,
                            "kind,text,first,last,effect,likelihood,owner,review,state\n"
                            "risk,Supplier of mango pulp is late,2026-06,2026-08,-60000,0.3,Bo "
                            "Chen,2026-05-04,open\n"
                            "opportunity,New retail chain,2026-09,2026-12,85000,0.4,Ann "
                            "Baker,2026-06-01,open\n" },
  [KILTER_IMPORT_TASKS] = { "tasks", N_ ("Tasks"), RECORDS, KILTER_TABLE_TASK, FALSE,
                            "step,title,owner,due,done\n"
                            "1,Check the actuals,Ann Baker,2026-04-02,no\n"
                            "3,Confirm capacity with the plant,Bo Chen,2026-04-14,no\n" },
  [KILTER_IMPORT_ACTIONS] = { "actions", N_ ("Actions"), RECORDS, KILTER_TABLE_ACTION, FALSE,
                              "title,owner,due,state\n"
                              "Ask for a second quotation,Bo Chen,2026-04-30,open\n"
                              "Update the price list,Ann Baker,2026-05-08,open\n" },
  [KILTER_IMPORT_REASONS] = { "reasons", N_ ("Reasons"), RECORDS, KILTER_TABLE_REASON, FALSE,
                              "name,code\n"
                              "Promotion,promotion\n"
                              "New customer,customer\n" },
  [KILTER_IMPORT_TARGETS] = { "targets", N_ ("Targets"), RECORDS, KILTER_TABLE_TARGET, FALSE,
                              "metric,value,tolerance,shown\n"
                              "accuracy,0.8,0.05,yes\n"
                              "turns,8,1,yes\n" },
  [KILTER_IMPORT_STEPS] = { "steps", N_ ("Steps"), RECORDS, KILTER_TABLE_STEP, FALSE,
                            "number,owner,due,time\n"
                            "1,Ann Baker,2026-04-03,\n"
                            "2,Ann Baker,2026-04-09,10:00\n" },
  [KILTER_IMPORT_BILLS] = { "bills", N_ ("Bills of materials"), RECORDS, KILTER_TABLE_BILL, FALSE,
                            "product,component,quantity,periods_after\n"
                            "P-100,P-200,0.5,0\n"
                            "P-100,P-300,2,0\n" },
  [KILTER_IMPORT_PURCHASES] = { "purchases", N_ ("Purchases"), PRODUCT, 0, TRUE,
                                "product,month,quantity\n"
                                "P-100,2026-04,800\n"
                                "P-200,2026-05,250\n" },
  [KILTER_IMPORT_FAMILIES] = { "families", N_ ("Families"), RECORDS, KILTER_TABLE_FAMILY, FALSE,
                               "name,category\n"
                               "Ice Cream,Food\n"
                               "Drinks,Food\n" },
  [KILTER_IMPORT_SETTINGS] = { "settings", N_ ("Settings"), RECORDS, KILTER_TABLE_SETTING, FALSE,
                               "key,value\n"
                               "company,Bluebird Foods\n"
                               "currency,USD\n" },
  [KILTER_IMPORT_DELIVERIES] = { "deliveries", N_ ("Delivered orders"), PRODUCT, 0, FALSE,
                                 "product,month,bookings,lines,on_time_lines,accurate_lines,"
                                 "perfect_lines,delivery_days\n"
                                 "P-100,2026-03,1240,210,202,208,200,630\n"
                                 "P-200,2026-03,410,80,78,80,78,228\n" },
  [KILTER_IMPORT_UNITS] = { "units", N_ ("Other units"), RECORDS, KILTER_TABLE_CONVERSION, FALSE,
                            "product,unit,plan_units\n"
                            "P-100,pallet,48\n"
                            "P-200,piece,0.05\n" },
  [KILTER_IMPORT_CURRENCIES] = { "currencies", N_ ("Exchange rates"), RECORDS,
                                 KILTER_TABLE_EXCHANGE, FALSE,
                                 "currency,first,rate\n"
                                 "EUR,2026-01,1.08\n"
                                 "CNY,2026-01,0.14\n" },
  [KILTER_IMPORT_BALANCES] = { "balances", N_ ("Receivables and payables"), PRODUCT, 0, FALSE,
                               "product,month,receivables,payables\n"
                               "P-100,2026-03,29400,17600\n"
                               "P-200,2026-03,7300,4500\n" },
};

/* Headings by column key: English, Vietnamese, Chinese; folded as kilter_text_fold() does. */
static const struct
{
  const char *key;
  const char *words;
} synonyms[] = {
  { "product", "product|product code|product id|item|item code|item no|item number|item "
               "id|sku|article|article number|"
               "material|material number|material code|part|part number|part no|stock code|mã "
               "hàng|mã sản phẩm|mặt hàng|sản phẩm|"
               "mã mặt hàng|mã vật tư|vật tư|hàng hóa|mã hàng "
               "hóa|物料|物料编码|物料代码|物料号|产品|产品编码|产品代码|产品编号|"
               "商品|商品编码|存货编码|存货|料号|货号|品号" },
  { "name", "name|product name|item name|description|item description|product description|material "
            "description|"
            "tên|tên hàng|tên sản phẩm|tên mặt hàng|diễn "
            "giải|名称|品名|产品名称|物料名称|存货名称|商品名称|物料描述" },
  { "family", "family|product family|product line|nhóm|nhóm sản phẩm|nhóm hàng|dòng sản "
              "phẩm|系列|产品系列|产品族" },
  { "category", "category|product category|ngành hàng|loại|loại sản phẩm|danh "
                "mục|类别|品类|分类|大类|产品类别" },
  { "product_group", "group|product group|nhóm phụ|组|产品组" },
  { "region", "region|area|territory|sales region|country|khu vực|vùng|miền|quốc "
              "gia|区域|地区|大区|销售区域|国家" },
  { "channel", "channel|sales channel|customer|customer group|cust group|account|kênh|kênh bán "
               "hàng|kênh bán|khách hàng|"
               "nhóm khách hàng|渠道|销售渠道|客户|客户组|客户名称" },
  { "resource", "resource|resource code|work centre|work center|workcenter|line|machine|nguồn "
                "lực|tổ máy|dây chuyền|máy|"
                "资源|工作中心|产线|生产线|设备" },
  { "month", "month|date|period|week|quarter|year month|calendar month|calendar week|posting "
             "date|invoice date|order date|"
             "ship date|day|bucket|fiscal period|time|tháng|ngày|kỳ|tuần|quý|thời gian|ngày hạch "
             "toán|ngày hóa đơn|"
             "月份|月|日期|期间|会计期间|周|季度|年月|时间|单据日期" },
  { "year", "year|fiscal year|calendar year|năm|năm tài chính|年|年份|年度|会计年度" },
  { "quantity", "quantity|qty|units|volume|sales quantity|quantity sold|sales volume|billed "
                "quantity|cases|pieces|pcs|"
                "số lượng|sl|sản lượng|khối lượng|数量|件数|箱数" },
  { "revenue", "revenue|net value|net sales|turnover|sales value|net amount|amount|value|doanh "
               "thu|thành tiền|trị giá|"
               "销售收入|销售额|金额|收入|预算收入" },
  { "margin", "margin|gross margin|lợi nhuận gộp|biên lợi nhuận|毛利|毛利额" },
  { "price",
    "price|unit price|list price|selling price|net price|giá|đơn giá|giá bán|价格|单价|售价" },
  { "cost", "cost|unit cost|standard cost|cost price|giá vốn|giá thành|chi "
            "phí|成本|单位成本|标准成本|单价成本" },
  { "hours", "hours|hours per unit|rate|time per unit|run time|giờ|định mức|giờ công|giờ mỗi đơn "
             "vị|工时|小时|单位工时" },
  { "capacity", "capacity|hours|available hours|regular hours|regular capacity|năng lực|công "
                "suất|giờ|产能|能力|可用工时" },
  { "sales",
    "sales|sales input|sales forecast|kinh doanh|bán hàng|dự báo bán hàng|销售|销售输入|销售预测" },
  { "marketing", "marketing|marketing input|marketing forecast|tiếp thị|市场|市场输入|市场预测" },
  { "finance", "finance|finance input|finance forecast|tài chính|财务|财务输入|财务预测" },
  { "customer", "customer input|customer forecast|khách hàng dự báo|客户输入|客户预测" },
  { "currency",
    "currency|currency code|document currency|transaction currency|tiền tệ|loại tiền|mã "
    "tiền tệ|币种|币别|货币|货币代码" },
  { "plan_units",
    "plan units|base units|base quantity|conversion factor|factor|hệ số quy đổi|quy đổi|"
    "换算率|换算系数|基本数量" },
  { "rate", "rate|exchange rate|conversion rate|tỷ giá|tỉ giá|汇率" },
  { "code", "code|mã|编码|代码|编号" },
  { "component",
    "component|component code|material|raw material|nguyên liệu|vật tư|子件|子件编码|子项物料编码|"
    "原材料|组件" },
  { "unit", "unit|uom|unit of measure|base unit|đơn vị|đơn vị tính|đvt|单位|计量单位" },
  { "status", "status|state|trạng thái|状态" },
  { "state", "state|status|trạng thái|状态" },
  { "make", "make|made to|strategy|mts mto|hình thức sản xuất|生产方式" },
  { "bookings", "bookings|ordered|order intake|orders booked|đơn hàng nhận|接单量|订单量" },
  { "lines", "lines|order lines|lines due|số dòng đơn|dòng đơn hàng|订单行|订单行数" },
  { "on_time_lines", "on time lines|on time in full|otif|đúng hạn đủ lượng|准时足量" },
  { "accurate_lines", "accurate lines|right lines|dòng đúng|准确行" },
  { "perfect_lines", "perfect lines|perfect orders|đơn hàng hoàn hảo|完美订单" },
  { "delivery_days", "delivery days|days to deliver|số ngày giao|交付天数" },
  { "receivables", "receivables|accounts receivable|phải thu|应收|应收账款" },
  { "payables", "payables|accounts payable|phải trả|应付|应付账款" },
  { "launch", "launch|launch date|launched|ngày ra mắt|ra mắt|上市|上市日期" },
  { "phase_out", "phase out|phase out date|end date|ngừng bán|退市|退市日期" },
  { "predecessor", "predecessor|replaces|sản phẩm trước|thay cho|前代产品|替代" },
  { "like_product", "like|like product|similar to|sản phẩm tương tự|相似产品" },
  { "storage", "storage|pallets per unit|pallets|pallet mỗi đơn vị|托盘|单位托盘" },
  { "opening_stock", "opening stock|tồn đầu|期初库存" },
  { "kind", "kind|type|loại|类型|种类" },
  { "site", "site|plant|location|địa điểm|nhà máy|地点|工厂" },
  { "overtime_share", "overtime|overtime limit|tăng ca|加班|加班上限" },
  { "overtime_cost", "overtime cost|chi phí tăng ca|加班成本" },
  { "target_days",
    "target|target days|target stock|số ngày tồn mục tiêu|tồn mục tiêu|目标天数|目标库存" },
  { "min_days", "min|minimum|min days|safety stock|tồn tối thiểu|tồn an toàn|最低天数|安全库存" },
  { "max_days", "max|maximum|max days|tồn tối đa|最高天数|最大库存" },
  { "service", "service|service level|mức phục vụ|服务水平" },
  { "owner", "owner|responsible|người phụ trách|负责人" },
  { "due", "due|due date|deadline|hạn|hạn chót|截止日期|到期日" },
  { "title", "title|subject|decision|action|task|tiêu đề|标题" },
  { "text", "text|description|assumption|risk|mô tả|nội dung|描述|内容" },
  { "first", "first|from|start|từ|开始|自" },
  { "last", "last|to|end|until|đến|结束|至" },
};

/* Headings of numbers that only one kind has. */
static const struct
{
  KilterImportKind kind;
  const char *words;
} own_words[] = {
  { KILTER_IMPORT_SALES, "sales|sales qty|sales units|sold|actual|actual "
                         "sales|actuals|shipments|shipped|demand|doanh số|"
                         "số lượng bán|lượng bán|bán|đã bán|销量|销售数量|销售|出货量|实际销量" },
  { KILTER_IMPORT_STOCK,
    "stock|stock on hand|on hand|inventory|closing stock|ending stock|closing "
    "inventory|unrestricted|"
    "tồn|tồn kho|tồn cuối|tồn cuối kỳ|库存|库存数量|期末库存|现存量|结存数量" },
  { KILTER_IMPORT_PRODUCTION, "production|produced|output|production quantity|sản xuất|sản lượng "
                              "sản xuất|nhập kho|产量|生产数量|入库数量" },
  { KILTER_IMPORT_PURCHASES,
    "purchases|purchase quantity|purchased|ordered from supplier|open purchase "
    "orders|mua hàng|số lượng mua|đặt mua|采购数量|采购|采购订单数量" },
  { KILTER_IMPORT_BUDGET, "budget|budget quantity|plan|aop|ngân sách|kế hoạch|预算|预算数量|计划" },
  { KILTER_IMPORT_FORECASTS, "forecast|forecast quantity|previous forecast|dự báo|预测|预测数量" },
  { KILTER_IMPORT_INPUTS, "marketing|marketing input|marketing forecast|sales input|sales and "
                          "marketing|tiếp thị|市场|市场输入|"
                          "市场预测|销售输入" },
  { KILTER_IMPORT_EVENTS, "event|uplift|promotion|khuyến mãi|促销|活动" },
  { KILTER_IMPORT_ORDERS, "open orders|open order quantity|order backlog|quantity on order|"
                          "đơn hàng chưa giao|未交订单|未交数量" },
  { KILTER_IMPORT_CORRECTIONS, "correction|corrected|cleansed|hiệu chỉnh|修正" },
};

const KilterImportKindInfo *
kilter_import_kind_get_info (KilterImportKind kind)
{
  g_return_val_if_fail (kind >= 0 && kind < KILTER_N_IMPORT_KINDS, NULL);

  return &kinds[kind];
}

/**
 * kilter_import_kind_to_string:
 *
 * Returns: (transfer none): "sales" …, as on the command line
 */
const char *
kilter_import_kind_to_string (KilterImportKind kind)
{
  return kind == KILTER_IMPORT_AUTO ? "auto" : kilter_import_kind_get_info (kind)->key;
}

/* What people call the same. */
static const struct
{
  const char *name;
  KilterImportKind kind;
} other_names[] = {
  { "shipments", KILTER_IMPORT_SALES }, { "deliveries", KILTER_IMPORT_SALES },
  { "actuals", KILTER_IMPORT_SALES },   { "inventory", KILTER_IMPORT_STOCK },
  { "materials", KILTER_IMPORT_BILLS }, { "lines", KILTER_IMPORT_RESOURCES },
};

gboolean
kilter_import_kind_from_string (const char *text, KilterImportKind *out_kind)
{
  if (g_strcmp0 (text, "auto") == 0)
    {
      *out_kind = KILTER_IMPORT_AUTO;
      return TRUE;
    }
  for (int i = 0; i < KILTER_N_IMPORT_KINDS; i++)
    if (g_strcmp0 (text, kinds[i].key) == 0)
      {
        *out_kind = i;
        return TRUE;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (other_names); i++)
    if (g_strcmp0 (text, other_names[i].name) == 0)
      {
        *out_kind = other_names[i].kind;
        return TRUE;
      }
  return FALSE;
}

const char *
kilter_import_kind_get_name (KilterImportKind kind)
{
  return kind == KILTER_IMPORT_AUTO ? _ ("Detect") : _ (kilter_import_kind_get_info (kind)->name);
}

/**
 * kilter_import_kind_get_table:
 *
 * Returns: the table of a kind whose rows are records, −1 for numbers
 */
int
kilter_import_kind_get_table (KilterImportKind kind)
{
  const KilterImportKindInfo *info = kilter_import_kind_get_info (kind);

  return info->shape == KILTER_SHAPE_RECORDS ? (int) info->table : -1;
}

/**
 * kilter_template:
 *
 * Returns: (transfer full): CSV with headings and two rows that import cleanly into a plan of the
 *   cycle 2026-04
 */
char *
kilter_template (KilterImportKind kind)
{
  return g_strdup (kilter_import_kind_get_info (kind)->template_text);
}

static void
add_column (GArray *columns,
            const char *key,
            const char *label,
            KilterImportColumnType type,
            gboolean required)
{
  KilterImportColumnInfo info = { key, label, type, KILTER_N_MEASURES, -1, required };

  g_array_append_val (columns, info);
}

static void
add_measure (GArray *columns,
             const char *key,
             const char *label,
             KilterMeasure measure,
             gboolean required)
{
  KilterImportColumnInfo info = { key, label, KILTER_COLUMN_MEASURE, measure, -1, required };

  g_array_append_val (columns, info);
}

static void
add_measures (GArray *columns, KilterImportKind kind)
{
  switch ((int) kind)
    {
    case KILTER_IMPORT_SALES:
      add_measure (columns, "quantity", _ ("Quantity"), KILTER_ACTUAL, TRUE);
      break;
    case KILTER_IMPORT_STOCK:
      add_measure (columns, "quantity", _ ("Quantity"), KILTER_STOCK_ACTUAL, TRUE);
      break;
    case KILTER_IMPORT_PRODUCTION:
      add_measure (columns, "quantity", _ ("Quantity"), KILTER_PRODUCTION, TRUE);
      break;
    case KILTER_IMPORT_PURCHASES:
      add_measure (columns, "quantity", _ ("Quantity"), KILTER_PURCHASE, TRUE);
      break;
    case KILTER_IMPORT_PRICES:
      add_measure (columns, "price", _ ("Price"), KILTER_PRICE, TRUE);
      break;
    case KILTER_IMPORT_COSTS:
      add_measure (columns, "cost", _ ("Cost"), KILTER_COST, TRUE);
      break;
    case KILTER_IMPORT_CAPACITY:
      add_measure (columns, "capacity", _ ("Capacity"), KILTER_CAPACITY, TRUE);
      break;
    case KILTER_IMPORT_BUDGET:
      add_measure (columns, "quantity", _ ("Quantity"), KILTER_BUDGET, FALSE);
      add_measure (columns, "revenue", _ ("Revenue"), KILTER_BUDGET_REVENUE, FALSE);
      add_measure (columns, "margin", _ ("Gross margin"), KILTER_BUDGET_MARGIN, FALSE);
      break;
    case KILTER_IMPORT_INPUTS:
      add_measure (columns, "sales", _ ("Sales input"), KILTER_SALES_INPUT, FALSE);
      add_measure (columns, "marketing", _ ("Marketing input"), KILTER_MARKETING_INPUT, FALSE);
      add_measure (columns, "finance", _ ("Finance input"), KILTER_FINANCE_INPUT, FALSE);
      add_measure (columns, "customer", _ ("Customer input"), KILTER_CUSTOMER_INPUT, FALSE);
      break;
    case KILTER_IMPORT_FORECASTS:
      add_measure (columns, "quantity", _ ("Quantity"), KILTER_PREVIOUS, TRUE);
      break;
    case KILTER_IMPORT_CORRECTIONS:
      add_measure (columns, "quantity", _ ("Quantity"), KILTER_CORRECTION, TRUE);
      break;
    case KILTER_IMPORT_DELIVERIES:
      add_measure (columns, "bookings", _ ("Bookings"), KILTER_BOOKINGS, FALSE);
      add_measure (columns, "lines", _ ("Order lines"), KILTER_ORDER_LINES, TRUE);
      add_measure (columns, "on_time_lines", _ ("Lines on time and in full"), KILTER_ORDER_ON_TIME,
                   FALSE);
      add_measure (columns, "accurate_lines", _ ("Lines with the right item and quantity"),
                   KILTER_ORDER_ACCURATE, FALSE);
      add_measure (columns, "perfect_lines", _ ("Perfect lines"), KILTER_ORDER_PERFECT, FALSE);
      add_measure (columns, "delivery_days", _ ("Days from order to delivery"), KILTER_ORDER_DAYS,
                   FALSE);
      break;
    case KILTER_IMPORT_BALANCES:
      add_measure (columns, "receivables", _ ("Receivables"), KILTER_RECEIVABLES, FALSE);
      add_measure (columns, "payables", _ ("Payables"), KILTER_PAYABLES, FALSE);
      break;
    case KILTER_IMPORT_EVENTS:
      add_measure (columns, "quantity", _ ("Quantity"), KILTER_EVENT, TRUE);
      break;
    case KILTER_IMPORT_ORDERS:
      add_measure (columns, "quantity", _ ("Quantity"), KILTER_ORDERS, TRUE);
      break;
    default:
      break;
    }
}

/* whose numbers, or prices for one, can be in another unit than the product's */
static gboolean
is_counted (KilterImportKind kind)
{
  return kinds[kind].shape != KILTER_SHAPE_RESOURCE && kind != KILTER_IMPORT_DELIVERIES &&
         kind != KILTER_IMPORT_BALANCES;
}

static gboolean
is_money (KilterImportKind kind)
{
  return kind == KILTER_IMPORT_PRICES || kind == KILTER_IMPORT_COSTS ||
         kind == KILTER_IMPORT_BUDGET || kind == KILTER_IMPORT_BALANCES;
}

/**
 * kilter_import_kind_get_columns:
 *
 * Returns: (transfer full) (element-type KilterImportColumnInfo): what a file of the kind may hold;
 *   labels are in the user's language
 */
GArray *
kilter_import_kind_get_columns (KilterImportKind kind)
{
  const KilterImportKindInfo *info = kilter_import_kind_get_info (kind);
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (KilterImportColumnInfo));

  if (info->shape == KILTER_SHAPE_RECORDS)
    {
      const KilterTableInfo *table = kilter_table_get_info (info->table);

      for (int i = 0; i < table->n_fields; i++)
        {
          KilterImportColumnInfo column = { table->fields[i].name,
                                            _ (table->fields[i].label),
                                            KILTER_COLUMN_FIELD,
                                            KILTER_N_MEASURES,
                                            i,
                                            (table->fields[i].flags & KILTER_FIELD_REQUIRED) != 0 };

          /* the cycle is the current one where the file does not say */
          if (table->fields[i].type == KILTER_FIELD_REF &&
              table->fields[i].ref == KILTER_TABLE_CYCLE)
            column.required = FALSE;
          g_array_append_val (columns, column);
        }
      if (info->table == KILTER_TABLE_PRODUCT)
        add_column (columns, "category", _ ("Category"), KILTER_COLUMN_CATEGORY, FALSE);
      return columns;
    }

  if (info->shape == KILTER_SHAPE_RESOURCE)
    add_column (columns, "resource", _ ("Resource"), KILTER_COLUMN_RESOURCE, TRUE);
  else
    add_column (columns, "product", _ ("Product code"), KILTER_COLUMN_PRODUCT, TRUE);
  if (kind == KILTER_IMPORT_SALES)
    {
      add_column (columns, "name", _ ("Product name"), KILTER_COLUMN_PRODUCT_NAME, FALSE);
      add_column (columns, "family", _ ("Family"), KILTER_COLUMN_FAMILY, FALSE);
      add_column (columns, "category", _ ("Category"), KILTER_COLUMN_CATEGORY, FALSE);
    }
  if (info->shape == KILTER_SHAPE_SERIES)
    {
      add_column (columns, "region", _ ("Region"), KILTER_COLUMN_REGION, FALSE);
      add_column (columns, "channel", _ ("Channel"), KILTER_COLUMN_CHANNEL, FALSE);
    }
  if (is_counted (kind))
    add_column (columns, "unit", _ ("Unit"), KILTER_COLUMN_UNIT, FALSE);
  if (is_money (kind))
    add_column (columns, "currency", _ ("Currency"), KILTER_COLUMN_CURRENCY, FALSE);
  /* a list of what is in store needs no date: it is that of the last period that is over */
  add_column (columns, "month", _ ("Period"), KILTER_COLUMN_DATE, kind != KILTER_IMPORT_STOCK);
  add_column (columns, "year", _ ("Year"), KILTER_COLUMN_YEAR, FALSE);
  add_measures (columns, kind);
  return columns;
}

/* Whether @words, parted by bars, has @folded as a whole. */
static gboolean
list_has (const char *words, const char *folded)
{
  gsize length = strlen (folded);

  for (const char *at = words; at != NULL;
       at = strchr (at, '|') != NULL ? strchr (at, '|') + 1 : NULL)
    if (strncmp (at, folded, length) == 0 && (at[length] == '|' || at[length] == '\0'))
      return TRUE;
  return FALSE;
}

/* Whether a word of the list stands within @folded. */
static gboolean
list_within (const char *words, const char *folded)
{
  g_auto (GStrv) split = g_strsplit (words, "|", -1);

  for (char **word = split; *word != NULL; word++)
    {
      const char *at = strstr (folded, *word);
      gsize length = strlen (*word);
      gboolean ideographs = (guchar) (*word)[0] >= 0xE3;

      if (at == NULL || (!ideographs && g_utf8_strlen (*word, -1) < 3))
        continue;
      if (ideographs ||
          ((at == folded || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')))
        return TRUE;
    }
  return FALSE;
}

/* Whether a folded heading is a column's key, whose words are parted by underscores. */
static gboolean
is_key (const char *folded, const char *key)
{
  for (; *folded != '\0' && *key != '\0'; folded++, key++)
    if (*folded != (*key == '_' ? ' ' : *key))
      return FALSE;
  return *folded == *key;
}

static void
add_words (GHashTable *set, const char *words)
{
  g_auto (GStrv) split = g_strsplit (words, "|", -1);

  for (char **word = split; *word != NULL; word++)
    g_hash_table_add (set, g_strdup (*word));
}

/**
 * kilter_import_known_headings:
 *
 * Returns: (transfer full) (element-type utf8): every folded heading that some kind knows as a
 * whole
 */
GHashTable *
kilter_import_known_headings (void)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (synonyms); i++)
    add_words (set, synonyms[i].words);
  for (gsize i = 0; i < G_N_ELEMENTS (own_words); i++)
    add_words (set, own_words[i].words);
  kilter_system_add_headings (set);
  for (int kind = 0; kind < KILTER_N_IMPORT_KINDS; kind++)
    {
      g_autoptr (GArray) columns = kilter_import_kind_get_columns (kind);

      for (guint i = 0; i < columns->len; i++)
        {
          const KilterImportColumnInfo *info = &g_array_index (columns, KilterImportColumnInfo, i);

          g_hash_table_add (set, kilter_text_fold (info->key));
          g_hash_table_add (set, kilter_text_fold (info->label));
        }
    }
  return set;
}

/**
 * kilter_import_heading_matches:
 * @folded: a heading, folded
 * @key: of a column
 * @exact: whether the whole heading must be a known name
 */
gboolean
kilter_import_heading_matches (const char *folded, const char *key, gboolean exact)
{
  if (*folded == '\0')
    return FALSE;
  if (is_key (folded, key))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (synonyms); i++)
    if (g_str_equal (synonyms[i].key, key))
      return exact ? list_has (synonyms[i].words, folded) : list_within (synonyms[i].words, folded);
  return FALSE;
}

/* How many of @words, parted by bars, are among @headings. */
static guint
count_among (const char *words, GHashTable *headings)
{
  g_auto (GStrv) split = g_strsplit (words, "|", -1);
  guint n = 0;

  for (char **word = split; *word != NULL; word++)
    n += g_hash_table_contains (headings, *word);
  return n;
}

/**
 * kilter_import_key_is_among:
 * @headings: (element-type utf8): a set of folded headings
 *
 * Returns: whether one of them is exactly a name of the column
 */
gboolean
kilter_import_key_is_among (const char *key, GHashTable *headings)
{
  g_autofree char *plain = g_strdelimit (g_strdup (key), "_", ' ');

  if (g_hash_table_contains (headings, plain))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (synonyms); i++)
    if (g_str_equal (synonyms[i].key, key))
      return count_among (synonyms[i].words, headings) > 0;
  return FALSE;
}

/**
 * kilter_import_count_own:
 *
 * Returns: how many headings are what only numbers of this kind are called
 */
guint
kilter_import_count_own (KilterImportKind kind, GHashTable *headings)
{
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (own_words); i++)
    if (own_words[i].kind == kind)
      n += count_among (own_words[i].words, headings);
  return n;
}

/**
 * kilter_import_heading_is_own:
 *
 * Returns: whether the heading is what numbers of this kind are called: "Closing stock", 销量
 */
gboolean
kilter_import_heading_is_own (const char *folded, KilterImportKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (own_words); i++)
    if (own_words[i].kind == kind && *folded != '\0' && list_has (own_words[i].words, folded))
      return TRUE;
  return FALSE;
}

/**
 * kilter_import_name_speaks_of:
 *
 * Returns: whether a file's name tells its kind: "stock-2026-03.csv", "销量.csv"
 */
gboolean
kilter_import_name_speaks_of (const char *folded, KilterImportKind kind)
{
  g_autofree char *key = kilter_text_fold (kinds[kind].key);
  gsize length = strlen (key);
  const char *at = strstr (folded, key);

  if (at != NULL && (at == folded || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
    return TRUE;
  /* "product list", "resource file": without the plural */
  if (length > 4 && key[length - 1] == 's' && kind != KILTER_IMPORT_SALES)
    {
      key[length - 1] = '\0';
      at = strstr (folded, key);
      if (at != NULL && (at == folded || at[-1] == ' ') &&
          (at[length - 1] == ' ' || at[length - 1] == '\0'))
        return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (own_words); i++)
    if (own_words[i].kind == kind && list_within (own_words[i].words, folded))
      return TRUE;
  return FALSE;
}

/**
 * kilter_import_heading_is_place:
 *
 * Returns: whether the column says where in the company something is: stock of several places is
 *   added up
 */
gboolean
kilter_import_heading_is_place (const char *folded)
{
  static const char places[] =
    "plant|storage location|warehouse|location|site|store|batch|lot|bin|storage bin|kho|tên kho|mã "
    "kho|vị trí|lô|chi nhánh|仓库|仓库名称|仓库编码|库位|库存地点|工厂|批号|批次|货位";

  return *folded != '\0' && list_has (places, folded);
}
