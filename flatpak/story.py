# story.py: the installed Flatpak at work, through portals only. Called by drive.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import subprocess
import sys
import time

SOURCE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'story'))
from story import ACCESSIBLE, Failure, GLib, ROOT, Story  # noqa: E402

ID = 'io.github.kilter_sop.Kilter'


class Flatpak(Story):
    """The story of an application in a sandbox: it has another process number inside, its windows
    are known by their class, and its file dialogs belong to the portal."""

    def __init__(self, name, out):
        super().__init__(name, out)
        self.out = out

    def __enter__(self):
        super().__enter__()
        for name in ('STATE', 'DATA', 'CONFIG', 'CACHE'):
            self.environment.pop(f'XDG_{name}_HOME', None)
        for name in ('KILTER_LIBEXECDIR', 'GSETTINGS_BACKEND', 'GIO_USE_VFS'):
            self.environment.pop(name, None)
        self.documents = self.path('Documents')
        os.mkdir(self.documents)
        return self

    def uninstalled(self, program, *arguments):
        """Files of the host are handed over one by one, as a file manager does."""
        files = [part for argument in arguments for part in (
            ('@@', argument, '@@') if os.path.exists(argument) else (argument,))]
        return ['flatpak', 'run', '--user', '--file-forwarding', f'--command={program}', ID, *files]

    def windows(self):
        if self.name_on_bus is None:
            for name in self.bus.applications():
                try:
                    if self.bus.get(name, ROOT, ACCESSIBLE, 'Name') in ('kilter', ID):
                        self.name_on_bus = name
                except GLib.Error:
                    pass
        return self.bus.tree(self.name_on_bus) if self.name_on_bus is not None else []

    def window_ids(self):
        return self.xdotool('search', '--onlyvisible', '--class', 'kilter')

    def dialog(self, title):
        """The portal's dialog has the keyboard once it is there."""
        found = self.wait(lambda: self.xdotool('search', '--onlyvisible', '--name', f'^{title}$'),
                          f'the dialog “{title}” of the portal')
        self.xdotool('windowfocus', '--sync', found[-1])
        return found[-1]

    def answer_file_dialog(self, title, path):
        window = self.dialog(title)
        self.picture('dialog-' + re.sub('[^a-z]+', '-', title.lower()))
        if title == 'Open Plan':
            self.key('ctrl+l')
        self.key('ctrl+a')
        self.type(path)
        time.sleep(1)  # names are completed while somebody types
        self.key('alt+o' if title == 'Open Plan' else 'alt+s')
        self.wait(lambda: window not in self.xdotool('search', '--onlyvisible', '--name', f'^{title}$'),
                  f'the dialog “{title}” to close')
        self.focus()

    def picture(self, name):
        self.pictures = getattr(self, 'pictures', 0) + 1
        self.screenshot(os.path.join(self.out, f'{self.pictures:02}-{name}.png'))

    def inside(self, script):
        """What a shell in the sandbox says."""
        return subprocess.run(['flatpak', 'run', '--user', '--command=sh', ID, '-c', script], env=self.environment,
                              cwd=self.work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120,
                              encoding='utf-8', errors='replace').stdout


REACH = r'''
echo "# network interfaces, and a connection"; sed -n '3,$s/:.*//p' /proc/net/dev
(exec 3<>/dev/tcp/9.9.9.9/53) 2>/dev/null && echo connected || echo "no connection"
echo "# the home folder of the user"; ls -A "$HOME" 2>&1
echo "# /home, /root, /media, /mnt, /run/media"; ls -A /home /root /media /mnt /run/media 2>&1
echo "# the host's files"; ls -A /run/host 2>&1
echo "# what is mounted for writing"; awk '$4 ~ /^rw/ && $3 !~ /^(proc|devpts|mqueue)$/ { print $2, $3 }' /proc/mounts
echo "# devices"; ls -A /dev
echo "# documents it was given"; ls -A "$XDG_RUNTIME_DIR/doc" 2>&1
echo "# names on the session bus"
if command -v gdbus >/dev/null; then
  gdbus call --session --dest org.freedesktop.DBus --object-path / --method org.freedesktop.DBus.ListNames |
    tr -d "[](),'" | tr ' ' '\n' | grep -v '^:' | sort
fi
echo "# processes"; ls /proc | grep -c '^[0-9]'
echo "# capabilities"; grep -E '^(Cap(Eff|Bnd)|NoNewPrivs|Seccomp):' /proc/self/status
'''


def check_reach(story):
    """Writes the log, and holds it against what is promised."""
    secret = story.path('secret.txt')
    with open(secret, 'w', encoding='utf-8') as file:
        file.write('not for the application')
    permissions = subprocess.run(['flatpak', 'info', '--user', '--show-permissions', ID], env=story.environment,
                                 stdout=subprocess.PIPE, encoding='utf-8', check=True).stdout
    reach = story.inside(REACH + f'\necho "# a file of the user"; cat "{secret}" 2>&1; echo x 2>&1 >>"{secret}"\n')
    with open(os.path.join(story.out, 'reach.log'), 'w', encoding='utf-8') as file:
        file.write('# permissions\n' + permissions + '\n' + reach)
    if re.search(r'filesystems=|network|\[Session Bus Policy\]|\[System Bus Policy\]|devices=.*all', permissions):
        raise Failure(f'it asks for more than portals:\n{permissions}')
    if 'not for the application' in reach or open(secret, encoding='utf-8').read() != 'not for the application':
        raise Failure('a file of the user can be reached')
    interfaces = re.search(r'and a connection\n(.*?)no connection', reach, re.S)
    if interfaces is None or interfaces[1].split() not in ([], ['lo']):
        raise Failure(f'there is a network:\n{reach}')
    names = re.search(r'session bus\n(.*?)^# ', reach, re.S | re.M)[1].split()
    others = [name for name in names if not re.match(
        r'org\.freedesktop\.(DBus|portal\..*)$|org\.a11y\.|' + re.escape(ID), name)]
    if others:
        raise Failure(f'it sees others on the bus: {others}')


def pdf_pages(path):
    info = subprocess.run(['pdfinfo', path], check=True, stdout=subprocess.PIPE, encoding='utf-8')
    return int(re.search(r'Pages:\s+(\d+)', info.stdout)[1])


def print_to_file(story, path):
    """The portal's print dialog. A file is its first printer, and the only one where there is none."""
    window = story.dialog('Print')
    story.picture('dialog-print')

    def chooser():
        return story.xdotool('search', '--onlyvisible', '--name', '^Select a filename$')

    def ask_for_file():
        story.xdotool('mousemove', '--window', window, '80', '86', 'click', '1')
        time.sleep(1)  # it asks the printer what it can do, and makes room for the file
        story.xdotool('mousemove', '--window', window, '137', '296', 'click', '1')
        time.sleep(1)
        return chooser()
    story.wait(ask_for_file, 'the printer that is a file')
    story.xdotool('windowfocus', '--sync', chooser()[-1])
    story.key('ctrl+a')
    story.type(path)
    time.sleep(1)  # names are completed while somebody types
    story.key('alt+s')
    story.wait(lambda: not chooser(), 'the name of the file to be taken')
    story.xdotool('windowfocus', '--sync', window)
    story.picture('print-to-file')
    story.key('alt+p')
    story.wait(lambda: not story.xdotool('search', '--onlyvisible', '--name', '^Print$'), 'the dialog “Print” to close')
    story.focus()
    story.wait(lambda: os.path.exists(path) and subprocess.run(
        ['pdfinfo', path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0, f'{path}, whole')


with Flatpak('flatpak', sys.argv[1]) as story:
    plan = os.path.join(story.documents, 'Bluebird.kilter')
    inner = story.inside('kilterctl new "$XDG_DATA_HOME/plan.kilter" --sample')
    os.rename(os.path.join(story.work, '.var/app', ID, 'data/plan.kilter'), plan)
    check_reach(story)

    # the start window, a plan by the portal's dialog
    story.start()
    story.sees('Plan Sales and Operations Together')
    story.picture('start')
    story.key('ctrl+o')
    story.answer_file_dialog('Open Plan', plan)
    story.find('button', re.compile('Undo|Redo'))
    story.sees('Supply Review is open')
    story.picture('overview')

    # a number is changed; the user's own file has it
    july = ('--from', '2026-07', '--to', '2026-07')
    old = story.show(plan, 'final', *july)['2026-07']
    base = old - story.show(plan, 'override', *july)['2026-07']
    story.open_view(1, 'Data & Forecast')
    story.reopen()
    story.go_to('Override, change', 'July 2026')
    story.type('+24')
    story.key('Return')
    story.wait(lambda: '+24,' in story.cell('Override, change', 'July 2026').name, 'the new number')
    story.wait(lambda: abs(story.show(plan, 'final', *july)['2026-07'] - (base + 24000)) < 1e-6,
               'the file to have the new number')
    story.picture('override')
    story.check_file(plan)

    # a copy of it, a table and the pack, each where the portal's dialog says
    def by_command(text, title, path):
        story.key('ctrl+k')
        story.wait(lambda: story.find_all('dialog', 'Search') and story.focused().role in ('entry', 'text'),
                   'the search')
        story.type(text)
        story.wait(lambda: [item.name for item in story.find_all('list item', None, ('dialog', 'Search'))][:1] == [text],
                   f'“{text}” to be found')
        story.key('Return')
        story.answer_file_dialog(title, path)
        story.wait(lambda: os.path.exists(path) and os.path.getsize(path) > 0, path)

    copy = os.path.join(story.documents, 'Copy.kilter')
    by_command('Save a Copy', 'Save a Copy', copy)
    story.sees('Copy saved')
    story.check_file(copy)
    if story.ctl('export', copy, 'final') != story.ctl('export', plan, 'final'):
        raise Failure('the copy is another plan')
    table = os.path.join(story.documents, 'Forecast.csv')
    by_command('Export Table', 'Export Table', table)
    if 'July' not in open(table, encoding='utf-8-sig').read() and '2026-07' not in open(table, encoding='utf-8-sig').read():
        raise Failure('the exported table has no July')

    story.press(story.find('list item', 'Meeting Packs'))
    pages = int(story.sees(r', (\d+) pages')[1])
    story.picture('pack')
    pack = os.path.join(story.documents, 'Pack.pdf')
    story.key('ctrl+shift+p')
    story.answer_file_dialog('Export PDF', pack)
    story.sees('Saved “Pack.pdf”')
    if pdf_pages(pack) != pages:
        raise Failure(f'{pdf_pages(pack)} pages are in the file, {pages} on the screen')

    # printed to a file by the portal's print dialog
    printed = os.path.join(story.documents, 'Printed.pdf')
    story.key('ctrl+p')
    print_to_file(story, printed)
    if pdf_pages(printed) != pages:
        raise Failure(f'{pdf_pages(printed)} pages are printed, {pages} on the screen')

    # nothing but the files that were asked for lies beside the plan
    left = sorted(os.listdir(story.documents))
    if left != ['Bluebird.kilter', 'Copy.kilter', 'Forecast.csv', 'Pack.pdf', 'Printed.pdf']:
        raise Failure(f'beside the plan lies {left}')
    story.check_file(plan)
    story.quit()
    log = open(os.path.join(story.out, 'reach.log'), encoding='utf-8').read()
    print(f'flatpak: {len(log.splitlines())} lines on what can be reached in {story.out}/reach.log')
