/* kilter-plan-grid-actions.c: what can be done with the selected cells, by menu and keys
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-comment-thread.h"
#include "app/pages/common/kilter-plan-grid-private.h"

#include "app/dialogs/kilter-dialogs.h"
#include "app/pages/packs/kilter-pack-add.h"
#include "app/kilter-settings.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const char menu_key[] = "kilter-plan-grid-menu";
static const char popover_key[] = "kilter-plan-grid-comments";

/* --- locks and reasons of the selection --- */

typedef void (*CellFunc) (KilterPlanGrid *self,
                          KilterPlanGridRow *row,
                          int bucket,
                          gpointer user_data);

static void
foreach_selected (KilterPlanGrid *self, CellFunc func, gpointer user_data)
{
  KilterGridRange range;

  if (self->grid == NULL)
    return;
  kilter_grid_get_selection (self->grid, &range);
  for (int r = range.row; r < range.row + range.n_rows; r++)
    for (int c = range.col; c < range.col + range.n_cols; c++)
      {
        const KilterPlanGridColumn *column = kilter_plan_grid_peek_column (self, c);
        KilterPlanGridRow *row = r >= 0 && (guint) r < self->rows->len
                                   ? kilter_plan_grid_peek_row (self, r)
                                   : NULL;

        /* a total stands for its months */
        for (int t = column->first; row != NULL && t < column->first + column->n; t++)
          if (kilter_plan_grid_is_editable (self, row, t))
            func (self, row, t, user_data);
      }
}

typedef struct
{
  KilterCommand *command;
  gboolean lock;
  int count;
  const char *reason;
} Walk;

static void
find_unlocked (KilterPlanGrid *self, KilterPlanGridRow *row, int bucket, gpointer user_data)
{
  Walk *walk = user_data;

  if (!(kilter_plan_grid_ensure_marks (self, row)[bucket] & MARK_LOCKED))
    walk->lock = TRUE;
}

static void
lock_cell (KilterPlanGrid *self, KilterPlanGridRow *row, int bucket, gpointer user_data)
{
  Walk *walk = user_data;

  if (kilter_plan_set_lock (kilter_page_get_plan (self->page), walk->command,
                            kilter_page_get_version (self->page), row->row.measure, &row->row.scope,
                            bucket, walk->lock, NULL))
    walk->count++;
}

/**
 * kilter_plan_grid_toggle_lock:
 *
 * Locks the selected cells, or unlocks them when all are locked.
 */
void
kilter_plan_grid_toggle_lock (KilterPlanGrid *self)
{
  Walk walk = { 0 };
  g_autofree char *text = NULL;

  foreach_selected (self, find_unlocked, &walk);
  walk.command = kilter_command_new ("lock", walk.lock ? _ ("Lock") : _ ("Unlock"));
  foreach_selected (self, lock_cell, &walk);
  if (walk.count == 0)
    {
      kilter_command_unref (walk.command);
      return;
    }
  text = g_strdup_printf (walk.lock
                            ? ngettext ("Locked %d cell", "Locked %d cells", walk.count)
                            : ngettext ("Unlocked %d cell", "Unlocked %d cells", walk.count),
                          walk.count);
  kilter_page_apply (self->page, walk.command, text);
}

static void
give_reason (KilterPlanGrid *self, KilterPlanGridRow *row, int bucket, gpointer user_data)
{
  Walk *walk = user_data;
  KilterPlan *plan = kilter_page_get_plan (self->page);
  KilterVersion version = kilter_page_get_version (self->page);
  KilterMeasure inputs[3];
  int n = kilter_plan_grid_get_inputs (row->row.measure, inputs);
  g_autoptr (GArray) leaves = kilter_scope_get_rows (
    plan, &row->row.scope, kilter_measure_get_info (row->row.measure)->grain);

  for (int k = 0; k < n; k++)
    for (guint i = 0; i < leaves->len; i++)
      {
        int leaf = g_array_index (leaves, int, i);
        const double *own = kilter_plan_get_own (plan, version, inputs[k], KILTER_LAYER_INPUT,
                                                 leaf);

        if (own == NULL || isnan (own[bucket]))
          continue;
        kilter_command_set_value (walk->command, plan, version, inputs[k], KILTER_LAYER_INPUT, leaf,
                                  bucket, own[bucket]);
        walk->count++;
      }
}

/**
 * kilter_plan_grid_set_reason:
 *
 * Gives the typed values of the selected cells a reason; the values stay.
 */
void
kilter_plan_grid_set_reason (KilterPlanGrid *self, const char *reason)
{
  g_autofree char *label = g_strdup_printf (_ ("Reason: %s"), reason);
  Walk walk = { .command = kilter_command_new ("reason", label), .reason = reason };

  foreach_selected (self, give_reason, &walk);
  if (walk.count == 0)
    {
      kilter_command_unref (walk.command);
      return;
    }
  kilter_command_set_reason (walk.command, reason);
  kilter_page_apply (self->page, walk.command, NULL);
}

/* --- comments --- */

static gboolean
get_selection (KilterPlanGrid *self, KilterSelection *out)
{
  const KilterSelection *selection = kilter_session_get_selection (
    kilter_page_get_session (self->page));

  if (selection == NULL || selection->measure < 0 || selection->first < 0)
    return FALSE;
  *out = *selection;
  return TRUE;
}

static void
comment_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPlanGrid *self = data;
  GtkWidget *popover, *thread;
  KilterSelection selection;
  GdkRectangle at;
  int row, col;

  if (self->grid == NULL || !get_selection (self, &selection))
    return;
  popover = g_object_get_data (G_OBJECT (self->grid), popover_key);
  if (popover == NULL)
    {
      popover = gtk_popover_new ();
      thread = kilter_comment_thread_new ();
      gtk_widget_set_size_request (thread, 280, -1);
      gtk_popover_set_child (GTK_POPOVER (popover), thread);
      kilter_grid_add_popover (self->grid, GTK_POPOVER (popover));
      g_object_set_data (G_OBJECT (self->grid), popover_key, popover);
    }
  thread = gtk_popover_get_child (GTK_POPOVER (popover));
  kilter_comment_thread_show (KILTER_COMMENT_THREAD (thread), self->page, &selection);
  kilter_grid_get_cursor (self->grid, &row, &col);
  kilter_grid_scroll_to (self->grid, row, col);
  kilter_grid_get_cell_bounds (self->grid, row, col, &at);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &at);
  gtk_popover_popup (GTK_POPOVER (popover));
  kilter_comment_thread_focus (KILTER_COMMENT_THREAD (thread));
}

/* An open popover follows what is said in it. */
void
kilter_plan_grid_refresh_comments (KilterPlanGrid *self)
{
  GtkWidget *popover = self->grid != NULL ? g_object_get_data (G_OBJECT (self->grid), popover_key)
                                          : NULL;
  KilterSelection selection;

  if (popover != NULL && gtk_widget_get_visible (popover) && get_selection (self, &selection))
    kilter_comment_thread_show (
      KILTER_COMMENT_THREAD (gtk_popover_get_child (GTK_POPOVER (popover))), self->page,
      &selection);
}

/* --- the other actions --- */

static void
lock_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kilter_plan_grid_toggle_lock (data);
}

static void
last_year_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPlanGrid *self = data;
  g_autoptr (GError) error = NULL;

  if (self->grid != NULL && !kilter_plan_grid_as_last_year (self, &error))
    kilter_page_toast (self->page, error->message, FALSE);
}

static void
history_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPlanGrid *self = data;
  KilterSelection selection;

  if (get_selection (self, &selection))
    kilter_history_dialog_present (GTK_WIDGET (self->page), kilter_page_get_document (self->page),
                                   kilter_page_get_version (self->page), &selection);
}

/* The selected rows; those of another part of the plan than the first are left out. */
static void
add_to_pack_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPlanGrid *self = data;
  g_autoptr (GArray) measures = g_array_new (FALSE, FALSE, sizeof (KilterMeasure));
  const KilterScope *scope = NULL;
  KilterGridRange range;

  if (self->grid == NULL)
    return;
  kilter_grid_get_selection (self->grid, &range);
  for (int r = range.row; r < range.row + range.n_rows; r++)
    {
      const KilterPlanRow *row = kilter_plan_grid_get_row (self, r);
      KilterMeasure measure;

      if (row == NULL || row->measure < 0 || row->read != NULL ||
          (scope != NULL && memcmp (scope, &row->scope, sizeof *scope) != 0))
        continue;
      scope = &row->scope;
      measure = (KilterMeasure) row->measure;
      g_array_append_val (measures, measure);
    }
  if (scope != NULL)
    kilter_pack_add_rows (GTK_WIDGET (self->grid), scope, (KilterMeasure *) measures->data,
                          measures->len);
}

static const GActionEntry entries[] = {
  { .name = "add-to-pack", .activate = add_to_pack_action },
  { .name = "toggle-lock", .activate = lock_action },
  { .name = "comment", .activate = comment_action },
  { .name = "as-last-year", .activate = last_year_action },
  { .name = "history", .activate = history_action },
};

static const struct
{
  guint key;
  GdkModifierType modifiers;
  const char *action;
} keys[] = {
  { GDK_KEY_l, GDK_CONTROL_MASK, "plan.toggle-lock" },
  { GDK_KEY_m, GDK_CONTROL_MASK | GDK_ALT_MASK, "plan.comment" },
};

static void
add_keys (GtkWidget *view)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                        gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (view, controller);
}

/* --- the menu --- */

typedef struct
{
  const char *label; /* NULL begins a section */
  const char *action;
  const char *accel; /* shown only: the grid handles its keys itself */
} Item;

static const Item menu_items[] = {
  { N_ ("_Copy"), "grid.copy", "<Control>c" },
  { N_ ("Copy with _Headers"), "grid.copy-with-headers", "<Control><Shift>c" },
  { N_ ("_Paste"), "grid.paste", "<Control>v" },
  { NULL, NULL, NULL },
  { N_ ("Fill _Right"), "grid.fill-right", "<Control>r" },
  { N_ ("Continue the _Season"), "grid.continue-right", "<Control><Alt>r" },
  { N_ ("As _Last Year"), "plan.as-last-year", NULL },
  { N_ ("Clear _Override"), "grid.clear", "Delete" },
  { NULL, NULL, NULL },
  { N_ ("Loc_k or Unlock"), "plan.toggle-lock", NULL },
  { N_ ("Co_mment…"), "plan.comment", NULL },
  { N_ ("_History…"), "plan.history", NULL },
  { N_ ("Add to Pac_k…"), "plan.add-to-pack", NULL },
};

/* What the columns stand for. */
static GMenuModel *
make_columns_menu (void)
{
  static const Item grains[] = {
    { N_ ("_Months"), "win.time(0)", NULL },
    { N_ ("_Quarters"), "win.time(1)", NULL },
    { N_ ("_Years"), "win.time(2)", NULL },
  };
  static const Item totals[] = {
    { N_ ("Quarter _Totals"), "view.quarter-totals", NULL },
    { N_ ("Year T_otals"), "view.year-totals", NULL },
  };
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (grains); i++)
    g_menu_append (first, _ (grains[i].label), grains[i].action);
  for (gsize i = 0; i < G_N_ELEMENTS (totals); i++)
    g_menu_append (second, _ (totals[i].label), totals[i].action);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  return G_MENU_MODEL (menu);
}

/* What the page adds comes first, what all grids have after it. */
static GMenuModel *
make_menu (GMenuModel *own)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();
  g_autoptr (GMenuModel) columns = make_columns_menu ();

  if (own != NULL)
    g_menu_append_section (menu, NULL, own);
  for (gsize i = 0; i < G_N_ELEMENTS (menu_items); i++)
    if (menu_items[i].label == NULL)
      {
        g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
        g_object_unref (section);
        section = g_menu_new ();
      }
    else
      {
        g_autoptr (GMenuItem)
          item = g_menu_item_new (_ (menu_items[i].label), menu_items[i].action);

        if (menu_items[i].accel != NULL)
          g_menu_item_set_attribute (item, "accel", "s", menu_items[i].accel);
        g_menu_append_item (section, item);
      }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_menu_append_submenu (last, _ ("Colu_mns"), columns);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (menu);
}

/* Pages set their own menu; it becomes a part of this one. */
static void
menu_model_cb (GtkWidget *view, GParamSpec *pspec, KilterPlanGrid *self)
{
  g_autoptr (GMenuModel) now = NULL;
  g_autoptr (GMenuModel) menu = NULL;

  g_object_get (view, "menu-model", &now, NULL);
  if (now != NULL && now == g_object_get_data (G_OBJECT (view), menu_key))
    return;
  menu = make_menu (now);
  g_object_set_data (G_OBJECT (view), menu_key, menu);
  kilter_grid_set_menu_model (KILTER_GRID (view), menu);
}

void
kilter_plan_grid_add_actions (KilterPlanGrid *self, GtkWidget *view)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleActionGroup) looks = g_simple_action_group_new ();
  static const char *const totals[] = { "quarter-totals", "year-totals" };

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (view, "plan", G_ACTION_GROUP (group));
  for (gsize i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      g_autoptr (GAction) action = g_settings_create_action (kilter_settings_get (), totals[i]);

      g_action_map_add_action (G_ACTION_MAP (looks), action);
    }
  gtk_widget_insert_action_group (view, "view", G_ACTION_GROUP (looks));
  add_keys (view);
  g_signal_connect_object (view, "notify::menu-model", G_CALLBACK (menu_model_cb), self, 0);
  menu_model_cb (view, NULL, self);
}
