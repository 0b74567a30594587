# import-workbook.py: a workbook by keys alone, then by the accessibility tree alone, in five presses
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import zipfile
from xml.sax.saxutils import escape

from story import Failure, Story

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def sheet(rows):
    def cell(value):
        if isinstance(value, (int, float)):
            return f'<c><v>{value}</v></c>'
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    body = ''.join(f'<row r="{n}">{"".join(map(cell, row))}</row>' for n, row in enumerate(rows, 1))
    return f'<worksheet {MAIN}><sheetData>{body}</sheetData></worksheet>'


def workbook(path, sheets):
    """sheets: (name, state, rows)"""
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as file:
        file.writestr('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        file.writestr('_rels/.rels', f'<Relationships {PACKAGE}><Relationship Id="r" Type="{TYPE}officeDocument" Target="xl/workbook.xml"/></Relationships>')
        file.writestr('xl/workbook.xml', f'<workbook {MAIN} {R}><sheets>' + ''.join(
            f'<sheet name="{escape(name)}" state="{state}" r:id="r{n}"/>'
            for n, (name, state, _) in enumerate(sheets)) + '</sheets></workbook>')
        file.writestr('xl/_rels/workbook.xml.rels', f'<Relationships {PACKAGE}>' + ''.join(
            f'<Relationship Id="r{n}" Type="{TYPE}worksheet" Target="worksheets/s{n}.xml"/>'
            for n in range(len(sheets))) + '</Relationships>')
        for n, (_, _, rows) in enumerate(sheets):
            file.writestr(f'xl/worksheets/s{n}.xml', sheet(rows))


def sales(value):
    return [('Bluebird Foods',), ('Item', 'Area', 'Cust. group', 'Period', 'Qty (cs)')] + [
        ('IC-101', 'North', 'Modern trade', f'2026-{month:02}', value + month) for month in (1, 2, 3)]


def focus_name(story):
    node = story.focused()
    return node.name if node is not None else ''


def actual(story, plan):
    values = story.show(plan, 'actual', '--at', 'product=IC-101,region=North,channel=Modern trade',
                        '--from', '2026-01', '--to', '2026-03')
    return [values[f'2026-{month:02}'] for month in (1, 2, 3)]


with Story('import-workbook') as story:
    plan = story.sample()
    first, second = story.path('sales-2026-03.xlsx'), story.path('sales-2026-04.xlsx')
    workbook(first, [('Notes', 'hidden', [('x',)]), ('Sales by month', 'visible', sales(7000)),
                     ('Targets', 'visible', [('product', 'month', 'quantity')])])
    workbook(second, [('Sales by month', 'visible', sales(8000))])
    before = actual(story, plan)
    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(1, 'Data & Forecast')

    # by keys: Ctrl+I, Choose File, the file, Check, Import
    presses = 0
    story.key('ctrl+i')
    presses += 1
    story.wait(lambda: focus_name(story) == 'Choose File…', 'the focus on Choose File…')
    story.key('Return')
    presses += 1
    story.answer_file_dialog('Choose File', first)
    presses += 1
    story.sees('Step 2 of 3')
    story.sees(r'Sheet “Sales by month” · 3 rows · headings in row 2')
    story.sees('There are more: Targets')
    story.sees('Hidden sheets are not read: Notes')
    story.wait(lambda: focus_name(story) == 'Check 3 Rows', 
               'the focus on Check 3 Rows')
    story.key('Return')
    presses += 1
    story.sees('Step 3 of 3')
    story.sees('21,006')
    story.wait(lambda: focus_name(story) == 'Import', 'the focus on Import')
    story.key('Return')
    presses += 1
    story.sees('Imported 3 rows of sales-2026-03.xlsx')
    story.gone('dialog', 'Import')
    if presses > 5:
        raise Failure(f'{presses} presses')
    story.wait(lambda: actual(story, plan) == [7001, 7002, 7003], 'the numbers in the file')

    # by the tree alone; the next file of such a name is read as the last one was
    story.focus()
    story.key('ctrl+i')
    story.press_button('Choose File…')
    story.answer_file_dialog('Choose File', second)
    story.sees('Step 2 of 3')
    story.press_button('Check 3 Rows')
    story.sees('24,006')
    story.sees('21,006 → 24,006')
    story.press_button('Import')
    story.sees('Imported 3 rows of sales-2026-04.xlsx')
    story.wait(lambda: actual(story, plan) == [8001, 8002, 8003], 'the numbers of the second file')
    remembered = os.path.join(story.environment['XDG_CONFIG_HOME'], 'kilter', 'import-profiles.ini')
    if '[sales-*-*.xlsx]' not in open(remembered, encoding='utf-8').read():
        raise Failure('the pattern of the name is not remembered')

    # cancelled, nothing is left of it; undone, each is one step
    story.focus()
    story.key('ctrl+i')
    story.press_button('Choose File…')
    story.answer_file_dialog('Choose File', first)
    story.sees('Step 2 of 3')
    story.key('Escape')
    story.gone('dialog', 'Import')
    story.focus()
    story.key('ctrl+z')
    story.wait(lambda: actual(story, plan) == [7001, 7002, 7003], 'the first undo')
    story.key('ctrl+z')
    story.wait(lambda: actual(story, plan) == before, 'the second undo')
    story.quit()
    story.check_file(plan)
