/* generate.c: the numbers of the sample company, Bluebird Foods
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: generate DIRECTORY
 *
 * Writes the files that a planner of such a company would export from its systems. The output is
 * the same everywhere: tables instead of functions of libm, noise from a hash of what it belongs
 * to, basic arithmetic only. What people write (tasks, decisions, names …) stands in files that
 * are kept by hand; README.md lists them. */
#include "company.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- noise ------------------------------------------------------------------------------------ */

typedef enum
{
  SALES_NOISE = 1,
  MARKET_NOISE,
  STOCK_NOISE,
  FORECAST_NOISE,
  INPUT_NOISE,
  BUDGET_NOISE,
  WALK_NOISE,
  ORDER_NOISE,
  DELIVERY_NOISE
} Noise;

static uint64_t
mix (uint64_t x)
{
  x += UINT64_C (0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * UINT64_C (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * UINT64_C (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

/* between -1 and 1, small values more often; belongs to its arguments, not to the order of calls */
static double
noise (Noise kind, int product, int market, int month)
{
  uint64_t key = mix (mix (mix ((uint64_t) kind * 1000003u + 2026u) + (uint64_t) (product + 1)) +
                      (uint64_t) (market + 1) * 4096u + (uint64_t) (month + 1));
  double a = (double) (mix (key) >> 11) / 9007199254740992.0;
  double b = (double) (mix (key + 1) >> 11) / 9007199254740992.0;

  return a + b - 1.0;
}

/* --- the company -------------------------------------------------------------------------------
 */

static double expected[N_PRODUCTS][N_MONTHS]; /* cases, without noise and events */
static long sold[N_PRODUCTS][N_MARKETS][N_HISTORY];
static long sold_total[N_PRODUCTS][N_HISTORY];
static long stock[N_PRODUCTS][N_HISTORY];

static void
month_name (int month, char *out, size_t size)
{
  int m = FIRST_MONTH + month;

  snprintf (out, size, "%04d-%02d", FIRST_YEAR + m / 12, m % 12 + 1);
}

static int
month_index (int year, int month)
{
  return (year - FIRST_YEAR) * 12 + month - 1 - FIRST_MONTH;
}

static double
market_weight (int product, int market)
{
  const Product *p = &products[product];
  int region = market / N_CHANNELS, channel = market % N_CHANNELS;
  double weight = region_weight[region] * channel_weight[channel] / 10000.0;

  if (region == 3)
    weight *= p->export / 100.0;
  if (channel == 2)
    weight *= p->horeca / 100.0;
  /* every product has its home regions */
  return weight * (1.0 + 0.25 * noise (MARKET_NOISE, product, region, -1));
}

/* what a product would sell in a month as everybody expects */
static double
expect (int product, int month)
{
  const Product *p = &products[product];
  double value = p->base[month % 12] * p->share * 1000.0;
  int years = month / 12 - 3; /* 0 is the year that the tables show */

  for (; years < 0; years++)
    value /= p->growth;
  for (; years > 0; years--)
    value *= p->growth;
  if (product == OAT && month >= 48)
    value *= month >= 49 ? 1.06 : 0.0;
  if (product == OAT && month == 48)
    value = 22600.0; /* its first April */
  return value;
}

/* Splits a total over markets so that the parts are whole and sum to it (largest remainder). */
static void
split (long total, const double *weight, long *out)
{
  double sum = 0.0, rest[N_MARKETS];
  long left = total;

  for (int i = 0; i < N_MARKETS; i++)
    sum += weight[i];
  for (int i = 0; i < N_MARKETS; i++)
    {
      double exact = (double) total * weight[i] / sum;

      out[i] = (long) exact;
      rest[i] = weight[i] > 0.0 ? exact - (double) out[i] : -1.0;
      left -= out[i];
    }
  for (; left > 0; left--)
    {
      int best = 0;

      for (int i = 1; i < N_MARKETS; i++)
        if (rest[i] > rest[best])
          best = i;
      out[best]++;
      rest[best] = -1.0;
    }
}

static long
rounded (double value)
{
  return (long) (value + 0.5);
}

/* The product's sales in a month of the past: the expected, noise, and the stories. */
static double
sales_of (int product, int month)
{
  double value = expected[product][month] * (1.0 + 0.045 * noise (SALES_NOISE, product, 0, month));

  switch (product)
    {
    case MANGO:
      return mango_sold[month] * 1000.0;
    case ORANGE_JUICE:
      {
        /* its level wanders: models do no better than the last value */
        double level = 0.0;

        for (int i = 0; i <= month; i++)
          level = 0.8 * level + 0.1 * noise (WALK_NOISE, product, 0, i);
        return value * (1.0 + level);
      }
    case COCONUT_WATER:
      /* out of stock: the can supplier failed */
      return month == month_index (2025, 1) ? value * 0.34 : value;
    case COLD_BREW:
      /* a competitor came in December 2025; the forecast was slow to see it */
      return month >= month_index (2025, 12) ? value * 0.93 : value;
    default:
      return value;
    }
}

static void
make_sales (void)
{
  for (int p = 0; p < N_PRODUCTS; p++)
    for (int t = 0; t < N_HISTORY; t++)
      {
        double weight[N_MARKETS];
        long part[N_MARKETS];

        if (p == OAT)
          continue;
        for (int m = 0; m < N_MARKETS; m++)
          {
            weight[m] = market_weight (p, m) * (1.0 + 0.11 * noise (MARKET_NOISE, p, m, t));
            /* importers and hotels abroad order a container now and then */
            if (m == N_MARKETS - 1 && noise (ORDER_NOISE, p, m, t) < 0.05)
              weight[m] = 0.0;
          }
        split (rounded (sales_of (p, t)), weight, part);
        for (int m = 0; m < N_MARKETS; m++)
          {
            sold[p][m][t] = part[m];
            sold_total[p][t] += part[m];
          }
      }
}

/* the stock at the end of a month that covers so many days of what sold next */
static double
cover (int product, int month, double days)
{
  double value = 0.0;

  for (int t = month + 1; days > 0.0 && t < N_MONTHS; t++)
    {
      double part = days < 30.4 ? days : 30.4;

      value += part / 30.4 *
               (t < N_HISTORY ? (double) sold_total[product][t] : expected[product][t]);
      days -= part;
    }
  return value;
}

static void
make_stock (void)
{
  for (int p = 0; p < N_PRODUCTS; p++)
    for (int t = 0; t < N_HISTORY; t++)
      {
        double days = products[p].target_days * (1.0 + 0.22 * noise (STOCK_NOISE, p, 0, t));

        if (p == OAT)
          continue;
        if (products[p].family == ICE_CREAM && t >= N_HISTORY - 4) /* a slow winter */
          days = 15.0;
        if (t == N_HISTORY - 1) /* what the plan starts from */
          days = products[p].line == LINE_2 ? 12.0 : products[p].target_days * 0.99;
        stock[p][t] = rounded (cover (p, t, days));
        if (p == COCONUT_WATER && t == month_index (2024, 12))
          stock[p][t] = rounded ((double) sold_total[p][t + 1] * 0.7);
        if (p == COCONUT_WATER && t == month_index (2025, 1))
          stock[p][t] = 0;
        if (p == COCONUT_WATER && t == month_index (2025, 2))
          stock[p][t] = rounded ((double) sold_total[p][t + 1] * 0.3);
      }
  /* production is never negative: less is made, and more lies in stock */
  for (int p = 0; p < N_PRODUCTS; p++)
    for (int t = 1; t < N_HISTORY; t++)
      if (stock[p][t - 1] - sold_total[p][t] > stock[p][t])
        stock[p][t] = stock[p][t - 1] - sold_total[p][t];
}

/* --- what people and the last cycle thought -----------------------------------------------------
 */

/* events and judgement, in cases */
static double
event (int product, int month)
{
  int summer = month - month_index (2026, 6);

  if (summer < 0 || summer > 2)
    return 0.0;
  if (product == MANGO)
    return summer_splash[summer] * 1000.0;
  if (product == MILK)
    return -milk_lost_to_splash * summer_splash[summer] * 1000.0;
  return 0.0;
}

/* what sales expects above the forecast */
static double
sales_optimism (int product, int month)
{
  int summer = month - month_index (2026, 6);

  if (product == MILK && summer >= 0 && summer <= 2)
    return 0.30;
  return optimism[products[product].family];
}

/* the demand plan that the inputs lead to: the default weights are 35 % for sales */
static double
agreed (int product, int month)
{
  double final = expected[product][month] + event (product, month);

  return final * (1.0 + 0.35 * sales_optimism (product, month));
}

/* how much lower the March plan was */
static double
plan_factor (int product)
{
  if (product == OAT)
    return 0.88;
  switch (products[product].family)
    {
    case ICE_CREAM:
      return product == DURIAN ? 1.0 / 1.18 : 1.0 / 1.038;
    case DRINKS:
      return 1.0 / 1.016;
    case YOGURT:
    case N_FAMILIES:
    default:
      return 1.0 / 1.014;
    }
}

/* the demand plan of the March cycle */
static double
last_plan (int product, int month)
{
  double value = agreed (product, month) - event (product, month) * 0.8;
  double factor;

  if (month < N_HISTORY)
    value = (double) sold_total[product][month] * 1.012;
  factor = plan_factor (product);
  return month < N_HISTORY ? value : value * factor;
}

/* the forecast that was made one month before */
static double
forecast_before (int product, int month)
{
  static const double ice_cream[3] = { 0.036, -0.018, 0.013 };
  static const double mango[3] = { 47.0, 47.4, 61.6 };
  /* too high and too low by turns, so that only the stories look like a bias */
  static const int signs[8] = { 1, -1, -1, 1, -1, 1, 1, -1 };
  double size = noise (FORECAST_NOISE, product, 0, month);
  double error = signs[(month + 3 * product) % 8] * (0.03 + 0.09 * (size < 0.0 ? -size : size));
  int last = month - (N_HISTORY - 3);

  if (product == MANGO && last >= 0)
    return mango[last] * 1000.0;
  if (product == ORANGE_JUICE)
    error *= 2.0;
  else if (product == COLD_BREW && month >= N_HISTORY - 4)
    error = 0.09 + 0.02 * noise (FORECAST_NOISE, product, 0, month);
  else if (products[product].family == ICE_CREAM && last >= 0)
    error = ice_cream[last] + 0.5 * error;
  return (double) sold_total[product][month] * (1.0 + error);
}

/* --- files -------------------------------------------------------------------------------------
 */

static const char *directory;

static FILE *
begin (const char *name, const char *header)
{
  char path[4096];
  FILE *file;

  snprintf (path, sizeof path, "%s/%s", directory, name);
  file = fopen (path, "wb");
  if (file == NULL)
    {
      perror (path);
      exit (1);
    }
  fprintf (file, "%s\n", header);
  return file;
}

static void
end (FILE *file)
{
  if (ferror (file) || fclose (file) != 0)
    {
      perror ("generate");
      exit (1);
    }
}

static void
write_market (FILE *file, int product, int market)
{
  fprintf (file, "%s,%s,%s", products[product].code, regions[market / N_CHANNELS],
           channels[market % N_CHANNELS]);
}

static void
write_money (FILE *file, int cents)
{
  fprintf (file, "%d.%02d", cents / 100, cents % 100);
}

static void
write_products (void)
{
  FILE *f = begin ("products.csv",
                   "code,name,family,category,product_group,unit,status,make,price,cost,"
                   "launch,phase_out,predecessor,like_product,like_share");

  for (int p = 0; p < N_PRODUCTS; p++)
    {
      const Product *x = &products[p];

      fprintf (f, "%s,%s,%s,%s,%s,case,%s,stock,", x->code, x->name, families[x->family],
               categories[x->family], x->group, p == OAT ? "new" : "active");
      write_money (f, x->price);
      fputc (',', f);
      write_money (f, x->cost);
      fprintf (f, ",%s,,,%s,%s\n", p == OAT ? "2026-05" : "", p == OAT ? products[MANGO].code : "",
               p == OAT ? "0.34" : "");
    }
  end (f);
}

static void
write_sales (void)
{
  FILE *f = begin ("sales.csv", "product,region,channel,month,quantity");
  char month[16];

  for (int p = 0; p < N_PRODUCTS; p++)
    for (int m = 0; m < N_MARKETS; m++)
      for (int t = 0; t < N_HISTORY; t++)
        {
          if (p == OAT || market_weight (p, m) <= 0.0)
            continue;
          month_name (t, month, sizeof month);
          write_market (f, p, m);
          fprintf (f, ",%s,%ld\n", month, sold[p][m][t]);
        }
  end (f);
}

static void
write_stock_and_production (void)
{
  FILE *s = begin ("stock.csv", "product,month,quantity");
  FILE *f = begin ("production.csv", "product,month,quantity");
  char month[16];

  for (int p = 0; p < N_PRODUCTS; p++)
    for (int t = 0; t < N_HISTORY; t++)
      {
        if (p == OAT && t < N_HISTORY - 1)
          continue;
        month_name (t, month, sizeof month);
        fprintf (s, "%s,%s,%ld\n", products[p].code, month, stock[p][t]);
        if (t > 0)
          fprintf (f, "%s,%s,%ld\n", products[p].code, month,
                   stock[p][t] - stock[p][t - 1] + sold_total[p][t]);
      }
  end (s);
  end (f);
}

/* in cents; prices rise in January, those of tubs once more in April 2026 */
static int
price_in (int product, int month)
{
  const Product *x = &products[product];
  int price = x->price;

  if (strcmp (x->group, "Tubs") == 0 && month < N_HISTORY)
    price -= price * 4 / 100;
  for (int january = 33; january > month; january -= 12)
    price = price * 975 / 1000;
  return price;
}

/* costs rise with prices; mango pulp becomes dearer in July 2026 */
static int
cost_in (int product, int month)
{
  int cost = products[product].cost;

  if ((product == MANGO || product == MANGO_JUICE) && month >= month_index (2026, 7))
    cost = cost * 1015 / 1000;
  for (int january = 33; january > month; january -= 12)
    cost = cost * 974 / 1000;
  return cost;
}

/* Only changes: a price holds until the next one. */
static void
write_changes (const char *name, const char *header, int (*value) (int product, int month))
{
  FILE *f = begin (name, header);
  char month[16];

  for (int p = 0; p < N_PRODUCTS; p++)
    for (int t = p == OAT ? N_HISTORY : 0, last = 0; t < N_MONTHS; t++)
      {
        int cents = value (p, t);

        if (cents == last)
          continue;
        last = cents;
        month_name (t, month, sizeof month);
        fprintf (f, "%s,%s,", products[p].code, month);
        write_money (f, cents);
        fputc ('\n', f);
      }
  end (f);
}

static void
write_resources (void)
{
  FILE *f = begin ("resources.csv",
                   "code,name,kind,site,hours,overtime_share,overtime_cost,overtime_allowed");
  FILE *r = begin ("rates.csv", "product,resource,hours");
  FILE *c;
  char header[1024] = "resource", month[16];

  for (int i = 0; i < N_RESOURCES; i++)
    {
      const Resource *x = &resources[i];

      fprintf (f, "%s,%s,%s,%s,%d,%s,", x->code, x->name, x->kind, x->site, x->hours,
               x->overtime_share);
      if (x->overtime_cost > 0)
        fprintf (f, "%d", x->overtime_cost);
      fputs (",0\n", f); /* overtime is a decision */
    }
  end (f);

  for (int p = 0; p < N_PRODUCTS; p++)
    {
      fprintf (r, "%s,%s,%s\n", products[p].code, resources[products[p].line].code,
               products[p].rate);
      if (products[p].family != DRINKS)
        fprintf (r, "%s,%s,0.0125\n", products[p].code, resources[COLD_STORE].code);
    }
  end (r);

  for (int t = N_HISTORY; t < N_MONTHS; t++)
    {
      month_name (t, month, sizeof month);
      strcat (strcat (header, ","), month);
    }
  c = begin ("capacity.csv", header);
  for (int i = 0; i < N_RESOURCES; i++)
    {
      fputs (resources[i].code, c);
      for (int t = N_HISTORY; t < N_MONTHS; t++)
        {
          int hours = resources[i].hours;

          /* Line 4 has a fourth shift in July; this July its maintenance takes it away again */
          if (i == LINE_4 && t == month_index (2027, 7))
            hours += 45;
          fprintf (c, ",%d", hours);
        }
      fputc ('\n', c);
    }
  end (c);
}

static void
write_policies (void)
{
  FILE *f = begin (
    "policies.csv",
    "product,target_days,min_days,max_days,service,priority,lead_time,subcontract,"
    "subcontract_cost,subcontract_lead,subcontract_limit,subcontractor,build_early,backorder");

  for (int p = 0; p < N_PRODUCTS; p++)
    {
      const Product *x = &products[p];

      fprintf (f, "%s,%d,%d,%d,%s,%d,0,0,", x->code, x->target_days, x->target_days / 2,
               x->target_days * 2, x->family == ICE_CREAM ? "0.97" : "0.96", p == MANGO ? 1 : 2);
      if (x->line == LINE_2)
        {
          write_money (f, x->cost + 330);
          fputs (",1,60000,Polar Foods,0,0\n", f);
        }
      else
        fprintf (f, ",,,,%d,0\n", x->family == DRINKS ? 1 : 0);
    }
  end (f);
}

static void
write_budget (void)
{
  char header[1024] = "product,region,channel", month[16];
  int first = N_HISTORY - 3, n = 15; /* January 2026 … March 2027 */
  FILE *f;

  for (int t = first; t < first + n; t++)
    {
      month_name (t, month, sizeof month);
      strcat (strcat (header, ","), month);
    }
  f = begin ("budget.csv", header);
  for (int p = 0; p < N_PRODUCTS; p++)
    for (int m = 0; m < N_MARKETS; m++)
      {
        double weight = market_weight (p, m), sum = 0.0;

        if (weight <= 0.0)
          continue;
        for (int i = 0; i < N_MARKETS; i++)
          sum += market_weight (p, i);
        write_market (f, p, m);
        for (int t = first; t < first + n; t++)
          {
            double value = t < N_HISTORY ? expected[p][t] : agreed (p, t);

            if (products[p].family == ICE_CREAM)
              value *= t < N_HISTORY ? 1.0 : ice_cream_budget[t - N_HISTORY];
            else if (products[p].family == DRINKS)
              value *= 1.0132;
            else
              value *= 0.969;
            if (p == OAT)
              value *= 0.85;
            value *= 1.0 + 0.02 * noise (BUDGET_NOISE, p, m, t);
            fprintf (f, ",%ld", rounded (value * weight / sum / 10.0) * 10);
          }
        fputc ('\n', f);
      }
  end (f);
}

/* one row a market and month of a total that @value gives for the product */
static void
write_split (const char *name,
             const char *header,
             double (*value) (int product, int month),
             Noise kind,
             double spread,
             int first,
             int n,
             Family last_family)
{
  FILE *f = begin (name, header);
  char month[16];

  for (int p = 0; p < N_PRODUCTS && products[p].family <= last_family; p++)
    for (int t = first; t < first + n; t++)
      {
        double weight[N_MARKETS];
        long part[N_MARKETS];

        if (p == OAT && t <= N_HISTORY)
          continue;
        month_name (t, month, sizeof month);
        for (int m = 0; m < N_MARKETS; m++)
          {
            weight[m] = market_weight (p, m) * (1.0 + spread * noise (kind, p, m, t));
            if (kind == FORECAST_NOISE && p != OAT) /* a forecast of the sales of that market */
              weight[m] = (double) sold[p][m][t] * (1.0 + spread * noise (kind, p, m, t));
          }
        split (rounded (value (p, t)), weight, part);
        for (int m = 0; m < N_MARKETS; m++)
          {
            if (market_weight (p, m) <= 0.0)
              continue;
            write_market (f, p, m);
            fprintf (f, ",%s,%ld\n", month, part[m]);
          }
      }
  end (f);
}

static double
sales_input (int product, int month)
{
  return (expected[product][month] + event (product, month)) *
         (1.0 + sales_optimism (product, month));
}

static double
marketing_input (int product, int month)
{
  return expected[product][month] + event (product, month);
}

/* The supply of the March plan: demand and the change of its target stock, Line 2 within its hours
 */
static void
write_last_supply (void)
{
  FILE *f = begin ("last_plan_supply.csv", "product,month,quantity");
  char month[16];

  for (int t = N_HISTORY - 1; t < N_MONTHS - 1; t++)
    {
      double supply[N_PRODUCTS], line_2 = 0.0, limit = resources[LINE_2].hours / 0.0016;

      month_name (t, month, sizeof month);
      for (int p = 0; p < N_PRODUCTS; p++)
        {
          double change = (last_plan (p, t + 1) - last_plan (p, t)) * products[p].target_days /
                          30.4;

          if (products[p].family == DRINKS && t + 2 < N_MONTHS)
            change = (last_plan (p, t + 2) - last_plan (p, t)) * 0.8;
          supply[p] = last_plan (p, t) + change;
          if (supply[p] < 0.0)
            supply[p] = 0.0;
          if (products[p].line == LINE_2)
            line_2 += supply[p];
        }
      for (int p = 0; p < N_PRODUCTS; p++)
        {
          if (products[p].line == LINE_2 && line_2 > limit)
            supply[p] *= limit / line_2;
          fprintf (f, "%s,%s,%ld\n", products[p].code, month, rounded (supply[p]));
        }
    }
  end (f);
}

/* A new product sells as a share of its like product, but not from the first day. */
static double
launch_curve (int product, int month)
{
  int since = month - month_index (2026, 5);

  if (product != OAT || since < 0 || since > 4)
    return 0.0;
  return expected[OAT][month] - oat_share_of_mango * expected[MANGO][month];
}

/* What was typed over the statistical forecast: changes of a product's total. */
static void
write_overrides (void)
{
  FILE *f = begin ("overrides.csv", "product,month,quantity,reason,comment,author,at");
  char month[16];

  for (int p = 0; p < N_PRODUCTS; p++)
    for (int t = N_HISTORY; t < N_MONTHS; t++)
      {
        double change = launch_curve (p, t);

        if (change == 0.0)
          continue;
        month_name (t, month, sizeof month);
        fprintf (f, "%s,%s,%s%ld,%s\n", products[p].code, month, change < 0.0 ? "-" : "",
                 rounded (change < 0.0 ? -change : change),
                 "Launch,Two chains in May; the full range of shops by October,"
                 "Linh Trần,2026-04-02T10:30:00Z");
      }
  end (f);
}

/* --- what was said in earlier cycles: month @month, @lag − 1 months after the cycle's own ---------
 */

/* what had been agreed: the further ahead, the further off */
static double
agreed_before (int product, int month, int lag)
{
  double sold_then, error;

  if (month >= N_HISTORY)
    return last_plan (product, month);
  sold_then = (double) sold_total[product][month];
  error = (forecast_before (product, month) / sold_then - 1.0) *
            (1.0 + 0.16 * (double) (lag - 1)) +
          0.012 * (double) (lag - 1) * noise (FORECAST_NOISE, product, 8 + lag, month);
  return sold_then * (1.0 + error);
}

static double
statistical_before (int product, int month, int lag)
{
  double agreed_then = agreed_before (product, month, lag);

  if (month >= N_HISTORY)
    return expected[product][month] * plan_factor (product);
  /* the model is somewhat further off than what people made of it */
  return (double) sold_total[product][month] *
         (1.0 + 1.15 * (agreed_then / (double) sold_total[product][month] - 1.0) +
          0.02 * noise (WALK_NOISE, product, 8 + lag, month));
}

/* part of Summer Splash was known in March */
static double
final_before (int product, int month, int lag)
{
  return statistical_before (product, month, lag) +
         (month >= N_HISTORY ? 0.2 * event (product, month) * plan_factor (product) : 0.0);
}

static double
sales_before (int product, int month, int lag)
{
  double more = optimism[products[product].family];

  return final_before (product, month, lag) *
         (1.0 + more + 0.025 * noise (INPUT_NOISE, product, 8 + lag, month));
}

static double
marketing_before (int product, int month, int lag)
{
  double sold_then;

  if (month >= N_HISTORY)
    return final_before (product, month, lag);
  sold_then = (double) sold_total[product][month];
  return sold_then * (1.0 + 0.92 * (agreed_before (product, month, lag) / sold_then - 1.0) +
                      0.01 * noise (INPUT_NOISE, product, 20 + lag, month));
}

/* What the plans approved in the seven cycles before hold of each product: six months each, those
 * of the last one as far as it goes. Its consensus stands in last_plan_demand.csv. */
static void
write_plan_history (void)
{
  FILE *f = begin ("plan_history.csv",
                   "product,cycle,month,statistical,final,sales,marketing,consensus");
  char cycle_name[16], month[16];

  for (int cycle = N_HISTORY - 7; cycle < N_HISTORY; cycle++)
    for (int p = 0; p < N_PRODUCTS; p++)
      for (int t = cycle; t < (cycle == N_HISTORY - 1 ? cycle + N_HORIZON : cycle + 6); t++)
        {
          int lag = t - cycle + 1;

          if (p == OAT && t <= N_HISTORY)
            continue;
          month_name (cycle, cycle_name, sizeof cycle_name);
          month_name (t, month, sizeof month);
          fprintf (f, "%s,%s,%s,%ld,%ld,%ld,", products[p].code, cycle_name, month,
                   rounded (statistical_before (p, t, lag)), rounded (final_before (p, t, lag)),
                   rounded (sales_before (p, t, lag)));
          if (products[p].family == ICE_CREAM)
            fprintf (f, "%ld", rounded (marketing_before (p, t, lag)));
          if (cycle < N_HISTORY - 1)
            fprintf (f, ",%ld\n", rounded (agreed_before (p, t, lag)));
          else
            fputs (",\n", f);
        }
  end (f);
}

/* Orders that customers have placed: most of the month that begins, less of those that follow. One
 * chain ordered ahead for the summer, more than anybody foresaw. */
static void
write_orders (void)
{
  FILE *f = begin ("orders.csv", "product,region,channel,month,quantity");
  char month[16];

  for (int p = 0; p < N_PRODUCTS; p++)
    for (int t = N_HISTORY; t < N_HISTORY + 3; t++)
      {
        static const double placed[3] = { 0.62, 0.27, 0.08 };
        double weight[N_MARKETS];
        long part[N_MARKETS];

        if (p == OAT && t == N_HISTORY)
          continue;
        for (int m = 0; m < N_MARKETS; m++)
          {
            weight[m] = market_weight (p, m) *
                        (1.0 + 0.3 * noise (ORDER_NOISE, p, m, t));
            if (p == LYCHEE && m == 3 && t == N_HISTORY)
              weight[m] *= 3.2;
          }
        split (rounded (agreed (p, t) * placed[t - N_HISTORY] *
                        (1.0 + 0.2 * noise (ORDER_NOISE, p, -2, t))),
               weight, part);
        month_name (t, month, sizeof month);
        for (int m = 0; m < N_MARKETS; m++)
          {
            if (part[m] == 0)
              continue;
            write_market (f, p, m);
            fprintf (f, ",%s,%ld\n", month, part[m]);
          }
      }
  end (f);
}

/* The calendar of what moves demand; the uplift of Summer Splash in cases a month. */
static void
write_events (void)
{
  FILE *f = begin ("events.csv",
                   "name,kind,state,first,last,unit,profile,cost,owner,confidence,note");
  FILE *l = begin ("event_products.csv", "event,product,lost");

  fputs ("Promotion 2024,promotion,planned,2024-07,2024-07,share,0.3,90000,Marco Bianchi,,\n", f);
  fprintf (l, "Promotion 2024,%s,\n", products[MANGO].code);
  fprintf (f,
           "Summer Splash,promotion,planned,2026-06,2026-08,quantity,%ld %ld %ld,120000,"
           "Marco Bianchi,0.7,Display space in all three chains\n",
           rounded (summer_splash[0] * 1000.0), rounded (summer_splash[1] * 1000.0),
           rounded (summer_splash[2] * 1000.0));
  fprintf (l, "Summer Splash,%s,\n", products[MANGO].code);
  fprintf (l, "Summer Splash,%s,0.2\n", products[MILK].code);
  fputs ("Launch of Coconut Oat Bar,launch,planned,2026-05,2026-05,,,60000,Marco Bianchi,,\n", f);
  fprintf (l, "Launch of Coconut Oat Bar,%s,\n", products[OAT].code);
  fputs ("Price of tubs,price,planned,2026-04,2026-04,,,,Marco Bianchi,,\n", f);
  for (int p = 0; p < N_PRODUCTS; p++)
    if (strcmp (products[p].group, "Tubs") == 0)
      fprintf (l, "Price of tubs,%s,\n", products[p].code);
  fputs ("Back to school,promotion,proposed,2026-09,2026-10,share,0.12 0.06,45000,Marco "
         "Bianchi,0.5,Two for one on drinking yogurt\n",
         f);
  for (int p = 0; p < N_PRODUCTS; p++)
    if (strcmp (products[p].group, "Drinking Yogurt") == 0)
      fprintf (l, "Back to school,%s,\n", products[p].code);
    else if (strcmp (products[p].code, "YO-301") == 0)
      fprintf (l, "Back to school,%s,0.15\n", products[p].code);
  end (f);
  end (l);
}

static void
write_corrections (void)
{
  FILE *f = begin ("corrections.csv",
                   "product,region,channel,month,quantity,reason,comment,author,at");
  int t = month_index (2024, 7);
  double share = mango_without_promotion / mango_sold[t];

  for (int m = 0; m < N_MARKETS; m++)
    {
      write_market (f, MANGO, m);
      fprintf (f, ",2024-07,%ld,Promotion,Promotion 2024,Linh Trần,2024-08-05T09:00:00Z\n",
               rounded ((double) sold[MANGO][m][t] * share));
    }
  end (f);
}

/* Order lines due in a month, and how they were delivered. */
static void
write_deliveries (void)
{
  FILE *f = begin ("deliveries.csv", "product,month,lines,on_time_lines,accurate_lines,perfect_lines,"
                                 "delivery_days");
  char month[16];

  for (int p = 0; p < N_PRODUCTS; p++)
    for (int t = N_HISTORY - 14; t < N_HISTORY; t++)
      {
        long lines = rounded ((double) sold_total[p][t] / 140.0);
        double late = 0.033 + 0.02 * noise (DELIVERY_NOISE, p, 0, t);
        double days = 2.85 + 0.25 * noise (DELIVERY_NOISE, p, 1, t);
        long on_time, accurate, perfect;

        if (lines == 0)
          continue;
        /* the summer is hard, and in March 2026 a carrier failed */
        if (t >= N_HISTORY - 10 && t <= N_HISTORY - 8)
          late += 0.012, days += 0.25;
        if (t == N_HISTORY - 1)
          late += 0.026, days += 0.5;
        on_time = rounded ((double) lines * (1.0 - late));
        accurate = rounded ((double) lines *
                            (0.9915 + 0.006 * noise (DELIVERY_NOISE, p, 2, t)));
        perfect = rounded ((double) (on_time < accurate ? on_time : accurate) * 0.985);
        month_name (t, month, sizeof month);
        fprintf (f, "%s,%s,%ld,%ld,%ld,%ld,%ld\n", products[p].code, month, lines, on_time,
                 accurate, perfect, rounded ((double) lines * days));
      }
  end (f);
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    {
      fprintf (stderr, "usage: generate DIRECTORY\n");
      return 2;
    }
  directory = argv[1];

  for (int p = 0; p < N_PRODUCTS; p++)
    for (int t = 0; t < N_MONTHS; t++)
      expected[p][t] = expect (p, t);
  make_sales ();
  make_stock ();

  write_products ();
  write_sales ();
  write_stock_and_production ();
  write_changes ("prices.csv", "product,month,price", price_in);
  write_changes ("costs.csv", "product,month,cost", cost_in);
  write_resources ();
  write_policies ();
  write_budget ();
  write_split ("sales_input.csv", "product,region,channel,month,sales", sales_input, INPUT_NOISE,
               0.04, N_HISTORY, 12, YOGURT);
  write_split ("marketing_input.csv", "product,region,channel,month,marketing", marketing_input,
               INPUT_NOISE, 0.0, N_HISTORY, 12, ICE_CREAM);
  write_split ("forecast_history.csv", "product,region,channel,month,quantity", forecast_before,
               FORECAST_NOISE, 0.05, N_HISTORY - 13, 13, YOGURT);
  write_split ("last_plan_demand.csv", "product,region,channel,month,quantity", last_plan,
               BUDGET_NOISE, 0.0, N_HISTORY - 1, N_HORIZON, YOGURT);
  write_last_supply ();
  write_plan_history ();
  write_orders ();
  write_deliveries ();
  write_events ();
  write_overrides ();
  write_corrections ();
  return 0;
}
