/* kilter-xml.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/spreadsheet/kilter-xml.h"

#include "exchange/import/kilter-import-private.h"

#include <libxml/parser.h>
#include <string.h>

/* longer attributes are cut off: names and numbers are short */
#define MAX_ATTRIBUTE 4096
#define N_SLOTS 8

struct _KilterXml
{
  xmlParserCtxtPtr parser;
  const KilterXmlHandler *handler;
  gpointer user_data;
  const xmlChar **attributes; /* of the element that begins: five pointers each */
  int n_attributes;
  GString *slots[N_SLOTS]; /* values that were asked for */
  guint n_slots;
  int depth;
  gboolean stopped;
  gboolean bad; /* not well-formed, or too deep */
  const char *file_name;
  const char *member;
  GError *error;
};

/**
 * kilter_xml_stop:
 *
 * Nothing more is needed of this member.
 */
void
kilter_xml_stop (KilterXml *self)
{
  self->stopped = TRUE;
  xmlStopParser (self->parser);
}

/**
 * kilter_xml_fail:
 * @error: (transfer full): why the file is refused
 */
void
kilter_xml_fail (KilterXml *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
  kilter_xml_stop (self);
}

gboolean
kilter_xml_is_stopped (const KilterXml *self)
{
  return self->stopped;
}

/**
 * kilter_xml_get_attribute:
 * @name: without its prefix
 *
 * Returns: (transfer none) (nullable): the value; valid for the time of the call of @start, for up
 *   to eight attributes
 */
const char *
kilter_xml_get_attribute (KilterXml *self, const char *name)
{
  for (int i = 0; i < self->n_attributes; i++)
    {
      const xmlChar **at = self->attributes + (gsize) i * 5;
      const char *value = (const char *) at[3];
      gsize length = (gsize) (at[4] - at[3]);
      GString *slot;
      const char *amp;

      if (strcmp ((const char *) at[0], name) != 0 || self->n_slots == N_SLOTS)
        continue;
      slot = self->slots[self->n_slots++];
      g_string_truncate (slot, 0);
      g_string_append_len (slot, value, (gssize) MIN (length, MAX_ATTRIBUTE));
      /* entities are not replaced, so an ampersand stays a reference to itself */
      amp = strstr (slot->str, "&#38;");
      if (amp != NULL)
        g_string_replace (slot, "&#38;", "&", 0);
      return slot->str;
    }
  return NULL;
}

static void
start_cb (void *data,
          const xmlChar *name,
          const xmlChar *prefix,
          const xmlChar *uri,
          int n_namespaces,
          const xmlChar **namespaces,
          int n_attributes,
          int n_defaulted,
          const xmlChar **attributes)
{
  KilterXml *self = data;

  if (self->stopped)
    return;
  if (++self->depth > KILTER_XML_MAX_DEPTH)
    {
      self->bad = TRUE;
      kilter_xml_stop (self);
      return;
    }
  self->attributes = attributes;
  self->n_attributes = n_attributes;
  self->n_slots = 0;
  self->handler->start (self, (const char *) name, self->user_data);
  self->n_attributes = 0;
}

static void
end_cb (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  KilterXml *self = data;

  if (self->stopped)
    return;
  self->depth--;
  self->handler->end (self, (const char *) name, self->user_data);
}

static void
text_cb (void *data, const xmlChar *text, int length)
{
  KilterXml *self = data;

  if (!self->stopped && self->handler->text != NULL && length > 0)
    self->handler->text (self, (const char *) text, (gsize) length, self->user_data);
}

/* No program writes one into a workbook; whoever does wants entities expanded or files read. */
static void
doctype_cb (void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
  KilterXml *self = data;
  GError *error = NULL;

  kilter_import_refuse_error (&error, KILTER_IMPORT_FILE_DOCTYPE, 0, self->file_name, self->member,
                              0);
  kilter_xml_fail (self, error);
}

static xmlEntityPtr
entity_cb (void *data, const xmlChar *name)
{
  return xmlGetPredefinedEntity (name);
}

static gboolean
chunk_cb (const char *data, gsize length, gpointer user_data)
{
  KilterXml *self = user_data;

  /* in pieces, so that nobody has to look far ahead at once */
  while (length > 0 && !self->stopped)
    {
      int n = (int) MIN (length, 32768);

      if (xmlParseChunk (self->parser, data, n, 0) != XML_ERR_OK && !self->stopped)
        {
          self->bad = TRUE;
          return FALSE;
        }
      data += n;
      length -= (gsize) n;
    }
  return !self->stopped;
}

static xmlParserCtxtPtr
make_parser (KilterXml *self)
{
  xmlSAXHandler sax = { 0 };
  xmlParserCtxtPtr parser;

  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = start_cb;
  sax.endElementNs = end_cb;
  sax.characters = text_cb;
  sax.cdataBlock = text_cb;
  sax.internalSubset = doctype_cb;
  sax.getEntity = entity_cb;
  parser = xmlCreatePushParserCtxt (&sax, self, NULL, 0, NULL);
  if (parser != NULL)
    xmlCtxtUseOptions (parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  return parser;
}

/**
 * kilter_xml_read_member:
 * @handler: what is told of the elements
 *
 * Reads a member of an archive as XML, without ever having it whole in memory. A document type
 * declaration refuses the file.
 *
 * Returns: %FALSE with %KILTER_EXCHANGE_ERROR_BAD_FILE when the member is missing, damaged, or
 *   refused by the handler
 */
gboolean
kilter_xml_read_member (KilterArchive *archive,
                        const char *member,
                        const KilterXmlHandler *handler,
                        gpointer user_data,
                        GError **error)
{
  KilterXml self = { .handler = handler, .user_data = user_data, .member = member };
  gboolean done;

  self.file_name = kilter_archive_get_file_name (archive);
  self.parser = make_parser (&self);
  g_return_val_if_fail (self.parser != NULL, FALSE);
  for (int i = 0; i < N_SLOTS; i++)
    self.slots[i] = g_string_new (NULL);

  done = kilter_archive_read (archive, member, chunk_cb, &self, error);
  if (done && !self.bad && !self.stopped && xmlParseChunk (self.parser, NULL, 0, 1) != XML_ERR_OK)
    self.bad = TRUE;
  if (done && self.error != NULL)
    {
      g_propagate_error (error, self.error);
      done = FALSE;
    }
  else if (done && self.bad)
    {
      kilter_import_refuse_error (error, KILTER_IMPORT_FILE_DAMAGED, 0, self.file_name, NULL, 0);
      done = FALSE;
    }
  else
    g_clear_error (&self.error);

  for (int i = 0; i < N_SLOTS; i++)
    g_string_free (self.slots[i], TRUE);
  xmlFreeParserCtxt (self.parser);
  return done;
}
