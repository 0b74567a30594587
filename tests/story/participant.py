# participant.py: a person's part of the plan goes out, comes back, and is merged; a sealed file is
# opened; each with the pictures of its dialogs where KILTER_STORY_PICTURES names a folder
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import time

from story import Failure, Story

PICTURES = os.environ.get('KILTER_STORY_PICTURES')
CELL = 'product=IC-101,bucket=2026-05'


def picture(story, name):
    if PICTURES:
        time.sleep(1)
        story.screenshot(os.path.join(PICTURES, f'{name}.png'))


def sales_input(story, plan):
    return story.show(plan, 'sales-input', '--at', 'product=IC-101', '--from', '2026-05', '--to', '2026-05')


with Story('participant') as story:
    plan, copy, sealed = story.sample(), story.path('copy.kilter'), story.path('copy.kilter-sealed')
    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(2, 'Demand Review')
    story.reopen()
    story.press(story.find(None, 'Inputs'))
    story.sees('Marco Bianchi')
    picture(story, 'inputs')

    # out, without money and without a password
    story.press_button('Participant File…')
    story.sees('Prices and Costs')
    picture(story, 'participant-file')
    story.press_button('Save…')
    story.answer_file_dialog('Save Participant File', copy)
    story.sees('ready to be sent')
    story.check_file(copy)
    if story.rows('sql', copy, 'SELECT count(*) AS n FROM product WHERE price IS NOT NULL')[0]['n'] != '0':
        raise Failure('prices went out')

    # he works in it; the planner changes one of the same numbers meanwhile
    story.ctl('set', copy, 'sales-input=5000', '--at', CELL, '--reason', 'Tender won')
    story.ctl('set', copy, 'sales-input=6000', '--at', 'product=IC-102,bucket=2026-06', '--reason', 'Order')
    story.wait(lambda: 'send' in {row['kind'] for row in story.rows('log', plan)}, 'the note in the file')
    story.press_button('Import Answers…')
    story.answer_file_dialog('Import Answer', copy)
    story.sees('Merge Answer')
    picture(story, 'merge')
    story.press_button('Apply')
    story.sees('Participant file of Marco Bianchi')
    story.wait(lambda: list(sales_input(story, plan).values()) == [5000], 'his number in the file')
    story.key('ctrl+z')
    story.wait(lambda: list(sales_input(story, plan).values()) != [5000], 'one undo')
    story.quit()

    # a sealed one: the wrong password, the right one, and what is in it is a copy with a banner
    subprocess.run(story.uninstalled('kilterctl', 'seal', copy, sealed, '--password-fd', '0'),
                   input=b'correct horse\n', check=True)
    opened = story.path('opened.kilter')
    story.start(sealed)
    story.find('alert')
    picture(story, 'password')
    story.type('wrong horse', enter=True)
    story.sees('not the one that the file was sealed with')
    story.type('correct horse', enter=True)
    story.answer_file_dialog('Save the Opened Plan', opened)
    story.sees('This is the copy of Marco Bianchi')
    picture(story, 'copy')
    story.quit()
