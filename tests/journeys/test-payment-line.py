#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A payment over a bad line: each way in which a line can be bad, at each step of a payment.

    test-payment-line.py BUILD_DIR [--workers N] [STEP MODE]

The real core pays at the real sandbox, a hundred times as fast, through a line (line.py) that
spoils some requests of one step. A person without a display picks a bill, scans the code and waits.
At each view what it says is compared with the sandbox's ledger: that it is paid is said when it is,
that nothing was paid when it never can be, and otherwise neither.
"""

import argparse
import concurrent.futures
import json
import pathlib
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))

from core_client import CoreClient, find_item, list_items  # noqa: E402
from line import MODES, Line  # noqa: E402
from program import StandError, wait_until  # noqa: E402
from stand import Stand  # noqa: E402
from tap import check, note, run_tests  # noqa: E402

SPEED = 100
RESIDENT = "li-ceshi"
CELL_SECONDS = 12
CARDS_MAX, CARD_SECONDS = 4, 3
SEEN_SECONDS = 3
PAID, REFUNDED, NOT_PAID = "缴费成功", "没有办成，钱会退回", "没有扣款"
# As in model/payment.h: what the platform has of an order.
ORDER_DECLINED, ORDER_PAID, ORDER_FULFILLED, ORDER_REFUNDED, ORDER_CLOSED = 2, 3, 4, 5, 6
BORNE_OUT = {
    PAID: (ORDER_PAID, ORDER_FULFILLED),
    REFUNDED: (ORDER_REFUNDED,),
    NOT_PAID: (None, ORDER_DECLINED, ORDER_CLOSED),
}
HOMES, BILLERS, BILLS = 8, {"power": "50{:010d}", "water": "302{:05d}"}, 6
# What a person does longer than a hundredth of its time allows.
SETTINGS = """[platform]
url=https://127.0.0.1:{port}/v1
connect-ms=30000
total-ms=60000
hall-refresh-ms=600000
[payment]
scan-ms=600000
[screen]
idle-ms=600000
ui-reply-ms=60000
warn-ms=5000
pay-ms=600000
paid-ms=600000
unknown-ms=600000
confirm-ms=2000
"""


class Step:
    """Where the line is bad: which path, how often, and from which moment on; and what the person
    does with the code."""

    def __init__(self, path, times=1, when="before", does="scan"):
        self.path, self.times, self.when, self.does = path, times, when, does


STEPS = {
    "quote": Step("/v1/payments/quotes"),
    "pay": Step("/v1/payments"),
    "waiting": Step("/v1/payments/state", 2, "code"),
    "paid": Step("/v1/payments/state", 3, "scan"),
    "credit": Step("/v1/payments/state", 2, "paid"),
    "close": Step("/v1/payments/close", 2, "code", does="cancel"),
}


class LineStand(Stand):
    """A stand whose core reaches the platform over a line."""

    def start_platform(self):
        book = json.loads((self.data_dir / "bills.json").read_text(encoding="utf-8"))
        book["credit_s"] = 1
        bill = {"fen": 1234, "usage": 1, "due_in": 5, "state": "due", "days_ago": 0}
        book["homes"] = [
            {"id": f"h{home}", "owner": "李测试", "address": "临江区云*路", "residents": [RESIDENT],
             "accounts": [{"biller": biller, "number": number.format(home), "usage": [],
                           "rejects": False,
                           "bills": [{**bill, "months_ago": month + 1} for month in range(BILLS)]}
                          for biller, number in BILLERS.items()]}
            for home in range(HOMES)]
        self.bills = self.directory / "bills.json"
        self.bills.write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")
        super().start_platform()

    def start_core(self):
        port = int(self.programs["jumin-sandbox"].ready_line.rpartition(":")[2])
        self.line = Line(self.directory / "platform", port)
        # After what the platform's operator handed over.
        (self._folder("conf.d") / "60-line.conf").write_text(
            SETTINGS.format(port=self.line.port), encoding="utf-8")
        super().start_core()

    def read_order(self, after):
        """State of the order that is newer than that row; (row, None) when there is none."""
        ledger = sqlite3.connect(f"file:{self.directory}/platform/ledger.db?mode=ro", uri=True)
        try:
            row = ledger.execute("SELECT id, state FROM orders WHERE quote <> '' AND id > ?"
                                 " ORDER BY id DESC LIMIT 1", [after]).fetchone()
        finally:
            ledger.close()
        return row or (after, None)

    def count_doubled(self):
        """Bills for which there is the money of more orders than one."""
        ledger = sqlite3.connect(f"file:{self.directory}/platform/ledger.db?mode=ro", uri=True)
        try:
            return ledger.execute(
                "SELECT count (*) FROM (SELECT claim FROM items JOIN orders USING (quote)"
                " WHERE state IN (3, 4) GROUP BY claim HAVING count (*) > 1)").fetchone()[0]
        finally:
            ledger.close()


class Cell:
    """One payment, and all that was said of it."""

    def __init__(self, client, step, mode):
        self.client, self.stand, self.line = client, client.stand, client.stand.line
        self.step, self.mode = STEPS[step], mode
        self.before = self.stand.read_order(0)[0]
        self.seen = len(client.views)
        self.kinds = []

    def listen(self):
        """What came since: nothing that the ledger does not bear out."""
        self.client.drain()
        for view in self.client.views[self.seen:]:
            self.check_view(view)
        self.seen = len(self.client.views)

    def check_view(self, view):
        title, state = view.get("title", ""), self.stand.read_order(self.before)[1]
        if not self.kinds or self.kinds[-1] != view["kind"]:
            self.kinds.append(view["kind"])
        text = json.dumps(view, ensure_ascii=False)
        check(view["kind"] != "paid" or title in BORNE_OUT, f"'{title}' is said of a payment")
        for words, states in BORNE_OUT.items():
            check(words not in text or state in states,
                  f"{view['kind']} says '{words}', and the ledger {state}")

    def wait(self, condition, what):
        """The first view of which condition is true; all before it are looked at, too."""
        def look():
            self.listen()
            view = self.client.view
            return view if view is not None and condition(view) else None
        return self.client.wait_until(look, what, CELL_SECONDS)

    def spoil(self, moment):
        if self.step.when == moment:
            self.line.spoil(self.step.path, self.mode, self.step.times)

    def wait_for_questions(self):
        """Until some have gone over the line."""
        seen = self.line.count(self.step.path)
        wait_until(lambda: self.line.count(self.step.path) > seen + 1, "questions", SEEN_SECONDS)
        self.listen()

    def begin(self):
        """Until an order waits, or it has ended. A quote that did not come is asked for again."""
        self.spoil("before")
        while True:
            view = self.wait(lambda view: view["kind"] in ("bills", "pay", "paid", "pay-unknown")
                             or find_item(view, "retry"), "the order or what became of it")
            if view["kind"] == "bills":
                bill = next(item["id"] for item in list_items(view)
                            if item.get("tone") != "heading" and item.get("figure")
                            and item.get("state") != "off")
                self.client.send("pay", bills=[bill])
                self.wait(lambda view: view["kind"] != "bills", "the next page")
            elif view["kind"] != "notice":
                return
            else:
                self.client.send("retry", id="retry")
                self.wait(lambda view: view["kind"] != "notice", "the bills")

    def has_code(self, view):
        code = find_item(view, "code")
        return view["kind"] == "pay" and code is not None and code.get("value")

    def pay(self):
        """The code is scanned, or the person does not want it."""
        view = self.wait(lambda view: self.has_code(view) or view["kind"] == "paid",
                         "the order's code")
        if view["kind"] == "paid":
            return
        self.spoil("code")
        if self.step.when == "code" and self.step.does == "scan":
            self.wait_for_questions()
        if self.step.does == "cancel":
            self.client.press("back")
            return
        self.spoil("scan")
        if self.step.when == "scan":  # the question under way may still be answered well
            wait_until(self.line.count_spoilt, "a spoilt question", SEEN_SECONDS)
        self.stand.ask_platform("phone scan")

    def end(self):
        """Until it is known, and the bills are shown again."""
        view = self.wait(lambda view: view["kind"] in ("paid", "bills"), "what became of it")
        if view["kind"] == "bills":
            return
        if self.step.when == "paid":
            self.spoil("paid")
            self.wait_for_questions()
        self.line.repair()
        self.client.press("more")
        self.wait(lambda view: view["kind"] == "bills", "the bills")

    def run(self):
        self.begin()
        self.pay()
        self.end()
        check(self.line.count_spoilt() > 0, "the line was good")


def go_to_bills(client):
    """A card that is read a hundred times as fast is sometimes not read."""
    for _ in range(CARDS_MAX):
        client.wait_page("home")
        client.stand.insert(RESIDENT)
        try:
            client.wait_page("consent", seconds=CARD_SECONDS)
            break
        except StandError:
            client.stand.pull()
    client.wait_page("consent")
    client.press("agree")
    client.press("pay")
    client.wait_page("bills")


def run_cells(build_dir, cells):
    """Returns how many were good, what failed, and the pages that were seen."""
    good, failures, kinds = 0, [], set()
    client = CoreClient(build_dir, LineStand, speed=SPEED)
    with client:
        go_to_bills(client)
        for step, mode in cells:
            cell = Cell(client, step, mode)
            try:
                cell.run()
            except (AssertionError, StandError, StopIteration) as error:
                failures.append(f"{step}, {mode}: {cell.kinds}: {error}")
                break
            good += 1
            kinds.update(cell.kinds)
        if client.stand.count_doubled() > 0:
            failures.append("a bill was paid twice")
        books = subprocess.run(
            [build_dir / "app" / "ctl" / "juminctl", "payments", "reconcile", "--socket",
             client.stand.directory / "operator.sock"], capture_output=True, text=True, check=False)
        if books.returncode != 0:
            failures.append(f"the books differ: {books.stdout} {books.stderr}")
    return good, failures, kinds


def test_line(build_dir, workers, only):
    modes = [mode for mode in MODES if mode]
    cells = [(step, mode) for step in STEPS for mode in modes] if not only else [tuple(only)]
    check(len(cells) == len(STEPS) * len(modes) or only, "a cell for each")
    started = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        results = list(pool.map(run_cells, [build_dir] * workers,
                                [cells[i::workers] for i in range(workers)]))
    good = sum(good for good, _, _ in results)
    failures = [failure for _, failed, _ in results for failure in failed]
    kinds = set().union(*(kinds for _, _, kinds in results))
    for failure in failures:
        note(failure)
    note(f"{good} of {len(cells)} cells, {time.monotonic() - started:.0f} s; "
         f"pages: {' '.join(sorted(kinds))}")
    check(good == len(cells) and not failures, f"{len(cells) - good} cells")
    check(only or "pay-unknown" in kinds, "nobody was ever in doubt")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build_dir", type=pathlib.Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("only", nargs="*")
    arguments = parser.parse_args()
    workers = 1 if arguments.only else arguments.workers
    return run_tests([("nothing is said of a payment that the ledger does not bear out",
                       test_line)], arguments.build_dir.resolve(), workers, arguments.only)


if __name__ == "__main__":
    sys.exit(main())
