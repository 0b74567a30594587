/* kilter-record-table-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/pages/structure/kilter-record-table.h"

G_BEGIN_DECLS

struct _KilterRecordItem
{
  GObject parent_instance;

  int id;
};

/* What was typed and could not be taken. */
typedef struct
{
  int id;
  int field;
  char *text;
  char *problem;
} Draft;

struct _KilterRecordTable
{
  GtkWidget parent_instance;

  KilterPage *page; /* not owned: the page holds the table */
  KilterTableId table;
  GArray *fields; /* int, in the order of the columns */

  GListStore *items;
  GtkFilter *filter;
  GListModel *rows; /* filtered and sorted; owned by the selection */
  GtkMultiSelection *selection;
  char *needle; /* casefolded, "" when nothing is looked for */
  GPtrArray *drafts;

  GtkWidget *box;
  GtkLabel *count;
  GtkSearchEntry *search;
  GtkWidget *add;
  GtkWidget *remove;
  GtkStack *stack;
  GtkColumnView *view;
  GtkRevealer *status;
  GtkLabel *status_label;
  GtkWidget *discard;
  int status_id; /* the draft that is explained */
  int status_field;
};

void kilter_record_table_draft_free (gpointer data);
void kilter_record_table_discard (KilterRecordTable *self);
void kilter_record_table_drop_orphans (KilterRecordTable *self);
/* the rows of these records are shown anew; 0 for all */
void kilter_record_table_emit_changed (KilterRecordTable *self, int id);
/* where a record or a field stands; -1 for nowhere */
int kilter_record_table_find_row (KilterRecordTable *self, int id);
int kilter_record_table_find_column (KilterRecordTable *self, int field);

G_END_DECLS
