/* kilter-headline.h: sentences that numbers say, by rules
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/figure/kilter-figure.h"

G_BEGIN_DECLS

/* Every function returns (transfer full) one whole translated sentence: the first rule that fits.
 */
char *kilter_headline_forecast (const KilterSubject *subject);
char *kilter_headline_demand (const KilterSubject *subject, int first, int n);
char *kilter_headline_supply (const KilterSubject *subject, int first, int n);
char *kilter_headline_stock (const KilterSubject *subject, int first, int n);
char *kilter_headline_materials (const KilterSubject *subject, int first, int n);
char *kilter_headline_bridge (const KilterSubject *subject, const KilterBridge *bridge);
char *kilter_headline_compare (const KilterSubject *subject,
                               const KilterVersion *versions,
                               int n_versions,
                               int recommended,
                               int first,
                               int n);
char *kilter_headline_executive (const KilterSubject *subject, int first, int n);
char *kilter_headline_monitor (const KilterSubject *subject, int bucket);
char *kilter_headline_to_date (const KilterSubject *subject,
                               KilterVersion approved,
                               int bucket,
                               const GDate *day);
char *kilter_headline_accuracy (const KilterSubject *subject);
/* @measure: KILTER_REVENUE or KILTER_MARGIN */
char *kilter_headline_risks (const KilterSubject *subject, KilterMeasure measure);

/* "April 2026 to March 2027" */
char *kilter_headline_span (const KilterPlan *plan, int first, int n);
/* "Exponential smoothing, additive trend, yearly season" of a method key and its members */
char *kilter_headline_model (const KilterPlan *plan, int series);
char *kilter_headline_method (const char *key);
/* the same where there is little room: "Exponential smoothing" */
char *kilter_headline_method_short (const char *key);
/* one method that was tried, with what was chosen in it: "Exponential smoothing, damped trend" */
char *kilter_headline_try (const KilterModelTry *entry);
/* its parameters: "The level follows 30 % of each error"; "" without any */
char *kilter_headline_parameters (const KilterModelTry *entry);
/* what an exception says: "Final is 21 % above statistical in July" */
char *kilter_headline_exception (const KilterPlan *plan, const KilterException *exception);
/* a fix: its title and its condition */
char *kilter_headline_fix (const KilterPlan *plan, const KilterFix *fix);
char *kilter_headline_fix_condition (const KilterPlan *plan, const KilterFix *fix);
/* why a quantity is short: "Line 2 is full in July" */
char *kilter_headline_why (const KilterPlan *plan, const KilterWhy *why);

G_END_DECLS
