# SPDX-License-Identifier: GPL-3.0-or-later
"""Visits by chance to the real core, one after another, many of which something befalls.

    with Visitor(build_dir, chance) as visitor:
        for _ in range(1000):
            visitor.visit()

A visit is one row of WAYS. What befalls it, a row of MISHAPS, begins before one of its touches and
is over when the visit is. Whatever became of it, the visitor then leaves, and the next one comes to
a home page.
"""

import collections
import contextlib
import pathlib
import sqlite3
import subprocess
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / folder)
                for folder in ("tools", "journeys")]

from core_client import can_press, find_item, list_items  # noqa: E402
from growth import environment  # noqa: E402
from program import StandError  # noqa: E402
from stand import READER  # noqa: E402
from trouble_stage import Stage, says  # noqa: E402

SPEED = 40
# The platform and the devices do not get faster: their time is longer by the clock of core.
SETTINGS = """[platform]
connect-ms=60000
total-ms=100000
hall-refresh-ms=120000
[city-code]
connect-ms=60000
total-ms=100000
[printer]
status-ms=30000
confirm-ms=100000
[sheets]
open-ms=60000
answer-ms=60000
[payment]
unresolved-max=20
[screen]
idle-ms=20000
idle-home-ms=20000
warn-ms=5000
ui-reply-ms=60000
[help]
ack-ms=5000
escalate-ms=10000
"""
PATIENCE_SECONDS, SHORT_SECONDS = 0.7, 0.15
REPLUG_SECONDS, HOME_SECONDS = 2, 40
MISHAP_PART = 0.35
TOUCHES = 6         # a mishap comes before one of so many
PUBLIC_DAY = 1000   # visits, after which the platform begins anew: it has 999 numbers for each matter
CARDS = ("li-ceshi", "wang-yidai", "chen-bianhao", "he-qian", "liu-yan", "jiang-waisheng",
         "feng-bashi", "abudu-kelimu", "montgomery", "wu-wujiu", "zheng-liushi", "wei-youhao")
POOR_CARDS = ("zhao-suoding", "sun-yinhang", "qian-weizhi", "zhou-guoqi")
PAYERS = ("li-ceshi", "chen-bianhao", "feng-bashi", "montgomery", "wei-youhao")
SHOW_IT = "请亮付款码付款"
MATTERS = ("social", "fund", "tax", "general")
PAPERS = ("fund-deposit", "social-insured", "social-rights")
MODES = ("elder", "contrast", "reach", "language")
# Pages from which no visit goes on.
ENDS = ("notice", "out-of-service", "take-card", "no-sheets")
# Not paper-owner: it locks papers, and whoever comes after it gets none.
PLATFORM_FAULTS = ("refuse", "drop-before", "drop-after", "cut", "malformed", "oversize", "twice",
           "mark", "page", "redirect", "type", "gzip", "unsigned", "wrong-signature", "replayed", "late", "drip",
                   "money-forged", "money-missing", "money-late", "money-declined", "paper-digest",
                   "paper-large")
PRINTER_FAULTS = (("paper end", "paper ok"), ("cover open", "cover closed"), ("jam on", "jam off"),
                  ("cutter jam", "cutter ok"), ("online off", "online on"), ("hang on", "hang off"),
                  ("unplug", "plug"), ("drop", ""), ("power cycle", ""),
                  ("after-bytes 9000 power cycle", "after-bytes 0 drop"),
                  ("after-rows 200 paper end", "paper ok"))
SHEETS_FAULTS = (("paper end", "paper ok"), ("jam on", "jam off"), ("cover open", "cover closed"),
                 ("online off", "online on"), ("accept off", "accept on"), ("hang on", "hang off"),
                 ("drop", ""), ("unplug", "plug"), ("power cycle", ""))


class Ended(Exception):
    """The visit does not go on: of what befell it, or of what the platform has said."""


class Visitor(Stage):
    """All who come. chance: a random.Random; faults: whether anything befalls them."""

    def __init__(self, build_dir, chance, faults=True):
        super().__init__(build_dir, (), speed=SPEED, settings=SETTINGS)
        self.chance, self.faults = chance, faults
        self.heap_folder = self.stand.directory
        words = environment(self.stand.build_dir, self.heap_folder)
        self.stand.core_prefix += [f"{name}={value}" for name, value in words.items()]
        self.visits, self.touches_left, self.cure, self.patience = 0, 0, None, 0
        self.tally = collections.Counter()
        self.people = {name: self.stand.find_resident(name) for name in CARDS}

    def __enter__(self):
        super().__enter__()
        self.await_home()
        return self

    @property
    def core(self):
        return self.stand.programs["jumin-core"].process

    # One visit.

    def visit(self):
        """From a home page to a home page."""
        self.visits += 1
        self.touches_left = self.chance.randrange(TOUCHES) if (
            self.faults and self.chance.random() < MISHAP_PART) else -1
        self.patience = PATIENCE_SECONDS
        way = self.chance.choices(*zip(*WAYS))[0]
        try:
            way(self)
            self.tally[way.__name__] += 1
        except Ended:
            self.tally[f"{way.__name__}, ended"] += 1
        except (StandError, OSError):
            self.tally[f"{way.__name__}, lost patience"] += 1
        self.recover()
        self.go_home()
        self.await_home()
        del self.views[:-1]
        if self.visits % PUBLIC_DAY == 0:
            self.begin_day()

    def go_home(self):
        """With the keys that are there; a page may change under the finger again and again."""
        until = time.monotonic() + HOME_SECONDS
        while True:
            try:
                self.leave()
                return
            except StandError:
                if time.monotonic() > until:
                    raise

    def await_home(self):
        """The reader's service sometimes sees no card go that went while it was read; then somebody
        plugs the reader in again, as they would do in a hall; or it hangs, and is started again."""
        for mend in (self.lose_reader, self.lose_service):
            with contextlib.suppress(StandError):
                self.wait_page("home", REPLUG_SECONDS)
                return
            self.tally[f"mended: {mend.__name__}"] += 1
            mend()()
        self.wait_page("home", HOME_SECONDS)

    def befall(self):
        """Something happens, if it is to happen now."""
        self.touches_left -= 1
        if self.touches_left == -1:
            mishap = self.chance.choices(*zip(*MISHAPS))[0]
            self.tally[f"mishap: {mishap.__name__}"] += 1
            self.patience = SHORT_SECONDS
            self.cure = mishap(self)

    def recover(self):
        cure, self.cure = self.cure, None
        if cure is not None:
            cure()

    def touch(self, name, **draft):
        """Presses this key; Ended on a page that has none and goes nowhere."""
        self.befall()
        self.wait_for(lambda view: can_press(view, name, draft) or view["kind"] in ENDS,
                      self.patience, f"a key '{name}'")
        if not can_press(self.view, name, draft):
            raise Ended
        item = find_item(self.view, name)
        values = {**draft, "id": name}
        if item.get("value"):
            values["value"] = item["value"]
        if self.send(item["act"], **values) != "taken":
            raise Ended

    def arrive(self, *kinds):
        self.befall()
        view = self.wait_for(lambda view: view["kind"] in kinds + ENDS, self.patience,
                             f"one of {kinds}")
        if view["kind"] not in kinds:
            raise Ended
        return view

    # What people do.

    def put_card(self, names=CARDS):
        self.befall()
        self.stand.insert(self.chance.choice(names))

    def sign_in_by_card(self, names=CARDS):
        self.put_card(names)
        self.arrive("consent")
        self.touch("agree")
        self.arrive("home")

    def choose_matter(self, *matters):
        self.touch("queue")
        self.touch("choose", matter=self.chance.choice(matters))
        self.touch("next")

    def take_slip(self):
        """The number, and once in a while the slip again."""
        self.arrive("ticket")
        self.touch("finish")

    def number_by_card(self):
        self.sign_in_by_card()
        self.choose_matter(*MATTERS)
        self.take_slip()

    def number_by_card_late(self):
        self.choose_matter("social", "fund")
        self.arrive("identify")
        self.put_card()
        self.arrive("consent")
        self.touch("agree")
        self.take_slip()

    def number_by_code(self):
        self.choose_matter("social", "fund")
        self.arrive("identify")
        self.befall()
        self.show_phone(self.chance.choice(CARDS))
        self.take_slip()

    def number_by_nobody(self):
        self.choose_matter("tax")
        self.take_slip()

    def number_by_keys(self):
        """Some type a number that does not exist."""
        name = self.chance.choice(CARDS)
        self.choose_matter("social")
        self.touch("number")
        self.touch("agree")
        for key in self.people[name]["id_number"]:
            self.touch(f"key-{key.lower()}")
        self.touch("send-code")
        self.arrive("sms")
        for key in self.read_code(name):
            self.touch(f"key-{key}")
        self.touch("check-code")
        self.take_slip()
        self.stand.ask_platform("age 1000")

    def record(self):
        self.sign_in_by_card()
        self.touch(self.chance.choice(("fund", "social")))
        self.arrive("record")
        self.touch("reveal")

    def paper(self):
        self.sign_in_by_card()
        self.touch("papers")
        self.touch(self.chance.choice(PAPERS))
        self.arrive("preview")
        self.touch("show")
        self.open("document")
        self.touch("print")
        self.arrive("sheets")
        self.touch("finish")

    def statement(self):
        self.sign_in_by_card()
        self.touch("fund")
        self.touch("paper-statement")
        self.arrive("preview")
        self.touch("print")
        self.arrive("sheets")
        self.touch("finish")

    def find_due(self):
        view = self.arrive("bills")
        due = [item["id"] for item in list_items(view)
               if item.get("tone") != "heading" and item.get("figure") and item.get("state") != "off"]
        if not due:
            raise Ended
        return due[:2]

    def order(self):
        self.sign_in_by_card(PAYERS)
        self.touch("pay")
        bills = self.find_due()
        if self.send("pay", bills=bills) != "taken":
            raise Ended
        self.wait_for(lambda view: (find_item(view, "code") or {}).get("value")
                      or view["kind"] in ENDS, self.patience, "an order")

    def pay(self):
        self.order()
        self.befall()
        self.ask_phone(self.chance.choice(("scan", "scan", "decline")))
        self.arrive("paid", "pay-unknown", "bills")
        self.touch("more")

    def pay_by_code(self):
        self.order()
        self.touch("show")
        self.befall()
        self.wait_for(lambda view: says(view, SHOW_IT) or view["kind"] in ENDS, self.patience, SHOW_IT)
        self.scanner.show(self.stand.ask_platform("pay-code"))
        self.arrive("paid", "pay-unknown", "bills")

    def order_and_go(self):
        self.order()
        self.touch("back")

    def ask_phone(self, what):
        with contextlib.suppress(StandError):  # nothing waits for money
            self.stand.ask_platform(f"phone {what}")

    def poor_card(self):
        self.put_card(POOR_CARDS)
        self.arrive("consent")

    def change_mind(self):
        """Looks into this and that."""
        for _ in range(self.chance.randrange(2, 6)):
            self.touch(self.chance.choice(MODES))
        self.touch(self.chance.choice(("queue", "fund", "pay", "papers", "verify")))

    def call_help(self):
        self.touch("help")

    def stay_away(self):
        """Until the machine has ended the visit."""
        self.choose_matter("social")
        self.await_home()

    # What befalls them. Each returns what mends it, or None.

    def go_away(self):
        raise Ended

    def pull_card(self):
        self.stand.pull()

    def pull_card_soon(self):
        """And another one comes."""
        self.stand.pull()
        self.stand.insert(self.chance.choice(CARDS))

    def lose_reader(self):
        self.stand.ask_reader(f"remove {READER}")
        return lambda: self.stand.ask_reader(f"add {READER}")

    def lose_service(self):
        self.stand.ask_reader("kill")
        return lambda: self.stand.ask_reader("start")

    def fault_platform(self):
        self.stand.ask_platform(f"fault {self.chance.choice(PLATFORM_FAULTS)} all")
        return lambda: self.stand.ask_platform("fault none")

    def slow_platform(self):
        self.stand.ask_platform("delay 30")
        return lambda: self.stand.ask_platform("delay 0")

    def down_office(self):
        what = self.chance.choice(("queue", "office"))
        self.stand.ask_platform(f"{what} down")
        return lambda: self.stand.ask_platform(f"{what} up")

    def fault_printer(self):
        cause, cure = self.chance.choice(PRINTER_FAULTS)
        self.stand.ask_printer(cause)
        return (lambda: self.stand.ask_printer(cure)) if cure else None

    def fault_sheets(self):
        cause, cure = self.chance.choice(SHEETS_FAULTS)
        self.stand.ask_sheets(cause)
        return (lambda: self.stand.ask_sheets(cure)) if cure else None

    def lose_scanner(self):
        self.scanner.unplug()
        return self.scanner.plug

    def lose_screen(self):
        """Another ui takes over."""
        self._process.kill()
        self._process.communicate()
        self._rest = b""
        self.away = True
        self.connect()

    def look_into_books(self):
        """Somebody of the staff, on the operator's socket."""
        subprocess.run([self.stand.build_dir / "app" / "ctl" / "juminctl", "payments", "--socket", self.stand.directory / "operator.sock"],
                       stdout=subprocess.DEVNULL, check=False)

    # Between visits.

    def begin_day(self):
        """The platform is away for a moment, and forgets its numbers and who has paid."""
        self.stand.kill("jumin-sandbox")
        with contextlib.closing(sqlite3.connect(self.stand.directory / "platform" / "ledger.db")) as ledger:
            ledger.executescript("DELETE FROM tickets; DELETE FROM nonces; DELETE FROM locks;"
                                 "UPDATE bills SET payment = '', paid_at = 0;")
        self.stand.restart("jumin-sandbox")
        for folder in ("printer", "sheets"):
            for path in (self.stand.directory / folder).glob("*-*"):
                path.unlink()


WAYS = ((Visitor.number_by_card, 20), (Visitor.number_by_card_late, 6), (Visitor.number_by_code, 8),
        (Visitor.number_by_nobody, 12), (Visitor.number_by_keys, 1), (Visitor.record, 12),
        (Visitor.paper, 4), (Visitor.statement, 1), (Visitor.pay, 4), (Visitor.pay_by_code, 2),
        (Visitor.order_and_go, 2), (Visitor.poor_card, 10), (Visitor.change_mind, 14),
        (Visitor.call_help, 1), (Visitor.stay_away, 1))
MISHAPS = ((Visitor.go_away, 20), (Visitor.pull_card, 25), (Visitor.pull_card_soon, 5),
           (Visitor.lose_reader, 4), (Visitor.lose_service, 1), (Visitor.fault_platform, 20),
           (Visitor.slow_platform, 3), (Visitor.down_office, 4), (Visitor.fault_printer, 10),
           (Visitor.fault_sheets, 5), (Visitor.lose_scanner, 2), (Visitor.lose_screen, 1),
           (Visitor.look_into_books, 1))
