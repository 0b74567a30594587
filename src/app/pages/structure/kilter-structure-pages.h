/* kilter-structure-pages.h: products, families and markets, resources, rates, stock policies,
 * people SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window/kilter-page.h"
#include "app/pages/structure/kilter-record-table.h"

G_BEGIN_DECLS

/**
 * KilterStructurePage: tables of records side by side
 */
#define KILTER_TYPE_STRUCTURE_PAGE (kilter_structure_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (KilterStructurePage,
                          kilter_structure_page,
                          KILTER,
                          STRUCTURE_PAGE,
                          KilterPage)

struct _KilterStructurePageClass
{
  KilterPageClass parent_class;

  const struct _KilterStructure *structure;
};

GType kilter_products_page_get_type (void);
GType kilter_families_page_get_type (void);
GType kilter_resources_page_get_type (void);
GType kilter_rates_page_get_type (void);
GType kilter_units_page_get_type (void);
GType kilter_policies_page_get_type (void);
GType kilter_people_page_get_type (void);

/* (nullable): the table of these records on the page */
KilterRecordTable *kilter_structure_page_get_table (KilterStructurePage *self, KilterTableId table);

G_END_DECLS
