/* kilter-date-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/widgets/kilter-date-row.h"

#include <glib/gi18n-lib.h>

#include "base/kilter-calendar.h"
#include "report/words/kilter-format.h"

/**
 * KilterDateRow:
 *
 * Signals:
 * - `changed ()`: a person chose another date
 */
struct _KilterDateRow
{
  AdwActionRow parent_instance;

  GtkWidget *button;
  GtkWidget *calendar;
  GtkWidget *clear;
  const KilterPlan *plan;
  char *iso;
  gboolean is_setting;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KilterDateRow, kilter_date_row, ADW_TYPE_ACTION_ROW)

static void
show (KilterDateRow *self)
{
  g_autofree char *text = *self->iso != '\0' ? kilter_format_date (self->plan, self->iso)
                                             : g_strdup (_ ("No date"));

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), text);
  gtk_widget_set_visible (self->clear, *self->iso != '\0');
}

static void
day_selected_cb (KilterDateRow *self)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *iso = NULL;

  if (self->is_setting)
    return;
  date = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  iso = g_date_time_format (date, "%Y-%m-%d");
  kilter_date_row_set_iso (self, iso);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
clear_cb (KilterDateRow *self)
{
  kilter_date_row_set_iso (self, "");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
kilter_date_row_finalize (GObject *object)
{
  g_free (KILTER_DATE_ROW (object)->iso);
  G_OBJECT_CLASS (kilter_date_row_parent_class)->finalize (object);
}

static void
kilter_date_row_class_init (KilterDateRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kilter_date_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kilter_date_row_init (KilterDateRow *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->iso = g_strdup ("");
  self->calendar = gtk_calendar_new ();
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self);
  gtk_popover_set_child (GTK_POPOVER (popover), self->calendar);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  self->clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_tooltip_text (self->clear, _ ("Clear Date"));
  gtk_widget_add_css_class (self->clear, "flat");
  gtk_widget_set_valign (self->clear, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (clear_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->clear);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
}

GtkWidget *
kilter_date_row_new (const char *title, const KilterPlan *plan)
{
  KilterDateRow *self = g_object_new (KILTER_TYPE_DATE_ROW, "title", title, NULL);

  self->plan = plan;
  show (self);
  return GTK_WIDGET (self);
}

const char *
kilter_date_row_get_iso (KilterDateRow *self)
{
  g_return_val_if_fail (KILTER_IS_DATE_ROW (self), NULL);
  return self->iso;
}

void
kilter_date_row_set_iso (KilterDateRow *self, const char *iso)
{
  GDate date;

  g_return_if_fail (KILTER_IS_DATE_ROW (self));
  g_set_str (&self->iso, iso != NULL ? iso : "");
  if (kilter_date_parse_iso (self->iso, &date))
    {
      g_autoptr (GDateTime) time = g_date_time_new_local (
        g_date_get_year (&date), (int) g_date_get_month (&date), g_date_get_day (&date), 0, 0, 0);

      self->is_setting = TRUE;
      gtk_calendar_select_day (GTK_CALENDAR (self->calendar), time);
      self->is_setting = FALSE;
    }
  show (self);
}
