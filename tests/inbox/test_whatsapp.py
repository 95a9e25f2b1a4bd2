"""Exported WhatsApp chats: every device's dates, whose text it is, and what nobody wrote."""

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stageclf.inbox import open_reader, read

FIXTURE = Path(__file__).parents[1] / "fixtures" / "WhatsApp Chat with Μαρία.txt"


def chat(tmp_path, *lines):
    path = tmp_path / "WhatsApp-Chat mit Eva.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert open_reader(path).format == "whatsapp"
    return list(read(path))


AFTERNOON = datetime(2024, 3, 22, 14, 5)


@pytest.mark.parametrize(
    "stamp",
    [
        "22.03.24, 14:05 - ",
        "22/03/2024, 14:05 - ",
        "22/03/2024 14:05 - ",
        "22-03-2024 14:05 - ",
        "3/22/24, 2:05 PM - ",
        "3/22/24, 2:05\u202fPM - ",
        "22/3/24, 2:05 p. m. - ",
        "22/3/24, 2:05\u00a0p.\u00a0m. - ",
        "22/3/24, 2:05 μ.μ. - ",
        "22/3/24, 2:05 ΜΜ - ",
        "22.03.24, 2:05 nachm. - ",
        "22.03.2024 ÖS 2:05 - ",
        "22.03.2024 14.05 - ",
        "22.3.2024 klo 14.05 - ",
        "22.03.24 г., 14:05 - ",
        "22. 03. 2024. 14:05 - ",
        "2024-03-22 14:05 - ",
        "2024-03-22 14 h 05 - ",
        "2024/3/22 下午2:05 - ",
        "2024. 3. 22. 오후 2:05 - ",
        "14:05, 22/03/2024 - ",
        "22/3/2567 14:05 - ",
        "٢٢\u200f/٣\u200f/٢٠٢٤, ٢:٠٥ م - ",
        "[22.03.24, 14:05:00] ",
        "\u200e[22/03/2024, 2:05:00\u202fμ.μ.] ",
        "[3/22/24, 2:05:00\u202fPM] ",
        "[2024/03/22 14:05:00] ",
        "[22.3.2024 klo 14.05.00] ",
        "22/03/2024 14:05:00: ",
    ],
)
def test_every_devices_dates(tmp_path, stamp):
    first, second = chat(tmp_path, f"{stamp}Eva: Guten Tag", f"{stamp}+30 210 1234567: Ja: gern")
    assert (first.date, first.sender, first.text) == (AFTERNOON, "Eva", "Guten Tag")
    assert (second.sender, second.text) == ("+30 210 1234567", "Ja: gern")
    assert (first.channel, first.thread_id, first.note) == ("chat", "Eva", "")


@pytest.mark.parametrize(
    ("clock", "hour"), [("12:05 AM", 0), ("12:05 PM", 12), ("1:05 π.μ.", 1), ("中午12:05", 12), ("24:05", 0)]
)
def test_twelve_oclock(tmp_path, clock, hour):
    assert chat(tmp_path, f"22/3/24, {clock} - Eva: a")[0].date == datetime(2024, 3, 22, hour, 5)


def days(tmp_path, *dates):
    return chat(tmp_path, *(f"{date}, 14:05 - Eva: a" for date in dates))


def test_the_order_of_day_and_month_is_decided_from_the_whole_file(tmp_path):
    assert days(tmp_path, "01/02/24", "13/02/24")[0].date == datetime(2024, 2, 1, 14, 5)
    assert days(tmp_path, "01/02/24", "02/13/24")[0].date == datetime(2024, 1, 2, 14, 5)
    # Both are possible, but day first the messages would run backwards.
    assert days(tmp_path, "01/12/24", "02/03/24", "03/01/24")[0].date == datetime(2024, 1, 12, 14, 5)
    # Days change more often than months.
    assert days(tmp_path, *(f"03/0{day}/24" for day in range(4, 9)))[0].date == datetime(2024, 3, 4, 14, 5)
    assert not any(r.note for r in days(tmp_path, *(f"0{day}/03/24" for day in range(4, 9))))


def test_an_order_that_cannot_be_decided_is_noted(tmp_path):
    one, same = days(tmp_path, "01/02/24", "03/03/24")
    assert (one.date, one.note) == (
        datetime(2024, 2, 1, 14, 5),
        "day and month could be swapped: read as day/month/year",
    )
    assert same.note == ""
    american = chat(tmp_path, "1/2/24, 3:05 PM - Eva: a")[0]
    assert american.date == datetime(2024, 1, 2, 15, 5)
    assert american.note == "day and month could be swapped: read as month/day/year"


@pytest.mark.parametrize(
    "stamp",
    [
        "05.03.25, 09:01 - ",
        "5.3.2025, 09:01 - ",
        "[05.03.25, 09:01:00] ",
        "05. 03. 2025. 09:01 - ",
        "05-03-2025 09:01 - ",
        "5/3/25, 9:01 π.μ. - ",
        "5/3/25, 9:01 vorm. - ",
        "2025-03-05, 09:01 - ",
        "[2025/03/05 09:01:00] ",
        "2025. 3. 5. 오전 9:01 - ",
    ],
)
def test_the_month_comes_first_in_none_of_these(tmp_path, stamp):
    (record,) = chat(tmp_path, f"{stamp}Eva: a")
    assert (record.date, record.note) == (datetime(2025, 3, 5, 9, 1), "")


@pytest.mark.parametrize("stamp", ["05/03/25, 09:01 - ", "[5/3/2025, 9:01:00 pm] ", "5/3/25, 9:01 p. m. - "])
def test_the_month_may_come_first_in_these(tmp_path, stamp):
    (record,) = chat(tmp_path, f"{stamp}Eva: a")
    assert record.note == "day and month could be swapped: read as day/month/year"


def test_dates_with_dots_are_read_in_the_only_order_that_there_is(tmp_path):
    assert [r.date.month for r in days(tmp_path, "01.02.24", "02.13.24")] == [1, 2]
    assert [r.date.month for r in days(tmp_path, "01.12.24", "02.03.24", "03.01.24")] == [12, 3, 1]


def test_messages_go_on_until_the_next_stamp(tmp_path):
    first, second = chat(
        tmp_path,
        "22.03.24, 14:05 - Eva: erste",
        "",
        "[22.03.24, 14:05:00] Otto: aus einem anderen Chat",
        "99.99.24, 14:05 - kein Datum",
        "22.03.24, 14:06 - Otto: zweite",
    )
    assert first.text == ("erste\n\n[22.03.24, 14:05:00] Otto: aus einem anderen Chat\n99.99.24, 14:05 - kein Datum")
    assert (second.text, second.position) == ("zweite", 5)


@pytest.mark.parametrize(
    "line",
    [
        "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.",
        "Eva hat den Betreff von „A: alt“ zu „B: neu",
        'Eva changed the subject from "Orders: old" to "Orders: new"',
        "Η Εύα μπήκε με τον σύνδεσμο πρόσκλησης",
        "Evaさんが件名を「注文: 春」に変更しました",
        "Sprachanruf, 5 Min.",
        "Anruf: Verpasster Sprachanruf",
        "Anruf: 5 Min.",
        "Call: no answer",
        "Sprachanruf: 12 Sek.",
        "Sprachanruf, 5 Min.: beendet",
        "Missed voice call: Tap to call back",
        "Κλήση: Αναπάντητη φωνητική κλήση",
        "Αναπάντητη φωνητική κλήση: Πατήστε για επανάκληση",
        "Appel: Appel vocal manqué",
        "Videollamada: Sin respuesta",
        "Пропущенный аудиозвонок: в 14:05",
        "Zmeškaný hlasový hovor: 14:05",
        "Röstsamtal: 1 tim 5 min",
    ],
)
def test_system_lines_are_kept_but_have_no_text(tmp_path, line):
    record = chat(tmp_path, f"22.03.24, 14:05 - {line}", "22.03.24, 14:05 - Eva: a")[0]
    assert (record.text, record.status, record.sender) == ("", "empty", "")
    assert record.note == f"system line: {line}"


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ("<Media omitted>", "media"),
        ("<Medien ausgeschlossen>", "media"),
        ("<Τα πολυμέσα παραλήφθηκαν>", "media"),
        ("image omitted", "media"),
        ("Bild weggelassen", "media"),
        ("imagen omitida", "media"),
        ("IMG-20240322-WA0001.jpg (file attached)", "media"),
        ("\u200eRechnung 5.pdf (Datei angehängt)", "media"),
        ("<attached: 00000012-PHOTO-2024-03-22.jpg>", "media"),
        ("This message was deleted", "deleted message"),
        ("Diese Nachricht wurde gelöscht.", "deleted message"),
        ("Bu mesaj silindi", "deleted message"),
        ("Missed voice call", "call"),
        ("\u200eΑναπάντητη φωνητική κλήση στις 14:05", "call"),
        ("\u200eΒιντεοκλήση, \u200e2 λεπτά", "call"),
        ("Sprachanruf, \u200e5 Min.", "call"),
        ("Voice call, 1 hr 5 min", "call"),
        ("Voice call. No answer", "call"),
        ("Appel vidéo, 1:05", "call"),
        ("Videollamada, sin respuesta", "call"),
        ("Röstsamtal, 45 sek", "call"),
        ("\u200eYou created this group", "system line"),
        ("null", "media"),
    ],
)
def test_what_nobody_wrote_is_empty_with_a_note(tmp_path, message, why):
    record = chat(tmp_path, f"22.03.24, 14:05 - Eva: {message}")[0]
    assert (record.text, record.status, record.note, record.sender) == ("", "empty", why, "Eva")
    assert record.raw_text == message


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("Ja <Diese Nachricht wurde bearbeitet.>", "Ja"),
        ("Ja <This message was edited>", "Ja"),
        ("IMG-1.jpg (file attached)\nSo sieht es aus", "So sieht es aus"),
        ("So sieht es aus \u200e<attached: 1-PHOTO.jpg>", "So sieht es aus"),
        ("a < b und b > a", "a < b und b > a"),
        ("Sprachanruf wäre mir lieber als Mail", "Sprachanruf wäre mir lieber als Mail"),
        ("I omitted the image", "I omitted the image"),
        ("Videoanruf, geht das heute?", "Videoanruf, geht das heute?"),
        ("Video call, 10 h", "Video call, 10 h"),
        ("Videoanruf: 10 Uhr?", "Videoanruf: 10 Uhr?"),
    ],
)
def test_marks_are_cut_and_words_are_kept(tmp_path, message, text):
    record = chat(tmp_path, f"22.03.24, 14:05 - Eva: {message}")[0]
    assert record.text == text
    ends = [0, *(end for span in record.removed for end in (span.start, span.end)), len(record.raw_text)]
    assert ends == sorted(ends)


@pytest.mark.parametrize("name", ["Appel", "Karel Appel", "Anruf-Service Nord", "Call", "Video Callas"])
def test_people_may_be_called_like_a_call(tmp_path, name):
    (record,) = chat(tmp_path, f"22.03.24, 14:05 - {name}: Wie lange dauert ein Videoanruf?")
    assert (record.sender, record.text) == (name, "Wie lange dauert ein Videoanruf?")


def test_an_iphones_chat():
    records = list(read(FIXTURE))
    assert [(r.sender, r.text, r.note) for r in records] == [
        ("Μαρία", "", "system line"),
        ("Μαρία", "Καλησπέρα, πόσο κοστίζει η κουζίνα;\nΘα ήθελα και τοποθέτηση: γίνεται;", ""),
        ("Μαρία", "", "media"),
        ("Έπιπλα: Κήπος", "Καλημέρα σας!", ""),
        ("Έπιπλα: Κήπος", "Από 900 ευρώ.", ""),
        ("Έπιπλα: Κήπος", "Να σας στείλω προσφορά;", ""),
        ("Μαρία", "", "deleted message"),
    ]
    assert records[1].date == datetime(2024, 3, 12, 14, 5, 10)
    assert records[1].columns["from"] == "Μαρία"
    assert records[1].thread_id == "Μαρία"


def test_a_chat_in_an_archive_is_called_by_the_archives_name(tmp_path):
    path = tmp_path / "WhatsApp Chat - Ergon.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "_chat.txt", "[12.03.24, 14:05:10] Eva: Wo bleibt der Tisch?\n[12.03.24, 14:06:10] Ergon: Bald!\n"
        )
    assert [record.thread_id for record in read(path)] == ["Ergon", "Ergon"]
    directions = [record.direction for record in read(path, own_addresses=["Ergon"])]
    assert directions == ["incoming", "outgoing"]
    assert [record.direction for record in read(path, own_domains=["ergon.de"])] == ["", ""]


def test_plain_texts_are_no_chats(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("12.03.24 kam der Tisch an.\nWo bleibt der Rest?\n")
    assert open_reader(path).format == "txt"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(alphabet="12.3/,: -[]<>\u200eEva\nπμ", max_size=60), max_size=12))
def test_nothing_raises(tmp_path, lines):
    path = tmp_path / "a.txt"
    text = "22.03.24, 14:05 - Eva: x\n" + "\n".join(lines)
    path.write_text(text, encoding="utf-8")
    records = list(read(path))
    assert records[0].sender == "Eva"
    assert all(r.status in ("ok", "empty") for r in records)
