#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""juminctl provision: a machine becomes a terminal whole, or stays as it was.

Arguments: data/platform-api.yaml, jumin-sandbox, the folder of its data, juminctl.
"""

import configparser
import ctypes
import getpass
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

from platform_terminal import WAIT_S, Description, Sandbox

FILES = {"authority.pem", "certificate.pem", "reply-keys.pem", "signing.key", "tls.key"}
DATA = ("catalogue", "troubles", "city-code", "code-kinds", "billers")
TOKEN = re.compile("Jumin-Token: .*\n")


class Machine:
    """A machine with a configuration and no keys."""

    def __init__(self, sandbox, juminctl):
        self.sandbox, self.juminctl = sandbox, juminctl
        self.folder = tempfile.TemporaryDirectory(prefix="jumin-")
        self.root = pathlib.Path(self.folder.name)
        self.keys, self.conf_dir = self.root / "keys", self.root / "jumin.conf.d"
        self.conf, self.written = self.root / "jumin.conf", self.conf_dir / "terminal.conf"
        self.keys.mkdir()
        self.conf_dir.mkdir()
        data = pathlib.Path(sys.argv[1]).resolve().parent
        shipped = "".join(f"{name}={data / name}.json\n" for name in DATA)
        self.journal = self.root / "payments.db"
        self.conf.write_text(
            f"[platform]\ntotal-ms=5000\n[data]\n{shipped}[payment]\njournal={self.journal}\n",
            encoding="utf-8")

    def token(self, terminal="T-0003"):
        word, url, file = self.sandbox.control(f"token {terminal}").split()
        assert word == "ok"
        return url, pathlib.Path(file)

    def run(self, *arguments):
        command = [self.juminctl, *map(str, arguments)]
        command += ["--config", self.conf, "--config-dir", self.conf_dir]
        return subprocess.run(command, capture_output=True, text=True, timeout=6 * WAIT_S)

    def provision(self, url, token, *more, user=None):
        arguments = ["provision", "--platform", url, "--token", token, "--keys", self.keys]
        return self.run(*arguments, "--user", user or getpass.getuser(), *more)

    def state(self):
        """All that is on the machine, with every byte."""
        return {
            file.relative_to(self.root): file.read_bytes() if file.is_file() else None
            for file in self.root.rglob("*")
        }

    def settings(self):
        config = configparser.ConfigParser(delimiters="=", interpolation=None)
        config.read(self.written, encoding="utf-8")
        return config

    def fails(self, said, *arguments, **names):
        """Says what is wrong and what to do, and leaves the machine as it was."""
        before = self.state()
        done = self.provision(*arguments, **names)
        assert done.returncode == 1 and not done.stdout, done
        assert said in done.stderr and len(done.stderr.splitlines()) == 2, done.stderr
        assert self.state() == before, set(self.state()) ^ set(before)


def becomes(machine):
    done = machine.provision(*machine.token())
    assert done.returncode == 0, done.stderr
    assert "T-0003" in done.stdout and "systemctl restart jumin-core" in done.stdout


def let_in(machine):
    """Whether the platform takes what the machine signs now."""
    sandbox, settings = machine.sandbox, machine.settings()["platform"]
    for key, value in settings.items():
        sandbox.platform[key] = value
    asked = sandbox.headers("GET", "/hall", b"")
    return sandbox.send("GET", "/hall", b"", asked)[0] == 200


def whole(machine):
    """a_token_and_one_command_make_a_terminal"""
    becomes(machine)
    assert machine.run("config", "check").returncode == 0
    settings = machine.settings()
    assert settings["terminal"]["name"] == "T-0003"
    assert settings["terminal"]["hall-zh"] and settings["terminal"]["machine-zh"] == "3 号机"
    assert let_in(machine)


def private(machine):
    """keys_are_readable_by_their_owner_alone"""
    becomes(machine)
    (folder,) = machine.keys.iterdir()
    assert {file.name for file in folder.iterdir()} == FILES
    assert folder.stat().st_mode & 0o7777 == 0o700
    assert all(file.stat().st_mode & 0o7777 == 0o600 for file in folder.iterdir())
    assert machine.written.stat().st_mode & 0o7777 == 0o644
    for name in ("signing.key", "tls.key"):
        assert (folder / name).read_text() not in machine.written.read_text()


def journalled(machine):
    """a_payment_journal_is_made_once_and_never_again"""
    becomes(machine)
    ballast = machine.root / "payments.db.ballast"
    assert all(file.stat().st_mode & 0o7777 == 0o600 for file in (machine.journal, ballast))
    made = machine.journal.read_bytes()
    assert machine.provision(*machine.token(), "--renew").returncode == 0
    assert machine.journal.read_bytes() == made


def no_place_for_payments(machine):
    """without_a_place_for_payments_nothing_is_provisioned"""
    text = machine.conf.read_text(encoding="utf-8")
    machine.conf.write_text(text.replace("payments.db", "none/payments.db"), encoding="utf-8")
    machine.fails("payments.db", *machine.token())


def not_twice(machine):
    """a_terminal_keeps_its_keys_until_it_is_told_otherwise"""
    becomes(machine)
    machine.fails("already", *machine.token())


def renewed(machine):
    """new_keys_replace_the_old_ones_at_once"""
    becomes(machine)
    (old,) = machine.keys.iterdir()
    old_key = (old / "signing.key").read_text()
    done = machine.provision(*machine.token(), "--renew")
    assert done.returncode == 0, done.stderr
    (new,) = machine.keys.iterdir()
    assert new != old and (new / "signing.key").read_text() != old_key
    assert let_in(machine)


def renewal_breaks_off(machine):
    """a_renewal_that_breaks_off_leaves_the_old_keys_working"""
    becomes(machine)
    for fault in ("wrong-signature hall", "drop-before all", "malformed all"):
        url, token = machine.token()
        assert machine.sandbox.control("fault " + fault) == "ok"
        machine.fails("", url, token, "--renew")
        assert machine.sandbox.control("fault none") == "ok"
    assert let_in(machine)


def used(machine):
    """a_token_is_good_once"""
    url, token = machine.token()
    assert machine.provision(url, token).returncode == 0
    other = Machine(machine.sandbox, machine.juminctl)
    other.fails("used", url, token)
    token.write_text(TOKEN.sub("Jumin-Token: " + "x" * 36 + "\n", token.read_text()))
    other.fails("unknown", url, token)


def bad_files(machine):
    """a_token_file_that_others_may_read_or_that_is_none_is_refused"""
    url, token = machine.token()
    text = token.read_text()
    token.chmod(0o640)
    machine.fails("read by others", url, token)
    token.chmod(0o600)
    for bad in ("", "x" * 20000, text.replace("Jumin-Token", "Token"), TOKEN.sub("", text)):
        token.write_text(bad)
        machine.fails("", url, token)
    token.unlink()
    machine.fails(token.name, url, token)


def strangers(machine):
    """a_platform_that_the_token_does_not_vouch_for_is_refused"""
    url, token = machine.token()
    text = token.read_text()
    made = machine.sandbox.scratch.name + "/other"
    ask = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    ask += ["-nodes", "-subj", "/CN=Other", "-days", "2", "-keyout", made + ".key", "-out", made]
    subprocess.run(ask, check=True, capture_output=True)
    other = pathlib.Path(made).read_text()
    token.write_text(re.sub("(?s)-----BEGIN CERT.*END CERTIFICATE-----\n", other, text))
    machine.fails("certificate", url, token)
    key = ["openssl", "genpkey", "-algorithm", "SM2", "-out", made + ".sm2"]
    subprocess.run(key, check=True, capture_output=True)
    public = ["openssl", "pkey", "-in", made + ".sm2", "-pubout"]
    other = subprocess.run(public, check=True, capture_output=True, text=True).stdout
    token.write_text(re.sub("(?s)-----BEGIN PUBLIC.*END PUBLIC KEY-----\n", other, text))
    machine.fails("signature", url, token)
    machine.fails("", "https://127.0.0.1:1/v1", token)
    machine.fails("https", url.replace("https", "http"), token)


def places(machine):
    """a_user_or_a_folder_that_is_not_there_is_named"""
    url, token = machine.token()
    machine.fails("jumin-nobody", url, token, user="jumin-nobody")
    machine.keys.rmdir()
    machine.fails("keys", url, token)
    machine.keys.mkdir()
    machine.conf.write_text("[platform]\nurll=x\n", encoding="utf-8")
    machine.fails("urll", url, token)


def clocks(machine):
    """a_clock_that_is_an_hour_wrong_does_not_matter"""
    machine.sandbox.control("clock 3600")
    try:
        becomes(machine)
    finally:
        machine.sandbox.control("clock -3600")


def words(machine):
    """a_wrong_command_line_is_told_so"""
    url, token = machine.token()
    for line in ((), ("--platform", url), ("--token", token), ("--platform", url, "--tokn", token)):
        assert machine.run("provision", *line).returncode == 2


CHECKS = (whole, private, journalled, no_place_for_payments, not_twice, renewed, renewal_breaks_off, used, bad_files, strangers)
CHECKS += (places, clocks, words)


def main():
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    description = Description(pathlib.Path(sys.argv[1]))
    sandbox = Sandbox(sys.argv[2], pathlib.Path(sys.argv[3]), description)
    failed = 0
    print(f"1..{len(CHECKS)}")
    try:
        for number, check in enumerate(CHECKS, 1):
            try:
                check(Machine(sandbox, sys.argv[4]))
                print(f"ok {number} /provision/{check.__doc__}", flush=True)
            except Exception as error:  # one failed check must not hide the others
                failed += 1
                print(f"not ok {number} /provision/{check.__doc__}")
                print(f"# {type(error).__name__}: {str(error)[:2000]}".replace("\n", "\n# "))
    finally:
        sandbox.end()
    return 1 if failed else 0


sys.exit(main())
