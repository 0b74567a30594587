/* kilter-ref-row.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/common/kilter-ref-row.h"

#include <math.h>

struct _KilterRefRow
{
  AdwComboRow parent_instance;

  GArray *ids; /* int; the first is 0 */
};

G_DEFINE_FINAL_TYPE (KilterRefRow, kilter_ref_row, ADW_TYPE_COMBO_ROW)

static void
kilter_ref_row_finalize (GObject *object)
{
  g_array_unref (KILTER_REF_ROW (object)->ids);
  G_OBJECT_CLASS (kilter_ref_row_parent_class)->finalize (object);
}

static void
kilter_ref_row_class_init (KilterRefRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kilter_ref_row_finalize;
}

static void
kilter_ref_row_init (KilterRefRow *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (int));
}

GtkWidget *
kilter_ref_row_new (const char *title,
                    const KilterPlan *plan,
                    KilterTableId table,
                    const char *none,
                    KilterRefFilter filter,
                    int selected)
{
  KilterRefRow *self = g_object_new (KILTER_TYPE_REF_ROW, "title", title, NULL);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  int key = kilter_table_get_info (table)->key;
  const int nothing = 0;
  guint active = 0;

  g_array_append_val (self->ids, nothing);
  gtk_string_list_append (list, none);
  for (int id = 1; id <= kilter_plan_get_max_id (plan, table); id++)
    {
      const KilterRecord *record = kilter_plan_get_record (plan, table, id);

      if (record == NULL || (filter != NULL && id != selected && !filter (plan, record)))
        continue;
      if (id == selected)
        active = self->ids->len;
      g_array_append_val (self->ids, id);
      gtk_string_list_append (list, kilter_record_text (record, key));
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), active);
  return GTK_WIDGET (self);
}

double
kilter_ref_row_get_field (KilterRefRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  return selected > 0 && selected < self->ids->len ? g_array_index (self->ids, int, selected) : NAN;
}
