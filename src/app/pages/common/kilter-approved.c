/* kilter-approved.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-approved.h"

#include "report/words/kilter-format.h"

#include <glib/gi18n-lib.h>

char *
kilter_plan_describe_approved (const KilterPlan *plan, KilterVersion approved)
{
  const KilterRecord *version = approved != 0
                                  ? kilter_plan_get_record (plan, KILTER_TABLE_VERSION, approved)
                                  : NULL;
  const char *at = version != NULL ? kilter_record_text (version, KILTER_VERSION_AT) : "";
  const char *who = version != NULL ? kilter_record_text (version, KILTER_VERSION_OWNER) : "";
  g_autofree char *day = *at != '\0' ? kilter_format_day (plan, at) : NULL;

  if (version == NULL)
    return g_strdup (_ ("No plan was approved for this month"));
  if (day == NULL)
    return g_strdup (kilter_record_text (version, KILTER_VERSION_NAME));
  if (*who == '\0')
    /* Translators: %s is a date */
    return g_strdup_printf (_ ("Plan approved on %s"), day);
  /* Translators: a date and a person */
  return g_strdup_printf (_ ("Plan approved on %s by %s"), day, who);
}
