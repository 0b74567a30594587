/* grid-fixture-sheets.c: sheets like the pages of the cycle show them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid-fixture.h"

static GridFixture *
build (const char *corner, const char *columns, int n_frozen, const char *const *rows)
{
  GridFixture *self = grid_fixture_new (columns, n_frozen);

  for (; *rows; rows++)
    grid_fixture_add (self, *rows);
  g_object_set_data (G_OBJECT (self), "corner", (gpointer) corner);
  return self;
}

GridFixture *
grid_fixture_new_forecast (void)
{
  static const char *const rows[] = {
    "Actual sales|line:actual||44.3 49.3 60.2",
    "Forecast one month before|dim||47.0 47.4 61.6",
    "Forecast error|dim||-6.1% +3.8% -2.2%",
    "Same month last year|dim||42.1 46.4 54.3 68.8 82.1 95.3 120.9 105.7 81.2 58.9 47.8 46.3 43.9 "
    "48.2 56.1 71.0 84.6 98.0 124.2 108.9 83.1",
    "Statistical forecast|dash:forecast||. . . 72.1 85.7 105.3 117.7 109.3 81.2 65.0 53.1 50.3 "
    "47.9 "
    "51.0 62.2 75.2 89.0 108.8 121.4 112.7 84.5",
    "80 % low|dim depth1||. . . 66.0 77.2 94.3 104.9 97.0 71.9 57.3 46.7 44.2 41.9 44.6 54.4 65.7 "
    "77.8 95.1 106.1 98.5 73.9",
    "80 % high|dim depth1||. . . 78.2 94.2 116.4 130.6 121.6 90.6 72.6 59.5 56.4 53.9 57.4 70.0 "
    "84.7 "
    "100.2 122.5 136.7 126.9 95.1",
    "Override, change|edit||. . . . . +18.0oc +24.0oxc +8.0o",
    "Final forecast|total line:forecast||. . . 72.1 85.7 123.3 141.7 117.3 81.2 65.0 53.1 50.3 "
    "47.9 "
    "51.0 62.2 75.2 89.0 108.8 121.4 112.7 84.5",
    "Change from last cycle|dim||. . . +3.8% +2.3% +7.4% +9.4% +5.8% +1.5% +2.5% +4.6% +2.5% +2.1% "
    "+1.8% +2.0% +1.9% +2.2% +2.4% +2.1% +2.0% +1.7%",
    "Change from last year|dim||. . . +4.8% +4.3% +29.5% +17.2% +11.0% 0.0% +10.3% +11.1% +8.6% "
    "+8.2% +3.4% +3.3% +4.3% +3.9% -11.8% -14.3% -3.9% +4.1%",
    NULL,
  };

  return build (
    "Thousand cases",
    "2026/Jan:p Feb:p Mar:p Horizon/Apr:y May Jun Jul Aug Sep Oct Nov Dec 2027/Jan:y Feb "
    "Mar Apr May Jun Jul Aug Sep",
    0, rows);
}

GridFixture *
grid_fixture_new_demand (void)
{
  static const char *const rows[] = {
    "Ice Cream|group open||",
    "Statistical|depth1 line:forecast||389 472 587 660 615 458 366 299 283 266 284 354",
    "Sales input|depth1 edit dot:sales||404 494 614 693 643 480c 383 313 297 279 295 371",
    "Marketing input|depth1 edit diamond:marketing||389 472 605c 685c 621 458 366 299 283 266 284 "
    "354",
    "Consensus|depth1 edit total hatch:actual||394 480 614 697ox 631ox 466 372 304 288l 271 288 "
    "360",
    "Change from last cycle|depth1 dim||+4.5% +4.4% +5.3% +5.6% +4.7% +4.4% +4.3% +4.4% +4.4% "
    "+4.4% "
    "+4.3% +4.4%",
    "Consensus revenue|depth1|$k|3,704 4,530 5,819 6,600 5,997 4,421 3,535 2,888 2,737 2,577 2,742 "
    "3,427",
    "Difference to budget|depth1|$k|-140b -32b +219g +353g +209g +129g +108g +91g +94g +87g +84g "
    "+117g",
    "Mango Bar 6-pack|product closed||73.1 86.7 124.8 144.2o 118.6 82.6 66.1 53.6 51.1 48.5 51.1 "
    "64.2",
    "Statistical|depth1 line:forecast||72.1 85.7 105.3 117.7 109.3 81.2 65.0 53.1 50.3 47.9 51.0 "
    "62.2",
    "Consensus|depth1 edit hatch:actual||73.1 86.7 124.8 144.2o 118.6 82.6 66.1 53.6 51.1 48.5 "
    "51.1 "
    "64.2",
    "Coconut Oat Bar|product closed badge:New||0.0 10.7 21.2 29.3 30.5 23.8 19.8 16.5 15.7 14.8 "
    "15.9 "
    "19.9",
    "Statistical|depth1 line:forecast||0.0 10.7 21.2 29.3 30.5 23.8 19.8 16.5 15.7 14.8 15.9 19.9",
    "Milk Stick 10-pack|product closed||50.1 59.1 71.6 74.8 71.5 54.4 43.4 35.3 33.4 31.0 33.1 "
    "41.2",
    "7 more products|product closed dim||270.9 323.1 396.9 448.4 410.2 304.7 242.6 198.4 187.8 "
    "176.6 "
    "188.2 234.8",
    NULL,
  };

  return build ("Thousand cases", "2026/Apr:f May:f Jun Jul Aug Sep Oct Nov Dec 2027/Jan:y Feb Mar",
                0, rows);
}

GridFixture *
grid_fixture_new_supply (void)
{
  static const char *const rows[] = {
    "Demand|||171 214 288 334 293 215 172 141 133 126 133 167",
    "Regular production|edit||175 239 262l 262 262 262 172 144 144 144 144 144",
    "Overtime|edit||- - - - - - - - - - - -",
    "Subcontract|edit||- - - - - - - - - - - -",
    "Total supply|total||175 239 262 262 262 262 172 144 144 144 144 144",
    "Projected stock|bold||71 96 70p 0p 0p 47p 47 50 61 80 90 68",
    "Target stock|dim||71 96 111 98 72 57 47 44 42 44 56 67",
    "Days of cover|dim||10 10 6 0 0 8 10 11 15 18 16 10",
    "Unmet demand|||- - - 1.7p 31.5p - - - - - - -",
    NULL,
  };

  return build ("Sticks and bars, thousand cases",
                "2026/Apr May Jun Jul Aug Sep Oct Nov Dec 2027/Jan:y Feb Mar", 0, rows);
}

GridFixture *
grid_fixture_new_sop (void)
{
  static const char *const rows[] = {
    "Demand|section||",
    "Last approved plan|outline:actual||253 265 314 377 459 584 660 602 446 356 291 276 4,051",
    "Actual and consensus|bold hatch:actual||244 270 310 394 480 614 697 631 466 372 304 288 4,245",
    "Difference|||-3.4% +1.8% -1.2% +4.5%g +4.4%g +5.3%g +5.6%g +4.7%g +4.4%g +4.3%g +4.4%g +4.4%g "
    "+4.8%g",
    "Supply|section||",
    "Last approved plan|outline:actual||262 298 344 396 505 578 593 549 477 346 293 284 4,020",
    "Actual and plan|bold hatch:actual||255 301 338 412 525 601 617 570 495 360 304 296 4,179",
    "Unmet demand|||- - - - - - 1.7p 31.5p - - - - 33.2",
    "Stock|section||",
    "Target|outline:actual||128 139 151 160 205 232 210 155 124 101 96 90",
    "Actual and projected|bold hatch:actual||131 148 130 160 205 191p 112p 84p 113 101 102 109",
    "Days of cover|dim||15 14 10 10 10 8 5 5 9 10 11 11",
    "Finance|section||",
    "Revenue|bold|$k|2,209 2,442 2,809 3,704 4,530 5,819 6,586 5,723 4,421 3,535 2,888 2,737 "
    "39,944",
    "Difference to budget||$k|. . . -140b -32b +219g +339g -65b +129g +108g +91g +94g +743g",
    NULL,
  };

  return build ("Ice Cream, thousand cases",
                "Actual/Jan:p Feb:p Mar:p Plan_2026/Apr:y May Jun Jul:! Aug:! Sep Oct Nov Dec "
                "/Apr–Dec:y",
                1, rows);
}
