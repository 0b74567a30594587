/* kilter-import-match.c: step 2: how the file is read, and what its columns are
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/import/kilter-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/words/kilter-format.h"

/* --- choices ------------------------------------------------------------------------------------
 */

static void
fill_combo (AdwComboRow *row, GStrv texts, guint selected)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const *) texts);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, selected);
}

static const char separators[] = { ',', ';', '\t', '|' };
static const KilterDateFormat dates[] = {
  KILTER_DATE_YMD,  KILTER_DATE_DMY,     KILTER_DATE_MDY,  KILTER_DATE_YM,     KILTER_DATE_MY,
  KILTER_DATE_NAME, KILTER_DATE_QUARTER, KILTER_DATE_WEEK, KILTER_DATE_PERIOD, KILTER_DATE_SERIAL,
};

static void
show_reading (KilterImportDialog *self)
{
  const KilterImportPreview *preview = self->preview;
  const char *const *encodings = kilter_text_get_encodings ();
  const char *const separator_names[] = { _ ("Comma"), _ ("Semicolon"), _ ("Tab"), _ ("Bar"),
                                          NULL };
  const char *const decimal_names[] = { _ ("Point, 1,234.5"), _ ("Comma, 1.234,5"), NULL };
  const char *const date_names[] = { _ ("Year, month, day"),
                                     _ ("Day, month, year"),
                                     _ ("Month, day, year"),
                                     _ ("Year, month"),
                                     _ ("Month, year"),
                                     _ ("With names of months"),
                                     _ ("Quarters"),
                                     _ ("Weeks"),
                                     _ ("Fiscal periods"),
                                     _ ("Days counted by a spreadsheet"),
                                     NULL };
  const char *const layout_names[] = { _ ("One number a row"), _ ("Months across"), NULL };
  guint encoding = 0, separator = 0, date = 0;
  gboolean is_text;
  g_autofree char *text = NULL;

  for (guint i = 0; encodings[i] != NULL; i++)
    if (g_strcmp0 (encodings[i], preview->encoding) == 0)
      encoding = i;
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (separators[i] == preview->separator)
      separator = i;
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    if (dates[i] == preview->date_format)
      date = i;
  fill_combo (self->encoding_row, (GStrv) encodings, encoding);
  fill_combo (self->separator_row, (GStrv) separator_names, separator);
  fill_combo (self->decimal_row, (GStrv) decimal_names, preview->decimal == ',' ? 1 : 0);
  fill_combo (self->date_row, (GStrv) date_names, date);
  fill_combo (self->layout_row, (GStrv) layout_names,
              preview->layout == KILTER_LAYOUT_ACROSS ? 1 : 0);
  /* a workbook says itself how it is written; only texts in it may be read in two ways */
  is_text = self->rows->container == KILTER_CONTAINER_TEXT;
  gtk_widget_set_visible (GTK_WIDGET (self->encoding_row), is_text);
  gtk_widget_set_visible (GTK_WIDGET (self->separator_row), is_text);
  if (is_text)
    text = g_strdup_printf ("%s · %s · %s", preview->encoding != NULL ? preview->encoding : "UTF-8",
                            separator_names[separator],
                            preview->decimal == ',' ? _ ("decimal comma") : _ ("decimal point"));
  else
    text = g_strdup (self->rows->container == KILTER_CONTAINER_XLSX ? _ ("Workbook, XLSX")
                                                                    : _ ("Spreadsheet, ODS"));
  adw_expander_row_set_subtitle (self->read_row, text);
}

static void
show_sheets (KilterImportDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  const GPtrArray *sheets = self->rows->sheets;

  for (guint i = 0; i < sheets->len; i++)
    {
      const KilterSheetName *sheet = g_ptr_array_index (sheets, i);

      if (sheet->hidden)
        /* Translators: %s is the name of a sheet that the workbook hides */
        gtk_string_list_take (list, g_strdup_printf (_ ("%s (hidden)"), sheet->name));
      else
        gtk_string_list_append (list, sheet->name);
    }
  gtk_drop_down_set_model (self->sheet_drop, G_LIST_MODEL (list));
  adw_combo_row_set_model (self->sheet_row, G_LIST_MODEL (list));
  if (sheets->len > 0)
    {
      gtk_drop_down_set_selected (self->sheet_drop, self->rows->sheet_index);
      adw_combo_row_set_selected (self->sheet_row, self->rows->sheet_index);
    }
}

/* In a narrow dialog the menus of the file stand below it, with the other choices. */
static void
place_menus (KilterImportDialog *self)
{
  gboolean narrow = adw_dialog_get_current_breakpoint (ADW_DIALOG (self)) != NULL;
  gboolean many = self->rows != NULL && self->rows->sheets->len > 1;

  gtk_widget_set_visible (GTK_WIDGET (self->sheet_drop), many && !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet_row), many && narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->kind_drop), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->kind_row), narrow);
}

static void
show_file (KilterImportDialog *self)
{
  const KilterImportPreview *preview = self->preview;
  g_autofree char *count = kilter_format_count (preview->n_rows);
  g_autofree char *rows = g_strdup_printf (
    /* Translators: %s is a number */
    ngettext ("%s row", "%s rows", (gulong) preview->n_rows), count);
  g_autofree char *place = NULL;
  g_autofree char *subtitle = NULL;
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  if (preview->header_line > 0)
    /* Translators: %1$s is "12,384 rows" */
    place = g_strdup_printf (_ ("%1$s · headings in row %2$d"), rows, preview->header_line);
  else
    place = g_strdup_printf (_ ("%s · no headings"), rows);
  if (self->rows->sheets->len > 0)
    /* Translators: %1$s is the name of a sheet, %2$s "12,384 rows · headings in row 3" */
    subtitle = g_strdup_printf (
      _ ("Sheet “%1$s” · %2$s"),
      ((KilterSheetName *) g_ptr_array_index (self->rows->sheets, self->rows->sheet_index))->name,
      place);
  else
    subtitle = g_steal_pointer (&place);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), preview->file_name);
  adw_action_row_set_subtitle (self->file_row, subtitle);
  show_sheets (self);
  place_menus (self);
  /* a list always has something chosen: while the kind is not known, the request to choose */
  if (preview->kind < 0)
    gtk_string_list_append (kinds, _ ("Choose"));
  for (int kind = 0; kind < KILTER_N_IMPORT_KINDS; kind++)
    gtk_string_list_append (kinds, kilter_import_kind_get_name ((KilterImportKind) kind));
  gtk_drop_down_set_model (self->kind_drop, G_LIST_MODEL (kinds));
  gtk_drop_down_set_selected (self->kind_drop, preview->kind >= 0 ? (guint) preview->kind : 0);
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (kinds));
  adw_combo_row_set_selected (self->kind_row, preview->kind >= 0 ? (guint) preview->kind : 0);
}

/* --- questions ----------------------------------------------------------------------------------
 */

static void
answered_cb (AdwComboRow *row, GParamSpec *pspec, gpointer data)
{
  KilterImportDialog *self = data;
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "question"));
  guint selected = adw_combo_row_get_selected (row);
  const KilterImportQuestion *question;
  g_autoptr (GError) error = NULL;

  if (self->is_filling || selected == 0 || index >= self->preview->questions->len)
    return;
  question = g_ptr_array_index (self->preview->questions, index);
  if (selected > question->n_choices)
    return;
  if (!kilter_import_options_set (self->options, question->option, question->choices[selected - 1],
                                  &error))
    {
      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
      return;
    }
  if (g_str_equal (question->option, "encoding") || g_str_equal (question->option, "separator"))
    kilter_import_read_again (self);
  else
    kilter_import_check_again (self);
}

static void
show_questions (KilterImportDialog *self)
{
  gtk_list_box_remove_all (self->question_list);
  gtk_widget_set_visible (self->question_box, self->preview->questions->len > 0);
  for (guint i = 0; i < self->preview->questions->len; i++)
    {
      const KilterImportQuestion *question = g_ptr_array_index (self->preview->questions, i);
      GtkWidget *row = adw_combo_row_new ();
      g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

      gtk_string_list_append (list, _ ("Choose"));
      for (guint k = 0; k < question->n_choices; k++)
        {
          g_autofree char
            *text = k == question->proposed
                      /* Translators: the likeliest of several answers; %s is the answer */
                      ? g_strdup_printf (_ ("%s (likely)"), question->samples[k])
                      : g_strdup (question->samples[k]);

          gtk_string_list_append (list, text);
        }
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), question->text);
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
      g_object_set_data (G_OBJECT (row), "question", GUINT_TO_POINTER (i));
      g_signal_connect (row, "notify::selected", G_CALLBACK (answered_cb), self);
      gtk_list_box_append (self->question_list, row);
    }
}

/* --- columns ------------------------------------------------------------------------------------
 */

static void
set_mapping (KilterImportDialog *self, guint column, const char *key)
{
  /* what the system calls the other columns stays true */
  if (self->options->system == NULL && self->preview->system != NULL)
    self->options->system = g_strdup (self->preview->system);
  g_hash_table_replace (self->options->mapping, g_strdup_printf ("%u", column + 1), g_strdup (key));
}

/* A column becomes what was chosen; what had that meaning before becomes nothing. */
static void
column_chosen_cb (GtkDropDown *drop, GParamSpec *pspec, gpointer data)
{
  KilterImportDialog *self = data;
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (drop), "column"));
  guint selected = gtk_drop_down_get_selected (drop);
  const char *key = "ignore";

  if (self->is_filling || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected > 0)
    key = g_array_index (self->preview->infos, KilterImportColumnInfo, selected - 1).key;
  for (guint i = 0; selected > 0 && i < self->preview->columns->len; i++)
    {
      const KilterImportColumn *other = &g_array_index (self->preview->columns, KilterImportColumn,
                                                        i);

      if (i != column && other->info != NULL && g_strcmp0 (other->info->key, key) == 0)
        set_mapping (self, i, "ignore");
    }
  set_mapping (self, column, key);
  kilter_import_check_again (self);
}

static GtkWidget *
make_column_menu (KilterImportDialog *self, guint index, const KilterImportColumn *column)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GtkWidget *drop;
  guint selected = 0;

  if (column->type == KILTER_COLUMN_PERIOD && column->info == NULL)
    {
      drop = gtk_label_new (column->period);
      gtk_widget_add_css_class (drop, "heading");
      return drop;
    }
  gtk_string_list_append (list, _ ("Ignore"));
  /* a file of no known kind has columns without meanings to choose from */
  for (guint i = 0; self->preview->infos != NULL && i < self->preview->infos->len; i++)
    {
      const KilterImportColumnInfo *info = &g_array_index (self->preview->infos,
                                                           KilterImportColumnInfo, i);

      gtk_string_list_append (list, info->label);
      if (column->info != NULL && g_strcmp0 (info->key, column->info->key) == 0)
        selected = i + 1;
    }
  drop = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (list)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), selected);
  g_object_set_data (G_OBJECT (drop), "column", GUINT_TO_POINTER (index));
  if (selected == 0)
    gtk_widget_add_css_class (drop, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  column->heading, -1);
  g_signal_connect (drop, "notify::selected", G_CALLBACK (column_chosen_cb), self);
  return drop;
}

static GtkWidget *
make_cell (const char *text, gboolean is_number, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "kilter-small");
  gtk_widget_set_margin_start (label, 10);
  gtk_widget_set_margin_end (label, 10);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

/* Whether something is wrong or doubtful about a cell, or about its row as a whole. */
static gboolean
has_problem (const KilterImportPreview *preview, guint row, guint column)
{
  guint line = preview->sample_lines[row];

  for (guint i = 0; i < preview->messages->len; i++)
    {
      const KilterImportMessage *message = g_ptr_array_index (preview->messages, i);

      /* they stand in the order of the lines */
      if (message->row > line)
        break;
      if (message->row == line && (message->column == (int) column || message->column < 0) &&
          kilter_import_code_get_severity (message->code) != KILTER_IMPORT_NOTE)
        return TRUE;
    }
  return FALSE;
}

static void
show_columns (KilterImportDialog *self)
{
  const KilterImportPreview *preview = self->preview;
  guint n = preview->columns->len, matched = 0;
  gboolean understood = g_strcmp0 (adw_toggle_group_get_active_name (self->sample_toggle),
                                   "after") == 0;
  GtkWidget *child;
  int focused = -1;
  g_autofree char *text = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->column_grid))) != NULL)
    {
      /* the menu that was used is made anew, too */
      if (gtk_widget_get_focus_child (GTK_WIDGET (self->column_grid)) == child)
        gtk_grid_query_child (self->column_grid, child, &focused, NULL, NULL, NULL);
      gtk_grid_remove (self->column_grid, child);
    }
  for (guint i = 0; i < n; i++)
    {
      const KilterImportColumn *column = &g_array_index (preview->columns, KilterImportColumn, i);
      gboolean is_ignored = column->type == KILTER_COLUMN_IGNORE;
      gboolean is_number = column->type == KILTER_COLUMN_MEASURE ||
                           column->type == KILTER_COLUMN_PERIOD;

      matched += !is_ignored;
      gtk_grid_attach (self->column_grid, make_column_menu (self, i, column), (int) i, 0, 1, 1);
      gtk_grid_attach (self->column_grid,
                       make_cell (column->heading, is_number, "kilter-table-head"), (int) i, 1, 1,
                       1);
      for (guint row = 0; row < preview->n_sample; row++)
        {
          const char *before = preview->sample_before[row * n + i];
          const char *after = preview->sample_after[row * n + i];

          gtk_grid_attach (self->column_grid,
                           make_cell (understood && after != NULL ? after : before, is_number,
                                      after == NULL || has_problem (preview, row, i)
                                        ? "kilter-refused"
                                      : is_ignored ? "dim-label"
                                                   : NULL),
                           (int) i, (int) row + 2, 1, 1);
        }
    }
  if (focused >= 0 && (child = gtk_grid_get_child_at (self->column_grid, focused, 0)) != NULL)
    gtk_widget_grab_focus (child);
  text = g_strdup_printf (
    ngettext (
      "Kilter matched %1$u of %2$u column by its name and contents. Change a match above its "
      "column.",
      "Kilter matched %1$u of %2$u columns by their names and contents. Change a match above its "
      "column.",
      n),
    matched, n);
  gtk_label_set_label (self->columns_label, text);
}

/* --- callbacks ----------------------------------------------------------------------------------
 */

static void
choose_kind (KilterImportDialog *self, guint selected)
{
  /* see show_file() */
  if (self->preview != NULL && self->preview->kind < 0)
    selected--;
  if (self->is_filling || selected >= KILTER_N_IMPORT_KINDS)
    return;
  self->options->kind = (KilterImportKind) selected;
  g_hash_table_remove_all (self->options->mapping);
  kilter_import_check_again (self);
}

static void
kind_cb (KilterImportDialog *self)
{
  choose_kind (self, gtk_drop_down_get_selected (self->kind_drop));
}

static void
kind_row_cb (KilterImportDialog *self)
{
  choose_kind (self, adw_combo_row_get_selected (self->kind_row));
}

static void
choose_sheet (KilterImportDialog *self, guint selected)
{
  if (self->is_filling || self->rows == NULL || selected >= self->rows->sheets->len ||
      selected == self->rows->sheet_index)
    return;
  g_free (self->options->sheet);
  self->options->sheet = g_strdup (
    ((KilterSheetName *) g_ptr_array_index (self->rows->sheets, selected))->name);
  self->options->kind = KILTER_IMPORT_AUTO;
  g_hash_table_remove_all (self->options->mapping);
  kilter_import_read_again (self);
}

static void
sheet_cb (KilterImportDialog *self)
{
  choose_sheet (self, gtk_drop_down_get_selected (self->sheet_drop));
}

static void
sheet_row_cb (KilterImportDialog *self)
{
  choose_sheet (self, adw_combo_row_get_selected (self->sheet_row));
}

static void
sample_cb (KilterImportDialog *self)
{
  if (self->preview == NULL)
    return;
  self->is_filling = TRUE;
  show_columns (self);
  self->is_filling = FALSE;
}

static void
encoding_cb (KilterImportDialog *self)
{
  const char *const *encodings = kilter_text_get_encodings ();

  if (self->is_filling)
    return;
  g_set_str (&self->options->encoding, encodings[adw_combo_row_get_selected (self->encoding_row)]);
  kilter_import_read_again (self);
}

static void
separator_cb (KilterImportDialog *self)
{
  if (self->is_filling)
    return;
  self->options->separator = separators[MIN (adw_combo_row_get_selected (self->separator_row),
                                             G_N_ELEMENTS (separators) - 1)];
  g_hash_table_remove_all (self->options->mapping);
  kilter_import_read_again (self);
}

static void
decimal_cb (KilterImportDialog *self)
{
  if (self->is_filling)
    return;
  self->options->decimal = adw_combo_row_get_selected (self->decimal_row) == 1 ? ',' : '.';
  kilter_import_check_again (self);
}

static void
date_cb (KilterImportDialog *self)
{
  if (self->is_filling)
    return;
  self->options->date_format = dates[MIN (adw_combo_row_get_selected (self->date_row),
                                          G_N_ELEMENTS (dates) - 1)];
  kilter_import_check_again (self);
}

static void
layout_cb (KilterImportDialog *self)
{
  if (self->is_filling)
    return;
  self->options->layout = adw_combo_row_get_selected (self->layout_row) == 1 ? KILTER_LAYOUT_ACROSS
                                                                             : KILTER_LAYOUT_LONG;
  kilter_import_check_again (self);
}

/* --- API ----------------------------------------------------------------------------------------
 */

void
kilter_import_connect_match (KilterImportDialog *self)
{
  g_signal_connect_swapped (self->kind_drop, "notify::selected", G_CALLBACK (kind_cb), self);
  g_signal_connect (self, "notify::current-breakpoint", G_CALLBACK (place_menus), NULL);
  g_signal_connect_swapped (self->kind_row, "notify::selected", G_CALLBACK (kind_row_cb), self);
  g_signal_connect_swapped (self->sheet_drop, "notify::selected", G_CALLBACK (sheet_cb), self);
  g_signal_connect_swapped (self->sheet_row, "notify::selected", G_CALLBACK (sheet_row_cb), self);
  g_signal_connect_swapped (self->sample_toggle, "notify::active", G_CALLBACK (sample_cb), self);
  g_signal_connect_swapped (self->encoding_row, "notify::selected", G_CALLBACK (encoding_cb), self);
  g_signal_connect_swapped (self->separator_row, "notify::selected", G_CALLBACK (separator_cb),
                            self);
  g_signal_connect_swapped (self->decimal_row, "notify::selected", G_CALLBACK (decimal_cb), self);
  g_signal_connect_swapped (self->date_row, "notify::selected", G_CALLBACK (date_cb), self);
  g_signal_connect_swapped (self->layout_row, "notify::selected", G_CALLBACK (layout_cb), self);
}

void
kilter_import_show_match (KilterImportDialog *self)
{
  self->is_filling = TRUE;
  show_file (self);
  show_reading (self);
  kilter_import_show_profile (self);
  show_questions (self);
  show_columns (self);
  self->is_filling = FALSE;
}
