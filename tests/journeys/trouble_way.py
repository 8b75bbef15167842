# SPDX-License-Identifier: GPL-3.0-or-later
"""What a row of trouble_ways.py is."""

import dataclasses
from typing import Callable


@dataclasses.dataclass(frozen=True)
class Way:
    """say: the words beside the title that must be on the screen; title alone where empty.
    hall: makes the hall of a stage of its own. camera: codes are shown to a camera, not to a scanner on
    a serial line. reported: False where core has to begin anew
    before the platform takes its word again."""

    how: str
    cause: Callable
    mend: Callable = lambda stage: None
    say: str = "next"
    hall: Callable | None = None
    camera: bool = False
    reported: bool = True


@dataclasses.dataclass(frozen=True)
class Cited:
    """Reached in C alone: why, the file of the test, and its name there."""

    why: str
    file: str
    test: str
