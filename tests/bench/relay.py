# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands between a program and a server on loopback, hands all bytes on, and listens."""

import selectors
import socket
import threading
import time

CHUNK = 65536


class Relay:
    """hear(data, asked, moment, connection) is called for each chunk as it comes, in a thread of
    its own: asked, whether it goes to the server; moment, of time.monotonic(); connection, a
    dictionary that is the same for all chunks of a connection."""

    def __init__(self, port, hear):
        self.target = ("127.0.0.1", port)
        self.hear = hear
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def _accept(self, ready):
        client, _ = self.listener.accept()
        server = socket.create_connection(self.target)
        connection = {}
        for end, other, asked in ((client, server, True), (server, client, False)):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            ready.register(end, selectors.EVENT_READ, (other, asked, connection))

    def _hand_on(self, ready, end, other, asked, connection):
        """Whether the connection goes on."""
        try:
            data = end.recv(CHUNK)
            moment = time.monotonic()
            other.sendall(data)
        except OSError:
            data = b""
        if not data:
            for side in (end, other):
                ready.unregister(side)
                side.close()
            return False
        self.hear(data, asked, moment, connection)
        return True

    def _run(self):
        with selectors.DefaultSelector() as ready:
            ready.register(self.listener, selectors.EVENT_READ)
            while True:
                for key, _ in ready.select():
                    if key.data is None:
                        self._accept(ready)
                    elif not self._hand_on(ready, key.fileobj, *key.data):
                        break
