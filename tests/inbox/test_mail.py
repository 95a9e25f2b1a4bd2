import mailbox

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.inbox import read
from stageclf.inbox.charset import decode, python_codec
from stageclf.inbox.html import html_to_text
from stageclf.inbox.mail import read_mail

GREEK = "Πότε θα παραλάβω την παραγγελία μου;"


def mail(body, content_type="text/plain", subject="Hallo", **headers):
    lines = [f"Subject: {subject}", f"Content-Type: {content_type}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    data = body if isinstance(body, bytes) else body.encode()
    return "\n".join(lines).encode() + b"\n\n" + data


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("iso-8859-7", "iso8859-7"),
        ("ISO-8859-7-E", "iso8859-7"),
        ("windows-1253", "cp1253"),
        ("MSWIN1253", "cp1253"),
        ("utf-8", "cp1253"),
        ("us-ascii", "cp1253"),
        ("unknown-8bit", "cp1253"),
        ("x-nonsense", "utf-8"),
        ("iso-8859-1", "utf-8"),
    ],
)
def test_greek_bodies_under_true_and_false_declarations(declared, actual):
    record = read_mail(mail(GREEK.encode(actual), f"text/plain; charset={declared}"), "x", 1)
    assert record.text == f"Hallo\n\n{GREEK}"


def test_a_wrong_declaration_is_noted():
    record = read_mail(mail(GREEK.encode("cp1253"), "text/plain; charset=utf-8"), "x", 1)
    assert record.note == "bytes do not fit the declared utf-8, read as cp1253"


def test_encoded_headers_are_decoded():
    record = read_mail(
        mail(
            "x",
            subject="=?ISO-8859-7?Q?=D0=FC=F3=EF?= =?utf-8?B?zrrOrM69zrXOuTs=?=",
            From="=?utf-8?Q?M=C3=BCller?= <m@x.de>",
        ),
        "x",
        1,
    )
    assert record.subject == "Πόσοκάνει;"
    assert record.sender == "Müller <m@x.de>"


def test_the_subject_leads_unless_it_is_a_reply():
    assert read_mail(mail("zwei Stück bitte", subject="Bestellung"), "x", 1).text == "Bestellung\n\nzwei Stück bitte"
    assert read_mail(mail("zwei Stück bitte", subject="AW: Re: Angebot"), "x", 1).text == "zwei Stück bitte"
    assert read_mail(mail("ναι", subject="ΑΠ: Προσφορά"), "x", 1).text == "ναι"


def test_a_mail_without_a_body_is_labelled_by_its_subject():
    record = read_mail(mail("", subject="Bitte 2 Karten für Samstag"), "x", 1)
    assert (record.text, record.note) == (
        "Bitte 2 Karten für Samstag",
        "no text of its own in the body, labelled by its subject",
    )


@pytest.mark.parametrize(
    ("kind", "body", "note"),
    [
        ("image/jpeg; name=table.jpg", "x", "no text in the mail, only table.jpg; "),
        ("text/plain", "", ""),
        ("text/html", "<img src='cid:1'>", "no text in the mail, only text/html; "),
    ],
)
def test_a_mail_with_nothing_but_its_subject_says_so(kind, body, note):
    record = read_mail(f"Subject: Photos\nContent-Type: {kind}\n\n{body}".encode(), "x", 1)
    assert record.text == "Photos"
    assert record.note.endswith(f"{note}no text of its own in the body, labelled by its subject")


@pytest.mark.parametrize("subject", ["Photos", "Re: Photos", ""])
def test_a_mail_with_words_of_its_own_has_more_than_its_subject(subject):
    assert not read_mail(mail("See below.", subject=subject), "x", 1).note


def test_a_mark_of_a_reply_is_no_subject():
    record = read_mail(mail("", subject="Re:"), "x", 1)
    assert (record.status, record.note) == ("empty", "")


def test_a_mail_with_nothing_is_empty():
    assert read_mail(b"From: a@b.de\n\n", "x", 1).status == "empty"
    assert read_mail(b"", "x", 1).status == "empty"


def test_plain_text_is_preferred_and_attachments_are_left_aside():
    data = (
        b'Subject: s\nContent-Type: multipart/mixed; boundary="A"\n\n--A\n'
        b'Content-Type: multipart/alternative; boundary="B"\n\n--B\nContent-Type: text/plain\n\nplain words\n'
        b"--B\nContent-Type: text/html\n\n<p>html words</p>\n--B--\n"
        b"--A\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nattached\n--A--\n"
    )
    assert read_mail(data, "x", 1).text == "s\n\nplain words"


def test_html_shows_what_a_reader_sees():
    html = """<html><head><title>no</title><style>p {color: red}</style></head><body>
    <div style="display:none">preheader</div><p>Guten&nbsp;Tag,<br>wir <b>nehmen</b> es.</p>
    <ul><li>zwei Räder</li><li>ein Schloss</li></ul><table><tr><td>Summe</td><td>90 €</td></tr></table>
    <blockquote>alt</blockquote></body></html>"""
    assert html_to_text(html).split("\n") == [
        "Guten Tag,", "wir nehmen es.", "", "- zwei Räder", "- ein Schloss", "", "Summe 90 €", "", "> alt",
    ]  # fmt: skip


def test_deeply_nested_html_survives():
    assert "deep" in html_to_text("<div>" * 5000 + "deep" + "</div>" * 5000)


@given(st.text(max_size=300))
def test_any_html_is_read(html):
    html_to_text(html)


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded(data):
    assert isinstance(decode(data).text, str)


@given(st.binary(max_size=600))
def test_any_mail_gives_a_record(data):
    assert read_mail(data, "x", 1).status in ("ok", "empty", "unreadable")


def test_charset_labels_that_say_nothing():
    assert [python_codec(label) for label in ("8bit", "unknown-8bit", "", None)] == [None] * 4
    assert python_codec("x-unheard-of") is None
    assert python_codec("base64") is None


@pytest.mark.parametrize(
    "label", ["zlib", "idna", "undefined", "utf-7", "unicode_escape", "utf-16", "\x00", "a" * 500]
)
def test_odd_charset_labels_do_no_harm(label):
    assert isinstance(decode("Grüße".encode() * 3, label).text, str)


def test_body_lines_that_begin_with_from_do_not_split(tmp_path):
    path = tmp_path / "a.mbox"
    body = "Hello\n\nFrom the shop I heard nothing.\n>From here it goes on\n\nFrom now on at 10:30\n"
    one = f"From a@b.org Mon Mar  3 10:12:00 2025\nSubject: one\n\n{body}\n"
    path.write_text(one + "From - Tue Mar  4 10:12:00 2025\nSubject: two\n\nBye\n")
    records = list(read(path))
    assert [r.columns["subject"] for r in records] == ["one", "two"]
    assert "From the shop I heard nothing.\nFrom here it goes on" in records[0].text


def test_a_mailbox_written_by_the_standard_library_is_read_whole(tmp_path):
    box = mailbox.mbox(tmp_path / "a.mbox")
    for number in range(50):
        box.add(mail(f"From {number} on\n\nFrom you", subject=f"n{number}"))
    box.flush()
    assert [r.columns["subject"] for r in read(tmp_path / "a.mbox")] == [f"n{i}" for i in range(50)]


def test_the_example_inbox_is_read_whole(example_inbox):
    reading = read(example_inbox)
    records = list(reading)
    assert len(records) == len(mailbox.mbox(example_inbox)) >= 40
    assert reading.report.counts["unreadable"] == 0
    assert not any("\ufffd" in record.text for record in records)
