# walk.py: every view, page and dialog of the application, one after the other
# SPDX-License-Identifier: GPL-3.0-or-later
"""What accessibility.py and languages.py share: they look at the same places with other questions."""
import os
import re
import time

from story import ROOT, SOURCE, Failure, Gio, GLib, Node

ID = 'io.github.kilter_sop.Kilter'
PATH = '/io/github/kilter_sop/Kilter'
# what opens a dialog: the actions behind menus, buttons and keys
DIALOGS = ('win.commands', 'win.import', 'win.new-scenario', 'win.cycle-calendar', 'win.next-cycle',
           'win.plan-properties', 'win.backups', 'win.filters', 'win.save-view', 'win.saved-views',
           'win.finish-step', 'win.reopen-step', 'app.new-plan', 'app.preferences', 'app.shortcuts',
           'app.about', 'app.sample-restart')


def pages():
    """All of them, as the table of views has them: none can be forgotten."""
    with open(os.path.join(SOURCE, 'src/app/window/kilter-views.c'), encoding='utf-8') as file:
        text = file.read()
    found = []
    for view in re.findall(r'^  VIEW \((\w+),', text, re.M):
        table = re.search(r'%s_pages\[\] = \{(.*?)\n\};' % view, text, re.S)[1]
        found += [f'{view}/{page}' for page in re.findall(r'\{ "(\w+)"', table)]
    if len(found) < 25:
        raise Failure(f'the table of views is not read: {found}')
    return found


class Actions:
    """The application's actions, activated as the desktop does: over the session bus."""

    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)

    def call(self, path, method, arguments=None):
        return self.bus.call_sync(ID, path, 'org.gtk.Actions', method, arguments, None,
                                  Gio.DBusCallFlags.NONE, 20000, None).unpack()

    def windows(self):
        xml = self.bus.call_sync(ID, PATH + '/window', 'org.freedesktop.DBus.Introspectable', 'Introspect',
                                 None, None, Gio.DBusCallFlags.NONE, 20000, None).unpack()[0]
        return sorted(int(number) for number in re.findall(r'<node name="(\d+)"', xml))

    def activate(self, name, parameter=None):
        """Returns whether there is such an action, and it can be used now."""
        group, name = name.split('.')
        path = PATH if group == 'app' else f'{PATH}/window/{self.windows()[-1]}'
        if name not in self.call(path, 'List')[0]:
            return False
        if not self.call(path, 'Describe', GLib.Variant('(s)', (name,)))[0][0]:
            return False
        try:
            self.call(path, 'Activate', GLib.Variant('(sava{sv})', (name, [parameter] if parameter else [], {})))
        except GLib.Error as error:
            raise Failure(f'{name}: {error.message}') from None
        return True


class Screen:
    """What is on the screen, asked for from the top down. Pages that were shown before stay in the
    application's tree; only what is showing is looked into, so that a look costs no more at the end of
    a long walk than at its beginning."""

    def __init__(self, story):
        self.bus = story.bus
        self.name = story.name_on_bus
        self.tree = {}

    def node(self, owner, path, parent, index):
        node = self.tree.get(path)
        if node is None:
            role = self.bus.ask(0, owner, path, 'Accessible', 'GetRole')
            node = Node(self.bus, self.tree, ((owner, path), None, (owner, parent), index, 0, [], '', role, '',
                                              [0, 0]))
            self.tree[path] = node
        node.refresh()
        return node

    def children(self, path):
        found = self.bus.ask([], self.name, path, 'Accessible', 'GetChildren')
        return [self.node(owner, child, path, index) for index, (owner, child) in enumerate(found)]

    def walk(self, into_rows=6, into_cells=8):
        """Everything that shows; of grids the first rows and cells, which are made alike."""
        stack = self.children(ROOT)
        seen = set()
        while stack:
            node = stack.pop()
            if node.path in seen or not (node.showing or node.role in ('window', 'frame', 'table row',
                                                                       'table cell', 'row header')):
                continue
            seen.add(node.path)
            yield node
            if node.role in ('label', 'image', 'table cell', 'separator', 'scroll bar'):
                continue
            limit = {'table': into_rows, 'tree table': into_rows, 'table row': into_cells}.get(node.role)
            if limit is None:
                children = self.children(node.path)
            else:
                found = self.bus.ask([], self.name, node.path, 'Accessible', 'GetChildren')[:limit]
                children = [self.node(owner, child, node.path, index)
                            for index, (owner, child) in enumerate(found)]
            node.known, node.n_children = children, len(children)
            stack.extend(reversed(children))


def each_page(story, actions):
    """The name of each page, once it is on the screen."""
    for name in pages():
        # a plan that is still being opened has no pages
        story.wait(lambda page=name: actions.activate('win.show-view', GLib.Variant('s', page)), f'the page {name}')
        time.sleep(0.4)  # a frame or two; the activation itself is over
        yield name


def each_dialog(actions, story, screen):
    """(action, what is in the dialog) of each that can be opened now; it is closed again."""
    def dialogs():
        # a dialog is the last child of what holds the window's content
        return [node for node in screen.walk(0, 0) if node.role in ('dialog', 'alert')]
    actions.activate('win.show-view', GLib.Variant('s', 'supply'))  # a step that can be finished
    for name in DIALOGS:
        if not actions.activate(name):
            yield name, None
            continue
        found = story.wait(dialogs, f'the dialog of {name}')
        yield name, found[-1]
        story.key('Escape')
        story.wait(lambda: not dialogs(), f'the dialog of {name} to close')
