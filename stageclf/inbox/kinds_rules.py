"""What a sentence of an automatic mail says, told by the senses of its words (see kinds_words)."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """`needs`: of each of these at least one sense must be in the sentence, of `lacks` none."""

    name: str
    weight: float
    needs: tuple[str, ...]
    lacks: str = ""


ANSWER = (
    Rule("away", 2, ("away", "me now until when"), "past hence parcel"),
    Rule("away", 2, ("away", "title"), "past hence parcel"),
    Rule("away", 1, ("away",), "past yours hence parcel"),
    Rule("until", 1, ("away closed", "until", "digits when"), "past hence parcel"),
    Rule("closed", 2, ("closed", "place me", "digits when now return away"), "past yours"),
    Rule("closed", 2, ("place", "ours", "not", "digits when until now"), "i past yours"),
    Rule("gone", 2.5, ("gone_for_good",), "yours"),
    Rule("gone", 2, ("gone", "firm me digits when"), "yours"),
    Rule("unread", 4, ("this", "mail", "read", "not"), "i past you_did automatic hence"),
    Rule("unread", 4, ("me", "read", "rarely", "until when"), "past you_did automatic hence"),
    Rule("unread", 3, ("mail", "read", "not rarely"), "past you_did automatic hence"),
    Rule("unread", 2, ("read", "rarely"), "past you_did automatic hence"),
    Rule("unread", 2.5, ("mail me", "read", "return", "digits when now"), "past you_did automatic hence"),
    Rule("return", 1.5, ("return", "digits when"), "past parcel"),
    Rule("stands_in", 2, ("contact mail read", "address"), "past to_me"),
    Rule("stands_in", 2, ("contact", "to_me", "urgent"), "past"),
    Rule("stands_in", 2, ("stand_in",), "past not"),
    Rule("stands_in", 2, ("colleague", "help"), "past to_me"),
    Rule("busy", 4, ("busy", "read", "soon when"), "i past you_did"),
    Rule("stands_in", 1, ("contact", "place colleague"), "i past"),
    Rule("busy", 2.5, ("busy", "read mail", "rarely me"), "i past you_did"),
    Rule("got", 4, ("this", "mail", "got"), "i past you_did automatic"),
    Rule("promise", 2, ("read", "soon", "me", "until"), "past you_did automatic"),
    Rule("stands_in", 2, ("stand_in", "address"), "past"),
    Rule("stands_in", 1.5, ("address",), "i past"),
    Rule("stands_in", 1, ("contact", "urgent"), "i past"),
    Rule("stands_in", 0.5, ("contact", "phone"), "i past"),
    Rule("urgent", 1.5, ("urgent",), "past"),
    Rule("thanks", 1, ("thanks", "mail wrote")),
    Rule("got", 2.5, ("got", "mail"), "i past you_did automatic"),
    Rule("number", 4, ("yours", "number mail", "made", "digits"), "i you_did automatic"),
    Rule("number", 2.5, ("number", "made", "digits"), "i past automatic"),
    Rule("quote", 2, ("quote", "number mail"), "i past"),
    Rule("promise", 4, ("me answer_we", "mail", "read", "soon"), "i past you_did"),
    Rule("promise", 2.5, ("answer_we", "soon"), "i past you_did"),
    Rule("promise", 2, ("read", "soon", "me mail yours until"), "i past you_did"),
    Rule("answered", 1.5, ("mail", "read", "me"), "past you_did automatic hence"),
    Rule("turn to", 0, ("contact", "me yours recipient mail")),
    Rule("helpful", 1, ("helpful",)),
    Rule("season", 1, ("season",)),
    Rule("stands_in", 1.5, ("phone", "place urgent"), "i past parcel"),
    Rule("number", 1.5, ("number", "digits"), "i past parcel automatic you_did to_me phone"),
    Rule("unread", 3, ("this", "recipient mail", "not", "used"), "i past you_did hence"),
    Rule("answered", 1.5, ("mail", "read", "yours when"), "i past you_did automatic hence"),
    Rule("desk", 1.5, ("desk", "return when away"), "past parcel you_did"),
    Rule("promise", 2.5, ("response_time", "soon when digits"), "i past you_did"),
    Rule("promise", 4, ("answer_we", "soon", "digits", "me"), "i past you_did"),
    Rule("promise", 3, ("answer_we", "soon", "digits"), "i past you_did"),
    Rule("receipt", 4, ("yours this", "mail", "seen", "digits"), "i you_did"),
    Rule("promise", 2, ("queue", "read mail"), "i past"),
    Rule("unread", 3, ("mail", "deleted"), "i past hence"),
    Rule("hours", 2.5, ("hours", "when"), "past you_did"),
    Rule("automatic", 4, ("automatic", "got", "me", "mail"), "i past"),
    Rule("automatic", 3, ("automatic", "this", "mail"), "i past"),
    Rule("during", 1, ("during",)),
)
# What people say of themselves, too: alone it takes more to make an automatic mail.
ABSENCE = frozenset({"", "away", "until", "return", "desk", "closed"})
# Without any of the core, what goes with it says enough if it is together.
TOGETHER = frozenset({"return", "urgent"})
CORE = frozenset(
    {"away", "closed", "gone", "unread", "got", "number", "promise", "hours", "automatic", "busy", "receipt"}
)

BOUNCE = (
    Rule("failed", 4, ("deliver", "fail not", "mail", "address", "yours"), "i parcel"),
    Rule("failed", 3, ("deliver", "fail", "mail recipient server"), "i parcel"),
    Rule("failed", 2, ("deliver", "fail not", "mail"), "i parcel"),
    Rule("unknown", 4, ("recipient", "fail", "address", "deliver"), "i parcel"),
    Rule("unknown", 2.5, ("recipient", "fail not"), "i parcel"),
    Rule("unknown", 2.5, ("address", "fail"), "i parcel yours"),
    Rule("full", 2.5, ("mailbox", "fail"), "i"),
    Rule("server", 2, ("server", "again fail deliver"), "i"),
    Rule("delayed", 2, ("deliver mail", "fail rarely", "address"), "i parcel"),
    Rule("refused", 2.5, ("server", "fail", "mail yours"), "i parcel"),
    Rule("failed", 1, ("mailbox", "recipient")),
    Rule("again", 1.5, ("again", "mail recipient deliver"), "i parcel"),
)
BOUNCE_CORE = frozenset({"failed", "refused", "unknown", "full", "server"})

NOTICE = (
    Rule("shipped", 2.5, ("order parcel", "shipped", "yours digits")),
    Rule("track", 2, ("track", "address digits parcel order")),
    Rule("order number", 1.5, ("order", "number order", "digits")),
    Rule("thanks", 1.5, ("thanks", "order", "yours")),
    Rule("total", 1.5, ("total", "digits")),
    Rule("reset", 2.5, ("password", "reset")),
    Rule("ignore", 2, ("ignore",)),
    Rule("password", 1.5, ("password", "yours")),
    Rule("rate", 2.5, ("rate", "yours address")),
    Rule("rate", 2, ("rate",)),
    Rule("solved", 2, ("number mail", "solved", "yours digits")),
    Rule("expires", 1.5, ("link", "expires")),
    Rule("login", 2.5, ("login", "account", "noticed")),
    Rule("invoice", 2.5, ("invoice", "available", "yours")),
    Rule("portal", 1.5, ("portal",)),
    Rule("debit", 1.5, ("debit", "digits when")),
    Rule("invitation", 2.5, ("invite", "replied")),
    Rule("when", 1.5, ("when_where", "digits when")),
    Rule("unsubscribe", 2, ("unsub",)),
    Rule("shop", 1.5, ("shop",)),
    Rule("legal", 1.5, ("legal",)),
)
NOTICE_CORE = frozenset(
    {"shipped", "track", "thanks", "reset", "ignore", "login", "invoice", "invitation", "unsubscribe", "rate"}
)
