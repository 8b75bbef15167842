# SPDX-License-Identifier: GPL-3.0-or-later
"""What offices know of a person, and the papers that they make."""

import base64
import hashlib
import uuid

RECORDS = {
    "getFundAccount": {},
    "getFundLines": {"page": 1},
    "getFundLoan": {},
    "getFundWithdrawals": {},
    "getSocialRecord": {"record": "social-rights"},
}
NOBODY = "11010119800101001X"
NUMBER = "GJJ-20261121-000371"


def good_bodies(id_number):
    outcome = {"outcome": "unknown", "copies": 0, "pages": 1}
    return {
        **{name: {"id_number": id_number, **more} for name, more in RECORDS.items()},
        "getEntitlements": {"id_number": id_number},
        "fetchDocument": {"id_number": id_number, "kind": "fund-deposit", "replaces": NUMBER},
        "reportOutcome": {"number": NUMBER, "request": str(uuid.uuid4()), **outcome},
    }


def question(people, resident, **more):
    return {"id_number": people[resident]["id_number"], **more}


def all_lines(terminal, asked):
    """Newest first, and the pages in which they came."""
    lines, page, pages = [], 1, 1
    while page <= pages:
        _, answer = terminal.call("getFundLines", {**asked, "page": page})
        assert answer["record"]["page"] == page
        pages = answer["record"]["pages"]
        lines += answer["record"]["lines"]
        page += 1
    return lines, pages


def balances(terminal, people, **_):
    """a_balance_is_what_the_lines_make"""
    signs = {"in": 1, "out": -1, "none": 0}
    most = 0
    for name, person in people.items():
        if "fund" not in person:
            continue
        asked = question(people, name)
        _, answer = terminal.call("getFundAccount", asked)
        account = answer["record"]
        lines, pages = all_lines(terminal, asked)
        counted = [line for line in lines if line["CZBZ"] == "0"]
        total = sum(signs[line["direction"]] * int(line["FSE"]) for line in counted)
        assert total == int(account["GRZHYE"]), name
        assert int(account["GRZHSNJZYE"]) + int(account["GRZHDNGJYE"]) == total
        dates = [line["JZRQ"] for line in lines]
        assert dates == sorted(dates, reverse=True), name
        assert account["months"][-1]["JZNY"] == account["JZNY"]
        most = max(most, pages)
    assert most > 5


def cases(terminal, people, **_):
    """there_is_somebody_for_each_thing_that_an_account_can_be"""
    used = {person["fund"] for person in people.values() if "fund" in person}
    states = {}
    for name, person in people.items():
        if "fund" in person:
            _, answer = terminal.call("getFundAccount", question(people, name))
            states[person["fund"]] = answer["record"]["GRZHZT"]
    assert {"01", "02", "05", "06", "7B"} == set(states.values())
    assert states["sealed"] == "02" and states["strange"] == "7B"
    lines, _ = all_lines(terminal, question(people, "wu-wujiu"))
    assert [line for line in lines if line["CZBZ"] == "1"]
    withdrawals = set()
    for name, person in people.items():
        _, answer = terminal.call("getFundWithdrawals", question(people, name))
        for item in (answer["record"] or {"withdrawals": []})["withdrawals"]:
            withdrawals.add(item["state"])
    assert withdrawals == {"02", "05", "06", "31"}
    assert len(used) == 14, sorted(used)


def loans(terminal, people, **_):
    """a_loan_runs_is_overdue_or_is_settled"""
    for name, state in (("wang-yidai", "03"), ("wei-youhao", "06"), ("chen-bianhao", "04")):
        _, answer = terminal.call("getFundLoan", question(people, name))
        loan = answer["record"]
        assert loan["DKZHZT"] == state
        assert int(loan["DKYE"]) + int(loan["HSBJZE"]) == int(loan["DKFFE"])
        assert (loan["DKJQRQ"] is not None) == (loan["DKYE"] == "0") == (loan["due_on"] is None)
        assert (loan["YQBJZE"] != "0") == (state == "06")
        for line in loan["lines"]:
            assert int(line["FSE"]) == sum(int(line[key]) for key in ("BJJE", "LXJE", "FXJE"))


def nothing(terminal, people, **_):
    """where_there_is_no_record_it_is_said_why_and_where_to_go"""
    for number in (NOBODY, people["zhou-guoqi"]["id_number"]):
        for name, more in RECORDS.items():
            status, answer = terminal.call(name, {"id_number": number, **more})
            assert status == 200 and answer["record"] is None
            assert answer["none"]["why"]["zh"] and answer["none"]["where"]["zh"]
            assert answer["source"]["zh"] and answer["as_of"] > 0
    status, answer = terminal.call("getFundLoan", question(people, "li-ceshi"))
    assert answer["record"] is None and "贷款" in answer["none"]["why"]["zh"]


def social(terminal, people, **_):
    """records_of_social_insurance_have_one_shape"""
    for record in ("social-insured", "social-rights"):
        _, answer = terminal.call("getSocialRecord", question(people, "li-ceshi", record=record))
        assert len(answer["record"]["groups"]) == 5
    terminal.refused("getSocialRecord", 404, "not_found", question(people, "li-ceshi", record="x"))


def offices_down(terminal, sandbox, people, bodies, **_):
    """offices_that_are_down_are_told_and_the_rest_works"""
    assert sandbox.control("office dance").startswith("error")
    assert sandbox.control("office down") == "ok"
    for name in (*RECORDS, "getEntitlements", "fetchDocument", "reportOutcome"):
        terminal.refused(name, 503, "service_down", bodies[name], str(uuid.uuid4()))
    assert terminal.call("getHall")[0] == 200
    assert sandbox.control("office up") == "ok"


def copies(terminal, asked, kind):
    _, answer = terminal.call("getEntitlements", asked)
    (found,) = [item for item in answer["entitlements"] if item["kind"] == kind]
    assert (found["reason"] is None) == (found["copies"] > 0)
    return found["copies"]


def fetch(terminal, asked, kind, replaces=None, key=None):
    key = key or str(uuid.uuid4())
    body = {**asked, "kind": kind, "replaces": replaces}
    return terminal.call("fetchDocument", body, key)


def report(terminal, paper, outcome, whole=0, pages=0):
    body = {key: paper[key] for key in ("number", "request")}
    return terminal.call("reportOutcome", {**body, "outcome": outcome, "copies": whole,
                                           "pages": pages})


def sealed(terminal, sandbox, people, **_):
    """a_paper_is_sealed_for_one_request_of_one_terminal"""
    asked, key = question(people, "li-ceshi"), str(uuid.uuid4())
    status, paper = fetch(terminal, asked, "fund-deposit", key=key)
    pdf = base64.b64decode(paper["pdf"], validate=True)
    assert status == 201 and pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF")
    assert hashlib.new("sm3", pdf).hexdigest() == paper["sm3"]
    assert hashlib.sha256(pdf).hexdigest() == paper["sha256"]
    owner = f"{key}\n{asked['id_number']}".encode()
    assert paper["request"] == key and paper["owner"] == hashlib.new("sm3", owner).hexdigest()
    names = ("request", "number", "kind", "owner", "copies", "pages", "issued_at", "sm3", "sha256")
    lines = ["jumin-document", sandbox.terminal, *(str(paper[name]) for name in names)]
    assert sandbox.verify("\n".join(lines), paper["signature"])
    said, signature = paper["verification"].rsplit(" ", 1)
    assert sandbox.verify(said, signature)
    words = said.split(" ")
    assert words[1:5] == [paper["number"], "fund-deposit", str(paper["issued_at"]),
                          "5001************10"]
    assert words[5] == terminal.call("getFundAccount", asked)[1]["record"]["GRZHYE"]
    status, again = fetch(terminal, asked, "fund-deposit", key=key)
    assert status == 200 and sandbox.verify("\n".join(lines), again["signature"])
    assert {**again, "signature": paper["signature"]} == paper
    wrong = {**asked, "kind": "fund-statement", "replaces": None}
    terminal.refused("fetchDocument", 422, "key_reused", wrong, key)


def entitled(terminal, people, **_):
    """who_is_not_entitled_to_a_paper_hears_why"""
    for name, kind in (("li-ceshi", "fund-settled"), ("wang-yidai", "fund-settled"),
                       ("zhou-guoqi", "fund-deposit"), ("li-ceshi", "dance")):
        body = {**question(people, name), "kind": kind, "replaces": None}
        terminal.refused("fetchDocument", 422, "not_entitled", body, str(uuid.uuid4()))
    assert fetch(terminal, question(people, "chen-bianhao"), "fund-settled")[0] == 201


def outcomes(terminal, people, **_):
    """an_entitlement_ends_in_complete_papers_or_in_one_that_is_replaced_once"""
    asked = question(people, "wang-yidai")
    assert copies(terminal, asked, "fund-deposit") == 3
    _, lost = fetch(terminal, asked, "fund-deposit")
    _, paper = fetch(terminal, asked, "fund-deposit")
    assert report(terminal, lost, "printed", 1)[0] == 409  # void: another one was given out
    assert report(terminal, paper, "failed")[1]["state"] == "open"
    assert report(terminal, paper, "unknown")[1]["state"] == "held"
    assert copies(terminal, asked, "fund-deposit") == 0
    assert report(terminal, paper, "printed", 2) == report(terminal, paper, "printed", 2)
    assert report(terminal, paper, "printed", 1)[0] == 409
    assert report(terminal, paper, "failed")[0] == 409
    assert copies(terminal, asked, "fund-deposit") == 1
    _, torn = fetch(terminal, asked, "fund-deposit")
    _, fate = report(terminal, torn, "partly", 0, 1)
    assert fate == {"number": torn["number"], "state": "void", "replacement": True}
    status, other = fetch(terminal, asked, "fund-deposit", torn["number"])
    assert status == 201 and other["replaces"] == torn["number"] != other["number"]
    assert not report(terminal, other, "partly")[1]["replacement"]
    for replaces in (torn["number"], other["number"], paper["number"], None):
        body = {**asked, "kind": "fund-deposit", "replaces": replaces}
        terminal.refused("fetchDocument", 422, "not_entitled", body, str(uuid.uuid4()))
    strange = {"number": torn["number"], "request": str(uuid.uuid4())}
    assert report(terminal, strange, "printed", 1)[0] == 404


CHECKS = (balances, cases, loans, nothing, social, offices_down, sealed, entitled, outcomes)
