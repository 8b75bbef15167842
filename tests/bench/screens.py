# SPDX-License-Identifier: GPL-3.0-or-later
"""Visits to the screen alone: one jumin-ui that nobody relieves is shown page after page.

    with Screens(build_dir, chance) as screens:
        screens.see_all()
        for _ in range(100):
            screens.visit()
        screens.growth.slope("heap")

A visit is the home page, PAGES pages by chance of those that the screen audit has and that show
nobody's data, in one language and mode, and the home page. After the others a screen is relieved by
a fresh one (ui/keeper.c). jumin-ui is the genuine one, in a headless session.

Letters that have been drawn are kept, each in each size, by cairo and pixman, up to some thousand:
see_all() goes through all of these pages, in both languages, also as elders see them.
"""

import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / folder)
                for folder in ("tools", "ui")]

from fixtures import FixtureServer  # noqa: E402
from growth import HEAP_FOLDER, HEAP_TOOL, TUNABLES, Growth  # noqa: E402
from kiosk import Kiosk  # noqa: E402
from program import wait_until  # noqa: E402

PAGES = 8
LANGUAGES = ("zh", "en")
HOME = "home"


class Screens:
    """One screen, from its start to its end. keeper: whether it has one."""

    def __init__(self, build_dir, chance, keeper=False):
        self.chance = chance
        self.server = FixtureServer(build_dir)
        command = self.server.ui_command()
        if keeper:
            command.insert(0, pathlib.Path(build_dir) / "ui" / "jumin-ui-keeper")
        self.kiosk = Kiosk(build_dir, command)
        tools = self.kiosk.build_dir / "tests" / "tools"
        self.kiosk.environment = {
            **TUNABLES, HEAP_FOLDER: str(self.kiosk.dir), "GTK_A11Y": "none",
            "JUMIN_TOUCH_PRELOAD": f"{tools / 'libjumin-driver.so'}:{tools / HEAP_TOOL}"}
        self.names = self.server.public()

    def __enter__(self):
        self.kiosk.start()
        self.growth = Growth(self.pid(), self.kiosk.dir)
        return self

    def __exit__(self, *_):
        self.kiosk.stop()
        self.server.stop()

    def pid(self):
        return int(self.kiosk.command("pid"))

    def see_all(self):
        for name in self.names:
            for language in LANGUAGES:
                for elder in (0, 1):
                    self.server.show(name, language, elder)

    def visit(self):
        language, elder = self.chance.choice(LANGUAGES), self.chance.randrange(2)
        for name in self.chance.sample(self.names, PAGES):
            self.server.show(name, language, elder)
        self.server.show(HOME)


class KeptScreens(Screens):
    """Screens that show somebody's data, so that each visit has a screen of its own; what grows is
    what their keeper holds."""

    def __init__(self, build_dir, chance):
        super().__init__(build_dir, chance, keeper=True)
        self.personal = [name for name, _, _ in self.server.fixtures() if name not in self.names]

    def __enter__(self):
        super().__enter__()
        status = pathlib.Path(f"/proc/{self.pid()}/stat").read_text(encoding="ascii")
        self.growth = Growth(int(status.rpartition(")")[2].split()[1]), self.kiosk.dir)
        return self

    def visit(self):
        before = pathlib.Path(f"/proc/{self.pid()}")
        self.server.show(self.chance.choice(self.personal))
        self.server.show(HOME)
        wait_until(lambda: not before.exists(), "the screen of the visit to end")
        self.kiosk.reconnect()
