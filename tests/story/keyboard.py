# keyboard.py: everything by keys; the focus is never lost, nobody complains
# SPDX-License-Identifier: GPL-3.0-or-later
import re

from story import Failure, Story


def describe(node):
    return f'{node.role} “{node.name}” {node.bounds}' if node is not None else 'nothing'


def need_focus(story, after):
    try:
        return story.wait(story.focused, 'the focus')
    except Failure:
        raise Failure(f'nothing has the focus after {after}') from None


def walk_regions(story, view):
    """F6 goes round, and back to where it began."""
    stops = []
    for _ in range(10):
        story.key('F6')
        node = need_focus(story, f'F6 in {view}, from {stops[-1:]}')
        stop = (node.role, node.name, node.bounds)
        if stop in stops:
            break
        stops.append(stop)
    else:
        raise Failure(f'F6 does not come round in {view}: {stops}')
    if len(stops) < 2:
        raise Failure(f'F6 stays where it is in {view}: {stops}')
    story.key('shift+F6')
    need_focus(story, f'Shift+F6 in {view}')
    return stops


def walk_tab(story, view, n=12):
    for i in range(n):
        story.key('Tab')
        need_focus(story, f'{i + 1} × Tab in {view}')


def dialogs(story):
    for keys, title in (('ctrl+k', 'Search'), ('ctrl+comma', 'Preferences'),
                        ('ctrl+question', 'Keyboard Shortcuts'), ('ctrl+i', 'Import'),
                        ('ctrl+shift+s', 'Scenario'), ('ctrl+n', 'New Plan')):
        before = len(story.find_all('dialog'))
        story.key(keys)
        story.wait(lambda: len(story.find_all('dialog')) > before, f'the dialog {title}')
        need_focus(story, keys)
        for _ in range(4):
            story.key('Tab')
            need_focus(story, f'Tab in {title}')
        story.key('Escape')
        story.wait(lambda: len(story.find_all('dialog')) == before, f'the dialog {title} to close')
        need_focus(story, f'closing {title}')


with Story('keyboard') as story:
    plan = story.sample()
    story.start(plan)
    story.find('button', 'Redo')
    views = [item.name for item in story.find('list', 'Views').find_all('list item')]
    if len(views) < 6:
        raise Failure(f'views are missing: {views}')
    story.key('ctrl+1')  # away from the first, so that Ctrl+0 has something to do
    for number in range(7):
        title = re.compile('^Overview$' if number == 0 else f'^Step {number} of 6')
        if not any(title.search(view) for view in views):
            continue
        story.key(f'ctrl+{number}')
        story.wait(lambda: [item for item in story.find_all('list item', title)
                            if item.has('selected')], f'Ctrl+{number} to show its view')
        need_focus(story, f'Ctrl+{number}')
        walk_regions(story, f'view {number}')
        walk_tab(story, f'view {number}')
        # the pages of the view, there and back
        for keys in ('ctrl+Page_Down', 'ctrl+Page_Down', 'ctrl+Page_Up', 'ctrl+u', 'F8'):
            story.key(keys)
            need_focus(story, f'{keys} in view {number}')
        story.check_messages()

    # the sidebar and the inspector come and go
    story.key('ctrl+1')
    story.find('toggle button', 'Hide Inspector')
    story.key('F9')
    story.gone('list', 'Views')
    need_focus(story, 'F9')
    story.key('F9')
    story.find('list', 'Views')
    story.key('ctrl+F9')
    story.gone('toggle button', 'Hide Inspector')
    need_focus(story, 'Ctrl+F9')
    story.key('ctrl+F9')
    story.find('toggle button', 'Hide Inspector')

    dialogs(story)
    story.quit()
