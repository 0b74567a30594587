/* kilter-xml.h: XML of unknown origin, element by element: no document type, no entities, no
 * network SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/spreadsheet/kilter-archive.h"

G_BEGIN_DECLS

#define KILTER_XML_MAX_DEPTH 100

typedef struct _KilterXml KilterXml;

/**
 * KilterXmlHandler:
 * @start: an element begins; its attributes are there for kilter_xml_get_attribute()
 * @end: an element ends
 * @text: (nullable): text within an element, in pieces
 *
 * Elements are called by their local names.
 */
typedef struct
{
  void (*start) (KilterXml *xml, const char *name, gpointer user_data);
  void (*end) (KilterXml *xml, const char *name, gpointer user_data);
  void (*text) (KilterXml *xml, const char *text, gsize length, gpointer user_data);
} KilterXmlHandler;

gboolean kilter_xml_read_member (KilterArchive *archive,
                                 const char *member,
                                 const KilterXmlHandler *handler,
                                 gpointer user_data,
                                 GError **error);
const char *kilter_xml_get_attribute (KilterXml *self, const char *name);
void kilter_xml_stop (KilterXml *self);
void kilter_xml_fail (KilterXml *self, GError *error);
gboolean kilter_xml_is_stopped (const KilterXml *self);

G_END_DECLS
