"""mbox in its dialects: where a mail begins, and where it only seems to."""

import copy
import io
import pickle
import time
import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stageclf.inbox import InputError, charset, mbox, open_reader, read
from stageclf.inbox.mbox import split

HEAD = b"Subject: Frage\nFrom: a@b.de\n\n"


def mails(data):
    return list(split(io.BytesIO(data)))


@pytest.mark.parametrize(
    "line",
    [
        b"From anna@example.org Mon Mar  3 10:12:00 2025",
        b"From anna@example.org  Mon Mar 03 10:12:00 2025",
        b"From 1796543210987654321@xxx Mon Mar 03 10:12:00 +0000 2025",  # Gmail Takeout
        b"From - Mon Mar  3 10:12:00 2025",  # Thunderbird
        b"From MAILER-DAEMON Mon Mar  3 10:12:00 2025",
        b"From root Mon Mar  3 10:12 2025",
        b"From anna at example.org  Mon Mar  3 10:12:00 2025",  # archives of lists
        b"From ???@??? Mon Mar 03 10:12:00 2025",  # Eudora
        b"From anna@example.org Mon Mar  3 10:12:00 CET 2025",
        b"From anna@example.org Mon Mar  3 10:12:00 2025 +0100",
        b"From anna@example.org Mon, 3 Mar 2025 10:12:00 +0100",
        b"From anna@example.org 2025-03-03T10:12:00Z",
        b'From "Anna B."@example.org Mon Mar  3 10:12:00 2025 remote from host',
        b"From ",  # newer Thunderbirds
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_lines_that_begin_a_mail(tmp_path, line, end):
    one = line + b"\n" + HEAD + b"Was kostet das?\n\n"
    path = tmp_path / "Inbox"
    path.write_bytes((one * 3).replace(b"\n", end))
    assert open_reader(path).format == "mbox"
    assert [record.text for record in read(path)] == ["Frage\n\nWas kostet das?"] * 3


@pytest.mark.parametrize(
    "body",
    [
        b"From here on we pay by card.\n",
        b"\nFrom here on: we pay by card.\n",
        b"\nFrom Anna 12:30 on Monday\nNote: closed\n",
        b"\nFrom Anna on Mon Mar  3 10:12:00 2025 we heard\nnothing\n",
        b"\nFrom anna@example.org Mon Mar  3 10:12:00 2025\nI got nothing.\n",
        b"\nFrom anna@example.org Mon Mar  3 10:12:00 2025\n\nSubject: not a header\n",
        b"\nFrom anna@example.org\nSubject: x\n",
        b"text\nFrom anna Mon Mar  3 10:12:00 2025\nNote: no blank line above\n",
        b"\nFrom \nSubject: x\n",
        b"\n>From anna@example.org Mon Mar  3 10:12:00 2025\nSubject: x\n",
    ],
)
def test_lines_that_only_seem_to(body):
    one = b"From a@b.de Mon Mar  3 10:12:00 2025\n" + HEAD + body + b"\n"
    assert len(mails(one * 2)) == 2


def test_a_missing_blank_line_is_forgiven_where_the_mail_is_sure():
    one = b"From a@b.de Mon Mar  3 10:12:00 2025\nReceived: from x\n" + HEAD + b"text\n"
    assert len(mails(one * 3)) == 3


def test_content_length_is_not_believed():
    one = b"From a@b.de Mon Mar  3 10:12:00 2025\nContent-Length: 99999\n" + HEAD + b"text\n\n"
    assert len(mails(one * 3)) == 3


def test_marks_in_front_of_from_are_undone_by_one():
    (data,) = mails(b"From a@b.de Mon Mar  3 10:12:00 2025\n" + HEAD + b">From here\n>>From there\n> From me\n")
    assert data.endswith(b"\nFrom here\n>From there\n> From me\n")


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(1, 900), st.integers(2048, 5000))
def test_the_size_of_blocks_makes_no_difference(count, length, block):
    bodies = [b"x" * length + b"\n\nFrom here on %d\n\n" % number for number in range(count)]
    data = b"\n\n" + b"".join(b"From a@b.de Mon Mar  3 10:12:00 2025\n" + HEAD + body for body in bodies)
    before, mbox.BLOCK = mbox.BLOCK, block
    try:
        assert mails(data) == [HEAD + body for body in bodies]
    finally:
        mbox.BLOCK = before


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from([b"From ", b"a@b.de", b" ", b"Mon Mar  3 10:12:00 2025", b"\n", b"\r\n", b"X: y", b">", b"t"])
    )
)
def test_nothing_is_lost_but_marks_and_separators(parts):
    data = b"".join(parts)
    expected = sum(line.count(b"t") for line in data.split(b"\n") if not line.startswith(b"From "))
    assert expected <= sum(mail.count(b"t") for mail in mails(data)) <= data.count(b"t")


def test_a_mail_that_is_too_large_does_not_hide_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(mbox, "MOST_MAIL", 4 * 2**20)
    path = tmp_path / "a.mbox"
    line = b"From a@b.de Mon Mar  3 10:12:00 2025\n"
    path.write_bytes(line + HEAD + b"klein\n\n" + line + HEAD + b"x" * 6 * 2**20 + b"\n\n" + line + HEAD + b"klein\n")
    found = [(record.status, record.note) for record in read(path)]
    assert found == [("ok", ""), ("unreadable", "mail 2 is larger than 4 MB"), ("ok", "")]


def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "a.mbox"
    one = b"From a@b.de Mon Mar  3 10:12:00 2025\n" + HEAD + b"Guten Tag, was kostet das?\n" * 400 + b"\n"
    with path.open("wb") as file:
        for _ in range(4000):
            file.write(one)
    with path.open("rb") as file:
        tracemalloc.start()
        assert sum(1 for _ in split(file)) == 4000
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 12 * 2**20 < path.stat().st_size


@pytest.mark.parametrize(
    "line",
    [
        b"\nFrom " + b"a " * 200 + b"Mon Mar  3 10:12:00\n",
        b"\nFrom " + b"a" * 300 + b"@" + b"b" * 300 + b"\n",
        b"\nFrom a@b.de" + b" " * 300 + b"Mon Mar\n",
        b"\nFrom a@b.de Mon Mar  3 10:12:00 " + b"CET " * 100 + b"2025\nX: y\n",
        b"\nFrom \n",
    ],
)
def test_near_separators_take_no_longer_than_others(line):
    data = b"From a@b.de Mon Mar  3 10:12:00 2025\n" + HEAD + line * (2**20 // len(line))
    started = time.process_time()
    assert len(mails(data)) == 1
    assert time.process_time() - started < 10


def test_a_table_called_mbox_is_a_table_and_junk_is_refused(tmp_path):
    (tmp_path / "a.mbox").write_text("id;Nachricht\n1;Was kostet das?\n2;danke\n")
    assert [record.text for record in read(tmp_path / "a.mbox")] == ["Was kostet das?", "danke"]
    path = tmp_path / "b.mbox"
    path.write_bytes(b"nothing of the kind\n")
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value) == (
        f"{path} is no mbox: it begins with b'nothing of the kind\\n', "
        'not with a line "From sender date" and headers below'
    )


@pytest.mark.parametrize("hand_on", [copy.copy, lambda record: pickle.loads(pickle.dumps(record)), replace])
def test_what_is_left_for_later_goes_along_with_a_record(tmp_path, hand_on):
    path = tmp_path / "a.mbox"
    head = "From a@example.org Mon Mar  3 10:12:00 2025\nFrom: a@example.org\nMessage-ID: <1@example.org>\n"
    path.write_text(f"{head}Auto-Submitted: auto-replied\nPrecedence: bulk\n\nI am away.\n", encoding="utf-8")
    (record,) = read(path)
    other = hand_on(record)
    assert (other.auto_submitted, other.bulk, other.columns["auto_submitted"]) == (True, True, True)
    assert other.columns["message_id"] == "1@example.org"
    assert other == record


def test_headers_that_are_asked_for_later_and_fail_are_told_in_the_note(tmp_path, monkeypatch):
    path = tmp_path / "a.mbox"
    path.write_bytes(b"From a@example.org Mon Mar  3 10:12:00 2025\nFrom: a@example.org\nSubject: Hi\n\nA vase?\n")
    (record,) = read(path)
    assert (record.note, record.sender, record.recipients) == ("", "a@example.org", ())

    def fail(*_):
        raise ValueError("odd")

    monkeypatch.setattr("stageclf.inbox.mail.addresses", fail)
    (record,) = read(path)
    assert (record.status, record.text) == ("ok", "Hi\n\nA vase?")
    assert (record.sender, record.recipients, record.date, record.thread_id) == ("", (), None, "")
    assert record.note == "its headers cannot be read: ValueError: odd"


def test_charsets_of_headers_asked_for_later_are_weighed_as_if_they_had_been_read_at_once(tmp_path):
    parts = "".join(f"\n--b\nContent-Type: text/plain\n\nΠότε θα παραλάβω την παραγγελία {n};\n" for n in range(40))
    head = "From a@example.org Mon Mar  3 10:12:00 2025\nFrom: Άννα <a@example.org>\nSubject: x\n"
    path = tmp_path / "a.mbox"
    path.write_bytes(f"{head}Content-Type: multipart/mixed; boundary=b\n{parts}".encode("cp1253"))
    weighed = []
    with pytest.MonkeyPatch.context() as patch:
        guess = charset.guess_charset
        patch.setattr(charset, "guess_charset", lambda data: weighed.append(data) or guess(data))
        (record,) = read(path)
        assert record.sender == "Άννα <a@example.org>"
    assert len(weighed) == charset.MOST_WEIGHINGS
