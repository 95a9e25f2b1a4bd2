"""Inputs of the engines' tests: many small files, so that a run has many chunks to share out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

TEXTS = (
    "Where is my parcel? I ordered number {n} two weeks ago.",
    "Wir nehmen das Angebot {n} an, bitte schicken Sie den Vertrag.",
    "Πόσο κοστίζει το μοντέλο {n} και πότε μπορείτε να το στείλετε;",
    "Quelle est la différence entre les modèles {n} et {n}0?",
    "Sto valutando il vostro preventivo numero {n}.",
)
FILES, ROWS = 24, 20


def write_inputs(folder: Path, mailbox: Path, rows: int = ROWS) -> Path:
    """Tables, JSON Lines with nested values, a mailbox, a broken line and a broken file."""
    folder.mkdir()
    for file in range(FILES):
        texts = [TEXTS[(file + row) % len(TEXTS)].format(n=file * rows + row) for row in range(rows)]
        if file % 2:
            lines = [json.dumps({"text": text, "tags": ["ä", row]}) for row, text in enumerate(texts)]
            (folder / f"{file:02}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        else:
            lines = ["id,text", *(f'{row},"{text}"' for row, text in enumerate(texts)), "x,"]
            (folder / f"{file:02}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (folder / "01.jsonl").open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    (folder / "broken.parquet").write_bytes(b"PAR1")
    shutil.copy(mailbox, folder / "inbox.mbox")
    return folder
