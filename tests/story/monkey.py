# monkey.py: somebody presses anything anywhere; the application stays, says nothing, and keeps the plan whole
# SPDX-License-Identifier: GPL-3.0-or-later
#
# KILTER_MONKEY_ACTIONS (300) and KILTER_MONKEY_SEED (1) may be set; the same seed does the same as long as the
# application is as quick.
import os
import random
import re
import subprocess
import time

from story import Failure, Story  # first: it names the versions

from gi.repository import Gio, GLib

ACTIONS = int(os.environ.get('KILTER_MONKEY_ACTIONS', '300'))
SEED = int(os.environ.get('KILTER_MONKEY_SEED', '1'))
BATCH = 8
CHECK_EVERY = 25  # batches

MOVES = ['Tab', 'shift+Tab', 'Up', 'Down', 'Left', 'Right', 'Home', 'End', 'Page_Up', 'Page_Down', 'F6', 'shift+F6',
         'shift+Down', 'shift+Right', 'ctrl+Home', 'ctrl+End', 'ctrl+Right', 'ctrl+Down']
KEYS = ['Return', 'Return', 'space', 'Escape', 'Escape', 'Delete', 'BackSpace', 'F2', 'F8', 'F9', 'ctrl+F9', 'F10',
        'Menu', 'ctrl+z', 'ctrl+z', 'ctrl+shift+z', 'ctrl+c', 'ctrl+x', 'ctrl+v', 'ctrl+a', 'ctrl+d', 'ctrl+r',
        'ctrl+k', 'ctrl+f', 'ctrl+i', 'ctrl+n', 'ctrl+u', 'ctrl+comma', 'ctrl+question', 'ctrl+shift+s', 'F1',
        'ctrl+Page_Down', 'ctrl+Page_Up', 'ctrl+plus', 'ctrl+minus', 'ctrl+0', 'ctrl+1', 'ctrl+2', 'ctrl+3', 'ctrl+4',
        'ctrl+5', 'ctrl+6', 'alt+Left', 'alt+Right']
TEXTS = ['7', '+24', '-10%', '*1.2', '=120+24', '1e9', '-5', '0', 'abc', '1.2k', '99999999999', 'é', ',', '.5']
# what ends the session, or opens what belongs to the desktop
LEFT_ALONE = ('Close', 'Quit', 'Maximize', 'Minimize')
# what screen readers act on; menus they open and then use by keys
ROLES = ('button', 'push button', 'toggle button', 'check box', 'radio button', 'switch', 'page tab')
# faults of the toolkit, without harm: its own file chooser closed while it reads a folder, which portals do not
# have; a button that goes away while it is pressed. And a print preview where no viewer is installed
KNOWN = re.compile(r"gtk_box_remove: assertion 'GTK_IS_BOX|Broken accounting of active state|"
                   r"Error launching preview")


def anything(chance, width, height):
    """One action for the keyboard or the pointer, as arguments of xdotool."""
    kind = chance.random()
    place = [str(chance.randrange(width)), str(chance.randrange(height))]
    if kind < 0.3:
        return ['key', chance.choice(MOVES)]
    if kind < 0.55:
        return ['key', chance.choice(KEYS)]
    if kind < 0.65:
        return ['type', '--delay', '2', chance.choice(TEXTS)]
    if kind < 0.87:
        return ['mousemove', *place, 'click', chance.choice('11111113')]
    if kind < 0.92:
        return ['mousemove', *place, 'click', '--repeat', '2', '--delay', '20', '1']
    if kind < 0.96:
        return ['mousemove', *place, 'click', '--repeat', '3', chance.choice('4567')]
    # not from the title bar: nobody but us would bring the window back
    return ['mousemove', place[0], str(chance.randrange(60, height)), 'mousedown', '1', 'mousemove', str(chance.randrange(width)),
            str(chance.randrange(height)), 'mouseup', '1']


def act(story, chance):
    """One action of the accessibility tree."""
    nodes = [node for window in story.windows() for node in window.walk(into_tables=False)
             if node.role in ROLES and node.has('sensitive') and node.name not in LEFT_ALONE]
    for node in chance.sample(nodes, min(len(nodes), 12)):
        if node.can_act:
            node.act()
            return f'{node.role} “{node.name}”'
    return 'nothing'


def check_messages(story):
    bad = [line for line in story.messages().splitlines()
           if ('WARNING' in line or 'CRITICAL' in line or 'ERROR' in line) and not KNOWN.search(line)]
    if bad:
        raise Failure('the application complained:\n' + '\n'.join(bad[:20]))


def look(story, plan, log):
    """The file as it was published last."""
    story.ctl('check', plan)
    del log[:-40]


def go_on(story, plan):
    """A window that was closed is opened again; one that was put aside comes back to its corner."""
    visible = story.window_ids()
    if story.is_alive() and not visible:
        # closed, and the file being written; or minimized
        for _ in range(40):
            if not story.is_alive():
                break
            time.sleep(0.1)
        else:
            for window in story.xdotool('search', '--pid', str(story.process.pid), '--class', 'kilter'):
                story.xdotool('windowmap', window)
            visible = story.wait(story.window_ids, 'a window')
    if visible:
        story.xdotool('windowmove', visible[0], '0', '0')
        return
    if story.process.returncode != 0:
        raise Failure(f'the application ended with {story.process.returncode}:\n{story.messages()[-4000:]}')
    check_messages(story)
    story.start(plan)


def end(story):
    """In good order: by the action that the desktop calls. A dialog that is open keeps its window."""
    for _ in range(12):
        for window in story.window_ids():
            story.xdotool('windowfocus', '--sync', window, 'key', 'Escape')
        time.sleep(0.3)
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    bus.call_sync('io.github.kilter_sop.Kilter', '/io/github/kilter_sop/Kilter', 'org.gtk.Actions', 'Activate',
                  GLib.Variant('(sava{sv})', ('quit', [], {})), None, Gio.DBusCallFlags.NONE, 20000, None)
    try:
        status = story.process.wait(60)
    except subprocess.TimeoutExpired:
        raise Failure('the application does not end') from None
    if status != 0:
        raise Failure(f'the application ended with {status}:\n{story.messages()[-4000:]}')
    check_messages(story)
    story.process = None


def run(story, plan, log):
    chance = random.Random(SEED)
    for batch in range((ACTIONS + BATCH - 1) // BATCH):
        check_messages(story)
        go_on(story, plan)
        arguments = [anything(chance, 1440, 900) for _ in range(BATCH - 1)]
        log.append(' · '.join(' '.join(argument) for argument in arguments))
        story.xdotool(*[word for argument in arguments for word in argument])
        try:
            log.append(act(story, chance))
        except GLib.Error:  # it went away meanwhile
            pass
        if chance.random() < 0.2 and story.is_alive():
            story.xdotool('key', 'Escape', 'Escape', 'Escape')
            if story.window_ids():
                story.focus()
        if batch % CHECK_EVERY == CHECK_EVERY - 1:
            look(story, plan, log)


with Story('monkey') as story:
    story.environment['G_DEBUG'] = 'gc-friendly'  # messages are looked at after each batch
    plan = story.sample()
    done = []
    story.start(plan)
    try:
        run(story, plan, done)
        go_on(story, plan)
        end(story)
        story.ctl('check', plan)
    except Failure:
        print('\n'.join(done[-40:]))
        raise
    print(f'monkey: {ACTIONS} actions, seed {SEED}')
