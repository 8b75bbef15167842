# SPDX-License-Identifier: GPL-3.0-or-later
"""What a process holds, at many moments of its life, and by how much that grows."""

import collections
import pathlib
import re
import socket
import statistics

KIB = 1024
BINS = 20
# The C library's own stores of freed blocks, one a thread, would be taken for blocks in use.
TUNABLES = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=0"}
HEAP_TOOL, HEAP_FOLDER = "libjumin-heap.so", "JUMIN_HEAP_FOLDER"
COLUMNS = ("visits", "heap", "private", "descriptors", "threads")

Point = collections.namedtuple("Point", COLUMNS)


def environment(build_dir, folder):
    """For a program whose heap is to be asked for; folder: where its socket is."""
    return {**TUNABLES, "LD_PRELOAD": str(build_dir / "tests" / "tools" / HEAP_TOOL),
            HEAP_FOLDER: str(folder)}


class Growth:
    """Of one process, whose heap is asked for at folder."""

    def __init__(self, pid, folder):
        self.proc, self.socket = pathlib.Path(f"/proc/{pid}"), str(pathlib.Path(folder) / str(pid))
        self.points = []

    def read_heap(self):
        """Bytes in use."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.connect(self.socket)
            with connection.makefile("r", encoding="ascii") as answer:
                return int(answer.readline())

    def read_private(self):
        """Bytes of memory that is written and nobody else's."""
        rollup = (self.proc / "smaps_rollup").read_text(encoding="ascii")
        return int(re.search(r"Private_Dirty: +(\d+) kB", rollup).group(1)) * KIB

    def count(self, folder):
        return len(list((self.proc / folder).iterdir()))

    def take(self, visits):
        """How it is now, after so many visits."""
        self.points.append(Point(visits, self.read_heap(), self.read_private(), self.count("fd"),
                                 self.count("task")))

    def least(self, column):
        """[(visits, the least value in that part of the time)]: what is only held for a moment, by
        a slip that is being drawn, say, is no growth."""
        size = max(1, len(self.points) // BINS)
        parts = [self.points[at:at + size] for at in range(0, len(self.points), size)]
        return [(statistics.mean(point.visits for point in part),
                 min(getattr(point, column) for point in part)) for part in parts]

    def slope(self, column):
        """A visit, by least squares."""
        return statistics.linear_regression(*zip(*self.least(column))).slope

    def more(self, column):
        """The least of the second half beyond the least of the first."""
        least = [value for _, value in self.least(column)]
        half = len(least) // 2
        return min(least[half:]) - min(least[:half])
