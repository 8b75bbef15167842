#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What staff learn of payments from a running core; speaks TAP.

    test-operator.py BUILD_DIR MAKE_PAYMENT

The real core and the real platform; the journal is that of a core which was killed.
"""

import datetime
import os
import pathlib
import pwd
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))

from program import wait_until  # noqa: E402
from stand import Stand  # noqa: E402
from tap import check, note, run_tests  # noqa: E402

GOOD, BAD, USAGE, NO_ANSWER = 0, 1, 2, 3
DAY_S = 24 * 60 * 60
NOBODY, DAEMON = 65534, 1


class Desk(Stand):
    """Core, its platform, and a clerk with a command line."""

    def __init__(self, build_dir, make_payment):
        super().__init__(build_dir, speed=5)
        self.make_payment = make_payment

    def start_quiet(self):
        """Without a reader, a printer and a screen."""
        self.start_platform()
        self.start_printer()
        self.start_sheets()
        self.start_camera()
        self.write_configuration()
        self.make_journal()

    def put(self, state, seconds_ago):
        subprocess.run([self.make_payment, self.journal, state, str(seconds_ago)], check=True)

    def ask(self, *words, user=None, config=True):
        """juminctl payments; what it ends with, and all that it says."""
        files = ["--config", self.source_dir / "data" / "jumin.conf",
                 "--config-dir", self.directory / "conf.d"]
        done = subprocess.run(
            [self.build_dir / "app" / "ctl" / "juminctl", "payments", *words,
             *(files if config else ["--socket", self.directory / "operator.sock"])],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=90, user=user,
            group=None if user is None else pwd.getpwuid(user).pw_gid,
            extra_groups=None if user is None else [], check=False)
        return done.returncode, done.stdout + done.stderr

    def set_group(self, group):
        (self.directory / "conf.d" / "90-group.conf").write_text(
            f"[operator]\ngroup={group}\n", encoding="utf-8")
        self.kill("jumin-core")
        self.start_core()


def no_core(desk):
    code, text = desk.ask()
    check(code == NO_ANSWER and "does not run" in text, text)


def usage(desk):
    for words in (["soon"], ["reconcile", "yesterday"], ["reconcile", "2026-09-16"], ["--no-such"]):
        code, text = desk.ask(*words)
        check(code == USAGE and text, f"{words}: {code} {text}")


def unresolved(desk):
    """A core was killed in the middle of a payment, and the platform is not there."""
    desk.put("unknown", 600)
    desk.put("fulfilled", 60)
    desk.put("paid", 3 * DAY_S)
    desk.kill("jumin-sandbox")
    desk.start_core()
    wait_until(lambda: "1 of which nobody knows" in desk.ask()[1], "core to have read its journal")
    code, text = desk.ask()
    note(text)
    check(code == BAD, "an update may not go on")
    lines = text.splitlines()
    check(len(lines) == 7, "three payments, each with a sentence, and the sum")
    check("fulfilled" in lines[0] and "185.00" in lines[0] and "JM20****************03" in lines[0],
          "the newest one comes first, with its amount, and a number that is masked")
    check("every company has its money" in lines[1], "with what it means")
    check("paid" in lines[4], "the oldest one is not final, and comes last")
    check("3710003" not in text and "5008" not in text, "no whole number, and no account")


def compares_in_vain(desk):
    code, text = desk.ask("reconcile")
    check(code == NO_ANSWER and text, text)


def resolved(desk):
    """It is there again: what it never heard of is closed."""
    desk.restart("jumin-sandbox")
    wait_until(lambda: desk.ask()[0] == GOOD, "the payment to be settled")
    code, text = desk.ask()
    check(code == GOOD and "0 of which nobody knows" in text and "void" in text, text)


def reconciles(desk):
    """The platform has nothing of what this journal says is paid."""
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
    day = (today - datetime.timedelta(seconds=60)).strftime("%Y%m%d")
    code, text = desk.ask("reconcile", day)
    note(text)
    check(code == BAD and "1 different" in text and "platform does not have it" in text, text)
    code, text = desk.ask("reconcile", "20200101")
    check(code == GOOD and "20200101: 0 the same" in text, text)
    code, text = desk.ask("reconcile", "20201301")
    check(code == NO_ANSWER and "no day" in text, text)


def refuses(desk):
    if os.getuid() != 0:
        note("only root can be somebody else")
        return
    code, text = desk.ask(user=NOBODY, config=False)
    check(code == NO_ANSWER and "not one of those who may ask" in text, text)
    desk.set_group("nogroup")
    code, text = desk.ask(user=NOBODY, config=False)
    check(code == GOOD, f"a member of the group: {text}")
    code, text = desk.ask(user=DAEMON, config=False)
    check(code == NO_ANSWER and "not one of those who may ask" in text, text)


def no_group(desk):
    """A group that is not there keeps nobody from being served."""
    desk.set_group("no-such-group")
    check(desk.ask()[0] == NO_ANSWER, "nobody is answered")
    check("no group 'no-such-group'" in desk.read_log("jumin-core"), "and the log says why")


def disabled(desk):
    (desk.directory / "conf.d" / "95-off.conf").write_text("[payment]\nenabled=no\n",
                                                           encoding="utf-8")
    code, text = desk.ask()
    check(code == GOOD and "Nothing can be paid" in text, text)


TESTS = [
    ("while core does not run, that is said", no_core),
    ("a command line that is wrong is refused", usage),
    ("while nobody knows of a payment, an update is held back", unresolved),
    ("while the platform is silent, nothing can be compared", compares_in_vain),
    ("what is settled holds nothing back", resolved),
    ("a day is compared with the platform's", reconciles),
    ("only those may ask who are named", refuses),
    ("a group that is not there is said", no_group),
    ("where nothing can be paid, nothing is held back", disabled),
]


def main():
    build_dir, make_payment = sys.argv[1:]
    with Desk(build_dir, make_payment) as desk:
        desk.start_quiet()
        return run_tests(TESTS, desk)


if __name__ == "__main__":
    sys.exit(main())
