"""Cleaning: the replies of three projects, Greek replies, own words kept, time on hostile input."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

from inbox_targets.row import Row
from stageclf.inbox.html import html_to_text
from stageclf.text import clean

VALIDATION = Path(__file__).parents[2] / "data" / "validation"

GREEK_OWN = "Καλησπέρα,\n\nπόσο κοστίζει ο καναπές με παράδοση στην Πάτρα; Τον θέλουμε ως τις 20 Μαΐου."
_HEADERS = "Από: Πωλήσεις <info@example.gr>\nΣτάλθηκε: Δευτέρα, 3 Μαρτίου 2025 10:12 π.μ.\nΠρος: Άννα\nΘέμα: Προσφορά"
_TEXT = "Καλημέρα σας,\nσας στέλνουμε την προσφορά.\nΜε εκτίμηση"
_MARKED = "\n".join(f"> {line}" for line in _TEXT.splitlines())
GREEK_KINDS = {
    "Gmail": f"Στις Δευ 3 Μαρ 2025 στις 10:12 π.μ., ο χρήστης Πωλήσεις <\ninfo@example.gr> έγραψε:\n\n{_MARKED}",
    "Gmail, unmarked": f"Στις Δευ, 3 Μαρ 2025 στις 10:12 μ.μ., ο χρήστης Άννα <info@example.gr>\nέγραψε:\n\n{_TEXT}",
    "Gmail, older": f"Στις 3 Μαρτίου 2025 - 10:12 π.μ., ο χρήστης Άννα Παππά <info@example.gr> έγραψε:\n\n{_MARKED}",
    "Outlook": f"{_HEADERS}\n\n{_TEXT}",
    "Outlook with rule": f"________________________________\n{_HEADERS.replace('Στάλθηκε', 'Εστάλη')}\n\n{_TEXT}",
    "Outlook, older": f"-----Αρχικό μήνυμα-----\n{_HEADERS}\n\n{_TEXT}",
    "Apple": f"Στις 3 Μαρ 2025, στις 10:12, Πωλήσεις <info@example.gr> έγραψε:\n\n{_MARKED}",
    "iPhone": f"Στάλθηκε από το iPhone μου\n\n> Στις 3 Μαρ 2025, στις 10:12, ο/η Άννα <info@example.gr> έγραψε:\n> \n{_MARKED}",
    "Yahoo": f"Στις Δευτέρα 3 Μαρτίου 2025 στις 10:12:00 π.μ. EET, ο χρήστης Άννα <info@example.gr> έγραψε:\n\n{_TEXT}",
    "Thunderbird": f"Στις 3/3/2025 10:12 π.μ., ο/η Πωλήσεις έγραψε:\n{_MARKED}",
    "Thunderbird, 24 hours": f"Στις 03/03/25 10:12, Πωλήσεις έγραψε:\n{_MARKED}",
    "forward": f"---------- Προωθημένο μήνυμα ---------\n{_HEADERS}\n\n{_TEXT}",
    "forward, Apple": f"Αρχή προωθημένου μηνύματος:\n\n> {_HEADERS}\n>\n{_MARKED}",
    "sign-off": "Τηλ. 2610 123456\nΚορίνθου 12, 26221 Πάτρα\nwww.example.gr",
    "signature": "-- \nΆννα Παππά\nΛογιστήριο\nΤηλ.: 210 1234567 | Κιν.: 6971234567",
    "phone line": "Στάλθηκε από το κινητό μου Samsung Galaxy.",
    "phone program": "Λήψη του Outlook για Android<https://aka.ms/AAb9ysg>",
    "legal notice": "Το παρόν μήνυμα είναι εμπιστευτικό και προορίζεται μόνο για τον παραλήπτη του.\nΑν το λάβατε κατά "
    "λάθος, παρακαλούμε διαγράψτε το.",
    "forum": f"--- Παρακαλούμε απαντήστε πάνω από αυτή τη γραμμή ---\n\n{_TEXT}",
}

# ruff: noqa: E501
WRAPPERS = (
    "{own}\n\nOn Mon, 3 Mar 2025 at 10:12, Anna Smith <anna@example.com> wrote:\n\n> What about Monday?\n> Anna\n",
    "{own}\n\nAm Mo., 3. März 2025 um 10:12 Uhr schrieb Max Muster <\nmax@example.de>:\n\n> Passt Montag?\n",
    "{own}\n\nΑπό: Άννα <a@example.gr>\nΣτάλθηκε: Δευτέρα, 3 Μαρτίου 2025\nΠρος: info@example.gr\nΘέμα: Προσφορά\n\nΕντάξει;",
    "{own}\n\nSent from my iPhone\n\n> On 3 Mar 2025, at 10:12, Anna <anna@example.com> wrote:\n> \n> What about Monday?",
    "> Le 3 mars 2025 à 10:12, Anna <anna@example.fr> a écrit :\n> Lundi vous convient ?\n\n{own}\n",
    "El lun, 3 mar 2025 a las 10:12, Ana (<ana@example.es>) escribió:\n\n> ¿Le viene bien el lunes?\n\n{own}\n",
    "{own}\n-- \nAnna Nowak\ntel. +48 22 123 45 67\n\nW dniu 3.03.2025 o 10:12, Jan pisze:\n> Czy pasuje?\n",
    "CAUTION: This email originated from outside of the organization. Do not click links or open attachments.\n\n{own}\n",
    "{own}\n\nThis e-mail is confidential and intended solely for the addressee. If received in error, delete it.\n",
    "{own}\n\n-----Messaggio originale-----\nDa: Anna\nInviato: lunedì\nA: Max\nOggetto: Offerta\n\nVa bene?\n",
    "{own}\n\nпн, 3 мар. 2025 г. в 10:12, Анна <anna@example.ru>:\n\n> Понедельник подходит?\n",
    "{own}\n\nSkickat från min iPhone\n",
)

HOSTILE = {
    "near-quote lines": "On 3 March 2025 at 10:12, anna@example.com <anna said\n" * 20_000,
    "near-quote colons": "On 3 March 2025 at 10:12 I wrote to you:\n" * 20_000,
    "near-headers": "From: someone here\nTo: b\n\n" * 10_000,
    "near-quotes": "> On 3 Mar 2025 Anna wrote\nhm\n" * 15_000,
    "600 kB of one word": "a" * 600_000,
    "600 kB of attributions": "On Mon, 3 Mar 2025 wrote: i " * 22_000,
    "600 kB of addresses": "a@b <" * 120_000,
    "600 kB of marks": ">" * 600_000,
    "delimiters": "--\nAnna\n" * 60_000,
}


def rows(fixtures: Path) -> Iterator[Row]:
    """The table's rows for cleaning."""
    yield from _projects(fixtures / "replies" / "replies.jsonl")
    reached = sum(_same(clean(_greek_mail(kind)).kept, _greek_own(kind)) for kind in GREEK_KINDS)
    total = len(GREEK_KINDS)
    yield Row("replies, Greek kinds", f"{reached} of {total}", f"{total} of {total}", reached == total)
    share = _own_words_kept()
    yield Row("replies, own words kept", f"{share:.2%}", "99 %", share >= 0.99)
    yield _german(fixtures / "mails_de" / "mails.jsonl")
    slowest, seconds = max(
        ((name, _seconds_per_mb(text)) for name, text in HOSTILE.items()), key=lambda pair: pair[1]
    )
    yield Row(f"cleaning, slowest hostile input ({slowest})", f"{seconds:.1f} s/MB", "2 s/MB", seconds <= 2)


def _same(left: str, right: str) -> bool:
    return left.split() == right.split()


def _projects(path: Path) -> Iterator[Row]:
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for project, kind in (("discourse", "text"), ("crisp", "text"), ("unquotemail", "text"), ("unquotemail", "html")):
        mine = [case for case in cases if case["id"].startswith(project) and case["kind"] == kind]
        reached = sum(_exact(case) for case in mine)
        what = f"replies, {project}, {kind}: exact"
        yield Row(what, f"{reached} of {len(mine)} ({reached / len(mine):.0%})", "85 %", reached >= 0.85 * len(mine))


def _exact(case: dict[str, str]) -> bool:
    if case["kind"] == "html":
        return _same(clean(html=case["input"]).kept, html_to_text(case["expected"]))
    return _same(clean(case["input"]).kept, case["expected"])


def _greek_own(kind: str) -> str:
    return f"{GREEK_OWN}\n\nΜε εκτίμηση,\nΆννα Παππά" if kind == "sign-off" else GREEK_OWN


def _greek_mail(kind: str) -> str:
    gap = "\n" if kind == "sign-off" else "\n\n"
    return f"{_greek_own(kind)}{gap}{GREEK_KINDS[kind]}\n"


def _own_words_kept() -> float:
    """Of the words of the validation mails, each set into one of the wrappers, the share that is kept."""
    kept = total = 0
    for path in sorted(VALIDATION.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            record = json.loads(line)
            if record["channel"] != "email":
                continue
            own = record["text"].split()
            found = clean(WRAPPERS[number % len(WRAPPERS)].format(own=record["text"])).kept.split()
            total += len(own)
            kept += _common(own, found)
    return kept / max(total, 1)


def _common(own: list[str], found: list[str]) -> int:
    left: dict[str, int] = {}
    for word in found:
        left[word] = left.get(word, 0) + 1
    count = 0
    for word in own:
        if left.get(word, 0):
            left[word] -= 1
            count += 1
    return count


def _german(path: Path) -> Row:
    """Real mails without quotes: next to nothing may go but signatures."""
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    total = cut = 0
    for text in texts:
        total += len(text.split())
        cut += sum(
            len(text[s.start : s.end].split()) for s in clean(text).removed if s.reason in ("quote", "forward")
        )
    return Row("real German mails: words taken for quotes", f"{cut} of {total}", "1 %", cut <= total * 0.01)


def _seconds_per_mb(text: str) -> float:
    start = time.perf_counter()
    clean(text)
    return (time.perf_counter() - start) / (len(text.encode()) / 1e6)
