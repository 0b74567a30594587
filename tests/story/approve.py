# approve.py: the executive answers, approves the plan, and takes the pack along
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import subprocess

from story import Failure, Story


def steps(story, plan):
    return story.rows('cycle', plan, 'status')


def read_pdf(path):
    info = subprocess.run(['pdfinfo', path], check=True, stdout=subprocess.PIPE, encoding='utf-8')
    text = subprocess.run(['pdftotext', '-layout', path, '-'], check=True, stdout=subprocess.PIPE,
                          encoding='utf-8')
    return int(re.search(r'Pages:\s+(\d+)', info.stdout)[1]), text.stdout


with Story('approve') as story:
    plan = story.sample()
    pack = story.path('pack.pdf')
    story.start(plan)
    story.find('button', 'Redo')
    with story.journey('approve', 6):
        story.open_view(5, 'Executive S&OP')

        # nothing is approved before everything is decided
        if story.find('button', 'Approve Plan').has('sensitive'):
            raise Failure('the plan can be approved with open decisions')
        for done in range(3):
            story.sees(f'{done} of 3 decided')
            story.press(story.find('button', re.compile('^Approve “')))
        story.sees('3 of 3 decided')
        story.press_button('Approve Plan')
        story.find('alert')
        story.press_button('Approve', within=('alert', None))
    story.sees('This step was finished')
    story.wait(lambda: all(row['state'] == 'done' for row in steps(story, plan)[:5]),
               'the approval in the file')
    story.check_file(plan)

    # the pack of the meeting, as it is on the screen
    story.press(story.find('list item', 'Meeting Packs'))
    story.sees('Page 1 of')
    story.choose('combo box', 'Meeting', 'Executive S&OP Meeting')
    shown = int(story.sees(r'Executive S&OP Meeting, (\d+) pages')[1])
    story.key('ctrl+shift+p')
    story.answer_file_dialog('Export PDF', pack)
    story.sees('Saved “pack.pdf”')
    pages, text = read_pdf(pack)
    if pages != shown or pages < 3:
        raise Failure(f'{pages} pages are in the file, {shown} on the screen')
    for wanted in ('Bluebird Foods', 'Build sticks and bars early for the summer', 'Approved'):
        if wanted not in text:
            raise Failure(f'the pack does not say “{wanted}”')
    story.quit()

    # the same pack from the command line, of the file
    again = story.path('again.pdf')
    story.ctl('pack', plan, '--meeting', 'executive', '--paper', 'a4', '-o', again)
    if read_pdf(again) != (pages, text):
        raise Failure('the command line makes another pack than the application')
    story.check_file(plan)
