# calc.py: Kilter and LibreOffice Calc side by side: files, the clipboard and an input sheet
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Kilter exports is opened and saved by Calc and comes back with the same numbers; cells go over
the clipboard of the display both ways, as HTML and as text; an input sheet is filled in and merged.

Calc is started by tests/story/calc (`./dev calc`), since it may not be where Kilter is."""
import os
import re
import sys
import time
import xml.etree.ElementTree as ET
import zipfile

from story import Failure, Story

OFFICE = '{urn:oasis:names:tc:opendocument:xmlns:office:1.0}'
TABLE = '{urn:oasis:names:tc:opendocument:xmlns:table:1.0}'
MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
HEADERS = ['April 2026', 'May 2026', 'June 2026']
MONTHS = ['2026-04', '2026-05', '2026-06']


def cells_of(path):
    """Rows of the first table of an ODS file: numbers as numbers, the rest as text."""
    with zipfile.ZipFile(path) as file:
        root = ET.fromstring(file.read('content.xml'))
    rows = []
    for row in next(root.iter(f'{TABLE}table')).iter(f'{TABLE}table-row'):
        cells = []
        for cell in row.iter(f'{TABLE}table-cell'):
            value = float(cell.get(f'{OFFICE}value')) if cell.get(f'{OFFICE}value-type') == 'float' \
                else ''.join(cell.itertext())
            cells += [value] * min(int(cell.get(f'{TABLE}number-columns-repeated', '1')), 20)
        rows += [cells] * min(int(row.get(f'{TABLE}number-rows-repeated', '1')), 20)
    return rows


class Calc:
    def __init__(self, story):
        self.story = story
        self.desk = os.environ['KILTER_CALC']
        self.asked = 0

    def ask(self, *arguments):
        """Returns the path of what will hold the exit status."""
        self.asked += 1
        status = os.path.join(self.desk, f'status-{self.asked}')
        with open(os.path.join(self.desk, 'ask'), 'w', encoding='utf-8') as pipe:
            pipe.write('\t'.join([os.environ['DISPLAY'], os.environ['XAUTHORITY'], status,
                                  *arguments]) + '\n')
        return status

    def until(self, question, what, limit=90):
        end = time.monotonic() + limit
        while not (answer := question()):
            if time.monotonic() > end:
                raise Failure(f'waited {limit} s in vain for {what}')
            time.sleep(0.1)
        return answer

    def convert(self, path, form, *options):
        status = self.ask('--headless', *options, '--convert-to', form, '--outdir',
                          os.path.join(self.desk, 'out'), path)
        self.until(lambda: os.path.exists(status), 'Calc to save a file')
        out = os.path.join(self.desk, 'out', os.path.splitext(os.path.basename(path))[0] +
                           '.' + form.split(':')[0])
        if not os.path.exists(out):
            raise Failure(f'Calc does not read {os.path.basename(path)}')
        return out

    # --- its window ---

    def open(self, path):
        self.path = path
        self.status = self.ask('--calc', path)
        name = os.path.basename(path)
        self.window = self.until(lambda: self.story.xdotool(
            'search', '--onlyvisible', '--name', re.escape(name) + '.*Calc'), f'the window of {name}')[-1]
        self.windows = self.story.xdotool('search', '--class', 'soffice')
        self.story.xdotool('windowmove', self.window, '0', '0', 'windowsize', '--sync', self.window,
                           '1200', '900')
        self.focus()
        time.sleep(3)  # it takes no keys at first, and nothing says when

    def keys(self, *keys):
        self.story.xdotool('key', '--delay', '120', *keys)

    def focus(self):
        self.story.xdotool('windowraise', self.window, 'windowfocus', '--sync', self.window)

    def questions(self):
        return [window for window in self.story.xdotool('search', '--onlyvisible', '--class', 'soffice')
                if window not in self.windows and self.size(window) > 100]

    def answer(self, *keys, limit=30):
        """A question opens a window, which nobody gives the keyboard to without a window manager.
        With a short limit there may be none."""
        end = time.monotonic() + limit
        while not (found := self.questions()):
            if time.monotonic() > end:
                if limit < 30:
                    return
                raise Failure('Calc asks nothing')
            time.sleep(0.1)
        self.story.xdotool('windowfocus', '--sync', found[-1])
        time.sleep(0.3)
        self.keys(*keys)
        self.until(lambda: found[-1] not in self.questions(), 'the question to be answered', 30)
        self.focus()

    def size(self, window):
        values = dict(line.split('=') for line in self.story.xdotool('getwindowgeometry', '--shell', window)
                      if '=' in line)
        return min(int(values.get('WIDTH', '1')), int(values.get('HEIGHT', '1')))

    def go(self, reference):
        """The box with the name of the cell takes the name of another."""
        self.focus()
        self.keys('Escape', 'ctrl+shift+t')
        self.story.xdotool('type', '--delay', '40', reference)
        self.keys('Return')

    def put(self, reference, text):
        self.go(reference)
        self.story.xdotool('type', '--delay', '40', text)
        self.keys('Return')

    def saved(self, question, what):
        """Saves until the file says so: what is typed and pasted takes its time."""
        def there():
            self.keys('ctrl+s')
            for _ in range(20):
                try:
                    if question():
                        return True
                except (zipfile.BadZipFile, FileNotFoundError, KeyError, IndexError):
                    pass
                time.sleep(0.1)
            return False
        self.until(there, what)

    def close(self):
        self.focus()
        self.keys('Escape', 'ctrl+q')
        def ended():
            if os.path.exists(self.status):
                return True
            self.keys('alt+n')  # there is nothing to keep
            return False
        self.until(ended, 'Calc to end')


def files(story, calc, plan):
    """Every form, saved by Calc in another, is taken into an empty plan: the same numbers."""
    def rows(of):
        lines = story.ctl('export', of, 'sales', '--format', 'csv').splitlines()
        return sorted(line for line in lines if not line.endswith(','))
    expected = rows(plan)
    if len(expected) < 5000:
        raise Failure('there are few sales to compare')
    for form, saved in (('xlsx', 'ods'), ('ods', 'xlsx'), ('xlsx', 'xlsx'), ('ods', 'csv'), ('csv', 'xlsx')):
        file = story.path(f'from-{form}-to-{saved}.{form}')
        story.ctl('export', plan, 'sales', '-o', file)
        again = calc.convert(file, saved)
        other = story.path(f'{form}-{saved}.kilter')
        story.ctl('new', other, '--cycle', '2026-04')
        story.ctl('import', other, '--as', 'sales', '--create', 'yes', again)
        if rows(other) != expected:
            differing = [pair for pair in zip(expected, rows(other)) if pair[0] != pair[1]][:3]
            raise Failure(f'{form} saved by Calc as {saved}: {differing}')
        print(f'calc: {form} saved as {saved}: {len(expected)} numbers the same')


def equal(numbers, expected):
    return len(numbers) == len(expected) and all(
        isinstance(a, float) and abs(a - b) <= 1e-12 * abs(b) for a, b in zip(numbers, expected))


def thousands(story, plan, measure):
    values = story.show(plan, measure, '--from', MONTHS[0], '--to', MONTHS[-1])
    return [values[month] / 1000 for month in MONTHS]


def clipboard(story, calc, plan):
    with open(story.path('desk.csv'), 'w', encoding='utf-8') as file:
        file.write('Desk\n')
    path = calc.convert(story.path('desk.csv'), 'ods')
    numbers = [thousands(story, plan, measure) for measure in ('sales-input', 'marketing-input')]
    story.go_to('Sales input', 'April 2026')
    story.key('shift+Right', 'shift+Right', 'shift+Down', 'ctrl+shift+c')
    calc.open(path)

    calc.go('A3')
    calc.keys('ctrl+v')
    calc.answer('Return')  # in which language the numbers are
    calc.saved(lambda: cells_of(path)[2][1:4] == HEADERS, 'the headings in Calc')
    table = cells_of(path)
    if not equal(table[3][1:4], numbers[0]) or not equal(table[4][1:4], numbers[1]):
        raise Failure(f'HTML in Calc: {table[2:5]}, not {numbers}')
    if 'Sales input' not in table[3][0]:
        raise Failure(f'the row is called {table[3][0]} in Calc')

    # as text: Calc shows what it has understood, Enter takes it
    calc.go('A10')
    calc.keys('ctrl+alt+shift+v')
    calc.answer('Return')
    calc.saved(lambda: isinstance(cells_of(path)[10][1], float), 'the numbers as text')
    table = cells_of(path)
    if not equal(table[10][1:4], numbers[0]) or not equal(table[11][1:4], numbers[1]):
        raise Failure(f'text in Calc: {table[9:12]}, not {numbers}')
    print('calc: six numbers to Calc, as HTML and as text, to the last digit')

    # back: a formula, shown with two decimals, is more than what is shown
    calc.put('F1', '=B4*1.1')
    calc.put('G1', '=C4*1.1')
    calc.go('F1:G1')
    calc.keys('ctrl+shift+1')
    calc.saved(lambda: len([v for v in cells_of(path)[0][5:7] if isinstance(v, float)]) == 2,
               'two formulas')
    held = cells_of(path)[0][5:7]
    calc.go('F1:G1')
    calc.keys('ctrl+c')
    story.focus()
    story.go_to('Sales input', 'April 2026')
    story.key('ctrl+v')
    story.wait(lambda: abs(thousands(story, plan, 'sales-input')[0] - held[0]) < 1e-9 and
               abs(thousands(story, plan, 'sales-input')[1] - held[1]) < 1e-9,
               f'{held} from Calc in the plan, not {thousands(story, plan, "sales-input")}')
    story.key('ctrl+z')
    story.wait(lambda: thousands(story, plan, 'sales-input') == numbers[0], 'what was there before')
    calc.close()
    print('calc: two formulas from Calc, with all their digits, and undone')


def free_cell(path):
    """The first cell that may be typed into, one that may not, and the product of the row."""
    with zipfile.ZipFile(path) as file:
        texts = [''.join(item.itertext()) for item in ET.fromstring(file.read('xl/sharedStrings.xml'))] \
            if 'xl/sharedStrings.xml' in file.namelist() else []
        styles = ET.fromstring(file.read('xl/styles.xml')).find(f'{MAIN}cellXfs')
        sheet = ET.fromstring(file.read(sorted(
            part for part in file.namelist() if part.startswith('xl/worksheets/sheet'))[0]))
    if sheet.find(f'{MAIN}sheetProtection') is None:
        raise Failure('the sheet is not protected')
    free = {index for index, style in enumerate(styles)
            if (lock := style.find(f'{MAIN}protection')) is not None and lock.get('locked') in ('0', 'false')}
    def text(cell):
        value = cell.find(f'{MAIN}v')
        if value is None:
            return ''.join(cell.itertext())
        return texts[int(value.text)] if cell.get('t') == 's' else value.text
    for row in sheet.iter(f'{MAIN}row'):
        cells = list(row)
        unlocked = [cell for cell in cells if int(cell.get('s', '0')) in free]
        if len(unlocked) >= 12:
            return unlocked[0].get('r'), cells[0].get('r'), text(cells[0])
    raise Failure('nothing can be typed into')


def input_sheet(story, calc, plan):
    sheet = story.path('answer.xlsx')
    story.press(story.find(None, 'Inputs'))
    story.press_button('Export This Sheet…')
    story.answer_file_dialog('Export Input Sheet', sheet)
    story.wait(lambda: zipfile.is_zipfile(sheet), 'the workbook')
    cell, locked, name = free_cell(sheet)
    before = os.stat(sheet).st_mtime_ns
    calc.open(sheet)
    calc.put(locked, 'Another')
    calc.answer('Return', limit=3)  # it says that the cell is protected, if Enter did not answer
    calc.put(cell, '98765.5')
    calc.saved(lambda: os.stat(sheet).st_mtime_ns != before and zipfile.is_zipfile(sheet),
               'the sheet saved by Calc')
    calc.close()
    if free_cell(sheet)[1:] != (locked, name):
        raise Failure(f'Calc let {locked} be typed into, or the sheet has other cells: {free_cell(sheet)}')
    story.focus()
    story.press_button('Import Answers…')
    story.answer_file_dialog('Import Answer', sheet)
    story.find('dialog', 'Merge Answer')
    story.press_button('Apply')
    story.gone('dialog', 'Merge Answer')
    story.wait(lambda: '98765.5' in story.ctl('export', plan, 'inputs', '--format', 'csv'),
               'the number typed in Calc')
    print(f'calc: {cell} of the input sheet ({name}) typed and saved by Calc, merged')


if 'KILTER_CALC' not in os.environ:
    sys.exit('calc.py: Calc is started by tests/story/calc')
with Story('calc') as story:
    calc = Calc(story)
    plan = story.sample()
    files(story, calc, plan)
    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(2, 'Demand Review')
    story.reopen()
    clipboard(story, calc, plan)
    input_sheet(story, calc, plan)
    story.check_file(plan)
    story.quit()
