# SPDX-License-Identifier: GPL-3.0-or-later
"""The line between core and the platform, with somebody at the cutters.

    line = Line(state_dir, platform_port)   # of a sandbox, whose keys it has
    core's [platform] url is https://127.0.0.1:{line.port}/v1
    line.spoil("/v1/payments/state", "answer-lost", 2)   # the next two requests of that path
    line.count("/v1/payments/state")                     # requests of that path that came so far

It ends the encryption on both sides and changes no byte but where it is told to: what the terminal
and the platform signed stays signed. MODES says what can happen to a request.
"""

import collections
import contextlib
import socket
import ssl
import threading

from program import select_nothing

HEAD_BYTES_MAX = 64 * 1024
SOCKET_SECONDS = 10
LATE_SECONDS = 0.9    # longer than core waits
SLOW_SECONDS = 0.15   # within what core waits
TWICE_SECONDS = 0.05
CAPTIVE = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 24\r\n\r\n"
           b"<html>Log in here</html>")
GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"

Message = collections.namedtuple("Message", "head body")


def read_message(connection):
    """Head and body as they came; None at the end."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(HEAD_BYTES_MAX)
        if not more or len(data) > HEAD_BYTES_MAX:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        more = connection.recv(HEAD_BYTES_MAX)
        if not more:
            return None
        body += more
    return Message(head + b"\r\n\r\n", body)


def forge(answer):
    """Another digit in what was signed."""
    body = bytearray(answer.body)
    for place, byte in enumerate(body):
        if chr(byte) in "12345678":
            body[place] = byte + 1
            return Message(answer.head, bytes(body))
    return Message(answer.head, answer.body[:-1] + b" ")


class Line:
    """One listener on loopback; a thread for each connection, which ends with this process."""

    def __init__(self, state, platform_port):
        self.platform_port = platform_port
        self._lock = threading.Lock()
        self._spoilt = {}                      # path: [mode, how often still]
        self._count_spoilt = 0
        self._counts = collections.Counter()
        self._answers = {}                     # path: the last answer but one
        self._last = {}
        self._server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._server.load_cert_chain(state / "server.pem", state / "server.key")
        self._client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._client.load_verify_locations(state / "ca.pem")
        self._client.load_cert_chain(state / "terminal.pem", state / "terminal.key")
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def spoil(self, path, mode, times):
        with self._lock:
            self._spoilt = {path: [mode, times]}
            self._count_spoilt = 0

    def repair(self):
        with self._lock:
            self._spoilt = {}

    def count_spoilt(self):
        """Requests that were spoilt since spoil()."""
        with self._lock:
            return self._count_spoilt

    def count(self, path):
        with self._lock:
            return self._counts[path]

    def stop(self):
        self._listener.close()

    def _listen(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, plain):
        plain.settimeout(SOCKET_SECONDS)
        with contextlib.suppress(OSError), self._server.wrap_socket(plain, server_side=True) as core:
            while True:
                request = read_message(core)
                if request is None or not self._pass(core, request):
                    return

    def _take_mode(self, path):
        with self._lock:
            self._counts[path] += 1
            spoilt = self._spoilt.get(path)
            if spoilt is None or spoilt[1] == 0:
                return ""
            spoilt[1] -= 1
            self._count_spoilt += 1
            return spoilt[0]

    def _forward(self, path, request):
        with socket.create_connection(("127.0.0.1", self.platform_port), SOCKET_SECONDS) as plain, \
                self._client.wrap_socket(plain, server_hostname="127.0.0.1") as platform:
            platform.sendall(request.head + request.body)
            answer = read_message(platform)
        if answer is None:
            raise OSError("the platform says nothing")
        with self._lock:
            self._answers[path], self._last[path] = self._last.get(path, answer), answer
        return answer

    def _pass(self, core, request):
        """One request. Returns whether the connection goes on."""
        path = request.head.split(b" ", 2)[1].decode(errors="replace")
        mode = self._take_mode(path)
        return MODES[mode](self, core, path, request)

    # What can happen; each returns whether the connection goes on.

    def _good(self, core, path, request):
        answer = self._forward(path, request)
        core.sendall(answer.head + answer.body)
        return True

    def _request_lost(self, core, path, request):
        return False

    def _request_swallowed(self, core, path, request):
        select_nothing(LATE_SECONDS)
        return False

    def _request_late(self, core, path, request):
        select_nothing(LATE_SECONDS)
        self._forward(path, request)
        return False

    def _request_twice(self, core, path, request):
        self._good(core, path, request)
        select_nothing(TWICE_SECONDS)
        self._forward(path, request)
        return True

    def _answer_lost(self, core, path, request):
        self._forward(path, request)
        return False

    def _answer_swallowed(self, core, path, request):
        self._forward(path, request)
        select_nothing(LATE_SECONDS)
        return False

    def _answer_late(self, core, path, request):
        answer = self._forward(path, request)
        select_nothing(SLOW_SECONDS)
        core.sendall(answer.head + answer.body)
        return True

    def _answer_cut(self, core, path, request):
        answer = self._forward(path, request)
        core.sendall(answer.head + answer.body[:len(answer.body) // 2])
        return False

    def _answer_forged(self, core, path, request):
        answer = forge(self._forward(path, request))
        core.sendall(answer.head + answer.body)
        return True

    def _answer_old(self, core, path, request):
        self._forward(path, request)
        answer = self._answers[path]
        core.sendall(answer.head + answer.body)
        return True

    def _captive(self, core, path, request):
        core.sendall(CAPTIVE)
        return False

    def _gateway(self, core, path, request):
        self._forward(path, request)
        core.sendall(GATEWAY)
        return True


MODES = {
    "": Line._good,
    "request-lost": Line._request_lost,
    "request-swallowed": Line._request_swallowed,
    "request-late": Line._request_late,
    "request-twice": Line._request_twice,
    "answer-lost": Line._answer_lost,
    "answer-swallowed": Line._answer_swallowed,
    "answer-late": Line._answer_late,
    "answer-cut": Line._answer_cut,
    "answer-forged": Line._answer_forged,
    "answer-old": Line._answer_old,
    "captive": Line._captive,
    "gateway": Line._gateway,
}
