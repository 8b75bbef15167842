#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the kiosk in a window and the tray in a second one, on the display that is there.

    window.py BUILD_DIR

A real reader behind the system's pcscd and a printer at /dev/usb/lp0 are used when they are there,
and the A4 printer that the environment names (JUMIN_SHEETS_URI); otherwise their peers stand in,
and the tray moves them. All ends with the first window closed.
"""

import ctypes
import os
import pathlib
import subprocess
import sys

from program import Program, StandError
from stand import Stand

SYSTEM_PCSCD = pathlib.Path("/run/pcscd/pcscd.comm")
SYSTEM_PRINTER = pathlib.Path("/dev/usb/lp0")
# An A4 printer: ipp://HOST/PATH; for ipps with the SHA-256 of its certificate.
SHEETS_URI = os.environ.get("JUMIN_SHEETS_URI", "")
SHEETS_FINGERPRINT = os.environ.get("JUMIN_SHEETS_FINGERPRINT", "")
SCARD_SCOPE_SYSTEM = 2
WINDOW_SIZE = "720x1280"


def has_reader():
    """Whether the system's pcscd knows a reader."""
    if not SYSTEM_PCSCD.exists():
        return False
    try:
        library = ctypes.CDLL("libpcsclite.so.1")
    except OSError:
        return False
    context, length = ctypes.c_long(), ctypes.c_ulong(0)
    if library.SCardEstablishContext(SCARD_SCOPE_SYSTEM, None, None, ctypes.byref(context)) != 0:
        return False
    found = library.SCardListReaders(context, None, None, ctypes.byref(length)) == 0
    library.SCardReleaseContext(context)
    return found and length.value > 1


def has_printer():
    return SYSTEM_PRINTER.exists() and os.access(SYSTEM_PRINTER, os.R_OK | os.W_OK)


def has_camera():
    return any(pathlib.Path("/dev").glob("video*"))


class Demonstration(Stand):
    """The stand on somebody's desk: for one user, with real devices where there are any."""

    def __init__(self, build_dir):
        super().__init__(build_dir)
        self.ui_user = ""

    def start_reader(self):
        if has_reader():
            print("A real card reader is used.")
        else:
            super().start_reader()

    def start_printer(self):
        if has_printer():
            print(f"The printer at {SYSTEM_PRINTER} is used.")
        else:
            super().start_printer()

    def start_sheets(self):
        if SHEETS_URI:
            print(f"The A4 printer at {SHEETS_URI} is used.")
        else:
            super().start_sheets()

    def sheets_settings(self):
        if SHEETS_URI:
            return f"uri={SHEETS_URI}\nfingerprint={SHEETS_FINGERPRINT}\n"
        return super().sheets_settings()

    def start_camera(self):
        if has_camera():
            print("A real camera is used.")
        else:
            super().start_camera()

    def scan_program(self):
        if has_camera():
            return self.build_dir / "app" / "scan" / "jumin-scan"
        return super().scan_program()

    def printer_uri(self):
        return str(SYSTEM_PRINTER) if has_printer() else super().printer_uri()

    def core_environment(self):
        environment = super().core_environment()
        if has_reader():
            del environment["PCSCLITE_CSOCK_NAME"]
        return environment

    def open_windows(self):
        screen = Program("jumin-ui", self.ui_command() + ["--size", WINDOW_SIZE], self.directory)
        tray = Program("jumin-tray", [
            self.build_dir / "app" / "tray" / "jumin-tray",
            "--card", self.card_control, "--printer", self.printer_control,
            *([] if SHEETS_URI else ["--sheets", self.sheets_control]),
            "--platform", self.platform_control,
            *([] if has_camera() else ["--camera", self.camera.control]),
            "--phone", self.build_dir / "tests" / "tools" / "phone-picture",
            "--residents", self.residents,
        ], self.directory)
        self.programs[screen.name] = screen.start()
        self.programs[tray.name] = tray.start()
        return screen, tray


def wait_for_first(programs):
    """Sleeps until one of the children has ended."""
    pids = {program.process.pid for program in programs}
    while True:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        for program in programs:
            program.process.poll()
        if ended.si_pid in pids:
            return
        os.waitpid(ended.si_pid, 0)


def main(arguments):
    if len(arguments) != 1:
        sys.stderr.write(__doc__)
        return 2
    try:
        with Demonstration(arguments[0]) as stand:
            stand.start()
            wait_for_first(stand.open_windows())
    except (StandError, OSError, subprocess.SubprocessError) as error:
        print(f"The demonstration did not start: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
