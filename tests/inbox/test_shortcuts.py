"""What is read at once where nothing is odd about it must be what the long way gives."""

import email.utils
from datetime import UTC

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stageclf.inbox import charset, headers, kinds, kinds_phrases, kinds_sense, mail_dates, mojibake

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


@example([(b"Name", b"\n"), (b" : x", b"\n\n")], 0)
@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(ENDS)), max_size=6), st.integers(0, 4))
def test_headers(lines, start):
    data = b"".join(line + end for line, end in lines)
    assert headers.parse_headers(data, start) == headers._line_by_line(data, start)


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


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Ich bin bis 3. März im Urlaub.", "This is an automatic reply.", "Einfache Frage: geht das?"]
        )
        | st.sampled_from(
            ["unsubscribe", "view in browser", "Απουσιάζω έως Δευτέρα, για επείγοντα", "Käse й\u0301 ı"]
        )
        | st.sampled_from(
            ["Wo bleibt mein Paket?", "bis zum 3. März", "Ticket #1 created", "Ihr Ticket wurde registriert", "read:"]
        )
        | st.text(max_size=8),
        max_size=4,
    ),
    st.sampled_from(kinds.SUBJECTS)
    .flatmap(lambda source: st.sampled_from(kinds._listed(source)))
    .flatmap(lambda line: st.from_regex(line, alphabet=st.characters(codec="utf-8")))
    | st.none(),
)
def test_kinds(sentences, subject):
    text = "\n".join(sentences)
    subject = text if subject is None else subject
    quick = kinds._auto_by_text(text), kinds._newsletter_lines(text), kinds._auto_by_subject(subject, text)
    everything = frozenset({*kinds._text_screen()._all, *kinds._subject_screen()._all})
    assert everything.issuperset(kinds._listed(kinds_phrases.ABSENT))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinds.Screen, "tables", lambda self, text: self._all)
        patch.setattr(kinds_sense, "_anywhere", lambda plain: -1)  # every word may mean everything
        kinds._may_say.cache_clear()
        slow = kinds._auto_by_text(text), kinds._newsletter_lines(text), kinds._auto_by_subject(subject, text)
        assert slow == quick
    kinds._may_say.cache_clear()
