"""Outlook messages, written by the tests themselves: see ole.py."""

from datetime import UTC, datetime

import compressed_rtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ole import write_msg, write_ole

from stageclf.inbox import open_reader, read
from stageclf.inbox.outlook import Properties, as_mail

WHEN = datetime(2025, 3, 3, 10, 12, tzinfo=UTC)
ENQUIRY = {
    0x0037: "Ερώτηση για την καφετιέρα",
    0x1000: "Καλημέρα σας,\r\n\r\nπόσο κοστίζει η μεγάλη καφετιέρα;\r\n",
    0x0C1A: "Μαρία Παπαδοπούλου",
    0x0C1E: "SMTP",
    0x0C1F: "maria@example.gr",
    0x0039: WHEN,
    0x1035: "<a1@example.gr>",
}


def record_of(tmp_path, properties, recipients=(), name="a.msg"):
    path = tmp_path / name
    path.write_bytes(write_msg(properties, recipients))
    (record,) = read(path)
    return record


def test_a_message_has_what_its_properties_say(tmp_path):
    shop = {0x3001: "Κατάστημα, πωλήσεις", 0x3002: "SMTP", 0x3003: "shop@example.gr", 0x0C15: 1}
    copy = {0x3001: "boss@example.gr", 0x39FE: "boss@example.gr", 0x0C15: 2}
    record = record_of(tmp_path, ENQUIRY, [shop, copy])
    assert record.raw_text.split() == "Καλημέρα σας, πόσο κοστίζει η μεγάλη καφετιέρα;".split()
    assert (record.subject, record.sender) == (ENQUIRY[0x0037], "Μαρία Παπαδοπούλου <maria@example.gr>")
    assert "shop@example.gr" in " ".join(record.recipients)
    assert (record.date, record.message_id, record.channel) == (WHEN, "a1@example.gr", "email")


def test_any_name_will_do(tmp_path):
    path = tmp_path / "export.bin"
    path.write_bytes(write_msg(ENQUIRY))
    assert open_reader(path).format == "msg"
    mime = tmp_path / "mime.msg"
    mime.write_bytes(b"Subject: Frage\nFrom: a@b.de\n\nWas kostet das?\n")
    assert [record.text for record in read(mime)] == ["Frage\n\nWas kostet das?"]


def test_an_exchange_path_is_no_address(tmp_path):
    path = "/O=SHOP/OU=EXCHANGE/CN=RECIPIENTS/CN=MARIA"
    record = record_of(tmp_path, ENQUIRY | {0x0C1E: "EX", 0x0C1F: path})
    assert record.sender == "Μαρία Παπαδοπούλου"
    record = record_of(tmp_path, ENQUIRY | {0x0C1E: "EX", 0x0C1F: path, 0x5D01: "maria@shop.gr"})
    assert record.sender == "Μαρία Παπαδοπούλου <maria@shop.gr>"


def test_the_headers_of_the_way_count_more(tmp_path):
    headers = (
        "Microsoft Mail Internet Headers Version 2.0\r\nReceived: from x\r\nFrom: Jörg <j@example.de>\r\n"
        "Date: Mon, 3 Mar 2025 12:12:00 +0200\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n"
    )
    record = record_of(tmp_path, ENQUIRY | {0x007D: headers})
    assert record.sender == "Jörg <j@example.de>"
    assert record.date.isoformat() == "2025-03-03T12:12:00+02:00"
    assert "καφετιέρα" in record.raw_text


@pytest.mark.parametrize(
    ("pages", "codec", "text"),
    [
        ({0x3FFD: 1253}, "cp1253", "Πότε θα έρθει το δέμα;"),
        ({0x3FDE: 28597}, "cp1253", "Ά, ωραία! Πότε θα έρθει το δέμα;"),
        ({0x3FF1: 1032, 0x3FDE: 20127}, "cp1253", "Πότε θα έρθει το δέμα;"),
        ({0x3FDE: 50220}, "cp932", "コーヒーはいくらですか"),
        ({0x3FF1: 1049}, "cp1251", "Сколько стоит эта кофеварка?"),
        ({}, "cp1252", "Wie viel kostet die große Kanne für Köln?"),
    ],
)
def test_eight_bit_strings_by_code_page_and_locale(tmp_path, pages, codec, text):
    body = ("8bit", text.encode(codec) + b"\r\n")
    record = record_of(tmp_path, {0x0037: "x", 0x1000: body} | pages)
    assert record.raw_text.strip() == text


def test_html_where_there_is_no_plain_text(tmp_path):
    html = "<html><head><style>p {}</style></head><body><p>Πόσο κάνει;</p></body></html>"
    record = record_of(tmp_path, {0x0037: "x", 0x1013: html.encode("iso8859-7"), 0x3FDE: 28597})
    assert record.raw_text.strip() == "Πόσο κάνει;"


@pytest.mark.parametrize(
    "pack", [compressed_rtf.compress, lambda data: compressed_rtf.compress(data, compressed=False)]
)
def test_html_within_rich_text(tmp_path, pack):
    rtf = (
        rb"{\rtf1\ansi\ansicpg1253\fromhtml1 \deff0{\fonttbl{\f0\fswiss\fcharset161 Arial;}}{\*\generator Outlook;}"
        rb"{\*\htmltag64 <html><body>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 \'d0\'fc\'f3\'ef \u954?\u940?\u957?\u949?\u953?;"
        rb"{\*\htmltag84 <b>}{\*\mhtmltag84 <i>}\htmlrtf \b \htmlrtf0 ok{\*\htmltag92 </b>}\htmlrtf\par\htmlrtf0"
        rb"{\*\htmltag72 </p>}}{\*\htmltag58 </body></html>}}"
    )
    record = record_of(tmp_path, {0x0037: "x", 0x1009: pack(rtf)})
    assert record.raw_text.strip() == "Πόσο κάνει;ok"


def test_plain_rich_text(tmp_path):
    rtf = rb"{\rtf1\ansi\ansicpg1252{\info{\title no}}Gr\'fc\'dfe\line aus K\u246oln\par{\field{\*\fldinst HYPERLINK x}{\fldrslt hier}}\par}"
    record = record_of(tmp_path, {0x0037: "x", 0x1009: compressed_rtf.compress(rtf)})
    assert record.raw_text.strip() == "Grüße\naus Köln\nhier"


def test_replies_of_machines_are_told_by_their_class():
    item = Properties({0x001A: (0x1F, "IPM.Note.Rules.OofTemplate.Microsoft".encode("utf-16-le"))})
    assert b"Auto-Submitted: auto-replied\r\n" in as_mail(item)


def test_damaged_files_give_one_unreadable_record(tmp_path):
    whole = write_msg(ENQUIRY | {0x1013: b"<p>x</p>" * 2000})
    (tmp_path / "cut.msg").write_bytes(whole[:700])
    (tmp_path / "other.msg").write_bytes(write_ole({"WordDocument": b"x" * 5000}))
    (tmp_path / "zeros.msg").write_bytes(bytes(3000))
    notes = {
        record.source.rpartition("/")[2]: record.note for record in read(tmp_path) if record.status == "unreadable"
    }
    assert set(notes) == {"cut.msg", "other.msg", "zeros.msg"}
    assert notes["other.msg"] == (
        f"{tmp_path / 'other.msg'} is a damaged Outlook message: ValueError: it holds no Outlook item"
    )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_raises(tmp_path_factory, data):
    whole = bytearray(write_msg(ENQUIRY, [{0x3001: "x", 0x0C15: 1}]))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("msg") / "a.msg"
    path.write_bytes(whole[: data.draw(st.integers(600, len(whole)))])
    assert len(list(read(path))) == 1
