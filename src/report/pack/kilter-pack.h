/* kilter-pack.h: meeting packs: pages for a meeting, on paper, on the screen, in a PDF file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "base/kilter-job.h"
#include "plan/data/kilter-plan.h"
#include "report/paper/kilter-paper.h"

G_BEGIN_DECLS

typedef enum
{
  KILTER_MEETING_DEMAND,
  KILTER_MEETING_SUPPLY,
  KILTER_MEETING_PRE,
  KILTER_MEETING_EXECUTIVE,
  KILTER_MEETING_MONITOR,
  KILTER_N_MEETINGS,
} KilterMeeting;

const char *kilter_meeting_get_key (KilterMeeting meeting); /* "executive" */
gboolean kilter_meeting_from_string (const char *key, KilterMeeting *out_meeting);
const char *kilter_meeting_get_name (KilterMeeting meeting); /* "Executive S&OP", translated */

/**
 * KilterPackSection:
 * @key: "finance"
 * @name: "Financial Reconciliation"; translate with the domain "kilter"
 *
 * A part of a pack that can be left out: one page or several.
 */
typedef struct
{
  const char *key;
  const char *name;
} KilterPackSection;

/* (transfer container) (element-type KilterPackSection): what a pack for a meeting may hold, in
 * order */
GArray *kilter_meeting_get_sections (KilterMeeting meeting);

/**
 * KilterPackOptions:
 * @meeting: which pack
 * @paper: which paper, landscape
 * @is_grey: for printers without colour
 * @language: (nullable): "vi", "zh_CN", "en"; %NULL is the program's
 * @version: the scenario that the pack shows; 0 is the baseline
 * @sections: (nullable) (array zero-terminated=1): keys of the sections to print, in this order;
 * %NULL is what was chosen for the plan (kilter-pack-own.h)
 * @printed: (nullable): when, as in "2026-04-23T08:40:00", in the reader's own time; it stands in
 * the footer and in the file. The pack never looks at the clock.
 * @author: (nullable): for the file's properties
 */
typedef struct
{
  KilterMeeting meeting;
  KilterPaper paper;
  gboolean is_grey;
  const char *language;
  KilterVersion version;
  const char *const *sections;
  const char *printed;
  const char *author;
} KilterPackOptions;

/**
 * KilterPack:
 *
 * Pages laid out, with a copy of all they show: it no longer needs the plan, and may be drawn on
 * any one thread at a time.
 */
typedef struct _KilterPack KilterPack;

KilterPack *kilter_pack_new (KilterPlan *plan, const KilterPackOptions *options);
/**
 * KilterPackPicture:
 * @surface: a drawing that can be scaled
 *
 * Something drawn, of @width × @height of its own units.
 */
typedef struct
{
  cairo_surface_t *surface;
  double width;
  double height;
} KilterPackPicture;

/**
 * KilterPackView:
 * @name: "Consensus"
 * @title: what it says
 * @subtitle: of what it is about: products, unit, months
 * @charts: (element-type KilterChart): in their order, without a place of their own; an entry that
 *   is taken becomes %NULL
 * @pictures: (element-type KilterPackPicture): what stands in the place of charts, or after them
 * @tables: (element-type KilterTable):
 *
 * What somebody looks at, for paper.
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *subtitle;
  GPtrArray *charts;
  GPtrArray *pictures;
  GPtrArray *tables;
} KilterPackView;

KilterPack *kilter_pack_new_for_view (KilterPlan *plan,
                                      const KilterPackOptions *options,
                                      const KilterPackView *view);
void kilter_pack_free (KilterPack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterPack, kilter_pack_free)

int kilter_pack_get_n_pages (const KilterPack *self);
void kilter_pack_get_page_size (const KilterPack *self, double *out_width, double *out_height);
const char *kilter_pack_get_title (const KilterPack *self); /* of the file */
char *kilter_pack_get_file_name (const KilterPack *self);   /* a proposal, "….pdf" */
const char *kilter_pack_get_page_title (const KilterPack *self, int page);
const char *kilter_pack_get_page_outline (const KilterPack *self, int page);
const char *kilter_pack_get_page_section (const KilterPack *self, int page);
gboolean kilter_pack_page_has_section (const KilterPack *self, int page, const char *key);

void kilter_pack_draw_page (KilterPack *self, int page, cairo_t *cr);
gboolean
kilter_pack_write_pdf (KilterPack *self, GOutputStream *stream, KilterJob *job, GError **error);
gboolean kilter_pack_save_pdf (KilterPack *self, GFile *file, KilterJob *job, GError **error);
gboolean kilter_pack_write_xlsx (KilterPack *self,
                                 GOutputStream *stream,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean kilter_pack_save_xlsx (KilterPack *self, GFile *file, KilterJob *job, GError **error);
gboolean kilter_pack_save (KilterPack *self, GFile *file, KilterJob *job, GError **error);

G_END_DECLS
