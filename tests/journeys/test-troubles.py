#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every row of data/troubles.json is caused for real, told, and gone again; speaks TAP.

    test-troubles.py BUILD_DIR [ID…]

The real core, platform, pcscd, card and printer; how each trouble is caused is in trouble_ways.py.
The diagnostics are a table: trouble, how it was caused, what was said, how long after the end of
its cause the machine was as ever, and how long after it the next resident had a number.
"""

import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))

from core_client import can_press  # noqa: E402
from program import wait_until  # noqa: E402
from tap import check, note, run_tests  # noqa: E402
from trouble_stage import SPEED, Stage, says  # noqa: E402
from trouble_way import Cited  # noqa: E402
from trouble_ways import WAYS  # noqa: E402

FOLDER = pathlib.Path(__file__).resolve().parent
TABLE = FOLDER.parents[1] / "data" / "troubles.json"
# (elder, language, the row's keys for it, the first that is there counts)
TONGUES = (("off", "zh", ("zh",)), ("on", "zh", ("zh-elder", "zh")),
           ("off", "en", ("en",)), ("on", "en", ("en-elder", "en")))


def words(row, part, keys):
    texts = row[part]
    return next(texts[key] for key in keys if key in texts)


def expect_told(stage, row, way):
    """Title and sentence are on the screen, in each language and in large text."""
    for elder, language, keys in TONGUES:
        for mode, value in (("elder", elder), ("language", language)):
            stage.wait_for(lambda view: view["kind"] != "wait")
            stage.send("set", id=mode, value=value)
        for part in filter(None, ("title", way.say)):
            wanted = words(row, part, keys)
            stage.wait_for(lambda view, wanted=wanted: says(view, wanted), what=f"'{wanted}'")
    for mode, value in (("elder", "off"), ("language", "zh")):
        stage.send("set", id=mode, value=value)


def expect_way_on(stage, row):
    """Something can be pressed, and all that the row promises."""
    check(stage.ways_on(), "nothing can be pressed")
    for way in row["ways"]:
        key = "call-staff" if way == "help" else way
        stage.wait_for(lambda view, key=key: can_press(view, key, None), what=f"a key '{key}'")


def run_way(stage, row, way):
    """One row; returns the seconds to service and to the next resident's number."""
    stage.await_ready()
    way.cause(stage)
    title = row["title"]["zh"]
    stage.wait_for(lambda view: says(view, title), 30, f"'{title}'")
    expect_told(stage, row, way)
    expect_way_on(stage, row)
    since = time.monotonic()
    way.mend(stage)
    stage.leave()
    stage.await_ready()
    back = time.monotonic() - since
    stage.serve()
    served = time.monotonic() - since
    stage.press("finish")
    stage.leave()
    # What begins and ends by itself is written down when it begins.
    wait_until(lambda: stage.log_has(row, row["event"], "trouble-began"), f"'{row['id']}' in the log")
    if row["told"] != "nobody" and way.reported:
        stage.await_report(row, "began")
        stage.await_report(row, "ended")
    return back, served


def expect_cited(row, way):
    text = (FOLDER / way.file).read_text(encoding="utf-8")
    value = "JUMIN_TROUBLE_" + row["id"].upper().replace("-", "_")
    check(value in text and f'"{way.test}"' in text, f"'{way.test}' of {way.file} does not reach it")


class World:
    """The stages of all rows that share one, by whether it has a camera; a new one after a row that
    failed."""

    def __init__(self, build_dir, rows):
        self.build_dir, self.rows = build_dir, rows
        self.stages = {}

    def run(self, row, way):
        if way.hall is not None:
            with Stage(self.build_dir, self.rows, way.hall) as stage:
                return run_way(stage, row, way)
        if way.camera not in self.stages:
            stage = Stage(self.build_dir, self.rows, camera=way.camera)
            self.stages[way.camera] = stage.__enter__()
        try:
            return run_way(self.stages[way.camera], row, way)
        except BaseException:
            self.stages.pop(way.camera).stop()
            raise

    def close(self):
        while self.stages:
            self.stages.popitem()[1].stop()


def one_row(world, row):
    def run():
        way = WAYS.get(row["id"])
        check(way is not None, "trouble_ways.py has no way to it")
        if isinstance(way, Cited):
            expect_cited(row, way)
            note(f"{row['id']} · {way.why} · {way.file} {way.test}")
            return
        back, served = world.run(row, way)
        said = "，".join(row[part]["zh"] for part in ("title", way.say) if part)
        note(f"{row['id']} · {way.how} · {said}"
             f" · back after {back * SPEED:.1f} s, next number after {served * SPEED:.1f} s")
    return run


def no_way_too_many(rows):
    def run():
        other = set(WAYS) - {row["id"] for row in rows}
        check(not other, f"ways to what is no trouble: {sorted(other)}")
    return run


def main(build_dir, *names):
    rows = json.loads(TABLE.read_text(encoding="utf-8"))["troubles"]
    world = World(build_dir, rows)
    chosen = [row for row in rows if not names or row["id"] in names]
    note("trouble · how it was caused · what was said · how long until service was back"
         f" (seconds of the kiosk, which is {SPEED} times as fast)")
    try:
        return run_tests([("every way leads to a trouble of the table", no_way_too_many(rows))]
                         + [(f"{row['id']} is told, and service comes back", one_row(world, row))
                            for row in chosen])
    finally:
        world.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
