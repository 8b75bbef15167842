#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Of a paper nothing stays on the machine but what is on the paper itself; speaks TAP.

    test-nothing-stays.py BUILD_DIR

The system tells every path that core opened for writing (strace); those, all folders that core may
write to, what the printers keep and what the platform's neighbours were told are searched for the
residents' names and numbers, the papers' titles and their numbers, after visits that printed a paper,
gave it up, lost it in the printer, or met a paper of somebody else.
"""

import json
import os
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))

from core_client import CoreClient, find_item  # noqa: E402
from program import wait_until  # noqa: E402
from residue import Trace, search_files, traces_of  # noqa: E402
from tap import check, note, run_tests  # noqa: E402

FOUND_SHOWN_MAX = 40
PAGE_SECONDS = 30
TITLES = ("缴存证明", "参保证明", "权益记录", "结清证明", "公积金")
NUMBERS = re.compile(rb"(?:GJJ|SB)-[0-9]{8}-[0-9]{6}")
# Not files that keep anything: devices, kernel state.
NOT_FILES = ("/dev/", "/proc/", "/sys/")
OPENED = re.compile(r'\b(?:openat\([^,]*, |open\(|creat\()"([^"]+)"(?:, [A-Z_|]*(?:O_WRONLY|O_RDWR|O_CREAT))')


class Client(CoreClient):
    """A core that is watched, whose home and temporary files are in one folder."""

    def __init__(self, build_dir):
        super().__init__(build_dir, settings="[sheets]\nask-got=yes\n")
        stand = self.stand
        self.home = stand.directory / "home"
        self.home.mkdir()
        self.trace = stand.directory / "opened"
        environment = stand.core_environment()
        for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME"):
            environment[name] = str(self.home)
        stand.core_environment = lambda: environment
        stand.core_prefix = [shutil.which("strace"), "-D", "-f", "-qq", "--seccomp-bpf", "-s", "4096",
                             "-e", "trace=openat,open,creat,memfd_create,rename,renameat2",
                             "-o", self.trace]

    def opened_paths(self):
        """Everything that core opened so that it could write to it."""
        for line in self.trace.read_text(encoding="utf-8", errors="replace").splitlines():
            match = OPENED.search(line)
            if match and not match.group(1).startswith(NOT_FILES):
                yield pathlib.Path(match.group(1))

    def resident(self, name):
        people = json.loads(self.stand.residents.read_text(encoding="utf-8"))
        return next(person for person in people if person["id"] == name)


def look_up(client, name):
    """From the card to the page of records."""
    client.stand.insert(name)
    client.wait_page("consent")
    client.press("agree")
    client.wait_for(lambda view: view["kind"] == "home" and find_item(view, "exit"),
                    what="the signed-in home")
    client.press("fund")
    client.wait_page("record", PAGE_SECONDS)


def begin_paper(client, name, paper="fund-deposit"):
    """From the card to the paper that can be seen; returns what must not be left."""
    client.wait_page("home")
    look_up(client, name)
    client.press("reveal")
    client.press(f"paper-{paper}")
    client.wait_page("preview", PAGE_SECONDS)
    client.press("show")
    check(client.open("document").get("result", "") != "failed", "the paper cannot be opened")
    return client.resident(name)


def end_visit(client):
    client.stand.pull()
    client.wait_page("home", PAGE_SECONDS)


def wait_key(client, *names):
    return client.wait_for(lambda view: any(find_item(view, name) for name in names), PAGE_SECONDS,
                           f"one of {names}")


def print_it(client):
    client.press("print", copies="1")
    wait_key(client, "got-all")
    client.press("got-all")


def visit_that_prints(client):
    resident = begin_paper(client, "li-ceshi")
    print_it(client)
    end_visit(client)
    return resident


def visit_that_prints_a_statement(client):
    resident = begin_paper(client, "wang-yidai", "statement")
    print_it(client)
    end_visit(client)
    return resident


def visit_that_gives_up(client):
    resident = begin_paper(client, "chen-bianhao")
    end_visit(client)
    return resident


def visit_that_jams(client):
    """The card is pulled while the sheet is stuck: the job is taken back."""
    resident = begin_paper(client, "chu-yuyue")
    client.stand.ask_sheets("after-pages 0 jam on")
    client.press("print", copies="1")
    wait_key(client, "stop")
    client.stand.pull()
    client.wait_page("home", 60)
    client.stand.ask_sheets("jam off")
    return resident


def visit_with_somebody_else_s_paper(client):
    """It is not shown, and papers are locked: so this one is the last."""
    client.wait_page("home")
    client.stand.ask_platform("fault paper-owner")
    look_up(client, "he-qian")
    client.press("paper-fund-deposit")
    client.wait_page("notice", PAGE_SECONDS)
    end_visit(client)
    return client.resident("he-qian")


VISITS = (visit_that_prints, visit_that_prints_a_statement, visit_that_gives_up, visit_that_jams,
          visit_with_somebody_else_s_paper)


def titles():
    for title in TITLES:
        for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
            yield Trace(f"title, {encoding}", title.encode(encoding))


def search(client, traces):
    stand = client.stand
    written = {path for path in client.opened_paths() if path.exists()}
    kept = [stand.directory / "audit", stand.directory / "sheets", stand.directory / "printer",
            stand.programs["jumin-core"].log_path, client.home, *written]
    kept += sorted(stand.directory.glob("print-ledger*"))
    note(f"{len(written)} paths were opened for writing")
    check(any("print-ledger" in str(path) for path in written), "the ledger is not among them")
    return [path for path in kept if path.exists()], search_files(
        [path for path in kept if path.exists()], traces)


def ledger_is_told(client):
    """The platform has heard of every paper: what the ledger needs for that, it forgets."""
    return not any(NUMBERS.search(file.read_bytes())
                   for file in client.stand.directory.glob("print-ledger*"))


def nothing_stays(build_dir):
    with Client(build_dir) as client:
        traces = list(titles())
        for visit in VISITS:
            traces += traces_of(visit(client))
        wait_until(lambda: ledger_is_told(client), "the ledger to forget the numbers", 30)
        kept, found = search(client, traces)
        for line in found[:FOUND_SHOWN_MAX]:
            note(line)
        check(not found, f"{len(found)} traces are left")
        for path in kept:
            for file in filter(pathlib.Path.is_file, [path, *path.rglob("*")]):
                if file in client.stand.list_documents():
                    continue  # the paper itself, which bears its number
                check(not NUMBERS.search(file.read_bytes()), f"the number of a paper is in {file}")
        check(len(client.stand.read_sheets()) >= 2, "nothing was printed")


def the_search_finds(build_dir):
    """What is looked for would be found: a name that somebody left behind is."""
    with Client(build_dir) as client:
        client.wait_page("home")
        traces = traces_of(client.resident("li-ceshi"))
        leak = client.home / "leak"
        leak.write_text(client.resident("li-ceshi")["name"], encoding="gb18030")
        _, found = search(client, traces)
        check(len(found) > 0, "a name on the disk is not found")


TESTS = (
    ("nothing of a paper stays after a visit, however it ended", nothing_stays),
    ("a name that is left behind is found", the_search_finds),
)

if __name__ == "__main__":
    if os.getuid() != 0:
        print("1..0 # SKIP only root traces core")
        sys.exit(0)
    sys.exit(run_tests(TESTS, sys.argv[1]))
