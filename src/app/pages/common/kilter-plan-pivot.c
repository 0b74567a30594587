/* kilter-plan-pivot.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-plan-pivot.h"

#include "app/dialogs/kilter-dialogs.h"
#include "app/pages/common/kilter-pivot-state.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _KilterPlanPivot
{
  GObject parent_instance;

  KilterPage *page; /* not owned: the page owns the pivot */
  KilterPlanGrid *grid;
  KilterMeasure measure; /* of the rows that stand for a group */
  KilterPivotState state;
  char *state_text;   /* what @state was parsed from */
  char *ranked_for;   /* what the ranks below were read for */
  GHashTable *ranks;  /* key of a row → double: what it is sorted by */
  GHashTable *passes; /* key of a row → whether the filter lets it through */
  int n_hidden;
  GtkMenuButton *button;
  GtkBox *chips;
};

G_DEFINE_FINAL_TYPE (KilterPlanPivot, kilter_plan_pivot, G_TYPE_OBJECT)

/* One group or product. */
typedef struct
{
  KilterScope scope;
  const char *label;
  const char *badge;
  char *key;
  double rank;
  int order;
} Item;

static void
clear_item (gpointer data)
{
  g_free (((Item *) data)->key);
}

/* --- what there is in a level --- */

static const char *
get_badge (const KilterPlan *plan, int product)
{
  const KilterRecord *record = kilter_plan_get_record (plan, KILTER_TABLE_PRODUCT, product);
  const char *status = kilter_record_text (record, KILTER_PRODUCT_STATUS);

  if (g_str_equal (status, "new"))
    return C_ ("status of a product", "New");
  if (g_str_equal (status, "phase-out"))
    return C_ ("status of a product", "Ends");
  return NULL;
}

static void
add_item (GArray *items,
          const KilterScope *scope,
          const char *label,
          const char *outer,
          const char *kind,
          int id)
{
  Item item = { .scope = *scope, .label = label, .order = (int) items->len };

  item.key = g_strdup_printf ("%s%s/%d", outer, kind, id);
  g_array_append_val (items, item);
}

/* Whether a level still divides the scope: what is chosen already does not. */
static gboolean
is_chosen (const KilterScope *scope, KilterPivotLevel level)
{
  switch (level)
    {
    case KILTER_PIVOT_FAMILY:
      return scope->family != 0 || scope->product != 0;
    case KILTER_PIVOT_PRODUCT:
      return scope->product != 0;
    case KILTER_PIVOT_REGION:
      return scope->region != 0;
    case KILTER_PIVOT_CHANNEL:
      return scope->channel != 0;
    case KILTER_PIVOT_LINE:
      return scope->resource != 0;
    case KILTER_N_PIVOT_LEVELS:
    default:
      return TRUE;
    }
}

static void
add_records (GArray *items,
             const KilterPlan *plan,
             KilterTableId table,
             int field,
             const char *outer,
             const char *kind,
             const KilterScope *scope,
             gsize member)
{
  KILTER_FOREACH_RECORD (plan, table, record)
    {
      KilterScope part = *scope;
      g_autoptr (GArray) rows = NULL;

      if (table == KILTER_TABLE_FAMILY && scope->category != 0 &&
          kilter_record_ref (record, KILTER_FAMILY_CATEGORY) != scope->category)
        continue;
      *(int *) (gpointer) ((char *) &part + member) = record->id;
      /* what nothing is planned in has no row */
      rows = kilter_scope_get_rows (plan, &part, KILTER_GRAIN_SERIES);
      if (rows->len > 0)
        add_item (items, &part, kilter_record_text (record, field), outer, kind, record->id);
    }
}

static GArray *
list_items (const KilterPlan *plan,
            KilterPivotLevel level,
            const KilterScope *scope,
            const char *outer)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (Item));

  g_array_set_clear_func (items, clear_item);
  switch (level)
    {
    case KILTER_PIVOT_FAMILY:
      add_records (items, plan, KILTER_TABLE_FAMILY, KILTER_FAMILY_NAME, outer, "family", scope,
                   G_STRUCT_OFFSET (KilterScope, family));
      break;
    case KILTER_PIVOT_REGION:
      add_records (items, plan, KILTER_TABLE_REGION, KILTER_REGION_NAME, outer, "region", scope,
                   G_STRUCT_OFFSET (KilterScope, region));
      break;
    case KILTER_PIVOT_CHANNEL:
      add_records (items, plan, KILTER_TABLE_CHANNEL, KILTER_CHANNEL_NAME, outer, "channel", scope,
                   G_STRUCT_OFFSET (KilterScope, channel));
      break;
    case KILTER_PIVOT_LINE:
      add_records (items, plan, KILTER_TABLE_RESOURCE, KILTER_RESOURCE_NAME, outer, "line", scope,
                   G_STRUCT_OFFSET (KilterScope, resource));
      break;
    case KILTER_PIVOT_PRODUCT:
    case KILTER_N_PIVOT_LEVELS:
    default:
      {
        g_autoptr (GArray) products = kilter_scope_get_rows (plan, scope, KILTER_GRAIN_PRODUCT);

        for (guint i = 0; i < products->len; i++)
          {
            KilterScope part = *scope;

            part.product = g_array_index (products, int, i);
            add_item (items, &part, kilter_plan_get_product_name (plan, part.product), outer,
                      "product", part.product);
            g_array_index (items, Item, items->len - 1).badge = get_badge (plan, part.product);
          }
        break;
      }
    }
  return items;
}

/* --- sorting and filtering --- */

static double
read_value (KilterPlanPivot *self, const KilterScope *scope, int measure, KilterBucket bucket)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  int at = kilter_plan_find_bucket (plan, bucket);
  g_autofree double *values = NULL;

  if (at < 0)
    return NAN;
  values = g_new (double, kilter_plan_get_n_buckets (plan));
  kilter_plan_aggregate (plan, kilter_page_get_version (self->page), (KilterMeasure) measure, scope,
                         values);
  return values[at];
}

/* The numbers of the moment, kept until another order is asked for. */
static double
get_rank (KilterPlanPivot *self, const Item *item)
{
  double *known = g_hash_table_lookup (self->ranks, item->key);
  double value;

  if (known != NULL)
    return *known;
  value = read_value (self, &item->scope, self->state.sort_measure, self->state.sort_bucket);
  g_hash_table_insert (self->ranks, g_strdup (item->key), g_memdup2 (&value, sizeof value));
  return value;
}

static gboolean
passes_filter (KilterPlanPivot *self, const Item *item)
{
  gpointer known;
  double value;
  gboolean passes;

  if (self->state.filter_measure < 0)
    return TRUE;
  if (g_hash_table_lookup_extended (self->passes, item->key, NULL, &known))
    return GPOINTER_TO_INT (known);
  value = read_value (self, &item->scope, self->state.filter_measure, self->state.filter_bucket);
  passes = self->state.filter_below ? value <= self->state.filter_value
                                    : value >= self->state.filter_value;
  g_hash_table_insert (self->passes, g_strdup (item->key), GINT_TO_POINTER (passes));
  return passes;
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const Item *x = a, *y = b;
  gboolean down = *(gboolean *) data;

  /* what has no number stands last, whichever way */
  if (isnan (x->rank) || isnan (y->rank))
    return isnan (x->rank) && isnan (y->rank) ? x->order - y->order : isnan (x->rank) ? 1 : -1;
  if (x->rank != y->rank)
    return (x->rank < y->rank) == down ? 1 : -1;
  return x->order - y->order;
}

static void
sort_items (KilterPlanPivot *self, GArray *items)
{
  if (self->state.sort_measure < 0)
    return;
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      item->rank = get_rank (self, item);
    }
  g_array_sort_with_data (items, compare_items, &self->state.sort_down);
}

/* --- filling --- */

static void
read_state (KilterPlanPivot *self)
{
  KilterSession *session = kilter_page_get_session (self->page);
  const KilterScope *scope = kilter_page_get_scope (self->page);
  const char *text = kilter_session_get_pivot (session);
  g_autofree char *wanted = g_strdup_printf (
    "%s %d %s %d %d %d %d %d %d", text, kilter_page_get_version (self->page),
    kilter_plan_get_uuid (kilter_page_get_plan (self->page)), scope->category, scope->family,
    scope->product, scope->region, scope->channel, scope->resource);

  if (g_set_str (&self->state_text, text))
    kilter_pivot_state_parse (&self->state, text,
                              kilter_plan_get_bucket_kind (kilter_page_get_plan (self->page)));
  if (g_set_str (&self->ranked_for, wanted))
    {
      g_hash_table_remove_all (self->ranks);
      g_hash_table_remove_all (self->passes);
    }
}

static void
add_level (KilterPlanPivot *self,
           const KilterPivotKind *kind,
           int level,
           const KilterScope *scope,
           const char *outer,
           int depth,
           KilterPivotBlockFunc block,
           gpointer data)
{
  g_autoptr (GArray) items = NULL;
  gboolean is_group = level == 0 && !is_chosen (scope, kind->levels[1]);

  /* what is chosen already is no level of its own */
  if (is_chosen (scope, kind->levels[level]))
    {
      if (level == 0)
        add_level (self, kind, 1, scope, outer, depth, block, data);
      return;
    }
  items = list_items (kilter_page_get_plan (self->page), kind->levels[level], scope, outer);
  sort_items (self, items);
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      g_autofree char *below = NULL;
      KilterPlanRow row = {
        .label = item->label,
        .measure = (int) self->measure,
        .scope = item->scope,
        .kind = is_group ? KILTER_GRID_ROW_GROUP : KILTER_GRID_ROW_PRODUCT,
        .look = is_group ? KILTER_GRID_ROW_FLAG_BOLD : KILTER_GRID_ROW_FLAG_NONE,
        .flags = KILTER_PLAN_ROW_EXPANDABLE | KILTER_PLAN_ROW_EDITABLE |
                 KILTER_PLAN_ROW_FUTURE_ONLY,
        .depth = depth,
        .badge = item->badge,
        .key = item->key,
      };

      if (!passes_filter (self, item))
        {
          self->n_hidden++;
          continue;
        }
      kilter_plan_grid_add (self->grid, &row);
      if (!kilter_plan_grid_is_expanded (self->grid, item->key))
        continue;
      block (&item->scope, depth + 1, data);
      if (!is_group)
        continue;
      below = g_strdup_printf ("%s/", item->key);
      add_level (self, kind, 1, &item->scope, below, depth + 1, block, data);
    }
}

static void update_button (KilterPlanPivot *self);
static void update_chips (KilterPlanPivot *self);

void
kilter_plan_pivot_fill (KilterPlanPivot *self,
                        const KilterScope *scope,
                        KilterPivotBlockFunc block,
                        gpointer data)
{
  g_return_if_fail (KILTER_IS_PLAN_PIVOT (self));

  read_state (self);
  self->n_hidden = 0;
  add_level (self, kilter_pivot_get_kind ((guint) self->state.kind), 0, scope, "", 0, block, data);
  update_button (self);
  update_chips (self);
}

int
kilter_plan_pivot_get_n_hidden (KilterPlanPivot *self)
{
  return self->n_hidden;
}

/* --- changing it --- */

static void
set_state (KilterPlanPivot *self, const KilterPivotState *state)
{
  g_autofree char *text = kilter_pivot_state_print (
    state, kilter_plan_get_bucket_kind (kilter_page_get_plan (self->page)));

  /* asked for again, the numbers of this moment count */
  g_clear_pointer (&self->ranked_for, g_free);
  kilter_session_set_pivot (kilter_page_get_session (self->page), text);
}

static void
group_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPlanPivot *self = data;
  KilterPivotState state = self->state;

  for (guint i = 0; i < kilter_pivot_get_n_kinds (); i++)
    if (g_str_equal (kilter_pivot_get_kind (i)->key, g_variant_get_string (parameter, NULL)))
      state.kind = (int) i;
  set_state (self, &state);
}

/* The cursor's measure and bucket; without a cursor those of the grid. */
static void
get_subject (KilterPlanPivot *self, int *out_measure, KilterBucket *out_bucket)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterSession *session = kilter_page_get_session (self->page);
  const KilterSelection *selection = kilter_session_get_selection (session);
  int bucket = kilter_session_get_bucket (session);

  *out_measure = selection->measure >= 0 ? selection->measure : (int) self->measure;
  if (selection->measure >= 0)
    bucket = selection->first;
  if (bucket < 0)
    bucket = MIN (kilter_plan_get_n_history (plan), kilter_plan_get_n_buckets (plan) - 1);
  *out_bucket = kilter_plan_get_bucket (plan, bucket);
}

static void
sort_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPlanPivot *self = data;
  const char *how = g_variant_get_string (parameter, NULL);
  KilterPivotState state = self->state;

  get_subject (self, &state.sort_measure, &state.sort_bucket);
  state.sort_down = g_str_equal (how, "down");
  if (g_str_equal (how, "none"))
    state.sort_measure = -1;
  set_state (self, &state);
}

static void
clear_filter_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPlanPivot *self = data;
  KilterPivotState state = self->state;

  state.filter_measure = -1;
  set_state (self, &state);
}

/* --- asking for a filter --- */

typedef struct
{
  KilterPlanPivot *pivot;
  int measure;
  KilterBucket bucket;
  AdwComboRow *how;
  GtkEditable *value;
  KilterFormat format;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->pivot);
  g_free (self);
}

/* How the numbers of a measure are written over the whole plan. */
static void
init_format (KilterPlanPivot *self, int measure, KilterFormat *out)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterSubject subject = { plan, kilter_page_get_version (self->page),
                            *kilter_page_get_scope (self->page), KILTER_DISPLAY_CASES };
  g_autofree double *values = g_new (double, kilter_plan_get_n_buckets (plan));

  kilter_subject_get (&subject, (KilterMeasure) measure, values);
  kilter_subject_init_format (&subject, (KilterMeasure) measure, values,
                              (gsize) kilter_plan_get_n_buckets (plan), out);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  KilterPivotState state = question->pivot->state;
  double value;

  if (g_str_equal (answer, "filter") &&
      kilter_number_parse (gtk_editable_get_text (question->value), &value))
    {
      if (question->format.number.percent)
        value /= 100;
      if (question->format.number.scale > 0)
        value *= question->format.number.scale;
      state.filter_measure = question->measure;
      state.filter_bucket = question->bucket;
      state.filter_below = adw_combo_row_get_selected (question->how) == 1;
      state.filter_value = value;
      set_state (question->pivot, &state);
    }
  question_free (question);
}

static void
value_changed_cb (GtkEditable *value, AdwAlertDialog *dialog)
{
  double number;

  adw_alert_dialog_set_response_enabled (
    dialog, "filter", kilter_number_parse (gtk_editable_get_text (value), &number));
}

static void
filter_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPlanPivot *self = data;
  KilterPlan *plan = kilter_page_get_plan (self->page);
  static const char *const names[] = { N_ ("At Least"), N_ ("At Most"), NULL };
  Question *question = g_new0 (Question, 1);
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Filter Rows"), NULL);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *how = adw_combo_row_new (), *value = adw_entry_row_new ();
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  g_autofree char *month = NULL, *body = NULL, *unit = NULL, *title = NULL;

  get_subject (self, &question->measure, &question->bucket);
  question->pivot = g_object_ref (self);
  question->how = ADW_COMBO_ROW (how);
  question->value = GTK_EDITABLE (value);
  init_format (self, question->measure, &question->format);
  month = kilter_format_bucket (plan, kilter_plan_find_bucket (plan, question->bucket));
  /* Translators: a measure, a month: "Consensus in July 2026" */
  body = g_strdup_printf (_ ("%1$s in %2$s"),
                          kilter_measure_get_name ((KilterMeasure) question->measure), month);
  unit = kilter_format_get_unit_name (&question->format, plan);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), body);
  for (guint i = 0; names[i] != NULL; i++)
    gtk_string_list_append (words, _ (names[i]));
  adw_combo_row_set_model (ADW_COMBO_ROW (how), G_LIST_MODEL (words));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (how), _ ("Show Rows With"));
  title = *unit != '\0' ? g_strdup (unit) : g_strdup (_ ("Number"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (value), title);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), how);
  gtk_list_box_append (GTK_LIST_BOX (list), value);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), list);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "filter", _ ("_Filter"));
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "filter",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), "filter", FALSE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "filter");
  g_object_set (value, "activates-default", TRUE, NULL);
  g_signal_connect_object (value, "changed", G_CALLBACK (value_changed_cb), dialog, 0);
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (self->page), NULL, answered_cb,
                           question);
}

static const GActionEntry entries[] = {
  { .name = "group", .activate = group_action, .parameter_type = "s", .state = "''" },
  { .name = "sort", .activate = sort_action, .parameter_type = "s" },
  { .name = "filter", .activate = filter_action },
  { .name = "clear-filter", .activate = clear_filter_action },
};

/* --- the menu in the corner, and the chips --- */

static void
append_target (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) groups = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) views = g_menu_new ();

  for (guint i = 0; i < kilter_pivot_get_n_kinds (); i++)
    append_target (groups, _ (kilter_pivot_get_kind (i)->label), "pivot.group",
                   kilter_pivot_get_kind (i)->key);
  append_target (order, _ ("Sort by Selected Number, Largest First"), "pivot.sort", "down");
  append_target (order, _ ("Sort by Selected Number, Smallest First"), "pivot.sort", "up");
  g_menu_append (order, _ ("Filter by Selected Number…"), "pivot.filter");
  g_menu_append (views, _ ("Save View…"), "win.save-view");
  g_menu_append (views, _ ("Saved Views…"), "win.saved-views");
  g_menu_append_section (menu, _ ("Group By"), G_MENU_MODEL (groups));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (views));
  return G_MENU_MODEL (menu);
}

static void
update_button (KilterPlanPivot *self)
{
  const KilterPivotKind *kind = kilter_pivot_get_kind ((guint) self->state.kind);
  GActionGroup *group;
  GAction *action;

  if (self->button == NULL)
    return;
  gtk_menu_button_set_label (self->button, _ (kind->label));
  group = g_object_get_data (G_OBJECT (self), "actions");
  action = g_action_map_lookup_action (G_ACTION_MAP (group), "group");
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (kind->key));
}

static void
add_chip (KilterPlanPivot *self,
          const char *text,
          const char *tooltip,
          const char *action,
          const char *target)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_label_new (text));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "kilter-chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip, -1);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (self->chips, button);
}

static char *
get_month (KilterPlanPivot *self, KilterBucket bucket)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  int at = kilter_plan_find_bucket (plan, bucket);

  return at >= 0 ? kilter_format_bucket (plan, at)
                 : kilter_bucket_to_string (kilter_plan_get_bucket_kind (plan), bucket);
}

static void
update_chips (KilterPlanPivot *self)
{
  GtkWidget *child;

  if (self->chips == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, child);
  if (self->state.sort_measure >= 0)
    {
      g_autofree char *month = get_month (self, self->state.sort_bucket);
      g_autofree char *text = g_strdup_printf (
        self->state.sort_down ? _ ("%1$s, %2$s, largest first") : _ ("%1$s, %2$s, smallest first"),
        kilter_measure_get_name ((KilterMeasure) self->state.sort_measure), month);

      add_chip (self, text, _ ("Sort No More"), "pivot.sort", "none");
    }
  if (self->state.filter_measure >= 0)
    {
      g_autofree char *month = get_month (self, self->state.filter_bucket);
      g_autofree char *value = NULL, *text = NULL, *hidden = NULL;
      KilterFormat format;

      init_format (self, self->state.filter_measure, &format);
      value = kilter_format_value (&format, self->state.filter_value);
      text = g_strdup_printf (self->state.filter_below ? "%s, %s ≤ %s" : "%s, %s ≥ %s",
                              kilter_measure_get_name ((KilterMeasure) self->state.filter_measure),
                              month, value);
      add_chip (self, text, _ ("Filter No More"), "pivot.clear-filter", NULL);
      hidden = g_strdup_printf (ngettext ("%d row hidden", "%d rows hidden", self->n_hidden),
                                self->n_hidden);
      child = gtk_label_new (hidden);
      gtk_widget_add_css_class (child, "dim-label");
      gtk_widget_add_css_class (child, "caption");
      gtk_box_append (self->chips, child);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chips),
                          self->state.sort_measure >= 0 || self->state.filter_measure >= 0);
}

GtkWidget *
kilter_plan_pivot_create_view (KilterPlanPivot *self, GtkWidget *grid_view, KilterGrid *grid)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr (GMenuModel) menu = make_menu ();
  GSimpleActionGroup *group = g_simple_action_group_new ();

  g_return_val_if_fail (KILTER_IS_PLAN_PIVOT (self), NULL);

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (box, "pivot", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (self), "actions", group, g_object_unref);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_tooltip_text (button, _ ("Group, Sort and Filter Rows"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kilter-corner-button");
  gtk_widget_add_css_class (chips, "kilter-chips");
  gtk_widget_set_visible (chips, FALSE);
  self->button = GTK_MENU_BUTTON (button);
  self->chips = GTK_BOX (chips);
  g_object_add_weak_pointer (G_OBJECT (button), (gpointer *) &self->button);
  g_object_add_weak_pointer (G_OBJECT (chips), (gpointer *) &self->chips);
  kilter_grid_set_corner (grid, button);
  gtk_box_append (GTK_BOX (box), chips);
  gtk_box_append (GTK_BOX (box), grid_view);
  return box;
}

/* --- life --- */

static void
kilter_plan_pivot_finalize (GObject *object)
{
  KilterPlanPivot *self = KILTER_PLAN_PIVOT (object);

  if (self->button != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->button), (gpointer *) &self->button);
  if (self->chips != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->chips), (gpointer *) &self->chips);
  g_hash_table_unref (self->ranks);
  g_hash_table_unref (self->passes);
  g_free (self->state_text);
  g_free (self->ranked_for);
  G_OBJECT_CLASS (kilter_plan_pivot_parent_class)->finalize (object);
}

static void
kilter_plan_pivot_class_init (KilterPlanPivotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kilter_plan_pivot_finalize;
}

static void
kilter_plan_pivot_init (KilterPlanPivot *self)
{
  kilter_pivot_state_init (&self->state);
  self->ranks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->passes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * kilter_plan_pivot_new:
 * @page: the page that owns grid and pivot
 * @measure: what the rows of groups and products show
 */
KilterPlanPivot *
kilter_plan_pivot_new (KilterPage *page, KilterPlanGrid *grid, KilterMeasure measure)
{
  KilterPlanPivot *self = g_object_new (KILTER_TYPE_PLAN_PIVOT, NULL);

  self->page = page;
  self->grid = grid;
  self->measure = measure;
  return self;
}
