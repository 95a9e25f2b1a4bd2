"""What decoding of single mails reaches."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

from inbox_targets.row import Row
from stageclf.inbox.charset import decode
from stageclf.inbox.charset_labels import BY_EVIDENCE, STANDARD, python_codec
from stageclf.inbox.html import html_to_text
from stageclf.inbox.mail import body_text, read_mail
from stageclf.text.clean import clean

ROOT = Path(__file__).parents[2]
GREEK = "Άννα, πότε θα παραλάβω την παραγγελία μου; Έχω ήδη πληρώσει με κάρτα."
ODD_LABELS = {
    "iso8859-7": """ISO-8859-7-E ISO-8859-7-I ELOT_928 elot-928 iso88597 ISO_8859-7 iso8859_7 8859-7 iso-8859-7:2003
        el_GR.ISO8859-7 greek8 x-iso-8859-7 csISOLatinGreek ISO-IR-126 is0-8859-7 cp928 windows-28597""",
    "cp1253": """MSWIN1253 win-1253 win1253 windows1253 cp-1253 x-cp1253 windows-1253-greek cs-windows-1253 1253
        greek-windows""",
    "utf-8": 'utf8 utf_8 uft-8 utf-8; "utf-8" utf8mb4 unicode-1-1-utf-8',
    "cp737": "cp737 IBM737",
    "cp869": "cp869",
    "mac-greek": "x-mac-greek",
}
NO_LABELS = "8bit unknown-8bit x-unknown default us-ascii"
PAIRS = (
    "el:iso8859-7 el:cp1253 el:cp737 de:cp1252 fr:cp1252 es:cp1252 pt:cp1252 sv:cp1252 pl:iso8859-2 pl:cp1250 "
    "cs:cp1250 cs:iso8859-2 hu:iso8859-2 "
    "hu:cp1250 ro:cp1250 hr:cp1250 tr:cp1254 lt:cp1257 ru:cp1251 ru:koi8-r ru:iso8859-5 "
    "ru:cp866 bg:cp1251 uk:cp1251 uk:koi8-u"
)


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _share(what: str, right: int, total: int, must: float) -> Row:
    return Row(what, f"{right} of {total} ({right / total:.1%})", f"{must:.0%}", right >= must * total)


def _labels() -> Row:
    labels = [label for group in STANDARD.values() for label in group.split()]
    known = sum(python_codec(label) is not None for label in labels) + len(BY_EVIDENCE)
    return Row("charset labels accepted", str(known), "228", known == 228)


def _odd_labels() -> Row:
    cases = [(label, codec) for codec, labels in ODD_LABELS.items() for label in labels.split()]
    cases += [(label, codec) for label in NO_LABELS.split() for codec in ("iso8859-7", "cp1253")]
    right = sum(decode(GREEK.encode(codec, "ignore"), label).text == GREEK.encode(codec, "ignore").decode(codec)
                for label, codec in cases)  # fmt: skip
    return _share("odd labels, Greek bodies", right, len(cases), 34 / 40)


def _undeclared() -> Row:
    right = total = 0
    draw = random.Random(5)
    for language, charset in (pair.split(":") for pair in PAIRS.split()):
        lines = (ROOT / "data/test" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
        text = " ".join(json.loads(line)["text"] for line in lines)
        for _ in range(40):
            at = draw.randrange(len(text) - 400)
            data = text[at : at + 300].encode(charset, "ignore")[:120]
            if not data.isascii():
                total += 1
                right += decode(data).text == data.decode(charset)
    return _share("undeclared charset, 120 bytes, 25 pairs", right, total, 0.96)


def _mime(fixtures: Path) -> Iterator[Row]:
    right = total = raised = read = 0
    for path in sorted((fixtures / "mime").glob("*.expected.txt")):
        mail = path.with_name(path.name.replace(".expected.txt", ".eml")).read_bytes()
        total += 1
        right += _same(body_text(mail), path.read_bytes().decode("utf-8", "replace"))
    for path in [*(fixtures / "mime").glob("*.eml"), *(fixtures / "mime_crash").iterdir()]:
        read += 1
        raised += read_mail(path.read_bytes(), path.name, 1).status == "unreadable"
    yield _share("plain text equal, mime", right, total, 0.92)
    yield Row("exceptions, mime and mime_crash", f"{raised} of {read}", "0", raised == 0)


def _html_replies(fixtures: Path) -> Row:
    lines = (fixtures / "replies/replies.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["kind"] == "html"]
    right = sum(_same(clean(html_to_text(case["input"])).kept, html_to_text(case["expected"])) for case in cases)
    return _share("HTML replies", right, len(cases), 0.85)


def _automatic() -> Iterator[Row]:
    lines = (ROOT / "data/mails/test.jsonl").read_text(encoding="utf-8").splitlines()
    found: dict[str, list[bool]] = {"auto": [], "bulk": [], "person": []}
    for mail in map(json.loads, lines):
        found[mail["kind"]].append(_is_automatic(mail))
    wrong, people = sum(found["person"]), len(found["person"])
    name = "without headers (unseen, of this project)"
    yield _share(
        f"auto-replies and bounces {name}, flagged as automatic or bulk", sum(found["auto"]), len(found["auto"]), 0.95
    )
    yield _share(f"newsletters and notices {name}, flagged as either", sum(found["bulk"]), len(found["bulk"]), 0.95)
    yield Row(f"people's mails {name}, flagged", f"{wrong} of {people}", "1 %", wrong <= 0.01 * people)


def _is_automatic(case: dict[str, str]) -> bool:
    head = f"Subject: {case['subject']}\nContent-Type: text/plain; charset=utf-8"
    record = read_mail(f"{head}\n\n{case['text']}".encode(), "x", 1)
    return record.auto_submitted or record.bulk


def _hostile() -> Row:
    html = b"Content-Type: text/html\n\n"
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(5000))
    mails = {
        "nested tags": html + b"<b><div><table><tr><td>" * 45_000,
        "unclosed comments": html + b"<!--" * 250_000,
        "unclosed styles": html + b"<style>" * 140_000,
        "nested parts": f"{nested}Content-Type: text/plain\n\ndeep".encode(),
        "parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 120_000,
        "parts without headers": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nx\n" * 120_000,
        "end tags of nothing": html + b"<b>" * 300 + b"</i>" * 200_000,
        "encoded words": b"Subject: " + b"=?utf-8?q?" * 100_000 + b"\n\nx",
        "brackets": b"To: " + b"(" * 900_000 + b"\n\nx",
        "one line": b"\n\n" + b"word 12 " * 75_000,
        "Greek": b"\n\n" + GREEK.encode("cp1253") * 14_000,
    }
    slowest = (0.0, "")
    for name, data in mails.items():
        start = time.process_time()  # of the processor: what else runs on the machine does not count
        body_text(data)
        slowest = max(slowest, ((time.process_time() - start) / (len(data) / 1e6), name))
    return Row(
        "hostile mails, decoding, slowest", f"{slowest[0]:.1f} s per MB ({slowest[1]})", "2 s per MB", slowest[0] <= 2
    )


def rows(fixtures: Path) -> list[Row]:
    """The targets of decoding one mail; precision and recall of automatic mails on texts of this project."""
    return [
        _labels(),
        _odd_labels(),
        _undeclared(),
        *_mime(fixtures),
        _html_replies(fixtures),
        *_automatic(),
        _hostile(),
    ]
