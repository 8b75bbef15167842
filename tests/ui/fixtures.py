# SPDX-License-Identifier: GPL-3.0-or-later
"""The fixture server, which stands in for core on the border (fixture-server.c)."""

import os
import pathlib
import shutil
import subprocess
import tempfile


class FixtureServer:
    """Shows fixture views to a jumin-ui and knows what was pressed there."""

    def __init__(self, build_dir):
        self.build_dir = pathlib.Path(build_dir).resolve()
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="jf", dir="/tmp"))
        os.chmod(self.dir, 0o755)
        self.socket = self.dir / "border"
        self.process = subprocess.Popen(
            [self.build_dir / "tests" / "ui" / "fixture-server", self.socket,
             self.build_dir / "po"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def ui_command(self):
        """How to start a ui that connects here."""
        return [self.build_dir / "ui" / "jumin-ui", f"--address=unix:path={self.socket}"]

    def command(self, line):
        """One command and its answer."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = []
        for text in self.process.stdout:
            if text == ".\n":
                return answer
            answer.append(text.rstrip("\n"))
        raise RuntimeError(f"the fixture server ended at '{line}'")

    def fixtures(self):
        """All of them: (name, kind, "worst" or "-")."""
        return [tuple(line.split(" ")) for line in self.command("list")]

    def public(self):
        """Names of those that show nobody's data."""
        return self.command("public")

    def show(self, name, language="zh", elder=0, contrast=0, reach=0, how="show"):
        """Answers when the ui has it on the screen; "become": on the page that is there."""
        answer = self.command(f"{how} {name} {language} {elder} {contrast} {reach}")
        if answer != ["shown"]:
            raise RuntimeError(f"showing '{name}' failed: {answer}")

    def show_again(self):
        """The same page a minute later."""
        if self.command("again") != ["shown"]:
            raise RuntimeError("the ui did not show the next revision")

    def rest(self):
        """Nobody uses the page; its minute is over in half a second."""
        if self.command("rest") != ["shown"]:
            raise RuntimeError("the ui did not show the next revision")

    def camera(self, words):
        """What the camera does: "FILE WIDTH HEIGHT", "stop", "forget"."""
        if self.command(f"camera {words}") != ["seen"]:
            raise RuntimeError(f"the camera cannot '{words}'")

    def opened(self):
        """How often the ui has asked for the camera."""
        return int(self.command("opened")[0])

    def spoil(self, what="nothing"):
        """Spoils what is shown from now on: "words TEXT", "names"."""
        self.command(f"spoil {what}")

    def acts(self):
        """What was pressed since the last call: lines "ACTION ID VALUE"."""
        return self.command("acts")

    def stop(self):
        """Ends it; its input ends first."""
        self.process.stdin.close()
        self.process.wait(5)
        self.process.stdout.close()
        shutil.rmtree(self.dir, ignore_errors=True)
