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
        report = self.screen.command("audit " + limits(self.size, state)).splitlines()
        if not report or not report[-1].startswith("checked"):
            report.append("audit\t\t\thas no end")
        elif report[-1].split("\t")[2] == "0":
            report[-1] = "audit\t\t\tfound no text"
        else:
            report.pop()
        report += self.log_trouble()
        if report or keep:
            self.screen.shot(self.pictures / f"{title(self.size, state)}.png")
        return report

    def style(self, text):
        """Puts a style sheet over all others, or takes it away."""
        path = self.screen.dir / "sabotage.css"
        path.write_text(text, encoding="utf-8")
        self.screen.command(f"style {path}" if text else "style")
        self.screen.settle()


class Tap:
    """Test Anything Protocol."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def result(self, good, name, lines=()):
        """One test and what it found."""
        self.count += 1
        self.failed += not good
        for line in lines:
            print(f"# {line}")
        print(f"{'ok' if good else 'not ok'} {self.count} {name}", flush=True)

    def end(self):
        """The plan, last; the exit status."""
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def prove_it_can_fail(audit, tap):
    """Spoilt screens must be noticed."""
    state = State("choose-long", "zh", 0, 0, 0)
    for text, rules in SABOTAGE.items():
        audit.style(text)
        found = {line.split("\t")[0] for line in audit.look(state)}
        tap.result(rules <= found, f"/audit/notices {', '.join(sorted(rules))}",
                   [] if rules <= found else [f"found only {sorted(found)} with {text}"])
    audit.style("")
    audit.log_trouble()
    (audit.pictures / f"{title(audit.size, state)}.png").unlink(missing_ok=True)


def main():
    """Looks at all sizes, one after the other."""
    parser = argparse.ArgumentParser(description="the audit of the screens")
    parser.add_argument("build_dir", type=pathlib.Path)
    parser.add_argument("--only", help="one fixture")
    parser.add_argument("--size", choices=MODES, help="one size")
    parser.add_argument("--keep", action="store_true", help="pictures of every state")
    options = parser.parse_args()
    pictures = options.build_dir.resolve() / "tests" / "ui" / "audit"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    tap = Tap()

    for size in [options.size] if options.size else MODES:
        began = time.monotonic()
        with Audit(options.build_dir, size, pictures) as audit:
            if size == MAIN_SIZE and not options.only:
                prove_it_can_fail(audit, tap)
            fixtures = [fixture for fixture in audit.server.fixtures()
                        if options.only in (None, fixture[0])]
            for state in plan(size, fixtures):
                report = audit.look(state, options.keep)
                tap.result(not report, f"/audit/{title(size, state)}",
                           [line.replace("\t", " | ") for line in report])
        print(f"# {size}: {time.monotonic() - began:.1f} s", flush=True)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
