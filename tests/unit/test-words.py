#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sentence that the sources name is there in Chinese and English, and none is left over."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
KEYWORDS = ["_", "N_", "say", "jumin_words:2", "jumin_words_dup:2"]
ENTRY = re.compile(r'msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)msgstr ((?:"(?:[^"\\]|\\.)*"\s*)+)')
DIRECTIVE = re.compile(r"%(?:(\d)\$)?[-0-9.]*([a-z])")


def read(text):
    def join(part):
        return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', part))

    entries = {join(key): join(value) for key, value in ENTRY.findall(text)}
    entries.pop("", None)
    return entries


def directives(text):
    return sorted(kind for _, kind in DIRECTIVE.findall(text.replace("%%", "")))


def sources():
    files = sorted(str(path) for path in (ROOT / "app").rglob("*.c"))
    command = ["xgettext", "--from-code=UTF-8", "--no-wrap", "--output=-"]
    command += [f"--keyword={word}" for word in KEYWORDS]
    done = subprocess.run(command + files, check=True, capture_output=True, text=True)
    return set(read(done.stdout))


def main():
    wanted, failed, number = sources(), 0, 0
    checks = []
    for name in ("zh", "en"):
        entries = read((ROOT / "po" / f"{name}.po").read_text(encoding="utf-8").split("#~")[0])
        missing = sorted(word for word in wanted if not entries.get(word))
        checks.append((f"{name}.po is complete", missing))
        checks.append((f"{name}.po holds nothing else", sorted(set(entries) - wanted)))
        odd = [word for word, to in entries.items() if directives(word) != directives(to)]
        checks.append((f"{name}.po keeps the arguments", odd))
    for name in ("zh-elder", "en-elder"):
        entries = read((ROOT / "po" / f"{name}.po").read_text(encoding="utf-8"))
        checks.append((f"{name}.po varies sentences that are there", sorted(set(entries) - wanted)))
        odd = [word for word, to in entries.items() if directives(word) != directives(to)]
        checks.append((f"{name}.po keeps the arguments", odd))
    print(f"1..{len(checks)}")
    for name, wrong in checks:
        number += 1
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
        for word in wrong:
            print(f"# {word}")
    return 1 if failed else 0


sys.exit(main())
