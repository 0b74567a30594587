/* kilter-unseal.h: opens a sealed file with the password that a person gives
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @parent: the source of the result; @body: what the password is for */
void kilter_unseal_async (GtkWidget *parent,
                          GFile *file,
                          const char *body,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* %G_IO_ERROR_CANCELLED: nobody wanted to give a password */
GBytes *kilter_unseal_finish (GtkWidget *parent, GAsyncResult *result, GError **error);

G_END_DECLS
