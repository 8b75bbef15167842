# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole terminal in a folder of its own: real programs, peers instead of hardware.

    with Stand(build_dir) as stand:
        stand.start()                      # platform, reader, printer, core
        with stand.open_kiosk() as kiosk:  # the screen, headless, with a finger (kiosk.py)
            ...
        stand.insert("li-ceshi"); stand.pull()
        stand.read_paper(); stand.ask_platform("tickets")

Every program is a child that ends with this process and is ended by its number alone. Every wait
has a bound. Nobody is asked for a free port: the platform's comes from the system, all other
sockets are files.
"""

import ctypes
import json
import os
import pathlib
import selectors
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from kiosk import Kiosk

START_SECONDS = 20
STOP_SECONDS = 5
REPLY_SECONDS = 15
LINE_BYTES_MAX = 4096
POLL_SECONDS = 0.02
READER = "jumin"
PR_SET_PDEATHSIG = 1

LIBC = ctypes.CDLL(None)


class StandError(Exception):
    """A program of the stand did not do what was asked; says which and what."""


def end_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def wait_until(condition, what, seconds=REPLY_SECONDS):
    """Returns the first true value of condition(); StandError with what after seconds."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise StandError(f"waited {seconds} s in vain: {what}")
        select_nothing(POLL_SECONDS)


def select_nothing(seconds):
    with selectors.DefaultSelector() as selector:
        selector.select(seconds)


class Program:
    """One child. Its output goes to a file; with ready, start() waits for that word in a line."""

    def __init__(self, name, arguments, directory, environment=None, ready=None):
        self.name = name
        self.arguments = [str(argument) for argument in arguments]
        self.log_path = pathlib.Path(directory) / f"{name}.log"
        self.environment = {**os.environ, **(environment or {})}
        self.ready = ready
        self.ready_line = ""
        self.process = None

    def start(self):
        with open(self.log_path, "ab") as log:
            offset = log.tell()
            self.process = subprocess.Popen(
                self.arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=self.environment, preexec_fn=end_with_parent)
        if self.ready:
            self.ready_line = wait_until(lambda: self._find_ready(offset),
                                         f"'{self.name}' to be ready\n{self.read_log()[-2000:]}",
                                         START_SECONDS)
        return self

    def _find_ready(self, offset):
        with open(self.log_path, "rb") as log:
            log.seek(offset)
            for line in log.read().decode(errors="replace").splitlines(keepends=True):
                if line.startswith(self.ready) and line.endswith("\n"):
                    return line.strip()
        if self.process.poll() is not None:
            raise StandError(f"'{self.name}' ended at once with {self.process.returncode}:\n"
                             + self.read_log()[-2000:])
        return None

    def read_log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """As a crash does."""
        if self.is_running():
            self.process.kill()
            self.process.wait(STOP_SECONDS)

    def stop(self):
        if not self.is_running():
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()


class Control:
    """The control socket of a peer: one command a line, one reply a line."""

    def __init__(self, path, seconds=REPLY_SECONDS):
        self.path = str(path)
        self.seconds = seconds

    def ask(self, command):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(self.seconds)
            connection.connect(self.path)
            connection.sendall(command.encode() + b"\n")
            with connection.makefile("rb") as replies:
                reply = replies.readline(LINE_BYTES_MAX).decode(errors="replace").strip()
        if not reply.startswith("ok"):
            raise StandError(f"'{command}' to '{self.path}' failed: {reply or 'no reply'}")
        return reply[2:].strip()


class Stand:
    """The programs around the screen, and the core. Nothing runs before start()."""

    def __init__(self, build_dir, speed=1, settings="", residents=None):
        self.build_dir = pathlib.Path(build_dir).resolve()
        self.source_dir = pathlib.Path(__file__).resolve().parents[2]
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="jumin-"))
        self.directory.chmod(0o711)  # the screen may be another user's
        self.data_dir = self.source_dir / "data" / "sandbox"
        self.city = self.data_dir / "city.json"
        self.residents = residents or self.data_dir / "residents.json"
        self.speed = speed
        # cage refuses root, and then runs as nobody (kiosk.py).
        self.ui_user = "nobody" if os.getuid() == 0 else ""
        self.settings = settings
        self.core_prefix = []  # a program that becomes core, and its arguments
        self.programs = {}
        self.socket_path = self.directory / "border.sock"
        self.reader_control = self.directory / "pcscd" / "control"
        self.card_control = self.directory / "card.sock"
        self.printer_control = self.directory / "printer" / "control"
        self.platform_control = self.directory / "platform" / "control"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    # The folders and programs.

    def _folder(self, name):
        folder = self.directory / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _peer(self, name):
        return self.build_dir / "tests" / "peers" / name

    def _launch(self, name, arguments, environment=None, ready=None):
        program = Program(name, arguments, self.directory, environment, ready)
        self.programs[name] = program
        return program.start()

    def start(self):
        self.start_platform()
        self.start_reader()
        self.start_printer()
        self.start_core()

    def start_platform(self):
        state = self._folder("platform")
        platform = self._launch("jumin-sandbox", [
            self.build_dir / "app" / "sandbox" / "jumin-sandbox", "--state", state,
            "--city", self.city, "--residents", self.residents,
            "--die-with-parent"], ready="ready")
        # A platform that is started again is where it was.
        platform.arguments += ["--port", platform.ready_line.rpartition(":")[2]]
        self._take_terminal_conf()

    def _take_terminal_conf(self):
        """What the platform's operator would hand over: address, keys, certificates."""
        shutil.copy(self.directory / "platform" / "terminal.conf",
                    self._folder("conf.d") / "50-platform.conf")

    def start_reader(self):
        folder = self._folder("pcscd")
        self._launch("jumin-peer-pcscd",
                     [self._peer("jumin-peer-pcscd"), "--dir", folder, "--reader", READER],
                     ready="ready")
        self._launch("jumin-peer-card",
                     [self._peer("jumin-peer-card"), "--reader", folder / f"card-{READER}.sock",
                      "--control", self.card_control,
                      "--cards", self.data_dir / "cards.json", "--residents", self.residents], ready="ready")

    def start_printer(self):
        self._launch("jumin-peer-ticket-printer",
                     [self._peer("jumin-peer-ticket-printer"), "--dir", self._folder("printer")],
                     ready="ready")

    def printer_uri(self):
        return self.programs["jumin-peer-ticket-printer"].ready_line.split()[1]

    def core_environment(self):
        return {"PCSCLITE_CSOCK_NAME": str(self.directory / "pcscd" / "pcscd.comm"),
                "JUMIN_LOCALEDIR": str(self.build_dir / "po")}

    def write_configuration(self):
        (self._folder("conf.d") / "10-stand.conf").write_text(
            f"[border]\nsocket={self.socket_path}\nui-user={self.ui_user}\n"
            f"[audit]\ndirectory={self.directory}/audit\n"
            f"[data]\ncatalogue={self.source_dir}/data/catalogue.json\n"
            f"troubles={self.source_dir}/data/troubles.json\n"
            f"city-code={self.source_dir}/data/city-code.json\n"
            f"code-kinds={self.source_dir}/data/code-kinds.json\n"
            f"[scan]\nkind=none\n"
            f"[printer]\nuri={self.printer_uri()}\n{self.settings}", encoding="utf-8")

    def start_core(self):
        self.write_configuration()
        self._launch("jumin-core", [
            *self.core_prefix, self.build_dir / "app" / "jumin-core", "--config",
            self.source_dir / "data" / "jumin.conf", "--config-dir", self.directory / "conf.d",
            "--speed", self.speed], environment=self.core_environment())
        wait_until(self._core_listens, "jumin-core to listen\n" + self.read_log("jumin-core"))

    def _core_listens(self):
        if not self.programs["jumin-core"].is_running():
            raise StandError("jumin-core has ended:\n" + self.read_log("jumin-core"))
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            try:
                connection.connect(str(self.socket_path))
            except OSError:
                return False
        return True

    def kill(self, name):
        self.programs[name].kill()

    def restart(self, name):
        """The same program once more, as its service would do it."""
        self.programs[name].start()
        if name == "jumin-sandbox":
            self._take_terminal_conf()

    def read_log(self, name):
        return self.programs[name].read_log()[-4000:] if name in self.programs else ""

    def stop(self):
        for program in reversed(list(self.programs.values())):
            program.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    # What stands around the terminal.

    def ask_card(self, command):
        return Control(self.card_control).ask(command)

    def ask_reader(self, command):
        """Of pcscd and its reader, whose name is READER: "remove NAME", "kill", "start" …"""
        return Control(self.reader_control).ask(command)

    def find_resident(self, name):
        """One of the invented people, as the file has them."""
        people = json.loads(pathlib.Path(self.residents).read_text(encoding="utf-8"))
        return next(person for person in people if person["id"] == name)

    def insert(self, resident):
        return self.ask_card(f"insert {resident}")

    def pull(self):
        return self.ask_card("eject")

    def ask_printer(self, command):
        return Control(self.printer_control).ask(command)

    def ask_platform(self, command):
        return Control(self.platform_control).ask(command)

    def count_papers(self):
        """How many tickets have come out of the printer."""
        words = dict(word.split("=", 1) for word in self.ask_printer("status").split())
        return int(words["tickets"])

    def wait_paper(self, before):
        """Waits for one ticket more than before; returns its bytes' and its picture's path."""
        wait_until(lambda: self.count_papers() > before, "a ticket on paper")
        folder = self.directory / "printer"
        return folder / f"ticket-{before + 1}.bin", folder / f"ticket-{before + 1}.png"

    def open_kiosk(self, size="1080x1920", **arguments):
        """The screen of this terminal; a Kiosk (kiosk.py), not yet started."""
        return Kiosk(self.build_dir, self.ui_command(), size, **arguments)

    def ui_command(self):
        return [self.build_dir / "ui" / "jumin-ui", "--address", f"unix:path={self.socket_path}"]
