"""What stands in the output when personal data must not."""

import csv

import pytest

from stageclf.privacy import Pseudonyms
from stageclf.scoring import Privacy, score_files

MAIL = """From anna@example.de Mon Mar  3 10:12:00 2025
From: Anna Weber <anna@example.de>
To: shop@laden.example
Subject: Lieferung an Anna
Message-ID: <1@example.de>
Date: Mon, 3 Mar 2025 10:12:00 +0100
Content-Type: text/plain; charset=utf-8

Wo bleibt mein Paket? Hauptstraße 12, 80331 München, Tel. 0171 2345678, Anna
"""


def scored(tmp_path, classifier, privacy, name="in.mbox", content=MAIL):
    (tmp_path / name).write_text(content, encoding="utf-8")
    score_files(tmp_path / name, tmp_path / "out.csv", classifier=classifier, privacy=privacy)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        return next(iter(csv.DictReader(file)))


def test_redacted_rows_keep_label_and_ids(tmp_path, classifier):
    plain = scored(tmp_path, classifier, None)
    row = scored(tmp_path, classifier, Privacy(redact=True))
    assert row["text"] == "Lieferung an [NAME]\n\nWo bleibt mein Paket? [ADDRESS], Tel. [PHONE], [NAME]"
    assert row["from"] == "[NAME] [NAME] <[EMAIL]>"
    assert row["subject"] == "Lieferung an [NAME]"
    assert "example" not in "".join(row.values())
    assert [row[name] for name in ("id", "stage", "confidence")] == [plain[n] for n in ("id", "stage", "confidence")]


def test_pseudonyms_are_stable_and_leave_the_text(tmp_path, classifier):
    key = Pseudonyms("a long key")
    row = scored(tmp_path, classifier, Privacy(pseudonyms=key))
    assert row["from"] == key.of("anna@example.de")
    assert row["to"] == key.of("shop@laden.example")
    assert "Hauptstraße 12" in row["text"]


@pytest.mark.parametrize(
    ("name", "content", "own"),
    [
        ("in.mbox", MAIL, ["id"]),
        ("in.csv", "ticket_id,author,text\n77,Anna,Wo ist mein Paket?\n", ["id", "ticket_id"]),
    ],
)
def test_without_text_only_labels_and_ids_are_written(tmp_path, classifier, name, content, own):
    row = scored(tmp_path, classifier, Privacy(no_text=True), name, content)
    assert list(row)[: len(own) + 1] == [*own, "stage"]
    assert len(row["id"]) == 16
    assert "Paket" not in "".join(row.values())
    assert "Anna" not in "".join(row.values())


def test_addresses_in_ids_become_pseudonyms_without_text_too(tmp_path, classifier):
    key = Pseudonyms("a long key")
    content = "mail_id,text\nanna@example.de,Wo ist mein Paket?\n"
    row = scored(tmp_path, classifier, Privacy(pseudonyms=key, no_text=True), "in.csv", content)
    assert row["mail_id"] == key.of("anna@example.de")
