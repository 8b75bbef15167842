#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What juminctl says and ends with, without a machine around it; speaks TAP.

    test-juminctl.py JUMINCTL SOURCE_ROOT MAKE_LEDGER
"""

import getpass
import os
import pathlib
import pwd
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(sys.argv[2]) / "tests" / "tools"))

from tap import check, run_tests  # noqa: E402

GOOD, BAD, USAGE, UNREADABLE = 0, 1, 2, 3
NOBODY = 65534
JUMINCTL, SOURCE, MAKE_LEDGER = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]


def run(*arguments):
    done = subprocess.run([JUMINCTL, *map(str, arguments)], capture_output=True, text=True,
                          check=False, timeout=30)
    return done.returncode, done.stdout, done.stderr


def expect(result, status, words=""):
    check(result[0] == status, f"ended with {result[0]}: {result[1]}{result[2]}")
    check(words in result[1] + result[2], f"'{words}' is not said: {result[1]}{result[2]}")


def good_configuration():
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "10-data.conf").write_text(
            f"[data]\ncatalogue={SOURCE}/data/catalogue.json\n"
            f"troubles={SOURCE}/data/troubles.json\n"
            f"city-code={SOURCE}/data/city-code.json\n"
            f"code-kinds={SOURCE}/data/code-kinds.json\n"
            f"billers={SOURCE}/data/billers.json\n", encoding="utf-8")
        expect(run("config", "check", "--config", SOURCE / "data" / "jumin.conf",
                   "--config-dir", folder), GOOD, "good")


def bad_lines():
    with tempfile.TemporaryDirectory() as folder:
        main, more = pathlib.Path(folder) / "main.conf", pathlib.Path(folder) / "more"
        more.mkdir()
        main.write_text("# fine\n[screen]\nidle-ms=90000\n", encoding="utf-8")
        second = more / "20-hall.conf"
        for text, line, words in (
                ("[screen]\nidle-ms=soon\n", 2, "[screen] idle-ms: 'soon' is not a whole number"),
                ("\n\n[screens]\n", 3, "[screens]: this group is not known"),
                ("[screen]\n\nidle=1\n", 3, "[screen] idle: this key is not known"),
                ("[screen]\nidle-ms\n", 2, "")):
            second.write_text(text, encoding="utf-8")
            result = run("config", "check", "--config", main, "--config-dir", more)
            expect(result, BAD, f"{second}:{line}: {words}")


def audit_words():
    with tempfile.TemporaryDirectory() as folder:
        expect(run("audit", "verify", pathlib.Path(folder) / "none"), UNREADABLE, "none")
        expect(run("audit", "verify", folder), UNREADABLE, "There is no audit log")
        (pathlib.Path(folder) / "audit-000000000001.log").write_text("hello\n", encoding="utf-8")
        expect(run("audit", "verify", folder), BAD,
               "audit-000000000001.log:1: record 1: it is not a record")
        expect(run("audit", "verify", "--key", folder, folder), UNREADABLE, folder)


def papers_are_listed_and_unlocked():
    with tempfile.TemporaryDirectory() as folder:
        ledger = pathlib.Path(folder) / "prints.db"
        expect(run("papers", "--ledger", ledger), UNREADABLE, "There is no print ledger")
        check(not ledger.exists(), "a ledger was made")
        subprocess.run([MAKE_LEDGER, ledger], check=True, timeout=30)
        listed = run("papers", "--ledger", ledger)
        expect(listed, BAD, "Papers are locked since 2026-")
        expect(listed, BAD, "2 that the platform has not heard of")
        check("partly" in listed[1] and "open" in listed[1], listed[1])
        check("GJJ-" not in listed[1] and "…371" in listed[1], f"not masked: {listed[1]}")
        expect(run("papers", "unlock", "--ledger", ledger), GOOD, "not locked")
        expect(run("papers", "--ledger", ledger), GOOD, "Papers go out")


def papers_are_cores_while_it_runs():
    with tempfile.TemporaryDirectory() as folder:
        ledger = pathlib.Path(folder) / "prints.db"
        with subprocess.Popen([MAKE_LEDGER, ledger, "hold"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as core:
            core.stdout.readline()
            expect(run("papers", "unlock", "--ledger", ledger), UNREADABLE, "While jumin-core runs")
            core.stdin.close()


def a_payment_journal_is_made_once():
    with tempfile.TemporaryDirectory() as folder:
        journal = pathlib.Path(folder) / "payments.db"
        more = ("--journal", journal, "--user", getpass.getuser())
        expect(run("payments", "create", *more), GOOD, str(journal))
        made = journal.read_bytes()
        check(journal.stat().st_mode & 0o7777 == 0o600, "others may read it")
        expect(run("payments", "create", *more), BAD, "is there already")
        check(journal.read_bytes() == made, "it was touched")
        expect(run("payments", "create", "--journal", journal, "--user", "jumin-nobody"), BAD,
               "jumin-nobody")
        expect(run("payments", "create", "--journal", f"{folder}/none/a.db", *more[2:]), BAD,
               "none/a.db")
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            other = pathlib.Path(folder) / "other.db"
            nobody = pwd.getpwuid(NOBODY).pw_name
            expect(run("payments", "create", "--journal", other, "--user", nobody), GOOD)
            owners = {file.stat().st_uid for file in pathlib.Path(folder).glob("other.db*")}
            check(owners == {NOBODY}, f"they belong to {owners}")


def wrong_arguments():
    expect(run("papers", "lock"), USAGE, "'lock'")
    expect(run(), USAGE, "Usage")
    expect(run("audit", "erase"), USAGE, "Usage")
    expect(run("audit", "verify", "a", "b"), USAGE, "'b'")
    expect(run("config", "check", "--colour"), USAGE, "--colour")


TESTS = (
    ("the shipped configuration is good", good_configuration),
    ("a bad configuration is named by file and line", bad_lines),
    ("an audit log that cannot be read is not one that is bad", audit_words),
    ("papers are listed, masked, and unlocked", papers_are_listed_and_unlocked),
    ("while core runs the papers are its own", papers_are_cores_while_it_runs),
    ("a payment journal is made once, for its owner", a_payment_journal_is_made_once),
    ("wrong arguments are said", wrong_arguments),
)

if __name__ == "__main__":
    sys.exit(run_tests(TESTS))
