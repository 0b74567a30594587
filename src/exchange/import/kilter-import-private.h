/* kilter-import-private.h
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/import/kilter-import.h"
#include "exchange/text/kilter-value.h"

G_BEGIN_DECLS

#define KILTER_IMPORT_MAX_MESSAGES 10000
#define KILTER_IMPORT_SAMPLE_ROWS 8
/* rows looked at to guess; a file is read as a whole only once */
#define KILTER_IMPORT_GUESS_ROWS 20000

/* --- kilter-import-kind.c --- */

typedef enum
{
  KILTER_SHAPE_SERIES,   /* numbers by product × region × channel × period */
  KILTER_SHAPE_PRODUCT,  /* numbers by product × period */
  KILTER_SHAPE_RESOURCE, /* numbers by resource × period */
  KILTER_SHAPE_RECORDS,  /* records of a table */
} KilterImportShape;

/**
 * KilterImportKindInfo:
 * @table: of %KILTER_SHAPE_RECORDS
 * @add: whether several numbers of one period are added (otherwise the last counts)
 */
typedef struct
{
  const char *key;
  const char *name; /* untranslated */
  KilterImportShape shape;
  KilterTableId table;
  gboolean add;
  const char *template_text;
} KilterImportKindInfo;

const KilterImportKindInfo *kilter_import_kind_get_info (KilterImportKind kind);
gboolean kilter_import_heading_matches (const char *folded, const char *key, gboolean exact);
GHashTable *kilter_import_known_headings (void);
gboolean kilter_import_key_is_among (const char *key, GHashTable *headings);
guint kilter_import_count_own (KilterImportKind kind, GHashTable *headings);
gboolean kilter_import_heading_is_own (const char *folded, KilterImportKind kind);
gboolean kilter_import_heading_is_place (const char *folded);
gboolean kilter_import_name_speaks_of (const char *folded, KilterImportKind kind);

/* --- kilter-guess.c --- */

typedef struct
{
  KilterImportKind kind;
  KilterLayout layout;
  int header;      /* row of the sheet with the headings, -1 for none */
  int n_headers;   /* 1, or 2 where years stand above months */
  guint first_row; /* first row of data */
} KilterGuess;

gboolean kilter_guess_shape (KilterImportPreview *preview,
                             const KilterImportFile *file,
                             KilterImportOptions *options,
                             KilterGuess *out_guess);
void kilter_guess_values (KilterImportPreview *preview,
                          const KilterImportFile *file,
                          const KilterImportOptions *options,
                          const KilterGuess *guess);

/* --- kilter-import.c --- */

void kilter_import_say (KilterImportPreview *preview,
                        KilterImportCode code,
                        guint row,
                        int column,
                        const char *value,
                        const char *other,
                        guint64 number);
void kilter_import_ask (KilterImportPreview *preview, KilterImportQuestion *question);
KilterImportQuestion *kilter_import_question_new (const char *option, const char *text);
void kilter_import_question_add (KilterImportQuestion *self, const char *choice, char *sample);
void kilter_import_refuse_error (GError **error,
                                 KilterImportCode code,
                                 guint row,
                                 const char *value,
                                 const char *other,
                                 guint64 number);
void
kilter_import_begin_sample (KilterImportPreview *preview, const KilterSheet *sheet, guint first);
int kilter_import_find_column (const KilterImportPreview *preview, KilterImportColumnType type);

/* --- the private part of a preview --- */

typedef enum
{
  KILTER_ENTITY_PRODUCT,
  KILTER_ENTITY_REGION,
  KILTER_ENTITY_CHANNEL,
  KILTER_ENTITY_RESOURCE,
  KILTER_N_ENTITIES,
} KilterEntityKind;

/* Something that rows name: a record of the plan, or one to be made. */
typedef struct
{
  char *key;
  int id;        /* of the record, 0 when it is to be made */
  gboolean used; /* by a row that is ready */
  char *name;    /* of a product to be made */
  char *family;
  char *category;
} KilterEntity;

/* A row of numbers to be written. */
typedef struct
{
  int entities[3]; /* product, region, channel; or product or resource alone; −1 for all markets */
  int series;      /* id, 0 when it is to be made; of its grain */
  gboolean used;
  double **values; /* by number of measure; each (nullable) n_buckets */
} KilterTarget;

typedef struct
{
  int field;
  double number;
  char *text;
  KilterTableId ref_table; /* with ref_key: a record that is not in the plan */
  char *ref_key;
} KilterFieldValue;

typedef struct
{
  guint row;
  int id; /* 0: new */
  char *key;
  gboolean changed;
  GArray *fields; /* KilterFieldValue */
} KilterRecordRow;

struct _KilterImportData
{
  const KilterImportKindInfo *info;
  guint64 generation;                     /* of the plan that was looked at */
  GPtrArray *entities[KILTER_N_ENTITIES]; /* KilterEntity */
  GArray *targets;                        /* KilterTarget */
  KilterMeasure measures[8];
  guint n_measures;
  GPtrArray *records; /* KilterRecordRow */
  KilterLayer layers[8];
  int n_buckets;
  gboolean is_text; /* a row of a text file says how many fields it has */
};

gboolean
kilter_import_check_fields (KilterImportPreview *preview, const KilterSheet *sheet, guint row);

void kilter_import_numbers (KilterImportPreview *preview,
                            const KilterPlan *plan,
                            const KilterImportFile *file,
                            const KilterImportOptions *options,
                            const KilterGuess *guess,
                            KilterJob *job);
void kilter_import_records (KilterImportPreview *preview,
                            const KilterPlan *plan,
                            const KilterImportFile *file,
                            const KilterImportOptions *options,
                            const KilterGuess *guess);
void kilter_import_finish_numbers (const KilterPlan *plan,
                                   const KilterImportPreview *preview,
                                   KilterCommand *command);
void kilter_import_finish_records (const KilterPlan *plan,
                                   const KilterImportPreview *preview,
                                   KilterCommand *command);

/* --- kilter-entity.c --- */

typedef struct _KilterEntityFinder KilterEntityFinder;

typedef enum
{
  KILTER_FIND_OK,
  KILTER_FIND_EMPTY,
  KILTER_FIND_UNKNOWN,
  KILTER_FIND_LEFT_OUT,
  KILTER_FIND_CONTROL,
  KILTER_FIND_TOTAL,
} KilterFindStatus;

/**
 * KilterFound:
 * @index: into the entities of the preview, when @status is OK
 * @nearest: (nullable): the known code that is most like it
 */
typedef struct
{
  KilterFindStatus status;
  int index;
  gboolean trimmed;
  gboolean aliased;
  gboolean lookalike;
  gboolean bracketed; /* the code stood in brackets before the name */
  char *text;         /* trimmed */
  char *nearest;
} KilterFound;

KilterTableId kilter_entity_kind_get_table (KilterEntityKind kind);
KilterEntityFinder *kilter_entity_finder_new (const KilterPlan *plan,
                                              KilterEntityKind kind,
                                              const KilterImportOptions *options,
                                              GPtrArray *entities);
const KilterFound *kilter_entity_find (KilterEntityFinder *self, const char *text);
int kilter_entity_ensure (KilterEntityFinder *self, const char *key);
void kilter_entity_finder_free (KilterEntityFinder *self);
char *kilter_find_nearest (const KilterPlan *plan, KilterTableId table, const char *text);
gboolean kilter_is_total_word (const char *text);

G_END_DECLS
