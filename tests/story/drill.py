# drill.py: from a figure to its family, its product and the page of its cause, and back, by keys
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

from story import Story

SHOTS = os.environ.get('KILTER_STORY_SHOTS')


def shot(story, name):
    if SHOTS:
        story.screenshot(os.path.join(SHOTS, name + '.png'))


def titles(story):
    """The rows of the level that is shown."""
    return [item.name for item in story.find_all('list item', within=('dialog', None)) if item.name]


def open_row(story, pattern):
    story.wait(lambda: [title for title in titles(story) if re.search(pattern, title)],
               f'a row “{pattern}”')
    story.focus_on('list item', re.compile(pattern))
    story.key('Return')


with Story('drill') as story:
    plan = story.sample()
    story.start(plan)
    story.find('button', 'Redo')

    # a metric, its family, its product, the forecast of that
    with story.journey('Metric drill-down', 5):
        story.open_view(6, 'Monitor')
        story.sees('on target in')
        story.focus_on('button', re.compile('^Products behind Forecast accuracy'))
        story.key('Return')
        story.sees('What is off target stands first')
        shot(story, 'drill-1')
        open_row(story, 'Ice Cream')
        story.sees('Forecast accuracy, ')
        shot(story, 'drill-2')
        open_row(story, 'Mango Bar')
        shot(story, 'drill-3')
        story.focus_on('button', 'Open in Forecast')
        story.key('Return')
    story.gone('dialog', 'Forecast accuracy')
    story.wait(lambda: [item for item in story.find_all('list item', re.compile('^Step 1 of 6'))
                        if item.has('selected')], 'the forecast')
    story.sees('Showing Mango Bar')
    shot(story, 'drill-4')
    # and back to the board, of all products again
    story.key('alt+BackSpace')
    story.wait(lambda: [item for item in story.find_all('list item', re.compile('^Step 6 of 6'))
                        if item.has('selected')], 'the board')
    story.find('button', re.compile('^Products behind Forecast accuracy'))

    # from the executives' figure to a family and a product, one level back, and away
    story.open_view(5, 'Executive S&OP')
    story.focus_on(None, re.compile('^Revenue, 12 months'))
    story.key('Return')
    story.sees('What is worse than it should be stands first')
    shot(story, 'drill-5')
    open_row(story, 'Ice Cream')
    open_row(story, 'Mango Bar')
    story.find('button', 'Open in Forecast')
    story.key('alt+Left')
    story.wait(lambda: any('Mango Bar' in title for title in titles(story)), 'the family again')
    story.key('Escape')
    story.wait(lambda: any('Drinks' in title for title in titles(story)), 'the families again')
    story.key('Escape')
    story.gone('dialog', 'Revenue')
    story.check_file(plan)
    story.quit()
