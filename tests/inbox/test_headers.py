from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.inbox.headers import Headers, addresses, decode_words, parameters, parse_headers
from stageclf.inbox.mail import read_mail
from stageclf.inbox.mail_dates import mail_date
from stageclf.inbox.threads import is_reply, plain_subject, thread_id


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?utf-8?Q?M=C3=BCller?=", "Müller"),
        (b"=?ISO-8859-7?Q?=D0=FC=F3=EF?= =?utf-8?B?zrrOrM69zrXOuTs=?=", "Πόσοκάνει;"),
        (b"=?utf-8?B?zqDPjM-Dzr8?=", "Πόσο"),  # no padding, the letters of URLs
        (b"=?utf-8?Q?zwei St=C3=BCck?= bitte", "zwei Stück bitte"),  # a blank inside
        (b"=?utf-8?Q?St=C3?=\r\n =?utf-8?Q?=BCck?=", "Stück"),  # a letter cut in two
        (b"=?utf-8?B?w7w=?==?utf-8?B?w7w=?=", "üü"),
        ("Πόσο κάνει;".encode("iso8859-7"), "Πόσο κάνει;"),
        ("Πόσο κάνει;".encode(), "Πόσο κάνει;"),
        (b"=?unknown?Q?abc?= =?x", "abc =?x"),
        (b"=?utf-8?Q?Geht=3F?=", "Geht?"),
        ("Grüße".encode().decode("latin-1").encode(), "Grüße"),
    ],
)
def test_header_values(raw, text):
    assert decode_words(raw) == text


def test_parameters_in_pieces_and_with_charsets():
    raw = b"Text/Plain (x); charset=\"utf-8\"; name*0*=iso-8859-7''%D4%E9; name*1=me; format=flowed"
    assert parameters(raw) == ("text/plain", {"charset": "utf-8", "format": "flowed", "name": "Τιme"})
    assert parameters(b'multipart/mixed; boundary="a;b"; x') == ("multipart/mixed", {"boundary": "a;b"})
    assert parameters(None) == ("", {})


def test_header_lines_are_forgiving():
    data = b"From x@y Mon\nSubject : a\n b\nbroken line\nTo: c@d.de\n\nbody"
    fields, start = parse_headers(data)
    assert fields == (("subject", b"a b"), ("to", b"c@d.de")) and data[start:] == b"body"
    assert parse_headers(b"no header at all\nTo: x")[1] == 0


def test_people():
    fields = parse_headers(
        b'To: "M=?x, A." <a@b.de>, =?utf-8?Q?J=C3=BCrgen=2C_B?= <c@d.de>, e@f.de\nCc: e@f.de, g@h.de\n\n'
    )[0]
    assert addresses(Headers(fields), "to", "cc") == (
        '"M=?x, A." <a@b.de>', '"Jürgen, B" <c@d.de>', "e@f.de", "g@h.de",
    )  # fmt: skip


@pytest.mark.parametrize("bad", [b"(" * 5000, b"<" * 5000, b'"' * 999, b"a@b.de, " * 3000])
def test_hostile_people_do_no_harm(bad):
    assert isinstance(addresses(Headers((("to", bad),)), "to"), tuple)


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("Mon, 3 Mar 2025 10:12:00 +0200 (EET)", "2025-03-03T10:12:00+02:00"),
        ("3 Mar 2025 10:12:00 -0000", "2025-03-03T10:12:00+00:00"),
        ("2025-03-03T10:12:00Z", "2025-03-03T10:12:00+00:00"),
        ("2025-03-03 10:12:00 +0100", "2025-03-03T10:12:00+01:00"),
        ("Mo, 3 Mrz 2025 10:12:00 +0100", "2025-03-03T10:12:00+01:00"),
        ("Δευ, 3 Μαρ 2025 10:12:00 +0200", "2025-03-03T10:12:00+02:00"),
        ("lun., 3 févr. 2025 10:12:00 +0100", "2025-02-03T10:12:00+01:00"),
        ("Mon, 3 Mar 25 10:12 EST", "2025-03-03T10:12:00-05:00"),
    ],
)
def test_dates(value, iso):
    assert mail_date(value).isoformat() == iso


def test_without_a_date_the_last_hop_tells_it():
    found = mail_date("yesterday", ["by mx.example.org; Mon, 3 Mar 2025 10:12:00 +0200"])
    assert found.utcoffset() == timedelta(hours=2)
    assert mail_date("") is None and mail_date("99 Foo 2025 99:99") is None


@pytest.mark.parametrize(
    ("subject", "plain"),
    [
        ("AW: Re[2]: Angebot", "Angebot"), ("ΑΠ: Προσφορά", "Προσφορά"), ("Fwd: WG: x", "x"), ("RE : devis", "devis"),
        ("[EXTERN] Re: Stühle", "Stühle"), ("回复：订单", "订单"), ("Regal: weiß?", "Regal: weiß?"), ("Y: Y", "Y: Y"),
        ("Απάντ.: τιμή", "τιμή"), ("Ответ: цена", "цена"), ("R: preventivo", "preventivo"),
    ],
)  # fmt: skip
def test_subjects_without_prefixes(subject, plain):
    assert plain_subject(subject) == plain
    assert is_reply(subject) is (plain != subject)


def test_a_conversation_is_known_by_its_first_mail():
    def of(text):
        headers = Headers(parse_headers(text.encode() + b"\n\n")[0])
        return thread_id(headers, headers.get("subject"))

    assert of("References: <a@x> <b@x>\nIn-Reply-To: <b@x>\nMessage-ID: <c@x>") == "a@x"
    assert of("In-Reply-To: <b@x>\nMessage-ID: <c@x>") == "b@x"
    assert of("Message-ID: <c@x>\nSubject: x") == "c@x"
    assert of("Subject: AW:  Zwei  Stühle") == of("Subject: zwei stühle") == "zwei stühle"


@given(st.binary(max_size=300))
def test_any_bytes_are_headers(data):
    fields, _ = parse_headers(data)
    headers = Headers(fields)
    decode_words(data)
    parameters(data)
    addresses(Headers((("to", data),)), "to")
    mail_date(decode_words(data))
    thread_id(headers, headers.get("subject"))


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        (b"Jonas Berger", "Jonas Berger"),
        (b"Berger, Jonas", "Berger, Jonas"),
        (b"=?utf-8?Q?J=C3=BCrgen?= Berger", "Jürgen Berger"),
        (b"root (Cron Daemon)", "Cron Daemon <root>"),
    ],
)
def test_a_sender_without_an_address_keeps_the_whole_name(header, sender):
    assert read_mail(b"From: " + header + b"\n\nHallo\n", "a.eml", 1).sender == sender
