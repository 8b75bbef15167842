#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what meson's test logs say.

    suites.py line NAME MINUTES LOG      one line about one run
    suites.py total LOG…                 the last line of ./check; ends with 1 if anything failed

A log is meson's testlog.json: one JSON object a line. A test that speaks TAP counts as many tests
as it has lines of TAP; any other counts as one. A log that is missing is a failure.
"""

import json
import re
import sys

TAP_LINE = re.compile(r"^\s*(not ok|ok)\b[^#\n]*(#\s*SKIP)?", re.IGNORECASE | re.MULTILINE)
GOOD = ("OK", "EXPECTEDFAIL")


def count_tap(text):
    passed = failed = skipped = 0
    for word, directive in TAP_LINE.findall(text):
        if directive:
            skipped += 1
        elif word.lower() == "ok":
            passed += 1
        else:
            failed += 1
    return passed, failed, skipped


def count_test(record):
    passed, failed, skipped = count_tap(record.get("stdout") or "")
    if record["result"] == "SKIP":
        return 0, 0, max(1, skipped)
    if record["result"] in GOOD:
        # A failed line in a test that was expected to fail is no failure.
        return max(1, passed) if not skipped else passed, 0, skipped
    return passed, max(1, failed), skipped


def count_log(path):
    """Returns passed, failed, skipped and the names of the failed tests."""
    sums, broken = [0, 0, 0], []
    try:
        with open(path, encoding="utf-8") as log:
            records = [json.loads(line) for line in log if line.strip()]
    except (OSError, ValueError):
        return 0, 1, 0, ["(no log)"]
    for record in records:
        counts = count_test(record)
        sums = [total + count for total, count in zip(sums, counts)]
        if counts[1]:
            broken.append(record["name"])
    return (*sums, broken)


def describe(passed, failed, skipped):
    text = f"{passed} passed, {failed} failed"
    return f"{text}, {skipped} skipped" if skipped else text


def print_line(name, minutes, path):
    passed, failed, skipped, broken = count_log(path)
    print(f"{name:24} {minutes:>5} min   {describe(passed, failed, skipped)}")
    for test in broken:
        print(f"  failed: {test}")


def print_total(paths):
    sums = [0, 0, 0]
    for path in paths:
        sums = [total + count for total, count in zip(sums, count_log(path)[:3])]
    print(describe(*sums))
    return 1 if sums[1] or not sums[0] else 0


def main(arguments):
    if len(arguments) == 4 and arguments[0] == "line":
        print_line(*arguments[1:])
        return 0
    if len(arguments) > 1 and arguments[0] == "total":
        return print_total(arguments[1:])
    sys.stderr.write(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
