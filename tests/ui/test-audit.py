#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit of the screens against the design guide.

    test-audit.py BUILD_DIR [--only NAME] [--size WxH] [--keep]

Every fixture state in Chinese and English at 1080x1920; the worst states of each page in every
combination of size, text, contrast, reach and language. One line a violation; pictures of the
states that fail are left in BUILD_DIR/tests/ui/audit (with --keep of all that were looked at).
The audit proves first that it can fail: it is given spoilt style sheets and must say so.
"""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import kiosk  # noqa: E402
from fixtures import FixtureServer  # noqa: E402

State = collections.namedtuple("State", "name language elder contrast reach")
LANGUAGES = ("zh", "en")
MAIN_SIZE = "1080x1920"

# size: the modes that this panel has, as (elder, contrast, reach)
EVERY_MODE = [(elder, contrast, reach)
              for elder in (0, 1) for contrast in (0, 1) for reach in (0, 1)]
MODES = {
    MAIN_SIZE: EVERY_MODE,
    "1920x1080": EVERY_MODE,
    "1024x768": [(0, 0, 0), (1, 0, 0)],
}

# The guide's sizes on a short side of 1080; they shrink with it to three quarters.
GUIDE = {
    0: {"text": 28, "target": 88, "key": 96, "primary": 112},
    1: {"text": 42, "target": 120, "key": 120, "primary": 132},
}
SHORT_SIDE = 1080
FACTOR_MIN = 0.75
GAP = 8
TEXT_CONTRAST = 7
EDGE_CONTRAST = 3

LOG_TROUBLE = ("OVERFLOW", "CRITICAL", "WARNING", "Gtk-", "jumin-driver:", "jumin-touch:")

# What is spoilt, and the rules that must notice it.
SABOTAGE = {
    ".kiosk label { color: #999999; }": {"contrast"},
    ".kiosk label { font-size: 12px; }": {"text-size"},
    ".kiosk button { min-height: 30px; padding: 0; } .kiosk button label { font-size: 12px; }"
    " .kiosk button * { min-height: 0; min-width: 0; }": {"target-size", "text-size"},
    ".kiosk button { margin-top: -700px; }": {"zone", "overlap"},
    ".kiosk button { margin: -12px; }": {"target-gap"},
    ".kiosk button { border-color: transparent; background: none; box-shadow: none; }": {"edge"},
    ".kiosk button { margin-left: 3000px; }": {"off-screen"},
    ".kiosk .card { padding: 0 450px; }": {"clipped"},
}
# The same for what the screen is given to show.
SPOILT_VIEWS = {
    "words 临江区\U000f1234": {"glyph"},
    "words " + "临江区政务服务中心" * 37: {"clipped", "log"},
    "names": {"name"},
}


def limits(size, state):
    """The guide's sizes for this screen, as a command of the driver."""
    width, height = map(int, size.split("x"))
    factor = max(FACTOR_MIN, min(width, height) / SHORT_SIDE)
    words = [f"{name}={value * factor}" for name, value in GUIDE[state.elder].items()]
    words += [f"gap={GAP}", f"contrast={TEXT_CONTRAST}", f"edge={EDGE_CONTRAST}"]
    words.append(f"touch-from={height / (2 if state.reach else 3)}")
    return " ".join(words)


def plan(size, fixtures):
    """The states to look at on this size of screen."""
    states = []
    for name, _, rank in fixtures:
        modes = MODES[size] if rank == "worst" else [(0, 0, 0)] if size == MAIN_SIZE else []
        states += [State(name, language, *mode) for mode in modes for language in LANGUAGES]
    # Fixtures of the same modes follow each other: a change of modes draws everything anew.
    return sorted(states, key=lambda state: state[1:])


def title(size, state):
    """What a state is called in the report and in the names of pictures."""
    words = [state.name, size, state.language]
    words += [mode for mode in ("elder", "contrast", "reach") if getattr(state, mode)]
    return "-".join(words)


class Audit:
    """All screens of one size, in one session."""

    def __init__(self, build_dir, size, pictures):
        self.size = size
        self.pictures = pictures
        self.server = FixtureServer(build_dir)
        log = pictures / f"{size}.log"
        log.unlink(missing_ok=True)
        self.screen = kiosk.Kiosk(build_dir, self.server.ui_command(), size, log=log)
        self.log_seen = 0

    def __enter__(self):
        self.screen.start()
        return self

    def __exit__(self, *_):
        self.screen.stop()
        self.server.stop()

    def log_trouble(self):
        """What the ui has complained about since the last call."""
        lines = self.screen.log().splitlines()
        fresh, self.log_seen = lines[self.log_seen:], len(lines)
        return [f"log\t\t\t{line}" for line in fresh
                if any(word in line for word in LOG_TROUBLE)]

    def look(self, state, keep=False):
        """Shows a state and returns its violations."""
        self.server.show(*state)
        self.screen.settle()
        found = self.screen.command("audit " + limits(self.size, state)).splitlines()
        if not found or not found[-1].startswith("checked"):
            found.append("audit\t\t\thas no end")
        elif found[-1].split("\t")[2] == "0":
            found[-1] = "audit\t\t\tfound no text"
        else:
            found.pop()
        found += self.log_trouble()
        if found or keep:
            self.screen.shot(self.pictures / f"{title(self.size, state)}.png")
        return found

    def style(self, text):
        """Puts a style sheet over all others, or takes it away."""
        path = self.screen.dir / "sabotage.css"
        path.write_text(text, encoding="utf-8")
        self.screen.command(f"style {path}" if text else "style")
        self.screen.settle()


def prove_it_can_fail(audit):
    """Spoilt screens must be noticed: results, as look_at_size() gives them."""
    state = State("choose-long", "zh", 0, 0, 0)
    results = []

    def prove(rules, state=state):
        found = {line.split("\t")[0] for line in audit.look(state)}
        lines = [] if rules <= found else [f"proof\t\t\tfound only {sorted(found)}"]
        results.append((f"/audit/notices {', '.join(sorted(rules))}", lines))

    for text, rules in SABOTAGE.items():
        audit.style(text)
        prove(rules)
    audit.style("")
    for what, rules in SPOILT_VIEWS.items():
        audit.server.spoil(what)
        prove(rules, state._replace(elder=1))
    audit.server.spoil()
    audit.log_trouble()
    (audit.pictures / f"{title(audit.size, state)}.png").unlink(missing_ok=True)
    return results


def look_at_size(size, options, pictures):
    """All states of one size: (name, violations), and the seconds that it took."""
    began = time.monotonic()
    with Audit(options.build_dir, size, pictures) as audit:
        results = []
        if size == MAIN_SIZE and not options.only:
            results += prove_it_can_fail(audit)
        fixtures = [fixture for fixture in audit.server.fixtures()
                    if options.only in (None, fixture[0])]
        for state in plan(size, fixtures):
            results.append((f"/audit/{title(size, state)}", audit.look(state, options.keep)))
    return results, time.monotonic() - began


def report(number, name, lines):
    """One result as TAP."""
    for line in lines:
        print("# " + line.replace("\t", " | "))
    print(f"{'not ok' if lines else 'ok'} {number} {name}")


def main():
    """Looks at all sizes, each in a session of its own, as many at once as there are processors."""
    parser = argparse.ArgumentParser(description="the audit of the screens")
    parser.add_argument("build_dir", type=pathlib.Path)
    parser.add_argument("--only", help="one fixture")
    parser.add_argument("--size", choices=MODES, help="one size")
    parser.add_argument("--keep", action="store_true", help="pictures of every state")
    options = parser.parse_args()
    pictures = options.build_dir.resolve() / "tests" / "ui" / "audit"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    rules = collections.Counter()
    count = failed = 0

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        sizes = [options.size] if options.size else list(MODES)
        sessions = [pool.submit(look_at_size, size, options, pictures) for size in sizes]
        for size, session in zip(sizes, sessions):
            results, seconds = session.result()
            for name, lines in results:
                count += 1
                failed += bool(lines)
                rules.update(line.split("\t")[0] for line in lines)
                report(count, name, lines)
            print(f"# {size}: {len(results)} screens in {seconds:.0f} s", flush=True)
    for rule, times in rules.most_common():
        print(f"# {rule}: {times} times")
    print(f"1..{count}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
