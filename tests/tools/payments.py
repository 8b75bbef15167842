# SPDX-License-Identifier: GPL-3.0-or-later
"""The journeys that pay bills, for journeys.py: what is touched between home and the slip, and what
the payer's phone does meanwhile."""

import shutil
import time

from program import wait_until

PAGE_SECONDS = 15
SLIP_SECONDS = 30
UNKNOWN_SECONDS = 40
PAYMENT_CODE = "134567890123456789"
DONE = "done"
SHOW_IT = "请亮付款码付款"


def look_up(walk):
    """The bills, and those of them that are to be paid."""
    walk.go("pay", "bills", "home_to_bills")
    walk.kiosk.rest()
    walk.shoot("bills-untouched")
    for bill in walk.stand.list_bills(walk.journey.resident)[:walk.journey.bills]:
        walk.turn_to(bill)
        walk.tap(bill)
    walk.kiosk.rest()
    walk.shoot("bills")
    walk.go("pay", "pay", "touch_to_order")
    walk.kiosk.wait("check", PAGE_SECONDS)
    walk.kiosk.rest()


def pay_by_scan(walk):
    """The phone scans the order's code."""
    walk.shoot("pay")
    since = time.monotonic()
    walk.stand.ask_platform("phone scan")
    walk.arrive("paid", since, "phone_to_paid")


def pay_by_code(walk, before):
    """The phone shows a payment code, and the answer is lost: nobody knows, until the platform
    answers again."""
    walk.tap("show")
    walk.kiosk.wait(SHOW_IT, PAGE_SECONDS)
    walk.kiosk.rest()
    walk.shoot("pay-show")
    walk.stand.ask_platform("fault drop-after all")
    walk.stand.show_text(PAYMENT_CODE)
    walk.kiosk.wait(".pay-unknown", UNKNOWN_SECONDS)
    walk.note_span("code_frame_to_unknown", walk.stand.camera.shown_at(), time.monotonic())
    walk.stand.show_nothing()
    walk.kiosk.rest()
    walk.shoot("pay-unknown-at-first")
    keep_slip(walk, before, "pending-slip")
    walk.kiosk.rest()
    walk.shoot("pay-unknown")
    walk.stand.ask_platform("fault none")
    walk.arrive("paid", time.monotonic(), "answer_to_paid")


def keep_slip(walk, before, name):
    """The slip as a picture, and as the printer got it."""
    slip, picture = walk.stand.wait_paper(before)
    shutil.copy(slip, walk.folder / f"{name}.bin")
    shutil.copy(picture, walk.folder / f"{name}.png")


def run(walk):
    """From home to the slip of what was paid."""
    walk.begin()
    walk.sign_in_at_home()
    look_up(walk)
    before = walk.stand.count_papers()
    if walk.journey.way == "show":
        pay_by_code(walk, before)
        before += 1
    else:
        pay_by_scan(walk)
    keep_slip(walk, before, "receipt")
    walk.kiosk.rest()
    walk.shoot("paid")
    wait_until(lambda: walk.kiosk.find(DONE) is not None, "the end of the slip", SLIP_SECONDS)
    walk.end(DONE)
