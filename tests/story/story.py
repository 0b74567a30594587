# story.py: what the end-to-end stories share
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real application as a person with a keyboard, a pointer and a screen reader would.

A story reads what is on the screen through the accessibility tree (AT-SPI), and acts with real keys
and pointer events (xdotool). Nothing waits for a fixed time: everything waits for what it needs, up
to a limit. When a story fails, a picture of the screen and the tree are left in the build folder.

    with Story('override') as story:
        story.start('--sample')
        story.press(story.find('button', 'Undo'))

Run one by hand:  tests/headless python3 tests/story/override.py BUILDDIR
"""
import contextlib
import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# keys that only move, as a pointer does before it presses
MOVES = re.compile(r'^((ctrl|shift|alt)\+)*(Tab|Up|Down|Left|Right|Home|End|Page_Up|Page_Down|F6)$')
LIMIT = float(os.environ.get('KILTER_STORY_LIMIT', '25'))
PAUSE = 0.04


class Failure(Exception):
    """The story did not go as told."""


def matches(pattern, text):
    """A compiled pattern is searched, a string is the whole text."""
    if pattern is None:
        return True
    if isinstance(pattern, re.Pattern):
        return pattern.search(text) is not None
    return pattern == text


ACCESSIBLE = 'org.a11y.atspi.Accessible'
ROOT = '/org/a11y/atspi/accessible/root'


class Bus:
    """The accessibility bus, spoken to directly: one question brings the whole tree of a window,
    and nothing is remembered that may have changed since."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress',
                                    None, None, Gio.DBusCallFlags.NONE, 20000, None).unpack()[0]
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
            Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)

    def call(self, name, path, interface, method, arguments=None, limit=20000):
        return self.connection.call_sync(name, path, interface, method, arguments, None,
                                         Gio.DBusCallFlags.NONE, limit, None).unpack()

    def ask(self, otherwise, name, path, interface, method, arguments=None):
        """A widget may go away between two questions; it then has and does nothing."""
        try:
            return self.call(name, path, 'org.a11y.atspi.' + interface, method, arguments)[0]
        except GLib.Error:
            return otherwise

    def get(self, name, path, interface, property_):
        return self.call(name, path, 'org.freedesktop.DBus.Properties', 'Get',
                         GLib.Variant('(ss)', (interface, property_)))[0]

    def process_of(self, name):
        return self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                         'GetConnectionUnixProcessID', GLib.Variant('(s)', (name,)))[0]

    def applications(self):
        return [name for name, _ in self.call('org.a11y.atspi.Registry', ROOT, ACCESSIBLE,
                                              'GetChildren')[0]]

    def tree(self, name):
        """The windows of an application, as they are now."""
        items = self.call(name, '/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems')[0]
        nodes = {}
        nodes.update((item[0][1], Node(self, nodes, item)) for item in items)
        for node in nodes.values():
            parent = nodes.get(node.parent)
            if parent is not None:
                parent.known.append(node)
        for node in nodes.values():
            node.known.sort(key=lambda child: child.index)
        return nodes[ROOT].known if ROOT in nodes else []


class Node:
    """An object of the accessibility tree. Its name and states are those of the moment when it was
    found; refresh() asks again."""

    def __init__(self, bus, tree, item):
        (self.owner, self.path), _, (_, self.parent), self.index = item[:4]
        self.n_children, _, self.name = item[4:7]
        self.bus = bus
        self.tree = tree
        role = Atspi.role_get_name(Atspi.Role(item[7]))
        self.role = {'push button': 'button'}.get(role, role)  # so called before at-spi 2.50
        self.description, self.states = item[8:10]
        self.known = []

    def call(self, interface, method, arguments=None):
        return self.bus.call(self.owner, self.path, 'org.a11y.atspi.' + interface, method, arguments)

    def _ask(self, otherwise, interface, method, arguments=None):
        return self.bus.ask(otherwise, self.owner, self.path, interface, method, arguments)

    def refresh(self):
        try:
            self.name = self.bus.get(self.owner, self.path, ACCESSIBLE, 'Name')
            self.states = self.call('Accessible', 'GetState')[0]
        except GLib.Error:
            self.name, self.states = '', [0, 0]
        return self

    @property
    def children(self):
        """What nobody asked for yet is not among the known: widgets that are new, cells of grids."""
        if self.role not in ('table', 'table row') and len(self.known) >= self.n_children:
            return self.known
        found = []
        for index, (owner, path) in enumerate(self._ask([], 'Accessible', 'GetChildren')):
            if path not in self.tree:
                role = self.bus.ask(0, owner, path, 'Accessible', 'GetRole')
                self.tree[path] = Node(self.bus, self.tree,
                                       ((owner, path), None, (owner, self.path), index, sys.maxsize,
                                        [], '', role, '', [0, 0])).refresh()
            found.append(self.tree[path])
        self.known = found
        self.n_children = len(found)
        return found

    @property
    def is_grid(self):
        """A planning grid; boxes of cards are tables, too, but without rows."""
        return self.role == 'table' and [child.role for child in self.children[:1]] == ['table row']

    def has(self, *names):
        def has(name):
            bit = int(getattr(Atspi.StateType, name.upper()))
            return bool(self.states[bit // 32] >> bit % 32 & 1)
        return all(has(name) for name in names)

    @property
    def showing(self):
        return self.has('showing')

    @property
    def text(self):
        """The text of a text field, else the name."""
        return self._ask('', 'Text', 'GetText', GLib.Variant('(ii)', (0, -1))) or self.name

    @property
    def bounds(self):
        """x, y, width, height on the screen: the window is in its corner, without a shadow."""
        def ask(node):
            return node._ask((0, 0, 0, 0), 'Component', 'GetExtents', GLib.Variant('(u)', (1,)))
        top = self
        while top.parent in self.tree and top.parent != ROOT:
            top = self.tree[top.parent]
        (x, y, width, height), (left, above, _, _) = ask(self), ask(top)
        return (x - left, y - above, width, height)

    @property
    def can_act(self):
        return self.role not in ('label', 'list item', 'table cell') and bool(
            self._ask([], 'Action', 'GetActions'))

    def act(self):
        self.call('Action', 'DoAction', GLib.Variant('(i)', (0,)))

    def walk(self, into_tables=True):
        """All that is on the screen from here on, in reading order."""
        stack = [self]
        seen = set()
        while stack:
            node = stack.pop()
            if node.path in seen:  # some widgets of the toolkit are named as children of two
                continue
            seen.add(node.path)
            yield node
            if not into_tables and node is not self and node.is_grid:
                # not the cells, but what is open over them: an editor, a popover
                stack.extend(child for child in reversed(node.children)
                             if child.role != 'table row' and child.showing)
                continue
            stack.extend(child for child in reversed(node.children)
                         if child.showing or node.role in ('table', 'table row'))

    def find_all(self, role=None, name=None):
        into_tables = role in ('table row', 'table cell', 'row header')
        return [node for node in self.walk(into_tables)
                if (role is None or node.role == role) and
                (name is None or matches(name, node.name))]

    def dump(self, depth=0, out=None):
        out = out if out is not None else []
        states = ' '.join(state for state in ('focused', 'selected', 'checked', 'pressed')
                          if self.has(state))
        out.append(f'{"  " * depth}[{self.role}] {self.name!r} {states}')
        for child in self.children:
            if child.showing or self.role in ('table', 'table row'):
                child.dump(depth + 1, out)
        return out


class Story:
    def __init__(self, name, build=None):
        if build is None:
            if len(sys.argv) != 2:
                sys.exit(f'usage: {sys.argv[0]} BUILDDIR')
            build = sys.argv[1]
        self.name = name
        self.build = os.path.abspath(build)
        self.out = os.path.join(self.build, 'tests', 'story')
        self.process = None
        self.runs = 0
        self.log = None
        self.presses = 0
        self.tolerates = None  # complaints of the toolkit about itself

    # --- before and after ---------------------------------------------------------------------

    def __enter__(self):
        if 'DISPLAY' not in os.environ:
            sys.exit('story: there is no display; run it under tests/headless')
        os.makedirs(self.out, exist_ok=True)
        self.work = tempfile.mkdtemp(prefix='kilter-story-')
        self.environment = dict(os.environ, HOME=self.work, GTK_A11Y='atspi',
                                G_DEBUG='gc-friendly,fatal-warnings', GSETTINGS_BACKEND='keyfile',
                                KILTER_LIBEXECDIR=os.path.join(self.build, 'src', 'exchange'),
                                LANGUAGE='en', LC_ALL='C.UTF-8', TZ='UTC')
        for name in ('state', 'data', 'config', 'cache'):
            self.environment[f'XDG_{name.upper()}_HOME'] = os.path.join(self.work, name)
        self.environment.pop('G_MESSAGES_DEBUG', None)
        self.bus = Bus()
        self.name_on_bus = None
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            print(f'{self.name}: ok')
        elif kind is not SystemExit:
            traceback.print_exception(kind, error, trace)
            self.leave_evidence()
        self.kill()
        shutil.rmtree(self.work, ignore_errors=True)
        if kind is not None and kind is not SystemExit:
            sys.exit(1)
        return False

    def leave_evidence(self):
        picture = os.path.join(self.out, f'{self.name}.png')
        tree = os.path.join(self.out, f'{self.name}.tree')
        self.screenshot(picture)
        print(f'{self.name}: the screen is in {picture}', file=sys.stderr)
        if self.is_alive():
            with open(tree, 'w', encoding='utf-8') as file:
                try:
                    for window in self.windows():
                        file.write('\n'.join(window.dump()) + '\n')
                except Exception as error:  # whatever it is, the story has failed already
                    file.write(f'{error}\n')
            print(f'{self.name}: what it is made of in {tree}', file=sys.stderr)
        sys.stderr.write(self.messages()[-4000:])

    def screenshot(self, path):
        subprocess.run(['import', '-silent', '-window', 'root', path], check=False)

    # --- the application ----------------------------------------------------------------------

    def uninstalled(self, *arguments):
        return [os.path.join(SOURCE, 'tests', 'uninstalled'), self.build, *arguments]

    def path(self, name):
        return os.path.join(self.work, name)

    def start(self, *arguments):
        """Starts the application and waits for its window."""
        self.runs += 1
        self.log = self.path(f'messages-{self.runs}')
        with open(self.log, 'wb') as log:
            self.process = subprocess.Popen(self.uninstalled('kilter', *arguments), stdout=log,
                                            stderr=log, env=self.environment, cwd=self.work)
        self.name_on_bus = None
        self.wait(self.windows, 'the window')
        self.focus()

    def again(self, *arguments):
        """Hands ARGUMENTS to the running application, as the desktop does."""
        subprocess.run(self.uninstalled('kilter', *arguments), env=self.environment, cwd=self.work,
                       timeout=30, check=True)

    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def messages(self):
        if self.log is None:
            return ''
        with open(self.log, encoding='utf-8', errors='replace') as file:
            return file.read()

    def check_alive(self):
        if not self.is_alive():
            raise Failure(f'the application ended with {self.process.returncode}:\n'
                          f'{self.messages()[-4000:]}')

    def check_messages(self):
        bad = [line for line in self.messages().splitlines()
               if ('WARNING' in line or 'CRITICAL' in line or 'ERROR' in line) and
               not (self.tolerates and self.tolerates.search(line))]
        if bad:
            raise Failure('the application complained:\n' + '\n'.join(bad[:20]))

    def crash(self):
        """As when the machine loses power."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)
        self.process = None

    def quit(self):
        """Ctrl+Q, and out in good order."""
        self.focus()
        self.key('ctrl+q')
        try:
            status = self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            raise Failure('the application does not end') from None
        if status != 0:
            raise Failure(f'the application ended with {status}:\n{self.messages()[-4000:]}')
        self.check_messages()
        self.process = None

    def kill(self):
        if self.is_alive():
            self.process.kill()
            self.process.wait(30)
        self.process = None

    def sample(self, name='plan.kilter'):
        """The sample plan in a file of its own; returns its path."""
        path = self.path(name)
        self.ctl('new', path, '--sample')
        return path

    def open_view(self, number, title):
        """Ctrl+number, as far as the page."""
        self.key(f'ctrl+{number}')
        self.wait(lambda: [item for item in self.find_all('list item', re.compile(re.escape(title)))
                           if item.has('selected')], f'the view {title}')

    def reopen(self, reason='Late news'):
        """A finished step is read-only until somebody says why it is not finished."""
        self.press_button('Reopen…')
        self.find('button', 'Cancel')
        self.wait(lambda: self.focused() is not None and self.focused().role in ('text', 'entry'),
                  'the field for the reason')
        self.type(reason)
        self.key('Return')
        self.gone('button', 'Reopen…')

    # --- looking ------------------------------------------------------------------------------

    def wait(self, question, what, limit=LIMIT):
        """Asks until the answer is true; returns it."""
        end = time.monotonic() + limit
        while True:
            try:
                answer = question()
            except GLib.Error:
                answer = None
            if answer:
                return answer
            self.check_alive()
            if time.monotonic() > end:
                raise Failure(f'waited {limit:.0f} s in vain for {what}')
            time.sleep(PAUSE)

    def windows(self):
        """The trees of all windows, as they are now."""
        if self.name_on_bus is None:
            for name in self.bus.applications():
                if self.bus.process_of(name) == self.process.pid:
                    self.name_on_bus = name
        return self.bus.tree(self.name_on_bus) if self.name_on_bus is not None else []

    def find_all(self, role=None, name=None, within=None):
        """WITHIN is the role and name of what it is in."""
        roots = self.windows()
        if within is not None:
            roots = [node for root in roots for node in root.find_all(*within)][:1]
        return [node for root in roots for node in root.find_all(role, name)]

    def find(self, role=None, name=None, within=None, limit=LIMIT):
        what = f'{role or "something"} “{getattr(name, "pattern", name)}”'
        return self.wait(lambda: self.find_all(role, name, within), what, limit)[0]

    def gone(self, role=None, name=None, limit=LIMIT):
        what = f'{role or "something"} “{getattr(name, "pattern", name)}” to go away'
        self.wait(lambda: not self.find_all(role, name), what, limit)

    def read(self):
        """Everything that can be read but grids, a line a text."""
        lines = []
        for window in self.windows():
            for node in window.walk(into_tables=False):
                text = node.text if node.role in ('text', 'entry') else node.name
                if text and (not lines or lines[-1] != text):
                    lines.append(text)
        return '\n'.join(lines)

    def sees(self, pattern, limit=LIMIT):
        """Waits for a text; returns the match."""
        pattern = re.compile(pattern) if isinstance(pattern, str) else pattern
        return self.wait(lambda: pattern.search(self.read()), f'“{pattern.pattern}”', limit)

    def focused(self):
        """What has the keyboard: the innermost object, a cell of a grid included."""
        for window in self.windows():
            found = [node for node in window.walk(into_tables=False) if node.has('focused')]
            if not found:
                continue
            if found[-1].is_grid:
                found += [cell for cell in found[-1].walk() if cell.has('focused')]
            return found[-1]
        return None

    # --- acting -------------------------------------------------------------------------------

    @contextlib.contextmanager
    def journey(self, name, most):
        """What is pressed in here is counted: pointer buttons, keys that do not only move, actions
        that a screen reader calls. Typing is not counted, nor is the Enter that ends it."""
        self.presses = 0
        yield
        print(f'{self.name}: {name}: {self.presses} of {most} presses')
        if self.presses > most:
            raise Failure(f'{name} takes {self.presses} presses, {most} are allowed')

    def xdotool(self, *arguments):
        return subprocess.run(['xdotool', *arguments], check=False, timeout=20,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              encoding='utf-8').stdout.split()

    def window_ids(self):
        return self.xdotool('search', '--onlyvisible', '--pid', str(self.process.pid))

    def focus(self, title=None):
        """Without a window manager nobody else gives the keyboard to a window."""
        def find():
            ids = self.window_ids()
            if title is None:
                return ids[-1:]
            return [i for i in ids if ' '.join(self.xdotool('getwindowname', i)) == title]
        self.xdotool('windowfocus', '--sync', self.wait(find, f'the window {title or ""}')[0])

    def key(self, *keys):
        self.check_alive()
        self.presses += sum(1 for key in keys if not MOVES.match(key))
        self.xdotool('key', '--delay', '30', *keys)

    def type(self, text, enter=False):
        self.check_alive()
        self.xdotool('type', '--delay', '15', text)
        if enter:
            self.xdotool('key', 'Return')

    def click(self, node, button=1, times=1):
        """With the pointer, in the middle."""
        self.presses += times
        x, y, width, height = self.wait(lambda: node.bounds if node.bounds[2] > 0 else None,
                                        f'a place of “{node.name}”')
        self.xdotool('mousemove', '--sync', str(x + width // 2), str(y + height // 2), 'click',
                     '--repeat', str(times), '--delay', '60', str(button))

    def press(self, node):
        """As a screen reader does; with the pointer where the widget offers no action."""
        if node.can_act:
            self.presses += 1
            node.act()
        else:
            self.click(node)

    def activate(self, node):
        """As with a screen reader: the action that the node offers, else Tab until its name is heard,
        and Enter. The toolkit gives the focus to nobody who asks for it on this bus."""
        if node.role.endswith('button') and node.can_act:
            self.presses += 1
            node.act()
            return
        if node.role == 'page tab':
            self.press(node)
            return
        self.focus_on(node.role, node.name)
        self.key('Return')

    def focus_on(self, role, name, most=60):
        """Tab until the focus is there: what somebody without a pointer does."""
        def there():
            node = self.focused()
            return node is not None and matches(name, node.name) and (role is None or
                                                                      node.role == role)
        for _ in range(most):
            if there():
                return
            before = self.focused()
            self.key('Tab')
            with contextlib.suppress(Failure):
                self.wait(lambda: there() or before is None or self.focused() is None or
                          self.focused().path != before.path, 'the focus to move', 1)
        if not there():
            raise Failure(f'Tab does not come to {role} “{name}”')

    def press_button(self, name, within=None, limit=LIMIT):
        def usable():
            return [node for role in ('button', 'push button', 'toggle button')
                    for node in self.find_all(role, name, within)
                    if node.has('sensitive')]
        found = self.wait(usable, f'a button “{getattr(name, "pattern", name)}”', limit)
        self.press(found[0])

    def choose(self, role, name, text, by_keys=False):
        """Opens a list of choices and takes one, by keys. TEXT may be a pattern in a short list."""
        if by_keys:
            self.focus_on(role, name)
            self.key('Return')
        else:
            self.click(self.find(role, name))

        def choices():
            # the first list holds what is chosen now
            lists = self.find_all('list', within=(role, name))[1:]
            return lists[0].children if lists else None
        def names():
            return [' '.join(label.name for label in item.find_all('label'))
                    for item in choices() or []]
        self.wait(choices, f'the choices of “{name}”')
        if len(names()) > 10 and self.find_all('entry', within=(role, name)):
            # a long list is searched
            self.type(text)
            self.wait(lambda: names() and all(text in item for item in names()),
                      f'the choices to be those with “{text}”')
            self.key('Down', 'Return')
            self.wait(lambda: self.find_all('label', text, within=(role, name)), f'“{text}”')
            return
        texts = names()
        text = next((item for item in texts if matches(text, item)), text)
        if text not in texts:
            raise Failure(f'“{text}” is not among {texts}')
        self.wait(lambda: self.focused() is not None and self.focused().role == 'list item',
                  f'the choices of “{name}” to have the keyboard')
        self.key('Home', *['Down'] * texts.index(text), 'Return')
        # a question that is answered may go away
        self.wait(lambda: not self.find_all(role, name) or text in [
            label.name for label in self.find_all('label', within=(role, name))][:3],
                  f'“{text}” to be chosen')

    def answer_file_dialog(self, title, path):
        """The file chooser is a window of its own: its name field, or the one that Ctrl+L opens."""
        self.focus(title)

        def has_field():
            node = self.focused()
            return node is not None and node.role in ('text', 'entry')
        try:
            self.wait(has_field, 'a field for the name', 2)
        except Failure:
            self.xdotool('key', 'ctrl+l')
            self.wait(has_field, 'a field for the name')
        # at once: the field completes names while somebody types; a person presses the file
        self.presses += 1
        if not self.focused().call('EditableText', 'SetTextContents',
                                   GLib.Variant('(s)', (path,)))[0]:
            raise Failure('the field for the name takes no text')
        self.press_button(re.compile('^(Open|Save)$'), within=('dialog', title))
        self.wait(lambda: title not in [window.name for window in self.windows()],
                  f'the window {title} to close')
        self.focus()

    # --- the planning grid --------------------------------------------------------------------

    def cell(self, row, column, limit=LIMIT):
        """A visible cell of the grid, called by the beginning of its row and by its column."""
        start = re.compile('^' + re.escape(row) + r'.*, ' + re.escape(column) + r'\b')

        def look():
            for table in self.find_all('table'):
                for line in table.children:
                    if not line.name.startswith(row):
                        continue
                    for cell in line.children:
                        if cell.role == 'table cell' and start.search(cell.name):
                            return cell
            return None
        return self.wait(look, f'the cell “{row}, {column}”', limit)

    def row(self, name):
        """The visible cells of a row."""
        def look():
            for table in self.find_all('table'):
                for line in table.children:
                    if line.name.startswith(name):
                        return [cell for cell in line.children if cell.role == 'table cell']
            return None
        return self.wait(look, f'the row “{name}”')

    def go_to(self, row, column):
        """Puts the cursor of the grid into a cell. A grid that is still being laid out moves under
        the pointer, and the keyboard may still be on its way to the window, so a press that missed
        is made again."""
        for attempt in range(5):
            if attempt > 0:
                self.focus()
            self.click(self.cell(row, column))
            try:
                return self.wait(lambda: self.cell(row, column).has('focused'),
                                 f'the cursor in “{row}, {column}”', LIMIT / 5)
            except Failure:
                if attempt == 4:
                    raise

    def walk_to(self, row, column):
        """The same by F6 and arrows, hearing each cell."""
        def cursor():
            node = self.focused()
            return node if node is not None and node.role == 'table cell' else None
        for _ in range(8):
            if cursor() is not None:
                break
            before = self.focused()
            self.key('F6')
            with contextlib.suppress(Failure):
                self.wait(lambda: before is None or self.focused() is None or
                          self.focused().path != before.path, 'the focus to move', 1)
        self.wait(cursor, 'the cursor of the grid')
        target = re.compile('^' + re.escape(row) + r'.*, ' + re.escape(column) + r'\b')
        self.key('ctrl+Home')
        for key, there in (('Down', lambda: cursor().name.startswith(row)),
                           ('Right', lambda: target.search(cursor().name))):
            for _ in range(80):
                self.wait(cursor, 'the cursor')
                if there():
                    break
                before = cursor().name
                self.key(key)
                with contextlib.suppress(Failure):
                    self.wait(lambda: cursor() is not None and cursor().name != before,
                              'the cursor to move', 1)
        if not target.search(cursor().name):
            raise Failure(f'the arrows do not come to “{row}, {column}”, but to “{cursor().name}”')

    # --- the file, as others see it -----------------------------------------------------------

    def _ctl(self, arguments, status):
        result = subprocess.run(self.uninstalled('kilterctl', *arguments), env=self.environment,
                                cwd=self.work, timeout=120, encoding='utf-8',
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if result.returncode != status:
            raise Failure(f'kilterctl {" ".join(arguments)}: {result.returncode}\n{result.stderr}')
        return result

    def ctl(self, *arguments, status=0):
        return self._ctl(arguments, status).stdout

    def ctl_says(self, *arguments, status=0):
        """What it says to people, on standard error."""
        return self._ctl(arguments, status).stderr

    def rows(self, *arguments):
        return list(csv.DictReader(io.StringIO(self.ctl(*arguments, '--format', 'csv'))))

    def show(self, plan, measure, *arguments):
        """Values by period of one row."""
        rows = (list(row.values()) for row in self.rows('show', plan, measure, '--long', *arguments))
        return {row[-2]: float(row[-1]) if row[-1] else None for row in rows}

    def check_file(self, plan):
        self.ctl('check', plan)
