#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cards, codes, readers, cameras, services, printers and fingers by chance, on the real programs; speaks TAP.

    test-storm.py [--seed N] [--events N] BUILD_DIR

After each burst of events everything is mended; then the machine must be on its home page, also
without any touch, serve the next resident from card to paper, hold no more files and threads than
before, and have printed no slip that nobody took. Core runs ten times as fast. A failure says the
seed and the last events.
"""

import argparse
import collections
import json
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))

from core_client import can_press, find_item, list_items  # noqa: E402
from program import StandError, select_nothing, wait_until  # noqa: E402
from stand import READER  # noqa: E402
from tap import check, note, run_tests  # noqa: E402
from trouble_stage import Stage  # noqa: E402

TABLE = pathlib.Path(__file__).resolve().parents[2] / "data" / "troubles.json"
EVENTS = 1000
BURST = 50
UNTOUCHED_EVERY = 4  # bursts
SPEED = 10
# Devices and the platform do not get faster: their time is longer by the clock of core.
SETTINGS = ("[platform]\nhall-refresh-ms=10000\ntotal-ms=50000\nconnect-ms=20000\n"
            "[city-code]\ntotal-ms=50000\nconnect-ms=20000\n"
            "[scan]\nopen-ms=50000\nframe-ms=10000\nstall-ms=10000\n"
            "[printer]\nstatus-ms=10000\nconfirm-ms=30000\n"
            "[screen]\nidle-home-ms=10000\nidle-ms=10000\nwarn-ms=5000\nnotice-ms=10000\n"
            "ticket-ms=10000\ntake-card-ms=10000\npreview-ms=10000\nsheets-ms=10000\n"
            "[help]\nack-ms=5000\nescalate-ms=10000\npoll-ms=1000\n")
# The longest way home without a touch: a slip that is not confirmed (a call for help is shorter),
# then the times of two pages, twice as long in elderly mode, and until all is seen as mended.
HOME_SECONDS = (50 + 2 * 10 + 2 * 10 + 30) / SPEED
FILES_SLACK, THREADS_SLACK = 4, 4  # kept connections; threads of GLib's pool
SETTLE_SECONDS = 25                # a thread of the pool goes when it has idled for 15 s
QUIET_SECONDS = 0.3
EVENTS_SHOWN = 20
SHORT_SECONDS, LONG_SECONDS = 0.03, 0.4
OTHER_READER = "other"
# Others than those who are served between the bursts: each has one number of a matter.
RESIDENTS = ("li-ceshi", "zhao-suoding", "sun-yinhang", "qian-weizhi", "zhou-guoqi", "chu-yuyue")
MATTERS = ("general", "social", "fund", "tax")
PAYMENT_CODE = "281234567890123456"
CAMERA_TROUBLES = ("unplug", "busy on", "refuse on", "stall on", "damage garbage", "damage cut",
                   "damage error", "light 10", "show black", "formats h264:1280x720")
CAMERA_CURES = ("plug", "busy off", "refuse off", "stall off", "damage none", "light 100",
                "formats mjpeg:1280x720 yuyv:640x480")
ONWARD = ("agree", "start", "choose", "next", "anonymous", "finish", "retry", "reprint")
ONWARD_WEIGHT = 40
PRINTER_TROUBLES = ("paper end", "paper near", "cover open", "cutter jam", "jam on", "online off",
                    "hang on", "unplug", "power off", "power cycle", "drop",
                    "after-rows 200 paper end", "after-bytes 20000 unplug",
                    "after-bytes 9000 power cycle", "after-rows 100 drop")
PRINTER_CURES = ("after-bytes 0 drop", "after-rows 0 drop",  # what was to come does not
                 "paper ok", "cover closed", "cutter ok", "jam off",
                 "online on", "hang off", "plug", "power on")
BAD_WORDS = ("CRITICAL", "WARNING", "ERROR", "runtime error", "Sanitizer",
             "is not allowed", "bad_request")


class Storm:
    """What happens, and what has happened. Each event is a method; state says what is broken."""

    def __init__(self, stage, chance):
        self.stage, self.chance = stage, chance
        self.readers = {READER}
        self.alive = self.plugged = True
        self.pictures = self.draw_pictures()
        self.history = collections.deque(maxlen=EVENTS_SHOWN)
        self.done = 0

    def say(self, text):
        view = self.stage.view
        self.history.append(f"{self.done}: {text} (on {view['kind'] if view else 'nothing'})")

    def draw_pictures(self):
        """Of phones; a code is good for as long as a storm lasts, or too old then."""
        stand = self.stage.stand
        texts = [stand.make_code(resident) for resident in RESIDENTS] + [PAYMENT_CODE, ""]
        return [stand.camera.draw(text) for text in texts]

    # The events.

    def show(self):
        self.say("a phone, or none")
        self.stage.stand.camera.ask(f"show {self.chance.choice(self.pictures)}")

    def trouble_camera(self):
        command = self.chance.choice(CAMERA_TROUBLES)
        if command == "unplug":
            if not self.plugged:
                return
            self.plugged = False
        self.say(f"camera: {command}")
        self.stage.stand.camera.ask(command)

    def cure_camera(self):
        self.say("camera cured")
        for command in CAMERA_CURES:
            if command != "plug" or not self.plugged:
                self.stage.stand.camera.ask(command)
        self.plugged = True

    def insert(self):
        resident = self.chance.choice(RESIDENTS)
        self.say(f"insert {resident}")
        try:
            self.stage.stand.insert(resident)
        except StandError:
            # Nothing to put it into; with a reader that is a fault of the peer.
            check(not self.alive or READER not in self.readers, "a card could not be put in")

    def pull(self):
        self.say("pull")
        self.stage.stand.pull()

    def toggle_reader(self, name):
        there = name in self.readers
        command = f"{'remove' if there else 'add'} {name}"
        self.say(command)
        self.stage.stand.ask_reader(command)
        (self.readers.discard if there else self.readers.add)(name)

    def plug(self):
        if self.alive:
            self.toggle_reader(READER if self.chance.random() < 0.7 else OTHER_READER)

    def replug(self):
        if self.alive:
            self.toggle_reader(READER)
            self.toggle_reader(READER)

    def toggle_service(self):
        command = "kill" if self.alive else "start"
        self.say(command)
        self.stage.stand.ask_reader(command)
        self.alive = not self.alive

    def restart_service(self):
        self.toggle_service()
        self.toggle_service()

    def trouble_printer(self):
        command = self.chance.choice(PRINTER_TROUBLES)
        self.say(command)
        self.stage.stand.ask_printer(command)

    def cure_printer(self):
        self.say("printer cured")
        for command in PRINTER_CURES:
            self.stage.stand.ask_printer(command)

    def touch(self):
        """One of the keys that are there, rather one that goes on than one that goes back."""
        self.stage.drain()
        view = self.stage.view
        # The key of what is chosen on its page is on when it is.
        items = [item for item in list_items(view)
                 if can_press(view, item["id"], item["id"] == view["kind"] == "choose")]
        if not items:
            return
        weights = [ONWARD_WEIGHT if item["act"] in ONWARD else 1 for item in items]
        item = self.chance.choices(items, weights)[0]
        values = {"id": item["id"], "matter": self.chance.choice(MATTERS)}
        if item.get("value"):
            values["value"] = item["value"]
        self.say(f"touch {item['id']}")
        check(self.stage.send(item["act"], **values) != "failed", "core did not take an act")

    EVENTS = ((touch, 46), (insert, 16), (pull, 8), (plug, 6), (replug, 3), (toggle_service, 4),
              (restart_service, 2), (trouble_printer, 10), (cure_printer, 5), (show, 10),
              (trouble_camera, 5), (cure_camera, 4))

    def rest(self):
        long = self.chance.random() < 0.1
        select_nothing(self.chance.uniform(0, LONG_SECONDS if long else SHORT_SECONDS))
        self.stage.drain()

    def burst(self, count):
        events, weights = zip(*self.EVENTS)
        for event in self.chance.choices(events, weights, k=count):
            self.done += 1
            event(self)
            self.rest()

    # Afterwards.

    def mend(self):
        if not self.alive:
            self.toggle_service()
        for name in {READER, OTHER_READER} & (self.readers ^ {READER}):
            self.toggle_reader(name)
        self.cure_printer()
        self.cure_camera()
        self.stage.stand.show_nothing()
        self.pull()


def count_files(pid, folder):
    return len(list(pathlib.Path(f"/proc/{pid}/{folder}").iterdir()))


class Watch:
    """What must hold after each burst."""

    def __init__(self, stage):
        self.stage = stage
        self.core = stage.stand.programs["jumin-core"].process
        self.files = self.threads = 0
        self.slowest_home = self.slowest_number = 0

    def measure(self):
        self.files = count_files(self.core.pid, "fd")
        self.threads = count_files(self.core.pid, "task")

    def expect_running(self):
        check(self.core.poll() is None, f"core has ended with {self.core.poll()}")
        log = self.stage.stand.programs["jumin-core"].read_log()
        bad = [line for line in log.splitlines() if any(word in line for word in BAD_WORDS)]
        check(not bad, f"core says: {bad[:3]}")
        check(not self.stage.errors, f"errors: {self.stage.errors}")

    def expect_home(self, touching):
        """Left by keys, or by nobody at all: then each page ends by itself."""
        since = time.monotonic()
        if touching:
            self.stage.leave()
        self.stage.await_ready(HOME_SECONDS)
        self.slowest_home = max(self.slowest_home, time.monotonic() - since)

    def expect_service(self):
        """The next resident, from the card to the paper."""
        stage, since = self.stage, time.monotonic()
        papers = stage.stand.count_papers()
        stage.serve()
        self.slowest_number = max(self.slowest_number, time.monotonic() - since)
        stage.stand.wait_paper(papers)
        stage.wait_for(lambda view: find_tone(view) == "now", what="'please take the slip'")
        stage.press("finish")
        stage.leave()
        stage.await_ready(HOME_SECONDS)

    def expect_camera(self):
        """That it is well again is known once somebody looks."""
        stage = self.stage
        stage.wait_for_code()
        stage.leave()
        stage.await_ready(HOME_SECONDS)
        check(find_item(stage.view, "code").get("state") != "off", "codes are still refused")

    def expect_no_ghost(self):
        """As many slips as were confirmed, or may have come out; none of them later."""
        papers = self.stage.stand.count_papers()
        select_nothing(QUIET_SECONDS)
        check(papers == self.stage.stand.count_papers(), "a slip comes out while nobody is there")
        records = [record for record in self.stage.read_log() if "event" in record]
        taken = collections.Counter(record["number"] for record in records
                                    if record["event"] == "ticket-taken")
        printed = [record for record in records if record["event"] == "ticket-printed"]
        # Half a slip may be a whole one; a list of papers is written down when it is asked for.
        perhaps = [record for record in records if record["event"] == "list-asked"
                   or (record["event"] == "ticket-print-failed" and record["why"] == "unknown")]
        check(len(printed) <= papers <= len(printed) + len(perhaps),
              f"{papers} slips are out; {len(printed)} were confirmed, {len(perhaps)} may be")
        first = collections.Counter(record["number"] for record in printed
                                    if record["reprint"] in (0, "0"))
        many = {number: count for number, count in first.items() if count > taken[number]}
        check(not many, f"slips that nobody took or that are not marked: {many}")

    def expect_no_leak(self):
        wait_until(lambda: count_files(self.core.pid, "fd") <= self.files + FILES_SLACK,
                   f"no more than {self.files} + {FILES_SLACK} descriptors", SETTLE_SECONDS)
        wait_until(lambda: count_files(self.core.pid, "task") <= self.threads + THREADS_SLACK,
                   f"no more than {self.threads} + {THREADS_SLACK} threads", SETTLE_SECONDS)

    def expect_all(self, touching):
        self.expect_running()
        self.expect_home(touching)
        self.expect_service()
        self.expect_camera()
        self.expect_no_ghost()
        self.expect_no_leak()


def find_tone(view):
    return next((block.get("tone") for block in view["blocks"] if block["kind"] == "slip"), None)


def run_storm(options, seed):
    # What is wrong with a camera may stand on the home page until the next look.
    rows = [row for row in json.loads(TABLE.read_text(encoding="utf-8"))["troubles"]
            if not row["id"].startswith("camera-")]
    with Stage(options.build_dir, rows, speed=SPEED, settings=SETTINGS, camera=True) as stage:
        storm, watch = Storm(stage, random.Random(seed)), Watch(stage)
        stage.await_ready()
        for _ in range(2):
            storm.restart_service()
            storm.replug()
            watch.expect_service()
        watch.measure()
        try:
            while storm.done < options.events:
                storm.burst(min(BURST, options.events - storm.done))
                storm.mend()
                watch.expect_all(touching=storm.done // BURST % UNTOUCHED_EVERY != 0)
        except BaseException:
            note(f"seed {seed}; the last events:")
            note("\n".join(storm.history))
            note(f"shown: {json.dumps(stage.view, ensure_ascii=False)}")
            note(f"printer: {stage.stand.ask_printer('status')}")
            note(stage.stand.read_log("jumin-core"))
            raise
        names = collections.Counter(record.get("event") for record in stage.read_log())
        proofs = collections.Counter(record.get("proof") for record in stage.read_log())
        note(f"{storm.done} events in {names['visit-began']} visits, {proofs['code']} by code, with {names['ticket-taken']}"
             f" numbers and {stage.stand.count_papers()} slips; home after {watch.slowest_home * SPEED:.1f} s, the next number"
             f" after {watch.slowest_number * SPEED:.1f} s at the latest, by the kiosk's clock;"
             f" descriptors {watch.files} then, {count_files(watch.core.pid, 'fd')} now;"
             f" threads {watch.threads} then, {count_files(watch.core.pid, 'task')} now")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("build_dir")
    options = parser.parse_args()
    seed = random.SystemRandom().getrandbits(32) if options.seed is None else options.seed
    note(f"seed {seed}")
    return run_tests([(f"after {options.events} events the next resident is served",
                       lambda: run_storm(options, seed))])


if __name__ == "__main__":
    sys.exit(main())
