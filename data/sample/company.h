/* company.h: the sample company, Bluebird Foods: products, lines, seasons, stories
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

enum
{
  N_PRODUCTS = 24,
  N_REGIONS = 4,
  N_CHANNELS = 3,
  N_MARKETS = N_REGIONS * N_CHANNELS,
  N_HISTORY = 36, /* April 2023 … March 2026 */
  N_HORIZON = 18, /* … September 2027 */
  N_MONTHS = N_HISTORY + N_HORIZON,
  FIRST_YEAR = 2023,
  FIRST_MONTH = 3, /* April, from 0 */
  N_RESOURCES = 7,
};

typedef enum { ICE_CREAM, DRINKS, YOGURT, N_FAMILIES } Family;
typedef enum { LINE_1, LINE_2, LINE_3, LINE_4, LINE_5, LINE_6, COLD_STORE } Line;

static const char *const families[N_FAMILIES] = { "Ice Cream", "Drinks", "Yogurt" };
static const char *const categories[N_FAMILIES] = { "Frozen", "Ambient", "Chilled" };
static const char *const regions[N_REGIONS] = { "North", "Central", "South", "Export" };
static const char *const channels[N_CHANNELS] = { "Modern trade", "General trade", "HoReCa" };

/* Months are counted from April here, as in the company's fiscal year. Thousand cases from April
 * 2026 to March 2027, before events and before what sales adds. */
static const double mango_base[12] = { 72.1, 85.7, 105.3, 117.7, 109.3, 81.2, 65.0, 53.1, 50.3, 47.8, 50.3, 63.2 };
static const double milk_base[12] = { 49.4, 58.3, 64.8, 72.7, 64.7, 53.6, 42.8, 34.8, 32.9, 30.6, 32.6, 40.6 };
static const double oat_base[12] = { 0.0, 10.6, 20.9, 28.9, 30.1, 23.5, 19.5, 16.3, 15.5, 14.6, 15.7, 19.6 };
static const double bar_base[12] = { 47.1, 56.7, 69.4, 84.5, 71.4, 53.5, 42.1, 35.1, 32.3, 31.3, 32.4, 41.1 };
static const double tub_base[12] = { 219.9, 262.3, 321.5, 358.0, 333.3, 247.5, 197.2, 160.7, 152.9, 143.0, 152.9, 190.3 };
static const double aseptic_base[12] = { 385.0, 425.0, 470.0, 495.0, 465.0, 395.0, 350.0, 315.0, 310.0, 305.0, 310.0, 355.0 };
static const double can_base[12] = { 288.0, 316.0, 352.0, 372.0, 352.0, 296.0, 264.0, 236.0, 232.0, 232.0, 232.0, 272.0 };
static const double yogurt_base[12] = { 217.0, 222.0, 229.0, 237.0, 229.0, 220.0, 215.0, 212.0, 217.0, 210.0, 207.0, 217.0 };

/* Mango Bar, sold: three years from April, with the promotion of July 2024 */
static const double mango_sold[N_HISTORY] = {
  60.2, 74.1, 88.0, 97.9, 88.1, 68.0, 58.3, 46.2, 45.3, 41.2, 44.0, 54.1, /* */
  58.4, 79.8, 96.2, 138.2, 88.4, 65.1, 55.2, 46.0, 45.6, 42.1, 46.4, 54.3, /* */
  68.8, 82.1, 95.3, 120.9, 105.7, 81.2, 58.9, 47.8, 46.3, 44.3, 49.3, 60.2,
};
static const double mango_without_promotion = 104.6;

/* Coconut Oat Bar against Mango Bar once it is known; its share in the markets that it is sold in is
 * higher, because it is not exported */
static const double oat_share_of_mango = 0.306;

/* what the events and the judgement of the demand planner add, thousand cases, June … August 2026 */
static const double summer_splash[3] = { 22.5, 24.0, 10.0 };
static const double milk_lost_to_splash = 0.2; /* of that */

/* what sales expects above the forecast */
static const double optimism[N_FAMILIES] = { 0.042, 0.012, 0.015 };

/* budget ÷ demand plan of Ice Cream */
static const double ice_cream_budget[12] = { 1.0378, 1.0071, 0.9624, 0.9465, 0.9651, 0.9708, 0.9694, 0.9685, 0.9657, 0.9662, 0.9694, 0.9659 };

typedef struct
{
  const char *code;
  const char *name;
  const char *group;
  Family family;
  Line line;
  const double *base; /* by month, thousand cases, shared by the products of a line */
  double share;       /* of that base */
  double growth;      /* a year, as a factor */
  int price;          /* cents a case, from April 2026 */
  int cost;           /* cents a case */
  const char *rate;   /* hours a case on its line */
  int target_days;
  int horeca; /* weight of that channel, percent of its usual weight */
  int export; /* the same of that region; 0: not sold there */
} Product;

enum { MANGO, OAT, MILK, RED_BEAN, CHOCOLATE_BAR, VANILLA, DURIAN, CUP, CONE, TARO,
       MANGO_JUICE, ORANGE_JUICE, PASSION, COCONUT_WATER, SOY, COLD_BREW, LEMON_TEA, LYCHEE };

static const Product products[N_PRODUCTS] = {
  { "IC-101", "Mango Bar 6-pack", "Bars", ICE_CREAM, LINE_2, mango_base, 1.0, 1.045, 960, 590, "0.0016", 10, 30, 100 },
  { "IC-102", "Coconut Oat Bar", "Bars", ICE_CREAM, LINE_2, oat_base, 1.0, 1.0, 1120, 650, "0.0016", 10, 30, 0 },
  { "IC-103", "Milk Stick 10-pack", "Sticks", ICE_CREAM, LINE_2, milk_base, 1.0, 0.98, 830, 520, "0.0016", 10, 30, 60 },
  { "IC-104", "Red Bean Stick 10-pack", "Sticks", ICE_CREAM, LINE_2, bar_base, 0.55, 0.975, 810, 510, "0.0016", 10, 30, 120 },
  { "IC-105", "Chocolate Bar 6-pack", "Bars", ICE_CREAM, LINE_2, bar_base, 0.45, 0.98, 990, 615, "0.0016", 10, 30, 60 },
  { "IC-106", "Vanilla Tub 1 L", "Tubs", ICE_CREAM, LINE_1, tub_base, 0.275, 1.015, 1040, 650, "0.002", 10, 220, 40 },
  { "IC-107", "Durian Tub 1 L", "Tubs", ICE_CREAM, LINE_1, tub_base, 0.115, 1.03, 1220, 765, "0.002", 10, 120, 150 },
  { "IC-108", "Strawberry Cup 12-pack", "Cups", ICE_CREAM, LINE_1, tub_base, 0.225, 1.01, 840, 530, "0.002", 10, 60, 60 },
  { "IC-109", "Chocolate Cone 4-pack", "Cones", ICE_CREAM, LINE_3, tub_base, 0.215, 1.02, 920, 575, "0.0025", 10, 40, 50 },
  { "IC-110", "Taro Cone 4-pack", "Cones", ICE_CREAM, LINE_3, tub_base, 0.17, 1.015, 890, 560, "0.0025", 10, 40, 90 },
  { "DR-201", "Mango Juice 1 L", "Juice", DRINKS, LINE_4, aseptic_base, 0.20, 1.015, 810, 510, "0.0009", 55, 130, 140 },
  { "DR-202", "Orange Juice 1 L", "Juice", DRINKS, LINE_4, aseptic_base, 0.20, 1.0, 830, 530, "0.0009", 55, 150, 60 },
  { "DR-203", "Passion Fruit Juice 1 L", "Juice", DRINKS, LINE_4, aseptic_base, 0.13, 1.02, 790, 500, "0.0009", 55, 130, 120 },
  { "DR-204", "Coconut Water 330 ml", "Water", DRINKS, LINE_4, aseptic_base, 0.27, 1.025, 880, 550, "0.0009", 55, 110, 180 },
  { "DR-205", "Soy Milk 1 L", "Plant Milk", DRINKS, LINE_4, aseptic_base, 0.20, 1.0, 610, 385, "0.0009", 55, 60, 40 },
  { "DR-206", "Cold Brew Coffee 240 ml", "Coffee and Tea", DRINKS, LINE_5, can_base, 0.28, 1.04, 930, 570, "0.001", 55, 140, 90 },
  { "DR-207", "Lemon Tea 330 ml", "Coffee and Tea", DRINKS, LINE_5, can_base, 0.42, 1.005, 660, 410, "0.001", 55, 120, 70 },
  { "DR-208", "Lychee Soda 330 ml", "Soda", DRINKS, LINE_5, can_base, 0.30, 0.995, 630, 395, "0.001", 55, 120, 110 },
  { "YO-301", "Plain Yogurt 4-pack", "Set Yogurt", YOGURT, LINE_6, yogurt_base, 0.25, 1.01, 490, 305, "0.0018", 10, 60, 0 },
  { "YO-302", "Strawberry Yogurt 4-pack", "Set Yogurt", YOGURT, LINE_6, yogurt_base, 0.20, 1.01, 520, 325, "0.0018", 10, 30, 0 },
  { "YO-303", "Drinking Yogurt 180 ml", "Drinking Yogurt", YOGURT, LINE_6, yogurt_base, 0.22, 1.02, 490, 305, "0.0018", 12, 60, 110 },
  { "YO-304", "Aloe Yogurt 4-pack", "Set Yogurt", YOGURT, LINE_6, yogurt_base, 0.13, 1.015, 540, 335, "0.0018", 10, 30, 0 },
  { "YO-305", "Greek Yogurt 500 g", "Set Yogurt", YOGURT, LINE_6, yogurt_base, 0.08, 1.025, 680, 420, "0.0018", 10, 180, 0 },
  { "YO-306", "Probiotic Shot 5-pack", "Drinking Yogurt", YOGURT, LINE_6, yogurt_base, 0.12, 1.005, 530, 330, "0.0018", 12, 20, 60 },
};

typedef struct
{
  const char *code;
  const char *name;
  const char *kind;
  const char *site;
  int hours; /* regular hours a month; pallets of a store */
  const char *overtime_share;
  int overtime_cost; /* an hour */
} Resource;

static const Resource resources[N_RESOURCES] = {
  { "L1", "Line 1 · Cups and tubs", "machine", "Plant North", 438, "0.17", 480 },
  { "L2", "Line 2 · Sticks and bars", "machine", "Plant North", 420, "0.17", 540 },
  { "L3", "Line 3 · Cones", "machine", "Plant North", 376, "0.17", 460 },
  { "L4", "Line 4 · Aseptic filling", "machine", "Plant South", 450, "0.15", 620 },
  { "L5", "Line 5 · Can filling", "machine", "Plant South", 402, "0.15", 580 },
  { "L6", "Line 6 · Yogurt filling", "machine", "Plant South", 441, "0.12", 420 },
  { "COLD", "Cold store · Pallets", "storage", "Plant North", 4200, "", 0 },
};

/* percent */
static const int region_weight[N_REGIONS] = { 32, 18, 40, 10 };
static const int channel_weight[N_CHANNELS] = { 50, 36, 14 };
