"""Which notes ask for a person, and what of them is shown where nobody may be named."""

import pytest

from stageclf.inbox.notes import HIDDEN, asks_for_review, without_details

TO_BE_LOOKED_AT = [
    ("read in part: the text has 60,000 characters, its middle was left out", None),
    ("nothing to read", None),
    ("45% of the text is in letters that the model does not know", None),
    ("some bytes are not valid utf-8", None),
    ("no text of its own in the body, labelled by its subject", None),
    ("only a forwarded message", None),
    ("only quoted text", None),
    ("only an attached mail", None),
    ("an attached mail left aside", None),
    ("an invitation (text/calendar) left aside", None),
    ("a winmail.dat (TNEF) left aside", None),
    ("encrypted or signed content (S/MIME) left aside", None),
    ("encrypted content left aside", None),
    ("file Anna Weber.jpg in the text (uuencode) left aside", "file … in the text (uuencode) left aside"),
    ("no text in the mail, only Anna Weber; 2.pdf and 3 more", "no text in the mail, only …"),
    ("forwarded from Anna Weber", "forwarded from …"),
    ("goes on from the message of line 17", None),
    ("3 fields instead of 2", None),
    ("a quotation mark is not closed: the row was read up to the end of its line", None),
    ("the row takes 1,400 lines: a quotation mark may not be closed", None),
]
REMARKS = [
    ("not UTF-8, read as cp1253", None),
    ("bytes do not fit the declared iso-8859-1, read as utf-8", None),
    ("unknown charset 'anna', read as utf-8", "unknown charset …, read as utf-8"),
    ("UTF-8 that had been read as cp1252, repaired", None),
    ("cp1253 that had been read as Latin letters, repaired", None),
    ("declared as base64, but is not", None),
    ("declared as application/octet-stream, read as text", None),
    ("day and month could be swapped: read as day/month/year", None),
    (
        "column 'anna@b.de' is left out: it was not there when the run began",
        "column … is left out: it was not there when the run began",
    ),
    ("a delivery status", None),
    ("a read receipt", None),
    ("before the first message", None),
    ("media: photo", None),
    ("media", None),
    ("deleted message", None),
    ("call", None),
    ("system line", None),
    ("system line: Jonas Berger added Erika; +49 170 1234567 left", "system line …"),
]


@pytest.mark.parametrize(
    ("note", "shown", "review"),
    [(*note, True) for note in TO_BE_LOOKED_AT] + [(*note, False) for note in REMARKS],
)
def test_a_person_is_asked_for_where_something_was_not_read_or_is_not_the_writers(note, shown, review):
    assert (asks_for_review(note), without_details(note)) == (review, shown or note)


def test_one_piece_of_many_is_enough():
    assert not asks_for_review("")
    assert not asks_for_review("system line: Eva; day and month could be swapped: read as day/month/year")
    assert asks_for_review("a read receipt; an attached mail left aside")


def test_that_a_bounce_brings_the_mail_back_is_to_be_expected():
    assert not asks_for_review("a delivery status; an attached mail left aside")


def test_pieces_are_shown_one_by_one_and_each_once():
    note = "system line: Eva left; day and month could be swapped: read as day/month/year"
    assert without_details(note) == "system line …; day and month could be swapped: read as day/month/year"
    files = "file a.jpg in the text (yEnc) left aside; file b.jpg in the text (yEnc) left aside"
    assert without_details(files) == "file … in the text (yEnc) left aside"


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("/in/Anna.zip!a.eml is encrypted: unpack it with its password first", "is encrypted"),
        ("mail 3 cannot be read: ValueError: Anna Weber", "cannot be read"),
        ("not valid JSON after record 1: 'Anna'", "not valid JSON"),
        ("Anna Weber said something", HIDDEN),
    ],
)
def test_of_errors_only_what_happened_is_shown(note, shown):
    assert (without_details(note), asks_for_review(note)) == (shown, True)
