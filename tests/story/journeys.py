# journeys.py: from spreadsheets to a reviewed forecast, by pointer, by keys and by the tree alone
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journeys of steps 1 and 2, with no more presses than the design allows, on a plan that is made
of a file as businesses have them, not on the sample."""
import datetime
import os
import re
import sys

from story import Failure, Story

# product, family, level, height of the season; the last one sold nothing in one month
PRODUCTS = {'A-1': ('Apple Juice', 'Juices', 400, 60), 'A-2': ('Pear Juice', 'Juices', 300, 45),
            'B-1': ('Oat Bar', 'Bars', 500, 20), 'B-2': ('Nut Bar', 'Bars', 800, 30)}
MONTHS = [(2023 + month // 12, month % 12 + 1) for month in range(36)]
LAST = 'December 2025'
JUNE = 'June 2026'


def sales(product, at):
    _, _, level, season = PRODUCTS[product]
    month = MONTHS[at][1]
    if product == 'B-2' and at == 30:
        return 0
    return level + season * (1 if 5 <= month <= 8 else -1) + (at * 37 + len(product)) % 17


def write(path):
    with open(path, 'w', encoding='utf-8') as file:
        file.write('Item;Description;Product family;Period;Qty\n')
        for product, (name, family, _, _) in PRODUCTS.items():
            for at, (year, month) in enumerate(MONTHS):
                file.write(f'{product};{name};{family};{year}-{month:02};{sales(product, at)}\n')


class Hand:
    """How somebody works: every press goes through here."""

    def __init__(self, story, way):
        self.story = story
        self.way = way

    def press(self, role, name, within=None):
        story = self.story
        node = story.find(role, name, within)
        if role.endswith('button'):
            story.wait(lambda: node.refresh().has('sensitive'), f'“{node.name}” to be usable')
        if self.way == 'pointer':
            story.click(node)
        elif self.way == 'keys':
            story.focus_on(role, name)
            story.key('Return')
        else:
            story.activate(node)

    def cell(self, row, column):
        story = self.story
        if self.way == 'pointer':
            story.go_to(row, column)
        else:
            story.walk_to(row, column)

    def choose(self, name, text):
        """One press opens the list, one takes the item."""
        story = self.story
        if self.way != 'pointer':
            story.choose('combo box', name, text, by_keys=True)
            return
        story.click(story.find('combo box', name))
        # the first list holds what is chosen now; the items are called by the label in them
        item = story.wait(
            lambda: [found for choices in story.find_all('list', within=('combo box', name))[1:]
                     for found in choices.children
                     if text in [label.name for label in found.find_all('label')]],
            f'“{text}” among the choices')[0]
        story.click(item)


def first_run(story, hand):
    story.start()
    story.find('list item', 'Explore the Sample Plan')
    with story.journey('First run', 2):
        hand.press('list item', 'Explore the Sample Plan')
        story.sees('This is a sample plan')
        hand.press('button', 'Continue Supply Review')
        story.wait(lambda: [item for item in
                            story.find_all('list item', re.compile('Supply Review, in progress'))
                            if item.has('selected')], 'Supply Review')
        story.find('table')
    story.quit()


def import_file(story, hand, table):
    story.start()
    with story.journey('Import', 5):
        hand.press('list item', 'New Plan from Spreadsheets…')
        story.answer_file_dialog('Choose a File with Sales', table)
        story.sees('Step 2 of 3')
        hand.press('button', 'Check 144 Rows')
        story.sees('Step 3 of 3')
        story.sees(r'First Cycle')
        hand.press('button', 'Import')
        story.sees(r'Imported 144 rows of sales 2025\.csv')
        story.gone('dialog', 'Import')
        # the forecast page, and what to do next
        story.find('button', 'Run Forecast')
        story.cell('Actual sales', LAST)
    plan = os.path.join(story.environment['XDG_DATA_HOME'], 'kilter', 'plans', 'sales 2025.kilter')
    story.wait(lambda: os.path.exists(plan) and len(story.rows('show', plan, 'actual', '--by',
                                                               'product')) == 4, 'the plan')
    for product in PRODUCTS:
        values = story.show(plan, 'actual', '--at', f'product={product}')
        for at, (year, month) in enumerate(MONTHS):
            if values[f'{year}-{month:02}'] != sales(product, at):
                raise Failure(f'{product} in {year}-{month:02}: {values}')
    story.check_file(plan)
    return plan


def forecast(story, hand, plan):
    with story.journey('Forecast', 1):
        if hand.way == 'keys':
            story.key('F5')
        else:
            hand.press('button', 'Run Forecast')
        story.sees(r'\d of 4 products needs? a look', 90)
    story.wait(lambda: 'Forecast of' in str(story.rows('log', plan, '--limit', '1')),
               'the log to tell of the forecast', 90)


def override(story, hand, plan):
    june = ('--from', '2026-06', '--to', '2026-06')
    old = story.show(plan, 'final', *june)['2026-06']
    with story.journey('Override', 3):
        hand.cell('Override, change', JUNE)
        story.type('+24', enter=True)
        hand.choose('Why?', 'Promotion')
        story.wait(lambda: story.focused() is not None and story.focused().role in ('text', 'entry'),
                   'the field for the assumption')
        story.type('Summer leaflet', enter=True)
    story.wait(lambda: abs(story.show(plan, 'final', *june)['2026-06'] - old - 24) < 1e-6,
               'the new number in the file')
    story.wait(lambda: 'Promotion: Summer leaflet' in str(story.rows('log', plan, '--limit', '1')),
               'the reason in the log')
    story.check_file(plan)


def why(story, hand):
    with story.journey('Why is this number so', 2):
        hand.cell('Final forecast', JUNE)
        if hand.way == 'keys':
            story.key('ctrl+e')
        else:
            hand.press('page tab', 'Notes')
        story.sees(r'The typed value, otherwise \(statistical forecast')
        story.sees(r'Reason\nPromotion: Summer leaflet')
    story.press(story.find('page tab', 'Exceptions'))


def exceptions(story, hand, plan):
    story.open_view(2, 'Demand Review')
    with story.journey('Exceptions', 2):
        if hand.way != 'pointer':
            story.key('ctrl+1')
        else:
            hand.press('list item', re.compile('^Step 1 of 6'))
        before = int(story.sees(r'(\d) of 4 products needs? a look').group(1))
        if hand.way == 'keys':
            story.key('ctrl+m')
        else:
            hand.press('button', 'Mark Reviewed')
        story.sees(rf'{before - 1} of 4 products needs? a look' if before > 1
                   else 'No product needs a look')
    story.check_file(plan)


ways = sys.argv[2:] or ['pointer', 'keys', 'tree']
del sys.argv[2:]
for way in ways:
    with Story(f'journeys-{way}') as story:
        hand = Hand(story, way)
        first_run(story, hand)
        table = story.path('sales 2025.csv')
        write(table)
        plan = import_file(story, hand, table)
        forecast(story, hand, plan)
        override(story, hand, plan)
        why(story, hand)
        exceptions(story, hand, plan)
        story.quit()
        story.check_file(plan)
