#!/usr/bin/env python3
"""year.py BUILDDIR - twelve monthly cycles of the sample company through kilterctl.

SPDX-License-Identifier: GPL-3.0-or-later

Each month: the actuals of the month before come in, the forecast is made, somebody overrides it, supply is
planned, decisions are asked and answered, the plan is approved, the next cycle begins. What every approved plan
said is noted when it is approved. At the end all of them must still say it, their digests must hold, decisions
must be matched with what followed, and the accuracy by lag, the bias and the value that each step of the forecast
added must be what this script computes on its own from what it wrote down.
"""
import calendar
import csv
import io
import math
import os
import subprocess
import sys
import tempfile

build = os.path.abspath(sys.argv[1])
source = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
cycles = int(os.environ.get('KILTER_YEAR_CYCLES', '12'))
work = tempfile.TemporaryDirectory(prefix='kilter-year-')
os.chdir(work.name)
environment = dict(os.environ, XDG_STATE_HOME=work.name + '/state', XDG_CACHE_HOME=work.name + '/cache',
                   XDG_CONFIG_HOME=work.name + '/config', HOME=work.name, LC_ALL='C.UTF-8', LANGUAGE='en',
                   KILTER_LIBEXECDIR=build + '/src/exchange', G_DEBUG='fatal-criticals')
PLAN = 'year.kilter'
problems = []


def expect(condition, text):
    if not condition:
        problems.append(text)
        print('#', text, file=sys.stderr)


def run(*arguments, status=0):
    result = subprocess.run([source + '/tests/uninstalled', build, 'kilterctl', *arguments], env=environment,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8')
    if result.returncode != status:
        print(result.stdout, result.stderr, file=sys.stderr)
        raise SystemExit(f'kilterctl {" ".join(arguments)}: status {result.returncode}, not {status}')
    return result.stdout


def rows(*arguments):
    return list(csv.DictReader(io.StringIO(run(*arguments, '--format', 'csv'))))


def number(text):
    return float(text) if text not in ('', None) else math.nan


def month_name(index):
    return f'{index // 12}-{index % 12 + 1:02}'


def read_all(measures, by, scenario=None):
    """{measure: {(key, month): value}}; the key is a product, or product, region and channel."""
    arguments = ['show', PLAN, *measures, '--by', by]
    if scenario:
        arguments += ['--scenario', scenario]
    values = {measure: {} for measure in measures}
    for row in rows(*arguments):
        key = tuple(value for name, value in row.items() if name != 'measure' and not name[:1].isdigit())
        for name, text in row.items():
            if name[:1].isdigit() and text != '':
                values[row['measure']][key, name] = float(text)
    return values


def read(measure, by, scenario=None):
    """{(key, month): value} of one measure"""
    return read_all([measure], by, scenario)[measure]


def read_snapshot(name):
    """what an approved plan says, of all that is compared later"""
    return {**read_all(['supply', 'stock', 'unmet', 'revenue', 'margin', 'demand'], 'product', name),
            **read_all(['consensus', 'statistical'], 'series', name)}


def write(name, heading, lines):
    with open(name, 'w', encoding='utf-8', newline='') as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(lines)


def noise(text):
    """between -1 and 1, from the text alone"""
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value / 2**31 - 1


# --- the year ---
run('new', PLAN, '--sample')
first = 2026 * 12 + 3
approved = {}   # cycle → what was approved: {measure: {(key, month): value}}
names = {}      # cycle → the snapshot's name
lags = {}       # (cycle, month) → consensus of that cycle for that month, by product
statistical = {}  # month → statistical forecast made in its own cycle, by series
consensus = {}
actuals = {}

for number_of_cycle in range(cycles):
    cycle = first + number_of_cycle
    now = month_name(cycle)
    if number_of_cycle > 0:
        # what was sold, made and is in stock: the month before is over
        before = month_name(cycle - 1)
        sold = {key: max(0.0, round(value * (1 + 0.08 * noise(f'{key}{before}'))))
                for (key, month), value in consensus[before].items()}
        actuals[before] = sold
        write('sales.csv', ['product', 'region', 'channel', 'month', 'quantity'],
              [[*key, before, f'{value:.0f}'] for key, value in sold.items()])
        planned = {key[0]: value for (key, month), value in approved[cycle - 1]['supply'].items() if month == before}
        made = {product: round(value * (1 + 0.03 * noise(f'made{product}{before}')))
                for product, value in planned.items()}
        write('production.csv', ['product', 'month', 'quantity'],
              [[product, before, value] for product, value in made.items()])
        stock = {key[0]: value for (key, month), value in approved[cycle - 1]['stock'].items() if month == before}
        write('stock.csv', ['product', 'month', 'quantity'],
              [[product, before, round(value)] for product, value in stock.items()])
        for kind in ('sales', 'production', 'stock'):
            run('import', PLAN, kind + '.csv', '--as', kind)
        run('forecast', PLAN)
    # a family's total is split to its products by their mix of that month
    if number_of_cycle == 1:
        month = month_name(cycle + 5)
        mix = read('consensus', 'product')
        members = {row['code'] for row in rows('export', PLAN, 'products') if row['family'] == 'Drinks'}
        mix = {p: v for ((p,), m), v in mix.items() if m == month and p in members}
        run('set', PLAN, 'consensus=+10%', '--at', f'family=Drinks,bucket={month}', '--reason', 'New listing')
        after = {p: v for ((p,), m), v in read('consensus', 'product').items() if m == month}
        # whole units by largest remainder: the sum is exact, no product is far from its share
        total = 1.1 * sum(mix.values())
        expect(abs(sum(after[p] for p in mix) - total) <= 1, 'the split of Drinks does not sum to its total')
        for product, value in mix.items():
            expect(abs(after[product] - 1.1 * value) <= 0.005 * value, f'the split of Drinks to {product}')
        expect(len(mix) > 3, 'Drinks has no products')
    # an override each month, and in some months an overload
    run('set', PLAN, 'final=+5%', '--at', f'product=IC-101,bucket={month_name(cycle)}', '--reason', 'Promotion')
    if number_of_cycle in (2, 7):
        run('set', PLAN, 'consensus=+60%', '--at', f'product=IC-103,bucket={month_name(cycle + 1)}', '--reason',
            'New listing')
    run('supply', PLAN)
    # the sample company is in its third step; later cycles begin with the first
    status = {row['step']: row['state'] for row in rows('cycle', PLAN, 'status')} if number_of_cycle == 0 else {}
    for step in '123':
        if status.get(step) != 'done':
            run('cycle', PLAN, 'finish', step)
    # a scenario that is adopted through its decision, a decision that is rejected, one that is put off
    title = f'Plan of {now}'
    write('decisions.csv', ['title', 'text', 'margin', 'cost', 'state', 'measure', 'first', 'last'],
          [[title, 'Follow the consensus', 1000, 0, 'open', 'actual', month_name(cycle), month_name(cycle)],
           [f'Delist in {now}', 'Loses money', 0, 0, 'open', '', '', '']])
    run('import', PLAN, 'decisions.csv', '--as', 'decisions')
    open_decisions = [row for row in rows('decision', PLAN, 'list') if row['state'] == 'open']
    if number_of_cycle < 2:
        expect(run('cycle', PLAN, 'approve', status=1) == '', 'a plan was approved with open decisions')
    for row in open_decisions:
        if row['title'] == title:
            run('decision', PLAN, 'approve', row['id'])
        elif row['title'] == 'Launch Coconut Oat Bar in May as planned' and number_of_cycle == 0:
            run('decision', PLAN, 'defer', row['id'], '--comment', 'Until the third chain has answered')
        else:
            run('decision', PLAN, 'reject', row['id'], '--comment', 'Not this year')
    run('cycle', PLAN, 'approve')
    names[cycle] = f'Approved {calendar.month_name[cycle % 12 + 1]} {cycle // 12}'
    approved[cycle] = read_snapshot(names[cycle])
    # what goes out to the executing systems is what was approved, product by product
    sent = {(row['product'], row['month']): row for row in csv.DictReader(io.StringIO(run('export', PLAN, 'mps')))}
    for measure in ('supply', 'stock', 'demand'):
        for (key, month), value in approved[cycle][measure].items():
            if month >= now:
                expect(number(sent[key[0], month][measure]) == value, f'mps of {now}: {measure} of {key[0]} in {month}')
    statistical[now] = {k: v for k, v in approved[cycle]['statistical'].items() if k[1] == now}
    consensus[now] = {k: v for k, v in approved[cycle]['consensus'].items() if k[1] == now}
    for (key, month), value in approved[cycle]['consensus'].items():
        # what was typed for a month stays when the month is over, and is no forecast any more
        if month >= now:
            total = lags.setdefault((cycle, month), {})
            total[key[0]] = total.get(key[0], 0) + value
    # the last cycle stays open
    if number_of_cycle < cycles - 1:
        expect(run('cycle', PLAN, 'next') == '', 'cycle next wrote data')
    if number_of_cycle % 4 == 0:
        run('check', PLAN)

# --- every past cycle says what it said, and its digest holds ---
for cycle, said in approved.items():
    again = read_snapshot(names[cycle])
    for measure, values in said.items():
        # columns of later months may have come; what was said must be the same, bit for bit
        expect(values and all(again[measure].get(key) == value for key, value in values.items()),
               f'{names[cycle]}: {measure} is not what it was')
run('check', PLAN)

# --- decisions are matched with what followed ---
decisions = {row['title']: row for row in rows('decision', PLAN, 'list') if row['state'] == 'approved'}
for cycle in list(approved)[:-1]:
    now = month_name(cycle)
    row = decisions[f'Plan of {now}']
    planned = sum(value for (key, month), value in approved[cycle]['consensus'].items() if month == now)
    happened = sum(actuals[now].values())
    expect(abs(number(row['expected']) - planned) <= 1e-6 * planned, f'{row["title"]}: expected {row["expected"]}')
    expect(abs(number(row['actual']) - happened) <= 1e-6 * happened, f'{row["title"]}: actual {row["actual"]}')
    close = abs(happened - planned) <= 0.05 * planned
    expect(row['outcome'] == ('came-true' if close else 'missed'), f'{row["title"]}: {row["outcome"]}')
titles = [row['title'] for row in rows('decision', PLAN, 'list')]
expect(titles.count('Launch Coconut Oat Bar in May as planned') == (2 if cycles > 1 else 1),
       'the decision that was put off is not asked again')

# --- accuracy, bias and the waterfall, computed here from what was written down ---
production = read('production', 'product')
for cycle in list(approved)[1:]:
    now, before = month_name(cycle), month_name(cycle - 1)
    sold = {}
    for key, value in actuals[before].items():
        sold[key[0]] = sold.get(key[0], 0) + value
    planned = lags[cycle - 1, before]
    errors = sum(abs(planned[p] - sold[p]) for p in sold)
    total = sum(sold.values())
    metrics = {row['metric']: row for row in rows('metrics', PLAN, '--cycle', now)}
    expect(abs(number(metrics['accuracy']['value']) - max(0, 1 - errors / total)) < 1e-9,
           f'{before}: accuracy {metrics["accuracy"]["value"]}, not {1 - errors / total}')
    bias = sum(planned[p] - sold[p] for p in sold) / total
    expect(abs(number(metrics['bias']['value']) - bias) < 1e-9, f'{before}: bias {metrics["bias"]["value"]}, not {bias}')
    made = {k[0]: v for (k, m), v in production.items() if m == before}
    plan = {k[0]: v for (k, m), v in approved[cycle - 1]['supply'].items() if m == before}
    attained = sum(made.values()) / sum(plan.values())
    expect(abs(number(metrics['attainment']['value']) - attained) < 1e-9, f'{before}: attainment')
    kept = max(0, 1 - sum(abs(made.get(p, 0) - plan.get(p, 0)) for p in plan) / sum(plan.values()))
    expect(abs(number(metrics['adherence']['value']) - kept) < 1e-9, f'{before}: adherence')
# the waterfall: what each cycle said of a month, against the snapshots in the file
waterfall = {(row['cycle'], row['month']): number(row['forecast']) for row in rows('metrics', PLAN, '--waterfall')}
for (cycle, month), products in lags.items():
    expect(abs(waterfall[month_name(cycle), month] - sum(products.values())) <= 1e-6 * sum(products.values()),
           f'waterfall {month_name(cycle)} {month}')

# forecast value added over the last twelve months, each step over the same products and months; the plans of the
# months before the year are those that the sample company had approved
added = {row['step']: number(row['wape']) for row in rows('metrics', PLAN, '--value-added')}
earlier = {row['cycle']: row['name'] for row in csv.DictReader(io.StringIO(
    run('sql', PLAN, "SELECT cycle, name FROM version WHERE kind = 'approved'", '--format', 'csv')))}
happened = {}
for (key, month), value in read('cleaned', 'product').items():
    happened[key[0], month] = value
steps = {'naive': 0.0, 'statistical': 0.0, 'consensus': 0.0}
total = 0.0
last = first + cycles - 1
for index in range(last - 12, last):
    month, before = month_name(index), month_name(index - 1)
    if month not in earlier:
        continue
    if month in statistical:
        said = {'statistical': {}, 'consensus': {}}
        for step, values in (('statistical', statistical[month]), ('consensus', consensus[month])):
            for (key, _), value in values.items():
                said[step][key[0]] = said[step].get(key[0], 0) + value
    else:
        said = {step: {key[0]: value for (key, m), value in read(step, 'product', earlier[month]).items() if m == month}
                for step in ('statistical', 'consensus')}
    for product in {product for product, _ in happened}:
        actual = happened.get((product, month))
        naive = happened.get((product, before))
        if actual is None or naive is None or any(product not in said[step] for step in said):
            continue
        steps['naive'] += abs(naive - actual)
        for step in said:
            steps[step] += abs(said[step][product] - actual)
        total += abs(actual)
for step, value in steps.items():
    expect(total > 0 and abs(added[step] - value / total) < 1e-9,
           f'value added: {step} {added[step]}, not {value / total if total else None}')

print('ok 1 - a year of', cycles, 'cycles' if not problems else 'cycles # problems')
print('1..1')
if problems:
    for problem in problems[:20]:
        print(problem, file=sys.stderr)
    raise SystemExit(1)
