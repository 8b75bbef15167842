# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways of trouble_ways.py to the troubles of records and of papers."""

from trouble_way import Cited, Way


def down_offices(stage):
    """The platform answers, the offices behind the records do not."""
    stage.sign_in("li-ceshi")
    stage.stand.ask_platform("office down")
    stage.press("fund")


def offices_up(stage):
    stage.stand.ask_platform("office up")


def paper(test, file="test-paper-troubles.c"):
    return Cited("a paper goes wrong in the middle", file, test)


OFFICE_WAYS = {
    "papers-down": paper("an_office_that_is_down_is_told"),
    "paper-spoilt": paper("what_is_spoilt_is_fetched_again"),
    "paper-foreign": paper("paper-owner"),
    "papers-locked": paper("paper-request"),
    "papers-busy": paper("who_leaves_while_it_prints_is_forgotten", "test-paper-journey.c"),
    "papers-ledger": paper("without_a_ledger_no_paper_goes_out"),
    "paper-not-entitled": paper("copies_that_are_gone_are_told"),
    "records-down": Way("the offices behind the platform are down", down_offices, offices_up),
}
