# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phone shows: a code by libqrencode, in the style of an app, on a page with lines of text.
Parts of the picture generator; see pictures.py for what the parameters @p are."""

import ctypes

import cv2
import numpy as np

LETTERS = np.array(list("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"))


class QrCode(ctypes.Structure):
    _fields_ = [("version", ctypes.c_int), ("width", ctypes.c_int),
                ("data", ctypes.POINTER(ctypes.c_ubyte))]


qrencode = ctypes.CDLL("libqrencode.so.4")
qrencode.QRcode_encodeString8bit.restype = ctypes.POINTER(QrCode)


def encode(text, level, version):
    """The modules of a code, 1 is dark, and its version; None when it is too long."""
    code = qrencode.QRcode_encodeString8bit(text.encode(), version, "LMQH".index(level))
    if not code:
        return None, 0
    width = code.contents.width
    modules = np.ctypeslib.as_array(code.contents.data, (width * width,)).reshape(width, width) & 1
    modules, version = modules.astype(np.uint8).copy(), code.contents.version
    qrencode.QRcode_free(code)
    return modules, version


def make_text(r, fewest, most):
    count = int(r.integers(fewest, most + 1))
    if r.random() < .5:
        return "".join(r.choice(LETTERS, count))
    return ("https://q.example.cn/y?c=" + "".join(r.choice(LETTERS, count)))[:max(count, 30)]


def make_code(r, p):
    fewest, most = p["letters"]
    while True:
        text = make_text(r, fewest, most)
        modules, version = encode(text, p["level"], p["version"])
        if modules is not None and p["version"] in (0, version):
            return text, modules
        if modules is not None:
            most = max(fewest, most - 20)


def is_corner(x, y, n):
    return (x < 7 and y < 7) or (x >= n - 7 and y < 7) or (x < 7 and y >= n - 7)


def draw_round_square(mask, corner, side, grey, radius):
    (x, y), w = corner, side
    cv2.rectangle(mask, (x + radius, y), (x + w - 1 - radius, y + w - 1), grey, -1)
    cv2.rectangle(mask, (x, y + radius), (x + w - 1, y + w - 1 - radius), grey, -1)
    for cx in (x + radius, x + w - 1 - radius):
        for cy in (y + radius, y + w - 1 - radius):
            cv2.circle(mask, (cx, cy), radius, grey, -1, cv2.LINE_AA)


def draw_dots(modules, side, radius):
    """Modules as dots, corners with round edges."""
    n = modules.shape[0]
    mask = np.zeros((n * side, n * side), np.uint8)
    for y, x in np.argwhere(modules):
        if not is_corner(x, y, n):
            middle = (int((x + .5) * side * 16), int((y + .5) * side * 16))
            cv2.circle(mask, middle, int(radius * side * 16), 255, -1, cv2.LINE_AA, 4)
    for left, top in ((0, 0), (n - 7, 0), (0, n - 7)):
        for inset, width, grey, edge in ((0, 7, 255, 1.6), (1, 5, 0, 1.0), (2, 3, 255, 1.0)):
            place = (int(round((left + inset) * side)), int(round((top + inset) * side)))
            draw_round_square(mask, place, int(round(width * side)), grey, int(round(edge * side)))
    return mask.astype(np.float32) / 255


def draw_logo(code, part, module):
    side = int(code.shape[0] * part)
    at, rim = (code.shape[0] - side) // 2, max(2, module // 2)
    middle = (at + side // 2, at + side // 2)
    code[at - rim:at + side + rim, at - rim:at + side + rim] = 1
    cv2.rectangle(code, (at, at), (at + side, at + side), (.1, .4, .85), -1)
    cv2.circle(code, middle, side // 3, (.95, .95, .95), -1, cv2.LINE_AA)
    cv2.circle(code, middle, side // 5, (.85, .1, .1), -1, cv2.LINE_AA)


def draw_code(modules, module, p):
    """@module pixels a module."""
    n = modules.shape[0]
    code = np.empty((n * module, n * module, 3), np.float32)
    code[:] = p["ground"]
    if p["dots"] is None:
        code[np.kron(modules, np.ones((module, module), np.uint8)).astype(bool)] = p["ink"]
    else:
        mask = draw_dots(modules, module, p["dots"])[..., None]
        code = code * (1 - mask) + np.asarray(p["ink"], np.float32) * mask
    if p["logo"]:
        draw_logo(code, p["logo"], module)
    return code


def draw_busy_ring(r, texture, box, module, strength):
    """Squares right outside the quiet zone, which stays."""
    top, bottom, left, right = box
    kept = texture[max(0, top):bottom, left:right].copy()
    ring = texture[max(0, top - 2 * module):bottom + 2 * module,
                   max(0, left - 2 * module):right + 2 * module]
    shape = (ring.shape[0] // (module * 2) + 1, ring.shape[1] // (module * 2) + 1, 1)
    blocks = (r.random(shape) < .5).astype(np.float32)
    blocks = cv2.resize(blocks, (ring.shape[1], ring.shape[0]), interpolation=cv2.INTER_NEAREST)
    ring[:] = ring * (1 - strength) + ring * strength * blocks[..., None]
    texture[max(0, top):bottom, left:right] = kept


def draw_lines_of_text(r, texture, bezel, width, height, top, module, ink):
    for line in range(9):
        y = top + int(height * (.03 + .028 * line))
        x = bezel + int(width * .1)
        if y + module * 2 >= bezel + height:
            break
        while x < bezel + width * .85:
            word = int(r.integers(2, 9)) * max(2, module // 2)
            cv2.rectangle(texture, (x, y), (min(x + word, bezel + width - 4),
                                            y + int(max(3, height * .012))), (ink,) * 3, -1)
            x += word + max(2, module)


def draw_phone(r, code, module, p):
    """A phone with a page that has @code; returns its texture and the code's corners in it."""
    quiet, side = int(round(p["quiet"] * module)), code.shape[0]
    width = int(side / p["width"])
    height, bezel = int(width * 2.0), max(4, int(width * .03))
    texture = np.full((height + 2 * bezel, width + 2 * bezel, 3), .02, np.float32)
    page = np.asarray(p["page"], np.float32)
    texture[bezel:bezel + height, bezel:bezel + width] = page
    texture[bezel:bezel + int(height * .13), bezel:bezel + width] = np.asarray(p["head"], np.float32)
    x, y = bezel + (width - side) // 2, bezel + int(height * .27)
    left, right = max(bezel, x - quiet), min(bezel + width, x + side + quiet)
    texture[max(0, y - quiet):y + side + quiet, left:right] = p["ground"]
    if p["busy"] is not None:
        box = (y - quiet, y + side + quiet, left, right)
        draw_busy_ring(r, texture, box, module, p["busy"])
    texture[y:y + side, x:x + side] = code
    draw_lines_of_text(r, texture, bezel, width, height, y + side + quiet, module,
                       .1 if page.mean() > .5 else .8)
    for i in range(2):
        cv2.rectangle(texture, (bezel + int(width * .1), bezel + int(height * (.04 + .04 * i))),
                      (bezel + int(width * r.uniform(.4, .8)),
                       bezel + int(height * (.06 + .04 * i))), (.95,) * 3, -1)
    return texture, np.float32([[x, y], [x + side, y], [x + side, y + side], [x, y + side]])
