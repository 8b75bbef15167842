#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the fuzz targets, and says how much of our parsers the kept corpora reach.

    run-fuzz.py BUILD_DIR SOURCE_DIR [SECONDS]
    run-fuzz.py BUILD_DIR SOURCE_DIR --grow SECONDS [SEED_DIR]

The first prints TAP: each target runs SECONDS (15) beginning from its corpus and from what
make-seeds writes, and these alone must reach the lines of the files in parsers.txt. The second adds
what is worth keeping, from a run and from SEED_DIR/TARGET, to tests/fuzz/corpus.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SECONDS = 15
AT_ONCE = 2
INPUT_BYTES_MAX = 4096
LONG_INPUTS = {"frame": 8192, "catalogue": 16384, "city-code": 16384, "code-kinds": 8192, "troubles": 65536, "config": 16384, "view": 16384,
               "act": 512}
LINES_TOTAL = 90  # per cent, of all parsers together
LINES_EACH = 80
UNIT_S = 10
KEPT = "found-"  # inputs that once failed
MEMORY_MB = 1024


def new_scratch():
    """A folder in memory, where there is one: logs are synced, and a disk is slow at that."""
    memory = "/dev/shm"
    return tempfile.TemporaryDirectory(prefix="jumin-fuzz-",
                                       dir=memory if os.path.isdir(memory) else None)


class Fuzzer:
    def __init__(self, build, source):
        self.build = build
        self.folder = source / "tests" / "fuzz"
        self.source = source
        self.targets = sorted(path.stem.removeprefix("fuzz-") for path in self.folder.glob("fuzz-*.c"))
        self.environment = dict(os.environ)
        leaks = source / "tests" / "tools" / "leaks.txt"
        self.environment["LSAN_OPTIONS"] = f"print_suppressions=0:suppressions={leaks}"
        self.seeds = new_scratch()
        subprocess.run([build / "make-seeds", self.seeds.name], check=True, env=self.environment)

    def corpus(self, target):
        return self.folder / "corpus" / target

    def inputs(self, target):
        """The kept corpus, and what is written anew by the code as it is today."""
        made = pathlib.Path(self.seeds.name) / target
        return [self.corpus(target), made] if made.is_dir() else [self.corpus(target)]

    def run(self, target, arguments, scratch):
        """One run of a target: how it ended, and what it said."""
        self.environment["LLVM_PROFILE_FILE"] = str(scratch / "%p.profraw")
        command = [self.build / f"fuzz-{target}", f"-timeout={UNIT_S}",
                   f"-rss_limit_mb={MEMORY_MB}", f"-artifact_prefix={scratch}/",
                   f"-max_len={LONG_INPUTS.get(target, INPUT_BYTES_MAX)}",
                   f"-dict={self.folder / 'dict' / (target + '.dict')}", *arguments]
        return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace",
                              env=dict(self.environment, TMPDIR=str(scratch)), check=False)

    def search(self, target, seconds):
        """Looks for something new. Returns whether all went well, and a sentence."""
        with new_scratch() as name:
            scratch = pathlib.Path(name)
            found = scratch / "found"
            found.mkdir()
            ended = self.run(target, [f"-max_total_time={seconds}", "-print_final_stats=1", found,
                                      *self.inputs(target)], scratch)
            runs = re.search(r"number_of_executed_units: (\d+)", ended.stderr)
            if ended.returncode == 0 and runs:
                return True, f"{target}: {runs[1]} runs in {seconds} s find nothing"
            inputs = [path.read_bytes().hex() for path in scratch.glob("*-*") if path.is_file()]
            tail = "\n".join(ended.stderr.splitlines()[-60:])
            return False, f"{target} fails\n{tail}\ninputs, in hexadecimal: {inputs}"

    def grow(self, target, seeds, seconds):
        with new_scratch() as name:
            scratch = pathlib.Path(name)
            found, merged = scratch / "found", scratch / "merged"
            found.mkdir()
            merged.mkdir()
            old = self.inputs(target)
            if seeds is not None and (seeds / target).is_dir():
                old.append(seeds / target)
            ended = self.run(target, [f"-max_total_time={seconds}", found, *old], scratch)
            if ended.returncode != 0:
                return f"{target} fails\n" + "\n".join(ended.stderr.splitlines()[-40:])
            # Edges alone: how often each is taken would keep ten times as many inputs.
            self.run(target, ["-merge=1", "-use_counters=0", merged, *old, found], scratch)
            for path in self.corpus(target).iterdir():
                if not path.name.startswith(KEPT):
                    path.unlink()
            shutil.copytree(merged, self.corpus(target), dirs_exist_ok=True)
            return f"{target}: {len(list(self.corpus(target).iterdir()))} inputs"

    def coverage(self):
        """Per cent of the lines of each parser, reached by the corpora alone."""
        with new_scratch() as name:
            scratch = pathlib.Path(name)
            for target in self.targets:
                ended = self.run(target, ["-runs=0", *self.inputs(target)], scratch)
                if ended.returncode != 0:
                    raise RuntimeError(f"{target}: {ended.stderr[-2000:]}")
            profile = scratch / "all.profdata"
            subprocess.run(["llvm-profdata", "merge", "-o", profile, *scratch.glob("*.profraw")],
                           check=True)
            programs = [self.build / f"fuzz-{target}" for target in self.targets]
            objects = [part for program in programs[1:] for part in ("-object", program)]
            text = subprocess.run(["llvm-cov", "export", "-summary-only", "-instr-profile", profile,
                                   programs[0], *objects], check=True, capture_output=True).stdout
        files = {pathlib.Path(entry["filename"]).resolve(): entry["summary"]["lines"]
                 for entry in json.loads(text)["data"][0]["files"]}
        names = (self.folder / "parsers.txt").read_text(encoding="utf-8").split("\n")
        names = [line for line in names if line and not line.startswith("#")]
        return {line: files[(self.source / line).resolve()] for line in names}


def print_test(number, good, text):
    first, *rest = text.split("\n")
    print(f"{'ok' if good else 'not ok'} {number} - {first}")
    for line in rest:
        print(f"# {line}")
    sys.stdout.flush()
    return good


def check(fuzzer, seconds):
    number, good = 0, True
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for result in pool.map(lambda target: fuzzer.search(target, seconds), fuzzer.targets):
            number += 1
            good &= print_test(number, *result)
    lines = fuzzer.coverage()
    for name, count in lines.items():
        number += 1
        good &= print_test(number, count["percent"] >= LINES_EACH,
                           f"{name}: {count['percent']:.1f} % of {count['count']} lines")
    reached = sum(count["covered"] for count in lines.values())
    total = sum(count["count"] for count in lines.values())
    number += 1
    good &= print_test(number, reached * 100 >= total * LINES_TOTAL,
                       f"our parsers: {reached * 100 / total:.1f} % of {total} lines by corpus")
    print(f"1..{number}")
    return 0 if good else 1


def main(arguments):
    growing = "--grow" in arguments
    if len(arguments) not in ((4, 5) if growing else (2, 3)):
        sys.stderr.write(__doc__)
        return 2
    fuzzer = Fuzzer(pathlib.Path(arguments[0]).resolve(), pathlib.Path(arguments[1]).resolve())
    if not growing:
        return check(fuzzer, int(arguments[2]) if len(arguments) == 3 else SECONDS)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        seconds, seeds = int(arguments[3]), pathlib.Path(arguments[4]) if arguments[4:] else None
        for line in pool.map(lambda target: fuzzer.grow(target, seeds, seconds), fuzzer.targets):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
