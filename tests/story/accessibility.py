# accessibility.py: what a screen reader is told of every control, cell and chart, in all views and dialogs
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report is BUILDDIR/tests/story/accessibility.txt; what is wrong is at its end, and fails the story."""
import collections
import os
import re
import sys

from story import Failure, GLib, Story
from walk import Actions, Screen, each_dialog, each_page

# what a person acts upon, or is told something by
CONTROLS = ('button', 'push button', 'toggle button', 'check box', 'radio button', 'switch', 'text', 'entry',
            'password text', 'combo box', 'spin button', 'slider', 'link', 'menu item', 'page tab', 'list item',
            'tree item', 'table', 'table row', 'table cell', 'row header', 'column header', 'image',
            'progress bar', 'level bar', 'meter', 'dialog', 'alert', 'frame', 'window', 'tool bar', 'list',
            'table column header', 'table row header', 'search')
WITH_VALUE = ('spin button', 'slider', 'progress bar', 'level bar', 'meter')
RELATION_LABELLED_BY = 2
# names that say how a thing is made instead of what it is
MADE_OF = re.compile(r'-symbolic|^(Gtk|Adw|Kilter)[A-Z]|^(button|image|entry|label|icon)$', re.I)


class Walk:
    def __init__(self):
        self.lines = []
        self.problems = []
        self.totals = collections.Counter()
        self.seen = set()  # what is in every view is looked at once

    def problem(self, place, node, what):
        line = f'{place}: {node.role} “{node.name}” {what}'
        if line not in self.problems:
            self.problems.append(line)

    def relations(self, node):
        return dict(node._ask([], 'Accessible', 'GetRelationSet'))

    def is_part(self, node):
        """What says nothing of its own: decoration, and the lists and fields inside the toolkit's combo boxes,
        tables and rows, whose own name is said."""
        if node.role == 'image' and not node.has('focusable'):
            return True
        if node.role in ('list', 'list item'):
            above = set()
            while node.parent in node.tree:
                node = node.tree[node.parent]
                above.add(node.role)
            return bool(above & {'combo box', 'tree table', 'alert'})
        return False

    def named_by(self, node):
        name = node.name.strip() or node.description.strip()
        if name:
            return name
        return ' '.join(target[1] for target in self.relations(node).get(RELATION_LABELLED_BY, []))

    def check_value(self, place, node):
        def value(name):
            try:
                return node.bus.get(node.owner, node.path, 'org.a11y.atspi.Value', name)
            except GLib.Error:
                return None
        current = value('CurrentValue')
        if current is None:
            self.problem(place, node, 'has no value')
            return
        if not value('MinimumValue') <= current <= value('MaximumValue'):
            self.problem(place, node, f'has the value {current} outside its range')

    def check(self, place, node):
        if node.role in ('unknown', 'invalid', 'redundant object'):
            self.problem(place, node, 'has no role')
        # nothing takes the keyboard without saying what it is
        if node.role in CONTROLS or node.has('focusable'):
            self.totals[node.role] += 1
            if not self.named_by(node) and not self.is_part(node) and node.role not in ('frame',):
                if node.role in CONTROLS or node.role not in ('filler', 'panel', 'group', 'section', 'scroll pane',
                                                              'viewport'):
                    self.problem(place, node, f'has no name, in {self.ancestry(node)}')
            elif MADE_OF.search(node.name):
                self.problem(place, node, 'is called by how it is made')
        if node.role in WITH_VALUE:
            self.check_value(place, node)
        if node.role in ('text', 'entry') and node._ask(None, 'Text', 'GetText',
                                                        GLib.Variant('(ii)', (0, -1))) is None:
            self.problem(place, node, 'has no text')

    def ancestry(self, node):
        names = []
        while node.parent in node.tree and len(names) < 9:
            node = node.tree[node.parent]
            names.append(f'{node.role} “{node.name[:30]}”')
        return ' < '.join(names)

    def check_cell(self, place, node):
        """A cell says its row: nothing else tells a reader where it is."""
        row = node.tree.get(node.parent)
        grid = node.tree.get(row.parent) if row is not None else None
        if grid is not None and grid.role == 'table' and row.name and not node.name.startswith(
                row.name.split(',')[0][:8]):
            self.problem(place, node, f'does not name its row “{row.name}”')

    def look(self, place, nodes):
        counts = collections.Counter()
        for node in nodes:
            counts[node.role] += 1
            if node.path in self.seen:
                continue
            self.seen.add(node.path)
            self.check(place, node)
            if node.role == 'table cell':
                self.check_cell(place, node)
        self.lines.append(f'{place}: ' + ', '.join(f'{number} {role}' for role, number in sorted(counts.items())))


with Story('accessibility') as story:
    plan = story.sample()
    walk = Walk()
    story.start()
    walk.look('start', Screen(story).walk())
    story.quit()
    story.start(plan)
    story.find('button', 'Redo')
    actions, screen = Actions(), Screen(story)
    for name in each_page(story, actions):
        walk.look(name, screen.walk())
    for name, dialog in each_dialog(actions, story, screen):
        if dialog is None:
            walk.lines.append(f'{name}: not now')
        else:
            walk.look(name, screen.walk())
    total = sum(walk.totals.values())
    report = os.path.join(story.out, 'accessibility.txt')
    with open(report, 'w', encoding='utf-8') as file:
        file.write('\n'.join(walk.lines) + f'\n\n{total} controls: ' +
                   ', '.join(f'{number} {role}' for role, number in walk.totals.most_common()) + '\n\n' +
                   (f'{len(walk.problems)} problems:\n' + '\n'.join(walk.problems)
                    if walk.problems else 'no unnamed control') + '\n')
    print(f'accessibility: {total} controls in {len(walk.lines)} places, {len(walk.problems)} problems; {report}')
    if total < 500:
        raise Failure(f'only {total} controls were seen')
    if walk.problems:
        raise Failure('\n'.join(walk.problems[:40]))
    story.quit()
