#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks the kiosk through its journeys with real touches and leaves a picture of every page.

    journeys.py BUILD_DIR OUT_DIR [NAME…]

In OUT_DIR: home.png, consent.png … of the journeys in the standard display, a folder for each
other display, ticket-paper.png, receipt.png and their bytes (what the ticket printer got),
certificate.pdf (what the A4 printer got), and summary.json.
The journeys are the rows of JOURNEYS and troubles.py. Ends with 1 if one did not come to its end.
"""

import dataclasses
import json
import pathlib
import shutil
import sys
import time
import traceback

import papers
import payments
import troubles
from kiosk import KioskError
from program import StandError, wait_until
from stand import Stand

PAGE_SECONDS = 15
PAGES_MAX = 8
NEXT_PAGE = ("下一页", "Next")
STEADY = ("拿稳", "Hold it still")
PORTRAIT, LANDSCAPE, SMALL = "1080x1920", "1920x1080", "1024x768"


@dataclasses.dataclass(frozen=True)
class Journey:
    """From home to the number, to sheets (papers.py), or to paid bills (payments.py). Keys are the six of the
    screen's bottom; matter, service, section and paper are ids of the platform's."""

    name: str
    matter: str
    resident: str = ""
    identify: str = ""      # "anonymous", "card", "code", "number": what is done on that page
    phone: str = ""         # whose number is typed, and whose phone gets the code
    size: str = PORTRAIT
    keys: tuple = ()
    folder: str = ""
    phone_style: str = "moving"  # how a phone with a code is held (phone-picture)
    service: str = "queue"
    section: str = ""       # of a record
    paper: str = ""         # what is printed
    bills: int = 0          # so many are paid (payments.py)
    way: str = "scan"       # how, "show": with a code on the phone


JOURNEYS = (
    Journey("without-identity", "general", identify="anonymous"),
    Journey("code", "social", resident="chu-yuyue", identify="code"),
    Journey("card", "fund", resident="li-ceshi"),
    Journey("card-at-identify", "social", resident="wang-yidai", identify="card",
            folder="card-at-identify"),
    Journey("number", "social", identify="number", phone="chen-bianhao", folder="number"),
    Journey("locked-card", "social", resident="zhao-suoding", folder="locked-card"),
    Journey("code-elder", "social", resident="zheng-liushi", identify="code", keys=("elder",),
            folder="code-elder"),
    Journey("code-english", "social", resident="montgomery", identify="code", keys=("language",),
            folder="code-english"),
    Journey("code-landscape", "social", resident="he-qian", identify="code", size=LANDSCAPE,
            folder="code-landscape"),
    Journey("elder", "fund", resident="zheng-liushi", keys=("elder",), folder="elder"),
    Journey("english", "social", resident="liu-yan", keys=("language",), folder="english"),
    Journey("contrast", "fund", resident="he-qian", keys=("contrast",), folder="contrast"),
    Journey("reach", "fund", resident="wu-wujiu", keys=("reach",), folder="reach"),
    Journey("landscape", "fund", resident="abudu-kelimu", size=LANDSCAPE, folder="landscape"),
    Journey("1024x768", "fund", resident="jiang-waisheng", size=SMALL, folder="1024x768"),
    Journey("fund", "", resident="wang-yidai", service="fund", section="fund-lines",
            paper="fund-deposit"),
    Journey("fund-elder", "", resident="wu-wujiu", keys=("elder",), service="fund",
            section="fund-lines", paper="fund-deposit", folder="fund-elder"),
    Journey("fund-english", "", resident="montgomery", keys=("language",), service="fund",
            paper=papers.STATEMENT, folder="fund-english"),
    Journey("fund-landscape", "", resident="li-ceshi", size=LANDSCAPE, service="fund",
            section="fund-lines", paper=papers.STATEMENT, folder="fund-landscape"),
    Journey("social", "", resident="he-qian", keys=("contrast",), service="social",
            paper="social-insured", folder="social"),
    Journey("papers", "", resident="chen-bianhao", identify="card", service="papers",
            paper="fund-settled", folder="papers"),
    Journey("pay-unknown", "", resident="wei-youhao", service="pay", bills=2, way="show"),
    Journey("pay", "", resident="li-ceshi", service="pay", bills=2),
    Journey("pay-elder", "", resident="feng-bashi", keys=("elder",), service="pay", bills=2,
            folder="pay-elder"),
    Journey("pay-english", "", resident="montgomery", keys=("language",), service="pay", bills=2,
            folder="pay-english"),
    Journey("pay-landscape", "", resident="chen-bianhao", size=LANDSCAPE, service="pay", bills=1,
            folder="pay-landscape"),
)


class Walk:
    """One journey on one screen: what is touched, seen, photographed and timed."""

    def __init__(self, journey, stand, kiosk, out_dir):
        self.journey, self.stand, self.kiosk = journey, stand, kiosk
        self.folder = pathlib.Path(out_dir) / journey.folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.touches = 0
        self.spans_ms = {}
        self.ticket = ""
        self.papers = []
        self.sheets = 0

    def tap(self, key):
        self.kiosk.tap(key, PAGE_SECONDS)
        self.touches += 1

    def arrive(self, page, since, span):
        """Waits for a page; notes how long that took since."""
        self.kiosk.wait(f".{page}", PAGE_SECONDS)
        self.note_span(span, since, time.monotonic())

    def note_span(self, span, since, until):
        self.spans_ms[span] = round((until - since) * 1000)

    def turn_to(self, key):
        """Pages through a list until key is shown, as a person would."""
        for _ in range(PAGES_MAX):
            self.kiosk.rest()
            if self.kiosk.find(key) is not None:
                return
            for words in NEXT_PAGE:
                if self.kiosk.find(words) is not None:
                    self.tap(words)
                    break

    def go(self, key, page, span):
        self.tap(key)
        self.arrive(page, time.monotonic(), span)

    def shoot(self, name):
        self.kiosk.settle()
        self.kiosk.shot(self.folder / f"{name}.png")

    # The parts of a journey, in their order.

    def begin(self):
        self.kiosk.wait(".home", PAGE_SECONDS)
        for key in self.journey.keys:
            self.tap(key)
            self.kiosk.rest()
        self.shoot("home")

    def sign_in(self):
        since = time.monotonic()
        self.stand.insert(self.journey.resident)
        self.arrive("consent", since, "card_to_consent")
        self.shoot("consent")
        self.tap("agree")

    def sign_in_at_home(self):
        self.sign_in()
        self.arrive("home", time.monotonic(), "agree_to_home")
        self.kiosk.rest()
        self.shoot("home-signed-in")

    def choose(self):
        self.go("queue", "choose", "home_to_choose")
        self.turn_to(self.journey.matter)
        self.tap(self.journey.matter)
        self.kiosk.rest()
        self.shoot("choose")
        self.go("choose", "checklist", "choose_to_checklist")
        self.shoot("checklist")

    def identify(self):
        self.go("next", "identify", "checklist_to_identify")
        if self.journey.identify == "code":
            self.hold_phone()
            return
        self.shoot("identify")
        if self.journey.identify == "card":
            self.sign_in()
        elif self.journey.identify == "number":
            self.type_number()
        else:
            self.tap(self.journey.identify)

    def hold_phone(self):
        """First with a thumb over the code, then as one should; nothing is touched."""
        self.stand.show_code(self.journey.resident, "thumb")
        self.wait_words(STEADY)
        self.shoot("identify")
        self.stand.show_code(self.journey.resident, self.journey.phone_style)

    def wait_words(self, words):
        """Waits for one of these."""
        wait_until(lambda: any(self.kiosk.find(key) is not None for key in words),
                   f"one of {words}", PAGE_SECONDS)

    def type_keys(self, keys):
        for key in keys:
            self.tap(f"key-{key.lower()}")

    def type_number(self):
        """ID number and the code that comes to the phone."""
        self.go("number", "consent", "number_to_consent")
        self.shoot("consent")
        self.go("agree", "id-number", "agree_to_keypad")
        self.type_keys(self.stand.find_resident(self.journey.phone)["id_number"])
        self.shoot("number")
        self.go("send-code", "sms", "number_to_code")
        code = self.stand.ask_platform(f"code {self.journey.phone}")
        self.type_keys(code[:4])
        self.shoot("sms")
        self.type_keys(code[4:])
        self.tap("check-code")

    def take_number(self):
        papers = self.stand.count_papers()
        if self.journey.identify:
            self.identify()
        else:
            self.tap("next")
        since, cause = time.monotonic(), "last_touch"
        self.kiosk.wait(".ticket", PAGE_SECONDS)
        arrived = time.monotonic()
        if self.journey.identify == "code":
            since, cause = self.stand.camera.shown_at(), "code_frame"
        self.papers = self.stand.wait_paper(papers)
        self.note_span(f"{cause}_to_number", since, arrived)
        self.note_span(f"{cause}_to_paper", since, time.monotonic())
        self.kiosk.rest()
        self.ticket = self.kiosk.text(".t-ticket") or ""
        self.shoot("ticket")

    def enlarge(self, code):
        """The code of the page, large."""
        self.tap(code)
        self.kiosk.wait("stay", PAGE_SECONDS)
        self.kiosk.rest()
        self.shoot(f"{code}-large")
        self.tap("stay")
        self.kiosk.wait_gone("stay", PAGE_SECONDS)

    def end(self, key="finish"):
        self.tap(key)
        if self.journey.identify == "code":
            self.stand.show_nothing()
        if self.journey.resident and self.journey.identify != "code":
            self.arrive("take-card", time.monotonic(), "finish_to_take_card")
            self.shoot("take-card")
            since = time.monotonic()
            self.stand.pull()
            self.arrive("home", since, "card_out_to_home")
        else:
            self.arrive("home", time.monotonic(), "finish_to_home")

    def run(self):
        if self.journey.service != "queue":
            (payments if self.journey.bills else papers).run(self)
            return
        self.begin()
        if self.journey.resident and not self.journey.identify:
            self.sign_in_at_home()
        self.choose()
        self.take_number()
        if self.kiosk.find("progress"):
            self.enlarge("progress")
        self.end()

    def summary(self, result):
        return {"name": self.journey.name, "result": result, "ticket": self.ticket,
                "sheets": self.sheets, "touches": self.touches, "spans_ms": self.spans_ms}


def shorten(error):
    """The first line of an error, and of a widget tree only what stands on the screen."""
    first, *rest = str(error).splitlines()
    words = [line.split("'", 1)[1].rstrip("'") for line in rest if "GtkLabel" in line and "'" in line]
    return first + (" " + " | ".join(words) if words else "\n".join(["", *rest[-20:]]))


def save_papers(walk):
    """The slip as bytes and as a picture, beside the screens of its journey."""
    if walk.papers:
        shutil.copy(walk.papers[0], walk.folder / "ticket.bin")
        shutil.copy(walk.papers[1], walk.folder / "ticket-paper.png")


def attempt(walk, run, good):
    """Runs it; good, or "failed" with a picture of where it stopped."""
    name = walk.journey.name
    try:
        run()
        result = good
    except (KioskError, StandError) as error:
        result = "failed"
        print(f"{name}: {shorten(error)}", file=sys.stderr)
        photograph_failure(walk)
        walk.stand.pull()
        walk.stand.show_nothing()
    save_papers(walk)
    print(f"{name:18} {result:8} {walk.ticket:6} {walk.touches} touches", flush=True)
    return walk.summary(result)


def photograph_failure(walk):
    try:
        walk.kiosk.shot(walk.folder / "failed.png")
    except KioskError:
        traceback.print_exc()


def walk_journeys(build_dir, out_dir, names):
    chosen = [journey for journey in JOURNEYS if not names or journey.name in names]
    summaries = []
    with Stand(build_dir) as stand:
        stand.start()
        for journey in chosen:
            with stand.open_kiosk(journey.size) as kiosk:
                walk = Walk(journey, stand, kiosk, out_dir)
                good = ("number" if journey.service == "queue" else
                        "paid" if journey.bills else "paper")
                summaries.append(attempt(walk, walk.run, good))
    return summaries


def walk_troubles(build_dir, out_dir, names):
    summaries = []
    for speed, settings, rows in troubles.STANDS:
        chosen = [row for row in rows if not names or row[0] in names]
        if chosen:
            with Stand(build_dir, speed=speed, settings=settings) as stand:
                stand.start()
                summaries += [show_trouble(stand, row, out_dir) for row in chosen]
    return summaries


def show_trouble(stand, row, out_dir):
    name, trouble = row
    with stand.open_kiosk() as kiosk:
        walk = Walk(Journey(name, "", folder="troubles"), stand, kiosk, out_dir)
        return attempt(walk, lambda: run_trouble(walk, trouble), "shown")


def run_trouble(walk, trouble):
    walk.kiosk.wait(".home", PAGE_SECONDS)
    trouble(walk)
    walk.kiosk.wait(".home", PAGE_SECONDS)


def main(arguments):
    if len(arguments) < 2:
        sys.stderr.write(__doc__)
        return 2
    build_dir, out_dir, names = arguments[0], pathlib.Path(arguments[1]), arguments[2:]
    out_dir.mkdir(parents=True, exist_ok=True)
    summaries = walk_journeys(build_dir, out_dir, names) + walk_troubles(build_dir, out_dir, names)
    (out_dir / "summary.json").write_text(
        json.dumps({"journeys": summaries}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 1 if any(row["result"] == "failed" for row in summaries) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
