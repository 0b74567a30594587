/* test-words.c: what numbers are counted in
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words/kilter-format.h"

#include "plan-fixture.h"

static void
assert_name (const KilterPlan *plan, const char *expected)
{
  g_autofree char *name = kilter_display_unit_get_name (KILTER_DISPLAY_CASES, plan);

  g_assert_cmpstr (name, ==, expected);
}

/* A plan of tonnes is not shown in cases. */
static void
test_unit (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("test", "Unit");

  for (int product = CUP; product <= JUICE; product++)
    kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, product,
                                   KILTER_PRODUCT_UNIT, "\303\251tonnes");
  kilter_plan_apply (plan, command);
  assert_name (plan, "\303\211tonnes");
  assert_name (NULL, "Cases");
  kilter_plan_free (plan);
}

/* Pallets are counted where there is a store. */
static void
test_pallets (void)
{
  KilterPlan *plan = plan_fixture_new ();

  g_assert_true (kilter_plan_can_measure_in (plan, KILTER_IN_QUANTITY));
  g_assert_false (kilter_plan_can_measure_in (plan, KILTER_IN_PALLETS));
  plan_fixture_add (plan, KILTER_TABLE_RESOURCE, "code", "W1", "kind", "storage", NULL);
  g_assert_true (kilter_plan_can_measure_in (plan, KILTER_IN_PALLETS));
  kilter_plan_free (plan);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/words/unit", test_unit);
  g_test_add_func ("/report/words/pallets", test_pallets);
  return g_test_run ();
}
