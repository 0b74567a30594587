/* kilter-pack-add.c: puts a chart or the rows of a grid on a page of a meeting pack
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/packs/kilter-pack-add.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/pages/common/kilter-page-subject.h"
#include "app/window/kilter-page.h"

#define MOST_ROWS 24

/* Charts of a kind are the same figure everywhere, but for some. */
static const struct
{
  KilterChartKind kind;
  const char *page; /* type of the page, NULL for any */
  const char *figure;
} figures[] = {
  { KILTER_CHART_FAN, NULL, "forecast" },
  { KILTER_CHART_COLUMNS, NULL, "consensus" },
  { KILTER_CHART_HEAT, "KilterStockPage", "cover" },
  { KILTER_CHART_HEAT, "KilterMaterialsPage", "materials" },
  { KILTER_CHART_HEAT, NULL, "load" },
  { KILTER_CHART_STOCK, NULL, "stock" },
  { KILTER_CHART_BRIDGE, "KilterDemandPage", "change" },
  { KILTER_CHART_BRIDGE, NULL, "bridge" },
  { KILTER_CHART_MULTIPLES, NULL, "families" },
  { KILTER_CHART_COMPARE, NULL, "compare" },
  { KILTER_CHART_RISKS, NULL, "risks" },
  { KILTER_CHART_DUMBBELL, "KilterAccuracyPage", "accuracy" },
  { KILTER_CHART_LINES, "KilterAccuracyPage", "lags" },
  { KILTER_CHART_GANTT, NULL, "events" },
};

static KilterPage *
find_page (GtkWidget *widget)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, KILTER_TYPE_PAGE);

  return page != NULL ? KILTER_PAGE (page) : NULL;
}

const char *
kilter_pack_find_figure (GtkWidget *widget, const KilterChart *chart)
{
  KilterPage *page = find_page (widget);

  if (page == NULL || chart == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    if (figures[i].kind == kilter_chart_get_kind (chart) &&
        (figures[i].page == NULL || g_str_equal (figures[i].page, G_OBJECT_TYPE_NAME (page))))
      return figures[i].figure;
  return NULL;
}

/* --- the dialog ---------------------------------------------------------------------------------
 */

typedef struct
{
  KilterPage *page;
  KilterOwnItem item;
  KilterMeasure measures[MOST_ROWS];
  GArray *pages;
  AdwComboRow *page_row;
  AdwComboRow *meeting_row;
  AdwEntryRow *title_row;
} Add;

static void
add_free (gpointer data)
{
  Add *self = data;

  g_array_unref (self->pages);
  g_object_unref (self->page);
  g_free (self);
}

static int
get_chosen_page (const Add *self)
{
  guint selected = adw_combo_row_get_selected (self->page_row);

  return selected > 0 && selected <= self->pages->len
           ? g_array_index (self->pages, int, selected - 1)
           : 0;
}

static void
page_chosen_cb (Add *self)
{
  gboolean is_new = get_chosen_page (self) == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->title_row), is_new);
  gtk_widget_set_visible (GTK_WIDGET (self->meeting_row), is_new);
}

static void
response_cb (AdwAlertDialog *dialog, const char *response, Add *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *toast = NULL;
  KilterCommand *command;

  if (!g_str_equal (response, "add"))
    return;
  self->item.measures = self->measures;
  command = kilter_own_page_add (
    kilter_page_get_plan (self->page), get_chosen_page (self),
    gtk_editable_get_text (GTK_EDITABLE (self->title_row)),
    (KilterMeeting) MIN (adw_combo_row_get_selected (self->meeting_row), KILTER_N_MEETINGS - 1),
    &self->item, &error);
  if (command == NULL)
    {
      kilter_page_report (self->page, error);
      return;
    }
  toast = g_strdup (kilter_command_get_label (command));
  kilter_page_apply (self->page, command, toast);
}

static void
activate_cb (AdwAlertDialog *dialog)
{
  g_signal_emit_by_name (dialog, "response", "add");
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

static GtkWidget *
make_rows (Add *self, const char *title)
{
  KilterPlan *plan = kilter_page_get_plan (self->page);
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GtkStringList) pages = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) meetings = gtk_string_list_new (NULL);
  GtkWidget *rows[] = { adw_combo_row_new (), adw_entry_row_new (), adw_combo_row_new () };

  self->page_row = ADW_COMBO_ROW (rows[0]);
  self->title_row = ADW_ENTRY_ROW (rows[1]);
  self->meeting_row = ADW_COMBO_ROW (rows[2]);
  gtk_string_list_append (pages, _ ("New Page"));
  for (guint i = 0; i < self->pages->len; i++)
    {
      g_autofree char *name = kilter_own_page_get_title (plan, g_array_index (self->pages, int, i));

      gtk_string_list_append (pages, name);
    }
  for (int m = 0; m < KILTER_N_MEETINGS; m++)
    gtk_string_list_append (meetings, kilter_meeting_get_name ((KilterMeeting) m));
  adw_combo_row_set_model (self->page_row, G_LIST_MODEL (pages));
  adw_combo_row_set_model (self->meeting_row, G_LIST_MODEL (meetings));
  adw_combo_row_set_selected (self->meeting_row, KILTER_MEETING_PRE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rows[0]), _ ("Page"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rows[1]), _ ("Title"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rows[2]), _ ("Meeting"));
  gtk_editable_set_text (GTK_EDITABLE (self->title_row), title);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), rows[i]);
  return group;
}

/* @self: (transfer full) */
static void
ask (Add *self, const char *title)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Add to Pack"), NULL);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);

  self->pages = kilter_own_page_list (kilter_page_get_plan (self->page));
  adw_alert_dialog_set_body (
    alert, _ ("The page shows the plan as it is when the pack is made. It stands among the pages "
              "of the pack, under Meeting Packs."));
  adw_alert_dialog_set_extra_child (alert, make_rows (self, title));
  adw_alert_dialog_add_responses (alert, "cancel", _ ("_Cancel"), "add", _ ("_Add"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "add", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (alert, "add");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "add", self, add_free);
  g_signal_connect_swapped (self->page_row, "notify::selected", G_CALLBACK (page_chosen_cb), self);
  g_signal_connect_swapped (self->title_row, "entry-activated", G_CALLBACK (activate_cb), dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), self);
  adw_dialog_present (dialog, GTK_WIDGET (self->page));
  gtk_widget_grab_focus (GTK_WIDGET (self->title_row));
}

/* --- public API ---------------------------------------------------------------------------------
 */

void
kilter_pack_add_chart (GtkWidget *widget, const KilterChart *chart)
{
  const char *figure = kilter_pack_find_figure (widget, chart);
  KilterPage *page = find_page (widget);
  KilterSubject subject;
  Add *self;

  if (page == NULL)
    return;
  if (figure == NULL)
    {
      kilter_page_toast (page, _ ("Packs do not have a page for this chart. Copy or save it."),
                         FALSE);
      return;
    }
  subject = kilter_page_get_subject (page);
  self = g_new0 (Add, 1);
  self->page = g_object_ref (page);
  self->item = (KilterOwnItem) { .figure = figure, .scope = subject.scope, .unit = subject.unit };
  ask (self, kilter_chart_get_title (chart) != NULL ? kilter_chart_get_title (chart) : "");
}

void
kilter_pack_add_rows (GtkWidget *widget,
                      const KilterScope *scope,
                      const KilterMeasure *measures,
                      guint n_measures)
{
  KilterPage *page = find_page (widget);
  g_autofree char *title = NULL;
  KilterSubject subject;
  Add *self;

  if (page == NULL || n_measures == 0)
    return;
  subject = kilter_page_get_subject (page);
  subject.scope = *scope;
  title = kilter_subject_get_title (&subject);
  self = g_new0 (Add, 1);
  self->page = g_object_ref (page);
  self->item = (KilterOwnItem) { .figure = "table", .scope = *scope, .unit = subject.unit };
  self->item.n_measures = MIN (n_measures, MOST_ROWS);
  memcpy (self->measures, measures, self->item.n_measures * sizeof (KilterMeasure));
  ask (self, title);
}
