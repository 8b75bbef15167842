# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways of trouble_ways.py to the troubles of records and of papers."""

from trouble_way import Way


def down_offices(stage):
    """The platform answers, the offices behind the records do not."""
    stage.sign_in("li-ceshi")
    stage.stand.ask_platform("office down")
    stage.press("fund")


def offices_up(stage):
    stage.stand.ask_platform("office up")


OFFICE_WAYS = {
    "records-down": Way("the offices behind the platform are down", down_offices, offices_up),
}
