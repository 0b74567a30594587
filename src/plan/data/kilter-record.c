/* kilter-record.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/data/kilter-record.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define REQUIRED KILTER_FIELD_REQUIRED
#define KEY (KILTER_FIELD_REQUIRED | KILTER_FIELD_UNIQUE)

#define TEXT(name, label, flags) { name, label, KILTER_FIELD_TEXT, 0, NULL, flags }
#define NUMBER(name, label, flags) { name, label, KILTER_FIELD_NUMBER, 0, NULL, flags }
#define INT(name, label, flags) { name, label, KILTER_FIELD_INT, 0, NULL, flags }
#define BOOL(name, label) { name, label, KILTER_FIELD_BOOL, 0, NULL, 0 }
#define REF(name, label, table, flags) { name, label, KILTER_FIELD_REF, table, NULL, flags }
#define DATE(name, label) { name, label, KILTER_FIELD_DATE, 0, NULL, 0 }
#define BUCKET(name, label) { name, label, KILTER_FIELD_BUCKET, 0, NULL, 0 }
#define CHOICE(name, label, choices) { name, label, KILTER_FIELD_CHOICE, 0, choices, 0 }

static const char *const statuses[] = { "active", "new", "phase-out", "ended", NULL };
static const char *const makes[] = { "stock", "order", "buy", NULL };
static const char *const resource_kinds[] = { "machine",   "labour",  "storage", "supplier",
                                              "transport", "capital", NULL };
static const char *const target_rules[] = { "days", "units", "service", NULL };
static const char *const service_kinds[] = { "cycle", "fill", NULL };
static const char *const strategies[] = { "optimal", "chase",  "level", "mixed",
                                          "cover",   "manual", NULL };
static const char *const launch_curves[] = { "like", "bass", NULL };
static const char *const phase_out_curves[] = { "sudden", "linear", "decay", NULL };
static const char *const version_kinds[] = { "scenario", "step", "approved", NULL };
static const char *const version_states[] = { "working", "recommended", "approved", "outdated",
                                              NULL };
static const char *const step_states[] = { "open", "running", "done", "reopened", NULL };
static const char *const cycle_states[] = { "open", "closed", NULL };
static const char *const decision_states[] = { "open", "approved", "deferred", "rejected", NULL };
static const char *const action_states[] = { "open", "done", "dropped", NULL };
static const char *const risk_kinds[] = { "assumption", "risk", "opportunity", NULL };
static const char *const meeting_kinds[] = {
  "demand", "supply", "pre", "executive", "monitor", NULL
};
static const char *const minute_kinds[] = { "note", "decision", "action", NULL };
/* by what decisions and assumptions are checked: keys of measures that actuals know */
static const char *const checks[] = { "actual", "production", "stock", "revenue",
                                      "margin", "price",      "cost",  NULL };
static const char *const risk_states[] = { "open", "confirmed", "refuted", "closed", NULL };

static const char *const event_kinds[] = { "promotion", "launch",    "phase-out", "price",
                                           "holiday",   "stock-out", "other",     NULL };
static const char *const event_states[] = { "planned", "proposed", NULL };
static const char *const event_units[] = { "share", "quantity", NULL };
static const char *const approval_states[] = { "approved", "refused", NULL };

static const KilterFieldInfo setting_fields[] = {
  TEXT ("key", N_ ("Setting"), KEY),
  TEXT ("value", N_ ("Value"), 0),
};
static const KilterFieldInfo person_fields[] = {
  TEXT ("name", N_ ("Name"), KEY),
  TEXT ("role", N_ ("Role"), 0),
  TEXT ("email", N_ ("Email"), 0),
};
static const KilterFieldInfo category_fields[] = {
  TEXT ("name", N_ ("Category"), KEY),
};
static const KilterFieldInfo family_fields[] = {
  TEXT ("name", N_ ("Family"), KEY),
  REF ("category", N_ ("Category"), KILTER_TABLE_CATEGORY, 0),
};
static const KilterFieldInfo product_fields[] = {
  TEXT ("code", N_ ("Code"), KEY),
  TEXT ("name", N_ ("Name"), 0),
  REF ("family", N_ ("Family"), KILTER_TABLE_FAMILY, 0),
  TEXT ("product_group", N_ ("Group"), 0),
  TEXT ("unit", N_ ("Unit"), 0),
  CHOICE ("status", N_ ("Status"), statuses),
  CHOICE ("make", N_ ("Made to"), makes),
  NUMBER ("price", N_ ("Price"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("cost", N_ ("Cost"), KILTER_FIELD_NOT_NEGATIVE),
  BUCKET ("launch", N_ ("Launch")),
  BUCKET ("phase_out", N_ ("Phase-out")),
  REF ("predecessor", N_ ("Predecessor"), KILTER_TABLE_PRODUCT, 0),
  REF ("like_product", N_ ("Like product"), KILTER_TABLE_PRODUCT, 0),
  NUMBER ("like_share", N_ ("Share of the like product"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("opening_stock", N_ ("Opening stock"), 0),
  NUMBER ("storage", N_ ("Pallets per unit"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("predecessor_share", N_ ("Share of the predecessor"), KILTER_FIELD_NOT_NEGATIVE),
  REF ("like_product_2", N_ ("Second like product"), KILTER_TABLE_PRODUCT, 0),
  REF ("like_product_3", N_ ("Third like product"), KILTER_TABLE_PRODUCT, 0),
  CHOICE ("launch_curve", N_ ("Launch curve"), launch_curves),
  CHOICE ("phase_out_curve", N_ ("Phase-out curve"), phase_out_curves),
  INT ("phase_out_periods", N_ ("Phase-out, periods"), KILTER_FIELD_NOT_NEGATIVE),
};
static const KilterFieldInfo region_fields[] = {
  TEXT ("name", N_ ("Region"), KEY),
};
static const KilterFieldInfo channel_fields[] = {
  TEXT ("name", N_ ("Channel"), KEY),
};
static const KilterFieldInfo series_fields[] = {
  REF ("product", N_ ("Product"), KILTER_TABLE_PRODUCT, REQUIRED),
  REF ("region", N_ ("Region"), KILTER_TABLE_REGION, REQUIRED),
  REF ("channel", N_ ("Channel"), KILTER_TABLE_CHANNEL, REQUIRED),
};
static const KilterFieldInfo resource_fields[] = {
  TEXT ("code", N_ ("Code"), KEY),
  TEXT ("name", N_ ("Name"), 0),
  CHOICE ("kind", N_ ("Kind"), resource_kinds),
  TEXT ("site", N_ ("Site"), 0),
  NUMBER ("hours", N_ ("Regular capacity per period"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("overtime_share",
          N_ ("Overtime limit, share of regular capacity"),
          KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("overtime_cost", N_ ("Overtime cost per hour"), KILTER_FIELD_NOT_NEGATIVE),
  BOOL ("overtime_allowed", N_ ("Overtime allowed")),
  NUMBER ("shifts", N_ ("Shifts a day"), KILTER_FIELD_POSITIVE),
  NUMBER ("workdays", N_ ("Working days per period"), KILTER_FIELD_POSITIVE),
  NUMBER ("shift_hours", N_ ("Hours of one more shift per period"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("shift_cost", N_ ("Cost per hour of one more shift"), KILTER_FIELD_NOT_NEGATIVE),
  BOOL ("shift_allowed", N_ ("One more shift allowed")),
  NUMBER ("workers", N_ ("Workers at the start"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("wage", N_ ("Wage per hour"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("hire_cost", N_ ("Hiring cost per worker"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("fire_cost", N_ ("Layoff cost per worker"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("hire_limit", N_ ("Most workers hired per period"), KILTER_FIELD_NOT_NEGATIVE),
};
static const KilterFieldInfo rate_fields[] = {
  REF ("product", N_ ("Product"), KILTER_TABLE_PRODUCT, REQUIRED),
  REF ("resource", N_ ("Resource"), KILTER_TABLE_RESOURCE, REQUIRED),
  NUMBER ("hours", N_ ("Hours per unit"), KILTER_FIELD_POSITIVE),
  INT ("alternative", N_ ("Alternative line"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("cost", N_ ("Extra cost per unit"), KILTER_FIELD_NOT_NEGATIVE),
  BOOL ("allowed", N_ ("Alternative allowed")),
};
static const KilterFieldInfo bill_fields[] = {
  REF ("product", N_ ("Product"), KILTER_TABLE_PRODUCT, REQUIRED),
  REF ("component", N_ ("Component"), KILTER_TABLE_PRODUCT, REQUIRED),
  NUMBER ("quantity", N_ ("Quantity per unit"), KILTER_FIELD_POSITIVE),
  INT ("periods_after", N_ ("Periods after the start"), KILTER_FIELD_NOT_NEGATIVE),
};
static const KilterFieldInfo policy_fields[] = {
  REF ("product", N_ ("Product"), KILTER_TABLE_PRODUCT, KEY),
  NUMBER ("target_days", N_ ("Target stock, days"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("min_days", N_ ("Minimum stock, days"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("max_days", N_ ("Maximum stock, days"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("service", N_ ("Service level"), KILTER_FIELD_NOT_NEGATIVE),
  INT ("priority", N_ ("Priority"), 0),
  INT ("lead_time", N_ ("Lead time, periods"), KILTER_FIELD_NOT_NEGATIVE),
  BOOL ("subcontract", N_ ("Subcontracting allowed")),
  NUMBER ("subcontract_cost", N_ ("Subcontracting cost per unit"), KILTER_FIELD_NOT_NEGATIVE),
  INT ("subcontract_lead", N_ ("Subcontracting lead time, periods"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("subcontract_limit", N_ ("Subcontracting limit per period"), KILTER_FIELD_NOT_NEGATIVE),
  TEXT ("subcontractor", N_ ("Subcontractor"), 0),
  BOOL ("build_early", N_ ("Building early allowed")),
  BOOL ("backorder", N_ ("Unmet demand waits")),
  CHOICE ("target_by", N_ ("Target stock by"), target_rules),
  NUMBER ("target_units", N_ ("Target stock, units"), KILTER_FIELD_NOT_NEGATIVE),
  CHOICE ("service_kind", N_ ("Kind of service level"), service_kinds),
  CHOICE ("strategy", N_ ("Supply strategy"), strategies),
  INT ("frozen", N_ ("Frozen periods"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("lot_minimum", N_ ("Minimum lot"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("lot_multiple", N_ ("Lot multiple"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("setup_cost", N_ ("Cost per period with production"), KILTER_FIELD_NOT_NEGATIVE),
  REF ("substitute", N_ ("Substitute"), KILTER_TABLE_PRODUCT, 0),
};
static const KilterFieldInfo reason_fields[] = {
  TEXT ("name", N_ ("Reason"), KEY),
  TEXT ("code", N_ ("Code"), 0),
};
static const KilterFieldInfo cycle_fields[] = {
  BUCKET ("bucket", N_ ("Cycle")),
  CHOICE ("state", N_ ("State"), cycle_states),
};
static const KilterFieldInfo version_fields[] = {
  CHOICE ("kind", N_ ("Kind"), version_kinds),
  TEXT ("name", N_ ("Name"), REQUIRED),
  REF ("parent", N_ ("Parent"), KILTER_TABLE_VERSION, 0),
  CHOICE ("state", N_ ("State"), version_states),
  BUCKET ("cycle", N_ ("Cycle")),
  TEXT ("owner", N_ ("Owner"), 0),
  TEXT ("at", N_ ("Date"), 0),
  TEXT ("note", N_ ("Note"), 0),
  TEXT ("digest", N_ ("Digest"), 0),
  TEXT ("strategy", N_ ("Supply strategy"), 0),
  REF ("decision", N_ ("Option for"), KILTER_TABLE_DECISION, 0),
  REF ("risk", N_ ("Made from"), KILTER_TABLE_RISK, 0),
  TEXT ("base", N_ ("Data it stands on"), 0),
};
static const KilterFieldInfo step_fields[] = {
  REF ("cycle", N_ ("Cycle"), KILTER_TABLE_CYCLE, REQUIRED),
  INT ("number", N_ ("Step"), REQUIRED),
  CHOICE ("state", N_ ("State"), step_states),
  DATE ("due", N_ ("Due")),
  TEXT ("time", N_ ("Time"), 0),
  REF ("owner", N_ ("Owner"), KILTER_TABLE_PERSON, 0),
  TEXT ("done_at", N_ ("Finished"), 0),
  TEXT ("done_by", N_ ("Finished by"), 0),
  TEXT ("note", N_ ("Note"), 0),
  INT ("open_issues", N_ ("Open when finished"), KILTER_FIELD_NOT_NEGATIVE),
};
static const KilterFieldInfo task_fields[] = {
  REF ("cycle", N_ ("Cycle"), KILTER_TABLE_CYCLE, REQUIRED),
  INT ("step", N_ ("Step"), 0),
  TEXT ("title", N_ ("Task"), REQUIRED),
  REF ("owner", N_ ("Owner"), KILTER_TABLE_PERSON, 0),
  DATE ("due", N_ ("Due")),
  BOOL ("done", N_ ("Done")),
};
static const KilterFieldInfo decision_fields[] = {
  REF ("cycle", N_ ("Cycle"), KILTER_TABLE_CYCLE, REQUIRED),
  TEXT ("title", N_ ("Decision"), REQUIRED),
  TEXT ("text", N_ ("Explanation"), 0),
  NUMBER ("margin", N_ ("Effect on margin"), 0),
  NUMBER ("cost", N_ ("Cost"), 0),
  TEXT ("effect", N_ ("Other effect"), 0),
  REF ("owner", N_ ("Owner"), KILTER_TABLE_PERSON, 0),
  DATE ("decide_by", N_ ("Decide by")),
  REF ("scenario", N_ ("Scenario"), KILTER_TABLE_VERSION, 0),
  CHOICE ("state", N_ ("State"), decision_states),
  TEXT ("decided_by", N_ ("Decided by"), 0),
  TEXT ("decided_at", N_ ("Decided"), 0),
  TEXT ("comment", N_ ("Comment"), 0),
  TEXT ("recommendation", N_ ("Recommendation"), 0),
  BUCKET ("deferred_to", N_ ("Deferred to")),
  REF ("family", N_ ("Family"), KILTER_TABLE_FAMILY, 0),
  CHOICE ("measure", N_ ("Checked by"), checks),
  BUCKET ("first", N_ ("From")),
  BUCKET ("last", N_ ("To")),
};
static const KilterFieldInfo action_fields[] = {
  REF ("cycle", N_ ("Cycle"), KILTER_TABLE_CYCLE, 0),
  TEXT ("title", N_ ("Action"), REQUIRED),
  REF ("owner", N_ ("Owner"), KILTER_TABLE_PERSON, 0),
  DATE ("due", N_ ("Due")),
  CHOICE ("state", N_ ("State"), action_states),
  REF ("decision", N_ ("Decision"), KILTER_TABLE_DECISION, 0),
  BUCKET ("since", N_ ("Since")),
  DATE ("done_at", N_ ("Done")),
  TEXT ("effect", N_ ("Effect"), 0),
};
static const KilterFieldInfo risk_fields[] = {
  CHOICE ("kind", N_ ("Kind"), risk_kinds),
  TEXT ("text", N_ ("Text"), REQUIRED),
  REF ("family", N_ ("Family"), KILTER_TABLE_FAMILY, 0),
  BUCKET ("first", N_ ("From")),
  BUCKET ("last", N_ ("To")),
  NUMBER ("effect", N_ ("Full effect on margin"), 0),
  NUMBER ("likelihood", N_ ("Likelihood"), KILTER_FIELD_NOT_NEGATIVE),
  REF ("owner", N_ ("Owner"), KILTER_TABLE_PERSON, 0),
  DATE ("review", N_ ("Review")),
  CHOICE ("state", N_ ("State"), risk_states),
  NUMBER ("low", N_ ("Low effect on margin"), 0),
  NUMBER ("high", N_ ("High effect on margin"), 0),
  TEXT ("trigger", N_ ("Trigger"), 0),
  CHOICE ("measure", N_ ("Checked by"), checks),
  NUMBER ("expected", N_ ("Expected"), 0),
  NUMBER ("tolerance", N_ ("Tolerance"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("volume", N_ ("Full effect on volume"), 0),
  NUMBER ("revenue", N_ ("Full effect on revenue"), 0),
};
static const KilterFieldInfo comment_fields[] = {
  REF ("version", N_ ("Scenario"), KILTER_TABLE_VERSION, 0),
  TEXT ("measure", N_ ("Measure"), REQUIRED),
  INT ("row_id", N_ ("Row"), REQUIRED),
  BUCKET ("bucket", N_ ("Period")),
  TEXT ("text", N_ ("Comment"), REQUIRED),
  TEXT ("author", N_ ("Author"), 0),
  TEXT ("at", N_ ("Date"), 0),
  BOOL ("resolved", N_ ("Resolved")),
};
static const KilterFieldInfo model_fields[] = {
  REF ("series", N_ ("Series"), KILTER_TABLE_SERIES, KEY),
  TEXT ("method", N_ ("Method"), 0),
  TEXT ("members", N_ ("Members"), 0),
  TEXT ("class", N_ ("Class"), 0),
  NUMBER ("wape", N_ ("WAPE"), 0),
  NUMBER ("bias", N_ ("Bias"), 0),
  NUMBER ("naive_wape", N_ ("WAPE of naive"), 0),
  NUMBER ("mase", N_ ("MASE"), 0),
  INT ("origins", N_ ("Origins measured"), 0),
  NUMBER ("trend", N_ ("Trend per year"), 0),
  TEXT ("season", N_ ("Seasonal profile"), 0),
  TEXT ("forced", N_ ("Fixed method"), 0),
  NUMBER ("residual", N_ ("Error of one period"), 0),
  TEXT ("reasons", N_ ("Reasons"), 0),
  TEXT ("own_season", N_ ("Season set by hand"), 0),
};
static const KilterFieldInfo review_fields[] = {
  REF ("product", N_ ("Product"), KILTER_TABLE_PRODUCT, REQUIRED),
  TEXT ("kind", N_ ("Kind"), 0),
  BUCKET ("cycle", N_ ("Cycle")),
  TEXT ("reviewed_by", N_ ("Reviewed by"), 0),
  TEXT ("at", N_ ("Date"), 0),
};
static const KilterFieldInfo target_fields[] = {
  TEXT ("metric", N_ ("Metric"), KEY),
  NUMBER ("value", N_ ("Target"), 0),
  NUMBER ("tolerance", N_ ("Tolerance"), KILTER_FIELD_NOT_NEGATIVE),
  BOOL ("shown", N_ ("Shown")),
};
static const KilterFieldInfo source_fields[] = {
  TEXT ("kind", N_ ("Data"), REQUIRED), TEXT ("file", N_ ("File"), 0),
  INT ("rows", N_ ("Rows"), 0),         NUMBER ("total", N_ ("Total"), 0),
  BUCKET ("last", N_ ("Last period")),  TEXT ("imported_by", N_ ("Imported by"), 0),
  TEXT ("at", N_ ("Date"), 0),
};
static const KilterFieldInfo contributor_fields[] = {
  REF ("person", N_ ("Person"), KILTER_TABLE_PERSON, REQUIRED),
  TEXT ("measure", N_ ("Measure"), REQUIRED),
  REF ("family", N_ ("Family"), KILTER_TABLE_FAMILY, 0),
  REF ("region", N_ ("Region"), KILTER_TABLE_REGION, 0),
  REF ("channel", N_ ("Channel"), KILTER_TABLE_CHANNEL, 0),
  BUCKET ("cycle", N_ ("Cycle")),
  TEXT ("file", N_ ("Sheet"), 0),
  TEXT ("sent", N_ ("Sent"), 0),
  TEXT ("received", N_ ("Received"), 0),
};
static const KilterFieldInfo event_fields[] = {
  TEXT ("name", N_ ("Event"), REQUIRED),
  CHOICE ("kind", N_ ("Kind"), event_kinds),
  CHOICE ("state", N_ ("State"), event_states),
  BUCKET ("first", N_ ("From")),
  BUCKET ("last", N_ ("To")),
  REF ("region", N_ ("Region"), KILTER_TABLE_REGION, 0),
  REF ("channel", N_ ("Channel"), KILTER_TABLE_CHANNEL, 0),
  CHOICE ("unit", N_ ("Uplift in"), event_units),
  TEXT ("profile", N_ ("Uplift by period"), 0),
  NUMBER ("cost", N_ ("Cost"), KILTER_FIELD_NOT_NEGATIVE),
  REF ("owner", N_ ("Owner"), KILTER_TABLE_PERSON, 0),
  NUMBER ("confidence", N_ ("Confidence"), KILTER_FIELD_NOT_NEGATIVE),
  NUMBER ("measured", N_ ("Measured uplift"), 0),
  TEXT ("note", N_ ("Note"), 0),
};
static const KilterFieldInfo event_product_fields[] = {
  REF ("event", N_ ("Event"), KILTER_TABLE_EVENT, REQUIRED),
  REF ("product", N_ ("Product"), KILTER_TABLE_PRODUCT, REQUIRED),
  NUMBER ("lost", N_ ("Share of the uplift lost here"), KILTER_FIELD_NOT_NEGATIVE),
};
static const KilterFieldInfo approval_fields[] = {
  REF ("product", N_ ("Product"), KILTER_TABLE_PRODUCT, REQUIRED),
  BUCKET ("bucket", N_ ("Period")),
  BUCKET ("cycle", N_ ("Cycle")),
  CHOICE ("state", N_ ("State"), approval_states),
  NUMBER ("before", N_ ("Before"), 0),
  NUMBER ("after", N_ ("After"), 0),
  TEXT ("author", N_ ("Changed by"), 0),
  TEXT ("at", N_ ("Changed"), 0),
  TEXT ("decided_by", N_ ("Decided by"), 0),
  TEXT ("decided_at", N_ ("Decided"), 0),
  TEXT ("comment", N_ ("Comment"), 0),
};
static const KilterFieldInfo risk_cell_fields[] = {
  REF ("risk", N_ ("Assumption or risk"), KILTER_TABLE_RISK, REQUIRED),
  TEXT ("measure", N_ ("Measure"), REQUIRED),
  REF ("family", N_ ("Family"), KILTER_TABLE_FAMILY, 0),
  REF ("product", N_ ("Product"), KILTER_TABLE_PRODUCT, 0),
  REF ("region", N_ ("Region"), KILTER_TABLE_REGION, 0),
  REF ("channel", N_ ("Channel"), KILTER_TABLE_CHANNEL, 0),
  BUCKET ("first", N_ ("From")),
  BUCKET ("last", N_ ("To")),
};

static const KilterFieldInfo variation_fields[] = {
  REF ("version", N_ ("Scenario"), KILTER_TABLE_VERSION, REQUIRED),
  TEXT ("table_name", N_ ("Table"), REQUIRED),
  INT ("row_id", N_ ("Row"), REQUIRED),
  TEXT ("field", N_ ("Field"), REQUIRED),
  NUMBER ("number", N_ ("Value"), 0),
};
static const KilterFieldInfo agenda_fields[] = {
  REF ("cycle", N_ ("Cycle"), KILTER_TABLE_CYCLE, REQUIRED),
  CHOICE ("meeting", N_ ("Meeting"), meeting_kinds),
  INT ("position", N_ ("Position"), 0),
  TEXT ("title", N_ ("Agenda item"), REQUIRED),
  INT ("minutes", N_ ("Duration, minutes"), KILTER_FIELD_NOT_NEGATIVE),
  REF ("presenter", N_ ("Presenter"), KILTER_TABLE_PERSON, 0),
  TEXT ("view", N_ ("View"), 0),
  REF ("family", N_ ("Family"), KILTER_TABLE_FAMILY, 0),
  REF ("decision", N_ ("Decision"), KILTER_TABLE_DECISION, 0),
  TEXT ("text", N_ ("Explanation"), 0),
};
static const KilterFieldInfo meeting_fields[] = {
  REF ("cycle", N_ ("Cycle"), KILTER_TABLE_CYCLE, REQUIRED),
  CHOICE ("meeting", N_ ("Meeting"), meeting_kinds),
  TEXT ("started", N_ ("Started"), 0),
  TEXT ("ended", N_ ("Ended"), 0),
  TEXT ("people", N_ ("Present"), 0),
  TEXT ("text", N_ ("Minutes"), 0),
  TEXT ("saved_by", N_ ("Saved by"), 0),
};
static const KilterFieldInfo minute_fields[] = {
  REF ("cycle", N_ ("Cycle"), KILTER_TABLE_CYCLE, REQUIRED),
  CHOICE ("meeting", N_ ("Meeting"), meeting_kinds),
  REF ("agenda", N_ ("Agenda item"), KILTER_TABLE_AGENDA, 0),
  CHOICE ("kind", N_ ("Kind"), minute_kinds),
  TEXT ("text", N_ ("Text"), REQUIRED),
  REF ("owner", N_ ("Owner"), KILTER_TABLE_PERSON, 0),
  DATE ("due", N_ ("Due")),
  TEXT ("author", N_ ("Author"), 0),
  TEXT ("at", N_ ("Date"), 0),
  REF ("action", N_ ("Action"), KILTER_TABLE_ACTION, 0),
};

/* other units that files count a product in */
static const KilterFieldInfo conversion_fields[] = {
  REF ("product", N_ ("Product"), KILTER_TABLE_PRODUCT, REQUIRED),
  TEXT ("unit", N_ ("Unit"), REQUIRED),
  NUMBER ("plan_units", N_ ("Units of the plan in it"), KILTER_FIELD_POSITIVE),
};
/* other money than the plan's */
static const KilterFieldInfo exchange_fields[] = {
  TEXT ("currency", N_ ("Currency"), REQUIRED),
  { "first", N_ ("From"), KILTER_FIELD_BUCKET, 0, NULL, REQUIRED },
  NUMBER ("rate", N_ ("Money of the plan for one"), KILTER_FIELD_POSITIVE),
};

#define TABLE(name, label, fields, key) { name, label, G_N_ELEMENTS (fields), fields, key }

static const KilterTableInfo tables[KILTER_N_TABLES] = {
  [KILTER_TABLE_SETTING] = TABLE ("setting", N_ ("Settings"), setting_fields, KILTER_SETTING_KEY),
  [KILTER_TABLE_PERSON] = TABLE ("person", N_ ("People"), person_fields, KILTER_PERSON_NAME),
  [KILTER_TABLE_CATEGORY] = TABLE ("category",
                                   N_ ("Categories"),
                                   category_fields,
                                   KILTER_CATEGORY_NAME),
  [KILTER_TABLE_FAMILY] = TABLE ("family", N_ ("Families"), family_fields, KILTER_FAMILY_NAME),
  [KILTER_TABLE_PRODUCT] = TABLE ("product", N_ ("Products"), product_fields, KILTER_PRODUCT_CODE),
  [KILTER_TABLE_REGION] = TABLE ("region", N_ ("Regions"), region_fields, KILTER_REGION_NAME),
  [KILTER_TABLE_CHANNEL] = TABLE ("channel", N_ ("Channels"), channel_fields, KILTER_CHANNEL_NAME),
  [KILTER_TABLE_SERIES] = TABLE ("series", N_ ("Series"), series_fields, -1),
  [KILTER_TABLE_RESOURCE] = TABLE ("resource",
                                   N_ ("Resources"),
                                   resource_fields,
                                   KILTER_RESOURCE_CODE),
  [KILTER_TABLE_RATE] = TABLE ("rate", N_ ("Rates"), rate_fields, -1),
  [KILTER_TABLE_BILL] = TABLE ("bill", N_ ("Bills of material"), bill_fields, -1),
  [KILTER_TABLE_POLICY] = TABLE ("policy", N_ ("Stock policy"), policy_fields, -1),
  [KILTER_TABLE_REASON] = TABLE ("reason", N_ ("Reasons"), reason_fields, KILTER_REASON_NAME),
  [KILTER_TABLE_CYCLE] = TABLE ("cycle", N_ ("Cycles"), cycle_fields, KILTER_CYCLE_BUCKET),
  [KILTER_TABLE_VERSION] = TABLE ("version", N_ ("Scenarios"), version_fields, KILTER_VERSION_NAME),
  [KILTER_TABLE_STEP] = TABLE ("step", N_ ("Steps"), step_fields, -1),
  [KILTER_TABLE_TASK] = TABLE ("task", N_ ("Tasks"), task_fields, KILTER_TASK_TITLE),
  [KILTER_TABLE_DECISION] = TABLE ("decision",
                                   N_ ("Decisions"),
                                   decision_fields,
                                   KILTER_DECISION_TITLE),
  [KILTER_TABLE_ACTION] = TABLE ("action", N_ ("Actions"), action_fields, KILTER_ACTION_TITLE),
  [KILTER_TABLE_RISK] = TABLE ("risk", N_ ("Assumptions and risks"), risk_fields, KILTER_RISK_TEXT),
  [KILTER_TABLE_COMMENT] = TABLE ("comment", N_ ("Comments"), comment_fields, -1),
  [KILTER_TABLE_MODEL] = TABLE ("model", N_ ("Forecast models"), model_fields, -1),
  [KILTER_TABLE_REVIEW] = TABLE ("review", N_ ("Reviewed exceptions"), review_fields, -1),
  [KILTER_TABLE_TARGET] = TABLE ("target", N_ ("Targets"), target_fields, KILTER_TARGET_METRIC),
  [KILTER_TABLE_SOURCE] = TABLE ("source", N_ ("Sources"), source_fields, -1),
  [KILTER_TABLE_CONTRIBUTOR] = TABLE ("contributor", N_ ("Contributors"), contributor_fields, -1),
  [KILTER_TABLE_EVENT] = TABLE ("event", N_ ("Events"), event_fields, KILTER_EVENT_NAME),
  [KILTER_TABLE_EVENT_PRODUCT] = TABLE ("event_product",
                                        N_ ("Products of events"),
                                        event_product_fields,
                                        -1),
  [KILTER_TABLE_APPROVAL] = TABLE ("approval",
                                   N_ ("Changes inside the time fence"),
                                   approval_fields,
                                   -1),
  [KILTER_TABLE_RISK_CELL] = TABLE ("risk_cell",
                                    N_ ("Numbers of assumptions"),
                                    risk_cell_fields,
                                    -1),
  [KILTER_TABLE_VARIATION] = TABLE ("variation",
                                    N_ ("Assumptions of scenarios"),
                                    variation_fields,
                                    -1),
  [KILTER_TABLE_AGENDA] = TABLE ("agenda", N_ ("Agenda"), agenda_fields, KILTER_AGENDA_TITLE),
  [KILTER_TABLE_MEETING] = TABLE ("meeting", N_ ("Meetings"), meeting_fields, -1),
  [KILTER_TABLE_MINUTE] = TABLE ("minute", N_ ("Minutes"), minute_fields, -1),
  [KILTER_TABLE_CONVERSION] = TABLE ("unit_conversion", N_ ("Other units"), conversion_fields, -1),
  [KILTER_TABLE_EXCHANGE] = TABLE ("exchange_rate", N_ ("Exchange rates"), exchange_fields, -1),
};

/**
 * kilter_table_get_info:
 *
 * Returns: (transfer none): the description of a table
 */
const KilterTableInfo *
kilter_table_get_info (KilterTableId table)
{
  g_return_val_if_fail (table < KILTER_N_TABLES, NULL);

  return &tables[table];
}

/**
 * kilter_table_find_field:
 *
 * Returns: the index of the field called @name, or -1
 */
int
kilter_table_find_field (KilterTableId table, const char *name)
{
  const KilterTableInfo *info = kilter_table_get_info (table);

  for (int i = 0; i < info->n_fields; i++)
    if (g_strcmp0 (info->fields[i].name, name) == 0)
      return i;
  return -1;
}

/**
 * kilter_values_new:
 *
 * Returns: (transfer full): the values of a record, all missing
 */
KilterValue *
kilter_values_new (KilterTableId table)
{
  int n = kilter_table_get_info (table)->n_fields;
  KilterValue *values = g_new0 (KilterValue, n);

  for (int i = 0; i < n; i++)
    values[i].number = NAN;
  return values;
}

KilterValue *
kilter_values_copy (KilterTableId table, const KilterValue *values)
{
  int n = kilter_table_get_info (table)->n_fields;
  KilterValue *copy;

  if (values == NULL)
    return NULL;
  copy = g_new0 (KilterValue, n);
  for (int i = 0; i < n; i++)
    {
      copy[i].number = values[i].number;
      copy[i].text = g_strdup (values[i].text);
    }
  return copy;
}

gboolean
kilter_values_equal (KilterTableId table, const KilterValue *a, const KilterValue *b)
{
  int n = kilter_table_get_info (table)->n_fields;

  if (a == NULL || b == NULL)
    return a == b;
  for (int i = 0; i < n; i++)
    {
      if (isnan (a[i].number) != isnan (b[i].number) ||
          (!isnan (a[i].number) && a[i].number != b[i].number) ||
          g_strcmp0 (a[i].text, b[i].text) != 0)
        return FALSE;
    }
  return TRUE;
}

void
kilter_values_free (KilterTableId table, KilterValue *values)
{
  if (values == NULL)
    return;
  for (int i = 0; i < kilter_table_get_info (table)->n_fields; i++)
    g_free (values[i].text);
  g_free (values);
}

/**
 * kilter_record_text:
 *
 * Returns: (transfer none): the text, "" when missing
 */
const char *
kilter_record_text (const KilterRecord *self, int field)
{
  g_return_val_if_fail (self != NULL, "");

  return self->values[field].text != NULL ? self->values[field].text : "";
}

/**
 * kilter_record_number:
 *
 * Returns: the number, NaN when missing
 */
double
kilter_record_number (const KilterRecord *self, int field)
{
  g_return_val_if_fail (self != NULL, NAN);

  return self->values[field].number;
}

double
kilter_record_number_or (const KilterRecord *self, int field, double otherwise)
{
  double number = self != NULL ? self->values[field].number : NAN;

  return isnan (number) ? otherwise : number;
}

/**
 * kilter_record_ref:
 *
 * Returns: the id of the other record, 0 when there is none
 */
int
kilter_record_ref (const KilterRecord *self, int field)
{
  double number = kilter_record_number (self, field);

  return isnan (number) ? 0 : (int) number;
}

gboolean
kilter_record_bool (const KilterRecord *self, int field)
{
  return kilter_record_number_or (self, field, 0) != 0;
}
