/* kilter-inputs-dialogs.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-inputs-dialogs.h"

#include "app/pages/demand/kilter-demand-dialogs.h"
#include "app/widgets/kilter-form.h"
#include "plan/review/kilter-review.h"
#include "report/figure/kilter-figure.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* --- a contributor ------------------------------------------------------------------------------
 */

typedef struct
{
  KilterForm *form; /* not owned */
  int contributor;  /* 0 for a new one */
  KilterRefRow *person;
  AdwComboRow *measure;
  KilterRefRow *family;
  KilterRefRow *region;
  KilterRefRow *channel;
} Contributor;

static gboolean
contributor_save_cb (KilterForm *form, gpointer data)
{
  Contributor *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  int n, id = self->contributor;
  const KilterMeasure *inputs = kilter_plan_get_inputs (&n);
  double person = kilter_ref_row_get_field (self->person);
  g_autofree char *label = NULL;
  KilterCommand *command;

  if (isnan (person))
    return FALSE;
  /* Translators: %s is a person */
  label = g_strdup_printf (id == 0 ? _ ("New contributor: %s") : _ ("Changed contributor: %s"),
                           kilter_plan_get_key (plan, KILTER_TABLE_PERSON, (int) person));
  command = kilter_command_new ("contributor", label);
  if (id == 0)
    id = kilter_command_add_record (command, plan, KILTER_TABLE_CONTRIBUTOR);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_CONTRIBUTOR, id,
                                   KILTER_CONTRIBUTOR_PERSON, person);
  kilter_command_set_field_text (
    command, plan, KILTER_TABLE_CONTRIBUTOR, id, KILTER_CONTRIBUTOR_MEASURE,
    kilter_measure_get_info (inputs[adw_combo_row_get_selected (self->measure)])->key);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_CONTRIBUTOR, id,
                                   KILTER_CONTRIBUTOR_FAMILY,
                                   kilter_ref_row_get_field (self->family));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_CONTRIBUTOR, id,
                                   KILTER_CONTRIBUTOR_REGION,
                                   kilter_ref_row_get_field (self->region));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_CONTRIBUTOR, id,
                                   KILTER_CONTRIBUTOR_CHANNEL,
                                   kilter_ref_row_get_field (self->channel));
  return kilter_form_apply (form, command);
}

static void
contributor_delete_cb (Contributor *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  KilterCommand *command = kilter_command_new ("contributor", _ ("Deleted a contributor"));

  kilter_command_remove_record (command, plan, KILTER_TABLE_CONTRIBUTOR, self->contributor);
  if (kilter_form_apply (self->form, command))
    adw_dialog_close (self->form->dialog);
}

static void
person_selected_cb (Contributor *self)
{
  gtk_widget_set_sensitive (self->form->button, !isnan (kilter_ref_row_get_field (self->person)));
}

static void
add_measures (Contributor *self, AdwPreferencesGroup *group, const KilterRecord *record)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  int n;
  const KilterMeasure *inputs = kilter_plan_get_inputs (&n);

  self->measure = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->measure), _ ("Sends"));
  for (int i = 0; i < n; i++)
    gtk_string_list_append (names, kilter_measure_get_name (inputs[i]));
  adw_combo_row_set_model (self->measure, G_LIST_MODEL (names));
  for (int i = 0; record != NULL && i < n; i++)
    if (g_str_equal (kilter_record_text (record, KILTER_CONTRIBUTOR_MEASURE),
                     kilter_measure_get_info (inputs[i])->key))
      adw_combo_row_set_selected (self->measure, (guint) i);
  adw_preferences_group_add (group, GTK_WIDGET (self->measure));
}

void
kilter_contributor_dialog_present (KilterPage *page, int id)
{
  KilterDocument *document = kilter_page_get_document (page);
  KilterPlan *plan = kilter_document_get_plan (document);
  const KilterRecord *record = id > 0 ? kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR, id)
                                      : NULL;
  Contributor *self = g_new0 (Contributor, 1);
  AdwPreferencesGroup *group;

  self->contributor = record != NULL ? id : 0;
  self->form = kilter_form_new (
    GTK_WIDGET (page), document, record != NULL ? _ ("Contributor") : _ ("New Contributor"),
    record != NULL ? _ ("_Save") : _ ("_Add"), contributor_save_cb, self, g_free);
  group = kilter_form_add_group (self->form, NULL, NULL);
  self->person = kilter_demand_add_ref (group, _ ("Person"), plan, KILTER_TABLE_PERSON,
                                        _ ("Choose…"), record, KILTER_CONTRIBUTOR_PERSON);
  add_measures (self, group, record);
  group = kilter_form_add_group (self->form, _ ("Answers for"), NULL);
  self->family = kilter_demand_add_ref (group, _ ("Family"), plan, KILTER_TABLE_FAMILY,
                                        _ ("All families"), record, KILTER_CONTRIBUTOR_FAMILY);
  self->region = kilter_demand_add_ref (group, _ ("Region"), plan, KILTER_TABLE_REGION,
                                        _ ("All regions"), record, KILTER_CONTRIBUTOR_REGION);
  self->channel = kilter_demand_add_ref (group, _ ("Channel"), plan, KILTER_TABLE_CHANNEL,
                                         _ ("All channels"), record, KILTER_CONTRIBUTOR_CHANNEL);
  if (record != NULL)
    kilter_form_add_delete (self->form, _ ("Delete Contributor"),
                            G_CALLBACK (contributor_delete_cb), self);
  g_signal_connect_swapped (self->person, "notify::selected", G_CALLBACK (person_selected_cb),
                            self);
  person_selected_cb (self);
  kilter_form_present (self->form);
}

/* --- an answer ----------------------------------------------------------------------------------
 */

/* Cells of one series that follow one another. */
typedef struct
{
  guint first;
  guint n;
  gboolean collides;
  double mine;
  double theirs;
} Range;

typedef struct
{
  KilterForm *form; /* not owned */
  KilterPage *page; /* not owned: it lives as long as its dialogs */
  KilterVersion version;
  KilterInputAnswer *answer;
  GArray *ranges;
  GPtrArray *rows; /* their widgets, not owned */
  GtkSizeGroup *sides[3];
  AdwBreakpoint *narrow; /* of the dialog */
  gboolean is_narrow;
} Merge;

static void
merge_free (gpointer data)
{
  Merge *self = data;

  kilter_input_answer_free (self->answer);
  g_array_unref (self->ranges);
  g_ptr_array_unref (self->rows);
  for (gsize i = 0; i < G_N_ELEMENTS (self->sides); i++)
    g_object_unref (self->sides[i]);
  g_free (self);
}

static KilterInputCell *
get_cell (const Merge *self, guint i)
{
  return &g_array_index (self->answer->cells, KilterInputCell, i);
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const Range *x = a, *y = b;
  double p = fabs (x->theirs - x->mine), q = fabs (y->theirs - y->mine);

  if (x->collides != y->collides)
    return x->collides ? -1 : 1;
  if (p != q)
    return p > q ? -1 : 1;
  return x->first > y->first ? 1 : -1;
}

static void
collect_ranges (Merge *self)
{
  guint i = 0;

  while (i < self->answer->cells->len)
    {
      Range range = { .first = i };

      do
        {
          const KilterInputCell *cell = get_cell (self, i);

          range.n++;
          range.collides |= cell->collides;
          range.mine += isnan (cell->mine) ? 0 : cell->mine;
          range.theirs += isnan (cell->theirs) ? 0 : cell->theirs;
          i++;
        }
      while (i < self->answer->cells->len &&
             get_cell (self, i)->measure == get_cell (self, i - 1)->measure &&
             get_cell (self, i)->take == get_cell (self, i - 1)->take &&
             get_cell (self, i)->series == get_cell (self, i - 1)->series &&
             get_cell (self, i)->bucket == get_cell (self, i - 1)->bucket + 1 &&
             get_cell (self, i)->collides == range.collides);
      g_array_append_val (self->ranges, range);
    }
  g_array_sort (self->ranges, compare_ranges);
}

static char *
describe_range (const Merge *self, const Range *range, char **out_title)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  const KilterRecord *series = kilter_plan_get_record (plan, KILTER_TABLE_SERIES,
                                                       get_cell (self, range->first)->series);
  g_autofree char *from = kilter_format_bucket (plan, get_cell (self, range->first)->bucket);
  g_autofree char *to = kilter_format_bucket (plan,
                                              get_cell (self, range->first + range->n - 1)->bucket);
  /* Translators: a span of months */
  g_autofree char *span = range->n > 1 ? g_strdup_printf (_ ("%1$s to %2$s"), from, to)
                                       : g_strdup (from);

  *out_title = g_strdup (
    kilter_plan_get_product_name (plan, kilter_record_ref (series, KILTER_SERIES_PRODUCT)));
  return g_strdup_printf ("%s · %s · %s",
                          kilter_plan_get_key (plan, KILTER_TABLE_REGION,
                                               kilter_record_ref (series, KILTER_SERIES_REGION)),
                          kilter_plan_get_key (plan, KILTER_TABLE_CHANNEL,
                                               kilter_record_ref (series, KILTER_SERIES_CHANNEL)),
                          span);
}

/* --- mine | theirs | result --- */

static GtkWidget *
add_side (GtkWidget *box, GtkSizeGroup *group, const char *name, const char *value)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *caption = gtk_label_new (name), *number = gtk_label_new (value);

  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  gtk_label_set_xalign (GTK_LABEL (caption), 1);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_box_append (GTK_BOX (side), caption);
  gtk_box_append (GTK_BOX (side), number);
  gtk_widget_set_valign (side, GTK_ALIGN_CENTER);
  gtk_size_group_add_widget (group, side);
  gtk_box_append (GTK_BOX (box), side);
  return number;
}

/* The three side by side; where there is no room the row's subtitle has them. */
static void
add_sides (Merge *self, GtkWidget *row, const char *mine, const char *theirs)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 15), *result;

  add_side (box, self->sides[0], C_ ("merging", "Mine"), mine);
  add_side (box, self->sides[1], C_ ("merging", "Theirs"), theirs);
  result = add_side (box, self->sides[2], C_ ("merging", "Result"), theirs);
  gtk_widget_add_css_class (result, "kilter-strong");
  gtk_widget_set_margin_start (box, 12);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  adw_breakpoint_add_setters (self->narrow, G_OBJECT (box), "visible", FALSE, NULL);
  g_object_set_data (G_OBJECT (row), "result", result);
  g_object_set_data_full (G_OBJECT (row), "mine", g_strdup (mine), g_free);
  g_object_set_data_full (G_OBJECT (row), "theirs", g_strdup (theirs), g_free);
}

/* @where: "North · Retail · May to July" */
static void
show_result (Merge *self, AdwSwitchRow *row, const char *where)
{
  const char *mine = g_object_get_data (G_OBJECT (row), "mine");
  const char *theirs = g_object_get_data (G_OBJECT (row), "theirs");
  const char *result = adw_switch_row_get_active (row) ? theirs : mine;
  g_autofree char *text = NULL, *spoken = NULL;

  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "result"), result);
  /* Translators: three quantities of an answer that is merged */
  spoken = g_strdup_printf (_ ("Mine %1$s · Theirs %2$s · Result %3$s"), mine, theirs, result);
  text = g_strdup_printf ("%s\n%s", where, spoken);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), self->is_narrow ? text : where);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static char *
format_sum (const Merge *self, const Range *range, gboolean theirs)
{
  KilterNumberFormat format = { .decimals = 0, .grouped = TRUE };
  gboolean none = TRUE;

  for (guint i = 0; i < range->n; i++)
    none = none && isnan (theirs ? get_cell (self, range->first + i)->theirs
                                 : get_cell (self, range->first + i)->mine);
  return none ? g_strdup ("–")
              : kilter_number_format (theirs ? range->theirs : range->mine, &format);
}

static void
set_subtitle (Merge *self, AdwSwitchRow *row, const Range *range)
{
  const char *reason = get_cell (self, range->first)->note.reason;
  g_autofree char *title = NULL;
  g_autofree char *where = describe_range (self, range, &title);
  g_autofree char *text = reason != NULL ? g_strdup_printf ("%s\n“%s”", where, reason)
                                         : g_steal_pointer (&where);

  show_result (self, row, text);
}

static void
take_toggled_cb (AdwSwitchRow *row, GParamSpec *pspec, Merge *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "range"));
  const Range *range = &g_array_index (self->ranges, Range, index);

  for (guint i = 0; i < range->n; i++)
    get_cell (self, range->first + i)->take = adw_switch_row_get_active (row);
  set_subtitle (self, row, range);
}

static void
add_range (Merge *self, AdwPreferencesGroup *group, guint index)
{
  const Range *range = &g_array_index (self->ranges, Range, index);
  GtkWidget *row = adw_switch_row_new ();
  g_autofree char *title = NULL;
  g_autofree char *where = describe_range (self, range, &title);
  g_autofree char *mine = format_sum (self, range, FALSE);
  g_autofree char *theirs = format_sum (self, range, TRUE);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), get_cell (self, range->first)->take);
  add_sides (self, row, mine, theirs);
  g_ptr_array_add (self->rows, row);
  g_object_set_data (G_OBJECT (row), "range", GUINT_TO_POINTER (index));
  set_subtitle (self, ADW_SWITCH_ROW (row), range);
  g_signal_connect (row, "notify::active", G_CALLBACK (take_toggled_cb), self);
  adw_preferences_group_add (group, row);
}

static gboolean
merge_save_cb (KilterForm *form, gpointer data)
{
  Merge *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  g_autofree char *now = kilter_document_get_now (form->document);
  KilterCommand *command = kilter_input_answer_finish (plan, self->version, self->answer, now);
  g_autofree char *label = g_strdup (kilter_command_get_label (command));
  guint n = 0;
  g_autofree char *toast = NULL;

  for (guint i = 0; i < self->answer->cells->len; i++)
    n += get_cell (self, i)->take;
  if (!kilter_form_apply (form, command))
    return FALSE;
  /* Translators: "Sales input of Marco Bianchi: 12 numbers taken" */
  toast = g_strdup_printf (
    ngettext ("%1$s: %2$u number taken", "%1$s: %2$u numbers taken", (gulong) n), label, n);
  kilter_page_toast (self->page, toast, TRUE);
  return TRUE;
}

/* --- comments and assumptions --- */

static const char *
get_text (const KilterInputRecord *record, const KilterValue *values)
{
  int field = record->table == KILTER_TABLE_COMMENT ? (int) KILTER_COMMENT_TEXT
                                                    : (int) KILTER_RISK_TEXT;

  return values != NULL && values[field].text != NULL ? values[field].text : "–";
}

static void
record_toggled_cb (AdwSwitchRow *row, GParamSpec *pspec, KilterInputRecord *record)
{
  record->take = adw_switch_row_get_active (row);
}

/* The words of both, one below the other: they are longer than numbers. */
static void
add_record (Merge *self, AdwPreferencesGroup *group, KilterInputRecord *record)
{
  GtkWidget *row = adw_switch_row_new ();
  const char *theirs = get_text (record, record->theirs), *mine = get_text (record, record->mine);
  g_autofree char *text = g_str_equal (mine, theirs)
                            ? g_strdup (_ ("The same words, another state"))
                            /* Translators: %s is what a comment or assumption says in the plan */
                            : g_strdup_printf (_ ("Mine: %s"), mine);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), theirs);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), record->mine != NULL ? text : _ ("New"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), record->take);
  g_signal_connect (row, "notify::active", G_CALLBACK (record_toggled_cb), record);
  adw_preferences_group_add (group, row);
}

static void
add_records (Merge *self)
{
  AdwPreferencesGroup *group;

  if (self->answer->records->len == 0)
    return;
  group = kilter_form_add_group (self->form, _ ("Comments and Assumptions"), NULL);
  for (guint i = 0; i < self->answer->records->len; i++)
    add_record (self, group, self->answer->records->pdata[i]);
}

static void
narrow_cb (Merge *self)
{
  self->is_narrow = !self->is_narrow;
  for (guint i = 0; i < self->rows->len; i++)
    {
      AdwSwitchRow *row = self->rows->pdata[i];
      guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "range"));

      set_subtitle (self, row, &g_array_index (self->ranges, Range, index));
    }
}

/* --- the whole answer --- */

static char *
describe_answer (const KilterInputAnswer *answer)
{
  GString *text = g_string_new (NULL);

  if (answer->was_merged)
    g_string_append_printf (text, "%s ",
                            _ ("This file, or a later one of the same person, was merged before."));
  g_string_append_printf (text,
                          ngettext ("%u number differs from the plan.",
                                    "%u numbers differ from the plan.",
                                    (gulong) answer->cells->len),
                          answer->cells->len);
  if (answer->n_outside > 0 && answer->person != 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (
        text,
        ngettext ("%1$u change lies outside what this person answers for and is refused: %2$s.",
                  "%1$u changes lie outside what this person answers for and are refused; the "
                  "first: %2$s.",
                  (gulong) answer->n_outside),
        answer->n_outside, answer->outside);
    }
  else if (answer->n_outside > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (
        text,
        ngettext ("%u row lies outside what this person answers for and was left out.",
                  "%u rows lie outside what this person answers for and were left out.",
                  (gulong) answer->n_outside),
        answer->n_outside);
    }
  if (answer->n_locked > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("%u number is locked in the plan and stays.",
                                        "%u numbers are locked in the plan and stay.",
                                        (gulong) answer->n_locked),
                              answer->n_locked);
    }
  if (answer->n_unread > 0 && answer->unread == NULL)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("%u number is below 0 and was left out.",
                                        "%u numbers are below 0 and were left out.",
                                        (gulong) answer->n_unread),
                              answer->n_unread);
    }
  else if (answer->n_unread > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("%1$u cell holds no number and was left out (%2$s).",
                                        "%1$u cells hold no number and were left out (%2$s).",
                                        (gulong) answer->n_unread),
                              answer->n_unread, answer->unread);
    }
  return g_string_free (text, FALSE);
}

void
kilter_merge_dialog_present (KilterPage *page, KilterVersion version, KilterInputAnswer *answer)
{
  KilterDocument *document = kilter_page_get_document (page);
  Merge *self = g_new0 (Merge, 1);
  AdwPreferencesGroup *group;
  g_autofree char *text = describe_answer (answer);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  gboolean collided = TRUE;

  self->page = page;
  self->version = version;
  self->answer = answer;
  self->rows = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (self->sides); i++)
    self->sides[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 500sp"));
  self->ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  self->form = kilter_form_new (GTK_WIDGET (page), document, _ ("Merge Answer"), _ ("_Apply"),
                                merge_save_cb, self, merge_free);
  adw_dialog_set_content_width (self->form->dialog, 620);
  gtk_widget_set_size_request (GTK_WIDGET (self->form->dialog), 320, 200);
  collect_ranges (self);
  group = kilter_form_add_group (self->form, answer->file_name, escaped);
  for (guint i = 0; i < self->ranges->len; i++)
    {
      gboolean collides = g_array_index (self->ranges, Range, i).collides;

      if (i == 0 || collides != collided)
        group = kilter_form_add_group (
          self->form,
          collides ? (answer->person != 0 ? _ ("Changed Here After the File Was Sent")
                                          : _ ("Changed Here After the Sheet Was Sent"))
                   : _ ("Changed by Them"),
          collides ? _ ("A switch that is on takes their number.") : NULL);
      collided = collides;
      add_range (self, group, i);
    }
  add_records (self);
  g_signal_connect_swapped (self->narrow, "apply", G_CALLBACK (narrow_cb), self);
  g_signal_connect_swapped (self->narrow, "unapply", G_CALLBACK (narrow_cb), self);
  adw_dialog_add_breakpoint (self->form->dialog, self->narrow);
  kilter_form_present (self->form);
}
