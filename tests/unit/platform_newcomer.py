# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine that is not a terminal yet, and the checks of how it becomes one."""

import base64
import json
import pathlib
import re
import ssl
import subprocess
import time


class Newcomer:
    """A machine that has a token: no certificate, no name, keys of its own by openssl."""

    def __init__(self, terminal, name=None):
        self.terminal, self.sandbox = terminal, terminal.sandbox
        word, url, file = self.sandbox.control(f"token {name or ''}".rstrip()).split()
        assert word == "ok"
        self.port = int(re.search(r":(\d+)/v1$", url).group(1))
        self.token, self.trust = pathlib.Path(file).read_text(encoding="ascii").split("\n", 1)
        self.token = self.token.removeprefix("Jumin-Token: ")
        self.folder = pathlib.Path(self.sandbox.scratch.name)
        self.key, self.tls_key = self.folder / "new-sign.key", self.folder / "new-tls.key"
        self.run("genpkey", "-algorithm", "SM2", "-out", self.key)
        self.run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.tls_key)

    @staticmethod
    def run(*command):
        return subprocess.run(["openssl", *command], check=True, capture_output=True).stdout

    def order(self, **changes):
        request = self.run("req", "-new", "-key", self.tls_key, "-subj", "/CN=x", "-outform", "DER")
        public = self.run("pkey", "-in", self.key, "-pubout", "-outform", "DER")
        order = {"token": self.token, "certificate_request": base64.b64encode(request).decode()}
        return order | {"signing_key": base64.b64encode(public).decode()} | changes

    def send(self, body, **changes):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = self.sandbox.headers(
            "POST", "/provision", raw, key=self.key, **({"terminal": ""} | changes)
        )
        del headers["Jumin-Terminal"]
        context = ssl.create_default_context(cadata=self.trust.split("-----BEGIN PUBLIC")[0])
        status, answer = self.sandbox.send("POST", "/provision", raw, headers, context, self.port)
        self.terminal.description.check_answer("provisionTerminal", status, answer)
        self.terminal.seen.add(("provisionTerminal", status))
        return status, answer

    def refused(self, status, code, body, **changes):
        got, answer = self.send(body, **changes)
        assert (got, answer["error"]["code"]) == (status, code), (body, got, answer)


def provisioning(terminal, sandbox, description, **_):
    """a_token_makes_a_machine_a_terminal_once"""
    machine = Newcomer(terminal, "T-0004")
    order = machine.order()
    assert description.is_good_body("provisionTerminal", order)
    public = Newcomer.run("pkey", "-in", machine.tls_key, "-pubout", "-outform", "DER")
    for bad in (
        {"token": "x"},
        {"certificate_request": "A" * 40},
        {"signing_key": "A" * 40},
        {"signing_key": base64.b64encode(public).decode()},
        {"extra": 1},
    ):
        machine.refused(400, "bad_request", order | bad)
    machine.refused(400, "bad_request", b"[]")
    machine.refused(413, "too_large", b" " * (64 * 1024 + 1))
    machine.refused(401, "signature", order, signed_digest="0" * 64)
    machine.refused(401, "clock_skew", order, time=str(int(time.time()) - 400))
    machine.refused(403, "token", order | {"token": "x" * 36})
    status, given = machine.send(order)
    assert status == 201 and given["terminal"] == "T-0004"
    assert given["url"] == sandbox.platform["url"]
    assert ";".join(given["pins"]) == sandbox.platform["pins"]
    machine.refused(403, "token", order)
    certificate = machine.folder / "new.pem"
    certificate.write_text(ssl.DER_cert_to_PEM_cert(base64.b64decode(given["certificate"])))
    tls = ssl.create_default_context(cafile=sandbox.platform["ca-file"])
    tls.load_cert_chain(certificate, machine.tls_key)
    sandbox.known.add("T-0004")
    for name, wanted in (("T-0004", 200), (sandbox.terminal, 401)):
        asked = sandbox.headers("GET", "/hall", b"", terminal=name, key=machine.key)
        assert sandbox.send("GET", "/hall", b"", asked, tls)[0] == wanted, name
    assert terminal.call("getHall")[0] == 200


def new_keys(terminal, sandbox, **_):
    """a_new_key_counts_from_its_first_request_on_and_the_former_one_for_a_day"""
    machine = Newcomer(terminal)
    assert machine.send(machine.order())[0] == 201
    assert terminal.call("getHall")[0] == 200
    sandbox.restart()
    old = sandbox.platform["signing-key-file"]
    for key in (machine.key, old, machine.key):
        sandbox.platform["signing-key-file"] = str(key)
        assert terminal.call("getHall")[0] == 200
    for _ in range(2):
        assert sandbox.control("clock 43200") == "ok"
        sandbox.ahead_s += 43200
    assert terminal.call("getHall")[0] == 200
    sandbox.platform["signing-key-file"] = old
    terminal.refused("getHall", 401, "signature")
    for _ in range(2):
        assert sandbox.control("clock -43200") == "ok"
    sandbox.ahead_s = 0
    sandbox.platform["signing-key-file"] = str(machine.key)
