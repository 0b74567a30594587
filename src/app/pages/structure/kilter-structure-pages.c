/* kilter-structure-pages.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages/structure/kilter-structure-pages.h"

#include <glib/gi18n-lib.h>

#define MAX_TABLES 4

typedef struct _KilterStructure
{
  KilterTableId tables[MAX_TABLES];
  int n_tables;
  const char *title;
  const int *fields; /* (nullable) */
} KilterStructure;

typedef struct
{
  KilterRecordTable *tables[MAX_TABLES];
  int n_tables;
} KilterStructurePagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KilterStructurePage, kilter_structure_page, KILTER_TYPE_PAGE)

static void
kilter_structure_page_refresh (KilterPage *page, KilterChange change)
{
  KilterStructurePagePrivate *priv = kilter_structure_page_get_instance_private (
    KILTER_STRUCTURE_PAGE (page));

  if ((change & (KILTER_CHANGE_RECORDS | KILTER_CHANGE_VALUES | KILTER_CHANGE_LOOK)) == 0)
    return;
  for (int i = 0; i < priv->n_tables; i++)
    kilter_record_table_refresh (priv->tables[i]);
}

static gboolean
kilter_structure_page_find (KilterPage *page)
{
  KilterStructurePagePrivate *priv = kilter_structure_page_get_instance_private (
    KILTER_STRUCTURE_PAGE (page));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* of several tables the one that has the focus */
  for (int i = 0; focus != NULL && i < priv->n_tables; i++)
    if (gtk_widget_is_ancestor (focus, GTK_WIDGET (priv->tables[i])))
      return kilter_record_table_find (priv->tables[i]);
  return kilter_record_table_find (priv->tables[0]);
}

static char *
kilter_structure_page_get_subtitle (KilterPage *page)
{
  return g_strdup (_ ("What the plan is made of, in all scenarios"));
}

static void
kilter_structure_page_constructed (GObject *object)
{
  KilterPage *page = KILTER_PAGE (object);
  KilterStructurePagePrivate *priv = kilter_structure_page_get_instance_private (
    KILTER_STRUCTURE_PAGE (object));
  const KilterStructure *structure = KILTER_STRUCTURE_PAGE_GET_CLASS (object)->structure;
  GtkWidget *bin = adw_breakpoint_bin_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 860sp"));
  GValue vertical = G_VALUE_INIT;

  G_OBJECT_CLASS (kilter_structure_page_parent_class)->constructed (object);

  kilter_page_set_title (page, _ (structure->title));
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_set_size_request (bin, 320, 200);
  priv->n_tables = structure->n_tables;
  for (int i = 0; i < structure->n_tables; i++)
    {
      GtkWidget *table = kilter_record_table_new (page, structure->tables[i], structure->fields);

      priv->tables[i] = KILTER_RECORD_TABLE (table);
      gtk_widget_set_hexpand (table, TRUE);
      if (i > 0)
        gtk_widget_add_css_class (table, "kilter-record-next");
      gtk_box_append (GTK_BOX (box), table);
      kilter_page_add_region (page, table);
    }
  g_value_init (&vertical, GTK_TYPE_ORIENTATION);
  g_value_set_enum (&vertical, GTK_ORIENTATION_VERTICAL);
  adw_breakpoint_add_setter (narrow, G_OBJECT (box), "orientation", &vertical);
  g_value_unset (&vertical);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), box);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), narrow);
  adw_bin_set_child (ADW_BIN (page), bin);
}

static void
kilter_structure_page_class_init (KilterStructurePageClass *klass)
{
  KilterPageClass *page_class = KILTER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kilter_structure_page_constructed;
  page_class->refresh = kilter_structure_page_refresh;
  page_class->find = kilter_structure_page_find;
  page_class->get_subtitle = kilter_structure_page_get_subtitle;
}

static void
kilter_structure_page_init (KilterStructurePage *self)
{
}

KilterRecordTable *
kilter_structure_page_get_table (KilterStructurePage *self, KilterTableId table)
{
  KilterStructurePagePrivate *priv = kilter_structure_page_get_instance_private (self);

  for (int i = 0; i < priv->n_tables; i++)
    if (kilter_record_table_get_table (priv->tables[i]) == table)
      return priv->tables[i];
  return NULL;
}

/* --- the pages ----------------------------------------------------------------------------------
 */

#define DEFINE_PAGE(Name, name, ...)                                                               \
  typedef struct                                                                                   \
  {                                                                                                \
    KilterStructurePage parent_instance;                                                           \
  } Kilter##Name##Page;                                                                            \
  typedef struct                                                                                   \
  {                                                                                                \
    KilterStructurePageClass parent_class;                                                         \
  } Kilter##Name##PageClass;                                                                       \
  G_DEFINE_FINAL_TYPE (Kilter##Name##Page, kilter_##name##_page, KILTER_TYPE_STRUCTURE_PAGE)       \
  static void kilter_##name##_page_class_init (Kilter##Name##PageClass *klass)                     \
  {                                                                                                \
    static const KilterStructure structure = __VA_ARGS__;                                          \
    KILTER_STRUCTURE_PAGE_CLASS (klass)->structure = &structure;                                   \
  }                                                                                                \
  static void kilter_##name##_page_init (Kilter##Name##Page *self)                                 \
  {                                                                                                \
  }

/* what is looked at most comes first */
static const int product_fields[] = {
  KILTER_PRODUCT_CODE,
  KILTER_PRODUCT_NAME,
  KILTER_PRODUCT_FAMILY,
  KILTER_PRODUCT_GROUP,
  KILTER_PRODUCT_UNIT,
  KILTER_PRODUCT_PRICE,
  KILTER_PRODUCT_COST,
  KILTER_PRODUCT_STATUS,
  KILTER_PRODUCT_MAKE,
  KILTER_PRODUCT_LAUNCH,
  KILTER_PRODUCT_PHASE_OUT,
  KILTER_PRODUCT_PREDECESSOR,
  KILTER_PRODUCT_LIKE,
  KILTER_PRODUCT_LIKE_SHARE,
  KILTER_PRODUCT_LIKE_2,
  KILTER_PRODUCT_LIKE_3,
  KILTER_PRODUCT_LAUNCH_CURVE,
  KILTER_PRODUCT_PREDECESSOR_SHARE,
  KILTER_PRODUCT_PHASE_OUT_CURVE,
  KILTER_PRODUCT_PHASE_OUT_PERIODS,
  KILTER_PRODUCT_OPENING_STOCK,
  KILTER_PRODUCT_STORAGE,
  -1,
};

DEFINE_PAGE (Products, products, { { KILTER_TABLE_PRODUCT }, 1, N_ ("Products"), product_fields })
DEFINE_PAGE (Families,
             families,
             { { KILTER_TABLE_CATEGORY, KILTER_TABLE_FAMILY, KILTER_TABLE_REGION,
                 KILTER_TABLE_CHANNEL },
               4,
               N_ ("Families & Markets") })
DEFINE_PAGE (Resources, resources, { { KILTER_TABLE_RESOURCE }, 1, N_ ("Resources") })
DEFINE_PAGE (Rates, rates, { { KILTER_TABLE_RATE, KILTER_TABLE_BILL }, 2, N_ ("Rates") })
DEFINE_PAGE (Units,
             units,
             { { KILTER_TABLE_CONVERSION, KILTER_TABLE_EXCHANGE }, 2, N_ ("Units & Currencies") })
DEFINE_PAGE (Policies, policies, { { KILTER_TABLE_POLICY }, 1, N_ ("Stock Policies") })
DEFINE_PAGE (People, people, { { KILTER_TABLE_PERSON }, 1, N_ ("People") })
