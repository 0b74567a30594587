/* kilter-event-dialog.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/demand/kilter-event-dialog.h"

#include "app/pages/demand/kilter-demand-dialogs.h"
#include "app/widgets/kilter-form.h"
#include "plan/review/kilter-review.h"
#include "report/figure/kilter-figure.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *const kinds[] = { "promotion", "launch",    "phase-out", "price",
                                     "holiday",   "stock-out", "other" };

/* A product of the event, or one that loses to it. */
typedef struct
{
  int product;
  gboolean loses;
  GtkWidget *row;
} Link;

typedef struct
{
  KilterForm *form; /* not owned */
  int event;        /* 0 for a new one */
  AdwEntryRow *name;
  AdwComboRow *kind;
  AdwComboRow *first;
  AdwComboRow *last;
  AdwComboRow *unit;
  AdwEntryRow *profile;
  AdwSwitchRow *planned;
  AdwSpinRow *cost;
  AdwSpinRow *confidence;
  AdwEntryRow *note;
  KilterRefRow *owner;
  KilterRefRow *region;
  KilterRefRow *channel;
  AdwPreferencesGroup *own_group;
  AdwPreferencesGroup *lost_group;
  KilterRefRow *add_own;
  KilterRefRow *add_lost;
  GArray *links;
} Editor;

static void
editor_free (gpointer data)
{
  Editor *self = data;

  g_array_unref (self->links);
  g_free (self);
}

/* --- products --- */

static void update (Editor *self);

static void
remove_link_cb (GtkButton *button, Editor *self)
{
  GtkWidget *row = g_object_get_data (G_OBJECT (button), "row");

  for (guint i = 0; i < self->links->len; i++)
    {
      Link *link = &g_array_index (self->links, Link, i);

      if (link->row != row)
        continue;
      adw_preferences_group_remove (link->loses ? self->lost_group : self->own_group, row);
      g_array_remove_index (self->links, i);
      update (self);
      return;
    }
}

static void
add_link (Editor *self, int product, gboolean loses, double share)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  Link link = { product, loses, NULL };
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");

  for (guint i = 0; i < self->links->len; i++)
    if (g_array_index (self->links, Link, i).product == product)
      return;
  if (loses)
    link.row = adw_spin_row_new_with_range (0, 100, 5);
  else
    link.row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (link.row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (link.row),
                                 kilter_plan_get_product_name (plan, product));
  if (loses)
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (link.row),
                                   _ ("Share of the uplift lost here, %"));
      adw_spin_row_set_value (ADW_SPIN_ROW (link.row), isnan (share) ? 10 : share * 100);
    }
  gtk_widget_set_tooltip_text (remove, _ ("Take This Product Out"));
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  g_object_set_data (G_OBJECT (remove), "row", link.row);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_link_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (link.row), remove);
  adw_preferences_group_add (loses ? self->lost_group : self->own_group, link.row);
  g_array_append_val (self->links, link);
}

static void
added_cb (KilterRefRow *row, GParamSpec *pspec, Editor *self)
{
  double product = kilter_ref_row_get_field (row);

  if (isnan (product))
    return;
  add_link (self, (int) product, row == self->add_lost, NAN);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  update (self);
}

static KilterRefRow *
add_chooser (Editor *self, AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = kilter_ref_row_new (title, kilter_document_get_plan (self->form->document),
                                       KILTER_TABLE_PRODUCT, _ ("Choose…"), NULL, 0);

  adw_combo_row_set_enable_search (ADW_COMBO_ROW (row), TRUE);
  adw_preferences_group_add (group, row);
  g_signal_connect (row, "notify::selected", G_CALLBACK (added_cb), self);
  return KILTER_REF_ROW (row);
}

/* --- numbers --- */

static gboolean
is_share (const Editor *self)
{
  return adw_combo_row_get_selected (self->unit) == 0;
}

/* What was typed, one number a bucket; a single number holds for all of them. */
static gboolean
read_profile (const Editor *self, GArray *out)
{
  g_auto (GStrv)
    parts = g_strsplit_set (gtk_editable_get_text (GTK_EDITABLE (self->profile)), " ;", -1);
  int n = (int) adw_combo_row_get_selected (self->last) -
          (int) adw_combo_row_get_selected (self->first) + 1;

  for (char **part = parts; *part != NULL; part++)
    {
      KilterEditKind kind;
      double value;

      if (**part == '\0')
        continue;
      if (!kilter_number_parse_edit (*part, &kind, &value) || kind == KILTER_EDIT_CLEAR ||
          kind == KILTER_EDIT_MULTIPLY)
        return FALSE;
      if (is_share (self) && kind != KILTER_EDIT_PERCENT)
        value /= 100;
      else if (!is_share (self) && kind == KILTER_EDIT_PERCENT)
        return FALSE;
      g_array_append_val (out, value);
    }
  if ((int) out->len > n)
    return FALSE;
  if (out->len == 1)
    for (int i = 1; i < n; i++)
      {
        double value = g_array_index (out, double, 0);

        g_array_append_val (out, value);
      }
  return TRUE;
}

static char *
profile_to_file (const GArray *profile)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < profile->len; i++)
    {
      g_autofree char *number = kilter_number_to_c (g_array_index (profile, double, i));

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", number);
    }
  return g_string_free (text, FALSE);
}

static char *
profile_to_text (const GArray *profile, gboolean share)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < profile->len; i++)
    {
      double value = g_array_index (profile, double, i) * (share ? 100 : 1);
      KilterNumberFormat format = { .decimals = value == floor (value) ? 0 : 2 };
      g_autofree char *number = kilter_number_format (value, &format);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", number);
    }
  return g_string_free (text, FALSE);
}

static void
update (Editor *self)
{
  g_autoptr (GArray) profile = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean known = read_profile (self, profile), any = FALSE;

  for (guint i = 0; i < self->links->len; i++)
    any |= !g_array_index (self->links, Link, i).loses;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->profile),
                                 is_share (self) ? _ ("Uplift by period, %, such as 20 30 10")
                                                 : _ ("Uplift by period, such as 500 800 200"));
  if (known)
    gtk_widget_remove_css_class (GTK_WIDGET (self->profile), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->profile), "error");
  gtk_widget_set_sensitive (
    self->form->button,
    known && any && *gtk_editable_get_text (GTK_EDITABLE (self->name)) != '\0' &&
      adw_combo_row_get_selected (self->last) >= adw_combo_row_get_selected (self->first));
}

/* --- saving --- */

static void
set_bucket (Editor *self, KilterCommand *command, int id, int field, AdwComboRow *row)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  g_autofree char *text = kilter_bucket_to_string (
    kilter_plan_get_bucket_kind (plan),
    kilter_plan_get_bucket (plan, (int) adw_combo_row_get_selected (row)));

  kilter_command_set_field_text (command, plan, KILTER_TABLE_EVENT, id, field, text);
}

static void
remove_links (KilterCommand *command, KilterPlan *plan, int event)
{
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    if (kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT) == event)
      kilter_command_remove_record (command, plan, KILTER_TABLE_EVENT_PRODUCT, link->id);
}

static void
set_links (Editor *self, KilterCommand *command, KilterPlan *plan, int event)
{
  remove_links (command, plan, event);
  for (guint i = 0; i < self->links->len; i++)
    {
      const Link *link = &g_array_index (self->links, Link, i);
      int id = kilter_command_add_record (command, plan, KILTER_TABLE_EVENT_PRODUCT);

      kilter_command_set_field_number (command, plan, KILTER_TABLE_EVENT_PRODUCT, id,
                                       KILTER_EVENT_PRODUCT_EVENT, event);
      kilter_command_set_field_number (command, plan, KILTER_TABLE_EVENT_PRODUCT, id,
                                       KILTER_EVENT_PRODUCT_PRODUCT, link->product);
      if (link->loses)
        kilter_command_set_field_number (command, plan, KILTER_TABLE_EVENT_PRODUCT, id,
                                         KILTER_EVENT_PRODUCT_LOST,
                                         adw_spin_row_get_value (ADW_SPIN_ROW (link->row)) / 100);
    }
}

static gboolean
save_cb (KilterForm *form, gpointer data)
{
  Editor *self = data;
  KilterPlan *plan = kilter_document_get_plan (form->document);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  g_autoptr (GArray) profile = g_array_new (FALSE, FALSE, sizeof (double));
  double cost = adw_spin_row_get_value (self->cost);
  g_autofree char *label = NULL, *profile_text = NULL;
  KilterCommand *command;
  int id = self->event;

  if (!read_profile (self, profile))
    return FALSE;
  profile_text = profile_to_file (profile);
  /* Translators: %s is an event */
  label = g_strdup_printf (id == 0 ? _ ("New event: %s") : _ ("Changed event: %s"), name);
  command = kilter_command_new ("event", label);
  if (id == 0)
    id = kilter_command_add_record (command, plan, KILTER_TABLE_EVENT);
  {
    const struct
    {
      int field;
      const char *text;
    } texts[] = {
      { KILTER_EVENT_NAME, name },
      { KILTER_EVENT_KIND, kinds[adw_combo_row_get_selected (self->kind)] },
      { KILTER_EVENT_STATE, adw_switch_row_get_active (self->planned) ? "planned" : "proposed" },
      { KILTER_EVENT_UNIT, is_share (self) ? "share" : "quantity" },
      { KILTER_EVENT_PROFILE, profile_text },
      { KILTER_EVENT_NOTE, gtk_editable_get_text (GTK_EDITABLE (self->note)) },
    };
    const struct
    {
      int field;
      double number;
    } numbers[] = {
      { KILTER_EVENT_REGION, kilter_ref_row_get_field (self->region) },
      { KILTER_EVENT_CHANNEL, kilter_ref_row_get_field (self->channel) },
      { KILTER_EVENT_OWNER, kilter_ref_row_get_field (self->owner) },
      { KILTER_EVENT_COST, cost > 0 ? cost : NAN },
      { KILTER_EVENT_CONFIDENCE, adw_spin_row_get_value (self->confidence) / 100 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      kilter_command_set_field_text (command, plan, KILTER_TABLE_EVENT, id, texts[i].field,
                                     texts[i].text);
    for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
      kilter_command_set_field_number (command, plan, KILTER_TABLE_EVENT, id, numbers[i].field,
                                       numbers[i].number);
  }
  set_bucket (self, command, id, KILTER_EVENT_FIRST, self->first);
  set_bucket (self, command, id, KILTER_EVENT_LAST, self->last);
  set_links (self, command, plan, id);
  return kilter_form_apply (form, command);
}

static void
delete_cb (Editor *self)
{
  KilterPlan *plan = kilter_document_get_plan (self->form->document);
  const KilterRecord *event = kilter_plan_get_record (plan, KILTER_TABLE_EVENT, self->event);
  /* Translators: %s is an event */
  g_autofree char *label = g_strdup_printf (_ ("Deleted event: %s"),
                                            kilter_record_text (event, KILTER_EVENT_NAME));
  KilterCommand *command = kilter_command_new ("event", label);

  remove_links (command, plan, self->event);
  kilter_command_remove_record (command, plan, KILTER_TABLE_EVENT, self->event);
  if (kilter_form_apply (self->form, command))
    adw_dialog_close (self->form->dialog);
}

/* --- making --- */

static void
add_what (Editor *self, KilterPlan *plan, const KilterRecord *record)
{
  AdwPreferencesGroup *group = kilter_form_add_group (self->form, NULL, NULL);
  const char *names[G_N_ELEMENTS (kinds) + 1] = { NULL };
  guint kind = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      names[i] = kilter_event_kind_get_name (kinds[i]);
      if (record != NULL && g_str_equal (kilter_record_text (record, KILTER_EVENT_KIND), kinds[i]))
        kind = (guint) i;
    }
  self->name = kilter_form_add_entry (
    group, _ ("Name"), record != NULL ? kilter_record_text (record, KILTER_EVENT_NAME) : "");
  self->kind = kilter_form_add_combo (group, _ ("Kind"), names, kind);
  self->planned = ADW_SWITCH_ROW (adw_switch_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->planned), _ ("In the Plan"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->planned),
                               _ ("A proposed event shows its effect and changes nothing"));
  adw_switch_row_set_active (self->planned, record == NULL || kilter_event_is_planned (record));
  adw_preferences_group_add (group, GTK_WIDGET (self->planned));
}

static void
add_when (Editor *self, KilterPlan *plan, const KilterRecord *record)
{
  AdwPreferencesGroup *group = kilter_form_add_group (self->form, _ ("When and How Much"), NULL);
  const char *const units[] = { _ ("Share of the forecast"), _ ("Quantity"), NULL };
  int first = kilter_plan_get_n_history (plan), last = first;
  gboolean share = TRUE;
  g_autofree char *text = NULL;

  if (record != NULL)
    {
      g_autoptr (GArray)
        profile = kilter_event_parse_profile (kilter_record_text (record, KILTER_EVENT_PROFILE));

      kilter_event_get_span (plan, record, &first, &last);
      share = !g_str_equal (kilter_record_text (record, KILTER_EVENT_UNIT), "quantity");
      text = profile_to_text (profile, share);
    }
  self->first = kilter_demand_add_bucket (group, _ ("From"), plan, 0, first);
  self->last = kilter_demand_add_bucket (group, _ ("To"), plan, 0, last);
  self->unit = kilter_form_add_combo (group, _ ("Uplift in"), units, share ? 0 : 1);
  self->profile = kilter_form_add_entry (group, "", text != NULL ? text : "");
}

static void
add_products (Editor *self, KilterPlan *plan)
{
  self->own_group = kilter_form_add_group (self->form, _ ("Products"), NULL);
  self->add_own = add_chooser (self, self->own_group, _ ("Add a Product"));
  self->lost_group = kilter_form_add_group (self->form, _ ("Lose to It"),
                                            _ ("Products that sell less because of the event."));
  self->add_lost = add_chooser (self, self->lost_group, _ ("Add a Product"));
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_EVENT_PRODUCT, link)
    if (self->event != 0 && kilter_record_ref (link, KILTER_EVENT_PRODUCT_EVENT) == self->event)
      add_link (self, kilter_record_ref (link, KILTER_EVENT_PRODUCT_PRODUCT),
                !isnan (kilter_record_number (link, KILTER_EVENT_PRODUCT_LOST)),
                kilter_record_number (link, KILTER_EVENT_PRODUCT_LOST));
}

static void
add_rest (Editor *self, KilterPlan *plan, const KilterRecord *record)
{
  AdwPreferencesGroup *group = kilter_form_add_group (self->form, _ ("Where"), NULL);
  double confidence = record != NULL ? kilter_record_number_or (record, KILTER_EVENT_CONFIDENCE, 1)
                                     : 1;

  self->region = kilter_demand_add_ref (group, _ ("Region"), plan, KILTER_TABLE_REGION,
                                        _ ("All regions"), record, KILTER_EVENT_REGION);
  self->channel = kilter_demand_add_ref (group, _ ("Channel"), plan, KILTER_TABLE_CHANNEL,
                                         _ ("All channels"), record, KILTER_EVENT_CHANNEL);
  group = kilter_form_add_group (self->form, _ ("Money and People"), NULL);
  self->cost = kilter_form_add_spin (
    group, C_ ("event or decision", "Cost"), kilter_plan_get_currency (plan), 0, 1e9, 1000,
    record != NULL ? kilter_record_number_or (record, KILTER_EVENT_COST, 0) : 0);
  self->confidence = kilter_form_add_spin (group, _ ("Confidence, %"), NULL, 0, 100, 5,
                                           100 * confidence);
  self->owner = kilter_demand_add_ref (group, _ ("Owner"), plan, KILTER_TABLE_PERSON, _ ("Nobody"),
                                       record, KILTER_EVENT_OWNER);
  self->note = kilter_form_add_entry (
    group, _ ("Note"), record != NULL ? kilter_record_text (record, KILTER_EVENT_NOTE) : "");
}

void
kilter_event_dialog_present (KilterPage *page, int id)
{
  KilterDocument *document = kilter_page_get_document (page);
  KilterPlan *plan = kilter_document_get_plan (document);
  const KilterRecord *record = id > 0 ? kilter_plan_get_record (plan, KILTER_TABLE_EVENT, id)
                                      : NULL;
  Editor *self = g_new0 (Editor, 1);

  self->event = record != NULL ? id : 0;
  self->links = g_array_new (FALSE, FALSE, sizeof (Link));
  self->form = kilter_form_new (
    GTK_WIDGET (page), document, record != NULL ? _ ("Event") : _ ("New Event"),
    record != NULL ? _ ("_Save") : _ ("_Add"), save_cb, self, editor_free);
  add_what (self, plan, record);
  add_when (self, plan, record);
  add_products (self, plan);
  add_rest (self, plan, record);
  if (record != NULL)
    kilter_form_add_delete (self->form, _ ("Delete Event"), G_CALLBACK (delete_cb), self);
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->profile, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->first, "notify::selected", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->last, "notify::selected", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->unit, "notify::selected", G_CALLBACK (update), self);
  update (self);
  adw_dialog_set_focus (self->form->dialog, GTK_WIDGET (self->name));
  kilter_form_present (self->form);
}
