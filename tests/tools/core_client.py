# SPDX-License-Identifier: GPL-3.0-or-later
"""The real core, the sandbox and the peers without a display: acts in, views out.

    with CoreClient(build_dir) as client:         # a Stand (stand.py) whose ui is border-client
        client.wait_page("home")
        client.stand.insert("li-ceshi")
        client.wait_page("consent")
        client.press("agree")                     # the item with this id, as the ui presses it
        client.press("queue")
        client.press("choose", matter="fund")     # with what was chosen on the page
        client.act("set", id="elder", value="on") # an act by hand; send() if it may be stale
        view = client.wait_for(lambda view: view["kind"] == "home" and view["title"])

A view is the dictionary that core sent (app/ipc/view.h; empty members are left out). Every wait
has a bound and says in its error what is shown instead.
"""

import json
import selectors
import subprocess
import time

from program import StandError, end_with_parent
from stand import Stand

WAIT_SECONDS = 15
VIEWS_MAX = 10000
READ_BYTES = 65536
PASSED_SHOWN = 8


class CoreClient:
    """A stand and the client of its core's border. All arguments are those of the stand."""

    def __init__(self, build_dir, make_stand=Stand, **arguments):
        self.stand = make_stand(build_dir, **arguments)
        self.stand.ui_user = ""  # the client is who the test is, not the display's user
        self.views = []          # all that were shown, the last one last
        self.away = True
        self.errors = []
        self._results = []
        self._opened = []
        self._rest = b""
        self._process = None

    def __enter__(self):
        try:
            self.stand.start()
            self.connect()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def connect(self):
        """Starts the client; it joins core again by itself when core was away."""
        program = self.stand.build_dir / "tests" / "tools" / "border-client"
        self._process = subprocess.Popen(
            [str(program), f"unix:path={self.stand.socket_path}"], bufsize=0,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=end_with_parent)

    def stop(self):
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
        self.stand.stop()

    @property
    def view(self):
        """What is shown now, or None while core is away."""
        return None if self.away or not self.views else self.views[-1]

    # What comes from the client.

    def _take_line(self, line):
        message = json.loads(line)
        if "view" in message:
            self.views.append(message["view"])
            del self.views[:-VIEWS_MAX]
            self.away = False
        elif "act" in message:
            self._results.append(message["result"])
        elif "open" in message:
            self._opened.append(message)
        elif "core" in message:
            self.away = True
        else:
            self.errors.append(message["error"])

    def _read(self, seconds):
        """Takes what the client says within so many seconds; returns at the first of it."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            if not selector.select(max(0, seconds)):
                return
        data = self._process.stdout.read(READ_BYTES)
        if not data:
            raise StandError("the border client has ended")
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._take_line(line)

    def drain(self):
        """Takes what has come already."""
        before = None
        while before != (len(self.views), len(self._results), len(self.errors), self.away):
            before = (len(self.views), len(self._results), len(self.errors), self.away)
            self._read(0)

    def describe(self):
        """What is shown, for an error."""
        if self.view is None:
            return "core is away\n" + self.stand.read_log("jumin-core")
        words = [self.view["kind"], self.view.get("title", "")]
        words += [f"[{item['id']}]" for item in self.view.get("actions", [])]
        words += [block.get("text", "") for block in self.view.get("dialog", [])]
        return " ".join(words)

    def wait_until(self, condition, what, seconds=WAIT_SECONDS):
        """The first true value of condition(), looked at after each message."""
        deadline = time.monotonic() + seconds
        self.drain()
        before = len(self.views)
        while True:
            value = condition()
            if value:
                return value
            left = deadline - time.monotonic()
            if left <= 0:
                passed = " > ".join(f"{view['kind']} {view.get('title', '')}"
                                    for view in self.views[before:][-PASSED_SHOWN:])
                raise StandError(f"waited {seconds} s in vain: {what}; passed: {passed}; "
                                 f"shown is: {self.describe()}")
            self._read(left)

    def wait_for(self, condition, seconds=WAIT_SECONDS, what="a view"):
        """Waits until condition(view) is true of what is shown; returns that view."""
        return self.wait_until(lambda: self.view is not None and condition(self.view) and self.view,
                               what, seconds)

    def wait_page(self, kind, seconds=WAIT_SECONDS):
        """Waits until this kind of page is shown; returns its view."""
        return self.wait_for(lambda view: view["kind"] == kind, seconds, f"page '{kind}'")

    def wait_away(self, seconds=WAIT_SECONDS):
        self.wait_until(lambda: self.away, "core to be away", seconds)

    # What goes to core.

    def send(self, action, page=None, **values):
        """One act on what is shown (or on page); "taken", "stale" or "failed"."""
        line = {"action": action, "values": values}
        if page is not None:
            line["page"] = str(page)
        results, errors = len(self._results), len(self.errors)
        self._process.stdin.write(json.dumps(line).encode() + b"\n")
        self._process.stdin.flush()
        self.wait_until(lambda: len(self._results) > results or len(self.errors) > errors,
                        f"an answer to '{action}'")
        return self._results[-1] if len(self._results) > results else "failed"

    def open(self, name):
        """What core answers to Open, as border-client.c tells it."""
        opened = len(self._opened)
        self._process.stdin.write(json.dumps({"open": name}).encode() + b"\n")
        self._process.stdin.flush()
        self.wait_until(lambda: len(self._opened) > opened, f"an answer to open '{name}'")
        return self._opened[-1]

    def act(self, action, **values):
        """One act that core must take."""
        result = self.send(action, **values)
        if result != "taken":
            raise StandError(f"'{action}' was {result}; shown is: {self.describe()}")

    def press(self, name, seconds=WAIT_SECONDS, **draft):
        """Presses the item with this id as the ui does, once it can be pressed.

        draft is what the person has chosen on the page: press("choose", matter="fund")."""
        self.wait_for(lambda view: can_press(view, name, draft), seconds, f"a key '{name}'")
        item = find_item(self.view, name)
        values = {**draft, "id": name}
        if item.get("value"):
            values["value"] = item["value"]
        self.act(item["act"], **values)


def list_items(view):
    """All items of a view, wherever they stand; those of a dialog alone where there is one."""
    if view.get("dialog"):
        lists = [block.get("items", []) for block in view["dialog"]]
    else:
        lists = [block.get("items", []) for block in view.get("blocks", [])]
        lists += [view.get(name, []) for name in ("actions", "nav", "keys")]
    return [item for items in lists for item in items]


def find_item(view, name):
    """The item with this id, or None."""
    return next((item for item in list_items(view) if item.get("id") == name), None)


def can_press(view, name, draft):
    """A key that is off until something is chosen is on for who has chosen."""
    item = find_item(view, name)
    return item is not None and item.get("act") and (draft or item.get("state") != "off")
