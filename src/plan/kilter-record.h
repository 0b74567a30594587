/* kilter-record.h: master data and process objects: tables of records, described once
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One description of each table serves memory, file, commands, import, editing and export. */

typedef enum
{
  KILTER_TABLE_SETTING,
  KILTER_TABLE_PERSON,
  KILTER_TABLE_CATEGORY,
  KILTER_TABLE_FAMILY,
  KILTER_TABLE_PRODUCT,
  KILTER_TABLE_REGION,
  KILTER_TABLE_CHANNEL,
  KILTER_TABLE_SERIES,
  KILTER_TABLE_RESOURCE,
  KILTER_TABLE_RATE,
  KILTER_TABLE_POLICY,
  KILTER_TABLE_REASON,
  KILTER_TABLE_CYCLE,
  KILTER_TABLE_VERSION,
  KILTER_TABLE_STEP,
  KILTER_TABLE_TASK,
  KILTER_TABLE_DECISION,
  KILTER_TABLE_ACTION,
  KILTER_TABLE_RISK,
  KILTER_TABLE_COMMENT,
  KILTER_TABLE_MODEL,
  KILTER_TABLE_REVIEW,
  KILTER_TABLE_TARGET,
  KILTER_TABLE_SOURCE,
  KILTER_N_TABLES,
} KilterTableId;

/**
 * KilterFieldType:
 * @KILTER_FIELD_TEXT: UTF-8 text
 * @KILTER_FIELD_NUMBER: a finite number
 * @KILTER_FIELD_INT: a whole number
 * @KILTER_FIELD_BOOL: 0 or 1
 * @KILTER_FIELD_REF: the id of a record of another table
 * @KILTER_FIELD_DATE: text, "2026-04-15"
 * @KILTER_FIELD_BUCKET: text, "2026-04" or as the plan's calendar writes it
 * @KILTER_FIELD_CHOICE: text, one of a fixed list
 */
typedef enum
{
  KILTER_FIELD_TEXT,
  KILTER_FIELD_NUMBER,
  KILTER_FIELD_INT,
  KILTER_FIELD_BOOL,
  KILTER_FIELD_REF,
  KILTER_FIELD_DATE,
  KILTER_FIELD_BUCKET,
  KILTER_FIELD_CHOICE,
} KilterFieldType;

typedef enum
{
  KILTER_FIELD_REQUIRED = 1 << 0,
  KILTER_FIELD_UNIQUE = 1 << 1,   /* the natural key, usually a code */
  KILTER_FIELD_POSITIVE = 1 << 2, /* above 0 */
  KILTER_FIELD_NOT_NEGATIVE = 1 << 3,
} KilterFieldFlags;

/**
 * KilterFieldInfo:
 * @name: the column's name in the file, in CSV and on the command line
 * @label: what people read; translate with the domain "kilter"
 * @ref: for %KILTER_FIELD_REF, which table
 * @choices: (nullable): for %KILTER_FIELD_CHOICE, %NULL-terminated
 */
typedef struct
{
  const char *name;
  const char *label;
  KilterFieldType type;
  KilterTableId ref;
  const char *const *choices;
  KilterFieldFlags flags;
} KilterFieldInfo;

/**
 * KilterTableInfo:
 * @name: the table's name in the file
 * @key: the field that people name a record by, or -1
 */
typedef struct
{
  const char *name;
  const char *label;
  int n_fields;
  const KilterFieldInfo *fields;
  int key;
} KilterTableInfo;

const KilterTableInfo *kilter_table_get_info (KilterTableId table);
int kilter_table_find_field (KilterTableId table, const char *name);

/* the fields of each table, in the order of its description */
enum
{
  KILTER_SETTING_KEY,
  KILTER_SETTING_VALUE
};
enum
{
  KILTER_PERSON_NAME,
  KILTER_PERSON_ROLE,
  KILTER_PERSON_EMAIL
};
enum
{
  KILTER_CATEGORY_NAME
};
enum
{
  KILTER_FAMILY_NAME,
  KILTER_FAMILY_CATEGORY
};
enum
{
  KILTER_PRODUCT_CODE,
  KILTER_PRODUCT_NAME,
  KILTER_PRODUCT_FAMILY,
  KILTER_PRODUCT_GROUP,
  KILTER_PRODUCT_UNIT,
  KILTER_PRODUCT_STATUS,
  KILTER_PRODUCT_MAKE,
  KILTER_PRODUCT_PRICE,
  KILTER_PRODUCT_COST,
  KILTER_PRODUCT_LAUNCH,
  KILTER_PRODUCT_PHASE_OUT,
  KILTER_PRODUCT_PREDECESSOR,
  KILTER_PRODUCT_LIKE,
  KILTER_PRODUCT_LIKE_SHARE,
  KILTER_PRODUCT_OPENING_STOCK,
  KILTER_PRODUCT_STORAGE
};
enum
{
  KILTER_REGION_NAME
};
enum
{
  KILTER_CHANNEL_NAME
};
enum
{
  KILTER_SERIES_PRODUCT,
  KILTER_SERIES_REGION,
  KILTER_SERIES_CHANNEL
};
enum
{
  KILTER_RESOURCE_CODE,
  KILTER_RESOURCE_NAME,
  KILTER_RESOURCE_KIND,
  KILTER_RESOURCE_SITE,
  KILTER_RESOURCE_HOURS,
  KILTER_RESOURCE_OVERTIME_SHARE,
  KILTER_RESOURCE_OVERTIME_COST,
  KILTER_RESOURCE_OVERTIME_ALLOWED
};
enum
{
  KILTER_RATE_PRODUCT,
  KILTER_RATE_RESOURCE,
  KILTER_RATE_HOURS
};
enum
{
  KILTER_POLICY_PRODUCT,
  KILTER_POLICY_TARGET_DAYS,
  KILTER_POLICY_MIN_DAYS,
  KILTER_POLICY_MAX_DAYS,
  KILTER_POLICY_SERVICE,
  KILTER_POLICY_PRIORITY,
  KILTER_POLICY_LEAD_TIME,
  KILTER_POLICY_SUBCONTRACT,
  KILTER_POLICY_SUBCONTRACT_COST,
  KILTER_POLICY_SUBCONTRACT_LEAD,
  KILTER_POLICY_SUBCONTRACT_LIMIT,
  KILTER_POLICY_SUBCONTRACTOR,
  KILTER_POLICY_BUILD_EARLY,
  KILTER_POLICY_BACKORDER
};
enum
{
  KILTER_REASON_NAME,
  KILTER_REASON_CODE
};
enum
{
  KILTER_CYCLE_BUCKET,
  KILTER_CYCLE_STATE
};
enum
{
  KILTER_VERSION_KIND,
  KILTER_VERSION_NAME,
  KILTER_VERSION_PARENT,
  KILTER_VERSION_STATE,
  KILTER_VERSION_CYCLE,
  KILTER_VERSION_OWNER,
  KILTER_VERSION_AT,
  KILTER_VERSION_NOTE,
  KILTER_VERSION_DIGEST,
  KILTER_VERSION_STRATEGY
};
enum
{
  KILTER_STEP_CYCLE,
  KILTER_STEP_NUMBER,
  KILTER_STEP_STATE,
  KILTER_STEP_DUE,
  KILTER_STEP_TIME,
  KILTER_STEP_OWNER,
  KILTER_STEP_DONE_AT,
  KILTER_STEP_DONE_BY,
  KILTER_STEP_NOTE
};
enum
{
  KILTER_TASK_CYCLE,
  KILTER_TASK_STEP,
  KILTER_TASK_TITLE,
  KILTER_TASK_OWNER,
  KILTER_TASK_DUE,
  KILTER_TASK_DONE
};
enum
{
  KILTER_DECISION_CYCLE,
  KILTER_DECISION_TITLE,
  KILTER_DECISION_TEXT,
  KILTER_DECISION_MARGIN,
  KILTER_DECISION_COST,
  KILTER_DECISION_EFFECT,
  KILTER_DECISION_OWNER,
  KILTER_DECISION_BY,
  KILTER_DECISION_SCENARIO,
  KILTER_DECISION_STATE,
  KILTER_DECISION_DECIDED_BY,
  KILTER_DECISION_DECIDED_AT,
  KILTER_DECISION_COMMENT
};
enum
{
  KILTER_ACTION_CYCLE,
  KILTER_ACTION_TITLE,
  KILTER_ACTION_OWNER,
  KILTER_ACTION_DUE,
  KILTER_ACTION_STATE,
  KILTER_ACTION_DECISION
};
enum
{
  KILTER_RISK_KIND,
  KILTER_RISK_TEXT,
  KILTER_RISK_FAMILY,
  KILTER_RISK_FROM,
  KILTER_RISK_TO,
  KILTER_RISK_EFFECT,
  KILTER_RISK_LIKELIHOOD,
  KILTER_RISK_OWNER,
  KILTER_RISK_REVIEW,
  KILTER_RISK_STATE
};
enum
{
  KILTER_COMMENT_VERSION,
  KILTER_COMMENT_MEASURE,
  KILTER_COMMENT_ROW,
  KILTER_COMMENT_BUCKET,
  KILTER_COMMENT_TEXT,
  KILTER_COMMENT_AUTHOR,
  KILTER_COMMENT_AT,
  KILTER_COMMENT_RESOLVED
};
/* what the last forecast run found for a series */
enum
{
  KILTER_MODEL_SERIES,
  KILTER_MODEL_METHOD,
  KILTER_MODEL_MEMBERS,
  KILTER_MODEL_CLASS,
  KILTER_MODEL_WAPE,
  KILTER_MODEL_BIAS,
  KILTER_MODEL_NAIVE_WAPE,
  KILTER_MODEL_MASE,
  KILTER_MODEL_ORIGINS,
  KILTER_MODEL_TREND,
  KILTER_MODEL_SEASON,
  KILTER_MODEL_FORCED,
  KILTER_MODEL_RESIDUAL
};
/* an exception that a planner has looked at */
enum
{
  KILTER_REVIEW_PRODUCT,
  KILTER_REVIEW_KIND,
  KILTER_REVIEW_CYCLE,
  KILTER_REVIEW_BY,
  KILTER_REVIEW_AT
};
enum
{
  KILTER_TARGET_METRIC,
  KILTER_TARGET_VALUE,
  KILTER_TARGET_TOLERANCE,
  KILTER_TARGET_SHOWN
};
enum
{
  KILTER_SOURCE_KIND,
  KILTER_SOURCE_FILE,
  KILTER_SOURCE_ROWS,
  KILTER_SOURCE_TOTAL,
  KILTER_SOURCE_LAST,
  KILTER_SOURCE_BY,
  KILTER_SOURCE_AT
};

/**
 * KilterValue:
 * @number: numbers, ids, 0 or 1; NaN when missing
 * @text: (nullable): texts, dates, buckets, choices; %NULL when missing
 */
typedef struct
{
  double number;
  char *text;
} KilterValue;

typedef struct
{
  int id;
  KilterTableId table;
  KilterValue *values; /* one for each field of the table */
} KilterRecord;

KilterValue *kilter_values_new (KilterTableId table);
KilterValue *kilter_values_copy (KilterTableId table, const KilterValue *values);
gboolean kilter_values_equal (KilterTableId table, const KilterValue *a, const KilterValue *b);
void kilter_values_free (KilterTableId table, KilterValue *values);

const char *kilter_record_text (const KilterRecord *self, int field);
double kilter_record_number (const KilterRecord *self, int field);
double kilter_record_number_or (const KilterRecord *self, int field, double otherwise);
int kilter_record_ref (const KilterRecord *self, int field);
gboolean kilter_record_bool (const KilterRecord *self, int field);

G_END_DECLS
