# widths.py: every page at every width: nothing is wider than its place (the toolkit would say so, and end)
# SPDX-License-Identifier: GPL-3.0-or-later
import time

from story import Story

with Story('widths') as story:
    story.start(story.sample())
    story.find('button', 'Redo')
    for width in (1250, 1100, 940, 700, 600, 400):
        story.xdotool('windowsize', '--sync', story.window_ids()[-1], str(width), '800')
        for view in range(7):
            story.key(f'ctrl+{view}')
            for _ in range(4 if view > 0 else 1):
                time.sleep(0.3)  # a page is laid out when it is drawn
                story.check_messages()
                story.key('ctrl+Page_Down')
    story.quit()
