/* kilter-inputs-rows.c: who sends numbers, and what came back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-inputs-page-private.h"

#include "exchange/export/kilter-input-sheet.h"
#include "plan/process/kilter-cycle.h"
#include "report/words/kilter-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef enum
{
  STATE_NOT_SENT,
  STATE_WAITING,
  STATE_LATE,
  STATE_RECEIVED,
} State;

static gboolean
is_of_cycle (const KilterPlan *plan, const KilterRecord *contributor)
{
  return kilter_bucket_from_string (kilter_plan_get_bucket_kind (plan),
                                    kilter_record_text (contributor, KILTER_CONTRIBUTOR_CYCLE)) ==
         kilter_plan_get_cycle (plan);
}

static State
get_state (const KilterPlan *plan, const KilterRecord *contributor)
{
  const KilterRecord *step = kilter_plan_get_step (plan, 2);
  const char *due = step != NULL ? kilter_record_text (step, KILTER_STEP_DUE) : "";

  if (!is_of_cycle (plan, contributor))
    return STATE_NOT_SENT;
  if (*kilter_record_text (contributor, KILTER_CONTRIBUTOR_RECEIVED) != '\0')
    return STATE_RECEIVED;
  if (*kilter_record_text (contributor, KILTER_CONTRIBUTOR_SENT) == '\0')
    return STATE_NOT_SENT;
  return *due != '\0' && kilter_format_days_until (plan, due) < 0 ? STATE_LATE : STATE_WAITING;
}

static const char *
get_state_name (State state)
{
  switch (state)
    {
    case STATE_RECEIVED:
      return C_ ("state of an input sheet", "Received");
    case STATE_LATE:
      return C_ ("state of an input sheet", "Late");
    case STATE_WAITING:
      return C_ ("state of an input sheet", "Sent");
    case STATE_NOT_SENT:
    default:
      return C_ ("state of an input sheet", "Not sent");
    }
}

static const char *
get_state_class (State state)
{
  return state == STATE_RECEIVED ? "kilter-pill-good"
         : state == STATE_LATE   ? "kilter-badge"
                                 : "kilter-pill";
}

const char *
kilter_inputs_get_person (const KilterPlan *plan, const KilterRecord *contributor)
{
  return kilter_plan_get_key (plan, KILTER_TABLE_PERSON,
                              kilter_record_ref (contributor, KILTER_CONTRIBUTOR_PERSON));
}

/* "Sales input · Ice Cream" */
char *
kilter_inputs_describe_scope (const KilterPlan *plan, const KilterRecord *contributor)
{
  int measure = kilter_contributor_get_measure (plan, contributor->id);
  KilterScope scope;
  g_autofree char *part = NULL;

  kilter_contributor_get_scope (plan, contributor->id, &scope);
  part = kilter_scope_get_title (plan, &scope);
  return g_strdup_printf ("%s · %s",
                          measure >= 0 ? kilter_measure_get_name ((KilterMeasure) measure) : "",
                          *part != '\0' ? part : _ ("Everything"));
}

static char *
format_time (const KilterPlan *plan, const KilterRecord *contributor, int field)
{
  const char *at = kilter_record_text (contributor, field);

  return *at != '\0' && is_of_cycle (plan, contributor) ? kilter_format_when (plan, at)
                                                        : g_strdup ("–");
}

/* "+5.2 % · +$1.2M" */
static char *
describe_change (KilterInputsPage *self, const KilterRecord *contributor)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  int measure = kilter_contributor_get_measure (plan, contributor->id);
  g_autofree char *ratio = NULL, *money = NULL;
  KilterInputChange change;
  KilterScope scope;

  if (measure < 0)
    return g_strdup ("–");
  kilter_contributor_get_scope (plan, contributor->id, &scope);
  kilter_plan_input_change (plan, kilter_page_get_version (KILTER_PAGE (self)),
                            (KilterMeasure) measure, &scope, &change);
  if (isnan (change.ratio))
    return g_strdup ("–");
  ratio = kilter_format_ratio_delta (change.ratio, 1);
  money = kilter_format_money_delta (plan, change.money);
  return g_strdup_printf ("%s · %s", ratio, money);
}

gboolean
kilter_inputs_is_received (const KilterPlan *plan, const KilterRecord *contributor)
{
  return get_state (plan, contributor) == STATE_RECEIVED;
}

/* --- rows --- */

enum
{
  COLUMN_SHEET,
  COLUMN_SENT,
  COLUMN_RECEIVED,
  COLUMN_CHANGE,
  COLUMN_STATE,
  COLUMN_BUTTONS,
};

static GtkWidget *
make_name (const char *person, const char *scope)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *title = gtk_label_new (person), *subtitle = gtk_label_new (scope);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_wrap (GTK_LABEL (subtitle), TRUE);
  gtk_widget_add_css_class (subtitle, "kilter-small");
  gtk_widget_add_css_class (subtitle, "kilter-dim");
  gtk_box_append (GTK_BOX (text), title);
  gtk_box_append (GTK_BOX (text), subtitle);
  gtk_box_append (GTK_BOX (box), adw_avatar_new (28, person, TRUE));
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static GtkWidget *
make_pill (State state)
{
  GtkWidget *bin = adw_bin_new ();
  GtkWidget *pill = gtk_label_new (get_state_name (state));

  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (pill, get_state_class (state));
  adw_bin_set_child (ADW_BIN (bin), pill);
  return bin;
}

static GtkWidget *
make_sheet (const char *file)
{
  GtkWidget *label = gtk_label_new (*file != '\0' ? file : "–");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  gtk_widget_add_css_class (label, "kilter-small");
  gtk_widget_add_css_class (label, "kilter-dim");
  gtk_widget_set_tooltip_text (label, *file != '\0' ? file : NULL);
  return label;
}

static GtkWidget *
make_buttons (int id)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (box),
                  kilter_row_list_make_button ("document-send-symbolic", _ ("Export This Sheet…"),
                                               "inputs.export-one", id));
  gtk_box_append (
    GTK_BOX (box),
    kilter_row_list_make_button ("edit-copy-symbolic", _ ("Copy a Reminder"), "inputs.remind", id));
  gtk_box_append (GTK_BOX (box),
                  kilter_row_list_make_button ("document-edit-symbolic", _ ("Edit Contributor…"),
                                               "inputs.edit", id));
  return box;
}

static void
add_row (KilterInputsPage *self, const KilterRecord *contributor)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  GtkWidget *box = kilter_row_list_start ();
  const char *person = kilter_inputs_get_person (plan, contributor);
  State state = get_state (plan, contributor);
  g_autofree char *scope = kilter_inputs_describe_scope (plan, contributor);
  g_autofree char *name = g_strdup_printf ("%s, %s, %s", person, scope, get_state_name (state));
  g_autofree char *change = describe_change (self, contributor);

  if (kilter_page_is_narrow (KILTER_PAGE (self)))
    {
      g_autofree char *text = g_strdup_printf ("%s\n%s · %s", scope, get_state_name (state),
                                               change);

      gtk_box_append (GTK_BOX (box), make_name (person, text));
    }
  else
    {
      g_autofree char *sent = format_time (plan, contributor, KILTER_CONTRIBUTOR_SENT);
      g_autofree char *received = format_time (plan, contributor, KILTER_CONTRIBUTOR_RECEIVED);

      gtk_box_append (GTK_BOX (box), make_name (person, scope));
      kilter_row_list_append (
        self->rows, box, COLUMN_SHEET,
        make_sheet (kilter_record_text (contributor, KILTER_CONTRIBUTOR_FILE)));
      kilter_row_list_append_text (self->rows, box, COLUMN_SENT, sent, 0, NULL);
      kilter_row_list_append_text (self->rows, box, COLUMN_RECEIVED, received, 0, NULL);
      kilter_row_list_append_text (self->rows, box, COLUMN_CHANGE, change, 1, NULL);
      kilter_row_list_append (self->rows, box, COLUMN_STATE, make_pill (state));
    }
  kilter_row_list_append (self->rows, box, COLUMN_BUTTONS, make_buttons (contributor->id));
  kilter_row_list_add (self->rows, box, contributor->id, name);
}

void
kilter_inputs_page_fill_rows (KilterInputsPage *self)
{
  const KilterRowColumn columns[] = {
    [COLUMN_SHEET] = { _ ("Sheet"), 0 },       [COLUMN_SENT] = { _ ("Sent"), 0 },
    [COLUMN_RECEIVED] = { _ ("Received"), 0 }, [COLUMN_CHANGE] = { _ ("Change From Forecast"), 1 },
    [COLUMN_STATE] = { _ ("State"), 0 },       [COLUMN_BUTTONS] = { "", 0 },
  };

  kilter_row_list_begin (self->rows);
  if (!kilter_page_is_narrow (KILTER_PAGE (self)))
    kilter_row_list_add_head (self->rows, _ ("Person"), columns, G_N_ELEMENTS (columns));
  KILTER_FOREACH_RECORD (kilter_page_get_plan (KILTER_PAGE (self)), KILTER_TABLE_CONTRIBUTOR,
                         contributor)
    add_row (self, contributor);
  kilter_row_list_end (self->rows, TRUE);
}
