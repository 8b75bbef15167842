#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real jumin-scan before cameras that are not there; speaks TAP.

    test-scan-serve.py BUILD_DIR
"""

import pathlib
import signal
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))

from camera import Camera, Scan  # noqa: E402
from tap import check, note, run_tests  # noqa: E402

CODE = "6000000000000000.YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF"
OTHER_CODE = "6000000000000001.YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF"
STYLES = ("plain", "moving", "blurred", "inverted", "glaring", "small", "tilted")
# One rotation of the decoder's passes, twice.
READS_WITHIN_STATES = 60
FRAMES_MANY = 200
WAIT_SECONDS = 10
CONTROLS = {"9a090c": 0, "9a090a": 150, "9a0903": 0, "980918": 1}


class Bench:
    """A folder, and one camera in it."""

    def __init__(self, build_dir, directory):
        self.build_dir, self.directory = build_dir, directory

    def open_camera(self, **arguments):
        return Camera(self.build_dir, self.directory, **arguments)

    def open_scan(self, camera, **arguments):
        return Scan(self.build_dir, camera, self.directory, **arguments)


def reads_every_style(bench):
    with bench.open_camera() as camera, bench.open_scan(camera) as scan:
        scan.wait_state("looking")
        for style in STYLES:
            camera.show(CODE + style, style)
            before = len(scan.states)
            while scan.wait_code() != CODE + style:
                pass
            within = len(scan.states) - before
            note(f"{style}: within {within} states")
            check(within <= READS_WITHIN_STATES, f"{style} took {within} states")
        check(scan.stop() == 0, "it did not end well")


def reads_every_format(bench):
    for formats, format_name in (("mjpeg:1280x720 yuyv:640x480", "MJPG 1280x720"),
                                 ("yuyv:640x480", "YUYV 640x480"), ("nv12:640x480", "NV12 640x480"),
                                 ("grey:1280x720", "GREY 1280x720"),
                                 ("h264:1280x720 mjpeg:1920x1080", "MJPG 1920x1080")):
        with bench.open_camera() as camera:
            camera.ask(f"formats {formats}")
            camera.show(CODE)
            with bench.open_scan(camera) as scan:
                check(scan.wait_code() == CODE, "another code")
                status = camera.read_status()
                check(f"{status['format']} {status['size']}" == format_name,
                      f"{format_name} became {status}")
                scan.look_at_preview(True)
                scan.wait_for(lambda: scan.read_preview()[0] > 2, "a preview")
                _, width, height, pixels = scan.read_preview()
                check(width <= 640 and height <= 640, f"a preview of {width}x{height}")
                check(max(pixels[0::4]) - min(pixels[0::4]) > 100, "a preview of nothing")


def ends_with_its_reason(bench, state, prepare, **arguments):
    with bench.open_camera() as camera:
        prepare(camera)
        with bench.open_scan(camera, **arguments) as scan:
            scan.wait_for(lambda: scan.ended or not scan.receive(), "its end")
            check(scan.states == ["opening", state], f"it said {scan.states}")
            check(scan.wait_end() == 0, "it did not end well")
            check(not scan.opened, "it said that it had opened a camera")


def tells_why_it_cannot_open(bench):
    ends_with_its_reason(bench, "missing", lambda camera: camera.ask("unplug"))
    ends_with_its_reason(bench, "busy", lambda camera: camera.ask("busy on"))
    ends_with_its_reason(bench, "refused", lambda camera: camera.ask("refuse on"))
    ends_with_its_reason(bench, "format", lambda camera: camera.ask("formats h264:1280x720"))
    ends_with_its_reason(bench, "missing", lambda camera: None, device="dead:beef")
    ends_with_its_reason(bench, "missing", lambda camera: None, device="/dev/video7")


def another_program_has_it(bench):
    with bench.open_camera() as camera, bench.open_scan(camera) as first:
        first.wait_state("looking")
        with bench.open_scan(camera) as second:
            second.wait_state("busy")
        first.process.kill()
        first.wait_end()
        with bench.open_scan(camera) as third:
            third.wait_state("looking")


def the_one_before_lets_go(bench):
    """Nobody is told of a busy camera, and no report goes out."""
    with bench.open_camera() as camera, bench.open_scan(camera) as first:
        first.wait_state("looking")
        with bench.open_scan(camera) as second:
            until = time.monotonic() + WAIT_SECONDS
            while int(camera.read_status()["opened"]) == 1:
                check(time.monotonic() < until, "the second one has not tried")
            first.process.kill()
            first.wait_end()
            second.wait_state("looking")
            check("busy" not in second.states, f"it said {second.states}")


def unplugged_and_another_number(bench):
    with bench.open_camera() as camera:
        camera.show(CODE)
        with bench.open_scan(camera) as scan:
            check(scan.wait_code() == CODE, "another code")
            camera.ask("unplug")
            scan.wait_state("lost")
            check(scan.wait_end() == 0, "it did not end well")
        camera.ask("plug 4")
        with bench.open_scan(camera) as scan:
            check(scan.wait_code() == CODE, "another code")
            check(camera.read_status()["node"] == "4", "another node")


def stalls_and_heals(bench):
    with bench.open_camera() as camera, bench.open_scan(camera, stall_ms=300) as scan:
        scan.wait_state("looking")
        for command, healing in (("stall on", "stall off"), ("damage garbage", "damage none"),
                                 ("damage cut", "damage none"), ("damage small", "damage none"),
                                 ("damage progressive", "damage none"),
                                 ("damage cmyk", "damage none"), ("damage error", "damage none")):
            camera.ask(command)
            scan.wait_state("stalled")
            camera.ask(healing)
            scan.wait_state("looking")
        camera.show(CODE)
        check(scan.wait_code() == CODE, "another code")
        check("lost" not in scan.states, f"it said {scan.states}")


def stalls_from_the_beginning(bench):
    with bench.open_camera() as camera:
        camera.ask("stall on")
        with bench.open_scan(camera, stall_ms=300) as scan:
            scan.wait_state("stalled")
            check("looking" not in scan.states, f"it said {scan.states}")
            camera.ask("stall off")
            scan.wait_state("looking")


def light_is_told_apart(bench):
    with bench.open_camera() as camera, bench.open_scan(camera) as scan:
        for command, state in (("show black", "covered"), ("show white", "too-bright"),
                               (f"show {camera.draw(CODE)}", "looking")):
            camera.ask(command)
            scan.wait_state(state)
        camera.show("")
        camera.ask("light 20")
        scan.wait_state("too-dark")
        camera.ask("light 100")
        scan.wait_state("looking")


def preview_only_when_asked(bench):
    with bench.open_camera() as camera, bench.open_scan(camera) as plain:
        plain.wait_state("looking")
        plain.wait_states(5)
        check(plain.read_preview()[0] == 0, "a preview that nobody looks at")
        camera.show(CODE, "small")  # which is left of the middle
        plain.wait_code()
        plain.look_at_preview(True)
        plain.wait_for(lambda: plain.read_preview()[0] > 3, "a preview")
        _, width, height, pixels = plain.read_preview()
        check((width, height) == (640, 360), f"a preview of {width}x{height}")
        plain.look_at_preview(False)
        plain.wait_states(5)
        before = plain.read_preview()[0]
        plain.wait_states(5)
        check(plain.read_preview()[0] == before, "a preview that nobody looks at any more")
    with bench.open_camera() as camera:
        camera.show(CODE, "small")
        with bench.open_scan(camera, mirror=True) as mirrored:
            mirrored.wait_code()
            mirrored.look_at_preview(True)
            mirrored.wait_for(lambda: mirrored.read_preview()[0] > 3, "a preview")
            other = mirrored.read_preview()[3]
    left, middle = 0, 320 * 4
    row = 180 * 640 * 4
    bright = [sum(pixels[row + left:row + middle]), sum(pixels[row + middle:row + 2560])]
    turned = [sum(other[row + left:row + middle]), sum(other[row + middle:row + 2560])]
    check(bright[0] > bright[1] and turned[0] < turned[1], f"{bright} and mirrored {turned}")


def chosen_by_vendor_and_product(bench):
    with bench.open_camera() as first, \
            bench.open_camera(number=2, usb_id="046d:0825", name="Other") as second:
        first.show(CODE)
        second.show(OTHER_CODE)
        for device, code in (("046D:0825", OTHER_CODE), ("1209:0002", CODE), ("", OTHER_CODE),
                             ("/dev/video0", CODE),
                             ("/dev/v4l/by-id/usb-Peer-video-index0", CODE)):
            with bench.open_scan(first, device=device) as scan:
                check(scan.wait_code() == code, f"'{device}' is the other camera")


def a_phone_needs_its_own_focus(bench):
    with bench.open_camera() as camera, bench.open_scan(camera) as scan:
        scan.wait_state("looking")
        controls = dict(word.split("=") for word in camera.read_status()["controls"].split(","))
        for name, value in CONTROLS.items():
            check(controls.get(name) == str(value), f"{name} is not {value} in {controls}")


def half_a_core_at_most(bench):
    with bench.open_camera() as camera, bench.open_scan(camera) as scan:
        camera.show(CODE)
        scan.wait_code()
        for scene in ("none", str(camera.draw(CODE))):
            camera.ask(f"show {scene}")
            scan.look_at_preview(True)
            before = len(scan.codes)
            began, cpu = time.monotonic(), scan.read_cpu_seconds()
            descriptors = scan.count_descriptors()
            scan.wait_states(FRAMES_MANY)
            part = (scan.read_cpu_seconds() - cpu) / (time.monotonic() - began)
            read = len(scan.codes) - before
            note(f"{FRAMES_MANY} states, {part:.0%} of a core, {read} reads, scene {scene[-9:]}")
            check(part < 0.6, f"{part:.0%} of a core")
            check(scene == "none" or read > FRAMES_MANY / 10, f"a preview leaves time for {read}")
            check(scan.count_descriptors() == descriptors, "it has more descriptors now")


def ends_by_itself(bench):
    with bench.open_camera() as camera:
        with bench.open_scan(camera) as scan:
            scan.wait_state("looking")
            scan.socket.send(b"?")
            scan.wait_for(lambda: scan.ended or not scan.receive(), "its end")
            check(scan.wait_end() == 1, "what core never says was obeyed")
        with bench.open_scan(camera) as scan:
            scan.wait_state("looking")
            check(scan.stop() == 0, "it did not end with core")


def its_own_timer_ends_a_hang(bench):
    with bench.open_camera() as camera, bench.open_scan(camera, frame_ms=100) as scan:
        scan.wait_state("looking")
        scan.hang(seconds=0.5)
        check(scan.wait_end() == -signal.SIGALRM, f"it ended with {scan.wait_end()}")


TESTS = [
    ("every style of a phone is read", reads_every_style),
    ("every format is read and shown", reads_every_format),
    ("it tells why it cannot open a camera", tells_why_it_cannot_open),
    ("a camera that another program has is busy until that dies", another_program_has_it),
    ("a camera is waited for while the process before lets go of it", the_one_before_lets_go),
    ("a camera that comes back has another number", unplugged_and_another_number),
    ("frames that stop or are damaged are a stall, and it heals", stalls_and_heals),
    ("a camera that never begins stalls and heals", stalls_from_the_beginning),
    ("covered, too dark and too bright are told apart", light_is_told_apart),
    ("a preview is drawn only while somebody looks, mirrored when told", preview_only_when_asked),
    ("a camera is chosen by its USB numbers, a path, or not at all", chosen_by_vendor_and_product),
    ("focus and exposure are set for a phone", a_phone_needs_its_own_focus),
    ("half a core at most, and no descriptor more", half_a_core_at_most),
    ("it ends with core, and when core says what it never says", ends_by_itself),
    ("its own timer ends a hang", its_own_timer_ends_a_hang),
]


def main():
    with tempfile.TemporaryDirectory(prefix="jumin-") as directory:
        return run_tests(TESTS, Bench(pathlib.Path(sys.argv[1]).resolve(), directory))


if __name__ == "__main__":
    sys.exit(main())
