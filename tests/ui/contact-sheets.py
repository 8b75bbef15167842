#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lays each mock-up (docs/drawn) beside the page that became of it.

    contact-sheets.py BUILD_DIR OUT_DIR [MOCK-UP…]

In OUT_DIR/sheets: a sheet for each mock-up, with its page in all displays, and all.png, which has
all of them. The pages are fixtures of the audit; the papers are what journeys.py left in OUT_DIR.
"""

import collections
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import kiosk  # noqa: E402
from fixtures import FixtureServer  # noqa: E402

DRAWN = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "drawn"
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
# PNG that is written fast: zlib's level 3, each line as it is.
FLAT = ("-quality", "30")
PORTRAIT, LANDSCAPE, SMALL = "1080x1920", "1920x1080", "1024x768"

View = collections.namedtuple("View", "size language elder contrast reach")
PLAIN = View(PORTRAIT, "zh", 0, 0, 0)
# What a sheet has beside the mock-up, each as it differs from the display that was drawn.
DISPLAYS = ({}, {"elder": 1}, {"contrast": 1}, {"reach": 1}, {"language": "en"},
            {"size": LANDSCAPE}, {"size": LANDSCAPE, "language": "en"}, {"size": SMALL})

# Mock-up: the state of the audit, and the display that was drawn.
PAGES = {
    "01-home": ("home-all", {}),
    "02-home-elder": ("home-all", {"elder": 1}),
    "03-home-signed-in": ("home-today", {}),
    "04-identify": ("identify-code", {}),
    "04b-identify-sms": ("code-sent", {}),
    "05-queue": ("choose-chosen", {}),
    "05e-queue-elder": ("choose-chosen", {"elder": 1}),
    "06-ticket": ("ticket-printed", {}),
    "07-fund": ("record-loan", {}),
    "08-bills": ("bills-ticked", {}),
    "09-pay": ("pay-scan", {}),
    "10-paid": ("paid", {}),
    "10b-pay-unknown": ("pay-unknown", {}),
    "11-certificate": ("preview-shown", {}),
    "11b-certificate-printing": ("sheets-printing", {}),
    "12-out-of-paper": ("no-sheets-sheets-out", {}),
    "13-session-ending": ("ending", {}),
    "13b-take-card": ("take-card", {}),
    "15-home-landscape": ("home-all", {"size": LANDSCAPE}),
    "16-home-contrast": ("home-all", {"contrast": 1}),
    "17-queue-reach": ("choose-chosen", {"reach": 1}),
}
# Mock-up: what the journeys left of that paper.
PAPERS = {
    "t1-queue-ticket": "ticket-paper.png",
    "t2-receipt": "receipt.png",
    "t3-pending-slip": "pending-slip.png",
    "11-certificate": "certificate.pdf",
}


def views_of(mock_up):
    """The displays of a sheet, without what a panel of this size does not have."""
    if mock_up not in PAGES:
        return []
    drawn = PLAIN._replace(**PAGES[mock_up][1])
    views = dict.fromkeys(drawn._replace(**display) for display in DISPLAYS)
    return [view for view in views if view.size != SMALL or not (view.contrast or view.reach)]


def title(scene, view):
    words = [scene, view.size, view.language]
    return "-".join(words + [mode for mode in view._fields[2:] if getattr(view, mode)])


def photograph(build_dir, size, wanted, pictures):
    """Draws these views of one size, in one session."""
    server = FixtureServer(build_dir)
    try:
        with kiosk.Kiosk(build_dir, server.ui_command(), size) as screen:
            for scene, view in wanted:
                server.show(scene, *view[1:])
                screen.settle()
                screen.shot(pictures / f"{title(scene, view)}.png")
    finally:
        server.stop()


def photograph_all(build_dir, mock_ups, pictures):
    """Each view once, though several sheets have it."""
    wanted = dict.fromkeys((PAGES[mock_up][0], view)
                           for mock_up in mock_ups for view in views_of(mock_up))
    # A change of modes draws everything anew.
    wanted = sorted(wanted, key=lambda row: (row[1], row[0]))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        sizes = [[row for row in wanted if row[1].size == size]
                 for size in (PORTRAIT, LANDSCAPE, SMALL)]
        list(pool.map(lambda rows: photograph(build_dir, rows[0][1].size, rows, pictures),
                      filter(None, sizes)))


def find_paper(mock_up, out_dir, pictures):
    """The paper of this mock-up as a picture, or None where no journey printed it."""
    paper = out_dir / PAPERS.get(mock_up, "none")
    if not paper.exists() or paper.suffix != ".pdf":
        return paper if paper.exists() else None
    picture = pictures / "certificate"
    subprocess.run(["pdftoppm", "-png", "-singlefile", "-r", "150", paper, picture], check=True)
    return picture.with_suffix(".png")


def is_wide(picture):
    """Whether a PNG is wider than high."""
    with open(picture, "rb") as file:
        header = file.read(24)
    return header[16:20] > header[20:24]


def lay_out(mock_up, out_dir, pictures, sheets):
    """One sheet: what is upright in the first row, what is wide in the second."""
    beside = [(pictures / f"{title(PAGES[mock_up][0], view)}.png") for view in views_of(mock_up)]
    paper = find_paper(mock_up, out_dir, pictures)
    shown = [DRAWN / f"{mock_up}.png"] + beside + ([paper] if paper else [])
    rows = []
    for wide, geometry in ((False, "540x960+8+8"), (True, "960x720+8+8")):
        row = [picture for picture in shown if is_wide(picture) == wide]
        if row:
            rows.append(sheets / f"row-{wide}-{mock_up}.png")
            montage(row, "x1", geometry, rows[-1])
    sheet = sheets / f"{mock_up}.png"
    subprocess.run(["convert", *rows, "-append", *FLAT, sheet], check=True)
    for row in rows:
        row.unlink()
    return sheet


def montage(pictures, tile, geometry, sheet):
    """Pictures beside each other under their names; geometry is of one: WxH+GAP+GAP."""
    # Each is made small as it is read: all sheets at once would need a gigabyte.
    small = [f"{picture}[{geometry.split('+')[0]}]" for picture in pictures]
    subprocess.run(["montage", "-font", FONT, "-pointsize", "20", "-label", "%t",
                    "-filter", "Box", *small, "-tile", tile, "-geometry", geometry,
                    *FLAT, sheet], check=True)


def main(arguments):
    if len(arguments) < 2:
        sys.stderr.write(__doc__)
        return 2
    build_dir, out_dir = map(pathlib.Path, arguments[:2])
    mock_ups = arguments[2:] or sorted(PAGES.keys() | PAPERS.keys())
    sheets = out_dir / "sheets"
    sheets.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pictures = pathlib.Path(folder)
        photograph_all(build_dir, [name for name in mock_ups if name in PAGES], pictures)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            made = list(pool.map(lambda name: lay_out(name, out_dir, pictures, sheets), mock_ups))
    montage(made, "3x", "1040x720+8+8", sheets / "all.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
