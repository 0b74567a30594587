# override.py: an override with its reason, and back
# SPDX-License-Identifier: GPL-3.0-or-later
import re

from story import Failure, Story

MEASURES = ('override-add', 'override-share', 'final', 'consensus')

with Story('override') as story:
    plan = story.sample()
    before = [story.ctl('export', plan, measure) for measure in MEASURES]
    july = ('--from', '2026-07', '--to', '2026-07')
    old = story.show(plan, 'final', *july)['2026-07']
    # statistical forecast and events
    base = old - story.show(plan, 'override', *july)['2026-07']

    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(1, 'Data & Forecast')
    story.reopen()
    story.go_to('Override, change', 'July 2026')
    story.type('+24')
    story.key('Return')
    story.wait(lambda: '+24,' in story.cell('Override, change', 'July 2026').name, 'the new number')

    # why: in the inspector
    story.key('Up')
    story.wait(lambda: story.cell('Override, change', 'July 2026').has('focused'), 'the cursor')
    story.press(story.find(None, 'Notes'))
    story.sees('Bluebird Foods · July 2026')
    story.choose('combo box', 'Reason', 'Promotion')
    story.sees(r'Changed by[^$]*Reason\nPromotion')

    # the file has it, two seconds after the last edit
    def published():
        return abs(story.show(plan, 'final', *july)['2026-07'] - (base + 24000)) < 1e-6
    story.wait(published, 'the file to have the new number')
    story.wait(lambda: 'Promotion' in str(story.rows('log', plan, '--limit', '1')),
               'the log to tell the reason')
    story.check_file(plan)

    # undo takes it back, to the last bit
    story.focus()
    for attempt in range(4):
        if '+24,' not in story.cell('Override, change', 'July 2026').name:
            break
        label = story.find('button', re.compile('^Undo')).name
        story.key('ctrl+z')
        story.wait(lambda: story.find_all('button', 'Redo ' + label[5:]), 'the step to be undone')
    story.wait(lambda: abs(story.show(plan, 'final', *july)['2026-07'] - old) < 1e-9,
               'the file to be as before')
    for measure, text in zip(MEASURES, before):
        if story.ctl('export', plan, measure) != text:
            raise Failure(f'{measure} is not what it was before')
    story.check_file(plan)
    story.quit()
