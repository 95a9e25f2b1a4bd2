"""Inputs of several kinds, inputs that overlap, and what is said about it."""

import json
import sqlite3

import pytest

from stageclf.scoring import Privacy, score_files

MAIL = "From a@b.de Mon Mar  3 10:12:00 2025\nFrom: a@b.de\nSubject: Frage\nDate: Mon, 3 Mar 2025 10:12:00 +0100\n\nWo?\n"
OWN = {
    "text": "We take it.",
    "id": 7,
    "auto_submitted": "x",
    "bulk": [1],
    "direction": "up",
    "subject": "mine",
    "week": 3,
}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text(json.dumps(OWN) + "\n")
    (folder / "b.mbox").write_text(MAIL)
    return folder


def rows_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_own_columns_do_not_merge_with_what_is_found_out_about_messages(tmp_path, folder, fake):
    score_files(folder, tmp_path / "out.jsonl", classifier=fake)
    own, mail = rows_of(tmp_path / "out.jsonl")
    assert {name: own[f"input_{name}"] for name in ("id", "auto_submitted", "bulk", "direction")} == {
        name: OWN[name] for name in ("id", "auto_submitted", "bulk", "direction")
    }
    assert [own[name] for name in ("id", "auto_submitted", "bulk", "direction")] == [None] * 4
    assert (mail["auto_submitted"], mail["bulk"], mail["input_auto_submitted"]) == (False, False, None)
    assert len(mail["id"]) == 16 and mail["input_id"] is None


def test_what_tables_and_mails_say_themselves_shares_a_column(tmp_path, folder, fake):
    score_files(folder, tmp_path / "out.jsonl", classifier=fake)
    own, mail = rows_of(tmp_path / "out.jsonl")
    assert [(row["subject"], row["text"]) for row in (own, mail)] == [
        ("mine", "We take it."),
        ("Frage", "Frage\n\nWo?"),
    ]


def test_types_of_our_columns_stay_in_databases_too(tmp_path, folder, fake):
    score_files(folder, tmp_path / "out.sqlite", classifier=fake)
    database = sqlite3.connect(tmp_path / "out.sqlite")
    kinds = {row[1]: row[2] for row in database.execute("PRAGMA table_info(scores)")}
    assert (kinds["auto_submitted"], kinds["input_auto_submitted"]) == ("INTEGER", "TEXT")
    assert (kinds["input_week"], kinds["week"]) == ("INTEGER", "TEXT")


def test_alone_a_table_keeps_the_names_of_its_columns(tmp_path, folder, fake):
    score_files(folder / "a.jsonl", tmp_path / "out.jsonl", classifier=fake)
    assert OWN.items() <= rows_of(tmp_path / "out.jsonl")[0].items()


def test_a_new_name_that_is_taken_gets_another_one(tmp_path, folder, fake):
    (folder / "a.jsonl").write_text('{"text": "a", "bulk": 1, "input_bulk": 2}\n')
    score_files(folder, tmp_path / "out.jsonl", classifier=fake)
    own, _ = rows_of(tmp_path / "out.jsonl")
    assert (own["input_input_bulk"], own["input_bulk"], own["bulk"]) == (1, 2, None)


def test_without_text_the_tables_own_id_is_kept_beside_that_of_messages(tmp_path, folder, fake):
    score_files(folder, tmp_path / "out.jsonl", classifier=fake, privacy=Privacy(no_text=True))
    own, mail = rows_of(tmp_path / "out.jsonl")
    assert (own["input_id"], mail["input_id"]) == (7, None)
    assert len(own["id"]) == len(mail["id"]) == 16


def test_a_file_that_is_met_again_is_scored_once_and_it_is_told(tmp_path, folder, fake):
    events = []
    score_files(folder, tmp_path / "once.jsonl", classifier=fake)
    inputs = [folder, folder / "a.jsonl", folder / "b.mbox"]
    report = score_files(inputs, tmp_path / "out.jsonl", classifier=fake, on_event=events.append)
    expected = f"2 files were met again among the inputs ({folder / 'a.jsonl'}, …): each file is scored once"
    assert report.remarks == [expected]
    assert [event.values["text"] for event in events if event.name == "note"] == [expected]
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "once.jsonl").read_bytes()


def test_which_file_was_met_again_is_not_told_where_names_are_hidden(tmp_path, folder, fake):
    one = folder / "a.jsonl"
    report = score_files([one, one], tmp_path / "out.jsonl", classifier=fake, privacy=Privacy(redact=True))
    assert report.remarks == ["1 file was met again among the inputs: each file is scored once"]
    assert report.read.total == 1


def test_a_run_over_overlapping_inputs_can_be_continued(tmp_path, fake, small_chunks):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text("text\n" + "".join(f"text {n}\n" for n in range(10)))
    inputs, out = [folder, folder / "a.csv"], tmp_path / "out.csv"
    score_files(inputs, tmp_path / "whole.csv", classifier=fake)

    def stop(share, read):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_files(inputs, out, classifier=fake, on_progress=stop)
    report = score_files(inputs, out, classifier=fake, resume=True)
    assert report.resumed == 3 and "continuing after 3 records" in report.remarks
    assert out.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_an_address_that_is_met_again_is_fetched_once(tmp_path, fake):
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    system.pipe("/overlap/a.csv", b"text\none\n")
    system.pipe("/overlap/b.csv", b"text\ntwo\n")
    try:
        inputs = ["memory://overlap", "memory://overlap/a.csv"]
        report = score_files(inputs, tmp_path / "out.jsonl", classifier=fake)
    finally:
        system.rm("/overlap", recursive=True)
    assert report.read.total == 2
    assert report.remarks == [
        "1 file was met again among the inputs (memory://overlap/a.csv): each file is scored once"
    ]


@pytest.mark.parametrize(
    ("note", "review"),
    [("day and month could be swapped: read as day/month/year", False), ("some bytes are not valid utf-8", True)],
)
def test_notes_on_what_was_not_read_ask_for_a_person_and_remarks_do_not(tmp_path, fake, monkeypatch, note, review):
    from stageclf.inbox.plain import PlainReader

    records = PlainReader.records

    def noted(reader):
        for record in records(reader):
            record.note = note
            yield record

    monkeypatch.setattr(PlainReader, "records", noted)
    (tmp_path / "in.txt").write_text("Wo ist mein Paket?\n\n")
    report = score_files(tmp_path / "in.txt", tmp_path / "out.jsonl", classifier=fake)
    assert [(row["needs_review"], row["note"]) for row in rows_of(tmp_path / "out.jsonl")] == [
        (review, note),
        (None, note),
    ]
    assert report.needs_review == review
