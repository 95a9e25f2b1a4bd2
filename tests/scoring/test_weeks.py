"""The week of a row in databases, whatever the table's dates look like."""

import sqlite3
from datetime import date, datetime, timedelta, timezone

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stageclf.scoring import score_files

WEDNESDAY = datetime(2025, 3, 5, 11, 6)
MONDAY = "2025-03-03"


def weeks(source, fake, out):
    score_files(source, out, classifier=fake)
    rows = sqlite3.connect(out).execute("SELECT week, SUM(texts) FROM stages_by_week GROUP BY week ORDER BY week")
    return dict(rows.fetchall())


@pytest.mark.parametrize("name", ["when", "created_at", "Bestellt"])
@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (WEDNESDAY, pa.timestamp("ms")),
        (WEDNESDAY.replace(tzinfo=timezone(timedelta(hours=1))), pa.timestamp("us", "Europe/Athens")),
        (WEDNESDAY.date(), pa.date32()),
    ],
)
def test_of_timestamps_and_dates_of_parquet(tmp_path, fake, name, value, kind):
    columns = {"review_text": ["Wo?", "Was?"], name: pa.array([value, None], kind), "n": [1, 2]}
    pq.write_table(pa.table(columns), tmp_path / "in.parquet")
    assert weeks(tmp_path / "in.parquet", fake, tmp_path / "out.sqlite") == {MONDAY: 1, None: 1}


def test_of_two_columns_of_dates_without_a_known_name_none_is_taken(tmp_path, fake):
    columns = {"review_text": ["Wo?"], "Bestellt": [WEDNESDAY], "Bezahlt": [WEDNESDAY]}
    pq.write_table(pa.table(columns), tmp_path / "in.parquet")
    assert weeks(tmp_path / "in.parquet", fake, tmp_path / "out.sqlite") == {None: 1}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Datum", 45721),
        ("Datum", 45721.4625),
        ("Datum", WEDNESDAY),
        ("Bestellt", WEDNESDAY),
        ("Bestellt", date(2025, 3, 5)),
    ],
)
def test_of_dates_of_excel(tmp_path, fake, name, value):
    book = openpyxl.Workbook()
    for row in (["Bewertung", name], ["Super Ofen", value], ["Na ja", None]):
        book.active.append(row)
    book.save(tmp_path / "in.xlsx")
    assert weeks(tmp_path / "in.xlsx", fake, tmp_path / "out.sqlite") == {MONDAY: 1, None: 1}


@pytest.mark.parametrize(
    ("written", "later"),
    [
        ("2025-03-05", "2025-03-25"),
        ("5/3/2025 14:05", "25/3/2025 09:00"),
        ("2025-03-05T11:06:40Z", "2025-03-25T11:06:40Z"),
        ("1741172800", "1742900800"),
        ("45721", "45741"),
        ("45721.5", "45741.0"),
        ("Wed, 5 Mar 2025 11:06:40 +0100", "Tue, 25 Mar 2025 11:06:40 +0100"),
    ],
)
@pytest.mark.parametrize("name", ["when", "Ημερομηνία", "timestamp"])
def test_of_dates_in_letters(tmp_path, fake, name, written, later):
    lines = [f"text;{name}", f'Wo?;"{written}"', f'Was?;"{later}"', "Wie?;"]
    (tmp_path / "in.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert weeks(tmp_path / "in.csv", fake, tmp_path / "out.sqlite") == {MONDAY: 1, "2025-03-24": 1, None: 1}


@pytest.mark.parametrize("number", ["1999", "12345", "99999"])
def test_other_numbers_are_no_dates(tmp_path, fake, number):
    (tmp_path / "in.csv").write_text(f"text,date\nWo?,{number}\n")
    assert weeks(tmp_path / "in.csv", fake, tmp_path / "out.sqlite") == {None: 1}
