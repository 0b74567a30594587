/* kilter-number.h: numbers as people write them; the only place below the application that
 * knows a locale
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KilterNumberFormat:
 * @decimals: digits after the decimal sign
 * @grouped: whether thousands are separated
 * @sign: whether a positive number carries a plus
 * @percent: whether the value is a ratio shown in percent
 * @scale: what the value is divided by before it is shown, for instance 1000; 0 means 1
 */
typedef struct
{
  int decimals;
  gboolean grouped;
  gboolean sign;
  gboolean percent;
  double scale;
} KilterNumberFormat;

/**
 * KilterEditKind:
 * @KILTER_EDIT_CLEAR: the text is empty: take the typed value away
 * @KILTER_EDIT_SET: the cell becomes the number
 * @KILTER_EDIT_ADD: the number is added
 * @KILTER_EDIT_PERCENT: the number is a ratio to add: +5 % is 0.05
 * @KILTER_EDIT_MULTIPLY: the cell is multiplied by the number
 */
typedef enum
{
  KILTER_EDIT_CLEAR,
  KILTER_EDIT_SET,
  KILTER_EDIT_ADD,
  KILTER_EDIT_PERCENT,
  KILTER_EDIT_MULTIPLY,
} KilterEditKind;

/* what people see and type, by the locale */
char *kilter_number_format (double value, const KilterNumberFormat *format);
char *kilter_number_format_plain (double value, int decimals);
char *kilter_number_to_edit (double value);
gboolean kilter_number_parse (const char *text, double *out_value);
gboolean kilter_number_parse_edit (const char *text, KilterEditKind *out_kind, double *out_value);

/* what programs read and write, always the same */
char *kilter_number_to_c (double value);
gboolean kilter_number_from_c (const char *text, double *out_value);

double kilter_number_sum (const double *values, int first, int n);
double kilter_round_half_away (double value);
void kilter_round_largest_remainder (double *values, gsize n, double total, double step);

G_END_DECLS
