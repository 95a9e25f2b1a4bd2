"""mbox, Outlook messages and archives against their targets."""

from __future__ import annotations

import io
import json
import mailbox
import random
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from email.parser import BytesParser
from email.policy import compat32
from pathlib import Path

from stageclf.inbox import read
from stageclf.inbox.mail import body_text
from stageclf.inbox.mbox import split

from .row import Row

MAILS, FROM_LINES, MOST_MB = 60_000, 8_400, 150
TIMED, TURNS = 6_000, 5  # mails of the same kind that are read to time it, how often
SECONDS_PER_MB = 2.0
_FROM_LINES = (
    "From here on we would like to pay by card.",
    "\nFrom Anna 12:30 on Monday we waited.",
    "\nFrom what I see, it costs 30 EUR: is that so?",
    "\nFrom anna@example.org Mon Mar  3 10:12:00 2025\nI got nothing since.",
    "\nFrom Mon Mar  3 10:12:00 2025 onwards the shop was shut",
)


def rows(fixtures: Path) -> list[Row]:
    """The rows of this area; writes what it needs to a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_mbox_rows(Path(folder)), *_outlook_rows(fixtures / "outlook"), *_archive_rows(Path(folder))]


def _mbox_rows(folder: Path) -> Iterator[Row]:
    path = folder / "all.mbox"
    _write_mbox(path)
    mb = path.stat().st_size / 2**20
    found, peak, seconds = min((_read_in_a_process(path) for _ in range(2)), key=lambda run: run[2])
    count = found["ok"]
    what = f"mbox of {MAILS:,} mails with {FROM_LINES:,} body lines “From …”"
    yield Row(what, f"{count:,}", f"{MAILS:,}", count == MAILS)
    yield Row(
        "  peak memory of the whole process, whole `read` with every field",
        f"{peak:.0f} MB",
        f"< {MOST_MB} MB",
        peak < MOST_MB,
    )
    ours = min(_timed(lambda: _split_and_parse(path)) for _ in range(3))
    theirs = min(_timed(_mails_by_stdlib, path) for _ in range(3))
    yield Row("  splitting and parsing, time over stdlib mailbox", f"{ours / theirs:.2f}", "<= 1", ours <= theirs)
    yield Row(
        "  whole `read` with every field, by size",
        f"{seconds / mb:.2f} s/MB",
        "<= 2 s/MB",
        seconds / mb <= SECONDS_PER_MB,
    )
    path = folder / "timed.mbox"
    _write_mbox(path, TIMED)
    yield from _against_stdlib(path)


def _against_stdlib(path: Path) -> Iterator[Row]:
    """Each way of reading against the standard library's, in turn in this process; ours does more and more."""
    bodies, bare = ("with get_payload", _bodies_by_stdlib), ("without", _mails_by_stdlib)
    whole = "whole `read`"
    ways = [
        ("split, parsed, charsets and text body", _text_bodies, bodies),
        (whole, lambda path: sum(len(record.raw_text) for record in read(path)), bare),
        (f"{whole}, all columns", lambda path: sum(len(record.columns) for record in read(path)), bodies),
    ]
    for what, ours, (how, stdlib) in ways:
        ours(path)  # tables are loaded when they are first needed
        turns = [(_timed(ours, path), _timed(stdlib, path)) for _ in range(TURNS)]
        mine, theirs = (statistics.median(times) / TIMED * 1e6 for times in zip(*turns, strict=True))
        ratio = statistics.median(mine / theirs for mine, theirs in turns)
        yield Row(
            f"  {what}: µs a mail, ours and stdlib mailbox {how} (median of {TURNS} turns)",
            f"{mine:.0f} and {theirs:.0f} ({ratio:.2f})",
            "<= 1",
            ratio <= 1,
        )


def _write_mbox(path: Path, mails: int = MAILS) -> None:
    chance = random.Random(4)
    marked = set(chance.sample(range(mails), mails * FROM_LINES // MAILS))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(mails):
            clock = f"10:{number % 60:02d}:00"
            line = chance.choice(_FROM_LINES) if number in marked else ""
            file.write(
                f"From {number}@xxx Mon Mar 03 {clock} +0000 2025\n"
                f"Received: from mail.example.org by mx.example.com\n for <shop@example.com>;\n"
                f" Mon, 3 Mar 2025 {clock} +0000\n"
                f"From: Kunde <k{number}@example.org>\n"
                f"To: shop@example.com\nSubject: Frage {number}\nDate: Mon, 3 Mar 2025 {clock} +0000\n"
                f"Message-ID: <{number}@example.org>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                f"Content-Transfer-Encoding: 8bit\n\nGuten Tag,\n\nhaben Sie noch {number} Vasen auf Lager?\n"
                f"Πόσο κάνει η μία;\n{line}\n\nMit freundlichen Grüßen\nAnna\n\n"
            )


_CHILD = """
import json, re, sys, time
from collections import Counter
from stageclf.inbox import InputError, read
started, found = time.process_time(), Counter()
try:
    for record in read(sys.argv[1]):
        found[f"{record.status} {record.note}".strip()] += 1
        record.columns  # for which all is found that was left for later
except InputError as error:
    found[str(error)] += 1
seconds = time.process_time() - started
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
print(json.dumps([found, int(peak) / 1024, seconds]))
"""


def _read_in_a_process(path: Path) -> tuple[dict[str, int], float, float]:
    """How often each status and note came, MB at the peak of the process (Linux only), and processor seconds."""
    command = [sys.executable, "-c", _CHILD, str(path)]
    return tuple(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def _split_and_parse(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for data in split(file) if BytesParser(policy=compat32).parsebytes(data or b""))


def _text_bodies(path: Path) -> int:
    with path.open("rb") as file:
        return sum(len(body_text(data or b"")) for data in split(file))


def _bodies_by_stdlib(path: Path) -> int:
    total = 0
    for mail in mailbox.mbox(path, create=False):
        part = next((part for part in mail.walk() if part.get_content_type() == "text/plain"), mail)
        data = part.get_payload(decode=True) or b""
        total += len(data.decode(part.get_content_charset() or "ascii", "replace"))
    return total


def _mails_by_stdlib(path: Path) -> int:
    return sum(1 for _ in mailbox.mbox(path, create=False))


def _timed(job: Callable[..., object], *args: object) -> float:
    started = time.process_time()  # of the processor: what else runs on the machine does not count
    job(*args)
    return time.process_time() - started


def _outlook_rows(folder: Path) -> Iterator[Row]:
    paths = sorted(folder.glob("*.msg"))
    failed, known, right, wrong = [], 0, 0, []
    for path in paths:
        try:
            (record,) = read(path)
        except Exception as error:
            failed.append(f"{path.name}: {error}")
            continue
        if record.status == "unreadable":
            failed.append(path.name)
        answer = path.with_suffix(".json")
        expected = json.loads(answer.read_text("utf-8")) if answer.exists() else {}
        if "body" in expected:
            known += 1
            same = record.raw_text.split() == expected["body"].replace("\0", "").split()
            right += same
            wrong += [] if same else [path.name]
    yield Row(f".msg files ({len(paths)}) with an exception or unreadable", str(len(failed)), "0", not failed)
    share = right / max(1, known)
    reached = f"{share:.0%} of {known}" + (f", not {', '.join(wrong)}" if wrong else "")
    yield Row(".msg bodies right where known", reached, "95%", share >= 0.95)


def _archive_rows(folder: Path) -> Iterator[Row]:
    met = slowest = highest = 0
    cases = _hostile_archives()
    for name, (data, expected) in cases.items():
        path = folder / name
        path.write_bytes(data)
        found, peak, seconds = _read_in_a_process(path)
        slowest, highest = max(slowest, seconds), max(highest, peak)
        met += any(expected in one for one in found)
    yield Row("hostile archives reported as what they are", f"{met} of {len(cases)}", "all", met == len(cases))
    reached = f"{slowest:.1f} s, {highest:.0f} MB"
    yield Row("  slowest of them, highest peak", reached, "<= 2 s, <= 150 MB", slowest <= 2 and highest <= 150)


def _hostile_archives() -> dict[str, tuple[bytes, str]]:
    """Archives by name, with a piece of the report that is due."""
    mail = b"From: a@b.de\nSubject: Frage\n\nWas kostet das?\n"
    zeros = bytes(200 * 2**20)
    bomb = _zip({"zeros.txt": zeros})
    layers = _zip({f"{n}.zip": bomb for n in range(8)})
    deep = mail
    for depth in range(6):
        deep = _zip({f"{depth}.zip" if depth else "a.eml": deep})
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:xz") as archive:
        info = tarfile.TarInfo("zeros.mbox")
        info.size = len(zeros)
        archive.addfile(info, io.BytesIO(zeros))
    whole = _zip({"a.eml": mail * 100})
    return {
        "bomb.zip": (bomb, "a zip bomb"),
        "bomb.tar.xz": (out.getvalue(), "a zip bomb"),
        "layers.zip": (layers, "a zip bomb"),
        "deep.zip": (deep, "is an archive within 3 others"),
        "traversal.zip": (_zip({"../../../evil.eml": mail, "/etc/evil.eml": mail}), "ok"),
        "cut.zip": (whole[:-40], "is not a readable zip archive"),
        "broken.zip": (whole[:50] + bytes(20) + whole[70:], "unreadable"),
        "cut.eml.gz": (_gz(mail * 1000)[:-20], "is damaged after"),
    }


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _gz(data: bytes) -> bytes:
    import gzip

    return gzip.compress(data)
