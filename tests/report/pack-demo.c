/* pack-demo.c: packs of the sample plan as PDF files, to be looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pack-demo FOLDER [MEETING [LANGUAGE [PAPER [grey]]]] */
#include "pack-sample.h"

#include "report/words/kilter-language.h"
#include "report/pack/kilter-pack.h"

#include <libintl.h>
#include <locale.h>

static gboolean
write_one (KilterPlan *plan, const char *folder, const KilterPackOptions *options, GError **error)
{
  g_autoptr (KilterPack) pack = kilter_pack_new (plan, options);
  g_autofree char *name = g_strdup_printf ("%s%s%s.pdf", kilter_meeting_get_key (options->meeting),
                                           options->language != NULL ? "-" : "",
                                           options->language != NULL ? options->language : "");
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (int i = 0; i < kilter_pack_get_n_pages (pack); i++)
    g_print ("%s %2d  %s\n", name, i + 1, kilter_pack_get_page_title (pack, i));
  return kilter_pack_save_pdf (pack, file, NULL, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  KilterPlan *plan;
  KilterPackOptions options = { .printed = "2026-04-23T08:40:00", .author = "Sara Okafor" };

  if (argc < 2)
    return 2;
  setlocale (LC_ALL, "");
  if (g_getenv ("KILTER_LOCALEDIR") != NULL)
    bindtextdomain ("kilter", g_getenv ("KILTER_LOCALEDIR"));
  bind_textdomain_codeset ("kilter", "UTF-8");
  kilter_language_prepare ();
  textdomain ("kilter");
  plan = pack_sample_new (argc > 3 ? argv[3] : NULL, &error);
  for (int m = 0; m < KILTER_N_MEETINGS && plan != NULL && error == NULL; m++)
    {
      if (argc > 2 && !g_str_equal (argv[2], "all") &&
          !g_str_equal (argv[2], kilter_meeting_get_key (m)))
        continue;
      options.meeting = m;
      options.language = argc > 3 && *argv[3] != '\0' ? argv[3] : NULL;
      if (argc > 4)
        kilter_paper_from_string (argv[4], &options.paper);
      options.is_grey = argc > 5;
      write_one (plan, argv[1], &options, &error);
    }
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  g_clear_pointer (&plan, kilter_plan_free);
  return error != NULL;
}
