/* test-participant.c: the part of a plan that goes out, comes back and is merged
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-fixture.h"

#include "exchange/participant/kilter-participant.h"
#include "plan/review/kilter-review.h"

#include <math.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterPlan, kilter_plan_free)

#define CYCLE 24
#define SENT "2026-04-01T09:00:00Z"
#define NOW "2026-04-20T09:00:00Z"

/* Ann sells ice cream everywhere, Bo all products in the north: cup and cone in the north are of
 * both. Cy does the finances. */
enum
{
  ANN = 1,
  BO,
  CY,
};

static KilterPlan *
make_plan (void)
{
  KilterPlan *plan = plan_fixture_new ();

  plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Ann Larsen", "role", "Sales", NULL);
  plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Bo Chen", "role", "Sales", NULL);
  plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Cy Twombly", "role", "Finance", NULL);
  plan_fixture_add (plan, KILTER_TABLE_CONTRIBUTOR, "person", "1", "measure", "sales-input",
                    "family", "1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_CONTRIBUTOR, "person", "2", "measure", "sales-input",
                    "region", "1", NULL);
  plan_fixture_add (plan, KILTER_TABLE_CONTRIBUTOR, "person", "3", "measure", "finance-input",
                    NULL);
  return plan;
}

static void
type_as (KilterPlan *plan,
         KilterMeasure measure,
         int series,
         int t,
         double value,
         const char *who,
         const char *at,
         const char *reason)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "");

  kilter_command_set_value (command, plan, KILTER_BASELINE, measure, KILTER_LAYER_INPUT, series, t,
                            value);
  kilter_command_set_reason (command, reason);
  kilter_command_set_stamp (command, who, at);
  kilter_plan_apply (plan, command);
}

static void
apply (KilterPlan *plan, KilterCommand *command)
{
  g_autoptr (KilterCommand) owned = command;

  kilter_command_set_stamp (command, "Planner", NOW);
  kilter_plan_apply (plan, command);
}

static KilterPlan *
send_at (KilterPlan *plan, int person, gboolean money, const char *at)
{
  static int counter = 0;
  g_autofree char *token = g_strdup_printf ("00000000-0000-4000-8000-%012d", ++counter);
  const KilterParticipantRequest request = {
    .person = person, .version = KILTER_BASELINE, .money = money, .token = token, .at = at
  };
  g_autoptr (GError) error = NULL;
  KilterCommand *note = NULL;
  KilterPlan *copy = kilter_participant_make (plan, &request, &note, &error);

  g_assert_no_error (error);
  kilter_participant_note_file (note, plan, &request, "copy.kilter");
  apply (plan, note);
  return copy;
}

static KilterPlan *
send_to (KilterPlan *plan, int person)
{
  return send_at (plan, person, FALSE, SENT);
}

static KilterInputAnswer *
read_back (KilterPlan *plan, KilterPlan *copy, gint64 revision)
{
  g_autoptr (GError) error = NULL;
  KilterVersion version = 0;
  KilterInputAnswer *answer = kilter_participant_read (plan, copy, revision, "copy.kilter", NOW,
                                                       &version, &error);

  g_assert_no_error (error);
  g_assert_cmpint (version, ==, KILTER_BASELINE);
  return answer;
}

static void
merge (KilterPlan *plan, KilterPlan *copy, gint64 revision)
{
  g_autoptr (KilterInputAnswer) answer = read_back (plan, copy, revision);

  apply (plan, kilter_input_answer_finish (plan, KILTER_BASELINE, answer, NOW));
}

static void
assert_refused (KilterPlan *plan, KilterPlan *copy, const char *words)
{
  g_autoptr (GError) error = NULL;
  KilterVersion version;

  g_assert_null (kilter_participant_read (plan, copy, 1, "copy.kilter", NOW, &version, &error));
  g_assert_error (error, KILTER_EXCHANGE_ERROR, KILTER_EXCHANGE_ERROR_BAD_FILE);
  g_assert_nonnull (strstr (error->message, words));
}

static int
find_series (const KilterPlan *plan, const char *product, const char *region)
{
  const KilterRecord *p = kilter_plan_find_record (plan, KILTER_TABLE_PRODUCT, product);
  const KilterRecord *r = kilter_plan_find_record (plan, KILTER_TABLE_REGION, region);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_SERIES, series)
    if (p != NULL && r != NULL && kilter_record_ref (series, KILTER_SERIES_PRODUCT) == p->id &&
        kilter_record_ref (series, KILTER_SERIES_REGION) == r->id)
      return series->id;
  return 0;
}

static double
get (KilterPlan *plan, const char *product, const char *region, int t)
{
  return kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_SALES_INPUT,
                                find_series (plan, product, region), t);
}

static const char *
code_of (const KilterPlan *plan, int product)
{
  return kilter_plan_get_key (plan, KILTER_TABLE_PRODUCT, product);
}

static const char *
name_of (const KilterPlan *plan, int region)
{
  return kilter_plan_get_key (plan, KILTER_TABLE_REGION, region);
}

/* types in a copy, whose series have ids of their own */
static void
type_in (KilterPlan *plan,
         KilterPlan *copy,
         int product,
         int region,
         int t,
         double value,
         const char *who,
         const char *at)
{
  int series = find_series (copy, code_of (plan, product), name_of (plan, region));

  g_assert_cmpint (series, >, 0);
  type_as (copy, KILTER_SALES_INPUT, series, t, value, who, at, NULL);
}

/* --- what is in the copy --- */

static void
test_scope (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) copy = send_to (plan, ANN);

  g_assert_cmpstr (kilter_participant_get_owner (copy), ==, "Ann Larsen");
  g_assert_null (kilter_participant_get_owner (plan));
  g_assert_cmpint (kilter_plan_count_records (copy, KILTER_TABLE_PRODUCT), ==, 2);
  g_assert_cmpint (kilter_plan_count_records (copy, KILTER_TABLE_FAMILY), ==, 1);
  g_assert_cmpint (kilter_plan_count_records (copy, KILTER_TABLE_PERSON), ==, 1);
  g_assert_cmpint (kilter_plan_count_records (copy, KILTER_TABLE_CONTRIBUTOR), ==, 1);
  g_assert_cmpint (kilter_plan_count_records (copy, KILTER_TABLE_RESOURCE), ==, 0);
  KILTER_FOREACH_RECORD (copy, KILTER_TABLE_PRODUCT, product)
    {
      g_assert_true (isnan (kilter_record_number (product, KILTER_PRODUCT_PRICE)));
      g_assert_true (isnan (kilter_record_number (product, KILTER_PRODUCT_COST)));
    }
}

/* The person sees the forecast that everyone sees, events included. */
static void
test_same_forecast (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) copy = NULL;
  int mine = find_series (plan, code_of (plan, CUP), name_of (plan, NORTH)), theirs;

  type_as (plan, KILTER_OVERRIDE_ADD, mine, CYCLE + 2, 24, "Planner", SENT, "Promotion");
  type_as (plan, KILTER_EVENT, mine, CYCLE + 3, 50, "Planner", SENT, NULL);
  copy = send_to (plan, ANN);
  theirs = find_series (copy, code_of (plan, CUP), name_of (plan, NORTH));
  for (int t = 0; t < kilter_plan_get_n_buckets (plan); t++)
    {
      double here = kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_FINAL, mine, t);
      double there = kilter_plan_get_value (copy, KILTER_BASELINE, KILTER_FINAL, theirs, t);

      g_assert_true (isnan (here) ? isnan (there) : here == there);
    }
}

static void
test_money (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) copy = send_at (plan, CY, TRUE, SENT);
  const KilterRecord *here = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, CUP);
  const KilterRecord *there = kilter_plan_find_record (copy, KILTER_TABLE_PRODUCT,
                                                       code_of (plan, CUP));

  g_assert_true (kilter_participant_may_see_money (plan, CY));
  g_assert_false (kilter_participant_may_see_money (plan, ANN));
  g_assert_cmpfloat (kilter_record_number (there, KILTER_PRODUCT_PRICE), ==,
                     kilter_record_number (here, KILTER_PRODUCT_PRICE));
}

/* --- coming back --- */

static void
test_merge (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) copy = send_to (plan, ANN);
  g_autoptr (KilterInputAnswer) answer = NULL;
  int series = find_series (copy, code_of (plan, CONE), name_of (plan, SOUTH));
  const KilterCellNote *note;

  type_as (copy, KILTER_SALES_INPUT, series, CYCLE + 1, 321, "Ann Larsen", "2026-04-10T08:00:00Z",
           "Tender won");
  answer = read_back (plan, copy, 1);
  g_assert_cmpuint (answer->cells->len, ==, 1);
  g_assert_false (g_array_index (answer->cells, KilterInputCell, 0).collides);
  g_assert_cmpuint (answer->n_outside, ==, 0);
  merge (plan, copy, 1);
  g_assert_cmpfloat (get (plan, code_of (plan, CONE), name_of (plan, SOUTH), CYCLE + 1), ==, 321);
  note = kilter_plan_get_note (plan, KILTER_BASELINE, KILTER_SALES_INPUT,
                               find_series (plan, code_of (plan, CONE), name_of (plan, SOUTH)),
                               CYCLE + 1);
  g_assert_cmpstr (note->author, ==, "Ann Larsen");
  g_assert_cmpstr (note->at, ==, "2026-04-10T08:00:00Z");
  g_assert_cmpstr (note->reason, ==, "Tender won");
  g_assert_cmpstr (kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR, 1),
                                       KILTER_CONTRIBUTOR_RECEIVED),
                   ==, NOW);
}

/* A plan's numbers without what it remembers of files. */
static char *
fingerprint (KilterPlan *plan)
{
  GString *text = g_string_new (NULL);

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_SERIES, series)
    for (int t = CYCLE; t < kilter_plan_get_n_buckets (plan); t++)
      {
        const KilterCellNote *note = kilter_plan_get_note (plan, KILTER_BASELINE,
                                                           KILTER_SALES_INPUT, series->id, t);

        g_string_append_printf (
          text, "%d %d %.17g %s\n", series->id, t,
          kilter_plan_get_value (plan, KILTER_BASELINE, KILTER_SALES_INPUT, series->id, t),
          note != NULL ? note->author : "");
      }
  return g_string_free (text, FALSE);
}

static void
test_twice (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) copy = send_to (plan, ANN);
  g_autoptr (KilterInputAnswer) again = NULL;
  g_autofree char *once = NULL, *twice = NULL;
  int mine = find_series (plan, code_of (plan, CUP), name_of (plan, SOUTH));

  type_in (plan, copy, CUP, NORTH, CYCLE, 500, "Ann Larsen", "2026-04-10T08:00:00Z");
  type_in (plan, copy, CUP, SOUTH, CYCLE, 501, "Ann Larsen", "2026-04-10T08:00:00Z");
  merge (plan, copy, 2);
  /* the planner decides otherwise afterwards: the same file does not bring the number back */
  type_as (plan, KILTER_SALES_INPUT, mine, CYCLE, 480, "Planner", "2026-04-12T08:00:00Z", NULL);
  once = fingerprint (plan);
  again = read_back (plan, copy, 2);
  g_assert_true (again->was_merged);
  merge (plan, copy, 2);
  twice = fingerprint (plan);
  g_assert_cmpstr (once, ==, twice);
}

/* A later state of the same copy counts, whichever comes first; a number taken back is taken back.
 */
static void
test_second_state (void)
{
  for (int order = 0; order < 2; order++)
    {
      g_autoptr (KilterPlan) plan = make_plan ();
      g_autoptr (KilterPlan) first = NULL;
      g_autoptr (KilterPlan) second = NULL;
      const KilterParticipantRequest request = { .person = ANN,
                                                 .version = KILTER_BASELINE,
                                                 .token = "10000000-0000-4000-8000-000000000001",
                                                 .at = SENT };
      KilterCommand *note = NULL, *unused = NULL;

      first = kilter_participant_make (plan, &request, &note, NULL);
      second = kilter_participant_make (plan, &request, &unused, NULL);
      kilter_command_unref (unused);
      apply (plan, note);
      for (int i = 0; i < 2; i++)
        {
          KilterPlan *copy = i == 0 ? first : second;

          type_in (plan, copy, CUP, NORTH, CYCLE, 500 + i, "Ann Larsen", "2026-04-10T08:00:00Z");
          if (i == 0)
            type_in (plan, copy, CUP, NORTH, CYCLE + 1, 600, "Ann Larsen", "2026-04-10T08:00:00Z");
        }
      merge (plan, order == 0 ? first : second, order == 0 ? 2 : 5);
      merge (plan, order == 0 ? second : first, order == 0 ? 5 : 2);
      g_assert_cmpfloat (get (plan, code_of (plan, CUP), name_of (plan, NORTH), CYCLE), ==, 501);
      if (order == 0)
        g_assert_true (isnan (get (plan, code_of (plan, CUP), name_of (plan, NORTH), CYCLE + 1)));
    }
}

static void
test_conflict (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) copy = send_to (plan, ANN);
  g_autoptr (KilterInputAnswer) answer = NULL;
  int mine = find_series (plan, code_of (plan, CUP), name_of (plan, NORTH));
  const KilterInputCell *cell;

  type_in (plan, copy, CUP, NORTH, CYCLE, 500, "Ann Larsen", "2026-04-10T08:00:00Z");
  type_as (plan, KILTER_SALES_INPUT, mine, CYCLE, 450, "Planner", "2026-04-11T08:00:00Z", NULL);
  type_as (plan, KILTER_SALES_INPUT, mine, CYCLE + 1, 451, "Planner", "2026-04-11T08:00:00Z", NULL);
  answer = read_back (plan, copy, 1);
  /* what only the planner changed stays without a word */
  g_assert_cmpuint (answer->cells->len, ==, 1);
  cell = &g_array_index (answer->cells, KilterInputCell, 0);
  g_assert_true (cell->collides);
  g_assert_cmpfloat (cell->mine, ==, 450);
  g_assert_cmpfloat (cell->theirs, ==, 500);
  g_assert_true (cell->take);
  merge (plan, copy, 1);
  g_assert_cmpfloat (get (plan, code_of (plan, CUP), name_of (plan, NORTH), CYCLE + 1), ==, 451);
}

static void
test_outside (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) copy = send_to (plan, ANN);
  g_autoptr (KilterInputAnswer) answer = NULL;
  g_autofree char *before = fingerprint (plan), *after = NULL;
  int series = find_series (copy, code_of (plan, CUP), name_of (plan, NORTH));

  /* another measure, the past, and a product that is none of hers under its true name */
  type_as (copy, KILTER_FINAL, series, CYCLE, 1, "Ann Larsen", SENT, NULL);
  type_as (copy, KILTER_SALES_INPUT, series, CYCLE - 1, 1, "Ann Larsen", SENT, NULL);
  plan_fixture_add (copy, KILTER_TABLE_PRODUCT, "code", code_of (plan, JUICE), NULL);
  plan_fixture_add (copy, KILTER_TABLE_SERIES, "product", "3", "region", "1", "channel", "1", NULL);
  type_as (copy, KILTER_SALES_INPUT, kilter_plan_get_max_id (copy, KILTER_TABLE_SERIES), CYCLE, 9,
           "Ann Larsen", SENT, NULL);
  answer = read_back (plan, copy, 3);
  g_assert_cmpuint (answer->cells->len, ==, 0);
  g_assert_cmpuint (answer->n_outside, ==, 3);
  g_assert_nonnull (answer->outside);
  merge (plan, copy, 3);
  after = fingerprint (plan);
  g_assert_cmpstr (before, ==, after);
}

/* Who widens his own scope in the copy gains nothing by it: the plan is asked. */
static void
test_forged_scope (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) copy = send_to (plan, ANN);
  g_autoptr (KilterInputAnswer) answer = NULL;

  plan_fixture_add (copy, KILTER_TABLE_CONTRIBUTOR, "person", "1", "measure", "finance-input",
                    NULL);
  type_as (copy, KILTER_FINANCE_INPUT, 1, CYCLE, 1, "Ann Larsen", SENT, NULL);
  answer = read_back (plan, copy, 1);
  g_assert_cmpuint (answer->cells->len, ==, 0);
  g_assert_cmpuint (answer->n_outside, ==, 1);
}

static void
test_locked (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) copy = send_to (plan, ANN);
  g_autoptr (KilterInputAnswer) answer = NULL;
  g_autoptr (KilterCommand) lock = kilter_command_new ("lock", "");

  kilter_command_set_value (lock, plan, KILTER_BASELINE, KILTER_SALES_INPUT, KILTER_LAYER_LOCK,
                            find_series (plan, code_of (plan, CUP), name_of (plan, NORTH)), CYCLE,
                            1);
  kilter_plan_apply (plan, lock);
  type_in (plan, copy, CUP, NORTH, CYCLE, 500, "Ann Larsen", SENT);
  answer = read_back (plan, copy, 1);
  g_assert_cmpuint (answer->cells->len, ==, 0);
  g_assert_cmpuint (answer->n_locked, ==, 1);
}

/* --- files that are not taken --- */

static void
test_refused (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) other = make_plan ();
  g_autoptr (KilterPlan) copy = send_to (plan, ANN);
  g_autoptr (KilterPlan) unknown = send_to (other, ANN);
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "");

  assert_refused (plan, plan, "plan of its own");
  assert_refused (plan, unknown, "has not sent");
  /* the numbers that were sent are changed where no command of Kilter reaches */
  kilter_command_set_value (command, copy, 2, KILTER_SALES_INPUT, KILTER_LAYER_FACT, 1, CYCLE, 77);
  kilter_plan_apply (copy, command);
  assert_refused (plan, copy, "not what was sent");
}

static void
test_refused_cycle (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) copy = send_to (plan, ANN);
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "");

  kilter_command_set_setting (command, plan, "cycle", "2026-05");
  kilter_plan_apply (plan, command);
  assert_refused (plan, copy, "another cycle");
}

/* --- comments and assumptions --- */

static void
add_comment (KilterPlan *plan, int series, const char *text, const char *author, const char *at)
{
  g_autofree char *row = g_strdup_printf ("%d", series);

  plan_fixture_add (plan, KILTER_TABLE_COMMENT, "version", "1", "measure", "sales-input", "row_id",
                    row, "bucket", "2026-05", "text", text, "author", author, "at", at, NULL);
}

static int
count_text (const KilterPlan *plan, KilterTableId table, int field, const char *text)
{
  int n = 0;

  KILTER_FOREACH_RECORD (plan, table, record)
    n += g_str_equal (kilter_record_text (record, field), text);
  return n;
}

static void
set_text (KilterPlan *plan, KilterTableId table, int id, int field, const char *text)
{
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "");

  kilter_command_set_field_text (command, plan, table, id, field, text);
  kilter_plan_apply (plan, command);
}

static void
test_comments (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) copy = NULL;
  g_autoptr (KilterInputAnswer) answer = NULL;
  int cup = find_series (plan, code_of (plan, CUP), name_of (plan, NORTH));
  int juice = find_series (plan, code_of (plan, JUICE), name_of (plan, NORTH));
  int there;

  add_comment (plan, juice, "Secret of the juice", "Planner", SENT);
  add_comment (plan, cup, "Is this high?", "Planner", SENT);
  copy = send_to (plan, ANN);
  g_assert_cmpint (kilter_plan_count_records (copy, KILTER_TABLE_COMMENT), ==, 1);
  there = find_series (copy, code_of (plan, CUP), name_of (plan, NORTH));
  add_comment (copy, there, "A tender was won", "Ann Larsen", "2026-04-10T08:00:00Z");
  /* what others said may not be changed, nor may anything be said in their name */
  set_text (copy, KILTER_TABLE_COMMENT, 1, KILTER_COMMENT_TEXT, "This is fine");
  add_comment (copy, there, "I agree", "Planner", "2026-04-10T08:00:00Z");
  answer = read_back (plan, copy, 3);
  g_assert_cmpuint (answer->records->len, ==, 1);
  g_assert_cmpuint (answer->n_outside, ==, 2);
  merge (plan, copy, 3);
  merge (plan, copy, 3);
  g_assert_cmpint (count_text (plan, KILTER_TABLE_COMMENT, KILTER_COMMENT_TEXT, "A tender was won"),
                   ==, 1);
  g_assert_cmpint (count_text (plan, KILTER_TABLE_COMMENT, KILTER_COMMENT_TEXT, "Is this high?"),
                   ==, 1);
  g_assert_cmpint (count_text (plan, KILTER_TABLE_COMMENT, KILTER_COMMENT_TEXT, "I agree"), ==, 0);
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_COMMENT, comment)
    if (g_str_equal (kilter_record_text (comment, KILTER_COMMENT_TEXT), "A tender was won"))
      g_assert_cmpint ((int) kilter_record_number (comment, KILTER_COMMENT_ROW), ==, cup);
}

static void
test_assumptions (void)
{
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (KilterPlan) copy = NULL;
  g_autoptr (KilterInputAnswer) answer = NULL;

  plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "risk", "text", "Cup: new rival", "family",
                    "1", "owner", "1", "effect", "123456", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "risk", "text", "Juice: bad harvest", "family",
                    "2", NULL);
  copy = send_to (plan, ANN);
  g_assert_cmpint (kilter_plan_count_records (copy, KILTER_TABLE_RISK), ==, 1);
  g_assert_true (isnan (kilter_record_number (kilter_plan_get_record (copy, KILTER_TABLE_RISK, 1),
                                              KILTER_RISK_EFFECT)));
  set_text (copy, KILTER_TABLE_RISK, 1, KILTER_RISK_STATE, "confirmed");
  plan_fixture_add (copy, KILTER_TABLE_RISK, "kind", "assumption", "text", "Price stays", "family",
                    "1", "effect", "5", NULL);
  answer = read_back (plan, copy, 2);
  g_assert_cmpuint (answer->records->len, ==, 2);
  merge (plan, copy, 2);
  merge (plan, copy, 2);
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_RISK), ==, 3);
  g_assert_cmpstr (
    kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_RISK, 1), KILTER_RISK_STATE), ==,
    "confirmed");
  /* what she cannot see is still there, and money she may not see is not taken from her */
  g_assert_cmpfloat (
    kilter_record_number (kilter_plan_get_record (plan, KILTER_TABLE_RISK, 1), KILTER_RISK_EFFECT),
    ==, 123456);
  g_assert_true (isnan (kilter_record_number (kilter_plan_get_record (plan, KILTER_TABLE_RISK, 3),
                                              KILTER_RISK_EFFECT)));
}

/* --- two people, any order --- */

/* Random edits of the scope that a copy shows. */
static void
edit (KilterPlan *copy, GRand *rand, const char *who, int n)
{
  int n_series = kilter_plan_get_max_id (copy, KILTER_TABLE_SERIES);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *at = g_strdup_printf ("2026-04-%02dT08:00:00Z",
                                             g_rand_int_range (rand, 2, 19));
      double value = g_rand_int_range (rand, 0, 8) == 0 ? NAN : g_rand_int_range (rand, 0, 5);

      type_as (copy, KILTER_SALES_INPUT, g_rand_int_range (rand, 1, n_series + 1),
               CYCLE + g_rand_int_range (rand, 0, 12), value, who, at, NULL);
    }
}

static const int orders[6][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
                                  { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

static char *
merge_in_order (guint32 seed, const int *order)
{
  static const char *const names[] = { "Ann Larsen", "Bo Chen", "Di Wu" };
  static const int people[] = { ANN, BO, 4 };
  g_autoptr (KilterPlan) plan = make_plan ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  KilterPlan *copies[3];
  char *result;

  plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Di Wu", NULL);
  plan_fixture_add (plan, KILTER_TABLE_CONTRIBUTOR, "person", "4", "measure", "sales-input",
                    "family", "1", NULL);
  for (int i = 0; i < 20; i++)
    type_as (plan, KILTER_SALES_INPUT, g_rand_int_range (rand, 1, 7),
             CYCLE + g_rand_int_range (rand, 0, 12), g_rand_int_range (rand, 0, 5), "Planner",
             "2026-03-20T08:00:00Z", NULL);
  for (int i = 0; i < 3; i++)
    copies[i] = send_to (plan, people[i]);
  /* the planner goes on, too */
  for (int i = 0; i < 10; i++)
    type_as (plan, KILTER_SALES_INPUT, g_rand_int_range (rand, 1, 7),
             CYCLE + g_rand_int_range (rand, 0, 12), g_rand_int_range (rand, 0, 5), "Planner",
             "2026-04-12T08:00:00Z", NULL);
  for (int i = 0; i < 3; i++)
    edit (copies[i], rand, names[i], 40);
  for (int i = 0; i < 3; i++)
    merge (plan, copies[order[i]], 40);
  result = fingerprint (plan);
  /* and each once more */
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *again = NULL;

      merge (plan, copies[order[i]], 40);
      again = fingerprint (plan);
      g_assert_cmpstr (result, ==, again);
    }
  for (int i = 0; i < 3; i++)
    kilter_plan_free (copies[i]);
  return result;
}

static void
test_orders (void)
{
  for (guint32 seed = 1; seed <= 60; seed++)
    {
      g_autofree char *first = merge_in_order (seed, orders[0]);

      for (int i = 1; i < 6; i++)
        {
          g_autofree char *other = merge_in_order (seed, orders[i]);

          g_assert_cmpstr (first, ==, other);
        }
    }
}

/* Fifty people whose parts overlap in one cell of twenty: each conflict is shown, and all else is
 * the same in any order. */
static KilterPlan *
make_large_plan (int n_people)
{
  KilterPlan *plan = plan_fixture_new ();

  for (int i = 0; i < n_people; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %02d", i);

      plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", name, NULL);
    }
  for (int i = 0; i < n_people; i++)
    {
      g_autofree char *person = g_strdup_printf ("%d", i + 1);
      g_autofree char *channel = g_strdup_printf ("Channel %02d", i);
      g_autofree char *number = NULL;
      int id = plan_fixture_add (plan, KILTER_TABLE_CHANNEL, "name", channel, NULL);

      number = g_strdup_printf ("%d", id);
      for (int product = CUP; product <= JUICE; product++)
        {
          g_autofree char *code = g_strdup_printf ("%d", product);

          plan_fixture_add (plan, KILTER_TABLE_SERIES, "product", code, "region", "1", "channel",
                            number, NULL);
        }
      plan_fixture_add (plan, KILTER_TABLE_CONTRIBUTOR, "person", person, "measure", "sales-input",
                        "channel", number, NULL);
      /* everyone answers for the first channel, too */
      plan_fixture_add (plan, KILTER_TABLE_CONTRIBUTOR, "person", person, "measure", "sales-input",
                        "channel", "1", "family", "2", "region", "1", NULL);
    }
  return plan;
}

static void
test_fifty (void)
{
  enum
  {
    PEOPLE = 50
  };
  char *results[2] = { NULL, NULL };
  guint conflicts[2] = { 0, 0 };

  for (int order = 0; order < 2; order++)
    {
      g_autoptr (KilterPlan) plan = make_large_plan (PEOPLE);
      KilterPlan *copies[PEOPLE];
      int changed = 0, shared = 0;

      for (int i = 0; i < PEOPLE; i++)
        copies[i] = send_to (plan, i + 1);
      for (int i = 0; i < PEOPLE; i++)
        {
          g_autofree char *who = g_strdup_printf ("Person %02d", i);
          g_autofree char *at = g_strdup_printf ("2026-04-10T08:00:%02dZ", i);

          KILTER_FOREACH_RECORD (copies[i], KILTER_TABLE_SERIES, series)
            {
              gboolean first = g_str_equal (
                kilter_plan_get_key (copies[i], KILTER_TABLE_CHANNEL,
                                     kilter_record_ref (series, KILTER_SERIES_CHANNEL)),
                kilter_plan_get_key (plan, KILTER_TABLE_CHANNEL, 1));

              /* two of the twelve months of the shared row: 2 of 38 cells are everyone's */
              for (int t = CYCLE; t < CYCLE + (first ? 2 : 12); t++)
                {
                  type_as (copies[i], KILTER_SALES_INPUT, series->id, t, 1000 * (i + 1) + t, who,
                           at, NULL);
                  changed++;
                  shared += first;
                }
            }
        }
      g_assert_cmpfloat ((double) shared / changed, >, 0.049);
      g_assert_cmpfloat ((double) shared / changed, <, 0.056);
      for (int k = 0; k < PEOPLE; k++)
        {
          int i = order == 0 ? k : PEOPLE - 1 - k;
          g_autoptr (KilterInputAnswer) answer = read_back (plan, copies[i], 38);

          for (guint c = 0; c < answer->cells->len; c++)
            conflicts[order] += g_array_index (answer->cells, KilterInputCell, c).collides;
          merge (plan, copies[i], 38);
        }
      results[order] = fingerprint (plan);
      for (int i = 0; i < PEOPLE; i++)
        kilter_plan_free (copies[i]);
    }
  /* every one after the first meets two numbers of another */
  g_assert_cmpuint (conflicts[0], ==, 2 * (PEOPLE - 1));
  g_assert_cmpuint (conflicts[1], ==, 2 * (PEOPLE - 1));
  g_assert_cmpstr (results[0], ==, results[1]);
  g_free (results[0]);
  g_free (results[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/participant/scope", test_scope);
  g_test_add_func ("/participant/same-forecast", test_same_forecast);
  g_test_add_func ("/participant/money", test_money);
  g_test_add_func ("/participant/merge", test_merge);
  g_test_add_func ("/participant/twice", test_twice);
  g_test_add_func ("/participant/second-state", test_second_state);
  g_test_add_func ("/participant/conflict", test_conflict);
  g_test_add_func ("/participant/outside", test_outside);
  g_test_add_func ("/participant/forged-scope", test_forged_scope);
  g_test_add_func ("/participant/locked", test_locked);
  g_test_add_func ("/participant/refused", test_refused);
  g_test_add_func ("/participant/refused-cycle", test_refused_cycle);
  g_test_add_func ("/participant/comments", test_comments);
  g_test_add_func ("/participant/assumptions", test_assumptions);
  g_test_add_func ("/participant/orders", test_orders);
  g_test_add_func ("/participant/fifty", test_fifty);

  return g_test_run ();
}
