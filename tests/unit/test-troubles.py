#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each row of the table of troubles has a picture that the screen can draw, and a test names it.

    test-troubles.py SOURCE_ROOT
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])

# Rows whose journey is not written yet. The list only shrinks.
UNREACHED = set()


def read_rows():
    return json.loads((ROOT / "data" / "troubles.json").read_text(encoding="utf-8"))["troubles"]


def without_picture(rows):
    drawings = (ROOT / "ui" / "pictures" / "drawings.c").read_text(encoding="utf-8")
    names = set(re.findall(r'^  \{ "([a-z-]+)", \d', drawings, re.MULTILINE))
    return [row["id"] for row in rows if row["picture"] not in names]


def untested(rows):
    """The rows whose id or value no journey names."""
    text = "".join(path.read_text(encoding="utf-8")
                   for path in sorted((ROOT / "tests" / "journeys").glob("test-*")))
    missing = []
    for row in rows:
        value = "JUMIN_TROUBLE_" + row["id"].upper().replace("-", "_")
        if not re.search(rf"\b{value}\b", text) and f'"{row["id"]}"' not in text:
            missing.append(row["id"])
    return missing


def main():
    rows = read_rows()
    missing = set(untested(rows))
    checks = [("each trouble has a picture that the screen can draw", without_picture(rows)),
              ("each trouble is reached by a journey", sorted(missing - UNREACHED)),
              ("the list of those that are not is not longer than it must be",
               sorted(UNREACHED - missing))]
    print(f"1..{len(checks)}")
    for number, (name, wrong) in enumerate(checks, 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
        for row in wrong:
            print(f"# {row}")
    return 1 if any(wrong for _, wrong in checks) else 0


sys.exit(main())
