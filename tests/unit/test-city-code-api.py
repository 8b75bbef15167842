#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform of the codes as it is described: the client asks so, and the sandbox answers so.

Arguments: data/city-code-api.yaml, data/city-code.json, city-code-questions, jumin-sandbox, the
folder of city.json and residents.json. SM4 is the openssl command's here, apart from the client's.
"""

import http.client
import json
import pathlib
import ssl
import subprocess
import sys
import urllib.parse

import jsonschema

from platform_terminal import JSON, WAIT_S, Description, Sandbox

REFUSALS = {"expired": 10009, "refused-400": 400, "refused-10001": 10001, "refused-10015": 10015,
            "outdated": 10016}
MASKED = "**试"
NUMBER = "500102199003070010"
REQUEST_ID = "0123456789abcdef0123456789abcdef"


def seal(secret, data, *more):
    """base64 of SM4 in ECB with PKCS#7, or with "-d" back."""
    command = ["openssl", "enc", "-sm4-ecb", "-K", secret.encode()[:16].hex(), "-a", "-A", *more]
    return subprocess.run(command, input=data.encode(), stdout=subprocess.PIPE, check=True,
                          timeout=WAIT_S).stdout.decode()


def questions(program, shapes):
    printed = subprocess.run([program, shapes], stdout=subprocess.PIPE, check=True, timeout=WAIT_S)
    return [json.loads(line) for line in printed.stdout.splitlines()]


class Codes:
    """Asks the sandbox as one of the shapes does, and checks each answer."""

    def __init__(self, sandbox, description):
        settings = dict(line.split("=", 1)
                        for line in (sandbox.state / "terminal.conf").read_text(encoding="utf-8")
                        .partition("[city-code]")[2].split("\n") if "=" in line)
        self.description = description
        self.host = settings["url"].removeprefix("https://")
        self.context = ssl.create_default_context(cafile=settings["ca-file"])
        self.id = pathlib.Path(settings["id-file"]).read_text(encoding="ascii").strip()
        self.secret = pathlib.Path(settings["secret-file"]).read_text(encoding="ascii").strip()
        self.terminal = None

    def headers(self, name):
        if name.startswith("thirdParty"):
            return {"dcqc-third-app-key": self.id, "dcqc-channel-type": "99",
                    "dcqc-request-id": REQUEST_ID}
        more = {"dcqc-terminal-id": self.terminal} if self.terminal else {}
        return {"dcqc-channel-type": "5", "dcqc-app-key": "CQQRCode", "dcqc-version": "10001",
                "dcqc-request-id": REQUEST_ID, **more}

    def ask(self, name, body=None, **query):
        method, path, _ = self.description.operations[name]
        host, port = self.host.split(":")
        connection = http.client.HTTPSConnection(host, int(port), context=self.context,
                                                 timeout=WAIT_S)
        connection.request(method, path + ("?" + urllib.parse.urlencode(query) if query else ""),
                           json.dumps(body) if body else None, self.headers(name))
        answer = connection.getresponse()
        said = json.loads(answer.read())
        connection.close()
        assert answer.status == 200 and answer.getheader("Jumin-Signature") is None
        schema = self.description.text["components"]["responses"][
            self.description.operations[name][2]["responses"]["200"]["$ref"].rsplit("/", 1)[1]]
        self.description.validator(schema["content"][JSON]["schema"]).validate(said)
        return said

    def token(self):
        return self.ask("thirdPartyToken", appSecret=self.secret, grantType="CLIENT_AUTH")

    def verify(self, code, token):
        return self.ask("thirdPartyResolve", {"code": code, "accessToken": token})

    def activate(self):
        said = self.ask("terminalActivate", {"deviceId": self.id, "terminalKey": self.secret})
        self.terminal = said["data"]["terminalId"]

    def scan(self, code):
        return self.ask("terminalResolve", {"code": seal(self.secret, code)})


def show(sandbox):
    word, code = sandbox.control("city-code li-ceshi").split()
    assert word == "ok"
    return code


# The checks; each one is a sentence of the test's output


def is_sound(description, **_):
    """the_description_is_sound"""
    schemas = description.text["components"]["schemas"]
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    assert len(description.operations) == 5
    for name, (_, _, operation) in description.operations.items():
        for part in operation["parameters"]:
            schema = part if "schema" in part else description.follow(part["$ref"])
            assert "maxLength" in schema["schema"], f"{name}: {schema['name']} is not bounded"


def client_asks_so(description, asked, **_):
    """the_client_asks_as_described"""
    seen = set()
    for question in asked:
        path, _, query = question["path"].partition("?")
        name, operation = next((name, about) for name, (method, way, about)
                               in description.operations.items()
                               if (method, way) == (question["method"], path))
        seen.add(name)
        sent = {"header": dict(line.split(": ", 1) for line in question["headers"]),
                "query": dict(urllib.parse.parse_qsl(query, strict_parsing=bool(query)))}
        described = [part if "schema" in part else description.follow(part["$ref"])
                     for part in operation["parameters"]]
        for part in described:
            value = sent[part["in"]].pop(part["name"], None)
            assert value is not None, f"{name}: {part['name']} is missing"
            description.validator(part["schema"]).validate(value)
        assert sent == {"header": {}, "query": {}}, f"{name}: not described: {sent}"
        if question["body"] is None:
            assert "requestBody" not in operation
        else:
            assert description.is_good_body(name, json.loads(question["body"])), name
    assert seen == set(description.operations)


def third_party(codes, sandbox, **_):
    """a_third_party_is_answered_as_described"""
    token = codes.token()["data"]["accessToken"]
    said = codes.verify(show(sandbox), token)
    assert said["code"] == 200 and said["data"]["certType"] == "1"
    assert seal(codes.secret, said["data"]["userName"], "-d") == "李测试"
    assert seal(codes.secret, said["data"]["certNo"], "-d") == NUMBER
    assert codes.verify(show(sandbox), "another")["code"] == 10005
    assert codes.ask("thirdPartyToken", appSecret="0" * 16, grantType="CLIENT_AUTH")["code"] == 10001
    assert codes.verify("nonsense", token)["code"] == 10015


def terminal(codes, sandbox, description, **_):
    """a_terminal_is_answered_as_described"""
    assert codes.ask("terminalToken")["code"] == 400
    codes.activate()
    assert codes.ask("terminalToken")["code"] == 200
    said = codes.scan(show(sandbox))
    person = json.loads(seal(codes.secret, said["data"], "-d"))
    description.validator(description.text["components"]["schemas"]["Person"]).validate(person)
    assert said["code"] == 200 and (person["userName"], person["certNo"]) == (MASKED, NUMBER)
    assert codes.ask("terminalResolve", {"code": "AAAA"})["code"] == 400


def refusals(codes, sandbox, **_):
    """each_refusal_is_answered_as_described"""
    token = codes.token()["data"]["accessToken"]
    codes.activate()
    codes.ask("terminalToken")
    for fault, number in REFUSALS.items():
        for ask in (lambda: codes.verify(show(sandbox), token), lambda: codes.scan(show(sandbox))):
            assert sandbox.control(f"codes {fault} 1") == "ok"
            assert ask()["code"] == number
    assert sandbox.control("codes words 1") == "ok"
    assert codes.verify(show(sandbox), token)["code"] == "200"
    assert sandbox.control("codes outdated 1") == "ok"
    message = json.loads(codes.verify(show(sandbox), token)["msg"])
    assert set(message) == {"download-url", "version"}


CHECKS = [is_sound, client_asks_so, third_party, terminal, refusals]


def main():
    interface, shapes, program, jumin_sandbox, data = map(pathlib.Path, sys.argv[1:])
    description = Description(interface)
    sandbox = Sandbox(jumin_sandbox, data, description)
    failed = 0
    print(f"1..{len(CHECKS)}")
    for number, check in enumerate(CHECKS, 1):
        try:
            check(description=description, sandbox=sandbox, codes=Codes(sandbox, description),
                  asked=questions(program, shapes))
            print(f"ok {number} /city_code_api/{check.__doc__}")
        except Exception as error:  # whatever it is, the next check runs
            failed += 1
            print(f"not ok {number} /city_code_api/{check.__doc__}")
            print(f"# {type(error).__name__}: {str(error)[:500]}")
    sandbox.end()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
