/* kilter-document-store.h: the store of an open plan
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/document/kilter-document.h"

G_BEGIN_DECLS

/* (transfer none): for what is done with the file itself, such as signing and sealing; commands go
 * through the document */
KilterStore *kilter_document_get_store (KilterDocument *self);

G_END_DECLS
