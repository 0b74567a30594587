# supply-by-hand.py: a full line: the causes, a preview, overtime typed by hand, a capacity, a scenario
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

from story import Failure, Story

MEASURES = ('regular', 'overtime', 'alternative', 'subcontract', 'purchase', 'unmet', 'stock')


def total(story, plan, measure, *where):
    return sum(value for value in story.show(plan, measure, '--from', '2026-04', *where).values()
               if value)


def state(story, plan):
    return [story.ctl('export', plan, measure) for measure in MEASURES]


def picture(story, name):
    folder = os.environ.get('KILTER_STORY_PICTURES')
    if folder:
        story.screenshot(os.path.join(folder, name + '.png'))


def last(story, plan):
    return story.rows('log', plan, '--limit', '1')[0]


with Story('supply-by-hand') as story:
    plan = story.sample()
    story.ctl('supply', plan)
    before = state(story, plan)
    unmet = total(story, plan, 'unmet')
    if not unmet > 0:
        raise Failure('there is nothing to fix')
    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(3, 'Supply Review')

    # a cell, the cause, what an hour is worth
    worst = [cell for cell in story.row('Unmet demand') if 'problem' in cell.name]
    story.click(worst[0])
    story.sees('Ways to Fix It')
    story.sees(r'Unmet [0-9.]+k? → 0')
    picture(story, 'why')
    story.focus()
    story.key('ctrl+e')
    story.sees('Why It Is Short')
    story.sees(r'lost in [A-Z][a-z]+ 20')
    story.sees('What one more unit would save')
    picture(story, 'explain')
    story.key('Escape')

    # the fix is looked at, and is not in the plan
    story.press(story.find('toggle button', 'Preview'))
    story.sees('with the fix')
    story.cell('With the fix', 'July 2026')
    picture(story, 'preview')
    if state(story, plan) != before:
        raise Failure('a preview changed the plan')
    story.press(story.find('toggle button', 'Preview'))

    # overtime typed by hand: it stands, and the plan goes on around it
    story.go_to('Overtime', 'July 2026')
    story.type('12')
    story.key('Return')
    story.wait(lambda: '12' in story.cell('Overtime', 'July 2026').name, 'the typed overtime')
    story.wait(lambda: abs(total(story, plan, 'overtime', '--to', '2026-07') - 12000) < 1,
               'the file to have 12 thousand cases in overtime')
    left = total(story, plan, 'unmet')
    if not left < unmet - 6000:
        raise Failure(f'overtime of 12 thousand leaves {left} of {unmet} unmet')
    story.check_file(plan)
    picture(story, 'overtime')
    # one step: the edit and the plan that follows from it
    story.focus()
    story.key('ctrl+z')
    story.wait(lambda: state(story, plan) == before, 'the plan to be as before')

    # a scenario
    story.key('ctrl+shift+s')
    story.sees('Save as Scenario')
    picture(story, 'scenario')
    story.type('Overtime in July')
    story.press_button('Create')
    story.wait(lambda: 'Overtime in July' in str(story.rows('scenario', plan, 'list')),
               'the scenario in the file')
    story.quit()
    story.check_file(plan)
