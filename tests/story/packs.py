# packs.py: a chart goes on a page of one's own, by keys, and out with its pack as a workbook
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import zipfile

from story import Failure, Story


def layout(story, plan, meeting):
    return story.ctl('sql', plan, f"SELECT value FROM setting WHERE key = 'pack-{meeting}'", '--format', 'csv')


with Story('packs') as story:
    plan = story.sample()
    book = story.path('pack.xlsx')
    story.start(plan)
    story.find('button', 'Redo')

    # from the menu of a chart, by keys
    story.press(story.find('list item', re.compile('Assumptions & Risks')))
    story.sees('Effect on Margin')
    story.key('F6')
    story.focus_on('image', re.compile('^Risks and opportunities'))
    with story.journey('add to pack', 5):
        story.key('shift+F10')
        story.wait(lambda: story.focused() is not None and story.focused().role == 'menu item', 'the menu')
        # copy image, copy data, show as table, add to pack
        story.key('Down', 'Down', 'Down', 'Return')
        story.find('alert', 'Add to Pack')
        story.wait(lambda: story.focused() is not None and story.focused().role in ('text', 'entry'), 'the title')
        story.key('ctrl+a')
        story.type('What the board asks', enter=True)
    story.sees('Added to the page “What the board asks”')
    story.wait(lambda: 'page-1' in layout(story, plan, 'pre'), 'the page in the file')

    story.check_file(plan)
    story.quit()

    # it stands among the pages of the pack that it was made for, here as a workbook
    story.ctl('pack', plan, '--meeting', 'pre', '-o', book)
    with zipfile.ZipFile(book) as archive:
        workbook = archive.read('xl/workbook.xml').decode()
        sheets = ''.join(archive.read(name).decode() for name in archive.namelist() if '/sheet' in name)
    if 'What the board asks' not in workbook or '<f>SUM(' not in sheets:
        raise Failure('the workbook has no such page, or no sums')
