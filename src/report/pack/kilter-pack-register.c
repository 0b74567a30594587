/* kilter-pack-register.c: risks, assumptions, launches, recommendations, the approved plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/figure/kilter-figure-private.h"
#include "report/words/kilter-headline.h"
#include "plan/review/kilter-risk.h"
#include "report/words/kilter-options.h"
#include "report/pack/kilter-pack-private.h"

#define GAP 22.0

static char *
format_bucket_text (const KilterPlan *plan, const char *text)
{
  KilterBucketKind kind = kilter_plan_get_bucket_kind (plan);
  KilterBucket bucket = *text != '\0' ? kilter_bucket_from_string (kind, text) : KILTER_BUCKET_NONE;

  return bucket != KILTER_BUCKET_NONE ? kilter_bucket_get_label (kind, bucket) : g_strdup ("");
}

static char *
format_span (const KilterPlan *plan, const KilterRecord *risk)
{
  g_autofree char *from = format_bucket_text (plan, kilter_record_text (risk, KILTER_RISK_FROM));
  g_autofree char *to = format_bucket_text (plan, kilter_record_text (risk, KILTER_RISK_TO));

  if (*from == '\0' || *to == '\0' || g_str_equal (from, to))
    return g_strdup (*from != '\0' ? from : to);
  /* Translators: a span of time: "April 2026 to March 2027" */
  return g_strdup_printf (_ ("%s to %s"), from, to);
}

static const char *
get_risk_state (const char *state)
{
  if (g_str_equal (state, "confirmed"))
    return _ ("confirmed");
  if (g_str_equal (state, "refuted"))
    return _ ("refuted");
  if (g_str_equal (state, "closed"))
    return C_ ("risk", "closed");
  return C_ ("risk", "open");
}

static const char *
get_family (const KilterPlan *plan, const KilterRecord *risk)
{
  int family = kilter_record_ref (risk, KILTER_RISK_FAMILY);

  return family > 0 ? kilter_plan_get_key (plan, KILTER_TABLE_FAMILY, family) : _ ("All families");
}

static gboolean
is_assumption (const KilterRecord *risk)
{
  return g_str_equal (kilter_record_text (risk, KILTER_RISK_KIND), "assumption");
}

static KilterTable *
make_risks (KilterPackBuilder *self)
{
  g_autofree char *quantity = kilter_format_get_unit_short (&self->quantity, self->plan);
  /* Translators: columns of a table of risks: what they do to volume, revenue, margin */
  g_autofree char *volume_name = *quantity != '\0'
                                   ? g_strdup_printf ("%s, %s", _ ("On volume"), quantity)
                                   : g_strdup (_ ("On volume"));
  const char *const headings[] = { _ ("Risk or opportunity"),
                                   _ ("Family"),
                                   _ ("When"),
                                   volume_name,
                                   _ ("On revenue"),
                                   _ ("On margin"),
                                   _ ("Likelihood"),
                                   _ ("Weighted"),
                                   _ ("Owner"),
                                   _ ("Review"),
                                   _ ("State") };
  KilterTable *table = kilter_table_new (G_N_ELEMENTS (headings));

  for (gsize c = 0; c < G_N_ELEMENTS (headings); c++)
    kilter_table_set_column (table, (int) c, headings[c],
                             c >= 3 && c <= 7 ? KILTER_COLUMN_NUMBER : KILTER_COLUMN_TEXT);
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_RISK, risk)
    {
      double effect = kilter_record_number (risk, KILTER_RISK_EFFECT);
      double likelihood = kilter_record_number (risk, KILTER_RISK_LIKELIHOOD);
      int row;

      if (is_assumption (risk))
        continue;
      row = kilter_table_add_row (table, kilter_record_text (risk, KILTER_RISK_TEXT),
                                  KILTER_ROW_PLAIN);
      kilter_table_set (table, row, 1, get_family (self->plan, risk));
      kilter_table_take (table, row, 2, format_span (self->plan, risk));
      kilter_table_set_value (table, row, 3, &self->quantity,
                              kilter_record_number (risk, KILTER_RISK_VOLUME), TRUE);
      kilter_table_set_money (table, row, 4, self->plan,
                              kilter_risk_get_effect (self->plan, risk, KILTER_REVENUE), TRUE);
      kilter_table_set_money (table, row, 5, self->plan, effect, TRUE);
      kilter_table_set_cell (table, row, 5, kilter_tone_of (effect), KILTER_CELL_STRONG);
      kilter_table_set_ratio (table, row, 6, likelihood, 0, FALSE);
      kilter_table_set_money (table, row, 7, self->plan, effect * likelihood, TRUE);
      kilter_table_set (table, row, 8, kilter_person_name (self->plan, risk, KILTER_RISK_OWNER));
      kilter_table_take (
        table, row, 9,
        kilter_builder_format_day (self, kilter_record_text (risk, KILTER_RISK_REVIEW)));
      kilter_table_set (table, row, 10,
                        get_risk_state (kilter_record_text (risk, KILTER_RISK_STATE)));
    }
  return table;
}

static KilterTable *
make_assumptions (KilterPackBuilder *self)
{
  const char *const headings[] = { _ ("Assumption"), _ ("Family"), _ ("When"),
                                   _ ("Owner"),      _ ("Review"), _ ("State") };
  KilterTable *table = kilter_table_new (G_N_ELEMENTS (headings));

  for (gsize c = 0; c < G_N_ELEMENTS (headings); c++)
    kilter_table_set_column (table, (int) c, headings[c], KILTER_COLUMN_TEXT);
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_RISK, risk)
    {
      const char *state = kilter_record_text (risk, KILTER_RISK_STATE);
      int row;

      if (!is_assumption (risk))
        continue;
      row = kilter_table_add_row (table, kilter_record_text (risk, KILTER_RISK_TEXT),
                                  KILTER_ROW_PLAIN);
      kilter_table_set (table, row, 1, get_family (self->plan, risk));
      kilter_table_take (table, row, 2, format_span (self->plan, risk));
      kilter_table_set (table, row, 3, kilter_person_name (self->plan, risk, KILTER_RISK_OWNER));
      kilter_table_take (
        table, row, 4,
        kilter_builder_format_day (self, kilter_record_text (risk, KILTER_RISK_REVIEW)));
      kilter_table_set (table, row, 5, get_risk_state (state));
      if (g_str_equal (state, "refuted"))
        kilter_table_set_cell (table, row, 5, KILTER_CHART_TONE_BAD, KILTER_CELL_STRONG);
    }
  return table;
}

typedef struct
{
  int id;
  double effect;
} Effect;

static int
compare_effects (gconstpointer a, gconstpointer b)
{
  const Effect *x = a, *y = b;

  if (fabs (x->effect) != fabs (y->effect))
    return fabs (x->effect) > fabs (y->effect) ? -1 : 1;
  return x->id - y->id;
}

/**
 * kilter_pack_make_risks:
 * @most: of more risks and opportunities, those with the largest effect
 *
 * Returns: (transfer full) (nullable): open risks with their effect on margin
 */
KilterChart *
kilter_pack_make_risks (KilterPackBuilder *self, guint most)
{
  g_autoptr (GArray) effects = g_array_new (FALSE, FALSE, sizeof (Effect));
  g_autofree KilterChartRisk *risks = NULL;
  g_autofree char *unit = NULL;
  KilterFormat format;

  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_RISK, risk)
    {
      Effect effect = { risk->id, kilter_record_number (risk, KILTER_RISK_EFFECT) };

      if (kilter_risk_is_open (risk) && !isnan (effect.effect))
        g_array_append_val (effects, effect);
    }
  if (effects->len <= most)
    return kilter_figure_risks (&self->subject);
  g_array_sort (effects, compare_effects);
  risks = g_new0 (KilterChartRisk, most);
  for (guint i = 0; i < most; i++)
    {
      const Effect *effect = &g_array_index (effects, Effect, i);
      const KilterRecord *risk = kilter_plan_get_record (self->plan, KILTER_TABLE_RISK, effect->id);

      risks[i] = (KilterChartRisk) { kilter_record_text (risk, KILTER_RISK_TEXT),
                                     kilter_record_number (risk, KILTER_RISK_LIKELIHOOD),
                                     effect->effect };
    }
  kilter_format_init (&format, KILTER_UNIT_MONEY, risks[0].effect);
  format.number.sign = TRUE;
  unit = kilter_format_get_unit_short (&format, self->plan);
  return kilter_chart_new_risks (&(KilterChartRisks) {
    .risks = risks,
    .n_risks = most,
    .name_heading = _ ("Risk or Opportunity"),
    .likelihood_heading = _ ("Likely"),
    .effect_heading = unit,
    .full_name = _ ("Full effect"),
    .weighted_name = _ ("Weighted by likelihood"),
    .format = format.number,
    .has_header = TRUE,
    .has_legend = TRUE,
  });
}

/* Revenue and margin with what may come, side by side, where there is room below the rest. */
static double
add_ranges (KilterPackBuilder *self, KilterPackSheet *sheet, double y)
{
  static const KilterMeasure measures[] = { KILTER_REVENUE, KILTER_MARGIN };
  const KilterChartRect *area = &self->area;
  double room = area->y + area->height - y, width, x = area->x;
  KilterChart *charts[G_N_ELEMENTS (measures)];
  guint n = 0;

  if (room < 120)
    return y;
  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      KilterChart *chart = kilter_figure_risk_range (&self->subject, measures[i], self->first,
                                                     self->n);

      if (chart != NULL)
        charts[n++] = chart;
    }
  width = n > 0 ? (area->width - (n - 1) * GAP) / n : 0;
  for (guint i = 0; i < n; i++, x += width + GAP)
    kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { x, y, width, MIN (room, 230) },
                                 charts[i]);
  return n > 0 ? y + MIN (room, 230) : y;
}

/**
 * kilter_pack_add_risks:
 *
 * Risks and opportunities with their weighted range; in the executive pack the assumptions too.
 */
void
kilter_pack_add_risks (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  g_autoptr (KilterTable) risks = make_risks (self);
  g_autoptr (KilterTable) assumptions = make_assumptions (self);
  gboolean both = self->meeting == KILTER_MEETING_EXECUTIVE &&
                  kilter_table_get_n_rows (assumptions) > 0;
  g_autofree char *title = NULL;
  KilterPackSheet *sheet;
  KilterChart *chart;
  double y = area->y, height, room;

  if (kilter_table_get_n_rows (risks) == 0 && !both)
    return;
  title = kilter_table_get_n_rows (risks) > 0
            ? kilter_headline_risks (&self->subject, KILTER_MARGIN)
            : g_strdup (_ ("No risks or opportunities are registered"));
  sheet = kilter_builder_add_page (
    self, both ? _ ("Risks and Assumptions") : _ ("Risks and Opportunities"), 0, title,
    _ ("Effect on gross margin; filled: weighted by likelihood"));
  chart = kilter_pack_make_risks (self, 10);
  if (chart != NULL)
    {
      kilter_chart_set_title (chart, NULL, NULL);
      kilter_chart_measure (chart, self->ink.style, NULL, NULL, &height);
      height = MIN (height, 190);
      kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { area->x, y, area->width, height },
                                   chart);
      y += height + 20;
    }
  if (kilter_table_get_n_rows (risks) > 0)
    {
      room = area->y + area->height - y;
      y += 20 + kilter_pack_sheet_add_table (
                  self, sheet,
                  &(KilterChartRect) { area->x, y, area->width, both ? room * 0.5 : room }, risks);
    }
  if (both && area->y + area->height - y > 60)
    {
      y += kilter_pack_sheet_add_heading (self, sheet, area->x, y, area->width, _ ("Assumptions"),
                                          NULL);
      y += 20 + kilter_pack_sheet_add_table (
                  self, sheet,
                  &(KilterChartRect) { area->x, y, area->width, area->y + area->height - y },
                  assumptions);
    }
  kilter_builder_leave_room (self, sheet, add_ranges (self, sheet, y));
}

/**
 * kilter_pack_add_assumptions:
 *
 * The register of assumptions, over as many pages as it takes.
 */
void
kilter_pack_add_assumptions (KilterPackBuilder *self)
{
  g_autoptr (KilterTable) table = make_assumptions (self);
  int n = kilter_table_get_n_rows (table), refuted = 0;
  g_autofree char *title = NULL;

  if (n == 0)
    return;
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_RISK, risk)
    refuted += is_assumption (risk) &&
               g_str_equal (kilter_record_text (risk, KILTER_RISK_STATE), "refuted");
  title = refuted > 0 ? g_strdup_printf (ngettext ("%d assumption has been refuted",
                                                   "%d assumptions have been refuted", refuted),
                                         refuted)
                      : g_strdup_printf (ngettext ("The plan rests on %d assumption",
                                                   "The plan rests on %d assumptions", n),
                                         n);
  kilter_builder_add_table_pages (self, _ ("Assumptions"), title,
                                  _ ("What the plan takes for granted, by whom, and until when"),
                                  table, 0, NULL);
}

/* --- launches and phase-outs --- */

static gboolean
is_changing (KilterPackBuilder *self, const KilterRecord *product)
{
  const char *status = kilter_record_text (product, KILTER_PRODUCT_STATUS);
  KilterBucketKind kind = kilter_plan_get_bucket_kind (self->plan);
  static const int fields[] = { KILTER_PRODUCT_LAUNCH, KILTER_PRODUCT_PHASE_OUT };

  if (g_str_equal (status, "new") || g_str_equal (status, "phase-out"))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = kilter_record_text (product, fields[i]);
      KilterBucket bucket = *text != '\0' ? kilter_bucket_from_string (kind, text)
                                          : KILTER_BUCKET_NONE;

      if (bucket != KILTER_BUCKET_NONE && bucket >= kilter_plan_get_cycle (self->plan))
        return TRUE;
    }
  return FALSE;
}

/**
 * kilter_pack_add_products:
 *
 * Products that are new or are phased out, and what they are worth.
 */
void
kilter_pack_add_products (KilterPackBuilder *self)
{
  g_autofree char *quantity = kilter_format_get_unit_short (&self->quantity, self->plan);
  g_autofree char *demand_name = *quantity != '\0'
                                   ? g_strdup_printf ("%s, %s", _ ("Demand"), quantity)
                                   : g_strdup (_ ("Demand"));
  const char *const headings[] = { _ ("Product"),   _ ("Family"),       _ ("Launch"),
                                   _ ("Phase-out"), _ ("Like product"), _ ("Predecessor"),
                                   demand_name,     _ ("Revenue"),      _ ("Gross margin") };
  g_autoptr (KilterTable) table = kilter_table_new (G_N_ELEMENTS (headings));
  g_autofree char *title = NULL, *subtitle = NULL, *span = NULL;
  int fresh = 0, ending = 0;

  for (gsize c = 0; c < G_N_ELEMENTS (headings); c++)
    kilter_table_set_column (table, (int) c, headings[c],
                             c >= 6 ? KILTER_COLUMN_NUMBER : KILTER_COLUMN_TEXT);
  KILTER_FOREACH_RECORD (self->plan, KILTER_TABLE_PRODUCT, product)
    {
      KilterScope scope = { .product = product->id };
      int like = kilter_record_ref (product, KILTER_PRODUCT_LIKE);
      int before = kilter_record_ref (product, KILTER_PRODUCT_PREDECESSOR);
      int family = kilter_record_ref (product, KILTER_PRODUCT_FAMILY), row;
      double share = kilter_record_number (product, KILTER_PRODUCT_LIKE_SHARE);

      if (!is_changing (self, product))
        continue;
      if (g_str_equal (kilter_record_text (product, KILTER_PRODUCT_STATUS), "phase-out"))
        ending++;
      else
        fresh++;
      row = kilter_table_add_row (table, kilter_plan_get_product_name (self->plan, product->id),
                                  KILTER_ROW_PLAIN);
      kilter_table_set (table, row, 1,
                        family > 0 ? kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, family)
                                   : "");
      kilter_table_take (
        table, row, 2,
        format_bucket_text (self->plan, kilter_record_text (product, KILTER_PRODUCT_LAUNCH)));
      kilter_table_take (
        table, row, 3,
        format_bucket_text (self->plan, kilter_record_text (product, KILTER_PRODUCT_PHASE_OUT)));
      if (like > 0)
        {
          g_autofree char *size = isnan (share) ? NULL : kilter_format_ratio (share, 0);

          kilter_table_take (
            table, row, 4,
            size != NULL
              ? g_strdup_printf ("%s, %s", kilter_plan_get_product_name (self->plan, like), size)
              : g_strdup (kilter_plan_get_product_name (self->plan, like)));
        }
      if (before > 0)
        kilter_table_set (table, row, 5, kilter_plan_get_product_name (self->plan, before));
      kilter_table_set_value (table, row, 6, &self->quantity,
                              kilter_builder_sum (self, self->version, KILTER_DEMAND, &scope),
                              FALSE);
      kilter_table_set_money (table, row, 7, self->plan,
                              kilter_builder_sum (self, self->version, KILTER_REVENUE, &scope),
                              FALSE);
      kilter_table_set_money (table, row, 8, self->plan,
                              kilter_builder_sum (self, self->version, KILTER_MARGIN, &scope),
                              FALSE);
    }
  if (fresh + ending == 0)
    return;
  span = kilter_headline_span (self->plan, self->first, self->n);
  if (ending == 0)
    title = g_strdup_printf (ngettext ("%d product is new", "%d products are new", fresh), fresh);
  else if (fresh == 0)
    title = g_strdup_printf (
      ngettext ("%d product is being phased out", "%d products are being phased out", ending),
      ending);
  else
    title = g_strdup_printf (_ ("Launches: %d, phase-outs: %d"), fresh, ending);
  /* Translators: a span of months */
  subtitle = g_strdup_printf (_ ("Launches and phase-outs · numbers of %s"), span);
  kilter_builder_add_table_pages (self, _ ("Launches and Phase-Outs"), title, subtitle, table, 0,
                                  NULL);
}

/* --- recommendations --- */

static KilterTable *
make_escalations (KilterPackBuilder *self)
{
  g_autoptr (GArray) families = kilter_builder_get_families (self);
  KilterTable *table = kilter_table_new (5);
  const char *const headings[] = { _ ("To be escalated"), _ ("Worst in"), _ ("Unmet then"),
                                   _ ("Unmet in all"), _ ("Revenue at risk") };

  for (int c = 0; c < 5; c++)
    kilter_table_set_column (table, c, headings[c],
                             c >= 2 ? KILTER_COLUMN_NUMBER : KILTER_COLUMN_TEXT);
  for (guint i = 0; i < families->len; i++)
    {
      KilterSubject subject = self->subject;
      g_autofree double *demand = NULL;
      g_autofree double *unmet = NULL;
      int worst = -1, row;

      subject.scope = (KilterScope) { .family = g_array_index (families, int, i) };
      demand = kilter_subject_dup (&subject, KILTER_DEMAND);
      unmet = kilter_subject_dup (&subject, KILTER_UNMET);
      for (int t = self->first; t < self->first + self->n; t++)
        if (unmet[t] > 0.5 && kilter_gap_classify (demand[t], unmet[t]) != KILTER_GAP_NOISE &&
            (worst < 0 || unmet[t] > unmet[worst]))
          worst = t;
      if (worst < 0)
        continue;
      row = kilter_table_add_row (
        table, kilter_plan_get_key (self->plan, KILTER_TABLE_FAMILY, subject.scope.family),
        KILTER_ROW_PLAIN);
      kilter_table_take (table, row, 1, kilter_format_bucket (self->plan, worst));
      kilter_table_set_ratio (table, row, 2, unmet[worst] / demand[worst], 0, FALSE);
      kilter_table_take (table, row, 3,
                         kilter_format_quantity (
                           kilter_builder_sum (self, self->version, KILTER_UNMET, &subject.scope)));
      kilter_table_set_money (table, row, 4, self->plan,
                              kilter_builder_sum_in (self, self->version, KILTER_UNMET,
                                                     &subject.scope, KILTER_IN_REVENUE),
                              FALSE);
      kilter_table_set_cell (table, row, 2, KILTER_CHART_TONE_BAD,
                             KILTER_CELL_STRONG | KILTER_CELL_SHAPE);
    }
  return table;
}

/**
 * kilter_pack_add_recommendations:
 *
 * What the pre-S&OP meeting puts before the executives: decisions to ask for, gaps to escalate.
 */
void
kilter_pack_add_recommendations (KilterPackBuilder *self)
{
  const KilterChartRect *area = &self->area;
  g_autoptr (KilterTable) decisions = kilter_pack_make_decisions (self, TRUE);
  g_autoptr (KilterTable) gaps = make_escalations (self);
  int n = kilter_table_get_n_rows (decisions), g = kilter_table_get_n_rows (gaps);
  g_autofree char *title = NULL;
  const char *name = self->recommended > 0 ? kilter_version_name (self->plan, self->recommended)
                                           : "";
  KilterPackSheet *sheet;
  double y = area->y;

  if (n == 0 && g == 0 && self->recommended == 0)
    return;
  if (*name != '\0')
    /* Translators: the name of a scenario */
    title = g_strdup_printf (_ ("Recommended for the executive meeting: “%s”"), name);
  else if (n > 0)
    title = g_strdup_printf (ngettext ("%d decision goes to the executive meeting",
                                       "%d decisions go to the executive meeting", n),
                             n);
  else
    title = g_strdup_printf (
      ngettext ("%d family has a gap to be escalated", "%d families have a gap to be escalated", g),
      g);
  sheet = kilter_builder_add_page (self, _ ("Recommendations"), 0, title,
                                   _ ("Recommendations, and what is to be escalated"));
  if (*name != '\0')
    {
      const KilterRecord *record = kilter_plan_get_record (self->plan, KILTER_TABLE_VERSION,
                                                           self->recommended);
      const char *note = kilter_record_text (record, KILTER_VERSION_NOTE);

      if (*note != '\0')
        y += 14 + kilter_pack_sheet_add_text (self, sheet, area->x, y, area->width, note,
                                              &(KilterPrintText) { .size = 10 });
    }
  if (n > 0)
    {
      y += kilter_pack_sheet_add_heading (self, sheet, area->x, y, area->width,
                                          _ ("Decisions to ask for"), NULL);
      y += 20 + kilter_pack_sheet_add_table (
                  self, sheet,
                  &(KilterChartRect) { area->x, y, area->width,
                                       (area->y + area->height - y) * (g > 0 ? 0.6 : 1) },
                  decisions);
    }
  if (g > 0)
    {
      y += kilter_pack_sheet_add_heading (self, sheet, area->x, y, area->width,
                                          _ ("Gaps above the noise"), NULL);
      y += 20 + kilter_pack_sheet_add_table (
                  self, sheet,
                  &(KilterChartRect) { area->x, y, area->width, area->y + area->height - y }, gaps);
    }
  if (*name != '\0' && area->y + area->height - y >= 190)
    {
      const KilterVersion versions[] = { self->version, self->recommended };
      KilterChart *chart = kilter_figure_compare (&self->subject, versions, 2, 1, self->first,
                                                  self->n);

      if (chart != NULL)
        kilter_chart_retitle (chart, _ ("What the recommendation changes"));
      kilter_pack_sheet_add_chart (sheet, &(KilterChartRect) { area->x, y, area->width, 190 },
                                   chart);
    }
}

/* --- the approved plan --- */

static KilterVersion
find_approved (const KilterPlan *plan)
{
  g_autofree char *cycle = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                    kilter_plan_get_cycle (plan));
  KilterVersion last = kilter_plan_get_last_approved (plan);
  const KilterRecord *record = last > 0 ? kilter_plan_get_record (plan, KILTER_TABLE_VERSION, last)
                                        : NULL;

  return record != NULL && g_str_equal (kilter_record_text (record, KILTER_VERSION_CYCLE), cycle)
           ? last
           : 0;
}

/**
 * kilter_pack_add_approved:
 *
 * Once the cycle's plan is approved: its months in units and money, who approved it, and the
 * digest by which it can be told from any other.
 */
void
kilter_pack_add_approved (KilterPackBuilder *self)
{
  static const KilterMeasure measures[] = { KILTER_DEMAND, KILTER_SUPPLY,  KILTER_STOCK,
                                            KILTER_UNMET,  KILTER_REVENUE, KILTER_MARGIN };
  KilterVersion version = find_approved (self->plan);
  const KilterRecord *record;
  g_autoptr (KilterTable) table = NULL;
  g_autofree char *title = NULL, *subtitle = NULL, *day = NULL, *digest = NULL;
  KilterSubject subject = self->subject;
  KilterFormat formats[G_N_ELEMENTS (measures)];
  int n = kilter_plan_get_n_horizon (self->plan);

  if (version == 0)
    return;
  record = kilter_plan_get_record (self->plan, KILTER_TABLE_VERSION, version);
  subject.version = version;
  table = kilter_table_new (G_N_ELEMENTS (measures) + 1);
  kilter_table_set_column (table, 0, _ ("Period"), KILTER_COLUMN_TEXT);
  for (gsize m = 0; m < G_N_ELEMENTS (measures); m++)
    {
      g_autofree double *values = kilter_subject_dup (&subject, measures[m]);
      g_autofree char *unit = NULL, *heading = NULL;

      kilter_subject_init_format (&subject, measures[m], values + self->first, (gsize) n,
                                  &formats[m]);
      unit = kilter_format_get_unit_name (&formats[m], self->plan);
      heading = g_strdup_printf ("%s, %s", kilter_measure_get_name (measures[m]), unit);
      kilter_table_set_column (table, (int) m + 1, heading, KILTER_COLUMN_NUMBER);
      for (int t = 0; t < n; t++)
        {
          if (m == 0)
            {
              g_autofree char *month = kilter_format_bucket (self->plan, self->first + t);

              kilter_table_add_row (table, month, KILTER_ROW_PLAIN);
            }
          kilter_table_set_value (table, t, (int) m + 1, &formats[m], values[self->first + t],
                                  FALSE);
        }
    }
  day = kilter_builder_format_day (self, kilter_record_text (record, KILTER_VERSION_AT));
  /* Translators: a name and a day */
  title = g_strdup_printf (_ ("Plan approved by %s, %s"),
                           kilter_record_text (record, KILTER_VERSION_OWNER), day);
  /* Translators: the name of an approved plan */
  subtitle = g_strdup_printf (_ ("Approved plan · %s"),
                              kilter_record_text (record, KILTER_VERSION_NAME));
  digest = g_strdup_printf (_ ("Digest of its content: %s"),
                            kilter_record_text (record, KILTER_VERSION_DIGEST));
  kilter_table_add_note (table, digest);
  kilter_builder_add_table_pages (self, _ ("Approved Plan"), title, subtitle, table, 1, NULL);
}
