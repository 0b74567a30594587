/* kilter-inputs-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-inputs-page.h"

#include "app/pages/common/kilter-plan-grid.h"
#include "app/dialogs/kilter-password-dialog.h"
#include "app/pages/demand/kilter-inputs-dialogs.h"
#include "app/pages/demand/kilter-participant-dialog.h"
#include "exchange/participant/kilter-participant.h"
#include "seal/kilter-seal.h"
#include "plan/process/kilter-cycle.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define PAST_COLUMNS 3

struct _KilterInputsPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkListBox *list;
  AdwBin *grid_bin;

  KilterPlanGrid *grid;
  KilterGrid *view; /* not owned */
  int chosen;       /* the contributor whose numbers the grid shows */
  gboolean is_filling;
  gboolean is_narrow;
  char *headline;
};

G_DEFINE_FINAL_TYPE (KilterInputsPage, kilter_inputs_page, KILTER_TYPE_PAGE)

/* --- state --- */

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

static const char *
get_person (const KilterPlan *plan, const KilterRecord *contributor)
{
  return kilter_plan_get_key (plan, KILTER_TABLE_PERSON,
                              kilter_record_ref (contributor, KILTER_CONTRIBUTOR_PERSON));
}

/* "Sales input · Ice Cream" */
static char *
describe_scope (const KilterPlan *plan, const KilterRecord *contributor)
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
describe_change (KilterInputsPage *self, const KilterRecord *contributor, double *out_money)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  int measure = kilter_contributor_get_measure (plan, contributor->id);
  g_autofree char *ratio = NULL, *money = NULL;
  KilterInputChange change;
  KilterScope scope;

  *out_money = NAN;
  if (measure < 0)
    return g_strdup ("–");
  kilter_contributor_get_scope (plan, contributor->id, &scope);
  kilter_plan_input_change (plan, kilter_page_get_version (KILTER_PAGE (self)),
                            (KilterMeasure) measure, &scope, &change);
  if (isnan (change.ratio))
    return g_strdup ("–");
  *out_money = change.money;
  ratio = kilter_format_ratio_delta (change.ratio, 1);
  money = kilter_format_money_delta (plan, change.money);
  return g_strdup_printf ("%s · %s", ratio, money);
}

/* --- rows --- */

typedef struct
{
  GtkSizeGroup *sheet;
  GtkSizeGroup *sent;
  GtkSizeGroup *received;
  GtkSizeGroup *change;
  GtkSizeGroup *state;
  GtkSizeGroup *buttons;
} Columns;

static GtkWidget *
make_label (const char *text, GtkSizeGroup *group, float xalign, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, "kilter-small");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  if (group != NULL)
    gtk_size_group_add_widget (group, label);
  return label;
}

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
make_pill (State state, GtkSizeGroup *group)
{
  GtkWidget *bin = adw_bin_new ();
  GtkWidget *pill = gtk_label_new (get_state_name (state));

  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (pill, get_state_class (state));
  adw_bin_set_child (ADW_BIN (bin), pill);
  if (group != NULL)
    gtk_size_group_add_widget (group, bin);
  return bin;
}

static GtkWidget *
make_icon_button (const char *icon, const char *tooltip, const char *action, int id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", id);
  return button;
}

static GtkWidget *
make_buttons (int id, State state, GtkSizeGroup *group)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (
    GTK_BOX (box),
    make_icon_button ("document-send-symbolic", _ ("Export This Sheet…"), "inputs.export-one", id));
  gtk_box_append (GTK_BOX (box), make_icon_button ("edit-copy-symbolic", _ ("Copy a Reminder"),
                                                   "inputs.remind", id));
  gtk_box_append (GTK_BOX (box), make_icon_button ("document-edit-symbolic",
                                                   _ ("Edit Contributor…"), "inputs.edit", id));
  if (group != NULL)
    gtk_size_group_add_widget (group, box);
  return box;
}

static void
add_wide (KilterInputsPage *self,
          GtkWidget *box,
          const KilterRecord *contributor,
          const Columns *columns)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  const char *file = kilter_record_text (contributor, KILTER_CONTRIBUTOR_FILE);
  g_autofree char *sent = format_time (plan, contributor, KILTER_CONTRIBUTOR_SENT);
  g_autofree char *received = format_time (plan, contributor, KILTER_CONTRIBUTOR_RECEIVED);
  double money;
  g_autofree char *change = describe_change (self, contributor, &money);
  GtkWidget *sheet = make_label (*file != '\0' ? file : "–", columns->sheet, 0, "kilter-dim");

  gtk_label_set_ellipsize (GTK_LABEL (sheet), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (sheet), 18);
  gtk_widget_set_tooltip_text (sheet, *file != '\0' ? file : NULL);
  gtk_box_append (GTK_BOX (box), sheet);
  gtk_box_append (GTK_BOX (box), make_label (sent, columns->sent, 0, NULL));
  gtk_box_append (GTK_BOX (box), make_label (received, columns->received, 0, NULL));
  gtk_box_append (GTK_BOX (box), make_label (change, columns->change, 1, "numeric"));
  gtk_box_append (GTK_BOX (box), make_pill (get_state (plan, contributor), columns->state));
}

static GtkWidget *
make_row (KilterInputsPage *self, const KilterRecord *contributor, const Columns *columns)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  const char *person = get_person (plan, contributor);
  State state = get_state (plan, contributor);
  g_autofree char *scope = describe_scope (plan, contributor);
  g_autofree char *name = g_strdup_printf ("%s, %s, %s", person, scope, get_state_name (state));

  if (self->is_narrow)
    {
      double money;
      g_autofree char *change = describe_change (self, contributor, &money);
      g_autofree char *text = g_strdup_printf ("%s\n%s · %s", scope, get_state_name (state),
                                               change);

      gtk_box_append (GTK_BOX (box), make_name (person, text));
    }
  else
    {
      gtk_box_append (GTK_BOX (box), make_name (person, scope));
      add_wide (self, box, contributor, columns);
    }
  gtk_box_append (GTK_BOX (box), make_buttons (contributor->id, state, columns->buttons));
  gtk_widget_add_css_class (box, "kilter-row-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "contributor", GINT_TO_POINTER (contributor->id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static GtkWidget *
make_head (const Columns *columns)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *person = make_label (_ ("Person"), NULL, 0, "kilter-table-head");

  gtk_widget_set_hexpand (person, TRUE);
  gtk_box_append (GTK_BOX (box), person);
  gtk_box_append (GTK_BOX (box), make_label (_ ("Sheet"), columns->sheet, 0, "kilter-table-head"));
  gtk_box_append (GTK_BOX (box), make_label (_ ("Sent"), columns->sent, 0, "kilter-table-head"));
  gtk_box_append (GTK_BOX (box),
                  make_label (_ ("Received"), columns->received, 0, "kilter-table-head"));
  gtk_box_append (GTK_BOX (box),
                  make_label (_ ("Change From Forecast"), columns->change, 1, "kilter-table-head"));
  gtk_box_append (GTK_BOX (box), make_label (_ ("State"), columns->state, 0, "kilter-table-head"));
  gtk_box_append (GTK_BOX (box), make_label ("", columns->buttons, 0, NULL));
  gtk_widget_add_css_class (box, "kilter-row-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
fill_list (KilterInputsPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  GtkSizeGroup *groups[6];
  Columns columns;
  GtkWidget *chosen = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    groups[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  columns = (Columns) { groups[0], groups[1], groups[2], groups[3], groups[4], groups[5] };
  self->is_filling = TRUE;
  gtk_list_box_remove_all (self->list);
  if (!self->is_narrow)
    gtk_list_box_append (self->list, make_head (&columns));
  if (kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR, self->chosen) == NULL)
    self->chosen = 0;
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    {
      GtkWidget *row = make_row (self, contributor, &columns);

      gtk_list_box_append (self->list, row);
      if (self->chosen == 0)
        self->chosen = contributor->id;
      if (contributor->id == self->chosen)
        chosen = row;
    }
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (chosen));
  self->is_filling = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    g_object_unref (groups[i]);
}

/* --- the grid of the chosen contributor --- */

static void
add_measure_row (KilterInputsPage *self,
                 KilterMeasure measure,
                 const KilterScope *scope,
                 const char *label,
                 KilterPlanRowFlags flags,
                 KilterGridRowFlags look,
                 int depth)
{
  const KilterPlanRow row = { .label = label,
                              .measure = measure,
                              .scope = *scope,
                              .kind = KILTER_GRID_ROW_MEASURE,
                              .look = look,
                              .flags = flags | KILTER_PLAN_ROW_FUTURE_ONLY,
                              .depth = depth };

  kilter_plan_grid_add (self->grid, &row);
}

static void
fill_grid (KilterInputsPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  int measure = kilter_contributor_get_measure (plan, self->chosen);
  int cycle = kilter_plan_get_n_history (plan);
  int first = self->is_narrow ? cycle : MAX (cycle - PAST_COLUMNS, 0);
  g_autoptr (GArray) products = NULL;
  g_autofree char *title = NULL;
  KilterScope scope;

  gtk_widget_set_visible (GTK_WIDGET (self->grid_bin), measure >= 0);
  if (measure < 0)
    return;
  kilter_contributor_get_scope (plan, self->chosen, &scope);
  title = kilter_scope_get_title (plan, &scope);
  products = kilter_scope_get_rows (plan, &scope, KILTER_GRAIN_PRODUCT);
  kilter_plan_grid_begin (self->grid, first, kilter_plan_get_n_buckets (plan) - first, FALSE);
  add_measure_row (self, KILTER_FINAL, &scope, NULL, 0, KILTER_GRID_ROW_FLAG_DIM, 0);
  add_measure_row (self, (KilterMeasure) measure, &scope, NULL, KILTER_PLAN_ROW_EDITABLE,
                   KILTER_GRID_ROW_FLAG_BOLD, 0);
  for (guint i = 0; i < products->len; i++)
    {
      KilterScope one = scope;

      one.product = g_array_index (products, int, i);
      add_measure_row (self, (KilterMeasure) measure, &one,
                       kilter_plan_get_product_name (plan, one.product), KILTER_PLAN_ROW_EDITABLE,
                       0, 1);
    }
  kilter_plan_grid_end (self->grid);
}

static void
row_selected_cb (KilterInputsPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (self->is_filling || row == NULL)
    return;
  self->chosen = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "contributor"));
  fill_grid (self);
}

/* --- the page --- */

static void
show_headline (KilterInputsPage *self)
{
  KilterPlan *plan = kilter_page_get_plan (KILTER_PAGE (self));
  int n = 0, received = 0;
  const KilterRecord *step = kilter_plan_get_step (plan, 2);
  const char *due = step != NULL ? kilter_record_text (step, KILTER_STEP_DUE) : "";

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_CONTRIBUTOR, contributor)
    {
      n++;
      received += get_state (plan, contributor) == STATE_RECEIVED;
    }
  g_free (self->headline);
  self->headline = received == n ? g_strdup (_ ("Every input sheet has come back"))
                                 : g_strdup_printf (
                                     ngettext ("%d of %d input sheet has come back",
                                               "%d of %d input sheets have come back", (gulong) n),
                                     received, n);
  gtk_label_set_text (self->title, self->headline);
  if (*due != '\0')
    {
      g_autofree char *day = kilter_format_day (plan, due);
      /* Translators: %s is a date */
      g_autofree char *text = g_strdup_printf (_ ("Answers are due on %s"), day);

      gtk_label_set_text (self->subtitle, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *due != '\0');
}

static void
kilter_inputs_page_refresh (KilterPage *page, KilterChange change)
{
  KilterInputsPage *self = KILTER_INPUTS_PAGE (page);
  KilterPlan *plan = kilter_page_get_plan (page);
  gboolean empty = kilter_plan_count_records (plan, KILTER_TABLE_CONTRIBUTOR) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "plan");
  if (empty)
    {
      g_clear_pointer (&self->headline, g_free);
      return;
    }
  show_headline (self);
  fill_list (self);
  fill_grid (self);
}

static char *
kilter_inputs_page_get_headline (KilterPage *page)
{
  return g_strdup (KILTER_INPUTS_PAGE (page)->headline);
}

static char *
kilter_inputs_page_get_subtitle (KilterPage *page)
{
  return g_strdup (_ ("Who sends in numbers, and what came back"));
}

static void
narrow_cb (KilterInputsPage *self)
{
  self->is_narrow = TRUE;
  kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

static void
wide_cb (KilterInputsPage *self)
{
  self->is_narrow = FALSE;
  kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
}

/* --- sending --- */

typedef struct
{
  GFile *file;
  GBytes *bytes;
} Sheet;

typedef struct
{
  KilterInputsPage *page; /* a reference */
  GArray *ids;            /* contributors; the sheets are in their order */
  GPtrArray *sheets;
} Export;

static void
sheet_free (gpointer data)
{
  Sheet *self = data;

  g_object_unref (self->file);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
export_free (gpointer data)
{
  Export *self = data;

  g_object_unref (self->page);
  g_array_unref (self->ids);
  g_ptr_array_unref (self->sheets);
  g_free (self);
}

static void
export_run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *self = data;
  GError *error = NULL;

  for (guint i = 0; i < self->sheets->len; i++)
    {
      Sheet *sheet = g_ptr_array_index (self->sheets, i);
      gsize size;
      const char *bytes = g_bytes_get_data (sheet->bytes, &size);

      if (!g_file_replace_contents (sheet->file, bytes, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                    cancellable, &error))
        {
          g_task_return_error (task, error);
          return;
        }
    }
  g_task_return_boolean (task, TRUE);
}

/* What was sent is noted when the files are on the disk. */
static void
export_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KilterInputsPage *self = KILTER_INPUTS_PAGE (source);
  Export *export = g_task_get_task_data (G_TASK (result));
  KilterDocument *document = kilter_page_get_document (KILTER_PAGE (self));
  g_autoptr (GError) error = NULL;
  KilterPlan *plan;
  KilterCommand *command;
  g_autofree char *toast = NULL, *now = NULL, *cycle = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      kilter_page_report (KILTER_PAGE (self), error);
      return;
    }
  if (document == NULL)
    return;
  plan = kilter_document_get_plan (document);
  now = kilter_document_get_now (document);
  cycle = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                   kilter_plan_get_cycle (plan));
  toast = g_strdup_printf (
    ngettext ("%d input sheet exported", "%d input sheets exported", (gulong) export->ids->len),
    (int) export->ids->len);
  command = kilter_command_new ("send", toast);
  for (guint i = 0; i < export->ids->len; i++)
    {
      int id = g_array_index (export->ids, int, i);
      Sheet *sheet = g_ptr_array_index (export->sheets, i);
      g_autofree char *name = g_file_get_basename (sheet->file);

      if (kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR, id) == NULL)
        continue;
      kilter_command_set_field_text (command, plan, KILTER_TABLE_CONTRIBUTOR, id,
                                     KILTER_CONTRIBUTOR_FILE, name);
      kilter_command_set_field_text (command, plan, KILTER_TABLE_CONTRIBUTOR, id,
                                     KILTER_CONTRIBUTOR_CYCLE, cycle);
      kilter_command_set_field_text (command, plan, KILTER_TABLE_CONTRIBUTOR, id,
                                     KILTER_CONTRIBUTOR_SENT, now);
      kilter_command_set_field_text (command, plan, KILTER_TABLE_CONTRIBUTOR, id,
                                     KILTER_CONTRIBUTOR_RECEIVED, NULL);
    }
  kilter_page_apply (KILTER_PAGE (self), command, toast);
}

/* @file: of the one sheet, or @folder for all of them */
static void
write_sheets (Export *export, GFile *file, GFile *folder)
{
  KilterPage *page = KILTER_PAGE (export->page);
  KilterPlan *plan = kilter_page_get_plan (page);
  g_autofree char *now = kilter_document_get_now (kilter_page_get_document (page));
  g_autoptr (GTask) task = NULL;

  for (guint i = 0; i < export->ids->len; i++)
    {
      int id = g_array_index (export->ids, int, i);
      g_autofree char *name = kilter_input_sheet_get_file_name (plan, id);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes)
        bytes = kilter_input_sheet_write (plan, kilter_page_get_version (page), id, now, &error);
      Sheet *sheet;

      if (bytes == NULL)
        {
          kilter_page_report (page, error);
          export_free (export);
          return;
        }
      sheet = g_new (Sheet, 1);
      sheet->file = file != NULL ? g_object_ref (file) : g_file_get_child (folder, name);
      sheet->bytes = g_steal_pointer (&bytes);
      g_ptr_array_add (export->sheets, sheet);
    }
  task = g_task_new (page, NULL, export_done_cb, NULL);
  g_task_set_task_data (task, export, export_free);
  g_task_run_in_thread (task, export_run);
}

static Export *
export_new (KilterInputsPage *self)
{
  Export *export = g_new0 (Export, 1);

  export->page = g_object_ref (self);
  export->ids = g_array_new (FALSE, FALSE, sizeof (int));
  export->sheets = g_ptr_array_new_with_free_func (sheet_free);
  return export;
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GFile)
    folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (folder == NULL || kilter_page_get_document (KILTER_PAGE (((Export *) data)->page)) == NULL)
    export_free (data);
  else
    write_sheets (data, NULL, folder);
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file == NULL || kilter_page_get_document (KILTER_PAGE (((Export *) data)->page)) == NULL)
    export_free (data);
  else
    write_sheets (data, file, NULL);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterInputsPage *self = KILTER_INPUTS_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Export *export = export_new (self);

  KILTER_FOREACH_RECORD (kilter_page_get_plan (KILTER_PAGE (self)), KILTER_TABLE_CONTRIBUTOR,
                         contributor)
    g_array_append_val (export->ids, contributor->id);
  gtk_file_dialog_set_title (dialog, _ ("Export Input Sheets"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Export"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL,
                                 folder_chosen_cb, export);
}

static void
export_one_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterInputsPage *self = KILTER_INPUTS_PAGE (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  int id = g_variant_get_int32 (parameter);
  g_autofree char *file_name = kilter_input_sheet_get_file_name (
    kilter_page_get_plan (KILTER_PAGE (self)), id);
  Export *export = export_new (self);

  g_array_append_val (export->ids, id);
  gtk_file_dialog_set_title (dialog, _ ("Export Input Sheet"));
  gtk_file_dialog_set_initial_name (dialog, file_name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, file_chosen_cb,
                        export);
}

/* --- receiving --- */

/* An answer is a workbook, or the copy of a participant. */
typedef struct
{
  KilterPage *page; /* a reference */
  GFile *file;
  char *password; /* (nullable): of a sealed one */
  KilterImportFile *sheet;
  KilterStore *copy;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_object_unref (self->page);
  g_object_unref (self->file);
  kilter_seal_forget (self->password);
  g_clear_pointer (&self->sheet, kilter_import_file_free);
  if (self->copy != NULL)
    kilter_store_close (self->copy, KILTER_STORE_CLOSE_DISCARD, NULL);
  g_clear_pointer (&self->copy, kilter_store_free);
  g_free (self);
}

/* by its content: a file that was sent around has any name */
static gboolean
is_plan (GFile *file)
{
  char start[16];
  gsize length = 0;
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, NULL);

  return input != NULL &&
         g_input_stream_read_all (G_INPUT_STREAM (input), start, sizeof start, &length, NULL,
                                  NULL) &&
         length == sizeof start && memcmp (start, "SQLite format 3", sizeof start) == 0;
}

static KilterStore *
open_sealed (Answer *self, GError **error)
{
  g_autoptr (GBytes) sealed = g_file_load_bytes (self->file, NULL, NULL, error);
  g_autoptr (GBytes) plain = sealed != NULL ? kilter_seal_open (sealed, self->password, error)
                                            : NULL;

  return plain != NULL ? kilter_store_open_bytes (plain, error) : NULL;
}

static void
read_run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Answer *self = data;
  g_autoptr (KilterImportOptions) options = kilter_import_options_new ();
  GError *error = NULL;

  if (self->password != NULL)
    self->copy = open_sealed (self, &error);
  else if (is_plan (self->file))
    self->copy = kilter_store_open (self->file, KILTER_STORE_READ_ONLY, &error);
  else
    self->sheet = kilter_import_read_in_child (self->file, options, NULL, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static KilterInputAnswer *
read_answer (Answer *self, KilterVersion *out_version, GError **error)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *now = kilter_document_get_now (kilter_page_get_document (self->page));

  *out_version = kilter_page_get_version (self->page);
  return self->copy != NULL ? kilter_participant_read (plan, kilter_store_get_plan (self->copy),
                                                       kilter_store_get_last_entry (self->copy),
                                                       name, now, out_version, error)
                            : kilter_input_answer_read (plan, *out_version, self->sheet, error);
}

static void start_answer (Answer *answer, const char *why);

static void
read_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  KilterPage *page = KILTER_PAGE (source);
  Answer *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterInputAnswer) answer = NULL;
  KilterVersion version = 0;

  if (g_task_propagate_boolean (G_TASK (result), &error) && kilter_page_get_document (page) != NULL)
    answer = read_answer (self, &version, &error);
  if (g_error_matches (error, KILTER_SEAL_ERROR, KILTER_SEAL_ERROR_PASSWORD))
    {
      Answer *again = g_new0 (Answer, 1);

      again->page = g_object_ref (self->page);
      again->file = g_object_ref (self->file);
      start_answer (again, error->message);
      return;
    }
  if (error != NULL)
    kilter_page_report (page, error);
  if (answer == NULL)
    return;
  KILTER_INPUTS_PAGE (page)->chosen = answer->contributor;
  kilter_merge_dialog_present (page, version, g_steal_pointer (&answer));
}

static void
run_answer (Answer *answer)
{
  g_autoptr (GTask) task = g_task_new (answer->page, NULL, read_done_cb, NULL);

  g_task_set_task_data (task, answer, answer_free);
  g_task_run_in_thread (task, read_run);
}

static void
password_cb (char *password, gpointer data)
{
  Answer *answer = data;

  answer->password = password;
  if (password != NULL && kilter_page_get_document (answer->page) != NULL)
    run_answer (answer);
  else
    answer_free (answer);
}

/* @why: (nullable): what was wrong with the last password */
static void
start_answer (Answer *answer, const char *why)
{
  g_autofree char *name = g_file_get_basename (answer->file);
  /* Translators: %s is a file */
  g_autofree char *body = g_strdup_printf (_ ("“%s” is sealed with a password."), name);

  if (kilter_seal_is_sealed_file (answer->file))
    kilter_password_dialog_present (GTK_WIDGET (answer->page), _ ("Open Sealed File"),
                                    why != NULL ? why : body, FALSE, password_cb, answer);
  else
    run_answer (answer);
}

static void
answer_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KilterPage) page = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  Answer *answer;

  if (file == NULL || kilter_page_get_document (page) == NULL)
    return;
  answer = g_new0 (Answer, 1);
  answer->page = g_steal_pointer (&page);
  answer->file = g_steal_pointer (&file);
  start_answer (answer, NULL);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Import Answer"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, answer_chosen_cb,
                        g_object_ref (widget));
}

/* --- other commands --- */

static char *
make_reminder (const KilterPlan *plan, const KilterRecord *contributor)
{
  g_autofree char *scope = describe_scope (plan, contributor);
  g_autofree char *cycle = kilter_bucket_get_label (kilter_plan_get_bucket_kind (plan),
                                                    kilter_plan_get_cycle (plan));
  const KilterRecord *step = kilter_plan_get_step (plan, 2);
  const char *due = step != NULL ? kilter_record_text (step, KILTER_STEP_DUE) : "";
  const char *file = kilter_record_text (contributor, KILTER_CONTRIBUTOR_FILE);
  g_autofree char *day = *due != '\0' ? kilter_format_day (plan, due) : NULL;
  GString *text = g_string_new (NULL);

  /* Translators: a person; what he sends; a cycle */
  g_string_append_printf (text, _ ("%1$s, your numbers for the cycle of %3$s are missing: %2$s."),
                          get_person (plan, contributor), scope, cycle);
  if (day != NULL)
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is a date */
      g_string_append_printf (text, _ ("The demand review is on %s."), day);
    }
  if (*file != '\0')
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is the name of a file */
      g_string_append_printf (text, _ ("Fill in the sheet “%s” and send it back."), file);
    }
  return g_string_free (text, FALSE);
}

static void
remind_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KilterPage *page = KILTER_PAGE (widget);
  KilterPlan *plan = kilter_page_get_plan (page);
  const KilterRecord *contributor = kilter_plan_get_record (plan, KILTER_TABLE_CONTRIBUTOR,
                                                            g_variant_get_int32 (parameter));
  g_autofree char *text = NULL;

  if (contributor == NULL)
    return;
  text = make_reminder (plan, contributor);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  kilter_page_toast (page, _ ("Reminder copied"), FALSE);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_contributor_dialog_present (KILTER_PAGE (widget), g_variant_get_int32 (parameter));
}

static void
participant_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_participant_dialog_present (KILTER_PAGE (widget), KILTER_INPUTS_PAGE (widget)->chosen);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_contributor_dialog_present (KILTER_PAGE (widget), 0);
}

static void
kilter_inputs_page_dispose (GObject *object)
{
  KilterInputsPage *self = KILTER_INPUTS_PAGE (object);

  /* the list goes with the page and would still say that nothing is selected any more */
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  self->list = NULL;
  g_clear_object (&self->grid);
  g_clear_pointer (&self->headline, g_free);

  G_OBJECT_CLASS (kilter_inputs_page_parent_class)->dispose (object);
}

static void
kilter_inputs_page_class_init (KilterInputsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_inputs_page_dispose;
  page_class->refresh = kilter_inputs_page_refresh;
  page_class->get_headline = kilter_inputs_page_get_headline;
  page_class->get_subtitle = kilter_inputs_page_get_subtitle;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/inputs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterInputsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterInputsPage, title);
  gtk_widget_class_bind_template_child (widget_class, KilterInputsPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, KilterInputsPage, list);
  gtk_widget_class_bind_template_child (widget_class, KilterInputsPage, grid_bin);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
  gtk_widget_class_install_action (widget_class, "inputs.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "inputs.export-one", "i", export_one_action);
  gtk_widget_class_install_action (widget_class, "inputs.participant", NULL, participant_action);
  gtk_widget_class_install_action (widget_class, "inputs.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "inputs.remind", "i", remind_action);
  gtk_widget_class_install_action (widget_class, "inputs.edit", "i", edit_action);
  gtk_widget_class_install_action (widget_class, "inputs.new", NULL, new_action);
}

static void
kilter_inputs_page_init (KilterInputsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Inputs"));
  kilter_page_set_needs (KILTER_PAGE (self), KILTER_PAGE_NEEDS_UNITS);
  self->grid = kilter_plan_grid_new (KILTER_PAGE (self));
  adw_bin_set_child (self->grid_bin, kilter_plan_grid_create_view (self->grid, &self->view));
  gtk_widget_set_size_request (GTK_WIDGET (self->grid_bin), -1, 160);
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->list));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->view));
  g_signal_connect_object (self->list, "selected-rows-changed", G_CALLBACK (row_selected_cb), self,
                           G_CONNECT_SWAPPED);
}
