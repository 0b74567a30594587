/* test-forecast-run.c: a forecast of 20,000 series: progress, cancel, the plan as before, and a
 * main loop that goes on meanwhile SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-fixture.h"

#include <math.h>
#include <string.h>
#include <time.h>

#define N_PRODUCTS 2000
#define N_REGIONS 10
#define N_SERIES (N_PRODUCTS * N_REGIONS + 2) /* two are the fixture's */
#define TICK_MS 5

/* --- how long nobody was answered --- */

typedef struct
{
  double last;
  double worst; /* seconds of processor time of this thread between two beats */
  guint source;
} Watch;

static double
read_cpu (void)
{
  struct timespec at;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &at);
  return (double) at.tv_sec + 1e-9 * (double) at.tv_nsec;
}

static gboolean
beat_cb (gpointer data)
{
  Watch *self = data;
  double now = read_cpu ();

  self->worst = MAX (self->worst, now - self->last);
  self->last = now;
  return G_SOURCE_CONTINUE;
}

static void
watch_start (Watch *self)
{
  *self = (Watch) { .last = read_cpu () };
  self->source = g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, beat_cb, self, NULL);
}

static void
watch_stop (Watch *self)
{
  beat_cb (self);
  g_source_remove (self->source);
}

/* --- a large plan --- */

static int
add_product (KilterCommand *command, KilterPlan *plan, int number)
{
  g_autofree char *code = g_strdup_printf ("P%04d", number);
  int id = kilter_command_add_record (command, plan, KILTER_TABLE_PRODUCT);

  kilter_command_set_field_text (command, plan, KILTER_TABLE_PRODUCT, id, KILTER_PRODUCT_CODE,
                                 code);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_PRODUCT, id, KILTER_PRODUCT_FAMILY,
                                   1);
  return id;
}

static void
fill (KilterDocument *document)
{
  KilterPlan *plan = kilter_document_get_plan (document);
  KilterCommand *command = kilter_command_new ("test", "Large");
  int regions[N_REGIONS];
  double values[24];

  for (int r = 0; r < N_REGIONS; r++)
    {
      g_autofree char *name = g_strdup_printf ("Region %d", r);

      regions[r] = kilter_command_add_record (command, plan, KILTER_TABLE_REGION);
      kilter_command_set_field_text (command, plan, KILTER_TABLE_REGION, regions[r],
                                     KILTER_REGION_NAME, name);
    }
  for (int p = 0; p < N_PRODUCTS; p++)
    {
      int product = add_product (command, plan, p);

      for (int r = 0; r < N_REGIONS; r++)
        {
          int series = kilter_command_add_record (command, plan, KILTER_TABLE_SERIES);

          kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, series,
                                           KILTER_SERIES_PRODUCT, product);
          kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, series,
                                           KILTER_SERIES_REGION, regions[r]);
          kilter_command_set_field_number (command, plan, KILTER_TABLE_SERIES, series,
                                           KILTER_SERIES_CHANNEL, 1);
          for (int t = 0; t < 24; t++)
            values[t] = 100 + p % 50 + 10 * sin (t * G_PI / 6 + r) + (p * 31 + r * 17 + t * 7) % 13;
          kilter_command_set_values (command, plan, KILTER_BASELINE, KILTER_ACTUAL,
                                     KILTER_LAYER_FACT, series, 0, 24, values);
        }
    }
  g_assert_true (kilter_document_apply (document, command, NULL));
}

/* --- the run --- */

typedef struct
{
  gboolean done;
  GError *error;
  int n_texts; /* different progress texts */
  char *text;
  double least;
  double most;
} Run;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *self = data;

  kilter_document_run_finish (KILTER_DOCUMENT (source), result, &self->error);
  self->done = TRUE;
}

static void
progress_cb (KilterDocument *document, GParamSpec *pspec, Run *self)
{
  g_autofree char *text = NULL;
  double progress;

  g_object_get (document, "progress", &progress, "progress-text", &text, NULL);
  if (progress < 0 || text == NULL || g_strcmp0 (text, self->text) == 0)
    return;
  self->n_texts++;
  g_set_str (&self->text, text);
  self->least = MIN (self->least, progress);
  self->most = MAX (self->most, progress);
}

/* As a planner cancels it: after some progress has been shown. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterForecastRequest request = { .version = KILTER_BASELINE };
  Run run = { .least = 2, .most = -1 };
  g_autofree char *before = NULL, *after = NULL, *label = NULL;
  guint64 generation;
  Watch watch;
  gulong handler;

  fill (fixture->document);
  wait_milliseconds (200);
  before = kilter_plan_digest_version (plan, KILTER_BASELINE);
  generation = kilter_plan_get_generation (plan);
  label = g_strdup (kilter_document_get_undo_label (fixture->document));
  handler = g_signal_connect (fixture->document, "notify::progress", G_CALLBACK (progress_cb),
                              &run);
  kilter_document_forecast_async (fixture->document, &request, done_cb, &run);
  watch_start (&watch);
  while (!run.done && run.n_texts < 4)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (run.done);
  g_assert_nonnull (strstr (run.text, "20,002"));
  g_assert_cmpfloat (run.most, >, run.least);
  g_assert_cmpfloat (run.most, <, 1);
  g_assert_nonnull (kilter_document_get_forecast (fixture->document));
  kilter_document_cancel (fixture->document);
  wait_for (&run.done);
  watch_stop (&watch);
  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (kilter_document_is_busy (fixture->document));
  g_assert_null (kilter_document_get_forecast (fixture->document));
  /* the plan is as it was, to the last bit, and there is nothing to undo */
  after = kilter_plan_digest_version (plan, KILTER_BASELINE);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (kilter_plan_get_generation (plan), ==, generation);
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_MODEL), ==, 0);
  g_assert_cmpstr (kilter_document_get_undo_label (fixture->document), ==, label);
  g_test_message ("longest stall of the main loop while forecasting: %.1f ms of processor time",
                  1000 * watch.worst);
  g_assert_cmpfloat (watch.worst, <, 0.1);
  g_signal_handler_disconnect (fixture->document, handler);
  g_clear_error (&run.error);
  g_free (run.text);
}

/* To the end, by a quick method: everything is there, in one step. */
static void
test_finish (Fixture *fixture, gconstpointer data)
{
  KilterPlan *plan = kilter_document_get_plan (fixture->document);
  KilterForecastRequest request = { .version = KILTER_BASELINE, .method = "snaive" };
  Run run = { .least = 2, .most = -1 };
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch;
  gulong handler;
  double start, made;

  fill (fixture->document);
  wait_milliseconds (200);
  before = kilter_plan_digest_version (plan, KILTER_BASELINE);
  handler = g_signal_connect (fixture->document, "notify::progress", G_CALLBACK (progress_cb),
                              &run);
  start = read_cpu ();
  kilter_document_forecast_async (fixture->document, &request, done_cb, &run);
  made = read_cpu () - start;
  watch_start (&watch);
  wait_for (&run.done);
  watch_stop (&watch);
  g_assert_no_error (run.error);
  g_assert_cmpint (kilter_plan_count_records (plan, KILTER_TABLE_MODEL), ==, N_SERIES);
  g_test_message ("copying the plan %.0f ms, putting the results into it %.0f ms", 1000 * made,
                  1000 * watch.worst);
  g_assert_true (kilter_document_undo (fixture->document, &error));
  g_assert_no_error (error);
  after = kilter_plan_digest_version (plan, KILTER_BASELINE);
  g_assert_cmpstr (before, ==, after);
  g_signal_handler_disconnect (fixture->document, handler);
  g_free (run.text);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/forecast-run/cancel", Fixture, NULL, fixture_set_up, test_cancel,
              fixture_tear_down);
  g_test_add ("/forecast-run/finish", Fixture, NULL, fixture_set_up, test_finish,
              fixture_tear_down);
  return g_test_run ();
}
