# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong in a visit, and its page: the part of the demonstration beside the straight way.

Every trouble is a function of a Walk that begins on the home page and ends there. STANDS are the
stands on which they happen; one runs five times faster, so that nobody waits for an idle visit to
end.
"""

from program import wait_until

# The question "are you still there" comes 5 s, so in real time 1 s, after the last touch.
QUICK = "[screen]\nidle-ms=35000\nwarn-ms=30000\n"
PAGE_SECONDS = 20
PAYMENT_CODE = "281234567890123456"


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


def sheets_end(walk):
    """The A4 printer is empty: who wants a certificate is told before anything else."""
    walk.stand.ask_sheets("paper end")
    walk.kiosk.wait("缺纸", PAGE_SECONDS)
    walk.shoot("home-without-sheets")
    walk.tap("papers")
    walk.kiosk.wait(".no-sheets", PAGE_SECONDS)
    walk.kiosk.rest()
    walk.shoot("no-sheets")
    walk.stand.ask_sheets("paper ok")
    walk.tap("home")


def go_to_identify(walk):
    for key in ("queue", "social", "choose", "next"):
        walk.tap(key)
    walk.kiosk.wait(".identify", PAGE_SECONDS)


def wrong_code(walk):
    """A payment code first; then the right one, before which nothing is touched."""
    go_to_identify(walk)
    walk.stand.show_text(PAYMENT_CODE)
    walk.kiosk.wait("这是付款码", PAGE_SECONDS)
    walk.shoot("payment-code")
    walk.stand.show_code("wei-youhao")
    walk.kiosk.wait(".ticket", PAGE_SECONDS)
    walk.stand.show_nothing()
    walk.tap("finish")


def camera_gone(walk):
    """Unplugged and back, on the page that waits for a code."""
    go_to_identify(walk)
    walk.kiosk.wait("正在找二维码", PAGE_SECONDS)
    walk.stand.camera.ask("unplug")
    walk.kiosk.wait("没有找到摄像头", PAGE_SECONDS)
    walk.shoot("camera-gone")
    walk.stand.camera.ask("plug")
    walk.kiosk.wait("正在找二维码", PAGE_SECONDS)
    walk.tap("exit")


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
    ("sheets-end", sheets_end),
    ("platform-gone", platform_gone),
    ("core-gone", core_gone),
)
CODE_TROUBLES = (
    ("wrong-code", wrong_code),
    ("camera-gone", camera_gone),
)
# Speed, settings, what happens.
STANDS = ((5, QUICK, TROUBLES), (1, "", CODE_TROUBLES))
