# exceptions.py: exceptions of the forecast: chosen, fixed in place, reviewed, and taken back
# SPDX-License-Identifier: GPL-3.0-or-later
import re

from story import Failure, Story

MEASURES = ('actual', 'correction', 'final')

with Story('exceptions') as story:
    plan = story.sample()
    before = {measure: story.ctl('export', plan, measure) for measure in MEASURES}

    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(1, 'Data & Forecast')
    story.reopen()

    def count():
        return int(story.sees(r'(\d+) of 24 products need a look').group(1))

    def row(pattern):
        return story.find('list item', re.compile(pattern))

    # one press chooses, one fixes: a stock-out becomes a correction, what was imported stays
    story.press(row('^Coconut Water 330 ml, January 2025 looks like a stock-out'))
    story.press_button('Mark as Stock-Out')
    story.gone('list item', re.compile('^Coconut Water 330 ml, January 2025 looks like a stock-out'))
    story.wait(lambda: story.ctl('export', plan, 'correction') != before['correction'],
               'the correction in the file')
    if story.ctl('export', plan, 'actual') != before['actual']:
        raise Failure('the imported sales are not what they were')
    story.wait(lambda: 'Stock-out' in str(story.rows('log', plan, '--limit', '1')),
               'the log to tell the reason')

    # reviewed with one press, and the next one opens by itself
    open_ones = count()
    story.press(row('^Coconut Oat Bar, '))
    story.press_button('Mark Reviewed')
    row('^Coconut Oat Bar, .*, reviewed$')
    story.wait(lambda: [item for item in story.find_all('list item')
                        if item.has('selected') and not item.name.startswith('Coconut Oat Bar')
                        and '$' in item.name], 'the next exception')
    story.sees(rf'{open_ones - 1} of 24 products need a look')

    # by keys alone
    story.key('F8')
    story.key('ctrl+m')
    story.sees(rf'{open_ones - 2} of 24 products need a look')

    # in another order
    story.click(story.find('toggle button', re.compile('By Value')))
    story.wait(lambda: story.find('toggle button', re.compile('By Value')).has('checked')
               or story.find('toggle button', re.compile('By Value')).has('pressed'), 'the orders')
    story.key('Down')
    story.key('Down')
    story.key('Return')
    story.find('toggle button', re.compile('By Product'))
    story.check_file(plan)

    # undo takes everything back, to the last bit
    story.focus()
    for attempt in range(6):
        if story.find_all('list item', re.compile('^Coconut Water 330 ml, January 2025')):
            break
        label = story.find('button', re.compile('^Undo')).name
        story.key('ctrl+z')
        story.wait(lambda: story.find_all('button', 'Redo ' + label[5:]), 'the step to be undone')
    for measure in MEASURES:
        story.wait(lambda: story.ctl('export', plan, measure) == before[measure],
                   f'{measure} to be as before')
    story.check_file(plan)
    story.quit()
