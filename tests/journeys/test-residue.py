#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""After a visit nothing is left of who was there; speaks TAP.

    test-residue.py BUILD_DIR

Searches the heap and all other writable memory of the real core, its output, its log and every
file that it wrote. Reading another process's memory takes root.
"""

import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))

from core_client import CoreClient, find_item  # noqa: E402
from program import wait_until  # noqa: E402
from residue import Trace, search_files, search_memory, traces_of, traces_of_code  # noqa: E402
from tap import check, note, run_tests  # noqa: E402

FOUND_SHOWN_MAX = 40
EMPLOYER = "江州测试机械"  # of everybody in the sandbox who has an account
PAYMENT_CODE = "281234567890123456"
QUICK = "[platform]\nhall-refresh-ms=5000\n[screen]\nnotice-ms=5000\n"


def find_resident(client, name):
    people = json.loads(client.stand.residents.read_text(encoding="utf-8"))
    return next(person for person in people if person["id"] == name)


def core_pid(client):
    return client.stand.programs["jumin-core"].process.pid


def search(client, traces):
    """All that is left, in memory and on the disk; core has no other folder to write to."""
    stand = client.stand
    written = [stand.directory / "audit", stand.programs["jumin-core"].log_path, client.home]
    return search_memory(core_pid(client), traces) + search_files(written, traces)


def expect_nothing(client, traces):
    found = search(client, traces)
    for line in found[:FOUND_SHOWN_MAX]:
        note(line)
    check(not found, f"{len(found)} traces are left")


def expect_holder(client, traces, parts=("name, utf-8", "ID number, ascii")):
    """The search would find something: now it does."""
    found = search_memory(core_pid(client), traces)
    for what in parts:
        check(any(line.startswith(what) for line in found), f"{what} is not found in the visit")


def sign_in(client, resident):
    client.wait_page("home")
    client.stand.insert(resident["id"])
    client.wait_page("consent")
    client.press("agree")
    client.wait_for(lambda view: view["kind"] == "home", what="the home page")


def leave(client):
    client.wait_page("take-card")
    client.stand.pull()
    client.wait_page("home")


def visit(client, name, matter="fund"):
    """From the card to the slip; returns what must not be left."""
    resident = find_resident(client, name)
    traces = traces_of(resident)
    papers = client.stand.count_papers()
    sign_in(client, resident)
    expect_holder(client, traces)
    client.press("queue")
    client.press("choose", matter=matter)
    client.press("next")
    client.wait_page("ticket")
    client.stand.wait_paper(papers)
    client.press("finish")
    leave(client)
    return traces


def record_visit(client, name):
    """What the offices know is looked at; returns what must not be left."""
    resident = find_resident(client, name)
    traces = traces_of(resident)
    sign_in(client, resident)
    client.press("fund")
    client.wait_page("record")
    client.press("reveal")
    expect_holder(client, traces)
    client.act("section", id="fund-lines")
    client.press("back")
    client.press("exit")
    leave(client)
    return traces + [Trace("employer", EMPLOYER.encode("utf-8"))]


def type_keys(client, keys):
    for key in keys:
        client.press(f"key-{key.lower()}")


def type_number(client, resident):
    """From home to the whole number on the keypad."""
    client.wait_page("home")
    client.press("number")
    client.wait_page("consent")
    client.press("agree")
    client.wait_page("id-number")
    type_keys(client, resident["id_number"])


def typed_visit(client, name):
    """By number and code; returns what must not be left."""
    resident = find_resident(client, name)
    traces = traces_of(resident)
    type_number(client, resident)
    client.press("send-code")
    client.wait_page("sms")
    type_keys(client, client.stand.ask_platform(f"code {name}"))
    client.press("check-code")
    client.wait_for(lambda view: view["kind"] == "home", what="the home page")
    expect_holder(client, traces)
    client.press("exit")
    client.wait_for(lambda view: find_item(view, "number"), what="the signed-out home page")
    return traces


def typed_for_nothing(client, name):
    """The number is typed, and the person goes away before it is sent."""
    resident = find_resident(client, name)
    type_number(client, resident)
    client.press("exit")
    client.wait_page("home")
    return traces_of(resident)


class Client(CoreClient):
    """A core whose home, temporary files and caches are in one folder."""

    def __init__(self, build_dir, **arguments):
        super().__init__(build_dir, **arguments)
        self.home = self.stand.directory / "home"
        self.home.mkdir()
        environment = self.stand.core_environment()
        for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME"):
            environment[name] = str(self.home)
        self.stand.core_environment = lambda: environment


def one_visit(name):
    def run(build_dir):
        with Client(build_dir) as client:
            expect_nothing(client, visit(client, name))
    return run


def looked_up(build_dir):
    with Client(build_dir) as client:
        expect_nothing(client, record_visit(client, "wang-yidai"))


def by_number(build_dir):
    with Client(build_dir) as client:
        expect_nothing(client, typed_for_nothing(client, "wu-wujiu")
                       + typed_visit(client, "chen-bianhao"))


def show_until(client, text, page):
    """The phone is held there until this page comes; then it is put away."""
    client.stand.show_text(text)
    client.wait_page(page)
    client.stand.show_nothing()


def expect_no_scan(client):
    """The process that saw the code has gone, and its memory with it."""
    children = pathlib.Path(f"/proc/{core_pid(client)}/task/{core_pid(client)}/children")
    wait_until(lambda: not children.read_text(encoding="ascii").split(), "jumin-scan to be gone")


def says(client, words):
    return words in json.dumps(client.view, ensure_ascii=False)


def shown_visit(client, name, parts):
    """A payment code, a code that the platform does not take, and then a good one."""
    resident = find_resident(client, name)
    texts = [PAYMENT_CODE, client.stand.make_code(name, "social-security"),
             client.stand.make_code(name)]
    client.wait_page("home")
    client.press("queue")
    client.press("choose", matter="social")
    client.press("next")
    client.wait_page("identify")
    client.stand.show_text(texts[0])
    client.wait_for(lambda view: says(client, "这是付款码"), what="the kind of the code")
    client.stand.ask_platform("codes expired")
    client.stand.show_text(texts[1])
    client.wait_for(lambda view: says(client, "过期"), what="what the platform said")
    client.stand.ask_platform("codes none")
    show_until(client, texts[2], "ticket")
    traces = traces_of(resident)
    expect_holder(client, traces, parts)
    client.press("finish")
    client.wait_page("home")
    expect_no_scan(client)
    return traces + [trace for text in texts for trace in traces_of_code(text)]


def by_code(profile, *parts):
    """parts: what is known of the holder; the terminal's shape masks the name."""
    def run(build_dir):
        with Client(build_dir, settings=f"[city-code]\nprofile={profile}\n") as client:
            expect_nothing(client, shown_visit(client, "li-ceshi", parts))
    return run


def pulled_card(client, name, page):
    """The card is taken out on this page."""
    resident = find_resident(client, name)
    client.wait_page("home")
    client.stand.insert(name)
    client.wait_page("consent")
    if page != "consent":
        client.press("agree")
        client.press("queue")
        client.wait_page(page)
    client.stand.pull()
    client.wait_page("home", 30)
    return traces_of(resident)


def refused_card(client, name):
    """A card that ends in a notice, with or without the consent."""
    resident = find_resident(client, name)
    client.wait_page("home")
    client.stand.insert(name)
    view = client.wait_for(lambda view: view["kind"] in ("consent", "notice"), what="an answer")
    if view["kind"] == "consent":
        client.press("agree")
        client.wait_page("notice")
    client.stand.pull()
    client.wait_page("home", 30)
    return traces_of(resident)


def silent_platform(client, name):
    """The number is asked for, and nobody answers."""
    resident = find_resident(client, name)
    sign_in(client, resident)
    client.press("queue")
    client.press("choose", matter="fund")
    client.wait_page("checklist")
    client.stand.kill("jumin-sandbox")
    client.press("next")
    client.wait_page("notice", 30)
    client.stand.pull()
    client.wait_for(lambda view: view["kind"] in ("home", "out-of-service"), 30, "the end")
    client.stand.restart("jumin-sandbox")
    client.wait_page("home", 30)
    return traces_of(resident)


def many_visits(build_dir):
    with Client(build_dir, speed=5, settings=QUICK) as client:
        traces = pulled_card(client, "li-ceshi", "consent")
        traces += pulled_card(client, "wang-yidai", "choose")
        traces += refused_card(client, "qian-weizhi")
        traces += refused_card(client, "zhou-guoqi")
        traces += silent_platform(client, "chen-bianhao")
        traces += visit(client, "he-qian")
        traces += typed_for_nothing(client, "zheng-liushi")
        traces += typed_visit(client, "wei-youhao")
        traces += visit(client, "feng-bashi", matter="social")
        expect_nothing(client, traces)


TESTS = (
    ("nothing is left of a card's holder", one_visit("li-ceshi")),
    ("nothing is left of a holder whom the platform named", one_visit("zhao-suoding")),
    ("nothing is left of a name with a rare character", one_visit("liu-yan")),
    ("nothing is left of a long name", one_visit("abudu-kelimu")),
    ("nothing is left of records that were looked at", looked_up),
    ("nothing is left of a number that was typed", by_number),
    ("nothing is left of codes and their holder, third-party", by_code("third-party", "name, utf-8", "ID number, ascii")),
    ("nothing is left of codes and their holder, terminal", by_code("terminal", "ID number, ascii")),
    ("nothing is left of visits that ended in every way, in one core", many_visits),
)

if __name__ == "__main__":
    if os.getuid() != 0:
        print("1..0 # SKIP only root reads the memory of core")
        sys.exit(0)
    sys.exit(run_tests(TESTS, sys.argv[1]))
