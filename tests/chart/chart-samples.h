/* chart-samples.h: one chart of each kind, with the numbers of the design
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/kilter-chart-kinds.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  KilterChart *(*create) (void);
  double width;
  double height;
} ChartSample;

const ChartSample *chart_samples (gsize *out_n);
const ChartSample *chart_sample_find (const char *name);

G_END_DECLS
