/* kilter-family-switch.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/balance/kilter-family-switch.h"

#include <glib/gi18n-lib.h>

/* more than these do not fit beside the other switches */
#define MAX_TOGGLES 6

struct _KilterFamilySwitch
{
  AdwBin parent_instance;

  KilterSession *session; /* (nullable) */
  GArray *families;       /* int: ids; the first is 0, all */
  GPtrArray *names;       /* what is shown now */
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (KilterFamilySwitch, kilter_family_switch, ADW_TYPE_BIN)

static void
choose (KilterFamilySwitch *self, guint index)
{
  KilterScope scope;

  if (self->is_setting || self->session == NULL || index >= self->families->len)
    return;
  scope = *kilter_session_get_scope (self->session);
  scope.category = scope.product = scope.resource = 0;
  scope.family = g_array_index (self->families, int, index);
  kilter_session_set_scope (self->session, &scope);
}

static void
toggled_cb (AdwToggleGroup *group, GParamSpec *pspec, KilterFamilySwitch *self)
{
  choose (self, adw_toggle_group_get_active (group));
}

static void
selected_cb (GtkDropDown *list, GParamSpec *pspec, KilterFamilySwitch *self)
{
  choose (self, gtk_drop_down_get_selected (list));
}

static gboolean
read_families (KilterFamilySwitch *self, KilterPlan *plan)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const int all = 0;
  gboolean is_same;

  g_array_set_size (self->families, 0);
  g_array_append_val (self->families, all);
  /* Translators: all families of products */
  g_ptr_array_add (names, g_strdup (C_ ("families", "All")));
  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_FAMILY, family)
    {
      g_array_append_val (self->families, family->id);
      g_ptr_array_add (names, g_strdup (kilter_record_text (family, KILTER_FAMILY_NAME)));
    }
  is_same = names->len == self->names->len;
  for (guint i = 0; is_same && i < names->len; i++)
    is_same = g_str_equal (g_ptr_array_index (names, i), g_ptr_array_index (self->names, i));
  if (!is_same)
    {
      g_ptr_array_unref (self->names);
      self->names = g_steal_pointer (&names);
    }
  return !is_same;
}

static void
build (KilterFamilySwitch *self)
{
  GtkWidget *child;

  if (self->names->len <= MAX_TOGGLES + 1)
    {
      child = adw_toggle_group_new ();
      adw_toggle_group_set_can_shrink (ADW_TOGGLE_GROUP (child), FALSE);
      for (guint i = 0; i < self->names->len; i++)
        {
          AdwToggle *toggle = adw_toggle_new ();

          adw_toggle_set_label (toggle, g_ptr_array_index (self->names, i));
          adw_toggle_group_add (ADW_TOGGLE_GROUP (child), toggle);
        }
      g_signal_connect (child, "notify::active", G_CALLBACK (toggled_cb), self);
    }
  else
    {
      GtkStringList *list = gtk_string_list_new (NULL);

      for (guint i = 0; i < self->names->len; i++)
        gtk_string_list_append (list, g_ptr_array_index (self->names, i));
      child = gtk_drop_down_new (
        G_LIST_MODEL (list), gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
      gtk_drop_down_set_enable_search (GTK_DROP_DOWN (child), TRUE);
      g_signal_connect (child, "notify::selected", G_CALLBACK (selected_cb), self);
    }
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Family"), -1);
  adw_bin_set_child (ADW_BIN (self), child);
}

static void
kilter_family_switch_dispose (GObject *object)
{
  g_clear_object (&KILTER_FAMILY_SWITCH (object)->session);
  G_OBJECT_CLASS (kilter_family_switch_parent_class)->dispose (object);
}

static void
kilter_family_switch_finalize (GObject *object)
{
  KilterFamilySwitch *self = KILTER_FAMILY_SWITCH (object);

  g_array_unref (self->families);
  g_ptr_array_unref (self->names);
  G_OBJECT_CLASS (kilter_family_switch_parent_class)->finalize (object);
}

static void
kilter_family_switch_class_init (KilterFamilySwitchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kilter_family_switch_dispose;
  G_OBJECT_CLASS (klass)->finalize = kilter_family_switch_finalize;
}

static void
kilter_family_switch_init (KilterFamilySwitch *self)
{
  self->families = g_array_new (FALSE, FALSE, sizeof (int));
  self->names = g_ptr_array_new_with_free_func (g_free);
}

GtkWidget *
kilter_family_switch_new (void)
{
  return g_object_new (KILTER_TYPE_FAMILY_SWITCH, NULL);
}

/**
 * kilter_family_switch_refresh:
 *
 * Shows the families of the page's plan and the one that is chosen; nothing is active while the
 * scope is a category or a product.
 */
void
kilter_family_switch_refresh (KilterFamilySwitch *self, KilterPage *page)
{
  const KilterScope *scope = kilter_page_get_scope (page);
  guint active = GTK_INVALID_LIST_POSITION;

  self->is_setting = TRUE;
  g_set_object (&self->session, kilter_page_get_session (page));
  if (read_families (self, kilter_page_get_plan (page)) ||
      adw_bin_get_child (ADW_BIN (self)) == NULL)
    build (self);
  if (scope->category == 0 && scope->product == 0)
    for (guint i = 0; i < self->families->len; i++)
      if (g_array_index (self->families, int, i) == scope->family)
        active = i;
  if (ADW_IS_TOGGLE_GROUP (adw_bin_get_child (ADW_BIN (self))))
    adw_toggle_group_set_active (ADW_TOGGLE_GROUP (adw_bin_get_child (ADW_BIN (self))), active);
  else
    gtk_drop_down_set_selected (GTK_DROP_DOWN (adw_bin_get_child (ADW_BIN (self))), active);
  gtk_widget_set_visible (GTK_WIDGET (self), self->families->len > 2);
  self->is_setting = FALSE;
}
