# SPDX-License-Identifier: GPL-3.0-or-later
"""How each trouble of the A4 printer is caused: rows of trouble_ways.py."""

from trouble_way import Cited

SHEET_WAYS = {
    "sheets-low": Cited("no page tells of it yet",
                     "test-sheets-watch.c", "/sheets-watch/what_runs_low_still_prints"),
    "sheets-out": Cited("no page tells of it yet",
                     "test-sheets-watch.c", "/sheets-watch/each_trouble_begins_and_ends"),
    "sheets-jam": Cited("no page tells of it yet",
                     "test-sheets-watch.c", "/sheets-watch/each_trouble_begins_and_ends"),
    "sheets-open": Cited("no page tells of it yet",
                     "test-sheets-watch.c", "/sheets-watch/each_trouble_begins_and_ends"),
    "toner-low": Cited("no page tells of it yet",
                     "test-sheets-watch.c", "/sheets-watch/what_runs_low_still_prints"),
    "toner-out": Cited("no page tells of it yet",
                     "test-sheets-watch.c", "/sheets-watch/each_trouble_begins_and_ends"),
    "tray-full": Cited("no page tells of it yet",
                     "test-sheets-watch.c", "/sheets-watch/each_trouble_begins_and_ends"),
    "sheets-stopped": Cited("no page tells of it yet",
                     "test-sheets-watch.c", "/sheets-watch/each_trouble_begins_and_ends"),
    "sheets-refusing": Cited("no page tells of it yet",
                     "test-sheets-watch.c", "/sheets-watch/each_trouble_begins_and_ends"),
    "sheets-no-pdf": Cited("no page tells of it yet",
                     "test-sheets-watch.c", "/sheets-watch/each_trouble_begins_and_ends"),
    "sheets-missing": Cited("no page tells of it yet",
                     "test-sheets-watch.c", "/sheets-watch/each_trouble_begins_and_ends"),
    "sheets-silent": Cited("no page tells of it yet",
                     "test-sheets-watch.c", "/sheets-watch/each_trouble_begins_and_ends"),
}
