/* kilter-actual-table.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/monitor/kilter-actual-table.h"

#include "plan/review/kilter-insight.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* a smaller share of the plan is no news */
#define SMALL_SHARE 0.0005
#define MANY_PRODUCTS 60

enum
{
  PART_PLAN,
  PART_ACTUAL,
  PART_DIFFERENCE,
  PART_SHARE,
  N_PARTS,
};

/**
 * Block:
 * @plan: measure of the approved plan
 * @actual: measure of what happened
 * @needs_past: whether @actual is only what happened before the cycle
 * @more_is_good: what a positive difference says
 */
typedef struct
{
  const char *name;
  KilterMeasure plan;
  KilterMeasure actual;
  gboolean needs_past;
  gboolean more_is_good;
} Block;

static const Block blocks[] = {
  { N_ ("Demand"), KILTER_CONSENSUS, KILTER_ACTUAL, FALSE, TRUE },
  { N_ ("Supply"), KILTER_SUPPLY, KILTER_PRODUCTION, FALSE, TRUE },
  { N_ ("Stock"), KILTER_STOCK, KILTER_STOCK_ACTUAL, FALSE, FALSE },
  { N_ ("Gross margin"), KILTER_MARGIN, KILTER_MARGIN, TRUE, TRUE },
  { N_ ("Demand to date"), KILTER_CONSENSUS, KILTER_ACTUAL, FALSE, TRUE },
};

/* stands first, and only while the month runs: its plan is phased */
#define TO_DATE 4
#define N_BLOCKS G_N_ELEMENTS (blocks)
G_STATIC_ASSERT (N_BLOCKS == TO_DATE + 1);

typedef struct
{
  char *label;
  KilterGridRowKind kind;
  int depth;
  int family; /* of a row that opens, else 0 */
  int product;
  double plan[N_BLOCKS];
  double actual[N_BLOCKS];
} Row;

struct _KilterActualTable
{
  GObject parent_instance;

  GArray *rows;
  GHashTable *expanded; /* int: families */
  gboolean is_filled;
  gboolean is_running; /* whether the month is not over */
  GDate today;
  KilterFormat formats[N_BLOCKS];
  char *units[N_BLOCKS];
};

static void model_init (KilterGridModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KilterActualTable,
                               kilter_actual_table,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KILTER_TYPE_GRID_MODEL, model_init))

static guint expanded_signal;

static void
clear_row (gpointer data)
{
  g_free (((Row *) data)->label);
}

/* Which block a column belongs to. */
static int
get_block (KilterActualTable *self, int col)
{
  int block = col / N_PARTS;

  if (self->is_running)
    return block == 0 ? TO_DATE : block - 1;
  return block;
}

static const Row *
get_row (KilterActualTable *self, int row)
{
  return &g_array_index (self->rows, Row, row);
}

/* --- filling --- */

static double
read_one (const KilterSubject *subject, KilterMeasure measure, int bucket)
{
  g_autofree double *values = g_new (double, kilter_plan_get_n_buckets (subject->plan));

  kilter_subject_get (subject, measure, values);
  return values[bucket];
}

static void
add_row (KilterActualTable *self,
         const KilterSubject *subject,
         KilterVersion approved,
         int bucket,
         const Row *look)
{
  Row row = *look;
  KilterSubject plan = *subject, actual = *subject;
  gboolean is_past = bucket < kilter_plan_get_n_history (subject->plan);
  KilterMonthToDate now;

  plan.version = approved;
  actual.version = KILTER_BASELINE;
  row.label = g_strdup (look->label);
  for (gsize i = 0; i < TO_DATE; i++)
    {
      row.plan[i] = read_one (&plan, blocks[i].plan, bucket);
      row.actual[i] = blocks[i].needs_past && !is_past
                        ? NAN
                        : read_one (&actual, blocks[i].actual, bucket);
    }
  row.plan[TO_DATE] = row.actual[TO_DATE] = NAN;
  if (self->is_running)
    {
      kilter_plan_month_to_date (subject->plan, approved, &subject->scope,
                                 kilter_display_unit_to_measure (subject->unit), bucket,
                                 &self->today, &now);
      row.plan[TO_DATE] = now.plan;
      row.actual[TO_DATE] = now.actual;
    }
  g_array_append_val (self->rows, row);
}

static void
add_products (KilterActualTable *self,
              const KilterSubject *subject,
              KilterVersion approved,
              int bucket,
              int depth)
{
  g_autoptr (GArray)
    products = kilter_scope_get_rows (subject->plan, &subject->scope, KILTER_GRAIN_PRODUCT);

  for (guint i = 0; i < products->len; i++)
    {
      KilterSubject one = *subject;
      int id = g_array_index (products, int, i);

      one.scope.product = id;
      add_row (self, &one, approved, bucket,
               &(Row) { .label = (char *) kilter_plan_get_product_name (subject->plan, id),
                        .kind = KILTER_GRID_ROW_PRODUCT,
                        .depth = depth,
                        .product = id });
    }
}

static void
init_formats (KilterActualTable *self, const KilterSubject *subject)
{
  for (gsize i = 0; i < N_BLOCKS; i++)
    {
      double largest = NAN;

      for (guint r = 0; r < self->rows->len; r++)
        {
          const double values[] = { get_row (self, (int) r)->plan[i],
                                    get_row (self, (int) r)->actual[i], largest };

          largest = kilter_format_largest (values, G_N_ELEMENTS (values));
        }
      kilter_subject_init_format (subject, blocks[i].plan, &largest, 1, &self->formats[i]);
      g_free (self->units[i]);
      self->units[i] = blocks[i].plan == KILTER_MARGIN
                         ? kilter_format_get_unit_short (&self->formats[i], subject->plan)
                         : kilter_format_get_unit_name (&self->formats[i], subject->plan);
    }
}

void
kilter_actual_table_fill (KilterActualTable *self,
                          const KilterSubject *subject,
                          KilterVersion approved,
                          int bucket,
                          const GDate *today)
{
  g_autofree char *title = kilter_subject_get_title (subject);

  /* a small company is seen at once */
  if (!self->is_filled &&
      kilter_plan_count_records (subject->plan, KILTER_TABLE_PRODUCT) <= MANY_PRODUCTS)
    KILTER_FOREACH_RECORD (subject->plan, KILTER_TABLE_FAMILY, family)
      g_hash_table_add (self->expanded, GINT_TO_POINTER (family->id));
  self->is_filled = TRUE;
  self->is_running = today != NULL;
  if (today != NULL)
    self->today = *today;
  g_array_set_size (self->rows, 0);
  add_row (self, subject, approved, bucket,
           &(Row) { .label = title, .kind = KILTER_GRID_ROW_TOTAL });
  if (subject->scope.product == 0 && subject->scope.family == 0)
    KILTER_FOREACH_RECORD (subject->plan, KILTER_TABLE_FAMILY, family)
      {
        KilterSubject one = *subject;

        if (subject->scope.category != 0 &&
            kilter_record_ref (family, KILTER_FAMILY_CATEGORY) != subject->scope.category)
          continue;
        one.scope.family = family->id;
        add_row (self, &one, approved, bucket,
                 &(Row) { .label = (char *) kilter_record_text (family, KILTER_FAMILY_NAME),
                          .kind = KILTER_GRID_ROW_GROUP,
                          .family = family->id });
        if (g_hash_table_contains (self->expanded, GINT_TO_POINTER (family->id)))
          add_products (self, &one, approved, bucket, 1);
      }
  if (subject->scope.product == 0 &&
      (subject->scope.family != 0 ||
       kilter_plan_count_records (subject->plan, KILTER_TABLE_FAMILY) == 0))
    add_products (self, subject, approved, bucket, 0);
  init_formats (self, subject);
  kilter_grid_model_reset (KILTER_GRID_MODEL (self));
}

gboolean
kilter_actual_table_is_demand (KilterActualTable *self, int col)
{
  int block = get_block (self, col);

  return block == 0 || block == TO_DATE;
}

const char *
kilter_actual_table_get_unit_name (KilterActualTable *self)
{
  return self->units[0] != NULL ? self->units[0] : "";
}

int
kilter_actual_table_get_product (KilterActualTable *self, int row)
{
  return row >= 0 && (guint) row < self->rows->len ? get_row (self, row)->product : 0;
}

/* --- the model --- */

static int
model_get_n_rows (KilterGridModel *model)
{
  return (int) KILTER_ACTUAL_TABLE (model)->rows->len;
}

static int
model_get_n_cols (KilterGridModel *model)
{
  return (TO_DATE + KILTER_ACTUAL_TABLE (model)->is_running) * N_PARTS;
}

static void
model_get_row (KilterGridModel *model, int index, KilterGridRow *out)
{
  KilterActualTable *self = KILTER_ACTUAL_TABLE (model);
  const Row *row = get_row (self, index);

  out->label = g_strdup (row->label);
  out->kind = row->kind;
  out->depth = row->depth;
  if (row->kind != KILTER_GRID_ROW_PRODUCT)
    out->flags |= KILTER_GRID_ROW_FLAG_BOLD;
  if (row->family != 0)
    {
      out->flags |= KILTER_GRID_ROW_FLAG_EXPANDABLE;
      if (g_hash_table_contains (self->expanded, GINT_TO_POINTER (row->family)))
        out->flags |= KILTER_GRID_ROW_FLAG_EXPANDED;
    }
}

static void
model_get_column (KilterGridModel *model, int col, KilterGridColumn *out)
{
  static const char *const parts[] = { N_ ("Plan"), N_ ("Actual"), N_ ("Diff."), N_ ("%") };
  static const char *const long_parts[] = { N_ ("plan"), N_ ("actual"), N_ ("difference"),
                                            N_ ("difference in per cent") };
  KilterActualTable *self = KILTER_ACTUAL_TABLE (model);
  int block = get_block (self, col), part = col % N_PARTS;

  out->label = g_strdup (_ (parts[part]));
  /* Translators: "Demand", "difference in per cent" */
  out->description = g_strdup_printf (_ ("%s, %s"), _ (blocks[block].name), _ (long_parts[part]));
  if (part == PART_PLAN)
    {
      /* quantities have their unit in the corner, money has its own */
      out->upper = blocks[block].plan == KILTER_MARGIN
                     ? g_strdup_printf (C_ ("unit", "%s, %s"), _ (blocks[block].name),
                                        self->units[block])
                     : g_strdup (_ (blocks[block].name));
      out->tooltip = g_strdup (self->units[block]);
      if (col > 0)
        out->flags |= KILTER_GRID_COLUMN_FLAG_YEAR_START;
    }
}

static void
set_difference (KilterActualTable *self, const Row *row, int block, int part, KilterGridCell *out)
{
  double difference = row->actual[block] - row->plan[block];
  double share = row->plan[block] > 0 ? difference / row->plan[block] : NAN;
  KilterFormat format = self->formats[block];
  g_autofree char *text = NULL;

  out->value = part == PART_DIFFERENCE ? difference : share;
  if (isnan (out->value))
    return;
  /* differences are small beside what they are between */
  format.number.decimals = MAX (format.number.decimals, 1);
  text = part == PART_DIFFERENCE ? kilter_format_delta (&format, difference)
                                 : kilter_format_ratio_delta (share, 1);
  kilter_grid_cell_set_text (out, text);
  if (fabs (difference) > SMALL_SHARE * fabs (row->plan[block]))
    out->flags |= (difference > 0) == blocks[block].more_is_good ? KILTER_GRID_CELL_FLAG_GOOD
                                                                 : KILTER_GRID_CELL_FLAG_BAD;
}

static void
model_get_cell (KilterGridModel *model, int index, int col, KilterGridCell *out)
{
  KilterActualTable *self = KILTER_ACTUAL_TABLE (model);
  const Row *row = get_row (self, index);
  int block = get_block (self, col), part = col % N_PARTS;
  g_autofree char *text = NULL;

  out->value = NAN;
  if (row->kind == KILTER_GRID_ROW_TOTAL || part == PART_ACTUAL)
    out->flags |= KILTER_GRID_CELL_FLAG_BOLD;
  if (part == PART_PLAN || part == PART_ACTUAL)
    {
      out->value = part == PART_PLAN ? row->plan[block] : row->actual[block];
      if (!isnan (out->value))
        {
          text = kilter_format_value (&self->formats[block], out->value);
          kilter_grid_cell_set_text (out, text);
        }
    }
  else
    set_difference (self, row, block, part, out);
  if (isnan (out->value))
    {
      out->flags |= KILTER_GRID_CELL_FLAG_NOT_APPLICABLE;
      kilter_grid_cell_set_text (out, "\xe2\x80\x93");
    }
}

static void
model_toggle_expanded (KilterGridModel *model, int index)
{
  KilterActualTable *self = KILTER_ACTUAL_TABLE (model);
  gpointer family = GINT_TO_POINTER (get_row (self, index)->family);

  if (family == NULL)
    return;
  if (!g_hash_table_remove (self->expanded, family))
    g_hash_table_add (self->expanded, family);
  g_signal_emit (self, expanded_signal, 0);
}

static void
model_init (KilterGridModelInterface *iface)
{
  iface->get_n_rows = model_get_n_rows;
  iface->get_n_cols = model_get_n_cols;
  iface->get_row = model_get_row;
  iface->get_column = model_get_column;
  iface->get_cell = model_get_cell;
  iface->toggle_expanded = model_toggle_expanded;
}

static void
kilter_actual_table_finalize (GObject *object)
{
  KilterActualTable *self = KILTER_ACTUAL_TABLE (object);

  g_array_unref (self->rows);
  g_hash_table_unref (self->expanded);
  for (gsize i = 0; i < N_BLOCKS; i++)
    g_free (self->units[i]);

  G_OBJECT_CLASS (kilter_actual_table_parent_class)->finalize (object);
}

static void
kilter_actual_table_class_init (KilterActualTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kilter_actual_table_finalize;
  expanded_signal = g_signal_new ("expanded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
kilter_actual_table_init (KilterActualTable *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);
  self->expanded = g_hash_table_new (NULL, NULL);
}

KilterActualTable *
kilter_actual_table_new (void)
{
  return g_object_new (KILTER_TYPE_ACTUAL_TABLE, NULL);
}
