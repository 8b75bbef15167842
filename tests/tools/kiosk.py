# SPDX-License-Identifier: GPL-3.0-or-later
"""A kiosk without a panel: Debian's cage, headless, with the unmodified jumin-ui in it.

Touches are genuine (libjumin-touch.so in cage), what is on the screen is asked inside the ui
(libjumin-driver.so). Everything that a Kiosk starts ends with it, and with this process however
that ends. cage refuses to run as root: then it runs as "nobody".

    with Kiosk(build_dir, ["…/jumin-ui", …], size="1080x1920") as kiosk:
        kiosk.wait("start-queue")
        kiosk.tap("start-queue")
        kiosk.shot("choose.png")

A KEY is the name of a widget (the id of what can be pressed; "page-choose" for a page), ".class",
its whole text, its accessible label, or "KEY/KEY" for one inside of another.
"""

import collections
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

NOBODY = 65534
START_SECONDS = 30
WAIT_SECONDS = 5
STOP_SECONDS = 3
# The ui takes no touch for 300 ms after a page change; people need longer than this.
REST_MS = 350
# GTK's long press is 500 ms.
LONG_PRESS_MS = 800
TAP_MS = 30

Box = collections.namedtuple("Box", "x y width height hit sensitive")


class KioskError(Exception):
    """The screen did not do what was asked of it."""


def readable_by_nobody(path):
    """Whether another user may read what lies at this path."""
    path = pathlib.Path(path).resolve()
    return all(parent.stat().st_mode & 0o001 for parent in path.parents) and bool(
        path.stat().st_mode & 0o005
    )


def unprivileged(build_dir):
    """The words before a command that let it run as cage wants it, ending with its parent."""
    words = ["setpriv", "--pdeathsig", "TERM"]
    if os.getuid() != 0:
        return words
    words += [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
    if readable_by_nobody(build_dir):
        return words + ["--inh-caps=-all", "--bounding-set=-all"]
    # A build directory in root's home: this session alone may still read it.
    return words + ["--inh-caps=-all,+dac_override", "--ambient-caps=+dac_override"]


class Kiosk:
    """One screen, from start() to stop()."""

    def __init__(self, build_dir, ui, size="1080x1920", environment=None, keyboard=False,
                 animations=False, log=None):
        self.build_dir = pathlib.Path(build_dir).resolve()
        self.ui = [str(word) for word in ui]
        self.size = size
        self.environment = dict(environment or {})
        self.keyboard = keyboard
        self.animations = animations
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="jk", dir="/tmp"))
        if os.getuid() == 0:
            os.chown(self.dir, NOBODY, NOBODY)
        self.log_path = pathlib.Path(log) if log else self.dir / "log"
        self.process = None
        self._driver = None
        self._finger = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    # ---- the session -----------------------------------------------------------------------

    def _session_environment(self):
        tools = self.build_dir / "tests" / "tools"
        environment = {
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(self.dir),
            "XDG_RUNTIME_DIR": str(self.dir),
            "XDG_CONFIG_HOME": str(self.dir / "config"),
            "XDG_CACHE_HOME": str(self.dir / "cache"),
            "WLR_BACKENDS": "headless",
            "WLR_RENDERER": "pixman",
            "WLR_LIBINPUT_NO_DEVICES": "1",
            "WLR_HEADLESS_OUTPUTS": "1",
            "GDK_BACKEND": "wayland",
            "GSK_RENDERER": "cairo",
            "GSETTINGS_BACKEND": "memory",
            "GIO_USE_VFS": "local",
            # Accessible names without a bus: the driver asks for them inside the ui.
            "GTK_A11Y": "test",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "LD_PRELOAD": str(tools / "libjumin-touch.so"),
            "JUMIN_TOUCH_PRELOAD": str(tools / "libjumin-driver.so"),
            "JUMIN_TOUCH_SIZE": self.size,
            "JUMIN_TOUCH_SOCKET": str(self.dir / "touch"),
            "JUMIN_DRIVER_SOCKET": str(self.dir / "driver"),
        }
        if self.keyboard:
            environment["JUMIN_TOUCH_KEYBOARD"] = "1"
        if self.animations:
            environment["JUMIN_DRIVER_ANIMATIONS"] = "1"
        environment.update(self.environment)
        return environment

    def start(self):
        """Starts the session and answers once its first page rests."""
        # setpriv and env must not be preloaded: env sets it for cage alone.
        session = self._session_environment()
        settings = [f"{name}={value}" for name, value in session.items()]
        command = unprivileged(self.build_dir) + ["env", "-i"] + settings
        command += ["cage", "-d", "--"] + self.ui
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, cwd=self.dir)
        self.reconnect()
        return self

    def reconnect(self, seconds=START_SECONDS):
        """Waits for the driver of a ui that has just started."""
        deadline = time.monotonic() + seconds
        self._hang_up()
        while True:
            try:
                touch = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                touch.connect(str(self.dir / "touch"))
                driver = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                driver.connect(str(self.dir / "driver"))
                driver.settimeout(START_SECONDS)
                break
            except OSError:
                touch.close()
            self._expect_alive(deadline)
        self._finger = touch
        self._driver = driver.makefile("rw", encoding="utf-8", newline="\n")
        driver.close()
        while self.command("size") == "none":
            self._expect_alive(deadline)
        self.settle()

    def _expect_alive(self, deadline):
        """Waits a moment for the session's end, which would be an error."""
        try:
            status = self.process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            if time.monotonic() > deadline:
                raise KioskError(f"the ui did not appear; see {self.log_path}") from None
            return
        raise KioskError(f"the session ended with {status}; its log:\n{self.log()}")

    def _hang_up(self):
        for channel in (self._finger, self._driver):
            if channel is not None:
                try:
                    channel.close()
                except OSError:
                    pass
        self._finger = self._driver = None

    def stop(self):
        """Ends the session and removes its directory."""
        self._hang_up()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None
        shutil.rmtree(self.dir, ignore_errors=True)

    def kill_ui(self):
        """SIGKILL to the ui. cage ends with its program, unless that is a keeper."""
        os.kill(int(self.command("pid")), signal.SIGKILL)
        self._hang_up()

    def restart(self):
        """Starts the session again after it has ended."""
        self._hang_up()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            self.process.wait(STOP_SECONDS)
        return self.start()

    def log(self):
        """What the compositor and the ui have said."""
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    # ---- looking ---------------------------------------------------------------------------

    def command(self, line):
        """One command of the driver (driver.c) and its answer."""
        try:
            self._driver.write(line + "\n")
            self._driver.flush()
            answer = []
            while True:
                text = self._driver.readline()
                if not text:
                    raise KioskError(f"the ui ended at '{line}'; its log:\n{self.log()}")
                if text == ".\n":
                    return "".join(answer).rstrip("\n")
                answer.append(text)
        except OSError as error:
            raise KioskError(f"asking the ui '{line}' failed: {error}") from error

    def find(self, key):
        """Where it is, or None."""
        answer = self.command(f"find {key}")
        if answer == "none":
            return None
        *numbers, hit, sensitive = answer.split()
        return Box(*map(float, numbers), hit == "hit=1", sensitive == "sensitive=1")

    def text(self, key):
        """What stands on it, or None."""
        answer = self.command(f"text {key}")
        return None if answer == "none" else answer

    def tree(self):
        """All widgets that are shown, for whoever looks for a fault."""
        return self.command("tree")

    def shot(self, path):
        """A picture of the screen as PNG."""
        picture = self.dir / "shot.png"
        if self.command(f"shot {picture}") != "saved":
            raise KioskError(f"the picture '{path}' could not be taken")
        shutil.copyfile(picture, path)
        picture.unlink()

    def settle(self):
        """Waits until the page has drawn itself."""
        return self.command("settle")

    def wait(self, key, seconds=WAIT_SECONDS):
        """Waits until it is shown, and returns where."""
        if self.command(f"await {int(seconds * 1000)} {key}") != "yes":
            raise KioskError(f"'{key}' was not shown within {seconds} s; shown is:\n{self.tree()}")
        return self.find(key)

    def wait_gone(self, key, seconds=WAIT_SECONDS):
        """Waits until it is no longer shown."""
        if self.command(f"gone {int(seconds * 1000)} {key}") != "yes":
            raise KioskError(f"'{key}' is still shown after {seconds} s")

    def rest(self, ms=REST_MS):
        """Waits until the page has been the same for so long, as a person reads before a touch."""
        self.command(f"rest {ms}")

    # ---- touching --------------------------------------------------------------------------

    def touch(self, command):
        """One command of the finger (touch.c)."""
        self._finger.send(command.encode())

    def _centre(self, key, seconds):
        self.wait(key, seconds)
        self.rest()
        box = self.find(key)
        if box is None:
            raise KioskError(f"'{key}' went away before it could be touched")
        if not box.hit:
            raise KioskError(f"'{key}' cannot be reached by a finger: {box}")
        return box.x + box.width / 2, box.y + box.height / 2

    def hold(self, ms):
        """Lets time pass in the ui, not here: its own clock counts."""
        self.command(f"await {ms} .no-such-class")

    def tap(self, key, seconds=WAIT_SECONDS, hold_ms=TAP_MS):
        """A short touch at its centre; returns when it ended, as time.monotonic() tells it."""
        x, y = self._centre(key, seconds)
        self.touch(f"down 0 {x} {y}")
        self.hold(hold_ms)
        lifted = time.monotonic()
        self.touch("up 0")
        return lifted

    def double_tap(self, key):
        """Two touches as fast as a nervous finger."""
        x, y = self._centre(key, WAIT_SECONDS)
        for _ in range(2):
            self.touch(f"down 0 {x} {y}")
            self.hold(TAP_MS)
            self.touch("up 0")
            self.hold(TAP_MS)

    def long_press(self, key, hold_ms=LONG_PRESS_MS):
        """A touch that stays."""
        self.tap(key, hold_ms=hold_ms)

    def two_fingers(self, first, second):
        """Two fingers on two things at the same moment."""
        here = self._centre(first, WAIT_SECONDS)
        there = self._centre(second, WAIT_SECONDS)
        self.touch(f"down 0 {here[0]} {here[1]}")
        self.touch(f"down 1 {there[0]} {there[1]}")
        self.hold(TAP_MS)
        self.touch("up 0")
        self.touch("up 1")

    def slide_off(self, key, dx=0, dy=400):
        """A touch that moves away before it is lifted."""
        x, y = self._centre(key, WAIT_SECONDS)
        self.touch(f"down 0 {x} {y}")
        for step in range(1, 11):
            self.touch(f"move 0 {x + dx * step / 10} {y + dy * step / 10}")
            self.hold(TAP_MS)
        self.touch("up 0")

    def press_keys(self, *codes):
        """Keys of a keyboard (linux/input-event-codes.h) pressed together and let go."""
        for code in codes:
            self.touch(f"key {code} 1")
            self.hold(TAP_MS)
        for code in reversed(codes):
            self.touch(f"key {code} 0")
            self.hold(TAP_MS)
