#!/bin/bash
# real-data.sh BUILDDIR - the whole chain on real series: new, import, forecast, supply, metrics, pack.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The monthly M3 series (Makridakis & Hibon 2000) become sales of as many products, the last month
# of each being March 2026, and one production line that is a little too small for them.
. "$(dirname "$(readlink -f "$0")")/lib.sh" "$1"
export LC_ALL=C.UTF-8

data=${KILTER_SHARED_DATA:-/nonexistent}/m3_even.csv.gz
if [ ! -r "$data" ]; then echo "real-data: the series are not here (KILTER_SHARED_DATA): skipped"; exit 77; fi

n_series=${KILTER_REAL_SERIES:-520}
zcat "$data" | awk -F, -v limit="$n_series" '
  function month(back,  m) { m = 2026 * 12 + 2 - back; return sprintf("%04d-%02d", int(m / 12), m % 12 + 1) }
  function flush(  i) { for (i = 1; i <= n; i++) if (v[i] != "") printf "%s,M3,%s,%s\n", id, month(n - i), v[i] }
  BEGIN { print "product,family,month,quantity" }
  $2 == 12 && $7 == "train" {
    if ($1 != id) { if (id != "") flush(); if (series == limit) { id = ""; exit } series++; id = $1; n = 0 }
    n++; v[n] = $6
  }
  END { if (id != "") flush() }' >sales.csv
cut -d, -f1 sales.csv | tail -n +2 | uniq | awk '
  NR == 1 { print "code,name,family,price,cost" }
  { printf "%s,Series %s,%s,%d,%d\n", $1, $1, NR % 5 ? "Standard" : "Special", 10 + NR % 7, 6 + NR % 5 }' >products.csv
awk -F, 'NR > 1 { print $1 }' products.csv | awk 'BEGIN { print "product,resource,hours" } { print $1 ",LINE,0.001" }' >rates.csv
awk -F, 'NR > 1 { print $1 }' products.csv | awk 'BEGIN { print "product,month,quantity" } { print $1 ",2026-03,5000" }' >stock.csv
printf 'code,name,kind,hours,overtime_share,overtime_cost,overtime_allowed\nLINE,The line,machine,%s,0.1,40,yes\n' "$((n_series * 4))" >resources.csv

series=$(($(wc -l <products.csv) - 1)); rows=$(($(wc -l <sales.csv) - 1))
total=$(awk -F, 'NR > 1 { s += $4 } END { printf "%.6f", s }' sales.csv)
[ "$series" -ge 500 ] || fail "only $series series"

expect 0 kilterctl new plan.kilter --cycle 2026-04 --history 144 --horizon 18 --name "M3"
expect 0 kilterctl import plan.kilter products.csv --as products
expect 0 kilterctl import plan.kilter sales.csv --as sales --format csv
awk -F, -v rows="$rows" -v total="$total" 'NR == 2 && $3 == rows && $4 == rows && ($9 - total) ^ 2 < 1e-6 { ok = 1 } END { exit !ok }' out ||
  { cat out; fail "not all $rows rows, or not $total in all"; }
expect 0 kilterctl import plan.kilter stock.csv resources.csv rates.csv
time -p kilterctl forecast plan.kilter

# every series is forecast for every month, with what the same engine says of the stream
expect 0 kilterctl export plan.kilter statistical --from 2026-04 --to 2027-09 -o forecast.csv
awk -F, -v n=$((series * 18)) 'NR > 1 { if ($5 == "" || $5 + 0 < 0) bad++; rows++ } END { exit !(rows == n && !bad) }' forecast.csv ||
  fail "forecasts are missing"
awk -F, 'BEGIN { print "series_id,period_index,value" } NR > 1 { if ($1 != id) { id = $1; i = 0 } print $1 "," ++i "," $4 }' sales.csv >stream.csv
head -n 2000 stream.csv | kilterctl forecast --stream --frequency monthly --horizon 6 --threads 1 >one.csv
head -n 2000 stream.csv | kilterctl forecast --stream --frequency monthly --horizon 6 --threads 2 >two.csv
cmp one.csv two.csv || fail "the forecast depends on the number of threads"
says one.csv '^series_id,step,mean,lo80,hi80,lo95,hi95,method$'

time -p kilterctl supply plan.kilter --format csv >supply.csv
expect 0 kilterctl show plan.kilter demand supply stock unmet --by family --from 2026-04 --to 2027-09 --format csv
says out '^Standard,supply,'
# what is delivered is what was there, was made, and is not left
kilterctl show plan.kilter demand supply unmet --from 2026-04 --to 2027-09 --format csv >flow.csv
kilterctl show plan.kilter stock --from 2026-03 --to 2027-09 --format csv >stock-out.csv
awk -F, 'FNR == 1 { next } { for (i = 2; i <= NF; i++) sum[$1] += $i } FILENAME == "stock-out.csv" { first = $2; last = $NF }
  END { left = first + sum["supply"] - sum["demand"] + sum["unmet"]; d = left - last; if (d < 0) d = -d
        if (d > 1 + 1e-6 * sum["demand"]) { print "stock", left, "is not", last; exit 1 } }' flow.csv stock-out.csv ||
  fail "stock does not follow from supply and demand"
# the line never works more than it can
kilterctl show plan.kilter load capacity overtime-hours --by resource --from 2026-04 --to 2027-09 --format csv >load.csv
awk -F, 'NR > 1 { for (i = 3; i <= NF; i++) v[$2, i] = $i; n = NF }
  END { for (i = 3; i <= n; i++) if (v["load", i] > 1.1 * v["capacity", i] + 1e-6) exit 1 }' load.csv || fail "the line is overloaded"
expect 0 kilterctl metrics plan.kilter --format csv; says out '^total-sales,'
expect 0 kilterctl check plan.kilter
if kilterctl --help | grep -q '^  pack '; then
  expect 0 kilterctl pack plan.kilter --meeting executive -o pack.pdf
  [ "$(head -c 5 pack.pdf)" = "%PDF-" ] || fail "the pack is no PDF file"
  [ "$(stat -c %s pack.pdf)" -gt 20000 ] || fail "the pack is too small"
fi
echo "real-data: $series series, $rows rows: ok"
