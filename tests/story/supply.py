# supply.py: plan supply, read what cannot be met and why, choose a way out, take it back
# SPDX-License-Identifier: GPL-3.0-or-later
import re

from story import Failure, Story

MEASURES = ('regular', 'overtime', 'subcontract', 'purchase', 'unmet', 'stock')


def total(story, plan, measure):
    return sum(value for value in story.show(plan, measure, '--from', '2026-04').values() if value)


def state(story, plan):
    return [story.ctl('export', plan, measure) for measure in MEASURES]


with Story('supply') as story:
    plan = story.sample()
    # more demand than the plan in the file was made for
    story.ctl('set', plan, 'override=+40000', '--at', 'product=IC-101,bucket=2026-07',
              '--reason', 'Promotion')
    stale = state(story, plan)
    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(3, 'Supply Review')
    story.cell('Unmet demand', 'July 2026')
    story.key('F5')
    story.wait(lambda: story.rows('log', plan, '--limit', '1')[0]['kind'] == 'supply',
               'a new supply plan in the file')
    planned = state(story, plan)
    unmet = total(story, plan, 'unmet')
    if planned == stale:
        raise Failure('planning supply changed nothing')
    if not unmet > 0:
        raise Failure('there is nothing to fix')
    story.check_file(plan)

    # the grid says where, the inspector why and what to do about it
    worst = [cell for cell in story.row('Unmet demand') if 'problem' in cell.name]
    if not worst:
        raise Failure('no month of unmet demand is marked')
    story.click(worst[0])
    story.sees('Ways to Fix It')
    story.sees(r'unmet from [A-Z][a-z]+ 2026: .* is full in ')
    promised = story.sees(r'Unmet ([0-9.]+)k → ([0-9.]+)')
    if abs(float(promised[1]) * 1000 - unmet) > 100:
        raise Failure(f'{promised[0]} is shown, {unmet} is unmet')
    story.press_button('Apply to Plan')
    story.wait(lambda: story.rows('log', plan, '--limit', '1')[0]['kind'] == 'fix',
               'the fix in the file')
    left = total(story, plan, 'unmet')
    if not left < unmet or abs(left - float(promised[2]) * 1000) > 100:
        raise Failure(f'{promised[0]} was promised, {left} of {unmet} is left')
    story.wait(lambda: not [cell for cell in story.row('Unmet demand') if 'problem' in cell.name],
               'the marks to go away')
    story.check_file(plan)

    # and back, to the last bit
    story.focus()
    story.key('ctrl+z')
    story.wait(lambda: [cell for cell in story.row('Unmet demand') if 'problem' in cell.name],
               'the marks to come back')
    story.wait(lambda: state(story, plan) == planned, 'the plan to be as before')
    story.quit()
    story.check_file(plan)
