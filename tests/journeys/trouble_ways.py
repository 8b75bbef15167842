# SPDX-License-Identifier: GPL-3.0-or-later
"""How each trouble is caused, and how its cause goes away: one row for each of data/troubles.json.

A way begins on the home page of a Stage (trouble_stage.py). cause(stage) does everything up to the
trouble; mend(stage) takes the cause away. A row that no stage can be brought to names the test in C
that reaches it.
"""

import datetime
import json
import resource
import subprocess

from money_ways import MONEY_WAYS
from office_ways import OFFICE_WAYS
from program import wait_until
from sheet_ways import SHEET_WAYS
from trouble_way import Cited, Way

LOG_BUFFER_MAX = 64  # JUMIN_AUDIT_BUFFER_MAX
TRIES = 8
HALL_ZONE = datetime.timezone(datetime.timedelta(hours=8))
NOON = 12
AWAY_S = 4 * 3600


# Cards.

def card(fault, resident="li-ceshi", agree=False):
    """A card that does this wrong; with agree only after the resident has agreed."""
    def cause(stage):
        stage.stand.ask_card(f"fault {fault}")
        stage.stand.insert(resident)
        if agree:
            stage.wait_page("consent")
            stage.press("agree")
    return cause


def good_card(stage):
    stage.stand.pull()
    stage.stand.ask_card("fault none")
    stage.stand.ask_card("slow 0")


def locked_card(stage):
    stage.stand.ask_platform("fault drop-before cards/resolve")
    card("none", "zhao-suoding", agree=True)(stage)


def platform_up(stage):
    stage.stand.ask_platform("up")


def changed_card(stage):
    """Between two looks at the slot; a look in between would find it empty."""
    for _ in range(TRIES):
        stage.sign_in("li-ceshi")
        stage.stand.insert("wang-yidai")
        view = stage.wait_for(lambda view: view["kind"] in ("notice", "consent"),
                              what="what comes of another card")
        if view["title"] == stage.row("card-changed")["title"]["zh"]:
            return
        stage.leave()


def card_out(stage):
    stage.sign_in("li-ceshi")
    stage.choose("fund")
    stage.stand.pull()


# The reader.

def lost_reader(command):
    """The reader goes while a visit is there, and stays away."""
    def cause(stage):
        stage.sign_in("li-ceshi")
        stage.stand.ask_reader(command)
    return cause


def back_reader(command):
    def mend(stage):
        stage.stand.ask_reader(command)
    return mend


# The number that is typed.

def number(resident, digits=None):
    def cause(stage):
        stage.start_number(digits or stage.find_number(resident))
        if digits is None:
            stage.press("send-code")
    return cause


def code_page(stage):
    number("li-ceshi")(stage)
    stage.wait_page("sms")


def wrong_code(stage):
    code = stage.read_code("li-ceshi")
    stage.type(code[:-1] + ("0" if code[-1] == "9" else "9"))
    stage.press("check-code")


def one_wrong_code(stage):
    code_page(stage)
    wrong_code(stage)


def old_code(stage):
    code_page(stage)
    code = stage.read_code("li-ceshi")
    stage.stand.ask_platform("age 301")
    stage.type(code)
    stage.press("check-code")


def locked_login(stage):
    """As often wrong as the platform allows."""
    number("chu-yuyue")(stage)
    stage.wait_page("sms")
    for _ in range(3):
        page = stage.view["page"]
        code = stage.read_code("chu-yuyue")
        stage.type(code[:-1] + ("0" if code[-1] == "9" else "9"))
        stage.press("check-code")
        stage.wait_for(lambda view, page=page: view["page"] != page and view["kind"] != "wait",
                       what="an answer")


def age_locks(stage):
    stage.stand.ask_platform("age 1000")


# Paper.

def printer(command, matter="tax"):
    """In trouble before the number is taken: the slip does not come."""
    def cause(stage):
        stage.stand.ask_printer(command)
        stage.take_number(matter)
        stage.wait_page("ticket")
    return cause


def lost_slip(stage):
    """Switched off and on at its first byte, if no question about its state comes between."""
    title = stage.row("slip-failed")["title"]["zh"]
    for _ in range(TRIES):
        printer("after-bytes 1 power cycle")(stage)
        slip = stage.wait_for(lambda view: find_slip(view)["tone"] != "wait", what="an end")
        if find_slip(slip)["title"] == title:
            return
        stage.leave()


def find_slip(view):
    return next(block for block in view["blocks"] if block["kind"] == "slip")


def mend_printer(command):
    def mend(stage):
        stage.stand.ask_printer(command)
    return mend


def paper_near(stage):
    stage.stand.ask_printer("paper near")


# The platform.

def silent_platform(stage):
    """Asked for a code, it does not answer; nor for the hall's queues."""
    stage.start_number(stage.find_number("li-ceshi"))
    stage.stand.ask_platform("down")
    stage.press("send-code")
    wait_until(lambda: stage.log_has(stage.row("platform-silent"), "trouble-began"), "silence")


def lost_answer(stage):
    stage.stand.ask_platform("fault drop-after tickets 2")
    stage.take_number()


def down_queue(stage):
    """The platform answers, the queue system behind it does not."""
    stage.choose("tax")
    stage.stand.ask_platform("queue down")
    stage.press("next")
    wait_until(lambda: stage.log_has(stage.row("queue-down"), "trouble-began"), "the queue down")


def queue_up(stage):
    stage.stand.ask_platform("queue up")


# A part of the day, and how far the platform's clock goes out of it without leaving the day.

def part_of_day():
    """(from, to, seconds) by the clock of the hall."""
    now = datetime.datetime.now(HALL_ZONE)
    if now.hour < NOON:
        return "00:00", f"{now.hour + 1:02}:59", AWAY_S
    return f"{now.hour - 1:02}:00", "24:00", -AWAY_S


def hall_with_hours(stand):
    """Numbers of tax are given in a part of the day alone, every day."""
    city = json.loads(stand.city.read_text(encoding="utf-8"))
    begins, ends, _ = part_of_day()
    for timetable in city["timetables"]:
        if timetable["id"] == "office":
            timetable["hours"] = [{"days": "1234567", "from": begins, "to": ends}]
            timetable["special_days"] = []
    next(row for row in city["matters"] if row["id"] == "tax")["timetable"] = "office"
    stand.city = stand.directory / "city.json"
    stand.city.write_text(json.dumps(city), encoding="utf-8")


def closed_queue(stage):
    """The hours end while the resident reads the list of papers."""
    stage.choose("tax")
    stage.stand.ask_platform(f"clock {part_of_day()[2]}")
    stage.press("next")


def hall_with_appointment(stand):
    """Somebody has an appointment in that part of the day."""
    people = json.loads(stand.residents.read_text(encoding="utf-8"))
    begins, ends, _ = part_of_day()
    appointment = next(row for row in people if row["id"] == "chu-yuyue")["appointment"]
    appointment.update(begins=begins, ends=ends.replace("24:00", "23:59"))
    stand.residents = stand.directory / "residents.json"
    stand.residents.write_text(json.dumps(people), encoding="utf-8")


def closed_appointment(stage):
    """Its time ends while the resident reads the list of papers."""
    stage.sign_in("chu-yuyue")
    stage.choose("fund")
    stage.stand.ask_platform(f"clock {part_of_day()[2]}")
    stage.press("next")


def clock_back(stage):
    stage.stand.ask_platform(f"clock {-part_of_day()[2]}")


def make_old_certificate(stage):
    """One of this terminal that ends in a moment."""
    folder = stage.stand.directory / "platform"
    request = ["openssl", "req", "-new", "-key", folder / "terminal.key", "-subj", "/CN=T-0003"]
    made = subprocess.run(request, capture_output=True, check=True).stdout
    sign = ["openssl", "x509", "-req", "-signkey", folder / "terminal.key", "-days", "0",
            "-out", stage.stand.directory / "old.pem"]
    subprocess.run(sign, input=made, capture_output=True, check=True)


def old_certificate(stage):
    make_old_certificate(stage)
    conf = stage.stand.directory / "conf.d" / "60-old.conf"
    conf.write_text(f"[platform]\ncertificate-file={stage.stand.directory}/old.pem\n",
                    encoding="utf-8")
    restart_core(stage)


def new_certificate(stage):
    (stage.stand.directory / "conf.d" / "60-old.conf").unlink()
    restart_core(stage)


def restart_core(stage):
    stage.stand.programs["jumin-core"].stop()
    stage.wait_away()
    stage.stand.restart("jumin-core")


# Codes.

def shown(text):
    def cause(stage):
        stage.wait_for_code()
        stage.scanner.show(text)
    return cause


def refused(fault):
    def cause(stage):
        stage.stand.ask_platform(f"codes {fault}")
        stage.wait_for_code()
        stage.show_phone()
    return cause


def codes_good(stage):
    stage.stand.ask_platform("codes none")


def codes_back(stage):
    """Known to be good again with the next code that is shown."""
    codes_good(stage)
    stage.show_phone("chen-bianhao")
    stage.wait_for(lambda view: view["kind"] not in ("identify", "wait"))


def no_scanner(stage):
    stage.scanner.unplug()
    stage.come_to_identify()


def scanner_back(stage):
    stage.scanner.plug()
    stage.await_looking()


# What the camera sees, and what is wrong with it.

def camera(command, seen=False):
    """It is so when the page opens; with seen only after it has looked for a code."""
    def cause(stage):
        if seen:
            stage.wait_for_code()
        stage.stand.camera.ask(command)
        if not seen:
            stage.come_to_identify()
    return cause


def mend_camera(command):
    def mend(stage):
        stage.stand.camera.ask(command)
        stage.await_looking()
    return mend


def show_hall(stage):
    stage.stand.show_nothing()
    stage.await_looking()


# The machine.

def full_log(stage):
    """No file of core may grow, and what can wait in its memory is used up."""
    pid = stage.stand.programs["jumin-core"].process.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    title = stage.row("log-full")["title"]["zh"]
    for _ in range(LOG_BUFFER_MAX):
        stage.press("queue")
        stage.press("exit")
        view = stage.wait_page("home")
        if any(item.get("reason") == title for block in view["blocks"]
               for item in block.get("items", [])):
            break
    stage.stand.insert("li-ceshi")


def grown_log(stage):
    pid = stage.stand.programs["jumin-core"].process.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)


# Help.

def help_answer(word):
    def cause(stage):
        stage.stand.ask_platform(f"help {word}")
        stage.press("queue")
        stage.press("help")
    return cause


def help_comes(stage):
    stage.stand.ask_platform("help ack")


def unsent_help(stage):
    stage.choose("tax")
    stage.stand.ask_platform("down")
    stage.press("help")


WAYS = {
    "card-mute": Way("a card that answers nothing", card("mute"), good_card),
    "card-foreign": Way("a card without an application", card("unknown"), good_card),
    "card-reversed": Way("a card upside down", card("no-atr"), good_card),
    "card-stuck": Way("a card that never ends to answer", card("hang"), good_card),
    "card-bank": Way("a card with the bank's side alone", card("none", "sun-yinhang"), good_card),
    "card-pulled": Way("pulled at the 4th command", card("pull 4"), good_card),
    "card-changed": Way("another card while a visit is there", changed_card, good_card),
    "card-unreadable": Way("a record that ends too early", card("truncated 01"), good_card),
    "card-expired": Way("an expired card", card("none", "zhou-guoqi", agree=True), good_card),
    "card-locked": Way("a locked card, its holder cannot be asked for", locked_card, platform_up),
    "holder-unknown": Way("a locked card that nobody knows",
                          card("none", "qian-weizhi", agree=True), good_card),
    "number-unlikely": Way("a digit that does not fit", number(None, "500102199003070011")),
    "login-no-phone": Way("a number without a telephone", number("sun-yinhang")),
    "code-wrong": Way("a wrong code", one_wrong_code),
    "code-expired": Way("a code after 301 s", old_code),
    "login-locked": Way("three wrong codes", locked_login, age_locks),
    "other-person": Cited("it takes a service that wants more than a code", "test-proof.c",
                          "/proof/another_person_is_refused"),
    "shown-payment": Way("a payment code is shown", shown("134567890123456789")),
    "shown-tax": Way("the code of a fee is shown", shown("31000000000000000001")),
    "shown-handoff": Way("a code of ours for phones", shown("JUMIN:H:" + "0123456789ABCDEF" * 2)),
    "shown-ticket": Way("the code of a slip", shown("https://hall.example/queue/A023-0417")),
    "shown-document": Way("the code of a paper", shown("JUMIN-DOC/1 GJJ-20261121-000371")),
    "shown-no-paper": Cited("it takes the page where papers are verified", "test-verify.c",
                            "/verify/other_codes_are_told_kindly"),
    "paper-unsigned": Cited("it takes a paper", "test-verify.c",
                            "/verify/what_the_platform_did_not_sign_is_no_accusation"),
    "shown-other": Way("a code of no known kind", shown("hello")),
    "shown-expired": Way("the platform of the codes says so", refused("expired"), codes_good),
    "shown-refused": Way("the platform of the codes says so", refused("refused-10015"), codes_good),
    "shown-nobody": Way("a code of a paper without an ID number", refused("foreign"), codes_good),
    "codes-silent": Way("no answer that can be read", refused("garbage"), codes_back),
    "codes-outdated": Way("the platform of the codes says so", refused("outdated"), codes_back),
    "codes-refused": Way("an answer sealed with another key", refused("other-key"), codes_back),
    "camera-missing": Way("the scanner is not plugged in", no_scanner, scanner_back),
    "camera-covered": Way("black before the camera", camera("show black"), show_hall, camera=True),
    "camera-dark": Way("little light", camera("light 20"), mend_camera("light 100"), camera=True),
    "camera-bright": Way("a lamp before the camera", camera("show white"), show_hall, camera=True),
    "camera-stalled": Way("no frames any more", camera("stall on", seen=True), mend_camera("stall off"),
                          camera=True),
    "camera-busy": Way("another program has it", camera("busy on"), mend_camera("busy off"), camera=True),
    "camera-refused": Way("it may not be opened", camera("refuse on"), mend_camera("refuse off"), camera=True),
    "camera-format": Way("no format that can be read", camera("formats h264:1280x720"),
                         mend_camera("formats mjpeg:1280x720"), camera=True),
    "camera-lost": Cited("it stands for an instant, until a fresh process finds no camera",
                         "test-look.c", "/look/what_is_wrong_with_the_camera_is_told_apart"),
    "camera-faulty": Cited("test-core-camera.py kills jumin-scan again and again",
                         "test-look.c", "/look/what_is_wrong_with_the_camera_is_told_apart"),
    "reader-missing": Way("reader unplugged in a visit", lost_reader("remove jumin"),
                          back_reader("add jumin")),
    "reader-service": Way("pcscd killed in a visit", lost_reader("kill"), back_reader("start")),
    "reader-refused": Cited("pcscd refuses by polkit, which a test cannot set up",
                            "test-slot.c", "/slot/after_the_grace_the_card_must_be_taken_out"),
    "reader-faulty": Cited("two reads that hang at once: a card cannot, a driver can",
                           "test-slot.c", "/slot/after_the_grace_the_card_must_be_taken_out"),
    "log-full": Way("no file of core may grow", full_log, grown_log),
    "platform-silent": Way("the platform is down", silent_platform, platform_up),
    "clock-apart": Cited("no test can set a machine's clock more than a day apart",
                         "test-bad-platform.c", "a_clock_of_another_day"),
    "certificate-over": Way("a certificate that is over", old_certificate, new_certificate,
                            reported=False),
    "ticket-unknown": Way("the answer is lost, twice", lost_answer, platform_up),
    "queue-closed": Way("the hours end meanwhile", closed_queue, clock_back,
                        hall=hall_with_hours),
    "queue-down": Way("the queue behind the platform is down", down_queue, queue_up),
    **OFFICE_WAYS,
    "appointment-closed": Way("an appointment's time ends meanwhile", closed_appointment,
                              clock_back, hall=hall_with_appointment),
    "card-out": Way("the card is taken out", card_out),
    "sheets-left": Cited("it takes a paper that is being printed", "test-paper-journey.c",
                         "a_card_is_pulled_while_it_prints"),
    "paper-low": Way("paper near its end", paper_near, mend_printer("paper ok"), say="works"),
    "paper-out": Way("no paper", printer("paper end"), mend_printer("paper ok"), say="safe"),
    "paper-jam": Way("paper jam", printer("jam on"), mend_printer("jam off"), say="safe"),
    "printer-open": Way("cover open", printer("cover open"), mend_printer("cover closed"),
                        say="safe"),
    "printer-cutter": Way("cutter jammed", printer("cutter jam"), mend_printer("cutter ok"),
                          say="safe"),
    "printer-stopped": Way("off-line", printer("online off"), mend_printer("online on"),
                           say="safe"),
    "printer-missing": Way("unplugged", printer("unplug"), mend_printer("plug"), say="safe"),
    "printer-silent": Way("takes no bytes", printer("hang on"), mend_printer("hang off"),
                          say="safe"),
    "slip-failed": Way("switched off and on before the slip", lost_slip,
                       say="safe"),
    "slip-unknown": Way("the line ends in mid-slip", printer("after-bytes 20000 drop"), say="safe"),
    "help-nobody": Way("nobody is on duty", help_answer("away"), help_comes),
    "help-unanswered": Way("nobody answers", help_answer("ignore"), help_comes),
    "help-unsent": Way("the platform is down", unsent_help, platform_up),
    **SHEET_WAYS,
    **MONEY_WAYS,
}
