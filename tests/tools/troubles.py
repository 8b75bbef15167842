# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong in a visit, and its page: the part of the demonstration beside the straight way.

Every trouble is a function of a Walk that begins on the home page and ends there. The stand runs
five times faster, so that nobody waits for an idle visit to end.
"""

from program import wait_until

SPEED = 5
# The question "are you still there" comes 5 s, so in real time 1 s, after the last touch.
SETTINGS = "[screen]\nidle-ms=35000\nwarn-ms=30000\n"
PAGE_SECONDS = 20


def idle_visit(walk):
    walk.tap("queue")
    walk.kiosk.wait("stay", PAGE_SECONDS)
    walk.shoot("session-ending")
    walk.tap("leave")


def foreign_card(walk):
    walk.stand.insert("sun-yinhang")
    walk.kiosk.wait(".notice", PAGE_SECONDS)
    walk.shoot("foreign-card")
    walk.stand.pull()


def early_goodbye(walk):
    walk.stand.insert("li-ceshi")
    walk.tap("agree")
    walk.tap("queue")
    walk.kiosk.wait(".choose", PAGE_SECONDS)
    walk.stand.pull()
    walk.kiosk.wait(".notice", PAGE_SECONDS)
    walk.shoot("card-out")


def paper_end(walk):
    walk.stand.ask_printer("paper end")
    for key in ("queue", "general", "choose", "next", "anonymous"):
        walk.tap(key)
    walk.kiosk.wait(".ticket", PAGE_SECONDS)
    walk.kiosk.rest()
    walk.shoot("ticket-without-paper")
    walk.stand.ask_printer("paper ok")
    walk.tap("finish")


def platform_gone(walk):
    walk.stand.kill("jumin-sandbox")
    walk.kiosk.wait(".out-of-service", PAGE_SECONDS)
    walk.shoot("out-of-service")
    walk.stand.restart("jumin-sandbox")


def core_gone(walk):
    walk.stand.kill("jumin-core")
    walk.kiosk.wait("One moment, please", PAGE_SECONDS)
    walk.shoot("core-away")
    walk.stand.restart("jumin-core")
    wait_until(lambda: walk.kiosk.find("One moment, please") is None, "the core to be back")


TROUBLES = (
    ("idle-visit", idle_visit),
    ("foreign-card", foreign_card),
    ("early-goodbye", early_goodbye),
    ("paper-end", paper_end),
    ("platform-gone", platform_gone),
    ("core-gone", core_gone),
)
