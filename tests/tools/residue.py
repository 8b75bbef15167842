# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for what is known of a person in files and in the memory of a process.

    traces = traces_of(resident)                 # a row of residents.json
    found = search_memory(pid, traces) + search_files([directory], traces)

A trace is a name in any encoding that a card, the platform or the screen uses; eight digits or more
of an ID number or a telephone number; twelve or more of an ID number packed as on a card; a card's
identifier and number; of a code that was shown, what is its own. Masked forms are no traces. What is found never says the value itself.
"""

import dataclasses
import pathlib
import re

DIGITS_MIN = 8
PACKED_DIGITS_MIN = 12  # shorter ones are found by chance in some tens of megabytes
IDENTIFIER_MIN = 20     # of 32; the beginning is the same on many cards
NAME_MIN = 3
CODE_MIN = 12           # of the seal at its end; its beginning is the same on many codes
SEAL_LENGTH = 32
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le")
NUMBER_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be", "utf-32-le")
MAPPING_BYTES_MAX = 512 * 1024 * 1024
CHUNK_BYTES = 4 * 1024 * 1024
AROUND_BYTES = 24
PAGE_BYTES = 4096


@dataclasses.dataclass(frozen=True)
class Trace:
    """What is looked for, and what it is called in a report."""

    what: str
    data: bytes


def windows(text, length):
    """All parts of a text that are so long, or the text where it is shorter."""
    return {text[at:at + length] for at in range(max(1, len(text) - length + 1))}


def name_traces(name):
    for part in windows(name, max(NAME_MIN, min(len(name), NAME_MIN))):
        if part.strip() == part and len(part) >= min(NAME_MIN, len(name)):
            for encoding in ENCODINGS:
                yield Trace(f"name, {encoding}", part.encode(encoding))


def digit_traces(what, number):
    for part in windows(number, DIGITS_MIN):
        for encoding in NUMBER_ENCODINGS:
            yield Trace(f"{what}, {encoding}", part.encode(encoding))


def packed_traces(what, digits):
    for part in windows(re.sub(r"\D", "", digits), PACKED_DIGITS_MIN):
        yield Trace(f"{what}, packed", bytes.fromhex(part))


def card_traces(card):
    identifier = card.get("identifier", "")
    for part in windows(identifier, IDENTIFIER_MIN) if identifier else ():
        # The issuer's part alone is on every card of a city.
        if part in identifier[:IDENTIFIER_MIN]:
            continue
        for text in (part.upper(), part.lower()):
            yield Trace("card identifier", text.encode("ascii"))
    if identifier:
        yield Trace("card identifier, packed", bytes.fromhex(identifier))
    if card.get("number"):
        yield Trace("card number", card["number"].encode("ascii"))


def traces_of(resident):
    """Everything that must not be left of a resident, without repetitions."""
    traces = [*name_traces(resident["name"]), *digit_traces("ID number", resident["id_number"]),
              *packed_traces("ID number", resident["id_number"]),
              *card_traces(resident.get("card", {}))]
    phone = resident.get("phone", "")
    if phone.isdigit():  # elsewhere the platform itself says no more than 138****0000
        traces += digit_traces("phone", phone)
    return sorted(set(traces), key=lambda trace: (trace.what, trace.data))


def traces_of_code(text):
    """Of a code that was shown."""
    return [Trace("code", part.encode()) for part in sorted(windows(text[-SEAL_LENGTH:], CODE_MIN))]


def describe(data, at, length):
    """What stands around it, for whoever looks for the cause; the thing itself is left out."""
    before = data[max(0, at - AROUND_BYTES):at]
    after = data[at + length:at + length + AROUND_BYTES]
    return f"{before!r} … {after!r}"


def writable_mappings(pid):
    for line in pathlib.Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
        place, rights, *rest = line.split(maxsplit=5)
        begin, end = (int(number, 16) for number in place.split("-"))
        if "w" in rights and end - begin <= MAPPING_BYTES_MAX:
            yield begin, end, rest[-1] if len(rest) == 4 else "anonymous"


def read_memory(memory, begin, end):
    """What can be read of a mapping; untouched pages beyond a hole end it."""
    parts = []
    try:
        memory.seek(begin)
        while begin < end:
            part = memory.read(min(CHUNK_BYTES, end - begin))
            if not part:
                break
            parts.append(part)
            begin += len(part)
    except OSError:
        pass
    return b"".join(parts)


def used_runs(data):
    """Offsets and bytes of what is not empty pages: most of a stack was never used."""
    begin = None
    for at in range(0, len(data) + PAGE_BYTES, PAGE_BYTES):
        page = data[at:at + PAGE_BYTES]
        empty = page.count(0) == len(page)
        if empty and begin is not None:
            yield begin, data[begin:at]
            begin = None
        elif not empty and begin is None:
            begin = at


def search_memory(pid, traces):
    """What the writable memory of a process holds; needs the right to read it (root)."""
    found = []
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for begin, end, name in writable_mappings(pid):
            for offset, data in used_runs(read_memory(memory, begin, end)):
                for trace in traces:
                    at = data.find(trace.data)
                    if at >= 0:
                        around = describe(data, at, len(trace.data))
                        where = f"{name} at {begin + offset + at:#x}"
                        found.append(f"{trace.what} in {where}: {around}")
    return found


def search_files(paths, traces):
    """What files hold, also those in folders."""
    found = []
    for path in map(pathlib.Path, paths):
        for file in filter(pathlib.Path.is_file, [path, *path.rglob("*")]):
            data = file.read_bytes()
            found += [f"{trace.what} in file {file}" for trace in traces if trace.data in data]
    return found
