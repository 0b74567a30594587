# import.py: a new empty plan, a file of sales, and the numbers are there
# SPDX-License-Identifier: GPL-3.0-or-later
import datetime
import re

from story import Failure, Story

PRODUCTS = {'A-1': 'Apple Juice', 'A-2': 'Pear Juice', 'B-1': 'Oat Bar'}


# two years before the month of today, which a new plan starts with
NOW = datetime.datetime.now(datetime.timezone.utc)
MONTHS = [divmod(NOW.year * 12 + NOW.month - 1 - back, 12) for back in range(24, 0, -1)]
MONTHS = [(year, month + 1) for year, month in MONTHS]
LAST = datetime.date(*MONTHS[-1], 1).strftime('%B %Y')


def sales(product, year, month):
    return 100 + 10 * month + year % 10 * 25 + 7 * list(PRODUCTS).index(product)


def write(path, headings):
    """As a spreadsheet in Germany writes it: semicolons, decimal commas, days first."""
    with open(path, 'w', encoding='cp1252') as file:
        file.write(headings + '\n')
        for product, name in PRODUCTS.items():
            for year, month in MONTHS:
                file.write(f'{product};{name};01.{month:02}.{year};{sales(product, year, month)},5\n')


with Story('import') as story:
    table = story.path('sales.csv')
    plan = story.path('Juice Works.kilter')
    riddle = story.path('riddle.csv')
    write(table, 'Product;Name;Month;Sales')
    write(riddle, 'Uno;Due;Tre;Quattro')
    story.start()
    story.click(story.find('list item', 'New Empty Plan…'))
    story.find('dialog', 'New Plan')
    name = story.find('text', re.compile('^Name of the Company'))
    story.click(name)
    story.type('Juice Works')
    story.choose('combo box', 'Currency', 'EUR')
    story.press_button(re.compile('Create'))
    story.answer_file_dialog('Where to Keep the Plan', plan)
    story.find('button', 'Redo')
    story.sees('Juice Works')

    # Choose File, Match Columns, Result
    story.open_view(1, 'Data & Forecast')
    story.sees('No Sales History Yet')
    story.key('ctrl+i')
    story.press_button('Choose File…')
    story.answer_file_dialog('Choose File', riddle)
    story.sees('Step 2 of 3')
    story.sees(r'What “riddle.csv” holds cannot be told from its columns \(Uno, Due, Tre, Quattro\)')
    story.find('label', 'Choose')
    story.press_button('Change File…')
    story.answer_file_dialog('Choose File', table)
    story.sees('72 rows')
    story.choose('combo box', 'Does the day or the month come first?', re.compile(r'-\d\d-01 .likely'))
    story.press_button('Check 72 Rows')
    story.sees('Step 3 of 3')
    total = sum(sales(p, y, m) + 0.5 for p in PRODUCTS for y, m in MONTHS)
    said = story.read()
    if f'{total:,.0f}' not in said and f'{total:,.1f}' not in said:
        raise Failure(f'the total to check is not {total:,.1f}:\n{said}')
    story.press_button('Import')
    story.sees('Imported 72 rows of sales.csv')
    story.gone('dialog', 'Import')

    # it is on the screen and, soon, in the file
    story.cell('Actual sales', LAST)

    def published():
        return len(story.rows('show', plan, 'actual', '--by', 'product')) == 3
    story.wait(published, 'the products in the file')
    for product in PRODUCTS:
        values = story.show(plan, 'actual', '--at', f'product={product}')
        for year, month in MONTHS:
            if values[f'{year}-{month:02}'] != sales(product, year, month) + 0.5:
                raise Failure(f'{product} in {year}-{month:02}: {values}')
    if 'Pear Juice' not in story.ctl('export', plan, 'products'):
        raise Failure('the products have no names')
    story.check_file(plan)

    # one step back, and nothing of it is left
    story.focus()
    story.key('ctrl+z')
    story.sees('No Sales History Yet')
    story.quit()
    if len(story.ctl('export', plan, 'products').splitlines()) != 1:
        raise Failure('undo left products')
    story.check_file(plan)
