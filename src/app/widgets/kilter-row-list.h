/* kilter-row-list.h: one row a record, with its figures in columns
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * KilterRowColumn: the head of a column
 * @title: translated
 * @xalign: as its figures stand
 */
typedef struct
{
  const char *title;
  float xalign;
} KilterRowColumn;

/**
 * KilterRowList: fills a list box with rows of a name and aligned figures, and keeps the row chosen
 * when it is filled anew.
 *
 * Signals:
 * - `chosen (int id)`: a person chose another row
 */
#define KILTER_TYPE_ROW_LIST (kilter_row_list_get_type ())
G_DECLARE_FINAL_TYPE (KilterRowList, kilter_row_list, KILTER, ROW_LIST, GObject)

/* let it go before the box, which would still say that nothing is chosen any more */
KilterRowList *kilter_row_list_new (GtkListBox *box);

/* the record of the chosen row, 0 for none */
int kilter_row_list_get_chosen (KilterRowList *self);
void kilter_row_list_set_chosen (KilterRowList *self, int id);
/* between begin and end; what switches and lists in the rows say then comes from the program */
gboolean kilter_row_list_is_filling (KilterRowList *self);

/* takes all rows away */
void kilter_row_list_begin (KilterRowList *self);
/* the content of a row, empty; _add() takes it */
GtkWidget *kilter_row_list_start (void);
/* what stands in @column (0 …) is as wide in all rows */
void
kilter_row_list_append (KilterRowList *self, GtkWidget *content, guint column, GtkWidget *cell);
void kilter_row_list_append_text (KilterRowList *self,
                                  GtkWidget *content,
                                  guint column,
                                  const char *text,
                                  float xalign,
                                  const char *css_class /* (nullable) */);
void kilter_row_list_add (KilterRowList *self, GtkWidget *content, int id, const char *name);
/* @title takes the width that the columns leave */
void kilter_row_list_add_head (KilterRowList *self,
                               const char *title,
                               const KilterRowColumn *columns,
                               guint n_columns);
/* chooses the row that was chosen, else the first one when @any, else none */
void kilter_row_list_end (KilterRowList *self, gboolean any);

/* an icon button for the end of a row, whose @action takes the record */
GtkWidget *
kilter_row_list_make_button (const char *icon, const char *tooltip, const char *action, int id);

G_END_DECLS
