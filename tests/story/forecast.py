# forecast.py: run the forecast, look at its model, change it, and back
# SPDX-License-Identifier: GPL-3.0-or-later
import re

from story import Failure, Story

with Story('forecast') as story:
    plan = story.sample()
    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(1, 'Data & Forecast')
    story.reopen()

    # one press; the exceptions are beside the result
    story.key('F5')
    story.wait(lambda: 'Forecast of' in str(story.rows('log', plan, '--limit', '1')),
               'the log to tell of the forecast', 90)
    story.sees(r'\d+ of 24 products need a look')
    before = story.ctl('export', plan, 'statistical')

    # the model page: what was tried, against naive
    story.press(story.find('list item', re.compile('^Cold Brew Coffee 240 ml, ')))
    story.sees('▸ Cold Brew Coffee 240 ml')
    story.press(story.find('page tab', 'Model'))
    story.sees('Methods Tried')
    story.sees('WAPE of the naive forecast')

    # another method, kept for the next runs
    story.press(story.find('button', 'Change Model…'))
    story.find('dialog', 'Change Model')
    story.press(story.find(None, 'Same period last year (seasonal naive)'))
    story.press(story.find(None, 'Fix Model', within=('dialog', 'Change Model')))
    story.press_button('Forecast')
    story.gone('dialog', 'Change Model')
    story.sees('Same period last year')
    story.sees(r'The method .*is fixed')
    story.wait(lambda: story.ctl('export', plan, 'statistical') != before, 'another forecast')
    story.check_file(plan)

    # and back
    story.focus()
    label = story.find('button', re.compile('^Undo')).name
    if 'Forecast of' not in label:
        raise Failure(f'the last step is “{label}”')
    story.key('ctrl+z')
    story.wait(lambda: story.ctl('export', plan, 'statistical') == before, 'the forecast of before')
    story.check_file(plan)

    # a season of one's own: what was the peak is none any more
    story.press_button('Edit Season…')
    story.find('dialog', 'Edit Season')
    story.press_button('Take the Season of the Family')
    story.press_button('Forecast')
    story.gone('dialog', 'Edit Season')
    story.sees(r'The season .*is set by hand')
    story.wait(lambda: story.ctl('export', plan, 'statistical') != before, 'another forecast')
    story.check_file(plan)
    story.press_button('Edit Season…')
    story.find('dialog', 'Edit Season')
    story.press_button('Let the Forecast Find It')
    story.gone('dialog', 'Edit Season')
    story.wait(lambda: story.ctl('export', plan, 'statistical') == before, 'the forecast of before')
    story.check_file(plan)
    story.quit()
