# SPDX-License-Identifier: GPL-3.0-or-later
"""A camera that is not there, and the real jumin-scan before it.

    with Camera(build_dir, directory) as camera:      # tests/peers/peer-camera.c
        camera.show(CODE, "moving")                   # a phone in somebody's hand
        with Scan(build_dir, camera, directory) as scan:
            scan.wait_state("looking")
            text = scan.wait_code()
            camera.ask("unplug")

Programs to which Camera.environment is given have these cameras and no others.
"""

import mmap
import os
import pathlib
import signal
import socket
import struct
import subprocess
import time

from program import STOP_SECONDS, Control, Program, StandError, end_with_parent, select_nothing

WAIT_SECONDS = 15
MESSAGE_BYTES_MAX = 4096
DESCRIPTOR = 3
STATES = ("off", "opening", "looking", "covered", "too-dark", "too-bright", "stalled", "missing",
          "busy", "refused", "format", "lost", "faulty")
HINTS = ("none", "closer", "farther", "brighter", "glare", "steady")
# app/ipc/preview.c
PICTURES = 3
PICTURE_BYTES = 640 * 640 * 4
PICTURE_HEAD = struct.Struct("=3I")


class Camera:
    """One webcam; several may share a directory when their numbers and names differ."""

    def __init__(self, build_dir, directory, number=0, usb_id="1209:0002", name="Peer"):
        self.build_dir = pathlib.Path(build_dir).resolve()
        self.directory = pathlib.Path(directory) / "camera"
        peers = self.build_dir / "tests" / "peers"
        self.environment = {
            "LD_PRELOAD": str(peers / "libjumin-peer-camera.so"),
            "JUMIN_PEER_CAMERA_DIR": str(self.directory),
            # The preloaded library has no sanitizer, and comes first.
            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0",
        }
        self.control = self.directory / f"{name}.sock"
        self.pictures = pathlib.Path(directory) / "pictures"
        (self.directory / "dev").mkdir(parents=True, exist_ok=True)
        self.program = Program(f"camera-{name}", [
            peers / "jumin-peer-camera", "--dir", self.directory, "--number", str(number),
            "--id", usb_id, "--name", name], directory, ready="ready")

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self.program.start()
        return self

    def stop(self):
        self.program.stop()

    def write_program(self):
        """The path of a program that is jumin-scan before these cameras, for who starts it bare."""
        settings = [f"{name}='{value}'" for name, value in self.environment.items()]
        path = self.directory / "scan"
        path.write_text("#!/bin/sh\n" + f"exec env {' '.join(settings)} "
                        + f"'{self.build_dir}/app/scan/jumin-scan' \"$@\"\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def ask(self, command):
        """A command of tests/peers/README.md; the reply without "ok"."""
        return Control(self.control).ask(command)

    def draw(self, text, style="plain"):
        """The path of a picture of a phone that shows this code."""
        self.pictures.mkdir(exist_ok=True)
        path = self.pictures / f"{len(list(self.pictures.iterdir()))}-{style}.png"
        subprocess.run([self.build_dir / "tests" / "tools" / "phone-picture", text, path, style],
                       check=True, timeout=WAIT_SECONDS)
        return path

    def show(self, text, style="plain"):
        """A phone with this code is held before it."""
        self.ask(f"show {self.draw(text, style)}")

    def read_status(self):
        return dict(word.split("=", 1) for word in self.ask("status").split())

    def shown_at(self):
        """When the first frame of what is shown was sent, as time.monotonic() tells it; 0: none."""
        return int(self.read_status()["shown_us"]) / 1e6


class Scan:
    """A jumin-scan, and core's end of its socket. Keeps what it has said last."""

    def __init__(self, build_dir, camera, directory, device="", frame_ms=300, stall_ms=1000,
                 mirror=False):
        self.start_message = struct.pack("<cHHB", b"S", frame_ms, stall_ms, mirror)
        self.start_message += device.encode()
        self.program = pathlib.Path(build_dir).resolve() / "app" / "scan" / "jumin-scan"
        self.environment = {**os.environ, **(camera.environment if camera else {})}
        self.log_path = pathlib.Path(directory) / "scan.log"
        self.state = self.hint = None
        self.states, self.codes = [], []  # all that were said, in their order
        self.opened = False
        self.ended = False
        self.memory = -1
        self.socket = self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self.socket, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

        def hand_over():
            end_with_parent()
            os.dup2(other.fileno(), DESCRIPTOR)

        with other, open(self.log_path, "ab") as log:
            self.process = subprocess.Popen([self.program, "--serve"], stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, env=self.environment,
                                            pass_fds=(DESCRIPTOR,), preexec_fn=hand_over)
        self.socket.send(self.start_message)
        return self

    def stop(self):
        """Core goes; returns what the process ended with."""
        self.socket.close()
        if self.memory >= 0:
            os.close(self.memory)
            self.memory = -1
        return self.wait_end()

    def wait_end(self):
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(STOP_SECONDS)
            raise StandError("jumin-scan did not end") from None

    def read_log(self):
        return self.log_path.read_text(errors="replace")

    def receive(self, seconds=WAIT_SECONDS):
        """One message; False when none will come any more."""
        self.socket.settimeout(seconds)
        try:
            message, descriptors, _, _ = socket.recv_fds(self.socket, MESSAGE_BYTES_MAX, 1)
        except TimeoutError:
            raise StandError(f"jumin-scan says nothing for {seconds} s: {self}") from None
        except ConnectionResetError:
            message, descriptors = b"", []
        if not message:
            self.ended = True
            return False
        if message[:1] == b"O":
            self.opened = True
            self.memory = descriptors[0]
        elif message[:1] == b"T":
            self.state, self.hint = STATES[message[1]], HINTS[message[2]]
            self.states.append(self.state)
        elif message[:1] == b"C":
            self.codes.append(message[1:].decode(errors="replace"))
        return True

    def wait_for(self, condition, what, seconds=WAIT_SECONDS):
        """Receives until condition() is true; returns what that was."""
        deadline = time.monotonic() + seconds
        while not (value := condition()):
            if time.monotonic() > deadline or not self.receive(seconds):
                raise StandError(f"waited in vain for {what}: {self}\n{self.read_log()[-2000:]}")
        return value

    def wait_state(self, *states):
        self.wait_for(lambda: self.state in states, f"one of {states}")

    def wait_code(self):
        """The next code that is read."""
        count = len(self.codes)
        self.wait_for(lambda: len(self.codes) > count, "a code")
        return self.codes[-1]

    def wait_states(self, count):
        """So many states more, as many frames at least."""
        goal = len(self.states) + count
        self.wait_for(lambda: len(self.states) >= goal, f"{count} states")

    def look_at_preview(self, looking):
        self.socket.send(b"P" + bytes([looking]))

    def read_preview(self):
        """Count of pictures so far, and width, height and pixels of the newest one."""
        with mmap.mmap(self.memory, 0, prot=mmap.PROT_READ) as memory:
            count = struct.unpack_from("=I", memory)[0]
            head = 4 + (count - 1) % PICTURES * (PICTURE_HEAD.size + PICTURE_BYTES)
            _, width, height = PICTURE_HEAD.unpack_from(memory, head)
            begin = head + PICTURE_HEAD.size
            return count, width, height, bytes(memory[begin:begin + width * height * 4])

    def count_descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def read_cpu_seconds(self):
        nanoseconds = pathlib.Path(f"/proc/{self.process.pid}/schedstat").read_text().split()[0]
        return int(nanoseconds) / 1e9

    def hang(self, seconds):
        """It does nothing for so long."""
        self.process.send_signal(signal.SIGSTOP)
        select_nothing(seconds)
        self.process.send_signal(signal.SIGCONT)

    def __str__(self):
        return (f"state {self.state}, {len(self.states)} states, {len(self.codes)} codes, "
                f"exit {self.process.poll()}")
