/* bench-app.c: how the whole application feels with a large plan
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-app PLAN: opens the plan in the real window and prints, for opening, every view, scrolling,
 * an edit, a forecast and a supply plan: the time until the picture is there, and the longest time
 * in which the main loop answered nobody, by the clock and by the processor time of its thread. The
 * clock suffers from whatever else the machine does; processor time does not. */
#include <adwaita.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/grid/kilter-grid.h"
#include "app/kilter-application.h"
#include "app/document/kilter-document.h"
#include "app/window/kilter-views.h"
#include "app/window/kilter-window.h"

#define TICK_MS 5
#define N_FRAMES 120
#define LIMIT_S 300

/* --- clocks -------------------------------------------------------------------------------------
 */

typedef struct
{
  double wall; /* seconds */
  double cpu;  /* of this thread */
} Moment;

static double
read_clock (clockid_t id)
{
  struct timespec at;

  clock_gettime (id, &at);
  return (double) at.tv_sec + 1e-9 * (double) at.tv_nsec;
}

static Moment
now (void)
{
  return (Moment) { read_clock (CLOCK_MONOTONIC), read_clock (CLOCK_THREAD_CPUTIME_ID) };
}

static Moment
since (Moment start)
{
  Moment end = now ();

  return (Moment) { end.wall - start.wall, end.cpu - start.cpu };
}

/* What happens between two beats of a timer that should beat every 5 ms. */
typedef struct
{
  Moment last;
  Moment worst;
  guint source;
} Watch;

static gboolean
beat_cb (gpointer data)
{
  Watch *self = data;
  Moment gap = since (self->last);

  self->worst.wall = MAX (self->worst.wall, gap.wall - TICK_MS * 1e-3);
  self->worst.cpu = MAX (self->worst.cpu, gap.cpu);
  self->last = now ();
  return G_SOURCE_CONTINUE;
}

static void
watch_start (Watch *self)
{
  *self = (Watch) { .last = now () };
  self->source = g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, beat_cb, self, NULL);
}

static void
watch_stop (Watch *self)
{
  beat_cb (self);
  g_source_remove (self->source);
}

/* --- waiting ------------------------------------------------------------------------------------
 */

typedef struct
{
  GdkFrameClock *clock;
  gulong before, after;
  int n_painted;
  Moment start;
  double cpu[N_FRAMES];
  double wall[N_FRAMES];
} Frames;

static void
before_paint_cb (GdkFrameClock *clock, Frames *self)
{
  self->start = now ();
}

static void
after_paint_cb (GdkFrameClock *clock, Frames *self)
{
  Moment took = since (self->start);

  if (self->n_painted < N_FRAMES)
    {
      self->cpu[self->n_painted] = took.cpu;
      self->wall[self->n_painted] = took.wall;
    }
  self->n_painted++;
}

static void
frames_start (Frames *self, GtkWidget *window)
{
  memset (self, 0, sizeof *self);
  self->clock = gtk_widget_get_frame_clock (window);
  self->start = now ();
  self->before = g_signal_connect (self->clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  self->after = g_signal_connect (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
}

static void
frames_stop (Frames *self)
{
  g_signal_handler_disconnect (self->clock, self->before);
  g_signal_handler_disconnect (self->clock, self->after);
}

static void
wait_frames (GtkWidget *window, int n)
{
  Frames frames;

  frames_start (&frames, window);
  while (frames.n_painted < n)
    {
      gtk_widget_queue_draw (window);
      g_main_context_iteration (NULL, TRUE);
    }
  frames_stop (&frames);
}

static gboolean
stop_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets timers, idles and publishing come to rest. */
static void
rest (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, stop_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* megabytes, now or at most */
static double
read_memory (const char *key)
{
  g_autofree char *text = NULL;
  const char *at;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  at = strstr (text, key);
  return at != NULL ? atof (at + strlen (key)) / 1024 : 0;
}

static void
tell_heading (void)
{
  g_print ("  %-34s %8s %8s   %8s %8s   %6s\n", "milliseconds, megabytes", "time", "of CPU",
           "stall", "of CPU", "memory");
}

static void
tell (const char *what, Moment took, const Watch *watch)
{
  g_print ("  %-34s %8.0f %8.0f   %8.0f %8.0f   %6.0f\n", what, 1000 * took.wall, 1000 * took.cpu,
           1000 * watch->worst.wall, 1000 * watch->worst.cpu, read_memory ("VmRSS:"));
}

/* --- opening ------------------------------------------------------------------------------------
 */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KilterDocument **out = data;
  g_autoptr (GError) error = NULL;

  *out = kilter_document_open_finish (result, &error);
  if (*out == NULL)
    g_error ("%s", error->message);
}

static KilterDocument *
open_plan (const char *path, KilterWindow *window)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  KilterDocument *document = NULL;
  Moment start = now ();
  Watch watch;

  watch_start (&watch);
  kilter_document_open_async (file, KILTER_STORE_DEFAULT, NULL, opened_cb, &document);
  while (document == NULL)
    g_main_context_iteration (NULL, TRUE);
  tell ("open: read and check", since (start), &watch);
  kilter_window_set_document (window, document);
  wait_frames (GTK_WIDGET (window), 2);
  watch_stop (&watch);
  tell ("open to the first picture", since (start), &watch);
  return document;
}

/* --- views --------------------------------------------------------------------------------------
 */

static void
show_view (KilterWindow *window, const char *target, const char *note)
{
  g_autofree char *what = g_strdup_printf ("%s%s", target, note);
  Moment start = now ();
  Watch watch;

  watch_start (&watch);
  if (!kilter_window_show (window, target))
    g_error ("there is no view %s", target);
  wait_frames (GTK_WIDGET (window), 2);
  watch_stop (&watch);
  tell (what, since (start), &watch);
}

static void
show_views (KilterWindow *window, const char *note)
{
  for (guint i = 0; i < kilter_views_get_n (); i++)
    {
      const KilterViewInfo *view = kilter_views_get (i);

      for (guint k = 0; kilter_view_has_pages (view) && k < view->n_pages; k++)
        {
          g_autofree char *target = g_strdup_printf ("%s/%s", view->key, view->pages[k].key);

          if (view->pages[k].get_type == NULL)
            continue;
          show_view (window, target, note);
          rest (200);
        }
    }
}

/* --- the grid -----------------------------------------------------------------------------------
 */

static KilterGrid *
find_grid (GtkWidget *widget)
{
  KilterGrid *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (KILTER_IS_GRID (widget))
    return KILTER_GRID (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_grid (child);
  return found;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
scroll (KilterWindow *window, KilterGrid *grid, const char *what, gboolean down, double step)
{
  GtkAdjustment *adjustment = down ? gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid))
                                   : gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (grid));
  double room = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  double at = 0;
  Frames frames;

  if (room < 1)
    {
      g_print ("  %-34s everything fits\n", what);
      return;
    }
  frames_start (&frames, GTK_WIDGET (window));
  while (frames.n_painted < N_FRAMES)
    {
      int painted = frames.n_painted;

      at += step;
      if (at < 0 || at > room)
        {
          step = -step;
          at = CLAMP (at, 0, room);
        }
      gtk_adjustment_set_value (adjustment, at);
      gtk_widget_queue_draw (GTK_WIDGET (grid));
      while (frames.n_painted == painted)
        g_main_context_iteration (NULL, TRUE);
    }
  frames_stop (&frames);
  qsort (frames.cpu, N_FRAMES, sizeof (double), compare);
  qsort (frames.wall, N_FRAMES, sizeof (double), compare);
  g_print ("  %-34s a frame: median %5.1f ms, 95 %% %5.1f ms, longest %5.1f ms;"
           " processor %5.1f, %5.1f, %5.1f ms\n",
           what, 1000 * frames.wall[N_FRAMES / 2], 1000 * frames.wall[N_FRAMES * 95 / 100],
           1000 * frames.wall[N_FRAMES - 1], 1000 * frames.cpu[N_FRAMES / 2],
           1000 * frames.cpu[N_FRAMES * 95 / 100], 1000 * frames.cpu[N_FRAMES - 1]);
  gtk_adjustment_set_value (adjustment, 0);
}

static void
scroll_largest (KilterWindow *window)
{
  g_autofree char *largest = NULL;
  int most = -1;
  KilterGrid *grid;
  g_autofree char *name = NULL;

  for (guint i = 0; i < kilter_views_get_n (); i++)
    {
      const KilterViewInfo *view = kilter_views_get (i);

      for (guint k = 0; kilter_view_has_pages (view) && k < view->n_pages; k++)
        {
          g_autofree char *target = g_strdup_printf ("%s/%s", view->key, view->pages[k].key);

          if (view->pages[k].get_type == NULL)
            continue;
          kilter_window_show (window, target);
          wait_frames (GTK_WIDGET (window), 2);
          grid = find_grid (GTK_WIDGET (window));
          if (grid == NULL || kilter_grid_model_get_n_rows (kilter_grid_get_model (grid)) <= most)
            continue;
          most = kilter_grid_model_get_n_rows (kilter_grid_get_model (grid));
          g_free (g_steal_pointer (&largest));
          largest = g_strdup (target);
        }
    }
  if (largest == NULL)
    return;
  kilter_window_show (window, largest);
  wait_frames (GTK_WIDGET (window), 2);
  rest (300);
  grid = find_grid (GTK_WIDGET (window));
  if (grid == NULL)
    return;
  name = g_strdup_printf ("%s, %d rows", largest, most);
  g_print ("  %s:\n", name);
  scroll (window, grid, "  scroll down, 40 px a frame", TRUE, 40);
  scroll (window, grid, "  scroll down, a page a frame", TRUE, 300);
  scroll (window, grid, "  scroll across, 20 px a frame", FALSE, 20);
}

/* One cell as a planner types it, as far as the new picture. */
static void
edit (KilterWindow *window, const char *target, const char *text)
{
  g_autofree char *what = g_strdup_printf ("%s: type %s", target, text);
  KilterGridModel *model;
  KilterGrid *grid;
  Moment start;
  Watch watch;

  kilter_window_show (window, target);
  wait_frames (GTK_WIDGET (window), 2);
  rest (300);
  grid = find_grid (GTK_WIDGET (window));
  model = kilter_grid_get_model (grid);
  for (int row = 0; row < kilter_grid_model_get_n_rows (model); row++)
    for (int col = 0; col < kilter_grid_model_get_n_cols (model); col++)
      {
        KilterGridCell cell = { 0 };

        kilter_grid_model_get_cell (model, row, col, &cell);
        if ((cell.flags & KILTER_GRID_CELL_FLAG_EDITABLE) == 0)
          continue;
        kilter_grid_select (grid, row, col);
        wait_frames (GTK_WIDGET (window), 1);
        if (!kilter_grid_begin_edit (grid, text))
          continue;
        wait_frames (GTK_WIDGET (window), 1);
        start = now ();
        watch_start (&watch);
        kilter_grid_commit_edit (grid);
        wait_frames (GTK_WIDGET (window), 2);
        watch_stop (&watch);
        tell (what, since (start), &watch);
        start = now ();
        watch_start (&watch);
        gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
        wait_frames (GTK_WIDGET (window), 2);
        watch_stop (&watch);
        tell ("  and undo", since (start), &watch);
        return;
      }
  g_print ("  %-34s nothing can be edited there\n", what);
}

/* --- calculations -------------------------------------------------------------------------------
 */

static void
calculate (KilterWindow *window, const char *target, const char *what)
{
  KilterDocument *document = kilter_window_get_document (window);
  Moment start;
  Watch watch;

  kilter_window_show (window, target);
  wait_frames (GTK_WIDGET (window), 2);
  rest (300);
  start = now ();
  watch_start (&watch);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.run", NULL);
  if (!kilter_document_is_busy (document))
    g_print ("  %-34s did not start\n", what);
  while (kilter_document_is_busy (document) && since (start).wall < LIMIT_S)
    g_main_context_iteration (NULL, TRUE);
  wait_frames (GTK_WIDGET (window), 2);
  watch_stop (&watch);
  tell (what, since (start), &watch);
}

int
main (int argc, char **argv)
{
  g_autoptr (KilterApplication) application = NULL;
  g_autoptr (KilterDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  KilterWindow *window;

  if (argc != 2)
    {
      g_printerr ("usage: bench-app PLAN\n");
      return 2;
    }
  application = kilter_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  window = kilter_window_new (GTK_APPLICATION (application));
  gtk_window_set_default_size (GTK_WINDOW (window), 1440, 900);
  gtk_window_present (GTK_WINDOW (window));
  wait_frames (GTK_WIDGET (window), 2);

  tell_heading ();
  document = open_plan (argv[1], window);
  rest (500);
  show_views (window, "");
  show_views (window, ", again");
  scroll_largest (window);
  edit (window, "forecast/forecast", "+24");
  edit (window, "demand/consensus", "+24");
  edit (window, "supply/capacity", "+5");
  calculate (window, "supply/capacity", "plan supply");
  calculate (window, "forecast/forecast", "forecast");
  g_print ("  memory, at most: %.0f MB\n", read_memory ("VmHWM:"));
  kilter_window_set_document (window, NULL);
  kilter_document_close_now (document, KILTER_STORE_CLOSE_DISCARD);
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
