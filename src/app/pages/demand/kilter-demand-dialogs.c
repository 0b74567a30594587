/* kilter-demand-dialogs.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-demand-dialogs.h"

#include "app/pages/common/kilter-ref-row.h"
#include "app/widgets/kilter-date-row.h"
#include "app/widgets/kilter-form.h"
#include "plan/review/kilter-review.h"
#include "report/figure/kilter-figure.h"

#include <glib/gi18n-lib.h>
#include <math.h>

AdwComboRow *
kilter_demand_add_bucket (AdwPreferencesGroup *group,
                          const char *title,
                          const KilterPlan *plan,
                          int first,
                          int selected)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  int n = kilter_plan_get_n_buckets (plan);

  for (int t = first; t < n; t++)
    {
      g_autofree char *name = kilter_format_bucket (plan, t);

      gtk_string_list_append (list, name);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, (guint) (CLAMP (selected, first, n - 1) - first));
  adw_preferences_group_add (group, GTK_WIDGET (row));
  return row;
}

KilterRefRow *
kilter_demand_add_ref (AdwPreferencesGroup *group,
                       const char *title,
                       const KilterPlan *plan,
                       KilterTableId table,
                       const char *none,
                       const KilterRecord *record,
                       int field)
{
  GtkWidget *row = kilter_ref_row_new (title, plan, table, none, NULL,
                                       record != NULL ? kilter_record_ref (record, field) : 0);

  adw_preferences_group_add (group, row);
  return KILTER_REF_ROW (row);
}

static AdwComboRow *
add_bucket_row (AdwPreferencesGroup *group, const char *title, const KilterPlan *plan, int bucket)
{
  return kilter_demand_add_bucket (group, title, plan, kilter_plan_get_n_history (plan), bucket);
}

static int
get_bucket (AdwComboRow *row, const KilterPlan *plan)
{
  return kilter_plan_get_n_history (plan) + (int) adw_combo_row_get_selected (row);
}

/* --- weights ------------------------------------------------------------------------------------
 */

typedef struct
{
  KilterForm *form; /* not owned */
  AdwComboRow *family;
  GArray *families; /* ids; the first is 0, the whole plan */
  AdwSpinRow *weights[8];
  GtkWidget *own;
  gboolean is_filling;
} Weights;

static void
weights_free (gpointer data)
{
  Weights *self = data;

  g_array_unref (self->families);
  g_free (self);
}

static int
get_family (const Weights *self)
{
  guint selected = adw_combo_row_get_selected (self->family);

  return selected < self->families->len ? g_array_index (self->families, int, selected) : 0;
}

static gboolean
has_own (const KilterPlan *plan, int family)
{
  int n;
  const KilterMeasure *inputs = kilter_plan_get_inputs (&n);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *key = kilter_input_weight_key (inputs[i], family);

      if (kilter_plan_get_setting (plan, key) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
family_selected_cb (Weights *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  int n, family = get_family (self);
  const KilterMeasure *inputs = kilter_plan_get_inputs (&n);

  for (int i = 0; i < n; i++)
    adw_spin_row_set_value (self->weights[i],
                            100 * kilter_plan_get_input_weight (plan, inputs[i], family));
  gtk_widget_set_visible (self->own, family != 0 && has_own (plan, family));
}

static void
set_weight (KilterCommand *command,
            KilterPlan *plan,
            KilterMeasure input,
            int family,
            double weight)
{
  g_autofree char *key = kilter_input_weight_key (input, family);
  g_autofree char *text = isnan (weight) ? NULL
                                         : kilter_number_to_c (floor (weight * 1000 + 0.5) / 1000);

  kilter_command_set_setting (command, plan, key, text);
}

static KilterCommand *
make_weights_command (KilterPlan *plan, int family)
{
  g_autofree char *label = family == 0 ? g_strdup (_ ("Weights of the inputs"))
                                       /* Translators: %s is a product family */
                                       : g_strdup_printf (
                                           _ ("Weights of the inputs of %s"),
                                           kilter_plan_get_key (plan, KILTER_TABLE_FAMILY, family));

  return kilter_command_new ("weights", label);
}

static gboolean
weights_save_cb (KilterForm *form, gpointer data)
{
  Weights *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  int n, family = get_family (self);
  const KilterMeasure *inputs = kilter_plan_get_inputs (&n);
  KilterCommand *command = make_weights_command (plan, family);

  for (int i = 0; i < n; i++)
    {
      double weight = adw_spin_row_get_value (self->weights[i]) / 100;

      if (fabs (weight - kilter_plan_get_input_weight (plan, inputs[i], family)) > 1e-9)
        set_weight (command, plan, inputs[i], family, weight);
    }
  if (kilter_command_is_empty (command))
    {
      kilter_command_unref (command);
      return TRUE;
    }
  return kilter_form_apply (form, command);
}

static void
clear_own_cb (Weights *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  int n, family = get_family (self);
  const KilterMeasure *inputs = kilter_plan_get_inputs (&n);
  KilterCommand *command = make_weights_command (plan, family);

  for (int i = 0; i < n; i++)
    set_weight (command, plan, inputs[i], family, NAN);
  if (kilter_form_apply (self->form, command))
    family_selected_cb (self);
}

static void
add_families (Weights *self, AdwPreferencesGroup *group, KilterPlan *plan, int family)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const int none = 0;
  guint selected = 0;

  g_array_append_val (self->families, none);
  gtk_string_list_append (names, _ ("All families"));
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_FAMILY, record)
    {
      if (record->id == family)
        selected = self->families->len;
      g_array_append_val (self->families, record->id);
      gtk_string_list_append (names, kilter_record_text (record, KILTER_FAMILY_NAME));
    }
  self->family = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->family), _ ("For"));
  adw_combo_row_set_model (self->family, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->family, selected);
  adw_preferences_group_add (group, GTK_WIDGET (self->family));
}

/**
 * kilter_weights_dialog_present:
 *
 * Which part of each input's difference to the final forecast goes into the consensus, for the
 * whole plan or for a family of its own.
 */
void
kilter_weights_dialog_present (KilterPage *page, const KilterScope *scope)
{
  KilterDocument *document = kilter_page_get_document (page);
  KilterPlan *plan = kilter_document_get_plan (document);
  Weights *self = g_new0 (Weights, 1);
  AdwPreferencesGroup *group;
  int n;
  const KilterMeasure *inputs = kilter_plan_get_inputs (&n);

  self->families = g_array_new (FALSE, FALSE, sizeof (int));
  self->form = kilter_form_new (GTK_WIDGET (page), document, _ ("Weight Inputs"), _ ("_Apply"),
                                weights_save_cb, self, weights_free);
  group = kilter_form_add_group (
    self->form, NULL,
    _ ("Consensus is the final forecast, and of each input the part of "
       "its difference that is set here. Typed numbers stay."));
  add_families (self, group, plan, scope->family);
  group = kilter_form_add_group (self->form, _ ("Part of the Difference, %"), NULL);
  for (int i = 0; i < n; i++)
    self->weights[i] = kilter_form_add_spin (group, kilter_measure_get_name (inputs[i]), NULL, 0,
                                             100, 5, 0);
  self->own = adw_button_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->own),
                                 _ ("Use the Weights of All Families"));
  g_signal_connect_swapped (self->own, "activated", G_CALLBACK (clear_own_cb), self);
  group = kilter_form_add_group (self->form, NULL, NULL);
  adw_preferences_group_add (group, self->own);
  g_signal_connect_swapped (self->family, "notify::selected", G_CALLBACK (family_selected_cb),
                            self);
  family_selected_cb (self);
  kilter_form_present (self->form);
}

/* --- changing it --------------------------------------------------------------------------------
 */

typedef struct
{
  KilterForm *form; /* not owned */
  KilterVersion version;
  KilterScope scope;
  AdwComboRow *kind;
  AdwEntryRow *amount;
  AdwComboRow *first;
  AdwComboRow *last;
  KilterRefRow *reason;
  GtkLabel *preview;
} Change;

static gboolean
read_amount (const Change *self, KilterConsensusChange kind, double *out_value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->amount));
  KilterSubject subject = { kilter_document_get_plan (self->form->document), self->version,
                            self->scope, KILTER_DISPLAY_CASES };
  KilterEditKind edit;

  *out_value = 0;
  if (kind == KILTER_CONSENSUS_CLEAR)
    return TRUE;
  if (!kilter_number_parse_edit (text, &edit, out_value) || edit == KILTER_EDIT_CLEAR)
    return FALSE;
  switch (kind)
    {
    case KILTER_CONSENSUS_PERCENT:
      /* "5", "+5" and "+5 %" are the same here */
      if (edit != KILTER_EDIT_PERCENT)
        *out_value /= 100;
      return *out_value >= -1 && *out_value <= 10;
    case KILTER_CONSENSUS_SHIFT:
      return edit != KILTER_EDIT_PERCENT && *out_value == floor (*out_value) && *out_value != 0 &&
             fabs (*out_value) < kilter_plan_get_n_horizon (subject.plan);
    case KILTER_CONSENSUS_SCALE:
      {
        /* typed as it is shown: in thousands where quantities are large */
        KilterFormat format;
        double now = kilter_plan_aggregate_time (
          subject.plan, self->version, KILTER_CONSENSUS, &self->scope,
          get_bucket (self->first, subject.plan),
          get_bucket (self->last, subject.plan) - get_bucket (self->first, subject.plan) + 1);

        kilter_subject_init_format (&subject, KILTER_CONSENSUS, &now, 1, &format);
        *out_value *= format.number.scale > 0 ? format.number.scale : 1;
        return edit == KILTER_EDIT_SET && *out_value >= 0;
      }
    case KILTER_CONSENSUS_CLEAR:
    default:
      return TRUE;
    }
}

/* (nullable): the change as it is filled in */
static KilterCommand *
make_change (Change *self, KilterEditResult *out_result, GError **error)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  KilterConsensusChange kind = (KilterConsensusChange) adw_combo_row_get_selected (self->kind);
  int first = get_bucket (self->first, plan), last = get_bucket (self->last, plan);
  g_autofree char *title = kilter_scope_get_title (plan, &self->scope);
  g_autofree char *label = g_strdup_printf (_ ("Consensus of %s"), title);
  KilterCommand *command;
  double value;

  if (last < first || !read_amount (self, kind, &value))
    return NULL;
  command = kilter_command_new ("consensus", label);
  if (kilter_plan_change_consensus (plan, command, self->version, &self->scope, first,
                                    last - first + 1, kind, value, out_result, error))
    return command;
  kilter_command_unref (command);
  return NULL;
}

/* What the scope's consensus will sum to, without doing it. */
static double
sum_change (KilterPlan *plan, KilterVersion version, const KilterCommand *command)
{
  double change = 0;

  for (guint i = 0; i < kilter_command_get_n_ranges (command); i++)
    {
      const KilterRangeChange *range = kilter_command_get_range (command, i);
      const double *now = kilter_plan_get_row (plan, version, KILTER_CONSENSUS, range->row);

      for (int k = 0; k < range->n; k++)
        {
          int t = kilter_plan_find_bucket (plan, range->first + k);

          if (isnan (range->new_values[k]) ||
              (!isnan (range->old_values[k]) && range->old_values[k] == range->new_values[k]))
            continue;
          change += range->new_values[k] - (isnan (now[t]) ? 0 : now[t]);
        }
    }
  return change;
}

static char *
describe_change (Change *self, const KilterCommand *command, const KilterEditResult *result)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  KilterSubject subject = { plan, self->version, self->scope, KILTER_DISPLAY_CASES };
  int first = get_bucket (self->first, plan), last = get_bucket (self->last, plan);
  double before = kilter_plan_aggregate_time (plan, self->version, KILTER_CONSENSUS, &self->scope,
                                              first, last - first + 1);
  double after = before + sum_change (plan, self->version, command);
  KilterFormat format;
  g_autofree char *a = NULL, *b = NULL, *unit = NULL, *cells = NULL;

  kilter_subject_init_format (&subject, KILTER_CONSENSUS, &before, 1, &format);
  a = kilter_format_value (&format, before);
  b = kilter_format_value (&format, after);
  unit = kilter_format_get_unit_name (&format, plan);
  cells = g_strdup_printf (ngettext ("%d number changes", "%d numbers change", result->n_cells),
                           result->n_cells);
  if (adw_combo_row_get_selected (self->kind) == KILTER_CONSENSUS_CLEAR)
    return g_steal_pointer (&cells);
  if (result->n_locked > 0)
    {
      g_autofree char *locked = g_strdup_printf (
        ngettext ("%d locked number stays", "%d locked numbers stay", result->n_locked),
        result->n_locked);

      return g_strdup_printf ("%s → %s · %s · %s · %s", a, b, unit, cells, locked);
    }
  return g_strdup_printf ("%s → %s · %s · %s", a, b, unit, cells);
}

static void
update_change (Change *self)
{
  KilterConsensusChange kind = (KilterConsensusChange) adw_combo_row_get_selected (self->kind);
  static const char *const titles[] = { N_ ("Per cent, such as +5 or −3"),
                                        N_ ("Periods later, such as 1 or −1"), N_ ("Total"), "" };
  KilterEditResult result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (KilterCommand) command = make_change (self, &result, &error);
  g_autofree char *text = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount), _ (titles[kind]));
  gtk_widget_set_visible (GTK_WIDGET (self->amount), kind != KILTER_CONSENSUS_CLEAR);
  if (command != NULL)
    text = describe_change (self, command, &result);
  else if (error != NULL)
    text = g_strdup (kilter_document_error_text (error));
  gtk_label_set_text (self->preview, text != NULL ? text : "");
  gtk_widget_set_sensitive (self->form->button, command != NULL);
}

static gboolean
change_save_cb (KilterForm *form, gpointer data)
{
  Change *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  KilterEditResult result;
  g_autoptr (GError) error = NULL;
  KilterCommand *command = make_change (self, &result, &error);
  double reason = kilter_ref_row_get_field (self->reason);

  if (command == NULL)
    {
      if (error != NULL)
        kilter_form_report (form, error);
      return FALSE;
    }
  if (!isnan (reason))
    kilter_command_set_reason (command,
                               kilter_plan_get_key (plan, KILTER_TABLE_REASON, (int) reason));
  return kilter_form_apply (form, command);
}

/**
 * kilter_change_dialog_present:
 *
 * Changes the consensus of a scope over some buckets: by a share, to other buckets, to a total, or
 * back to what the weights say. What it will sum to is shown before.
 */
void
kilter_change_dialog_present (KilterPage *page, const KilterScope *scope, int first, int n)
{
  KilterDocument *document = kilter_page_get_document (page);
  KilterPlan *plan = kilter_document_get_plan (document);
  const char *const kinds[] = { _ ("Add a Share"), _ ("Shift"), _ ("Scale to a Total"),
                                _ ("Back to the Weights"), NULL };
  Change *self = g_new0 (Change, 1);
  AdwPreferencesGroup *group;
  g_autofree char *title = kilter_scope_get_title (plan, scope);
  GtkWidget *preview = gtk_label_new ("");

  self->version = kilter_page_get_version (page);
  self->scope = *scope;
  self->form = kilter_form_new (GTK_WIDGET (page), document, _ ("Apply Change"), _ ("_Apply"),
                                change_save_cb, self, g_free);
  group = kilter_form_add_group (self->form, *title != '\0' ? title : kilter_plan_get_name (plan),
                                 NULL);
  self->kind = kilter_form_add_combo (group, _ ("Change"), kinds, 0);
  self->amount = kilter_form_add_entry (group, "", "");
  self->first = add_bucket_row (group, _ ("From"), plan, first);
  self->last = add_bucket_row (group, _ ("To"), plan, first + n - 1);
  self->reason = KILTER_REF_ROW (
    kilter_ref_row_new (_ ("Reason"), plan, KILTER_TABLE_REASON, _ ("None"), NULL, 0));
  adw_preferences_group_add (group, GTK_WIDGET (self->reason));
  self->preview = GTK_LABEL (preview);
  gtk_label_set_wrap (self->preview, TRUE);
  gtk_label_set_xalign (self->preview, 0);
  gtk_widget_set_margin_top (preview, 12);
  gtk_widget_add_css_class (preview, "dim-label");
  adw_preferences_group_add (group, preview);
  g_signal_connect_swapped (self->kind, "notify::selected", G_CALLBACK (update_change), self);
  g_signal_connect_swapped (self->first, "notify::selected", G_CALLBACK (update_change), self);
  g_signal_connect_swapped (self->last, "notify::selected", G_CALLBACK (update_change), self);
  g_signal_connect_swapped (self->amount, "changed", G_CALLBACK (update_change), self);
  update_change (self);
  adw_dialog_set_focus (self->form->dialog, GTK_WIDGET (self->amount));
  kilter_form_present (self->form);
}

/* --- what it rests on ---------------------------------------------------------------------------
 */

typedef struct
{
  KilterForm *form; /* not owned */
  KilterMeasure measure;
  KilterScope scope;
  AdwEntryRow *text;
  AdwComboRow *first;
  AdwComboRow *last;
  KilterRefRow *owner;
  KilterDateRow *review;
} Assumption;

static void
set_bucket_field (KilterCommand *command,
                  KilterPlan *plan,
                  KilterTableId table,
                  int id,
                  int field,
                  int bucket)
{
  g_autofree char *text = kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                   kilter_plan_get_bucket (plan, bucket));

  kilter_command_set_field_text (command, plan, table, id, field, text);
}

static void
set_ref_field (KilterCommand *command,
               KilterPlan *plan,
               KilterTableId table,
               int id,
               int field,
               int ref)
{
  if (ref != 0)
    kilter_command_set_field_number (command, plan, table, id, field, ref);
}

/* The family that a scope lies in, 0 when it is wider. */
static int
get_scope_family (const KilterPlan *plan, const KilterScope *scope)
{
  const KilterRecord *product = scope->product != 0 ? kilter_plan_get_record (
                                                        plan, KILTER_TABLE_PRODUCT, scope->product)
                                                    : NULL;

  return product != NULL ? kilter_record_ref (product, KILTER_PRODUCT_FAMILY) : scope->family;
}

static gboolean
assumption_save_cb (KilterForm *form, gpointer data)
{
  Assumption *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));
  int first = get_bucket (self->first, plan), last = MAX (get_bucket (self->last, plan), first);
  int family = get_scope_family (plan, &self->scope), risk, cell;
  /* Translators: %s is an assumption */
  g_autofree char *label = g_strdup_printf (_ ("Assumption: %s"), text);
  KilterCommand *command = kilter_command_new ("assumption", label);

  risk = kilter_command_add_record (command, plan, KILTER_TABLE_RISK);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_RISK, risk, KILTER_RISK_KIND,
                                 "assumption");
  kilter_command_set_field_text (command, plan, KILTER_TABLE_RISK, risk, KILTER_RISK_TEXT, text);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_RISK, risk, KILTER_RISK_STATE, "open");
  kilter_command_set_field_text (command, plan, KILTER_TABLE_RISK, risk, KILTER_RISK_REVIEW,
                                 kilter_date_row_get_iso (self->review));
  kilter_command_set_field_number (command, plan, KILTER_TABLE_RISK, risk, KILTER_RISK_OWNER,
                                   kilter_ref_row_get_field (self->owner));
  set_ref_field (command, plan, KILTER_TABLE_RISK, risk, KILTER_RISK_FAMILY, family);
  set_bucket_field (command, plan, KILTER_TABLE_RISK, risk, KILTER_RISK_FROM, first);
  set_bucket_field (command, plan, KILTER_TABLE_RISK, risk, KILTER_RISK_TO, last);
  cell = kilter_command_add_record (command, plan, KILTER_TABLE_RISK_CELL);
  kilter_command_set_field_number (command, plan, KILTER_TABLE_RISK_CELL, cell,
                                   KILTER_RISK_CELL_RISK, risk);
  kilter_command_set_field_text (command, plan, KILTER_TABLE_RISK_CELL, cell,
                                 KILTER_RISK_CELL_MEASURE,
                                 kilter_measure_get_info (self->measure)->key);
  set_ref_field (command, plan, KILTER_TABLE_RISK_CELL, cell, KILTER_RISK_CELL_FAMILY, family);
  set_ref_field (command, plan, KILTER_TABLE_RISK_CELL, cell, KILTER_RISK_CELL_PRODUCT,
                 self->scope.product);
  set_ref_field (command, plan, KILTER_TABLE_RISK_CELL, cell, KILTER_RISK_CELL_REGION,
                 self->scope.region);
  set_ref_field (command, plan, KILTER_TABLE_RISK_CELL, cell, KILTER_RISK_CELL_CHANNEL,
                 self->scope.channel);
  set_bucket_field (command, plan, KILTER_TABLE_RISK_CELL, cell, KILTER_RISK_CELL_FROM, first);
  set_bucket_field (command, plan, KILTER_TABLE_RISK_CELL, cell, KILTER_RISK_CELL_TO, last);
  return kilter_form_apply (form, command);
}

static void
assumption_changed_cb (Assumption *self)
{
  gtk_widget_set_sensitive (self->form->button,
                            *gtk_editable_get_text (GTK_EDITABLE (self->text)) != '\0');
}

/**
 * kilter_assumption_dialog_present:
 *
 * Notes what the chosen numbers take for granted. It is listed with the assumptions and risks, and
 * shown beside the numbers it is about.
 */
void
kilter_assumption_dialog_present (KilterPage *page,
                                  KilterMeasure measure,
                                  const KilterScope *scope,
                                  int first,
                                  int n)
{
  KilterDocument *document = kilter_page_get_document (page);
  KilterPlan *plan = kilter_document_get_plan (document);
  Assumption *self = g_new0 (Assumption, 1);
  AdwPreferencesGroup *group;
  g_autofree char *title = kilter_scope_get_title (plan, scope);
  g_autofree char *about = g_strdup_printf ("%s · %s", kilter_measure_get_name (measure),
                                            *title != '\0' ? title : kilter_plan_get_name (plan));
  GtkWidget *review = kilter_date_row_new (_ ("Review"), plan);

  self->measure = measure;
  self->scope = *scope;
  self->form = kilter_form_new (GTK_WIDGET (page), document, _ ("Add Assumption"), _ ("_Add"),
                                assumption_save_cb, self, g_free);
  group = kilter_form_add_group (self->form, about, NULL);
  self->text = kilter_form_add_entry (group, _ ("Assumption"), "");
  self->first = add_bucket_row (group, _ ("From"), plan, first);
  self->last = add_bucket_row (group, _ ("To"), plan, first + n - 1);
  self->owner = KILTER_REF_ROW (
    kilter_ref_row_new (_ ("Owner"), plan, KILTER_TABLE_PERSON, _ ("Nobody"), NULL, 0));
  self->review = KILTER_DATE_ROW (review);
  adw_preferences_group_add (group, GTK_WIDGET (self->owner));
  adw_preferences_group_add (group, review);
  g_signal_connect_swapped (self->text, "changed", G_CALLBACK (assumption_changed_cb), self);
  assumption_changed_cb (self);
  adw_dialog_set_focus (self->form->dialog, GTK_WIDGET (self->text));
  kilter_form_present (self->form);
}
