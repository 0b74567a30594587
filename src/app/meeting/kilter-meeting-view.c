/* kilter-meeting-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/meeting/kilter-meeting-private.h"

#include "app/help/kilter-help-window.h"
#include "app/widgets/kilter-chart-view.h"
#include "app/widgets/kilter-form.h"
#include "report/words/kilter-format.h"
#include "report/pack/kilter-minutes.h"

#include <glib/gi18n-lib.h>
#include <math.h>

G_DEFINE_FINAL_TYPE (KilterMeetingView, kilter_meeting_view, ADW_TYPE_BIN)

enum
{
  LEAVE,
  ENDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static KilterPlan *
get_plan (KilterMeetingView *self)
{
  return kilter_document_get_plan (self->document);
}

static const KilterRecord *
get_item (KilterMeetingView *self)
{
  if (self->at >= self->items->len)
    return NULL;
  return kilter_plan_get_record (get_plan (self), KILTER_TABLE_AGENDA,
                                 g_array_index (self->items, int, self->at));
}

static int
get_minutes (const KilterRecord *item)
{
  return item != NULL ? (int) kilter_record_number_or (item, KILTER_AGENDA_MINUTES, 0) : 0;
}

/* --- the clock; it only informs --- */

static void
draw_ring_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  KilterMeetingView *self = data;
  g_autoptr (KilterChartStyle) style = kilter_chart_style_for_widget (GTK_WIDGET (area));
  const KilterChartColor *ground = &style->colors[KILTER_CHART_ROLE_GRID_LINE];
  const KilterChartColor *color = &style->colors[KILTER_CHART_ROLE_FORECAST];
  double total = kilter_agenda_get_minutes (get_plan (self), self->meeting) * 60.0;
  double share = total > 0 ? (double) (g_get_monotonic_time () - self->start_time) / 1e6 / total
                           : 0;
  double radius = MIN (width, height) / 2.0 - 3;

  cairo_set_line_width (cr, 5);
  cairo_set_source_rgba (cr, ground->red, ground->green, ground->blue, ground->alpha);
  cairo_arc (cr, width / 2.0, height / 2.0, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
  cairo_arc (cr, width / 2.0, height / 2.0, radius, -G_PI / 2,
             -G_PI / 2 + 2 * G_PI * CLAMP (share, 0, 1));
  cairo_stroke (cr);
}

/* Minutes that the items before the present one were to take, and that they took. */
static void
show_clock (KilterMeetingView *self)
{
  int total = kilter_agenda_get_minutes (get_plan (self), self->meeting);
  int gone = (int) ((g_get_monotonic_time () - self->start_time) / 60000000), planned = 0;
  g_autoptr (GDateTime) end = g_date_time_add_minutes (self->started, total);
  g_autofree char *time = g_date_time_format (end, "%H:%M");
  g_autofree char *clock = NULL, *until = NULL;

  for (guint i = 0; i <= self->at && i < self->items->len; i++)
    planned += get_minutes (kilter_plan_get_record (get_plan (self), KILTER_TABLE_AGENDA,
                                                    g_array_index (self->items, int, i)));
  /* Translators: minutes of a meeting that are over, of all */
  clock = g_strdup_printf (
    ngettext ("%d of %d minute", "%d of %d minutes", (gulong) MAX (total, 1)), gone, total);
  if (gone > planned)
    /* Translators: %1$s is a time, %2$d minutes by which a meeting is behind its agenda */
    until = g_strdup_printf (ngettext ("Ends at %1$s, %2$d minute behind",
                                       "Ends at %1$s, %2$d minutes behind",
                                       (gulong) (gone - planned)),
                             time, gone - planned);
  else
    /* Translators: %s is a time */
    until = g_strdup_printf (_ ("Ends at %s, on time"), time);
  gtk_label_set_label (self->clock, clock);
  gtk_label_set_label (self->until, until);
  gtk_widget_queue_draw (self->ring);
}

static gboolean
tick_cb (gpointer data)
{
  show_clock (data);
  return G_SOURCE_CONTINUE;
}

/* --- agenda and record --- */

static GtkWidget *
make_words (const char *title, const char *subtitle, gboolean is_strong)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *first = gtk_label_new (title), *second = gtk_label_new (subtitle);

  gtk_label_set_xalign (GTK_LABEL (first), 0);
  gtk_label_set_xalign (GTK_LABEL (second), 0);
  gtk_label_set_wrap (GTK_LABEL (first), TRUE);
  if (is_strong)
    gtk_widget_add_css_class (first, "heading");
  gtk_widget_add_css_class (second, "kilter-subtitle");
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  return box;
}

static void
fill_agenda (KilterMeetingView *self)
{
  gtk_list_box_remove_all (self->agenda);
  for (guint i = 0; i < self->items->len; i++)
    {
      const KilterRecord *item = kilter_plan_get_record (get_plan (self), KILTER_TABLE_AGENDA,
                                                         g_array_index (self->items, int, i));
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *minutes = g_strdup_printf (
        ngettext ("%d minute", "%d minutes", (gulong) get_minutes (item)), get_minutes (item));
      GtkWidget *mark = i < self->at ? gtk_image_new_from_icon_name ("kilter-check-symbolic")
                                     : gtk_label_new (number);

      if (i < self->at)
        gtk_widget_add_css_class (mark, "kilter-good");
      gtk_widget_set_size_request (mark, 22, -1);
      gtk_widget_set_margin_top (box, 8);
      gtk_widget_set_margin_bottom (box, 8);
      gtk_box_append (GTK_BOX (box), mark);
      gtk_box_append (GTK_BOX (box), make_words (kilter_record_text (item, KILTER_AGENDA_TITLE),
                                                 minutes, i == self->at));
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
      gtk_list_box_append (self->agenda, row);
      if (i == self->at)
        gtk_list_box_select_row (self->agenda, GTK_LIST_BOX_ROW (row));
    }
}

static void
forget_cb (GtkButton *button, KilterMeetingView *self)
{
  int minute = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "minute"));
  KilterCommand *command = kilter_meeting_forget (get_plan (self), minute);
  g_autofree char *now = kilter_document_get_now (self->document);

  kilter_command_set_stamp (command, kilter_document_get_user (self->document), now);
  kilter_document_apply (self->document, command, NULL);
}

static void
fill_recorded (KilterMeetingView *self)
{
  KilterPlan *plan = get_plan (self);
  g_autoptr (GArray) minutes = kilter_meeting_list_minutes (
    plan, kilter_plan_get_current_cycle (plan), self->meeting);

  gtk_list_box_remove_all (self->recorded);
  for (guint i = minutes->len; i > 0; i--)
    {
      int id = g_array_index (minutes, int, i - 1);
      const KilterRecord *minute = kilter_plan_get_record (plan, KILTER_TABLE_MINUTE, id);
      const char *owner = kilter_plan_get_key (plan, KILTER_TABLE_PERSON,
                                               kilter_record_ref (minute, KILTER_MINUTE_OWNER));
      const char *due = kilter_record_text (minute, KILTER_MINUTE_DUE);
      g_autofree char *day = *due != '\0' ? kilter_format_day (plan, due) : NULL;
      const char *kind = kilter_minutes_get_kind_name (
        kilter_record_text (minute, KILTER_MINUTE_KIND));
      g_autofree char *about = g_strjoin (" · ", kind, *owner != '\0' ? owner : day,
                                          *owner != '\0' ? day : NULL, NULL);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *words = make_words (kilter_record_text (minute, KILTER_MINUTE_TEXT), about, TRUE);
      GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
      GtkWidget *row = gtk_list_box_row_new ();

      gtk_widget_set_hexpand (words, TRUE);
      gtk_widget_set_tooltip_text (button, C_ ("button", "Delete"));
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_object_set_data (G_OBJECT (button), "minute", GINT_TO_POINTER (id));
      g_signal_connect (button, "clicked", G_CALLBACK (forget_cb), self);
      gtk_box_append (GTK_BOX (box), words);
      gtk_box_append (GTK_BOX (box), button);
      gtk_widget_add_css_class (box, "kilter-row-box");
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_list_box_append (self->recorded, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->recorded), minutes->len > 0);
  gtk_widget_set_visible (self->recorded_title, minutes->len > 0);
}

/* --- the item --- */

static void
show_scenario (KilterMeetingView *self)
{
  KilterPlan *plan = get_plan (self);
  g_autoptr (GMenu) menu = g_menu_new ();

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (!kilter_plan_is_snapshot (plan, version->id))
      {
        g_autofree char *action = g_strdup_printf ("win.version(%d)", version->id);

        g_menu_append (menu, kilter_record_text (version, KILTER_VERSION_NAME), action);
      }
  gtk_menu_button_set_menu_model (self->scenario, G_MENU_MODEL (menu));
  gtk_menu_button_set_label (
    self->scenario,
    kilter_record_text (kilter_plan_get_record (plan, KILTER_TABLE_VERSION,
                                                kilter_session_get_version (self->session)),
                        KILTER_VERSION_NAME));
}

static char *
explain (KilterPlan *plan, const KilterRecord *item)
{
  const KilterRecord *decision = kilter_plan_get_record (
    plan, KILTER_TABLE_DECISION, kilter_record_ref (item, KILTER_AGENDA_DECISION));
  const char *presenter = kilter_plan_get_key (plan, KILTER_TABLE_PERSON,
                                               kilter_record_ref (item, KILTER_AGENDA_PRESENTER));
  const char *text = kilter_record_text (item, KILTER_AGENDA_TEXT);

  if (*text == '\0' && decision != NULL)
    text = kilter_record_text (decision, KILTER_DECISION_RECOMMENDATION);
  if (*text == '\0' && decision != NULL)
    text = kilter_record_text (decision, KILTER_DECISION_TEXT);
  if (*presenter != '\0' && *text != '\0')
    /* Translators: a person who presents an agenda item, and the explanation of it */
    return g_strdup_printf (_ ("Presented by %1$s: %2$s"), presenter, text);
  if (*presenter != '\0')
    /* Translators: %s is a person */
    return g_strdup_printf (_ ("Presented by %s"), presenter);
  return g_strdup (text);
}

static void
show_item (KilterMeetingView *self)
{
  const KilterRecord *item = get_item (self);
  GtkWidget *right = item != NULL ? kilter_meeting_make_right (self, item) : NULL;
  g_autofree char *subtitle = g_strdup_printf (_ ("Item %1$u of %2$u"), self->at + 1,
                                               MAX (self->items->len, 1));
  g_autofree char *explanation = item != NULL ? explain (get_plan (self), item) : NULL;

  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_label_set_label (self->question, item != NULL ? kilter_record_text (item, KILTER_AGENDA_TITLE)
                                                    : _ ("The agenda is empty"));
  gtk_label_set_label (self->explanation, explanation != NULL ? explanation : "");
  gtk_widget_set_visible (GTK_WIDGET (self->explanation),
                          explanation != NULL && *explanation != '\0');
  adw_bin_set_child (self->left, kilter_meeting_make_left (self, item));
  adw_bin_set_child (self->right, right);
  gtk_widget_set_visible (GTK_WIDGET (self->right), right != NULL);
  gtk_widget_set_sensitive (self->previous, self->at > 0);
  gtk_widget_set_sensitive (self->next, self->at + 1 < self->items->len);
  fill_agenda (self);
  show_clock (self);
}

static void
go_to (KilterMeetingView *self, int at)
{
  if (at < 0 || at >= (int) self->items->len || at == (int) self->at)
    return;
  self->at = (guint) at;
  show_item (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->question),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
row_activated_cb (KilterMeetingView *self, GtkListBoxRow *row)
{
  go_to (self, gtk_list_box_row_get_index (row));
}

static void
plan_changed_cb (KilterMeetingView *self)
{
  g_array_unref (self->items);
  self->items = kilter_agenda_list (get_plan (self), self->meeting);
  self->at = MIN (self->at, MAX (self->items->len, 1) - 1);
  show_item (self);
  show_scenario (self);
  fill_recorded (self);
}

/* --- recording --- */

static const char *
get_kind (KilterMeetingView *self)
{
  const char *kind = adw_toggle_group_get_active_name (self->kind);

  return kind != NULL ? kind : "note";
}

static void
kind_cb (KilterMeetingView *self)
{
  gboolean note = g_str_equal (get_kind (self), "note");

  gtk_widget_set_visible (GTK_WIDGET (self->owner), !note);
  gtk_widget_set_visible (GTK_WIDGET (self->due), !note);
}

static void
entry_cb (KilterMeetingView *self)
{
  gtk_widget_set_sensitive (self->record, *gtk_editable_get_text (self->entry) != '\0');
}

static void
day_cb (KilterMeetingView *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autofree char *iso = g_date_time_format (date, "%Y-%m-%d");
  g_autofree char *text = kilter_format_day (get_plan (self), iso);

  self->has_due = TRUE;
  gtk_menu_button_set_label (self->due, text);
  gtk_menu_button_popdown (self->due);
}

static void
record_cb (KilterMeetingView *self)
{
  KilterPlan *plan = get_plan (self);
  const KilterRecord *item = get_item (self);
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autofree char *iso = self->has_due ? g_date_time_format (date, "%Y-%m-%d") : NULL;
  g_autofree char *now = kilter_document_get_now (self->document);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  gboolean note = g_str_equal (get_kind (self), "note");
  guint owner = gtk_drop_down_get_selected (self->owner);
  KilterMinuteEntry entry = { self->meeting,
                              item != NULL ? item->id : 0,
                              get_kind (self),
                              text,
                              !note && owner < self->owner_ids->len
                                ? g_array_index (self->owner_ids, int, owner)
                                : 0,
                              note ? NULL : iso };
  g_autoptr (GError) error = NULL;
  KilterCommand *command = kilter_meeting_record (
    plan, &entry, kilter_document_get_user (self->document), now, &error);

  if (command == NULL)
    return;
  kilter_command_set_stamp (command, kilter_document_get_user (self->document), now);
  if (!kilter_document_apply (self->document, command, &error))
    {
      gtk_accessible_announce (GTK_ACCESSIBLE (self), kilter_document_error_text (error),
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
      return;
    }
  gtk_editable_set_text (self->entry, "");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Recorded"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* --- keys --- */

static void
start_recording (KilterMeetingView *self, const char *kind)
{
  adw_toggle_group_set_active_name (self->kind, kind);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
next_scenario (KilterMeetingView *self)
{
  KilterPlan *plan = get_plan (self);
  KilterVersion now = kilter_session_get_version (self->session), first = 0, next = 0;

  KILTER_FOREACH_RECORD (plan, KILTER_TABLE_VERSION, version)
    if (!kilter_plan_is_snapshot (plan, version->id))
      {
        if (first == 0)
          first = version->id;
        if (next == 0 && version->id > now)
          next = version->id;
      }
  kilter_session_set_version (self->session, next != 0 ? next : first);
}

/* Single letters speak only while no text is typed. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        KilterMeetingView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_F11)
    {
      g_signal_emit (self, signals[LEAVE], 0);
      return GDK_EVENT_STOP;
    }
  if (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus))
    {
      if (keyval != GDK_KEY_Escape)
        return GDK_EVENT_PROPAGATE;
      gtk_widget_grab_focus (GTK_WIDGET (self->agenda));
      return GDK_EVENT_STOP;
    }
  switch (keyval)
    {
    case GDK_KEY_Right:
    case GDK_KEY_Page_Down:
      go_to (self, (int) self->at + 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Left:
    case GDK_KEY_Page_Up:
      go_to (self, (int) self->at - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_n:
    case GDK_KEY_N:
      start_recording (self, "note");
      return GDK_EVENT_STOP;
    case GDK_KEY_d:
    case GDK_KEY_D:
      start_recording (self, "decision");
      return GDK_EVENT_STOP;
    case GDK_KEY_a:
    case GDK_KEY_A:
      start_recording (self, "action");
      return GDK_EVENT_STOP;
    case GDK_KEY_s:
    case GDK_KEY_S:
      next_scenario (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      g_signal_emit (self, signals[LEAVE], 0);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
previous_cb (KilterMeetingView *self)
{
  go_to (self, (int) self->at - 1);
}

static void
next_cb (KilterMeetingView *self)
{
  go_to (self, (int) self->at + 1);
}

static void
leave_cb (KilterMeetingView *self)
{
  g_signal_emit (self, signals[LEAVE], 0);
}

/* --- building --- */

static GtkWidget *
make_icon_button (KilterMeetingView *self, const char *icon, const char *tooltip, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static GtkWidget *
make_header (KilterMeetingView *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *end = gtk_button_new_with_label (_ ("End Meeting"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  g_signal_connect_swapped (end, "clicked", G_CALLBACK (kilter_meeting_ask_end), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), end);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header),
                           make_icon_button (self, "view-restore-symbolic", _ ("Leave Full Screen"),
                                             G_CALLBACK (leave_cb)));
  self->next = make_icon_button (self, "go-next-symbolic", _ ("Next Item"), G_CALLBACK (next_cb));
  self->previous = make_icon_button (self, "go-previous-symbolic", _ ("Previous Item"),
                                     G_CALLBACK (previous_cb));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->next);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->previous);
  self->scenario = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->scenario), _ ("Scenario"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->scenario));
  return header;
}

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "kilter-subtitle");
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_start (label, 12);
  return label;
}

static GtkWidget *
make_side (KilterMeetingView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *clock = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->ring = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->ring), 42);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->ring), 42);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->ring), draw_ring_cb, self, NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->ring), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  self->clock = GTK_LABEL (gtk_label_new (NULL));
  self->until = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->clock, 0);
  gtk_label_set_xalign (self->until, 0);
  gtk_label_set_wrap (self->until, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->clock), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->until), "kilter-subtitle");
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->clock));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->until));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (clock), self->ring);
  gtk_box_append (GTK_BOX (clock), words);
  gtk_widget_set_margin_start (clock, 12);
  gtk_widget_set_margin_top (clock, 12);
  gtk_box_append (GTK_BOX (box), clock);
  gtk_box_append (GTK_BOX (box), make_heading (_ ("Agenda")));
  self->agenda = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->agenda), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->agenda), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Agenda"), -1);
  g_signal_connect_swapped (self->agenda, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->agenda));
  self->recorded_title = make_heading (_ ("Recorded"));
  gtk_box_append (GTK_BOX (box), self->recorded_title);
  self->recorded = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->recorded, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->recorded), "boxed-list");
  gtk_widget_set_margin_start (GTK_WIDGET (self->recorded), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->recorded), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->recorded), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->recorded), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Recorded"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->recorded));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

static GtkWidget *
make_record_bar (KilterMeetingView *self)
{
  GtkWidget *bar = adw_wrap_box_new ();
  GtkWidget *popover = gtk_popover_new ();
  static const struct
  {
    const char *name;
    const char *kind;
  } kinds[] = { { "note", "note" }, { "decision", "decision" }, { "action", "action" } };
  g_autoptr (GtkStringList) people = NULL;

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (bar), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (bar), 8);
  self->kind = ADW_TOGGLE_GROUP (adw_toggle_group_new ());
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_name (toggle, kinds[i].name);
      adw_toggle_set_label (toggle, kilter_minutes_get_kind_name (kinds[i].kind));
      adw_toggle_group_add (self->kind, toggle);
    }
  adw_toggle_group_set_active_name (self->kind, "note");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->kind), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What is recorded"), -1);
  g_signal_connect_swapped (self->kind, "notify::active", G_CALLBACK (kind_cb), self);
  self->entry = GTK_EDITABLE (gtk_entry_new ());
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("Record what was said"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Text"), -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_editable_set_width_chars (self->entry, 28);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (entry_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (record_cb), self);
  self->owner_ids = g_array_new (FALSE, FALSE, sizeof (int));
  people = kilter_people_list_new (get_plan (self), self->owner_ids);
  self->owner = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&people)), NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->owner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Owner"), -1);
  self->due = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_label (self->due, _ ("Due…"));
  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (day_cb), self);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->calendar));
  gtk_menu_button_set_popover (self->due, popover);
  self->record = gtk_button_new_with_label (C_ ("button", "Record"));
  gtk_widget_add_css_class (self->record, "suggested-action");
  g_signal_connect_swapped (self->record, "clicked", G_CALLBACK (record_cb), self);
  adw_wrap_box_append (ADW_WRAP_BOX (bar), GTK_WIDGET (self->kind));
  adw_wrap_box_append (ADW_WRAP_BOX (bar), GTK_WIDGET (self->entry));
  adw_wrap_box_append (ADW_WRAP_BOX (bar), GTK_WIDGET (self->owner));
  adw_wrap_box_append (ADW_WRAP_BOX (bar), GTK_WIDGET (self->due));
  adw_wrap_box_append (ADW_WRAP_BOX (bar), self->record);
  gtk_widget_add_css_class (bar, "card");
  gtk_widget_add_css_class (bar, "kilter-record-bar");
  kind_cb (self);
  entry_cb (self);
  return bar;
}

static GtkWidget *
make_card (AdwBin **out_bin)
{
  GtkWidget *bin = adw_bin_new ();

  gtk_widget_add_css_class (bin, "card");
  gtk_widget_add_css_class (bin, "kilter-chart-card");
  *out_bin = ADW_BIN (bin);
  return bin;
}

static GtkWidget *
make_content (KilterMeetingView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->question = GTK_LABEL (gtk_label_new (NULL));
  self->explanation = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->question, 0);
  gtk_label_set_xalign (self->explanation, 0);
  gtk_label_set_wrap (self->question, TRUE);
  gtk_label_set_wrap (self->explanation, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->question), "title-1");
  gtk_widget_add_css_class (GTK_WIDGET (self->explanation), "dim-label");
  gtk_box_append (GTK_BOX (cards), make_card (&self->left));
  gtk_box_append (GTK_BOX (cards), make_card (&self->right));
  gtk_widget_set_valign (GTK_WIDGET (self->right), GTK_ALIGN_FILL);
  gtk_widget_set_vexpand (cards, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), cards);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->question));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->explanation));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), make_record_bar (self));
  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  return box;
}

static void
kilter_meeting_view_dispose (GObject *object)
{
  KilterMeetingView *self = KILTER_MEETING_VIEW (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->document);
  g_clear_object (&self->session);
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->owner_ids, g_array_unref);
  g_clear_pointer (&self->started, g_date_time_unref);
  g_clear_pointer (&self->meeting, g_free);

  G_OBJECT_CLASS (kilter_meeting_view_parent_class)->dispose (object);
}

static void
kilter_meeting_view_class_init (KilterMeetingViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kilter_meeting_view_dispose;

  signals[LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
kilter_meeting_view_init (KilterMeetingView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kilter-meeting");
}

GtkWidget *
kilter_meeting_view_new (KilterDocument *document, KilterSession *session, const char *meeting)
{
  static const char *const help_pages[] = {
    [KILTER_MEETING_DEMAND] = "demand",   [KILTER_MEETING_SUPPLY] = "supply",
    [KILTER_MEETING_PRE] = "balance",     [KILTER_MEETING_EXECUTIVE] = "decide",
    [KILTER_MEETING_MONITOR] = "monitor",
  };
  KilterMeetingView *self = g_object_new (KILTER_TYPE_MEETING_VIEW, NULL);
  GtkWidget *bars = adw_toolbar_view_new (), *split = adw_overlay_split_view_new ();
  KilterMeeting kind = KILTER_MEETING_PRE;

  self->document = g_object_ref (document);
  self->session = g_object_ref (session);
  self->meeting = g_strdup (meeting);
  self->items = kilter_agenda_list (get_plan (self), meeting);
  self->started = g_date_time_new_now_local ();
  self->start_time = g_get_monotonic_time ();
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (bars), make_header (self));
  adw_overlay_split_view_set_sidebar (ADW_OVERLAY_SPLIT_VIEW (split), make_side (self));
  adw_overlay_split_view_set_content (ADW_OVERLAY_SPLIT_VIEW (split), make_content (self));
  adw_overlay_split_view_set_max_sidebar_width (ADW_OVERLAY_SPLIT_VIEW (split), 320);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (bars), split);
  adw_bin_set_child (ADW_BIN (self), bars);
  kilter_meeting_from_string (meeting, &kind);
  kilter_help_set_page (GTK_WIDGET (self), help_pages[kind]);
  adw_window_title_set_title (self->title, kilter_meeting_get_name (kind));
  show_item (self);
  show_scenario (self);
  fill_recorded (self);
  g_signal_connect_object (document, "changed", G_CALLBACK (plan_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (plan_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->tick = g_timeout_add_seconds (10, tick_cb, self);
  return GTK_WIDGET (self);
}

const char *
kilter_meeting_view_get_meeting (KilterMeetingView *self)
{
  g_return_val_if_fail (KILTER_IS_MEETING_VIEW (self), NULL);
  return self->meeting;
}

void
kilter_meeting_view_focus (KilterMeetingView *self)
{
  g_return_if_fail (KILTER_IS_MEETING_VIEW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->agenda));
}
