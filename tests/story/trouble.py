# trouble.py: the file changes on the disk, is open elsewhere, and a change of long ago is taken back
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import shutil
import subprocess

from story import Failure, Story


def july(story, plan):
    return story.show(plan, 'final', '--from', '2026-07', '--to', '2026-07')['2026-07']


def type_override(story, text):
    story.go_to('Override, change', 'July 2026')
    story.type(text, enter=True)


with Story('trouble') as story:
    plan = story.sample()
    before = july(story, plan)
    other = story.path('other.kilter')
    shutil.copy(plan, other)
    # what a colleague did to the same file on his machine
    story.ctl('set', other, 'override=+5000', '--at', 'product=IC-101,bucket=2026-07', '--reason', 'Weather')
    theirs = july(story, other)
    if theirs == before:
        raise Failure('the other version is the same')

    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(1, 'Data & Forecast')
    story.cell('Override, change', 'July 2026')

    # it comes by the network folder: a banner, and the choice is ours
    shutil.copy(other, plan + '.new')
    shutil.move(plan + '.new', plan)
    story.sees('Someone else changed this plan on the disk')
    story.press_button('Resolve…')
    story.find('alert')
    story.press_button('Reload', within=('alert', None))
    story.wait(lambda: not story.find_all('alert'), 'the question to go')
    story.find('button', 'Redo')
    story.open_view(1, 'Data & Forecast')
    story.wait(lambda: 'Someone else changed' not in story.read(), 'the banner to go')
    if july(story, plan) != theirs:
        raise Failure('the file is not what the other one wrote')

    # the command line looks, and leaves the file alone while somebody has it open
    refused = subprocess.run(story.uninstalled('kilterctl', 'set', plan, 'override=+1', '--at',
                                               'product=IC-101,bucket=2026-08'), cwd=story.work,
                             env=story.environment, timeout=60, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, encoding='utf-8')
    if refused.returncode == 0 or not refused.stderr.strip():
        raise Failure(f'two write one file: {refused.returncode} {refused.stderr}')

    # two changes; the older one is found in the list, seen with its numbers, and taken back alone
    story.focus()
    story.reopen()
    type_override(story, '+300')
    story.wait(lambda: abs(july(story, plan) - theirs) > 1, 'the first change in the file')
    story.go_to('Override, change', 'August 2026')
    story.type('+77', enter=True)
    story.wait(lambda: len([row for row in story.rows('log', plan, '--limit', '6')
                            if row['kind'] == 'edit']) >= 2, 'both changes in the log')
    story.go_to('Override, change', 'July 2026')
    story.press(story.find('page tab', 'Notes'))
    story.press_button('History…')
    story.find('dialog', 'Changes')
    story.press(story.find(None, 'Everything', within=('dialog', 'Changes')))
    story.sees(r'August 2026')
    field = [node for role in ('text', 'entry') for node in
             story.find_all(role, within=('dialog', 'Changes'))][0]
    story.click(field)
    story.type('July')
    story.wait(lambda: 'August 2026' not in '\n'.join(
        node.name for node in story.find_all('label', within=('dialog', 'Changes'))),
        'only what was searched for')
    story.press_button('Take Back This Change', within=('dialog', 'Changes'))
    story.wait(lambda: abs(july(story, plan) - theirs) < 1e-6, 'the older change to be taken back')
    august = story.show(plan, 'override', '--from', '2026-08', '--to', '2026-08')['2026-08']
    if not august:
        raise Failure('the newer change is gone, too')
    # the first empties the search
    story.key('Escape', 'Escape')
    story.gone('dialog', 'Changes')
    story.check_file(plan)
    story.quit()
