#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the terminal's client sends is as described, and it takes no answer that is not.

Answers are made from the description, then spoiled in every place that it names: a member that is
missing, added, too long, too large, of another type. Arguments: data/platform-api.yaml,
hall-messages, and how many of these the client hears one of (1): a sanitized one is slow.
"""

import base64
import ctypes
import itertools
import json
import pathlib
import signal
import subprocess
import sys

from platform_terminal import JSON, Description

# What fits each pattern of the description.
FITTING = {
    '^[A-Z]-[0-9]{4}$': "T-0002",
    r"^[a-z][a-z0-9-]*$": "general",
    r"^[a-z]+$": "queue",
    r"^[A-Z][0-9]{3}$": "A023",
    r"^[A-Z][0-9]{3}-[0-9]{4}$": "A023-0417",
    r"^[0-9]{1,3}$": "5",
    r"^[0-9]{17}[0-9X]$": "50010119600101001X",
    r"^[0-9]{4}\*{12}[0-9X]{2}$": "5001************1X",
    r"^[0-9]{3}\*{4}[0-9]{4}$": "138****5566",
    r"^[0-9a-f]{32}$": "00112233445566778899aabbccddeeff",
    r"^https://": "https://hall.example/p",
    r"^H[0-9]{4,8}$": "H0001",
    r"^R[0-9]{4,8}$": "R0001",
    r"^(0|[1-9][0-9]{0,12})$": "264000",
    r"^[0-9]{1,3}\.[0-9]{2}$": "12.00",
    r"^[0-9]{1,2}\.[0-9]{7}$": "2.8500000",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "2026-08-20",
    r"^[0-9]{4}-[0-9]{2}$": "2026-08",
    r"^[0-9A-Za-z]{1,4}$": "01",
    r"^[0-9A-Za-z]{4,30}$": "500100000417",
    r"^\*{4}[0-9]{4}$": "****0417",
    r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$": (
        "0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10"
    ),
    r"^[A-Z]{2,4}-[0-9]{8}-[0-9]{6}$": "GJJ-20261121-000371",
    r"^[1-9][0-9]{0,12}$": "264000",
    r"^[0-9A-Za-z-]{1,40}$": "bill-1",
    r"^[0-9]{1,4}\*{2,15}[0-9]{1,4}$": "5008********40",
    r"^[0-9]{4}$": "0417",
    r"^[A-Z]{2}[0-9]{12,26}$": "JM20260916102803710003",
    r"^[0-9A-Za-z]{1,40}$": "42000001",
    r"^[!-~]{1,256}$": "https://pay.example/o/1",
    r"^https://[!-~]{1,192}$": "https://hall.example/r/1",
    # The program that plays the platform puts the right ones in their places (paper-messages.c).
    r"^[0-9a-f]{64}$": "0" * 64,
    r"^[A-Za-z0-9+/]{80,100}={0,2}$": "M" * 96,
    r"^JUMIN-DOC/1 [!-~ ]+$": "JUMIN-DOC/1 sample",
    r"^[A-Za-z0-9+/]{64,}={0,2}$": base64.b64encode(b"%PDF-1.5\n" + b"x" * 60 + b"%%EOF\n").decode(),
}
# The code that belongs to an answer of more than a refusal.
CODES = {"LiveTicket": "live_ticket", "WrongCode": "wrong_code", "LoginLocked": "login_locked"}
# null while a matter is open, a record is there or nothing is paid, which the first choice would
# contradict.
EMPTY = {"closed_reason", "reopens_at", "none", "state_at", "paid_at"}
# Read by the same function: what is spoilt in one is not spoilt again in the other.
SAME = {"findBills": "listBills", "getPayment": "pay", "closePayment": "pay"}
# Sent by programs of their own.
OTHERS = {"addAnchor", "provisionTerminal"}


class Client:
    def __init__(self, program):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen([program], **pipes)
        self.requests = []

    def hear(self, operation, status, body):
        """What the client makes of this answer."""
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        self.process.stdin.write(f"{operation} {status} {text}\n")
        self.process.stdin.flush()
        outcome, request = self.process.stdout.readline().split()
        self.requests.append((operation, base64.b64decode(request).decode()))
        return outcome

    def end(self):
        self.process.stdin.close()
        self.process.wait(20)
        return self.process.returncode


def resolve(description, schema):
    while "$ref" in schema:
        schema = description.follow(schema["$ref"])
    return schema


def make(description, schema, name=""):
    """An answer that fits."""
    reference = schema.get("$ref", "").rsplit("/", 1)[-1]
    schema = resolve(description, schema)
    if "oneOf" in schema:
        return None if name in EMPTY else make(description, schema["oneOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema["type"]
    if kind == "object":
        made = {key: make(description, part, key) for key, part in schema["properties"].items()}
        if reference in CODES:
            made["error"]["code"] = CODES[reference]
        return made
    simple = {"integer": schema.get("minimum"), "boolean": True, "null": None}
    if kind == "array":
        return [make(description, schema["items"])]
    return simple[kind] if kind in simple else FITTING.get(schema.get("pattern"), "有")


def spoilt(description, schema, value):
    """The same value, with one thing after the other as it must not be."""
    schema = resolve(description, schema)
    if "oneOf" in schema:
        yield from [7, "x" * 300, [], {}]
        if value is not None:
            yield from spoilt(description, schema["oneOf"][0], value)
        return
    yield from [None, [], {}, 7.5, "\u0001", True if schema["type"] != "boolean" else 1]
    if schema["type"] == "object":
        yield {**value, "extra": 1}
        for key, part in schema["properties"].items():
            yield {name: member for name, member in value.items() if name != key}
            for bad in spoilt(description, part, value[key]):
                yield {**value, key: bad}
    elif schema["type"] == "array":
        yield [value[0]] * (schema["maxItems"] + 1)
        for bad in spoilt(description, schema["items"], value[0]):
            yield [bad]
    elif schema["type"] == "integer":
        yield from [schema["minimum"] - 1, schema["maximum"] + 1, str(value)]
    elif schema["type"] == "string":
        yield from ["", 7, "x" * (schema["maxLength"] + 1), "A" * schema["maxLength"] + "\n"]
        yield (str(value) + " ")


def answers(description):
    for name, (_, _, operation) in description.operations.items():
        if name in OTHERS:
            continue
        for status, response in operation["responses"].items():
            yield name, int(status), response["content"][JSON]["schema"]


def good_answers(description, client):
    """an_answer_as_described_is_taken"""
    for name, status, schema in answers(description):
        body = make(description, schema)
        assert description.validator(schema).is_valid(body), (name, status, body)
        outcome = client.hear(name, status, body)
        assert outcome == "ok" if status < 300 else outcome != "invalid", (name, status, outcome)


def bad_answers(description, client):
    """an_answer_that_is_not_as_described_is_refused_wherever_it_is_wrong"""
    heard, done = 0, set()
    for name, status, schema in answers(description):
        reader = (SAME.get(name, name), str(schema))
        if reader in done:
            continue  # the same for every refusal of one operation
        done.add(reader)
        validator = description.validator(schema)
        seen = set()
        bads = spoilt(description, schema, make(description, schema))
        for bad in itertools.islice(bads, 0, None, STEP):
            text = json.dumps(bad)
            if text in seen or validator.is_valid(bad):
                continue
            seen.add(text)
            heard += 1
            outcome = client.hear(name, status, bad)
            assert outcome == "invalid", (name, status, outcome, text[:1500])
    assert heard > 500, heard
    print(f"# {heard} spoilt answers")


def no_documents(description, client):
    """what_is_no_document_is_refused"""
    for name, status, _ in answers(description):
        for text in ("{", "nul", '{"a":1,"a":2}', '"' + "x" * 100, "[" * 100 + "]" * 100):
            assert client.hear(name, status, text) == "invalid", (name, status, text)


def requests(description, client):
    """what_the_client_sends_is_as_described"""
    for variant in ("takeTicket/plain", "takeTicket"):
        client.hear(variant, 422, {"error": {"code": "queue_closed", "message": "x"}})
    refused = {"error": {"code": "not_entitled", "message": "x"}}
    client.hear("fetchDocument/plain", 422, refused)
    refused["error"]["code"] = "quote_unknown"
    for variant in ("pay/show", "pay/account"):
        client.hear(variant, 422, refused)
    sent = {}
    for name, request in client.requests:
        sent[name] = request
    for name, request in sent.items():
        check_request(description, name.split("/")[0], request)
    described = set(description.operations) - OTHERS
    assert {name.split("/")[0] for name in sent} == described


def check_request(description, name, request):
    head, body = request.split("\r\n\r\n", 1)
    first, *lines = head.split("\r\n")
    method, path, operation = description.operations[name]
    assert first == f"{method} /v1{path} HTTP/1.1", first
    headers = [line.split(": ", 1) for line in lines]
    for part in operation["parameters"]:
        parameter = description.follow(part["$ref"])
        values = [value for key, value in headers if key == parameter["name"]]
        assert len(values) == 1, (name, parameter["name"], values)
        description.validator(parameter["schema"]).validate(values[0])
    if "requestBody" in operation:
        schema = operation["requestBody"]["content"][JSON]["schema"]
        description.validator(schema).validate(json.loads(body))
        assert ["Content-Type", JSON] in headers
    else:
        assert body == ""


STEP = int(sys.argv[3]) if len(sys.argv) > 3 else 1
CHECKS = (good_answers, bad_answers, no_documents, requests)


def main():
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    description = Description(pathlib.Path(sys.argv[1]))
    client = Client(sys.argv[2])
    failed = 0
    print(f"1..{len(CHECKS) + 1}")
    for number, check in enumerate(CHECKS, 1):
        try:
            check(description, client)
            print(f"ok {number} /client-messages/{check.__doc__}", flush=True)
        except Exception as error:  # one failed check must not hide the others
            failed += 1
            print(f"not ok {number} /client-messages/{check.__doc__}")
            print(f"# {type(error).__name__}: {str(error)[:2000]}".replace("\n", "\n# "))
    left = client.end()
    print(f"{'not ' if left else ''}ok {len(CHECKS) + 1} /client-messages/the_client_ends_well")
    return 1 if failed or left else 0


sys.exit(main())
