#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real core without a display, through its border alone; speaks TAP.

    test-core-client.py BUILD_DIR
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))

from core_client import CoreClient, find_item  # noqa: E402
from program import StandError  # noqa: E402
from tap import check, run_tests  # noqa: E402


def card_to_number(build_dir):
    with CoreClient(build_dir) as client:
        client.wait_page("home")
        client.stand.insert("li-ceshi")
        client.wait_page("consent")
        client.press("agree")
        client.press("queue")
        client.press("choose", matter="fund")
        client.press("next")
        client.wait_page("ticket")
        papers = client.stand.wait_paper(0)
        check(papers[0].stat().st_size > 1000, "the slip has no bytes")
        client.press("finish")
        client.wait_page("take-card")
        client.stand.pull()
        client.wait_page("home")
        check(not client.errors, f"errors: {client.errors}")


def stale_acts(build_dir):
    with CoreClient(build_dir) as client:
        home = client.wait_page("home")
        client.press("queue")
        client.wait_page("choose")
        result = client.send("start", page=home["page"], id="queue")
        check(result == "stale", f"an act on the page before was {result}")
        try:
            client.wait_page("ticket", seconds=0.2)
        except StandError as error:
            check("choose" in str(error), f"the error does not say what is shown: {error}")
        else:
            check(False, "a page that is not shown was found")


def modes_and_restart(build_dir):
    with CoreClient(build_dir) as client:
        client.wait_page("home")
        client.press("elder")
        client.wait_for(lambda view: view.get("elder"), what="elder mode")
        client.press("language")
        client.wait_for(lambda view: view["language"] == "en", what="English")
        check(find_item(client.view, "voice")["state"] == "off", "an item's state is not there")
        client.stand.kill("jumin-core")
        client.wait_away()
        client.stand.restart("jumin-core")
        client.wait_for(lambda view: view["language"] == "zh", what="a new core")


TESTS = (
    ("a card leads to a number without a display", card_to_number),
    ("an act on a page that is gone is stale, and a wait in vain says what is shown", stale_acts),
    ("modes are pressed by name, and a core that was killed is joined again", modes_and_restart),
)

if __name__ == "__main__":
    sys.exit(run_tests(TESTS, sys.argv[1]))
