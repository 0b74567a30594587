/* kilter-history-dialog.c: every change: who, when, what, from what to what, why; filter and revert
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dialogs/kilter-dialogs.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/pages/common/kilter-plan-grid.h"
#include "report/words/kilter-format.h"

#define N_ENTRIES 400
/* of an entry's cells so many are told one by one */
#define N_TOLD 40

typedef struct
{
  KilterDocument *document;
  KilterVersion version;
  KilterSelection selection; /* measure -1: none */
  AdwDialog *dialog;
  GtkListBox *list;
  GtkStack *stack;
  AdwToggleGroup *reach; /* (nullable): this cell, or everything */
  GtkDropDown *person;
  GtkEditable *search;
  GPtrArray *people; /* of char*, the first is everybody */
} History;

static void
history_free (gpointer data)
{
  History *self = data;

  g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  /* the entry tells of changes a moment later, and may outlive its dialog that long */
  g_signal_handlers_disconnect_by_data (self->search, self);
  g_clear_object (&self->search);
  g_ptr_array_unref (self->people);
  g_free (self);
}

/* --- what an entry changed --- */

static char *
get_row_name (const KilterPlan *plan, const KilterRangeChange *change)
{
  switch (kilter_measure_get_info (change->measure)->grain)
    {
    case KILTER_GRAIN_SERIES:
      {
        const KilterRecord *series = kilter_plan_get_record (plan, KILTER_TABLE_SERIES,
                                                             change->row);
        KilterScope scope = { 0 };

        if (series == NULL)
          return g_strdup (_ ("A product that is gone"));
        scope.product = kilter_record_ref (series, KILTER_SERIES_PRODUCT);
        scope.region = kilter_record_ref (series, KILTER_SERIES_REGION);
        scope.channel = kilter_record_ref (series, KILTER_SERIES_CHANNEL);
        return kilter_scope_get_title (plan, &scope);
      }
    case KILTER_GRAIN_PRODUCT:
      return g_strdup (kilter_plan_get_product_name (plan, change->row));
    case KILTER_GRAIN_RESOURCE:
    default:
      return g_strdup (kilter_plan_get_resource_name (plan, change->row));
    }
}

static char *
get_value_text (const KilterRangeChange *change, double value)
{
  KilterFormat format;

  if (isnan (value))
    return g_strdup (change->layer == KILTER_LAYER_LOCK ? _ ("not locked") : _ ("none"));
  if (change->layer == KILTER_LAYER_LOCK)
    return g_strdup (_ ("locked"));
  kilter_format_init (&format, kilter_measure_get_info (change->measure)->unit, value);
  format.number.scale = 0;
  format.scale_power = 0;
  if (!format.number.percent)
    format.number.decimals = value == floor (value) ? 0 : 1;
  return kilter_format_value (&format, value);
}

static gboolean
is_same (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

/* "Final forecast, Mango Bar, July 2026: 120 → 144", a line a cell. */
static int
tell_cells (const KilterPlan *plan, const KilterCommand *command, GtkBox *box)
{
  int told = 0;

  for (guint i = 0; i < kilter_command_get_n_ranges (command); i++)
    {
      const KilterRangeChange *change = kilter_command_get_range (command, i);
      g_autofree char *name = NULL;

      for (int t = 0; t < change->n; t++)
        {
          g_autofree char *before = NULL, *after = NULL, *month = NULL, *text = NULL;
          GtkWidget *label;
          int bucket = kilter_plan_find_bucket (plan, change->first + t);

          if (is_same (change->old_values[t], change->new_values[t]))
            continue;
          if (told++ >= N_TOLD)
            continue;
          if (name == NULL)
            name = get_row_name (plan, change);
          before = get_value_text (change, change->old_values[t]);
          after = get_value_text (change, change->new_values[t]);
          month = bucket >= 0 ? kilter_format_bucket (plan, bucket)
                              : kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan),
                                                         change->first + t);
          /* Translators: a measure, a product, a month: an old value → a new one */
          text = g_strdup_printf (_ ("%1$s, %2$s, %3$s: %4$s → %5$s"),
                                  kilter_measure_get_name (change->measure), name, month, before,
                                  after);
          label = gtk_label_new (text);
          gtk_label_set_xalign (GTK_LABEL (label), 0);
          gtk_label_set_wrap (GTK_LABEL (label), TRUE);
          gtk_widget_add_css_class (label, "caption");
          gtk_box_append (box, label);
        }
    }
  return told;
}

static void
tell_rest (const KilterCommand *command, GtkBox *box, int told)
{
  g_autofree char *text = NULL;
  GtkWidget *label;
  guint n_records = kilter_command_get_n_records (command);

  if (told > N_TOLD)
    text = g_strdup_printf (ngettext ("and %d cell more", "and %d cells more", told - N_TOLD),
                            told - N_TOLD);
  else if (told == 0 && n_records > 0)
    text = g_strdup_printf (
      ngettext ("%u entry of the master data", "%u entries of the master data", n_records),
      n_records);
  else if (told == 0)
    text = g_strdup (_ ("Only the reason"));
  if (text == NULL)
    return;
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (box, label);
}

/* --- taking back --- */

static void refill (History *self);

/* Whether two commands write the same cell. */
static gboolean
touches (const KilterCommand *a, const KilterCommand *b)
{
  for (guint i = 0; i < kilter_command_get_n_ranges (a); i++)
    {
      const KilterRangeChange *x = kilter_command_get_range (a, i);

      for (guint k = 0; k < kilter_command_get_n_ranges (b); k++)
        {
          const KilterRangeChange *y = kilter_command_get_range (b, k);

          if (x->version == y->version && x->measure == y->measure && x->layer == y->layer &&
              x->row == y->row && x->first < y->first + y->n && y->first < x->first + x->n)
            return TRUE;
        }
    }
  for (guint i = 0; i < kilter_command_get_n_records (a); i++)
    for (guint k = 0; k < kilter_command_get_n_records (b); k++)
      if (kilter_command_get_record (a, i)->table == kilter_command_get_record (b, k)->table &&
          kilter_command_get_record (a, i)->id == kilter_command_get_record (b, k)->id)
        return TRUE;
  return FALSE;
}

/* What stands on an entry: the later ones that wrote the same cells. */
static void
tell_dependents (History *self, gint64 entry)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  g_autoptr (KilterCommand) command = kilter_document_get_log_command (self->document, entry);
  KilterLogFilter filter = KILTER_LOG_FILTER_INIT;
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GString) body = g_string_new (
    _ ("These came later and changed the same. Take them back first, the newest first."));
  int n = 0;

  filter.limit = N_ENTRIES;
  log = kilter_document_get_log (self->document, &filter);
  for (guint i = 0; command != NULL && i < log->len && n < 8; i++)
    {
      const KilterLogEntry *later = g_ptr_array_index (log, i);
      g_autoptr (KilterCommand) other = NULL;
      g_autofree char *when = NULL;

      if (later->id <= entry)
        break;
      if (later->target != 0 || g_strcmp0 (later->state, "applied") != 0)
        continue;
      other = kilter_document_get_log_command (self->document, later->id);
      if (other == NULL || !touches (command, other))
        continue;
      when = kilter_format_when (plan, later->at);
      g_string_append_printf (body, "\n\n%s · %s, %s", later->label, later->who, when);
      n++;
    }
  kilter_message_dialog_present (GTK_WIDGET (self->dialog), _ ("Later Changes Stand on This One"),
                                 body->str);
}

static void
revert_cb (GtkButton *button, History *self)
{
  gint64 entry = *(gint64 *) g_object_get_data (G_OBJECT (button), "entry");
  g_autoptr (GError) error = NULL;

  if (kilter_document_revert (self->document, entry, &error))
    {
      refill (self);
      return;
    }
  if (g_error_matches (error, KILTER_STORE_ERROR, KILTER_STORE_ERROR_DEPENDS))
    tell_dependents (self, entry);
  else
    kilter_message_dialog_present (GTK_WIDGET (self->dialog), _ ("The Change Cannot Be Taken Back"),
                                   kilter_document_error_text (error));
}

/* --- rows --- */

/* The cells are read when somebody wants to see them. */
static void
expanded_cb (AdwExpanderRow *row, GParamSpec *pspec, History *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  g_autoptr (KilterCommand) command = NULL;
  GtkWidget *box;

  if (!adw_expander_row_get_expanded (row) || g_object_get_data (G_OBJECT (row), "told") != NULL)
    return;
  g_object_set_data (G_OBJECT (row), "told", row);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_margin_start (box, 48);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 9);
  command = kilter_document_get_log_command (
    self->document, *(gint64 *) g_object_get_data (G_OBJECT (row), "entry"));
  if (command != NULL)
    tell_rest (command, GTK_BOX (box), tell_cells (plan, command, GTK_BOX (box)));
  adw_expander_row_add_row (row, box);
}

static GtkWidget *
make_row (History *self, const KilterLogEntry *entry)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *when = kilter_format_when (plan, entry->at);
  g_autofree char *subtitle = NULL;
  gboolean applied = g_strcmp0 (entry->state, "applied") == 0;
  gint64 *id = g_memdup2 (&entry->id, sizeof entry->id);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), entry->label);
  if (!applied)
    /* Translators: a person, a time */
    subtitle = g_strdup_printf (_ ("%1$s · %2$s · taken back"), entry->who, when);
  else if (entry->reason != NULL && *entry->reason != '\0')
    subtitle = g_strdup_printf ("%s · %s · %s", entry->who, when, entry->reason);
  else
    subtitle = g_strdup_printf ("%s · %s", entry->who, when);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), adw_avatar_new (28, entry->who, TRUE));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), entry->complete);
  g_object_set_data_full (G_OBJECT (row), "entry", id, g_free);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (expanded_cb), self);
  if (!kilter_document_is_read_only (self->document) && applied && entry->complete &&
      entry->target == 0)
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");

      gtk_widget_set_tooltip_text (button, _ ("Take Back This Change"));
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_object_set_data (G_OBJECT (button), "entry", id);
      g_signal_connect (button, "clicked", G_CALLBACK (revert_cb), self);
      adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), button);
    }
  if (!applied)
    gtk_widget_add_css_class (row, "dim-label");
  return row;
}

/* --- filtering --- */

/* Newest first; the same entry comes once. */
static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const KilterLogEntry *x = *(KilterLogEntry *const *) a, *y = *(KilterLogEntry *const *) b;

  return x->id > y->id ? -1 : x->id < y->id;
}

static gboolean
concerns_cell (History *self, gint64 entry, const GArray *leaves)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  g_autoptr (KilterCommand) command = kilter_document_get_log_command (self->document, entry);
  KilterBucket first = kilter_plan_get_bucket (plan, self->selection.first);
  KilterMeasure inputs[3];
  int n = kilter_plan_grid_get_inputs ((KilterMeasure) self->selection.measure, inputs);

  for (guint i = 0; command != NULL && i < kilter_command_get_n_ranges (command); i++)
    {
      const KilterRangeChange *change = kilter_command_get_range (command, i);

      if (change->version != self->version || change->first >= first + self->selection.n ||
          change->first + change->n <= first)
        continue;
      for (int k = 0; k < n; k++)
        for (guint l = 0; inputs[k] == change->measure && l < leaves->len; l++)
          if (g_array_index (leaves, int, l) == change->row)
            for (int t = MAX (0, first - change->first);
                 t < change->n && change->first + t < first + self->selection.n; t++)
              if (!is_same (change->old_values[t], change->new_values[t]))
                return TRUE;
    }
  return FALSE;
}

/* (transfer full): what changed the selected cell */
static GPtrArray *
get_cell_log (History *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->document);
  GPtrArray *found = g_ptr_array_new ();
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  KilterMeasure inputs[3];
  int n = kilter_plan_grid_get_inputs ((KilterMeasure) self->selection.measure, inputs);
  g_autoptr (GArray) leaves = kilter_scope_get_rows (
    plan, &self->selection.scope,
    kilter_measure_get_info ((KilterMeasure) self->selection.measure)->grain);

  for (int k = 0; k < n; k++)
    for (int t = self->selection.first; t < self->selection.first + MIN (self->selection.n, 24);
         t++)
      {
        KilterLogFilter filter = KILTER_LOG_FILTER_INIT;
        GPtrArray *log;

        filter.limit = N_ENTRIES;
        filter.measure = (int) inputs[k];
        filter.version = self->version;
        filter.row = leaves->len == 1 ? g_array_index (leaves, int, 0) : 0;
        filter.bucket = kilter_plan_get_bucket (plan, t);
        log = kilter_document_get_log (self->document, &filter);
        g_ptr_array_add (all, log);
        for (guint i = 0; i < log->len; i++)
          {
            KilterLogEntry *entry = g_ptr_array_index (log, i);

            if (g_hash_table_add (seen, &entry->id) && concerns_cell (self, entry->id, leaves))
              g_ptr_array_add (found, entry);
          }
      }
  g_ptr_array_sort (found, compare_entries);
  g_object_set_data_full (G_OBJECT (self->dialog), "log", all, (GDestroyNotify) g_ptr_array_unref);
  return found;
}

static gboolean
entry_fits (History *self, const KilterLogEntry *entry)
{
  guint person = gtk_drop_down_get_selected (self->person);
  const char *words = gtk_editable_get_text (self->search);
  g_autofree char *text = NULL;

  if (person > 0 && person < self->people->len &&
      g_strcmp0 (entry->who, g_ptr_array_index (self->people, person)) != 0)
    return FALSE;
  if (*words == '\0')
    return TRUE;
  text = g_strdup_printf ("%s %s", entry->label, entry->reason != NULL ? entry->reason : "");
  return g_str_match_string (words, text, TRUE);
}

static void
refill (History *self)
{
  KilterLogFilter filter = KILTER_LOG_FILTER_INIT;
  gboolean of_cell = self->reach != NULL && adw_toggle_group_get_active (self->reach) == 0;
  g_autoptr (GPtrArray) log = NULL;
  int n = 0;

  filter.limit = N_ENTRIES;
  log = of_cell ? get_cell_log (self) : kilter_document_get_log (self->document, &filter);
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < log->len; i++)
    {
      const KilterLogEntry *entry = g_ptr_array_index (log, i);

      /* "undo" and "redo" are told by the state of what they concern */
      if (entry->target != 0 || !entry_fits (self, entry))
        continue;
      gtk_list_box_append (self->list, make_row (self, entry));
      n++;
    }
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "none");
}

/* --- the dialog --- */

/* Escape, which the field keeps to itself: first the words go, then the dialog. */
static void
stop_search_cb (History *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else
    adw_dialog_close (self->dialog);
}

static void
fill_people (History *self)
{
  KilterLogFilter filter = KILTER_LOG_FILTER_INIT;
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->people = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->people, g_strdup (_ ("Everybody")));
  filter.limit = N_ENTRIES;
  log = kilter_document_get_log (self->document, &filter);
  for (guint i = 0; i < log->len; i++)
    {
      const KilterLogEntry *entry = g_ptr_array_index (log, i);

      if (entry->who != NULL &&
          !g_ptr_array_find_with_equal_func (self->people, entry->who, g_str_equal, NULL))
        g_ptr_array_add (self->people, g_strdup (entry->who));
    }
  for (guint i = 0; i < self->people->len; i++)
    gtk_string_list_append (names, g_ptr_array_index (self->people, i));
  gtk_drop_down_set_model (self->person, G_LIST_MODEL (names));
}

static GtkWidget *
make_filters (History *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *search = gtk_search_entry_new ();
  GtkWidget *person = gtk_drop_down_new (NULL, NULL);

  gtk_widget_add_css_class (bar, "kilter-context-bar");
  if (self->selection.measure >= 0)
    {
      GtkWidget *reach = adw_toggle_group_new ();
      AdwToggle *cell = adw_toggle_new (), *all = adw_toggle_new ();

      adw_toggle_set_label (cell, _ ("This Cell"));
      adw_toggle_set_label (all, _ ("Everything"));
      adw_toggle_group_add (ADW_TOGGLE_GROUP (reach), cell);
      adw_toggle_group_add (ADW_TOGGLE_GROUP (reach), all);
      self->reach = ADW_TOGGLE_GROUP (reach);
      gtk_box_append (GTK_BOX (bar), reach);
      g_signal_connect_swapped (reach, "notify::active", G_CALLBACK (refill), self);
    }
  self->person = GTK_DROP_DOWN (person);
  self->search = g_object_ref (GTK_EDITABLE (search));
  fill_people (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (person), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Person"), -1);
  gtk_widget_set_hexpand (search, TRUE);
  g_object_set (search, "placeholder-text", _ ("Search changes"), NULL);
  gtk_box_append (GTK_BOX (bar), person);
  gtk_box_append (GTK_BOX (bar), search);
  g_signal_connect_swapped (person, "notify::selected", G_CALLBACK (refill), self);
  g_signal_connect_swapped (search, "search-changed", G_CALLBACK (refill), self);
  g_signal_connect_swapped (search, "stop-search", G_CALLBACK (stop_search_cb), self);
  return bar;
}

static GtkWidget *
make_content (History *self)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *none = adw_status_page_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _ ("No Changes"));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "document-open-recent-symbolic");
  gtk_stack_add_named (GTK_STACK (stack), page, "list");
  gtk_stack_add_named (GTK_STACK (stack), none, "none");
  self->list = GTK_LIST_BOX (list);
  self->stack = GTK_STACK (stack);
  return stack;
}

/**
 * kilter_history_dialog_present:
 * @selection: (nullable): the cell whose changes are asked for
 *
 * Shows what was changed, and takes back what nothing later stands on.
 */
void
kilter_history_dialog_present (GtkWidget *parent,
                               KilterDocument *document,
                               KilterVersion version,
                               const KilterSelection *selection)
{
  History *self = g_new0 (History, 1);
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *content;

  self->document = g_object_ref (document);
  self->version = version;
  self->selection.measure = -1;
  if (selection != NULL)
    self->selection = *selection;
  self->dialog = adw_dialog_new ();
  g_object_set_data_full (G_OBJECT (self->dialog), "history", self, history_free);
  content = make_content (self);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), adw_header_bar_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), make_filters (self));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), content);
  adw_dialog_set_child (self->dialog, toolbar);
  adw_dialog_set_title (self->dialog, _ ("Changes"));
  adw_dialog_set_content_width (self->dialog, 760);
  adw_dialog_set_content_height (self->dialog, 600);
  /* what is taken back here is told by the log itself */
  g_signal_connect_swapped (document, "logged", G_CALLBACK (refill), self);
  refill (self);
  adw_dialog_present (self->dialog, parent);
}
