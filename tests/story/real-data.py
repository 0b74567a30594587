# real-data.py: the demand review on a plan of files as businesses have them, not on the sample
# SPDX-License-Identifier: GPL-3.0-or-later
"""History cleaned with a preview, prices typed in place, open orders, products without history, and
an input sheet that goes out as a workbook and comes back with a conflict."""
import re
import xml.etree.ElementTree as ET
import zipfile

from story import Failure, Story

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
MONTHS = [(2023 + month // 12, month % 12 + 1) for month in range(36)]
LEVELS = {'A-1': 400, 'A-2': 300, 'B-1': 500, 'B-2': 800, 'D-1': 250}


def sales(product, region, at):
    month = MONTHS[at][1]
    if product == 'B-2' and at in (30, 31):
        return 0  # nothing to sell for two months
    return LEVELS[product] * (1.2 if 5 <= month <= 8 else 0.9) * (0.4 if region == 'South' else 1) \
        + (at * 37 + len(region)) % 13


def make_plan(story):
    def write(name, text):
        with open(story.path(name), 'w', encoding='utf-8') as file:
            file.write(text)
        return story.path(name)
    plan = story.path('Juice Works.kilter')
    story.ctl('new', plan, '--cycle', '2026-01', '--currency', 'EUR')
    story.ctl('import', plan, '--create', 'yes', write('sales.csv', 'Item;Area;Cust. group;Period;Qty\n' + ''.join(
        f'{product};{region};Retail;{year}-{month:02};{sales(product, region, at):.1f}\n'
        for product in LEVELS for region in ('North', 'South') for at, (year, month) in enumerate(MONTHS))))
    story.ctl('import', plan, '--as', 'products', '--create', 'yes', write('products.csv',
        'code,name,family,unit,price,cost,launch,predecessor,like_product,like_share\n'
        'A-1,Apple Juice,Juices,case,12,7,,,,\nA-2,Pear Juice,Juices,case,11,7,,,,\n'
        'B-1,Oat Bar,Bars,case,20,12,,,,\nB-2,Nut Bar,Bars,case,22,14,,,,\n'
        'D-1,Plum Jam,Jams,case,9,5,,,,\nD-2,Plum Jam 2,Jams,case,9,5,2026-01,D-1,,\n'
        'C-1,Seed Bar,Bars,case,21,12,2026-03,,B-1,0.5\n'))
    story.ctl('import', plan, '--as', 'people', write('people.csv', 'name,role\nAna Lima,Sales\n'))
    story.ctl('import', plan, '--as', 'units', write('units.csv', 'product,unit,plan_units\nA-1,pallet,40\n'))
    # two pallets and ten cases; and more of A-2 than anybody expected
    story.ctl('import', plan, '--as', 'orders', write('orders.csv',
        'product,region,channel,month,quantity,unit\nA-1,North,Retail,2026-02,2,pallet\n'
        'A-1,North,Retail,2026-02,10,case\nA-2,North,Retail,2026-02,5000,case\n'), '--duplicates', 'sum')
    # new products are sold where their likes are
    for code in ('C-1', 'D-2'):
        story.ctl('import', plan, '--as', 'sales', '--create', 'yes', '--accept', write(
            f'{code}.csv', 'product,region,channel,month,quantity\n' + ''.join(
                f'{code},{region},Retail,2025-12,0\n' for region in ('North', 'South'))))
    story.ctl('forecast', plan)
    return plan


def one(story, plan, measure, product, month, *more):
    return story.show(plan, measure, '--at', f'product={product}' + ''.join(f',{item}' for item in more),
                      '--from', month, '--to', month)[month] or 0


def check_numbers(story, plan):
    # the like product's shape, half as high; the successor goes on where its predecessor was
    like, new = one(story, plan, 'final', 'B-1', '2026-06'), one(story, plan, 'final', 'C-1', '2026-06')
    if not 0.1 * like < new < 0.9 * like:
        raise Failure(f'a product like another: {new} of {like}')
    if one(story, plan, 'final', 'C-1', '2026-02') > 1:
        raise Failure('a product is sold before its launch')
    if not 200 < one(story, plan, 'final', 'D-2', '2026-06') < 700:
        raise Failure(f"the successor: {one(story, plan, 'final', 'D-2', '2026-06')}")
    # bookings consume the forecast, of the month before too; what finds none is above the plan
    consensus = one(story, plan, 'consensus', 'A-1', '2026-02')
    if abs(one(story, plan, 'open-orders', 'A-1', '2026-02') - 90) > 1e-9:
        raise Failure('two pallets and ten cases are 90 cases')
    if abs(consensus - 90 - one(story, plan, 'forecast-left', 'A-1', '2026-02')) > 1e-6:
        raise Failure('orders do not consume the forecast')
    there = sum(one(story, plan, 'consensus', 'A-2', month, 'region=North', 'channel=Retail')
                for month in ('2026-01', '2026-02'))
    above = one(story, plan, 'orders-above', 'A-2', '2026-02')
    if abs(above - (5000 - there)) > 1e-6:
        raise Failure(f'{above} is above the plan, not {5000 - there}')


def clean(story, plan):
    raw = story.ctl('export', plan, 'actual')
    story.open_view(1, 'Data & Forecast')
    story.press(story.find('page tab', 'Data'))
    story.sees('Checks')
    story.press_button('Clean Outliers…')
    story.find('dialog', 'Clean Outliers', limit=90)
    story.sees(r'Nut Bar')
    story.sees(r'July 2025')
    if 'correction' in story.rows('log', plan, '--limit', '1')[0]['kind']:
        raise Failure('the preview has changed the plan')
    story.press_button('Correct', within=('dialog', 'Clean Outliers'))
    story.gone('dialog', 'Clean Outliers')
    story.wait(lambda: one(story, plan, 'cleaned', 'B-2', '2025-07') > 600, 'the correction')
    if story.ctl('export', plan, 'actual') != raw:
        raise Failure('the imported sales are not what they were')


def type_price(story, plan):
    story.press(story.find('list item', 'Products & Resources'))
    story.sees('What the plan is made of')
    cells = story.wait(lambda: story.find_all('label', '12.00'), 'the price')
    story.click(cells[0])
    story.wait(lambda: story.focused() is not None and story.focused().name == 'Price: 12.00',
               'the cell to have the keyboard')
    story.type('12.5', enter=True)
    story.wait(lambda: '12.5' in story.ctl('export', plan, 'products'), 'the price in the file')


def edit_sheet(path, product, value):
    """Types into the first month of a product, as a spreadsheet program would; returns the old one."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    texts = [''.join(item.itertext()) for item in ET.fromstring(parts['xl/sharedStrings.xml'])] \
        if 'xl/sharedStrings.xml' in parts else []
    name = sorted(part for part in parts if part.startswith('xl/worksheets/sheet'))[0]
    root = ET.fromstring(parts[name])
    if root.find(f'{MAIN}sheetProtection') is None:
        raise Failure('the sheet is not protected')
    free = {index for index, style in enumerate(
        ET.fromstring(parts['xl/styles.xml']).find(f'{MAIN}cellXfs'))
        if (lock := style.find(f'{MAIN}protection')) is not None and lock.get('locked') == '0'}
    for row in root.iter(f'{MAIN}row'):
        cells = list(row)
        if not cells or cells[0].find(f'{MAIN}v') is None or cells[0].get('t') != 's' or \
                texts[int(cells[0].find(f'{MAIN}v').text)] != product:
            continue
        unlocked = [cell for cell in cells if int(cell.get('s', '0')) in free]
        if len(unlocked) < 12 or cells[0] in unlocked:
            raise Failure(f'{len(unlocked)} cells of {product} can be typed into')
        value_node = unlocked[0].find(f'{MAIN}v')
        if value_node is None:
            value_node = ET.SubElement(unlocked[0], f'{MAIN}v')
        value_node.text = str(value)
        unlocked[0].attrib.pop('t', None)
        parts[name] = ET.tostring(root)
        with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as file:
            for part, content in parts.items():
                file.writestr(part, content)
        return
    raise Failure(f'{product} is not in the sheet')


def input_sheet(story, plan):
    sheet = story.path('ana.xlsx')
    story.open_view(2, 'Demand Review')
    story.cell('Open orders', 'February 2026')
    story.press(story.find(None, 'Inputs'))
    story.press_button('Add Contributor…')
    story.find('dialog', 'New Contributor')
    story.choose('combo box', 'Person', 'Ana Lima')
    story.choose('combo box', 'Family', 'Juices')
    story.choose('combo box', 'Region', 'North')
    story.press_button(re.compile('^_?Add$'), within=('dialog', 'New Contributor'))
    story.gone('dialog', 'New Contributor')
    story.press_button('Export This Sheet…')
    story.answer_file_dialog('Export Input Sheet', sheet)
    story.wait(lambda: zipfile.is_zipfile(sheet), 'the workbook')
    story.sees('Sent')
    edit_sheet(sheet, 'A-1', 777)
    # meanwhile the same number was typed here
    story.quit()
    story.ctl('set', plan, 'sales-input=555', '--at',
              'product=A-1,region=North,channel=Retail,bucket=2026-01', '--reason', 'Phone call')
    story.start(plan)
    story.find('button', 'Redo')
    story.open_view(2, 'Demand Review')
    story.press(story.find(None, 'Inputs'))
    story.press_button('Import Answers…')
    story.answer_file_dialog('Import Answer', sheet)
    story.find('dialog', 'Merge Answer')
    story.sees('Changed Here After the Sheet Was Sent')
    story.sees(r'Mine\n555\nTheirs\n777\nResult\n777')
    story.press_button('Apply')
    story.gone('dialog', 'Merge Answer')
    story.wait(lambda: one(story, plan, 'sales-input', 'A-1', '2026-01') == 777, 'their number')
    story.focus()
    story.key('ctrl+z')
    story.wait(lambda: one(story, plan, 'sales-input', 'A-1', '2026-01') == 555, 'mine again')


with Story('real-data') as story:
    plan = make_plan(story)
    check_numbers(story, plan)
    story.start(plan)
    story.find('button', 'Redo')
    clean(story, plan)
    type_price(story, plan)
    input_sheet(story, plan)
    story.check_file(plan)
    story.quit()
