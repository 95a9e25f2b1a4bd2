"""Scoring files from end to end with the shipped model."""

import csv
import json
import shutil

import pyarrow.parquet as pq
import pytest
from fakes import FakeClassifier

from stageclf.inbox import InputError, read
from stageclf.scoring import OutputError, score_files
from stageclf.stages import LABELS, load_stage_model

OURS = ["stage", "confidence", *(f"p_{label}" for label in LABELS), "language", "needs_review", "status", "note"]


def rows_of(path):
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)) if path.suffix == ".csv" else [json.loads(line) for line in file]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text('id,text\n7,Where is my parcel?\n8,\n9,"Πόσο κοστίζει,\nπερίπου;"\n', encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_own_columns_are_kept_and_ours_added(tmp_path, table, classifier, ending):
    out = tmp_path / f"out{ending}"
    report = score_files(table, out, classifier=classifier)
    rows = rows_of(out)
    assert list(rows[0]) == ["id", "text", *OURS]
    assert [row["id"] for row in rows] == ["7", "8", "9"]
    assert [row["status"] for row in rows] == ["scored", "empty", "scored"]
    assert [row["language"] or "" for row in rows] == ["en", "", "el"]
    assert rows[0]["stage"] == "post_purchase"
    assert float(rows[0]["confidence"]) == pytest.approx(max(float(rows[0][f"p_{label}"]) for label in LABELS))
    assert rows[2]["text"] == "Πόσο κοστίζει,\nπερίπου;"
    assert (report.read.total, report.scored, report.read.counts["empty"]) == (3, 2, 1)


def test_the_numbers_are_those_of_the_classifier(tmp_path, table, classifier):
    score_files(table, tmp_path / "out.parquet", classifier=classifier)
    rows = [row for row in rows_of(tmp_path / "out.parquet") if row["status"] == "scored"]
    expected = classifier.predict_proba([row["text"] for row in rows])
    for row, probabilities in zip(rows, expected, strict=True):
        assert [row[f"p_{label}"] for label in LABELS] == pytest.approx(list(probabilities), abs=1e-6)


def test_a_mixed_folder_is_passed_through_whole(tmp_path, table, classifier, example_inbox):
    folder = tmp_path / "export"
    folder.mkdir()
    shutil.copy(table, folder / "a.csv")
    shutil.copy(example_inbox, folder / "b.mbox")
    (folder / "c.jsonl").write_text('{"text": "We take it.", "tags": ["a"], "stage": "old"}\n{broken\n')
    (folder / "d.parquet").write_bytes(b"PAR1")
    report = score_files(folder, tmp_path / "out.jsonl", classifier=classifier)
    rows = rows_of(tmp_path / "out.jsonl")
    mails = sum(1 for _ in read(example_inbox))
    assert len(rows) == report.read.total == 3 + mails + 2 + 1
    assert report.read.counts["unreadable"] == sum(row["status"] == "unreadable" for row in rows) == 2
    assert report.scored == sum(row["stage"] is not None for row in rows)
    kept = next(row for row in rows if row["text"] == "We take it.")
    assert (kept["input_stage"], kept["tags"], kept["source"]) == ("old", ["a"], str(folder / "c.jsonl"))
    assert all(row["note"] for row in rows if row["status"] == "unreadable")


def test_nested_values_become_json_in_tables(tmp_path, classifier):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Hallo", "tags": ["ä", 1], "n": 1, "day": null}\n')
    for ending in (".csv", ".parquet"):
        score_files(path, tmp_path / f"out{ending}", classifier=classifier)
        row = rows_of(tmp_path / f"out{ending}")[0]
        assert row["tags"] == '["ä", 1]'
        assert str(row["n"]) == "1"


def test_a_mail_that_is_labelled_by_its_subject_is_to_be_looked_at(tmp_path):
    (tmp_path / "in.mbox").write_text(
        "From a@b.de Mon Mar 03 09:00:00 2025\nFrom: a@b.de\nSubject: Photos\nContent-Type: image/jpeg\n\nx\n\n"
        "From a@b.de Mon Mar 03 09:00:00 2025\nFrom: a@b.de\nSubject: Photos\n\nPlease see my last mail.\n"
    )
    out = tmp_path / "out.jsonl"
    report = score_files(tmp_path / "in.mbox", out, classifier=FakeClassifier(tmp_path / "model"))
    assert [row["needs_review"] for row in rows_of(out)] == [True, False]
    assert rows_of(out)[0]["note"].endswith("no text of its own in the body, labelled by its subject")
    assert report.needs_review == 1


def test_stages_of_another_model_are_added(tmp_path, table, classifier):
    score_files(table, tmp_path / "out.csv", classifier=classifier, stage_model=load_stage_model("aida"))
    rows = rows_of(tmp_path / "out.csv")
    aida = load_stage_model("aida")
    assert [row["aida_stage"] for row in rows if row["stage"]] == [
        aida.map(r["stage"]) or "" for r in rows if r["stage"]
    ]


def test_progress_reaches_the_end(tmp_path, example_inbox, classifier):
    seen = []
    score_files(example_inbox, tmp_path / "o.csv", classifier=classifier, on_progress=lambda *a: seen.append(a))
    assert seen[-1] == (1.0, sum(1 for _ in read(example_inbox)))


def test_an_interrupted_run_leaves_no_half_file(tmp_path, table, classifier):
    def interrupt(share, records):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_files(table, tmp_path / "out.csv", classifier=classifier, on_progress=interrupt)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.csv.stageclf", "in.csv"]


def test_outputs_that_cannot_be_written_are_explained(tmp_path, table, classifier):
    for output, message in (
        (
            tmp_path / "out.xls",
            f"cannot write {tmp_path / 'out.xls'}: the ending must be one of .csv, .jsonl, .parquet, .duckdb, .sqlite",
        ),
        (
            tmp_path / "no" / "o.csv",
            f"cannot write {tmp_path / 'no' / 'o.csv'}: there is no folder {tmp_path / 'no'}",
        ),
    ):
        with pytest.raises(OutputError) as caught:
            score_files(table, output, classifier=classifier)
        assert str(caught.value) == message
    with pytest.raises(InputError) as caught:
        score_files(table, table, classifier=classifier)
    assert str(caught.value) == f"{table} is an input, too: write to another file"


def test_a_huge_text_is_one_counted_row(tmp_path, classifier):
    path = tmp_path / "in.csv"
    path.write_text("text\n" + "Wo ist mein Paket? " * 280_000 + "\nkurz\n")
    report = score_files(path, tmp_path / "out.csv", classifier=classifier)
    assert report.scored == 2
    assert list(report.notes) == ["read in part: the text has 5,320,000 characters, its middle was left out"]
