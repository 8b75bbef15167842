#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the process that pays at every call by which it writes, one call after the other.

    test-payment-kills.py BUILD_DIR [--workers N]

One payment by the shipped till, journal and client (tests/tools/payer.c) against the real sandbox
is watched once, by strace: each thread's calls of the write class, from the moment when it is
begun until all is credited. Then, for each of these calls, a payment is killed there, and a new
process must settle it: the journal is whole, nothing is open, and the platform's day and the
journal's are the same to the fen.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import json
import pathlib
import pwd
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))

from program import Control, Program, StandError, end_with_parent, wait_until  # noqa: E402
from tap import check, note, run_tests  # noqa: E402

CALLS = ["write", "pwrite64", "writev", "sendto", "sendmsg", "fsync", "fdatasync", "ftruncate",
         "unlink", "rename", "openat"]
HOMES = 60
ACCOUNTS = 6
BILLS = 6
ATTACH_SECONDS = 5
CYCLE_SECONDS = 90
MISSED_MAX = 0.1  # calls that a thread makes in one payment and not in the next
BILLER = "power"
Call = collections.namedtuple("Call", "way thread name number")


def make_bills(path, source):
    """Enough households that each payment has something to pay."""
    book = json.loads(source.read_text(encoding="utf-8"))
    book["credit_s"] = 0
    bill = {"fen": 1234, "usage": 1, "due_in": 5, "state": "due", "days_ago": 0}
    book["homes"] = [
        {"id": f"h{home}", "owner": "李测试", "address": "临江区云*路", "residents": [],
         "accounts": [{"biller": BILLER, "number": account_number(home * ACCOUNTS + i),
                       "usage": [], "rejects": False,
                       "bills": [{**bill, "months_ago": month + 1} for month in range(BILLS)]}
                      for i in range(ACCOUNTS)]}
        for home in range(HOMES)]
    path.write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")


def account_number(index):
    return f"5{index % (HOMES * ACCOUNTS):011d}"


class Worker:
    """A platform, a journal and one payment after the other."""

    def __init__(self, build_dir):
        self.build_dir = build_dir
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="jumin-kills-"))
        self.state = self.directory / "platform"
        self.journal = self.directory / "payments.db"
        self.audit = self.directory / "audit"
        self.payments = 0
        self.ends = collections.Counter()
        self.sandbox = None

    def start(self):
        data = pathlib.Path(__file__).resolve().parents[2] / "data" / "sandbox"
        bills = self.directory / "bills.json"
        make_bills(bills, data / "bills.json")
        self.state.mkdir(mode=0o700)
        self.audit.mkdir(mode=0o700)
        self.sandbox = Program("jumin-sandbox", [
            self.build_dir / "app" / "sandbox" / "jumin-sandbox", "--state", self.state,
            "--city", data / "city.json", "--residents", data / "residents.json",
            "--bills", bills, "--die-with-parent"], self.directory, ready="ready").start()
        subprocess.run([self.build_dir / "app" / "ctl" / "juminctl", "payments", "create",
                        "--journal", self.journal, "--user", pwd.getpwuid(os.getuid()).pw_name],
                       check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        if self.sandbox is not None:
            self.sandbox.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def launch(self, *arguments):
        return subprocess.Popen(
            [self.build_dir / "tests" / "tools" / "payer",
             "--settings", self.state / "terminal.conf", "--journal", self.journal,
             "--audit", self.audit, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, preexec_fn=end_with_parent)

    def begin(self, way):
        """A payer that is about to pay."""
        self.payments += 1
        payer = self.launch("--way", way, "--biller", BILLER,
                            "--account", account_number(self.payments))
        line = payer.stdout.readline().strip()
        if line != "ready":
            payer.kill()
            raise StandError(f"the payer is not ready: {line} {payer.communicate()[0]}")
        return payer

    def watch(self, log, thread, *arguments):
        """strace at this thread of the payer, or all of them. What it still writes of what was
        before, it may be killed at as soon as strace is there."""
        tracer = subprocess.Popen(
            ["strace", "-qq", "-o", log, "-p", str(thread), "-e", "trace=" + ",".join(CALLS),
             *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, preexec_fn=end_with_parent)
        status = pathlib.Path(f"/proc/{thread}/status")

        def is_watched_or_killed():
            try:
                text = status.read_text(encoding="ascii")
            except (FileNotFoundError, ProcessLookupError):
                return True
            return "TracerPid:\t0\n" not in text or "State:\tZ" in text

        try:
            wait_until(is_watched_or_killed, "strace to attach", ATTACH_SECONDS)
        except StandError as error:
            tracer.kill()
            raise StandError(f"{error}: {tracer.communicate()[1]}") from error
        return tracer

    def go(self, payer):
        """Pays; the phone does its part. Returns whether it came to the end."""
        with contextlib.suppress(BrokenPipeError):
            payer.stdin.write("\n")
            payer.stdin.close()
        last = ""
        for line in payer.stdout:
            last = line.strip()
            if last == "code":
                Control(self.state / "control").ask("phone scan")
        payer.stdout.close()
        code = payer.wait(CYCLE_SECONDS)
        if code not in (0, -9) or (code == 0 and last != "paid"):
            raise StandError(f"the payer ended with {code}: {last}")
        return code == 0

    def settle(self):
        """A new process settles what the last one left; its last line counts the ends."""
        output = self.launch("--recover").communicate(timeout=CYCLE_SECONDS)[0]
        words = output.strip().splitlines()[-1].split() if output.strip() else [""]
        if words[0] != "settled":
            raise StandError(f"it is not settled: {output.strip()}")
        ends = collections.Counter(dict(zip(words[1::2], map(int, words[2::2]))))
        new, self.ends = ends - self.ends, ends
        check(new.total() <= 1, f"one payment has left {dict(new)}")
        return next(iter(new), "nothing")

    def list_calls(self, way):
        """What each thread writes, from the payment's beginning to its end."""
        payer = self.begin(way)
        threads = name_threads(payer.pid)
        log = self.directory / "calls.log"
        tracer = self.watch(log, payer.pid, "-f")
        finished = self.go(payer)
        tracer.wait(ATTACH_SECONDS)
        check(finished and self.settle() == "fulfilled", f"a payment ({way}) that nobody kills")
        counts = collections.Counter()
        for line in log.read_text(errors="replace").splitlines():
            thread, _, rest = line.partition(" ")
            name = rest.strip().partition("(")[0]
            if name in CALLS:
                counts[(threads.get(int(thread), "later"), name)] += 1
        return [Call(way, thread, name, number) for (thread, name), count in sorted(counts.items())
                for number in range(1, count + 1)]

    def kill_at(self, call):
        """Returns how the payment ended, or None: it never came to this call."""
        payer = self.begin(call.way)
        threads = {name: thread for thread, name in name_threads(payer.pid).items()}
        follow = ["-f"] if call.thread == "later" else []
        tracer = self.watch("/dev/null", threads.get(call.thread, payer.pid), *follow,
                            "-e", f"inject={call.name}:signal=KILL:when={call.number}")
        finished = self.go(payer)
        tracer.wait(ATTACH_SECONDS)
        end = self.settle()
        check(not finished or end == "fulfilled", "a payment that ended has not")
        return None if finished else end


def name_threads(process):
    """Names of the threads that are there, each once."""
    names, seen = {}, collections.Counter()
    for task in sorted(pathlib.Path(f"/proc/{process}/task").iterdir(), key=lambda t: int(t.name)):
        name = (task / "comm").read_text().strip()
        seen[name] += 1
        names[int(task.name)] = f"{name}.{seen[name]}"
    return names


def sweep(worker, calls):
    """Kills at each of these calls. Returns how the payments ended, and what failed."""
    ends, failures = collections.Counter(), []
    for call in calls:
        try:
            ends[worker.kill_at(call) or "missed"] += 1
        except (AssertionError, StandError, OSError, subprocess.TimeoutExpired) as error:
            failures.append(f"{call}: {error}")
    return ends, failures


def test_kills(build_dir, workers):
    crew = [Worker(build_dir) for _ in range(workers)]
    started = time.monotonic()
    try:
        for worker in crew:
            worker.start()
        calls = crew[0].list_calls("scan") + crew[0].list_calls("show")
        note(dict(collections.Counter(f"{call.thread} {call.name}" for call in calls)))
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            results = list(pool.map(sweep, crew, [calls[i::workers] for i in range(workers)]))
    finally:
        for worker in crew:
            worker.stop()
    ends = sum((ends for ends, _ in results), collections.Counter())
    failures = [failure for _, failed in results for failure in failed]
    missed = ends.pop("missed", 0)
    killed = ends.total() + len(failures)
    for failure in failures:
        note(failure)
    note(f"killed at {killed} of {len(calls)} calls, settled {ends.total()} of {killed} "
         f"{dict(ends)}, {time.monotonic() - started:.0f} s")
    check(not failures, f"{len(failures)} were not settled")
    check(missed <= MISSED_MAX * len(calls), f"{missed} calls were never made again")
    check(ends["fulfilled"] > 0 and ends["void"] > 0, "of both ends some")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build_dir", type=pathlib.Path)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    return run_tests([("a payment that is killed at any write is settled by the next process",
                       test_kills)], arguments.build_dir.resolve(), arguments.workers)


if __name__ == "__main__":
    sys.exit(main())
