# demand.py: who helps, a change of the consensus, the time fence, an event as a lever, an answer
# SPDX-License-Identifier: GPL-3.0-or-later
import re

from story import Failure, Story

CHANGES = ('consensus', 'final', 'event', 'sales-input')


def state(story, plan):
    return [story.ctl('export', plan, measure) for measure in CHANGES]


def undo_all(story, plan, before):
    """Ctrl+Z until the numbers in the file are those of before, to the last bit."""
    story.focus()
    story.key('ctrl+z')
    story.wait(lambda: state(story, plan) == before, 'the plan to be as before')
    story.check_file(plan)


with Story('demand') as story:
    plan = story.sample()
    april = ('--from', '2026-04', '--to', '2026-04')
    before = state(story, plan)
    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(2, 'Demand Review')
    story.reopen()

    # what each step and each person did to the error, from earlier plans
    story.sees(r'Forecast Value Added')
    story.sees(r'Sales input made the forecast worse in [1-6] of 6 periods\.')

    # 5 % more from the menu; what it sums to is said before
    old = story.show(plan, 'consensus', *april)['2026-04']
    story.press(story.find(None, 'Change the Consensus'))
    # items of menus have no names on the accessibility bus; the fifth is Apply Change…
    story.wait(lambda: story.focused() is not None and story.focused().role == 'menu item',
               'the menu')
    story.key('Down', 'Down', 'Down', 'Down', 'Return')
    story.find('dialog', 'Apply Change')
    story.wait(lambda: story.focused() is not None and story.focused().role in ('text', 'entry'),
               'the field for the amount')
    story.type('5')
    story.sees(r'numbers change')
    story.press_button('Apply')
    story.wait(lambda: abs(story.show(plan, 'consensus', *april)['2026-04'] / old - 1.05) < 1e-9,
               '5 % more in the file')
    undo_all(story, plan, before)

    # a late change is recorded, listed and refused
    story.go_to('Consensus', 'April 2026')
    story.type('+5%')
    story.key('Return')
    story.wait(lambda: abs(story.show(plan, 'consensus', *april)['2026-04'] / old - 1.05) < 1e-6,
               'the late change in the file')
    story.press(story.find('page tab', re.compile('^Changes')))
    story.sees(r'(\d+) Changes Wait for Approval')
    waiting = len(story.find_all('button', 'Refuse'))
    story.press(story.find_all('button', 'Refuse')[0])
    story.sees(r'Decided in This Cycle')
    story.wait(lambda: len(story.find_all('button', 'Refuse')) == waiting - 1,
               'one change less to wait')
    story.wait(lambda: story.rows('log', plan, '--limit', '1')[0]['kind'] == 'fence',
               'the decision in the file')
    story.focus()
    story.key('ctrl+z')
    story.wait(lambda: len(story.find_all('button', 'Refuse')) == waiting, 'the change to be back')
    undo_all(story, plan, before)

    # a lever: an event that is only proposed comes into the plan
    story.press(story.find(None, 'Events'))
    september = ('--by', 'total', '--from', '2026-09', '--to', '2026-09')
    story.press(story.find(None, 'Back to school is in the plan'))
    story.wait(lambda: (story.show(plan, 'event', *september)['2026-09'] or 0) > 0,
               'the uplift in the file')
    undo_all(story, plan, before)

    # an answer is merged: only what its sender answers for
    uuid = story.rows('sql', plan, "SELECT value FROM setting WHERE key = 'uuid'")[0]['value']
    answer = story.path('answer.csv')
    with open(answer, 'w', encoding='utf-8') as file:
        file.write(f'kilter-input-1,{uuid},2026-04,1,sales-input,2026-04-01T09:00:00Z\n'
                   'product,name,region,channel,2026-04\n'
                   'IC-101,Mango Bar 6-pack,North,Modern trade,99999\n'
                   'DR-201,Mango Juice 1 L,North,Modern trade,88888\n')
    story.press(story.find(None, 'Inputs'))
    story.sees(r'4 of 5 input sheets have come back')
    story.press_button('Import Answers…')
    story.answer_file_dialog('Import Answer', answer)
    story.sees(r'1 number differs from the plan\. 1 row lies outside')
    story.press_button('Apply')
    story.wait(lambda: '99999' in story.ctl('export', plan, 'sales-input'), 'the answer in the file')
    if '88888' in story.ctl('export', plan, 'sales-input'):
        raise Failure('a number outside what the sender answers for was taken')
    undo_all(story, plan, before)
    story.quit()
