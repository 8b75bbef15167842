#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks into the programs that are installed, with readelf and ldd.

    test-binaries.py BUILD_DIR links        what the screen's program must not know
    test-binaries.py BUILD_DIR hardening    what every program must have

Which programs are installed, meson says (meson-info/intro-targets.json): a new one is looked at by
existing.
"""

import json
import pathlib
import re
import subprocess
import sys

# Network, keys, cards and journals are core's.
STRANGERS_TO_THE_SCREEN = ("curl", "ssl", "crypto", "pcsclite", "sqlite3", "soup", "gnutls", "cjson")

HARDENING = (
    ("is position-independent", ["-hW"], r"Type:\s+DYN"),
    ("is an executable at a random address", ["-dW"], r"FLAGS_1.*\bPIE\b"),
    ("has read-only relocations", ["-lW"], r"GNU_RELRO"),
    ("resolves all symbols at its start", ["-dW"], r"BIND_NOW|FLAGS_1.*\bNOW\b"),
    ("has a stack that cannot be executed", ["-lW"], r"GNU_STACK\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+\s+RW\s"),
    ("protects its stack", ["--dyn-syms", "-W"], r"__stack_chk_fail"),
)
# Copies whose bounds are checked show in programs that copy with libc; the small ones do not.
FORTIFIED = ("is compiled with FORTIFY", ["--dyn-syms", "-W"], r"__(?!stack)\w+_chk\b")
PROGRAMS_THAT_COPY = ("jumin-core", "jumin-ui")


def run(*command):
    """Output of a tool."""
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def installed_programs(build_dir):
    """Paths of the programs that a package would hold."""
    targets = json.loads((build_dir / "meson-info" / "intro-targets.json").read_text())
    return [pathlib.Path(target["filename"][0]) for target in targets
            if target["type"] == "executable" and target["installed"]]


def unfortified(build_dir):
    """Sources of the programs that are compiled without FORTIFY or without the optimizer."""
    commands = json.loads((build_dir / "compile_commands.json").read_text())
    return [entry["file"] for entry in commands
            if "-D_FORTIFY_SOURCE=2" not in entry["command"]
            or not re.search(r" -O[123s]\b", entry["command"])]


def missing(program, checks):
    """The checks that a program does not pass."""
    return [what for what, options, pattern in checks
            if not re.search(pattern, run("readelf", *options, program))]


def known_strangers(program):
    """Libraries that a program loads, itself or through others, and should not."""
    loaded = run("ldd", program) + run("readelf", "-dW", program)
    return [name for name in STRANGERS_TO_THE_SCREEN if f"lib{name}." in loaded
            or f"lib{name}-" in loaded]


def results(build_dir, what):
    """(name of the test, what is wrong) for each."""
    programs = {program.name: program for program in installed_programs(build_dir)}
    yield "programs are found", [name for name in ("jumin-ui", "jumin-core")
                                 if name not in programs]
    if what == "links":
        yield "jumin-ui knows no network, keys, cards or journal", known_strangers(
            programs["jumin-ui"])
        yield "jumin-core would be noticed", [] if known_strangers(programs["jumin-core"]) else [
            "jumin-core links nothing that the screen must not know"]
        return
    for name, program in sorted(programs.items()):
        more = (FORTIFIED,) if name in PROGRAMS_THAT_COPY else ()
        yield f"{name} is hardened", missing(program, HARDENING + more)
    yield "every source is compiled with FORTIFY", unfortified(build_dir)
    yield "a library of the tests would be noticed", [] if missing(
        build_dir / "tests" / "tools" / "libjumin-touch.so", HARDENING) else ["it was not"]


def main():
    """Prints one result a test."""
    failed = count = 0
    for name, wrong in results(pathlib.Path(sys.argv[1]), sys.argv[2]):
        count += 1
        failed += bool(wrong)
        for line in wrong:
            print(f"# {name}: {line}")
        print(f"{'not ok' if wrong else 'ok'} {count} {name}")
    print(f"1..{count}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
