# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform's interface description, and a terminal that keeps to it.

TLS and signatures are written apart from the kiosk's own client.
"""

import base64
import configparser
import hashlib
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import time

import jsonschema
import yaml

ANSWER_BYTES_MAX = 1024 * 1024
WAIT_S = 10
SIGNER = "1234567812345678"
METHODS = ("get", "post")
JSON = "application/json"
SIGNED = ("Jumin-Time", "Jumin-Signature")


class Description:
    def __init__(self, file):
        self.text = yaml.safe_load(file.read_text(encoding="utf-8"))
        self.operations = {
            operation["operationId"]: (method.upper(), path, operation)
            for path, item in self.text["paths"].items()
            for method, operation in item.items()
            if method in METHODS
        }

    def follow(self, reference):
        node = self.text
        for word in reference.removeprefix("#/").split("/"):
            node = node[word]
        return node

    def validator(self, schema):
        whole = {"components": self.text["components"], **schema}
        return jsonschema.Draft202012Validator(whole)

    def check_headers(self, values):
        """What a signed answer carries, each once."""
        for name, (value,) in values.items():
            schema = self.text["components"]["headers"][name.removeprefix("Jumin-")]["schema"]
            self.validator(schema).validate(value)

    def check_answer(self, name, status, body):
        responses = self.operations[name][2]["responses"]
        assert str(status) in responses, f"{name}: status {status} is not described"
        schema = responses[str(status)]["content"][JSON]["schema"]
        self.validator(schema).validate(body)

    def is_good_body(self, name, body):
        schema = self.operations[name][2]["requestBody"]["content"][JSON]["schema"]
        return self.validator(schema).is_valid(body)


class Sandbox:
    def __init__(self, program, data, description):
        self.description = description
        self.ahead_s = 0  # the platform's clock is ahead of ours
        self.folder = tempfile.TemporaryDirectory(prefix="jumin-")
        self.scratch = tempfile.TemporaryDirectory(prefix="jumin-")
        self.state = pathlib.Path(self.folder.name)
        self.command = [program, "--state", self.state, "--city", data / "city.json"]
        self.command += ["--residents", data / "residents.json", "--die-with-parent"]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("ready https://127.0.0.1:"), line
        config = configparser.ConfigParser(delimiters="=", interpolation=None)
        config.read(self.state / "terminal.conf")
        self.known = {config["terminal"]["name"]}  # terminals that it signs answers for
        self.platform, self.terminal = config["platform"], config["terminal"]["name"]
        self.port = int(re.search(r":(\d+)/v1$", self.platform["url"]).group(1))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(WAIT_S)
        self.process.stdout.close()

    def restart(self):
        """Another process with the same keys and the same ledger."""
        self.stop()
        self.start()

    def end(self):
        self.stop()
        self.folder.cleanup()
        self.scratch.cleanup()

    def control(self, line):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(WAIT_S)
            connection.connect(str(self.state / "control"))
            connection.sendall(line.encode() + b"\n")
            return connection.makefile().readline().rstrip("\n")

    def tls(self, certificate=None):
        context = ssl.create_default_context(cafile=self.platform["ca-file"])
        context.load_cert_chain(
            certificate or self.platform["certificate-file"], self.platform["key-file"]
        )
        return context

    def make_neighbour(self):
        """A certificate of the same authority that names another terminal."""
        made = pathlib.Path(self.scratch.name) / "neighbour.pem"
        ask = ["openssl", "req", "-new", "-key", self.platform["key-file"], "-subj", "/CN=T-0009"]
        asked = subprocess.run(ask, check=True, capture_output=True)
        give = ["openssl", "x509", "-req", "-days", "2", "-CA", self.platform["ca-file"]]
        give += ["-CAkey", self.state / "ca.key", "-out", made]
        subprocess.run(give, input=asked.stdout, check=True, capture_output=True)
        return made

    def sign(self, text, key=None):
        command = ["openssl", "pkeyutl", "-sign", "-rawin", "-digest", "sm3"]
        command += ["-pkeyopt", f"distid:{SIGNER}", "-inkey", key or self.platform["signing-key-file"]]
        file = pathlib.Path(self.scratch.name) / "text"
        file.write_bytes(text.encode())
        done = subprocess.run(command + ["-in", file], check=True, capture_output=True)
        return base64.b64encode(done.stdout).decode()

    def verify(self, text, signature):
        """By openssl, with any of the keys that the platform gave for its answers."""
        scratch = pathlib.Path(self.scratch.name)
        (scratch / "text").write_bytes(text.encode())
        (scratch / "signature").write_bytes(base64.b64decode(signature, validate=True))
        keys = pathlib.Path(self.platform["reply-key-file"]).read_text(encoding="ascii")
        command = ["openssl", "pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-pubin"]
        command += ["-pkeyopt", f"distid:{SIGNER}", "-inkey", scratch / "key"]
        command += ["-in", scratch / "text", "-sigfile", scratch / "signature"]
        for key in re.findall("-----BEGIN.*?-----END.*?-----\n", keys, re.DOTALL):
            (scratch / "key").write_text(key, encoding="ascii")
            if subprocess.run(command, capture_output=True).returncode == 0:
                return True
        return False

    def check_signature(self, asked, response, body):
        """The answer is the platform's, now, to this request."""
        values = {name: response.headers.get_all(name) for name in SIGNED}
        self.description.check_headers(values)
        (when,), (signature,) = values.values()
        terminal, nonce = asked.get("Jumin-Terminal", ""), asked["Jumin-Nonce"]
        lines = [str(response.status), terminal if terminal in self.known else ""]
        lines += [nonce if re.fullmatch("[0-9a-f]{32}", nonce) else "", when]
        lines += [hashlib.new("sm3", body).hexdigest()]
        assert self.verify("\n".join(lines), signature), "the answer's signature does not fit"
        assert abs(int(when) - self.ahead_s - time.time()) < WAIT_S

    def headers(self, method, path, body, **changes):
        """The four headers; a change named signed_… alters only the text that is signed."""
        values = {"terminal": self.terminal, "time": str(int(time.time()) + self.ahead_s)}
        values |= {"nonce": os.urandom(16).hex(), "method": method, "path": "/v1" + path}
        values["digest"] = hashlib.new("sm3", body).hexdigest()
        values |= {key: value for key, value in changes.items() if key in values}
        order = ("method", "path", "terminal", "time", "nonce", "digest")
        signed = "\n".join(changes.get("signed_" + key, values[key]) for key in order)
        return {
            "Jumin-Terminal": values["terminal"],
            "Jumin-Time": values["time"],
            "Jumin-Nonce": values["nonce"],
            "Jumin-Signature": changes.get("signature") or self.sign(signed, changes.get("key")),
        }

    def send(self, method, path, body, headers, tls=None, port=None):
        connection = http.client.HTTPSConnection(
            "127.0.0.1", port or self.port, timeout=WAIT_S, context=tls or self.tls()
        )
        try:
            connection.request(method, "/v1" + path, body or None, headers)
            response = connection.getresponse()
            text = response.read(ANSWER_BYTES_MAX)
            assert response.headers.get_content_type() == JSON, response.headers
            self.check_signature(headers, response, text)
            return response.status, json.loads(text)
        finally:
            connection.close()


class Terminal:
    """Sends requests of the description and checks every answer against it."""

    def __init__(self, description, sandbox):
        self.description, self.sandbox = description, sandbox
        self.seen = set()

    def call(self, name, body=None, key=None, **changes):
        method, path, _ = self.description.operations[name]
        raw = body if isinstance(body, bytes) else b""
        if body is not None and not isinstance(body, bytes):
            raw = json.dumps(body, ensure_ascii=False).encode()
        headers = self.sandbox.headers(method, path, raw, **changes)
        if key is not None:
            headers["Idempotency-Key"] = key
        status, answer = self.sandbox.send(method, path, raw, headers)
        self.description.check_answer(name, status, answer)
        self.seen.add((name, status))
        return status, answer

    def refused(self, name, status, code, body=None, key=None, **changes):
        got, answer = self.call(name, body, key, **changes)
        assert (got, answer["error"]["code"]) == (status, code), (name, body, got, answer)
