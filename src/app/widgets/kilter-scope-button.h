/* kilter-scope-button.h: a menu of the context bar that chooses products, a region, a channel, a
 * line SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/document/kilter-document.h"
#include "app/document/kilter-session.h"

G_BEGIN_DECLS

typedef enum
{
  KILTER_SCOPE_PRODUCT,
  KILTER_SCOPE_REGION,
  KILTER_SCOPE_CHANNEL,
  KILTER_SCOPE_RESOURCE,
  KILTER_N_SCOPE_KINDS,
} KilterScopeKind;

#define KILTER_TYPE_SCOPE_BUTTON (kilter_scope_button_get_type ())
G_DECLARE_FINAL_TYPE (KilterScopeButton, kilter_scope_button, KILTER, SCOPE_BUTTON, GtkWidget)

void kilter_scope_button_set_document (KilterScopeButton *self,
                                       KilterDocument *document,
                                       KilterSession *session);
void kilter_scope_button_refresh (KilterScopeButton *self);

/**
 * KilterScopeItem: one choice of a scope menu
 * @table: of the record, or %KILTER_N_TABLES for "all"
 * @depth: indentation
 */
#define KILTER_TYPE_SCOPE_ITEM (kilter_scope_item_get_type ())
G_DECLARE_FINAL_TYPE (KilterScopeItem, kilter_scope_item, KILTER, SCOPE_ITEM, GObject)

const char *kilter_scope_item_get_name (KilterScopeItem *self);
char *kilter_scope_item_dup_name (KilterScopeItem *self); /* for expressions */
void kilter_scope_item_apply (KilterScopeItem *self, KilterScope *scope);

/* (transfer full): the choices of a kind, as in the menu */
GListModel *kilter_scope_list_new (const KilterPlan *plan, KilterScopeKind kind);
/* (transfer full): what is chosen now, in words */
char *
kilter_scope_get_label (const KilterPlan *plan, const KilterScope *scope, KilterScopeKind kind);
/* position of what is chosen in the list */
guint kilter_scope_list_find (GListModel *list, const KilterScope *scope);

G_END_DECLS
