# SPDX-License-Identifier: GPL-3.0-or-later
"""The journeys that end in a record or on A4, for journeys.py: what is touched between home and the
sheets, and what is kept of it."""

import shutil
import time

from program import wait_until

PAGE_SECONDS = 15
SHEETS_SECONDS = 60
STATEMENT = "statement"


def look_up(walk):
    """A record: veiled first, then as the person asked for it, then one part of it closely."""
    walk.go(walk.journey.service, "record", "home_to_record")
    walk.shoot("fund-veiled")
    walk.tap("reveal")
    walk.kiosk.rest()
    walk.shoot("fund")
    if walk.journey.section:
        walk.turn_to(walk.journey.section)
        walk.tap(walk.journey.section)
        walk.kiosk.rest()
        walk.shoot("fund-section")
        walk.tap("back")
        walk.kiosk.rest()


def choose(walk):
    """Which paper; the person comes at the identify page."""
    walk.go("papers", "identify", "home_to_identify")
    walk.sign_in()
    walk.arrive("papers", time.monotonic(), "agree_to_papers")
    walk.shoot("papers")


def preview(walk):
    key = walk.journey.paper if walk.journey.service == "papers" else f"paper-{walk.journey.paper}"
    walk.turn_to(key)
    walk.go(key, "preview", "touch_to_preview")
    walk.shoot("certificate-veiled")
    walk.tap("show")
    walk.kiosk.rest()
    walk.shoot("certificate-preview")


def print_sheets(walk):
    """Until the paper lies in the tray; keeps what was sent to the printer."""
    before = len(walk.stand.list_documents())
    since = time.monotonic()
    walk.go("print", "sheets", "touch_to_printing")
    walk.shoot("certificate-printing")
    wait_until(lambda: any(walk.kiosk.find(key) for key in ("got-all", "finish")),
               "the sheets to be out", SHEETS_SECONDS)
    walk.note_span("touch_to_sheets", since, time.monotonic())
    walk.kiosk.rest()
    walk.shoot("certificate-printed")
    documents = walk.stand.list_documents()
    shutil.copy(documents[before], walk.folder / "certificate.pdf")
    walk.sheets = len(walk.stand.read_sheets())


def leave(walk):
    if walk.kiosk.find("got-all"):
        walk.tap("got-all")
        walk.kiosk.wait("finish", PAGE_SECONDS)
    walk.end()


def run(walk):
    """From home to the tray."""
    walk.begin()
    if walk.journey.service == "papers":
        choose(walk)
    else:
        walk.sign_in_at_home()
        look_up(walk)
    preview(walk)
    print_sheets(walk)
    leave(walk)
