# SPDX-License-Identifier: GPL-3.0-or-later
"""What a compositor shows, asked over its socket (wlr-screencopy): the pixels after each change."""

import mmap
import os
import select
import socket
import struct
import time

DISPLAY, REGISTRY = 1, 2
VERSIONS = {"wl_shm": 1, "wl_output": 1, "zwlr_screencopy_manager_v1": 2}
# Opcodes: requests, then events.
GET_REGISTRY, BIND, CREATE_POOL, CREATE_BUFFER, CAPTURE, DESTROY, COPY_WITH_DAMAGE = 1, 0, 0, 0, 0, 1, 2
ERROR, GLOBAL, BUFFER, READY, FAILED = 0, 0, 0, 2, 3
REPLY_SECONDS = 5


class Screencopy:
    """The pixels of a compositor's one output."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))
        self.last, self.unread, self.ids = REGISTRY, b"", {}
        self.frame = self.buffer = self.pixels = None
        self._send(DISPLAY, GET_REGISTRY, struct.pack("=I", REGISTRY))
        while len(self.ids) < len(VERSIONS):
            _, _, body = self._read(REGISTRY, (GLOBAL,), REPLY_SECONDS)
            name, size = struct.unpack_from("=II", body)
            interface = body[8:7 + size].decode()
            if interface in VERSIONS:
                self.ids[interface] = self._new()
                version = struct.pack("=II", VERSIONS[interface], self.ids[interface])
                self._send(REGISTRY, BIND, body[:-4] + version)

    def close(self):
        """Lets go of the compositor."""
        self.socket.close()

    def _new(self):
        self.last += 1
        return self.last

    def _send(self, target, opcode, body, descriptors=()):
        head = struct.pack("=IHH", target, opcode, 8 + len(body))
        socket.send_fds(self.socket, [head + body], descriptors)

    def _read(self, wanted, opcodes, seconds):
        """The next of these events of an object, or None after so long."""
        deadline = time.monotonic() + seconds
        while True:
            if len(self.unread) >= 8:
                target, opcode, size = struct.unpack_from("=IHH", self.unread)
                if len(self.unread) >= size:
                    body, self.unread = self.unread[8:size], self.unread[size:]
                    if (target, opcode) == (DISPLAY, ERROR):
                        raise ConnectionError(f"the compositor refuses: {body}")
                    if target == wanted and opcode in opcodes:
                        return target, opcode, body
                    continue
            rest = max(0, deadline - time.monotonic())
            if not select.select([self.socket], [], [], rest)[0]:
                return None
            data = self.socket.recv(65536)
            if not data:
                raise ConnectionError("the compositor ended")
            self.unread += data

    def _begin(self):
        self.frame = self._new()
        self._send(self.ids["zwlr_screencopy_manager_v1"], CAPTURE,
                   struct.pack("=IiI", self.frame, 0, self.ids["wl_output"]))
        _, _, body = self._read(self.frame, (BUFFER,), REPLY_SECONDS)
        if self.buffer is None:
            form, width, height, stride = struct.unpack("=IIII", body)
            descriptor = os.memfd_create("screen")
            os.ftruncate(descriptor, stride * height)
            self.pixels = mmap.mmap(descriptor, stride * height)
            pool, self.buffer = self._new(), self._new()
            self._send(self.ids["wl_shm"], CREATE_POOL, struct.pack("=II", pool, stride * height),
                       [descriptor])
            self._send(pool, CREATE_BUFFER, struct.pack("=IIIIII", self.buffer, 0, width, height,
                                                        stride, form))
            os.close(descriptor)
        self._send(self.frame, COPY_WITH_DAMAGE, struct.pack("=I", self.buffer))

    def next(self, seconds):
        """The pixels after the next change since the last call, or None without one."""
        if self.frame is None:
            self._begin()
        event = self._read(self.frame, (READY, FAILED), seconds)
        if event is None:
            return None
        self._send(self.frame, DESTROY, b"")
        self.frame = None
        return self.pixels[:] if event[1] == READY else self.next(seconds)
