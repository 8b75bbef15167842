# SPDX-License-Identifier: GPL-3.0-or-later
"""What a benchmark found, as rows of the one table that tests/bench/run prints."""

import json


def add(path, *, what, against, ours, goal, theirs=None, unit=""):
    """Appends a row to the file at path; nothing without one. The ratio is ours to theirs."""
    if path is None:
        return
    row = {"what": what, "against": against, "ours": ours, "theirs": theirs, "unit": unit,
           "ratio": ours / theirs if theirs else None, "goal": goal}
    with open(path, "a", encoding="utf-8") as rows:
        rows.write(json.dumps(row, ensure_ascii=False) + "\n")


def read(path):
    """All rows of the file at path, as they were added."""
    with open(path, encoding="utf-8") as rows:
        return [json.loads(line) for line in rows]
