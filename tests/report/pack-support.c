/* pack-support.c: plans for packs, and looking at what was printed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack-support.h"

#include "plan-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define PRINTED "2026-04-23T08:40:00"

/* --- plans --- */

/* The small company with supply, budget, decisions, actions and risks. */
KilterPlan *
pack_plan_new (void)
{
  KilterPlan *plan = plan_fixture_new ();
  g_autoptr (KilterCommand) command = kilter_command_new ("fixture", "");
  g_autoptr (KilterCommand) scenario = NULL;
  KilterVersion version = 0;

  plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Ana Duarte", "role", "Managing director",
                    NULL);
  plan_fixture_add (plan, KILTER_TABLE_PERSON, "name", "Ngọc Lê", "role", "Finance", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RESOURCE, "code", "L1", "name", "Line 1 · Cups", "kind",
                    "machine", "hours", "400", NULL);
  for (int p = CUP; p <= JUICE; p++)
    {
      g_autofree char *product = g_strdup_printf ("%d", p);

      plan_fixture_add (plan, KILTER_TABLE_RATE, "product", product, "resource", "1", "hours",
                        "0.2", NULL);
      for (int t = 24; t < 36; t++)
        kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_REGULAR, KILTER_LAYER_FACT,
                                  p, t, 350 * p);
    }
  for (int s = 1; s <= 6; s++)
    for (int t = 24; t < 36; t++)
      kilter_command_set_value (command, plan, KILTER_BASELINE, KILTER_BUDGET, KILTER_LAYER_FACT, s,
                                t, 190 * ((s + 1) / 2) + t);
  kilter_plan_apply (plan, command);
  scenario = kilter_scenario_new (plan, KILTER_BASELINE, "Build Early", "Ana",
                                  "2026-04-14T09:00:00Z", &version, NULL);
  kilter_command_set_stamp (scenario, "Ana", "2026-04-14T09:00:00Z");
  kilter_plan_apply (plan, scenario);
  {
    g_autofree char *id = g_strdup_printf ("%d", version);

    plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title",
                      "Build cups early for the summer", "text", "Line 1 is full from June on.",
                      "margin", "123000", "cost", "64000", "owner", "1", "decide_by", "2026-04-30",
                      "scenario", id, "state", "open", NULL);
  }
  plan_fixture_add (plan, KILTER_TABLE_DECISION, "cycle", "1", "title", "Close the old line",
                    "state", "approved", "decided_by", "Ana Duarte", "decided_at", "2026-03-26",
                    NULL);
  plan_fixture_add (plan, KILTER_TABLE_ACTION, "title", "Offer for the cold store", "owner", "2",
                    "due", "2026-05-29", "state", "open", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "risk", "text", "Mango pulp price rises 12 %",
                    "effect", "-520000", "likelihood", "0.4", "state", "open", NULL);
  plan_fixture_add (plan, KILTER_TABLE_RISK, "kind", "assumption", "text",
                    "Two chains list the cup", "state", "open", NULL);
  return plan;
}

KilterPackOptions
pack_options (KilterMeeting meeting)
{
  return (KilterPackOptions) { .meeting = meeting, .printed = PRINTED, .author = "Sara Okafor" };
}

GBytes *
pack_write_bytes (KilterPack *pack)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (kilter_pack_write_pdf (pack, stream, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* pdftotext writes every kind of space as a plain one */
char *
pack_plain_spaces (const char *text)
{
  g_autoptr (GString) out = g_string_new (text);

  g_string_replace (out, "\u202f", " ", 0);
  g_string_replace (out, "\u00a0", " ", 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Runs a program over the pack's file; NULL when it is not installed. */
char *
pack_run_over (KilterPack *pack, const char *program, const char *option)
{
  g_autoptr (GBytes) bytes = pack_write_bytes (pack);
  g_autofree char *path = g_find_program_in_path (program);
  g_autofree char *folder = NULL;
  g_autofree char *file = NULL;
  const char *argv[6];
  int n = 0;
  char *out = NULL;

  if (path == NULL)
    return NULL;
  folder = g_dir_make_tmp ("kilter-pack-XXXXXX", NULL);
  file = g_build_filename (folder, "pack.pdf", NULL);
  g_assert_true (g_file_set_contents (file, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  argv[n++] = path;
  if (option != NULL)
    argv[n++] = option;
  if (g_str_equal (program, "pdftohtml"))
    {
      argv[n++] = "-stdout";
      argv[n++] = "-i";
    }
  argv[n++] = file;
  argv[n] = g_str_equal (program, "pdftotext") ? "-" : NULL;
  {
    char *all[8] = { NULL };

    for (int i = 0; i <= n; i++)
      all[i] = (char *) argv[i];
    g_assert_true (g_spawn_sync (NULL, all, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out,
                                 NULL, NULL, NULL));
  }
  g_unlink (file);
  g_rmdir (folder);
  {
    char *plain = pack_plain_spaces (out);

    g_free (out);
    return plain;
  }
}

/* --- drawing --- */

/* KILTER_PACK_KEEP names a folder for packs that are to be looked at. */
void
pack_keep (KilterPack *pack, const char *name)
{
  const char *folder = g_getenv ("KILTER_PACK_KEEP");

  if (folder != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_assert_true (kilter_pack_save_pdf (pack, file, NULL, NULL));
    }
}

/* No page leaves the frame: its edges stay white. */
void
pack_check_pages (KilterPack *pack)
{
  double width, height;

  kilter_pack_get_page_size (pack, &width, &height);
  for (int page = 0; page < kilter_pack_get_n_pages (pack); page++)
    {
      int w = (int) width, h = (int) height;
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, w, h);
      cairo_t *cr = cairo_create (surface);
      const unsigned char *data;
      int stride, ink = 0;

      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      kilter_pack_draw_page (pack, page, cr);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_surface_flush (surface);
      data = cairo_image_surface_get_data (surface);
      stride = cairo_image_surface_get_stride (surface);
      for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
          if ((((const guint32 *) (gconstpointer) (data + y * stride))[x] & 0xffffff) != 0xffffff)
            {
              if (x < 32 || x > w - 32 || y < 18 || y > h - 12)
                g_error ("%s, page %d: ink at %d, %d", kilter_pack_get_title (pack), page + 1, x,
                         y);
              ink++;
            }
      g_assert_cmpint (ink, >, 500);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
      g_assert_nonnull (kilter_pack_get_page_title (pack, page));
      g_assert_cmpstr (kilter_pack_get_page_title (pack, page), !=, "");
    }
}

void
pack_check_all (KilterPlan *plan, gboolean thorough)
{
  static const char *const languages[] = { NULL, "vi", "zh_CN" };

  for (int m = 0; m < KILTER_N_MEETINGS; m++)
    for (int paper = KILTER_PAPER_A4; paper <= KILTER_PAPER_LETTER; paper++)
      for (gsize l = 0; l < G_N_ELEMENTS (languages); l++)
        {
          KilterPackOptions options = pack_options (m);
          g_autoptr (KilterPack) pack = NULL;

          if (!thorough && paper == KILTER_PAPER_LETTER && l != 1)
            continue;
          options.paper = paper;
          options.language = languages[l];
          options.is_grey = l == 1;
          pack = kilter_pack_new (plan, &options);
          g_assert_cmpint (kilter_pack_get_n_pages (pack), >=, 1);
          if (m == KILTER_MEETING_EXECUTIVE)
            g_assert_cmpint (kilter_pack_get_n_pages (pack), <=, 12);
          pack_check_pages (pack);
        }
}
