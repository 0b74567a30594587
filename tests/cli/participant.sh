#!/bin/bash
# participant.sh BUILDDIR - a part of the plan goes out, is edited, comes back; sealed files; signatures.
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$(readlink -f "$0")")/lib.sh" "$1"
export LC_ALL=C.UTF-8

expect 0 kilterctl new plan.kilter --sample
expect 0 kilterctl participant plan.kilter list --format csv
says out 'Marco Bianchi,sales-input'
unchanged expect 2 kilterctl participant plan.kilter make 'Nobody' no.kilter
unchanged expect 2 kilterctl participant plan.kilter send
[ ! -e no.kilter ] || fail "a file for nobody"

# out: what he may see and no money
expect 0 kilterctl participant plan.kilter make 'Marco Bianchi' copy.kilter
unchanged expect 5 kilterctl participant plan.kilter make 'Marco Bianchi' copy.kilter
expect 0 kilterctl check copy.kilter
expect 0 kilterctl export copy.kilter products; cp out theirs
expect 0 kilterctl export plan.kilter products
[ "$(wc -l <theirs)" -lt "$(wc -l <out)" ] || fail "the copy has every product"
[ "$(stat -c %a copy.kilter)" = 600 ] || fail "others can read the copy"
expect 0 kilterctl sql copy.kilter 'SELECT count(*) FROM product WHERE price IS NOT NULL OR cost IS NOT NULL'
says out '^ *0$'

# back: his number comes in, what is not his does not
product=$(sed -n 2p theirs | cut -d, -f1)
first=2026-04
expect 0 kilterctl set copy.kilter sales-input=4321 --at "product=$product,bucket=$first" --reason 'Tender'
unchanged expect 0 kilterctl participant plan.kilter merge copy.kilter --dry-run
expect 0 kilterctl participant plan.kilter merge copy.kilter --format csv
says out ',theirs$'
expect 0 kilterctl show plan.kilter sales-input --long --at "product=$product" --from "$first" --to "$first" --format csv
cp out merged
expect 0 kilterctl participant plan.kilter merge copy.kilter --format csv; says err 'merged before'
expect 0 kilterctl show plan.kilter sales-input --long --at "product=$product" --from "$first" --to "$first" --format csv
cmp out merged || fail "a second merge changed the plan"
unchanged expect 3 kilterctl participant plan.kilter merge plan.kilter
echo nonsense >bad.kilter
unchanged expect 3 kilterctl participant plan.kilter merge bad.kilter

# both changed: nothing happens until it is said what counts
expect 0 kilterctl participant plan.kilter make 'Marco Bianchi' second.kilter
expect 0 kilterctl set second.kilter sales-input=5000 --at "product=$product,bucket=$first" --reason Order
expect 0 kilterctl set plan.kilter sales-input=6000 --at "product=$product,bucket=$first" --reason Order
unchanged expect 4 kilterctl participant plan.kilter merge second.kilter --format csv
says out ',conflict$'
expect 0 kilterctl participant plan.kilter merge second.kilter --conflicts theirs
expect 0 kilterctl show plan.kilter sales-input --long --at "product=$product" --from "$first" --to "$first" --format csv
says out ',5000$'

# sealed: the password comes through a descriptor, never through an argument
expect 0 kilterctl participant plan.kilter make 'Marco Bianchi' copy.kilter-sealed --seal --password-fd 3 3<<<'correct horse'
grep -q -a SQLite copy.kilter-sealed && fail "the sealed file is not sealed"
expect 3 kilterctl unseal copy.kilter-sealed open.kilter --password-fd 3 3<<<'another horse'; says err 'password'
[ ! -e open.kilter ] || fail "something was opened with a wrong password"
expect 2 kilterctl seal plan.kilter short.kilter-sealed --password-fd 3 3<<<'short'; says err '8 characters'
expect 0 kilterctl unseal copy.kilter-sealed open.kilter --password-fd 3 3<<<'correct horse'
expect 0 kilterctl check open.kilter
expect 0 kilterctl participant plan.kilter merge copy.kilter-sealed --password-fd 3 3<<<'correct horse'
head -c 5000 copy.kilter-sealed >cut.kilter-sealed
expect 3 kilterctl unseal cut.kilter-sealed cut.kilter --password-fd 3 3<<<'correct horse'; says err 'cut off'
{ head -c 9000 copy.kilter-sealed; printf X; tail -c +9002 copy.kilter-sealed; } >altered.kilter-sealed
expect 3 kilterctl unseal altered.kilter-sealed altered.kilter --password-fd 3 3<<<'correct horse'; says err 'altered'

# signed
kilterctl decision plan.kilter list --format csv >decisions
tail -n +2 decisions | cut -d, -f1 | while read -r title; do
  kilterctl decision plan.kilter reject "$title" --comment no >/dev/null 2>&1 || true
done
expect 0 kilterctl cycle plan.kilter approve --sign
expect 0 kilterctl check plan.kilter --format csv; says out '^signed,'
python3 - <<'END' || exit 1
import sqlite3
db = sqlite3.connect("plan.kilter")
db.execute("UPDATE version SET owner = 'Somebody Else' WHERE id = (SELECT max(id) FROM version WHERE kind = 'approved')")
db.commit()
END
expect 3 kilterctl check plan.kilter --format csv; says out '^signature,'
echo "participant: ok"
