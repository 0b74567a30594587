# crash.py: the application is killed while somebody types; what was on the screen is not lost
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import shutil

from story import Failure, Story

ROUNDS = 4
MONTHS = ('May 2026', 'June 2026', 'July 2026', 'August 2026', 'September 2026', 'October 2026')


def value(story, month):
    """What the grid says: 'Override, change, May 2026, +24, …'"""
    name = story.cell('Override, change', month).name
    return re.search(re.escape(month) + ', ([^,]*(?:,[0-9]{3})*)', name).group(1)


with Story('crash') as story:
    plan = story.sample()
    typed = {}
    for round_ in range(ROUNDS):
        story.start(plan)
        story.find('button', 'Redo')
        story.open_view(1, 'Data & Forecast')
        if round_ == 0:
            story.reopen()
        for month, wanted in typed.items():
            if value(story, month) != wanted:
                raise Failure(f'{month}: {value(story, month)} after the crash, typed was {wanted}')
        # one edit more each time, so that the kill falls at another moment of writing and saving
        for i in range(round_ + 1):
            month, wanted = MONTHS[i], f'+{31 + 7 * round_ + i}'
            story.go_to('Override, change', month)
            story.type(wanted)
            story.key('Return')
            story.wait(lambda: value(story, month) == wanted, f'{wanted} in {month}')
            typed[month] = wanted
        story.crash()
        # the file is whole, whatever it holds
        story.check_file(plan)

    # the file was taken away meanwhile: what was typed is still offered
    shutil.move(plan, plan + '.away')
    story.start()
    story.sees(re.escape('Recover Unsaved Changes?'))
    story.press_button('Recover')
    story.find('button', 'Redo')
    story.open_view(1, 'Data & Forecast')
    for month, wanted in typed.items():
        if value(story, month) != wanted:
            raise Failure(f'{month}: {value(story, month)} was recovered, typed was {wanted}')
    story.kill()

    # and with the file it all goes there
    shutil.move(plan + '.away', plan)
    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(1, 'Data & Forecast')
    for month, wanted in typed.items():
        if value(story, month) != wanted:
            raise Failure(f'{month}: {value(story, month)} at the end, typed was {wanted}')
    story.quit()
    story.check_file(plan)
    final = story.show(plan, 'final', '--from', '2026-05', '--to', '2026-12')
    statistical = story.show(plan, 'statistical', '--from', '2026-05', '--to', '2026-12')
    event = story.show(plan, 'event', '--from', '2026-05', '--to', '2026-12')
    for number, (month, wanted) in enumerate(typed.items(), 5):
        key = f'2026-{number:02}'
        if abs(final[key] - statistical[key] - (event[key] or 0) - 1000 * float(wanted)) > 1e-6:
            raise Failure(f'{month}: {final[key] - statistical[key]} is in the file')
