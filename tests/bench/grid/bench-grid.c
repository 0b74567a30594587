/* bench-grid.c: how fast the planning grid scrolls, beside a GtkColumnView with the same content.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-grid [ROWS [COLUMNS [FRAMES]]]; the defaults are 100000, 120 and 150. Prints, for each
 * widget, the time to the third frame, processor time of the main thread a frame (median and 95th
 * percentile) while scrolling down by pixels, down by pages, and across, and the memory it took.
 * Frames are counted whatever their wall time, so that a busy machine gives the same figures. */
#include <adwaita.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/grid/kilter-grid.h"

static int n_rows = 100000, n_cols = 120, n_frames = 150;

static double
cell_value (int row, int col)
{
  guint32 mixed = (guint32) row * 2654435761u ^ (guint32) col * 40503u;

  return (double) (mixed % 99990) / 10.0;
}

/* --- the model of the grid ------------------------------------------------------------------- */

#define BENCH_TYPE_MODEL (bench_model_get_type ())
G_DECLARE_FINAL_TYPE (BenchModel, bench_model, BENCH, MODEL, GObject)

struct _BenchModel
{
  GObject parent_instance;
};

static int
model_get_n_rows (KilterGridModel *model)
{
  return n_rows;
}

static int
model_get_n_cols (KilterGridModel *model)
{
  return n_cols;
}

static void
model_get_row (KilterGridModel *model, int row, KilterGridRow *out)
{
  out->label = g_strdup_printf ("Product %d", row);
  out->flags = row % 7 == 3 ? KILTER_GRID_ROW_FLAG_EDITABLE : 0;
  out->kind = row % 7 == 0 ? KILTER_GRID_ROW_PRODUCT : KILTER_GRID_ROW_MEASURE;
  out->mark = row % 7 == 2 ? KILTER_GRID_MARK_HATCHED_BOX : KILTER_GRID_MARK_NONE;
}

static void
model_get_column (KilterGridModel *model, int col, KilterGridColumn *out)
{
  out->label = g_strdup_printf ("M%d", col % 12 + 1);
  out->upper = col % 12 == 0 ? g_strdup_printf ("%d", 2020 + col / 12) : NULL;
  out->flags = col % 12 == 0 ? KILTER_GRID_COLUMN_FLAG_YEAR_START : 0;
}

static void
model_get_cell (KilterGridModel *model, int row, int col, KilterGridCell *out)
{
  out->value = cell_value (row, col);
  g_snprintf (out->text, sizeof out->text, "%.1f", out->value);
  if (row % 7 == 3)
    out->flags |= KILTER_GRID_CELL_FLAG_EDITABLE;
  if ((row + col) % 23 == 0)
    out->flags |= KILTER_GRID_CELL_FLAG_OVERRIDE | KILTER_GRID_CELL_FLAG_CHANGED;
  if ((row + col) % 31 == 0)
    out->flags |= KILTER_GRID_CELL_FLAG_COMMENT;
}

static void
bench_model_iface_init (KilterGridModelInterface *iface)
{
  iface->get_n_rows = model_get_n_rows;
  iface->get_n_cols = model_get_n_cols;
  iface->get_row = model_get_row;
  iface->get_column = model_get_column;
  iface->get_cell = model_get_cell;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchModel,
                               bench_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KILTER_TYPE_GRID_MODEL,
                                                      bench_model_iface_init))

static void
bench_model_class_init (BenchModelClass *klass)
{
}

static void
bench_model_init (BenchModel *self)
{
}

static GtkWidget *
create_grid (void)
{
  g_autoptr (BenchModel) model = g_object_new (BENCH_TYPE_MODEL, NULL);

  return kilter_grid_new (KILTER_GRID_MODEL (model));
}

/* --- the column view ------------------------------------------------------------------------- */

#define BENCH_TYPE_ROW (bench_row_get_type ())
G_DECLARE_FINAL_TYPE (BenchRow, bench_row, BENCH, ROW, GObject)

struct _BenchRow
{
  GObject parent_instance;
  int index;
};

G_DEFINE_FINAL_TYPE (BenchRow, bench_row, G_TYPE_OBJECT)

static void
bench_row_class_init (BenchRowClass *klass)
{
}

static void
bench_row_init (BenchRow *self)
{
}

#define BENCH_TYPE_LIST (bench_list_get_type ())
G_DECLARE_FINAL_TYPE (BenchList, bench_list, BENCH, LIST, GObject)

struct _BenchList
{
  GObject parent_instance;
};

static GType
list_get_item_type (GListModel *list)
{
  return BENCH_TYPE_ROW;
}

static guint
list_get_n_items (GListModel *list)
{
  return (guint) n_rows;
}

static gpointer
list_get_item (GListModel *list, guint position)
{
  BenchRow *row;

  if (position >= (guint) n_rows)
    return NULL;
  row = g_object_new (BENCH_TYPE_ROW, NULL);
  row->index = (int) position;
  return row;
}

static void
bench_list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = list_get_item_type;
  iface->get_n_items = list_get_n_items;
  iface->get_item = list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchList,
                               bench_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, bench_list_iface_init))

static void
bench_list_class_init (BenchListClass *klass)
{
}

static void
bench_list_init (BenchList *self)
{
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), 6);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), 1);
  gtk_list_item_set_child (item, text);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  BenchRow *row = gtk_list_item_get_item (item);
  char text[32];

  g_snprintf (text, sizeof text, "%.1f", cell_value (row->index, GPOINTER_TO_INT (user_data)));
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

static GtkWidget *
create_column_view (void)
{
  GListModel *list = g_object_new (BENCH_TYPE_LIST, NULL);
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (list)));

  for (int col = 0; col < n_cols; col++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autofree char *title = g_strdup_printf ("M%d", col % 12 + 1);
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GINT_TO_POINTER (col));
      column = gtk_column_view_column_new (title, factory);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }
  return view;
}

/* --- measuring ------------------------------------------------------------------------------- */

static double
thread_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* Private memory of the process in MiB. */
static double
memory (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return 0;
  line = strstr (text, "Anonymous:");
  return line ? g_ascii_strtod (line + strlen ("Anonymous:"), NULL) / 1024 : 0;
}

static int n_painted;

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  n_painted++;
}

static void
wait_paint (GtkWidget *widget)
{
  int before = n_painted;

  while (n_painted == before)
    {
      gtk_widget_queue_draw (widget);
      g_main_context_iteration (NULL, TRUE);
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
scroll (GtkWidget *widget, const char *what, GtkAdjustment *adjustment, double step)
{
  g_autofree double *spent = g_new (double, (gsize) n_frames);
  double upper = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  double value = 0;

  for (int i = 0; i < n_frames; i++)
    {
      double start = thread_seconds ();

      value = value + step > upper ? 0 : value + step;
      gtk_adjustment_set_value (adjustment, value);
      wait_paint (widget);
      spent[i] = 1000 * (thread_seconds () - start);
    }
  gtk_adjustment_set_value (adjustment, 0);
  qsort (spent, (gsize) n_frames, sizeof *spent, compare_doubles);
  g_print ("  %-22s median %7.2f ms   95 %% %7.2f ms\n", what, spent[n_frames / 2],
           spent[n_frames * 95 / 100]);
}

static void
bench (const char *name, GtkWidget *(*create) (void) )
{
  double before = memory (), start = thread_seconds ();
  GtkWidget *window = gtk_window_new (), *scrolled = gtk_scrolled_window_new (),
            *widget = create ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), widget);
  gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1400, 860);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (widget))
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (after_paint_cb),
                    NULL);
  for (int i = 0; i < 3; i++)
    wait_paint (widget);
  g_print ("%s\n  to the third frame     %.3f s of processor time\n", name,
           thread_seconds () - start);
  scroll (widget, "down by 37 pixels", gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget)),
          37);
  scroll (widget, "down by a page", gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget)), 800);
  scroll (widget, "down by 1,000 pages", gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget)),
          81000.7);
  scroll (widget, "across by 23 pixels", gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (widget)),
          23);
  g_print ("  memory                 %.0f MiB\n", memory () - before);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int argc, char **argv)
{
  if (argc > 1)
    n_rows = atoi (argv[1]);
  if (argc > 2)
    n_cols = atoi (argv[2]);
  if (argc > 3)
    n_frames = atoi (argv[3]);
  if (n_rows < 1 || n_cols < 1 || n_frames < 1)
    {
      g_printerr ("usage: bench-grid [ROWS [COLUMNS [FRAMES]]]\n");
      return 2;
    }
  adw_init ();
  g_print ("%d rows × %d columns, 1400 × 860 pixels, %d frames each, processor time of the main "
           "thread a frame\n",
           n_rows, n_cols, n_frames);
  bench ("Planning grid", create_grid);
  bench ("GtkColumnView, GtkInscription", create_column_view);
  return 0;
}
