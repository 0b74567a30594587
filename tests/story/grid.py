# grid.py: totals typed and spread another way, comments, locks, groups and saved views
# SPDX-License-Identifier: GPL-3.0-or-later
import re

from story import Failure, Story

MEASURES = ('consensus', 'final', 'sales-input')

with Story('grid') as story:
    plan = story.sample()
    before = [story.ctl('export', plan, measure) for measure in MEASURES]
    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(2, 'Demand Review')
    story.reopen()

    # a total is typed, and spread over what it sums
    story.go_to('Consensus', 'July 2026')
    story.type('1900')
    story.key('Return')
    story.wait(lambda: '1,900,' in story.cell('Consensus', 'July 2026').name, 'the new total')
    story.key('Up')
    story.sees(r'Spread over \d+ cells')
    story.choose('combo box', 'Spread', 'Evenly')
    story.wait(lambda: '1,900,' in story.cell('Consensus', 'July 2026').name, 'the same total')

    # somebody asks about it, and it is settled
    story.click(story.cell('Consensus', 'July 2026'))
    story.key('ctrl+alt+m')
    story.wait(lambda: story.focused() is not None and story.focused().role in ('text', 'entry'),
               'a field for a comment')
    story.type('Is this agreed')
    story.key('Return')
    story.sees('Is this agreed')
    story.key('Escape')
    story.wait(lambda: 'comment' in story.cell('Consensus', 'July 2026').name, 'the mark')

    # locked, it takes no typing
    story.click(story.cell('Consensus', 'July 2026'))
    story.key('ctrl+l')
    story.wait(lambda: 'locked' in story.cell('Consensus', 'July 2026').name, 'the lock')
    story.type('5')
    story.sees('locked')
    if '1,900,' not in story.cell('Consensus', 'July 2026').name:
        raise Failure('a locked cell was changed')
    story.key('ctrl+l')
    story.wait(lambda: 'locked' not in story.cell('Consensus', 'July 2026').name, 'no lock')

    # rows by region
    story.press(story.find('toggle button', 'Family ▸ Product'))
    story.wait(lambda: story.focused() is not None and story.focused().role == 'menu item',
               'the menu of the corner')
    story.key('Down', 'Return')
    story.find('toggle button', 'Region ▸ Family')
    story.click(story.cell('Consensus', 'July 2026'))
    story.key('ctrl+End')
    story.row('South')

    # all of it goes back, to the last bit
    story.focus()
    for step in range(12):
        undo = [node.name for node in story.find_all('button', re.compile('^Undo'))
                if node.has('sensitive')]
        if not undo:
            break
        story.key('ctrl+z')
        story.wait(lambda: [node.name for node in story.find_all('button', re.compile('^Undo'))
                            if node.has('sensitive')] != undo, 'a step back')
    story.quit()
    for measure, text in zip(MEASURES, before):
        if story.ctl('export', plan, measure) != text:
            raise Failure(f'{measure} is not what it was before')
    story.check_file(plan)
