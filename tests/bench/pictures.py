#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws codes on phones as a camera sees them, seeded, by category.

  tests/bench/pictures.py FOLDER [--seed N] [--each N] [--only CATEGORY,…] [--videos N]

FOLDER gets NAME.pgm in three sizes of frame and in severities that grow from easy to nearly
impossible, and index.tsv: file, category, text; a picture without a code has no text. With
--videos it gets a folder of JPEG frames for each video instead: a phone that comes to the camera
while hand, focus and exposure settle.

Each picture has random numbers of its own, by seed, category, size and number: a subset is the same
as in a whole set. Light is linear until the camera makes greys of it. Needs python3-opencv and
python3-numpy of Debian, and libqrencode."""

import argparse
import multiprocessing
import os
import zlib
from pathlib import Path

import cv2
import numpy as np

from phone import draw_code, draw_phone, make_code

SIZES = [(640, 480), (1280, 720), (1920, 1080)]
VIDEO_SIZE = (1280, 720)
VIDEO_FRAMES = 30  # a second
OVERSAMPLING = 2
INKS = [(.8, .05, .05), (.03, .45, .15), (.1, .3, .85), (.55, .4, .02), (.03, .65, .30),
        (.95, .45, .1), (.95, .5, .6)]

# What is shown and how it is seen: lengths in modules of the code, angles in radians, light from 0
# to 1. A category changes some of it.
PLAIN = {
    "dots": None, "ink": (0, 0, 0), "ground": (1, 1, 1), "page": (.93, .94, .96),
    "head": (.1, .35, .8), "quiet": 4, "width": .7, "busy": None, "inverted": False, "logo": 0,
    "finger": 0, "turn": None, "tilt": None, "size": None, "module_px": None, "level": "M",
    "letters": (24, 96), "version": 0, "defocus": 0, "motion": 0, "noise": 1.5, "gain": 1.,
    "black": .03, "veil": 0, "glare": 0, "bloom": 0, "moire": 0, "bands": 0, "ambient": .35,
    "jpeg": 82, "exposure": .86,
}


def kiosk(s, r):
    """Everything at once, moderately."""
    u = r.uniform
    return dict(tilt=np.radians(u(5, 15 + 25 * s)), turn=u(0, 2 * np.pi),
                defocus=u(.1, .2 + .4 * s), motion=u(0, .9 * s), noise=u(3, 6 + 14 * s),
                glare=u(0, .5 * s), bands=u(0, .35 * s), moire=u(0, .3 * s), veil=u(0, .2 * s),
                jpeg=int(80 - 30 * s), letters=(24, 180), size=u(.38, .6),
                exposure=u(.6, 1.1 + .5 * s))


def coloured(s, r):
    ink = np.array(INKS[int(r.integers(len(INKS)))], np.float32)
    return dict(ink=tuple(ink * (1 - .35 * s) + .35 * s * np.ones(3)))


# What a category changes at a severity from 0 to 1.
CATEGORIES = {
    "nominal": lambda s, r: dict(letters=(24, 140)),
    "small": lambda s, r: dict(module_px=4.0 - 2.5 * s),
    "close": lambda s, r: dict(size=.80 + .17 * s, width=.8, quiet=3),
    "rotation": lambda s, r: dict(turn=r.uniform(0, 2 * np.pi), tilt=np.radians(5 + 20 * s)),
    "perspective": lambda s, r: dict(tilt=np.radians(28 + 34 * s), size=.6,
                                     turn=r.uniform(0, 2 * np.pi)),
    "defocus": lambda s, r: dict(defocus=.35 + .95 * s),
    "motion": lambda s, r: dict(motion=.5 + 1.9 * s),
    "noise": lambda s, r: dict(noise=8 + 52 * s, exposure=.75 - .35 * s),
    "lowcontrast": lambda s, r: dict(gain=.30 - .25 * s, veil=r.uniform(.2, .6), noise=2.0),
    "glare": lambda s, r: dict(glare=s),
    "bloom": lambda s, r: dict(bloom=.3 + .7 * s, exposure=1.2 + 2.2 * s, ambient=.6),
    "moire": lambda s, r: dict(moire=.4 + .6 * s, size=.62),
    "banding": lambda s, r: dict(bands=.25 + .70 * s),
    "inverted": lambda s, r: dict(inverted=True, defocus=.2 + .35 * s),
    "dots": lambda s, r: dict(dots=.5 - .20 * s, level="Q"),
    "logo": lambda s, r: dict(logo=.12 + .21 * s, level="H" if s > .35 else "Q"),
    "dense": lambda s, r: dict(letters=(200, 480), version=int(10 + round(5 * s)),
                               module_px=4.6 - 2.6 * s),
    "occlusion": lambda s, r: dict(finger=s, level="Q" if s > .5 else "M"),
    "coloured": coloured,
    "tightquiet": lambda s, r: dict(quiet=round(4 * (1 - s)), busy=.9),
    "kiosk": kiosk,
    "negative": None,
}


# How the camera sees it.

def draw_hall(r, w, h, light):
    """What stands around, out of focus."""
    hall = cv2.resize(r.random((5, 7, 3)).astype(np.float32), (w, h),
                      interpolation=cv2.INTER_CUBIC) * .5 + .2
    for _ in range(int(r.integers(6, 14))):
        colour = [float(v) for v in r.random(3)]
        x, y = int(r.integers(-50, w)), int(r.integers(-50, h))
        far = (x + int(r.integers(20, w // 2)), y + int(r.integers(20, h // 2)))
        cv2.rectangle(hall, (x, y), far, colour, -1)
    hall = cv2.GaussianBlur(hall, (0, 0), w / 640 * r.uniform(1.5, 5))
    return np.clip(hall, 0, 1) * light


def get_pose(corners, size, w, h, turn, tilt, towards, at):
    """The homography that puts the code with its middle @at, its side @size pixels when not tilted."""
    middle, scale = corners.mean(0), size / np.linalg.norm(corners[1] - corners[0])
    focal = 1.1 * w
    axis = np.array([np.cos(towards), np.sin(towards), 0])
    cross = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    rotation = np.eye(3) + np.sin(tilt) * cross + (1 - np.cos(tilt)) * cross @ cross
    rotation = rotation @ np.array([[np.cos(turn), -np.sin(turn), 0],
                                    [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    flat = np.array([[scale, 0, -scale * middle[0]], [0, scale, -scale * middle[1]], [0, 0, 1]])
    lens = np.array([[focal, 0, 0], [0, focal, 0], [0, 0, 1]])
    view = lens @ np.column_stack([rotation[:, 0], rotation[:, 1], [0, 0, focal]])
    pose = np.array([[1, 0, at[0]], [0, 1, at[1]], [0, 0, 1]]) @ view @ flat
    return pose, cv2.perspectiveTransform(corners[None], pose)[0]


def find_pose(r, corners, size, w, h, turn, tilt, towards):
    """A place where the whole code is in the frame."""
    for attempt in range(60):
        at = w / 2 + r.uniform(-.18, .18) * w, h / 2 + r.uniform(-.18, .18) * h
        if attempt > 30:
            at = w / 2, h / 2
        shrunk = size * (1 if attempt < 45 else .9 ** (attempt - 44))
        pose, quad = get_pose(corners, shrunk, w, h, turn, tilt, towards, at)
        if (quad > 3).all() and (quad[:, 0] < w - 3).all() and (quad[:, 1] < h - 3).all():
            break
    return pose, quad


def add_subpixels(r, texture, corners, strength):
    """The red, green and blue stripes of a screen of some 400 pixels an inch."""
    pitch = max(1.0, float(np.linalg.norm(corners[1] - corners[0])) / r.uniform(430, 760))
    y, x = np.mgrid[:texture.shape[0], :texture.shape[1]].astype(np.float32)
    x, y = (x / pitch) % 1, (y / pitch) % 1
    stripes = np.stack([np.where((x >= c / 3) & (x < (c + 1) / 3), 3., .0) for c in range(3)], -1)
    stripes *= np.where(y < .8, 1.2, .1)[..., None]
    return texture * ((1 - strength * .55) + strength * .55 * stripes.astype(np.float32))


def photograph(texture, pose, w, h, sharp_pixels):
    """The phone in the frame, and where it is."""
    large = (w * OVERSAMPLING, h * OVERSAMPLING)
    phone = cv2.warpPerspective(texture, pose, large,
                                flags=cv2.INTER_NEAREST if sharp_pixels else cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.ones(texture.shape[:2], np.float32), pose, large)
    phone = cv2.resize(phone, (w, h),
                       interpolation=cv2.INTER_LINEAR if sharp_pixels else cv2.INTER_AREA)
    return phone, cv2.resize(mask, (w, h), interpolation=cv2.INTER_AREA)[..., None]


def add_finger(r, image, quad, strength):
    """Over an edge or a corner of the code; a light touch leaves its three marks free."""
    h, w = image.shape[:2]
    middle = quad.mean(0)
    side = float(np.mean([np.linalg.norm(quad[i] - quad[(i + 1) % 4]) for i in range(4)]))
    corner = int(r.integers(4)) if strength > .5 else 2
    at = quad[corner] * (1.15 - .1 * strength) + middle * (-.15 + .1 * strength)
    axes = (side * (.20 + .16 * strength) * 2, side * (.09 + .10 * strength) * 2)
    mask = np.zeros((h, w), np.float32)
    cv2.ellipse(mask, (tuple(float(v) for v in at), axes, float(r.uniform(0, 180))), 1., -1,
                cv2.LINE_AA)
    mask = cv2.GaussianBlur(mask, (0, 0), 1.2)[..., None]
    return image * (1 - mask) + mask * np.array([.62, .45, .36], np.float32)


def make_bands(r, mask, strength):
    """A screen dimmed by pulses, under a shutter that rolls."""
    h, w = mask.shape[:2]
    y = np.mgrid[:h, :w][0].astype(np.float32)
    period = h / r.uniform(2.2, 6)
    wave = .5 + .5 * np.tanh(3 * np.sin(2 * np.pi * y / period + r.uniform(0, 6.28)))
    return 1 - strength * wave * mask[..., 0]


def make_glare(r, w, h, quad, strength):
    """Lamps and a window that the glass mirrors."""
    y, x = np.mgrid[:h, :w].astype(np.float32)
    middle = quad.mean(0)
    side = float(np.mean([np.linalg.norm(quad[i] - quad[(i + 1) % 4]) for i in range(4)]))
    light = np.zeros((h, w), np.float32)
    for _ in range(int(1 + round(2 * strength))):
        at = middle + r.uniform(-.42, .42, 2) * side
        long = side * r.uniform(.10, .18 + .16 * strength)
        short = side * r.uniform(.06, .12 + .10 * strength)
        angle = r.uniform(0, np.pi)
        along = ((x - at[0]) * np.cos(angle) + (y - at[1]) * np.sin(angle)) / long
        across = (-(x - at[0]) * np.sin(angle) + (y - at[1]) * np.cos(angle)) / short
        light += np.exp(-(along * along + across * across) ** 1.5) * r.uniform(.6, 1.6)
    angle = r.uniform(0, np.pi)
    distance = ((x - middle[0]) * np.cos(angle) + (y - middle[1]) * np.sin(angle)
                - r.uniform(-.3, .3) * side) / (side * .16)
    return light + np.exp(-distance * distance) * .55 * strength


def make_disk(radius):
    """What a lens out of focus makes of a dot."""
    side = int(np.ceil(radius)) * 2 + 1
    y, x = np.mgrid[:side, :side] - side // 2
    disk = np.clip(radius + .5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return disk / disk.sum()


def make_line(length, angle):
    """What a moving hand makes of a dot."""
    side = max(int(np.ceil(length)) | 1, 3)
    line = np.zeros((side * 4, side * 4), np.float32)
    middle, dx, dy = side * 2, np.cos(angle) * length * 2, np.sin(angle) * length * 2
    cv2.line(line, (int(middle - dx), int(middle - dy)), (int(middle + dx), int(middle + dy)), 1., 4,
             cv2.LINE_AA)
    line = cv2.resize(line, (side, side), interpolation=cv2.INTER_AREA)
    return line / line.sum()


def blur(r, image, p, module):
    if p["bloom"]:
        b = p["bloom"]
        image = ((1 - .35 * b) * cv2.GaussianBlur(image, (0, 0), max(.5, module * .22 * b))
                 + .25 * b * cv2.GaussianBlur(image, (0, 0), module * 1.1)
                 + .10 * b * cv2.GaussianBlur(image, (0, 0), module * 6))
    if p["defocus"]:
        image = cv2.filter2D(image, -1, make_disk(p["defocus"] * module),
                             borderType=cv2.BORDER_REPLICATE)
    else:
        image = cv2.GaussianBlur(image, (0, 0), .55)
    if p["motion"]:
        image = cv2.filter2D(image, -1, make_line(p["motion"] * module, r.uniform(0, np.pi)),
                             borderType=cv2.BORDER_REPLICATE)
    return image


def expose(r, image, p):
    """A webcam's tone curve, its noise, and its JPEG; returns the JPEG."""
    h, w = image.shape[:2]
    image = np.power(np.clip(image, 0, 1), 1 / 1.6) * 255
    image = (image + r.normal(0, 1, image.shape).astype(np.float32) * (p["noise"] * .6)
             * np.sqrt(.35 + .65 * image / 255)
             + r.normal(0, p["noise"] * .8, (h, w, 1)).astype(np.float32))
    image = cv2.cvtColor(np.clip(image, 0, 255).astype(np.uint8), cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, p["jpeg"]])[1]


def shoot(r, p, w, h, texture, corners, pose, quad, module, lit=None, noise=None):
    """One frame of the phone in the hall, as JPEG; @quad is where the code is. In a video lamps are
    mirrored where it will be, @lit, and the noise has random numbers of its own."""
    if p["moire"]:
        texture = add_subpixels(r, texture, corners, p["moire"])
    phone, mask = photograph(texture, pose, w, h, bool(p["moire"]))
    quad = quad / OVERSAMPLING
    image = (draw_hall(r, w, h, p["ambient"]) * (1 - mask) + phone * p["gain"] + p["black"] * mask
             + p["veil"] * mask)
    if p["finger"]:
        image = add_finger(r, image, quad, p["finger"])
    if p["bands"]:
        image = image * make_bands(r, mask, p["bands"])[..., None]
    if p["glare"]:
        image = image + make_glare(r, w, h, quad if lit is None else lit, p["glare"])[..., None]
    return expose(noise or r, blur(r, image * p["exposure"], p, module), p)


def dress_phone(r, p, module_px, modules):
    """The phone with the code, in its colours."""
    module = int(np.clip(round(module_px * OVERSAMPLING), 4, 24))
    if p["inverted"]:
        p = {**p, "ink": (.92,) * 3, "ground": (.04,) * 3, "page": (.07,) * 3,
             "head": (.12, .12, .14)}
    return draw_phone(r, draw_code(modules, module, p), module, p)


def draw_picture(r, category, s, w, h):
    """A frame in greys, and what its code says."""
    p = {**PLAIN, **CATEGORIES[category](s, r)}
    text, modules = make_code(r, p)
    n = modules.shape[0]
    turn = p["turn"] if p["turn"] is not None else np.radians(r.uniform(-12, 12))
    tilt = p["tilt"] if p["tilt"] is not None else np.radians(r.uniform(0, 12))
    size = p["module_px"] * n if p["module_px"] else (p["size"] or r.uniform(.42, .62)) * h
    texture, corners = dress_phone(r, p, size / n, modules)
    pose, quad = find_pose(r, corners, size * OVERSAMPLING, w * OVERSAMPLING, h * OVERSAMPLING,
                           turn, tilt, r.uniform(0, 2 * np.pi))
    jpeg = shoot(r, p, w, h, texture, corners, pose, quad, size / n)
    return cv2.cvtColor(cv2.imdecode(jpeg, 1), cv2.COLOR_BGR2GRAY), text


def draw_negative(r, number, s, w, h):
    """A hall without a code, and in every other one a phone with boxes such as corners have."""
    image = draw_hall(r, w, h, .9)
    if number % 2:
        texture, corners = draw_phone(r, np.ones((200, 200, 3), np.float32), 6, PLAIN)
        for _ in range(14):
            x, y = (int(r.integers(10, texture.shape[i] - 60)) for i in (1, 0))
            side = int(r.integers(8, 50))
            cv2.rectangle(texture, (x, y), (x + side, y + side), (0, 0, 0), max(2, side // 7))
        pose, _ = find_pose(r, corners, .5 * h, w, h, r.uniform(0, 6.28), .3, 1)
        mask = cv2.warpPerspective(np.ones(texture.shape[:2], np.float32), pose, (w, h))[..., None]
        image = image * (1 - mask) + mask * cv2.warpPerspective(texture, pose, (w, h))
    grey = cv2.cvtColor((np.clip(image, 0, 1) * 255).astype(np.float32), cv2.COLOR_RGB2GRAY)
    grey = np.clip(grey + r.normal(0, 3 + 6 * s, grey.shape), 0, 255).astype(np.uint8)
    return cv2.imdecode(cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 80])[1], 0), ""


def write_picture(job):
    folder, seed, category, (w, h), number, each = job
    r = np.random.Generator(np.random.PCG64([seed, zlib.crc32(category.encode()), h, number]))
    s = (number + 1) / each
    if category == "negative":
        grey, text = draw_negative(r, number, s, w, h)
    else:
        grey, text = draw_picture(r, category, s, w, h)
    name = f"{category}-{h}-{number}.pgm"
    cv2.imwrite(str(folder / name), grey)
    return f"{name}\t{category}\t{text}"


def write_video(job):
    """A second of a phone that comes near: it sways, and hand, focus and exposure settle."""
    folder, seed, number, count = job
    r = np.random.Generator(np.random.PCG64([seed, zlib.crc32(b"video"), number]))
    w, h = VIDEO_SIZE
    p = {**PLAIN, **kiosk((number + 1) / count, r)}
    text, modules = make_code(r, p)
    n, size = modules.shape[0], p["size"] * h
    texture, corners = dress_phone(r, p, size / n, modules)
    towards, drift, phase = r.uniform(0, 2 * np.pi), r.uniform(-.15, .15, 2), r.uniform(0, 6.28, 3)
    stream = [int(v) for v in r.integers(0, 2 ** 31, 2)]
    lit = np.float32([(w / 2 + x * size / 2, h / 2 + y * size / 2)
                      for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))])
    (folder / f"video-{number:03}").mkdir(exist_ok=True)
    for frame in range(VIDEO_FRAMES):
        unsettled = np.exp(-frame / (VIDEO_FRAMES / 5))
        sway = np.sin(frame * np.array([.31, .23, .17]) + phase)
        at = [(.5 + drift[i] * unsettled + .02 * sway[i]) * (w, h)[i] * OVERSAMPLING for i in (0, 1)]
        now = {**p, "motion": p["motion"] * (.4 + .6 * abs(sway[2])) + 2.5 * unsettled,
               "defocus": p["defocus"] + 1.2 * unsettled, "exposure": p["exposure"] + .8 * unsettled}
        near = 1 - .45 * unsettled
        pose, quad = get_pose(corners, size * near * OVERSAMPLING, w * OVERSAMPLING,
                              h * OVERSAMPLING, p["turn"] + .06 * sway[2],
                              p["tilt"] + .05 * sway[0], towards, at)
        # The hall, the lamps and the bands stay where they are; the noise does not.
        steady = np.random.Generator(np.random.PCG64(stream))
        jpeg = shoot(steady, now, w, h, texture, corners, pose, quad, size * near / n, lit, r)
        (folder / f"video-{number:03}" / f"{frame:02}.jpg").write_bytes(jpeg.tobytes())
    return f"video-{number:03}\tvideo\t{text}"


def main():
    parser = argparse.ArgumentParser(description="Draws codes on phones as a camera sees them.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=5, help="pictures a category and size")
    parser.add_argument("--only", default=",".join(CATEGORIES), help="categories, with commas")
    parser.add_argument("--videos", type=int, default=0, help="so many videos, and no pictures")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    args = parser.parse_args()
    cv2.setNumThreads(1)
    args.folder.mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool(args.jobs) as pool:
        if args.videos:
            rows = pool.map(write_video, [(args.folder, args.seed, number, args.videos)
                                          for number in range(args.videos)], 1)
        else:
            jobs = [(args.folder, args.seed, category, size, number, args.each)
                    for category in args.only.split(",") for size in SIZES
                    for number in range(args.each)]
            rows = pool.map(write_picture, jobs, 1)
    (args.folder / "index.tsv").write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
