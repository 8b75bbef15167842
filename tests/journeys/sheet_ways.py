# SPDX-License-Identifier: GPL-3.0-or-later
"""How each trouble of the A4 printer is caused: rows of trouble_ways.py.

Home says it at the service that ends on A4, and behind that stands where else to go.
"""

from trouble_stage import says
from trouble_way import Cited, Way

SERVICE = "papers"


def sheets(row, command):
    def cause(stage):
        title = stage.row(row)["title"]["zh"]
        stage.stand.ask_sheets(command)
        stage.wait_for(lambda view: says(view, title), what=f"'{title}' at a service")
        stage.press(SERVICE)
        stage.wait_page("no-sheets")
    return cause


def mend(command):
    def mended(stage):
        stage.stand.ask_sheets(command)
    return mended


def way(row, how, begin, end):
    return Way(how, sheets(row, begin), mend(end), say="safe")


LOW = Cited("a resident reads of it in a chip alone: it still prints",
            "test-sheets-watch.c", "/sheets-watch/what_runs_low_still_prints")

SHEET_WAYS = {
    "sheets-low": LOW,
    "toner-low": LOW,
    "sheets-out": way("sheets-out", "no A4 paper", "paper end", "paper ok"),
    "sheets-jam": way("sheets-jam", "A4 paper jam", "jam on", "jam off"),
    "sheets-open": way("sheets-open", "cover of the A4 printer open", "cover open", "cover closed"),
    "toner-out": way("toner-out", "no toner", "toner end", "toner ok"),
    "tray-full": way("tray-full", "the printer says so", "reason +output-area-full",
                     "reason -output-area-full"),
    "sheets-stopped": way("sheets-stopped", "off-line", "online off", "online on"),
    "sheets-refusing": way("sheets-refusing", "takes no jobs", "accept off", "accept on"),
    "sheets-no-pdf": way("sheets-no-pdf", "understands raster only", "pdf off", "pdf on"),
    "sheets-missing": way("sheets-missing", "unplugged", "unplug", "plug"),
    "sheets-silent": way("sheets-silent", "answers nobody", "hang on", "hang off"),
}
