"""WhatsApp, Telegram, Signal and Instagram rows against the expected ones; the time hostile tables and chats take."""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from inbox_targets.row import Row
from stageclf.inbox import InputError, read

SECONDS_PER_MB = 2.0


def rows(fixtures: Path) -> list[Row]:
    """The rows of the table."""
    return [_chats(fixtures / "chat", kind) for kind in ("whatsapp", "telegram", "signal", "instagram")] + [
        _hostile()
    ]


def _chats(folder: Path, kind: str) -> Row:
    """Author, time and text of every export of a kind, white space collapsed, in any order."""
    target = json.loads((folder / f"test_{kind}_target.json").read_text(encoding="utf-8"))
    expected = sorted((row["timestamp"], row["author"], " ".join(row["message"].split())) for row in target)
    right = total = 0
    for path in sorted(path for path in folder.glob(f"test_{kind}_test_*") if path.is_file()):
        found = sorted(
            (record.date.replace(tzinfo=None).isoformat(), record.sender, " ".join(record.text.split()))
            for record in read(path)
            if record.status == "ok" and record.date
        )
        total += len(expected) + max(0, len(found) - len(expected))
        right += sum(row in expected for row in found)
    return Row(f"{kind}: rows (author, time, text)", f"{right} of {total}", "all", right == total > 0)


def _hostile() -> Row:
    """The slowest of some inputs made to be slow, in seconds of the processor per MB."""
    slowest, of = 0.0, ""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in hostile().items():
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            start = time.process_time()
            with suppress(InputError):  # a clear refusal is an answer too
                for _ in read(path):
                    pass
            seconds = (time.process_time() - start) / (path.stat().st_size / 1e6)
            slowest, of = max((slowest, of), (seconds, name))
    return Row(
        f"hostile tables and chats, the slowest ({of})",
        f"{slowest:.2f} s per MB",
        f"{SECONDS_PER_MB} s per MB",
        slowest <= SECONDS_PER_MB,
    )


def hostile() -> dict[str, str]:
    """Inputs of about 1 MB by their file names."""
    return {
        "line.txt": "12.03.24, 14:05 - Eva: " + "a: " * 333_000,
        "stamps.txt": "12.03.24, 14:05 - Eva: x\n" + "12.03.24, " * 100_000,
        "system.txt": "12.03.24, 14:05 - Eva: x\n" + "12.03.24, 14:05 - <<<<<<<<<<<<<<<\n" * 30_000,
        "angles.txt": "12.03.24, 14:05 - Eva: " + "<" * 600_000,
        "lines.txt": "12.03.24, 14:05 - Eva: x\n" + "\n" * 1_000_000,
        "open.csv": "id,text\n" + '1,"open\n' * 125_000,
        "quotes.csv": "id,text\n1," + '"' * 1_000_000,
        "triple.csv": "id,text\n" + '1,"""x\n' * 125_000,
        "one_line.csv": "text," + "a," * 500_000,
        "no_lines.csv": "text\n" + "a" * 600_000,
        "deep.json": '[{"text": "a"}, ' + "[" * 1_000_000,
        "deep_objects.json": '{"a":' * 200_000,
        "string.json": '[{"text": "' + "a" * 1_000_000,
        "many.json": "[" + '{"text":""},' * 80_000 + "{}]",
        "lists.json": "{" + ",".join(f'"k{n}":[{{"text":"a"}}]' for n in range(40_000)) + "}",
        "wide.jsonl": "{" + ",".join(f'"k{n}":{n}' for n in range(80_000)) + ',"text":"a"}\n',
        "deep.jsonl": '{"text":"a"}\n' + "[" * 1_000_000,
    }
