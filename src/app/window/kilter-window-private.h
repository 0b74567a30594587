/* kilter-window-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/meeting/kilter-meeting-view.h"
#include "app/widgets/kilter-chart-view.h"
#include "app/widgets/kilter-fit-bin.h"
#include "app/widgets/kilter-scope-button.h"
#include "app/window/kilter-sidebar.h"
#include "app/window/kilter-start-view.h"
#include "app/window/kilter-views.h"
#include "app/window/kilter-window.h"

G_BEGIN_DECLS

typedef enum
{
  KILTER_BANNER_NONE,
  KILTER_BANNER_CONFLICT,
  KILTER_BANNER_LOCKED,
  KILTER_BANNER_UNPUBLISHED,
  KILTER_BANNER_PROBLEM,
  KILTER_BANNER_SAMPLE,
  KILTER_BANNER_COPY,
  KILTER_BANNER_SNAPSHOT,
  KILTER_BANNER_FINISHED,
  KILTER_BANNER_PLACE,
} KilterBannerKind;

struct _KilterWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *root_stack;
  KilterStartView *start;
  AdwNavigationSplitView *split;
  AdwNavigationPage *sidebar_page;
  AdwNavigationPage *content_page;
  KilterSidebar *sidebar;
  AdwOverlaySplitView *inspector_split;
  AdwToolbarView *inspector_view;
  AdwWindowTitle *inspector_title;
  AdwBin *inspector_bin;
  AdwToolbarView *content_view;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkWidget *undo_buttons;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GtkWidget *inspector_button;
  GtkButton *primary_button;
  GtkButton *narrow_primary_button;
  GtkWidget *search_button;
  AdwBin *header_extra;
  GtkMenuButton *scenario_button;
  GtkLabel *scenario_label;
  GtkMenuButton *menu_button;
  GtkWidget *context_bar;
  AdwInlineViewSwitcher *page_switcher;
  AdwViewSwitcherBar *view_bar;
  KilterFitBin *fit;
  KilterScopeButton *product_button;
  KilterScopeButton *region_button;
  KilterScopeButton *channel_button;
  KilterScopeButton *resource_button;
  AdwBin *context_extra;
  AdwToggleGroup *unit_group;
  GtkWidget *filters_button;
  GtkLabel *filters_label;
  GtkProgressBar *progress_line;
  GtkRevealer *progress_revealer;
  GtkLabel *progress_label;
  AdwBanner *banner;
  GtkStack *views;

  KilterDocument *document;
  KilterSession *session;
  KilterPage *page;
  KilterMeetingView *meeting; /* (nullable): not owned */
  KilterBannerKind banner_kind;
  guint pulse;
  gboolean is_closing;
  gboolean setting_units;
  KilterPageNeeds offered_units;
  gboolean wants_inspector; /* as the person left it in a wide window */
  gboolean hides_sidebar;   /* the person did, in a wide window */
  gint64 busy_since;
  char *back_target; /* (nullable): where a number was opened from, and what was looked at there */
  KilterScope back_scope;
};

/* kilter-window.c: what is gone from the plan is looked at no more */
void kilter_window_repair_session (KilterWindow *self);

/* kilter-window-actions.c */
void kilter_window_add_actions (KilterWindow *self);
void kilter_window_update_actions (KilterWindow *self);
int kilter_window_get_step (KilterWindow *self);

/* actions that need a plan, each table up to an entry without a name */
extern const GActionEntry kilter_window_file_entries[];
extern const GActionEntry kilter_window_closing_entries[];
extern const GActionEntry kilter_window_meeting_entries[];

/* kilter-window-file-actions.c */
void kilter_window_choose_plan (KilterWindow *self);

/* kilter-window-closing.c */
void kilter_window_close_document (KilterWindow *self);

/* kilter-saved-views.c */
void kilter_window_save_view (KilterWindow *self);
gboolean kilter_window_open_saved_view (KilterWindow *self, int number);
void kilter_window_show_saved_views (KilterWindow *self);
void kilter_window_walk_products (KilterWindow *self, int direction);

/* kilter-window-feedback.c */
void kilter_window_update_banner (KilterWindow *self);
void kilter_window_update_progress (KilterWindow *self);
void kilter_window_banner_pressed (KilterWindow *self);

/* kilter-window-bars.c */
void kilter_window_update_header (KilterWindow *self);
void kilter_window_update_context (KilterWindow *self);
void kilter_window_update_scenarios (KilterWindow *self);
void kilter_window_update_inspector (KilterWindow *self);
void kilter_window_unit_chosen (KilterWindow *self);
void kilter_window_focus_next_region (KilterWindow *self, int direction);

void kilter_window_remember_recent (KilterWindow *self);
/* kilter-window-place.c */
gboolean kilter_window_is_in_own_folder (KilterWindow *self);
void kilter_window_keep_elsewhere (KilterWindow *self);

G_END_DECLS
