/* kilter-password-dialog.h: asks for the password of a sealed file, or for a new one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @password: (nullable) (transfer full): to be given to kilter_seal_forget() */
typedef void (*KilterPasswordFunc) (char *password, gpointer user_data);

char *kilter_password_get_new (GtkEditable *password, GtkEditable *again);
void kilter_password_dialog_present (GtkWidget *parent,
                                     const char *title,
                                     const char *body,
                                     gboolean is_new,
                                     KilterPasswordFunc func,
                                     gpointer user_data);

G_END_DECLS
