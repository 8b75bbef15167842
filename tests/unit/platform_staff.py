# SPDX-License-Identifier: GPL-3.0-or-later
"""What people of the hall are told: calls for help and reports of troubles."""

import json
import uuid

HELP = {"page": "home", "matter": None, "escalated": False}
REPORT = {"trouble": "paper-out", "since": 1789525560, "state": "began", "told": "hall"}


def new_key():
    return str(uuid.uuid4())


def help_calls(terminal, **_):
    """a_call_for_help_is_one_call_a_key"""
    key = new_key()
    _, first = terminal.call("callHelp", {**HELP, "matter": "tax"}, key)
    _, again = terminal.call("callHelp", {**HELP, "matter": "tax"}, key)
    assert first["id"] == again["id"] and first["on_duty"] > 0


def help_answered(terminal, sandbox, **_):
    """a_call_for_help_is_followed_until_somebody_answers"""
    _, call = terminal.call("callHelp", {**HELP, "escalated": True}, new_key())
    reference = {"id": call["id"]}
    assert terminal.call("followHelp", reference) == (200, call) and not call["acknowledged"]
    assert sandbox.control("help ack") == "ok"
    assert terminal.call("followHelp", reference)[1]["acknowledged"]
    assert sandbox.control("help away") == "ok"
    assert terminal.call("followHelp", reference)[1]["on_duty"] == 0
    assert sandbox.control("help ignore") == "ok"
    assert terminal.call("followHelp", reference)[1]["acknowledged"]
    assert not terminal.call("callHelp", HELP, new_key())[1]["acknowledged"]
    assert sandbox.control("help me").startswith("error")
    terminal.refused("followHelp", 404, "not_found", {"id": "H9999"})


def reports(terminal, sandbox, **_):
    """a_report_is_one_report_a_key"""
    key = new_key()
    _, first = terminal.call("addReport", REPORT, key)
    assert terminal.call("addReport", REPORT, key) == (201, first)
    kept = sandbox.control("reports").removeprefix("ok ")
    assert kept == "T-0003 paper-out began 1789525560"


def machines(terminal, sandbox, **_):
    """the_hall_says_where_else_there_is_paper"""
    _, hall = terminal.call("getHall")
    assert [machine["id"] for machine in hall["machines"]] == ["T-0002", "T-0005", "T-0007"]
    assert [machine["sheets"] for machine in hall["machines"]] == ["ok", "ok", "none"]
    assert sandbox.control("machine T-0002 out") == "ok"
    assert terminal.call("getHall")[1]["machines"][0]["sheets"] == "out"
    assert sandbox.control("machine T-0002 full").startswith("error")
    assert sandbox.control("machine T-9999 out").startswith("error")
    assert sandbox.control("machine T-0002 ok") == "ok"


def anchors(terminal, sandbox, **_):
    """an_anchor_is_kept_with_a_receipt"""
    anchor = {"sequence": 256, "hash": "0a" * 32}
    _, receipt = terminal.call("addAnchor", anchor)
    kept = (sandbox.state / "anchors.log").read_text(encoding="utf-8").splitlines()
    assert json.loads(kept[-1]) == {"terminal": "T-0003", **anchor, **receipt}
