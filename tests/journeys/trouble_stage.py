# SPDX-License-Identifier: GPL-3.0-or-later
"""A terminal on which troubles are caused: the steps of a visit, and what is said and written down."""

import collections
import json
import os
import re
import time
import tty

from core_client import CoreClient, can_press, find_item, list_items
from program import StandError, wait_until

SPEED = 3
# Rounds of asking are shorter, what a trouble takes to heal is as shipped. The log's retries alone
# are not on core's faster clock.
SETTINGS = ("[platform]\nhall-refresh-ms=3000\n"
            "[printer]\ncheck-ms=3000\n"
            f"[audit]\nretry-ms={5000 // SPEED}\n"
            "[help]\nack-ms=1000\nescalate-ms=2000\npoll-ms=500\n")
PAGE_SECONDS = 20
REPORT_SECONDS = 15
LEAVE_STEPS_SHOWN = 12
LEAVE_KEYS = ("stay", "finish", "exit", "home", "back")
GOOD = ("wang-yidai", "chen-bianhao", "he-qian", "liu-yan", "jiang-waisheng", "feng-bashi",
        "abudu-kelimu", "montgomery", "wu-wujiu", "zheng-liushi")
MATTERS = ("general", "social", "fund")


def all_texts(value):
    """Every string of a view."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from all_texts(inner)


def says(view, words):
    """Whether these words of the table stand on the screen; a slot in braces may be anything."""
    pattern = ".+".join(re.escape(part) for part in re.split(r"\{[a-z]+\}", words))
    return any(re.fullmatch(pattern, text) for text in all_texts(view))


class SerialScanner:
    """A scanner of codes on a serial line: the other end of a pseudo terminal."""

    def __init__(self, directory):
        self.path = directory / "scanner"
        self.plug()

    def plug(self):
        self.wire, self.line = os.openpty()
        tty.setraw(self.line)
        self.path.symlink_to(os.ttyname(self.line))

    def unplug(self):
        self.path.unlink()
        self.close()

    def show(self, text):
        os.write(self.wire, text.encode() + b"\r")

    def close(self):
        os.close(self.wire)
        os.close(self.line)


class Stage(CoreClient):
    """CoreClient with the steps of a visit. Each begins where the one before it ends."""

    def __init__(self, build_dir, rows, hall=None, speed=SPEED, settings=SETTINGS, camera=False):
        # A reader waits for a silent card by its own clock; core's is faster.
        os.environ["JUMIN_PEER_ANSWER_MS"] = str(3000 // speed)
        super().__init__(build_dir, speed=speed, settings=settings)
        if hall is not None:
            hall(self.stand)
        # A file that may not grow is a full disk to core, not its end (trouble_ways.py, full_log).
        self.stand.core_prefix = ["env", "--ignore-signal=XFSZ"]
        self.scanner = SerialScanner(self.stand.directory)
        if not camera:
            self.stand.settings += f"[scan]\nkind=serial\ndevice={self.scanner.path}\n"
        self.rows = rows
        self.served = 0

    def stop(self):
        super().stop()
        self.scanner.close()

    def row(self, name):
        return next(row for row in self.rows if row["id"] == name)

    # The visit.

    def await_ready(self, seconds=PAGE_SECONDS):
        """Nobody is there, and nothing is wrong: the next resident may come."""
        self.wait_for(self.is_ready, seconds, "a home page without any trouble")

    def is_ready(self, view):
        if view["kind"] != "home" or any(item["id"] == "exit" for item in view.get("nav", [])):
            return False
        return not any(says(view, row["title"]["zh"]) for row in self.rows)

    def sign_in(self, resident):
        self.stand.insert(resident)
        self.wait_page("consent", PAGE_SECONDS)
        self.press("agree")
        self.wait_for(lambda view: view["kind"] == "home" and find_item(view, "exit"), PAGE_SECONDS,
                      "a greeting")

    def choose(self, matter):
        """Up to the last key before the number."""
        self.press("queue")
        self.press("choose", matter=matter)
        self.wait_page("checklist")

    def take_number(self, matter="tax"):
        """Without any identity."""
        self.choose(matter)
        self.press("next")

    def come_to_identify(self):
        """The page that waits for a card, a code or a number."""
        self.choose("fund")
        self.press("next")
        self.wait_page("identify")

    def wait_for_code(self):
        self.come_to_identify()
        self.await_looking()

    def await_looking(self):
        self.wait_for(lambda view: says(view, "正在找二维码"), what="somebody who looks for a code")

    def show_phone(self, resident="li-ceshi"):
        """Holds a fresh code of the phone before the scanner."""
        self.scanner.show(self.stand.ask_platform(f"city-code {resident}"))

    def start_number(self, number):
        """By number: the code has been asked for."""
        self.press("number")
        self.press("agree")
        self.wait_page("id-number")
        self.type(number)

    def type(self, keys):
        for key in keys:
            self.press(f"key-{key.lower()}")

    def read_code(self, resident):
        return self.stand.ask_platform(f"code {resident}")

    def find_number(self, resident):
        return self.stand.find_resident(resident)["id_number"]

    def leave(self):
        """From wherever the visit is to the home page, with the keys that are there.

        While core waits for something, a card that is being read, it takes a key and does nothing."""
        steps, until = collections.deque(maxlen=LEAVE_STEPS_SHOWN), time.monotonic() + PAGE_SECONDS
        while time.monotonic() < until:
            self.stand.pull()
            view = self.wait_for(lambda view: view["kind"] in ("home", "out-of-service", "take-card")
                                 or any(can_press(view, key, None) for key in LEAVE_KEYS),
                                 PAGE_SECONDS, "a key to leave with")
            key = next((key for key in LEAVE_KEYS if can_press(view, key, None)), None)
            if key is None:
                return
            item = find_item(view, key)
            steps.append(f"{view['kind']}.{key} {self.send(item['act'], id=key)}")
        raise StandError(f"no way home by {', '.join(steps)}: {self.describe()}")

    def serve(self):
        """The next resident, from the card to the number; then nobody is there again."""
        resident = GOOD[self.served % len(GOOD)]
        matter = MATTERS[self.served // len(GOOD) % len(MATTERS)]
        self.served += 1
        self.sign_in(resident)
        self.choose(matter)
        self.press("next")
        self.wait_page("ticket", PAGE_SECONDS)

    # What is written down, and who is told.

    def read_log(self):
        """All records of the audit log."""
        records = []
        for path in sorted((self.stand.directory / "audit").glob("*.log")):
            lines = path.read_text(encoding="utf-8").splitlines()
            records += [json.loads(line) for line in lines if line]
        return records

    def log_has(self, row, *events):
        """One of these events of the row."""
        return any(record.get("trouble") == row["id"] and record["event"] in events
                   for record in self.read_log())

    def await_report(self, row, state):
        """The people of the hall have it."""
        wait_until(lambda: f"{row['id']} {state}" in self.stand.ask_platform("reports"),
                   f"a report '{row['id']} {state}'", REPORT_SECONDS)

    def ways_on(self):
        """What can be pressed now."""
        return [item for item in list_items(self.view)
                if item.get("act") and item.get("state") != "off"]
