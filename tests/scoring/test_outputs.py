"""The formats and places of the output."""

import csv
import io
import json
import sqlite3
import sys
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stageclf.extras import MissingExtraError
from stageclf.privacy import Pseudonyms
from stageclf.scoring import OutputError, Privacy, score_files
from stageclf.scoring.sinks import base
from stageclf.stages import LABELS

ROWS = [
    '1,2025-03-05,"We take it"',
    "2,2025-03-09,Where is my parcel?",
    "3,2025-03-10,Where is it?",
    "4,,Wo?",
    "5,2025-03-11,",
]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("\n".join(["Stage,date,text", *ROWS]) + "\n", encoding="utf-8")
    return path


def connection(path):
    if path.suffix == ".sqlite":
        return sqlite3.connect(path)
    return pytest.importorskip("duckdb").connect(str(path))


@pytest.mark.parametrize("ending", [".sqlite", ".duckdb"])
def test_databases_hold_the_rows_and_a_view_of_weeks(tmp_path, table, fake, ending):
    out = tmp_path / f"out{ending}"
    score_files(table, out, classifier=fake)
    score_files(table, out, classifier=fake)
    database = connection(out)
    rows = database.execute("SELECT input_Stage, text, stage, status FROM scores").fetchall()
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row[3] for row in rows] == ["scored"] * 4 + ["empty"]
    weeks = database.execute(
        "SELECT week, language, SUM(texts) FROM stages_by_week GROUP BY 1, 2 ORDER BY 1"
    ).fetchall()
    assert {str(week): int(count) for week, _, count in weeks} == {"2025-03-03": 2, "2025-03-10": 1, "None": 1}
    by_stage = database.execute("SELECT stage, SUM(texts) FROM stages_by_week GROUP BY stage").fetchall()
    assert {stage: int(count) for stage, count in by_stage} == {
        stage: sum(row[2] == stage for row in rows) for stage in {row[2] for row in rows} - {None}
    }
    about = json.loads(database.execute("SELECT value FROM about WHERE name = 'stageclf'").fetchone()[0])
    assert about["model"]["id"] == "model" and list(about["taxonomy"]) == list(LABELS)


def test_without_text_there_are_no_weeks_either(tmp_path, table, fake):
    score_files(table, tmp_path / "out.sqlite", classifier=fake, privacy=Privacy(no_text=True))
    database = sqlite3.connect(tmp_path / "out.sqlite")
    assert database.execute("SELECT DISTINCT week FROM scores").fetchall() == [(None,)]


@pytest.mark.parametrize("ending", [".sqlite", ".duckdb"])
def test_a_database_with_other_tables_is_not_replaced(tmp_path, table, fake, ending):
    out = tmp_path / f"out{ending}"
    database = connection(out)
    database.execute("CREATE TABLE customers (name TEXT)")
    database.close()
    with pytest.raises(OutputError) as caught:
        score_files(table, out, classifier=fake)
    assert str(caught.value) == (
        f"cannot write {out}: it is a database that holds customers, too, and would be replaced; write to another file"
    )


def test_a_file_that_is_no_database_is_not_replaced(tmp_path, table, fake):
    (tmp_path / "out.sqlite").write_text("my notes, " * 100)
    with pytest.raises(OutputError, match=r"it is there and no SQLite database; write to another file$"):
        score_files(table, tmp_path / "out.sqlite", classifier=fake)


def test_columns_that_differ_in_capitals_only_fit_into_a_database(tmp_path, fake):
    (tmp_path / "in.jsonl").write_text('{"text": "a", "Text": "b", "STAGE": "c", "input_stage": "d", "n": [1]}\n')
    score_files(tmp_path / "in.jsonl", tmp_path / "out.sqlite", classifier=fake)
    database = sqlite3.connect(tmp_path / "out.sqlite")
    names = [row[1] for row in database.execute("PRAGMA table_info(scores)")]
    assert names[:5] == ["text", "input_Text", "input_input_STAGE", "input_stage", "n"]
    assert database.execute("SELECT n FROM scores").fetchone() == ("[1]",)


def test_without_duckdb_the_pip_line_is_told(tmp_path, table, fake, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtraError) as caught:
        score_files(table, tmp_path / "out.duckdb", classifier=fake)
    assert str(caught.value) == 'duckdb is not installed; it comes with: pip install "stageclf[duckdb]"'


def test_parquet_says_in_its_metadata_what_made_it(tmp_path, table, fake, small_chunks, monkeypatch):
    monkeypatch.setattr(base, "MOST_ROWS", 3)
    score_files(table, tmp_path / "out.parquet", classifier=fake, text_column="text", own_addresses=["anna@a.de"])
    file = pq.ParquetFile(tmp_path / "out.parquet")
    assert [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)] == [3, 2]
    metadata = file.schema_arrow.metadata[b"stageclf"].decode()
    about = json.loads(metadata)
    assert about["options"]["text_column"] == "text"
    assert about["model"]["sha256"] and about["stageclf"]
    assert list(about["taxonomy"]) == list(LABELS)
    assert "anna" not in metadata


def test_parquet_is_read_by_pandas_polars_and_duckdb(tmp_path, table, fake):
    out = tmp_path / "out.parquet"
    score_files(table, out, classifier=fake)
    expected = pq.read_table(out)["stage"].to_pylist()
    assert pytest.importorskip("polars").read_parquet(out)["stage"].to_list() == expected
    assert pytest.importorskip("pandas").read_parquet(out)["stage"].isna().tolist() == [x is None for x in expected]
    found = pytest.importorskip("duckdb").sql(f"SELECT stage FROM '{out}'").fetchall()
    assert [stage for (stage,) in found] == expected


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet", ".sqlite"])
def test_halves_of_surrogate_pairs_do_not_stop_a_run(tmp_path, fake, ending):
    (tmp_path / "in.jsonl").write_text('{"text": "a\\ud83d b", "tags": ["\\udc00"]}\n')
    score_files(tmp_path / "in.jsonl", tmp_path / f"out{ending}", classifier=fake)
    content = (tmp_path / f"out{ending}").read_bytes()
    assert "a\ufffd b".encode() in content or ending == ".parquet"


def test_categories_and_nested_columns_of_parquet_are_kept(tmp_path, fake):
    table = pa.table(
        {
            "text": pa.array(["a", "b"]).dictionary_encode(),
            "who": pa.array([{"name": "x", "ids": [1, 2]}, None]),
            "amount": pa.array([1.5, None]).cast(pa.decimal128(10, 2)),
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    for ending in (".parquet", ".csv", ".sqlite", ".duckdb"):
        score_files(tmp_path / "in.parquet", tmp_path / f"out{ending}", classifier=fake)
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["text"] for row in rows] == ["a", "b"]
    assert rows[0]["who"] == {"name": "x", "ids": [1, 2]}
    assert str(rows[0]["amount"]) == "1.50"


def test_standard_input_and_output_are_json_lines(tmp_path, fake, monkeypatch, capfdbinary):
    given = b'{"text": "We take it", "n": 1}\n{broken\n{"text": ""}\n'
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
    monkeypatch.setattr(sys, "stdout", open(1, "w", closefd=False))  # noqa: SIM115
    report = score_files("-", "-", classifier=fake)
    rows = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [row["status"] for row in rows] == ["scored", "unreadable", "empty"]
    assert (rows[0]["n"], report.scored) == (1, 1)


def test_empty_standard_input_is_called_by_its_name(tmp_path, fake, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"")))
    with pytest.raises(ValueError) as caught:
        score_files("-", tmp_path / "out.csv", classifier=fake)
    assert str(caught.value) == "standard input is empty (0 bytes)"


def test_standard_output_cannot_be_resumed(table, fake):
    with pytest.raises(OutputError, match=r"^standard output cannot be resumed: write to a file$"):
        score_files(table, "-", classifier=fake, resume=True)


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet", ".sqlite", ".duckdb"])
def test_a_table_without_rows_gives_one(tmp_path, fake, ending):
    (tmp_path / "in.csv").write_text("id,text\n")
    assert score_files(tmp_path / "in.csv", tmp_path / f"out{ending}", classifier=fake).read.total == 0
    assert (tmp_path / f"out{ending}").exists()


def test_a_folder_is_no_output(tmp_path, table, fake):
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(OutputError, match="it is a folder; name a file in it"):
        score_files(table, tmp_path / "out.csv", classifier=fake)


def test_columns_keep_their_order_in_csv(tmp_path, table, fake):
    score_files(table, tmp_path / "out.csv", classifier=fake)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file))[:5] == ["Stage", "date", "text", "stage", "confidence"]


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet", ".sqlite"])
def test_numbers_of_the_input_come_out_as_they_went_in(tmp_path, fake, ending):
    rows = ['{"text": "a", "ticket": 12345678901234567, "rate": 4.2e-7}', '{"text": "b", "ticket": 1.5, "rate": NaN}']
    (tmp_path / "in.jsonl").write_text("\n".join(rows))
    out = tmp_path / f"out{ending}"
    score_files(tmp_path / "in.jsonl", out, classifier=fake)
    found = {
        ".csv": lambda: [(row["ticket"], row["rate"]) for row in csv.DictReader(out.open())],
        ".jsonl": lambda: [tuple(map(json.loads(line).get, ("ticket", "rate"))) for line in out.open()],
        ".parquet": lambda: list(
            zip(*pq.read_table(out).select(["ticket", "rate"]).to_pydict().values(), strict=True)
        ),
        ".sqlite": lambda: connection(out).execute("SELECT ticket, rate FROM scores").fetchall(),
    }[ending]()
    assert str(found[0][0]) == "12345678901234567" and float(found[0][1]) == 4.2e-7
    assert str(found[1][0]) == "1.5" and (ending != ".jsonl" or found[1][1] is None)


def test_halves_of_emoji_in_names_do_not_stop_a_run_with_pseudonyms(tmp_path, fake):
    (tmp_path / "in.jsonl").write_text('{"text": "a", "from": "Anna \\ud83d", "thread_id": "t\\ud83d"}\n')
    score_files(
        tmp_path / "in.jsonl", tmp_path / "out.csv", classifier=fake, privacy=Privacy(pseudonyms=Pseudonyms("k" * 9))
    )
    assert "Anna" not in (tmp_path / "out.csv").read_text()
