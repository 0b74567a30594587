# template.py: what every cycle begins with is set by keys, taken back and set again, and the next cycle has it
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

from story import Failure, Story

SHOTS = os.environ.get('KILTER_STORY_SHOTS')


def shot(story, name):
    if SHOTS:
        story.screenshot(os.path.join(SHOTS, name + '.png'))


def templates(story, plan):
    return story.rows('sql', plan, "SELECT value FROM setting WHERE key = 'cycle-template'")


def command(story, name, dialog):
    """Ctrl+K, a few letters, Enter."""
    story.key('ctrl+k')
    story.wait(lambda: story.focused() is not None and story.focused().role in ('text', 'entry'), 'the search')
    story.type(name)
    # all that is left is what was asked for
    story.wait(lambda: [item.name for item in story.find_all('list item', within=('dialog', 'Search'))
                        if item.name and not item.name.startswith(name)] == [] and
               story.find_all('list item', re.compile('^' + name), within=('dialog', 'Search')), name)
    story.key('Return')
    story.find('dialog', dialog)


with Story('template') as story:
    plan = story.sample()
    story.start(plan)
    story.find('button', 'Redo')

    # a task of every cycle
    command(story, 'Cycle Template', 'Cycle Template')
    shot(story, 'template-1')
    story.focus_on('button', 'Add Task', most=90)
    story.key('Return')
    story.wait(lambda: story.focused() is not None and story.focused().role in ('text', 'entry'), 'the field of the task')
    story.type('Ask the plants about summer')
    shot(story, 'template-2')
    story.activate(story.find('button', 'Save', within=('dialog', 'Cycle Template')))
    story.gone('dialog', 'Cycle Template')
    story.wait(lambda: templates(story, plan), 'the template in the file')
    if 'Ask the plants about summer' not in templates(story, plan)[0]['value']:
        raise Failure('the template has no task')
    story.key('ctrl+z')
    story.wait(lambda: not templates(story, plan), 'the template to be taken back')
    story.key('ctrl+shift+z')
    story.wait(lambda: templates(story, plan), 'the template again')
    story.quit()

    # decided and approved elsewhere; the next cycle is started here, and has the task
    for decision in story.rows('decision', plan, 'list'):
        if decision['state'] == 'open':
            story.ctl('decision', plan, 'approve', str(decision['id']))
    story.ctl('cycle', plan, 'approve')
    story.start(plan)
    story.find('button', 'Redo')
    with story.journey('Roll over', 7):
        command(story, 'Start Next Cycle', 'Start the Cycle of May 2026')
        story.sees('What Goes On')
        story.sees(r'Open actions \(\d+\)')
        shot(story, 'template-3')
        story.activate(story.find('button', 'Start Cycle'))
        story.sees('The cycle of May 2026 has begun')
    story.wait(lambda: story.rows('sql', plan, "SELECT title FROM task WHERE title = "
                                  "'Ask the plants about summer' AND due = '2026-05-01'"),
               'the task of the new cycle')
    story.check_file(plan)
    story.quit()
