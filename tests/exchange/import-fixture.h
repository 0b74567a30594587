/* import-fixture.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/import/kilter-import.h"

#define AT "2026-04-09T09:12:00Z"

KilterPlan *make_plan (void);
KilterImportOptions *make_options (const char *kind);
KilterImportPreview *preview_text (KilterPlan *plan,
                                   const char *text,
                                   const char *name,
                                   const KilterImportOptions *options);
/* Imports for good; returns the preview. */
KilterImportPreview *
import_text (KilterPlan *plan, const char *text, const KilterImportOptions *options);
double get_sales (KilterPlan *plan,
                  const char *product,
                  const char *region,
                  const char *channel,
                  const char *month);
void assert_message (const KilterImportPreview *preview, KilterImportCode code, guint row);
gboolean has_question (const KilterImportPreview *preview, const char *option);
