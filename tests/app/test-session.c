/* test-session.c: what a window looks at
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/document/kilter-session.h"

typedef struct
{
  guint n;
  guint last;
} Heard;

static void
changed_cb (KilterSession *session, guint change, Heard *heard)
{
  heard->n++;
  heard->last = change;
}

static void
count_cb (gpointer object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
selection_cb (KilterSession *session, guint *n)
{
  (*n)++;
}

static void
test_scope (void)
{
  g_autoptr (KilterSession) session = kilter_session_new ();
  const KilterScope scope = { .family = 2, .region = 1 };
  Heard heard = { 0 };

  g_signal_connect (session, "changed", G_CALLBACK (changed_cb), &heard);
  kilter_session_set_scope (session, &scope);
  g_assert_cmpuint (heard.n, ==, 1);
  g_assert_cmpuint (heard.last, ==, KILTER_CHANGE_SCOPE);
  /* the same again is no news */
  kilter_session_set_scope (session, &scope);
  g_assert_cmpuint (heard.n, ==, 1);
  g_assert_cmpint (kilter_session_get_scope (session)->family, ==, 2);
  kilter_session_set_scope (session, NULL);
  g_assert_cmpuint (heard.n, ==, 2);
  g_assert_cmpint (kilter_session_get_scope (session)->family, ==, 0);
}

static void
test_bucket (void)
{
  g_autoptr (KilterSession) session = kilter_session_new ();
  Heard heard = { 0 };
  guint n = 0;

  g_signal_connect (session, "changed", G_CALLBACK (changed_cb), &heard);
  g_signal_connect (session, "notify::bucket", G_CALLBACK (count_cb), &n);
  g_assert_cmpint (kilter_session_get_bucket (session), ==, -1);
  kilter_session_set_bucket (session, 40);
  kilter_session_set_bucket (session, 40);
  kilter_session_set_bucket (session, -7);
  g_assert_cmpint (kilter_session_get_bucket (session), ==, -1);
  g_assert_cmpuint (n, ==, 2);
  /* the crosshair moves often: pages must not be made anew for it */
  g_assert_cmpuint (heard.n, ==, 0);
}

static void
test_selection (void)
{
  g_autoptr (KilterSession) session = kilter_session_new ();
  const KilterScope scope = { .product = 3 };
  const KilterSelection selection = {
    .measure = 4, .scope = scope, .first = 36, .n = 2, .n_rows = 1
  };
  guint n = 0;

  g_signal_connect (session, "selection-changed", G_CALLBACK (selection_cb), &n);
  kilter_session_set_selection (session, &selection);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (kilter_session_get_selection (session)->first, ==, 36);
  /* what was selected belongs to rows that are not shown any more */
  kilter_session_set_scope (session, &scope);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (kilter_session_get_selection (session)->measure, ==, -1);
}

static void
test_unit_and_view (void)
{
  g_autoptr (KilterSession) session = kilter_session_new ();
  Heard heard = { 0 };
  guint n = 0;

  g_signal_connect (session, "changed", G_CALLBACK (changed_cb), &heard);
  g_signal_connect (session, "notify::view", G_CALLBACK (count_cb), &n);
  kilter_session_set_unit (session, KILTER_DISPLAY_REVENUE);
  g_assert_cmpuint (heard.last, ==, KILTER_CHANGE_UNIT);
  kilter_session_set_version (session, 5);
  g_assert_cmpuint (heard.last, ==, KILTER_CHANGE_VERSION);
  kilter_session_set_time (session, KILTER_TIME_QUARTERS);
  g_assert_cmpuint (heard.last, ==, KILTER_CHANGE_TIME);
  kilter_session_show (session, "supply", "capacity");
  kilter_session_show (session, "supply", "stock");
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (kilter_session_get_page (session), ==, "stock");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/session/scope", test_scope);
  g_test_add_func ("/app/session/bucket", test_bucket);
  g_test_add_func ("/app/session/selection", test_selection);
  g_test_add_func ("/app/session/unit-and-view", test_unit_and_view);
  return g_test_run ();
}
