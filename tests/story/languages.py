# languages.py: in a language nobody speaks, what cannot be translated; in Arabic, what does not mirror
# SPDX-License-Identifier: GPL-3.0-or-later
"""The texts come from po/pseudo: all have accents. Whatever is shown without one is not in the catalogue,
unless it is a text of the plan, a number, or the toolkit's own. The report is BUILDDIR/tests/story/languages.txt."""
import os
import re
import subprocess

from story import SOURCE, Failure, GLib, Story
from walk import Actions, Screen, each_dialog, each_page

# said by the toolkit, whose language is not ours; and what is the same in every language
OTHERS = {'Close', 'Minimize', 'Maximize', 'Restore', 'Search', 'Clear', 'Back', 'Increase', 'Decrease', 'Menu', 'Undo',
          'Redo', 'Cut', 'Copy', 'Paste', 'Kilter', 'PDF', 'CSV', 'XLSX', 'ODS', 'A4', 'S&OP', 'English',
          'Tiếng Việt', '简体中文', 'The Kilter maintainers', 'Details', 'Troubleshooting', 'Website', 'Credits', 'Legal',
          'Preferences', 'Left', 'Right', 'Up', 'Down', 'Delete', 'About', 'Report an Issue', 'What’s New', 'Version', 'Emoji', 'Clear Text', 'Show More', 'Sort', 'Toggle'}
PSEUDO = re.compile('[áƀćďéĝĥíķĺńóṗŕśťúẃýźÁĆĎÉĜĤÍĶĹŃÓṖŔŚŤÚẂÝŹ⟦⟧]')
# keys, sizes of files and pictures of people are named by the toolkit; initials and classes are data
TOOLKIT = re.compile(r'(Ctrl|Shift|Alt)\+.*|Avatar of .*|[\d.,]+.[kMG]?B|[A-Z]{2}')
MONTHS = ('January February March April May June July August September October November December '
          'Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday '
          'Sunday Mon Tue Wed Thu Fri Sat Sun').split()
PARTS = re.compile(r'[·,;:()\n–—|/+→]| - |“|”')


class Reader:
    def __init__(self, plan):
        dump = subprocess.run(['sqlite3', plan, '.dump'], check=True, stdout=subprocess.PIPE, encoding='utf-8').stdout
        # what stands in the rows; the names of tables and columns are not shown
        rows = '\n'.join(line for line in dump.splitlines() if line.startswith('INSERT'))
        self.plan = {text.replace("''", "'") for text in re.findall(r"'((?:[^']|'')*)'", rows)}
        self.words = {word for text in self.plan for word in re.split(r'[\s,.:;()“”]+', text)}
        self.plain = {}

    def is_data(self, part):
        words = part.strip(' .…!?%*')
        return (not re.search('[A-Za-z]{2}', words) or words in OTHERS or TOOLKIT.fullmatch(words) or
                words in self.plan or part.strip() in self.plan or
                all(word in MONTHS or not re.search('[A-Za-z]{2}', word) or word in self.words
                    for word in words.split()))

    def read(self, place, text):
        if not text or PSEUDO.search(text) or self.is_data(text):
            return
        if not all(self.is_data(part) for part in PARTS.split(text)):
            self.plain.setdefault(text, place)


def texts(nodes):
    for node in nodes:
        if node.role not in ('text', 'entry'):
            yield node.name


def run_pseudo(story, plan):
    folder = story.path('locale')
    subprocess.run([os.path.join(SOURCE, 'po/pseudo'), '--install', folder], check=True)
    reader = Reader(plan)
    # the headings of alert dialogs measure themselves unwrapped once, before they are wrapped
    story.tolerates = re.compile('Trying to measure GtkLabel')
    story.environment.update(KILTER_TEST_LOCALEDIR=folder, LANGUAGE='xx', LC_ALL='en_US.UTF-8', G_DEBUG='gc-friendly')
    story.start(plan)
    story.wait(lambda: story.find_all('list item', PSEUDO), 'the pseudo language')
    actions, screen = Actions(), Screen(story)
    for name in each_page(story, actions):
        for text in texts(screen.walk()):
            reader.read(name, text)
    for name, dialog in each_dialog(actions, story, screen):
        for text in texts(screen.walk()) if dialog is not None else ():
            reader.read(name, text)
    story.quit()
    return reader.plain


def run_mirrored(story, plan):
    """The sidebar is at the right, the inspector at the left, in the reader's own direction."""
    story.environment.pop('KILTER_TEST_LOCALEDIR')
    story.tolerates = None
    story.environment.update(LANGUAGE='ar', LC_ALL='ar_EG.UTF-8', G_DEBUG='gc-friendly,fatal-warnings')
    story.start(plan)
    sidebar = story.find('list', 'Views')
    width = story.windows()[0].bounds[2]
    problems = []
    if sidebar.bounds[0] < width / 2:
        problems.append('the sidebar is not at the right')
    actions, screen = Actions(), Screen(story)
    for name in each_page(story, actions):
        for node in screen.walk(0, 0):
            x, _, w, _ = node.bounds if node.role in ('button', 'toggle button') else (0, 0, 0, 0)
            if w > 0 and (x < -1 or x + w > width + 1):
                problems.append(f'{name}: {node.role} “{node.name}” is outside the window, at {x}')
    story.quit()
    return problems


with Story('languages') as story:
    plan = story.sample()
    plain = run_pseudo(story, plan)
    problems = run_mirrored(story, plan)
    report = os.path.join(story.out, 'languages.txt')
    with open(report, 'w', encoding='utf-8') as file:
        file.write('\n'.join(f'{place}: {text}' for text, place in plain.items()) + '\n' + '\n'.join(problems) + '\n')
    if plain or problems:
        raise Failure(f'{len(plain)} texts that are not translatable, {len(problems)} that do not mirror; '
                      f'{report}:\n' + '\n'.join(list(plain)[:60] + problems[:20]))
