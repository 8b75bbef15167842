# SPDX-License-Identifier: GPL-3.0-or-later
"""How each trouble of payments comes about: the till and the bank are a test's own."""

from trouble_way import Cited


def journey(file, test):
    return Cited("money is a test's own", f"test-payment-{file}.c", f"/payment-{file}/{test}")


MONEY_WAYS = {
    "shown-identity": journey("journey", "codes_of_other_kinds_do_not_pay"),
    "shown-unpayable": journey("journey", "codes_of_other_kinds_do_not_pay"),
    "bills-down": journey("troubles", "bills_that_do_not_come"),
    "quote-failed": journey("troubles", "a_quote_that_does_not_come"),
    "bill-taken": journey("troubles", "a_bill_that_is_taken_elsewhere"),
    "biller-closed": journey("troubles", "a_biller_that_closes"),
    "pay-recovering": journey("troubles", "older_payments_are_asked_about_first"),
    "pay-unresolved": journey("troubles", "with_too_many_unresolved_nothing_is_begun"),
    "pay-journal": journey("troubles", "without_a_journal_nothing_is_paid"),
    "pay-difference": journey("troubles", "staff_are_told_of_a_difference"),
}
