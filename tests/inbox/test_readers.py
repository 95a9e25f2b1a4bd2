"""Every format as it comes, and everything that can be wrong with it."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stageclf.inbox import BY_ENDING, InputError, open_reader, read


def texts(path, **options):
    return [record.text for record in read(path, **options)]


def message_of(path, **options):
    with pytest.raises(InputError) as caught:
        list(read(path, **options))
    return str(caught.value)


def test_plain_text_has_one_text_a_line(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Πόσο κάνει;\r\n\r\nlast".encode())
    records = list(read(path))
    assert [(r.text, r.status, r.position) for r in records] == [
        ("Πόσο κάνει;", "ok", 1),
        ("", "empty", 2),
        ("last", "ok", 3),
    ]


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "Πότε θα παραλάβω;"),
        ("utf-8-sig", "Πότε θα παραλάβω;"),
        ("utf-16", "Πότε θα παραλάβω;"),
        ("cp1253", "Πότε θα παραλάβω την παραγγελία μου;"),
        ("cp1252", "Wann kommt die Küche für Groß-Gerau? Ich wäre dankbar."),
        ("cp1251", "Когда придёт моя посылка, я жду уже неделю"),
    ],
)
def test_the_encoding_of_a_file_is_told_by_its_bytes(tmp_path, charset, text):
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(charset))
    assert texts(path) == [text]


def test_undecodable_bytes_are_kept_as_a_note(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"gut\nnicht " + b"\xff\xfe gut\n" + "Grüße aus Köln\n".encode() * 5)
    record = list(read(path, encoding="utf-8"))[1]
    assert (record.text, record.note) == ("nicht \ufffd\ufffd gut", "some bytes are not valid utf-8")


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl"])
def test_an_unknown_encoding_is_explained(tmp_path, name):
    path = tmp_path / name
    path.write_text("text\nx\n")
    assert message_of(path, encoding="klingon") == (
        "unknown encoding 'klingon'; try one of utf-8, windows-1253, windows-1252, utf-16"
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_in_any_dialect(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    rows = [["id", "Message", "stars"], ["1", f'"Hello{delimiter} you\nthere ""friend"""', "5"], ["2", "plain", "4"]]
    path.write_text("\n".join(delimiter.join(row) for row in rows))
    records = list(read(path))
    assert [r.text for r in records] == [f'Hello{delimiter} you\nthere "friend"', "plain"]
    assert records[1].columns == {"id": "2", "Message": "plain", "stars": "4"}


def test_rows_with_too_few_or_too_many_fields_are_kept(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,text\n1,fine\n2\n3,one,two\n")
    assert [(r.text, r.status, r.note) for r in read(path)] == [
        ("fine", "ok", ""),
        ("", "empty", "1 fields instead of 2"),
        ("one two", "ok", "3 fields instead of 2"),
    ]


def test_line_ends_of_every_age(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\r\rid,text\r1,one\r2,two\r")
    assert texts(path) == ["one", "two"]


def test_a_quotation_mark_that_is_not_closed_is_noted(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"open\n' + "2,lost\n" * 400)
    first, *others = read(path)
    assert (first.text, len(others)) == ('"open', 400)
    assert first.note == "a quotation mark is not closed: the row was read up to the end of its line"
    assert {(r.text, r.note) for r in others} == {("lost", "")}


def test_a_table_without_a_text_column_names_its_columns(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,what,when\n1,a,b\n")
    assert message_of(path) == (
        f"{path}: no column that is known to hold the text; its columns are: id, what, when. "
        "Name one with --text-column (text_column=… in Python)"
    )
    assert message_of(path, text_column="wat") == f"{path}: no column 'wat'; its columns are: id, what, when"
    assert texts(path, text_column="what") == ["a"]


def test_column_names_are_made_unique(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,,x,x\na,b,c,d\n")
    assert next(iter(read(path))).columns == {"text": "a", "column_2": "b", "x": "c", "x_2": "d"}


def test_broken_lines_of_json_are_counted(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "one", "n": 1}\n{broken\n[1]\n{"text": 5}\n{"n": 2.5}\n\n{"text": "two"}\n')
    reading = read(path)
    found = [(r.text, r.status, r.note) for r in reading]
    assert found[0] == ("one", "ok", "")
    assert found[1][1:] == (
        "unreadable",
        "line 2 is not valid JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
    )
    assert found[2][1:] == ("unreadable", "line 3 holds list, not an object")
    assert found[3][1:] == ("unreadable", "'text' is int, not text")
    assert found[4][1] == "empty"
    assert found[5][0] == "two"
    assert reading.report.counts == {"ok": 2, "empty": 1, "unreadable": 3}


def test_parquet_keeps_types(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["a", None], "n": [1, 2]}), path)
    reading = read(path)
    assert reading.schema() == {"text": pa.string(), "n": pa.int64()}
    assert [(r.text, r.status, r.columns["n"]) for r in reading] == [("a", "ok", 1), ("", "empty", 2)]


def test_a_parquet_column_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [1, 2]}), path)
    assert message_of(path) == f"{path}: column 'text' is int64, not text; name another with --text-column"


def test_a_broken_parquet_file_is_named(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 nothing else")
    assert message_of(path).startswith(f"{path} is not a readable Parquet file: ")


def test_a_missing_file_shows_what_is_there(tmp_path):
    (tmp_path / "inbox.csv").write_text("text\na\n")
    assert (
        message_of(tmp_path / "imbox.csv") == f"no such file: {tmp_path / 'imbox.csv'}; {tmp_path} holds: inbox.csv"
    )


def test_a_missing_file_shows_only_files_of_its_ending(tmp_path):
    (tmp_path / "notes.txt").write_text("a\n")
    assert message_of(tmp_path / "imbox.mbox") == f"no such file: {tmp_path / 'imbox.mbox'}"


def test_an_address_is_told_from_a_missing_file():
    assert (
        message_of("s3://bucket/x.mbox")
        == "s3:/bucket/x.mbox is an address: only files and folders of this machine are read here"
    )


def test_an_unknown_ending_shows_the_known_ones(tmp_path):
    path = tmp_path / "a.docx"
    path.write_text("x")
    assert message_of(path) == (
        f"{path}: unknown kind of file '.docx'; stageclf reads {', '.join(sorted(BY_ENDING))}"
    )


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.mbox", "a.jsonl", "a.parquet"])
def test_an_empty_file_is_named(tmp_path, name):
    (tmp_path / name).touch()
    assert message_of(tmp_path / name) == f"{tmp_path / name} is empty (0 bytes)"


def test_an_empty_folder_is_named(tmp_path):
    assert message_of(tmp_path) == f"nothing to read in {tmp_path}"


def test_content_counts_more_than_the_ending(tmp_path):
    path = tmp_path / "export.dat"
    path.write_bytes(b"From a@b.org Mon Mar  3 10:12:00 2025\nSubject: Hi\n\nHello\n")
    assert open_reader(path).format == "mbox"
    pq.write_table(pa.table({"text": ["a"]}), tmp_path / "x.bin")
    assert open_reader(tmp_path / "x.bin").format == "parquet"


def test_a_mixed_folder_loses_nothing(tmp_path):
    (tmp_path / "a.txt").write_text("one\n\n")
    (tmp_path / "b.csv").write_text("text\ntwo\n")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    (tmp_path / "c.jsonl").write_text(json.dumps({"body": "three"}))
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "no_text.csv").write_text("a,b\n1,2\n")
    reading = read(tmp_path)
    assert sorted(r.text for r in reading if r.status == "ok") == ["one", "three", "two"]
    assert reading.report.counts == {"ok": 3, "empty": 1, "unreadable": 2}
    assert list(reading.report.skipped) == [str(tmp_path / "photo.jpg")]
