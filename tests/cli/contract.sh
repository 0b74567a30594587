#!/bin/bash
# contract.sh BUILDDIR - verbs, exit statuses, output and messages of kilterctl.
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$(readlink -f "$0")")/lib.sh" "$1"
export LC_ALL=C.UTF-8

# --- help, version, usage
expect 0 kilterctl --version; says out '^kilterctl [0-9]'
expect 0 kilterctl --help; says out 'import'
expect 2 kilterctl
expect 2 kilterctl fly
expect 2 kilterctl new
expect 2 kilterctl new a b
expect 2 kilterctl new --no-such-option a
for verb in new import cleanse forecast supply show metrics set scenario cycle pack export template profile check log sql; do
  expect 0 kilterctl $verb --help
  says out "kilterctl $verb"
  [ ! -s err ] || fail "$verb --help writes to standard error"
done

# --- new
expect 2 kilterctl new plan.kilter --bucket fortnight
expect 2 kilterctl new plan.kilter --cycle soon
expect 2 kilterctl new plan.kilter --horizon 0
[ ! -e plan.kilter ] || fail "a plan was made in spite of bad usage"
expect 0 kilterctl new plan.kilter --cycle 2026-04 --history 24 --horizon 12 --currency EUR --name Acme
expect 5 kilterctl new plan.kilter
expect 5 kilterctl new no/such/folder/plan.kilter --cycle 2026-04
for bucket in week quarter 445; do expect 0 kilterctl new $bucket.kilter --bucket $bucket; done

# --- what is no plan
expect 5 kilterctl show nowhere.kilter actual
echo text >text.kilter
expect 3 kilterctl show text.kilter actual
: >empty.kilter
expect 3 kilterctl check empty.kilter || expect 3 kilterctl show empty.kilter actual
[ ! -s empty.kilter ] || fail "an empty file became a plan"

# --- import
expect 0 kilterctl template sales; cp out sales.csv
says sales.csv '^product,region,channel,month,quantity$'
expect 2 kilterctl template nothing
unchanged expect 0 kilterctl import plan.kilter sales.csv --dry-run
says out '^sales.csv  *sales  *2  *2  *2'
unchanged expect 5 kilterctl import plan.kilter nowhere.csv
unchanged expect 2 kilterctl import plan.kilter sales.csv --decimal x
unchanged expect 2 kilterctl import plan.kilter sales.csv --as nothing
expect 0 kilterctl import plan.kilter sales.csv --format csv
says out '^sales.csv,sales,2,2,2,0,0,0,1550$'
expect 0 kilterctl import plan.kilter sales.csv --format json
says out '"same": 2'

# bad files: said with the row, nothing changed, status 3
printf 'product,month,quantity\nP-100,2026-01,"5\nP-200,2026-01,6\n' >open.csv
printf 'product,month\nP-100,2026-01\n' >missing.csv
printf 'product,month,quantity\n' >header.csv
printf 'product,month,quantity\nP-100,01/02/2026,5\nP-200,02/03/2026,6\n' >dates.csv
printf 'product,month,quantity\nP-100,2026-01,x\n' >nothing.csv
printf '<html><table><tr><td>1</td></tr></table></html>' >page.csv
printf 'PK\003\004rest' >book.csv
: >void.csv
for file in open missing header dates nothing page book void; do
  unchanged expect 3 kilterctl import plan.kilter $file.csv --as sales
  says err "$file.csv"
done
unchanged expect 3 kilterctl import plan.kilter open.csv; says err 'row 2'
unchanged expect 3 kilterctl import plan.kilter dates.csv --as sales; says err '--date-order'
unchanged expect 0 kilterctl import plan.kilter dates.csv --as sales --date-order dmy --dry-run
unchanged expect 0 kilterctl import plan.kilter dates.csv --as sales --accept --dry-run
# several files: all or none
printf 'product,region,channel,month,quantity\nP-100,North,Retail,2026-02,77\n' >good.csv
unchanged expect 3 kilterctl import plan.kilter good.csv open.csv --as sales

# --- profiles
expect 0 kilterctl profile list --format csv; says out '^odoo,auto,,Odoo$'
expect 0 kilterctl profile save monthly --as sales --decimal , --column Menge=quantity --pattern 'umsatz-*.csv'
expect 0 kilterctl profile show monthly; says out '^column=Menge=quantity$'; says out '^decimal=comma$'
printf 'Artikel;Monat;Menge\nP-100;2026-01;1.234,5\n' >umsatz.csv
unchanged expect 3 kilterctl import plan.kilter umsatz.csv --dry-run
expect 0 kilterctl profile save monthly --as sales --decimal , --column Menge=quantity --column Artikel=product --column Monat=month
expect 0 kilterctl import plan.kilter umsatz.csv --profile monthly --dry-run --format csv; says out ',1234.5$'
expect 0 kilterctl profile delete monthly
expect 2 kilterctl profile delete monthly
expect 2 kilterctl profile save odoo --as sales
expect 2 kilterctl import plan.kilter umsatz.csv --profile monthly
printf 'Order Date,Product,Customer Country,Sales Team,Qty Delivered\n2026-01-05,[P-100] Mango Bar,Vietnam,Retail,7\n' >odoo.csv
expect 0 kilterctl import plan.kilter odoo.csv --profile odoo --create yes --dry-run --format csv; says out '^odoo.csv,sales,1,1,1,0,0,0,7$'; says err 'Odoo'

# --- show, export
expect 0 kilterctl show plan.kilter actual --by product --from 2026-01 --to 2026-02 --format csv
says out '^product,measure,2026-01,2026-02$'; says out '^P-100,actual,1200,$'
expect 0 kilterctl show plan.kilter actual --from 2026-01 --to 2026-01 --format json
says out '"2026-01": 1200'
expect 2 kilterctl show plan.kilter nothing
expect 2 kilterctl show plan.kilter stock --by region
expect 2 kilterctl show plan.kilter actual --from 1999-01
expect 2 kilterctl show plan.kilter actual --scenario Nobody
expect 2 kilterctl show plan.kilter actual --at product=Nobody
expect 2 kilterctl show plan.kilter actual --format xml
expect 0 kilterctl export plan.kilter sales -o out.csv; says out.csv '^P-200,South,Wholesale,2026-02,350$'
expect 0 kilterctl export plan.kilter products; says out '^P-100,'
expect 2 kilterctl export plan.kilter mps; says err 'approved'
expect 0 kilterctl export plan.kilter actual,statistical -o out.json; says out.json '"statistical": null'
expect 5 kilterctl export plan.kilter sales -o no/such/folder/out.csv
for form in xlsx ods; do
  expect 0 kilterctl export plan.kilter sales -o out.$form
  unchanged expect 0 kilterctl import plan.kilter out.$form --dry-run --format csv
  says out "^out.$form,sales,[0-9]*,[1-9][0-9]*,0,0,"
  expect 0 kilterctl export plan.kilter products -o out.$form
  expect 0 kilterctl import plan.kilter out.$form --sheet products --dry-run --format csv
  says out "^out.$form,products,"
  unchanged expect 3 kilterctl import plan.kilter out.$form --sheet Nowhere; says err 'products'
  head -c 300 out.$form >cut.$form
  unchanged expect 3 kilterctl import plan.kilter cut.$form; says err 'damaged or incomplete'
done
expect 0 kilterctl export plan.kilter sales --format xlsx; [ "$(head -c 2 out)" = PK ] || fail "no workbook"
expect 2 kilterctl export plan.kilter sales --format pdf
expect 2 kilterctl export plan.kilter nothing
# what goes out comes in again, and is the same
expect 0 kilterctl import plan.kilter out.csv --as sales --column actual=quantity --format csv
says out ',0,0,2,'

# --- forecast, supply, set
expect 2 kilterctl forecast plan.kilter --method magic
unchanged expect 0 kilterctl forecast plan.kilter --dry-run
expect 0 kilterctl forecast plan.kilter
expect 0 kilterctl forecast plan.kilter --method naive
expect 0 kilterctl show plan.kilter statistical --from 2026-05 --to 2026-05 --format csv; says out '1550'
expect 2 kilterctl set plan.kilter final=1 --reason x
expect 2 kilterctl set plan.kilter final=1 --at product=P-100,bucket=2026-05
expect 2 kilterctl set plan.kilter nothing=1 --at product=P-100,bucket=2026-05 --reason x
expect 2 kilterctl set plan.kilter final=abc --at product=P-100,bucket=2026-05 --reason x
unchanged expect 1 kilterctl set plan.kilter final=1 --at product=P-100,bucket=2026-01 --reason past
unchanged expect 0 kilterctl set plan.kilter final=+50 --at product=P-100,bucket=2026-05 --reason x --dry-run
expect 0 kilterctl set plan.kilter final=+50 --at product=P-100,bucket=2026-05 --reason Promotion
expect 0 kilterctl show plan.kilter final --at product=P-100 --from 2026-05 --to 2026-05 --format csv; says out ',1250$'
expect 0 kilterctl log plan.kilter --kind edit --format csv; says out 'Promotion'
expect 2 kilterctl supply plan.kilter --strategy magic
expect 0 kilterctl supply plan.kilter --format csv; says out '^optimal,cost,unmet,gap$'
expect 0 kilterctl supply plan.kilter --explain --format json

# --- scenarios, cycle
expect 0 kilterctl scenario plan.kilter new Low
expect 1 kilterctl scenario plan.kilter new Low
expect 0 kilterctl scenario plan.kilter list --format csv; says out '^Low,Baseline,working'
expect 0 kilterctl set plan.kilter final=*0.5 --at product=P-100,bucket=2026-05 --reason x --scenario Low
expect 0 kilterctl scenario plan.kilter compare Baseline Low --format csv; says out '^figure,Baseline,Low$'
expect 0 kilterctl scenario plan.kilter adopt Low
expect 2 kilterctl scenario plan.kilter delete Nobody
expect 2 kilterctl scenario plan.kilter fly
expect 0 kilterctl cycle plan.kilter status --format csv; says out '^2026-04,1,'
expect 2 kilterctl cycle plan.kilter finish
expect 2 kilterctl cycle plan.kilter finish 9
expect 0 kilterctl cycle plan.kilter finish 1
expect 1 kilterctl cycle plan.kilter finish 1
expect 2 kilterctl cycle plan.kilter reopen 1
expect 0 kilterctl cycle plan.kilter reopen 1 --reason Late
expect 0 kilterctl cycle plan.kilter approve
expect 1 kilterctl cycle plan.kilter approve
expect 0 kilterctl check plan.kilter
expect 0 kilterctl cycle plan.kilter next
expect 0 kilterctl cycle plan.kilter status --format csv; says out '^2026-05,1,'

# --- pack
expect 2 kilterctl pack plan.kilter
expect 2 kilterctl pack plan.kilter --meeting lunch
expect 2 kilterctl pack plan.kilter --meeting pre --paper a0
expect 2 kilterctl pack plan.kilter --meeting pre --sections weather
unchanged expect 0 kilterctl pack plan.kilter --meeting pre --language vi --paper letter --grey -o pack.pdf
[ "$(head -c 5 pack.pdf)" = "%PDF-" ] || fail "the pack is no PDF file"
unchanged expect 0 kilterctl pack plan.kilter --meeting pre --language vi -o pack.xlsx; [ "$(head -c 2 pack.xlsx)" = PK ] || fail "the pack is no workbook"
expect 5 kilterctl pack plan.kilter --meeting pre -o no/such/folder/pack.pdf
expect 5 kilterctl pack plan.kilter --meeting pre -o no/such/folder/pack.xlsx

# --- metrics, log, sql, check
expect 0 kilterctl metrics plan.kilter --format csv; says out '^accuracy,'
expect 2 kilterctl metrics plan.kilter --cycle 1999-01
expect 0 kilterctl log plan.kilter --limit 3 --format csv; [ "$(wc -l <out)" = 4 ] || fail "--limit 3 gives other than three"
expect 0 kilterctl sql plan.kilter "SELECT count(*) AS n FROM product" --format csv; says out '^2$'
unchanged expect 2 kilterctl sql plan.kilter "DELETE FROM product"
expect 2 kilterctl sql plan.kilter "SELEC"
expect 0 kilterctl check plan.kilter
# a file that was cut off is noticed
head -c "$(($(stat -c %s plan.kilter) / 2))" plan.kilter >hurt.kilter
expect 3 kilterctl check hurt.kilter

# --- data do not depend on the language, messages do
printf 'product,region,channel,month,quantity\nP-100,North,Retail,2026-02,1.5\n' >half.csv
expect 0 kilterctl import plan.kilter half.csv
for locale in C.UTF-8 de_DE.UTF-8 vi_VN.UTF-8 zh_CN.UTF-8; do
  export LC_ALL=$locale
  expect 0 kilterctl show plan.kilter actual --from 2026-02 --to 2026-02 --format csv
  cp out "out.$locale"
  cmp out.C.UTF-8 "out.$locale" || fail "output depends on the locale $locale"
done
says out.C.UTF-8 '351.5'
echo "contract: ok"
