/* kilter-store-error.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kilter-store.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (kilter_store_error, kilter_store_error)

static const char *const texts[KILTER_N_STORE_ERRORS] = {
  [KILTER_STORE_ERROR_FAILED] = N_ (
    "Something went wrong with the plan’s file. Nothing was changed."),
  [KILTER_STORE_ERROR_NOT_A_PLAN] = N_ ("This file is not a Kilter plan."),
  [KILTER_STORE_ERROR_OTHER_APPLICATION] = N_ ("This file belongs to another program."),
  [KILTER_STORE_ERROR_TOO_NEW] = N_ (
    "This plan was made by a newer Kilter. Update Kilter to open it."),
  [KILTER_STORE_ERROR_DAMAGED] = N_ (
    "This plan is damaged. The last published copies on this computer may still be good."),
  [KILTER_STORE_ERROR_FOREIGN] = N_ (
    "This file holds things that Kilter did not put there. It was not opened."),
  [KILTER_STORE_ERROR_HASH] = N_ (
    "The numbers in this plan were changed outside Kilter, or by a fault of the disk."),
  [KILTER_STORE_ERROR_CONFLICT] = N_ (
    "Someone else changed this plan’s file. Your changes are safe, but not in that file."),
  [KILTER_STORE_ERROR_GONE] = N_ (
    "The plan’s file is not there any more. Your changes are safe; save the plan elsewhere."),
  [KILTER_STORE_ERROR_EXISTS] = N_ ("There is already a file of this name."),
  [KILTER_STORE_ERROR_BUSY] = N_ ("This plan is already open on this computer."),
  [KILTER_STORE_ERROR_UNSAVED] = N_ (
    "Kilter holds changes to this plan that are not in its file, and the file was changed since."),
  [KILTER_STORE_ERROR_READ_ONLY] = N_ ("This plan, or the folder it is in, cannot be written to."),
  [KILTER_STORE_ERROR_FULL] = N_ ("The disk is full. Make room and try again; nothing was lost."),
  [KILTER_STORE_ERROR_DEPENDS] = N_ ("Later changes build on this one. Take those back first."),
  [KILTER_STORE_ERROR_CANCELLED] = N_ ("This was cancelled. Nothing was changed."),
};

/**
 * kilter_store_error_get_text:
 *
 * Returns: (transfer none): what to tell the user, translated
 */
const char *
kilter_store_error_get_text (KilterStoreError code)
{
  if ((int) code < 0 || code >= KILTER_N_STORE_ERRORS)
    code = KILTER_STORE_ERROR_FAILED;
  return _ (texts[code]);
}
