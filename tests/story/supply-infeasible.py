# supply-infeasible.py: more is typed than a line can make: the plan stands, and says what, where, what to do
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

from story import Failure, Story

SENTENCE = r'What is typed overloads (.+) by ([0-9,.]+) hours in July 2026: type less, or add hours\.'


def picture(story, name):
    folder = os.environ.get('KILTER_STORY_PICTURES')
    if folder:
        story.screenshot(os.path.join(folder, name + '.png'))


def july(story, plan, measure):
    return sum(value for value in story.show(plan, measure, '--from', '2026-07', '--to', '2026-07').values()
               if value)


with Story('supply-infeasible') as story:
    plan = story.sample()
    story.ctl('supply', plan)
    before = july(story, plan, 'overtime')
    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(3, 'Supply Review')

    # by keys: far more overtime than the lines can work
    story.go_to('Overtime', 'July 2026')
    story.type('900')
    story.key('Return')
    story.wait(lambda: abs(july(story, plan, 'overtime') - 900000) < 1, 'the typed overtime in the file')
    said = story.sees(SENTENCE)
    resource, hours = said[1], float(said[2].replace(',', ''))
    if not resource.startswith('Line ') or not hours > 0:
        raise Failure(f'not a line and its hours: {said[0]}')
    # and the page does not say that all is well
    story.sees('ot all that was entered can be done')
    picture(story, 'infeasible')
    # nothing that was typed is thrown away, and there is a plan around it
    story.check_file(plan)

    # the command line says the same
    story.quit()
    answer = story.ctl_says('supply', plan)
    if not re.search(SENTENCE, answer):
        raise Failure(f'the command line does not say it: {answer}')

    # as the sentence tells: type less, and it is gone
    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(3, 'Supply Review')
    story.go_to('Overtime', 'July 2026')
    story.type('0')
    story.key('Return')
    story.wait(lambda: abs(july(story, plan, 'overtime') - before) < 1, 'the overtime as it was')
    story.wait(lambda: not re.search(SENTENCE, story.read()), 'the sentence to go away')
    story.quit()
    story.check_file(plan)
