/* kilter-packs-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/packs/kilter-packs-page.h"

#include <glib/gi18n-lib.h>

#include "app/pages/packs/kilter-pack-output.h"
#include "app/pages/packs/kilter-pack-sheet.h"
#include "plan/process/kilter-cycle.h"
#include "report/pack/kilter-pack-own.h"

struct _KilterPacksPage
{
  KilterPage parent_instance;

  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkBox *pages;

  GtkWidget *inspector;
  GtkWidget *workbook; /* in the header bar */
  AdwComboRow *meeting_row;
  AdwComboRow *paper_row;
  AdwComboRow *colour_row;
  AdwComboRow *language_row;
  GtkLabel *font_note;
  AdwPreferencesGroup *sections_group;

  KilterMeeting meeting;
  GPtrArray *section_rows;
  GPtrArray *entries; /* KilterPackEntry: what the rows stand for */
  KilterPack *pack;   /* what is shown */
  guint source;
  int focus;          /* the row that was moved, or -1 */
  gboolean is_loose;  /* the choice is not kept: the plan cannot be changed */
  gboolean is_chosen; /* whether a person chose the meeting */
};

G_DEFINE_FINAL_TYPE (KilterPacksPage, kilter_packs_page, KILTER_TYPE_PAGE)

/* each in its own language; NULL is that of the program */
static const struct
{
  const char *code;
  const char *name;
  const char *sample; /* what a font must have */
} languages[] = {
  { NULL, NULL, "" },
  { "en", "English", "English" },
  { "vi", "Tiếng Việt", "Tiếng Việt" },
  { "zh_CN", "简体中文", "简体中文" },
};

/* --- what is chosen -----------------------------------------------------------------------------
 */

static guint
get_language (KilterPacksPage *self)
{
  return MIN (adw_combo_row_get_selected (self->language_row), G_N_ELEMENTS (languages) - 1);
}

/* (transfer container): keys of the ticked pages in their order; valid until they change */
static GPtrArray *
list_sections (KilterPacksPage *self)
{
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; self->entries != NULL && i < self->entries->len; i++)
    {
      const KilterPackEntry *entry = self->entries->pdata[i];

      if (entry->is_chosen)
        g_ptr_array_add (keys, entry->key);
    }
  g_ptr_array_add (keys, NULL);
  return keys;
}

static void
get_options (KilterPacksPage *self, GPtrArray *sections, KilterPackOptions *out)
{
  kilter_pack_options_init (out, KILTER_PAGE (self), self->meeting);
  out->paper = adw_combo_row_get_selected (self->paper_row) == 1 ? KILTER_PAPER_LETTER
                                                                 : KILTER_PAPER_A4;
  out->is_grey = adw_combo_row_get_selected (self->colour_row) == 1;
  out->language = languages[get_language (self)].code;
  out->sections = (const char *const *) sections->pdata;
}

/* --- preview ------------------------------------------------------------------------------------
 */

static void
clear_pages (KilterPacksPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_box_remove (self->pages, child);
  g_clear_pointer (&self->pack, kilter_pack_free);
}

static void
show_fonts (KilterPacksPage *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (
    GTK_WIDGET (self), languages[get_language (self)].sample);

  gtk_widget_set_visible (GTK_WIDGET (self->font_note),
                          pango_layout_get_unknown_glyphs_count (layout) > 0);
}

static void
show_pages (KilterPacksPage *self)
{
  g_autoptr (GPtrArray) sections = list_sections (self);
  KilterPackOptions options;
  gboolean empty = sections->len < 2;

  clear_pages (self);
  gtk_stack_set_visible_child_name (self->stack, empty ? "nothing" : "pages");
  kilter_page_set_primary_enabled (KILTER_PAGE (self), !empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "packs.print", !empty);
  gtk_widget_set_sensitive (self->workbook, !empty);
  if (empty)
    return;
  get_options (self, sections, &options);
  self->pack = kilter_pack_new (kilter_page_get_plan (KILTER_PAGE (self)), &options);
  for (int i = 0; i < kilter_pack_get_n_pages (self->pack); i++)
    {
      GtkWidget *clamp = adw_clamp_new ();

      adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1000);
      adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 1000);
      adw_clamp_set_child (ADW_CLAMP (clamp), kilter_pack_sheet_new (self->pack, i));
      gtk_box_append (self->pages, clamp);
    }
  show_fonts (self);
}

static gboolean
show_idle_cb (gpointer data)
{
  KilterPacksPage *self = data;

  self->source = 0;
  /* not show_pages() alone: the window's header tells the meeting and the number of pages, too */
  kilter_page_queue_refresh (KILTER_PAGE (self), KILTER_CHANGE_LOOK);
  return G_SOURCE_REMOVE;
}

static void
queue_pages (KilterPacksPage *self)
{
  if (self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_idle_cb, self, NULL);
}

/* --- the options --------------------------------------------------------------------------------
 */

/* Keeps what the rows say in the plan; the rows follow from it. A plan that cannot be changed can
 * be printed as one likes, too. */
static void
keep_entries (KilterPacksPage *self)
{
  self->is_loose = kilter_document_is_read_only (kilter_page_get_document (KILTER_PAGE (self)));
  if (self->is_loose)
    queue_pages (self);
  else
    kilter_page_apply (KILTER_PAGE (self),
                       kilter_pack_layout_set (kilter_page_get_plan (KILTER_PAGE (self)),
                                               self->meeting, self->entries),
                       NULL);
}

static void
section_cb (GtkCheckButton *check, KilterPacksPage *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "index"));
  KilterPackEntry *entry = self->entries->pdata[index];

  if (entry->is_chosen == gtk_check_button_get_active (check))
    return;
  entry->is_chosen = gtk_check_button_get_active (check);
  keep_entries (self);
}

/* "packs.move" (index, by): a page goes up or down in the order */
static void
move_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPacksPage *self = data;
  int index, by;

  g_variant_get (parameter, "(ii)", &index, &by);
  if (index < 0 || index >= (int) self->entries->len || index + by < 0 ||
      index + by >= (int) self->entries->len)
    return;
  {
    gpointer entry = self->entries->pdata[index];

    self->entries->pdata[index] = self->entries->pdata[index + by];
    self->entries->pdata[index + by] = entry;
  }
  self->focus = index + by;
  keep_entries (self);
}

/* "packs.remove" (index): an own page leaves the plan */
static void
remove_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KilterPacksPage *self = data;
  int index = g_variant_get_int32 (parameter);
  KilterCommand *command;
  g_autofree char *toast = NULL;

  if (index < 0 || index >= (int) self->entries->len)
    return;
  command = kilter_own_page_remove (
    kilter_page_get_plan (KILTER_PAGE (self)),
    kilter_own_page_from_key (((KilterPackEntry *) self->entries->pdata[index])->key));
  toast = g_strdup (kilter_command_get_label (command));
  kilter_page_apply (KILTER_PAGE (self), command, toast);
}

/* of the inspector, which does not stand below the page */
static const GActionEntry row_entries[] = {
  { .name = "move", .activate = move_action, .parameter_type = "(ii)" },
  { .name = "remove", .activate = remove_action, .parameter_type = "i" },
};

static void
add_move_key (GtkWidget *row, guint key, int index, int by)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_ALT_MASK),
                                            gtk_named_action_new ("packs.move"));

  gtk_shortcut_set_arguments (shortcut, g_variant_new ("(ii)", index, by));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  gtk_widget_add_controller (row, controller);
}

static void
append_item (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static GtkWidget *
make_row_menu (KilterPacksPage *self, int index)
{
  const KilterPackEntry *entry = self->entries->pdata[index];
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  if (index > 0)
    append_item (menu, _ ("Move _Up"), "packs.move", g_variant_new ("(ii)", index, -1));
  if (index + 1 < (int) self->entries->len)
    append_item (menu, _ ("Move _Down"), "packs.move", g_variant_new ("(ii)", index, 1));
  if (entry->is_own)
    append_item (menu, _ ("_Remove Page"), "packs.remove", g_variant_new_int32 (index));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("Order of the Page"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static GtkWidget *
make_section_row (KilterPacksPage *self, guint index)
{
  const KilterPackEntry *entry = self->entries->pdata[index];
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), entry->name);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), entry->is_chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  entry->name, -1);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (check), "index", GUINT_TO_POINTER (index));
  g_signal_connect (check, "toggled", G_CALLBACK (section_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_row_menu (self, (int) index));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_add_css_class (row, "kilter-low-row");
  add_move_key (row, GDK_KEY_Up, (int) index, -1);
  add_move_key (row, GDK_KEY_Down, (int) index, 1);
  return row;
}

static gboolean
is_same_layout (const GPtrArray *a, const GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const KilterPackEntry *x = a->pdata[i], *y = b->pdata[i];

      if (!g_str_equal (x->key, y->key) || !g_str_equal (x->name, y->name) ||
          x->is_chosen != y->is_chosen)
        return FALSE;
    }
  return TRUE;
}

/* Makes the rows anew only where they changed: a tick must not take the focus away. */
static void
fill_sections (KilterPacksPage *self)
{
  g_autoptr (GPtrArray)
    entries = self->is_loose
                ? g_ptr_array_ref (self->entries)
                : kilter_pack_layout_get (kilter_page_get_plan (KILTER_PAGE (self)), self->meeting);

  if (self->section_rows->len == entries->len && self->focus < 0 &&
      is_same_layout (self->entries, entries))
    return;
  for (guint i = 0; i < self->section_rows->len; i++)
    adw_preferences_group_remove (self->sections_group, g_ptr_array_index (self->section_rows, i));
  g_ptr_array_set_size (self->section_rows, 0);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = g_steal_pointer (&entries);
  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkWidget *row = make_section_row (self, i);

      adw_preferences_group_add (self->sections_group, row);
      g_ptr_array_add (self->section_rows, row);
    }
  if (self->focus >= 0 && self->focus < (int) self->section_rows->len)
    gtk_widget_grab_focus (self->section_rows->pdata[self->focus]);
  self->focus = -1;
}

static void
meeting_cb (KilterPacksPage *self)
{
  guint selected = adw_combo_row_get_selected (self->meeting_row);

  if (selected >= KILTER_N_MEETINGS || selected == self->meeting)
    return;
  self->meeting = (KilterMeeting) selected;
  self->is_loose = FALSE;
  self->is_chosen = TRUE;
  fill_sections (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  queue_pages (self);
}

static AdwComboRow *
add_combo (AdwPreferencesGroup *group, const char *title, const char *const *names)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_preferences_group_add (group, GTK_WIDGET (row));
  return row;
}

static void
add_options (KilterPacksPage *self, AdwPreferencesGroup *group)
{
  const char *const papers[] = { C_ ("paper", "A4"), C_ ("paper", "Letter"), NULL };
  const char *const colours[] = { _ ("Colour"), _ ("Grey"), NULL };
  const char *names[G_N_ELEMENTS (languages) + 1] = { _ ("As in Kilter"), NULL };
  const char *meetings[KILTER_N_MEETINGS + 1] = { NULL };
  AdwComboRow **rows[] = { &self->paper_row, &self->colour_row, &self->language_row };

  for (int m = 0; m < KILTER_N_MEETINGS; m++)
    meetings[m] = kilter_meeting_get_name ((KilterMeeting) m);
  for (gsize i = 1; i < G_N_ELEMENTS (languages); i++)
    names[i] = languages[i].name;
  self->meeting_row = add_combo (group, _ ("Meeting"), meetings);
  self->paper_row = add_combo (group, _ ("Paper"), papers);
  self->colour_row = add_combo (group, _ ("Print In"), colours);
  self->language_row = add_combo (group, _ ("Language"), names);
  adw_combo_row_set_selected (
    self->paper_row, g_strcmp0 (gtk_paper_size_get_default (), GTK_PAPER_NAME_LETTER) == 0);
  g_signal_connect_object (self->meeting_row, "notify::selected", G_CALLBACK (meeting_cb), self,
                           G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_signal_connect_object (*rows[i], "notify::selected", G_CALLBACK (queue_pages), self,
                             G_CONNECT_SWAPPED);
}

static GtkWidget *
make_inspector (KilterPacksPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *options = adw_preferences_group_new ();
  GtkWidget *sections = adw_preferences_group_new ();
  GtkWidget *note = gtk_label_new (
    _ ("No font on this computer has all the characters of this language. "
       "They would be missing on paper and in the file."));

  self->sections_group = ADW_PREFERENCES_GROUP (sections);
  self->font_note = GTK_LABEL (note);
  adw_preferences_group_set_title (self->sections_group, _ ("Pages"));
  add_options (self, ADW_PREFERENCES_GROUP (options));
  gtk_label_set_wrap (self->font_note, TRUE);
  gtk_label_set_xalign (self->font_note, 0);
  gtk_widget_add_css_class (note, "kilter-bad");
  gtk_widget_set_visible (note, FALSE);
  gtk_widget_set_margin_start (box, 14);
  gtk_widget_set_margin_end (box, 14);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_box_append (GTK_BOX (box), options);
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box), sections);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), row_entries, G_N_ELEMENTS (row_entries),
                                   self);
  gtk_widget_insert_action_group (scrolled, "packs", G_ACTION_GROUP (actions));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  return scrolled;
}

/* --- the page -----------------------------------------------------------------------------------
 */

/* The pack that is needed next, until a person chooses. */
static KilterMeeting
get_next_meeting (KilterPlan *plan)
{
  static const KilterMeeting meetings[] = {
    KILTER_MEETING_DEMAND, KILTER_MEETING_DEMAND,    KILTER_MEETING_SUPPLY,
    KILTER_MEETING_PRE,    KILTER_MEETING_EXECUTIVE, KILTER_MEETING_MONITOR,
  };
  int step = kilter_plan_get_open_step (plan);

  return meetings[CLAMP (step, 1, 6) - 1];
}

static void
kilter_packs_page_refresh (KilterPage *page, KilterChange change)
{
  KilterPacksPage *self = KILTER_PACKS_PAGE (page);
  KilterMeeting next = get_next_meeting (kilter_page_get_plan (page));

  if ((change & (KILTER_CHANGE_VALUES | KILTER_CHANGE_RECORDS | KILTER_CHANGE_VERSION |
                 KILTER_CHANGE_LOOK)) == 0)
    return;
  if (!self->is_chosen && next != self->meeting)
    {
      adw_combo_row_set_selected (self->meeting_row, next);
      self->is_chosen = FALSE;
    }
  fill_sections (self);
  g_clear_handle_id (&self->source, g_source_remove);
  show_pages (self);
}

static char *
kilter_packs_page_get_headline (KilterPage *page)
{
  KilterPack *pack = KILTER_PACKS_PAGE (page)->pack;

  return pack != NULL ? g_strdup (kilter_pack_get_title (pack)) : NULL;
}

static char *
kilter_packs_page_get_subtitle (KilterPage *page)
{
  KilterPack *pack = KILTER_PACKS_PAGE (page)->pack;
  int n = pack != NULL ? kilter_pack_get_n_pages (pack) : 0;

  if (pack == NULL)
    return NULL;
  /* Translators: %1$s is a meeting */
  return g_strdup_printf (ngettext ("%1$s, %2$d page", "%1$s, %2$d pages", (gulong) n),
                          kilter_meeting_get_name (KILTER_PACKS_PAGE (page)->meeting), n);
}

static void
kilter_packs_page_print (KilterPage *page, gboolean to_pdf)
{
  KilterPacksPage *self = KILTER_PACKS_PAGE (page);
  g_autoptr (GPtrArray) sections = list_sections (self);
  KilterPackOptions options;

  if (sections->len < 2)
    return;
  get_options (self, sections, &options);
  if (to_pdf)
    kilter_pack_export (page, &options, FALSE);
  else
    kilter_pack_print (page, &options);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_packs_page_print (KILTER_PAGE (widget), TRUE);
}

static void
workbook_cb (KilterPacksPage *self)
{
  g_autoptr (GPtrArray) sections = list_sections (self);
  KilterPackOptions options;

  if (sections->len < 2)
    return;
  get_options (self, sections, &options);
  kilter_pack_export (KILTER_PAGE (self), &options, TRUE);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kilter_packs_page_print (KILTER_PAGE (widget), FALSE);
}

static void
kilter_packs_page_dispose (GObject *object)
{
  KilterPacksPage *self = KILTER_PACKS_PAGE (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->pages != NULL)
    clear_pages (self);
  self->pages = NULL;
  g_clear_object (&self->inspector);

  G_OBJECT_CLASS (kilter_packs_page_parent_class)->dispose (object);
}

static void
kilter_packs_page_finalize (GObject *object)
{
  KilterPacksPage *self = KILTER_PACKS_PAGE (object);

  g_ptr_array_unref (self->section_rows);
  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (kilter_packs_page_parent_class)->finalize (object);
}

static void
kilter_packs_page_class_init (KilterPacksPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kilter_packs_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kilter_packs_page_finalize;
  page_class->refresh = kilter_packs_page_refresh;
  page_class->get_headline = kilter_packs_page_get_headline;
  page_class->get_subtitle = kilter_packs_page_get_subtitle;
  page_class->print = kilter_packs_page_print;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kilter_sop/Kilter/ui/packs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KilterPacksPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KilterPacksPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, KilterPacksPage, pages);
  gtk_widget_class_install_action (widget_class, "packs.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "packs.print", NULL, print_action);
}

static void
kilter_packs_page_init (KilterPacksPage *self)
{
  GtkWidget *print = gtk_button_new_from_icon_name ("printer-symbolic");
  GtkWidget *workbook = gtk_button_new_from_icon_name ("x-office-spreadsheet-symbolic");
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->focus = -1;
  self->section_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  kilter_page_set_title (KILTER_PAGE (self), _ ("Meeting Packs"));
  kilter_page_set_primary (KILTER_PAGE (self), _ ("Export PDF…"), "packs.export");
  gtk_widget_set_tooltip_text (print, _ ("Print…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "win.print");
  gtk_widget_set_tooltip_text (workbook, _ ("Export Workbook…"));
  g_signal_connect_object (workbook, "clicked", G_CALLBACK (workbook_cb), self, G_CONNECT_SWAPPED);
  self->workbook = workbook;
  gtk_box_append (GTK_BOX (buttons), workbook);
  gtk_box_append (GTK_BOX (buttons), print);
  kilter_page_set_header_extra (KILTER_PAGE (self), buttons);
  self->inspector = g_object_ref_sink (make_inspector (self));
  kilter_page_set_inspector (KILTER_PAGE (self), self->inspector);
  kilter_page_set_inspector_title (KILTER_PAGE (self), _ ("Pack"));
  kilter_page_add_region (KILTER_PAGE (self), GTK_WIDGET (self->scrolled));
}

int
kilter_packs_page_get_n_pages (KilterPacksPage *self)
{
  g_return_val_if_fail (KILTER_IS_PACKS_PAGE (self), 0);
  return self->pack != NULL ? kilter_pack_get_n_pages (self->pack) : 0;
}
