#!/bin/bash
# stream.sh BUILDDIR - series through the filter, in parts, on other processes, and back into the plan.
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$(readlink -f "$0")")/lib.sh" "$1"
export LC_ALL=C.UTF-8

# --- the filter
make_series() { # make_series N: monthly series, some with gaps and odd names
  awk -v n="$1" 'BEGIN {
    print "series_id,period_index,value"
    for (i = 1; i <= n; i++) {
      id = i % 7 == 0 ? "\"A, \"\"" i "\"\"\"" : "S" i
      for (t = 1 + i % 5; t <= 40 + i % 9; t++) {
        x = (t * 7919 + i * 104729) % 101
        v = (100 + i + t * (i % 3)) * (1 + 0.3 * ((t + i) % 12 == 11)) + x / 10
        print id "," t "," ((t * i) % 37 == 5 ? "" : (i % 11 == 0 && x > 30 ? 0 : v))
      }
    }
  }'
}
make_series 60 >in.csv
options="--stream --frequency monthly --horizon 6 --levels 50,80,95 --mode fast"
stream() { kilterctl forecast $options "$@"; }

stream <in.csv >one.csv 2>err; [ ! -s err ] || fail "the filter complains"
[ "$(head -1 one.csv)" = "series_id,step,mean,lo50,hi50,lo80,hi80,lo95,hi95,method" ] || fail "headings"
[ "$(wc -l <one.csv)" = 361 ] || fail "60 series of 6 steps"
# levels are in percent: wider for more, and really wide
awk -F, 'NR > 1 && !/"/ && !($4 <= $3 && $3 <= $5 && $8 <= $6 && $6 <= $4 && $5 <= $7 && $7 <= $9) { exit 1 }' one.csv ||
  fail "intervals are not nested"
awk -F, 'NR > 1 && $1 == "S1" && $9 - $8 < 1 { exit 1 }' one.csv || fail "intervals of nearly nothing"
# the same bytes for any number of threads, and with Windows line ends and a mark
for threads in 1 2 3; do stream --threads $threads <in.csv | cmp - one.csv || fail "$threads threads differ"; done
{ printf '\357\273\277'; sed 's/$/\r/' in.csv; } | stream | cmp - one.csv || fail "line ends differ"
stream --integer <in.csv >integer.csv
! cut -d, -f3- integer.csv | grep -v '"' | grep -q '\.' || fail "--integer leaves fractions"
stream --sd <in.csv | head -1 | grep -q ',method,sd$' || fail "--sd"
stream --model <in.csv >model.csv; head -1 model.csv | grep -q ',method,sd,model$' || fail "--model"
[ "$(grep -c ',"\?class=' model.csv)" = 60 ] || fail "a model for each series"
stream --method naive <in.csv | grep -v -q -e ',naive$' -e method || : # odd names hold commas
for frequency in weekly quarterly yearly daily hourly 5; do
  head -30 in.csv | kilterctl forecast --stream --frequency $frequency --horizon 2 --mode fast >out || fail "$frequency"
done
expect 2 kilterctl forecast --stream --frequency fortnightly
expect 2 kilterctl forecast --stream --levels 80,100
expect 2 kilterctl forecast --stream --levels none
expect 2 kilterctl forecast --stream --mode slow
expect 2 kilterctl forecast --stream --horizon 0x
expect 2 kilterctl forecast --stream --horizon 1201
expect 2 kilterctl forecast --stream --reconcile optimal
expect 2 kilterctl forecast --stream x.kilter
expect 2 kilterctl forecast x.kilter --integer

# --- bad input: the line, status 3, and what was forecast before it
refuse() { # refuse LINE TEXT...: the message names the line
  local line=$1; shift
  printf "$@" >bad.csv
  local got=0; stream <bad.csv >out 2>err || got=$?
  [ $got = 3 ] || fail "status $got for $*"
  says err "Line $line"
}
h='series_id,period_index,value\n'
refuse 1 ''
refuse 1 'id,period,value\n'
refuse 3 "${h}A,1,2\nA,1,3\n"
refuse 2 "${h}A,x,2\n"
refuse 2 "${h}A,1,abc\n"
refuse 2 "${h}A,1,1e400\n"
refuse 2 "${h}\"A,1,2\n"
refuse 3 "${h}A,1,2\nA\n"
refuse 2 "${h}A\377,1,2\n"
{ printf "$h"; head -c 100000 /dev/zero | tr '\0' x; printf ',1,2\n'; } >bad.csv
got=0; stream <bad.csv >out 2>err || got=$?; [ $got = 3 ] || fail "a huge line"; says err 'Line 2'
got=0; stream </ >out 2>err || got=$?; [ $got = 5 ] || fail "a folder as input: $got"
# a reader that has seen enough is no failure of ours
set +o pipefail
make_series 400 | { stream 2>err || echo "status $?" >>err; } | head -2 >out
! grep -v '^status 141$' err || fail "a broken pipe complains"

# --- in parts: the same bytes, also after a part was lost
export KILTERCTL="$source/tests/uninstalled $build kilterctl" KILTER_SERIES=7 KILTER_JOBS=3
cluster=$source/data/cluster
run_options="--frequency monthly --horizon 6 --levels 50,80,95 --mode fast"
KILTER_XARGS=1 "$cluster/forecast-parallel" in.csv parts.csv $run_options
cmp one.csv parts.csv || fail "parts by xargs differ"
[ ! -e parts.csv.parts ] || fail "parts stay behind"
if parallel --version 2>/dev/null | grep -q '^GNU parallel'; then
  "$cluster/forecast-parallel" in.csv parallel.csv $run_options
  cmp one.csv parallel.csv || fail "parts by GNU parallel differ"
fi
"$cluster/kilter-split" in.csv folder 7
[ "$(ls folder/*.in | wc -l)" = 9 ] || fail "60 series in parts of 7"
! "$cluster/kilter-split" in.csv folder 7 2>err || fail "parts are written over"
for part in folder/*.in; do "$cluster/kilter-part" $run_options $part; done
"$cluster/kilter-join" folder | cmp - one.csv || fail "parts by hand differ"
# killed in the middle: nothing that counts is left, and the next start does the rest
rm folder/000004.out
( KILTERCTL="sh -c 'printf half; kill -9 \$\$' x" "$cluster/kilter-part" folder/000004.in ) 2>/dev/null || :
! "$cluster/kilter-join" folder >out 2>err || fail "a lost part is not missed"
says err '000004.in'
before=$(stat -c %Y.%i folder/000001.out)
for part in folder/*.in; do "$cluster/kilter-part" $run_options $part; done
[ "$before" = "$(stat -c %Y.%i folder/000001.out)" ] || fail "a part was done twice"
"$cluster/kilter-join" folder | cmp - one.csv || fail "parts after a loss differ"
unset KILTERCTL

# --- a plan: out, forecast elsewhere, back: what the application computes
expect 0 kilterctl new plan.kilter --sample
# What a run writes: every number, every record of a model, what events did.
numbers() {
  kilterctl export "$1" statistical,low50,high50,low80,high80,low95,high95
  kilterctl export "$1" model; kilterctl export "$1" event
}
# a promotion of the past that nobody has corrected away
kilterctl show plan.kilter correction --by series --from 2024-07 --to 2024-07 --long --format csv >out
corrected=$(awk -F, 'NR > 1 && $NF != "" { print "product=" $1 ",region=" $2 ",channel=" $3 ",bucket=2024-07" }' out)
[ -n "$corrected" ] || fail "the sample corrects its promotion of 2024"
cp plan.kilter events.kilter
echo "$corrected" | while read -r at; do kilterctl set events.kilter correction= --at "$at" --reason Test; done
for how in bottom-up middle-out:family/region events-optimal; do
  plan=plan.kilter
  case $how in events*) plan=events.kilter ;; esac
  cp $plan app.kilter; cp $plan far.kilter
  how=${how#events-}; how=${how/#events/bottom-up}
  kilterctl forecast app.kilter --reconcile $how --mode fast 2>/dev/null
  kilterctl forecast far.kilter --reconcile $how --mode fast --method naive 2>/dev/null
  kilterctl export far.kilter series >series.csv 2>how
  command=$(sed -n 's/.*kilterctl \(forecast --stream.*\)/\1/p' how)
  [ -n "$command" ] || fail "the export does not say how to go on"
  case $plan in
    events.kilter)
      head -1 series.csv >head; says head '^series_id,series_group,period_index,value,.*planned,x:Promotion 2024'
      grep -q ',1$' series.csv || fail "the promotion is not in the series"
      # in parts that leave groups together
      "$cluster/kilter-split" series.csv groups 7
      [ -z "$(for part in groups/*.in; do grep -v '^"*sum:' $part | cut -d, -f2 | sort -u; done | grep . | sort | uniq -d | grep -v series_group)" ] ||
        fail "a group is in two parts"
      for part in groups/*.in; do KILTERCTL="$source/tests/uninstalled $build kilterctl" "$cluster/kilter-part" ${command#forecast --stream} $part; done
      "$cluster/kilter-join" groups >forecasts.csv; rm -r groups
      kilterctl $command <series.csv | cmp - forecasts.csv || fail "parts with events differ"
      ;;
    *) kilterctl $command <series.csv >forecasts.csv ;;
  esac
  numbers app.kilter >app.csv; numbers far.kilter >far.csv
  ! cmp -s app.csv far.csv || fail "naive forecasts are the same"
  # in two parts, the second first
  [ $plan = plan.kilter ] || { kilterctl export app.kilter event | grep -q '^Promotion 2024,.*,[-0-9.]*,[^,]*$' || fail "nothing was measured"; }
  head -n 1801 forecasts.csv >part1.csv
  { head -1 forecasts.csv; tail -n +1802 forecasts.csv; } >part2.csv
  expect 0 kilterctl import far.kilter part2.csv part1.csv --as forecasts
  numbers far.kilter | cmp - app.csv || fail "$plan, $how: not what the application computes"
done
kilterctl log far.kilter --limit 1 --format csv >out; says out 'Forecast of'
kilterctl check far.kilter >/dev/null 2>&1 || fail "the plan does not hold after the import"
# from standard input, as a dry run
cp far.kilter plan.kilter
unchanged expect 0 kilterctl import plan.kilter - --as forecasts --dry-run <forecasts.csv
# not whole, not this plan, not any more
head -100 forecasts.csv >short.csv
unchanged expect 3 kilterctl import plan.kilter short.csv --as forecasts; says err 'short.csv'
head -n -18 forecasts.csv >short.csv
unchanged expect 3 kilterctl import plan.kilter short.csv --as forecasts; says err 'no forecast'
cat forecasts.csv forecasts.csv >twice.csv
unchanged expect 3 kilterctl import plan.kilter twice.csv --as forecasts; says err 'already'
sed 's/,lo80,/,lo81,/' forecasts.csv >levels.csv
unchanged expect 3 kilterctl import plan.kilter levels.csv --as forecasts; says err 'lo80'
sed '2s/^[^,]*,/NOPE#0123,/' forecasts.csv >strange.csv
unchanged expect 3 kilterctl import plan.kilter strange.csv --as forecasts; says err 'row 2'
sed 's/class=/klass=/' forecasts.csv >model.csv
unchanged expect 3 kilterctl import plan.kilter model.csv --as forecasts; says err 'klass'
cut -d, -f1-10 forecasts.csv >bare.csv
unchanged expect 3 kilterctl import plan.kilter bare.csv --as forecasts; says err 'sd'
sed '3s/,[0-9.]*,/,nan,/2' forecasts.csv >nan.csv
unchanged expect 3 kilterctl import plan.kilter nan.csv --as forecasts; says err 'row 3'
kilterctl show plan.kilter actual --by series --to 2026-03 --from 2026-03 --long --format csv >out
kilterctl set plan.kilter correction=+1 --at "$(awk -F, 'NR == 2 { print "product=" $1 ",region=" $2 ",channel=" $3 }' out),bucket=2026-03" --reason Test
unchanged expect 4 kilterctl import plan.kilter forecasts.csv --as forecasts; says err 'have changed since'

# --- cleansing: listed, chosen, applied as a layer, undone by taking it away
expect 0 kilterctl cleanse plan.kilter --format csv; says out '^id,kind,bucket,'
cp out list.csv
[ "$(wc -l <list.csv)" -gt 1 ] || fail "the sample has outliers"
unchanged expect 0 kilterctl cleanse plan.kilter --kind missing,stock-out
unchanged expect 2 kilterctl cleanse plan.kilter --kind weather
unchanged expect 3 kilterctl cleanse plan.kilter --apply nothing
unchanged expect 0 kilterctl cleanse plan.kilter --apply-all --dry-run
id=$(sed -n 2p list.csv | cut -d, -f1)
kilterctl export plan.kilter actual >actual.csv
expect 0 kilterctl cleanse plan.kilter --apply "$id" --format csv
kilterctl export plan.kilter actual | cmp - actual.csv || fail "the imported sales changed"
kilterctl cleanse plan.kilter --format csv >again.csv
! grep -q -F "$id" again.csv || fail "what is corrected is proposed again"
kilterctl log plan.kilter --limit 1 --format csv >out; says out 'Corrections of the history'
