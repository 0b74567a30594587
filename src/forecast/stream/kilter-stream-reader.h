/* kilter-stream-reader.h: series out of a CSV stream, one after the other; private to this folder
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/kilter-forecast.h"

G_BEGIN_DECLS

/**
 * KilterStreamSeries:
 * @id: the name
 * @first_index: the period of the first value, from 1
 * @values: (element-type double): the values, NaN where there is none
 * @line: where it begins
 * @has_method: whether it has a method of its own, from the column series_method
 * @method: that method
 * @members: of a combination
 * @season: (nullable) (element-type double): a season that is given, from the column series_season
 * @group: which series teach each other what their events do; a series without a group is its own
 * @n_regressors: how many columns of events and prices there are; 0 when all of them are empty here
 * @past: (element-type double): @n_regressors numbers for each of @values, NaN where there is none
 * @planned: (element-type double): the same for each period after the last of @values
 */
typedef struct
{
  char *id;
  guint64 first_index;
  GArray *values;
  guint64 line;
  gboolean has_method;
  KilterForecastMethod method;
  guint32 members;
  GArray *season;
  guint group;
  guint n_regressors;
  GArray *past;
  GArray *planned;
} KilterStreamSeries;

typedef struct _KilterStreamReader KilterStreamReader;

KilterStreamReader *kilter_stream_reader_new (GInputStream *input, GCancellable *cancellable);
void kilter_stream_reader_free (KilterStreamReader *self);
gboolean kilter_stream_reader_next (KilterStreamReader *self,
                                    KilterStreamSeries **out_series,
                                    GError **error);
/* whether the series to come may share effects of events with the last one */
gboolean kilter_stream_reader_group_goes_on (const KilterStreamReader *self);
void kilter_stream_series_free (KilterStreamSeries *series);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterStreamReader, kilter_stream_reader_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KilterStreamSeries, kilter_stream_series_free)

G_END_DECLS
