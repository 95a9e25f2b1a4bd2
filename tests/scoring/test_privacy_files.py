"""Nothing of what is hidden may come out by another way: source, note, nested values, reports, any format."""

import json
import sqlite3

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stageclf.inbox import Record
from stageclf.privacy import Pseudonyms
from stageclf.scoring import Privacy, score_files
from stageclf.scoring.sinks import SINKS

KEY = Pseudonyms("a long key")
REDACTED, BOTH = Privacy(redact=True), Privacy(redact=True, pseudonyms=KEY)
MODES = [REDACTED, Privacy(pseudonyms=KEY), Privacy(no_text=True), BOTH, Privacy(True, KEY, True)]
CHAT = """25.03.25, 09:01 - +49 170 1234567 wurde hinzugefügt
25.03.25, 09:02 - Jonas Berger hat Erika Muster hinzugefügt
25.03.25, 09:02 - Jonas Berger: Hallo zusammen
25.03.25, 09:03 - Küchenstudio Weber: Guten Morgen Herr Berger, hier Weber
25.03.25, 09:04 - Jonas Berger: danke jonas
"""
PERSONAL = ("Jonas", "Berger", "Erika", "Muster", "1234567", "Weber", "WhatsApp Chat")


@pytest.fixture
def chat(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "WhatsApp Chat mit Jonas Berger.txt").write_text(CHAT, encoding="utf-8")
    (folder / "b.csv").write_text("text\nHallo\n")
    return folder


def rows_of(source, out, fake, privacy, **options):
    """The rows, as JSON tells them."""
    score_files(source, out, classifier=fake, privacy=privacy, **options)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def written(path):
    """All that a reader of the output sees."""
    if path.suffix == ".sqlite":
        database = sqlite3.connect(path)
        return repr([database.execute(f"SELECT * FROM {name}").fetchall() for name in ("scores", "about")])
    if path.suffix == ".duckdb":
        duckdb = pytest.importorskip("duckdb")
        return repr(duckdb.connect(str(path)).execute("SELECT * FROM scores").fetchall())
    if path.suffix == ".parquet":
        return repr(pq.read_table(path).to_pylist()) + str(pq.read_schema(path).metadata)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", list(SINKS))
@pytest.mark.parametrize("privacy", MODES)
def test_nobody_of_a_chat_is_named_in_any_format(tmp_path, chat, fake, privacy, ending):
    events = []
    out = tmp_path / f"out{ending}"
    report = score_files(chat, out, classifier=fake, privacy=privacy, on_event=events.append)
    hidden = PERSONAL if privacy.redact or privacy.no_text else ("WhatsApp Chat", "Erika", "1234567")
    told = written(out) + repr(report.notes) + repr(report.remarks) + repr(events)
    assert [word for word in hidden if word in told] == []


def test_without_privacy_source_and_note_say_all(tmp_path, chat, fake):
    rows = rows_of(chat, tmp_path / "out.jsonl", fake, None)
    assert rows[1]["source"] == str(chat / "WhatsApp Chat mit Jonas Berger.txt")
    assert rows[1]["note"].startswith("system line: Jonas Berger hat Erika Muster hinzugefügt")


@pytest.mark.parametrize("privacy", MODES)
def test_the_source_is_the_number_of_the_file(tmp_path, chat, fake, privacy):
    rows = rows_of(chat, tmp_path / "out.jsonl", fake, privacy)
    assert [row["source"] for row in rows] == ["file 1"] * 5 + ["file 2"] * 1
    assert [row["note"] for row in rows][:3] == ["system line …", "system line …", ""]


@pytest.mark.parametrize("privacy", [REDACTED, BOTH])
def test_all_who_take_part_in_a_chat_go_from_its_texts(tmp_path, chat, fake, privacy):
    rows = rows_of(chat / "WhatsApp Chat mit Jonas Berger.txt", tmp_path / "out.jsonl", fake, privacy)
    assert [row["text"] for row in rows][2:] == [
        "Hallo zusammen",
        "Guten Morgen Herr [NAME], hier [NAME]",
        "danke [NAME]",
    ]
    expected = KEY.of("Jonas Berger") if privacy is BOTH else "[NAME] [NAME]"
    assert (rows[2]["from"], rows[0]["from"]) == (expected, "")


def test_in_a_chat_that_only_one_wrote_its_name_is_the_other_ones(tmp_path, fake):
    path = tmp_path / "WhatsApp Chat mit Jonas Berger.txt"
    path.write_text("25.03.25, 09:02 - Eva: Hallo Herr Berger\n", encoding="utf-8")
    assert rows_of(path, tmp_path / "out.jsonl", fake, REDACTED)[0]["text"] == "Hallo Herr [NAME]"


def test_in_json_chats_names_are_known_from_participants_and_from_earlier_messages(tmp_path, fake):
    def message(sender, text):
        return {"sender_name": sender, "timestamp_ms": 1741168800000, "content": text}

    said = [
        message("Eva", "Hallo Jonas, hier Eva. Und Bernd?"),
        message("Bernd", "Ja"),
        message("Eva", "Danke Bernd"),
    ]
    document = {"participants": [{"name": "Jonas"}, {"name": "Eva"}], "messages": said, "title": "Küche"}
    (tmp_path / "chat.json").write_text(json.dumps(document))
    rows = rows_of(tmp_path / "chat.json", tmp_path / "out.jsonl", fake, REDACTED)
    assert [row["text"] for row in rows] == ["Hallo [NAME], hier [NAME]. Und Bernd?", "Ja", "Danke [NAME]"]


def test_files_in_archives_are_numbered_one_by_one(tmp_path, fake):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("Anna.csv", "text\nHallo\n")
        archive.writestr("Bernd.csv", "text\nHallo\n")
    (tmp_path / "c.csv").write_text("text\nHallo\n")
    rows = rows_of([tmp_path / "a.zip", tmp_path / "c.csv"], tmp_path / "out.jsonl", fake, REDACTED)
    assert [row["source"] for row in rows] == ["file 1", "file 2", "file 3"]


MAIL = "From {sender} Mon Mar  3 10:12:00 2025\nFrom: {header}\nSubject: {subject}\nMessage-ID: <1@a.de>\n\n{text}\n"


@pytest.mark.parametrize(
    ("header", "text", "expected"),
    [
        ("Jonas Berger", "Frage von Herrn Berger", "Frage von Herrn [NAME]"),
        ("jonas.berger@web.de", "Frage von Herrn Berger", "Frage von Herrn [NAME]"),
        ("Giorgos <g@forthnet.gr>", "ρωτάει ο Γιώργος πάλι", "ρωτάει ο [NAME] πάλι"),
        ("MAILER-DAEMON@a.de (Mail Delivery System)", "The Mail System failed", "The Mail System failed"),
    ],
)
def test_names_of_mails_go_from_their_texts(tmp_path, fake, header, text, expected):
    (tmp_path / "in.mbox").write_text(MAIL.format(sender="a@b.de", header=header, subject=text, text="Was nun?"))
    row = rows_of(tmp_path / "in.mbox", tmp_path / "out.jsonl", fake, REDACTED)[0]
    assert row["subject"] == expected
    assert "Berger" not in json.dumps(row) and "a.de" not in json.dumps(row)


NESTED = {
    "text": "Frag Anna",
    "author": "Anna Weber",
    "meta": {"who": ["anna@b.de", {"anna@b.de": 1}], "n": 1.5, "no": None},
}


def test_nested_values_do_not_stop_a_run_with_pseudonyms(tmp_path, fake):
    (tmp_path / "in.jsonl").write_text(json.dumps(NESTED) + "\n")
    row = rows_of(tmp_path / "in.jsonl", tmp_path / "out.jsonl", fake, Privacy(pseudonyms=KEY))[0]
    who = KEY.of("anna@b.de")
    assert row["meta"] == {"who": [who, {who: 1}], "n": 1.5, "no": None}
    assert (row["author"], row["text"]) == (KEY.of("Anna Weber"), "Frag Anna")


def test_maps_lists_and_bytes_of_parquet_are_hidden_too(tmp_path, fake):
    table = pa.table(
        {
            "text": ["Hallo"],
            "map": pa.array([[("anna@b.de", "c@d.gr")]], pa.map_(pa.string(), pa.string())),
            "raw": pa.array([b"anna@b.de \xff"], pa.binary()),
            "number": [1],
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    for privacy in (REDACTED, Privacy(pseudonyms=KEY), BOTH):
        score_files(tmp_path / "in.parquet", tmp_path / "out.parquet", classifier=fake, privacy=privacy)
        row = pq.read_table(tmp_path / "out.parquet").to_pylist()[0]
        assert "b.de" not in repr(row) and "d.gr" not in repr(row) and row["number"] == 1


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.binary(max_size=9)
    | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        | st.tuples(inner, inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["id", "from", "a", "user_id", "thread_id", "email"]), VALUES))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_no_value_of_a_column_stops_a_run(columns):
    record = Record("text", columns, "in", 1, sender="Anna <anna@b.de>", id="0" * 16)
    for privacy in MODES:
        left = privacy.columns(record, "de")
        assert set(left) == ({"id"} | {"user_id"} & set(columns) if privacy.no_text else set(columns))


def test_columns_of_persons_are_hidden_whatever_the_sender_is(tmp_path, fake):
    (tmp_path / "in.csv").write_text(
        "id,customer_email,customer_name,Vorname,text\n7,a@b.de,Anna Weber,Annabel,Frau Weber und Annabel fragen\n"
        "anna@b.de,,,,x\n6971234567,,,,x\n"
    )
    first, second, third = rows_of(tmp_path / "in.csv", tmp_path / "out.jsonl", fake, REDACTED)
    assert [first[name] for name in ("id", "customer_email", "customer_name", "Vorname")] == [
        "7",
        "[EMAIL]",
        "[NAME] [NAME]",
        "[NAME]",
    ]
    assert first["text"] == "Frau [NAME] und [NAME] fragen"
    assert (second["id"], third["id"]) == ("[EMAIL]", "6971234567")
    row = rows_of(tmp_path / "in.csv", tmp_path / "out.jsonl", fake, Privacy(pseudonyms=KEY))[0]
    assert (row["customer_email"], row["customer_name"]) == (KEY.of("a@b.de"), KEY.of("Anna Weber"))


def test_identifiers_of_messages_are_hashed_however_the_column_is_spelt_and_with_the_key_where_there_is_one(
    tmp_path, fake
):
    (tmp_path / "in.csv").write_text("Message-ID,text\n<1@web.de>,Hallo\n")
    plain = rows_of(tmp_path / "in.csv", tmp_path / "out.jsonl", fake, REDACTED)[0]["Message-ID"]
    keyed = rows_of(tmp_path / "in.csv", tmp_path / "out.jsonl", fake, BOTH)[0]["Message-ID"]
    assert len(plain) == len(keyed) == 16 and plain != keyed
    assert "Message-ID" not in rows_of(tmp_path / "in.csv", tmp_path / "out.jsonl", fake, Privacy(no_text=True))[0]


def test_that_an_input_has_grown_is_told_without_its_name(tmp_path, fake, small_chunks):
    path = tmp_path / "Anna Weber.csv"
    path.write_text("text\n" + "Hallo\n" * 7)

    def grow(share, read):
        with path.open("a") as file:
            file.write("mehr\n")

    report = score_files(path, tmp_path / "out.csv", classifier=fake, privacy=REDACTED, on_progress=grow)
    assert report.remarks == ["an input has grown: it was read up to the 47 bytes that it had at first"]
