/* kilter-record-edit.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/structure/kilter-record-edit.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/kilter-number.h"

#define MAX_DECIMALS 6

static const KilterFieldInfo *
get_field (KilterTableId table, int field)
{
  const KilterTableInfo *info = kilter_table_get_info (table);

  g_return_val_if_fail (field >= 0 && field < info->n_fields, &info->fields[0]);
  return &info->fields[field];
}

/* --- words --------------------------------------------------------------------------------------
 */

/**
 * kilter_record_get_label:
 *
 * Returns: the heading of a field, shorter than the description where that would make a column wide
 */
const char *
kilter_record_get_label (KilterTableId table, int field)
{
  static const struct
  {
    KilterTableId table;
    int field;
    const char *label;
  } shorter[] = {
    { KILTER_TABLE_PRODUCT, KILTER_PRODUCT_LIKE_SHARE, N_ ("Share of It") },
    { KILTER_TABLE_RESOURCE, KILTER_RESOURCE_HOURS, N_ ("Regular Capacity") },
    { KILTER_TABLE_RESOURCE, KILTER_RESOURCE_OVERTIME_SHARE, N_ ("Overtime Limit") },
    { KILTER_TABLE_RESOURCE, KILTER_RESOURCE_OVERTIME_COST, N_ ("Overtime Cost per Hour") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shorter); i++)
    if (shorter[i].table == table && shorter[i].field == field)
      return _ (shorter[i].label);
  return _ (get_field (table, field)->label);
}

/**
 * kilter_record_get_choice_name:
 *
 * Returns: (transfer none): the word for an entry of a fixed list
 */
const char *
kilter_record_get_choice_name (const char *choice)
{
  static const struct
  {
    const char *key;
    const char *name;
  } names[] = {
    { "active", NC_ ("state of a record", "Active") },
    { "new", NC_ ("state of a record", "New") },
    { "phase-out", NC_ ("state of a record", "Phasing out") },
    { "ended", NC_ ("state of a record", "Ended") },
    { "stock", NC_ ("state of a record", "Stock") },
    { "order", NC_ ("state of a record", "Order") },
    { "machine", NC_ ("state of a record", "Machine") },
    { "labour", NC_ ("state of a record", "Labour") },
    { "storage", NC_ ("state of a record", "Storage") },
    { "supplier", NC_ ("state of a record", "Supplier") },
    { "transport", NC_ ("state of a record", "Transport") },
    { "capital", NC_ ("state of a record", "Capital in stock") },
    { "buy", NC_ ("state of a record", "Bought") },
    { "days", NC_ ("state of a record", "Days") },
    { "units", NC_ ("state of a record", "Quantity") },
    { "service", NC_ ("state of a record", "Service level") },
    { "cycle", NC_ ("state of a record", "No stock-out in a cycle") },
    { "fill", NC_ ("state of a record", "Share of demand met") },
    { "optimal", NC_ ("state of a record", "Least cost") },
    { "chase", NC_ ("state of a record", "Chase") },
    { "level", NC_ ("state of a record", "Level") },
    { "mixed", NC_ ("state of a record", "Mixed") },
    { "cover", NC_ ("state of a record", "Target cover") },
    { "manual", NC_ ("state of a record", "By hand") },
    { "working", NC_ ("state of a record", "Working") },
    { "recommended", NC_ ("state of a record", "Recommended") },
    { "approved", NC_ ("state of a record", "Approved") },
    { "outdated", NC_ ("state of a record", "Outdated") },
    { "assumption", NC_ ("state of a record", "Assumption") },
    { "risk", NC_ ("state of a record", "Risk") },
    { "opportunity", NC_ ("state of a record", "Opportunity") },
    { "open", NC_ ("state of a record", "Open") },
    { "confirmed", NC_ ("state of a record", "Confirmed") },
    { "refuted", NC_ ("state of a record", "Refuted") },
    { "closed", NC_ ("state of a record", "Closed") },
    { "like", NC_ ("state of a record", "As like products") },
    { "bass", NC_ ("state of a record", "Bass curve") },
    { "sudden", NC_ ("state of a record", "At once") },
    { "linear", NC_ ("state of a record", "Evenly") },
    { "decay", NC_ ("state of a record", "Faster at first") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].key, choice) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "state of a record", names[i].name);
  /* what something is checked by is a measure */
  if (kilter_measure_from_key (choice) >= 0)
    return kilter_measure_get_name ((KilterMeasure) kilter_measure_from_key (choice));
  return choice;
}

/* Shares are read and typed in per cent. */
gboolean
kilter_record_is_percent (KilterTableId table, int field)
{
  return (table == KILTER_TABLE_PRODUCT &&
          (field == KILTER_PRODUCT_LIKE_SHARE || field == KILTER_PRODUCT_PREDECESSOR_SHARE)) ||
         (table == KILTER_TABLE_RESOURCE && field == KILTER_RESOURCE_OVERTIME_SHARE) ||
         (table == KILTER_TABLE_POLICY && field == KILTER_POLICY_SERVICE) ||
         (table == KILTER_TABLE_RISK && field == KILTER_RISK_LIKELIHOOD);
}

static gboolean
is_money (KilterTableId table, int field)
{
  return (table == KILTER_TABLE_PRODUCT &&
          (field == KILTER_PRODUCT_PRICE || field == KILTER_PRODUCT_COST)) ||
         (table == KILTER_TABLE_RESOURCE && field == KILTER_RESOURCE_OVERTIME_COST) ||
         (table == KILTER_TABLE_POLICY && field == KILTER_POLICY_SUBCONTRACT_COST);
}

/* Which field of a table names a record next to its code. */
static int
get_name_field (KilterTableId table)
{
  if (table == KILTER_TABLE_PRODUCT)
    return KILTER_PRODUCT_NAME;
  if (table == KILTER_TABLE_RESOURCE)
    return KILTER_RESOURCE_NAME;
  return kilter_table_get_info (table)->key;
}

/**
 * kilter_record_get_name:
 *
 * Returns: (transfer full): what people call a record, "" when there is none
 */
char *
kilter_record_get_name (KilterPlan *plan, KilterTableId table, int id)
{
  const KilterRecord *record = id > 0 ? kilter_plan_get_record (plan, table, id) : NULL;
  int field = get_name_field (table);
  const char *name;

  if (record == NULL)
    return g_strdup ("");
  if (table == KILTER_TABLE_RATE || table == KILTER_TABLE_POLICY)
    return kilter_record_get_name (plan, KILTER_TABLE_PRODUCT, kilter_record_ref (record, 0));
  name = field >= 0 ? kilter_record_text (record, field) : "";
  if (*name == '\0' && kilter_table_get_info (table)->key >= 0)
    name = kilter_record_text (record, kilter_table_get_info (table)->key);
  return g_strdup (name);
}

/* (transfer full): with its code: "IC-101 · Mango Bar" */
char *
kilter_record_get_long_name (KilterPlan *plan, KilterTableId table, int id)
{
  g_autofree char *name = kilter_record_get_name (plan, table, id);
  const char *key;

  if (table != KILTER_TABLE_PRODUCT && table != KILTER_TABLE_RESOURCE)
    return g_steal_pointer (&name);
  key = kilter_plan_get_key (plan, table, id);
  if (key == NULL || g_str_equal (key, name))
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s · %s", key, name);
}

/* --- values -------------------------------------------------------------------------------------
 */

/* Prices and costs may be dated. What counts is the value in the cycle. */
static int
get_dated_measure (KilterTableId table, int field)
{
  if (table == KILTER_TABLE_PRODUCT && field == KILTER_PRODUCT_PRICE)
    return KILTER_PRICE;
  if (table == KILTER_TABLE_PRODUCT && field == KILTER_PRODUCT_COST)
    return KILTER_COST;
  return -1;
}

static double
get_number (KilterPlan *plan, KilterTableId table, const KilterRecord *record, int field)
{
  int measure = get_dated_measure (table, field);
  int cycle = kilter_plan_get_n_history (plan);

  if (measure >= 0 && cycle < kilter_plan_get_n_buckets (plan))
    {
      double value = kilter_plan_get_value (plan, KILTER_BASELINE, (KilterMeasure) measure,
                                            record->id, cycle);

      if (!isnan (value))
        return value;
    }
  return kilter_record_number (record, field);
}

/* As many decimals as it has, at least @least. */
static char *
format_number (double value, int least, gboolean percent, gboolean edit)
{
  double shown = percent ? value * 100 : value;
  int decimals = least;

  while (decimals < (edit ? 9 : MAX_DECIMALS))
    {
      double factor = pow (10, decimals);

      if (fabs (shown - kilter_round_half_away (shown * factor) / factor) <=
          1e-11 * fmax (fabs (shown), 1))
        break;
      decimals++;
    }
  return kilter_number_format (
    edit ? shown : value,
    &(KilterNumberFormat) { .decimals = decimals, .grouped = !edit, .percent = percent && !edit });
}

static char *
get_bucket_text (KilterPlan *plan, const char *text, gboolean edit)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  KilterBucket bucket = *text != '\0' ? kilter_bucket_from_string (kind, text) : KILTER_BUCKET_NONE;

  if (edit || bucket == KILTER_BUCKET_NONE)
    return g_strdup (text);
  return kilter_bucket_get_label (kind, bucket);
}

static char *
get_text (KilterPlan *plan, KilterTableId table, int id, int field, gboolean edit)
{
  const KilterFieldInfo *info = get_field (table, field);
  const KilterRecord *record = kilter_plan_get_record (plan, table, id);
  double number;

  if (record == NULL)
    return g_strdup ("");
  switch (info->type)
    {
    case KILTER_FIELD_NUMBER:
    case KILTER_FIELD_INT:
      number = get_number (plan, table, record, field);
      if (isnan (number))
        return g_strdup ("");
      return format_number (number, is_money (table, field) && !edit ? 2 : 0,
                            kilter_record_is_percent (table, field), edit);
    case KILTER_FIELD_BOOL:
      return g_strdup (isnan (kilter_record_number (record, field)) ? ""
                       : kilter_record_bool (record, field)         ? _ ("Yes")
                                                                    : _ ("No"));
    case KILTER_FIELD_REF:
      return edit ? kilter_record_get_long_name (plan, info->ref, kilter_record_ref (record, field))
                  : kilter_record_get_name (plan, info->ref, kilter_record_ref (record, field));
    case KILTER_FIELD_CHOICE:
      return g_strdup (kilter_record_get_choice_name (kilter_record_text (record, field)));
    case KILTER_FIELD_BUCKET:
      return get_bucket_text (plan, kilter_record_text (record, field), edit);
    case KILTER_FIELD_TEXT:
    case KILTER_FIELD_DATE:
    default:
      return g_strdup (kilter_record_text (record, field));
    }
}

/**
 * kilter_record_get_text:
 *
 * Returns: (transfer full): a field as it is shown; "" when it is missing
 */
char *
kilter_record_get_text (KilterPlan *plan, KilterTableId table, int id, int field)
{
  return get_text (plan, table, id, field, FALSE);
}

/* (transfer full): the same with all its digits, as it is typed */
char *
kilter_record_get_edit_text (KilterPlan *plan, KilterTableId table, int id, int field)
{
  return get_text (plan, table, id, field, TRUE);
}

/**
 * kilter_record_compare:
 *
 * Order of two records by a field: numbers by value, words by the language, missing last.
 */
int
kilter_record_compare (KilterPlan *plan, KilterTableId table, int field, int a, int b)
{
  const KilterFieldInfo *info = get_field (table, field);
  const KilterRecord *first = kilter_plan_get_record (plan, table, a);
  const KilterRecord *second = kilter_plan_get_record (plan, table, b);
  g_autofree char *x = NULL, *y = NULL;

  if (first == NULL || second == NULL)
    return (first == NULL) - (second == NULL);
  if (info->type == KILTER_FIELD_NUMBER || info->type == KILTER_FIELD_INT ||
      info->type == KILTER_FIELD_BOOL)
    {
      double p = get_number (plan, table, first, field),
             q = get_number (plan, table, second, field);

      if (isnan (p) || isnan (q))
        return isnan (p) - isnan (q);
      return (p > q) - (p < q);
    }
  if (info->type == KILTER_FIELD_BUCKET || info->type == KILTER_FIELD_DATE)
    {
      x = g_strdup (kilter_record_text (first, field));
      y = g_strdup (kilter_record_text (second, field));
    }
  else
    {
      x = kilter_record_get_text (plan, table, a, field);
      y = kilter_record_get_text (plan, table, b, field);
    }
  if (*x == '\0' || *y == '\0')
    return (*x == '\0') - (*y == '\0');
  return g_utf8_collate (x, y);
}

/* --- typing -------------------------------------------------------------------------------------
 */

static gboolean
equals_folded (const char *a, const char *b)
{
  g_autofree char *x = g_utf8_casefold (a, -1);
  g_autofree char *y = g_utf8_casefold (b, -1);

  return g_str_equal (x, y);
}

static int
find_record (KilterPlan *plan, KilterTableId table, const char *text)
{
  const KilterRecord *exact = kilter_plan_find_record (plan, table, text);

  if (exact != NULL)
    return exact->id;
  KILTER_FOREACH_RECORD (plan, table, record)
    {
      g_autofree char *name = kilter_record_get_name (plan, table, record->id);
      g_autofree char *long_name = kilter_record_get_long_name (plan, table, record->id);

      if (equals_folded (text, name) || equals_folded (text, long_name))
        return record->id;
    }
  return 0;
}

static gboolean
parse_number (KilterTableId table,
              int field,
              const char *text,
              KilterValue *out,
              char **out_problem)
{
  const KilterFieldInfo *info = get_field (table, field);
  const char *label = kilter_record_get_label (table, field);
  gboolean percent = kilter_record_is_percent (table, field);
  g_autofree char *plain = g_strdup (text);
  char *sign = percent ? strchr (plain, '%') : NULL;
  double number;

  if (sign != NULL)
    *sign = '\0';
  if (!kilter_number_parse (plain, &number))
    {
      /* Translators: %s is what was typed */
      *out_problem = g_strdup_printf (_ ("“%s” is not a number."), text);
      return FALSE;
    }
  if (percent)
    number /= 100;
  if (info->type == KILTER_FIELD_INT && number != floor (number))
    /* Translators: %s is the name of a column, here and below */
    *out_problem = g_strdup_printf (_ ("%s must be a whole number."), label);
  else if ((info->flags & KILTER_FIELD_POSITIVE) && number <= 0)
    *out_problem = g_strdup_printf (_ ("%s must be above 0."), label);
  else if ((info->flags & KILTER_FIELD_NOT_NEGATIVE) && number < 0)
    *out_problem = g_strdup_printf (_ ("%s must not be below 0."), label);
  else if (number > 1 && ((table == KILTER_TABLE_POLICY && field == KILTER_POLICY_SERVICE) ||
                          (table == KILTER_TABLE_RISK && field == KILTER_RISK_LIKELIHOOD)))
    *out_problem = g_strdup_printf (_ ("%s must not be above 100 %%."), label);
  else
    {
      out->number = number;
      return TRUE;
    }
  return FALSE;
}

static gboolean
parse_bool (const char *text, KilterValue *out, char **out_problem)
{
  static const char *const yes[] = { "1", "yes", "true", "x" };
  static const char *const no[] = { "0", "no", "false" };

  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    if (equals_folded (text, yes[i]) || equals_folded (text, _ ("Yes")))
      {
        out->number = 1;
        return TRUE;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    if (equals_folded (text, no[i]) || equals_folded (text, _ ("No")))
      {
        out->number = 0;
        return TRUE;
      }
  *out_problem = g_strdup_printf (_ ("“%s” is neither yes nor no."), text);
  return FALSE;
}

static gboolean
parse_choice (const KilterFieldInfo *info, const char *text, KilterValue *out, char **out_problem)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (int i = 0; info->choices != NULL && info->choices[i] != NULL; i++)
    {
      const char *name = kilter_record_get_choice_name (info->choices[i]);

      if (equals_folded (text, info->choices[i]) || equals_folded (text, name))
        {
          out->text = g_strdup (info->choices[i]);
          return TRUE;
        }
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }
  /* Translators: %1$s is what was typed, %2$s a list of words */
  *out_problem = g_strdup_printf (_ ("“%1$s” is not one of %2$s."), text, names->str);
  return FALSE;
}

static gboolean
parse_bucket (KilterPlan *plan, const char *text, KilterValue *out, char **out_problem)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  KilterBucket bucket = kilter_bucket_from_string (kind, text);

  for (int t = 0; bucket == KILTER_BUCKET_NONE && t < kilter_plan_get_n_buckets (plan); t++)
    {
      g_autofree char *label = kilter_bucket_get_label (kind, kilter_plan_get_bucket (plan, t));

      if (equals_folded (text, label))
        bucket = kilter_plan_get_bucket (plan, t);
    }
  if (bucket == KILTER_BUCKET_NONE)
    {
      g_autofree char *example = kilter_bucket_to_string (kind, kilter_plan_get_cycle (plan));

      /* Translators: %1$s is what was typed, %2$s an example such as 2026-04 */
      *out_problem = g_strdup_printf (_ ("“%1$s” is not a period. Write it as %2$s."), text,
                                      example);
      return FALSE;
    }
  out->text = kilter_bucket_to_string (kind, bucket);
  return TRUE;
}

static gboolean
parse_ref (KilterPlan *plan,
           KilterTableId table,
           int id,
           int field,
           const char *text,
           KilterValue *out,
           char **out_problem)
{
  const KilterFieldInfo *info = get_field (table, field);
  int other = find_record (plan, info->ref, text);

  if (other == 0)
    {
      /* Translators: %1$s is what was typed, %2$s a table such as Families */
      *out_problem = g_strdup_printf (_ ("There is no “%1$s” in %2$s."), text,
                                      _ (kilter_table_get_info (info->ref)->label));
      return FALSE;
    }
  if (info->ref == table && other == id)
    {
      *out_problem = g_strdup_printf (_ ("%s must be another one."),
                                      kilter_record_get_label (table, field));
      return FALSE;
    }
  out->number = other;
  return TRUE;
}

static gboolean
parse (KilterPlan *plan,
       KilterTableId table,
       int id,
       int field,
       const char *text,
       KilterValue *out,
       char **out_problem)
{
  const KilterFieldInfo *info = get_field (table, field);
  GDate date;

  switch (info->type)
    {
    case KILTER_FIELD_NUMBER:
    case KILTER_FIELD_INT:
      return parse_number (table, field, text, out, out_problem);
    case KILTER_FIELD_BOOL:
      return parse_bool (text, out, out_problem);
    case KILTER_FIELD_REF:
      return parse_ref (plan, table, id, field, text, out, out_problem);
    case KILTER_FIELD_CHOICE:
      return parse_choice (info, text, out, out_problem);
    case KILTER_FIELD_BUCKET:
      return parse_bucket (plan, text, out, out_problem);
    case KILTER_FIELD_DATE:
      if (!kilter_date_parse_iso (text, &date))
        {
          *out_problem = g_strdup_printf (_ ("“%s” is not a date. Write it as 2026-04-15."), text);
          return FALSE;
        }
      out->text = g_strdup (text);
      return TRUE;
    case KILTER_FIELD_TEXT:
    default:
      out->text = g_strdup (text);
      return TRUE;
    }
}

static gboolean
is_taken (KilterPlan *plan, KilterTableId table, int id, int field, const KilterValue *value)
{
  KILTER_FOREACH_RECORD (plan, table, record)
    if (record->id != id &&
        (value->text != NULL ? g_str_equal (kilter_record_text (record, field), value->text)
                             : kilter_record_number_or (record, field, -1) == value->number))
      return TRUE;
  return FALSE;
}

/**
 * kilter_record_check:
 * @id: the record, or 0 for one that is to be made
 * @text: what was typed; "" takes the value away
 * @out_value: (out caller-allocates): the value; its text belongs to the caller
 * @out_problem: (out) (transfer full): a sentence that says why not
 *
 * Returns: whether the field can take what was typed
 */
gboolean
kilter_record_check (KilterPlan *plan,
                     KilterTableId table,
                     int id,
                     int field,
                     const char *text,
                     KilterValue *out_value,
                     char **out_problem)
{
  const KilterFieldInfo *info = get_field (table, field);
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  out_value->number = NAN;
  out_value->text = NULL;
  *out_problem = NULL;
  if (*stripped == '\0')
    {
      if (!(info->flags & (KILTER_FIELD_REQUIRED | KILTER_FIELD_POSITIVE)))
        return TRUE;
      *out_problem = g_strdup_printf (_ ("%s must not be empty."),
                                      kilter_record_get_label (table, field));
      return FALSE;
    }
  if (!parse (plan, table, id, field, stripped, out_value, out_problem))
    return FALSE;
  if ((info->flags & KILTER_FIELD_UNIQUE) && is_taken (plan, table, id, field, out_value))
    {
      g_clear_pointer (&out_value->text, g_free);
      /* Translators: %1$s is the name of a column, %2$s what was typed */
      *out_problem = g_strdup_printf (_ ("%1$s “%2$s” is used already."),
                                      kilter_record_get_label (table, field), stripped);
      return FALSE;
    }
  return TRUE;
}

/**
 * kilter_record_check_whole:
 * @id: the record, or 0 for a new one
 * @values: all its values as they would be
 *
 * Rules that concern more than one field.
 *
 * Returns: (transfer full) (nullable): a sentence that says what is wrong
 */
char *
kilter_record_check_whole (KilterPlan *plan, KilterTableId table, int id, const KilterValue *values)
{
  if (table == KILTER_TABLE_RATE)
    KILTER_FOREACH_RECORD (plan, table, rate)
      if (rate->id != id &&
          kilter_record_number (rate, KILTER_RATE_PRODUCT) == values[KILTER_RATE_PRODUCT].number &&
          kilter_record_number (rate, KILTER_RATE_RESOURCE) == values[KILTER_RATE_RESOURCE].number)
        return g_strdup (_ ("This product has a rate on this resource already."));
  return NULL;
}

/* A dated price goes on from the cycle with the new value; the past keeps what it was. */
static void
set_dated (KilterCommand *command, KilterPlan *plan, KilterMeasure measure, int id, double value)
{
  int cycle = kilter_plan_get_n_history (plan);
  const double *fact = kilter_plan_get_stored (plan, KILTER_BASELINE, measure, KILTER_LAYER_FACT,
                                               id);
  const double *input = kilter_plan_get_stored (plan, KILTER_BASELINE, measure, KILTER_LAYER_INPUT,
                                                id);
  gboolean is_dated = FALSE;

  if (cycle >= kilter_plan_get_n_buckets (plan) || isnan (value))
    return;
  for (int t = 0; t <= cycle; t++)
    is_dated |= (fact != NULL && !isnan (fact[t])) || (input != NULL && !isnan (input[t]));
  if (is_dated)
    kilter_command_set_value (command, plan, KILTER_BASELINE, measure,
                              input != NULL && !isnan (input[cycle]) ? KILTER_LAYER_INPUT
                                                                     : KILTER_LAYER_FACT,
                              id, cycle, value);
}

/**
 * kilter_record_set:
 *
 * Adds a checked value to a command.
 */
void
kilter_record_set (KilterCommand *command,
                   KilterPlan *plan,
                   KilterTableId table,
                   int id,
                   int field,
                   const KilterValue *value)
{
  int measure = get_dated_measure (table, field);

  switch (get_field (table, field)->type)
    {
    case KILTER_FIELD_NUMBER:
    case KILTER_FIELD_INT:
    case KILTER_FIELD_BOOL:
    case KILTER_FIELD_REF:
      kilter_command_set_field_number (command, plan, table, id, field, value->number);
      break;
    case KILTER_FIELD_TEXT:
    case KILTER_FIELD_DATE:
    case KILTER_FIELD_BUCKET:
    case KILTER_FIELD_CHOICE:
    default:
      kilter_command_set_field_text (command, plan, table, id, field, value->text);
      break;
    }
  if (measure >= 0 && kilter_plan_get_record (plan, table, id) != NULL)
    set_dated (command, plan, (KilterMeasure) measure, id, value->number);
}

/* --- taking away --------------------------------------------------------------------------------
 */

/* Marks that mean nothing without the record they belong to. */
static gboolean
goes_along (KilterTableId table)
{
  return table == KILTER_TABLE_REVIEW || table == KILTER_TABLE_MODEL;
}

static int
count_uses (KilterPlan *plan, KilterTableId table, int id, KilterTableId by)
{
  const KilterTableInfo *info = kilter_table_get_info (by);
  int n = 0;

  KILTER_FOREACH_RECORD (plan, by, record)
    for (int f = 0; f < info->n_fields; f++)
      if (info->fields[f].type == KILTER_FIELD_REF && info->fields[f].ref == table &&
          kilter_record_ref (record, f) == id && !(by == table && record->id == id))
        {
          n++;
          break;
        }
  return n;
}

static gboolean
get_grain (KilterTableId table, KilterGrain *out)
{
  if (table == KILTER_TABLE_PRODUCT)
    *out = KILTER_GRAIN_PRODUCT;
  else if (table == KILTER_TABLE_RESOURCE)
    *out = KILTER_GRAIN_RESOURCE;
  else if (table == KILTER_TABLE_SERIES)
    *out = KILTER_GRAIN_SERIES;
  else
    return FALSE;
  return TRUE;
}

static gboolean
has_numbers (KilterPlan *plan, KilterVersion version, KilterGrain grain, int id)
{
  for (KilterMeasure m = 0; m < KILTER_N_MEASURES; m++)
    for (KilterLayer l = 0; l < KILTER_N_LAYERS && kilter_measure_get_info (m)->grain == grain; l++)
      {
        const double *own = kilter_plan_get_own (plan, version, m, l, id);

        for (int t = 0; own != NULL && t < kilter_plan_get_n_buckets (plan); t++)
          if (!isnan (own[t]))
            return TRUE;
      }
  return FALSE;
}

/**
 * kilter_record_get_obstacle:
 *
 * Returns: (transfer full) (nullable): a sentence that says why a record cannot be deleted
 */
char *
kilter_record_get_obstacle (KilterPlan *plan, KilterTableId table, int id)
{
  g_autofree char *name = kilter_record_get_name (plan, table, id);
  KilterGrain grain;

  for (KilterTableId by = 0; by < KILTER_N_TABLES; by++)
    {
      int n = goes_along (by) ? 0 : count_uses (plan, table, id, by);

      if (n > 0)
        /* Translators: %1$s is the name of a record, %3$s a table such as Products */
        return g_strdup_printf (
          ngettext ("“%1$s” cannot be deleted: %2$d entry in %3$s refers to it.",
                    "“%1$s” cannot be deleted: %2$d entries in %3$s refer to it.", (gulong) n),
          name, n, _ (kilter_table_get_info (by)->label));
    }
  if (get_grain (table, &grain))
    KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
      if (kilter_plan_is_snapshot (plan, version->id) && has_numbers (plan, version->id, grain, id))
        /* Translators: %1$s is the name of a record, %2$s of a snapshot */
        return g_strdup_printf (_ ("“%1$s” cannot be deleted: it is part of “%2$s”."), name,
                                kilter_record_text (version, KILTER_VERSION_NAME));
  return NULL;
}

/**
 * kilter_record_remove:
 *
 * Adds to a command what takes a record away, with its numbers and what goes along.
 */
void
kilter_record_remove (KilterCommand *command, KilterPlan *plan, KilterTableId table, int id)
{
  KilterGrain grain;

  for (KilterTableId by = 0; by < KILTER_N_TABLES; by++)
    if (goes_along (by) && count_uses (plan, table, id, by) > 0)
      KILTER_FOREACH_RECORD (plan, by, record)
        if (kilter_record_ref (record, 0) == id)
          kilter_command_remove_record (command, plan, by, record->id);
  if (get_grain (table, &grain))
    KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
      for (KilterMeasure m = 0; m < KILTER_N_MEASURES; m++)
        for (KilterLayer l = 0; l < KILTER_N_LAYERS && kilter_measure_get_info (m)->grain == grain;
             l++)
          if (kilter_plan_get_own (plan, version->id, m, l, id) != NULL)
            kilter_command_erase_row (command, plan, version->id, m, l, id);
  kilter_command_remove_record (command, plan, table, id);
}
