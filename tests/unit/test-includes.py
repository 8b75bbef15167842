#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the sources and keeps the house's rules: who may use whom, and what is never done.

    test-includes.py SOURCE_ROOT
"""

import pathlib
import re
import sys

LINES_MAX = 500

BELOW = {"model", "audit"}
# folder: the folders whose headers it may include; itself always.
MAY_USE = {
    "app/model": set(),
    "app/audit": {"model"},
    "app/ipc": {"model"},
    "app/devices": BELOW,
    "app/platform": BELOW,
    "app/disk": BELOW,
    "app/printing": BELOW | {"disk"},
    "app/payment": BELOW | {"disk", "platform"},
    "app/journey": BELOW | {"devices", "platform", "printing", "payment"},
    "app/scan": {"model", "ipc"},
    "app/front": BELOW | {"devices", "platform", "printing", "payment", "journey", "ipc"},
    "ui": {"model", "ipc"},
}
# Programs of their own: they take what they need, and nothing takes them.
PROGRAMS = {"app/ctl": "ctl", "app/sandbox": "sandbox", "app/tray": "tray", "app/scan": "scan"}
HOUSE = {"model", "audit", "ipc", "devices", "disk", "platform", "printing", "payment",
         "journey", "front"}
# Generated from border.xml and operator.xml: belong to ipc.
GENERATED = {"border.h": "ipc", "operator.h": "ipc"}
WITH_TOOLKIT = ("ui", "app/tray")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
                               re.DOTALL)

FORBIDDEN_IN_PROGRAMS = {
    r"\b(g_usleep|usleep|sleep|nanosleep|clock_nanosleep)\s*\(": "sleeps",
    r"\b(system|popen)\s*\(": "runs a shell",
    r"\bINFINITE\b": "waits without an end",
    r"\bcJSON_GetObjectItem\s*\(": "looks up JSON members in any case",
    r"\bgtk_(entry|text|search_entry|password_entry|text_view)_": "has a text entry of GTK",
    r"\b(gtk_label_set_markup|gtk_label_set_text_with_mnemonic)": "puts data into markup",
    r"\bGtk(Entry|Text|TextView|PopoverMenu|LinkButton)\b": "has a menu, link or entry of GTK",
}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|\bfor now\b")
FORBIDDEN_IN_TESTS = {
    r"\btime\.sleep\s*\(": "sleeps",
    r"\b(g_usleep|usleep|sleep|nanosleep)\s*\(": "sleeps",
}

CODE = (".c", ".h", ".cpp")
SOURCES = ("*.c", "*.h", "*.cpp", "*.py", "meson.build", "*.sh", "*.css", "*.yaml", "*.xml")
FOLDERS = ("app", "ui", "tests", "data", "packaging", "po")
# Words and styles have no bound; the wire format is one document.
UNBOUNDED = (".css", ".yaml")


class Report:
    """What each rule found, as TAP."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def rule(self, name, violations):
        """One rule: it is kept when nothing violates it."""
        self.count += 1
        for violation in violations:
            print(f"# {violation}")
        self.failed += bool(violations)
        print(f"{'not ok' if violations else 'ok'} {self.count} {name}")


def strip(text):
    """Code without comments and strings, line by line as it was."""
    return COMMENT_OR_STRING.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def folder_of(path):
    """The part of the house that a file belongs to: "app/model", "ui"; "app" for core.c."""
    if path.parts[0] == "app" and len(path.parts) > 2:
        return "/".join(path.parts[:2])
    return path.parts[0]


def included(text):
    """The headers that a source includes: (system, name)."""
    return [(bracket == "<", name) for bracket, name in INCLUDE.findall(text)]


def edge(path, folder, name):
    """What is wrong with a file of a folder including this header of the project, or None."""
    target = GENERATED.get(name, name.split("/")[0])
    if target in PROGRAMS.values() and PROGRAMS.get(folder) != target:
        return f"{path} uses '{name}', which nobody may use"
    if folder not in MAY_USE:
        return None
    if "/" not in name and name not in GENERATED:
        return f"{path} includes '{name}' without its folder"
    if target == folder.split("/")[-1] or target in MAY_USE[folder]:
        return None
    return f"{path} uses '{name}': {folder} may use {sorted(MAY_USE[folder]) or 'nothing'}"


def wrong_edges(sources):
    """Includes that the architecture forbids."""
    found = []
    for path, text in sources.items():
        if path.suffix in CODE and path.parts[0] in ("app", "ui"):
            found += [edge(path, folder_of(path), name)
                      for system, name in included(text) if not system]
    return [violation for violation in found if violation]


def wrong_toolkits(sources):
    """GTK where there is no display."""
    return [f"{path} includes <{name}>"
            for path, text in sources.items()
            if path.suffix in (".c", ".h") and path.parts[0] == "app"
            and folder_of(path) not in WITH_TOOLKIT
            for _, name in included(text) if name.startswith(("gtk/", "gdk/", "gsk/"))]


def calls(sources, rules, folders):
    """Where code of these folders does what the rules forbid."""
    found = []
    for path, text in sources.items():
        if path.parts[0] not in folders or path.suffix not in (".c", ".h", ".py"):
            continue
        code = strip(text) if path.suffix != ".py" else text
        if path.name == pathlib.Path(__file__).name:
            continue
        for pattern, what in rules.items():
            found += [f"{path}:{code.count(chr(10), 0, hit.start()) + 1} {what}: {hit.group()}"
                      for hit in re.finditer(pattern, code)]
    return found


def unfinished(sources):
    """What somebody meant to come back to."""
    return [f"{path}: {hit.group()}" for path, text in sources.items()
            if path.suffix in (".c", ".h", ".css") for hit in UNFINISHED.finditer(text)]


def without_licence(sources):
    """Files that do not say under which licence they are."""
    found = []
    for path, text in sources.items():
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in "\n".join(text.split("\n")[:3]):
            found.append(f"{path} does not begin with its SPDX line")
    return found


def too_large(sources):
    """Files that nobody reads to their end; the formatter sees to the lines."""
    return [f"{path} has {lines} lines" for path, text in sources.items()
            if path.suffix not in UNBOUNDED and (lines := text.count("\n")) > LINES_MAX]


def read_sources(root):
    """Path below the root: text, of every source."""
    sources = {}
    for folder in FOLDERS:
        for pattern in SOURCES:
            for path in sorted((root / folder).rglob(pattern)):
                sources[path.relative_to(root)] = path.read_text(encoding="utf-8")
    return sources


def prove_it_can_fail(report):
    """Sources that break each rule are noticed."""
    spoilt = {
        pathlib.Path("app/model/card.c"): '#include "devices/printer.h"\n#include <gtk/gtk.h>\n',
        pathlib.Path("app/devices/pcsc.c"): 'void f (void)\n{\n  g_usleep (1); /* sleep (1) */\n}\n',
        pathlib.Path("app/scan/main.c"): '#include "devices/printer.h"\n#include "scan/decoder.h"\n',
        pathlib.Path("ui/page.c"): '#include "front/view-builder.h"\n#include "tray/tray.h"\n',
    }
    report.rule("a forbidden include is noticed",
                [] if len(wrong_edges(spoilt)) == 4 else wrong_edges(spoilt))
    report.rule("a toolkit without a display is noticed",
                [] if len(wrong_toolkits(spoilt)) == 1 else wrong_toolkits(spoilt))
    sleeps = calls(spoilt, FORBIDDEN_IN_PROGRAMS, ("app", "ui"))
    report.rule("a sleep is noticed, a word in a comment is not",
                [] if len(sleeps) == 1 else sleeps)
    report.rule("a file without a licence is noticed",
                [] if len(without_licence(spoilt)) == 4 else without_licence(spoilt))


def main():
    """Prints one result a rule."""
    sources = read_sources(pathlib.Path(sys.argv[1]))
    report = Report()

    prove_it_can_fail(report)
    report.rule("each part uses only the parts that it may use", wrong_edges(sources))
    report.rule("no toolkit where there is no display", wrong_toolkits(sources))
    report.rule("programs do nothing that is forbidden",
                calls(sources, FORBIDDEN_IN_PROGRAMS, ("app", "ui")))
    report.rule("tests do not sleep", calls(sources, FORBIDDEN_IN_TESTS, ("tests",)))
    report.rule("nothing is left unfinished", unfinished(sources))
    report.rule("every file names its licence", without_licence(sources))
    report.rule("files keep their size", too_large(sources))
    print(f"1..{report.count}")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
