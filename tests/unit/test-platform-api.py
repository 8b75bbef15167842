#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform's interface description is sound, and the sandbox keeps to it both ways.

Arguments: data/platform-api.yaml, jumin-sandbox, the folder of city.json and residents.json.
"""

import ctypes
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import sys
import time
import uuid

import jsonschema

import platform_payments
import platform_records
from platform_newcomer import new_keys, provisioning
from platform_staff import HELP, REPORT, anchors, help_answered, help_calls, machines, reports
from platform_terminal import ANSWER_BYTES_MAX, SIGNED, WAIT_S, Description, Sandbox, Terminal


def schemas_in(schema, path):
    """Every schema within a schema, with the way to it."""
    yield path, schema
    for name, inner in schema.get("properties", {}).items():
        yield from schemas_in(inner, f"{path}.{name}")
    for index, inner in enumerate(schema.get("oneOf", [])):
        yield from schemas_in(inner, f"{path}({index})")
    if "items" in schema:
        yield from schemas_in(schema["items"], path + "[]")


def unbounded(path, schema):
    """What a schema lacks: every string, list, number and object has its bounds."""
    kind = schema.get("type")
    needs = {
        "string": ["maxLength"],
        "array": ["maxItems", "items"],
        "integer": ["minimum", "maximum"],
        "object": ["properties", "required"],
    }
    missing = [f"{path}: no {word}" for word in needs.get(kind, []) if word not in schema]
    if kind == "object" and schema.get("additionalProperties") is not False:
        missing.append(f"{path}: takes members that are not listed")
    if kind == "object" and set(schema.get("required", [])) != set(schema.get("properties", [])):
        missing.append(f"{path}: members that may be missing")
    return missing


def order(matter="general", priority=None, holder=None, appointment=None):
    more = {"holder": holder, "appointment": appointment}
    return {"matter": matter, "priority": priority, **more}


def new_key():
    return str(uuid.uuid4())


def good_bodies(people):
    holder = {key: people["li-ceshi"][key] for key in ("name", "id_number")}
    return {
        "resolveCard": {"identifier": "0" * 32, "version": "3.00"},
        "startLogin": {"id_number": holder["id_number"]},
        "resendCode": {"login": "0" * 32},
        "checkCode": {"login": "0" * 32, "code": "000000"},
        "getToday": {"id_number": holder["id_number"]},
        "takeTicket": order("general", "elder", holder),
        "callHelp": HELP,
        "followHelp": {"id": "H0001"},
        "addReport": REPORT,
        "addAnchor": {"sequence": 256, "hash": "0a" * 32},
        **platform_records.good_bodies(holder["id_number"]),
        **platform_payments.good_bodies(holder["id_number"]),
    }


# The checks; each one is a sentence of the test's output


def is_sound(description, **_):
    """the_description_is_sound"""
    assert description.text["openapi"].startswith("3.1.")
    for name, schema in description.text["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        wrong = [line for way, part in schemas_in(schema, name) for line in unbounded(way, part)]
        assert not wrong, wrong
    needed = {"Terminal", "Time", "Nonce", "Signature"}
    for name, (_, _, operation) in description.operations.items():
        used = {part["$ref"].rsplit("/", 1)[1] for part in operation["parameters"]}
        anybody = {"Terminal"} if operation.get("security") == [] else set()
        assert needed - anybody <= used, f"{name}: is not signed"
        for status, answer in operation["responses"].items():
            assert list(answer["headers"]) == list(SIGNED), f"{name}: {status} is not signed"


def references_lead_somewhere(description, **_):
    """every_reference_leads_somewhere"""
    references = re.findall(r"'\$ref': '(#[^']+)'", repr(description.text))
    assert references
    for reference in references:
        description.follow(reference)
    used = {reference.rsplit("/", 1)[1] for reference in references}
    for name in description.text["components"]["schemas"]:
        assert name in used, f"{name} is never used"


def catalogue_and_hall(terminal, **_):
    """catalogue_and_hall_are_as_described"""
    status, catalogue = terminal.call("getCatalogue")
    assert status == 200 and catalogue["services"][0]["id"] == "queue"
    status, hall = terminal.call("getHall")
    matters = {matter["id"]: matter for matter in hall["matters"]}
    assert status == 200 and len(matters) == 6
    assert {m["identify"] for m in matters.values()} == {"never", "optional", "always"}
    assert not matters["estate"]["open"] and matters["estate"]["wait_minutes"] is None
    for matter in matters.values():
        assert matter["papers"] and matter["open"] == (matter["closed_reason"] is None)
        assert matter["open"] == (matter["reopens_at"] is None)
        assert matter["open"] or matter["reopens_at"] > hall["as_of"]
        wait = matter["wait_minutes"]
        assert wait is None or wait["min"] <= wait["max"]
        for minutes in (wait or {}).values():
            assert minutes <= 10 or minutes % 5 == 0
    assert hall["waiting"] == sum(matter["waiting"] for matter in matters.values())


def cards(terminal, people, **_):
    """a_locked_card_is_resolved_and_a_strange_one_is_not"""
    for name, wanted in (("zhao-suoding", 200), ("qian-weizhi", 404)):
        person = people[name]
        card = {key: person["card"][key] for key in ("identifier", "version")}
        status, answer = terminal.call("resolveCard", card)
        assert status == wanted
        if status == 200:
            assert answer == {key: person[key] for key in ("name", "id_number")}
        else:
            assert answer["error"]["code"] == "holder_unknown"


def today(terminal, people, **_):
    """today_lists_live_numbers_and_appointments"""
    for name, lengths in (
        ("wei-youhao", (1, 0)),
        ("shen-guohao", (1, 0)),
        ("chu-yuyue", (0, 1)),
        ("li-ceshi", (0, 0)),
    ):
        _, answer = terminal.call("getToday", {"id_number": people[name]["id_number"]})
        assert (len(answer["tickets"]), len(answer["appointments"])) == lengths, name
        for appointment in answer["appointments"]:
            assert appointment["take_from"] < appointment["begins_at"]
            assert appointment["ends_at"] < appointment["take_until"]
        states = {ticket["state"] for ticket in answer["tickets"]}
        assert states == {"shen-guohao": {"missed"}, "wei-youhao": {"waiting"}}.get(name, set())


def logins(terminal, sandbox, people, **_):
    """a_login_by_message_knows_who_has_the_phone"""
    person = people["li-ceshi"]
    status, login = terminal.call("startLogin", {"id_number": person["id_number"]})
    assert status == 200 and login["phone"] == person["phone"] and login["tries_left"] == 3
    assert 0 < login["resend_s"] <= 60 and 60 < login["valid_s"] <= 300
    code = sandbox.control("code li-ceshi").removeprefix("ok ")
    again = terminal.call("startLogin", {"id_number": person["id_number"]})[1]
    assert again["login"] == login["login"] and again["valid_s"] <= login["valid_s"]
    assert sandbox.control("code li-ceshi").removeprefix("ok ") == code
    status, holder = terminal.call("checkCode", {"login": login["login"], "code": code})
    assert status == 200 and holder == {key: person[key] for key in ("name", "id_number")}
    once = {"login": login["login"], "code": code}
    terminal.refused("checkCode", 410, "login_expired", once)
    assert sandbox.control("code li-ceshi").startswith("error")


def no_phone(terminal, people, **_):
    """somebody_without_a_phone_is_answered_as_nobody"""
    answers = [
        terminal.call("startLogin", {"id_number": number})
        for number in (people["sun-yinhang"]["id_number"], "11010119800101001X")
    ]
    assert answers[0] == answers[1] and answers[0][1]["error"]["code"] == "no_phone"


def wrong_codes(terminal, sandbox, people, **_):
    """wrong_codes_are_counted_and_lock_for_a_while"""
    number = {"id_number": people["wang-yidai"]["id_number"]}
    _, login = terminal.call("startLogin", number)
    reference = {"login": login["login"]}
    right = sandbox.control("code wang-yidai").removeprefix("ok ")
    wrong = {**reference, "code": "000000" if right != "000000" else "111111"}
    for left in (2, 1):
        status, answer = terminal.call("checkCode", wrong)
        assert status == 422 and answer["tries_left"] == left
    assert terminal.call("startLogin", number)[1]["tries_left"] == 1
    status, answer = terminal.call("checkCode", wrong)
    assert status == 423 and 0 < answer["until"] - time.time() <= 900
    for name, body in (("startLogin", number), ("resendCode", reference), ("checkCode", wrong)):
        terminal.refused(name, 423, "login_locked", body)
    assert sandbox.control("age 901") == "ok"
    assert terminal.call("resendCode", reference)[1]["tries_left"] == 3
    assert sandbox.control("code wang-yidai").removeprefix("ok ") != right
    assert sandbox.control("age 301") == "ok"
    terminal.refused("checkCode", 410, "login_expired", wrong)
    terminal.refused("resendCode", 410, "login_expired", {"login": "0" * 32})
    assert sandbox.control("age x").startswith("error")


def tickets(terminal, sandbox, people, **_):
    """a_key_gives_one_number_and_a_person_holds_one"""
    issued = json.loads(sandbox.control("status").removeprefix("ok "))["tickets"]
    holder = {key: people["li-ceshi"][key] for key in ("name", "id_number")}
    key = new_key()
    status, first = terminal.call("takeTicket", order("social", "disabled", holder), key)
    assert status == 201 and first["priority"] and first["masked_number"]
    status, again = terminal.call("takeTicket", order("social", "disabled", holder), key)
    assert status == 200 and again["flow"] == first["flow"]
    status, live = terminal.call("takeTicket", order("social", None, holder), new_key())
    assert status == 409 and live["ticket"]["flow"] == first["flow"]
    assert holder["id_number"] not in json.dumps(live)
    reply = sandbox.control("ticket " + first["flow"])
    assert json.loads(reply.removeprefix("ok "))["number"] == first["number"]
    status = json.loads(sandbox.control("status").removeprefix("ok "))
    assert status["tickets"] == issued + 1 and status["last"] == first["number"]


def refusals(terminal, **_):
    """a_number_that_cannot_be_given_says_why"""
    key = new_key()
    assert terminal.call("takeTicket", order("tax"), key)[0] == 201
    terminal.refused("takeTicket", 422, "key_reused", order("general"), key)
    terminal.refused("takeTicket", 422, "identity_required", order("social"), new_key())
    terminal.refused("takeTicket", 422, "matter_unknown", order("dance"), new_key())
    terminal.refused("takeTicket", 422, "queue_closed", order("estate"), new_key())
    nobodys = order("general", appointment="appointment-1")
    terminal.refused("takeTicket", 422, "appointment_closed", nobodys, new_key())


def queue_down(terminal, sandbox, people, **_):
    """a_queue_system_that_is_down_is_told_and_the_rest_works"""
    assert sandbox.control("queue dance").startswith("error")
    assert sandbox.control("queue down") == "ok"
    key = new_key()
    question = {"id_number": people["li-ceshi"]["id_number"]}
    terminal.refused("getHall", 503, "queue_down")
    terminal.refused("getToday", 503, "queue_down", question)
    terminal.refused("takeTicket", 503, "queue_down", order("tax"), key)
    assert terminal.call("getCatalogue")[0] == 200
    assert terminal.call("callHelp", HELP, new_key())[0] == 201
    assert sandbox.control("queue up") == "ok"
    assert terminal.call("getHall")[0] == 200
    assert terminal.call("takeTicket", order("tax"), key)[0] == 201


def missed(terminal, sandbox, **_):
    """nobody_at_the_window_makes_a_missed_number"""
    _, ticket = terminal.call("takeTicket", order("tax"), new_key())
    assert sandbox.control("miss " + ticket["flow"]) == "ok"
    assert sandbox.control("miss Z000-0000").startswith("error")
    told = json.loads(sandbox.control("ticket " + ticket["flow"]).removeprefix("ok "))
    assert (told["state"], told["if_missed"]) == ("missed", "window") and told["calls_kept"] == 3


def bad_bodies_of(body):
    yield b"", b"null", b"[]", b"{", b'{"a":"\xff"}'
    yield tuple({**body, **more} for more in ({"extra": 1}, {"matter ": None}))
    for member in body:
        rest = {key: value for key, value in body.items() if key != member}
        other = "7" if isinstance(body[member], int) else 7
        yield rest, {**body, member: other}, {**body, member: "x" * 200}, {**body, member: "\t"}
        yield ({**body, member: []},)


def bad_bodies(terminal, description, people, **_):
    """a_body_that_the_description_does_not_allow_is_refused"""
    for name, body in good_bodies(people).items():
        assert description.is_good_body(name, body)
        for bad in (one for some in bad_bodies_of(body) for one in some):
            assert isinstance(bad, bytes) or not description.is_good_body(name, bad), bad
            terminal.refused(name, 400, "bad_request", bad, new_key())
    holder = {"name": "李测试", "id_number": "500102199003070010"}
    for change in ({"id_number": "5001021990030700"}, {"name": ""}, {"age": 3}):
        bad = order(holder={**holder, **change})
        assert not description.is_good_body("takeTicket", bad)
        terminal.refused("takeTicket", 400, "bad_request", bad, new_key())
    for key in (None, "1", "x" * 36):
        terminal.refused("takeTicket", 400, "bad_request", order(), key)
        terminal.refused("callHelp", 400, "bad_request", HELP, key)


def signatures(terminal, description, people, **_):
    """a_signature_that_does_not_fit_is_refused_everywhere"""
    bodies = good_bodies(people)
    for name in description.operations:
        terminal.refused(name, 401, "signature", bodies.get(name), new_key(), signed_path="/v1/x")
    now = int(time.time())
    for change in (
        {"terminal": "T-0004"},
        {"nonce": "0"},
        {"nonce": "G" * 32},
        {"signed_nonce": "0" * 32},
        {"signed_method": "POST"},
        {"signed_digest": "0" * 64},
        {"signature": "AAAA"},
        {"signature": "not base64"},
    ):
        terminal.refused("getHall", 401, "signature", **change)
    for apart in (-400, 400):
        terminal.refused("getHall", 401, "clock_skew", time=str(now + apart))
    nonce = os.urandom(16).hex()
    assert terminal.call("getHall", nonce=nonce)[0] == 200
    terminal.refused("getHall", 401, "signature", nonce=nonce)


def replays(sandbox, **_):
    """a_request_that_was_heard_before_a_restart_is_not_heard_again"""
    asked = sandbox.headers("GET", "/hall", b"")
    assert sandbox.send("GET", "/hall", b"", asked)[0] == 200
    sandbox.restart()
    status, answer = sandbox.send("GET", "/hall", b"", asked)
    assert (status, answer["error"]["code"]) == (401, "signature")
    asked = sandbox.headers("GET", "/hall", b"")
    assert sandbox.send("GET", "/hall", b"", asked)[0] == 200


def clock(terminal, sandbox, **_):
    """the_answers_tell_the_platforms_time"""
    assert sandbox.control("clock 3600") == "ok"
    sandbox.ahead_s = 3600
    terminal.refused("getHall", 401, "clock_skew", time=str(int(time.time())))
    assert terminal.call("getHall")[0] == 200
    assert sandbox.control("clock -3600") == "ok"
    sandbox.ahead_s = 0
    assert terminal.call("getHall")[0] == 200
    for wrong in ("", "x", "86400"):
        assert sandbox.control("clock " + wrong).startswith("error")


def roll_over(terminal, sandbox, **_):
    """the_key_of_the_answers_rolls_over_without_a_pause"""
    whole = pathlib.Path(sandbox.platform["reply-key-file"])
    both = whole.read_text(encoding="ascii")
    for key in re.findall("-----BEGIN.*?-----END.*?-----\n", both, re.DOTALL):
        whole.write_text(key, encoding="ascii")
        assert terminal.call("getHall")[0] == 200
        assert sandbox.control("roll") == "ok"
    whole.write_text(both, encoding="ascii")
    assert terminal.call("getHall")[0] == 200


def long_bodies(terminal, people, **_):
    """a_body_of_more_than_64_KiB_is_refused"""
    for name in good_bodies(people):
        terminal.refused(name, 413, "too_large", b" " * (64 * 1024 + 1), new_key())


def strangers(sandbox, **_):
    """no_stranger_no_neighbour_and_no_old_tls_comes_in"""
    nobody = ssl.create_default_context(cafile=sandbox.platform["ca-file"])
    old = sandbox.tls()
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    for context in (nobody, sandbox.tls(sandbox.make_neighbour()), old):
        try:
            with socket.create_connection(("127.0.0.1", sandbox.port), WAIT_S) as plain:
                with context.wrap_socket(plain, server_hostname="127.0.0.1") as stream:
                    stream.sendall(b"GET /v1/hall HTTP/1.1\r\nHost: x\r\n\r\n")
                    assert not stream.recv(1)
        except (ssl.SSLError, ConnectionError):
            pass


def faults(terminal, sandbox, **_):
    """a_platform_that_is_down_says_nothing_and_comes_back"""
    assert sandbox.control("dance").startswith("error")
    assert sandbox.control("delay x").startswith("error")
    assert sandbox.control("down").startswith("ok")
    try:
        terminal.call("getHall")
        raise AssertionError("an answer came")
    except (ConnectionError, http.client.HTTPException, ssl.SSLError):
        pass
    assert sandbox.control("up").startswith("ok")
    assert sandbox.control("delay 300").startswith("ok")
    before = time.monotonic()
    assert terminal.call("getHall")[0] == 200
    assert time.monotonic() - before >= 0.3
    assert sandbox.control("delay 0").startswith("ok")
    assert sandbox.control("next general").startswith("ok")


def kept_connection(sandbox, **_):
    """a_connection_answers_more_than_once"""
    connection = http.client.HTTPSConnection(
        "127.0.0.1", sandbox.port, timeout=WAIT_S, context=sandbox.tls()
    )
    for _ in range(3):
        connection.request("GET", "/v1/hall", headers=sandbox.headers("GET", "/hall", b""))
        response = connection.getresponse()
        response.read(ANSWER_BYTES_MAX)
        assert response.status == 200
    connection.close()


def private_files(sandbox, **_):
    """keys_are_readable_by_their_owner_alone"""
    for file in sandbox.state.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file.name


def everything_seen(terminal, description, **_):
    """every_answer_that_the_description_names_was_seen"""
    described = {
        (name, int(status))
        for name, (_, _, operation) in description.operations.items()
        for status in operation["responses"]
    }
    assert described == terminal.seen, described ^ terminal.seen


CHECKS = (
    is_sound,
    references_lead_somewhere,
    catalogue_and_hall,
    cards,
    today,
    logins,
    no_phone,
    wrong_codes,
    tickets,
    refusals,
    queue_down,
    missed,
    help_calls,
    help_answered,
    reports,
    machines,
    anchors,
    *platform_records.CHECKS,
    *platform_payments.CHECKS,
    bad_bodies,
    signatures,
    replays,
    clock,
    provisioning,
    new_keys,
    roll_over,
    long_bodies,
    strangers,
    faults,
    kept_connection,
    private_files,
    everything_seen,
)


def end_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def main():
    end_with_parent()
    description = Description(pathlib.Path(sys.argv[1]))
    data = pathlib.Path(sys.argv[3])
    people = json.loads((data / "residents.json").read_text(encoding="utf-8"))
    sandbox = Sandbox(sys.argv[2], data, description)
    tools = {
        "description": description,
        "sandbox": sandbox,
        "terminal": Terminal(description, sandbox),
        "people": {person["id"]: person for person in people},
    }
    tools["bodies"] = good_bodies(tools["people"])
    failed = 0
    print(f"1..{len(CHECKS)}")
    try:
        for number, check in enumerate(CHECKS, 1):
            try:
                check(**tools)
                print(f"ok {number} /platform-api/{check.__doc__}", flush=True)
            except Exception as error:  # one failed check must not hide the others
                failed += 1
                print(f"not ok {number} /platform-api/{check.__doc__}")
                print(f"# {type(error).__name__}: {str(error)[:2000]}".replace("\n", "\n# "))
    finally:
        sandbox.end()
    return 1 if failed else 0


sys.exit(main())
