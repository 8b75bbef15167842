#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Core, jumin-scan, a camera and the platform, without a display; speaks TAP.

    test-core-camera.py BUILD_DIR
"""

import contextlib
import os
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))

from core_client import CoreClient, find_item  # noqa: E402
from stand import wait_until  # noqa: E402
from tap import check, note, run_tests  # noqa: E402

DEATHS_MAX = 5  # as shipped


@contextlib.contextmanager
def kiosk(build_dir):
    """A core that starts jumin-scan itself, before the camera of the stand."""
    client = CoreClient(build_dir)
    client.stand.settings = "[scan]\nkind=camera\nretry-ms=100\nfaulty-ms=1000\n"
    with client:
        yield client, client.stand.camera


def go_to_identify(client):
    client.wait_page("home")
    client.press("queue")
    client.press("choose", matter="fund")
    client.press("next")
    client.wait_page("identify")


def show_code(client, camera):
    """The phone of a resident; returns when it was held up."""
    picture = camera.draw(client.stand.ask_platform("city-code li-ceshi"))
    shown = time.monotonic()
    camera.ask(f"show {picture}")
    return shown


def looks(view):
    """Whether the camera is open and looks for a code."""
    way = find_item(view, "code") or {}
    return way.get("icon") == "camera" and way.get("note_tone") == "now"


def scan_of(client):
    """The process of jumin-scan, a child of core, or None."""
    core = client.stand.programs["jumin-core"].process.pid
    children = pathlib.Path(f"/proc/{core}/task/{core}/children").read_text(encoding="ascii")
    for child in children.split():
        with contextlib.suppress(OSError):
            if pathlib.Path(f"/proc/{child}/comm").read_text(encoding="ascii") == "jumin-scan\n":
                return int(child)
    return None


def wait_note(client, tone):
    """Until the way by code says something in this tone."""
    return client.wait_for(lambda view: (find_item(view, "code") or {}).get("note_tone") == tone,
                           what=f"a way by code whose note is '{tone}'")


def picture_width(client):
    """Of what core hands to the ui; 0: no picture is in it yet, or it is refused."""
    return client.open("camera").get("width", 0)


def number_by_code(client, camera):
    show_code(client, camera)
    client.wait_page("ticket")


def code_to_number(build_dir):
    with kiosk(build_dir) as (client, camera):
        client.wait_page("home")
        check(camera.read_status()["opened"] == "0", "the camera was opened at home")
        go_to_identify(client)
        shown = show_code(client, camera)
        client.wait_page("ticket")
        note(f"from the code to the number: {round((time.monotonic() - shown) * 1000)} ms")
        check(camera.read_status()["opened"] == "1", "the camera was not opened once")
        papers = client.stand.wait_paper(0)
        check(papers[0].stat().st_size > 1000, "the slip has no bytes")
        client.press("finish")
        client.wait_page("home")
        wait_until(lambda: camera.read_status()["streaming"] == "0", "the camera to be off at home")


def preview(build_dir):
    with kiosk(build_dir) as (client, _):
        client.wait_page("home")
        check(client.open("camera")["result"] == "refused", "home opens the camera")
        go_to_identify(client)
        client.wait_for(looks, what="a camera that looks")
        check(client.open("anything")["result"] == "refused", "another name is opened")
        wait_until(lambda: 0 < picture_width(client) <= 640, "a picture for the ui")
        client.press("home")
        client.wait_page("home")
        check(client.open("camera")["result"] == "refused", "home opens the camera")


def unplugged(build_dir):
    with kiosk(build_dir) as (client, camera):
        go_to_identify(client)
        for number in (1, 2):
            client.wait_for(looks, what="a camera that looks")
            camera.ask("unplug")
            client.wait_for(lambda view: not looks(view), what="a camera that is missed")
            camera.ask(f"plug {number}")
        client.wait_for(looks, what="a camera that looks")
        number_by_code(client, camera)


def killed(build_dir):
    with kiosk(build_dir) as (client, camera):
        go_to_identify(client)
        for _ in range(DEATHS_MAX):
            client.wait_for(looks, what="a camera that looks")
            os.kill(scan_of(client), signal.SIGKILL)
            client.wait_for(lambda view: not looks(view), what="another jumin-scan")
        wait_note(client, "fail")
        client.wait_for(looks, what="a camera that looks again")
        number_by_code(client, camera)


def nothing_stays(build_dir):
    with kiosk(build_dir) as (client, camera):
        go_to_identify(client)
        text = client.stand.ask_platform("city-code li-ceshi")
        camera.show(text)
        client.wait_page("ticket")
        wait_until(lambda: scan_of(client) is None, "jumin-scan to end")
        for path in client.stand.directory.rglob("*.log"):
            check(text not in path.read_text(encoding="utf-8", errors="replace"),
                  f"the code stands in {path.name}")


TESTS = (
    ("a code before a camera leads to a number", code_to_number),
    ("the page that looks hands its pictures to the ui, no other page does", preview),
    ("a camera that is unplugged and plugged again is found again", unplugged),
    ("a jumin-scan that is killed comes back; too often, and the page says so", killed),
    ("neither jumin-scan nor the code stays", nothing_stays),
)

if __name__ == "__main__":
    sys.exit(run_tests(TESTS, sys.argv[1]))
