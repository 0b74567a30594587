/* kilter-drill.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-drill.h"

#include "app/pages/common/kilter-page-subject.h"
#include "app/widgets/kilter-chart-view.h"
#include "app/widgets/kilter-tone.h"
#include "app/window/kilter-views.h"
#include "app/window/kilter-window.h"

#include <glib/gi18n-lib.h>

/* nobody reads more; the rest is counted */
#define MAX_PARTS 100
#define CHART_HEIGHT 190

typedef struct
{
  AdwDialog *dialog;         /* not owned */
  AdwNavigationView *levels; /* not owned */
  KilterPage *page;          /* owned */
  char *title;
  char *subtitle;
  KilterDrillFill fill;
  gpointer topic;
} Drill;

static void push_level (Drill *self, const KilterScope *scope);

static void
drill_free (gpointer data)
{
  Drill *self = data;

  g_object_unref (self->page);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->topic);
  g_free (self);
}

static void
clear_part (gpointer data)
{
  KilterDrillPart *part = data;

  g_free (part->name);
  g_free (part->value);
  g_free (part->note);
}

static const KilterScope *
get_scope (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "scope");
}

static void
keep_scope (GtkWidget *widget, const KilterScope *scope)
{
  g_object_set_data_full (G_OBJECT (widget), "scope", g_memdup2 (scope, sizeof *scope), g_free);
}

static void
part_activated_cb (GtkWidget *row, Drill *self)
{
  push_level (self, get_scope (row));
}

static void
open_cb (GtkWidget *row, Drill *self)
{
  g_autoptr (KilterPage) page = g_object_ref (self->page);
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (page));
  KilterScope scope = *get_scope (row);
  const char *view = g_object_get_data (G_OBJECT (row), "view");
  const char *name = kilter_scope_get_name (kilter_page_get_plan (page), &scope);

  adw_dialog_force_close (self->dialog);
  if (KILTER_IS_WINDOW (window))
    kilter_window_visit (KILTER_WINDOW (window), view, &scope, name);
}

static GtkWidget *
make_part (Drill *self, const KilterDrillPart *part)
{
  const char *css = kilter_tone_get_css_class (part->tone);
  GtkWidget *row = adw_action_row_new (), *tone = kilter_tone_new (part->tone), *value;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), part->name);
  if (part->note != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), part->note);
  value = gtk_label_new (part->value);
  gtk_widget_add_css_class (value, "numeric");
  if (css != NULL)
    gtk_widget_add_css_class (value, css);
  /* its room stays, so that the names stand below each other */
  gtk_widget_set_opacity (tone, part->tone == KILTER_CHART_TONE_PLAIN ? 0 : 1);
  gtk_widget_set_valign (tone, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), tone);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), value);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  keep_scope (row, &part->scope);
  g_signal_connect (row, "activated", G_CALLBACK (part_activated_cb), self);
  return row;
}

static void
add_parts (Drill *self, AdwPreferencesPage *page, const KilterDrillLevel *level)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  guint shown = MIN (level->parts->len, MAX_PARTS);

  if (level->order != NULL)
    adw_preferences_group_set_description (group, level->order);
  for (guint i = 0; i < shown; i++)
    adw_preferences_group_add (group,
                               make_part (self, &g_array_index (level->parts, KilterDrillPart, i)));
  adw_preferences_page_add (page, group);
  if (level->parts->len > shown)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("%u more is not shown: choose a family.",
                                                         "%u more are not shown: choose a family.",
                                                         level->parts->len - shown),
                                               level->parts->len - shown);

      group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_description (group, more);
      adw_preferences_page_add (page, group);
    }
}

static GtkWidget *
make_head (const KilterDrillLevel *level)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *value = gtk_label_new (level->value);
  const char *css = kilter_tone_get_css_class (level->tone);

  gtk_widget_add_css_class (value, "kilter-card-value");
  gtk_widget_add_css_class (value, "numeric");
  if (level->tone != KILTER_CHART_TONE_PLAIN)
    {
      GtkWidget *tone = kilter_tone_new (level->tone);

      gtk_widget_set_valign (tone, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), tone);
    }
  gtk_box_append (GTK_BOX (box), value);
  if (level->note != NULL)
    {
      GtkWidget *note = gtk_label_new (level->note);

      gtk_label_set_wrap (GTK_LABEL (note), TRUE);
      gtk_label_set_xalign (GTK_LABEL (note), 0);
      gtk_widget_add_css_class (note, css != NULL ? css : "dim-label");
      gtk_box_append (GTK_BOX (box), note);
    }
  return box;
}

static GtkWidget *
make_open_row (Drill *self, const KilterScope *scope, const char *view)
{
  GtkWidget *row = adw_button_row_new ();
  g_auto (GStrv) names = g_strsplit (view, "/", 2);
  const KilterPageInfo *info = kilter_view_find_page (kilter_views_find (names[0]), names[1]);
  /* Translators: %s is a page: "Open in Forecast" */
  g_autofree char *text = g_strdup_printf (_ ("Open in %s"), _ (info->title));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_button_row_set_end_icon_name (ADW_BUTTON_ROW (row), "go-next-symbolic");
  keep_scope (row, scope);
  g_object_set_data (G_OBJECT (row), "view", (gpointer) view);
  g_signal_connect (row, "activated", G_CALLBACK (open_cb), self);
  return row;
}

static GtkWidget *
make_nothing (const KilterDrillLevel *level)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Not Known by Product"));
  if (level->nothing != NULL)
    adw_status_page_set_description (ADW_STATUS_PAGE (status), level->nothing);
  return status;
}

static GtkWidget *
make_content (Drill *self, const KilterScope *scope, KilterDrillLevel *level)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box), make_head (level));
  for (gsize i = 0; i < G_N_ELEMENTS (level->charts); i++)
    if (level->charts[i] != NULL)
      {
        GtkWidget *chart = kilter_chart_view_new ();

        kilter_chart_view_set_chart (KILTER_CHART_VIEW (chart),
                                     g_steal_pointer (&level->charts[i]));
        gtk_widget_set_size_request (chart, -1, CHART_HEIGHT);
        gtk_box_append (GTK_BOX (box), chart);
      }
  adw_preferences_group_add (group, box);
  adw_preferences_page_add (page, group);
  if (level->parts->len > 0)
    add_parts (self, page, level);
  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_add (group, make_open_row (self, scope, level->view));
  adw_preferences_page_add (page, group);
  return GTK_WIDGET (page);
}

static gboolean
is_leaf (const KilterScope *scope)
{
  return scope->product != 0 || scope->resource != 0;
}

static void
push_level (Drill *self, const KilterScope *scope)
{
  KilterSubject subject = kilter_page_get_subject (self->page);
  KilterDrillLevel level = { .parts = g_array_new (FALSE, TRUE, sizeof (KilterDrillPart)) };
  GtkWidget *view = adw_toolbar_view_new (), *header = adw_header_bar_new ();
  AdwNavigationPage *page;
  g_autofree char *subtitle = NULL;
  const char *name;
  gboolean is_first = adw_navigation_view_get_visible_page (self->levels) == NULL;

  subject.scope = *scope;
  g_array_set_clear_func (level.parts, clear_part);
  self->fill (&subject, self->topic, &level);
  /* the path: the metric, then the family or the product */
  name = is_first ? self->title : kilter_scope_get_name (subject.plan, scope);
  subtitle = is_first ? g_strdup (self->subtitle)
                      /* Translators: a metric, and the month or the span it is of */
                      : g_strdup_printf (C_ ("drill", "%s, %s"), self->title, self->subtitle);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (name, subtitle));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), level.parts->len > 0 || is_leaf (scope)
                                                           ? make_content (self, scope, &level)
                                                           : make_nothing (&level));
  page = adw_navigation_page_new (view, name);
  adw_navigation_view_push (self->levels, page);
  for (gsize i = 0; i < G_N_ELEMENTS (level.charts); i++)
    g_clear_pointer (&level.charts[i], kilter_chart_free);
  g_array_unref (level.parts);
  g_free (level.value);
  g_free (level.note);
}

/**
 * kilter_drill_present:
 * @scope: what it begins with
 * @fill: says what is known of a scope
 *
 * Opens a dialog that begins with the whole; a part that is pressed opens its own level,
 * and the last row the page where the cause is seen.
 */
void
kilter_drill_present (KilterPage *page,
                      const char *title,
                      const char *subtitle,
                      const KilterScope *scope,
                      KilterDrillFill fill,
                      gpointer topic)
{
  Drill *self = g_new0 (Drill, 1);

  self->dialog = adw_dialog_new ();
  self->levels = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  self->page = g_object_ref (page);
  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->fill = fill;
  self->topic = topic;
  g_object_set_data_full (G_OBJECT (self->dialog), "drill", self, drill_free);
  adw_dialog_set_title (self->dialog, title);
  adw_dialog_set_content_width (self->dialog, 640);
  adw_dialog_set_content_height (self->dialog, 720);
  adw_dialog_set_child (self->dialog, GTK_WIDGET (self->levels));
  push_level (self, scope);
  adw_dialog_present (self->dialog, GTK_WIDGET (page));
}
