import base64
import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stageclf.inbox.body import read_body, unflow
from stageclf.inbox.mail import body_text, read_mail
from stageclf.inbox.mime import parse_mail, walk


def multipart(kind, boundary, *parts, end=True):
    inner = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{inner}' + (f"--{boundary}--\n" if end else "")


LONG = "----=_Part_12_345.678"
PLAIN, HTML = "Content-Type: text/plain\n\nplain", "Content-Type: text/html\n\n<p>html</p>"


@pytest.mark.parametrize(
    ("mail", "text"),
    [
        (multipart("alternative", "a", PLAIN, HTML), "plain"),
        (multipart("alternative", "a", HTML), "html"),
        (multipart("mixed", "a", PLAIN, HTML), "plain\nhtml"),
        (multipart("mixed", "a", PLAIN, "Content-Type: text/plain; name=a.txt\n\nfile"), "plain"),
        (multipart("mixed", "a", multipart("alternative", "ab", PLAIN, HTML), "\nfooter"), "plain\nfooter"),
        (multipart("related", "a", HTML, PLAIN), "html"),
        (multipart("signed", "a", PLAIN, "Content-Type: application/pgp-signature\n\nx"), "plain"),
        (multipart("alternative", "a", "Content-Type: text/plain\n\n ", HTML), "html"),
        (multipart("alternative", "a", PLAIN, HTML, end=False), "plain"),
        ("Content-Type: multipart/mixed\n\n--x1\nContent-Type: text/plain\n\nfound\n--x1--\n", "found"),
        ('Content-Type: multipart/mixed; boundary="gone"\n\nall the same', "all the same"),
        ("just text\nno headers", "just text\nno headers"),
        ("Content-Type: nonsense\n\nx", "x"),
        ("Content-Type: plain/text\n\nx", "x"),
        ("Question: what does it cost?\nTell me today.", "Question: what does it cost?\nTell me today."),
        ("\n\r\nFrom: a@b.com\nSubject: x\n\nbelow blank lines", "below blank lines"),
        ("\ufeffFrom: a@b.com\nSubject: x\n\nbelow a mark", "below a mark"),
        (f"Content-Type: multipart/mixed; boundary='q'\n\n--q\n{PLAIN}\n--q--\n", "plain"),
        (multipart("mixed", "two  blanks", PLAIN), "plain"),
        (multipart("mixed", "a", "Content-Type: message/rfc822\n\nSubject: x\n\nattached"), "attached"),
        (multipart("mixed", "a", PLAIN, "Content-Type: message/rfc822\n\nSubject: x\n\nattached"), "plain"),
        ("Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nSubject: x\n\ninner", "inner"),
        ("Content-Type: text/plain\n\n<!DOCTYPE html><p>a <b>page</b></p>", "a page"),
        ("Content-Type: text/html charset=utf-8\n\n<p>no <b>semicolon</b></p>", "no semicolon"),
        (multipart("mixed", "a", "Content-Type: text/plain, charset=utf-8\n\na comma"), "a comma"),
        (multipart("mixed", "a", "Content-Type: text / html\n\n<p>blanks"), "blanks"),
        (multipart("mixed", "a", "Content-Type: text/\n\nhalf a type"), "half a type"),
        (multipart("mixed", "a", "Content-Type: text/markdown\n\n*ok*"), "*ok*"),
        (multipart("mixed", "a", PLAIN, "Content-Type: text/markdown\n\n*ok*"), "plain"),
        (multipart("mixed", "a", f"Ct fixture.</Sender\nMIME-Version: 1.0\n{HTML}"), "html"),
        (multipart("mixed", "a", ' charset="utf-8"\n\nplain'), "plain"),
        (multipart("mixed", "a", "Content-Tp>\n\nplain"), "plain"),
        (multipart("mixed", "a", "Content-wise all is well\n\nplain"), "Content-wise all is well\nplain"),
        (
            multipart("mixed", "a", "Two lamps, please\nColour: blue\n\nplain"),
            "Two lamps, please\nColour: blue\nplain",
        ),
        (f"Ct fixture.\n{PLAIN}", f"Ct fixture.\n{PLAIN}".replace("\n\n", "\n")),
        (multipart("mixed", "a", "Content-Type: application/xhtml+xml\n\n<p>a <i>page</i></p>"), "a page"),
        (multipart("mixed", "a", "Content-Type: message/global\n\nSubject: x\n\nattached"), "attached"),
        ("Content-Type: message/rfc822\n\n" * 7 + "Subject: x\n\ninner", "inner"),
        (multipart("mixed", LONG, PLAIN, PLAIN).replace(f"\n--{LONG}\n", f"--{LONG}\n"), "plain\nplain"),
        (multipart("mixed", LONG, PLAIN, PLAIN).replace(f"--{LONG}\n", f"--{LONG} said\n"), "plain\nplain"),
        (multipart("mixed", LONG, PLAIN).rstrip() + "____ Our list, 12 Mill Road\n", "plain"),
        (multipart("mixed", LONG, f"\nnot --{LONG} here\n--{LONG}x"), f"not --{LONG} here\n--{LONG}x"),
        ("Subject: x\r" + multipart("mixed", LONG, PLAIN).replace("\n", "\r") + "\n", "plain"),
        ("Content-Transfer-Encoding: base64 (really)\n\nSGVsbG8gdGhlcmU=", "Hello there"),
    ],
)
def test_the_text_a_mail_program_shows(mail, text):
    assert "\n".join(line for line in body_text(mail.encode()).split("\n") if line.strip()) == text


def test_an_attached_mail_is_not_the_text():
    body = read_body(
        parse_mail(multipart("mixed", "a", PLAIN, "Content-Type: message/rfc822\n\nSubject: x\n\nother").encode())
    )
    assert (body.text, body.notes) == ("plain", ["an attached mail left aside"])


@pytest.mark.parametrize(
    ("mail", "note"),
    [
        ("Content-Type: application/pdf\n\n%PDF", "no text in the mail, only application/pdf"),
        (
            multipart("mixed", "a", *(f"Content-Type: image/png; name={n}.png\n\nx" for n in range(5))),
            "no text in the mail, only 0.png, 1.png, 2.png and 2 more",
        ),
        (multipart("encrypted", "a", "Content-Type: application/octet-stream\n\nx"), "encrypted content left aside"),
        ("Content-Type: application/pkcs7-mime\n\nx", "encrypted or signed content (S/MIME) left aside"),
        ("Content-Type: text/plain\n\n \n", ""),
    ],
)
def test_a_mail_without_text_says_what_it_holds(mail, note):
    record = read_mail(mail.encode(), "x", 1)
    assert (record.status, record.note) == ("empty", note)


UNTYPED = "Content-Type: application/octet-stream\nContent-Disposition: inline\n\n"


@pytest.mark.parametrize(
    "data",
    [
        b"We have signed, please deliver the three fridges.",
        "Θα πάρω δύο καρέκλες, πότε έρχονται;".encode("cp1253"),
        "本日、注文しました。".encode(),
        "Ja, bitte".encode("utf-16"),
    ],
)
def test_text_that_is_not_called_so_is_read(data):
    record = read_mail(UNTYPED.encode() + data, "x", 1)
    assert (
        record.text
        == read_mail(UNTYPED.replace("application/octet-stream", "text/plain").encode() + data, "x", 1).text
    )
    assert record.text and record.note == "declared as application/octet-stream, read as text"


def test_text_that_is_not_called_so_is_read_only_where_there_is_no_other():
    assert body_text(multipart("mixed", "a", PLAIN, UNTYPED + "More of it.").encode()) == "plain"
    assert (
        body_text(multipart("mixed", "a", "Content-Type: image/png\n\nx", UNTYPED + "More of it.").encode())
        == "More of it."
    )
    coded = base64.b64encode(b"All of it.")
    assert body_text(b"Content-Transfer-Encoding: base64\n" + UNTYPED.encode() + coded) == "All of it."


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n and some words",
        b"Some words \x00 and more",
        b"%PDF-1.4 and some words",
        b'{"text": "and some words"}',
        b"-----BEGIN PGP MESSAGE-----\n\nand some words",
        b"17;12.5;2024-03-22;18;44\n19;13.5;2024-03-23;11;40\na b",
        b"c29tZSB3b3Jkcw" * 40,
        bytes(range(128, 256)) * 8,
    ],
)
def test_what_is_no_text_is_not_read(data):
    record = read_mail(UNTYPED.encode() + data, "x", 1)
    assert (record.text, record.note) == ("", "no text in the mail, only application/octet-stream")


@pytest.mark.parametrize(
    "head", [UNTYPED.replace("inline", "attachment"), UNTYPED.replace("inline", "inline; filename=a")]
)
def test_a_file_is_not_the_text(head):
    assert body_text(f"{head}We have signed.".encode()) == ""


def test_five_thousand_levels_are_no_harm():
    levels = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(5000))
    root = parse_mail((levels + "Content-Type: text/plain\n\ndeep").encode())
    assert read_body(root).text == "deep" and len(walk(root)) == 5001


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("base64", base64.b64encode("zwei Stück".encode()) + b"\n-- \nlist footer", "zwei Stück"),
        ("base64", base64.b64encode("zwei Stück!".encode()).rstrip(b"="), "zwei Stück!"),
        ("base64", b"Hello\n", "Hello"),
        ("base64", b"aGFsbG8\n", "hallo"),
        ("base64", b"this was never base64, was it?", "this was never base64, was it?"),
        ("quoted-printable", b"zwei St=C3=BCck =  \nbitte =ZZ =", "zwei Stück bitte =ZZ"),
        ("x-uuencode", b"begin 644 a\n" + binascii.b2a_uu(b"zwei") + b"`\nend\n", "zwei"),
        ("nonsense", b"zwei", "zwei"),
    ],
)
def test_damaged_transfer_encodings(encoding, body, text):
    mail = f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n".encode() + body
    assert body_text(mail).strip() == text


def test_files_in_the_text_are_left_aside():
    coded = binascii.b2a_uu(b"x" * 45).decode() + binascii.b2a_uu(b"y").decode()
    text = f"Bild anbei\n\nbegin 644 rad.jpg\n{coded}`\nend\n=ybegin line=128 size=3 name=a.zip\nxyz\n=yend size=3\nGruß\nbegin 10 Uhr"
    record = read_mail(b"Subject: Re: x\n\n" + text.encode(), "x", 1)
    assert record.text == "Bild anbei\n\nGruß\nbegin 10 Uhr"
    assert record.note == "file rad.jpg in the text (uuencode) left aside; file a.zip in the text (yEnc) left aside"


def test_flowed_text():
    assert (
        unflow("eins \nzwei\n drei\n> alt \n> neu\nvier \n-- \nAnna")
        == "eins zwei\ndrei\n> alt \n> neu\nvier \n-- \nAnna"
    )
    assert unflow("お世話 \nになって", delsp=True) == "お世話になって"


def test_an_invitation_alone_gives_its_words():
    mail = b"Content-Type: text/calendar\n\nBEGIN:VEVENT\nSUMMARY:Anprobe\\, zweite\nDESCRIPTION:um drei\nEND:VEVENT"
    assert body_text(mail) == "Anprobe, zweite\n\num drei"


def test_a_record_holds_what_the_mail_says():
    data = (
        b"From: =?utf-8?Q?M=C3=BCller?= <m@x.de>\nTo: a@b.de\nCc: c@d.de\nDate: Mon, 3 Mar 2025 10:12:00 +0100\n"
        b"Subject: AW: Angebot\nMessage-ID: <2@x>\nReferences: <1@x>\nContent-Type: text/plain; charset=MSWIN1253\n\n"
    ) + "Θα πάρω δύο καρέκλες.".encode("cp1253")
    record = read_mail(data, "x", 1)
    assert (record.sender, record.recipients, record.text) == (
        "Müller <m@x.de>",
        ("a@b.de", "c@d.de"),
        "Θα πάρω δύο καρέκλες.",
    )
    assert (record.message_id, record.thread_id, record.charsets) == ("2@x", "1@x", ("cp1253",))
    assert record.date.isoformat() == "2025-03-03T10:12:00+01:00"


PIECES = [b"Content-Type: multipart/mixed; boundary=a\n", b"\n", b"--a\n", b"--a--\n", b"Content-Type: text/html\n", b"<p>x",
          b"Content-Type: message/rfc822\n", b"Content-Transfer-Encoding: base64\n", b"\xe1\xe2\x80", b"Subject: =?utf-8?b?\n",
          b"begin 644 a\n", b"#AAA\n", b" x \n", b"\r"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join))
def test_any_mixture_of_parts_gives_a_record(data):
    assert read_mail(data, "x", 1).status in ("ok", "empty")


def test_a_boundary_of_a_multipart_that_is_over_is_no_text():
    mail = (
        b"Content-Type: multipart/mixed; boundary=out\n\n--out\nContent-Type: multipart/mixed; boundary=in\n\n"
        b"--out\nContent-Type: text/plain\n\nTwo blue lamps.\n--in\n"
    )
    assert body_text(mail).strip() == "Two blue lamps."
