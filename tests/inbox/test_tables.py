"""Tables in text and workbooks: dialects, headers, exports of known programs, and broken quotation marks."""

import zipfile
from datetime import date, datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from stageclf.inbox import InputError, open_reader, read


def table(tmp_path, text, encoding="utf-8", **options):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    return list(read(path, **options))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", "#"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_delimiter_in_any_encoding(tmp_path, delimiter, encoding):
    lines = [["nr", "κείμενο"], ["1", f'"α{delimiter} β\nγ ""δ"""'], ["2", "ε"]]
    records = table(tmp_path, "\r\n".join(map(delimiter.join, lines)), encoding)
    assert [r.text for r in records] == [f'α{delimiter} β\nγ "δ"', "ε"]


def test_a_line_that_names_the_delimiter(tmp_path):
    assert [r.text for r in table(tmp_path, "sep=;\nid;text\n1;a, b\n")] == ["a, b"]


def test_quotation_marks_escaped_by_backslashes(tmp_path):
    first, second = table(tmp_path, 'id,text,by\n1,"sagte \\"ja, gern\\" und ging",a\n2,"b",c\n')
    assert (first.text, first.columns["by"], second.text) == ('sagte "ja, gern" und ging', "a", "b")


def test_lines_before_the_header(tmp_path):
    text = "Export vom 12.03.2024\nFilter: alle\n\nNr;Bewertung;Sterne\n1;sehr gut;5\n2;geht;3\n"
    records = table(tmp_path, text)
    assert [(r.text, r.columns["Sterne"], r.position) for r in records] == [("sehr gut", "5", 4), ("geht", "3", 5)]


def test_a_table_without_a_header_is_refused(tmp_path):
    with pytest.raises(InputError) as caught:
        table(tmp_path, "1,2024-03-12,sehr gut\n2,2024-03-13,geht so\n")
    assert str(caught.value) == (
        f"{tmp_path / 'a.csv'} has no line with the names of its columns. "
        "Add one, or name the column of the text by its number: --text-column column_3"
    )
    texts = table(tmp_path, "1,2024-03-12,sehr gut\n2,2024-03-13,geht so\n", text_column="column_3")
    assert [r.text for r in texts] == ["sehr gut", "geht so"]


def test_one_column_without_a_header_loses_no_text(tmp_path):
    assert [r.text for r in table(tmp_path, "Wo bleibt mein Tisch?\nIch warte seit Tagen.\n")] == [
        "Wo bleibt mein Tisch?",
        "Ich warte seit Tagen.",
    ]


def test_a_mark_closed_by_the_next_row_does_not_swallow_it(tmp_path):
    records = table(tmp_path, 'id,text\n1,"offen\n2,"gut so"\n3,"a\nb"\n')
    assert [r.text for r in records] == ['"offen', "gut so", "a\nb"]
    assert records[0].note == "a quotation mark is not closed: the row was read up to the end of its line"


def test_long_texts_of_many_lines_stay_whole(tmp_path):
    body = "\n".join(f"Zeile {n}" for n in range(400))
    record = table(tmp_path, f'id,text\n1,"{body}"\n2,b\n')[0]
    assert record.text == body
    assert record.note == "the row takes 400 lines: a quotation mark may not be closed"


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (
            '"Subject","Body","From: (Name)","From: (Address)","To: (Name)","To: (Address)"',
            '"Offer","How much is it?","Eva","eva@b.de","Shop","s@c.de"',
            ("Offer\n\nHow much is it?", "Eva <eva@b.de>", "email", None),
        ),
        (
            '"Betreff";"Text";"Von: (Name)";"Von: (Adresse)";"An: (Name)"',
            '"AW: Angebot";"Danke, ich nehme es.";"Eva";"eva@b.de";"Shop"',
            ("Danke, ich nehme es.", "Eva <eva@b.de>", "email", None),
        ),
        (
            '"Θέμα","Σώμα","Από: (Όνομα)","Από: (Διεύθυνση)","Προς: (Όνομα)"',
            '"Τιμή","Πόσο κάνει;","Εύα","eva@b.gr","Μαγαζί"',
            ("Τιμή\n\nΠόσο κάνει;", "Εύα <eva@b.gr>", "email", None),
        ),
        (
            "ID,Requester,Subject,Description,Created at",
            "7,eva@b.de,Table,Where is my table?,2024-03-12 14:05:00 UTC",
            ("Table\n\nWhere is my table?", "eva@b.de", "ticket", "2024-03-12T14:05:00+00:00"),
        ),
        (
            "Ticket ID,Ticket name,Ticket description,Create date,Pipeline",
            "7,Table,Where is it?,2024-03-22 14:05,Support",
            ("Table\n\nWhere is it?", "", "ticket", "2024-03-22T14:05:00"),
        ),
        (
            "Review Created (UTC),Review Username,Review Title,Review Content,Review Stars",
            "2024-03-22 14:05:06,Eva,Super,Super Laden,5",
            ("Super Laden", "Eva", "review", "2024-03-22T14:05:06"),
        ),
        (
            "Package Name,Reviewer Language,Review Submit Date and Time,Star Rating,Review Title,Review Text",
            "org.x,de,2024-03-22T14:05:06Z,4,Gut,Läuft",
            ("Gut\n\nLäuft", "", "review", "2024-03-22T14:05:06+00:00"),
        ),
        (
            "#,Τι ψάχνετε;,Πόσα άτομα;,Email,Start Date (UTC),Submit Date (UTC),Network ID",
            "ab12,Ένα μεγάλο τραπέζι,4,eva@b.gr,2024-03-22 14:00:00,2024-03-22 14:05:00,ff",
            ("Ένα μεγάλο τραπέζι", "eva@b.gr", "survey", "2024-03-22T14:05:00"),
        ),
        (
            "id,Datum,Kunde,Kommentar",
            "1,22.03.2024 14:05,Eva,Passt",
            ("Passt", "Eva", "", "2024-03-22T14:05:00"),
        ),
    ],
)
def test_exports_are_known_by_their_columns(tmp_path, header, row, expected):
    record = table(tmp_path, f"{header}\n{row}\n")[0]
    found = record.date.isoformat() if record.date else None
    assert (record.text, record.sender, record.channel, found) == expected


def test_quotes_are_cut_from_mails_in_tables(tmp_path):
    header = "Subject,Body,From: (Name),To: (Name)\n"
    record = table(tmp_path, header + '"Re: Table","Yes, please.\n\n> Shall we send it?\n",Eva,Shop\n')[0]
    assert (record.text, record.columns["Subject"]) == ("Yes, please.", "Re: Table")
    assert "".join(record.raw_text[s.start : s.end] for s in record.removed).strip() == "> Shall we send it?"


def test_a_mail_of_an_export_that_has_only_a_subject_says_so(tmp_path):
    header = "Ticket ID,Ticket name,Ticket description,Create date,Pipeline"
    rows = [f"1,{name},{text},2024-03-22,x" for name, text in (("Offer", ""), ("Offer", "How much?"), ("", ""))]
    only, both, none = table(tmp_path, "\n".join([header, *rows, ""]))
    assert (only.text, only.note) == ("Offer", "no text of its own in the body, labelled by its subject")
    assert (both.text, both.note) == ("Offer\n\nHow much?", "")
    assert (none.status, none.note) == ("empty", "")


def test_a_date_that_could_be_two_is_left_out(tmp_path):
    assert table(tmp_path, "text,date\na,01/02/2024\n")[0].date is None
    assert table(tmp_path, "text,date\na,01-02-2024\n")[0].date is None
    assert table(tmp_path, "text,date\na,01.02.2024\n")[0].date == datetime(2024, 2, 1)
    first, second = table(tmp_path, "text,date\na,01/02/2024\nb,01/22/2024\n")
    assert (first.date, second.date) == (datetime(2024, 1, 2), datetime(2024, 1, 22))


def workbook(tmp_path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


def test_a_workbook_with_several_sheets(tmp_path):
    path = workbook(
        tmp_path,
        Athen=[
            ["Bericht"],
            [],
            ["Nr", "Σχόλιο", None, "Datum"],
            [1, "Καλό", None, date(2024, 3, 22)],
            [2.0, None, None, None],
        ],
        Leer=[],
        Zahlen=[["Nr", "Preis"], [1, 2]],
        Berlin=[["Nr", "Kommentar"], [7, "Gut"], [8, 2024]],
    )
    reading = read(path)
    records = list(reading)
    assert [(r.text, r.source, r.position) for r in records] == [
        ("Καλό", f"{path}#Athen", 4),
        ("", f"{path}#Athen", 5),
        ("Gut", f"{path}#Berlin", 2),
        ("2024", f"{path}#Berlin", 3),
    ]
    assert records[0].columns == {
        "sheet": "Athen",
        "Nr": "1",
        "Σχόλιο": "Καλό",
        "column_3": "",
        "Datum": "2024-03-22",
    }
    assert records[0].date == datetime(2024, 3, 22)
    assert list(reading.schema()) == ["sheet", "Nr", "Σχόλιο", "column_3", "Datum", "Kommentar"]


def test_a_workbook_is_known_by_its_content_and_a_broken_one_is_named(tmp_path):
    path = workbook(tmp_path, A=[["text"], ["a"]]).rename(tmp_path / "b.dat")
    assert (open_reader(path).format, [r.text for r in read(path)]) == ("xlsx", ["a"])
    broken = tmp_path / "c.xlsx"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("xl/workbook.xml", "nothing")
    with pytest.raises(InputError) as caught:
        read(broken)
    assert str(caught.value).startswith(f"{broken} is not a readable Excel workbook: ")


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.string_view()]
)
def test_texts_of_every_type_in_parquet(tmp_path, kind):
    path = tmp_path / "a.parquet"
    nested = pa.array([{"tags": ["x"]}, None])
    texts = (
        pa.array(["a", None]).cast(kind)
        if not pa.types.is_dictionary(kind)
        else pa.array(["a", None]).dictionary_encode()
    )
    pq.write_table(pa.table({"text": texts, "more": nested}), path)
    assert [(r.text, r.status, r.columns["more"]) for r in read(path)] == [
        ("a", "ok", {"tags": ["x"]}),
        ("", "empty", None),
    ]


def test_a_parquet_column_of_nulls_or_lists(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": pa.nulls(2)}), path)
    assert [r.status for r in read(path)] == ["empty", "empty"]
    pq.write_table(pa.table({"text": [["a"], ["b"]]}), path)
    with pytest.raises(InputError) as caught:
        read(path)
    kind = pq.read_schema(path).field("text").type
    assert str(caught.value) == f"{path}: column 'text' is {kind}, not text; name another with --text-column"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet='ab",;\n\r\\\x00 1|', max_size=80))
@example(';\r;"\r1')
def test_whatever_the_rows_nothing_is_raised_or_lost(tmp_path, tail):
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,text\n1,first\n" + tail.encode())
    records = list(read(path))
    assert records[0].text == "first"
    found = "".join(str(value) + str(r.note) for r in records for value in r.columns.values())
    assert found.count("b") >= tail.count("b")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_input_errors(tmp_path, data):
    for name in ("a.csv", "a.xlsx", "a.parquet", "a.jsonl", "a.txt"):
        path = tmp_path / name
        path.write_bytes(data + b"x")
        try:
            list(read(path))
        except InputError as error:
            assert str(path) in str(error)
