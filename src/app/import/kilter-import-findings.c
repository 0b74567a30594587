/* kilter-import-findings.c: what an import would do, its problems with fixes, and the result
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/import/kilter-import-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/kilter-calendar.h"
#include "report/words/kilter-format.h"

/* so many unknown codes are listed one by one */
#define MAX_CODES 8
/* so many lines stand in the details of a problem */
#define MAX_DETAILS 5

/* --- helpers ------------------------------------------------------------------------------------
 */

/* @format: from ngettext(), with one %s */
static char *
count_text (guint n, const char *format)
{
  g_autofree char *count = kilter_format_count (n);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, count);
#pragma GCC diagnostic pop
}

static char *
span_text (KilterImportDialog *self)
{
  KilterBucketKind kind = self->document != NULL ? kilter_plan_get_bucket_kind (
                                                     kilter_document_get_plan (self->document))
                                                 : self->setup.kind;
  KilterBucket first, last;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (!kilter_import_get_span (self->preview, &first, &last))
    return NULL;
  from = kilter_bucket_get_label (kind, first);
  to = kilter_bucket_get_label (kind, last);
  /* Translators: two months */
  return first == last ? g_steal_pointer (&from) : g_strdup_printf (_ ("%1$s to %2$s"), from, to);
}

/* "24 products, 4 regions, 3 channels, April 2023 to March 2026" */
static char *
ready_details (KilterImportDialog *self)
{
  const KilterImportPreview *preview = self->preview;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  char *span = span_text (self);
  g_autofree char *comma = NULL;

  if (preview->n_products > 0)
    g_ptr_array_add (parts, count_text (preview->n_products, ngettext ("%s product", "%s products",
                                                                       preview->n_products)));
  if (preview->n_regions > 1)
    g_ptr_array_add (parts, count_text (preview->n_regions,
                                        ngettext ("%s region", "%s regions", preview->n_regions)));
  if (preview->n_channels > 1)
    g_ptr_array_add (parts, count_text (preview->n_channels, ngettext ("%s channel", "%s channels",
                                                                       preview->n_channels)));
  if (span != NULL)
    g_ptr_array_add (parts, span);
  g_ptr_array_add (parts, NULL);
  /* Translators: between the parts of a list */
  return g_strjoinv (_ (", "), (char **) parts->pdata);
}

static GtkWidget *
make_row (const char *icon_name, const char *css, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL && *subtitle != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (css != NULL)
    gtk_widget_add_css_class (icon, css);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

/* --- unknown codes ------------------------------------------------------------------------------
 */

typedef struct
{
  const KilterImportMessage *message; /* the first of them */
  guint n;
} CodeGroup;

static void
alias_cb (GtkButton *button, gpointer data)
{
  KilterImportDialog *self = data;
  const char *code = g_object_get_data (G_OBJECT (button), "code");
  const char *other = g_object_get_data (G_OBJECT (button), "other");

  g_hash_table_replace (self->options->aliases, g_strdup (code), g_strdup (other));
  kilter_import_check_again (self);
}

static void
create_cb (GtkButton *button, gpointer data)
{
  KilterImportDialog *self = data;

  self->options->create = KILTER_CREATE_YES;
  kilter_import_check_again (self);
}

static void
add_alias_button (KilterImportDialog *self,
                  GtkWidget *row,
                  const char *label,
                  const char *code,
                  const char *other)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "code", g_strdup (code), g_free);
  g_object_set_data_full (G_OBJECT (button), "other", g_strdup (other), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (alias_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_code_row (KilterImportDialog *self, const CodeGroup *group)
{
  const KilterImportMessage *message = group->message;
  g_autofree char *count = kilter_format_count (group->n);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *use = NULL;
  GtkWidget *row;

  /* Translators: %1$s is a number, %2$s a code in a file */
  title = g_strdup_printf (ngettext ("%1$s row has the unknown code “%2$s”",
                                     "%1$s rows have the unknown code “%2$s”", (gulong) group->n),
                           count, message->value != NULL ? message->value : "");
  if (message->other != NULL && *message->other != '\0')
    /* Translators: %s is a code of the plan */
    subtitle = g_strdup_printf (_ ("Close to %s"), message->other);
  row = make_row ("dialog-warning-symbolic", "kilter-bad", title, subtitle);
  add_alias_button (self, row, _ ("Skip"), message->value, "");
  if (subtitle != NULL)
    {
      /* Translators: %s is a code of the plan */
      use = g_strdup_printf (_ ("Use %s"), message->other);
      add_alias_button (self, row, use, message->value, message->other);
    }
  else
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Add What Is New"));

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect (button, "clicked", G_CALLBACK (create_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  gtk_list_box_append (self->finding_list, row);
}

static gboolean
is_code_problem (KilterImportCode code)
{
  return code == KILTER_IMPORT_UNKNOWN_CODE || code == KILTER_IMPORT_SPELLED_LIKE;
}

static void
show_codes (KilterImportDialog *self)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (CodeGroup));
  g_autoptr (GHashTable) index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->preview->messages->len; i++)
    {
      const KilterImportMessage *message = g_ptr_array_index (self->preview->messages, i);
      gpointer at;

      if (!is_code_problem (message->code) || message->value == NULL)
        continue;
      if (g_hash_table_lookup_extended (index, message->value, NULL, &at))
        g_array_index (groups, CodeGroup, GPOINTER_TO_UINT (at)).n++;
      else
        {
          CodeGroup group = { message, 1 };

          g_hash_table_insert (index, message->value, GUINT_TO_POINTER (groups->len));
          g_array_append_val (groups, group);
        }
    }
  for (guint i = 0; i < MIN (groups->len, MAX_CODES); i++)
    add_code_row (self, &g_array_index (groups, CodeGroup, i));
  if (groups->len > MAX_CODES)
    {
      g_autofree char *title = count_text (
        groups->len - MAX_CODES,
        ngettext ("%s more unknown code", "%s more unknown codes", groups->len - MAX_CODES));

      gtk_list_box_append (self->finding_list,
                           make_row ("dialog-warning-symbolic", "kilter-bad", title, NULL));
    }
}

/* --- other problems -----------------------------------------------------------------------------
 */

static char *
problem_details (KilterImportDialog *self, KilterImportCode code)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < self->preview->messages->len && n < MAX_DETAILS; i++)
    {
      const KilterImportMessage *message = g_ptr_array_index (self->preview->messages, i);
      g_autofree char *line = NULL;

      if (message->code != code)
        continue;
      line = kilter_import_message_text (message);
      g_string_append (text, line);
      g_string_append_c (text, '\n');
      n++;
    }
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

static void
duplicates_cb (GtkButton *button, gpointer data)
{
  KilterImportDialog *self = data;

  self->options->duplicates = (KilterDuplicates) GPOINTER_TO_INT (
    g_object_get_data (G_OBJECT (button), "duplicates"));
  kilter_import_check_again (self);
}

static void
add_duplicates_button (KilterImportDialog *self,
                       GtkWidget *row,
                       const char *label,
                       KilterDuplicates duplicates)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "duplicates", GINT_TO_POINTER ((int) duplicates));
  g_signal_connect (button, "clicked", G_CALLBACK (duplicates_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
returns_cb (GtkButton *button, gpointer data)
{
  KilterImportDialog *self = data;

  self->options->returns = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "returns"));
  kilter_import_check_again (self);
}

static void
add_returns_button (KilterImportDialog *self, GtkWidget *row, const char *label, int returns)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "returns", GINT_TO_POINTER (returns));
  g_signal_connect (button, "clicked", G_CALLBACK (returns_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* What can be done about a problem; else what is done. */
static void
add_fixes (KilterImportDialog *self, GtkWidget *row, KilterImportCode code)
{
  switch ((int) code)
    {
    case KILTER_IMPORT_CONFLICTING_ROW:
      add_duplicates_button (self, row, _ ("Take the Last"), KILTER_DUPLICATES_LAST);
      add_duplicates_button (self, row, _ ("Add Them Up"), KILTER_DUPLICATES_SUM);
      break;
    case KILTER_IMPORT_NEGATIVE:
      add_returns_button (self, row, _ ("Skip"), 0);
      if (self->preview->kind == KILTER_IMPORT_SALES)
        add_returns_button (self, row, _ ("Subtract from Sales"), 1);
      break;
    case KILTER_IMPORT_RETURN:
      add_returns_button (self, row, _ ("Take Them After All"), -1);
      break;
    case KILTER_IMPORT_REPEATED_ROW:
      add_duplicates_button (self, row, _ ("Add Them Up"), KILTER_DUPLICATES_SUM);
      break;
    default:
      if (kilter_import_code_get_severity (code) == KILTER_IMPORT_SKIPPED)
        {
          GtkWidget *label = gtk_label_new (_ ("Skipped"));

          gtk_widget_add_css_class (label, "dim-label");
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
        }
      break;
    }
}

static void
show_problems (KilterImportDialog *self)
{
  static const char *const icons[] = { "dialog-information-symbolic", "dialog-warning-symbolic",
                                       "dialog-warning-symbolic", "dialog-warning-symbolic" };
  static const char *const classes[] = { "dim-label", "kilter-close", "kilter-bad", "kilter-bad" };

  /* what is worst comes first */
  for (int severity = KILTER_IMPORT_REFUSED; severity >= KILTER_IMPORT_NOTE; severity--)
    for (int code = 0; code < KILTER_N_IMPORT_CODES; code++)
      {
        g_autofree char *title = NULL;
        g_autofree char *details = NULL;
        GtkWidget *row;

        if (self->preview->counts[code] == 0 || is_code_problem ((KilterImportCode) code) ||
            (int) kilter_import_code_get_severity ((KilterImportCode) code) != severity)
          continue;
        title = kilter_import_preview_sum_up (self->preview, (KilterImportCode) code);
        details = problem_details (self, (KilterImportCode) code);
        row = make_row (icons[severity], classes[severity], title,
                        g_strcmp0 (details, title) != 0 ? details : NULL);
        adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), MAX_DETAILS + 1);
        add_fixes (self, row, (KilterImportCode) code);
        gtk_list_box_append (self->finding_list, row);
      }
}

void
kilter_import_show_findings (KilterImportDialog *self)
{
  g_autofree char *ready = count_text (
    self->preview->n_ready,
    ngettext ("%s row is ready", "%s rows are ready", self->preview->n_ready));
  g_autofree char *details = ready_details (self);
  gboolean is_good = self->preview->n_ready > 0 && !self->preview->refused;

  if (gtk_widget_get_focus_child (GTK_WIDGET (self->finding_list)) != NULL)
    /* a fix was pressed, and its row goes */
    gtk_widget_grab_focus (GTK_WIDGET (self->next_button));
  gtk_list_box_remove_all (self->finding_list);
  gtk_list_box_append (self->finding_list,
                       make_row (is_good ? "object-select-symbolic" : "dialog-warning-symbolic",
                                 is_good ? "kilter-good" : "kilter-bad", ready, details));
  show_codes (self);
  show_problems (self);
}

/* --- result -------------------------------------------------------------------------------------
 */

static void
add_figure (KilterImportDialog *self,
            AdwPreferencesGroup *group,
            const char *title,
            const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (group, row);
  g_object_set_data (G_OBJECT (row), "group", group);
  g_ptr_array_add (self->result_rows, row);
}

static void
add_count (KilterImportDialog *self, AdwPreferencesGroup *group, const char *title, guint n)
{
  g_autofree char *value = kilter_format_count (n);

  add_figure (self, group, title, value);
}

static void
add_new (KilterImportDialog *self, const char *title, guint n)
{
  if (n > 0)
    add_count (self, self->new_group, title, n);
}

static char *
format_total (double value)
{
  return kilter_number_format_plain (value, value == floor (value) ? 0 : 2);
}

/* "1,234 → 1,300 (+66)" */
static void
add_difference (KilterImportDialog *self, const KilterImportTotal *total)
{
  g_autofree char *before = format_total (total->before);
  g_autofree char *after = format_total (total->after);
  g_autofree char *change = format_total (fabs (total->after - total->before));
  g_autofree char *text = NULL;

  if (total->after == total->before)
    /* Translators: %s is a number */
    text = g_strdup_printf (_ ("%s, unchanged"), after);
  else
    /* numbers and signs only */
    text = g_strdup_printf ("%s → %s (%s%s)", before, after,
                            total->after > total->before ? "+" : "−", change);
  add_figure (self, self->plan_group, total->label, text);
}

void
kilter_import_show_result (KilterImportDialog *self)
{
  const KilterImportPreview *preview = self->preview;

  for (guint i = 0; i < self->result_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->result_rows, i);

      adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "group"), row);
    }
  g_ptr_array_set_size (self->result_rows, 0);

  add_count (self, self->result_group, _ ("New"), preview->n_new);
  add_count (self, self->result_group, _ ("Changed"), preview->n_changed);
  add_count (self, self->result_group, _ ("Same as in the plan"), preview->n_same);
  add_count (self, self->result_group, _ ("Skipped"), preview->n_skipped);

  gtk_widget_set_visible (GTK_WIDGET (self->plan_group), preview->totals->len > 0);
  for (guint i = 0; i < preview->totals->len; i++)
    add_difference (self, &g_array_index (preview->totals, KilterImportTotal, i));
  gtk_widget_set_visible (GTK_WIDGET (self->total_group), preview->totals->len > 0);
  for (guint i = 0; i < preview->totals->len; i++)
    {
      const KilterImportTotal *total = &g_array_index (preview->totals, KilterImportTotal, i);
      g_autofree char *value = kilter_number_format_plain (
        total->sum, total->sum == floor (total->sum) ? 0 : 2);

      add_figure (self, self->total_group, total->label, value);
    }

  add_new (self, _ ("Products"), preview->n_new_products);
  add_new (self, _ ("Families"), preview->n_new_families);
  add_new (self, _ ("Regions"), preview->n_new_regions);
  add_new (self, _ ("Channels"), preview->n_new_channels);
  add_new (self, _ ("Series"), preview->n_new_series);
  gtk_widget_set_visible (GTK_WIDGET (self->new_group),
                          preview->n_new_products + preview->n_new_families +
                              preview->n_new_regions + preview->n_new_channels +
                              preview->n_new_series >
                            0);
}
