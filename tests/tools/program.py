# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs as children, waits that end, and the control sockets of peers."""

import ctypes
import os
import pathlib
import selectors
import signal
import socket
import subprocess
import time

START_SECONDS = 20
STOP_SECONDS = 5
REPLY_SECONDS = 15
LINE_BYTES_MAX = 4096
POLL_SECONDS = 0.02
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
