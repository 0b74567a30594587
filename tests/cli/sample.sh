#!/bin/bash
# sample.sh BUILDDIR - the sample plan is built from its files, the same each time, in each language.
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$(readlink -f "$0")")/lib.sh" "$1"
export LC_ALL=C.UTF-8

expect 0 kilterctl new plan.kilter --sample
expect 0 kilterctl check plan.kilter
expect 0 kilterctl new again.kilter --sample
for what in sales products statistical consensus supply,stock decisions; do
  kilterctl export plan.kilter $what >one.csv
  kilterctl export again.kilter $what >two.csv
  cmp one.csv two.csv || fail "$what differs between two samples"
  [ "$(wc -l <one.csv)" -gt 2 ] || fail "the sample has no $what"
done
expect 0 kilterctl scenario plan.kilter list --format csv
[ "$(wc -l <out)" = 5 ] || fail "the sample has other than four scenarios"
# without a decision something stays unmet; each scenario is a way out
expect 0 kilterctl scenario plan.kilter compare --format csv
grep '^unmet,[1-9][0-9.]*,0,0,0$' out >/dev/null || { cat out; fail "the scenarios do not solve what is unmet"; }
expect 0 kilterctl cycle plan.kilter status --format csv; says out '^2026-04,2,Demand Review,done'
expect 0 kilterctl show plan.kilter last-cycle --from 2026-04 --to 2026-04 --format csv; says out 'last-cycle,[1-9]'
expect 0 kilterctl new vi.kilter --sample --language vi
expect 0 kilterctl export vi.kilter products; says out 'Kem'
expect 0 kilterctl new zh.kilter --sample --language zh_CN
expect 0 kilterctl export zh.kilter products; says out '冰淇淋'
expect 5 env KILTER_PKGDATADIR=/nonexistent "$build/src/cli/kilterctl" new no.kilter --sample
[ ! -e no.kilter ] || fail "half a sample was left"
echo "sample: ok"
