# meeting.py: the pre-S&OP meeting on the projector, by keys: four presses, everything recorded
# SPDX-License-Identifier: GPL-3.0-or-later
from story import Failure, Story

with Story('meeting') as story:
    plan = story.sample()
    story.start(plan)
    story.find('button', 'Redo')
    presses = 0
    story.open_view(4, 'Pre-S&OP')
    presses += 1
    story.press_button('Start Meeting')
    presses += 1
    story.sees('Item 1 of 7')

    # through the agenda with the arrow keys
    story.focus()
    for item in range(2, 4):
        story.key('Right')
        story.sees(f'Item {item} of 7')
    story.sees('Build sticks and bars early for the summer')
    story.key('Left')
    story.sees('Item 2 of 7')
    story.key('Right')
    story.sees('Item 3 of 7')

    # what is said is recorded, without a press
    story.key('d')
    story.wait(lambda: story.focused() is not None and story.focused().role in ('entry', 'text'), 'the entry')
    story.type('Build 46 thousand cases early')
    story.key('Return')
    story.sees('Decision')
    story.key('Escape')
    story.key('a')
    story.type('Get a firm price')
    story.key('Return')
    story.sees('Get a firm price')
    story.key('Escape')

    # the minutes are checked and saved
    story.press_button('End Meeting')
    presses += 1
    story.press_button('Save Minutes')
    presses += 1
    story.sees('Minutes saved')
    if presses > 4:
        raise Failure(f'the meeting took {presses} presses')

    def recorded():
        rows = story.rows('sql', plan, 'SELECT kind, text FROM minute ORDER BY id')
        return [(row['kind'], row['text']) for row in rows] == [
            ('decision', 'Build 46 thousand cases early'), ('action', 'Get a firm price')]
    story.wait(recorded, 'the minutes in the file')
    story.wait(lambda: story.rows('sql', plan, 'SELECT text FROM meeting'), 'the meeting in the file')
    text = story.rows('sql', plan, 'SELECT text FROM meeting')[0]['text']
    for wanted in ('Build 46 thousand cases early', 'Get a firm price', '3. Build sticks and bars early'):
        if wanted not in text:
            raise Failure(f'the minutes do not say “{wanted}”: {text}')
    actions = story.rows('sql', plan, "SELECT title, since FROM action WHERE title = 'Get a firm price'")
    if not actions or actions[0]['since'] != '2026-04':
        raise Failure(f'the action is not in the list: {actions}')
    story.check_file(plan)
    story.quit()
