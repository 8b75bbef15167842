# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole terminal in a folder of its own: real programs, peers instead of hardware.

    with Stand(build_dir) as stand:
        stand.start()                      # platform, reader, printer, camera, core
        with stand.open_kiosk() as kiosk:  # the screen, headless, with a finger (kiosk.py)
            ...
        stand.insert("li-ceshi"); stand.pull()
        stand.show_code("li-ceshi"); stand.show_nothing()
        stand.ask_sheets("paper end"); stand.read_sheets()
        stand.read_paper(); stand.ask_platform("tickets")

Every program is a child that ends with this process and is ended by its number alone. Every wait
has a bound. Nobody is asked for a free port: the platform's comes from the system, all other
sockets are files.
"""

import datetime
import json
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile

from camera import Camera
from kiosk import Kiosk
from program import Control, Program, StandError, wait_until

READER = "jumin"
PAGE_MS = 600


def _month(day, ago):
    """202610: the month so many months before that of day."""
    years, month = divmod(day.year * 12 + day.month - 1 - ago, 12)
    return f"{years}{month + 1:02}"


class Stand:
    """The programs around the screen, and the core. Nothing runs before start()."""

    def __init__(self, build_dir, speed=1, settings="", residents=None):
        self.build_dir = pathlib.Path(build_dir).resolve()
        self.source_dir = pathlib.Path(__file__).resolve().parents[2]
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="jumin-"))
        self.directory.chmod(0o711)  # the screen may be another user's
        self.data_dir = self.source_dir / "data" / "sandbox"
        self.city = self.data_dir / "city.json"
        self.bills = self.data_dir / "bills.json"
        self.residents = residents or self.data_dir / "residents.json"
        self.speed = speed
        # cage refuses root, and then runs as nobody (kiosk.py).
        self.ui_user = "nobody" if os.getuid() == 0 else ""
        self.settings = settings
        self.core_prefix = []  # a program that becomes core, and its arguments
        self.programs = {}
        self.socket_path = self.directory / "border.sock"
        self.reader_control = self.directory / "pcscd" / "control"
        self.card_control = self.directory / "card.sock"
        self.printer_control = self.directory / "printer" / "control"
        self.journal = self.directory / "payments.db"
        self.sheets_control = self.directory / "sheets" / "control"
        self.platform_control = self.directory / "platform" / "control"
        self.camera = Camera(self.build_dir, self.directory)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    # The folders and programs.

    def _folder(self, name):
        folder = self.directory / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _peer(self, name):
        return self.build_dir / "tests" / "peers" / name

    def _launch(self, name, arguments, environment=None, ready=None):
        program = Program(name, arguments, self.directory, environment, ready)
        self.programs[name] = program
        return program.start()

    def start(self):
        self.start_platform()
        self.start_reader()
        self.start_printer()
        self.start_sheets()
        self.start_camera()
        self.start_core()

    def start_platform(self):
        state = self._folder("platform")
        platform = self._launch("jumin-sandbox", [
            self.build_dir / "app" / "sandbox" / "jumin-sandbox", "--state", state,
            "--city", self.city, "--residents", self.residents,
            "--bills", self.bills,
            "--die-with-parent"], ready="ready")
        # A platform that is started again is where it was.
        platform.arguments += ["--port", platform.ready_line.rpartition(":")[2]]
        self._take_terminal_conf()

    def _take_terminal_conf(self):
        """What the platform's operator would hand over: address, keys, certificates."""
        shutil.copy(self.directory / "platform" / "terminal.conf",
                    self._folder("conf.d") / "50-platform.conf")

    def start_reader(self):
        folder = self._folder("pcscd")
        self._launch("jumin-peer-pcscd",
                     [self._peer("jumin-peer-pcscd"), "--dir", folder, "--reader", READER],
                     ready="ready")
        self._launch("jumin-peer-card",
                     [self._peer("jumin-peer-card"), "--reader", folder / f"card-{READER}.sock",
                      "--control", self.card_control,
                      "--cards", self.data_dir / "cards.json", "--residents", self.residents], ready="ready")

    def start_printer(self):
        self._launch("jumin-peer-ticket-printer",
                     [self._peer("jumin-peer-ticket-printer"), "--dir", self._folder("printer")],
                     ready="ready")

    def start_sheets(self):
        """The A4 printer. A page takes it PAGE_MS on core's clock."""
        printer = self._launch("jumin-peer-ipp-printer", [
            self._peer("jumin-peer-ipp-printer"), "--dir", self._folder("sheets"),
            "--page-ms", max(1, int(PAGE_MS / self.speed))], ready="ready")
        # A printer that is started again is where it was.
        printer.arguments += ["--port", self.sheets_uri().split(":")[2].partition("/")[0]]

    def start_camera(self):
        self.programs[self.camera.program.name] = self.camera.program
        self.camera.start()
        self.show_nothing()

    def scan_program(self):
        return self.camera.write_program()

    def printer_uri(self):
        return self.programs["jumin-peer-ticket-printer"].ready_line.split()[1]

    def sheets_uri(self):
        return self.programs["jumin-peer-ipp-printer"].ready_line.split()[1]

    def sheets_settings(self):
        return f"uri={self.sheets_uri()}\ncounts-pages=yes\n"

    def core_environment(self):
        return {"PCSCLITE_CSOCK_NAME": str(self.directory / "pcscd" / "pcscd.comm"),
                "JUMIN_LOCALEDIR": str(self.build_dir / "po")}

    def write_configuration(self):
        (self._folder("conf.d") / "10-stand.conf").write_text(
            f"[terminal]\nrest-ms=0\n[border]\nsocket={self.socket_path}\nui-user={self.ui_user}\n"
            f"[audit]\ndirectory={self.directory}/audit\n"
            f"[data]\ncatalogue={self.source_dir}/data/catalogue.json\n"
            f"troubles={self.source_dir}/data/troubles.json\n"
            f"city-code={self.source_dir}/data/city-code.json\n"
            f"code-kinds={self.source_dir}/data/code-kinds.json\n"
            f"billers={self.source_dir}/data/billers.json\n"
            f"[payment]\nenabled=yes\njournal={self.journal}\n"
            f"[operator]\nsocket={self.directory}/operator.sock\ngroup=\n"
            f"[scan]\nsocket=\nprogram={self.scan_program()}\n"
            f"[sheets]\nledger={self.directory}/print-ledger.db\n{self.sheets_settings()}"
            f"[printer]\nuri={self.printer_uri()}\n{self.settings}", encoding="utf-8")

    def make_journal(self):
        """Once in the life of a terminal, as its operator does."""
        if not self.journal.exists():
            subprocess.run([self.build_dir / "app" / "ctl" / "juminctl", "payments", "create",
                            "--journal", self.journal, "--user", pwd.getpwuid(os.getuid()).pw_name],
                           check=True, stdout=subprocess.DEVNULL)

    def start_core(self):
        self.write_configuration()
        self.make_journal()
        self._launch("jumin-core", [
            *self.core_prefix, self.build_dir / "app" / "jumin-core", "--config",
            self.source_dir / "data" / "jumin.conf", "--config-dir", self.directory / "conf.d",
            "--speed", self.speed], environment=self.core_environment())
        wait_until(self._core_listens, "jumin-core to listen\n" + self.read_log("jumin-core"))

    def _core_listens(self):
        if not self.programs["jumin-core"].is_running():
            raise StandError("jumin-core has ended:\n" + self.read_log("jumin-core"))
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            try:
                connection.connect(str(self.socket_path))
            except OSError:
                return False
        return True

    def kill(self, name):
        self.programs[name].kill()

    def restart(self, name):
        """The same program once more, as its service would do it."""
        self.programs[name].start()
        if name == "jumin-sandbox":
            self._take_terminal_conf()

    def read_log(self, name):
        return self.programs[name].read_log()[-4000:] if name in self.programs else ""

    def stop(self):
        for program in reversed(list(self.programs.values())):
            program.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    # What stands around the terminal.

    def ask_card(self, command):
        return Control(self.card_control).ask(command)

    def ask_reader(self, command):
        """Of pcscd and its reader, whose name is READER: "remove NAME", "kill", "start" …"""
        return Control(self.reader_control).ask(command)

    def find_resident(self, name):
        """One of the invented people, as the file has them."""
        people = json.loads(pathlib.Path(self.residents).read_text(encoding="utf-8"))
        return next(person for person in people if person["id"] == name)

    def list_bills(self, resident):
        """The ids of the bills that this person can pay without a late fee."""
        book = json.loads((self.data_dir / "bills.json").read_text(encoding="utf-8"))
        today = datetime.date.today()
        return [f"{home['id']}-{account['biller']}-{_month(today, bill['months_ago'])}-{bill['fen']}"
                for home in book["homes"] if resident in home["residents"]
                for account in home["accounts"] for bill in account["bills"]
                if bill["state"] == "due" and bill["due_in"] > 0]

    def insert(self, resident):
        return self.ask_card(f"insert {resident}")

    def pull(self):
        return self.ask_card("eject")

    # A phone, held before the camera.

    def make_code(self, resident, kind="city-code"):
        """What the phone of this resident shows now; for five minutes it is good."""
        return self.ask_platform(f"city-code {resident} {kind}")

    def show_code(self, resident, style="plain", kind="city-code"):
        """This resident holds the phone there."""
        self.show_text(self.make_code(resident, kind), style)

    def show_text(self, text, style="plain"):
        self.camera.show(text, style)

    def show_nothing(self):
        """The hall, and nobody in it."""
        self.camera.show("")

    def ask_printer(self, command):
        return Control(self.printer_control).ask(command)

    def ask_sheets(self, command):
        """Of the A4 printer: "paper end", "jam on", "after-pages 1 cover open" …"""
        return Control(self.sheets_control).ask(command)

    def read_sheets(self):
        """What came out of it: [("sheet" or "half", name of the job, page, of how many)]."""
        log = self.directory / "sheets" / "sheets.log"
        text = log.read_text(encoding="utf-8") if log.exists() else ""
        rows = [line.split() for line in text.splitlines()]
        return [(what, name, *map(int, pages.split("/"))) for what, name, pages in rows]

    def list_documents(self):
        """The PDF of each job that has arrived there, oldest first."""
        return sorted((self.directory / "sheets").glob("job-*.pdf"),
                      key=lambda path: int(path.stem.partition("-")[2]))

    def ask_platform(self, command):
        return Control(self.platform_control).ask(command)

    def count_papers(self):
        """How many tickets have come out of the printer."""
        words = dict(word.split("=", 1) for word in self.ask_printer("status").split())
        return int(words["tickets"])

    def wait_paper(self, before):
        """Waits for one ticket more than before; returns its bytes' and its picture's path."""
        wait_until(lambda: self.count_papers() > before, "a ticket on paper")
        folder = self.directory / "printer"
        return folder / f"ticket-{before + 1}.bin", folder / f"ticket-{before + 1}.png"

    def open_kiosk(self, size="1080x1920", **arguments):
        """The screen of this terminal; a Kiosk (kiosk.py), not yet started."""
        return Kiosk(self.build_dir, self.ui_command(), size, **arguments)

    def ui_command(self):
        return [self.build_dir / "ui" / "jumin-ui", "--address", f"unix:path={self.socket_path}"]
