# SPDX-License-Identifier: GPL-3.0-or-later
"""Bills, and the money that is paid for them."""

import datetime
import time
import uuid

HALL_S = 8 * 3600
STRANGER = ("power", "500810111213")
QUOTE = ("terminal", "id", "number", "payee", "payee_name", "fen", "issued_at", "expires_at")
ITEM = ("bill", "biller", "title", "account", "month", "usage", "fen")
CHARGE = ("payment", "state", "quote", "payee", "fen", "channel", "reason", "transaction", "code",
          "receipt", "paid_at", "at")


def hall_day(when):
    return datetime.datetime.fromtimestamp(when + HALL_S, datetime.timezone.utc).date()


def new_key():
    return str(uuid.uuid4())


def good_bodies(id_number):
    order = {"quote": new_key(), "fen": "1", "way": "scan", "code": None, "id_number": None}
    return {
        "listBills": {"id_number": id_number},
        "findBills": {"biller": STRANGER[0], "account": STRANGER[1]},
        "makeQuote": {"bills": ["h1-power-202608-12640"]},
        "pay": order,
        "getPayment": {"payment": new_key()},
        "closePayment": {"payment": new_key()},
        "listPayments": {"day": "2026-09-16"},
    }


def lines_of(value):
    """One value as it is signed: a text is two lines, an amount three."""
    if isinstance(value, dict) and "unit" in value:
        return [str(value["number"]), *lines_of(value["unit"])]
    if isinstance(value, dict):
        return [value["zh"], value["en"]]
    return ["" if value is None else str(value)]


def text_of(purpose, first, value, names, item_names):
    lines = [purpose, first]
    for name in names:
        lines += lines_of(value[name])
    lines.append(str(len(value["items"])))
    for item in value["items"]:
        for name in item_names:
            unused = name == "usage" and item[name] is None
            lines += ["", "", ""] if unused else lines_of(item[name])
    return "\n".join(lines)


def quote_text(quote):
    return text_of("jumin-quote", quote["terminal"], quote, QUOTE[1:], ITEM)


def charge_text(terminal, charge):
    return text_of("jumin-charge", terminal, charge, CHARGE, ("bill", "credit"))


def homes(terminal, people, name):
    status, answer = terminal.call("listBills", {"id_number": people[name]["id_number"]})
    assert status == 200
    return answer


def due(terminal, people, name):
    """The ids of what this person can pay."""
    return [bill["id"] for home in homes(terminal, people, name)["homes"]
            for bill in home["bills"] if bill["state"] == "due"]


def quote_of(terminal, sandbox, bills):
    status, quote = terminal.call("makeQuote", {"bills": bills})
    assert status == 201 and sandbox.verify(quote_text(quote), quote["signature"])
    assert int(quote["fen"]) == sum(int(item["fen"]) for item in quote["items"])
    assert [item["bill"] for item in quote["items"]] == bills
    assert quote["terminal"] == sandbox.terminal
    return quote


def checked(sandbox, charge):
    assert sandbox.verify(charge_text(sandbox.terminal, charge), charge["signature"])
    assert (charge["paid_at"] is not None) == (charge["state"] in ("paid", "fulfilled", "refunded"))
    assert bool(charge["items"]) == (charge["paid_at"] is not None)
    return charge


def order_of(quote, way="scan", code=None, id_number=None):
    return {"quote": quote["id"], "fen": quote["fen"], "way": way, "code": code,
            "id_number": id_number}


def pay(terminal, sandbox, quote, key=None, **how):
    status, charge = terminal.call("pay", order_of(quote, **how), key or new_key())
    assert status in (200, 201)
    return checked(sandbox, charge)


def state(terminal, sandbox, key):
    return checked(sandbox, terminal.call("getPayment", {"payment": key})[1])


def close(terminal, sandbox, key):
    return checked(sandbox, terminal.call("closePayment", {"payment": key})[1])


def settled(terminal, sandbox, key):
    """Asks until every company has said whether it has its money."""
    until = time.monotonic() + 10
    charge = state(terminal, sandbox, key)
    while charge["state"] == "paid" and time.monotonic() < until:
        charge = state(terminal, sandbox, key)
    return charge


# The checks; each one is a sentence of the test's output


def bills(terminal, people, **_):
    """a_household_has_its_bills_and_its_trend"""
    answer = homes(terminal, people, "li-ceshi")
    (home,) = answer["homes"]
    assert answer["account"] == "6688" and home["own"]
    assert home["owner"] == "李*试" and "*" in home["address"]
    today = hall_day(answer["as_of"])
    last_month = (today.replace(day=1) - datetime.timedelta(days=1)).strftime("%Y-%m")
    shown = [(bill["biller"], bill["fen"], bill["usage"]["number"], bill["account"])
             for bill in home["bills"]]
    assert shown == [("power", "12640", 243, "5008******40"), ("water", "5860", 17, "3021**17"),
                     ("gas", "4320", 21, "8810****52")], shown
    for bill, days in zip(home["bills"], (4, 9, 12)):
        assert bill["due_on"] == (today + datetime.timedelta(days=days)).isoformat()
        assert bill["month"] == last_month and bill["state"] == "due"
    for usage in home["usages"]:
        assert len(usage["months"]) == 6 and usage["months"][-1]["month"] == last_month
    assert len(homes(terminal, people, "wang-yidai")["homes"]) == 2
    for name in ("zhao-suoding", "qian-weizhi"):
        answer = homes(terminal, people, name)
        assert answer["homes"] == [] and answer["account"] is None


def kinds(terminal, people, sandbox, **_):
    """there_is_a_bill_of_each_state"""
    assert sandbox.control("biller water-town closed") == "ok"
    found = {}
    for name in people:
        for home in homes(terminal, people, name)["homes"]:
            for bill in home["bills"]:
                found.setdefault(bill["state"], []).append(bill)
    assert set(found) == {"due", "paid", "held", "closed"}
    assert all(bill["state_at"] for bill in found["paid"])
    late = [bill for bill in found["due"] if bill["late_fen"] != "0"]
    for bill in late:
        days = int(bill["due_on"].replace("-", ""))
        assert int(bill["late_fen"]) < int(bill["fen"]) and days > 0
    assert late and all(bill["state_at"] is None for bill in found["due"] + found["held"])
    closed = found["closed"][0]["id"]
    terminal.refused("makeQuote", 409, "biller_closed", {"bills": [closed]})
    for bill in (found["paid"][0]["id"], found["held"][0]["id"], "h1-power-202001-1"):
        terminal.refused("makeQuote", 409, "bill_taken", {"bills": [bill]})
    assert sandbox.control("biller water-town open") == "ok"
    assert terminal.call("makeQuote", {"bills": [closed]})[0] == 201
    assert sandbox.control("biller water-town hours") == "ok"
    for wrong in ("", "gas", "gas asleep", "heat open"):
        assert sandbox.control("biller " + wrong).startswith("error")


def strangers(terminal, **_):
    """somebodys_account_shows_its_bill_and_no_more"""
    biller, account = STRANGER
    _, answer = terminal.call("findBills", {"biller": biller, "account": account})
    (home,) = answer["homes"]
    assert not home["own"] and home["usages"] == [] and answer["account"] is None
    assert [bill["biller"] for bill in home["bills"]] == [biller]
    assert account not in repr(answer)
    for wrong in (("water", account), (biller, "500810111214"), ("heat", account)):
        terminal.refused("findBills", 404, "account_unknown",
                         {"biller": wrong[0], "account": wrong[1]})


def scanned(terminal, people, sandbox, **_):
    """a_scanned_order_is_paid_credited_and_listed"""
    (power, water, gas) = due(terminal, people, "li-ceshi")
    quote, key = quote_of(terminal, sandbox, [power, water]), new_key()
    other = quote_of(terminal, sandbox, [water])
    order = pay(terminal, sandbox, quote, key)
    assert order["state"] == "pending" and order["code"].startswith("https://")
    held = [bill["state"] for bill in homes(terminal, people, "li-ceshi")["homes"][0]["bills"]]
    assert held == ["held", "held", "due"]
    terminal.refused("pay", 409, "bill_taken", order_of(other), new_key())
    assert sandbox.control("phone scan alipay") == "ok"
    assert sandbox.control("phone scan").startswith("error")
    paid = state(terminal, sandbox, key)
    assert paid["channel"] == "alipay" and paid["fen"] == quote["fen"] and paid["code"] is None
    done = settled(terminal, sandbox, key)
    assert done["state"] == "fulfilled"
    assert {item["credit"] for item in done["items"]} == {"done"}
    assert close(terminal, sandbox, key)["state"] == "fulfilled"
    assert due(terminal, people, "li-ceshi") == [gas]
    day = hall_day(done["paid_at"]).isoformat()
    _, answer = terminal.call("listPayments", {"day": day})
    assert {"payment": key, "state": "fulfilled", "fen": quote["fen"],
            "paid_at": done["paid_at"]} in answer["charges"]
    assert terminal.call("listPayments", {"day": "2020-01-01"})[1]["charges"] == []


def keys(terminal, people, sandbox, **_):
    """a_key_is_one_payment_and_a_quote_is_paid_once"""
    quote = quote_of(terminal, sandbox, due(terminal, people, "li-ceshi")[:1])
    key = new_key()
    code = sandbox.control("pay-code unionpay").removeprefix("ok ")
    assert sandbox.control("pay-code cash").startswith("error")
    status, first = terminal.call("pay", order_of(quote, "show", code), key)
    assert status == 201 and first["state"] == "paid" and first["channel"] == "unionpay"
    status, again = terminal.call("pay", order_of(quote, "show", code), key)
    assert status == 200 and again["transaction"] == first["transaction"]
    terminal.refused("pay", 422, "key_reused", order_of(quote), key)
    terminal.refused("pay", 422, "quote_unknown", order_of(quote), new_key())
    terminal.refused("pay", 422, "quote_unknown", {**order_of(quote), "fen": "1"}, new_key())


def ended(terminal, people, sandbox, **_):
    """a_quote_ends_and_an_order_with_it"""
    bill = due(terminal, people, "feng-bashi")[:1]
    quote, key = quote_of(terminal, sandbox, bill), new_key()
    late = quote_of(terminal, sandbox, bill)
    assert pay(terminal, sandbox, quote, key)["state"] == "pending"
    assert sandbox.control("clock 301") == "ok"
    sandbox.ahead_s += 301
    assert state(terminal, sandbox, key)["state"] == "closed"
    terminal.refused("pay", 422, "quote_expired", order_of(late), new_key())
    assert sandbox.control("clock -301") == "ok"
    sandbox.ahead_s -= 301


def tombstones(terminal, people, sandbox, **_):
    """a_key_that_was_closed_before_it_came_is_never_charged"""
    quote, key = quote_of(terminal, sandbox, due(terminal, people, "feng-bashi")[:1]), new_key()
    assert state(terminal, sandbox, key)["state"] == "not_found"
    assert close(terminal, sandbox, key)["state"] == "closed"
    stone = pay(terminal, sandbox, quote, key)
    assert stone["state"] == "closed" and stone["fen"] == "0" and stone["quote"] is None
    assert due(terminal, people, "feng-bashi")[:1] == [quote["items"][0]["bill"]]


def accounts(terminal, people, sandbox, **_):
    """an_account_pays_by_agreement_alone_and_what_it_has"""
    for name, reason in (("chen-bianhao", "agreement"), ("wei-youhao", "funds"),
                         ("montgomery", "limit"), ("feng-bashi", None)):
        quote = quote_of(terminal, sandbox, due(terminal, people, name)[:1])
        charge = pay(terminal, sandbox, quote, way="account",
                     id_number=people[name]["id_number"])
        assert charge["reason"] == reason, (name, charge)
        assert charge["state"] == ("declined" if reason else "paid")
    for way, more in (("scan", {"code": "1" * 18}), ("show", {}), ("account", {}),
                      ("show", {"code": "1" * 18, "id_number": people[name]["id_number"]})):
        bad = order_of(quote, way, **more)
        terminal.refused("pay", 400, "bad_request", bad, new_key())


def declined(terminal, people, sandbox, **_):
    """much_money_waits_for_its_phone_which_may_decline"""
    quote, key = quote_of(terminal, sandbox, due(terminal, people, "montgomery")[:1]), new_key()
    code = sandbox.control("pay-code").removeprefix("ok ")
    assert pay(terminal, sandbox, quote, key, way="show", code=code)["state"] == "pending"
    assert sandbox.control("phone decline") == "ok"
    charge = state(terminal, sandbox, key)
    assert (charge["state"], charge["reason"]) == ("declined", "other")
    for wrong in ("", "dance", "scan cash", "decline"):
        assert sandbox.control("phone " + wrong).startswith("error")


def late_phone(terminal, people, sandbox, **_):
    """a_phone_that_pays_just_before_the_close_has_paid"""
    quote, key = quote_of(terminal, sandbox, due(terminal, people, "montgomery")[:1]), new_key()
    assert pay(terminal, sandbox, quote, key)["state"] == "pending"
    assert sandbox.control("phone scan-late") == "ok"
    assert state(terminal, sandbox, key)["state"] == "pending"
    assert close(terminal, sandbox, key)["state"] == "paid"


def refunds(terminal, people, sandbox, **_):
    """what_a_company_rejects_goes_back"""
    for name, order in (("liu-yan", None), ("wei-youhao", "biller water rejects")):
        if order:
            assert sandbox.control(order) == "ok"
        quote, key = quote_of(terminal, sandbox, due(terminal, people, name)[-1:]), new_key()
        pay(terminal, sandbox, quote, key)
        assert sandbox.control("phone scan") == "ok"
        charge = settled(terminal, sandbox, key)
        assert charge["state"] == "refunded", charge
        assert [item["credit"] for item in charge["items"]] == ["refunded"]
        assert due(terminal, people, name)[-1:] == [quote["items"][0]["bill"]]
    assert sandbox.control("biller water hours") == "ok"


def wrong_answers(terminal, people, sandbox, **_):
    """what_the_platform_can_say_wrong_about_money"""
    (first, second) = due(terminal, people, "chen-bianhao")[:2]
    quote, key, before = quote_of(terminal, sandbox, [first]), new_key(), new_key()
    quote_before = quote_of(terminal, sandbox, [second])
    pay(terminal, sandbox, quote_before, before)
    close(terminal, sandbox, before)

    def struck(fault, name="getPayment", body=None, operation="payments/state", key=None):
        assert sandbox.control(f"fault {fault} {operation} 1") == "ok"
        return terminal.call(name, body or {"payment": asked}, key)[1]

    asked = before
    assert struck("money-refused", "pay", order_of(quote), "payments", key)["error"]
    assert state(terminal, sandbox, key)["state"] == "not_found"
    pay(terminal, sandbox, quote, key)
    asked = key
    busy = struck("money-busy", "closePayment", operation="payments/close")
    assert checked(sandbox, busy)["state"] == "pending"
    assert sandbox.control("phone scan") == "ok"
    assert checked(sandbox, struck("money-late"))["state"] == "pending"
    assert checked(sandbox, struck("money-missing"))["state"] == "not_found"
    assert struck("money-amount")["fen"] == str(int(quote["fen"]) + 1)
    assert struck("money-payee")["payee"] != quote["payee"]
    assert struck("money-other")["payment"] == before
    forged = struck("money-forged")
    assert not sandbox.verify(charge_text(sandbox.terminal, forged), forged["signature"])
    told = state(terminal, sandbox, key)
    asked = before
    assert struck("money-again") == told
    forged = struck("money-forged", "makeQuote", {"bills": [second]}, "payments/quotes")
    assert not sandbox.verify(quote_text(forged), forged["signature"])
    wrong = struck("money-amount", "makeQuote", {"bills": [second]}, "payments/quotes")
    assert wrong["fen"] != wrong["items"][0]["fen"]
    wrong = struck("money-other", "makeQuote", {"bills": [second]}, "payments/quotes")
    assert wrong["terminal"] != sandbox.terminal
    quote = quote_of(terminal, sandbox, [second])
    charge = struck("money-declined", "pay", order_of(quote), "payments", new_key())
    assert (charge["state"], charge["reason"]) == ("declined", "funds")
    assert sandbox.control("fault none") == "ok"


def offices_down(terminal, sandbox, bodies, **_):
    """offices_that_are_down_take_no_money"""
    assert sandbox.control("office down") == "ok"
    for name in ("listBills", "findBills", "makeQuote", "pay", "getPayment", "closePayment",
                 "listPayments"):
        terminal.refused(name, 503, "service_down", bodies[name], new_key())
    assert sandbox.control("office up") == "ok"


CHECKS = (bills, kinds, strangers, scanned, keys, ended, tombstones, accounts, declined,
          late_phone, refunds, wrong_answers, offices_down)
