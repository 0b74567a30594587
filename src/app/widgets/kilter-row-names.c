/* kilter-row-names.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-row-names.h"

#include <adwaita.h>

static GQuark
own_name_quark (void)
{
  return g_quark_from_static_string ("kilter-row-own-name");
}

static void
collect (GtkWidget *widget, GString *text)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    {
      const char *label = gtk_label_get_text (GTK_LABEL (widget));

      if (*label != '\0' && text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, label);
      return;
    }
  /* buttons and fields in a row speak for themselves */
  if (GTK_IS_BUTTON (widget) || GTK_IS_EDITABLE (widget) || GTK_IS_MENU_BUTTON (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, text);
}

static void
name_row (GtkWidget *row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  /* rows of preferences are named by the toolkit; a name that the row was given stays */
  if (ADW_IS_PREFERENCES_ROW (row) ||
      (g_object_get_qdata (G_OBJECT (row), own_name_quark ()) == NULL &&
       gtk_test_accessible_has_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL)))
    return;
  collect (row, text);
  if (text->len == 0)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
  g_object_set_qdata (G_OBJECT (row), own_name_quark (), (gpointer) "");
}

static gboolean
emission_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  gpointer object = g_value_get_object (&values[0]);

  if (GTK_IS_LIST_BOX_ROW (object))
    name_row (object);
  return TRUE;
}

/**
 * kilter_row_names_watch:
 *
 * From now on every row of a list that has no name of its own is called by the texts in it: a
 * screen reader says the row that has the keyboard, not what is inside. The name is made when the
 * row comes onto the screen, and again whenever the row's state changes, as it does when it gets
 * the keyboard.
 */
void
kilter_row_names_watch (void)
{
  static gsize is_watching;

  if (!g_once_init_enter (&is_watching))
    return;
  g_type_class_unref (g_type_class_ref (GTK_TYPE_LIST_BOX_ROW)); /* its signals are known then */
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, emission_cb, NULL, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("state-flags-changed", GTK_TYPE_WIDGET), 0,
                              emission_cb, NULL, NULL);
  g_once_init_leave (&is_watching, 1);
}
