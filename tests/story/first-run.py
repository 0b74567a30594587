# first-run.py: from an empty machine to the open step of the sample plan
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

from story import Failure, Story

with Story('first-run') as story:
    story.start()
    # without plans there is nothing recent, and four ways to begin
    story.sees('Plan Sales and Operations Together')
    for way in ('New Plan from Spreadsheets…', 'New Empty Plan…', 'Open Plan…'):
        story.find('list item', way)
    sample = story.find('list item', 'Explore the Sample Plan')
    story.wait(lambda: sample.has('focused'), 'the first way to have the keyboard')
    story.key('Return')

    # the overview says what is to be done now
    story.find('button', 'Redo')
    story.sees('This is a sample plan')
    story.sees(r'Supply Review is open')
    story.sees(r'2 overloads need a decision')
    story.find('button', re.compile('^Step 3 of 6, Supply Review, in progress'))
    story.press_button('Continue Supply Review')
    story.wait(lambda: [item for item in story.find_all('list item', re.compile('Supply Review, in progress'))
                        if item.has('selected')], 'Supply Review to be chosen in the sidebar')
    story.find('table')

    # the sample is a plan like any other, in the user's own data folder
    path = os.path.join(story.work, 'data', 'kilter', 'sample', 'Bluebird Foods.kilter')
    story.check_file(path)
    if len(story.rows('show', path, 'actual', '--by', 'product')) != 24:
        raise Failure('the sample has other than 24 products')
    story.quit()

    # the next time it is among the recent plans
    story.start()
    story.sees('Recent Plans')
    story.click(story.find('list item', re.compile('Bluebird Foods')))
    story.find('button', 'Redo')
    story.sees('Supply Review is open')
    story.quit()
