#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit log of the real core and its anchors at the real sandbox; speaks TAP.

    test-audit-anchor.py BUILD_DIR
"""

import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))

from core_client import CoreClient  # noqa: E402
from program import wait_until  # noqa: E402
from tap import check, note, run_tests  # noqa: E402

WHOLE, BAD, UNREADABLE = 0, 1, 3
ANCHOR_AT_ONCE = "[audit]\nanchor-records=1\nanchor-ms=1000\n[platform]\nhall-refresh-ms=1000\n"
ANCHOR_LATE = "[audit]\nanchor-records=100000\nanchor-ms=3600000\n"
CHANGES = 20


def verify(client, directory=None, anchors=None):
    """What juminctl says: its exit status, output and errors."""
    command = [client.stand.build_dir / "app" / "ctl" / "juminctl", "audit", "verify",
               "--key", client.stand.directory / "platform" / "reply.pem"]
    if anchors:
        command += ["--anchors", anchors]
    done = subprocess.run([str(word) for word in command + [directory or log_directory(client)]],
                          capture_output=True, text=True, check=False, timeout=30)
    return done.returncode, done.stdout, done.stderr


def log_directory(client):
    return client.stand.directory / "audit"


def receipts(path):
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def own_receipts(client):
    return receipts(log_directory(client) / "anchors.log")


def platform_receipts(client):
    return receipts(client.stand.directory / "platform" / "anchors.log")


def records(client):
    lines = [line for path in sorted(log_directory(client).glob("audit-*.log"))
             for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def events(client):
    return [record["event"] for record in records(client)]


def anchored_to_the_end(client):
    last = own_receipts(client)[-1:]
    return last and last[0]["sequence"] == records(client)[-1]["seq"]


def start_and_stop(build_dir):
    with CoreClient(build_dir, settings=ANCHOR_LATE) as client:
        client.wait_page("home")
        wait_until(lambda: own_receipts(client), "a receipt at the start")
        client.press("queue")
        client.wait_page("choose")
        client.stand.programs["jumin-core"].stop()
        check(events(client)[-1] == "stop", f"the log ends with {events(client)[-1]}")
        check(anchored_to_the_end(client), "the last record has no receipt")
        check(own_receipts(client) == platform_receipts(client), "two sets of receipts")
        status, output, errors = verify(client)
        check(status == WHOLE and "Unanchored tail: 0 records" in output, output + errors)


def silent_platform(build_dir):
    with CoreClient(build_dir, settings=ANCHOR_AT_ONCE) as client:
        client.wait_page("home")
        wait_until(lambda: anchored_to_the_end(client), "a first receipt")
        client.stand.kill("jumin-sandbox")
        before = own_receipts(client)[-1]["sequence"]
        client.wait_page("out-of-service")
        # What was not told survives a core that is killed, too.
        client.stand.kill("jumin-core")
        client.stand.restart("jumin-core")
        wait_until(lambda: events(client).count("start") == 2, "a second core")
        status, output, _ = verify(client)
        check(status == WHOLE and f"up to record {before}" in output, output)
        client.stand.restart("jumin-sandbox")
        wait_until(lambda: anchored_to_the_end(client), "receipts for all", 30)
        kept = client.stand.directory / "platform" / "anchors.log"
        status, _, errors = verify(client, anchors=kept)
        check(status == WHOLE, f"the platform's receipts do not fit: {errors}")


def cut_off_end(build_dir):
    with CoreClient(build_dir, settings=ANCHOR_LATE) as client:
        client.wait_page("home")
        client.stand.programs["jumin-core"].stop()
        path = log_directory(client) / "audit-000000000001.log"
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[:-1]))
        status, _, errors = verify(client)
        check(status == BAD and "the platform was told of record" in errors, f"{status} {errors}")
        # Core says so, too, and goes on.
        client.stand.restart("jumin-core")
        wait_until(lambda: "cut-off" in events(client), "a record of the cut")
        client.wait_page("home", 20)


def random_changes(build_dir):
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    note(f"seed {seed}")
    with (CoreClient(build_dir, settings=ANCHOR_LATE) as client,
          tempfile.TemporaryDirectory() as copy):
        client.wait_page("home")
        client.stand.programs["jumin-core"].stop()
        for name in ["audit-000000000001.log"] * CHANGES + ["anchors.log"] * CHANGES:
            directory = pathlib.Path(copy) / "audit"
            shutil.copytree(log_directory(client), directory)
            data = bytearray((directory / name).read_bytes())
            data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
            (directory / name).write_bytes(data)
            status, output, errors = verify(client, directory)
            check(status == BAD and (name in errors or "platform was told" in errors),
                  f"not found: {output}{errors}")
            shutil.rmtree(directory)
        check(verify(client, copy)[0] == UNREADABLE, "an empty folder is a log")


TESTS = (
    ("the platform signs for the log at the start and at the stop", start_and_stop),
    ("a silent platform is told later, also after a crash", silent_platform),
    ("an end that was cut off is found, and core says so", cut_off_end),
    ("juminctl finds a changed byte in the log and in its receipts", random_changes),
)

if __name__ == "__main__":
    sys.exit(run_tests(TESTS, sys.argv[1]))
