"""What is read at once where nothing is odd about it must be what the long way gives."""

import email.utils
from datetime import UTC

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stageclf.inbox import charset, headers, mail_dates, mojibake

LINES = [
    b"From: a@b.de",
    b"A:b\r",
    b" folded",
    b"\tfolded",
    b" ",
    b"\x0bx",
    b"",
    b"From a Mon",
    b"no header",
    b"--b",
    b"Name",
    b" : x",
]
ENDS = [b"\n", b"\r\n", b"\n\n", b"\n\r\n", b"\r", b"\n \n"]


@example([(b"Name", b"\n"), (b" : x", b"\n\n")], 0, False)
@given(
    st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(ENDS)), max_size=6), st.integers(0, 4), st.booleans()
)
def test_headers(lines, start, part):
    data = b"".join(line + end for line, end in lines)
    assert headers.parse_headers(data, start, part) == headers._line_by_line(data, start, part)


@given(st.lists(st.sampled_from(["Anna", '"Muster, A."', "<a@b.de>", "a.b+c@d-e.fr", " ", ",", "(x)", '"', "B_c"])))
def test_addresses(parts):
    value = "".join(parts)
    if headers._SIMPLE_ADDRESS.fullmatch(value):
        assert headers._pairs(value) == email.utils.getaddresses([value])


@given(
    st.integers(0, 39), st.integers(0, 25), st.integers(0, 61), st.sampled_from(["+0100", "-0000", "-0930", "+0099"])
)
def test_dates(day, hour, second, zone):
    value = f"Mon, {day} Mar 2025 {hour:02d}:12:{second:02d} {zone} (X)"
    try:
        slow = email.utils.parsedate_to_datetime(value.removesuffix(" (X)"))
    except ValueError:
        slow = None
    found = mail_dates.mail_date(value)
    assert mail_dates._STANDARD.fullmatch(value)
    assert found == (slow.replace(tzinfo=slow.tzinfo or UTC) if slow else None)


@given(
    st.text(max_size=12),
    st.sampled_from(["utf-8", "cp1253", "utf-16", "utf-7"]),
    st.sampled_from([None, "utf-8", "l1"]),
)
def test_charsets(text, codec, declared):
    data = text.encode(codec, "replace")
    short = charset.decode(data, declared)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charset, "_plainly", lambda data, wide: None)
        assert charset.decode(data, declared) == short


@given(st.text("ΓλάσtτеёüÃ© 日", min_size=1, max_size=8), st.sampled_from(mojibake._MISREAD_AS))
def test_no_misreading_is_passed_over(text, codec):
    misread = text.encode().decode(codec, "replace")
    if mojibake._misreading(codec).sequence.search(misread):
        assert mojibake._any_misreading().search(misread)
