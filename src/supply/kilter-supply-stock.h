/* kilter-supply-stock.h: arithmetic of stock, service, lots, rough-cut load and promises
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* service */
double kilter_supply_normal_density (double z);
double kilter_supply_normal_probability (double z);
double kilter_supply_normal_quantile (double probability);
double kilter_supply_lead_time_deviation (double lead,
                                          double demand_deviation,
                                          double demand,
                                          double lead_deviation);
double kilter_supply_safety_stock_for_cycle_service (double deviation, double service);
double kilter_supply_safety_stock_for_fill_rate (double deviation,
                                                 double lot,
                                                 double fill_rate,
                                                 gboolean *out_floored);
double kilter_supply_cycle_service (double deviation, double safety_stock);
double kilter_supply_expected_shortage (double deviation, double safety_stock);
double kilter_supply_fill_rate (double deviation, double safety_stock, double lot);
double kilter_supply_error_over_lead_time (const double *errors,
                                           guint n_buckets,
                                           guint bucket,
                                           double lead);

/* cover */
double kilter_supply_days_of_cover (double stock,
                                    const double *demand,
                                    const double *days,
                                    guint n_buckets,
                                    guint bucket);
double kilter_supply_stock_for_cover (double cover_days,
                                      const double *demand,
                                      const double *days,
                                      guint n_buckets,
                                      guint bucket);
double kilter_supply_excess (double stock,
                             const double *demand,
                             guint n_buckets,
                             guint bucket,
                             guint n_ahead,
                             double safety_stock);

/* lots and families */
double kilter_supply_round_lot (double quantity, double minimum, double multiple, double maximum);
void kilter_supply_disaggregate (double total,
                                 const double *stock,
                                 const double *safety_stock,
                                 const double *demand,
                                 guint n_items,
                                 guint n_buckets,
                                 guint bucket,
                                 double *out_quantity);
void kilter_supply_round_to_whole (double *quantity, guint n_items, double total, double step);

/* rough-cut capacity by bills, without a problem */
void kilter_supply_rough_cut_overall (const double *plan,
                                      const double *hours_per_unit,
                                      const double *shares,
                                      guint n_items,
                                      guint n_resources,
                                      guint n_buckets,
                                      double *out_load);
void kilter_supply_rough_cut_bill (const double *plan,
                                   const double *bill,
                                   guint n_items,
                                   guint n_resources,
                                   guint n_offsets,
                                   guint n_buckets,
                                   double *out_load);

/* promises */
void kilter_supply_projected_balance (double on_hand,
                                      const double *forecast,
                                      const double *orders,
                                      const double *receipts,
                                      guint n_buckets,
                                      double *out_balance);
void kilter_supply_available_to_promise (double on_hand,
                                         const double *orders,
                                         const double *receipts,
                                         guint n_buckets,
                                         double *out_promise);
void kilter_supply_level_rate (double opening,
                               double closing,
                               const double *demand,
                               const double *days,
                               guint n_buckets,
                               double *out_production);

G_END_DECLS
